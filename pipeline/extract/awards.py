"""Awards: which, by whom, to whom, proposed or conferred, for which year.

  "bầu chọn Sở Tài chính đề nghị Chính phủ tặng Cờ thi đua" - the subject receives; proposed
  "trao Bằng khen của Chủ tịch UBND tỉnh cho 03 đơn vị: A, B, C" - each name once; conferred
  "04 tập thể, 07 cá nhân được tặng Huân chương Lao động hạng Ba" - counts, by who receives
Refused: targets ("phấn đấu có 02 đơn vị đạt Cờ thi đua"), what was voted down, what is to be proposed one day, awards with
neither name nor number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.chunks import Chunk, Chunks
from pipeline.extract.document import Document
from pipeline.extract.parties import Found, History
from pipeline.extract.units import Unit
from pipeline.gazetteer import Entry

_COUNT_BEFORE = re.compile(r"(?<![\w/.])(?<!\d,)(\d{1,3}(?:\.\d{3})+|\d{1,5})(?: lượt)?(?: (?:danh hiệu|chiếc|tấm|suất))? ?\"?$")
_OTHERS = re.compile(r" (?:khác|còn lại)")
# Verbs that hand over; what follows them has been conferred even where a proposal stands earlier in the sentence.
_HANDED = re.compile(r"(?<!\w)(?:trao|trao tặng|công bố quyết định|truy tặng|gắn|tuyên dương|vinh danh)(?!\w)")
_GIVEN = re.compile(r"(?<!\w)được (?:\w+ ){0,2}$")
_BARE_SUBJECT = re.compile(
    r"(?:^|[ ,;.])(sở|trường|nhà trường|công ti|bệnh viện|ban|hội|ngành|chi cục|trung tâm|đơn vị|huyện|xã|viện)(?= (?:\w+"
    r" ){0,2}(?:được|đã|vinh dự|đón nhận|nhận|từng|còn))",
    re.I,
)
_SAME_UNIT = re.compile(
    r"(?:đây|đơn vị|tập thể|cơ quan|trường|sở|ông|bà|đồng chí|anh|chị)(?: này)?(?: cũng)?(?: là)?(?: đơn vị)?(?: đã)? (?:từng"
    r"|cũng|còn|vinh dự)?"
)


@dataclass(slots=True)
class Recipient:
    """A unit, a person, or a number of either."""

    index: int
    unit: Unit | None = None
    person: Chunk | None = None
    number: int | None = None
    kind: str | None = None
    span: tuple[int, int] | None = None
    inferred_from: str | None = None
    rule: str | None = None  # where it is another than the award's


@dataclass(slots=True)
class Issuer:
    """Who gives: words of the text and the level that they settle (None when they leave it open)."""

    span: tuple[int, int]
    level: str | None


@dataclass(slots=True)
class AwardFound:
    award: Chunk
    grade: Chunk | None
    issuer: Issuer | None
    issuer_inherited: bool
    recipients: list[Recipient]
    status: str
    status_span: tuple[int, int] | None
    year: tuple[int, int, int] | None
    rule: str
    in_passing: bool = False
    sentence: object = None


@dataclass(slots=True)
class Token:
    """A chunk, or a person with all that belongs to the person."""

    symbol: str
    first: int
    last: int
    chunk: Chunk
    party: Found | None = None


@dataclass(slots=True)
class Clause:
    """What carries over from one award of a sentence to the next."""

    issuer: Issuer | None = None
    status: str | None = None
    status_span: tuple[int, int] | None = None
    boundary: int = 0
    year: tuple[int, int, int] | None = None


def collapse(chunks: Chunks, parties: list[Found]) -> list[Token]:
    """The chunks with every person's posts and unit drawn into one token."""
    people = {p.first: p for p in parties if p.person}
    tokens: list[Token] = []
    at = 0
    while at < len(chunks.symbols):
        party = people.get(at)
        if party and not any(s in "fprA" for s in chunks.symbols[party.first : party.last + 1]):
            tokens.append(Token("P", party.first, party.last, party.person, party))
            at = party.last + 1
            continue
        tokens.append(Token(chunks.symbols[at], at, at, chunks[at]))
        at += 1
    return tokens


