"""HTML pages: the article's title, day, lead, paragraphs and captions, in reading order.

trafilatura says which paragraphs are the main text; the smallest element that holds nearly all of them is the article's container.
The container is then read anew, block by block, so that the lead, captions, lists and lines that trafilatura passes over are kept,
and the tests of crawled text (`lines`, `text`) drop lists of other news, tool bars and the like.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from pipeline.clean import dates, encodings, lines
from pipeline.clean.dates import plain
from pipeline.clean.text import MAX_HEAD, Line, choose_title, cut_byline, mark, mark_body, title_value
from pipeline.errors import ArticleError
from pipeline.records import Region, RegionKind, Slot
from pipeline.textmap import squeeze

MAX_DEPTH = 240  # beyond it the parser loses text and trafilatura's recursion is not trusted
MAX_ELEMENTS = 60_000
SHARE = 0.85  # of the main text that the container must hold

BLOCK_TAGS = frozenset(
    "p div li td th h1 h2 h3 h4 h5 h6 blockquote section article figure figcaption tr table tbody thead ul ol dl dt dd pre header footer"
    " main aside"
    " center address form fieldset hr nav body caption legend details summary time".split()
)
_DROPPED_TAGS = frozenset(
    "script style noscript template svg iframe object embed select option button input textarea nav canvas video audio map head".split()
)
_HEADINGS = {"h1": 2.0, "h2": 1.0, "h3": 0.7, "h4": 0.5}

# Names that sites give to what is not the article. Names of many designs, none of a single page.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:related|relate|relation|lien-?quan|lienquan|tin-?khac|tinkhac|tin-?cu|tin-?moi|othernews|other-?news|other|others"
    r"|tags?|tag-?list|key-?words?|tukhoa|share|sharing|social|socials|addthis|fb|facebook"
    r"|zalo|comments?|binh-?luan|rating|vote|voting|star|banner|quang-?cao|ads?|adv|advert\w*|qc|breadcrumbs?|bread|crumb|menu|nav"
    r"|navbar|sidebar|toolbar|tools?|print|pager|paging|pagination|newsletter|subscribe|popup"
    r"|modal|most-?view|doc-?nhieu|xem-?nhieu|docnhieu|readmore|read-?more|see-?more|xem-?them|recommend\w*|suggest\w*|copyright|widget"
    r"|boxrelated|box-?related|tinlienquan|tinlq|relatednews|link-?content|linkcontent|hidden|invisible|sr-only)(?=$|[\s_-]|\d)"
    r"|related|tinlienquan|lienquan|othernews|tinkhac|baivietkhac|relatebox|boxtin|comment|breadcrumb|breakcumb|fb-like|binhluan|social",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"caption|image-?desc|img-?desc|photo-?desc|desc_?cation|chu-?thich|imgdesc|note-?img|thumb-?desc|desc-?img", re.IGNORECASE
)
_LEAD = re.compile(
    r"sapo|lead|summary|chapeau|tom-?tat|trich-?(?:dan|yeu)|description|intro|short|hometext|shortdesc|headnote|abstract|excerpt|teaser",
    re.IGNORECASE,
)
_TITLE = re.compile(r"title|tieu-?de|headline|heading|article-?name|news-?name|tentin|entry-?header|tit\b", re.IGNORECASE)
_DATE = re.compile(r"date|time|ngay|publish|post-?on|meta|update|created|pubdate|thoigian", re.IGNORECASE)
_TODAY = re.compile(r"today|current|clock|hom-?nay|header|top-?bar|banner|masthead", re.IGNORECASE)
_BYLINE = re.compile(r"author|tac-?gia|by-?line|source|nguon|butdanh|but-danh|writer|reporter", re.IGNORECASE)
_RIGHT = re.compile(r"text-align\s*:\s*right", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?)(?:$|[?#&])", re.IGNORECASE)
_BLANK = re.compile(r"[\s\u200b\ufeff]+")
_NOT_LETTER = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Block:
    """A stretch of text between two block-level tags."""

    text: str
    raw: str  # the same before its blanks were folded, for repairs of its letters
    element: Any
    linked: int  # letters inside links
    broken: bool = False  # begins after <br>
    caption: bool = False
    aside: bool = False
    core: bool = False
    sentence: bool = False
    recurs: bool = False  # on other pages of the site, too
    key: str = ""
    at: int = 0


@dataclass(slots=True)
class Page:
    """What a page's article consists of."""

    text: str
    regions: tuple[Region, ...]
    title: Slot | None
    published: Slot | None
    attachments: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()


