import datetime
import re
from pathlib import Path

import duckdb
import pytest
import stand_ins

from pipeline import load as loader
from pipeline import run as runner
from pipeline.data_model import data_model
from pipeline.errors import PipelineError, UsageError
from pipeline.gazetteer import load_gazetteer
from pipeline.load import load
from pipeline.records import (
    AWARD_FIELDS,
    CITATION_FIELDS,
    DOCUMENT_FIELDS,
    LEADER_FIELDS,
    MEETING_FIELDS,
    PARTY_FIELDS,
    Article,
    Award,
    Citation,
    Leader,
    Meeting,
    Party,
    Record,
    Region,
    Slot,
)
from pipeline.rows import Provinces, rows_of
from pipeline.rules import declared_rules
from pipeline.schema import TABLES
from pipeline.score.counts import GROUPS
from pipeline.stages import Plan
from pipeline.store import lock
from pipeline.views import all_views

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def built(tmp_path, gazetteers):
    source = tmp_path / "pages"
    source.mkdir()
    for n in range(3):
        (source / f"a{n}.txt").write_text(f"relevant {n}\nbloc: Khối thi đua số 1\naward: Sở {n}\n", "utf-8")
    out = tmp_path / "out"
    runner.run([str(source)], out, Plan.of(stand_ins.STAGES, gazetteers), 1)
    with lock(out):
        loaded = load(out, gazetteers)
    return out, loaded


def ask(out, sql):
    with duckdb.connect(str(out / "thidua.duckdb"), read_only=True) as db:
        return db.execute(sql).fetchall()


def test_documentation_is_that_of_the_schema():
    assert (ROOT / "docs" / "data-model.md").read_text("utf-8") == data_model(), "run 'make docs'"


def test_the_data_model_knows_the_names_of_every_table_class_group_and_family_of_rules():
    table = data_model().split("\n## ")[1]
    rows = [[set(re.findall(r"[A-Za-z_]+", cell)) for cell in line.split("|")[2:-1]] for line in table.splitlines() if line.startswith("| ")]
    database, _, classes, groups, families = map(set.union, *rows)
    assert {t.name for t in TABLES if any(c.found for c in t.columns)} <= database
    assert {c.__name__ for c in (Record, Meeting, Party, Leader, Award, Citation, Slot)} <= classes
    assert {group.upper() for group in GROUPS} <= groups
    assert {rule.split(".")[0] for rule in declared_rules()} <= families


def test_the_schema_holds_every_field_of_a_record():
    columns = {t.name: {c.name for c in t.columns if c.found} for t in TABLES}
    assert columns["articles"] == set(DOCUMENT_FIELDS)
    assert columns["meetings"] == set(MEETING_FIELDS)
    assert columns["meeting_chairs"] == columns["meeting_participants"] == set(PARTY_FIELDS)
    assert columns["leadership"] == set(LEADER_FIELDS)
    assert columns["awards"] == set(AWARD_FIELDS)
    assert columns["citations"] == set(CITATION_FIELDS)


def test_every_table_view_and_column_has_its_comment(built):
    out, _ = built
    tables = dict(ask(out, "SELECT table_name, comment FROM duckdb_tables()"))
    assert set(tables) == {t.name for t in TABLES}
    columns = ask(out, "SELECT table_name, column_name, c.comment FROM duckdb_columns() c JOIN duckdb_tables() USING (table_name)")
    views = ask(out, "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")
    assert {name for name, _ in views} == {v.name for v in all_views()}
    for view in all_views():
        described = ask(out, f"SELECT column_name, comment FROM duckdb_columns() WHERE table_name = '{view.name}' ORDER BY column_index")
        assert described == list(view.meanings().items()) and all(comment for _, comment in described)
    assert len(columns) == sum(len(t.columns) for t in TABLES)
    assert all(tables.values()) and all(comment for *_, comment in columns) and all(comment for _, comment in views)


def test_keys_are_declared(built):
    out, _ = built
    kinds = ask(out, "SELECT constraint_type, count(*) FROM duckdb_constraints() GROUP BY ALL")
    wanted = {"PRIMARY KEY": len(TABLES), "FOREIGN KEY": sum(bool(c.references) for t in TABLES for c in t.columns)}
    assert wanted.items() <= dict(kinds).items()


