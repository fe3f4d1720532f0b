"""Chairs and participants: each person and unit once, in the fullest form, none in both lists."""

from __future__ import annotations

import msgspec

from pipeline.gazetteer import Gazetteer
from pipeline.normalize.units import identify, person_key, told_shortly
from pipeline.records import Meeting, Party, Slot
from pipeline.textmap import fold


def settle_parties(meeting: Meeting, gazetteer: Gazetteer) -> Meeting:
    """The meeting with keys on every party and without doubles. A place whose committee is named is no further member."""
    of_town = _apart_from_province([*meeting.chairs, *meeting.participants])
    heads, participants = ([_keyed(p, gazetteer, of_town) for p in parties] for parties in (meeting.chairs, meeting.participants))
    named = [p for p in (*heads, *participants) if p.person]
    chairs = _merge([_resolved(p, named) for p in heads])
    known = {p.person_key: p for p in chairs if p.person_key}
    chairs = [_fuller(c, [p for p in participants if p.person_key and p.person_key == c.person_key]) for c in chairs]
    people = _merge([p for p in participants if p.person_key and p.person_key not in known])
    taken = {p.unit_key for p in [*chairs, *people] if p.unit_key}
    units = [p for p in _merge([p for p in participants if not p.person_key]) if p.unit_key not in taken]
    # "UBND TP Hà Lừ" is the town: its key keeps the committee apart, for a province's is another body
    seated = {key.removeprefix("ubnd ") for key in taken | {p.unit_key or "" for p in units} if key.startswith("ubnd ")}
    shorter = told_shortly(taken | {p.unit_key for p in units if p.unit_key}, gazetteer)
    units = [p for p in units if p.unit_key not in seated and p.unit_key not in shorter]
    return msgspec.structs.replace(meeting, chairs=tuple(chairs), participants=tuple(people + units))


def _resolved(chair: Party, named: list[Party]) -> Party:
    """A chair named by post alone, "Giám đốc Sở Y tế chủ trì", is the person who bears this post elsewhere in the article."""
    if chair.person or chair.position is None:
        return chair
    post = fold(str(chair.position.value))
    bearers = {p.person_key: p for p in named if p.unit_key == chair.unit_key and p.position and fold(str(p.position.value)).endswith(post)}
    if len(bearers) != 1:
        return chair
    bearer = next(iter(bearers.values()))
    person = msgspec.structs.replace(bearer.person, rule="chairs.resolved.post", inferred_from="the post named with the verb")
    return msgspec.structs.replace(chair, person=person, person_key=bearer.person_key)


def _apart_from_province(parties: list[Party]) -> set[str]:
    """ "Hội Nông dân thành phố" beside "Hội Nông dân tỉnh": names of a town's bodies, which elsewhere may be those of a city."""
    names = {str(p.unit.value).lower() for p in parties if p.unit}
    return {name for name in names if name.endswith(_TOWN) and name.removesuffix(_TOWN) + " tỉnh" in names}


_TOWN = " thành phố"


def _keyed(party: Party, gazetteer: Gazetteer, of_town: set[str]) -> Party:
    code, key = identify(str(party.unit.value), gazetteer) if party.unit else (None, None)
    if key and str(party.unit.value).lower() in of_town:
        key += " thành_phố"
    return msgspec.structs.replace(
        party,
        unit_code=code,
        unit_key=key,
        person_key=person_key(str(party.person.value)) if party.person else None,
    )


def _merge(parties: list[Party]) -> list[Party]:
    """One entry for each person, or unit where no person is named, in text order and the fullest form."""
    groups: dict[tuple[str, str], list[Party]] = {}
    for party in parties:
        key = ("p", party.person_key) if party.person_key else ("u", party.unit_key or "")
        groups.setdefault(key, []).append(party)
    return [_fuller(group[0], group[1:]) for group in groups.values()]


def _fuller(first: Party, others: list[Party]) -> Party:
    """The fullest of several mentions, with the evidence of all. A later "Phó Giám đốc Sở" never overrules the first post."""
    best = first
    for other in others:
        if (_size(other), _listed(other)) > (_size(best), _listed(best)) and (
            best.unit is None or other.unit_key == best.unit_key or best.position is None or _holds_more(other, best)
        ):
            best = other
    if not others:
        return first
    home = next((p for p in (best, first, *others) if p.unit), best)
    person = _joined(best.person, [first, *others])
    return msgspec.structs.replace(best, person=person, unit=home.unit, unit_key=home.unit_key, unit_code=home.unit_code)


def _holds_more(other: Party, party: Party) -> bool:
    """Whether one mention's posts hold another's: "Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, Chủ tịch", and "Chủ tịch UBND tỉnh".

    So does the first of "Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh" hold "Bí thư Tỉnh ủy Hà Nam".
    """
    if other.position is None or party.position is None or party.unit is None:
        return False
    told = f"{fold(str(party.position.value))} {fold(str(party.unit.value))}"
    held = f"{fold(str(other.position.value))} {fold(str(other.unit.value)) if other.unit else ''}"
    return any(told == post or told.startswith(f"{post} ") for post in held.split(","))


def _listed(party: Party) -> bool:
    """Whether a unit alone is of a kind that the gazetteer lists: of "xã A" and "UBND xã A" the committee is the fuller name."""
    return party.person is None and party.unit_code is not None


def _size(party: Party) -> int:
    return (
        len(str(party.position.value)) + len(str(party.unit.value))
        if party.position and party.unit
        else int(bool(party.position)) + int(bool(party.unit))
    )


def _joined(person: Slot | None, mentions: list[Party]) -> Slot | None:
    """The person with the evidence of all mentions, found by the rule of the first: it says more that somebody chairs."""
    told = [p.person for p in mentions if p.person]
    if person is None or not told:
        return None
    spans = dict.fromkeys(span for slot in told for span in slot.spans)
    return Slot(person.value, tuple(sorted(spans)), told[0].rule, told[0].inferred_from)