def find_awards(doc: Document, chunks: Chunks, parties: list[Found], history: History, before: list[AwardFound]) -> list[AwardFound]:
    """The awards of one sentence, left to right. `before` are those of earlier sentences, for subjects that are left out."""
    if "A" not in chunks.symbols:
        return []
    tokens = collapse(chunks, parties)
    symbols = "".join(t.symbol for t in tokens)
    clause = Clause()
    found: list[AwardFound] = []
    for i, token in enumerate(tokens):
        if (
            token.symbol == "E"
            and found
            and symbols[i - 1] not in 'A"('
            and symbols[i + 1 : i + 2] == "G"
            and found[-1].award.entry.fields["grades"]
        ):
            found += _graded(doc, chunks, tokens, symbols, i, clause, found[-1])
            continue
        if token.symbol != "A" or token.chunk.entry.fields["category"] in ("not_an_award", "party_badge"):
            continue
        if _is_no_award(doc, chunks, tokens, i):
            continue
        award = _award(doc, chunks, tokens, symbols, i, clause, history, before + found)
        if award:
            award.sentence = chunks.sentence
            found += _with_more_grades(tokens, symbols, i, award)
            found += _second_giver(doc, tokens, symbols, i, award)
    _share_right(found, tokens, symbols)
    _closing_year(doc, found, tokens, symbols)
    return [a for a in found if a.recipients]


def _second_giver(doc, tokens, symbols, i, award: AwardFound) -> list[AwardFound]:
    """ "Bằng khen của Tập đoàn X và Chủ tịch UBND tỉnh": two givers, two awards."""
    match = re.compile(r"w(?:O?U|OI|I)vw?(?P<two>O?U|OI|I)(?=[,;.w\"]*(?:$|[,;w]|G))").match(symbols, i + 1)
    if (
        not match
        or not doc.key[tokens[i + 1].chunk.start : tokens[i + 1].chunk.end].endswith("của")
        or award.rule == "awards.recipient.after_for"
        and symbols[match.end() : match.end() + 1] != "G"
    ):
        return []
    first, last = tokens[match.start("two")].chunk, tokens[match.end("two") - 1].chunk
    level = issuer_level(doc, first, last)
    if level is None or (award.issuer and award.issuer.level == level):
        return []
    second = AwardFound(
        award.award,
        award.grade,
        Issuer((first.start, last.end), level),
        False,
        award.recipients,
        award.status,
        award.status_span,
        award.year,
        "awards.giver.second",
    )
    second.sentence = award.sentence
    return [second]


def _graded(doc, chunks, tokens, symbols, i, clause, before: AwardFound) -> list[AwardFound]:
    """ "Huân chương Lao động hạng Nhì cho A, hạng Ba cho B": the grade alone stands for the award before."""
    recipients, end = _list(doc, chunks, tokens, symbols, i + 2)
    if not recipients:
        return []
    clause.boundary = max(end, i + 1)
    award = AwardFound(
        before.award,
        tokens[i].chunk,
        before.issuer,
        before.issuer_inherited,
        recipients,
        before.status,
        before.status_span,
        before.year,
        "awards.grade.alone",
    )
    award.sentence = before.sentence
    return [award]


def _is_no_award(doc: Document, chunks: Chunks, tokens: list[Token], i: int) -> bool:
    """Titles borne by guests ("các Anh hùng Lao động"), prefixes of a name (NGƯT), and names of laws or criteria."""
    award = tokens[i].chunk
    before = doc.key[chunks.sentence.start : award.start]
    if re.search(r"tổng thống|quốc vương|nữ hoàng|không có chuyện|tin đồn|thu hồi|tước", before):
        return True  # honours of other countries, rumours, what was taken back
    if award.entry.fields["category"] == "state_honour":
        verb = re.search(
            r"(?:danh hiệu|tặng|phong tặng|truy tặng|công nhận|\d) ?\"?(?:anh hùng )?$", doc.key[max(0, award.start - 22) : award.start]
        )
        if not verb:
            return True
    return (
        bool(re.match(r" ?\"?(?:lên cờ|trên)", doc.key[award.end : award.end + 10]))
        or "tiêu chuẩn" in doc.key[max(chunks.sentence.start, award.start - 40) : award.start]
    )