def test_views_answer(built):
    out, _ = built
    for view in all_views():
        ask(out, f"FROM {view.name}")
    assert ask(out, "SELECT recipient, award FROM award_history ORDER BY ALL") == [(f"Sở {n}", "Cờ thi đua") for n in range(3)]
    assert ask(out, "SELECT bloc, unit, articles FROM bloc_members") == [("Khối thi đua số 1", "Sở Y tế", 3)]


def test_who_steers_blocs_is_no_member(tmp_path, gazetteers):
    guests = "BAN_TDKT Ban Thi đua - Khen thưởng", "SO_NV Sở Nội vụ", "UBND UBND", "UBND UBND xã Nà Lừ", "SO_TP Sở Tư pháp"
    source = tmp_path / "a.txt"
    source.write_text("relevant\nbloc: Khối thi đua số 1\n" + "".join(f"guest: {g}\n" for g in guests), "utf-8")
    out = tmp_path / "out"
    runner.run([str(source)], out, Plan.of(stand_ins.STAGES, gazetteers), 1)
    with lock(out):
        load(out, gazetteers)
    assert ask(out, "SELECT unit FROM bloc_members ORDER BY ALL") == [("Sở Tư pháp",), ("Sở Y tế",), ("UBND xã Nà Lừ",)]
    assert ask(out, "SELECT kinds FROM units WHERE gazetteer_code = 'BAN_TDKT'") == [(["emulation"],)]


def test_parquet_holds_the_same_rows(built):
    out, loaded = built
    for t in TABLES:
        assert ask(out, f"SELECT count(*) FROM '{out}/tables/{t.name}.parquet'") == [(loaded.counts[t.name],)]


def test_the_database_is_of_a_format_that_1_x_reads(built):
    out, _ = built
    with duckdb.connect() as db:
        db.execute(f"ATTACH '{out / 'thidua.duckdb'}' AS made (READ_ONLY)")
        ((tags,),) = db.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'made'").fetchall()
    assert tags["storage_version"].startswith("v1.0.0")


def test_nothing_is_left_beside_the_database(built):
    out, _ = built
    assert sorted(p.name for p in out.iterdir() if not p.name.startswith(".")) == [
        "clean", "extract", "issues.jsonl", "load", "normalize", "segment", "tables", "thidua.duckdb",
    ]  # fmt: skip
    assert [p.name for p in (out / "load").iterdir()] == ["load.json"]


def test_a_second_load_is_skipped_and_a_lost_database_is_built_again(built, gazetteers):
    out, _ = built
    assert load(out, gazetteers).skipped
    (out / "thidua.duckdb").unlink()
    assert not load(out, gazetteers).skipped
    assert ask(out, "SELECT count(*) FROM articles") == [(3,)]


def test_a_failed_load_leaves_the_old_database(built, gazetteers, monkeypatch):
    out, _ = built
    (out / "load" / "load.json").unlink()
    good = loader.rows_of

    def twice(*args):
        rows = good(*args)
        rows["new_meetings"] *= 2  # the same key twice
        return rows

    monkeypatch.setattr(loader, "rows_of", twice)
    with pytest.raises(PipelineError, match="the old one stays"):
        load(out, gazetteers)
    assert ask(out, "SELECT count(*) FROM meetings") == [(3,)]
    monkeypatch.undo()
    assert not load(out, gazetteers).skipped


def test_an_unfinished_stage_is_refused(built, gazetteers):
    out, _ = built
    (out / "extract" / "shards.json").unlink()
    with pytest.raises(UsageError, match="extract has not finished"):
        load(out, gazetteers)


# --- rows of one article ---------------------------------------------------------------------------------------------

TEXT = "Sáng 5/7/2025, Khối thi đua số 1 họp. Ông A, Giám đốc Sở Y tế chủ trì."


def slot(value, *words, inferred_from=None):
    spans = tuple((TEXT.index(word), TEXT.index(word) + len(word)) for word in words)
    return Slot(value, spans, "test.rule", inferred_from)


