"""Recipients that are the subject: "Sở A được tặng ...", "suy tôn Sở A đề nghị ...", or one named in a sentence before."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound, Recipient, Token
from pipeline.extract.awards.recipients.aliases import asked_too, named_before
from pipeline.extract.awards.recipients.backwards import list_before
from pipeline.extract.awards.recipients.clause import by_own_words, proposer, sole_person, sole_unit
from pipeline.extract.awards.recipients.lists import by_count, recipient_of
from pipeline.extract.awards.recipients.named import by_words, people_here, provinces
from pipeline.extract.awards.recipients.short import short_subject
from pipeline.extract.awards.status import LONG_BEEN
from pipeline.extract.document import Document, Sentence
from pipeline.extract.parties.found import History
from pipeline.extract.symbols import Chunks

# "Sở A và Sở B, mỗi đơn vị một Bằng khen"
_EACH = re.compile(
    r"mỗi (?:đơn vị|tập thể|cá nhân|người|hội|trường|sở|huyện|xã|bên|địa phương|nơi|đồng chí)"
    r"(?: (?:được|nhận|tặng|đề nghị|trao))* (?:một|0?1) (?:danh hiệu )?\"?$"
)


# "20 doanh nghiệp nhận giải thưởng A, 8 doanh nghiệp nhận Bằng khen": a count in front of a verb of its own
_OWN_COUNT = re.compile(
    r"r(?:[^AN;]*[^ANv,;])?[,:](?P<count>N)w?r+[wd\"]*$|[rf][^AN;]*,?[wm](?P<part>N(?:[,v]N)*)w?(?:(?:O?U|OI|I)w?)?[rf]+[wd\"]*$"
)
_PART_OF = re.compile(
    r"(?:(?:, ?| )trong (?:số )?(?:đó|này)(?: có| gồm)?|, ?gồm(?: có)?),? $"
    r"|(?<!\w)trong (?:tổng )?số (?:hơn |trên |gần )?\d[^;:.]{4,90}?(?:, ?| )có $"  # "Trong số 40 tập thể được khen có 12 tập thể"
)


def recipients_before(
    doc: Document, chunks: Chunks, tokens: list[Token], symbols: str, start: int, i: int, history: History, earlier: list[AwardFound]
) -> tuple[list[Recipient], str]:
    """Recipients that are the subject: before "nhận", "đạt", "được ... tặng", or between "suy tôn" and "đề nghị"."""
    found, rule = _by_marks(doc, tokens, symbols, start, i)
    if found:
        return found, rule
    if both := _both_counted(doc, tokens, symbols, start, i):
        return both, "awards.recipient.subject"
    own = _OWN_COUNT.search(symbols, start, i)
    if own and own["count"]:
        start = own.start("count")
    elif own and _PART_OF.search(doc.key, 0, tokens[own.start("part")].chunk.start):
        start = own.start("part")  # "30 đơn vị được khen, trong đó 2 tập thể được tặng Cờ"
    for k in _verbs(symbols, start, i):
        if _PRIZE.match(doc.key, tokens[k].chunk.end) or k + 1 < i and _HAS_SOME.match(doc.key, tokens[k].chunk.end):
            continue  # "Sở A đạt giải nhì, Sở B đạt giải ba được đề nghị", "tỉnh vinh dự có 2 tập thể được tặng"
        if _cheered(doc, tokens, symbols, start, k) or _ASKED_AND_GOT.search(doc.key, tokens[start].chunk.start, tokens[k].chunk.start):
            return [], ""
        if symbols[k] in "pf" and _asks_for_some(doc, tokens[k].chunk.start, tokens[i].chunk.start):
            return [], ""
        stop = _subject_ends(doc, tokens, symbols, start, k, chunks.sentence.start)
        if stop is None:
            found = _of_passive(doc, tokens, symbols, start, k) if symbols[k] == "f" else []
        else:
            found = _joint_field(doc, tokens, symbols, start, stop)
            found = (
                found
                or list_before(doc, tokens, symbols, start, stop)
                or _without_list(doc, chunks, tokens, symbols, start, k, stop, earlier)
            )
        if found:
            found = _host_of_feast(doc, tokens, symbols, start, found)
            return ([], "") if _of_its_parts(doc, found) or _is_council(found) else (found, "awards.recipient.subject")
        if stop is not None and symbols[k] in "pb" and (found := asked_too(doc, chunks, tokens, start, k, earlier)):
            return found, "awards.recipient.named_before"
        if stop is not None and symbols[k] in "rf" and (found := named_before(doc, chunks, tokens, start, stop, history, earlier)):
            return found, "awards.recipient.named_before"
    return [], ""


# "2 mẹ được phong tặng (là mẹ A), 9 mẹ được | truy tặng danh hiệu"
_BOTH_COUNTED = re.compile(r"(?P<one>N)w?(?P<verb>[rf])(?:o:?(?P<name>T*P)(?:\([^()]*\))?)?[,v]{1,2}(?P<two>N)w?[rf][wrI\"]*$")


def _both_counted(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> list[Recipient]:
    """Two counts with a verb each, the first of which leaves the title to the second: both got it."""
    both = _BOTH_COUNTED.search(symbols, start, i)
    if not both or not doc.key.endswith("tặng", 0, tokens[both.start("verb")].chunk.end):
        return []
    one, two = tokens[both.start("one")], tokens[both.start("two")]
    named = both["name"] and sum(one.chunk.numbers.values()) == 1
    return [recipient_of(tokens[both.end("name") - 1])] + by_count(two) if named else by_count(one) + by_count(two)


# "Sở A đã trình và được UBND tỉnh tặng 20 Bằng khen": others were given them
_ASKED_AND_GOT = re.compile(r"(?<!được )(?<!\w)(?:đề nghị|trình) và (?:đã )?được ")
# "UBND thành phố đề nghị cấp trên công nhận 26 tập thể lao động xuất sắc": by whom they are asked for
_ASKS = re.compile(r"(?:đề nghị|đề xuất|trình)(?!\w)")
_SOME = re.compile(r"(?<!\w)\d{1,4} $")


def _asks_for_some(doc: Document, verb: int, award: int) -> bool:
    """Whether somebody asks for a number of awards: what he asks for is others'."""
    asks = _ASKS.match(doc.key, verb) or _ASKS.search(doc.key, max(0, verb - 20), verb)
    return asks is not None and not doc.key.endswith("được ", 0, asks.start()) and _SOME.search(doc.key, verb, award) is not None


