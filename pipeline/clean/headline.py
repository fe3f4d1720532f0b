"""The headline of a page, its kicker, and the date line that belongs to it."""

from __future__ import annotations

import re
from typing import Any

from pipeline.clean import dates, furniture, lines
from pipeline.clean.blocks import NOT_LETTER, Block, as_line, is_link, names_of
from pipeline.clean.dates import plain
from pipeline.clean.meta import Meta, title_keys
from pipeline.clean.text_head import MAX_HEAD, choose_title
from pipeline.clean.tree import HEADINGS

_TITLE = re.compile(r"title|tieu-?de|headline|heading|article-?name|news-?name|tentin|entry-?header|tit\b", re.IGNORECASE)
_DATE = re.compile(r"date|time|ngay|publish|post-?on|meta|update|created|pubdate|thoigian", re.IGNORECASE)
_TODAY = re.compile(r"today|current|clock|hom-?nay|header|top-?bar|banner|masthead", re.IGNORECASE)
_OWN_HEADER = re.compile(r"(?:news|article|entry|post|detail|content|story)[\w-]*header", re.IGNORECASE)  # the article's, not the page's
# What a box of the page is called by: Liferay's portlets, the modules of Joomla and DNN, widgets, folders and rubrics.
_BOX_TITLE = re.compile(
    r"(?:portlet|widget|module|folder|categor(?:y|ies)|cate|chuyen-?muc|zone|sidebar|nav|menu|modal)[\w-]*?(?:title|header|heading|name)"
    r"|dnntitle",
    re.IGNORECASE,
)
_HEADING = re.compile(r"h[1-6]")
_LONGEST_STOPPED = 40  # words of a headline that ends in a full stop


def find_title(blocks: list[Block], meta: Meta, first: int) -> Block | None:
    """The headline's block: named so by the head, by its tag or by its class, and not far above the text."""
    wholes, parts = title_keys(meta)
    whole_title = NOT_LETTER.sub("", plain(meta.title))
    best, best_score = None, 2.4
    for block in blocks[: first + 1]:
        folded = block.folded
        if not len(block.key) >= 6 or lines.words_of(block.text) > 60:
            continue
        if block.core and block.sentence and not (block.key in wholes or block.key in parts or _is_stopped_title(block)):
            continue
        if furniture.is_list_head(folded) or furniture.is_furniture(block.text, folded) or dates.read_date_line(block.text):
            continue
        if lines.is_masthead(block.text, folded):
            continue
        score = _title_score(block, blocks, folded, (wholes, parts, whole_title))
        score -= min(2.0, 0.03 * (first - block.at))
        if score >= best_score:
            best, best_score = block, score
    return best


def _is_stopped_title(block: Block) -> bool:
    """A headline that ends like a sentence, and is named one: a lead may stand in a heading, too."""
    names = names_of(block.element)
    return bool(_TITLE.search(names)) and lines.words_of(block.text) <= _LONGEST_STOPPED and not _BOX_TITLE.search(names)


def plain_title(blocks: list[Block], first: int) -> Block | None:
    """The headline of a page that marks none, found as in crawled text: by the lines above the report."""
    above = [b for b in blocks[max(0, first - MAX_HEAD) : first] if not b.aside and not b.recurs and not is_link(b)]
    chosen = choose_title([*(as_line(b) for b in above), as_line(blocks[first])])
    return above[chosen] if chosen is not None else None


