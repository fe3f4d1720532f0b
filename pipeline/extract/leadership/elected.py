"""Offices that a sentence gives or tells of: "bầu Sở A làm Khối trưởng", "Trưởng khối năm 2023 là Sở A", "Sở A giữ vai trò Cụm phó"."""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.leadership.handover import from_whom, handed_over
from pipeline.extract.leadership.model import NEXT_TERM, Office, is_coming, words_between, year_behind, year_of_clause
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit

# A unit that the list must leave out: the subject of the next clause ("... cho Sở A; Sở B là Khối phó").
_OWN_CLAUSE = r"(?![owrhfb]{1,3}d*R)"
_WHO = r"(?:\([TPO,\-]+\))"  # who acts for a unit: "Sở Y tế (ông Trần Văn An, Giám đốc) và Sở Tư pháp"
_ROLE_THEN_UNIT = re.compile(
    r"(?P<roles>R(?P<more>(?:,|v|,v)d*R)*)(?P<year>(?:,(?=BY*G))?[BY]*)(?P<link>[wo:fbhGdrBl(,\-]{0,4}?|m)"
    rf"(?P<units>(?:T?P[,\-(]?)?(?:O-?)*U{_OWN_CLAUSE}(?:{_WHO}?(?:(?:,|v|,v|(?(more)|(?!)))U{_OWN_CLAUSE}|;U(?!(?:[,v]{{1,2}}U)*[owrhfb]{{1,3}}d*R)))*)"
)
_UNIT_THEN_ROLE = re.compile(
    r"(?P<units>U(?:(?:,|v|(?=U))(?:T?P[,\-](?:O,?)*)?U)*)(?:\((?:d*R[YB]*|[Uw])\)|(?<=\(U)\))?P?(?P<link>(?:hA,?)?(?:Y?[obwrhfdlpv,\-])[obwrhflbdp]{0,4}d*)"
    r"(?P<roles>R(?:(?:,|v|,v)d*R(?![YB]*[o:(]))*)(?P<year>[BY]*)"
)
_ROLE_LINK = re.compile(
    r"(?:^về|(?:là|cho|sang|chuyển về|:|thuộc về|về tay|gồm|lần lượt là|do|giao|^-|từ|được bầu là|bầu|với)(?: đơn vị)?\W*|^\W*\()$"
)
_UNIT_LINK = re.compile(
    r"(?<!\w)(?:làm|giữ|là|đảm nhiệm|đảm nhận|đảm trách|(?<!công )(?<!ghi )(?<!xác )nhận|tiếp nhận|vai trò|nhiệm vụ|chức|cương vị|tư cách"
    r"|phụ trách"
    r"|trở thành|thành|vào vị trí|vị trí|trách nhiệm|giữ chân|nắm|trúng|trúng cử|đắc cử|nhiệm kì)(?!\w)"
)
_ASSIGNS = re.compile(
    r"(?:(?:đã|sẽ|vừa|có|ban hành|ra|kí|văn bản|quyết định|thông báo|công văn|số \S+|về việc) )*"
    r"(?:giao|phân công|chỉ định|công nhận)(?: nhiệm vụ| vai trò| trách nhiệm)?(?: là| làm)?(?: đơn vị)?$"
)
# "Sở A bàn giao đơn vị Khối trưởng cho Sở B": the office itself is what is handed over
_HANDS_OFFICE = re.compile(r"(?<!\w)(?<!nhận )(?<!được )(?:bàn giao|chuyển giao)(?: lại)?(?: đơn vị| cờ| trọng trách)?$")
_LEFT_OPEN = re.compile(r"(?:bầu|chọn|(?<!trúng )(?<!đắc )cử|,)$")
_DECIDES = re.compile(r" (?:sẽ )?(?:tham mưu|đề xuất|trình|quyết định|chỉ định|phân công|lựa chọn|giới thiệu|công nhận|ban hành|bầu)(?!\w)")
_SPEAKS = re.compile(r"(?:thông tin|cho biết|cho hay|nói|nhấn mạnh|phát biểu|báo cáo|đánh giá|chia sẻ|nêu|kể|thông báo|đề nghị)[^:]*:")
_FARTHEST = 70


