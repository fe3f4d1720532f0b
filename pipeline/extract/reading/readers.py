"""The readers of a sentence: what may begin at a place, one reader for each kind of chunk.

Each takes a place and the chunks before it, and gives the chunks that it reads there, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pipeline.extract.blocs import read_bloc
from pipeline.extract.document import Document
from pipeline.extract.names import find_person
from pipeline.extract.parties.posts import bodies_led, read_post
from pipeline.extract.reading.rows import after_plural, begins_row, counted_row, opens_row
from pipeline.extract.symbols import CUES, Chunk
from pipeline.extract.units import Unit, lists, read_unit
from pipeline.extract.units.brothers import after_aside
from pipeline.gazetteer import Entry, Gazetteer, Hit
from pipeline.patterns import FEW, begun
from pipeline.textmap import fold

Reader = Callable[[Document, int, int, list[Chunk]], list[Chunk] | None]

_ONES = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_LAST = _ONES | {"mốt": 1, "tư": 4, "lăm": 5}
NUMBER_WORDS = (
    _ONES
    | {"mười": 10}
    | {f"mười {word}": 10 + n for word, n in _LAST.items()}
    | {f"{tens} mươi": 10 * n for tens, n in _ONES.items()}
    | {f"{tens} mươi {word}": 10 * n + m for tens, n in _ONES.items() for word, m in _LAST.items()}
)
_NUMBER = rf"\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}|(?:mười|(?:{'|'.join(_ONES)}) mươi)(?: (?:{'|'.join(_LAST)}))?|{'|'.join(_ONES)}"
_BOTH = r"(?:,| và )(?:tập thể|cá nhân|hộ gia đình)(?!\w| lao động)(?:(?:,| và )hộ gia đình)?"
_STAFF = (
    r"(?: quản lí)?"
    r"(?:(?:,| và )(?:giáo viên|nhân viên|công chức|viên chức|người lao động|chiến sĩ|học sinh|sinh viên|hội viên|đoàn viên)(?!\w))*"
)
# what follows the first word of those counted: "3 trường mầm non", "2 tổ hòa giải", "3 Hội Nông dân cấp huyện"
_TAILS = (
    r"(?: (?:(?<=trường )(?:mầm non|mẫu giáo|tiểu học|trung học (?:cơ sở|phổ thông)|thcs|thpt|phổ thông|nghề|cao đẳng|đại học)"
    r"|(?<=trạm )y tế(?: xã| phường)?|(?<=phòng )(?:giao dịch|chuyên môn|khám|nghiệp vụ|ban)"
    r"|(?<=ban )(?:quản lí|công tác mặt trận|chỉ đạo)(?: thôn| xã)?"
    r"|(?<=tổ )(?:hòa giải|công tác|tự quản|công đoàn|dân vận|vay vốn|chuyên môn|sản xuất)"
    r"|(?<=đội )(?:thi|văn nghệ|xung kích|sản xuất|bóng)"
    r"|(?<=hội )(?:nông dân|phụ nữ|liên hiệp phụ nữ|cựu chiến binh|khuyến học|chữ thập đỏ|người cao tuổi)(?: cơ sở)?"
    r"|(?<=tập thể )(?:lớp|phòng|khoa|chi bộ|chi đoàn|gia đình)(?:(?:,| và )(?:phòng|khoa|ban|tổ|trạm|trung tâm)(?!\w))*"
    r"|(?<=cán bộ )(?:công đoàn|hội|đoàn|mặt trận|y tế|thú y|khuyến nông|không chuyên trách))(?: cấp (?:huyện|xã|cơ sở))?)"
)
# behind "15 cơ quan, trường học": the count has no further words of its own
_COUNT_ENDS = (
    r"(?=[,.;:)]|$| (?:được|đã|cùng|vinh dự|đón|nhận|đạt|có|tiêu biểu|xuất sắc|điển hình|thuộc|trực thuộc|trong|trên|vì|do|tham gia|đề nghị"
    r"|hoàn thành|khác|và)(?!\w))"
)
_YEAR = re.compile(
    # no "ngày 4 tháng 9 năm 2020": a day, and nothing is for a day's year
    r"(?<!tháng \d )(?<!tháng \d\d )(?:năm học|năm|giai đoạn|nhiệm kì) (?P<a>(?:19|20)\d\d)(?:-(?P<b>(?:19|20)?\d\d)(?!\d))?(?!\d)"
    r"|(?<=\()(?P<c>(?:19|20)\d\d)-(?P<d>(?:19|20)\d\d)(?=[),])|(?<=\()(?P<e>(?:19|20)\d\d)(?=[),])"
)
_GRADE = re.compile(r"(?:hạng |hạng)(nhất|nhì|ba|i{1,3}|1|2|3)(?!\w)")
# "Cờ "Đơn vị dẫn đầu phong trào thi đua cấp tỉnh năm 2019"": a flag by the words on it; a year among them is told apart
_NAMED_FLAG = re.compile(
    r"cờ (?:thi đua )?\"(?:đơn vị |tập thể |hội |trường )?(?:thi đua )?(?:dẫn đầu|xuất sắc|tiêu biểu|tiên tiến|có thành tích)[^\";.]{0,70}?"
    r"(?:\"|(?= (?:trong )?năm (?:học )?\d{4}[^\";.]{0,10}\"))"
)
# "tặng Cờ", "trao Cờ cho": the award by its first word alone
_SHORT_FLAG = re.compile(
    r"[Cc]ờ(?=[;,.:]| cho | là | gồm | năm \d{4}| và [Bb]ằng khen| của (?:UBND|Ủy ban|Uỷ ban|Chính phủ|Thủ tướng|Chủ tịch|Bộ)|$)"
)
_GIVING = re.compile(r"(?:tặng|trao|nhận|xét) \"?$")
LITTLE = {"và": "v", "cùng": "v", "với": "v", "kiêm": "k", "kiêm nhiệm": "k", "cho": "G", "đối với": "G"}
LITTLE |= {"đơn vị": "d", "cơ quan": "d", "tân": "d"}


def before_title(items: list[Chunk]) -> bool:
    """Whether a title stands before, so that a name must follow: "đồng chí", "các đồng chí:"."""
    return bool(items) and (items[-1].symbol == "T" or (items[-1].symbol == ":" and len(items) > 1 and items[-2].symbol == "T"))


def bloc_or_role_at(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    """A bloc's name, or an office in a bloc ("Khối trưởng") with the bloc whose it is."""
    role = doc.hit("bloc_roles", at)
    if role:
        own = _ROLE_OF_BLOC.match(doc.key, at, role.end)
        stop = read_bloc(doc, own.start("bloc"), end) if own else None
        if stop and stop > role.end:
            return [Chunk("R", at, own.end("role"), entry=role.entry), Chunk("B", own.start("bloc"), stop)]
        led = _HEAD_OF_BLOC.search(doc.key, at, role.end)
        stop = read_bloc(doc, led.start(), end) if led else None
        if stop and stop > role.end and (doc.capital_at(role.end + 1) or doc.key.startswith("các ", role.end + 1)):
            return [Chunk("R", at, role.end, entry=role.entry), Chunk("B", role.end + 1, stop)]
        return [Chunk("R", at, role.end, entry=role.entry)]
    stop = read_bloc(doc, at, end)
    if not stop:
        return None
    bloc = Chunk("B", at, stop)
    if _OF_PLACE.match(doc.key, stop, end) and (place := read_unit(doc, stop + 1, end)) and place.is_a("place"):
        return [bloc, Chunk("w", place.start, place.end, unit=place)]  # "Khối thi đua các hội | tỉnh Lai Châu": where the bloc is
    return [bloc]


