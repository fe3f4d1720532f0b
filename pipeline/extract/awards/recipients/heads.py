""" "cho Hội Nông dân tỉnh A và thành phố B": the head that the places behind the first body leave out."""

from __future__ import annotations

import re

from msgspec.structs import replace

from pipeline.extract.awards.model import Recipient
from pipeline.extract.document import Document

_TIERS = (r"(?:tỉnh|thành phố|tp\.?)", r"(?:huyện|thị xã|quận|thành phố|tp\.?)", r"(?:xã|phường|thị trấn)")
_NAME = r"[^,;:()\"]{2,24}"
_PLACES = [(re.compile(rf"{tier} {_NAME}"), re.compile(rf"(?P<head>.+?) {tier} {_NAME}")) for tier in _TIERS]
_JOINT = re.compile(r"(?: và |, ?)(?:các )?")
# Bodies of a branch that every place has one of; a school's place is where it lies.
_BRANCH = re.compile(
    r"(?:hội|liên đoàn|liên minh|công an|sở|ban|đoàn|ủy ban|bộ chỉ huy|bảo hiểm|cục|chi cục|tòa án|viện kiểm sát|phòng)(?!\w)"
)


def with_heads(doc: Document, found: list[Recipient]) -> list[Recipient]:
    """The recipients, each place behind a body of a place of its own tier with that body's head."""
    head = alone = None
    for one, two in zip(found, found[1:], strict=False):
        if one.unit is None or two.unit is None or not _JOINT.fullmatch(doc.key, one.unit.end, two.unit.start):
            head = None
            continue
        if len(one.unit.parts) == 1:
            head, alone = _head(doc, *one.unit.parts[0])
        if head is not None and alone.fullmatch(" ".join(doc.key[a:b] for a, b in two.unit.parts)):
            two.unit = replace(two.unit, parts=(head, *two.unit.parts))
        else:
            head = None
    return found


def _head(doc: Document, start: int, end: int) -> tuple[tuple[int, int] | None, re.Pattern[str] | None]:
    """The head of a body whose name ends in a place, and what places of that tier look like."""
    for alone, seated in _PLACES if _BRANCH.match(doc.key, start) else ():
        if match := seated.fullmatch(doc.key, start, end):
            return match.span("head"), alone
    return None, None
