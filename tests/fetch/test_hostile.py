"""Portals that are broken, careless or hostile. All of them are crawled at once, each on an address of its own; a test looks at one."""

import datetime as dt
import gzip
import ssl
import time
from email.utils import format_datetime
from types import SimpleNamespace

import pytest
from portal import HTML, Portal, Reply, article, fetch, page, source

from pipeline.fetch.books import read_state
from pipeline.sources import read_sources
from pipeline.warc import read_records

pytestmark = pytest.mark.slow

# Times are short, but far enough apart to be told from each other on a busy machine.
SETTINGS = """[fetch]
delay = 0.02
timeout = 3.0
retries = 1
wait = 0.1
longest_wait = 10.0
page_bytes = 400_000
user_agent = "thidua-test/1.0 (tests)"
"""
GOOD = "/bai-so-mot-cua-trang-501.html"


def drip(handler):
    """Sends a byte now and then, forever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def endless(handler):
    """Sends more than anybody wants, as fast as it can."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    for _ in range(2000):
        handler.wfile.write(b"x" * 50_000)


def silent(handler):
    time.sleep(5)


def cut(handler):
    """Promises more than it sends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html>half")


def endless_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(20000):
        handler.wfile.write(b"X-%d: y\r\n" % n)
        time.sleep(0.0002)


def once(first, then):
    """A page that answers differently the first time."""
    seen = []

    def answer(hit):
        seen.append(hit)
        return first if len(seen) == 1 else then

    return answer


def text(body):
    return Reply(body.encode(), "text/plain")


def start(*links):
    return page("Cổng", *links)


def build():
    """The portals by name."""
    made: dict[str, Portal] = {}

    def add(name, pages, robots=None):
        made[name] = Portal({GOOD: article(501), **pages}, robots)
        return made[name]

    add("robots-html", {"/": start(GOOD)}, Reply(b"<!DOCTYPE html><html><body>Kh\xc3\xb4ng t\xc3\xacm th\xe1\xba\xa5y", HTML))
    add("robots-403", {"/": start(GOOD)}, Reply(b"", status=403))
    add("robots-500", {"/": start(GOOD)}, Reply(b"", status=500))
    add("robots-silent", {"/": start(GOOD)}, Reply(send=silent))
    add("robots-late", {"/": start(GOOD)}, once(Reply(b"", status=503), text("User-agent: *\nDisallow: /cam\n")))
    rules = text("User-agent: *\nDisallow: /cam\nDisallow: /*?in=\nUser-agent: thidua-test\nDisallow: /cam\nDisallow: /rieng\nDisallow: /*?in=\n")
    forbidden = ["/cam/bai-so-hai-cua-trang-502.html", "/rieng/bai-so-ba-cua-trang-503.html", "/chuyen-huong-den-cho-bi-cam-504.html", f"{GOOD}?in=1"]
    add(
        "robots-rules",
        {"/": start(GOOD, *forbidden), forbidden[2]: Reply(status=302, headers={"Location": "/cam/x.html"})} | {path: article(5) for path in forbidden[:2]},
        rules,
    )
    more = [f"/bai-so-{n}-cua-trang-chu-{600 + n}.html" for n in range(3)]
    add("crawl-delay", {"/": start(*more)} | {path: article(n) for n, path in enumerate(more)}, text("User-agent: *\nCrawl-delay: 0.7\n"))
    add("crawl-delay-long", {"/": start(GOOD)}, text("User-agent: *\nCrawl-delay: 86400\n"))
    late = Reply(b"", status=429, headers={"Retry-After": "1"})
    add("retry-after", {"/": start(*more)} | {path: article(n) for n, path in enumerate(more)} | {more[0]: once(late, article(0))})
    dated = Reply(b"", status=503, headers={"Retry-After": format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=9), usegmt=True)})
    add("retry-after-long", {"/": start(*more), more[0]: dated, more[1]: article(1), more[2]: article(2)})
    circle = {"/vong-tron-mot-hai-ba-bon-1.html": "/vong-tron-mot-hai-ba-bon-2.html", "/vong-tron-mot-hai-ba-bon-2.html": "/vong-tron-mot-hai-ba-bon-1.html"}
    other = add("elsewhere", {"/": start(GOOD), "/bay": article(9)})
    away = {"/di-sang-trang-khac-ngay-601.html": other.url("/bay")}
    add("redirects", {"/": start(GOOD, *circle, *away)} | {a: Reply(status=302, headers={"Location": b}) for a, b in (circle | away).items()})
    slow = {
        "/cham-nho-giot-mot-hai-701.html": Reply(send=drip), "/vo-tan-khong-dung-lai-702.html": Reply(send=endless),
        "/im-lang-khong-tra-loi-703.html": Reply(send=silent), "/cut-nua-chung-thi-thoi-704.html": Reply(send=cut),
        "/dau-de-vo-tan-dai-qua-705.html": Reply(send=endless_headers),
    }  # fmt: skip
    add("slow", {"/": start(*slow, GOOD), **slow})
    bomb = gzip.compress(b"<html>" + b"\0" * 60_000_000)
    bombs = {
        "/bom-nen-mot-hai-ba-801.html": Reply(bomb, HTML, headers={"Content-Encoding": "gzip"}),
        "/bom-nen-hai-lan-lien-802.html": Reply(gzip.compress(bomb), HTML, headers={"Content-Encoding": "gzip, gzip"}),
        "/khong-phai-gzip-dau-nhe-803.html": Reply(b"no gzip at all", HTML, headers={"Content-Encoding": "gzip"}),
    }  # fmt: skip
    add("bombs", {"/": start(*bombs, GOOD), "/map.xml.gz": Reply(gzip.compress(b"<urlset>" + b" " * 60_000_000), "application/x-gzip"), **bombs})
    legacy = "<html><head><title>Khối thi đua số 7</title></head><body><p>Nội dung bài viết tổng kết</p></body></html>"
    types = {
        "/kieu-van-ban-tran-trui-901.html": Reply(legacy.encode(), "text/plain"),
        "/kieu-khong-ro-la-gi-902.html": Reply(legacy.replace("7", "hai").encode(), "application/octet-stream"),
        "/khong-noi-kieu-gi-ca-903.html": Reply(legacy.replace("7", "ba").encode(), None),
        "/pdf-noi-la-trang-web-904.html": Reply(b"%PDF-1.4 khong phai trang", HTML),
        "/anh-khong-co-duoi-gi-905": Reply(b"\xff\xd8\xff" * 100_000, "image/jpeg"),
        "/ma-chu-khai-bao-sai-906.html": Reply(legacy.replace("7", "sáu").encode(), "text/html; charset=iso-8859-1"),
        "/ma-chu-khong-co-that-907.html": Reply(legacy.replace("7", "bảy").encode(), "text/html; charset=tcvn-9"),
    }  # fmt: skip
    add("types", {"/": start(*types), **types})
    first = Reply(start(GOOD, "/bai-so-hai-cua-trang-502.html").encode(), headers={"Set-Cookie": "phien=bi-mat; Path=/", "set-cookie": "rong=1; Domain=.0.0.1; Path=/"})
    add("cookies", {"/": first, "/bai-so-hai-cua-trang-502.html": article(502)})
    many = [f"/bai-so-{n}-cua-trang-chu-{700 + n}.html" for n in range(12)]
    dying = add("dying", {"/": start(*many)} | {path: article(n) for n, path in enumerate(many)})

    def die(hit):
        dying.server.shutdown()
        dying.server.server_close()
        return Reply(send=lambda handler: None)

    dying.pages[many[5]] = die
    same = [f"/bai-so-{n}-cua-trang-chu-{800 + n}.html" for n in range(8)]
    add("same", {"/": start(*same)} | {path: (lambda hit: page("Lỗi", body=f"Trang đang bảo trì. Lượt {time.monotonic()}")) for path in same})
    add("same-by-redirect", {"/": start(*same), "/home": page("Chủ")} | {path: Reply(status=302, headers={"Location": "/home"}) for path in same})
    add("nothing", {"/": page("Chỉ có kịch bản", body="<script>app()</script>")})
    add("statuses", {"/": start(GOOD, "/khong-co-trang-nay-dau-951.html", "/loi-may-chu-roi-nhe-952.html"), "/loi-may-chu-roi-nhe-952.html": Reply(status=500)})
    pages = {f"/tin?page={n}": page("Tin", f"/bai-so-{n}-cua-danh-muc-{300 + n}.html", (f"/tin?page={n + 1}", "Sau")) for n in range(1, 6)}
    pages |= {"/tin?page=6": page("Hết", ("/tin?page=1", "Đầu")), **{f"/bai-so-{n}-cua-danh-muc-{300 + n}.html": article(300 + n) for n in range(1, 6)}}
    add("pages", {"/": start("/tin?page=1"), **pages})
    odd = ["javascript:alert(1)", "http://[::1", "http://a:b:c/", "ftp://127.0.0.1/x", "file:///etc/passwd", "http://u:p@127.0.0.1/", "//", "\\\\x\\y", "?" * 3000]
    odd += ["/%00%0a%0dX-Evil:1/mot-hai-ba-bon-nam-1.html", "/../../../../etc/passwd-mot-hai-ba-bon-1.html", "/đường/dẫn-có-dấu-tiếng-việt-1.html"]
    add("odd-links", {"/": start(*odd, GOOD)})
    refresh = '<html><head><meta http-equiv="refresh" content="0; url=/trang-chu.aspx"></head></html>'
    add("refresh", {"/": refresh, "/trang-chu.aspx": start(GOOD)})
    add("broken-html", {"/": Reply(b"<html><a href='" + GOOD.encode() + b"'>\xff\xfe<div" + b"<b>" * 3000 + b"\0\0 <a href=>")})
    return made


# A trap for each portal of a name: what its source says besides.
MORE = {"bombs": lambda portal: f"sitemaps = [{portal.url('/map.xml.gz')!r}]"}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    portals = build()
    out = tmp_path_factory.mktemp("hostile") / "c"
    toml = SETTINGS + "".join(source(name, p.url(), more=MORE.get(name, lambda p: "")(p)) for name, p in portals.items())
    begun = time.monotonic()
    done = fetch(out, toml, limit=120)
    yield SimpleNamespace(
        portals=portals, out=out, done=done, seconds=time.monotonic() - begun, sources=read_state(out).sources, log=(out / "crawl.log").read_text("utf-8")
    )
    for name, portal in portals.items():
        if name != "dying":
            portal.close()


def fetched(crawled, name):
    """The paths of a portal's articles that became sources."""
    root = crawled.portals[name].url("")
    return [s.url.removeprefix(root) for s in read_sources([str(crawled.out)], pytest.fail) if s.url.startswith(root)]


