"""HTML pages: title, day, lead, paragraphs, captions and attachments. All persons and events are invented."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest

from pipeline.clean import clean, plain_article
from pipeline.errors import ArticleError
from pipeline.records import Article, Source
from pipeline.textmap import squeeze

PORTALS = Path(__file__).parents[2] / "corpus" / "portals"

TITLE = "Khối thi đua Nội chính tổng kết công tác thi đua, khen thưởng năm 2021"
LEAD = (
    "Sáng 07/01/2022, Khối thi đua Nội chính tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm 2021 và ký giao ước thi đua năm"
    " 2022."
)
BODY = [
    "Tham gia Hội nghị có bà Phùng Thị Mai, Phó Giám đốc Sở Nội vụ; đại diện lãnh đạo và cán bộ làm công tác thi đua của tám đơn vị"
    " thành viên.",
    "Theo báo cáo của Trưởng Khối, cả tám đơn vị đều hoàn thành kế hoạch năm, dù nhiều tháng phải chia quân chống"
    " dịch ở biên giới.",
    "Hội nghị đã bỏ phiếu suy tôn Công an tỉnh để đề nghị Chính phủ tặng Cờ thi đua; đề nghị UBND tỉnh tặng Cờ thi đua cho Thanh tra tỉnh.",
]
PARAGRAPHS = "".join(f"<p>{p}</p>" for p in BODY)


def page(html: str, url: str | None = None) -> Article:
    return clean(Source("a", "a.html", "html", html.encode(), url=url))


def kinds(found: Article) -> list[tuple[str, str]]:
    return [(r.kind, found.text[r.start : r.end]) for r in found.regions]


def wrap(middle: str, head: str = "") -> str:
    return (
        f"<html><head>{head}</head><body><div class='banner'>SỞ TƯ PHÁP TỈNH LAI CHÂU</div><div class='today'>Thứ Bảy, 16/12/2023</div>"
        "<ul class='menu'><li><a href='/'>Trang chủ</a></li><li><a href='/gt'>Giới thiệu</a></li><li><a href='/tt'>Tin tức</a></li></ul>"
        f"<div id='center'>{middle}</div><div class='right'><h3>Thời tiết</h3><p>Lai Châu 17oC</p></div><div class='footer'>Bản quyền"
        f" thuộc Sở Tư pháp</div></body></html>"
    )


def test_the_article_in_reading_order() -> None:
    found = page(
        wrap(
            f"<h1>{TITLE}</h1><div class='date'>10/01/2022 08:15</div><p class='sapo'>{LEAD}</p><div class='body'><p>{BODY[0]}</p>"
            "<figure><img src='a.jpg'><figcaption>Bà Phùng Thị Mai trao Cờ thi đua</figcaption></figure>"
            f"<p>{BODY[1]}</p><p>{BODY[2]}</p><p style='text-align: right'>Vàng Tuấn Hải</p></div>"
            "<div class='other'><h3>Các tin khác</h3><ul><li><a href='/1'>Trao Huân chương Lao động hạng Nhì cho Bệnh viện</a>"
            " (28/12/2021)</li></ul></div>"
        )
    )
    assert kinds(found) == [
        ("title", TITLE),
        ("date_line", "10/01/2022 08:15"),
        ("lead", LEAD),
        ("body", BODY[0]),
        ("caption", "Bà Phùng Thị Mai trao Cờ thi đua"),
        ("body", BODY[1]),
        ("body", BODY[2]),
        ("byline", "Vàng Tuấn Hải"),
    ]
    assert found.title is not None and found.title.value == TITLE
    assert found.published is not None and found.published.value == "2022-01-10"
    ((start, end),) = found.published.spans
    assert found.text[start:end] == "10/01/2022"
    assert plain_article(found)["text"].startswith(f"{TITLE}\n{LEAD}\n")


@pytest.mark.parametrize(
    "head",
    [
        f"<h1 class='sitename'>CỔNG THÔNG TIN ĐIỆN TỬ TỈNH LAI CHÂU</h1><div class='news-title'>{TITLE}</div><div>Cập nhật lúc:"
        f" 10/01/2022</div>",
        f"<table><tr><td>{TITLE}</td></tr><tr><td>(10/01/2022)</td></tr></table>",
        f"<h3 class='ArticleHeader'>{TITLE}</h3><div class='ArticleDate'>19:44 10/01/2022 Lượt xem: 233</div>",
        f"<h2><a href='/x'>{TITLE}</a></h2><span>Thứ Hai, 10/01/2022 | 08:12 GMT+7</span><br>",
        f"<div>1/10/2022 3:12:45 PM</div><h1>{TITLE}</h1>",
        f"<table><tr class='news-header'><td class='FolderTitle'>Công chức và viên chức</td><td>10/01/2022</td></tr></table><p class='Title'>"
        f"{TITLE}</p>",  # rubric and day above the headline
        f"<div class='entry-header'><span>(10.01.2022 14:14)</span><h2>{TITLE}</h2></div>",
    ],
)
def test_title_and_day_of_layouts(head: str) -> None:
    found = page(wrap(f"{head}<div class='content'><p>{LEAD}</p>{PARAGRAPHS}</div>", "<title>Chi tiết tin tức</title>"))
    assert found.title is not None and found.title.value == TITLE
    assert found.published is not None and found.published.value == "2022-01-10"
    assert LEAD in found.text and all(p in found.text for p in BODY)


def test_a_site_name_is_no_part_of_the_title() -> None:
    found = page(
        wrap(f"<div>{TITLE}</div><div class='content'><p>{LEAD}</p>{PARAGRAPHS}</div>", f"<title>{TITLE} - Sở Tư pháp Lai Châu</title>")
    )
    assert found.title is not None and found.title.value == TITLE


@pytest.mark.parametrize(
    "head",
    [
        f"<header><h1 class='portlet-title'>Hoạt động của các cơ quan thành viên</h1></header><h2>{TITLE}</h2>",
        f"<div><h2 id='dnn_ctr7_dnnTITLE_label'>Sở với công dân</h2></div><h3>{TITLE}</h3>",
        f"<h1 class='name'>Trường Chính trị tỉnh Lai Châu</h1><h1 class='title'>{TITLE}</h1>",
        f"<div><a href='/'>Quay lại</a> | <a href='#'>Bản in</a> | Font:</div><h4 class='title'>{TITLE}</h4>",
        f"<div><a href='/tin'>Trở lại trang tin của Sở</a> :</div><h2>{TITLE}</h2>",
        f"<div>Thông tin</div><p>{TITLE}</p><div>Khối thi đua Nội chính tổng kết công tác năm 2021</div>",
    ],
)
def test_a_headline_among_rubrics_and_names(head: str) -> None:
    site = "<title>Trường Chính trị tỉnh Lai Châu</title>"
    found = page(wrap(f"{head}<div class='content'><p>{LEAD}</p>{PARAGRAPHS}</div>", site))
    assert found.title is not None and found.title.value == TITLE


def test_a_small_heading_named_a_headline() -> None:
    headline, first = "Người giữ nghề dệt của bản trên", "Bà Vàng Thị Dín ngồi bên khung cửi từ khi trời chưa sáng, như mọi ngày"
    found = page(wrap(f"<h5 class='title'>{headline}</h5><div>Phóng sự</div><div>Admin</div><div><p>{first}</p>{PARAGRAPHS}</div>"))
    assert found.title is not None and found.title.value == headline


def test_a_headline_may_end_in_a_full_stop() -> None:
    for headline, head in (f"<p class='Title'>{TITLE}.</p>", ""), (f"<h1>{TITLE}.</h1>", f"<title>{TITLE}.</title>"):
        found = page(wrap(f"{headline}<div><p>{LEAD}</p>{PARAGRAPHS}</div>", head))
        assert found.title is not None and found.title.value == f"{TITLE}."


def test_the_day_of_a_linked_document_is_not_the_articles() -> None:
    papers = "".join(f"<div><a href='/{n}'>Số: {n}/QĐ</a></div><div><a href='/{n}'>Ngày: 0{n}/09/2017</a></div>" for n in (1, 2))
    found = page(wrap(f"{papers}<div><a href='/2'>Xem chi tiết</a></div><div>Tin</div><h2>{TITLE}</h2><div>{PARAGRAPHS}</div>"))
    assert found.published is None


def test_a_lead_cut_off_in_mid_sentence_is_kept() -> None:
    lead = "Sau hai ngày làm việc với nhiều phần thi sôi nổi của tám đội, tối cuối tuần qua tại sân vận động thành"
    found = page(wrap(f"<div class='title'>{TITLE}</div><div class='moTaNgan'><p>{lead}</p></div><div class='noidung'>{PARAGRAPHS}</div>"))
    assert ("lead", lead) in kinds(found)


@pytest.mark.parametrize("line", ["Xem chi tiết tại đây", "(Tải về toàn văn tại đây)", "Chi tiết xem tại đây.", "Mời xem thêm tại đây:"])
def test_a_pointer_to_another_page_is_not_the_articles(line: str) -> None:
    html = wrap(f"<h1>{TITLE}</h1><div><p>{LEAD}</p>{PARAGRAPHS}<p>{line.replace('tại đây', '<a href=/tep/bc.pdf>tại đây</a>')}</p></div>")
    found = page(html, "https://x.vn/tin/1.html")
    assert "tại đây" not in found.text
    assert found.attachments == ("https://x.vn/tep/bc.pdf",)
    said = "Lễ trao thưởng diễn ra tại đây."
    assert said in page(wrap(f"<h1>{TITLE}</h1><div><p>{LEAD}</p>{PARAGRAPHS}<p>{said}</p></div>")).text


def test_the_day_of_the_head_is_inferred() -> None:
    found = page(wrap(f"<h1>{TITLE}</h1>{PARAGRAPHS}", "<meta property='article:published_time' content='2022-01-10T02:00:00+00:00'>"))
    assert found.published is not None
    assert (found.published.value, found.published.spans, found.published.inferred_from) == (
        "2022-01-10",
        (),
        "meta article:published_time of the page",
    )


def test_no_date_from_address_or_header() -> None:
    assert page(wrap(f"<h1>{TITLE}</h1>{PARAGRAPHS}"), "http://x.vn/2022/01/09/tin-a.html").published is None


def test_a_page_without_classes_in_one_table() -> None:
    cells = "".join(f"<tr><td>{p}</td></tr>" for p in (LEAD, *BODY))
    found = page(
        "<body><table><tr><td>+ Tin hoạt động<br>+ Văn bản pháp luật"
        " mới</td><td><table><tr><td>"
        + TITLE
        + "</td></tr><tr><td>Ngày cập nhật: 10/01/2022</td></tr>"
        + cells
        + (
            "<tr><td>Tin đã đưa</td></tr><tr><td><a href='/1'>» Phiên giao dịch việc làm tháng 11"
            " (20/11/2021)</a></td></tr></table></td></tr></table></body>"
        )
    )
    assert [text for kind, text in kinds(found) if kind in ("lead", "body")] == [LEAD, *BODY]
    assert "Văn bản" not in found.text and "giao dịch" not in found.text


def test_a_table_that_ends_an_article_of_one_paragraph_is_kept() -> None:
    rows = [("Sở Y tế", "Cờ thi đua của UBND tỉnh"), ("Thanh tra tỉnh", "Bằng khen của Chủ tịch UBND tỉnh")]
    table = "".join(f"<tr><td>{who}</td><td>{award}</td></tr>" for who, award in rows)
    found = page(wrap(f"<h1>{TITLE}</h1><p>{LEAD}</p><p>Hội nghị thống nhất đề nghị khen thưởng như sau:</p><table>{table}</table>"))
    assert found.text.endswith("như sau:\n\nSở Y tế\n\nCờ thi đua của UBND tỉnh\n\nThanh tra tỉnh\n\nBằng khen của Chủ tịch UBND tỉnh")


def test_line_breaks_are_paragraphs_unless_a_sentence_goes_on() -> None:
    found = page(wrap(f"<h1>{TITLE}</h1><div>{LEAD}<br><br>{BODY[0]}<br>{BODY[1].replace('kế hoạch', 'kế<br>hoạch')}<br/>{BODY[2]}</div>"))
    assert [text.replace("\n", " ") for kind, text in kinds(found) if kind in ("lead", "body")] == [LEAD, *BODY]


def test_attachments_are_addresses_of_the_article() -> None:
    links = (
        "<p>Tệp đính kèm: <a href='/files/QD-12.pdf'>QĐ 12</a> <a href='ds.DOCX?v=1'>Danh sách</a> <a href='/files/QD-12.pdf'>tải</a> <a"
        " href='javascript:x.pdf'>x</a></p>"
    )
    found = page(wrap(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}{links}</div>"), "https://sotp.example.vn/tin/1.html")
    assert found.attachments == ("https://sotp.example.vn/files/QD-12.pdf", "https://sotp.example.vn/tin/ds.DOCX?v=1")


def test_hidden_text_and_scripts_are_not_read() -> None:
    found = page(wrap(f"<h1>{TITLE}</h1><div><p style='display:none'>{BODY[2]}</p><script>var x = '{BODY[2]}'</script>{PARAGRAPHS}</div>"))
    assert found.text.count(BODY[2]) == 1


def test_two_runs_give_the_same_article() -> None:
    html = wrap(f"<h1>{TITLE}</h1>{PARAGRAPHS}")
    assert page(html) == page(html)


@pytest.mark.parametrize("opening", ["<div>" * 5000, "<b><i>" * 3000, "<table><tr><td>" * 2000, "<div>" * 400])
def test_deeply_nested_pages_are_read_as_crawled_text(opening: str) -> None:
    found = page(f"<html><body>{opening}<h1>{TITLE}</h1>{PARAGRAPHS}")
    assert all(p in found.text for p in BODY)
    assert "nested too deeply" in found.repairs[0]
    assert found.title is not None and found.title.value == TITLE


def test_a_page_cut_off_in_the_middle() -> None:
    html = wrap(f"<h1>{TITLE}</h1><div class='content'>{PARAGRAPHS}")
    found = page(html[: html.index(BODY[2]) + 20])
    assert found.title is not None and found.title.value == TITLE
    assert BODY[0] in found.text and BODY[1] in found.text


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<html><body></body></html>", "no_text"),
        ("<<<<>>><p", "no_text"),
        ("<html><body><ul><li><a href='/'>Trang chủ</a></ul></body></html>", "no_text"),
        ("<html><body>" + "<div>" * 5000 + "</body></html>", "no_text"),
        ("<p>" + "a" * 11_000_000, "too_large"),
        ("   ", "empty"),
    ],
)
def test_pages_without_an_article(html: str, code: str) -> None:
    with pytest.raises(ArticleError) as error:
        page(html)
    assert error.value.code == code


_CONTROL = [chr(code) for code in (*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF)]


@pytest.mark.parametrize("mark", [*_CONTROL, "&#0;", "&#1;", "&#11;", "&#012", "&#31;", "&#x0b;", "&#X1F;", "&#65535;", "&#xFFFE;"], ids=ascii)
def test_characters_that_a_tree_may_not_hold(mark: str) -> None:
    """Beside what is dropped, where the tree joins the texts around it."""
    menu = "<script>menu()</script>"
    found = page(wrap(f"<h1>{TITLE}</h1><div><p>{LEAD}</p>{menu}Tham dự có{mark} lãnh{menu}{mark} đạo Sở Y tế.<p>{BODY[0]}</p></div>"))
    assert "Tham dự có lãnh đạo Sở Y tế." in squeeze(found.text)


def test_numbers_of_other_characters_stay() -> None:
    found = page(wrap(f"<h1>{TITLE}</h1><p>{LEAD}</p><p>{BODY[0]}</p><p>Tham d&#7921; c&#xf3;&#10;l&#227;nh &#273;&#7841;o S&#x1EDF; Y t&#7871;.</p>"))
    assert "Tham dự có lãnh đạo Sở Y tế." in squeeze(found.text)


def _words(text: str) -> str:
    return " " + " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())) + " "


@pytest.mark.parametrize("gold", sorted(PORTALS.glob("*.json")), ids=lambda path: path.stem)
def test_own_portals(gold: Path) -> None:
    wanted = json.loads(gold.read_text(encoding="utf-8"))
    found = plain_article(clean(Source(gold.stem, gold.stem, "html", gold.with_suffix(".html").read_bytes(), url=wanted["url"])))
    have = _words(found["text"])
    assert [s for s in wanted["must_have"] if _words(s) not in have] == []
    assert [s for s in wanted["must_not_have"] if _words(s) in have] == []
    assert _words(found["title"] or "") in [_words(t) for t in (wanted["title"], *wanted.get("title_alt", []))]
    assert found["published"] == wanted["published"]
