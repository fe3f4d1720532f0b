"""Normalisation: years left out, provinces, levels, keys, one entry for what is told twice, and values in one form of letters.

Takes the record as `extract` read it and returns the record as users see it. Every value that is filled in says from what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from pipeline.gazetteer import Gazetteer
from pipeline.normalize.awards import settle_awards
from pipeline.normalize.blocs import bloc_key, names_several_provinces
from pipeline.normalize.dates import settle_day
from pipeline.normalize.leadership import settle_leaders
from pipeline.normalize.letters import in_one_form
from pipeline.normalize.parties import settle_parties
from pipeline.normalize.provinces import find_province, home_of
from pipeline.normalize.years import Head
from pipeline.records import Article, Award, Citation, Leader, Meeting, Party, Record, Slot
from pipeline.textmap import fold


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
    head = Head(article)
    meetings = [_settle_meeting(m, head, record.published) for m in record.meetings]
    day = next((str(m.date.value) for m in meetings if m.date), None) or published
    bloc = next((str(m.bloc.value) for m in meetings if m.bloc), "")
    inter = names_several_provinces(bloc) or (bool(bloc) and _of_provinces(meetings, gazetteer, day, record))
    place = find_province(article, gazetteer, day, inter, next((m.venue for m in meetings if m.venue), None), bool(bloc))
    context = _context(meetings, day, published, head.first)
    parties = [settle_parties(m, gazetteer) for m in meetings]
    meetings = [_with_bloc(m, gazetteer, day) for m in parties]
    leaders = settle_leaders(record.leadership, context, gazetteer)
    awards = settle_awards(record.awards, context, gazetteer, str(place[0].value) if place else None)
    full = _full_names(meetings, leaders, awards)
    meetings = [_with_full_names(m, full) for m in meetings]
    leaders = [_lead_in_full(x, full.get(x.unit_key or "")) for x in leaders]
    awards = [_won_in_full(x, full.get(x.recipient_key or "")) for x in awards]
    settled = msgspec.structs.replace(
        record,
        province=place[0] if place else None,
        province_code=place[1] if place else None,
        meetings=tuple(meetings),
        leadership=tuple(_of_same_blocs(leaders, meetings)),
        awards=tuple(awards),
        cited=tuple(_settle_citation(c, head, published) for c in record.cited),
    )
    return in_one_form(settled)


def _full_names(meetings: list[Meeting], leaders: list[Leader], awards: list[Award]) -> dict[str, Slot]:
    """The longest way in which the article writes each body's name, by its key."""
    named = [(p.unit_key, p.unit) for m in meetings for p in (*m.chairs, *m.participants)]
    named += [(x.unit_key, x.unit) for x in leaders] + [(a.recipient_key, a.recipient) for a in awards]
    found: dict[str, Slot] = {}
    for key, slot in named:
        if key and slot and (key not in found or len(str(slot.value)) > len(str(found[key].value))):
            found[key] = slot
    return found


def _with_full_names(meeting: Meeting, full: dict[str, Slot]) -> Meeting:
    """The meeting with its units as the article names them in full: "Trường ĐH Y" that is "Trường Đại học Y" elsewhere."""
    settled = tuple(_in_full(p, full.get(p.unit_key or "")) for p in meeting.participants)
    return msgspec.structs.replace(meeting, participants=settled)


def _in_full(party: Party, name: Slot | None) -> Party:
    unit = _written_out(party.unit, name) if party.person is None else None
    return msgspec.structs.replace(party, unit=unit) if unit else party


def _written_out(short: Slot | None, name: Slot | None) -> Slot | None:
    """A unit's name with its letters written out: "Hội CTĐ Quận 8" that is "Hội Chữ thập đỏ Quận 8" elsewhere; none that is only longer."""
    if short is None or name is None or len(str(name.value)) <= len(str(short.value)):
        return None
    if fold(str(name.value)).endswith(fold(str(short.value))):
        return None  # "UBND xã A" for "xã A"
    return Slot(name.value, name.spans, short.rule, "the same body as named in full")


def _lead_in_full(leader: Leader, name: Slot | None) -> Leader:
    unit = _written_out(leader.unit, name)
    return msgspec.structs.replace(leader, unit=unit) if unit else leader


def _won_in_full(award: Award, name: Slot | None) -> Award:
    recipient = _written_out(award.recipient, name)
    return msgspec.structs.replace(award, recipient=recipient) if recipient else award


