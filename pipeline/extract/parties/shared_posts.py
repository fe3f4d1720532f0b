"""Posts, and bodies that send people, that stand once for several persons.

  "các đồng chí Phó Viện trưởng: A, B, C" gives each the post in front; so do "các Phó Viện trưởng: A, B", "các Phó Viện trưởng A, B"
  "Về phía Sở Y tế có ông A, Giám đốc; bà B, Trưởng phòng Tổ chức": both are of the Sở
  "ông A và bà B - Phó Giám đốc Sở Xây dựng", "các đồng chí A, B - Phó Chủ tịch UBND xã": a post that several hold
Refused: "ông A và bà B - Giám đốc Sở Y tế", "ông A; bà B, Phó Giám đốc": one alone holds it.
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.parties.found import Found, bare_head
from pipeline.extract.symbols import Chunk, Chunks
from pipeline.extract.units import Unit

_REPRESENTS = ("dU", "wdU", "w,dU")  # "Đại diện Sở Nội vụ, đồng chí A, Trưởng phòng B"
_LED = re.compile(r"[Tw]OU?w?:(?=T*P)")
_JOINED = frozenset(("v", ",v", ","))


def share_posts(doc: Document, chunks: Chunks, symbols: str, found: list[Found]) -> None:
    """Gives the posts that stand once to everyone of the row."""
    if ":" in symbols:
        _before_colon(doc, chunks, symbols, found)
    if len(found) > 1:
        _behind_plural(doc, symbols, found)
        _behind_row(chunks, symbols, found)
        _with_deputy(doc, symbols, found)
    if len(found) > 1 or symbols.startswith(_REPRESENTS):
        _of_one_sender(doc, chunks, symbols, found)


def _before_colon(doc: Document, chunks: Chunks, symbols: str, found: list[Found]) -> None:
    for match in _LED.finditer(symbols):
        at, last = match.start(), match.end() - 1
        title, post = chunks[at], chunks[at + 1]
        unit = chunks[at + 2].unit
        words = doc.key[chunks[last - 1].start : chunks[last - 1].end]
        plural = title.entry.fields["plural"] if title.symbol == "T" and title.entry else doc.key.endswith("các", title.start, title.end)
        if not plural or ("w" in match[0][1:] and not bare_head(words)):
            continue
        for party in found:
            if party.first <= last:
                last = max(last, party.last)  # the post was read with the first name
                continue
            if party.person is None:
                continue
            if symbols[last + 1 : party.first].strip(",;v"):
                break
            # "Ủy viên Ban Thường vụ Tỉnh ủy: A, Trưởng Ban ...": the committee is a part of the post when others follow
            end = unit.end if unit and party.posts else post.end
            party.posts.insert(0, Chunk("O", post.start, end, entry=post.entry))
            party.unit = party.unit or unit
            last = party.last


def _behind_plural(doc: Document, symbols: str, found: list[Found]) -> None:
    """ "các Phó Chủ tịch UBND tỉnh A, B và C": the post in front of the first is that of those who follow without one."""
    for at, first in enumerate(found):
        if not (first.person and first.posts) or first.posts[0].start > first.person.start:
            continue
        if not doc.key.endswith("các ", 0, first.posts[0].start):
            continue
        last = first
        for party in found[at + 1 :]:
            if not _bare(party) or symbols[last.last + 1 : party.first] not in _JOINED:
                break
            party.posts, party.unit, party.unit_from = list(first.posts), first.unit, first.unit_from
            last = party


def _behind_row(chunks: Chunks, symbols: str, found: list[Found]) -> None:
    """The last person's post belongs to those right before who have none, when several may hold it."""
    for at in range(len(found) - 1, 0, -1):
        last = found[at]
        if not (last.person and last.posts and last.posts[0].entry and last.posts[0].entry.is_a("several")):
            continue
        name = next(i for i in range(last.first, last.last + 1) if chunks[i] is last.person)
        row, at = [], at - 1
        while at >= 0 and _bare(found[at]) and symbols[found[at].last + 1 : (row or [last])[-1].first] in _JOINED:
            row.append(found[at])
            at -= 1
        if not row or last.posts[0].start < last.person.start:
            continue
        plural = any(
            c.symbol == "T" and c.entry and c.entry.fields["plural"] for c in chunks.items[max(0, row[-1].first - 2) : row[-1].last]
        )
        joined = "v" in symbols[row[0].last + 1 : last.first] and symbols[name + 1 : name + 2] in ("-", "(", "=")
        plural = plural or symbols.startswith((",==", "=="), name + 1) or symbols[row[-1].first - 1] == "N"  # "2 đồng chí A, B - ..."
        if plural or joined:
            for party in row:
                party.posts, party.unit, party.unit_from = list(last.posts), last.unit, last.unit_from


