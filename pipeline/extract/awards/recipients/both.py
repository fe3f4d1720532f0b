"""Those spoken of before, by their number: "Hai anh được tặng Bằng khen", "Cả hai đơn vị còn được ...", "tặng Giấy khen cho cả ba".

They are the persons, or the bodies, of the last sentence that names any, when it names as many; "2 trường còn lại" are those of its bodies
that no other award has been told of.
Refused: "hai đơn vị được tặng" (any two), bodies that only employ a person who is named.
"""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound, Recipient
from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.chunks import chunk
from pipeline.extract.reading.readers import NUMBER_WORDS
from pipeline.extract.symbols import Chunk

_PERSONS = r"anh|chị|ông|bà|ông bà|em|cháu|bạn|thầy|cô|bác|chú|anh em|vợ chồng|đồng chí"
_OF_PERSONS = rf"{_PERSONS}|người|cá nhân|chiến sĩ|cán bộ|công an|học sinh|sinh viên|giáo viên|nhân viên"
_OF_UNITS = r"đơn vị|tập thể|cơ quan|trường|xã|huyện"
_NUMBER = "hai|ba|bốn|năm|[2-5]|0[2-5]"
_WHO = (
    rf"(?P<all>cả )?(?P<number>{_NUMBER})(?: (?:(?P<persons>{_OF_PERSONS})|(?P<units>{_OF_UNITS})))?"
    r"(?P<these>(?: (?:này|trên|nói trên|ấy))*)"
)
_BOTH = re.compile(rf"(?:^|[,;.] ?| và |đồng thời ){_WHO}(?: (?:đều|cùng|cũng|còn|vừa|đã|vinh dự))*(?: được)?$")
_TO_BOTH = re.compile(rf"(?: tặng)? {_WHO}(?= ?(?:[,;.]|$)| (?:vì|về|do|nhân|để|trong)(?!\w))")
_THEY_ARE = re.compile(
    rf" ?(?:đó là )?(?P<number>{_NUMBER}) (?:{_OF_PERSONS})(?: (?:này|ấy|đó|được khen(?: thưởng)?|dũng cảm))*"
    r"(?: (?:là|gồm|gồm có|đó là)):? ?(?=\w)"
)
_SPOKEN_TO = re.compile(rf"(?:{_PERSONS})$")
_CHILDREN = ("em", "cháu", "bạn")
_OF_OTHERS = re.compile(r"OU|.?U(?:w?[fp]|T*P)")  # the body of a post or a person, or one that gives
_FARTHEST = 3  # sentences
_LONGEST = 50  # letters of such a subject


def both_before(doc: Document, sentence: Sentence, begin: int, end: int, index: int) -> list[Recipient]:
    """Who the subject of a statement is, when nothing but their number stands between "và", or its beginning, and the verb."""
    begin = max(begin, end - _LONGEST)
    words = doc.key[begin:end].rstrip(" ,")
    said = _BOTH.search(words)
    return _meant(doc, sentence, said, begin + said.start(), index) if said else []


def both_behind(doc: Document, sentence: Sentence, at: int, index: int) -> list[Recipient]:
    """ "tặng Giấy khen cho | cả hai", "cho | hai anh vì": behind the "cho" that ends at a place of the view."""
    said = _TO_BOTH.match(doc.key, at)
    return _meant(doc, sentence, said, sentence.start, index) if said else []


def _meant(doc: Document, sentence: Sentence, said: re.Match[str], before: int, index: int) -> list[Recipient]:
    pronoun = said["persons"] is not None and _SPOKEN_TO.fullmatch(said["persons"])
    if not (said["all"] or said["these"] or pronoun):
        return []
    kinds = "P" if said["persons"] else "U" if said["units"] else "PU"
    number = NUMBER_WORDS.get(said["number"]) or int(said["number"])
    return spoken_of(doc, sentence, before, number, kinds, index, said["persons"] in _CHILDREN)


def these_counted(doc: Document, sentence: Sentence, counted: Recipient) -> list[Recipient]:
    """Who "cả hai đơn vị", "ba cá nhân này" are, of a count in a sentence; or those of whom the next one says "Hai anh là A và B"."""
    if counted.span is None or not 2 <= (counted.number or 0) <= 5 or counted.kind not in ("unit", "person"):
        return []
    begin, end = counted.span
    if counted.kind == "person" and (named := _told_next(doc, sentence, counted)):
        return named
    if not doc.key.endswith("cả ", 0, begin) and not doc.key.startswith((" này", " trên", " nói trên"), end):
        return []
    return spoken_of(doc, sentence, begin, counted.number, "P" if counted.kind == "person" else "U", counted.index, False)


