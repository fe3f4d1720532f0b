"""Leaders: the year of office, and one entry for each unit, role and term."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from pipeline.gazetteer import Gazetteer
from pipeline.normalize.blocs import bloc_key
from pipeline.normalize.units import identify, person_key, told_shortly, unit_key
from pipeline.records import Leader, Slot

if TYPE_CHECKING:
    from pipeline.normalize import Context


_REVIEWS = frozenset({"annual_review", "midyear_review", "inspection"})


def settle_leaders(leaders: Iterable[Leader], context: Context, gazetteer: Gazetteer) -> list[Leader]:
    """Leaders with year and keys, each unit once for a role and status; the person of any mention is kept."""
    merged: dict[tuple, Leader] = {}
    leaders = list(leaders)
    coming = {_seat(x, gazetteer) for x in leaders if x.status.value == "incoming"}
    # "được giao làm Khối trưởng năm 2020" at the signing for 2019: the head of 2019 is in office
    later = any(x.status.value == "incoming" and x.year and x.year.value > context.reviewed for x in leaders) if context.reviewed else False
    if context.kind == "signing" and context.reviewed and coming and not later and not _at_years_end(context):
        roles = {role for role, _ in coming}  # who gets no successor goes on
        held = [x.status.value == "incumbent" and x.year is None and x.role.value in roles for x in leaders]
        leaves = [now and _seat(x, gazetteer) not in coming for x, now in zip(leaders, held, strict=True)]
        leaders = [_of_year_before(x, context) if gone else x for x, gone in zip(leaders, leaves, strict=True)]
    terms = {x.year.value: x.year for x in leaders if x.status.value == "incoming" and x.year}
    term = next(iter(terms.values())) if len(terms) == 1 and not context.reviewed_span else None
    settled = [_settled(leader, context, gazetteer, term) for leader in leaders]
    shorter = told_shortly({x.unit_key for x in settled if x.unit_key}, gazetteer)
    for keyed in settled:
        key = (keyed.role.value, keyed.status.value, shorter.get(keyed.unit_key, keyed.unit_key) or keyed.person_key)
        other = merged.get(key)
        merged[key] = keyed if other is None else _merge(other, keyed)
    return _without_contradiction(_one_head(list(merged.values())))


def _at_years_end(context: Context) -> bool:
    """Whether an office is handed over in the last weeks of a year, and nothing says for which: for the next one."""
    return context.kind == "signing" and not context.reviewed_span and (context.day or "")[5:7] in ("11", "12")


def _one_head(leaders: list[Leader]) -> list[Leader]:
    """A bloc has one head: who is so called without a unit, and the unit that is without a person, are one."""
    for status in ("incumbent", "incoming"):
        heads = [x for x in leaders if x.role.value == "head" and x.status.value == status]
        persons, units = [x for x in heads if x.unit is None], [x for x in heads if x.unit is not None]
        if len(persons) == len(units) == 1 and units[0].person is None and persons[0].bloc_key == units[0].bloc_key:
            leaders = [_merge(units[0], persons[0]) if x is units[0] else x for x in leaders if x is not persons[0]]
    return leaders


def _seat(leader: Leader, gazetteer: Gazetteer) -> tuple[object, str | None]:
    """The role with the unit that holds it."""
    return leader.role.value, unit_key(str(leader.unit.value), gazetteer) if leader.unit else None


def _of_year_before(leader: Leader, context: Context) -> Leader:
    """Who hands over at a signing led the bloc in the year before the one signed for."""
    year = Slot(
        context.reviewed - 1, context.reviewed_span or leader.role.spans, "leadership.year.reviewed", "the year before the one signed for"
    )
    return msgspec.structs.replace(leader, year=year)


def _settled(leader: Leader, context: Context, gazetteer: Gazetteer, term: Slot | None) -> Leader:
    """The leader with year and keys. `term`: the year of the others who are to come, where no year under review tells it."""
    year, status = leader.year, leader.status
    coming = status.value == "incoming"
    if year is None and coming and term:
        year = Slot(term.value, term.spans, "leadership.year.reviewed", "the term of those elected with it")
    elif year is None:
        base = context.reviewed or context.year or (context.stated if context.kind == "social" else None)
        if base is not None:
            # a signing looks at the year that begins, a review at the one that ends
            ends = _at_years_end(context) or (context.reviewed_span and context.kind != "signing")
            value = base + 1 if coming and ends else base
            source = "the year after the one reviewed" if value != base else "the year that the meeting closes or runs in"
            year = Slot(value, context.reviewed_span or leader.role.spans, "leadership.year.reviewed", source)
    elif coming and context.reviewed and int(year.value) < context.reviewed + _counts_in(context, status):
        status = Slot("incumbent", status.spans, status.rule, "a term that is over")
    elif not coming and context.reviewed and context.kind in _REVIEWS and int(year.value) > context.reviewed:
        status = Slot("incoming", status.spans, status.rule, "a term after the one reviewed")
    code, key = identify(str(leader.unit.value), gazetteer) if leader.unit else (None, None)
    return msgspec.structs.replace(
        leader,
        year=year,
        status=status,
        bloc_key=bloc_key(str(leader.bloc.value)) if leader.bloc else None,
        unit_code=code,
        unit_key=key,
        person_key=person_key(str(leader.person.value)) if leader.person else None,
    )


def _counts_in(context: Context, status: Slot) -> bool:
    """Whether a term of the year under review runs or is over: "đơn vị được giao làm Khối trưởng năm 2022" at its review."""
    return context.kind in _REVIEWS and status.rule in ("leadership.elect.unit_role", "leadership.elect.role_unit")


def _merge(one: Leader, two: Leader) -> Leader:
    stated = next((x.year for x in (one, two) if x.year and x.year.rule == "leadership.year.stated"), one.year or two.year)
    return msgspec.structs.replace(
        one, person=one.person or two.person, person_key=one.person_key or two.person_key, year=stated, unit=one.unit or two.unit
    )


def _without_contradiction(leaders: list[Leader]) -> list[Leader]:
    """A unit elected for a term is not, by the same words, in office for that very term and role."""
    coming = {(x.role.value, x.unit_key, x.year.value if x.year else None) for x in leaders if x.status.value == "incoming"}
    return [
        x for x in leaders if x.status.value == "incoming" or (x.role.value, x.unit_key, x.year.value if x.year else None) not in coming
    ]
