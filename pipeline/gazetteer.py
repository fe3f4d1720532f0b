"""Every name that the rules know, read from `gazetteers/*.csv` and found in one pass over a folded text.

A gazetteer is a CSV file with the columns `code`, `name`, `variants` (split by "|") and `examples`, and some of its own.
Reading is strict: an unknown or missing column, a blank too many, text not in NFC, a code or a way of writing given twice
stops the program with file, line and remedy.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.errors import GazetteerError
from pipeline.textmap import FoldedText, fold

# Table: its own columns beside code, name, variants and examples.
TABLES: dict[str, tuple[str, ...]] = {
    "awards": ("bare", "category", "level", "issuer", "recipient_kinds", "grades", "in_force_from", "in_force_to"),
    "bloc_heads": (),
    "bloc_refusals": (),
    "bloc_roles": ("role",),
    "bloc_words": (),
    "bylines": ("province",),
    "countries": ("given_name",),
    "cues": ("kind",),
    "department_fields": (),
    "document_kinds": (),
    "family_names": ("common",),
    "field_words": (),
    "holders": ("kind",),
    "issuers": ("level",),
    "meeting_kinds": ("kind",),
    "positions": ("body", "level", "kinds"),
    "provinces": ("kind", "region", "valid_from", "valid_to", "successor_code", "portal_domain"),
    "regions": (),
    "titles": ("kind", "plural"),
    "towns": ("province",),
    "unit_heads": ("level", "tail", "kinds"),
    "unit_refusals": (),
    "unit_tails": (),
    "units": ("level", "parent", "valid_from", "valid_to", "successor_code", "tail", "kinds"),
}
COMMON = ("code", "name", "variants", "examples")
# What rules may ask of a row (`Entry.is_a`): the values of the column `kinds`, explained in docs/gazetteers.md.
UNIT_KINDS = frozenset(
    "place room small inside school by_field board provincial_board party_committee provincial_committee government mass judicial"
    " emulation council home_affairs central brand office firm various numbered alone".split()
)
POST_KINDS = frozenset("state minister deputy_minister signs staff common several envoy".split())
KINDS = {"units": UNIT_KINDS, "unit_heads": UNIT_KINDS, "positions": POST_KINDS}
# In these tables a code, and so a name, may recur for another period.
DATED = frozenset({"provinces"})
# Rows for which rules ask by their code: without one of them a rule would find nothing, and nobody would know.
ASKED_FOR = frozenset(
    "BAN BANQL BAO BO BTR CA CDCS CO CO_LUANLUU CSTD_CS CT CUM DOANHNGHIEP HOI KHOI NGANHANG PC PCT PTRPHONG SO THANHPHO"
    " THANHTRA THON THUE TINH TRBAN TRDOAN TRPHONG UBND UVBCH VANPHONG".split()
)
# Looked up by other rules, never searched for in the text by themselves.
NOT_SEARCHED = frozenset({"bylines", "countries", "document_kinds", "holders", "towns"})
ANY_CASE = frozenset({"units", "unit_heads"})
# Words of which names are made. They stand everywhere and are wanted in few places: they are looked up where they are asked for.
WORDS = frozenset({"bloc_words", "field_words"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a gazetteer."""

    table: str
    code: str
    name: str
    fields: dict[str, str] = field(hash=False)
    variants: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    line: int = 0
    kinds: frozenset[str] = frozenset()

    def is_a(self, *kinds: str) -> bool:
        """Whether its row gives it any of these kinds."""
        return not self.kinds.isdisjoint(kinds)


class Hit(NamedTuple):
    """A gazetteer entry found in a folded text; offsets of the view."""

    start: int
    end: int
    entry: Entry


class _Name(NamedTuple):
    """A folded name, what it says when it is written with a capital and when not, and how it is searched for."""

    form: str
    word: bool  # letters alone: no other marks can stand among them
    lead: int  # 1 where the pattern has no blank in front, since the name begins with a mark
    size: int
    large: tuple[tuple[str, Entry], ...]
    small: tuple[tuple[str, Entry], ...]

    @classmethod
    def of(cls, form: str, entries: list[tuple[Entry, bool]]) -> _Name:
        entries = entries[::-1]  # as `find` turns them round again
        large = tuple((e.table, e) for e, _ in entries)
        small = tuple((e.table + "~" * capital, e) for e, capital in entries if not capital or e.table in ANY_CASE)
        return cls(form, form.isalnum(), not form[0].isalnum(), len(form), large, large if small == large else small)


