"""Who took part in a bloc's games and votes: those who won there, those who came second and third."""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunks

ROW = re.compile(r"U(?:(?:,|v|,v)U)*")  # units told one after another

# "Ngôi nhất toàn đoàn thuộc về Sở A", "Sở B, Sở C đồng giải Ba"
_PRIZE = r"(?:giải|cúp|ngôi|huy chương|toàn đoàn|vô địch|chung kết|á quân)"
_PRIZES = re.compile(rf"{_PRIZE}(?!\w)")
_WINS = re.compile(
    r" (?:đã |lần lượt |xuất sắc |đồng |cùng |vinh dự )*(?:(?:đoạt|giành|đạt|nhận|thắng|xếp|về)(?: [^\s,.;]+){0,4}? )?"
    r"(?:giải|cúp|ngôi|chức vô địch|vô địch|huy chương|nhất|nhì|ba|hạng|toàn đoàn|á quân)(?!\w)"
)
_WON_BY = re.compile(
    rf"{_PRIZE}(?!\w)[^.;]{{0,40}}?(?:thuộc về|về tay|trao cho|:|cho|giữa|là)(?: các| hai)?(?: (?:đoàn|đội)(?: [^\s,.;:]+)?)? $"
)


_GAMES = ("hội thao", "thể thao", "hội diễn")
_OF_BLOC = re.compile(
    r"(?<!\w)(?:hội thao|giải thể thao|(?:giao lưu|thi đấu) thể thao|hội diễn)(?: của| giữa)?(?: các)? (?:khối|cụm) (?:thi đua|số)(?!\w)"
)


def games_of_bloc(doc: Document) -> bool:
    """Whether the bloc's own games are told beside its review: "đăng cai Hội thao Cụm thi đua số 2"."""
    return any(words in doc.key for words in _GAMES) and _OF_BLOC.search(doc.key) is not None


def winners(doc: Document, chunks: Chunks) -> set[int]:
    """Those who win at games: their teams took part."""
    if not _PRIZES.search(doc.key, chunks.sentence.start, chunks.sentence.end):
        return set()
    found: set[int] = set()
    for row in ROW.finditer(chunks.symbols):
        first, last = chunks[row.start()], chunks[row.end() - 1]
        if _WON_BY.search(doc.key, max(chunks.sentence.start, first.start - 70), first.start) or _WINS.match(doc.key, last.end):
            found.update(
                i for i in range(*row.span()) if chunks.symbols[i] == "U" and not chunks[i].unit.is_a("place", "government", "room")
            )
    return found


_PLACED = re.compile(
    r"(?<!\w)(?:xếp|đứng|về|hạng|đứng ở vị trí|ở vị trí|vị trí)(?: hạng)?(?: thứ)? (?:nhất|nhì|hai|ba|tư)(?: khối| cụm)?"
    r" (?:là|thuộc về) (?:đơn vị )?$"
    r"|(?<!\w)(?:điểm|phiếu) cao nhất(?: khối| cụm)? (?:là|thuộc về) (?:đơn vị )?$"
    r"|(?<!\w)(?:dẫn đầu|đứng đầu)(?: (?:bảng điểm|bảng xếp hạng|khối|cụm)(?: thi đua)?)? là (?:đơn vị )?$"
)
_PLACED_NEXT = re.compile(
    r"(?<!\w)(?:(?:tiếp|kế) (?:đến|theo|sau) (?:lần lượt )?|(?:hạng|thứ|vị trí(?: thứ)?) (?:hai|nhì|ba|tư|\d) )"
    r"(?:là|thuộc về) (?:các )?(?:đơn vị )?$"
)
# "Sở A xếp thứ nhì, Sở B xếp thứ ba"
_PLACED_BEHIND = re.compile(
    r" (?:xếp|đứng)(?: ở)?(?: vị trí)?(?: hạng)?(?: thứ)? (?:nhất|nhì|hai|ba|tư|\d{1,2})(?: khối| cụm)?(?=[,;.)]| với | \(|$)"
)


_BY_PLACE = re.compile(r" (?:thứ|hạng) |(?:dẫn|đứng) đầu |(?:điểm|phiếu) cao nhất ")


def ranked(doc: Document, chunks: Chunks) -> set[int]:
    """Members by the place that a vote gave them: "xếp thứ hai là Hội A, đứng thứ ba là Hội B"."""
    start, end = chunks.sentence.start, chunks.sentence.end
    if not _BY_PLACE.search(doc.key, start, end):
        return set()
    found: set[int] = set()
    for i, chunk in enumerate(chunks.items):
        before = max(start, chunk.start - 50)
        if chunk.symbol == "U" and (
            _PLACED.search(doc.key, before, chunk.start)
            or _PLACED_BEHIND.match(doc.key, chunk.end, end)
            or (found and _PLACED_NEXT.search(doc.key, before, chunk.start))
        ):
            found.add(i)
    return found
