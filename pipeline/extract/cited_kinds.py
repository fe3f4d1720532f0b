"""The kind of a document cited by number: the nearest word for one before the number, "Quyết định", "QĐ"."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.document import Document
from pipeline.gazetteer import Gazetteer
from pipeline.records import Slot
from pipeline.textmap import fold


def kind_of(doc: Document, first: int, start: int) -> Slot | None:
    """The nearest kind of document before the number: "Quyết định số", "các Công văn số A, số B"."""
    window = max(first, start - 160)
    found: list[tuple[int, int, str]] = []  # where it ends, how long it is, its name
    for form, name in _forms(doc.gazetteer):
        at = doc.key.rfind(form, window, start)
        gap = doc.key[at + len(form) : start]
        if at >= 0 and not gap[:1].isalnum() and (len(gap) <= 12 or "số" in gap[-6:] or _ROW.fullmatch(gap)):
            found.append((at + len(form), len(form), name))
    if not found:
        return _short_kind(doc, window, start)
    end, length, name = max(found)
    return doc.slot("cited.kind", (end - length, end), value=name)


@lru_cache(maxsize=4)
def _forms(gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """How a kind is written out, folded, and its name; its signs are looked at only right before a number."""
    entries = gazetteer.table("document_kinds")
    return [(fold(form), entry.name) for entry in entries for form in (entry.name, *entry.variants) if form == entry.name or " " in form]


_ROW = re.compile(r"[ \d,;:]*(?:(?:số|và)[ \d,;:]+)*")  # "số 12, 13 và"
_SHORT_KIND = re.compile(r"(?<!\w)(?P<form>[A-ZĐ]{2,3}[a-z]?)(?: số)? $")


def _short_kind(doc: Document, window: int, start: int) -> Slot | None:
    """ "QĐ số 12", "HD số 5" right before the number."""
    match = _SHORT_KIND.search(doc.view, window, start)
    entry = match and next((e for e in doc.gazetteer.table("document_kinds") if match["form"] in e.variants), None)
    return doc.slot("cited.kind", match.span("form"), value=entry.name) if entry else None
