"""Telling good text from bad, and how the letters of bad text come back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pipeline.clean.encodings.converters import MOJIBAKE, from_mojibake, from_tcvn3, from_viqr, from_vni, from_windows_1258
from pipeline.errors import ArticleError

SAMPLE = 20_000  # characters that decide


@dataclass(frozen=True)
class Repair:
    """How a text's letters come back: what it was (for the note) and the function that does it."""

    name: str
    convert: Callable[[str], str]


_WORD = re.compile(r"[^\W\d_]+")
# Frequent words, each with a letter that every wrong reading spoils.
_COMMON = re.compile(
    r"(?<!\w)(?:của|được|những|với|tỉnh|đã|người|để|một|đồng|hội|thưởng|đua|đơn|vụ|trưởng|việc|nhiệm|đến|từ|lại|sự|ở)(?!\w)"
)
_NUCLEUS = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oai oao oay oe oeo oi oo ôi ơi ua uă uai uao uay uâ uây ue uê"
    " ueo ui uô uôi uơ uy uya uyê"
    " uyu ưa ưi ươ ươi ươu ưu yê yêu"
).split()
_SYLLABLE = re.compile(
    rf"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?(?:{'|'.join(sorted(_NUCLEUS, key=len, reverse=True))})(?:ch|ng|nh"
    rf"|[cmnpt])?|gi"
)
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_RICH = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


@cache
def _is_syllable(word: str) -> bool:
    """Whether a small-letter word in NFC is built as Vietnamese syllables are."""
    bare, tones = _TONE_MARKS.subn("", unicodedata.normalize("NFD", word))
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


@dataclass(frozen=True)
class Quality:
    """Words with marks: those that are Vietnamese, with letters that no western language has, and those that cannot be."""

    good: int
    rich: int
    bad: int
    words: int

    @property
    def vietnamese(self) -> bool:
        return self.rich >= 2 and self.rich * 12 >= self.words and self.good >= 6 * self.bad


def quality(text: str) -> Quality:
    """How Vietnamese a text looks: words with the language's letters, those that only it has, words that cannot be its, all words."""
    good = rich = bad = words = 0
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        words += 1
        if word.isascii():
            continue
        if _is_syllable(word.lower()):
            good += 1
            rich += bool(_RICH.search(word))
        else:
            bad += 1
    return Quality(good, rich, bad, words)


_REPAIRS = (
    Repair("UTF-8 read as windows-1252", from_mojibake),
    Repair("TCVN3", from_tcvn3),
    Repair("VNI", from_vni),
    Repair("windows-1258 read as windows-1252", from_windows_1258),
    Repair("VIQR", from_viqr),
)
CONVERTERS = tuple(repair.convert for repair in _REPAIRS)
# Signs within words, where TCVN3 has letters; the marks of VIQR.
_STRAY = re.compile("[A-Za-z][\xa1-\xbf]|[\xa1-\xbf][A-Za-z]")
_VIQR_SHAPE = re.compile(r"[aeoAEO]\^|[ouOU]\+|[aA]\([a-z'`?~.]|\b[dD][dD][aeiouy]")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|\ufffd")


def find_repair(text: str) -> Repair | None:
    """How the text's letters come back; None for text that is good, or that is no Vietnamese at all.

    Raises:
        ArticleError: `encoding` when letters are lost for good.
    """
    sample = text[:SAMPLE]
    known = islice(_COMMON.finditer(unicodedata.normalize("NFC", sample[:4000].lower())), 3)
    if sum(1 for _ in known) == 3 and not MOJIBAKE.search(sample):
        _refuse_lost(sample)
        return None
    now = quality(sample)
    broken = len(MOJIBAKE.findall(sample))
    if now.vietnamese and broken * 20 <= now.good:
        return None
    spoilt = now.bad + broken + len(_STRAY.findall(sample))
    viqr = len(_VIQR_SHAPE.findall(sample)) * 10 >= now.words > 0
    best, best_quality = None, now
    for repair in _REPAIRS:
        if not (viqr if repair.convert is from_viqr else spoilt * 30 >= now.words and spoilt >= 2):
            continue
        found = quality(repair.convert(sample))
        if found.vietnamese and (found.rich - 3 * found.bad) > (best_quality.rich - 3 * best_quality.bad):
            best, best_quality = repair, found
    if best is None:
        _refuse_lost(sample)
    return best


def _refuse_lost(sample: str) -> None:
    """Letters that an earlier program replaced with "?" or U+FFFD cannot come back."""
    if sample.count("?") + sample.count("\ufffd") < 5:
        return
    lost = len(_LOST.findall(sample))
    if lost >= 5 and lost * 12 > len(_WORD.findall(sample)):
        raise ArticleError("encoding", f"{lost} letters of the text are lost (? or U+FFFD in their place). Fetch the page again")


def composed(text: str) -> tuple[str, tuple[str, ...]]:
    """A page's text in NFC, which its article is written in anyway, and a note where letters came with loose marks."""
    if unicodedata.is_normalized("NFC", text):
        return text, ()
    return unicodedata.normalize("NFC", text), ("letters with loose marks composed to NFC",)
