"""The tree of a page: parsed, and without what no reader sees, menus and lists of other news."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import lxml.html
from lxml import etree

from pipeline.errors import ArticleError

_DROPPED_TAGS = frozenset(
    "script style noscript template svg iframe object embed select option button input textarea nav canvas video audio map head".split()
)
HEADINGS = {"h1": 2.0, "h2": 1.0, "h3": 0.7, "h4": 0.5}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?)(?:$|[?#&])", re.IGNORECASE)


# What no tree may hold, though pages do, as it is or by its number: text pasted from a word processor brings breaks of line and page
# (vertical tab, form feed), which are blanks here; other control characters say nothing.
_BREAKS = bytes.maketrans(b"\x0b\x0c", b"  ")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c"))
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_BY_NUMBER = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]));?", re.IGNORECASE
)

# Nobody asks what a form or an input can do. Left to itself, lxml.html chooses a class for each element, in Python, whenever it is met.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)


def parse(html: str) -> Any:
    """The tree of a page, control characters and impossible character references taken out.

    Raises:
        ArticleError: nothing in it can be parsed (`no_text`).
    """
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    page = _BY_NUMBER.sub(b" ", html.encode("utf-8", "replace").translate(_BREAKS, _CONTROL))
    for mark in _NO_CHARACTERS:
        page = page.replace(mark, b"")
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        root = lxml.html.document_fromstring(page, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        raise ArticleError("no_text", f"The page cannot be parsed: {problem}") from None
    return root


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


def prune(root: Any) -> tuple[int, int]:
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
                weight.links, weight.kept = 1, bool(FILE.search(element.get("href") or ""))
            elif tag in HEADINGS:
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
