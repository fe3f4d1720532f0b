"""Rooms of a body among those who take part: each is a member where rooms are listed, and one of nobody where it is told alone.

"Cụm gồm: Phòng Tham mưu, Phòng Chính trị", "Có mặt tại hội nghị: Phòng Tư pháp, Đài Truyền thanh cùng đại diện Phòng Nội vụ"
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunks

# "Cụm thi đua số 3 gồm: Phòng Tham mưu, Phòng Chính trị"
_MEMBERS_BEFORE = re.compile(r"B[^OTPf.]{0,5}m:?(?:(?:U(?:\(w\))?|U?w(?=[,;v]))[,;v]*)*$")
# "chỉ huy các đơn vị: Phòng Cảnh sát cơ động, Phòng Tham mưu"
_LISTED = re.compile(r"(?:[dmN]|ew?):(?:(?:U|U?w(?=[,;v]))[,;v]+d?)*$")
_ROW_BEFORE = re.compile(r"(?:U(?:[,;]v?|v))*$")
_SENT_BY = re.compile(r"(?<!\w)(?:đại diện|lãnh đạo|chỉ huy)(?: (?:đại diện|lãnh đạo|chỉ huy))? $")
_ROW = re.compile(r"U(?:[,;]v?|v)U")


def room_of_nobody(doc: Document, chunks: Chunks, index: int) -> bool:
    """Whether a unit is a room whose body is not told, and no row of rooms shows it as a member."""
    unit = chunks[index].unit
    if not unit.is_a("room") or unit.placed or doc.within("units", unit.start + 1, unit.end):
        return False
    return not _MEMBERS_BEFORE.search(chunks.symbols, 0, index) and not _told(doc, chunks, index)


def _told(doc: Document, chunks: Chunks, index: int) -> bool:
    """ "đại diện Phòng Tham mưu, Phòng Chính trị": several rooms that send somebody, in a force or a commune of many."""
    if _LISTED.search(chunks.symbols, 0, index):
        return True
    if _ROW.match(chunks.symbols, index) is None and chunks.symbols[index - 1] not in ",;v":
        return False
    first = chunks[_ROW_BEFORE.search(chunks.symbols, 0, index).start()].start
    return _SENT_BY.search(doc.key, chunks.sentence.start, first) is not None