FAULTY = {
    "robots-html": "robots.txt is an HTML page", "robots-403": "status 403", "robots-500": "status 500", "robots-silent": "no answer in time",
    "crawl-delay-long": "86400 seconds", "retry-after-long": "asks to come back in 3", "dying": "again and again", "same": "the same page for 8 of 8",
    "same-by-redirect": "the same page for 8 of 8", "nothing": "no article at all: no link looked like one",
}  # fmt: skip


def test_sources_with_a_fault_are_named_and_the_others_are_not(crawled):
    assert crawled.done.code == 1
    faults = {name: state.fault for name, state in crawled.sources.items() if state.fault}
    assert {name: FAULTY[name] for name in faults if name in FAULTY and FAULTY[name] in faults[name]} == FAULTY, faults
    assert set(faults) == set(FAULTY), faults
    for name, fault in faults.items():
        assert f"{name}: {fault}" in crawled.done.err
    assert crawled.seconds < 100


@pytest.mark.parametrize("name", ["robots-html", "robots-403", "robots-500", "robots-silent"])
def test_a_robots_file_that_cannot_be_read_means_wait_and_then_leave(crawled, name):
    assert set(crawled.portals[name].asked(robots=True)) == {"/robots.txt"}
    assert 2 <= len(crawled.portals[name].hits) <= 3


