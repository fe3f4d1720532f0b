"""Offices of units that go by their place alone: "Nậm Pồ làm Cụm trưởng năm 2021, Cụm phó là Tủa Chùa"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from pipeline.extract.document import Document
from pipeline.extract.leadership.model import Office, is_coming, year_behind, year_of_clause
from pipeline.extract.names import capital_run
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit

_LINK = re.compile(
    r" (?:(?:cũng|chính|đã) )?(?:là (?:đơn vị|địa phương|tỉnh|huyện|xã|phường) )?"
    r"(?:(?:sẽ|được bầu|được giao|được cử|được phân công|tiếp tục|lên|tiếp nhận) )*"
    r"(?:làm|thành|trở thành|là|nhận|giữ|đảm nhiệm|đảm nhận|đảm trách)(?: (?:nhiệm vụ|vai trò|chức vụ|chức|vai|vị trí|đơn vị))* $"
    r"| \($|-$|,(?:là )?(?:đơn vị|tỉnh) $"
)
_BEHIND = re.compile(r"(?: năm \d{4})?(?: sẽ)?(?: là| thuộc về|:| do) ?")
_WORD = re.compile(r"[^\W\d_][\w']*")
_MOST = 4  # syllables of a place's name


class Places:
    """The places of an article's units, by the words that stand before them: those of the bloc share one head ("UBND huyện")."""

    def __init__(self, doc: Document, all_chunks: list[Chunks]) -> None:
        self.doc, self.chunks = doc, all_chunks

    @cached_property
    def heads(self) -> dict[str, dict[str, Unit]]:
        """Units by head and place."""
        found: dict[str, dict[str, Unit]] = {}
        for chunks in self.chunks:
            for item in chunks.items:
                if item.symbol == "U":
                    self._add(found, item.unit)
        return found

    def _add(self, found: dict[str, dict[str, Unit]], unit: Unit) -> None:
        """The name is split before its last capitalised words, wherever a place may begin."""
        words = list(_WORD.finditer(self.doc.view, *unit.parts[-1]))
        first = next((k for k in range(len(words)) if all(w[0][0].isupper() for w in words[k:])), len(words))
        for k in range(max(first, len(words) - _MOST), len(words)):
            at, end = words[k].start(), unit.parts[-1][1]
            head = self.doc.key[unit.parts[0][0] : unit.parts[0][1] if len(unit.parts) > 1 else at].strip()
            if head and "thi đua" not in head:  # councils of emulation lead no bloc
                found.setdefault(head, {}).setdefault(self.doc.key[at:end], unit)

    def unit(self, start: int, end: int) -> Unit | None:
        """The body of this place with the head that most places have, or the only body of it; else the bare province."""
        place = self.doc.key[start:end]
        heads = sorted((units for units in self.heads.values() if place in units), key=lambda u: (_bodies(u), len(u)), reverse=True)
        if heads and (len(heads[0]) > 1 or len(heads) == 1):
            return heads[0][place]
        province = self.doc.hit("provinces", start)
        return Unit(start, end, ((start, end),), None) if province and province.end == end else None


def _bodies(units: dict[str, Unit]) -> bool:
    """Whether units of one head are bodies of several places, such as lead a bloc, and no mere places."""
    return len(units) > 1 and not any(u.entry is None or u.is_a("place", "government", "party_committee") for u in units.values())


def find_by_place(doc: Document, chunks: Chunks, used: set[int], places: Places) -> list[Office]:
    """Offices of the sentence that no unit's name has claimed."""
    found: list[Office] = []
    for role, symbol in enumerate(chunks.symbols):
        if symbol != "R" or role in used:
            continue
        span = _place_before(doc, chunks, role) or _place_behind(doc, chunks, role)
        unit = places.unit(*span) if span else None
        if unit is None:
            continue
        used.add(role)
        year = year_behind(chunks, role) or year_of_clause(chunks, role)
        bracket = doc.key[chunks[role].start - 1] == "("
        coming = not bracket and is_coming(doc, chunks, role, role)
        year = None if bracket else year
        units = [unit]
        while (
            chunks[role].entry.fields["role"] == "deputy" and (span := _joined_before(doc, chunks, span)) and (unit := places.unit(*span))
        ):
            units.insert(0, unit)
        found += [Office(role, u, None, year, coming, "leadership.elect.place", "the place of its name") for u in units]
    return found


def with_heads(doc: Document, offices: list[Office], places: Places) -> list[Office]:
    """Of "LĐLĐ huyện A làm Cụm trưởng và huyện B làm Cụm phó" the second is the LĐLĐ, too, which the article names elsewhere."""
    heads = [o.unit for o in offices if o.unit and o.unit.entry is not None and not o.unit.is_a("place", "government", "party_committee")]
    settled = []
    for office in offices:
        place = office.unit if office.unit and office.unit.is_a("place") and len(office.unit.parts) == 1 else None
        body = next((body for head in heads if (body := _same_body(doc, head, place, places))), None) if place else None
        settled.append(replace(office, unit=body, inferred_from="the head of the other's name") if body else office)
    return settled


def _same_body(doc: Document, head: Unit, place: Unit, places: Places) -> Unit | None:
    """The body of the head's kind, perhaps written out ("LĐLĐ"), that bears the name of a place of the same tier."""
    tier, _, name = doc.key[place.start : place.end].partition(" ")
    if f" {tier} " not in doc.key[head.parts[0][0] : head.end]:
        return None
    bodies = (units[name] for words, units in places.heads.items() if words.endswith(f" {tier}") and name in units)
    return next((b for b in bodies if b.entry is not None and b.entry.code == head.entry.code), None)


def _place_before(doc: Document, chunks: Chunks, role: int) -> tuple[int, int] | None:
    at = chunks[role].start
    link = _LINK.search(doc.key, max(chunks.sentence.start, at - 60), at)
    if not link:
        return None
    return _run_before(doc, chunks, link.start())


def _joined_before(doc: Document, chunks: Chunks, span: tuple[int, int]) -> tuple[int, int] | None:
    """The place before one of several deputies: "Tân Phú, Long Hòa làm Cụm phó"."""
    joint = _JOINT.search(doc.key, max(chunks.sentence.start, span[0] - 4), span[0])
    return _run_before(doc, chunks, joint.start()) if joint else None


_JOINT = re.compile(r"(?:, ?| và )$")


def _run_before(doc: Document, chunks: Chunks, stop: int) -> tuple[int, int] | None:
    """The capitalised words that end at a place."""
    words = list(_WORD.finditer(doc.view, max(chunks.sentence.start, stop - 40), stop))
    run: list[re.Match[str]] = []
    for word in reversed(words):
        if not word[0][0].isupper() or (run and doc.view[word.end() : run[0].start()] != " ") or len(run) == _MOST:
            break
        run.insert(0, word)
    if not run or run[-1].end() != stop:
        return None
    return run[0].start(), run[-1].end()


def _place_behind(doc: Document, chunks: Chunks, role: int) -> tuple[int, int] | None:
    link = _BEHIND.match(doc.key, chunks[role].end, chunks.sentence.end)
    run = capital_run(doc, link.end(), chunks.sentence.end, _MOST) if link else []
    return (run[0][0], run[-1][1]) if run else None
