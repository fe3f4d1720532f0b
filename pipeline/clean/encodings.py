"""Bytes to text."""

from __future__ import annotations

from pipeline.errors import ArticleError


def decode(payload: bytes, declared: str | None = None, media: str = "text") -> tuple[str, str, tuple[str, ...]]:
    """The text of a file, the encoding that it was in, and what was repaired."""
    for bom, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if payload.startswith(bom):
            return payload[len(bom) :].decode(name, "replace"), name, ()
    try:
        return payload.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as problem:
        raise ArticleError("encoding", str(problem)) from None
