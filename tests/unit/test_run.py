import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
import stand_ins

from pipeline import batches
from pipeline import run as runner
from pipeline.digests import code_digest
from pipeline.errors import UsageError
from pipeline.interrupts import Interrupts
from pipeline.load import load
from pipeline.schema import TABLES
from pipeline.stages import Plan
from pipeline.store import StageFolder, lock
from pipeline.workers import Workers

TESTS = Path(__file__).resolve().parent.parent


def write_articles(folder: Path, count: int = 24) -> Path:
    folder.mkdir()
    for n in range(count):
        word = {0: "other", 8: "crash", 16: "reject"}.get(n, "relevant")
        (folder / f"a{n:02}.txt").write_text(f"{word} {n}\nbloc: Khối thi đua số {n % 5}\naward: Sở {n % 3}\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def drive(gazetteers):
    """Runs the driver with some options."""

    def run(source: Path, out: Path, *options: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(str(p) for p in (path, TESTS) if p)}
        command = [sys.executable, str(TESTS / "driver.py"), str(source), str(out), "--gazetteers", str(gazetteers), *options]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)

    return run


def done(result: subprocess.CompletedProcess[str]) -> dict:
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def tables(out: Path) -> dict[str, list[tuple]]:
    """All rows of all tables as they lie there, in the database and in the Parquet files."""
    with duckdb.connect(str(out / "thidua.duckdb"), read_only=True) as db:
        found = {t.name: db.execute(f'FROM "{t.name}"').fetchall() for t in TABLES}
        for t in TABLES:
            found[f"{t.name}.parquet"] = db.execute(f"FROM '{out}/tables/{t.name}.parquet'").fetchall()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, drive):
    folder = tmp_path_factory.mktemp("undisturbed")
    source = write_articles(folder / "pages")
    assert done(drive(source, folder / "out"))["processed"] == 24
    return source, tables(folder / "out")


# Each stage at its first and at a later article, between a shard and its marker, and at each step of loading.
POINTS = [
    "clean:1", "clean:13", "segment:1", "segment:11", "extract:1", "extract:12", "normalize:1", "normalize:12",
    "marker:1", "marker:2", "marker:7", "export:1", "swap:1",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_a_killed_run_started_again_gives_the_same_tables(undisturbed, tmp_path, point, drive):
    source, expected = undisturbed
    killed = drive(source, tmp_path / "out", "--kill", point)
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "out" / "load" / "load.json").exists()
    again = done(drive(source, tmp_path / "out"))
    assert again["skipped"] is False
    if point not in ("clean:1", "segment:1", "extract:1", "normalize:1", "marker:1", "marker:2"):
        assert again["processed"] < 24, "finished shards are kept"
    assert tables(tmp_path / "out") == expected
    if point in ("extract:12", "swap:1"):
        third = done(drive(source, tmp_path / "out"))
        assert (third["processed"], third["skipped"]) == (0, True)


@pytest.mark.slow
@pytest.mark.parametrize("point", ["clean:9", "extract:5", "swap:1"])
def test_a_run_killed_over_an_older_database_leaves_one_that_can_be_read(undisturbed, tmp_path, point, drive):
    source, expected = undisturbed
    mine = tmp_path / "pages"
    shutil.copytree(source, mine)
    done(drive(mine, tmp_path / "out"))
    with (mine / "a05.txt").open("a") as handle:
        handle.write("award: Sở mới\n")
    for n in range(10, 20):
        (mine / f"a{n}.txt").write_text("relevant again\n", "utf-8")
    assert drive(mine, tmp_path / "out", "--kill", point).returncode == -signal.SIGKILL
    with duckdb.connect(str(tmp_path / "out" / "thidua.duckdb"), read_only=True) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchall() == [(len(expected["articles"]) + (point == "swap:1"),)]
    done(drive(mine, tmp_path / "out"))
    done(drive(mine, tmp_path / "fresh"))
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")