def find_elected(doc: Document, chunks: Chunks, used: set[int]) -> list[Office]:
    """Units and roles joined by words of office, from left to right."""
    found: list[Office] = []
    symbols, at = chunks.symbols, 0
    while at < len(symbols):
        match, by_unit = None, symbols[at] == "U"
        if by_unit and at not in used and not from_whom(doc, chunks, at):
            match = _UNIT_THEN_ROLE.match(symbols, at)
        elif symbols[at] == "R" and at not in used:
            match = _ROLE_THEN_UNIT.match(symbols, at)
        if not match or not _links(doc, chunks, match, by_unit):
            found += (
                by_unit
                and (
                    _verb_left_out(chunks, at, used, found)
                    or _chosen_beside(doc, chunks, at, used)
                    or _by_those_above(doc, chunks, at, used)
                    or _and_chosen(doc, chunks, at, used)
                )
                or []
            )
            at += 1
            continue
        handed = handed_over(doc, chunks, match) if by_unit else []
        offices = handed or _pair(doc, chunks, match, by_unit, used)
        used.update(i for i in range(*match.span("roles")) if offices)
        used.update(i for i, chunk in enumerate(chunks.items) if handed and chunk.unit is handed[-1].unit)
        found += offices
        at = match.end() - symbols.startswith("(U)", match.end() - 2) if offices else at + 1  # "Khối phó (Sở A) sẽ làm Khối trưởng"
    return found


def _verb_left_out(chunks: Chunks, at: int, used: set[int], found: list[Office]) -> list[Office]:
    """The office of "Sở B" in "bầu Sở A làm Khối trưởng, Sở B Khối phó": the verb of the one before holds for it."""
    symbols, role = chunks.symbols, at + 1
    goes_on = found and at > 1 and found[-1].role_index == at - 2 and symbols[at - 1] in ",v;" and symbols.startswith("R", role)
    if not goes_on or role in used or at in used:
        return []
    used.add(role)
    before = found[-1]
    return [Office(role, chunks[at].unit, None, year_behind(chunks, role) or before.year, before.coming, "leadership.elect.unit_role")]


_CHOOSES = re.compile(r"(?<!\w)(?:bầu|bầu chọn|cử|suy cử|chọn|phân công|giới thiệu|tín nhiệm)(?: đơn vị)? $")


def _chosen_beside(doc: Document, chunks: Chunks, at: int, used: set[int]) -> list[Office]:
    """ "bầu Sở A Khối trưởng": the office right behind who is chosen."""
    role, start = at + 1, chunks[at].start
    if not chunks.symbols.startswith("R", role) or role in used or chunks[role].start > chunks[at].end + 1:
        return []
    if not _CHOOSES.search(doc.key, max(chunks.sentence.start, start - 24), start):
        return []
    used.add(role)
    return [
        Office(role, chunks[at].unit, None, year_behind(chunks, role) or year_of_clause(chunks, role), True, "leadership.elect.unit_role")
    ]


# "Sở A được UBND tỉnh giao làm Khối trưởng": between the unit and its office stands who gives it
_GIVEN_BY = re.compile(r"U(?P<by>[wr]{1,2})(?:[OI]?U?|(?P<members>d))(?P<link>[obwhl]{1,4}d*)(?P<role>R)")
_BY = re.compile(r"(?<!\w)được(?: [^\W\d]+){0,3}$")
_TO_ACT = re.compile(
    r"(?:giao|phân công|chỉ định|tín nhiệm|bầu|cử|chọn)(?: nhiệm vụ| vai trò| chức| trọng trách| trách nhiệm)?"
    r"(?: là| làm| giữ \w+ \w+)?(?: đơn vị)?$"
)


def _by_those_above(doc: Document, chunks: Chunks, at: int, used: set[int]) -> list[Office]:
    """The office that a unit was given by a body above the blocs, which elects nobody at the meeting."""
    given = _GIVEN_BY.match(chunks.symbols, at)
    if not given or (role := given.start("role")) in used or given.end() - at < 4:
        return []
    if not _BY.search(words_between(doc, chunks, *given.span("by"))) or not _TO_ACT.search(words_between(doc, chunks, *given.span("link"))):
        return []
    used.add(role)
    year = year_behind(chunks, role) or year_of_clause(chunks, role)
    coming = given["members"] is not None and is_coming(doc, chunks, at, role)
    return [Office(role, chunks[at].unit, None, year, coming, "leadership.elect.unit_role")]


