"""How many units a bloc has, or took part: "10 đơn vị trong Khối", "Khối hiện có 7 đơn vị", "9 trường"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.blocs import read_bloc
from pipeline.extract.document import Document, Sentence
from pipeline.extract.meetings.everyone import NUMBERS, TENS, WORDS, loose_count, number_of
from pipeline.extract.other_blocs import numbers_of
from pipeline.extract.story import Story
from pipeline.extract.units.lists import read_units
from pipeline.patterns import FEW, begun
from pipeline.records import Slot
from pipeline.textmap import fold

# What is counted is looked for first: numbers stand everywhere.
_COUNTED = re.compile(" " + begun(WORDS, behind=""))
_NUMBER = re.compile(
    # "2021, 08 đơn vị" goes on behind a year; "1,5 đơn vị" is a decimal; of "10/11 cơ quan" eleven are members
    r"(?<![\w/.])(?:(?<!\d,)|(?<=\d{4},)|(?<=/\d,)|(?<=/\d\d,))(?:\d{1,2}/(?=\d))?"
    rf"(?P<n>\d{{1,3}}|{FEW}|{TENS})$"
)
_NUMBERS_END = frozenset("0123456789" + "".join(word[-1] for word in NUMBERS))
_LONGEST_NUMBER = 12
_LIST_FOLLOWS = re.compile(
    r"(?: (?:nhân dân|nhà nước))?(?: (?:tỉnh|huyện|xã))?(?:(?:,| và )(?:thị xã|thành phố|phường|đặc khu|cơ quan|đơn vị))*"
    r"(?: (?:thành viên|trong khối|trong cụm)){0,2}(?: ?\([^()]{3,90}\))?(?: ?:| (?:là|gồm|bao gồm)(?: |:))"
    r"|(?: \w+){0,3} (?:của |ở )?(?:các )?(?:tỉnh|huyện|xã)(?:,(?:thành phố|thị xã|phường|thị trấn))* ?:"  # "12 Hội Luật gia các tỉnh:"
)
_TAKING_PART = re.compile(r"(?:dự|gồm|thành viên|có mặt|tham gia|qui tụ|đại diện|đến từ)(?!\w)")


def find_unit_count(doc: Document, story: Story, bloc: Slot | None = None) -> Slot | None:
    """The number of members, or of units that took part, in an article that speaks of a bloc."""
    blocs = bloc or doc.hits.get("bloc_roles") or any(h.end - h.start > 5 for h in doc.hits.get("bloc_heads", []))
    if not blocs and "giao ước thi đua" not in doc.key:
        return None
    own = numbers_of(fold(str(bloc.value))) if bloc else frozenset()
    joint = bloc is not None and _SEVERAL.search(fold(str(bloc.value))) is not None
    for sentence in [*story.told[:12], *story.heads]:
        for number, counted in _counts(doc, sentence):
            if joint and _of_one_bloc(doc, sentence, number):
                continue
            if 2 <= number_of(number["n"]) <= 80 and _counts_members(doc, sentence, number, counted):
                came = _CAME.search(doc.key, sentence.start, number.start()) and not joint
                return (came and _count_of_bloc(doc, story, sentence, own)) or _with_other_kinds(doc, sentence, number, counted)
    return loose_count(doc, story) or _listed_count(doc, story)


_CAME = re.compile(r"(?<!\w)dự (?:hội nghị |buổi lễ |lễ kí |lễ )?(?:có )?(?:các )?(?:đại diện|lãnh đạo)(?: của)? $")


def _count_of_bloc(doc: Document, story: Story, came: Sentence, own: frozenset[str]) -> Slot | None:
    """How many a later sentence says that the bloc has, where this one tells how many of them came: "Cụm thi đua số 4 gồm 8 cơ quan"."""
    for sentence in story.told[:12]:
        for number, counted in _counts(doc, sentence) if sentence.start > came.start else ():
            if (bloc := _bloc_that_has(doc, sentence, number)) and bloc[0] == sentence.start and numbers_of(doc.key[slice(*bloc)]) == own:
                return _with_other_kinds(doc, sentence, number, counted)
    return None


_SOME_NUMBER = re.compile(r"(?<![\w/.,])(?P<n>\d{1,2}) (?=\w)")


def _listed_count(doc: Document, story: Story) -> Slot | None:
    """ "dự có cán bộ 6 Liên đoàn Lao động quận: A, B, ...": a number with as many bodies behind it."""
    for sentence in story.told[:12]:
        taking_part = _TAKING_PART.search(doc.key, sentence.start, sentence.end)
        for number in _SOME_NUMBER.finditer(doc.key, taking_part.end(), sentence.end) if taking_part else ():
            listed = read_units(doc, number.start(), sentence.end) or read_units(doc, number.end(), sentence.end)
            if len(listed) == int(number["n"]) > 2:
                return doc.slot("meetings.unit_count.members", number.span("n"), value=int(number["n"]))
    return None


# "Cụm thi đua số 3 và số 4", "Khối các cơ quan Đảng và Khối các đoàn thể": blocs that meet as one
_SEVERAL = re.compile(r"(?:khối|cụm).*?(?: và |, ?)(?:khối|cụm|số|\d)(?!\w)")


def _of_one_bloc(doc: Document, sentence: Sentence, number: re.Match[str]) -> bool:
    """Whether a number counts one of the blocs that meet as one: "Cụm thi đua số 3 có 6 đơn vị"."""
    bloc = _bloc_that_has(doc, sentence, number)
    if bloc is None or _SEVERAL.search(doc.key, *bloc):
        return False
    others = (read_bloc(doc, hit.start, bloc[0]) for hit in doc.within("bloc_heads", sentence.start, bloc[0]))
    return not any(doc.key[stop : bloc[0]] in (" và ", ",", ", ") for stop in others if stop)  # "Cụm 3 và Cụm 4 có 13 đơn vị"


# "03 phường và 08 xã", "bảy xã, hai phường": members of two kinds, counted one by one
_KINDS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "sở", "ban", "phòng", "trường", "hội", "trung tâm")
_OTHER_KIND = re.compile(
    r"(?: ?\((?P<listed>[^()]{3,240})\)"  # "3 phường (A, B, C) và 2 xã (D, E)"
    r"|(?: [^\W\d]+){0,4}: ?(?P<names>(?:[^;:.()]|\([^()]{3,30}\)){3,240}?))?"  # "3 Sở Y tế: A, B, C và 2 Phòng Y tế"
    rf"(?:[,;] ?| và |,và )(?P<n>\d{{1,2}}|một|{FEW}) (?:{'|'.join(_KINDS)})(?!\w)"
)
_ITEMS = re.compile(r",| và |;")


def _with_other_kinds(doc: Document, sentence: Sentence, number: re.Match[str], counted: re.Match[str]) -> Slot:
    """The count of the members, with those of other kinds that it goes on to."""
    total, spans, at = number_of(number["n"]), [number.span("n")], counted.end()
    last = total
    while counted[0].strip() in _KINDS and (other := _OTHER_KIND.match(doc.key, at, sentence.end)):
        names = other["listed"] or other["names"]
        if names and len(_ITEMS.split(names)) != last:
            break
        last = 1 if other["n"] == "một" else number_of(other["n"])
        total, at = total + (1 if other["n"] == "một" else number_of(other["n"])), other.end()
        spans.append(other.span("n"))
    return doc.slot("meetings.unit_count.members", *spans, value=total)


def _counts(doc: Document, sentence: Sentence) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The numbers of a sentence with the bodies that they count."""
    key = doc.key
    for counted in _COUNTED.finditer(key, sentence.start, sentence.end):
        at = counted.start()
        number = _NUMBER.search(key, max(sentence.start, at - _LONGEST_NUMBER), at) if key[at - 1] in _NUMBERS_END else None
        if number and (number.start("n") == sentence.start or not doc.capital_at(number.start("n"))):  # no "xã Thanh Ba tổ chức"
            yield number, counted


