""" "đến", "tới" in the place of "cho": "trao Bằng khen của UBND tỉnh đến 4 tập thể", "Bằng khen được trao tới Sở A"."""

from __future__ import annotations

import re

from msgspec.structs import replace

from pipeline.extract.awards.model import Token, symbols_of
from pipeline.extract.document import Document

_REACHES = ("đến", "tới", "đến với", "tới với")
_TO_WHOM = re.compile(r"(?:f[^;AG]*A[^;AfGr]*|A[^;AfG]*[fr])$")
_MEMBER = re.compile(r"w(?=d?T*[UPN])")
_FROM = re.compile(r"(?<!\w)từ(?!\w)")


def reaching(doc: Document, tokens: list[Token]) -> list[Token]:
    """The tokens with such words as what opens a list of recipients."""
    places = [k for k, t in enumerate(tokens) if t.symbol == "w" and doc.key[t.chunk.start : t.chunk.end] in _REACHES]
    if not places:
        return tokens
    symbols = symbols_of(tokens)
    for k in places:
        given = _TO_WHOM.search(symbols, 0, k) if _MEMBER.match(symbols, k) else None
        if given and not _FROM.search(doc.key, tokens[given.start()].chunk.start, tokens[k].chunk.start):
            tokens = [*tokens[:k], replace(tokens[k], symbol="G"), *tokens[k + 1 :]]
    return tokens
