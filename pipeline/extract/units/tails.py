"""How a body's name goes on and ends: places, areas, branches, "Việt Nam", further words of an open name.

"Sở Y tế | tỉnh Lai Châu", "Tòa án nhân dân | khu vực 6 - Đà Nẵng", "MTTQ | Việt Nam tỉnh"
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.names import capital_run, place_end
from pipeline.extract.units.words import NUMBER, branch_place, next_word

# "tỉnh", "huyện X", "chi nhánh tỉnh X": what says where a body is.
WHERE = re.compile(
    r"(?P<head>(?:chi nhánh )?(?:tỉnh(?! ủy(?!\w))|thành phố|tp\.?|huyện|quận|thị xã|tx\.?|xã|phường|thị trấn|đặc khu|thủ đô"
    r"|[hq](?=\.)))(?!\w)"
    r"|(?P<hamlet>thôn|bản|ấp|buôn|khóm|xóm|khu phố|tổ dân phố|tdp)(?: số(?= \d))?(?!\w)"
    r"|(?P<branch>-?(?:chi nhánh|cn))(?!\w)|(?P<area>khu vực|vùng|chuyên ngành(?= [ivx\d]))(?!\w)"
    r"|(?P<side>(?:phía|miền) (?:bắc|nam|trung|đông|tây))(?!\w)"
)
_INITIALS = ("h", "q")  # "Ban CHQS H.Nà Lừ"
_LETTERS = ("tp", "tx", *_INITIALS)
_WHERE_BEGINS = frozenset("tchqxpđbấkvm-")
_DASH, _SIDE = re.compile(r" ?- ?"), re.compile(r"(?:phía|miền) (?:bắc|nam|trung|đông|tây)(?!\w)")
_CENTRAL = re.compile(r" (?:(?:tại )?việt nam|vn|trung ương|tw|t\.ư)(?!\w)")
BOTH_TIERS = re.compile(r" (?:hai|0?2) cấp(?!\w)")  # "TAND hai cấp tỉnh Yên Bái": the province's court and those of its districts
SHORT_FORM = re.compile(r" \([A-ZĐƯ&-]{2,10}\)(?= )")  # "Hội Liên hiệp Phụ nữ (LHPN) tỉnh": the name goes on behind its letters


def known_tail(doc: Document, at: int, end: int, after_post: bool, open_name: bool) -> tuple[int, bool]:
    """What follows a known name: a place, "Việt Nam", a branch, or for open names the rest of the name."""
    stop, placed = at, False
    if short := SHORT_FORM.match(doc.view, stop, end):
        behind, placed = known_tail(doc, short.end(), end, after_post, False)
        return (behind, True) if placed else (stop, False)
    if tiers := BOTH_TIERS.match(doc.key, stop, end):
        seat = where_end(doc, tiers.end(), end, after_post)
        return (seat, True) if seat else (stop if doc.key.startswith(" các ", tiers.end()) else tiers.end(), False)
    parent = doc.hit("units", stop + 1) if doc.view[stop : stop + 1] == " " else None
    if parent and (parent.entry.is_a("party_committee") or doc.key.startswith("đảng ủy ", parent.start)):  # "UBKT Đảng ủy xã Nà Lừa"
        return known_tail(doc, parent.end, end, after_post, True)
    for _ in range(3):
        step = where_end(doc, stop, end, after_post)
        if step is None:
            break
        stop, placed = step, True
    central = _CENTRAL.match(doc.key, stop, end)
    if central and not placed:
        return where_end(doc, central.end(), end, after_post) or central.end(), True  # "MTTQ Việt Nam tỉnh"
    if not placed and doc.view[stop : stop + 1] == " ":
        province = doc.hit("provinces", stop + 1)
        if province and province.end <= end:
            return where_end(doc, province.end, end, after_post) or province.end, True
        if open_name:
            longer, named = name_tail(doc, stop, end, after_post)
            if longer > stop:
                return longer, True
        elif not after_post and (alone := branch_place(doc, stop + 1, end)):
            return alone, True
    return stop, placed


def where_end(doc: Document, at: int, end: int, after_post: bool) -> int | None:
    """The end of " tỉnh", " huyện Nam Giang", "-Chi nhánh Bình Phước", " khu vực XII" when it begins at `at`."""
    gap = 1 if doc.view[at : at + 1] == " " else 0
    match = WHERE.match(doc.key, at + gap, end) if doc.key[at + gap : at + gap + 1] in _WHERE_BEGINS else None
    if not match or (not gap and not match["branch"]):
        return None
    stop = match.end()
    follows = stop + 1 if doc.view[stop : stop + 1] == " " else stop
    if match["side"]:
        return stop
    if match["head"]:
        if doc.key[at + gap : stop] in _LETTERS and doc.view[stop : stop + 1] == ".":
            follows = stop + 1 + (doc.view[stop + 1 : stop + 2] == " ")
        if after_post and (named := _named_after_person(doc, match["head"], follows, end)):
            return named
        place = place_end(doc, follows, end, after_post) if follows > stop or match["head"].endswith(".") else None
        if place and match["head"].endswith("tỉnh") and doc.hit("family_names", follows) and not doc.hit("provinces", follows):
            place = None  # "Chủ tịch Hội Luật gia tỉnh Kim Sua": a person, no province
        if place and not doc.hit("units", follows) and not doc.hit("positions", follows):
            return place
        return None if match["head"].endswith(".") or match["head"] in _INITIALS else stop
    if match["hamlet"]:
        named = follows > stop and (doc.capital_at(follows) or doc.view[follows : follows + 1].isdigit())
        return place_end(doc, follows, end, after_post) if named else None
    if match["area"]:
        side = _SIDE.match(doc.key, follows, end)
        if side:
            return side.end()
        number = NUMBER.match(doc.key, follows, end)
        if number:  # "Tòa án nhân dân khu vực 6 - Đà Nẵng"
            return _seat(doc, number.end(), end) or number.end()
        place = place_end(doc, follows, end, after_post)
        twin = _DASH.match(doc.key, place, end) if place else None  # "khu vực Lào Cai - Yên Bái"
        return _second_place(doc, twin.end(), end, after_post) or place if twin else place
    place = where_end(doc, stop, end, after_post) if follows > stop else None
    return place or place_end(doc, follows, end, after_post)


def _second_place(doc: Document, at: int, end: int, after_post: bool) -> int | None:
    """The end of the second place that an area is named by: "khu vực Lào Cai - Yên Bái", "khu vực Nà Hang - Lâm Bình"; no person's name."""
    if province := doc.hit("provinces", at):
        return province.end
    run = capital_run(doc, at, end, 4)
    if not run or doc.begins(_NO_SEAT, at) or (after_post and len(run) > 2 and doc.hit("family_names", at)):
        return None
    return run[-1][1] if len(run) < 4 and not doc.hit("positions", run[-1][1] + 1) else None


