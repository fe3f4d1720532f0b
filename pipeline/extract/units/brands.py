"""Firms that only a brand names: "Minh Hà Group", "Khối trưởng là KIBACO"; only bodies lead a bloc, so a foreign word there is one.

So are the foreign words of a row that bodies open: "các đơn vị: KIBACO, HV Gas, HV Oil Nà Lừa".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.document import Document
from pipeline.extract.names import FUNCTION_WORDS, UPPER
from pipeline.extract.units import Unit, read_unit
from pipeline.gazetteer import Hit


def find_brands(doc: Document) -> dict[int, Unit]:
    """The units by the place at which their names begin."""
    found = {start: _unit(start, tail.end) for tail in doc.hits.get("unit_tails", ()) for start in _starts(doc, tail)}
    brands = {word: _in_full(doc, word) for word in {doc.view[start:end] for start, end in _leading(doc)}}
    if brands:
        again = re.finditer(rf"(?<![\w.&/])(?:{'|'.join(map(re.escape, brands))})(?![\w&/])", doc.view)
        found |= {m.start(): _unit(*m.span(), brands[m[0]]) for m in again if m.start() not in doc.names_at}
    return found | {start: _unit(start, end) for start, end in _rows(doc)}


def _unit(start: int, end: int, full: Unit | None = None) -> Unit:
    return Unit(start, end, full.parts if full else ((start, end),), full.entry if full else None, True, True)


def _in_full(doc: Document, word: str) -> Unit | None:
    """The unit behind whose full name the word stands in brackets: "Đại học Kinh tế An Phú (APEU)"."""
    opened = doc.view.find(f" ({word})")
    for start in range(max(0, opened - _LONGEST), opened):
        if doc.begins(("units", "unit_heads"), start) and (unit := read_unit(doc, start, opened)) and unit.end == opened:
            return None if unit.is_a("place") else unit  # "TP. Nà Lừ (NLIZA)": the town's body, which has a name of its own
    return None


_CAPITALS = re.compile(rf"(?<![\w.])(?:[{UPPER}][\w&]* ){{1,4}}$")


def _starts(doc: Document, tail: Hit) -> Iterator[int]:
    """The words in front of a tail: the name begins with the first of them that nothing else takes ("Tại Minh Hà Group")."""
    words = _CAPITALS.search(doc.view, max(0, tail.start - 50), tail.start)
    if words is None:
        return
    at = words.start()
    for word in words[0].split():
        if word.lower() not in FUNCTION_WORDS:
            yield at
        at += len(word) + 1


# A word in capitals or of letters that no Vietnamese syllable has, where who leads a bloc is named.
_TOKEN = re.compile(r"[A-Z][A-Za-z0-9&]{2,}(?![\w&/]|\.\w)")
_BEHIND = re.compile(r"(?:(?<!\w)(?:là|cho|do|sang|từ|gồm|về)|[:(-]) ?(?:đơn vị |công ti |doanh nghiệp )?$")
_BEFORE = re.compile(
    r"(?:^|[.,;:(\n]\s*|(?<!\w)(?:bầu|bầu chọn|chọn|cử|suy tôn|giao|cho|giới thiệu|tín nhiệm|phân công|thống nhất|nhất trí|đề cử|và|đơn vị"
    r"|doanh nghiệp|trong đó|giám đốc|chủ tịch) )$"
)
_OFFICE = re.compile(
    r"(?:,? (?:tiếp tục |đã |được |vinh dự |hội nghị |tín nhiệm |bầu chọn |bầu |chọn |cử |suy tôn |phân công |giao |đơn vị )*"
    r"(?:làm|giữ|là|đảm nhận|đảm nhiệm|tiếp nhận|nhận)(?: (?:bàn giao|nhiệm vụ|vai trò|chức|chức vụ|trọng trách|cương vị|đơn vị|tân))*"
    r"| ?[-(,] ?(?:đơn vị)?) ?$"
)
_ROMAN = frozenset("IVX")
_AROUND = 70
_LONGEST = 90
_VOWELS = frozenset("AEIOUYaeiouy")
_NATIVE = re.compile(r"(?:ngh?|[kgct]h|[pt]h|nh|tr|gi|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")


def _leading(doc: Document) -> Iterator[tuple[int, int]]:
    for role in doc.hits.get("bloc_roles", ()):
        for word in _TOKEN.finditer(doc.view, max(0, role.start - _AROUND), role.end + _AROUND):
            if word.start() not in doc.names_at and _is_foreign(word[0]) and _holds(doc, word, role):
                yield word.span()


def _is_foreign(word: str) -> bool:
    return not _ROMAN.issuperset(word) and (word.isupper() or _NATIVE.fullmatch(word.lower()) is None)


def _holds(doc: Document, word: re.Match[str], role: Hit) -> bool:
    """Whether the words between a word and an office say that it is held: "KIBACO được bầu làm | Khối phó", "Khối trưởng: | KIBACO"."""
    if word.end() <= role.start:
        return bool(_BEFORE.search(doc.key, 0, word.start()) and _OFFICE.fullmatch(doc.key, word.end(), role.start))
    gap = doc.key[role.end : word.start()]
    return not any(mark in gap for mark in ".;,") and _BEHIND.search(gap) is not None


_ROW_OPENS = re.compile(
    r"(?:đơn vị|doanh nghiệp|ngân hàng|công ti|tập đoàn)(?!\w)[^.;:()]{0,40}?(?:: ?|\(| (?:gồm|là):? )"
    r"|(?:đại diện|lãnh đạo|chỉ huy) (?=p[a-z]\d{2},)"  # "đại diện PA08, PC02": rooms of the police
)
_ITEM = re.compile(rf"[{UPPER}][\w&-]*(?: [{UPPER}][\w&-]*){{0,4}}(?=(?:,| và |;|\)|\.?$|\.\s))", re.MULTILINE)
_STEP = re.compile(r"[,;] ?(?:và )?| và ")
_FIRST = re.compile(r"[A-Z][A-Za-z0-9&]+(?![\w/])")


def _rows(doc: Document) -> Iterator[tuple[int, int]]:
    """The brands of a row of bodies, two at least unless others with a head of their own stand among them."""
    for opening in _ROW_OPENS.finditer(doc.key):
        at, found, items = opening.end(), [], 0
        while stop := _item_end(doc, at):
            items += 1
            if at not in doc.names_at and (first := _FIRST.match(doc.view, at)) and _is_foreign(first[0]):
                found.append((at, stop))
            step = _STEP.match(doc.view, stop)
            at = step.end() if step else len(doc.view)
        if len(found) > 1 or items > 3:
            yield from found


def _item_end(doc: Document, at: int) -> int | None:
    if doc.begins(("units", "unit_heads"), at) and (unit := read_unit(doc, at, at + _LONGEST)):
        return unit.end
    item = _ITEM.match(doc.view, at)
    return item.end() if item else None
