"""Units: names of bodies, from the gazetteer or by their head word and capital letters.

  "Sở Nông nghiệp và Môi trường"; "Công an tỉnh Bình Thuận"; "Trường Cao đẳng Kinh tế - Kỹ thuật Điện Biên"
Refused: "các sở, ngành", "ban hành", "lãnh đạo huyện" (no name follows the head). Lists are read by `unit_lists`.
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document, Piece
from pipeline.extract.names import capital_run, listed_end, place_end
from pipeline.extract.units.tails import SHORT_FORM, WHERE, known_tail, name_tail, where_end
from pipeline.extract.units.words import NUMBER
from pipeline.gazetteer import Entry, Hit

Span = tuple[int, int]
# "Hội Bảo tồn chim và thú rừng Việt Nam", "Hội Giao lưu Nam - Bắc Việt Nam": words of any kind before the country
_OF_THE_NATION = re.compile(
    r"(?:(?: |-)(?!(?:đã|được|tổ chức|tại|của|cho|với|là|có|các|năm|ngày|trong|ở|trao|tặng|làm|phát|kí|cùng|từ|về|đến)(?!\w))[^\W\d_]+)"
    r"{1,7}? việt nam(?!\w)"
)


class Unit(Piece):
    """A unit's name. `parts` are the spans that make it up: one, or head and item of a distributive list."""

    start: int
    end: int
    parts: tuple[Span, ...]
    entry: Entry | None
    headed: bool = True
    placed: bool = False

    def named(self) -> bool:
        return self.entry is not None

    def is_a(self, *kinds: str) -> bool:
        """Whether the gazetteer knows it as one of these kinds."""
        return self.entry is not None and self.entry.is_a(*kinds)


def read_unit(doc: Document, start: int, end: int, after_post: bool = False, small: bool = False) -> Unit | None:
    """One unit's name from `start` on, as long as it goes. `small`: the head may be written without a capital."""
    known, head = _names(doc, start, small)
    if known and (not head or known.end >= head.end):
        open_name = " " not in doc.key[start : known.end] or known.entry.fields["tail"] == "name"
        open_name |= doc.key.startswith("thành đoàn", start)  # a town's, not the province's
        stop, placed = known_tail(doc, _longer_field(doc, known), end, after_post, open_name)
        return Unit(start, stop, ((start, stop),), known.entry, True, placed)
    if not head:
        return None
    if head.entry.code == "THANHTRA" and (stop := _inspected(doc, head, end, after_post)):
        return Unit(start, stop, ((start, stop),), head.entry, True, True)
    if head.entry.fields["tail"] == "place":
        stop = _of_place(doc, head, end, after_post)
        return Unit(start, stop, ((start, stop),), head.entry, True, True) if stop else None
    stop, placed = _open_name(doc, head, end, after_post)
    if not stop and head.entry.is_a("alone") and not after_post:
        stop = _alone(doc, head, end)
    return Unit(start, stop, ((start, stop),), head.entry, True, placed) if stop else None


def _names(doc: Document, start: int, small: bool) -> tuple[Hit | None, Hit | None]:
    """The known name and the head word that begin here; none where they are of no unit ("thuế suất")."""
    names = doc.names_at.get(start)
    if names is None:
        return None, None
    known, head, refused = names.get("units"), names.get("unit_heads"), names.get("unit_refusals")
    if small:
        known, head = known or names.get("units~"), head or names.get("unit_heads~")
    if refused and not any(name and name.end > refused.end for name in (known, head)):
        return None, None
    if not known and not head and not doc.key.endswith(_COMPOUND, 0, start):
        known = _small_known(doc, start)
        head = None if known else _small_head(doc, start)
    return known, head


_AMONG_BODIES = re.compile(r"[,;:] ?$")
_NEXT_ITEM = re.compile(r", ?(?:và )?| và ")


def _alone(doc: Document, head: Hit, end: int) -> int | None:
    """The end of a head that makes a name by itself in a row of bodies: "Công an, Thanh tra, Sở Tư pháp", "Trạm Thú y, Hạt Kiểm lâm."."""
    if not _AMONG_BODIES.search(doc.view, max(0, head.start - 3), head.start):
        return None
    if (on := _NEXT_ITEM.match(doc.view, head.end)) is not None:
        return head.end if doc.capital_at(on.end()) else None
    return head.end if head.end == end or doc.view[head.end] in ";.)" else None


