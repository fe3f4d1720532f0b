"""Loads the records into DuckDB: built aside, checked by its keys and constraints, then renamed into place.

Row ids come from the article's id and the place in its record, and all rows are written in the order of their ids, so that
the same input gives the same tables, whatever happened on the way.
"""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pipeline import __version__
from pipeline.batches import finished_shards
from pipeline.copies import Entry, entry_of, find_copies, words_of
from pipeline.digests import code_digest, digest_of
from pipeline.errors import PipelineError
from pipeline.records import Issue, Record
from pipeline.rows import Provinces, Rows, award_type, issue_rows, rows_of
from pipeline.run import issues_of
from pipeline.schema import TABLES, comments, create_table, quote
from pipeline.stages import STAGES, decode, load_gazetteer
from pipeline.store import StageFolder, replace_folder, write_whole
from pipeline.views import ORIGINALS, all_views, create_view

DATABASE = "thidua.duckdb"
TABLES_FOLDER = "tables"
# The oldest format that holds what we need: DuckDB 1.x reads it too.
STORAGE_VERSION = "v1.0.0"
# Modules that decide what the tables look like, given the records. What they import besides decides the records.
CODE = ("pipeline.load", "pipeline.rows", "pipeline.copies", "pipeline.schema", "pipeline.views", "pipeline.records", "pipeline.textmap")
LIBRARIES = ("trafilatura", "underthesea", "selectolax", "rensa", "duckdb")


@dataclass(frozen=True)
class Loaded:
    """What a database holds. `skipped`: nothing had changed since it was built."""

    counts: dict[str, int]
    skipped: bool


def load(out: Path, gazetteers: Path | None = None) -> Loaded:
    """Builds `thidua.duckdb` and `tables/*.parquet` from the finished stages in `out`. The caller holds the lock.

    Raises:
        UsageError: a stage is missing, unfinished or out of date.
        PipelineError: the database refused the rows; the old database stays.
    """
    shards = finished_shards(out, tuple(stage.name for stage in STAGES))
    issues = list(issues_of(out))
    key = _key(out, shards, issues, gazetteers)
    marker = out / "load" / "load.json"
    known = _read_marker(marker)
    if known.get("key") == key and (out / DATABASE).exists() and (out / TABLES_FOLDER).is_dir():
        return Loaded(known["counts"], True)
    marker.parent.mkdir(exist_ok=True)
    marker.unlink(missing_ok=True)
    counts = _build(out, shards, issues, gazetteers)
    write_whole(marker, msgspec.json.encode({"key": key, "counts": counts}))
    return Loaded(counts, False)


def _key(out: Path, shards: list[str], issues: list[Issue], gazetteers: Path | None) -> str:
    markers = [StageFolder(out, stage.name).marker(name) for stage in STAGES for name in shards]
    return digest_of(
        code_digest(CODE, follow=False), load_gazetteer(gazetteers).digest, msgspec.json.encode(issues), msgspec.json.encode(markers)
    )


def _read_marker(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError):
        return {}


def _build(out: Path, shards: list[str], issues: list[Issue], gazetteers: Path | None) -> dict[str, int]:
    import duckdb

    aside, folder = out / "load" / f"{DATABASE}.part", out / "load" / f"{TABLES_FOLDER}.part"
    for left in (aside, aside.with_name(aside.name + ".wal")):
        left.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        with duckdb.connect(config={"temp_directory": str(out / "load")}) as db:
            db.execute(f"ATTACH '{_sql(aside)}' AS target (STORAGE_VERSION '{STORAGE_VERSION}')")
            _stage(db, out, shards, issues, gazetteers)
            counts = _fill(db)
            _export(db, folder)
            db.execute("CHECKPOINT target")
            db.execute("DETACH target")
    except duckdb.Error as error:
        raise PipelineError(f"the database refused the rows, the old one stays: {error}") from error
    aside.replace(out / DATABASE)
    replace_folder(folder, out / TABLES_FOLDER)
    return counts


