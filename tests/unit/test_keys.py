"""Keys that unite the ways of writing one name, and what a bloc's name tells of its provinces."""

from __future__ import annotations

import pytest

from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.gazetteer import load_gazetteer
from pipeline.normalize import normalize
from pipeline.normalize.awards import award_code
from pipeline.normalize.blocs import bloc_key, names_several_provinces
from pipeline.normalize.parties import settle_parties
from pipeline.normalize.units import identify
from pipeline.records import Meeting, Party, Slot, Source
from pipeline.schema import LEVELS
from pipeline.segment import segment


def test_a_bloc_has_one_key_for_its_spellings():
    assert bloc_key("Khối thi đua số IV") == bloc_key("Khối 4") != bloc_key("Khối 5")


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("Cụm thi đua 5 tỉnh ven biển", True),
        ("Cụm thi đua Hội Luật gia các tỉnh phía Bắc", True),
        ("Khối thi đua các Bộ, ngành số 2", True),
        ("Khối thi đua số 2", False),
        ("Cụm thi đua các xã miền Đông", False),
        ("Cụm thi đua các xã vùng cao", False),
        ("Khối thi đua các cơ quan Trung ương trên địa bàn", False),
        ("Khối thi đua doanh nghiệp Trung ương", False),
        ("Cụm thi đua số 9 Tỉnh ủy", False),
    ],
)
def test_a_name_tells_whether_a_bloc_is_of_several_provinces(name, several):
    assert names_several_provinces(name) is several


def test_a_unit_whose_key_begins_with_a_code_has_that_code():
    gazetteer = load_gazetteer()
    assert identify("Sở GD&ĐT", gazetteer) == identify("Sở Giáo dục và Đào tạo", gazetteer) == ("SO_GDDT", "so_gddt")
    assert identify("bộ CHQS tỉnh Hà Nam", gazetteer) == ("BCHQS", "bchqs hà nam")
    assert identify("Trường Cao đẳng Nà Lừ", gazetteer) == (None, "trường cao đẳng nà lừ")


def test_units_of_a_list_have_the_code_of_their_kind():
    text = "Khối thi đua số 1 sơ kết 6 tháng năm 2024\nSáng 5/7/2024, Khối thi đua số 1 gồm các Sở: Y tế, Nội vụ và Thanh tra tỉnh sơ kết."
    article = clean(Source("x", "x.txt", "text", text.encode()))
    gazetteer = load_gazetteer()
    (meeting,) = normalize(extract(article, segment(article, words=False), gazetteer), article, gazetteer).meetings
    assert [(str(p.unit.value), p.unit_code, p.unit_key) for p in meeting.participants] == [
        ("Sở Y tế", "SO_YT", "so_yt"), ("Sở Nội vụ", "SO_NV", "so_nv"), ("Thanh tra tỉnh", "TT_TINH", "tt_tinh"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "level", "settled"),
    [
        ("BK", "province", "BK_TINH"),
        ("BK_BO", "province", "BK_TINH"),  # "Bằng khen của Bộ Y tế và UBND tỉnh"
        ("CO_CP", "sector", "CO_DOANTHE_TINH"),
        ("BK_BO", "sector", "BK"),
        ("BK", None, "BK"),
        ("CSTD_CS", "district", "CSTD_CS"),
        ("TTLDXS", "province", "TTLDXS"),
        ("TTLDTT", "sector", "TTLDTT"),
    ],
)
def test_the_code_of_an_award_fits_its_giver(code, level, settled):
    gazetteer = load_gazetteer()
    bare = next(e.fields["bare"] for e in gazetteer.table("awards") if e.code == code)
    assert award_code(code, bare, level, gazetteer) == settled


