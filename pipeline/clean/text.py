"""Crawled text: which lines are the article, and which the portal around it.

The text stays as it came. Its lines are read in three passes: the head (everything before running text begins: menus, masthead,
date, title), the body, and the tail (lists of other news, counters, forms), which begins with the first line that heads a list
or after the byline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgspec.structs import replace

from pipeline.clean import dates, furniture, lines
from pipeline.clean.dates import DateLine
from pipeline.clean.text_body import cut_byline, mark_report
from pipeline.clean.text_head import TRAILING_DATE, find_begin, mark_head, slot_of_title, title_value
from pipeline.clean.text_lines import STAMP, Line, split_lines
from pipeline.errors import ArticleError
from pipeline.records import Region, RegionKind, Slot
from pipeline.textmap import TypedText

MAX_LINES = 50_000


@dataclass(slots=True)
class Marked:
    """A text without HTML with its regions in order, its title and day of publication, and the addresses of its attachments."""

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
    begin = find_begin(all_lines, found_dates)
    title = mark_head(all_lines, begin, found_dates)
    tail = mark_report(all_lines, begin, found_dates)
    published = _published(all_lines, begin, tail, found_dates, title)
    title_slot = slot_of_title(all_lines, title)
    return Marked(text, _regions(all_lines), title_slot, published)


def _published(all_lines: list[Line], begin: int, tail: int, found_dates: dict[int, DateLine], title: list[int]) -> Slot | None:
    """The article's own date line: next to the title, else a labelled one after the text; never a header's date of today."""
    told_in = (all_lines[i].raw for i in range(begin, min(begin + 4, len(all_lines))) if i not in found_dates)
    head = dates.event_days(" ".join(told_in)[:4000])
    near = title[-1] if title else 0
    above = {i: d for i, d in found_dates.items() if i < begin and (i < near or not title)}  # a text may begin with it
    below = {i: d for i, d in found_dates.items() if near < i <= begin}
    for group in (below, {}, dict(reversed(above.items()))):
        if not group and (slot := _at_title_end(all_lines, title, head)):
            return slot
        usable = [(i, d) for i, d in group.items() if not d.header]
        usable.sort(key=lambda item: not (item[1].labelled or item[1].timed))
        for i, d in usable:
            if group is not below and not _own_date(d, head):
                continue
            return _date_slot(all_lines[i], d, head)
    for i in range(begin + 1, len(all_lines)):
        found = found_dates.get(i)
        if not found or i > tail + 3:
            continue
        zoned = found.timed and "gmt" in all_lines[i].folded
        close = i <= begin + 2
        told = dates.gap(found.day, head) is not None or (close and found.timed and not head)  # or no day is told at all
        soon = (found.timed or close) and not found.header and told
        last = i + 1 == len(all_lines) or i + 2 == len(all_lines) and furniture.is_furniture(all_lines[-1].raw, all_lines[-1].folded)
        closes = last and not found.header and (found.timed or told and _ALONE.fullmatch(all_lines[i].raw))
        own = found.labelled or zoned or soon or closes
        if own:
            all_lines[i].kind = "date_line"
            return _date_slot(all_lines[i], found_dates[i], head)
    return _stamp(all_lines, begin)


_ALONE = re.compile(r"\(?\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*\)?")  # "(22/10/2013)" as an article's last line


def _stamp(all_lines: list[Line], begin: int) -> Slot | None:
    for line in all_lines[: begin + 3]:
        match = STAMP.match(line.raw)
        if match:
            return Slot(match["day"], ((line.start + match.start("day"), line.start + match.end("day")),), "clean.published.stamp", None)
    return None


_LATEST = 150  # days from what is told to its publication


def _at_title_end(all_lines: list[Line], title: list[int], head: list[dates.EventDay]) -> Slot | None:
    """The day behind the headline in its own line: "... năm 2018 (26/03/2018)"."""
    line = all_lines[title[-1]] if title else None
    dated = TRAILING_DATE.search(line.raw) if line else None
    found = dates.read_date_line(dated[0]) if dated else None
    if not found:
        return None
    slot = _date_slot(line, found, head)
    return Slot(slot.value, ((line.start + dated.start(), line.end),), "clean.published.title_end", slot.inferred_from)


def _own_date(found: DateLine, events: list[dates.EventDay]) -> bool:
    """Above the title a bare weekday and date may be today's: it counts with a label or a time, or soon after what is told."""
    since = dates.gap(found.day, events)
    if found.labelled or found.timed:
        return found.labelled or not found.weekday or since is None or since <= _LATEST  # a clock of the page shows the reader's day
    return not found.weekday or (since is not None and since <= 45)


def _date_slot(line: Line, found: DateLine, events: list[dates.EventDay]) -> Slot:
    day, rule, why = dates.settle_order(found, events)
    return Slot(day.isoformat(), ((line.start + found.span[0], line.start + found.span[1]),), rule, why)


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