_NO_SEAT = ("units", "positions", "titles", "bloc_roles", "bloc_heads")


def _seat(doc: Document, at: int, end: int) -> int | None:
    """The end of the place behind a numbered area: "khu vực 6-Đà Nẵng", "khu vực 2-Nà Hang". A person's name is none."""
    if doc.view[at : at + 1] != "-":
        return None
    if city := doc.hit("provinces", at + 1):
        return city.end if city.end <= end else None
    head = doc.hit("unit_heads", at + 1)
    if (head and not head.entry.is_a("place")) or doc.begins(_NO_SEAT, at + 1):
        return None
    run = capital_run(doc, at + 1, end)
    return run[-1][1] if len(run) == 2 else None


def _named_after_person(doc: Document, head: str, at: int, end: int) -> int | None:
    """The end of a commune's name that is a person's, when the article names the commune elsewhere, too."""
    run = capital_run(doc, at, end, 5) if head in ("xã", "phường", "đặc khu") and doc.hit("family_names", at) else []
    return run[-1][1] if len(run) > 2 and doc.key.count(f"{head} {doc.key[at : run[-1][1]]}") > 1 else None


def name_tail(doc: Document, at: int, end: int, after_post: bool, here: bool = False) -> tuple[int, bool]:
    """The rest of an open name: capitalised words, words of a body's field, numbers, joined by "và", "-", "của"."""
    stop, placed, proper = at, False, 0
    while True:
        where = where_end(doc, stop, end, after_post) if stop > at or not _SIDE.match(doc.key, stop + 1) else None  # "Cục miền Nam"
        if where:
            return where_end(doc, where, end, after_post) or where, True
        step = next_word(doc, stop, end, after_post, proper, here and stop == at)
        if step is None:
            break
        stop, own = step
        proper += own
        if own and after_post and proper > 1:
            break
    if stop > at and doc.view[stop : stop + 1] == " " and (central := _CENTRAL.match(doc.key, stop, end)):
        return central.end(), True
    return stop, placed