class Gazetteer:
    """All tables, and the automaton that finds their names."""

    def __init__(self, tables: dict[str, list[Entry]], digest: str) -> None:
        self.tables = tables
        self.digest = digest
        self._words = {name: _by_first_word(tables[name]) for name in WORDS}
        patterns: dict[str, list[tuple[Entry, bool]]] = {}
        for name in sorted(tables):
            if name in NOT_SEARCHED | WORDS:
                continue
            for entry in tables[name]:
                for written in (entry.name, *entry.variants):
                    patterns.setdefault(fold(written), []).append((entry, _needs_capital(entry, written)))
        self._names = [_Name.of(form, entries) for form, entries in patterns.items()]
        places = [e for e in tables["provinces"]]
        forms = {fold(form): e for e in reversed(places) for form in (e.name, *e.variants)}
        self._places, self._place_finder = list(forms.values()), AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest)
        # whole words only: a pattern stands between blanks, save where it begins or ends with a mark of its own ("Ths.")
        around = [spaced(form)[not form[0].isalnum() : len(form) + 1 + form[-1].isalnum()] for form in patterns]
        self._automaton = AhoCorasick(around, matchkind=MatchKind.Standard)

    def names_at(self, text: FoldedText) -> dict[int, dict[str, Hit]]:
        """At each place where names begin, the longest name of each table.

        Names of units that are written small stand apart ("units~", "unit_heads~"): they count only behind a post or "các".
        """
        key, view, names, make = text.key, text.view, self._names, tuple.__new__
        found: dict[int, dict[str, Hit]] = {}
        for index, start, _ in self._automaton.find_matches_as_indexes(spaced(key), overlapping=True):
            form, word, lead, size, large, small = names[index]
            start -= lead
            named = large if large is small or view[start].isupper() else small
            if named and (word or key.startswith(form, start)):  # with other marks it is none: "đ c" is no "đ/c"
                here = found.get(start)
                if here is None:
                    here = found[start] = {}
                for table, entry in named:  # of those that begin together the last is the longest
                    here[table] = make(Hit, (start, start + size, entry))
        return found

    def word_at(self, table: str, text: FoldedText, start: int) -> Hit | None:
        """The longest word of a table of `WORDS` that stands at a place."""
        key = text.key
        word = _FIRST_WORD.match(key, start)
        if word is None or (start and key[start - 1].isalnum()):
            return None
        for form, entry, capital in self._words[table].get(word[0], ()):
            stop = start + len(form)
            if key.startswith(form, start) and not key[stop : stop + 1].isalnum() and (not capital or text.view[start].isupper()):
                return Hit(start, stop, entry)
        return None

    def find(self, text: FoldedText) -> dict[str, list[Hit]]:
        """All hits by table, also names within longer ones, sorted by start, the longest first; and the words of names."""
        found: dict[str, list[Hit]] = {}
        for index, start, _ in self._automaton.find_matches_as_indexes(spaced(text.key), overlapping=True):
            form, _, lead, size, large, small = self._names[index]
            start -= lead
            for table, entry in (large if text.view[start].isupper() else small) if text.key.startswith(form, start) else ():
                found.setdefault(table, []).append(Hit(start, start + size, entry))
        for table in WORDS:
            hits = [hit for word in _FIRST_WORD.finditer(text.key) if (hit := self.word_at(table, text, word.start()))]
            found |= {table: hits} if hits else {}
        for hits in found.values():
            hits.reverse()
            hits.sort(key=_START)
        return found

    def find_provinces(self, text: FoldedText) -> list[Hit]:
        """The provinces named in a text, by their first version; cheaper than `find` where nothing else is wanted."""
        key, view = text.key, text.view
        return [
            Hit(start, end, self._places[index])
            for index, found, end in self._place_finder.find_matches_as_indexes(key)
            if view[key.rfind(" ", (start := _behind_short_body(key, found)), end) + 1 or start].isupper()
            and not (start and key[start - 1].isalnum())
            and not (end < len(key) and key[end].isalnum())
        ]

    def table(self, name: str) -> list[Entry]:
        return self.tables[name]


def _behind_short_body(key: str, start: int) -> int:
    """ "CATP Hà Nội", "UBNDTP Huế": the city's sign is written together with the body's, so its name begins behind it."""
    if start and key[start - 1].isalpha() and key.startswith(("tp ", "tp."), start):
        return start + 3
    return start


_START = itemgetter(0)
_FIRST_WORD = re.compile(r"[^\W_]+")


def _by_first_word(entries: list[Entry]) -> dict[str, list[tuple[str, Entry, bool]]]:
    """The ways of writing each entry, and whether they need a capital, by their first word; the longest first."""
    forms = {
        fold(written): (entry, _needs_capital(entry, written)) for entry in reversed(entries) for written in (entry.name, *entry.variants)
    }
    found: dict[str, list[tuple[str, Entry, bool]]] = {}
    for form in sorted(forms, key=len, reverse=True):
        found.setdefault(_FIRST_WORD.match(form)[0], []).append((form, *forms[form]))
    return found


