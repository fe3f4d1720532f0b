"""Offices told of a person: "Khối trưởng Lê Văn Tám - Giám đốc Sở A chủ trì", "bầu ông Lê Văn Tám làm Khối trưởng"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.extract.document import Document
from pipeline.extract.leadership.model import Office, is_coming, leading_body, words_between, year_behind, year_of_clause
from pipeline.extract.parties.found import Found
from pipeline.extract.symbols import Chunks

_BEFORE_NAME = re.compile(r"R[YB]*(?P<mark>,|:|-|o:?|)")
_LINKS = re.compile(r"\)?,?[owbh]{1,3}d*(?=R)")
_GIVES = re.compile(r"(?<!\w)(?:làm|giữ(?: chức vụ| chức danh| chức)?|đảm nhiệm|đảm nhận|là)(?: nhiệm vụ| vai trò| chức)?(?: đơn vị)? ?$")

_ANOTHER = re.compile(r"(?<!\w)(?:cùng|cùng với|sau|của)(?: đơn vị)? $")  # "Cùng với Khối trưởng, ông A ..."


_Finder = Callable[[Document, Chunks, Found], int | None]


def find_persons(doc: Document, chunks: Chunks, parties: list[Found], used: set[int]) -> list[Office]:
    """The offices that stand right before a person's name, or behind one that is joined to it by a verb."""
    return _told(doc, chunks, parties, used, (_behind, _before))


def find_titled(doc: Document, chunks: Chunks, parties: list[Found], used: set[int]) -> list[Office]:
    """ "Khối trưởng - Giám đốc Sở A Lê Văn Tám": the office is the person's, not only the body's in his post.

    So is it behind "là" ("Khối phó là bà A - Phó Giám đốc Sở B và ông C - Phó Giám đốc Sở D"), where deputies may be several.
    """
    symbols = chunks.symbols
    titled = [
        p for p in parties if symbols[p.first] == "O" or (symbols[p.first] == "T" and symbols[p.first - 1 : p.first] in ("o", ":", "-"))
    ]
    found = _told(doc, chunks, titled, used, (_before,))
    return [both for office in found for both in (office, *_deputies_beside(chunks, parties, office))]


def _deputies_beside(chunks: Chunks, parties: list[Found], office: Office) -> list[Office]:
    """The further deputies behind "và"."""
    beside = []
    while chunks[office.role_index].entry.fields["role"] == "deputy" and chunks.symbols[office.party.last + 1 :][:1] == "v":
        party = next((p for p in parties if p.first == office.party.last + 2 and p.person and p.role is None), None)
        if party is None:
            break
        office = replace(office, party=party, unit=party.unit)
        beside.append(office)
    return beside


def _told(doc: Document, chunks: Chunks, parties: list[Found], used: set[int], finders: tuple[_Finder, ...]) -> list[Office]:
    found: list[Office] = []
    told = [p for p in parties if p.person is not None and p.role is None]
    for find in finders:
        for party in told:
            role = find(doc, chunks, party)
            if role is None or role in used:
                continue
            used.add(role)
            later = role > party.last
            year = year_behind(chunks, role) or (year_of_clause(chunks, role) if later else None)
            coming = is_coming(doc, chunks, party.first if later else role, role if later else party.last)
            found.append(Office(role, leading_body(doc, party.unit), party, year, coming, "leadership.title.person"))
    return found


def _before(doc: Document, chunks: Chunks, party: Found) -> int | None:
    symbols = chunks.symbols
    role = symbols.rfind("R", max(0, party.first - 5), party.first)
    match = _BEFORE_NAME.fullmatch(symbols, role, party.first) if role >= 0 else None
    if match and match["mark"] == "," and (symbols[role - 1 : role] == "o" or _ANOTHER.search(doc.key, 0, chunks[role].start)):
        return None  # "Giám đốc Sở A Lê Văn Tám làm Khối trưởng, Phó Giám đốc Sở B ...": whoever stands before holds it
    return role if match and (match["mark"] in ("", ":") or symbols[party.first] in "TO") else None


def _behind(doc: Document, chunks: Chunks, party: Found) -> int | None:
    link = _LINKS.match(chunks.symbols, party.last + 1)
    if link is None or not _GIVES.search(words_between(doc, chunks, link.start(), link.end())):
        return None
    return link.end()
