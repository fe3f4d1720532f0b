"""Reads the cases of this folder, strictly, and says where a record differs from one. README.md tells how a case is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pipeline
from pipeline import records
from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.gazetteer import load_gazetteer
from pipeline.normalize import normalize
from pipeline.records import Article, Record, Slot, Source
from pipeline.rules import declared_rules
from pipeline.segment import segment
from pipeline.textmap import squeeze

FOLDER = Path(__file__).parent
KNOWN_FAILURES = FOLDER / "known_failures.txt"
RULE_LIST = FOLDER.parents[1] / "docs" / "rule-list.md"

# The lists of a record that a file may speak of, and their fields.
GROUPS: dict[str, tuple[str, ...]] = {
    "document": records.DOCUMENT_FIELDS,
    "meetings": records.MEETING_FIELDS,
    "chairs": records.PARTY_FIELDS,
    "participants": records.PARTY_FIELDS,
    "leadership": records.LEADER_FIELDS,
    "awards": records.AWARD_FIELDS,
    "cited": records.CITATION_FIELDS,
}
# A tag around these holds more or less than the name that the record bears.
NAMED_BY_LAW = frozenset({"award", "kind", "grade", "date"})

_CASE = re.compile(r"## (?P<id>[a-z0-9-]+): (?P<stance>takes|refuses) (?P<rule>[a-z_.]+)")
_TAG = re.compile(r"\[(?:(?P<entries>\d+(?:,\d+)*)\.)?(?P<field>[a-z_]+)(?:=(?P<value>[^:\[\]]+))?: ")
_VALUE = re.compile(r"= (?:(?P<entries>\*|\d+(?:,\d+)*)\.)?(?P<field>[a-z_]+): (?P<value>.+)")
_SETTING = re.compile(r"@(?P<name>around|url|fields) (?P<value>.+)")
_HEAD = re.compile(r"(?P<name>group|fields|around): (?P<value>.+)")
HOLE = "..."


class CaseError(Exception):
    """A case file is broken. Names file and line."""


@dataclass(frozen=True)
class Tag:
    """A stretch of the case's text that shows a value of some entries. `value` None: the stretch itself is the value."""

    start: int
    end: int
    entries: tuple[int, ...]
    field: str
    value: str | None


@dataclass
class Case:
    """One sentence or short article, and what must come out of it."""

    id: str
    stance: str
    rule: str
    where: str
    group: str
    fields: tuple[str, ...]
    around: str
    url: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    values: list[tuple[tuple[int, ...], str, str]] = field(default_factory=list)
    nothing: bool = False

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    def expected(self) -> dict[int, dict[str, str | None]]:
        """Each entry that must be found, with the value of every field that the file compares; None: unknown."""
        numbers = {n for tag in self.tags for n in tag.entries} | {n for entries, _, _ in self.values for n in entries}
        found: dict[int, dict[str, str | None]] = {n: dict.fromkeys(self.fields) for n in sorted(numbers)}
        for tag in self.tags:
            for number in tag.entries:
                found[number][tag.field] = squeeze(self.text[tag.start : tag.end]) if tag.value is None else tag.value
        for every in (True, False):  # what is said of one entry goes before what is said of all
            for entries, name, value in self.values:
                if every == (not entries):
                    for number in entries or found:
                        found[number][name] = None if value == "none" else value
        return found


# --- reading ----------------------------------------------------------------------------------------------------------------


def read_folder(folder: Path = FOLDER) -> list[Case]:
    """All cases of a folder, in the order of files and lines. Raises CaseError."""
    arounds = read_arounds(folder / "around.txt")
    found = [case for path in sorted(folder.glob("*.txt")) if path.name not in ("around.txt", KNOWN_FAILURES.name) for case in read_file(path)]
    for case in found:
        if case.around not in arounds:
            raise CaseError(f'{case.where}: no article "{case.around}" in around.txt')
    return found


