"""Crawled text: which lines are the article, and which the portal around it.

The text stays as it came. Its lines are read in three passes: the head (everything before running text begins: menus, masthead,
date, title), the body, and the tail (lists of other news, counters, forms), which begins with the first line that heads a list
or after the byline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgspec.structs import replace

from pipeline.clean import dates, lines
from pipeline.clean.dates import DateLine, plain
from pipeline.errors import ArticleError
from pipeline.records import Region, RegionKind, Slot
from pipeline.textmap import TypedText, squeeze

MAX_LINES = 50_000
MAX_HEAD = 60  # lines that may stand before an article; a longer run of short lines is a list, not a head


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
            folded = folded.strip()
            found.append(Line(start, start + len(raw), raw, folded, gap, lines.is_sentence(raw, folded)))
            gap = False
        elif not text.startswith("\r\n", at - 1):  # the blank between the two halves of a Windows line end
            gap = True
        at += len(piece) + 1
    return _joined(text, found)


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
    if goes_on and lines.words_of(last) >= 3 and _opens_small(line) and not lines.is_furniture(last, plain(last)):
        return True
    if dates.read_date_line(line.raw) or dates.read_date_line(last):
        return False
    if lines.words_of(last) >= 6 and goes_on:
        return True
    return width is not None and len(last) >= 0.7 * width and not lines.ends_sentence(last) and not lines.starts_item(line.raw)


def _opens_small(line: Line) -> bool:
    """The rest of a sentence that a break has cut off early: a paragraph of its own does not open with a small letter."""
    return line.sentence and line.raw.partition(" ")[0].islower()


def _wrapped_at(found: list[Line]) -> int | None:
    """The width at which a text was broken into lines; None for a text with a line for each paragraph."""
    lengths = [len(a.raw) for a, b in zip(found, found[1:], strict=False) if not b.gap and not lines.ends_sentence(a.raw)]
    if len(lengths) < 6 or (width := max(lengths)) > 140 or width < 40:
        return None
    return width if sum(length >= 0.75 * width for length in lengths) >= 0.7 * len(lengths) else None


@dataclass(slots=True)
class Marked:
    text: str
    regions: tuple[Region, ...]
    title: Slot | None
    published: Slot | None
    attachments: tuple[str, ...] = ()


def mark(text: str) -> Marked:
    """Regions, title and day of publication of a crawled text. Lines are judged in one form of it, whatever the way of typing."""
    typed = TypedText(text)
    found = _mark(typed.view)
    if typed.view == text:
        return found
    regions = tuple(Region(*typed.to_raw(r.start, r.end), r.kind) for r in found.regions)
    title, published = (_moved(slot, typed) for slot in (found.title, found.published))
    if title:
        title = replace(title, value=title_value([text[start:end] for start, end in title.spans]))
    return Marked(text, regions, title, published)


def _moved(slot: Slot | None, typed: TypedText) -> Slot | None:
    """A slot found in the view, with its spans in the raw text."""
    return replace(slot, spans=tuple(typed.to_raw(*span) for span in slot.spans)) if slot else None


def _mark(text: str) -> Marked:
    all_lines = split_lines(text)
    if len(all_lines) > MAX_LINES:
        raise ArticleError("too_large", f"{len(all_lines):,} lines; an article has at most {MAX_LINES:,}. Split the file, or leave it out")
    if not all_lines:
        return Marked(text, (), None, None)
    found_dates = {i: d for i, line in enumerate(all_lines) if (d := dates.read_date_line(line.raw))}
    begin = _begin(all_lines, found_dates)
    title = _head(all_lines, begin, found_dates)
    tail = _body(all_lines, begin, found_dates)
    published = _published(all_lines, begin, tail, found_dates, title)
    title_slot = _title_slot(all_lines, title)
    return Marked(text, _regions(all_lines), title_slot, published)


# --- head -------------------------------------------------------------------------------------------------------------------


def _begin(all_lines: list[Line], found_dates: dict[int, DateLine]) -> int:
    """The line with which running text begins; the number of lines when there is none."""
    for i, line in enumerate(all_lines):
        if i in found_dates or not line.sentence:
            continue
        if lines.is_furniture(line.raw, line.folded) or lines.is_dated_item(line.folded) or lines.is_link_item(line.raw):
            continue
        if lines.is_inline_box(line.folded) or _is_full_title(all_lines, i, found_dates):
            continue
        return i
    return len(all_lines)


def _is_full_title(all_lines: list[Line], i: int, found_dates: dict[int, DateLine]) -> bool:
    """A headline that ends in a full stop: one sentence, no opening of a report, then the date line or the report's opening."""
    line = all_lines[i]
    open_end = i == 0 and lines.words_of(line.raw) <= 25 and line.raw[-1] not in ".,;:"
    if lines.words_of(line.raw) > 40 or ". " in line.raw[:-2] or not line.raw[0].isupper():
        return False
    if lines.is_lead(line.raw, line.folded):
        # "Sáng nay Quốc hội bầu …": a headline may open as a report does, but has no full stop.
        return open_end and len(all_lines) > 1 and all_lines[1].gap and all_lines[1].sentence
    if any(_may_be_title(all_lines, k, found_dates) and lines.words_of(all_lines[k].raw) >= 6 for k in range(i)):
        return False
    for k in range(i + 1, min(i + 3, len(all_lines))):
        if k in found_dates:
            return True
        if all_lines[k].sentence:
            return lines.is_lead(all_lines[k].raw, all_lines[k].folded)
    return False


