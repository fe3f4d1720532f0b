"""Letters that are spelled out as HTML entities."""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d?);")


def has_entities(text: str) -> bool:
    """Whether entities stand for letters or blanks in the text; a lone "&…;" of another meaning does not count."""
    return "&" in text and any(html.unescape(m[0]) != m[0] for m in _ENTITY.finditer(text))


def resolve_entities(text: str) -> str:
    """HTML entities left in text: "Kh&#7889;i" to "Khối"."""
    return _ENTITY.sub(lambda m: html.unescape(m[0]), text)
