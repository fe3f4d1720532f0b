"""Counts of hits, misses and extras by slot and group, and the figures they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Entry = Mapping[str, Any]

GROUPS: dict[str, tuple[str, ...]] = {
    "document": ("relevant", "published", "province"),
    "meeting": ("meeting", "kind", "bloc", "date", "session", "venue", "period", "unit_count"),
    "chairs": ("chair", "chair.position"),
    "participants": ("participant.unit", "participant.person", "participant.position"),
    "leadership": ("leader", "leader.year"),
    "awards": ("award", "award.level", "award.year", "award.status", "award.grade"),
    "cited": ("cited", "cited.date", "cited.issuer"),
}


@dataclass
class Count:
    """Values that agree, that only the records have, and that only the gold has."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.hits + other.hits, self.extra + other.extra, self.missed + other.missed)

    def __bool__(self) -> bool:
        return bool(self.hits or self.extra or self.missed)

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.extra) if self.hits + self.extra else 0.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True)
class Miss:
    """One value that is missing ("-") or too many ("+") in an article's record."""

    article: str
    slot: str
    sign: str
    value: str


@dataclass
class Score:
    """The counts of a set of articles by slot, with every miss; `absent`: gold articles without a record."""

    counts: dict[str, Count] = field(default_factory=lambda: {slot: Count() for slots in GROUPS.values() for slot in slots})
    misses: list[Miss] = field(default_factory=list)
    articles: int = 0
    absent: list[str] = field(default_factory=list)

    def group(self, name: str) -> Count:
        return sum((self.counts[slot] for slot in GROUPS[name]), Count())

    @property
    def headline(self) -> float:
        """The mean F1 of the groups in which anything was asked for or given."""
        groups = [count.f1 for name in GROUPS if (count := self.group(name))]
        return sum(groups) / len(groups) if groups else 0.0

    def rows(self) -> Iterator[tuple[str, Count]]:
        """Groups in capitals, each before its slots."""
        for group, slots in GROUPS.items():
            yield group.upper(), self.group(group)
            for slot in slots:
                yield slot, self.counts[slot]

    def to_plain(self) -> dict[str, Any]:
        slots = {name: {"precision": c.precision, "recall": c.recall, "f1": c.f1} for name, c in self.rows()}
        return {"headline": self.headline, "articles": self.articles, "absent": self.absent, "slots": slots}


Equal = Callable[[Any, Any], bool]
Match = Callable[[Entry, Entry], float]
