"""Addresses, links, configuration, robots, archives: what needs no server."""

import csv
import datetime as dt
import gzip
import io
import random
import unicodedata

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline import warc
from pipeline.errors import UsageError
from pipeline.fetch import addresses, links, polite, spider
from pipeline.fetch.archive import Answer, Archive
from pipeline.fetch.books import Book, State
from pipeline.fetch.config import Options, Site, choose, read_file
from pipeline.fetch.links import Link
from pipeline.gazetteer import default_folder
from pipeline.records import Issue
from pipeline.sources import read_sources

# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["ftp://a.vn/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://[::1", "http://a:99999/", "http://u:p@a.vn/", "//a.vn", "http://a b/"],
)
def test_addresses_that_are_none(url):
    assert addresses.problem_of(url)


def test_the_same_page_has_one_key():
    same = [
        "http://A.vn:80/x?b=2&a=1#top", "http://a.vn/(S(abc1))/x?a=1&b=2", "http://a.vn/x;jsessionid=12AB?a=1&b=2", "http://a.vn/x?a=1&utm_source=f&b=2&fbclid=9",
    ]  # fmt: skip
    assert len({addresses.key_of(url) for url in same}) == 1
    assert addresses.key_of("http://a.vn") == addresses.key_of("http://a.vn/")
    assert len({addresses.key_of(url) for url in ("http://a.vn/x", "https://a.vn/x", "http://a.vn:81/x", "http://a.vn/X", "http://a.vn/x?a=")}) == 5


@pytest.mark.parametrize(
    "ip", "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.1.1 0.0.0.0 100.64.0.1 224.0.0.1 ::1 fe80::1 fc00::1 ::ffff:10.0.0.1".split()
)
def test_private_addresses(ip):
    assert not addresses.is_public(ip)


def test_public_addresses():
    assert addresses.is_public("203.162.4.190") and addresses.is_public("2001:4860:4860::8888")


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.01", "1.2.3.4.5"])
def test_numbers_that_systems_read_as_addresses_are_refused(host):
    with pytest.raises(ValueError):
        addresses.literal_of(host)


def test_hosts_below_a_source_belong_to_it_and_look_alikes_do_not():
    own = {"www.backan.gov.vn"}
    assert all(addresses.belongs(host, own) for host in ("backan.gov.vn", "www.backan.gov.vn", "sonoivu.backan.gov.vn"))
    assert not any(addresses.belongs(host, own) for host in ("xbackan.gov.vn", "gov.vn", "backan.gov.vn.evil.example"))


def test_days_in_addresses():
    assert addresses.date_in("http://a/portal/2022-7-15/x.aspx") == dt.date(2022, 7, 15)
    assert addresses.date_in("http://a/2018/02/x.html") == dt.date(2018, 2, 28)
    assert addresses.date_in("http://a/2018/13/x-201811.html") is None


@pytest.mark.parametrize(
    "url",
    ["/Pages/Chi-tiet-tin.aspx?ItemID=4127", "/tin/khoi-thi-dua-so-1-tong-ket/", "/vi/node/31877", "/tabid/62/itemid/1184/Default.aspx", "/x-84417.html"],
)
def test_addresses_that_look_like_articles(url):
    assert addresses.looks_like_article("http://a.vn" + url)


@pytest.mark.parametrize("url", ["/", "/tin-tuc/thi-dua-khen-thuong", "/tabid/62/Default.aspx", "/tin-tuc?page=123", "/tin/trang-120"])
def test_addresses_that_look_like_lists(url):
    assert not addresses.looks_like_article("http://a.vn" + url)


# --- links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "score"),
    [("Khối Thi đua số 1", 2), ("KHEN THƯỞNG", 2), ("Khối các sở, ngành", 1), ("Cụm số 3 ký kết", 1), ("Khối lượng hàng hoá", 0), ("Cụm công nghiệp", 0)],
)
def test_words_of_links(words, score):
    assert links.relevance(words) == score
    assert links.relevance(words.replace("ưở", "u\u031bo\u031b\u0309")) == score