# "Sở A được đề nghị tặng Cờ (được bầu là đơn vị dẫn đầu), rồi được bầu làm Khối trưởng": told of the unit that opens the clause
_AND_CHOSEN = re.compile(
    r"U(?:[^;:.RPU]|(?<=[pr])U(?=[fA]))*?(?:A|odwB?(?=[,v])|(?<=U)w(?=v))(?:[^;:.RPU]*?[,v])?(?P<link>[wobrh]{1,4}d*)(?P<role>R)"
)
_IS_CHOSEN = re.compile(r"(?<!\w)được(?: [^\W\d]+){0,6} (?:làm|giữ|là|đảm nhiệm|đảm nhận)(?: \w+){0,3}$")
_MOST_VOTES = re.compile(
    r" (?:(?:có|được|đạt|với|giành) (?:số )?(?:phiếu|điểm)(?: \w+){0,3}? (?:cao|nhiều) nhất"
    r"|(?:được |có |đạt )?nhiều (?:phiếu|điểm)(?: \w+)? nhất) và "
)
_CLAUSE_OPENS = re.compile(r"(?:^|[;.])(?:[wY],?|v)?$")


def _and_chosen(doc: Document, chunks: Chunks, at: int, used: set[int]) -> list[Office]:
    """The office that a unit was given beside an award or a first place."""
    best = "A" in chunks.symbols or "odw" in chunks.symbols or _MOST_VOTES.match(doc.key, chunks[at].end, chunks.sentence.end)
    told = _AND_CHOSEN.match(chunks.symbols, at) if best and _CLAUSE_OPENS.search(chunks.symbols, 0, at) else None
    if not told or (role := told.start("role")) in used or not _IS_CHOSEN.search(words_between(doc, chunks, *told.span("link"))):
        return []
    used.add(role)
    year = year_behind(chunks, role)
    return [Office(role, chunks[at].unit, None, year, is_coming(doc, chunks, at, role), "leadership.elect.unit_role")]


_NOT_ELECTED = re.compile(r"(?<!\w)(?:không|chưa)(?!\w)")
_AIMED = re.compile(r"(?<!\w)(?:phấn đấu|mong muốn)(?!\w)")  # "Phấn đấu năm 2024, Sở A trở thành Khối trưởng"
_DUTIES = re.compile(
    r"(?<!\w)(?<!giao )(?<!nhận )(?<!trao )(?:trách nhiệm|nhiệm vụ|quyền hạn|ý kiến|yêu cầu) của (?:đơn vị )?$"
)  # what the head has to do


def _links(doc: Document, chunks: Chunks, match: re.Match[str], by_unit: bool) -> bool:
    """Whether the words between office and unit join them: "làm", "giữ vai trò", "là", "được bàn giao cho", ":"."""
    words = words_between(doc, chunks, *match.span("link"))
    if len(words) >= _FARTHEST or _NOT_ELECTED.search(words):
        return False
    if _AIMED.search(doc.key, chunks.sentence.start, chunks[match.start()].start):
        return False
    if not by_unit and _DUTIES.search(doc.key, chunks.sentence.start, chunks[match.start()].start):
        return False
    if by_unit and (" diễn ra " in f" {words} " or words.endswith("nhận từ")):
        return False  # "Hội A nhận từ Khối trưởng các tài liệu", "tại Sở A diễn ra lễ bàn giao nhiệm vụ Khối trưởng"
    if by_unit and _ASSIGNS.match(words):
        return False  # "Bộ A đã giao nhiệm vụ Cụm trưởng cho Sở B"
    if by_unit and _HANDS_OFFICE.search(words):
        return bool(handed_over(doc, chunks, match))
    if by_unit:
        return not (_LEFT_OPEN.search(words) and "làm" not in words) and bool(_UNIT_LINK.search(words))
    if words.endswith("do") and _DECIDES.match(doc.key, chunks[match.end() - 1].end):
        return False  # "Khối trưởng năm 2023 do Sở Nội vụ đề xuất": who decides
    return match["link"] not in ("", ",") and bool(_ROLE_LINK.search(words)) and not _SPEAKS.search(words)


