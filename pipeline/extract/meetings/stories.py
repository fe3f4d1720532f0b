"""Two meetings in one article: which sentences tell of which.

A sentence opens a meeting when a named bloc or a council holds one there, with a time or place of its own before it: "Chiều cùng
ngày, Cụm thi đua số 6 cũng họp tổng kết", "Ngày 20/12, Hội đồng Thi đua - Khen thưởng tỉnh họp". Two such sentences with different
holders make two stories. A heading that names a bloc ("2. Tại Khối thi đua Nội chính") is the holder of what follows. Each story goes
from its opening to the next; what stands before all of them belongs to the first, and a later sentence that begins with the other
bloc's name goes back to it.
The bloc's own games or visits, told in a paragraph that begins with a part of the day and a place ("Chiều cùng ngày, tại xã Yên Hòa,
Khối đến dâng hương"), are a story of this paragraph; games with which a text begins end where the bloc's review of another day opens.
In a round-up each paragraph begins with who it is about and with its own time ("VKSND tỉnh Lào Cai: Sáng 3/4, ..."): each is a story,
and what the article says before them is of none.
Refused: a bloc named in passing, meetings to come or of another time, games without a place of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.extract import blocs
from pipeline.extract.document import Document, Sentence
from pipeline.extract.meetings.bloc import Mention, same_bloc
from pipeline.extract.meetings.councils import sitting_council
from pipeline.extract.story import Story, whole
from pipeline.extract.symbols import Chunk, Chunks

_TIME = (
    r"(?:(?:sáng|chiều|tối|buổi (?:sáng|chiều|tối)|cùng (?:ngày|thời gian|buổi|thời điểm|lúc))(?!\w)|ngày \d|\d{1,2}/\d"
    r"|\d{1,2} ?(?:giờ|h)(?!\w))"
)
_ADVERBS = re.compile(rf"\W*(?:\d{{1,2}}[.)/] ?)?(?:[^.;:]{{0,40}}{_TIME}|(?:tại|ở) [^.;:,]{{2,60}},)[^.;:]{{0,110}}$")
# What stands right before the holder: the end of an adverb, or the words for the meeting it holds ("Hội nghị tổng kết của").
_BEFORE = re.compile(
    r"(?:,|ngày|sáng|chiều|tối|\d|nay)\)? ?(?:(?:đến|tới) lượt )?$"
    r"|(?:hội nghị|tổ chức|chủ trì|tổng kết|sơ kết|họp|công tác|lễ)[^,.;:]{0,50}(?:tại|của)? ?$"
)
_HOLDS = re.compile(
    r"(?:,? ?(?:bao )?gồm(?: có)?:? [^.;:()]{3,160}?(?=tổ chức))?"
    r"(?:[^.;:()]|\([^()]*\)){0,60}?(?<!\w)(?:tổ chức|họp|tiến hành|tổng kết|sơ kết|kí kết|kí giao ước|khai mạc|diễn ra|bế mạc)(?!\w)"
)
# "hội nghị của", "là lễ kí của": the meeting is named by its holder
_MEETING_OF = re.compile(r"(?<!\w)(?:hội nghị|lễ|buổi|phiên|cuộc)(?: (?!của)\w+){0,4} của $")
_MEETING = re.compile(r"(?<!\w)(?:hội nghị|lễ kí|cuộc họp|phiên họp|họp|kí kết)(?!\w)")
_NOT_NOW = re.compile(r"(?<!\w)(?:trước đó|năm ngoái|năm trước|từng|sẽ|dự kiến|chuẩn bị|sắp|tới đây|kế hoạch|theo lịch)(?!\w)")
# "Trước đó, ngày 12/1, Khối ... cũng tổ chức": a day of its own, of which the article tells beside the other
_DAYS_BEFORE = re.compile(r"^\W*trước đó,? ?(?=(?:vào )?(?:sáng |chiều |tối )?(?:ngày )?\d{1,2}[/-]\d)")
_HEADING = re.compile(r"\W*(?:(?:\d{1,2}|[ivx]{1,4}|[a-e])[.)/] ?)?(?:(?:tại|ở|đối với|hội nghị(?: tổng kết| sơ kết)?(?: của)?) )?$")
_BESIDE = re.compile(
    r"\W*(?:trước đó,? ?|tiếp đó,? ?|sau đó,? ?)?(?:vào )?(?:buổi )?(?:sáng|chiều|tối)(?: cùng ngày)?,? ?(?:tại|ở) [^.;:,]{3,60},"
)
_BLOC_WORD = re.compile(r"(?<!\w)(?:khối|cụm)(?! (?:lượng|phố|dân|trưởng|phó)(?!\w))(?!\w)")
_OF_ALL = re.compile(r"(?<!\w)(?:cả (?:hai|ba|2|3|02|03)|các) (?:hội nghị|lễ|buổi|cuộc|khối|cụm)(?!\w)")
_NOT_NOW_AT_ALL = re.compile(r"(?<!\w)(?:sẽ|dự kiến|năm ngoái|năm trước)(?!\w)")
_SUBJECT = 30  # a bloc named so near the beginning of a sentence is what it speaks of


@dataclass(slots=True)
class Opening:
    """A sentence in which a bloc, or without one a council, holds a meeting. A heading before it may name the bloc."""

    sentence: Sentence
    bloc: Mention | None
    heading: Sentence | None = None

    @property
    def begins(self) -> int:
        return (self.heading or self.sentence).start


def find_stories(doc: Document, all_chunks: list[Chunks]) -> list[Story]:
    """The stories of an article, in the order in which they open; one that has all sentences when there are no two."""
    told = [c for c in all_chunks if c.sentence.region in ("lead", "body")]
    if len(rubrics := [r for c in told if (r := _rubric(doc, c))]) > 1 and not _begun(doc, told, rubrics[0]):
        return _round_up(doc, rubrics)
    openings: list[Opening] = []
    joint: Opening | None = None
    for chunks, following in zip_longest(told, told[1:]):
        joint = joint or (None if openings else _joint(doc, chunks))
        opening = _opening(doc, chunks, first=not openings) or _under_heading(doc, chunks, following)
        if opening and not any(_same_holder(doc, opening, other) for other in openings):
            openings.append(opening)
    joint = joint or (_told_before(doc, told, openings[0]) if len(openings) == 1 else None)
    if len(openings) == 1 and joint:
        openings = _one_of_two(doc, joint, openings[0])
    if len(openings) == 1 and _games_first(doc, told[0].sentence, openings[0]):
        return _apart(whole(doc), openings[0])
    if len(openings) < 2:
        return _with_events_beside(doc, whole(doc))
    return _share_out(doc, all_chunks, openings)


_RUBRIC = re.compile(r"[^:.;,()]{3,80}(?= ?:)")


def _rubric(doc: Document, chunks: Chunks) -> Opening | None:
    """ "VKSND tỉnh Lào Cai: Sáng 3/4, ...": whom a paragraph of a round-up is about, and a time of its own."""
    start, end = chunks.sentence.start, chunks.sentence.end
    named = _RUBRIC.match(doc.key, start, end)
    if named is None or "\n" not in doc.raw(max(0, start - 3), start) or not _BEGINS_WITH_TIME.match(doc.key, named.end(), end):
        return None
    if doc.hit("bloc_heads", start):
        return Opening(chunks.sentence, _mention(doc, start, named.end()))
    return Opening(chunks.sentence, None) if doc.hit("units", start) or doc.hit("unit_heads", start) else None


def _begun(doc: Document, told: list[Chunks], rubric: Opening) -> bool:
    """Whether the title names a bloc, or an event is told before the first head: its members report below the heads."""
    if any(doc.within("bloc_heads", s.start, s.end) for s in whole(doc).heads):
        return True
    before = [c for c in told if c.sentence.start < rubric.begins]
    return any(_BEGINS_WITH_TIME.match(doc.key, c.sentence.start) or _opening(doc, c, first=True) for c in before)


def _round_up(doc: Document, rubrics: list[Opening]) -> list[Story]:
    """The stories of a round-up, one for each paragraph with a head."""
    told = whole(doc).told
    ends = [*(r.begins for r in rubrics[1:]), len(doc.key)]
    return [
        Story([s for s in told if r.begins <= s.start < end], r.sentence, (r.bloc.start, r.bloc.end) if r.bloc else None)
        for r, end in zip(rubrics, ends, strict=True)
    ]


def _games_first(doc: Document, first: Sentence, opening: Opening) -> bool:
    """Whether a text begins with games on a day of their own, before the meeting of the bloc that held them."""
    if opening.begins <= first.start or not _BEGINS_WITH_TIME.match(doc.key, first.start, first.end):
        return False
    begun = _BEGINS_WITH_TIME.match(doc.key, opening.sentence.start, opening.sentence.end)
    return begun is not None and {h.entry.fields["kind"] for h in doc.within("meeting_kinds", first.start, first.end)} == {"social"}


def _apart(story: Story, opening: Opening) -> list[Story]:
    """The games before the sentence in which a bloc's meeting opens, and the meeting; the title, which may mean either, is of none."""
    bloc = (opening.bloc.start, opening.bloc.end) if opening.bloc else None
    before = [s for s in story.told if s.start < opening.begins]
    first = next(s for s in before if s.region != "caption")
    return [Story(before, first, beside=True), Story([s for s in story.told if s.start >= opening.begins], opening.sentence, bloc)]


