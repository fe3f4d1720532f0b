"""Crawled text: what is marked as what. All persons and events are invented."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from pipeline.clean import clean, plain_article
from pipeline.clean.text_lines import split_lines
from pipeline.errors import ArticleError
from pipeline.records import CONTENT_REGIONS, Article, Source
from pipeline.rules import declared_rules

TITLE = "Khối thi đua Nội chính tổng kết công tác thi đua, khen thưởng năm 2021"
LEAD = (
    "Sáng 07/01/2022, tại Hội trường Tòa án nhân dân tỉnh, Khối thi đua Nội chính tổ chức Hội nghị tổng kết công tác thi đua, "
    "khen thưởng năm 2021 và ký giao ước thi đua năm 2022."
)
BODY = (
    "Hội nghị đã bỏ phiếu suy tôn Công an tỉnh để đề nghị Chính phủ tặng Cờ thi đua; đề nghị UBND tỉnh tặng Cờ thi đua cho "
    "Thanh tra tỉnh và Bằng khen cho Sở Tư pháp, Cục Thi hành án dân sự tỉnh."
)


def article(text: str, **fields: str) -> Article:
    return clean(Source("a", "a.txt", "text", text.encode(), **fields))


def kinds(found: Article) -> list[tuple[str, str]]:
    return [(r.kind, found.text[r.start : r.end]) for r in found.regions]


def kind_of(found: Article, start: str) -> str:
    return next(kind for kind, text in kinds(found) if text.startswith(start))


def test_text_is_kept_as_it_came_and_regions_are_in_order() -> None:
    text = f"\ufeffSkip Ribbon Commands\r\n\r\n{TITLE}\r\n\r\n10/01/2022 | Lượt xem: 412\r\n\r\n\u00a0{LEAD}\u00a0\r\n\r\n{BODY}\r\n"
    found = article(text)
    assert found.text == text[1:]  # the byte order mark is no letter of the text
    ends = [0]
    for region in found.regions:
        assert ends[-1] <= region.start < region.end
        assert found.text[region.start : region.end] == found.text[region.start : region.end].strip()
        ends.append(region.end)
    assert [k for k, _ in kinds(found)] == ["boilerplate", "title", "date_line", "lead", "body"]


def test_a_crawlers_stamp_below_the_headline_is_a_line_of_its_own() -> None:
    found = article(f"{TITLE}\n date 2022-01-12 {LEAD}\n\n{BODY}\n")
    assert kinds(found) == [("title", TITLE), ("date_line", "date 2022-01-12"), ("lead", LEAD), ("body", BODY)]
    assert found.published.value == "2022-01-12"
    monthly = article(f"{TITLE}\n date 2022-01 {LEAD}\n\n{BODY}\n")
    assert (monthly.title.value, monthly.published.value) == (TITLE, "2022-01")


@pytest.mark.parametrize(
    ("last", "day"),
    [("(08/01/2022)", "2022-01-08"), ("08/01/2022", "2022-01-08"), ("(Cột mốc 08/01/2022)", None), ("(08/09/2021)", None)],
)
def test_a_day_alone_in_the_last_line_is_that_of_publication_where_it_fits_what_is_told(last: str, day: str | None) -> None:
    found = article(f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\nLò Văn Pánh\n\n{last}\n")
    assert (found.published.value if found.published else None) == day


@pytest.mark.parametrize(
    ("first", "day"),
    [("10:41, 12/01/2022", "2022-01-12"), ("Ngày đăng: 12/01/2022", "2022-01-12"), ("Thứ Hai, 12/09/2022 | English | Sơ đồ cổng", None)],
)
def test_a_text_may_begin_with_its_date_line_where_no_headline_stands_above(first: str, day: str | None) -> None:
    found = article(f"{first}\n\n{LEAD}\n\n{BODY}\n")
    assert found.title is None
    assert (found.published.value if found.published else None) == day


def test_a_counter_may_stand_below_the_day_in_the_last_lines() -> None:
    found = article(f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\nLò Văn Pánh\n\n08/01/2022\n5120 lượt xem\n")
    assert found.published.value == "2022-01-08"


@pytest.mark.parametrize(
    ("stamp", "day"), [("date 2022-01-12 ", "2022-01-12"), (" date 2022-01 ", "2022-01"), ("publish_date: 2022-01-12 ", "2022-01-12")]
)
def test_a_crawlers_stamp_in_front_of_the_headline_is_no_part_of_it(stamp: str, day: str) -> None:
    found = article(f"{stamp}{TITLE}\n\n{LEAD}\n\n{BODY}\n")
    assert found.title.value == TITLE
    assert found.text[slice(*found.title.spans[0])] == TITLE
    assert found.published.value == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("( Cập nhật lúc: 12/01/2022  )", "2022-01-12"),
        ("(Ngày đăng: 12/01/2022)", "2022-01-12"),
        ("[ Đăng ngày: 12/01/2022 08:10 - Người đăng: Quản trị ]", "2022-01-12"),
        ("Thứ Tư, 12/01/2022, 16:42 [GMT+7]", "2022-01-12"),
        ("thứ tư, 12 01 2022 16:42", "2022-01-12"),
        ("17:40 | 12.01.2022", "2022-01-12"),
        ("12-01-2022 08:14", "2022-01-12"),
        ("12/01/2022 | Lượt xem: 412", "2022-01-12"),
        ("Ngày đăng 12/01/2022 | 16:42 | View count: 412", "2022-01-12"),
        ("Xã hội - Ngày đăng : 11:19, 12/01/2022", "2022-01-12"),
        ("Lần cập nhật cuối: 12/01/2022", "2022-01-12"),
        ("Tin, ảnh: Lù Tấn Phát - 12/01/2022", "2022-01-12"),
        ("Ngày hỏi: 12/01/2022", "2022-01-12"),
        ("Đăng lúc: 08:05:17 12/01/2022 (GMT+7)     Cỡ chữ:  A-  A  A+", "2022-01-12"),
        ("Hoạt động ngành 12 Tháng Giêng 2022 9:12:00 SA", "2022-01-12"),
        ("Ngày đăng: 12 Tháng Giêng 2022", "2022-01-12"),
        ("Thứ Tư, ngày 12 tháng 01 năm 2022 - 10:26", "2022-01-12"),
        ("12-01-2022 07:30:14 SA", "2022-01-12"),
        ("28/11/2021 07:05:31 Xem cỡ chữ Google", "2021-11-28"),
        ("1/12/2022 3:12:45 PM", "2022-01-12"),  # an English clock: month first
        ("Submitted by quantri on Wed, 01/12/2022 - 08:02", "2022-01-12"),
        ("2022-01-12T08:02:11+07:00", "2022-01-12"),
        ("Đăng ngày 12/01/2022 bởi admin", "2022-01-12"),
        ("Văn hóa - Xã hội  12/01/2022 06:02", "2022-01-12"),  # the column, the site or the office beside day and clock
        ("17:22, 12/01/2022   |   Đời sống", "2022-01-12"),
        ("baosongtien.vn   12/01/2022 08:33   GMT+7", "2022-01-12"),
        ("12/01/2022 09:45  -  Phòng Tổng hợp - Quản trị", "2022-01-12"),
        ("12/01/2022 18:27 - Phóng viên: LÊ TÚ", "2022-01-12"),
        ("Đời sống công đoàn - 12/01/2022 18:27 LÊ TÚ", "2022-01-12"),
        ("12 Tháng 1, 2022 | admin", "2022-01-12"),
        ("Tháng Giêng 12, 2022", "2022-01-12"),
        ("By admin | Tháng Giêng 12, 2022 | 0 Comments", "2022-01-12"),
        ("Bởi admin - 12/01/2022 - 3 bình luận", "2022-01-12"),
        ("12/01/2022 Không có phản hồi", "2022-01-12"),
    ],
)
def test_own_date_line(line: str, day: str) -> None:
    found = article(f"{TITLE}\n{line}\n\n{LEAD}\n\n{BODY}\n")
    assert found.published is not None
    assert found.published.value == day
    assert found.title is not None and found.title.value == TITLE
    ((start, end),) = found.published.spans
    assert any(r.kind == "date_line" and r.start <= start < end <= r.end for r in found.regions)


@pytest.mark.parametrize("behind", [" (12/01/2022)", " 12/01/2022 08:20", " 08:20 | 12/01/2022", "    12/1/2022"])
def test_the_day_may_stand_behind_the_headline(behind: str) -> None:
    found = article(f"{TITLE}{behind}\n\n{LEAD}\n\n{BODY}\n")
    assert found.published is not None and found.published.value == "2022-01-12"
    assert found.title is not None and found.title.value == TITLE


def test_a_day_that_the_headline_itself_tells_is_no_date_of_publication() -> None:
    found = article(f"{TITLE} ngày 12/01/2022\n\n{LEAD}\n\n{BODY}\n")
    assert found.published is None and found.title is not None and found.title.value.endswith("12/01/2022")


def test_day_and_clock_below_the_lead_of_an_article_that_tells_no_day() -> None:
    lead = LEAD.replace("Sáng 07/01/2022, tại", "Vừa qua, tại")
    found = article(f"{TITLE}\n{lead}\n\n12/01/2022 09:30\n\n{BODY}\n")
    assert found.published is not None and found.published.value == "2022-01-12"


@pytest.mark.parametrize(
    "line",
    [
        "08:00, 12/01/2022 Khai mạc hội nghị tại Sở Tư pháp",
        "Phòng họp 08:30 12/01/2022 Khách mời",
        "Hội trường lớn tầng hai - 12/01/2022 08:30 Sở Tư Pháp",
    ],
)
def test_a_line_of_a_schedule_is_no_date_line(line: str) -> None:
    assert article(f"{TITLE}\n{line}\n\n{LEAD}\n\n{BODY}\n").published is None


def test_date_before_the_title_counts_too() -> None:
    found = article(f"Thứ Tư, 12/01/2022, 16:42 [GMT+7]\n{TITLE}\n\n{LEAD}\n")
    assert found.published is not None and found.published.value == "2022-01-12"


@pytest.mark.parametrize(
    "header", ["Thứ Bảy, 16/12/2023 | English | Sơ đồ cổng", "Hôm nay: Thứ Bảy, ngày 16/12/2023", "Thứ Bảy, ngày 16 tháng 12 năm 2023"]
)
def test_todays_date_in_a_header_is_no_date_of_publication(header: str) -> None:
    alone = article(f"{header}\nSở Tư pháp\n\n{TITLE}\n\n{LEAD}\n\n{BODY}\n")
    assert alone.published is None
    beside = article(f"{header}\nSở Tư pháp\n\n{TITLE}\n\nNgày đăng: 10/01/2022\n\n{LEAD}\n")
    assert beside.published is not None and beside.published.value == "2022-01-10"


def test_a_page_clock_long_after_the_event_is_no_date_of_publication() -> None:
    assert article(f"Thứ Bảy, ngày 15/10/2022, 10:05\nSở Tư pháp\n\n{TITLE}\n\n{LEAD}\n\n{BODY}\n").published is None


def test_the_day_behind_the_headline_goes_before_a_clock_above_it() -> None:
    found = article(f"Thứ Tư, 09/03/2022 | 10:22:31\n{TITLE} (12/01/2022)\n\n{LEAD}\n\n{BODY}\n")
    assert found.published is not None and found.published.value == "2022-01-12"


def test_a_label_may_end_in_a_comma_and_a_zone_marks_a_date_below() -> None:
    above = article(f"{TITLE}\n\nCập nhật, 08:25, Thứ Tư, 12/01/2022 (GMT+7)\n\n{LEAD}\n\n{BODY}\n")
    assert above.published is not None and above.published.value == "2022-01-12"
    below = article(f"{TITLE}\n{BODY}\n12/01/22 10:05 GMT+7\nXã hội\n")
    assert below.published is not None and below.published.value == "2022-01-12"


def test_a_weekday_settles_the_order_of_day_and_month() -> None:
    lead = "Mới đây, Khối thi đua Nội chính đã tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng tại trụ sở Sở Tư pháp."
    found = article(f"{TITLE}\nThứ hai, 08/11/2021 3:12:45 PM\n\n{lead}\n\n{BODY}\n")
    assert found.published is not None and found.published.value == "2021-11-08"


def test_days_joined_by_a_dash_are_no_day_and_month() -> None:
    lead = "Từ ngày 05-07/6/2021, Khối thi đua Nội chính tổ chức hội thao chào mừng các ngày lễ lớn tại Nhà thi đấu tỉnh."
    found = article(f"{TITLE}\n08/06/2021 - 10:05\n\n{lead}\n\n{BODY}\n")
    assert found.published is not None and found.published.value == "2021-06-08"


@pytest.mark.parametrize("title", ["Khối thi đua số 3 sơ kết 6 tháng", "Cụm thi đua số 2: Sơ kết phong trào thi đua 6 tháng đầu năm"])
def test_a_headline_that_ends_in_a_stretch_of_time_is_whole(title: str) -> None:
    found = article(f"{title}\n{LEAD}\n{BODY}\n")
    assert found.title is not None and found.title.value == title


def test_dates_of_events_documents_and_other_news_are_none() -> None:
    found = article(
        f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\nCác tin khác\nKhối thi đua số 2 bầu Khối trưởng (05/01/2022)\n",
        url="http://x.vn/2022/01/09/a.html",
    )
    assert found.published is None


def test_a_headline_repeated_in_fewer_words_is_the_fuller_one() -> None:
    found = article(f"{TITLE}\n\nKhối thi đua Nội chính tổng kết công tác năm 2021\n\n{LEAD}\n\n{BODY}")
    assert found.title is not None and found.title.value == TITLE


def test_month_first_is_told_by_the_articles_own_days() -> None:
    lead = "Từ ngày 03 đến ngày 05/12/2019, đoàn chấm chéo của Cụm thi đua số 3 đã làm việc với từng đơn vị."
    found = article(f"Cụm thi đua số 3 kiểm tra chéo, chấm điểm thi đua năm 2019\n\n12/6/2019 3:12:45 PM\n\n{lead}\n\n{BODY}\n")
    assert found.published is not None
    assert (found.published.value, found.published.rule) == ("2019-12-06", "clean.published.month_first")
    assert found.published.inferred_from


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f"SỞ TƯ PHÁP TỈNH LAI CHÂU\nGiới thiệu   Tin tức   Văn bản   Liên hệ\n{TITLE}", TITLE),
        (f"Trang chủ » Tin tức » Thi đua - Khen thưởng\n\n{TITLE}", TITLE),
        (f"Thi đua - Khen thưởng\n{TITLE}", TITLE),
        (f"{TITLE}\n{TITLE}", TITLE),
        (f"{TITLE} {TITLE}", TITLE),
        (TITLE.upper(), TITLE.upper()),
        (
            "Khối thi đua  Nội chính\u00a0tỉnh :\n\nTổng kết   công tác thi đua năm 2021",
            "Khối thi đua Nội chính tỉnh : Tổng kết công tác thi đua năm 2021",
        ),
        ("HỘI NGHỊ TỔNG KẾT CÔNG TÁC THI ĐUA\nKHỐI NỘI CHÍNH NĂM 2021", "HỘI NGHỊ TỔNG KẾT CÔNG TÁC THI ĐUA KHỐI NỘI CHÍNH NĂM 2021"),
        (f"{TITLE}\n\nToàn cảnh Hội nghị. Ảnh: H.T", TITLE),
        (f"Tin mới nhất\nTrao Bằng khen cho 12 tập thể (05/01/2022)\nGiao lưu văn nghệ Khối số 3 (04/01/2022)\n\n{TITLE}", TITLE),
    ],
)
def test_title(head: str, title: str) -> None:
    found = article(f"{head}\n\n{LEAD}\n\n{BODY}\n")
    assert found.title is not None
    assert found.title.value == title


def test_excerpts_have_neither_title_nor_date() -> None:
    for text in (f"và các đơn vị trong Khối đã hoàn thành nhiệm vụ. {LEAD}", LEAD, f"{LEAD}\n\n{BODY}"):
        found = article(text)
        assert found.title is None
        assert found.published is None
        assert all(kind in CONTENT_REGIONS for kind, _ in kinds(found))


def test_lists_of_other_news_counters_and_forms_are_boilerplate() -> None:
    tail = [
        "Chia sẻ:  Facebook  Zalo  Twitter",
        "Lượt xem: 1.204",
        "Từ khóa: thi đua, khen thưởng",
        "Bình luận (0)",
        "Họ tên *     Email *     Nội dung *     Gửi",
        "Các tin khác",
        "• Trao Huân chương Lao động hạng Nhì cho Bệnh viện tỉnh (28/12/2021)",
        "Khối thi đua số 5 bầu Khối trưởng năm 2022",
        "Hội nghị đã bỏ phiếu suy tôn một đơn vị khác và đề nghị UBND tỉnh tặng Cờ thi đua cho đơn vị đó trong năm 2021.",
        "Thời tiết Lai Châu  17oC  Độ ẩm 78%",
        "Thống kê truy cập: 1.204.556",
        "Bản quyền thuộc Sở Tư pháp",
    ]
    found = article("\n".join([TITLE, "", LEAD, "", BODY, "", "Vàng Tuấn Hải", "", *tail]))
    for line in tail:
        assert kind_of(found, line) == "boilerplate", line
    assert kind_of(found, "Vàng Tuấn Hải") == "byline"


def test_who_posted_and_at_what_time_is_a_byline() -> None:
    found = article(f"{TITLE}\n\n{LEAD}\n\n{BODY}/.\n\nĐài truyền thanh huyện vào lúc 09:12\n")
    assert kind_of(found, "Đài truyền thanh huyện vào lúc 09:12") == "byline"


def test_lists_without_a_head_after_the_byline_are_boilerplate() -> None:
    found = article(f"{TITLE}\n\n{LEAD}\n\n{BODY}/.\n\nMinh Anh\n\nKhai mạc giải bóng đá mini của tỉnh\nĐoàn công tác thăm xã biên giới\n")
    assert [k for k, _ in kinds(found)][-3:] == ["byline", "boilerplate", "boilerplate"]


def test_a_box_of_links_within_the_article_does_not_end_it() -> None:
    found = article(f"{TITLE}\n\n{LEAD}\n\nTin liên quan\nKhối thi đua số 5 ký giao ước\nTrao Cờ thi đua\n\n{BODY}\n\n{BODY}\n")
    assert kind_of(found, "Khối thi đua số 5") == "boilerplate"
    assert [text for kind, text in kinds(found) if kind == "body"] == [BODY, BODY]


def test_member_lists_captions_and_subheads_are_kept() -> None:
    members = [
        "- Công an tỉnh;",
        "- Sở Tư pháp;",
        "Thanh tra tỉnh",
        "Văn bản",
        "1. Cục Thi hành án dân sự tỉnh",
        "• Viện kiểm sát nhân dân tỉnh (Khối phó)",
    ]
    text = "\n".join(
        [TITLE, "", LEAD, "", "Khối gồm các đơn vị:", *members, "", "Toàn cảnh Hội nghị", "", "Những con số biết nói", "", BODY]
    )
    found = article(text)
    assert not [t for kind, t in kinds(found) if kind == "boilerplate"]
    assert kind_of(found, "Toàn cảnh") == "caption"


def test_byline_glued_to_the_last_sentence() -> None:
    found = article(f"{TITLE}\n\n{LEAD}\n\n{BODY}/.Nguyễn Thị Lệ Hà\n")
    assert kinds(found)[-2:] == [("body", f"{BODY}/."), ("byline", "Nguyễn Thị Lệ Hà")]


@pytest.mark.parametrize(
    "line",
    ["Tin, ảnh: Bế Hà", "Thanh Tình - Văn phòng Sở", "XUÂN DIỆU - TRẦN PHÚC", "(Phòng Tổ chức cán bộ)", "P.V", "Tin từ Ban TĐKT", "BBT"],
)
def test_bylines(line: str) -> None:
    assert kind_of(article(f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{line}\n"), line) == "byline"


@pytest.mark.parametrize(
    "line", ["Bà Hà Thị Mận, Giám đốc Sở Tư pháp phát biểu", "Đ/c Vi Văn Hợi - PGĐ Sở Y tế", "Vi Văn Hợi - Giám đốc Sở Y tế khai mạc"]
)
def test_who_is_seen_below_the_last_paragraph_is_no_byline(line: str) -> None:
    assert kind_of(article(f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{line}\n"), line) in ("body", "caption")


def test_a_line_break_within_a_sentence_does_not_end_the_paragraph() -> None:
    broken = (
        BODY.replace("suy tôn Công an", "suy tôn\nCông an")
        .replace("Sở Tư pháp, Cục", "Sở Tư pháp,\nCục")
        .replace("cho Thanh", "cho\nThanh")
    )
    broken += " Hội nghị nhất trí để Sở Tư pháp được giao làm\nPhó Khối trưởng."
    broken = broken.replace("để đề nghị", "để\nđề nghị").replace("suy tôn\nCông", "suy tôn Công")
    found = article(f"{TITLE}\n\n{LEAD}\n\n{broken}\n\n{BODY}\n")
    assert [text for kind, text in kinds(found) if kind == "body"] == [broken, BODY]


def test_text_broken_into_lines_of_one_width() -> None:
    paragraphs = ["\n".join(textwrap.wrap(p, 70)) for p in (LEAD, BODY, BODY)]
    found = article("\n\n".join([TITLE, *paragraphs]))
    assert [text for kind, text in kinds(found)] == [TITLE, *paragraphs]


def test_plain_article_holds_the_article_alone() -> None:
    found = plain_article(article(f"Skip Ribbon Commands\n\n{TITLE}\n10/01/2022\n\n{LEAD}\n\nTin khác\nTrao Cờ thi đua (05/01/2022)\n"))
    assert found == {"id": "a", "title": TITLE, "published": "2022-01-10", "text": f"{TITLE}\n{LEAD}"}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\0\0\0\0", "empty"),
        ("\u00a0\u200b\n".encode(), "empty"),
        (b"%PDF-1.4 abc", "binary"),
        (b"PK\x03\x04abc", "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"a" * 5_000_000, "too_large"),
        (b"a\n" * 60_000, "too_large"),
    ],
)
def test_what_cannot_be_an_article(payload: bytes, code: str) -> None:
    with pytest.raises(ArticleError) as error:
        clean(Source("a", "a.txt", "text", payload))
    assert error.value.code == code


def test_nul_characters_are_removed_with_a_note() -> None:
    found = article(f"{TITLE}\n\n{LEAD}\0\n")
    assert "\0" not in found.text
    assert found.repairs == ("NUL characters removed",)


def test_a_text_broken_in_odd_places_is_joined():
    """Some portals break their text at eighty letters and again wherever the editor did."""
    text = """Sáng 12/01/2023, Khối thi đua số 7 của tỉnh mở hội nghị để nhìn lại công tác
