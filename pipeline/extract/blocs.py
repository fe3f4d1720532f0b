"""Blocs and clusters of emulation: "Khối thi đua Văn hóa - Xã hội", "Cụm thi đua số 3, Công an tỉnh Lâm Đồng", "Khối VHXH".

Refused: "khối lượng", "cụm công nghiệp", "Đảng ủy Khối các cơ quan", "khối đại đoàn kết toàn dân tộc" (see bloc_refusals.csv).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.bloc_marks import BODY, HOLDER, NAME_END, goes_on
from pipeline.extract.document import Document
from pipeline.extract.names import FUNCTION_WORDS, find_person
from pipeline.gazetteer import Hit
from pipeline.patterns import FEW

_NUMBER = re.compile(r" (?:số )?(?:\d{1,2}|[ivx]{1,5})(?![\w/])", re.I)
_BEFORE_NUMBER = ("đua", "cấp tỉnh", "dọc quốc lộ", "dọc đường")
# "Cụm thi đua 5 thành phố trực thuộc Trung ương": the number counts the members
_COUNTED = re.compile(rf" (?:\d{{1,2}}|{FEW}) (?:tỉnh,thành phố|tỉnh|thành phố)(?: trực thuộc trung ương|(?= miền| phía| khu vực| vùng))")
_DOCUMENT = re.compile(r" (?:số )?\d+/")  # "biên bản họp Khối số 04/BB-KTĐ"
# What a bare "Khối", "Cụm" must be followed by to be the name of a bloc and no common word.
_BARE = re.compile(
    r" (?:các |số \d|\d{1,2}(?!\w)|[ivx]{1,4}(?!\w)|thi đua|doanh nghiệp|trường|cơ quan|sở|ngân hàng|mttq|mặt trận|văn hóa|nội"
    r" chính|kinh tế|tổng hợp|tham mưu|đảng|đoàn thể|xã|phường|huyện|hội|vhxh|tổ chức (?:xã hội|chính trị|hội))",
    re.I,
)
# What names of blocs are made of, besides capitalised words.
_TABLES = ("bloc_words", "field_words", "units", "unit_heads", "department_fields")
_STOP_MARKS = frozenset('.;:!?"\n')


def read_bloc(doc: Document, at: int, end: int) -> int | None:
    """The end of a bloc's name that begins at `at`, or None. "Khối thi đua" alone is a mention of a bloc, too."""
    if (at, end) not in doc.bloc_ends:
        doc.bloc_ends[at, end] = _read_bloc(doc, at, end)
    return doc.bloc_ends[at, end]


# "Với nhiệm vụ Trưởng Cụm thi đua số 2, Cục Thuế ...": who acts stands behind the comma
_AS_HEAD = re.compile(r"(?:với|trong|trên|giữ) (?:nhiệm vụ|vai trò|cương vị|tư cách|trách nhiệm)[^,;.]{0,30}$")


_HOUSE = ("hội trường ", "nhà làm việc ", "trụ sở ")  # "tại hội trường Khối Mặt trận - Đoàn thể": where several bodies have their rooms
_OF_PARTY, _OF_SOMETHING = ("đảng ủy ", "đảng bộ ", "đoàn "), ("trong ", "của ", "toàn ")


def _read_bloc(doc: Document, at: int, end: int) -> int | None:
    head = doc.hit("bloc_heads", at)
    refusal = doc.hit("bloc_refusals", at)
    if not head or (refusal and refusal.end > head.end and not _is_field(doc, head, refusal)) or _DOCUMENT.match(doc.key, head.end):
        return None
    bare = head.entry.code not in ("KHOI", "CUM") or _BARE.match(doc.key, head.end, end)
    if head.entry.code in ("KHOI", "CUM"):
        if doc.key.endswith(_OF_PARTY, max(0, at - 12), at) or doc.key.endswith(_HOUSE, max(0, at - 14), at):
            return None
        if not bare and doc.key.endswith(_OF_SOMETHING, max(0, at - 12), at):
            return head.end
    if not bare:
        nxt = doc.view[head.end + 1 : head.end + 2]
        if not (nxt.isupper() and (doc.hit("field_words", head.end + 1) or of_bodies(doc, head.end + 1, end))):
            return head.end
    if _AS_HEAD.search(doc.key, max(0, at - 50), at) and (comma := doc.view.find(",", at, end)) > 0:
        end = comma
    return name_end(doc, head.end, end, led=bool(_LED.search(doc.key, max(0, at - 8), at)))


_EVERYWHERE = re.compile(r"(?: [^\W\d]+){0,4} các (?:tỉnh|huyện|quận|thị xã|thành phố|xã|phường)(?!\w)")


