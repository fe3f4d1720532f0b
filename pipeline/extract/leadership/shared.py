"""An office that several hold: "Lê Văn An, Giám đốc Sở A và Vũ Thị Ba, Giám đốc Sở B - các Khối phó"; "Sở A, Sở B (các Cụm phó)".

Refused: the head's office, which one alone holds, and whoever stands behind another mark than "và" or a comma.

Also two offices behind two units, one for one: "Sở A và Sở B (Khối trưởng, Khối phó)"; and an office told in brackets of the
unit before them in a clause of its own: "UBND huyện A (huyện được chọn làm Cụm trưởng)".
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.leadership.model import Office, is_coming, leading_body, year_behind
from pipeline.extract.parties.found import Found
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit

# no third unit before them: "Sở A, Sở B và Sở C (Khối trưởng, Khối phó)" leaves open who is whose
_ONE_FOR_ONE = re.compile(r"(?<![,v])(?P<first>U)(?:,|v|,v)(?P<second>U)[,\-(](?P<head>R)(?:,|v|,v)(?P<deputy>R)")


def find_pairs(doc: Document, chunks: Chunks) -> list[Office]:
    """The two of whom two different offices are told behind both: "huyện A và huyện B (Cụm trưởng và Cụm phó)"."""
    pair = _ONE_FOR_ONE.search(chunks.symbols)
    roles = [pair.start(name) for name in ("head", "deputy")] if pair else []
    if len({chunks[i].entry.fields["role"] for i in roles}) < 2:
        return []
    units = (chunks[pair.start(name)].unit for name in ("first", "second"))
    year, coming = year_behind(chunks, roles[1]), is_coming(doc, chunks, roles[0], roles[1])
    return [Office(i, leading_body(doc, u), None, year, coming, "leadership.title.pair") for i, u in zip(roles, units, strict=True)]


_CLAUSE = re.compile(r"(?P<unit>U)(?:T?P)?\(d?w?[bo]{0,2}(?P<role>R)")
_OF_ITSELF = re.compile(
    r" ?\( ?(?:đơn vị|cơ quan|huyện|xã|phường|tỉnh|thị xã|thị trấn|thành phố|địa phương"
    r"|trường|hội|sở|ban|ngân hàng|chi nhánh|bệnh viện|doanh nghiệp|công ti)"
    r"(?: (?:này|vừa|mới|đang|hiện))* (?:được (?:[^\W\d]+ )?(?:phân công|giao|bầu|chọn|cử|tín nhiệm)|giữ|làm|là|đảm nhiệm|đảm nhận)"
    r"(?: [^\W\d]+){0,4} "
)


def find_bracketed(doc: Document, chunks: Chunks, used: set[int]) -> list[Office]:
    """ "UBND huyện A (huyện được chọn làm Cụm trưởng năm 2023)": the bracket tells the office of the unit before it."""
    clause = _CLAUSE.search(chunks.symbols) if "(" in chunks.symbols else None
    if clause is None or (role := clause.start("role")) in used:
        return []
    opening = chunks[chunks.symbols.index("(", clause.start())].start
    if not _OF_ITSELF.fullmatch(doc.key, opening, chunks[role].start):
        return []
    used.add(role)
    return [Office(role, chunks[clause.start("unit")].unit, None, year_behind(chunks, role), False, "leadership.title.bracket")]


# "Trưởng khối Mặt trận" may be of a bloc of that name
_HEAD, _OPENS = re.compile(r"(?:khối|cụm) trưởng"), re.compile(r"(?:^|[,;])(?:[wY],?)?d?$")
_ACTS = re.compile(r" (?:đã|chủ trì|phối hợp|tổ chức|trình bày|báo cáo|phát biểu|điều hành|thông qua|khai mạc|đăng cai)(?!\w)")


# "đại diện đơn vị Khối trưởng, bà Giám đốc Sở A báo cáo": whose post it is, though nobody names who holds it
_SPOKEN_FOR = re.compile(r"(?P<role>R),TOU(?=[wpd])")
_FOR = re.compile(r"(?<!\w)(?:thay mặt|đại diện)(?: cho)?(?: đơn vị)? $")


def find_acting(doc: Document, chunks: Chunks, used: set[int]) -> list[Office]:
    """ "Khối trưởng Sở Nội vụ trình bày báo cáo": the unit right behind the office, of which a sentence tells what it does."""
    spoken = _SPOKEN_FOR.search(chunks.symbols)
    role = spoken.start() if spoken else -1
    if spoken and role not in used and _FOR.search(doc.key, chunks.sentence.start, chunks[role].start):
        used.add(role)
        return [Office(role, chunks[spoken.end() - 1].unit, None, None, False, "leadership.title.acting")]
    role = chunks.symbols.find("RU")
    if role < 0 or role in used or chunks[role + 1].start != chunks[role].end + 1 or not _OPENS.search(chunks.symbols, 0, role):
        return []
    named = _HEAD.fullmatch(doc.key, chunks[role].start, chunks[role].end)
    if not named or not _ACTS.match(doc.key, chunks[role + 1].end, chunks.sentence.end):
        return []
    used.add(role)
    return [Office(role, chunks[role + 1].unit, None, None, False, "leadership.title.acting")]


_ALL = re.compile(r"[,\-(]w?$")
_MANY = re.compile(r"(?:(?<!\w)các|đồng|đều là)(?: đơn vị)? $")


def find_shared(doc: Document, chunks: Chunks, parties: list[Found], used: set[int]) -> list[Office]:
    """Deputies who are named one after another before their common office."""
    found: list[Office] = []
    for role, symbol in enumerate(chunks.symbols):
        if symbol != "R" or role in used or chunks[role].entry.fields["role"] != "deputy":
            continue
        mark = _ALL.search(chunks.symbols, 0, role)
        if mark is None or not _MANY.search(doc.key, chunks.sentence.start, chunks[role].start):
            continue
        holders = _holders(chunks, parties, mark.start())
        if len(holders) < 2:
            continue
        used.add(role)
        coming = is_coming(doc, chunks, role, role)
        for unit, party in reversed(holders):
            found.append(Office(role, leading_body(doc, unit), party, year_behind(chunks, role), coming, "leadership.title.shared"))
    return found


def _holders(chunks: Chunks, parties: list[Found], stop: int) -> list[tuple[Unit | None, Found | None]]:
    """Units and persons that end right before `stop`, joined by "và" or commas, the last first."""
    by_end = {p.last + 1: p for p in parties if p.role is None and p.person is not None}
    found = []
    while True:
        party = by_end.get(stop)
        if party is None and chunks.symbols[stop - 1 : stop] != "U":
            return found
        first = party.first if party else stop - 1
        found.append((party.unit if party else chunks[first].unit, party))
        if chunks.symbols[first - 1 : first] not in ("v", ",") or first < 2:
            return found
        stop = first - 1
