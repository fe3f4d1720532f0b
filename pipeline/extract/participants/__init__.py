"""Who takes part: the persons who attend, speak or hand over, the units that attend, and the members of the bloc that meets."""

from pipeline.extract.participants.members import Gathering, find_units
from pipeline.extract.participants.people import named_at_event, person_takes_part

__all__ = ["Gathering", "find_units", "named_at_event", "person_takes_part"]