def _award(doc, chunks, tokens, symbols, i, clause, history, earlier) -> AwardFound | None:
    award = tokens[i].chunk
    start = max(clause.boundary, symbols.rfind(";", 0, i) + 1)
    grade = _grade(tokens, symbols, i)
    issuer, after = _issuer_after(doc, tokens, symbols, i, grade)
    verb = _verb(doc, chunks, tokens, symbols, start, i)
    named_level = award.entry.fields["level"] and "|" not in award.entry.fields["level"]  # "Cờ thi đua của UBND tỉnh" names its giver
    own_issuer = issuer or (None if named_level else _issuer_before(doc, tokens, symbols, start, i))
    status, status_span = _status(doc, tokens, symbols, start, i, clause, verb)
    if status is None and earlier and re.match(r"A[\"]?:", symbols[i:]):  # a list under a verb of the sentence before
        status, status_span = earlier[-1].status, earlier[-1].status_span
    if status is None or _unreal(doc, chunks, tokens, symbols, i, start, status):
        clause.boundary = i + 1
        return None
    recipients, end, rule = _recipients(doc, chunks, tokens, symbols, i, after, start, history, earlier)
    inherited = own_issuer is None and clause.issuer is not None
    year = _year(doc, tokens, symbols, i, end, start)
    if year is None and not re.search(r"[frpb]", symbols[start:i]):
        year = clause.year  # "Cờ thi đua năm 2010 cho A, Bằng khen cho B"
    clause.year = year
    used = own_issuer or clause.issuer or (None if named_level else _issuer_by_decision(doc, tokens, symbols, i))
    if own_issuer:
        clause.issuer = own_issuer
    elif award.entry.fields["level"] in ("government", "ministry", "province"):
        clause.issuer = Issuer((award.start, award.end), award.entry.fields["level"])
    clause.status, clause.status_span, clause.boundary = status, status_span, max(end, i + 1)
    return AwardFound(award, grade, used, inherited, recipients, status, status_span, year, rule)


def _grade(tokens: list[Token], symbols: str, i: int) -> Chunk | None:
    match = re.compile(r"[\"w(]?E").match(symbols, i + 1)
    if match and (match[0] == "E" or tokens[i + 1].chunk.end - tokens[i + 1].chunk.start < 12):
        return tokens[match.end() - 1].chunk
    return None


# --- who gives ---------------------------------------------------------------------------------------------------------------


def _issuer_after(doc: Document, tokens, symbols, i, grade) -> tuple[Issuer | None, int]:
    """ "của UBND tỉnh", "của Chủ tịch nước", "UBND tỉnh" right behind the award; and where the award's own words end."""
    at = i + 1
    while at < len(symbols) and symbols[at] in '"EY':
        at += 1
    if at < len(symbols) and symbols[at] == "w":
        words = doc.key[tokens[at].chunk.start : tokens[at].chunk.end]
        if re.search(r"(?:^|\s)(?:của|do)(?: (?:ban thường vụ|các|ban chấp hành|bch))?$", words) and len(words) < 130:
            issuer, end = _issuer_at(doc, tokens, symbols, at + 1)
            if issuer:
                return issuer, end
        line = re.match(r"(?:của )?(?:toàn )?ngành(?! tỉnh)", words)
        if line:
            start = tokens[at].chunk.start
            return Issuer((start, start + line.end()), "ministry"), at
        return None, at
    issuer, end = _issuer_at(doc, tokens, symbols, at)
    if (
        issuer
        and at < len(symbols)
        and symbols[at] == "U"
        and tokens[at].chunk.unit.entry.code in ("TAND", "VKSND")
        and not tokens[at].chunk.unit.placed
    ):
        return Issuer(issuer.span, "ministry"), end  # "Cờ thi đua Tòa án nhân dân": of the whole branch
    if issuer and issuer.level in ("government", "province", "state", "grassroots", "ministry", "district", "commune"):
        return issuer, end
    return None, at


