"""Provinces: which one an article speaks of, in the version that held on the day of its meeting."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from pipeline.gazetteer import Entry, Gazetteer
from pipeline.normalize.bylines import of_paper
from pipeline.records import Article, Slot
from pipeline.textmap import FoldedText, fold, folded


def valid_on(entry: Entry, day: str | None) -> bool:
    """Whether a version of a province held on an ISO day (None: today's knowledge, the latest version)."""
    day = day or "9999-12-31"
    return entry.fields["valid_from"] <= day and (not entry.fields["valid_to"] or day <= entry.fields["valid_to"])


@lru_cache(maxsize=4)
def _by_name(gazetteer: Gazetteer) -> dict[str, list[Entry]]:
    """The versions of each folded name, in the order of the table."""
    found: dict[str, list[Entry]] = {}
    for entry in gazetteer.table("provinces"):
        for key in dict.fromkeys(map(fold, (entry.name, *entry.variants))):
            found.setdefault(key, []).append(entry)
    return found


def version_on(gazetteer: Gazetteer, name: str, day: str | None) -> Entry | None:
    """The version of a province's name on a day: "Huế" before 2025 is Thừa Thiên Huế only through its own row."""
    same = _by_name(gazetteer).get(fold(name), [])
    found = next((e for e in same if valid_on(e, day)), same[-1] if same else None)
    if found is None or not day or day >= found.fields["valid_from"]:
        return found
    # "thành phố Huế" in 2021 lay in Thừa Thiên Huế
    return next((e for e in gazetteer.table("provinces") if e.code == found.code and valid_on(e, day)), found)


# "xã Hòa Bình", "Công an huyện Ninh Bình": a smaller place of that name
_SMALLER = re.compile(r"(?<!\w)(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thôn|bản|ấp|số)(?!\w)")
_OF_PROVINCE = re.compile(r"(?:.* )?(?:tỉnh|tp\.?|thành phố) (?P<name>[^,;-]+)$")


@lru_cache(maxsize=4)
def _at_end(gazetteer: Gazetteer) -> re.Pattern[str]:
    names = sorted(_by_name(gazetteer), key=len, reverse=True)
    return re.compile(rf"(?:(?P<head>.+) )?(?P<name>{'|'.join(map(re.escape, names))})$")


def home_of(unit: str, gazetteer: Gazetteer, day: str | None) -> str | None:
    """The code of the province that a body's name ends with: "Thuế tỉnh Nghệ An", "Cục Hải quan Quảng Ninh"."""
    key = fold(unit)
    told = _OF_PROVINCE.match(key) or _at_end(gazetteer).match(key)
    if told is None or _SMALLER.search(key, 0, told.start("name")):
        return None
    entry = version_on(gazetteer, told["name"], day)
    return _successor(entry, gazetteer, day).code if entry else None


def from_address(url: str | None, gazetteer: Gazetteer, day: str | None) -> Entry | None:
    """The province whose portal, or whose name without marks, stands in an address."""
    if not url:
        return None
    named = [(len(stem), valid_on(entry, day), entry) for stem, entry in _named_in(_SCHEME.sub("", url).split("/")[0], gazetteer)]
    return max(named, key=lambda n: n[:2])[2] if named else None


_SCHEME = re.compile(r"^https?://")
_HOST = re.compile(r"(?<![\w@.-])(?:www\.)?[a-z\d-]+(?:\.[a-z\d-]+)*\.vn(?![\w.-])")
_DATELINE = 30  # raw letters


def _of_portal(article: Article, gazetteer: Gazetteer, day: str | None) -> tuple[str, tuple[int, int]] | None:
    """The province of the portal that stands before the text or with its author: "(laichau.gov.vn) - Sáng 2/3", "Theo baolaichau.vn"."""
    for region in article.regions:
        if region.kind not in ("lead", "body", "byline"):
            continue
        stop = region.end if region.kind == "byline" else min(region.end, region.start + _DATELINE)
        for host in _HOST.finditer(article.text, region.start, stop):
            if (entry := from_address(host[0], gazetteer, day)) is not None:
                return entry.name, host.span()
    return None


@lru_cache(maxsize=1024)
def _named_in(host: str, gazetteer: Gazetteer) -> list[tuple[str, Entry]]:
    """The provinces that the name of a host holds; a site's pages have it in common."""
    host = host.lower().replace("-", "")
    stems = ((stem, entry) for stem, entry in _stems(gazetteer) if stem in host)
    return [(stem, entry) for stem, entry in stems if re.search(rf"{stem}(?:\W|phu|tv|online|dost|doet|$)", host)]


@lru_cache(maxsize=4)
def _stems(gazetteer: Gazetteer) -> list[tuple[str, Entry]]:
    """What the addresses of provinces begin with; four letters or fewer ("hue") stand inside too many other words."""
    stems = ((e.fields["portal_domain"].split(".")[0].replace("-", ""), e) for e in gazetteer.table("provinces"))
    return [(stem, entry) for stem, entry in stems if len(stem) > 4]


_QUALIFIED = re.compile(r"(?:tỉnh|ubnd tỉnh|thành phố|tp\.?|tỉnh ủy|trên địa bàn tỉnh|trên địa bàn|báo|sở|đài ptth|thời tiết|tỉnh nhà) $")
_OF_BODY = re.compile(
    r"(?<!ubnd)(?<!tại)(?<! ủy)(?<!địa bàn)(?<!của)(?<!mttq)(?<! về)(?<! ở)(?<!việt nam) (?:tỉnh|tp\.?|thành phố) $"
    r"|(?<!tại)(?<!ở) (?:báo|công an|đài ptth) $"
)
_CITY, _HELD_IN = ("tp", "thành phố"), ("tại ", "ở ", "về ", "địa bàn ", "ubnd ")
# "Hội Nông dân tỉnh Bến Tre đăng cai hội nghị", "TP. Cao Lãnh sáng 10/12 đón đại biểu năm tỉnh"
_HOSTS = re.compile(
    r" (?:(?:sáng|chiều|ngày|hôm) [\d/-]+,? )?(?:(?:đã|vừa|là đơn vị|là địa phương|vinh dự|được giao) )*"
    r"(?:đăng cai (?![^.;]{0,30}(?:năm sau|năm tới|lần sau))|đón (?:các |hơn |gần )?(?:\d+ )?(?:đại biểu|đoàn)|là nơi |được chọn làm nơi )"
)
_MANY = re.compile(r"(?:các|(?<!số )(?<!số \d)\d|hai|ba|bốn|năm|sáu|bảy|tám) (?:tỉnh|tỉnh,thành phố)[^.;]{0,60}$")
# "anh Bảy (28 tuổi, quê huyện Tân Trà, tỉnh Bến Tre)": where a person comes from, or lives
_BORN = re.compile(
    r"(?<!\w)(?:(?:nguyên )?quê(?! hương)|bạn đọc(?: ở| tại)?|nguyên quán|sinh (?:ra|tại|năm \d{4} (?:tại|ở)))(?: [^.;()]{0,45})? $"
)
_LIVES = re.compile(r"(?<!\w)(?:ngụ|ngụ ở|ngụ tại|trú tại|trú ở|thường trú)(?: [^.;()]{0,45})? $")
# "học tập kinh nghiệm, mô hình của tỉnh Hà Giang", "giúp xã Nà Lừa, huyện Tân Trà, tỉnh Hà Giang": where the bloc is not
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:(?:học tập|học hỏi)(?!\w)[^.;()]{0,30}(?:kinh nghiệm|mô hình)[^.;()]{0,20} (?:của|tại|ở) (?:[^.;()]{0,40} )?"
    r"|(?:giúp|giúp đỡ|đỡ đầu|ủng hộ|hỗ trợ) (?:xã|bản|thôn|trường)(?!\w)[^.;(),]{3,40},(?:huyện [^.;(),]{2,20},)?tỉnh )$"
)
_OF_CITY = re.compile(r"(?<!\w)(?:ubnd|ủy ban nhân dân|hđnd|chủ tịch|thành ủy|công an|catp|thi đua yêu nước) $")  # and "TP.HCM" behind it
# "gồm 7 xã: Tân Sơn, Hòa Bình, ...": a smaller place of that name
_OF_SMALLER = re.compile(r"(?<!\w)(?:các|\d+) (?:xã|phường|thị trấn|huyện|quận)(?!\w)[^.;]{0,60}[,:] ?$")
_IN_BRACKETS = re.compile(r"\([^()]{0,70}$")
# "tỉnh Bến Tre", "Tỉnh đoàn Bến Tre", "(Ba Tri, Bến Tre)", "huyện Ba Tri (Bến Tre)", "Từ khóa: khen thưởng, Bến Tre"
_FIRM = re.compile(
    rf"(?:{_QUALIFIED.pattern.removesuffix(' $')} |(?:công an|catp|tỉnh đoàn|thành đoàn) |"
    r"(?<!\w)(?:huyện|thị xã|xã) [^(),.;]{2,14} ?\(|,)$"
)
_NEAR_VENUE = 150  # raw letters, since folding far stretches costs; 30 folded ones are what counts
_OF_BLOC = re.compile(r"(?:khối|cụm) thi đua(?! các tỉnh)[^.,;:()]{0,44} (?:tỉnh|thành phố|tp\.?) $")
_REGION_WEIGHTS = {"title": 3, "kicker": 3, "lead": 2}