@lru_cache(maxsize=2)  # names and words of one article are looked for one after the other
def spaced(key: str) -> str:
    """Every mark a blank, so that names begin and end at blanks, and one more blank before and behind."""
    return f" {_MARK.sub(' ', key).replace('_', ' ')} "


_MARK = re.compile(r"[^\w ]")


def _needs_capital(entry: Entry, written: str) -> bool:
    """Heads of unit names, family names and abbreviations count only when written with a capital."""
    if entry.table == "unit_heads":
        return entry.fields["tail"] != "place" or written.isupper() or written.endswith(".")
    if entry.table in ("family_names", "provinces", "regions", "units", "unit_tails", "department_fields"):
        return True
    if entry.table == "bloc_heads":
        return " " not in written
    return " " not in written and written.isupper()


def default_folder() -> Path:
    """The gazetteers of the repository, or those installed beside the package."""
    return Path(__file__).resolve().parent.parent / "gazetteers"


@lru_cache(maxsize=4)
def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """Read and check all tables. Raises GazetteerError with file, line and remedy."""
    folder = folder or default_folder()
    digest = hashlib.sha256()
    tables = {}
    for name, own in TABLES.items():
        path = folder / f"{name}.csv"
        if not path.is_file():
            raise GazetteerError(str(path), 1, "the file is missing", "Restore it from the repository.")
        raw = path.read_bytes()
        digest.update(name.encode() + b"\0" + raw)
        tables[name] = _read(name, path, raw, own)
    if missing := ASKED_FOR - {entry.code for entries in tables.values() for entry in entries}:
        raise GazetteerError(
            str(folder), 1, f"no table has a row with the code {', '.join(sorted(missing))}", "Rules ask for it: restore the row."
        )
    return Gazetteer(tables, digest.hexdigest())


def _read(table: str, path: Path, raw: bytes, own: tuple[str, ...]) -> list[Entry]:
    shown = f"gazetteers/{path.name}"
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GazetteerError(shown, raw[: error.start].count(b"\n") + 1, "not UTF-8", "Save the file as UTF-8.") from None
    reader = csv.DictReader(text.splitlines(), strict=True)
    expected = set(COMMON + own)
    header = set(reader.fieldnames or ())
    if header != expected:
        wrong = ", ".join(sorted(header ^ expected))
        raise GazetteerError(
            shown, 1, f"unknown or missing columns: {wrong}", f"The columns are {', '.join(COMMON[:2] + own + COMMON[2:])}."
        )
    entries: list[Entry] = []
    codes: dict[str, int] = {}
    written: dict[str, tuple[str, int]] = {}
    for line, row in _rows(shown, reader):
        _check_cells(table, shown, line, row)
        code = row["code"]
        if code in codes and table not in DATED:
            raise GazetteerError(shown, line, f"code {code} was given in line {codes[code]}", "Give each row its own code.")
        codes[code] = line
        entry = Entry(
            table, code, row["name"], {c: row[c] for c in own}, tuple(filter(None, row["variants"].split("|"))),
            tuple(filter(None, row["examples"].split("|"))), line,
            frozenset(filter(None, row.get("kinds", "").split("|"))),
        )  # fmt: skip
        if not entry.examples:
            raise GazetteerError(shown, line, f"{code} has no examples", "Add a phrase in which the entry must be found.")
        for form in dict.fromkeys(fold(form) for form in (entry.name, *entry.variants)):
            other = written.setdefault(form, (code, line))
            if other[0] != code and table not in DATED:
                raise GazetteerError(
                    shown, line, f'"{form}" is also written for {other[0]} in line {other[1]}', "Keep it in one of the two rows."
                )
        entries.append(entry)
    if not entries:
        raise GazetteerError(shown, 1, "the table is empty", "Restore its rows from the repository.")
    return entries


def _rows(shown: str, reader: csv.DictReader) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise GazetteerError(shown, reader.line_num + 1, str(error), "Close the quote, or double the quotes inside a cell.") from None


def _check_cells(table: str, shown: str, line: int, row: dict[str, str]) -> None:
    for column, value in row.items():
        if column is None or value is None:
            raise GazetteerError(shown, line, "too many or too few cells", "Quote cells that contain a comma.")
        if not unicodedata.is_normalized("NFC", value):
            raise GazetteerError(shown, line, f"{column} is not in NFC", "Normalise the cell to NFC.")
        if any(part != part.strip() for part in value.split("|")) or "  " in value:
            raise GazetteerError(shown, line, f"{column} has a stray blank: {value!r}", "Remove it.")
    unknown = set(filter(None, row.get("kinds", "").split("|"))) - KINDS.get(table, frozenset())
    if unknown:
        raise GazetteerError(shown, line, f"unknown kind {', '.join(sorted(unknown))}", f"Known are {', '.join(sorted(KINDS[table]))}.")
    if not row["code"] or not row["name"]:
        raise GazetteerError(shown, line, "code or name is empty", "Fill it, or delete the row.")
