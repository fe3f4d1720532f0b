"""Units: names of bodies, from the gazetteer or by their head word and capital letters; distributive lists expanded.

  "Sở Nông nghiệp và Môi trường"; "Công an tỉnh Bình Thuận"; "Trường Cao đẳng Kinh tế - Kỹ thuật Điện Biên"
  "các Sở: Tài chính, Nông nghiệp và Môi trường" gives two units; "Hội Cựu chiến binh các huyện Yên Lạc, Tam Đảo" gives two.
Refused: "các sở, ngành", "ban hành", "lãnh đạo huyện" (no name follows the head).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.document import Document
from pipeline.extract.names import FUNCTION_WORDS, capital_run, place_end, split_person
from pipeline.gazetteer import Entry

Span = tuple[int, int]
# "tỉnh", "huyện X", "chi nhánh tỉnh X": what says where a body is.
_WHERE = re.compile(
    r"(?P<head>(?:chi nhánh )?(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|tx\.?|xã|phường|thị trấn|đặc khu))(?!\w)"
    r"|(?P<branch>-?(?:chi nhánh|cn))(?!\w)|(?P<area>khu vực|vùng)(?!\w)"
)
_CENTRAL = re.compile(r" (?:việt nam|trung ương|tw|t\.ư)(?!\w)")
_NUMBER = re.compile(r"(?:số )?(?:\d{1,3}|[ivx]{1,4})(?![\w/.])")
_JOIN = re.compile(r"(?: và |-| & |&| của | về | cho )")
# "các Sở:", "03 huyện:", "các trường THPT:"; the head itself is read from the gazetteer.
_MANY = re.compile(r"(?:các|những|\d{1,2}|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?: cơ quan| đơn vị)? (?=\w)")
_BASE = re.compile(r"(?: ở| tại)? (?:các|\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?=\w)")
_ITEM_BREAK = re.compile(r"(?:;|,| và | cùng |, và | & )\s*(?:các )?")
_LEAD = re.compile(r"(?:lãnh đạo|đại diện|tập thể|ban giám đốc|thường trực)(?:,? (?:lãnh đạo|đại diện|tập thể))? ")


@dataclass(slots=True)
class Unit:
    """A unit's name. `parts` are the spans that make it up: one, or head and item of a distributive list."""

    start: int
    end: int
    parts: tuple[Span, ...]
    entry: Entry | None
    headed: bool = True
    placed: bool = False

    def named(self) -> bool:
        return self.entry is not None


def read_units(doc: Document, start: int, end: int, after_post: bool = False, small: bool = False) -> list[Unit]:
    """The unit that begins here, or the units of a distributive list that begins here."""
    many = _MANY.match(doc.key, start, end)
    if many:
        found = _distribute(doc, many.end(), end, ())
        if found:
            return _with_further_heads(doc, found, end, ())
    unit = read_unit(doc, start, end, after_post, small)
    if not unit:
        head = doc.hit("unit_heads", start)
        many = head and head.entry.fields["tail"] != "name" and _BASE.match(doc.key, head.end, end)
        return _distribute(doc, many.end(), end, ((start, head.end),)) if many else []
    # "Công an các tỉnh: A, B", "Hội LHPN 7 tỉnh: A, B": the base stands before the head of the list.
    base = _BASE.match(doc.key, unit.end, end)
    if base and not unit.placed:
        found = _distribute(doc, base.end(), end, ((unit.start, unit.end),))
        if found:
            return _with_further_heads(doc, found, end, ((unit.start, unit.end),))
    unit = _with_parent(doc, unit, end)
    if unit.entry is not None and unit.entry.code in _PARTY_BOARDS and not unit.placed and len(unit.parts) == 1:
        owner = _OWNER_LATER.match(doc.key, unit.end, end)
        if owner:
            at = owner.start("owner")
            unit = Unit(unit.start, unit.end, ((unit.start, unit.end), (at, owner.end("owner"))), unit.entry, True, True)
    return [unit, *_continued(doc, unit, end)]


