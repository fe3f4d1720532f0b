"""Vietnamese into the encodings of the 1990s, for tests: the tables of `encodings` turned round."""

from __future__ import annotations

import unicodedata

from pipeline.clean.encodings.converters import TCVN3, VNI

_TO_TCVN3 = {letter: code for code, letter in TCVN3.items()}
_TO_VNI: dict[str, str] = {}
for _code, _letter in VNI.items():
    if _code in (_code.lower(), _code.upper()):
        _TO_VNI.setdefault(_letter, _code)
_SHAPES = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
_TONES = {"\u0301": "'", "\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0323": "."}


def to_tcvn3(text: str) -> str:
    """As windows-1252 reads it; capitals with tone take the code of the small letter."""
    return "".join(_TO_TCVN3.get(c) or _TO_TCVN3.get(c.lower(), c) for c in unicodedata.normalize("NFC", text))


def to_vni(text: str) -> str:
    """As windows-1252 reads it."""
    return "".join(_TO_VNI.get(c, c) for c in unicodedata.normalize("NFC", text))


def to_viqr(text: str) -> str:
    """Marks after letters; punctuation after a vowel gets a backslash."""
    out: list[str] = []
    for c in unicodedata.normalize("NFC", text):
        if c in "đĐ":
            out.append("dd" if c == "đ" else "DD")
            continue
        base, *marks = unicodedata.normalize("NFD", c)
        shape = "".join(_SHAPES.get(m, "") for m in marks)
        tone = "".join(_TONES.get(m, "") for m in marks)
        if base in ".?'`~^(+*\\":
            base = "\\" + base
        out.append(base + shape + tone)
    return "".join(out)


def to_windows_1258(text: str) -> bytes:
    """Shapes composed, tones as combining marks."""
    out = []
    for c in unicodedata.normalize("NFC", text):
        base, *marks = unicodedata.normalize("NFD", c)
        shape = [m for m in marks if m in _SHAPES]
        tone = [m for m in marks if m in _TONES]
        out.append(unicodedata.normalize("NFC", base + "".join(shape)) + "".join(tone))
    return "".join(out).encode("cp1258", "replace")
