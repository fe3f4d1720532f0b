"""Who stands in for one who died: "trao Bằng khen cho ông A, cha anh B" of an article that tells of awards after death."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import Recipient, Token
from pipeline.extract.awards.recipients.lists import recipient_of
from pipeline.extract.awards.recipients.named import short_person
from pipeline.extract.document import Document

_BESIDE = re.compile(r"P[,(-](?:T?wT?(?P<who>P)|w?(?P<called>T)(?P<short>w)|w)")
_KIN = re.compile(
    r"[ ,(-]*(?:là )?(?:cha|bố|ba|mẹ|vợ|chồng|con trai|con gái|anh trai|chị gái|em trai|em gái|thân nhân|người thân|ông nội|bà nội)"
    r"(?: đẻ| ruột)?(?: của)?(?: (?:liệt sĩ|anh|chị|em|cháu|ông|bà|cố))* ?"
)
_DIED = "truy tặng"


def stood_in_for(doc: Document, tokens: list[Token], symbols: str, at: int) -> tuple[Recipient, int] | None:
    """The dead for whom the person at this place takes the award, and the token behind."""
    beside = _BESIDE.match(symbols, at)
    kin = _KIN.match(doc.key, tokens[at].chunk.end) if beside else None
    if kin is None or _DIED not in doc.key:
        return None
    if beside["who"]:
        who = beside.start("who")
        return (recipient_of(tokens[who]), who + 1) if kin.end() == tokens[who].chunk.start else None
    behind = tokens[beside.end() - 1]
    short = short_person(doc, kin.end() - 1, behind.chunk.end, kin.end(), tokens[at].first)
    return (short, beside.end()) if short else None