@pytest.mark.slow
def test_workers_give_the_same_tables_and_end_with_a_killed_parent(undisturbed, gazetteers, tmp_path, drive):
    source, expected = undisturbed
    done(drive(source, tmp_path / "out", "--jobs", "2"))
    assert tables(tmp_path / "out") == expected

    slow = tmp_path / "slow"
    slow.mkdir()
    for n in range(60):
        (slow / f"s{n}.txt").write_text(f"slow {n}")
    env = {**os.environ, "PYTHONPATH": str(TESTS)}
    command = [sys.executable, str(TESTS / "driver.py"), str(slow), str(tmp_path / "o2"), "--jobs", "2", "--gazetteers", str(gazetteers)]
    parent = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    children: list[int] = []
    for _ in range(1200):  # a minute: a busy machine takes its time to import
        time.sleep(0.05)
        children = [int(pid) for pid in Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()]
        if len(children) >= 2 and list((tmp_path / "o2").glob("normalize/*.parquet")):  # a shard has passed all stages
            break
    assert len(children) >= 2
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(alive(pid) for pid in children)
    assert 0 < done(drive(slow, tmp_path / "o2", "--jobs", "2"))["processed"] < 60


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.slow
def test_ctrl_c_ends_cleanly(gazetteers, tmp_path, drive):
    source = tmp_path / "pages"
    source.mkdir()
    for n in range(40):
        (source / f"s{n}.txt").write_text(f"slow {n}")
    env = {**os.environ, "PYTHONPATH": str(TESTS)}
    run = subprocess.Popen(
        [sys.executable, str(TESTS / "driver.py"), str(source), str(tmp_path / "out"), "--jobs", "2", "--gazetteers", str(gazetteers)],
        env=env, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    while not list((tmp_path / "out").glob("normalize/*.parquet")):
        assert run.poll() is None
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to parent and workers
    _, err = run.communicate(timeout=15)
    assert run.returncode != 0
    assert err.count("Traceback") == 1  # the parent's own; the command line turns it into a sentence
    assert 0 < done(drive(source, tmp_path / "out", "--jobs", "2"))["processed"] < 40


class InterruptAt(runner.Silent):
    """Somebody who presses Ctrl-C when so many articles are done."""

    def __init__(self, articles):
        self.left = articles

    def advance(self, articles, processed):
        self.left -= articles
        if self.left <= 0:
            raise KeyboardInterrupt


def test_ctrl_c_keeps_all_that_was_processed(project, monkeypatch, tmp_path):
    source, out, plan = project
    monkeypatch.setattr(batches, "MEAN_SHARD", 1000)  # one shard holds all
    with pytest.raises(KeyboardInterrupt, match=r"what was processed is kept \(16 articles\)"):
        runner.run([str(source)], out, plan, 1, InterruptAt(16))
    kept = [(s.stage, s.finished, s.count.articles_in, s.count.articles_out, s.count.failed) for s in runner.status(out)]
    assert kept == [("clean", False, 16, 15, 1), *((name, False, 15, 15, 0) for name in ("segment", "extract", "normalize"))]
    assert runner.run([str(source)], out, plan, 1).processed == 8
    for n in range(8, 24):
        (source / f"a{n:02}.txt").write_text("relevant again\n", "utf-8")
    with pytest.raises(KeyboardInterrupt, match=r"\(8 articles\)"):
        runner.run([str(source)], out, plan, 1, InterruptAt(16))
    assert runner.run([str(source)], out, plan, 1).processed == 8
    runner.run([str(source)], tmp_path / "fresh", plan, 1)
    for stage in plan.stages:
        folders = StageFolder(out, stage.name), StageFolder(tmp_path / "fresh", stage.name)
        (one,), (two,) = ([folder.read(name) for name in folder.finished()] for folder in folders)
        assert one == two


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_swallowed_in_a_callback_still_ends_the_run():
    class Swallows:
        def __del__(self):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.01)

    with Interrupts() as interrupts:
        interrupts.check()
        Swallows()
        with pytest.raises(KeyboardInterrupt):
            interrupts.check()


