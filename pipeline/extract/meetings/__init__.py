"""Meetings: what kind, which bloc, when, where, over which period, how many units.

The kind is the first that the title names, else the first sentence of the body. The bloc is the first named there, in its
fullest form. Date, part of the day and place come from the first sentence that tells of the event.
Refused: events that are only planned ("dự kiến tổ chức vào đầu tháng 12"), meetings of another time told in passing.
"""

from __future__ import annotations

from pipeline.extract.meetings.bloc import find_bloc
from pipeline.extract.meetings.features import tells_of_event
from pipeline.extract.meetings.held import is_held
from pipeline.extract.meetings.kinds import HANDED_OVER, Kind, ceremony_of, find_ceremony, find_kind, is_of_bloc, kind_of_opening
from pipeline.extract.meetings.members import find_unit_count
from pipeline.extract.meetings.period import find_period
from pipeline.extract.meetings.stories import find_stories
from pipeline.extract.meetings.venue import find_venue
from pipeline.extract.meetings.when import Time, find_time, time_of_giving
from pipeline.extract.story import Story, lead_sentences, whole

__all__ = [
    "HANDED_OVER",
    "Kind",
    "Story",
    "Time",
    "ceremony_of",
    "find_bloc",
    "find_ceremony",
    "find_kind",
    "find_period",
    "find_stories",
    "find_time",
    "find_unit_count",
    "find_venue",
    "is_of_bloc",
    "kind_of_opening",
    "lead_sentences",
    "tells_of_event",
    "time_of_giving",
    "is_held",
    "whole",
]