def of_bodies(doc: Document, at: int, end: int) -> bool:
    """ "Khối Công an các huyện": bodies of one kind, wherever there is one."""
    body = doc.hit("units", at) or doc.hit("unit_heads", at)
    return body is not None and _EVERYWHERE.match(doc.key, body.end, end) is not None


_FIELD_GOES_ON = re.compile(r" ?[-:]| (?:tổng hợp|ngành|kĩ thuật|tài chính|tổng kết|sơ kết|tổ chức|kí|bình xét|họp)(?!\w)")


def _is_field(doc: Document, head: Hit, refusal: Hit) -> bool:
    """ "Khối Kinh tế - Kỹ thuật": what is no bloc's name when written small is the first of its fields."""
    return doc.capital_at(head.end + 1) and bool(_FIELD_GOES_ON.match(doc.key, refusal.end))


_LED = re.compile(r"(?:trưởng|phó|khối|cụm) $")


def name_end(doc: Document, at: int, end: int, led: bool = False) -> int:
    """Where the name ends: at a verb, a mark, a date; a theme after "-", brackets or a comma belongs to it when it is a theme.

    `led`: an office stands before the bloc, so that its holder's name may follow ("Khối trưởng Khối thi đua số 3 Lê Văn Tám").
    """
    if (quoted := _QUOTED.match(doc.view, at, end)) and doc.capital_at(at + 2):
        return quoted.end()
    walk = _Walk(doc, at, end, at, led)
    while walk.stop < end and walk.step():
        pass
    return walk.stop if walk.closed else _without_joints(doc, at, walk.stop)


@dataclass
class _Walk:
    """A walk over the words of a bloc's name. `stop` is where it has come to."""

    doc: Document
    at: int
    end: int
    stop: int
    led: bool
    second: bool = False  # the word before was written with a capital, its second syllable may be small
    closed: bool = False  # a bracket has closed the name

    def step(self) -> bool:
        """Goes on by a word or mark that belongs to the name; False where it ends."""
        doc, stop = self.doc, self.stop
        if stop == self.at and (counted := _COUNTED.match(doc.key, stop, self.end)):
            return self._go(counted.end())
        number = _NUMBER.match(doc.key, stop, self.end) if stop == self.at or doc.key.endswith(_BEFORE_NUMBER, self.at, stop) else None
        if number:
            return self._go(number.end())
        if stop > self.at and _COMPETES.match(doc.key, stop, self.end):
            return False
        verb, made_of = _verb(doc, stop, self.end), self._made_of()
        if made_of and (not verb or made_of > verb.end()):
            self.second = False
            return self._go(made_of)
        if verb and verb[0] == " trực thuộc" and doc.begins(BODY, verb.end() + 1):  # "các trường trực thuộc Bộ Xây dựng"
            return self._go(verb.end())
        if verb and (_of_one_province(doc, stop) or not _is_noun(doc, verb[0], self.at, stop)):
            return False
        char = doc.view[stop]
        if char in _STOP_MARKS or _ANOTHER.match(doc.key, stop, self.end):
            return False
        if char in _MARKS:
            return _MARKS[char](self)
        return self._word()

    def _go(self, to: int) -> bool:
        self.stop = to
        return True

    def _made_of(self) -> int:
        """Where words of several syllables end that stand behind this blank and of which names of blocs are made."""
        if self.doc.view[self.stop : self.stop + 1] != " ":
            return 0
        hits = (self.doc.hit(table, self.stop + 1) for table in ("bloc_words", "field_words", "regions"))
        return max((h.end for h in hits if h and " " in self.doc.key[h.start : h.end]), default=0)

    def _bracket(self) -> bool:
        doc, stop = self.doc, self.stop
        close = doc.view.find(")", stop, min(self.end, stop + 80))
        by_number = close > 0 and doc.key[stop - 2].isdigit()
        if (by_number and _ministry_end(doc, stop + 1) == close) or _SAYS_WHICH.match(doc.key[stop + 1 : close] if close > 0 else ""):
            owned = _ITS_OWNER.match(doc.key, close + 1, self.end)  # "Cụm thi đua số 6 (Cụm 6) thuộc Bộ Xây dựng"
            self.stop, self.closed = (_ministry_end(doc, owned.end()) if owned else 0) or close + 1, True
            return False
        more = name_end(doc, close + 1, self.end) if _SHORT.fullmatch(doc.view, stop + 1, max(close, stop + 1)) else 0
        if more > close + 1:  # "khu công nghiệp (KCN), khu kinh tế (KKT) các tỉnh Bắc Trung Bộ"
            self.stop, self.closed = more, True
        return False

    def _comma(self) -> bool:
        return goes_on(self.doc, self.stop + 1, self.end, comma=True) and self._go(self.stop + 1)

    def _dash(self) -> bool:
        if _says_again(self.doc, self.at, self.stop):
            return False
        if self.led and self.doc.begins(BODY, self.stop + 1) and not _BY_NUMBER.search(self.doc.key, self.at, self.stop):
            return False  # "Trưởng khối thi đua Nội chính - Công an tỉnh": who leads it
        return goes_on(self.doc, self.stop + 1, self.end, comma=False) and self._go(self.stop + 1)

    def _blank(self) -> bool:
        behind = self.stop + 1
        if self.doc.begins(HOLDER, behind):
            return False
        if self.led and find_person(self.doc, behind, self.end, titled=False, listed=False):
            return False
        return not _DAY.match(self.doc.key, behind, behind + 5) and self._go(behind)

    def _word(self) -> bool:
        doc, stop = self.doc, self.stop
        word = _WORD.match(doc.view, stop, self.end)
        if not word:
            return False
        text = word[0]
        if text.endswith(".") and not text[:-1].isupper():
            self.stop = word.end() - 1
            return False
        known = [h.end for table in _TABLES if (h := doc.hit(table, stop))]
        if known:
            self.second = False
            return self._go(max(known))
        if text[0].islower() and not (self.second and not doc.hit("cues", stop) and text not in FUNCTION_WORDS):
            return False  # a word written small belongs to the name only when names of blocs are made of it
        self.second = not text[0].islower()
        return self._go(word.end())


