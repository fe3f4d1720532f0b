"""Counted units that sentences below tell by groups: the names take the place of the count when all groups add up to it.

"5 tập thể được đề nghị tặng Cờ thi đua.", "Khối sở, ngành có Sở A, Sở B; khối huyện có huyện C.", "Hai tập thể còn lại là D và E."
"""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound, Recipient
from pipeline.extract.awards.recipients.named import piece, split
from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.chunks import chunk
from pipeline.extract.reading.readers import NUMBER_WORDS
from pipeline.extract.units import Unit

RULE = "awards.recipient.in_groups"
_FARTHEST = 12  # sentences below the count
_MOST_BETWEEN = 3  # sentences between the count and the first group
_FEW = "|".join((r"\d{1,2}", *NUMBER_WORDS))
_GROUP = re.compile(
    rf" ?(?:[-+*•] ?|(?:\d{{1,2}}|[a-zđ])[.)] ?)?(?:(?:ở|tại|về|thuộc|đối với|riêng|trong đó|ngoài ra|số|các|{_FEW}),? )*"
    r"(?:khối|cụm|nhóm|cơ quan|địa phương|cấp|đơn vị|tập thể|ngành|còn lại|(?:bộ|sở|ban),? (?:ban,? )?ngành)(?!\w)(?:[^:;.]{0,60}?)"
    r"(?: (?:có tên (?:gồm|là)|gồm có|bao gồm|gồm|có|là):? |: ?)"
)
_PICTURE = re.compile(r"(?:^ ?|\()ảnh(?!\w)")
_STATEMENT = re.compile(r"[Afrpbs]")
_PLACE_ALONE = re.compile(r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã) ?\w+(?: \w+){0,3}")


def name_by_groups(doc: Document, found: list[AwardFound]) -> None:
    """Name the counted units whom the sentences below tell by groups."""
    for award in found:
        counted = award.recipients[0] if len(award.recipients) == 1 else None
        if counted is None or counted.kind != "unit" or not 2 < (counted.number or 0) <= 60 or award.sentence is None:
            continue
        names = _add_up(doc, _groups(doc, award.sentence), counted.number)
        if names:
            award.recipients, award.rule = names, RULE


def _groups(doc: Document, above: Sentence) -> list[list[Recipient]]:
    """The groups that the sentences below tell, until another thing is told."""
    groups: list[list[Recipient]] = []
    between = 0
    at = doc.sentences.index(above) + 1
    for sentence in doc.sentences[at : at + _FARTHEST]:
        words = doc.key[sentence.start : sentence.end]
        if sentence.region == "caption" or _PICTURE.search(words) or " " not in words.strip():
            continue  # a picture, or a word that a page's frame has left
        told = _told(doc, sentence)
        between += not told
        if not told and (groups or between > _MOST_BETWEEN):
            break
        groups += told
    return groups


def _told(doc: Document, sentence: Sentence) -> list[list[Recipient]]:
    """ "Khối A có B, C; khối D có E": the groups of one sentence; none where it says more than who is in them."""
    if not _GROUP.match(doc.key, sentence.start, sentence.end) or _STATEMENT.search(chunk(doc, sentence).symbols):
        return []
    heads = list(_GROUP.finditer(doc.key, sentence.start, sentence.end))
    heads = [m for k, m in enumerate(heads) if not k or doc.key[m.start() - 1] == ";"]
    ends = [*(m.start() - 1 for m in heads[1:]), sentence.end - (doc.key[sentence.end - 1] in ".;")]
    known = {c.start: c.unit for c in chunk(doc, sentence).items if c.symbol == "U"}
    return [_names(doc, m.end(), end, known) for m, end in zip(heads, ends, strict=True)]


def _names(doc: Document, start: int, end: int, known: dict[int, Unit]) -> list[Recipient]:
    """The pieces of a group, each by its name in the tables where that is longer."""
    names = [r for a, b in split(doc.key, start, end, True) for r in piece(doc, a, b, "unit", 0)]
    for name in names:
        unit = known.get(name.unit.start)
        name.unit = unit if unit is not None and unit.end > name.unit.end else name.unit
    return names


def _add_up(doc: Document, groups: list[list[Recipient]], number: int) -> list[Recipient]:
    """All that two or more groups name when they are as many as the count, bare places that tell where the one before lies left out."""
    names = [r for group in groups for r in group]
    if len(groups) < 2:
        return []
    if len(names) != number:
        names = [r for group in groups for k, r in enumerate(group) if not k or not _PLACE_ALONE.fullmatch(doc.key, *_span(r))]
    return names if len(names) == number else []


def _span(recipient: Recipient) -> tuple[int, int]:
    return recipient.unit.start, recipient.unit.end
