"""What the readers of lists share: recipients of tokens, counts with their names and splits, totals beside what they count."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import Recipient, Token
from pipeline.extract.awards.recipients.named import pieces
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk

_IN_WORDS = re.compile(
    r"[,:(]? ?(?:chia ra|trong đó|gồm|cụ thể)[: ]*(?P<parts>(?:(?:tập thể|cá nhân|hộ gia đình|hộ)[: ]+\d{1,5}(?:[,;] ?| và )?){2,})"
)
_PART = re.compile(r"(?P<who>tập thể|cá nhân|hộ gia đình|hộ)[: ]+(?P<number>\d{1,5})")


def split_in_words(doc: Document, token: Token) -> list[Recipient]:
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


_IS = re.compile(r"N(?:[wpeY]{0,5}o(?=T*P)|[wBbf,]{0,5}o(?=U))")  # "cho 3 trường hợp vừa được xét là NSƯT A, NSƯT B và NSƯT C"


def named_behind(doc: Document, tokens: list[Token], symbols: str, at: int) -> re.Match[str] | None:
    """ "5 đơn vị dẫn đầu các cụm, khối, đó là: A, B, C, D, E": as many names behind the colon as the count says."""
    named = _ROW_OPENS.match(symbols, at) or _IS.match(symbols, at)
    far = 80
    if not named:
        named, far = _ROW_FAR.match(symbols, at), 260  # "cho 3 tập thể thuộc tỉnh A đã hoàn thành ..., dẫn đầu ... năm 2015 gồm: B, C, D"
    if not named or tokens[named.end() - 1].chunk.start - tokens[at].chunk.end > far:
        return None
    if named.re is _IS and sum(tokens[at].chunk.numbers.values()) == 1 and _ONE_PERSON.match(symbols, named.end()):
        return named  # "cho 1 cá nhân là ông A (sinh năm 1920, quê xã B)"
    row = _ROW.match(symbols, named.end())
    return named if sum(s in "UP" for s in row[0]) == sum(tokens[at].chunk.numbers.values()) else None


_ROW_OPENS = re.compile(r"N[wdvBRI,o]{1,6}(?:m:?|:)(?=w?T*[PU])")
_ROW_FAR = re.compile(r"N[^NAPfpm:;]{2,24}(?:m:?|:)(?=w?d?T*[PU])")
_ROW = re.compile(r"[^;A]*")
_ONE_PERSON = re.compile(r"T*P(?:\(|[-,]?[OU]|w?$)")


def counted_pieces(doc: Document, tokens: list[Token], symbols: str, at: int) -> tuple[list[Recipient], int]:
    """ "12 tập thể (A, B, ...)", "3 tập thể, đó là: A; B; C": names that no gazetteer knows, as many as counted."""
    numbers = tokens[at].chunk.numbers
    opened = _OPENED.match(symbols, at)
    if not opened or len(numbers) != 1:
        return [], at
    (kind, number), *_ = numbers.items()
    if kind not in ("unit", "person"):
        return [], at
    first = opened.end()
    stop = _close(symbols, first - 1) if opened["open"] == "(" else len(symbols)
    stop = next((m.start() for m in _NEXT_COUNT.finditer(symbols, first, stop)), stop)  # "2 tập thể gồm: A, B; | 2 cá nhân gồm: C, D"
    row = symbols[first:stop]
    if number == 1 and opened["open"] == "(" and _ONE.fullmatch(row):
        return [recipient_of(tokens[stop - 1])], stop + 1  # "01 tập thể (Sở A) và 02 cá nhân (B, C)"
    whole = sum(s in "UP" for s in row) == number and not (kind == "person" and row.count("P") < number)
    whole = whole and not _CUT_NAME.search(symbols, first, stop)
    if first >= stop or whole and opened["open"] != "(":
        return [], at
    begin, finish = tokens[first].chunk.start, tokens[stop - 1].chunk.end
    if opened["open"] != "(":
        finish = next((m.start() for m in re.compile(r"\.(?= |$)").finditer(doc.key, begin, finish)), finish)
    found = pieces(doc, begin, finish, number, kind, tokens[at].first)
    reason = _REASON.search(doc.key, begin, finish) if not found else None
    if reason:  # "..., Trường C và Đài D, vì có thành tích ..."
        found = pieces(doc, begin, reason.start(), number, kind, tokens[at].first)
        stop = next((k for k in range(first, stop) if tokens[k].chunk.end > reason.start()), stop) if found else stop
    return found, stop + (opened["open"] == "(")


_NEXT_COUNT = re.compile(r"[,;v]+(?=N(?:,?m:?|[wo]?:|\())")
_ONE = re.compile(r"T*[UP]")
_OPENED = re.compile(r"N(?:w?(?P<open>\(|m:?|w?:|o:?)|,wo:)")
_CUT_NAME = re.compile(r"(?<=[:,;v(o])Uw[,v;]")  # words of a name that the table does not hold: "Bệnh viện A kết hợp Dân y, ..."
_REASON = re.compile(
    r" \((?=(?:cùng|đều|trú|ngụ|quê|ở|cư trú)(?!\w))"
    r"|(?<!cá)(?<!công)(?<!quân)(?<!doanh)[, ](?:vì|do|đã|nhân|vì đã|đạt|có) (?=(?:có |đạt )?thành tích|lập|(?:có )?nhiều|hoàn thành|đã)"
)


def _close(symbols: str, opened: int) -> int:
    depth = 0
    for k in range(opened, len(symbols)):
        depth += (symbols[k] == "(") - (symbols[k] == ")")
        if depth == 0:
            return k
    return opened


def recipient_of(token: Token) -> Recipient:
    if token.party is not None or token.symbol == "P":
        return Recipient(token.first, person=token.chunk, kind="person")
    return Recipient(token.first, unit=token.chunk.unit, kind="unit")


_DELEGATE = re.compile(r" ?[-,] ?(?:đại diện|thay mặt)(?: cho)?(?: tập thể| lãnh đạo)? ")


_SOME_BODY = (" công ti", " cơ quan", " nhà trường", " trường", " đơn vị")


def of_heads(doc: Document, tokens: list[Token], recipients: list[Recipient], for_body: bool) -> list[Recipient]:
    """The recipients, bodies for those who receive for them: "Ông A, Giám đốc Công ty B và bà C, Chủ tịch Công đoàn Công ty": B alone."""
    found = [_of_head(doc, tokens, r, for_body) for r in recipients]
    named = [r for r in found if r.unit is None or not doc.key.endswith(_SOME_BODY, r.unit.start, r.unit.end)]
    return named if named and for_body else found


def _of_head(doc: Document, tokens: list[Token], recipient: Recipient, for_body: bool) -> Recipient:
    """ "Ông A, Giám đốc Công ty B nhận Cờ thi đua": what is `for_body` goes to the body that the person speaks for; so of a delegate."""
    if recipient.person is None:
        return recipient
    delegate = _DELEGATE.match(doc.key, recipient.person.end) is not None
    if not for_body and not delegate:
        return recipient
    party = next((t.party for t in tokens if t.party is not None and t.chunk is recipient.person), None)
    if party is None or party.unit is None or not (party.posts or delegate):
        return recipient
    return Recipient(recipient.index, unit=party.unit, kind="unit", inferred_from="who speaks for the unit", rule=recipient.rule)


_REACHED = re.compile(r"(?<=[,v])Nw?r(?=w[^A;]*(?:;|$))")


def of_merit(doc: Document, tokens: list[Token], symbols: str, at: int) -> bool:
    """ "cho 10 chi bộ, 150 đảng viên | đạt | trong sạch, vững mạnh": what those counted are, where no award follows."""
    reached = _REACHED.match(symbols, at)
    return reached is not None and doc.key.startswith("đạt ", tokens[reached.end() - 1].chunk.start)


# "43 tập thể | có thành tích xuất sắc trong phong trào của cụm, khối, | 18 tập thể | có thành tích ..."
_DESCRIBED_COUNT = re.compile(r"w(?:,w|[BYEv]w?){0,4}(?:,v|[,v;])(?=N(?:$|[,v;]|w(?:$|[^frpes])))")
_DEED = re.compile(r" ?(?:đã )?(?:có (?:nhiều )?thành tích|đạt thành tích|lập thành tích|hoàn thành|dẫn đầu|tiêu biểu|xuất sắc)(?!\w)")


# "Đội A đã có thành tích xuất sắc, dẫn đầu khối thi đua các đội năm 2019; | Chi cục B đã có thành tích"
_DESCRIBED_UNIT = re.compile(
    r"w(?:,w|[BYEUv]w?){0,8};(?=U(?:[,U]*w)?(?:$|[,;BY])|T*P(?:[,-][OU,]*)?(?:;(?!w?[frpes])|w?$|w?[YB]|,w[^frpes]))"
)


def past_deed(doc: Document, tokens: list[Token], symbols: str, at: int) -> int | None:
    """Where the next count or name stands behind words on what those before it have done."""
    further = (_DESCRIBED_COUNT if symbols[at - 1] == "N" else _DESCRIBED_UNIT).match(symbols, at)
    return further.end() if further and _DEED.match(doc.key, tokens[at].chunk.start) else None


_OF_DISTRICT = re.compile(r"(?<!\w)(?:huyện|quận|thị xã|xã|phường|thị trấn|khu vực) (?:(?!tỉnh)[^,;])+$")


def lies_in_province(doc: Document, tokens: list[Token], at: int) -> bool:
    """ "Hạt Kiểm lâm huyện A, tỉnh B": whether the token behind a body and a comma only says where the body lies."""
    body = tokens[at - 2].chunk
    return doc.key.startswith("tỉnh ", tokens[at].chunk.start) and _OF_DISTRICT.search(doc.key, body.start, body.end) is not None


_HOUSE = re.compile(
    r"(?<!\w)(?:trường|đại học|cao đẳng|học viện|bệnh viện|giải thưởng|quỹ|công viên|nhà hát|quảng trường|đường|phố)"
    r"(?: (?:đại học|cao đẳng|tiểu học|trung học|trung cấp|cơ sở|phổ thông|thpt|thcs|mầm non|y khoa|y dược|đa khoa))* $"
)


def names_a_house(doc: Document, person: Chunk) -> bool:
    """ "trường đại học y khoa Nguyễn Văn A": the name is that of a house."""
    return _HOUSE.search(doc.key, max(0, person.start - 60), person.start) is not None


_HOW_MANY = re.compile(r"(?<![\w/.-])(?<!\d,)(?<!lớp )(?<!khóa )(?<!số )(?<!thứ )(?P<number>\d{1,3}) $")
_ALIKE = re.compile(r"(?:sở|phòng|trường|chi cục|hội|công an|ban chỉ huy|văn phòng|trung tâm|bệnh viện|trạm|công ti|liên đoàn)(?!\w)")


def many_alike(doc: Document, token: Token) -> Recipient | None:
    """ "12 Sở Tư pháp", "03 trường THCS": so many bodies of one name."""
    chunk = token.chunk
    many = _HOW_MANY.search(doc.key, max(0, chunk.start - 10), chunk.start)
    if not many or chunk.unit is None or len(chunk.unit.parts) > 1 or not _ALIKE.match(doc.key, chunk.start):
        return None
    if int(many["number"]) < 2:
        return None
    return Recipient(token.first, number=int(many["number"]), kind="unit", span=(many.start("number"), chunk.end))


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
        names_after = _names_of(item, found[k + 1 :]) if item.number is not None else 0
        if item.number is not None and names_after and names_after >= min(item.number, 2) and names_after <= item.number:
            continue
        if item.number == 1 and names_after == 1:
            continue
        kept.append(item)
    return kept


def _names_of(counted: Recipient, behind: list[Recipient]) -> int:
    """How many names of those counted follow: "5 tập thể và 9 cá nhân, trong đó có Sở A" names one of the five."""
    names = 0
    for k, other in enumerate(behind):
        if other.number is not None and (names or other.kind == counted.kind or k + 1 == len(behind)):
            break
        names += other.number is None and counted.kind in (None, other.kind)
    return names


def _sums_up(total: int, rest: list[Recipient]) -> bool:
    """ "05 trường hợp (02 tập thể, 03 cá nhân)": a total and its split."""
    numbers = [r.number for r in rest if r.number is not None]
    return any(sum(numbers[:k]) == total for k in range(1, len(numbers) + 1))
