"""One item of a list of units that share a head: where its own words end, or that the list is over.

"các Sở: Y tế, Khoa học và Công nghệ", "các Hội: Nhà báo, Người mù tỉnh", "Công an 5 thành phố: Hải Phòng, TP.HCM"
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.document import Document
from pipeline.extract.names import capital_run, place_end
from pipeline.extract.units import Span, Unit, read_unit
from pipeline.extract.units.fields import field_end
from pipeline.extract.units.tails import known_tail, name_tail
from pipeline.gazetteer import Entry, Gazetteer, Hit
from pipeline.textmap import fold


@lru_cache(maxsize=4)
def known_brothers(gazetteer: Gazetteer) -> dict[str, re.Pattern[str]]:
    """For heads that name their bodies by field, the rest of every known name: "nhà báo", "người mù" for "Hội"."""
    rests: dict[str, set[str]] = {}
    heads = {fold(e.name): e.code for e in gazetteer.table("unit_heads") if e.is_a("by_field")}
    for entry in gazetteer.table("units"):
        for form in map(fold, (entry.name, *entry.variants)):
            head, _, rest = form.partition(" ")
            if rest and head in heads:
                rests.setdefault(heads[head], set()).add(rest)
    return {
        code: re.compile(rf"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)") for code, names in rests.items()
    }


AREA = re.compile(r"khu vực (?=\w)")
ITEM_BREAK = re.compile(r"(?:;|,| và | cùng |, và | & )\s*(?:các )?")
_COUNT = re.compile(r"\d{1,2} [a-zà-ỹđ]")
_MINISTRY = re.compile(r"(?:công an|quốc phòng|ngoại giao)(?=[,;.)]| và |$)")  # of no department of a province


def _city(doc: Document, at: int, own: Hit) -> int | None:
    """The end of a city among provinces that bears its own head: "TP.HCM", "Tp.Cần Thơ"."""
    whole = doc.hit("provinces", at)
    if whole and whole.end > own.end:
        return whole.end
    city = doc.hit("provinces", own.end + (doc.view[own.end : own.end + 1] in (" ", "."))) if own.entry.code == "THANHPHO" else None
    return city.end if city else None


_NO_PLACE = ("positions", "bloc_heads", "bloc_roles")


def _is_compound(doc: Document, head: Hit) -> bool:
    """Whether a head has two syllables, the second small: the name of a place has neither."""
    second = doc.key.find(" ", head.start, head.end) + 1
    return second > 0 and doc.view[second].islower()


def item_end(doc: Document, at: int, end: int, head: Entry, place: bool, later: bool) -> int | None:
    """The end of one item of a distributive list, or None where the list is over."""
    if at >= end or doc.hit("awards", at):
        return None  # "Công an các tỉnh A, B; Bằng khen cho ...": the next award
    own = doc.hit("unit_heads", at)
    known = doc.hit("units", at)
    if head.code == "SO" or (head.code == "BO" and head.table == "unit_heads"):
        if head.code == "BO" and doc.capital_at(at) and (ministry := _MINISTRY.match(doc.key, at, end)):
            return ministry.end()
        field = doc.hit("department_fields", at)
        return field.end if field and (doc.capital_at(at)) else None
    if place:
        if doc.hit("regions", at):
            return None  # "các tỉnh Tây Bắc"
        head_of_hamlet = 0
        if own and not known and (two := _TWO_SYLLABLES.match(doc.view, at, end)) and two["first"].istitle() and two["second"].istitle():
            own = None  # "các xã Nà Lừ, Hội Hợp, Trường Sơn"
        if own and own.entry.fields["level"] == "grassroots" and doc.capital_at(at) and not _is_compound(doc, own):
            own, head_of_hamlet = None, own.end  # "các xã Nà Lừ, Bản Qua": a name, no hamlet; "Trạm Hạ" is none of "Sư đoàn 9"
        if own and not known and (city := _city(doc, at, own)):
            return city
        if (
            _COUNT.match(doc.key, at)
            or (
                (title := doc.hit("titles", at))
                and (" " in doc.key[at : title.end] or doc.view[at : at + 1].islower() or _names_person(doc, title.end + 1, end))
            )  # "Bà Rịa", "Anh Thanh"
            or doc.begins(_NO_PLACE, at)
            or (known and known.end > at)
            or (own and own.entry.fields["tail"] != "place")
            or own
        ):
            return None
        stop = place_end(doc, at, end)
        field = doc.hit("field_words", head_of_hamlet + 1) if stop and head_of_hamlet else None
        if stop and " " not in doc.key[at:stop] and _GOES_ON.match(doc.view, stop):
            return None  # "các Bưu điện huyện: A, B; Bưu cục Trung tâm"
        return None if field and field.end > stop else stop  # "Đội Tổng hợp" is no "Bản Qua"
    if head.name.startswith("Công đoàn") and (stop := field_end(doc, at, end)):
        return stop  # "các Công đoàn ngành Công Thương và Xây dựng"
    if head.code == "VANPHONG" and (both := _BOTH_OFFICES.match(doc.key, at, end)):
        return both.end()
    if head.code == "VANPHONG" and known and known.entry.is_a("government", "party_committee"):  # "các Văn phòng: UBND tỉnh, HĐND tỉnh"
        stop, _ = known_tail(doc, known.end, end, False, False)
        return stop
    if own and own.entry.code == "THANHPHO" and doc.view[own.end : own.end + 1] in (",", ";"):
        return own.end  # "các Hạt Kiểm lâm: thành phố, huyện Yên Phong"
    if own and own.entry.fields["tail"] == "place" and not known and doc.view[own.end : own.end + 1] == " ":
        return place_end(doc, own.end + 1, end)  # "các Chi cục Thuế: thị xã Từ Sơn, huyện Yên Phong"
    if head.code == "DOANHNGHIEP" and doc.key.endswith((": ", "gồm ", "là "), 0, at) and (own or _is_brand(doc, at)):
        return None  # "6 doanh nghiệp: Công ty A", "gồm Công ty A, Công ty B": each is named in full
    brother = known_brothers(doc.gazetteer).get(head.code)
    if brother and doc.capital_at(at) and not known and (named := brother.match(doc.key, at, end)):
        stop, _ = known_tail(doc, named.end(), end, False, False)
        return stop
    if later and known and known.entry.code not in ("CA",) or (later and own and own.entry.fields["tail"] != "place"):
        return None
    if area := AREA.match(doc.key, at, end):
        return place_end(doc, area.end(), end)  # "các Trung tâm Y tế: khu vực A, B"
    if (
        doc.hit("titles", at)
        or doc.hit("positions", at)
        or not (doc.capital_at(at) or doc.view[at : at + 1].isdigit() or _NUMBERED.match(doc.key, at, end))
    ):
        return None
    if head.is_a("school") and (kind := _SCHOOL_KIND.match(doc.view, at)):  # "các trường: THPT A, TC Kinh tế - Kỹ thuật"
        stop, _ = name_tail(doc, kind.end(), end, False)
        return stop if stop > kind.end() else None
    stop, _ = name_tail(doc, at, end, False, here=True)
    return stop if stop > at else None


def _is_brand(doc: Document, at: int) -> bool:
    return doc.beginnings is not None and at in doc.beginnings.brands


def _names_person(doc: Document, at: int, end: int) -> bool:
    """ "..., Lai Châu; Ông Lò Văn Ba": a family name and two more behind the title, no place called "Ông Đình"."""
    return doc.hit("family_names", at) is not None and len(capital_run(doc, at, end)) > 2


_BOTH_OFFICES = re.compile(r"đoàn (?:đbqh|đại biểu quốc hội)(?: và |, ?)(?:hđnd|hội đồng nhân dân)(?: (?:tỉnh|thành phố))?(?!\w)")
_SCHOOL_KIND = re.compile(r"(?:TC|TCN|TC nghề|DTNT)(?= \w)")
_GOES_ON = re.compile(r" (?!và |đã |cùng |tham |dự |tổ )[a-zà-ỹđ]+ [A-ZĐ]")
_TWO_SYLLABLES = re.compile(r"(?P<first>[^\W\d_]+) (?P<second>[^\W\d_]+)(?=[,;.)]| và |$)")
_NUMBERED = re.compile(r"(?:số \d{1,2}|chuyên) (?=\w)")  # "các trường THPT: Nà Lừ, số 2 Bản Qua, chuyên Chu Văn Tám"
_CITY = ("tp", "thành phố")


def shared_heads(doc: Document, last: Unit, item: int) -> tuple[Span, ...]:
    """The heads of an item behind `last`; a province's behind a city: "các tỉnh, thành phố: Cần Thơ (...), Bến Tre"."""
    heads = last.parts[:-1]
    province = doc.hit("provinces", item)
    base = [part for part in heads if not doc.key.startswith(_CITY, part[0])]
    city = len(base) < len(heads) or doc.key.startswith(_CITY, last.parts[-1][0])
    if province is None or province.entry.fields["kind"] == "city" or not base or not city:
        return heads
    at = doc.key.rfind("tỉnh", base[-1][1], last.parts[-1][0])
    return (*base, (at, at + len("tỉnh"))) if at > 0 else heads


