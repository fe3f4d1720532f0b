"""A folded view of a text that maps every position back to the raw text.

Rules and names match on the folded view; values are always slices of the raw text. Two strings share one index:

`view`  NFC, white space to single blanks, one kind of dash, quote and apostrophe, look-alike letters mended; case kept
`key`   the same, lower case, tone marks in one place (hoà = hòa) and final i for y (sỹ = sĩ, kỷ = kỉ)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

# One code point for one code point, so that lengths never change.
_ALIKE_LETTERS = str.maketrans(
    {
        "\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ",  # Eth and African D for Đ
        "\u0430": "a", "\u0435": "e", "\u043e": "o", "\u0440": "p", "\u0441": "c", "\u0445": "x", "\u0443": "y",
        "\u0410": "A", "\u0412": "B", "\u0415": "E", "\u041a": "K", "\u041c": "M", "\u041d": "H", "\u041e": "O",
        "\u0420": "P", "\u0421": "C", "\u0422": "T", "\u0425": "X",  # Cyrillic that looks Latin
    }
)  # fmt: skip
_ALIKE = _ALIKE_LETTERS | str.maketrans(
    {
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"', "\u2033": '"',
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u00b4": "'", "`": "'",
        "\uff0c": ",", "\uff1b": ";", "\uff1a": ":", "\uff08": "(", "\uff09": ")",
    }
)  # fmt: skip

_ALIKE_ANY = re.compile("[" + re.escape("".join(map(chr, _ALIKE))) + "]")

_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BLANKS = "\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # white space but for the plain blank
# Stretches whose length changes: letters with loose marks, white space, and what nobody sees. Blanks around a dash, comma,
# ampersand or slash come and go in one and the same name, so none is kept; a blank before ; : ) is a typing error.
_CHANGING = re.compile(
    rf"(?P<letters>[^\W\d_][{_MARKS}]+)|(?P<unseen>[{_INVISIBLE}]+)"
    rf"|(?P<joint>[\s{_INVISIBLE}]+[-\u2010-\u2015\u2212,&/][\s{_INVISIBLE}]*|[-\u2010-\u2015\u2212,&/][\s{_INVISIBLE}]+)"
    rf"|(?P<early>[\s{_INVISIBLE}]+(?=[;:)]))|(?P<blank>\s[\s{_INVISIBLE}]+|[^\S ])"
)

# Where any of these can be, but for a plain blank in front, in a text without what is seldom: loose marks, two blanks in a row, a
# blank that comes too early. It begins with a class that few letters are of, so the search is quick.
_CHANGING_HERE = re.compile(
    rf"[{_BLANKS}{_INVISIBLE}\-\u2010-\u2015\u2212,&/]"
    rf"(?:[\s{_INVISIBLE}\-\u2010-\u2015\u2212,&/]+|(?<=[{_BLANKS}{_INVISIBLE}])|(?<= .))"
)
_LOOSE = re.compile(rf"[{_MARKS}]")
_SELDOM = ("  ", " ;", " :", " )")

_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
# Both begin with letters, so that the search is quick; what stands before is looked at afterwards.
_TONE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)(?<!q..)")
# "khen thuởng", "trưòng": of "ươ" before a letter one horn is lost; "thuở" and "quờ" are whole
_HORN_LOST = re.compile(r"(?:(?<!q)u[ơờớởỡợ]|ư[oòóỏõọ])(?=[^\W\d_])")
_HORNS = {a + b: "ư" + c for a in "uư" for b, c in zip("ơờớởỡợoòóỏõọ", "ơờớởỡợ" * 2, strict=True)}
_FINAL_Y = re.compile(r"[yýỳỷỹỵ](?!\w)(?:(?<=[hklmstv].)|(?<=qu.))")
_Y_TO_I = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))


def _lower(view: str) -> str:
    low = view.lower()
    if len(low) != len(view):  # a capital whose small form is longer, such as İ
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in view)
    return low


def fold_view(view: str) -> str:
    """The key of a text that is a view already. Length is kept."""
    low = _HORN_LOST.sub(lambda m: _HORNS[m[0]], _lower(view))
    return _FINAL_Y.sub(lambda m: _Y_TO_I[m[0]], _TONE.sub(lambda m: _TONES[m[0]], low))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The key of a name, for comparing: `fold("Văn hoá – Xã  hội") == "văn hóa-xã hội"`."""
    return FoldedText(text).key.strip()


@lru_cache(maxsize=32)  # more than a worker has under way: stages that follow each other ask for the same texts
def folded(text: str) -> FoldedText:
    """The folded view of an article's text."""
    return FoldedText(text)


def squeeze(text: str) -> str:
    """White space to single blanks, ends trimmed; the letters stay as they are. The form of values in records."""
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def one_form(value: str | int | bool) -> str | int | bool:
    """A value with its letters in one form: NFC, look-alikes as the language's own. What it shows, and numbers, stay as they are."""
    return unicodedata.normalize("NFC", value.translate(_ALIKE_LETTERS)) if isinstance(value, str) and not value.isascii() else value


