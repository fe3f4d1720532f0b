"""Who gives an award."""

from __future__ import annotations

import re

from pipeline.extract.awards.givers.letters import asked_by_letter
from pipeline.extract.awards.givers.levels import issuer_at, issuer_level, level_below, unit_level
from pipeline.extract.awards.givers.signing import by_signing, only_hands_over
from pipeline.extract.awards.model import THEME, Issuer, Token
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk


def issuer_after(doc: Document, tokens: list[Token], symbols: str, i: int, grade: Chunk | None) -> tuple[Issuer | None, int]:
    """ "của UBND tỉnh", "của Chủ tịch nước", "UBND tỉnh" right behind the award; and where the award's own words end."""
    party = _PARTY_OF_COMMUNE.match(doc.key, tokens[i].chunk.start)
    if party and party.start("place") == tokens[i].chunk.end + 1:
        return Issuer(party.span("who"), "commune"), i + 1
    theme = THEME.match(symbols, i + 1)  # "Kỷ niệm chương "Vì sự nghiệp giáo dục" của Bộ A"
    at = theme.end() if theme else i + 1
    while at < len(symbols) and symbols[at] in '"EY':
        at += 1
    if symbols.startswith(("vw", ",w"), at) and _MONEY.match(doc.key, tokens[at + 1].chunk.start):
        at += 1  # "Giấy khen và tiền thưởng của UBND huyện"
        if symbols.startswith("wI", at) and doc.key.startswith("của", tokens[at + 1].chunk.start):
            at += 1  # "Bằng khen, phần thưởng | của tỉnh"
    if symbols.startswith("Bw", at) and symbols[at + 2 : at + 3] in tuple("OUI"):
        at += 1  # "Cờ đơn vị dẫn đầu | Khối | của UBND tỉnh"
    if symbols.startswith('w"', at) and doc.key[tokens[at].chunk.start : tokens[at].chunk.end] in ("khối", "cụm"):
        at += 2  # "“Cờ thi đua dẫn đầu | khối | ” của UBND tỉnh"
    if at < len(symbols) and symbols[at] == "w":
        words = doc.key[tokens[at].chunk.start : tokens[at].chunk.end]
        if words.startswith("lên "):  # "gắn Huân chương lên lá cờ truyền thống của Trường": whose flag it is
            return None, at
        if re.search(r"(?:^|\s)(?:của|do|từ)(?: (?:ban thường vụ|các|ban chấp hành|bch))?$", words) and len(words) < 130:
            issuer, end = issuer_at(doc, tokens, symbols, at + 1 + (symbols[at + 1 : at + 2] == "d"))
            if issuer is None and (words.endswith("do") and re.match(r"Pw?f", symbols[at + 1 :]) or symbols.startswith("PG", at + 1)):
                issuer, end = _by_rank(doc, tokens[at + 1]), at + 2  # "do Chủ tịch UBND tỉnh Nguyễn Văn A trao tặng"
            if issuer and not (symbols[at + 1] == "B" and _FOR_LEADING.match(words)):
                return issuer, end
        if bare := _bare_body(words, tokens[at].chunk.start):
            return bare, at
        return None, at
    if symbols.startswith("BI", at):  # "Cờ dẫn đầu cụm thi đua của tỉnh"
        return issuer_at(doc, tokens, symbols, at + 1)
    issuer, end = issuer_at(doc, tokens, symbols, at)
    if issuer and at < len(symbols) and symbols[at] == "U" and tokens[at].chunk.unit.is_a("judicial") and not tokens[at].chunk.unit.placed:
        return Issuer(issuer.span, "ministry"), end  # "Cờ thi đua Tòa án nhân dân": of the whole branch
    if issuer and issuer.level in ("government", "province", "state", "grassroots", "ministry", "district", "commune"):
        return (None, at) if _gets_it(tokens, symbols, i, at) else (issuer, end)
    return None, at


_GIVER_IN_FRONT = re.compile(r"(?:O?U|OI|I|O)(?:wv?)?f\"?$")


def _gets_it(tokens: list[Token], symbols: str, i: int, at: int) -> bool:
    """ "UBND tỉnh tặng Bằng khen Công an huyện A": a body that is no office, right behind the award of another, gets it."""
    unit = tokens[at].chunk.unit if at == i + 1 and symbols[at] == "U" else None
    body = unit is not None and unit.placed and not unit.is_a("government", "party_committee", "mass", "emulation")
    return body and symbols[at + 1 : at + 2] != "G" and _GIVER_IN_FRONT.search(symbols, 0, i) is not None


