"""Two meetings in one article: which sentences tell of which.

A sentence opens a meeting when a named bloc or a council holds one there, with a time or place of its own before it: "Chiều cùng
ngày, Cụm thi đua số 6 cũng họp tổng kết", "Ngày 20/12, Hội đồng Thi đua - Khen thưởng tỉnh họp". Two such sentences with different
holders make two stories. Each goes from its opening to the next; what stands before all of them belongs to the first, and a later
sentence that begins with the other bloc's name goes back to it.
Refused: a bloc named in passing, meetings to come or of another time, a second event of the same bloc.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract import blocs
from pipeline.extract.chunks import Chunks
from pipeline.extract.document import Document, Sentence
from pipeline.extract.meetings.bloc import Mention, same_bloc
from pipeline.extract.meetings.kinds import sitting_council
from pipeline.extract.meetings.story import Story, whole

_TIME = r"(?:(?:sáng|chiều|tối|buổi (?:sáng|chiều|tối)|cùng (?:ngày|thời gian|buổi))(?!\w)|ngày \d|\d{1,2}/\d)"
_ADVERBS = re.compile(rf"\W*(?:[^.;:]{{0,40}}{_TIME}|(?:tại|ở) [^.;:,]{{2,60}},)[^.;:]{{0,110}}$")
# What stands right before the holder: the end of an adverb, or the words for the meeting it holds ("Hội nghị tổng kết của").
_BEFORE = re.compile(
    r"(?:,|ngày|sáng|chiều|tối|\d|nay)\)? ?$|(?:hội nghị|tổ chức|chủ trì|tổng kết|sơ kết|họp|công tác|lễ)[^,.;:]{0,50}(?:tại|của)? ?$"
)
_HOLDS = re.compile(r"[^.;:]{0,60}?(?<!\w)(?:tổ chức|họp|tiến hành|tổng kết|sơ kết|kí kết|khai mạc|diễn ra|bế mạc)(?!\w)")
_NOT_NOW = re.compile(r"(?<!\w)(?:trước đó|năm ngoái|năm trước|từng|sẽ|dự kiến|chuẩn bị|sắp|tới đây|kế hoạch|theo lịch)(?!\w)")
_SUBJECT = 30  # a bloc named so near the beginning of a sentence is what it speaks of


@dataclass(slots=True)
class Opening:
    """A sentence in which a bloc, or without one a council, holds a meeting."""

    sentence: Sentence
    bloc: Mention | None


def find_stories(doc: Document, all_chunks: list[Chunks]) -> list[Story]:
    """The stories of an article, in the order in which they open; one that has all sentences when there are no two."""
    openings: list[Opening] = []
    for chunks in all_chunks:
        opening = _opening(doc, chunks, first=not openings) if chunks.sentence.region in ("lead", "body") else None
        if opening and not any(_same_holder(doc, opening, other) for other in openings):
            openings.append(opening)
    if len(openings) < 2:
        return [whole(doc)]
    return _share_out(doc, all_chunks, openings)


def _opening(doc: Document, chunks: Chunks, first: bool) -> Opening | None:
    sentence = chunks.sentence
    for item in chunks.items:
        if item.symbol == "B" and blocs.named(doc, item.start, item.end):
            holds = _holds(doc, sentence, item.start, item.end, first) and _names_kind(doc, sentence)
            return Opening(sentence, _mention(doc, item.start, item.end)) if holds else None
    council = sitting_council(doc, sentence)
    if council and _holds(doc, sentence, council.start, council.end, first):
        return Opening(sentence, None)
    return None


def _names_kind(doc: Document, sentence: Sentence) -> bool:
    """Whether a review, signing or the like is named; a bloc's visits and games are no second meeting."""
    return any(h.entry.fields["kind"] not in ("social", "ceremony") for h in doc.within("meeting_kinds", sentence.start, sentence.end))


def _holds(doc: Document, sentence: Sentence, start: int, end: int, first: bool) -> bool:
    """Whether the holder acts, now, at a time or place that the words before it tell; of the first meeting the lead tells it."""
    before = doc.key[sentence.start : start]
    after = doc.key[end : sentence.end]
    own = _ADVERBS.match(before) and _BEFORE.search(before) or (first and not before.strip())
    return bool(own and _HOLDS.match(after) and not _NOT_NOW.search(before + after[:60]))


def _mention(doc: Document, start: int, end: int) -> Mention:
    return Mention(*blocs.bloc_span(doc, start, end), in_title=False, in_lead=False)


def _same_holder(doc: Document, a: Opening, b: Opening) -> bool:
    if a.bloc is None or b.bloc is None:
        return a.bloc is b.bloc
    # one name by number and one by field may well be the same bloc's
    numbered = {bool(re.search(r"\d|(?<!\w)[ivx]+(?!\w)", doc.key[x.bloc.start : x.bloc.end])) for x in (a, b)}
    return len(numbered) == 2 or same_bloc(doc, a.bloc, b.bloc)


def _share_out(doc: Document, all_chunks: list[Chunks], openings: list[Opening]) -> list[Story]:
    stories = [Story([], o.sentence, (o.bloc.start, o.bloc.end) if o.bloc else None) for o in openings]
    now = 0
    for chunks in all_chunks:
        opened = next((k for k, o in enumerate(openings) if o.sentence == chunks.sentence), None)
        now = _speaks_of(doc, chunks, openings, now) if opened is None else opened
        stories[now].sentences.append(chunks.sentence)
    return stories


def _speaks_of(doc: Document, chunks: Chunks, openings: list[Opening], now: int) -> int:
    """The story of a sentence that begins with a bloc's name, else the one that is being told."""
    sentence = chunks.sentence
    if sentence.region not in ("lead", "body", "caption") or sentence.start < openings[0].sentence.start:
        return now
    for item in chunks.items:
        if item.symbol == "B" and item.start - sentence.start < _SUBJECT and blocs.named(doc, item.start, item.end):
            mention = _mention(doc, item.start, item.end)
            return next((k for k, o in enumerate(openings) if o.bloc and same_bloc(doc, o.bloc, mention)), now)
    return now