def _may_be_title(all_lines: list[Line], i: int, found_dates: dict[int, DateLine]) -> bool:
    line = all_lines[i]
    raw, folded = line.raw, line.folded
    if i in found_dates or lines.words_of(raw) < 3 or lines.words_of(raw) > (79 if raw.isupper() else 54):
        return False
    if lines.is_furniture(raw, folded) or lines.is_link_item(raw) or lines.is_inline_box(folded):
        return False
    if lines.is_dated_item(folded) and (_dated_beside(all_lines, i) or not _TRAILING_DATE.search(raw)):
        return False
    return not (lines.is_list_head(folded) or lines.is_box_head(folded) or lines.is_byline_label(folded))


def _weight(line: Line) -> int:
    """How much a line looks like a headline: 0 for mastheads and rubrics, up to 3."""
    if lines.is_masthead(line.raw, line.folded) or lines.is_section(line.raw, line.folded):
        return 0
    count = lines.words_of(line.raw)
    return 1 + (count >= 6) + lines.tells_event(line.raw)


def _head(all_lines: list[Line], begin: int, found_dates: dict[int, DateLine]) -> list[int]:
    """Marks the lines before the running text; returns those of the title."""
    chosen = _choose_title(all_lines, begin, found_dates)
    after = chosen[-1] if chosen else -1
    for i in range(begin):
        line = all_lines[i]
        if i in chosen:
            line.kind = "title" if i == chosen[-1] or not line.raw.endswith(":") else "kicker"
        elif i in found_dates:
            line.kind = "date_line"
        elif chosen and i > after and lines.is_byline_label(line.folded) and lines.is_credit(line.raw, line.folded):
            line.kind = "byline"
        elif chosen and i > after and _may_stand_below(line):
            line.kind = "caption" if lines.is_caption(line.raw, line.folded) else "lead"
        elif not chosen and begin == len(all_lines) and _may_stand_below(line):
            line.kind = None  # no running text at all: the body pass decides
        elif lines.is_section(line.raw, line.folded):
            line.kind = "section"
        else:
            line.kind = "boilerplate"
    return chosen


def _may_stand_below(line: Line) -> bool:
    """What stands between title and report and is no furniture: a second headline, a caption, a lead without a full stop."""
    raw, folded = line.raw, line.folded
    return not (
        lines.is_furniture(raw, folded) or lines.is_link_item(raw) or lines.is_inline_box(folded) or lines.is_dated_item(folded)
        or lines.is_list_head(folded) or lines.is_box_head(folded)
    )  # fmt: skip


