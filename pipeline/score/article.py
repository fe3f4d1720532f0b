"""One article's record held against its gold. Entries of a list are paired best first, one to one, before their slots are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from pipeline.score.counts import Entry, Equal, Match, Miss, Score
from pipeline.score.names import alike, equal, fold_value, same_person


def _pair(gold: list[Entry], got: list[Entry], match: Match) -> tuple[list[tuple[Entry, Entry]], list[Entry], list[Entry]]:
    """Pairs entries one to one, the best match first; what is left of gold and of got."""
    ranked = sorted(((match(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(got)), key=lambda r: (-r[0], r[1], r[2]))
    pairs: dict[int, int] = {}
    for goodness, i, j in ranked:
        if goodness > 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    taken = set(pairs.values())
    return (
        [(gold[i], got[j]) for i, j in pairs.items()],
        [g for i, g in enumerate(gold) if i not in pairs],
        [p for j, p in enumerate(got) if j not in taken],
    )


class ArticleScorer:
    """Scores the record of one article. `exact`: names must be equal, not only share most of their words."""

    def __init__(self, score: Score, gold: Entry, got: Entry, exact: bool = False) -> None:
        self.score, self.gold, self.got, self.exact = score, gold, got, exact
        self.id: str = gold["id"]
        # A province's name in a unit's name says no more than the article does.
        self.ignore = frozenset(fold_value(gold.get("province")).split())
        # Whoever is named only as recipient or leader may fairly be counted as taking part, or not.
        self.aside = [a["recipient"] for a in gold.get("awards", ()) if a.get("recipient")]
        self.aside += [e["unit"] for e in gold.get("leadership", ()) if e.get("unit")]

    def name(self, a: Any, b: Any, least: float = 0.8) -> bool:
        return equal(a, b) if self.exact else alike(a, b, self.ignore, least)

    def _extra(self, slot: str, value: str) -> None:
        self.score.counts[slot].extra += 1
        self.score.misses.append(Miss(self.id, slot, "+", value))

    def _missed(self, slot: str, value: str) -> None:
        self.score.counts[slot].missed += 1
        self.score.misses.append(Miss(self.id, slot, "-", value))

    def value(self, slot: str, gold: Any, got: Any, equal: Equal) -> None:
        """A slot with one value; null on both sides counts for nothing."""
        if gold is not None and got is not None and equal(gold, got):
            self.score.counts[slot].hits += 1
            return
        if got is not None:
            self._extra(slot, f"{got!r} (gold {gold!r})")
        if gold is not None:
            self._missed(slot, f"{gold!r} (got {got!r})")

    def entries(
        self, slot: str, gold: list[Entry], got: list[Entry], match: Match, show: Callable[[Entry], str]
    ) -> list[tuple[Entry, Entry]]:
        """A list of entries. Returns the pairs whose own slots are to be compared."""
        pairs, lost, extra = _pair(gold, got, match)
        asked = [(g, p) for g, p in pairs if not g.get("optional")]
        self.score.counts[slot].hits += len(asked)
        for g in lost:
            if not g.get("optional"):
                self._missed(slot, show(g))
        for p in extra:
            if not p.get("optional"):
                self._extra(slot, show(p))
        return asked

    def run(self) -> None:
        """Compares the two records slot by slot."""
        gold, got = self.gold, self.got
        self.value("relevant", gold["relevant"], got.get("relevant"), _same)
        self.value("published", gold.get("published"), got.get("published"), _same_text)
        self.value("province", gold.get("province"), got.get("province"), lambda a, b: _bare_province(a) == _bare_province(b))
        self._meetings()
        self._leadership()
        self._awards()
        self._citations()

    def _meetings(self) -> None:
        def match(g: Entry, p: Entry) -> float:
            bloc = alike(g.get("bloc"), p.get("bloc"), self.ignore)
            return 1 + 4 * (g.get("date") == p.get("date")) + 2 * (g.get("kind") == p.get("kind")) + bloc

        def show(m: Entry) -> str:
            return f"{m.get('kind')} {m.get('date')} {m.get('bloc')}"

        gold, got = list(self.gold.get("meetings", ())), [{**m, "optional": False} for m in self.got.get("meetings", ())]
        asked = self.entries("meeting", gold, got, match, show)
        _, lost, extra = _pair(gold, got, match)
        none: Entry = {"chairs": [], "participants": []}
        lost = [g for g in lost if not g.get("optional")]
        for g, p in [*asked, *((g, none) for g in lost), *((none, p) for p in extra)]:
            self._meeting(g, p)

    def _meeting(self, gold: Entry, got: Entry) -> None:
        for slot in ("kind", "session", "period", "unit_count", "date"):
            self.value(slot, gold.get(slot), got.get(slot), _same_text)
        self.value("bloc", gold.get("bloc"), got.get("bloc"), lambda a, b: self.name(a, b, 0.75))
        self.value("venue", gold.get("venue"), got.get("venue"), lambda a, b: self.name(a, b, 0.6))
        self._chairs(gold, got)
        self._participants(gold, got)

    def _position(self, slot: str, gold: Entry, got: Entry) -> None:
        whole = (" ".join(x for x in (e.get("position"), e.get("unit")) if x) or None for e in (gold, got))
        self.value(slot, *whole, lambda a, b: self.name(a, b, 0.7))

    def _chairs(self, gold: Entry, got: Entry) -> None:
        def match(a: Entry, b: Entry) -> float:
            if a.get("person") or b.get("person"):
                return 2.0 * same_person(a.get("person"), b.get("person"))
            return self.name(a.get("unit"), b.get("unit"))

        for a, b in self.entries("chair", list(gold.get("chairs", ())), list(got.get("chairs", ())), match, _show_party):
            if a.get("person"):
                self._position("chair.position", a, b)

    def _participants(self, gold: Entry, got: Entry) -> None:
        people = [[e for e in m.get("participants", ()) if e.get("person")] for m in (gold, got)]
        chairs = [{**e, "optional": True} for e in gold.get("chairs", ()) if e.get("person")]
        pairs = self.entries(
            "participant.person", people[0] + chairs, people[1], lambda a, b: same_person(a["person"], b["person"]), _show_party
        )
        for a, b in pairs:
            self._position("participant.position", a, b)

        need, may = _units(gold)
        may += self.aside + [unit for unit in need if any(self.name(unit, other) for other in self.aside)]
        need = [unit for unit in need if not any(self.name(unit, other) for other in self.aside)]

        def match(a: Entry, b: Entry) -> float:
            return self.name(a["unit"], b["unit"]) * (1 if a.get("optional") or b.get("optional") else 2)

        self.entries("participant.unit", _unit_entries(need, may), _unit_entries(*_units(got)), match, lambda e: e["unit"])

    def _leadership(self) -> None:
        def match(a: Entry, b: Entry) -> float:
            if a.get("role") != b.get("role") or a.get("status") != b.get("status"):
                return 0
            who = self.name(a.get("unit"), b.get("unit")) or same_person(a.get("person"), b.get("person"))
            return who * (1 + (a.get("year") == b.get("year")))

        def show(e: Entry) -> str:
            return f"{e.get('role')} {e.get('status')} {e.get('year')} {e.get('unit') or e.get('person')}"

        pairs = self.entries("leader", list(self.gold.get("leadership", ())), list(self.got.get("leadership", ())), match, show)
        for a, b in pairs:
            self.value("leader.year", a.get("year"), b.get("year"), _same)

    def _awards(self) -> None:
        def match(a: Entry, b: Entry) -> float:
            if not self.same_award(a, b) or not self._same_recipient(a, b):
                return 0
            same = {slot: a.get(slot) == b.get(slot) for slot in ("level", "status", "grade", "year")}
            return 1 + 4 * same["level"] + 2 * same["status"] + same["grade"] + same["year"]

        def show(e: Entry) -> str:
            kind = f"{e.get('award')} {e.get('grade') or ''} [{e.get('level')}, {e.get('year')}, {e.get('status')}]"
            return f"{kind} {e.get('recipient') or e.get('count')}"

        for a, b in self.entries("award", list(self.gold.get("awards", ())), list(self.got.get("awards", ())), match, show):
            for slot in ("level", "year", "status"):
                self.value(f"award.{slot}", a.get(slot), b.get(slot), _same)
            self.value("award.grade", a.get("grade"), b.get("grade"), lambda x, y: fold_value(x) == fold_value(y))

    def same_award(self, a: Entry, b: Entry) -> bool:
        return (equal if self.exact else alike)(a.get("award"), b.get("award"))

    def _same_recipient(self, a: Entry, b: Entry) -> bool:
        x, y = a.get("recipient"), b.get("recipient")
        if x is None or y is None:
            return x is y and a.get("count") == b.get("count")
        return self.name(x, y) or same_person(x, y)

    def _citations(self) -> None:
        def number(e: Entry) -> str:
            return fold_value(e.get("number")).replace(" ", "")

        pairs = self.entries(
            "cited", list(self.gold.get("cited", ())), list(self.got.get("cited", ())), lambda a, b: number(a) == number(b),
            lambda e: f"{e.get('kind')} {e.get('number')}",
        )  # fmt: skip
        for a, b in pairs:
            self.value("cited.date", a.get("date"), b.get("date"), _same_text)
            self.value("cited.issuer", a.get("issuer"), b.get("issuer"), lambda x, y: self.name(x, y, 0.6))


def _same(a: Any, b: Any) -> bool:
    return a == b


def _same_text(a: Any, b: Any) -> bool:
    return str(a) == str(b)


def _bare_province(name: Any) -> str:
    return re.sub(r"^(tỉnh|thành phố) ", "", fold_value(name))


def _show_party(e: Entry) -> str:
    return " | ".join(str(e[key]) for key in ("person", "position", "unit") if e.get(key))


def _units(meeting: Entry) -> tuple[list[str], list[str]]:
    """Every unit present: those that stand on their own, and those of chairs and persons, which may be named or not."""
    need: list[str] = []
    may: list[str] = []
    chairs = meeting.get("chairs", [])
    for entry in [*chairs, *meeting.get("participants", [])]:
        if entry.get("unit"):
            (may if entry.get("optional") or entry.get("person") or entry in chairs else need).append(entry["unit"])
    return need, may


def _unit_entries(need: Iterable[str], may: Iterable[str]) -> list[Entry]:
    return [{"unit": unit} for unit in need] + [{"unit": unit, "optional": True} for unit in may]