def _with_parent(doc: Document, unit: Unit, end: int) -> Unit:
    """ "Ban CHQS Trường Đại học Đà Lạt", "Công đoàn cơ sở Công ty X": a body inside another bears the other's name."""
    if unit.placed or doc.view[unit.end : unit.end + 1] != " " or len(unit.parts) > 1:
        return unit
    if unit.entry is None or unit.entry.code not in _INSIDE_OTHERS:
        return unit
    parent = read_unit(doc, unit.end + 1, end)
    if parent is None or (parent.entry is not None and parent.entry.fields.get("tail") == "place"):
        return unit
    return Unit(unit.start, parent.end, ((unit.start, parent.end),), unit.entry, True, True)


_PARTY_BOARDS = frozenset({"BTC_D", "BTG_D", "BDV_D", "BNC_D", "BTGDV_D", "UBKT"})
# "Ban Tuyên giáo, Ban Tổ chức, Văn phòng Tỉnh ủy": boards in a list that the last one's owner closes.
_OWNER_LATER = re.compile(
    r"(?:(?:,| và |; )(?:ban (?:tổ chức|tuyên giáo|dân vận|nội chính|tuyên giáo và dân vận)|ủy ban kiểm tra|ubkt|văn phòng|vp))+"
    r" (?P<owner>tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy)(?!\w)"
)
# Bodies that exist inside others.
_INSIDE_OTHERS = frozenset(
    "BCH_QS_H CDCS CONGDOAN BTL CHIHOI TRUNGDOI DOI PHONG DANGBO DANG_UY TINHDOAN CDNGANH KHOA VU_TDKT VU CUC TRAM HCCB QUY BCHQS"
    " HCTD".split()
)


def read_unit(doc: Document, start: int, end: int, after_post: bool = False, small: bool = False) -> Unit | None:
    """One unit's name from `start` on, as long as it goes. `small`: the head may be written without a capital."""
    if doc.hit("unit_refusals", start):
        return None
    hit = doc.small_hit if small else doc.hit
    known, head = hit("units", start), hit("unit_heads", start)
    if not known and not head:
        head = _small_head(doc, start)
    if known and (not head or known.end >= head.end):
        open_name = " " not in doc.key[start : known.end] or known.entry.fields["tail"] == "name"
        stop, placed = _tail(doc, known.end, end, after_post, open_name)
        return Unit(start, stop, ((start, stop),), known.entry, True, placed)
    if not head:
        return None
    tail = head.entry.fields["tail"]
    if tail == "place":
        at = head.end + (doc.view[head.end : head.end + 1] == " ")
        stop = place_end(doc, at, end, after_post)
        if stop is None or (head.entry.code != "THON" and not doc.view[at].isupper() and not doc.view[at].isdigit()):
            return None
        return Unit(start, stop, ((start, stop),), head.entry, True, True)
    # schools bear the names of persons
    stop, placed = _name_tail(doc, head.end, end, after_post and not head.entry.code.startswith("TRUONG"))
    if stop == head.end:
        return None
    return Unit(start, stop, ((start, stop),), head.entry, True, placed)


def _small_head(doc: Document, start: int):
    """ "hợp tác xã Muối Đông Hải", "bệnh viện Đa khoa tỉnh": heads of several syllables written small before a capital."""
    head = doc.small_hit("unit_heads", start)
    if head and " " in doc.key[head.start : head.end] and head.entry.fields["tail"] == "name" and doc.view[head.end : head.end + 1] == " ":
        return head if doc.view[head.end + 1 : head.end + 2].isupper() else None
    return None


# "Ủy ban Kiểm tra Đảng ủy xã Hoằng Phú": a committee's own bodies bear its name.
_PARTY_COMMITTEES = frozenset({"TINH_UY", "THANH_UY", "HUYEN_UY", "QUAN_UY", "THI_UY", "DANG_UY", "DUK"})


