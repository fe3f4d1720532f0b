"""Where a run keeps its results: one folder a stage, shards of some hundred articles, a marker beside each.

A shard is written to a temporary name and renamed; its marker, written after it, holds the hashes of what it was made from.
So a shard with a marker is whole, a shard without one still holds rows that can be reused, and a run may be killed anywhere.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from pipeline.digests import digest_of
from pipeline.errors import UsageError
from pipeline.records import Base, Issue
from pipeline.stages import CRASH, Row

ROW_COLUMNS = Row.__struct_fields__
TEMPORARY = ".part"


class Marker(Base):
    """What a finished shard was made from, and how many articles went in and came out."""

    stage: str
    shard: str
    code: str  # of the stage's modules, of libraries, and of gazetteers where it uses them
    gazetteer: str
    inputs: dict[str, str]  # digests of the shards that were read, by stage
    digest: str
    articles_in: int
    articles_out: int
    rejected: int  # by an ArticleError
    failed: int  # by any other error
    retry: int  # failed by the machine's fault, to be tried again


def make_marker(stage: str, shard: str, code: str, gazetteer: str, inputs: Mapping[str, str], rows: list[Row]) -> Marker:
    """The marker of a finished shard: what it was made from and with, and how its articles fared."""
    lost = [row for row in rows if row.body is None]
    failed = sum(row.code == CRASH for row in lost)
    return Marker(
        stage, shard, code, gazetteer, dict(inputs), digest_of(*(f"{row.id}\n{row.digest}" for row in rows)),
        len(rows), len(rows) - len(lost), len(lost) - failed, failed, sum(not row.key for row in rows),
    )  # fmt: skip


class StageFolder:
    """The shards of one stage."""

    def __init__(self, out: Path, stage: str) -> None:
        self.stage, self.path = stage, out / stage
        self._list = self.path / "shards.json"

    def _shard(self, name: str) -> Path:
        return self.path / f"{name}.parquet"

    def _marker(self, name: str) -> Path:
        return self.path / f"{name}.json"

    def begin(self) -> None:
        """From here until `finish` the stage counts as unfinished. Leavings of a killed run go."""
        self.path.mkdir(parents=True, exist_ok=True)
        self._list.unlink(missing_ok=True)
        for left in self.path.glob(f"*{TEMPORARY}"):
            left.unlink()

    def finish(self, shards: list[str]) -> None:
        """Makes `shards` the stage's result; what belongs to no source any more is removed."""
        keep = set(shards)
        for path in self.path.glob("*.parquet"):
            if path.stem not in keep:
                self._marker(path.stem).unlink(missing_ok=True)
                path.unlink()
        write_whole(self._list, msgspec.json.encode(shards))

    def finished(self) -> list[str] | None:
        """The names of the shards in order, None while the stage is unfinished."""
        try:
            return msgspec.json.decode(self._list.read_bytes(), type=list[str])
        except (OSError, msgspec.DecodeError):
            return None

    def names(self) -> list[str]:
        """Of all shards on disk, whether their run has finished or not."""
        return sorted(path.stem for path in self.path.glob("*.parquet"))

    def marker(self, name: str) -> Marker | None:
        """The marker of a shard; None while the shard is unfinished or cannot be read."""
        try:
            marker = msgspec.json.decode(self._marker(name).read_bytes(), type=Marker)
        except (OSError, msgspec.DecodeError):
            return None
        return marker if self._shard(name).exists() else None

    def read(self, name: str) -> list[Row]:
        """The rows of a shard; those that do not fit their own digest are left out, and so made anew."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            table = pq.read_table(self._shard(name), columns=list(ROW_COLUMNS))
        except (OSError, pa.ArrowException):
            return []
        rows = [Row(**values) for values in table.to_pylist()]
        return [row for row in rows if row.body is None or row.digest == digest_of(row.body)]

    def ids(self, name: str) -> list[str]:
        """The ids of a shard's articles, in order; none when it cannot be read."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return pq.read_table(self._shard(name), columns=["id"]).column("id").to_pylist()
        except (OSError, pa.ArrowException):
            return []

    def write(self, rows: list[Row], marker: Marker) -> None:
        self.keep(marker.shard, rows)
        write_whole(self._marker(marker.shard), msgspec.json.encode(marker))

    def keep(self, name: str, rows: list[Row]) -> None:
        """Writes rows of a shard that is not whole yet, for the next run to take up."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {name: pa.large_binary() if name == "body" else pa.string() for name in ROW_COLUMNS}
        table = pa.table({name: pa.array([getattr(row, name) for row in rows], kind) for name, kind in types.items()})
        shard = self._shard(name)
        part = shard.with_suffix(TEMPORARY)
        pq.write_table(table, part, compression="zstd")
        self._marker(name).unlink(missing_ok=True)  # first: an old marker must never vouch for a new shard
        part.replace(shard)

    def failures(self, name: str) -> Iterator[Issue]:
        """One issue for each article that ended in this stage."""
        marker = self.marker(name)
        if marker is not None and marker.articles_in == marker.articles_out:
            return
        for row in self.read(name):
            if row.body is None:
                yield Issue(self.stage, row.id, row.code or CRASH, row.message or "")


class EarlierRows:
    """Rows of earlier runs by article, wherever they lie now.

    An article nearly always stands in the shard of the same name. When articles came or went, its shard may have another
    name: then an index of all ids finds it, and rows that a rewritten shard no longer holds are kept aside.
    """

    def __init__(self, folders: Mapping[str, StageFolder]) -> None:
        self._folders = folders
        self._homeless: dict[str, dict[str, Row]] = {stage: {} for stage in folders}
        self._index: dict[str, str] | None = None  # an article's shard has the same name in each stage
        self._open: dict[tuple[str, str], dict[str, Row]] = {}

    def of(self, shard: str, ids: Iterable[str]) -> dict[str, dict[str, Row]]:
        """For each stage the rows known of these articles, by id."""
        wanted = list(ids)
        found: dict[str, dict[str, Row]] = {}
        for stage in self._folders:
            here = self._rows(stage, shard)
            found[stage] = {i: row for i in wanted if (row := here.get(i) or self._elsewhere(stage, i)) is not None}
        return found

    def _elsewhere(self, stage: str, article: str) -> Row | None:
        if article in self._homeless[stage]:
            return self._homeless[stage][article]
        if self._index is None:
            first = next(iter(self._folders.values()))
            self._index = {i: shard for shard in first.names() for i in first.ids(shard)}
        shard = self._index.get(article)
        return self._rows(stage, shard).get(article) if shard else None

    def _rows(self, stage: str, shard: str) -> dict[str, Row]:
        if (stage, shard) not in self._open:
            if len(self._open) >= 4 * len(self._folders):
                self._open.pop(next(iter(self._open)))
            self._open[stage, shard] = {row.id: row for row in self._folders[stage].read(shard)}
        return self._open[stage, shard]

    def before_rewrite(self, shard: str, ids: Iterable[str]) -> None:
        """Call before a shard is overwritten: rows of articles that it will no longer hold are kept."""
        stays = set(ids)
        for stage in self._folders:
            for article, row in self._rows(stage, shard).items():
                if article not in stays:
                    self._homeless[stage][article] = row
            self._open.pop((stage, shard), None)

    def left_out(self, shards: list[str]) -> int:
        """How many articles of an earlier run stand in none of these shards. Call after all were written, before others are removed."""
        first = next(iter(self._folders.values()))
        known = {i for shard in set(first.names()) - set(shards) for i in first.ids(shard)} | self._homeless[first.stage].keys()
        return len(known - {i for shard in shards for i in first.ids(shard)}) if known else 0


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that a reader sees the old content or the new, never a part."""
    part = path.with_name(path.name + TEMPORARY)
    part.write_bytes(data)
    os.replace(part, path)


def replace_folder(new: Path, path: Path) -> None:
    """Puts a finished folder in the place of another; what only the old one holds, which may be the user's, stays."""
    old = path.with_name(path.name + ".old")
    _empty(old, path)
    if path.exists():
        path.rename(old)
    new.rename(path)
    _empty(old, path)


def _empty(old: Path, path: Path) -> None:
    """Removes a folder that was replaced, when what others had put there lies in its successor."""
    if old.exists() and path.exists():
        for left in old.iterdir():
            if not (path / left.name).exists():
                left.rename(path / left.name)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def lock(out: Path) -> Iterator[None]:
    """Holds an output folder for one run; the system lets go of it when the process ends, however it ends.

    Raises:
        UsageError: another run holds it.
    """
    from filelock import FileLock, Timeout

    try:
        out.mkdir(parents=True, exist_ok=True)
        held: Any = FileLock(out / ".lock")
        held.acquire(timeout=0)
    except Timeout:
        raise UsageError(f"another run is working in {out}: wait for it, or choose another --out") from None
    except OSError as error:
        raise UsageError(f"cannot write in {out}: {error.strerror or error}") from None
    try:
        yield
    finally:
        held.release()
