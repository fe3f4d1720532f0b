"""What is said of an award: conferred or proposed, by its sentence, a heading over it, a table, a bracket, or the sentence before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.awards.lines.bracketed import RULE as BRACKETS
from pipeline.extract.awards.lines.bracketed import in_brackets
from pipeline.extract.awards.lines.cells import RULE as CELL
from pipeline.extract.awards.lines.cells import cell_of
from pipeline.extract.awards.lines.headed import Heading, heading_of, row_told, stated
from pipeline.extract.awards.model import AwardFound, Clause, Issuer, Recipient, Token
from pipeline.extract.awards.status import status_of
from pipeline.extract.document import Document, Sentence
from pipeline.extract.units import Span


@dataclass
class Said:
    """Status and the words that tell it; the giver that a heading names; whom a cell or bracket names, by which rule."""

    status: str | None
    span: Span | None
    issuer: Issuer | None = None
    cell: list[Recipient] | None = None
    cell_rule: str = CELL

    def in_brackets(self) -> bool:
        return self.cell_rule == BRACKETS


def said_of(
    doc: Document, sentence: Sentence, tokens: list[Token], symbols: str, start: int, i: int, clause: Clause, earlier: list[AwardFound]
) -> Said:
    """From the verbs of the sentence, else from the heading, the table, the row or the sentence before."""
    verb = symbols[start:i]
    status, span = status_of(doc, tokens, symbols, start, i, clause)
    if status == "conferred" and (asked := _asked_above(doc, sentence, tokens[i].chunk.start, earlier)):
        status, span = "proposed", asked
    heading = heading_of(doc, sentence, tokens, i) if status is None or (verb == "" and i <= 2) or _TO_GIVE.fullmatch(verb) else None
    cell, rule = (cell_of(doc, sentence, tokens, symbols) if status is None else None), CELL
    if beside := in_brackets(doc, sentence, tokens, symbols, i, earlier):
        cell, rule = beside, BRACKETS
    named = cell[1] if cell else None
    if heading := heading or (cell[0] if cell else None):
        return Said(heading.status, heading.span, heading.issuer, named, rule)
    if status is None and (row := row_told(doc, sentence, tokens, symbols, i)):
        return Said(row.status, row.span, None, named, rule)
    if status is None and (above := _voted_above(doc, sentence, symbols, i)):
        return Said(above.status, above.span, above.issuer, named, rule)
    if status is None and earlier and _goes_on(doc, sentence, symbols, i, earlier[-1]):
        return Said(earlier[-1].status, earlier[-1].status_span, None, named, rule)
    return Said(status, span, None, named, rule)


_NAMELY = re.compile(r" ?(?:- ?)?(?:trong đó|cụ thể|gồm|bao gồm)(?!\w)")
_ASKED_AS_WHOLE = re.compile(
    r"(?<!\w)(?P<asks>đề nghị|trình|đề xuất)(?!\w)(?! của)[^.;]{0,110}?"
    r"(?<!\w)(?:khen thưởng|tặng thưởng|khen cao|phong tặng|vinh danh)(?!\w)"
)
_ALREADY = re.compile(r"(?<!\w)(?:đã (?:được|trao|tặng)|vừa được|quyết định (?:khen|tặng))(?!\w)")


def _asked_above(doc: Document, sentence: Sentence, award: int, earlier: list[AwardFound]) -> Span | None:
    """ "thống nhất đề nghị 22 tập thể, cá nhân được khen thưởng.", "Trong đó, 4 tập thể nhận Cờ": what the sentence before asks for.

    So behind "Kết quả bình xét: 1 Cờ thi đua, 3 Bằng khen.", when the names are told.
    """
    if not _NAMELY.match(doc.key, sentence.start) or _ALREADY.search(doc.key, sentence.start, award):
        return None
    at = doc.sentences.index(sentence)
    above = doc.sentences[at - 1] if at else None
    before = earlier[-1] if earlier and above is not None else None
    if before is not None and before.sentence is above and before.status == "proposed":
        return before.status_span
    if above is None or doc.within("awards", above.start, above.end) or _ALREADY.search(doc.key, above.start, above.end):
        return None
    asked = _ASKED_AS_WHOLE.search(doc.key, above.start, above.end)
    return asked.span("asks") if asked else None


_LABEL = re.compile(r"A[\"E]*(?:w?(?:O?U|OI|I))?(?:\(N\))?:")


def _voted_above(doc: Document, sentence: Sentence, symbols: str, i: int) -> Heading | None:
    """ "Khối đã bình xét thi đua. Cụ thể, Cờ thi đua của UBND tỉnh: Sở A; Bằng khen: Sở B": what the sentence before says of the row."""
    at = doc.sentences.index(sentence)
    namely = at and "A" not in symbols[:i] and _LABEL.match(symbols, i) and _NAMELY.match(doc.key, sentence.start)
    said = stated(doc, doc.sentences[at - 1]) if namely else None
    return said if said and said.status == "proposed" else None


# "- Tặng Cờ thi đua ...": the line's heading may say that it is asked for
_TO_GIVE = re.compile(r"(?:w?\)|[-w])?(?:(?:O?U|OI|I|O)(?:w|p,)?p?)?f")
_ROW_HEAD = re.compile(r"A[\"E]*(?:w?(?:O?U|OI|I|O))?G(?:[NUPT]|wU)")


def _goes_on(doc: Document, sentence: Sentence, symbols: str, i: int, before: AwardFound) -> bool:
    """ "... cho 7 tập thể. Bằng khen của Thủ tướng cho 5 cá nhân.": a row of awards that a full stop parts."""
    if re.match(r"A[\"E]*(?:w?(?:O?U|OI|I))?:", symbols[i:]):
        return True  # a list under a verb of the sentence before
    if i > 0 or not _ROW_HEAD.match(symbols) or re.search(r"[frpb]", symbols):
        return False
    return before.sentence is doc.sentences[doc.sentences.index(sentence) - 1]
