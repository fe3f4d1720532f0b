"""Reposts of articles by the edits that real ones have, and other articles that look like them. For calibrating near copies."""

from __future__ import annotations

import re
from random import Random

_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])")
_BYLINES = ("Theo Cổng thông tin điện tử tỉnh", "Nguồn: Báo điện tử", "Tin, ảnh: Hoàng Vân", "BBT (tổng hợp)")


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def new_title(lines: list[str], dice: Random) -> list[str]:
    return [f"Tin trong tỉnh: {' '.join(lines[0].split()[: 4 + dice.randrange(4)])}", *lines[1:]]


def lead_cut(lines: list[str], dice: Random) -> list[str]:
    """The first paragraph below the title loses all sentences but its last, or goes as a whole where it has only one."""
    sentences = _SENTENCE_END.split(lines[1]) if len(lines) > 1 else []
    return [lines[0], *sentences[-1:], *lines[2:]] if len(sentences) > 1 else [lines[0], *lines[2:]]


def other_byline(lines: list[str], dice: Random) -> list[str]:
    return [*lines, dice.choice(_BYLINES), "Mời bạn đọc xem thêm các tin khác trên trang của chúng tôi."]


def some_dropped(lines: list[str], dice: Random) -> list[str]:
    """One sentence in eight goes."""
    kept = [[s for s in _SENTENCE_END.split(line) if dice.random() > 0.125] for line in lines[1:]]
    return [lines[0], *(" ".join(sentences) for sentences in kept if sentences)]


def merged(lines: list[str], dice: Random) -> list[str]:
    """Paragraphs run together."""
    return [lines[0], *(" ".join(lines[i : i + 2]) for i in range(1, len(lines), 2))]


EDITS = (new_title, lead_cut, other_byline, some_dropped, merged)


def repost(text: str, dice: Random, most: int = 4) -> str:
    lines = paragraphs(text)
    for edit in dice.sample(EDITS, 1 + dice.randrange(most)):
        lines = edit(lines, dice)
    return "\n\n".join(lines)


def next_year(text: str, dice: Random) -> str:
    """The same bloc's report of the year after, written over the old one: years, days and counts are others, and some names."""
    text = re.sub(r"\b(19|20)(\d\d)\b", lambda m: str(int(m[0]) + 1), text)
    text = re.sub(r"\b\d{1,2}(?=/\d{1,2}\b)", lambda m: str(1 + (int(m[0]) + 5) % 28), text)
    text = re.sub(r"(?<![\d/.,])\d{1,3}(?![\d/])", lambda m: str(int(m[0]) + 1 + dice.randrange(4)) if dice.random() < 0.6 else m[0], text)
    names = re.findall(r"(?:[A-ZĐ][a-zà-ỹđ]+ ){2,3}", text)
    for name in dice.sample(names, min(len(names), 2)):
        text = text.replace(name, "Vi Thị Mới Lạ ")
    return text


def retold(text: str, other: str, dice: Random) -> str:
    """The same event by another portal: half of the sentences are its own, the rest is from the bloc's press note."""
    own = [s for line in paragraphs(other)[1:] for s in _SENTENCE_END.split(line)]
    told = [s for line in paragraphs(text)[1:] for s in _SENTENCE_END.split(line)]
    kept = [told[i] for i in sorted(dice.sample(range(len(told)), len(told) // 2))]
    return "\n\n".join([*new_title(paragraphs(text), dice)[:1], *kept, *own[: len(told) - len(kept)]])
