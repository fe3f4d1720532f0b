"""Body and tail of crawled text: paragraphs, captions, byline, boxes of links, and where lists of other news begin."""

from __future__ import annotations

import re

from pipeline.clean import dates, furniture, lines
from pipeline.clean.dates import DateLine, plain
from pipeline.clean.text_head import dated_beside
from pipeline.clean.text_lines import Line
from pipeline.records import RegionKind


def mark_report(all_lines: list[Line], begin: int, found_dates: dict[int, DateLine]) -> int:
    """Marks the lines from the report's first on; returns where the tail begins."""
    total = len(all_lines)
    heads = [i for i in range(begin, total) if furniture.is_list_head(all_lines[i].folded) or furniture.is_box_head(all_lines[i].folded)]
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
        if line.sentence and len(raw) > 160 and not furniture.is_inline_box(folded) and not furniture.is_link_item(raw):
            line.kind, first = "lead" if first else "body", False
            closed = closed or "./." in raw[-60:]
        elif i in found_dates or line.kind == "date_line":
            line.kind = "date_line"
        elif (
            furniture.is_link_item(raw)
            or furniture.is_inline_box(folded)
            or (furniture.is_furniture(raw, folded) and not _in_list(all_lines, i))
            or furniture.is_dated_item(folded)
            and (closed or dated_beside(all_lines, i))
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
    mark_report(body_lines, 0, found_dates)
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
        if furniture.is_box_head(all_lines[i].folded) and not done and _goes_on(all_lines, i):
            continue
        if not done and after > 2 * before and _goes_on(all_lines, i):
            continue
        return i
    return len(all_lines)


def _goes_on(all_lines: list[Line], i: int) -> bool:
    """Whether running text comes after the box that begins at line i, before any other list."""
    for line in all_lines[i + 1 :]:
        if furniture.is_list_head(line.folded) and not furniture.is_box_head(line.folded):
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
        if furniture.is_list_head(line.folded) or furniture.is_box_head(line.folded):
            return True
        if line.sentence and not furniture.is_furniture(line.raw, line.folded) and not furniture.is_dated_item(line.folded):
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


_GLUED = re.compile(r"\./\.\s*(?=\S)")


def cut_byline(line: Line, kind: RegionKind) -> tuple[int, int] | None:
    """Where a line's text ends and where the name glued to its "./." begins."""
    if kind not in ("lead", "body") or "./." not in line.raw[-80:]:
        return None
    for match in _GLUED.finditer(line.raw):
        rest = line.raw[match.end() :]
        if len(rest) <= 70 and lines.is_name_line(rest, plain(rest)):
            return match.start() + 3, match.end()
    return None
