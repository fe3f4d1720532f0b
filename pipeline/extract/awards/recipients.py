"""To whom an award goes: behind it, before it, or named in a sentence before."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import COUNT_BEFORE, Recipient, Token, symbols_of
from pipeline.extract.chunks import Chunk
from pipeline.extract.document import Document

_BARE_SUBJECT = re.compile(
    r"(?:^|[ ,;.])(sở|trường|nhà trường|công ti|bệnh viện|ban|hội|ngành|chi cục|trung tâm|đơn vị|huyện|xã|viện)(?= (?:\w+"
    r" ){0,2}(?:được|đã|vinh dự|đón nhận|nhận|từng|còn))",
    re.I,
)


def recipients_of(doc, chunks, tokens, symbols, i, after, start, history, earlier):
    """(recipients, index behind what was used, rule)."""
    right, end = _right(doc, chunks, tokens, symbols, i, after, start)
    if right:
        return right, end, "awards.recipient.after_for"
    left, rule = _left(doc, chunks, tokens, symbols, start, i, history, earlier)
    bracket = re.compile(r"\"?E?\((?P<names>[UP](?:[,v;][UP])*)(?:,?Y)?\)").match(symbols, i + 1)
    if left and bracket and all(r.number is not None for r in left):
        names = [_recipient(tokens[k]) for k in range(*bracket.span("names")) if symbols[k] in "UP"]
        if len(names) == sum(r.number for r in left):
            return names, bracket.end(), "awards.recipient.in_brackets"
    if left:
        return left, max(after, i + 1), rule
    count = COUNT_BEFORE.search(doc.key[max(chunks.sentence.start, tokens[i].chunk.start - 30) : tokens[i].chunk.start])
    if count:
        at = tokens[i].chunk.start - 30 if tokens[i].chunk.start - 30 > chunks.sentence.start else chunks.sentence.start
        at = max(0, at)
        number = int(count[1].replace(".", ""))
        if not 1900 <= number <= 2100 or "." in count[1]:
            return (
                [Recipient(i, number=number, span=(at + count.start(1), at + count.end(1)))],
                max(after, i + 1),
                "awards.recipient.count_before",
            )
    return [], max(after, i + 1), ""


def _right(doc, chunks, tokens, symbols, i, after, start):
    """Recipients behind "cho" or a colon, before the next verb or award."""
    at, reach = after, after
    while at < len(symbols):
        if (
            symbols[at] == "o"
            and doc.key[tokens[at].chunk.start : tokens[at].chunk.end] in ("là", "là đơn vị")
            and re.match(r"o[UP]", symbols[at:])
            and "N" in symbols[start:i]
        ):
            break
        if symbols[at] == "G" or (symbols[at] == "f" and re.match(r"f[w\"]?(?:N|[UP](?![wd]?[fA]))", symbols[at:])):
            break
        if symbols[at] == "N" and at == after and not re.match(r"Nw?[rpo]", symbols[at:]):
            at -= 1  # "Lao động tiên tiến 2.046 người; Giấy khen 54 tập thể"
            break
        if symbols[at] == "w" and re.search(
            r"(?:^|\s)(?:thuộc về|về tay)(?: các)?$", doc.key[tokens[at].chunk.start : tokens[at].chunk.end]
        ):
            break
        if symbols[at] == ":" and at + 1 < len(symbols) and re.match(r"[w\"Td]?[UPN]", symbols[at + 1 :]):
            break
        if symbols[at] in "rf" and re.match(r"[rf]w?G", symbols[at:]):
            at += 1  # "Bằng khen của ... được trao cho A": the award is the subject
            continue
        if symbols[at] in 'w"EYdmB()-sI' or (symbols[at] in ",v" and at - after < 6):
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
    found, end = read_list(doc, chunks, tokens, symbols, at + 1)
    return found, end


def _other_clause(doc: Document, start: int, end: int) -> bool:
    words = doc.key[start:end]
    return len(words) > 160 or bool(re.search(r"[;.](?:\s|$)", words))


def read_list(doc, chunks, tokens, symbols, at):
    """Units, persons and counts joined by commas, "và", semicolons, until another statement begins."""
    found: list[Recipient] = []
    end = at
    while at < len(symbols):
        symbol = symbols[at]
        if symbol in "UP":
            if _gives(doc, tokens, symbols, at):
                break
            found.append(_recipient(tokens[at]))
            at, end = at + 1, at + 1
            continue
        if symbol == "N":
            if _gives_count(symbols, at):
                break
            named = re.compile(r"N(?:w?U(?:,U)*)?:(?=w?T*[PU])").match(symbols, at)
            if named:  # "ba ngư dân xã Thạch Kim, huyện Lộc Hà: A, B, C"
                found += by_count(tokens[at])
                at = end = named.end()
                continue
            found += by_count(tokens[at])
            at, end = at + 1, at + 1
            continue
        if (
            symbol == "w"
            and found
            and re.match(r"w[,v]?T*P|w(?:,v|[,v])T*P", symbols[at:])
            and tokens[at].chunk.end - tokens[at].chunk.start <= 25
            and found[-1].person is not None
        ):
            at += 1
            continue
        if symbol == "w" and re.match(r"wT*P", symbols[at:]) and tokens[at].chunk.end - tokens[at].chunk.start <= 20:
            at += 1
            continue
        if symbol in 'T"d' or (symbol == "w" and _filler(doc, tokens[at].chunk, bool(found))):
            at += 1
            continue
        if symbol in ",v;:-(o" and re.match(r"[,v;:\-(\"Todmw]*[UPN]", symbols[at:]):
            nxt = re.match(r"[,v;:\-(\"Todmw]*", symbols[at:])
            between = doc.key[tokens[at].chunk.start : tokens[at + nxt.end()].chunk.start] if nxt else ""
            if len(between) > 40 or (symbol == ";" and _new_statement(symbols, at + nxt.end())):
                break
            if symbol == "(" and found and found[-1].unit is not None:
                close = symbols.find(")", at)
                if close < 0:
                    break
                at = close + 1
                continue
            at += 1
            continue
        if symbol == "(" and (close := symbols.find(")", at)) > 0:
            at = close + 1
            continue
        if symbol in "mY" and re.match(r"[mY][:,]?[UPN]", symbols[at:]):
            at += 1
            continue
        break
    return _split_totals(found), end


def _filler(doc: Document, chunk: Chunk, later: bool) -> bool:
    words = doc.key[chunk.start : chunk.end]
    if later:
        return len(words) <= 30 and bool(
            re.fullmatch(
                r"(?:các|tập thể|cá nhân|cán bộ|nhân dân|gia đình|là|khác|hai|ba|nhân dân và cán bộ|xuất sắc|tiêu biểu|có thành"
                r" tích xuất sắc|trong đó có|gồm có|dẫn đầu|trên|các đơn vị|danh hiệu| )+",
                words,
            )
        )
    if words.strip() == ".":  # a stray full stop: "cho. Sở Y tế"
        return True
    return len(words) <= 70 and not re.search(r"(?:\.|ngày|việc|các phong trào)", words)


def _gives(doc, tokens, symbols, at) -> bool:
    """A unit right before "tặng" or "đề nghị" gives; it does not receive."""
    if tokens[at].party is not None:
        return bool(re.match(r"w?f", symbols[at + 1 :]))
    rest = symbols[at + 1 :]
    return bool(re.match(r"[wld]?p?f(?!G)", rest)) or bool(re.match(r"p(?:O?U|I)", rest))


def _gives_count(symbols: str, at: int) -> bool:
    """ "04 đơn vị khác được đề nghị ...": a count that opens the next statement."""
    return bool(re.match(r"w?(?:[rp]|(?:O?U|O?I|O)w?f)", symbols[at + 1 :]))


def _new_statement(symbols: str, at: int) -> bool:
    rest = symbols[at:]
    return bool(re.match(r"(?:O?U|I|N|P)(?:[,v](?:U|N|P))*w?[fpr]", rest))


def _recipient(token: Token) -> Recipient:
    if token.party is not None or token.symbol == "P":
        return Recipient(token.first, person=token.chunk, kind="person")
    return Recipient(token.first, unit=token.chunk.unit, kind="unit")


def by_count(token: Token) -> list[Recipient]:
    return [
        Recipient(token.first, number=n, kind=k or None, span=(token.chunk.start, token.chunk.end)) for k, n in token.chunk.numbers.items()
    ]


def _split_totals(found: list[Recipient]) -> list[Recipient]:
    """ "03 đơn vị: A, B, C" gives the names alone; a count beside names stays when it counts others."""
    kept: list[Recipient] = []
    for k, item in enumerate(found):
        if item.number is not None and item.kind is None and _sums_up(item.number, found[k + 1 :]):
            continue
        names_after = 0
        if item.number is not None:
            for other in found[k + 1 :]:
                if other.number is not None:
                    break
                names_after += 1
        if item.number is not None and names_after and names_after >= min(item.number, 2) and names_after <= item.number:
            continue
        if item.number == 1 and names_after == 1:
            continue
        kept.append(item)
    return kept


def _sums_up(total: int, rest: list[Recipient]) -> bool:
    """ "05 trường hợp (02 tập thể, 03 cá nhân)": a total and its split."""
    numbers = [r.number for r in rest if r.number is not None]
    return any(sum(numbers[:k]) == total for k in range(1, len(numbers) + 1))


def _left(doc, chunks, tokens, symbols, start, i, history, earlier):
    """Recipients that are the subject: before "nhận", "đạt", "được ... tặng", or between "suy tôn" and "đề nghị"."""
    if symbols[i - 1 : i] == ":" or symbols[i - 2 : i] == ':"':
        # "Cục Hải quan tỉnh, Cục Thống kê: Cờ thi đua của UBND tỉnh"
        found = _subject(doc, chunks, tokens, symbols, start, i - 1 if symbols[i - 1] == ":" else i - 2)
        if found:
            return found, "awards.recipient.before_colon"
    counted = re.search(r"(?P<n>N)\"?$", symbols[start:i])
    if counted and re.search(r"[fr]", symbols[:i]) and not re.search(r"r", symbols[start + counted.start() : i]):
        # "công nhận 8 tập thể "Tập thể lao động tiên tiến""
        return by_count(tokens[start + counted.start("n")]), "awards.recipient.count_beside"
    inside = re.search(r"f(?P<who>[UP](?:[,v][UP])*)(?P<w>w)\"?$", symbols[start:i])
    if inside and doc.key[tokens[start + inside.start("w")].chunk.start : tokens[start + inside.start("w")].chunk.end].strip() in (
        "danh hiệu",
        "các danh hiệu",
    ):
        # "tặng Sở A danh hiệu Tập thể lao động xuất sắc"
        return [_recipient(tokens[start + k]) for k in range(*inside.span("who")) if symbols[start + k] in "UP"], "awards.recipient.inside"
    verbs = [
        k
        for k in range(start, i)
        if symbols[k] in "rfpb" or (symbols[k] == "o" and re.search(r"N[Yw]?$", symbols[start:k]) and re.match(r"o\"?A", symbols[k:]))
    ]
    for k in verbs:
        stop = k
        if symbols[k] == "f":
            # "được Chính phủ tặng": step over who gives, to "được"
            back = re.search(r"(?:O?U|OI|I|O|B)[wd]?$", symbols[start:k])
            giver = start + back.start() if back else k
            words = doc.key[max(chunks.sentence.start, tokens[giver].chunk.start - 16) : tokens[giver].chunk.start]
            if not re.search(r"(?<!\w)(?:được|do)(?: \w+){0,2} $", words) and not (symbols[giver - 1 : giver] == "r" and giver > 0):
                continue
            stop = giver
        elif symbols[k] in "pb":
            if not re.match(r"(?:[pbw]*)(?:O?U|OI|I|O|[fA]|w?f|w?\"?A)", symbols[k + 1 :]) and not re.search(
                r"(?:được|cùng được) $", doc.key[max(0, tokens[k].chunk.start - 12) : tokens[k].chunk.start]
            ):
                continue
            if k == start or not re.search(r"[UPN]", symbols[start:k]):
                continue
            if (
                re.match(r"(?:hội nghị|hội đồng|khối|cụm|đại hội)", doc.key[tokens[k - 1].chunk.start : tokens[k - 1].chunk.end])
                and symbols[k - 1] in "UB"
                and not re.search(r"p[^;]*U$", symbols[start:k])
            ):
                continue
        found = _subject(doc, chunks, tokens, symbols, start, stop)
        if found:
            return found, "awards.recipient.subject"
        if symbols[k] in "rf":
            named = _named_before(doc, chunks, tokens, start, stop, history, earlier)
            if named:
                return named, "awards.recipient.named_before"
    return [], ""


def _subject(doc, chunks, tokens, symbols, start, stop) -> list[Recipient]:
    """The list of units, persons or counts that ends right before `stop`."""
    at = stop - 1
    apposed = re.search(r"P,[wT]+U?,?w?$|P,w[w,]{1,3}$", symbols[start:stop])
    if (
        apposed
        and not _source(doc, tokens[start + apposed.start()].chunk.start)
        and tokens[stop - 1].chunk.end - tokens[start + apposed.start()].chunk.end < 110
    ):
        # "bà Trần Thị Nhàn, hội viên phụ nữ xóm 4 được ..."
        return [_recipient(tokens[start + apposed.start()])]
    while at >= start and (
        symbols[at] in "lorYehsTpbBE" or (symbols[at] == "w" and _linking(doc, tokens[at].chunk)) or symbols[at] in 'd,-"('
    ):
        at -= 1
    found: list[Recipient] = []
    closing = 0
    while at >= start:
        symbol = symbols[at]
        if symbol == ")":
            opened = symbols.rfind("(", start, at)
            if opened < 0:
                break
            at = opened - 1
            continue
        if symbol in "UP":
            if symbol == "U" and at > start and symbols[at - 1] == "O":
                break
            if symbol == "U" and at > start and symbols[at - 1] == "N":
                at -= 1  # "02 cán bộ Hội Nông dân": whose they are
                continue
            if symbol == "P" and _source(doc, tokens[at].chunk.start):
                break
            if symbol == "U" and _owner(doc, tokens[at].chunk):
                if symbols[at - 2 : at] == "Nw" and at - 2 >= start:  # "02 cá nhân của Hội Khuyến học tỉnh"
                    at -= 2
                    continue
                break
            if symbol == "U" and found and found[0].person is not None and symbols[at + 1] == "w":
                break
            found.insert(0, _recipient(tokens[at]))
            at -= 1
            closing = at
            continue
        if symbol == "N":
            found[0:0] = by_count(tokens[at])
            at -= 1
            continue
        if (
            symbol == "w"
            and found
            and re.fullmatch(r"(?:với |đạt )?[\d/.,]+ (?:phiếu|điểm|%)(?: \w+)?", doc.key[tokens[at].chunk.start : tokens[at].chunk.end])
        ):
            at -= 1
            continue
        if (
            symbol in ",v:"
            or (symbol in "mo" and found)
            or (
                symbol == "w"
                and found
                and re.fullmatch(r"(?:là|các|hai|ba|đơn vị|gồm|có)(?: .{0,10})?", doc.key[tokens[at].chunk.start : tokens[at].chunk.end])
                and at > start
                and symbols[at - 1] in "N,v"
            )
        ):
            at -= 1
            continue
        if symbol == "d" and found and doc.key[tokens[at].chunk.start : tokens[at].chunk.end] in ("đại diện", "thay mặt"):
            break
        if symbol == "-" and found and found[0].person is not None and at > start and symbols[at - 1] == "U":
            # "Đại diện Trường A - TS. B nhận ...": the unit receives through its person
            return [_recipient(tokens[at - 1])]
        break
    del closing
    return _split_totals(found)


def _source(doc: Document, at: int) -> bool:
    """ "theo ông A": who tells of it."""
    return bool(re.search(r"(?:theo|biết|với|qua|do|lời) (?:ông |bà |anh |chị |đồng chí )?$", doc.key[max(0, at - 22) : at]))


def _owner(doc: Document, chunk: Chunk) -> bool:
    """ "tại Hội nghị của UBND tỉnh", "theo đề nghị của Sở A": a unit that is no subject."""
    return bool(re.search(r"(?:của|tại|ở|thuộc|đến|với|trên địa bàn|từ|cùng) $", doc.key[max(0, chunk.start - 14) : chunk.start]))


def _linking(doc: Document, chunk: Chunk) -> bool:
    words = re.sub(r"[\d/.,]+", "", doc.key[chunk.start : chunk.end])
    return len(words) <= 45 and bool(
        re.fullmatch(
            r"(?:được|đã|vinh dự|cũng|từng|vừa|lần này|lại|còn|lên|và|có|khác|đồng thời|tiếp tục|liên tục|nhiều năm|đều|cùng|vui"
            r" mừng|trong|có thành tích xuất sắc|dẫn đầu|xếp|thứ|nhất|nhì|ba|đạt|là|xuất sắc|để|hai|lần|tiêu biểu|còn lại|cá"
            r" nhân|tập thể|thống nhất|đơn vị|liền|,|trường hợp|nơi|sau|đó|ngành|các|lãnh đạo|vinh|dự|trước|đó|nhất|khối|cụm"
            r"|đứng|đầu|phiếu|điểm|số|do|bởi|ba|bốn|trên|tổng|với|để|mà|nên|liên tiếp|thêm|danh hiệu|vì|vừa|điển hình|tiên"
            r" tiến|tín nhiệm|cao|giai đoạn|thành tích|đơn vị| )+",
            words,
        )
    )


def _named_before(doc, chunks, tokens, start, stop, history, earlier) -> list[Recipient]:
    """ "Sở từng được tặng ...", "Đây cũng là đơn vị từng được ...": the unit named before."""
    if re.search(r"[UPN]", symbols_of(tokens)[start:stop]):
        return []
    first = tokens[start].chunk.start if start < len(tokens) else chunks.sentence.start
    words = doc.key[first : tokens[stop].chunk.start] if stop < len(tokens) else ""
    bare = _BARE_SUBJECT.search(words + " được")
    if bare and bare[1] not in ("đơn vị",):
        unit = history.last_with(bare[1].lower())
        if unit:
            return [Recipient(stop, unit=unit, kind="unit", inferred_from=f'"{bare[1]}" as named before')]
    if (
        re.search(r"(?:^|\W)(?:đơn vị|tập thể|cơ quan)(?: \w+){0,2}? (?:được|đã|vinh dự|từng|lần lượt|còn)", words + " được")
        and history.units
    ):
        return [Recipient(stop, unit=history.units[0][1], kind="unit", inferred_from="the unit that the article is about")]
    if start > 0 and earlier and len(words) < 60 and re.search(r"(?:^|\s)(?:năm|được|từng|và|hạng)", words):
        last = earlier[-1].recipients
        if len(last) == 1:
            return [
                Recipient(
                    last[0].index,
                    last[0].unit,
                    last[0].person,
                    last[0].number,
                    last[0].kind,
                    last[0].span,
                    "the subject of the award before",
                )
            ]
    if re.search(r"^(?:đây|đơn vị này|trước đó|ngoài ra|tập thể này|ông|bà|đồng chí)", words) and earlier and len(words) < 80:
        last = earlier[-1].recipients
        if len(last) == 1 and (last[0].unit or last[0].person):
            return [
                Recipient(
                    last[0].index, last[0].unit, last[0].person, None, last[0].kind, last[0].span, "the subject of the sentence before"
                )
            ]
    return []
