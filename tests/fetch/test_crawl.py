"""Crawls of ordinary portals: what is found, in which order, asked how often, and what is kept."""

import os
import random
import signal
import time

import msgspec
import pytest
from portal import FAST, REPOSITORY, Portal, Reply, article, fetch, fetch_until, page, source

from pipeline.fetch.books import read_state
from pipeline.sources import read_sources
from pipeline.warc import read_records

pytestmark = pytest.mark.slow


def urls_of(out):
    """Addresses of the articles' pages, of which there must be no issue."""
    return sorted(s.url for s in read_sources([str(out)], pytest.fail))


def asked_in(out):
    """Every address that a record holds, by visit."""
    found = []
    for path in sorted((out / "warc").iterdir()):
        for record in read_records(str(path), pytest.fail):
            if record.type != "warcinfo":
                found.append((record.header("X-Thidua-Visit"), record.header("X-Thidua-Asked")))
    return found


def plain_site(articles=12, lists=4):
    """A start page, lists that lead to each other, articles on them, each with its own text."""
    pages: dict[str, object] = {}
    for number in range(1, lists + 1):
        own = [f"/tin/bai-so-{n}-cua-trang-{number}-{100 + n}.html" for n in range(articles) if n % lists == number - 1]
        pages[f"/tin?page={number}"] = page(f"Tin {number}", *own, (f"/tin?page={number % lists + 1}", "Trang sau"), "/")
        pages |= {url: article(100 + n) for n, url in zip(range(number - 1, articles, lists), own, strict=True)}
    pages["/"] = page("Cổng", "/tin?page=1", "/gioi-thieu", "/logo.png", "/van-ban.pdf")
    pages["/gioi-thieu"] = page("Giới thiệu", "/")
    return pages


