"""What became of each source: counts, ceilings, and whether the result can be trusted.

`crawl.json` in the crawl's folder holds the state of every source; the WARC files hold everything else. It is written often, and
whole, so that it is never torn; a lost one costs the comparison with the visit before, and nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections import Counter
from pathlib import Path

import msgspec

from pipeline.errors import UsageError
from pipeline.fetch.addresses import belongs, date_in, host_of, is_file, is_paging, key_of, looks_like_article, root_of
from pipeline.fetch.config import Options, Site
from pipeline.fetch.links import Link
from pipeline.store import write_whole

STATE = "crawl.json"
# A visit is suspicious when it brings less than a third of what the last good one brought, or nearly always the same page.
FEW, SAME_SHARE, SAME_LEAST = 3, 0.8, 3


class State(msgspec.Struct):
    """One source's last visit. Counts are of addresses; `articles` are among `pages`, `relevant` among `articles`."""

    visit: int = 0
    finished: bool = True
    began: str = ""
    ended: str = ""
    pages: int = 0
    articles: int = 0
    relevant: int = 0
    unchanged: int = 0
    refused: int = 0
    failed: int = 0
    bytes: int = 0  # transferred
    rate: float = 0.0  # pages a second
    fault: str = ""
    ceiling: str = ""
    usual: int = 0  # articles of the last visit without a fault
    usual_options: str = ""


class Crawl(msgspec.Struct):
    """What became of each source of a crawl at its last visit."""

    sources: dict[str, State] = {}


def read_state(out: Path) -> Crawl:
    """The state of a crawl's folder; empty where there is none.

    Raises:
        UsageError: the file is none of ours.
    """
    path = out / STATE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Crawl)
    except FileNotFoundError:
        return Crawl()
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}. Remove it to go on without the counts of the last visit") from None


def write_state(out: Path, crawl: Crawl) -> None:
    write_whole(out / STATE, msgspec.json.format(msgspec.json.encode(crawl)) + b"\n")


class Book:
    """One source during a visit."""

    def __init__(self, site: Site, options: Options, before: State, known_visit: int) -> None:
        self.site, self.options = site, options
        resumed = before.visit > 0 and not before.finished
        visit = before.visit if resumed else max(before.visit, known_visit) + 1
        if before.visit == 0 and known_visit:  # crawl.json is lost: what it said of the last visit is, too
            visit = known_visit
        began = before.began if resumed else _now()
        self.state = State(visit, finished=False, began=began, usual=before.usual, usual_options=before.usual_options)
        self.state.bytes = before.bytes if resumed else 0
        self.hosts = set(site.hosts)
        self.roots = {root_of(url) for url in (*site.start, *site.feeds, *site.sitemaps)}
        self.seen: set[str] = set()
        self.reasons: Counter[str] = Counter()
        self.dead: str | None = None
        self._texts: Counter[str] = Counter()
        self._answered: set[str] = set()
        self._asked = 0
        self._started: float | None = None
        self._fetched = 0

    # --- which addresses ---

    def kind_of(self, link: Link) -> str | None:
        """ "article" or "list", None for what is not followed."""
        url = link.url
        if self._matches(self.site.articles, url):
            return "article"
        if self._matches(self.site.lists, url) or link.paging or is_paging(url):
            return "list"
        if self.site.articles:
            return None
        return "article" if self.site.lists or looks_like_article(url) else "list"

    @staticmethod
    def _matches(patterns: tuple[str, ...], url: str) -> bool:
        return any(re.search(pattern, url) for pattern in patterns)

    def wants(self, link: Link) -> bool:
        """Whether an address that a page names belongs to this source and is new to this visit. Remembers it."""
        if not belongs(host_of(link.url), self.hosts) or is_file(link.url) or self._too_old(link):
            return False
        return self.is_new(link.url)

    def is_new(self, url: str) -> bool:
        """Whether an address is new to this visit. Remembers it."""
        key = key_of(url)
        if key in self.seen:
            return False
        self.seen.add(key)
        return True

    def _too_old(self, link: Link) -> bool:
        day = link.dated or date_in(link.url)
        return bool(self.site.since and day and day < self.site.since)

    # --- ceilings ---

    def _seconds(self) -> float:
        """Since the first request."""
        self._started = self._started or time.monotonic()
        return time.monotonic() - self._started

    def may_ask(self) -> bool:
        """Whether one more address may be asked; counts it."""
        site, state = self.site, self.state
        if self._asked >= site.max_pages:
            state.ceiling = f"{site.max_pages} pages"
        elif state.bytes >= site.max_bytes:
            state.ceiling = f"{site.max_bytes} bytes"
        elif self._seconds() >= site.max_seconds:
            state.ceiling = f"{site.max_seconds:g} seconds"
        else:
            self._asked += 1
            return True
        return False

    # --- what came ---

    def refuse(self, reason: str) -> None:
        self.state.refused += 1
        self.reasons[reason] += 1

    def fail(self, reason: str) -> None:
        self.state.failed += 1
        self.reasons[reason] += 1

    def is_first(self, url: str) -> bool:
        """Whether an address answers for the first time in this visit. Remembers it."""
        key = key_of(url)
        if key in self._answered:
            self.reasons["led to a page that is there already"] += 1
            return False
        self._answered.add(key)
        return True

    def transferred(self, size: int) -> None:
        self.state.bytes += size

    def page(self, fetched: bool, unchanged: bool) -> None:
        self.state.pages += 1
        self.state.unchanged += unchanged
        self._fetched += fetched
        self.state.rate = round(self._fetched / max(self._seconds(), 1e-3), 2)

    def article(self, relevant: bool, text: str) -> None:
        self.state.articles += 1
        self.state.relevant += relevant
        self._texts[text] += 1

    def copy(self, text: str) -> None:
        """One more address that led to a page that is there already."""
        self._texts[text] += 1

    # --- the end ---

    def close(self, interrupted: bool) -> None:
        """Settles the visit: whether it is finished, and whether something is wrong with what it brought."""
        state = self.state
        state.ended = _now()
        if interrupted:
            state.fault = ""
            return
        state.fault = self._fault()
        state.finished = self.dead is None
        if not state.fault:
            state.usual, state.usual_options = state.articles, self._options_key()

    def _fault(self) -> str:
        state = self.state
        why = "; ".join(f"{reason} ({count})" for reason, count in self.reasons.most_common(3))
        if self.dead:
            return f"stopped after {state.pages} pages: {self.dead}"
        if self.site.single and state.refused + state.failed:
            return f"{state.refused + state.failed} of {len(self.site.start)} addresses brought nothing: {why}"
        if not state.articles:
            return f"no article at all: {why or 'no link looked like one'}"
        same, addresses = self._texts.most_common(1)[0][1], self._texts.total()
        if addresses >= SAME_LEAST and same >= SAME_SHARE * addresses:
            return f"the same page for {same} of {addresses} addresses"
        usual = min(state.usual, self.site.max_pages)
        if not self.site.single and state.usual_options == self._options_key() and state.articles * FEW < usual:
            return f"{state.articles} articles, where the last visit brought {state.usual}"
        return ""

    def _options_key(self) -> str:
        """What the number of articles depends on, so that only like is compared with like."""
        site = self.site
        return f"{self.options.only_relevant} {site.since} {site.articles} {site.lists} {site.max_bytes} {site.max_seconds}"


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