def _title_score(block: Block, blocks: list[Block], folded: str, keys: tuple[set[str], set[str], str]) -> float:
    """How much speaks for a block as the headline: the page's head, its tag, its class, the date line below it, its words."""
    wholes, parts, whole_title = keys
    tag, names = block.element.tag, names_of(block.element)
    known = block.key in wholes or block.key in parts or (len(block.key) >= 20 and block.key in whole_title)
    boxed = bool(_BOX_TITLE.search(names))
    named = bool(_TITLE.search(names)) and not boxed
    heading = max(HEADINGS.get(tag, 0.0), 1.0 if named and _HEADING.fullmatch(tag) else 0.0)
    score = heading + 4.0 * (block.key in wholes) + 3.0 * known + 1.5 * named - 1.5 * (boxed and not known)
    score += 0.5 * lines.tells_event(block.text) + 0.3 * (lines.words_of(block.text) >= 5)
    if lines.words_of(block.text) >= 4:
        below = blocks[block.at + 1 : block.at + 3]
        dated = any(_block_date(b) is not None for b in below) or ((named or tag in HEADINGS) and _stands_under_date(block, blocks))
        score += 2.0 * dated + 0.5 * any(b.core and b.sentence for b in below)
        score += 0.7 * (tag in HEADINGS and bool(below) and below[0].core and not boxed)  # right above the main text
    if lines.is_section(block.text, folded):
        score -= 2.5
    if block.aside:
        score -= 2.0
    if block.recurs and block.linked * 2 <= len(block.text):
        score -= 3.0  # the portal's own name, or a rubric
    if block.linked * 2 > len(block.text) and not known:
        score -= 0.5 if tag == "h1" else 1.0 if tag in HEADINGS else 2.0
    return score


def _stands_under_date(block: Block, blocks: list[Block]) -> bool:
    """Right below a date line that no headline stands above: rubric, date, headline."""
    if block.at == 0 or block.sentence or _block_date(blocks[block.at - 1]) is None:
        return False
    above = blocks[block.at - 2] if block.at > 1 else None
    if above is None:
        return True
    names = names_of(above.element)
    return bool(_BOX_TITLE.search(names)) or not (above.element.tag in HEADINGS or _TITLE.search(names))


def find_date(blocks: list[Block], title: Block | None, first: int, last: int) -> tuple[Block, dates.DateLine] | None:
    """The date line that belongs to the headline: the nearest below it, else just above it, else a labelled one below the text."""
    at = title.at if title else first
    below = range(at + (title is not None), max(first + 4, at + 1))
    above = range(at - 1, max(-1, at - 8), -1)
    after = range(last, min(len(blocks), last + 10))
    for group, needs_label in ((below, False), (above, False), (after, True)):
        for k in group:
            if not 0 <= k < len(blocks):
                continue
            block = blocks[k]
            found = _block_date(block)
            if not found or found.header or (needs_label and not found.labelled):
                continue
            if group is above and (_TODAY.search(_near_names(block.element)) or not (found.labelled or found.timed) and found.weekday):
                continue
            if group is above and at - k > 2 and block.linked * 2 > len(block.text):  # the day of what the link leads to
                continue
            return block, found
    return None


def _near_names(element: Any) -> str:
    """Class and id of an element and of the two around it, but for the header of an article."""
    return _OWN_HEADER.sub(" ", " ".join(names_of(e) for e in (element, *list(element.iterancestors())[:2])))


def _block_date(block: Block) -> dates.DateLine | None:
    """A date line; in an element named for its date a rubric may stand beside it."""
    found = dates.read_date_line(block.text)
    if found or len(block.text) > 140 or not (_DATE.search(names_of(block.element)) or block.element.tag == "time"):
        return found
    for piece in re.split(r"\s[-|·]\s|\s{2,}", block.text):
        if found := dates.read_date_line(piece):
            start = block.text.index(piece)
            return dates.shift(found, start)
    every = dates.find_dates(dates.aligned_plain(block.text))
    if len(every) == 1 and every[0][0] and lines.words_of(block.text) <= 14 and len(block.text) == len(dates.aligned_plain(block.text)):
        return dates.DateLine(every[0][0], None, True, False, False, False, False, every[0][2])
    return None


def find_kicker(blocks: list[Block], title: Block | None) -> str | None:
    """The line right above the headline that leads over to it with a colon."""
    if title is None or title.at == 0:
        return None
    above = blocks[title.at - 1]
    text = above.text
    if (
        text.endswith(":")
        and above.linked * 2 <= len(text)
        and lines.words_of(text) <= 25
        and not furniture.is_furniture(text, above.folded)
        and not lines.is_byline_label(above.folded)
    ):
        return text
    return None