def _issuer_at(doc: Document, tokens, symbols, at) -> tuple[Issuer | None, int]:
    match = re.compile(r"(?:O?U|OI|I|B|O(?=[G;,.w\"v]|$))").match(symbols, at)
    if not match:
        return None, at
    first, last = tokens[at].chunk, tokens[match.end() - 1].chunk
    return Issuer((first.start, last.end), issuer_level(doc, first, last)), match.end()


def _issuer_before(doc: Document, tokens, symbols, start, i) -> Issuer | None:
    """The subject of "tặng": "Chính phủ tặng Cờ thi đua", "được Chủ tịch UBND tỉnh tặng", "Khối tặng Giấy khen"."""
    person = re.search(r"P[wld]?f[^G]*$", symbols[start:i])
    if person:
        by_person = _person_of_rank(doc, tokens[start + person.start()], tokens[start + person.start() + 1 : i])
        if by_person:
            return by_person
    acts = list(re.finditer(r"(?P<who>O?U|OI|I|B|R|O)(?P<gap>(?:w?,?w|[ld:])?)(?:f|pf|p(?=[w\"]*$))", symbols[start:i]))
    if not acts:
        return None
    match = acts[-1]
    if (
        symbols[start + match.end() - 1] == "p"
        and "tặng" not in doc.key[tokens[start + match.end() - 1].chunk.start : tokens[start + match.end() - 1].chunk.end]
    ):
        return None
    a, b = start + match.start("who"), start + match.end("who") - 1
    verb = doc.key[tokens[b].chunk.end : tokens[start + match.end() - 1].chunk.end]
    if symbols[a] == "O" and "trao" in verb and "tặng" not in verb:
        return None  # an officer who hands over ("trao") gives in another's name
    gap = doc.key[tokens[b].chunk.end : tokens[start + match.end() - 1].chunk.start]
    if len(gap) > 42:
        return None
    # a unit before "nhận", "được tặng" receives and does not give
    between = symbols[start + match.end() : i]
    if "G" in between or "A" in between:
        return None
    level = issuer_level(doc, tokens[a].chunk, tokens[b].chunk)
    if re.match(r" (?:các )?(?:huyện|quận|thị xã)", gap):
        level = "district"  # "Chủ tịch UBND các huyện, thành phố tặng Giấy khen"
    return Issuer((tokens[a].chunk.start, tokens[b].chunk.end), level)


_DECISION_OF = re.compile(r"quyết định(?! của)[^;:]{0,70} của $|quyết định của $")


def _issuer_by_decision(doc: Document, tokens: list[Token], symbols: str, i: int) -> Issuer | None:
    """ "Theo Quyết định số 12/QĐ-UBND của Chủ tịch UBND tỉnh, 5 tập thể được tặng Bằng khen": who has decided gives."""
    for at in range(i - 1, -1, -1):
        if symbols[at] in "OUI" and _DECISION_OF.search(doc.key[max(0, tokens[at].chunk.start - 90) : tokens[at].chunk.start]):
            return _issuer_at(doc, tokens, symbols, at)[0]
    return None


_GIVERS = frozenset({"TTG", "CTN", "BTR", "CT", "PCT", "GD"})


def _person_of_rank(doc: Document, token: Token, after: list[Token]) -> Issuer | None:
    """ "Thủ tướng Nguyễn Văn A tặng Bằng khen": who signs for an office gives; who only hands over ("trao") does not."""
    party = token.party
    verb = next((t for t in after if t.symbol == "f"), None)
    if party is None or not party.posts or verb is None or "trao" in doc.key[verb.chunk.start : verb.chunk.end]:
        return None
    post = party.posts[-1]
    if post.entry is None or post.entry.code not in _GIVERS or (party.unit is None and post.entry.code not in ("TTG", "CTN", "BTR")):
        return None
    level = issuer_level(doc, post, post) if post.entry.code in ("TTG", "CTN", "BTR") else unit_level(doc, party.unit)
    return Issuer((post.start, post.end), level)


