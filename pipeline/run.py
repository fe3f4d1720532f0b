"""Runs the stages over shards of articles, with a pool of processes, and does again only what has changed.

`run_stages` is the whole of it: batches of articles come in, from sources or from the shards of the stage before; for each
batch the markers tell what is still good; the rest goes through `stages.process` in worker processes, and what comes back
is written shard by shard. The stages themselves are fused: an article passes through all of them in one worker.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import msgspec

from pipeline.clean.sites import NOTHING, Marks, learn, site_of
from pipeline.errors import UsageError
from pipeline.records import Issue, Source
from pipeline.sources import read_sources
from pipeline.stages import CRASH, SOURCE, STAGES, Plan, Row, Task, digest_of, process, source_digest
from pipeline.store import EarlierRows, StageFolder, lock, make_marker, write_whole

# A shard ends where the hash of an article's id says so, hence at the same article in every run, whatever comes before it.
MEAN_SHARD = 256
MAX_SHARD = 1024
MAX_SHARD_BYTES = 64 * 2**20
# What a worker gets at a time: enough to be worth the sending, little enough to keep all workers busy.
CHUNK = 8
CHUNK_BYTES = 2 * 2**20
SOURCE_ISSUES = "issues.jsonl"

Sites = dict[str, Marks]


class Progress(Protocol):
    """Where a run tells how far it is."""

    def start(self, what: str) -> None: ...

    def advance(self, articles: int, processed: int) -> None: ...

    def stop(self) -> None: ...


class Silent:
    def start(self, what: str) -> None: ...

    def advance(self, articles: int, processed: int) -> None: ...

    def stop(self) -> None: ...


@dataclass
class StageCount:
    articles_in: int = 0
    articles_out: int = 0
    rejected: int = 0
    failed: int = 0
    computed: int = 0


@dataclass
class Summary:
    """What a run did. `processed` counts the articles for which any stage was computed."""

    articles: int = 0
    processed: int = 0
    stages: dict[str, StageCount] = field(default_factory=dict)
    issues: int = 0
    seconds: float = 0.0


@dataclass
class Batch:
    """The articles of one shard. `load` gives them as tasks without earlier rows; it is called only when something must be done."""

    name: str
    ids: list[str]
    digests: dict[str, str]  # of what the first stage reads, by name
    load: Callable[[], list[Task]]


# --- batches ---------------------------------------------------------------------------------------------------------


def source_batches(sources: Iterable[Source], sites: Sites) -> Iterator[Batch]:
    """Cuts a stream of sources into shards. `sites`: what each site repeats on its pages."""
    group: list[Source] = []
    size = 0
    for source in sources:
        group.append(source)
        size += len(source.payload)
        last = int.from_bytes(hashlib.blake2b(source.id.encode(), digest_size=4).digest(), "big") % MEAN_SHARD == 0
        if last or len(group) >= MAX_SHARD or size >= MAX_SHARD_BYTES:
            yield _source_batch(group, sites)
            group, size = [], 0
    if group:
        yield _source_batch(group, sites)


def _source_batch(group: list[Source], sites: Sites) -> Batch:
    tasks = [source_task(source, sites) for source in group]
    ids = [source.id for source in group]
    digest = digest_of(*(task.source_digest + _site_digest(task.site) for task in tasks))
    return Batch(digest_of(ids[0])[:16], ids, {SOURCE: digest}, lambda: tasks)


@functools.lru_cache(maxsize=1024)
def _site_digest(site: Marks) -> str:
    return digest_of(*map(str, sorted(site))) if site else ""


def source_task(source: Source, sites: Sites) -> Task:
    return Task(source.id, source, source_digest(source), {}, {}, sites.get(site_of(source), NOTHING) if sites else NOTHING)


def stage_batches(out: Path, before: tuple[str, ...]) -> Iterator[Batch]:
    """The shards that the stages `before` have written, joined by article."""
    folders = [StageFolder(out, name) for name in before]
    names = finished_shards(out, before)
    for name in names:
        markers = {folder.stage: folder.marker(name) for folder in folders}
        ids = folders[0].ids(name)

        def load(name: str = name, ids: list[str] = ids) -> list[Task]:
            rows = {folder.stage: {row.id: row for row in folder.read(name)} for folder in folders}
            return [Task(i, None, "", {stage: of[i] for stage, of in rows.items() if i in of}, {}) for i in ids]

        yield Batch(name, ids, {stage: marker.digest for stage, marker in markers.items() if marker}, load)


def finished_shards(out: Path, stages: tuple[str, ...]) -> list[str]:
    """The shards, in order, of stages that have finished and that were made from each other.

    Raises:
        UsageError: a stage is missing, unfinished, or older than the one that it read.
    """
    names: list[str] | None = None
    digests: dict[str, dict[str, str]] = {}
    for stage in stages:
        folder = StageFolder(out, stage)
        shards = folder.finished()
        if shards is None:
            raise UsageError(f"stage {stage} has not finished in {out}: run 'thidua {stage}' or 'thidua run' first")
        markers = {name: folder.marker(name) for name in shards}
        for name, marker in markers.items():
            known = digests.get(name, {})
            if marker is None or any(known.get(s, d) != d for s, d in marker.inputs.items()):
                raise UsageError(f"stage {stage} is older than what it was made from in {out}: run 'thidua {stage}' again")
        if names is not None and shards != names:
            raise UsageError(f"stage {stage} has not the articles of the stage before in {out}: run 'thidua {stage}' again")
        names = shards
        for name, marker in markers.items():
            digests.setdefault(name, {})[stage] = marker.digest if marker else ""
    return names or []


# --- running ---------------------------------------------------------------------------------------------------------


@dataclass
class _Open:
    """A shard on its way: which stages must be written, and the rows that have come back."""

    batch: Batch
    stale: tuple[str, ...]
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    missing: int = 0


@dataclass(frozen=True)
class Chunk:
    shard: str
    tasks: tuple[Task, ...]


Results = list[tuple[str, dict[str, Row], list[str]]]


def run_stages(out: Path, plan: Plan, batches: Iterable[Batch], jobs: int, progress: Progress) -> Summary:
    """Brings the shards of the plan's stages in `out` up to date with the batches. The caller holds the lock."""
    folders = {stage.name: StageFolder(out, stage.name) for stage in plan.stages}
    for folder in folders.values():
        folder.begin()
    summary = Summary(stages={stage.name: StageCount() for stage in plan.stages})
    earlier = EarlierRows(folders)
    opened: dict[str, _Open] = {}
    order: list[str] = []

    def stale_chunks() -> Iterator[Chunk]:
        for batch in batches:
            order.append(batch.name)
            summary.articles += len(batch.ids)
            stale = _stale_stages(batch, plan, folders)
            if not stale:
                progress.advance(len(batch.ids), 0)
                continue
            opened[batch.name] = _Open(batch, stale, {name: {} for name in folders}, len(batch.ids))
            known = earlier.of(batch.name, batch.ids)
            tasks = [replace(t, earlier={s: rows[t.id] for s, rows in known.items() if t.id in rows}) for t in batch.load()]
            yield from _chunks(batch.name, tasks)

    with _Workers(plan, jobs) as workers:
        for chunk, results in workers.map(stale_chunks()):
            shard = opened[chunk.shard]
            done = 0
            for article, rows, computed in results:
                for stage in computed:
                    summary.stages[stage].computed += 1
                done += bool(computed)
                for name, row in rows.items():
                    if name in folders:
                        shard.rows[name][article] = row
            shard.missing -= len(chunk.tasks)
            summary.processed += done
            progress.advance(len(chunk.tasks), done)
            if not shard.missing:
                earlier.before_rewrite(chunk.shard, shard.batch.ids)
                _write_shard(opened.pop(chunk.shard), plan, folders)
    for folder in folders.values():
        folder.finish(order)
    _count(summary, folders, order)
    return summary


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


