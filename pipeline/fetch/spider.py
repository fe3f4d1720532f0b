"""Answers to records, records to links, links to requests."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import scrapy
from scrapy import Request
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response

from pipeline import warc
from pipeline.fetch import links, polite
from pipeline.fetch.addresses import host_of, root_of
from pipeline.fetch.archive import Answer, Archive, Entry
from pipeline.fetch.books import Book
from pipeline.fetch.config import Options
from pipeline.fetch.frontier import Lanes
from pipeline.fetch.links import Link

logger = logging.getLogger("thidua.fetch")

START, FEED, SITEMAP, LIST, ARTICLE = "start", "feed", "sitemap", "list", warc.ARTICLE
MOST_DEPTH = 50  # lists behind lists


def rank(kind: str, score: int, in_relevant: bool, depth: int) -> int:
    """The priority of a request: relevant articles, lists on the way to them, other lists near the start, then the rest."""
    if kind in (START, FEED, SITEMAP):
        return 100
    if kind == ARTICLE:
        return 60 + score if score else 55 if in_relevant else 20
    return 50 + score if score else 45 - min(depth, 10) if in_relevant else 30 - 4 * min(depth, 7)


class NewsSpider(scrapy.Spider):
    """Asks for the pages of all sources at once, archives each answer, and follows the links that its book wants."""

    name = "thidua"

    def __init__(self, books: list[Book], archive: Archive, options: Options, tick: Callable[[], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.books = {book.site.name: book for book in books}
        self.archive, self.options = archive, options
        self.lanes = Lanes()
        self.shut: dict[str, str] = {}  # roots whose robots.txt cannot be read, and why
        self.stopping = False
        self.broken: OSError | None = None  # why the archive cannot be written
        self._tick = tick

    # --- requests ---

    async def start(self) -> AsyncIterator[Any]:
        for book in self.books.values():
            site = book.site
            for kind, urls in ((ARTICLE if site.single else START, site.start), (FEED, site.feeds), (SITEMAP, site.sitemaps)):
                for url in urls:
                    if book.is_new(url):
                        yield self._request(book, url, kind)

    def _request(self, book: Book, url: str, kind: str, score: int = 0, in_relevant: bool = False, depth: int = 0) -> Request:
        meta = {"book": book.site.name, "kind": kind, "score": score, "in_relevant": in_relevant, "depth": depth, "asked": url}
        priority = rank(kind, score, in_relevant, depth)
        return Request(url, callback=self.answered, errback=self.unanswered, priority=priority, meta=meta, dont_filter=True)

    def book_of(self, request: Request) -> Book:
        return self.books[request.meta["book"]]

    # --- what the middlewares ask ---

    def archived(self, request: Request) -> Entry | None:
        """What this visit has got for a request's address already."""
        book = self.book_of(request)
        return self.archive.done(book.site.name, book.state.visit, request.url)

    def is_archived(self, request: Request) -> bool:
        return not request.meta.get(polite.ROBOTS) and self.archived(request) is not None

    def archived_as_asked(self, request: Request) -> bool:
        """Whether the address that stood in the link is known to lead there, too."""
        book = self.book_of(request)
        return self.archive.done(book.site.name, book.state.visit, request.meta["asked"]) is not None

    def check_redirect(self, request: Request) -> None:
        book = self.book_of(request)
        polite.check_redirect(request, book.hosts, free=book.site.single or request.meta["kind"] == START)

    def not_asked(self, request: Request, reason: str) -> None:
        """A request that was dropped because its host is closed."""
        book = self.book_of(request)
        book.fail(reason)
        self._note_death(book, request)

    # --- answers ---

    def answered(self, response: Response) -> Iterator[Request]:
        """An answer: into the archive, with the requests for what it links to."""
        request = response.request
        assert request is not None
        book, kind = self.book_of(request), request.meta["kind"]
        if kind == START and request.meta.get("redirect_times"):
            book.hosts.add(host_of(response.url))
            book.roots.add(root_of(response.url))
        if response.status not in polite.BUSY:  # those may answer another time
            self._keep(book, response, request)
        self._tick()
        if response.status != 200:
            book.fail(f"status {response.status}")
            logger.warning("%s: status %s: %s", book.site.name, response.status, request.meta["asked"])
            return
        if not book.is_first(response.url):
            if kind == ARTICLE:
                book.copy(links.fingerprint(links.text_of(response.body, _charset(response))))
            return
        book.page(polite.ARCHIVED not in response.flags, polite.UNCHANGED in response.flags)
        if "download_stopped" in response.flags or response.headers.get(b"X-Crawl-Stopped"):
            book.refuse("no page")
            return
        yield from self._follow(book, response, request)

    def _keep(self, book: Book, response: Response, request: Request) -> None:
        """Without a place for what comes there is no point in asking for more."""
        try:
            self._save(book, response, request)
        except OSError as error:
            self.broken = error
            raise CloseSpider("cannot write") from error

    def _save(self, book: Book, response: Response, request: Request) -> None:
        flags, meta = response.flags, request.meta
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, values in response.headers.items() for value in values]
        stopped = "download_stopped" in flags
        if stopped:
            headers.append(("X-Crawl-Stopped", "no page"))
        answer = Answer(
            meta["asked"], response.url, response.status, headers, b"" if stopped else response.body, meta["kind"], book.site.name,
            book.state.visit, str(response.ip_address or "") or None, stopped,
        )  # fmt: skip
        if polite.ARCHIVED in flags:
            entry = self.archive.done(book.site.name, book.state.visit, response.url)
            if polite.ALIAS in flags and entry:
                self.archive.alias(answer, entry)
        elif polite.UNCHANGED in flags:
            before = self.archive.latest(response.url)
            assert before is not None
            self.archive.confirm(answer, before)
        else:
            self.archive.save(answer)
            book.transferred(meta.get("transferred") or len(response.body))

    def _follow(self, book: Book, response: Response, request: Request) -> Iterator[Request]:
        kind, url, body = request.meta["kind"], response.url, response.body
        if kind == FEED:
            yield from self._entries(book, request, links.feed_links(links.unpacked(body, self.options.page_bytes), url))
        elif kind == SITEMAP:
            maps, pages = links.sitemap_links(links.unpacked(body, self.options.page_bytes), url)
            for link in maps:
                if request.meta["depth"] < 3 and book.wants(link):
                    yield self._request(book, link.url, SITEMAP, depth=request.meta["depth"] + 1)
            yield from self._entries(book, request, pages)
        elif warc.is_html((response.headers.get(b"Content-Type") or b"").decode("latin-1"), body):
            yield from self._page(book, response, request)
        elif kind == ARTICLE:
            book.refuse("no page")

    def _entries(self, book: Book, request: Request, entries: list[Link]) -> Iterator[Request]:
        """What a feed or sitemap names are articles, unless the patterns say otherwise."""
        for link in entries:
            kind = book.kind_of(link) if book.site.articles or book.site.lists else ARTICLE
            yield from self._ask(book, link, kind, False, request.meta["depth"] + 1)

    def _page(self, book: Book, response: Response, request: Request) -> Iterator[Request]:
        meta = request.meta
        html = links.text_of(response.body, _charset(response))
        relevant = bool(meta["score"] or meta["in_relevant"] and meta["kind"] != ARTICLE)
        if meta["kind"] == ARTICLE:
            speaks = meta["score"] or links.relevance(links.title_of(html), response.url)
            book.article(bool(speaks), links.fingerprint(html))
        if book.site.single or meta["depth"] >= MOST_DEPTH:
            return
        for link in links.page_links(html, response.url):
            # What an article links to is "other news", as relevant as its own words say.
            yield from self._ask(book, link, book.kind_of(link), relevant and meta["kind"] == LIST, meta["depth"] + 1)

    def _ask(self, book: Book, link: Link, kind: str | None, in_relevant: bool, depth: int) -> Iterator[Request]:
        score = links.relevance(link.text, link.url)
        if kind is None or (self.options.only_relevant and kind == ARTICLE and not score) or not book.wants(link):
            return
        yield self._request(book, link.url, kind, score, in_relevant, depth)

    def unanswered(self, failure: Any) -> None:
        """A request that got no answer; its book counts why."""
        request, error = failure.request, failure.value
        book, reason = self.book_of(request), polite.reason_of(failure.value)
        if self.stopping:
            return
        if isinstance(error, IgnoreRequest):
            book.refuse(reason)
        else:
            book.fail(reason)
        logger.warning("%s: %s: %s", book.site.name, reason, request.meta["asked"])
        self._note_death(book, request)
        self._tick()

    def _note_death(self, book: Book, request: Request) -> None:
        """A host that is gone ends its source, if it is one that the source is named by and not some host below it."""
        host, root = host_of(request.url), root_of(request.url)
        closed = self.lanes[host].closed if host in book.hosts else None
        if reason := closed or (self.shut.get(root) if root in book.roots else None):
            book.dead = book.dead or reason


def _charset(response: Response) -> str | None:
    _, found, charset = (response.headers.get(b"Content-Type") or b"").decode("latin-1").partition("charset=")
    return charset.strip("\"' ;") if found else None
