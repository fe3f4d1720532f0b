import html
import json
import re
import unicodedata
from pathlib import Path

import legacy
import pytest

from pipeline.clean import clean_if_likely
from pipeline.clean.look import judge_text, look_at
from pipeline.gazetteer import load_gazetteer
from pipeline.records import Source, to_plain
from pipeline.stages import STAGES, Plan, Task, decode, process

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
RELEVANT = sorted(path.stem for path in (CORPUS / "gold").glob("*.json") if json.loads(path.read_bytes())["relevant"])
TEXTS = [
    text
    for name in RELEVANT
    if (path := CORPUS / "articles" / f"{name}.txt").exists() and "đ" in (text := path.read_bytes().decode("utf-8", "replace"))
]
WEATHER = (
    "Bắc Bộ mưa rào, nhiệt độ giảm nhẹ\nTừ đêm nay, không khí lạnh yếu ảnh hưởng đến vùng núi phía bắc, gây mưa rào và dông vài nơi.\n"
    "Cơ quan khí tượng khuyến cáo người dân đề phòng lốc, sét trong cơn dông và theo dõi các bản tin tiếp theo trước khi ra đồng.\n" * 3
)
RACE = (
    "Ba tay đua bị loại sau chặng thứ tư\nBan tổ chức giải cho biết ba tay đua bị loại vì vượt quá thời gian quy định ở đoạn đèo cuối cùng.\n"
    "Các đội sẽ nghỉ một ngày, kiểm tra xe và bước vào chặng đua dài nhất của giải vào sáng thứ sáu, dự báo trời nắng nóng.\n" * 4
)
ENCODINGS = {
    "UTF-8": lambda text: text.encode(),
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "TCVN3": lambda text: legacy.to_tcvn3(text).encode("cp1252", "replace"),
    "TCVN3 in UTF-8": lambda text: legacy.to_tcvn3(text).encode(),
    "VNI": lambda text: legacy.to_vni(text).encode("cp1252", "replace"),
    "VNI in UTF-8": lambda text: legacy.to_vni(text).encode(),
    "VIQR": lambda text: legacy.to_viqr(text).encode(),
    "windows-1258": legacy.to_windows_1258,
    "UTF-8 read as latin-1": lambda text: text.encode().decode("latin-1").encode(),
    "entities": lambda text: text.encode("ascii", "xmlcharrefreplace"),
    "entities twice": lambda text: html.escape(text.encode("ascii", "xmlcharrefreplace").decode()).encode(),
    "no-break blanks": lambda text: text.replace(" ", "\xa0").encode(),
    "soft hyphens": lambda text: re.sub(r"(?<=\w)(?=\w\w\b)", "\u00ad", text).encode(),
}


def source(payload: bytes, media: str = "text") -> Source:
    return Source("a", "a.html" if media == "html" else "a.txt", media, payload)


def page(body: str, around: str = "") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    return f"<html><head><title>Cổng thông tin</title></head><body>{around}{paragraphs}</body></html>".encode()


@pytest.mark.parametrize("award", [a for a in load_gazetteer().table("awards") if a.fields["category"] != "not_an_award"], ids=lambda a: a.code)
@pytest.mark.parametrize("media", ["text", "html"])
def test_every_award_of_the_catalogue_passes_by_its_name(award, media):
    """The look has words of its own; an award added to the table must be among them, or hold one of them."""
    body = f"Chuyện ở Phố Mới\nÔng Vi Văn Hợi ở Phố Mới vừa được trao {award.name} tại hội trường của trường.\n{WEATHER}"
    assert look_at(source(page(body) if media == "html" else body.encode(), media)).startswith("passed")


@pytest.mark.parametrize("name", RELEVANT)
def test_no_relevant_article_of_the_corpus_is_refused(name):
    found = [path for folder in ("articles", "portals") for path in (CORPUS / folder).glob(f"{name}.*") if path.suffix in (".txt", ".html")]
    assert found
    for path in found:
        assert look_at(source(path.read_bytes(), "html" if path.suffix == ".html" else "text")).startswith("passed"), path


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encoding_refuses_no_relevant_article(encoding):
    assert TEXTS
    for text in TEXTS:
        assert look_at(source(ENCODINGS[encoding](text))).startswith("passed"), text[:60]


MENU = "".join(f"<li><a href='/{n}' title='Thi đua - Khen thưởng'><b>Thi đua</b> - Khen thưởng {n}</a></li>" for n in range(9))


@pytest.mark.parametrize("encoding", [name for name in ENCODINGS if name != "UTF-16"])
def test_the_encoding_refuses_no_relevant_page(encoding):
    """Its paragraphs in an encoding, the portal around it in UTF-8: what is settled without parsing must see them, too."""
    for text in TEXTS:
        paragraphs = b"".join(b"<p><span>" + ENCODINGS[encoding](line).replace(b"<", b"&lt;") + b"</span></p>" for line in text.split("\n"))
        for around in (b"", f"<ul>{MENU}</ul>".encode()):
            found = look_at(source(b"<html><body>" + around + b"<div>" + paragraphs + b"</div>" + around + b"</body></html>", "html"))
            assert found.startswith("passed"), text[:60]


