"""Normalisation: years left out, provinces, levels, keys, and one entry for what is told twice.

Takes the record as `extract` read it and returns the record as users see it. Every value that is filled in says from what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import msgspec

from pipeline.gazetteer import Gazetteer
from pipeline.normalize.awards import settle_awards
from pipeline.normalize.blocs import bloc_key
from pipeline.normalize.dates import settle_day
from pipeline.normalize.leadership import settle_leaders
from pipeline.normalize.parties import settle_parties
from pipeline.normalize.provinces import find_province
from pipeline.records import Article, Meeting, Record, Slot

# "phiên họp thứ ba năm 2017", "đợt 2 năm 2016": the year of a session is not that of the awards it votes on
_OF_SESSION = re.compile(r"(?<!\w)(?:phiên|đợt|lần|kỳ|kì|quý)(?!\w)[^,.;\n]{0,16}$", re.I)
_STATED = re.compile(r"năm (?:học )?(20[0-3]\d)(?:\s*[-–]\s*(20[0-3]\d))?", re.I)


_WHOLE_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](\d{4})")
_ANY_YEAR = re.compile(r"(?<!đến năm )(?<!tới năm )(?<![\d.,/])(20[0-2]\d)(?![\d/.,]\w|\d|%)", re.I)  # no years to come, no numbers


@dataclass(frozen=True)
class Context:
    """What the settling of single values rests on."""

    published: str | None
    day: str | None
    year: int | None  # of the event
    reviewed: int | None  # last year of the period, the year that the event closes or runs in
    reviewed_span: tuple[tuple[int, int], ...]
    kind: str | None = None
    stated: int | None = None  # the first "năm 2019" of title and lead


def normalize(record: Record, article: Article, gazetteer: Gazetteer) -> Record:
    """The record with years, province and keys settled. Deterministic; no clock, no network."""
    published = str(record.published.value) if record.published else None
    years = stated_years(article)
    meetings = [_settle_meeting(m, article, published, years + _other_years(article)) for m in record.meetings]
    day = next((str(m.date.value) for m in meetings if m.date), None) or published
    bloc = next((str(m.bloc.value) for m in meetings if m.bloc), "")
    inter = bool(
        re.search(
            r"(?:các|\d+|hai|ba|bốn|năm|sáu|bảy|tám) tỉnh|bộ, ngành|các bộ|thành phố trực thuộc|các thành phố|miền (?:trung|đông"
            r"|tây)|vùng|đồng bằng|trung ương",
            bloc,
            re.I,
        )
    )
    place = find_province(article, gazetteer, day, inter, next((m.venue for m in meetings if m.venue), None))
    head = _head(article)
    named = _STATED.search(head)
    if named and _OF_SESSION.search(head, max(0, named.start() - 30), named.start()):
        named = None
    context = replace(_context(meetings, day, published), stated=int(named[2] or named[1]) if named else None)
    parties = [settle_parties(m, gazetteer) for m in meetings]
    meetings = [msgspec.structs.replace(m, bloc_key=bloc_key(str(m.bloc.value)) if m.bloc else None) for m in parties]
    return msgspec.structs.replace(
        record,
        province=place[0] if place else None,
        province_code=place[1] if place else None,
        meetings=tuple(meetings),
        leadership=tuple(settle_leaders(record.leadership, context, gazetteer)),
        awards=tuple(settle_awards(record.awards, context, gazetteer)),
    )


def stated_years(article: Article) -> list[int]:
    """Years that title and lead name with "năm", in text order."""
    return [int(m[2] or m[1]) for m in _STATED.finditer(_WHOLE_DATE.sub(" ", _head(article)))]


def _other_years(article: Article) -> list[int]:
    """Years named otherwise ("SEA Games 2019"), from the last; those of whole dates where there are none."""
    head = _head(article)
    named = sorted((int(m[1]) for m in _ANY_YEAR.finditer(_WHOLE_DATE.sub(" ", head))), reverse=True)
    return named or [int(m[1]) for m in _WHOLE_DATE.finditer(head)]


def _head(article: Article) -> str:
    regions = [r for r in article.regions if r.kind in ("title", "kicker", "lead", "body")][:4]
    return "\n".join(article.text[r.start : r.end] for r in regions)


def _settle_meeting(meeting: Meeting, article: Article, published: str | None, years: list[int]) -> Meeting:
    date = settle_day(meeting.date, published, years, _closed_year(meeting, article))
    year = int(str(date.value)[:4]) if date else None
    return msgspec.structs.replace(
        meeting, date=date, period=_settle_period(meeting, year or (int(published[:4]) if published else None), date)
    )


# "vinh danh nông dân xuất sắc năm 2019": that year is over when its best are honoured
_HONOURED = re.compile(r"(?:tiêu biểu|xuất sắc|ưu tú|thành tích|danh hiệu|xét)[^.;\n]{0,60} năm (20[0-3]\d)", re.I)


def _closed_year(meeting: Meeting, article: Article) -> int | None:
    """The year that the meeting looks back on: the one reviewed, or the one whose best it honours."""
    kind = str(meeting.kind.value)
    if kind in ("ceremony", "council"):
        honoured = _HONOURED.search(_head(article))
        return int(honoured[1]) if honoured else None
    period = str(meeting.period.value) if meeting.period and kind == "annual_review" else ""
    return int(period) if period.isdigit() else None


def _settle_period(meeting: Meeting, year: int | None, date: Slot | None) -> Slot | None:
    """A half year or quarter without a year is of the event's year; an annual review in January to April closes the year before."""
    period, kind = meeting.period, str(meeting.kind.value)
    if period is not None:
        value = str(period.value)
        if value.startswith("----") and year:
            return Slot(f"{year}{value[4:]}", period.spans, period.rule, "year of the event")
        return None if value.startswith("----") else period
    if kind == "midyear_review" and date is not None and str(date.value)[5:7] in ("06", "07", "08"):
        return Slot(f"{str(date.value)[:4]}-H1", date.spans, "meetings.period.by_date", "the day of the review")
    if kind == "signing" and date is not None and str(date.value)[5:7] in ("01", "02", "03", "04"):
        return Slot(str(date.value)[:4], date.spans, "meetings.period.by_date", "the day of the signing")
    if kind == "annual_review" and date is not None:
        month = int(str(date.value)[5:7])
        closed = int(str(date.value)[:4]) - (month <= 6)
        return Slot(str(closed), date.spans, "meetings.period.by_date", "the day of the review")
    return None


def _context(meetings: list[Meeting], day: str | None, published: str | None) -> Context:
    year = int(day[:4]) if day else None
    for meeting in meetings:
        if meeting.period is not None:
            last = re.findall(r"(?:19|20)\d\d", str(meeting.period.value))
            reviewed = int(last[-1]) if last else None
            return Context(published, day, year, reviewed, meeting.period.spans, str(meeting.kind.value))
    return Context(published, day, year, year, (), str(meetings[0].kind.value) if meetings else None)
