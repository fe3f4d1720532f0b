"""What must not count: which of two wordings an article uses, and what its people are called."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path

import msgspec
import pytest
from corpus_texts import CORPUS, NAMES, key, original, read, texts

from pipeline.records import to_plain

_LINES = (Path(__file__).parents[1] / "data" / "wordings.txt").read_text("utf-8").splitlines()
WORDINGS = [tuple(line.split(" => ")) for line in _LINES if line and not line.startswith("# ")]


def _where(wording: str) -> re.Pattern[str]:
    """A wording as it stands in running text: no part of a word, and not where a line begins, which may be a heading or a cell."""
    before = r"(?<!\w)" if wording[0].isalpha() else ""
    behind = r"(?!\w)" if wording[-1].isalpha() else ""
    return re.compile(rf"(?<!\n){before}{re.escape(wording)}{behind}")


def _record(name: str, text: str) -> dict:
    return {**key(to_plain(read(name, text)[1])), "title": None}


@pytest.mark.parametrize(("one", "other"), WORDINGS)
def test_another_wording_changes_nothing(one, other):
    changed = {name: _where(one).sub(other, texts()[name][0]) for name in NAMES}
    changed = {name: text for name, text in changed.items() if text != texts()[name][0]}
    assert changed, "no article of the corpus says so"
    for name, text in changed.items():
        assert _record(name, text) == {**original(name), "title": None}, name


# --- names ------------------------------------------------------------------------------------------------------------------

# Of several peoples of the country; none stands in the corpus. Of two syllables a name is read where a title or post shows it only.
OTHERS = (
    "Đặng Hữu Khoát", "Thào Seo Lử", "Quàng Thị Pảnh", "Nguyễn Ngọc Bảo Lam", "Thạch Sa Voi", "Mai Đình Trạch", "Trương Thị Hòa Hiệp",
    "Vi Văn Xuyên", "Cao Bá Nghị", "Kim Thị Mỹ Linh",
)  # fmt: skip


def _people(record) -> set[str]:
    """Every person of a plain record."""
    if isinstance(record, list):
        return {name for inner in record for name in _people(inner)}
    if not isinstance(record, dict):
        return set()
    own = {record["person"]} if isinstance(record.get("person"), str) else set()
    own |= {record["recipient"]} if record.get("recipient_kind") == "person" and record["recipient"] else set()
    return own.union(*(_people(inner) for inner in record.values()))


def _renamed(value, names: dict[str, str]):
    if isinstance(value, dict):
        return {name: _renamed(inner, names) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, names) for inner in value]
    return names.get(value, value)


@pytest.mark.parametrize("name", NAMES)
def test_people_may_be_called_otherwise(name):
    gold = msgspec.json.decode((CORPUS / "gold" / f"{name}.json").read_bytes())
    people = sorted(p for p in _people(gold) if p in texts()[name][0] and len(p.split()) > 2)
    names = dict(zip(people, cycle(OTHERS), strict=False))
    text = re.sub("|".join(map(re.escape, people)) or r"(?!)", lambda m: names[m[0]], texts()[name][0])
    renamed = _renamed({**original(name), "title": None}, {key(one): key(other) for one, other in names.items()})
    assert _record(name, text) == renamed