def _sql(path: Path) -> str:
    return str(path).replace("'", "''")


# --- rows into the database ------------------------------------------------------------------------------------------


def _stage(db: Any, out: Path, shards: list[str], issues: list[Issue], gazetteers: Path | None) -> None:
    """Puts all rows into tables without keys, shard by shard; names of units, persons and blocs are gathered in `names`."""
    db.execute("CREATE TABLE names (kind VARCHAR, id VARCHAR, name VARCHAR, code VARCHAR)")
    db.execute("CREATE TABLE bloc_years (id VARCHAR, key VARCHAR, province VARCHAR, province_id VARCHAR, year INTEGER, day VARCHAR)")
    db.execute("CREATE TABLE unit_kinds (code VARCHAR, kinds VARCHAR[])")
    db.execute("CREATE TABLE copies (id VARCHAR, original VARCHAR, exact BOOLEAN)")
    for table in TABLES:
        columns = ", ".join(f"{quote(c.name)} {c.type}" for c in table.columns)
        db.execute(f"CREATE TABLE {quote('new_' + table.name)} ({columns})")
    gazetteer = load_gazetteer(gazetteers)
    provinces = Provinces(gazetteer.table("provinces"))
    _insert(db, {"new_provinces": provinces.rows, "new_award_types": [award_type(entry) for entry in gazetteer.table("awards")]})
    _insert(db, {"unit_kinds": [{"code": entry.code, "kinds": sorted(entry.kinds)} for entry in gazetteer.table("units")]})
    codes = {entry.code for entry in gazetteer.table("awards")}
    clean, normalize = StageFolder(out, "clean"), StageFolder(out, "normalize")
    entries: list[Entry] = []
    homes: dict[str, str] = {}  # the shard of each article that may have copies
    for name in shards:
        records = {row.id: decode("normalize", row.body) for row in normalize.read(name) if row.body is not None}
        articles = [decode("clean", row.body) for row in clean.read(name) if row.body is not None]
        _insert(db, rows_of(((article, records.get(article.id)) for article in articles), provinces, codes))
        new = [entry for article in articles if (entry := entry_of(article, _is_relevant(records.get(article.id))))]
        entries += new
        homes |= {entry.id: name for entry in new}
    _link_copies(db, clean, entries, homes)
    _insert(db, {"new_issues": issue_rows(issues)})
    _gather_names(db)
    _stage_run(db, out, shards, gazetteer.digest)


def _is_relevant(record: Record | None) -> bool:
    return record is not None and bool(record.relevant.value)


def _link_copies(db: Any, clean: StageFolder, entries: list[Entry], homes: dict[str, str]) -> None:
    """Sets the two columns that point from a copy to its original."""

    def words_by_id(ids: list[str]) -> dict[str, list[str]]:
        wanted = set(ids)
        found = (row for name in sorted({homes[i] for i in ids}) for row in clean.read(name) if row.id in wanted)
        return {row.id: words_of(decode("clean", row.body)) for row in found}

    links = find_copies(entries, words_by_id)
    _insert(db, {"copies": [{"id": i, "original": copy.of, "exact": copy.exact} for i, copy in sorted(links.items())]})
    db.execute("""
        UPDATE new_articles SET duplicate_of = CASE WHEN exact THEN original END, near_duplicate_of = CASE WHEN NOT exact THEN original END
        FROM copies WHERE copies.id = new_articles.id
    """)


def _insert(db: Any, rows: Rows) -> None:
    import pyarrow as pa

    for table, values in rows.items():
        if not values:
            continue
        types = db.cursor().sql(f"SELECT * FROM {quote(table)} LIMIT 0").to_arrow_table().schema
        batch = pa.Table.from_pylist(values, schema=types)
        db.register("batch", batch)
        db.execute(f"INSERT INTO {quote(table)} SELECT * FROM batch")
        db.unregister("batch")


