"""Sentences and words: offsets of the raw text, and what does not end a sentence."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.records import CONTENT_REGIONS, Article, Region, Source
from pipeline.segment import realign, segment, split_sentences, to_doc


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text, 0, len(text))]


def one_region(text: str) -> Article:
    return Article("a", "a.txt", "text", "0", text, (Region(0, len(text), "body"),))


@pytest.mark.parametrize(
    "text",
    [
        "Đ.c Đỗ Văn Hòa, Giám đốc Sở Y tế chủ trì hội nghị.",
        "Dự có đ/c. Nguyễn Văn A, PGS.TS. Trần B, Th.S. Lê C, ThS. Đỗ D và BSCKII. Hà E.",
        "Tại TP. Huế, đại diện T.Ư Hội, UBND P. Long Khánh và ông Nguyễn V. An dự.",
        "Dự có PGS.TS.Lê Văn An, Ths.Đỗ Thị Hà ở TP.Hồ Chí Minh, P.Trưởng ban A.Nam và trang tinh.gov.vn.",
        "Khối có 1.286 tập thể, ngày 14.5.2011 đạt 97.5 điểm.",
        "Khối đề nghị tặng Bằng khen cho. Chi cục Thuế khu vực 2.",
        "Dự có Sở Y tế, Sở Nội vụ, ... Sở Tư pháp.",
        "Các phong trào “Sạch làng, tốt ruộng” (Sơn La...) Khối đều tham gia.",
        "Khối gồm: Sở Y tế; Sở Nội vụ; Sở Tư pháp.",
        "Ông nói “Làm gì khi người ít?” rồi cười.",
        "1. Đề nghị UBND tỉnh tặng Cờ thi đua: Sở Y tế.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Hội nghị kết thúc. Đại biểu ra về.", ["Hội nghị kết thúc.", "Đại biểu ra về."]),
        ("Ai dự? Mọi người! Hay lắm.", ["Ai dự?", "Mọi người!", "Hay lắm."]),
        ("theo tiêu chí./.Nguyễn Thị Lệ Hà", ["theo tiêu chí./.", "Nguyễn Thị Lệ Hà"]),
        ("đạt thành tích xuất sắc.Phát biểu tại Hội nghị, ông A nói.", ["đạt thành tích xuất sắc.", "Phát biểu tại Hội nghị, ông A nói."]),
        ("tổng kết năm 2022.Dự có ông Lò Văn An.Sau đó Khối họp.", ["tổng kết năm 2022.", "Dự có ông Lò Văn An.", "Sau đó Khối họp."]),
        ("Khối họp ngày 4/5/2019.Các sở đều dự (đủ).UBND tỉnh khen.", ["Khối họp ngày 4/5/2019.", "Các sở đều dự (đủ).", "UBND tỉnh khen."]),
        ("được kết quả khả quan... Đồng thời, Khối ký giao ước.", ["được kết quả khả quan...", "Đồng thời, Khối ký giao ước."]),
        ("Hội họp Đại hội lần thứ X. Dự có ông A.", ["Hội họp Đại hội lần thứ X.", "Dự có ông A."]),
        ("Khối có 9 đơn vị. 100% đã ký.", ["Khối có 9 đơn vị.", "100% đã ký."]),
        ("“Ít mà trúng.” Ông A nói.", ["“Ít mà trúng.”", "Ông A nói."]),
    ],
)
def test_cuts(text: str, cut: list[str]) -> None:
    assert sentences(text) == cut


@given(st.text(alphabet='aAđĐ .?!…;,\n"()1ề\u0301', max_size=80))
def test_sentences_hold_every_letter_once(text: str) -> None:
    spans = list(split_sentences(text, 0, len(text)))
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


def test_nothing_crosses_or_leaves_content_regions() -> None:
    text = (
        "Trang chủ | Tin tức\nKhối thi đua số 3 tổng kết năm 2021\nSáng 07/01, Khối thi đua số 3 tổ chức hội nghị tổng kết. Khối có chín"
        " đơn vị.\nTin khác\nTin kia"
    )
    article = clean(Source("a", "a", "text", text.encode()))
    found = segment(article)
    regions = [(r.start, r.end) for r in article.regions if r.kind in CONTENT_REGIONS]
    for spans in (found.sentences, found.words):
        assert spans and all(any(a <= start and end <= b for a, b in regions) for start, end in spans)


TEXTS = [
    "Khối thi đua Văn hoá – Xã  hội\u00a0tổ chức; thuỷ lợi, 742/QĐ-UBND ngày 15/5/2016./.",
    "Đ/c Đỗ Văn Bách - Trưởng Ban TĐKT (Sở Nội vụ) trao Cờ thi đua…",
    "“Doanh nghiệp”, PT - TH\u200b, THPT   số\u00ad1 ★ 15°C",
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", TEXTS)
def test_words_are_slices_and_cover_the_text(text: str, form: str) -> None:
    text = unicodedata.normalize(form, text)
    article = one_region(text)
    found = segment(article)
    covered = {i for a, b in found.words for i in range(a, b)}
    assert all(i in covered or text[i].isspace() for i in range(len(text)))
    assert all(not text[a].isspace() and not text[b - 1].isspace() for a, b in found.words)


def test_words_are_not_respelt_and_compounds_stay() -> None:
    text = "Khối thi đua Văn hoá - Xã hội họp tại Thuỷ Nguyên."
    words = [text[a:b] for a, b in segment(one_region(text)).words]
    assert "thi đua" in words and "Văn hoá" in words


def test_realign_refuses_other_letters() -> None:
    assert realign("Văn hoá", ["Văn", "hóa"]) is None
    assert realign("Văn  hoá", ["Văn hoá"]) == [(0, 8)]
    assert realign("Văn hoá", ["Văn"]) is None


def test_doc_has_the_articles_offsets() -> None:
    text = (
        "Tin tức |  Liên hệ\n\nKhối thi đua số 3 tổng kết năm 2021\n\n  Sáng 07/01, Khối thi đua số 3 tổ chức hội nghị tổng kết.  Khối"
        " có chín đơn vị.\n"
    )
    article = clean(Source("a", "a", "text", text.encode()))
    found = segment(article)
    doc = to_doc(article, found)
    assert doc.text == article.text
    assert set(found.words) <= {(t.idx, t.idx + len(t)) for t in doc}
    assert {a for a, _ in found.sentences} <= {s.start_char for s in doc.sents}
    assert [s.label_ for s in doc.spans["regions"]] == [r.kind for r in article.regions]
    assert [s.text.strip() for s in doc.spans["regions"]] == [article.text[r.start : r.end] for r in article.regions]


def test_sentences_alone_import_no_tokenizer() -> None:
    code = (
        "import sys\nfrom pipeline.records import *\nfrom pipeline.segment import segment\n"
        "segment(Article('a','a','text','0','Một câu.',(Region(0,8,'body'),)), words=False)\n"
        "assert not {'underthesea', 'spacy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
