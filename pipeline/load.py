"""Loads the records into DuckDB: built aside, checked by its keys and constraints, then renamed into place.

Row ids come from the article's id and the place in its record, and all rows are written in the order of their ids, so that
the same input gives the same tables, whatever happened on the way.
"""

from __future__ import annotations

import datetime
import platform
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pipeline import __version__
from pipeline.copies import Entry, entry_of, find_copies, words_of
from pipeline.errors import PipelineError
from pipeline.records import (
    AWARD_FIELDS,
    CITATION_FIELDS,
    LEADER_FIELDS,
    MEETING_FIELDS,
    PARTY_FIELDS,
    Article,
    Award,
    Base,
    Issue,
    Leader,
    Meeting,
    Party,
    Record,
    Slot,
)  # fmt: skip
from pipeline.run import finished_shards, issues_of
from pipeline.schema import ORIGINALS, TABLES, all_views, comments, create_table, create_view, quote
from pipeline.stages import STAGES, code_digest, decode, digest_of, load_gazetteer
from pipeline.store import StageFolder, replace_folder, write_whole
from pipeline.textmap import fold

DATABASE = "thidua.duckdb"
TABLES_FOLDER = "tables"
# The oldest format that holds what we need: DuckDB 1.x reads it too.
STORAGE_VERSION = "v1.0.0"
# Modules that decide what the tables look like, given the records. What they import besides decides the records.
CODE = ("pipeline.load", "pipeline.copies", "pipeline.schema", "pipeline.records", "pipeline.textmap")
LIBRARIES = ("trafilatura", "underthesea", "selectolax", "rensa", "duckdb")

Rows = dict[str, list[dict[str, Any]]]


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
    db.execute("CREATE TABLE bloc_years (id VARCHAR, key VARCHAR, province VARCHAR, province_id VARCHAR, year INTEGER)")
    db.execute("CREATE TABLE copies (id VARCHAR, original VARCHAR, exact BOOLEAN)")
    for table in TABLES:
        columns = ", ".join(f"{quote(c.name)} {c.type}" for c in table.columns)
        db.execute(f"CREATE TABLE {quote('new_' + table.name)} ({columns})")
    gazetteer = load_gazetteer(gazetteers)
    provinces = Provinces(gazetteer.table("provinces"))
    _insert(db, {"new_provinces": provinces.rows, "new_award_types": [_award_type(entry) for entry in gazetteer.table("awards")]})
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
    _insert(db, {"new_issues": _issue_rows(issues)})
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


