"""Offices as slots of a record: the role, who holds or takes it, and for which year."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from pipeline.extract.document import Document, Sentence
from pipeline.extract.leadership import Office, Places, below, carry_on, find_offices, heading
from pipeline.extract.leadership.decreed import bloc_of_clause, bloc_of_row, decreed
from pipeline.extract.other_blocs import leads_another, numbers_of
from pipeline.extract.parties.found import Found
from pipeline.extract.reading import Reading
from pipeline.extract.slots import unit_slot
from pipeline.extract.symbols import Chunk, Chunks
from pipeline.extract.units import Unit
from pipeline.records import Leader, Meeting, Slot
from pipeline.textmap import fold


def _closes(meeting: Meeting | None) -> int | None:
    """The year under review; 0 where it is not known, None at a signing, which opens a year."""
    if meeting is None or meeting.period is None:
        return 0
    year = str(meeting.period.value)[:4]
    return None if meeting.kind.value == "signing" else int(year) if year.isdigit() else 0


def _signed_for(meeting: Meeting | None) -> int | None:
    """The year for which a signing is held: the last of a school year's two."""
    if meeting is None or meeting.period is None or meeting.kind.value != "signing":
        return None
    year = str(meeting.period.value)[-4:]
    return int(year) if year.isdigit() else None


def _told_elsewhere(doc: Document, reading: Reading, party: Found) -> Unit | None:
    """The body of a person whom the sentence names by the bloc's office alone: "Ông A - Khối trưởng", told before as its director."""
    name = doc.key[party.person.start : party.person.end] if party.person else ""
    for found in (p for parties in reading.parties for p in parties if p.person and p.unit):
        if name and doc.key[found.person.start : found.person.end] == name:
            return found.unit
    return None


# "Khối trưởng khối 5 Trường Tiểu học A", "Cụm trưởng Cụm chuyên môn", "trưởng nhóm nghiên cứu"
_OF_SCHOOL = re.compile(
    r" (?:phố|xóm|dân cư)(?!\w)| (?:khối|cụm) (?:lớp|chuyên môn|dân cư|thi (?!đua)|\d{1,2} (?:của )?(?:trường|nhà trường)(?!\w))"
)
_OF_WORK = re.compile(r" (?!thi đua|năm|và|là|của|đã|do|cho|mới|phát|chủ|báo|điều|trình|trao|nhận)[a-zà-ỹđ]+")
_VAGUE = ("nhóm", "khu vực")


def _of_other_things(doc: Document, role: Chunk) -> bool:
    """Whether an office is no bloc's: of pupils, hamlets, a team at work."""
    if role.symbol != "R":
        return False
    vague = doc.key.endswith(_VAGUE, role.start, role.end)
    return bool(_OF_SCHOOL.match(doc.key, role.end) or (vague and _OF_WORK.match(doc.view, role.end)))


def leader_slots(doc: Document, reading: Reading, meeting: Meeting | None, bloc: Slot | None, places: Places) -> list[Leader]:
    """Who leads the blocs of one story, in order; `meeting` and `bloc` tell of which year and bloc a sentence speaks that names none."""
    found: list[Leader] = []
    told: list[Sentence] = []
    closes, signed = _closes(meeting), _signed_for(meeting)
    own = numbers_of(fold(str(meeting.bloc.value))) if meeting and meeting.bloc else frozenset()
    before: list[Office] = []
    opened = row = None
    decree = decreed(doc, reading.chunks) if meeting is None else None
    for chunks, parties in zip(reading.chunks, reading.parties, strict=True):
        if chunks.sentence.region in ("title", "kicker"):
            continue
        offices = find_offices(doc, chunks, parties, places)
        offices = [office for office in offices if not _of_other_things(doc, chunks[office.role_index])]
        if own:
            offices = [office for office in offices if not leads_another(doc, chunks, office.role_index, own)]
        if opened and offices:
            offices = below(offices, opened)
        opened = heading(doc, chunks) or (opened if offices else None)
        if decree:
            row = bloc_of_row(doc, chunks) or row
            offices = [
                replace(o, coming=True, year=o.year or decree[0], bloc=o.bloc or bloc_of_clause(doc, chunks, o.role_index) or row)
                for o in offices
            ]
        before = carry_on(doc, chunks, offices, before, closes, signed)
        leaders = [leader for office in before if (leader := _leader(doc, reading, chunks, office, bloc))]
        found += leaders
        told += [chunks.sentence] * len(leaders)
    return _until_the_vote(doc, found, told) + _of_title(doc, reading, bloc, places, found)


