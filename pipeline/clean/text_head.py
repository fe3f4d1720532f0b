"""The head of crawled text: where running text begins, and which of the lines above it are the headline."""

from __future__ import annotations

import re

from pipeline.clean import dates, furniture, lines
from pipeline.clean.dates import DateLine, plain
from pipeline.clean.text_lines import Line
from pipeline.records import Slot
from pipeline.textmap import squeeze

MAX_HEAD = 60  # lines that may stand before an article; a longer run of short lines is a list, not a head


def find_begin(all_lines: list[Line], found_dates: dict[int, DateLine]) -> int:
    """The line with which running text begins; the number of lines when there is none."""
    for i, line in enumerate(all_lines):
        if i in found_dates or not line.sentence:
            continue
        if furniture.is_furniture(line.raw, line.folded) or furniture.is_dated_item(line.folded) or furniture.is_link_item(line.raw):
            continue
        if furniture.is_inline_box(line.folded) or _is_full_title(all_lines, i, found_dates) or (i < _ABOVE and _is_photo(line)):
            continue
        return i
    return len(all_lines)


_ABOVE = 3  # lines in which a page's first photograph may stand above its headline


def _is_photo(line: Line) -> bool:
    """ "Lãnh đạo tỉnh trao Cờ thi đua cho các đơn vị. Ảnh: H.T": the caption of a photograph, credit and all."""
    return 8 <= lines.words_of(line.raw) <= 40 and lines.is_photo(line.folded)


# "Cùng dự có ...", "Nhân dịp này, ...": a text that begins in mid-news has no headline
_IN_MID_NEWS = re.compile(
    r"\W*(?:(?:cung|den|toi|ve|tham) du (?:\w+ ){0,3}co\b|(?:nhan )?dip nay\b"
    r"|(?:cung )?tai (?:hoi nghi|buoi le|buoi hop|cuoc hop|dai hoi|le),"
    r"|(?:theo do|ngoai ra|ben canh do|dong thoi|truoc do|ket thuc hoi nghi),)"
)


def _is_full_title(all_lines: list[Line], i: int, found_dates: dict[int, DateLine]) -> bool:
    """A headline that ends in a full stop: one sentence, no opening of a report, then the date line or the report's opening."""
    line = all_lines[i]
    open_end = i == 0 and lines.words_of(line.raw) <= 25 and line.raw[-1] not in ".,;:"
    if lines.words_of(line.raw) > 40 or ". " in line.raw[:-2] or not line.raw[0].isupper() or _IN_MID_NEWS.match(line.folded):
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


_CUT_SHORT = re.compile(r"\W*(?:tham|den|toi|ve|cung) du(?: \w+){0,2}$")  # "Tham dự hội", where lines are broken anywhere


def _may_be_title(all_lines: list[Line], i: int, found_dates: dict[int, DateLine]) -> bool:
    line = all_lines[i]
    raw, folded = line.raw, line.folded
    if i in found_dates or line.kind == "date_line" or lines.words_of(raw) < 3 or lines.words_of(raw) > (79 if raw.isupper() else 54):
        return False
    if furniture.is_furniture(raw, folded) or furniture.is_link_item(raw) or furniture.is_inline_box(folded):
        return False
    if furniture.is_dated_item(folded) and (dated_beside(all_lines, i) or not TRAILING_DATE.search(raw)):
        return False
    if _CUT_SHORT.match(folded):
        return False
    return not (furniture.is_list_head(folded) or furniture.is_box_head(folded) or lines.is_byline_label(folded))


def _weight(line: Line) -> int:
    """How much a line looks like a headline: 0 for mastheads and rubrics, up to 3."""
    if lines.is_masthead(line.raw, line.folded) or lines.is_section(line.raw, line.folded):
        return 0
    count = lines.words_of(line.raw)
    return 1 + (count >= 6) + lines.tells_event(line.raw)


