"""Floors: figures that may not sink, and the hash of the data they were measured on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from pipeline.errors import UsageError
from pipeline.score.counts import Score


class Floors(msgspec.Struct, forbid_unknown_fields=True):
    """The least F1 for the headline and each slot and group, and the hash of the data that they were measured on."""

    data: str
    articles: int
    floors: dict[str, float]


HEADLINE = "headline"


def data_hash(files: Iterable[Path]) -> str:
    """A hash of files' names and contents."""
    made = hashlib.sha256()
    for path in sorted(files, key=lambda p: p.name):
        content = path.read_bytes()
        made.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return made.hexdigest()


def figures(score: Score) -> dict[str, float]:
    """The F1 of all that was asked for or given, rounded down, so that it can be a floor."""
    found = {HEADLINE: score.headline} | {name: count.f1 for name, count in score.rows() if count}
    return {name: int(value * 10000 + 1e-9) / 10000 for name, value in found.items()}


def read_floors(path: Path) -> Floors | None:
    """None when there are none yet.

    Raises:
        UsageError: the file is not what `floors` wrote.
    """
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Floors)
    except msgspec.DecodeError as error:
        raise UsageError(f"{path}: {error}; restore it, or delete it and set new floors") from None


def check_floors(floors: Floors, score: Score, data: str) -> list[str]:
    """What is wrong, in words; empty when every floor holds."""
    if floors.data != data:
        return ["the gold records or their articles have changed: look at the new figures and set new floors with --write"]
    now = figures(score)
    return [
        f"{name}: {now.get(name, 0.0):.4f} is under its floor {floor:.4f}"
        for name, floor in floors.floors.items()
        if now.get(name, 0.0) < floor
    ]


def renew_floors(old: Floors | None, score: Score, data: str, allow_lower: bool) -> Floors:
    """Floors at the present figures.

    Raises:
        UsageError: one would be lower than before, and `allow_lower` is not set.
    """
    now = figures(score)
    if old is not None and not allow_lower:
        lower = [f"{name} {floor:.4f} -> {now.get(name, 0.0):.4f}" for name, floor in old.floors.items() if now.get(name, 0.0) < floor]
        if lower:
            raise UsageError(f"floors would be lowered ({'; '.join(lower)}): mend what was lost, or say --allow-lower")
    return Floors(data, score.articles, now)
