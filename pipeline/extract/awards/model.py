"""What the modules of this folder hand to each other: an award, who gives it, who gets it, and the tokens of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.document import Document, Piece
from pipeline.extract.parties.found import Found
from pipeline.extract.symbols import Chunk, Chunks
from pipeline.extract.units import Unit

COUNT_BEFORE = re.compile(
    r"(?<![\w/.])(?<!\d,)(?<!lớp )(?<!khối )(?<!khóa )"  # "lớp 5 giấy khen" counts nothing
    r"(\d{1,3}(?:\.\d{3})+|\d{1,5})(?: lượt)?(?: (?:danh hiệu(?: vinh dự nhà nước)?|chiếc|tấm|suất))? ?\"?$"
)
THEME = re.compile(r'"[wTdv,]{1,9}"')  # the words that an award bears: "Kỷ niệm chương "Vì sự nghiệp A""


@dataclass(slots=True)
class Recipient:
    """A unit, a person, or a number of either."""

    index: int
    unit: Unit | None = None
    person: Chunk | None = None
    number: int | None = None
    kind: str | None = None
    span: tuple[int, int] | None = None
    inferred_from: str | None = None
    rule: str | None = None  # where it is another than the award's


@dataclass(slots=True)
class Issuer:
    """Who gives: words of the text and the level that they settle (None when they leave it open).

    `by_award`: the words are the name of another award, which says by itself who gives it.
    `handed`: a body's leaders or delegates only hand it over ("lãnh đạo xã trao").
    """

    span: tuple[int, int]
    level: str | None
    by_award: bool = False
    handed: bool = False


@dataclass(slots=True)
class AwardFound:
    """One award as a sentence tells of it, with all that receive it; offsets of the view. `year`: the year, start, end."""

    award: Chunk
    grade: Chunk | None
    issuer: Issuer | None
    issuer_inherited: bool
    recipients: list[Recipient]
    status: str
    status_span: tuple[int, int] | None
    year: tuple[int, int, int] | None
    rule: str
    in_passing: bool = False
    summed: tuple[int, int] | None = None  # the verb that sums up what the half-year under review brought
    sentence: object = None
    vague: bool = False  # "nhiều bằng khen, giấy khen": whose nobody says
    open_group: bool = False  # "cho những cá nhân có thành tích": persons whom another sentence may name


class Token(Piece):
    """A chunk, or a person with all that belongs to the person."""

    symbol: str
    first: int
    last: int
    chunk: Chunk
    party: Found | None = None


@dataclass(slots=True)
class Clause:
    """What carries over from one award of a sentence to the next."""

    issuer: Issuer | None = None
    status: str | None = None
    status_span: tuple[int, int] | None = None
    boundary: int = 0
    year: tuple[int, int, int] | None = None


def collapse(doc: Document, chunks: Chunks, parties: list[Found]) -> list[Token]:
    """The chunks with every person's posts and unit drawn into one token."""
    people = {p.first: p for p in parties if p.person}
    tokens: list[Token] = []
    at = 0
    while at < len(chunks.symbols):
        party = people.get(at)
        if party and not any(s in "fprA" for s in chunks.symbols[party.first : party.last + 1]) and not _gives_beside(doc, chunks, party):
            tokens.append(Token("P", party.first, party.last, party.person, party))
            at = party.last + 1
            continue
        if chunks.symbols[at] == "(" and chunks.symbols[at + 1 : at + 3] == "w)" and chunks[at + 1].end - chunks[at + 1].start <= 9:
            at += 3  # "(cũ)", "(61 tuổi)"
            continue
        if chunks.symbols.startswith("w-", at) and _ITEM_NUMBER.fullmatch(doc.key, chunks[at].start, chunks[at].end):
            at += 2  # "cho: 1- Sở A; 2- Sở B"
            continue
        if chunks.symbols.startswith("T(T)", at - 1):
            at += 3  # "các ông (bà): A, B"
            continue
        if chunks.symbols.startswith("Bw", at - 1) and chunks[at].unit and chunks[at].end == chunks[at].unit.end:
            at += 1  # "khối thi đua các hội | tỉnh Lai Châu"
            continue
        symbol = chunks.symbols[at]
        if symbol == "G" and at and chunks.symbols[at - 1] == "G":
            at += 1  # "cho cho": written twice
            continue
        if symbol == "A" and _prefix_of_name(chunks, at):
            symbol = "T"
        tokens.append(Token(symbol, at, at, chunks[at]))
        at += 1
    return tokens


_ITEM_NUMBER = re.compile(r"\d{1,2}")
_BODY_BESIDE = re.compile(r"T*P[^,]*,O?U|[^,]*,U")
_GIVES_BESIDE = re.compile(r"(?:\(w\))?w?f")
_DEED_OF = re.compile(
    r"(?<!\w)(?:hành động|hành vi|việc làm|nghĩa cử|tinh thần|tấm gương|gương|sự dũng cảm|lòng dũng cảm|thành tích|chiến công)(?!\w)"
    r"[^,;.:()]{0,50} của (?:(?:ông|bà|anh|chị|em|cháu|cô|thầy|đồng chí) )?$"
)


def _gives_beside(doc: Document, chunks: Chunks, party: Found) -> bool:
    """ "hành động của anh A, UBND xã B đã tặng", "..., Chủ tịch UBND xã B đã tặng": who stands behind one whose deed is praised gives."""
    if not _BODY_BESIDE.fullmatch(chunks.symbols, party.first, party.last + 1) or not _GIVES_BESIDE.match(chunks.symbols, party.last + 1):
        return False
    who = party.person.start
    return not party.posts or _DEED_OF.search(doc.key, max(chunks.sentence.start, who - 90), who) is not None


def _prefix_of_name(chunks: Chunks, at: int) -> bool:
    """ "NSƯT Trần Văn Tám", "Nghệ nhân ưu tú Y Lan Niê": a state title borne by a person, no award of this article."""
    category = chunks[at].entry.fields["category"] if chunks[at].entry else ""
    return category == "state_honour" and chunks.symbols[at + 1 : at + 2] == "P" and chunks.symbols[at - 1 : at] not in ("f", "r", "p", '"')


_ENDS_CLAUSE = re.compile("[A;]")


def clause_end(symbols: str, i: int) -> int:
    """The next award or semicolon behind a token, or where the symbols end."""
    end = _ENDS_CLAUSE.search(symbols, i + 1)
    return end.start() if end else len(symbols)


def span_of(token: Token) -> tuple[int, int]:
    return token.chunk.start, token.chunk.end


def symbols_of(tokens: list[Token]) -> str:
    return "".join([t.symbol for t in tokens])
