"""Awards as slots of a record: one award for each recipient; its level from the giver, from its name or by law."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound, Recipient
from pipeline.extract.awards.years import got_for_years, handed_over, in_period, on_the_occasion
from pipeline.extract.document import Document
from pipeline.extract.slots import unit_slot
from pipeline.records import Award, Slot
from pipeline.textmap import fold


def award_slots(doc: Document, found: AwardFound) -> list[Award]:
    """The awards of the record, one for each recipient or count, each value with its evidence."""
    entry = found.award.entry
    name = (found.award.start, found.award.end)
    slots: list[Award] = []
    for recipient in found.recipients:
        who = kind = None
        rule = recipient.rule or found.rule
        if recipient.unit is not None:
            who = unit_slot(doc, recipient.unit, rule, recipient.inferred_from)
        elif recipient.person is not None:
            who = doc.slot(rule, (recipient.person.start, recipient.person.end), inferred_from=recipient.inferred_from)
        told_by = (doc.text.to_raw(*recipient.span),) if recipient.span else ()
        spans = who.spans if who else told_by
        if recipient.kind:
            kind = Slot(recipient.kind, spans, rule, None)
        count = Slot(recipient.number or 1, spans, rule, "one name" if who else None)
        slots.append(
            Award(
                award=doc.slot("awards.name", name, value=_bare_name(doc, found)),
                status=doc.slot("awards.status.verb", found.status_span or name, value=found.status),
                grade=_grade_slot(doc, found),
                level=_level_slot(doc, found),
                recipient=who,
                recipient_kind=kind or _kind_by_law(doc, found, name),
                count=count,
                year=_year_slot(doc, found, recipient),
                code=entry.code,
            )
        )
    return slots


def _bare_name(doc: Document, found: AwardFound) -> str:
    """The bare name; an honour that the article writes in short everywhere ("NSND") keeps its words, and its code tells what it is."""
    entry = found.award.entry
    bare = entry.fields["bare"]
    if entry.fields["category"] != "state_honour":
        return bare
    forms = [hit for hit in doc.hits["awards"] if hit.entry.code == entry.code]
    if not forms or any(fold(bare) in doc.key[hit.start : hit.end] for hit in forms):
        return bare
    short = [hit for hit in forms if sum(c.isupper() for c in doc.view[hit.start : hit.end]) > 3]
    if not short:
        return bare
    longest = max(short, key=lambda hit: hit.end - hit.start)
    return doc.value((longest.start, longest.end))


def _year_slot(doc: Document, found: AwardFound, recipient: Recipient) -> Slot | None:
    """The stated year; "period" where the sentence says that the award fell in the period under review; "open" where the day of a
    meeting only was the day to hand it over, and of what was got for many years; "handed over" and "on the occasion" as they say."""
    if found.year:
        return doc.slot("awards.year.stated", (found.year[1], found.year[2]), value=found.year[0])
    span = in_period(doc, found) or found.summed
    named = (found.award.start, found.award.end)
    if got_for_years(doc, found, counted=recipient.number is not None):
        return doc.slot("awards.year.in_period", named, value="open")
    if span is None and handed_over(doc, found):
        return doc.slot("awards.year.in_period", named, value="handed over")
    if span is None and on_the_occasion(doc, found):
        return doc.slot("awards.year.in_period", named, value="on the occasion")
    return doc.slot("awards.year.in_period", span, value="period") if span else None


_GRADES = {
    "nhất": "hạng Nhất",
    "i": "hạng Nhất",
    "1": "hạng Nhất",
    "nhì": "hạng Nhì",
    "ii": "hạng Nhì",
    "2": "hạng Nhì",
    "ba": "hạng Ba",
    "iii": "hạng Ba",
    "3": "hạng Ba",
}


def _grade_slot(doc: Document, found: AwardFound) -> Slot | None:
    if found.grade is None or not found.award.entry.fields["grades"]:
        return None
    return doc.slot("awards.grade.word", (found.grade.start, found.grade.end), value=_GRADES[found.grade.text])


# A badge of honour with a theme of its own is a ministry's or a central body's, whoever hands it over.
_CENTRAL_THEME = re.compile(
    r"kỉ niệm chương(?: ghi nhận cống hiến)? \"?"
    r"(?:vì (?:sự nghiệp|sự phát triển|giai cấp|sức khỏe|thế hệ|chủ quyền|an ninh|tiến bộ|hòa bình)|bảo vệ an ninh)"
    r"(?![^\";.,]*(?: tỉnh| thành phố| thủ đô| huyện))[^\";.,]*"
)


_FROM_GIVER_BEFORE = "awards.level.issuer_before", "the giver named before in the sentence"
_FROM_AWARD_BEFORE = "awards.level.award_before", "the level of the award named before"


def _level_slot(doc: Document, found: AwardFound) -> Slot | None:
    """The giver's level; else the one that the award's full name or the law fixes."""
    fixed = found.award.entry.fields["level"]
    name = (found.award.start, found.award.end)
    if fixed == "state":
        return doc.slot("awards.level.by_law", name, value="state")
    handed = found.issuer is None or found.issuer_inherited or found.issuer.span[0] < name[1]
    if handed and fixed in ("", "ministry") and (theme := _CENTRAL_THEME.match(doc.key, name[0])):
        return doc.slot("awards.level.by_law", theme.span(), value="ministry")
    if found.issuer and found.issuer.level and not found.issuer_inherited:
        return doc.slot("awards.level.issuer", found.issuer.span, value=found.issuer.level)
    if fixed and "|" not in fixed:
        return doc.slot("awards.level.name", name, value=fixed)
    if found.issuer and found.issuer.level:
        rule, why = _FROM_AWARD_BEFORE if found.issuer.by_award else _FROM_GIVER_BEFORE
        return doc.slot(rule, found.issuer.span, value=found.issuer.level, inferred_from=why)
    return None


def _kind_by_law(doc: Document, found: AwardFound, name: tuple[int, int]) -> Slot | None:
    """Awards that only persons, or only units, can get tell who got them."""
    kinds = found.award.entry.fields["recipient_kinds"]
    if kinds and "|" not in kinds and found.award.entry.fields["category"].startswith("emulation_title"):
        return doc.slot("awards.recipient_kind.by_law", name, value=kinds)
    return None
