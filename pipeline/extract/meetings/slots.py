"""Meetings as slots of a record: one for each story that the article tells, with its chairs and participants."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from pipeline.extract import chairs
from pipeline.extract.awards.model import AwardFound
from pipeline.extract.document import Document, Sentence
from pipeline.extract.meetings import (
    HANDED_OVER,
    Kind,
    Story,
    Time,
    find_bloc,
    find_period,
    find_time,
    find_unit_count,
    find_venue,
    is_held,
    kind_of_opening,
    time_of_giving,
)
from pipeline.extract.meetings.reviews import REVIEWS
from pipeline.extract.other_blocs import numbers_of
from pipeline.extract.participants import Gathering, find_units, named_at_event, person_takes_part
from pipeline.extract.reading import Reading
from pipeline.extract.slots import party_slots, unit_slot
from pipeline.records import Article, Meeting, Party, Slot
from pipeline.textmap import fold


def _published_year(article: Article) -> int | None:
    return int(str(article.published.value)[:4]) if article.published else None


def meeting_slots(
    doc: Document, stories: list[Story], reading: Reading, kind: Kind | None, found_awards: list[AwardFound]
) -> list[Meeting | None]:
    """The meeting of each story, None where nothing was held. `kind` is that of the whole article."""
    found: list[Meeting | None] = []
    for story in stories:
        own = kind_of_opening(doc, story, kind) if story.opening else kind
        before = next((m for m in reversed(found) if m), None)
        found.append(_meeting(doc, story, reading.of(story), own, found_awards, before))
    return found


def _meeting(
    doc: Document,
    story: Story,
    reading: Reading,
    kind: Kind | None,
    found_awards: list[AwardFound],
    before: Meeting | None,
) -> Meeting | None:
    if kind is None:
        return None
    time = find_time(doc, story, before.date if before else None)
    if _behind_games(doc, kind, time):
        time = time_of_giving(doc, kind.start, time)
    elif _of_games(doc, kind, time):
        story = replace(story, sentences=[s for s in story.sentences if s is not time.sentence])
        time = Time(year=time.year)
    if kind.rule == HANDED_OVER:
        time = time_of_giving(doc, kind.start, time)
        if time.sentence and time.sentence.start <= kind.start < time.sentence.end:  # an event apart from what the lead tells of
            story = Story([s for s in story.sentences if s.start >= time.sentence.start])
            reading = reading.of(story)
    if not (time.date and not time.sentence) and not is_held(doc, story, kind, time.sentence):
        return None
    year = time.year or _published_year(doc.article)
    chair_parties, chaired = _chairs(doc, reading)
    host = before if story.beside else None  # whose games or visits they are
    bloc = host.bloc if host else find_bloc(doc, story, kind.start)
    count = host.unit_count if host else find_unit_count(doc, story, bloc)
    return Meeting(
        kind=doc.slot(kind.rule, (kind.start, kind.end), value=kind.name),
        bloc=bloc,
        date=time.date,
        session=time.session,
        venue=find_venue(doc, story, time.sentence),
        period=find_period(doc, story, kind, year) or _period_before(kind, before),
        unit_count=count,
        chairs=tuple(chair_parties),
        participants=tuple(_participants(doc, reading, chaired, found_awards, kind.name, bloc, count)),
    )


def _behind_games(doc: Document, kind: Kind, lead: Time) -> bool:
    """Whether the review stands behind the games of the day before, which the sentence with the first day tells of."""
    if kind.name not in REVIEWS or lead.sentence is None or kind.start < lead.sentence.end:
        return False
    return "social" in _kinds_named(doc, lead.sentence)


def _of_games(doc: Document, kind: Kind, time: Time) -> bool:
    """Whether the only day is that of a journey or games on which the review looks back."""
    if kind.name not in REVIEWS or time.sentence is None or time.sentence.start <= kind.start:
        return False
    return _kinds_named(doc, time.sentence) == {"social"}


def _kinds_named(doc: Document, sentence: Sentence) -> set[str]:
    return {h.entry.fields["kind"] for h in doc.within("meeting_kinds", sentence.start, sentence.end)}


def _period_before(kind: Kind, before: Meeting | None) -> Slot | None:
    """A second meeting of the same kind reviews what the first one does."""
    if before is None or before.period is None or before.kind.value != kind.name:
        return None
    return msgspec.structs.replace(before.period, inferred_from="the period of the meeting told before")


def _chairs(doc: Document, reading: Reading) -> tuple[list[Party], set[tuple[int, int]]]:
    """Chairs in text order, each once, and the places of the sentences' chunks that they take."""
    found: list[Party] = []
    taken: set[tuple[int, int]] = set()
    for number, chair in chairs.chairs_below(doc, reading.chunks, reading.parties):
        taken.update((number, i) for i in range(chair.party.first, chair.party.last + 1))
        found.append(party_slots(doc, chair.party, chair.rule))
    for number, (chunks, parties) in enumerate(zip(reading.chunks, reading.parties, strict=True)):
        if chunks.sentence.region in ("title", "kicker"):
            continue
        for chair in chairs.find_chairs(doc, chunks, parties):
            if chair.party:
                taken.update((number, i) for i in range(chair.party.first, chair.party.last + 1))
                found.append(party_slots(doc, chair.party, chair.rule))
            else:
                taken.add((number, chair.unit_index))
                unit = chunks[chair.unit_index].unit
                post = doc.slot("parties.position.posts", (chair.post.start, chair.post.end)) if chair.post else None
                found.append(Party(unit=unit_slot(doc, unit, chair.rule), position=post))
    return found, taken