_HAS_SOME = re.compile(r" (?:đã )?có (?:\d{1,4}|một|hai|ba|bốn|năm) (?:tập thể|cá nhân|đơn vị|đồng chí|cán bộ|trường|xã|hộ)(?!\w)")
# "đạt giải nhì", "đạt điểm cao là Sở A": no verb of getting an award
_PRIZE = re.compile(r" (?:giải|vị trí|thứ hạng|hạng|thứ|loại) (?:nhất|nhì|hai|ba|tư)(?!\w)| (?:(?:tổng|có|số) )*(?:điểm|phiếu)(?!\w)")
_PARTS = re.compile(r"(?<!\w)các (?:đơn vị|tập thể|phòng|khoa|chi nhánh)(?: thuộc| trực thuộc| của)? $")


def _of_its_parts(doc: Document, found: list[Recipient]) -> bool:
    """ "đại diện các đơn vị Trường A nhận Bằng khen": parts of the body that is named, how many is not said."""
    return len(found) == 1 and found[0].unit is not None and bool(_PARTS.search(doc.key, max(0, (at := found[0].unit.start) - 32), at))


def _is_council(found: list[Recipient]) -> bool:
    """ "đề nghị Hội đồng Thi đua - Khen thưởng tỉnh xem xét, trình UBND tỉnh tặng": who is asked to vote on awards gets none."""
    one = found[0].unit if len(found) == 1 else None
    return one is not None and one.is_a("emulation") and one.is_a("council")


_FOUNDED = re.compile(r"(?:thành lập|truyền thống|ra đời)(?: của)? $")
_HOSTS = re.compile(r" (?:đã |vừa |long trọng |trọng thể )*tổ chức(?!\w)")


def _host_of_feast(doc: Document, tokens: list[Token], symbols: str, start: int, found: list[Recipient]) -> list[Recipient]:
    """ "LĐLĐ tỉnh tổ chức lễ kỷ niệm ngày thành lập Công đoàn Việt Nam, đón nhận ...": who holds a whole movement's feast receives."""
    one = found[0].unit if len(found) == 1 else None
    movement = one is not None and doc.key.endswith(" việt nam", one.start, one.end)
    if not movement or not _FOUNDED.search(doc.key, max(0, one.start - 24), one.start):
        return found
    hosts = (k for k in range(start, len(tokens)) if symbols[k] == "U" and tokens[k].chunk.end < one.start)
    host = next((k for k in hosts if _HOSTS.match(doc.key, tokens[k].chunk.end)), None)
    return found if host is None else [recipient_of(tokens[host])]


