"""Finds articles: folders, files and globs become `Source` records, and whatever cannot be read becomes one `Issue`.

Readers by file ending stand in `READERS`.
"""

from __future__ import annotations

import csv
import errno
import glob
import gzip
import hashlib
import io
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from pipeline.errors import UsageError
from pipeline.records import MAX_BYTES, Issue, Source

Report = Callable[[Issue], None]

STAGE = "sources"
MANIFEST = "manifest.csv"


@dataclass(frozen=True)
class Address:
    """What a manifest says about one file."""

    url: str | None
    fetched_at: str | None


@dataclass
class _Listing:
    """What a walk over the given paths found: files in order, and the addresses that manifests give them."""

    files: list[str] = field(default_factory=list)
    addresses: dict[str, Address] = field(default_factory=dict)
    seen_files: set[str] = field(default_factory=set)
    seen_manifests: set[str] = field(default_factory=set)


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


def read_sources(paths: list[str], report: Report) -> Iterator[Source]:
    """The articles under `paths`, in an order that depends on names alone.

    Args:
        paths: folders (read recursively), files, or globs.
        report: called once for each thing that could not be used.

    Raises:
        UsageError: at once, when a path does not exist or when no path holds a file of a known kind.
    """
    listing = _Listing()
    for path in paths:
        _list_path(path, listing, report)
    if not listing.files:
        kinds = ", ".join(sorted(READERS))
        raise UsageError(f"no source found in {', '.join(paths) or 'an empty list of paths'}. Readable are files ending in {kinds}")
    return _read(listing, report)


def _read(listing: _Listing, report: Report) -> Iterator[Source]:
    ids = _Ids()
    replaced = _replaced(listing.files)
    for path in listing.files:
        reader = READERS[_ending(path)]
        address = listing.addresses.get(os.path.realpath(path), Address(None, None))
        try:
            for source in reader(path, address, report):
                if source.location in replaced:
                    continue
                yield msgspec.structs.replace(source, id=ids.take(source.id, source.location))
        except OSError as error:
            report(_issue(path, "unreadable_file", f"{error.strerror or error}: check that the file is there and may be read"))


# --- finding files ---------------------------------------------------------------------------------------------------


def _list_path(path: str, listing: _Listing, report: Report) -> None:
    if os.path.isdir(path):
        _list_folder(path, listing, report)
    elif os.path.lexists(path):
        _list_file(path, listing, report, named=True)
    elif glob.has_magic(path):
        found = sorted(glob.glob(path, recursive=True))
        if not found:
            raise UsageError(f"no source found: nothing matches {path!r}")
        for match in found:
            if os.path.isdir(match):
                _list_folder(match, listing, report)
            else:
                _list_file(match, listing, report)
    else:
        raise UsageError(f"no source found: {path!r} does not exist")


def _list_folder(path: str, listing: _Listing, report: Report, above: tuple[str, ...] = ()) -> None:
    """Depth first and by name. `above` holds the real paths of the folders on the way here, to see a link that loops."""
    pending = [(path, above)]
    while pending:
        folder, above = pending.pop()
        real = os.path.realpath(folder)
        if real in above:
            report(_issue(folder, "link_loop", "the link leads back to a folder that holds it; it was not followed"))
            continue
        try:
            with os.scandir(folder) as entries:
                names = sorted(entry.name for entry in entries)
        except OSError as error:
            report(_issue(folder, "unreadable_folder", f"{error.strerror or error}: check the folder's permissions"))
            continue
        if MANIFEST in names:
            _read_manifest(os.path.join(folder, MANIFEST), listing, report, complete=True)
        below = []
        for name in names:
            child = os.path.join(folder, name)
            if os.path.isdir(child):
                below.append((child, (*above, real)))
            else:
                _list_file(child, listing, report)
        pending.extend(reversed(below))


