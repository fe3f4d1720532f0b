"""Who gives by signing: "Chủ tịch UBND tỉnh (Nguyễn Văn A) vừa ký Quyết định số 12/QĐ-UBND (ngày 4/9) về việc tặng"; or hands over."""

from __future__ import annotations

import re

from pipeline.extract.awards.givers.levels import issuer_level, unit_level
from pipeline.extract.awards.model import Issuer, Token
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk

_WHO_SIGNS = re.compile(r"(?P<who>O?U|OI|I|P)[wvIYU,()-]{1,14}f[^G]*$")
_SIGNED = re.compile(r"(?:, ?| )(?:đã |vừa |cũng |mới )*(?:kí|ban hành|có|ra)(?: ban hành)?(?: các)? quyết định(?!\w)")


def by_signing(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> Issuer | None:
    """The body or officer in front of the decision, or the body of the person who signs."""
    signs = _WHO_SIGNS.search(symbols, start, i)
    if signs is None:
        return None
    first, last = tokens[signs.start("who")], tokens[signs.end("who") - 1]
    if first.symbol == "P":
        return _by_signer(doc, first)
    span = first.chunk.start, last.chunk.end
    return Issuer(span, issuer_level(doc, first.chunk, last.chunk)) if _SIGNED.match(doc.key, span[1]) else None


def _by_signer(doc: Document, signer: Token) -> Issuer | None:
    """ "Chủ tịch UBND tỉnh Nguyễn Văn A", "ông A, Chủ tịch UBND tỉnh"."""
    party = signer.party
    if party is None or not party.posts:
        return None
    post = party.posts[-1]
    end = max(signer.chunk.end, post.end, party.unit.end if party.unit else 0)
    if not _SIGNED.match(doc.key, end):
        return None
    if post.entry is not None and post.entry.is_a("state", "minister"):
        return Issuer((post.start, post.end), issuer_level(doc, post, post))
    return Issuer((party.unit.start, party.unit.end), unit_level(doc, party.unit)) if party.unit else None


def only_hands_over(said: str, officer: Chunk, award: Chunk) -> bool:
    """An officer who hands over ("trao") gives in another's name; a chairman's awards and a director's Giấy khen are their own."""
    if "trao" not in said or "tặng" in said or "quyết định" in said:
        return False
    chairman = officer.entry is not None and officer.entry.code == "CT"
    head = officer.entry is not None and officer.entry.is_a("signs") and not officer.entry.is_a("several")
    return not {"Bằng khen": chairman, "Giấy khen": head}.get(award.entry.fields["bare"], False)
