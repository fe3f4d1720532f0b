"""What a sentence tells of another bloc than the one that meets: "Khối thi đua số 8 do Sở Y tế làm Khối trưởng", "Khối số 3 gồm ...".

Only blocs by number are told apart: one bloc may be named by several themes.
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunks
from pipeline.patterns import ROMAN

_OWN = re.compile(
    r"(?:(?<!\w)(?:số|khối|cụm|thi đua|và)|,) ?0?(\d{1,2}|[ivx]{1,4})(?!\w|[/.]\d)"
    r"(?! (?:tỉnh|thành|huyện|quận|xã|phường|đơn vị|trường|sở|bộ)(?!\w))"
)
_OPENS_MEMBERS = re.compile(r"B[Yw,-]{0,2}[m(][:w]{0,2}$")


def numbers_of(name: str) -> frozenset[str]:
    """The numbers of a bloc, or of blocs that meet as one, by the folded name: "cụm thi đua số iv" has "4"."""
    return frozenset(str(ROMAN.get(n, n)) for n in _OWN.findall(name))


def leads_another(doc: Document, chunks: Chunks, role: int, own: frozenset[str]) -> bool:
    """Whether an office is told of a bloc of another number, named right behind it or last before it."""
    behind = next((i for i in range(role + 1, len(chunks.symbols)) if chunks.symbols[i] not in "Y-("), role)
    at = behind if chunks.symbols[behind : behind + 1] == "B" else _bloc_before(chunks, role)
    return at is not None and _is_another(doc, chunks, at, own)


def belongs_to_another(doc: Document, chunks: Chunks, unit: int, own: frozenset[str]) -> bool:
    """Whether a unit stands in the list of members of a bloc of another number."""
    at = _bloc_before(chunks, unit)
    if at is None or not _is_another(doc, chunks, at, own):
        return False
    first = next(i for i in range(at + 1, unit + 1) if chunks.symbols[i] == "U")
    return _OPENS_MEMBERS.search(chunks.symbols, at, first) is not None


def _bloc_before(chunks: Chunks, index: int) -> int | None:
    """The last bloc named before a chunk in its clause; what stands in a bracket says nothing of what stands outside."""
    depth = 0
    for at in range(index - 1, -1, -1):
        symbol = chunks.symbols[at]
        if symbol == ";" and depth == 0:
            return None
        depth += (symbol == ")") - (symbol == "(")
        if symbol == "B" and depth <= 0:
            return at
        depth = max(depth, 0)
    return None


def _is_another(doc: Document, chunks: Chunks, at: int, own: frozenset[str]) -> bool:
    numbers = numbers_of(doc.key[chunks[at].start : chunks[at].end])
    return bool(own and numbers) and own.isdisjoint(numbers)
