"""The folded view: what it makes alike, and the way back to the raw text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pipeline.textmap import FoldedText, fold, fold_view, squeeze

STEADY = settings(derandomize=True, deadline=None, database=None, max_examples=300)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("hoà bình", "hòa bình"),
        ("THUÝ", "thúy"),
        ("uỷ ban", "ủy ban"),
        ("chiến sỹ", "chiến sĩ"),
        ("kỷ niệm", "kỉ niệm"),
        ("quý I", "quí I"),
        ("Văn hoá – Xã  hội", "Văn hóa-Xã hội"),
        ("Văn hóa -Xã hội", "Văn hóa - Xã hội"),
        ("Sở VH, TT & DL", "Sở VH,TT&DL"),
        ("Số 742 / QĐ - UBND", "số 742/QĐ-UBND"),
        ("đầu năm , triển khai", "đầu năm, triển khai"),
        ("Hội nghị :", "Hội nghị:"),
        ("thi đua", "thi\u00a0đua"),
        ("thi đua", "thi\u200b đua"),
        ("thi đua", "thi\r\nđua"),
        ("khen thưởng", "khen thu\u031bo\u031b\u0309ng"),
        ("khen thuởng", "khen thưởng"),  # one of the two horns is lost
        ("Trưòng", "Trường"),
        ("Ðiện Biên", "Điện Biên"),
        ("ðơn vị", "đơn vị"),
        ("“Dân vận khéo”", '"Dân vận khéo"'),
        ("K’Ré", "K'Ré"),
        ("\u0421ờ thi đua", "Cờ thi đua"),  # a Cyrillic С
        ("TỈNH ỦY", "tỉnh uỷ"),
        ("Khối TĐ số 4", "Khối thi đua số 4"),
        ("CỤM TĐ", "Cụm thi đua"),
        ("ký giao ước TĐ", "ký giao ước thi đua"),
    ],
)
def test_ways_of_typing_one_name(one, two):
    assert fold(one) == fold(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("quý", "qúy"),  # behind q the u is no vowel, the mark has one place
        ("hoàn", "hòan"),  # not an open syllable
        ("thuở", "thưở"),  # an open syllable is whole
        ("tỷ", "tỉa"),
        ("Ba Bể", "Ba Bế"),
        ("số 4", "số 14"),
        ("thi đua", "thiđua"),
        ("Sở Y tế", "Sở I tế"),
        ("thủy", "thủi"),  # y behind u is no i
        ("tập đoàn TĐ", "tập đoàn thi đua"),
        ("Khối TĐKT", "Khối thi đuaKT"),
    ],
)
def test_different_names_stay_different(one, two):
    assert fold(one) != fold(two)


def test_a_name_is_found_in_the_raw_text():
    raw = "Tại  Hội\u00a0nghị, U\u0309y ban MTTQ\n– cụm trưởng…"
    text = FoldedText(raw)
    at = text.key.index("ủy ban mttq")
    start, end = text.to_raw(at, at + len("ủy ban mttq"))
    assert raw[start:end] == "U\u0309y ban MTTQ"
    assert text.view[at] == "Ủ"


def test_an_empty_span_stays_empty():
    text = FoldedText("a  b")
    assert text.to_raw(1, 1) == (1, 1)


def test_squeeze_keeps_letters():
    assert squeeze(" Sở\u00a0 Y\n tế\u200b ") == "Sở Y tế"


# --- any text ---------------------------------------------------------------------------------------------------------------

_LETTERS = "aăâeêioôơuưyđAĂÂEÊOÔƠUƯYĐhtqsklmvxÐðİßﬁ"
_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
_SIGNS = " \t\n\r\u00a0\u2009\u200b\u200d\ufeff\u00ad-–—,&/;:).\"“’`0129"
_TEXTS = st.text(st.sampled_from(_LETTERS + _MARKS + _SIGNS) | st.characters(exclude_categories=["Cs"]), max_size=60)
_WORD = re.compile(r"\w+")


@STEADY
@given(_TEXTS)
def test_view_and_key_share_one_index(raw):
    text = FoldedText(raw)
    assert len(text.view) == len(text.key)
    assert fold_view(text.view) == text.key


@STEADY
@given(_TEXTS)
def test_every_place_leads_back_into_the_raw_text(raw):
    text = FoldedText(raw)
    before = 0
    for i in range(len(text.view)):
        start, end = text.to_raw(i, i + 1)
        assert 0 <= start < end <= len(raw)
        assert before <= start
        assert text.to_folded(start) <= i
        before = start
    if text.view:
        assert text.to_raw(0, len(text.view))[0] <= text.to_raw(0, 1)[0]


@STEADY
@given(_TEXTS)
def test_raw_places_go_forward_in_the_view(raw):
    text = FoldedText(raw)
    places = [text.to_folded(i) for i in range(len(raw) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text.view) for place in places)


@STEADY
@given(_TEXTS)
def test_a_word_of_the_view_is_spelt_by_its_raw_stretch(raw):
    text = FoldedText(raw)
    for word in _WORD.finditer(text.key):
        start, end = text.to_raw(*word.span())
        assert FoldedText(raw[start:end]).key == word[0]


@STEADY
@given(_TEXTS)
@example("a , , b")
@example("a - \u200b - b")
def test_folding_twice_is_folding_once(raw):
    once = fold(raw)
    assert fold(once) == once


@STEADY
@given(st.text(st.sampled_from(_LETTERS.replace("İ", "") + _MARKS + _SIGNS), max_size=60))
def test_the_composition_of_letters_does_not_matter(raw):
    composed = unicodedata.normalize("NFC", raw)
    assert fold(composed) == fold(unicodedata.normalize("NFD", composed))


@STEADY
@given(st.lists(st.text(st.sampled_from(_LETTERS), min_size=1, max_size=6), min_size=1, max_size=6), st.lists(st.sampled_from(_SIGNS[:9]), min_size=1, max_size=4))
def test_every_kind_of_blank_is_one_blank(words, blanks):
    assume(any(blank.isspace() for blank in blanks))
    assert fold("".join(blanks).join(words)) == fold(" ".join(words))
