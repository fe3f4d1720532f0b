"""Chunks: the units, persons, posts, blocs, awards, counts and marks of a sentence, as a string of symbols.

Each chunk is one symbol, so that a rule is a regular expression over a short string ("TP-OU(R)" for "đồng chí Lê Văn Tám -
Trưởng Ban Dân tộc (Khối trưởng)") instead of over words. What no chunk covers is `w`, one for each run of words.

  P person   T title of a person   O post     U unit       R role in a bloc   B bloc      A award    I issuer that is no unit
  N count    Y year                E grade    G for (cho)  d "đơn vị", "đại diện"          v and      k holds also
  , ; : - ( ) "  marks             c e m s f r p l t n b h o  cues (see CUES)             w other words
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.extract.document import Piece, Sentence
from pipeline.extract.units import Unit
from pipeline.gazetteer import Entry

CUES = {
    "chair": "c", "attend": "e", "member": "m", "speak": "s", "confer": "f", "receive": "r", "propose": "p",
    "planned": "l", "target": "t", "negated": "n", "elect": "b", "handover": "h", "office": "o", "behalf": "d",
}  # fmt: skip


_NONE_COUNTED: Mapping[str, int] = MappingProxyType({})


class Chunk(Piece):
    """A symbol and what it stands for. `start`, `end` are offsets of the view."""

    symbol: str
    start: int
    end: int
    unit: Unit | None = None
    entry: Entry | None = None
    numbers: Mapping[str, int] = _NONE_COUNTED
    year: int | None = None
    text: str = ""


class Chunks(Piece):
    """The chunks of one sentence; `symbols[i]` is the symbol of `items[i]`."""

    items: list[Chunk]
    symbols: str
    sentence: Sentence

    def __getitem__(self, index: int) -> Chunk:
        return self.items[index]
