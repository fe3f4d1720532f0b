"""Bodies that bear the name of the body they belong to.

"Công đoàn cơ sở Công ty Than Mạo Khê", "Ban Thi đua - Khen thưởng, Sở Nội vụ"; "Ban Tuyên giáo, Ban Tổ chức, Văn phòng Tỉnh ủy"
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.names import place_end
from pipeline.extract.units import Span, Unit, read_unit

_NEXT_BOARD = re.compile(r"(?:,| và |; )(?:cơ quan )?(?=\w)")


def owner_later(doc: Document, at: int, end: int) -> Span | None:
    """ "Ban Tuyên giáo, Ban Tổ chức, Văn phòng Tỉnh ủy": the committee behind the last board of a list is every board's."""
    while step := _NEXT_BOARD.match(doc.key, at, end):
        whole = doc.hit("units", step.end())
        board = whole if whole and not whole.entry.is_a("board") else None
        if board:  # "Ban Tổ chức Tỉnh ủy", "Văn phòng Huyện ủy": known with its committee
            begin = doc.key.rfind(" ", board.start, board.end)
            begin = doc.key.rfind(" ", board.start, begin) + 1
            owner = doc.hit("units", begin)
            return (begin, owner.end) if owner and owner.end == board.end and owner.entry.is_a("party_committee") else None
        room = whole or doc.hit("unit_heads", step.end())
        if room is None or not room.entry.is_a("board", "office"):
            return None
        at = room.end
        owner = doc.hit("units", at + 1) if doc.view[at : at + 1] == " " else None
        if owner and owner.entry.is_a("party_committee"):
            return owner.start, owner.end
    return None


def with_parent(doc: Document, unit: Unit, end: int, after_post: bool = False) -> Unit:
    """ "Ban CHQS Trường Đại học Sao Mai", "Công đoàn cơ sở Công ty X": a body inside another bears the other's name."""
    seat = _SEAT.match(doc.key, unit.end, end) if unit.entry is not None and unit.entry.code in _SEATED else None
    if seat and (stop := place_end(doc, seat.end(), end)):
        return Unit(unit.start, stop, ((unit.start, stop),), unit.entry, True, True)
    if unit.placed or len(unit.parts) > 1:
        return unit
    if unit.is_a("room") and not after_post:
        return _room_of(doc, unit, end)
    if doc.view[unit.end : unit.end + 1] == "," and unit.is_a("emulation", "central"):
        return _with_owner(doc, unit, end, after_post)
    if doc.view[unit.end : unit.end + 1] != " ":
        return unit
    if not unit.is_a("inside"):
        return _of_ministry(doc, unit, end, after_post) if unit.is_a("emulation") else unit
    parent = read_unit(doc, unit.end + 1, end, after_post)
    if parent is None or (parent.entry is not None and parent.entry.fields.get("tail") == "place"):
        return unit
    return Unit(unit.start, parent.end, ((unit.start, parent.end),), unit.entry, True, True)


def _of_ministry(doc: Document, board: Unit, end: int, after_post: bool) -> Unit:
    """ "Ban Thi đua - Khen thưởng Học viện Hành chính Quốc gia": the board of a ministry or central body."""
    own = doc.hit("units", board.end + 1)
    body = read_unit(doc, own.start, end, after_post) if own and own.entry.fields["level"] == "ministry" else None
    return Unit(board.start, body.end, ((board.start, body.end),), board.entry, True, True) if body else board


_SEATED = ("PHANHIEU", "VPDD")
_SEAT = re.compile(r" tại (?:tỉnh |thành phố |tp\.? ?)?(?=\w)")  # "Phân hiệu Đại học Nông lâm tại Gia Lai"
_WHO_SENDS = re.compile(r"(?<!\w)(?:đại diện|lãnh đạo|chuyên viên|cán bộ) $")
_ITS_BODY = re.compile(r",|-| ?\((?=[^()]+\))| (?=sở )")


def _room_of(doc: Document, room: Unit, end: int) -> Unit:
    """ "Phòng Thi đua - Khen thưởng, Sở Nội vụ", "đại diện Phòng Tổ chức (Sở Y tế)": a room that comes for its body bears its name."""
    step = _ITS_BODY.match(doc.key, room.end, end)
    own = doc.hit("units", step.end()) if step else None
    if own is None or own.entry.is_a("place", "room", "government", "party_committee"):
        return room
    if step[0] == "," and own.entry.is_a("mass"):
        return room  # "đại diện Phòng Nội vụ, Hội Nông dân huyện": two bodies
    if not room.is_a("emulation") and not _WHO_SENDS.search(doc.key, max(0, room.start - 14), room.start):
        return room
    body = read_unit(doc, own.start, end)
    stop = body.end + ("(" in step[0]) if body else room.end
    return Unit(room.start, stop, ((room.start, stop),), room.entry, True, True)


def _with_owner(doc: Document, unit: Unit, end: int, after_post: bool) -> Unit:
    """ "Ban Thi đua - Khen thưởng, Sở Nội vụ", "Vụ Pháp chế, Bộ Y tế": the board is the department's; both are one name.

    In a list ("Cục A, Vụ B, Bộ Y tế") each stands for itself; behind a post `parties` tells the room from the body.
    """
    own = doc.hit("units", unit.end + 1)
    central_board = own is not None and own.entry.is_a("emulation") and own.entry.fields["level"] == "ministry"
    central_board = central_board and not own.entry.is_a("central")  # "Vụ Pháp chế, Vụ Thi đua - Khen thưởng"
    of_ministry = unit.is_a("central") and (central_board or doc.key.startswith("bộ ", unit.end + 1))
    if own is None and not unit.is_a("inside") or unit.is_a("council"):
        return unit
    before = doc.view[unit.start - 2 : unit.start - 1]
    if unit.is_a("inside") and before != "," and (parent := _central_body(doc, unit.end + 1, end)):
        return Unit(unit.start, parent.end, ((unit.start, parent.end),), unit.entry, True, True)
    listed = after_post or before in (",", ";", ":")
    if own is None or (not (of_ministry and not listed) and not (unit.is_a("emulation") and own.entry.is_a("home_affairs"))):
        return unit
    parent = read_unit(doc, own.start, end)
    return Unit(unit.start, parent.end, ((unit.start, parent.end),), unit.entry, True, True) if parent else unit


# "Vụ Thống kê Tổng hợp, Tổng cục Thống kê.", "; Vụ Pháp chế, TAND tối cao;": the end of an item, where a row would go on
_CENTRAL = re.compile(r"(?:bộ|tổng cục) (?=\w)|[^,;:.]{3,40} (?:việt nam|tối cao)(?= ?(?:[;.)]|$))")
_ITEM_ENDS = re.compile(r" ?(?:[;.)\n]|$)")


def _central_body(doc: Document, at: int, end: int) -> Unit | None:
    """The ministry or central agency that ends the item of a list of its departments."""
    parent = read_unit(doc, at, end) if _CENTRAL.match(doc.key, at, end) else None
    return parent if parent and parent.start == at and _ITEM_ENDS.match(doc.key, parent.end) else None
