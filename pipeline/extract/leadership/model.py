"""What is said of an office, and whether it is one to come."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.document import Document
from pipeline.extract.parties.found import Found
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit

# Bodies above the blocs: they present the flag of office and hold no office themselves.
ABOVE = ("emulation", "home_affairs", "provincial_committee")
Year = tuple[int, int, int]  # value, start, end

# Words that put an office into the hands of a unit. "ký giao ước", "giao lưu" do not.
_COMING = re.compile(
    r"^kết quả[^,:]{0,20}[,:]|(?<!\w)(?:bầu|bầu chọn|bình bầu|đề cử|giới thiệu|cử|suy cử|thống nhất|nhất trí|phân công"
    r"|(?<!lễ )bàn giao|bàn giao(?= (?:nhiệm vụ|vai trò|chức|cờ|đơn vị|công (?:tác|việc)|cương vị|trách nhiệm|khối|cụm|trưởng|thường trực))"
    r"|tiếp nhận|nhận nhiệm vụ"
    r"|nhận bàn giao|luân phiên|xoay vòng|trao cờ luân lưu|nhận cờ(?! thi đua)|trao cờ|chuyển giao|hiệp y|tín nhiệm|sẽ"
    r"|(?:tân|(?<!thôn )mới)(?= (?:đơn vị )?(?:khối|cụm|trưởng|phó)(?!\w))"
    r"|(?<!bàn )giao(?! ước| lưu| ban| dịch| thông)|lựa chọn|chọn|suy tôn|biểu quyết|đăng kí|tiếp tục|được chuyển"
    r"|theo đó(?!,? ?(?:trong )?năm 20)"
    r"|(?:(?<=trưởng )|(?<=phó )|(?<=khối )|(?<=cụm ))mới(?! đây)(?= ?[,;(]| (?:là|phát biểu|nhận|hứa|cảm ơn|ông|bà|đồng chí)(?!\w))"
    r"|chuyển cho|chuyển sang|trao lại|công nhận(?= (?:chức danh |chức vụ |chức )?(?:khối|cụm|trưởng) )"
    r"|công bố|thông qua|về tay|sang năm|năm tới|năm sau|(?:đến|tới) lượt|lên làm|kế tiếp|kế nhiệm|trúng|trúng cử|đắc cử)(?!\w)"
)
_AFTERWARDS = re.compile(
    r"[^.;:]{0,30}?(?<!\w)(?:được|với) (?:hội nghị |các đơn vị )?(?:bầu|nhất trí|thống nhất|biểu quyết|tín nhiệm"
    r"|\d+(?:/\d+)? ?(?:%|(?:số |trên )?(?:phiếu|lượt|ý kiến|đơn vị)))"
)
# "gồm 9 đơn vị, trong đó Sở A được giao làm Khối trưởng", "Sở A là đơn vị được phân công làm Khối trưởng":
# who leads the bloc, told beside its members; the sentence elects nobody.
_MEMBERS_TOLD = re.compile(
    r"(?<!\w)(?:trong đó|(?:gồm|có)(?: có)? \d{1,2} (?:đơn vị|cơ quan|thành viên|tỉnh|huyện|xã|phường|trường)(?!\w))"
)
_GIVEN = r"được (?:\w+ ){0,2}?(?:phân công|giao|chỉ định|suy tôn|bầu|cử|chọn|tín nhiệm)(?: nhiệm vụ| trách nhiệm)?(?!\w)"
_IS_GIVEN = re.compile(_GIVEN)
_UNIT_IS_GIVEN = re.compile(rf"(?:,|-|(?<!\w)là ) ?(?:đơn vị|cơ quan) {_GIVEN}")
# "Kể từ ngày 01/01/2023, Sở A giữ vai trò Khối trưởng"; no "từ năm 2018 đến nay"
SINCE = re.compile(r"(?<!\w)kể từ (?:ngày |tháng |đầu )*(?:[\d/.-]+[/.-]|năm )(?P<year>20\d\d)(?!\d| đến nay| tới nay)")
NEXT_TERM = re.compile(r" (?:(?:của|trong|vào|cho) )?(?:(?:năm|nhiệm kì) (?:tới|sau|kế tiếp|tiếp theo)|nhiệm kì mới)(?!\w)")
NOW = re.compile(r"(?<!\w)(?:năm nay|hiện nay|hiện|đang|vẫn|từng)(?!\w)")


_RESULT = re.compile(
    r"\W*kết quả(?: (?:bầu|bầu cử|bỏ phiếu|kiểm phiếu|biểu quyết|bình chọn))?(?: là)?[,:]? ?"
    r"(?:[^.:()]{3,90} (?:làm|là|giữ) (?:\w+ )?(?:khối|cụm|trưởng|phó) [^.:;,()]{0,40}[;,] ?)?"
)


@dataclass(slots=True)
class Office:
    """One role of a unit or person. `role_index` is the chunk that names the role."""

    role_index: int
    unit: Unit | None
    party: Found | None
    year: Year | None
    coming: bool
    rule: str
    inferred_from: str | None = None
    named: tuple[str, int, int] | None = None  # role and span, where the chunk names two roles at once
    bloc: tuple[int, int] | None = None  # where it is another than the meeting's


def is_coming(doc: Document, chunks: Chunks, first: int, last: int) -> bool:
    """Whether the words of electing or handing over stand before the office (chunks `first` to `last`), or right behind it.

    What stands outside a bracket says nothing of what stands inside.
    """
    start, end = chunks[first].start, chunks[last].end
    opened = doc.key.rfind("(", chunks.sentence.start, start)
    begin = opened if opened >= 0 and ")" not in doc.key[opened:start] else chunks.sentence.start
    before = doc.key[begin:end]
    if NOW.search(doc.key, max(begin, start - 40), end) or doc.key.startswith(" của ", start - 5):
        return False  # "thông qua báo cáo của Khối trưởng (Sở Y tế)"
    if "được " in before:
        before = _UNIT_IS_GIVEN.sub("", before)
        told = _MEMBERS_TOLD.search(before)
        before = before[: told.end()] + _IS_GIVEN.sub("", before[told.end() :]) if told else before
    if SINCE.search(doc.key, chunks.sentence.start, chunks.sentence.end):
        return True
    if _RESULT.fullmatch(doc.key, chunks.sentence.start, start):
        return True  # "Kết quả, Sở A làm Khối trưởng": of the vote told before
    return bool(_COMING.search(before) or _AFTERWARDS.match(doc.key, end, chunks.sentence.end))


def year_behind(chunks: Chunks, index: int) -> Year | None:
    """The year that follows a role: "Khối trưởng Khối thi đua số 7 năm 2023"."""
    for i in range(index + 1, min(index + 4, len(chunks.symbols))):
        if chunks.symbols[i] == "Y":
            return year_at(chunks, i)
        if chunks.symbols[i] not in "Bw":
            return None
    return None


_BARE_YEAR = re.compile(r" (20\d\d)(?=\))")


def year_in_bracket(doc: Document, chunks: Chunks, index: int) -> Year | None:
    """ "Sở Y tế (Khối trưởng 2024)": the year without its word."""
    bare = _BARE_YEAR.match(doc.key, chunks[index].end)
    return (int(bare[1]), *bare.span(1)) if bare else None


def year_of_clause(chunks: Chunks, from_index: int) -> Year | None:
    """The year that closes the clause: "... làm Cụm trưởng, ... làm Cụm phó năm 2019", else one that opens it."""
    for i in range(from_index, len(chunks.symbols)):
        if chunks.symbols[i] == "Y":
            return year_at(chunks, i)
        if chunks.symbols[i] == ";":
            break
    opening = next((i for i in range(from_index - 1, -1, -1) if chunks.symbols[i] == "Y"), None)
    return None if opening is None else year_at(chunks, opening)


def year_at(chunks: Chunks, index: int) -> Year:
    return chunks[index].year, chunks[index].start, chunks[index].end


def words_between(doc: Document, chunks: Chunks, first: int, last: int) -> str:
    """The words of the chunks from `first` up to, not with, `last`."""
    return doc.key[chunks[first].start : chunks[last - 1].end] if last > first else ""


_HEAD_OF_ITS_ROOM = re.compile(r"chánh (?P<room>văn phòng|thanh tra) $")


def leading_body(doc: Document, unit: Unit | None) -> Unit | None:
    """ "Chánh Văn phòng UBND tỉnh, Khối trưởng", "Chánh Thanh tra Sở Y tế": the office leads the bloc, not the body above it.

    An office that is no body of its own leads nothing: "Chánh Văn phòng Sở Y tế, Khối phó" speaks of the Sở Y tế.
    """
    if unit is None or unit.start != unit.parts[0][0]:
        return unit
    head = _HEAD_OF_ITS_ROOM.search(doc.key, max(0, unit.start - 20), unit.start)
    if head is None or doc.key.startswith(head["room"], unit.start):
        return unit
    start = head.start("room")
    if head["room"] == "văn phòng" and not doc.hit("units", start):
        return unit
    return Unit(start, unit.end, ((start, unit.parts[0][1]), *unit.parts[1:]), None)


def body_of(chunks: Chunks, party: Found) -> Unit | None:
    """The body of a party; where councils of emulation are named last, the one before them: they lead no bloc."""
    if party.unit is None or not party.unit.is_a("council"):
        return party.unit
    units = [chunks[i].unit for i in range(party.first, party.last + 1) if chunks.symbols[i] == "U"]
    return next((unit for unit in reversed(units) if not unit.is_a("council")), party.unit)