def test_addresses_speak_too():
    assert links.relevance("", "http://a.vn/tin/phong-trao-thi-dua-12.html") == 2
    assert links.relevance("", "http://a.vn/tin/khoi-luong-hang-12.html") == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258", "tcvn3"])
def test_words_of_old_encodings_are_understood(encoding):
    html = "<a href='/x'>Hội nghị tổng kết khối thi đua các cơ quan, khen thưởng những đơn vị dẫn đầu phong trào ở địa phương</a>" * 5
    if encoding == "tcvn3":
        from pipeline.clean.encodings.converters import TCVN3

        codes = {letter: code for code, letter in TCVN3.items()}
        body = "".join(codes.get(c, c) for c in html).encode("latin-1")
    elif encoding == "cp1258":
        body = "".join(_letter_and_tone(c) for c in html).encode("cp1258")
    else:
        body = html.encode(encoding)
    assert [links.relevance(link.text) for link in links.page_links(links.text_of(body, None), "http://a.vn/")] == [2]


def _letter_and_tone(c):
    """As windows-1258 has it: the letter with its shape, then the tone."""
    parts = unicodedata.normalize("NFD", c)
    tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tones


def test_links_of_a_page():
    html = """<base href="/goc/"><a href="a.html">Một</a><a href=" a.html#x ">lần nữa</a><a href="javascript:x()">js</a><a href="mailto:a@b">m</a>
    <a href="http://[bad">b</a><a href="//khac.vn/y">y</a><a href="ftp://a.vn/f">f</a><a href="?p=2">2</a><a href="hình ảnh.html"><img alt="Thi đua"></a>
    <a>no</a><a href="">leer</a><a href="http://a.vn:x/">port</a>"""
    found = {link.url: link for link in links.page_links(html, "http://a.vn/b/c")}
    assert list(found) == ["http://a.vn/goc/a.html", "http://khac.vn/y", "http://a.vn/goc/?p=2", "http://a.vn/goc/hình%20ảnh.html"]
    assert found["http://a.vn/goc/a.html"].text == "Một lần nữa"
    assert [link.paging for link in found.values()] == [False, False, True, False]
    assert found["http://a.vn/goc/hình%20ảnh.html"].text == "Thi đua"


