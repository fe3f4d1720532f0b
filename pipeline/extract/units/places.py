"""Members named by their places alone: whose bodies they are, and lists that no head opens.

"Hội Nông dân tỉnh Lai Châu - Cụm trưởng ... Cụm gồm các tỉnh: Lai Châu, Sơn La": the members are the associations.
"Cụm thi đua các Sở Tài chính khu vực B gồm: Lai Châu, Sơn La": those of the bloc's name.
"Khối có 03 đơn vị (Cà Mau, Bạc Liêu, Sóc Trăng)"; "04 đơn vị: An Phú, An Bình, Long Hòa" with "xã An Phú" near by.
Refused: lists without such an opening, and heads that only steer ("UBND tỉnh"), which leave the bare name.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.extract.blocs import read_bloc
from pipeline.extract.document import Document, Sentence
from pipeline.extract.names import capital_run, place_end
from pipeline.extract.units import Span, Unit
from pipeline.extract.units.items import kind_left
from pipeline.gazetteer import Hit
from pipeline.patterns import FEW

_OPENING = re.compile(
    r"(?<!\w)(?:(?:(?:cụm|khối)(?: thi đua)?(?: số \d+)? (?:các|\d{1,2}) (?P<zone>huyện|xã|phường|quận)"
    r"(?: trung tâm| biên giới| nội địa| (?:nội|ngoại) thành| (?:miền|phía|vùng|khu vực|dọc|ven|lòng)(?: \w+){1,2})?"
    r"|đơn vị|thành viên|tỉnh|thành(?: phố)?(?: trực thuộc (?:trung ương|tw))?|địa phương|cụm|khối"
    r"|(?P<kind>huyện|thị xã|thị trấn|xã|phường|quận|đặc khu) (?:thành viên|trong|thuộc|của cụm))"
    r"(?: (?:thi đua|thành viên|trong|thuộc|của|cụm|khối|số|\d+|i|v|x))*"
    r"(?:[,-]bộ [^,:;()]{2,30}?| (?:tp\.?|thành phố|tỉnh|huyện|thị xã|quận) [^\s,:;()]+(?: [^\s,:;()]+){0,2}?)?"
    r"(?: (?:về dự|tham dự|có mặt|dự họp|đến dự|tham gia))?"
    r",?(?:: ?| ?\((?:(?:bao )?gồm(?: có)?:? )?|(?<=gồm các địa phương) "
    r"| ?(?:(?:bao )?gồm(?: có)?|(?:đó )?là):? )|nhóm (?:\d|[iv]{1,3}) (?:có|gồm(?: có)?):? "
    r"|(?:các|\d{1,2}) tỉnh(?:,thành phố)?"
    r"(?: (?!(?:bao )?gồm(?!\w))[^\s.;:,()]+){1,6}"
    r"(?: ?\((?=\w)|(?P<colon>: ?)(?=\w)|[, ](?=gồm|bao)|,(?=là))(?:(?:bao )?gồm(?: có)?:? ?|là:? )?)(?:các tỉnh:? |các )?"
    r"|(?<!\w)(?P<named>(?:cụm|khối) thi đua [^.;:,()]{3,90}) ?\((?:gồm:? )?(?=\w)"  # "Cụm thi đua các trường khu vực X (A, B, C)"
)
_ANNOUNCE = (":", "(", "gồm", " là ", ",là ")
_GAP = re.compile(r"(?: ?\((?:cụm|khối|trưởng|phó|đơn vị)[^()]{0,30}\))?(?:,(?:và )?| và |; )")
_CITY = re.compile(r"(?:thành phố|tp\.?) ?")  # "Nghệ An, Hà Tĩnh và thành phố Huế"
_OTHER_TIER = re.compile(r"(?:thành phố|thị xã|thị trấn|đặc khu) ")  # "cụm các huyện phía Tây gồm: A, B và thành phố C"
_STEER = ("government", "party_committee", "emulation", "home_affairs")


def bare_lists(doc: Document, sentence: Sentence) -> tuple[list[Span], tuple[Span, ...]]:
    """The items of a list of three or more places without a head, behind words that announce members.

    With them the head that these words give: "7 phường thành viên trong cụm, gồm: ...", "Công an 5 tỉnh thuộc Cụm gồm: ...".
    """
    told = doc.key[sentence.start : sentence.end]
    if "," not in told and ";" not in told or not any(word in told for word in _ANNOUNCE):
        return [], ()
    for opening in _OPENING.finditer(doc.key, sentence.start, sentence.end):
        items: list[Span] = []
        at = opening.end()
        if opening["named"] and not doc.hit("provinces", at):
            continue
        if opening["colon"] and not _ends_bloc(doc, sentence.start, opening.start("colon")):
            continue
        while stop := _item(doc, at, sentence.end):
            items.append((at, stop))
            gap = _GAP.match(doc.key, stop, sentence.end)
            if not gap:
                break
            tier = opening["kind"] or opening["zone"] or not doc.hit("provinces", items[0][0])
            city = (_OTHER_TIER if tier else _CITY).match(doc.key, gap.end())
            at = city.end() if city and (tier or doc.hit("provinces", city.end())) else gap.end()
        if len(items) >= 3:
            kind = "kind" if opening["kind"] else "zone" if opening["zone"] else ""
            if kind and (other := _OTHER_KIND.search(doc.key, sentence.start, opening.start(kind))):  # "phường, xã trong cụm, gồm: A"
                return items, kind_left(doc, (other.span(1), opening.span(kind)), items[-1][1], sentence.end)
            return items, (opening.span(kind),) if kind else _bodies_of(doc, opening)
    return [], ()


def own_tier(doc: Document, item: Span) -> tuple[Span, ...]:
    """The kind that an item of such a list bears itself: "thành phố" of "huyện A, B và thành phố C"."""
    own = next(_OTHER_TIER.finditer(doc.key, max(0, item[0] - len("thành phố ")), item[0]), None)
    return ((own.start(), own.end() - 1),) if own and own.end() == item[0] else ()


def _ends_bloc(doc: Document, start: int, at: int) -> bool:
    """Whether a bloc's name ends here: "Cụm thi đua 3 Hội Luật gia 5 tỉnh Tây Nguyên: A, B, C"."""
    return any(read_bloc(doc, hit.start, at + 1) == at for hit in doc.within("bloc_heads", start, at))


