"""Recipients told by the praise beside the award.

"tặng Giấy khen để biểu dương chị A" - behind the award
"Ghi nhận việc làm đẹp của em A, UBND xã B đã tặng Giấy khen" - before it, where nobody else is named
"""

from __future__ import annotations

import re

from pipeline.extract.awards.model import Recipient, Token
from pipeline.extract.awards.recipients.lists import recipient_of
from pipeline.extract.awards.recipients.named import short_person
from pipeline.extract.document import Document

RULE = "awards.recipient.praised"

_DEED = (
    r"(?:hành (?:động|vi)|việc làm|nghĩa cử|thành tích|chiến công|tinh thần|tấm gương|gương|sự dũng cảm|lòng dũng cảm|đóng góp|nỗ lực"
    r"|công lao|kết quả)"
)
_PRAISING = r"(?:biểu dương|tuyên dương|ghi nhận|khen ngợi|động viên|tôn vinh|vinh danh|khích lệ|tri ân|khen thưởng)"
_TO_PRAISE = re.compile(
    rf",? ?(?:và )?(?:(?:để|nhằm|đồng thời)(?: \w+){{0,2}}? )?{_PRAISING}(?:,? (?:và )?{_PRAISING})*"
    rf"(?: (?:những )?{_DEED}[^,;.:()]{{0,50}} của)?"
    r"(?: (?:ông|bà|anh|chị|em|cháu|cô|thầy|cá nhân|tập thể|đồng chí|hai|các em|hai em))* ?"
)
_MEMBER_NEXT = re.compile(r"[svw]{1,3}(?:N(?=T*P))?T*(?P<who>[UP])(?!w?[fA])")


def praised_behind(doc: Document, tokens: list[Token], symbols: str, at: int) -> int | None:
    """The token of whoever the words at this place say is praised by the award in front of them."""
    start = tokens[at].chunk.start
    if not doc.key.startswith(("để ", "nhằm ", "và "), start) and not doc.key.endswith(("để ", "nhằm ", "và "), 0, start):
        return None
    follows = _MEMBER_NEXT.match(symbols, at)
    if follows is None:
        return None
    who = follows.start("who")
    begin = tokens[at - 1].chunk.end
    return who if _TO_PRAISE.fullmatch(doc.key, begin, tokens[who].chunk.start) else None


_PRAISED = re.compile(
    rf"(?<!\w)(?:{_PRAISING}|trước|đánh giá cao|cảm phục|khâm phục|từ|vì|với)(?: (?:những|sự|và|\w+) ?)?? ?{_DEED}[^,;.:()]{{0,50}} của"
    r"(?: (?:ông|bà|anh|chị|em|cháu|cô|thầy|cá nhân|tập thể|đồng chí))* ?"
)
_GIVEN_SO = re.compile(r"(?P<who>[UP]|Tw),?(?:[wv]|,v)?(?:O?U|OI|I)(?:[wv,dU]|O?U)*f\"?$")
_SAME_GIVES = re.compile(r"(?P<who>[UP]|Tw)w?f\"?$")
_SO = re.compile(r"[^,;]{0,30}? ?(?:nên|và)(?: cơ quan| đơn vị)?(?: này)?(?: đã)? ?(?:quyết định )?")


def praised_before(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> list[Recipient]:
    """ "Trước hành động của anh A, Công an huyện đã tặng Giấy khen": whose deed the clause opens with."""
    given = _GIVEN_SO.search(symbols, start, i)
    so = None if given else _SAME_GIVES.search(symbols, start, i)
    found = given or so
    if found is None:
        return []
    who = found.start("who")
    name = tokens[who + (symbols[who] == "T")].chunk.start
    if not any(name - m.end() in (0, 1) for m in _PRAISED.finditer(doc.key, tokens[start].chunk.start, name)):
        return []
    if symbols[who] == "T":
        short = short_person(doc, tokens[who].chunk.end, tokens[who + 1].chunk.end, tokens[who].chunk.start, tokens[who].first)
        return [short] if short else []
    if so and not _SO.fullmatch(doc.key, tokens[who].chunk.end, tokens[i].chunk.start):
        return []
    return [recipient_of(tokens[who])]
