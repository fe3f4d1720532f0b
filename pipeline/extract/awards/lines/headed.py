"""Lines of a list under a heading: what the heading says of all of them, and names in lines below an award.

"Kết quả bình xét:" / "I. Đề nghị UBND tỉnh" - verb and giver of "1. Cờ thi đua: Sở A", "+ Bằng khen (02): B, C"
"Đề nghị tặng Cờ thi đua của Bộ:" - the lines below name who receives
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.awards.givers.levels import issuer_level
from pipeline.extract.awards.lines.items import bare_name, bare_names, item_names
from pipeline.extract.awards.model import AwardFound, Issuer, Recipient, Token
from pipeline.extract.awards.recipients.lists import by_count
from pipeline.extract.awards.recipients.named import pieces
from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.chunks import chunk
from pipeline.extract.symbols import Chunks

LISTED_BELOW = "awards.recipient.lines_below"
_FARTHEST = 14  # lines above a list's line
_BULLET = re.compile(r" ?(?:[-+*•–]|(?:\d{1,2}|[ivx]{1,4}|[a-zđ])[.)/])(?!\d) ?")
_FIRST_ITEM = re.compile(r"(?<=:) ?(?:1|a|i)[.)/](?!\d) ?")  # "Khối đề nghị: 1. Tặng Cờ ...": the list begins in the line that opens it
LEAD = re.compile(
    r" ?(?:(?:[-+*•–]|(?:\d{1,2}|[ivx]{1,4}|[a-zđ])[.)/])(?!\d))?[ .]*"
    r"(?:(?:chủ tịch|thủ tướng|chính phủ|bộ|bộ trưởng|ubnd|ủy ban nhân dân|tỉnh ủy|giám đốc|hội đồng)(?!\w)[^,;:.()]{0,60}? "
    r"(?:(?:xem )?xét,? ?)?(?=tặng))?(?:(?:tặng|được|nhận|về|các|danh hiệu|hình thức|thưởng)[ :]*)*[\"“]?$"
)
_STATES = re.compile(
    r"(?P<none>không xét|không đề nghị|chưa xét|phấn đấu|chỉ tiêu|mục tiêu|đăng kí|tiêu chuẩn)"
    r"|(?P<conferred>được (?:khen|tặng|trao|nhận|vinh danh)|quyết định (?:khen thưởng|tặng|công nhận)|đã (?:trao|tặng|khen)"
    r"|(?<!đề nghị )(?:trao|tặng thưởng)"
    r"|(?<!nghị )(?<!xét )(?<!được )(?:tặng|trao)(?: thưởng)?(?= ?:$)"
    r"|danh sách (?:(?!đề nghị|xét|trình)\w+(?:, ?| )){0,5}khen thưởng|kết quả khen thưởng"
    r"|(?<!đề nghị )(?<!xét )khen thưởng năm|công tác khen thưởng|đạt được|vinh danh|tuyên dương)"
    r"|(?P<proposed>đề nghị|suy tôn|bình xét|bình chọn|bình bầu|bỏ phiếu|biểu quyết|thông qua|trình |xét |giới thiệu|đề xuất)"
)
AS_FOLLOWS = re.compile(r" ?(?:kết quả|cụ thể|theo đó|kết quả(?: cụ thể| bình xét)? như sau|cụ thể như sau|như sau)[, ]*:")
_GIVE_END = re.compile(r"(?:tặng|trao)(?: thưởng)? ?:")
_PRAISE_NOUN = re.compile(r"(?<!được )khen thưởng(?: năm)?$")
# "DANH SÁCH đề nghị tặng Huân chương các hạng": the title of a list, which names awards itself
_TITLE = re.compile(r" ?(?:danh sách[^.;:]{0,60}? )?(?:đề nghị|trình|đề xuất) [^.;:]{0,200}$")
_GIVER = re.compile(r"(?P<who>O?U|OI|I)w?f:$")
_ASKED = re.compile(r"p[wd]?(?P<who>O?U|OI|I)")


@dataclass(slots=True)
class Heading:
    """What a heading says of the lines under it."""

    status: str
    span: tuple[int, int]
    issuer: Issuer | None


def heading_of(doc: Document, sentence: Sentence, tokens: list[Token], i: int) -> Heading | None:
    """The heading over a line that begins with an award and says nothing of how it is given."""
    if not LEAD.match(doc.key[sentence.start : tokens[i].chunk.start]):
        return None
    at = doc.sentences.index(sentence)
    for above in reversed(doc.sentences[max(0, at - _FARTHEST) : at]):
        words = doc.key[above.start : above.end].strip()
        if (first := _FIRST_ITEM.search(doc.key, above.start, above.end)) and _BULLET.match(doc.key, sentence.start):
            return _heading(doc, above, list(_STATES.finditer(doc.key, above.start, first.start())))
        said = list(_STATES.finditer(doc.key, above.start, above.end))
        if not said and AS_FOLLOWS.fullmatch(words):
            return stated(doc, doc.sentences[max(0, doc.sentences.index(above) - 1)])
        opens = words.endswith(":") or (_BULLET.match(words) and len(words) < 90 and not words.endswith((".", ";")))
        if said and (opens and not doc.within("awards", above.start, above.end) or _TITLE.match(doc.key, above.start, above.end)):
            return _heading(doc, above, said)
        if not (_BULLET.match(words) or doc.within("awards", above.start, above.end) or opens or bare_name(doc, above)):
            return None
    return None


def stated(doc: Document, above: Sentence) -> Heading | None:
    """What a line says of the lines under it, if it says that something is proposed or given."""
    said = list(_STATES.finditer(doc.key, above.start, above.end))
    return _heading(doc, above, said) if said else None


def _heading(doc: Document, above: Sentence, said: list[re.Match[str]]) -> Heading | None:
    kinds = [next(k for k, v in m.groupdict().items() if v) for m in said]
    if not kinds or "none" in kinds:
        return None
    k = kinds.index("conferred") if "conferred" in kinds else len(kinds) - 1
    if "proposed" in kinds[:k] and (_GIVE_END.match(doc.key, said[k].start()) or _PRAISE_NOUN.search(said[k][0])):
        k = kinds.index("proposed")  # "hoàn thiện hồ sơ đề nghị Thủ tướng tặng:", "đề nghị các hình thức khen thưởng năm 2023:"
    chunks = chunk(doc, above)
    asked = _ASKED.search(chunks.symbols)
    asked = asked or (_GIVER.search(chunks.symbols) if kinds[k] == "conferred" else None)
    issuer = None
    if asked:
        first, last = chunks[asked.start("who")], chunks[asked.end("who") - 1]
        level = issuer_level(doc, first, last)
        issuer = Issuer((first.start, last.end), level) if level else None
    return Heading(kinds[k], said[k].span(), issuer)


_ROW = re.compile(r"A\"?E?(?:w?(?:O?U|OI|I))?[G:](?=N)")
_OTHER_ACTS = re.compile(r"[tlnpbfr]")


def row_told(doc: Document, sentence: Sentence, tokens: list[Token], symbols: str, i: int) -> Heading | None:
    """ "có nhiều điển hình, bao gồm: Huân chương cho 2 tập thể; Bằng khen cho 4 cá nhân": a row of awards to so many, without a verb."""
    first = symbols.find("A")
    if i != first or len(_ROW.findall(symbols)) < 2 or symbols[max(0, i - 2) : i].find(":") < 0 or _OTHER_ACTS.search(symbols, 0, i):
        return None
    row = _ROW.match(symbols, i)
    by_colon = row is not None and symbols[row.end() - 1] == ":"
    if by_colon and not _RESULT.match(doc.key, sentence.start):
        return None
    at = doc.sentences.index(sentence)
    said = stated(doc, sentence) or (stated(doc, doc.sentences[at - 1]) if at and not by_colon else None)
    given = tokens[row.end() - 1].chunk if row else None
    return said or (Heading("conferred", (given.start, given.end), None) if given else None)


_RESULT = re.compile(r" ?(?:[-+*] ?)?(?:về )?kết quả (?:(?!chấm|xếp)\w+ ){1,6}")  # "Kết quả thi đua năm 2022: Lao động tiên tiến: 20 người"


_TO_MANY = re.compile(r"[^.;:]{0,80}? cho (?:các|những|nhiều|một số) (?:tập thể|cá nhân|đơn vị|trường|hộ gia đình)(?!\w)")
_THEN = re.compile(r" ?(?:-|\+)? ?(?:theo đó|cụ thể|theo quyết định(?: này)?|trong đó)[, ]")
_HONOURED = re.compile(r"(?<!\w)(?:khen thưởng|được khen|được tặng|được trao|được nhận|có thành tích|đạt thành tích|vinh danh)(?!\w)")


def fill_from_next(doc: Document, sentence: Sentence, award: AwardFound) -> None:
    """ "ký quyết định tặng Bằng khen cho các tập thể.", "Theo đó, có 4 tập thể gồm: A; B; C; D": who gets it, in the next sentence."""
    _add_of_this(doc, sentence, award)
    if award.recipients or not _TO_MANY.match(doc.key, award.award.end, sentence.end):
        return
    at = doc.sentences.index(sentence) + 1
    if at >= len(doc.sentences) or not _THEN.match(doc.key, doc.sentences[at].start, doc.sentences[at].end):
        return
    below = doc.sentences[at]
    if doc.within("awards", below.start, below.end) or not _HONOURED.search(doc.key, below.start, below.end):
        return
    chunks = chunk(doc, below)
    counts = [k for k, c in enumerate(chunks.items) if c.symbol == "N"]
    for k, after in zip(counts, [*counts[1:], len(chunks.items)], strict=True):
        award.recipients += _counted_or_named(doc, chunks, k, after)
    award.rule = LISTED_BELOW


_OF_THIS = re.compile(
    r" ?(?:danh hiệu|phần thưởng|vinh dự|hình thức khen thưởng|huân chương|bằng khen|giấy khen|cờ thi đua|kỉ niệm chương)"
    r"(?: cao quí| vinh dự| ý nghĩa)* (?:này|đó|trên) (?P<too>cũng |còn )?(?:đã |vừa )?(?:được )?"
    r"(?:(?:trao|tặng|trao tặng|phong tặng|dành)(?: tặng)? cho|thuộc về|đến với) (?=\w)"
)


def _add_of_this(doc: Document, sentence: Sentence, award: AwardFound) -> None:
    """ "trao danh hiệu A.", "Danh hiệu này được trao cho ông B và bà C": those whom the next sentence names."""
    at = doc.sentences.index(sentence) + 1
    below = doc.sentences[at] if at < len(doc.sentences) else None
    said = _OF_THIS.match(doc.key, below.start, below.end) if below else None
    if said is None or award.recipients and not said["too"] or doc.within("awards", said.end(), below.end):
        return
    chunks = chunk(doc, below)
    first = next((k for k, c in enumerate(chunks.items) if c.start >= said.end()), len(chunks.items))
    if not _MEMBERS.match(chunks.symbols, first):
        return
    stop = next((k for k in range(first, len(chunks.items)) if chunks.symbols[k] in "fprA"), len(chunks.items))
    name = "P" if "P" in chunks.symbols[first:stop] else "U"
    for k in range(first, stop):
        item = chunks[k]
        if item.symbol == "N":
            award.recipients += [Recipient(k, number=n, kind=who or None, span=(item.start, item.end)) for who, n in item.numbers.items()]
        elif item.symbol == name == "P":
            award.recipients.append(Recipient(k, person=item, kind="person"))
        elif item.symbol == name:
            award.recipients.append(Recipient(k, unit=item.unit, kind="unit"))
    award.rule = LISTED_BELOW


_MEMBERS = re.compile(r"[dT\"]*[UPN]")
_ROW_OPENS = re.compile(r"N[wfr]{0,3}(?:m:?|:)")


def _counted_or_named(doc: Document, chunks: Chunks, k: int, after: int) -> list[Recipient]:
    """ "4 tập thể gồm: A; B; C; D": the names when they are as many, else the count."""
    counted = chunks[k]
    opened = _ROW_OPENS.match(chunks.symbols, k)
    if opened and opened.end() < after and len(counted.numbers) == 1:
        (kind, number), *_ = counted.numbers.items()
        end = chunks[after - 1].end
        stop = re.compile(r"[. ]*$").search(doc.key, chunks[opened.end()].start, end)
        names = pieces(doc, chunks[opened.end()].start, stop.start(), number, kind, k) if kind else []
        if names:
            return names
    return [Recipient(k, number=n, kind=kind or None, span=(counted.start, counted.end)) for kind, n in counted.numbers.items()]


_TO_LINES = re.compile(r"[\"EwIOUBY(),d]*G?[wd]?(?:(?P<count>N)[wd]?\)?|[wdBYT,]{0,6}m?(?=:))?:?")
_LIST_TITLE = re.compile(r" ?danh sách (?:các |những )?(?:tập thể|cá nhân|đơn vị|hộ gia đình)(?!\w)")


def fill_from_lines(doc: Document, sentence: Sentence, tokens: list[Token], symbols: str, award: AwardFound, i: int) -> None:
    """ "Cờ thi đua của UBND tỉnh (02 đơn vị):", "I. Bằng khen": the items below the line receive, else as many as it counts."""
    opens = symbols.endswith(":") or i <= 1 and _BULLET.match(doc.key, sentence.start, sentence.end)
    opens = opens or _LIST_TITLE.match(doc.key, sentence.start, sentence.end)
    to_lines = _TO_LINES.fullmatch(symbols, i + 1) if opens and not award.recipients else None
    if to_lines is None:
        return
    at = doc.sentences.index(sentence)
    award.recipients, award.rule = item_names(doc, at) or bare_names(doc, at), LISTED_BELOW
    counts = by_count(tokens[to_lines.start("count")]) if to_lines["count"] else []
    if counts and len(award.recipients) != sum(r.number for r in counts):
        award.recipients, award.rule = counts, "awards.recipient.count_beside"
