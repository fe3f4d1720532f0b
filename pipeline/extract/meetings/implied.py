"""Kinds of meetings that no title and no word for them name: what a text that begins midway tells of its conference."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.document import Document, Sentence
from pipeline.extract.story import Story


@dataclass(slots=True)
class Kind:
    """A kind and the words that name it."""

    name: str
    start: int
    end: int
    rule: str


# "Hội nghị đã nghe báo cáo kết quả của Khối trong 6 tháng đầu năm": a review, whatever visits are told there
_HEARD = re.compile(
    r"\W*hội nghị (?:đã )?(?:được )?nghe [^.;]{0,140}?(?<!\w)(?:kết quả|sơ kết|tình hình) [^.;]{0,120}?(?:sáu|0?6) tháng đầu năm(?!\w)"
)


def half_year_heard(doc: Document, story: Story) -> Kind | None:
    """The review of a half year at which the report on it is heard."""
    heard = next((m for s in story.lead if (m := _HEARD.match(doc.key, s.start, s.end))), None)
    return Kind("midyear_review", *heard.span(), "meetings.kind.implied") if heard else None


_AT_CONGRESS = re.compile(
    r"\W*(?:tại|dự|tham dự|tới dự|đến dự) (?P<kind>đại hội thi đua(?: yêu nước)?)(?!\w)"
    # "Hội nghị nhằm nhìn lại phong trào Thi đua yêu nước giai đoạn 2020-2025"
    r"|\W*(?:hội nghị|đại hội) (?:nhằm|là dịp)(?!\w)[^.;]{0,160}?(?P<aim>phong trào thi đua yêu nước)(?!\w)[^.;]{0,80} giai đoạn 20\d\d"
)


def congress_later(doc: Document, story: Story) -> Kind | None:
    """A text that begins midway, in what a congress of emulation heard: "Tại Đại hội thi đua tổ chức sáng 12-5, ..."."""
    held = next((m for s in story.told if (m := _AT_CONGRESS.match(doc.key, s.start, s.end))), None)
    return Kind("congress", *held.span("kind" if held["kind"] else "aim"), "meetings.kind.later") if held else None


_MEETS = re.compile(r"(?<!\w)(?:hội nghị|họp|lễ kí(?: kết)?)(?!\w)")
_IMPLIES = (
    # "Lễ ký kết tạo khí thế mới cho các trường thuộc Cụm thi đua số 2": what began the text is lost
    ("signing", re.compile(r"\W*(?:buổi )?lễ kí(?: kết)?(?!\w)[^.;]{0,200}(?:khối|cụm) thi đua"), None),
    (
        "midyear_review",
        re.compile(
            r"\W*(?:(?:trong|qua) )?(?:sáu|6|06) tháng đầu năm(?: 20\d\d)?"
            r"|[^.;]{0,140}(?<!\w)(?:thông qua|trình bày|nghe) báo cáo [^.;]{0,60}(?:sáu|0?6) tháng đầu năm(?: 20\d\d)?"
        ),
        None,
    ),
    (
        "annual_review",
        re.compile(
            r"\W*(?:theo báo cáo[^,.;]{0,40}, ?)?(?:(?:trong|qua) )?năm 20\d\d|[^.;]{0,120}(?<!\w)nhìn lại (?:\w+ ){0,5}năm(?!\w)"
            r"|\W*phong trào thi đua (?:của |ở |trong )?(?:khối|cụm)[^.;,]{0,60} năm 20\d\d"
            r"|\W*phong trào thi đua [^.;,]{0,30}năm 20\d\d (?:của|ở|trong) [^.;,]{0,24}(?:khối|cụm)(?!\w)"
            r"|[^.;]{0,160}(?<!\w)bầu [^.;]{0,20}(?:khối|cụm|trưởng)[^.;]{0,30} năm 20\d\d"
            r"|[^.;]{0,140}(?<!\w)(?:thông qua|trình bày|nghe) báo cáo kết quả [^.;]{0,60} năm 20\d\d"
        ),
        re.compile(r"kiểm phiếu|bình xét|suy tôn|bỏ phiếu|(?:bầu|chọn) [^.;]{3,40} (?:làm|là) (?:khối|cụm|trưởng|đơn vị dẫn đầu)"),
    ),
    (
        "signing",
        re.compile(r"[^.;]*(?<!\w)(?:thống nhất|thông qua|đăng kí)(?!\w)[^.;]{0,80}(?:nội dung|chỉ tiêu|giao ước)[^.;]{0,20} thi đua"),
        None,
    ),
)


def kind_implied(doc: Document, story: Story) -> Kind | None:
    """A conference without a name: it reviews the time of which a sentence reports ("Sáu tháng đầu năm 2016, các đơn vị ...")."""
    told = [s for s in story.told if s.region != "caption"]
    if not any(_MEETS.search(doc.key, s.start, s.end) for s in story.told):
        return None
    for name, opens, needs in _IMPLIES:
        match = next((m for s in told if (m := opens.match(doc.key, s.start, s.end))), None)
        if match and (needs is None or any(needs.search(doc.key, s.start, s.end) for s in told) or _plans_next(doc, told, match)):
            return Kind(name, match.start(), match.end(), "meetings.kind.implied")
    theme = next((m for s in story.lead[:2] if (m := _WITH_THEME.search(doc.key, s.start, s.end))), None)
    theme = theme or next((m for s in story.lead[:2] if (m := _SITS.search(doc.key, s.start, s.end))), None)
    return Kind("thematic", *theme.span(), "meetings.kind.implied") if theme else None


def _plans_next(doc: Document, told: list[Sentence], opening: re.Match[str]) -> bool:
    """Whether what a text reports of "Năm 2018, ..." is followed by the tasks of 2019."""
    year = re.search(r"20\d\d", opening[0])
    if year is None:
        return False
    next_year = rf"năm {int(year[0]) + 1}(?![\d-])"
    ahead = re.compile(rf"(?:\W*(?:bước )?(?:sang )?|[^.;]*(?:giao ước thi đua|nhiệm vụ|phương hướng)[^.;]{{0,30}} ){next_year}")
    return any(ahead.match(doc.key, s.start, s.end) for s in told)


# "Báo A tổ chức Hội nghị Cụm thi đua báo Đảng các tỉnh với chủ đề ..."
_WITH_THEME = re.compile(r"(?<!\w)hội nghị (?:khối|cụm) thi đua [^.;:]{3,120} (?:chủ đề|chuyên đề)(?!\w)")
# "Khối thi đua số 2 tổ chức phiên họp": talks of whatever kind; no member's own meeting, none to come, no course
_SITS = re.compile(
    r"(?:khối|cụm) thi đua (?:(?!sẽ(?!\w)|dự kiến(?!\w))[^.;:,()]){1,80}?"
    r" (?:(?:tổ chức|tiến hành|mở|có) (?:một )?(?:phiên họp|cuộc họp|buổi họp|họp)"
    r"|họp)(?!\w)(?! báo)"
)
