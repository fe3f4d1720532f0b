"""Keys that unite the ways of writing one name, and what a bloc's name tells of its provinces."""

from __future__ import annotations

import pytest

from pipeline.normalize.blocs import bloc_key, names_several_provinces


def test_a_bloc_has_one_key_for_its_spellings():
    assert bloc_key("Khối thi đua số IV") == bloc_key("Khối 4") != bloc_key("Khối 5")


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("Cụm thi đua 5 tỉnh ven biển", True),
        ("Cụm thi đua Hội Luật gia các tỉnh phía Bắc", True),
        ("Khối thi đua các Bộ, ngành Nội chính", True),
        ("Khối thi đua số 2", False),
        ("Cụm thi đua các huyện miền Đông", False),
        ("Cụm thi đua các xã vùng cao", False),
        ("Khối thi đua các cơ quan Trung ương trên địa bàn", False),
        ("Khối thi đua doanh nghiệp Trung ương", False),
        ("Cụm thi đua số 6 Tỉnh ủy", False),
    ],
)
def test_a_name_tells_whether_a_bloc_is_of_several_provinces(name, several):
    assert names_several_provinces(name) is several