_OTHERS_BEFORE = re.compile(
    r"(?:thêm|bổ sung|kết nạp|tiếp nhận|giải|tặng|(?<!đại diện )cho|khen|trao|đề nghị|đạt|thứ|trong đó có|ngày|tháng|(?<!trong )số"
    r"|của mỗi|hơn|top"
    r"|(?:trụ sở|hồ sơ|đề nghị|kiến nghị|tham luận|mô hình|kinh nghiệm) của|tỉnh|:|thăm|từ(?<!đến từ)) $"
)
_OTHERS_AFTER = re.compile(
    r"(?: thành viên)? (?:khác|còn lại|đạt|được|chưa|bị|nông thôn|điểm|dẫn đầu|tiêu biểu|xuất sắc|có thành tích|trao đổi|sau|kể|nói"
    r"|trên(?! địa bàn)|cụm trưởng|khối trưởng|trưởng|phó)(?!\w)|"
    # "3 đơn vị thuộc khối được tặng cờ": some of them
    r"(?: (?:trong|thuộc|của|trực thuộc) (?:cụm|khối))"
    r" (?:chưa|bị|được|đạt|nhận|đón nhận|có thành tích|vinh dự|hoàn thành xuất sắc|có sáng)(?!\w)"
)
_COUNCIL = re.compile(r" (?:hội đồng|ban|tổ(?! chức)|đoàn|ủy ban)(?!\w)")
_OF_BLOC = re.compile(
    r" ?(?:,(?:cơ quan|đơn vị|doanh nghiệp|tổ chức|địa phương|quận|thị xã|thành phố|thành|phường|thị trấn|đặc khu) ?){0,3}"
    r"(?:(?!các |xếp |đứng |dẫn |có |đạt |được )\w+(?:,(?:phường|xã|thị trấn|đặc khu))?+ ){0,4}?(?:trong|thuộc|của|trực thuộc|tham gia)?"
    r" ?\(?(?:cụm|khối)(?!\w| trưởng| phó)"
    r"| ?,? ?(?:(?:cơ quan|đơn vị|tổ chức),?)? ?(?:hội |đoàn )?thành viên"
    r"|,(?:[^\W\d]+ ){1,3}(?:trong|thuộc|của) (?:khối|cụm)(?!\w| trưởng| phó)"
    r"| (?!có |đạt |được )(?:(?:đại học,|cao đẳng,|huyện,|thị xã,)?[\w&-]+ ){1,6}?(?:thuộc|trong|của) (?:cụm|khối)"
)
_BLOC_HAS = re.compile(
    r"(?:khối|cụm)(?: thi đua)?(?: (?:số )?\d{1,2})?(?: hiện nay| hiện tại| hiện| mới| này| ta| năm nay| nay| vẫn| đang| được| cũng)*"
    r" (?:có|gồm|gồm có|bao gồm|qui tụ|còn|giữ|tập hợp|chia|duy trì|với)(?: tổng số| tổng cộng| đủ| tất cả| sự tham gia của| cả thảy)? $"
    r"|(?:khối|cụm) thi đua[^.;:()]{2,60},? ?(?:gồm|gồm có|bao gồm|qui tụ)(?: tổng số| đủ| tất cả)? $"
    r"|(?<!\w)số (?:lượng )?(?:đơn vị(?: thành viên)?|thành viên) (?:của |trong )?(?:khối|cụm)[^.;:()]{0,30}? (?:là|:|gồm(?: có)?|còn) $"
    r"|(?:là|một) (?:khối|cụm)(?: thi đua)? [^.;:()]{2,50}[ ,](?:với|có|gồm|tập hợp|qui tụ) $"  # "là khối đông nhất tỉnh với"
    r"|(?<!\w)(?:khối|cụm) (?:[^\s.;:()]+ ){0,8}?"
    r"(?:,gồm(?: có)?|(?:được|mới) thành lập(?: (?:từ |vào )?(?:tháng \d{1,2}/|năm )20\d\d)?(?: theo [^.;:()]{3,70}?)?,? (?:gồm|với|có)"
    r"|(?:giảm|rút|thu gọn)(?: từ \d{1,2}(?: đơn vị)?)?(?: xuống)?(?: còn)?|tăng(?: từ \d{1,2}(?: đơn vị)?)? lên"
    r"|(?:sắp xếp|chia tách|sáp nhập|kiện toàn)(?: lại)? còn) $"
    r"|(?<!\w)(?:nâng|đưa) (?:tổng )?số(?: đơn vị| thành viên| đơn vị thành viên)?(?: (?:trong|của) (?:khối|cụm))? lên $"
)
_HAS = re.compile(
    r"(?:(?: (?:của |thuộc )?|-)(?:tỉnh|thành phố|huyện|thị xã)(?: \w+){0,3}?)?(?: ?\([^()]{1,40}\))?,? ?(?:hiện |hiện nay |năm nay )?"
    r"(?:được |mới )*(?:(?:thành lập|kiện toàn|sắp xếp)(?: lại)?(?: theo (?:quyết định|qđ) [^.;:()]{3,70}?,?)? )?"
    r"(?:có|gồm|gồm có|bao gồm|qui tụ|với|còn)(?: tổng số| đủ| tất cả| cả thảy)?:? "
    r"| ?\( ?(?:gồm |có |gồm có )?"  # "Khối thi đua số 5 (7 trường trung cấp)"
)
_IN_BRACKETS = re.compile(r"\( ?(?:sau [^,;.()]{0,30})?(?:gồm(?: có)?|có|còn)? ?$")
_BRACKET_CLOSES = re.compile(
    r"(?:,(?:ban|ngành|đoàn thể|cơ quan|đơn vị|xã|huyện|quận|phường|thị trấn|thành phố|thị xã)(?: tỉnh)?){0,3} ?\)"
    r"| (?:trên|thuộc|trực thuộc|đóng|của) [^()]{3,50}\)"
)
_PRESENT = re.compile(
    r"(?:(?:đại diện|lãnh đạo|trưởng,phó|có mặt|cán bộ|mặt đủ|tham gia|chủ tịch|đến từ)[^.;:]{0,40}"
    r"|(?<!\w)(?:cả|giữa|đầy đủ|đủ) (?:cả |đủ )?"
    r"|(?<!hàng )(?<!quà )(?<!trợ )(?<!hộ )của (?:cả |đủ )?"  # "nhận hàng cứu trợ của 37 tỉnh": who gave
    r"|(?<!\w)(?:dự|tham gia)(?: (?:hội nghị|buổi lễ|lễ|cuộc họp|hội thao))? có )$"
)
_COUNT_CLOSES = re.compile(
    r"(?: ?[:,(]| (?:hội|thành viên) ?[:(]| (?:đã|cùng) (?:về|dự|tham)"
    r"| (?:tranh|đua) tài| thi đấu| về dự| trên| thuộc| trong| thành viên| tham gia|$|\.| miền| phía)"
)
_COMMUNES = re.compile(r",(?:thị trấn|phường|đặc khu|đơn vị)(?!\w)")
_OF_PLACES = re.compile(r"\d (?:đơn vị|cơ quan) (?:của|thuộc|đến từ) $")
_PARTS_OF_UNITS = ("xã", "ngành", "tổ", "ban", "phòng")


