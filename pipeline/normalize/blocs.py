"""Blocs: one key for all spellings of a name. It is unique only within province and year."""

from __future__ import annotations

import re

from pipeline.textmap import fold

_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
    "xiii": 13,
    "xiv": 14,
    "xv": 15,
}


_WORD, _NOT_COUNTED = re.compile(r"\w+"), re.compile(r"thi đua|các cơ quan|cơ quan")


def bloc_key(name: str) -> str:
    """`bloc_key("Khối thi đua số IV") == bloc_key("Khối 4")`; hyphens, blanks, "thi đua", "số", "các cơ quan" do not count."""
    words = _WORD.findall(_NOT_COUNTED.sub(" ", fold(name)))
    kept = [str(_ROMAN.get(w, w)) if k else w for k, w in enumerate(words) if w not in ("số", "các", "và", "tđ")]
    return "".join(kept)
