"""The four pure stages between a source and a finished record, and how one article passes through them.

Nothing here touches a disk. An article's results are `Row`s, one a stage. A row knows the key it was made from (the stage's
code, its gazetteers, its inputs), so a row whose key comes out the same again is reused instead of being computed.
"""

from __future__ import annotations

import functools
import importlib
import logging
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from pipeline.digests import code_digest, digest_of
from pipeline.errors import ArticleError
from pipeline.records import Article, Base, Record, Segmentation, Source

SOURCE = "source"
SITE = "site"  # what the source's site repeats on its pages
_VERDICT = "look"
CRASH = "crash"
# No article takes a second; one that takes a minute has met a fault, and the batch must not wait for it.
SECONDS_AN_ARTICLE = 60


class Row(Base):
    """What one stage made of one article: `body` (JSON of the stage's record), or `code` and `message` of why there is none.

    `key` is the hash of all that the row was made from; empty when it must not be reused (the machine failed, not the article).
    `digest` is the hash of the body, the input of the stages that follow.
    """

    id: str
    key: str
    digest: str
    body: bytes | None = None
    code: str | None = None
    message: str | None = None


Inputs = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """One stage.

    `run` and `variant` are named as "module:function", so that a stage travels to a worker process and imports there.
    `run(inputs, gazetteer, variant)` gets the records of the stages in `reads` (or the source) by name. `variant(inputs)` is a short
    word that the result depends on besides them; it lets a stage depend on something large and yet be redone only where the answer
    changes. What it finds on the way it may leave in `inputs` for `run`.
    """

    name: str
    reads: tuple[str, ...]
    result: type[Base]
    run: str
    code: tuple[str, ...]  # modules whose source, with all they import of the project, decides the result
    gazetteer: bool = False
    variant: str | None = None
    variant_code: tuple[str, ...] = ()


STAGES: tuple[Stage, ...] = (
    Stage("clean", (SOURCE,), Article, "pipeline.stages:run_clean", ("pipeline.clean",), variant="pipeline.stages:seen_of_site"),
    Stage(
        "segment", ("clean",), Segmentation, "pipeline.stages:run_segment", ("pipeline.segment",),
        variant="pipeline.stages:wants_words", variant_code=("pipeline.extract.relevance",),
    ),
    Stage("extract", ("clean", "segment"), Record, "pipeline.stages:run_extract", ("pipeline.extract",), gazetteer=True),
    Stage("normalize", ("clean", "extract"), Record, "pipeline.stages:run_normalize", ("pipeline.normalize",), gazetteer=True),
)  # fmt: skip


def seen_of_site(inputs: Inputs) -> str:
    """What stands on the page of that which its site repeats. Of a page that the cheap look refuses nothing of this is read."""
    from pipeline.clean.look import look_at

    if not inputs[SITE]:
        return ""
    inputs[_VERDICT] = look_at(inputs[SOURCE])
    return "" if inputs[_VERDICT].startswith("refused") else seen_of_any(inputs)


def seen_of_any(inputs: Inputs) -> str:
    """As `seen_of_site`, whatever the page is about."""
    from pipeline.clean.sites import seen_on

    inputs[SITE] = seen_on(inputs[SOURCE], inputs[SITE])
    return digest_of(*map(str, sorted(inputs[SITE]))) if inputs[SITE] else ""


def run_clean(inputs: Inputs, gazetteer: Any, variant: str) -> Article:
    """The stage `clean`: an article, marked as refused where the cheap look finds nothing of the genre."""
    from pipeline.clean import clean_if_likely

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it gives up on becomes an issue
    return clean_if_likely(inputs[SOURCE], inputs[SITE], inputs.get(_VERDICT))


def run_clean_all(inputs: Inputs, gazetteer: Any, variant: str) -> Article:
    """As `run_clean`, without the cheap look: for who wants the text of every page."""
    from pipeline.clean import clean

    return clean(inputs[SOURCE], inputs[SITE])


CLEAN_ALL = replace(STAGES[0], run="pipeline.stages:run_clean_all", variant="pipeline.stages:seen_of_any")


def wants_words(inputs: Inputs) -> str:
    """Words cost more than all else, and nobody reads them in an article about something else."""
    from pipeline.extract.relevance import looks_relevant

    article = inputs["clean"]
    return "words" if not article.refused and looks_relevant(article.text) else "sentences"


def run_segment(inputs: Inputs, gazetteer: Any, variant: str) -> Segmentation:
    from pipeline.segment import segment

    return segment(inputs["clean"], words=variant == "words")


def run_extract(inputs: Inputs, gazetteer: Any, variant: str) -> Record:
    """The stage `extract`: the record as the rules read it."""
    from pipeline.clean.look import record_of_refused
    from pipeline.extract import extract

    if inputs["clean"].refused:
        return record_of_refused(inputs["clean"])
    return extract(inputs["clean"], inputs["segment"], gazetteer)


def run_normalize(inputs: Inputs, gazetteer: Any, variant: str) -> Record:
    from pipeline.normalize import normalize

    return normalize(inputs["extract"], inputs["clean"], gazetteer)


def without_words(stages: tuple[Stage, ...] = STAGES) -> tuple[Stage, ...]:
    """The same stages, with sentences only: enough for records."""
    return tuple(replace(stage, variant=None, variant_code=()) if stage.name == "segment" else stage for stage in stages)


