"""Dates as news writes them: "Chiều ngày 9/8/2022", "Sáng 25/11", "Từ ngày 08 đến ngày 11/6/2016", "ngày 20 tháng 12 năm 2019".

Parts that are not written stay None. Refused: "5/8 đơn vị", "24/7", "6 tháng", numbers of documents, anniversaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.document import Document, Piece

_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_YEAR = r"(?P<year>\d{4})"
_FROM = r"(?P<from>3[01]|[12]\d|0?[1-9])(?:[/.-](?P<fmonth>1[0-2]|0?[1-9])(?:[/.-](?P<fyear>\d{4}))?)?"
_PART = r"(?P<part>sáng|chiều|tối|trưa|đêm)"
_LEAD = rf"(?:(?:vào )?(?:{_PART} )?(?:qua |nay |hôm nay |hôm qua |hôm )?(?:và chiều )?\(?(?:các )?(?:ngày )?\(?)"
_SPAN = rf"(?:{_FROM}(?:,\s?\d{{1,2}})? ?(?:-|đến hết ngày|đến hết|đến ngày|đến|và ngày|và|,)\s?)?"
# no part of a longer number; of "17/2,10 cơ quan" the comma ends the date
_NUMERIC = re.compile(
    rf"(?<![\w/.])(?:(?<!\d[,-])|(?=[a-zđ(])){_LEAD}{_SPAN}{_DAY}[/.-]{_MONTH}(?:[/.-]{_YEAR})?"
    r"(?:(?<=/\d{4})(?=[^\W\d])|(?![\w/]|[.-]\d|,\d(?!\d{0,2} [^\W\d])|%))"  # "22/7/2021tại": a blank is lost
)
_WORDS = re.compile(rf"(?<!\w){_LEAD}{_SPAN}{_DAY} tháng {_MONTH}(?:(?: năm |/|-|,)\s?{_YEAR})?(?!\w)")
_NEVER_AFTER = re.compile(
    r" (?:đơn vị|tập thể|cá nhân|xã|huyện|phường|tỉnh|chỉ tiêu|phiếu|giờ|điểm|thành viên|tiêu chí|sở|trường|nội dung|ủy viên|hợp"
    r" tác xã|đại biểu|doanh nghiệp|tổ chức hội|hội viên|chi hội|công đoàn|cơ quan|quận|thành phố|thị xã|phòng|chi bộ"
    r"|hội(?! nghị| thao| thi| thảo| đồng| diễn| trường| trại| xuân| chợ| ý| đàm| báo| khoẻ| khỏe))(?!\w)|%"
)


class DateFound(Piece, frozen=True):
    """A day as written; the year or more may be missing. `start`, `end` are offsets of the view."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    part: str | None
    marked: bool  # "ngày", "sáng", "tháng" say that it is a date

    def possible(self) -> bool:
        return 1 <= self.day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[self.month - 1]


def find_dates(doc: Document, start: int, end: int) -> list[DateFound]:
    """All dates of a span, in order; of a span over days the first day. Impossible days are left out."""
    found = []
    for pattern, sign in _WRITTEN:
        for match in _matches(pattern, sign, doc.key, start, end):
            if not match[0][0].isalpha() and _NEVER_AFTER.match(doc.key, match.end(), end):
                continue  # "5/8 sở"; but of "ngày 5/8 Sở Y tế" the body is who acts on that day
            if match["fyear"] and match["fyear"] != match["year"]:
                continue  # "(20/10/1930 - 20/10/2018)": an anniversary
            written = match[0].strip()
            marked = not written[0].isdigit() or "tháng" in written or match["year"] is not None
            marked = marked or (match["from"] is not None and doc.key.endswith("từ ", 0, match.start()))
            if not marked and re.match(r",\d", doc.key[match.end() : match.end() + 2]):  # "5/8,5 điểm"
                continue
            day = int(match["from"] or match["day"])
            date = DateFound(
                match.start(),
                match.end(),
                day,
                int(match["fmonth"] or match["month"]),
                int(match["year"]) if match["year"] else None,
                match["part"],
                marked,
            )
            if date.possible():
                found.append(date)
    return sorted(found, key=lambda d: d.start)


# The ways of writing a date, with what each cannot do without: that is looked for first.
_WRITTEN = ((_NUMERIC, re.compile(r"\d[/.-]\d")), (_WORDS, re.compile(" tháng ")))
_LONGEST_LEAD = 90  # letters of a date before that


def _matches(pattern: re.Pattern[str], sign: re.Pattern[str], key: str, start: int, end: int) -> Iterator[re.Match[str]]:
    while (told := sign.search(key, start, end)) and (match := pattern.search(key, max(start, told.start() - _LONGEST_LEAD), end)):
        yield match
        start = match.end()


BYGONE = re.compile(r"\W*(?:vào |từ |đến )?(?:tháng \d{1,2},? ?)?năm (?:19|20)\d\d,")  # a sentence that tells of a year gone by
SESSIONS = {"sáng": "morning", "chiều": "afternoon", "trưa": None, "tối": "evening", "đêm": "evening"}
