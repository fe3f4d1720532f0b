"""The records that the stages hand to each other, and the record of an article as users see it.

Five things travel through the pipeline, each a plain, frozen structure that serialises to JSON:

`Source`        one article as it was found: bytes or text, with its address (made by `sources`)
`Article`       its text and the regions of that text (made by `clean`)
`Segmentation`  offsets of its sentences and words (made by `segment`)
`Record`        what was found in it, every value with its evidence (made by `extract`, completed by `normalize`)
`Issue`         one line about an article, or a part of it, that could not be used

All offsets count Unicode code points of `Article.text` and are half open: `text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

RegionKind = Literal["title", "kicker", "date_line", "lead", "body", "caption", "byline", "section", "boilerplate"]

# What tells that a bloc is of several provinces or of central bodies; None: nothing does.
OfSeveral = Literal["name", "members"] | None

# What extraction reads; the rest of an article is kept, but nothing is found there.
CONTENT_REGIONS: frozenset[str] = frozenset({"title", "kicker", "lead", "body", "caption"})


class Base(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False, gc=False):
    """Unknown fields are refused, so that a shard of another version fails loudly. None can hold itself: the collector skips them."""


# No source of more bytes is even read: an article has some kilobytes, a heavy page a few megabytes. Cleaning takes less still.
MAX_BYTES = 16 * 1024 * 1024


class Source(Base):
    """One article as it was found, before anything was read from it.

    `payload` holds the bytes of a page or text file; `media` says which of the two it is.
    `location` is the file, with the line of a JSONL file or the row of a table behind "#".
    """

    id: str
    location: str
    media: Literal["html", "text"]
    payload: bytes
    url: str | None = None
    fetched_at: str | None = None
    encoding: str | None = None  # as declared by whoever delivered it, not by the page itself


class Region(Base):
    """A stretch of the text and what it is. Regions are in order and do not overlap."""

    start: int
    end: int
    kind: RegionKind


class Slot(Base):
    """One value and its evidence.

    `spans` are the stretches of `Article.text` that show the value; `rule` found it. `inferred_from` says in words what a
    value rests on that no stretch spells out ("year of publication"); a slot has spans, or `inferred_from`, or both.
    """

    value: str | int | bool
    spans: tuple[tuple[int, int], ...]
    rule: str
    inferred_from: str | None = None


class Article(Base):
    """An article's text, kept as it came, and the regions that tell its parts from the portal's boilerplate."""

    id: str
    location: str
    media: Literal["html", "text"]
    sha256: str
    text: str
    regions: tuple[Region, ...]
    title: Slot | None = None
    published: Slot | None = None
    url: str | None = None
    fetched_at: str | None = None
    encoding: str = "utf-8"
    repairs: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    look: str | None = None  # what the cheap look before cleaning decided and why; None: nobody looked

    @property
    def refused(self) -> bool:
        """Whether the cheap look found that it cannot be of the genre: then nothing more is read from it."""
        return self.look is not None and self.look.startswith("refused")


class Segmentation(Base):
    """Offsets of sentences and words, in order, all inside content regions."""

    article: str
    sentences: tuple[tuple[int, int], ...]
    words: tuple[tuple[int, int], ...] = ()


class Party(Base):
    """A person or unit that chairs or takes part."""

    person: Slot | None = None
    position: Slot | None = None
    unit: Slot | None = None
    unit_code: str | None = None  # gazetteer code of the unit's kind, None when unknown
    unit_key: str | None = None  # folded name that unites spelling variants: `unit_id` in the database
    person_key: str | None = None


class Meeting(Base):
    """An event that the article reports. Kinds, and the forms of days and periods ("2022-12", "2022-H1"): docs/data-model.md."""

    kind: Slot
    bloc: Slot | None = None
    date: Slot | None = None
    session: Slot | None = None
    venue: Slot | None = None
    period: Slot | None = None
    unit_count: Slot | None = None
    chairs: tuple[Party, ...] = ()
    participants: tuple[Party, ...] = ()
    bloc_key: str | None = None
    bloc_of_several: OfSeveral = None


class Leader(Base):
    """Who leads a bloc in one year: a unit or, where the text names no unit, a person. A handover is one in office and one to come."""

    role: Slot
    status: Slot
    bloc: Slot | None = None
    unit: Slot | None = None
    person: Slot | None = None
    year: Slot | None = None
    bloc_key: str | None = None
    bloc_of_several: OfSeveral = None
    unit_code: str | None = None  # as in Party
    unit_key: str | None = None
    person_key: str | None = None


class Award(Base):
    """One award for one recipient: a unit or person by name (`count` is 1), or a number of them (`recipient` is None)."""

    award: Slot
    status: Slot
    grade: Slot | None = None
    level: Slot | None = None
    recipient: Slot | None = None
    recipient_kind: Slot | None = None
    count: Slot | None = None
    year: Slot | None = None
    code: str | None = None  # of the award catalogue
    unit_code: str | None = None  # as in Party
    recipient_key: str | None = None


class Citation(Base):
    """A document that the article names by its number."""

    number: Slot
    kind: Slot | None = None
    date: Slot | None = None
    issuer: Slot | None = None


class Record(Base):
    """What one article says. `to_plain` gives the form that users and the gold records share."""

    id: str
    relevant: Slot
    url: str | None = None
    title: Slot | None = None
    published: Slot | None = None
    province: Slot | None = None
    province_code: str | None = None
    meetings: tuple[Meeting, ...] = ()
    leadership: tuple[Leader, ...] = ()
    awards: tuple[Award, ...] = ()
    cited: tuple[Citation, ...] = ()


class Issue(Base):
    """Why something was left out. `code` is a short stable word, `message` says what happened and what helps."""

    stage: str
    article: str
    code: str
    message: str


# The fields of the plain record, in the order in which they are printed.
PARTY_FIELDS = ("person", "position", "unit")
MEETING_FIELDS = ("kind", "bloc", "date", "session", "venue", "period", "unit_count")
LEADER_FIELDS = ("bloc", "role", "unit", "person", "year", "status")
AWARD_FIELDS = ("award", "grade", "level", "recipient", "recipient_kind", "count", "year", "status")
CITATION_FIELDS = ("number", "kind", "date", "issuer")
DOCUMENT_FIELDS = ("relevant", "title", "published", "province")


def _plain(entry: Base, fields: tuple[str, ...]) -> dict[str, Any]:
    slots = {name: getattr(entry, name) for name in fields}
    return {name: slot.value if slot is not None else None for name, slot in slots.items()}


def to_plain(record: Record) -> dict[str, Any]:
    """The record as one JSON-ready object, without evidence."""
    document = _plain(record, DOCUMENT_FIELDS)
    meetings = [
        _plain(meeting, MEETING_FIELDS)
        | {
            "chairs": [_plain(party, PARTY_FIELDS) for party in meeting.chairs],
            "participants": [_plain(party, PARTY_FIELDS) for party in meeting.participants],
        }
        for meeting in record.meetings
    ]
    return {
        "id": record.id,
        "url": record.url,
        "relevant": document["relevant"],
        "title": document["title"],
        "published": document["published"],
        "province": document["province"],
        "meetings": meetings,
        "leadership": [_plain(leader, LEADER_FIELDS) for leader in record.leadership],
        "awards": [_plain(award, AWARD_FIELDS) for award in record.awards],
        "cited": [_plain(citation, CITATION_FIELDS) for citation in record.cited],
    }


def iterate_slots(record: Record) -> Iterator[tuple[str, Slot]]:
    """Every slot of a record with its path, such as `meetings[0].chairs[1].unit`."""

    def of(entry: Base, fields: tuple[str, ...], path: str) -> Iterator[tuple[str, Slot]]:
        for name in fields:
            slot = getattr(entry, name)
            if slot is not None:
                yield f"{path}{name}", slot

    yield from of(record, DOCUMENT_FIELDS, "")
    for i, meeting in enumerate(record.meetings):
        yield from of(meeting, MEETING_FIELDS, f"meetings[{i}].")
        for group in ("chairs", "participants"):
            for j, party in enumerate(getattr(meeting, group)):
                yield from of(party, PARTY_FIELDS, f"meetings[{i}].{group}[{j}].")
    for group, fields in (("leadership", LEADER_FIELDS), ("awards", AWARD_FIELDS), ("cited", CITATION_FIELDS)):
        for i, entry in enumerate(getattr(record, group)):
            yield from of(entry, fields, f"{group}[{i}].")


def evidence(record: Record, text: str) -> dict[str, dict[str, Any]]:
    """The evidence of every value by its path: spans with their text, rule, and what it was inferred from."""
    return {
        path: {
            "spans": [{"start": start, "end": end, "text": text[start:end]} for start, end in slot.spans],
            "rule": slot.rule,
            "inferred_from": slot.inferred_from,
        }
        for path, slot in iterate_slots(record)
    }
