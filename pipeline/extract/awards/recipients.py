"""To whom an award goes: behind it, before it, or named in a sentence before."""

from __future__ import annotations

import re

from pipeline.extract.awards.aliases import body_for
from pipeline.extract.awards.chosen import RULE as CHOSEN
from pipeline.extract.awards.chosen import all_told, chosen_best, this_unit
from pipeline.extract.awards.indirect import RULE as INSIDE
from pipeline.extract.awards.indirect import asked_for, between, exemplified
from pipeline.extract.awards.lists import by_count, read_list, recipient_of
from pipeline.extract.awards.model import COUNT_BEFORE, Recipient
from pipeline.extract.awards.named import pieces
from pipeline.extract.awards.ranks import RULE as OF_PLACE
from pipeline.extract.awards.ranks import of_place
from pipeline.extract.awards.short import short_behind
from pipeline.extract.awards.subjects import recipients_before
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk


def recipients_of(doc, chunks, tokens, symbols, i, after, start, history, earlier):
    """(recipients, index behind what was used, rule)."""
    placed, end = of_place(doc, chunks.sentence, tokens, symbols, start, i)
    if placed:
        return placed, end, OF_PLACE
    if feast := _whose_feast(doc, tokens, symbols, start, i):
        return [recipient_of(tokens[feast])], feast + 1, "awards.recipient.of_feast"
    right, end = _right(doc, chunks, tokens, symbols, i, after, start, history, earlier)
    if len(right) == 1 and "N" in symbols[start:i] and (right[0].person and ":" in symbols[i:] or right[0].unit and _is_row(symbols, i)):
        right = []  # a list of names that goes on, as long as the count in front says
    if len(right) == 1 and right[0].unit and "N" in symbols[start:i] and re.match(r"A[\"E]*(?:w?(?:O?U|OI|I))?m?:", symbols[i:]):
        counted, _ = recipients_before(doc, chunks, tokens, symbols, start, i, history, earlier)
        if len(counted) == 1 and counted[0].number and (row := _names_behind(doc, chunks, tokens, symbols, i, counted[0])):
            return *row, "awards.recipient.listed_behind"  # "gồm: A - đơn vị dẫn đầu cụm 1; B - ...": all that are counted
    if right:
        return right, end, "awards.recipient.after_for"
    if given := between(doc, chunks, tokens, symbols, start, i):
        return given, max(after, i + 1), INSIDE
    if split := re.compile(r"\"?E?(?:w(?:O?U|OI|I))?\((?P<counts>N(?:[,v;]N)+)\)").match(symbols, i + 1):
        counts = [r for k in range(*split.span("counts")) if symbols[k] == "N" for r in by_count(tokens[k])]
    if "p" in symbols[start:i] and (best := chosen_best(doc, tokens, symbols, i)):
        return best, max(after, i + 1), CHOSEN
    left, rule = recipients_before(doc, chunks, tokens, symbols, start, i, history, earlier)
    if len(left) == 1 and left[0].number and (told := all_told(doc, tokens, symbols, left[0])):
        return told, max(after, i + 1), CHOSEN
    bracket = re.compile(r"\"?E?\((?P<names>[UP](?::w(?:,w)?)?(?:[,v;]+[UP](?::w(?:,w)?)?)*)(?:,?Y)?\)").match(symbols, i + 1)
    if len(left) == 1 and left[0].number and (behind := _names_behind(doc, chunks, tokens, symbols, i, left[0])):
        return *behind, "awards.recipient.listed_behind"
    if split and len(left) == 1 and left[0].number and left[0].number == sum(r.number for r in counts):
        return counts, split.end(), "awards.recipient.in_brackets"  # "07 tập thể, cá nhân nhận Bằng khen (04 tập thể, 03 cá nhân)"
    if left and bracket and all(r.number is not None for r in left):
        names = [recipient_of(tokens[k]) for k in range(*bracket.span("names")) if symbols[k] in "UP"]
        if len(names) == sum(r.number for r in left):
            return names, bracket.end(), "awards.recipient.in_brackets"
    count = COUNT_BEFORE.search(doc.key[max(chunks.sentence.start, tokens[i].chunk.start - 30) : tokens[i].chunk.start])
    if left and not (count and _of_many(doc, left) and int(count[1].replace(".", "")) > 1):
        return left, max(after, i + 1), rule
    if count:
        at = tokens[i].chunk.start - 30 if tokens[i].chunk.start - 30 > chunks.sentence.start else chunks.sentence.start
        at = max(0, at)
        number = int(count[1].replace(".", ""))
        if not 1900 <= number <= 2100 or "." in count[1]:
            parts = re.compile(r"[w\"OUI]*[,;:(]?m?:?(?<=m)(?P<parts>N(?:[,v]N)+)").match(symbols, i + 1)
            counts = [r for k in range(*parts.span("parts")) if symbols[k] == "N" for r in by_count(tokens[k])] if parts else []
            if counts and sum(r.number or 0 for r in counts) == number:
                return counts, parts.end(), "awards.recipient.in_brackets"  # "07 Bằng khen, gồm 03 tập thể và 04 cá nhân"
            whom = _FOR_WHOM.match(doc.key, tokens[i].chunk.end)
            kind = ("unit" if whom["whom"] == "tập thể" else "person") if whom else None
            return (
                [Recipient(i, number=number, kind=kind, span=(at + count.start(1), at + count.end(1)))],
                max(after, i + 1),
                "awards.recipient.count_before",
            )
    return [], max(after, i + 1), ""