def _with_deputy(doc: Document, symbols: str, found: list[Found]) -> None:
    """ "ông A - Giám đốc, bà B - Phó Giám đốc Sở Y tế": the head stands before the deputy, whose body is both's."""
    for head, deputy in zip(found, found[1:], strict=False):
        if not (head.person and head.posts and head.unit is None and deputy.person and deputy.posts and deputy.unit):
            continue
        posts = [doc.key[p.posts[0].start : p.posts[0].end] for p in (head, deputy)]
        if posts[1].startswith(f"phó {posts[0]}") and symbols[head.last + 1 : deputy.first] in (*_JOINED, ";"):
            head.unit, head.unit_from = deputy.unit, "the unit of the deputy named next"


def _bare(party: Found) -> bool:
    return party.person is not None and not party.posts and party.unit is None and party.role is None


# "lãnh đạo Sở Y tế: ông A, Giám đốc; bà B, Phó Giám đốc", "về phía Sở Y tế có các ông: A, Giám đốc"
_SENDS = re.compile(r"(?: (?:gồm )?có| (?:bao )?gồm| ?:)(?: ?:)? ?(?:các )?(?:(?:đồng chí|đ/c|ông[,/ ]bà|ông|bà|anh|chị) ?: ?)?")
_NEXT = re.compile(r"(?P<bare>w)?(?:[,;]v?|v)")


def _of_one_sender(doc: Document, chunks: Chunks, symbols: str, found: list[Found]) -> None:
    """Who follows in the row of those whom a body sends is of that body, too; a room named alone is a part of the post."""
    sender = None
    for before, party in zip([None, *found], found, strict=False):
        if before is None or not _follows(doc, chunks, symbols, before.last + 1, party.first):
            sender = _sends(doc, chunks, party.first)
            if sender is not None and party.person is not None and party.posts and party.unit is None:
                party.unit, party.unit_from = sender, "the unit that sends"
            elif party.person is not None and _room_alone(party) and (body := _stands_for(doc, chunks, party.first)):
                _of_room(party, body, "the unit that is represented")
            continue
        if sender is None or party.person is None or not party.posts or party.posts[-1].start < party.person.start:
            continue
        if _room_alone(party) and not sender.is_a("government"):
            _of_room(party, sender, "the unit that sends those before")
        elif party.unit is None:
            party.unit, party.unit_from = sender, "the unit that sends those before"


def _room_alone(party: Found) -> bool:
    return bool(party.posts) and party.unit is not None and party.unit.is_a("room") and not party.unit.placed


def _of_room(party: Found, body: Unit, whence: str) -> None:
    """The room becomes a part of the post, and `body` the unit."""
    post = party.posts[-1]
    party.posts[-1] = Chunk("O", post.start, max(post.end, party.unit.end), entry=post.entry)
    party.unit, party.unit_from = body, whence


_APPOSED = re.compile(r",? ?(?:là )?(?:đồng chí |ông |bà |anh |chị |đ/c )?")


def _stands_for(doc: Document, chunks: Chunks, first: int) -> Unit | None:
    """ "Đại diện Sở Nội vụ, đồng chí A, Trưởng phòng Thi đua": the body that the clause begins with."""
    at = next((k for k in range(first - 1, max(first - 4, -1), -1) if chunks.symbols[k] == "U"), None)
    unit = chunks[at].unit if at is not None else None
    opens = at is not None and chunks.symbols[: at + 1] in _REPRESENTS and not unit.is_a("government")
    return unit if opens and _APPOSED.fullmatch(doc.key, unit.end, chunks[first].start) else None


def _follows(doc: Document, chunks: Chunks, symbols: str, start: int, first: int) -> bool:
    """Whether nothing but marks, or a bare head ("Phó Giám đốc Sở"), stands between two persons of a row."""
    gap = _NEXT.fullmatch(symbols, start, first)
    return gap is not None and (not gap["bare"] or bare_head(doc.key[chunks[start].start : chunks[start].end]))


def _sends(doc: Document, chunks: Chunks, first: int) -> Unit | None:
    """The body right before a person: "đại diện Sở Y tế có ông A"."""
    at = next((k for k in range(first - 1, max(first - 5, -1), -1) if chunks.symbols[k] == "U"), None)
    unit = chunks[at].unit if at is not None else None
    return unit if unit and _SENDS.fullmatch(doc.key, unit.end, chunks[first].start) else None
