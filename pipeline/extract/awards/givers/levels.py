"""The level of who gives an award: of a unit, a post or an issuer's phrase."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import Issuer, Token
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk
from pipeline.extract.units import Unit
from pipeline.gazetteer import Entry

_CITY = re.compile(r"(?:thành phố|tp\.?) ?(?P<name>[^,;.()]*)$")


def issuer_level(doc: Document, first: Chunk, last: Chunk) -> str | None:
    """The level of who gives: of an issuer's phrase, of a unit by its place, of a post by the unit behind it."""
    if last.symbol == "B" or last.symbol == "R":
        return "bloc"
    if last.symbol == "I":
        if doc.key.startswith(" đoàn", last.end):
            return "sector"  # "Bằng khen của Tỉnh đoàn" read as "của Tỉnh"
        return last.entry.fields["level"]
    if last.symbol == "O":
        if doc.key.startswith(" học viện", last.end):
            return "ministry"
        place = _PLACE_OF_POST.match(doc.key, last.end)
        if last.entry.fields["level"] == "sector" and _heads_central(doc, last):
            return "ministry"
        return last.entry.fields["level"] or (place and _TIERS[place["tier"]]) or None
    if first.symbol == "O" and first.entry is not None and first.entry.is_a("minister"):
        return first.entry.fields["level"]  # "Thống đốc NHNN"
    if first.symbol == "O" and doc.key.startswith("tổng giám đốc", first.start) and _is_central(last.unit):
        return "ministry"  # "Tổng Giám đốc Kho bạc Nhà nước"
    if _is_central(last.unit) and doc.key.endswith(_WHOLE_BOARD, 0, first.start):
        return "ministry"  # "Hội đồng thành viên Agribank"
    return unit_level(doc, last.unit)


_WHOLE_BOARD = ("hội đồng thành viên ", "hội đồng quản trị ", "hđtv ", "hđqt ")


_ISSUER = re.compile(r"(?:O?U|OI|I|B|O(?=[G;,.w\"vf]|$))")


def issuer_at(doc: Document, tokens: list[Token], symbols: str, at: int) -> tuple[Issuer | None, int]:
    """Who is named at a token, with the level, and the token behind; None where nobody is who gives."""
    match = _ISSUER.match(symbols, at)
    if not match:
        return None, at
    first, last = tokens[at].chunk, tokens[match.end() - 1].chunk
    return Issuer((first.start, last.end), issuer_level(doc, first, last)), match.end()


def _is_central(unit: Unit | None) -> bool:
    """Whether a unit is known by its name alone, without a place, and is no firm."""
    return unit is not None and not unit.placed and unit.entry is not None and unit.entry.table == "units" and not unit.is_a("firm")


def _heads_central(doc: Document, post: Chunk) -> bool:
    """ "Tổng Giám đốc" alone, where the article names the Tổng Giám đốc of a central body."""
    words = doc.key[post.start : post.end] + " "
    at = doc.key.find(words)
    while at >= 0:
        body = doc.hit("units", at + len(words))
        if body and body.entry.fields["level"] == "ministry":
            return True
        at = doc.key.find(words, at + 1)
    return False


# "Bằng khen của Chủ tịch tỉnh"
_PLACE_OF_POST = re.compile(r" (?P<tier>tỉnh|huyện|quận|thị xã|xã|phường|thị trấn)(?!\w)")
_TIERS = {"tỉnh": "province", "xã": "commune", "phường": "commune", "thị trấn": "commune"} | dict.fromkeys(
    ("huyện", "quận", "thị xã"), "district"
)
_TOWN = re.compile(r"(?<!\w)(?:thành phố|tp\.?) ?(?=(?P<name>\w+ ?\w*))")


def _town_before(doc: Document, at: int) -> str:
    """The town that a bare "UBND thành phố" is of: the last one named in front of it in an article that names no centrally run city."""
    towns = [m for m in _TOWN.finditer(doc.key) if doc.capital_at(m.start("name"))]
    hits = (doc.hit("provinces", m.start("name")) for m in towns)
    if any(h and _is_central_city(doc, h.entry.name.lower()) for h in hits) or any(m["name"].startswith("hcm") for m in towns):
        return ""
    return next((m["name"] for m in reversed(towns) if at - 400 < m.start() < at), "")


def _in_one_province(doc: Document) -> bool:
    """Whether an article names one province as such ("tỉnh A") and no centrally run city: a bare "thành phố" there is a town of it."""
    named = doc.hits.get("provinces", ())
    told = {h.entry.name for h in named if doc.key.endswith("tỉnh ", 0, h.start) and doc.capital_at(h.start)}
    cities = (h.entry.name.lower() for h in named if h.entry.fields["kind"] == "city")
    return len(told) == 1 and not any(_is_central_city(doc, name) for name in cities)


