"""Whatever is put before it, a run goes on, lists each bad thing once, and ends with status 1."""

import json
import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.sources import OUTPUT_MARK, files

BAD_INPUT = Path(__file__).resolve().parent.parent / "bad_input"

# File, or id of an article: the codes that it must give, one issue each.
EXPECTED = {
    "empty.txt": ["empty"],
    "empty.html": ["empty"],
    "blank": ["empty"],
    "picture": ["binary"],
    "program": ["binary"],
    "no_text": ["no_text"],
    "frames": ["no_text"],
    "half_utf8": ["encoding"],
    "lines.jsonl#2": ["not_json"],
    "lines.jsonl#3": ["not_json"],
    "lines.jsonl#4": ["no_text"],
    "lines.jsonl#5": ["no_text"],
    "lines.jsonl#6": ["not_json"],
    "lines.jsonl#8": ["not_json"],
    "lines.jsonl#9": ["no_text"],
    "lines.jsonl#10": ["not_json"],
    "lines.jsonl#11": ["not_json"],
    "cut.jsonl.gz": ["truncated"],
    "no_gzip.jsonl.gz": ["not_gzip"],
    "other_columns.parquet": ["columns"],
    "no_parquet.parquet": ["not_parquet"],
    "numbers.parquet#1": ["no_text"],
    "numbers.parquet#2": ["no_text"],
    "folder_with_bad_manifest/manifest.csv": ["bad_manifest"],
    "folder_with_missing_file/manifest.csv#3": ["manifest_missing_file"],
    # made by the test
    "huge.html": ["too_large"],
    "huge.jsonl#1": ["too_large"],
    "loop/again": ["link_loop"],
    "self.txt": ["link_loop"],
    "nowhere.txt": ["broken_link"],
    "pipe.txt": ["not_a_file"],
    "closed": ["unreadable_folder"],
    "old_run": ["output_folder"],
    "closed.txt": ["unreadable_file"],
}
# What can be read all the same, with the flag of the award that its text proposes.
READABLE = ["beside_bad_manifest", "beside_missing", "good-line", "good-zipped", "nfd", "utf16", "windows1258", "wrong_charset", "good"]


@pytest.fixture(scope="module")
def ended(tmp_path_factory):
    """A run over all of it: the exit status, the issues by place, and the output folder."""
    folder = tmp_path_factory.mktemp("bad")
    pages = folder / "pages"
    shutil.copytree(BAD_INPUT, pages)
    shutil.copy(BAD_INPUT / "folder_with_missing_file" / "beside_missing.txt", pages / "good.txt")
    (pages / "huge.html").write_bytes(b"<p>" + b"x" * 50_000_000)
    (pages / "huge.jsonl").write_bytes(
        b'{"text": "' + b"x" * 50_000_000 + b'"}\n{"id": "after-huge", "text": "M\xe1\xbb\x99t c\xc3\xa2u."}\n'
    )
    (pages / "deep.html").write_bytes(b"<div>" * 100_000 + b"text")
    (pages / "deep_table.html").write_bytes(b"<html><body>" + b"<table><tr><td>" * 20_000 + "Khối thi đua".encode())
    (pages / "loop").mkdir()
    (pages / "loop" / "again").symlink_to("..", target_is_directory=True)
    (pages / "self.txt").symlink_to("self.txt")
    (pages / "nowhere.txt").symlink_to("gone.txt")
    os.mkfifo(pages / "pipe.txt")
    (pages / "closed").mkdir()
    (pages / "old_run" / "tables").mkdir(parents=True)
    (pages / "old_run" / OUTPUT_MARK).touch()
    shutil.copy(BAD_INPUT / "folder_with_missing_file" / "beside_missing.txt", pages / "old_run" / "tables" / "made.txt")
    (pages / "closed.txt").write_text("closed")
    (pages / os.fsdecode(b"name-\xff.txt")).write_text("Một câu.")

    with pytest.MonkeyPatch.context() as patch:  # as root, nothing is closed
        patch.setattr(os, "scandir", _refuse(os.scandir, "closed"))
        patch.setattr(files, "open", _refuse(open, "closed.txt"), raising=False)
        result = CliRunner().invoke(app, ["run", str(pages), "--out", str(folder / "out"), "--jobs", "1"])
    found: dict[str, list[str]] = {}
    for line in (folder / "out" / "issues.jsonl").read_text("utf-8").splitlines():
        issue = json.loads(line)
        assert issue["message"]
        found.setdefault(issue["article"].removeprefix(f"{pages}/"), []).append(issue["code"])
    return result, found, folder / "out"


def _refuse(function, name):
    def wrapped(path, *args, **options):
        if os.path.basename(path) == name:
            raise PermissionError(13, "Permission denied", path)
        return function(path, *args, **options)

    return wrapped


def test_there_are_enough_cases():
    assert len(EXPECTED) + len(READABLE) >= 15


@pytest.mark.parametrize("place", EXPECTED)
def test_each_bad_thing_is_one_issue(ended, place):
    assert ended[1].get(place) == EXPECTED[place]


def test_nothing_else_is_an_issue(ended):
    deep = {"deep", "deep_table"}  # read or refused, as the parsers' limits have it; both are fine, a stop is not
    assert set(ended[1]) - set(EXPECTED) - deep == set()


def test_the_run_ends_with_status_1_and_the_rest_is_in_the_database(ended):
    import duckdb

    result, _, out = ended
    assert result.exit_code == 1, result.output
    with duckdb.connect(str(out / "thidua.duckdb"), read_only=True) as db:
        read = {row[0] for row in db.execute("SELECT id FROM articles").fetchall()}
        flags = {row[0] for row in db.execute("SELECT article FROM awards WHERE award = 'Cờ thi đua'").fetchall()}
        logged = db.execute("SELECT count(*) FROM issues").fetchall()[0][0]
        assert db.execute("FROM evidence_gaps").fetchall() == db.execute("FROM mention_faults").fetchall() == []
    assert logged == sum(len(codes) for codes in ended[1].values())
    assert set(READABLE) <= read
    assert set(READABLE) <= flags
    assert {"after-huge", "name-?"} <= read and "made" not in read


def test_a_second_run_has_the_same_issues_and_does_nothing(ended):
    _, found, out = ended
    before = (out / "issues.jsonl").read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "scandir", _refuse(os.scandir, "closed"))
        patch.setattr(files, "open", _refuse(open, "closed.txt"), raising=False)
        result = CliRunner().invoke(app, ["run", str(out.parent / "pages"), "--out", str(out), "--jobs", "1"])
    assert result.exit_code == 1
    assert "0 of" in result.stderr
    assert (out / "issues.jsonl").read_bytes() == before