_OTHER_KIND = re.compile(r"(?<!\w)(huyện|xã|phường|quận|thị trấn|đặc khu),$")
_SOME = re.compile(rf" (?:các|\d{{1,2}}|{FEW}|mười) $")


def _bodies_of(doc: Document, opening: re.Match[str]) -> tuple[Span, ...]:
    """The body whose branches of several provinces the words name: "Công an 5 tỉnh"."""
    at = doc.key.find("tỉnh", opening.start(), opening.start() + len("các tỉnh"))
    some = _SOME.search(doc.key, max(0, at - 8), at) if at >= 0 else None
    body = next((h for h in doc.within("units", max(0, some.start() - 40), some.start()) if h.end == some.start()), None) if some else None
    return ((body.start, body.end), (at, at + len("tỉnh"))) if body else ()


def _item(doc: Document, at: int, end: int) -> int | None:
    """Where a place's name ends: of one syllable only behind its own kind ("thành phố Vinh")."""
    if at >= end or not doc.capital_at(at) or doc.hit("units", at) or doc.hit("positions", at):
        return None
    if doc.hit("provinces", at):
        return place_end(doc, at, end)
    run = capital_run(doc, at, end)
    head = doc.hit("unit_heads", at)
    named = head is None or (head.entry.fields["level"] == "grassroots" and head.entry.is_a("place"))  # "Bản Qua" is a commune's name
    least = 1 if own_tier(doc, (at, at)) else 2
    return run[-1][1] if least <= len(run) <= 4 and named else None


