"""Parties and units as the slots of a record: the value as written, with its spans and its rule."""

from __future__ import annotations

from pipeline.extract.document import Document
from pipeline.extract.parties.found import Found
from pipeline.extract.units import Unit
from pipeline.records import Party, Slot
from pipeline.textmap import squeeze


def party_slots(doc: Document, party: Found, rule: str) -> Party:
    """Person, position and unit of a party as slots."""
    person = doc.slot(rule, (party.person.start, party.person.end)) if party.person else None
    spans = party.position_spans()
    value = ", ".join(doc.value(span) for span in spans)  # two stretches where the name stands between posts
    position = doc.slot("parties.position.posts", *spans, value=value) if spans and person else None
    unit = unit_slot(doc, party.unit, "parties.unit.of_post" if person else rule, party.unit_from) if party.unit else None
    return Party(person=person, position=position, unit=unit)


def unit_slot(doc: Document, unit: Unit, rule: str, inferred_from: str | None = None) -> Slot:
    """A unit's name with its evidence; of a list the shared head and the item's own words are joined."""
    if len(unit.parts) == 1:
        return doc.slot(rule, *unit.parts, inferred_from=inferred_from)
    head = f"{doc.value(*unit.parts[:-1])} ".replace(" :", "").replace(" các ", " ")
    value = squeeze(head + doc.value(unit.parts[-1]))  # "Quản lý các khu công nghiệp" keeps its own words
    return doc.slot(rule, *unit.parts, value=_capital(value), inferred_from=inferred_from or "the head that the list shares")


def _capital(value: str) -> str:
    """A list's shared head is often written small ("các sở"); a unit's name is not, unless it is a place."""
    head = value.split(" ", 1)[0]
    small = {"huyện", "xã", "phường", "quận", "thị", "thành", "tỉnh", "đặc", "thôn"}
    return value if head.lower() in small else value[:1].upper() + value[1:]