def _leader(doc: Document, reading: Reading, chunks: Chunks, office: Office, bloc: Slot | None) -> Leader | None:
    """The slots of an office; None where nobody holds it, or only who stands in for the head is named."""
    if office.unit is None and office.party is None:
        return None
    if office.unit is None and (body := _told_elsewhere(doc, reading, office.party)):
        office = replace(office, unit=body, inferred_from="the person's body as named elsewhere")
    role_chunk = chunks[office.role_index]
    role = role_chunk.entry.fields["role"] if role_chunk.symbol == "R" else "head"
    span = (role_chunk.start, role_chunk.end)
    if office.named:
        role, span = office.named[0], office.named[1:]
    by_unit = office.party is not None and _led_by_unit(doc, role_chunk.start)
    if by_unit and office.unit is None:
        return None
    year = doc.slot("leadership.year.stated", office.year[1:], value=office.year[0]) if office.year else None
    person = office.party.person if office.party and not by_unit else None
    return Leader(
        role=doc.slot(office.rule, span, value=role),
        status=doc.slot(office.rule, span, value="incoming" if office.coming else "incumbent"),
        bloc=doc.slot("leadership.bloc.row", office.bloc) if office.bloc else bloc,
        unit=unit_slot(doc, office.unit, office.rule, office.inferred_from) if office.unit else None,
        person=doc.slot(office.rule, (person.start, person.end)) if person else None,
        year=year,
    )


def _led_by_unit(doc: Document, at: int) -> bool:
    """ "đơn vị Khối trưởng", "Ông A - Đại diện Khối trưởng", "Giám đốc Sở A (đơn vị được bầu làm Khối trưởng)": the unit leads."""
    in_bracket = _UNIT_IN_BRACKET.search(doc.key, max(0, at - 50), at)
    return in_bracket is not None or _FOR_UNIT.search(doc.key, max(0, at - 12), at) is not None


_FOR_UNIT = re.compile(r"đơn vị|đại diện (?:đơn vị )?$")
_UNIT_IN_BRACKET = re.compile(r"\((?:đơn vị|cơ quan) [^()]{0,40}$")


def _of_title(doc: Document, reading: Reading, bloc: Slot | None, places: Places, below: list[Leader]) -> list[Leader]:
    """ "Công ty A - Khối trưởng Khối thi đua số 2 tổng kết", "Sở A được bầu làm Khối trưởng": by the title alone.

    `below`: whom the text below names. Who leads counts where that is nobody, who is elected where nobody else is to come.
    """
    chosen = any(leader.status.value == "incoming" for leader in below)
    found: list[Leader] = []
    for chunks, parties in zip(reading.chunks, reading.parties, strict=True):
        if chunks.sentence.region == "title" and "R" in chunks.symbols:
            offices = [o for o in find_offices(doc, chunks, parties, places) if o.unit]
            held = [o for o in offices if o.rule == "leadership.title.held" and not below]
            held += [o for o in offices if o.rule == "leadership.elect.unit_role" and o.coming and not chosen]
            found += [leader for office in held if (leader := _leader(doc, reading, chunks, office, bloc))]
    return found


# "Sở A được phân công làm Khối trưởng và Sở B làm Khối phó"
_GIVEN_BEFORE = re.compile(r"(?<!\w)được (?:phân công|giao|chỉ định)(?: nhiệm vụ)?(?: đảm nhiệm)? (?:làm|giữ|là)(?!\w)")


def _until_the_vote(doc: Document, found: list[Leader], told: list[Sentence]) -> list[Leader]:
    """The same with those in office who were given it before another unit is elected to it, further down. `told`: the sentence of each."""
    settled = []
    for k, (leader, own) in enumerate(zip(found, told, strict=True)):
        given = leader.status.value == "incoming" and not leader.year and _GIVEN_BEFORE.search(doc.key, own.start, own.end)
        if given and any(told[n].start > own.start and _goes_to_another(doc, leader, found[n], told[n]) for n in range(k + 1, len(found))):
            leader = msgspec.structs.replace(leader, status=msgspec.structs.replace(leader.status, value="incumbent"))
        settled.append(leader)
    return settled


def _goes_to_another(doc: Document, leader: Leader, later: Leader, own: Sentence) -> bool:
    """Whether the office goes to another unit by a vote, or for a year that is told."""
    same = later.role.value == leader.role.value and later.status.value == "incoming"
    if not same or later.unit is None or leader.unit is None or later.unit.value == leader.unit.value:
        return False
    return later.year is not None or doc.key.find("bầu ", own.start, own.end) > 0