def shared_head(doc: Document, items: list[Span], known: list[Unit], leading: list[Unit]) -> Span | None:
    """The words before an item's name in a unit of the article: "LĐLĐ tỉnh" of "LĐLĐ tỉnh Sơn La, Cụm trưởng".

    One unit that leads the bloc is enough, else two items must stand behind the same head.
    """
    names = {doc.key[a:b] for a, b in items}
    heads: dict[str, Span] = {}
    votes: Counter[str] = Counter()
    for unit, weight in [*((u, 2) for u in leading), *((u, 1) for u in known)]:
        text = doc.key[unit.start : unit.end]
        name = next((n for n in names if text.endswith(" " + n)), None)
        if name is None or len(unit.parts) > 1:
            continue
        head = text[: -len(name) - 1]
        head = head[_steering(doc, unit.start, head) :]
        if not head:
            continue
        start = unit.end - len(name) - 1 - len(head)
        names_told = weight if (head, name) not in heads else 0
        heads.setdefault(head, (start, start + len(head)))
        votes[head] += names_told
    for head in votes:  # "Cụm thi đua Bộ Chỉ huy Quân sự 5 tỉnh": the bloc itself is one of such bodies
        if head.endswith(" tỉnh") and re.search(rf"{re.escape(head.removesuffix(' tỉnh'))} (?:các|\d{{1,2}}) tỉnh", doc.key):
            votes[head] += 1
    best = votes.most_common(1)
    if not best or (best[0][1] < 2 and best[0][0] not in _SMALL_PLACES) or best[0][0] in ("tỉnh", "thành phố", "tp"):
        return None
    return heads[best[0][0]]


# "Cụm thi đua các Sở Tài chính khu vực Bắc Trung Bộ", "Cụm thi đua Thanh tra các tỉnh ven biển"
_BLOC_OF = re.compile(r"(?<!\w)(?:cụm|khối) thi đua(?: số \d{1,2})?(?: các| ngành)? $")
_OF_AREA = re.compile(r" (?:(?:các|\d{1,2}) tỉnh|khu vực|vùng|miền)(?!\w)")


def body_of_bloc(doc: Document, items: list[Span]) -> Span | None:
    """The body by whose branches of several provinces a bloc is named, when the items are provinces."""
    if not all(doc.hit("provinces", a) for a, _ in items):
        return None
    for bloc in re.finditer(r"(?:cụm|khối) thi đua(?!\w)", doc.key):
        told = doc.within("units", bloc.end(), bloc.end() + 50)
        for body in told:
            if _BLOC_OF.search(doc.key, bloc.start(), body.start) and _OF_AREA.match(doc.key, body.end):
                return body.start, body.end
    return None


def _steering(doc: Document, start: int, head: str) -> int:
    """How many letters at the beginning of a head name a body that steers: "UBND " of "UBND huyện"."""
    lead = len("lãnh đạo ") if head.startswith("lãnh đạo ") else 0
    body = doc.small_hit("units", start + lead)
    if body is None or not body.entry.is_a(*_STEER) or body.end > start + len(head):
        return 0
    stop = body.end - start
    return stop + head.startswith(" ", stop) if head[stop : stop + 1] in ("", " ") else 0


_SMALL_PLACES = frozenset({"xã", "phường", "huyện", "thị trấn", "quận", "thị xã"})


def with_heads(doc: Document, units: list[Unit], known: list[Unit], leading: list[Unit]) -> list[Unit]:
    """Provinces among the members under the head that their bodies share, else by their bare names."""
    provinces = [u for u in units if _is_province(doc, u)]
    if not provinces:
        return units
    spans = [(_name(doc, u).start, u.end) for u in provinces]
    head = shared_head(doc, spans, known, leading) if len(provinces) > 2 else None
    body = _counted_body(doc, min(u.start for u in provinces)) if len(provinces) > 2 and not head else None
    head = head or (body_of_bloc(doc, spans) if len(provinces) > 2 and not body else None)
    found: list[Unit] = []
    for unit in units:
        if unit not in provinces:
            found.append(unit)
            continue
        place = (_name(doc, unit).start, unit.end)
        parts = under(doc, head, place) if head else (body, *unit.parts) if body else (place,)
        found.append(Unit(unit.start, unit.end, parts, unit.entry, True, True))
    return found


