"""Bodies told by their field of work alone, in a list of units.

"các đơn vị: Nội vụ, Tư pháp, Văn phòng UBND tỉnh"; "Công đoàn ngành Y tế, Giáo dục và Công Thương"
Refused: fields that are no list of units ("các lĩnh vực: Y tế, Giáo dục"), and lists of which not every item can be read.
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.names import capital_run
from pipeline.extract.units import Span, Unit, read_unit

_UNITS = re.compile(
    r"(?:đơn vị|cơ quan|thành viên|doanh nghiệp)(?: (?:thành viên|tham dự|(?:trong|thuộc|của) (?:khối|cụm)(?: thi đua)?))*"
    r"(?: là| (?:bao )?gồm(?: có)?)?: ?(?=\w)"
)
_STEP = re.compile(r"(?:,(?:và )?| và |; ?)(?=\w)")
_CLOSES = re.compile(r"[,;.:)\n]| và | (?:đã|cùng|tham|dự|tổ chức|họp|kí)(?!\w)|$")
_FEWEST = 3


_TWIN = re.compile(r" ?- ?")


def field_end(doc: Document, at: int, end: int) -> int | None:
    """The end of a field, or of two joined by a dash, that is all that stands between two marks."""
    if at >= end or not doc.capital_at(at):
        return None
    for table in ("department_fields", "field_words"):
        field = doc.hit(table, at)
        twin = _TWIN.match(doc.key, field.end, end) if field else None
        field = (twin and doc.hit("field_words", twin.end())) or field
        if field and field.end <= end and (field.end == end or _CLOSES.match(doc.key, field.end, end)):
            return field.end
    return None


def told_by_field(doc: Document, at: int, end: int) -> list[Unit]:
    """The units of "đơn vị: Nội vụ, Tư pháp, Thanh tra tỉnh", whose head the article may tell elsewhere ("Sở Nội vụ")."""
    opening = _UNITS.match(doc.key, at, end)
    if opening is None or field_end(doc, opening.end(), end) is None:
        return []
    found: list[Unit | Span] = []
    cursor = opening.end()
    while item := _item(doc, cursor, end):
        found.append(item)
        stop = item.end if isinstance(item, Unit) else item[1]
        step = _STEP.match(doc.key, stop, end)
        if step is None:
            break
        cursor = step.end()
    fields = [item for item in found if not isinstance(item, Unit)]
    if len(found) < _FEWEST or len(fields) < 2:
        return []
    entry = next((h.entry for a, _ in fields if (h := doc.hit("department_fields", a))), None)
    head = _department(doc, fields)
    return [item if isinstance(item, Unit) else Unit(item[0], item[1], (*head, item), entry, True, True) for item in found]


def _item(doc: Document, at: int, end: int) -> Unit | Span | None:
    if stop := field_end(doc, at, end):
        return at, stop
    return read_unit(doc, at, end)


def _department(doc: Document, fields: list[Span]) -> tuple[Span, ...]:
    """ "Sở", where the article names one of the fields as a department's."""
    places = (doc.key.find("sở " + doc.key[a:b]) for a, b in fields if doc.hit("department_fields", a))
    return next((((at, at + len("sở")),) for at in places if at >= 0), ())


def of_union(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "Công đoàn ngành Y tế, Giáo dục và Công Thương": fields behind the union of the first."""
    head = (unit.start, unit.start + len("công đoàn ngành"))
    found: list[Unit] = []
    cursor = unit.end
    while (step := _STEP.match(doc.key, cursor, end)) and (stop := field_end(doc, step.end(), end)) and not doc.hit("units", step.end()):
        found.append(Unit(step.end(), stop, (head, (step.end(), stop)), unit.entry, True, True))
        cursor = stop
    return found


_NEXT_FIELD = re.compile(r" và |-| ")


def fuller_head(doc: Document, stop: int, begin: int, item: int, second: int, end: int) -> int:
    """The end of the shared head once the first item shows it: "các Công ty Cấp nước An Phú, Long Hòa" shares "Công ty Cấp nước"."""
    words = doc.hit("department_fields", begin) or doc.hit("field_words", begin)
    reach = begin
    while words and words.end < item:
        reach = words.end
        joined = _NEXT_FIELD.match(doc.key, reach)
        words = doc.hit("field_words", joined.end()) if joined else None
    proper = reach > begin and begin - stop == 1 and doc.capital_at(reach + 1) and doc.hit("field_words", second) is None
    return reach if proper and len(capital_run(doc, second, end)) >= 2 else stop
