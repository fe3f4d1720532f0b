"""Where a meeting is held: "tại Hội trường UBND xã Ea Kao", "trên sân vận động huyện"."""

from __future__ import annotations

import re

from pipeline.extract.document import Document, Sentence
from pipeline.extract.meetings.story import Story
from pipeline.extract.names import place_end
from pipeline.records import Slot

_VENUE = re.compile(
    r"(?<!\w)(?:tại|trên(?= sân)|ở(?= (?:hội trường|nhà|phường|xã|thị trấn|thành phố|thị xã|huyện|trung tâm|khách sạn))) (?!đây|hội nghị"
    r"|buổi|lễ|đại hội|cuộc|phiên|các đơn vị|công văn|quyết định|kế hoạch|chương trình|điểm cầu|chỗ|nơi|thời điểm)"
)
_END = re.compile(
    r"[,;.:\"]|(?<!\w)(?:đã|tổ chức|khối thi đua|cụm thi đua|long trọng|diễn ra|do|được|với|nhằm|(?<!trung tâm )hội nghị|là|và"
    r"|các|để|sẽ|đồng chí|khai mạc|trang trọng|trong không khí|sáng|chiều|ngày|thuộc khối|hội đồng|ban tổ chức|nhân dịp"
    r"|chính thức|dưới|chi nhánh tổ chức|(?<!phòng )họp)(?!\w)|(?<=\w)(?<!hội trường)(?<!trụ sở)(?<!phòng họp)(?<!văn phòng)"
    r" (?:bộ|sở|ubnd) .{3,40} (?:tổ chức|đã)"
)
_ROOM = re.compile(r"(?:hội trường|trụ sở|phòng|nhà|trung tâm|sân)")
_SHORT_PLACE = re.compile(r"(?:tp|tx|tt|p|q)$")
# What is "tại" a place, but not the event: work, accidents, games told of in passing.
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:công tác|học tập|sinh sống|xảy ra|va chạm|hi sinh|tai nạn|ngụ|trú|cháy|lũ|tuổi\)"
    r"|(?:asiad|cup|olympic|sea games) \d+|(?:nạn nhân|ngư dân|người dân|công nhân|học sinh)[^,.;]{0,20}) $"
)
# "nhà A, trụ sở Tỉnh ủy", "hội trường tầng 3, số 18 Lý Thường Kiệt"
_ADDRESS = re.compile(r",(?:số \d+[a-z]?(?:/\d+)?|đường|trụ sở|tầng \d+,?)(?!\w)")
_HIGHER = re.compile(r",(?:huyện|thành phố|tp\.?|thị xã|tỉnh|xã|phường|quận|thị trấn) ?")


def find_venue(doc: Document, story: Story, dated: Sentence | None) -> Slot | None:
    """The place after "tại" in the sentence of the day, or in the lead."""
    told = [s for s in (story.opening, dated) if s]
    sentences = told + [s for s in story.lead[:2] if s not in told]
    for sentence in sentences:
        for match in _VENUE.finditer(doc.key, sentence.start, sentence.end):
            stop = _place_end(doc, match.end(), sentence.end)
            if not _ELSEWHERE.search(doc.key, max(sentence.start, match.start() - 40), match.start()) and _is_place(doc, match.end(), stop):
                return doc.slot("meetings.venue.at", (match.end(), stop))
    return None


def _is_place(doc: Document, start: int, stop: int) -> bool:
    text = doc.view[start:stop]
    if len(text) < 3 or len(text) > 120 or doc.hit("awards", start):
        return False
    return any(c.isupper() for c in text) or bool(_ROOM.match(text))


def _place_end(doc: Document, at: int, end: int) -> int:
    """Up to a comma or verb; a bracket or a higher place after the comma belongs to it."""
    match = _END.search(doc.key, at, end)
    while match and match[0] == "," and (inner := _comma_in_name(doc, at, match.start())):
        match = _END.search(doc.key, inner, end)
    while match and match[0] == "." and _SHORT_PLACE.search(doc.key, at, match.start()):
        match = _END.search(doc.key, match.end(), end)
    stop = match.start() if match else end
    stop = _with_address(doc, stop, end)
    while stop > at and doc.view[stop - 1] in " -(.":
        stop -= 1
    return _close_bracket(doc, at, stop, end)


def _with_address(doc: Document, stop: int, end: int) -> int:
    """Street and higher places behind commas."""
    while stop < end and doc.key[stop] == ",":
        address, higher = _ADDRESS.match(doc.key, stop, end), _HIGHER.match(doc.key, stop, end)
        if address:
            following = _END.search(doc.key, address.end(), end)
            stop = following.start() if following else end
        elif higher and (place := place_end(doc, higher.end(), end)):
            stop = place
        else:
            break
    return stop


def _close_bracket(doc: Document, at: int, stop: int, end: int) -> int:
    """A bracket that a stop has cut is taken whole when words stand in it, and left out otherwise."""
    opened = doc.view.rfind("(", at, stop)
    if opened <= 0 or ")" in doc.view[opened:stop]:
        return stop
    close = doc.view.find(")", stop, min(end, stop + 40))
    return close + 1 if close > 0 and doc.view[opened + 1 : opened + 2].isalpha() else opened - 1


def _comma_in_name(doc: Document, at: int, comma: int) -> int | None:
    """The end of a known name that spans this comma: "Trung tâm Văn hóa, Thể thao và Du lịch"."""
    for table in ("units", "department_fields"):
        for hit in doc.within(table, at, min(len(doc.key), comma + 60)):
            if hit.start < comma < hit.end:
                return hit.end
    return None