# --- what is done again ----------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path, monkeypatch, gazetteers):
    """A source folder, an output folder and a plan, in this process with one job."""
    monkeypatch.setattr(batches, "MEAN_SHARD", 4)
    source = write_articles(tmp_path / "pages")
    plan = Plan.of(stand_ins.STAGES, gazetteers)
    return source, tmp_path / "out", plan


def computed(summary) -> dict[str, int]:
    return {name: count.computed for name, count in summary.stages.items()}


def test_a_second_run_does_nothing(project):
    source, out, plan = project
    first = runner.run([str(source)], out, plan, 1)
    assert (first.articles, first.processed) == (24, 24)
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*.parquet")}
    second = runner.run([str(source)], out, plan, 1)
    assert (second.articles, second.processed, computed(second)) == (24, 0, dict.fromkeys(computed(second), 0))
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*.parquet")} == before
    assert [(c.articles_in, c.articles_out) for c in second.stages.values()] == [
        (c.articles_in, c.articles_out) for c in first.stages.values()
    ]


def test_an_output_folder_within_the_sources_is_no_source(project, gazetteers):
    """All that a run makes is left out, also what one made that was killed before its end."""
    source, _, plan = project
    out = source / "outputs"
    issues = runner.run([str(source)], out, plan, 1).issues
    with lock(out):
        load(out, gazetteers)
    (out / "extract" / "shards.json").unlink()
    for path in (str(source), f"{source}/**"):
        again = runner.run([path], out, plan, 1)
        assert (again.articles, again.processed, again.left_out, again.issues) == (24, 0, 0, issues)
    assert runner.run([str(source)], source.parent / "other", plan, 1).issues == issues + 1


def test_changing_one_article_processes_one(project):
    source, out, plan = project
    runner.run([str(source)], out, plan, 1)
    (source / "a05.txt").write_text("relevant now\n", "utf-8")
    summary = runner.run([str(source)], out, plan, 1)
    assert (summary.processed, computed(summary)) == (1, {"clean": 1, "segment": 1, "extract": 1, "normalize": 1})


def test_new_modification_time_alone_processes_nothing(project):
    source, out, plan = project
    runner.run([str(source)], out, plan, 1)
    os.utime(source / "a05.txt")
    assert runner.run([str(source)], out, plan, 1).processed == 0


@pytest.mark.parametrize("name", ["a00a.txt", "a05b.txt", "a99.txt", *(f"b{n}.txt" for n in range(8))])
def test_a_new_article_processes_one_wherever_it_falls(project, name):
    """Among the names are some whose article ends a shard, which then is cut in two."""
    source, out, plan = project
    runner.run([str(source)], out, plan, 1)
    (source / name).write_text("relevant\n", "utf-8")
    assert runner.run([str(source)], out, plan, 1).processed == 1
    (source / name).unlink()
    assert runner.run([str(source)], out, plan, 1).processed == 0


def test_a_removed_article_leaves_the_tables(project, gazetteers):
    source, out, plan = project
    runner.run([str(source)], out, plan, 1)
    (source / "a05.txt").unlink()
    assert runner.run([str(source)], out, plan, 1).processed == 0
    with lock(out):
        load(out, gazetteers)
    assert "a05" not in {row[0] for row in tables(out)["articles"]}


def test_articles_of_other_sources_are_left_out_and_counted(project, tmp_path):
    """As many shards as articles, so that some are dropped whole and others only lose an article."""
    source, out, plan = project
    assert runner.run([str(source)], out, plan, 1).left_out == 0
    (source / "a05.txt").unlink()
    assert runner.run([str(source)], out, plan, 1).left_out == 1
    other = tmp_path / "other"
    other.mkdir()
    (other / "b01.txt").write_text("relevant\n", "utf-8")
    assert runner.run([str(source), str(other)], out, plan, 1).left_out == 0
    assert runner.run([str(other)], out, plan, 1).left_out == 23
    assert runner.run([str(other)], out, plan, 1).left_out == 0


