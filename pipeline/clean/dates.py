"""The day on which an article came out, read from its own date line.

Portals write it in many ways: "( Cập nhật lúc: 12/07/2022  )", "Thứ Ba, 05/03/2019, 08:15 [GMT+7]", "17:40 | 25.07.2023",
"Ngày đăng: 19 Tháng Sáu 2015", "12/6/2019 3:12:45 PM" (month first). Lines are compared without accents (`plain`), so that
Unicode form and tone placement never matter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

_D_STROKE = str.maketrans("đĐÐð", "dDDd")


def plain(text: str) -> str:
    """Lower case without accents, for comparing fixed phrases: `plain("Cập nhật") == "cap nhat"`. Length may change."""
    text = text.replace("đ", "d").replace("Đ", "D").replace("Ð", "D").replace("ð", "d").replace("\u00a0", " ").replace("–", "-")
    text = text.replace("»", ">").replace("›", ">").replace("•", "*")
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().lower()


_MONTHS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "chap": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_VIETNAMESE_MONTH = "muoi mot|muoi hai|gieng|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi|chap"
_ENGLISH_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"

_DATE = re.compile(
    r"(?<![\d/.-])(?:"
    r"(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)"
    r"|(?P<d2>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m2>\d{1,2})\s?(?P=sep)\s?(?P<y2>(?:19|20)\d\d)(?!\d)"
    r"|(?P<d8>\d\d) (?P<m8>\d\d) (?P<y8>(?:19|20)\d\d)(?=,? \d{1,2}:\d\d(?!\d))"
    r"|(?P<d6>\d{1,2})/(?P<m6>\d{1,2})/(?P<y6>\d\d)(?![\d/])"
    rf"|(?P<d3>\d{{1,2}})\s*,?\s*(?:thang|th)\s*(?P<m3>\d{{1,2}}|{_VIETNAMESE_MONTH})\s*[,-]?\s*(?:nam\s*)?(?P<y3>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<d4>\d{{1,2}})\s+(?P<m4>{_ENGLISH_MONTH})\.?,?\s+(?P<y4>(?:19|20)\d\d)(?!\d)"
    r")"
    rf"|\b(?:thang\s*(?P<m5>\d{{1,2}}|{_VIETNAMESE_MONTH})|(?P<m7>{_ENGLISH_MONTH})\.?)\s+(?P<d5>\d{{1,2}}),\s*(?P<y5>(?:19|20)\d\d)(?!\d)"
)
_TIME = re.compile(
    r"(?<![\d.,])\d{1,2}(?::\d\d(?::\d\d)?(?:\.\d+)?|\s?(?:h|gio)\s?(?:\d\d)?(?:\s?(?:'|p|phut))?)\s*(?:[ap]m|sa|ch)?(?![\w:])"
)
_ENGLISH_CLOCK = re.compile(r"\d:\d\d(?::\d\d)?\s*[ap]m\b")
_ZONE = re.compile(r"\(?\[?\(?\b(?:gmt|utc)\s*\+?\s*0?7(?::?00)?\)?\]?\)?")
_WEEKDAY = re.compile(r"\b(?:thu\s*(?:hai|ba|tu|nam|sau|bay|[2-7])|t[2-7]|chu\s*nhat|cn|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b")
_LABEL = re.compile(
    r"\b(?:(?:lan |duoc )?(?:cap nhat lan cuoi|cap nhat cuoi(?: cung)?|cap nhat|dang"
    r"|xuat ban|phat hanh|dua|post|tao|gui|viet)\s*(?:tin|bai|luc|ngay|vao luc"
    r"|vao ngay|vao|boi)?"
    r"|(?:ngay|thoi gian|gio)\s*(?:dang tin|dang bai|dang|cap nhat|xuat ban|gui bai|gui|viet|tao|dua tin|dua|phat hanh|hoi)"
    r"(?:\s*(?:luc|ngay))?"
    r"|posted(?: on)?|published(?: on)?|publish[_ ]date|last updated|updated?|date|created)\s*(?=[:,\d\s]|$)"
)
# "Người đăng: Quản trị", "Lượt xem: 1.207", "Tác giả: Minh Anh": what stands beside a date, up to the next divider.
_FIELD = re.compile(
    r"\b(?:(?:tin|bai|tin bai)(?:[,-]? ?(?:va )?anh)?(?=:)"
    r"|nguoi (?:dang|viet|gui|tao)|phong vien|tac gia(?: bai viet)?|nguon(?: tin)?|(?:duoc )?(?:dang|viet|gui|tao)? ?boi|(?:submitted "
    r"|posted )?by|bien tap|chuyen muc|danh muc|linh vuc|don vi(?=:)|tac gia)\s*:?\s*[^|\]\[)(]{0,50}"
    r"|\b(?:view counts?|views?|hits?|(?:so )?(?:luot|lan) (?:xem|doc|truy cap)|so truy cap|da xem|da doc|xem|phan hoi|binh luan|y kien"
    r"|luot thich)\s*:?\s*[(\[]?[\d.,]+(?: (?:lan|luot))?"
)
_TOOLS = re.compile(
    r"\b(?:tin tuc|tin hoat dong|hoat dong (?:nganh|chung|noi bo)|su kien|thoi su|thi dua|khen thuong|trong tinh"
    r"|xa hoi|chinh tri|kinh te|van hoa|giao duc|phap luat|the thao|doi song|quoc phong|an ninh|xay dung dang"
    r"|(?:xem )?(?:voi )?co chu|font size|in bai viet|in bai nay|in bai|in trang|in ra|in|doc bai viet|doc bai|nghe doc bai|nghe bai"
    r"|gui mail|gui email|gui cho ban be|gui ban be|gui bai|google|facebook|zalo"
    r"|twitter|chia se|luu bai|luu tin|luu|tuong phan|email|print|share|like|mac dinh|thich|theo doi|tweet|rss|a|vnd|\d[\d.]* ?(?:luot"
    r"|lan) ?(?:xem|doc)|(?:\d+|(?:khong|chua) co|khong) (?:binh luan|phan hoi|y kien)|(?:\d+|no) comments?|leave a comment"
    r"|lien quan den|sao chep lien ket|quay lai|tro ve|admin(?:istrator)?|quan tri(?: vien)?)\b"
)
_BARE_LABEL = re.compile(r"\b(?:ngay|luc)\b")
_REST = re.compile(r"[\W_\d]+")
# A header shows today's date beside links such as these, or greets with it.
_HEADER = re.compile(
    r"\b(?:english|so do|lien he|dang nhap|rss|hom nay(?: la)?|trang chu|tieng viet|duong day nong|hotline|thu dien tu|lich cong tac"
    r"|chao mung)\b"
)


@dataclass(frozen=True)
class DateLine:
    """What a line says about the day of publication.

    `others`: the month-first reading, where the figures allow both. `labelled`: "Ngày đăng", "Cập nhật"; `timed`: a time of day
    stands beside it; `header`: links of a page header stand beside it; `span`: the date within the line.
    """

    day: date
    other: date | None
    labelled: bool
    timed: bool
    english: bool
    header: bool
    weekday: bool
    span: tuple[int, int]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS.get(word) or _MONTHS.get(word[:3], 0)


def _readings(match: re.Match[str]) -> tuple[date | None, date | None]:
    """Day first, and month first where that is another day and the order is open."""
    get = match.groupdict()
    for n in "13458":
        if get[f"y{n}"]:
            month = get[f"m{n}"] or get["m7"]
            return _day(int(get[f"y{n}"]), _month(month), int(get[f"d{n}"])), None
    year = int(get["y2"]) if get["y2"] else 2000 + int(get["y6"])
    first, second = int(get["d2"] or get["d6"]), int(get["m2"] or get["m6"])
    return _day(year, second, first), _day(year, first, second)


_WEEKDAYS = (
    ("thu hai", "thu 2", "t2", "mon"), ("thu ba", "thu 3", "t3", "tues"), ("thu tu", "thu 4", "t4", "wednes"),
    ("thu nam", "thu 5", "t5", "thurs"), ("thu sau", "thu 6", "t6", "fri"), ("thu bay", "thu 7", "t7", "satur"),
    ("chu nhat", "cn", "cn", "sun"),
)  # fmt: skip


def _by_weekday(folded: str, day: date | None, other: date | None) -> tuple[date | None, date | None]:
    """The one reading on which the weekday falls that the line names; both where it names none or decides nothing."""
    if day is None or other is None or day == other or (named := _WEEKDAY.search(folded)) is None:
        return day, other
    fits = [found for found in (day, other) if named[0].startswith(_WEEKDAYS[found.weekday()])]
    return (fits[0], None) if len(fits) == 1 else (day, other)


_YEAR = re.compile(r"(?:19|20)\d\d|\d/\d\d(?!\d)")
_SHAPE = re.compile(
    r"\d\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d\d|\d\s*,?\s*(?:[Tt]h|TH)|[Tt]h\S* (?:\S+ ){0,2}\d{1,2}, ?\d{4}|[A-Za-z]{3}\S* \d{1,2}, ?\d{4}"
    r"|\d{1,2} [A-Za-z]{3,9},? \d{4}|\d\d \d\d \d{4},? \d{1,2}:\d\d"
)


def _base(c: str) -> str:
    first = unicodedata.normalize("NFD", c.translate(_D_STROKE))[0].lower()
    return first if first.isascii() else c


_ALIGNED = {code: _base(chr(code)) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))} | {0xA0: " ", 0x2013: "-", 0x2014: "-"}


def aligned_plain(line: str) -> str:
    """`plain`, but one character for one character, so that offsets stay. Expects NFC."""
    low = line.translate(_ALIGNED).lower()
    return low if len(low) == len(line) else line.translate(_ALIGNED)


def find_dates(folded: str) -> list[tuple[date | None, date | None, tuple[int, int]]]:
    """Every full date of a folded line: day-first reading, month-first reading, span."""
    return [(*_readings(m), m.span()) for m in _DATE.finditer(folded)]


# "số …", "từ ngày …", "Chiều ngày 29/12/2021,": a document or an event
_OF_AN_EVENT = re.compile(r"\W*(?:(?:so|tu|den|tai)\b|(?:vao )?(?:buoi )?(?:sang|chieu|toi|trua)(?: ngay)? \d)")


def read_date_line(line: str) -> DateLine | None:
    """The date of a line that holds a date, a time, and nothing of an article; None for any other line."""
    if len(line) > 240 or not _YEAR.search(line) or line.count(" ") > 40 or not _SHAPE.search(line):
        return None
    raw, line = line, unicodedata.normalize("NFC", line)
    folded = aligned_plain(line)
    found = _DATE.search(folded)
    if not found:
        return None
    day, other = _by_weekday(folded, *_readings(found))
    if day is None and other is None:
        return None
    rest = folded[: found.start()] + " | " + folded[found.end() :]
    header = bool(_HEADER.search(rest))
    english = bool(_ENGLISH_CLOCK.search(rest))
    rest = _ZONE.sub(" ", rest)
    untimed = _TIME.sub(" ", rest)
    timed = untimed != rest
    rest, labels = _LABEL.subn(" ", _TOOLS.sub(" ", _FIELD.sub(" ", _DATE.sub(" ", untimed))))
    rest = _BARE_LABEL.sub(" ", rest)
    without_days, weekdays = _WEEKDAY.subn(" ", rest)
    rest = _HEADER.sub(" ", without_days) if header else without_days
    words = [w for w in _REST.sub(" ", _TOOLS.sub(" ", rest)).split() if len(w) > 1]
    named = len(words) <= (4 if timed or labels else 2) and _only_names(line, words)
    if words and not named and not (timed and _beside_a_heading(line)):
        return None
    if _OF_AN_EVENT.match(folded):
        return None
    span = found.span() if len(raw) == len(line) else (0, len(raw))
    return DateLine(day or other, other if day and other != day else None, bool(labels), timed, english, header, bool(weekdays), span)


def shift(found: DateLine, by: int) -> DateLine:
    """The same date line within a longer text."""
    return replace(found, span=(found.span[0] + by, found.span[1] + by))


def _only_names(line: str, words: list[str]) -> bool:
    """What is left of a date line may be a name ("Minh Anh", "Báo Yên Bái"), not a phrase."""
    by_form = {plain(w): w for w in re.findall(r"[^\W\d_]+", line)}
    return all(by_form.get(w, "x")[0].isupper() for w in words)


_CLOCK = r"\d{1,2}[:h]\d\d(?::\d\d)?(?: [AP]M)?"
_DAY_OF_WEEK = r"(?:(?:[Tt]hứ|THỨ) [^\W\d]+|[Cc]hủ [Nn]hật),?\s*"
_STAMP = re.compile(
    rf"(?:{_CLOCK}\s*[,|-]?\s*)?(?:{_DAY_OF_WEEK})?(?:[Nn]gày )?\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)\d\d"
    rf"(?:\s*[,|-]?\s*{_CLOCK})?(?:\s*\(?GMT ?\+7\)?)?"
)
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[-–]\s+")
_TELLS = re.compile(r"(?<!\w)(?:tổ chức|tại|diễn ra|khai mạc|dự|họp|sẽ|đã|được|ngày|sáng|chiều|từ|đến|lúc|vào)(?!\w)|[.;!?:](?: |$)")


def _is_author(words: str) -> bool:
    """A name in capital letters: "LÒ THỊ MẬN"."""
    return words.isupper() and _FEW_WORDS.fullmatch(words) is not None


_FEW_WORDS = re.compile(r"\W*[^\W\d_]+(?: [^\W\d_]+){1,3}\W*")


def _beside_a_heading(line: str) -> bool:
    """Whether before or behind day and clock stands the name of a site or a column: "Văn hóa - Đời sống  03/05/2018 07:15".

    Behind the column and the day the author may stand: "Đời sống - 03/05/2018 07:15 LÒ THỊ MẬN"."""
    line = line.strip()
    stamp = _STAMP.search(line)
    if stamp is None or (stamp.start() and stamp.end() < len(line) and not _is_author(line[stamp.end() :])):
        return False
    rest = (line[: stamp.start()] + line[stamp.end() :]).strip(" \t|•·-–,")
    if len(rest.split()) > 12 or _TELLS.search(rest):
        return False
    return all(part[:1].isupper() or "." in part for part in _PARTS.split(rest))


# Dates of events in running text: "Chiều 04/7/2022", "ngày 20 tháng 12 năm 2019", "Sáng 8-7".
_EVENT = re.compile(
    r"(?:ngay|sang|chieu|toi|trua|qua|nay|va|den|-|\()\s*\(?(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?((?:19|20)\d\d))?(?![\d%]|\s?/\d)"
)
_EVENT_WORDS = re.compile(r"ngay (\d{1,2}) thang (\d{1,2})(?: nam ((?:19|20)\d\d))?")


EventDay = tuple[int | None, int, int]  # year, where it is said, month and day
_DOCUMENT = re.compile(r"\d+\s?/\s?(?:\d{4}\s?/\s?)?[a-z][\w-]*(?:\s?-\s?\w+)?,? (?:ban hanh )?ngay \S+")


def event_days(text: str) -> list[EventDay]:
    """(year or None, month, day) of the days that the head of an article names; dates of numbered documents are left out."""
    folded = _DOCUMENT.sub(" ", plain(text))
    days = []
    for pattern in (_EVENT, _EVENT_WORDS):
        for match in pattern.finditer(folded):
            day, month, year = int(match[1]), int(match[2]), match[3]
            if 1 <= day <= 31 and 1 <= month <= 12:
                days.append((int(year) if year else None, month, day))
    return days


def gap(day: date, events: list[EventDay]) -> int | None:
    """Days from the nearest event at or before `day` to it; None when none lies within a year before."""
    best = None
    for year, month, number in events:
        for y in (year,) if year else (day.year, day.year - 1):
            event = _day(y, month, number)
            if event and 0 <= (day - event).days <= 366 and (best is None or (day - event).days < best):
                best = (day - event).days
    return best


def settle_order(found: DateLine, events: list[EventDay], stamp: str | None = None) -> tuple[date, str, str | None]:
    """Day-first or month-first: the day, the rule, and what decided.

    Vietnamese order is the rule; an English clock ("3:12:45 PM") speaks for the month first. A machine-readable stamp of the page
    decides; else the article's own days overrule either order when just one reading lies soon after them.
    """
    if found.other is None:
        return found.day, "clean.published.date_line", None
    for day, rule in ((found.day, "clean.published.date_line"), (found.other, "clean.published.month_first")):
        if stamp == day.isoformat():
            return day, rule, None if day == found.day else "month before day, as the page's own stamp shows"
    plain_gap, other_gap = gap(found.day, events), gap(found.other, events)
    near, other_near = plain_gap is not None and plain_gap <= 31, other_gap is not None and other_gap <= 31
    impossible = plain_gap is None or plain_gap > 120  # published before what it tells, or long after
    if other_near and ((not near and (found.english or impossible)) or (found.english and other_gap <= plain_gap)):
        return found.other, "clean.published.month_first", "month before day, as the days told in the article show"
    if found.english and not near:
        return found.other, "clean.published.month_first", "month before day, as the English clock time shows"
    return found.day, "clean.published.date_line", None
