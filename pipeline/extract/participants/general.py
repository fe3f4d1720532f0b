"""Names that stand for no body in particular: those that steer, all bodies of a tier, rooms of nobody.

"UBND", "Tỉnh ủy" alone; "10 đơn vị Công an xã, phường"; "Văn phòng Sở"
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit

_GENERAL = frozenset(
    ("ubnd", "hđnd", "ủy ban nhân dân", "tòa án", "công an", "đảng ủy", "tỉnh ủy", "đài truyền hình", "trung ương hội", "ban tổ chức")
)


_STEER = ("ubnd", "hđnd", "ủy ban nhân dân", "đảng ủy", "tỉnh ủy", "huyện ủy", "thành ủy", "thị ủy", "quận ủy")
_BODIES = re.compile(r"U(?:(?:[,;]v?|v)?U)+")


def in_row_of_place(doc: Document, chunks: Chunks, index: int) -> bool:
    """ "Tòa án, Công an, Thanh tra, Sở Tư pháp tỉnh Sơn La": bodies of the place that one behind them names.

    So are those that a bloc lists as its own: "Khối gồm các ngành: Công an, Tòa án, Viện Kiểm sát".
    """
    unit = chunks[index].unit
    row = next((m for m in _BODIES.finditer(chunks.symbols) if m.start() <= index < m.end()), None)
    if doc.key.startswith(_STEER, unit.start):
        return False
    begin = row.start() if row else index
    if doc.key.endswith(("ngành: ", "ngành:"), 0, chunks[begin].start):
        return True
    if chunks.symbols.endswith(":", 0, begin) and ("m" in chunks.symbols[:begin] or chunks.symbols.endswith(("d:", "N:"), 0, begin)):
        return True
    if row is None or row[0].count("U") < 3:
        return False
    behind = (chunks[i].unit for i in range(index + 1, row.end()) if chunks.symbols[i] == "U")
    return any(u.placed or doc.key.endswith((" tỉnh", " huyện"), u.start, u.end) for u in behind)


_NO_BODY = (" sở", " ban", " hội", " cục", " ngành", " cơ quan", " đơn vị", " công ti")


_AND_TIERS = re.compile(r"(?:,| và )(?:xã|phường|thị trấn|đặc khu) (?=\w)")


def _of_all_places(doc: Document, unit: Unit) -> bool:
    """ "10 đơn vị Công an xã, phường trong Cụm": bodies of a tier, none of them named."""
    tiers = _AND_TIERS.match(doc.key, unit.end) if doc.key.endswith((" xã", " phường"), unit.start, unit.end) else None
    return tiers is not None and not doc.capital_at(tiers.end())


_LEADS = re.compile(
    r"(?:huyện|thành|thị|quận) ủy(?:,| và |-)(?:(?:đại diện|lãnh đạo|thường trực) )*(?:hđnd|ubnd|hội đồng nhân dân|ủy ban nhân dân)(?!\w)"
)


_TIERS = (" hai cấp", " 2 cấp", " ba cấp", " 3 cấp", " các cấp")
_EACH = ("từng ", "mỗi ")  # "đến từng Công an xã"


def too_general(doc: Document, unit: Unit) -> bool:
    """ "UBND", "Tỉnh ủy, HĐND, UBND tỉnh" steer; they seldom sit among the members by that name alone."""
    if unit.is_a("brand") or (unit.entry is None and unit.placed):
        return False  # firms known by one word, members of the blocs of banks and post offices; those that the article shows
    if doc.key.endswith(_EACH, 0, unit.start):
        return True
    whole = len(unit.parts) == 1  # "các Sở: GTVT, KH&CN": each is a department's field
    if whole and unit.entry is not None and unit.entry.fields.get("level") == "sector" and doc.view[unit.start : unit.end].isupper():
        bare_head = unit.entry.table != "units" and " " not in doc.key[unit.start : unit.end]  # "CĐ", no "BV TPK"
        return unit.is_a("government", "party_committee", "emulation") or bare_head  # "VKSND, TAND, Sở Tư pháp" are told
    if whole and (_of_all_places(doc, unit) or _LEADS.match(doc.key, unit.start)):
        return True  # "Huyện ủy, HĐND, UBND huyện Nà Lừ": of the place that is named last
    text = doc.key[unit.parts[0][0] : unit.parts[-1][1]]
    if text.endswith(_TIERS):
        return True  # "mô hình Công an hai cấp"
    if unit.is_a("office") and text.endswith(_NO_BODY):
        return True  # "lãnh đạo Sở, Văn phòng Sở"
    if text == "thanh tra" and not doc.capital_at(unit.start):
        return True  # "ý kiến của cơ quan thuế, thanh tra"
    return text in _GENERAL or (whole and " " not in text and "-" not in text)


_FORMER = re.compile(
    r"(?<!\w)nguyên (?:(?:là )?(?:các )?(?:đồng chí )?(?:lãnh đạo|cán bộ)(?: chủ chốt)?)(?: (?:các|của|hai|ba|\d{1,2}))* $"
)
_STAFF = ("công chức ", "chuyên viên ", "cán bộ ", "nhân viên ")


_FUND = ("quỹ ", "quĩ ")
_GIVEN_TO = re.compile(r"(?<!\w)(?:ủng hộ|đóng góp|quyên góp|vận động|(?<!đầu tư )xây dựng)(?: [^.;:]{0,120})?$")


def of_former_or_staff(doc: Document, start: int, unit: Unit) -> bool:
    """ "nguyên lãnh đạo hai tỉnh A, B": who led them once; "công chức Văn phòng tổng hợp của các đơn vị": people of each unit's room.

    So is a fund that the members give to: "ủng hộ Quỹ Đền ơn đáp nghĩa, Quỹ Bảo trợ trẻ em".
    """
    if _FORMER.search(doc.key, start, unit.parts[0][0]):
        return True
    if doc.key.startswith(_FUND, unit.start) and _GIVEN_TO.search(doc.key, start, unit.start):
        return True
    return unit.is_a("room", "office") and not unit.placed and doc.key.endswith(_STAFF, 0, unit.start)


_TELLS = re.compile(r" (?:trình bày|thông qua|báo cáo) tại (?:hội nghị|buổi)(?!\w)")


def told_by(doc: Document, before: str, end: int) -> bool:
    """ "báo cáo do Sở Tư pháp trình bày tại hội nghị": who speaks there."""
    return before.endswith("do ") and _TELLS.match(doc.key, end) is not None


_WELCOMED = re.compile(r"(?<!\w)được (?:các )?(?:(?:lãnh đạo|đại diện|cán bộ|ban giám đốc) )*$")
_WELCOMES = re.compile(r" (?:đã )?(?:nhiệt tình |nồng nhiệt |trực tiếp )?(?:đón tiếp|tiếp đón|giới thiệu|thuyết minh|hướng dẫn)(?!\w)")


def welcomes(doc: Document, before: str, end: int) -> bool:
    """ "Đoàn được lãnh đạo Nhà máy A đón tiếp": who receives a visit."""
    return _WELCOMED.search(before) is not None and _WELCOMES.match(doc.key, end) is not None