def test_no_code_contradicts_a_level_where_the_bare_name_has_a_row():
    gazetteer = load_gazetteer()
    rows = {e.code: e for e in gazetteer.table("awards")}
    open_names = {e.name for e in rows.values() if not e.fields["level"]}
    for code, level in ((c, lv) for c in rows for lv in LEVELS):
        fixed = rows[award_code(code, rows[code].fields["bare"], level, gazetteer)].fields["level"]
        fits = level in fixed.split("|") or fixed in ("", "grassroots") or rows[code].fields["bare"] not in open_names
        assert fits, (code, level)


def test_a_commune_and_its_committee_are_one_unit_a_province_and_its_committee_two():
    gazetteer = load_gazetteer()
    assert identify("xã Nà Lừ", gazetteer) == (None, "xã nà lừ")
    assert identify("UBND xã Nà Lừ", gazetteer) == identify("Ủy ban nhân dân xã Nà Lừ", gazetteer) == ("UBND", "xã nà lừ")
    assert identify("UBND tỉnh Hà Nam", gazetteer)[1] != identify("tỉnh Hà Nam", gazetteer)[1]
    assert identify("UBND", gazetteer) == ("UBND", "ubnd")


def test_a_branch_is_not_its_department():
    gazetteer = load_gazetteer()
    rows = {e.code: e for e in gazetteer.table("units")}
    for name in ("Chi cục Hải quan Nà Lừ", "Chi cục THADS huyện Nà Lừ", "Chi cục Thống kê huyện Nà Lừ", "Chi cục Thuế huyện Nà Lừ"):
        code, _ = identify(name, gazetteer)
        parent = rows[rows[code].fields["parent"]]
        assert rows[code].name.startswith("Chi cục") and parent.name.startswith("Cục"), name


def test_committee_and_place_are_one_participant_by_the_committees_name():
    parties = tuple(Party(unit=Slot(name, ((0, 1),), "test")) for name in ("xã Nà Lừ", "UBND xã Nà Lừ", "phường Bản Qua"))
    (settled,) = [settle_parties(Meeting(Slot("signing", ((0, 1),), "test"), participants=parties), load_gazetteer())]
    assert [p.unit.value for p in settled.participants] == ["UBND xã Nà Lừ", "phường Bản Qua"]


def test_schools_of_one_place_are_several_units_each_with_its_spellings():
    gazetteer = load_gazetteer()
    keys = [identify(f"{head} Nà Lừ", gazetteer)[1] for head in ("Trường Mầm non", "Trường Tiểu học", "Trường THCS", "Trường THPT")]
    assert len(set(keys)) == 4
    for one, two in (
        ("Trường MN Nà Lừ", "Mầm non Nà Lừ"),
        ("Trường Trung học cơ sở Nà Lừ", "THCS Nà Lừ"),
        ("Trường TH&THCS Nà Lừ", "Trường Tiểu học và THCS Nà Lừ"),
        ("Trường Trung học phổ thông Nà Lừ", "THPT Nà Lừ"),
    ):
        assert identify(one, gazetteer) == identify(two, gazetteer), one


def test_a_museum_is_no_library():
    gazetteer = load_gazetteer()
    assert identify("Bảo tàng tỉnh", gazetteer) != identify("Thư viện tỉnh", gazetteer)


def test_a_town_is_not_its_province_and_a_city_needs_no_word():
    gazetteer = load_gazetteer()
    for body in ("UBND", "Hội Nông dân", "Trung tâm Khuyến nông"):
        assert identify(f"{body} tỉnh Lào Cai", gazetteer) != identify(f"{body} thành phố Lào Cai", gazetteer)
        assert identify(f"{body} TP. Lào Cai", gazetteer) == identify(f"{body} thành phố Lào Cai", gazetteer)
        assert identify(f"{body} thành phố Hải Phòng", gazetteer) == identify(f"{body} Hải Phòng", gazetteer)
    assert identify("Sở Y tế TP.HCM", gazetteer) == identify("Sở Y tế TP HCM", gazetteer)
    assert identify("Sở Y tế thành phố", gazetteer) == identify("Sở Y tế", gazetteer)
