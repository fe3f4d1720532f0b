"""Holds records against gold: precision, recall and F1 for each slot and each group of slots.

Entries of a list are paired best first, one to one, before their slots are compared. A gold entry marked `optional` is neither
asked for nor punished. Names are compared folded, with the abbreviations of administration written out and by the share of
common words, so that "UBND tỉnh" and "Ủy ban nhân dân tỉnh" are one; so are names of which one word differs ("Công an huyện" of two
districts), unless `exact` asks for equal ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from pipeline.errors import UsageError
from pipeline.score.article import ArticleScorer
from pipeline.score.counts import GROUPS, Count, Entry, Miss, Score
from pipeline.score.floors import Floors, check_floors, data_hash, figures, read_floors, renew_floors
from pipeline.score.names import alike, fold_name

__all__ = [
    "GROUPS", "Count", "Entry", "Floors", "Miss", "Score", "alike", "check_floors", "compare", "data_hash", "figures", "fold_name",
    "read_floors", "read_gold", "read_records", "renew_floors", "score_records",
]  # fmt: skip


def read_gold(folder: Path) -> list[dict[str, Any]]:
    """The gold records of a folder, one NAME.json each; the file's name is the id.

    Raises:
        UsageError: there is none, or one cannot be read.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise UsageError(f"no gold records in {folder}: a gold folder holds one NAME.json for each article")
    golds = []
    for path in paths:
        try:
            golds.append({**msgspec.json.decode(path.read_bytes(), type=dict[str, Any]), "id": path.stem})
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: {error}") from None
        if "relevant" not in golds[-1]:
            raise UsageError(f"{path}: not a record, the field 'relevant' is missing")
    return golds


def read_records(path: Path) -> dict[str, dict[str, Any]]:
    """Records by id from a file with one JSON object a line.

    Raises:
        UsageError: a line is no record.
    """
    found: dict[str, dict[str, Any]] = {}
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    for n, line in enumerate(lines, 1):
        if line.strip():
            try:
                record = msgspec.json.decode(line, type=dict[str, Any])
                found[record["id"]] = record
            except (msgspec.DecodeError, UnicodeDecodeError, KeyError) as error:
                raise UsageError(f"{path}:{n}: not a record with an id ({error})") from None
    return found


def score_records(golds: Iterable[Entry], records: Mapping[str, Entry], exact: bool = False) -> Score:
    """Scores records against gold, joined by id. An article without a record counts as all missed. `exact`: names must be equal."""
    score = Score()
    for gold in golds:
        score.articles += 1
        if gold["id"] not in records:
            score.absent.append(gold["id"])
        ArticleScorer(score, gold, records.get(gold["id"], {"relevant": None}), exact).run()
    return score


def compare(new: Score, old: Score) -> tuple[list[Miss], list[Miss]]:
    """What the new records got right that the old ones had wrong, and the other way round."""
    was, now = set(old.misses), set(new.misses)
    return [m for m in old.misses if m not in now], [m for m in new.misses if m not in was]