class _Mention(NamedTuple):
    """A province named in the text by itself or by one of its towns."""

    start: int
    end: int
    name: str
    town: bool


@lru_cache(maxsize=4)
def _towns(gazetteer: Gazetteer) -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of "thành phố Đà Lạt", and the province of each town; without the word for a town the name may be any place's."""
    homes = {fold(form): e.fields["province"] for e in gazetteer.table("towns") for form in (e.name, *e.variants)}
    names = "|".join(map(re.escape, sorted(homes, key=len, reverse=True)))
    return re.compile(rf"t(?<!\w.)(?:hành phố|hị xã|[px]\.?) ?(?P<town>{names})(?!\w)"), homes


_SEAT = re.compile(r"(?:hội trường |trụ sở )*(?:trường|trung tâm|bệnh viện|ubnd|ủy ban nhân dân|thành ủy|thị ủy) ")


def _home(venue: str, homes: dict[str, str], gazetteer: Gazetteer) -> str | None:
    """The province of a venue that is a town, though its kind is not told ("tại Đồng Hới"), or bears its name ("Trường ĐH Đà Lạt")."""
    if venue in homes or not _SEAT.match(venue):
        return homes.get(venue)
    town = next((town for town in homes if venue.endswith(" " + town)), None)
    larger = town and any(fold(e.name).endswith(" " + town) and venue.endswith(fold(e.name)) for e in gazetteer.table("provinces"))
    return homes[town] if town and not larger else None  # "Trường Cao đẳng Trà Vinh" is not in the town of Vinh


