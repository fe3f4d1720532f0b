"""Names of other countries, as a part of patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.gazetteer import Gazetteer
from pipeline.textmap import fold


@lru_cache(maxsize=8)
def countries(gazetteer: Gazetteer, given_names: bool = True) -> str:
    """The pattern of a country's folded name. `given_names`: with those that people bear, too ("Nga", "Đức")."""
    rows = [e for e in gazetteer.table("countries") if given_names or not e.fields["given_name"]]
    names = {fold(form) for e in rows for form in (e.name, *e.variants)}
    return f"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\\w)"
