"""Lists of units whose shared head stands once, and bodies that bear the name of the body they belong to.

"các Sở: Tài chính, Nông nghiệp và Môi trường" gives two units; "Công an các tỉnh: Hà Nam, Thái Bình" gives two
"Ban Tuyên giáo, Ban Tổ chức, Văn phòng Tỉnh ủy" gives three; "Công đoàn cơ sở Công ty Than Mạo Khê" gives one
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.names import find_person, place_end
from pipeline.extract.units import Span, Unit, read_unit
from pipeline.extract.units.brothers import brothers
from pipeline.extract.units.fields import fuller_head, told_by_field
from pipeline.extract.units.inside import behind_committee, branches, inside, of_bodies, of_tiers
from pipeline.extract.units.items import (
    ITEM_BREAK,
    alike,
    and_bodies,
    in_full_between,
    item_end,
    kind_of,
    named_in_full,
    of_other_kind,
    own_tier,
    past_region,
    shared_heads,
    tier_told,
)
from pipeline.extract.units.numbers import areas, codes_behind, numbered, numbers_behind
from pipeline.extract.units.owners import owner_later, with_parent
from pipeline.extract.units.tails import BOTH_TIERS
from pipeline.gazetteer import Entry, Hit
from pipeline.patterns import FEW

# "các Sở:", "03 huyện:", "các trường THPT:"; the head itself is read from the gazetteer.
_MANY = re.compile(r"(?:các|những|\d{1,2}(?:/\d{1,2})?|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?: cơ quan| đơn vị)? (?=\w)")
_MANY_BEGINS = ("các ", "những ", "hai ", "ba ", "bốn ", "sáu ", "bảy ", "tám ", "chín ", "mười ", *"0123456789")
_ALIAS = re.compile(r" ?\([A-ZĐ&-]{2,8}\)")
_LIST_OPENS = re.compile(r"(?: trực thuộc (?:trung ương|tw|t\.ư))?:")  # "Công an thành phố trực thuộc Trung ương: Hà Nội, Huế"
_BASE = re.compile(rf"(?:{BOTH_TIERS.pattern})?(?: ở| tại| của)? (?:các|\d{{1,2}}|{FEW}|mười) (?=\w)")


def read_units(doc: Document, start: int, end: int, after_post: bool = False, small: bool = False) -> list[Unit]:
    """The unit that begins here, or the units of a distributive list that begins here."""
    many = _MANY.match(doc.key, start, end) if doc.key.startswith(_MANY_BEGINS, start) else None
    if many:
        found = of_bodies(doc, many.end(), end) or _distribute(doc, many.end(), end, ())
        base = _BASE.match(doc.key, found[0].end, end) if len(found) == 1 and len(found[0].parts) == 2 else None
        if base and (spread := _distribute(doc, base.end(), end, ((many.end(), found[0].end),))):
            return spread  # "5 sở Nội vụ các thành phố: A, B, C"
        if found:
            return _with_further_heads(doc, found, end, ())
        if found := told_by_field(doc, many.end(), end):
            return found
    if start not in doc.names_at:
        return []
    if (listed := _before_colon(doc, start, end)) and len(listed) > 1:
        return listed
    unit = read_unit(doc, start, end, after_post, small)
    if not unit:
        return of_bodies(doc, start, end) or _small_base(doc, start, end)
    if unit.is_a("brand") and (found := branches(doc, unit, end)):
        return found
    spreads = not unit.placed or _LIST_OPENS.match(doc.key, unit.end) is not None
    if spreads and not (after_post and _names_follow(doc, unit, end)) and (found := _spread(doc, unit, end)):
        return found
    unit = with_parent(doc, unit, end, after_post)
    owned = unit.placed or doc.key.endswith("ủy", unit.start, unit.end)  # "Ban Dân vận Huyện ủy và Ban Tổ chức Huyện ủy"
    if unit.is_a("board") and not owned and len(unit.parts) == 1 and (owner := owner_later(doc, unit.end, end)):
        unit = Unit(unit.start, unit.end, ((unit.start, unit.end), owner), unit.entry, True, True)
    return [unit, *(numbers_behind(doc, unit, end) or codes_behind(doc, unit, end) or brothers(doc, unit, end))]


def _names_follow(doc: Document, unit: Unit, end: int) -> bool:
    """ "các Phó Chủ tịch UBND huyện: Vi Văn Hợi, Lò Thị Mây": persons behind the colon, no places."""
    at = unit.end + 2
    return doc.view.startswith(": ", unit.end) and find_person(doc, at, end, titled=False, listed=False) is not None


def _before_colon(doc: Document, start: int, end: int) -> list[Unit]:
    """ "Sở: Y tế, Tư pháp; Hội: Luật gia, Nhà báo": a list behind its bare head."""
    head = doc.small_hit("unit_heads", start)
    return _distribute(doc, start, end, ()) if head and doc.key.startswith(": ", head.end) else []


def _small_base(doc: Document, start: int, end: int) -> list[Unit]:
    """ "công an các phường A, B": the base of a list may be written small."""
    known, head = doc.small_hit("units", start), doc.hit("unit_heads", start)
    # "Văn phòng các Huyện ủy: A, B", "Hạt Kiểm lâm các huyện A, B"
    local = head is not None and (head.entry.is_a("alone") or (head.entry.fields["level"] == "district" and " " in head.entry.name))
    offices = local or doc.key.startswith("trạm y tế ", start) or (head is not None and head.entry.code == "VANPHONG")
    if known is None and (head is None or (head.entry.fields["tail"] == "name" and not offices)):
        return []
    stop = known.end if known else head.end
    base = _BASE.match(doc.key, stop, end)
    found = _distribute(doc, base.end(), end, ((start, stop),)) if base else []
    if not found and head is not None and head.entry.code == "THANHTRA":  # "Thanh tra các đơn vị: Sở A, Sở B"
        return inside(doc, Unit(start, stop, ((start, stop),), head.entry), end)
    if not found and head is not None and head.entry.code == "VANPHONG" and (owner := owner_later(doc, stop, end)):
        return [Unit(start, stop, ((start, stop), owner), head.entry, True, True)]  # "Văn phòng, Ban Tổ chức, Ban Dân vận Tỉnh ủy"
    return found


def _spread(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """The units of a list whose base stands before its head: "Công an các tỉnh: A, B", "Sở Y tế và BHXH của 6 tỉnh: A, B"."""
    own = (unit.start, unit.end)
    if unit.placed:  # "các Trung tâm Y tế huyện: A, B"
        last = doc.key.rfind(" ", unit.start, unit.end - len(" phố") * doc.key.endswith(" thành phố", unit.start, unit.end))
        found = _distribute(doc, last + 1, end, ((unit.start, last),)) if last > 0 and doc.hit("unit_heads", last + 1) else []
        return found if len(found) > 1 else []
    if unit.entry is not None and unit.entry.code == "CDCS" and (own_bodies := inside(doc, unit, end)):
        return own_bodies
    if found := areas(doc, unit, end) or of_tiers(doc, unit, end):
        return found
    alias = _ALIAS.match(doc.view, unit.end, end)  # "Ban Chỉ huy quân sự (CHQS) các huyện"
    base = _BASE.match(doc.key, alias.end() if alias else unit.end, end)
    if base and base[0].startswith(" của") and unit.is_a("room"):
        return _with_further_heads(doc, _distribute(doc, base.end(), end, ()), end, ())  # "công chức Phòng Nội vụ của 8 xã: A, B"
    heads = () if base and behind_committee(doc, unit) else (own,)
    if base and (found := _distribute(doc, base.end(), end, heads)):
        return _with_further_heads(doc, found, end, heads)
    joined = _JOINED.match(doc.key, unit.end, end)
    second = read_unit(doc, joined.end(), end) if joined else None
    base = _BASE.match(doc.key, second.end, end) if second and not second.placed else None
    if base is None or (joined[0] == "," and not doc.key.startswith("tỉnh", base.end())):  # "Sở Y tế, Công an các huyện": of no district
        return []
    if unit.entry is not None and unit.entry.fields["level"] == "ministry":
        return []  # "Trung ương Hội và Hội Nông dân các tỉnh A, B": a central body is in no province
    if unit.is_a("government", "party_committee"):  # "UBND và Hội đồng TĐKT các tỉnh A, B": the places themselves
        base = _BASE.match(doc.key, second.end, end)
        return _with_further_heads(doc, _distribute(doc, base.end(), end, ()), end, ())
    further = _spread(doc, second, end)
    firsts = [Unit(own[0], own[1], (own, *u.parts[1:]), unit.entry, True, True) for u in further if len(u.parts) > 2]
    return [*firsts, *further]


_JOINED = re.compile(r" và |,(?=\w)")


def _distribute(doc: Document, at: int, end: int, base: tuple[Span, ...]) -> list[Unit]:
    """The units of "Sở: Y tế, Khoa học và Công nghệ" (the word "các" is read already)."""
    if at not in doc.names_at:
        return []
    known, head = doc.hit("units", at), doc.hit("unit_heads", at)
    stop, entry = _list_head(doc, at, end, known, head)
    if entry is None:
        return []
    mixed = _MIXED.match(doc.key, stop, end)
    following = and_bodies(doc, stop, end) if entry.code == "SO" else None
    place = head.entry.fields["tail"] == "place" if head and head.end == stop else False
    following = following or _FOLLOWING.match(doc.key, past_region(doc, mixed.end() if mixed else stop), end)
    following = (place and _OF_NAMED_BLOC.match(doc.key, stop, end)) or following
    if not following:
        return []
    found: list[Unit] = []
    carried: tuple[Span, ...] = ()  # "các Văn phòng Đảng ủy: phường A, B": the first place's own head
    cursor = following.end()
    if (
        not place
        and doc.view[cursor : cursor + 1].isdigit()
        and len(row := numbered(doc, (*base, (at, stop)), base and entry or entry, cursor, end)) > 1
    ):
        return row  # "các Thuế cơ sở: 5, 6 và 7"
    if place and not base and not mixed and (":" in following[0] or doc.capital_at(cursor)) and (first := of_other_kind(doc, cursor, end)):
        found.append(first)
        cursor = ITEM_BREAK.match(doc.key, first.end, end).end()
    while True:
        if base and place and (own := own_tier(doc, cursor)):
            at, stop, mixed, cursor = cursor, own, None, own + 1
        if not found and not place and named_in_full(doc, at, stop, cursor):
            return []
        item = item_end(doc, cursor, end, entry, place, bool(found) and not alike(doc, entry, following.end(), cursor))
        full = in_full_between(doc, entry, cursor, end) if item is None and found and not place else None
        if full:
            found.append(full)
            cursor = ITEM_BREAK.match(doc.key, full.end, end).end()
            continue
        if item is None:
            break
        own = doc.hit("unit_heads", cursor)
        if tier := tier_told(doc, cursor, own) if not place else None:
            carried = (tier,)
        fuller = () if tier else carried
        parts = (*base, *_heads(doc, at, stop, mixed, base, cursor), *fuller, (cursor, item))
        if not found and not base and cursor == stop + 1 and doc.capital_at(at) and "(" not in doc.view[item : item + 2]:
            parts = ((at, item),)
        here = base[0][0] if base else at  # the word for a place's kind may stand elsewhere
        begin = min(p[0] for p in parts if p[0] >= here) if not found else cursor
        found.append(Unit(begin, item, parts, base and entry or entry, True, True))
        gap = ITEM_BREAK.match(doc.key, item, end)
        if not gap:
            break
        stop = fuller_head(doc, stop, cursor, item, gap.end(), end) if len(found) == 1 and not place else stop
        cursor = gap.end()
    if entry.code == "BAN" and len(found) > 1 and (owner := _OWNER.search(doc.key, found[-1].parts[-1][0] - 1, found[-1].end)):
        owners = ((owner.start(1), found[-1].end),)
        found[:-1] = [Unit(u.start, u.end, (*u.parts, *owners), u.entry, True, True) for u in found[:-1]]
    if len(found) == 1 and ":" not in following[0] and not base and not place:
        return found if entry.table == "unit_heads" and entry.code == "SO" else []
    return found


_MIXED = re.compile(
    r"(?:(?:,| và )(?:huyện|thị xã|thành phố|t[px]|thành(?! ủy| đoàn)|xã|phường|quận|thị trấn|đặc khu)(?!\w))+"
)  # "các xã, phường"
_TIER_WORD = re.compile(r"huyện|thị xã|thành phố|t[px]|xã|phường|quận|thị trấn|đặc khu")
_IN_FULL = {"tx": "thị xã", "tp": "thành phố"}
_FOLLOWING = re.compile(
    r"(?: (?:xây dựng )?đảng)?(?: thành viên| trực thuộc (?:trung ương|tw|t\.ư))?"
    r"(?: (?:phía|vùng|miền|khu vực|ven|biên giới|trung du|đồng bằng|lân cận|trên địa bàn)(?: \w+){0,6}?"
    r"(?:,(?:bao )?gồm(?: có)?|(?= ?[:(]| (?:bao )?gồm)))?"
    r"(?: (?:trong|thuộc) (?:khối|cụm)(?: thi đua)?+(?! (?:số |[ivx\d]+(?!\w))))?"
    r"(?: là|(?: |(?<=trung ương),)(?:bao )?gồm(?: có)?)?(?: ?: ?| ?\((?:gồm:? )?| )"
)
# "các huyện thuộc Cụm thi đua biên giới: A, B"
_OF_NAMED_BLOC = re.compile(
    r" (?:trong|thuộc) (?:khối|cụm)(?: thi đua)?(?! (?:số |[ivx\d]+(?!\w)))(?: (?!gồm|bao|là )[^\s.:;,()]+){1,4} ?: ?"
)
# "Tỉnh đoàn các tỉnh: A, B" gives "Tỉnh đoàn A"
_TIER_INSIDE = tuple(f"{tier} {body}" for tier in ("tỉnh", "thành", "huyện", "quận", "thị") for body in ("ủy", "đoàn"))
_TIERS = ("tỉnh", "thành phố", "tp", "tp.", "huyện", "quận")
# "các Ban: Tổ chức, Dân vận, Nội chính Tỉnh ủy": the last board's owner is everyone's
_OWNER = re.compile(r" ((?:tỉnh|thành|huyện|quận|thị) ủy)(?: |$)")


def _heads(doc: Document, at: int, stop: int, mixed: re.Match[str] | None, base: tuple[Span, ...], item: int) -> list[Span]:
    """The head that an item of a list shares: of "các tỉnh, thành phố" the one that fits; none behind "Huyện ủy", "Tỉnh đoàn"."""
    if base and doc.key.endswith(_TIER_INSIDE, *base[-1]):
        return []
    if mixed and (told := _kind_told(doc, stop, mixed, item)):
        return list(told)
    own = doc.hit("unit_heads", item)
    if (doc.key.startswith("tp", item) or (own and own.entry.code == "THANHPHO")) and doc.key.endswith(_TIERS, at, stop):
        return []  # "5 thành phố: TP Hà Nội, TPHCM": each has its own
    province = doc.hit("provinces", item)
    if province and province.entry.fields["kind"] == "city" and doc.key.endswith("tỉnh", at, stop):
        city = doc.key.find("thành phố", stop, mixed.end()) if mixed else -1
        own = stop - len(" tỉnh")  # "Thuế tỉnh, thành phố: ..."
        if city < 0:  # "6 tỉnh, thành: ...", "các tỉnh Quảng Nam, Đà Nẵng"
            return [(at, own)] if own > at else []
        town = (city, city + len("thành phố"))
        return [(at, own), town] if own > at else [town]
    return [(at, stop)]


def _kind_told(doc: Document, stop: int, mixed: re.Match[str], item: int) -> tuple[Span, ...]:
    """ "các huyện, thị xã: A, B": of what kind B is when the article names it elsewhere."""
    name_end = place_end(doc, item, mixed.endpos)
    kinds = (doc.key[doc.key.rfind(" ", 0, stop) + 1 : stop], *(_IN_FULL.get(word, word) for word in _TIER_WORD.findall(mixed[0])))
    return kind_of(doc, (item, name_end), kinds, (stop, item)) if name_end else ()


_PLACES = r"(?=(?:huyện|xã|phường|thị xã|thành phố|thị trấn|tỉnh|quận|tp\.?) ?[:\w])"
_FURTHER = re.compile(rf"(?: và |,|; )(?:các |\d{{1,2}} ){_PLACES}")
_FURTHER_OF_BASE = re.compile(rf"(?: và |,|; )(?:các |\d{{1,2}} )?{_PLACES}")


def _with_further_heads(doc: Document, found: list[Unit], end: int, base: tuple[Span, ...]) -> list[Unit]:
    """ "UBND các xã: A, B và các phường C, D": the base holds for the second head, too."""
    if not found:
        return []
    more = (_FURTHER_OF_BASE if base else _FURTHER).match(doc.key, found[-1].end, end)
    further = _distribute(doc, more.end(), end, base) if more else []
    return [*found, *(_with_further_heads(doc, further, end, base) if further else [])]


def continue_list(doc: Document, last: Unit, at: int, end: int) -> list[Unit]:
    """Further items of a distributive list whose last item was `last`."""
    place = (
        last.entry is not None
        and last.entry.fields.get("tail") == "place"
        or doc.key[slice(*last.parts[-2])] in ("tỉnh", "huyện", "xã", "phường", "thành phố")
    )
    found: list[Unit] = []
    cursor = at
    while (item := item_end(doc, cursor, end, last.entry, place, True)) is not None:
        heads = shared_heads(doc, last, cursor)
        found.append(Unit(cursor, item, (*heads, (cursor, item)), last.entry, True, True))
        gap = ITEM_BREAK.match(doc.key, item, end)
        if not gap:
            break
        cursor = gap.end()
    base = last.parts[:-2] if place else ()
    return _with_further_heads(doc, found, end, base) if found or not base else _distribute(doc, at, end, base)


def _list_head(doc: Document, at: int, end: int, known: Hit | None, head: Hit | None) -> tuple[int, Entry | None]:
    """Where the shared head of a list ends: "Sở", "huyện", "Trường Cao đẳng", "Chi nhánh Ngân hàng", "Công ty CP"."""
    if _PARTY_BOARDS.match(doc.key, at, end) and (board := doc.small_hit("unit_heads", at)):
        return board.end, board.entry
    lower = None
    if known is None and (head is None or _longer_when_small(doc, at, head)):
        # heads of lists are often written small: "các sở Y tế, Tư pháp", "các trường THPT: A, B", "các huyện ủy: A, B"
        lower = _lower_head(doc, at, end)
        if lower is None:
            return at, None
        return lower
    if known and (head is None or known.end > head.end) and not _only_head(doc, head, known, end):
        area = _AREA_HEAD.match(doc.key, known.end, end)  # "4 KBNN khu vực: I, II"
        return area.end() if area else known.end, known.entry
    stop, entry = head.end, head.entry
    # "Chi nhánh Ngân hàng:", "Trường Cao đẳng:": a second head makes the first fuller, but no place's ("các phường Trường Xuân, Hòa Lạc")
    while doc.view[stop : stop + 1] == " " and entry.fields["tail"] != "place":
        more = doc.hit("unit_heads", stop + 1) or doc.hit("units", stop + 1)
        if not more or more.entry.fields.get("tail") == "place" or doc.view[more.end : more.end + 1] not in (":", " "):
            break
        stop = more.end
    return _named_before_colon(doc, at, stop, end), entry


_PARTY_BOARDS = re.compile(r"ban (?:xây dựng )?đảng(?: gồm)?:")  # "các Ban xây dựng Đảng: Tổ chức, Dân vận"


def _longer_when_small(doc: Document, at: int, head: Hit) -> bool:
    """ "huyện ủy" is more than "huyện"."""
    small = doc.small_hit("units", at)
    return small is not None and small.end > head.end


_AREA_HEAD = re.compile(r" khu vực(?=:| \d)")


def _named_before_colon(doc: Document, at: int, stop: int, end: int) -> int:
    """ "các Trung tâm Phục vụ hành chính công: phường A, B": before a colon the whole name is shared; so is "khu vực"."""
    if area := _AREA_HEAD.match(doc.key, stop, end):
        return area.end()
    unit = read_unit(doc, at, end) if doc.view[stop : stop + 1] == " " else None
    return unit.end if unit and unit.end > stop and doc.key.startswith((":", " :"), unit.end) else stop


def _only_head(doc: Document, head: Hit | None, known: Hit, end: int) -> bool:
    """Whether a list shares the head word alone, though it begins with a whole name: "các Sở Y tế, Tư pháp"."""
    if head is None or not head.entry.is_a("by_field") or doc.view[known.end : known.end + 1] == ":":
        return False
    places = _FOLLOWING.match(doc.key, known.end, end)  # "các Sở Y tế Long An, Bến Tre", "các Sở Y tế thuộc cụm gồm: Long An"
    return not (places and doc.hit("provinces", places.end()))


def _lower_head(doc: Document, at: int, end: int) -> tuple[int, Entry] | None:
    hits = [h for h in (doc.small_hit("unit_heads", at), doc.small_hit("units", at)) if h]
    if not hits:
        return None
    best = max(hits, key=lambda h: h.end)
    if best is not hits[0] and _only_head(doc, hits[0], best, end):
        best = hits[0]
    stop, entry = best.end, best.entry
    while stop < end and doc.view[stop : stop + 1] == " " and entry.fields["tail"] != "place":
        more = doc.small_hit("unit_heads", stop + 1) or doc.hit("units", stop + 1)
        if not more or more.entry.fields["tail"] == "place" or doc.view[more.end : more.end + 1] not in (":", " "):
            break
        stop, entry = more.end, more.entry
    return stop, entry
