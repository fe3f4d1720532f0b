"""Chunking: a sentence read from left to right into chunks, one symbol each (see `symbols`)."""

from __future__ import annotations

from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.beginnings import A_LIST, A_PERSON, MARKS, Beginnings, readers
from pipeline.extract.reading.readers import after_plural, before_title, bloc_or_role_at
from pipeline.extract.symbols import Chunk, Chunks


def chunk(doc: Document, sentence: Sentence) -> Chunks:
    """The chunks of a sentence, which is read once, whoever asks for them."""
    if sentence not in doc.chunks:
        doc.chunks[sentence] = _read(doc, sentence)
    return doc.chunks[sentence]


def _read(doc: Document, sentence: Sentence) -> Chunks:
    """Read a sentence from left to right; at each place the first kind that fits wins, and words that are nothing are left over."""
    items: list[Chunk] = []
    view, end = doc.view, sentence.end
    beginnings = doc.beginnings = doc.beginnings or Beginnings(doc)
    reach = sentence.start  # where the last chunk ends that is no mere words
    for at in beginnings.between(reach, end):
        if at < reach or (at - 2 >= reach and view[at - 1] in "'." and _inside_word(view, at)):
            continue
        if at - reach > 1 or (at > reach and view[reach] != " "):  # mostly there is a blank only
            _add_words(view, items, reach, at)
        symbol = view[at]
        if symbol in MARKS:
            items.append(Chunk(symbol, at, at + 1))
            reach = _names_behind(doc, beginnings, at + 1, end, items)
        elif found := _chunks_at(doc, beginnings, at, end, items):
            reach = _names_behind(doc, beginnings, _take(items, found), end, items)
    _add_words(view, items, reach, end)
    return Chunks(items, "".join([c.symbol for c in items]), sentence)


def _inside_word(view: str, at: int) -> bool:
    """Whether the mark before joins a letter to another: "TP.HCM", "H'Nhem"; the digit of "1.Sở A" only numbers a list."""
    return view[at].isalnum() and view[at - 2].isalnum() and not (view[at - 2].isdigit() and view[at].isalpha())


def _take(items: list[Chunk], found: list[Chunk]) -> int:
    """Adds what was found and tells where it ends. Words that only look like something join those before them."""
    stop = found[0].end if len(found) == 1 else max([c.end for c in found])
    if found[0].symbol == "w" and items and items[-1].symbol == "w":
        items[-1].end = stop
    else:
        items += found
    return stop


def _add_words(view: str, items: list[Chunk], start: int, end: int) -> None:
    """Words that no reader takes; with those before them they are one chunk."""
    start += view.startswith(" ", start)
    end -= view.endswith(" ", start, end)
    if start >= end:
        return
    if items and items[-1].symbol == "w":
        items[-1].end = end
    else:
        items.append(Chunk("w", start, end))


def _chunks_at(doc: Document, beginnings: Beginnings, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    """What begins at this place. A reader runs only where a name of its tables begins, or a word that may open what it reads."""
    opened = beginnings.opened.get(at, 0)
    titled = False
    if before and doc.view[at].isupper() and (before[-1].symbol in _NAME_FOLLOWS or doc.view.startswith("'", at + 1)):
        titled = before_title(before)
        opened = A_PERSON if titled else opened or _where_list_goes_on(doc, at, before)
    for reader in readers(beginnings.names.get(at, 0) | opened, titled):
        if found := reader(doc, at, end, before):
            return found
    return None


_NAME_FOLLOWS = "T:,;v"  # behind these a name may stand that no gazetteer knows


def _names_behind(doc: Document, beginnings: Beginnings, reach: int, end: int, items: list[Chunk]) -> int:
    """Reads a name right behind a title or in a list, where only its capital letter tells; returns where the last chunk ends."""
    while items[-1].symbol in _NAME_FOLLOWS:
        at = reach + doc.view.startswith(" ", reach)
        if at >= end or at in beginnings.names or not doc.view[at].isupper() or not (found := _chunks_at(doc, beginnings, at, end, items)):
            break
        reach = _take(items, found)
    return reach


def _where_list_goes_on(doc: Document, at: int, before: list[Chunk]) -> int:
    """The readers of a capital letter that no name begins with: it may begin an item of a list."""
    last = before[-1].symbol
    if doc.view[at + 1 : at + 2] == "'" or (last in ",;v" and after_plural(before)):
        return A_PERSON | A_LIST
    return A_LIST if len(before) > 3 and last in ",;v" and before[-2].symbol in ")R" else 0


def worth_reading(doc: Document, sentence: Sentence) -> bool:
    """Cheap evidence first: most sentences of an article tell of movements and plans and are not read word by word."""
    start, end = sentence.start, sentence.end
    # nobody acts in a sentence without any of these: a person, office, award, chair or member
    if doc.within("awards", start, end) or doc.within("bloc_roles", start, end) or doc.within("titles", start, end):
        return True
    if any([not h.entry.is_a("common") for h in doc.within("positions", start, end)]):
        return True
    bodies = len(doc.within("units", start, end)) + len(doc.within("unit_heads", start, end))
    # "các sở Y tế, Nội vụ, Tài chính": fields stand for bodies
    bodies += bodies < 3 and len(doc.within("department_fields", start, end))
    if bodies >= 3 or "chair" in (kinds := {h.entry.fields["kind"] for h in doc.within("cues", start, end)}):
        return True
    bodies = bodies or sum([doc.capital_at(h.end + 1 + doc.view.startswith(":", h.end)) for h in doc.within("unit_heads~", start, end)])
    if not bodies:
        return doc.key.find("cờ luân lưu", start, end) >= 0
    # "Cụm có 5 đơn vị: các đồn Biên phòng A, B, C"
    listed = doc.key.find(":", start, end) > 0 and (doc.key.startswith(_ALL_THERE, start) or bool(doc.within("bloc_heads", start, end)))
    return listed or bool(kinds & _TAKING_PART) or any(doc.key.find(words, start, end) >= 0 for words in _WITHOUT_CUE)


_ALL_THERE = ("lãnh đạo các ", "đại diện các ")  # "Lãnh đạo các Đồn Biên phòng: A, B, C chụp ảnh lưu niệm"
# an office or a prize "thuộc về Sở A"; "lãnh đạo các huyện A, B ký giao ước"
_WITHOUT_CUE = ("cờ luân lưu", " còn có ", "giải nhất", "giải nhì", " kí giao ước", " kí kết giao ước")
_TAKING_PART = frozenset({"chair", "attend", "member", "confer", "receive", "propose", "elect", "handover", "speak", "office"})


def blocs_only(doc: Document, sentence: Sentence) -> Chunks:
    """The named blocs of a sentence that is not worth reading further."""
    items = [
        c for hit in doc.within("bloc_heads", sentence.start, sentence.end) for c in bloc_or_role_at(doc, hit.start, sentence.end, []) or []
    ]
    return Chunks(items, "".join(c.symbol for c in items), sentence)
