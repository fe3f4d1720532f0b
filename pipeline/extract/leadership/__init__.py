"""Who leads a bloc: in office, or elected, named or handed over to for a coming term.

  "Giám đốc Sở A, Khối trưởng"; "Thanh tra tỉnh (đơn vị Khối trưởng)" - in office by title
  "bầu Sở A làm Khối trưởng, Sở B làm Khối phó năm 2023"; "Trưởng khối năm 2023 là ..." - to come
Refused: offices without a unit or person; "Khối trưởng tổ chức", what the head of a bloc does.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.document import Document
from pipeline.extract.leadership.elected import find_elected
from pipeline.extract.leadership.handover import (
    find_flag,
    find_given_up,
    find_handed_rows,
    find_parting,
    find_replaced,
    find_role_flag,
    find_successor,
    find_two_verbs,
    names_flag,
)
from pipeline.extract.leadership.model import (
    NEXT_TERM,
    NOW,
    SINCE,
    Office,
    Year,
    body_of,
    is_coming,
    leading_body,
    year_at,
    year_behind,
    year_in_bracket,
    year_of_clause,
)
from pipeline.extract.leadership.persons import find_persons, find_titled
from pipeline.extract.leadership.places import Places, find_by_place, with_heads
from pipeline.extract.leadership.shared import find_acting, find_bracketed, find_pairs, find_shared
from pipeline.extract.parties.found import Found
from pipeline.extract.symbols import Chunk, Chunks

__all__ = ["Office", "Places", "below", "carry_on", "find_offices", "heading"]


def find_offices(doc: Document, chunks: Chunks, parties: list[Found], places: Places) -> list[Office]:
    """The offices that a sentence names, in its order."""
    flag = names_flag(doc, chunks)
    if "R" not in chunks.symbols and not flag:
        return []
    found = find_pairs(doc, chunks)
    used = {office.role_index for office in found}
    held = ((party, index) for party in parties if (index := _role_of(doc, chunks, party)) is not None and index not in used)
    found += [_held(doc, chunks, party, index) for party, index in held]
    used = {office.role_index for office in found}
    found += find_bracketed(doc, chunks, used)
    found += find_shared(doc, chunks, parties, used)
    found += find_handed_rows(doc, chunks, used)
    found += find_successor(doc, chunks)
    found += find_replaced(doc, chunks, used)
    found += find_role_flag(doc, chunks, used)
    found += find_two_verbs(doc, chunks, used)
    found += find_parting(doc, chunks, used)
    found += find_titled(doc, chunks, parties, used)
    found += find_elected(doc, chunks, used)
    found += find_persons(doc, chunks, parties, used)
    found += _in_the_role(doc, chunks, parties, used)
    found += find_acting(doc, chunks, used)
    found += find_by_place(doc, chunks, used, places)
    found += find_flag(doc, chunks)
    found = with_heads(doc, found + find_given_up(doc, chunks, found), places)
    since = SINCE.search(doc.key, chunks.sentence.start, chunks.sentence.end)
    if since is None:
        return found
    year = (int(since["year"]), *since.span("year"))
    return [replace(office, year=year) if office.coming and office.year is None else office for office in found]


_ELECTED = ("leadership.elect.unit_role", "leadership.elect.role_unit")
_GOES_ON = re.compile(r"tiếp tục(?: \w+){0,4} $")


def heading(doc: Document, chunks: Chunks) -> tuple[Year | None] | None:
    """The year of the offices that the lines below give: "Hội nghị bầu Khối trưởng, Khối phó năm 2023 như sau:"; None for other lines."""
    start, end = chunks.sentence.start, chunks.sentence.end
    if not doc.key[start:end].rstrip().endswith(":"):
        return None
    if _RESULT.fullmatch(doc.key, start, end):  # of the vote that the sentence before tells of
        before = _VOTE.search(doc.key, max(0, start - _FAR), start)
        year = before and _YEAR.search(before[0])
        return ((int(year[1]), before.start() + year.start(1), before.start() + year.end(1)) if year else None,) if before else None
    if not _NEW_BOARD.match(doc.key, start, end) and not _HEADS_A_LIST.match(doc.key, start, end):
        return None
    return (next((year_at(chunks, i) for i, symbol in enumerate(chunks.symbols) if symbol == "Y"), None),)


_FAR = 160
_RESULT = re.compile(r"\W*(?:và )?(?:kết quả|cụ thể|như sau)(?: (?:bầu|cụ thể|như sau|là))?:\s*")
_VOTE = re.compile(r"(?<!\w)(?:bầu|bầu ra|cử|phân công|giới thiệu|hiệp thương) [^.;:]{0,60}(?:trưởng|phó)(?!\w)[^.;:]*[.;]?\s*$")
_YEAR = re.compile(r"năm (20\d\d)(?!\d)")


def below(offices: list[Office], opened: tuple[Year | None]) -> list[Office]:
    """The offices of a line below such a heading: all are to come."""
    return [o if o.coming or o.year else replace(o, coming=True, year=opened[0]) for o in offices]


def carry_on(
    doc: Document, chunks: Chunks, offices: list[Office], before: list[Office], closes: int | None, signed: int | None = None
) -> list[Office]:
    """The offices of a sentence as the sentence before it (`before`) and the meeting make them. `closes`: the year under review,
    None at a signing; `signed`: the year that is signed for.

    "... giao Sở A làm Khối trưởng năm 2023. Sở B giữ vai trò Khối phó": the second comes with the first, for its year. Who goes on
    in an office (tiếp tục) when the year's agreement is signed, or was named by those above, is in office.
    """
    heads = [o for o in before if o.unit and (o.coming or (o.year and closes and o.year[0] > closes))]
    one_role = len({office.role_index for office in offices}) == 1
    for k, office in enumerate(offices):
        elected = office.rule in _ELECTED and office.year is None
        this_year = elected or (office.rule in _ELECTED and signed is not None and office.year[0] == signed)
        role = chunks[office.role_index]
        ordered = elected and _BY_ORDER.match(doc.key, chunks.sentence.start, role.end)
        goes_on = closes is None and this_year and (_in_office(doc, chunks, role) or (k > 0 and _stays(doc, chunks, offices[k - 1])))
        if office.coming and (ordered or goes_on):
            offices[k] = replace(office, coming=False)
        elif closes and office.year and office.year[0] > closes and _YEARS_ROW.fullmatch(chunks.symbols):
            offices[k] = replace(office, coming=True)
        elif heads and elected and not office.coming and role.symbol == "R" and role.entry.fields["role"] == "deputy" and one_role:
            now = NOW.search(doc.key, chunks.sentence.start, role.end)
            offices[k] = office if now else replace(office, coming=True, year=heads[0].year)
    return offices


def _stays(doc: Document, chunks: Chunks, office: Office) -> bool:
    """ "Sở A tiếp tục làm Khối trưởng, Sở B là Khối phó trong năm 2022": whoever is told beside one who goes on is in office, too."""
    return not office.coming and bool(_GOES_ON.search(doc.key, chunks.sentence.start, chunks[office.role_index].start))


# "Theo phân công của Bộ Y tế, năm 2023 Sở A là Cụm trưởng": named before the meeting, which elects nobody
_BY_ORDER = re.compile(
    r"\W*(?:theo|căn cứ|thực hiện)(?: sự)? (?:phân công|quyết định|kế hoạch|công văn|thông báo|văn bản|hướng dẫn)(?!\w)"
    r"(?![^;:]*(?<!\w)(?:hội nghị|đại biểu|nhất trí|thống nhất|bầu|bàn giao|luân phiên|sẽ|năm (?:tới|sau|tiếp theo))(?!\w))"
)

# "công bố Quyết định của Sở Y tế, theo đó năm 2023 Khối trưởng là ..."; "Năm 2023, Sở A được phân công làm Khối trưởng"
_DECREED = re.compile(
    r"(?<!\w)(?:đọc|công bố|phổ biến|quán triệt)(?: toàn văn)? (?:quyết định|thông báo|công văn)(?!\w)[^;]*?,? ?theo đó(?!\w)"
)
_ASSIGNED = re.compile(r"\W*(?:trong )?năm 20\d\d,? ?[^.;:,]{4,80} được (?:[^\W\d]+ ){0,2}?(?:phân công|giao|chỉ định)(?!\w)[^.;:]{0,120}$")


# "Bộ Công an phân công Công an tỉnh A là Cụm trưởng": nobody is elected
_BY_THOSE_ABOVE = re.compile(
    r"\W*(?:bộ|ubnd|ủy ban nhân dân|hội đồng thi đua|tổng|trung ương) [^.;:,]{3,50}? (?:đã )?(?:phân công|giao|chỉ định)(?!\w)"
)


def _in_office(doc: Document, chunks: Chunks, role: Chunk) -> bool:
    start = chunks.sentence.start
    if (
        _DECREED.search(doc.key, start, role.start)
        or _BY_THOSE_ABOVE.match(doc.key, start, role.start)
        or _ASSIGNED.match(doc.key, start, role.start)
    ):
        return True
    return bool(_GOES_ON.search(doc.key, start, role.start) or _BY_ORDER.match(doc.key, start, role.start))


def _role_of(doc: Document, chunks: Chunks, party: Found) -> int | None:
    """The office of a party; of "... là Sở A, Khối phó: Sở B" the second is told of what follows, as in "Khối trưởng A, Khối phó B"."""
    held = (i for i in range(party.first, party.last + 1) if chunks.symbols[i] == "R")
    opens = _OPENS_NEXT if chunks.symbols[: party.first].endswith(("R", "R-")) else _OPENS_PAIR
    return next((i for i in held if not opens.match(chunks.symbols, i) and not _GOES_TO.match(doc.key, chunks[i].end)), None)


_GOES_TO = re.compile(
    r"(?: năm \d{4})?(?: (?:vẫn|sẽ|tiếp tục|hiện)(?: tiếp tục)? (?:là|do|thuộc về|về tay)| thuộc về| về tay| về) "
)  # "Khối trưởng thuộc về Sở A, Khối phó thuộc về Sở B"
_OPENS_PAIR = re.compile(r"R[YB]*(?::|o)d*U")
_OPENS_NEXT = re.compile(r"R[YB]*(?:(?::|o|-)d*U|-?T*P)")


# "bàn giao nhiệm vụ Trưởng khối giữa Sở A (Trưởng khối năm 2019) và Sở B (Trưởng khối năm 2020)"
_SECOND_OF_TWO = re.compile(
    r"[^.;]*(?<!\w)(?:bàn giao|chuyển giao)(?!\w)[^.;()]{0,90} giữa [^.;()]{3,80} ?\([^()]{3,50}\)"
    r" ?(?:và|với|,) ?[^.;()]{3,80} ?\((?:đơn vị )?$"
)
_NEW = re.compile(r"(?:tân|mới) (?:đơn vị )?$")


def _held(doc: Document, chunks: Chunks, party: Found, index: int) -> Office:
    """ "UBND huyện Yên Lạc (Cụm phó năm 2016) làm Cụm trưởng": in brackets the present office; "tân Khối trưởng" the coming one."""
    at = chunks[index].start
    coming = bool(_NEW.search(doc.key, max(0, at - 12), at) or NEXT_TERM.match(doc.key, chunks[index].end))
    coming |= doc.key.endswith(" mới", at, chunks[index].end)
    coming |= _SECOND_OF_TWO.match(doc.key, chunks.sentence.start, at) is not None
    person = party if party.person else None
    year = year_behind(chunks, index) or year_in_bracket(doc, chunks, index)
    elected = _NEW_BOARD.match(doc.key, chunks.sentence.start, at) or _agreed_row(doc, chunks, at)
    if elected and not year:
        year = next((year_at(chunks, i) for i in range(index) if chunks.symbols[i] == "Y" and chunks[i].start < elected.end()), None)
        year = year or year_of_clause(chunks, index)
    if not year and _HEADS_A_LIST.match(doc.key, chunks.sentence.start, at):
        year = next((year_at(chunks, i) for i in range(index) if chunks.symbols[i] == "Y"), None)
    if not year and _YEARS_ROW.fullmatch(chunks.symbols):
        year = year_at(chunks, 0)
    if not elected and (row := _elected_row(doc, chunks, index)):
        coming, year = True, year or row[0]
    return Office(index, leading_body(doc, body_of(chunks, party)), person, year, coming or bool(elected), "leadership.title.held")


# "Đơn vị phụ trách Khối năm 2024: Sở Y tế (Khối trưởng)": the year of the list
_HEADS_A_LIST = re.compile(
    r"\W*(?:danh sách )?(?:các )?(?:đơn vị|cơ quan|ban|lãnh đạo|thường trực)(?!\w)[^.;:\d]{0,60} năm 20\d\d[^.;:\d]{0,20}:"
    r"|\W*(?:ban|lãnh đạo|thường trực)(?!\w)[^.;:\d]{0,60} năm 20\d\d(?: của (?:khối|cụm))? (?:gồm|là)(?!\w)"
)
_YEARS_ROW = re.compile(r"Y,(?:d?U(?:-R|\(R\))[YB]*(?:,v|[;,v])?)+w?")  # "Năm 2024, Sở A - Cụm trưởng; Sở B - Cụm phó."
# "bầu Ban Điều hành Khối năm 2023 gồm: Sở Y tế - Khối trưởng; Sở Tư pháp - Khối phó"
_NEW_BOARD = re.compile(
    r"[^.;:]*(?<!\w)(?:bầu|cử|kiện toàn|giới thiệu|thống nhất|phân công|thông qua|công nhận|giao)(?!\w)[^.;:]*"
    r"(?:ban điều hành|thường trực|ban chủ nhiệm|lãnh đạo|nhân sự|chức danh|các vị trí|trưởng|phó)(?!\w)[^.;:]*:"
    r"|[^.;:]*(?<!\w)(?:bầu|bầu ra|bầu chọn|phân công)(?: (?:như sau|cụ thể))?:"
)

# "9/9 đơn vị nhất trí: Sở A - Khối trưởng, Sở B - Khối phó năm 2023;": the row is all that is agreed on
_AGREED = re.compile(r"[^.;:]*(?<!\w)(?:thống nhất|nhất trí|biểu quyết)(?: (?:như sau|cụ thể))?:")
_AGREED_ROW = re.compile(r"[^:]*:(?:d?U(?:-d?R|\(d?R\))[YB]*(?:,v|[,v])?)+(?=;|w?$)")


def _agreed_row(doc: Document, chunks: Chunks, at: int) -> re.Match[str] | None:
    agreed = _AGREED.match(doc.key, chunks.sentence.start, at)
    row = _AGREED_ROW.match(chunks.symbols) if agreed else None
    if row is None:
        return None
    behind = doc.key[chunks[row.end() - 1].end : chunks.sentence.end].lstrip()
    return agreed if behind[:1] in ("", ".", ";") else None


_ROW = re.compile(
    r"[wboG]d?U\(d*R[YB]*\)(?:(?:,|v|,v)d*U\(d*R[YB]*\))*(?:B?Y)?"
    r"|[wbo]d?U-R[YB]*(?:(?:,|v|,v|;)d*U-R[YB]*)+"  # "bầu Sở A - Khối trưởng, Sở B - Khối phó năm 2023"
)
_ELECTS = re.compile(
    r"(?<!\w)(?:bầu|bầu chọn|chọn|cử|giới thiệu|phân công|chỉ định|hiệp thương)(?: (?:các )?đơn vị)?"
    r"(?: [^.;:]{0,40}(?<!\w)(?:trưởng|phó)(?!\w)[^.;:]{0,40} (?:là|gồm))? ?$"
    r"|(?<!\w)(?:giao|trao) (?:nhiệm vụ|vai trò|trọng trách|trách nhiệm)(?!\w)[^.;:]{0,80} cho(?: các)?(?: đơn vị)? ?$"
)
_IN_OFFICE_ALREADY = re.compile(r"\W*(?:làm|giữ|là|tiếp tục|đảm nhiệm|đảm nhận)(?!\w)")


def _elected_row(doc: Document, chunks: Chunks, index: int) -> tuple[Year | None] | None:
    """The year of "bầu Sở Y tế (Khối trưởng) và Sở Tư pháp (Khối phó) năm 2023": who is elected, each with the office in brackets.

    Behind "bầu Sở Y tế (Khối phó) làm Khối trưởng" the bracket holds the present office.
    """
    row = next((m for m in _ROW.finditer(chunks.symbols) if m.start() < index < m.end()), None)
    if row is None or _IN_OFFICE_ALREADY.match(doc.key, chunks[row.end() - 1].end, chunks.sentence.end):
        return None
    elects = _ELECTS.search(doc.key, chunks.sentence.start, chunks[row.start()].end)
    if elects is None:
        return None
    years = (i for i in range(row.end()) if chunks.symbols[i] == "Y" and chunks[i].start > elects.start())
    return (next((year_at(chunks, i) for i in years), None),)


_IN_ROLE = re.compile(r"(?:wU(?=w)|w|Y,|,|s)?(?P<link>[wobh]{1,3}d*|d{1,2}|)(?P<role>R)[YB]*,(?:[dw],|d?(?P<when>w)?)(?P<who>[UTPO])")
_AS = re.compile(
    r"(?:với|giữ|trong|trên|đảm nhiệm|đảm nhận|là|ở|gánh|nhận)"
    r"(?: cương vị| vai trò| vai| tư cách| trách nhiệm| trọng trách| nhiệm vụ)?(?: là)?(?: đơn vị| cơ quan)* $"
    r"|thay mặt(?: cho)?(?: đơn vị| cơ quan)* $"
    r"|(?P<given>được (?:[^\W\d]+ ){0,6}?(?:phân công|giao|bầu|cử|chọn|tín nhiệm)"
    r"(?: nhiệm vụ| vai trò| trọng trách| trách nhiệm)?(?: là| làm| giữ \w+ \w+| đảm (?:nhiệm|nhận)(?: vai trò)?)?) $"
)


_WHEN = re.compile(
    r"\W*(?:(?:vào )?(?:ngày|sáng|chiều|tối)(?!\w)|vừa qua|mới đây"
    r"|(?:trong )?(?:thời gian|(?:những )?năm) qua|trong năm|(?:tập thể |ban )?lãnh đạo ?$)"
)


def _in_the_role(doc: Document, chunks: Chunks, parties: list[Found], used: set[int]) -> list[Office]:
    """ "Với vai trò Cụm trưởng năm 2022, Sở Y tế đã ...": who acts in the office that opens the sentence."""
    match = _IN_ROLE.match(chunks.symbols)
    if not match or (role := match.start("role")) in used:
        return []
    at = chunks[role].start
    if not (acts := _AS.search(doc.key, chunks.sentence.start, at)):
        return []
    if match["when"] and not _WHEN.match(doc.key, chunks[match.start("when")].start, chunks[match.start("when")].end):
        return []
    who = match.start("who")
    party = next((p for p in parties if p.first == who and p.person), None)
    unit = leading_body(doc, body_of(chunks, party)) if party else chunks[who].unit
    if unit is None:
        return []
    used.add(role)
    coming = not acts["given"] and is_coming(doc, chunks, 0, role)
    return [Office(role, unit, party, year_behind(chunks, role), coming, "leadership.title.acts")]
