"""Batches: the articles of one shard, cut from a stream of sources or read from the shards that earlier stages wrote."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.clean.sites import NOTHING, Marks, learn, site_of
from pipeline.digests import digest_of
from pipeline.errors import UsageError
from pipeline.records import Source
from pipeline.sources import read_sources
from pipeline.stages import SOURCE, Task, source_digest
from pipeline.store import StageFolder

# What a killed run has not finished as a shard is done again.
# A shard ends where the hash of an article's id says so, hence at the same article in every run, whatever comes before it.
MEAN_SHARD = 256
MAX_SHARD = 1024
MAX_SHARD_BYTES = 64 * 2**20

Sites = dict[str, Marks]


@dataclass
class Batch:
    """The articles of one shard. `load` gives them as tasks without earlier rows; it is called only when something must be done."""

    name: str
    ids: list[str]
    digests: dict[str, str]  # of what the first stage reads, by name
    load: Callable[[], list[Task]]


def learn_sites(paths: list[str]) -> Sites:
    """What the pages of each site under the paths repeat."""
    return learn(read_sources(paths, lambda issue: None))


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
    """The shards that the stages `before` have written, joined by article.

    Raises:
        UsageError: at once, as `finished_shards` does.
    """
    return _joined_batches([StageFolder(out, name) for name in before], finished_shards(out, before))


def _joined_batches(folders: list[StageFolder], names: list[str]) -> Iterator[Batch]:
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
