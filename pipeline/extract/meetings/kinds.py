"""What kind of meeting: annual or midyear review, signing, inspection, council, congress, ceremony, games."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.dates import BYGONE
from pipeline.extract.document import Document, Sentence
from pipeline.extract.meetings.councils import council_for_honours, sitting_council
from pipeline.extract.meetings.implied import Kind, congress_later, half_year_heard, kind_implied
from pipeline.extract.meetings.plain_words import PLANNED_BEFORE, VOTED_BEFORE, is_noun_of_work
from pipeline.extract.meetings.reviews import REVIEWS, has_theme_before, kind_of_words
from pipeline.extract.story import LEAD, Story, whole
from pipeline.gazetteer import Hit


def find_kind(doc: Document, story: Story) -> Kind | None:
    """The kind of meeting by the first word that names one."""
    title = _first_kind(doc, story.heads, "meetings.kind.title")
    if title is None:
        return _without_title(doc, story)
    if title.name == "congress" and not _is_conference(doc, title):
        # a title's "điển hình tiên tiến" says whom, the first sentence at what
        leads = [k for s in story.lead[:2] if (k := _kind_in(doc, s, "meetings.kind.lead"))]
        conference = any(k.name == "congress" and _is_conference(doc, k) for k in leads)
        return leads[0] if leads and not conference and leads[0].name in ("council", "ceremony") else title
    if doc.key.startswith(("giao ban", "thống nhất kế hoạch"), title.start):
        # what a bloc calls its meeting, at which it may review the year
        lead = _first_kind(doc, story.lead[:2], "meetings.kind.lead")
        return lead if lead is not None and lead.name in (*REVIEWS, "signing") else title
    if (title.name in REVIEWS or _is_review(doc, title)) and not _says_what(doc, title):
        return _told_in_lead(doc, story, title)
    if title.name == "signing" and not _part_of_year(doc, title) and not doc.key.startswith(_OF_OFFICE, title.start):
        return title  # the first that is named, though the year before is reviewed there, too
    if title.name in ("ceremony", "inspection", "signing"):
        # handing over, planning, voting and giving awards are parts of a review when the first sentence tells of one
        lead = _first_kind(doc, story.lead[:2], "meetings.kind.lead")
        if lead is not None and (lead.name in REVIEWS or (lead.name == "congress" and _is_conference(doc, lead)) or _is_review(doc, lead)):
            return lead
        if lead is not None and lead.name == "council" and doc.key.startswith(("khen thưởng", "nhận", "tặng"), title.start):
            return lead  # "Khen thưởng các cá nhân ...", "9 đơn vị nhận Cờ thi đua": what a council voted on
        if title.name == "inspection" and (talks := next((h for s in story.lead[:2] for h in _talks(doc, s)), None)):
            return Kind("thematic", talks.start, talks.end, "meetings.kind.lead")
    return title


def _without_title(doc: Document, story: Story) -> Kind | None:
    """The lead's kind; but the review of a year stands before what is signed, planned or given behind the report on it."""
    lead, first = _of_the_lead(doc, story), story.lead[0] if story.lead else None
    if first and (pledged := _AT_SIGNING.match(doc.key, first.start, first.end)) and "giao ước" in doc.key:
        return Kind("signing", *pledged.span("kind"), "meetings.kind.lead")
    if lead is None:
        return _kind_later(doc, story)
    if lead.name in _BEHIND_A_REPORT and first and lead.start >= first.end and not _signed_by_bloc(doc, lead):
        later = _kind_later(doc, story)
        return later if later and later.name in ("annual_review", "congress") and later.start < lead.start else lead
    return lead


# "Tham dự lễ ký kết có ...": a text that begins midway
_AT_SIGNING = re.compile(r"\W*(?:(?:tham|đến|tới|về) )?dự (?:buổi )?(?P<kind>lễ kí(?: kết)?)(?!\w)(?! (?:hợp đồng|chương trình|biên bản))")


