"""Recipients by the place they have taken: "Cờ thi đua cho đơn vị hạng nhất, Bằng khen cho đơn vị hạng nhì và hạng ba".

Who holds which place is told elsewhere: "xếp thứ nhất là Sở A", "Sở B đứng thứ hai", "Hạng Ba: Sở C", "1/ Sở A: 98 điểm".
"""

from __future__ import annotations

import re

from pipeline.extract.awards.model import Recipient, Token, clause_end
from pipeline.extract.awards.recipients.named import split
from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.chunks import chunk
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit

RULE = "awards.recipient.of_place"
_PLACES = {"nhất": 1, "i": 1, "1": 1, "nhì": 2, "hai": 2, "ii": 2, "2": 2, "ba": 3, "iii": 3, "3": 3, "tư": 4, "4": 4, "5": 5}
_NTH = r"(?:nhất|nhì|hai|ba|tư|i{1,3}|[1-5])(?![\w/.]\w)(?!\w)"
_PLACE = re.compile(
    rf"(?<!\w)(?:(?:hạng|thứ|giải) ?|(?=(?:(?:nhất|nhì|ba)(?:, ?| và ))*(?:nhất|nhì|ba) (?:khối|cụm)(?!\w)))"
    rf"(?P<nth>{_NTH})(?P<more>(?:(?:, ?| và )(?:hạng |thứ )?{_NTH})*)"
)
# one unit: not "cho 04 tập thể dẫn đầu", "cho các đơn vị dẫn đầu"
_FIRST = re.compile(
    r"(?<!\w)(?:(?<![\d.] )(?<!các )(?<!những )(?<!hai )(?<!ba )(?<!nhiều )|(?<=\D[01]1 )|(?<=\D1 ))(?:đơn vị|tập thể) (?:dẫn|đứng) đầu"
)
_FOR = re.compile(
    r"(?<!\w)cho (?=(?:các|những|hai|ba|\d{1,2})? ?"
    r"(?:đơn vị|tập thể|hội|sở|trường|địa phương|huyện|xã|phường|thành viên|cơ quan)[^.;]*[. ]*$)"
)
_IN_BRACKETS = re.compile(rf" ?\((?:đơn vị )?(?:xếp )?(?:hạng|thứ) {_NTH}\)")
_SUBJECT = re.compile(
    rf"(?<!\w)(?:các|hai|ba|những|đơn vị|tập thể) [^,;.:]{{0,24}}?(?:hạng|thứ) {_NTH}"
    rf"(?:(?:, ?| và )(?:hạng |thứ )?{_NTH})*(?= (?:được|đã|cùng|nhận|đón))"
)
_LEADS = re.compile(
    r"(?: (?:là|thuộc về|gồm|có|về|toàn (?:cụm|khối)|khối|cụm|các|(?:hai |ba )?đơn vị))*"
    r"(?: ?\(\d{1,2} (?:đơn vị|tập thể)\))?:? ?\(?"
)
_POINTS = r" ?(?:\([^)]*\) ?|[-,] ?|(?:với |đạt |được )?[\d.,]+ điểm,? ?)*(?:(?:đã|cùng|được|là đơn vị) )*"
_HELD = re.compile(rf"{_POINTS}(?:xếp|đứng|đạt|về|giành|ở)(?: (?:vị trí|loại))? |{_POINTS}\( ?|:? ?(?:đạt )?[\d.,]+ điểm ?[-,(] ?(?:xếp )?")
_LINE = re.compile(r" ?(?P<nth>\d{1,2}) ?[./)] ?(?=\D)")
_SCORED = re.compile(r"\d ?(?:điểm)?[ .;]*$|điểm")


def of_place(doc: Document, sentence: Sentence, tokens: list[Token], symbols: str, start: int, i: int) -> tuple[list[Recipient], int]:
    """Who holds the places that the words behind the award, or before it, name; and the token behind those words."""
    if tokens[i].chunk.entry.fields["grades"]:
        return [], i + 1
    places, end = _asked(doc, sentence, tokens, symbols, start, i)
    if not places:
        return [], i + 1
    held = _held(doc, sentence)
    source = "who is said to hold that place"
    found = [
        Recipient(tokens[i].first, unit=unit, kind="unit", inferred_from=source, rule=RULE)
        for place in places
        for unit in held.get(place, [])
    ]
    return found, end