def test_a_robots_file_that_comes_later_is_obeyed(crawled):
    assert crawled.portals["robots-late"].asked(robots=True) == ["/robots.txt", "/robots.txt", "/", GOOD]


def test_nothing_is_fetched_against_robots(crawled):
    asked = crawled.portals["robots-rules"].asked(robots=True)
    assert asked[0] == "/robots.txt" and asked.count("/robots.txt") == 1
    assert set(asked) == {"/robots.txt", "/", GOOD, "/chuyen-huong-den-cho-bi-cam-504.html"}
    assert crawled.sources["robots-rules"].refused == 4 and "robots.txt forbids it" in crawled.log


def test_crawl_delay_is_kept_between_all_requests(crawled):
    times = [hit.at for hit in crawled.portals["crawl-delay"].hits]
    assert len(times) == 5 and min(b - a for a, b in zip(times, times[1:], strict=False)) >= 0.7
    assert crawled.portals["crawl-delay-long"].asked() == []


def test_retry_after_is_kept(crawled):
    hits = crawled.portals["retry-after"].hits
    busy = next(n for n, hit in enumerate(hits) if hit.status == 429)
    assert hits[busy + 1].at - hits[busy].at >= 0.99
    assert len(fetched(crawled, "retry-after")) == 3
    asked = crawled.portals["retry-after-long"]
    assert [hit.status for hit in asked.hits].count(503) == 1 and asked.hits[-1].status == 503


