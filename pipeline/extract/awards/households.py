"""Households that receive under the name of one of theirs, and holders of a title who are counted as those that another award goes to.

"cho hộ ông A", "gia đình bà B được tặng" - a household
"tặng Bằng khen cho 20 gia đình văn hóa" - 20 households, and no title given here
"Cờ thi đua của Chính phủ: 6; Bằng khen của Thủ tướng: 38" - as many as the bare number says
"""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound, Token, symbols_of
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk

_LEAD = r"(?:^|[,;:.(-] ?|(?<!\w)(?:cho|và|là|gồm|các|có|tặng|trao) )"
_CALLED = r"(?:(?:ông|bà|anh|chị|cụ|đồng chí|đ/c) )?"
_ROW = r"(?: [^.;:]{1,30})?: ?[^.;:]*$"  # "các hộ: A, B, C"
_HOUSE = re.compile(rf"{_LEAD}hộ (?:gia đình )?{_CALLED}$|(?<!\w)(?:các|\d{{1,2}}) hộ{_ROW}")
_FAMILY = re.compile(
    rf"{_LEAD}gia đình {_CALLED}$|(?<!\w)(?:các|\d{{1,2}}|hai|ba|bốn|năm) gia đình{_ROW}|gia đình các (?:ông|bà)[^.;:]*: ?[^.;:]*$"
)
_DEAD = re.compile(r"truy tặng|hi sinh|tử vong|tử nạn|qua đời|liệt sĩ|thiệt mạng")


def tell_households(doc: Document, found: list[AwardFound]) -> None:
    """ "cho hộ ông A": the award is the household's, though it bears the name of one person; not so the family of one who died."""
    family = None
    for recipient in (r for a in found for r in a.recipients if r.person is not None):
        before = doc.key[max(0, recipient.person.start - 120) : recipient.person.start]
        if ("hộ " in before or "hộ:" in before) and _HOUSE.search(before):
            recipient.kind = "household"
        elif "gia đình" in before and _FAMILY.search(before):
            family = _DEAD.search(doc.key) is None if family is None else family
            recipient.kind = "household" if family else recipient.kind


_TO_HOLDERS = re.compile(r"A[\"E]*(?:w(?:O?U|OI|I))?(?P<for>G)(?P<number>w)(?P<title>A)")
_HOW_MANY = re.compile(r" ?(?P<number>\d{1,4}) ?")


def counted_holders(doc: Document, tokens: list[Token]) -> list[Token]:
    """The tokens with "cho | 20 | gia đình văn hóa" behind another award as a count of those who hold the title."""
    symbols = symbols_of(tokens)
    if ":" in symbols and symbols.count("A") > 1:
        tokens = _bare_counts(doc, tokens, symbols)
    if "wU" in symbols:
        tokens = _counted_unions(doc, tokens)
    held = _TO_HOLDERS.search(symbols_of(tokens)) if symbols.count("A") > 1 else None
    if held is None:
        return tokens
    title = tokens[held.start("title")]
    kind = title.chunk.entry.fields["recipient_kinds"]
    many = _HOW_MANY.fullmatch(doc.key, tokens[held.start("for")].chunk.end, title.chunk.start)
    if many is None or not kind or "|" in kind:
        return tokens
    counted = Chunk("N", many.start("number"), title.chunk.end, numbers={kind: int(many["number"])}, text=many["number"])
    at = held.start("number")
    return [*tokens[:at], Token("N", tokens[at].first, title.last, counted), *tokens[at + 2 :]]


_BARE = re.compile(r"A[\"E]*(?:w?(?:O?U|OI|I))?:(?P<number>w)(?=[;,.(]|$)")
_OF_OTHERS = re.compile(r"(?<!\w)(?:phiếu|điểm|tiền|mức|tỉ lệ|trang|mẫu)(?!\w)")  # "Số phiếu: Cờ thi đua: 8; Bằng khen: 9"
_DIGITS = re.compile(r"(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,5})\.?")


def _bare_counts(doc: Document, tokens: list[Token], symbols: str) -> list[Token]:
    """The tokens with the bare numbers behind the colons of a row of awards as counts."""
    places = [m.start("number") for m in _BARE.finditer(symbols)]
    told = {k: m for k in places if (m := _DIGITS.fullmatch(doc.key, tokens[k].chunk.start, tokens[k].chunk.end))}
    if len(told) < 2 or _OF_OTHERS.search(doc.key, tokens[0].chunk.start, tokens[places[0]].chunk.start):
        return tokens
    row = list(tokens)
    for k, m in told.items():
        counted = Chunk("N", *m.span("number"), numbers={"": int(m["number"].replace(".", ""))}, text=m["number"])
        row[k] = Token("N", tokens[k].first, tokens[k].last, counted)
    return row


_UNION = ("cđcs", "công đoàn cơ sở")


def _counted_unions(doc: Document, tokens: list[Token]) -> list[Token]:
    """The tokens with "01 | CĐCS" as a count: letters that alone name no union."""
    kept: list[Token] = []
    for token in tokens:
        number = kept[-1] if token.symbol == "U" and kept and kept[-1].symbol == "w" else None
        if number is not None and doc.key[token.chunk.start : token.chunk.end] in _UNION:
            told = _DIGITS.fullmatch(doc.key, number.chunk.start, number.chunk.end)
            if told:
                counted = Chunk("N", number.chunk.start, token.chunk.end, numbers={"unit": int(told["number"].replace(".", ""))})
                kept[-1] = Token("N", number.first, token.last, counted)
                continue
        kept.append(token)
    return kept