# "Cụm thi đua số 5 thuộc Cục Thuế thi đua hoàn thành dự toán": what its members do
_COMPETES = re.compile(r" thi đua (?:hoàn thành|lập|sôi nổi|lao động|thực hiện|phấn đấu|chào mừng|xây dựng|nước rút)(?!\w)")
_QUOTED = re.compile(r' "[^".;:!?]{3,50}"')  # "Khối thi đua "Văn xã""
_MARKS = {"(": _Walk._bracket, ",": _Walk._comma, "-": _Walk._dash, " ": _Walk._blank}
_WORD = re.compile(r"[\w&'.]+")
_DAY = re.compile(r"\d{1,2}[/-]\d")
_JOINT = re.compile(r" (?:và|của|(?:trực )?thuộc|các|do|về|số|-)$")


def _without_joints(doc: Document, at: int, stop: int) -> int:
    """The end of a name without marks and small words that join it to what follows."""
    while stop > at and (doc.view[stop - 1] in " -,.&" or _JOINT.search(doc.key[at:stop])):
        trailing = _JOINT.search(doc.key[at:stop])
        stop = at + trailing.start() if trailing else stop - 1
    return stop


_BY_NUMBER = re.compile(r"(?<!\w)(?:\d{1,2}|[ivx]{1,4})(?!\w)")
_SHORT = re.compile(r"[A-ZĐ]{2,8}")
_AGAIN = re.compile(r"-(?:khối|cụm)(?: thi đua)?")


def _says_again(doc: Document, at: int, stop: int) -> bool:
    """ "Cụm thi đua các Hội Nhà báo - Cụm thi đua các Hội Nhà báo vừa ...": the second is a new sentence."""
    head = _AGAIN.match(doc.key, stop)
    return head is not None and stop - at > 6 and doc.key.startswith(doc.key[at:stop], head.end())


# "và Khối thi đua Nội chính": a second bloc
_ANOTHER = re.compile(r",? ?và (?:khối|cụm) thi đua(?!\w)")
# "(khối các cơ quan Đảng)", "(các xã vùng cao)", "(Quân khu 5)", "(Khối 12)": what a bracket says of the bloc itself
_SAYS_WHICH = re.compile(
    r"(?:khối|cụm|các|nhóm|ngành|hệ thống|quân khu|bậc|cấp|lĩnh vực|khu vực) (?!trưởng|phó|trên|đơn vị (?:còn|khác))[^;:]{1,70}$"
)


def _ministry_end(doc: Document, at: int) -> int:
    """Where the name of a ministry or central body ends that begins here, 0 for none: "Cụm thi đua số 4 (Bộ Xây dựng)"."""
    owner = doc.hit("units", at)
    return owner.end if owner and owner.entry.fields["level"] == "ministry" else 0


_ITS_OWNER = re.compile(r" (?:trực )?thuộc (?=bộ |ngành )")
_IN_AREA = "trên địa bàn"
_OWN_NUMBER = re.compile(r"(?<!số )\d$")


_ITS_PROVINCE = re.compile(r" (?:tỉnh |thành phố |tp(?:\. ?| ))(?=\w)")


_JOINED = re.compile(r" ?(?:,|-|và) ?(?:tỉnh |thành phố )?")


def _of_one_province(doc: Document, stop: int) -> bool:
    """ "các cơ quan tổng hợp 3 tỉnh Hà Nam", "Khối thi đua 3 TP.Đà Nẵng": one province, and so the number is the bloc's."""
    own = _ITS_PROVINCE.match(doc.key, stop) if doc.key[stop - 1].isdigit() else None
    province = doc.hit("provinces", own.end()) if own else None
    if province is None:
        return False
    joined = _JOINED.match(doc.key, province.end)
    return joined is None or doc.hit("provinces", joined.end()) is None