_CITY = re.compile(r"(?:thành phố|tp\.?) ?(?P<name>[^,;.()]*)$")


def issuer_level(doc: Document, first: Chunk, last: Chunk) -> str | None:
    """The level of who gives: of an issuer's phrase, of a unit by its place, of a post by the unit behind it."""
    if last.symbol == "B" or last.symbol == "R":
        return "bloc"
    if last.symbol == "I":
        return last.entry.fields["level"]
    if last.symbol == "O":
        return {
            "TTG": "government",
            "CTN": "state",
            "BTR": "ministry",
            "TTR": "ministry",
            "THONGDOC": "ministry",
            "TGD": "sector",
            "GD": "sector",
            "CHT": "sector",
            "TCT": "ministry",
            "HT": "grassroots",
        }.get(last.entry.code)
    return unit_level(doc, last.unit)


def unit_level(doc: Document, unit: Unit) -> str | None:
    """A unit's level: of its kind, lowered or raised by the place in its name."""
    key = doc.key[unit.parts[0][0] : unit.parts[-1][1]]
    entry: Entry | None = unit.entry
    level = entry.fields["level"] if entry else None
    if level in ("ministry", "government", "state"):
        return level
    if (
        re.search(r"việt nam$|(?:trung ương|tw|t\.ư)$|quân khu|bộ quốc phòng|bộ công an", key)
        and "mttq việt nam" not in key
        and "mặt trận tổ quốc việt nam" not in key
    ):
        return "ministry"
    office = entry is not None and entry.code in ("UBND", "HDND", "TINH_UY", "THANH_UY", "BTV_TU", "BTV_THU", "TINH", "THANHPHO")
    if re.search(r"(?<!\w)(?:xã|phường|thị trấn|đặc khu)(?!\w) ?\w*", key) and not re.search(r"thị xã", key):
        return "commune" if office or (entry and entry.code in ("XA", "PHUONG", "THITRAN", "DACKHU", "DANG_UY")) else "grassroots"
    if re.search(r"(?<!\w)(?:huyện|quận|thị xã)(?!\w)", key):
        return "district"
    city = _CITY.search(key)
    if city and office:
        name = city["name"].strip()
        central = any(e.fields["kind"] == "city" and e.name.lower() == name for e in doc.gazetteer.table("provinces")) or name in (
            "",
            "hcm",
        )
        return "province" if central else "district"
    return level


# --- proposed or conferred ---------------------------------------------------------------------------------------------------


def _verb(doc: Document, chunks: Chunks, tokens, symbols, start, i) -> str:
    return symbols[start:i]


def _status(doc, tokens, symbols, start, i, clause, verb) -> tuple[str | None, tuple[int, int] | None]:
    """From the governing verb of this clause, else from the award before in the same sentence, else from the verbs around."""
    proposals = [k for k in range(start, i) if symbols[k] in "pb" and not _nominal(doc, tokens[k].chunk)]
    handed = [
        k
        for k in range(start, i)
        if symbols[k] in "fr"
        and not re.search(r"[pb]w?(?:O?U|OI|I|O)w?$", symbols[start:k])
        and (symbols[k] == "r" or _HANDED.search(doc.key[tokens[k].chunk.start : tokens[k].chunk.end]))
    ]
    if handed and (not proposals or handed[-1] > proposals[-1]):
        k = handed[-1]
        if proposals and symbols[k] == "r" and k - proposals[-1] <= 2:
            return "proposed", _span(tokens[proposals[-1]])
        passing = symbols[k] == "r" and doc.key[tokens[k].chunk.start : tokens[k].chunk.end] in ("đạt", "nhận")
        if passing and not proposals and clause.status == "proposed":
            return clause.status, clause.status_span
        if not (proposals and symbols[k] == "r" and doc.key[tokens[k].chunk.start : tokens[k].chunk.end] in ("nhận", "được tặng", "đạt")):
            return "conferred", _span(tokens[k])
    if proposals:
        return "proposed", _span(tokens[proposals[-1]])
    given = [k for k in range(start, i) if symbols[k] == "f"]
    if clause.status:
        if given and clause.status == "conferred":
            return "conferred", _span(tokens[given[-1]])
        return clause.status, clause.status_span
    if given:
        earlier = [k for k in range(start) if symbols[k] in "pb" and not _nominal(doc, tokens[k].chunk)]
        if earlier:
            return "proposed", _span(tokens[earlier[-1]])
        return "conferred", _span(tokens[given[-1]])
    earlier = [k for k in range(i) if symbols[k] in "pbfr" and not (symbols[k] == "p" and _nominal(doc, tokens[k].chunk))]
    if earlier:
        return ("proposed" if symbols[earlier[-1]] in "pb" else "conferred"), _span(tokens[earlier[-1]])
    ahead = [k for k in range(i + 1, len(symbols)) if symbols[k] in "r"]
    if ahead or _COUNT_BEFORE.search(doc.key[max(0, tokens[i].chunk.start - 20) : tokens[i].chunk.start]):
        return "conferred", _span(tokens[ahead[0]]) if ahead else _span(tokens[i])
    return None, None


