"""Runs the stages over shards of articles, with a pool of processes, and does again only what has changed.

`run_stages` is the whole of it: batches of articles come in, from sources or from the shards of the stage before; for each
batch the markers tell what is still good; the rest goes through `stages.process` in worker processes, and what comes back
is written shard by shard. The stages themselves are fused: an article passes through all of them in one worker.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import msgspec

from pipeline.batches import Batch, Sites, learn_sites, source_batches, source_task, stage_batches
from pipeline.errors import UsageError
from pipeline.interrupts import Interrupts
from pipeline.progress import counted
from pipeline.records import Issue, Source
from pipeline.sources import MADE, OUTPUT_MARK, left_alone, read_sources
from pipeline.stages import STAGES, Plan, Row, Task
from pipeline.store import EarlierRows, StageFolder, lock, make_marker, write_whole
from pipeline.workers import Chunk, Results, Workers, all_cores, chunks_of

SOURCE_ISSUES = "issues.jsonl"


class Progress(Protocol):
    """Where a run tells how far it is."""

    def start(self, what: str) -> None: ...

    def advance(self, articles: int, processed: int) -> None: ...

    def stop(self) -> None: ...


class Silent:
    """The progress of who wants none."""

    def start(self, what: str) -> None: ...

    def advance(self, articles: int, processed: int) -> None: ...

    def stop(self) -> None: ...


@dataclass
class StageCount:
    """How many articles a stage was given, gave, refused and failed at, and how many it did now."""

    articles_in: int = 0
    articles_out: int = 0
    rejected: int = 0
    failed: int = 0
    computed: int = 0


@dataclass
class Summary:
    """What a run did. `processed` counts the articles for which any stage was computed, `left_out` those of an earlier run
    that stand in no source any more, `left_alone` by their ending the files that are not read though they may hold articles."""

    articles: int = 0
    processed: int = 0
    left_out: int = 0
    stages: dict[str, StageCount] = field(default_factory=dict)
    issues: int = 0
    left_alone: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


# --- running ---------------------------------------------------------------------------------------------------------


@dataclass
class _Open:
    """A shard on its way: which stages must be written, and the rows that have come back."""

    batch: Batch
    stale: tuple[str, ...]
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    missing: int = 0

    def take(self, results: Results, summary: Summary) -> None:
        """Takes what a worker has made of some of its articles."""
        for article, rows, computed in results:
            for stage in computed:
                summary.stages[stage].computed += 1
            summary.processed += bool(computed)
            for name, row in rows.items():
                if name in self.rows:
                    self.rows[name][article] = row
        self.missing -= len(results)


class _Shards:
    """The shards of one run: what is stale goes out in chunks, what comes back is written when a shard is whole."""

    def __init__(self, out: Path, plan: Plan, progress: Progress) -> None:
        self._plan, self._progress = plan, progress
        self._folders = {stage.name: StageFolder(out, stage.name) for stage in plan.stages}
        for folder in self._folders.values():
            folder.begin()
        self._earlier = EarlierRows(self._folders)
        self._opened: dict[str, _Open] = {}
        self._order: list[str] = []
        self.summary = Summary(stages={stage.name: StageCount() for stage in plan.stages})

    def stale_chunks(self, batches: Iterable[Batch]) -> Iterator[Chunk]:
        for batch in batches:
            self._order.append(batch.name)
            self.summary.articles += len(batch.ids)
            stale = _stale_stages(batch, self._plan, self._folders)
            if not stale:
                self._progress.advance(len(batch.ids), 0)
                continue
            self._opened[batch.name] = _Open(batch, stale, {name: {} for name in self._folders}, len(batch.ids))
            known = self._earlier.of(batch.name, batch.ids)
            tasks = [replace(t, earlier={s: rows[t.id] for s, rows in known.items() if t.id in rows}) for t in batch.load()]
            yield from chunks_of(batch.name, tasks)

    def take(self, name: str, results: Results) -> None:
        shard, before = self._opened[name], self.summary.processed
        shard.take(results, self.summary)
        self._progress.advance(len(results), self.summary.processed - before)
        if not shard.missing:
            self._earlier.before_rewrite(name, shard.batch.ids)
            _write_shard(shard, self._plan, self._folders)
            del self._opened[name]

    def keep(self) -> None:
        """Keeps what has come back of shards that will not be whole."""
        for shard in self._opened.values():
            _keep_rows(shard, self._folders)

    def finish(self) -> None:
        self.summary.left_out = self._earlier.left_out(self._order)
        for folder in self._folders.values():
            folder.finish(self._order)
        _count(self.summary, self._folders, self._order)


def run_stages(out: Path, plan: Plan, batches: Iterable[Batch], jobs: int, progress: Progress) -> Summary:
    """Brings the shards of the plan's stages in `out` up to date with the batches. The caller holds the lock.

    Raises:
        KeyboardInterrupt: with a sentence that tells what is kept.
    """
    shards = _Shards(out, plan, progress)
    try:
        with Interrupts() as interrupts, Workers(plan, jobs) as workers:
            for chunk, results in workers.map(shards.stale_chunks(batches)):
                interrupts.check()
                shards.take(chunk.shard, results)
    except KeyboardInterrupt:
        shards.keep()
        kept = counted(shards.summary.processed, "article")
        raise KeyboardInterrupt(f"what was processed is kept ({kept}), the next run goes on from there") from None
    shards.finish()
    return shards.summary


def _stale_stages(batch: Batch, plan: Plan, folders: dict[str, StageFolder]) -> tuple[str, ...]:
    """The stages whose shard was not made from just these inputs by just this code. All that follow the first count."""
    digests = dict(batch.digests)
    for n, stage in enumerate(plan.stages):
        marker = folders[stage.name].marker(batch.name)
        inputs = {name: digests[name] for name in stage.reads if name in digests}
        if marker is None or marker.retry or marker.code != plan.shard_code[stage.name] or marker.inputs != inputs:
            return tuple(s.name for s in plan.stages[n:])
        digests[stage.name] = marker.digest
    return ()


def _write_shard(shard: _Open, plan: Plan, folders: dict[str, StageFolder]) -> None:
    digests = dict(shard.batch.digests)
    for stage in plan.stages:
        rows = [row for i in shard.batch.ids if (row := shard.rows[stage.name].get(i)) is not None]
        inputs = {name: digests[name] for name in stage.reads if name in digests}
        gazetteer = plan.gazetteer_digest if stage.gazetteer else ""
        marker = make_marker(stage.name, shard.batch.name, plan.shard_code[stage.name], gazetteer, inputs, rows)
        digests[stage.name] = marker.digest
        if stage.name in shard.stale:
            folders[stage.name].write(rows, marker)


def _keep_rows(shard: _Open, folders: dict[str, StageFolder]) -> None:
    """Of a shard that was interrupted: the rows that have come back, beside those that an earlier run left there."""
    for stage in shard.stale:
        known = {row.id: row for row in folders[stage].read(shard.batch.name)}
        folders[stage].keep(shard.batch.name, list((known | shard.rows[stage]).values()))


def _count(summary: Summary, folders: dict[str, StageFolder], shards: list[str]) -> None:
    for name, folder in folders.items():
        count = summary.stages[name]
        for shard in shards:
            # A shard without its marker was interrupted: what it holds is kept.
            marker = folder.marker(shard) or make_marker(name, shard, "", "", {}, folder.read(shard))
            count.articles_in += marker.articles_in
            count.articles_out += marker.articles_out
            count.rejected += marker.rejected
            count.failed += marker.failed


# --- the verbs -------------------------------------------------------------------------------------------------------


def run(paths: list[str], out: Path, plan: Plan, jobs: int | None = None, progress: Progress | None = None) -> Summary:
    """Reads sources and brings the plan's stages, the first of which reads sources, up to date in `out`.

    Raises:
        UsageError: no source, another run works in `out`, or things of others lie there.
    """
    issues: list[Issue] = []
    sources = read_sources(paths, issues.append, out)  # before the folder is made: a wrong path leaves nothing behind
    _refuse_others(out)
    with lock(out):
        (out / OUTPUT_MARK).touch()
        batches = source_batches(sources, learn_sites(paths))
        summary = _run_locked(out, plan, batches, jobs, progress or Silent())
        _write_issues(out / plan.stages[0].name / SOURCE_ISSUES, issues)
        summary.issues = collect_issues(out)
    summary.left_alone = left_alone(paths)
    return summary


def _refuse_others(out: Path) -> None:
    """UsageError where a run would write over what it has not made."""
    others = sorted(name for name in MADE if (out / name).exists())
    if others and not (out / OUTPUT_MARK).exists():
        raise UsageError(f"{out} holds what no run has made ({', '.join(others)}): move it away, or choose another --out")


def run_one(out: Path, plan: Plan, jobs: int | None = None, progress: Progress | None = None) -> Summary:
    """Brings one stage, the plan's first, up to date with the stages that it reads.

    Raises:
        UsageError: the stages before are not there or not up to date, or another run works in `out`.
    """
    require_run(out)
    with lock(out):
        batches = stage_batches(out, plan.stages[0].reads)
        summary = _run_locked(out, plan, batches, jobs, progress or Silent())
        summary.issues = collect_issues(out)
    return summary


def _run_locked(out: Path, plan: Plan, batches: Iterable[Batch], jobs: int | None, progress: Progress) -> Summary:
    begun = time.monotonic()
    progress.start(", ".join(stage.name for stage in plan.stages))
    try:
        summary = run_stages(out, plan, batches, jobs or all_cores(), progress)
    finally:
        progress.stop()
    summary.seconds = time.monotonic() - begun
    return summary


def issues_of(out: Path) -> Iterator[Issue]:
    """All issues of the articles as they stand: of reading, then of each stage."""
    path = out / STAGES[0].name / SOURCE_ISSUES
    if path.exists():
        for line in path.read_bytes().splitlines():
            yield msgspec.json.decode(line, type=Issue)
    for stage in STAGES:
        folder = StageFolder(out, stage.name)
        for name in folder.finished() or folder.names():
            yield from folder.failures(name)


def collect_issues(out: Path) -> int:
    """Writes `issues.jsonl` anew and returns the number of its lines."""
    issues = list(issues_of(out))
    _write_issues(out / "issues.jsonl", issues)
    return len(issues)


def _write_issues(path: Path, issues: list[Issue]) -> None:
    write_whole(path, b"".join(msgspec.json.encode(issue) + b"\n" for issue in issues))


def require_run(out: Path) -> None:
    """Raises UsageError where no run has begun in a folder."""
    if not (out / STAGES[0].name).is_dir():
        raise UsageError(f"{out} holds no run: start one with 'thidua run SOURCE... --out {out}'")


@dataclass(frozen=True)
class StageStatus:
    """How far a stage has come: its shards and their articles. Of an unfinished stage: all that is kept on disk."""

    stage: str
    finished: bool
    shards: int
    count: StageCount


def status(out: Path) -> list[StageStatus]:
    """How far each stage has come in an output folder.

    Raises:
        UsageError: it is none.
    """
    require_run(out)
    found = []
    for stage in STAGES:
        folder = StageFolder(out, stage.name)
        done = folder.finished()
        names = folder.names() if done is None else done
        summary = Summary(stages={stage.name: StageCount()})
        _count(summary, {stage.name: folder}, names)
        found.append(StageStatus(stage.name, done is not None, len(names), summary.stages[stage.name]))
    return found


def process_in_memory(sources: Iterable[Source], plan: Plan, jobs: int, sites: Sites) -> Iterator[tuple[str, dict[str, Row]]]:
    """Takes sources through the stages without a folder, in the order of the sources. Yields ids with rows by stage."""
    waiting: dict[str, dict[str, Row]] = {}
    order: list[str] = []

    def tasks() -> Iterator[Task]:
        for source in sources:
            order.append(source.id)
            yield source_task(source, sites)

    with Workers(plan, jobs) as workers:
        given = 0
        for _, results in workers.map(chunks_of("", tasks())):
            waiting |= {article: rows for article, rows, _ in results}
            while given < len(order) and order[given] in waiting:
                yield order[given], waiting.pop(order[given])
                given += 1
