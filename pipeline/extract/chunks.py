"""Chunking: a sentence read from left to right into chunks, one symbol each (see `symbols`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pipeline.extract.document import Document, Sentence
from pipeline.extract.readers import (
    LITTLE,
    NUMBER_WORDS,
    after_plural,
    award_at,
    before_title,
    bloc_or_role_at,
    cue_at,
    issuer_at,
    number_at,
    person_at,
    post_at,
    units_at,
)
from pipeline.extract.symbols import Chunk, Chunks

Reader = Callable[[Document, int, int, list[Chunk]], list[Chunk] | None]
_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*|\S")
_MARKS = set(',;:-()"')


def chunk(doc: Document, sentence: Sentence) -> Chunks:
    """Read a sentence from left to right; at each place the first kind that fits wins."""
    items: list[Chunk] = []
    key, view, end, names_at = doc.key, doc.view, sentence.end, doc.names_at
    reach = sentence.start
    word_open = False
    while word := _WORD.search(key, reach, end):
        at, stop = word.span()
        text = word[0]
        plain = text not in _OPENERS and at not in names_at and view[at].islower()
        found = None if plain else _chunk_at(doc, at, text, end, items)
        if found and not (word_open and found[0].symbol == "w"):
            items.extend(found)
            word_open = found[-1].symbol == "w"
            reach = found[0].end if len(found) == 1 else max([c.end for c in found])
            continue
        reach = found[0].end if found else stop
        if word_open:
            items[-1].end = reach
        else:
            items.append(Chunk("w", at, reach))
            word_open = True
    return Chunks(items, "".join([c.symbol for c in items]), sentence)


# A sentence without any of these has nobody who acts in it: no person, office, award, chair or member.
_ACTORS = ("awards", "bloc_roles", "titles")


def worth_reading(doc: Document, sentence: Sentence) -> bool:
    """Cheap evidence first: most sentences of an article tell of movements and plans and are not read word by word."""
    if any(doc.within(table, sentence.start, sentence.end) for table in _ACTORS):
        return True
    if any(not h.entry.is_a("common") for h in doc.within("positions", sentence.start, sentence.end)):
        return True
    bodies = len(doc.within("units", sentence.start, sentence.end)) + len(doc.within("unit_heads", sentence.start, sentence.end))
    # "các sở Y tế, Nội vụ, Tài chính": fields stand for bodies
    bodies += bodies < 3 and len(doc.within("department_fields", sentence.start, sentence.end))
    if bodies >= 3 or "chair" in (kinds := {h.entry.fields["kind"] for h in doc.within("cues", sentence.start, sentence.end)}):
        return True
    if not bodies:
        return "cờ luân lưu" in doc.key[sentence.start : sentence.end]
    # "Cụm có 5 đơn vị: các đồn Biên phòng A, B, C"
    listed = doc.key.find(":", sentence.start, sentence.end) > 0 and bool(doc.within("bloc_heads", sentence.start, sentence.end))
    listed |= doc.key.startswith(_ALL_THERE, sentence.start) and doc.key.find(":", sentence.start, sentence.end) > 0
    return listed or bool(kinds & _TAKING_PART) or "cờ luân lưu" in doc.key[sentence.start : sentence.end]


_ALL_THERE = ("lãnh đạo các ", "đại diện các ")  # "Lãnh đạo các Đồn Biên phòng: A, B, C chụp ảnh lưu niệm"
_TAKING_PART = frozenset({"chair", "attend", "member", "confer", "receive", "propose", "elect", "handover", "speak", "office"})


def blocs_only(doc: Document, sentence: Sentence) -> Chunks:
    """The named blocs of a sentence that is not worth reading further."""
    items = [
        c for hit in doc.within("bloc_heads", sentence.start, sentence.end) for c in bloc_or_role_at(doc, hit.start, sentence.end, []) or []
    ]
    return Chunks(items, "".join(c.symbol for c in items), sentence)


def _chunk_at(doc: Document, at: int, text: str, end: int, before: list[Chunk]) -> list[Chunk] | None:
    """What begins at this place. A reader runs only where a name of its tables begins, or a word that may open what it reads."""
    if text in _MARKS:
        return [Chunk(text, at, at + 1)]
    names = doc.names_at.get(at, _NOTHING)
    opens = _opened(doc, at, text, before)
    if not names and not opens:
        return None
    mask = 0
    for name in (*names, *opens):
        mask |= _BIT.get(name, 0)
    for reader in _readers(mask, before_title(before)) if mask else ():
        if found := reader(doc, at, end, before):
            return found
    return None


def _opened(doc: Document, at: int, text: str, before: list[Chunk]) -> frozenset[str]:
    """What may begin here though no name does."""
    if text[0].isdigit():
        return _A_NUMBER
    upper = before and doc.view[at].isupper()
    if upper and before_title(before):
        return _A_PERSON
    if text in _OPENERS:
        return _OPENERS[text]
    if upper:
        if text[1:2] == "'" or (before[-1].symbol in ",;v" and after_plural(before)):
            return _A_LISTED
        if len(before) > 3 and before[-1].symbol in ",v" and before[-2].symbol == ")":
            return _A_LIST
    return _NOTHING


_NOTHING: frozenset[str] = frozenset()
# What words and capital letters may open; it stands among the tables of the readers that read it.
_A_NUMBER, _A_PERSON, _A_LIST = frozenset({"number", "list"}), frozenset({"person"}), frozenset({"list"})
_A_LISTED = _A_PERSON | _A_LIST
_A_POST = frozenset({"post"})
_A_WORD, _A_FLAG = frozenset({"word"}), frozenset({"flag"})
_OPENERS = (
    {word.split()[0]: _A_NUMBER for word in NUMBER_WORDS}
    | {word.split()[0]: _A_WORD for word in LITTLE}
    | {"nguyên": _A_POST, "trưởng": _A_POST, "ct": _A_POST, "tp": _A_POST, "ptp": _A_POST}
    | {"các": _A_LIST, "những": _A_LIST, "giai": _A_NUMBER, "nhiệm": _A_NUMBER, "hạng": _A_NUMBER, "cờ": _A_FLAG}
)
# Readers in the order in which they may claim a place, with the tables whose names they begin with.
_ORDER = (
    (frozenset({"bloc_roles", "bloc_heads"}), bloc_or_role_at),
    (frozenset({"awards", "flag"}), award_at),
    (frozenset({"positions", "post"}), post_at),
    (frozenset({"units", "unit_heads", "units~", "unit_heads~", "list"}), units_at),
    (frozenset({"titles", "family_names", "person"}), person_at),
    (frozenset({"number"}), number_at),
    (frozenset({"issuers"}), issuer_at),
    (frozenset({"cues", "word"}), cue_at),
)
# After "đồng chí" a person's name goes before a unit's.
_TITLED_ORDER = (*_ORDER[:3], _ORDER[4], _ORDER[3], *_ORDER[5:])
_BIT = {table: 1 << k for k, (tables, _) in enumerate(_ORDER) for table in tables}


@cache
def _readers(mask: int, titled: bool) -> tuple[Reader, ...]:
    """The readers whose bits are set, in their order."""
    return tuple(reader for tables, reader in (_TITLED_ORDER if titled else _ORDER) if any(mask & _BIT[t] for t in tables))