def _gather_names(db: Any) -> None:
    db.execute(f"INSERT INTO new_units SELECT id, name, code, total FROM ({_BEST_NAME.format(kind='unit')})")
    db.execute(f"INSERT INTO new_persons SELECT id, name, total FROM ({_BEST_NAME.format(kind='person')})")
    db.execute(
        "INSERT INTO new_blocs SELECT b.id, y.key, b.name, y.province, y.province_id, y.year, b.total"
        f" FROM ({_BEST_NAME.format(kind='bloc')}) b JOIN (SELECT DISTINCT * FROM bloc_years) y ON y.id = b.id"
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


# --- records into rows -----------------------------------------------------------------------------------------------


def rows_of(articles: Iterable[tuple[Article, Record | None]], provinces: Provinces, award_codes: set[str]) -> Rows:
    """The rows of all tables that some articles give, with the names they use."""
    rows: Rows = {f"new_{table.name}": [] for table in TABLES}
    rows |= {"names": [], "bloc_years": []}
    for article, record in articles:
        _Writer(article, record, provinces, award_codes, rows).write()
    return rows


class _Writer:
    """Writes the rows of one article."""

    def __init__(self, article: Article, record: Record | None, provinces: Provinces, award_codes: set[str], rows: Rows) -> None:
        self.article, self.record, self.provinces, self.award_codes, self.rows = article, record, provinces, award_codes, rows
        self.province = str(record.province.value) if record and record.province else None

    def write(self) -> None:
        self._write_article()
        if self.record is None:
            return
        for n, meeting in enumerate(self.record.meetings, 1):
            self._write_meeting(f"{self.article.id}#m{n}", meeting)
        for n, leader in enumerate(self.record.leadership, 1):
            self._write_leader(f"{self.article.id}#l{n}", leader)
        for n, award in enumerate(self.record.awards, 1):
            self._write_award(f"{self.article.id}#a{n}", award)
        for n, citation in enumerate(self.record.cited, 1):
            self._add("citations", f"{self.article.id}#d{n}", citation, CITATION_FIELDS, {})

    def _add(self, table: str, row: str, entry: Base, fields: tuple[str, ...], more: dict[str, Any]) -> None:
        """One row, and a mention for each stretch of each of its values."""
        slots = {name: slot for name in fields if (slot := getattr(entry, name)) is not None}
        values = {name: slot.value for name, slot in slots.items()}
        self.rows[f"new_{table}"].append({"id": row, "article": self.article.id, **values, **more})
        for field, slot in slots.items():
            self._mention(table, row, field, slot)

    def _mention(self, table: str, row: str, field: str, slot: Slot) -> None:
        for n, (start, end) in enumerate(slot.spans or [(None, None)], 1):
            self.rows["new_mentions"].append(
                {
                    "id": f"{row}:{field}:{n}", "table": table, "row": row, "field": field, "article": self.article.id,
                    "start": start, "end": end, "text": None if start is None else self.article.text[start:end],
                    "rule": slot.rule, "inferred_from": slot.inferred_from,
                }
            )  # fmt: skip

    def _write_article(self) -> None:
        article, record = self.article, self.record
        title = record.title if record else article.title
        published = record.published if record else article.published
        found = {"title": title, "published": published}
        if record is not None:
            found |= {"relevant": record.relevant, "province": record.province}
        date = next((str(m.date.value) for m in record.meetings if m.date), None) if record else None
        date = date or (str(published.value) if published else None)
        code = record.province_code if record else None
        row = {
            name: getattr(article, name) for name in ("id", "location", "url", "fetched_at", "media", "encoding", "sha256", "text", "look")
        }
        row |= {name: slot.value for name, slot in found.items() if slot is not None}
        row |= {
            "province_id": self.provinces.at(self.province, date, code),
            "regions": [{"start": r.start, "end": r.end, "kind": r.kind} for r in article.regions],
            "repairs": list(article.repairs),
            "attachments": list(article.attachments),
        }
        self.rows["new_articles"].append(row)
        for field, slot in found.items():
            if slot is not None:
                self._mention("articles", article.id, field, slot)

    def _write_meeting(self, row: str, meeting: Meeting) -> None:
        year = _last_year(meeting.period) or _first_year(meeting.date) or self._published_year()
        date = str(meeting.date.value) if meeting.date else None
        self._add(
            "meetings", row, meeting, MEETING_FIELDS,
            {"bloc_id": self._bloc(meeting.bloc, meeting.bloc_key, year), "day": _day(date)},
        )  # fmt: skip
        for table, letter, parties in (("meeting_chairs", "c", meeting.chairs), ("meeting_participants", "p", meeting.participants)):
            for n, party in enumerate(parties, 1):
                self._write_party(table, f"{row}.{letter}{n}", row, party)

    def _write_party(self, table: str, row: str, meeting: str, party: Party) -> None:
        more = {
            "meeting": meeting,
            "person_id": self._name("person", party.person, party.person_key),
            "unit_id": self._name("unit", party.unit, party.unit_key, party.unit_id),
        }
        self._add(table, row, party, PARTY_FIELDS, more)

    def _write_leader(self, row: str, leader: Leader) -> None:
        year = int(leader.year.value) if leader.year else self._published_year()
        more = {
            "bloc_id": self._bloc(leader.bloc, leader.bloc_key, year),
            "unit_id": self._name("unit", leader.unit, leader.unit_key, leader.unit_id),
            "person_id": self._name("person", leader.person, leader.person_key),
        }
        self._add("leadership", row, leader, LEADER_FIELDS, more)

    def _write_award(self, row: str, award: Award) -> None:
        kind = award.recipient_kind.value if award.recipient_kind else None
        more: dict[str, Any] = {"award_code": award.code if award.code in self.award_codes else None}
        if kind == "person":
            more["person_id"] = self._name("person", award.recipient, award.recipient_key)
        elif kind == "unit" or award.unit_id:
            more["unit_id"] = self._name("unit", award.recipient, award.recipient_key, award.unit_id)
        self._add("awards", row, award, AWARD_FIELDS, more)

    def _published_year(self) -> int | None:
        return _first_year(self.record.published) if self.record else None

    def _name(self, kind: str, slot: Slot | None, key: str | None, code: str | None = None) -> str | None:
        """The id of a unit or person; a name without a key gets its folded form, so that none is dropped."""
        if slot is None:
            return None
        key = key or fold(str(slot.value))
        self.rows["names"].append({"kind": kind, "id": key, "name": str(slot.value), "code": code})
        return key

    def _bloc(self, slot: Slot | None, key: str | None, year: int | None) -> str | None:
        if slot is None:
            return None
        key = key or fold(str(slot.value))
        row = f"{self.province or '?'}/{year or '?'}/{key}"
        self.rows["names"].append({"kind": "bloc", "id": row, "name": str(slot.value), "code": None})
        code = self.provinces.at(self.province, str(year) if year else None, self.record.province_code if self.record else None)
        self.rows["bloc_years"].append({"id": row, "key": key, "province": self.province, "province_id": code, "year": year})
        return row


def _day(date: str | None) -> datetime.date | None:
    if date is None or len(date) != 10:
        return None
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        return None


def _first_year(slot: Slot | None) -> int | None:
    return int(str(slot.value)[:4]) if slot else None


def _last_year(period: Slot | None) -> int | None:
    years = re.findall(r"\d{4}", str(period.value)) if period else []
    return int(years[-1]) if years else None


# --- gazetteer rows --------------------------------------------------------------------------------------------------


class Provinces:
    """The versions of each province, found by name and date. `rows` are those of the table, successors first."""

    def __init__(self, entries: Iterable[Any]) -> None:
        self.rows: list[dict[str, Any]] = []
        self._by_name: dict[str, list[dict[str, Any]]] = {}
        for entry in entries:
            row = {
                "id": f"{entry.code}@{entry.fields['valid_from'] or 'start'}", "code": entry.code, "name": entry.name,
                "kind": entry.fields["kind"], "region": entry.fields["region"] or None,
                "valid_from": _day(entry.fields["valid_from"]), "valid_to": _day(entry.fields["valid_to"]),
                "successor_code": entry.fields["successor_code"], "variants": list(entry.variants),
            }  # fmt: skip
            self.rows.append(row)
            self._by_name.setdefault(_bare(entry.name), []).append(row)
        for row in self.rows:
            row["successor_id"] = self._successor(row, row.pop("successor_code"))

    def _successor(self, row: dict[str, Any], code: str) -> str | None:
        if not code or row["valid_to"] is None:
            return None
        after = row["valid_to"] + datetime.timedelta(days=1)
        return next((r["id"] for r in self.rows if r["code"] == code and r["valid_from"] == after), None)

    def at(self, name: str | None, date: str | None, code: str | None = None) -> str | None:
        """The version of a province on a day, in a month or in a year (ISO). None: unknown, or it changed within that time."""
        versions = self._by_name.get(_bare(name), []) if name else []
        versions = [v for v in versions if v["code"] == code] or versions
        if date is not None:
            first, last = date + "-01-01"[len(date) - 4 :], date + "-12-31"[len(date) - 4 :]
            versions = [v for v in versions if _holds(v, first) and _holds(v, last)]
        return versions[0]["id"] if len(versions) == 1 else None


def _holds(version: dict[str, Any], day: str) -> bool:
    """By the letters of the ISO day, since the last day of a month need not exist."""
    return (version["valid_from"] is None or str(version["valid_from"]) <= day) and (
        version["valid_to"] is None or day <= str(version["valid_to"]) or (day[8:] == "31" and day[:7] == str(version["valid_to"])[:7])
    )


def _bare(name: str) -> str:
    return re.sub(r"^(tỉnh|thành phố|tp\.?) ", "", fold(name))


def _award_type(entry: Any) -> dict[str, Any]:
    fields = entry.fields
    return {
        "code": entry.code, "name": entry.name, "category": fields["category"] or None, "level": fields["level"] or None,
        "issuer": fields["issuer"] or None, "recipient_kinds": _split(fields["recipient_kinds"]), "grades": _split(fields["grades"]),
        "in_force_from": _day(fields["in_force_from"]), "in_force_to": _day(fields["in_force_to"]), "variants": list(entry.variants),
    }  # fmt: skip


def _split(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


def _issue_rows(issues: list[Issue]) -> list[dict[str, Any]]:
    numbers: dict[tuple[str, str], int] = {}
    rows = []
    for issue in issues:
        place = issue.stage, issue.article
        numbers[place] = numbers.get(place, 0) + 1
        rows.append({"id": f"{issue.stage}:{issue.article}:{numbers[place]}", **msgspec.structs.asdict(issue)})
    return rows


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
