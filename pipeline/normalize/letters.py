"""Values in one form of letters, whatever form their article is typed in: who asks for a name by "=" shall find it."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from pipeline.records import Base, Slot
from pipeline.textmap import one_form

_Entry = TypeVar("_Entry", bound=Base)


def in_one_form(entry: _Entry) -> _Entry:
    """A record, or an entry of it, with the values of all its slots in one form. Their spans still show the letters of the text."""
    if isinstance(entry, Slot):
        value = one_form(entry.value)
        return entry if value == entry.value else msgspec.structs.replace(entry, value=value)
    changed = {}
    for name in entry.__struct_fields__:
        old = getattr(entry, name)
        new = tuple(map(in_one_form, old)) if isinstance(old, tuple) else in_one_form(old) if isinstance(old, Base) else old
        if new != old:
            changed[name] = new
    return msgspec.structs.replace(entry, **changed) if changed else entry