def read_arounds(path: Path) -> dict[str, tuple[str, str]]:
    """Small articles with a hole: what stands before and behind the text of a case."""
    found = {"none": ("", "")}
    for block in re.split(r"^## ", path.read_text("utf-8"), flags=re.M)[1:]:
        name, *lines = [line for line in block.splitlines() if line.strip()]
        if lines.count(HOLE) != 1:
            raise CaseError(f'{path.name}: the article "{name}" needs one line "{HOLE}" for the text of a case')
        hole = lines.index(HOLE)
        found[name] = "".join(f"{line}\n\n" for line in lines[:hole]), "".join(f"\n\n{line}" for line in lines[hole + 1 :])
    return found


def read_file(path: Path) -> list[Case]:
    """The cases of one file. Raises CaseError with file and line."""
    head: dict[str, str] = {"around": "none"}
    found: list[Case] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        if not line.strip() or line.startswith("# "):
            continue
        if line.startswith("##"):
            found.append(_case(line, where, path.stem, head))
        elif not found:
            _head(line, where, head)
        else:
            _line(found[-1], line, where)
    if not found:
        raise CaseError(f"{path.name}: no case")
    seen: set[str] = set()
    for case in found:
        if case.id in seen:
            raise CaseError(f"{case.where}: the id {case.id} stands twice")
        seen.add(case.id)
        _check_whole(case)
    return found


def _head(line: str, where: str, head: dict[str, str]) -> None:
    match = _HEAD.fullmatch(line)
    if not match:
        raise CaseError(f'{where}: the head of a file has "group: ...", "fields: ..." and "around: ..."')
    head[match["name"]] = match["value"]
    if match["name"] == "group" and match["value"] not in GROUPS:
        raise CaseError(f"{where}: unknown group {match['value']}; the groups are {', '.join(GROUPS)}")


def _case(line: str, where: str, family: str, head: dict[str, str]) -> Case:
    match = _CASE.fullmatch(line)
    if not match:
        raise CaseError(f'{where}: a case begins with "## id: takes RULE" or "## id: refuses RULE"')
    if match["rule"] not in declared_rules_once():
        raise CaseError(f"{where}: the code declares no rule {match['rule']}")
    if not {"group", "fields"} <= set(head):
        raise CaseError(f'{where}: the file says no "group" or no "fields"')
    case = Case(f"{family}/{match['id']}", match["stance"], match["rule"], where, head["group"], tuple(head["fields"].split()), head["around"])
    for name in case.fields:
        _check_field(case, name, where, GROUPS[case.group])
    return case


def _line(case: Case, line: str, where: str) -> None:
    if line == "= nothing":
        case.nothing = True
    elif line.startswith("="):
        match = _VALUE.fullmatch(line)
        if not match:
            raise CaseError(f'{where}: a value reads "= field: value", "= 2.field: value", "= *.field: value" or "= nothing"')
        _check_field(case, match["field"], where, case.fields)
        several = match["entries"]
        entries = () if several == "*" else tuple(map(int, several.split(","))) if several else (1,)
        case.values.append((entries, match["field"], match["value"]))
    elif line.startswith("@"):
        match = _SETTING.fullmatch(line)
        if not match:
            raise CaseError(f'{where}: a setting reads "@around NAME", "@url ADDRESS" or "@fields FIELD FIELD"')
        if case.paragraphs or case.values:
            raise CaseError(f"{where}: settings stand before the text")
        _set(case, match["name"], match["value"], where)
    else:
        _text(case, line, where)


def _set(case: Case, name: str, value: str, where: str) -> None:
    if name == "fields":
        for one in value.split():
            _check_field(case, one, where, GROUPS[case.group])
        case.fields = tuple(value.split())
    else:
        setattr(case, name, value)


