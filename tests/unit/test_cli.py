"""The command line as a user meets it, with the real stages."""

import contextlib
import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from pipeline import __version__
from pipeline.cli import app, ask
from pipeline.records import iterate_slots
from pipeline.stages import decode
from pipeline.store import StageFolder, lock

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
TEXT = """Khối thi đua Nội chính tổng kết công tác năm 2021

Sáng 12/01/2022, tại thành phố Hòa Bình, Khối thi đua Nội chính tỉnh Hòa Bình tổ chức Hội nghị tổng kết phong trào thi đua năm 2021. \
Hội nghị thống nhất đề nghị UBND tỉnh tặng Cờ thi đua cho Thanh tra tỉnh.
"""


def thidua(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def corpus_run(tmp_path_factory):
    out = tmp_path_factory.mktemp("corpus") / "out"
    return thidua("run", CORPUS, "--out", out, "--jobs", "1"), out


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "hoabinh-2022.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_run_builds_the_database_and_ends_with_a_summary(corpus_run):
    result, out = corpus_run
    assert result.exit_code == 0, result.output
    articles = len(list((CORPUS / "gold").glob("*.json")))
    assert f"{articles} of {articles} articles processed" in result.stderr
    for word in ("articles", "relevant", "meetings", "awards", "handovers", "issues"):
        assert word in result.stdout
    assert (out / "thidua.duckdb").exists()


def test_every_value_has_evidence_and_every_mention_is_its_stretch(corpus_run):
    _, out = corpus_run
    with duckdb.connect(str(out / "thidua.duckdb"), read_only=True) as db:
        assert db.execute("FROM evidence_gaps").fetchall() == []
        assert db.execute("FROM mention_faults").fetchall() == []
        # the same without the views
        joined = "mentions m JOIN articles a ON a.id = m.article"
        sql = f"SELECT count(*) FROM {joined} WHERE m.text <> substring(a.text, m.start + 1, m.end - m.start)"
        assert db.execute(sql).fetchall() == [(0,)]
        ((mentions,),) = db.execute(
            "SELECT count(DISTINCT (\"table\", \"row\", field)) FROM mentions WHERE field NOT IN ('title', 'published')"
        ).fetchall()
    normalize = StageFolder(out, "normalize")
    records = [decode("normalize", row.body) for name in normalize.finished() for row in normalize.read(name)]
    slots = [slot for record in records for path, slot in iterate_slots(record) if path not in ("title", "published")]
    assert mentions == len(slots)


def test_values_are_in_one_form_of_letters_and_the_evidence_is_as_typed(corpus_run):
    """Articles of the corpus are in NFD, half composed, and with U+00D0 for Đ; who asks by "=" must find their values all the same."""
    with duckdb.connect(str(corpus_run[1] / "thidua.duckdb"), read_only=True) as db:
        columns = db.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND data_type = 'VARCHAR'").fetchall()
        cells = {(table, name): db.execute(f'SELECT DISTINCT "{name}" FROM "{table}"').fetchall() for table, name in columns}
        ((raw, shown),) = db.execute(
            "SELECT (SELECT string_agg(text, '') FROM articles), (SELECT string_agg(text, '') FROM mentions)"
        ).fetchall()
    as_typed = {("articles", "text"), ("mentions", "text"), ("mention_faults", "text"), ("evidence", "words")}
    other = {place: [v for (v,) in values if v and v != _one_form(v)] for place, values in cells.items() if place not in as_typed}
    assert {place: values for place, values in other.items() if values} == {}
    for text in (raw, shown):
        assert "\u00d0" in text and not unicodedata.is_normalized("NFC", text)


def _one_form(value: str) -> str:
    return unicodedata.normalize("NFC", value).replace("\u00d0", "Đ").replace("\u00f0", "đ")


@pytest.mark.parametrize("fault", ["text = text || '.'", '"start" = "start" + 1', '"end" = "end" - 1', "article = '{other}'"])
def test_a_mention_that_is_not_its_stretch_is_a_fault(corpus_run, tmp_path, fault):
    shutil.copy(corpus_run[1] / "thidua.duckdb", tmp_path / "copy.duckdb")
    with duckdb.connect(str(tmp_path / "copy.duckdb")) as db:
        ((wrong, other),) = db.execute(
            "SELECT id, (SELECT max(id) FROM articles) FROM mentions WHERE length(text) > 9 ORDER BY id LIMIT 1"
        ).fetchall()
        db.execute(f"UPDATE mentions SET {fault.format(other=other)} WHERE id = ?", [wrong])
        assert db.execute("SELECT id FROM mention_faults").fetchall() == [(wrong,)]


def test_a_value_without_a_mention_is_a_gap(corpus_run, tmp_path):
    shutil.copy(corpus_run[1] / "thidua.duckdb", tmp_path / "copy.duckdb")
    with duckdb.connect(str(tmp_path / "copy.duckdb")) as db:
        ((award,),) = db.execute("SELECT min(id) FROM awards").fetchall()
        db.execute("DELETE FROM mentions WHERE \"table\" = 'awards' AND \"row\" = ? AND field = 'status'", [award])
        assert db.execute("FROM evidence_gaps").fetchall() == [("awards", award, "status")]


def _block(mark: str) -> list[str]:
    """The lines of the README's block behind a mark."""
    readme = (CORPUS.parent / "README.md").read_text("utf-8")
    return readme.split(f"<!-- {mark} -->\n```\n")[1].split("\n```")[0].splitlines()


def _cells(lines: list[str]) -> list[list[str]]:
    """The rows of printed tables, however wide."""
    return [[cell.strip() for cell in re.split("[│┃]", line)] for line in lines if line[:1] in ("│", "┃")]


def test_the_readme_shows_what_the_corpus_gives(corpus_run):
    """Where this fails, the block of the README is to be renewed: `make demo` and the commands in it print it."""
    result, out = corpus_run
    demo = (CORPUS.parent / "Makefile").read_text("utf-8").split("thidua query ")[1]
    shown = result.stdout + thidua("query", shlex.split(demo)[0], "--db", out / "thidua.duckdb").stdout
    told = [re.sub(r", [0-9.]+ s$", "", line) for line in _block("demo")]
    for line in told[:5]:
        assert line in result.stderr
    rows = _cells(shown.splitlines())
    assert [row for row in _cells(told) if row not in rows] == []
    assert _cells(told) == rows[: len(_cells(told))]
    for mark in ("awards", "leaders", "words", "evidence"):
        command, *table = _block(mark)
        sql = shlex.split(command)[3]
        assert _cells(table) == _cells(thidua("query", sql, "--db", out / "thidua.duckdb").stdout.splitlines()), mark


_ANSWERED = re.compile(r"```sql\n(.+?)\n```\n\n```\n(.+?)\n```", re.S)


def test_the_questions_of_the_docs_have_the_answers_that_the_corpus_gives(corpus_run):
    """Where this fails, the answers in docs/questions.md are to be renewed, by `thidua query` after `make demo`."""
    asked = _ANSWERED.findall((CORPUS.parent / "docs" / "questions.md").read_text("utf-8"))
    assert len(asked) == 7
    for sql, answer in asked:
        assert _cells(answer.splitlines()) == _cells(thidua("query", sql, "--db", corpus_run[1] / "thidua.duckdb").stdout.splitlines()), sql


def test_a_second_run_processes_nothing(corpus_run):
    _, out = corpus_run
    result = thidua("run", CORPUS, "--out", out, "--jobs", "1")
    assert "\n0 of " in "\n" + result.stderr.split("processed\n", 1)[1]
    assert "load: unchanged" in result.stderr


def test_status_lists_the_stages(corpus_run):
    result = thidua("status", corpus_run[1])
    assert result.exit_code == 0
    assert result.stdout.count("finished") == 4


def test_status_ends_with_the_number_of_issues(page, tmp_path):
    out = tmp_path / "out"
    thidua("clean", page, "--out", out, "--jobs", "1")
    assert "issue" not in thidua("status", out).stdout
    (tmp_path / "empty.txt").touch()
    thidua("clean", tmp_path, "--out", out, "--jobs", "1")
    assert thidua("status", out).stdout.splitlines()[-1] == f"1 issue, see {out / 'issues.jsonl'}"


def test_words_are_cut_only_where_they_may_be_read(corpus_run):
    _, out = corpus_run
    segment, normalize = StageFolder(out, "segment"), StageFolder(out, "normalize")
    (shard,) = segment.finished()
    words = {row.id: bool(decode("segment", row.body).words) for row in segment.read(shard)}
    relevant = {row.id: decode("normalize", row.body).relevant.value for row in normalize.read(shard)}
    assert all(words[id_] for id_, yes in relevant.items() if yes)
    assert set(words.values()) == {True, False}


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_query_prints_rows(corpus_run, format):
    db = corpus_run[1] / "thidua.duckdb"
    result = thidua(
        "query", "SELECT 'Sở [b]Y tế[/b], Huế' AS name, 3 AS n, NULL AS none, DATE '2022-01-02' AS day", "--db", db, "--format", format
    )
    assert result.exit_code == 0, result.stderr
    if format == "table":
        assert "Sở [b]Y tế[/b], Huế" in result.stdout and "name" in result.stdout
    elif format == "csv":
        assert result.stdout == 'name,n,none,day\n"Sở [b]Y tế[/b], Huế",3,,2022-01-02\n'
    else:
        assert json.loads(result.stdout) == [{"name": "Sở [b]Y tế[/b], Huế", "n": 3, "none": None, "day": "2022-01-02"}]


def test_query_prints_nested_cells_as_json_and_decimals_as_numbers(corpus_run):
    db = corpus_run[1] / "thidua.duckdb"
    sql = "SELECT 2.50::DECIMAL(4,2) AS d, [1.5::DECIMAL(4,2), NULL] AS l, {'ngày': DATE '2022-01-02', 'ok': true} AS s, true AS t"
    row = {"d": 2.5, "l": [1.5, None], "s": {"ngày": "2022-01-02", "ok": True}, "t": True}
    assert json.loads(thidua("query", sql, "--db", db, "--format", "json").stdout) == [row]
    (cells,) = list(csv.DictReader(thidua("query", sql, "--db", db, "--format", "csv").stdout.splitlines()))
    assert {name: json.loads(cell) for name, cell in cells.items()} == row


def test_the_examples_of_the_help_work_on_the_corpus(corpus_run, tmp_path):
    """Those of commands that ask: each `thidua query` and `thidua show` in the help and in the README."""
    db = corpus_run[1] / "thidua.duckdb"
    readme = (CORPUS.parent / "README.md").read_text("utf-8")
    texts = [command.callback.__doc__ for command in app.registered_commands] + [readme]
    examples = re.findall(r"thidua ((?:query|show) [^\n]*?)(?: > \S+)?(?:\[/b\]|\n| +#)", "\n".join(texts))
    assert {line.split()[0] for line in examples} == {"query", "show"}
    for line in examples:
        args = [tmp_path / arg if arg.endswith(".html") else arg for arg in shlex.split(line)]
        result = thidua(*args, "--db", db)
        assert result.exit_code == 0, (line, result.stderr)


def test_query_says_what_is_wrong(corpus_run, tmp_path):
    result = thidua("query", "SELECT nothing", "--db", corpus_run[1] / "thidua.duckdb")
    assert (result.exit_code, "nothing" in result.stderr) == (2, True)
    for empty in ("", " ; "):
        result = thidua("query", empty, "--db", corpus_run[1] / "thidua.duckdb")
        assert (result.exit_code, "there is no statement" in result.stderr) == (2, True)
    result = thidua("query", "SELECT 1; SELECT 2;", "--db", corpus_run[1] / "thidua.duckdb")
    assert (result.exit_code, "these are 2 statements" in result.stderr) == (2, True)
    result = thidua("query", "SELECT 1", "--db", tmp_path / "none.duckdb")
    assert result.exit_code == 2 and "thidua run" in result.stderr


@pytest.mark.parametrize(
    "sql",
    [
        "COPY articles TO '{}'",
        "EXPLAIN ANALYZE COPY articles TO '{}'",
        "ATTACH '{}'",
        "EXPORT DATABASE '{}'",
        "DELETE FROM articles",
        "FROM '{}.csv'",
    ],
)
def test_query_neither_writes_nor_reads_another_file(corpus_run, tmp_path, sql):
    (tmp_path / "here.csv").write_text("a,b\n1,2\n")
    result = thidua("query", sql.format(tmp_path / "here"), "--db", corpus_run[1] / "thidua.duckdb")
    assert result.exit_code == 2 and ("no other file" in result.stderr or "read-only" in result.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["here.csv"]


def test_show_prints_an_article_and_writes_a_page(corpus_run, tmp_path):
    db = corpus_run[1] / "thidua.duckdb"
    article = sorted((CORPUS / "gold").glob("*.json"))[0].stem
    result = thidua("show", article, "--db", db)
    assert result.exit_code == 0 and article in result.stdout and "relevant: " in result.stdout
    assert thidua("show", article, "--db", db, "--html", tmp_path / "a.html").exit_code == 0
    assert "<mark" in (tmp_path / "a.html").read_text("utf-8")
    result = thidua("show", "nothing-like-it", "--db", db)
    assert result.exit_code == 2 and "no article" in result.stderr


# --- records and scores ----------------------------------------------------------------------------------------------


def test_records_prints_one_object_a_line(page):
    result = thidua("records", page)
    assert result.exit_code == 0, result.stderr
    (record,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert list(record) == ["id", "url", "relevant", "title", "published", "province", "meetings", "leadership", "awards", "cited"]
    assert record["id"] == "hoabinh-2022"
    assert [(a["award"], a["recipient"], a["status"]) for a in record["awards"]] == [("Cờ thi đua", "Thanh tra tỉnh", "proposed")]


def test_evidence_names_span_and_rule_of_each_value(page):
    (record,) = [json.loads(line) for line in thidua("records", page, "--evidence").stdout.splitlines()]
    assert "awards[0].recipient" in record["evidence"]
    for path, found in record["evidence"].items():
        assert found["rule"] and (found["spans"] or found["inferred_from"]), path
        for span in found["spans"]:
            assert span["text"] == TEXT[span["start"] : span["end"]]


def test_records_and_run_find_the_same(corpus_run):
    lines = [json.loads(line) for line in thidua("records", CORPUS, "--jobs", "1").stdout.splitlines()]
    with duckdb.connect(str(corpus_run[1] / "thidua.duckdb"), read_only=True) as db:
        assert db.execute("SELECT count(*) FROM awards").fetchall() == [(sum(len(r["awards"]) for r in lines),)]
        assert db.execute("SELECT count(*) FROM meetings").fetchall() == [(sum(len(r["meetings"]) for r in lines),)]


def test_score_of_a_file_and_of_the_pipeline_agree(tmp_path):
    (tmp_path / "records.jsonl").write_text(thidua("records", CORPUS, "--jobs", "1").stdout, "utf-8")
    from_file = thidua("score", CORPUS / "gold", tmp_path / "records.jsonl", "--json")
    fresh = thidua("score", CORPUS / "gold", "--json", "--jobs", "1")
    assert json.loads(from_file.stdout) == json.loads(fresh.stdout)
    assert json.loads(fresh.stdout)["absent"] == []


def test_score_lists_errors_and_gains(tmp_path, page):
    gold = tmp_path / "gold"
    gold.mkdir()
    record = json.loads(thidua("records", page).stdout)
    (gold / "hoabinh-2022.json").write_text(json.dumps(record), "utf-8")
    (tmp_path / "old.jsonl").write_text(json.dumps(record | {"awards": []}), "utf-8")
    result = thidua("score", gold, "--against", tmp_path / "old.jsonl")
    assert "gained: hoabinh-2022" in result.stdout and "1.0000 (was " in result.stdout
    result = thidua("score", gold, tmp_path / "old.jsonl", "--errors")
    assert "- hoabinh-2022" in result.stdout


def test_floors_fail_on_a_drop_and_ask_anew_when_data_change(tmp_path, page):
    gold = tmp_path / "gold"
    gold.mkdir()
    record = json.loads(thidua("records", page).stdout)
    (gold / "hoabinh-2022.json").write_text(json.dumps(record), "utf-8")
    assert thidua("floors", gold).exit_code == 2
    assert thidua("floors", gold, "--write").exit_code == 0
    assert thidua("floors", gold).exit_code == 0
    (gold / "hoabinh-2022.json").write_text(json.dumps(record | {"province": "Huế"}), "utf-8")
    result = thidua("floors", gold)
    assert result.exit_code == 1 and "set new floors" in result.stderr
    assert thidua("floors", gold, "--write").exit_code == 2
    assert thidua("floors", gold, "--write", "--allow-lower").exit_code == 0
    assert thidua("floors", gold).exit_code == 0


def test_rules_reports_those_that_never_hit(page):
    listed = thidua("rules")
    assert listed.exit_code == 0 and len(listed.stdout.splitlines()) > 10
    result = thidua("rules", page, "--json")
    found = json.loads(result.stdout)
    assert found["never"] and result.exit_code == 0
    assert thidua("rules", page, "--strict").exit_code == 1
    assert set(listed.stdout.split()) <= set(found["hits"])
    (page.parent / "empty.txt").touch()
    result = thidua("rules", page.parent, "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, found) and "the file holds nothing" in result.stderr


def test_an_output_folder_beside_the_pages_is_no_source(page, monkeypatch):
    monkeypatch.chdir(page.parent)
    assert [thidua("clean", ".").exit_code for _ in range(2)] == [0, 0]
    assert "0 of 1 article processed, 1 unchanged" in thidua("clean", ".").stderr


def test_one_thing_is_counted_as_one(page, tmp_path):
    (tmp_path / "empty.txt").touch()
    told = thidua("clean", tmp_path, "--out", tmp_path / "out", "--jobs", "1").stderr
    assert "\n1 of 1 article processed, 0 unchanged" in told and "\n  clean: 1 article (" in told and "\n  1 issue, see" in told
    told = thidua("clean", tmp_path / "empty.txt", "--out", tmp_path / "out", "--jobs", "1").stderr
    assert "\nno article found\n  1 article of an earlier run left out" in told


def test_each_stage_names_the_issues_and_those_it_was_not_given(page, tmp_path):
    """As long as there are issues each ends with 1; what clean could not use is nothing unchanged."""
    (tmp_path / "no.txt").write_bytes(b"\0" * 500)
    out, told = tmp_path / "out", {}
    for name, *args in (("clean", page, tmp_path / "no.txt", "--out"), ("segment",), ("extract",), ("normalize",), ("load",), ("load",)):
        result = thidua(name, *args, out)
        told[name] = result.stderr
        assert result.exit_code == 1 and "\n  1 issue, see " in result.stderr, name
    assert "\n2 of 2 articles processed, 0 unchanged, " in told["clean"]
    for name in ("segment", "extract", "normalize"):
        assert "\n1 of 2 articles processed, 0 unchanged, 1 that an earlier stage could not use, " in told[name]
    assert "\n0 of 2 articles processed, 1 unchanged, 1 that an earlier stage" in thidua("segment", out).stderr


# --- wrong use -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["run", "no/such/folder"], "does not exist"),
        (["records", "no/such/*.html"], "nothing matches"),
        (["run", "--no-such-option"], "No such option"),
        (["segment", "no/such/folder"], "holds no run"),
        (["load", "."], "holds no run"),
        (["segment", "."], "holds no run"),
        (["status", "no/such/folder"], "holds no run"),
        (["score", "no/such/folder"], "no gold records"),
        (["fetch", "no-such.toml"], "cannot read no-such.toml"),
        (["fetch", "--url", "baocamau.vn/tin"], "'baocamau.vn/tin': no address: it begins with neither http:// nor https://"),
        (["fetch", "--url", "https://a.example/", "baocamau.vn/tin"], "'baocamau.vn/tin': no address"),
        (["fetch", "--url", "ftp://a.example/"], "only http and https"),
        (["run", ".", "--jobs", "0"], "--jobs"),
        (["run", CORPUS, "--out", ""], "name a folder"),
        (["clean", CORPUS, "--jsonl", "--out", "outputs"], "leave out one of them"),
    ],
)
def test_wrong_use_ends_at_once_with_status_2(args, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = thidua(*args)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())
    assert list(tmp_path.iterdir()) == []


def test_a_broken_gazetteer_ends_at_once_and_names_file_and_line(page, gazetteers, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(gazetteers, broken)
    with (broken / "provinces.csv").open("a", encoding="utf-8") as handle:
        handle.write("99,Nơi nào\n")
    line = len((broken / "provinces.csv").read_text("utf-8").splitlines())
    result = thidua("run", page, "--out", tmp_path / "out", "--gazetteers", broken)
    assert result.exit_code == 2
    assert f"gazetteers/provinces.csv:{line}" in result.stderr
    assert not (tmp_path / "out").exists()


def test_what_others_keep_in_the_output_folder_stays(page, tmp_path):
    out = tmp_path / "out"
    (out / "tables").mkdir(parents=True)
    mine = out / "tables" / "mine.parquet"
    mine.write_text("mine")
    refused = thidua("run", page, "--out", out)
    assert refused.exit_code == 2 and "holds what no run has made (tables)" in " ".join(refused.stderr.split())
    assert [p.name for p in out.iterdir()] == ["tables"] and mine.read_text() == "mine"
    shutil.rmtree(out / "tables")
    assert thidua("run", page, "--out", out).exit_code == 0
    mine.write_text("mine")
    page.write_text(page.read_text("utf-8") + "<p>Thêm một câu.</p>", "utf-8")
    again = thidua("run", page, "--out", out)
    assert again.exit_code == 0 and "1 of 1 article processed" in again.stderr
    assert mine.read_text() == "mine"


def test_a_second_run_on_one_folder_refuses(page, tmp_path):
    with lock(tmp_path / "out"):
        result = thidua("run", page, "--out", tmp_path / "out")
    assert result.exit_code == 2 and "another run" in result.stderr


def test_version_and_help():
    assert thidua("--version").stdout == f"thidua {__version__}\n"
    assert "141 nobody reads" in " ".join(thidua("--help").stdout.split())
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        told = thidua(name, "--help")
        assert told.exit_code == 0 and "...." not in told.stdout and "...]..." not in told.stdout, name


def piped(line):
    """A line of a shell: its status and what it says."""
    env = {**os.environ, "PYTHONPATH": str(CORPUS.parent)}
    env.pop("PYTHONUNBUFFERED", None)  # with it, Python takes a write that was cut short for a whole one
    line = line.replace("thidua ", f"{shlex.quote(sys.executable)} -m pipeline.cli ")
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {line}"], env=env, capture_output=True, text=True)
    return done.returncode, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_a_reader_that_leaves_ends_the_command_as_sigpipe_does(corpus_run, format):
    asked = f"thidua query \"SELECT repeat('x', 9000) FROM range(99)\" --format {format} --db {corpus_run[1] / 'thidua.duckdb'}"
    assert piped(f"{asked} | head -c 9 > /dev/null") == (141, "")


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["--help", "run --help", "--version"])
def test_a_reader_that_leaves_ends_what_only_tells_too(asked):
    assert piped(f"thidua {asked} | (exec <&-; sleep 2)") == (141, "")


@pytest.mark.slow
def test_a_reader_that_leaves_ends_records_too(page):
    assert piped(f"thidua records {page} --evidence | true") == (141, "")


@pytest.mark.slow
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this machine")
def test_a_full_disk_is_one_line(corpus_run, page):
    asked = f"--db {corpus_run[1] / 'thidua.duckdb'} > /dev/full"
    article = sorted((CORPUS / "gold").glob("*.json"))[0].stem
    commands = ["thidua query 'FROM award_history' --format " + form for form in ("table", "csv", "json")] + [f"thidua show {article}"]
    for command in (*(f"{command} {asked}" for command in commands), f"thidua records {page} > /dev/full"):
        assert piped(command) == (2, "error: No space left on device\n"), command


def test_ctrl_c_is_one_sentence(tmp_path, page, monkeypatch):
    from pipeline import run as runner

    def interrupted(*args):
        raise KeyboardInterrupt("3 are kept")

    monkeypatch.setattr(runner, "run_stages", interrupted)
    result = thidua("run", page, "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (130, "interrupted: 3 are kept")


def test_ctrl_c_promises_nothing_where_nothing_is_kept(page, monkeypatch):
    from pipeline import run as runner

    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(runner, "process_in_memory", interrupted)
    result = thidua("records", page)
    assert (result.exit_code, result.stderr) == (130, "interrupted\n")


def test_ctrl_c_in_a_long_query_is_one_word(monkeypatch):
    class Connection:
        def extract_statements(self, sql):
            return [sql]

        def execute(self, statement):
            raise RuntimeError("Query interrupted")  # as DuckDB says it

    monkeypatch.setattr(ask, "_connect", lambda path: contextlib.nullcontext(Connection()))
    result = thidua("query", "FROM range(1)")
    assert (result.exit_code, result.stderr) == (130, "interrupted\n")


@pytest.mark.slow
def test_records_starts_without_what_it_does_not_need(page):
    """The libraries that take a second to import are for other commands."""
    code = (
        "import sys; from pipeline.cli import app; app(['records', sys.argv[1]], standalone_mode=False); "
        "sys.exit(bool({'spacy', 'underthesea', 'pandas', 'duckdb'} & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONPATH": str(CORPUS.parent)}
    result = subprocess.run([sys.executable, "-c", code, str(page)], env=env, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
