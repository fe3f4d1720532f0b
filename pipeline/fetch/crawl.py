"""`fetch()`: one crawl over all sources of a call, in one process."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.fetch.archive import Archive
from pipeline.fetch.books import Book, Crawl, State, read_state, write_state
from pipeline.fetch.config import DEFAULT_AGENT, Options, Site
from pipeline.store import lock

LOG = "crawl.log"
SECONDS_BETWEEN_LINES = 10.0
SECONDS_BETWEEN_STATES = 2.0
SECONDS_TO_STOP = 2.0
Say = Callable[[str], None]


@dataclass
class Fetched:
    """What a call of `fetch` did, by source."""

    sources: dict[str, State] = field(default_factory=dict)
    interrupted: bool = False

    @property
    def faults(self) -> dict[str, str]:
        return {name: state.fault for name, state in self.sources.items() if state.fault}


def fetch(sites: list[Site], out: Path, options: Options, say: Say) -> Fetched:
    """Fetches what is new in `sites` into WARC files under `out`. Can be called once in a process.

    Args:
        sites: with different names.
        out: made if it is not there; nobody else may work in it meanwhile.
        say: takes messages and progress, a line at a time.

    Raises:
        UsageError: `out` cannot be used, or another run works in it.
    """
    if options.user_agent == DEFAULT_AGENT:
        say("no user agent is set: give --user-agent 'NAME/1.0 (+who you are and how to reach you)'")
    if untested := sum(not site.tested and not site.single for site in sites):
        say(f"{untested} of {len(sites)} sources have never been tested: look at what they bring")
    with lock(out):
        crawl = read_state(out)
        archive = Archive(out, options.file_bytes, say)
        try:
            books = [Book(site, options, crawl.sources.get(site.name, State()), archive.last_visit(site.name)) for site in sites]
            desk = _Desk(out, crawl, books, say)
            desk.save()
            try:
                interrupted = _run(books, archive, options, desk, out)
            except UsageError:
                desk.close(interrupted=True)
                raise
            desk.close(interrupted)
        finally:
            archive.close()
    return Fetched({book.site.name: book.state for book in books}, interrupted)


class _Desk:
    """Writes the state now and then, and says how far each source is."""

    def __init__(self, out: Path, crawl: Crawl, books: list[Book], say: Say) -> None:
        self._out, self._crawl, self._books, self._say = out, crawl, books, say
        self._saved = self._said = time.monotonic()
        self._told: dict[str, tuple[int, int, int]] = {}

    def tick(self) -> None:
        now = time.monotonic()
        if now - self._saved >= SECONDS_BETWEEN_STATES:
            self.save()
        if now - self._said >= SECONDS_BETWEEN_LINES:
            self._tell()

    def save(self) -> None:
        self._saved = time.monotonic()
        self._crawl.sources.update({book.site.name: book.state for book in self._books})
        write_state(self._out, self._crawl)

    def close(self, interrupted: bool) -> None:
        for book in self._books:
            book.close(interrupted)
        self.save()
        self._tell()

    def _tell(self) -> None:
        """A line for each source that has moved since the last one."""
        self._said = time.monotonic()
        for book in self._books:
            s = book.state
            now = (s.pages, s.refused, s.failed)
            if self._told.get(book.site.name) != now:
                self._told[book.site.name] = now
                self._say(
                    f"{book.site.name}: {s.pages} pages, {s.articles} articles, {s.relevant} relevant, {s.refused} refused, "
                    f"{s.failed} failed, {s.rate:g} a second"
                )


def _run(books: list[Book], archive: Archive, options: Options, desk: _Desk, out: Path) -> bool:
    """Crawls until all is done, or until Ctrl-C. Returns whether it was interrupted."""
    from scrapy.crawler import AsyncCrawlerProcess

    from pipeline.fetch.spider import NewsSpider

    process = AsyncCrawlerProcess(settings_of(options))
    _log_to(out / LOG)
    from twisted.internet import reactor

    crawler = process.create_crawler(NewsSpider)
    task = process.crawl(crawler, books=books, archive=archive, options=options, tick=desk.tick)
    interrupted = False

    def stop(*_: Any) -> None:
        nonlocal interrupted
        again, interrupted = interrupted, True
        if crawler.spider is not None:
            crawler.spider.stopping = True
        reactor.callFromThread(_stop, process, reactor, 0.0 if again else SECONDS_TO_STOP)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        process.start(install_signal_handlers=False)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if crawler.spider is not None and (broken := crawler.spider.broken):
        raise UsageError(f"cannot write in {out}: {broken.strerror or broken}. Started again, it goes on from there")
    if task.done() and not task.cancelled() and (error := task.exception()) is not None and not interrupted:
        raise UsageError(f"the crawl broke off: {error!r}; see {out / LOG}. Start it again, it goes on from there") from error
    return interrupted


def _stop(process: Any, reactor: Any, seconds: float) -> None:
    """Lets answers on their way come in for a moment. Nothing is lost by stopping at once: what is finished is on disk."""
    import asyncio
    import contextlib

    def end() -> None:
        with contextlib.suppress(Exception):
            reactor.stop()

    stopping = asyncio.ensure_future(process.stop())
    stopping.add_done_callback(lambda _: None)
    reactor.callLater(seconds, end)


def _log_to(path: Path) -> None:
    """Each address that was refused or failed, and whatever Scrapy has to complain about."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for name in ("thidua.fetch", "scrapy", "twisted", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.WARNING if name == "thidua.fetch" else logging.ERROR)


def settings_of(options: Options) -> dict[str, Any]:
    """Scrapy's settings. Its own defaults are neither polite nor safe."""
    polite = "pipeline.fetch.polite"
    return {
        "FETCH_OPTIONS": options,
        "USER_AGENT": options.user_agent,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "text/html,application/xml;q=0.9,*/*;q=0.5", "Accept-Language": "vi,en;q=0.5"},
        "SCHEDULER": "pipeline.fetch.frontier.Frontier",
        "TWISTED_DNS_RESOLVER": f"{polite}.Resolver",
        "DNS_TIMEOUT": min(20.0, options.timeout),
        "CONCURRENT_REQUESTS": 128,  # of all hosts together; a host gets one
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": options.delay,
        "DOWNLOAD_DELAY_JITTER": 0,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": options.delay,
        "AUTOTHROTTLE_MAX_DELAY": 60.0,
        "DOWNLOAD_TIMEOUT": options.timeout,
        "DOWNLOAD_MAXSIZE": options.page_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None},
        "RETRY_TIMES": options.retries,
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_MAXDELAY": 3,
        "HTTPERROR_ALLOW_ALL": True,
        "HTTPPROXY_ENABLED": False,  # a proxy would look names up itself, past our checks
        "REFERER_ENABLED": False,
        "ROBOTSTXT_OBEY": False,  # by our own, which is stricter
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # costs a look at the source of each callback, for each answer
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "EXTENSIONS": {"scrapy.extensions.throttle.AutoThrottle": None, f"{polite}.Throttle": 0},
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            f"{polite}.Guard": 50,
            f"{polite}.Memory": 80,
            f"{polite}.Robots": 100,
            f"{polite}.Pauses": 560,
        },
    }
