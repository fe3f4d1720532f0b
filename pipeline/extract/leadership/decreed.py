"""Heads that a decision names, without a meeting: "Bộ A phân công Cụm trưởng, Cụm phó các Cụm thi đua năm 2023", in rows for each bloc."""

from __future__ import annotations

import re

from pipeline.extract.blocs import named
from pipeline.extract.document import Document
from pipeline.extract.leadership.model import Year, year_at
from pipeline.extract.symbols import Chunks

ASSIGNS = re.compile(
    r"(?<!\w)(?:phân công|chỉ định|giao)(?: nhiệm vụ| làm| đơn vị| các đơn vị| giữ| vai trò| chức danh)*"
    r" (?:khối trưởng|cụm trưởng|trưởng(?:,| và |-)?(?: ?phó)?(?: các)? (?:khối|cụm))(?!\w)[^.;]{0,50} thi đua(?!\w)"
)
_TOP = 4  # sentences, the title's with them


def decreed(doc: Document, sentences: list[Chunks]) -> tuple[Year | None] | None:
    """The year for which the title or the first sentences say that heads are assigned; None where nothing is."""
    found = None
    for chunks in sentences[:_TOP]:
        if ASSIGNS.search(doc.key, chunks.sentence.start, chunks.sentence.end):
            found = (next((year_at(chunks, i) for i, symbol in enumerate(chunks.symbols) if symbol == "Y"), None),)
            if found[0]:
                return found
    return found


_ROW = re.compile(r"[^BUR]*B")


def bloc_of_row(doc: Document, chunks: Chunks) -> tuple[int, int] | None:
    """The bloc that a line names before any unit and office: "Cụm thi đua số 1:", "2. Khối thi đua Nội chính: Khối trưởng: ..."."""
    match = _ROW.match(chunks.symbols)
    bloc = chunks[match.end() - 1] if match else None
    return (bloc.start, bloc.end) if bloc and named(doc, bloc.start, bloc.end) else None
