"""Where a page's article is: the blocks of its main text, the element that holds them, and what within it is not the article."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from lxml import etree

from pipeline.clean import lines
from pipeline.clean.blocks import NOT_LETTER, Block, is_link, names_of
from pipeline.clean.dates import plain

SHARE = 0.85  # of the main text that the container must hold
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


def mark_core(blocks: list[Block], root: Any) -> None:
    """Marks the blocks that trafilatura takes for the main text; where it finds none, those that read as running text.

    Its quick mode does, unless it finds little of what the page holds: then it is asked again with all its means.
    """
    running = sum(len(b.key) for b in blocks if b.sentence and b.linked * 2 < len(b.text))
    whole = ""
    for fast in (True, False):
        whole = NOT_LETTER.sub("", plain(_main_text(root, fast))) or whole
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


def find_container(blocks: list[Block]) -> Any | None:
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
            if weight[element] >= SHARE * total and element.tag not in _PARAGRAPH:
                return element
    return None


# A news item may be one long paragraph and a table; what stands beside it in the same element is the article, too.
_PARAGRAPH = frozenset({"p", "span", "font", "b", "strong", "em", "i", "u", "h1", "h2", "h3", "h4"})


def mark_asides(blocks: list[Block], container: Any) -> None:
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
                names = names_of(element)
                aside = element.tag in ("aside", "footer", "form") or bool(names and _ASIDE.search(names))
                told[element] = aside, element.tag == "figcaption" or bool(names and _CAPTION.search(names))
            aside, caption = told[element]
            block.aside = block.aside or (aside and size[element] < 0.3 * total)
            block.caption = block.caption or caption


def mark_cards(blocks: list[Block], inside: set[int], container: Any) -> None:
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
        if len(group) > 1 and linked * 6 > letters and any(is_link(b) and lines.words_of(b.text) >= 5 for b in group):
            for block in group:
                block.aside = True


def leave_out_recurring(inside: list[Block]) -> int:
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
        if not (among or listing or block.aside or is_link(block) or (block.sentence and block.at < own[0].at)):
            block.aside = True
            left_out += 1
    return left_out


def blocks_within(blocks: list[Block], container: Any) -> set[int]:
    members = set(container.iter())
    return {b.at for b in blocks if b.element in members}