@pytest.fixture(scope="module")
def provinces(gazetteers):
    return Provinces(load_gazetteer(gazetteers).table("provinces"))


def rows(provinces, **record):
    article = Article("x", "x.txt", "text", "0" * 64, TEXT, (Region(0, len(TEXT), "body"),))
    return rows_of([(article, Record("x", slot(True, inferred_from="test"), **record))], provinces, {"CO_TINH"})


def test_a_value_in_two_places_has_two_mentions_and_one_inferred_has_one_without_a_place(provinces):
    found = rows(provinces, meetings=(Meeting(slot("signing", "họp", "Khối"), period=slot("2025", inferred_from="the meeting's date")),))
    mentions = [
        (m["row"], m["field"], m["start"], m["text"], m["inferred_from"]) for m in found["new_mentions"] if m["table"] == "meetings"
    ]
    assert mentions == [
        ("x#m1", "kind", TEXT.index("họp"), "họp", None),
        ("x#m1", "kind", TEXT.index("Khối"), "Khối", None),
        ("x#m1", "period", None, None, "the meeting's date"),
    ]


def test_ids_follow_the_place_in_the_record(provinces):
    person = Party(slot("A", "A"), slot("Giám đốc", "Giám đốc"), slot("Sở Y tế", "Sở Y tế"), unit_key="sở y tế", person_key="a")
    meeting = Meeting(
        slot("signing", "họp"), date=slot("2025-07-05", "5/7/2025"), chairs=(person,), participants=(Party(unit=slot("B", "A")),)
    )
    leader = Leader(
        slot("head", "họp"), slot("incoming", "họp"), unit=slot("Sở Y tế", "Sở Y tế"), year=slot(2026, inferred_from="next year")
    )
    found = rows(provinces, meetings=(meeting, meeting), leadership=(leader,))
    assert [r["id"] for r in found["new_meeting_chairs"]] == ["x#m1.c1", "x#m2.c1"]
    assert [(r["id"], r["unit_id"]) for r in found["new_meeting_participants"]] == [("x#m1.p1", "b"), ("x#m2.p1", "b")]
    assert found["new_meeting_chairs"][0] | {"id": ""} == {
        "id": "", "article": "x", "meeting": "x#m1", "person": "A", "position": "Giám đốc", "unit": "Sở Y tế",
        "person_id": "a", "unit_id": "sở y tế",
    }  # fmt: skip
    assert found["new_meetings"][0]["day"] == datetime.date(2025, 7, 5)
    assert (found["new_leadership"][0]["id"], found["new_leadership"][0]["year"]) == ("x#l1", 2026)


def test_a_partial_date_has_no_day(provinces):
    found = rows(provinces, meetings=(Meeting(slot("signing", "họp"), date=slot("2025-07", "7/2025")),))
    assert (found["new_meetings"][0]["date"], found["new_meetings"][0]["day"]) == ("2025-07", None)


@pytest.mark.parametrize(("kind", "column"), [("unit", "unit_id"), ("person", "person_id"), ("household", None)])
def test_a_recipient_goes_to_the_table_of_its_kind(provinces, kind, column):
    award = Award(
        slot("Cờ thi đua", "họp"), slot("conferred", "họp"), recipient=slot("A", "A"), recipient_kind=slot(kind, "A"), code="CO_TINH"
    )
    (row,) = rows(provinces, awards=(award,))["new_awards"]
    assert {name for name in ("unit_id", "person_id") if row.get(name)} == ({column} if column else set())
    assert row["award_code"] == "CO_TINH"


def test_an_unknown_award_code_is_no_key(provinces):
    (row,) = rows(provinces, awards=(Award(slot("Cờ", "họp"), slot("conferred", "họp"), code="XYZ"),))["new_awards"]
    assert row["award_code"] is None


def test_blocs_are_one_row_in_a_province_and_year(provinces):
    bloc = slot("Khối thi đua số 1", "Khối thi đua số 1")
    one = Meeting(slot("signing", "họp"), bloc, period=slot("2025-H1", "2025"), bloc_key="khoi 1")
    two = Meeting(slot("signing", "họp"), bloc, period=slot("2024", "2025"), bloc_key="khoi 1")
    found = rows(provinces, meetings=(one, one, two), province=slot("Lào Cai", inferred_from="test"), province_code="15")
    assert [r["bloc_id"] for r in found["new_meetings"]] == ["Lào Cai/2025/khoi 1", "Lào Cai/2025/khoi 1", "Lào Cai/2024/khoi 1"]