def _asked(doc: Document, sentence: Sentence, tokens: list[Token], symbols: str, start: int, i: int) -> tuple[list[int], int]:
    award = tokens[i].chunk
    last = clause_end(symbols, i)
    stop = tokens[last].chunk.start if last < len(tokens) else sentence.end
    bracket = _IN_BRACKETS.search(doc.key, award.end, min(stop, award.end + 60))
    if bracket and not any(t.symbol in "UP" and t.chunk.start < bracket.start() for t in tokens[i + 1 : last]):
        return _places(doc, *bracket.span()), next((k for k in range(i + 1, last) if tokens[k].chunk.start >= bracket.end()), last)
    given = symbols.find("G", i + 1, last)
    end = next((k for k in range(given + 1, last) if symbols[k] in "fp" or symbols[k] == "," and not _next_place(doc, tokens[k])), last)
    if given >= 0 and not re.search(r"[UP]", symbols[given:end]) and _FOR.search(doc.key, tokens[given].chunk.start, stop):
        return _places(doc, tokens[given].chunk.start, tokens[end].chunk.start if end < len(tokens) else sentence.end), end
    said = _SUBJECT.search(doc.key, tokens[start].chunk.start, award.start) if i > start else None
    if said and not any(t.symbol in "UPN" and t.chunk.start < said.end() for t in tokens[start:i]):
        return _places(doc, *said.span()), i + 1
    return [], i + 1


_NEXT_PLACE = re.compile(rf" ?(?:(?:hạng |thứ |giải ){_NTH}|{_NTH}(?= ?[,;.]|$| khối| cụm))")


def _next_place(doc: Document, comma: Token) -> bool:
    """ "xếp thứ nhì, thứ ba", "đạt giải nhì, ba"."""
    return _NEXT_PLACE.match(doc.key, comma.chunk.end) is not None


def _places(doc: Document, start: int, end: int) -> list[int]:
    found = [_PLACES[word] for m in _PLACE.finditer(doc.key, start, end) for word in re.findall(_NTH, m["nth"] + m["more"])]
    return found or ([1] if _FIRST.search(doc.key, start, end) else [])


def _held(doc: Document, asking: Sentence) -> dict[int, list[Unit]]:
    """Who holds each place, by what the other sentences, and the lines of a ranking, say."""
    held: dict[int, list[Unit]] = {}
    lines: dict[int, list[Unit]] = {}
    for sentence in doc.sentences:
        line = _LINE.match(doc.key, sentence.start, sentence.end)
        if line and _SCORED.search(doc.key, line.end(), sentence.end):
            unit = _unit_at(chunk(doc, sentence), line.end())
            if unit:
                lines.setdefault(int(line["nth"]), [unit])
        elif _PLACE.search(doc.key, sentence.start, sentence.end):
            _told(doc, chunk(doc, sentence), held)
            _told_first(doc, chunk(doc, sentence), held)
            _told_in_pairs(doc, chunk(doc, sentence), held)
        elif _IN_ROW.search(doc.key, sentence.start, sentence.end) and (row := _told_in_row(doc, chunk(doc, sentence))):
            held |= {place: units for place, units in row.items() if place not in held}
        elif "đầu" in doc.key[sentence.start : sentence.end] and _AHEAD.search(doc.key, sentence.start, sentence.end):
            _told_in_order(doc, chunk(doc, sentence), held)
    for place, units in lines.items() if len(lines) > 1 and 1 in lines else ():
        held.setdefault(place, units)
    return held


def _told(doc: Document, chunks: Chunks, held: dict[int, list[Unit]]) -> None:
    """ "xếp thứ nhất là A", "Hạng Nhì: B (97 điểm), C", "D đứng thứ tư"."""
    for said in _PLACE.finditer(doc.key, chunks.sentence.start, chunks.sentence.end):
        if said["more"]:
            continue
        lead = _LEADS.match(doc.key, said.end())
        at = next((k for k, c in enumerate(chunks.items) if c.symbol == "U" and c.start == lead.end()), None)
        if at is not None and lead.end() > said.end() + 1:
            units = _row(doc, chunks, at)
        else:
            back = next((c for c in reversed(chunks.items) if c.symbol == "U" and c.end <= said.start()), None)
            units = [back.unit] if back and _HELD.fullmatch(doc.key, back.end, said.start()) else []
        if units:
            held.setdefault(_PLACES[said["nth"]], units)


_PAIRS = re.compile(r"(?:UE[,;v]v?)+UE")


def _told_in_pairs(doc: Document, chunks: Chunks, held: dict[int, list[Unit]]) -> None:
    """ "xếp A hạng Nhất, B hạng Nhì": a row of names with the place right behind each."""
    for row in _PAIRS.finditer(chunks.symbols):
        for k in range(*row.span()):
            said = _PLACE.fullmatch(doc.key, chunks[k].start, chunks[k].end) if chunks.symbols[k] == "E" else None
            if said:
                held.setdefault(_PLACES[said["nth"]], [chunks[k - 1].unit])


_IN_ROW = re.compile(r"(?<!\w)(?P<nth>nhất|nhì|ba|(?:dẫn|đứng) đầu)(?: khối| cụm)?(?: ?[:-] ?| là:? | thuộc về | )(?=\w)")


_OF_CONTEST = re.compile(r"(?<!\w)(?:hội thao|hội thi|hội diễn|hội trại|giải|cuộc thi|toàn đoàn|văn nghệ|bóng \w+|cầu lông|kéo co)(?!\w)")