def _inspected(doc: Document, head: Hit, end: int, after_post: bool) -> int | None:
    """Where an inspectorate's name ends that is named by whose it is: "Thanh tra Sở Y tế", "Thanh tra huyện Mường Tè".

    In a row of bodies it stands alone: "Công an, Thanh tra, Sở Tư pháp".
    """
    if not after_post and (alone := _alone(doc, head, end)):
        return alone
    owner = doc.hit("units", head.end + 1) if doc.view.startswith(" ", head.end) else None
    if owner and (owner.entry.code.startswith(("SO_", "BAN_", "CA_TINH")) or owner.entry.fields["level"] == "ministry"):
        return known_tail(doc, owner.end, end, after_post, False)[0]
    seat = where_end(doc, head.end, end, after_post)
    return seat if seat and doc.view[seat - 1 : seat] != "." else None


def _of_place(doc: Document, head: Hit, end: int, after_post: bool) -> int | None:
    """Where the name of a body ends that is named by a place or a number: "huyện Mường Tè", "khu vực 2"."""
    at = head.end + (doc.view[head.end : head.end + 1] == " ")
    if head.entry.code == "THON" and doc.key.startswith("số ", at) and doc.view[at + 3 : at + 4].isdigit():
        at += len("số ")  # "tổ dân phố số 7"
    numbered = doc.view[at : at + 1].isdigit()
    if head.entry.code == "THANHTRA" and numbered:
        return None  # "thanh tra 5 tỉnh"
    if head.entry.code == "THUE" and not doc.hit("provinces", at):
        return None  # "Thuế Giá trị gia tăng"; "Thuế Thanh Hóa" is the province's tax office
    if head.entry.code != "THON" and not numbered and not doc.capital_at(at):
        return None
    if head.entry.code == "THANHPHO" and doc.view[head.end - 1] == "." and doc.hit("units", at):
        return None  # "của UBND TP. Cục Thống kê ...": the dot ends a sentence
    if head.entry.code == "TINH" and doc.hit("regions", at) and not doc.hit("provinces", at):
        return None  # "các tỉnh Tây Nguyên": no one province
    return place_end(doc, at, end, after_post)


def _open_name(doc: Document, head: Hit, end: int, after_post: bool) -> tuple[int | None, bool]:
    """Where a name ends that any words may make up, and whether a place closes it."""
    short = SHORT_FORM.match(doc.view, head.end, end)
    begin = short.end() if short and doc.capital_at(short.end() + 1) else head.end  # "Ngân hàng (NH) Nhà nước"
    if head.entry.code == "BANQL" and (many := _ALL.match(doc.key, begin, end)) and doc.hit("field_words", many.end()):
        begin = many.end() - 1  # "Ban Quản lý các cảng cá"
    if head.entry.is_a("council") and (number := NUMBER.match(doc.key, begin + 1, end)):
        begin = number.end()  # "Ban Chỉ đạo 35 tỉnh": no 35 provinces
    school = head.entry.is_a("school")  # schools bear the names of persons
    if school and (called := _called(doc, begin)):
        begin = called
    stop, placed = name_tail(doc, begin, end, after_post and not school)
    if head.entry.is_a("numbered") and (number := _NUMBER_OF_ROW.match(doc.key, begin, end)):
        stop = max(stop, number.end())  # "Hải đoàn 11, 22 và 33"
    if head.entry.code == "BANQL" and stop > begin and (many := _ALL.match(doc.key, stop, end)) and doc.hit("field_words", many.end()):
        stop, placed = name_tail(doc, many.end() - 1, end, after_post)  # "Ban QLDA đầu tư xây dựng các công trình giao thông"
    if stop == begin or (head.entry.code == "NGANHANG" and NUMBER.fullmatch(doc.key, begin + 1, stop)):
        return None, False  # "Khối thi đua Bảo hiểm - Ngân hàng 4": the bloc's name, no bank
    if not placed and head.entry.is_a("by_field") and (nation := _OF_THE_NATION.match(doc.key, stop, end)):
        verbs = any(doc.within(table, stop, nation.end()) for table in ("cues", "positions", "titles", "meeting_kinds", "awards"))
        stop, placed = (stop, placed) if verbs else (nation.end(), True)
    if not placed and not after_post and (longer := listed_end(doc, head.start, begin + 1, stop, end)) > stop:
        stop, placed = where_end(doc, longer, end, False) or longer, True
    if after_post and school:
        stop = _before_person(doc, head.start, begin + 1, stop)
    if after_post and head.entry.is_a("room"):
        whole, stop = stop, _before_parent(doc, begin + 1, stop)
        placed = placed and stop == whole
    return stop, placed


