"""Encodings: round trips of each table, and that good text is never touched."""

from __future__ import annotations

import re
import unicodedata

import legacy
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.clean.encodings.converters import from_mojibake, from_tcvn3, from_viqr, from_vni, from_windows_1258
from pipeline.clean.encodings.repair import find_repair
from pipeline.errors import ArticleError
from pipeline.records import Source

TEXT = (
    "Khối thi đua Văn hóa - Xã hội tổng kết công tác thi đua, khen thưởng năm 2021\n\n"
    "Sáng 07/01/2022, tại Hội trường Sở Y tế, Khối thi đua Văn hóa - Xã hội tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm"
    " 2021 "
    "và ký giao ước thi đua năm 2022. Đồng chí Lê Hữu Nghĩa, Giám đốc Sở Y tế, Khối trưởng chủ trì Hội nghị.\n\n"
    "Các đơn vị đã bỏ phiếu đề nghị Chính phủ tặng Cờ thi đua cho Sở Giáo dục và Đào tạo; những đơn vị còn lại được biểu dương về “người"
    " tốt, việc tốt”.\n"
)

_ONSETS = [
    "",
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gh",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
    "Đ",
    "H",
    "Th",
]
_NUCLEI = ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "oa", "iê", "uô", "ươ", "âu", "oe", "uy"]
_CODAS = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"]
_TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]


@st.composite
def syllables(draw: st.DrawFn) -> str:
    nucleus = draw(st.sampled_from(_NUCLEI))
    at = draw(st.integers(0, len(nucleus) - 1))
    nucleus = unicodedata.normalize("NFC", nucleus[: at + 1] + draw(st.sampled_from(_TONES)) + nucleus[at + 1 :])
    return draw(st.sampled_from(_ONSETS)) + nucleus + draw(st.sampled_from(_CODAS))


TEXTS = st.lists(syllables(), min_size=1, max_size=40).map(" ".join)
MARKED = st.lists(st.one_of(syllables(), st.sampled_from([".", "?", "'", "~", "(x)", "12", "a.", "ô?", "\\"])), max_size=30).map(" ".join)


@given(TEXTS)
@example("Hà Hà Hà Hà Hà")  # five capitals, but no word in capitals
def test_tcvn3_comes_back(text: str) -> None:
    assume(not re.search(r"(?<!\S)[ằẳẵ](?!\S)", text))  # alone they are no words, and their codes are the signs » ¼ ½
    assert from_tcvn3(legacy.to_tcvn3(text)) == text


@given(TEXTS)
def test_vni_comes_back(text: str) -> None:
    assert from_vni(legacy.to_vni(text)) == text
    assert from_vni(legacy.to_vni(text.upper())) == text.upper()


@given(MARKED)
def test_viqr_comes_back(text: str) -> None:
    assert from_viqr(legacy.to_viqr(text)) == text


@given(TEXTS)
def test_windows_1258_comes_back(text: str) -> None:
    assert unicodedata.normalize("NFC", legacy.to_windows_1258(text).decode("cp1258")) == text
    assert from_windows_1258(legacy.to_windows_1258(text).decode("latin-1")) == text


@given(TEXTS, st.sampled_from(["latin-1", "mixed"]), st.integers(1, 2))
def test_utf8_read_as_windows_1252_comes_back(text: str, reader: str, times: int) -> None:
    wrong = text
    for _ in range(times):
        wrong = (
            wrong.encode().decode("latin-1")
            if reader == "latin-1"
            else "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in wrong.encode())
        )
    assert from_mojibake(wrong) == text


@given(st.lists(syllables(), min_size=0, max_size=60), st.sampled_from(["NFC", "NFD"]))
@settings(max_examples=200)
def test_good_text_is_never_touched(words: list[str], form: str) -> None:
    text = unicodedata.normalize(form, "Hội nghị tổng kết của đơn vị được tổ chức với những người " + " ".join(words))
    assert find_repair(text) is None
    assert clean(Source("a", "a", "text", text.encode())).text == text


@pytest.mark.parametrize(
    "text",
    [
        "This is plain English text, isn't it? Yes. (No.) We've read A. B. and C. to a dog and do it.",
        "Hoi nghi tong ket cong tac thi dua khen thuong nam 2021. Khoi thi dua so 3 (Dak Lak).",
        "Le président français a été élu à l’issue du scrutin où déjà les électeurs étaient très émus.",
        "Tin liên quan\nTin liên quan\nTin liên quan",
        "Trang chủ » Tin tức » Liên hệ ½ © 2010 ®",
        "Hà Nội",
        "",
    ],
)
def test_other_text_is_never_touched(text: str) -> None:
    assert find_repair(text) is None


