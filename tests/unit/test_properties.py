"""What must hold for any text: however an article is typed, the same record comes out, and nothing stops the pipeline."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from random import Random

import pytest
from corpus_texts import NAMES, key, original, read, texts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.errors import ArticleError
from pipeline.extract import extract
from pipeline.extract.dates import find_dates
from pipeline.extract.document import Document
from pipeline.gazetteer import load_gazetteer
from pipeline.normalize import normalize
from pipeline.normalize.dates import possible
from pipeline.records import Article, Record, Region, Segmentation, Source, iterate_slots, to_plain
from pipeline.segment import segment

STEADY = settings(derandomize=True, deadline=None, database=None, max_examples=60)


# --- one article, typed in other ways ---------------------------------------------------------------------------------------

_NEW = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split()
_OLD = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split()


def _move_tones(text: str, source: list[str], target: list[str]) -> str:
    """Tone marks of open syllables on the other vowel: hoà for hòa. Not behind q, where u is no vowel."""
    pairs = {}
    for one, two in zip(source, target, strict=True):
        pairs |= {one: two, one.capitalize(): two.capitalize(), one.upper(): two.upper()}
    return re.sub(rf"(?<![qQ])(?:{'|'.join(pairs)})(?!\w)", lambda m: pairs[m[0]], text)


def _blanks(text: str) -> str:
    """Every blank between two words a no-break blank."""
    return re.sub(r"(?<=\S) (?=\S)", "\u00a0", text)


REWRITES = {
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "old tone marks": lambda text: _move_tones(text, _NEW, _OLD),
    "new tone marks": lambda text: _move_tones(text, _OLD, _NEW),
    "no-break blanks": _blanks,
    "en dashes": lambda text: re.sub(r"(?<=[^\W\d]) [-–] (?=\w)", " \u2013 ", text),
    "em dashes": lambda text: re.sub(r"(?<=[^\W\d]) [-–] (?=\w)", " \u2014 ", text),
    "no-break hyphens": lambda text: re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", "\u2011", text),
    "zero-width blanks": lambda text: re.sub(r" (?=\w)", " \u200b", text),
    "soft hyphens": lambda text: re.sub(r"(?<=\w)(?=\w\w\b)", "\u00ad", text),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rewrite", REWRITES)
def test_the_way_of_typing_changes_nothing(rewrite, name):
    text = texts()[name][0]
    assert key(to_plain(read(name, REWRITES[rewrite](text))[1])) == original(name)


def _between_small_words(text: str, blank: int) -> bool:
    return text[:blank].split()[-1].islower() and text[blank:].split(maxsplit=1)[0].islower()


@STEADY
@given(st.sampled_from(NAMES), st.integers(0, 10**6))
def test_a_line_break_in_mid_sentence_changes_nothing(name, seed):
    text = texts()[name][0]
    article, _ = read(name, text)
    places = [
        region.start + match.start()
        for region in article.regions
        if region.kind in ("lead", "body")
        for match in re.finditer(r"(?<=[^\W\d]) (?=[^\W\d])", text[region.start : region.end])
        if _between_small_words(text, region.start + match.start())
    ]
    if places:
        at = Random(seed).choice(places)
        broken = read(name, text[:at] + "\n" + text[at + 1 :])[1]
        assert key(to_plain(broken)) == original(name), text[at - 60 : at + 60]


# --- any text -----------------------------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    "Khối thi đua|số 7|Cụm trưởng|các Sở: Y tế, Tư pháp|đồng chí|Lò Văn Pánh|Giám đốc|UBND tỉnh|tặng|đề nghị|Cờ thi đua|cho|của|Bằng khen"
    "|Huân chương Lao động hạng Ba|năm 2020|năm học 2019 - 2020|giai đoạn|04 tập thể|1.286|Sáng 10/01/2021|ngày 31/02/2021|99/99/9999|chủ trì"
    "|bầu|làm|lần lượt là|trao cờ luân lưu|(|)|[|\"|”|;|:|,|.|./.|-|–|\n|\r\n|\n\n|\t|\u00a0|\u200b|\ufeff|\u0301|\ud7ff|Đ|ð|İ|ß|ﬁ|𝒜|Hội nghị|tổng kết"
    "|415/QĐ-UBND|Công an các tỉnh|và|tại|Y Hlun|K'|H'|TS.|&amp;|<b>".split("|")
)
_NEWS = st.lists(_PIECES | st.text(max_size=6), max_size=40).map(" ".join)


def _check_spans(article: Article, record: Record) -> None:
    for path, slot in iterate_slots(record):
        assert slot.spans or slot.inferred_from, path
        for start, end in slot.spans:
            assert 0 <= start < end <= len(article.text), path


def _check_goes_through(text: str) -> None:
    """A text of any kind comes out as a record with its evidence, or is refused as too short."""
    gazetteer = load_gazetteer()
    try:
        article = clean(Source("any", "any.txt", "text", text.encode("utf-8", "surrogatepass")))
    except ArticleError:
        return
    _check_spans(article, normalize(extract(article, segment(article, words=False), gazetteer), article, gazetteer))


@settings(STEADY, max_examples=200)
@given(_NEWS)
@example("Khối thi đua số 7 tổng kết năm 2020\n\nSáng 30/02/2021, Khối thi đua số 7 tổ chức hội nghị")
@example("Ngày 3/5, Tỉnh đoàn tổ chức lễ tuyên dương 5 thanh niên tiêu biểu.")  # no title, though one is asked for
@example("UBND tỉnh tặng các Sở:")  # a head that opens a list of nothing
@example("Chủ tịch Lò Pánh, Chủ tịch Hội Nông dân")  # nothing stands behind the second post
@example('Tặng "Chiến sĩ thi đua 4 cá nhân: Tr, Đo, X), Giấy khen')  # the list goes on beyond the next award
def test_no_text_stops_the_pipeline(text):
    _check_goes_through(text)


@settings(STEADY, max_examples=100)
@given(_NEWS)
def test_a_lead_of_the_genre_before_any_text_stops_nothing(text):
    head = "Khối thi đua số 7 tổng kết năm 2020\n\nSáng 10/01/2021, Khối thi đua số 7 tổ chức hội nghị tổng kết năm 2020.\n\n"
    _check_goes_through(head + text)


@settings(STEADY, max_examples=100)
@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.floats(0, 1), st.floats(0, 1))
def test_the_head_of_one_article_before_the_tail_of_another_stops_nothing(one, other, kept, dropped):
    head, tail = texts()[one][0], texts()[other][0]
    _check_goes_through(head[: int(kept * len(head))] + tail[int(dropped * len(tail)) :])


@settings(STEADY, max_examples=150)
@given(st.sampled_from(NAMES), st.integers(0, 10**6), st.booleans())
def test_a_sentence_cut_anywhere_stops_nothing(name, seed, headed):
    """Much looks at what stands behind a name; at the end nothing does."""
    random, text = Random(seed), texts()[name][0]
    paragraph = random.choice([line for line in text.split("\n") if len(line) > 40])
    cut = random.choice([match.end() for match in re.finditer(r"\S+|[ ,:;(-]", paragraph)])
    _check_goes_through("Khối thi đua số 7 tổng kết năm 2020\n\n" * headed + paragraph[:cut])


# --- dates, numbers, lists ----------------------------------------------------------------------------------------------------


def _document(text: str) -> Document:
    article = Article("one", "one", "text", "0" * 64, text, (Region(0, len(text), "body"),))
    return Document(article, Segmentation("one", ((0, len(text)),)), load_gazetteer())


@STEADY
@given(st.dates(), st.sampled_from(["{d}/{m}/{y:04d}", "{d:02d}/{m:02d}/{y:04d}", "{d}-{m}-{y:04d}", "{d}.{m}.{y:04d}", "{d} tháng {m} năm {y:04d}"]))
def test_every_day_is_read_in_every_form(day, form):
    text = f"Sáng ngày {form.format(d=day.day, m=day.month, y=day.year)}, Hội nghị khai mạc."
    (found,) = find_dates(_document(text), 0, len(text))
    assert (found.day, found.month, found.year, found.part) == (day.day, day.month, day.year, "sáng")


@STEADY
@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 9999))
def test_no_impossible_day_is_read(day, month, year):
    text = f"Ngày {day}/{month}/{year:04d}, Hội nghị khai mạc."
    for found in find_dates(_document(text), 0, len(text)):
        assert 1 <= found.month <= 12
        assert found.year is None or 1 <= found.day <= 31
    try:
        exists = bool(date(year, month, day))
    except ValueError:
        exists = False
    assert possible(f"{year:04d}-{month:02d}-{day:02d}") is exists


_DEPARTMENTS = "Nội vụ|Tư pháp|Tài chính|Công Thương|Y tế|Giáo dục và Đào tạo|Khoa học và Công nghệ|Xây dựng|Ngoại vụ|Văn hóa, Thể thao và Du lịch".split("|")


def _awards(sentence: str) -> list:
    text = f"Khối thi đua số 7 tổng kết năm 2020\n\nSáng 10/01/2021, Khối thi đua Nội chính họp tổng kết năm 2020.\n\n{sentence}\n"
    article = clean(Source("one", "one.txt", "text", text.encode()))
    gazetteer = load_gazetteer()
    return list(normalize(extract(article, segment(article, words=False), gazetteer), article, gazetteer).awards)


@STEADY
@given(st.lists(st.sampled_from(_DEPARTMENTS), min_size=1, max_size=6, unique=True), st.sampled_from([", ", "; "]), st.booleans())
def test_lists_of_any_length_and_order_give_each_unit_once(names, comma, with_and):
    units = [f"Sở {name}" for name in names]
    joined = comma.join(units[:-1]) + " và " + units[-1] if with_and and len(units) > 1 else comma.join(units)
    found = _awards(f"Hội nghị đã trao Bằng khen của Chủ tịch UBND tỉnh cho các đơn vị: {joined}.")
    assert [award.recipient and award.recipient.value for award in found] == units


@STEADY
@given(st.integers(1, 9999), st.sampled_from([("tập thể", "unit"), ("cá nhân", "person"), ("hộ gia đình", "household")]))
def test_numbers_are_read_as_written(number, who):
    words, kind = who
    for written in {str(number), f"{number:02d}", f"{number:,}".replace(",", ".")}:
        (award,) = _awards(f"Hội nghị đã trao Bằng khen của Chủ tịch UBND tỉnh cho {written} {words}.")
        assert (award.recipient, award.count.value, award.recipient_kind.value) == (None, number, kind), written
