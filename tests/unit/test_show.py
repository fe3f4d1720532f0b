import html
import re
import shutil
import subprocess
from html.parser import HTMLParser

import duckdb
import pytest

from pipeline.errors import UsageError
from pipeline.schema import TABLES, create_table
from pipeline.show import FAMILIES, Mention, ShownArticle, pieces, read_article, to_html, to_text

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
    assert FAMILIES["award"][1] in style_of(shown, "Cờ thi đua")
    assert "year: 2021" in shown.plain and "the year <under> review" in shown.plain


def style_of(shown, words):
    """All styles that a terminal gives these words."""
    at = shown.plain.index(words)
    styles = [str(span.style) for span in shown.spans if span.start <= at < span.end]
    return " ".join([str(shown.style), *styles]).strip()


def test_values_can_be_told_from_the_words_around_them_with_and_without_colours(article):
    shown = to_text(article)
    assert style_of(shown, " cho ") == ""
    assert style_of(shown, "Menu") == "dim"
    assert {"bold", "underline"} <= set(style_of(shown, "Sở Y tế").split())
    plain = to_text(article, styled=False).plain
    assert "UBND [red]tỉnh[/red] [tặng Cờ thi đua & Bằng khen] cho [Sở Y tế].\n" in plain and "■" not in plain


@pytest.mark.parametrize(("of", "words"), [(("o", None), "A copy of o,"), ((None, "o"), "Nearly a copy of o,"), ((None, None), "")])
def test_a_copy_is_said_to_be_one(of, words):
    with duckdb.connect() as db:
        for table in TABLES:
            db.execute(create_table(table))
        columns = "id, location, media, encoding, sha256, text, duplicate_of, near_duplicate_of"
        for row in (("o", None, None), ("x", *of)):
            db.execute(f"INSERT INTO articles ({columns}) VALUES (?, 'x.txt', 'text', 'utf-8', '', 'text', ?, ?)", row)
        article = read_article(db, "x")
    for told in (to_text(article).plain, to_html(article)):
        assert words in told and ("copy" in told) == bool(words)


def test_the_page_has_heads_breaks_rules_at_their_dots_and_shows_all_families_that_overlap(article):
    page = to_html(article)
    assert page.count("<tr><th>field</th><th>value</th><th>rule</th></tr>") == 2
    assert "test.<wbr>rule: the year &lt;under&gt; review" in page
    (style,) = re.findall(r'<mark class="award[^>]*style="background: (.*?)"[^>]*>Cờ thi đua<', page)
    assert style == f"linear-gradient({FAMILIES['meeting'][2]} 0% 50%, {FAMILIES['award'][2]} 50% 100%)"
    assert page.count("<mark ") - page.count("linear-gradient") == 3


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
    assert len(page.ids) == 3
    assert [link for link in page.links if not link.startswith("#")] == ["https://x.vn/?a=1&b=2"]


@pytest.fixture
def listed():
    """Rows beyond the ninth; a value of two stretches, the first of them in two pieces, since another value stands within."""
    mentions = [mention("awards", f"x#a{n}", "award", "Cờ thi đua") for n in (10, 9)]
    mentions += [mention("awards", "x#a2", "recipient", words, "UBND tỉnh, Sở Y tế") for words in ("UBND [red]tỉnh", "Sở Y tế")]
    mentions += [mention("awards", "x#a2", "award", "UBND")]
    return ShownArticle("x", None, None, "x.txt", TEXT, [], mentions)


def test_rows_stand_by_number_and_a_value_once(listed):
    shown = to_text(listed).plain
    assert shown.index("x#a2\n") < shown.index("x#a9\n") < shown.index("x#a10\n")
    first, second = (f"{TEXT.index(words)}-{TEXT.index(words) + len(words)}" for words in ("UBND [red]tỉnh", "Sở Y tế"))
    assert f"recipient: UBND tỉnh, Sở Y tế  [{first}, {second}] test.rule\n" in shown and shown.count("recipient:") == 1
    told = to_html(listed)
    assert told.count("<td>recipient</td>") == 1
    assert re.findall(r'<a href="#(v\d+-\d+)">(.*?)</a>', told.split("<td>recipient</td>")[1])[:2] == [
        (f"v1-{TEXT.index('UBND')}", "UBND tỉnh, Sở Y tế"), (f"v1-{TEXT.index('Sở Y tế')}", "2"),
    ]  # fmt: skip


def test_an_ambiguous_beginning_names_what_begins_so():
    with duckdb.connect() as db:
        db.execute("CREATE TABLE articles AS SELECT 'ha' || range AS id FROM range(7) UNION ALL SELECT 'an1'")
        with pytest.raises(UsageError, match=r"7 articles begin with 'ha': ha0, ha1, ha2, ha3, ha4 and 2 more\. Write"):
            read_article(db, "ha")
        with pytest.raises(UsageError, match=r"no article 'b'. Articles here: an1, ha0"):
            read_article(db, "b")


def test_an_address_that_is_no_web_address_is_no_link(article):
    page = to_html(ShownArticle("x", None, "javascript:alert(1)", "x.txt", TEXT, [], []))
    assert "href" not in page


CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if (path := shutil.which(name))), None)


in_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install one to see the page in a real browser")


def browse(tmp_path, address, *options):
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", *options]
    shown = subprocess.run([*command, address], capture_output=True, text=True, timeout=60)
    assert shown.returncode == 0, shown.stderr
    return shown.stdout


@in_browser
def test_a_browser_shows_the_page(article, tmp_path):
    (tmp_path / "page.html").write_text(to_html(article), "utf-8")
    shown = browse(tmp_path, f"file://{tmp_path / 'page.html'}", "--dump-dom")
    marks = [html.unescape(m) for m in re.findall(r"<mark[^>]*>(.*?)</mark>", shown, re.S)]
    assert marks == ["tặng ", "Cờ thi đua", " & Bằng khen", "Sở Y tế"]
    browse(tmp_path, f"file://{tmp_path / 'page.html'}", f"--screenshot={tmp_path / 'page.png'}", "--window-size=1200,800")
    assert (tmp_path / "page.png").stat().st_size > 5000


@in_browser
def test_a_link_outlines_every_piece_of_every_stretch(listed, tmp_path):
    """A script that only this test adds tells what the browser outlines behind the value's second link."""
    tell = "document.title = [...document.querySelectorAll('mark')].filter(m => getComputedStyle(m).outlineStyle == 'solid')"
    tell = f"<script>onload = () => {{ {tell}.map(m => m.textContent).join('|') }}</script></body>"
    (tmp_path / "page.html").write_text(to_html(listed).replace("</body>", tell), "utf-8")
    shown = browse(tmp_path, f"file://{tmp_path / 'page.html'}#v1-{TEXT.index('Sở Y tế')}", "--dump-dom")
    assert "<title>UBND| [red]tỉnh|Sở Y tế</title>" in shown
