"""HTML pages: the article's title, day, lead, paragraphs and captions, in reading order.

trafilatura says which paragraphs are the main text; the smallest element that holds nearly all of them is the article's container.
The container is then read anew, block by block, so that the lead, captions, lists and lines that trafilatura passes over are kept,
and the tests of crawled text (`lines`, `text`) drop lists of other news, tool bars and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from pipeline.clean import dates, furniture, lines
from pipeline.clean.blocks import BLANK, BLOCK_TAGS, NOT_LETTER, Block, as_line, block_mark, describe, is_link, names_of, read_blocks
from pipeline.clean.container import blocks_within, find_container, leave_out_recurring, mark_asides, mark_cards, mark_core
from pipeline.clean.dates import plain
from pipeline.clean.encodings.entities import resolve_entities
from pipeline.clean.encodings.repair import find_repair
from pipeline.clean.headline import find_date, find_kicker, find_title, plain_title
from pipeline.clean.meta import Meta, day_of_head, day_of_head_as_text, headline_of_head, read_meta
from pipeline.clean.text import mark
from pipeline.clean.text_body import cut_byline, mark_body
from pipeline.clean.text_head import title_value
from pipeline.clean.text_lines import Line
from pipeline.clean.tree import FILE, parse, prune
from pipeline.errors import ArticleError
from pipeline.records import Region, RegionKind, Slot

MAX_DEPTH = 240  # beyond it the parser loses text and trafilatura's recursion is not trusted
MAX_ELEMENTS = 60_000
_LEAD = re.compile(
    r"sapo|lead|summary|chapeau|tom-?tat|mo-?ta|trich-?(?:dan|yeu)|description|intro|short|hometext|shortdesc|headnote|abstract|excerpt|teaser",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Page:
    """What a page's article consists of."""

    text: str
    regions: tuple[Region, ...]
    title: Slot | None
    published: Slot | None
    attachments: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()


def read_page(html: str, url: str | None = None, recurring: frozenset[int] = frozenset()) -> Page:
    """The article of a page.

    Args:
        html: the page.
        url: its address, for what it links to.
        recurring: marks of blocks that other pages of the site repeat (`pipeline.clean.sites`).

    Raises:
        ArticleError: `no_text` when the page has no running text.
    """
    root = parse(html)
    meta = read_meta(root)
    depth, size = prune(root)
    if depth > MAX_DEPTH or size > MAX_ELEMENTS:
        return _as_crawled(html)
    blocks = read_blocks(root)
    for block in blocks if recurring else ():
        block.recurs = block_mark(block.key, block.linked * 2 > len(block.text)) in recurring
    mark_core(blocks, root)
    container = find_container(blocks)
    if container is None:
        raise ArticleError("no_text", "The page holds no running text: a front page, a list, or text that a script loads")
    repairs = _repair(blocks, meta)
    found = _assemble(blocks, container, meta, url)
    return replace(found, repairs=(*repairs, *found.repairs))


_UNSEEN = re.compile(r"(?is)<!--.*?-->|<(script|style|noscript|svg|head)\b.*?(?:</\1\s*>|\Z)")
_BREAKS = re.compile(rf"(?i)</?(?:{'|'.join(sorted(BLOCK_TAGS | {'br'}))})\b[^>]*>")


def _as_crawled(html: str) -> Page:
    """A page that no parser nests as it stands, read as crawled text: its tags taken out, a line for each block."""
    bare = _BREAKS.sub("\n", _UNSEEN.sub(" ", html.replace("\n", " ")))
    text = re.sub(r"\s*\n\s*", "\n\n", resolve_entities(re.sub(r"<[^<>]*>", "", bare))).strip()
    repair = find_repair(text)
    marked = mark(repair.convert(text) if repair else text)
    if not any(region.kind in ("lead", "body") for region in marked.regions):
        raise ArticleError("no_text", "The page holds no running text, and its tags are nested beyond what a parser takes")
    notes = ("page nested too deeply: read as crawled text", *((f"{repair.name} converted to NFC",) if repair else ()))
    return Page(marked.text, marked.regions, marked.title, marked.published, (), notes)