def _with_bloc(meeting: Meeting, gazetteer: Gazetteer, day: str | None) -> Meeting:
    """The meeting with its bloc's key, and with what tells that the bloc is of several provinces."""
    if meeting.bloc is None:
        return meeting
    name = str(meeting.bloc.value)
    several = _told_by_name(name) or ("members" if _of_provinces([meeting], gazetteer, day) else None)
    return msgspec.structs.replace(meeting, bloc_key=bloc_key(name), bloc_of_several=several)


def _told_by_name(name: str) -> str | None:
    return "name" if names_several_provinces(name) else None


def _of_same_blocs(leaders: list[Leader], meetings: list[Meeting]) -> list[Leader]:
    """Leaders with what the meetings tell of their blocs."""
    told = {m.bloc_key: m.bloc_of_several for m in meetings}
    several = [told.get(x.bloc_key) or _told_by_name(str(x.bloc.value)) if x.bloc else None for x in leaders]
    return [msgspec.structs.replace(x, bloc_of_several=s) if s else x for x, s in zip(leaders, several, strict=True)]


def _settle_citation(citation: Citation, head: Head, published: str | None) -> Citation:
    """A document signed on a day without its year, of which the article tells as news."""
    if citation.date is None or not str(citation.date.value).startswith("----"):
        return citation
    return msgspec.structs.replace(citation, date=settle_day(citation.date, published, head.stated + head.others))


def _settle_meeting(meeting: Meeting, head: Head, came_out: Slot | None) -> Meeting:
    published = str(came_out.value) if came_out else None
    date = _settle_date(meeting, head, published) if meeting.date else None
    date = _in_school_year(date, meeting, head)
    year = int(str(date.value)[:4]) if date else None
    period = _settle_period(meeting, year or (int(published[:4]) if published else None), date or (came_out if meeting.bloc else None))
    return msgspec.structs.replace(meeting, date=date, period=period)


_OF_ONE_YEAR = ("annual_review", "midyear_review", "signing", "council", "inspection")


def _settle_date(meeting: Meeting, head: Head, published: str | None) -> Slot | None:
    """The day with its year: from the words of title and lead, else from what the article tells further down."""
    if published is None and not str(meeting.date.value)[-1:].isdigit():
        return None  # "sáng nay" of an article that gives no day of publication
    reviewed = _closed_year(meeting, head)
    if published is None and (jubilee := head.jubilee):
        return settle_day(meeting.date, published, [jubilee, *head.stated])
    told = _signed_for(meeting, head) + _of_feast(meeting, head) + head.stated
    stated = told + (_between_terms(meeting, head) or head.others) or _year_of_part(meeting)
    date = settle_day(meeting.date, published, stated, reviewed, near=str(meeting.kind.value) in _OF_ONE_YEAR)
    if date is not None or published or stated:
        return date
    if reviewed:
        return settle_day(meeting.date, published, [], reviewed)
    return settle_day(meeting.date, published, head.told(str(meeting.date.value)[5:]))


_FAR = 6  # months


def _signed_for(meeting: Meeting, head: Head) -> list[int]:
    """The year of a day at which a year is signed for after the last one was told, or a drive is launched that leads up to a feast."""
    month = str(meeting.date.value)[5:7]
    if meeting.kind.value != "signing" or not month.isdigit():
        return []
    if head.anniversary and not head.stated:
        year, feast = head.anniversary
        return [year - 1] if feast and int(month) - feast > _FAR else []
    period = str(meeting.period.value) if meeting.period else ""
    return [int(period)] if period.isdigit() and head.stated and int(period) - 1 == head.stated[0] and int(month) < _FAR else []


def _of_feast(meeting: Meeting, head: Head) -> list[int]:
    """The year of a ceremony around a feast whose two days are told: "kỷ niệm 60 năm Ngày Thầy thuốc (27/2/1955 - 27/2/2015)"."""
    year, feast = head.anniversary or (0, None)
    month = str(meeting.date.value)[5:7]
    near = feast is not None and month.isdigit() and abs(int(month) - feast) <= 1
    return [year] if near and meeting.kind.value == "ceremony" else []


def _between_terms(meeting: Meeting, head: Head) -> list[int]:
    """The year of a congress that closes one term and opens the next."""
    term = head.between_terms(str(meeting.period.value)) if meeting.kind.value == "congress" and meeting.period else None
    return [term] if term else []


_PART = re.compile(r"(20\d\d)-(Q[1-4]|H[12]|9M)")


def _year_of_part(meeting: Meeting) -> list[int]:
    """The year of a day from "quý I/2019", "6 tháng đầu năm 2019"; the last part of a year is looked back on early in the next."""
    part = _PART.fullmatch(str(meeting.period.value)) if meeting.period and not meeting.period.inferred_from else None
    return [int(part[1]) + (part[2] in ("Q4", "H2") and str(meeting.date.value)[5:7] <= "03")] if part else []