_GETTING = re.compile(
    r"(?<!\w)(?:đơn vị|tập thể|cá nhân|địa phương)(?: tiêu biểu| xuất sắc| nhất khối| dẫn đầu| còn lại)? (?:đã |cùng |lần lượt )*"
    r"(?:được|đề nghị|nhận|đạt|vinh dự)(?!\w)"
)


def _who_gets(doc: Document, tokens, symbols: str, start: int, i: int) -> bool:
    """ "Đơn vị được đề nghị tặng Cờ thi đua là Sở A": the name stands behind the award."""
    getting = _GETTING.search(doc.key, tokens[start].chunk.start, tokens[i].chunk.start)
    if getting is None:
        return False
    subject = next(k for k in range(start, i + 1) if tokens[k].chunk.end > getting.start())
    return not re.search(r"[UPN]", symbols[start:subject])


_FOR_WHOM = re.compile(r"[^,;.:]{0,40}? cho (?:các |những )?(?P<whom>tập thể|cá nhân)(?!\w)(?!(?:,| và| hoặc) ?(?:tập thể|cá nhân|hộ))")


_FEAST = re.compile(r"(?<!\w)(?:lễ|buổi lễ|dịp|ngày)(?!\w)[^,;:]*đón nhận ?(?:danh hiệu ?)?\"?$")


def _whose_feast(doc, tokens, symbols, start, i) -> int | None:
    """ "dự lễ đón nhận Huân chương Lao động của Công ty A": whose feast it is; who gives an order of the state is no such body."""
    of = re.compile(r"[\"E]*w(?P<who>U)(?!w?f)").match(symbols, i + 1)
    if not of or tokens[i].chunk.entry.fields["level"] != "state" or re.search(r"[UP]w?$", symbols[start : max(start, i - 1)]):
        return None
    who, gap = of.start("who"), tokens[of.start("who") - 1].chunk
    if doc.key[gap.start : gap.end] != "của" or doc.key.startswith(("bộ ", "chính phủ"), tokens[who].chunk.start):
        return None
    begin = tokens[start].chunk.start
    return who if _FEAST.search(doc.key, begin, tokens[i].chunk.start) else None


def _is_row(symbols: str, i: int) -> bool:
    """ "2 trường được tặng Bằng khen là Trường A và ...": behind "là" stand as many names as the count says."""
    return re.match(r"A[\"E]*(?:w?(?:O?U|OI|I))?oU[,v]", symbols[i:]) is not None


_PLACE_FOLK = re.compile(r"(?:đảng bộ|nhân dân|quân và dân|cán bộ|chính quyền|toàn (?:tỉnh|ngành|huyện)|tỉnh|huyện|khối|cụm)(?!\w)")


def _of_many(doc: Document, found: list[Recipient]) -> bool:
    """ "Đảng bộ và nhân dân tỉnh A được tặng 2 Huân chương": awards to many in that place, told by their number."""
    unit = found[0].unit if len(found) == 1 else None
    return unit is not None and bool(_PLACE_FOLK.match(doc.key, unit.start))


_FULL_STOP, _STATEMENT_END = re.compile(r"\.(?= |$)"), re.compile(r"\.(?= |$)|;")