def _nominal(doc: Document, cue: Chunk) -> bool:
    """Uses of the words of proposing that propose no award: "xét thấy", "trình bày", "hồ sơ đề nghị", "được suy tôn là"."""
    text = doc.key[cue.start : cue.end]
    if (
        re.search(r"(?:theo|căn cứ|xét|hồ sơ|văn bản|tờ trình) $", doc.key[max(0, cue.start - 10) : cue.start])
        and text == "đề nghị"
        and doc.key.startswith(" của", cue.end)
    ):
        return True
    if text in ("xét", "chọn", "xem xét") and not re.match(r" (?:tặng|đề nghị|khen|chọn|công nhận|trình)", doc.key[cue.end : cue.end + 12]):
        return True
    return text == "trình" and bool(re.match(r" (?:bày|độ|tự)", doc.key[cue.end : cue.end + 5]))


def _span(token: Token) -> tuple[int, int]:
    return token.chunk.start, token.chunk.end


def _unreal(doc, chunks, tokens, symbols, i, start, status) -> bool:
    """Targets, plans and what was voted down."""
    sentence = chunks.sentence
    before = symbols[:i]
    if re.search(r"t[^;]*$", before) and not re.search(r"t[^;]*f[^;]*$", before[start:] if start < len(before) else ""):
        t = before.rfind("t")
        if not re.search(r"(?:đã|vượt|hoàn thành) $", doc.key[max(sentence.start, tokens[t].chunk.start - 12) : tokens[t].chunk.start]):
            return True
    if re.search(r"l[^;]*$", before):
        return True
    after = doc.key[tokens[i].chunk.end : sentence.end]
    whole = doc.key[max(sentence.start, tokens[start].chunk.start if start < len(tokens) else sentence.start) : sentence.end]
    if "n" in symbols and (
        re.search(r"không (?:đủ số phiếu|được thông qua|thông qua|đủ điều kiện|đạt)", after)
        or re.search(r"(?:không|chưa) (?:đề nghị|đồng ý|xét|đủ điều kiện|đạt)", whole[: max(0, tokens[i].chunk.start - sentence.start)])
    ):
        return True
    return bool(
        re.search(
            r"(?:nếu|để được|nhằm được|muốn|làm cơ sở|làm căn cứ|là căn cứ|hướng tới|không ít hơn|ít nhất|tối thiểu)[^;]*$",
            doc.key[sentence.start : tokens[i].chunk.start][-60:],
        )
    )


# --- to whom -----------------------------------------------------------------------------------------------------------------


def _recipients(doc, chunks, tokens, symbols, i, after, start, history, earlier):
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
    count = _COUNT_BEFORE.search(doc.key[max(chunks.sentence.start, tokens[i].chunk.start - 30) : tokens[i].chunk.start])
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
    found, end = _list(doc, chunks, tokens, symbols, at + 1)
    return found, end


def _other_clause(doc: Document, start: int, end: int) -> bool:
    words = doc.key[start:end]
    return len(words) > 160 or bool(re.search(r"[;.](?:\s|$)", words))


