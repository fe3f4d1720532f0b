"""Who was voted best, where the proposal follows from it in words of its own.

"Sở A được bầu là đơn vị dẫn đầu Khối; theo đó, Khối trình UBND tỉnh tặng Cờ thi đua" - the one voted best
"suy tôn Sở A là đơn vị dẫn đầu, tặng Cờ thi đua" - the one voted first
"hạng Nhì: Sở B; hạng Ba: Sở C, cả hai đơn vị được đề nghị ..." - as many as "cả hai" says
"đề nghị tặng Cờ thi đua cho đơn vị này" - the one unit of the sentence before
"xem xét trường hợp bà A có thành tích cứu 3 em nhỏ, thống nhất đề nghị tặng Bằng khen" - whose case was weighed
"""

from __future__ import annotations

import re

from pipeline.extract.awards.model import Recipient, Token
from pipeline.extract.awards.recipients.lists import recipient_of
from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.chunks import chunk

RULE = "awards.recipient.chosen"
_BOTH = re.compile(r"(?<!\w)(?:cả|và cả|cùng) $")
# "cho đơn vị này", but not "cho tập thể, cá nhân"
_THIS = re.compile(
    r" ?(?:đơn vị|tập thể|cơ quan|địa phương)(?: này| trên| nói trên)?(?= ?(?:[,;.]|$))(?! ?, ?(?:cá nhân|tập thể|hộ|đơn vị))"
)
_FOLLOWS = re.compile(r"(?<!\w)(?:theo đó|từ đó|do đó|do vậy|vì vậy|qua đó|trên cơ sở đó|căn cứ kết quả đó)(?!\w)")
_CHOSEN = re.compile(
    r"(?<!\w)(?:được|vinh dự)(?: \w+){0,5}? (?:bầu|suy tôn|bình chọn|bầu chọn|bình bầu|chọn|bình xét|xếp)(?: \w+)? (?:là|làm) "
    r"(?:đơn vị|tập thể) (?:xuất sắc|tiêu biểu|dẫn đầu|đứng đầu|nhất)(?!\w)"
)
_ONE = re.compile(r"(?:(?:wY?|Y),)?[Td\"]*(?P<who>U)w?$")


_VOTED_AND_GIVEN = re.compile(r"[pb]w?T*(?P<who>U)(?P<rank>o?[wBdE]{1,4})(?:,|v|,v)f\"?$")
_FIRST = re.compile(r"(?:dẫn|đứng) đầu|xuất sắc nhất|(?:xếp|đạt|đứng)(?: thứ| hạng| giải)? (?:nhất|nhì|hai|ba)(?!\w)")


def _voted_and_given(doc: Document, tokens: list[Token], symbols: str, i: int) -> list[Recipient]:
    """ "đề nghị công nhận Sở A là đơn vị dẫn đầu Khối, | tặng | Cờ": whom the vote names, where "tặng" has no giver of its own."""
    voted = _VOTED_AND_GIVEN.search(symbols, 0, i)
    if voted is None or not _FIRST.search(doc.key, tokens[voted.start("rank")].chunk.start, tokens[voted.end("rank") - 1].chunk.end):
        return []
    return [recipient_of(tokens[voted.start("who")])]


_CASE = re.compile(r"pwT?(?P<who>P)[^APf;]*[,v]w?p[^APU;]*f?$")


def _case_weighed(doc: Document, tokens: list[Token], symbols: str, i: int) -> list[Recipient]:
    case = _CASE.search(symbols, 0, i)
    if case is None or not doc.key.endswith(("trường hợp", "trường hợp của"), 0, tokens[case.start() + 1].chunk.end):
        return []
    return [recipient_of(tokens[case.start("who")])]


def chosen_best(doc: Document, tokens: list[Token], symbols: str, i: int) -> list[Recipient]:
    """The one unit that the sentence says was voted best, when the proposal "follows" from that."""
    if voted := _voted_and_given(doc, tokens, symbols, i) or _case_weighed(doc, tokens, symbols, i):
        return voted
    begin, award = tokens[0].chunk.start, tokens[i].chunk.start
    follows = _FOLLOWS.search(doc.key, begin, award)
    chosen = _CHOSEN.search(doc.key, begin, follows.start()) if follows else None
    if chosen is None:
        return []
    at = next(k for k, t in enumerate(tokens) if t.chunk.end > chosen.start())
    who = _ONE.match(symbols[:at])
    behind = next(k for k, t in enumerate(tokens) if t.chunk.end > follows.start())
    if not who or re.search(r"[NP]|U(?!l?[fp])", symbols[behind:i]):
        return []
    return [recipient_of(tokens[who.start("who")])]


def all_told(doc: Document, tokens: list[Token], symbols: str, counted: Recipient) -> list[Recipient]:
    """ "hạng Nhì: A; hạng Ba: B, cả hai được đề nghị": the last units told before "cả hai", as many as it says."""
    at = next((k for k, t in enumerate(tokens) if t.first == counted.index and t.symbol == "N"), 0)
    start = tokens[at].chunk.start
    if not at or not 2 <= (counted.number or 0) <= 5 or not _BOTH.search(doc.key, max(0, start - 8), start):
        return []
    begin = max(symbols.rfind("A", 0, at), symbols.rfind("f", 0, at)) + 1
    units = [k for k in range(begin, at) if symbols[k] == "U"]
    return [recipient_of(tokens[k]) for k in units] if len(units) == counted.number else []


def this_unit(doc: Document, sentence: Sentence, at: int, index: int) -> list[Recipient]:
    """ "cho đơn vị này": the one unit that the sentence before was about; `at` is where the words stand."""
    if not _THIS.match(doc.key, at):
        return []
    before = doc.sentences.index(sentence) - 1
    units = [c.unit for c in chunk(doc, doc.sentences[before]).items if c.symbol == "U"] if before >= 0 else []
    return [Recipient(index, unit=units[0], kind="unit", inferred_from="the unit of the sentence before")] if len(units) == 1 else []


_REST = re.compile(
    r"(?:đơn vị|tập thể|trường|xã|huyện|sở|hội)(?: thành viên)? còn lại(?: (?:trong|của|thuộc) (?:khối|cụm)(?: thi đua)?)? ?\("
    r"(?:gồm )?(?P<number>\d{1,3})(?: đơn vị| tập thể| trường| xã)?\)"
)


def the_rest(doc: Document, tokens: list[Token], opened: int, closed: int) -> list[Recipient]:
    """ "Những đơn vị còn lại (05) được đề nghị tặng ...": how many are left, in brackets."""
    end = tokens[closed].chunk.end
    rest = next((m for m in _REST.finditer(doc.key, max(0, tokens[opened].chunk.start - 70), end) if m.end() == end), None)
    return [Recipient(tokens[opened].first, number=int(rest["number"]), kind="unit", span=rest.span())] if rest else []
