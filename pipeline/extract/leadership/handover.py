"""Offices that pass from one unit to another: by words, by the flag alone, or because one takes the other's place."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.document import Document
from pipeline.extract.leadership.model import ABOVE, Office, Year, words_between, year_at, year_behind, year_of_clause
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit

_HANDS = re.compile(r"bàn giao|chuyển giao|trao|giao lại")
_RECEIVES = re.compile(r"nhận|được")
_TO_WHOM = r"G(?:d|w|T)*(?:P[,\-(]?)?(?:O[,v\-]?)*"  # "cho đồng chí A, Giám đốc": the person of the unit that follows
_TO_UNIT = re.compile(rf"(?:Y|B|w)*(?P<to>{_TO_WHOM}|w)(?P<unit>U)")
_OVER = re.compile(r"(?<!\w)(?:sang|về)(?: cho)?(?: đơn vị)? ?$")


def handed_over(doc: Document, chunks: Chunks, match: re.Match[str]) -> list[Office]:
    """ "Sở Y tế bàn giao nhiệm vụ Khối trưởng cho Sở Tư pháp": the first leaves office, the second takes it."""
    words = words_between(doc, chunks, *match.span("link"))
    if not _HANDS.search(words) or _RECEIVES.search(words):
        return []
    to = _TO_UNIT.match(chunks.symbols, match.end())
    if not to or (to["to"] == "w" and not _OVER.search(doc.key, chunks[match.start("roles")].end, chunks[to.start("unit")].start)):
        return []
    role = next(i for i in range(*match.span("roles")) if chunks.symbols[i] == "R")
    leaving = next(i for i in range(*match.span("units")) if chunks.symbols[i] == "U")
    return _from_to(chunks, role, leaving, to.start("unit"), year_behind(chunks, role))


def _from_to(chunks: Chunks, role: int, leaving: int, coming: int, year: Year | None) -> list[Office]:
    return [
        Office(role, chunks[leaving].unit, None, None, False, "leadership.handover.from"),
        Office(role, chunks[coming].unit, None, year, True, "leadership.handover.to"),
    ]


# "Sở A thay Sở B làm Khối trưởng", "Sở A làm Khối trưởng thay Sở B", "bàn giao vai trò Khối trưởng giữa Sở B và Sở A"
_INSTEAD = re.compile(r"(?P<to>U)w(?P<from>U)[ow]{1,2}d*(?P<role>R)")
_INSTEAD_BEHIND = re.compile(r"(?P<to>U)[obwrhl]{1,4}d*(?P<role>R)[YB]*,?w(?:G|d)*(?P<from>U)")
_BETWEEN = re.compile(r"(?P<role>R)[YB]*(?:w?,U)?,?w(?P<from>U)(?:v|w|G|o){1,2}(?P<to>U)")
_REPLACES = re.compile(r"(?<!\w)(?:thay|thay thế|thay cho|kế nhiệm)(?: cho)?(?: đơn vị)? ?$")
_FROM_TO = re.compile(r"(?<!\w)(?:giữa|từ)(?: đơn vị)? ?$")


def find_replaced(doc: Document, chunks: Chunks, used: set[int]) -> list[Office]:
    """Who takes an office, and whose place it was."""
    for pattern, words in ((_INSTEAD, _REPLACES), (_INSTEAD_BEHIND, _REPLACES), (_BETWEEN, _FROM_TO)):
        match = pattern.search(chunks.symbols)
        if not match or match.start("role") in used:
            continue
        two = "R" in chunks.symbols[: match.start("to")] and chunks.symbols.startswith((",U", "vU"), match.end("from"))
        if words is _REPLACES and two:
            continue  # "Khối trưởng là Sở A, Khối phó là Sở B thay Sở C, Sở D": one for one
        role, leaving, coming = (match.start(g) for g in ("role", "from", "to"))
        at = chunks[leaving].start
        if words.search(doc.key, at - 20, at) and (words is _REPLACES or _hands(doc, chunks, leaving)):
            used.update((role, leaving, coming))
            return _from_to(chunks, role, leaving, coming, year_behind(chunks, role) or year_of_clause(chunks, role))
    return []


_ROWS_BEHIND = re.compile(r"(?P<role>R)[YB]*:")
_HANDED_ROW = re.compile(r"(?:(?P<bloc>[Bw]):)?(?P<from>U)hw?G(?:d|w)*(?P<to>U)")


def find_handed_rows(doc: Document, chunks: Chunks, used: set[int]) -> list[Office]:
    """ "bàn giao nhiệm vụ Khối trưởng năm 2024: Khối A: Sở B bàn giao cho Sở C; Khối D: ...": the same office of several blocs."""
    opening = _ROWS_BEHIND.search(chunks.symbols) if "h" in chunks.symbols else None
    rows = [*_HANDED_ROW.finditer(chunks.symbols, opening.end())] if opening and opening.start("role") not in used else []
    if not rows:
        return []
    role = opening.start("role")
    used.add(role)
    year = year_behind(chunks, role)
    offices = []
    for row in rows:
        label = chunks[row.start("bloc")] if row["bloc"] else None
        bloc = (label.start, label.end) if label and doc.key.startswith(("khối", "cụm"), label.start) else None
        passed = _from_to(chunks, role, row.start("from"), row.start("to"), year)
        offices += [replace(office, bloc=bloc) for office in passed]
    return offices


# "Sở A, đơn vị Trưởng khối năm 2010, bàn giao nhiệm vụ, hồ sơ cho Sở B"
_HOLDER_HANDS = re.compile(rf"R[YB]*\)?,?[wv]?(?P<verb>h)[w,v]{{0,4}}{_TO_WHOM}(?P<unit>U)")


def find_successor(doc: Document, chunks: Chunks) -> list[Office]:
    """To whom the unit in office, named with its office, hands over its work."""
    match = _HOLDER_HANDS.search(chunks.symbols)
    if not match or not _HANDS.search(doc.key, chunks[match.start("verb")].start, chunks[match.start("verb")].end):
        return []
    words = words_between(doc, chunks, match.start("verb"), match.start("unit"))
    if not _OF_OFFICE.search(words) and not _TO_ITSELF.fullmatch(words.strip()):
        return []
    return [Office(match.start(), chunks[match.start("unit")].unit, None, None, True, "leadership.handover.to")]


_TO_ITSELF = re.compile(r"(?:đã )?(?:bàn giao|chuyển giao)(?: lại)?(?: cho)?(?: đơn vị)?")  # "Sở A - Khối trưởng bàn giao cho Sở B"
_OF_OFFICE = re.compile(r"nhiệm vụ|vai trò|chức|công việc|cờ|trách nhiệm")


_PASSES = re.compile(r"bàn giao|chuyển giao|trao|được chuyển|nhận (?:nhiệm vụ|vai trò|cờ|trách nhiệm)")


def _hands(doc: Document, chunks: Chunks, leaving: int) -> bool:
    return bool(_PASSES.search(doc.key, chunks.sentence.start, chunks[leaving].start))


def names_flag(doc: Document, chunks: Chunks) -> bool:
    """Whether the flag of office is handed over, with or without the office's name."""
    return "cờ luân lưu" in doc.key[chunks.sentence.start : chunks.sentence.end]


