"""Where chunks may begin in an article, and which readers each place is for.

Most words of an article are nothing to any reader; here the places that are something are found in one pass over all of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from ahocorasick_rs import AhoCorasick

from pipeline.extract.document import Document
from pipeline.extract.reading.readers import (
    LITTLE,
    NUMBER_WORDS,
    Reader,
    award_at,
    bloc_or_role_at,
    cue_at,
    issuer_at,
    number_at,
    person_at,
    post_at,
    units_at,
)
from pipeline.extract.units.brands import find_brands
from pipeline.gazetteer import spaced

MARKS = ',;:-()"'
# Readers in the order in which they may claim a place, with the tables whose names they begin with; beside the tables
# stands what words, digits and capital letters may open.
_ORDER = (
    (("bloc_roles", "bloc_heads"), bloc_or_role_at),
    (("awards", "flag"), award_at),
    (("positions", "post"), post_at),
    (("units", "unit_heads", "units~", "unit_heads~", "list"), units_at),
    (("titles", "family_names", "person"), person_at),
    (("number",), number_at),
    (("issuers",), issuer_at),
    (("cues", "word"), cue_at),
)
# After "đồng chí" a person's name goes before a unit's.
_TITLED_ORDER = (*_ORDER[:3], _ORDER[4], _ORDER[3], *_ORDER[5:])
# A set of readers is a number with a bit for each.
_BIT = {table: 1 << k for k, (tables, _) in enumerate(_ORDER) for table in tables}
A_PERSON, A_LIST, _A_NUMBER = _BIT["person"], _BIT["list"], _BIT["number"] | _BIT["list"]
_OPENERS = (
    {word.split()[0]: _A_NUMBER for word in NUMBER_WORDS}
    | {word.split()[0]: _BIT["word"] for word in LITTLE}
    | dict.fromkeys(("nguyên", "trưởng", "ct", "tp", "ptp"), _BIT["post"])
    | {"tân": _BIT["word"] | A_LIST}  # "Tân Phú" is a place
    | {"các": A_LIST, "những": A_LIST, "giai": _A_NUMBER, "nhiệm": _A_NUMBER, "hạng": _A_NUMBER, "cờ": _BIT["flag"]}
)
# Marks, and digits with which a word begins: searched for at once, since one class tells both.
_MARK_OR_NUMBER = re.compile(rf"[0-9{re.escape(MARKS)}](?:(?<![0-9])|(?<![^\W_].))")
_JOINED = re.compile(r"'(?<=[^\W\d_].)(?<![^\W_]..)")  # "K'Brêm", "H'Nhem"
_OPENING_WORDS = list(_OPENERS)
_WORD_FINDER = AhoCorasick([f" {word} " for word in _OPENERS])
_GOES_ON = re.compile(r"['.][^\W_]")  # "TP.HCM" is one word


class Beginnings:
    """Places with the readers that may read there: `names` by the names that begin there, `opened` by the word that stands there.

    `brands`: the firms that only a brand names.
    """

    __slots__ = ("_places", "brands", "names", "opened")

    def __init__(self, doc: Document) -> None:
        self.names: dict[int, int] = {}
        for at, names in doc.names_at.items():
            bits = 0
            for table in names:
                bits |= _BIT.get(table, 0)
            if bits:
                self.names[at] = bits
        # with a blank in front a word stands where in the text the letter before it does
        words = _WORD_FINDER.find_matches_as_indexes(spaced(doc.key), overlapping=True)
        self.opened = {at: _OPENERS[_OPENING_WORDS[k]] for k, at, end in words if not _GOES_ON.match(doc.key, end - 2)}
        marks = [mark.start() for mark in _MARK_OR_NUMBER.finditer(doc.key)]
        self.opened |= {at: _A_NUMBER for at in marks if doc.key[at].isdigit()}
        self.brands = find_brands(doc)
        self.opened |= dict.fromkeys(self.brands, A_LIST)
        joined = [mark.start() - 1 for mark in _JOINED.finditer(doc.key)]
        places = {*self.names, *self.opened, *marks, *joined}
        self._places = sorted(places)

    def between(self, start: int, end: int) -> list[int]:
        """The places of a span, in order."""
        first = bisect_left(self._places, start)
        return self._places[first : bisect_left(self._places, end, first)]


@cache
def readers(bits: int, titled: bool) -> tuple[Reader, ...]:
    """The readers whose bits are set, in their order."""
    return tuple(reader for tables, reader in (_TITLED_ORDER if titled else _ORDER) if any(bits & _BIT[t] for t in tables))