def _pair(doc: Document, chunks: Chunks, match: re.Match[str], by_unit: bool, used: set[int]) -> list[Office]:
    """Each role with its unit: one for one ("lần lượt là"), one role for several units, or the unit for several roles."""
    symbols = chunks.symbols
    roles = [i for i in range(*match.span("roles")) if symbols[i] == "R" and i not in used]
    units = [chunks[i].unit for i in range(*match.span("units")) if symbols[i] == "U"]
    if not roles or not units:
        return []
    if not by_unit and len(units) < len(roles) and match["link"].endswith("("):
        roles = roles[-len(units) :]  # "Trưởng khối và Phó khối (Sở A)"
    year = year_behind(chunks, match.end("roles") - 1) or year_of_clause(chunks, match.end() - 1)
    if year and not by_unit and year[2] < chunks[roles[0]].start and _HANDS_ON.search(doc.key, year[2], chunks[roles[0]].start):
        year = None  # "Sở A, Khối trưởng năm 2022, bàn giao nhiệm vụ Khối trưởng cho Sở B": the year of who leaves
    coming = is_coming(doc, chunks, match.start(), match.end() - 1)
    if NEXT_TERM.match(doc.key, chunks[match.end() - 1].end, chunks.sentence.end):
        year, coming = None, True
    ends = by_unit and _ENDS.search(doc.key, chunks.sentence.start, chunks[roles[0]].start)
    ends = ends or (by_unit and doc.key.endswith(_IN_THE_YEAR, 0, chunks[match.start()].start))
    if ends or (by_unit and _LED_BY.search(symbols, 0, match.start()) and doc.key.endswith("do ", 0, chunks[match.start()].start)):
        year, coming = None, False
    rule = "leadership.elect.unit_role" if by_unit else "leadership.elect.role_unit"
    pairs = _of_units(chunks, match, roles, units) if by_unit else _of_roles(roles, units)
    both = _HEAD_AND_DEPUTY.search(doc.key, chunks.sentence.start, chunks[roles[0]].end) if len(roles) == 1 and len(units) > 1 else None
    if both:
        named = [("head", *both.span("head")), *[("deputy", *both.span("deputy"))] * (len(units) - 1)]
        return [Office(roles[0], u, None, year, coming, rule, named=n) for u, n in zip(units, named, strict=True)]
    return [Office(role, unit, None, year, coming, rule) for role, unit in pairs]


_IN_THE_YEAR = ("trong năm ", "trong thời gian ", "suốt năm ")  # "cảm ơn các đơn vị trong năm Hội A giữ vai trò Khối trưởng"
_LED_BY = re.compile(r"B,w$")  # "hội nghị của Khối thi đua số 3, do Sở A làm Khối trưởng": whatever year the meeting plans
_HANDS_ON = re.compile(r"(?<!nhận )(?:bàn giao|chuyển giao|trao)(?!\w)")
# "Sở A thôi làm Khối trưởng, Sở B nhận nhiệm vụ năm 2023": in office until now
_ENDS = re.compile(
    r"(?<!\w)(?:thôi|kết thúc|hết|mãn|rời|hoàn thành(?: tốt| xuất sắc)*)"
    r"(?: (?:giữ|làm|đảm nhận|đảm nhiệm|nhiệm vụ|vai trò|vị trí|chức|chức vụ|nhiệm kì|cương vị|đơn vị))* $"
)
# "giao nhiệm vụ Trưởng, Phó khối cho Sở A và Sở B": the first unit heads the bloc
_HEAD_AND_DEPUTY = re.compile(
    r"(?<!phó )(?P<head>(?:khối |cụm )?trưởng)(?: khối| cụm)?(?:,| và |-)(?P<deputy>phó (?:khối|cụm)|(?:khối|cụm) phó)$"
)


_SEVERAL = re.compile(r"U(?:v|,|(?=U))(?:T?P[,\-](?:O,?)*)?U")
_BOTH = re.compile(r"UvU[bw]")  # "Sở A và Sở B được chọn làm Khối trưởng" at the head of a sentence


def _of_roles(roles: list[int], units: list[Unit]) -> list[tuple[int, Unit]]:
    """ "Trưởng khối, Phó khối lần lượt là A, B và C": one for one; what is left over is of the last role."""
    pairs = list(zip(roles, units, strict=False)) if len(roles) > 1 else []
    return pairs + [(roles[-1], unit) for unit in units[len(pairs) :]]


def _of_units(chunks: Chunks, match: re.Match[str], roles: list[int], units: list[Unit]) -> list[tuple[int, Unit]]:
    """ "A, B lần lượt làm Trưởng khối, Phó khối"; several deputies "A và B làm Khối phó"; else the unit next to the office."""
    if len(units) == len(roles):
        return list(zip(roles, units, strict=True))
    several = _SEVERAL.match(match["units"]) and chunks[roles[0]].entry.fields["role"] == "deputy"
    several = several or (match.start() == 0 and _BOTH.match(match[0]))
    if len(roles) > 1 and len(units) == 1:
        return [(roles[0], units[0])]
    return [(roles[0], unit) for unit in units] if several else [(roles[0], units[-1])]
