"""What is no part of the statement around it: brackets of votes and points, who chose, and places that tell where a body lies.

"Sở A (8/8 phiếu, đạt 100%), Sở B (97,5 điểm) được đề nghị ..." - the two departments
"Sở A xếp hạng nhì, Sở B xếp hạng ba, cùng được đề nghị ..." - both of them
"Sở A được các đơn vị thành viên bỏ phiếu nhất trí 100% suy tôn, đề nghị ..." - the department that they voted for
"Trường A, xã B, huyện C, tỉnh D được tặng ...", "Công an xã A, huyện B và ..." - the school, the police of the commune alone
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from pipeline.extract.awards.model import Token
from pipeline.extract.document import Document

_VOTES = re.compile(
    r"\((?:(?:được|đạt|với|có|tỉ lệ|số phiếu|tổng|số|điểm|là|bằng|trên)[ :]*)*\d[\d/.,]* ?(?:phiếu|điểm|%|ý kiến)"
    r"(?:[ ,;:/-]|\d|%|phiếu|điểm|đạt|tỉ lệ|bầu|đồng ý|tán thành|hợp lệ|chiếm|ý kiến|tổng|số|thuận|nhất trí|bằng|\.(?=\d))*\)"
)


def without_asides(doc: Document, tokens: list[Token]) -> list[Token]:
    """The tokens of a sentence without such brackets, ranks, choosers and places."""
    return _without_seats(doc, _without_choosers(doc, _without_ranks(doc, _without_votes(doc, tokens))))


_RANK_BESIDE = re.compile(r" \(hạng (?:nhất|nhì|hai|ba|tư)\)(?=,| và |;|\.|$)")  # "cho huyện A (hạng Nhì) và huyện B (hạng Ba)"


def _without_votes(doc: Document, tokens: list[Token]) -> list[Token]:
    first, last = (tokens[0].chunk.start, tokens[-1].chunk.end) if tokens else (0, 0)
    if "(" not in doc.key[first:last]:
        return tokens
    names = {t.chunk.end for t in tokens if t.symbol in "UP"}
    spans = [m.span() for m in _VOTES.finditer(doc.key, first, last)]
    spans += [m.span() for m in _RANK_BESIDE.finditer(doc.key, first, last) if m.start() in names]
    return [t for t in tokens if not any(a <= t.chunk.start < b for a, b in spans)] if spans else tokens


_RANKS = re.compile(r"(?:xếp|đứng|đạt)(?: vị trí| hạng| thứ)* (?:nhất|nhì|hai|ba|tư|năm|\d)(?: (?:khối|cụm))?(?=[,;]| và |\))")
_TOGETHER = re.compile(r"[,; ](?:cùng|đều) (?:\w+ )?được ")


def _without_ranks(doc: Document, tokens: list[Token]) -> list[Token]:
    """Ranks after which those ranked get the same are told between their names, and part none of them."""
    first, last = (tokens[0].chunk.start, tokens[-1].chunk.end) if tokens else (0, 0)
    together = _TOGETHER.search(doc.key, first, last)
    spans = [m.span() for m in _RANKS.finditer(doc.key, first, together.start() + 1)] if together else []
    return [t for t in tokens if not any(a <= t.chunk.start < b for a, b in spans)] if len(spans) > 1 else tokens


_CHOOSERS = re.compile(
    r"(?<=được )(?:(?:\d{1,3}%|\d{1,3}/\d{1,3}|tất cả|toàn thể|toàn bộ|đa số|đông đảo|các|các đồng chí) )*"
    r"(?:(?:đơn vị )?thành viên|đơn vị|đại biểu|hội nghị|khối|cụm)(?!\w)[^,;:.()]{0,60}? "
    r"(?:(?:bỏ phiếu(?: kín)?|biểu quyết|giơ tay|nhất trí|thống nhất|đồng thuận|tán thành|tín nhiệm)(?: 100%| cao| tuyệt đối)*,? (?:và )?)*"
    r"(?=(?:(?:nhất trí|thống nhất|tín nhiệm) )?(?:suy tôn|bình chọn|bầu|bình xét|bình bầu|chọn|lựa chọn|giới thiệu|đề cử|đề nghị)(?!\w))"
)


def _without_choosers(doc: Document, tokens: list[Token]) -> list[Token]:
    first, last = (tokens[0].chunk.start, tokens[-1].chunk.end) if tokens else (0, 0)
    for chosen in _CHOOSERS.finditer(doc.key, first, last):
        a, b = chosen.span()
        inside = [t for t in tokens if a <= t.chunk.start and t.chunk.end <= b]
        if not any(t.symbol in "UPAfrO" for t in inside):
            tokens = [_up_to(t, a) if t.chunk.start < a < t.chunk.end <= b else t for t in tokens if t not in inside]
    return tokens


def _up_to(token: Token, end: int) -> Token:
    """ "được | toàn thể hội nghị": the word alone that the choosers follow."""
    return replace(token, chunk=replace(token.chunk, end=end - 1)) if token.symbol == "w" else token


_BODY = re.compile(
    r"(?:trường|bệnh viện|trạm|hợp tác xã|htx|công ti|doanh nghiệp|chi nhánh|nhà máy|xí nghiệp|phòng khám|chi bộ|chi hội|chi đoàn"
    r"|khu phố|khối phố|tổ dân phố|khu dân cư|thôn|xóm|bản|ấp|khóm|làng|tổ hợp tác|câu lạc bộ|trang trại|cơ sở)(?!\w)"
)
_TIERS = (
    re.compile(r"(?:xã|phường|thị trấn|đặc khu) (?!đoàn)(?=\w)"),
    re.compile(r"(?:huyện|quận|thị xã|thành phố|tp\.?) ?(?!đoàn|ủy|đội)(?=\w)"),
    re.compile(r"(?:tỉnh|thành phố|tp\.?) ?(?!đoàn|ủy|đội)(?=\w)"),
)
_OF_COMMUNE = re.compile(r"(?<! thị)(?<!hợp tác) (?:xã|phường|thị trấn|đặc khu) (?=\w)")
_OF_DISTRICT = re.compile(r" (?:huyện|quận|thị xã) (?=\w)")
_ACTS = ("f", "wf", "pf", "p")


def _without_seats(doc: Document, tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    body: Token | None = None  # the last unit, or the place that tells where it lies
    for k, token in enumerate(tokens):
        beside = body is not None and tokens[k - 2] is body and tokens[k - 1].symbol == ","
        beside = beside or k > 1 and tokens[k - 2].symbol == "P" and tokens[k - 1].symbol in ",-"
        if token.symbol == "U" and beside and _is_seat(doc, tokens[k - 2], token) and not _acts(tokens, k):
            kept.pop()
            body = token
            continue
        kept.append(token)
        if token.symbol == "U":
            body = token
    return kept


def _acts(tokens: list[Token], k: int) -> bool:
    """ "theo đề nghị của Trường A, huyện B tặng": a place that gives."""
    return "".join(t.symbol for t in tokens[k + 1 : k + 3]).startswith(_ACTS)


def _is_seat(doc: Document, before: Token, place: Token) -> bool:
    """Whether the place is the seat of the body right before it, or the larger place of the one before."""
    tiers = _tiers(doc, place)
    if not tiers or not _bare(place):
        return False
    if before.symbol == "P" or _BODY.match(doc.key, before.chunk.start):
        return True  # "ông A, xã B": where he lives
    if before.symbol == "U" and _lies_in(doc, before, place):
        return True
    smaller = _tiers(doc, before)
    return bool(smaller) and _bare(before) and min(smaller) < max(tiers)


def _lies_in(doc: Document, before: Token, place: Token) -> bool:
    """ "Công an xã A, huyện B", "các xã A, B, huyện C", "Hội Nông dân huyện A, tỉnh B": the place around that of the body."""
    name = " " + " ".join([doc.key[a:b] for a, b in before.chunk.unit.parts])
    if _OF_COMMUNE.search(name):
        return _TIERS[0].match(doc.key, place.chunk.start) is None
    return doc.key.startswith("tỉnh ", place.chunk.start) and _OF_DISTRICT.search(name) is not None


def _tiers(doc: Document, token: Token) -> list[int]:
    found = ((k, tier.match(doc.key, token.chunk.start)) for k, tier in enumerate(_TIERS))
    return [k for k, match in found if match and doc.capital_at(match.end())]


def _bare(token: Token) -> bool:
    """Whether the name is of one piece and short, as a place's alone is."""
    return token.symbol == "U" and len(token.chunk.unit.parts) == 1 and token.chunk.end - token.chunk.start <= 32
