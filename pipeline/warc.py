"""Reads WARC files: our own, Common Crawl's, anybody's. Plain or compressed; what is torn or damaged is passed over with an issue.

`read_records` gives every whole record of a file; `read_pages` those that are pages of articles.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

from pipeline.records import MAX_BYTES, Issue

Report = Callable[[Issue], None]

# Fields of our own records; other readers skip them.
ASKED, KIND, SITE, VISIT = "X-Thidua-Asked", "X-Thidua-Kind", "X-Thidua-Source", "X-Thidua-Visit"
ARTICLE = "article"

_MEMBER = b"\x1f\x8b\x08"
_NO_PAGE = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"RIFF")
_UNSURE = frozenset({"", "text/plain", "application/octet-stream", "application/xml", "text/xml", "unknown/unknown"})
_LOOKS_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE)


@dataclass(frozen=True)
class WarcRecord:
    """One record. `offset` is where it begins in its file; names of `headers` are in lower case; `block` is what follows them."""

    offset: int
    type: str
    headers: dict[str, str]
    block: bytes

    def header(self, name: str) -> str | None:
        return self.headers.get(name.lower())

    @cached_property
    def _parts(self) -> tuple[bytes, bytes]:
        match = re.search(rb"\r?\n\r?\n", self.block)
        return (self.block[: match.start()], self.block[match.end() :]) if match else (self.block, b"")

    @cached_property
    def status(self) -> int | None:
        """Of the HTTP response in the record; None where there is none."""
        match = re.match(rb"HTTP/[\d.]+\s+(\d{3})\b", self.block)
        return int(match[1]) if match else None

    @cached_property
    def http(self) -> list[tuple[str, str]]:
        """The HTTP headers."""
        lines = re.sub(rb"\r?\n[ \t]+", b" ", self._parts[0]).decode("utf-8", "replace").splitlines()[1:]
        return [(name.strip(), value.strip()) for name, colon, value in (line.partition(":") for line in lines) if colon]

    def http_header(self, name: str) -> str | None:
        return next((value for key, value in self.http if key.lower() == name.lower()), None)

    @property
    def body(self) -> bytes:
        """As it stands in the file: still encoded if the crawler kept it so."""
        return self._parts[1]


@dataclass(frozen=True)
class Page:
    """An article's page in a WARC file."""

    offset: int
    url: str
    fetched_at: str | None
    charset: str | None
    body: bytes


def read_pages(path: str, report: Report) -> Iterator[Page]:
    """The pages of articles: responses with status 200 that are HTML. Lists and feeds of our own crawls are none.

    Args:
        path: of the file.
        report: called for each record that could not be read.
    """
    for record in read_records(path, report):
        url = record.header("WARC-Target-URI")
        if not url or not _may_be_page(record):
            continue
        body = _decoded(record, path, report)
        if body is not None and is_html(record.http_header("Content-Type"), body):
            yield Page(record.offset, url.strip("<>"), record.header("WARC-Date"), _charset(record), body)


def superseded(paths: list[str]) -> frozenset[tuple[str, int]]:
    """Pages of which a later version stands in one of these files: their files and offsets."""
    last: dict[str, tuple[str, str, int]] = {}
    older: set[tuple[str, int]] = set()
    for path, record in _all_records(paths):
        url = record.header("WARC-Target-URI")
        if not url or not _may_be_page(record):
            continue
        date, before = record.header("WARC-Date") or "", last.get(url)
        if before and before[0] > date:
            older.add((path, record.offset))
            continue
        if before:
            older.add(before[1:])
        last[url] = (date, path, record.offset)
    return frozenset(older)


def _all_records(paths: list[str]) -> Iterator[tuple[str, WarcRecord]]:
    for path in paths:
        with contextlib.suppress(OSError):  # told when its pages are read
            for record in read_records(path, lambda issue: None):
                yield path, record


def _may_be_page(record: WarcRecord) -> bool:
    kind = record.header(KIND)
    return record.type == "response" and record.status == 200 and kind in (None, ARTICLE) and not record.header("WARC-Truncated")


def is_html(content_type: str | None, body: bytes) -> bool:
    """Servers name the type wrongly in both directions; the first bytes have the last word."""
    media = (content_type or "").partition(";")[0].strip().lower()
    head = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(_NO_PAGE):
        return False
    if media in ("text/html", "application/xhtml+xml"):
        return bool(head)
    return media in _UNSURE and bool(_LOOKS_HTML.search(head)) and not head.startswith((b"<rss", b"<feed", b"<urlset", b"<sitemapindex"))


def _charset(record: WarcRecord) -> str | None:
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", record.http_header("Content-Type") or "", re.IGNORECASE)
    return match[1] if match else None


def _decoded(record: WarcRecord, path: str, report: Report) -> bytes | None:
    """The body without the encodings of transfer, which some crawlers keep."""
    if not (record.http_header("Content-Encoding") or record.http_header("Transfer-Encoding")):
        return record.body
    from fastwarc import ArchiveIterator

    with open(path, "rb") as handle:
        handle.seek(record.offset)
        try:
            again = next(iter(ArchiveIterator(handle, auto_decode="all")))
            body = again.reader.read(MAX_BYTES + 1)
        except (OSError, StopIteration):
            return record.body  # the crawler had decoded it and left the header as it was
    if len(body) > MAX_BYTES:
        report(_issue(path, record.offset, "too_large", f"over {MAX_BYTES // 2**20} MiB when unpacked: no article is so long"))
        return None
    return body