# "trao cờ Cụm trưởng Cụm thi đua số 4 năm 2023 cho Sở A": the flag that is named by the office
_ROLE_FLAG = re.compile(r"R[YBw]{0,4}G(?:d|w|T|P|O|-|,)*?(?P<unit>U)")
_OF_ROLE = re.compile(r"cờ (?:luân lưu )?(?:của )?(?:đơn vị )?$")


# "Sở A trao cờ, chuyển giao vị trí Cụm trưởng năm 2018 cho Sở B"
_HANDS_ROLE = re.compile(rf"(?P<from>U)[fw]{{1,2}}A?,h[wd]{{0,3}}(?P<role>R)[YB]*{_TO_WHOM}(?P<unit>U)")


def find_two_verbs(doc: Document, chunks: Chunks, used: set[int]) -> list[Office]:
    """The unit in office hands over the flag and, by a second verb, the office."""
    match = _HANDS_ROLE.search(chunks.symbols)
    if not match or match.start("role") in used:
        return []
    used.add(match.start("role"))
    return _from_to(chunks, match.start("role"), match.start("from"), match.start("unit"), year_behind(chunks, match.start("role")))


def find_role_flag(doc: Document, chunks: Chunks, used: set[int]) -> list[Office]:
    """To whom the flag of the head goes, and from whom."""
    for at, symbol in enumerate(chunks.symbols):
        match = _ROLE_FLAG.match(chunks.symbols, at) if symbol == "R" and at not in used else None
        if not match or not _OF_ROLE.search(doc.key, max(0, chunks[at].start - 24), chunks[at].start):
            continue
        used.add(at)
        leaving = _who_hands(doc, chunks, match, at)
        year = year_behind(chunks, at)
        if leaving is not None:
            return _from_to(chunks, at, leaving, match.start("unit"), year)
        return [Office(at, chunks[match.start("unit")].unit, None, year, True, "leadership.handover.flag")]
    return []