def named_in_full(doc: Document, at: int, stop: int, item: int) -> bool:
    """ "3 trường: Trường THPT A", "các ngân hàng: BIDV Hòa Bình", "5 đội: Sở Y tế": the items repeat the head or need none."""
    known = doc.hit("units", item)
    if known and doc.key.startswith(("đội", "đoàn"), at):
        return True
    own = doc.hit("unit_heads", item)
    if own and own.entry.code == "PC":
        return True
    if known and doc.key.endswith("ngân hàng", at, stop) and known.entry.name.startswith("Ngân hàng"):
        return True  # "các chi nhánh ngân hàng: NHCSXH tỉnh, Agribank Nà Lừ"
    return doc.key.startswith(doc.key[at:stop] + " ", item) or (known is not None and known.entry.is_a("brand"))


def alike(doc: Document, head: Entry, first: int, item: int) -> bool:
    """Whether an item begins with the same head as the first one: "các trường: THPT A, THPT B"; no unions of several schools."""
    if head.is_a("small"):
        return False
    for table in ("units", "unit_heads"):
        own, other = doc.hit(table, first), doc.hit(table, item)
        if own and other and (own.entry is other.entry or (own.entry.is_a("school") and other.entry.is_a("school"))):
            return True
    return False


def in_full_between(doc: Document, head: Entry, at: int, end: int) -> Unit | None:
    """ "các hội: Nhà báo, Liên hiệp các Hội VHNT, Luật gia": a body named in full among those that share the head."""
    brother = known_brothers(doc.gazetteer).get(head.code)
    full = read_unit(doc, at, end) if brother else None
    gap = ITEM_BREAK.match(doc.key, full.end, end) if full else None
    if gap is None:
        return None
    goes_on = doc.capital_at(gap.end()) and brother.match(doc.key, gap.end(), end)
    return full if goes_on or in_full_between(doc, head, gap.end(), end) else None