# --- records ---------------------------------------------------------------------------------------------------------


def read_records(path: str, report: Report) -> Iterator[WarcRecord]:
    """Every whole record of a file in order. What is damaged is reported, and reading goes on at the next record."""
    with open(path, "rb") as handle:
        size = os.fstat(handle.fileno()).st_size
        start: int | None = 0
        while start is not None and start < size:
            start = yield from _read_stretch(handle, path, start, size, report)


def _read_stretch(handle: BinaryIO, path: str, start: int, size: int, report: Report) -> Iterator[WarcRecord]:
    """Reads from `start` to the end or to the first damage. Returns where to go on, None at the end."""
    from fastwarc import ArchiveIterator

    handle.seek(start)
    at, whole = start, False  # the record that is being read, and whether it has been read
    try:
        for found in ArchiveIterator(handle, parse_http=False):
            at, whole = start + found.stream_pos, False
            length = found.content_length
            if length > MAX_BYTES + 65536:
                if b"text/html" in found.reader.read(8192).lower():
                    report(_issue(path, at, "too_large", f"over {MAX_BYTES // 2**20} MiB: no article is so long"))
                whole = True
                continue
            block = found.reader.read()
            headers = {name.lower(): value for name, value in found.headers.items()}
            if len(block) < length or "content-length" not in headers:
                report(_torn(path, at))
                return None
            yield WarcRecord(at, headers.get("warc-type", ""), headers, block)
            whole = True
    except OSError as error:
        at = (_end_of_record(handle, at) or at) if whole else at
        after = _next_member(handle, at + 1)
        if after is None and _is_cut(handle, at):
            report(_torn(path, at))
        else:
            report(_issue(path, at, "damaged_record", f"{error}; it was passed over"))
        return after
    end = _end_of_record(handle, at)
    if end is not None and end < size and (rest := _rest(handle, end)):
        report(_torn(path, end) if _MEMBER.startswith(rest[:3]) or rest.startswith((_MEMBER, b"WARC")) else _junk(path, end))
    return None


def _rest(handle: BinaryIO, end: int) -> bytes:
    handle.seek(end)
    return handle.read(64).strip(b"\r\n\0")


def _end_of_record(handle: BinaryIO, at: int) -> int | None:
    """Where the record at an offset ends; None when it cannot be told."""
    handle.seek(at)
    head = handle.read(65536)
    if head.startswith(_MEMBER[:2]):
        return next((end for _, end in gzip_members(handle, at)), None)
    match = re.search(rb"\r\n\r\n", head)
    length = re.search(rb"(?im)^Content-Length:\s*(\d+)", head[: match.start()]) if match else None
    return at + match.end() + int(length[1]) + 4 if match and length else None


def _is_cut(handle: BinaryIO, at: int) -> bool:
    """Whether the member at an offset has no end, rather than bad bytes inside."""
    handle.seek(at)
    inflate = zlib.decompressobj(31)
    try:
        while (data := handle.read(1 << 16)) and not inflate.eof:
            inflate.decompress(data)
    except zlib.error:
        return False
    return not inflate.eof


def _next_member(handle: BinaryIO, start: int) -> int | None:
    """The offset of the next compressed record at or after `start`."""
    handle.seek(start)
    base, window = start, b""
    while data := handle.read(1 << 20):
        window += data
        found = window.find(_MEMBER)
        while found >= 0:
            if _begins_record(window[found : found + 512]):
                return base + found
            found = window.find(_MEMBER, found + 1)
        keep = min(len(window), 512)
        base, window = base + len(window) - keep, window[-keep:]
    return None


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False


def gzip_members(handle: BinaryIO, start: int = 0) -> Iterator[tuple[int, int]]:
    """Offsets (begin, end) of the whole gzip members from `start` on; ends before the first that is torn or damaged."""
    at = start
    while True:
        handle.seek(at)
        inflate, end = zlib.decompressobj(31), at
        try:
            while not inflate.eof and (data := handle.read(1 << 16)):
                end += len(data)
                inflate.decompress(data)
        except zlib.error:
            return
        if not inflate.eof:
            return
        end -= len(inflate.unused_data)
        yield at, end
        at = end


def sound_end(path: str) -> int:
    """The number of bytes of a compressed file up to the end of its last whole record."""
    end = 0
    with open(path, "rb", buffering=io.DEFAULT_BUFFER_SIZE) as handle:
        for _, end in gzip_members(handle):  # noqa: B007
            pass
    return end


def _torn(path: str, at: int) -> Issue:
    return _issue(path, at, "torn_record", "the file ends in the middle of a record, which was passed over; what came before was read")


def _junk(path: str, at: int) -> Issue:
    return _issue(path, at, "damaged_record", "bytes after the last record that are none; they were passed over")


def _issue(path: str, at: int, code: str, message: str) -> Issue:
    return Issue("sources", f"{path}#{at}".encode("utf-8", "replace").decode(), code, message)