def _choose_title(all_lines: list[Line], begin: int, found_dates: dict[int, DateLine]) -> list[int]:
    """The lines of the headline, a kicker line first.

    The last headline-like line before the report, or before the date line that follows it; mastheads, rubrics and captions never,
    unless nothing else is there and it tells of an event.
    """
    first = max(0, begin - MAX_HEAD)
    candidates = [i for i in range(first, begin) if _may_be_title(all_lines, i, found_dates)]
    if begin == len(all_lines) and len(all_lines) > 1:
        candidates = candidates[:1]  # no report below: only a first line can be its headline
    listed = _listed(all_lines, begin)
    weights = {i: _weight(all_lines[i]) for i in candidates if i not in listed}
    captions = {i for i in weights if lines.is_caption(all_lines[i].raw, all_lines[i].folded)}
    strong = [i for i in weights if weights[i] >= 2 and i not in captions]
    weak = [i for i in weights if weights[i] == 1 and i not in captions]
    best = (
        strong[0]
        if strong and _opens_with_title(all_lines, strong[0], begin, found_dates)
        else _nearest(all_lines, strong, begin, found_dates)
    )
    if best is None:
        likely = [i for i in captions if weights[i] >= 2 and not lines.is_photo(all_lines[i].folded)]
        best = _nearest(all_lines, likely[:1] or weak or [i for i in captions if i == 0], begin, found_dates)
    if best is None:
        return []
    return _whole_title(all_lines, best, weights)


def _opens_with_title(all_lines: list[Line], i: int, begin: int, found_dates: dict[int, DateLine]) -> bool:
    """A text whose very first line is a full headline, with no menu and no date before the report."""
    line = all_lines[i]
    return i == 0 and lines.words_of(line.raw) >= 8 and not line.raw.endswith(":") and not any(d < begin for d in found_dates)


def choose_title(head: list[Line]) -> int | None:
    """Which of the lines above a report is its headline; the last line is the report's first."""
    found_dates = {i: d for i, line in enumerate(head) if (d := dates.read_date_line(line.raw))}
    chosen = _choose_title(head, len(head) - 1, found_dates)
    return chosen[-1] if chosen else None


def _listed(all_lines: list[Line], begin: int) -> set[int]:
    """Lines of a list of other news that stands before the article: from its head to the next gap or date."""
    inside, listed = False, set()
    for i in range(begin):
        line = all_lines[i]
        if lines.is_list_head(line.folded) or lines.is_box_head(line.folded):
            inside = True
        elif line.gap:
            inside = False
        if inside:
            listed.add(i)
    return listed


def _nearest(all_lines: list[Line], candidates: list[int], begin: int, found_dates: dict[int, DateLine]) -> int | None:
    """Of several headline-like lines the one that the date line belongs to, else the last before the report."""
    if not candidates:
        return None
    below = [d for d in found_dates if candidates[0] < d <= begin]
    if below:
        # The headline stands right above its date line; what stands below that is a subtitle, unless a header's date came first.
        own = [c for c in candidates if c < below[-1]]
        if own and all_lines[below[-1]].start - all_lines[own[-1]].end < 400 and below[-1] - own[-1] <= 3:
            return _not_lead(all_lines, own)
    return _not_lead(all_lines, candidates)


def _not_lead(all_lines: list[Line], candidates: list[int]) -> int:
    """The last candidate; the one before it when the last is as long as a lead and follows at once."""
    last = candidates[-1]
    if len(candidates) > 1 and lines.words_of(all_lines[last].raw) >= 22:
        above = candidates[-2]
        if (
            last - above == 1
            and 6 <= lines.words_of(all_lines[above].raw) < lines.words_of(all_lines[last].raw)
            and not all_lines[above].raw.endswith(":")
        ):
            return above
    return last


def _whole_title(all_lines: list[Line], best: int, weights: dict[int, int]) -> list[int]:
    """The headline's lines: a kicker above that ends in ":", a line that goes on in the next."""
    chosen = [best]
    k = best - 1
    while k >= 0 and len(chosen) < 4:
        above, line = all_lines[k], all_lines[chosen[0]]
        if lines.is_furniture(above.raw, above.folded):
            break
        if (
            above.raw.endswith(":")
            and k in weights
            and not lines.is_byline_label(above.folded)
            or not line.gap
            and k in weights
            and _runs_on(above, line)
        ):
            chosen.insert(0, k)
        else:
            break
        k -= 1
    k = best + 1
    while k < len(all_lines) and k in weights and not all_lines[k].gap and _runs_on(all_lines[k - 1], all_lines[k]):
        chosen.append(k)
        k += 1
    return chosen


def _runs_on(above: Line, below: Line) -> bool:
    """A headline broken over two lines: both in capitals, or the break falls within a phrase. A doubled headline is none."""
    if plain(squeeze(above.raw)) == plain(squeeze(below.raw)) or lines.is_masthead(above.raw, above.folded):
        return False
    if lines.continues(above.raw, below.raw):
        return True
    return above.raw.isupper() and below.raw.isupper() and lines.tells_event(above.raw)