def _named_blocs(doc: Document, chunks: Chunks) -> list[Chunk]:
    return [i for i in chunks.items if i.symbol == "B" and blocs.named(doc, i.start, i.end)] if "B" in chunks.symbols else []


def _opening(doc: Document, chunks: Chunks, first: bool) -> Opening | None:
    sentence = chunks.sentence
    named = _named_blocs(doc, chunks)
    if named:
        item = named[0]
        if len(named) > 1 and _JOINT.match(doc.key, item.end, named[1].start):
            return None  # "Khối thi đua số 1 và Khối thi đua số 2 lần lượt tổ chức": each has a sentence of its own, or they meet as one
        holds = _holds(doc, sentence, item.start, item.end, first) and _names_kind(doc, sentence)
        return Opening(sentence, _mention(doc, item.start, item.end)) if holds else None
    council = sitting_council(doc, sentence)
    if council and _holds(doc, sentence, council.start, council.end, first):
        return Opening(sentence, None)
    return None


def _joint(doc: Document, chunks: Chunks) -> Opening | None:
    """ "Khối thi đua số 1 và Cụm thi đua số 2 lần lượt tổ chức": the first, which may have no sentence of its own."""
    named = _named_blocs(doc, chunks)
    if len(named) < 2 or not _JOINT.match(doc.key, named[0].end, named[1].start):
        return None
    sentence = chunks.sentence
    if not _HOLDS.match(doc.key, named[1].end, sentence.end) or _NOT_NOW.search(doc.key, sentence.start, named[0].start):
        return None
    return Opening(sentence, _mention(doc, named[0].start, named[0].end))


