"""Records and gazetteer entries as rows of the tables. A row's id comes from its article's id and its place in the record."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from pipeline.records import (
    AWARD_FIELDS,
    CITATION_FIELDS,
    LEADER_FIELDS,
    MEETING_FIELDS,
    PARTY_FIELDS,
    Article,
    Award,
    Base,
    Issue,
    Leader,
    Meeting,
    Party,
    Record,
    Slot,
)  # fmt: skip
from pipeline.schema import TABLES
from pipeline.textmap import fold, one_form

Rows = dict[str, list[dict[str, Any]]]


def rows_of(articles: Iterable[tuple[Article, Record | None]], provinces: Provinces, award_codes: set[str]) -> Rows:
    """The rows of all tables that some articles give, with the names they use."""
    rows: Rows = {f"new_{table.name}": [] for table in TABLES}
    rows |= {"names": [], "bloc_years": []}
    for article, record in articles:
        _Writer(article, record, provinces, award_codes, rows).write()
    return rows


class _Writer:
    """Writes the rows of one article."""

    def __init__(self, article: Article, record: Record | None, provinces: Provinces, award_codes: set[str], rows: Rows) -> None:
        self.article, self.record, self.provinces, self.award_codes, self.rows = article, record, provinces, award_codes, rows
        self.province = str(record.province.value) if record and record.province else None
        published = record.published if record else article.published
        days = [m.date for m in record.meetings] if record else []
        self.day = next((str(day.value) for day in (*days, published) if day), None)

    def write(self) -> None:
        self._write_article()
        if self.record is None:
            return
        for n, meeting in enumerate(self.record.meetings, 1):
            self._write_meeting(f"{self.article.id}#m{n}", meeting)
        for n, leader in enumerate(self.record.leadership, 1):
            self._write_leader(f"{self.article.id}#l{n}", leader)
        for n, award in enumerate(self.record.awards, 1):
            self._write_award(f"{self.article.id}#a{n}", award)
        for n, citation in enumerate(self.record.cited, 1):
            self._add("citations", f"{self.article.id}#d{n}", citation, CITATION_FIELDS, {})

    def _add(self, table: str, row: str, entry: Base, fields: tuple[str, ...], more: dict[str, Any]) -> None:
        """One row, and a mention for each stretch of each of its values."""
        slots = {name: slot for name in fields if (slot := getattr(entry, name)) is not None}
        values = {name: slot.value for name, slot in slots.items()}
        self.rows[f"new_{table}"].append({"id": row, "article": self.article.id, **values, **more})
        for field, slot in slots.items():
            self._mention(table, row, field, slot)

    def _mention(self, table: str, row: str, field: str, slot: Slot) -> None:
        for n, (start, end) in enumerate(slot.spans or [(None, None)], 1):
            self.rows["new_mentions"].append(
                {
                    "id": f"{row}:{field}:{n}", "table": table, "row": row, "field": field, "article": self.article.id,
                    "start": start, "end": end, "text": None if start is None else self.article.text[start:end],
                    "rule": slot.rule, "inferred_from": slot.inferred_from,
                }
            )  # fmt: skip

    def _write_article(self) -> None:
        article, record = self.article, self.record
        title = record.title if record else article.title
        published = record.published if record else article.published
        found = {"title": title, "published": published}
        if record is not None:
            found |= {"relevant": record.relevant, "province": record.province}
        code = record.province_code if record else None
        row = {
            name: getattr(article, name) for name in ("id", "location", "url", "fetched_at", "media", "encoding", "sha256", "text", "look")
        }
        # a title that only cleaning has seen is in the letters of the text
        row |= {name: one_form(slot.value) for name, slot in found.items() if slot is not None}
        row |= {
            "province_id": self.provinces.at(self.province, self.day, code),
            "regions": [{"start": r.start, "end": r.end, "kind": r.kind} for r in article.regions],
            "repairs": list(article.repairs),
            "attachments": list(article.attachments),
        }
        self.rows["new_articles"].append(row)
        for field, slot in found.items():
            if slot is not None:
                self._mention("articles", article.id, field, slot)

    def _write_meeting(self, row: str, meeting: Meeting) -> None:
        year = _last_year(meeting.period) or _first_year(meeting.date) or self._published_year()
        date = str(meeting.date.value) if meeting.date else None
        self._add(
            "meetings", row, meeting, MEETING_FIELDS,
            {"bloc_id": self._bloc(meeting, year, date or self.day), "day": day_of(date)},
        )  # fmt: skip
        for table, letter, parties in (("meeting_chairs", "c", meeting.chairs), ("meeting_participants", "p", meeting.participants)):
            for n, party in enumerate(parties, 1):
                self._write_party(table, f"{row}.{letter}{n}", row, party)

    def _write_party(self, table: str, row: str, meeting: str, party: Party) -> None:
        more = {
            "meeting": meeting,
            "person_id": self._name("person", party.person, party.person_key),
            "unit_id": self._name("unit", party.unit, party.unit_key, party.unit_code),
        }
        self._add(table, row, party, PARTY_FIELDS, more)

    def _write_leader(self, row: str, leader: Leader) -> None:
        year = int(leader.year.value) if leader.year else self._published_year()
        more = {
            "bloc_id": self._bloc(leader, year, self.day),
            "unit_id": self._name("unit", leader.unit, leader.unit_key, leader.unit_code),
            "person_id": self._name("person", leader.person, leader.person_key),
        }
        self._add("leadership", row, leader, LEADER_FIELDS, more)

    def _write_award(self, row: str, award: Award) -> None:
        kind = award.recipient_kind.value if award.recipient_kind else None
        more: dict[str, Any] = {"award_code": award.code if award.code in self.award_codes else None}
        if kind == "person":
            more["person_id"] = self._name("person", award.recipient, award.recipient_key)
        elif kind == "unit" or award.unit_code:
            more["unit_id"] = self._name("unit", award.recipient, award.recipient_key, award.unit_code)
        self._add("awards", row, award, AWARD_FIELDS, more)

    def _published_year(self) -> int | None:
        return _first_year(self.record.published) if self.record else None

    def _name(self, kind: str, slot: Slot | None, key: str | None, code: str | None = None) -> str | None:
        """The id of a unit or person; a name without a key gets its folded form, so that none is dropped."""
        if slot is None:
            return None
        key = key or fold(str(slot.value))
        self.rows["names"].append({"kind": kind, "id": key, "name": str(slot.value), "code": code})
        return key

    def _bloc(self, entry: Meeting | Leader, year: int | None, day: str | None) -> str | None:
        """The id of a bloc: its province, '*' for a bloc of several, '*X' where only members tell so and its name is one of many."""
        if entry.bloc is None:
            return None
        key = entry.bloc_key or fold(str(entry.bloc.value))
        province = None if entry.bloc_of_several else self.province
        where = "*" if entry.bloc_of_several == "name" else "*" * bool(entry.bloc_of_several) + (self.province or "?")
        row = f"{where}/{year or '?'}/{key}"
        self.rows["names"].append({"kind": "bloc", "id": row, "name": str(entry.bloc.value), "code": None})
        self.rows["bloc_years"].append(
            {"id": row, "key": key, "province": province, "province_id": self._province_in(province, year, day), "year": year, "day": day}
        )
        return row

    def _province_in(self, province: str | None, year: int | None, day: str | None) -> str | None:
        """The version of a province in a year; in a year of change the one of the article's day."""
        code = self.record.province_code if self.record else None
        return self.provinces.at(province, str(year) if year else None, code) or self.provinces.at(province, day, code)


