"""Who was voted best, where the proposal follows from it in words of its own.

"Sở A được bầu là đơn vị dẫn đầu Khối; theo đó, Khối trình UBND tỉnh tặng Cờ thi đua" - the one voted best
"""

from __future__ import annotations

import re

from pipeline.extract.awards.lists import recipient_of
from pipeline.extract.awards.model import Recipient, Token
from pipeline.extract.document import Document

RULE = "awards.recipient.chosen"
_FOLLOWS = re.compile(r"(?<!\w)(?:theo đó|từ đó|do đó|do vậy|vì vậy|qua đó|trên cơ sở đó|căn cứ kết quả đó)(?!\w)")
_CHOSEN = re.compile(
    r"(?<!\w)(?:được|vinh dự)(?: \w+){0,5}? (?:bầu|suy tôn|bình chọn|bầu chọn|bình bầu|chọn|bình xét|xếp)(?: \w+)? (?:là|làm) "
    r"(?:đơn vị|tập thể) (?:xuất sắc|tiêu biểu|dẫn đầu|đứng đầu|nhất)(?!\w)"
)
_ONE = re.compile(r"(?:(?:wY?|Y),)?[T\"]*(?P<who>U)w?$")


def chosen_best(doc: Document, tokens: list[Token], symbols: str, i: int) -> list[Recipient]:
    """The one unit that the sentence says was voted best, when the proposal "follows" from that."""
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