def _mentions(text: FoldedText, gazetteer: Gazetteer, venue: Slot | None) -> list[_Mention]:
    pattern, homes = _towns(gazetteer)
    found = [_Mention(*m.span("town"), homes[m["town"]], True) for m in pattern.finditer(text.key) if text.view[m.start("town")].isupper()]
    if venue is not None and (home := _home(fold(str(venue.value)), homes, gazetteer)):
        found.append(_Mention(*map(text.to_folded, venue.spans[0]), home, True))
    inside = {range(m.start, m.end) for m in found}
    for hit in gazetteer.find_provinces(text):
        if not any(hit.start in span for span in inside):
            found.append(_Mention(hit.start, hit.end, hit.entry.name, False))
    return sorted(found)


def find_province(
    article: Article, gazetteer: Gazetteer, day: str | None, interprovincial: bool, venue: Slot | None = None, of_bloc: bool = False
) -> tuple[Slot, str] | None:
    """(slot, code) of the province: named with its kind in the text, else the address, else the name told most.

    For a bloc of several provinces the place of the meeting or the address decides, never the member list.
    A single bare name in passing says nothing, nor do names that stand only deep in the article without
    their kind, unless a bloc meets there, whose members may bear them.
    """
    votes = _votes(article, gazetteer, interprovincial, venue)
    address = from_address(article.url, gazetteer, day)
    if address is not None:
        votes.add(fold(address.name), _ADDRESS, near=True)
    paper = of_paper(article, gazetteer) or _of_portal(article, gazetteer, day)
    if paper is not None:
        votes.add(fold(paper[0]), _PAPER, near=True)
    key = votes.winner(interprovincial, of_bloc)
    version = version_on(gazetteer, key, day) if key else None
    if key is None or version is None:
        return None
    version = _successor(version, gazetteer, day)
    if paper is not None and key == fold(paper[0]) and key not in votes.spans:
        return Slot(version.name, (paper[1],), "provinces.byline", "the province of the paper or portal"), version.code
    return _slot(version, key, votes.spans.get(key)), version.code