_FIELD_GOES_ON = re.compile(
    r"(?!(?:được|đã|các|những|cùng|đề nghị|thống nhất|nhất trí|vinh dự|đón|nhận|một|hai|ba|toàn|nhiều|tập thể|cá nhân"
    r"|cũng|sẽ|có|bình|lãnh)(?!\w))"
    r"[a-zà-ỹđ]+(?: (?!(?:được|đã|cùng|đề|thống|nhất|vinh|cũng|có)(?!\w))[a-zà-ỹđ]+){1,5}"
)


def _joint_field(doc: Document, tokens: list[Token], symbols: str, start: int, stop: int) -> list[Recipient]:
    """ "Cục Đê điều và phòng chống thiên tai đề nghị": the second half of a body's field, written small, is of its name."""
    if stop != start + 3 or symbols[start:stop] != "Uvw" or "," in doc.key[tokens[start].chunk.end : tokens[start + 2].chunk.end]:
        return []
    unit, words = tokens[start].chunk, tokens[start + 2].chunk
    if unit.unit is None or len(unit.unit.parts) > 1 or not _FIELD_GOES_ON.fullmatch(doc.view[words.start : words.end]):
        return []
    return [by_words(unit.start, words.end, "unit", tokens[start].first)]


def _without_list(
    doc: Document, chunks: Chunks, tokens: list[Token], symbols: str, start: int, k: int, stop: int, earlier: list[AwardFound]
) -> list[Recipient]:
    """The subject of a verb in front of which no list ends: places, someone set apart from it, a short name, words of its own."""
    if symbols[k] in "pb":
        if _ASKED.search(doc.key, 0, tokens[k].chunk.start) and (ranked := sole_unit(doc, tokens, symbols, start, stop)):
            return ranked  # "Sở A xếp hạng nhất Khối thi đua 2 và được đề nghị"
        return [] if any(kind in symbols[start:k] for kind in "UPN") else _bare_places(doc, tokens, start, k)
    if symbols[k] not in "rf":
        return []
    return (
        sole_person(doc, tokens, symbols, start, stop)
        or sole_unit(doc, tokens, symbols, start, stop)
        or _bare_places(doc, tokens, start, stop)
        or short_subject(doc, chunks, tokens, start, stop, earlier)
        or by_own_words(doc, tokens, symbols, start, stop)
    )


_GROUP = re.compile(r"(?:với |cùng )?(?:các|những|nhiều) (?:tập thể|cá nhân|đơn vị|gương|điển hình|gia đình|cán bộ|học sinh)(?!\w)")


def _cheered(doc: Document, tokens: list[Token], symbols: str, start: int, k: int) -> bool:
    """ "Ông A chúc mừng các tập thể được nhận Bằng khen": those whom somebody speaks to receive, and nobody names them."""
    said = symbols.rfind("s", start, k)
    return said >= 0 and symbols[said + 1 : k] == "w" and _GROUP.match(doc.key, tokens[said + 1].chunk.start) is not None


_COUNT_OF_POSTS = re.compile(r"(?P<n>N),?m[wOT,v]{1,12}r\"?$")  # "7 cán bộ, gồm trưởng đoàn, bác sĩ của đội, được tặng"
_COUNTS_BESIDE = re.compile(r"(?P<n>N(?:(?:v|,)N)*)\"?$")
_BY_WAY_OF = re.compile(r"f(?P<n>N(?:[,v]N)*)wf?\"?$")
_FORM = re.compile(r"(?:bằng|với|theo) (?:các )?hình thức(?: tặng(?: thưởng)?)?(?: danh hiệu)? ?\"?$|(?<!\w)bằng (?:các )?\"?$")
_DASHED = re.compile(r"[UPN)]-\"?A")


