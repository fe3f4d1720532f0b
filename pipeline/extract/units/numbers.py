"""Bodies of one kind that differ by their number alone.

"Tòa án nhân dân các khu vực 1, 2 và 3", "VKSND khu vực 4, 5, 6 và VKSND khu vực 7", "các Thuế cơ sở: 5, 6 và 7"
Refused: numbers that count something ("TAND khu vực 4, 12 vụ án").
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.names import place_end
from pipeline.extract.units import Span, Unit
from pipeline.gazetteer import Entry

_STEP = re.compile(r"(?:,(?:và )?| và |;)(?:(?:số|khu vực) )?(?=[\divx])")  # "Phòng Quản lý thuế số 1, số 2"
_NUMBER = re.compile(r"(?:\d{1,3}|[ivx]{1,4})(?![\w%]|[/.]\d)")
_LAST = frozenset("0123456789ivx")
_STANDS_ALONE = re.compile(r" ?[,;:.()\n-]| (?:và|tổ chức|họp|đã|vừa|cùng|dự|về)(?!\w)|$")
_BEHIND = ("cues", "meeting_kinds", "bloc_heads")
_NUMBERED = re.compile(r".*(?<!\w)(?:khu vực|cơ sở|số|quận|phường) (?=(?:\d{1,2}|[ivx]{1,4})$)")
_OF_FORCES = re.compile(r".* (?=\d{1,3}$)")  # "Trung đoàn 877, 878"
_AREAS = re.compile(r" (?:các |\d{1,2} )(?P<head>khu vực)(?: gồm| số)?:? (?=\w)")
_NEXT_AREA = re.compile(r"(?:,(?:và )?| và |;)(?=\w)")


def numbered(doc: Document, heads: tuple[Span, ...], entry: Entry, at: int, end: int) -> list[Unit]:
    """The bodies of the numbers that follow each other from `at` on."""
    found: list[Unit] = []
    while (number := _NUMBER.match(doc.key, at, end)) and _names_a_body(doc, number.end(), end):
        found.append(Unit(at, number.end(), (*heads, number.span()), entry, True, True))
        step = _STEP.match(doc.key, number.end(), end)
        if step is None:
            break
        at = step.end()
    return found


def _names_a_body(doc: Document, stop: int, end: int) -> bool:
    """Whether a number is a name: nothing follows it that it could count."""
    return stop == end or _STANDS_ALONE.match(doc.key, stop, end) is not None or doc.begins(_BEHIND, stop + 1)


def numbers_behind(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """The further numbers behind a body that is named by its number: "VKSND khu vực 4, 5, 6"."""
    step = _STEP.match(doc.key, unit.end, end) if doc.key[unit.end - 1] in _LAST and len(unit.parts) == 1 else None
    head = (_OF_FORCES if unit.is_a("numbered") else _NUMBERED).match(doc.key, unit.start, unit.end) if step else None
    return numbered(doc, ((unit.start, head.end() - 1),), unit.entry, step.end(), end) if head else []


# "Phòng PC06, PC07 và PA08": rooms that go by a code
_CODED = re.compile(r".* (?=[A-Z]{1,3}\d{2}$)")
_CODE = re.compile(r"(?:,(?:và )?| và |; ?)(?P<code>[a-z]{1,3}\d{2})(?!\w)")


def codes_behind(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """The further codes behind a room that is named by its code."""
    step = _CODE.match(doc.key, unit.end, end) if doc.key[unit.end - 1].isdigit() and len(unit.parts) == 1 else None
    head = _CODED.match(doc.view, unit.start, unit.end) if step else None
    found: list[Unit] = []
    while head and step and doc.capital_at(step.start("code")):
        found.append(Unit(*step.span("code"), ((unit.start, head.end() - 1), step.span("code")), unit.entry, True, True))
        step = _CODE.match(doc.key, step.end(), end)
    return found


def _named(doc: Document, heads: tuple[Span, ...], entry: Entry, at: int, end: int) -> list[Unit]:
    """The bodies of the areas whose names follow each other from `at` on."""
    found: list[Unit] = []
    while at < end and doc.capital_at(at) and not doc.begins(_ELSE, at) and (stop := place_end(doc, at, end)):
        found.append(Unit(at, stop, (*heads, (at, stop)), entry, True, True))
        step = _NEXT_AREA.match(doc.key, stop, end)
        if step is None:
            break
        at = step.end()
    return found


# "Văn phòng HĐND và UBND các địa phương: Nà Lừ, Bản Qua"
_LOCALITIES = re.compile(r"(?: của)? (?:các|\d{1,2}) địa phương(?: (?:trong|thuộc) (?:khối|cụm)(?: thi đua)?)?(?:,? (?:là|gồm))?: ")
_ELSE = ("units", "positions", "titles", "regions", "awards", "bloc_heads")


def areas(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "Tòa án nhân dân các khu vực 1, 2 và 3", "Hạt Kiểm lâm các khu vực Nà Lừ, Bản Qua", "Văn phòng UBND các địa phương: A, B"."""
    if places := _LOCALITIES.match(doc.key, unit.end, end):
        found = _named(doc, ((unit.start, unit.end),), unit.entry, places.end(), end)
        return [Unit(unit.start, found[0].end, found[0].parts, unit.entry, True, True), *found[1:]] if len(found) > 1 else []
    opening = _AREAS.match(doc.key, unit.end, end)
    if opening is None:
        return []
    heads = ((unit.start, unit.end), opening.span("head"))
    found = numbered(doc, heads, unit.entry, opening.end(), end) or _named(doc, heads, unit.entry, opening.end(), end)
    return [Unit(unit.start, found[0].end, found[0].parts, unit.entry, True, True), *found[1:]] if len(found) > 1 else []
