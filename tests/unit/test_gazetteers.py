"""The gazetteers are true to themselves, and a broken one is refused with file, line and remedy."""

from __future__ import annotations

import ast
import csv
import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest

from pipeline.errors import GazetteerError
from pipeline.extract.cited import find_cited
from pipeline.extract.document import Document
from pipeline.extract.reading.chunks import chunk
from pipeline.gazetteer import ASKED_FOR, COMMON, KINDS, NOT_SEARCHED, TABLES, default_folder, load_gazetteer
from pipeline.records import Article, Region, Segmentation
from pipeline.textmap import FoldedText, fold

ROOT = Path(__file__).parents[2]
GAZETTEER = load_gazetteer()


def _document(text: str) -> Document:
    article = Article("one", "one", "text", "0" * 64, text, (Region(0, len(text), "body"),))
    return Document(article, Segmentation("one", ((0, len(text)),)), GAZETTEER)


@pytest.mark.parametrize("table", sorted(set(TABLES) - NOT_SEARCHED))
def test_every_example_finds_its_own_row(table):
    lost = []
    for entry in GAZETTEER.table(table):
        for example in entry.examples:
            hits = GAZETTEER.find(FoldedText(example))
            found = {(h.entry.code, h.entry.name) for name in (table, table + "~") for h in hits.get(name, [])}
            if (entry.code, entry.name) not in found:
                lost.append((entry.line, entry.code, example))
    assert lost == []


def test_every_example_of_a_kind_of_document_gives_its_kind():
    for entry in GAZETTEER.table("document_kinds"):
        for example in entry.examples:
            (cited,) = find_cited(_document(f"{example} 15/ABC-XY"))
            assert cited.kind and cited.kind.value == entry.name, example


def test_every_example_of_a_holder_is_a_count_of_its_kind():
    for entry in GAZETTEER.table("holders"):
        for example in entry.examples:
            doc = _document(example)
            (count,) = [item for item in chunk(doc, doc.sentences[0]).items if item.symbol == "N"]
            kind = "" if entry.fields["kind"] == "open" else entry.fields["kind"]
            assert list(count.numbers) == [kind], example


def test_every_name_and_variant_finds_its_own_row():
    """What is written in a row is found, unless it counts only behind other words (a small letter, a head without a name)."""
    lost = []
    for table in sorted(set(TABLES) - NOT_SEARCHED):
        for entry in GAZETTEER.table(table):
            for written in (entry.name, *entry.variants):
                hits = GAZETTEER.find(FoldedText(written))
                if not any(h.entry == entry for name in (table, table + "~") for h in hits.get(name, [])):
                    lost.append((table, entry.line, written))
    assert lost == []


def test_references_lead_to_rows():
    for table in ("provinces", "units"):
        codes = {entry.code for entry in GAZETTEER.table(table)}
        for entry in GAZETTEER.table(table):
            for column in ("successor_code", "parent"):
                assert entry.fields.get(column, "") in codes | {""}, (table, entry.line)


def test_periods_of_a_province_do_not_overlap():
    for one in GAZETTEER.table("provinces"):
        for two in GAZETTEER.table("provinces"):
            if one.line < two.line and fold(one.name) == fold(two.name):
                first, second = sorted((one, two), key=lambda e: e.fields["valid_from"])
                assert first.fields["valid_to"] and first.fields["valid_to"] < second.fields["valid_from"], (one.line, two.line)


def _gold_people() -> set[str]:
    found = set()
    for path in (ROOT / "corpus" / "gold").glob("*.json"):
        record = json.loads(path.read_text("utf-8"))
        parties = [party for meeting in record["meetings"] for party in [*meeting["chairs"], *meeting["participants"]]]
        found |= {entry["person"] for entry in [*parties, *record["leadership"]] if entry["person"]}
        found |= {award["recipient"] for award in record["awards"] if award["recipient_kind"] == "person" and award["recipient"]}
    return {fold(name) for name in found}


@pytest.mark.parametrize("folder", ["gazetteers", "pipeline"])
def test_nobody_of_a_gold_record_is_named_in_tables_or_code(folder):
    people = _gold_people()
    assert len(people) > 50
    for path in [*(ROOT / folder).rglob("*.csv"), *(ROOT / folder).rglob("*.py")]:
        text = fold(path.read_text("utf-8"))
        assert [name for name in people if name in text] == [], path.name


# --- broken tables ------------------------------------------------------------------------------------------------------------


def _broken(folder: Path, name: str, change) -> GazetteerError:
    """The error that a table raises when its bytes are changed."""
    folder = Path(shutil.copytree(default_folder(), folder / "gazetteers"))
    path = folder / f"{name}.csv"
    changed = change(path.read_bytes())
    if changed is None:
        path.unlink()
    else:
        path.write_bytes(changed)
    with pytest.raises(GazetteerError) as error:
        load_gazetteer(folder)
    return error.value


def _line(number: int, change):
    """A change of one line, counted from 1."""

    def changed(raw: bytes) -> bytes:
        lines = raw.decode().splitlines()
        lines[number - 1] = change(lines[number - 1])
        return ("\n".join(lines) + "\n").encode()

    return changed


def _append(row: str):
    return lambda raw: raw.rstrip(b"\n") + b"\n" + row.encode() + b"\n"


