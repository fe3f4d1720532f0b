"""An office that several hold: "Lê Văn An, Giám đốc Sở A và Vũ Thị Ba, Giám đốc Sở B - các Khối phó"; "Sở A, Sở B (các Cụm phó)".

Refused: the head's office, which one alone holds, and whoever stands behind another mark than "và" or a comma.
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.leadership.model import Office, is_coming, leading_body, year_behind
from pipeline.extract.parties.found import Found
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit

_ALL = re.compile(r"[,\-(]w?$")
_MANY = re.compile(r"(?:(?<!\w)các|đồng|đều là)(?: đơn vị)? $")


def find_shared(doc: Document, chunks: Chunks, parties: list[Found], used: set[int]) -> list[Office]:
    """Deputies who are named one after another before their common office."""
    found: list[Office] = []
    for role, symbol in enumerate(chunks.symbols):
        if symbol != "R" or role in used or chunks[role].entry.fields["role"] != "deputy":
            continue
        mark = _ALL.search(chunks.symbols, 0, role)
        if mark is None or not _MANY.search(doc.key, chunks.sentence.start, chunks[role].start):
            continue
        holders = _holders(chunks, parties, mark.start())
        if len(holders) < 2:
            continue
        used.add(role)
        coming = is_coming(doc, chunks, role, role)
        for unit, party in reversed(holders):
            found.append(Office(role, leading_body(doc, unit), party, year_behind(chunks, role), coming, "leadership.title.shared"))
    return found


def _holders(chunks: Chunks, parties: list[Found], stop: int) -> list[tuple[Unit | None, Found | None]]:
    """Units and persons that end right before `stop`, joined by "và" or commas, the last first."""
    by_end = {p.last + 1: p for p in parties if p.role is None and p.person is not None}
    found = []
    while True:
        party = by_end.get(stop)
        if party is None and chunks.symbols[stop - 1 : stop] != "U":
            return found
        first = party.first if party else stop - 1
        found.append((party.unit if party else chunks[first].unit, party))
        if chunks.symbols[first - 1 : first] not in ("v", ",") or first < 2:
            return found
        stop = first - 1