def under(doc: Document, head: Span, place: Span) -> tuple[Span, Span]:
    """The head and the place; a city is no "tỉnh": "Sở Tư pháp" of "Sở Tư pháp tỉnh Tây Ninh" before "TP. Hồ Chí Minh"."""
    if not doc.key.endswith(" tỉnh", *head):
        return head, place
    province = doc.hit("provinces", place[0])
    city = province is not None and province.entry.fields["kind"] == "city"
    return ((head[0], head[1] - len(" tỉnh")) if city else head), place


_COUNTED = re.compile(r" (?:các|\d{1,2}) tỉnh(?:,thành(?: phố)?)?(?: [^.;:()]{3,30})?,? ?\(?(?:bao )?gồm(?: có)?(?: các)?:? ?$")


def _counted_body(doc: Document, first: int) -> Span | None:
    """The body of which the bloc has several provinces' before the first of them: "Bộ Chỉ huy Quân sự 12 tỉnh (gồm các tỉnh: A, B"."""
    told = (h for h in doc.within("units", first - 110, first) if not h.entry.is_a(*_STEER))
    return next(((h.start, h.end) for h in told if _COUNTED.fullmatch(doc.key, h.end, first)), None)


def with_bodies(doc: Document, units: list[Unit], known: list[Unit], leading: list[Unit]) -> list[Unit]:
    """Places among the members as the bodies named of them, when such a body leads the bloc.

    "Cụm gồm các huyện A, B và C ... LĐLĐ huyện A làm Cụm trưởng; Bằng khen cho LĐLĐ huyện B": of C nothing but its name is known.
    """
    places = {_text(doc, u) for u in units if u.is_a("place") or _of_bare_list(doc, u)}
    heads = {u.entry.code for u in leading if places and _body_of(doc, u, places)}
    if not heads:
        return units
    bodies: dict[str, Unit] = {}
    for unit in known:
        if unit.entry is not None and unit.entry.code in heads and (place := _body_of(doc, unit, places)):
            bodies.setdefault(place, unit)
    return [bodies.get(_text(doc, u), u) for u in units]


def _of_bare_list(doc: Document, unit: Unit) -> bool:
    """Whether a unit is a place of a list whose kind the bloc's name tells: "Cụm các huyện miền núi gồm A, B"."""
    return unit.entry is None and len(unit.parts) == 2 and doc.key[slice(*unit.parts[0])] in _SMALL_PLACES


def _text(doc: Document, unit: Unit) -> str:
    return " ".join([doc.key[a:b] for a, b in unit.parts])


def _body_of(doc: Document, unit: Unit, places: set[str]) -> str | None:
    """The place whose body the unit is; those that steer are none."""
    if unit.entry is None or unit.is_a("place", *_STEER):
        return None
    name = _text(doc, unit)
    return next((place for place in places if name.endswith(" " + place)), None)


def _name(doc: Document, unit: Unit) -> Hit | None:
    """The province that a unit's name ends with, by its longest name: "Thừa Thiên Huế", not "Huế"."""
    hits = (doc.hit("provinces", at) for at in range(unit.parts[-1][0], unit.end))
    return next((hit for hit in hits if hit and hit.end == unit.end), None)


def _is_province(doc: Document, unit: Unit) -> bool:
    """Whether a unit is a province and nothing else: "tỉnh Bến Tre", "thành phố Cần Thơ"."""
    if not unit.is_a("place"):
        return False
    first = doc.key[slice(*unit.parts[0])]
    head = first.split(" ")[0] if len(unit.parts) == 1 else first.removesuffix(" phố")  # "Tỉnh đoàn | Bến Tre" is no province
    name = _name(doc, unit) if head in ("tỉnh", "thành", "tp", "tp.") and len(unit.parts) <= 2 else None
    # the city of Lai Châu is no province
    return name is not None and (head == "tỉnh" or name.entry.fields["kind"] == "city")
