"""Lists told line by line: "Chủ trì Hội nghị:", "Tham dự Hội nghị có:", and below it a person or a body a line.

"+ Sở Xây dựng;" below "Đại diện lãnh đạo các đơn vị:" is a member.
Refused: lists of awards and votes ("Tặng Bằng khen cho các đơn vị:"), and lines that say more than a name.
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document, Sentence
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit
from pipeline.extract.units.lists import read_units

_MARK = re.compile(r"(?:[-+*•–] ?|\d{1,2} ?[.)/-] ?|[a-zđ]\) ?)+")
_OF_MEMBERS = re.compile(r"(?<!\w)(?:dự|tham dự|thành phần|gồm|thành viên|đại diện|lãnh đạo|các đơn vị|có mặt)(?!\w)")
_OF_OTHERS = re.compile(r"(?<!\w)(?:tặng|trao|thưởng|khen|đề nghị|suy tôn|bầu|xếp|điểm|phiếu|kết quả|danh hiệu|cờ|nhận)(?!\w)")
_LED_IN = re.compile(r"(?:(?:đại diện|lãnh đạo|các|tập thể) ?)+(?=\w)")
_ENDS = re.compile(r"(?: ?\([^()]*\))?(?: ?[-,:] ?(?:là )?(?:đơn vị )?(?:phó )?(?:khối|cụm|trưởng|phó)[^.;]{0,40})?[ ;.,]*$")


def opens_list(doc: Document, sentence: Sentence) -> bool:
    """Whether a line announces the lines below it."""
    return doc.view[sentence.start : sentence.end].rstrip().endswith(":")


def is_item(doc: Document, sentence: Sentence) -> bool:
    """Whether a line begins with the mark of a list."""
    return _MARK.match(doc.key, sentence.start, sentence.end) is not None


def members_below(doc: Document, lines: list[Chunks]) -> list[Unit]:
    """The bodies that stand alone on the lines below words of attendance or membership."""
    found: list[Unit] = []
    opened = False
    for line in lines:
        sentence = line.sentence
        if opens_list(doc, sentence):
            told = doc.key[sentence.start : sentence.end]
            opened = bool(_OF_MEMBERS.search(told)) and not _OF_OTHERS.search(told)
        elif opened:
            units = _of_line(doc, sentence)
            found += units
            opened = bool(units) or is_item(doc, sentence)
    return found


def _of_line(doc: Document, sentence: Sentence) -> list[Unit]:
    """The units of a line that holds nothing else, but for the office that one of them has."""
    mark = _MARK.match(doc.key, sentence.start, sentence.end)
    at = mark.end() if mark else sentence.start
    led = _LED_IN.match(doc.key, at, sentence.end)
    at = led.end() if led else at
    units = read_units(doc, at, sentence.end)
    if not units or not _ENDS.match(doc.key, units[-1].end, sentence.end):
        return []
    return [u for u in units if u.is_a("brand") or " " in doc.key[u.start : u.end]]