def _list(doc, chunks, tokens, symbols, at):
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
                found += _counted(tokens[at])
                at = end = named.end()
                continue
            found += _counted(tokens[at])
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


def _counted(token: Token) -> list[Recipient]:
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
        return _counted(tokens[start + counted.start("n")]), "awards.recipient.count_beside"
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
            found[0:0] = _counted(tokens[at])
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


def symbols_of(tokens: list[Token]) -> str:
    return "".join(t.symbol for t in tokens)


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


# --- years, grades, shared recipients ----------------------------------------------------------------------------------------


def _year(doc, tokens, symbols, i, end, start) -> tuple[int, int, int] | None:
    """The year of the award: right behind it, behind its recipients, or before it in the same clause."""
    stop = next((k for k in range(i + 1, len(symbols)) if symbols[k] in "A;"), len(symbols))
    for k in range(i + 1, stop):
        if symbols[k] == "Y" and symbols[k - 1] != "R":
            return tokens[k].chunk.year, tokens[k].chunk.start, tokens[k].chunk.end
    for k in range(i - 1, start - 1, -1):
        if (
            symbols[k] == "Y"
            and symbols[k - 1 : k] not in ("R", "B")
            and not re.search(
                r"(?:(?:phát động|giao ước|đăng kí|kí) thi đua|nhiệm vụ|sau|chủ đề) $",
                doc.key[max(0, tokens[k].chunk.start - 18) : tokens[k].chunk.start],
            )
        ):
            return tokens[k].chunk.year, tokens[k].chunk.start, tokens[k].chunk.end
    return None


def _with_more_grades(tokens, symbols, i, award: AwardFound) -> list[AwardFound]:
    """ "Huân chương Lao động hạng Ba năm 2008, hạng Nhì năm 2014", "(hạng Nhì: 2 tập thể; hạng Ba: 5 tập thể)"."""
    split = re.compile(r"(?:[^A]*?)\((?P<split>E:(?:[^)])*)\)").match(symbols, i + 1)
    if split and award.grade is None:
        parts = []
        at = split.start("split")
        for piece in re.finditer(r"E:(?P<who>[^E]*)", symbols[at : split.end("split")]):
            grade = tokens[at + piece.start()].chunk
            for k in range(at + piece.start("who"), at + piece.end("who")):
                if symbols[k] == "N":
                    parts.append(
                        AwardFound(
                            award.award,
                            grade,
                            award.issuer,
                            award.issuer_inherited,
                            _counted(tokens[k]),
                            award.status,
                            award.status_span,
                            award.year,
                            "awards.grade.split",
                        )
                    )
        if parts:
            return parts
    found = [award]
    at = i + 1
    for piece in re.finditer(r"[,v](?P<grade>E)\(?(?P<year>Y?)", symbols[at : at + 16]):
        if "G" in symbols[at : at + piece.start()] or re.search(r"[A;UNP]", symbols[at : at + piece.start()]):
            break
        grade = tokens[at + piece.start("grade")].chunk
        year = tokens[at + piece.start("year")].chunk if piece["year"] else None
        stated = (year.year, year.start, year.end) if year else award.year
        found.append(
            AwardFound(
                award.award,
                grade,
                award.issuer,
                award.issuer_inherited,
                award.recipients,
                award.status,
                award.status_span,
                stated,
                "awards.grade.further",
            )
        )
    years = re.compile(r"Y[,v]Y").match(symbols, i + 1)
    if years and len(found) == 1:
        second = tokens[i + 3].chunk
        found.append(
            AwardFound(
                award.award,
                award.grade,
                award.issuer,
                award.issuer_inherited,
                award.recipients,
                award.status,
                award.status_span,
                (second.year, second.start, second.end),
                "awards.year.further",
            )
        )
    before = re.search(r"Y[,v]Y[wrIOUfd]*$", symbols[:i])
    if before and len(found) == 1 and award.year:
        other = tokens[before.start()].chunk
        if other.year != award.year[0]:
            found.insert(
                0,
                AwardFound(
                    award.award,
                    award.grade,
                    award.issuer,
                    award.issuer_inherited,
                    award.recipients,
                    award.status,
                    award.status_span,
                    (other.year, other.start, other.end),
                    "awards.year.further",
                ),
            )
    return found


