"""Words in the place of others: "trao Bằng khen của UBND tỉnh đến 4 tập thể", "thưởng 20 triệu đồng kèm Bằng khen cho em A"."""

from __future__ import annotations

import re

from msgspec.structs import replace

from pipeline.extract.awards.model import Token, symbols_of
from pipeline.extract.document import Document

_REACHES = ("đến", "tới", "đến với", "tới với")
_TO_WHOM = re.compile(r"(?:f[^;AG]*A[^;AfGr]*|A[^;AfG]*[fr])$")
_MEMBER = re.compile(r"w(?=d?T*[UPN])")
_REWARDS = re.compile(r"(?:(?:đã|vừa|cũng|quyết định) )*thưởng(?: nóng)? [^,;:.()]*?(?:đồng|tiền)(?: mặt)?(?: (?:kèm(?: theo)?|cùng))?")
_AWARD = re.compile(r"v?A")
_FROM = re.compile(r"(?<!\w)từ(?!\w)")


def reaching(doc: Document, tokens: list[Token]) -> list[Token]:
    """The tokens with such words as what gives, or what opens a list of recipients."""
    for k, token in enumerate(tokens[:-2]):
        rewards = token.symbol == "w" and _REWARDS.fullmatch(doc.key, token.chunk.start, token.chunk.end)
        if rewards and _AWARD.match(symbols_of(tokens[k + 1 : k + 3])):
            tokens = [*tokens[:k], replace(token, symbol="f"), *tokens[k + 1 :]]
    places = [k for k, t in enumerate(tokens) if t.symbol == "w" and doc.key[t.chunk.start : t.chunk.end] in _REACHES]
    if not places:
        return tokens
    symbols = symbols_of(tokens)
    for k in places:
        given = _TO_WHOM.search(symbols, 0, k) if _MEMBER.match(symbols, k) else None
        if given and not _FROM.search(doc.key, tokens[given.start()].chunk.start, tokens[k].chunk.start):
            tokens = [*tokens[:k], replace(tokens[k], symbol="G"), *tokens[k + 1 :]]
    return tokens