def _told_in_row(doc: Document, chunks: Chunks) -> dict[int, list[Unit]]:
    """ "nhất: A; nhì: B; ba: C", "dẫn đầu là A, nhì B": places by their bare words, where a unit stands behind two or more of them."""
    if _OF_CONTEST.search(doc.key, chunks.sentence.start, chunks.sentence.end):
        return {}
    units = {c.start: k for k, c in enumerate(chunks.items) if c.symbol == "U"}
    said = [m for m in _IN_ROW.finditer(doc.key, chunks.sentence.start, chunks.sentence.end) if m.end() in units]
    row = {_PLACES.get(m["nth"], 1): _row(doc, chunks, units[m.end()]) for m in said}
    return row if len(row) > 1 and len(row) == len(said) else {}


_AHEAD = re.compile(r"(?<!\w)(?:đứng|dẫn) đầu(?! (?:phong trào|về))")
_AS_FIRST = re.compile(r"(?: được [^,;:.]{0,40})?,? (?:là|làm) (?:đơn vị|tập thể) (?:dẫn|đứng) đầu(?!\w)")


def _told_first(doc: Document, chunks: Chunks, held: dict[int, list[Unit]]) -> None:
    """ "suy tôn A là đơn vị dẫn đầu, B xếp thứ nhì": the one that leads, beside the places of others."""
    first = [c.unit for c in chunks.items if c.symbol == "U" and _AS_FIRST.match(doc.key, c.end, chunks.sentence.end)]
    if len(first) == 1:
        held.setdefault(1, first)


_NEXT = re.compile(r"(?<!\w)(?:kế đó|tiếp theo|kế tiếp|tiếp đến|xếp sau|sau đó)(?: lần lượt)?(?: là)? (?:các đơn vị:? )?")
_SCORE = re.compile(r"[ ,(]*(?:(?:với|đạt|được) )?(?:[\d.,]+ điểm)?[ ,)]*(?:là đơn vị |đơn vị |đã )?")


def _told_in_order(doc: Document, chunks: Chunks, held: dict[int, list[Unit]]) -> None:
    """ "A 95 điểm, đứng đầu; tiếp theo là B và C": who is first, and who follows."""
    ahead = _AHEAD.search(doc.key, chunks.sentence.start, chunks.sentence.end)
    first = next((c for c in reversed(chunks.items) if c.symbol == "U" and c.end <= ahead.start()), None) if ahead else None
    if first is None or not _SCORE.fullmatch(doc.key, first.end, ahead.start()):
        return
    held.setdefault(1, [first.unit])
    behind = _NEXT.search(doc.key, ahead.end(), chunks.sentence.end)
    at = next((k for k, c in enumerate(chunks.items) if c.symbol == "U" and c.start == behind.end()), None) if behind else None
    for place, unit in enumerate(_row(doc, chunks, at) if at is not None else (), start=2):
        held.setdefault(place, [unit])


def _row(doc: Document, chunks: Chunks, at: int) -> list[Unit]:
    """The units from `at` on that commas join, scores in brackets left out."""
    if doc.key[chunks[at].start - 2] == ":":
        return _pieces(doc, chunks, chunks[at].start)
    row = re.compile(r"U(?:\([^)]*\))?(?:[,v]U(?:\([^)]*\))?|U)*(?!w?[A-Zo])").match(chunks.symbols, at) or re.compile("U").match(
        chunks.symbols, at
    )
    depth, units = 0, []
    for k in range(*row.span()):
        depth += (chunks.symbols[k] == "(") - (chunks.symbols[k] == ")")
        if chunks.symbols[k] == "U" and depth == 0:
            units.append(chunks[k].unit)
    return units


def _pieces(doc: Document, chunks: Chunks, start: int) -> list[Unit]:
    """ "Hạng Nhì: A (97 điểm), B": each piece whole, as far as it begins with a unit."""
    stop = next((m.start() for m in re.compile(r";|\.(?= |$)").finditer(doc.key, start, chunks.sentence.end)), chunks.sentence.end)
    units = []
    for a, b in split(doc.key, start, stop, False):
        known = next((c.unit for c in chunks.items if c.symbol == "U" and c.start == a), None)
        if known is None:
            break
        end = next((m.start() for m in re.compile(r" ?\(| ?[-:]|,").finditer(doc.key, known.end, b)), b)
        more = doc.key[known.end : end]
        whole = len(known.parts) == 1 and known.end < end <= a + 80 and not re.search(r"\d|(?<!\w)(?:với|đạt|được|đã|là)(?!\w)", more)
        units.append(Unit(a, end, ((a, end),), known.entry, known.headed, known.placed) if whole else known)
    return units


def _unit_at(chunks: Chunks, start: int) -> Unit | None:
    return next((c.unit for c in chunks.items if c.symbol == "U" and start <= c.start <= start + 1), None)