_ON_THE_SAME_DAY = re.compile(r"\W*(?:cũng )?(?:trong |vào )?cùng (?:ngày|thời gian|thời điểm|lúc|buổi)(?!\w)")


def _told_before(doc: Document, told: list[Chunks], other: Opening) -> Opening | None:
    """ "Cùng ngày, Cụm thi đua số 2 tổ chức": the bloc named before, whose meeting no sentence opens with a time of its own."""
    if not _ON_THE_SAME_DAY.match(doc.key, other.begins):
        return None
    named = next((i for c in told if c.sentence.start < other.begins for i in _named_blocs(doc, c)), None)
    return Opening(told[0].sentence, _mention(doc, named.start, named.end)) if named else None


def _one_of_two(doc: Document, joint: Opening, other: Opening) -> list[Opening]:
    """The joint sentence opens the meeting of the bloc that is not met again in `other`."""
    return [other] if _same_holder(doc, joint, other) or other.bloc is None else [joint, other]


_JOINT = re.compile(r"(?: ?\([^()]*\))?,? ?(?:và|,|cùng với) ?$")


def _under_heading(doc: Document, chunks: Chunks, following: Chunks | None) -> Opening | None:
    """ "2. Tại Khối thi đua Nội chính", and a sentence with its time."""
    sentence = chunks.sentence
    if following is None or len(chunks.items) > 8 or not _BEGINS_WITH_TIME.match(doc.key, following.sentence.start, following.sentence.end):
        return None
    for item in chunks.items:
        if item.symbol == "B" and blocs.named(doc, item.start, item.end):
            alone = _HEADING.match(doc.key[sentence.start : item.start]) and not doc.key[item.end : sentence.end].strip(" .:")
            return Opening(following.sentence, _mention(doc, item.start, item.end), sentence) if alone else None
    return None


_BEGINS_WITH_TIME = re.compile(rf"\W*(?:\d[.)/] ?)?(?:(?:vào|đến|lúc|trong|từ) )*{_TIME}")


