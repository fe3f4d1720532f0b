"""Chunks: the units, persons, posts, blocs, awards, counts and marks of a sentence, as a string of symbols.

Each chunk is one symbol, so that a rule is a regular expression over a short string ("TP-OU(R)" for "đồng chí Lê Văn Tám -
Trưởng Ban Dân tộc (Khối trưởng)") instead of over words. What no chunk covers is `w`, one for each run of words.

  P person   T title of a person   O post     U unit       R role in a bloc   B bloc      A award    I issuer that is no unit
  N count    Y year                E grade    G for (cho)  d "đơn vị", "đại diện"          v and      k holds also
  , ; : - ( ) "  marks             c e m s f r p l t n b h o  cues (see CUES)             w other words
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from pipeline.extract import unit_lists
from pipeline.extract.document import Document, Sentence
from pipeline.extract.names import find_person
from pipeline.extract.posts import read_post
from pipeline.extract.units import Unit
from pipeline.gazetteer import Entry, Gazetteer
from pipeline.textmap import fold

CUES = {
    "chair": "c", "attend": "e", "member": "m", "speak": "s", "confer": "f", "receive": "r", "propose": "p",
    "planned": "l", "target": "t", "negated": "n", "elect": "b", "handover": "h", "office": "o", "behalf": "d",
}  # fmt: skip
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
_BOTH = r"(?:,| và )(?:tập thể|cá nhân|hộ gia đình)(?!\w)(?:(?:,| và )hộ gia đình)?"
_YEAR = re.compile(
    r"(?:năm học|năm|giai đoạn|nhiệm kì) (?P<a>(?:19|20)\d\d)(?:-(?P<b>(?:19|20)?\d\d)(?!\d))?(?!\d)"
    r"|(?<=\()(?P<c>(?:19|20)\d\d)-(?P<d>(?:19|20)\d\d)(?=[),])|(?<=\()(?P<e>(?:19|20)\d\d)(?=[),])"
)
_GRADE = re.compile(r"(?:hạng |hạng)(nhất|nhì|ba|i{1,3}|1|2|3)(?!\w)")
# "tặng Cờ", "trao Cờ cho": the award by its first word alone
_SHORT_FLAG = re.compile(r"[Cc]ờ(?=[;,.]| cho | và [Bb]ằng khen| của (?:UBND|Ủy ban|Uỷ ban|Chính phủ|Thủ tướng|Chủ tịch|Bộ)|$)")
_GIVING = re.compile(r"(?:tặng|trao|nhận|xét) \"?$")
_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*|\S")
Reader = Callable[[Document, int, int, list["Chunk"]], "list[Chunk] | None"]
_LITTLE = {"và": "v", "cùng": "v", "kiêm": "k", "kiêm nhiệm": "k", "cho": "G", "đơn vị": "d", "cơ quan": "d", "tân": "d", "với": "v"}
_MARKS = set(',;:-()"')


@dataclass(slots=True)
class Chunk:
    """A symbol and what it stands for. `start`, `end` are offsets of the view."""

    symbol: str
    start: int
    end: int
    unit: Unit | None = None
    entry: Entry | None = None
    numbers: dict[str, int] = field(default_factory=dict)
    year: int | None = None
    text: str = ""


@dataclass(slots=True)
class Chunks:
    """The chunks of one sentence; `symbols[i]` is the symbol of `items[i]`."""

    items: list[Chunk]
    symbols: str
    sentence: Sentence

    def __getitem__(self, index: int) -> Chunk:
        return self.items[index]


def chunk(doc: Document, sentence: Sentence) -> Chunks:
    """Read a sentence from left to right; at each place the first kind that fits wins."""
    items: list[Chunk] = []
    key, view, end, names_at = doc.key, doc.view, sentence.end, doc.names_at
    reach = sentence.start
    word_open = False
    while word := _WORD.search(key, reach, end):
        at, stop = word.span()
        text = word[0]
        plain = text not in _OPENERS and at not in names_at and view[at].islower()
        found = None if plain else _chunk_at(doc, at, text, end, items)
        if found and not (word_open and found[0].symbol == "w"):
            items.extend(found)
            word_open = found[-1].symbol == "w"
            reach = found[0].end if len(found) == 1 else max([c.end for c in found])
            continue
        reach = found[0].end if found else stop
        if word_open:
            items[-1].end = reach
        else:
            items.append(Chunk("w", at, reach))
            word_open = True
    return Chunks(items, "".join([c.symbol for c in items]), sentence)


# A sentence without any of these has nobody who acts in it: no person, office, award, chair or member.
_ACTORS = ("awards", "bloc_roles", "titles")
# Words for many people, which are somebody's post only beside a name: "công nhân", "hội viên".
_COMMON = frozenset({"CONGNHAN", "NHANVIEN", "CONGCHUC", "VDV", "GV", "HV", "CHUHO", "PVIEN", "HLV"})


def worth_reading(doc: Document, sentence: Sentence) -> bool:
    """Cheap evidence first: most sentences of an article tell of movements and plans and are not read word by word."""
    if any(doc.within(table, sentence.start, sentence.end) for table in _ACTORS):
        return True
    if any(h.entry.code not in _COMMON for h in doc.within("positions", sentence.start, sentence.end)):
        return True
    bodies = len(doc.within("units", sentence.start, sentence.end)) + len(doc.within("unit_heads", sentence.start, sentence.end))
    # "các sở Y tế, Nội vụ, Tài chính": fields stand for bodies
    bodies += bodies < 3 and len(doc.within("department_fields", sentence.start, sentence.end))
    if bodies >= 3 or "chair" in (kinds := {h.entry.fields["kind"] for h in doc.within("cues", sentence.start, sentence.end)}):
        return True
    if not bodies:
        return "cờ luân lưu" in doc.key[sentence.start : sentence.end]
    # "Cụm có 5 đơn vị: các đồn Biên phòng A, B, C"
    listed = doc.key.find(":", sentence.start, sentence.end) > 0 and bool(doc.within("bloc_heads", sentence.start, sentence.end))
    return listed or bool(kinds & _TAKING_PART) or "cờ luân lưu" in doc.key[sentence.start : sentence.end]


_TAKING_PART = frozenset({"chair", "attend", "member", "confer", "receive", "propose", "elect", "handover", "speak", "office"})


def blocs_only(doc: Document, sentence: Sentence) -> Chunks:
    """The named blocs of a sentence that is not worth reading further."""
    items = [
        c for hit in doc.within("bloc_heads", sentence.start, sentence.end) for c in _bloc_or_role(doc, hit.start, sentence.end, []) or []
    ]
    return Chunks(items, "".join(c.symbol for c in items), sentence)


def _chunk_at(doc: Document, at: int, text: str, end: int, before: list[Chunk]) -> list[Chunk] | None:
    """What begins at this place. A reader runs only where a name of its tables begins, or a word that may open what it reads."""
    if text in _MARKS:
        return [Chunk(text, at, at + 1)]
    names = doc.names_at.get(at, _NOTHING)
    opens = _opened(doc, at, text, before)
    if not names and not opens:
        return None
    mask = 0
    for name in (*names, *opens):
        mask |= _BIT.get(name, 0)
    for reader in _readers(mask, before_title(before)) if mask else ():
        if found := reader(doc, at, end, before):
            return found
    return None


def _opened(doc: Document, at: int, text: str, before: list[Chunk]) -> frozenset[str]:
    """What may begin here though no name does."""
    if text[0].isdigit():
        return _A_NUMBER
    upper = before and doc.view[at].isupper()
    if upper and before_title(before):
        return _A_PERSON
    if text in _OPENERS:
        return _OPENERS[text]
    if upper:
        if text[1:2] == "'" or (before[-1].symbol in ",;v" and _after_plural(before)):
            return _A_LISTED
        if len(before) > 3 and before[-1].symbol in ",v" and before[-2].symbol == ")":
            return _A_LIST
    return _NOTHING


def before_title(items: list[Chunk]) -> bool:
    """Whether a title stands before, so that a name must follow: "đồng chí", "các đồng chí:"."""
    return bool(items) and (items[-1].symbol == "T" or (items[-1].symbol == ":" and len(items) > 1 and items[-2].symbol == "T"))


def _bloc_or_role(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    from pipeline.extract.blocs import read_bloc

    role = doc.hit("bloc_roles", at)
    if role:
        own = _ROLE_OF_BLOC.match(doc.key, at, role.end)
        stop = read_bloc(doc, own.start("bloc"), end) if own else None
        if stop and stop > role.end:
            return [Chunk("R", at, own.end("role"), entry=role.entry), Chunk("B", own.start("bloc"), stop)]
        return [Chunk("R", at, role.end, entry=role.entry)]
    stop = read_bloc(doc, at, end)
    return [Chunk("B", at, stop)] if stop else None


# "Cụm trưởng Cụm thi đua" of "Cụm trưởng Cụm thi đua số 4, Công an tỉnh": the office, and the whole name of the bloc
_ROLE_OF_BLOC = re.compile(r"(?P<role>\w+ \w+(?: \w+)?) (?P<bloc>(?:khối|cụm) thi đua)$")


def _award(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    hit = doc.hit("awards", at)
    if hit and _cuts_unit(doc, hit):
        shorter = [h for h in doc.all_hits["awards"] if h.start == at and not _cuts_unit(doc, h)]
        hit = shorter[0] if shorter else None
    if hit and _borne(doc, hit, end, before):
        return None
    if not hit:
        short = _SHORT_FLAG.match(doc.view, at, end)
        if short and _GIVING.search(doc.key, max(0, at - 12), at):
            flag = next(e for e in doc.gazetteer.table("awards") if e.code == "CO")
            return [Chunk("A", at, short.end(), entry=flag)]
        return None
    return [Chunk("A", at, hit.end, entry=hit.entry)]


_TITLE_GIVEN = re.compile(r"(?:danh hiệu|\"|tặng|phong|công nhận|nhận|xét|đạt|lên) ?$")


def _borne(doc: Document, hit, end: int, before: list[Chunk]) -> bool:
    """Whether a title of honour is borne by whoever is named behind it: "NSƯT Thu Hà", a name of a stage, too."""
    named = doc.view[hit.end : hit.end + 2][1:].isupper() and doc.hit("titles", hit.start)
    if hit.entry.fields["category"] != "state_honour" or not named:
        return False
    if _TITLE_GIVEN.search(doc.key, max(0, hit.start - 12), hit.start):
        return False
    return find_person(doc, hit.end + 1, end, titled=True, listed=True) is not None


def _cuts_unit(doc: Document, hit) -> bool:
    """Whether the award's name ends in the first word of a unit's: "bằng khen của Tỉnh" before "đoàn"."""
    last = doc.key.rfind(" ", hit.start, hit.end) + 1
    unit = doc.hit("units", last)
    return bool(unit and unit.end > hit.end)


def _post(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    found = read_post(doc, at, end, before[-1].symbol if before else "")
    if found is None:
        return None
    stop, entry, unit = found
    post = Chunk("O", at, stop, entry=entry)
    return [post, Chunk("U", unit.start, unit.end, unit=unit)] if unit else [post]


_LETTERS_OF_NUMBER = re.compile(r"[A-ZĐ&]+-[A-ZĐ]")
_IN_NUMBER = re.compile(r"\d/[\w/-]*-$")  # "39/2015/QĐ-UBND" names no unit


def _units(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    if doc.view[at - 1 : at] == "/" and _LETTERS_OF_NUMBER.match(doc.view, at):  # "15/2025/TT-BNV"
        return None
    if before and before[-1].symbol == "-" and _IN_NUMBER.search(doc.key, max(0, at - 24), at):
        return None
    after_post = bool(before) and before[-1].symbol in "OU"
    found = unit_lists.read_units(doc, at, end, after_post, small=bool(before) and before[-1].symbol == "O")
    if not found and len(before) > 3 and before[-1].symbol in ",v" and before[-2].symbol == ")":
        found = _after_bracket(doc, at, end, before)
    return [Chunk("U", unit.start, unit.end, unit=unit) for unit in found] if found else None


def _after_bracket(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Unit]:
    """ "các tỉnh Cần Thơ (Cụm trưởng), Vĩnh Long (Cụm phó), An Giang": a list that goes on behind brackets."""
    opened = next((k for k in range(len(before) - 3, 0, -1) if before[k].symbol == "("), 0)
    last = before[opened - 1].unit if opened else None
    return unit_lists.continue_list(doc, last, at, end) if last is not None and len(last.parts) > 1 else []


def _person(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    title = doc.hit("titles", at)
    if title and title.end < end:
        return [Chunk("T", at, title.end, entry=title.entry)]
    unit = doc.hit("units", at)
    if unit and " " in doc.key[at : unit.end]:  # "các cụ Hội Người cao tuổi"
        return None
    titled = before_title(before)
    listed = bool(before) and before[-1].symbol in ",;v" and _after_plural(before)
    beside = bool(before) and (before[-1].symbol in "OUR" or (before[-1].symbol in ",-" and len(before) > 1 and before[-2].symbol in "OUR"))
    # behind a unit that nobody's post owns places may follow as well as persons
    strict = bool(before) and (before[-1].symbol == ";" or (not listed and "".join([c.symbol for c in before[-3:]]) in _OPEN_UNITS))
    if titled and before[-1].entry is not None and before[-1].entry.code in _FAMILIAR and _REGION.match(doc.view, at, end):
        return None  # "chị em Tây Bắc"
    stop = find_person(doc, at, end, titled=titled, listed=listed or beside, strict=strict)
    return [Chunk("P", at, stop)] if stop else None


_OPEN_UNITS = frozenset({",U,", "wU,", "vU,", "GU,"})
_FAMILIAR = frozenset({"ANH", "CHI", "EM", "THAY", "CO"})
_REGION = re.compile(r"(?:Tây Nguyên|Tây Bắc|Đông Bắc|Tây Nam|Đông Nam|Nam Bộ|Bắc Bộ|Trung Bộ|Việt Nam|Hà Nội|Sài Gòn)(?!\w)")


def _after_plural(before: list[Chunk]) -> bool:
    """Whether "các đồng chí" stands before, so that several persons may follow."""
    return any(c.symbol == "T" and c.entry and c.entry.fields["plural"] for c in before)


@lru_cache(maxsize=4)
def _counted(gazetteer: Gazetteer) -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of "09 tập thể", and the kind of each holder: a unit, a person, a household, or open ("05 trường hợp")."""
    kinds = {fold(form): e.fields["kind"] for e in gazetteer.table("holders") for form in (e.name, *e.variants)}
    holders = "|".join(map(re.escape, sorted(kinds, key=len, reverse=True)))
    begin = r"(?<![\w/.])(?:(?<!\d,)|(?<=\d{4},))"  # "năm 2021, 04 tập thể", but no "98,5 điểm"
    held = rf"(?:lượt )?(?:(?:nam|nữ) )?(?P<holder>{holders})(?!\w| phó | trưởng )(?P<more>{_BOTH})?"
    return re.compile(rf"{begin}(?P<number>{_NUMBER})(?:/\d+)? {held}"), kinds


