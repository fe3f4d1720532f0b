"""Which year, half year, quarter or span of years a meeting reviews, or for which it signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.dates import BYGONE
from pipeline.extract.document import Document, Sentence
from pipeline.extract.meetings.kinds import Kind
from pipeline.extract.meetings.spans import HALF, NINE, QUARTER, SPAN, YEAR
from pipeline.extract.story import Story
from pipeline.records import Slot

_SCHOOL_YEAR = re.compile(r"năm học:? ?(?P<from>20\d\d)-(?P<to>(?:20)?\d\d)(?!\d)")
_QUARTERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


@dataclass(slots=True)
class Review:
    """What a period is read from: the kind and the year of its event, as far as it is known."""

    doc: Document
    story: Story
    kind: Kind
    year: int | None

    @property
    def near(self) -> list[Sentence]:
        """Title, first sentences (of a council some more: captions may stand first), and the one that names the kind."""
        near = [*self.story.heads, *self.story.lead[: 4 if self.kind.name == "council" else 2]]
        return near + [s for s in self.story.told if s.start <= self.kind.start < s.end and s not in near]

    def slot(self, rule: str, value: str, *spans: tuple[int, int], inferred_from: str | None = None) -> Slot:
        return self.doc.slot(rule, *spans, value=value, inferred_from=inferred_from)


def find_period(doc: Document, story: Story, kind: Kind, year_of: int | None) -> Slot | None:
    """What is reviewed or signed for. `year_of` is the year of the event, if known."""
    review = Review(doc, story, kind, year_of)
    match kind.name:
        case "social":
            return None
        case "midyear_review":
            return _part_of_year(review) or _school_year(review)
        case "congress":
            return _years_span(review, story.sentences) or _honoured(review)
        case "thematic":
            return _years_span(review, [*story.heads, *story.lead])
        case "ceremony":
            return _honoured(review)
        case "signing" if launched := _years_launched(review):
            return launched
        case "inspection" | "council" if part := _part_voted_on(review):
            return part
    return _school_year(review) or _one_year(review) or _worked(review)


def _part_of_year(review: Review) -> Slot | None:
    """A half year, quarter or nine months, with the year beside it, else that of the event, else one named near.

    The part whose tasks a title plans ("triển khai nhiệm vụ 6 tháng cuối năm") counts only where no other is named.
    """
    planned = None
    for sentence in review.near:
        for pattern in (HALF, QUARTER, NINE):
            match = pattern.search(review.doc.key, sentence.start, sentence.end)
            ahead = match and _AHEAD.search(review.doc.key, sentence.start, match.start())
            if ahead or (match and _part(match) == "H2" and (review.year and _bare_half(review) or _first_half(review))):
                planned = planned or (sentence, match)
            elif match:
                return _part_with_year(review, sentence, match)
    if planned and review.year and (bare := _bare_half(review)):
        return review.slot("meetings.period.part", f"{review.year}-H1", bare.span("half"), inferred_from="year of the event")
    return _part_with_year(review, *planned) if planned else _half_told_later(review)


_BARE_HALF = re.compile(r"[^.;:]{0,40}?(?<!\w)(?P<half>(?:0?6|sáu) tháng)(?! (?:đầu|cuối))")


def _bare_half(review: Review) -> re.Match[str] | None:
    """ "sơ kết 6 tháng": the first six, whatever is planned or elected for the last ones."""
    return _BARE_HALF.match(review.doc.key, review.kind.end)


def _first_half(review: Review) -> bool:
    """ "sơ kết 6 tháng đầu năm" below a title that only tells of the half to come."""
    matches = (m for s in review.near for m in HALF.finditer(review.doc.key, s.start, s.end))
    return any(_part(m) == "H1" and not _AHEAD.search(review.doc.key, max(0, m.start() - 40), m.start()) for m in matches)


def _half_told_later(review: Review) -> Slot | None:
    """The half year of which the report speaks, where title and lead name no part; "6 tháng cuối năm" is what lies ahead then."""
    for sentence in review.story.told:
        match = HALF.search(review.doc.key, sentence.start, sentence.end)
        year = YEAR.search(review.doc.key, match.start(), match.end() + 20) if match else None
        if match and (year or review.year):
            value = year["year"] if year else str(review.year)
            return review.slot("meetings.period.part", f"{value}-H1", match.span(), inferred_from="the half year that the report speaks of")
    return None


_AHEAD = re.compile(r"(?<!\w)(?:nhiệm vụ|phương hướng|kế hoạch|và|từ)(?: \w+){0,3} $")


_SITTING = re.compile(r"(?<!\w)họp(?!\w)")


def _part_voted_on(review: Review) -> Slot | None:
    """ "họp Hội đồng 6 tháng cuối năm 2019", "chấm điểm thi đua 9 tháng": behind the word for the kind, in its own sentence."""
    key, kind = review.doc.key, review.kind
    for sentence in review.near:
        named = sentence.start <= kind.start < sentence.end
        sits = None if named or kind.name != "council" else _SITTING.search(key, sentence.start, sentence.end)
        if not named and sits is None:
            continue
        begin = sits.end() if sits else kind.end
        for pattern in (HALF, QUARTER, NINE):
            match = pattern.search(key, begin, sentence.end)
            if match and not _AHEAD.search(key, begin, match.start()):
                return _part_with_year(review, sentence, match)
    return None


def _part_with_year(review: Review, sentence: Sentence, match: re.Match[str]) -> Slot | None:
    key, part = review.doc.key, _part(match)
    here = YEAR.search(key, match.start(), sentence.end) or YEAR.search(key, sentence.start, sentence.end)
    if here:
        return review.slot("meetings.period.part", f"{here['year']}-{part}", match.span(), here.span())
    if review.year:
        return review.slot("meetings.period.part", f"{review.year}-{part}", match.span(), inferred_from="year of the event")
    near = next((m for s in review.near if (m := YEAR.search(key, s.start, s.end))), None)
    return review.slot("meetings.period.part", f"{near['year']}-{part}", match.span(), near.span()) if near else None


def _part(match: re.Match[str]) -> str:
    if match.re is HALF:
        return "H2" if "cuối" in (match["half"], match["half2"]) else "H1"
    return "Q" + _QUARTERS.get(match["quarter"], match["quarter"]) if match.re is QUARTER else "9M"


def _years_span(review: Review, sentences: list[Sentence]) -> Slot | None:
    key = review.doc.key
    for sentence in sentences:
        for match in SPAN.finditer(review.doc.key, sentence.start, sentence.end):
            first = match["from"] or match["from2"]
            last = match["to"] or match["to2"]
            last = last if len(last) == 4 else first[:2] + last
            if review.kind.name == "thematic" and "giai đoạn" not in match[0] and "(" not in match[0] and match["from"]:
                continue
            closed = rf"\d\d-{first}(?!\d)" if match[0].startswith("(") else rf"-{first}\)"
            if not review.year and review.kind.name == "congress" and re.search(closed, key):
                continue  # "lần thứ I (2025-2030)", where "giai đoạn 2020-2025" is looked back on
            if review.year and int(first) >= review.year or "năm học" in match[0] or int(last) - int(first) > 12:
                continue  # the years that a congress looks ahead to
            return review.slot("meetings.period.span", f"{first}-{last}", match.span())
    return None


_LAUNCHED = re.compile(r"phát động[^.;:]{3,140}? giai đoạn (?P<from>20\d\d) ?- ?(?P<to>20\d\d)(?!\d)")


def _years_launched(review: Review) -> Slot | None:
    """The years for which a movement is launched: "phát động phong trào thi đua X giai đoạn 2021-2025"."""
    own = review.doc.sentence_at(review.kind.start)
    told = _LAUNCHED.match(review.doc.key, review.kind.start, own.end) if own else None
    if told is None or YEAR.search(review.doc.key, review.kind.end, told.start("from")):
        return None
    return review.slot("meetings.period.span", f"{told['from']}-{told['to']}", (told.start("from"), told.end("to")))


def _school_year(review: Review) -> Slot | None:
    for sentence in review.near:
        match = _SCHOOL_YEAR.search(review.doc.key, sentence.start, sentence.end)
        if match:
            last = match["to"] if len(match["to"]) == 4 else "20" + match["to"]
            return review.slot("meetings.period.school_year", f"{match['from']}-{last}", match.span())
    return None


# "Tuyên dương học sinh xuất sắc năm học 2017-2018", "vinh danh nông dân giỏi năm 2016": whose year it is
_BEST = re.compile(
    r"(?<!\w)(?:tuyên dương|biểu dương|vinh danh|tôn vinh|gặp mặt|giao lưu)(?!\w)[^.;]{3,110}?"
    r"(?:(?<!\w)năm (?P<year>20\d\d)(?![\d/])|(?<!\d)(?P<from>20\d\d)-(?P<to>20\d\d)(?!\d))"
)


def _honoured(review: Review) -> Slot | None:
    """The year whose best a congress honours; of a ceremony only a span of years, for one year is rather that of the awards."""
    for sentence in [*review.story.heads, *review.story.lead[:3]]:
        match = _BEST.search(review.doc.key, sentence.start, sentence.end)
        if match and review.kind.name == "ceremony" and (match["year"] or _JUBILEE.search(review.doc.key, sentence.start, match.start())):
            continue
        if match and (review.year is None or int(match["year"] or match["to"]) <= review.year):
            if match["year"]:
                return review.slot("meetings.period.honoured", match["year"], match.span("year"))
            return review.slot("meetings.period.honoured", f"{match['from']}-{match['to']}", (match.start("from"), match.end("to")))
    return None


_JUBILEE = re.compile(r"(?<!\w)kỉ niệm \d{1,3} năm(?!\w)")  # what the ceremony is held for; the best are honoured beside it
# "có nhiều thành tích trong công tác năm 2018": what the awards of a review are given for
_WORK_DONE = re.compile(
    r"(?<!\w)(?:hoàn thành (?:xuất sắc |tốt )*nhiệm vụ|thành tích(?: \w+){0,8}?|đánh giá kết quả(?: \w+){0,4}?|khen (?:thưởng )?tổng kết)"
    r"(?: công tác| chính trị| thi đua)* (?:trong )?(?P<part>6 tháng|quí|9 tháng)?[^.;]{0,6}?năm (?P<year>20\d\d)(?!\d|-20)"
)


# "đại diện từng khối báo cáo kết quả công tác năm học 2018-2019"
_REPORTED = re.compile(
    r"(?<!\w)(?:báo cáo|đánh giá)(?! của)(?: \w+){0,3}? (?:kết quả|tình hình)(?: \w+){0,6}? năm (?:học )?"
    r"(?P<from>20\d\d)(?:-(?P<to>20\d\d))?(?![\d/])"
)


def _worked(review: Review) -> Slot | None:
    """The year for whose work an annual review gives awards, or that it reports on, where title and lead name none."""
    if review.kind.name not in ("annual_review", "council"):
        return None
    for sentence in review.story.told if review.kind.name == "annual_review" else ():
        if (told := _REPORTED.search(review.doc.key, sentence.start, sentence.end)) and int(told["from"]) <= (review.year or 9999):
            last = told.end("to") if told["to"] else told.end("from")
            value = f"{told['from']}-{told['to']}" if told["to"] else told["from"]
            return review.slot("meetings.period.achieved", value, (told.start("from"), last))
    for sentence in review.story.told:
        match = _WORK_DONE.search(review.doc.key, sentence.start, sentence.end)
        if match and not match["part"] and (review.year is None or int(match["year"]) <= review.year):
            return review.slot("meetings.period.achieved", match["year"], match.span("year"))
    return None


_ACHIEVED = re.compile(
    r"(?:thành tích|xét,? ?(?:duyệt |đề nghị )?khen thưởng|xét (?:tặng|công nhận|cờ|bằng khen)|ý kiến (?:về )?(?:việc )?khen thưởng"
    r"|xét thi đua|danh hiệu thi đua|bình xét|kết quả|tổng kết)"
    r"[^.;]{0,110}?(?:năm |(?<=tổng kết ))(?P<year>20\d\d)"
)
# Years that are no period: of a document, of an office, of a birth.
_OTHER_YEAR = re.compile(
    r"(?:(?:quyết định|kế hoạch|nghị quyết|luật)(?: số \S+)?|số \d+[/-]\S+"
    r"|(?:trưởng|phó|trưởng khối|trưởng cụm|phó khối|phó cụm)(?: thi đua)?|(?<!dẫn )(?<!đứng )đầu) ?$"
)
_FROM_TO = re.compile(r"(?:sinh|từ|đến|tháng \d{1,2}) $")
# "tổng kết giao ước năm 2017" reviews that year; "và nhiệm vụ năm 2018", "ký giao ước năm 2018" look ahead
_NEXT_YEAR = re.compile(
    r"(?:phương hướng|(?:triển khai|kí|kí kết|đăng kí|phát động|đề ra|bàn|xây dựng|và|,|;)(?! thực hiện)[^,;.]{0,16}"
    r"(?:nhiệm vụ|giao ước|kế hoạch))[^,;.]{0,40}$"
)


def _one_year(review: Review) -> Slot | None:
    """The year named behind the word for the kind, else the first that its sentence names, else one near."""
    kind = review.kind
    if kind.name == "council":
        for sentence in review.near:
            match = _ACHIEVED.search(review.doc.key, sentence.start, sentence.end)
            part = match and next((m for p in (HALF, QUARTER, NINE) if (m := p.search(review.doc.key, *match.span()))), None)
            if part:  # "nghe báo cáo kết quả 9 tháng đầu năm 2019"
                return _part_with_year(review, sentence, part)
            if match:
                return review.slot("meetings.period.achieved", match["year"], match.span("year"))
    if kind.name == "council":
        return None
    if beside := _behind_the_review(review) if kind.name == "signing" else _bare_year(review):
        return beside
    signed = _signed_for(review) if kind.name == "signing" else None
    near = [s for s in review.near if not (signed and BYGONE.match(review.doc.key, s.start))]
    for sentence in sorted(near, key=lambda s: not s.start <= kind.start < s.end):
        starts = (kind.end, sentence.start) if sentence.start <= kind.start < sentence.end else (sentence.start,)
        for start in starts:
            for match in YEAR.finditer(review.doc.key, start, sentence.end):
                if slot := _year_reviewed(review, sentence, match):
                    return slot
    return _year_of_title(review) or signed


# "tổng kết năm 2011 và ký kết giao ước thi đua năm 2012": what is signed for stands behind what is reviewed
_BOTH_YEARS = re.compile(r"(?<!\w)tổng kết(?!\w)[^.;]{0,120} giao ước(?: thi đua)?(?: \w+){0,4} năm (?P<year>20\d\d)(?!\d|-\d)")


def _behind_the_review(review: Review) -> Slot | None:
    own = review.doc.sentence_at(review.kind.start)
    if own and YEAR.search(review.doc.key, own.start, own.end) and not _BOTH_YEARS.search(review.doc.key, own.start, own.end):
        return None
    match = next((m for s in review.near if (m := _BOTH_YEARS.search(review.doc.key, s.start, s.end))), None)
    return review.slot("meetings.period.year", match["year"], match.span("year")) if match else None


_SIGNED_FOR = re.compile(
    r"(?<!\w)(?:(?:kí kết|kí|đăng kí) (?:giao ước )?thi đua|(?:thống nhất|thông qua|nhất trí)[^.;:]{0,50} giao ước thi đua)"
    r"[^.;:]{0,60}? năm (?P<year>20\d\d)(?!\d|-)"
)


def _signed_for(review: Review) -> Slot | None:
    """The year that a later sentence signs for: the text begins with what the year before has brought."""
    signed = next((m for s in review.story.told if (m := _SIGNED_FOR.search(review.doc.key, s.start, s.end))), None)
    return review.slot("meetings.period.year", signed["year"], signed.span("year")) if signed else None


# "Tổng kết 2020, ký giao ước 2021"
_BARE_YEAR = re.compile(
    r"(?<!\w)tổng kết(?: (?:công tác|phong trào|hoạt động))?(?: thi đua(?:(?:,| và |-| - )khen thưởng)?)? (?P<year>20[0-4]\d)(?![\d/]|-\d)"
)


def _bare_year(review: Review) -> Slot | None:
    reviewed = _BARE_YEAR.match(review.doc.key, review.kind.start) if review.kind.name == "annual_review" else None
    return review.slot("meetings.period.year", reviewed["year"], reviewed.span("year")) if reviewed else None


_ENDS_WITH_YEAR = re.compile(r"(?:thi đua|giao ước|tổng kết|sơ kết|\")[^,;:()]{0,40}? (?<!-)(?P<year>20[0-4]\d)(?=\W*$)")


def _year_of_title(review: Review) -> Slot | None:
    """A bare year at the end of the title: "Phát động thi đua 2024"."""
    for sentence in review.story.heads:
        match = _ENDS_WITH_YEAR.search(review.doc.key[: sentence.end], sentence.start)
        if match and (review.kind.name == "signing" or review.year is None or int(match["year"]) <= review.year):
            return review.slot("meetings.period.year", match["year"], match.span("year"))
    return None


def _year_reviewed(review: Review, sentence: Sentence, match: re.Match[str]) -> Slot | None:
    key, at = review.doc.key, match.start()
    if match[0].startswith("/") or _OTHER_YEAR.search(key[max(0, at - 24) : at]) or _FROM_TO.search(key[max(0, at - 9) : at]):
        return None
    if review.kind.name in ("annual_review", "inspection") and review.year and int(match["year"]) > review.year:
        return None
    if review.kind.name == "annual_review" and _NEXT_YEAR.search(key[max(sentence.start, at - 45) : at]):
        value = str(int(match["year"]) - 1)
        return review.slot(
            "meetings.period.year_before_next", value, match.span("year"), inferred_from="the year before the one planned for"
        )
    return review.slot("meetings.period.year", match["year"], match.span("year"))
