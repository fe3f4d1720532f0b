"""Every value of every corpus article shows what it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.gazetteer import load_gazetteer
from pipeline.normalize import normalize
from pipeline.records import CONTENT_REGIONS, DOCUMENT_FIELDS, Article, Record, Slot, Source, evidence, iterate_slots, to_plain
from pipeline.rules import declared_rules
from pipeline.segment import segment
from pipeline.sources import read_sources
from pipeline.textmap import fold

CORPUS = Path(__file__).parents[2] / "corpus"
SOURCES = {source.id: source for source in read_sources([str(CORPUS)], pytest.fail)}
# Values that are copied from the text, so that their evidence spells them.
COPIED = frozenset({"bloc", "venue", "person", "position", "unit", "recipient", "number", "title"})


def _read(source: Source) -> tuple[Article, Record]:
    article = clean(source)
    gazetteer = load_gazetteer()
    return article, normalize(extract(article, segment(article, words=False), gazetteer), article, gazetteer)


DECLARED = declared_rules()
READ = {name: _read(source) for name, source in SOURCES.items()}
each_article = pytest.mark.parametrize("name", sorted(READ))


def _values(plain: dict) -> int:
    """How many values of a plain record are known, id and address left out."""
    lists = [entry for name in ("meetings", "leadership", "awards", "cited") for entry in plain[name]]
    parties = [party for meeting in plain["meetings"] for party in [*meeting["chairs"], *meeting["participants"]]]
    cells = [plain[name] for name in DOCUMENT_FIELDS] + [value for entry in [*lists, *parties] for value in entry.values()]
    return sum(cell is not None and not isinstance(cell, list) for cell in cells)


@each_article
def test_every_value_has_evidence(name):
    article, record = READ[name]
    shown = evidence(record, article.text)
    assert len(shown) == _values(to_plain(record))
    for path, one in shown.items():
        assert one["spans"] or one["inferred_from"], path


@each_article
def test_every_span_lies_in_the_text_and_shows_something(name):
    article, record = READ[name]
    for path, slot in iterate_slots(record):
        for start, end in slot.spans:
            assert 0 <= start < end <= len(article.text), path
            assert article.text[start:end].strip(), path


@each_article
def test_what_is_found_stands_in_the_article_and_not_around_it(name):
    article, record = READ[name]
    content = [(r.start, r.end) for r in article.regions if r.kind in CONTENT_REGIONS]
    for path, slot in iterate_slots(record):
        if path in ("title", "published", "province"):  # a date line and a portal's name are no content, and show these
            continue
        for start, end in slot.spans:
            assert any(a <= start and end <= b for a, b in content), (path, article.text[start:end])


@each_article
def test_copied_values_are_spelt_by_their_evidence(name):
    article, record = READ[name]
    for path, slot in iterate_slots(record):
        if path.rsplit(".", 1)[-1] in COPIED:
            assert _spelt(slot, article.text), (path, slot.value)


def _spelt(slot: Slot, text: str) -> bool:
    """Whether one stretch is the value, or all of them together hold its words (the pieces of a list)."""
    pieces = [fold(text[start:end]) for start, end in slot.spans]
    value = fold(str(slot.value))
    squeezed = value.replace(" ", "")
    return value in pieces or any(p.replace(" ", "") == squeezed for p in pieces) or set(value.split()) <= set(" ".join(pieces).split())


@each_article
def test_every_rule_is_declared(name):
    assert {slot.rule for _, slot in iterate_slots(READ[name][1])} <= DECLARED


def test_all_articles_are_there():
    assert len(READ) == len(list((CORPUS / "gold").glob("*.json")))
