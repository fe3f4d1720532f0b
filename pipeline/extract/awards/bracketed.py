"""Awards in brackets behind who got them: "Sở A (Cờ thi đua của Chính phủ), Sở B (Bằng khen của UBND tỉnh)"."""

from __future__ import annotations

import re

from pipeline.extract.awards.headed import Heading, stated
from pipeline.extract.awards.lists import recipient_of
from pipeline.extract.awards.model import AwardFound, Recipient, Token
from pipeline.extract.document import Document, Sentence

RULE = "awards.recipient.before_brackets"
_PAIR = re.compile(r"[UP]\(\"?A[\"EYwOUI]*\)")


def in_brackets(
    doc: Document, sentence: Sentence, tokens: list[Token], symbols: str, i: int, earlier: list[AwardFound]
) -> tuple[Heading, list[Recipient]] | None:
    """What the sentence, else the one before, says of a row of names with awards in brackets; and in whose bracket the award stands."""
    opened = i - 1 - (symbols[i - 1 : i] == '"')
    if opened < 1 or symbols[opened] != "(" or _PAIR.match(symbols, opened - 1) is None or len(_PAIR.findall(symbols)) < 2:
        return None
    said = stated(doc, sentence)
    if (
        said is None
        and earlier
        and earlier[-1].status_span
        and earlier[-1].award.entry.fields["bare"] == tokens[i].chunk.entry.fields["bare"]
    ):
        said = Heading(earlier[-1].status, earlier[-1].status_span, None)
    return (said, [recipient_of(tokens[k]) for k in _sharing(symbols, opened)]) if said else None


_ROW = re.compile(r"(?:^|(?<=:)|(?<=\)[,;v]))w?(?:T*[UP](?:,v|[,v]))*T*[UP]$")


def _sharing(symbols: str, opened: int) -> list[int]:
    """Who stands between the bracket before, or the colon, and this bracket: "A (Cờ thi đua), B và C (Bằng khen)"."""
    row = _ROW.search(symbols, 0, opened)
    return [k for k in range(*row.span()) if symbols[k] in "UP"] if row else [opened - 1]
