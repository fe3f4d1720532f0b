"""Units whose names go on behind what the tables hold: a field, a number, a body in brackets.

"Đội CSĐT | tội phạm về ma túy", "Trường Giáo dưỡng | số 5", "Trường A | (Bộ Quốc phòng)"
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from pipeline.extract.awards.model import Token
from pipeline.extract.countries import countries
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk
from pipeline.extract.units import Unit

_STOP = (
    r"(?= ?[,;.:()\"]|$| -|-| (?:vì|do|đã|có|nhân|trong|tại|với|khi|sau|bởi|được|là|nhằm|để|năm|ngày|cùng|vừa|từ|cho|nhận|vinh|thuộc|cũng"
    r"|tổ chức|kỉ|đạt|trao|lên|công an|và (?=[\w ]{0,3}\b(?:ông|bà|anh|chị|các|hai|\d))|và cá nhân)(?!\w))"
)
_TAIL = re.compile(
    rf"(?:(?: điều tra)? tội phạm(?: về [^,;.:()\"]{{4,70}}?{_STOP})?|(?<=tội phạm) về [^,;.:()\"]{{4,70}}?{_STOP})?"
    r"(?: số \d{1,3}(?![\w/]|\.\d))?"
)
_PARENT = re.compile(r" ?\((?P<body>(?:bộ|công an|sở|ban quản lí|văn phòng|tổng cục|cục|quân khu|tập đoàn|tổng công ti) [^()]{2,40})\)")
_CHILD = re.compile(r"(?:phòng|đội|trường|khoa|vụ|viện|học viện|trung tâm|cục|chi cục|tiểu đoàn|trung đoàn|ban|tổ|nhà máy|trại|kho)(?!\w)")


def widen(doc: Document, tokens: list[Token]) -> list[Token]:
    """The tokens with the rest of such names drawn into their units."""
    kept: list[Token] = []
    for k, token in enumerate(tokens):
        if kept and token.chunk.start < kept[-1].chunk.end:
            if token.chunk.end <= kept[-1].chunk.end:
                continue
            token = replace(token, chunk=replace(token.chunk, start=kept[-1].chunk.end + (doc.key[kept[-1].chunk.end] == " ")))
        if token.symbol == "U":
            if k + 1 < len(tokens) and tokens[k + 1].symbol in "w(-":
                token = _widened(doc, token, next((t for t in tokens[k + 1 :] if t.symbol == "U"), None))
            if kept and _within(doc, kept[-1], token):
                kept[-1] = _joined(kept[-1], token)
                continue
            if len(kept) > 1 and _of_firm(doc, kept[-2], kept[-1], token):
                kept[-2:] = [_joined(kept[-2], token)]
                continue
        kept.append(token)
    return kept


_OFFICE = re.compile(r"(?:phòng|ban|văn phòng|tổ|đội|khoa|chi bộ|đảng bộ|công đoàn|chi đoàn)(?!\w)")
_OF_FIRM = re.compile(r"(?:nhà máy|xí nghiệp|phân xưởng|nông trường|câu lạc bộ|chi nhánh)(?!\w)")
_SMALL_PLACE = re.compile(r"(?:xã|phường|thị trấn|thôn|ấp|huyện|quận|tỉnh|thành phố)(?!\w)")


def is_office(doc: Document, at: int) -> bool:
    """Whether the body whose name begins here is a part of another: "Phòng A", "Khoa B"."""
    return _OFFICE.match(doc.key, at) is not None


def _within(doc: Document, part: Token, body: Token) -> bool:
    """ "Phòng Tổng hợp | Hội Nông dân tỉnh": an office right in front of the body that it is of."""
    beside = part.symbol == "U" and body.chunk.start == part.chunk.end + 1 and doc.key[part.chunk.end] == " "
    if not beside or not _OFFICE.match(doc.key, part.chunk.start) or _SMALL_PLACE.match(doc.key, body.chunk.start):
        return False
    return part.chunk.end == part.chunk.unit.end and len(body.chunk.unit.parts) == 1 and not _OFFICE.match(doc.key, body.chunk.start)


def _of_firm(doc: Document, part: Token, of: Token, firm: Token) -> bool:
    """ "Nhà máy A | của | Công ty B": a part of a firm by its full name."""
    if part.symbol != "U" or of.symbol != "w" or not _OF_FIRM.match(doc.key, part.chunk.start):
        return False
    if doc.key[part.chunk.end : firm.chunk.start].strip() != "của":
        return False
    return part.chunk.end == part.chunk.unit.end and len(firm.chunk.unit.parts) == 1


def _joined(part: Token, body: Token) -> Token:
    first, end = part.chunk.unit, body.chunk.end
    unit = replace(first, end=end, parts=(*first.parts[:-1], (first.parts[-1][0], end)))
    return replace(part, chunk=Chunk("U", part.chunk.start, end, unit=unit, entry=part.chunk.entry))


def whole(doc: Document, unit: Unit, following: Token | None = None) -> Unit:
    """The unit with all of its name."""
    start, end = unit.parts[-1]
    if end != unit.end:
        return unit
    stop = _TAIL.match(doc.key, end).end()
    stop = _abroad(doc, start, stop) or _with_brand(doc, unit, stop) or stop
    if following and end < stop == following.chunk.start - 1 and doc.key[stop] == " ":
        stop = following.chunk.end  # "... về ma túy | Công an tỉnh"
    parent = _PARENT.match(doc.key, stop) if _CHILD.match(doc.key, start) else None
    stop = parent.end() if parent else stop
    return unit if stop == end else replace(unit, end=stop, parts=(*unit.parts[:-1], (start, stop)))


_MISSION = ("đại sứ quán", "tổng lãnh sự quán", "lãnh sự quán")
_BRAND = re.compile(r" ?-(?P<brand> ?[A-Z][A-Za-z]{2,})(?= [a-zà-ỹđ]|,|\.?$)")


def _abroad(doc: Document, start: int, end: int) -> int | None:
    """ "Đại sứ quán Việt Nam | tại Hàn Quốc": the country that a mission is in."""
    if not doc.key.startswith(_MISSION, start) or not doc.key.startswith(" tại ", end):
        return None
    country = re.compile(countries(doc.gazetteer)).match(doc.key, end + len(" tại "))
    return country.end() if country else None


def _with_brand(doc: Document, unit: Unit, end: int) -> int | None:
    """ "Công ty CP Hoàng Phú | - Invest": a brand behind a dash is of a firm's name."""
    brand = _BRAND.match(doc.view, end) if unit.is_a("firm") else None
    known = brand and any(doc.hit(table, brand.start("brand")) for table in ("units", "unit_heads", "provinces", "family_names"))
    return brand.end("brand") if brand and not known else None


def _widened(doc: Document, token: Token, following: Token | None) -> Token:
    wide = whole(doc, token.chunk.unit, following)
    if wide is token.chunk.unit or token.chunk.end != token.chunk.unit.end:
        return token
    return replace(token, chunk=Chunk("U", token.chunk.start, wide.end, unit=wide, entry=token.chunk.entry))