_KINDS = ("huyện", "thị xã", "thành phố", "tp.", "xã", "phường", "quận", "thị trấn", "đặc khu")


def kind_of(doc: Document, item: Span, kinds: tuple[str, ...] = _KINDS, beside: Span = (0, 0)) -> tuple[Span, ...]:
    """What a place is that a list names alone, when the article tells it elsewhere, not within `beside`: "UBND thị xã A"."""
    name = doc.key[slice(*item)]
    for kind in kinds:
        at = doc.key.find(f"{kind} {name}")
        while at >= 0 and (beside[0] <= at < beside[1] or doc.key[at - 1 : at].isalnum()):
            at = doc.key.find(f"{kind} {name}", at + 1)
        if at >= 0:
            return ((at, at + len(kind)),)
    return ()


_TIER = r"(?:huyện|quận|thị xã|thành phố|tp|xã|phường|thị trấn|đặc khu)"
_NEXT_PLACE = re.compile(rf"(?:,| và |,và )(?:(?P<kind>{_TIER}) )?(?=\w)")


def kind_left(doc: Document, kinds: tuple[Span, ...], at: int, end: int) -> tuple[Span, ...]:
    """The kind of the bare names of "các xã, thị trấn: A, B và thị trấn C": of the two the one that no item behind `at` bears itself."""
    told: set[str] = set()
    while (gap := _NEXT_PLACE.match(doc.key, at, end)) and doc.capital_at(gap.end()):
        told |= {gap["kind"]} - {None}
        run = capital_run(doc, gap.end(), end)
        at = run[-1][1] if run else end
    left = tuple(k for k in kinds if doc.key[slice(*k)] not in told)
    return left if told and len(kinds) == 2 and len(left) == 1 else ()