@dataclass(slots=True)
class Meta:
    """What the page's head says of the article."""

    title: str = ""
    headline: str = ""
    description: str = ""
    published: list[tuple[str, str]] = field(default_factory=list)  # where it stands, what it says


def block_mark(key: str, is_link: bool) -> int:
    """A number for a block by its folded letters, the same in every process. A headline and the links to it are not the same."""
    return int.from_bytes(hashlib.blake2b(f"{key}\n{is_link}".encode(), digest_size=8).digest(), "big")


def read_page(html: str, url: str | None = None, recurring: frozenset[int] = frozenset()) -> Page:
    """The article of a page.

    Args:
        html: the page.
        url: its address, for what it links to.
        recurring: marks of blocks that other pages of the site repeat (`pipeline.clean.sites`).

    Raises:
        ArticleError: `no_text` when the page has no running text.
    """
    root = _parse(html)
    meta = _read_meta(root)
    depth, size = _prune(root)
    if depth > MAX_DEPTH or size > MAX_ELEMENTS:
        return _as_crawled(html)
    blocks = _read_blocks(root)
    for block in blocks if recurring else ():
        block.recurs = block_mark(block.key, block.linked * 2 > len(block.text)) in recurring
    _mark_core(blocks, root)
    container = _container(blocks)
    if container is None:
        raise ArticleError("no_text", "The page holds no running text: a front page, a list, or text that a script loads")
    repairs = _repair(blocks, meta)
    found = _assemble(blocks, container, meta, url)
    return replace(found, repairs=(*repairs, *found.repairs))


_HEAD_END = re.compile(r"(?i)</head\s*>|<body\b")
_HEAD_END_BYTES = re.compile(_HEAD_END.pattern.encode())
MAX_HEAD_SIZE = 60_000


def head_size(payload: bytes) -> int:
    """How many bytes of a page its head takes."""
    end = _HEAD_END_BYTES.search(payload, 0, MAX_HEAD_SIZE)
    return end.start() if end else MAX_HEAD_SIZE


def read_head(html: str) -> tuple[Slot | None, Slot | None]:
    """Headline and day of publication as the page's head alone tells them. The headline is the whole text of the article it is read for."""
    end = _HEAD_END.search(html, 0, MAX_HEAD_SIZE)
    try:
        meta = _read_meta(_parse(html[: end.start() if end else MAX_HEAD_SIZE]))
        repair = encodings.find_repair(f"{meta.title}\n{meta.headline}\n{meta.description}")
    except ArticleError:
        return None, None
    if repair:
        meta.title, meta.headline = repair.convert(meta.title), repair.convert(meta.headline)
    headline = _headline_of_head(meta) or squeeze(meta.headline or meta.title)
    title = Slot(headline, ((0, len(headline)),), "clean.title.meta", "title of the page's head") if headline else None
    return title, _meta_date(meta)


_UNSEEN = re.compile(r"(?is)<!--.*?-->|<(script|style|noscript|svg|head)\b.*?(?:</\1\s*>|\Z)")
_BREAKS = re.compile(rf"(?i)</?(?:{'|'.join(sorted(BLOCK_TAGS | {'br'}))})\b[^>]*>")


