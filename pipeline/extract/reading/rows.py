"""Rows of persons: whether what stands before a place lets another person's name follow.

  "các đồng chí Lê Văn Tám, Trần Hà"; "2 nhà báo Lê Văn Tám và Trần Hà"; "Tham dự: Lê Hà - Giám đốc Sở A; Trần Nam - ..."
Refused: what follows a list of bodies ("Sở Y tế; Nà Lừa").
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk


def after_plural(before: list[Chunk]) -> bool:
    """Whether "các đồng chí" stands before, so that several persons may follow."""
    return any([c.entry.fields["plural"] for c in before if c.symbol == "T" and c.entry])


_COUNTED_ROW = re.compile(r"NP(?:[,v]P)*[,v]$")


def counted_row(before: list[Chunk]) -> bool:
    """ "2 nhà báo Trần Văn Quới và ...": persons behind their count."""
    return before[-1].symbol in ",v" and _COUNTED_ROW.search("".join([c.symbol for c in before[-_LONGEST_ROW:]])) is not None


_LONGEST_ROW = 12  # chunks


def opens_row(before: list[Chunk]) -> bool:
    """ "Tham dự: Lê Hà - Giám đốc Sở A; Trần Nam - ...": a name whose post follows, behind the colon or another such person."""
    if len(before) < 2 or before[-1].symbol not in ":;":
        return False
    return before[-2].symbol in "ec" if before[-1].symbol == ":" else any(c.symbol == "P" for c in before[-6:])


def begins_row(doc: Document, at: int) -> bool:
    """ "5 trường chính trị các tỉnh A, B, C": what is counted is named at once, body by body."""
    body = doc.small_hit("units", at)
    return body is not None and _OF_SEVERAL.match(doc.key, body.end) is not None


_OF_SEVERAL = re.compile(r"(?: \([a-zđ&-]{2,10}\))? (?:các tỉnh|tỉnh:)")
