"""Extraction: from an article and its sentences to a record whose every value has its evidence.

Each family of values has its module; this one reads the sentences once, asks each family, and puts the record together.
Values are as written; years left out, levels, provinces and keys are settled by `pipeline.normalize`.
"""

from __future__ import annotations

from copy import copy

import msgspec

from pipeline.extract import awards, chairs, cited, leadership, meetings, members, participants, relevance
from pipeline.extract.awards.model import AwardFound
from pipeline.extract.awards.status import propose_by_council
from pipeline.extract.awards.whole import settle
from pipeline.extract.awards.years import give_lead_year, in_period
from pipeline.extract.chunks import Chunks, blocs_only, chunk, worth_reading
from pipeline.extract.document import Document
from pipeline.extract.parties import Found, History, find_parties
from pipeline.extract.units import Unit
from pipeline.gazetteer import Gazetteer
from pipeline.records import Article, Award, Leader, Meeting, Party, Record, Segmentation, Slot
from pipeline.textmap import fold


class Reading:
    """The sentences of one article with all that was read from each."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.history = History()
        self.chunks: list[Chunks] = []
        self.parties: list[list[Found]] = []
        for sentence in doc.sentences:
            chunks = chunk(doc, sentence) if worth_reading(doc, sentence) else blocs_only(doc, sentence)
            self.chunks.append(chunks)
            self.parties.append(find_parties(doc, chunks, self.history))

    def of(self, story: meetings.Story) -> Reading:
        """What was read from the sentences of one story."""
        if len(story.sentences) == len(self.doc.sentences):
            return self
        told = {s.start for s in story.sentences}
        part = copy(self)
        kept = [k for k, c in enumerate(self.chunks) if c.sentence.start in told]
        part.chunks, part.parties = [self.chunks[k] for k in kept], [self.parties[k] for k in kept]
        return part


def extract(article: Article, segmentation: Segmentation, gazetteer: Gazetteer) -> Record:
    """The record of one article. An article that is not of the genre has empty lists."""
    doc = Document(article, segmentation, gazetteer)
    reading = Reading(doc)
    kind = meetings.find_kind(doc, meetings.whole(doc))
    found_awards = _find_awards(doc, reading)
    if kind and kind.name == "council":
        propose_by_council(doc, found_awards)
    give_lead_year(doc, found_awards, meetings.lead_sentences(doc), kind.name if kind else None)
    relevant = relevance.judge(doc, reading.chunks, kind, found_awards)
    record = Record(id=article.id, relevant=relevant, url=article.url, title=article.title, published=article.published)
    if not relevant.value:
        return record
    stories = meetings.find_stories(doc, reading.chunks)
    places = leadership.Places(doc, reading.chunks)
    found = _meetings(doc, stories, reading, kind, found_awards)
    return Record(
        id=article.id,
        relevant=relevant,
        url=article.url,
        title=article.title,
        published=article.published,
        meetings=tuple(m for m in found if m),
        leadership=tuple(x for s, m in zip(stories, found, strict=True) for x in _leaders(doc, reading.of(s), m, places)),
        awards=tuple(slot for award in found_awards for slot in _award_slots(doc, award)),
        cited=tuple(cited.find_cited(doc)),
    )


def _find_awards(doc: Document, reading: Reading) -> list[AwardFound]:
    found: list[AwardFound] = []
    for chunks, parties in zip(reading.chunks, reading.parties, strict=True):
        found += awards.find_awards(doc, chunks, parties, reading.history, found)
    settle(doc, found)
    return found


# --- the meeting and who was there -------------------------------------------------------------------------------------------


def _published_year(article: Article) -> int | None:
    return int(str(article.published.value)[:4]) if article.published else None


def _meetings(
    doc: Document, stories: list[meetings.Story], reading: Reading, kind: meetings.Kind | None, found_awards: list[AwardFound]
) -> list[Meeting | None]:
    """The meeting of each story, None where nothing was held. `kind` is that of the whole article."""
    found: list[Meeting | None] = []
    for story in stories:
        own = meetings.kind_of_opening(doc, story, kind) if story.opening else kind
        before = next((m for m in reversed(found) if m), None)
        found.append(_meeting(doc, story, reading.of(story), own, found_awards, before))
    return found


def _meeting(
    doc: Document,
    story: meetings.Story,
    reading: Reading,
    kind: meetings.Kind | None,
    found_awards: list[AwardFound],
    before: Meeting | None,
) -> Meeting | None:
    if kind is None:
        return None
    time = meetings.find_time(doc, story, before.date if before else None)
    if not (time.date and not time.sentence) and not meetings.is_held(doc, story, kind, time.sentence):
        return None
    year = time.year or _published_year(doc.article)
    chair_parties, chaired = _chairs(doc, reading)
    host = before if story.beside else None  # whose games or visits they are
    bloc = host.bloc if host else meetings.find_bloc(doc, story)
    return Meeting(
        kind=doc.slot(kind.rule, (kind.start, kind.end), value=kind.name),
        bloc=bloc,
        date=time.date,
        session=time.session,
        venue=meetings.find_venue(doc, story, time.sentence),
        period=meetings.find_period(doc, story, kind, year) or _period_before(kind, before),
        unit_count=host.unit_count if host else meetings.find_unit_count(doc, story),
        chairs=tuple(chair_parties),
        participants=tuple(_participants(doc, reading, chaired, found_awards, bloc is not None, kind.name)),
    )


def _period_before(kind: meetings.Kind, before: Meeting | None) -> Slot | None:
    """A second meeting of the same kind reviews what the first one does."""
    if before is None or before.period is None or before.kind.value != kind.name:
        return None
    return msgspec.structs.replace(before.period, inferred_from="the period of the meeting told before")


def party_slots(doc: Document, party: Found, rule: str) -> Party:
    """Person, position and unit of a party as slots."""
    person = doc.slot(rule, (party.person.start, party.person.end)) if party.person else None
    spans = party.position_spans()
    position = doc.slot("parties.position.posts", *spans) if spans and person else None
    unit = unit_slot(doc, party.unit, "parties.unit.of_post" if person else rule, party.unit_from) if party.unit else None
    return Party(person=person, position=position, unit=unit, unit_id=_code(party.unit))


def unit_slot(doc: Document, unit: Unit, rule: str, inferred_from: str | None = None) -> Slot:
    value = doc.value(*unit.parts)
    if len(unit.parts) > 1:
        value = value.replace(" :", "").replace(" các ", " ")
        inferred_from = inferred_from or "the head that the list shares"
    spans = tuple(doc.text.to_raw(*part) for part in unit.parts)
    return Slot(_capital(value) if len(unit.parts) > 1 else value, spans, rule, inferred_from)


def _capital(value: str) -> str:
    """A list's shared head is often written small ("các sở"); a unit's name is not, unless it is a place."""
    head = value.split(" ", 1)[0]
    small = {"huyện", "xã", "phường", "quận", "thị", "thành", "tỉnh", "đặc", "thôn"}
    return value if head.lower() in small else value[:1].upper() + value[1:]


def _code(unit: Unit | None) -> str | None:
    return unit.entry.code if unit and unit.entry and unit.entry.table == "units" else None


def _chairs(doc: Document, reading: Reading) -> tuple[list[Party], set[tuple[int, int]]]:
    """Chairs in text order, each once, and the places of the sentences' chunks that they take."""
    found: list[Party] = []
    taken: set[tuple[int, int]] = set()
    for number, (chunks, parties) in enumerate(zip(reading.chunks, reading.parties, strict=True)):
        if "c" not in chunks.symbols or chunks.sentence.region in ("title", "kicker"):
            continue
        for chair in chairs.find_chairs(doc, chunks, parties):
            if chair.party:
                taken.update((number, i) for i in range(chair.party.first, chair.party.last + 1))
                found.append(party_slots(doc, chair.party, chair.rule))
            else:
                taken.add((number, chair.unit_index))
                unit = chunks[chair.unit_index].unit
                post = doc.slot("parties.position.posts", (chair.post.start, chair.post.end)) if chair.post else None
                found.append(Party(unit=unit_slot(doc, unit, chair.rule), position=post, unit_id=_code(unit)))
    return found, taken


