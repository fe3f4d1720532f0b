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
    return (said, [recipient_of(tokens[opened - 1])]) if said else None