def _signed_by_bloc(doc: Document, kind: Kind) -> bool:
    """ "Lãnh đạo Công an các tỉnh Cụm thi đua số 6 ký kết giao ước": the bloc's own act, no part of a conference on the year before."""
    own = doc.sentence_at(kind.start) if kind.name == "signing" else None
    return own is not None and any("thi đua" in doc.key[h.start : h.end] for h in doc.within("bloc_heads", own.start, kind.start))


_BEHIND_A_REPORT = ("social", "signing", "thematic", "ceremony")
_PART_OF_YEAR = re.compile(r"(?<!\w)(?:tháng|quý|kì)(?!\w)")


def _part_of_year(doc: Document, kind: Kind) -> bool:
    """Whether what is planned is the second half of a year, of which the first is reviewed: "triển khai nhiệm vụ 6 tháng cuối năm"."""
    sentence = doc.sentence_at(kind.start)
    return sentence is not None and _PART_OF_YEAR.search(doc.key, kind.end, sentence.end) is not None


_OF_OFFICE = ("bàn giao", "nhận", "chuyển giao", "trao cờ")


def _told_in_lead(doc: Document, story: Story, title: Kind) -> Kind:
    """ "Sơ kết phong trào thi đua": that it is one of several years the first sentence may tell, or a bloc's of one year."""
    lead = _first_kind(doc, story.lead[:2], "meetings.kind.lead")
    if lead is None:
        return title
    own = doc.sentence_at(lead.start)
    if title.name in REVIEWS and lead.name == "congress" and _is_conference(doc, lead):
        return lead
    of_bloc = title.name == "thematic" and lead.name in REVIEWS and own is not None and doc.within("bloc_heads", own.start, own.end)
    return lead if of_bloc or (title.name in REVIEWS and _is_review(doc, lead)) else title


_TIME_TOLD = re.compile(r"(?<!\w)(?:(?:0?[369]|ba|sáu|chín) tháng|quí|năm (?:học )?(?:19|20)\d\d|năm học|giai đoạn)(?!\w)")


def _says_what(doc: Document, kind: Kind) -> bool:
    """Whether the sentence of a review tells its time or its bloc."""
    own = next((s for s in doc.sentences if s.start <= kind.start < s.end), None)
    return own is None or bool(_TIME_TOLD.search(doc.key, kind.start, own.end) or doc.within("bloc_heads", own.start, own.end))


def _of_the_lead(doc: Document, story: Story) -> Kind | None:
    """The first kind of the lead; games and visits that a bloc looks back on stand before the conference on which it does, so do talks."""
    kind = _first_kind(doc, story.lead, "meetings.kind.lead")
    scored = kind is not None and kind.name == "inspection" and not _scores_are_given(doc, kind)
    if kind is None or (kind.name != "social" and not scored and not doc.key.startswith("giao ban", kind.start)):
        return kind
    reviews = (
        h for s in story.lead for h in doc.within("meeting_kinds", max(s.start, kind.end), s.end) if h.entry.fields["kind"] in REVIEWS
    )
    held = next((h for h in reviews if doc.key.endswith(("họp ", "hội nghị ", "giao ban "), 0, h.start)), None)
    if held:
        return Kind(held.entry.fields["kind"], held.start, held.end, kind.rule)
    if scored and not story.heads and (later := _kind_later(doc, story)) and later.name in REVIEWS:
        return later
    return half_year_heard(doc, story) or kind


# "tổ chức chấm điểm thi đua", "buổi kiểm tra chéo"; but "chỉ tiêu dễ chấm điểm", "qua chấm chéo, ..." tell of no day of scoring
_SCORING = re.compile(r"(?<!\w)(?:tổ chức|tiến hành|triển khai|thực hiện|buổi|đợt|cuộc|đoàn|tổ|hội nghị|họp|lịch|kế hoạch)(?: \w+){0,4} $")


def _scores_are_given(doc: Document, kind: Kind) -> bool:
    sentence = doc.sentence_at(kind.start)
    return sentence is None or _SCORING.search(doc.key, sentence.start, kind.start) is not None