_NUMBER_OF_ROW = re.compile(r" \d{1,3}(?=,\d{1,3}(?!\w))")


def _called(doc: Document, begin: int) -> int | None:
    """Where the first syllable ends of a school's name that is a calling, too: "THPT Bà Điểm", "THPT Anh Sơn 1"; no person follows."""
    title = doc.hit("titles", begin + 1) if doc.capital_at(begin + 1) else None
    if title is None or " " in doc.key[title.start : title.end] or not doc.capital_at(title.end + 1):
        return None
    return None if doc.hit("family_names", title.end + 1) and len(capital_run(doc, title.end + 1, title.end + 40)) > 1 else title.end


def _before_parent(doc: Document, begin: int, stop: int) -> int:
    """ "Trưởng phòng Tổ chức cán bộ Viện kiểm sát": the body that a room belongs to has a name of its own."""
    parent = next((h for h in doc.within("units", begin + 2, stop + 40) if h.start < stop and doc.capital_at(h.start)), None)
    inside = parent is None or doc.key.endswith((" và", " -", "&"), begin, parent.start - 1) or doc.view[parent.start - 1] != " "
    return stop if inside else parent.start - 1


def _before_person(doc: Document, start: int, begin: int, stop: int) -> int:
    """Where a school's name ends that runs into a person's: "Hiệu trưởng Trường THPT Nà Lừa Lường Văn Ọm".

    Schools bear the names of persons, so that behind a field the shorter name must stand elsewhere, too: "Trường Đại học Luật".
    """
    for family in doc.within("family_names", begin, stop):
        own = capital_run(doc, family.start, stop)
        before = doc.view[begin : family.start - 1].split(" ")[-2:]
        named = len(before) == 2 and all(w[:1].isupper() and not w.isupper() for w in before)
        if len(own) >= 3 and own[-1][1] == stop and (named or (len(before[-1]) > 3 and before[-1].isupper())):
            return family.start - 1  # "Chủ tịch CĐ NHVN Đỗ Văn Bách" as well
        if len(own) >= 3 and own[-1][1] == stop and family.start > begin and _named_without(doc, start, family.start):
            return family.start - 1
    return stop


def _named_without(doc: Document, start: int, family: int) -> bool:
    """Whether the article also names a school without the person's name that follows it here."""
    name = doc.key[start : family - 1]
    at = doc.key.find(name)
    while at >= 0:
        behind = at + len(name)
        if doc.view[behind : behind + 1] != " " or not doc.capital_at(behind + 1):
            return True
        at = doc.key.find(name, at + 1)
    return False


_ALL = re.compile(r" các (?=\w)")


_TWIN_FIELD = re.compile(r" ?- ?| và ")


def _longer_field(doc: Document, known: Hit) -> int:
    """The end of a name whose field goes on: "Ban Tổ chức cán bộ", "Ban Dân vận - Tôn giáo", "Vụ Thi đua - Khen thưởng và Tuyên truyền"."""
    if not known.entry.is_a("board", "room", "central"):
        return known.end
    stop, at = known.end, known.start
    while at < known.end:
        word = doc.hit("field_words", at)
        if word and word.end <= known.end + 40:
            stop = max(stop, word.end)
        at = word.end if word else doc.key.find(" ", at, known.end) + 1 or known.end
        at += doc.key.startswith(" ", at)
    twin = _TWIN_FIELD.match(doc.key, stop)
    other = doc.hit("units", twin.end()) if twin else None  # "Cục Thuế và Kho bạc Nhà nước": a second body
    more = doc.hit("field_words", twin.end()) if twin and other is None else None
    return more.end if more and doc.capital_at(more.start) else stop