_TRAILING_DATE = re.compile(
    r"\s*[(\[]\s*(?:\d{1,2}:\d\d[\s,|-]*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:[\s,|-]*\d{1,2}:\d\d(?::\d\d)?)?\s*[)\]]\s*$"
)


def _title_slot(all_lines: list[Line], chosen: list[int]) -> Slot | None:
    if not chosen:
        return None
    spans = []
    for i in chosen:
        line = all_lines[i]
        dated = _TRAILING_DATE.search(line.raw)
        spans.append((line.start, line.start + dated.start() if dated else line.end, line.raw[: dated.start()] if dated else line.raw))
    value = title_value([piece for _, _, piece in spans])
    rule = "clean.title.kicker" if any(all_lines[i].kind == "kicker" for i in chosen) else "clean.title.headline"
    if chosen == [0]:
        rule = "clean.title.first_line"
    return Slot(value, tuple((start, end) for start, end, _ in spans), rule)


def title_value(pieces: list[str]) -> str:
    """The headline as one line; one that a page prints twice in a row counts once."""
    value = squeeze(" ".join(pieces))
    words = value.split()
    half = len(words) // 2
    if len(words) >= 8 and len(words) % 2 == 0 and plain(" ".join(words[:half])) == plain(" ".join(words[half:])):
        return " ".join(words[:half])
    return value


# --- body and tail ----------------------------------------------------------------------------------------------------------


def _body(all_lines: list[Line], begin: int, found_dates: dict[int, DateLine]) -> int:
    """Marks the lines from the report's first on; returns where the tail begins."""
    total = len(all_lines)
    heads = [i for i in range(begin, total) if lines.is_list_head(all_lines[i].folded) or lines.is_box_head(all_lines[i].folded)]
    tail = _tail(all_lines, begin, heads)
    closed = False  # the byline, or "./.", has been seen
    i = begin
    first = True
    while i < tail:
        line = all_lines[i]
        raw, folded = line.raw, line.folded
        if i in heads:
            i = _skip_box(all_lines, i, tail)
            continue
        if line.sentence and len(raw) > 160 and not lines.is_inline_box(folded) and not lines.is_link_item(raw):
            line.kind, first = "lead" if first else "body", False
            closed = closed or "./." in raw[-60:]
        elif i in found_dates:
            line.kind = "date_line"
        elif (
            lines.is_link_item(raw)
            or lines.is_inline_box(folded)
            or (lines.is_furniture(raw, folded) and not _in_list(all_lines, i))
            or lines.is_dated_item(folded)
            and (closed or _dated_beside(all_lines, i))
        ):
            line.kind = "boilerplate"
        elif first and line.sentence:
            line.kind, first = "lead", False
        elif _is_byline(all_lines, i, begin):
            line.kind, closed = "byline", True
        else:
            line.kind = "caption" if not line.sentence and lines.is_caption(raw, folded) else "body"
            closed = closed or "./." in raw[-60:]
        i += 1
    for line in all_lines[tail:]:
        line.kind = "boilerplate"
    _trim_unheaded(all_lines, begin, tail)
    _trim_after_tools(all_lines, begin, tail)
    return tail


def mark_body(body_lines: list[Line]) -> None:
    """Marks lines of which the head is known already to be elsewhere; a kind that a line has is kept unless it is in a list."""
    known = {i: line.kind for i, line in enumerate(body_lines) if line.kind}
    found_dates = {i: d for i, line in enumerate(body_lines) if (d := dates.read_date_line(line.raw))}
    _body(body_lines, 0, found_dates)
    for i, kind in known.items():
        if body_lines[i].kind != "boilerplate":
            body_lines[i].kind = kind


def _weight_of_text(part: list[Line]) -> int:
    return sum(len(line.raw) for line in part if line.sentence)


def _tail(all_lines: list[Line], begin: int, heads: list[int]) -> int:
    """Where the lists after the article begin. A head before most of the text is a box within it."""
    for i in heads:
        before, after = _weight_of_text(all_lines[begin:i]), _weight_of_text(all_lines[i:])
        done = any("./." in line.raw[-60:] or lines.is_byline_label(line.folded) for line in all_lines[begin:i])
        if lines.is_box_head(all_lines[i].folded) and not done and _goes_on(all_lines, i):
            continue
        if not done and after > 2 * before and _goes_on(all_lines, i):
            continue
        return i
    return len(all_lines)