def _names_behind(doc, chunks, tokens, symbols, i, counted) -> tuple[list[Recipient], int] | None:
    """ "có bốn nghệ sĩ được tặng danh hiệu A gồm: ...": as many names behind the award as the count in front of it says."""
    mark = re.compile(r"(?:\(A?w?\)|w)?(?:m:?|:|o)").match(symbols, i + 1)
    if not mark or mark.end() >= len(tokens) or counted.kind not in ("unit", "person"):
        return None
    ends = _STATEMENT_END if symbols[mark.end() - 1] == "o" else _FULL_STOP
    begin = tokens[mark.end()].chunk.start
    stop = ends.search(doc.key, begin, chunks.sentence.end)
    end = stop.start() if stop else chunks.sentence.end
    found = pieces(doc, begin, end, counted.number, counted.kind, tokens[i].first)
    return (found, next((k for k, t in enumerate(tokens) if t.chunk.start >= end), len(tokens))) if found else None


_FOLK = re.compile(r" ?(?:nhân dân|cán bộ|quân và dân|đảng bộ|chính quyền)(?!\w)")


def _names_follow(doc: Document, tokens, symbols: str, at: int) -> bool:
    """Whether names stand behind a colon, "Nhân dân và cán bộ xã A" among them."""
    rest = symbols[at + 1 :]
    return bool(re.match(r"[w\"Td]?[UPN]", rest) or (re.match(r"w[v,]wU", rest) and _FOLK.match(doc.key, tokens[at].chunk.end)))


def _given_with(doc: Document, tokens, symbols: str, start: int, i: int, at: int) -> bool:
    """ "trao Bằng khen với chị A": "với" where others write "cho"."""
    return "f" in symbols[start:i] and doc.key[tokens[at].chunk.start : tokens[at].chunk.end] == "với"


def _dashed(symbols: str) -> bool:
    """Whether the sentence lists what goes to whom by dashes."""
    return len(re.findall(r"A\"?E?(?:w?O?[UBI])?-w?T*[UPN]", symbols)) >= 2


_ON_FLAG = re.compile(r"lên (?:lá )?(?:quân kì|cờ)(?: truyền thống)?(?: của)?(?: tập thể)?")


_TOWARDS = re.compile(r"(?<!\w)đối với$")
_GIVEN_TO = re.compile(r"f(?:[w\":]|w(?:,w|vw){1,2})?(?:N|[UP](?![wd]?[fA]))")
_BY = re.compile(r"w(?:O?U|OI|I|O|P)w?f(?=[w\"]?T*(?:[UPN]|$))")
_WHO_GIVES = re.compile(r"(?<!\w)do ?$")


def _no_giver(doc: Document, award: Chunk, rest: str) -> bool:
    """Whether who stands right behind the award gets it: "tặng Giấy khen đồng chí A", but "Bằng khen của Bộ trưởng A"."""
    return not re.match(r"Pw?[fs]", rest) and " của " not in doc.key[award.start : award.end]


def _brief(words: Chunk) -> bool:
    """ "Chiến sĩ thi đua ngành Y tế 12 đồng chí": a word of what the title is for."""
    return words.end - words.start <= 24


def _from(doc: Document, tokens, symbols: str, at: int) -> bool:
    """ "nhận bằng khen, hoa từ chị A": who gives it."""
    gap = tokens[at + 1].chunk if symbols[at + 1 : at + 2] == "w" else None
    return gap is not None and bool(re.search(r"(?:^|\s)(?:từ|của|do|bởi)(?: đại diện)?$", doc.key[gap.start : gap.end]))