def _as_crawled(html: str) -> Page:
    """A page that no parser nests as it stands, read as crawled text: its tags taken out, a line for each block."""
    bare = _BREAKS.sub("\n", _UNSEEN.sub(" ", html.replace("\n", " ")))
    text = re.sub(r"\s*\n\s*", "\n\n", encodings.resolve_entities(re.sub(r"<[^<>]*>", "", bare))).strip()
    repair = encodings.find_repair(text)
    marked = mark(repair.convert(text) if repair else text)
    if not any(region.kind in ("lead", "body") for region in marked.regions):
        raise ArticleError("no_text", "The page holds no running text, and its tags are nested beyond what a parser takes")
    notes = ("page nested too deeply: read as crawled text", *((f"{repair.name} converted to NFC",) if repair else ()))
    return Page(marked.text, marked.regions, marked.title, marked.published, (), notes)


def _repair(blocks: list[Block], meta: Meta) -> tuple[str, ...]:
    """Puts the letters of a page in a legacy encoding right."""
    repair = encodings.find_repair("\n".join(b.text for b in sorted(blocks, key=lambda b: not b.core)))
    if repair is None:
        return ()
    for block in blocks:
        block.text = _BLANK.sub(" ", repair.convert(block.raw)).strip()
        folded = plain(block.text)
        block.key, block.sentence = _NOT_LETTER.sub("", folded), lines.is_sentence(block.text, folded)
    meta.title, meta.headline, meta.description = (repair.convert(t) for t in (meta.title, meta.headline, meta.description))
    return (f"{repair.name} converted to NFC",)


# --- parsing ----------------------------------------------------------------------------------------------------------------


def _parse(html: str) -> Any:
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html.replace("\x00", ""))
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        raise ArticleError("no_text", f"The page cannot be parsed: {problem}") from None
    return root


def _read_meta(root: Any) -> Meta:
    meta = Meta()
    for element in root.iter("title"):
        meta.title = " ".join("".join(element.itertext()).split())
        break
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if not content:
            continue
        if name == "og:title":
            meta.headline = content
        elif name == "og:description" or (name == "description" and not meta.description):
            meta.description = content
        elif name in (
            "article:published_time",
            "pubdate",
            "datepublished",
            "date",
            "dc.date",
            "dc.date.issued",
            "publishdate",
            "publish-date",
            "dcterms.created",
        ):
            meta.published.append((f"meta {name}", content))
    for element in root.iter("script"):
        if (element.get("type") or "").lower() == "application/ld+json" and element.text:
            found = re.search(r'"datePublished"\s*:\s*"([^"]{8,40})"', element.text)
            if found:
                meta.published.append(("JSON-LD datePublished", found[1]))
            if not meta.headline and (named := re.search(r'"headline"\s*:\s*("(?:[^"\\]|\\.){5,300}")', element.text)):
                try:
                    meta.headline = json.loads(named[1], strict=False)
                except ValueError:
                    logging.getLogger(__name__).debug("JSON-LD headline is no string")
    return meta


_LISTS = frozenset("ul ol dl div table tbody tr td section aside center".split())
_LEAST_LINKS = 6
_LONGEST_BESIDE = 60  # letters of one text that may stand beside a list's links


@dataclass(slots=True)
class _Weight:
    """What an element holds: letters, those inside links, links, the longest text that is none; and what a list of links never holds."""

    letters: int = 0
    linked: int = 0
    links: int = 0
    longest: int = 0
    kept: bool = False  # a heading, or a link to a document

    def is_list_of_links(self) -> bool:
        return self.links >= _LEAST_LINKS and not self.kept and self.longest < _LONGEST_BESIDE and self.linked >= 0.75 * self.letters


