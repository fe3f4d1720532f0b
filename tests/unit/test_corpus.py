"""The corpus is true to itself: every article has a gold record, and every value of a record stands in its article."""

import csv
import datetime
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import lxml.html
import pytest

from pipeline import records

CORPUS = Path(__file__).parents[2] / "corpus"
ARTICLES = sorted([*CORPUS.glob("articles/*.txt"), *CORPUS.glob("portals/*.html")])
GOLD = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((CORPUS / "gold").glob("*.json"))}

RECORD = {"id", "url", *records.DOCUMENT_FIELDS, "meetings", "leadership", "awards", "cited"}
ENTRY = {
    "meetings": {*records.MEETING_FIELDS, "chairs", "participants"},
    "leadership": set(records.LEADER_FIELDS),
    "awards": set(records.AWARD_FIELDS),
    "cited": set(records.CITATION_FIELDS),
}
ATTENDANT = set(records.PARTY_FIELDS)
KINDS = {"midyear_review", "annual_review", "signing", "inspection", "thematic", "council", "congress", "ceremony", "social"}
LEVELS = {"state", "government", "ministry", "province", "sector", "district", "commune", "bloc", "grassroots", None}
PERIOD = re.compile(r"\d{4}(-H[12]|-Q[1-4]|-9M|-\d{4})?")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

# TCVN3 keeps one byte a letter; the table is the standard's, written as (byte, letter) runs
_TCVN3_BYTES = (
    "A1 A2 A3 A4 A5 A6 A7 A8 A9 AA AB AC AD AE B5 B6 B7 B8 B9 BB BC BD BE C6 C7 C8 C9 CA CB CC CE CF D0 D1 D2 D3 D4 D5 D6 D7 D8 "
    "DC DD DE DF E1 E2 E3 E4 E5 E6 E7 E8 E9 EA EB EC ED EE EF F1 F2 F3 F4 F5 F6 F7 F8 F9 FA FB FC FD FE"
)
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
TCVN3 = {int(byte, 16): letter for byte, letter in zip(_TCVN3_BYTES.split(), _TCVN3_LETTERS, strict=True)}


