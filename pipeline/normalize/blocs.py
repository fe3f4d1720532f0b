"""Blocs: one key for all spellings of a name, unique only within province and year, and whether it is a bloc of several provinces."""

from __future__ import annotations

import re

from pipeline.patterns import ROMAN
from pipeline.textmap import fold

_WORD, _NOT_COUNTED = re.compile(r"\w+"), re.compile(r"(?:giao ước )?thi đua|các cơ quan|cơ quan")


def bloc_key(name: str) -> str:
    """`bloc_key("Khối thi đua số IV") == bloc_key("Khối 4")`; hyphens, blanks, "thi đua", "số", "các cơ quan" do not count."""
    words = _WORD.findall(_NOT_COUNTED.sub(" ", fold(name)))
    kept = [str(ROMAN.get(w, w)) if k else w for k, w in enumerate(words) if w not in ("số", "các", "và", "tđ")]
    return "".join(kept)


# The bloc of several provinces, ministries or regions.
_OF_SEVERAL = re.compile(
    r"(?:các|\d+|hai|ba|bốn|năm|sáu|bảy|tám) tỉnh|bộ,ngành|các bộ|thành phố trực thuộc|các thành phố|miền (?:trung|đông|tây)"
    r"|vùng|đồng bằng|trung ương"
)
# "các xã miền Đông", "các cơ quan Trung ương trên địa bàn", "Cụm số 9 Tỉnh ủy": of one province all the same
_OF_ONE = re.compile(
    r"(?<!\w)(?:huyện|quận|thị xã|xã|phường|thị trấn|địa bàn|tỉnh ủy)(?!\w)|(?:cơ quan|đơn vị|doanh nghiệp|công ti) (?:của )?trung ương"
)


def names_several_provinces(name: str) -> bool:
    """Whether a bloc's name says that its members are of several provinces: "Cụm thi đua các tỉnh Tây Bắc", "Khối các Bộ, ngành"."""
    key = fold(name)
    return _OF_SEVERAL.search(key) is not None and _OF_ONE.search(key) is None