def _share_right(found: list[AwardFound], tokens, symbols) -> None:
    """ "tặng Cờ và Bằng khen của UBND tỉnh cho A": the first award has the recipients, and the giver, of the second."""
    index = {id(t.chunk): k for k, t in enumerate(tokens)}
    for one, two in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        between = symbols[index[id(one.award)] + 1 : index[id(two.award)]]
        if not one.recipients and two.recipients and re.fullmatch(r"[\"E]*[,v]*[w\"]?", between):
            one.recipients, one.rule = two.recipients, "awards.recipient.shared"
            if one.issuer is None:
                one.issuer, one.issuer_inherited = two.issuer, True


def _closing_year(doc: Document, found: list[AwardFound], tokens, symbols) -> None:
    """A year at the end of the sentence ("về thành tích năm 2018") holds for all awards of the sentence without their own."""
    if not found:
        return
    _opening_year(found)
    last = found[-1]
    if last.year is None:
        return
    if last.year[1] > last.award.start and re.search(
        r"(?:thành tích|phong trào|công tác|kết quả|nhiệm vụ|học|trong|hoạt động)[^;]*$", doc.key[max(0, last.year[1] - 90) : last.year[1]]
    ):
        for award in found[:-1]:
            if award.year is None and award.status == last.status:
                award.year = last.year


def _opening_year(found: list[AwardFound]) -> None:
    """A year before the first award ("năm 2016, Cụm đã bình chọn ...") holds for the others of its status."""
    first = found[0]
    if first.year is None or first.year[1] > first.award.start:
        return
    for award in found[1:]:
        if award.year is None and award.status == first.status:
            award.year = first.year


_LEAD_YEAR = re.compile(
    r"(?:khen thưởng|thành tích|danh hiệu|phong trào thi đua|công tác|trong|khen|cờ thi đua|bằng khen|đóng góp|hoạt"
    r" động)[^.;]{0,40}?(?:năm |năm học (?:20\d\d-))(?P<year>20\d\d)"
)


def give_lead_year(doc: Document, found: list[AwardFound], lead, kind: str | None) -> None:
    """At a ceremony the year that title or lead name for the awards holds for those without their own."""
    if kind != "ceremony":
        return
    heads, body = lead
    match = next((m for s in [*heads, *body[:3]] if (m := _LEAD_YEAR.search(doc.key, s.start, s.end))), None)
    if match is None:
        return
    for award in found:
        if award.year is None and award.status == "conferred":
            award.year = (int(match["year"]), match.start("year"), match.end("year"))


def propose_by_council(doc: Document, found: list[AwardFound]) -> None:
    """What a council votes is proposed, though its list says "công nhận", "tặng"; what is handed over there is not."""
    for award in found:
        if award.status != "conferred" or not award.status_span or doc.key[slice(*award.status_span)] not in _LISTED_ACTS:
            continue
        if not _OF_THE_PAST.search(doc.key[max(0, award.status_span[0] - 50) : award.status_span[0]]):
            award.status = "proposed"


_LISTED_ACTS = frozenset({"công nhận", "tặng", "khen thưởng", "tặng thưởng", "quyết định tặng"})
_OF_THE_PAST = re.compile(r"(?:đã|từng|năm \d{4})[^.;]{0,40}$")
_IN_PERIOD = re.compile(
    r"(?:trong|nửa|qua) (?:6 tháng|sáu tháng|năm|kì|quí|đợt|9 tháng)(?! (?:qua )?\d{4})(?! học)|(?:6 tháng|nửa năm|năm) qua(?!\w)"
)


def in_period(doc: Document, found: AwardFound) -> tuple[int, int] | None:
    """Where the sentence says that the award was given in the period under review ("trong 6 tháng", "năm qua")."""
    sentence = found.sentence
    match = _IN_PERIOD.search(doc.key, sentence.start, found.award.start) if sentence is not None else None
    return match.span() if match else None
