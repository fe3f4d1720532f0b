"""Who leads a bloc: in office by title ("Giám đốc Sở A, Khối trưởng"; "Thanh tra tỉnh (đơn vị Khối trưởng)"), or elected,
named or handed over to for a coming term ("bầu Sở A làm Khối trưởng, Sở B làm Khối phó năm 2023", "Trưởng khối năm 2023 là ...").

Refused: offices without a unit or person; "Khối trưởng tổ chức", what the head of a bloc does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.chunks import Chunks
from pipeline.extract.document import Document
from pipeline.extract.parties import Found
from pipeline.extract.units import Unit

_COMING = re.compile(
    r"(?<!\w)(?:bầu|bầu chọn|bình bầu|đề cử|giới thiệu|cử|suy cử|thống nhất|nhất trí|phân công|bàn giao|tiếp nhận|nhận nhiệm vụ"
    r"|nhận bàn giao|luân phiên|trao cờ luân lưu|nhận cờ luân lưu|trao cờ|chuyển giao|hiệp y|tín nhiệm|sẽ|tân|mới|giao|lựa"
    r" chọn|chọn|suy tôn|biểu quyết|đăng kí|theo đó|tiếp tục|được chuyển|chuyển cho|trao lại|công bố|thông qua)(?!\w)"
)
_LINK_BEFORE = re.compile(r"^(?:[ob]|w|f|h|r|,|d|-|l|v)*d*$")
_ROLE_THEN_UNIT = re.compile(
    r"(?P<roles>R(?:(?:,|v|,v)d*R)*)(?P<year>[BY]*)(?P<link>[wo:fbhGdrB,\-]{0,4}?)(?P<units>(?:T?P[,\-(]?)?(?:O-?)*U(?:(?:,|v|,v|;)U)*)"
)
_UNIT_THEN_ROLE = re.compile(
    r"(?P<units>U(?:(?:,|v)U)*)(?P<link>(?:Y?[obwrhfdlp,\-])[obwrhflbdp]{0,4}d*)(?P<roles>R(?:(?:,|v|,v)d*R(?![YB]*[o:]))*)(?P<year>[BY]*)"
)


@dataclass(slots=True)
class Office:
    """One role of a unit or person. `role` is the chunk that names it."""

    role_index: int
    unit: Unit | None
    party: Found | None
    year: tuple[int, int, int] | None  # value, start, end
    coming: bool
    rule: str
    at: int  # offset of the sentence, so that doubles keep their order


def find_offices(doc: Document, chunks: Chunks, parties: list[Found]) -> list[Office]:
    """The offices that a sentence names, in its order."""
    symbols = chunks.symbols
    if "R" not in symbols and not _flag_only(doc, chunks):
        return []
    found: list[Office] = []
    used: set[int] = set()
    for party in parties:
        index = next((i for i in range(party.first, party.last + 1) if symbols[i] == "R"), None)
        if index is None:
            continue
        used.add(index)
        found.append(
            Office(
                index,
                party.unit,
                party if party.person else None,
                _year(chunks, index),
                _coming_by_title(doc, chunks, index, party),
                "leadership.title.held",
                chunks.sentence.start,
            )
        )
    text = doc.key[chunks.sentence.start : chunks.sentence.end]
    coming = bool(_COMING.search(text))
    found += _elected(doc, chunks, used, coming)
    found += _flag(doc, chunks, parties) if "R" in symbols or "cờ luân lưu" in text else []
    return found


def _coming_by_title(doc: Document, chunks: Chunks, index: int, party: Found) -> bool:
    """ "UBND huyện Yên Lạc (Cụm phó năm 2016) làm Cụm trưởng": in brackets the present office; "tân Khối trưởng" the coming one."""
    before = doc.key[max(0, chunks[index].start - 12) : chunks[index].start]
    return bool(re.search(r"(?:tân|mới) (?:đơn vị )?$", before))


def _year(chunks: Chunks, index: int) -> tuple[int, int, int] | None:
    for i in range(index + 1, min(index + 4, len(chunks.symbols))):
        if chunks.symbols[i] == "Y":
            return chunks[i].year, chunks[i].start, chunks[i].end
        if chunks.symbols[i] not in "Bw":
            return None
    return None


def _sentence_year(chunks: Chunks, from_index: int) -> tuple[int, int, int] | None:
    """The year that closes the clause: "... làm Cụm trưởng, ... làm Cụm phó năm 2019", else one that opens it."""
    for i in range(from_index, len(chunks.symbols)):
        if chunks.symbols[i] == "Y":
            return chunks[i].year, chunks[i].start, chunks[i].end
        if chunks.symbols[i] == ";":
            break
    for i in range(from_index - 1, -1, -1):
        if chunks.symbols[i] == "Y":
            return chunks[i].year, chunks[i].start, chunks[i].end
    return None


def _elected(doc: Document, chunks: Chunks, used: set[int], coming: bool) -> list[Office]:
    found: list[Office] = []
    symbols = chunks.symbols
    at = 0
    while at < len(symbols):
        match, rule = None, ""
        if symbols[at] == "U":
            match, rule = _UNIT_THEN_ROLE.match(symbols, at), "leadership.elect.unit_role"
        elif symbols[at] == "R" and at not in used:
            match, rule = _ROLE_THEN_UNIT.match(symbols, at), "leadership.elect.role_unit"
        if match and not _links(doc, chunks, match, rule):
            match = None
        if not match:
            at += 1
            continue
        if rule.endswith("unit_role") and (handed := _handed_over(doc, chunks, match)):
            found += handed
            used.update(i for i in range(*match.span("roles")))
            at = match.end()
            continue
        roles = [i for i in range(*match.span("roles")) if symbols[i] == "R" and i not in used]
        units = [chunks[i].unit for i in range(*match.span("units")) if symbols[i] == "U"]
        if roles and units:
            found += _pair(doc, chunks, roles, units, match, coming, rule)
            used.update(roles)
        at = match.end() if roles else at + 1
    return found


def _links(doc: Document, chunks: Chunks, match: re.Match[str], rule: str) -> bool:
    """Whether the words between office and unit join them: "làm", "giữ vai trò", "là", "được bàn giao cho", ":"."""
    first, last = match.span("link")
    words = doc.key[chunks[first].start : chunks[last - 1].end] if last > first else ""
    if rule.endswith("unit_role"):
        if re.search(r"(?:bầu|chọn|cử|,)$", words) and "làm" not in words:
            return False
        return (
            bool(
                re.search(
                    r"(?<!\w)(?:làm|giữ|là|đảm nhiệm|đảm nhận|đảm trách|nhận|tiếp nhận|vai trò|nhiệm vụ|chức|cương vị|phụ trách"
                    r"|trở thành|vào vị trí|vị trí|trách nhiệm)(?!\w)",
                    words,
                )
            )
            and len(words) < 70
        )
    if symbols_gap(match["link"]):
        return bool(re.search(r"(?:là|cho|:|thuộc về|gồm|lần lượt là|do|giao|^-$|từ|được bầu là|bầu|với)\W*$", words)) and len(words) < 70
    return False


def _handed_over(doc: Document, chunks: Chunks, match: re.Match[str]) -> list[Office]:
    """ "Sở Y tế bàn giao nhiệm vụ Khối trưởng cho Sở Tư pháp": the first leaves office, the second takes it."""
    first, last = match.span("link")
    words = doc.key[chunks[first].start : chunks[last - 1].end]
    if not re.search(r"bàn giao|chuyển giao|trao", words) or re.search(r"nhận|được", words):
        return []
    to = re.compile(r"(?:Y|B|w)*G(?:d|w|T)*(?P<unit>U)").match(chunks.symbols, match.end())
    if not to:
        return []
    role = next(i for i in range(*match.span("roles")) if chunks.symbols[i] == "R")
    year = _year(chunks, role)
    leaving = chunks[next(i for i in range(*match.span("units")) if chunks.symbols[i] == "U")].unit
    coming = chunks[to.start("unit")].unit
    at = chunks.sentence.start
    return [
        Office(role, leaving, None, None, False, "leadership.handover.from", at),
        Office(role, coming, None, year, True, "leadership.handover.to", at),
    ]


def symbols_gap(link: str) -> bool:
    return bool(link) and link != ","


def _pair(
    doc: Document, chunks: Chunks, roles: list[int], units: list[Unit], match: re.Match[str], coming: bool, rule: str
) -> list[Office]:
    """Each role with its unit: one for one ("lần lượt là"), one role for several units, or the unit for several roles."""
    year = _year(chunks, match.end("roles") - 1) or _sentence_year(chunks, match.end() - 1)
    pairs = [(r, u) for r, u in zip(roles, units, strict=False)] if len(roles) > 1 else [(roles[0], u) for u in units]
    if len(roles) > 1 and len(units) > len(roles):
        pairs += [(roles[-1], u) for u in units[len(roles) :]]
    if rule.endswith("unit_role") and len(units) > 1:
        pairs = (
            [(roles[0], units[-1])]
            if not re.search(r"^U(?:v|,)U", match["units"]) or "deputy" not in chunks[roles[0]].entry.fields["role"]
            else pairs
        )
    return [Office(r, u, None, year, coming, rule, chunks.sentence.start) for r, u in pairs]


def _flag_only(doc: Document, chunks: Chunks) -> bool:
    return "cờ luân lưu" in doc.key[chunks.sentence.start : chunks.sentence.end]


def _flag(doc: Document, chunks: Chunks, parties: list[Found]) -> list[Office]:
    """ "trao cờ luân lưu Khối trưởng năm 2023 cho Sở A": the flag alone hands over the office."""
    symbols = chunks.symbols
    for at, symbol in enumerate(symbols):
        if symbol != "A" or chunks[at].entry.code != "CO_LUANLUU":
            continue
        match = re.compile(r"A(?:w|d|f|Y|R|B)*G(?:d|w|T|P|O|-|,|\()*?(?:d)*(?P<unit>U)").match(symbols, at)
        match = match or re.compile(r"A(?:R|Y|w)*U(?P<link>w)(?P<unit>U)").match(symbols, at)
        if not match:
            continue
        if "link" in match.groupdict() and not re.search(
            r"(?:sang|cho)$", doc.key[chunks[match.start("link")].start : chunks[match.start("link")].end]
        ):
            continue
        role = next((i for i in range(at, match.end()) if symbols[i] == "R"), None)
        unit = chunks[match.start("unit")].unit
        words = doc.key[chunks[at].start : unit.start]
        if not re.search(r"(?:cho|sang) ", words + " ") or len(words) > 90:
            continue
        year = next(
            (
                (chunks[i].year, chunks[i].start, chunks[i].end)
                for i in range(at, match.end() + 2)
                if i < len(symbols) and symbols[i] == "Y"
            ),
            None,
        )
        return [Office(role if role is not None else at, unit, None, year, True, "leadership.handover.flag", chunks.sentence.start)]
    return []
