"""Lists of recipients: units, persons and counts joined by commas, "và" and semicolons."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import Recipient, Token
from pipeline.extract.awards.named import group, named_worker, people_of, pieces, provinces, short_person
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk


def read_list(doc, chunks, tokens, symbols, at):
    """Units, persons and counts joined by commas, "và", semicolons, until another statement begins."""
    found: list[Recipient] = []
    end = at
    while at < len(symbols):
        symbol = symbols[at]
        if symbol in "UP":
            if _gives(doc, tokens, symbols, at) or _photo(doc, tokens[at].chunk):
                break
            if not found and symbol == "U" and _many_of(doc, tokens[at].chunk):
                break
            if symbol == "U" and found and found[-1].person is not None and _whose_member(doc, tokens[at].chunk):
                at += 1  # "cho bà A, cán bộ Sở B": where she works
                continue
            if found and re.match(r"w?s", symbols[at + 1 :]) and symbols[at - 1] == ",":
                break  # "Trao Bằng khen cho A, ông B nhấn mạnh ..."
            if symbol == "U" and (many := _many_alike(doc, tokens, symbols, at)):
                found.append(many)
                at, end = at + 1, at + 1
                continue
            found.append(recipient_of(tokens[at]))
            if found[-1].unit is not None:
                found[-1].unit = people_of(doc, found[-1].unit)
            at, end = at + 1, at + 1
            continue
        if symbol == "N":
            whose_names = symbols[at - 1 : at] == "G" and _named_behind(doc, tokens, symbols, at)  # "cho 2 xã được bầu chọn là A và B"
            if _gives_count(symbols, at) and not whose_names or (found and _part_of_total(doc, tokens, at, found)):
                break
            listed, behind = _counted_pieces(doc, chunks, tokens, symbols, at)
            if listed:
                found += listed
                at = end = behind
                continue
            if parts := _split_in_words(doc, tokens[at]):
                found += parts
                at = end = next((k for k in range(at + 1, len(tokens)) if tokens[k].chunk.start >= parts[-1].span[1]), len(tokens))
                continue
            named = re.compile(r"N(?:w?U(?:,U)*)?:(?=w?T*[PU])").match(symbols, at) or _named_behind(doc, tokens, symbols, at)
            if named:  # "ba ngư dân xã Thạch Kim, huyện Lộc Hà: A, B, C"
                found += by_count(tokens[at])
                at = end = named.end()
                continue
            found += by_count(tokens[at])
            at, end = at + 1, at + 1
            whose = re.compile(r"(?:,T)?U(?![,v]?U|:)").match(symbols, at)
            if whose and (symbols[at] == "," or doc.key[tokens[at].chunk.start - 1] in " ,"):
                at = end = whose.end()  # "10 nhân viên, bác sĩ Bệnh viện A": whose they are
            continue
        if symbol == "w" and not found and (who := _workers_of(doc, tokens, at)):
            at = who  # "cho tập thể cán bộ, công chức Sở A": the body
            continue
        if symbol in "wTO" and not found:
            other, behind = _by_other_words(doc, chunks, tokens, symbols, at)
            if other:
                found += other
                at = end = behind
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
        if symbol in ",v" and found and found[-1].person is not None and symbols[at + 1 : at + 3] == "Tw":
            other, behind = _by_other_words(doc, chunks, tokens, symbols, at + 1)
            if other:
                found += other  # "ông Huynh và bà Ngần"
                at = end = behind
                continue
        if symbol in 'T"d' or (symbol == "w" and _filler(doc, tokens[at].chunk, bool(found))):
            at += 1
            continue
        if symbol == "-" and found and found[-1].person is not None:
            if post := re.compile(r"-[^;]*(?=;T*P)").match(symbols, at):
                at = post.end()  # "ông A - Chủ tịch xã B; ông C": whose post it is
                continue
            if re.compile(r"-[w-]+U[^;UPN]*$").match(symbols, at):
                break
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
    return split_totals(found), end


_IN_WORDS = re.compile(
    r"[,:(]? ?(?:chia ra|trong đó|gồm|cụ thể)[: ]*(?P<parts>(?:(?:tập thể|cá nhân|hộ gia đình|hộ)[: ]+\d{1,5}(?:[,;] ?| và )?){2,})"
)
_PART = re.compile(r"(?P<who>tập thể|cá nhân|hộ gia đình|hộ)[: ]+(?P<number>\d{1,5})")


def _split_in_words(doc: Document, token: Token) -> list[Recipient]:
    """ "24 gương, chia ra: tập thể 9, cá nhân 11, hộ gia đình 4": the number behind each kind."""
    split = _IN_WORDS.match(doc.key, token.chunk.end)
    if not split:
        return []
    kinds = {"tập thể": "unit", "cá nhân": "person"}
    parts = [
        Recipient(token.first, number=int(m["number"]), kind=kinds.get(m["who"], "household"), span=m.span())
        for m in _PART.finditer(doc.key, *split.span("parts"))
    ]
    return parts if sum(p.number or 0 for p in parts) == sum(token.chunk.numbers.values()) else []


_IS = re.compile(r"N(?:[wp]{0,4}o(?=T*P)|[wBbf]{0,4}o(?=U))")  # "cho 3 trường hợp vừa được xét là NSƯT A, NSƯT B và NSƯT C"


def _named_behind(doc: Document, tokens: list[Token], symbols: str, at: int) -> re.Match[str] | None:
    """ "5 đơn vị dẫn đầu các cụm, khối, đó là: A, B, C, D, E": as many names behind the colon as the count says."""
    named = re.compile(r"N[wdvBRI,o]{1,6}(?:m:?|:)(?=w?T*[PU])").match(symbols, at) or _IS.match(symbols, at)
    if not named or tokens[named.end() - 1].chunk.start - tokens[at].chunk.end > 80:
        return None
    row = re.compile(r"[^;A]*").match(symbols, named.end())
    return named if sum(s in "UP" for s in row[0]) == sum(tokens[at].chunk.numbers.values()) else None


def _part_of_total(doc: Document, tokens: list[Token], at: int, found: list[Recipient]) -> bool:
    """ "20 tập thể, trong đó có 7 xã": a part of the total before, unless the total is of mixed kind."""
    before = doc.key[max(0, tokens[at].chunk.start - 16) : tokens[at].chunk.start]
    return "trong đó" in before and found[-1].number is not None and found[-1].kind is not None


def _counted_pieces(doc, chunks, tokens, symbols, at) -> tuple[list[Recipient], int]:
    """ "12 tập thể (A, B, ...)", "bốn nghệ sĩ gồm: A, B, C, D": names that no gazetteer knows, as many as the count says."""
    numbers = tokens[at].chunk.numbers
    opened = re.compile(r"Nw?(?P<open>\(|m:?|w?:|o)").match(symbols, at)
    if not opened or len(numbers) != 1:
        return [], at
    (kind, number), *_ = numbers.items()
    if kind not in ("unit", "person"):
        return [], at
    first = opened.end()
    stop = _close(symbols, first - 1) if opened["open"] == "(" else len(symbols)
    known = sum(s in "UP" for s in symbols[first:stop])
    if first >= stop or known == number and opened["open"] != "(":
        return [], at
    begin, finish = tokens[first].chunk.start, tokens[stop - 1].chunk.end
    if opened["open"] != "(":
        finish = next((m.start() for m in re.compile(r"\.(?= |$)").finditer(doc.key, begin, finish)), finish)
    return pieces(doc, begin, finish, number, kind, tokens[at].first), stop + (opened["open"] == "(")


def _close(symbols: str, opened: int) -> int:
    depth = 0
    for k in range(opened, len(symbols)):
        depth += (symbols[k] == "(") - (symbols[k] == ")")
        if depth == 0:
            return k
    return opened


def _by_other_words(doc, chunks, tokens, symbols, at) -> tuple[list[Recipient], int]:
    """A short name, a name behind a calling, provinces, a group: what stands where a recipient must stand."""
    token = tokens[at]
    start, end = token.chunk.start, token.chunk.end
    if token.symbol == "T":
        if symbols[at + 1 : at + 2] != "w":
            return [], at
        person = short_person(doc, end, tokens[at + 1].chunk.end, start, token.first)
        return ([person], at + 2) if person else ([], at)
    if token.symbol == "O":
        # "cho huấn luyện viên Kim Su Jin"
        named = named_worker(doc, start, tokens[at + 1].chunk.end, token.first) if symbols[at + 1 : at + 2] == "w" else None
        return ([named], at + 2) if named else ([], at)
    if symbols[at - 1 : at] not in ("G", "f", ":"):
        return [], at
    short = short_person(doc, start - 1, end, start, token.first) if doc.view[start].isupper() else None
    if short:
        return [short], at + 1  # "tặng giấy khen cho Lực"
    worker = named_worker(doc, start, end, token.first) if symbols[at + 1 : at + 2] != "P" else None
    if worker:
        return [worker], at + 1
    reach = re.compile(r"w(?:[,v]w)*").match(symbols, at).end()
    named = provinces(doc, start, tokens[reach - 1].chunk.end, token.first)
    if named:
        return named, reach
    found = group(doc, start, chunks.sentence.end, token.first)
    if found:
        behind = next((k for k in range(at, len(tokens)) if tokens[k].chunk.start >= found[1]), len(tokens))
        return [found[0]], behind
    return [], at


def _filler(doc: Document, chunk: Chunk, later: bool) -> bool:
    words = doc.key[chunk.start : chunk.end]
    if later:
        return len(words) <= 30 and bool(
            re.fullmatch(
                r"(?:các|tập thể|cá nhân|cán bộ|nhân dân|gia đình|là|khác|hai|ba|nhân dân và cán bộ|tổ dân phố|tổ|khu phố|ấp|bản"
                r"|khóm|thôn|xuất sắc|tiêu biểu|có thành"
                r" tích xuất sắc|trong đó có|gồm có|dẫn đầu|trên|các đơn vị|danh hiệu| )+",
                words,
            )
        )
    if words.strip() == ".":  # a stray full stop: "cho. Sở Y tế"
        return True
    return len(words) <= 70 and not re.search(r"(?:\.|ngày|việc|các phong trào|(?<!\w)sự (?:phát triển|nghiệp|nỗ lực|thành công))", words)


def _photo(doc: Document, chunk: Chunk) -> bool:
    """ "... - Ảnh: Hà Vy": who took the picture."""
    return doc.key[max(0, chunk.start - 8) : chunk.start].rstrip(" :").endswith(("ảnh", "nguồn", "tin"))


_WORKERS = re.compile(
    r" ?tập thể (?:(?:cán bộ|lãnh đạo|công chức|viên chức|người lao động|chiến sĩ|giáo viên|nhân viên|học sinh|đoàn viên)(?:, ?| và | )?)+"
)


def _workers_of(doc: Document, tokens: list[Token], at: int) -> int | None:
    """Where the body stands behind "tập thể cán bộ, công chức và người lao động"."""
    workers = _WORKERS.match(doc.key, tokens[at].chunk.start)
    if not workers:
        return None
    near = range(at + 1, min(at + 9, len(tokens)))
    return next((k for k in near if tokens[k].symbol == "U" and tokens[k].chunk.start == workers.end()), None)


_HOW_MANY = re.compile(r"(?<![\w/.,-])(?P<number>\d{1,3}) $")
_ALIKE = re.compile(r"(?:sở|phòng|trường|chi cục|hội|công an|ban chỉ huy|văn phòng|trung tâm|bệnh viện|trạm|công ti|liên đoàn)(?!\w)")
_LIST_GOES_ON = re.compile(r"w?(?::|[,v]w?U|U|m)")


def _many_alike(doc: Document, tokens: list[Token], symbols: str, at: int) -> Recipient | None:
    """ "cho 12 Sở Tư pháp", "cho 03 trường THCS": so many bodies of one name, when no list of them follows."""
    unit = tokens[at].chunk
    many = _HOW_MANY.search(doc.key, max(0, unit.start - 6), unit.start)
    if not many or int(many["number"]) < 2 or len(unit.unit.parts) > 1 or not _ALIKE.match(doc.key, unit.start):
        return None
    if _LIST_GOES_ON.match(symbols, at + 1):
        return None
    start = many.start("number")
    return Recipient(tokens[at].first, number=int(many["number"]), kind="unit", span=(start, unit.end))


_MANY_OF = re.compile(
    r"(?:các|những|nhiều) (?:cán bộ|chiến sĩ|công nhân|nhân viên|cá nhân|tập thể|hội viên)[^;:.()]{0,40} (?:của|thuộc)(?: \w+)? $"
)


_MEMBER = re.compile(
    r", ?(?:nguyên |cựu )?(?:cán bộ|nhân viên|công nhân|giáo viên|giảng viên|học sinh|sinh viên|hội viên|đoàn viên|chiến sĩ|bảo vệ|kĩ sư"
    r"|bác sĩ|y sĩ|điều dưỡng|lái xe|tài xế|công chức|viên chức|nông dân)(?: (?:của|thuộc|tại|lớp \w+))*,? $"
)


def _whose_member(doc: Document, chunk: Chunk) -> bool:
    """Whether what stands in front of a unit tells who the person before it is."""
    return _MEMBER.search(doc.key, max(0, chunk.start - 40), chunk.start) is not None


def _many_of(doc: Document, chunk: Chunk) -> bool:
    """ "cho các cán bộ, chiến sĩ của Cảng A": whose they are."""
    return bool(_MANY_OF.search(doc.key, max(0, chunk.start - 90), chunk.start))


def _gives(doc, tokens, symbols, at) -> bool:
    """A unit right before "tặng" or "đề nghị" gives; it does not receive."""
    if tokens[at].party is not None:
        return bool(re.match(r"w?f", symbols[at + 1 :]))
    rest = symbols[at + 1 :]
    return bool(re.match(r"[wld]?p?f(?!G)", rest)) or bool(re.match(r"p(?:O?U|I)", rest))


def _gives_count(symbols: str, at: int) -> bool:
    """ "04 đơn vị khác được đề nghị ...": a count that opens the next statement."""
    if re.match(r"GNw?r", symbols[max(0, at - 1) :]):
        return False  # "cho 3 xã đạt chuẩn ..."
    return bool(re.match(r"w?(?:[rp]|(?:O?U|O?I|O)w?f)", symbols[at + 1 :]))


def _new_statement(symbols: str, at: int) -> bool:
    rest = symbols[at:]
    return bool(re.match(r"(?:O?U|I|N|P)(?:[,v](?:U|N|P))*w?[fpr]", rest))


def recipient_of(token: Token) -> Recipient:
    if token.party is not None or token.symbol == "P":
        return Recipient(token.first, person=token.chunk, kind="person")
    return Recipient(token.first, unit=token.chunk.unit, kind="unit")


def by_count(token: Token) -> list[Recipient]:
    return [
        Recipient(token.first, number=n, kind=k or None, span=(token.chunk.start, token.chunk.end)) for k, n in token.chunk.numbers.items()
    ]


def split_totals(found: list[Recipient]) -> list[Recipient]:
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