# Since 2025 these are the whole country's: their branches of the provinces were renamed and go by region
_NATIONAL = frozenset({"cục hải quan", "cục thuế", "cục thống kê", "cục dự trữ nhà nước"})
_OF_REGIONS = re.compile(
    r"(?<!\w)(?:(?:hải quan|thuế|dự trữ nhà nước) khu vực [ivx\d]+"
    r"|thuế (?:tỉnh|thành phố|cơ sở \d)|thống kê (?:tỉnh|thành phố|cơ sở))(?!\w)"
)
_CENTRAL = re.compile(r"^đại học quốc gia|việt nam$|(?:trung ương|tw|t\.ư)$|quân khu|bộ quốc phòng|bộ công an|bộ tư lệnh")
_OF_COMMUNE = re.compile(r"(?<!\w)(?:(?<!hợp tác )xã(?! hội)|phường|thị trấn|đặc khu)(?!\w)")
_OF_BODY = re.compile(r"(?<!\w)(?:sở|ngành|công an|bộ|cục|ban|trường|công ti|tập đoàn|bệnh viện|liên đoàn|hội(?! đồng))(?!\w)")
_OF_DISTRICT = re.compile(r"(?<!\w)(?:huyện|quận|thị xã)(?!\w)")


def unit_level(doc: Document, unit: Unit) -> str | None:
    """A unit's level: of its kind, lowered or raised by the place in its name."""
    key = doc.key[unit.parts[0][0] : unit.parts[-1][1]]
    entry: Entry | None = unit.entry
    level = entry.fields["level"] if entry else None
    if level in ("ministry", "government", "state"):
        return level
    if key in _NATIONAL and _OF_REGIONS.search(doc.key):
        return "ministry"
    if _CENTRAL.search(key) and "mttq việt nam" not in key and "mặt trận tổ quốc việt nam" not in key:
        return "ministry"
    council = unit.is_a("emulation") and unit.is_a("council") and not _OF_BODY.search(key)  # whose chairman's body gives
    office = council or unit.is_a("government", "party_committee", "place")
    if _OF_COMMUNE.search(key) and "thị xã" not in key:
        return "commune" if office else "grassroots"
    if _OF_DISTRICT.search(key):
        return "district"
    if key.startswith("đảng bộ tỉnh"):
        return "province"  # "Ban Chấp hành Đảng bộ tỉnh"
    town = _OF_TOWN.match(key)
    if town and not _is_central_city(doc, town["name"]):
        return "district"  # "Thành ủy Việt Trì"
    if key in _OF_SOME_TOWN and (name := _town_before(doc, unit.start)) and not _is_central_city(doc, name):
        return "district"  # "Thành ủy" in an article about a town
    city = _CITY.search(key)
    if city and office:
        name = city["name"].strip() or _town_before(doc, unit.start)
        central = name == "hcm" or _is_central_city(doc, name) if name else not _in_one_province(doc)
        return "province" if central else "district"
    return "province" if council else level


_OF_SOME_TOWN = frozenset({"thành ủy", "ban thường vụ thành ủy", "ban chấp hành thành ủy", "thành đoàn"})
_OF_TOWN = re.compile(r"(?:ban (?:thường vụ|chấp hành) )?thành (?:ủy|đoàn) (?P<name>\w.+)")


def _is_central_city(doc: Document, name: str) -> bool:
    """Whether a city is centrally run: some have been so for a few years only, and before were towns of the province of that name."""
    rows = [e for e in doc.gazetteer.table("provinces") if e.fields["kind"] == "city" and e.name.lower() == name]
    since = rows[0].fields["valid_from"][:4] if rows else ""
    if not since:
        return bool(rows)
    if f"tỉnh {name}" in doc.key or "thừa thiên" in doc.key:
        return False
    years = _ANY_YEAR.findall(doc.key)
    return not years or max(years) >= since


_ANY_YEAR = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]\d)")


def names_giver(award: Entry) -> bool:
    """ "Cờ thi đua của UBND tỉnh" names its giver; "Lao động tiên tiến", "Đơn vị quyết thắng" may be given by one body or another."""
    level = award.fields["level"]
    title = award.fields["category"] == "emulation_title_collective" and award.name == award.fields["bare"]
    return level not in ("", "grassroots") and "|" not in level and not title


_LABEL = re.compile(
    r"(?:(?<![^;.:(+ -])|(?<=[;.:(+-] )|(?<=khen thưởng )|(?<=khen ))(?:ở )?cấp (?P<tier>nhà nước|bộ|tỉnh|thành phố|huyện|xã|cơ sở)"
    r"(?:, ?(?:ban, ?)?ngành)?(?:: ?|[, ](?:có|gồm|là):? )"
)
_LABELS = {"nhà nước": None, "bộ": "ministry", "thành phố": None, "cơ sở": "grassroots"} | _TIERS


def tier_told(doc: Document, begin: int, award: int) -> tuple[tuple[int, int], str] | None:
    """ "cấp tỉnh: 05 Cờ thi đua, 17 Bằng khen": the last label in front of an award, and its level."""
    if "cấp " not in doc.key[begin:award]:
        return None
    label = next(reversed(list(_LABEL.finditer(doc.key, begin, award))), None)
    level = _LABELS[label["tier"]] if label else None
    return (label.span(), level) if level else None


_DISTRICTS = re.compile(r" (?:các )?(?:huyện|quận|thị xã)")
_COMMUNES = re.compile(r" (?:các )?(?:xã|phường|thị trấn)")


def level_below(gap: str) -> str | None:
    """ "Chủ tịch UBND các huyện, thành phố tặng Giấy khen": the level that the words behind the giver tell."""
    if _DISTRICTS.match(gap):
        return "district"
    return "commune" if _COMMUNES.match(gap) else None
