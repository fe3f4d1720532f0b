"""Who has decided gives: "Theo Quyết định số 12/QĐ-UBND của Chủ tịch UBND tỉnh, 5 tập thể được tặng Bằng khen"."""

from __future__ import annotations

import re

from pipeline.extract.awards.givers.levels import issuer_at, issuer_level
from pipeline.extract.awards.model import Issuer, Token
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk

_DECISION_OF = re.compile(r"quyết định(?! của)[^;:]{0,70} của $|quyết định của $")


def issuer_by_decision(doc: Document, tokens: list[Token], symbols: str, i: int) -> Issuer | None:
    """The body or office behind "Quyết định ... của", in front of the award at `i`."""
    for at in range(i - 1, -1, -1):
        start = tokens[at].chunk.start
        if symbols[at] in "OUI" and _DECISION_OF.search(doc.key[max(0, start - 90) : start]):
            return issuer_at(doc, tokens, symbols, at)[0]
        if symbols[at] == "P" and (office := _office_in_front(doc, tokens[at])):
            return office
    return None


def _office_in_front(doc: Document, token: Token) -> Issuer | None:
    """ "Quyết định ... của | Chủ tịch UBND tỉnh, ông A | được tặng": an office that is none of the person's behind it."""
    posts = token.party.posts if token.party is not None else ()
    start = posts[0].start if posts else token.chunk.start
    if start >= token.chunk.start or not _DECISION_OF.search(doc.key[max(0, start - 90) : start]):
        return None
    unit = token.party.unit
    last = posts[0] if unit is None or unit.start > token.chunk.start else Chunk("U", unit.start, unit.end, unit=unit)
    return Issuer((start, last.end), issuer_level(doc, posts[0], last))