def test_redirects_in_circles_and_to_other_sites(crawled):
    asked = crawled.portals["redirects"].asked()
    assert sum("vong-tron" in path for path in asked) <= 12
    assert "/bay" not in crawled.portals["elsewhere"].asked()
    assert fetched(crawled, "redirects") == [GOOD]
    assert "redirected to another site" in crawled.log and "redirected in circles" in crawled.log


def test_slow_and_endless_answers_do_not_hold_up_the_rest(crawled):
    assert fetched(crawled, "slow") == [GOOD]
    assert "no answer in time" in crawled.log and "larger than the limit" in crawled.log and "cut short" in crawled.log


def test_bombs_are_not_unpacked(crawled):
    assert fetched(crawled, "bombs") == [GOOD]
    assert "larger than the limit when unpacked" in crawled.log
    assert sum(path.stat().st_size for path in (crawled.out / "warc").iterdir()) < 2_000_000


def test_what_counts_is_what_a_page_is_not_what_the_server_calls_it(crawled):
    found = sorted(path.rpartition("-")[2] for path in fetched(crawled, "types"))
    assert found == [f"{n}.html" for n in (901, 902, 903, 906, 907)]
    picture = next(hit for hit in crawled.portals["types"].hits if hit.path.endswith("-905"))
    assert picture.status == 200
    bodies = {r.header("WARC-Target-URI"): r.body for p in (crawled.out / "warc").iterdir() for r in read_records(str(p), pytest.fail)}
    assert bodies[crawled.portals["types"].url("/anh-khong-co-duoi-gi-905")] == b""


def test_cookies_go_back_to_their_host_and_to_no_other(crawled):
    portal = crawled.portals["cookies"]
    assert [hit.cookie for hit in portal.hits if hit.path != "/robots.txt"] == [None, "phien=bi-mat", "phien=bi-mat"]
    for other in crawled.portals.values():
        assert other is portal or not any(hit.cookie for hit in other.hits)


def test_a_site_that_dies_keeps_what_it_gave(crawled):
    state = crawled.sources["dying"]
    assert 4 <= len(fetched(crawled, "dying")) <= 11 and not state.finished and "stopped after" in state.fault


def test_pages_of_lists_are_followed_to_their_end(crawled):
    assert sorted(fetched(crawled, "pages")) == [f"/bai-so-{n}-cua-danh-muc-{300 + n}.html" for n in range(1, 6)]


def test_statuses_are_counted_and_told(crawled):
    assert crawled.portals["statuses"].asked().count("/loi-may-chu-roi-nhe-952.html") == 2
    assert crawled.sources["statuses"].failed == 2 and "status 404" in crawled.log and "status 500" in crawled.log


@pytest.mark.parametrize("name", ["odd-links", "refresh", "broken-html", "robots-late"])
def test_odd_portals_give_their_article(crawled, name):
    assert fetched(crawled, name) == [GOOD]


def test_file_names_never_come_from_an_address(crawled):
    names = sorted(path.relative_to(crawled.out).as_posix() for path in crawled.out.rglob("*") if path.is_file())
    assert names == [".lock", "crawl.json", "crawl.log", "warc/crawl-00001.warc.gz"]


def test_one_request_a_host_at_a_time(crawled):
    # Answers that take over the socket may still be on their way when the client has long gone.
    assert {name for name, portal in crawled.portals.items() if portal.most_at_once > 1} <= {"slow", "robots-silent"}


