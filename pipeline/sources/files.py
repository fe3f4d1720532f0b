"""One file read: the articles that it holds, one reader for each ending."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from pipeline.records import MAX_BYTES, Issue, Source

Report = Callable[[Issue], None]

STAGE = "sources"


@dataclass(frozen=True)
class Address:
    """What a manifest says about one file."""

    url: str | None
    fetched_at: str | None


def ending(path: str) -> str:
    """The ending of a file's name by which its reader is chosen (".jsonl.gz"), else its last one."""
    name = os.path.basename(path).lower()
    for ending in READERS:
        if name.endswith(ending):
            return ending
    return os.path.splitext(name)[1]


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
        report(issue(path, "empty", "the file holds nothing"))
    else:
        yield Source(_stem(path), printable(path), media, payload, address.url, address.fetched_at)


def _read_jsonl(path: str, address: Address, report: Report) -> Iterator[Source]:
    with open(path, "rb") as handle:
        yield from _read_lines(path, handle, report)


def _read_jsonl_gz(path: str, address: Address, report: Report) -> Iterator[Source]:
    try:
        with gzip.open(path, "rb") as handle:
            yield from _read_lines(path, handle, report)
    except gzip.BadGzipFile as error:
        report(issue(path, "not_gzip", str(error)))
    except (EOFError, zlib.error) as error:
        report(issue(path, "truncated", f"{error}; what came before the damage was read"))


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
            report(issue(at, "not_json", f"{error}; each line must be one JSON object"))
            continue
        if not isinstance(row, dict):
            report(issue(at, "not_json", f"a JSON object was expected, not {type(row).__name__}"))
            continue
        yield from _from_row(row, path, number, report)


def _read_parquet(path: str, address: Address, report: Report) -> Iterator[Source]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as table:
            names = set(table.schema_arrow.names)
            if not names & {"html", "text"}:
                report(issue(path, "columns", f"needs a column html or text, has {', '.join(sorted(names)) or 'none'}"))
                return
            columns = sorted(names & {"id", "url", "html", "text", "fetched_at"})
            number = 0
            for batch in table.iter_batches(batch_size=256, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield from _from_row(row, path, number, report)
    except (pa.ArrowException, pa.ArrowInvalid) as error:
        report(issue(path, "not_parquet", f"{str(error).splitlines()[0]}; what came before the damage was read"))


def read_warc(path: str, address: Address, report: Report) -> Iterator[Source]:
    """The HTML pages of a crawl. An id is made from the page's address, so that it stays when the page is fetched again."""
    from pipeline.warc import read_pages

    for page in read_pages(path, report):
        location = f"{printable(path)}#{page.offset}"
        if len(page.body) > MAX_BYTES:
            report(_too_large(location))
            continue
        host = re.sub(r"^\w+://|[/:?#].*$", "", page.url).lower()
        name = f"{host}-{hashlib.blake2b(printable(page.url).encode(), digest_size=6).hexdigest()}"
        yield Source(name, location, "html", page.body, page.url, page.fetched_at, page.charset)


def _from_row(row: dict[str, Any], path: str, number: int, report: Report) -> Iterable[Source]:
    """One article of a table or JSONL file: `html` or `text`, with optional `id`, `url`, `fetched_at`."""
    location = f"{printable(path)}#{number}"
    media = "html" if row.get("html") else "text"
    content = row.get(media)
    if not isinstance(content, str) or not content:
        report(issue(location, "no_text", "neither html nor text holds a string"))
        return ()
    try:
        payload = content.encode("utf-8")
    except UnicodeEncodeError as error:
        report(issue(location, "bad_text", f"holds half a character: {error.reason}"))
        return ()
    if len(payload) > MAX_BYTES:
        report(_too_large(location))
        return ()
    given = row.get("id")
    name = printable(str(given)).strip() if isinstance(given, (str, int)) else ""
    url, fetched_at = (str(row[key]) if row.get(key) else None for key in ("url", "fetched_at"))
    return (Source(name or f"{_stem(path)}-{number}", location, media, payload, url, fetched_at, "utf-8"),)


def _stem(path: str) -> str:
    name = os.path.basename(path)
    return printable(name[: -len(ending(path))] or name)


def printable(name: str) -> str:
    """A file name's bytes need not be UTF-8; what is written to JSON must be."""
    return name.encode("utf-8", "replace").decode()


def _too_large(at: str) -> Issue:
    return issue(at, "too_large", f"over {MAX_BYTES // 2**20} MiB: no article is so long; cut it into articles")


def issue(at: str, code: str, message: str) -> Issue:
    return Issue(STAGE, printable(at), code, printable(message))


# The longer of two endings stands first.
READERS: dict[str, Callable[[str, Address, Report], Iterator[Source]]] = {
    ".warc.gz": read_warc,
    ".warc": read_warc,
    ".jsonl.gz": _read_jsonl_gz,
    ".jsonl": _read_jsonl,
    ".html": _read_html,
    ".htm": _read_html,
    ".txt": _read_text,
    ".parquet": _read_parquet,
}