_CONFERENCE_FOR = re.compile(r"(?<!\w)(?:(?<!trung tâm )hội nghị|hn|đại hội|giao lưu|gặp mặt|tọa đàm)(?!\w)")
_HONOURS_HELD = re.compile(
    r"(?<!\w)(?:lễ|chương trình|buổi(?: lễ)?)(?: \w+){0,2}? (?:kỉ niệm|tuyên dương|biểu dương|tôn vinh|vinh danh|khen thưởng|trao)(?!\w)"
)


def _is_conference(doc: Document, kind: Kind) -> bool:
    """Whether those who are exemplary meet: "Hội nghị điển hình tiên tiến", no ceremony at which they are honoured."""
    start = max((s.start for s in doc.sentences if s.start <= kind.start), default=0)
    return bool(_CONFERENCE_FOR.search(doc.key, start, kind.end))


def _is_review(doc: Document, kind: Kind) -> bool:
    """ "sơ kết 2 năm thực hiện Chỉ thị", as against talks: the honours of the title are given there."""
    return kind.name == "thematic" and doc.key.startswith(("sơ kết", "tổng kết"), kind.start)


_TALKS = re.compile(r"(?<!\w)(?:buổi|cuộc|hội nghị|chương trình) $")


def _talks(doc: Document, sentence: Sentence) -> list[Hit]:
    """Talks about how to vote or to give points: "buổi tọa đàm trao đổi kinh nghiệm chấm điểm"."""
    hits = doc.within("meeting_kinds", sentence.start, sentence.end)
    return [h for h in hits if h.entry.fields["kind"] == "thematic" and _TALKS.search(doc.key, max(sentence.start, h.start - 14), h.start)]


_CONFERENCE = re.compile(r"(?<!\w)(?:hội nghị|hn|lễ|buổi|phiên|cuộc họp)(?: \w+)?(?: \w+)? ?$")


def _kind_later(doc: Document, story: Story) -> Kind | None:
    """A text that begins midway, in a bloc's meeting: the kind of the conference that a later sentence names."""
    if not any("thi đua" in doc.key[h.start : h.end] for s in story.lead for h in doc.within("bloc_heads", s.start, s.end)):
        return None if story.heads else congress_later(doc, story)
    for sentence in [*(s for s in story.told[:LEAD] if s.region == "caption"), *story.told[LEAD:]]:
        kind = _kind_in(doc, sentence, "meetings.kind.later")
        if kind and kind.name in (*REVIEWS, "signing") and _CONFERENCE.search(doc.key, sentence.start, kind.start):
            return kind
    return kind_implied(doc, story)


_GIVEN = re.compile(
    r"(?:tổ chức|diễn ra|khai mạc)[^.;]{0,90} (?:lễ|gặp mặt|buổi|chương trình)(?!\w)|(?<!\w)dịp n(?:à|gà)y(?!\w)"
    r"|(?<!\w)(?:tại|trong) (?:buổi |hội nghị|đại hội|lễ |chương trình)"
)


def find_ceremony(doc: Document) -> Kind | None:
    """Where title and lead name no kind: the giving of awards at an event that a later sentence tells of."""
    for sentence in whole(doc).told:
        hits = [h for h in doc.within("meeting_kinds", sentence.start, sentence.end) if h.entry.fields["kind"] == "ceremony"]
        held = hits and _GIVEN.search(doc.key, sentence.start, hits[-1].end)
        if not held or VOTED_BEFORE.search(doc.key, sentence.start, hits[0].start):
            continue
        if not PLANNED_BEFORE.search(doc.key[max(sentence.start, hits[0].start - 24) : hits[0].start]):
            return Kind("ceremony", hits[-1].start, hits[-1].end, "meetings.kind.given")
    return None


def ceremony_of(giving: tuple[int, int] | None) -> Kind | None:
    """The ceremony that a sentence far from the lead tells of by the act alone: "Chiều cùng ngày, ông A trao Bằng khen cho B"."""
    return Kind("ceremony", *giving, HANDED_OVER) if giving else None


HANDED_OVER = "meetings.kind.handed_over"


# "4 khối thi đua", "12 đội của các cụm thi đua": who plays at anyone's games
_SO_MANY = re.compile(r"(?<![\w/.,-])\d{1,2} $|(?<!\w)(?:đội|vận động viên|vđv)(?: \w+){0,2} (?:đến từ|của|thuộc) các $")


