"""What the pages of a site repeat. The portal, its persons and events are invented."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from pipeline import batches
from pipeline import run as runner
from pipeline.clean import clean, plain_article, sites
from pipeline.records import Source
from pipeline.stages import STAGES, Plan
from pipeline.store import StageFolder

BLOCS = ["Nội chính", "Kinh tế tổng hợp", "Văn hóa - Xã hội", "Doanh nghiệp số 2", "các xã vùng thấp", "Đảng, đoàn thể", "Ngân hàng", "Bệnh viện"]
MEMBERS = ["Sở Tư pháp", "Thanh tra tỉnh", "Kho bạc Nhà nước tỉnh", "Bưu điện tỉnh"]
NOTICE = (
    "Mọi ý kiến phản ánh, kiến nghị của tổ chức và cá nhân xin gửi về Bộ phận tiếp nhận của Cổng, phòng 104, nhà B, để được xem xét và trả"
    " lời trong giờ hành chính."
)
SLOGAN = "Cẩm Khê chung sức xây dựng quê hương giàu đẹp, văn minh"
SAME_IN_ALL = "Tại hội nghị, các đại biểu đã thảo luận, đóng góp ý kiến vào dự thảo báo cáo và bản giao ước thi đua của Khối."


def title(n: int) -> str:
    return f"Khối thi đua {BLOCS[n]} tổng kết công tác năm 20{11 + n}"


def lead(n: int) -> str:
    return (
        f"Sáng {n + 3}/01/20{12 + n}, tại Nhà văn hóa huyện, Khối thi đua {BLOCS[n]} tổ chức hội nghị tổng kết năm 20{11 + n} và triển khai"
        f" nhiệm vụ năm 20{12 + n}."
    )


def own(n: int) -> str:
    return (
        f"Năm qua, {n + 6} đơn vị trong Khối đã hoàn thành {20 + n} chỉ tiêu, có {n + 2} đơn vị vượt kế hoạch thu, nhiều sáng kiến về"
        f" {BLOCS[n]} được áp dụng rộng rãi trong thực tế công việc."
    )


def article(n: int) -> list[str]:
    return [lead(n), own(n), SAME_IN_ALL, "Tham dự hội nghị có lãnh đạo các đơn vị thành viên:"]


def page(n: int, print_view: bool = False) -> bytes:
    """An old portal: tables, no name that tells anything. On each page the box of news shows title and lead of article 0."""
    body = "".join(f"<p>{p}</p>" for p in article(n)) + "<ul>" + "".join(f"<li>{m}</li>" for m in MEMBERS) + "</ul>"
    body += f"<p>Chủ tịch huyện trao Giấy khen cho {n + 4} tập thể và {n + 5} cá nhân của Khối có thành tích xuất sắc trong năm 20{11 + n}.</p>"
    if print_view:
        return f"<html><head><title>Bản in</title></head><body><h3>{title(n)}</h3>{body}</body></html>".encode()
    box = f"<td><b><a href='/0'>{title(0)}</a></b><div>{lead(0)}</div></td>"
    return (
        f"<html><head><title>Cổng huyện Cẩm Khê</title></head><body><table><tr><td>{SLOGAN}</td></tr><tr>{box}<td>"
        f"<div>{SLOGAN}</div><div>{title(n)}</div><div>(Ngày đăng: {n + 4}/01/20{12 + n})</div><div>{body}</div>"
        f"<div><b>{NOTICE}</b></div><div>Trực tiếp dân: ông Lương Văn Cầm, 0900 000 00{n % 2}</div></td></tr></table></body></html>"
    ).encode()


def source(n: int, payload: bytes | None = None, name: str | None = None, host: str = "www.camkhe.example.vn") -> Source:
    name = name or f"p{n}"
    return Source(name, f"pages/{name}.html", "html", payload or page(n), f"http://{host}/{name}")


SITE = [source(n) for n in range(8)]


def cleaned(n: int, batch: list[Source]) -> str:
    learnt = sites.learn(batch)
    one = next(s for s in batch if s.id == f"p{n}")
    return plain_article(clean(one, sites.seen_on(one, learnt.get(sites.site_of(one), sites.NOTHING))))["text"]


@pytest.mark.parametrize("n", range(8))
def test_what_recurs_around_the_article_goes_and_the_article_stays(n: int) -> None:
    alone = plain_article(clean(SITE[n]))["text"]
    found = cleaned(n, SITE).split("\n")
    assert NOTICE in alone and NOTICE not in found and SLOGAN not in found
    assert all(p in found for p in (title(n), *article(n), *MEMBERS))
    assert not any("Lương Văn Cầm" in line for line in found)


def test_what_is_left_out_within_the_container_is_noted() -> None:
    inner = [source(n, page(n).replace(b"</ul>", f"</ul><div><b>{NOTICE}</b></div>".encode())) for n in range(8)]
    outer = [source(n, page(n).replace(b"</p></div><div><b>", b"</p><div><b>").replace(b"</b></div><div>", b"</b></div></div><div>")) for n in range(8)]
    for batch, goes in ((inner, False), (outer, True)):  # what stands between its own paragraphs is the article's in any case
        one = batch[3]
        found = clean(one, sites.seen_on(one, sites.learn(batch)["camkhe.example.vn"]))
        assert (NOTICE not in found.text, found.repairs) == (goes, ("blocks left out that other pages of the site repeat: 1",) if goes else ())


def test_title_and_lead_that_other_pages_show_in_a_box_stay_with_their_article() -> None:
    found = cleaned(0, SITE).split("\n")
    assert (found.count(title(0)), found.count(lead(0))) == (1, 1)


def test_a_site_of_few_pages_is_not_touched() -> None:
    assert sites.learn(SITE[: sites.LEAST - 1]) == {}
    other = source(7, host="khac.example.vn")
    learnt = sites.learn([*SITE[:6], other])
    assert list(learnt) == ["camkhe.example.vn"]
    assert sites.site_of(other) == "khac.example.vn"


def test_the_views_of_one_article_do_not_make_it_boilerplate() -> None:
    views = [source(3, page(3, print_view), f"v{k}{print_view}") for k in range(4) for print_view in (True, False)]
    assert sites.learn(views) == {}
    assert own(3) in cleaned(3, [*SITE, *views])


def test_the_order_of_pages_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sites, "SAMPLE", 6)  # fewer than there are pages
    known = sites.learn(SITE)
    assert known
    for order in random.Random(1).sample(list(itertools.permutations(SITE)), 30):
        assert sites.learn(order) == known


def test_a_file_without_address_belongs_to_its_folder_and_a_row_to_its_table() -> None:
    assert sites.site_of(Source("a", "in/site/a.html", "html", b"")) == "in/site"
    assert sites.site_of(Source("a", "in/all.jsonl#3", "html", b"")) == "in/all.jsonl"
    assert sites.site_of(Source("a", "a.html", "html", b"", "http://WWW.Abc.vn:80/x")) == "abc.vn"


def test_links_that_span_blocks_are_links() -> None:
    marks = dict(sites._blocks("<p>Một đoạn văn</p><a href='/'><h3>Một tiêu đề</h3><p>và lời dẫn</p></a><p>Đoạn sau</p>"))
    assert [length > 0 for length in marks.values()] == [True, False, False, True]


# --- in a run -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(6):
        (folder / f"p{n}.html").write_bytes(page(n))
    return folder


PLAN = Plan.of(STAGES[:1])


def texts(out: Path) -> dict[str, bytes]:
    folder = StageFolder(out, "clean")
    return {row.id: row.body for name in folder.finished() for row in folder.read(name)}


def test_a_second_run_processes_nothing_and_processes_do_not_matter(pages: Path, tmp_path: Path) -> None:
    first = runner.run([str(pages)], tmp_path / "out", PLAN, 1)
    assert (first.processed, runner.run([str(pages)], tmp_path / "out", PLAN, 1).processed) == (6, 0)
    assert all(NOTICE.encode() not in body for body in texts(tmp_path / "out").values())
    runner.run([str(pages)], tmp_path / "two", PLAN, 2)
    assert texts(tmp_path / "two") == texts(tmp_path / "out")


def test_an_article_is_cleaned_anew_only_when_what_it_sees_has_changed(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    runner.run([str(pages)], out, PLAN, 1)
    (pages / "p6.html").write_bytes(page(6))
    assert runner.run([str(pages)], out, PLAN, 1).processed == 1  # the site repeats what it did before
    odd = page(7).replace(NOTICE.encode(), b"x")
    (pages / "q7.html").write_bytes(odd)
    assert runner.run([str(pages)], out, PLAN, 1).processed == 1
    for n in range(2, 7):  # too few are left that have the notice, and each of them is another text now
        (pages / f"p{n}.html").write_bytes(page(n).replace(NOTICE.encode(), str(n).encode() * 40))
    assert runner.run([str(pages)], out, PLAN, 1).processed == 7
    fresh = tmp_path / "fresh"
    runner.run([str(pages)], fresh, PLAN, 1)
    assert texts(out) == texts(fresh)
    assert NOTICE.encode() in texts(out)["p0"]


def test_a_run_started_again_learns_the_same(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, write, left = tmp_path / "out", StageFolder.write, [2]
    monkeypatch.setattr(batches, "MEAN_SHARD", 1)

    def stop(self, rows, marker):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        write(self, rows, marker)

    monkeypatch.setattr(StageFolder, "write", stop)
    with pytest.raises(KeyboardInterrupt):
        runner.run([str(pages)], out, PLAN, 1)
    monkeypatch.setattr(StageFolder, "write", write)
    assert 0 < runner.run([str(pages)], out, PLAN, 1).processed < 6
    runner.run([str(pages)], tmp_path / "fresh", PLAN, 1)
    assert texts(out) == texts(tmp_path / "fresh")