def _named_shortly(name: str, full: list[str]) -> bool:
    """Whether a name is the end of a fuller one: "cô Hải Yến", who was "Lê Thị Hải Yến" where she got her award."""
    return any(other.endswith(" " + name) for other in full)


def _participants(
    doc: Document,
    reading: Reading,
    chaired: set[tuple[int, int]],
    found_awards: list[AwardFound],
    kind: str,
    bloc: Slot | None,
    count: Slot | None,
) -> list[Party]:
    people: list[Party] = []
    of_bloc = bloc is not None or any("R" in chunks.symbols or "B" in chunks.symbols for chunks in reading.chunks)
    meets = of_bloc or kind in ("congress", "council")
    seen = named_at_event(doc, reading.chunks, reading.parties)
    recipients = {r.person.start for a in found_awards for r in a.recipients if r.person is not None and a.sentence is not None}
    honoured = [doc.key[r.person.start : r.person.end] for a in found_awards for r in a.recipients if r.person is not None]
    posted = {doc.key[p.person.start : p.person.end]: p for parties in reading.parties for p in parties if p.person and p.posts and p.unit}
    honoured += [doc.key[p.person.start : p.person.end] for parties in reading.parties for p in parties if p.person and p.posts]
    for number, (chunks, parties) in enumerate(zip(reading.chunks, reading.parties, strict=True)):
        for party in parties:
            if party.person and not party.posts and _named_shortly(doc.key[party.person.start : party.person.end], honoured):
                continue
            if party.person and (number, party.first) not in chaired and chunks.sentence.region not in ("title", "kicker"):
                if party.person.start in recipients or not person_takes_part(doc, chunks, party, meets, seen):
                    continue
                people.append(party_slots(doc, party, "participants.person.named"))
                told = None if party.posts or party.unit else posted.get(doc.key[party.person.start : party.person.end])
                if told and told.person.start in recipients:  # whose post the sentence tells that honours him
                    people.append(party_slots(doc, told, "participants.person.named"))
    numbers = numbers_of(fold(str(bloc.value))) if bloc else frozenset()
    gathering = Gathering(meets, kind, numbers, int(count.value) if count else None)
    units = find_units(doc, reading.chunks, reading.parties, chaired, gathering)
    return people + [Party(unit=unit_slot(doc, unit, rule)) for unit, rule in units]
