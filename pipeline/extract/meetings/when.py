"""When a meeting is held: the day, and the part of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.dates import SESSIONS, DateFound, find_dates
from pipeline.extract.document import Document, Sentence
from pipeline.extract.story import LEAD, Story
from pipeline.patterns import begun
from pipeline.records import Slot

_EVENT = re.compile(
    r"(?:tổ chức|diễn ra|khai mạc|họp|hội nghị|lễ |kí kết|tổng kết|sơ kết|trao|đón nhận|tiến hành|mở|gặp mặt|thi đua|bàn giao"
    r"|tọa đàm|phiên)"
)
_TODAY = re.compile(
    r"(?<!\w)(?:(?P<part>sáng|chiều|tối) )?(?:hôm nay|(?<=sáng )nay|(?<=chiều )nay|(?<=tối )nay)(?! \(?\d{1,2}(?:[/.-]\d|\)| tháng))(?!\w)"
)
_YESTERDAY = re.compile(
    r"(?<!\w)(?:(?P<part>sáng|chiều|tối) )?(?:hôm qua|(?<=sáng )qua|(?<=chiều )qua|(?<=tối )qua)(?! \(?\d{1,2}(?:[/.-]\d|\)| tháng))(?!\w)"
)
# "Ngày 16/7, các đại biểu thăm mô hình. Chiều cùng ngày, Khối tổ chức hội nghị"
_SAME_DAY = re.compile(r"(?<!\w)(sáng|chiều|tối) cùng ngày,")
# "Hội nghị chỉ làm việc một buổi chiều"
_WITHIN = re.compile(r"(?:hội nghị|cuộc họp|buổi \w+|lễ \w+) [^.;:,]{0,40}(?:trong|vào)(?: một)? buổi (sáng|chiều|tối)(?!\w)")
_PART = re.compile(r"(?<!\w)(sáng|chiều|tối(?! (?:cao|đa|thiểu|ưu|hậu))|trưa)(?!\w)")
_DAYS = re.compile(r"(?<![\dh:.])(?<!giờ )(?:\d+|hai|ba) ngày|từ (?:ngày )?\d")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}) ?(?:giờ|h)(?: ?\d{0,2})?(?!\w)")


@dataclass(slots=True)
class When:
    date: DateFound
    sentence: Sentence


@dataclass(slots=True)
class Time:
    """Day and part of the day as slots, the year as far as it is written, and the sentence of the day."""

    date: Slot | None = None
    session: Slot | None = None
    year: int | None = None
    sentence: Sentence | None = None


def find_time(doc: Document, story: Story, before: Slot | None = None) -> Time:
    """When the event took place. `before` is the day of the meeting told before it, for "cùng ngày"."""
    if before and story.opening and (same := _same_day(doc, story.opening, before)):
        return same
    when = find_when(doc, story)
    if when and doc.article.published and (today := _by_the_day_of_publication(doc, story, when.sentence)):
        return today
    if when:
        if is_told_on(doc, when.sentence, when.date.start, when.date.end):
            return _of_what_is_told(doc, story, when)
        session = find_session(doc, when) or (story.opening and _part_of_opening(doc, story.opening)) or _part_later(doc, story, when)
        return Time(_day_slot(doc, when.date), session or None, when.date.year, when.sentence)
    return _by_the_day_of_publication(doc, story) or _in_a_month(doc, story) or Time()


_MONTH = re.compile(
    r"\W*(?:(?:vừa qua|mới đây|vào|trong|đầu|cuối|giữa|(?:những|các) ngày (?:đầu|cuối)|(?:trung|thượng|hạ) tuần),? ?)*"
    r"tháng (?P<month>1[0-2]|0?[1-9])(?:/| năm |-)(?P<year>20\d\d)(?!\d|-\d)"
)
_BLOC_ACTS = re.compile(
    r"(?:khối|cụm|hội đồng) thi đua(?!\w)[^.;:]{0,90}?(?<!sẽ )(?<!\w)(?:tổ chức|họp|tổng kết|sơ kết|kí kết|kí giao ước)(?!\w)"
)

_TO_COME = re.compile(r"(?<!\w)(?:sẽ|dự kiến)(?!\w)")


def _in_a_month(doc: Document, story: Story) -> Time | None:
    """ "Trong tháng 12/2012, Cụm thi đua số 7 đã tổng kết": the month, where no day is told."""
    for sentence in story.lead[:2]:
        told = _MONTH.match(doc.key, sentence.start, sentence.end)
        acts = _BLOC_ACTS.search(doc.key, told.end(), sentence.end) if told else None
        if acts and not _TO_COME.search(doc.key, told.end(), acts.end()):
            month = doc.slot("meetings.date.month", (told.start("month"), told.end()), value=f"{told['year']}-{int(told['month']):02d}")
            return Time(month, None, int(told["year"]), sentence)
    return None


# "Ngày 12/5, Công an huyện cho biết vừa trao giấy khen": the day on which somebody told of it
_TELLING = re.compile(begun("cho biết|cho hay|xác nhận|thông tin từ|thông báo|nguồn tin"))
_TELLS = re.compile(
    r"(?:[^.;:()]|\([^()]*\)){0,170}?(?<!\w)(?:cho biết|cho hay|xác nhận|thông tin từ|thông báo(?= (?:đã|vừa|về việc))|nguồn tin)(?!\w)"
)
_AT_EVENT = re.compile(r"(?<!\w)(?:tổ chức|diễn ra|khai mạc|họp|trao|tặng|hội nghị|lễ|buổi|tại (?:chương trình|cuộc))(?!\w)")
_TOLD_OF_SAME_DAY = re.compile(r"(?<!\w)(?:(sáng|trưa|chiều|tối) )?(?:cùng|trong|hôm) (?:ngày|nay)(?!\w)")


def is_told_on(doc: Document, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a day is that on which somebody tells of the event, not the event's own."""
    tells = _TELLS.match(doc.key, end, sentence.end) if _TELLING.search(doc.key, end, sentence.end) else None
    return bool(tells) and not _AT_EVENT.search(doc.key, sentence.start, start) and not _AT_EVENT.search(doc.key, end, tells.end())


