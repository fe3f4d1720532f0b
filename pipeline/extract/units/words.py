"""The words that a unit's name is made of, one after another: fields, further heads, numbers, proper names, what joins them."""

from __future__ import annotations

import re

from pipeline.extract.document import Document, Piece
from pipeline.extract.names import FUNCTION_WORDS, capital_run, split_person
from pipeline.gazetteer import Hit

# no "Trường A 5 năm liền", "Công ty B 3 lần được", "Phòng C 30 triệu đồng"
NUMBER = re.compile(
    r"(?:số )?(?:\d{1,3}|[ivx]{1,4})(?!\w|[/.]\w|,\d| (?:năm (?:liền|liên|qua|gần|học|nay)|tháng|lần|triệu|tỉ|nghìn|suất|căn)(?!\w))"
)
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])(?![\w/-]|\.\d)")
Word = tuple[int, int]  # where a word of a name ends, and whether it is a proper name
_ENDS: Word = (-1, 0)  # the name goes no further

_JOIN = re.compile(r"(?: và |-| & |&| của | về | cho )")
_BINDS = frozenset(("và", "&", "-", "của"))
_COUNTED = re.compile(
    r" (?:điểm|phiếu|tập thể|cá nhân|đơn vị|cơ quan|thành viên|trường|xã|phường|huyện|quận|tỉnh|thành phố|sở|hội|công ti"
    r"|doanh nghiệp|bệnh viện|chi nhánh|khu vực(?= ?:))(?!\w)"
)


class _Next(Piece):
    """What may go on with a name: where it begins, what joins it to the words before, and what the tables say of it.

    `proper`: how many proper names the name has so far; `longest`: the end of the field that begins here, 0 for none.
    """

    doc: Document
    begin: int
    end: int
    joined: str
    after_post: bool
    proper: int
    words: Hit | None
    known: Hit | None
    head: Hit | None
    longest: int

    def upper(self) -> bool:
        return self.doc.capital_at(self.begin)


def next_word(doc: Document, at: int, end: int, after_post: bool, proper: int, here: bool) -> Word | None:
    """One more word of a name: its end, and whether it is a proper name. None when the name ends here.

    `here`: the name begins at this very place, as the items of a list do.
    """
    join = None if here else _JOIN.match(doc.key, at, end)
    begin = join.end() if join else at + (doc.view[at : at + 1] == " ")
    if (begin == at and not here) or begin >= end:
        return None
    if not join and doc.key.startswith("trung ương", begin) and doc.capital_at(begin):
        return begin + len("trung ương"), 1
    words, names = doc.hit("field_words", begin), doc.names_at.get(begin, _NO_NAMES)
    if _begins_else(names, join is not None, words if words and doc.capital_at(begin) else None):
        return None
    field = names.get("department_fields")
    longest = max(words.end if words else 0, field.end if field else 0)
    joined = join[0].strip() if join else ""
    word = _Next(doc, begin, end, joined, after_post, proper, words, names.get("units"), names.get("unit_heads"), longest)
    for step in _STEPS:
        if found := step(word):
            return None if found is _ENDS else found
    return None


_NO_NAMES: dict[str, Hit] = {}


def _begins_else(names: dict[str, Hit], joined: bool, field: Hit | None) -> bool:
    """Whether an award, a post, a bloc or a title begins: "Phòng Tham mưu - Bằng khen của ..."; "Chi hội Nông dân" names no person."""
    if not names:
        return False
    post = names.get("positions")
    if post and not (field and field.end >= post.end):  # "Phòng Kế toán": what the room does, not who
        return True
    return (joined and "awards" in names) or "bloc_roles" in names or "bloc_heads" in names or ("titles" in names and not field)


def _second_part(word: _Next) -> Word | None:
    """Behind "và", "-", "của": another body ends the name, a second field goes on with it."""
    if word.joined not in _BINDS:
        return None
    field_too = word.joined == "-" and not word.proper and word.known and word.words and word.words.end >= word.known.end
    headed = word.head and (not word.words or word.words.end < word.head.end or _is_inside_another(word))
    other = headed if field_too else word.known or headed
    other = other or (word.joined == "và" and _INSPECTORATE.match(word.doc.key, word.begin, word.end))
    if word.joined == "của" or other or (word.joined == "và" and _PEOPLE.match(word.doc.view, word.begin, word.end)):
        return _ENDS
    if word.words and not (word.joined == "và" and (word.proper or word.doc.key.startswith("cán bộ", word.begin))):
        return None
    return _twin(word) if word.proper or word.joined == "và" else None


# "Chủ tịch Công đoàn và viên chức phụ trách thi đua": who came beside
_PEOPLE = re.compile(r"(?:công chức|viên chức|giáo viên|nhân viên|chuyên viên)(?: (?:phụ trách|làm|theo dõi|tham mưu|của|trong)(?!\w)|,)")
_INSPECTORATE = re.compile(r"thanh tra (?:tỉnh|huyện|quận|thị xã|thành phố|sở)(?!\w)")  # no field of the body before


