"""Workers: a pool of processes that takes articles through the stages, and survives an article that kills its process."""

from __future__ import annotations

import gc
import itertools
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from pipeline.digests import digest_of
from pipeline.stages import CRASH, Plan, Row, Task, process

# What a worker gets at a time: enough to be worth the sending, and for a stage to go over many before the next pushes its code out of the
# processor's caches; little enough to keep all workers busy.
CHUNK = 16
CHUNK_BYTES = 2 * 2**20


@dataclass(frozen=True)
class Chunk:
    shard: str
    tasks: tuple[Task, ...]


Results = list[tuple[str, dict[str, Row], list[str]]]


def all_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def chunks_of(shard: str, tasks: Iterable[Task]) -> Iterator[Chunk]:
    """Tasks of one shard in the portions that workers get."""
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


# By how many the objects that hold others must have grown before Python looks among them for cycles. By its own measure, 700, it looks
# dozens of times an article and finds next to nothing: what the rules make of an article holds no cycles and goes with it.
OBJECTS_UNTIL_COLLECTION = 50_000


def collect_seldom() -> tuple[int, int, int]:
    """Lets the garbage collector run seldom. Returns the thresholds as they were, for `gc.set_threshold`."""
    before = gc.get_threshold()
    if before[0]:  # 0: whoever uses the pipeline has switched it off
        gc.set_threshold(max(OBJECTS_UNTIL_COLLECTION, before[0]), *before[1:])
    return before


_plan: Plan | None = None  # of a worker process


def _set_up(plan: Plan) -> None:
    global _plan
    _plan = plan
    collect_seldom()
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
    return [(task.id, *done) for task, done in zip(chunk.tasks, process(chunk.tasks, plan), strict=True)]


class Workers:
    """A pool that survives an article which kills its process. With one job all is done in this process."""

    def __init__(self, plan: Plan, jobs: int) -> None:
        self._plan, self._jobs = plan, jobs
        self._pool: ProcessPoolExecutor | None = None
        self._thresholds = gc.get_threshold()

    def __enter__(self) -> Workers:
        self._thresholds = collect_seldom()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        gc.set_threshold(*self._thresholds)
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