def _repair(blocks: list[Block], meta: Meta) -> tuple[str, ...]:
    """Puts the letters of a page in a legacy encoding right."""
    repair = find_repair("\n".join(b.text for b in sorted(blocks, key=lambda b: not b.core)))
    if repair is None:
        return ()
    for block in blocks:
        block.text = BLANK.sub(" ", repair.convert(block.raw)).strip()
        describe(block)
    meta.title, meta.headline, meta.description = (repair.convert(t) for t in (meta.title, meta.headline, meta.description))
    return (f"{repair.name} converted to NFC",)


def _assemble(blocks: list[Block], container: Any, meta: Meta, url: str | None) -> Page:
    inside = blocks_within(blocks, container)
    mark_asides(blocks, container)
    mark_cards(blocks, inside, container)
    own = [b for b in blocks if b.core and b.at in inside and not b.aside]
    first = next((b.at for b in own if b.sentence), own[0].at if own else min(inside))
    title = find_title(blocks, meta, first) or plain_title(blocks, first)
    last = max(inside) + 1
    dated = find_date(blocks, title, first, last)
    left_out = leave_out_recurring([b for b in blocks if b.at in inside and b is not title])
    head, body = _choose_blocks(blocks, inside, title, first, dated[0] if dated else None, meta)
    kept = _classify(body, head)
    notes = (f"blocks left out that other pages of the site repeat: {left_out}",) if left_out else ()
    return replace(_compose(blocks, kept, title, dated, meta, container, url), repairs=notes)


def _choose_blocks(
    blocks: list[Block], inside: set[int], title: Block | None, first: int, dated: Block | None, meta: Meta
) -> tuple[list[Block], list[Block]]:
    """Blocks of the head that belong to the article (lead), and those of its body."""
    begin = title.at + 1 if title is not None and (title.at in inside or title.at < min(inside)) else max(0, min(inside) - 12)
    description = NOT_LETTER.sub("", plain(meta.description))[:60]
    head, body = [], []
    for block in blocks[begin : max(inside) + 1]:
        if block is title or block is dated or (title is not None and block.key == title.key):
            continue
        if block.at in inside:
            if not block.aside and not is_link(block):
                body.append(block)
        elif block.at < first and _is_lead(block, description):
            head.append(block)
    if len(description) >= 30 and not any(description[:40] in b.key for b in head + body):
        # A lead above the headline, or in a box of its own.
        head = [b for b in blocks[:first] if b.key.startswith(description[:40]) and b is not title and not b.caption][-1:] + head
    return head, body


def _is_lead(block: Block, description: str) -> bool:
    if block.aside or block.linked * 2 > len(block.text):
        return False
    if furniture.is_furniture(block.text, block.folded) or furniture.is_list_head(block.folded) or dates.read_date_line(block.text):
        return False
    if len(description) >= 30 and block.key[:40] == description[:40]:
        return True
    return lines.words_of(block.text) >= 10 and (block.sentence or _is_named_lead(block))


def _is_named_lead(block: Block) -> bool:
    """Named a lead itself, or the paragraph of main text in an element that is: leads are cut off in mid-sentence, too."""
    around = block.element.getparent() if block.core and block.element.tag == "p" else None
    return bool(_LEAD.search(names_of(block.element))) or (around is not None and bool(_LEAD.search(names_of(around))))


def _classify(body: list[Block], head: list[Block]) -> list[tuple[RegionKind, Line, Block]]:
    """What each block of the article is; furniture and lists of other news are left out."""
    kept: list[tuple[RegionKind, Line, Block]] = []
    for block in head:
        line = as_line(block)
        kept.append(("caption" if line.kind == "caption" else "lead", line, block))
    body_lines = [as_line(b) for b in body]
    mark_body(body_lines)
    led = bool(head)
    for line, block in zip(body_lines, body, strict=True):
        kind: RegionKind = line.kind or "body"
        if kind == "lead" and led:
            kind = "body"
        if kind not in ("boilerplate", "date_line"):
            kept.append((kind, line, block))
    return kept