def _with_events_beside(doc: Document, story: Story) -> list[Story]:
    """The story, and apart from it each paragraph that tells of the bloc's games or visits at a time and place of their own."""
    beside: list[Story] = []
    for k, sentence in enumerate(story.sentences):
        if sentence.region in ("lead", "body") and _is_beside(doc, sentence):
            rest = story.sentences[k:]
            own = next((n for n in range(1, len(rest)) if "\n" in doc.raw(rest[n - 1].end, rest[n].start)), len(rest))
            beside.append(Story(rest[:own], sentence, beside=True))
    if not beside:
        return [story]
    taken = {s.start for other in beside for s in other.sentences}
    return [Story([s for s in story.sentences if s.start not in taken]), *beside]


def _is_beside(doc: Document, sentence: Sentence) -> bool:
    if not _BESIDE.match(doc.key, sentence.start, sentence.end) or not _BLOC_WORD.search(doc.key, sentence.start, sentence.end):
        return False
    kinds = {h.entry.fields["kind"] for h in doc.within("meeting_kinds", sentence.start, sentence.end)}
    return "social" in kinds and not kinds - {"social", "ceremony"} and not _NOT_NOW_AT_ALL.search(doc.key, sentence.start, sentence.end)


def _names_kind(doc: Document, sentence: Sentence) -> bool:
    """Whether a review, signing or the like is named; a bloc's visits and games are no second meeting."""
    if any(h.entry.fields["kind"] not in ("social", "ceremony") for h in doc.within("meeting_kinds", sentence.start, sentence.end)):
        return True
    return bool(_MEETING.search(doc.key, sentence.start, sentence.end) or _MEETING_OF.search(doc.key, sentence.start, sentence.end))


def _holds(doc: Document, sentence: Sentence, start: int, end: int, first: bool) -> bool:
    """Whether the holder acts, now, at a time or place that the words before it tell; of the first meeting the lead tells it."""
    before = doc.key[sentence.start : start]
    after = doc.key[end : sentence.end]
    own = _ADVERBS.match(before) and _BEFORE.search(before) or (first and not before.strip())
    held = own and (_HOLDS.match(after) or _MEETING_OF.search(before))
    return bool(held and not _NOT_NOW.search(_DAYS_BEFORE.sub("", before) + after[:60]))


def _mention(doc: Document, start: int, end: int) -> Mention:
    return Mention(*blocs.bloc_span(doc, start, end), in_title=False, in_lead=False)


def _same_holder(doc: Document, a: Opening, b: Opening) -> bool:
    if a.bloc is None or b.bloc is None:
        return a.bloc is b.bloc
    if (a.heading and b.heading) or doc.key[a.bloc.start : a.bloc.start + 3] != doc.key[b.bloc.start : b.bloc.start + 3]:
        return same_bloc(doc, a.bloc, b.bloc)
    # one name by number and one by field may well be the same bloc's
    numbered = {bool(re.search(r"\d|(?<!\w)[ivx]+(?!\w)", doc.key[x.bloc.start : x.bloc.end])) for x in (a, b)}
    return len(numbered) == 2 or same_bloc(doc, a.bloc, b.bloc)


def _share_out(doc: Document, all_chunks: list[Chunks], openings: list[Opening]) -> list[Story]:
    stories = [Story([], o.sentence, (o.bloc.start, o.bloc.end) if o.bloc else None) for o in openings]
    now = 0
    for chunks in all_chunks:
        opened = next((k for k, o in enumerate(openings) if chunks.sentence.start in (o.begins, o.sentence.start)), None)
        now = _speaks_of(doc, chunks, openings, now) if opened is None else opened
        told = now if opened is not None or not _OF_ALL.search(doc.key, chunks.sentence.start, chunks.sentence.end) else None
        for k, story in enumerate(stories):
            if k == now or (told is None and chunks.sentence.start > openings[-1].sentence.start):
                story.sentences.append(chunks.sentence)
    return stories


def _speaks_of(doc: Document, chunks: Chunks, openings: list[Opening], now: int) -> int:
    """The story of a sentence that begins with a bloc's name, else the one that is being told."""
    sentence = chunks.sentence
    if sentence.region not in ("lead", "body", "caption") or sentence.start < openings[0].begins:
        return now
    for item in chunks.items:
        if item.symbol == "B" and item.start - sentence.start < _SUBJECT and blocs.named(doc, item.start, item.end):
            mention = _mention(doc, item.start, item.end)
            return next((k for k, o in enumerate(openings) if o.bloc and same_bloc(doc, o.bloc, mention)), now)
    return now
