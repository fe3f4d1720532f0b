"""Years that the head of an article names: its title, lead and first lines. They stand in for years left out elsewhere."""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.normalize.dates import OLDEST
from pipeline.patterns import begun
from pipeline.records import Article

_LINES = 4
_REACH = 700  # letters of a line that belong to its head; some pages come as one long line
# "năm 2019", "năm học 2018-2019"; no years to come ("đến năm 2030") nor those in which something began
_STATED = re.compile(
    r"năm (?<!đến năm )(?<!tới năm )(?<!trước năm )(?<!vào năm )(?<!từ năm )(?<!nhìn năm )(?<!hướng năm )"
    r"(?:học )?(20[0-3]\d)(?:\s*[-–]\s*(20[0-3]\d))?"
)
_SCHOOL_YEAR = re.compile(r"(khai giảng )?năm học (20[0-3]\d)\s*[-–]\s*(20[0-3]\d)")
_WHOLE_DATE = re.compile(r"\d\d?[/.-]\d{1,2}[/.-](\d{4})")
# no years to come, none in which something began, no numbers
_PLAN = re.compile(r"kế hoạch (?:[^\s.;,\d]+ ){0,6}(?:5|năm) năm,?(?: giai đoạn)? \(?20\d\d\s?[-–]\s?20\d\d")  # "kế hoạch 5 năm 2016-2020"
_ANY_YEAR = re.compile(r"20[0-2]\d(?<![\d.,/]....)(?<!(?:đến|tới) năm ....)(?<!từ năm ....)(?<!từ ....)(?![\d/.,]\w|\d|%)")
# "phiên họp thứ ba năm 2017", "đợt 2 năm 2016": the year of a session is not that of the awards it votes on
_OF_SESSION = re.compile(
    r"(?<!\w)(?:(?:phiên|đợt|lần|kỳ|kì|quý)(?!\w)[^,.;\n]{0,16}"
    r"|phiên (?:họp|thứ)(?:(?!xét|công tác|tổng kết|phong trào|thành tích)[^.;\n]){0,80})$"
)
# "vinh danh nông dân xuất sắc năm 2019": that year is over when its best are honoured
_HONOURED = re.compile(
    begun(r"tiêu biểu|xuất sắc|ưu tú|thành tích|thành công trong|danh hiệu|xét|tốt nghiệp|vinh danh|khen thưởng", behind="")
    + r"[^.;\n]{0,60} năm (20[0-3]\d)"
)
# "kỷ niệm 70 năm Ngày thành lập (20/8/1945)", "50 năm (1965 - 2015)", "cách đây 50 năm, ngày 8-3-1965"
_ANNIVERSARY = re.compile(
    r"(\d(?<![\d,.].)\d{0,2}) năm[^.;()\d]{0,80}[(, ]{0,2}(?:ngày )?(?:\d{1,2}[/.-]){0,2}(1[789]\d\d|20[0-2]\d)"
    r"(?:\s*[-–/]\s*(?:(?:\d{1,2}[/.-])?(?P<month>\d{1,2})[/.-])?(?P<last>20[0-2]\d))?(?![\d])"
)
_LAST = 2029
_SHORTLY = 60  # days between a deed and its reward


# "kỷ niệm 10 năm thành lập" in the head, "thành lập theo Quyết định ... ngày 11/4/2007" below
_JUBILEE = re.compile(r"(\d(?<!\w.)\d{0,2}) năm (?:ngày |kể từ ngày )?(?:thành lập|truyền thống|ra đời|tái lập|hình thành|xây dựng)(?!\w)")
_FOUNDED = re.compile(
    r"(?:thành lập|tái lập|(?<!sự )ra đời)(?!\w)(?:(?! sau )[^.;\n]){0,60}?(?:ngày \d{1,2}[/.-]\d{1,2}[/.-]|năm |tháng \d{1,2}[/.-])"
    r"(?P<year>1[789]\d\d|20[0-2]\d)"
    r"|ngày \d{1,2}[/.-]\d{1,2}[/.-](?P<day>1[789]\d\d|20[0-2]\d)(?!\d)[^.;\n]{0,90} (?:thành lập|ra đời|tái lập|trở về)(?!\w)"
)
# words that only a text of that very year has
_THIS_YEAR = re.compile(
    r"(?:từ )?đầu năm (20[0-2]\d) (?:đến|tới) nay|(?:lần|lần thứ) [^\s,.;]{1,5},? năm (20[0-2]\d)(?![\d/-])"
    r"|(?<!\w)năm (20[0-2]\d)(?![\d/-])[^.;\n]{0,80} ước (?:đạt|thực hiện|tăng|có)(?!\w)"
)
# "trước đó, ngày 28-6-2018", "trong vụ cháy tháng 10/2015", "đầu năm 2017": the newest of what an article looks back on. Refused: times
# to come or since when something goes on, and sentences of history ("Năm 2005, ngành đã ...")
_TOLD_YEAR = re.compile(
    r"năm (?<!(?:đến|tới|vào|đạt) năm )(?<!(?:trong|hướng) năm )(?<!(?:từ|kể) năm )(?<!trước năm )(?<!cho năm )(?<!sau năm )"
    r"(?<![.\n] năm )(?<!\nnăm )"
    r"(?:học (?:20\d\d\s?[-–]\s?)?)?(20[0-2]\d)(?![\d/]|\s?[-–]\s?20)"
)
_TOLD_MONTH = re.compile(r"tháng (?<!từ tháng )(?<![.\n] tháng )(?<!\ntháng )(\d{1,2})(?:[/.-]| năm )(20[0-2]\d)(?!\d)")
_YEAR = re.compile(r"20[0-2]\d(?<!\d....)(?!\d)")
_UNCLEAR = 2  # years further on than the newest one looked back on: it may well be old
_NUMERIC_DAY = re.compile(r"(\d(?<![\d/.-].)\d?)[/.-](\d{1,2})[/.-](20[0-2]\d)(?![\d/])")