def test_a_gazetteer_row_redoes_what_depends_on_it(project, gazetteers, tmp_path):
    source, out, _ = project
    folder = tmp_path / "edited"
    shutil.copytree(gazetteers, folder)
    runner.run([str(source)], out, Plan.of(stand_ins.STAGES, gazetteers), 1)
    rows = (folder / "bloc_words.csv").read_text("utf-8")
    (folder / "bloc_words.csv").write_text(rows.rstrip("\n") + "\nN9999,xyzz,,xyzz\n", "utf-8")
    summary = runner.run([str(source)], out, Plan.of(stand_ins.STAGES, folder), 1)
    done_now = computed(summary)
    assert (done_now["clean"], done_now["segment"]) == (0, 0)
    assert done_now["extract"] == summary.stages["clean"].articles_out
    assert done_now["normalize"] == done_now["extract"]


@pytest.mark.slow
def test_a_changed_rule_redoes_its_stage_and_no_more(tmp_path, drive):
    source = write_articles(tmp_path / "pages")
    rules = tmp_path / "edited.py"
    text = (TESTS / "stand_ins.py").read_text("utf-8").replace('"stand_ins:extract", ("stand_ins",)', '"edited:extract", ("edited",)')
    rules.write_text(text, "utf-8")
    first = done(drive(source, tmp_path / "out", "--stages", "edited", path=tmp_path))
    assert first["processed"] == 24
    assert done(drive(source, tmp_path / "out", "--stages", "edited", path=tmp_path))["processed"] == 0
    rules.write_text(text + "\n# another rule\n", "utf-8")
    again = done(drive(source, tmp_path / "out", "--stages", "edited", path=tmp_path))
    assert again["computed"] == {"clean": 0, "segment": 0, "extract": first["computed"]["extract"], "normalize": 0}
    rules.write_text(text.replace('"signing"', '"social"'), "utf-8")
    again = done(drive(source, tmp_path / "out", "--stages", "edited", path=tmp_path))
    assert again["computed"]["normalize"] == first["computed"]["normalize"], "what it found has changed"