_HEAD_OF_BLOC = re.compile(r"(?:khối|cụm) thi đua$")
_OF_PLACE = re.compile(r" (?:tỉnh|thành phố|huyện|quận|thị xã) (?=\w)")
# "Cụm trưởng Cụm thi đua" of "Cụm trưởng Cụm thi đua số 4, Công an tỉnh": the office, and the whole name of the bloc
_ROLE_OF_BLOC = re.compile(r"(?P<role>\w+ \w+(?: \w+)?) (?P<bloc>(?:khối|cụm) thi đua)$")


def award_at(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    """An award's name; none where it is a bearer's title or begins a unit's name."""
    hit = doc.hit("awards", at)
    if hit and _cuts_unit(doc, hit):
        shorter = [h for h in doc.all_hits["awards"] if h.start == at and not _cuts_unit(doc, h)]
        hit = shorter[0] if shorter else None
    if hit and _borne(doc, hit, end, before):
        return None
    if doc.key[at : at + 3] == "cờ " and (named := _NAMED_FLAG.match(doc.key, at, end)) and (not hit or hit.end < named.end()):
        return [Chunk("A", at, named.end(), entry=hit.entry if hit else _flag(doc))]
    if not hit:
        short = _SHORT_FLAG.match(doc.view, at, end)
        if short and _GIVING.search(doc.key, max(0, at - 12), at):
            return [Chunk("A", at, short.end(), entry=_flag(doc))]
        return None
    return [Chunk("A", at, hit.end, entry=hit.entry)]


def _flag(doc: Document) -> Entry:
    """The award of a flag whose words tell no more."""
    return next(e for e in doc.gazetteer.table("awards") if e.code == "CO")


_TITLE_GIVEN = re.compile(r"(?:danh hiệu|\"|tặng|phong|công nhận|nhận|xét|đạt|lên) ?$")


def _borne(doc: Document, hit: Hit, end: int, before: list[Chunk]) -> bool:
    """Whether a title of honour is borne by whoever is named behind it: "NSƯT Thu Hà", a name of a stage, too."""
    named = doc.view[hit.end : hit.end + 2][1:].isupper() and doc.hit("titles", hit.start)
    if hit.entry.fields["category"] != "state_honour" or not named:
        return False
    if _TITLE_GIVEN.search(doc.key, max(0, hit.start - 12), hit.start):
        return False
    at = hit.end + 1
    while further := doc.hit("titles", at):  # "NGƯT. TS. A"
        at = further.end + (doc.view[further.end : further.end + 1] == " ")
    return find_person(doc, at, end, titled=True, listed=True) is not None


def _cuts_unit(doc: Document, hit: Hit) -> bool:
    """Whether the award's name ends in the first word of a unit's: "bằng khen của Tỉnh" before "đoàn"."""
    last = doc.key.rfind(" ", hit.start, hit.end) + 1
    unit = doc.hit("units", last)
    return bool(unit and unit.end > hit.end) or _COMMITTEE.match(doc.key, hit.end) is not None


def post_at(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    """A person's post with the unit that its words name: "Giám đốc Sở Y tế", "Chủ tịch UBND tỉnh"."""
    found = read_post(doc, at, end, before[-1].symbol if before else "")
    if found is None:
        return None
    stop, entry, unit = found
    post = Chunk("O", at, stop, entry=entry)
    return [post, *[Chunk("U", u.start, u.end, unit=u) for u in bodies_led(doc, entry, stop, unit, end)]]


_LETTERS_OF_NUMBER = re.compile(r"[A-ZĐ&]+-[A-ZĐ]")
_IN_NUMBER = re.compile(r"\d/[\w/-]*-$")  # "39/2015/QĐ-UBND" names no unit


def units_at(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    """One unit, or all units of a list whose head stands once."""
    if doc.view[at - 1 : at] == "/" and _LETTERS_OF_NUMBER.match(doc.view, at):  # "15/2025/TT-BNV"
        return None
    if before and before[-1].symbol == "-" and _IN_NUMBER.search(doc.key, max(0, at - 24), at):
        return None
    after_post = bool(before) and before[-1].symbol in "OU"
    found = lists.read_units(doc, at, end, after_post, small=bool(before) and before[-1].symbol == "O")
    if not found and (brand := doc.beginnings.brands.get(at)):
        found = [brand]
    if (not found or found[0].is_a("place")) and len(before) > 3 and before[-1].symbol in ",;v":
        found = _behind_office(doc, at, end, before) or found
    return [Chunk("U", unit.start, unit.end, unit=unit) for unit in found] if found else None


_OFFICE_SET_OFF = re.compile(r"U-d?R[,;v]$")


def _behind_office(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Unit]:
    """The units of a list that goes on behind the office of the one before, in brackets or behind a dash."""
    if before[-2].symbol == ")":
        return _after_bracket(doc, at, end, before) if before[-1].symbol != ";" else []
    office = _OFFICE_SET_OFF.search("".join([c.symbol for c in before[-5:]])) if before[-2].symbol == "R" else None
    if office is None:
        return []
    last = before[len(before) - len(office[0])].unit  # "Hội Luật gia các tỉnh An Giang - Cụm trưởng, Hậu Giang"
    return lists.continue_list(doc, last, at, end) if len(last.parts) > 1 else after_aside(doc, last, at, end)


def _after_bracket(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Unit]:
    """ "các tỉnh Cần Thơ (Cụm trưởng), Vĩnh Long (Cụm phó), An Giang": a list that goes on behind brackets."""
    opened = next((k for k in range(len(before) - 3, 0, -1) if before[k].symbol == "("), 0)
    last = before[opened - 1].unit if opened else None
    if last is None or len(last.parts) > 1:
        return lists.continue_list(doc, last, at, end) if last is not None else []
    return after_aside(doc, last, at, end) if any(c.symbol == "R" for c in before[opened:]) else []


def person_at(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    """A title ("đồng chí"), or a person's name where the chunks before let one be expected."""
    title = doc.hit("titles", at)
    if title and title.end < end:
        return [Chunk("T", at, title.end, entry=title.entry)]
    unit = doc.hit("units", at)
    if unit and " " in doc.key[at : unit.end]:  # "các cụ Hội Người cao tuổi"
        return None
    titled = before_title(before)
    listed = bool(before) and before[-1].symbol in ",;v" and (after_plural(before) or counted_row(before))
    beside = bool(before) and (before[-1].symbol in "OUR" or (before[-1].symbol in ",-" and len(before) > 1 and before[-2].symbol in "OUR"))
    # behind a unit that nobody's post owns places may follow as well as persons
    strict = bool(before) and (before[-1].symbol == ";" or (not listed and "".join([c.symbol for c in before[-3:]]) in _OPEN_UNITS))
    familiar = titled and before[-1].entry is not None and before[-1].entry.fields["kind"] == "familiar"
    if familiar and (doc.hit("regions", at) or doc.hit("provinces", at)):
        return None  # "chị em Tây Bắc"
    row = not listed and opens_row(before)
    stop = find_person(doc, at, end, titled=titled, listed=listed or beside or row, strict=strict or row)
    award = next((hit for hit in doc.within("awards", at + 1, at + _LONGEST_AWARD) if hit.start < stop), None) if stop else None
    if award:  # "tặng anh Lực | Bằng khen"
        stop = find_person(doc, at, award.start - 1, titled=titled, listed=listed or beside, strict=strict)
    body = bool(before) and before[-1].symbol == "U" and before[-1].end == at - 1  # "Phó Chủ nhiệm Ủy ban Dân tộc Vi Văn Hợi"
    named_place = stop and not titled and not body and _NAMED_PLACE.search(doc.key, max(0, at - 20), at)
    return [Chunk("P", at, stop)] if stop and not named_place else None


_LONGEST_AWARD = 200
# "tại Khu du lịch Hồ Núi Đôi", "người Thái Mường Lò": what bears the name of a person or looks like one
_NAMED_PLACE = re.compile(
    r"(?<!\w)(?:người|dân tộc|đồng bào|khu du lịch|khách sạn|công viên|quảng trường|nhà hàng|nhà văn hóa|khu sinh thái"
    r"|khu nghỉ dưỡng|resort|rạp) $"
)
_OPEN_UNITS = frozenset({",U,", "wU,", "vU,", "GU,"})


_IN_WORDS = rf"(?:một|{FEW}|mười)(?: \w+){{0,3}}"  # "03 (ba) tập thể"


@lru_cache(maxsize=4)
def _counted(gazetteer: Gazetteer) -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of "09 tập thể", and the kind of each holder: a unit, a person, a household, or open ("05 trường hợp")."""
    kinds = {fold(form): e.fields["kind"] for e in gazetteer.table("holders") for form in (e.name, *e.variants)}
    holders = begun("|".join(map(re.escape, sorted(kinds, key=len, reverse=True))), behind="")
    # "năm 2021, 04 tập thể", "ngày 12/8, 2 tập thể", but no "98,5 điểm", no "ngày 13/12 Sở Y tế", no "10 năm trường hoạt động"
    begin = (
        r"(?<![\w/.])(?:(?<!\d,)|(?<=\d{4},)|(?<=/\d,)|(?<=/\d\d,))(?:(?<!ngày )(?<!sáng )(?<!chiều )(?<!tối )|(?!\d+/\d))(?!(?<=\d )năm )"
        r"(?<!lớp )(?<!khóa )(?<!thứ )(?<!hạng )"  # "học sinh lớp 7 Trường A"
    )
    held = rf"(?:lượt )?(?:(?:nam|nữ) )?(?P<holder>{holders})(?!\w| phó | trưởng )"
    held += rf"(?:(?P<more>{_BOTH})|(?P<also>(?:(?:,| và ){holders})+{_COUNT_ENDS})|(?:(?<=cán bộ)|(?<=giáo viên)){_STAFF})?"
    held += rf"(?:{_TAILS}{_COUNT_ENDS})?(?: trong và ngoài (?:tỉnh|nước|huyện|ngành|thành phố|địa bàn|xã|trường|đơn vị)(?!\w))?"
    return re.compile(rf"{begin}(?P<number>{_NUMBER})(?:/\d{{1,3}}(?:\.\d{{3}})+|/\d+| \((?:{_IN_WORDS})\))?(?: |(?<=\d)){held}"), kinds


_YEARS_IN_FRONT = re.compile(r"(?<!\w)năm (?:liền |liên tiếp |liên tục )?(?:(?:19|20)\d\d(?:, ?| và |; ?))+$|(?<!\d)(?:19|20)\d\d-$")


def _last_of_years(doc: Document, at: int, count: re.Match[str]) -> bool:
    """ "các năm 2018, 2020, 2022 đơn vị được tặng", "2017-2018, 2018-2019 trường nhận": the last year of a row counts nobody."""
    year = len(count["number"]) == 4 and count["number"].startswith(("19", "20"))
    return year and _YEARS_IN_FRONT.search(doc.key, max(0, at - 60), at) is not None


_OF_TEAM = re.compile(r" (?:của |trong |thuộc )?(?:đội|đoàn|tổ|nhóm|ban|tàu|ê-?kíp|tuyển)(?!\w)")  # "21 thành viên đội tuyển A"
_RANKED = re.compile(r"(?<!\w)(?:giải|hạng|thứ|xếp|về) $|(?<!\w)nhì(?!\w)")


def _is_rank(doc: Document, at: int, count: re.Match[str]) -> bool:
    """ "Sở A nhì khối, Sở B ba khối", "đạt giải Ba Khối": the third place counts no blocs."""
    return count["number"] == "ba" and count["holder"] in ("khối", "cụm") and _RANKED.search(doc.key, max(0, at - 60), at) is not None


# "08 TT, 21 CN": collectives and persons by their letters, only side by side
_SHORT_COUNT = re.compile(r"(?P<number>\d{1,4}) ?(?P<who>TT|CN)(?![\w-])")
_SHORT_BESIDE = re.compile(r"\d (?:TT|tập thể) ?(?:,|;|và) ?\d{1,4} ?CN(?![\w-])|\dTT ?(?:,|;|và) ?\d{1,4} ?CN(?![\w-])")


def number_at(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    """How many receive ("09 tập thể"), a year of achievement, or a grade."""
    pattern, kinds = _counted(doc.gazetteer)
    count = pattern.match(doc.key, at, end)
    # "58 Tập thể lao động tiên tiến" counts awards
    if count and begins_row(doc, count.start("holder")):
        return [Chunk("w", at, count.end("number"))]
    if count and not doc.hit("awards", count.start("holder")) and not _last_of_years(doc, at, count) and not _is_rank(doc, at, count):
        text = count["number"].replace(".", "")
        number = int(text) if text.isdigit() else NUMBER_WORDS[text]
        kind = kinds[count["holder"]]
        mixed = count["also"] and any(kinds[also] != kind for also in re.split(",| và ", count["also"])[1:])
        # "05 trường hợp", "214 tập thể, cá nhân": units or persons, nobody says how many of each
        if count["holder"] == "thành viên" and _OF_TEAM.match(doc.key, count.end()):
            kind = "person"
        numbers = {"" if kind == "open" or count["more"] or mixed else kind: number}
        return [Chunk("N", at, count.end(), numbers=numbers, text=count[0])]
    short = _SHORT_COUNT.match(doc.view, at, end)
    if short and _SHORT_BESIDE.search(doc.view, max(0, at - 14), min(end, short.end() + 14)) and doc.view[at - 1 : at] in " (,":
        kind = "unit" if short["who"] == "TT" else "person"
        return [Chunk("N", at, short.end(), numbers={kind: int(short["number"])}, text=short[0])]
    year = _YEAR.match(doc.key, at, end)
    if year:
        last = year["b"] or year["d"] or year["a"] or year["e"]
        last = (year["a"] or year["c"])[:2] + last if len(last) == 2 else last
        return [Chunk("Y", at, year.end(), year=int(last), text=year[0])]
    grade = _GRADE.match(doc.key, at, end)
    if grade:
        return [Chunk("E", at, grade.end(), text=grade[1])]
    return None


# "Bằng khen của Tỉnh đoàn", "Giấy khen của Huyện ủy": not the province's, not the district's
_COMMITTEE = re.compile(
    r"(?<=tỉnh|hành|uyện|quận|ị xã) (?:ủy|hội(?! tụ| nhập| nghị| họp| đủ| đồng)"
    r"|đoàn(?! kết| viên| thể| công| kiểm| giám| đại))(?!\w)"
)


def issuer_at(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    hit = doc.hit("issuers", at)
    if hit and (_COMMITTEE.match(doc.key, hit.end) or (before and before[-1].symbol == "e" and doc.key.startswith("của ", at))):
        return None  # "sự tham gia của huyện Nà Lừ": who takes part gives nothing
    return [Chunk("I", at, hit.end, entry=hit.entry)] if hit else None


def cue_at(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    """A verb or noun that tells what happens, or a little word that joins chunks."""
    hit = doc.hit("cues", at)
    if hit and hit.entry.fields["kind"] == "none":  # look-alikes: "trao đổi", "chương trình"
        return [Chunk("w", at, hit.end)]
    if hit and doc.key.startswith("đồng ", at) and doc.key.endswith("hội ", 0, at):  # "Chủ tịch Hội đồng | chủ trì"
        return [Chunk("w", at, at + len("đồng"))]
    if hit and (hit.entry.name != "đón" or _HONOUR_NEXT.match(doc.key, hit.end) or doc.hit("awards", hit.end + 1)):
        return [Chunk(CUES[hit.entry.fields["kind"]], at, hit.end, entry=hit.entry)]
    little = _LITTLE_WORD.match(doc.key, at, end)
    if (
        little
        and little[0] == "tân"
        and doc.capital_at(at)
        and doc.capital_at(little.end() + 1)
        and not doc.hit("bloc_roles", little.end() + 1)
    ):
        return None  # "Tân Lúa", a commune
    return [Chunk(LITTLE[little[0]], at, little.end())] if little else None


# "đón khách": no award
_HONOUR_NEXT = re.compile(r" (?:\d{1,2} |danh hiệu |bằng công nhận )*(?:huân chương|cờ thi đua|bằng khen|danh hiệu)(?!\w)")

# "cùng năm", "cùng kỳ" join nothing; "đối với người có công" says what an award is for
_NO_JOINT = r"(?!(?:cùng (?:năm|kì|ngày|dịp|thời|với)|đối với (?:những )?(?:người|việc|công tác))(?!\w))"
_LITTLE_WORD = re.compile(rf"{_NO_JOINT}(?:{'|'.join(sorted(LITTLE, key=len, reverse=True))})(?!\w)")
