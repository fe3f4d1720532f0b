"""Units that share the head of the unit before them without a word that opens a list.

  "Báo Quảng Ninh, Lạng Sơn, Cao Bằng" gives three; "Hội Cựu chiến binh huyện Yên Lạc và Tam Đảo" gives two
Refused: a comma before anything but a place of the same kind.
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.names import capital_run
from pipeline.extract.units import Span, Unit, read_unit
from pipeline.extract.units.fields import of_union
from pipeline.extract.units.items import known_brothers
from pipeline.extract.units.tails import known_tail

_PLACE_WORDS = ("tỉnh ", "thành phố ", "huyện ", "tp ", "tp. ")
_NEXT = re.compile(r",| và ")


def _of_provinces(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "Báo Quảng Ninh, Lạng Sơn, Cao Bằng": provinces behind a body that is named by its province alone."""
    first = next((h for h in doc.within("provinces", unit.start, unit.end) if h.end == unit.end), None)
    if first is None or doc.view[first.start - 1] != " " or doc.key.endswith(_PLACE_WORDS, unit.start, first.start):
        return []
    found: list[Unit] = []
    cursor = unit.end
    while (step := _NEXT.match(doc.key, cursor, end)) and (item := doc.hit("provinces", step.end())) and item.end <= end:
        if doc.view[item.end : item.end + 1].isalnum():
            break
        found.append(Unit(item.start, item.end, ((unit.start, first.start - 1), (item.start, item.end)), unit.entry, True, True))
        cursor = item.end
    known = unit.entry is not None and unit.entry.table == "units"  # a firm's or school's own name may be followed by where it is
    return found if found and (len(found) > 1 or known or doc.key.startswith(" và ", unit.end)) else []


_DISTRICTS = r"(?:(?:huyện|quận|thị xã|thành phố|t[px]) (?!(?:ủy|đoàn)(?!\w))|t[px]\. ?(?=\w))"
_COMMUNES = r"(?:xã(?! hội)|phường|thị trấn|đặc khu) "
_PLACE_HEAD = rf"(?:{_DISTRICTS}|{_COMMUNES})"
_OF_ONE_TIER = tuple((re.compile(rf".+ (?={tier})"), re.compile(rf"(?:,| và |,và )(?={tier})")) for tier in (_DISTRICTS, _COMMUNES))
_ANY_TIER = (re.compile(rf".+? (?={_PLACE_HEAD})"), re.compile(rf"(?:,| và )(?={_PLACE_HEAD})"))


