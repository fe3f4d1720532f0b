"""Firms known by their letters alone, where whoever receives stands: "cho PV GAS, PVFCCo và BSR"."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import Recipient
from pipeline.extract.awards.recipients.named import by_words, group
from pipeline.extract.document import Document

_BRAND = re.compile(r"(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Za-z]{1,11}(?:[ -][A-Z]{2,8})?(?= ?[,;.)]| và [A-Z]| vì | do |$)")
_NO_BRAND = re.compile(
    r"(?:cstđ|tt|cn|bk|gk|hcm|ubnd|hđnd|qđ|ttg|đv|stt|covid|llvt|dn|htx|cb|cbcs|cbccvc|cnvc|cnvcl?đ|đvtn|hs|sv|gv|nv|cs|ccb|nct|tnxp|đbqh"
    r"|vđv|hlv|mttq|tđkt|cđcs|gd|pccc|antt|antq|asean|thpt|thcs|th|mn|kh|kt|xh|vh|tdtt|vhtt|ntm|ocop|nld|nlđ)(?!\w)"
)


def _brand(doc: Document, start: int, end: int, index: int) -> tuple[Recipient, int] | None:
    """A firm known by its letters, where whoever receives stands."""
    start += doc.key[start : start + 1] == " "
    letters = _BRAND.match(doc.view, start, end)
    if letters is None or _NO_BRAND.match(doc.key, start):
        return None
    return by_words(start, letters.end(), "unit", index), letters.end()


def own_words(doc: Document, start: int, end: int, index: int) -> tuple[Recipient, int] | None:
    """A group by its own words ("đội tuyển A"), or a firm by its letters."""
    return group(doc, start, end, index) or _brand(doc, start, end, index)
