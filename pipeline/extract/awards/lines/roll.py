"""A body's roll of honour: lines that each begin with an award, under a heading that names the body.

"Bệnh viện A - Những phần thưởng cao quý" / "Huân chương Lao động hạng Ba do Chủ tịch nước tặng (Quyết định số ..., ngày 12/4/2002)"
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.awards.givers.levels import issuer_level
from pipeline.extract.awards.lines.headed import LEAD
from pipeline.extract.awards.model import AwardFound, Issuer, Recipient
from pipeline.extract.dates import find_dates
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit

RULE = "awards.recipient.of_roll"
LEAST = 3  # lines
_HEADING = re.compile(r"thành tích|phần thưởng|khen thưởng|danh hiệu|truyền thống|bảng vàng|huân chương")
# "Bằng khen ... do UBND tỉnh khen tặng", "Giấy khen của Giám đốc Sở Y tế tặng Khoa A, Khoa B"
_LINE = re.compile(r"(?:w|-)?(?P<award>A)\"?(?P<grade>E?)[^fA]*?(?P<giver>O?U|OI|I|O)w?(?P<verb>f)(?P<to>(?:U[,vw]*)*)")
_YEARS = re.compile(r"(?:năm|giai đoạn)(?P<row>(?:[ ,;]|và|năm|(?:19|20)\d\d(?:-(?:19|20)\d\d)?(?!\d))+)")
_YEAR = re.compile(r"(?:(?:19|20)\d\d-)?(?P<year>(?:19|20)\d\d)(?!\d)")


def with_roll(doc: Document, chunks: list[Chunks], found: list[AwardFound]) -> list[AwardFound]:
    """The awards of the article, those of its roll of honour read line by line; as they are where it has none."""
    if len(doc.hits.get("awards", ())) < LEAST:
        return found
    lines = [c for c in chunks if _begins_with_award(doc, c)]
    owner = _owner(doc, chunks[: chunks.index(lines[0])]) if len(lines) >= LEAST else None
    if owner is None:
        return found
    told = {line.sentence: awards for line in lines if (awards := _read(doc, line, owner))}
    if len(told) < LEAST:
        return found
    return [a for a in found if a.sentence not in told] + [a for awards in told.values() for a in awards]


def _begins_with_award(doc: Document, chunks: Chunks) -> bool:
    first = chunks.symbols.find("A")
    return first >= 0 and LEAD.match(doc.key[chunks.sentence.start : chunks[first].start]) is not None


def _owner(doc: Document, above: list[Chunks]) -> Unit | None:
    """The one body that the lines above a roll of honour name."""
    if not any(_HEADING.search(doc.key, c.sentence.start, c.sentence.end) for c in above):
        return None
    units = {doc.key[c.unit.start : c.unit.end]: c.unit for line in above for c in line.items if c.unit is not None}
    return next(iter(units.values())) if len(units) == 1 else None


def _read(doc: Document, chunks: Chunks, owner: Unit) -> list[AwardFound]:
    """The award of a line, once for each year that it tells."""
    line = _LINE.match(chunks.symbols)
    if line is None:
        return []
    award, verb = chunks[line.start("award")], chunks[line.start("verb")]
    first, last = chunks[line.start("giver")], chunks[line.end("giver") - 1]
    level = issuer_level(doc, first, last)
    units = [chunks[i].unit for i in range(*line.span("to")) if chunks.symbols[i] == "U"]
    recipients = [Recipient(line.start("award"), unit=unit, kind="unit") for unit in units]
    recipients = recipients or [
        Recipient(line.start("award"), unit=owner, kind="unit", inferred_from="the body whose roll of honour it is")
    ]
    found = AwardFound(
        award, chunks[line.start("grade")] if line["grade"] else None, Issuer((first.start, last.end), level) if level else None, False,
        recipients, "conferred", (verb.start, verb.end), None, RULE, sentence=chunks.sentence,
    )  # fmt: skip
    return [replace(found, year=year) for year in _years(doc, chunks, award.end)]


def _years(doc: Document, chunks: Chunks, start: int) -> list[tuple[int, int, int] | None]:
    """The years of a line, of a span its last; else that of the decision."""
    row = _YEARS.search(doc.key, start, chunks.sentence.end)
    if years := list(_YEAR.finditer(doc.key, *row.span("row"))) if row else []:
        return [(int(m["year"]), m.start(), m.end()) for m in years]
    dated = next((d for d in find_dates(doc, start, chunks.sentence.end) if d.year), None)
    return [(dated.year, dated.start, dated.end) if dated else None]
