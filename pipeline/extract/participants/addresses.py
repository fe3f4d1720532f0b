"""Places that only say where something lies: "phường A, quận B", "hộ nghèo xã A (huyện B)"."""

from __future__ import annotations

import re

from pipeline.extract.symbols import Chunks

_SIZES = {"grassroots": 0, "commune": 1, "district": 2, "province": 3}


_LIES_IN = re.compile(r"(?<![,;:v])U\(U\)(?![,;v])")


def lies_in(chunks: Chunks, index: int) -> bool:
    """ "hộ nghèo xã A (huyện B)": one place, and in brackets where it lies."""
    match = _LIES_IN.search(chunks.symbols, max(0, index - 2), index + 4) if "U(U" in chunks.symbols else None
    return match is not None and index in (match.start(), match.start() + 2) and chunks[match.start()].unit.is_a("place")


def in_address(chunks: Chunks, index: int) -> bool:
    """ "phường A, quận B", "Trường THPT C, tỉnh D": places of growing size, and one alone behind a body, tell where something is."""

    def size(at: int) -> int | None:
        unit = chunks[at].unit if 0 <= at < len(chunks.symbols) and chunks.symbols[at] == "U" else None
        return _SIZES[unit.entry.fields["level"]] if unit is not None and unit.is_a("place") else None

    own, larger, smaller = size(index), size(index + 2), size(index - 2)
    if own is None:
        return False
    behind = chunks.symbols[max(0, index - 3) : index]
    if smaller is None and behind[-2:] == "U," and behind[:1] not in (",", "v") and chunks.symbols[index + 1 : index + 2] == "w":
        return True
    return (larger is not None and chunks.symbols[index + 1] == "," and larger > own) or (
        smaller is not None and chunks.symbols[index - 1] == "," and smaller < own
    )
