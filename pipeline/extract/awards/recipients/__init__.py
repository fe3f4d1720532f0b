"""To whom an award goes: behind it, before it, or named in a sentence before."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.awards.model import COUNT_BEFORE, AwardFound, Recipient, Token
from pipeline.extract.awards.recipients.aliases import body_between, body_for, given_too
from pipeline.extract.awards.recipients.both import both_behind
from pipeline.extract.awards.recipients.chosen import RULE as CHOSEN
from pipeline.extract.awards.recipients.chosen import all_told, chosen_best, this_unit
from pipeline.extract.awards.recipients.forwards import read_list
from pipeline.extract.awards.recipients.indirect import RULE as INSIDE
from pipeline.extract.awards.recipients.indirect import between, called_between
from pipeline.extract.awards.recipients.lists import by_count, recipient_of
from pipeline.extract.awards.recipients.named import pieces
from pipeline.extract.awards.recipients.openings import opening_of
from pipeline.extract.awards.recipients.praised import RULE as PRAISED
from pipeline.extract.awards.recipients.praised import praised_before
from pipeline.extract.awards.recipients.ranks import RULE as OF_PLACE
from pipeline.extract.awards.recipients.ranks import of_place
from pipeline.extract.awards.recipients.short import short_behind
from pipeline.extract.awards.recipients.subjects import recipients_before
from pipeline.extract.document import Document
from pipeline.extract.parties.found import History
from pipeline.extract.symbols import Chunks


def recipients_of(
    doc: Document,
    chunks: Chunks,
    tokens: list[Token],
    symbols: str,
    i: int,
    after: int,
    start: int,
    history: History,
    earlier: list[AwardFound],
) -> tuple[list[Recipient], int, str]:
    """The recipients, the token behind what was used, and the rule."""
    rest = max(after, i + 1)
    placed, end = of_place(doc, chunks.sentence, tokens, symbols, start, i)
    if placed:
        return placed, end, OF_PLACE
    if feast := _whose_feast(doc, tokens, symbols, start, i):
        return [recipient_of(tokens[feast])], feast + 1, "awards.recipient.of_feast"
    at = opening_of(doc, tokens, symbols, start, i, after)
    here = at is not None and (at == i + 1 or not _other_clause(doc, tokens[i].chunk.end, tokens[at].chunk.start))
    right, end = _behind(doc, chunks, tokens, symbols, at, history, earlier) if here else ([], after)
    if len(right) == 1 and "N" in symbols[start:i] and (right[0].person and ":" in symbols[i:] or right[0].unit and _is_row(symbols, i)):
        right = []  # a list of names that goes on, as long as the count in front says
    if right and _may_go_on(symbols, start, i, right):
        counted, _ = recipients_before(doc, chunks, tokens, symbols, start, i, history, earlier)
        if row := _names_behind(doc, chunks, tokens, symbols, i, counted):
            return *row, "awards.recipient.listed_behind"  # "gồm: A - đơn vị dẫn đầu cụm 1; B - ...": all that are counted
    if right:
        return right, end, "awards.recipient.after_for"
    if given := between(doc, chunks, tokens, symbols, start, i) or called_between(doc, chunks.sentence, tokens, symbols, i, earlier):
        return given, rest, INSIDE
    if body := body_between(doc, tokens, symbols, i, history):
        return body, rest, "awards.recipient.named_before"
    if ("p" in symbols[start:i] or "b" in symbols[start:i]) and (best := chosen_best(doc, tokens, symbols, i)):
        return best, rest, CHOSEN
    left, rule = recipients_before(doc, chunks, tokens, symbols, start, i, history, earlier)
    if len(left) == 1 and left[0].number and (told := all_told(doc, tokens, symbols, left[0])):
        return told, rest, CHOSEN
    if not left and (praised := praised_before(doc, tokens, symbols, start, i)):
        return praised, rest, PRAISED
    if behind := _names_behind(doc, chunks, tokens, symbols, i, left):
        return *behind, "awards.recipient.listed_behind"
    if not left and (row := _row_of_brackets(tokens, symbols, i)):
        return *row, "awards.recipient.in_brackets"
    if inside := _in_brackets(tokens, symbols, i, left):
        return *inside, "awards.recipient.in_brackets"
    begin = max(chunks.sentence.start, tokens[i].chunk.start - _COUNT_REACH)
    count = COUNT_BEFORE.search(doc.key[begin : tokens[i].chunk.start])
    if count and left and _SUMMED.search(symbols, start, i) and sum(r.number or 0 for r in left) != _number(count):
        return _by_count_before(doc, tokens, symbols, i, rest, count, begin)
    if left and not (count and _of_many(doc, left) and _number(count) > 1):
        return left, rest, rule
    if count and (not 1900 <= _number(count) <= 2100 or "." in count[1]):
        if inside := _in_brackets(tokens, symbols, after - 1, [Recipient(i, number=_number(count))]):
            return *inside, "awards.recipient.in_brackets"  # "01 Cờ thi đua của UBND tỉnh (Sở A)"
        return _by_count_before(doc, tokens, symbols, i, rest, count, begin)
    return given_too(doc, chunks.sentence, tokens, symbols, start, i, earlier), rest, "awards.recipient.named_before"


_SUMMED = re.compile(r"N[^frU]*[fr][^frUPA]*,?(?:m:?|:)[-w]{0,2}\"?$")  # "6 tập thể, 11 cá nhân được khen, gồm: | 01 Huân chương A; ..."
_COUNT_REACH = 42  # letters before an award: "18 danh hiệu vinh dự Nhà nước "Bà mẹ ...\""


def _may_go_on(symbols: str, start: int, i: int, found: list[Recipient]) -> bool:
    """Whether a count stands in front of the award and behind it a list that was read up to a detail of one of its members."""
    cut_short = len(found) == 1 if found[0].unit else found[-1].person is not None
    return cut_short and "N" in symbols[start:i] and _ROW_BEHIND.match(symbols, i) is not None


_FEAST = re.compile(r"(?<!\w)(?:lễ|buổi lễ|dịp|ngày)(?!\w)[^,;:]*đón nhận ?(?:danh hiệu ?)?\"?$")
_OF_WHOM = re.compile(r"[\"E]*w(?P<who>U)(?!w?f)")


def _whose_feast(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> int | None:
    """ "dự lễ đón nhận Huân chương Lao động của Công ty A": whose feast it is; who gives an order of the state is no such body."""
    of = _OF_WHOM.match(symbols, i + 1)
    if not of or tokens[i].chunk.entry.fields["level"] != "state" or re.search(r"[UP]w?$", symbols[start : max(start, i - 1)]):
        return None
    who, gap = of.start("who"), tokens[of.start("who") - 1].chunk
    if doc.key[gap.start : gap.end] != "của" or doc.key.startswith(("bộ ", "chính phủ"), tokens[who].chunk.start):
        return None
    begin = tokens[start].chunk.start
    return who if _FEAST.search(doc.key, begin, tokens[i].chunk.start) else None


_ROW_BEHIND = re.compile(r"A[\"E]*(?:w?(?:O?U|OI|I))?m?:")
_SPLIT = re.compile(r"\"?E?(?:w(?:O?U|OI|I))?\((?P<counts>N(?:[,v;]N)+)\)")
_BRACKET = re.compile(r"\"?E?\((?P<names>T*[UP](?::w(?:,w)?)?(?:[,v;]+[UP](?::w(?:,w)?)?)*)(?:,?Y|,?(?<=P,)[Ow]+|w)?\)")


def _in_brackets(tokens: list[Token], symbols: str, i: int, left: list[Recipient]) -> tuple[list[Recipient], int] | None:
    """Who is counted in front of an award, told in brackets behind it: names, or the counts of a split."""
    if not left or any(r.number is None for r in left):
        return None
    total = sum(r.number for r in left)
    split = _SPLIT.match(symbols, i + 1)
    if split and len(left) == 1:
        counts = _counts(tokens, symbols, split.span("counts"))
        if sum(r.number for r in counts) == total:
            return counts, split.end()  # "07 tập thể, cá nhân nhận Bằng khen (04 tập thể, 03 cá nhân)"
    bracket = _BRACKET.match(symbols, i + 1)
    names = [recipient_of(tokens[k]) for k in range(*bracket.span("names")) if symbols[k] in "UP"] if bracket else []
    return (names, bracket.end()) if names and len(names) == total else None


_BRACKETS = re.compile(r"A\"?E?(?:w?(?:O?U|OI|I))?\((?P<names>T*[UP](?:[,v;]+T*[UP])*)\)")


def _row_of_brackets(tokens: list[Token], symbols: str, i: int) -> tuple[list[Recipient], int] | None:
    """ "Đề nghị khen thưởng: Cờ thi đua (Sở A); Bằng khen (Sở B, Sở C)": whom the bracket behind each award names."""
    own = _BRACKETS.match(symbols, i)
    if own is None or len(_BRACKETS.findall(symbols)) < 2 or not re.search(r"(?:^|[:;,v(]|[,;]w)\"?$", symbols[:i]):
        return None
    return [recipient_of(tokens[k]) for k in range(*own.span("names")) if symbols[k] in "UP"], own.end()


def _counts(tokens: list[Token], symbols: str, span: tuple[int, int]) -> list[Recipient]:
    return [r for k in range(*span) if symbols[k] == "N" for r in by_count(tokens[k])]


def _number(count: re.Match[str]) -> int:
    return int(count[1].replace(".", ""))


_PARTS = re.compile(r"[w\"OUI]*[,;:(]?m?:?(?<=m)(?P<parts>N(?:[,v]N)+)")
_FOR_WHOM = re.compile(
    r"[^,;.:]{0,40}? (?:cho|tặng) (?:các |những )?(?P<whom>tập thể|cá nhân)(?!\w)(?!(?:,| và| hoặc) ?(?:tập thể|cá nhân|hộ))"
)


def _by_count_before(
    doc: Document, tokens: list[Token], symbols: str, i: int, rest: int, count: re.Match[str], begin: int
) -> tuple[list[Recipient], int, str]:
    """ "trao 07 Bằng khen": as many recipients as certificates; `begin` is where the text begins that `count` was found in."""
    parts = _PARTS.match(symbols, i + 1)
    counts = _counts(tokens, symbols, parts.span("parts")) if parts else []
    if counts and sum(r.number or 0 for r in counts) == _number(count):
        return counts, parts.end(), "awards.recipient.in_brackets"  # "07 Bằng khen, gồm 03 tập thể và 04 cá nhân"
    whom = _FOR_WHOM.match(doc.key, tokens[i].chunk.end)
    kind = ("unit" if whom["whom"] == "tập thể" else "person") if whom else None
    span = (begin + count.start(1), begin + count.end(1))
    return [Recipient(i, number=_number(count), kind=kind, span=span)], rest, "awards.recipient.count_before"


def _is_row(symbols: str, i: int) -> bool:
    """ "2 trường được tặng Bằng khen là Trường A và ...": behind "là" stand as many names as the count says."""
    return re.match(r"A[\"E]*(?:w?(?:O?U|OI|I))?o:?U[,v]", symbols[i:]) is not None


_PLACE_FOLK = re.compile(r"(?:đảng bộ|nhân dân|quân và dân|cán bộ|chính quyền|toàn (?:tỉnh|ngành|huyện)|tỉnh|huyện|khối|cụm)(?!\w)")


def _of_many(doc: Document, found: list[Recipient]) -> bool:
    """ "Đảng bộ và nhân dân tỉnh A được tặng 2 Huân chương": awards to many in that place, told by their number."""
    units = [r.unit for r in found if r.unit is not None]
    if len(units) != 1 or len(found) > 2:
        return False
    everywhere = _EVERYWHERE.match(doc.key, units[0].end) is not None
    return everywhere or (len(found) == 1 and _PLACE_FOLK.match(doc.key, units[0].start) is not None)


_EVERYWHERE = re.compile(r" (?:các|\d{1,2}) (?:tỉnh|huyện|xã|phường|đơn vị)(?!\w)")  # "ngành Thuế | 4 huyện nhận 2 Bằng khen"


_ONE = re.compile(r"T*[UP](?![,v]+T*[UP](?!w?[rfp]))")
_MARK = re.compile(r"\"?(?:\(A?w?\)|w)?\"?(?:,?m:?|:|o)(?:T:(?=P))?")
_FULL_STOP, _STATEMENT_END = re.compile(r"\.(?= |$)"), re.compile(r"\.(?= |$)|;")


def _sum_of(tokens: list[Token], total: int, end: int) -> list[Recipient]:
    """ "20 cá nhân được tặng Bằng khen gồm 12 công nhân, 8 giáo viên": the counts that give the total."""
    parts = [r for t in tokens if t.symbol == "N" and t.chunk.end <= end for r in by_count(t)]
    named = any(t.symbol == "A" for t in tokens if t.chunk.end <= end)
    return parts if len(parts) > 1 and not named and sum(r.number or 0 for r in parts) == total else []


def _names_behind(
    doc: Document, chunks: Chunks, tokens: list[Token], symbols: str, i: int, counted: list[Recipient]
) -> tuple[list[Recipient], int] | None:
    """ "có bốn nghệ sĩ được tặng danh hiệu A gồm: ...": as many names behind the award as the count in front of it says."""
    if len(counted) != 1 or not counted[0].number or counted[0].kind not in ("unit", "person", "household"):
        return None
    mark = _MARK.match(symbols, i + 1)
    if not mark or mark.end() >= len(tokens):
        return None
    one = _ONE.match(symbols, mark.end()) if counted[0].number == 1 else None
    if one and (symbols[one.end() - 1] == "U") == (counted[0].kind == "unit"):
        return [recipient_of(tokens[one.end() - 1])], one.end()  # "01 đơn vị được tặng Cờ thi đua là Sở A và 02 đơn vị ..."
    ends = _STATEMENT_END if "o" in mark[0] else _FULL_STOP
    begin = tokens[mark.end()].chunk.start
    stop = ends.search(doc.key, begin, chunks.sentence.end)
    end = stop.start() if stop else chunks.sentence.end
    if parts := _sum_of(tokens[mark.end() :], counted[0].number, end):
        return parts, next((k for k, t in enumerate(tokens) if t.chunk.start >= end), len(tokens))
    houses = counted[0].kind == "household"  # "3 gia đình, gồm gia đình ông A, gia đình bà B": by the name of whose it is
    found = pieces(doc, begin, end, counted[0].number, "person" if houses else counted[0].kind, tokens[i].first)
    found = [replace(r, kind="household") for r in found] if houses else found
    return (found, next((k for k, t in enumerate(tokens) if t.chunk.start >= end), len(tokens))) if found else None


def _behind(
    doc: Document, chunks: Chunks, tokens: list[Token], symbols: str, at: int, history: History, earlier: list[AwardFound]
) -> tuple[list[Recipient], int]:
    """Recipients behind "cho" or a colon at a place, before the next verb or award."""
    body = body_for(doc, tokens, at, history) if symbols[at] == "G" and symbols[at + 1 : at + 2] in ("", "w", "d") else []
    if body:
        end = at + 2 + (symbols[at + 1 : at + 2] == "d")
        more, stop = read_list(doc, chunks, tokens, symbols, end + 1) if symbols[end : end + 1] == "v" else ([], end)
        return body + more, stop if more else end  # "cho tập thể Công ty và ông A"
    if symbols[at] == "G" and (both := both_behind(doc, chunks.sentence, tokens[at].chunk.end, tokens[at].first)):
        return both, at + 2
    found, end = read_list(doc, chunks, tokens, symbols, at + 1)
    many = _OF_MANY_NAMED.match(symbols, at) if not found and symbols[at] == "G" else None
    if many and _is_group(doc, tokens, at, many):
        return read_list(doc, chunks, tokens, symbols, many.end())
    if not found and symbols[at] == "G":
        found = short_behind(doc, chunks.sentence, tokens[at].chunk.end, tokens[at].first, earlier)
        if not found and not _SEVERAL_OF.search(doc.key, max(0, tokens[at].chunk.start - 60), tokens[at].chunk.start):
            found = this_unit(doc, chunks.sentence, tokens[at].chunk.end, tokens[at].first)
    return found, end


_OF_MANY_NAMED = re.compile(r"G[wesvoYB,]{1,10}(?P<place>U?):(?=T*[UP])")
_MANY = re.compile(r" (?:các|những|nhiều|lực lượng)(?!\w)[^;.:]{0,160}$")


def _is_group(doc: Document, tokens: list[Token], at: int, named: re.Match[str]) -> bool:
    """ "cho các lực lượng tham gia cứu hộ tại xã A: Lữ đoàn B, Công an huyện C": a group whose names a colon opens."""
    place = tokens[named.start("place")].chunk.start if named["place"] else None
    there = place is None or doc.key.endswith(("tại ", "ở ", "trên địa bàn "), 0, place)
    return there and _MANY.match(doc.key, tokens[at].chunk.end, tokens[named.end() - 1].chunk.start) is not None


# "65 Bằng khen cho tập thể": as many collectives, and not the one spoken of
_SEVERAL_OF = re.compile(
    r"(?<![\w/.])(?:\d{2,}|[2-9]|nhiều|các|những) (?:cờ thi đua|bằng khen|giấy khen|huân chương|kỉ niệm chương)[^,;:.]*$"
)


def _other_clause(doc: Document, start: int, end: int) -> bool:
    return end - start > 160 or _CLAUSE_END.search(doc.key, start, end) is not None


_CLAUSE_END = re.compile(r"[;.](?:\s|$)")
