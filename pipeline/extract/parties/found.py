"""What is found of people and bodies in a sentence: the form that parties, chairs, participants and leadership share."""

from __future__ import annotations

import re

from pipeline.extract.blocs import read_bloc
from pipeline.extract.document import Document, Piece
from pipeline.extract.symbols import Chunk
from pipeline.extract.units import Span, Unit, read_unit
from pipeline.gazetteer import Hit


class Found(Piece):
    """A person or unit as one stretch of a sentence; indexes are those of the chunks."""

    first: int
    last: int
    person: Chunk | None
    posts: list[Chunk]
    unit: Unit | None
    unit_from: str | None = None
    role: Chunk | None = None
    role_year: int | None = None
    body_ends: int = 0  # where the body of the posts before the name ends, when others follow the name

    def position_spans(self) -> list[tuple[int, int]]:
        """The stretch of the posts, or two when the person's name stands between them."""
        if not self.posts:
            return []
        first, last = self.posts[0].start, self.posts[-1].end
        if self.person is None or not first < self.person.start < last:
            return [(first, last)]
        before = [p for p in self.posts if p.start < self.person.start]
        return [(first, max(before[-1].end, self.body_ends)), (self.posts[len(before)].start, last)]


_NEAR = 180


class History:
    """The units named so far, so that "Giám đốc Sở" finds its Sở."""

    def __init__(self) -> None:
        self.units: list[tuple[str, Unit]] = []

    def add(self, doc: Document, unit: Unit) -> None:
        self.units.append((doc.key[unit.parts[0][0] : unit.parts[0][1]], unit))

    def in_office(self, head: str, doc: Document, office: Hit) -> Unit | None:
        """The last unit with this head, or any where that is empty, that is said to hold an office of the bloc."""
        named = (u for key, u in reversed(self.units) if not head or key.startswith(head + " "))
        return next((u for u in named if (held := office_behind(doc, u.end)) and held.entry is office.entry), None)

    def last_with(self, head: str, doc: Document | None = None, before: int = 0, aside: Span = (0, 0), near: int = _NEAR) -> Unit | None:
        """The last unit with this head that does not lie in `aside`; sentences that nobody acts in were not read, and come last.

        The units of a sentence are all known before its persons are read: one that stands `near` before goes before one behind.
        """
        own_school = head == "nhà trường" and near > _NEAR  # of a post: whose article it is, no school that others behind are of
        head = {"nhà trường": "trường", "ngành": "sở"}.get(head, head)
        named = [u for key, u in reversed(self.units) if key.startswith(head + " ") and not aside[0] <= u.start < aside[1]]
        named = [u for u in named if u.start < before] if own_school and before else named
        if named:
            return next((u for u in named if before and u.start < before < u.start + near), named[0])
        tables = ("unit_heads", "units") if aside[1] else ("units",)  # behind a post a body's first word alone names no body
        for hit in reversed([hit for table in tables for hit in doc.within(table, 0, before)] if doc else []):
            if not doc.key.startswith(head + " ", hit.start) or (_in_bloc(doc, hit) and not doc.key.endswith(" thuộc ", 0, hit.start)):
                continue
            line = doc.sentence_at(hit.start)
            if unit := read_unit(doc, hit.start, min(before, line.end) if line else before):
                return unit
        return None


_LONGEST_BLOC = 120


def _in_bloc(doc: Document, hit: Hit) -> bool:
    """Whether the words stand in a bloc's name: "Cụm thi đua các Ban Quản lý Khu kinh tế"; "thuộc Sở Y tế" tells its owner."""
    heads = doc.within("bloc_heads", hit.start - _LONGEST_BLOC, hit.start)
    return any((read_bloc(doc, h.start, hit.start + _LONGEST_BLOC) or 0) > hit.start for h in heads)


_SET_OFF = re.compile(r" ?[,(-] ?(?:là )?(?:đơn vị |cơ quan )?")


def office_behind(doc: Document, at: int) -> Hit | None:
    """The office of a bloc that is set off behind a name: "Sở Y tế - đơn vị Khối trưởng"."""
    mark = _SET_OFF.match(doc.key, at)
    return doc.hit("bloc_roles", mark.end()) if mark else None


# A head word alone, after a post: "Giám đốc Sở", "Chủ tịch Hội đồng"; it means the body named before.
BARE_HEAD = re.compile(
    r" ?(hội đồng|sở|ban|hội|trường|nhà trường|công ti|cục|chi cục|bệnh viện|trung tâm|viện|ngân hàng|đài|báo|liên minh|ngành"
    r"|kho bạc|huyện ủy|tòa án|quân khu|quân đoàn|quân chủng|binh đoàn|học viện|tổng cục|khoa|nhà máy|xí nghiệp|nhà hát|bảo tàng"
    r"|công đoàn|tập đoàn|tổng công ti|liên đoàn|quỹ)(?!\w)"
)


def bare_head(words: str) -> bool:
    """Whether words begin with nothing but a head: "Giám đốc Sở", "Giám đốc Công ty và"."""
    match = BARE_HEAD.match(words)
    return match is not None and words[match.end() :] in ("", " ", " và ", ",", "; ")