def _by_marks(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> tuple[list[Recipient], str]:
    """Recipients that a colon, a dash, "mỗi đơn vị" or a count beside the award shows, without a verb between."""
    if symbols[i - 1 : i] == ":" or symbols[i - 2 : i] == ':"':
        # "Cục Hải quan tỉnh, Cục Thống kê: Cờ thi đua của UBND tỉnh"
        colon = i - 1 if symbols[i - 1] == ":" else i - 2
        found = list_before(doc, tokens, symbols, start, colon)
        if found:
            return found, "awards.recipient.subject" if symbols[colon - 1] == "r" else "awards.recipient.before_colon"
    if symbols[i - 1 : i] == "-" and i - 1 > start and len(_DASHED.findall(symbols)) >= 2:
        # "Sở A - Cờ thi đua của Chính phủ; Sở B, Sở C - Bằng khen"
        found = list_before(doc, tokens, symbols, start, i - 1)
        if found:
            return found, "awards.recipient.before_dash"
    award = tokens[i].chunk.start
    if symbols[max(start, i - 3) : i] in ("Pwo", "Uwo") and LONG_BEEN.search(doc.key, tokens[i - 2].chunk.start, award):
        return [recipient_of(tokens[i - 3])], "awards.recipient.subject"  # "Ông A 5 năm liền là Chiến sĩ thi đua cơ sở"
    beside = symbols[max(start, i - 2) : i + 2] in ("PoAY", "UoAY") and doc.key[tokens[i - 1].chunk.start : award].strip(' "')
    if beside in ("là", "là danh hiệu") and tokens[i].chunk.entry.fields["category"].startswith("emulation_title"):
        return [recipient_of(tokens[i - 2])], "awards.recipient.subject"  # "Ông A là Chiến sĩ thi đua cấp tỉnh năm 2019"
    by_way = _BY_WAY_OF.search(symbols, start, i)
    if by_way and _FORM.search(doc.key, tokens[by_way.end("n")].chunk.start, award):
        # "khen thưởng 4 tập thể, 6 cá nhân bằng hình thức tặng Bằng khen"
        return [r for t in tokens[slice(*by_way.span("n"))] if t.symbol == "N" for r in by_count(t)], "awards.recipient.count_beside"
    posts = _COUNT_OF_POSTS.search(symbols, start, i)
    if posts:
        return by_count(tokens[posts.start("n")]), "awards.recipient.subject"
    each = _EACH.search(doc.key, tokens[start].chunk.start, tokens[i].chunk.start)
    if each:
        stop = next(k for k in range(start, i + 1) if tokens[k].chunk.end > each.start())
        found = list_before(doc, tokens, symbols, start, stop)
        if found:
            return found, "awards.recipient.each"
    counted = _COUNTS_BESIDE.search(symbols[start:i])
    if counted and any(verb in symbols[:i] for verb in "fr") and "r" not in symbols[start + counted.start() : i]:
        # "công nhận 8 tập thể "Tập thể lao động tiên tiến""
        return [r for t in tokens[start + counted.start("n") : i] if t.symbol == "N" for r in by_count(t)], "awards.recipient.count_beside"
    return [], ""


def _verbs(symbols: str, start: int, i: int) -> list[int]:
    """Where the verbs before the award stand whose subject may be the recipient."""
    return [
        k
        for k in range(start, i)
        if symbols[k] in "rfpb" or (symbols[k] == "o" and re.search(r"N[Yw]?$", symbols[start:k]) and re.match(r"o\"?A", symbols[k:]))
    ]


# "được UBND tỉnh, các bộ, ngành tặng": all who give, or the last of them
_GIVING = (
    re.compile(r"(?:(?:O?U+|OI|I|O)[,v]+)*(?:O?U+|OI|I|O|B)[wd]?(?:s[,v])?$"),
    re.compile(r"(?:O?U+|OI|I|O|B)[wd]?(?:s[,v])?$"),  # "được UBND tỉnh biểu dương, tặng"
)


# "được ông A, Phó Chủ tịch UBND tỉnh, thừa ủy quyền của Chủ tịch nước, gắn"
_BY_PERSON = re.compile(r"wP(?:,[wd]*(?:O?U|OI|I|O))?,?$")


def _subject_ends(doc: Document, tokens: list[Token], symbols: str, start: int, k: int, sentence: Sentence) -> int | None:
    """Where the subject of a verb ends; None where the verb has none that could receive."""
    if symbols[k] == "f":
        person = _BY_PERSON.search(symbols, start, k)
        if person and doc.key.endswith("được", 0, tokens[person.start()].chunk.end):
            return person.start() + 1
        # "được Chính phủ tặng": step over who gives, to "được"
        for giving in _GIVING:
            back = giving.search(symbols[start:k])
            giver = start + back.start() if back else k
            if _PASSIVE.search(doc.key[max(sentence, tokens[giver].chunk.start - 24) : tokens[giver].chunk.start]):
                return giver
        return giver if giver > 0 and symbols[giver - 1] == "r" else None
    if symbols[k] not in "pb":
        return k
    return _before_asked(doc, tokens, symbols, start, k) if _proposed(doc, tokens, symbols, start, k) else None


_ASKS_FOR = re.compile(r"(?:[pbw]*)(?:O?U|OI|I|O|[fA]|w?f|w?\"?A)")
_ELECTS = re.compile(r"b[wdT]*U(?:[,v]U)*w?p")  # "Sở A bầu Sở B đề nghị"
_ASKED = re.compile(r"(?:được|cùng được) $")
_MEMBERS_VOTE = re.compile(r"B[-,]?m:?(?:[wd]?T*U[,v;]*)+w?$")
_OF_BLOC = ("dẫn đầu ", "đứng đầu ", "nhất ", "nhì ", "ba ")  # "01 đơn vị dẫn đầu Khối đề nghị": the unit is
_WHO_VOTES = re.compile(r"hội nghị|hội đồng|khối|cụm|đại hội")


def _proposed(doc: Document, tokens: list[Token], symbols: str, start: int, k: int) -> bool:
    """Whether those before "đề nghị", "bầu" are proposed, and do not propose."""
    at = tokens[k].chunk.start
    asked = _ASKED.search(doc.key, max(0, at - 12), at)
    if not asked and (not _ASKS_FOR.match(symbols, k + 1) or _ELECTS.match(symbols, k)):
        return False
    if not asked and _MEMBERS_VOTE.search(symbols, start, k):
        return False  # "Cụm thi đua số 5 gồm xã A, xã B suy tôn xã C"
    if symbols[k] == "p" and proposer(doc, tokens, symbols, start, k):
        return False
    if symbols[k - 1 : k] == "B" and _ASKED.search(doc.key, max(0, tokens[k - 1].chunk.start - 12), tokens[k - 1].chunk.start):
        return True  # "Sở A, Sở B được Khối đề nghị"
    voters = symbols[max(start, k - 1) : k] in ("U", "B") and _WHO_VOTES.match(doc.key, tokens[k - 1].chunk.start, tokens[k - 1].chunk.end)
    of_bloc = voters and symbols[k - 1] == "B" and doc.key.endswith(_OF_BLOC, 0, tokens[k - 1].chunk.start)
    return not voters or of_bloc or bool(re.search(r"p[^;]*U$", symbols[start:k]))


_PASSIVE = re.compile(
    r"(?<!\w)(?:(?:được|do)(?: \w+){0,2}|đủ (?:điều kiện|tiêu chuẩn|số phiếu|phiếu)(?: để| đề nghị)*) $"
)  # "được Chính phủ", "đủ điều kiện công nhận"


def _of_passive(doc: Document, tokens: list[Token], symbols: str, start: int, k: int) -> list[Recipient]:
    """ "được lãnh đạo hãng tặng": the subject before "được" where no gazetteer knows the giver."""
    begin, verb = tokens[start].chunk.start, tokens[k].chunk.start
    at = doc.key.rfind("được ", begin, verb)
    if at < 0 or verb - at > 70 or re.search(r"[,;:]", doc.key[at:verb]):
        return []
    j = next(n for n in range(start, k + 1) if tokens[n].chunk.end > at)
    before = doc.key[tokens[j].chunk.start : at].strip() if tokens[j].symbol == "w" else ""
    if len(before) <= 14:
        found = list_before(doc, tokens, symbols, start, j)
        if found:
            return found
    return sole_person(doc, tokens, symbols, start, j) or sole_unit(doc, tokens, symbols, start, j)


def _bare_places(doc: Document, tokens: list[Token], start: int, stop: int) -> list[Recipient]:
    """ "Lai Châu và Sơn La được đề nghị", "quân và dân huyện được tặng": places that are the subject."""
    if stop <= start:
        return []
    first, last = tokens[start].chunk.start, tokens[stop].chunk.start if stop < len(tokens) else tokens[-1].chunk.end
    words = re.sub(r"(?: |,|đã|cùng|cũng|được|vinh dự)+$", "", doc.key[first:last])
    people = people_here(doc, first, last + 12, tokens[start].first)
    if people:
        return [people]
    lead = re.match(r"(?:năm|tại|trong|nhân|riêng|ngoài|đồng thời|còn)(?!\w)[^,;]{0,40}, ?", words)
    for begin in (first, *((first + lead.end(),) if lead else ())):
        named = provinces(doc, begin, first + len(words), tokens[start].first) if len(words) < 160 else []
        if named:
            return named
    return []


def _before_asked(doc: Document, tokens: list[Token], symbols: str, start: int, k: int) -> int:
    """ "giới thiệu Sở A để UBND tỉnh xét tặng": the list ends before who is asked."""
    asked = re.search(r"w(?:O?U|OI|I|O)w?(?:p,)*$", symbols[start:k])
    at = start + asked.start() if asked else k
    return at if asked and re.fullmatch(r"(?:để|nhằm|và)", doc.key[tokens[at].chunk.start : tokens[at].chunk.end].strip()) else k