FORMS = {
    "utf-8": (TEXT.encode(), "utf-8", ()),
    "utf-8 with mark": (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8", ()),
    "utf-16": (TEXT.encode("utf-16"), "utf-16-le", ()),
    "utf-16 without mark": (TEXT.encode("utf-16-be"), "utf-16-be", ()),
    "tcvn3": (legacy.to_tcvn3(TEXT).encode("cp1252"), "tcvn3", ("TCVN3 converted to NFC",)),
    "tcvn3 as utf-8": (legacy.to_tcvn3(TEXT).encode(), "utf-8", ("TCVN3 converted to NFC",)),
    "vni": (legacy.to_vni(TEXT).encode("cp1252"), "vni", ("VNI converted to NFC",)),
    "vni as utf-8": (legacy.to_vni(TEXT).encode(), "utf-8", ("VNI converted to NFC",)),
    "viqr": (legacy.to_viqr(TEXT).encode(), "utf-8", ("VIQR converted to NFC",)),
    "windows-1258": (legacy.to_windows_1258(TEXT), "windows-1258", ("windows-1258 composed to NFC",)),
    "windows-1258 as windows-1252": (
        legacy.to_windows_1258(TEXT).decode("cp1252").encode(),
        "utf-8",
        ("windows-1258 read as windows-1252 converted to NFC",),
    ),
    "mojibake": (TEXT.encode().decode("latin-1").encode(), "utf-8", ("UTF-8 read as windows-1252 converted to NFC",)),
    "entities": ("".join(c if c.isascii() else f"&#{ord(c)};" for c in TEXT).encode(), "utf-8", ("HTML entities resolved",)),
}


@pytest.mark.parametrize("name", FORMS)
def test_an_article_is_the_same_in_every_encoding(name: str) -> None:
    payload, encoding, repairs = FORMS[name]
    wanted = clean(Source("a", "a", "text", TEXT.encode()))
    found = clean(Source("a", "a", "text", payload))
    assert found.text == TEXT
    assert (found.encoding, found.repairs) == (encoding, repairs)
    assert (found.regions, found.title, found.published) == (wanted.regions, wanted.title, wanted.published)


@pytest.mark.parametrize("name", [n for n in FORMS if n not in ("entities", "utf-8 with mark", "utf-16", "utf-16 without mark")])
def test_a_page_is_the_same_in_every_encoding(name: str) -> None:
    title, *paragraphs = TEXT.strip().split("\n\n")

    start, end = "<html><head><meta charset='windows-1252'></head><body><div><h1>", "</p></div></body></html>"
    convert = {
        "utf-8": lambda t: t.encode(),
        "tcvn3": lambda t: legacy.to_tcvn3(t).encode("cp1252"),
        "tcvn3 as utf-8": lambda t: legacy.to_tcvn3(t).encode(),
        "vni": lambda t: legacy.to_vni(t).encode("cp1252"),
        "vni as utf-8": lambda t: legacy.to_vni(t).encode(),
        "viqr": lambda t: legacy.to_viqr(t).encode(),
        "windows-1258": legacy.to_windows_1258,
        "windows-1258 as windows-1252": lambda t: legacy.to_windows_1258(t).decode("cp1252").encode(),
        "mojibake": lambda t: t.encode().decode("latin-1").encode(),
    }[name]
    payload = start.encode() + convert(title) + b"</h1><p>" + b"</p><p>".join(convert(p) for p in paragraphs) + end.encode()
    found = clean(Source("a", "a", "html", payload))
    assert found.text == TEXT.strip()
    assert bool(found.repairs) == (name != "utf-8")


def test_capitals_of_tcvn3_fonts() -> None:
    assert from_tcvn3("KHèI THI §UA sè 3") == "KHỐI THI ĐUA số 3"


def test_mixed_text_keeps_its_good_lines() -> None:
    good = TEXT.split("\n\n")[1]
    text = good + "\n\n" + good.encode().decode("latin-1")
    assert from_mojibake(text) == good + "\n\n" + good


@pytest.mark.parametrize(
    "payload",
    [
        ("Kh?i thi ?ua V?n h?a t?ng k?t c?ng t?c thi ?ua khen th??ng n?m 2021. " * 4).encode(),
        b"\xff\xfe\x81\x8d" * 3 + b"\x90\x9d\xa0" * 400,
    ],
)
def test_lost_letters_are_an_error(payload: bytes) -> None:
    with pytest.raises(ArticleError) as error:
        clean(Source("a", "a", "text", payload))
    assert error.value.code in ("encoding", "binary")


def test_a_text_cut_off_within_a_letter() -> None:
    payload = TEXT.encode()
    cut = payload[: payload.index("Nghĩa".encode()) + 4]
    found = clean(Source("a", "a", "text", cut))
    assert found.repairs == ("bytes that are no UTF-8 replaced by U+FFFD",)