def _prune(root: Any) -> tuple[int, int]:
    """Takes out what no reader sees, and menus and lists of other news; returns the depth of the tree and its number of elements.

    Nothing is read from a list of links in any case. Without them all that follows has half the work.
    """
    doomed, stack, deepest, size, in_link = [], [_Weight()], 0, 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag, weight = element.tag, stack[-1]
        if event == "start":
            size += 1
            deepest = max(deepest, len(stack))
            if tag in _DROPPED_TAGS or element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
                doomed.append(element)
            weight = _Weight()
            stack.append(weight)
            if tag == "a":
                in_link += 1
                weight.links, weight.kept = 1, bool(_FILE.search(element.get("href") or ""))
            elif tag in _HEADINGS:
                weight.kept = True
            text = element.text
        else:
            stack.pop()
            in_link -= tag == "a"
            if tag in _LISTS and weight.links >= _LEAST_LINKS and weight.is_list_of_links():
                doomed.append(element)
            inner, weight, text = weight, stack[-1], element.tail
            if tag not in _DROPPED_TAGS:
                weight.letters += inner.letters
                weight.linked += inner.linked
                weight.links += inner.links
                weight.longest = max(weight.longest, inner.longest)
                weight.kept = weight.kept or inner.kept
        if text and not text.isspace():
            letters = len(text.strip())
            weight.letters += letters
            if in_link:
                weight.linked += letters
            elif letters > weight.longest:
                weight.longest = letters
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()
    return deepest, size


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def _read_blocks(root: Any) -> list[Block]:
    """Every stretch of text of the page, in order."""
    blocks: list[Block] = []
    buffer: list[str] = []
    linked = 0
    links = 0
    broken = False
    stack: list[Any] = []

    def flush(then_broken: bool) -> None:
        nonlocal linked, broken
        raw = "".join(buffer)
        text = _BLANK.sub(" ", raw).strip()
        buffer.clear()
        if text and any(c.isalnum() for c in text):
            element = stack[-1] if stack else root
            blocks.append(Block(text, raw, element, min(linked, len(text)), broken, at=len(blocks)))
        linked = 0
        broken = then_broken

    def add(text: str | None) -> None:
        nonlocal linked
        if text:
            buffer.append(text)
            if links:
                linked += len(text.strip())

    body = root.find("body")
    start = body if body is not None else root
    for event, element in etree.iterwalk(start, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end":
                add(element.tail)
            continue
        if event == "start":
            if tag in BLOCK_TAGS:
                flush(False)
                stack.append(element)
            elif tag == "br":
                flush(True)
            elif tag == "a":
                links += 1
            add(element.text)
        else:
            if tag in BLOCK_TAGS:
                flush(False)
                stack.pop()
            elif tag == "a":
                links -= 1
            if element is not start:
                if tag == "span" and element.tail and buffer and buffer[-1][-1:].islower() and element.tail[:1].isupper():
                    buffer.append(" ")  # a label before the text, set apart by its style: "<span>Hà Giang</span>Hơn 23h"
                add(element.tail)
    for block in blocks:
        folded = plain(block.text)
        block.key = _NOT_LETTER.sub("", folded)
        block.sentence = lines.is_sentence(block.text, folded)
    return blocks


# --- the container ----------------------------------------------------------------------------------------------------------


def _mark_core(blocks: list[Block], root: Any) -> None:
    """Marks the blocks that trafilatura takes for the main text; where it finds none, those that read as running text.

    Its quick mode does, unless it finds little of what the page holds: then it is asked again with all its means.
    """
    running = sum(len(b.key) for b in blocks if b.sentence and b.linked * 2 < len(b.text))
    whole = ""
    for fast in (True, False):
        whole = _NOT_LETTER.sub("", plain(_main_text(root, fast))) or whole
        if len(whole) >= 500 and len(whole) * 3 >= running:
            break
    for block in blocks:
        if whole:
            block.core = len(block.key) >= 25 and block.key[:120] in whole
        else:
            block.core = block.sentence and block.linked * 2 < len(block.text)


def _main_text(root: Any, fast: bool) -> str:
    import trafilatura

    try:
        found = trafilatura.bare_extraction(root, include_comments=False, deduplicate=False, with_metadata=False, fast=fast)
    except (RecursionError, ValueError, AttributeError, TypeError, AssertionError, IndexError, KeyError, etree.LxmlError):
        return ""
    return (getattr(found, "text", None) or "") if found is not None else ""


def _container(blocks: list[Block]) -> Any | None:
    """The smallest element that holds most of the running text among the main text."""
    weight: dict[Any, int] = defaultdict(int)
    total = 0
    running = [b for b in blocks if b.core and b.sentence] or [b for b in blocks if b.core]
    running = [b for b in running if not b.recurs] or running
    for block in running:
        size = len(block.key) if block.linked * 2 < len(block.text) else len(block.key) // 4
        total += size
        for element in (block.element, *block.element.iterancestors()):
            weight[element] += size
    if total < 80:
        return None
    for block in running:
        for element in (block.element, *block.element.iterancestors()):
            if weight[element] >= SHARE * total:
                return element
    return None


def _mark_asides(blocks: list[Block], container: Any) -> None:
    """Marks blocks within elements named as related lists, tool bars and the like, unless much of the main text is in them."""
    size: dict[Any, int] = defaultdict(int)
    chains: dict[Any, list[Any]] = {}
    for block in blocks:
        if block.element not in chains:
            chains[block.element] = [block.element, *block.element.iterancestors()][:60]
        if block.core:
            for element in chains[block.element]:
                size[element] += len(block.key)
    total = max(1, size[container])
    told: dict[Any, tuple[bool, bool]] = {}  # whether an element's names are those of an aside, of a caption
    for block in blocks:
        for element in chains[block.element]:
            if element is container:
                break
            if element not in told:
                names = _names(element)
                aside = element.tag in ("aside", "footer", "form") or bool(names and _ASIDE.search(names))
                told[element] = aside, element.tag == "figcaption" or bool(names and _CAPTION.search(names))
            aside, caption = told[element]
            block.aside = block.aside or (aside and size[element] < 0.3 * total)
            block.caption = block.caption or caption


def _mark_cards(blocks: list[Block], inside: set[int], container: Any) -> None:
    """Marks teasers of other articles: an element without main text that holds a headline which is nothing but a link."""
    holders: dict[Any, Any] = {}  # of a block's element: the largest element around it, below the container, without main text
    with_core: set[Any] = set()
    for block in blocks:
        if block.core:
            with_core.update([block.element, *block.element.iterancestors()])
    members: dict[Any, list[Block]] = defaultdict(list)
    for at in inside:
        block = blocks[at]
        if block.core:
            continue
        if block.element not in holders:
            holder = None
            for element in [block.element, *block.element.iterancestors()]:
                if element is container or element in with_core:
                    break
                holder = element
            holders[block.element] = holder
        if holders[block.element] is not None:
            members[holders[block.element]].append(block)
    for group in members.values():
        letters, linked = sum(len(b.text) for b in group), sum(b.linked for b in group)
        if len(group) > 1 and linked * 6 > letters and any(_is_link(b) and lines.words_of(b.text) >= 5 for b in group):
            for block in group:
                block.aside = True


# --- title ------------------------------------------------------------------------------------------------------------------

_DIVIDER = re.compile(r"\s+[-–—|»>]+\s+|\s*\|\s*|\s*::\s*|\s+/\s+")


def _title_keys(meta: Meta) -> tuple[set[str], set[str]]:
    """Keys of what the head names as headline: whole, and its parts between dividers."""
    wholes = {_NOT_LETTER.sub("", plain(text)) for text in (meta.headline, meta.title) if text}
    parts = set()
    for text in (meta.headline, meta.title):
        pieces = _DIVIDER.split(text)
        for i in range(len(pieces)):
            for j in range(i + 1, len(pieces) + 1):
                if (j - i) < len(pieces):
                    parts.add(_NOT_LETTER.sub("", plain("".join(pieces[i:j]))))
    return wholes - {""}, {p for p in parts if len(p) >= 12}


def _find_title(blocks: list[Block], meta: Meta, first: int) -> Block | None:
    """The headline's block: named so by the head, by its tag or by its class, and not far above the text."""
    wholes, parts = _title_keys(meta)
    whole_title = _NOT_LETTER.sub("", plain(meta.title))
    best, best_score = None, 2.4
    for block in blocks[: first + 1]:
        folded = plain(block.text)
        if not len(block.key) >= 6 or lines.words_of(block.text) > 60 or (block.core and block.sentence):
            continue
        if lines.is_list_head(folded) or lines.is_furniture(block.text, folded) or dates.read_date_line(block.text):
            continue
        if lines.is_masthead(block.text, folded):
            continue
        score = _title_score(block, blocks, folded, (wholes, parts, whole_title))
        score -= min(2.0, 0.03 * (first - block.at))
        if score >= best_score:
            best, best_score = block, score
    return best


def _plain_title(blocks: list[Block], first: int) -> Block | None:
    """The headline of a page that marks none, found as in crawled text: by the lines above the report."""
    above = [b for b in blocks[max(0, first - MAX_HEAD) : first] if not b.aside and not b.recurs and not _is_link(b)]
    chosen = choose_title([*(_line(b) for b in above), _line(blocks[first])])
    return above[chosen] if chosen is not None else None


def _title_score(block: Block, blocks: list[Block], folded: str, keys: tuple[set[str], set[str], str]) -> float:
    """How much speaks for a block as the headline: the page's head, its tag, its class, the date line below it, its words."""
    wholes, parts, whole_title = keys
    tag, names = block.element.tag, _names(block.element)
    known = block.key in wholes or block.key in parts or (len(block.key) >= 20 and block.key in whole_title)
    score = _HEADINGS.get(tag, 0.0) + 4.0 * (block.key in wholes) + 3.0 * known + 1.5 * bool(_TITLE.search(names))
    score += 0.5 * lines.tells_event(block.text) + 0.3 * (lines.words_of(block.text) >= 5)
    if lines.words_of(block.text) >= 4:
        below = blocks[block.at + 1 : block.at + 3]
        score += 2.0 * any(_block_date(b) is not None for b in below) + 0.5 * any(b.core and b.sentence for b in below)
    if lines.is_section(block.text, folded):
        score -= 2.5
    if block.aside:
        score -= 2.0
    if block.recurs and block.linked * 2 <= len(block.text):
        score -= 3.0  # the portal's own name, or a rubric
    if block.linked * 2 > len(block.text) and not known:
        score -= 0.5 if tag == "h1" else 1.0 if tag in _HEADINGS else 2.0
    return score


# --- day of publication -----------------------------------------------------------------------------------------------------


def _find_date(blocks: list[Block], title: Block | None, first: int, last: int) -> tuple[Block, dates.DateLine] | None:
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
            return block, found
    return None


def _near_names(element: Any) -> str:
    """Class and id of an element and of the two around it."""
    return " ".join(_names(e) for e in (element, *list(element.iterancestors())[:2]))


def _block_date(block: Block) -> dates.DateLine | None:
    """A date line; in an element named for its date a rubric may stand beside it."""
    found = dates.read_date_line(block.text)
    if found or len(block.text) > 140 or not (_DATE.search(_names(block.element)) or block.element.tag == "time"):
        return found
    for piece in re.split(r"\s[-|·]\s|\s{2,}", block.text):
        if found := dates.read_date_line(piece):
            start = block.text.index(piece)
            return dates.shift(found, start)
    every = dates.find_dates(dates.aligned_plain(block.text))
    if len(every) == 1 and every[0][0] and lines.words_of(block.text) <= 14 and len(block.text) == len(dates.aligned_plain(block.text)):
        return dates.DateLine(every[0][0], None, True, False, False, False, False, every[0][2])
    return None


def _meta_day(meta: Meta) -> str | None:
    slot = _meta_date(meta)
    return str(slot.value) if slot else None


def _meta_date(meta: Meta) -> Slot | None:
    for where, value in meta.published:
        found = re.match(r"\s*((?:19|20)\d\d)-(\d\d)-(\d\d)", value)
        if found:
            return Slot(found[0].strip(), (), "clean.published.meta", f"{where} of the page")
        line = dates.read_date_line(value)
        if line:
            return Slot(line.day.isoformat(), (), "clean.published.meta", f"{where} of the page")
    return None


# --- the article ------------------------------------------------------------------------------------------------------------


def _assemble(blocks: list[Block], container: Any, meta: Meta, url: str | None) -> Page:
    inside = _within(blocks, container)
    _mark_asides(blocks, container)
    _mark_cards(blocks, inside, container)
    own = [b for b in blocks if b.core and b.at in inside and not b.aside]
    first = next((b.at for b in own if b.sentence), own[0].at if own else min(inside))
    title = _find_title(blocks, meta, first) or _plain_title(blocks, first)
    last = max(inside) + 1
    dated = _find_date(blocks, title, first, last)
    left_out = _leave_out_recurring([b for b in blocks if b.at in inside and b is not title])
    head, body = _choose_blocks(blocks, inside, title, first, dated[0] if dated else None, meta)
    kept = _classify(body, head)
    notes = (f"blocks left out that other pages of the site repeat: {left_out}",) if left_out else ()
    return replace(_compose(blocks, kept, title, dated, meta, container, url), repairs=notes)


def _leave_out_recurring(inside: list[Block]) -> int:
    """Marks blocks around the article's own text that other pages repeat, too. Returns how many.

    What stands between its own paragraphs, what stands among them in the same element, a list after a colon, and running text
    above them are the article's in any case: reports of one series do repeat sentences, members and leads.
    """
    own = [b for b in inside if b.core and b.sentence and not b.recurs and not b.aside]
    if not own:
        return 0
    places = {(b.element.getparent(), b.element.tag) for b in own}
    left_out, listing = 0, False
    for block in inside:
        if not block.recurs:
            listing = block.text.endswith(":") or (listing and not block.sentence)
            continue
        among = own[0].at <= block.at <= own[-1].at or (block.element.getparent(), block.element.tag) in places
        if not (among or listing or block.aside or _is_link(block) or (block.sentence and block.at < own[0].at)):
            block.aside = True
            left_out += 1
    return left_out


def _within(blocks: list[Block], container: Any) -> set[int]:
    members = set(container.iter())
    return {b.at for b in blocks if b.element in members}


def _choose_blocks(
    blocks: list[Block], inside: set[int], title: Block | None, first: int, dated: Block | None, meta: Meta
) -> tuple[list[Block], list[Block]]:
    """Blocks of the head that belong to the article (lead), and those of its body."""
    begin = title.at + 1 if title is not None and (title.at in inside or title.at < min(inside)) else max(0, min(inside) - 12)
    description = _NOT_LETTER.sub("", plain(meta.description))[:60]
    head, body = [], []
    for block in blocks[begin : max(inside) + 1]:
        if block is title or block is dated or (title is not None and block.key == title.key):
            continue
        if block.at in inside:
            if not block.aside and not _is_link(block):
                body.append(block)
        elif block.at < first and _is_lead(block, description):
            head.append(block)
    if len(description) >= 30 and not any(description[:40] in b.key for b in head + body):
        # A lead above the headline, or in a box of its own.
        head = [b for b in blocks[:first] if b.key.startswith(description[:40]) and b is not title and not b.caption][-1:] + head
    return head, body


def _is_link(block: Block) -> bool:
    """A block that is nothing but links: a related headline, a tag, a button."""
    return block.linked >= 0.75 * len(block.text) and not lines.ends_sentence(block.text) and not _FILE.search(block.text)


def _is_lead(block: Block, description: str) -> bool:
    if block.aside or block.linked * 2 > len(block.text):
        return False
    folded = plain(block.text)
    if lines.is_furniture(block.text, folded) or lines.is_list_head(folded) or dates.read_date_line(block.text):
        return False
    if len(description) >= 30 and block.key[:40] == description[:40]:
        return True
    return lines.words_of(block.text) >= 10 and (lines.is_sentence(block.text, folded) or bool(_LEAD.search(_names(block.element))))


def _line(block: Block) -> Line:
    folded = plain(block.text)
    line = Line(0, 0, block.text, folded, not block.broken, lines.is_sentence(block.text, folded))
    if block.caption and not lines.is_furniture(block.text, folded):
        line.kind = "caption"
    elif lines.words_of(block.text) <= 12 and not line.sentence and (_BYLINE.search(_names(block.element)) or _is_set_right(block.element)):
        line.kind = "byline"
    return line


def _is_set_right(element: Any) -> bool:
    return (element.get("align") or "").lower() == "right" or bool(_RIGHT.search(element.get("style") or ""))


def _classify(body: list[Block], head: list[Block]) -> list[tuple[RegionKind, Line, Block]]:
    """What each block of the article is; furniture and lists of other news are left out."""
    kept: list[tuple[RegionKind, Line, Block]] = []
    for block in head:
        line = _line(block)
        kept.append(("caption" if line.kind == "caption" else "lead", line, block))
    body_lines = [_line(b) for b in body]
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
    parts: list[str] = []
    regions: list[Region] = []
    size = 0

    def write(piece: str, kind: RegionKind, joined: bool = False) -> int:
        nonlocal size
        if parts:
            gap = "\n" if joined else "\n\n"
            parts.append(gap)
            size += len(gap)
        start = size
        parts.append(piece)
        size += len(piece)
        if joined:
            regions[-1] = Region(regions[-1].start, size, regions[-1].kind)
        else:
            regions.append(Region(start, size, kind))
        return start

    title_slot = None
    headline = title.text if title else _headline_of_head(meta)
    if headline:
        kicker = _kicker(blocks, title)
        spans = []
        if kicker:
            start = write(kicker, "kicker")
            spans.append((start, size))
        start = write(headline, "title")
        spans.append((start, size))
        value = title_value([kicker, headline] if kicker else [headline])
        rule = "clean.title.kicker" if kicker else "clean.title.heading" if title else "clean.title.meta"
        title_slot = Slot(value, tuple(spans), rule, None if title else "title of the page's head")
    events = dates.event_days(" ".join(line.raw for _, line, _ in kept[:4])[:4000])
    published = None
    if dated:
        block, found = dated
        start = write(block.text, "date_line")
        day, rule, why = dates.settle_order(found, events, _meta_day(meta))
        published = Slot(day.isoformat(), ((start + found.span[0], start + found.span[1]),), rule, why)
    published = published or _meta_date(meta)
    before: tuple[RegionKind, Line, Block] | None = None
    for kind, line, block in kept:
        joined = bool(
            before
            and block.broken
            and before[0] == kind
            and kind in ("lead", "body", "caption")
            and lines.continues(before[1].raw, line.raw)
        )
        start = write(block.text, kind, joined)
        if tail := cut_byline(line, kind):
            # "./." ends the article; the name glued to it is the byline.
            regions[-1] = Region(regions[-1].start, start + tail[0], kind)
            regions.append(Region(start + tail[1], size, "byline"))
        before = (kind, line, block)
    return Page("".join(parts), tuple(regions), title_slot, published, tuple(_attachments(container, url)))


def _headline_of_head(meta: Meta) -> str | None:
    """The headline that only the page's head tells."""
    for text in (meta.headline, meta.title):
        pieces = [p for p in _DIVIDER.split(text) if lines.words_of(p) >= 5 and lines.tells_event(p) and not lines.is_masthead(p, plain(p))]
        if pieces:
            return max(pieces, key=len)
    return None


def _kicker(blocks: list[Block], title: Block | None) -> str | None:
    """The line right above the headline that leads over to it with a colon."""
    if title is None or title.at == 0:
        return None
    above = blocks[title.at - 1]
    text = above.text
    if (
        text.endswith(":")
        and lines.words_of(text) <= 25
        and not lines.is_furniture(text, plain(text))
        and not lines.is_byline_label(plain(text))
    ):
        return text
    return None


def _attachments(container: Any, url: str | None) -> Iterator[str]:
    """Addresses of documents that the article links to, each once."""
    seen = set()
    for element in container.iter("a"):
        target = (element.get("href") or "").strip()
        if not _FILE.search(target):
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
