"""The views, over rows put into the tables by hand."""

import duckdb
import pytest

from pipeline.schema import TABLES, create_table, quote
from pipeline.views import all_views, create_view


class Database:
    def __init__(self):
        self.db = duckdb.connect()
        for table in TABLES:
            self.db.execute(create_table(table))
        for view in all_views():
            for statement in create_view(view):
                self.db.execute(statement)

    def add(self, table, /, **values):
        names = ", ".join(map(quote, values))
        self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", list(values.values()))

    def article(self, id_, province=None):
        self.add("articles", id=id_, location=id_, media="text", encoding="utf-8", sha256="", text="", province=province)

    def award(self, id_, **values):
        self.add("awards", id=id_, **{"article": "x", "award": "Cờ thi đua", "recipient": "Sở A", "status": "proposed"} | values)

    def ask(self, sql):
        return self.db.execute(sql).fetchall()


@pytest.fixture
def db():
    made = Database()
    made.article("x", "Lào Cai")
    return made


def test_awards_have_the_rows_of_their_recipients(db):
    db.add("units", id="so_yt", name="Sở Y tế", mentions=2)
    db.add("persons", id="lê an", name="Lê An", mentions=1)
    db.award("x#a1", recipient="SỞ Y TẾ", unit_id="so_yt")
    db.award("x#a2", recipient="LÊ AN", person_id="lê an")
    rows = db.ask("SELECT recipient, unit, unit_id, person, person_id FROM award_history ORDER BY award_id")
    assert rows == [("SỞ Y TẾ", "Sở Y tế", "so_yt", None, None), ("LÊ AN", None, None, "Lê An", "lê an")]


@pytest.mark.parametrize(
    ("given", "still_open"),
    [
        ({}, False),
        ({"year": None, "level": None}, False),
        ({"recipient": "Sở  B"}, True),
        ({"award": "Bằng khen"}, True),
        ({"grade": "hạng Ba"}, True),
        ({"year": 2020}, True),
        ({"level": "state"}, True),
        ({"article": "y"}, True),  # of another province
        ({"article": "z"}, False),  # of a province unknown
        ({"status": "proposed"}, True),
    ],
)
def test_a_proposal_is_open_while_no_article_tells_of_the_giving(db, given, still_open):
    db.article("y", "Cao Bằng")
    db.article("z")
    db.award("x#a1", year=2021, level="province")
    db.award("x#a2", **{"status": "conferred", "year": 2021, "level": "province"} | given)
    assert ("x#a1" in {row[0] for row in db.ask("SELECT award_id FROM open_proposals")}) == still_open


def test_proposals_by_number_are_of_nobody_that_could_be_found_again(db):
    db.award("x#a1", recipient=None, count=5)
    assert db.ask("FROM open_proposals") == []


def bloc(db, id_, name, province):
    db.add("blocs", id=id_, key=id_, name=name, province=province, year=2021, mentions=1)


def test_a_bloc_of_several_provinces_has_none_in_any_view(db):
    bloc(db, "one", "Cụm thi đua các tỉnh Tây Bắc", None)
    bloc(db, "two", "Khối thi đua số 1", "Lào Cai")
    db.add("units", id="a", name="Sở A", mentions=1)
    for n, (bloc_id, name) in enumerate([("one", "Cụm Tây Bắc"), ("two", "khối số 1"), (None, None)]):
        leader = {"article": "x", "bloc": name, "bloc_id": bloc_id, "role": "head", "unit": "SỞ A", "unit_id": "a", "status": "incumbent"}
        db.add("leadership", id=f"x#l{n}", **leader)
        db.add("meetings", id=f"x#m{n}", article="x", kind="signing", bloc=name, bloc_id=bloc_id)
    assert db.ask("SELECT bloc_id, province, leader, unit FROM bloc_leaders ORDER BY leadership_id") == [
        ("one", None, "SỞ A", "Sở A"), ("two", "Lào Cai", "SỞ A", "Sở A"), (None, "Lào Cai", "SỞ A", "Sở A"),
    ]  # fmt: skip
    assert db.ask("SELECT bloc_id, province, bloc_province FROM meeting_calendar ORDER BY meeting_id") == [
        ("one", "Lào Cai", None), ("two", "Lào Cai", "Lào Cai"), (None, "Lào Cai", None),
    ]  # fmt: skip
    assert db.ask("SELECT bloc_id, province FROM bloc_members ORDER BY ALL") == [("one", None), ("two", "Lào Cai")]


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("Cụm thi đua số 1 (các huyện) và Cụm thi đua số 2 (các xã)", True),
        ("Khối thi đua số 5 và Khối thi đua số 6", True),
        ("Cụm thi đua số 1, 2 và 3", True),
        ("Khối thi đua số I, số II", True),
        ("Khối thi đua số 4 (khối Nông - Lâm nghiệp, Tài nguyên)", False),
        ("Cụm thi đua số 7, khối các cục nghiệp vụ Bộ Công an", False),
        ("Khối thi đua số 1 và những đơn vị trực thuộc", False),
        ("Khối thi đua các hội (Khối thi đua 7)", False),
        ("Cụm thi đua 06 tỉnh Bắc Trung Bộ ngành Văn hoá, Thể thao và Du lịch", False),
    ],
)
def test_names_of_several_blocs_are_marked(db, name, several):
    bloc(db, "b", name, "Lào Cai")
    db.add("leadership", id="x#l1", article="x", bloc=name, bloc_id="b", role="head", status="incumbent")
    assert db.ask("SELECT several_blocs FROM bloc_leaders") == [(several,)]


@pytest.mark.parametrize(("date", "year"), [("2021-01-15", 2021), ("2021-01", 2021), ("2021", 2021), (None, None)])
def test_meetings_have_the_year_of_their_date(db, date, year):
    db.add("meetings", id="x#m1", article="x", kind="signing", date=date)
    assert db.ask("SELECT year FROM meeting_calendar") == [(year,)]


def test_evidence_has_the_value_beside_its_words_under_names_that_need_no_quotes(db):
    db.award("x#a1", year=2021)
    shown = {"id": "x#a1:recipient:1", "table": "awards", "row": "x#a1", "field": "recipient", "article": "x", "rule": "awards.of"}
    db.add("mentions", **shown, start=5, end=9, text="SỞ A")
    reason = "the year reviewed"
    db.add("mentions", **shown | {"id": "x#a1:year:1", "field": "year", "rule": "awards.year"}, inferred_from=reason)
    names = ", ".join(next(view for view in all_views() if view.name == "evidence").columns)
    assert db.ask(f"SELECT {names} FROM evidence ORDER BY field") == [
        ("x", "awards", "x#a1", "recipient", "Sở A", "SỞ A", "awards.of", None),
        ("x", "awards", "x#a1", "year", "2021", None, "awards.year", reason),
    ]