@dataclass(frozen=True)
class Plan:
    """Stages to run, with the hashes that decide whether earlier results still hold."""

    stages: tuple[Stage, ...]
    gazetteers: Path | None  # the folder; None for the project's own
    gazetteer_digest: str
    row_code: Mapping[str, str] = field(default_factory=dict)  # goes into each row's key
    shard_code: Mapping[str, str] = field(default_factory=dict)  # goes into each shard's marker

    @staticmethod
    def of(stages: tuple[Stage, ...], gazetteers: Path | None = None) -> Plan:
        """Loads the gazetteers if a stage uses them, so a broken one stops everything here (`GazetteerError`)."""
        used = any(s.gazetteer for s in stages)
        gazetteer = load_gazetteer(gazetteers).digest if used else ""
        row, shard = {}, {}
        for s in stages:
            row[s.name] = digest_of(s.name, code_digest(s.code), gazetteer if s.gazetteer else "")
            shard[s.name] = digest_of(row[s.name], code_digest(s.variant_code))
        return Plan(stages, gazetteers, gazetteer, row, shard)


def load_gazetteer(folder: Path | None) -> Any:
    from pipeline.gazetteer import load_gazetteer as load

    return load(folder)


# --- one article -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    """An article to be processed: its source or the rows of stages done before, and rows of earlier runs that may still hold."""

    id: str
    source: Source | None
    source_digest: str
    done: Mapping[str, Row]
    earlier: Mapping[str, Row]
    site: frozenset[int] = frozenset()  # what the source's site repeats


def source_digest(source: Source) -> str:
    """A hash of all of a source; its payload is hashed as it is, since that is the bulk."""
    rest = msgspec.json.encode(msgspec.structs.replace(source, payload=b""))
    return digest_of(rest, source.payload)


def process(tasks: Iterable[Task], plan: Plan) -> list[tuple[dict[str, Row], list[str]]]:
    """Takes articles through the stages. Returns for each its row of each stage reached and the names of the stages computed.

    One stage after the other goes over all of them, so that its code and tables stay where the processor finds them soonest.
    A stage whose key equals that of the earlier row gives the earlier row. The first stage without a result ends an article's way,
    since the next reads it.
    """
    ways = [_Way(task) for task in tasks]
    with _alarms():
        for stage in plan.stages:
            for way in ways:
                way.go(stage, plan)
    return [(way.rows, way.computed) for way in ways]


class _Way:
    """One article on its way through the stages."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.rows: dict[str, Row] = dict(task.done)
        self.computed: list[str] = []
        self._decoded: dict[str, Any] = {SOURCE: task.source, SITE: task.site}

    def go(self, stage: Stage, plan: Plan) -> None:
        rows = self.rows
        if any(name != SOURCE and (name not in rows or rows[name].body is None) for name in stage.reads):
            return
        inputs = _Inputs(rows, self._decoded)
        try:
            with _time_limit(SECONDS_AN_ARTICLE):
                variant = _function(stage.variant)(inputs) if stage.variant else ""
        except Exception as error:
            rows[stage.name] = _failure(self.task.id, "", error)
            return
        digests = [self.task.source_digest if name == SOURCE else rows[name].digest for name in stage.reads]
        key = digest_of(plan.row_code[stage.name], self.task.id, variant, *digests)
        earlier = self.task.earlier.get(stage.name)
        if earlier is not None and earlier.key == key:
            rows[stage.name] = earlier
            return
        self.computed.append(stage.name)
        rows[stage.name] = _compute(stage, self.task.id, key, inputs, variant, self._decoded, plan.gazetteers)


class _Inputs(dict):
    """The records a stage reads, decoded when first asked for."""

    def __init__(self, rows: Mapping[str, Row], decoded: dict[str, Any]) -> None:
        super().__init__()
        self._rows, self._decoded = rows, decoded

    def __missing__(self, name: str) -> Any:
        if name not in self._decoded:
            self._decoded[name] = decode(name, self._rows[name].body)
        return self._decoded[name]


# By name and not by `Stage`, so that a stage run on its own can read what others wrote.
RESULTS: dict[str, type[Base]] = {stage.name: stage.result for stage in STAGES}


def decode(stage: str, body: bytes) -> Any:
    """The record in a row's body."""
    return msgspec.json.decode(body, type=RESULTS[stage])


def _compute(stage: Stage, article: str, key: str, inputs: Inputs, variant: str, decoded: dict[str, Any], gazetteers: Path | None) -> Row:
    try:
        with _time_limit(SECONDS_AN_ARTICLE):
            gazetteer = load_gazetteer(gazetteers) if stage.gazetteer else None
            result = _function(stage.run)(inputs, gazetteer, variant)
            body = msgspec.json.encode(result)
    except Exception as error:  # whatever one article does to the code, the batch goes on
        return _failure(article, key, error)
    decoded[stage.name] = result
    return Row(article, key, digest_of(body), body)


def _failure(article: str, key: str, error: Exception) -> Row:
    if isinstance(error, ArticleError):
        code, message = error.code, error.message
    else:
        code, message = CRASH, f"{type(error).__name__}: {error}"
        if isinstance(error, (OSError, MemoryError, ImportError)):
            key = ""  # the machine's fault: try again next time
    message = message.encode("utf-8", "replace").decode()[:2000]
    return Row(article, key, digest_of(code, message), None, code, message)


@functools.cache
def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _late(*_: object) -> None:
    raise TimeoutError(f"took over {SECONDS_AN_ARTICLE} seconds")


@contextmanager
def _alarms() -> Iterator[None]:
    """Makes the alarm of `_time_limit` raise TimeoutError (an OSError, so never reused)."""
    if not _can_alarm():
        yield
        return
    before = signal.signal(signal.SIGALRM, _late)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Sets off an alarm where what is within takes longer; does nothing outside the main thread, or without SIGALRM."""
    if not _can_alarm():
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _can_alarm() -> bool:
    return threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGALRM")