_FOR_LEADING = re.compile(r"(?:vì|do)(?!\w)")  # "tặng Cờ thi đua vì đã dẫn đầu phong trào thi đua của Khối"
_BARE_BODY = re.compile(
    r"(?P<ministry>(?:của )?(?:toàn )?ngành(?! tỉnh))"
    r"|của (?:(?P<sector>công ti|nhà máy|doanh nghiệp)|(?P<grassroots>nhà trường|trường))(?= ?(?:[.,;]|$|vì |về |cho |và |trong ))"
)


def _bare_body(words: str, start: int) -> Issuer | None:
    """ "Giấy khen của Công ty", "của nhà trường", "của ngành": a body by its head alone."""
    bare = _BARE_BODY.match(words)
    return Issuer((start + bare.start(), start + bare.end()), bare.lastgroup) if bare else None


# "Giấy khen của Đảng ủy xã": the award's name reaches up to the committee
_PARTY_OF_COMMUNE = re.compile(r"giấy khen của (?P<who>đảng ủy (?P<place>xã|phường|thị trấn|đặc khu))(?!\w)")
_MONEY = re.compile(r"(?:số )?(?:tiền|quà|phần thưởng|phần quà|hoa|biểu trưng|(?:thưởng )?\d+ triệu)(?!\w)")