def _tail(doc: Document, at: int, end: int, after_post: bool, open_name: bool) -> tuple[int, bool]:
    """What follows a known name: a place, "Việt Nam", a branch, or for open names the rest of the name."""
    stop, placed = at, False
    parent = doc.hit("units", stop + 1) if doc.view[stop : stop + 1] == " " else None
    if parent and parent.entry.code in _PARTY_COMMITTEES and not open_name:
        return _tail(doc, parent.end, end, after_post, True)
    for _ in range(3):
        step = _where(doc, stop, end, after_post)
        if step is None:
            break
        stop, placed = step, True
    central = _CENTRAL.match(doc.key, stop, end)
    if central and not placed:
        return central.end(), True
    if not placed and doc.view[stop : stop + 1] == " ":
        province = doc.hit("provinces", stop + 1)
        if province and province.end <= end:
            return _where(doc, province.end, end, after_post) or province.end, True
        if open_name:
            longer, named = _name_tail(doc, stop, end, after_post)
            if longer > stop:
                return longer, True
    return stop, placed


def _where(doc: Document, at: int, end: int, after_post: bool) -> int | None:
    """The end of " tỉnh", " huyện Nam Giang", "-Chi nhánh Bình Phước", " khu vực XII" when it begins at `at`."""
    gap = 1 if doc.view[at : at + 1] == " " else 0
    match = _WHERE.match(doc.key, at + gap, end)
    if not match or (not gap and not match["branch"]):
        return None
    stop = match.end()
    follows = stop + 1 if doc.view[stop : stop + 1] == " " else stop
    if match["head"]:
        if doc.key[at + gap : stop] in ("tp", "tx") and doc.view[stop : stop + 1] == ".":
            follows = stop + 1 + (doc.view[stop + 1 : stop + 2] == " ")
        place = place_end(doc, follows, end, after_post) if follows > stop or match["head"].endswith(".") else None
        if place and not doc.hit("units", follows) and not doc.hit("positions", follows):
            return place
        return stop if not match["head"].endswith(".") else None
    if match["area"]:
        number = _NUMBER.match(doc.key, follows, end)
        if number:
            return number.end()
        return place_end(doc, follows, end, after_post)
    place = _where(doc, stop, end, after_post) if follows > stop else None
    return place or place_end(doc, follows, end, after_post)


def _name_tail(doc: Document, at: int, end: int, after_post: bool, here: bool = False) -> tuple[int, bool]:
    """The rest of an open name: capitalised words, words of a body's field, numbers, joined by "và", "-", "của"."""
    stop, placed, proper = at, False, 0
    while True:
        where = _where(doc, stop, end, after_post)
        if where:
            return _where(doc, where, end, after_post) or where, True
        step = _name_word(doc, stop, end, after_post, proper, here and stop == at)
        if step is None:
            break
        stop, own = step
        proper += own
        if own and after_post and proper > 1:
            break
    if stop > at and doc.view[stop : stop + 1] == " " and (central := _CENTRAL.match(doc.key, stop, end)):
        return central.end(), True
    return stop, placed


def _name_word(doc: Document, at: int, end: int, after_post: bool, proper: int, here: bool) -> tuple[int, int] | None:
    """One more word of a name: its end, and whether it is a proper name. None when the name ends here.

    `here`: the name begins at this very place, as the items of a list do.
    """
    join = None if here else _JOIN.match(doc.key, at, end)
    begin = join.end() if join else at + (doc.view[at : at + 1] == " ")
    if (begin == at and not here) or begin >= end:
        return None
    if doc.hit("positions", begin) or doc.hit("titles", begin) or doc.hit("bloc_roles", begin) or doc.hit("bloc_heads", begin):
        return None
    known = doc.hit("units", begin)
    head = doc.hit("unit_heads", begin)
    words = doc.hit("field_words", begin)
    joined = join[0].strip() if join else ""
    if joined and joined in ("và", "&", "-", "của"):
        if joined == "của" or known or (head and (not words or words.end < head.end)):
            return None
        if not words and (proper or joined == "và"):
            twin = joined == "-" and _TWIN.match(doc.view, begin, end)  # "Việt - Hàn"
            return (twin.end(), 1) if twin and not head and not known else None
    fields = doc.hit("department_fields", begin)
    longest = max((h.end for h in (words, fields) if h), default=0)
    if known and known.end > longest and " " in doc.key[begin : known.end] and not joined:
        return None if proper and not after_post else (known.end, 0)
    if longest and (doc.view[begin].isupper() or not proper):
        return longest, 0
    if head and head.entry.fields["tail"] != "place" and not joined and doc.view[begin].isupper():
        return head.end, 0
    number = _NUMBER.match(doc.key, begin, end)
    if number and not joined:
        return number.end(), 1
    if doc.view[begin].isupper() and joined in ("", "-"):
        run = capital_run(doc, begin, end)
        if not run or (after_post and len(run) >= 3 and doc.hit("family_names", begin) and not doc.hit("provinces", begin)):
            return None
        small = _SECOND_SYLLABLE.match(doc.key, run[-1][1], end)
        goes_on = small and (doc.view[small.end() - 1].isupper() or doc.hit("field_words", small.end() - 1))
        if small and goes_on and len(run) <= 2 and doc.view[small.start() + 1].islower() and not _is_verb(doc, small.start() + 1):
            return small.end() - 2, 0
        keep = split_person(doc, run, 2) if after_post else len(run)
        return run[min(keep, 6) - 1][1], 1
    return None