def _compose(
    blocks: list[Block],
    kept: list[tuple[RegionKind, Line, Block]],
    title: Block | None,
    dated: tuple[Block, dates.DateLine] | None,
    meta: Meta,
    container: Any,
    url: str | None,
) -> Page:
    """Writes the article's text and marks its regions."""
    text = _Text()
    title_slot = _write_title(text, blocks, title, meta)
    events = dates.event_days(" ".join(line.raw for _, line, _ in kept[:4])[:4000])
    published = _write_date(text, dated, events, meta) or day_of_head(meta)
    _write_lines(text, kept)
    return Page("".join(text.parts), tuple(text.regions), title_slot, published, tuple(_attachments(container, url)))


class _Text:
    """An article's text as it is put together, with its regions."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.regions: list[Region] = []
        self.size = 0

    def write(self, piece: str, kind: RegionKind, joined: bool = False) -> int:
        """Adds a paragraph, or joins it to the last one by a line break; where it begins."""
        if self.parts:
            self._add("\n" if joined else "\n\n")
        start = self.size
        self._add(piece)
        if joined:
            self.regions[-1] = Region(self.regions[-1].start, self.size, self.regions[-1].kind)
        else:
            self.regions.append(Region(start, self.size, kind))
        return start

    def split(self, end: int, begin: int, kind: RegionKind) -> None:
        """Ends the last region at `end` and makes the rest from `begin` on one of another kind."""
        last = self.regions[-1]
        self.regions[-1] = Region(last.start, end, last.kind)
        self.regions.append(Region(begin, self.size, kind))

    def _add(self, piece: str) -> None:
        self.parts.append(piece)
        self.size += len(piece)


def _write_title(text: _Text, blocks: list[Block], title: Block | None, meta: Meta) -> Slot | None:
    headline = title.text if title else headline_of_head(meta)
    if not headline:
        return None
    kicker = find_kicker(blocks, title)
    spans = []
    for piece, kind in ((kicker, "kicker"), (headline, "title")):
        if piece:
            spans.append((text.write(piece, kind), text.size))
    value = title_value([kicker, headline] if kicker else [headline])
    rule = "clean.title.kicker" if kicker else "clean.title.heading" if title else "clean.title.meta"
    return Slot(value, tuple(spans), rule, None if title else "title of the page's head")


def _write_date(text: _Text, dated: tuple[Block, dates.DateLine] | None, events: list[dates.EventDay], meta: Meta) -> Slot | None:
    if not dated:
        return None
    block, found = dated
    start = text.write(block.text, "date_line")
    day, rule, why = dates.settle_order(found, events, day_of_head_as_text(meta))
    return Slot(day.isoformat(), ((start + found.span[0], start + found.span[1]),), rule, why)


def _write_lines(text: _Text, kept: list[tuple[RegionKind, Line, Block]]) -> None:
    before: tuple[RegionKind, Line] | None = None
    for kind, line, block in kept:
        goes_on = before is not None and before[0] == kind and kind in ("lead", "body", "caption")
        joined = goes_on and block.broken and lines.continues(before[1].raw, line.raw)
        start = text.write(block.text, kind, joined)
        if tail := cut_byline(line, kind):
            text.split(start + tail[0], start + tail[1], "byline")  # "./." ends the article; the name glued to it is the byline
        before = (kind, line)


def _attachments(container: Any, url: str | None) -> Iterator[str]:
    """Addresses of documents that the article links to, each once."""
    seen = set()
    for element in container.iter("a"):
        target = (element.get("href") or "").strip()
        if not FILE.search(target):
            continue
        try:
            address = urljoin(url, target) if url else target
            if urlsplit(address).scheme not in ("", "http", "https"):
                continue
        except ValueError:
            continue
        if address not in seen:
            seen.add(address)
            yield address