thi đua trong năm 2022 và bàn hướng đi của năm sau cùng các đơn vị thành viên
của khối ở hội trường lớn. Dự hội nghị có đại
diện lãnh đạo và cán bộ theo dõi thi đua của các đơn vị trong khối gồm Sở
Tư pháp (Khối trưởng), Sở Ngoại vụ (Khối phó), Thanh tra tỉnh, Ban Dân tộc và
một số đơn vị bạn ở các huyện lân cận được mời đến chia sẻ kinh nghiệm về cách
làm của mình trong năm
qua. Kết thúc hội nghị, các đại biểu cùng chụp ảnh lưu niệm với nhau ở sân
trước của trụ sở."""
    assert any("gồm Sở\nTư pháp (Khối trưởng)" in line.raw for line in split_lines(text))


def test_a_break_within_a_name_parts_no_line() -> None:
    told = "Dự Hội nghị năm nay có đồng chí Vi Thị\nHợi, Phó Giám đốc Sở Tư pháp\nĐến dự buổi lễ hôm nay có các đồng chí\nVi Văn Hợi"
    assert [line.raw.replace("\n", " ") for line in split_lines(told)] == [
        "Dự Hội nghị năm nay có đồng chí Vi Thị Hợi, Phó Giám đốc Sở Tư pháp",
        "Đến dự buổi lễ hôm nay có các đồng chí",
        "Vi Văn Hợi",
    ]


def test_the_page_of_cleaning_names_every_rule() -> None:
    page = (Path(__file__).parents[2] / "docs" / "cleaning.md").read_text("utf-8")
    rows = [re.findall(r"`(clean\.\w+)?(\.\w+)`", line.split("|")[1]) for line in page.splitlines() if line.startswith("| `clean.")]
    named = {row[0][0] + ending for row in rows for _, ending in row}
    assert named == {rule for rule in declared_rules() if rule.startswith("clean.")}