# "Công ty Bao bì Biên Thành", "Bệnh viện Nhi đồng Phú Lâm": the second syllable of a common word, then capitals again.
_SECOND_SYLLABLE = re.compile(r" [a-zà-ỹđ]{2,6} \w")


def _is_verb(doc: Document, at: int) -> bool:
    word = re.compile(r"\w+").match(doc.key, at)
    return bool(word and word[0] in FUNCTION_WORDS) or bool(
        doc.hit("cues", at)
        or doc.hit("titles", at)
        or doc.hit("positions", at)
        or doc.hit("unit_heads", at)
        or doc.hit("meeting_kinds", at)
    )


# Bodies that have an office of their own: "các Văn phòng: UBND tỉnh, HĐND tỉnh".
_OFFICES = frozenset({"UBND", "HDND", "DDBQH", "TINH_UY", "THANH_UY", "HUYEN_UY"})


_TWIN = re.compile(r"[^\W\d_]\w{1,5}(?=[,;.)]|$)|[A-ZĐ]{2,6}(?!\w)")


def _distribute(doc: Document, at: int, end: int, base: tuple[Span, ...]) -> list[Unit]:
    """The units of "Sở: Y tế, Khoa học và Công nghệ" (the word "các" is read already)."""
    known, head = doc.hit("units", at), doc.hit("unit_heads", at)
    stop, entry = _list_head(doc, at, end, known, head)
    if entry is None:
        return []
    mixed = re.compile(r"(?:(?:,| và )(?:huyện|thị xã|thành phố|tp|xã|phường|quận|thị trấn|đặc khu)(?!\w))+").match(doc.key, stop, end)
    following = re.compile(
        r"(?: thành viên)?(?: (?:trong|thuộc) (?:khối|cụm)(?: thi đua)?)?(?: là| gồm| bao gồm| gồm có)?(?: ?: ?| )"
    ).match(doc.key, mixed.end() if mixed else stop, end)
    if not following:
        return []
    found: list[Unit] = []
    place = head.entry.fields["tail"] == "place" if head and head.end == stop else False
    cursor = following.end()
    while True:
        item = _item_end(doc, cursor, end, entry, place, bool(found))
        if item is None:
            break
        head_span = (at, stop)
        parts = (*base, head_span, (cursor, item))
        begin = min(p[0] for p in parts) if not found else cursor
        found.append(Unit(begin, item, parts, base and entry or entry, True, True))
        gap = _ITEM_BREAK.match(doc.key, item, end)
        if not gap:
            break
        cursor = gap.end()
    if len(found) == 1 and ":" not in following[0] and not base and not place:
        return found if entry.table == "unit_heads" and entry.code == "SO" else []
    return found