def test_code_digest_follows_imports(tmp_path, monkeypatch):
    package = tmp_path / "somepackage"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "one.py").write_text("from somepackage import two\n")
    (package / "two.py").write_text("A = 1\n")
    (package / "three.py").write_text("B = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    def digest() -> str:
        code_digest.cache_clear()
        from pipeline.digests import _imports

        _imports.cache_clear()
        return code_digest(("somepackage.one",))

    first = digest()
    (package / "three.py").write_text("B = 2\n")
    assert digest() == first
    (package / "two.py").write_text("A = 2\n")
    assert digest() != first


def test_stage_by_stage_gives_the_same_shards(project, gazetteers, tmp_path):
    source, out, plan = project
    runner.run([str(source)], out, plan, 1)
    other = tmp_path / "other"
    runner.run([str(source)], other, Plan.of(stand_ins.STAGES[:1], gazetteers), 1)
    for stage in stand_ins.STAGES[1:]:
        runner.run_one(other, Plan.of((stage,), gazetteers), 1)
    for stage in stand_ins.STAGES:
        one, two = StageFolder(out, stage.name), StageFolder(other, stage.name)
        assert one.finished() == two.finished() != []
        for name in one.finished():
            assert one.read(name) == two.read(name)
            assert one.marker(name) == two.marker(name)
    assert runner.run([str(source)], other, plan, 1).processed == 0
    assert runner.run_one(other, Plan.of(stand_ins.STAGES[2:3], gazetteers), 1).processed == 0


def test_a_stage_refuses_what_is_unfinished_or_out_of_date(project, gazetteers):
    source, out, plan = project
    with pytest.raises(UsageError, match="holds no run"):
        runner.run_one(out, Plan.of(stand_ins.STAGES[1:2], gazetteers), 1)
    assert not out.exists()
    runner.run([str(source)], out, Plan.of(stand_ins.STAGES[:1], gazetteers), 1)
    with pytest.raises(UsageError, match="segment has not finished"):
        runner.run_one(out, Plan.of(stand_ins.STAGES[2:3], gazetteers), 1)
    assert not (out / "extract").exists()
    runner.run_one(out, Plan.of(stand_ins.STAGES[1:2], gazetteers), 1)
    (source / "a05.txt").write_text("relevant now\n", "utf-8")
    runner.run([str(source)], out, Plan.of(stand_ins.STAGES[:1], gazetteers), 1)
    with pytest.raises(UsageError, match="segment is older"):
        runner.run_one(out, Plan.of(stand_ins.STAGES[2:3], gazetteers), 1)


# --- failures --------------------------------------------------------------------------------------------------------


def test_failures_become_issues_and_the_rest_goes_on(project):
    source, out, plan = project
    summary = runner.run([str(source)], out, plan, 1)
    issues = [json.loads(line) for line in (out / "issues.jsonl").read_text("utf-8").splitlines()]
    assert summary.issues == len(issues) == 2
    assert {(i["article"], i["stage"], i["code"], i["message"]) for i in issues} == {
        ("a08", "clean", "crash", "RuntimeError: the text says so"),
        ("a16", "clean", "rejected", "the text says so"),
    }
    assert summary.stages["clean"].articles_out == 22


@pytest.mark.slow
def test_an_article_that_kills_its_worker_is_one_issue_and_is_tried_again(tmp_path, drive):
    source = tmp_path / "pages"
    source.mkdir()
    for n in range(40):
        (source / f"a{n}.txt").write_text("die" if n == 11 else f"relevant {n}")
    first = done(drive(source, tmp_path / "out", "--jobs", "2"))
    assert first["processed"] == 40
    (issue,) = [json.loads(line) for line in (tmp_path / "out" / "issues.jsonl").read_text().splitlines()]
    assert (issue["article"], issue["code"]) == ("a11", "crash")
    assert len(tables(tmp_path / "out")["articles"]) == 39
    (source / "a11.txt").write_text("relevant")
    assert done(drive(source, tmp_path / "out", "--jobs", "2"))["processed"] == 1


def test_two_runs_in_one_folder(project):
    source, out, plan = project
    with lock(out), pytest.raises(UsageError, match="another run is working in"):
        runner.run([str(source)], out, plan, 1)
    assert runner.run([str(source)], out, plan, 1).processed == 24


def test_a_damaged_shard_is_made_again(project):
    source, out, plan = project
    runner.run([str(source)], out, plan, 1)
    shard = next((out / "extract").glob("*.parquet"))
    shard.with_suffix(".json").unlink()
    shard.write_bytes(shard.read_bytes()[:100])
    summary = runner.run([str(source)], out, plan, 1)
    assert 0 < summary.processed < 24
    assert computed(summary)["clean"] == 0


def test_no_source_leaves_no_folder(tmp_path, drive):
    with pytest.raises(UsageError):
        runner.run([str(tmp_path / "nothing")], tmp_path / "out", Plan.of(stand_ins.STAGES), 1)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("thresholds", [(700, 10, 10), (200_000, 5, 5), (0, 10, 10)])
def test_the_garbage_collector_runs_seldom_in_a_run_and_as_before_afterwards(thresholds):
    before = gc.get_threshold()
    gc.set_threshold(*thresholds)
    try:
        with Workers(Plan((), None, ""), 1):
            within = gc.get_threshold()
        assert gc.get_threshold() == thresholds
        assert within[0] == 0 if not thresholds[0] else within[0] >= max(10_000, thresholds[0])
    finally:
        gc.set_threshold(*before)
