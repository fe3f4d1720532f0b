"""Heads that a decision names, without a meeting: "Bộ A phân công Cụm trưởng, Cụm phó các Cụm thi đua năm 2023", in rows for each bloc."""

from __future__ import annotations

import re

from pipeline.extract.blocs import named, read_bloc
from pipeline.extract.document import Document
from pipeline.extract.leadership.model import Year, year_at
from pipeline.extract.symbols import Chunks

ASSIGNS = re.compile(
    r"(?<!\w)(?:phân công|chỉ định|giao|công nhận|kiện toàn)(?: nhiệm vụ| làm| đơn vị| các đơn vị| giữ| vai trò| chức danh)*"
    r" (?:khối trưởng|cụm trưởng|trưởng(?:,| và |-)?(?: ?phó)?(?: các)? (?:khối|cụm))(?!\w)[^.;]{0,50} thi đua(?!\w)"
)
# "ban hành quyết định thành lập 4 Khối thi đua", which then says who heads each
_FOUNDS = re.compile(r"(?<!\w)(?:thành lập|kiện toàn|chia) (?:lại )?(?:các |\d{1,2} )(?:khối|cụm)(?:, ?(?:khối|cụm))? thi đua(?!\w)")


def assigns(doc: Document, start: int, end: int) -> re.Match[str] | None:
    """The words by which a sentence tells of a decision on who heads blocs; of one that founds them, where heads are named."""
    founds = _FOUNDS.search(doc.key, start, end)
    return ASSIGNS.search(doc.key, start, end) or (founds if founds and _HEADED.search(doc.key, end) else None)


_HEADED = re.compile(r"(?<!\w)(?:làm|là) (?:đơn vị )?(?:khối trưởng|cụm trưởng|trưởng khối|trưởng cụm)(?!\w)")


_YEAR = re.compile(r"(?<!\w)năm (20\d\d)(?![\d/-])")
_TOP = 4  # sentences, the title's with them


def decreed(doc: Document, sentences: list[Chunks]) -> tuple[Year | None] | None:
    """The year for which the title or the first sentences say that heads are assigned; None where nothing is."""
    found = None
    for chunks in sentences[:_TOP]:
        if assigns(doc, chunks.sentence.start, chunks.sentence.end):
            year = next((year_at(chunks, i) for i, symbol in enumerate(chunks.symbols) if symbol == "Y"), None)
            told = _YEAR.search(doc.key, chunks.sentence.start, chunks.sentence.end)
            found = (year or (told and (int(told[1]), *told.span(1))),)
            if found[0]:
                return found
    return found


_ROW = re.compile(r"[^BUR]*B")


def bloc_of_row(doc: Document, chunks: Chunks) -> tuple[int, int] | None:
    """The bloc that a line names before any unit and office: "Cụm thi đua số 1:", "2. Khối thi đua Nội chính: Khối trưởng: ..."."""
    match = _ROW.match(chunks.symbols)
    bloc = chunks[match.end() - 1] if match else None
    return (bloc.start, bloc.end) if bloc and named(doc, bloc.start, bloc.end) else None


_OF_BLOC = re.compile(r"(?:khối|cụm)(?: thi đua)?$")


def bloc_of_clause(doc: Document, chunks: Chunks, role: int) -> tuple[int, int] | None:
    """The bloc behind the office ("Trưởng Khối thi đua số 2"), else the last before it: "Cụm 1 do huyện A làm cụm trưởng; Cụm 2 do ..."."""
    own = _OF_BLOC.search(doc.key, chunks[role].start, chunks[role].end)
    stop = read_bloc(doc, own.start(), chunks.sentence.end) if own else None
    if stop and stop > chunks[role].end:
        return own.start(), stop
    behind = [role + 1] if chunks.symbols.startswith("B", role + 1) else []
    before = (i for i in range(role - 1, -1, -1) if chunks.symbols[i] == "B")
    blocs = ((chunks[i].start, chunks[i].end) for i in (*behind, *before))
    return next((bloc for bloc in blocs if named(doc, *bloc)), None)