def test_feeds_and_sitemaps_are_read_with_their_days():
    rss = "<rss><channel><item><title>Thi đua</title><link>/1</link><pubDate>Mon, 07 Feb 2022 08:00:00 +0700</pubDate></item></channel></rss>"
    assert links.feed_links(rss.encode(), "http://a.vn/rss") == [Link("http://a.vn/1", "Thi đua", dt.date(2022, 2, 7))]
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link rel="self" href="/s"/><link href="/2"/>
    <updated>2023-01-05T10:00:00Z</updated></entry></feed>"""
    assert links.feed_links(atom.encode(), "http://a.vn/") == [Link("http://a.vn/2", "T", dt.date(2023, 1, 5))]
    index = "<sitemapindex xmlns='x'><sitemap><loc>http://a.vn/1.xml.gz</loc><lastmod>2024-01-01</lastmod></sitemap></sitemapindex>"
    assert links.sitemap_links(index.encode(), "http://a.vn/")[0] == [Link("http://a.vn/1.xml.gz", "", dt.date(2024, 1, 1))]
    urls = "<urlset><url><loc> /3 </loc><lastmod>rubbish</lastmod></url><url><loc>javascript:x</loc></url></urlset>"
    assert links.sitemap_links(urls.encode(), "http://a.vn/")[1] == [Link("http://a.vn/3")]


@pytest.mark.parametrize("body", [b"", b"<html><body>no feed", b"\0\0\0", b"<rss><item><link>", "không".encode("utf-16")])
def test_feeds_that_are_none_give_nothing(body):
    assert links.feed_links(body, "http://a.vn/") == [] and links.sitemap_links(body, "http://a.vn/") == ([], [])


def test_entities_of_feeds_are_not_expanded(tmp_path):
    (tmp_path / "secret").write_text("secret")
    bomb = "".join('<!ENTITY l{} "{}">'.format(n, f"&l{n - 1};" * 10) for n in range(1, 12))
    body = f"""<!DOCTYPE r [<!ENTITY l0 "lol">{bomb}<!ENTITY f SYSTEM "file://{tmp_path}/secret">]>
    <rss><item><link>/1</link><title>&l11;&f;</title></item></rss>"""
    assert not any("lol" in link.text or "secret" in link.text for link in links.feed_links(body.encode(), "http://a.vn/"))


def test_a_packed_sitemap_is_cut_at_the_limit():
    assert len(links.unpacked(gzip.compress(b"\0" * 10_000_000), 1000)) == 1000
    assert links.unpacked(b"\x1f\x8bno gzip", 1000) == b""


def test_relevant_pages_come_first():
    ranks = [
        spider.rank(*of)
        for of in (
            ("start", 0, False, 0), ("article", 2, False, 9), ("article", 1, False, 9), ("article", 0, True, 9), ("list", 2, False, 9),
            ("list", 0, True, 3), ("list", 0, False, 1), ("article", 0, False, 1), ("list", 0, False, 9),
        )
    ]  # fmt: skip
    assert ranks == sorted(ranks, reverse=True) and len(set(ranks)) == len(ranks)


# --- robots and pauses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "body"), [(200, b"<!DOCTYPE html><html>"), (200, b"  <div>"), (200, b"\0\1"), (403, b""), (401, b""), (500, b""), (429, b"")])
def test_rules_that_cannot_be_read(status, body):
    assert polite.parse_robots(status, body)[0] is None


def test_rules_that_can():
    assert polite.parse_robots(404, b"<html>")[0].can_fetch("http://a.vn/x", "thidua")
    rules, _ = polite.parse_robots(200, "\ufeffUser-agent: *\nDisallow: /tim\nCrawl-delay: 7\nUser-agent: thidua\nDisallow: /rieng".encode())
    assert not rules.can_fetch("http://a.vn/tim?q=1", "other") and not rules.can_fetch("http://a.vn/rieng/1", "thidua")
    assert rules.crawl_delay("other") == 7


def test_retry_after():
    assert polite._seconds(b"120") == 120
    assert polite._seconds(b"Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert polite._seconds(b"soon") is None and polite._seconds(None) is None


# --- sources.toml ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "names no source"), ("[[source]]\nname='a'", "needs start"), ("[[source]]\nname='a'\nstart=['x']", "http"),
        ("[[source]]\nname='a'\nstart=['http://a/']\nstrat=1", "strat"), ("[[source]]\nname='a'\nstart='http://a/'", "array"),
        ("[[source]]\nname='a'\nstart=['http://a/']\narticles=['(']", "regular expression"), ("]", "statement"),
        ("[[source]]\nname='a'\nstart=['http://a/']\n[[source]]\nname='a'\nstart=['http://a/']", "name of its own"),
    ],
)  # fmt: skip
def test_mistakes_in_sources_are_told(tmp_path, text, word):
    path = tmp_path / "s.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=f"(?s)(?i)s.toml.*{word}"):
        read_file(path)


def test_what_a_call_may_ask_for(tmp_path):
    (tmp_path / "u.txt").write_text("# mine\nhttp://a.vn/1\n\nhttp://a.vn/2\nhttp://b.vn/1\n")
    sites, _ = choose([], tmp_path / "u.txt", None)
    assert [(s.name, len(s.start), s.single) for s in sites] == [("a.vn", 2, True), ("b.vn", 1, True)]
    for wrong in ([], ["a.toml", "http://a.vn/"], ["a.toml", "b.toml"], ["ftp://a.vn/"]):
        with pytest.raises(UsageError):
            choose(wrong, None, None)


def test_the_sources_of_the_repository_name_every_portal():
    folder = default_folder()
    sites, options = read_file(folder / "sources.toml")
    with open(folder / "provinces.csv", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["portal_domain"] for row in rows if row["portal_domain"]} <= {host for site in sites for host in site.hosts}
    assert {site.province for site in sites} == {row["name"] for row in rows if row["portal_domain"]}
    assert not any(site.tested for site in sites) and options == Options()
    assert all(site.body and url.startswith("https://") for site in sites for url in site.start)


# --- books -----------------------------------------------------------------------------------------------------------


def test_kinds_of_links_with_and_without_patterns():
    def kinds(**patterns):
        book = Book(Site("a", start=("http://a.vn/",), **patterns), Options(), State(), 0)
        urls = ("http://a.vn/tin/mot-hai-ba-bon-nam.html", "http://a.vn/tin/", "http://a.vn/tin?page=2", "http://a.vn/gioi-thieu")
        return [book.kind_of(Link(url)) for url in urls]

    assert kinds() == ["article", "list", "list", "list"]
    assert kinds(articles=(r"\.html$",)) == ["article", None, "list", None]
    assert kinds(lists=(r"/tin/$",)) == ["article", "list", "list", "article"]


def test_what_is_too_old_is_not_wanted():
    book = Book(Site("a", start=("http://a.vn/",), since=dt.date(2020, 1, 1)), Options(), State(), 0)
    assert not book.wants(Link("http://a.vn/1", dated=dt.date(2019, 12, 31))) and not book.wants(Link("http://a.vn/2019/12/x"))
    assert book.wants(Link("http://a.vn/2", dated=dt.date(2020, 1, 1))) and book.wants(Link("http://a.vn/3"))
    assert not book.wants(Link("http://a.vn/3")) and not book.wants(Link("http://b.vn/3")) and not book.wants(Link("http://a.vn/x.PDF"))


# --- archives --------------------------------------------------------------------------------------------------------


def _save(archive, n, visit=1, site="Cổng Bắc Kạn", url=None, **more):
    url = url or f"http://a.vn/{n}"
    made = random.Random(n)
    body = more.pop("body", b"<html>" + bytes(made.randrange(97, 123) for _ in range(2000)))
    headers = [("Content-Type", "text/html; charset=utf-8"), ("ETag", f'"{n}"'), *more.pop("headers", [])]
    return archive.save(Answer(url, url, 200, headers, body, "article", site, visit, **more))


def _open(tmp_path, said=None, file_bytes=10**9):
    return Archive(tmp_path, file_bytes, (said if said is not None else []).append)


def test_an_archive_knows_what_it_holds_when_it_is_opened_again(tmp_path):
    first = _open(tmp_path)
    assert [_save(first, n) for n in range(3)] == [True] * 3
    assert not _save(first, 1, visit=2)  # the same bytes
    first.confirm(Answer("http://a.vn/2", "http://a.vn/2", 200, [], b"", "article", "Cổng Bắc Kạn", 2), first.latest("http://a.vn/2"))
    first.close()
    again = _open(tmp_path)
    assert again.last_visit("Cổng Bắc Kạn") == 2 and again.last_visit("other") == 0
    assert [again.done("Cổng Bắc Kạn", 2, f"http://a.vn/{n}") is not None for n in range(3)] == [False, True, True]
    entry = again.latest("http://a.vn/2")
    assert (entry.etag, entry.kind, entry.status) == ('"2"', "article", 200)
    record = again.read(entry)
    assert record.status == 200 and record.body.startswith(b"<html>") and len(record.body) == 2006
    sources = list(read_sources([str(tmp_path)], pytest.fail))
    assert [s.url for s in sources] == [f"http://a.vn/{n}" for n in range(3)]
    assert all(s.fetched_at and s.encoding == "utf-8" and s.id.startswith("a.vn-") for s in sources)


def test_archives_torn_anywhere_lose_the_torn_record_and_nothing_else(tmp_path):
    archive = _open(tmp_path)
    ends = []
    for n in range(3):
        _save(archive, n)
        ends.append((tmp_path / "warc" / "crawl-00001.warc.gz").stat().st_size)
    archive.close()
    path = tmp_path / "warc" / "crawl-00001.warc.gz"
    whole = path.read_bytes()
    for cut in [*range(ends[1] + 1, ends[2], 37), *range(ends[1] + 1, ends[1] + 20), *range(ends[2] - 12, ends[2])]:
        path.write_bytes(whole[:cut])
        issues: list[Issue] = []
        urls = [s.url for s in read_sources([str(path)], issues.append)]
        assert urls[:2] == ["http://a.vn/0", "http://a.vn/1"] and len(urls) + len(issues) == 3, cut
        assert {issue.code for issue in issues} <= {"torn_record"}
        said: list[str] = []
        mended = _open(tmp_path, said)
        assert len(said) == 1 and path.stat().st_size == ends[1]
        assert _save(mended, 2)
        mended.close()
        issues.clear()
        assert [s.url for s in read_sources([str(path)], issues.append)] == [f"http://a.vn/{n}" for n in range(3)] and issues == []


def test_a_damaged_record_is_passed_over_and_reading_goes_on(tmp_path):
    archive = _open(tmp_path)
    for n in range(4):
        _save(archive, n)
    archive.close()
    path = tmp_path / "warc" / "crawl-00001.warc.gz"
    data = bytearray(path.read_bytes())
    middle = archive.done("Cổng Bắc Kạn", 1, "http://a.vn/1").offset + 700
    data[middle : middle + 4] = bytes(255 - b for b in data[middle : middle + 4])
    path.write_bytes(bytes(data))
    issues: list[Issue] = []
    assert [s.url for s in read_sources([str(path)], issues.append)] == ["http://a.vn/0", "http://a.vn/2", "http://a.vn/3"]
    assert [issue.code for issue in issues] == ["damaged_record"]


def test_files_rotate_and_their_names_count(tmp_path):
    archive = _open(tmp_path, file_bytes=4000)
    for n in range(6):
        _save(archive, n, url=f"http://a.vn/../../etc/{n}?x=/{'y' * 300}")
    archive.close()
    names = sorted(path.name for path in (tmp_path / "warc").iterdir())
    assert len(names) >= 2 and names == [f"crawl-{n:05}.warc.gz" for n in range(1, len(names) + 1)]
    assert len(list(read_sources([str(tmp_path)], pytest.fail))) == 6
    again = _open(tmp_path, file_bytes=4000)
    assert all(again.done("Cổng Bắc Kạn", 1, f"http://a.vn/../../etc/{n}?x=/{'y' * 300}") for n in range(6))


def test_only_the_last_version_of_a_page_is_an_article(tmp_path):
    archive = _open(tmp_path)
    _save(archive, 1, url="http://a.vn/x", body=b"<html>old")
    _save(archive, 2, url="http://a.vn/y")
    _save(archive, 3, visit=2, url="http://a.vn/x", body=b"<html>new")
    archive.close()
    found = {s.url: s.payload for s in read_sources([str(tmp_path)], pytest.fail)}
    assert found["http://a.vn/x"] == b"<html>new" and len(found) == 2


# --- WARC files of others --------------------------------------------------------------------------------------------


def _foreign(records, gz=True):
    made = io.BytesIO()
    writer = WARCWriter(made, gzip=gz)
    writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": "somebody"}))
    for url, status, headers, body in records:
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        record = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": "2024-05-01T00:00:00Z"})
        request = writer.create_warc_record(url, "request", http_headers=StatusAndHeaders("GET / HTTP/1.1", [("Host", "a")], is_http_request=True))
        writer.write_request_response_pair(request, record)
    return made.getvalue()


PAGE = "<html><head><title>Khối</title></head><body>Thi đua</body></html>".encode()


@pytest.mark.parametrize("gz", [True, False])
def test_warc_files_of_others(tmp_path, gz):
    html = [("Content-Type", "text/html; charset=UTF-8")]
    data = _foreign(
        [
            ("http://a.vn/1", "200 OK", html, PAGE), ("http://a.vn/2", "404 Not Found", html, PAGE),
            ("http://a.vn/3", "200 OK", [("Content-Type", "application/pdf")], b"%PDF-1.4"), ("http://a.vn/4", "200 OK", html, b"%PDF-1.4 as html"),
            ("http://a.vn/5", "200 OK", [*html, ("Content-Encoding", "gzip")], gzip.compress(PAGE)),
            ("http://a.vn/6", "200 OK", [*html, ("Content-Encoding", "gzip")], PAGE),  # decoded, the header left as it was
            ("http://a.vn/7", "200 OK", [*html, ("Content-Encoding", "br")], brotli.compress(PAGE)),
            ("http://a.vn/8", "200 OK", [*html, ("Transfer-Encoding", "chunked")], b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)),
            ("http://a.vn/9", "200 OK", [("Content-Type", "text/plain")], PAGE), ("http://a.vn/10", "200 OK", [], PAGE),
            ("http://a.vn/11", "200 OK", [("Content-Type", "text/xml")], b"<rss><title>x</title></rss>"), ("http://a.vn/12", "200 OK", html, b""),
        ],
        gz,
    )  # fmt: skip
    path = tmp_path / ("x.warc.gz" if gz else "x.warc")
    path.write_bytes(data)
    found = list(read_sources([str(path)], pytest.fail))
    assert [s.url.rpartition("/")[2] for s in found] == ["1", "5", "6", "7", "8", "9", "10"]
    assert {s.payload for s in found} == {PAGE} and {s.fetched_at for s in found} == {"2024-05-01T00:00:00Z"}
    assert found[0].encoding == "UTF-8" and len({s.id for s in found}) == 7


def test_bombs_and_giants_in_warc_files(tmp_path, monkeypatch):
    monkeypatch.setattr(warc, "MAX_BYTES", 200_000)
    html = [("Content-Type", "text/html")]
    bomb = gzip.compress(b"<html>" + b"x" * 5_000_000)
    records = [("http://a.vn/1", "200 OK", [*html, ("Content-Encoding", "gzip")], bomb), ("http://a.vn/2", "200 OK", html, b"<html>" + b"y" * 900_000)]
    (tmp_path / "x.warc.gz").write_bytes(_foreign([*records, ("http://a.vn/3", "200 OK", html, PAGE)]))
    issues: list[Issue] = []
    assert [s.url for s in read_sources([str(tmp_path)], issues.append)] == ["http://a.vn/3"]
    assert [issue.code for issue in issues] == ["too_large", "too_large"]


NO_WARC = {
    "empty": b"", "words": b"hello", "magic": b"\x1f\x8b", "zeros": b"\x1f\x8b\x08" + b"\0" * 50, "gzip": gzip.compress(b"no warc", mtime=0),
    "head": b"WARC/1.0\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("data", NO_WARC.values(), ids=NO_WARC.keys())
@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz"])
def test_files_that_are_no_warc_are_issues_and_never_errors(tmp_path, data, name):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "y.txt").write_text("Thi đua")
    issues: list[Issue] = []
    assert [s.id for s in read_sources([str(tmp_path)], issues.append)] == ["y"]
    assert len(issues) == (1 if data else 0) or data.startswith(b"WARC")


def test_plain_warc_files_torn_anywhere(tmp_path):
    data = _foreign([(f"http://a.vn/{n}", "200 OK", [("Content-Type", "text/html")], PAGE) for n in range(3)], gz=False)
    for cut in range(10, len(data), 61):
        (tmp_path / "x.warc").write_bytes(data[:cut])
        issues: list[Issue] = []
        found = list(read_sources([str(tmp_path)], issues.append))
        assert all(s.payload == PAGE for s in found) and len(issues) <= 1, cut