def decode(path: Path) -> str:
    """The file's text: UTF-8, else the charset that it declares, else TCVN3."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = re.search(rb'charset=["\']?([\w-]+)', data[:2000])
        return data.decode(declared[1].decode("ascii")) if declared else "".join(TCVN3.get(b, chr(b)) for b in data)


def plain(text: str) -> str:
    """NFC, one kind of quote, one kind of Đ, single blanks: what grounding compares."""
    text = unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\ufeff", "").replace("Ð", "Đ")
    return " ".join(text.split())


def article_text(path: Path) -> str:
    text = decode(path)
    if path.suffix == ".html":
        page = lxml.html.document_fromstring(text.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
        for element in list(page.iter("script", "style", "noscript")):
            element.drop_tree()
        text = " ".join(page.itertext())
    return plain(text)


def number_key(text: str) -> str:
    return re.sub(r"\s*([/-])\s*", r"\1", text)


TEXT = {path.stem: article_text(path) for path in ARTICLES}


def rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


EXPANDED = {(row["id"], row["value"]): row["why"] for row in rows(CORPUS / "expanded.csv")}


def strings(record: dict):
    """Every string that a record says it copied from the article."""
    yield "title", record["title"]
    for meeting in record["meetings"]:
        yield "bloc", meeting["bloc"]
        yield "venue", meeting["venue"]
        for someone in [*meeting["chairs"], *meeting["participants"]]:
            for key in ("person", "position", "unit"):
                yield key, someone[key]
    for leader in record["leadership"]:
        for key in ("bloc", "unit", "person"):
            yield key, leader[key]
    for award in record["awards"]:
        for key in ("award", "grade", "recipient"):
            yield key, award[key]
    for document in record["cited"]:
        for key in ("number", "kind", "issuer"):
            yield key, document[key]


def grounded(article: str, value: str) -> bool:
    value, text = plain(value).lower(), TEXT[article].lower()
    return value in text or number_key(value) in number_key(text)


def is_date(value: str | None) -> bool:
    if value is None:
        return True
    if not DAY.fullmatch(value):
        return False
    datetime.date.fromisoformat((value + "-01-01")[:10])
    return True


def test_each_article_has_one_gold_record_and_ids_are_unique():
    stems = [path.stem for path in ARTICLES]
    assert len(stems) == len(set(stems))
    assert sorted(stems) == sorted(GOLD)


@pytest.mark.parametrize("name", sorted(GOLD))
def test_gold_is_complete(name):
    record = GOLD[name]
    assert set(record) == RECORD and record["id"] == name
    assert is_date(record["published"])
    if not record["relevant"]:
        assert not any(record[part] for part in ENTRY)
    for part, keys in ENTRY.items():
        for entry in record[part]:
            assert set(entry) - {"optional"} == keys
            assert entry.get("optional", True) is True
    for meeting in record["meetings"]:
        assert meeting["kind"] in KINDS and is_date(meeting["date"])
        assert meeting["session"] in {"morning", "afternoon", "evening", None}
        assert meeting["period"] is None or PERIOD.fullmatch(meeting["period"])
        people = [*meeting["chairs"], *meeting["participants"]]
        assert all(set(someone) - {"optional"} == ATTENDANT and (someone["person"] or someone["unit"]) for someone in people)
        named = [someone["person"] for someone in people if someone["person"]]
        units = [someone["unit"] for someone in people if not someone["person"]]
        assert len(named) == len(set(named)) and len(units) == len(set(units))
        # a person's unit gets no second entry of its own among those who take part
        alone = {someone["unit"] for someone in meeting["participants"] if not someone["person"]}
        assert not alone & {someone["unit"] for someone in people if someone["person"] and "optional" not in someone}
    for leader in record["leadership"]:
        assert leader["role"] in {"head", "deputy"} and leader["status"] in {"incumbent", "incoming"}
        assert leader["unit"] or leader["person"]
    for award in record["awards"]:
        assert award["level"] in LEVELS and award["status"] in {"conferred", "proposed"}
        assert award["recipient_kind"] in {"unit", "person", "household", None}
        assert award["grade"] in {"hạng Nhất", "hạng Nhì", "hạng Ba", None}
        assert award["count"] == 1 if award["recipient"] else award["count"] >= 1
    for document in record["cited"]:
        assert is_date(document["date"]) and not re.search(r"\s", document["number"])


@pytest.mark.parametrize("name", sorted(GOLD))
def test_every_string_stands_in_its_article_or_is_listed_as_expanded(name):
    missing = {value for _, value in strings(GOLD[name]) if value and not grounded(name, value)}
    assert missing == {value for article, value in EXPANDED if article == name}


def test_expansions_use_only_words_of_the_article_unless_they_undo_an_abbreviation():
    for (article, value), why in EXPANDED.items():
        assert why in {"head of a list", "elided", "abbreviation", "spelling", "award's bare name"}, why
        if why in {"head of a list", "elided"}:
            words = set(re.findall(r"\w+", TEXT[article].lower()))
            assert set(re.findall(r"\w+", value.lower())) <= words, (article, value)


@pytest.mark.parametrize("folder", ["articles", "portals"])
def test_manifest_names_every_file_and_agrees_with_gold(folder):
    manifest = rows(CORPUS / folder / "manifest.csv")
    files = {path.name for path in ARTICLES if path.parent.name == folder}
    assert {row["file"] for row in manifest} == files and len(manifest) == len(files)
    for row in manifest:
        assert (row["url"] or None) == GOLD[row["file"].rsplit(".", 1)[0]]["url"]


def test_urls_are_unique_and_some_are_unknown():
    urls = [record["url"] for record in GOLD.values()]
    assert max(Counter(url for url in urls if url).values()) == 1
    assert None in urls


def test_breadth():
    relevant = [record for record in GOLD.values() if record["relevant"]]
    years = {record["published"][:4] for record in GOLD.values() if record["published"]}
    assert len(GOLD) >= 51 and len(GOLD) - len(relevant) >= 6
    assert {meeting["kind"] for record in relevant for meeting in record["meetings"]} == KINDS
    assert any(not record["meetings"] for record in relevant)
    assert len({record["province"] for record in GOLD.values() if record["province"]}) >= 30
    assert {str(year) for year in range(2010, 2027)} <= years
    assert any(meeting["date"] > "2025-07" for record in relevant for meeting in record["meetings"])


PAGES = sorted(CORPUS.glob("portals/*.html"))


def test_at_least_ten_layouts():
    assert len(PAGES) >= 20
    assert len({json.loads(page.with_suffix(".json").read_text("utf-8"))["cms"] for page in PAGES}) >= 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_cleaning_gold_agrees_with_the_page_and_the_record(page):
    clean, record = json.loads(page.with_suffix(".json").read_text("utf-8")), GOLD[page.stem]
    assert (clean["title"], clean["published"], clean["url"]) == (record["title"], record["published"], record["url"])
    assert 8 <= len(clean["must_have"]) <= 12 and 6 <= len(clean["must_not_have"]) <= 10
    root = lxml.html.document_fromstring(decode(page).encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    for element in list(root.iter("script", "style", "noscript")):
        element.drop_tree()
    views = [plain(root.text_content()), plain(" ".join(root.itertext()))]
    for snippet in [*clean["must_have"], *clean["must_not_have"]]:
        assert any(plain(snippet) in view for view in views), snippet


def test_the_hard_forms_of_text_are_there():
    raw = {path.stem: path.read_bytes() for path in ARTICLES}
    utf8 = {name: data.decode("utf-8") for name, data in raw.items() if not _undecodable(data)}
    assert any(unicodedata.is_normalized("NFD", text) and not text.isascii() for text in utf8.values())
    assert sum(_undecodable(data) for data in raw.values()) >= 2
    assert any(text.count("\u00a0") > 20 for text in utf8.values())
    assert any("&#7" in text for text in utf8.values())
    assert any("Skip Ribbon Commands" in text for text in utf8.values())
    assert any(re.search(r"\./\.\w", text) for text in utf8.values())


def _undecodable(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False