def _votes(article: Article, gazetteer: Gazetteer, interprovincial: bool, venue: Slot | None) -> _Votes:
    """What the names in the text say."""
    text, votes = folded(article.text), _Votes()
    far = text.to_folded(_begins(article) + _NEAR)
    for mention in _mentions(text, gazetteer, venue):
        weight = _weight(article, text, gazetteer, mention, interprovincial, venue)
        if weight == 0:
            continue
        name = fold(mention.name)
        votes.add(name, weight, near=weight > 2 or mention.start < far)
        votes.firm |= mention.town or _is_firm(text, mention.start)
        if name not in votes.spans or (weight >= 6 and (not mention.town or votes.spans[name][1])):
            votes.spans[name] = text.to_raw(mention.start, mention.end), mention.town
    return votes


@dataclass
class _Votes:
    """Votes for provinces by their folded names. `near`: named near the beginning, or with weight; `firm`: some name is surely a place's;
    `spans`: where each stands in the raw text, and whether only a town of it does."""

    counts: Counter[str] = field(default_factory=Counter)
    near: set[str] = field(default_factory=set)
    firm: bool = False
    spans: dict[str, tuple[tuple[int, int], bool]] = field(default_factory=dict)

    def add(self, name: str, weight: int, near: bool) -> None:
        self.counts[name] += weight
        if near:
            self.near.add(name)

    def winner(self, interprovincial: bool, of_bloc: bool) -> str | None:
        if not self.counts:
            return None
        name, most = self.counts.most_common(1)[0]
        if not of_bloc and sum(count == most for count in self.counts.values()) > 2:
            return None  # three or more, none before the others: "Cục Thuế tỉnh A; Cục Thuế tỉnh B; Cục Thuế tỉnh C"
        if most < 3 and ((name not in self.near and not of_bloc) or interprovincial or (most < 2 and not self.firm)):
            return None
        return name


_ADDRESS = 8
_HELD_HERE = 30  # where the bloc of several provinces met, whichever of them its paper or portal belongs to
_PAPER = 4  # a provincial paper mostly tells of its own province
_NEAR = 600  # raw letters from where the body begins


def _begins(article: Article) -> int:
    """Where the running text begins."""
    return next((r.start for r in article.regions if r.kind in ("lead", "body")), 0)


def _is_firm(text: FoldedText, start: int) -> bool:
    """Whether a mention says that it is a place of this article's: with its kind, or closing an address."""
    return text.key.startswith(("tp", "thành phố", "thủ đô"), start) or bool(_FIRM.search(text.key, max(0, start - 24), start))


def _slot(version: Entry, key: str, told: tuple[tuple[int, int], bool] | None) -> Slot:
    """The province with where it is told, or from what it is inferred."""
    if told is None:
        return Slot(version.name, (), "provinces.address", "the address of the page")
    span, town = told
    if town:
        return Slot(version.name, (span,), "provinces.town", "the province of the town")
    return Slot(version.name, (span,), "provinces.named", None if fold(version.name) == key else "the province that took over")


