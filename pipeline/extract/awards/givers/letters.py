"""Who is asked for an award by a letter: "Sở A có văn bản gửi Bộ B đề nghị tặng Bằng khen"."""

from __future__ import annotations

import re

from pipeline.extract.awards.givers.levels import issuer_level
from pipeline.extract.awards.model import Issuer, Token
from pipeline.extract.document import Document

_BY_LETTER = re.compile(r"(?P<who>O?U|OI|I|O)p[w\"]*$")
_SENT_TO = re.compile(
    r"(?<!\w)(?:gửi|tờ trình|văn bản|công văn|báo cáo|kiến nghị|đề xuất)(?: \w+){0,3} (?:cho|lên|tới|đến|với|gửi)(?: lãnh đạo)? $"
    r"|(?<!\w)gửi $"
)


def asked_by_letter(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> Issuer | None:
    """ "Sở A có văn bản gửi Bộ B đề nghị tặng Bằng khen": the body that the letter goes to."""
    asked = _BY_LETTER.search(symbols, start, i)
    if asked is None:
        return None
    first, last = tokens[asked.start("who")].chunk, tokens[asked.end("who") - 1].chunk
    if not _SENT_TO.search(doc.key, max(0, first.start - 40), first.start):
        return None
    return Issuer((first.start, last.end), issuer_level(doc, first, last))
