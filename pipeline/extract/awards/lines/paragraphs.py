"""A list of counted units that runs over several paragraphs.

"Danh sách 7 tập thể đề nghị tặng Cờ thi đua gồm: A, Sở B; C; D." and paragraphs "E; F." and "G; H." below, pictures between them:
the names take the place of the count when they are as many as it says.
"""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound, Recipient
from pipeline.extract.awards.recipients.named import piece
from pipeline.extract.document import Document, Sentence

RULE = "awards.recipient.listed_on"
_COUNTED = re.compile(
    r"(?P<number>\d(?<!\w.)\d?) (?P<who>tập thể|đơn vị|cá nhân)(?!\w)[^:;]{0,160}?"
    r"(?:gồm(?: có)?|là|sau(?: đây)?|cụ thể)?: ?"
)
_PICTURE = re.compile(r" ?ảnh(?: minh họa)?(?!\w)")
_ITEM = re.compile(r"[^;]+")
_FARTHEST = 8  # sentences below


def name_by_paragraphs(doc: Document, found: list[AwardFound]) -> None:
    """Name the counted units whose list goes on in the paragraphs below."""
    for award in found:
        names = _names(doc, award) if award.sentence is not None else []
        if names:
            award.recipients, award.rule = names, RULE


def _names(doc: Document, award: AwardFound) -> list[Recipient]:
    start, end = award.sentence.start, award.sentence.end
    listed = doc.key.rfind(";", award.award.end, end) > 0
    opened = _COUNTED.search(doc.key, start, end) if listed else None
    if opened is None or not opened.start() <= award.award.start < opened.end() or doc.key.find(";", opened.end(), end) < 0:
        return []
    number, kind = int(opened["number"]), "person" if opened["who"] == "cá nhân" else "unit"
    names: list[Recipient] = []
    begin = opened.end()
    at = doc.sentences.index(award.sentence)
    for sentence in doc.sentences[at : at + _FARTHEST]:
        if len(names) >= number or not _goes_on(doc, sentence, names):
            break
        if not _is_picture(doc, sentence):
            names += _items(doc, max(begin, sentence.start), sentence.end, kind)
    return names if len(names) == number > 2 else []


def _is_picture(doc: Document, sentence: Sentence) -> bool:
    return sentence.region == "caption" or _PICTURE.match(doc.key, sentence.start) is not None


def _goes_on(doc: Document, sentence: Sentence, names: list[Recipient]) -> bool:
    """Whether a sentence is a further stretch of the list: names between semicolons and nothing else."""
    return not names or _is_picture(doc, sentence) or ";" in doc.key[sentence.start : sentence.end]


def _items(doc: Document, start: int, end: int, kind: str) -> list[Recipient]:
    found: list[Recipient] = []
    for m in _ITEM.finditer(doc.key, start, end):
        a, b = m.span()
        while a < b and doc.key[a] == " ":
            a += 1
        while b > a and doc.key[b - 1] in " .":
            b -= 1
        found += piece(doc, a, b, kind, 0)
    return found
