"""Patterns that the regular expression engine can search for quickly."""

from __future__ import annotations

import re

_TOP_BAR = re.compile(r"\|(?![^()]*\))")


def whole_words(alternatives: str) -> str:
    """The pattern `(?<!\\w)(?:alternatives)(?!\\w)`, told so that the engine skips to the letters that can begin one.

    A pattern that begins by looking back is tried at every letter of a text. `alternatives` are split at "|"; each begins with
    a letter, and a group in it holds no group.
    """
    by_letter: dict[str, list[str]] = {}
    for alternative in _TOP_BAR.split(alternatives):
        by_letter.setdefault(alternative[0], []).append(alternative[1:])
    begun = (rf"{letter}(?<!\w.)(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return rf"(?:{'|'.join(begun)})(?!\w)"
