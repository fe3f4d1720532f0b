"""What pages, feeds and sitemaps lead to, and which of it speaks of emulation and commendation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from pipeline.errors import ArticleError
from pipeline.fetch.addresses import problem_of
from pipeline.textmap import fold

MOST_LINKS = 5000  # of one page
MOST_ENTRIES = 50_000  # of one feed or sitemap, as the sitemap protocol has it

_STRONG = re.compile(r"(?<!\w)(?:thi đua|khen thưởng|tđkt|tđ-kt|giao ước|bằng khen|cờ thi)(?!\w)")
_WEAK = re.compile(r"(?<!\w)(?:khối(?! lượng| u\b| tài sản)|cụm(?! công nghiệp| từ| dân cư| rạp))(?!\w)")
_STRONG_SLUG = re.compile(r"thi-?dua|khen-?thuong|tdkt|giao-uoc", re.IGNORECASE)
_WEAK_SLUG = re.compile(r"(?:^|[-/_=])(?:khoi-(?!luong|u-)|cum-(?!cong-nghiep|tu-|dan-cu|rap))", re.IGNORECASE)
_NEXT = re.compile(r"^(?:\d{1,4}|[>»›]+|trang (?:sau|tiếp|kế)\w*|(?:trang )?tiếp(?: theo)?|sau|xem thêm|next|cũ hơn|tin cũ hơn)\W*$")


class Link(NamedTuple):
    """An address with the words around it. `dated`: the day that a feed or sitemap gives it. `paging`: it leads on in a list."""

    url: str
    text: str = ""
    dated: dt.date | None = None
    paging: bool = False


def relevance(text: str, url: str = "") -> int:
    """How loudly words and address speak of emulation: 0 not at all, 1 of khối or cụm, 2 of thi đua or khen thưởng."""
    key = fold(text[:1000])
    slug = urlsplit(url).path
    if _STRONG.search(key) or _STRONG_SLUG.search(slug):
        return 2
    return 1 if _WEAK.search(key) or _WEAK_SLUG.search(slug) else 0


def text_of(body: bytes, charset: str | None) -> str:
    """The text of a page's bytes, markup included; "" where the letters cannot be told."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        from pipeline.clean.encodings import decode  # heavy, and most pages do without it
        from pipeline.clean.encodings.converters import from_tcvn3, from_vni
    try:
        html, encoding, _ = decode(body, charset, "html")
    except ArticleError:
        return ""
    convert = {"tcvn3": from_tcvn3, "vni": from_vni}.get(encoding)
    return convert(html) if convert else html


def page_links(html: str, url: str) -> list[Link]:
    """The links of a page in order, each address once, with all its words."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    base = url
    if (node := tree.css_first("base[href]")) is not None:
        base = _joined(url, node.attributes.get("href")) or url
    found: dict[str, Link] = {}
    for node in tree.css("a[href], area[href], link[rel=next]"):
        target = _joined(base, node.attributes.get("href"))
        if target is None or (len(found) >= MOST_LINKS and target not in found):
            continue
        words = " ".join(filter(None, (node.text(separator=" ", strip=True), node.attributes.get("title"), _picture(node))))
        rel = (node.attributes.get("rel") or "").lower()
        old = found.get(target, Link(target))
        paging = old.paging or "next" in rel.split() or bool(_NEXT.match(fold(words)))
        found[target] = Link(target, f"{old.text} {words}".strip(), None, paging)
    return list(found.values())


def title_of(html: str) -> str:
    """Title and headlines of a page."""
    from selectolax.lexbor import LexborHTMLParser

    return " ".join(node.text(separator=" ", strip=True) for node in LexborHTMLParser(html).css("title, h1")[:4])


def fingerprint(html: str) -> str:
    """The words of a page, without numbers: the same for two copies of one page that differ in a clock or a counter."""
    import hashlib

    bare = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", " ", html)
    return hashlib.blake2b(" ".join(re.findall(r"[^\W\d_]+", bare)).encode(), digest_size=8).hexdigest()


def _picture(node: object) -> str | None:
    image = node.css_first("img[alt]")  # type: ignore[attr-defined]
    return image.attributes.get("alt") if image is not None else None


def _joined(base: str, target: str | None) -> str | None:
    """A link's full address without its fragment; None for what cannot be fetched."""
    target = re.sub(r"[\t\r\n]", "", target or "").strip()
    if not target or target.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        url = urljoin(base, target).partition("#")[0].replace(" ", "%20")
    except ValueError:
        return None
    return None if problem_of(url) else url


# --- feeds and sitemaps ----------------------------------------------------------------------------------------------


def feed_links(body: bytes, url: str) -> list[Link]:
    """The entries of an RSS or Atom feed."""
    found = []
    for entry in _elements(body, ("item", "entry")):
        texts = {_name(child): (child.text or "").strip() for child in entry}
        target = _atom_link(entry) or texts.get("link") or texts.get("guid")
        joined = _joined(url, target)
        if joined:
            day = _day(texts.get("pubDate") or texts.get("published") or texts.get("updated") or texts.get("date"))
            found.append(Link(joined, texts.get("title", ""), day))
    return found


def _atom_link(entry: object) -> str | None:
    links = [child for child in entry if _name(child) == "link" and child.get("href")]  # type: ignore[attr-defined]
    plain = [link for link in links if link.get("rel", "alternate") == "alternate"]
    return (plain or links)[0].get("href") if links else None


def sitemap_links(body: bytes, url: str) -> tuple[list[Link], list[Link]]:
    """The sitemaps that an index names, and the pages that a sitemap names."""
    maps, pages = [], []
    for entry in _elements(body, ("sitemap", "url")):
        texts = {_name(child): (child.text or "").strip() for child in entry.iter()}
        joined = _joined(url, texts.get("loc"))
        if joined:
            day = _day(texts.get("publication_date") or texts.get("lastmod"))
            (maps if _name(entry) == "sitemap" else pages).append(Link(joined, texts.get("title", ""), day))
    return maps, pages


def unpacked(body: bytes, most: int) -> bytes:
    """A sitemap's bytes, unpacked if they are gzip; what is beyond `most` bytes is cut off."""
    import zlib

    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(31).decompress(body, most)
    except zlib.error:
        return b""


def _elements(body: bytes, names: tuple[str, ...]) -> Iterator[object]:
    """Elements of these names, wherever they stand. Nothing outside the file is read and no entity is expanded."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is None:
        return
    left = MOST_ENTRIES
    for element in root.iter():
        if left and _name(element) in names:
            left -= 1
            yield element


def _name(element: object) -> str:
    tag = element.tag  # type: ignore[attr-defined]
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _day(text: str | None) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None
