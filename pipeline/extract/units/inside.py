"""Lists of bodies whose own name stands once, before those that they belong to or the places that they have.

"6 đảng ủy: Công an tỉnh, Sở Y tế"; "Agribank (các chi nhánh: Hà Giang, Lào Cai)"; "Công an: phường A, xã B"
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.names import place_end
from pipeline.extract.units import Unit, read_unit
from pipeline.extract.units.items import ITEM_BREAK, item_end, own_tier

_BRANCHES = re.compile(r" ?\((?:\d{1,2} |các )?(?P<head>chi nhánh|cn)(?:: ?| )")


def branches(doc: Document, bank: Unit, end: int) -> list[Unit]:
    """ "Agribank (các chi nhánh: Hà Giang, Lào Cai)": each branch of the bank."""
    opening = _BRANCHES.match(doc.key, bank.end, end)
    found: list[Unit] = []
    cursor = opening.end() if opening else end
    while cursor < end and (stop := place_end(doc, cursor, end)):
        found.append(Unit(cursor, stop, ((bank.start, bank.end), opening.span("head"), (cursor, stop)), bank.entry, True, True))
        gap = ITEM_BREAK.match(doc.key, stop, end)
        cursor = gap.end() if gap else end
    return found if len(found) > 1 else []


_TIERS_FOLLOW = re.compile(r" ?: ?(?=(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh) \w)")


def of_tiers(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "Công an: phường A, phường B, xã C, D": the body's name stands once, its places behind the colon."""
    opening = _TIERS_FOLLOW.match(doc.key, unit.end, end)
    found: list[Unit] = []
    cursor, tier = opening.end() if opening else end, (0, 0)
    if not opening and doc.key.startswith(": ", unit.end):
        return _of_provinces(doc, unit, unit.end + 2, end)
    while cursor < end:
        own = own_tier(doc, cursor)
        stop = place_end(doc, own + 1, end) if own else item_end(doc, cursor, end, unit.entry, True, True) if found else None
        if not stop:
            break
        tier = (cursor, own) if own else tier
        begin = unit.start if not found else cursor
        place = ((cursor, stop),) if own else (tier, (cursor, stop))
        found.append(Unit(begin, stop, ((unit.start, unit.end), *place), unit.entry, True, True))
        gap = ITEM_BREAK.match(doc.key, stop, end)
        cursor = gap.end() if gap else end
    return found if len(found) > 1 else []


def _of_provinces(doc: Document, unit: Unit, cursor: int, end: int) -> list[Unit]:
    """ "BHXH: Bình Dương, Tây Ninh và TP. Hồ Chí Minh": three provinces at least."""
    found: list[Unit] = []
    while (province := doc.hit("provinces", cursor)) and province.end <= end:
        begin = unit.start if not found else cursor
        found.append(Unit(begin, province.end, ((unit.start, unit.end), (cursor, province.end)), unit.entry, True, True))
        gap = ITEM_BREAK.match(doc.key, province.end, end)
        cursor = gap.end() if gap else end
    return found if len(found) > 2 else []


_OPENS_LIST = re.compile(r"(?: là| gồm(?: có)?)?: ?")


def of_bodies(doc: Document, at: int, end: int) -> list[Unit]:
    """ "6 đảng ủy: Công an tỉnh, Sở Y tế", "các công đoàn cơ sở: Trường A; Báo B": bodies inside those that are listed."""
    hits = (doc.small_hit("units", at) or doc.hit("units", at), doc.small_hit("unit_heads", at) or doc.hit("unit_heads", at))
    head = max((h for h in hits if h and h.entry.is_a("inside")), key=lambda h: h.end, default=None)
    opening = _OPENS_LIST.match(doc.key, head.end, end) if head else None
    if opening is None or head.entry.is_a("room", "central"):
        return []
    first = read_unit(doc, opening.end(), end)
    if first is None or first.is_a("place", "inside"):
        return []
    found = inside(doc, Unit(at, head.end, ((at, head.end),), head.entry), end)
    return found if len(found) > 1 else []


_OPENS_INSIDE = re.compile(r"(?: (?:các )?(?:đơn vị|cơ quan|doanh nghiệp))?(?: ?\(|(?: là| gồm(?: có)?)?: )")


def inside(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "09 CĐCS (Trường A; Báo B)", "Công đoàn cơ sở các đơn vị: A, B": bodies told by those that they belong to."""
    opening = _OPENS_INSIDE.match(doc.key, unit.end, end)
    found: list[Unit] = []
    cursor = opening.end() if opening else end
    if doc.key.startswith(f"{doc.key[unit.start : unit.end]} ", cursor):
        return []  # "12 CĐCS: CĐCS Trường A, CĐCS Báo B": each is named in full
    while cursor < end and (parent := read_unit(doc, cursor, end)):
        found.append(Unit(cursor, parent.end, ((unit.start, unit.end), (cursor, parent.end)), unit.entry, True, True))
        gap = ITEM_BREAK.match(doc.key, parent.end, end)
        cursor = gap.end() if gap else end
    return found


_AND = r"(?:,| và |-)(?:(?:đại diện|lãnh đạo|thường trực|ban thường trực) )*"
_COMMITTEE_ROW = re.compile(rf"(?:huyện|thành|thị|quận|đảng) ủy(?:{_AND}(?:hđnd|ubnd|hội đồng nhân dân|ủy ban nhân dân))+{_AND}$")


def behind_committee(doc: Document, unit: Unit) -> bool:
    """ "Huyện ủy, HĐND, UBND, Ủy ban MTTQ các huyện A, B": those who lead a place stand for it, whoever is named last."""
    return unit.is_a("mass") and _COMMITTEE_ROW.search(doc.key, max(0, unit.start - 100), unit.start) is not None