def _small_known(doc: Document, start: int) -> Hit | None:
    """ "bộ Tài chính": a known name whose first word alone is written small; "công đoàn cơ sở Trường A": one before a parent's."""
    known = doc.small_hit("units", start)
    if known and known.entry.is_a("inside") and doc.view[known.end : known.end + 1] == " " and doc.capital_at(known.end + 1):
        return known
    if known and _of_the_province(doc, known):
        return known
    second = doc.key.find(" ", start, known.end) + 1 if known else 0
    return known if second and doc.capital_at(second) else None


_AMONG_SMALL = re.compile(r"(?:[,;:] ?|(?<!\w)(?:và|lãnh đạo|đại diện|của|có|gồm) )$")
_PROVINCE_S = re.compile(r" tỉnh(?:[,;.)]| và |$| (?:đã|đều|lên|tham|dự|phát|báo|kí|cùng|tới|đến|về|chụp|trình)(?!\w))")


def _of_the_province(doc: Document, known: Hit) -> bool:
    """ "lãnh đạo công an tỉnh, bưu điện tỉnh": bodies of the province that are written small, in a row of such."""
    if known.entry.fields["level"] != "sector" or known.entry.is_a("government", "party_committee", "inside", "room", "board"):
        return False
    if " " not in doc.key[known.start : known.end] or not _PROVINCE_S.match(doc.key, known.end):
        return False
    return _AMONG_SMALL.search(doc.key, max(0, known.start - 10), known.start) is not None


def _small_head(doc: Document, start: int) -> Hit | None:
    """ "hợp tác xã Muối Đông Hải", "bệnh viện Đa khoa tỉnh": heads of several syllables written small before a capital."""
    head = doc.small_hit("unit_heads", start)
    paper = head and head.entry.code == "BAO"
    if paper and (doc.hit("provinces", head.end + 1) or _OF_A_PAPER.search(doc.key, max(0, start - 14), start)):  # "báo Hà Giang"
        return head
    if head and " " in doc.key[head.start : head.end] and head.entry.fields["tail"] == "name" and doc.view[head.end : head.end + 1] == " ":
        if head.entry.is_a("firm") and doc.key.count(" ", head.start, head.end) > 1:
            return head  # "công ty cổ phần thực phẩm A": what it makes stands before its name
        field = doc.hit("field_words", head.end + 1)  # "trường đại học sư phạm Nà Hang"
        name = field.end + 1 if field and doc.view[head.end + 1 : head.end + 2].islower() else head.end + 1
        if (where := WHERE.match(doc.key, name)) and where["head"] and doc.capital_at(where.end() + 1):
            return head  # "trường THCS xã Nà Lừa"
        several = doc.hit("regions", name)  # "các trường đại học vùng Tây Bắc"
        return head if doc.capital_at(name) and not several else None
    return head if head and _names_field(doc, head) else None


_OF_A_PAPER = re.compile(r"(?:[,;:.] ?|(?<!\w)(?:tập thể|tặng|cho|chiều|sáng|nay|và) )$")  # "tặng báo Sao Mai", no "theo báo Sao Mai"


# "dịch vụ Hàng không", "Đại hội Công đoàn": the second half of a word is no head
_COMPOUND = ("dịch ", "đại ", "nhiệm ", "nghĩa ", "phục ", "nghiệp ", "thời ", "mùa ")


def _names_field(doc: Document, head: Hit) -> bool:
    """Whether a field of several words, its first with a capital, makes a name of a small head: "cục Điện ảnh", "khoa Kinh tế"."""
    begin = head.end + 1
    if head.entry.fields["tail"] == "place" or doc.view[head.end : begin] != " " or not doc.capital_at(begin):
        return False
    if doc.hit("units", begin):  # "đội Thanh tra tỉnh": whose team it is
        return False
    field = doc.hit("field_words", begin) or doc.hit("department_fields", begin)
    return field is not None and " " in doc.key[field.start : field.end]