def _told_next(doc: Document, sentence: Sentence, counted: Recipient) -> list[Recipient]:
    at = doc.sentences.index(sentence) + 1
    for below in doc.sentences[at : at + 2]:
        they = _THEY_ARE.match(doc.key, below.start, below.end)
        if they and (NUMBER_WORDS.get(they["number"]) or int(they["number"])) == counted.number:
            named = _named(doc, below, below.end, False)["P"]
            row = [_recipient("P", one, counted.index) for one in named.values() if one.start >= they.end()]
            return row if len(row) == counted.number else []
    return []


def spoken_of(doc: Document, sentence: Sentence, before: int, number: int, kinds: str, index: int, children: bool) -> list[Recipient]:
    """The names of the last stretch that holds any: of this sentence up to a place of the view, else of those before it."""
    here = doc.sentences.index(sentence)
    for k in range(here, max(-1, here - 1 - _FARTHEST), -1):
        if doc.sentences[k].region == "caption":
            continue
        named = _named(doc, doc.sentences[k], before, children)
        for kind in kinds:
            if len(named[kind]) == number:
                return [_recipient(kind, one, index) for one in named[kind].values()]
        if any(named[kind] for kind in kinds):
            return []
    return []


_REST = re.compile(r"(?:\d{1,2}|hai|ba|bốn|năm|sáu) (?:\w+ ){1,3}còn lại(?!\w)")


def those_left(doc: Document, found: list[AwardFound], award: AwardFound) -> list[Recipient]:
    """ "bình chọn A, B, C; đề nghị tặng Cờ cho B, tặng Bằng khen cho 2 đơn vị còn lại": A and C, of this sentence or the one before."""
    counted = award.recipients[0]
    if counted.span is None or counted.kind != "unit" or not _REST.match(doc.key, counted.span[0]):
        return []
    here = doc.sentences.index(award.sentence)
    named: dict[str, Chunk] = {}
    for sentence in reversed(doc.sentences[max(0, here - 1) : here + 1]):
        named = _named(doc, sentence, counted.span[0], False, places=True)["U"] | named
        first = min((item.start for item in named.values()), default=0)
        units = [r.unit for a in found if first < a.award.start < counted.span[0] for r in a.recipients if r.unit is not None]
        taken = {doc.key[unit.start : unit.end] for unit in units} & named.keys()
        rest = [item for name, item in named.items() if name not in taken]
        if taken and len(rest) == counted.number:
            return [Recipient(counted.index, unit=item.unit, kind="unit", inferred_from="those named that are left") for item in rest]
    return []


def _named(doc: Document, sentence: Sentence, before: int, children: bool, places: bool = False) -> dict[str, dict[str, Chunk]]:
    """The persons and the bodies of a sentence, each once; a body that a post or a name stands beside is somebody's."""
    chunks = chunk(doc, sentence)
    found: dict[str, dict[str, Chunk]] = {"P": {}, "U": {}}
    for k, item in enumerate(chunks.items):
        if item.end > before or item.symbol not in "PU":
            continue
        if item.symbol == "U" and (_OF_OTHERS.match(chunks.symbols, max(0, k - 1)) or item.unit.is_a("government")):
            continue
        if item.symbol == "U" and item.unit.is_a("place") and not (places and _IN_ROW.search(doc.key, max(0, item.start - 12), item.start)):
            continue
        if item.symbol == "P" and children and "O" in chunks.symbols[max(0, k - 2) : k + 3]:
            continue
        found[item.symbol].setdefault(doc.key[item.start : item.end], item)
    return found


_IN_ROW = re.compile(r"(?:(?:nhất|nhì|ba|tư|hạng \w+|thứ \w+) ?[:-] ?|[,;] ?(?:và )?| và )$")  # "Nhất - xã A; Nhì - xã B"


def _recipient(kind: str, item: Chunk, index: int) -> Recipient:
    if kind == "U":
        return Recipient(index, unit=item.unit, kind="unit", inferred_from="those of the sentence before")
    return Recipient(index, person=item, kind="person", inferred_from="those of the sentence before")
