import gzip
import json
import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import UsageError
from pipeline.records import Issue
from pipeline.sources import OUTPUT_MARK, left_alone, read_sources


def read(*paths):
    issues: list[Issue] = []
    found = list(read_sources([str(path) for path in paths], issues.append))
    return found, issues


def test_a_folder_is_read_by_name_with_its_own_files_before_those_of_folders_in_it(tmp_path):
    for name in ("b/x.html", "b/a.txt", "a/z.htm", "c.txt", "ignored.json", "b/ignored.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found, issues = read(tmp_path)
    assert [(s.id, s.media, s.payload.decode()) for s in found] == [
        ("c", "text", "c.txt"), ("z", "html", "a/z.htm"), ("a", "text", "b/a.txt"), ("x", "html", "b/x.html"),
    ]  # fmt: skip
    assert issues == []


def test_a_glob_a_file_and_overlapping_paths_give_each_file_once(tmp_path):
    for name in ("1.txt", "2.txt", "3.html"):
        (tmp_path / name).write_text(name)
    assert [s.id for s in read(f"{tmp_path}/*.txt")[0]] == ["1", "2"]
    assert [s.id for s in read(tmp_path / "2.txt", tmp_path)[0]] == ["2", "1", "3"]
    (tmp_path / "[odd].txt").write_text("a name with brackets is a name")
    assert [s.id for s in read(tmp_path / "[odd].txt")[0]] == ["[odd]"]


def test_links_are_followed_once(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("a")
    (tmp_path / "alias").symlink_to("real", target_is_directory=True)
    found, issues = read(tmp_path)
    assert ([s.id for s in found], issues) == (["a"], [])
    (tmp_path / "real" / "up").symlink_to("..", target_is_directory=True)
    found, issues = read(tmp_path)
    assert [s.id for s in found] == ["a"]
    assert {i.code for i in issues} == {"link_loop"}


def test_equal_names_get_ids_that_stay_when_another_file_comes(tmp_path):
    for name in ("b/x.html", "c/x.html", "x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    before = {s.location: s.id for s in read(tmp_path)[0]}
    assert before[str(tmp_path / "x.txt")] == "x"
    assert len(set(before.values())) == 3
    (tmp_path / "bb").mkdir()
    (tmp_path / "bb" / "x.html").write_text("new")
    after = {s.location: s.id for s in read(tmp_path)[0]}
    assert before.items() <= after.items()


def test_a_manifest_gives_addresses_to_files_beside_and_below(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "c.txt").write_text("c")
    (tmp_path / "manifest.csv").write_text("file,url,fetched_at,note\npages/a.html,https://x.vn/a,2022-01-02,n\nb.txt,,,\n", "utf-8-sig")
    found, issues = read(tmp_path)
    assert {s.id: (s.url, s.fetched_at) for s in found} == {"a": ("https://x.vn/a", "2022-01-02"), "b": (None, None), "c": (None, None)}
    assert issues == []
    assert read(tmp_path / "pages" / "a.html")[0][0].url == "https://x.vn/a"


def test_jsonl_and_parquet_rows(tmp_path):
    rows = [
        {"id": "one", "url": "https://x.vn/1", "text": "Một", "fetched_at": "2022-01-02"},
        {"html": "<p>Hai</p>", "text": "hai"},
        {"id": 3, "text": "Ba", "more": [1]},
        {"id": "one", "text": "Bốn"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": "Năm"}).encode()))
    pq.write_table(pa.table({"id": ["six"], "html": ["<p>Sáu</p>"], "url": [None]}), tmp_path / "c.parquet")
    found, issues = read(tmp_path)
    assert issues == []
    assert [(s.media, s.payload.decode(), s.url, s.fetched_at, s.encoding) for s in found] == [
        ("text", "Một", "https://x.vn/1", "2022-01-02", "utf-8"),
        ("html", "<p>Hai</p>", None, None, "utf-8"),
        ("text", "Ba", None, None, "utf-8"),
        ("text", "Bốn", None, None, "utf-8"),
        ("text", "Năm", None, None, "utf-8"),
        ("html", "<p>Sáu</p>", None, None, "utf-8"),
    ]
    assert [s.id for s in found][:3] == ["one", "a-2", "3"]
    assert found[3].id.startswith("one-")
    assert [s.id for s in found][4:] == ["b-1", "six"]
    assert found[1].location == f"{tmp_path}/a.jsonl#2"


@pytest.mark.parametrize("path", ["nothing", "nothing/*.html"])
def test_what_does_not_exist_stops_at_once(tmp_path, path):
    with pytest.raises(UsageError, match="no source found"):
        read_sources([str(tmp_path), str(tmp_path / path)], lambda issue: None)


def test_a_folder_without_a_readable_file_stops_at_once(tmp_path):
    (tmp_path / "a.doc").write_text("a")
    with pytest.raises(UsageError, match=r"no source found .*\.jsonl\.gz"):
        read_sources([str(tmp_path)], lambda issue: None)


def test_a_named_file_of_an_unknown_kind_is_one_issue(tmp_path):
    (tmp_path / "a.doc").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    found, issues = read(tmp_path / "a.doc", tmp_path / "b.txt")
    assert ([s.id for s in found], [i.code for i in issues]) == (["b"], ["unknown_kind"])


def test_files_that_may_hold_articles_but_are_not_read_are_counted(tmp_path):
    unread = ("b.pdf", "c.PDF", "tin.aspx?NewsID=19", "deep/d.doc", "bai-viet-123", "deep/bai-viet?id=4")
    beside = ("anh.jpg", "manifest.csv", ".bookmarks", "deep/.git/objects/0a1b", ".cache/page")
    for name in ("a.txt", *unread, *beside):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("file,url\n")
    found, issues = read(tmp_path)
    assert ([s.id for s in found], issues) == (["a"], [])
    counts = {".pdf": 2, ".aspx": 1, ".doc": 1, "without an extension": 2}
    assert left_alone([str(tmp_path)]) == left_alone([f"{tmp_path}/"]) == counts


def test_a_file_that_vanishes_after_listing_is_one_issue(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    issues: list[Issue] = []
    stream = read_sources([str(tmp_path)], issues.append)
    os.unlink(tmp_path / "a.txt")
    assert [s.id for s in stream] == ["b"]
    assert [i.code for i in issues] == ["unreadable_file"]


# --- output folders ---------------------------------------------------------------------------------------------------


@pytest.fixture
def output(tmp_path):
    """An article, and beside it an output folder in which a user has put another."""
    for name in ("a.txt", "out/b.txt", "out/issues.jsonl", "out/clean/c.jsonl", "out/tables/articles.txt", "out/warc/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    (tmp_path / "out" / OUTPUT_MARK).touch()
    return tmp_path / "out"


def test_what_the_run_itself_made_is_no_source_and_no_issue(output):
    issues: list[Issue] = []
    found = read_sources([str(output.parent)], issues.append, output)
    assert ([s.id for s in found], issues) == (["a", "b", "d"], [])


def test_what_another_run_made_is_no_source_and_one_issue(output):
    found, issues = read(output.parent)
    assert ([s.id for s in found], [(i.code, i.article) for i in issues]) == (["a", "b", "d"], [("output_folder", str(output))])


@pytest.mark.parametrize("target", ["tables", "tables/articles.txt"])
def test_a_link_beside_the_pages_to_what_a_run_made_is_one_issue_and_not_followed(output, tmp_path_factory, target):
    pages = tmp_path_factory.mktemp("pages")
    (pages / "e.txt").write_text("text")
    (pages / "old.txt").symlink_to(output / target)
    found, issues = read(pages)
    assert ([s.id for s in found], [(i.code, i.article) for i in issues]) == (["e"], [("output_folder", str(pages / "old.txt"))])


def test_a_glob_leaves_out_what_a_run_made(output):
    assert sorted(s.id for s in read(f"{output.parent}/**")[0]) == ["a", "b", "d"]
    assert [s.id for s in read(f"{output}/*")[0]] == ["b", "d"]


@pytest.mark.parametrize("path", ["tables", "tables/articles.txt", "issues.jsonl", "clean", "../link"])
def test_a_path_to_what_a_run_made_stops_at_once(output, path):
    (output.parent / "link").symlink_to("out/tables")
    with pytest.raises(UsageError, match=rf"{path}.* made in {output}: .*name the pages"):
        read(output.parent / "a.txt", output / path)


def test_folders_of_the_same_names_elsewhere_are_read(output):
    (output / OUTPUT_MARK).unlink()
    assert "articles" in {s.id for s in read(output.parent)[0]}


def test_if_nothing_can_be_used_the_error_says_why(tmp_path):
    (tmp_path / "nowhere.txt").symlink_to("gone.txt")
    with pytest.raises(UsageError, match="the link leads nowhere"):
        read(tmp_path)
    (tmp_path / "a.docx").write_text("a")
    with pytest.raises(UsageError, match=r"a\.docx: not one of \.htm"):
        read(tmp_path / "a.docx")
