"""What every rule works on: an article's folded text, its sentences, and the gazetteer names found in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

import msgspec

from pipeline.gazetteer import WORDS, Gazetteer, Hit
from pipeline.records import Article, Segmentation, Slot
from pipeline.textmap import folded, squeeze

_PLACE = itemgetter(0)


class Piece(msgspec.Struct, gc=False):
    """What rules make in great numbers. Pieces hold each other, never in a circle, so the garbage collector need not look at them."""


class Sentence(Piece, frozen=True):
    """A sentence in offsets of the view, and the kind of region it stands in."""

    start: int
    end: int
    region: str


class Document:
    """Offsets are those of `text.view` and `text.key`; only `slot` and `value` speak of the raw text."""

    def __init__(self, article: Article, segmentation: Segmentation, gazetteer: Gazetteer) -> None:
        self.article = article
        self.gazetteer = gazetteer
        self.text = folded(article.text)
        self.view, self.key = self.text.view, self.text.key
        self.sentences = self._sentences(segmentation)
        self.bloc_ends: dict[tuple[int, int], int | None] = {}  # names of blocs are asked for twice: see blocs.read_bloc
        self.chunks: dict[Sentence, Any] = {}  # as sentences are asked for twice: see chunks.chunk
        self.beginnings: Any = None  # where chunks begin, found when the first sentence is read: see chunks.chunk

    def _sentences(self, segmentation: Segmentation) -> list[Sentence]:
        starts = [region.start for region in self.article.regions]
        found = []
        for start, end in segmentation.sentences:
            region = self.article.regions[max(bisect_left(starts, start + 1) - 1, 0)] if starts else None
            a, b = self.text.to_folded(start), self.text.to_folded(end)
            found.append(Sentence(a, max(a, b), region.kind if region else "body"))
        return found

    @cached_property
    def names_at(self) -> dict[int, dict[str, Hit]]:
        """At each place where names begin, the longest name of each table."""
        return self.gazetteer.names_at(self.text)

    @cached_property
    def all_hits(self) -> dict[str, list[Hit]]:
        """All names of each table, also those within longer ones; seldom wanted."""
        return self.gazetteer.find(self.text)

    @cached_property
    def hits(self) -> dict[str, list[Hit]]:
        """Of the names of each table the leftmost and longest, without overlaps."""
        found: dict[str, list[Hit]] = {}
        for at, names in sorted(self.names_at.items(), key=_PLACE):
            for table, hit in names.items():
                if table not in found:
                    found[table] = [hit]
                elif at >= found[table][-1][1]:
                    found[table].append(hit)
        return found

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where the hits of each table begin, for `within`."""
        return {table: [hit[0] for hit in hits] for table, hits in self.hits.items()}

    def hit(self, table: str, start: int) -> Hit | None:
        """The name of a table that begins at this place."""
        if table in WORDS:
            return self.gazetteer.word_at(table, self.text, start)
        names = self.names_at.get(start)
        return names.get(table) if names else None

    def begins(self, tables: tuple[str, ...], start: int) -> bool:
        """Whether a name of any of these tables, none of them of `WORDS`, begins at this place."""
        names = self.names_at.get(start)
        return names is not None and not names.keys().isdisjoint(tables)

    def capital_at(self, at: int) -> bool:
        """Whether a capital letter stands at a place; none stands at the text's end."""
        return self.view[at : at + 1].isupper()

    def small_hit(self, table: str, start: int) -> Hit | None:
        """As `hit`, for units written without a capital, too."""
        return self.hit(table, start) or self.hit(table + "~", start)

    def within(self, table: str, start: int, end: int) -> list[Hit]:
        """The names of a table that lie inside a span."""
        starts = self._starts.get(table)
        if starts is None:
            return []
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        if first == last:
            return []
        found = self.hits[table][first:last]
        if found[-1][1] > end:
            found.pop()
        return found

    def cues(self, kind: str, start: int, end: int) -> list[Hit]:
        return [hit for hit in self.within("cues", start, end) if hit.entry.fields["kind"] == kind]

    def raw(self, start: int, end: int) -> str:
        a, b = self.text.to_raw(start, end)
        return self.article.text[a:b]

    def value(self, *parts: tuple[int, int]) -> str:
        """The text of one or several spans as records show it: raw letters, white space folded."""
        return self._written([self.text.to_raw(*part) for part in parts])

    def _written(self, spans: Sequence[tuple[int, int]]) -> str:
        """As `value`, of spans of the raw text."""
        text = " ".join([self.article.text[a:b] for a, b in spans])
        return squeeze(text).replace(" ,", ",").replace(" ;", ";").replace(" :", ":")

    def slot(self, rule: str, *parts: tuple[int, int], value: str | int | bool | None = None, inferred_from: str | None = None) -> Slot:
        """A value with its evidence. Without `value` it is the text itself."""
        spans = tuple([self.text.to_raw(*part) for part in parts])
        return Slot(self._written(spans) if value is None else value, spans, rule, inferred_from)

    def sentence_at(self, index: int) -> Sentence | None:
        """The sentence in which a place of the view lies."""
        for sentence in self.sentences:
            if sentence.start <= index < sentence.end:
                return sentence
        return None
