"""Patterns that the regular expression engine can search for quickly.

It skips to where a pattern may begin only when the pattern begins with a letter, a class of letters, or alternatives that all begin
with a letter. One that begins by looking back, or with a repetition such as `\\d{1,2}`, is tried at every letter of a text.
"""

from __future__ import annotations


def whole_words(alternatives: str) -> str:
    """The pattern `(?<!\\w)(?:alternatives)(?!\\w)`."""
    return begun(alternatives) + r"(?!\w)"


def begun(alternatives: str, behind: str = r"(?<!\w.)") -> str:
    """The pattern `(?<!\\w)(?:alternatives)`, told letter by letter. Each alternative begins with a letter.

    `behind` is what else must or must not stand before, as seen from behind the first letter.
    """
    by_letter: dict[str, list[str]] = {}
    for alternative in _split(alternatives):
        by_letter.setdefault(alternative[0], []).append(alternative[1:])
    parts = (rf"{letter}{behind}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return f"(?:{'|'.join(parts)})"


def _split(alternatives: str) -> list[str]:
    """The alternatives of a pattern, split at the bars that stand in no group."""
    parts, depth = [""], 0
    for letter in alternatives:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