def is_of_bloc(doc: Document) -> bool:
    """Whether the article speaks of a bloc of emulation, so that games and visits may be the bloc's."""
    heads = (h.start for h in doc.hits.get("bloc_heads", ()) if h.end - h.start > 5)
    named = any(not _SO_MANY.search(doc.key, max(0, at - 40), at) for at in heads)
    return bool(doc.hits.get("bloc_roles")) or named


def kind_of_opening(doc: Document, story: Story, article: Kind | None) -> Kind | None:
    """The kind of one of several meetings: the article's for the first, but no council's for a bloc's and none the other way round."""
    own = _kind_in(doc, story.opening, "meetings.kind.lead") if story.opening else None
    if story.beside or own is None:
        return own if story.beside else article if story.bloc else None
    if story.heads and article and (own.name == "council") == (article.name == "council"):
        return article
    return own


def _first_kind(doc: Document, sentences: list[Sentence], rule: str) -> Kind | None:
    for k, sentence in enumerate(sentences):
        if kind := _kind_in(doc, sentence, rule):
            before = [*sentences[:k], Sentence(sentence.start, kind.start, sentence.region)]
            return replace(kind, name="thematic") if kind.name == "annual_review" and has_theme_before(doc, kind.start, before) else kind
    return None


def _kind_in(doc: Document, sentence: Sentence, rule: str) -> Kind | None:
    if _EVERY_YEAR.match(doc.key, sentence.start, sentence.end):
        return None
    sitting = sitting_council(doc, sentence)
    if sitting:
        return Kind("council", sitting.start, sitting.end, rule)
    if honours := council_for_honours(doc, sentence):
        return Kind("council", *honours, rule)
    hits = doc.within("meeting_kinds", sentence.start, sentence.end)
    told_of = bool(hits) and (BYGONE.match(doc.key, sentence.start) or _OVER_YEARS.match(doc.key, sentence.start))
    for_years = bool(hits) and _FOR_YEARS.match(doc.key, sentence.start)
    for hit in hits:
        if told_of and hit.entry.fields["kind"] in ("congress", "ceremony"):
            continue
        if hit.entry.fields["kind"] == "signing" and (for_years or _SINCE_LONG.match(doc.key, hit.end, sentence.end)):
            continue
        if hit.entry.fields["kind"] == "social" and (
            not is_of_bloc(doc) or _PLANS.search(doc.key, sentence.start, hit.start) or _HOW_MANY.search(doc.key, sentence.start, hit.start)
        ):
            continue  # anyone else's games and visits, those of the year to come, and "xây mới 71 | căn nhà": what the year has brought
        if not is_noun_of_work(doc, hit.start, hit.end, sentence) and not _is_part_of_other(doc, hit, hits, sentence):
            return Kind(kind_of_words(doc, hit.entry.fields["kind"], hit.start, sentence), hit.start, hit.end, rule)
    return None


_HOW_MANY = re.compile(r"(?:xây(?: dựng| mới)*|dựng|làm|sửa(?: chữa)?|xóa|vận động|hỗ trợ) (?:được |trên |hơn |gần )?[\d.,]+ $")
_PLANS = re.compile(r"(?<!\w)(?:dự kiến|sẽ|lên kế hoạch|kế hoạch) (?:tổ chức|mở|phối hợp)(?!\w)")
# "Sở A nhận Cờ thi đua tại Hội nghị tổng kết"
_AT_MEETING = re.compile(r"(?<!\w)(?:tại|trong) (?:hội nghị|buổi|lễ|cuộc họp) $")