def _list_file(path: str, listing: _Listing, report: Report, named: bool = False) -> None:
    """Takes a file of a known kind once, however many ways lead to it. `named`: the user gave this very path."""
    if os.path.islink(path) and not os.path.exists(path):
        report(_broken_link(path))
        return
    if _ending(path) not in READERS:
        if named:
            report(_issue(path, "unknown_kind", f"not one of {', '.join(sorted(READERS))}"))
        return
    if not os.path.isfile(path):
        report(_issue(path, "not_a_file", "a pipe, a device or the like; it was not opened"))
        return
    real = os.path.realpath(path)
    if real in listing.seen_files:
        return
    listing.seen_files.add(real)
    listing.files.append(os.path.normpath(path))
    folder = os.path.dirname(real)
    for place in (folder, os.path.dirname(folder)):
        manifest = os.path.join(place, MANIFEST)
        if os.path.isfile(manifest):
            _read_manifest(manifest, listing, report, complete=False)


def _broken_link(path: str) -> Issue:
    try:
        os.stat(path)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return _issue(path, "link_loop", "the link leads to itself")
    return _issue(path, "broken_link", "the link leads nowhere")


def _read_manifest(path: str, listing: _Listing, report: Report, complete: bool) -> None:
    """Adds the addresses of a manifest (columns `file`, `url`, optional `fetched_at`). `complete`: its files must all be there."""
    real = os.path.realpath(path)
    if real in listing.seen_manifests:
        return
    listing.seen_manifests.add(real)
    try:
        with open(path, encoding="utf-8-sig", newline="") as handle:
            table = csv.DictReader(handle)
            if not {"file", "url"} <= set(table.fieldnames or ()):
                report(_issue(path, "bad_manifest", "needs the columns file and url; its addresses are left out"))
                return
            for row in table:
                file = os.path.realpath(os.path.join(os.path.dirname(real), row["file"] or ""))
                listing.addresses[file] = Address(row["url"] or None, row.get("fetched_at") or None)
                if complete and not os.path.exists(file):
                    report(_issue(f"{path}#{table.line_num}", "manifest_missing_file", f"there is no file {row['file']!r}"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        report(_issue(path, "bad_manifest", f"{error}; save it as UTF-8 CSV"))


def _ending(path: str) -> str:
    name = os.path.basename(path).lower()
    for ending in READERS:
        if name.endswith(ending):
            return ending
    return os.path.splitext(name)[1]


# --- reading one file ------------------------------------------------------------------------------------------------


def _read_html(path: str, address: Address, report: Report) -> Iterator[Source]:
    return _read_whole(path, "html", address, report)


def _read_text(path: str, address: Address, report: Report) -> Iterator[Source]:
    return _read_whole(path, "text", address, report)


def _read_whole(path: str, media: str, address: Address, report: Report) -> Iterator[Source]:
    with open(path, "rb") as handle:
        payload = handle.read(MAX_BYTES + 1)
    if len(payload) > MAX_BYTES:
        report(_too_large(path))
    elif not payload:
        report(_issue(path, "empty", "the file holds nothing"))
    else:
        yield Source(_stem(path), _printable(path), media, payload, address.url, address.fetched_at)


def _read_jsonl(path: str, address: Address, report: Report) -> Iterator[Source]:
    with open(path, "rb") as handle:
        yield from _read_lines(path, handle, report)


def _read_jsonl_gz(path: str, address: Address, report: Report) -> Iterator[Source]:
    try:
        with gzip.open(path, "rb") as handle:
            yield from _read_lines(path, handle, report)
    except gzip.BadGzipFile as error:
        report(_issue(path, "not_gzip", str(error)))
    except (EOFError, zlib.error) as error:
        report(_issue(path, "truncated", f"{error}; what came before the damage was read"))


def _read_lines(path: str, handle: io.BufferedIOBase | gzip.GzipFile, report: Report) -> Iterator[Source]:
    number = 0
    while line := handle.readline(2 * MAX_BYTES):
        number += 1
        at = f"{path}#{number}"
        if len(line) == 2 * MAX_BYTES and not line.endswith(b"\n"):
            report(_too_large(at))
            while (rest := handle.readline(MAX_BYTES)) and not rest.endswith(b"\n"):
                pass
            continue
        line = line.removeprefix(b"\xef\xbb\xbf").strip()
        if not line:
            continue
        try:
            row = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            report(_issue(at, "not_json", f"{error}; each line must be one JSON object"))
            continue
        if not isinstance(row, dict):
            report(_issue(at, "not_json", f"a JSON object was expected, not {type(row).__name__}"))
            continue
        yield from _from_row(row, path, number, report)


def _read_parquet(path: str, address: Address, report: Report) -> Iterator[Source]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as table:
            names = set(table.schema_arrow.names)
            if not names & {"html", "text"}:
                report(_issue(path, "columns", f"needs a column html or text, has {', '.join(sorted(names)) or 'none'}"))
                return
            columns = sorted(names & {"id", "url", "html", "text", "fetched_at"})
            number = 0
            for batch in table.iter_batches(batch_size=256, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield from _from_row(row, path, number, report)
    except (pa.ArrowException, pa.ArrowInvalid) as error:
        report(_issue(path, "not_parquet", f"{str(error).splitlines()[0]}; what came before the damage was read"))


def _read_warc(path: str, address: Address, report: Report) -> Iterator[Source]:
    """The HTML pages of a crawl. An id is made from the page's address, so that it stays when the page is fetched again."""
    from pipeline.warc import read_pages

    for page in read_pages(path, report):
        location = f"{_printable(path)}#{page.offset}"
        if len(page.body) > MAX_BYTES:
            report(_too_large(location))
            continue
        host = re.sub(r"^\w+://|[/:?#].*$", "", page.url).lower()
        name = f"{host}-{hashlib.blake2b(_printable(page.url).encode(), digest_size=6).hexdigest()}"
        yield Source(name, location, "html", page.body, page.url, page.fetched_at, page.charset)


def _replaced(files: list[str]) -> frozenset[str]:
    """Locations of pages in WARC files that were fetched again later: only the last version counts."""
    warcs = [path for path in files if READERS[_ending(path)] is _read_warc]
    if not warcs:
        return frozenset()
    from pipeline.warc import superseded

    return frozenset(f"{_printable(path)}#{offset}" for path, offset in superseded(warcs))


def _from_row(row: dict[str, Any], path: str, number: int, report: Report) -> Iterable[Source]:
    """One article of a table or JSONL file: `html` or `text`, with optional `id`, `url`, `fetched_at`."""
    location = f"{_printable(path)}#{number}"
    media = "html" if row.get("html") else "text"
    content = row.get(media)
    if not isinstance(content, str) or not content:
        report(_issue(location, "no_text", "neither html nor text holds a string"))
        return ()
    try:
        payload = content.encode("utf-8")
    except UnicodeEncodeError as error:
        report(_issue(location, "bad_text", f"holds half a character: {error.reason}"))
        return ()
    if len(payload) > MAX_BYTES:
        report(_too_large(location))
        return ()
    given = row.get("id")
    name = _printable(str(given)).strip() if isinstance(given, (str, int)) else ""
    url, fetched_at = (str(row[key]) if row.get(key) else None for key in ("url", "fetched_at"))
    return (Source(name or f"{_stem(path)}-{number}", location, media, payload, url, fetched_at, "utf-8"),)


def _stem(path: str) -> str:
    name = os.path.basename(path)
    return _printable(name[: -len(_ending(path))] or name)


def _printable(name: str) -> str:
    """A file name's bytes need not be UTF-8; what is written to JSON must be."""
    return name.encode("utf-8", "replace").decode()


def _too_large(at: str) -> Issue:
    return _issue(at, "too_large", f"over {MAX_BYTES // 2**20} MiB: no article is so long; cut it into articles")


def _issue(at: str, code: str, message: str) -> Issue:
    return Issue(STAGE, _printable(at), code, _printable(message))


# The longer of two endings stands first.
READERS: dict[str, Callable[[str, Address, Report], Iterator[Source]]] = {
    ".warc.gz": _read_warc,
    ".warc": _read_warc,
    ".jsonl.gz": _read_jsonl_gz,
    ".jsonl": _read_jsonl,
    ".html": _read_html,
    ".htm": _read_html,
    ".txt": _read_text,
    ".parquet": _read_parquet,
}