def test_a_bloc_of_several_provinces_has_no_province_and_does_not_change_with_its_host(provinces):
    bloc = slot("Khối thi đua số 1", "Khối thi đua số 1")

    def of(host, told):
        meeting = Meeting(slot("signing", "họp"), bloc, period=slot("2024", "2025"), bloc_key="khoi 1", bloc_of_several=told)
        leader = Leader(slot("head", "họp"), slot("incoming", "họp"), bloc, year=slot(2024, "họp"), bloc_key="khoi 1", bloc_of_several=told)
        return rows(provinces, meetings=(meeting,), leadership=(leader,), province=slot(host, inferred_from="test"))["bloc_years"]

    one, two = of("Lào Cai", "name"), of("Cao Bằng", "name")
    assert {(b["id"], b["province"], b["province_id"]) for b in one + two} == {("*/2024/khoi 1", None, None)}
    told_by_members = of("Lào Cai", "members") + of("Cao Bằng", "members")
    assert {b["id"] for b in told_by_members} == {"*Lào Cai/2024/khoi 1", "*Cao Bằng/2024/khoi 1"}
    assert {b["province"] for b in told_by_members} == {None}


@pytest.mark.parametrize(("day", "id_"), [("2025-06-20", "10@start"), ("2025-07-04", "15@2025-07-01"), ("2026-01-09", "15@2025-07-01")])
def test_in_a_year_of_change_a_bloc_lies_in_the_province_of_the_day(provinces, day, id_):
    bloc = slot("Khối thi đua số 1", "Khối thi đua số 1")
    meeting = Meeting(slot("signing", "họp"), bloc, date=slot(day, "5/7/2025"), period=slot("2025", "2025"), bloc_key="khoi 1")
    found = rows(provinces, meetings=(meeting,), province=slot("Lào Cai", inferred_from="test"))
    assert [(b["year"], b["province_id"]) for b in found["bloc_years"]] == [(2025, id_)]


@pytest.mark.parametrize(
    ("name", "date", "id_"),
    [
        ("Yên Bái", "2022-01-05", "15@start"),
        ("Lào Cai", "2022-01-05", "10@start"),
        ("Lào Cai", "2025-06-30", "10@start"),
        ("Lào Cai", "2025-07-01", "15@2025-07-01"),
        ("Lào Cai", "2025-06", "10@start"),
        ("Lào Cai", "2026", "15@2025-07-01"),
        ("Lào Cai", "2025", None),  # it changed within the year
        ("Lào Cai", None, None),
        ("Cao Bằng", None, "04@start"),
        ("tỉnh Cao Bằng", "2022", "04@start"),
        ("Hồ Chí Minh", "2022-01-01", "79@start"),
        ("Yên Bái", "2026-01-01", None),  # it was no more
        ("Nowhere", "2022-01-01", None),
        (None, "2022-01-01", None),
    ],
)
def test_a_province_is_that_of_the_day(provinces, name, date, id_):
    assert provinces.at(name, date) == id_


def test_successors_are_rows(provinces):
    by_id = {row["id"]: row for row in provinces.rows}
    assert by_id["15@start"]["successor_id"] == "15@2025-07-01"
    assert by_id["02@start"]["successor_id"] == "08@2025-07-01"
    assert by_id["04@start"]["successor_id"] is None
    assert all(row["successor_id"] in by_id for row in provinces.rows if row["successor_id"])


def test_attachments_and_the_look_are_columns_of_the_article():
    links = ("https://sotp.example.vn/QD-12.pdf", "https://sotp.example.vn/ds.docx")
    article = Article("a", "a.html", "html", "0" * 64, "Tin", (Region(0, 3, "title"),), attachments=links, look="passed.emulation")
    (row,) = rows_of([(article, None)], Provinces([]), set())["new_articles"]
    assert (row["attachments"], row["look"]) == (list(links), "passed.emulation")