# "Qua 5 năm, đơn vị được tặng 2 Cờ thi đua": what the years have brought
_OVER_YEARS = re.compile(r"\W*(?:qua|trong|sau) (?:hơn )?(?:\d{1,2}|những|nhiều) năm(?: qua)?,")
# what is done again and again: "Hằng năm, ...", "Ba mươi năm qua, đơn vị ký kết giao ước, tổng kết đúng quy định"
_EVERY_YEAR = re.compile(
    r"\W*(?:(?:hằng|hàng) năm,|(?:trong )?(?:những|nhiều|\d+|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: mươi)?) năm"
    r" (?:qua|gần đây|trở lại đây)(?!\w)(?![^.;]*(?<!\w)(?:ngày \d|sáng|chiều|hôm nay|vừa|hội nghị|buổi|lễ)(?!\w)))"
)
# "Những năm qua, Sở luôn phát động thi đua": what went on before the event
_FOR_YEARS = re.compile(r"\W*(?:trong )?(?:(?:những|nhiều|\d+) năm|thời gian) (?:qua|gần đây|trở lại đây)(?!\w)")


# "đã ký giao ước với nhau ngay từ đầu năm": what the meeting looks back on
_SINCE_LONG = re.compile(r"[^.;:]{0,70} (?:ngay )?từ (?:đầu (?:năm|tháng|quí)|tháng \d|quí i(?!\w))")
_BESIDE = re.compile(r"[^.;:]{0,24}(?:, ?| và )")


def _is_part_of_other(doc: Document, hit: Hit, hits: list[Hit], sentence: Sentence) -> bool:
    """Awards given at a congress, games, votes or talks around a review, a congress that a review prepares, the exemplary at a ceremony."""
    name = hit.entry.fields["kind"]
    if name == "inspection" or hit.entry.name == "họp bình xét":  # "hội nghị bình xét thi đua, tổng kết công tác năm 2022"
        return any(h.entry.fields["kind"] in REVIEWS and _BESIDE.fullmatch(doc.key, hit.end, h.start) for h in hits)
    if name == "social" and any(h.entry.name == "trao đổi kinh nghiệm" and _BESIDE.fullmatch(doc.key, hit.end, h.start) for h in hits):
        return True  # "giao lưu và trao đổi kinh nghiệm"
    if hit.entry.name in _BEFORE_SIGNING and any(
        h.entry.fields["kind"] == "signing" and _MONTHLY.fullmatch(doc.key, hit.end, h.start) for h in hits
    ):
        return True  # "giao ban tháng 2, phát động thi đua", "thống nhất kế hoạch hoạt động và ký giao ước"
    if name == "social" or hit.entry.name == "giao ban":
        return any(h.entry.fields["kind"] in REVIEWS for h in hits)
    if name == "ceremony" and doc.key.startswith("lễ kỉ niệm", hit.start) and _reviewed_behind(doc, hit, hits, sentence):
        return True
    if name == "ceremony":
        return any(h.entry.fields["kind"] == "congress" and not _only_honoured(doc, h, sentence) for h in hits) or any(
            h.entry.fields["kind"] in REVIEWS and _AT_MEETING.search(doc.key, hit.end, h.start) for h in hits
        )
    if name != "congress":
        return False
    return any(h.entry.fields["kind"] in REVIEWS and h.start < hit.start for h in hits) or _only_honoured(doc, hit, sentence)


def _reviewed_behind(doc: Document, hit: Hit, hits: list[Hit], sentence: Sentence) -> bool:
    """ "Lễ kỷ niệm Ngày ra Lời kêu gọi thi đua ái quốc và sơ kết công tác thi đua": the review is more than the feast."""
    return any(h.start > hit.end and _EMULATION_REVIEWED.match(doc.key, h.start, sentence.end) for h in hits)


_EMULATION_REVIEWED = re.compile(r"(?:sơ kết|tổng kết) (?:công tác|phong trào) thi đua(?!\w)")
_MONTHLY = re.compile(r"(?:(?: công tác)? (?:tháng|quí) (?:\d{1,2}|[iv]{1,3})(?:(?: năm |/)20\d\d)?)?(?:, ?| và (?:tổ chức )?| )")
_BEFORE_SIGNING = ("giao ban", "lấy ý kiến về dự thảo")


def _only_honoured(doc: Document, hit: Hit, sentence: Sentence) -> bool:
    """ "lễ tuyên dương các điển hình tiên tiến", as against a conference or a congress of theirs."""
    if not _HONOURS_HELD.search(doc.key, sentence.start, hit.end):
        return False
    return not _CONFERENCE_FOR.search(doc.key, sentence.start, hit.end)