def _is_inside_another(word: _Next) -> bool:
    """ "Công đoàn Công ty A": a body of another's, though its word alone may be a field as well."""
    at = word.head.end + 1
    return word.head.entry.is_a("inside") and bool(word.doc.hit("unit_heads", at) or word.doc.hit("units", at))


_CLOSES = frozenset(",;.)")
_OF_VIETNAM = re.compile(r"(?<!\w)việt ?- ?$")
_COUNTRY = re.compile(r"[^\W\d_]\w{1,4}(?!\w)")  # of "Cao đẳng Việt - Nhật Hà Nam", one syllable behind "Việt -"
_TWIN = re.compile(r"[^\W\d_]\w{1,5}(?=[,;.)]|$)|[A-ZĐ]{2,6}(?!\w)")


def _twin(word: _Next) -> Word:
    """The second half of "Việt - Hàn"; the second place of "Vườn Quốc gia Nà Lừ - Phia Đén,"."""
    if word.joined != "-" or word.head:
        return _ENDS
    view = word.doc.view
    if view[word.begin].isupper() and _OF_VIETNAM.search(word.doc.key, word.begin - 8, word.begin):
        return (country.end(), 1) if (country := _COUNTRY.match(view, word.begin, word.end)) else _ENDS
    if twin := _TWIN.match(view, word.begin, word.end):
        return twin.end(), 1
    seat = [] if word.after_post else capital_run(word.doc, word.begin, word.end)
    return (seat[1][1], 1) if len(seat) == 2 and view[seat[1][1] : seat[1][1] + 1] in _CLOSES else _ENDS


_UNION = ("công đoàn ", "công đoàn cơ sở ")


def _known_body(word: _Next) -> Word | None:
    """A body within the name, longer than any field: part of it, but not behind a room ("Trưởng phòng Tổ chức cán bộ VKSND tỉnh")."""
    known = word.known
    if not known or word.joined or known.end <= word.longest:
        return None
    of_union = word.doc.key.endswith(_UNION, 0, word.begin)  # "Chủ tịch Công đoàn NHNN tỉnh"
    if (known.entry.is_a("brand") or of_union) and not word.proper:  # "Chủ tịch Công đoàn VNPT"
        return known.end, 1
    if word.after_post and word.doc.view[word.begin : known.end].isupper():
        return _ENDS
    if " " not in word.doc.key[word.begin : known.end]:
        return None
    return _ENDS if word.proper and not word.after_post else (known.end, 0)


def _field(word: _Next) -> Word | None:
    """A field of work; "tổ chức" written small is mostly the verb behind the name."""
    if not word.joined and not word.upper() and word.doc.key.startswith("tổ chức ", word.begin, word.longest + 1):
        return _ENDS if word.longest == word.begin + len("tổ chức") else (word.longest, 0)
    return (word.longest, 0) if word.longest and (word.upper() or not word.proper) else None


def _second_head(word: _Next) -> Word | None:
    """ "Chi nhánh Ngân hàng ..."."""
    head = word.head
    return (head.end, 0) if head and head.entry.fields["tail"] != "place" and not word.joined and word.upper() else None


def _number(word: _Next) -> Word | None:
    """ "Trường THCS số 2", "Bệnh viện 30/4"; "công đoàn 7 đơn vị" counts bodies."""
    if word.joined:
        return None
    key = word.doc.key
    if _OF_TWO_CASES.match(word.doc.view, word.begin):
        return None  # "Tổng Biên tập Báo Lạng Sơn Vi Văn Tám": a family, no numeral
    day = None if word.proper else _DAY.match(key, word.begin, word.end)
    grassroots = key.endswith(" cơ sở ", 0, word.begin)  # "Thuế cơ sở 1, 2 và 5", "Thuế cơ sở 7 tỉnh Lào Cai"
    number = day or NUMBER.match(key, word.begin, word.end) or (grassroots and _OF_A_ROW.match(key, word.begin, word.end))
    if not number or (_COUNTED.match(key, number.end(), word.end) and not (grassroots and _ONE_PLACE.match(word.doc.view, number.end()))):
        return None
    return number.end(), 1


_OF_TWO_CASES = re.compile(r"[IVX]+[ivx]")
_OF_A_ROW = re.compile(r"\d{1,2}(?=,\d{1,2}(?!\w))")
_ONE_PLACE = re.compile(r" (?:tỉnh|thành phố|TP\.?) [A-ZĐ]\w*+(?: [A-ZĐ]\w*+)*+(?!,(?:[A-ZĐ]\w+ ?){2})")


