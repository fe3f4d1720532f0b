"""Features and comments on emulation: their words for meetings tell what is done again and again, no event.

  "Các khối ký kết giao ước đầu năm, sơ kết 6 tháng và tổng kết cuối năm"; "sơ kết, tổng kết còn qua loa"
An event has a day, a conference at which something is said, a word for the moment ("vừa", "đã tổ chức"), or the year that is reviewed.
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document, Sentence
from pipeline.extract.meetings.implied import Kind
from pipeline.extract.meetings.spans import HALF, NINE, QUARTER, SPAN, YEAR
from pipeline.extract.meetings.when import find_when
from pipeline.extract.story import Story

_OF_FEATURES = ("annual_review", "midyear_review", "signing", "inspection", "thematic", "social", "ceremony")
_NEAR = 14  # sentences
_CONFERENCE = (
    r"(?<!trung tâm )hội nghị|buổi(?! sáng| chiều| tối)|lễ (?:kí|phát động|ra quân|bàn giao|tổng kết)|cuộc họp|phiên họp|đại hội|họp"
)
_MOMENT = re.compile(
    r"(?<!\w)(?:(?:vừa|mới|đã) (?:được )?(?:cùng |chính thức |tiến hành |long trọng )*"
    r"(?:tổ chức|họp|tiến hành|kí|tổng kết|sơ kết|diễn ra|phát động|ra quân|có mặt|đến|thăm|trao|dâng)"
    r"|(?:sáng|chiều|tối|hôm) (?:nay|qua)|dịp này|vừa qua|mới đây)(?!\w)"
)
_AT_CONFERENCE = re.compile(
    rf"(?<!\w)(?:tại|dự|kết thúc|bế mạc|khai mạc|diễn ra|tổ chức|đăng cai|mở|tiến hành|cuối|trong khuôn khổ)(?: [^\W\d]+)??"
    rf" (?:{_CONFERENCE})(?!\w)|[;,:] ?(?:{_CONFERENCE})(?!\w)|(?<!\w)(?:buổi|cuộc|phiên|toàn cảnh|quang cảnh) (?:họp|hội nghị)(?!\w)"
)
CONFERENCE_OPENS = re.compile(rf"\W*(?:{_CONFERENCE})(?!\w)")
_HABIT = re.compile(
    r"(?<!\w)(?:hằng|hàng|định kì|thường xuyên|kịp thời|còn|cần|phải|chưa|nhiều lần|đầu năm(?! 20)|cuối năm(?! 20)"
    r"|ở nhiều nơi|các (?:khối|cụm))(?!\w)"
)


def tells_of_event(doc: Document, story: Story, kind: Kind) -> bool:
    """Whether a kind that the lead names is that of an event, where the title names none."""
    if kind.rule != "meetings.kind.lead" or kind.name not in _OF_FEATURES or not story.heads:
        return True
    if find_when(doc, story) is not None:
        return True
    signs = (_MOMENT,) if kind.name == "social" else (_MOMENT, _AT_CONFERENCE)
    if any(sign.search(doc.key, s.start, s.end) for sign in signs for s in [*story.heads, *story.told[:_NEAR]]):
        return True
    if kind.name != "social" and any(CONFERENCE_OPENS.match(doc.key, s.start, s.end) for s in [*story.heads, *story.told[:_NEAR]]):
        return True
    own = doc.sentence_at(kind.start) if kind.name != "ceremony" else None  # the year of an award is history
    return own is not None and not _HABIT.search(doc.key, own.start, own.end) and _names_time(doc, own, kind)


def _names_time(doc: Document, own: Sentence, kind: Kind) -> bool:
    """Whether the words behind the kind tell what is reviewed or signed for."""
    return any(pattern.search(doc.key, kind.start, own.end) for pattern in (YEAR, SPAN, HALF, NINE, QUARTER))
