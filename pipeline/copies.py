"""Copies of one article: the same text at two addresses, print views, reposts with light edits.

All are kept. Of those that are alike the first published is the original, of one day the first by id, and the others point to it; so
what is said of each does not depend on the order of the articles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.digests import digest_of
from pipeline.records import CONTENT_REGIONS, Article
from pipeline.textmap import fold_view

LEAST_WORDS = 30  # shorter texts are alike by chance
SHINGLE = 3  # words; an edit of one word changes so many shingles
# Calibrated on reposts as sites make them, see docs/cleaning.md.
ALIKE = 0.5  # of all shingles of two texts that are in both: one is no mere part of the other
WITHIN = 0.85  # of the shingles of the shorter one that are in the other: a repost cuts and adds, but does not write anew
FIGURES_WITHIN = 0.9  # of the figures of one that are in the other: reports of one series use the same words each year, with other figures
_PERMUTATIONS, _BANDS = 256, 64  # of two texts that are half alike 98 in 100 are held against each other
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of an article to find its copies. `rank` puts the original first."""

    id: str
    rank: tuple[bool, str, str]
    digest: str
    signature: object  # a MinHash


@dataclass(frozen=True, slots=True)
class Copy:
    of: str
    exact: bool


def words_of(article: Article) -> list[str]:
    """The words of its content, folded: neither case nor punctuation nor the place of tone marks tells texts apart."""
    text = "\n".join(article.text[r.start : r.end] for r in article.regions if r.kind in CONTENT_REGIONS)
    return _WORD.findall(fold_view(unicodedata.normalize("NFC", text)))


def entry_of(article: Article, relevant: bool) -> Entry | None:
    """None for an article that has no text to compare. A relevant one is never the copy of one that is not: its record would be lost."""
    from rensa import RMinHash

    words = [] if article.refused else words_of(article)
    if len(words) < LEAST_WORDS:
        return None
    signature = RMinHash(num_perm=_PERMUTATIONS, seed=1)
    signature.update(list(_shingles(words)))
    published = str(article.published.value) if article.published else "9999"
    return Entry(article.id, (not relevant, published, article.id), digest_of(" ".join(words)), signature)


def find_copies(entries: Iterable[Entry], words_of_all: Callable[[list[str]], dict[str, list[str]]]) -> dict[str, Copy]:
    """Each copy with its original, by id.

    Args:
        words_of_all: gives the words of articles by id; asked once, for those that may be alike.
    """
    originals: dict[str, Entry] = {}
    copies: dict[str, Copy] = {}
    for entry in sorted(entries, key=lambda e: e.rank):
        first = originals.setdefault(entry.digest, entry)
        if first is not entry:
            copies[entry.id] = Copy(first.id, True)
    return copies | _near_copies(list(originals.values()), words_of_all)


def _near_copies(originals: list[Entry], words_of_all: Callable[[list[str]], dict[str, list[str]]]) -> dict[str, Copy]:
    """Articles that are alike, the later one as a copy of the earlier, which is itself no copy: edits do not add up."""
    from rensa import RMinHashLSH

    index = RMinHashLSH(threshold=ALIKE, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    earlier: dict[int, list[int]] = {}
    for n, entry in enumerate(originals):
        if found := sorted(index.query(entry.signature)):
            earlier[n] = found
        index.insert(n, entry.signature)
    wanted = sorted({originals[n].id for pair in earlier.items() for n in (pair[0], *pair[1])})
    words = words_of_all(wanted) if wanted else {}
    copies: dict[str, Copy] = {}
    for n, candidates in earlier.items():
        article = originals[n].id
        for k in candidates:
            original = originals[k].id
            if original not in copies and alike(words[article], words[original]):
                copies[article] = Copy(original, False)
                break
    return copies


def alike(one: list[str], other: list[str]) -> bool:
    """Whether two texts are one but for light edits."""
    shingles, others = _shingles(one), _shingles(other)
    if len(shingles & others) < ALIKE * len(shingles | others) or _within(shingles, others) < WITHIN:
        return False
    return _within(_figures(one), _figures(other)) >= FIGURES_WITHIN


def _shingles(words: list[str]) -> set[str]:
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def _figures(words: list[str]) -> set[str]:
    return {word for word in words if word[0].isdigit()}


def _within(one: set[str], other: set[str]) -> float:
    """How much of the smaller set is in the other."""
    return len(one & other) / min(len(one), len(other)) if one and other else 1.0