# Runs that are folded as a whole, whatever stands around them but for a mark before which a blank goes; most are one of these.
_WHOLE_RUNS = {", ": ",", "\n\n": " ", "\n": " ", " - ": "-", " \u2013 ": "-", " & ": "&"}
_NO_BLANK_BEFORE = ";:)"


def _changes(raw: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and folded form of every stretch whose length changes."""
    if _LOOSE.search(raw) or any(seldom in raw for seldom in _SELDOM):
        yield from _changes_within(raw, 0, len(raw))
        return
    for run in _CHANGING_HERE.finditer(raw):
        start, end = run.span()
        start -= raw.startswith(" ", max(start - 1, 0), start)
        whole = _WHOLE_RUNS.get(raw[start:end])
        if whole and raw[end : end + 1] not in _NO_BLANK_BEFORE:  # the empty string at the end, too
            yield start, end, whole
        else:
            yield from _changes_within(raw, start, end + 1)


# "Khối TĐ số 4", "ký giao ước TĐ": rules and names know these by their words
_SHORT = re.compile(r"TĐ(?!\w)(?:(?<=khối ..)|(?<=cụm ..)|(?<=giao ước ..)|(?<=phong trào ..)|(?<=công tác ..))", re.IGNORECASE)


def _spelled_out(raw: str) -> Iterator[tuple[int, int, str]]:
    return ((*match.span(), "thi đua") for match in _SHORT.finditer(raw))


def _changes_within(raw: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    return ((*match.span(), _changed(match)) for match in _CHANGING.finditer(raw, start, end))


def _changed(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "blank":
        return " "
    if kind == "letters":
        return unicodedata.normalize("NFC", match[0])
    if kind == "joint":
        mark = next(c for c in match[0] if not c.isspace() and c not in _INVISIBLE)
        return mark if mark in ",&/" else "-"
    return ""


class TextMap:
    """A changed form of a raw text (`view`), with the way back. Offsets are half open everywhere."""

    __slots__ = ("raw", "view", "_folded_at", "_raw_at", "_widths")

    def __init__(self, raw: str, changes: Iterable[tuple[int, int, str]]) -> None:
        """`changes` are the stretches of the raw text that read otherwise in the view, in order: start, end, and how they read."""
        self.raw = raw
        # Pieces in order: where each begins in the view and in the raw text, and its width in the raw text (-1: one for one).
        folded_at, raw_at, widths = self._folded_at, self._raw_at, self._widths = [0], [0], [-1]
        parts: list[str] = []
        at = size = 0
        for start, end, changed in changes:
            if start > at:
                folded_at.append(size)
                raw_at.append(at)
                widths.append(-1)
                parts.append(raw[at:start])
                size += start - at
            folded_at.append(size)
            raw_at.append(start)
            widths.append(end - start)
            parts.append(changed)
            size += len(changed)
            at = end
        folded_at.append(size)
        raw_at.append(at)
        widths.append(-1)
        parts.append(raw[at:])
        self.view = "".join(parts)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of a span of the view."""
        folded_at, raw_at, widths = self._folded_at, self._raw_at, self._widths
        k = bisect_right(folded_at, start) - 1  # the last piece that begins at or before the place and is not empty there
        first = raw_at[k] + (start - folded_at[k] if widths[k] < 0 else 0)
        if end <= start:
            return first, first
        k = bisect_right(folded_at, end - 1) - 1
        return first, raw_at[k] + (end - folded_at[k] if widths[k] < 0 else widths[k])

    def to_folded(self, raw_index: int) -> int:
        """The position in the view that a raw position falls on."""
        k = bisect_right(self._raw_at, raw_index) - 1
        if self._widths[k] < 0:
            return min(self._folded_at[k] + raw_index - self._raw_at[k], len(self.view))
        return self._folded_at[k]


class FoldedText(TextMap):
    """`view` and `key` of a raw text, for rules and names."""

    __slots__ = ("key",)

    def __init__(self, raw: str) -> None:
        changes = _changes(raw)
        super().__init__(raw, sorted([*changes, *_spelled_out(raw)]) if "TĐ" in raw else changes)
        self.view = _ALIKE_ANY.sub(lambda m: m[0].translate(_ALIKE), self.view)
        self.key = fold_view(self.view)


# What two ways of typing one line differ in: loose marks, blanks that are no blank, a hyphen that does not break.
_LETTERS = re.compile(rf"[^\W\d_][{_MARKS}]+")
_ONE_FOR_ONE = {code: " " for code in (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)} | {0x2010: "-", 0x2011: "-"}
_UNSEEN = re.compile(f"[{_INVISIBLE}]+")


class TypedText(TextMap):
    """A text in one form, however it was typed: NFC, plain blanks and hyphens. Lines and case stay."""

    __slots__ = ()

    def __init__(self, raw: str) -> None:
        loose = _LETTERS.finditer(raw) if _LOOSE.search(raw) else ()
        super().__init__(raw, ((*match.span(), unicodedata.normalize("NFC", match[0])) for match in loose))
        self.view = self.view.translate(_ONE_FOR_ONE)


def without_unseen(text: str) -> str:
    """A text without soft hyphens, joiners and blanks of no width."""
    return _UNSEEN.sub("", text)