def _with_further_heads(doc: Document, found: list[Unit], end: int, base: tuple[Span, ...]) -> list[Unit]:
    """ "UBND các xã: A, B và các phường C, D": the base holds for the second head, too."""
    more = re.compile(r"(?: và |,|; )(?:các |\d{1,2} )(?=(?:huyện|xã|phường|thị xã|thành phố|thị trấn|tỉnh|quận) )").match(
        doc.key, found[-1].end, end
    )
    further = _distribute(doc, more.end(), end, base) if more else []
    return [*found, *further]


def continue_list(doc: Document, last: Unit, at: int, end: int) -> list[Unit]:
    """Further items of a distributive list whose last item was `last`."""
    place = (
        last.entry is not None
        and last.entry.fields.get("tail") == "place"
        or doc.key[slice(*last.parts[-2])] in ("tỉnh", "huyện", "xã", "phường", "thành phố")
    )
    found: list[Unit] = []
    cursor = at
    while (item := _item_end(doc, cursor, end, last.entry, place, True)) is not None:
        found.append(Unit(cursor, item, (*last.parts[:-1], (cursor, item)), last.entry, True, True))
        gap = _ITEM_BREAK.match(doc.key, item, end)
        if not gap:
            break
        cursor = gap.end()
    return found


def _list_head(doc: Document, at: int, end: int, known, head) -> tuple[int, Entry | None]:
    """Where the shared head of a list ends: "Sở", "huyện", "Trường Cao đẳng", "Chi nhánh Ngân hàng", "Công ty CP"."""
    lower = None
    if head is None and known is None:
        # heads of lists are often written small: "các sở Y tế, Tư pháp", "các trường THPT: A, B"
        lower = _lower_head(doc, at, end)
        if lower is None:
            return at, None
        return lower
    if known and (head is None or known.end > head.end):
        return known.end, known.entry
    stop, entry = head.end, head.entry
    # "Chi nhánh Ngân hàng:", "Trường Cao đẳng:": a second head makes the first fuller
    while doc.view[stop : stop + 1] == " ":
        more = doc.hit("unit_heads", stop + 1) or doc.hit("units", stop + 1)
        if not more or more.entry.fields.get("tail") == "place" or doc.view[more.end : more.end + 1] not in (":", " "):
            break
        stop = more.end
    return stop, entry


def _lower_head(doc: Document, at: int, end: int) -> tuple[int, Entry] | None:
    hits = [h for h in (doc.small_hit("unit_heads", at), doc.small_hit("units", at)) if h]
    if not hits:
        return None
    best = max(hits, key=lambda h: h.end)
    stop, entry = best.end, best.entry
    while stop < end and doc.view[stop : stop + 1] == " ":
        more = doc.small_hit("unit_heads", stop + 1)
        if not more or more.entry.fields["tail"] == "place" or doc.view[more.end : more.end + 1] not in (":", " "):
            break
        stop, entry = more.end, more.entry
    return stop, entry


def _item_end(doc: Document, at: int, end: int, head: Entry, place: bool, later: bool) -> int | None:
    """The end of one item of a distributive list, or None where the list is over."""
    if at >= end:
        return None
    own = doc.hit("unit_heads", at)
    known = doc.hit("units", at)
    if head.code == "SO" or (head.code == "BO" and head.table == "unit_heads"):
        field = doc.hit("department_fields", at)
        return field.end if field and (doc.view[at].isupper()) else None
    if place:
        if (
            re.compile(r"\d{1,2} [a-zà-ỹđ]").match(doc.key, at)
            or doc.hit("titles", at)
            or doc.hit("positions", at)
            or (known and known.end > at)
            or (own and own.entry.fields["tail"] != "place")
            or own
        ):
            return None
        return place_end(doc, at, end)
    if head.code == "VANPHONG" and known and known.entry.code in _OFFICES:
        stop, _ = _tail(doc, known.end, end, False, False)
        return stop
    if own and own.entry.fields["tail"] == "place" and not known and doc.view[own.end : own.end + 1] == " ":
        return place_end(doc, own.end + 1, end)  # "các Chi cục Thuế: thị xã Từ Sơn, huyện Yên Phong"
    if later and known and known.entry.code not in ("CA",) or (later and own and own.entry.fields["tail"] != "place"):
        return None
    if doc.hit("titles", at) or doc.hit("positions", at) or not (doc.view[at].isupper() or doc.view[at].isdigit()):
        return None
    stop, _ = _name_tail(doc, at, end, False, here=True)
    return stop if stop > at else None


