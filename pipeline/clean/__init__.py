"""Pages and crawled text to articles: what is the article, and what the portal around it.

`clean(source)` gives an `Article`. The text of crawled text stays as it came, with regions marked over it; an HTML page becomes the
text of its article in reading order. Raises `ArticleError` for what cannot be read.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import Any

import msgspec

from pipeline.clean import meta, page, text
from pipeline.clean.encodings import decode
from pipeline.clean.encodings.entities import has_entities, resolve_entities
from pipeline.clean.encodings.repair import composed, find_repair
from pipeline.clean.look import look_at
from pipeline.errors import ArticleError
from pipeline.records import CONTENT_REGIONS, Article, Region, Source
from pipeline.textmap import squeeze, without_unseen

MAX_BYTES = {"html": 10_000_000, "text": 4_000_000}


def clean(source: Source, recurring: frozenset[int] = frozenset()) -> Article:
    """The article of a source.

    Args:
        source: the page or text.
        recurring: what other pages of its site repeat and this one holds (`sites.seen_on`).

    Raises:
        ArticleError: `empty`, `too_large`, `binary`, `encoding`, `no_text`.
    """
    payload = source.payload
    if len(payload) > (most := MAX_BYTES[source.media]):
        raise ArticleError("too_large", f"{len(payload):,} bytes; an article has at most {most:,}. Split the file, or leave it out")
    decoded, encoding, repairs = decode(payload, source.encoding, source.media)
    found: page.Page | text.Marked
    if source.media == "html":
        decoded, more = composed(decoded)
        repairs += more
        found = page.read_page(decoded, source.url, recurring)
        repairs += found.repairs
    else:
        decoded, more = _mended(decoded)
        repairs += more
        found = text.mark(decoded)
    if not found.regions:
        raise ArticleError("empty", "The file holds no text")
    return Article(
        id=source.id,
        location=source.location,
        media=source.media,
        sha256=hashlib.sha256(payload).hexdigest(),
        text=found.text,
        regions=found.regions,
        title=found.title,
        published=found.published,
        url=source.url,
        fetched_at=source.fetched_at,
        encoding=encoding,
        repairs=repairs,
        attachments=found.attachments,
    )


def clean_if_likely(source: Source, recurring: frozenset[int] = frozenset(), verdict: str | None = None) -> Article:
    """The article of a source that the cheap look lets pass. Of a page that it refuses only what the head tells; `Article.look` says which.

    Args:
        source: the page or text.
        recurring: as for `clean`.
        verdict: of the look, where it has been taken before.

    Raises:
        ArticleError: as `clean`.
    """
    verdict = verdict or look_at(source)
    if verdict.startswith("refused") and source.media == "html":
        return _head_only(source, verdict)
    return msgspec.structs.replace(clean(source, recurring), look=verdict)


def _head_only(source: Source, verdict: str) -> Article:
    """A page's headline and day as its head gives them. Crawled text has no head; it is cleaned in any case, which costs little."""
    head, encoding, repairs = _decoded_head(source)
    title, published = meta.read_head(head)
    headline = str(title.value) if title else ""
    return Article(
        id=source.id,
        location=source.location,
        media=source.media,
        sha256=hashlib.sha256(source.payload).hexdigest(),
        text=headline,
        regions=(Region(0, len(headline), "title"),) if title else (),
        title=title,
        published=published,
        url=source.url,
        fetched_at=source.fetched_at,
        encoding=encoding,
        repairs=repairs,
        look=verdict,
    )


def _decoded_head(source: Source) -> tuple[str, str, tuple[str, ...]]:
    """A page down to the end of its head; the whole of it where the head alone does not tell the encoding."""
    head = source.payload[: meta.head_size(source.payload)]
    if not head.isascii() and b"\0" not in head:
        with contextlib.suppress(UnicodeDecodeError):
            return head.decode(), "utf-8", ()
    return decode(source.payload, source.encoding, source.media)


def _mended(decoded: str) -> tuple[str, tuple[str, ...]]:
    """Text with its letters put right, and what was done; good text comes back as it was."""
    notes: list[str] = []
    if has_entities(decoded):
        decoded = resolve_entities(decoded)
        notes.append("HTML entities resolved")
    repair = find_repair(decoded)
    if repair:
        decoded = repair.convert(decoded)
        notes.append(f"{repair.name} converted to NFC")
    if (seen := without_unseen(decoded)) != decoded:  # after the repair: the soft hyphen is a letter in TCVN3
        decoded = seen
        notes.append("characters that nobody sees removed")
    return decoded, tuple(notes)


def plain_article(article: Article) -> dict[str, Any]:
    """`id`, `title`, `published`, and the text without what is not the article, one paragraph a line."""
    paragraphs = [squeeze(article.text[r.start : r.end]) for r in article.regions if r.kind in CONTENT_REGIONS]
    return {
        "id": article.id,
        "title": article.title.value if article.title else None,
        "published": article.published.value if article.published else None,
        "text": "\n".join(paragraphs),
    }
