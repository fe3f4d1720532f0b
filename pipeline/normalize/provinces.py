"""Provinces: which one an article speaks of, in the version that held on the day of its meeting."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from pipeline.gazetteer import Entry, Gazetteer
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
    return next((e for e in same if valid_on(e, day)), same[-1] if same else None)


def from_address(url: str | None, gazetteer: Gazetteer, day: str | None) -> Entry | None:
    """The province whose portal, or whose name without marks, stands in an address."""
    if not url:
        return None
    host = re.sub(r"^https?://", "", url).split("/")[0].lower().replace("-", "")
    named = []
    for entry in gazetteer.table("provinces"):
        stem = entry.fields["portal_domain"].split(".")[0].replace("-", "")
        # four letters or fewer ("hue") stand inside too many other words
        if len(stem) > 4 and stem in host and re.search(rf"{stem}(?:\W|tv|online|dost|doet|$)", host):
            named.append((len(stem), valid_on(entry, day), entry))
    return max(named, key=lambda n: n[:2])[2] if named else None


_QUALIFIED = tuple(
    f"{w} "
    for w in ("tỉnh", "thành phố", "tp", "tp.", "tỉnh ủy", "trên địa bàn", "báo", "sở", "đài ptth", "thời tiết", "tỉnh nhà")
)  # fmt: skip
_MANY = re.compile(r"(?:các|\d|hai|ba|bốn|năm|sáu|bảy|tám) (?:tỉnh|tỉnh,thành phố)[^.;]{0,60}$")


def find_province(
    article: Article, gazetteer: Gazetteer, day: str | None, interprovincial: bool, venue: Slot | None = None
) -> tuple[Slot, str] | None:
    """(slot, code) of the province: named with its kind in the text, else the address, else the name told most.

    For a bloc of several provinces the place of the meeting or the address decides, never the member list.
    """
    text = folded(article.text)
    votes: Counter[str] = Counter()
    spans: dict[str, tuple[int, int]] = {}
    for hit in gazetteer.find_provinces(text):
        name = hit.entry.name
        before = text.key[max(0, hit.start - 24) : hit.start]
        around = text.key[max(0, hit.start - 80) : hit.start]
        if _is_person_or_street(text, hit.start, hit.end, before):
            continue
        weight = 3 if before.endswith(_QUALIFIED) else 1
        if _in_list(text, hit.start, hit.end) or ("tỉnh" in around and _MANY.search(around)):
            weight = 0 if interprovincial else 1
        at = text.to_raw(hit.start, hit.end)[0]
        if venue is not None and any(a <= at <= b + 30 for a, b in venue.spans):
            weight += 6 if interprovincial else 3
        if weight == 0:
            continue
        region = next((r.kind for r in article.regions if r.start <= text.to_raw(hit.start, hit.end)[0] < r.end), "boilerplate")
        weight *= {"title": 3, "kicker": 3, "lead": 2, "boilerplate": 1}.get(region, 1)
        votes[fold(name)] += weight
        if fold(name) not in spans or weight >= 6:
            spans.setdefault(fold(name), text.to_raw(hit.start, hit.end))
    address = from_address(article.url, gazetteer, day)
    if address is not None:
        votes[fold(address.name)] += 8
    if not votes:
        return None
    ranked = votes.most_common(2)
    if interprovincial and ranked[0][1] < 3:
        return None
    key = ranked[0][0]
    version = version_on(gazetteer, key, day)
    if version is None:
        return None
    version = _successor(version, gazetteer, day)
    span = spans.get(key)
    inferred = None if span and fold(version.name) == key else "the address of the page" if not span else "the province that took over"
    rule = "provinces.named" if span else "provinces.address"
    return Slot(version.name, (span,) if span else (), rule, inferred if span is None or inferred else None), version.code


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
_NAMED_AFTER = tuple(
    f"{w} "
    for w in (
        "đồng chí", "ông", "bà", "đ/c", "chủ tịch", "bác", "phường", "xã", "đường", "tư tưởng", "phong cách", "đạo đức", "gương", "tns",
        "tncs", "thị trấn", "cộng sản", "sự nghiệp", "làm theo", "thiếu niên tiền phong", "tên",
    )
)  # fmt: skip
_FAMILY_NAME = re.compile(r"[A-ZĐÀ-Ỹ]\w+ $")
_TITLED_NAME = re.compile(r"(?:đồng chí|ông|bà|đ/c) \S+ $")


def _is_person_or_street(text: FoldedText, start: int, end: int, before: str) -> bool:
    if before.endswith(_NAMED_AFTER) or text.key[start:end] == "hồ chí minh":
        return True
    follows = text.view[end : end + 1] in (",", "-")
    return follows and bool(_TITLED_NAME.search(before)) and bool(_FAMILY_NAME.search(text.view[max(0, start - 12) : start]))


def _in_list(text: FoldedText, start: int, end: int) -> bool:
    return (
        text.view[end : end + 1] == ","
        and text.view[end + 1 : end + 2].isupper()
        and text.view[start - 1 : start] in (",", " ")
        and bool(re.search(r"[,:] ?$", text.view[max(0, start - 2) : start]))
    )
