"""A real HTTP server on loopback that plays portals, each on an address of its own in 127.0.0.0/8."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HTML = "text/html; charset=utf-8"
REPOSITORY = Path(__file__).parents[2]


@dataclass
class Reply:
    """What a path answers. `send` takes over after the request was read and may do as it likes with the socket."""

    body: bytes = b""
    type: str | None = HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    modified: float | None = None
    send: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Hit:
    at: float
    path: str
    host: str
    agent: str
    cookie: str | None
    status: int = 0
    sent: int = 0


class Portal:
    """Answers from `pages`: path to `Reply`, text (an HTML page), or a function of the hit that gives one of them."""

    _next = 2

    def __init__(self, pages: dict[str, object] | None = None, robots: object = None, host: str | None = None) -> None:
        if host is None:
            host, Portal._next = f"127.0.{os.getpid() % 250}.{Portal._next}", Portal._next + 1
        self.pages: dict[str, object] = {"/robots.txt": robots or Reply(status=404), **(pages or {})}
        self.hits: list[Hit] = []
        self.most_at_once = self._at_once = 0
        self._lock = threading.Lock()
        portal = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                portal._answer(self)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.server.daemon_threads = True
        self.host, self.port = host, self.server.server_port
        self._thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    def asked(self, robots: bool = False) -> list[str]:
        """The paths in the order in which they were asked."""
        return [hit.path for hit in self.hits if robots or hit.path != "/robots.txt"]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        headers = handler.headers
        hit = Hit(time.monotonic(), handler.path, headers.get("Host", ""), headers.get("User-Agent", ""), headers.get("Cookie"))
        with self._lock:
            self.hits.append(hit)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            self._send(handler, hit)
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True
        finally:
            with self._lock:
                self._at_once -= 1

    def _send(self, handler: BaseHTTPRequestHandler, hit: Hit) -> None:
        found = self.pages.get(hit.path, Reply(b"<h1>404</h1>", status=404))
        if callable(found):
            found = found(hit)
        reply = found if isinstance(found, Reply) else Reply(str(found).encode())
        if reply.send is not None:
            handler.close_connection = True
            reply.send(handler)
            return
        same = reply.etag and handler.headers.get("If-None-Match") == reply.etag
        if reply.modified and handler.headers.get("If-Modified-Since") == formatdate(reply.modified, usegmt=True):
            same = True
        hit.status, body = (304, b"") if same else (reply.status, reply.body)
        with self._lock:
            self._at_once -= 1  # the client may ask again as soon as it has the last byte
        try:
            hit.sent = self._write(handler, reply, hit.status, body)
        finally:
            with self._lock:
                self._at_once += 1

    @staticmethod
    def _write(handler: BaseHTTPRequestHandler, reply: Reply, status: int, body: bytes) -> int:
        handler.send_response(status)
        if reply.type is not None:
            handler.send_header("Content-Type", reply.type)
        if reply.etag:
            handler.send_header("ETag", reply.etag)
        if reply.modified:
            handler.send_header("Last-Modified", formatdate(reply.modified, usegmt=True))
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if status != 304:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        return len(body)


def page(title: str, *links: str | tuple[str, str], body: str = "") -> str:
    """An HTML page with links, given as addresses or as (address, words)."""
    pairs = [(link, link) if isinstance(link, str) else link for link in links]
    anchors = "".join(f'<li><a href="{href}">{words}</a></li>' for href, words in pairs)
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><ul>{anchors}</ul><p>{body}</p></body></html>"


def article(number: int, words: str = "") -> str:
    """An article with text of its own, so that no two are the same page."""
    own = " ".join("abcdefghij"[int(digit)] * 3 for digit in str(number))
    return page(f"Bài số {own} {words}", body=f"Nội dung bài {own}. " * 5)


FAST = "[fetch]\ndelay = 0.01\ntimeout = 3.0\nwait = 0.05\nlongest_wait = 5.0\nuser_agent = 'thidua-test/1.0 (tests)'\n"


def source(name: str, *start: str, more: str = "") -> str:
    return f"\n[[source]]\nname = {name!r}\nstart = {list(start)!r}\n{more}\n"


@dataclass
class Done:
    code: int
    out: str
    err: str


def command(out: Path, toml: str | None, *flags: str) -> list[str]:
    given = []
    if toml is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        given = [str(out.with_name(out.name + ".toml"))]
        Path(given[0]).write_text(toml, "utf-8")
    return [sys.executable, "-m", "pipeline.cli", "fetch", *given, "--out", str(out), *flags]


def fetch(out: Path, toml: str | None, *flags: str, private: bool = True, limit: float = 60, env: dict[str, str] | None = None) -> Done:
    """Runs `thidua fetch` to its end."""
    words = command(out, toml, *(("--allow-private",) if private else ()), *flags)
    done = subprocess.run(words, capture_output=True, text=True, timeout=limit, cwd=REPOSITORY, env=os.environ | (env or {}))
    return Done(done.returncode, done.stdout, done.stderr)


def fetch_until(out: Path, toml: str, reached: Callable[[], bool], how: int = signal.SIGKILL, after: float = 0.0) -> tuple[int, float]:
    """Runs `thidua fetch` and sends it a signal some seconds after `reached`. Returns its exit status and how long it took to end."""
    words = command(out, toml, "--allow-private")
    running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=REPOSITORY)
    try:
        last = time.monotonic() + 30
        while running.poll() is None and not reached() and time.monotonic() < last:
            time.sleep(0.002)
        time.sleep(after)
        running.send_signal(how)
        sent = time.monotonic()
        return running.wait(30), time.monotonic() - sent
    finally:
        if running.poll() is None:
            running.kill()
