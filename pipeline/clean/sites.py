"""What the pages of one site repeat: learnt from the batch itself, before its articles are cleaned.

A cheap pass over a run's sources counts, for each site, on how many pages a block of text stands. Blocks that recur on a good share of
its articles are the portal's. Which they are depends on the set of pages alone, not on their order, nor on what ran before; and an
article's cleaning depends only on those of them that stand on its own page (`seen_on`).

A site is the host of the address, or the folder or table file of what has none. Of a large site the pages with the smallest hashes of
their ids speak for all, so that a page more or less seldom changes anything. Pages that share their longest text are one article at
several addresses, and count once: else an article would be boilerplate for its own print view.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pipeline.clean.blocks import BLOCK_TAGS, block_mark
from pipeline.clean.dates import plain
from pipeline.clean.encodings.entities import resolve_entities
from pipeline.clean.look import without_scripts
from pipeline.records import Source

LEAST = 5  # articles that a block must stand in, and hence the least a site must have
SHARE = 0.3  # of the site's sampled articles
SAMPLE = 32  # pages that speak for a site
_LEAST_LETTERS = 4  # of a block that counts
_RUNNING = 100  # letters; a block of so many may be an article's own text
_OWN = 8  # longest blocks that are kept of a page, to tell which pages hold one article

Marks = frozenset[int]
NOTHING: Marks = frozenset()

_UNSEEN = re.compile(r"(?is)<!--.*?-->|<(script|style|noscript|svg|head|select|nav|textarea)\b.*?(?:</\1\s*>|\Z)")
_BREAK = re.compile(rf"(?i)<(?:/?(?:{'|'.join(sorted(BLOCK_TAGS))})\b|br\b)[^>]*>")
_LINK = re.compile(r"(?is)<a\b[^>]*>(.*?)(?:</a\s*>|\Z)")
_NOT_LETTER = re.compile(r"[\W_]+")
_ANCHOR = re.compile(r"(?i)<(/?)a\b[^>]*>")
_TAG = re.compile(r"<[^<>]*>")


def site_of(source: Source) -> str:
    """The host of a source's address; without one the folder it lies in, or the table it is a row of."""
    try:
        host = urlsplit(source.url or "").hostname
    except ValueError:
        host = None
    if host:
        return host.lower().removeprefix("www.")
    file, row, _ = source.location.partition("#")
    return file if row else os.path.dirname(file)


@dataclass(slots=True)
class _Page:
    """What is kept of a sampled page: the marks of its blocks, and of its longest ones, longest first."""

    marks: Marks
    longest: tuple[int, ...]


@dataclass(slots=True)
class _Sample:
    """The pages of a site with the smallest hashes of their ids, packed: only those that stay to the end are read."""

    held: list[tuple[bytes, bytes]] = field(default_factory=list)

    def add(self, source: Source) -> None:
        rank = hashlib.blake2b(source.id.encode(), digest_size=8).digest()
        if len(self.held) == SAMPLE:
            if rank > self.held[-1][0]:
                return
            self.held.pop()
        insort(self.held, (rank, zlib.compress(source.payload, 1)))

    def recurring(self) -> Marks:
        """The blocks that stand in a good share of the site's articles."""
        if len(self.held) < LEAST:
            return NOTHING
        pages = [_read(zlib.decompress(packed)) for _, packed in self.held]
        on_pages = Counter(mark for page in pages for mark in page.marks)
        articles: dict[int | None, set[int]] = {}
        for page in pages:
            own = next((mark for mark in page.longest if on_pages[mark] * 2 <= len(pages)), None)
            articles.setdefault(own, set()).update(page.marks)
        if len(articles) < LEAST:
            return NOTHING
        in_articles = Counter(mark for marks in articles.values() for mark in marks)
        least = max(LEAST, SHARE * len(articles))
        return frozenset(mark for mark, count in in_articles.items() if count >= least)


def learn(sources: Iterable[Source]) -> dict[str, Marks]:
    """What each site of a batch repeats; sites that repeat nothing, or have too few pages to tell, are left out."""
    samples: dict[str, _Sample] = {}
    for source in sources:
        if source.media == "html":
            samples.setdefault(site_of(source), _Sample()).add(source)
    return {site: marks for site, sample in samples.items() if (marks := sample.recurring())}


def seen_on(source: Source, recurring: Marks) -> Marks:
    """Those of a site's recurring blocks that stand on this page: all that its cleaning depends on."""
    return _read(source.payload).marks & recurring if recurring and source.media == "html" else NOTHING


def _read(payload: bytes) -> _Page:
    """Pages in other encodings than UTF-8 are left alone."""
    try:
        html = without_scripts(payload).decode()
    except UnicodeDecodeError:
        return _Page(NOTHING, ())
    lengths = dict(_blocks(html))
    running = sorted((-length, mark) for mark, length in lengths.items() if length >= _RUNNING)
    return _Page(frozenset(lengths), tuple(mark for _, mark in running[:_OWN]))


def _blocks(html: str) -> Iterator[tuple[int, int]]:
    """The mark of each block of a page with its letters; links have none. A link may go over several blocks."""
    html = _UNSEEN.sub(" ", html)
    html = plain(resolve_entities(html) if "&" in html else html)  # all at once: that is cheaper
    in_link = False
    for piece in _BREAK.split(html):
        if not piece or piece.isspace():
            continue
        if in_link:
            piece = "<a>" + piece
        linked = 0
        if "<a" in piece:
            linked = sum(len(_TAG.sub("", link).strip()) for link in _LINK.findall(piece))
            in_link = _ANCHOR.findall(piece)[-1:] == [""]
        text = _TAG.sub("", piece) if "<" in piece else piece
        key = _NOT_LETTER.sub("", text)
        if len(key) >= _LEAST_LETTERS:
            is_link = linked * 2 > len(text.strip())
            yield block_mark(key, is_link), 0 if is_link else len(key)
