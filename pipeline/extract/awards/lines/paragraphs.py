"""A list of counted units that runs over several paragraphs.

"Danh sách 7 tập thể đề nghị tặng Cờ thi đua gồm: A, Sở B; C; D." and paragraphs "E; F." and "G; H." below, pictures between them,
or "Đề nghị tặng Cờ thi đua cho 7 tập thể.", "Cụ thể là các tập thể: A; B." and the same paragraphs: the names take the place of the
count when they are as many as it says.
"""

from __future__ import annotations

import re

from pipeline.extract.awards.lines.counted import OF_OTHERS
from pipeline.extract.awards.model import AwardFound, Recipient
from pipeline.extract.awards.recipients.named import piece
from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.chunks import chunk
from pipeline.extract.units import Unit

RULE = "awards.recipient.listed_on"
_COUNTED = re.compile(
    r"(?P<number>\d(?<!\w.)\d?) (?P<who>tập thể|đơn vị|cá nhân)(?!\w)[^:;]{0,160}?"
    r"(?:gồm(?: có)?|là|sau(?: đây)?|cụ thể)?: ?"
)
# "Cụ thể gồm các đơn vị:", "Các tập thể được đề nghị là:" in a sentence below the count
_OPENED_BELOW = re.compile(
    r" ?(?:(?:cụ thể|gồm(?: có)?|bao gồm|đó là|là|trong đó),? ?)*(?:danh sách )?(?:(?:các|những|\d\d?) )?"
    r"(?:(?P<unit>tập thể|đơn vị)|(?P<person>cá nhân)|danh sách|cụ thể|gồm)(?!\w)[^:;.,\d]{0,60}: ?"
)
_PICTURE = re.compile(r" ?\(?ảnh(?: minh họa)?(?!\w)")
_PICTURE_BELOW = re.compile(r"\(ảnh[^)]{0,40}\)[ .]*$")
_ITEM = re.compile(r"[^;]+")
_PLACE = re.compile(r", ?(?!(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã) )")  # a comma that parts two names
_FARTHEST = 8  # sentences below
_OPENS_WITHIN = 3  # sentences between the count and the list


def name_by_paragraphs(doc: Document, found: list[AwardFound]) -> None:
    """Name the counted units whose list goes on in the paragraphs below."""
    for award in found:
        names = _names(doc, award) or _names_below(doc, award) if award.sentence is not None else []
        if names:
            award.recipients, award.rule = names, RULE


def _names(doc: Document, award: AwardFound) -> list[Recipient]:
    """The list that opens in the award's own sentence."""
    start, end = award.sentence.start, award.sentence.end
    listed = doc.key.rfind(";", award.award.end, end) > 0
    opened = _COUNTED.search(doc.key, start, end) if listed else None
    if opened is None or not opened.start() <= award.award.start < opened.end() or doc.key.find(";", opened.end(), end) < 0:
        return []
    kind = "person" if opened["who"] == "cá nhân" else "unit"
    return _listed(doc, doc.sentences.index(award.sentence), opened.end(), int(opened["number"]), kind)


def _names_below(doc: Document, award: AwardFound) -> list[Recipient]:
    """The list that opens in a sentence below the one that counts; the sentences between tell of no award."""
    counted = award.recipients[0] if len(award.recipients) == 1 else None
    if counted is None or counted.kind not in ("unit", "person") or not 2 < (counted.number or 0) <= 60:
        return []
    above = doc.sentences.index(award.sentence)
    for at in range(above + 1, min(above + 1 + _OPENS_WITHIN, len(doc.sentences))):
        sentence = doc.sentences[at]
        opened = _OPENED_BELOW.match(doc.key, sentence.start, sentence.end)
        if opened:
            of_others = opened["person" if counted.kind == "unit" else "unit"] or OF_OTHERS.search(opened[0])
            return [] if of_others else _listed(doc, at, opened.end(), counted.number, counted.kind)
        if sentence.region != "caption" and doc.within("awards", sentence.start, sentence.end):
            break
    return []


def _listed(doc: Document, at: int, begin: int, number: int, kind: str) -> list[Recipient]:
    """The names from `begin` on, over sentences and pictures, when they are as many as the count."""
    items: list[tuple[int, int]] = []
    known: dict[int, Unit] = {}
    below = doc.sentences[at : at + _FARTHEST]
    for k, sentence in enumerate(below):
        if len(items) >= number or not _goes_on(doc, below, k):
            break
        if not _is_picture(doc, below, k):
            items += _items(doc, max(begin, sentence.start), sentence.end)
            known |= {c.start: c.unit for c in chunk(doc, sentence).items if c.symbol == "U"}
    if len(items) < number:
        items = [part for item in items for part in _parted(doc, *item)]
    names = [r for a, b in items for r in piece(doc, a, b, kind, 0)]
    for name in names:
        unit = known.get(name.unit.start) if name.unit else None
        name.unit = unit if unit is not None and unit.end > name.unit.end else name.unit
    return names if len(names) == number > 2 else []


def _is_picture(doc: Document, below: list[Sentence], k: int) -> bool:
    """A caption, its credit, the line that its credit follows, or a word that a page's frame has left."""
    sentence = below[k]
    words = doc.key[sentence.start : sentence.end].strip()
    if sentence.region == "caption" or _PICTURE.match(words) or _PICTURE_BELOW.search(words) or " " not in words:
        return True
    behind = below[k + 1] if k + 1 < len(below) else None
    return ";" not in words and behind is not None and doc.key.startswith("(ảnh", behind.start + (doc.key[behind.start] == " "))


def _goes_on(doc: Document, below: list[Sentence], k: int) -> bool:
    """Whether a sentence is a further stretch of the list: names between semicolons, or one name, and nothing else."""
    return k == 0 or ";" in doc.key[below[k].start : below[k].end] or _is_name(doc, below[k]) or _is_picture(doc, below, k)


def _is_name(doc: Document, sentence: Sentence) -> bool:
    unit = next((c for c in chunk(doc, sentence).items if c.symbol == "U"), None)
    return unit is not None and doc.key[unit.start : unit.end] == doc.key[sentence.start : sentence.end].strip(" .-+")


def _items(doc: Document, start: int, end: int) -> list[tuple[int, int]]:
    return [_bare(doc, *m.span()) for m in _ITEM.finditer(doc.key, start, end)]


def _parted(doc: Document, start: int, end: int) -> list[tuple[int, int]]:
    """ "Chi cục A, Chi cục B": what stands between the commas of an item; a place alone tells where the one before it lies."""
    commas = list(_PLACE.finditer(doc.key, start, end))
    starts, ends = [start, *(m.end() for m in commas)], [*(m.start() for m in commas), end]
    return [_bare(doc, a, b) for a, b in zip(starts, ends, strict=True)]


def _bare(doc: Document, a: int, b: int) -> tuple[int, int]:
    """A stretch without the blanks and the full stop around it."""
    while a < b and doc.key[a] == " ":
        a += 1
    while b > a and doc.key[b - 1] in " .":
        b -= 1
    return a, b
