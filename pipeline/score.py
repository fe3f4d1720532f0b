"""Holds records against gold: precision, recall and F1 for each slot and each group of slots.

Entries of a list are paired best first, one to one, before their slots are compared. A gold entry marked `optional` is neither
asked for nor punished. Names are compared folded, with the abbreviations of administration written out and by the share of
common words, so that "UBND tỉnh" and "Ủy ban nhân dân tỉnh" are one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from pipeline.errors import UsageError

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

# --- comparing names -------------------------------------------------------------------------------------------------

_ABBREVIATIONS = {
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "mttq": "mặt trận tổ quốc", "ubmttq": "ủy ban mặt trận tổ quốc",
    "mttqvn": "mặt trận tổ quốc việt nam", "ubmttqvn": "ủy ban mặt trận tổ quốc việt nam",
    "tđkt": "thi đua khen thưởng", "tđ": "thi đua",
    "vhttdl": "văn hóa thể thao và du lịch", "vhtt&dl": "văn hóa thể thao và du lịch", "vh,tt&dl": "văn hóa thể thao và du lịch",
    "lđtbxh": "lao động thương binh và xã hội", "lđtb&xh": "lao động thương binh và xã hội",
    "gdđt": "giáo dục và đào tạo", "gd&đt": "giáo dục và đào tạo", "khcn": "khoa học và công nghệ", "kh&cn": "khoa học và công nghệ",
    "tttt": "thông tin và truyền thông", "tt&tt": "thông tin và truyền thông",
    "khđt": "kế hoạch và đầu tư", "kh&đt": "kế hoạch và đầu tư",
    "tnmt": "tài nguyên và môi trường", "tn&mt": "tài nguyên và môi trường",
    "nn&ptnt": "nông nghiệp và phát triển nông thôn", "ptnt": "phát triển nông thôn", "nn": "nông nghiệp",
    "ptth": "phát thanh và truyền hình", "pt&th": "phát thanh và truyền hình",
    "bhxh": "bảo hiểm xã hội", "gtvt": "giao thông vận tải", "ttyt": "trung tâm y tế", "tand": "tòa án nhân dân",
    "vksnd": "viện kiểm sát nhân dân", "thads": "thi hành án dân sự", "chqs": "chỉ huy quân sự", "bđbp": "bộ đội biên phòng",
    "ccb": "cựu chiến binh", "lđlđ": "liên đoàn lao động", "lhpn": "liên hiệp phụ nữ", "cđcs": "công đoàn cơ sở",
    "htx": "hợp tác xã", "thpt": "trung học phổ thông", "tnhh": "trách nhiệm hữu hạn",
    "gđ": "giám đốc", "pgđ": "phó giám đốc", "tp": "thành phố", "tx": "thị xã", "tt": "thị trấn",
    "xh": "xã hội", "vh": "văn hóa", "vhxh": "văn hóa xã hội",
}  # fmt: skip
# Abbreviations whose parts are set off by blanks, dashes or dots, in the order in which they are tried.
_WITH_AMPERSAND = re.compile(r"\b([a-zđ]+)[\s]*[-–,.]?[\s]*([a-zđ]*)&([a-zđ]+)\b")
_WITH_DASH = (
    (re.compile(r"\b(pt)\s*-\s*(th)\b"), "phát thanh và truyền hình"),
    (re.compile(r"\b(lđ)\s*-\s*(tb)\s*&\s*(xh)\b"), "lao động thương binh và xã hội"),
    (re.compile(r"\b(kh|gd|vh)\s*-\s*(đt|tt)\b"), r"\1\2"),
)
_TONES = dict(
    zip(
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),
        strict=True,
    )
)
_TONE = re.compile(rf"({'|'.join(_TONES)})(?!\w)")
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
# Words that say nothing about which unit is meant.
_EMPTY_WORDS = frozenset("và tỉnh của các cơ quan đại diện lãnh đạo tập thể thi đua đơn vị".split())


@lru_cache(maxsize=65536)
def fold_name(text: str) -> str:
    """Lower case, tone marks in one place, abbreviations written out, punctuation dropped."""
    text = unicodedata.normalize("NFC", text).replace("Ð", "Đ").casefold()
    text = _TONE.sub(lambda m: _TONES[m[0]], text)
    text = _WITH_AMPERSAND.sub(lambda m: _ABBREVIATIONS.get(f"{m[1]}{m[2]}&{m[3]}", m[0]), text)
    for pattern, full in _WITH_DASH:
        text = pattern.sub(full, text)
    return " ".join(" ".join(_ABBREVIATIONS.get(word, word) for word in _WORD.findall(text)).split())


def _fold(value: Any) -> str:
    return "" if value is None else fold_name(str(value))


def _share(a: Any, b: Any, ignore: frozenset[str], least: float) -> bool:
    """Whether the F1 of the words that say something reaches `least`."""
    x, y = ([w for w in _fold(name).split() if w not in _EMPTY_WORDS and w not in ignore] for name in (a, b))
    if not x or not y:
        return bool(_fold(a)) and _fold(a) == _fold(b)
    rest, common = list(y), 0
    for word in x:
        if word in rest:
            rest.remove(word)
            common += 1
    return 2 * common / (len(x) + len(y)) >= least


def alike(a: Any, b: Any, ignore: frozenset[str] = frozenset(), least: float = 0.8) -> bool:
    """Whether two names mean the same unit, bloc or place, with or without what stands in brackets."""
    if _share(a, b, ignore, least):
        return True
    bare = [_BRACKETS.sub("", name) if name else name for name in (a, b)]
    return bare != [a, b] and all(bare) and _share(*bare, ignore, least)


def same_person(a: Any, b: Any) -> bool:
    return bool(a) and _fold(a) == _fold(b)


def _same(a: Any, b: Any) -> bool:
    return a == b


def _same_text(a: Any, b: Any) -> bool:
    return str(a) == str(b)


# --- counting --------------------------------------------------------------------------------------------------------


@dataclass
class Count:
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


class _Article:
    """Scores the record of one article."""

    def __init__(self, score: Score, gold: Entry, got: Entry) -> None:
        self.score, self.gold, self.got = score, gold, got
        self.id: str = gold["id"]
        # A province's name in a unit's name says no more than the article does.
        self.ignore = frozenset(_fold(gold.get("province")).split())
        # Whoever is named only as recipient or leader may fairly be counted as taking part, or not.
        self.aside = [a["recipient"] for a in gold.get("awards", ()) if a.get("recipient")]
        self.aside += [e["unit"] for e in gold.get("leadership", ()) if e.get("unit")]

    def name(self, a: Any, b: Any, least: float = 0.8) -> bool:
        return alike(a, b, self.ignore, least)

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
            if not alike(a.get("award"), b.get("award")) or not self._same_recipient(a, b):
                return 0
            same = {slot: a.get(slot) == b.get(slot) for slot in ("level", "status", "grade", "year")}
            return 1 + 4 * same["level"] + 2 * same["status"] + same["grade"] + same["year"]

        def show(e: Entry) -> str:
            kind = f"{e.get('award')} {e.get('grade') or ''} [{e.get('level')}, {e.get('year')}, {e.get('status')}]"
            return f"{kind} {e.get('recipient') or e.get('count')}"

        for a, b in self.entries("award", list(self.gold.get("awards", ())), list(self.got.get("awards", ())), match, show):
            for slot in ("level", "year", "status"):
                self.value(f"award.{slot}", a.get(slot), b.get(slot), _same)
            self.value("award.grade", a.get("grade"), b.get("grade"), lambda x, y: _fold(x) == _fold(y))

    def _same_recipient(self, a: Entry, b: Entry) -> bool:
        x, y = a.get("recipient"), b.get("recipient")
        if x is None or y is None:
            return x is y and a.get("count") == b.get("count")
        return self.name(x, y) or same_person(x, y)

    def _citations(self) -> None:
        def number(e: Entry) -> str:
            return _fold(e.get("number")).replace(" ", "")

        pairs = self.entries(
            "cited", list(self.gold.get("cited", ())), list(self.got.get("cited", ())), lambda a, b: number(a) == number(b),
            lambda e: f"{e.get('kind')} {e.get('number')}",
        )  # fmt: skip
        for a, b in pairs:
            self.value("cited.date", a.get("date"), b.get("date"), _same_text)
            self.value("cited.issuer", a.get("issuer"), b.get("issuer"), lambda x, y: self.name(x, y, 0.6))


def _bare_province(name: Any) -> str:
    return re.sub(r"^(tỉnh|thành phố) ", "", _fold(name))


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


# --- whole sets ------------------------------------------------------------------------------------------------------


def read_gold(folder: Path) -> list[dict[str, Any]]:
    """The gold records of a folder, one NAME.json each; the file's name is the id.

    Raises:
        UsageError: there is none, or one cannot be read.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise UsageError(f"no gold records in {folder}: a gold folder holds one NAME.json for each article")
    golds = []
    for path in paths:
        try:
            golds.append({**msgspec.json.decode(path.read_bytes(), type=dict[str, Any]), "id": path.stem})
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: {error}") from None
        if "relevant" not in golds[-1]:
            raise UsageError(f"{path}: not a record, the field 'relevant' is missing")
    return golds