def test_every_record_says_what_was_asked_and_what_answered(crawled):
    records = [r for p in (crawled.out / "warc").iterdir() for r in read_records(str(p), pytest.fail)]
    refreshed = next(r for r in records if r.header("WARC-Target-URI") == crawled.portals["refresh"].url("/trang-chu.aspx"))
    assert refreshed.header("X-Thidua-Asked") == crawled.portals["refresh"].url("/") and refreshed.status == 200
    assert refreshed.header("X-Thidua-Source") == "refresh" and refreshed.header("WARC-IP-Address") == crawled.portals["refresh"].host
    assert refreshed.http_header("Content-Type") == HTML
    assert dt.datetime.fromisoformat(refreshed.header("WARC-Date")) > dt.datetime.now(dt.UTC) - dt.timedelta(minutes=10)
    asked = [r.header("X-Thidua-Asked") for r in records]
    assert len(asked) == len(set(asked))


# --- private networks and certificates: crawls of their own ----------------------------------------------------------


def test_private_addresses_are_refused_by_name_by_number_and_after_redirects(tmp_path):
    inside = Portal({"/mat": article(1)}, host="127.0.0.1")
    targets = {
        "so": inside.url("/mat"), "ten": inside.url("/mat", "localhost"), "so-khac": inside.url("/mat", "2130706433"),
        "bat-phan": inside.url("/mat", "0177.0.0.1"), "sau": inside.url("/mat", "[::1]"), "anh-xa": inside.url("/mat", "[::ffff:127.0.0.1]"),
        "khong": inside.url("/mat", "0.0.0.0"), "tep": "file:///etc/passwd", "may": "http://169.254.169.254/latest/meta-data",
    }  # fmt: skip
    outside = Portal({f"/{name}": Reply(status=302, headers={"Location": url}) for name, url in targets.items()} | {GOOD: article(2)})
    try:
        pinned = f'[fetch.hosts]\n"portal.example" = "{outside.host}"\n'
        links = [f"/{name}" for name in targets]
        outside.pages["/"] = page("Cổng", GOOD, *links)
        done = fetch(tmp_path / "c", SETTINGS + pinned + source("a", outside.url("/", "portal.example")), private=False)
        assert done.code == 0 and set(outside.asked()) == {"/", GOOD, *links}, done.err
        start_pages = [outside.url(f"/{name}", "portal.example") for name in targets]  # start pages may be forwarded to other hosts
        done = fetch(tmp_path / "d", SETTINGS + pinned + source("a", *start_pages), private=False)
        assert done.code == 1 and "no article at all: private address" in done.err
        direct = [url for url in targets.values() if url.startswith("http")]
        done = fetch(tmp_path / "e", None, "--delay", "0", *direct, private=False)
        assert done.code == 1 and done.err.count("brought nothing") == len({url.split("/")[2] for url in direct})
        assert inside.hits == []
        done = fetch(tmp_path / "f", None, "--delay", "0", targets["so"], targets["ten"])
        assert done.code == 0 and inside.asked() == ["/mat", "/mat"]
    finally:
        inside.close()
        outside.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for portal.example that nobody vouches for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "portal.example")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("portal.example")]), critical=False)
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(pem + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


def test_certificates_are_checked(tmp_path, certificate):
    portal = Portal({"/": page("Cổng", GOOD), GOOD: article(1)})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    portal.server.socket = context.wrap_socket(portal.server.socket, server_side=True)
    url = portal.url("/", "portal.example").replace("http:", "https:")
    toml = SETTINGS + f'[fetch.hosts]\n"portal.example" = "{portal.host}"\n"andere.example" = "{portal.host}"\n'
    try:
        done = fetch(tmp_path / "c", toml + source("a", url), private=False)
        assert done.code == 1 and "its certificate is not valid" in done.err and portal.hits == []
        trusted = {"SSL_CERT_FILE": str(certificate)}
        done = fetch(tmp_path / "d", toml + source("a", url.replace("portal.", "andere.")), private=False, env=trusted)
        assert done.code == 1 and "its certificate is not valid" in done.err and portal.hits == []
        assert fetch(tmp_path / "e", toml + source("a", url), private=False, env=trusted).code == 0
        assert portal.asked() == ["/", GOOD]
    finally:
        portal.close()
