"""Tables, whose cells stand each on a line of their own: who, and on the next line what is proposed or given.

"Kết quả bình xét đề nghị khen thưởng như sau:" / "1" / "Sở A" / "Cờ thi đua của UBND tỉnh" / "2" / "Sở B" / "Bằng khen ..."
The first of them tells whether the award stands behind the name or before it.
"""

from __future__ import annotations

import re

from pipeline.extract.awards.lines.headed import AS_FOLLOWS, Heading, stated
from pipeline.extract.awards.model import Recipient, Token
from pipeline.extract.awards.recipients.lists import recipient_of
from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.chunks import chunk

RULE = "awards.recipient.cell"
_FARTHEST = 90  # lines between a cell and the line over its table
_LONGEST = 90  # letters in a cell
_GIVEN = r"\"?A[\"E]*(?:w?(?:O?U|OI|I))?"
_AWARD = re.compile(_GIVEN + "w?")
_ROW = re.compile(rf"(?:[-w]{{0,2}}|-?[wE]:)(?P<who>T*[UP](?:[,v]T*[UP]){{0,5}})(?:[:-]{_GIVEN}|\({_GIVEN}\))[w;]?")
# "1 Sở A Cờ thi đua của UBND tỉnh": the cells of a row run together, under a line "STT Tên đơn vị Hình thức khen thưởng"
_RUN_ROW = re.compile(rf"w?(?P<who>T*[UP]){_GIVEN}w?")
_NUMBER, _TOP = re.compile(r" ?\d{1,2} (?=\w)"), re.compile(r" ?(?:stt|tt|số tt)(?!\w)[^.;:]{0,80}(?:khen|danh hiệu|hình thức)")
_NAME = re.compile(r"T*[UP]w?")


def cell_of(doc: Document, sentence: Sentence, tokens: list[Token], symbols: str) -> tuple[Heading, list[Recipient]] | None:
    """What the line over the table says, and whom the cell beside this award names; none where there is no such table."""
    run = _RUN_ROW.fullmatch(symbols) if _NUMBER.match(doc.key, sentence.start) else None
    if row := run or _ROW.fullmatch(symbols) or _piped(doc, sentence, tokens, symbols):
        top = _over(doc, doc.sentences.index(sentence), rows=True)
        heading = _said(doc, top) if top is not None else None
        return (heading, [recipient_of(tokens[k]) for k in range(*row.span(_who(row))) if symbols[k] in "UP"]) if heading else None
    if sentence.end - sentence.start > _LONGEST or not _AWARD.fullmatch(symbols):
        return None
    at = doc.sentences.index(sentence)
    top = _over(doc, at)
    heading = stated(doc, doc.sentences[top]) if top is not None else None
    if heading is None:
        return None
    first = next((k for k in range(top + 1, at + 1) if k == at or _named(doc, k) or doc.within("awards", *_span(doc, k))), at)
    beside = at - 1 if first < at and _named(doc, first) else at + 1
    named = _named(doc, beside) if beside < len(doc.sentences) else None
    return (heading, [named]) if named else None


# "1 | Sở A | Cờ thi đua |", "1 | Cờ thi đua | Sở A": the cells of a row in one line
_PIPED = re.compile(rf"w?(?:(?P<who>T*[UP])(?:[,-][OU,-]*)?(?P<edge>w){_GIVEN}|{_GIVEN}(?P<mark>w)(?P<name>T*[UP])(?:[,-][OU,-]*)?)w?")


def _who(row: re.Match[str]) -> str:
    """The group that names who receives."""
    return "who" if row["who"] else "name"


def _piped(doc: Document, sentence: Sentence, tokens: list[Token], symbols: str) -> re.Match[str] | None:
    """The row of a table whose cells stand in one line, with an edge between the name and the award."""
    if doc.key.find("|", sentence.start, sentence.end) < 0 or (row := _PIPED.fullmatch(symbols)) is None:
        return None
    edge = tokens[row.start("edge" if row["who"] else "mark")].chunk
    return row if doc.key[edge.start : edge.end].strip() == "|" else None


def _said(doc: Document, top: int) -> Heading | None:
    """What the line over the rows says, or the sentence before a bare "Kết quả:"."""
    bare = top > 0 and (AS_FOLLOWS.match(doc.key, *_span(doc, top)) or _TOP.match(doc.key, *_span(doc, top)))
    return stated(doc, doc.sentences[top]) or (stated(doc, doc.sentences[top - 1]) if bare else None)


def _span(doc: Document, k: int) -> tuple[int, int]:
    return doc.sentences[k].start, doc.sentences[k].end


def _over(doc: Document, at: int, rows: bool = False) -> int | None:
    """The line that ends in a colon over the cells, or over rows that end as sentences do."""
    for k in range(at - 1, max(-1, at - _FARTHEST), -1):
        words = doc.key[slice(*_span(doc, k))].strip()
        if words.endswith(":") or rows and _TOP.match(words):
            return k
        if len(words) > _LONGEST or not rows and words.endswith((".", ";")):
            return None
    return None


def _named(doc: Document, k: int) -> Recipient | None:
    """The one whom a cell names, when it names nobody and nothing else."""
    start, end = _span(doc, k)
    if end - start > _LONGEST or not doc.view[start : start + 2].strip()[:1].isupper():
        return None
    chunks = chunk(doc, doc.sentences[k])
    if not _NAME.fullmatch(chunks.symbols):
        return None
    index = next(n for n, c in enumerate(chunks.items) if c.symbol in "UP")
    item = chunks[index]
    if end - item.end > 3:
        return None
    if item.symbol == "U":
        return Recipient(index, unit=item.unit, kind="unit")
    return Recipient(index, person=item, kind="person")