@pytest.mark.parametrize(
    ("name", "change", "line", "said"),
    [
        ("bloc_heads", _line(1, lambda _: "code,name,variant,examples"), 1, "variant"),
        ("bloc_heads", _line(1, lambda _: "code,name,examples"), 1, "variants"),
        ("bloc_heads", lambda _: b"", 1, "columns"),
        ("bloc_heads", lambda raw: raw.splitlines()[0] + b"\n", 1, "empty"),
        ("bloc_heads", lambda _: None, 1, "missing"),
        ("bloc_heads", lambda raw: raw.replace("Khối".encode(), "Khối".encode("utf-16"), 1), 2, "UTF-8"),
        ("bloc_heads", _line(3, lambda line: line + ",more"), 3, "cells"),
        ("bloc_heads", _line(3, lambda line: line.rsplit(",", 1)[0]), 3, "cells"),
        ("bloc_heads", _line(3, lambda line: line.replace("thi đua", "thi đua ", 1)), 3, "stray blank"),
        ("bloc_heads", _line(3, lambda line: line.replace("thi đua", "thi  đua", 1)), 3, "stray blank"),
        ("bloc_heads", _line(3, lambda line: unicodedata.normalize("NFD", line)), 3, "NFC"),
        ("bloc_heads", _line(3, lambda line: "," + line.split(",", 1)[1]), 3, "code or name is empty"),
        ("bloc_heads", _line(3, lambda line: line.rsplit(",", 1)[0] + ","), 3, "no examples"),
        ("bloc_heads", _append('KHOI,Khối mới,,Khối mới'), -1, "code KHOI was given"),
        ("bloc_heads", _append('KHOI_MOI,Khối mới|x,Khối,Khối mới'), -1, "also written for KHOI"),
        ("bloc_heads", _append('KHOI_MOI,khối,,Khối mới'), -1, "also written for KHOI"),
        ("bloc_heads", _append('KHOI_MOI,"Khối mới,,Khối mới'), -1, "quote"),
        ("bloc_heads", _line(3, lambda line: line.replace(",", ',"', 1)), 3, "quote"),
        ("provinces", _line(5, lambda line: line + ","), 5, "cells"),
        ("unit_heads", _line(2, lambda line: line.replace("school", "scool")), 2, "unknown kind scool"),
    ],
)  # fmt: skip
def test_a_broken_table_is_refused_with_file_line_and_remedy(tmp_path, name, change, line, said):
    error = _broken(tmp_path, name, change)
    rows = len((default_folder() / f"{name}.csv").read_text("utf-8").splitlines())
    assert error.file.endswith(f"{name}.csv")
    assert error.line == (line if line > 0 else rows + 1)
    assert said in str(error)
    problem, _, remedy = str(error).partition(". ")
    assert f"{name}.csv:{error.line}: " in problem
    assert remedy.endswith(".")


def test_the_page_of_gazetteers_names_every_table_and_column():
    page = (ROOT / "docs" / "gazetteers.md").read_text("utf-8")
    for table, own in TABLES.items():
        section = page.split(f"### {table}\n")[1].split("\n### ")[0]
        for column in own:
            assert f"`{column}`" in section, (table, column)
        assert set(COMMON + own) == set(next(csv.reader((default_folder() / f"{table}.csv").read_text("utf-8").splitlines())))


def test_the_page_of_gazetteers_explains_every_category_of_awards():
    (line,) = [line for line in (ROOT / "docs" / "gazetteers.md").read_text("utf-8").splitlines() if line.startswith("| `category`")]
    explained = dict(re.findall(r"`(\w+)`(?: \((\w[^)]*)\))?", line.replace("`_", "`emulation_title_")))
    awards = GAZETTEER.table("awards")
    assert {entry.fields["category"] for entry in awards} == explained.keys() - {"category"}
    for category, name in explained.items():
        assert not name or name in {entry.fields["bare"] for entry in awards if entry.fields["category"] == category}


def test_every_kind_is_borne_by_a_row_asked_for_by_a_rule_and_explained():
    page = (ROOT / "docs" / "gazetteers.md").read_text("utf-8")
    families = ("extract", "normalize")
    code = "".join(path.read_text("utf-8") for family in families for path in (ROOT / "pipeline" / family).rglob("*.py"))
    asked = {kind for call in re.findall(r"\.is_a\(([^)]*)\)", code) for kind in re.findall(r'"(\w+)"', call)}
    known = frozenset().union(*KINDS.values())
    assert asked <= known
    assert {kind for table in KINDS for entry in GAZETTEER.table(table) for kind in entry.kinds} == known
    assert [kind for kind in sorted(known) if f'"{kind}"' not in code or f"`{kind}`" not in page] == []


def _codes_compared() -> set[str]:
    """Codes with which rules compare the code of what they have found."""
    found = set()
    for path in [path for family in ("extract", "normalize") for path in (ROOT / "pipeline" / family).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Compare) and any(isinstance(n, ast.Attribute) and n.attr == "code" for n in (node.left, *node.comparators)):
                found |= {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return found - {"_"}


def test_the_rows_that_rules_ask_for_are_known():
    assert _codes_compared() <= ASKED_FOR


def test_a_table_without_a_row_that_rules_ask_for_is_an_error(tmp_path):
    shutil.copytree(ROOT / "gazetteers", tmp_path / "g")
    heads = tmp_path / "g" / "unit_heads.csv"
    heads.write_text("".join(line for line in heads.read_text("utf-8").splitlines(True) if not line.startswith("THANHTRA,")), "utf-8")
    with pytest.raises(GazetteerError, match="no table has a row with the code THANHTRA.*restore the row"):
        load_gazetteer(tmp_path / "g")