def _text(case: Case, line: str, where: str) -> None:
    """A paragraph, its tags taken out. Tags may stand inside each other."""
    at = len(case.text) + 2 if case.paragraphs else 0
    plain = ""
    opened: list[tuple[int, re.Match[str]]] = []
    i = 0
    while i < len(line):
        if line[i] == "[":
            match = _TAG.match(line, i)
            if not match:
                raise CaseError(f'{where}: a tag reads "[field: text]", "[2.field: text]" or "[field=value: text]"')
            _check_field(case, match["field"], where, case.fields)
            opened.append((len(plain), match))
            i = match.end()
        elif line[i] == "]":
            if not opened:
                raise CaseError(f"{where}: a ] without its [")
            start, match = opened.pop()
            entries = tuple(map(int, match["entries"].split(","))) if match["entries"] else (1,)
            if start == len(plain):
                raise CaseError(f"{where}: an empty tag")
            case.tags.append(Tag(at + start, at + len(plain), entries, match["field"], match["value"]))
            i += 1
        else:
            plain += line[i]
            i += 1
    if opened:
        raise CaseError(f"{where}: the tag {opened[-1][1][0].strip()} is not closed")
    case.paragraphs.append(plain)


def _check_field(case: Case, name: str, where: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise CaseError(f"{where}: unknown field {name}; the fields are {', '.join(known)}")


def _check_whole(case: Case) -> None:
    if not case.paragraphs:
        raise CaseError(f"{case.where}: {case.id} has no text")
    if case.nothing == bool(case.tags or case.values):
        raise CaseError(f'{case.where}: {case.id} asserts nothing; add a tag, a value or "= nothing"' if not case.nothing else
                        f'{case.where}: {case.id} says "= nothing" and yet has tags or values')  # fmt: skip
    if case.nothing and case.stance == "takes":
        raise CaseError(f"{case.where}: {case.id} takes a rule and yet finds nothing")
    if any(not entries for entries, _, _ in case.values) and not case.expected():
        raise CaseError(f"{case.where}: {case.id} says something of all entries and names none")


def read_known_failures(path: Path = KNOWN_FAILURES) -> dict[str, str]:
    """Case id and why it fails today, one a line: "awards/two-flags: the second flag is lost"."""
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            match = re.fullmatch(r"(\w+/[a-z0-9-]+): (\S.*)", line)
            if not match:
                raise CaseError(f'{path.name}:{number}: a known failure reads "family/id: why"')
            if match[1] in found:
                raise CaseError(f"{path.name}:{number}: {match[1]} stands twice")
            found[match[1]] = match[2]
    return found


_declared: set[str] = set()


def declared_rules_once() -> set[str]:
    """The rules that cases are about; those of cleaning have tests of their own."""
    if not _declared:
        _declared.update(rule for rule in declared_rules() if not rule.startswith("clean."))
    return _declared


# --- running ----------------------------------------------------------------------------------------------------------------


def read_article(text: str, url: str | None = None, name: str = "case") -> tuple[Article, Record]:
    """A text through all stages, words left out."""
    gazetteer = load_gazetteer()
    article = clean(Source(name, f"{name}.txt", "text", text.encode(), url=url))
    return article, normalize(extract(article, segment(article, words=False), gazetteer), article, gazetteer)


def differences(case: Case, arounds: dict[str, tuple[str, str]], read: Callable = read_article) -> list[str]:
    """What the record of the case's article has wrong; empty when it is as the case says."""
    before, behind = arounds[case.around]
    article, record = read(before + case.text + behind, case.url)
    base = len(before)
    if article.text[base : base + len(case.text)] != case.text:
        return ["cleaning changed the text"]
    entries = entries_of(record, case.group)
    rules = {slot.rule for entry in entries for slot in entry.values() if slot}
    wrong = []
    if (case.rule in rules) != (case.stance == "takes"):
        wrong.append(f"{case.rule} found {'nothing' if case.stance == 'takes' else 'something'}")
    left = [entry for entry in entries if any(_values(case, entry).values())]
    for number, wanted in case.expected().items():
        tags = [tag for tag in case.tags if number in tag.entries]
        same = next((e for e in left if _values(case, e) == wanted and not _astray(tags, e, base)), None)
        if same is None:
            near = next((e for e in left if _values(case, e) == wanted), None)
            wrong.append(f"missing: {wanted}" + (f", found elsewhere: {_astray(tags, near, base)}" if near else ""))
        else:
            left.remove(same)
    return wrong + [f"too many: {_values(case, entry)}" for entry in left]


def entries_of(record: Record, group: str) -> list[dict[str, Slot | None]]:
    """The entries of a list of the record; chairs and participants are those of all meetings."""
    if group == "document":
        found = [record]
    elif group in ("chairs", "participants"):
        found = [party for meeting in record.meetings for party in getattr(meeting, group)]
    else:
        found = getattr(record, group)
    return [{name: getattr(entry, name) for name in GROUPS[group]} for entry in found]


def _values(case: Case, entry: dict[str, Slot | None]) -> dict[str, str | None]:
    slots = {name: entry[name] for name in case.fields}
    return {name: None if slot is None else _shown(slot.value) for name, slot in slots.items()}


def _shown(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _astray(tags: list[Tag], entry: dict[str, Slot | None], base: int) -> list[str]:
    """Fields whose evidence is not where the case marks it: the very stretch of a copied value, else a stretch that touches the mark."""
    wrong = []
    for tag in tags:
        slot = entry[tag.field]
        start, end = tag.start + base, tag.end + base
        touched = slot and any(a < end and start < b for a, b in slot.spans)
        exact = tag.value is None and tag.field not in NAMED_BY_LAW
        if not touched or (exact and slot and (start, end) not in slot.spans):
            wrong.append(tag.field)
    return wrong


# --- docs -------------------------------------------------------------------------------------------------------------------

LIST_BEGIN = "<!-- rules: made from tests/cases by python tests/cases/reader.py -->"
LIST_END = "<!-- end of rules -->"


def rule_list(cases: list[Case]) -> Iterator[str]:
    """Lines of Markdown: each rule by family with one case that it takes and one that it refuses."""
    known = read_known_failures()
    family = None
    for rule in sorted(declared_rules_once()):
        if rule.split(".")[0] != family:
            family = rule.split(".")[0]
            yield from ("", f"### {family}", "", "| Rule | Takes | Refuses |", "|---|---|---|")
        cells = []
        for stance in ("takes", "refuses"):
            some = [case for case in cases if (case.rule, case.stance) == (rule, stance)]
            case = min(some, key=lambda c: (c.id in known, len(c.text)), default=None)
            cells.append(_shown_case(case, known) if case else "none yet")
        yield f"| `{rule}` | {cells[0]} | {cells[1]} |"
    yield ""


def _shown_case(case: Case, known: dict[str, str]) -> str:
    text = " / ".join(case.paragraphs)
    if case.stance == "takes":
        at = 0
        marked = ""
        last = 0
        for tag in sorted(case.tags, key=lambda t: (t.start, -t.end)):
            if tag.start >= last:
                marked += case.text[at : tag.start] + "**" + case.text[tag.start : tag.end] + "**"
                at = last = tag.end
        text = (marked + case.text[at:]).replace("\n\n", " / ")
    text = f"at `{case.url}`: {text}" if case.url else text
    return text.replace("|", "\\|") + (" (not yet)" if case.id in known else "")


MODULES_BEGIN = "<!-- modules: the first line of each, by python tests/cases/reader.py -->"
MODULES_END = "<!-- end of modules -->"


def module_list() -> Iterator[str]:
    """Lines of Markdown: each module of extraction and normalisation with what its first line says it does."""
    root = Path(pipeline.__file__).parent
    folders = sorted({path.parent for family in ("extract", "normalize") for path in (root / family).rglob("*.py")})
    for folder in folders:
        modules = sorted(folder.glob("*.py"))
        yield from ("", f"**`{folder.relative_to(root).as_posix()}/`**", "")
        for path in modules:
            said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
            yield f"- `{path.name}`: {said.partition(chr(10))[0].rstrip('.:')}"
    yield ""


def _between(page: str, begin: str, end: str, lines: Iterator[str]) -> str:
    before, rest = page.split(begin)
    return before + begin + "\n".join(["", *lines]) + end + rest.split(end)[1]


def rule_list_page(cases: list[Case]) -> str:
    """docs/rule-list.md with its lists made anew."""
    page = _between(RULE_LIST.read_text("utf-8"), MODULES_BEGIN, MODULES_END, module_list())
    return _between(page, LIST_BEGIN, LIST_END, rule_list(cases))


if __name__ == "__main__":
    RULE_LIST.write_text(rule_list_page(read_folder()), "utf-8")