def own_tier(doc: Document, at: int) -> int | None:
    """The end of the head of its own that a place of a list may bear: "UBND 6 quận, huyện (quận A, B; huyện C, D)"."""
    head = doc.hit("unit_heads", at)
    named = head and head.entry.is_a("place") and doc.view.startswith(" ", head.end) and doc.capital_at(head.end + 1)
    if not named or head.entry.fields["level"] == "grassroots":  # "các xã Nà Lừ, Bản Qua"
        return None
    return head.end if not doc.hit("provinces", at) and not doc.hit("provinces", head.end + 1) else None


def of_other_kind(doc: Document, at: int, end: int) -> Unit | None:
    """ "các xã: Thị trấn A, B, C": the first alone is of another kind; bare names go on behind it."""
    own = own_tier(doc, at)
    stop = place_end(doc, own + 1, end) if own else None
    gap = ITEM_BREAK.match(doc.key, stop, end) if stop else None
    if gap is None or not doc.capital_at(gap.end()) or own_tier(doc, gap.end()):
        return None
    return Unit(at, stop, ((at, stop),), doc.hit("unit_heads", at).entry, True, True)


def tier_told(doc: Document, at: int, own: Hit | None) -> Span | None:
    """The word before a place's name that says what place it is, or that it is an area: "phường A", "khu vực B"."""
    area = AREA.match(doc.key, at)
    if area:
        return area.start(), area.end() - 1
    hamlet = own is not None and own.entry.fields["level"] == "grassroots" and doc.capital_at(at)  # "xã Nà Lừ, Bản Qua": a name
    return (own.start, own.end) if own and own.entry.is_a("place") and not hamlet else None


_OPENS_LIST = (":", " :", " (", " gồm", " là:")


def past_region(doc: Document, at: int) -> int:
    """ "Sở Công Thương 6 tỉnh, thành Tây Nam Bộ: A, B": behind the region in which all of them lie."""
    region = doc.hit("regions", at + 1) if doc.key.startswith(" ", at) else None
    return region.end if region and doc.key.startswith(_OPENS_LIST, region.end) else at


_AND_BODIES = re.compile(
    r"(?:,ban)?(?:,ngành|,cơ quan|,đơn vị|,đoàn thể| ngành){1,3}"
    r"(?: (?:thành viên|(?:của |cấp )?tỉnh|(?:trong|thuộc) (?:khối|cụm)(?: thi đua)?))*"
    r"(?:[, ](?:là|gồm|bao gồm|gồm có))?(?: ?: ?| ?\(|(?<=gồm) |(?<=gồm có) )"
)


_OF_BODIES = ("department_fields", "units", "unit_heads")


def and_bodies(doc: Document, stop: int, end: int) -> re.Match[str] | None:
    """ "các sở, ngành: Y tế, Nội vụ": departments by their fields, where other bodies may follow; two fields at least show it."""
    words = _AND_BODIES.match(doc.key, stop, end) if doc.view[stop : stop + 1] in ", " else None
    field = doc.hit("department_fields", words.end()) if words and doc.capital_at(words.end()) else None
    gap = ITEM_BREAK.match(doc.key, field.end, end) if field else None
    return words if gap and doc.begins(_OF_BODIES, gap.end()) else None