_GIVING = re.compile(r"(?:tổ chức|đã|làm lễ) [^.;]{0,60}?(?:khen thưởng|tuyên dương|biểu dương|(?:trao|tặng) (?:giấy|bằng|thư) khen)(?!\w)")


def _of_the_giving(doc: Document, story: Story, when: When) -> Time | None:
    """The day on which a later sentence says that the honours were given, when the first one is that of telling."""
    for sentence in story.told[:_FARTHEST_GIVING]:
        if sentence.start <= when.sentence.start or not (giving := _GIVING.search(doc.key, sentence.start, sentence.end)):
            continue
        for date in find_dates(doc, sentence.start, giving.start()):
            if date.marked and not _long_ago(date) and not _other_date(doc, date, sentence):
                then = When(date, sentence)
                return Time(_day_slot(doc, date), find_session(doc, then), date.year, sentence)
    return None


_FARTHEST_GIVING = 14  # sentences


def _of_what_is_told(doc: Document, story: Story, when: When) -> Time:
    """The time of an event of which somebody told on a day: that day only where it says so ("sáng cùng ngày")."""
    same = _TOLD_OF_SAME_DAY.search(doc.key, when.date.end, when.sentence.end)
    if same is None:
        return _of_the_giving(doc, story, when) or Time(None, None, when.date.year, when.sentence)
    part = doc.slot("meetings.session.word", same.span(1), value=SESSIONS[same[1]]) if same[1] and SESSIONS[same[1]] else None
    return Time(_day_slot(doc, when.date), part, when.date.year, when.sentence)


def _by_the_day_of_publication(doc: Document, story: Story, until: Sentence | None = None) -> Time | None:
    """ "Sáng nay", "hôm qua" in the lead, when no date stands beside it; only before the sentence `until`, which has a date."""
    for sentence in story.lead[:2]:
        if until and sentence.start >= until.start:
            break
        for pattern, value, rule in ((_TODAY, "today", "meetings.date.today"), (_YESTERDAY, "yesterday", "meetings.date.yesterday")):
            match = pattern.search(doc.key, sentence.start, sentence.end)
            if match and not is_told_on(doc, sentence, *match.span()):
                part = doc.slot("meetings.session.word", match.span(), value=SESSIONS[match["part"]]) if match["part"] else None
                return Time(Slot(value, (doc.text.to_raw(*match.span()),), rule), part)
    return None