def _proper_name(word: _Next) -> Word | None:
    """Capitalised syllables, or the common word that begins with one."""
    if not word.upper() or word.joined not in ("", "-"):
        return None
    doc, begin, after_post = word.doc, word.begin, word.after_post
    run = capital_run(doc, begin, word.end)
    if not run:
        return _ENDS
    if after_post and len(run) >= 3 and doc.hit("family_names", begin) and not doc.hit("provinces", begin):
        own = 0 if word.proper else split_person(doc, run, 2)  # "Giám đốc NXB Hà Lan Đinh Văn Tám"
        return (run[own - 1][1], 1) if own and len(run) - own >= 3 else _ENDS
    if (region := doc.hit("regions", run[-1][0])) and region.end > run[-1][1]:
        return region.end, 1  # "Viện Lúa Đồng bằng sông Cửu Long"
    if common := _common_word(word, run):
        return common, 0
    # "Tổng Giám đốc Viettel Store Trần Văn Tám": a foreign word alone is a name, too
    least = 2 if _SYLLABLE.match(doc.key, begin, run[0][1] + 1) else 1
    keep = split_person(doc, run, least) if after_post else len(run)
    return run[min(keep, 6) - 1][1], 1


_STEPS = (_second_part, _known_body, _field, _second_head, _number, _proper_name)


# "Công ty Bao bì Biên Thành", "Bệnh viện Nhi đồng Phú Lâm": the second syllable of a common word, then capitals again.
_SECOND_SYLLABLE = re.compile(r" [a-zà-ỹđ]{2,6} \w")


def _common_word(word: _Next, run: list[tuple[int, int]]) -> int | None:
    """The end of a common word whose first syllable alone has a capital."""
    doc, stop = word.doc, run[-1][1]
    small = _SECOND_SYLLABLE.match(doc.key, stop, word.end)
    goes_on = small and (doc.capital_at(small.end() - 1) or doc.hit("field_words", small.end() - 1))
    if goes_on and len(run) <= 2 and doc.view[stop + 1 : stop + 2].islower() and not _is_verb(doc, stop + 1):
        return small.end() - 2
    return _small_pair(doc, word.begin, run[0][1]) if len(run) == 1 and not word.proper else None


# "Công ty Kim loại màu Tân Lập": two more syllables of a common word; "Masan" is no Vietnamese syllable, a verb may follow it.
_VOWELS = "aeiouyàáảãạăắằẳẵặâấầẩẫậèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ"
_SYLLABLE = re.compile(rf"[^\W{_VOWELS}\d_]{{0,3}}[{_VOWELS}]{{1,3}}(?:ch|ng|nh|[cmnpt])? ")
_PAIR = re.compile(r"[a-zà-ỹđ]{2,6} [a-zà-ỹđ]{2,6} (?=\w)")


def _small_pair(doc: Document, begin: int, end: int) -> int | None:
    """The end of two small syllables that stand between a capitalised one and the next capital, when neither is a verb."""
    pair = _PAIR.match(doc.view, end + 1)
    if pair is None or not doc.capital_at(pair.end()) or _SYLLABLE.fullmatch(doc.key, begin, end + 1) is None:
        return None
    second = doc.view.index(" ", end + 1) + 1
    return None if _is_verb(doc, end + 1) or _is_verb(doc, second) else pair.end() - 1


def _is_verb(doc: Document, at: int) -> bool:
    word = _WORD.match(doc.key, at)
    return bool(word and word[0] in FUNCTION_WORDS) or doc.begins(_VERBS, at)


_WORD = re.compile(r"\w+")
_VERBS = ("cues", "titles", "positions", "unit_heads", "meeting_kinds")


def branch_place(doc: Document, at: int, end: int) -> int | None:
    """The end of the place that alone tells which branch a body is, before a mark or verb: "Kho bạc Nhà nước Nà Lừa,"; no person's name."""
    run = capital_run(doc, at, end, 4)
    if not 2 <= len(run) <= 3 or doc.begins(_NO_BRANCH, at) or (len(run) == 3 and doc.hit("family_names", at)):
        return None
    stop = run[-1][1]
    alone = doc.view[stop : stop + 1] in (",", ";") or doc.key.startswith(" và ", stop) or doc.key[stop:end] in ("", ".")
    alone = alone or doc.key.startswith(_GETS, stop) and not doc.hit("family_names", at)
    return stop if alone and not doc.hit("field_words", at) else None


# who is told of, and no further name
_GETS = tuple(f" {verb} " for verb in "nhiều năm,liên tục,vừa,cũng,còn,từng,đều,được,nhận,đón nhận,vinh dự,đạt,đã,là,đề nghị".split(","))
_NO_BRANCH = ("units", "unit_heads", "positions", "titles", "bloc_roles", "bloc_heads", "awards", "department_fields")
