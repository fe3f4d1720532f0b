"""Finds articles: folders, files and globs become `Source` records, and whatever cannot be read becomes one `Issue`."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator

import msgspec

from pipeline.errors import UsageError
from pipeline.records import Issue, Source
from pipeline.sources.files import READERS, Address, Report, ending, issue, printable, read_warc
from pipeline.sources.listing import MADE, MANIFEST, OUTPUT_MARK, Listing, list_path

__all__ = ["MADE", "MANIFEST", "OUTPUT_MARK", "READERS", "left_alone", "read_sources"]


class _Ids:
    """Gives out each id once. A second taker gets a suffix made from its location, so that it keeps it between runs."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str, location: str) -> str:
        unique, salt = wanted, location
        while unique in self._taken:
            unique = f"{wanted}-{hashlib.blake2b(salt.encode(), digest_size=4).hexdigest()}"
            salt += "'"
        self._taken.add(unique)
        return unique


def read_sources(paths: list[str], report: Report, own_out: str | os.PathLike[str] = "") -> Iterator[Source]:
    """The articles under `paths`, in an order that depends on names alone.

    Args:
        paths: folders (read recursively), files, or globs.
        report: called once for each thing that could not be used.
        own_out: where the run that reads them writes. What it made there before is no source and no news.

    Raises:
        UsageError: at once, when a path does not exist or when no path holds a file of a known kind.
    """
    listing = Listing(own_out=os.path.realpath(own_out) if own_out else "")
    issues: list[Issue] = []
    for path in paths:
        list_path(path, listing, issues.append)
    if not listing.files:
        where = f"no source found in {', '.join(paths) or 'an empty list of paths'}"
        if issues:
            raise UsageError(f"{where}. {issues[0].article}: {issues[0].message}")
        raise UsageError(f"{where}. Readable are files ending in {', '.join(sorted(READERS))}")
    for found in issues:
        report(found)
    return _read(listing, report)


def _read(listing: Listing, report: Report) -> Iterator[Source]:
    ids = _Ids()
    replaced = _replaced(listing.files)
    for path in listing.files:
        reader = READERS[ending(path)]
        address = listing.addresses.get(os.path.realpath(path), Address(None, None))
        try:
            for source in reader(path, address, report):
                if source.location in replaced:
                    continue
                yield msgspec.structs.replace(source, id=ids.take(source.id, source.location))
        except OSError as error:
            report(issue(path, "unreadable_file", f"{error.strerror or error}: check that the file is there and may be read"))


def left_alone(paths: list[str]) -> Counter[str]:
    """How many files under `paths` may hold articles but are of a kind that is not read, by their ending."""
    listing = Listing()
    for path in paths:
        list_path(path, listing, lambda issue: None)
    return listing.others


def _replaced(files: list[str]) -> frozenset[str]:
    """Locations of pages in WARC files that were fetched again later: only the last version counts."""
    warcs = [path for path in files if READERS[ending(path)] is read_warc]
    if not warcs:
        return frozenset()
    from pipeline.warc import superseded

    return frozenset(f"{printable(path)}#{offset}" for path, offset in superseded(warcs))