_OF_SCHOOL_YEAR = ("signing", "social")  # a review of the school year may be held in the autumn after it


def _in_school_year(date: Slot | None, meeting: Meeting, head: Head) -> Slot | None:
    """An autumn day that has its year from "năm học 2014-2015" alone lies in the first of the two, at its signing, games and opening."""
    told = _school_year(meeting, head) if meeting.kind.value in _OF_SCHOOL_YEAR else head.opened_year
    if date is None or told is None or date.inferred_from != "year named in title or lead":
        return date
    autumn = str(date.value)[:4] == told[1] and str(date.value)[5:7] >= "08"
    return Slot(told[0] + str(date.value)[4:], date.spans, date.rule, "the school year named in title or lead") if autumn else date


def _school_year(meeting: Meeting, head: Head) -> tuple[str, str] | None:
    """The school year that the meeting is about, else the only one that the head names."""
    if meeting.period is not None and meeting.period.rule == "meetings.period.school_year":
        first, _, last = str(meeting.period.value).partition("-")
        return first, last
    return next(iter(head.school_years)) if len(head.school_years) == 1 else None


def _of_provinces(meetings: list[Meeting], gazetteer: Gazetteer, day: str | None, told: Record | None = None) -> bool:
    """Whether the members are bodies of three provinces or more: "Thuế tỉnh Nghệ An", "Cục Hải quan Hà Tĩnh".

    `told`: the record, of which those who lead or are given awards count, too.
    """
    units = [str(p.unit.value) for m in meetings for p in m.participants if p.unit]
    if told:
        units += [str(x.unit.value) for x in told.leadership if x.unit]
        units += [str(a.recipient.value) for a in told.awards if a.recipient and a.recipient_kind and a.recipient_kind.value == "unit"]
    return len({code for unit in units if (code := home_of(unit, gazetteer, day))}) > 2


def _closed_year(meeting: Meeting, head: Head) -> int | None:
    """The year that the meeting looks back on: the one reviewed, or the one whose best it honours."""
    kind = str(meeting.kind.value)
    period = str(meeting.period.value) if meeting.period and kind in ("annual_review", "council") else ""
    if kind in ("ceremony", "council") and not period.isdigit():
        return head.honoured
    return int(period) if period.isdigit() else None


_OF_SCHOOLS = re.compile(r"(?<!\w)(?:các trường|trường|thpt|thcs|tiểu học|mầm non|đại học|cao đẳng|giáo dục)(?!\w)(?! chính trị)")


def _settle_period(meeting: Meeting, year: int | None, date: Slot | None) -> Slot | None:
    """A half year or quarter without a year is of the event's year; an annual review in January to April closes the year before."""
    period, kind = meeting.period, str(meeting.kind.value)
    if period is not None:
        value = str(period.value)
        if value.startswith("----") and year:
            return Slot(f"{year}{value[4:]}", period.spans, period.rule, "year of the event")
        ahead = kind == "congress" and period.rule == "meetings.period.span" and year is not None and int(value[:4]) >= year
        return None if value.startswith("----") or ahead else period  # the years that a congress looks ahead to
    if kind == "midyear_review" and date is not None and str(date.value)[5:7] in ("06", "07", "08"):
        return Slot(f"{str(date.value)[:4]}-H1", date.spans, "meetings.period.by_date", "the day of the review")
    if kind == "signing" and date is not None and str(date.value)[5:7] <= "07":
        return Slot(str(date.value)[:4], date.spans, "meetings.period.by_date", "the day of the signing")
    if kind == "annual_review" and date is not None:
        month = int(str(date.value)[5:7])
        if 5 <= month <= 8 and meeting.bloc and _OF_SCHOOLS.search(fold(str(meeting.bloc.value))):
            year = int(str(date.value)[:4])
            return Slot(f"{year - 1}-{year}", date.spans, "meetings.period.by_date", "the school year that ends before the review")
        closed = int(str(date.value)[:4]) - (month <= 6)
        return Slot(str(closed), date.spans, "meetings.period.by_date", "the day of the review")
    return None


def _context(meetings: list[Meeting], day: str | None, published: str | None, stated: int | None) -> Context:
    year = int(day[:4]) if day else None
    for meeting in meetings:
        if meeting.period is not None:
            last = re.findall(r"(?:19|20)\d\d", str(meeting.period.value))
            reviewed = int(last[-1]) if last else None
            return Context(published, day, year, reviewed, meeting.period.spans, str(meeting.kind.value), stated)
    return Context(published, day, year, year, (), str(meetings[0].kind.value) if meetings else None, stated)