def read_records(path: Path) -> dict[str, dict[str, Any]]:
    """Records by id from a file with one JSON object a line.

    Raises:
        UsageError: a line is no record.
    """
    found: dict[str, dict[str, Any]] = {}
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    for n, line in enumerate(lines, 1):
        if line.strip():
            try:
                record = msgspec.json.decode(line, type=dict[str, Any])
                found[record["id"]] = record
            except (msgspec.DecodeError, UnicodeDecodeError, KeyError) as error:
                raise UsageError(f"{path}:{n}: not a record with an id ({error})") from None
    return found


def score_records(golds: Iterable[Entry], records: Mapping[str, Entry]) -> Score:
    """Scores records against gold, joined by id. An article without a record counts as all missed."""
    score = Score()
    for gold in golds:
        score.articles += 1
        if gold["id"] not in records:
            score.absent.append(gold["id"])
        _Article(score, gold, records.get(gold["id"], {"relevant": None})).run()
    return score


def compare(new: Score, old: Score) -> tuple[list[Miss], list[Miss]]:
    """What the new records got right that the old ones had wrong, and the other way round."""
    was, now = set(old.misses), set(new.misses)
    return [m for m in old.misses if m not in now], [m for m in new.misses if m not in was]


# --- floors ----------------------------------------------------------------------------------------------------------