def _right(doc, chunks, tokens, symbols, i, after, start, history, earlier):
    """Recipients behind "cho" or a colon, before the next verb or award."""
    at, reach = after, after
    while at < len(symbols):
        if (
            symbols[at] == "o"
            and doc.key[tokens[at].chunk.start : tokens[at].chunk.end] in ("là", "là đơn vị")
            and re.match(r"o:?d?T*[UP]", symbols[at:])
            and ("N" in symbols[start:i] or _who_gets(doc, tokens, symbols, start, i))
        ):
            break
        if symbols[at] == "m" and re.match(r"m:?d?T*[UP]", symbols[at:]) and _who_gets(doc, tokens, symbols, start, i):
            break  # "Các đơn vị được tặng Bằng khen gồm A, B, C"
        if asked_for(doc, tokens, symbols, start, i, at) or exemplified(doc, tokens, symbols, start, i, at):
            break
        if symbols[at] == "G" or (symbols[at] == "f" and _GIVEN_TO.match(symbols, at) and not _from(doc, tokens, symbols, at)):
            break
        giver = _BY.match(symbols, at) if symbols[at] == "w" else None
        if giver and _WHO_GIVES.search(doc.key, tokens[at].chunk.start, tokens[at].chunk.end):
            at = giver.end() - 1  # "Huân chương do Chủ tịch nước truy tặng trung sĩ A"
            break
        if (
            symbols[at] == "N"
            and re.search(r"(?:có|gồm|là)$", doc.key[: tokens[at].chunk.start].rstrip()[-6:])
            and re.match(r"Nw?:", symbols[at:])
        ):
            at -= 1  # "Trong danh sách phong tặng NSND có ba nghệ sĩ: A, B, C"
            break
        if symbols[at] == "(" and (inside := re.compile(r"\((?:N|w|Y|E)\)(?=[:.-])").match(symbols, at)):
            at = inside.end()  # "Bằng khen (02 đơn vị): A, B"
            continue
        behind = at == after or at == after + 1 and symbols[after] == "w" and ";" in symbols and _brief(tokens[after].chunk)
        if symbols[at] == "N" and behind and not re.match(r"Nw?[rpo]", symbols[at:]):
            at -= 1  # "Lao động tiên tiến 2.046 người; Giấy khen 54 tập thể"
            break
        if symbols[at] == "w" and re.search(
            r"(?:^|\s)(?:thuộc về|về tay)(?: các)?$", doc.key[tokens[at].chunk.start : tokens[at].chunk.end]
        ):
            break
        if (
            symbols[at : at + 1] == "v"
            and at == after
            and re.match(r"v[TPN]", symbols[at:])
            and _given_with(doc, tokens, symbols, start, i, at)
        ):
            break
        if symbols[at] == "-" and at - after <= 1 and _dashed(symbols):
            break  # "Cờ thi đua - Sở A; Bằng khen - Sở B, Sở C"
        if (
            symbols[at] == "w"
            and _ON_FLAG.fullmatch(doc.key[tokens[at].chunk.start : tokens[at].chunk.end])
            and symbols[at + 1 : at + 2] == "U"
        ):
            break
        if symbols[at] == ":" and (given := re.compile(r":w?[rfp]+w?(?=G)").match(symbols, at)):
            at = given.end()  # "Về Cờ thi đua: thống nhất đề nghị tặng cho 4 đơn vị"
            continue
        if symbols[at] == "w" and re.match(r"wv[UPN]", symbols[at:]) and _TOWARDS.search(doc.key, 0, tokens[at + 1].chunk.end):
            at += 1
            break
        if symbols[at] == "P" and at == after == i + 1 and "f" in symbols[start:i] and _no_giver(doc, tokens[i].chunk, symbols[at:]):
            at -= 1  # "tặng Giấy khen đồng chí A"
            break
        if symbols[at] == ":" and at + 1 < len(symbols) and _names_follow(doc, tokens, symbols, at):
            break
        if symbols[at] in "rfp" and (given := re.compile(r"[rfp]+w?(?=G)").match(symbols, at)):
            at = given.end()  # "Bằng khen của ... được trao cho A": the award is the subject
            continue
        if symbols[at] in 'w"EYdmB()-sI' or symbols[at : at + 2] == "T:" or (symbols[at] in ",v" and at - after < 6):
            at += 1
            continue
        if symbols[at] in "OU" and at - after <= 4 and symbols[at + 1 : at + 4].find("G") >= 0:
            at += 1
            continue
        return [], reach
    if at >= len(symbols):
        return [], reach
    if at > i + 1 and _other_clause(doc, tokens[i].chunk.end, tokens[at].chunk.start):
        return [], reach
    body = body_for(doc, tokens, at, history) if symbols[at] == "G" and symbols[at + 1 : at + 2] in ("", "w", "d") else []
    if body:
        return body, at + 2 + (symbols[at + 1 : at + 2] == "d")
    found, end = read_list(doc, chunks, tokens, symbols, at + 1)
    if not found and symbols[at] == "G":
        found = short_behind(doc, chunks.sentence, tokens[at].chunk.end, tokens[at].first, earlier)
        found = found or this_unit(doc, chunks.sentence, tokens[at].chunk.end, tokens[at].first)
    return found, end


def _other_clause(doc: Document, start: int, end: int) -> bool:
    words = doc.key[start:end]
    return len(words) > 160 or bool(re.search(r"[;.](?:\s|$)", words))
