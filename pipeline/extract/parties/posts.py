"""Posts: "Phó Giám đốc", "PBT TTHU Quan Sơn", with the body whose head word is the post's own last word.

"Trưởng Ban Dân tộc tỉnh" is the post "Trưởng Ban" in the body "Ban Dân tộc tỉnh".
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.countries import countries
from pipeline.extract.document import Document
from pipeline.extract.names import place_end
from pipeline.extract.units import Unit, read_unit
from pipeline.extract.units.lists import read_units
from pipeline.extract.units.owners import with_parent
from pipeline.gazetteer import Entry, Gazetteer
from pipeline.textmap import fold

_QUALIFIER = re.compile(r" (?:phụ trách|thường trực|điều hành|chuyên trách)(?!\w)")
_OF_EVENT = re.compile(r"(?:phó )?trưởng ban tổ chức (?:hội (?:thao|thi|diễn|trại)|giải|cuộc thi|chương trình|liên hoan|đại hội)(?!\w)")
_FORMER = re.compile(r"nguyên (?=\w)")
_OF_COMMITTEE = re.compile(r"(?: |tt)(?:hu|tu|thu)$")  # "PBT TTHU Quan Sơn": the abbreviation names the committee
# Posts by one word, which only the body behind them tells from other words: "UVBTV, Trưởng BTG Tỉnh ủy", "- TP Tổ chức cán bộ Sở".
_BARE_POSTS = {"Trưởng": "TRBAN", "CT": "CT", "TP": "TRPHONG", "PTP": "PTRPHONG"}
# "Trưởng Công an huyện Mường Tè"
_PLACE = re.compile(r" (?:tỉnh|thành phố|t[px](?=\.)|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?!\w)")
_BARE_TIER = re.compile(r" (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)(?=[,;.)-]| - |$)")
_LED_BY = {"Trưởng": ("board", "provincial_board"), "CT": ("government", "mass")}


def read_post(doc: Document, at: int, end: int, after: str) -> tuple[int, Entry, Unit | None] | None:
    """Where the post that begins here ends, its entry, and the body that shares its last word. `after`: the symbol before."""
    former = _FORMER.match(doc.key, at, end)
    hit = doc.hit("positions", former.end() if former else at)
    if hit and doc.key.startswith("vụ trưởng", at) and (doc.key.endswith("nhiệm ", 0, at) or doc.hit("bloc_roles", at + len("vụ "))):
        return None  # "nhiệm vụ Trưởng Khối", "chức vụ Trưởng cụm"
    if hit and hit.entry.code == "CT" and doc.key.endswith(" đoàn ", 0, at):
        return None  # "Thay mặt Đoàn Chủ tịch"
    if hit and _OF_EVENT.match(doc.key, at, end):
        return None  # "Trưởng Ban Tổ chức hội thao": no post but a part in what is held
    if hit and (body := doc.hit("unit_heads", at)) and body.end > hit.end:
        return None  # "Đại sứ quán"
    if former and hit:
        return hit.end, hit.entry, None
    if not hit:
        return _bare_post(doc, at) if after and after in ",-(TP" else None
    stop = hit.end
    qualifier = _QUALIFIER.match(doc.key, stop, end)
    if qualifier and not doc.key.startswith(" thường trực hđnd", stop):
        stop = qualifier.end()
    if _OF_COMMITTEE.search(doc.key, at, stop) and doc.view[stop] == " " and doc.capital_at(stop + 1):
        stop = place_end(doc, stop + 1, end) or stop
    if hit.entry.code == "UVBCH" and doc.key.endswith("đảng bộ", at, stop) and (tier := _BARE_TIER.match(doc.key, stop, end)):
        stop = tier.end()  # "UVBCH Đảng bộ tỉnh, Giám đốc Sở A"
    if hit.entry.is_a("envoy") and (sent := _sent(doc.gazetteer).match(doc.key, stop, end)):
        stop = sent.end()
    body = hit.entry.fields["body"]
    if body and stop == hit.end:
        # "Trưởng Ban Dân tộc": the body's own head word is part of the post and of the unit's name.
        follows = not _PLACE.match(doc.key, stop) and doc.view[stop : stop + 1] == " " and read_unit(doc, stop + 1, end, True, True)
        inner = _last_word_start(doc, at, stop, body)
        # "Văn phòng UBND tỉnh" is a body of its own
        office = inner is not None and (known := doc.hit("units", inner)) is not None and known.entry.is_a("office")
        if inner is not None and (office or not (follows and follows.headed)):
            unit = read_unit(doc, inner, end, after_post=True, small=True)
            if unit and unit.end > stop:
                return (
                    stop,
                    hit.entry,
                    with_parent(doc, unit, end, after_post=True) if unit.is_a("emulation") and not unit.is_a("room") else unit,
                )
    return stop, hit.entry, _ministry(doc, stop + 1) if hit.entry.is_a("minister", "deputy_minister") else None


def bodies_led(doc: Document, entry: Entry, stop: int, unit: Unit | None, end: int) -> list[Unit]:
    """The bodies of a post that ends at `stop`: several in "Trưởng Công an các xã A, B", "Trưởng phòng Nội vụ các huyện A, B"."""
    units = [unit] if unit else []
    if doc.key.startswith(" các ", unit.end if unit else stop) and (body := entry.fields["body"]):
        return read_units(doc, unit.start if unit else stop - len(body), end, small=True) or units
    return units


@lru_cache(maxsize=4)
def _sent(gazetteer: Gazetteer) -> re.Pattern[str]:
    """ "Đại sứ đặc mệnh toàn quyền Cuba tại Việt Nam": by whom and where to an envoy is sent."""
    country = f"(?:việt nam(?!\\w)|{countries(gazetteer)})"
    return re.compile(rf"(?: đặc mệnh toàn quyền)?(?: nước)?(?: {country})?(?: tại {country})?")


@lru_cache(maxsize=4)
def _ministries(gazetteer: Gazetteer) -> dict[str, Entry]:
    found = {fold(form): e for e in gazetteer.table("units") if e.code.startswith("BO_") for form in (e.name, *e.variants)}
    return {form.removeprefix("bộ "): e for form, e in found.items() if form.startswith("bộ ")}


def _ministry(doc: Document, at: int) -> Unit | None:
    """ "Bộ trưởng Ngoại giao A": the ministry by its field alone."""
    if not doc.capital_at(at):
        return None
    names = _ministries(doc.gazetteer)
    name = max((n for n in names if doc.key.startswith(n, at)), key=len, default=None)
    field = doc.hit("department_fields", at)
    stop = max(at + len(name) if name else 0, field.end if field else 0)
    if not stop or doc.key[stop : stop + 1].isalnum():
        return None
    return Unit(at, stop, ((at, stop),), names[name] if name else next(iter(names.values())), True, True)


def _bare_post(doc: Document, at: int) -> tuple[int, Entry, None] | None:
    word = next((w for w in _BARE_POSTS if doc.view.startswith(w + " ", at)), None)
    if word is None:
        return None
    stop = at + len(word)
    body = doc.hit("units", stop + 1)
    if word.endswith("TP"):
        field = doc.hit("field_words", stop + 1)
        stop = field.end if field and doc.capital_at(stop + 1) else 0
    elif body is None or not body.entry.is_a(*_LED_BY[word]):
        stop = 0
    entry = next((e for e in doc.gazetteer.table("positions") if e.code == _BARE_POSTS[word]), None) if stop else None
    return (stop, entry, None) if entry else None


def _last_word_start(doc: Document, start: int, end: int, body: str) -> int | None:
    index = doc.key.rfind(body.lower(), start, end)
    return index if index >= 0 and index + len(body) == end else None