_FLAG_TO = re.compile(r"A(?:w|d|f|r|h|Y|R|B)*G(?:d|w|T|P|O|-|,|\(|R|Y|B|o)*?(?:d)*(?P<unit>U)")
_FLAG_FROM_TO = re.compile(r"A(?:R|Y|B|w|h|f)*(?P<from>U)(?P<link>w|G)(?P<unit>U)")
_HANDED_BY = re.compile(r"(?P<from>U)P?(?:\(w\))?(?:w|h|f|v|d)+$")
_HANDS_ON = re.compile(r"(?<!\w)(?:bàn giao|chuyển giao|chuyển|trao)(?!\w)")
_TO = re.compile(r"(?<!\w)(?:cho|sang) ")


def find_flag(doc: Document, chunks: Chunks) -> list[Office]:
    """ "trao cờ luân lưu Khối trưởng năm 2023 cho Sở A": the flag alone hands over the office."""
    for at, symbol in enumerate(chunks.symbols):
        if symbol != "A" or chunks[at].entry.code != "CO_LUANLUU":
            continue
        match = _FLAG_FROM_TO.match(chunks.symbols, at) or _FLAG_TO.match(chunks.symbols, at)
        if not match:
            if taken := _taken_flag(doc, chunks, at):
                return taken
            continue
        unit = match.start("unit")
        words = doc.key[chunks[at].start : chunks[unit].start]
        if not _TO.search(words) or len(words) > 90:
            continue
        role = next((i for i in range(at, match.end()) if chunks.symbols[i] == "R"), at)
        year = next((year_at(chunks, i) for i in range(at, min(match.end() + 2, len(chunks.symbols))) if chunks.symbols[i] == "Y"), None)
        leaving = _who_hands(doc, chunks, match, at)
        if leaving is not None:
            return _from_to(chunks, role, leaving, unit, year)
        return [Office(role, chunks[unit].unit, None, year, True, "leadership.handover.flag")]
    return []


_TAKES = re.compile(
    r",? (?:đã |sẽ |vinh dự |lên |(?:đại diện|thay mặt) (?:cho )?(?:đơn vị |cơ quan |tập thể )*)*(?:tiếp |đón )?nhận (?:bàn giao )?$"
)


_FLAG_REACHES = re.compile(r"A[RYB]*(?P<link>w)(?P<unit>U)")
_REACHES = re.compile(r"(?:đã |được |sẽ )*(?:về tay|thuộc về|chuyển về|trao về)(?: đơn vị)? ?")


def _taken_flag(doc: Document, chunks: Chunks, at: int) -> list[Office]:
    """ "Sở A nhận cờ luân lưu Cụm trưởng năm 2023", "Cờ luân lưu đã về tay Sở A": who takes the flag, with nobody named who gives it."""
    reached = _FLAG_REACHES.match(chunks.symbols, at)
    if reached and _REACHES.fullmatch(doc.key, chunks[reached.start("link")].start, chunks[reached.start("unit")].start):
        unit = chunks[reached.start("unit")].unit
        return [Office(at, unit, None, year_behind(chunks, at), True, "leadership.handover.flag")]
    unit = next((i for i in range(at - 1, max(at - 6, -1), -1) if chunks.symbols[i] == "U"), None)
    if unit is None or not _TAKES.fullmatch(doc.key, chunks[unit].end, chunks[at].start):
        return []
    role = at + 1 if chunks.symbols.startswith("R", at + 1) else at
    return [Office(role, chunks[unit].unit, None, year_behind(chunks, role), True, "leadership.handover.flag")]


