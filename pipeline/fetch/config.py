"""What to fetch and how: `sources.toml`, or addresses given one by one."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from pipeline import __version__
from pipeline.errors import UsageError
from pipeline.fetch.addresses import host_of, problem_of

DEFAULT_AGENT = f"thidua/{__version__} (reads provincial news on emulation; contact not given)"


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One source of a sources.toml. `articles` and `lists` are regular expressions, searched in addresses."""

    name: str
    province: str = ""
    body: str = ""
    start: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    since: dt.date | None = None
    max_pages: int = 1000
    max_bytes: int = 500_000_000
    max_seconds: float = 7200
    tested: bool = False
    note: str = ""
    single: bool = False  # addresses given one by one: each is an article, no link is followed

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset(host_of(url) for url in (*self.start, *self.feeds, *self.sitemaps))


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to fetch: the table `[fetch]` of a sources.toml. Times in seconds, sizes in bytes."""

    user_agent: str = DEFAULT_AGENT
    delay: float = 2.0  # between two requests to one host, at least
    timeout: float = 60.0  # for one response, from first to last byte
    retries: int = 2
    wait: float = 10.0  # after a failure; doubles with each
    longest_wait: float = 600.0  # a host that asks for more is left alone
    page_bytes: int = 10_000_000  # of one response, unpacked
    file_bytes: int = 256 * 2**20  # a WARC file is closed when it has so many
    only_relevant: bool = False
    allow_private: bool = False
    hosts: dict[str, str] = {}  # addresses of names, instead of asking the DNS; these may be private


class _File(msgspec.Struct, forbid_unknown_fields=True):
    source: list[Site] = []
    fetch: Options = Options()


def read_file(path: Path) -> tuple[list[Site], Options]:
    """The sources of a sources.toml and its options.

    Raises:
        UsageError: it cannot be read, or something in it is wrong.
    """
    try:
        made = msgspec.toml.decode(path.read_bytes(), type=_File)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}. See docs/fetching.md for what a source may say") from None
    _check(made.source, path)
    return made.source, made.fetch


def _check(sites: list[Site], path: Path) -> None:
    names = set()
    if not sites:
        raise UsageError(f"{path} names no source: it needs a [[source]] with name and start")
    for site in sites:
        where = f"{path}: source {site.name!r}"
        if not site.name.strip() or site.name in names:
            raise UsageError(f"{where}: each source needs a name of its own")
        names.add(site.name)
        if not site.hosts:
            raise UsageError(f"{where}: needs start, feeds or sitemaps")
        for url in (*site.start, *site.feeds, *site.sitemaps):
            if problem := problem_of(url):
                raise UsageError(f"{where}: {url!r}: {problem}")
        for pattern in (*site.articles, *site.lists):
            try:
                re.compile(pattern)
            except re.error as error:
                raise UsageError(f"{where}: {pattern!r} is no regular expression: {error}") from None


def choose(given: list[str], listed: Path | None, only: list[str] | None, addresses_given: bool = False) -> tuple[list[Site], Options]:
    """What a call asks for: one file of sources, or addresses and a file of addresses.

    Args:
        given: names of files and addresses, as they stand on the command line.
        listed: a file of addresses.
        only: names of sources; None for all.
        addresses_given: `given` holds addresses alone, whatever they look like.

    Raises:
        UsageError: it is neither, both, or something in it is wrong.
    """
    files = [] if addresses_given else [name for name in given if "://" not in name]
    addresses = [name for name in given if name not in files] + (read_addresses(listed) if listed else [])
    if len(files) > 1 or bool(files) == bool(addresses):
        raise UsageError("give one file of sources, or addresses with --url or --urls: 'thidua fetch SOURCES.toml --out DIR'")
    if not files:
        return sites_of(addresses), Options()
    sites, options = read_file(Path(files[0]))
    if unknown := set(only or ()) - {site.name for site in sites}:
        raise UsageError(f"{files[0]} has no source {', '.join(sorted(unknown))}")
    return [site for site in sites if not only or site.name in only], options


def sites_of(addresses: list[str]) -> list[Site]:
    """One source a host for addresses given one by one.

    Raises:
        UsageError: something is no address.
    """
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        if problem := problem_of(address):
            raise UsageError(f"{address!r}: {problem}")
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    no_ceiling = {"max_pages": 10**9, "max_bytes": 10**13, "max_seconds": 1e9}
    return [Site(name=host, start=tuple(urls), single=True, **no_ceiling) for host, urls in hosts.items()]


def read_addresses(path: Path) -> list[str]:
    """The addresses of a file, one a line; empty lines and lines that begin with # are passed over.

    Raises:
        UsageError: it cannot be read, or holds none.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from None
    found = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not found:
        raise UsageError(f"{path} holds no address")
    return found