def _is_noun(doc: Document, verb: str, at: int, stop: int) -> bool:
    """ "5 tỉnh", "các tổ chức": words that end a name where they are no part of a list."""
    before = doc.key[at:stop]
    if before.endswith("các"):
        return verb in (" tỉnh", " thành phố", " tổ chức")
    if verb == " xây dựng":
        return before.endswith(("doanh nghiệp", "công ti")) and _BUILDERS_END.match(doc.key, stop + len(verb)) is not None
    if verb not in (" tỉnh", " thành phố"):
        return False
    return before.endswith(_IN_AREA) or _OWN_NUMBER.search(before) is not None or _has_owner_before(doc, at, stop)


# "các doanh nghiệp xây dựng tỉnh Nà Lừ", as against "xây dựng kế hoạch"
_BUILDERS_END = re.compile(
    r"\W*$| ?[,;.(-]| (?:tỉnh|thành phố|huyện|trên địa bàn|năm|tổ chức|họp|kí|tổng kết|sơ kết|đã|và giao thông)(?!\w)"
)
_OWNED_BY = re.compile(r"(?:[-,] ?|[\divx] |của |thuộc )$")


def _bodies_before(doc: Document, start: int, at: int) -> list[Hit]:
    """Known bodies whose names end before " tỉnh", or go on with it: "LĐLĐ", "Công an tỉnh"."""
    return [h for h in doc.within("units", start, at + len(" tỉnh")) if h.start < at <= h.end]


def _has_owner_before(doc: Document, start: int, at: int) -> bool:
    """ "Cụm thi đua số 1 - LĐLĐ tỉnh", "Khối V của Công an tỉnh": whose bloc it is, named to the end of its province."""
    return any(_OWNED_BY.search(doc.key, start, h.start) for h in _bodies_before(doc, start, at))


# what a bloc does, also with a capital: "Khối thi đua Nội chính Tổng kết năm 2016"
_ALWAYS_VERBS = re.compile(r" (?:tổng kết|sơ kết|tổ chức|kí kết|tiến hành|phát động|triển khai|bình xét|hội nghị)(?!\w)")


def _verb(doc: Document, at: int, end: int) -> re.Match[str] | None:
    """The word that ends a name here. "Đồng" in "Lâm Đồng" is no "đồng": such words are written small, but in capital titles."""
    match = NAME_END.match(doc.key, at, end)
    if match and _ALWAYS_VERBS.match(doc.key, at, end):
        return match
    if match and doc.capital_at(at + 1) and not doc.view[max(0, at - 6) : at].isupper():
        return None
    return match


_TRAILING = re.compile(r"(?: thuộc| của)? (?:tỉnh(?! ủy| đoàn)|thành phố|tp)(?P<name>(?: |\. ?|(?=hcm))[^,;.-]+)?\.?$")
_PROVINCES = re.compile(r"(?:các|(?<!số )(?<!số \d)\d) (?:tỉnh|thành phố)")
_TAIL_OFBODY = re.compile(r"(?:quân sự|đoàn|(?<!trung )(?<!cao )cấp|tuyến)$")  # what the table of units does not hold as a whole


def bloc_span(doc: Document, start: int, end: int) -> tuple[int, int]:
    """The name without a trailing "tỉnh X", which qualifies the bloc; where it ends a body's name or an area it stays."""
    if doc.key.endswith(f" {_IN_AREA}", start, end):
        return start, end - len(_IN_AREA) - 1  # of what area no known word tells
    trailing = _TRAILING.search(doc.key, start, end)
    if not trailing or trailing.start() - start <= 8 or _PROVINCES.search(doc.key, start, end) or "-" in trailing[0]:
        return start, end
    stop = trailing.start()
    of_body = _bodies_before(doc, start, stop) or _TAIL_OFBODY.search(doc.key, start, stop)
    of_area = doc.key.endswith(_IN_AREA, start, stop)
    return (start, end) if of_body or of_area or doc.key.endswith(" các", start, stop) else (start, stop)


def named(doc: Document, start: int, end: int) -> bool:
    """Whether a mention says which bloc: more than "Khối", "Cụm thi đua"."""
    return not _UNNAMED.fullmatch(doc.key[start:end].strip())


_UNNAMED = re.compile(
    r"(?:cụm,? ?)?(?:khối|cụm)(?:(?: giao ước)? thi đua)?(?:,khen thưởng)?"
    r"(?: trên địa bàn(?: tỉnh| thành phố| huyện| xã)?|(?: của)? (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường))?"
)
