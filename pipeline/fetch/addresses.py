"""Judging addresses: which are the same, which may be asked at all, and which look like articles."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|zarsrc|_ga|phpsessid|aspxautodetectcookiesupport)$", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#]*|/\(S\(\w+\)\)", re.IGNORECASE)
# Files that are no pages; attachments are kept as links of the article.
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|bmp|css|js|json|pdf|docx?|xlsx?|pptx?|zip|rar|7z|mp[34]|m4[av]|avi|wmv|flv|wav|exe|apk|woff2?|ttf|eot|swf)$",
    re.IGNORECASE,
)
# A slug of five words or more, or a number that counts articles.
_ARTICLE = re.compile(r"(?:[^\W_]+-){4,}[^\W_]+|\d{3,}")
_NUMBERED = r"(?:page|trang|p|pg|cur|start|currentpage|pageindex|paged)"
_PAGING = re.compile(rf"/{_NUMBERED}[-_/]?\d+(?=[/.?]|$)|[?&]\w*{_NUMBERED}=\d+", re.IGNORECASE)
_DATED = re.compile(r"(?<!\d)(20[0-3]\d)[-/](1[0-2]|0?[1-9])(?:[-/](3[01]|[12]\d|0?[1-9]))?(?=[-/]|$)")
DEFAULT_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str:
    """The host of an address, in lower case and without port; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def problem_of(url: str) -> str | None:
    """Why an address cannot be fetched, None when it can. Looks at its form alone."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return f"no address: {error}"
    if "://" not in url:
        return "no address: it begins with neither http:// nor https://"
    if parts.scheme not in DEFAULT_PORTS:
        return "only http and https are fetched"
    if not parts.hostname or re.search(r"[\s\x00-\x1f]", url) or port == 0:
        return "no address: write it as https://host/path"
    if parts.username is not None:
        return "addresses with a user or a password are not fetched"
    return None


def root_of(url: str) -> str:
    """Scheme, host and port of an address, to which a robots.txt belongs."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def key_of(url: str) -> str:
    """The same for two addresses that are the same page: without fragment, default port, session and tracking parameters."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    netloc = host if port in (None, DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(name)]
    return urlunsplit((parts.scheme, netloc, _SESSION.sub("", parts.path) or "/", urlencode(sorted(query)), ""))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open network: not loopback, private, link-local, reserved or multicast."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if inner is not None:
        return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def literal_of(host: str) -> str | None:
    """The IP address that a host spells out, None for a name.

    Raises:
        ValueError: a number that is no proper IP address, such as 0177.1 or 2130706433, which systems read in different ways.
    """
    if ":" in host:
        return str(ipaddress.ip_address(host))
    if re.fullmatch(r"\d+|0x[0-9a-f]*", host.rstrip(".").rpartition(".")[2], re.IGNORECASE):
        return str(ipaddress.ip_address(host))
    return None


def belongs(host: str, hosts: frozenset[str] | set[str]) -> bool:
    """Whether a host is one of `hosts` or below one of them; "www." counts for nothing."""
    bare = host.removeprefix("www.")
    return any(bare == own or bare.endswith("." + own) for own in (h.removeprefix("www.") for h in hosts))


def is_file(url: str) -> bool:
    """Whether an address ends like a picture, a document or a program rather than a page."""
    return bool(_FILE.search(urlsplit(url).path))


def looks_like_article(url: str) -> bool:
    """For sites whose patterns nobody has written down: long slugs and running numbers are articles, the rest are lists."""
    parts = urlsplit(url)
    tail = f"{parts.path}?{parts.query}"
    return not is_paging(url) and bool(_ARTICLE.search(tail))


def is_paging(url: str) -> bool:
    """Whether an address is a further page of a list."""
    parts = urlsplit(url)
    return bool(_PAGING.search(f"{parts.path}?{parts.query}"))


def date_in(url: str) -> dt.date | None:
    """The day, or the last day of the month, that an address spells out: /2022-7-15/, /2018/03/."""
    match = _DATED.search(urlsplit(url).path)
    if not match:
        return None
    year, month = int(match[1]), int(match[2])
    try:
        return dt.date(year, month, int(match[3])) if match[3] else dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    except ValueError:
        return None
