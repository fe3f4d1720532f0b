"""Lines of crawled text, with those joined that a break within a sentence parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from pipeline.clean import dates, furniture, lines
from pipeline.clean.dates import plain
from pipeline.records import RegionKind


@dataclass(slots=True)
class Line:
    """A line without the blanks at its ends, its offsets in the text, and what it was taken for."""

    start: int
    end: int
    raw: str
    folded: str
    gap: bool  # an empty line stands before it
    sentence: bool  # running text, not a headline
    kind: RegionKind | None = None


# "date 2026-03-14": the stamp that crawlers leave before the text, perhaps in the headline's or first paragraph's own line
STAMP = re.compile(
    r"\s*(?:date|published|publish_date|ngày đăng)\s*:?\s*(?P<day>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?)(?![\d-])\s*", re.I
)
_BREAK = re.compile("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = " \t\u00a0\u200b\ufeff\u3000\u2002\u2003\u2009"


def split_lines(text: str) -> list[Line]:
    """The lines that hold something."""
    found: list[Line] = []
    folded_lines = _BREAK.split(plain(text.replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n")))
    at, gap = 0, False
    for piece, folded in zip(_BREAK.split(text), folded_lines, strict=True):
        raw = piece.strip(_BLANKS)
        if raw:
            start = at + len(piece) - len(piece.lstrip(_BLANKS))
            found += _unstamped(Line(start, start + len(raw), raw, folded.strip(), gap, lines.is_sentence(raw, folded.strip())))
            gap = False
        elif not text.startswith("\r\n", at - 1):  # the blank between the two halves of a Windows line end
            gap = True
        at += len(piece) + 1
    return _joined(text, found)


def _unstamped(line: Line) -> list[Line]:
    """The line, with a stamp that it begins with as a line of its own."""
    stamp = STAMP.match(line.raw)
    if stamp is None:
        return [line]
    cut, end = stamp.end(), stamp.end("day")
    own = Line(line.start, line.start + end, line.raw[:end], plain(line.raw[:end]), True, False, "date_line")
    raw = line.raw[cut:]
    return [own, Line(line.start + cut, line.end, raw, plain(raw), True, lines.is_sentence(raw, plain(raw)))] if raw else [own]


def _joined(text: str, found: list[Line]) -> list[Line]:
    """Lines that a break within a sentence parts are one line again: the next goes on in small letters, or the text is wrapped."""
    width = _wrapped_at(found)
    joined: list[Line] = []
    for line in found:
        before = joined[-1] if joined else None
        if before is None or line.gap or not _goes_over(before, line, width):
            joined.append(line)
            continue
        raw, folded = text[before.start : line.end], f"{before.folded} {line.folded}"
        joined[-1] = Line(before.start, line.end, raw, folded, before.gap, lines.is_sentence(raw, folded))
    return joined


def _goes_over(before: Line, line: Line, width: int | None) -> bool:
    last = before.raw.rpartition("\n")[2]
    goes_on = lines.continues(last, line.raw)
    if goes_on and lines.words_of(last) >= 3 and _opens_small(line) and not furniture.is_furniture(last, plain(last)):
        return True
    if dates.read_date_line(line.raw) or dates.read_date_line(last):
        return False
    if lines.words_of(last) >= 6 and (goes_on or _within_name(last, line.raw)):
        return True
    return width is not None and len(last) >= 0.7 * width and not lines.ends_sentence(last) and not lines.starts_item(line.raw)


# "Dự Hội nghị có đồng chí Lê | Thị Hoa": no name has but one syllable, nor ends with "Thị" or "Văn"
_CUT_NAME = re.compile(r"(?<!các )(?<!\w)(?:đồng chí|ông|bà|đ/c)(?: (?P<first>\w+)(?: (?:thị|văn))?)?$")


def _within_name(last: str, following: str) -> bool:
    """Whether a break parts a person's name, which goes on with a capital."""
    cut = _CUT_NAME.search(normalize("NFC", last[-30:]).lower())
    return cut is not None and following[:1].isupper() and (cut["first"] is None or last.split()[-1][0].isupper())


def _opens_small(line: Line) -> bool:
    """The rest of a sentence that a break has cut off early: a paragraph of its own does not open with a small letter."""
    return line.sentence and line.raw.partition(" ")[0].islower()


def _wrapped_at(found: list[Line]) -> int | None:
    """The width at which a text was broken into lines; None for a text with a line for each paragraph."""
    lengths = [len(a.raw) for a, b in zip(found, found[1:], strict=False) if not b.gap and not lines.ends_sentence(a.raw)]
    if len(lengths) < 6 or (width := max(lengths)) > 140 or width < 40:
        return None
    full = sum(length >= 0.75 * width for length in lengths) / len(lengths)
    # broken in odd places, too: many lines go on in small letters
    small = sum(b.raw[0].islower() for a, b in zip(found, found[1:], strict=False) if not b.gap and not lines.ends_sentence(a.raw))
    return width if full >= 0.7 or (full >= 0.4 and small >= 5) else None