# The most frequent spelling; of several the longest, then the first by letters.
_BEST_NAME = """
    SELECT id, name, code, total FROM (
        SELECT id, name, max(code) OVER (PARTITION BY id) AS code, sum(count(*)) OVER (PARTITION BY id) AS total,
               row_number() OVER (PARTITION BY id ORDER BY count(*) DESC, length(name) DESC, name) AS place
        FROM (SELECT id, name, code FROM names WHERE kind = '{kind}') GROUP BY id, name, code
    ) WHERE place = 1
"""


# In a year in which the province changed its last version counts.
_BLOC_YEARS = """
    SELECT id, key, province, year, arg_max(province_id, concat(day, ' ', province_id)) AS province_id
    FROM bloc_years GROUP BY id, key, province, year
"""


def _gather_names(db: Any) -> None:
    db.execute(
        "INSERT INTO new_units SELECT id, name, code, coalesce(kinds, []), total"
        f" FROM ({_BEST_NAME.format(kind='unit')}) LEFT JOIN unit_kinds USING (code)"
    )
    db.execute(f"INSERT INTO new_persons SELECT id, name, total FROM ({_BEST_NAME.format(kind='person')})")
    db.execute(
        "INSERT INTO new_blocs SELECT b.id, y.key, b.name, y.province, y.province_id, y.year, b.total"
        f" FROM ({_BEST_NAME.format(kind='bloc')}) b JOIN ({_BLOC_YEARS}) y ON y.id = b.id"
    )


def _fill(db: Any) -> dict[str, int]:
    """Moves the rows into the real tables, in the order of their keys, so that every key and check holds."""
    db.execute("USE target")
    db.execute("BEGIN")  # one commit, not one for each statement
    counts = {}
    for table in TABLES:
        db.execute(create_table(table))
        for statement in comments(table):
            db.execute(statement)
        source = f"memory.main.{quote('new_' + table.name)}"
        db.execute(f"INSERT INTO {quote(table.name)} FROM {source} ORDER BY {quote(table.key)}")
        counts[table.name] = db.execute(f"SELECT count(*) FROM {quote(table.name)}").fetchall()[0][0]
    for view in all_views():
        for statement in create_view(view):
            db.execute(statement)
    counts["relevant"] = db.execute("SELECT count(*) FROM articles WHERE relevant").fetchall()[0][0]
    handovers = f"SELECT count(*) FROM leadership WHERE status = 'incoming' AND role = 'head' AND article IN {ORIGINALS}"
    counts["handovers"] = db.execute(handovers).fetchall()[0][0]
    db.execute("COMMIT")
    db.execute("USE memory")
    return counts


def _export(db: Any, folder: Path) -> None:
    for table in TABLES:
        path = _sql(folder / f"{table.name}.parquet")
        db.execute(f"COPY (FROM target.{quote(table.name)} ORDER BY {quote(table.key)}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def _stage_run(db: Any, out: Path, shards: list[str], gazetteer: str) -> None:
    from importlib.metadata import version

    counts: dict[str, int] = {}
    codes: dict[str, str] = {}
    for stage in STAGES:
        for name in shards:
            marker = StageFolder(out, stage.name).marker(name)
            if marker is not None:
                codes[stage.name] = marker.code
                for end, n in (("in", marker.articles_in), ("out", marker.articles_out)):
                    counts[f"{stage.name}.{end}"] = counts.get(f"{stage.name}.{end}", 0) + n
    for table in TABLES:
        if table.name != "runs":
            counts[table.name] = db.execute(f"SELECT count(*) FROM {quote('new_' + table.name)}").fetchall()[0][0]
    row = {
        "version": __version__, "python": platform.python_version(), "libraries": {name: version(name) for name in LIBRARIES},
        "stages": codes, "gazetteer": gazetteer, "counts": counts,
    }  # fmt: skip
    row["id"] = digest_of(msgspec.json.encode(row))
    for name in ("libraries", "stages", "counts"):
        row[name] = sorted(row[name].items())
    _insert(db, {"new_runs": [row]})