def _day_slot(doc: Document, date: DateFound) -> Slot:
    year = f"{date.year:04d}" if date.year else "----"
    return doc.slot("meetings.date.written", (date.start, date.end), value=f"{year}-{date.month:02d}-{date.day:02d}")


_OPENING_PART = re.compile(
    r"\W*(?:\d[.)/] ?)?(?:(?:trước đó|tiếp đó|sau đó|cũng),? ?)?(?:(?:vào|đến|lúc|trong|sang) )*(?:cùng ngày,? ?(?:vào )?)?"
    r"(?:(?:buổi )?(?P<part>sáng|chiều|tối)(?!\w)(?: cùng ngày)?|(?P<hour>\d{1,2}) ?(?:giờ|h)(?: ?\d{1,2})?(?: phút)?(?!\w)"
    r"(?: cùng ngày)?)|\W*(?:cũng )?(?:trong |vào )?cùng (?:ngày|thời điểm|thời gian|lúc)"
)


_PART_OF_GIVING = re.compile(r"\W*(?:ngay |cũng )?(?:trong |vào )?(sáng|chiều|tối)(?: (?:nay|qua|cùng ngày)(?!\w)|,)")


def time_of_giving(doc: Document, giving: int, lead: Time) -> Time:
    """The time of a sentence that alone tells of the giving: its own day and part of the day, else those of the lead."""
    sentence = doc.sentence_at(giving)
    if sentence is None:
        return lead
    for date in find_dates(doc, sentence.start, giving):
        if date.marked and not _long_ago(date) and not _other_date(doc, date, sentence):
            return Time(_day_slot(doc, date), find_session(doc, When(date, sentence)), date.year, sentence)
    part = _PART_OF_GIVING.match(doc.key, sentence.start, giving)
    if part is None:
        return lead
    session = doc.slot("meetings.session.word", part.span(1), value=SESSIONS[part[1]])
    return Time(lead.date, session, lead.year, sentence if part[0].endswith("cùng ngày") else lead.sentence)


_LONG_DATE = len(" ngày 10 tháng 10 năm 2020")


def _same_day(doc: Document, opening: Sentence, before: Slot) -> Time | None:
    """ "Chiều cùng ngày", "Buổi chiều" at the head of a second meeting: the day of the first."""
    words = _OPENING_PART.match(doc.key, opening.start, opening.end)
    if not words:
        return None
    comma = doc.key.find(",", words.end(), opening.end)
    if find_dates(doc, opening.start, min(words.end() + _LONG_DATE, comma if comma > 0 else opening.end)):
        return None
    span = (opening.start, words.end())
    date = doc.slot("meetings.date.same_day", span, value=str(before.value), inferred_from="the day of the meeting told before")
    return Time(date, _part_of_opening(doc, opening), int(year) if (year := str(before.value)[:4]).isdigit() else None, opening)


def _part_of_opening(doc: Document, opening: Sentence) -> Slot | None:
    words = _OPENING_PART.match(doc.key, opening.start, opening.end)
    if words and words["part"]:
        return doc.slot("meetings.session.word", words.span("part"), value=SESSIONS[words["part"]])
    if words and words["hour"] and 6 <= int(words["hour"]) <= 21:
        return doc.slot("meetings.session.clock", words.span("hour"), value=_session_at(int(words["hour"])))
    return None


_BEGINS = re.compile(r"\W*(?:\d[.)/] ?)?(?:buổi )?(sáng|chiều|tối)(?: cùng ngày)?,? ?(?:tại|ở|,)")
_FARTHEST = 8
# "Hội nghị kết thúc lúc 11 giờ 15 phút cùng ngày": by the hour before
_ENDS = re.compile(
    r"(?<!\w)(?:hội nghị|cuộc họp|phiên họp|buổi \w+|lễ \w+|hội thao) (?:đã )?(?:kết thúc|bế mạc)(?: vào)?(?: lúc)?"
    r" (?P<hour>\d{1,2}) ?(?:giờ|h|g)(?: ?\d{1,2})?(?: phút)?(?: cùng ngày|(?= ?[.,;]|$))"
)


