import html
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from pipeline.show import FAMILIES, Mention, ShownArticle, pieces, to_html, to_text

TEXT = "Menu | <script>alert(1)</script>\nUBND [red]tỉnh[/red] tặng Cờ thi đua & Bằng khen cho Sở Y tế.\n"


def mention(table, row, field, words, value=None):
    start = TEXT.index(words)
    return Mention(table, row, field, start, start + len(words), words, "test.rule", None, value or words)


@pytest.fixture
def article():
    mentions = [
        mention("awards", "x#a1", "award", "Cờ thi đua"),
        mention("awards", "x#a1", "recipient", "Sở Y tế"),
        mention("meetings", "x#m1", "bloc", "tặng Cờ thi đua & Bằng khen"),
        Mention("awards", "x#a1", "year", None, None, None, "test.rule", "the year <under> review", "2021"),
    ]
    return ShownArticle("x", "Title & <b>", "https://x.vn/?a=1&b=2", "x.txt", TEXT, [(0, TEXT.index("UBND"))], mentions)


def test_pieces_are_the_whole_text_cut_where_mentions_begin_and_end(article):
    found = list(pieces(article))
    assert "".join(piece.text for piece in found) == TEXT
    assert [(p.text, sorted(m.field for m in p.mentions)) for p in found if p.mentions] == [
        ("tặng ", ["bloc"]), ("Cờ thi đua", ["award", "bloc"]), (" & Bằng khen", ["bloc"]), ("Sở Y tế", ["recipient"]),
    ]  # fmt: skip
    assert [p.text for p in found if p.boilerplate] == ["Menu | <script>alert(1)</script>\n"]


def test_the_terminal_shows_the_text_as_it_is_and_colours_the_top_family(article):
    shown = to_text(article)
    assert TEXT in shown.plain
    at = shown.plain.index("Cờ thi đua")
    assert any(span.start == at and FAMILIES["award"][1] in str(span.style) for span in shown.spans)
    assert "year: 2021" in shown.plain and "the year <under> review" in shown.plain


class Page(HTMLParser):
    """The text within the element of class text, the ids, and where links lead."""

    def __init__(self):
        super().__init__()
        self.depth, self.text, self.ids, self.links, self.tags = 0, "", set(), [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append(tag)
        if self.depth or attrs.get("class") == "text":
            self.depth += 1
        if "id" in attrs:
            self.ids.add(attrs["id"])
        if "href" in attrs:
            self.links.append(attrs["href"])

    def handle_endtag(self, tag):
        self.depth -= bool(self.depth)

    def handle_data(self, data):
        if self.depth:
            self.text += data


def test_the_page_needs_nothing_else_and_holds_the_text_unchanged(article):
    page = Page()
    page.feed(to_html(article))
    assert page.text == TEXT
    assert "script" not in page.tags and "link" not in page.tags and "img" not in page.tags
    inner = [link[1:] for link in page.links if link.startswith("#")]
    assert len(inner) == 3 and set(inner) <= page.ids
    assert [link for link in page.links if not link.startswith("#")] == ["https://x.vn/?a=1&b=2"]


def test_an_address_that_is_no_web_address_is_no_link(article):
    page = to_html(ShownArticle("x", None, "javascript:alert(1)", "x.txt", TEXT, [], []))
    assert "href" not in page


CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if (path := shutil.which(name))), None)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install one to see the page in a real browser")
def test_a_browser_shows_the_page(article, tmp_path):
    (tmp_path / "page.html").write_text(to_html(article), "utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    shown = subprocess.run([*command, f"file://{tmp_path / 'page.html'}"], capture_output=True, text=True, timeout=60)
    assert shown.returncode == 0, shown.stderr
    marks = [html.unescape(m) for m in re.findall(r"<mark[^>]*>(.*?)</mark>", shown.stdout, re.S)]
    assert marks == ["tặng ", "Cờ thi đua", " & Bằng khen", "Sở Y tế"]
    picture = subprocess.run(
        [*command[:-1], f"--screenshot={tmp_path / 'page.png'}", "--window-size=1200,800", f"file://{tmp_path / 'page.html'}"],
        capture_output=True, timeout=60,
    )  # fmt: skip
    assert picture.returncode == 0 and (tmp_path / "page.png").stat().st_size > 5000