def issuer_before(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> Issuer | None:
    """The subject of "tặng": "Chính phủ tặng Cờ thi đua", "được Chủ tịch UBND tỉnh tặng", "Khối tặng Giấy khen"."""
    behalf = _on_behalf(doc, tokens, symbols, start, i)
    if behalf:
        return behalf
    if gift := _GIFT_BEFORE.search(symbols, start, i):  # "Tỉnh A tặng 20 triệu đồng cho trường B và tặng Bằng khen": one giver
        a, b = gift.span("gift")
        return issuer_before(doc, [*tokens[:a], *tokens[b:]], symbols[:a] + symbols[b:], start, i - (b - a))
    for step in (_by_speaker, _by_person, _head_of_state_or_ministry, by_signing):
        if found := step(doc, tokens, symbols, start, i):
            return found
    if asked := asked_by_letter(doc, tokens, symbols, start, i):
        return asked
    act = next(reversed(list(_ACTS.finditer(symbols, start, i))), None)
    if act is None:
        return _by_words(doc, tokens, symbols, start, i) or _by_opening_subject(doc, tokens, symbols, start, i)
    return _by_act(doc, tokens, symbols, start, i, act)


_PERSON_ACTS = re.compile(r"P[,wld-]{0,2}f[^G]*$")
_ACTS = re.compile(r"(?P<who>O?U|OI|I|B|R|O)(?P<gap>(?:w?,?w|,?w?v|,wv|[ld:]|sw?|w?s[,v])?)(?:f|pf|p,f|p(?=[w\":]*$))")
_SEAT = re.compile(r"Uw?,$")
_TO_NUMBERS = re.compile(r"G[NUPTvw,]*\(?\"?")
_LONGEST_GAP = 42


def _by_person(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> Issuer | None:
    """The person who acts, when an office of rank is named."""
    person = _PERSON_ACTS.search(symbols, start, i)
    if person is None:
        return None
    own = tokens[i].chunk.entry.fields["bare"] == "Giấy khen"
    return _person_of_rank(doc, tokens[person.start()], tokens[person.start() + 1 : i], own)


def _by_speaker(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> Issuer | None:
    """ "ông A, Chủ tịch UBND xã B, cho biết xã vừa tặng": the body of whoever tells it."""
    tells = _TELLS.search(symbols, start, i)
    unit = tokens[tells.start()].party.unit if tells and tokens[tells.start()].party else None
    if unit is None:
        return None
    said, verb = tokens[tells.start("says")].chunk, tokens[tells.start("verb")].chunk
    return Issuer((unit.start, unit.end), unit_level(doc, unit)) if _HAS_GIVEN.fullmatch(doc.key, said.end, verb.start) else None


_TELLS = re.compile(r"P(?:\([^()]*\))?[,-]{0,2}(?P<says>s)[,wdO]{0,4}(?P<verb>f)[^G]*$")
_HAS_GIVEN = re.compile(
    r",?(?: rằng| thêm)?,?(?: (?:đơn vị|cơ quan|địa phương|lãnh đạo|chính quyền|xã|phường|huyện|quận|thị trấn|thành phố"
    r"|tỉnh|tỉnh đoàn|huyện đoàn|ngành|sở|công ti|hội)(?: này| đơn vị| xã| phường| huyện| tỉnh)?)?"
    r"(?: (?:đã|vừa|cũng|mới|kịp thời|sẽ|quyết định|kí|tiến hành|tổ chức))* ?"
)


def _by_act(doc: Document, tokens: list[Token], symbols: str, start: int, i: int, act: re.Match[str]) -> Issuer | None:
    """Who stands right before the verb of giving, unless he asks, only hands over, or receives."""
    a, b, verb = act.start("who"), act.end("who") - 1, act.end() - 1
    if symbols[verb] == "p" and not _asked_to_give(doc, tokens[verb].chunk):
        return None
    if act[0].endswith("p,f") and not _WEIGHS.match(doc.key, tokens[verb - 2].chunk.start):
        return None  # only "xem xét, tặng" is asked of the giver
    if act[0].endswith("pf") and "đề nghị" in doc.key[tokens[verb - 1].chunk.start : tokens[verb - 1].chunk.end]:
        return None  # "Khối nhất trí đề nghị | tặng": who asks does not give
    seat = _SEAT.search(symbols, start, a) if symbols[a] == "U" and _ADDRESS.match(doc.key, tokens[a].chunk.start) else None
    if seat:
        a = b = seat.start()  # "Huyện đoàn A, tỉnh B vừa tặng": where its seat is
    gap = doc.key[tokens[b].chunk.end : tokens[verb].chunk.start]
    said = gap + doc.key[tokens[verb].chunk.start : tokens[verb].chunk.end]
    if symbols[a] == "O" and only_hands_over(said, tokens[a].chunk, tokens[i].chunk):
        return None
    # a unit before "nhận", "được tặng" receives and does not give: "phường A được đề nghị tặng"
    if len(gap) > _LONGEST_GAP or gap.endswith(" được ") or _goes_to_others(symbols[act.end() : i]):
        return None
    first, last = tokens[a].chunk, tokens[b].chunk
    handed = "trao" in said and "tặng" not in said and _LEADERS.search(doc.key, max(0, first.start - 20), first.start) is not None
    return Issuer((first.start, last.end), level_below(gap) or issuer_level(doc, first, last), handed=handed)


_LEADERS = re.compile(r"(?<!\w)(?:lãnh đạo|đại diện) $")


def _asked_to_give(doc: Document, verb: Chunk) -> bool:
    """ "xét tặng", but not "Hội A và Hội B đề nghị tặng Cờ": they ask for it, or get it."""
    words = doc.key[verb.start : verb.end]
    return "tặng" in words and "đề nghị" not in words


def _goes_to_others(between: str) -> bool:
    """Whether the verb has its own recipients or another award before the one in question."""
    return ("G" in between and not _TO_NUMBERS.fullmatch(between)) or "A" in between


_WEIGHS = re.compile(r"(?:xem )?xét(?!\w)")
_GIFT_BEFORE = re.compile(r"f(?P<gift>wG[dT]*[UP](?:,|v|,v)f)")


_ACTS_TOO = re.compile(r"[UIO]w?f")  # "Chủ tịch nước tặng Huân chương, Chính phủ tặng": the next giver


def _head_of_state_or_ministry(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> Issuer | None:
    """ "Bộ trưởng Giáo dục và Đào tạo Lê Văn A ký quyết định tặng": who heads a ministry or the government gives."""
    for acts in re.finditer(r"O(?P<gap>w?(?:vw?)?P?(?:wv?)?)(?=f)", symbols[start:i]):
        post = tokens[start + acts.start()].chunk
        verb = tokens[start + acts.end()].chunk
        level = post.entry.fields["level"] if post.entry and post.entry.is_a("state", "minister") else None
        words = doc.key[post.end : verb.start]
        others = symbols[start + acts.end() : i]
        if "G" in others or _ACTS_TOO.search(others):
            continue
        if level and len(words) <= 90 and not re.search(r"[;.:]|được|thay mặt", words):
            return Issuer((post.start, post.end), level)
    return None


# "tỉnh cũng tặng Cờ thi đua cho 804 tập thể"
_BARE_PROVINCE = re.compile(r"(?:(?<=[,;:.] )|(?<=[,;:.])|toàn )tỉnh(?: đã| cũng| còn| vừa)* $")
# "Tại hội nghị, Sở tặng Giấy khen", "huyện đã tặng Giấy khen": a body by its head alone, where its clause begins
_BARE_GIVER = re.compile(
    r"(?<=[,;:.])[ ]?(?:(?P<sector>sở|công ti|chi cục|tỉnh đoàn|tỉnh hội)|(?P<ministry>bộ|tập đoàn|tổng công ti|trung ương hội)"
    r"|(?P<district>huyện|thị xã|quận|huyện đoàn)|(?P<commune>xã|phường|thị trấn))(?: đã| cũng| còn| vừa| quyết định| xét| tiến hành)* $"
)
_GIVER_WORDS = re.compile(
    r"(?<!\w)(?:(?P<grassroots>nhà trường|ban giám hiệu|thủ trưởng (?:các )?(?:đơn vị|cơ quan))"
    r"|(?P<district>(?:lãnh đạo|chủ tịch|ubnd) (?:huyện|quận|thị xã))"
    r"|(?P<commune>(?:lãnh đạo|chủ tịch|ubnd) (?:xã|phường|thị trấn))|(?P<province>(?:lãnh đạo|chủ tịch|ubnd) (?:tỉnh|thành phố))"
    r"|(?P<sector>(?:lãnh đạo|giám đốc) (?:công ti|taxi|hãng|doanh nghiệp)))(?!\w)"
)


def _by_words(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> Issuer | None:
    """ "nhà trường đã tặng Giấy khen", "Đà Nẵng truy tặng Bằng khen": a giver that no table of units holds."""
    verb = next((k for k in range(i - 1, start - 1, -1) if symbols[k] == "f"), None)
    if verb is None or verb == start and start == 0:
        return None
    end = tokens[verb].chunk.start
    begin = max(tokens[start].chunk.start, end - 60)
    found = list(_GIVER_WORDS.finditer(doc.key, begin, end))
    if found and not re.search(r"[;.]| cho ", doc.key[found[-1].end() : end]):
        return Issuer(found[-1].span(), next(k for k, v in found[-1].groupdict().items() if v))
    bare = _BARE_PROVINCE.search(doc.key, begin, end)
    if bare:
        return Issuer((doc.key.index("tỉnh", bare.start()), end - 1), "province")
    if alone := _BARE_GIVER.search(doc.key, begin, end):
        level = next(k for k, v in alone.groupdict().items() if v)
        return Issuer(alone.span(level), level)
    places = [h for h in doc.hits.get("provinces", []) if begin <= h.start and h.end <= end and doc.capital_at(h.start)]
    if places and re.fullmatch(r" (?:đã |vừa |cũng )*", doc.key[places[-1].end : end]) and places[-1].start == begin:
        return Issuer((places[-1].start, places[-1].end), "province")
    return None


_ROW = re.compile(r"(?P<row>(?:(?:O?U|OI|I|O|w)w?[,v]+w?)+)(?P<last>O?U|OI|I)(?:w?s[,v])?w?f(?:[,v]f)*(?=w?\"?A)")
_ONE = re.compile(r"O?U|OI|I|O|w")


def givers_before(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> list[Issuer]:
    """ "Tỉnh đoàn, UBND huyện A và UBND xã B cũng tặng giấy khen": the givers in front of the last one."""
    row = next((m for m in _ROW.finditer(symbols, start, i + 1) if m.end() in (i, i - 1)), None)
    if row is None or row.start() > start and symbols[row.start() - 1] == "d" or "G" in symbols[start : row.start()]:
        return []
    begin = tokens[row.start()].chunk.start
    before = tokens[row.start() - 1] if row.start() else None
    if before is not None and before.symbol == "w" and not _ACTED_ON.search(doc.key, before.chunk.start, begin):
        return []  # "Bệnh viện mang tên Bệnh viện A, UBND tỉnh tặng": the end of another clause
    if _ASKING.search(doc.key, max(0, begin - 20), begin):
        return []
    verb = doc.key[tokens[row.end("last")].chunk.start : tokens[i].chunk.start]
    if "tặng" not in verb:
        return []
    if any(t.symbol == "w" and _runs_on(doc, t.chunk) for t in tokens[row.start() : row.start("last")]):
        return []
    found = []
    for one in _ONE.finditer(symbols, *row.span("row")):
        first, last = tokens[one.start()].chunk, tokens[one.end() - 1].chunk
        if last.symbol == "w":
            said = _GIVER_WORDS.search(doc.key, last.start, last.end)
            level = next(k for k, v in said.groupdict().items() if v) if said else None
        else:
            level = None if _ADDRESS.match(doc.key, last.start) and first is last else issuer_level(doc, first, last)
        if level:
            found.append(Issuer((first.start, last.end), level))
    return found


def _runs_on(doc: Document, words: Chunk) -> bool:
    """Whether a clause goes on behind a unit, which then is no giver in a row."""
    if doc.key[words.start : words.end].strip() in ("lãnh đạo", "đại diện", "đại diện lãnh đạo"):
        return False
    return doc.view[words.start].islower() and not _GIVER_WORDS.match(doc.key, words.start)


_ASKING = re.compile(r"(?:đề nghị|ý kiến|quyết định|kết quả|sự) của $")  # "Theo đề nghị của Sở A, Chủ tịch UBND tỉnh tặng"
_ACTED_ON = re.compile(r"(?<!\w)(?:được|do|lãnh đạo) ?$")
_ADDRESS = re.compile(r"(?:tỉnh|huyện|quận|thị xã|xã|phường|thị trấn|thành phố|tp\.?) (?!đoàn|ủy)")
_OPENING = re.compile(r"(?:w,)?O?(?P<who>U)(?:w|f)")


def _by_opening_subject(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> Issuer | None:
    """ "UBND phường phát động phong trào ...; tặng Giấy khen cho 21 cá nhân": a clause without a subject has the sentence's."""
    if start == 0 or symbols[start - 1] != ";" or not re.fullmatch(r"(?:m?w?)f\"?", symbols[start:i]):
        return None
    opening = _OPENING.match(symbols)
    unit = tokens[opening.start("who")].chunk if opening else None
    if unit is None or symbols[opening.end() - 1] == "w" and not unit.unit.is_a("government", "party_committee", "mass"):
        return None
    return Issuer((unit.start, unit.end), unit_level(doc, unit.unit))


_BEHALF = re.compile(r"thừa|ủy quyền|ủy nhiệm|thay mặt")


def _on_behalf(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> Issuer | None:
    """ "Thừa ủy quyền của Chủ tịch UBND tỉnh, ông A trao Bằng khen": who lends the authority gives."""
    found = list(re.finditer(r"d(?P<of>w?)(?P<who>O?U|OI|I|O)(?=[,wvUIO]*[TPO]?[^;]*f)", symbols[start:i]))
    cue = tokens[start + found[-1].start()].chunk if found else None
    if cue is None or not _BEHALF.search(doc.key[cue.start : cue.end]):
        return None
    a, b = start + found[-1].start("who"), start + found[-1].end("who") - 1
    if found[-1]["of"] and doc.key[cue.end : tokens[a].chunk.start].strip() != "của":
        return None
    level = issuer_level(doc, tokens[a].chunk, tokens[b].chunk)
    return Issuer((tokens[a].chunk.start, tokens[b].chunk.end), level) if level else None


def _person_of_rank(doc: Document, token: Token, after: list[Token], own: bool) -> Issuer | None:
    """ "Thủ tướng Nguyễn Văn A tặng Bằng khen": who signs for an office gives; who only hands over ("trao") does not, save a minister.

    A director's Giấy khen is the director's `own`, even where it is only handed over; a deputy hands over another's.
    """
    verb = next((t for t in after if t.symbol == "f"), None)
    post = token.party.posts[-1].entry if token.party is not None and token.party.posts else None
    if verb is None or post is None:
        return None
    handed = "trao" in doc.key[verb.chunk.start : verb.chunk.end]
    return None if handed and (post.code == "PCT" or not own and post.code != "BTR") else _by_rank(doc, token)


def _by_rank(doc: Document, token: Token) -> Issuer | None:
    party = token.party
    if party is None or not party.posts:
        return None
    post = party.posts[-1]
    if post.entry is None or not post.entry.is_a("signs"):
        return None
    by_rank = post.entry.is_a("state", "minister")
    if party.unit is None and not by_rank:
        return None
    level = issuer_level(doc, post, post) if by_rank else unit_level(doc, party.unit)
    return Issuer((post.start, post.end), level)