def _part_later(doc: Document, story: Story, when: When) -> Slot | None:
    """The part of the day that a later sentence gives: "Hội nghị diễn ra chiều 20/6" for the same day, the next one's "Sáng, tại ..."."""
    later = [s for s in story.told[:_FARTHEST] if s.start > when.sentence.start]
    if later and (begins := _BEGINS.match(doc.key, later[0].start, later[0].end)):
        return doc.slot("meetings.session.later", begins.span(1), value=SESSIONS[begins[1]])
    for sentence in story.told:
        if (ends := _ENDS.search(doc.key, sentence.start, sentence.end)) and 6 < int(ends["hour"]) <= 21:
            return doc.slot("meetings.session.later", ends.span("hour"), value=_session_at(int(ends["hour"]) - 1))
    for sentence in later:
        for date in find_dates(doc, sentence.start, sentence.end):
            if (date.day, date.month) == (when.date.day, when.date.month) and date.part and SESSIONS[date.part]:
                return doc.slot("meetings.session.later", (date.start, date.end), value=SESSIONS[date.part])
    return None


def _session_at(hour: int) -> str:
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


def find_when(doc: Document, story: Story) -> When | None:
    """The date of the event: the first of the lead that is no anniversary, document or plan."""
    body = story.told
    for limit, demand_event, demand_mark in (
        (LEAD, True, True),
        (LEAD, False, True),
        (2, True, False),
        (40, True, True),
    ):
        for sentence in body[:limit]:
            if demand_event and not _EVENT.search(doc.key, sentence.start, sentence.end):
                continue
            for date in find_dates(doc, sentence.start, sentence.end):
                if (date.marked or not demand_mark) and not _long_ago(date) and not _other_date(doc, date, sentence):
                    return When(date, sentence)
    return None


def _long_ago(date: DateFound) -> bool:
    """A day of history. A year just as impossible, but to come, is a typing error."""
    return date.year is not None and date.year < _NEWS_BEGINS


_NEWS_BEGINS = 1995
# Days that are not the event's, by the words before them: of a document with its number, of a plan, of something past.
_AFTER_NUMBER = re.compile(r"(?:số|[a-zđ]/|-[a-zđ]{2,6}|/[a-zđ]\S{1,12})[^;.]{0,12}$")
_NUMBER_ENDS = re.compile(r"/[a-zđ]|-[a-zđ]+$|[a-zđ]\)?,? ?$")
_NUMBER = re.compile(r"\d+[/-]?\w*[/-][a-zđ&-]+\S*,? ?(?:ban hành |kí )?$")
_TO_ANNIVERSARY = re.compile(r" ?-\s?\d{1,2}[/.-]\d")
_ANNIVERSARY = re.compile(r"(?:năm )?(?:ngày|thành lập|truyền thống|kỉ niệm|quốc khánh|sinh nhật|giải phóng|ngành)[^,;.]{0,50}\($")
_PLANNED = re.compile(r"(?<!\w)(?:(?:sẽ|dự kiến|trước|đến hết|tính đến|kể từ|từ trước|hạn)(?: \w+){0,3}|có thể [^,;.]{3,60}) ?$")
# "Ngày 10/10 trở thành ngày truyền thống", "ngày 27/2 hằng năm": a day of every year
_EVERY_YEAR = re.compile(r" ?(?:được (?:chọn|lấy) (?:là|làm)|trở thành|là) ngày(?!\w)| (?:hàng|hằng|mỗi) năm")
_PAST = re.compile(r"(?<!\w)(?:trước đó|năm ngoái|thành lập|khởi công|ra đời|khởi tranh|đến(?! dự)|tính đến)[^;.]{0,20}$")
# "nhân Ngày Doanh nhân Việt Nam 13/10", "70 năm Ngày truyền thống ngành Thuế 10/9/2015"
_FEAST = re.compile(
    r"(?<!\w)(?:ngày|ngành) (?:\w+ ){0,3}?(?:truyền thống|thành lập|quốc tế|quốc khánh|toàn dân|toàn quốc|giải phóng|sinh nhật|nhà giáo"
    r"|doanh nhân|thầy thuốc|báo chí|gia đình|phụ nữ|thương binh|phòng cháy)(?!\w)[^;:.()]{0,70}? \(?$"
)
_ON_THE_FEAST = re.compile(r"(?<!\w)(?:nhân|nhân dịp|chào mừng|mừng|kỉ niệm) (?:ngày )?$")  # "đi bộ chào mừng ngày 26/3"
# "Quy chế của Khối ban hành ngày 12/3", "theo Quyết định ngày 12/3 của UBND tỉnh": a document without its number
_ISSUED = re.compile(
    r"(?:ban hành|(?:theo|thực hiện|căn cứ) (?:quyết định|kế hoạch|công văn|qui chế|thông báo|hướng dẫn)(?: của [^,;:.]{2,40})?)(?: vào)? $"
)
_SIGNED = re.compile(r"(?:quyết định|nghị định|thông tư|kế hoạch|công văn|chỉ thị|nghị quyết|hướng dẫn|tờ trình|luật)[^,;:]{0,60}$")