def _who_hands(doc: Document, chunks: Chunks, match: re.Match[str], at: int) -> int | None:
    """Who had the flag: "từ Sở A sang Sở B", "Sở A bàn giao cờ luân lưu". Those above the bloc only present it."""
    if match.re is _FLAG_FROM_TO:
        return match.start("from")
    giver = _HANDED_BY.search(chunks.symbols, 0, at)
    if not giver or not _HANDS_ON.search(doc.key, chunks[giver.start("from")].end, chunks[at].end):
        return None
    return None if _is_above(chunks[giver.start("from")].unit) else giver.start("from")


def _is_above(unit: Unit) -> bool:
    """Whether a body is above the blocs: it presents the flag and held no office."""
    return unit.entry is not None and (unit.entry.is_a(*ABOVE) or unit.entry.fields.get("level") == "ministry")


# "Sở A bàn giao hồ sơ và cờ luân lưu cho Trưởng khối mới": to whom, another sentence tells
_TO_THE_NEW = re.compile(r"(?P<from>U)P?(?:\([^()]*\))?(?P<words>[wvhfA,]{1,8})G[wd]*(?P<role>R)")
_NEW_HEAD = re.compile(r"(?:(?:khối|cụm) trưởng|trưởng (?:khối|cụm)) mới|(?P<bare>(?:khối|cụm) trưởng|trưởng (?:khối|cụm))(?: thi đua)?")


_GIVES_BACK = re.compile(r"(?:bàn giao|chuyển giao)(?!\w)")  # by whoever had it


def find_parting(doc: Document, chunks: Chunks, used: set[int]) -> list[Office]:
    """Who hands over to "the new head of the bloc", whom the sentence does not name."""
    match = _TO_THE_NEW.search(chunks.symbols) if "h" in chunks.symbols or "A" in chunks.symbols else None
    if not match or (role := match.start("role")) in used:
        return []
    words = words_between(doc, chunks, *match.span("words"))
    if not _HANDS_ON.search(words) or _RECEIVES.search(words) or not _OF_OFFICE.search(words):
        return []
    new = _NEW_HEAD.fullmatch(doc.key, chunks[role].start, chunks[role].end)
    if not new or (new["bare"] and not doc.key.endswith((" tân ", " tân đơn vị "), 0, chunks[role].start)):
        return []
    unit = chunks[match.start("from")].unit
    if _is_above(unit) and not _GIVES_BACK.search(words):
        return []  # "Vụ A trao cờ luân lưu cho Khối trưởng mới"
    used.add(role)
    return [Office(role, unit, None, None, False, "leadership.handover.from")]


_FROM = re.compile(r"(?<!\w)nhận(?!\w)[^;:]{0,70} (?:từ|(?P<by>do)) (?:đơn vị |đại diện |lãnh đạo |tập thể )*$")
_GIVES_UP = re.compile(r" (?:đã |vừa )?(?:bàn giao|chuyển giao|trao)(?!\w)")


def from_whom(doc: Document, chunks: Chunks, index: int) -> bool:
    """Whether the unit is the one from which another receives: "Sở A nhận vai trò Khối trưởng từ Sở B", "... do Sở B bàn giao"."""
    at = chunks[index].start
    match = _FROM.search(doc.key, max(chunks.sentence.start, at - 90), at)
    return bool(match and (not match["by"] or _GIVES_UP.match(doc.key, chunks[index].end)))


def _is_head(chunks: Chunks, office: Office) -> bool:
    """Whether the office is the head's, as the flag is that stands for it."""
    role = chunks[office.role_index]
    return role.symbol != "R" or role.entry.fields["role"] == "head"


def find_given_up(doc: Document, chunks: Chunks, found: list[Office]) -> list[Office]:
    """Who led the bloc until now: the unit from which the coming head receives the office, the flag or the work."""
    heads = [o for o in found if o.coming and o.unit and _is_head(chunks, o)]
    if len(heads) != 1:
        return []
    units = [i for i, symbol in enumerate(chunks.symbols) if symbol == "U" and chunks[i].unit is not heads[0].unit]
    index = next((i for i in units if from_whom(doc, chunks, i)), None)
    if index is None or any(o.unit is chunks[index].unit for o in found):
        return []
    return [Office(heads[0].role_index, chunks[index].unit, None, None, False, "leadership.handover.from")]
