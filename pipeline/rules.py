"""The rule ids that the code declares, and how often each one found something."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.records import Article, Record, iterate_slots

# The folders whose modules hold rules. A rule's id begins with its family: the module's name, or the folder's.
FOLDERS = ("clean", "extract", "normalize")


def declared_rules() -> set[str]:
    """Every rule id that stands in the code. A string counts that begins with the name of a family and goes on with dots."""
    root = Path(__file__).resolve().parent
    paths = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*.py"))]
    families = {path.stem if not path.stem.startswith("_") else path.parent.name for path in paths}
    rule = re.compile(rf"({'|'.join(sorted(families))})(\.[a-z][a-z0-9_]*)+")
    return {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and rule.fullmatch(node.value)
    }


def count_hits(found: Iterable[tuple[Article, Record]]) -> Counter[str]:
    """How many values each rule found in some articles."""
    hits: Counter[str] = Counter()
    for article, record in found:
        hits.update(slot.rule for _, slot in iterate_slots(record))
        hits.update(slot.rule for slot in (article.title, article.published) if slot is not None)
    return hits