class Floors(msgspec.Struct, forbid_unknown_fields=True):
    """The least F1 for the headline and each slot and group, and the hash of the data that they were measured on."""

    data: str
    articles: int
    floors: dict[str, float]


HEADLINE = "headline"


def data_hash(files: Iterable[Path]) -> str:
    """A hash of files' names and contents."""
    made = hashlib.sha256()
    for path in sorted(files, key=lambda p: p.name):
        content = path.read_bytes()
        made.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return made.hexdigest()


def figures(score: Score) -> dict[str, float]:
    """The F1 of all that was asked for or given, rounded down, so that it can be a floor."""
    found = {HEADLINE: score.headline} | {name: count.f1 for name, count in score.rows() if count}
    return {name: int(value * 10000 + 1e-9) / 10000 for name, value in found.items()}


def read_floors(path: Path) -> Floors | None:
    """None when there are none yet.

    Raises:
        UsageError: the file is not what `floors` wrote.
    """
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Floors)
    except msgspec.DecodeError as error:
        raise UsageError(f"{path}: {error}; restore it, or delete it and set new floors") from None


def check_floors(floors: Floors, score: Score, data: str) -> list[str]:
    """What is wrong, in words; empty when every floor holds."""
    if floors.data != data:
        return ["the gold records or their articles have changed: look at the new figures and set new floors with --write"]
    now = figures(score)
    return [
        f"{name}: {now.get(name, 0.0):.4f} is under its floor {floor:.4f}"
        for name, floor in floors.floors.items()
        if now.get(name, 0.0) < floor
    ]


def renew_floors(old: Floors | None, score: Score, data: str, allow_lower: bool) -> Floors:
    """Floors at the present figures.

    Raises:
        UsageError: one would be lower than before, and `allow_lower` is not set.
    """
    now = figures(score)
    if old is not None and not allow_lower:
        lower = [f"{name} {floor:.4f} -> {now.get(name, 0.0):.4f}" for name, floor in old.floors.items() if now.get(name, 0.0) < floor]
        if lower:
            raise UsageError(f"floors would be lowered ({'; '.join(lower)}): mend what was lost, or say --allow-lower")
    return Floors(data, score.articles, now)
