"""Bytes to text, and text that was read in a wrong encoding back to Vietnamese.

Good Unicode text is never touched. What can be told with certainty is repaired to NFC, and the article says so; what cannot is an
`ArticleError("encoding", …)`. ftfy and charset detectors know UTF-8 read as windows-1252, but not the Vietnamese encodings of the
1990s (`converters`).
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from pipeline.clean.encodings.converters import from_tcvn3, from_vni
from pipeline.clean.encodings.entities import resolve_entities
from pipeline.clean.encodings.repair import SAMPLE, quality
from pipeline.errors import ArticleError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP, DOCX or XLSX file"),
    (b"\xd0\xcf\x11\xe0", "a DOC or XLS file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "an RTF file"),
    (b"Rar!", "a RAR file"),
    (b"7z\xbc\xaf", "a 7z file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=\s*|encoding\s*=\s*)["']?\s*([\w.:-]{3,30})""", re.IGNORECASE)
_SINGLE_BYTE = frozenset({"iso8859-1", "cp1252", "ascii", "cp1258", "latin-1"})
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})


def decode(payload: bytes, declared: str | None = None, media: str = "text") -> tuple[str, str, tuple[str, ...]]:
    """The text of a file, the encoding that it was in, and what was mended on the way.

    Raises:
        ArticleError: `empty`, `binary`, `encoding`.
    """
    if not payload.strip(b" \t\r\n\0"):
        raise ArticleError("empty", "The file holds no text")
    for magic, name in _MAGIC:
        if payload.startswith(magic):
            raise ArticleError("binary", f"The file is {name}, not a page or a text")
    for bom, name in _BOMS:
        if payload.startswith(bom):
            return _without_nul(_latin(payload[len(bom) :].decode(name, "replace")), name, ())
    if (wide := _wide(payload)) is not None:
        return _without_nul(_latin(payload.decode(wide, "replace")), wide, ())
    if len(payload.translate(None, _CONTROLS)) < 0.95 * len(payload):
        raise ArticleError("binary", "More than a twentieth of the file are control bytes: no page and no text")
    try:
        return _without_nul(payload.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError:
        pass
    if (mended := _nearly_utf8(payload)) is not None:
        return _without_nul(mended, "utf-8", ("bytes that are no UTF-8 replaced by U+FFFD",))
    return _without_nul(*_legacy(payload, declared, media))


def _wide(payload: bytes) -> str | None:
    """UTF-16 without a mark at its start: every second byte of its ASCII characters is 0."""
    head = payload[:4000]
    if head.count(0) * 5 < len(head):
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    return "utf-16-le" if odd > 3 * even else "utf-16-be" if even > 3 * odd else None


def _latin(text: str) -> str:
    """Text of wide characters, which must hold Latin letters and blanks; bytes of another kind decode to anything."""
    sample = text[:SAMPLE]
    if sum(c.isascii() for c in sample) * 5 < len(sample):
        raise ArticleError("encoding", "The file begins as UTF-16 or UTF-32 does, but holds no Latin text in it")
    return text


def _without_nul(text: str, encoding: str, repairs: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    if "\x00" in text:
        return text.replace("\x00", ""), encoding, (*repairs, "NUL characters removed")
    return text, encoding, repairs


def _nearly_utf8(payload: bytes) -> str | None:
    """UTF-8 with a few bad bytes: cut off in mid-letter, or with a foreign byte or two."""
    text = payload.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    letters = sum(1 for c in text[:200_000] if ord(c) > 127) - bad
    return (
        text
        if letters > 20 * bad or (bad <= 1 and payload[-4:].decode("utf-8", "ignore") != payload[-4:].decode("latin-1") and letters >= bad)
        else None
    )


def _visible(text: str, media: str) -> str:
    """What decides on a page's letters: its text without markup, entities resolved."""
    if media != "html":
        return text
    bare = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>", " ", text[: 20 * SAMPLE])
    return resolve_entities(re.sub(r"[ \t\r\n]+", " ", bare))


# latin-1 to windows-1252: quotes and dashes where latin-1 has control characters.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


def _legacy(payload: bytes, declared: str | None, media: str) -> tuple[str, str, tuple[str, ...]]:
    """Bytes that are no UTF-8: a Vietnamese encoding that the letters speak for, else the declared one, else western text."""
    western = payload.decode("latin-1").translate(_WINDOWS)
    named = declared or (found[1].decode("ascii", "ignore") if (found := _DECLARED.search(payload[:4096])) else None)
    windows = payload.decode("cp1258", "replace")
    candidates = [("windows-1258", quality(_visible(windows, media)[:SAMPLE]))]
    visible = _visible(western, media)[:SAMPLE]
    candidates += [(name, quality(convert(visible))) for name, convert in (("tcvn3", from_tcvn3), ("vni", from_vni))]
    name, best = max(candidates, key=lambda c: c[1].rich - 3 * c[1].bad)
    if best.vietnamese:
        if name == "windows-1258":
            return unicodedata.normalize("NFC", windows), name, ("windows-1258 composed to NFC",)
        # TCVN3 and VNI are converted later, from the text alone; markup is ASCII in both.
        return western, name, ()
    codec = _codec(named)
    if codec and codec not in _SINGLE_BYTE:
        try:
            return payload.decode(codec), codec, ()
        except UnicodeDecodeError:
            pass
    high = sum(1 for c in western[:200_000] if ord(c) > 127)
    if high * 50 <= len(western[:200_000]):
        return payload.decode("cp1252", "replace"), "windows-1252", ()
    return _detected(payload)


def _codec(name: str | None) -> str | None:
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def _detected(payload: bytes) -> tuple[str, str, tuple[str, ...]]:
    """What charset detection makes of it, where the result reads as Vietnamese; anything else would be a guess."""
    from charset_normalizer import from_bytes

    match = from_bytes(payload[: 4 * SAMPLE]).best()
    if match is not None:
        text = payload.decode(match.encoding, "replace")
        if quality(text[:SAMPLE]).vietnamese:
            return text, match.encoding, (f"encoding detected: {match.encoding}",)
    raise ArticleError("encoding", "The bytes are no UTF-8 and fit no encoding of Vietnamese. Save it as UTF-8, or fetch it again")
