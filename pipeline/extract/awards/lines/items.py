"""The names that the items of a list begin with, one a line, below a line that opens it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from pipeline.extract.awards.model import Recipient
from pipeline.extract.awards.recipients.named import folk_end, people_of
from pipeline.extract.awards.recipients.wider import is_room
from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.chunks import chunk
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit

FARTHEST = 40  # sentences below the count
ITEM = re.compile(r" ?(?:\d{1,2}[.)/]|[-+*•]|[a-zđ]\))(?!\d)[ .]*")
UNDER_HEAD = re.compile(r" ?\(?(?:ban hành )?kèm theo(?!\w)")
_NAME_END = re.compile(r"[,;(:]|\.(?= |$)|-(?=đơn vị |dẫn đầu )")


def same_line(doc: Document, sentence: Sentence) -> bool:
    """Whether the sentence before stands in the same line of the text."""
    at = doc.text.to_raw(sentence.start, sentence.end)[0]
    return not doc.article.text[:at].rstrip(" \t\u00a0").endswith("\n")


_SORT = re.compile(r"(?:các |về )?(?:tập thể|cá nhân|đơn vị|hộ gia đình)[^:;,]{0,20}: ?")


# "a) Tập thể:" over items of its own
_SORT_ALONE = re.compile(
    r" ?(?:(?:[a-zđ]|[ivx]{1,4})[.)]|[-+*•]|\d{1,2}(?:\.\d)?[.)])? ?(?:các |về |đối với )?"
    r"(?:tập thể|cá nhân|đơn vị|hộ gia đình)(?: gồm| \(?\d+\)?)? ?:? ?$"
)
_DIGITS = re.compile(r"\d")
_CALLED = re.compile(r" ?(?=(?:ông|bà|đồng chí|đ/c) )")  # a line without a mark that begins with a person


_NAME_ALONE = re.compile(r"T*[UP](?:[,(-][OUTw,)]*)?[;w]?")
_LINE_START = re.compile(r" ?(?=\w)")


def bare_name(doc: Document, sentence: Sentence) -> re.Match[str] | None:
    """A short line without a mark that is nothing but a name and whose it is."""
    if sentence.end - sentence.start > 90 or not _NAME_ALONE.fullmatch((chunks := chunk(doc, sentence)).symbols):
        return None
    start = _LINE_START.match(doc.key, sentence.start)
    return start if start and chunks[0].start == start.end() else None


def bare_names(doc: Document, above: int) -> list[Recipient]:
    """The units in the lines without a mark right below a line, each alone in its line; none where the text ends with them."""
    found: list[Recipient] = []
    for sentence in doc.sentences[above + 1 : above + 1 + FARTHEST]:
        if not (start := bare_name(doc, sentence)) or (first := chunk(doc, sentence)[0]).symbol != "U" or first.start != start.end():
            return found
        found.append(Recipient(0, unit=people_of(doc, first.unit), kind="unit"))
    return []


def whole_row(chunks: Chunks, start: int) -> list[Recipient]:
    """ "- Tập thể: Công ty A, Trung tâm B", "- Cá nhân: 14 đồng chí": all that a line names or counts."""
    found: list[Recipient] = []
    for k, item in enumerate(chunks.items):
        if item.start >= start and item.symbol == "U":
            found.append(Recipient(k, unit=item.unit, kind="unit"))
        elif item.start >= start and item.symbol == "P":
            found.append(Recipient(k, person=item, kind="person"))
        elif item.start >= start and item.symbol == "N":
            found += [Recipient(k, number=n, kind=kind or None, span=(item.start, item.end)) for kind, n in item.numbers.items()]
    return found


def item_names(doc: Document, above: int, counted: bool = False) -> list[Recipient]:
    """The names that the items right below a line begin with; none where an item tells something else.

    Under a count a name that no table knows is its item's own words.
    """
    found: list[Recipient] = []
    mark = None
    for sentence in doc.sentences[above + 1 : above + 1 + FARTHEST]:
        if _SORT_ALONE.match(doc.key, sentence.start, sentence.end):
            mark = None
            continue
        if not found and UNDER_HEAD.match(doc.key, sentence.start):
            continue  # "(Kèm theo Quyết định số ...)"
        item = ITEM.match(doc.key, sentence.start, sentence.end)
        if counted and not item:
            item = _CALLED.match(doc.key, sentence.start, sentence.end) or bare_name(doc, sentence)
        if item is None and found and same_line(doc, sentence) and not doc.within("awards", sentence.start, sentence.end):
            continue  # "1. Ông A, thôn B. Ông đã hiến đất."
        sort = _DIGITS.sub("1", item[0].strip(" .")[-1:]) if item else None
        if item is None or mark not in (None, sort) or doc.within("awards", sentence.start, sentence.end):
            break
        mark = sort
        chunks = chunk(doc, sentence)
        if headed := _SORT.match(doc.key, item.end(), sentence.end):
            found += whole_row(chunks, headed.end())
            continue
        begin = folk_end(doc, _past_bloc(chunks, item.end()), sentence.end)
        first = next((k for k, c in enumerate(chunks.items) if c.start >= begin and c.symbol not in "Tdw-"), None)
        if first is None or chunks[first].symbol not in "UPN" or chunks[first].start - begin > 30:
            if counted and doc.capital_at(item.end()) and sentence.end - item.end() <= 90:
                found.append(Recipient(0, unit=item_unit(doc, sentence, chunks, item.end()), kind="unit"))
                continue
            break
        item_chunk = chunks[first]
        if item_chunk.symbol == "U":
            found.append(Recipient(first, unit=people_of(doc, _with_body(doc, chunks, first)), kind="unit"))
        elif item_chunk.symbol == "P":
            found.append(Recipient(first, person=item_chunk, kind="person"))
        else:
            found += [
                Recipient(first, number=n, kind=kind or None, span=(item_chunk.start, item_chunk.end))
                for kind, n in item_chunk.numbers.items()
            ]
    return found


def _with_body(doc: Document, chunks: Chunks, first: int) -> Unit:
    """ "Phòng A, Sở B": a room with the body behind its comma."""
    unit, body = chunks[first].unit, chunks[first + 2].unit if chunks.symbols.startswith("U,U", first) else None
    owned = body is not None and is_room(doc, unit.start) and not is_room(doc, body.start) and len(unit.parts) == len(body.parts) == 1
    return replace(unit, end=body.end, parts=((unit.start, body.end),)) if owned else unit


_BLOC_LABEL = re.compile(r"[-w]{0,2}Bw?:")


def _past_bloc(chunks: Chunks, start: int) -> int:
    """ "- Khối Nội chính: Sở A": where the name behind the bloc's label begins."""
    label = _BLOC_LABEL.match(chunks.symbols)
    return chunks[label.end()].start if label and label.end() < len(chunks.symbols) else start


def units_of(chunks: Chunks, start: int) -> list[Unit]:
    return [c.unit for c in chunks.items if c.symbol == "U" and c.start >= start and c.unit]


def item_unit(doc: Document, sentence: Sentence, chunks: Chunks, start: int) -> Unit:
    """The unit that an item begins with, or the item's own words up to the first mark."""
    known = next((unit for unit in units_of(chunks, start) if unit.start == start), None)
    if known:
        return known
    mark = _NAME_END.search(doc.key, start, sentence.end)
    stop = mark.start() if mark else sentence.end
    return Unit(start, stop, ((start, stop),), None, False, False)