def _of_places(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "UBND thị xã A, huyện B và huyện C": the places repeat their own head, not the body's.

    Without "các" in front they must be of one tier, for "UBND xã A, huyện B" says where the commune lies; so does the city of a quarter.
    """
    many = doc.key[max(0, unit.start - 4) : unit.start] == "các "
    for head, step in (_ANY_TIER,) if many else _OF_ONE_TIER:
        own = head.match(doc.key, unit.start, unit.end)
        found: list[Unit] = []
        cursor = unit.end
        while own and (gap := step.match(doc.key, cursor, end)):
            place = read_unit(doc, gap.end(), end)
            if place is None or (gap[0] == "," and _lies_in_city(doc, own, place)):
                break
            found.append(Unit(place.start, place.end, ((unit.start, own.end() - 1), (place.start, place.end)), unit.entry, True, True))
            cursor = place.end
        if found:
            return found
    return []


def _lies_in_city(doc: Document, own: re.Match[str], place: Unit) -> bool:
    """ "UBND quận A, thành phố Hà Nội": a city among the provinces behind a place that is none."""
    cities = [h for h in doc.within("provinces", place.start, place.end) if h.end == place.end and h.entry.fields["kind"] == "city"]
    return bool(cities) and not doc.within("provinces", own.end(), own.endpos)


_TIER = re.compile(r".*?(?<!\w)(?:huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|tỉnh) (?=\w)")
_STEP = re.compile(r",(?:và )?| và |; ")
_TABLES = ("units", "unit_heads", "positions", "titles", "bloc_roles", "bloc_heads", "awards", "cues", "unit_refusals", "meeting_kinds")
_LONGEST_PLACE = 4


def _of_bare_places(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "UBND huyện A, B, C và D", "Huyện ủy A, B": places whose own head is that of the first.

    One place alone must be a district's: behind a comma a commune's name is followed by that of its district. A province at the end
    says where the first lies ("xã A, B, tỉnh C's name"), unless "và" joins it.
    """
    first = _STEP.match(doc.key, unit.end, end)
    head = _head_of_places(doc, unit) if first and _bare_place(doc, first.end(), end) else None
    if head is None:
        return []
    found: list[Unit] = []
    cursor, joined = unit.end, ""
    while step := _STEP.match(doc.key, cursor, end):
        stop = _bare_place(doc, step.end(), end)
        if stop is None:
            break
        found.append(Unit(step.end(), stop, (head, (step.end(), stop)), unit.entry, True, True))
        cursor, joined = stop, step[0]
    further = doc.hit("units", step.end()) if step else None
    both = further is not None and unit.entry is not None
    of_kind = both and (further.entry.code == unit.entry.code or (further.entry.is_a("party_committee") and unit.is_a("party_committee")))
    of_kind |= _parted(doc, unit, cursor)
    if not found or (len(found) < 2 and not of_kind and not _of_same_tier(doc, head, found[0])):
        return []
    last = doc.hit("provinces", found[-1].start)
    if last and last.end == found[-1].end and "và" not in joined and not doc.key.endswith("tỉnh", *head):
        return []
    return found + _of_next_tier(doc, unit, head, cursor, end)


def _of_same_tier(doc: Document, head: Span, item: Unit) -> bool:
    """Whether one bare place behind a body's is another of its kind: of a district's, or a province behind "tỉnh"."""
    if doc.key.endswith(" tỉnh", *head):
        return doc.hit("provinces", item.start) is not None
    return _DISTRICT_HEAD.search(doc.key, *head) is not None


_PARTED_BEFORE = re.compile(rf"{_PLACE_HEAD}[^;.]{{3,80}}(?:; ?| và )$")
_PARTED_BEHIND = re.compile(rf"; ?(?:các )?{_PLACE_HEAD}(?=\w)")


def _parted(doc: Document, unit: Unit, at: int) -> bool:
    """ "huyện A, B; thị xã C; phường D, E", "xã A, B và phường C, D": the kinds are parted, so that commas part the places of one kind."""
    if not unit.is_a("place"):
        return False
    return bool(_PARTED_BEHIND.match(doc.key, at) or _PARTED_BEFORE.search(doc.key, max(0, unit.start - 100), unit.start))


_NEXT_TIER = re.compile(r"(?:,| và |,và |; )(?P<tier>huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu) (?=\w)")
_OWN_TIER = re.compile(r" (?:tỉnh|huyện|quận|thị xã|(?P<small>xã|phường|thị trấn|đặc khu))$")


def _of_next_tier(doc: Document, unit: Unit, head: Span, at: int, end: int) -> list[Unit]:
    """ "Hội Nông dân quận A, B, C và huyện D, E", "quận A, B, Quận 4 và Quận 8": of another kind, by number; no larger place."""
    own = _OWN_TIER.search(doc.key, *head)
    found: list[Unit] = []
    tier: Span | None = None
    while own:
        gap = _NEXT_TIER.match(doc.key, at, end)
        step = None if gap or tier is None else _STEP.match(doc.key, at, end)
        if gap and bool(own["small"]) == (gap["tier"] in ("xã", "phường", "thị trấn", "đặc khu")):
            tier, begin, name = gap.span("tier"), gap.start("tier"), gap.end()
        elif step:
            begin = name = step.end()
        else:
            break
        number = (_OWN_NUMBER if gap else _BY_NUMBER).match(doc.key, name, end)
        stop = number.end() if number else _bare_place(doc, name, end)
        if stop is None:
            break
        found.append(Unit(begin, stop, ((head[0], own.start()), tier, (name, stop)), unit.entry, True, True))
        at = stop
    return found


_OWN_NUMBER, _BY_NUMBER = re.compile(r"\d{1,2}(?!\w|[/.]\d)"), re.compile(r"\d{1,2}(?=[,;.)]| và | \(|$)")


def _head_of_places(doc: Document, unit: Unit) -> tuple[int, int] | None:
    """The words before the place in a unit's name: "UBND huyện", "Huyện ủy", "TTYT" of "TTYT Nà Lừa"."""
    if len(unit.parts) > 1:
        return None
    tier = _COMMITTEE.match(doc.key, unit.start, unit.end) or _TIER.match(doc.key, unit.start, unit.end)
    if tier is None:
        known = doc.hit("units", unit.start)
        place = capital_run(doc, known.end + 1, unit.end) if known and known.end < unit.end else []
        bare = 1 < len(place) < _LONGEST_PLACE and place[-1][1] == unit.end and not doc.hit("provinces", place[0][0])
        return (unit.start, known.end) if bare else None
    if not doc.capital_at(tier.end()) or len(capital_run(doc, tier.end(), unit.end)) > _LONGEST_PLACE:
        return None
    return unit.start, tier.end() - 1


_COMMITTEE = re.compile(
    r"(?:(?:huyện|quận|thị|thành|đảng) ủy|(?:huyện|quận|thị|thành) (?:đoàn|hội)) (?!huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu)"
)
_DISTRICT_HEAD = re.compile(r"(?:\w (?:huyện|quận|thị xã)|(?:huyện|quận|thị) (?:ủy|đoàn|hội))$")  # of a body, not of a mere place


def _bare_place(doc: Document, at: int, end: int) -> int | None:
    """The end of a place's name that stands alone between marks; a person's name is none."""
    run = capital_run(doc, at, end)
    if not run or len(run) > _LONGEST_PLACE or (doc.begins(_TABLES, at) and not _begins_like_a_hamlet(doc, at, run)):
        return None
    stop = run[-1][1]
    province = doc.hit("provinces", at)
    if len(run) > 2 and doc.hit("family_names", at) and not (province and province.end == stop):
        return None
    words = (doc.hit("field_words", begin) for begin, _ in run)
    if any(word and word.end > stop for word in words):
        return None  # "TAND huyện Mường Tè, Tòa Dân sự": the next body
    alone = doc.view[stop : stop + 1] in ",;.():" or doc.key.startswith((" và ", " ("), stop)  # the empty string at the end, too
    return stop if alone or (len(run) > 1 and doc.view[stop] == " " and doc.view[stop + 1 : stop + 2].islower()) else None


def _begins_like_a_hamlet(doc: Document, at: int, run: list[Span]) -> bool:
    """ "Công an xã Nà Lừa, Bản Lầm": a commune whose name begins with the word for a hamlet."""
    own = doc.hit("unit_heads", at)
    hamlet = own is not None and own.entry.fields["level"] == "grassroots" and own.entry.is_a("place") and own.end == run[0][1]
    return hamlet and len(run) > 1 and not doc.begins(_NO_HAMLET, at)


_NO_HAMLET = tuple(table for table in _TABLES if table != "unit_heads")


def after_aside(doc: Document, unit: Unit, at: int, end: int) -> list[Unit]:
    """ "Hội Luật gia Lai Châu (Cụm trưởng), Sơn La (Cụm phó), Hòa Bình": bare places behind what a bracket says of the first."""
    first = next((h for h in doc.within("provinces", unit.start, unit.end) if h.end == unit.end and h.start > unit.start), None)
    head = (unit.start, first.start - 1) if first else _head_of_places(doc, unit)
    found: list[Unit] = []
    cursor = at
    while head and (stop := _listed_province(doc, cursor, end) if first else _bare_place(doc, cursor, end)):
        found.append(Unit(cursor, stop, (head, (cursor, stop)), unit.entry, True, True))
        step = _STEP.match(doc.key, stop, end)
        if step is None:
            break
        cursor = step.end()
    return found + _of_next_tier(doc, unit, head, found[-1].end, end) if found and not first else found


_ITEM_CLOSES = re.compile(r"[,;.)]| \(| và |-(?:đơn vị )?(?:cụm|khối|phó|trưởng) |$| (?:đã|tổ chức|tham|cùng)(?!\w)")


def _listed_province(doc: Document, at: int, end: int) -> int | None:
    province = doc.hit("provinces", at)
    return province.end if province and province.end <= end and _ITEM_CLOSES.match(doc.key, province.end) else None


_OWN_HEAD = re.compile(r".*?(?:huyện|xã|phường|thị trấn|tỉnh|trường thpt|thpt) ")


def _of_fields(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "Sở Y tế, Nội vụ và Tài chính": fields of departments behind the first department."""
    found: list[Unit] = []
    cursor = unit.end
    while gap := _NEXT.match(doc.key, cursor, end):
        field = doc.hit("department_fields", gap.end())
        whole = field and doc.capital_at(field.start) and (field.end == end or doc.key.startswith((",", ";", ".", ")", " và "), field.end))
        if not whole or doc.hit("units", gap.end()):
            break
        head = (unit.start, unit.start + len("sở"))
        found.append(Unit(field.start, field.end, (head, (field.start, field.end)), unit.entry, True, True))
        cursor = field.end
    return found


_ITEM_ENDS = re.compile(r"[,;.)]| và |$")


def _of_associations(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "Hội Luật gia, Làm vườn, Khuyến học tỉnh": two or more associations behind the first."""
    names = known_brothers(doc.gazetteer)["HOI"]
    found: list[Unit] = []
    cursor = unit.end
    while (gap := _NEXT.match(doc.key, cursor, end)) and doc.capital_at(gap.end()):
        item = None if doc.hit("units", gap.end()) else names.match(doc.key, gap.end(), end)
        stop = known_tail(doc, item.end(), end, False, False)[0] if item else 0
        if not stop or not _ITEM_ENDS.match(doc.key, stop, end):
            break
        head = (unit.start, unit.start + len("hội"))
        found.append(Unit(gap.end(), stop, (head, (gap.end(), stop)), unit.entry, True, True))
        cursor = stop
    return found if len(found) > 1 else []


_ELSE = ("units", "unit_heads", "positions", "bloc_roles", "titles", "awards", "bloc_heads")


def brothers(doc: Document, unit: Unit, end: int) -> list[Unit]:
    """ "Hội Cựu chiến binh huyện Yên Lạc và Tam Đảo": a bare place after "và" shares the head of the unit before."""
    if not doc.key.startswith((",", " và "), unit.end):
        return []
    if doc.key.startswith("sở ", unit.start) and not unit.placed and (found := _of_fields(doc, unit, end)):
        return found
    if doc.key.startswith("hội ", unit.start) and not unit.placed and (found := _of_associations(doc, unit, end)):
        return found
    if doc.key.startswith("công đoàn ngành ", unit.start) and (found := of_union(doc, unit, end)):
        return found
    if found := _of_provinces(doc, unit, end):
        return found
    if unit.placed and (found := _of_places(doc, unit, end) or _of_bare_places(doc, unit, end)):
        return found
    more = _NEXT.match(doc.key, unit.end, end)
    if not more or not unit.placed or not doc.capital_at(more.end()):
        return []
    head = _OWN_HEAD.match(doc.key, unit.start, unit.end)
    if not head:
        return []
    at = more.end()
    if more[0] == ",":
        province = doc.hit("provinces", at)
        if not province or not head[0].endswith("tỉnh ") or doc.view[province.end : province.end + 1] not in (",", ";", ".", " ", ")", ""):
            return []
        item = Unit(at, province.end, ((unit.start, head.end() - 1), (at, province.end)), unit.entry, True, True)
        further = (
            brothers(doc, Unit(unit.start, province.end, unit.parts, unit.entry, True, True), end)
            if doc.view[province.end : province.end + 1] == "," or doc.key.startswith(" và ", province.end)
            else []
        )
        return [item, *further]
    if doc.begins(_ELSE, at):
        return []
    run = capital_run(doc, at, end)
    if not run or len(run) > 3 or (len(run) == 3 and doc.hit("family_names", at)):
        return []
    stop = run[-1][1]
    return [Unit(at, stop, ((unit.start, head.end() - 1), (at, stop)), unit.entry, True, True)]