def _without_plans(text: str) -> str:
    return _PLAN.sub(" ", text) if "kế hoạch" in text else text


class Head:
    """The first lines of an article in small letters, and the years they name."""

    def __init__(self, article: Article) -> None:
        regions = [r for r in article.regions if r.kind in ("title", "kicker", "lead", "body")][:_LINES]
        self.text = _without_plans("\n".join(article.text[r.start : min(r.end, r.start + _REACH)] for r in regions).lower())
        self._whole = article.text

    @cached_property
    def _undated(self) -> str:
        return _WHOLE_DATE.sub(" ", self.text)

    @cached_property
    def stated(self) -> list[int]:
        """Years named with "năm", in text order."""
        return [year for m in _STATED.finditer(self._undated) if (year := int(m[2] or m[1])) <= _LAST]

    @property
    def school_years(self) -> set[tuple[str, str]]:
        """Both years of each "năm học 2014-2015"."""
        return {(m[2], m[3]) for m in _SCHOOL_YEAR.finditer(self._undated)}

    @property
    def opened_year(self) -> tuple[str, str] | None:
        """Both years of "khai giảng năm học 2014-2015"."""
        return next(((m[2], m[3]) for m in _SCHOOL_YEAR.finditer(self._undated) if m[1]), None)

    @cached_property
    def others(self) -> list[int]:
        """Years named otherwise ("SEA Games 2019"), from the last; those of whole dates where there are none."""
        if self.anniversary:
            return [self.anniversary[0]]
        named = sorted((int(m[0]) for m in _ANY_YEAR.finditer(self._undated)), reverse=True)
        return named or [year for m in _WHOLE_DATE.finditer(self.text) if OLDEST <= (year := int(m[1])) <= _LAST]

    @cached_property
    def anniversary(self) -> tuple[int, int | None] | None:
        """The year in which so many years have passed since an event whose year is named, and the month of the feast, if told."""
        for match in _ANNIVERSARY.finditer(self.text) if " năm " in self.text else ():
            year = int(match[1]) + int(match[2])
            if len(match[1]) == 1 and not match["last"]:
                continue  # "5 năm (2016)": too short a time to be told without its end
            if OLDEST <= year <= _LAST and (match["last"] is None or abs(int(match["last"]) - year) <= 1):
                return int(match["last"] or year), int(match["month"]) if match["month"] else None
        return None

    @property
    def jubilee(self) -> int | None:
        """The year of a jubilee whose founding a later sentence dates; it must agree with the years that the head names."""
        found = _JUBILEE.search(self.text)
        for founded in _FOUNDED.finditer(self._whole.lower()) if found else ():
            began = int(founded["year"] or founded["day"])
            year, named = int(found[1]) + began, {*(self.stated or self.others)} - {began}
            if OLDEST <= year <= _LAST and (not named or year - 1 in named or year in named):
                return year
        return None

    def told(self, month_day: str) -> list[int]:
        """The year that the rest of the article settles for a day, where title and lead name none.

        A jubilee told with both its years, words of that very year, the last whole date when it lies shortly before the day
        or, as that of the page, a few days after it, or the first such day after the newest time that the article looks back on.
        """
        text = _without_plans(self._whole.lower())
        spans = [int(m["last"]) for m in _ANNIVERSARY.finditer(text) if m["last"] and abs(int(m[1]) + int(m[2]) - int(m["last"])) <= 1]
        if named := spans or [int(m[m.lastindex or 0]) for m in _THIS_YEAR.finditer(text)]:
            return [max(named)]
        days = sorted((int(y), int(m), int(d)) for d, m, y in _NUMERIC_DAY.findall(text) if 1 <= int(m) <= 12)
        if days:
            year, month, day = days[-1]
            after = (int(month_day[:2]) - month) * 30 + int(month_day[3:]) - day
            if -7 <= after <= _SHORTLY:
                return [year]
        return self._after_newest(text, days, month_day)

    def _after_newest(self, text: str, days: list[tuple[int, int, int]], month_day: str) -> list[int]:
        """The year of the first such day after the newest day, month or year named."""
        past = days + [(int(y), int(m), 0) for m, y in _TOLD_MONTH.findall(text)] + [(int(y), 0, 0) for y in _TOLD_YEAR.findall(text)]
        newest = max(past, default=None)
        if newest is None or newest[0] < OLDEST or max(int(y) for y in _YEAR.findall(text)) - newest[0] > _UNCLEAR:
            return []
        return [newest[0] + (newest[1:] > (int(month_day[:2]), int(month_day[3:])))]

    def between_terms(self, term: str) -> int | None:
        """The year in which the term "2015-2020" ends when the article names the one that begins then, too."""
        ended = re.fullmatch(r"20\d\d-(20\d\d)", term)
        last = int(ended[1]) if ended else 0
        return last if last and re.search(rf"(?<!\d)(?:{last}|{last + 1})\s*[-–]\s*{last + 5}(?!\d)", self._whole) else None

    @cached_property
    def first(self) -> int | None:
        """The first year named with "năm"; None where it is a session's."""
        named = _STATED.search(self.text)
        if named is None or _OF_SESSION.search(self.text, max(0, named.start() - 100), named.start()):
            return None
        return int(named[2] or named[1])

    @property
    def honoured(self) -> int | None:
        """The year whose best are honoured."""
        match = _HONOURED.search(self.text)
        return int(match[1]) if match else None