@pytest.mark.parametrize(
    ("words", "passes"),
    [
        ("<p>Chiều nay, <b>Khối thi</b> <i>đua</i> số 3 họp tổng kết năm</p>", True),
        ("<h1><a href='/a'>Khối thi đua số 3 tổng kết công tác năm</a></h1>", True),
        ("<p>Mời xem <a href='/a'>tin của Khối thi đua số 3</a></p>", True),
        ("<p><a href='/a'>Khối thi đua số 3 tổng kết công tác năm</a></p>", False),
        ("<p title='Khối thi đua số 3 tổng kết công tác năm'>x</p>", False),
        ("<!-- Khối thi đua số 3 tổng kết công tác năm -->", False),
        ("<p>Kết quả là 5 <6, Khối thi đua số 3 tổng kết năm</p>", True),
        ("<meta property='og:title' content='Khối thi đua số 3 tổng kết công tác năm'>", True),
        ("<p>Khối thi &#273;ua s&#7889; 3 t&#7893;ng k&#7871;t c&ocirc;ng t&aacute;c n&#259;m</p>" + "<p>&#7889;</p>" * 9, True),
    ],
)
def test_where_a_word_stands_settles_it_before_parsing(words, passes):
    assert look_at(source(page(WEATHER, words), "html")).startswith("passed" if passes else "refused")


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (WEATHER, "refused.no_word"),
        (RACE, "refused.no_event"),
        ("Khối thi đua số 3 ký giao ước thi đua năm 2020\n" + WEATHER, "passed.emulation"),
        ("Hai thanh niên được tặng giấy khen vì cứu người đuối nước\n" + WEATHER, "passed.award_on_top"),
        ("Âm thanh hùng tráng của tiếng gió vang khắp thung lũng\n" + WEATHER, "refused.no_event"),
        (WEATHER + "Dịp này, Chủ tịch huyện đã trao tặng giấy khen cho hai thanh niên cứu người.\n", "passed.award_given"),
        (WEATHER * 4 + "Dịp này, Chủ tịch huyện đã trao tặng giấy khen cho hai thanh niên cứu người.\n", "passed.award_given"),
        (WEATHER * 4 + "Trên tường nhà ông treo nhiều bằng khen, lễ tân của làng vẫn đông khách xem gió.\n", "refused.no_event"),
        (WEATHER + "Buổi gặp mặt các điển hình tiêu biểu trong học tập diễn ra tại thị trấn vùng cao.\n", "passed.emulation"),
    ],
)
def test_what_is_refused_and_why(body, verdict):
    assert look_at(source(body.encode())) == verdict
    assert look_at(source(page(body), "html")) == verdict
    assert judge_text(body).partition(".")[0] == verdict.partition(".")[0]


def test_menus_and_lists_of_other_news_let_no_page_pass():
    items = ("Thi đua - Khen thưởng", "Hội nghị tổng kết công tác thi đua, khen thưởng của Khối thi đua số 3")
    menu = "<ul>" + "".join(f'<li><a href="/{item}">{item}</a></li>' for item in items * 9) + "</ul>"
    assert look_at(source(page(WEATHER, menu), "html")) == "refused.no_event"


def test_an_article_within_an_anchor_that_is_never_closed_passes():
    body = "Khối thi đua số 3 ký giao ước thi đua năm 2020\n" + WEATHER
    assert look_at(source(page(body, '<a href="/">'), "html")).startswith("passed")


def test_a_link_within_a_sentence_is_read():
    body = 'Chiều 3/4, bà nhận <a href="/tag/bang-khen">Bằng khen</a> của Chủ tịch tỉnh vì thành tích cứu người.\n' + WEATHER
    assert look_at(source(page(body), "html")).startswith("passed")


@pytest.mark.parametrize("payload", [b"", b"%PDF-1.4", b"\x00\xff" * 50, b"<div>" * 100_000 + b"text", b"<html></html>"])
def test_what_cannot_be_read_passes_so_that_cleaning_says_why(payload):
    assert look_at(source(payload, "html")).startswith("passed")


def test_a_refused_page_keeps_its_row_and_gets_an_empty_record():
    payload = page(WEATHER).replace(b"</head>", b'<meta property="article:published_time" content="2021-03-04T07:00"></head>')
    [(rows, _)] = process([Task("a", source(payload, "html"), "", {}, {})], Plan.of(STAGES))
    article, record = decode("clean", rows["clean"].body), decode("normalize", rows["normalize"].body)
    assert (article.look, article.refused, article.text) == ("refused.no_word", True, "Cổng thông tin")
    assert decode("segment", rows["segment"].body).sentences == ()
    assert (record.relevant.value, record.relevant.rule) == (False, "clean.relevant.refused")
    assert "refused.no_word" in record.relevant.inferred_from
    assert to_plain(record)["published"] == "2021-03-04" and to_plain(record)["awards"] == []


def test_refused_crawled_text_keeps_its_text():
    article = clean_if_likely(source(WEATHER.encode()))
    assert article.refused and article.text == WEATHER and article.title.value == WEATHER.split("\n")[0]