def _other_date(doc: Document, date: DateFound, sentence: Sentence) -> bool:
    before = doc.key[max(sentence.start, date.start - 60) : date.start]
    after = doc.key[date.end : min(sentence.end, date.end + 30)]
    if date.part and before.endswith((",", ", ")):  # "theo Kế hoạch số 12/KH-UBND, chiều 26/02": no document is dated by a part of the day
        return False
    document = _AFTER_NUMBER.search(before) and _NUMBER_ENDS.search(before[-14:]) and _NUMBER.search(before)
    anniversary = _TO_ANNIVERSARY.match(after) or _ANNIVERSARY.search(before) or (date.part is None and _is_feast(doc, date, sentence))
    signed = (_SIGNED.search(before) and "/" in before) or _ISSUED.search(before)
    anniversary = anniversary or _EVERY_YEAR.match(after)
    return bool(document or anniversary or _PLANNED.search(before) or _PAST.search(before) or signed)


def _is_feast(doc: Document, date: DateFound, sentence: Sentence) -> bool:
    """Whether the words before a bare day name a feast: "chào mừng Ngày Phụ nữ Việt Nam 20/10"."""
    if date.year is None and _ON_THE_FEAST.search(doc.key, max(sentence.start, date.start - 16), date.start + len("ngày ")):
        return True
    at = date.start + doc.key.startswith("(", date.start)
    if not doc.key[at].isdigit():
        return False
    feast = _FEAST.search(doc.key, max(sentence.start, at - 110), at)
    return feast is not None and "," not in feast[0].rstrip(" (")[-1:]


def find_session(doc: Document, when: When | None) -> Slot | None:
    """Part of the day, beside the date or at the head of its sentence."""
    if when is None:
        return None
    start = when.sentence.start
    window = doc.key[start : when.date.end]
    if _DAYS.search(window) and not when.date.part:
        return None
    for match in reversed(list(_PART.finditer(window))):
        value = SESSIONS[match[1]]
        if value and when.date.start - (start + match.start()) < 40:
            return doc.slot("meetings.session.word", (start + match.start(), start + match.end()), value=value)
    same_day = _SAME_DAY.search(doc.key, when.date.end, min(len(doc.key), when.sentence.end + 60))
    same_day = same_day or _WITHIN.search(doc.key, when.date.end, min(len(doc.key), when.sentence.end + 100))
    if same_day:
        return doc.slot("meetings.session.word", same_day.span(1), value=SESSIONS[same_day[1]])
    clock = _CLOCK.search(doc.key, start, when.sentence.end)
    if clock and clock.end() <= when.date.end + 20 and 6 <= int(clock[1]) <= 21:
        return doc.slot("meetings.session.clock", clock.span(), value=_session_at(int(clock[1])))
    return None