def _first_year(slot: Slot | None) -> int | None:
    return int(str(slot.value)[:4]) if slot else None


def _last_year(period: Slot | None) -> int | None:
    years = re.findall(r"\d{4}", str(period.value)) if period else []
    return int(years[-1]) if years else None


class Provinces:
    """The versions of each province, found by name and date. `rows` are those of the table, successors first."""

    def __init__(self, entries: Iterable[Any]) -> None:
        self.rows: list[dict[str, Any]] = []
        self._by_name: dict[str, list[dict[str, Any]]] = {}
        for entry in entries:
            row = {
                "id": f"{entry.code}@{entry.fields['valid_from'] or 'start'}", "code": entry.code, "name": entry.name,
                "kind": entry.fields["kind"], "region": entry.fields["region"] or None,
                "valid_from": day_of(entry.fields["valid_from"]), "valid_to": day_of(entry.fields["valid_to"]),
                "successor_code": entry.fields["successor_code"], "variants": list(entry.variants),
            }  # fmt: skip
            self.rows.append(row)
            self._by_name.setdefault(_bare(entry.name), []).append(row)
        for row in self.rows:
            row["successor_id"] = self._successor(row, row.pop("successor_code"))

    def _successor(self, row: dict[str, Any], code: str) -> str | None:
        if not code or row["valid_to"] is None:
            return None
        after = row["valid_to"] + datetime.timedelta(days=1)
        return next((r["id"] for r in self.rows if r["code"] == code and r["valid_from"] == after), None)

    def at(self, name: str | None, date: str | None, code: str | None = None) -> str | None:
        """The version of a province on a day, in a month or in a year (ISO). None: unknown, or it changed within that time."""
        versions = self._by_name.get(_bare(name), []) if name else []
        versions = [v for v in versions if v["code"] == code] or versions
        if date is not None:
            first, last = date + "-01-01"[len(date) - 4 :], date + "-12-31"[len(date) - 4 :]
            versions = [v for v in versions if _holds(v, first) and _holds(v, last)]
        return versions[0]["id"] if len(versions) == 1 else None


def _holds(version: dict[str, Any], day: str) -> bool:
    """By the letters of the ISO day, since the last day of a month need not exist."""
    return (version["valid_from"] is None or str(version["valid_from"]) <= day) and (
        version["valid_to"] is None or day <= str(version["valid_to"]) or (day[8:] == "31" and day[:7] == str(version["valid_to"])[:7])
    )


def _bare(name: str) -> str:
    return re.sub(r"^(tỉnh|thành phố|tp\.?) ", "", fold(name))


def award_type(entry: Any) -> dict[str, Any]:
    """The row of `award_types` for an entry of the gazetteer's awards."""
    fields = entry.fields
    return {
        "code": entry.code, "name": entry.name, "category": fields["category"] or None, "level": fields["level"] or None,
        "issuer": fields["issuer"] or None, "recipient_kinds": _split(fields["recipient_kinds"]), "grades": _split(fields["grades"]),
        "in_force_from": day_of(fields["in_force_from"]), "in_force_to": day_of(fields["in_force_to"]), "variants": list(entry.variants),
    }  # fmt: skip


def _split(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


def issue_rows(issues: list[Issue]) -> list[dict[str, Any]]:
    """The rows of `issues`, numbered within stage and article."""
    numbers: dict[tuple[str, str], int] = {}
    rows = []
    for issue in issues:
        place = issue.stage, issue.article
        numbers[place] = numbers.get(place, 0) + 1
        rows.append({"id": f"{issue.stage}:{issue.article}:{numbers[place]}", **msgspec.structs.asdict(issue)})
    return rows


def day_of(date: str | None) -> datetime.date | None:
    """A whole ISO day as a date; None for what is no day, such as "2022-12"."""
    if date is None or len(date) != 10:
        return None
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        return None