def _goes_on(all_lines: list[Line], i: int) -> bool:
    """Whether running text comes after the box that begins at line i, before any other list."""
    for line in all_lines[i + 1 :]:
        if lines.is_list_head(line.folded) and not lines.is_box_head(line.folded):
            return False
        if line.sentence and len(line.raw) >= 150 and lines.ends_sentence(line.raw):
            return True
    return False


def _skip_box(all_lines: list[Line], i: int, tail: int) -> int:
    """Marks a box of links within the article; returns the line on which the article goes on."""
    all_lines[i].kind = "boilerplate"
    i += 1
    while i < tail and not (all_lines[i].sentence and len(all_lines[i].raw) >= 100):
        all_lines[i].kind = "boilerplate"
        i += 1
    return i


def _in_list(all_lines: list[Line], i: int) -> bool:
    """A short line among others below "gồm:" may look like a menu's word ("Văn bản", "12") and is an item of the article's list."""
    k = i - 1
    while k >= 0 and all_lines[k].kind == "body" and not all_lines[k].sentence and not all_lines[k].raw.endswith(":"):
        k -= 1
    return k >= 0 and k >= i - 40 and all_lines[k].raw.endswith(":") and all_lines[k].kind in ("body", "lead")


def _dated_beside(all_lines: list[Line], i: int) -> bool:
    """Headlines with dates come in lists; a heading of the article that ends in a date stands alone."""
    return any(0 <= k < len(all_lines) and lines.is_dated_item(all_lines[k].folded) for k in (i - 1, i + 1))


def _is_byline(all_lines: list[Line], i: int, begin: int) -> bool:
    line = all_lines[i]
    if i == begin:
        return False
    if lines.is_byline_label(line.folded):
        return lines.is_credit(line.raw, line.folded)
    if not lines.is_name_line(line.raw, line.folded) or not _last_text(all_lines, i):
        return False
    before = all_lines[i - 1]
    if before.kind in ("byline", "caption") or lines.ends_sentence(before.raw):
        return True
    return lines.is_two_names(line.raw) and not before.raw.endswith((":", ",", ";"))


def _last_text(all_lines: list[Line], i: int) -> bool:
    """No running text follows before the lists of other news."""
    for line in all_lines[i + 1 :]:
        if lines.is_list_head(line.folded) or lines.is_box_head(line.folded):
            return True
        if line.sentence and not lines.is_furniture(line.raw, line.folded) and not lines.is_dated_item(line.folded):
            return False
    return True


def _trim_unheaded(all_lines: list[Line], begin: int, tail: int) -> None:
    """After the byline, a run of two or more headlines without a head is a list of other news."""
    last = max((i for i in range(begin, tail) if all_lines[i].kind == "byline"), default=None)
    if last is None:
        return
    rest = [line for line in all_lines[last + 1 : tail] if line.kind in ("body", "caption")]
    if len(rest) >= 2 and not any(line.sentence or lines.ends_sentence(line.raw) or line.raw.endswith(":") for line in rest):
        captions = sum(line.kind == "caption" for line in rest)
        if captions * 2 < len(rest):
            for line in rest:
                line.kind = "boilerplate"


def _trim_after_tools(all_lines: list[Line], begin: int, tail: int) -> None:
    """Short lines below the last paragraph, byline and tool bar are the portal's again; photographs may still follow."""
    last = max((i for i in range(begin, tail) if all_lines[i].kind in ("lead", "body") and all_lines[i].sentence), default=None)
    if last is None or not any(all_lines[i].kind == "byline" for i in range(last, tail)):
        return
    tools = False
    for line in all_lines[last + 1 : tail]:
        tools = tools or line.kind == "boilerplate"
        if tools and line.kind == "body" and not lines.ends_sentence(line.raw):
            line.kind = "boilerplate"


# --- day of publication -----------------------------------------------------------------------------------------------------