def _count_year_grade(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    pattern, kinds = _counted(doc.gazetteer)
    count = pattern.match(doc.key, at, end)
    if count and not doc.hit("awards", count.start("holder")):  # "58 Tập thể lao động tiên tiến" counts awards
        text = count["number"].replace(".", "")
        number = int(text) if text.isdigit() else NUMBER_WORDS[text]
        kind = kinds[count["holder"]]
        # "05 trường hợp", "214 tập thể, cá nhân": units or persons, nobody says how many of each
        numbers = {"" if kind == "open" or count["more"] else kind: number}
        return [Chunk("N", at, count.end(), numbers=numbers, text=count[0])]
    year = _YEAR.match(doc.key, at, end)
    if year:
        last = year["b"] or year["d"] or year["a"] or year["e"]
        last = (year["a"] or year["c"])[:2] + last if len(last) == 2 else last
        return [Chunk("Y", at, year.end(), year=int(last), text=year[0])]
    grade = _GRADE.match(doc.key, at, end)
    if grade:
        return [Chunk("E", at, grade.end(), text=grade[1])]
    return None


def _issuer(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    hit = doc.hit("issuers", at)
    return [Chunk("I", at, hit.end, entry=hit.entry)] if hit else None


def _cue(doc: Document, at: int, end: int, before: list[Chunk]) -> list[Chunk] | None:
    hit = doc.hit("cues", at)
    if hit and hit.entry.fields["kind"] == "none":  # look-alikes: "trao đổi", "chương trình"
        return [Chunk("w", at, hit.end)]
    if hit:
        return [Chunk(CUES[hit.entry.fields["kind"]], at, hit.end, entry=hit.entry)]
    little = _LITTLE_WORD.match(doc.key, at, end)
    return [Chunk(_LITTLE[little[0]], at, little.end())] if little else None


# "cùng năm", "cùng kỳ" join nothing
_LITTLE_WORD = re.compile(rf"(?!cùng (?:năm|kì|ngày|dịp|thời|với)(?!\w))(?:{'|'.join(sorted(_LITTLE, key=len, reverse=True))})(?!\w)")
_NOTHING: frozenset[str] = frozenset()
# What words and capital letters may open; it stands among the tables of the readers that read it.
_A_NUMBER, _A_PERSON, _A_LIST = frozenset({"number", "list"}), frozenset({"person"}), frozenset({"list"})
_A_LISTED = _A_PERSON | _A_LIST
_A_POST = frozenset({"post"})
_A_WORD, _A_FLAG = frozenset({"word"}), frozenset({"flag"})
_OPENERS = (
    {word.split()[0]: _A_NUMBER for word in NUMBER_WORDS}
    | {word.split()[0]: _A_WORD for word in _LITTLE}
    | {"nguyên": _A_POST, "trưởng": _A_POST, "ct": _A_POST, "tp": _A_POST, "ptp": _A_POST}
    | {"các": _A_LIST, "những": _A_LIST, "giai": _A_NUMBER, "nhiệm": _A_NUMBER, "hạng": _A_NUMBER, "cờ": _A_FLAG}
)
# Readers in the order in which they may claim a place, with the tables whose names they begin with.
_ORDER = (
    (frozenset({"bloc_roles", "bloc_heads"}), _bloc_or_role),
    (frozenset({"awards", "flag"}), _award),
    (frozenset({"positions", "post"}), _post),
    (frozenset({"units", "unit_heads", "units~", "unit_heads~", "list"}), _units),
    (frozenset({"titles", "family_names", "person"}), _person),
    (frozenset({"number"}), _count_year_grade),
    (frozenset({"issuers"}), _issuer),
    (frozenset({"cues", "word"}), _cue),
)
# After "đồng chí" a person's name goes before a unit's.
_TITLED_ORDER = (*_ORDER[:3], _ORDER[4], _ORDER[3], *_ORDER[5:])
_BIT = {table: 1 << k for k, (tables, _) in enumerate(_ORDER) for table in tables}


@cache
def _readers(mask: int, titled: bool) -> tuple[Reader, ...]:
    """The readers whose bits are set, in their order."""
    return tuple(reader for tables, reader in (_TITLED_ORDER if titled else _ORDER) if any(mask & _BIT[t] for t in tables))