def _weight(article: Article, text: FoldedText, gazetteer: Gazetteer, mention: _Mention, interprovincial: bool, venue: Slot | None) -> int:
    """How much a mention says: more with the province's kind, in the head of the article and where the meeting was held."""
    start, end = mention.start, mention.end
    before = text.key[max(0, start - 24) : start]
    around = text.key[max(0, start - 80) : start]
    if not mention.town and _is_person_or_street(text, gazetteer, start, end, before):
        return 0
    if ("quê" in around or "bạn đọc" in around or "quán" in around or "sinh" in around) and _BORN.search(around):
        return 0
    if _ELSEWHERE.search(around) or (before[-2:].rstrip().endswith((",", ":")) and _OF_SMALLER.search(around)):
        return 0
    qualified = _QUALIFIED.search(before) or (text.key.startswith(_CITY, start) and _OF_CITY.search(before))
    weight = 2 if mention.town else 3 if qualified else 1
    if weight > 1 and (_IN_BRACKETS.search(around) or _LIVES.search(around)):
        weight = 1
    if interprovincial and _HOSTS.match(text.key, end):
        weight = 3
    elif _in_list(text, start, end) or ("tỉnh" in around and _MANY.search(around)):
        weight = 0 if interprovincial else 1
    elif interprovincial and (_OF_BODY.search(before) or text.key.startswith(_CITY, start) and not before.endswith(_HELD_IN)):
        weight = 0  # "Thuế tỉnh Nghệ An", "Sở Nội vụ TP Đà Nẵng": one of the members
    if not interprovincial and weight > 1 and "thi đua" in around and _OF_BLOC.search(around):
        weight += 3  # "Khối thi đua số 2 tỉnh Lai Châu", which may meet in another province
    at = text.to_raw(start, end)[0]
    if venue is not None and any(a <= at <= b + _NEAR_VENUE and len(fold(article.text[b:at])) <= 30 for a, b in venue.spans):
        weight += _HELD_HERE if interprovincial else 3
    region = next((r.kind for r in article.regions if r.start <= at < r.end), "boilerplate")
    return weight * _REGION_WEIGHTS.get(region, 1)


def _successor(entry: Entry, gazetteer: Gazetteer, day: str | None) -> Entry:
    """A province named by its old name after it was merged: the one that took over."""
    while day and entry.fields["valid_to"] and day > entry.fields["valid_to"] and entry.fields["successor_code"]:
        code = entry.fields["successor_code"]
        later = [e for e in gazetteer.table("provinces") if e.code == code and e.fields["valid_from"] > entry.fields["valid_to"]]
        if not later:
            later = [e for e in gazetteer.table("provinces") if e.code == code and e is not entry and valid_on(e, day)]
        if not later:
            break
        entry = later[0]
    return entry


# What is named after a person: streets, communes, movements, the Party's youth.
_NAMED_AFTER = re.compile(
    r"(?<!\w)(?:đồng chí|ông|bà|đ/c|chủ tịch|bác|phường|xã|huyện|quận|làng|thôn|ấp|sông|biển|đường|tư tưởng|phong cách|đạo đức|gương"
    r"|tns|tncs|thị trấn|cộng sản|sự nghiệp|làm theo|thiếu niên tiền phong|tên) $"
)
_FAMILY_NAME = re.compile(r"[A-ZĐÀ-Ỹ]\w+ $")
_TITLED_NAME = re.compile(r"(?:đồng chí|ông|bà|đ/c) \S+ $")


@lru_cache(maxsize=4)
def _after_family_name(gazetteer: Gazetteer) -> re.Pattern[str]:
    """The pattern of what makes the province's name a given name: "Phó Thủ tướng Trần | Hòa Bình"."""
    return re.compile(f"(?:{'|'.join(e.name for e in gazetteer.table('family_names') if e.fields['common'])}) $")


def _is_person_or_street(text: FoldedText, gazetteer: Gazetteer, start: int, end: int, before: str) -> bool:
    if _NAMED_AFTER.search(before) or text.key[start:end] == "hồ chí minh":
        return True
    if _after_family_name(gazetteer).search(text.view, max(0, start - 8), start):
        return True
    follows = text.view[end : end + 1] in (",", "-")
    return follows and bool(_TITLED_NAME.search(before)) and bool(_FAMILY_NAME.search(text.view[max(0, start - 12) : start]))


def _in_list(text: FoldedText, start: int, end: int) -> bool:
    return (
        text.view[end : end + 1] == ","
        and text.view[end + 1 : end + 2].isupper()
        and text.view[start - 1 : start] in (",", " ")
        and text.view.endswith((",", ":", ", ", ": "), max(0, start - 2), start)
    )