def mark_head(all_lines: list[Line], begin: int, found_dates: dict[int, DateLine]) -> list[int]:
    """Marks the lines before the running text; returns those of the title."""
    chosen = _choose_title(all_lines, begin, found_dates)
    after = chosen[-1] if chosen else -1
    for i in range(begin):
        line = all_lines[i]
        if i in chosen:
            line.kind = "title" if i == chosen[-1] or not line.raw.endswith(":") else "kicker"
        elif i in found_dates or line.kind == "date_line":
            line.kind = "date_line"
        elif chosen and i > after and lines.is_byline_label(line.folded) and lines.is_credit(line.raw, line.folded):
            line.kind = "byline"
        elif chosen and i > after and _may_stand_below(line):
            line.kind = "caption" if lines.is_caption(line.raw, line.folded) else "lead"
        elif not chosen and begin == len(all_lines) and _may_stand_below(line):
            line.kind = None  # no running text at all: the body pass decides
        elif (i < _ABOVE and _is_photo(line)) if chosen else lines.is_photo(line.folded):
            line.kind = "caption"
        elif lines.is_section(line.raw, line.folded):
            line.kind = "section"
        else:
            line.kind = "boilerplate"
    return chosen


def _may_stand_below(line: Line) -> bool:
    """What stands between title and report and is no furniture: a second headline, a caption, a lead without a full stop."""
    raw, folded = line.raw, line.folded
    return not (
        furniture.is_furniture(raw, folded)
        or furniture.is_link_item(raw)
        or furniture.is_inline_box(folded)
        or furniture.is_dated_item(folded)
        or furniture.is_list_head(folded)
        or furniture.is_box_head(folded)
    )


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
        best = _nearest(all_lines, likely[:1] or weak or _first_caption(all_lines, captions), begin, found_dates)
    if best is None:
        return []
    return _whole_title(all_lines, best, weights)


def _first_caption(all_lines: list[Line], captions: set[int]) -> list[int]:
    """The first line, where nothing else can be the headline; but "Toàn cảnh hội nghị" stands below a photograph."""
    return [0] if 0 in captions and not lines.is_photo(all_lines[0].folded) else []


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
        if furniture.is_list_head(line.folded) or furniture.is_box_head(line.folded):
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
    """The last candidate; the one before it when the last follows at once and is as long as a lead, or tells the same in fewer words."""
    last = candidates[-1]
    if len(candidates) > 1 and last - candidates[-2] == 1 and _retells(all_lines[candidates[-2]], all_lines[last]):
        return candidates[-2]
    if len(candidates) > 1 and lines.words_of(all_lines[last].raw) >= 22:
        above = candidates[-2]
        if (
            last - above == 1
            and 6 <= lines.words_of(all_lines[above].raw) < lines.words_of(all_lines[last].raw)
            and not all_lines[above].raw.endswith(":")
        ):
            return above
    return last


def _retells(above: Line, line: Line) -> bool:
    """A headline repeated below itself with some of its words left out."""
    full, short = above.folded.split(), line.folded.split()
    if not 6 <= len(short) < len(full) or full[0] != short[0]:
        return False
    left = iter(full)
    return all(word in left for word in short)


def _whole_title(all_lines: list[Line], best: int, weights: dict[int, int]) -> list[int]:
    """The headline's lines: a kicker above that ends in ":", a line that goes on in the next."""
    chosen = [best]
    k = best - 1
    while k >= 0 and len(chosen) < 4:
        above, line = all_lines[k], all_lines[chosen[0]]
        if furniture.is_furniture(above.raw, above.folded):
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


_DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
# in brackets, with a clock, or behind a gap: "... ngày 26/03/2018" is told by the headline itself
TRAILING_DATE = re.compile(
    rf"\s*[(\[]\s*(?:{_CLOCK}[\s,|-]*)?{_DAY}(?:[\s,|-]*{_CLOCK})?\s*[)\]]\s*$"
    rf"|\s+(?:{_CLOCK}[\s,|-]+{_DAY}|{_DAY}[\s,|-]+{_CLOCK})\s*$|\s{{2,}}{_DAY}\s*$"
)


def slot_of_title(all_lines: list[Line], chosen: list[int]) -> Slot | None:
    """The title that the chosen lines make (their numbers, in order), without a date at a line's end; None when none was chosen."""
    if not chosen:
        return None
    spans = []
    for i in chosen:
        line = all_lines[i]
        dated = TRAILING_DATE.search(line.raw)
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


def dated_beside(all_lines: list[Line], i: int) -> bool:
    """Headlines with dates come in lists; a heading of the article that ends in a date stands alone."""
    return any(0 <= k < len(all_lines) and furniture.is_dated_item(all_lines[k].folded) for k in (i - 1, i + 1))
