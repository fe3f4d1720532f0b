"""The WARC files of a crawl, which are also its memory: what was fetched is known from them alone.

Each page is one record, written in one go and flushed before anything else happens. A crawl that was killed leaves at most one torn
record, at the end of the last file; it is cut off when the folder is opened again. An unchanged page of a later visit is a `revisit`
record without a body.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import __version__, warc
from pipeline.errors import UsageError
from pipeline.fetch.addresses import key_of

FOLDER, FIRST = "warc", 1
_KEPT = frozenset({"content-encoding", "transfer-encoding", "content-length"})
NOT_MODIFIED = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"
SAME_BYTES = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an answer lies, and what is needed to ask again whether it has changed."""

    file: str
    offset: int
    url: str
    status: int
    kind: str
    digest: str
    etag: str | None
    modified: str | None


@dataclass(frozen=True)
class Answer:
    """One answer to be written."""

    asked: str
    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    kind: str
    site: str
    visit: int
    ip: str | None = None
    stopped: bool = False  # the body was not wanted


class Archive:
    """Opened by one crawl at a time; the caller holds the folder's lock."""

    def __init__(self, out: Path, file_bytes: int, say: Callable[[str], None]) -> None:
        self._folder, self._file_bytes, self._say = out / FOLDER, file_bytes, say
        self._done: dict[tuple[str, int], dict[str, Entry]] = {}
        self._latest: dict[str, Entry] = {}
        self._visits: dict[str, int] = {}
        self._handle: Any = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._open_all()
        except OSError as error:
            raise UsageError(f"cannot use {self._folder}: {error.strerror or error}") from None

    # --- what is known ---

    def done(self, site: str, visit: int, url: str) -> Entry | None:
        """The answer that this visit has already got for an address, asked or answering."""
        return self._done.get((site, visit), {}).get(key_of(url))

    def latest(self, url: str) -> Entry | None:
        """The last whole answer from an address, of any visit."""
        return self._latest.get(key_of(url))

    def last_visit(self, site: str) -> int:
        """The number of the last visit with an answer; 0 if there was none."""
        return self._visits.get(site, 0)

    def read(self, entry: Entry) -> warc.WarcRecord:
        """The record of an entry, read again."""
        with open(self._folder / entry.file, "rb") as handle:
            handle.seek(entry.offset)
            begin, end = next(warc.gzip_members(handle, entry.offset))
            handle.seek(begin)
            data = handle.read(end - begin)
        from fastwarc import ArchiveIterator

        found = next(iter(ArchiveIterator(io.BytesIO(data), parse_http=False)))
        headers = {name.lower(): value for name, value in found.headers.items()}
        return warc.WarcRecord(entry.offset, headers.get("warc-type", ""), headers, found.reader.read())

    # --- writing ---

    def save(self, answer: Answer) -> bool:
        """Keeps an answer. Returns False when it is the same as the last one from its address, so that no body was written."""
        digest = "sha1:" + base64.b32encode(hashlib.sha1(answer.body, usedforsecurity=False).digest()).decode()
        before = self.latest(answer.url)
        if before and before.digest == digest and before.status == answer.status and answer.body:
            self.confirm(answer, before, SAME_BYTES)
            return False
        extra = {"WARC-Payload-Digest": digest} | ({"WARC-Truncated": "unspecified"} if answer.stopped else {})
        file, offset = self._write("response", answer, extra, [h for h in answer.headers if h[0].lower() not in _KEPT], answer.body)
        self._know(_entry(file, offset, digest, answer), answer.site, answer.visit, (answer.asked, answer.url))
        return True

    def confirm(self, answer: Answer, before: Entry, profile: str = NOT_MODIFIED) -> None:
        """Keeps that an address still gives what it gave before."""
        extra = {"WARC-Profile": profile, "WARC-Payload-Digest": before.digest, "WARC-Refers-To-Target-URI": before.url}
        self._write("revisit", answer, extra, answer.headers, b"")
        self._note(before, answer.site, answer.visit, (answer.asked, answer.url))

    def alias(self, answer: Answer, entry: Entry) -> None:
        """Keeps that one more address leads to a page that this visit has already got."""
        self._write("revisit", answer, {"WARC-Profile": SAME_BYTES, "WARC-Payload-Digest": entry.digest}, [], b"")
        self._note(entry, answer.site, answer.visit, (answer.asked, answer.url))

    def close(self) -> None:
        if self._handle is not None:
            self._handle.close()
            self._handle = None

    def _write(self, kind: str, answer: Answer, extra: dict[str, str], headers: list[tuple[str, str]], body: bytes) -> tuple[str, int]:
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        fields = extra | {warc.ASKED: answer.asked, warc.KIND: answer.kind, warc.SITE: answer.site, warc.VISIT: str(answer.visit)}
        if answer.ip:
            fields["WARC-IP-Address"] = answer.ip
        made = io.BytesIO()
        writer = WARCWriter(made, gzip=True)
        lines = headers + [(f"X-Crawl-{name}", value) for name, value in answer.headers if name.lower() in _KEPT - {"content-length"}]
        lines += [("Content-Length", str(len(body)))]
        http = StatusAndHeaders(f"{answer.status} ", lines, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(answer.url, kind, payload=io.BytesIO(body), http_headers=http, warc_headers_dict=fields)
        )
        return self._append(made.getvalue())

    def _append(self, data: bytes) -> tuple[str, int]:
        if self._handle is None or self._handle.tell() >= self._file_bytes:
            self._rotate()
        offset = self._handle.tell()
        try:
            self._handle.write(data)
            self._handle.flush()
            os.fsync(self._handle.fileno())
        except OSError:
            self._drop(offset)
            raise
        return self._name, offset

    def _drop(self, offset: int) -> None:
        """Takes back a record that was written in part, as when a disk is full."""
        path = self._folder / self._name
        with contextlib.suppress(OSError):
            self.close()
        self._handle = None
        with contextlib.suppress(OSError):
            os.truncate(path, offset)

    def _rotate(self) -> None:
        """Goes on in the last file while it has room, else begins a new one. The names count; they never come from an address."""
        self.close()
        files = self._files()
        if files and files[-1].stat().st_size < self._file_bytes:
            path = files[-1]
        else:
            number = int(files[-1].name[6:].partition(".")[0]) + 1 if files else FIRST
            path = self._folder / f"crawl-{number:05}.warc.gz"
        self._handle, self._name = open(path, "ab"), path.name  # noqa: SIM115 (stays open over many pages)
        if not self._handle.tell():
            self._handle.write(_about(path.name))

    # --- reading what is there ---

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("crawl-[0-9]*.warc.gz"), key=lambda path: (len(path.name), path.name))

    def _open_all(self) -> None:
        files = self._files()
        if files:
            self._mend(files[-1])
        for path in files:
            for record in warc.read_records(str(path), lambda issue: self._say(f"{issue.article}: {issue.message}")):
                self._learn(path.name, record)

    def _mend(self, path: Path) -> None:
        end, size = warc.sound_end(str(path)), path.stat().st_size
        if end < size:
            self._say(f"{path.name} ended in the middle of a record: {size - end} bytes were cut off; its page is fetched again")
            os.truncate(path, end)

    def _learn(self, file: str, record: warc.WarcRecord) -> None:
        asked, site, visit, url = (record.header(name) for name in (warc.ASKED, warc.SITE, warc.VISIT, "WARC-Target-URI"))
        if not (asked and site and url and (visit or "").isdigit()):
            return
        if record.type == "response":
            entry = Entry(
                file, record.offset, url, record.status or 0, record.header(warc.KIND) or "", record.header("WARC-Payload-Digest") or "",
                record.http_header("ETag"), record.http_header("Last-Modified"),
            )  # fmt: skip
            self._know(entry, site, int(visit or 0), (asked, url))
        elif record.type == "revisit" and (before := self.latest(record.header("WARC-Refers-To-Target-URI") or url)):
            self._note(before, site, int(visit or 0), (asked, url))

    def _know(self, entry: Entry, site: str, visit: int, urls: tuple[str, ...]) -> None:
        self._latest[key_of(entry.url)] = entry
        self._note(entry, site, visit, urls)

    def _note(self, entry: Entry, site: str, visit: int, urls: tuple[str, ...]) -> None:
        done = self._done.setdefault((site, visit), {})
        for url in urls:
            done[key_of(url)] = entry
        self._visits[site] = max(visit, self._visits.get(site, 0))


def _entry(file: str, offset: int, digest: str, answer: Answer) -> Entry:
    named = {name.lower(): value for name, value in answer.headers}
    return Entry(file, offset, answer.url, answer.status, answer.kind, digest, named.get("etag"), named.get("last-modified"))


def _about(name: str) -> bytes:
    """The record that opens a file."""
    from warcio.warcwriter import WARCWriter

    made = io.BytesIO()
    writer = WARCWriter(made, gzip=True)
    about = {"software": f"thidua/{__version__}", "format": "WARC File Format 1.0", "robots": "obey"}
    writer.write_record(writer.create_warcinfo_record(name, about))
    return made.getvalue()