def _of_provinces(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "Báo Quảng Ninh, Lạng Sơn, Cao Bằng": provinces behind a body that is named by its province alone."""
    first = next((h for h in doc.within("provinces", unit.start, unit.end) if h.end == unit.end), None)
    if (
        first is None
        or doc.view[first.start - 1] != " "
        or re.search(r"(?:tỉnh|thành phố|huyện|tp\.?) $", doc.key[unit.start : first.start])
    ):
        return []
    found: list[Unit] = []
    gap = re.compile(r",| và ")
    cursor = unit.end
    while (step := gap.match(doc.key, cursor, end)) and (item := doc.hit("provinces", step.end())) and item.end <= end:
        if doc.view[item.end : item.end + 1].isalnum():
            break
        found.append(Unit(item.start, item.end, ((unit.start, first.start - 1), (item.start, item.end)), unit.entry, True, True))
        cursor = item.end
    return found if found and (len(found) > 1 or doc.key.startswith(" và ", unit.end)) else []


_PLACE_HEAD = r"(?:huyện|quận|xã|phường|thị xã|thành phố|thị trấn)"


def _of_places(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "các Chi cục Thuế huyện A, huyện B và thị xã C": the places repeat their own head, not the body's."""
    own = re.compile(rf".+? (?={_PLACE_HEAD} )").match(doc.key, unit.start, unit.end)
    found: list[Unit] = []
    cursor = unit.end
    step = re.compile(rf"(?:,| và )(?={_PLACE_HEAD} )")
    while own and (gap := step.match(doc.key, cursor, end)):
        place = read_unit(doc, gap.end(), end)
        if place is None:
            break
        found.append(Unit(place.start, place.end, ((unit.start, own.end() - 1), (place.start, place.end)), unit.entry, True, True))
        cursor = place.end
    return found


def _continued(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "Hội Cựu chiến binh huyện Yên Lạc và Tam Đảo": a bare place after "và" shares the head of the unit before."""
    if doc.view[unit.end : unit.end + 1] == "," and (brothers := _of_provinces(doc, unit, end)):
        return brothers
    if doc.key[max(0, unit.start - 4) : unit.start] == "các " and (brothers := _of_places(doc, unit, end)):
        return brothers
    head = re.compile(r".*?(?:huyện|xã|phường|thị trấn|tỉnh|trường thpt|thpt) ").match(doc.key, unit.start, unit.end)
    more = re.compile(r" và |,").match(doc.key, unit.end, end)
    if not head or not more or not unit.placed or not doc.view[more.end() : more.end() + 1].isupper():
        return []
    at = more.end()
    if more[0] == ",":
        province = doc.hit("provinces", at)
        if not province or not head[0].endswith("tỉnh ") or doc.view[province.end : province.end + 1] not in (",", ";", ".", " ", ")", ""):
            return []
        item = Unit(at, province.end, ((unit.start, head.end() - 1), (at, province.end)), unit.entry, True, True)
        further = (
            _continued(doc, Unit(unit.start, province.end, unit.parts, unit.entry, True, True), end)
            if doc.view[province.end : province.end + 1] == "," or doc.key.startswith(" và ", province.end)
            else []
        )
        return [item, *further]
    if (
        doc.hit("units", at)
        or doc.hit("unit_heads", at)
        or doc.hit("positions", at)
        or doc.hit("titles", at)
        or doc.hit("awards", at)
        or doc.hit("bloc_heads", at)
    ):
        return []
    run = capital_run(doc, at, end)
    if not run or len(run) > 3 or (len(run) == 3 and doc.hit("family_names", at)):
        return []
    stop = run[-1][1]
    return [Unit(at, stop, ((unit.start, head.end() - 1), (at, stop)), unit.entry, True, True)]
