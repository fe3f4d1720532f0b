"""Awards in brackets behind who got them: "Sở A (Cờ thi đua của Chính phủ), Sở B (Bằng khen)", "khen thưởng 5 tập thể (Giấy khen)"."""

from __future__ import annotations

import re

from pipeline.extract.awards.lines.headed import Heading, stated
from pipeline.extract.awards.model import AwardFound, Recipient, Token
from pipeline.extract.awards.recipients.lists import by_count, recipient_of
from pipeline.extract.document import Document, Sentence

RULE = "awards.recipient.before_brackets"
_PAIR = re.compile(r"[UP]\(\"?A[\"EYwOUI]*\)")


def in_brackets(
    doc: Document, sentence: Sentence, tokens: list[Token], symbols: str, i: int, earlier: list[AwardFound]
) -> tuple[Heading | None, list[Recipient]] | None:
    """What the sentence, else the one before, says of a row of names with awards in brackets; and in whose bracket the award stands."""
    opened = i - 1 - (symbols[i - 1 : i] == '"')
    if counts := _counted(tokens, symbols, opened):
        return None, counts
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


def take_over(found: list[AwardFound], own: AwardFound) -> None:
    """ "được đề nghị tặng Cờ thi đua là: A (Cờ của Chính phủ), B (...)": whom a bracket names has that flag alone."""
    named = {r.unit.start for r in own.recipients if r.unit is not None}
    for award in found:
        if award.rule != RULE and award.award.entry.fields["bare"] == own.award.entry.fields["bare"]:
            award.recipients = [r for r in award.recipients if r.unit is None or r.unit.start not in named]


_COUNTS = re.compile(r"(?:[fp]w?G?|\)[,v;]*)(?P<row>N(?:[,v]N)*)$")
_AWARD_ALONE = re.compile(r"\(\"?A[\"E]*(?:w?(?:O?U|OI|I))?\)")


def _counted(tokens: list[Token], symbols: str, opened: int) -> list[Recipient]:
    """The counts right behind a verb of praise, or behind the bracket before, and in front of a bracket that holds one award alone."""
    row = _COUNTS.search(symbols, 0, opened) if opened > 0 and _AWARD_ALONE.match(symbols, opened) else None
    return [r for k in range(*row.span("row")) if symbols[k] == "N" for r in by_count(tokens[k])] if row else []


_ROW = re.compile(r"(?:^|(?<=:)|(?<=\)[,;v]))w?(?:T*[UP](?:,v|[,v]))*T*[UP]$")


def _sharing(symbols: str, opened: int) -> list[int]:
    """Who stands between the bracket before, or the colon, and this bracket: "A (Cờ thi đua), B và C (Bằng khen)"."""
    row = _ROW.search(symbols, 0, opened)
    return [k for k in range(*row.span()) if symbols[k] in "UP"] if row else [opened - 1]
