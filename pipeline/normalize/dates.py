"""Dates: the missing year of a day, from publication, from other dates of the article, or from the year under review."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from pipeline.records import Slot

OLDEST = 2004  # nothing on the web of Vietnam's provinces is older; earlier days are history told


_PLANNED = 60  # so many days after publication a day of the same year is one planned for
_HABIT = 2  # the month until which one writes the year before by habit
_SOON = 14  # days
_CLOSED_BY = 6  # the month until which a year's review may take


def possible(day: str) -> bool:
    """Whether an ISO day exists in the calendar."""
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def settle_day(
    slot: Slot | None, published: str | None, stated_years: list[int], reviewed: int | None = None, near: bool = True
) -> Slot | None:
    """The day with its year. "----11-25" takes the year that puts it at or shortly before publication.

    Without publication the first year that title or lead state decides; with neither the day stays out (None). A day of January
    to March at which the year `reviewed` is closed lies in the year after it.
    A year after publication, or before 2004, is a typing error: day and month are kept, the year is found as if missing. So is one
    long after those stated, where the day must be `near` them, as that of a review is to its year; a ceremony may speak of any year.
    """
    if slot is None or len(str(slot.value)) == len("2026-03"):
        return slot  # a month needs no year
    if slot.value in ("today", "yesterday"):
        if not published or len(published) < len("2026-03-14"):
            return None
        if slot.value == "today":
            return _with(slot, published, "day of publication")
        return _with(slot, str(date.fromisoformat(published[:10]) - timedelta(1)), "the day before publication")
    published = _last_day(published)
    year, month_day = str(slot.value)[:4], str(slot.value)[5:]
    if published and year == str(reviewed) and _last_years(month_day, year, published):
        return _with(slot, f"{published[:4]}-{month_day}", "year of publication")
    if (
        year != "----"
        and _plausible(f"{year}-{month_day}", published)
        and (published or not near or not stated_years or int(year) <= max(stated_years) + 1)
    ):
        return slot
    if published and year == published[:4] and possible(f"{year}-{month_day}") and _days_after(f"{year}-{month_day}", published) > _PLANNED:
        return None  # a day to come, not one with a wrong year
    if published:
        guess = int(published[:4])
        day = f"{guess:04d}-{month_day}"
        if day > published and _days_after(day, published) > 1:
            day = f"{guess - 1:04d}-{month_day}"
        return _with(slot, day, "year of publication") if possible(day) else None
    if stated_years:
        closing = stated_years[0] == reviewed and int(month_day[:2]) <= 3
        day = f"{stated_years[0] + closing:04d}-{month_day}"
        if closing:
            return _with(slot, day, "the year under review") if possible(day) else None
        return _with(slot, day, "year named in title or lead") if possible(day) else None
    if reviewed:
        day = f"{reviewed + (int(month_day[:2]) <= _CLOSED_BY):04d}-{month_day}"
        return _with(slot, day, "the year under review") if possible(day) else None
    return None


def _last_years(month_day: str, year: str, published: str) -> bool:
    """Whether the year of a day shortly before publication is the old one, written by habit: no year is closed in its own January."""
    if int(published[:4]) != int(year) + 1 or int(month_day[:2]) > _HABIT or not possible(f"{published[:4]}-{month_day}"):
        return False
    return -_SOON <= _days_after(f"{published[:4]}-{month_day}", published) <= 0


def _last_day(published: str | None) -> str | None:
    """The day of publication, or the last one of the month of which nothing more is known."""
    if not published or len(published) > len("2026-03"):
        return published
    return f"{published}-{monthrange(int(published[:4]), int(published[5:7]))[1]}"


def _plausible(day: str, published: str | None) -> bool:
    if not possible(day) or int(day[:4]) < OLDEST:
        return False
    return not published or _days_after(day, published) <= 2


def _days_after(day: str, published: str) -> int:
    try:
        return (date.fromisoformat(day) - date.fromisoformat(published[:10])).days
    except ValueError:
        return 0


def _with(slot: Slot, value: str, inferred_from: str) -> Slot:
    return Slot(value, slot.spans, slot.rule, inferred_from)