def _participants(
    doc: Document, reading: Reading, chaired: set[tuple[int, int]], found_awards: list[AwardFound], of_bloc: bool, kind: str
) -> list[Party]:
    people: list[Party] = []
    of_bloc = of_bloc or any("R" in chunks.symbols or "B" in chunks.symbols for chunks in reading.chunks)
    meets = of_bloc or kind in ("congress", "council")
    seen = participants.named_at_event(doc, reading.chunks, reading.parties)
    recipients = {
        (a.sentence.start, r.index) for a in found_awards for r in a.recipients if r.person is not None and a.sentence is not None
    }
    for number, (chunks, parties) in enumerate(zip(reading.chunks, reading.parties, strict=True)):
        for party in parties:
            if party.person and (number, party.first) not in chaired and chunks.sentence.region not in ("title", "kicker"):
                if (chunks.sentence.start, party.first) in recipients or not participants.person_takes_part(
                    doc, chunks, party, meets, seen
                ):
                    continue
                people.append(party_slots(doc, party, "participants.person.named"))
    units = members.find_units(doc, reading.chunks, reading.parties, chaired, meets, kind)
    return people + [Party(unit=unit_slot(doc, unit, rule), unit_id=_code(unit)) for unit, rule in units]


# --- leadership, awards ------------------------------------------------------------------------------------------------------


def _closes(meeting: Meeting | None) -> int | None:
    """The year under review; 0 where it is not known, None at a signing, which opens a year."""
    if meeting is None or meeting.period is None:
        return 0
    year = str(meeting.period.value)[:4]
    return None if meeting.kind.value == "signing" else int(year) if year.isdigit() else 0


