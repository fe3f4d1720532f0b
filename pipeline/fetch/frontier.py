"""Whose turn it is: Scrapy's scheduler, with one lane a host and one request a lane.

A lane hands out what ranks highest. After a failure, or when a host asks for it, a lane pauses; a host that keeps failing is closed.
"""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler

from pipeline.fetch.addresses import host_of

# So many failures in a row, with growing pauses between them, and a host counts as gone.
MOST_FAILURES = 9


@dataclass
class Lane:
    """One host."""

    waiting: list[tuple[int, int, Request]] = field(default_factory=list)
    not_before: float = 0.0  # on the monotonic clock
    failures: int = 0
    closed: str | None = None

    def pause(self, seconds: float) -> None:
        self.not_before = max(self.not_before, time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds until it may be asked again."""
        return self.not_before - time.monotonic()

    def failed(self, wait: float, longest: float, reason: str) -> None:
        """Counts a failure: pauses, or closes the lane when there were too many."""
        self.failures += 1
        if self.failures >= MOST_FAILURES:
            self.closed = self.closed or reason
        else:
            self.pause(min(wait * 2 ** min(self.failures - 1, 4), longest))


class Lanes(dict[str, Lane]):
    """The lane of each host, made when it is first asked for."""

    def __missing__(self, host: str) -> Lane:
        self[host] = Lane()
        return self[host]


class Frontier(BaseScheduler):
    """Kept in memory: a crawl that was killed builds it again from its archive."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._count = itertools.count()
        self._spider: Any = None  # the NewsSpider that Scrapy opens it with

    @classmethod
    def from_crawler(cls, crawler: Any) -> Frontier:
        return cls(crawler)

    def open(self, spider: Any) -> None:
        self._spider = spider

    def has_pending_requests(self) -> bool:
        return any(lane.waiting for lane in self._spider.lanes.values())

    def enqueue_request(self, request: Request) -> bool:
        lane = self._spider.lanes[host_of(request.url)]
        heapq.heappush(lane.waiting, (-request.priority, next(self._count), request))
        return True

    def next_request(self) -> Request | None:
        for lane in self._free():
            while lane.waiting:
                request = heapq.heappop(lane.waiting)[2]
                if self._may_go(lane, request):
                    return request
        return None

    def _free(self) -> Iterator[Lane]:
        """Lanes with no request on its way and no answer unread, which may lead to something better; the last served comes last."""
        engine = self._crawler.engine
        busy = {host_of(request.url) for request in engine.downloader.active | engine.scraper.slot.active}
        lanes = self._spider.lanes
        for host in [host for host, lane in lanes.items() if lane.waiting and host not in busy]:
            lane = lanes.pop(host)
            lanes[host] = lane
            yield lane

    def _may_go(self, lane: Lane, request: Request) -> bool:
        """Ceilings count addresses, not tries: a second try and the target of a redirect are not counted again."""
        if lane.closed:
            self._spider.not_asked(request, lane.closed)
            return False
        again = request.meta.get("retry_times") or request.meta.get("redirect_times") or request.meta.get("counted")
        if not again and not self._spider.book_of(request).may_ask():
            return False
        request.meta["counted"] = True
        return True
