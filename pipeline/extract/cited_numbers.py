"""Where numbers of documents stand: with their symbols, with a blank in them, bare behind their kind, in rows that share symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.document import Document, Sentence

_SYMBOLS = r"[A-ZĐƯÂÔ][\w&.]*(?:[-/][A-ZĐƯÂÔa-zđ\d][\w&.]*)*"
# 742/QĐ-UBND, 21/2016/QĐ-UBND, 19-2017/NQ-CP, 06/2022/QH15, 34-CT/TW, 12-HD/HNDT
_NUMBER = re.compile(
    rf"(?P<number>\d(?<![\w/.-].)(?:\d{{0,4}}|\.\d{{3}})[a-z]?(?:/(?:19|20)\d\d|-(?:19|20)\d\d(?=/))?(?:/{_SYMBOLS}|-{_SYMBOLS}/{_SYMBOLS}|-[A-ZĐ][A-ZĐa-z]{{1,4}}/[A-ZĐ]\w*))"
)


def numbers(doc: Document, sentence: Sentence) -> Iterator[tuple[int, str]]:
    """Where numbers of documents stand in a sentence."""
    if "/" in doc.view[sentence.start : sentence.end]:
        for match in _NUMBER.finditer(doc.view, sentence.start, sentence.end):
            number = trim(match["number"])
            if sum(c.isupper() for c in number) >= 2:  # "1/Cờ thi đua" numbers a list
                yield match.start(), number
        for match in _SPACED.finditer(doc.view, sentence.start, sentence.end):
            yield match.start("number"), match["number"]
    for match in _BARE_NUMBER.finditer(doc.key, sentence.start, sentence.end):
        if _BEHIND_KIND.search(doc.key, max(sentence.start, match.start() - _LONGEST_KIND), match.start()):
            yield match.start(match.lastgroup), match[match.lastgroup]


# "Chỉ thị 03 CT/TW", "Nghị quyết số 54 NQ-CP": a blank where a hyphen or stroke belongs; only behind the kind of document
_SPACED = re.compile(
    r"(?<!\w)(?:[Cc]hỉ thị|[Nn]ghị quyết|[Qq]uyết định|[Kk]ế hoạch|[Tt]hông (?:báo|tư)|[Nn]ghị định|[Hh]ướng dẫn|[Kk]ết luận|[Cc]ông văn)"
    r"(?: số:?)? (?P<number>\d{1,4} (?:CT|NQ|QĐ|KH|TB|TT|NĐ|HD|KL|CV)[/-]"
    r"(?:TW|TƯ|TU|HU|CP|TTg|UBND|HĐND|B[A-ZĐ]{1,8}|T[A-ZĐ]{2,8}|S[A-ZĐ]{2,8}))(?!\w)"
)
# "Quyết định số 1846 của Chủ tịch UBND tỉnh", "Chỉ thị 05 của Bộ Chính trị": without its symbols, but with its day or giver
_BARE_NUMBER = re.compile(
    r" số:? (?P<number>\d{2,5})(?= (?:của|ngày)(?! (?:đêm|càng)))"
    r"| (?P<alone>\d{2,5})(?= ngày \d| của (?:bộ chính trị|ban bí thư|thủ tướng|chính phủ|quốc hội|chủ tịch|ban thường vụ|tỉnh ủy|thành ủy"
    r"|huyện ủy|ubnd|hđnd|bộ |ban chấp hành)(?!\w))"
)
_BEHIND_KIND = re.compile(r"(?<!\w)(?:quyết định|công văn|kế hoạch|thông báo|chỉ thị|nghị quyết|kết luận|hướng dẫn|tờ trình)$")
_LONGEST_KIND = 11
# "các Quyết định số 12, 13/QĐ-UBND": numbers that share the symbols of the last
_SHARING = re.compile(
    r"(?:số|số:|quyết định|nghị quyết|công văn|kế hoạch|thông báo|tờ trình) (?P<row>(?:\d{1,5}(?:,(?: số)? ?| và(?: số)? |; ?(?:số )?))+)$"
)
_SYMBOLS_BEHIND = re.compile(r"(?<=\d)[/-].*")


def sharing(doc: Document, sentence: Sentence, start: int, number: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The numbers right before one that leave out the symbols which that one bears, and their wholes."""
    symbols = _SYMBOLS_BEHIND.search(number)
    row = _SHARING.search(doc.key, max(sentence.start, start - 60), start) if symbols else None
    for one in re.compile(r"\d+").finditer(doc.key, *row.span("row")) if row else ():
        yield one.span(), one[0] + symbols[0]


def is_bare(number: str) -> bool:
    """A number without symbols."""
    return number.isdigit()


def trim(number: str) -> str:
    return number.rstrip(".-/")