@pytest.fixture
def portal():
    made = []

    def make(*args, **more):
        made.append(Portal(*args, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_all_of_a_site_is_fetched_once_and_becomes_articles(tmp_path, portal):
    site = portal(plain_site())
    done = fetch(tmp_path / "c", FAST + source("a", site.url()))
    assert done.code == 0, done.err
    assert sorted(site.asked()) == sorted(path for path in site.pages if path != "/robots.txt")
    assert site.asked(robots=True)[0] == "/robots.txt" and site.most_at_once == 1
    assert urls_of(tmp_path / "c") == sorted(site.url(path) for path in site.pages if path.endswith(".html"))
    assert {hit.agent for hit in site.hits} == {"thidua-test/1.0 (tests)"}
    state = read_state(tmp_path / "c").sources["a"]
    assert (state.pages, state.articles, state.failed, state.finished) == (18, 12, 0, True)
    assert "a: 18 pages, 12 articles" in done.err and "never been tested" in done.err


def test_relevant_pages_come_first_and_alone_if_wanted(tmp_path, portal):
    pages = {"/": page("Cổng", ("/a-b-c-d-e-101.html", "Thời tiết"), ("/f-g-h-i-k-102.html", "Khối thi đua số 3 ký giao ước"), ("/muc/", "Khen thưởng"))}
    pages |= {"/a-b-c-d-e-101.html": article(101), "/f-g-h-i-k-102.html": article(102)}
    pages |= {"/muc/": page("Mục", ("/l-m-n-o-p-103.html", "Cụm số 1"), ("/q-r-s-t-u-104.html", "Bóng đá")), "/l-m-n-o-p-103.html": article(103)}
    pages |= {"/q-r-s-t-u-104.html": article(104)}
    site = portal(pages)
    assert fetch(tmp_path / "c", FAST + source("a", site.url())).code == 0
    assert site.asked() == ["/", "/f-g-h-i-k-102.html", "/muc/", "/l-m-n-o-p-103.html", "/q-r-s-t-u-104.html", "/a-b-c-d-e-101.html"]
    assert read_state(tmp_path / "c").sources["a"].relevant == 2
    site.hits.clear()
    assert fetch(tmp_path / "d", FAST + source("a", site.url()), "--only-relevant").code == 0
    assert site.asked() == ["/", "/f-g-h-i-k-102.html", "/muc/", "/l-m-n-o-p-103.html"]


def test_patterns_feeds_and_sitemaps_lead_to_articles(tmp_path, portal):
    import gzip

    site = portal()
    old = "<item><title>Cũ</title><link>/tin/cu</link><pubDate>Mon, 07 Feb 2011 08:00:00 +0700</pubDate></item>"
    feed = f"<rss><channel>{old}<item><title>Thi đua</title><link>/tin/mot</link></item></channel></rss>"
    maps = f"<sitemapindex><sitemap><loc>{site.url('/m1.xml.gz')}</loc></sitemap><sitemap><loc>{site.url('/m2.xml')}</loc></sitemap></sitemapindex>"
    first = f"<urlset><url><loc>{site.url('/tin/hai')}</loc></url><url><loc>http://khac.example/tin/x</loc></url></urlset>"
    second = f"<urlset><url><loc>{site.url('/tin/ba')}</loc></url><url><loc>{site.url('/lien-he')}</loc></url></urlset>"
    site.pages |= {f"/tin/{name}": article(n) for n, name in enumerate(("mot", "hai", "ba", "bon"), 1)}
    site.pages |= {
        "/": page("Cổng", "/tin/bon", "/muc/2022-01", "/lien-he"), "/muc/2022-01": page("Mục"), "/rss": Reply(feed.encode(), "application/rss+xml"),
        "/map.xml": Reply(maps.encode(), "text/xml"), "/m1.xml.gz": Reply(gzip.compress(first.encode()), "application/x-gzip"),
        "/m2.xml": Reply(second.encode(), "text/xml"),
    }  # fmt: skip
    more = f"feeds = [{site.url('/rss')!r}]\nsitemaps = [{site.url('/map.xml')!r}]\narticles = ['/tin/']\nlists = ['/muc/']\nsince = 2020-01-01"
    assert fetch(tmp_path / "c", FAST + source("a", site.url(), more=more)).code == 0
    assert urls_of(tmp_path / "c") == sorted(site.url(f"/tin/{name}") for name in ("mot", "hai", "ba", "bon"))
    assert "/muc/2022-01" in site.asked() and "/lien-he" not in site.asked() and "/tin/cu" not in site.asked()


def test_addresses_one_by_one(tmp_path, portal):
    site, other = portal({"/1": article(1), "/2": article(2)}), portal({"/3": article(3)}, Reply(b"User-agent: *\nDisallow: /3", "text/plain"))
    (tmp_path / "list.txt").write_text(f"# mine\n{site.url('/2')}\n")
    done = fetch(tmp_path / "c", None, "--delay", "0", "--url", site.url("/1"), site.url("/2"))
    assert done.code == 0 and urls_of(tmp_path / "c") == [site.url("/1"), site.url("/2")], done.err
    done = fetch(tmp_path / "d", None, "--delay", "0", "--urls", str(tmp_path / "list.txt"))
    assert done.code == 0 and urls_of(tmp_path / "d") == [site.url("/2")]
    done = fetch(tmp_path / "e", None, "--delay", "0", "--url", other.url("/3"), "--url", site.url("/404"))
    assert done.code == 1 and other.asked() == []
    assert f"{other.host}:{other.port}: 1 of 1 addresses brought nothing: robots.txt forbids it" in done.err
    assert f"{site.host}:{site.port}: 1 of 1 addresses brought nothing: status 404" in done.err


def test_calls_that_cannot_be_carried_out(tmp_path, portal):
    for words in ([], ["--url", "ftp://a.vn/"], [str(tmp_path / "none.toml")], ["--urls", str(tmp_path / "none.txt")]):
        done = fetch(tmp_path / "c", None, *words)
        assert done.code == 2 and done.err.startswith("error: "), words
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(("more", "most"), [("max_pages = 5", 5), ("max_bytes = 3000", 8), ("max_seconds = 0.6", 10)])
def test_ceilings(tmp_path, portal, more, most):
    site = portal({path: (lambda hit, text=text: text) for path, text in plain_site(40, 4).items()})
    toml = FAST.replace("delay = 0.01", "delay = 0.1") + source("a", site.url(), more=more)
    done = fetch(tmp_path / "c", toml)
    assert done.code == 0 and 2 <= len(site.asked()) <= most, (site.asked(), done.err)
    assert read_state(tmp_path / "c").sources["a"].ceiling


def test_two_crawls_of_one_unchanged_site(tmp_path, portal):
    pages = plain_site(30, 3)
    for number, (path, text) in enumerate(pages.items()):
        body = str(text).replace("</p>", "Lời " * 500 + "</p>").encode()
        pages[path] = Reply(body, etag=f'"{number}"') if number % 2 else Reply(body, modified=1.6e9 + number)
    site = portal(pages)
    toml = FAST + source("a", site.url())
    assert fetch(tmp_path / "c", toml).code == 0
    first, urls, size = sum(hit.sent for hit in site.hits), urls_of(tmp_path / "c"), _size(tmp_path / "c")
    asked = sorted(site.asked())
    site.hits.clear()
    done = fetch(tmp_path / "c", toml)
    assert done.code == 0 and sorted(site.asked()) == asked
    assert sum(hit.sent for hit in site.hits) < 0.001 * first, "the second transfers next to nothing"
    assert urls_of(tmp_path / "c") == urls and _size(tmp_path / "c") < 2 * size
    state = read_state(tmp_path / "c").sources["a"]
    assert (state.visit, state.unchanged, state.pages, state.articles) == (2, len(pages), len(pages), 30)
    site.hits.clear()
    site.pages["/gioi-thieu"] = page("Mới", "/tin/bai-moi-hom-nay-co-gi-999.html")
    site.pages["/tin/bai-moi-hom-nay-co-gi-999.html"] = article(999)
    changed = next(path for path in site.pages if path.endswith("-100.html"))
    site.pages[changed] = article(77777)
    assert fetch(tmp_path / "c", toml).code == 0
    assert urls_of(tmp_path / "c") == sorted([*urls, site.url("/tin/bai-moi-hom-nay-co-gi-999.html")])
    new = {s.url: s.payload.decode() for s in read_sources([str(tmp_path / "c")], pytest.fail)}
    assert new[site.url(changed)] == article(77777)


def _size(out):
    return sum(path.stat().st_size for path in (out / "warc").iterdir())


def test_an_unchanged_site_without_validators_is_not_kept_twice(tmp_path, portal):
    site = portal({path: str(text).replace("</p>", random.Random(1).randbytes(9000).hex() + "</p>") for path, text in plain_site(6, 1).items()})
    toml = FAST + source("a", site.url())
    assert fetch(tmp_path / "c", toml).code == 0
    size = _size(tmp_path / "c")
    assert fetch(tmp_path / "c", toml).code == 0
    assert _size(tmp_path / "c") < 1.2 * size


def test_killed_at_ten_random_moments_and_resumed(tmp_path, portal):
    pages = plain_site(60, 5)
    site = portal(pages)
    toml = FAST + source("a", site.url())
    moments = random.Random(4)
    for _ in range(10):
        wanted = len(site.hits) + moments.randrange(1, 6)
        code, _ = fetch_until(tmp_path / "c", toml, lambda wanted=wanted: len(site.hits) >= wanted, after=moments.random() * 0.02)
        assert code == -signal.SIGKILL
        files = sorted((tmp_path / "c" / "warc").glob("*.gz"))
        if files and moments.random() < 0.5:
            with open(files[-1], "rb+") as handle:  # what a power cut may leave
                handle.truncate(max(0, files[-1].stat().st_size - moments.randrange(1, 300)))
    done = fetch(tmp_path / "c", toml)
    assert done.code == 0, done.err
    asked = asked_in(tmp_path / "c")
    assert sorted(asked) == sorted(("1", site.url(path)) for path in pages if path != "/robots.txt"), "each is there once"
    assert urls_of(tmp_path / "c") == sorted(site.url(path) for path in pages if path.endswith(".html"))
    # Asked twice is only what was on its way, or was cut off, when a kill came.
    assert len(site.asked()) <= len(asked) + 2 * 10


def test_a_resumed_crawl_asks_for_nothing_that_is_finished(tmp_path, portal):
    site = portal(plain_site(40, 4))
    toml = FAST + source("a", site.url())
    code, _ = fetch_until(tmp_path / "c", toml, lambda: len(site.hits) >= 20)
    assert code == -signal.SIGKILL
    known = {url for _, url in asked_in(tmp_path / "c")}
    assert len(known) >= 15
    site.hits.clear()
    assert fetch(tmp_path / "c", toml).code == 0
    assert not known & {site.url(path) for path in site.asked()}
    assert read_state(tmp_path / "c").sources["a"].visit == 1


def test_the_archive_alone_is_enough_to_go_on(tmp_path, portal):
    site = portal(plain_site())
    toml = FAST + source("a", site.url())
    assert fetch(tmp_path / "c", toml).code == 0
    (tmp_path / "c" / "crawl.json").unlink()
    site.hits.clear()
    assert fetch(tmp_path / "c", toml).code == 0
    assert site.hits == []
    state = read_state(tmp_path / "c").sources["a"]
    assert (state.visit, state.pages, state.articles, state.finished) == (1, 18, 12, True)


def test_a_full_disk_ends_the_crawl_and_leaves_whole_records(tmp_path, portal):
    import resource
    import subprocess

    from portal import command

    site = portal(plain_site())
    site.pages = {path: str(text) + random.Random(path).randbytes(3000).hex() for path, text in site.pages.items() if path != "/robots.txt"}
    toml = FAST + source("a", site.url())
    words = command(tmp_path / "c", toml, "--allow-private")

    def little_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(words, capture_output=True, text=True, cwd=REPOSITORY, preexec_fn=little_room)
    assert done.returncode == 2 and "cannot write in" in done.stderr
    assert len(site.asked()) < 10
    kept = asked_in(tmp_path / "c")
    assert 2 <= len(kept) < 10
    site.hits.clear()
    assert fetch(tmp_path / "c", toml).code == 0
    assert len(site.asked()) == 18 - len(kept) and len(asked_in(tmp_path / "c")) == 18


def test_ctrl_c_ends_cleanly_and_soon(tmp_path, portal):
    site = portal(plain_site(40, 4))
    kept = site.pages["/gioi-thieu"]
    site.pages["/gioi-thieu"] = Reply(send=lambda handler: time.sleep(20))
    toml = FAST.replace("timeout = 3.0", "timeout = 30.0") + source("a", site.url())
    code, seconds = fetch_until(tmp_path / "c", toml, lambda: "/gioi-thieu" in site.asked(), signal.SIGINT)
    assert code == 130 and seconds < 5
    assert not read_state(tmp_path / "c").sources["a"].finished
    site.pages["/gioi-thieu"] = kept
    assert fetch(tmp_path / "c", toml).code == 0
    assert len(urls_of(tmp_path / "c")) == 40
    visits = [url for _, url in asked_in(tmp_path / "c")]
    assert len(visits) == len(set(visits))


def test_one_crawl_at_a_time_in_a_folder(tmp_path, portal):
    import subprocess

    from portal import command

    site = portal({"/": Reply(send=lambda handler: time.sleep(5))})
    toml = FAST + source("a", site.url())
    first = subprocess.Popen(command(tmp_path / "c", toml, "--allow-private"), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=REPOSITORY)
    try:
        while not (tmp_path / "c" / "crawl.json").exists():
            time.sleep(0.05)
        done = fetch(tmp_path / "c", toml)
        assert done.code == 2 and "another run" in done.err
    finally:
        first.kill()
        first.wait()


def test_status_shows_the_crawl(tmp_path, portal):
    import subprocess
    import sys

    site = portal({"/": page("Trống")})
    assert fetch(tmp_path / "c", FAST + source("nguồn [a]", site.url())).code == 1
    shown = subprocess.run([sys.executable, "-m", "pipeline.cli", "status", str(tmp_path / "c")], capture_output=True, text=True, cwd=REPOSITORY)
    assert shown.returncode == 0 and "nguồn [a]" in shown.stdout and "no article at all" in shown.stdout


def test_one_page_at_two_addresses_counts_once(tmp_path, portal):
    pages = {"/": page("Cổng", "/mot-hai-ba-bon-nam-101.html", "/sau-bay-tam-chin-muoi-102.html")}
    pages |= {"/mot-hai-ba-bon-nam-101.html": Reply(status=302, headers={"Location": "/x/103.html"}), "/x/103.html": article(103)}
    pages |= {"/sau-bay-tam-chin-muoi-102.html": Reply(status=301, headers={"Location": "/x/103.html"})}
    site = portal(pages)
    toml = FAST + source("a", site.url())
    assert fetch(tmp_path / "c", toml).code == 0
    assert site.asked().count("/x/103.html") == 1 and urls_of(tmp_path / "c") == [site.url("/x/103.html")]
    assert {url for _, url in asked_in(tmp_path / "c")} == {site.url(path) for path in pages if "103" not in path}
    assert read_state(tmp_path / "c").sources["a"].articles == 1


def test_the_portals_of_the_corpus_give_the_same_records_as_their_saved_pages(tmp_path, portal):
    """Served under their own names, pinned to loopback; saved beside a manifest with the same addresses."""
    import csv
    import shutil
    import subprocess
    import sys
    from urllib.parse import urlsplit

    folder = REPOSITORY / "corpus" / "portals"
    site, hosts, saved = portal(), {}, tmp_path / "saved"
    saved.mkdir()
    with open(folder / "manifest.csv", encoding="utf-8-sig") as handle, open(saved / "manifest.csv", "w", encoding="utf-8") as made:
        made.write("file,url\n")
        for row in csv.DictReader(handle):
            parts = urlsplit(row["url"] or "https://bacninh.gov.vn/tin-tuc/tang-bang-khen-thu-ngan-sach-501.html")
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            hosts.setdefault(parts.hostname, []).append(path)
            site.pages[path] = Reply((folder / row["file"]).read_bytes(), "text/html")
            shutil.copy(folder / row["file"], saved)
            made.write(f'{row["file"]},"{site.url(path, parts.hostname)}"\n')
    site.pages["/"] = lambda hit: page("Cổng", *hosts[hit.host.partition(":")[0]])
    pins = "".join(f"{host!r} = {site.host!r}\n" for host in hosts)
    listed = FAST + f"[fetch.hosts]\n{pins}" + "".join(source(host, site.url("/", host)) for host in hosts)
    done = fetch(tmp_path / "c", listed, private=False)
    assert done.code == 0, done.err
    records = {}
    for what in (saved, tmp_path / "c"):
        words = [sys.executable, "-m", "pipeline.cli", "records", str(what), "--evidence", "-j", "1"]
        lines = subprocess.run(words, capture_output=True, cwd=REPOSITORY).stdout.splitlines()
        found = [msgspec.json.decode(line) for line in lines]
        records[what] = {record["url"]: {k: v for k, v in record.items() if k != "id"} for record in found}
    assert len(records[saved]) == 20 and records[saved] == records[tmp_path / "c"]
    run = [sys.executable, "-m", "pipeline.cli", "run", str(tmp_path / "c"), "--out", str(tmp_path / "o"), "-j", "1"]
    assert subprocess.run(run, capture_output=True, cwd=REPOSITORY).returncode == 0
    assert os.path.exists(tmp_path / "o" / "thidua.duckdb")


def test_far_fewer_articles_than_last_time(tmp_path, portal):
    site = portal(plain_site(12, 1))
    toml = FAST + source("a", site.url())
    assert fetch(tmp_path / "c", toml).code == 0
    full = site.pages["/tin?page=1"]
    site.pages["/tin?page=1"] = page("Tin", "/tin/bai-so-0-cua-trang-1-100.html")
    done = fetch(tmp_path / "c", toml)
    assert done.code == 1 and "a: 1 articles, where the last visit brought 12" in done.err
    assert fetch(tmp_path / "c", toml).code == 1  # once told, it is not thereby the measure
    site.pages["/tin?page=1"] = full
    assert fetch(tmp_path / "c", toml).code == 0
