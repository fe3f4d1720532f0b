"""Patterns that the regular expression engine can search for quickly.

It skips to where a pattern may begin only when the pattern begins with a letter, a class of letters, or alternatives that all begin
with a letter. One that begins by looking back, or with a repetition such as `\\d{1,2}`, is tried at every letter of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FEW = "hai|ba|bốn|năm|sáu|bảy|tám|chín"  # small numbers in words, in the letters of the key


def whole_words(alternatives: str) -> str:
    """The pattern `(?<!\\w)(?:alternatives)(?!\\w)`."""
    return begun(alternatives) + r"(?!\w)"


def begun(alternatives: str, behind: str = r"(?<!\w.)") -> str:
    """The pattern `(?<!\\w)(?:alternatives)`, told letter by letter. Each alternative begins with a letter or a group of such.

    `behind` is what else must or must not stand before, as seen from behind the first letter.
    """
    by_letter: dict[str, list[str]] = {}
    for alternative in _alternatives(alternatives):
        by_letter.setdefault(alternative[0], []).append(alternative[1:])
    parts = (rf"{letter}{behind}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return f"(?:{'|'.join(parts)})"


_TOKEN = re.compile(r"\\.|\[[^\]]*\]|.")


def _alternatives(pattern: str) -> Iterator[str]:
    """What stands between the bars of a pattern; a group at the beginning of a part is told as several parts."""
    part, depth, closed = "", 0, 0
    for token in [*_TOKEN.findall(pattern), "|"]:
        if token == "|" and not depth:
            if part.startswith("(?:"):
                yield from (inner + part[closed + 1 :] for inner in _alternatives(part[3:closed]))
            else:
                yield part
            part, closed = "", 0
            continue
        depth += (token == "(") - (token == ")")
        if token == ")" and not depth and not closed:
            closed = len(part)
        part += token


# Numbers of blocs
ROMAN = {name: k for k, name in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split(), 1)}
