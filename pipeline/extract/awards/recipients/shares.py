"""A count told again by whose they are: "50 cá nhân, gồm 30 của Nhà máy A và 20 của Nhà máy B"; by kind where it is mixed."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound, Recipient, Token
from pipeline.extract.awards.recipients.lists import by_count
from pipeline.extract.document import Document
from pipeline.extract.reading.chunks import chunk

RULE = "awards.recipient.shares_below"
_LEAD = re.compile(r"[\",; (]*(?:bao gồm|gồm(?: có)?|trong đó(?: có| gồm)?|chia ra|cụ thể)[: ]*| ?\((?=\w)")
_OF_GIVER = re.compile(r"A\"?(?:w(?:O?U|OI|I))?")


def shares_of(doc: Document, tokens: list[Token], symbols: str, i: int, recipients: list[Recipient]) -> list[Recipient]:
    """The shares behind the total that `recipients` begin with, or behind the award at `i`, when they sum up to it; else `recipients`."""
    total = recipients[0] if recipients else None
    if total is None or not total.number or total.span is None:
        return recipients
    behind = tokens[_OF_GIVER.match(symbols, i).end() - 1].chunk.end
    lead = _LEAD.match(doc.key, total.span[1]) or _LEAD.match(doc.key, behind)
    first = next((k for k, t in enumerate(tokens) if t.chunk.start >= lead.end()), len(tokens)) if lead else len(tokens)
    shares: list[Recipient] = []
    for k in range(first, len(tokens)):
        if symbols[k] == "N":
            shares += by_count(tokens[k])
        elif symbols[k] in "A.fr":
            break
    same = len(shares) > 1 and all(s.kind == total.kind if total.kind else s.kind for s in shares)
    return shares if same and sum(s.number or 0 for s in shares) == total.number else recipients


_BELOW = re.compile(r" ?(?:[-+] ?)?(?:trong đó|trong số này|cụ thể|gồm|bao gồm)(?: có)?[ ,:]")


def split_below(doc: Document, found: list[AwardFound]) -> None:
    """ "Bằng khen cho 35 cá nhân.", "Trong đó, 20 cá nhân ở ...; 15 cá nhân ở ...": the shares take the place of their total."""
    for award in found:
        total = award.recipients[0] if len(award.recipients) == 1 and award.sentence is not None else None
        at = doc.sentences.index(award.sentence) + 1 if total is not None and total.number and total.kind else len(doc.sentences)
        below = doc.sentences[at] if at < len(doc.sentences) else None
        if below is None or not _BELOW.match(doc.key, below.start, below.end) or doc.within("awards", below.start, below.end):
            continue
        counts = [(k, c) for k, c in enumerate(chunk(doc, below).items) if c.symbol == "N"]
        shares = [Recipient(k, number=n, kind=kind or None, span=(c.start, c.end)) for k, c in counts for kind, n in c.numbers.items()]
        if len(shares) > 1 and all(s.kind == total.kind for s in shares) and sum(s.number or 0 for s in shares) == total.number:
            award.recipients, award.rule = shares, RULE
