"""Units: a key that unites the ways of writing one name, and the gazetteer's code where the kind is known."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.gazetteer import Gazetteer, Hit
from pipeline.normalize.provinces import version_on
from pipeline.textmap import FoldedText, fold

_SMALL = re.compile(r"(?<!\w)(?:tỉnh|thành phố|và|các|của|cơ quan|tp\.?)(?!\w)|[-,.()\"&/]")


_BRANCH = re.compile(r"(?<!\w)(?:chi nhánh|cn)(?!\w)")  # "NHCSXH chi nhánh tỉnh" is "NHCSXH tỉnh"

# "UBND xã Nà Lừ" stands for the commune, as "xã Nà Lừ" does: one key. "UBND tỉnh Hà Nam" is not the province.
_COMMITTEE = "UBND"
_PLACE = re.compile(r" (?:huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) \w")


_SHORT_FORM = re.compile(r" \([A-ZĐƯ&-]{2,10}\) ")  # "Hội Liên hiệp Phụ nữ (LHPN) tỉnh"

# "Ban CHQS H.Nà Lừ", "UBND TX.Bản Qua"
_TIERS = {"H": "huyện ", "Q": "quận ", "TX": "thị xã ", "TT": "thị trấn "}
_TIER = re.compile(r"(?<!\w)(H|Q|TX|TT)\. ?(?=\w)")


@lru_cache(maxsize=65536)
def identify(name: str, gazetteer: Gazetteer) -> tuple[str | None, str]:
    """The gazetteer's code of a unit, None where it is not listed, and its key: the code or the folded head, then the rest of the words."""
    name = _TIER.sub(lambda m: _TIERS[m[1]], _SHORT_FORM.sub(" ", name))
    text = FoldedText(name[:1].upper() + name[1:])  # "sở Y tế" is known as "Sở Y tế" is
    names = gazetteer.names_at(text).get(0, {})
    unit, head = names.get("units"), names.get("unit_heads")
    if unit is None:
        return None, " ".join(_reduced(_head_key(head, text) + text.key[head.end :] if head else text.key, gazetteer).split())
    rest = _BRANCH.sub("", _reduced(text.key[unit.end :], gazetteer)).split()
    code = unit.entry.code
    committee = code == _COMMITTEE and _PLACE.match(text.key, unit.end)
    return code, " ".join(rest if committee else [code.lower(), *rest])


def _reduced(words: str, gazetteer: Gazetteer) -> str:
    """A name without the words that its spellings add or leave out; a town keeps its word, for a province may bear its name."""
    return _SMALL.sub(" ", _town(gazetteer).sub("thành_phố ", words) if "p" in words else words)


@lru_cache(maxsize=4)
def _town(gazetteer: Gazetteer) -> re.Pattern[str]:
    """The word for a town before its name, but for the cities that stand beside the provinces."""
    kinds: dict[str, set[str]] = {}
    for entry in gazetteer.table("provinces"):
        for form in map(fold, (entry.name, *entry.variants)):
            kinds.setdefault(_CITY.sub("", form), set()).add(entry.fields["kind"])
    cities = "|".join(re.escape(name) for name, told in kinds.items() if told == {"city"})
    return re.compile(rf"(?<!\w)(?:thành phố|tp\.?) ?(?=\w)(?!(?:{cities})(?!\w))")


_CITY = re.compile(r"^(?:thành phố|tp\.?|thủ đô) ?")


def _head_key(head: Hit, text: FoldedText) -> str:
    """ "BV Nà Lừ" is "Bệnh viện Nà Lừ"; but a row of various bodies has a key for each, a school's by its letters ("THCS")."""
    if not head.entry.is_a("various"):
        return fold(head.entry.name)
    form = text.key[head.start : head.end]
    words = form.removeprefix("trường ").replace("&", " ").replace("-", " ").split()
    if not head.entry.is_a("school"):
        return form
    return "trường " + "".join([word[0] if _VOWEL.search(word) else word for word in words if word != "và"])


_VOWEL = re.compile(r"[aeiouyàáảãạăắằẳẵặâấầẩẫậèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]")


def unit_key(name: str, gazetteer: Gazetteer) -> str:
    """`unit_key("Sở GD&ĐT") == unit_key("Sở Giáo dục và Đào tạo tỉnh")`."""
    return identify(name, gazetteer)[1]


def told_shortly(keys: set[str], gazetteer: Gazetteer) -> dict[str, str]:
    """Of "Cục Thuế tỉnh Nam Định" and "Cục Thuế" the shorter key with the longer one, where that of one province alone is named."""
    longer: dict[str, list[str]] = {}
    for key in keys:
        body, _, place = key.partition(" ")
        if place and version_on(gazetteer, place, None):
            longer.setdefault(body, []).append(key)
    return {body: fuller[0] for body, fuller in longer.items() if body in keys and len(fuller) == 1}


def person_key(name: str) -> str:
    """The folded name without titles: one key for "Cao Văn Trọng" and "CAO VĂN TRỌNG"."""
    return fold(name)
