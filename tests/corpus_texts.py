"""The articles of the corpus as texts, and the record of any text in the place of one of them."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.gazetteer import load_gazetteer
from pipeline.normalize import normalize
from pipeline.records import Article, Record, Source, to_plain
from pipeline.segment import segment
from pipeline.sources import read_sources
from pipeline.textmap import fold

CORPUS = Path(__file__).parent.parent / "corpus"
NAMES = sorted(path.stem for path in (CORPUS / "gold").glob("*.json"))


@cache
def texts() -> dict[str, tuple[str, str | None]]:
    """Id, text and address of every article of the corpus, in NFC."""
    found = {source.id: (clean(source).text, source.url) for source in read_sources([str(CORPUS)], pytest.fail)}
    return {name: (unicodedata.normalize("NFC", text), url) for name, (text, url) in found.items()}


def read(name: str, text: str) -> tuple[Article, Record]:
    """The article and the record of a text that stands in the place of an article of the corpus."""
    gazetteer = load_gazetteer()
    article = clean(Source(name, f"{name}.txt", "text", text.encode(), url=texts()[name][1]))
    return article, normalize(extract(article, segment(article, words=False), gazetteer), article, gazetteer)


def key(value):
    """A plain record with every string folded: how it is typed no longer counts."""
    if isinstance(value, dict):
        return {name: key(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [key(inner) for inner in value]
    return fold(value) if isinstance(value, str) else value


@cache
def original(name: str) -> dict:
    """The record of an article of the corpus, folded."""
    return key(to_plain(read(name, texts()[name][0])[1]))
