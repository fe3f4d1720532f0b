"""What a page's head says of its article: headline, description, day."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.clean import dates, lines
from pipeline.clean.blocks import NOT_LETTER
from pipeline.clean.dates import plain
from pipeline.clean.encodings.repair import find_repair
from pipeline.clean.tree import parse
from pipeline.errors import ArticleError
from pipeline.records import Slot
from pipeline.textmap import squeeze


@dataclass(slots=True)
class Meta:
    """What the page's head says of the article."""

    title: str = ""
    headline: str = ""
    description: str = ""
    published: list[tuple[str, str]] = field(default_factory=list)  # where it stands, what it says


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
        meta = read_meta(parse(html[: end.start() if end else MAX_HEAD_SIZE]))
        repair = find_repair(f"{meta.title}\n{meta.headline}\n{meta.description}")
    except ArticleError:
        return None, None
    if repair:
        meta.title, meta.headline = repair.convert(meta.title), repair.convert(meta.headline)
    headline = headline_of_head(meta) or squeeze(meta.headline or meta.title)
    title = Slot(headline, ((0, len(headline)),), "clean.title.meta", "title of the page's head") if headline else None
    return title, day_of_head(meta)


def read_meta(root: Any) -> Meta:
    """What a page's head says of title, description and day of publication, in `<title>`, `<meta>` and JSON-LD."""
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


_DIVIDER = re.compile(r"\s+[-–—|»>]+\s+|\s*\|\s*|\s*::\s*|\s+/\s+")


def title_keys(meta: Meta) -> tuple[set[str], set[str]]:
    """Keys of what the head names as headline: whole, and its parts between dividers."""
    wholes = {NOT_LETTER.sub("", plain(text)) for text in (meta.headline, meta.title) if text}
    parts = set()
    for text in (meta.headline, meta.title):
        pieces = _DIVIDER.split(text)
        for i in range(len(pieces)):
            for j in range(i + 1, len(pieces) + 1):
                if (j - i) < len(pieces):
                    parts.add(NOT_LETTER.sub("", plain("".join(pieces[i:j]))))
    return wholes - {""}, {p for p in parts if len(p) >= 12}


def day_of_head_as_text(meta: Meta) -> str | None:
    slot = day_of_head(meta)
    return str(slot.value) if slot else None


def day_of_head(meta: Meta) -> Slot | None:
    """The day of publication that the page's head names; it stands nowhere in the text, so its slot has no spans."""
    for where, value in meta.published:
        found = re.match(r"\s*((?:19|20)\d\d)-(\d\d)-(\d\d)", value)
        if found:
            return Slot(found[0].strip(), (), "clean.published.meta", f"{where} of the page")
        line = dates.read_date_line(value)
        if line:
            return Slot(line.day.isoformat(), (), "clean.published.meta", f"{where} of the page")
    return None


def headline_of_head(meta: Meta) -> str | None:
    """The headline that only the page's head tells."""
    for text in (meta.headline, meta.title):
        pieces = [p for p in _DIVIDER.split(text) if lines.words_of(p) >= 5 and lines.tells_event(p) and not lines.is_masthead(p, plain(p))]
        if pieces:
            return max(pieces, key=len)
    return None
