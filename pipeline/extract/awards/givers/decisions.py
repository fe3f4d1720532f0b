"""Who has decided gives: "Theo Quyết định số 12/QĐ-UBND của Chủ tịch UBND tỉnh, 5 tập thể được tặng Bằng khen"."""

from __future__ import annotations

import re

from pipeline.extract.awards.givers import issuer_before
from pipeline.extract.awards.givers.levels import issuer_at, issuer_level
from pipeline.extract.awards.model import Issuer, Token
from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.chunks import chunk
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


_THEN = re.compile(r" ?(?:-|\+)? ?(?:theo đó|cụ thể|theo quyết định(?: này)?|trong đó)[, ]")
_TO_MANY = re.compile(r"[^.;:]{0,80}? (?:cho|đối với) (?:các|những|nhiều|một số) (?:tập thể|cá nhân|đơn vị|trường|hộ gia đình)(?!\w)")


def issuer_above(doc: Document, sentence: Sentence, award: Chunk) -> Issuer | None:
    """ "UBND tỉnh tặng Bằng khen cho các tập thể.", "Theo đó, 7 tập thể được tặng Bằng khen": who gives in the sentence before."""
    at = doc.sentences.index(sentence) if _THEN.match(doc.key, sentence.start, sentence.end) else 0
    if not at:
        return None
    items = chunk(doc, doc.sentences[at - 1]).items
    same = [k for k, c in enumerate(items) if c.symbol == "A" and c.entry.fields["bare"] == award.entry.fields["bare"]]
    if len(same) != 1 or not _TO_MANY.match(doc.key, items[same[0]].end, sentence.start):
        return None
    told = items[same[0]]
    if level := told.entry.fields["level"]:
        return Issuer((told.start, told.end), level) if "|" not in level else None
    tokens = [Token(c.symbol, k, k, c) for k, c in enumerate(items)]
    return issuer_before(doc, tokens, "".join(t.symbol for t in tokens), 0, same[0])