def _count(summary: Summary, folders: dict[str, StageFolder], shards: list[str]) -> None:
    for name, folder in folders.items():
        count = summary.stages[name]
        for shard in shards:
            marker = folder.marker(shard)
            if marker is not None:
                count.articles_in += marker.articles_in
                count.articles_out += marker.articles_out
                count.rejected += marker.rejected
                count.failed += marker.failed


def _chunks(shard: str, tasks: list[Task]) -> Iterator[Chunk]:
    group: list[Task] = []
    size = 0
    for task in tasks:
        group.append(task)
        size += len(task.source.payload) if task.source else 0
        if len(group) >= CHUNK or size >= CHUNK_BYTES:
            yield Chunk(shard, tuple(group))
            group, size = [], 0
    if group:
        yield Chunk(shard, tuple(group))


# --- workers ---------------------------------------------------------------------------------------------------------

_plan: Plan | None = None  # of a worker process


def _set_up(plan: Plan) -> None:
    global _plan
    _plan = plan
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends the workers
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that was killed cannot tell its workers; they must not stay behind."""
    import multiprocessing
    from multiprocessing.connection import wait as wait_for

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _work(chunk: Chunk) -> Results:
    assert _plan is not None
    return _process_chunk(chunk, _plan)


def _process_chunk(chunk: Chunk, plan: Plan) -> Results:
    return [(task.id, *process(task, plan)) for task in chunk.tasks]


class _Workers:
    """A pool that survives an article which kills its process. With one job all is done in this process."""

    def __init__(self, plan: Plan, jobs: int) -> None:
        self._plan, self._jobs = plan, jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is not None:
            self._end(self._pool, at_once=kind is not None)

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        import multiprocessing

        return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _set_up, (self._plan,))

    @staticmethod
    def _end(pool: ProcessPoolExecutor, at_once: bool) -> None:
        if at_once:
            for process_ in list((getattr(pool, "_processes", None) or {}).values()):
                process_.terminate()
        pool.shutdown(wait=True, cancel_futures=True)

    def map(self, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, Results]]:
        """Results in the order in which they get ready. Never more chunks under way than the workers can soon take."""
        first = list(itertools.islice(chunks, 2))
        if self._jobs == 1 or len(first) < 2:  # one chunk is done before a worker has started
            for chunk in itertools.chain(first, chunks):
                yield chunk, _process_chunk(chunk, self._plan)
            return
        running: dict[Future[Results], Chunk] = {}
        suspects: list[Chunk] = []
        for chunk in itertools.chain(first, chunks):
            self._submit(chunk, running, suspects)
            while len(running) >= 3 * self._jobs:
                yield from self._collect(running, suspects)
        while running:
            yield from self._collect(running, suspects)
        for chunk in suspects:
            yield chunk, [self._alone(task) for task in chunk.tasks]

    def _submit(self, chunk: Chunk, running: dict[Future[Results], Chunk], suspects: list[Chunk]) -> None:
        self._pool = self._pool or self._start(self._jobs)
        try:
            running[self._pool.submit(_work, chunk)] = chunk
        except BrokenProcessPool:
            self._restart(self._jobs)
            running[self._pool.submit(_work, chunk)] = chunk

    def _collect(self, running: dict[Future[Results], Chunk], suspects: list[Chunk]) -> Iterator[tuple[Chunk, Results]]:
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            chunk = running.pop(future)
            try:
                yield chunk, future.result()
            except BrokenProcessPool:
                suspects.append(chunk)

    def _alone(self, task: Task) -> tuple[str, dict[str, Row], list[str]]:
        """Redoes an article that may have killed its process; a pool that dies now dies by this one."""
        if self._jobs != 1:
            self._restart(1)
        assert self._pool is not None
        try:
            return self._pool.submit(_work, Chunk("", (task,))).result()[0]
        except BrokenProcessPool:
            self._restart(1)
            stage = self._plan.stages[0].name
            message = "the process ended without a word while working on this article"
            return task.id, {**task.done, stage: Row(task.id, "", digest_of(CRASH), None, CRASH, message)}, [stage]

    def _restart(self, jobs: int) -> None:
        if self._pool is not None:
            self._end(self._pool, at_once=True)
        self._jobs, self._pool = jobs, self._start(jobs)


# --- the verbs -------------------------------------------------------------------------------------------------------


def all_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(paths: list[str], out: Path, plan: Plan, jobs: int | None = None, progress: Progress | None = None) -> Summary:
    """Reads sources and brings the plan's stages, the first of which reads sources, up to date in `out`.

    Raises:
        UsageError: no source, or another run works in `out`.
    """
    issues: list[Issue] = []
    sources = read_sources(paths, issues.append)  # before the folder is made: a wrong path leaves nothing behind
    with lock(out):
        batches = source_batches(sources, learn_sites(paths))
        summary = _run_locked(out, plan, batches, jobs, progress or Silent())
        _write_issues(out / plan.stages[0].name / SOURCE_ISSUES, issues)
        summary.issues = collect_issues(out)
    return summary


def run_one(out: Path, plan: Plan, jobs: int | None = None, progress: Progress | None = None) -> Summary:
    """Brings one stage, the plan's first, up to date with the stages that it reads.

    Raises:
        UsageError: the stages before are not there or not up to date, or another run works in `out`.
    """
    if not out.is_dir():
        raise UsageError(f"{out} is no output folder: make one with 'thidua clean SOURCE... --out {out}' or 'thidua run'")
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


def learn_sites(paths: list[str]) -> Sites:
    """What the pages of each site under the paths repeat."""
    return learn(read_sources(paths, lambda issue: None))


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


@dataclass(frozen=True)
class StageStatus:
    stage: str
    finished: bool
    shards: int
    count: StageCount


def status(out: Path) -> list[StageStatus]:
    """How far each stage has come in an output folder.

    Raises:
        UsageError: it is none.
    """
    if not any((out / stage.name).is_dir() for stage in STAGES):
        raise UsageError(f"{out} holds no run: start one with 'thidua run SOURCE... --out {out}'")
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

    def chunks() -> Iterator[Chunk]:
        group: list[Task] = []
        for source in sources:
            order.append(source.id)
            group.append(source_task(source, sites))
            if len(group) >= CHUNK:
                yield Chunk("", tuple(group))
                group = []
        if group:
            yield Chunk("", tuple(group))

    with _Workers(plan, jobs) as workers:
        given = 0
        for _, results in workers.map(chunks()):
            waiting |= {article: rows for article, rows, _ in results}
            while given < len(order) and order[given] in waiting:
                yield order[given], waiting.pop(order[given])
                given += 1