def _published(all_lines: list[Line], begin: int, tail: int, found_dates: dict[int, DateLine], title: list[int]) -> Slot | None:
    """The article's own date line: next to the title, else a labelled one after the text; never a header's date of today."""
    head = dates.event_days(" ".join(line.raw for line in all_lines[begin : begin + 4])[:4000])
    near = title[-1] if title else 0
    above = {i: d for i, d in found_dates.items() if i < begin and i < near}
    below = {i: d for i, d in found_dates.items() if near < i <= begin}
    for group in (below, dict(reversed(above.items()))):
        usable = [(i, d) for i, d in group.items() if not d.header]
        usable.sort(key=lambda item: not (item[1].labelled or item[1].timed))
        for i, d in usable:
            if group is not below and not _own_date(d, head):
                continue
            return _date_slot(all_lines[i], d, head)
    if title and (dated := _TRAILING_DATE.search(all_lines[title[-1]].raw)):
        found = dates.read_date_line(dated[0])
        if found:
            slot = _date_slot(all_lines[title[-1]], found, head)
            start = all_lines[title[-1]].start + dated.start()
            return Slot(slot.value, ((start, all_lines[title[-1]].end),), "clean.published.title_end", slot.inferred_from)
    for i in range(begin + 1, len(all_lines)):
        found = found_dates.get(i)
        if not found or i > tail + 3:
            continue
        own = found.labelled or ((found.timed or i <= begin + 2) and not found.header and dates.gap(found.day, head) is not None)
        if own:
            all_lines[i].kind = "date_line"
            return _date_slot(all_lines[i], found_dates[i], head)
    return _stamp(all_lines, begin)


# "date 2026-03-14": the stamp that crawlers leave before the text.
_STAMP = re.compile(r"\s*(?:date|published|publish_date|ngày đăng)\s*:?\s*((?:19|20)\d\d-\d\d-\d\d)(?!\d)", re.I)


def _stamp(all_lines: list[Line], begin: int) -> Slot | None:
    for line in all_lines[: begin + 3]:
        match = _STAMP.match(line.raw)
        if match:
            return Slot(match[1], ((line.start + match.start(1), line.start + match.end(1)),), "clean.published.stamp", None)
    return None


def _own_date(found: DateLine, events: list[tuple[int | None, int, int]]) -> bool:
    """Above the title a bare weekday and date may be today's: it counts with a label or a time, or soon after what is told."""
    if found.labelled or found.timed:
        return True
    since = dates.gap(found.day, events)
    return not found.weekday or (since is not None and since <= 45)


def _date_slot(line: Line, found: DateLine, events: list[tuple[int | None, int, int]]) -> Slot:
    day, rule, why = dates.settle_order(found, events)
    return Slot(day.isoformat(), ((line.start + found.span[0], line.start + found.span[1]),), rule, why)


# --- regions ----------------------------------------------------------------------------------------------------------------

_GLUED = re.compile(r"\./\.\s*(?=\S)")


def _regions(all_lines: list[Line]) -> tuple[Region, ...]:
    """One region a paragraph: lines that go on in the next are joined, a byline glued to "./." is cut off."""
    regions: list[Region] = []
    open_line: Line | None = None
    for line in all_lines:
        kind: RegionKind = line.kind or "body"
        if (
            open_line is not None
            and kind == regions[-1].kind
            and kind in ("lead", "body", "caption")
            and lines.continues(open_line.raw, line.raw)
            or (open_line is not None and kind == "body" and regions[-1].kind == "lead" and lines.continues(open_line.raw, line.raw))
        ):
            regions[-1] = Region(regions[-1].start, line.end, regions[-1].kind)
        else:
            regions.extend(_parts(line, kind))
        open_line = line
    return tuple(regions)


def _parts(line: Line, kind: RegionKind) -> list[Region]:
    if tail := cut_byline(line, kind):
        return [Region(line.start, line.start + tail[0], kind), Region(line.start + tail[1], line.end, "byline")]
    return [Region(line.start, line.end, kind)]


def cut_byline(line: Line, kind: RegionKind) -> tuple[int, int] | None:
    """Where a line's text ends and where the name glued to its "./." begins."""
    if kind not in ("lead", "body") or "./." not in line.raw[-80:]:
        return None
    for match in _GLUED.finditer(line.raw):
        rest = line.raw[match.end() :]
        if len(rest) <= 70 and lines.is_name_line(rest, plain(rest)):
            return match.start() + 3, match.end()
    return None