def _leaders(doc: Document, reading: Reading, meeting: Meeting | None, places: leadership.Places) -> list[Leader]:
    found: list[Leader] = []
    closes = _closes(meeting)
    before: list[leadership.Office] = []
    for chunks, parties in zip(reading.chunks, reading.parties, strict=True):
        if chunks.sentence.region in ("title", "kicker"):
            continue
        before = leadership.carry_on(doc, chunks, leadership.find_offices(doc, chunks, parties, places), before, closes)
        for office in before:
            if office.unit is None and office.party is None:
                continue
            role_chunk = chunks[office.role_index]
            role = role_chunk.entry.fields["role"] if role_chunk.symbol == "R" else "head"
            span = (role_chunk.start, role_chunk.end)
            by_unit = office.party is not None and "đơn vị" in doc.key[role_chunk.start - 12 : role_chunk.start]
            found.append(
                Leader(
                    role=doc.slot(office.rule, span, value=role),
                    status=doc.slot(office.rule, span, value="incoming" if office.coming else "incumbent"),
                    bloc=meeting.bloc if meeting else None,
                    unit=unit_slot(doc, office.unit, office.rule, office.inferred_from) if office.unit else None,
                    person=doc.slot(office.rule, (office.party.person.start, office.party.person.end))
                    if office.party and not by_unit
                    else None,
                    year=doc.slot("leadership.year.stated", (office.year[1], office.year[2]), value=office.year[0])
                    if office.year
                    else None,
                    unit_id=_code(office.unit),
                )
            )
    return found


def _award_slots(doc: Document, found: AwardFound) -> list[Award]:
    entry = found.award.entry
    name = (found.award.start, found.award.end)
    slots: list[Award] = []
    for recipient in found.recipients:
        who = kind = None
        rule = recipient.rule or found.rule
        if recipient.unit is not None:
            who = unit_slot(doc, recipient.unit, rule, recipient.inferred_from)
        elif recipient.person is not None:
            who = doc.slot(rule, (recipient.person.start, recipient.person.end), inferred_from=recipient.inferred_from)
        span = recipient.span or (who and None)
        spans = [span] if span else []
        if recipient.kind:
            kind = Slot(recipient.kind, who.spans if who else tuple(doc.text.to_raw(*s) for s in spans), rule, None)
        count = Slot(
            recipient.number or 1, who.spans if who else tuple(doc.text.to_raw(*s) for s in spans), rule, "one name" if who else None
        )
        slots.append(
            Award(
                award=doc.slot("awards.name", name, value=entry.fields["bare"]),
                status=doc.slot("awards.status.verb", found.status_span or name, value=found.status),
                grade=_grade_slot(doc, found),
                level=_level_slot(doc, found),
                recipient=who,
                recipient_kind=kind or _kind_by_law(doc, found, name),
                count=count,
                year=_year_slot(doc, found),
                code=entry.code,
                unit_id=_code(recipient.unit),
            )
        )
    return slots


def _year_slot(doc: Document, found: AwardFound) -> Slot | None:
    """The stated year; "period" where the sentence says that the award fell in the period under review."""
    if found.year:
        return doc.slot("awards.year.stated", (found.year[1], found.year[2]), value=found.year[0])
    span = in_period(doc, found)
    return doc.slot("awards.year.in_period", span, value="period") if span else None


_GRADES = {
    "nhất": "hạng Nhất",
    "i": "hạng Nhất",
    "1": "hạng Nhất",
    "nhì": "hạng Nhì",
    "ii": "hạng Nhì",
    "2": "hạng Nhì",
    "ba": "hạng Ba",
    "iii": "hạng Ba",
    "3": "hạng Ba",
}


def _grade_slot(doc: Document, found: AwardFound) -> Slot | None:
    if found.grade is None or not found.award.entry.fields["grades"]:
        return None
    return doc.slot("awards.grade.word", (found.grade.start, found.grade.end), value=_GRADES[found.grade.text])


def _level_slot(doc: Document, found: AwardFound) -> Slot | None:
    """The giver's level; else the one that the award's full name or the law fixes."""
    fixed = found.award.entry.fields["level"]
    name = (found.award.start, found.award.end)
    if fixed == "state":
        return doc.slot("awards.level.by_law", name, value="state")
    if found.issuer and found.issuer.level and not found.issuer_inherited:
        return doc.slot("awards.level.issuer", found.issuer.span, value=found.issuer.level)
    if fixed and "|" not in fixed:
        return doc.slot("awards.level.name", name, value=fixed)
    if found.issuer and found.issuer.level:
        return doc.slot(
            "awards.level.issuer_before",
            found.issuer.span,
            value=found.issuer.level,
            inferred_from="the giver named before in the sentence",
        )
    return None


def _kind_by_law(doc: Document, found: AwardFound, name: tuple[int, int]) -> Slot | None:
    """Awards that only persons, or only units, can get tell who got them."""
    kinds = found.award.entry.fields["recipient_kinds"]
    if kinds and "|" not in kinds and found.award.entry.fields["category"].startswith("emulation_title"):
        return doc.slot("awards.recipient_kind.by_law", name, value=kinds)
    return None


__all__ = ["extract", "fold"]
