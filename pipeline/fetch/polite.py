"""What is asked of a host, how often, and what is refused: Scrapy's middlewares, resolver and throttle, made strict."""

from __future__ import annotations

import asyncio
import re
import time
from email.utils import parsedate_to_datetime
from typing import Any

from protego import Protego
from scrapy import Request, signals
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from pipeline.fetch.addresses import belongs, host_of, is_public, literal_of, problem_of, root_of
from pipeline.fetch.archive import Entry
from pipeline.fetch.config import Options

ROBOTS = "robots"  # marks a request for robots.txt
ARCHIVED, UNCHANGED, ALIAS = "archived", "unchanged", "alias"  # flags of responses
ROBOTS_TRIES = 3
ROBOTS_BYTES = 500 * 1024
ROBOTS_AGE = 24 * 3600.0
BUSY = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
_NO_PAGE = re.compile(rb"^\s*(?:image|video|audio|font)/|^application/(?:pdf|zip|msword|vnd\.|x-rar|x-7z|java-archive)", re.IGNORECASE)


class Refused(IgnoreRequest):
    """An address that is not fetched, and why."""


class Resolver(CachingThreadedResolver):
    """Answers of the DNS that lead into private networks are refused here, where the connection takes its address from."""

    private: dict[str, str] = {}  # names that were refused

    def __init__(self, reactor: Any, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.options = Options()

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Resolver:
        made = super().from_crawler(crawler, reactor)
        made.options = crawler.settings["FETCH_OPTIONS"]
        return made

    def getHostByName(self, name: str, timeout: Any = ()) -> Any:
        if name in self.options.hosts:
            return defer.succeed(self.options.hosts[name])
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if not self.options.allow_private and not is_public(address):
            self.private[name] = address
            raise DNSLookupError(f"{name} is {address}, a private address")
        return address


class _Middleware:
    """`options` and `lanes` of the crawl's spider."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        self.spider = crawler.spider
        self.options: Options = crawler.spider.options

    @classmethod
    def from_crawler(cls, crawler: Any) -> Any:
        return cls(crawler)


class Guard(_Middleware):
    """First and last on the way: forms of addresses, private networks, pauses, and a jar of cookies for each host."""

    async def process_request(self, request: Request) -> None:
        host = host_of(request.url)
        self._check_form(request.url, host)
        if request.meta.get("redirect_times") and not request.meta.get(ROBOTS):
            self.spider.check_redirect(request)
        request.meta["cookiejar"] = host
        if not self.spider.is_archived(request):
            await self._pause(host)

    def _check_form(self, url: str, host: str) -> None:
        if problem := problem_of(url):
            raise Refused(problem)
        try:
            literal = literal_of(host)
        except ValueError:
            raise Refused("a number that is no IP address") from None
        if literal and not self.options.allow_private and not is_public(literal):
            raise Refused("private address")

    async def _pause(self, host: str) -> None:
        lane = self.spider.lanes[host]
        while (left := lane.left()) > 0 and not lane.closed and not self.spider.stopping:
            await asyncio.sleep(min(left, 0.5))
        if lane.closed:
            raise Refused(lane.closed)
        if self.spider.stopping:
            raise Refused("interrupted")

    def process_response(self, request: Request, response: Response) -> Response:
        """Whatever way a connection was made: one that ended in a private network brings nothing."""
        ip = str(response.ip_address or "")
        pinned = self.options.hosts.get(host_of(request.url))
        if ip and ip != pinned and not self.options.allow_private and not is_public(ip):
            raise Refused("private address")
        return response


class Memory(_Middleware):
    """Answers from the archive what this visit has got already; asks again only for what has changed since the last one."""

    def process_request(self, request: Request) -> Response | None:
        if request.meta.get(ROBOTS):
            return None
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        if (entry := self.spider.archived(request)) is not None:
            flags = [ARCHIVED] if self.spider.archived_as_asked(request) else [ARCHIVED, ALIAS]
            return self._stored(entry, flags)
        latest = self.spider.archive.latest(request.url)
        if latest is not None and latest.status == 200:
            if latest.etag:
                request.headers["If-None-Match"] = latest.etag
            if latest.modified:
                request.headers["If-Modified-Since"] = latest.modified
        return None

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status != 304:
            return response
        entry = self.spider.archive.latest(request.url)
        if entry is None:
            raise Refused("304 to a first request")
        return self._stored(entry, [UNCHANGED])

    def _stored(self, entry: Entry, flags: list[str]) -> Response:
        record = self.spider.archive.read(entry)
        headers: dict[str, list[str]] = {}
        for name, value in record.http:
            headers.setdefault(name, []).append(value)
        return Response(entry.url, status=entry.status, headers=headers, body=record.body, flags=flags)


class Robots(_Middleware):
    """robots.txt as RFC 9309 has it, but stricter: one that cannot be read means wait, and in the end leave the host alone."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._rules: dict[str, tuple[float, Protego]] = {}
        self._tries: dict[str, int] = {}
        self._agent = re.split(r"[/\s]", self.options.user_agent)[0]

    async def process_request(self, request: Request) -> Request | None:
        if request.meta.get(ROBOTS):
            return None
        root = root_of(request.url)
        if problem := self.spider.shut.get(root):
            raise Refused(problem)
        known = self._rules.get(root)
        if known is None or time.monotonic() - known[0] > ROBOTS_AGE:
            problem = await self._load(root, request)
            if problem:
                return self._wait(root, request, problem)
        if not self._rules[root][1].can_fetch(request.url, self._agent):
            raise Refused("robots.txt forbids it")
        return None

    async def _load(self, root: str, request: Request) -> str | None:
        """Fetches a host's rules. Returns why they cannot be read, None when they can."""
        meta = {ROBOTS: True, "dont_retry": True, "download_maxsize": 4 * ROBOTS_BYTES, "book": request.meta["book"]}
        try:
            response = await self.crawler.engine.download_async(Request(f"{root}/robots.txt", meta=meta, callback=NO_CALLBACK))
        except Refused:
            raise
        except Exception as error:  # whatever keeps the rules from us
            return f"robots.txt could not be had ({reason_of(error)})"
        rules, problem = parse_robots(response.status, response.body)
        if rules is None:
            return problem
        self._rules[root] = (time.monotonic(), rules)
        delay = rules.crawl_delay(self._agent)
        if delay:
            self._hold(host_of(root), float(delay))
        return None

    def _hold(self, host: str, delay: float) -> None:
        if delay > self.options.longest_wait:
            self.spider.lanes[host].closed = f"robots.txt asks for {delay:g} seconds between two pages"
            raise Refused(self.spider.lanes[host].closed)
        self.crawler.get_extension(Throttle).hold(host, delay)

    def _wait(self, root: str, request: Request, problem: str) -> Request:
        self._tries[root] = self._tries.get(root, 0) + 1
        lane = self.spider.lanes[host_of(root)]
        if lane.closed or self._tries[root] >= ROBOTS_TRIES:
            self.spider.shut[root] = lane.closed or problem
            raise Refused(self.spider.shut[root])
        lane.pause(min(self.options.wait * 2 ** self._tries[root], self.options.longest_wait))
        again = request.copy()
        again.dont_filter = True
        return again


def parse_robots(status: int, body: bytes) -> tuple[Protego | None, str]:
    """The rules of an answer to robots.txt, or None and why there are none.

    404 and 410 say that there are no rules. Anything else but a text of rules leaves open whether we are welcome.
    """
    if status in (404, 410):
        return Protego.parse(""), ""
    if status != 200:
        return None, f"robots.txt answers with status {status}"
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<") or b"<html" in head or b"<!doctype" in head:
        return None, "robots.txt is an HTML page"
    if b"\0" in head:
        return None, "robots.txt is no text"
    return Protego.parse(body[:ROBOTS_BYTES].decode("utf-8-sig", "replace")), ""


class Pauses(_Middleware):
    """Reads from answers and failures how long a host wants to be left alone. Stands before Scrapy's retries."""

    def process_response(self, request: Request, response: Response) -> Response:
        lane = self.spider.lanes[host_of(request.url)]
        if response.status not in BUSY:
            lane.failures = 0
            return response
        asked = _seconds(response.headers.get(b"Retry-After"))
        if asked is not None and asked > self.options.longest_wait:
            lane.closed = f"asks to come back in {asked:.0f} seconds"
        elif asked is not None:
            lane.pause(asked)
        elif not request.meta.get(ROBOTS):
            lane.failed(self.options.wait, self.options.longest_wait, f"status {response.status} again and again")
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        host = host_of(request.url)
        if isinstance(exception, IgnoreRequest):
            return
        if host in Resolver.private and host not in self.options.hosts:
            raise Refused("private address")
        if not request.meta.get(ROBOTS):
            self.spider.lanes[host].failed(self.options.wait, self.options.longest_wait, f"{reason_of(exception)}, again and again")


def _seconds(value: bytes | None) -> float | None:
    """What Retry-After says: seconds, or a date."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time()) if text else None
    except (ValueError, TypeError, IndexError):
        return None


def reason_of(error: BaseException) -> str:
    """A failure in a few words."""
    if isinstance(error, Refused):
        return str(error)
    name = type(error).__name__
    words = {
        "DownloadTimeoutError": "no answer in time", "CannotResolveHostError": "the name is not known",
        "DownloadConnectionRefusedError": "connection refused", "ResponseDataLossError": "the answer was cut short",
        "DownloadCancelledError": "larger than the limit",
    }  # fmt: skip
    if name == "IgnoreRequest":
        return "redirected in circles" if "redirection" in str(error) else "larger than the limit when unpacked"
    if "certificate verify failed" in str(error) or "VerificationError" in str(error) or "VerificationError" in repr(error.__cause__):
        return "its certificate is not valid"
    return words.get(name, f"{name}: {error}"[:200] if name != "DownloadFailedError" else "the connection broke")


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle, which never goes below what a robots.txt asks for; and no bodies of pictures and documents."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._floors: dict[str, float] = {}
        crawler.signals.connect(self._reached, signal=signals.request_reached_downloader)
        crawler.signals.connect(self._headers, signal=signals.headers_received)

    def hold(self, host: str, delay: float) -> None:
        """From now on at least `delay` seconds between two requests to a host."""
        self._floors[host] = delay
        self._lift(host)

    def _lift(self, host: str) -> None:
        slot = self.crawler.engine.downloader.slots.get(host)
        if slot is not None:
            slot.delay = max(slot.delay, self._floors.get(host, 0.0))

    def _reached(self, request: Request, spider: Any) -> None:
        self._lift(host_of(request.url))

    def _response_downloaded(self, response: Response, request: Request, spider: Any) -> None:
        request.meta["transferred"] = len(response.body)
        super()._response_downloaded(response, request, spider)
        host = host_of(request.url)
        self._lift(host)
        if (slot := self.crawler.engine.downloader.slots.get(host)) is not None:
            slot.lastseen = time.monotonic()  # the delay counts from the end of the answer, not from the request

    def _headers(self, headers: Any, request: Request, **_: Any) -> None:
        if not request.meta.get(ROBOTS) and _NO_PAGE.match(headers.get(b"Content-Type") or b""):
            raise StopDownload(fail=False)


def check_redirect(request: Request, hosts: set[str], free: bool) -> None:
    """A redirect may leave a source's hosts only from a start page, or when the address was given one by one.

    Raises:
        Refused: it leads elsewhere.
    """
    if not free and not belongs(host_of(request.url), hosts):
        raise Refused("redirected to another site")
