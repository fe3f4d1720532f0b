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
_NUMBERED = re.compile(rf"(?:(?!{_STOP}) [^\W\d_]+){{1,4}} số \d{{1,3}}(?![\w/]|\.\d)")  # "Đội Thuế | liên xã số 2"
_PARENT = re.compile(r" ?\((?P<body>[^(),;:]{4,60})\)")
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
            if kept and (group := _group_of_place(doc, kept[-1], token)):
                kept[-1] = group
                continue
            if kept and _within(doc, kept[-1], token):
                kept[-1] = _joined(kept[-1], token)
                continue
            if len(kept) > 1 and _of_body(doc, kept[-2], kept[-1], token):
                kept[-2:] = [_joined(kept[-2], token)]
                continue
        kept.append(token)
    owners = _owners(doc, kept)
    return _with_owners(kept, owners) if owners else kept


def _with_owners(tokens: list[Token], owners: set[int]) -> list[Token]:
    """The tokens with the bodies at these places drawn into the rooms before their commas."""
    kept: list[Token] = []
    for k, token in enumerate(tokens):
        if k in owners:
            kept[-2:] = [_joined(kept[-2], token)]
        else:
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


_GROUP = re.compile(
    r"(?:tập thể )?(?P<name>(?:tổ(?! chức| trưởng| phó)|đội(?! ngũ| trưởng| viên| phó)|nhóm|câu lạc bộ|chi hội|nghiệp đoàn|làng nghề)"
    r"(?: (?!(?:tại|ở|trên|cho|được|đã|có|do|từ|về|với|đến|cứu|giúp|gồm|là|và|đang|vừa)(?!\w))[^\W\d]+){1,6})"
)


def _group_of_place(doc: Document, words: Token, place: Token) -> Token | None:
    """ "Tổ bảo vệ rừng | thôn A": a group by its own words and the place that it is of."""
    beside = words.symbol == "w" and place.chunk.start == words.chunk.end + 1 and place.chunk.unit.is_a("place")
    group = _GROUP.fullmatch(doc.key, words.chunk.start, words.chunk.end) if beside else None
    if group is None:
        return None
    start, end = group.start("name"), place.chunk.end
    return replace(place, first=words.first, chunk=Chunk("U", start, end, unit=Unit(start, end, ((start, end),), None, False, True)))


_ROW = re.compile(r"U(?:(?:[,;v]|,v|;v|w)U)+")
_OWNED = re.compile(r"(?<![,U])U,U(?!,)")


def _owners(doc: Document, tokens: list[Token]) -> set[int]:
    """The tokens of bodies that stand behind their rooms: "Phòng A, Sở B; Đội C, Cục D", "Sở E và Khoa A, Bệnh viện B".

    Where commas alone part a row, it must be nothing but rooms with their bodies: "Phòng A, Sở B, Khoa C, Bệnh viện D".
    """
    symbols = "".join([t.symbol for t in tokens])
    found: set[int] = set()
    for row in _ROW.finditer(symbols) if "U,U" in symbols else ():
        units = [k for k in range(*row.span()) if symbols[k] == "U"]
        pairs = list(zip(units[::2], units[1::2], strict=False))
        if ";" not in row[0] and len(units) % 2 == 0 and all(_owned(doc, tokens, *pair) for pair in pairs):
            found.update(body for _, body in pairs)
            continue
        apart = (m.start() for m in _OWNED.finditer(symbols, *row.span()))
        found.update(k + 2 for k in apart if _owned(doc, tokens, k, k + 2))
    return found


def _owned(doc: Document, tokens: list[Token], room: int, body: int) -> bool:
    """Whether a room stands before a comma and a body that has rooms behind it."""
    first, second = tokens[room].chunk, tokens[body].chunk
    if body - room != 2 or not is_room(doc, first.start) or len(first.unit.parts) > 1 or len(second.unit.parts) > 1:
        return False
    if doc.key.endswith(_OF_TIER, first.start, first.end):
        return False  # "Phòng Tài chính huyện, Trung tâm Y tế huyện": two bodies of the district
    return tokens[room + 1].symbol == "," and not second.unit.is_a("room", "small", "place", "board", "mass")


_OF_TIER = (" huyện", " quận", " thị xã", " thành phố", " xã", " phường")


def is_room(doc: Document, at: int) -> bool:
    """Whether the name of a body's part begins here: "Phòng A", "Đội B", "Khoa C"."""
    hit = doc.hit("unit_heads", at)
    return hit is not None and hit.entry.is_a("room")


_COLLEGE, _UNIVERSITY = ("trường đại học ", "trường đh "), ("đại học ", "đh ")  # "Trường Đại học A - Đại học Đà Nẵng"
_OF = {"w": ("của", "thuộc", "trực thuộc"), "-": ("-",)}


def _of_body(doc: Document, part: Token, of: Token, body: Token) -> bool:
    """ "Nhà máy A | của | Công ty B", "Phòng A | thuộc | Sở B", "Khoa A | - | Bệnh viện B": a part by its full name."""
    if part.symbol != "U" or doc.key[part.chunk.end : body.chunk.start].strip() not in _OF.get(of.symbol, ()):
        return False
    member = doc.key.startswith(_COLLEGE, part.chunk.start) and doc.key.startswith(_UNIVERSITY, body.chunk.start)
    if not member and not _OF_FIRM.match(doc.key, part.chunk.start) and not is_room(doc, part.chunk.start):
        return False
    return part.chunk.end == part.chunk.unit.end and len(body.chunk.unit.parts) == 1 and _is_body(doc, body.chunk.start)


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
    if numbered := _NUMBERED.match(doc.key, end) if is_room(doc, start) else None:
        stop = numbered.end()
    stop = _abroad(doc, start, stop) or _with_brand(doc, unit, stop) or stop
    if following and end < stop == following.chunk.start - 1 and doc.key[stop] == " ":
        stop = following.chunk.end  # "... về ma túy | Công an tỉnh"
    parent = _PARENT.match(doc.key, stop) if _CHILD.match(doc.key, start) else None
    stop = parent.end() if parent and _is_body(doc, parent.start("body")) else stop
    return unit if stop == end else replace(unit, end=stop, parts=(*unit.parts[:-1], (start, stop)))


def _is_body(doc: Document, at: int) -> bool:
    """Whether the name of a body that has parts begins here."""
    hit = doc.hit("units", at) or doc.hit("unit_heads", at)
    return hit is not None and not hit.entry.is_a("place", "room", "small")


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