_OF_TIME = re.compile(r"(?:\d|(?<!\w)(?:đầu|cuối|giữa|hết|nửa|hằng|hàng|mỗi)) $")  # "68 năm ngành Ngân hàng", "6 tháng đầu năm LĐLĐ"


def _counts_members(doc: Document, sentence: Sentence, number: re.Match[str], counted: re.Match[str]) -> bool:
    before = doc.key[max(sentence.start, number.start() - 90) : number.start()]
    before = before.removesuffix("gồm: ") + "gồm " if before.endswith("gồm: ") else before
    after = doc.key[counted.end() : min(sentence.end, counted.end() + 45)]
    if sentence.region == "title":
        before = before.removesuffix(": ")  # "Lào Cai: 5 xã trong Cụm ký giao ước"
    word = counted[0].split()[-1]
    if number["n"] == "năm" and _OF_TIME.search(before):
        return False
    if _LIST_FOLLOWS.match(doc.key, counted.end(), sentence.end) and _TAKING_PART.search(doc.key, sentence.start, number.start()):
        return True
    if _OTHERS_BEFORE.search(before) or _OTHERS_AFTER.match(after) or (word == "viên" and _COUNCIL.match(after)):
        return False
    if _named_of_bloc(doc, number, counted.end(), sentence.end):
        return True
    if _OF_BLOC.match(after) or word == "viên" or _BLOC_HAS.search(before) or _bloc_that_has(doc, sentence, number):
        return True
    if _OF_PLACES.search(before):
        return False
    if _IN_BRACKETS.search(before) and _BRACKET_CLOSES.match(after):
        return True
    whole = word not in _PARTS_OF_UNITS or _COMMUNES.match(after)
    # "cán bộ của hai cơ quan": those between whom an office changes hands
    return bool(number_of(number["n"]) > 2 and _PRESENT.search(before) and _COUNT_CLOSES.match(after) and whole)


_NAMED_OF_BLOC = re.compile(r" (?P<names>[^.;:()]{3,140}?) (?:trực thuộc|thuộc|trong|của) (?:khối|cụm)(?!\w| trưởng| phó)")


def _named_of_bloc(doc: Document, number: re.Match[str], at: int, end: int) -> bool:
    """ "bốn huyện A, B, C và D thuộc Cụm thi đua ...": as many names as are counted."""
    named = _NAMED_OF_BLOC.match(doc.key, at, end) if doc.capital_at(at + 1) else None
    return named is not None and len(_ITEMS.split(named["names"])) == number_of(number["n"]) > 2


def _bloc_that_has(doc: Document, sentence: Sentence, number: re.Match[str]) -> tuple[int, int] | None:
    """ "Khối thi đua 16 - Khối các trường thuộc Ủy ban nhân dân thành phố gồm 14 trường": however long its name is."""
    for hit in doc.within("bloc_heads", sentence.start, number.start()):
        stop = read_bloc(doc, hit.start, sentence.end)
        if stop and (hit.end - hit.start > 5 or stop > hit.end) and _HAS.fullmatch(doc.key, stop, number.start("n")):
            return hit.start, stop
    return None
