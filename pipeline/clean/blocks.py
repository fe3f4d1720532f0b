"""The blocks of a page: every stretch of text between two block-level tags, in order."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.clean import furniture, lines
from pipeline.clean.dates import plain
from pipeline.clean.text_lines import Line
from pipeline.clean.tree import FILE

BLOCK_TAGS = frozenset(
    "p div li td th h1 h2 h3 h4 h5 h6 blockquote section article figure figcaption tr table tbody thead ul ol dl dt dd pre header footer"
    " main aside"
    " center address form fieldset hr nav body caption legend details summary time".split()
)
_BYLINE = re.compile(r"author|tac-?gia|by-?line|source|nguon|butdanh|but-danh|writer|reporter", re.IGNORECASE)
_RIGHT = re.compile(r"text-align\s*:\s*right", re.IGNORECASE)
BLANK = re.compile(r"[\s\u200b\ufeff]+")
NOT_LETTER = re.compile(r"[\W_]+")


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
    folded: str = ""  # `plain` of the text, and its letters and digits alone
    key: str = ""
    at: int = 0


def block_mark(key: str, is_link: bool) -> int:
    """A number for a block by its folded letters, the same in every process. A headline and the links to it are not the same."""
    return int.from_bytes(hashlib.blake2b(f"{key}\n{is_link}".encode(), digest_size=8).digest(), "big")


def names_of(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def read_blocks(root: Any) -> list[Block]:
    """Every stretch of text of the page, in order."""
    body = root.find("body")
    start = body if body is not None else root
    reader = _Reader(root)
    for event, element in etree.iterwalk(start, events=("start", "end")):
        if not isinstance(element.tag, str):  # a comment
            if event == "end":
                reader.add(element.tail)
        elif event == "start":
            reader.enter(element)
        else:
            reader.leave(element)
            if element is not start:
                reader.add_tail(element)
    for block in reader.blocks:
        describe(block)
    return reader.blocks


def describe(block: Block) -> None:
    """Sets what follows from the text of a block, after each change of it."""
    block.folded = plain(block.text)
    block.key = NOT_LETTER.sub("", block.folded)
    block.sentence = lines.is_sentence(block.text, block.folded)


class _Reader:
    """Gathers the text between the edges of block elements and line breaks."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.inside: list[Any] = []  # the block elements that are open
        self.links = 0  # that are open
        self.linked = 0  # letters within links
        self.broken = False  # whether a line break stands before the text at hand

    def enter(self, element: Any) -> None:
        if element.tag in BLOCK_TAGS:
            self.close(False)
            self.inside.append(element)
        elif element.tag == "br":
            self.close(True)
        elif element.tag == "a":
            self.links += 1
        self.add(element.text)

    def leave(self, element: Any) -> None:
        if element.tag in BLOCK_TAGS:
            self.close(False)
            self.inside.pop()
        elif element.tag == "a":
            self.links -= 1

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            if self.links:
                self.linked += len(text.strip())

    def add_tail(self, element: Any) -> None:
        tail = element.tail
        if element.tag == "span" and tail and self.pieces and self.pieces[-1][-1:].islower() and tail[:1].isupper():
            self.pieces.append(" ")  # a label before the text, set apart by its style: "<span>Hà Giang</span>Hơn 23h"
        self.add(tail)

    def close(self, then_broken: bool) -> None:
        """Makes a block of the text so far."""
        raw = "".join(self.pieces)
        text = BLANK.sub(" ", raw).strip()
        self.pieces.clear()
        if text and any(c.isalnum() for c in text):
            element = self.inside[-1] if self.inside else self.root
            self.blocks.append(Block(text, raw, element, min(self.linked, len(text)), self.broken, at=len(self.blocks)))
        self.linked = 0
        self.broken = then_broken


def is_link(block: Block) -> bool:
    """A block that is nothing but links: a related headline, a tag, a button."""
    return block.linked >= 0.75 * len(block.text) and not lines.ends_sentence(block.text) and not FILE.search(block.text)


def as_line(block: Block) -> Line:
    """A block as a line of text for the rules that choose title, captions and bylines; its offsets are set when the text is assembled."""
    line = Line(0, 0, block.text, block.folded, not block.broken, block.sentence)
    if block.caption and not furniture.is_furniture(block.text, block.folded):
        line.kind = "caption"
    elif (
        lines.words_of(block.text) <= 12 and not line.sentence and (_BYLINE.search(names_of(block.element)) or _is_set_right(block.element))
    ):
        line.kind = "byline"
    return line


def _is_set_right(element: Any) -> bool:
    return (element.get("align") or "").lower() == "right" or bool(_RIGHT.search(element.get("style") or ""))
