"""What only the whole article settles: names that stand for a count, a giver named elsewhere, awards told twice."""

from __future__ import annotations

import re

from pipeline.extract.awards.deeds import give_deed_years, give_heading_years, give_years_before, give_years_of_those
from pipeline.extract.awards.honours import give_round_year, join_stage_names, of_persons
from pipeline.extract.awards.households import tell_households
from pipeline.extract.awards.lines.counted import name_counted
from pipeline.extract.awards.lines.groups import name_by_groups
from pipeline.extract.awards.lines.paragraphs import name_by_paragraphs
from pipeline.extract.awards.model import AwardFound, Issuer, Recipient
from pipeline.extract.awards.recipients.both import these_counted, those_left
from pipeline.extract.awards.recipients.named import longer_name
from pipeline.extract.awards.recipients.shares import split_below
from pipeline.extract.awards.recipients.short import TIERS, named_in_full, of_which_place
from pipeline.extract.awards.recipients.wider import whole as widened
from pipeline.extract.awards.votes import settle_votes
from pipeline.extract.document import Document
from pipeline.extract.reading.chunks import chunk
from pipeline.extract.reading.readers import NUMBER_WORDS
from pipeline.extract.symbols import Chunk
from pipeline.extract.units import Unit

_MOST_NAMES = 12
_MOST_COUNTED = 60
# "hai nhân viên gác chắn là A và B": a count and as many persons right behind it.
_NAMED_ROW = re.compile(
    r"N(?:(?:w|U)?(?:o|:|m:?)?|[wrfUI,]{1,7}(?:o|:|m:?))w?"
    r"(?P<names>T*P(?:\([^)]*\))?(?:(?:,w?T*|w?,?vw?T*|,vw?T*)P(?:\([^)]*\))?)*)(?![,v]T*P)"
)
_NAMED = "awards.recipient.named_elsewhere"
_LENT = "the only giver of this award in the article"


def settle(doc: Document, found: list[AwardFound]) -> None:
    """Settle counts and givers by what other sentences say."""
    name_counted(doc, found)
    name_by_groups(doc, found)
    name_by_paragraphs(doc, found)
    split_below(doc, found)
    _give_full_names(doc, found)
    _share_giver(found)
    _name_open_groups(doc, found)
    for award in found:
        if len(award.recipients) == 1 and award.recipients[0].number and award.sentence is not None:
            counted = award.recipients[0]
            award.recipients = these_counted(doc, award.sentence, counted) or those_left(doc, found, award) or award.recipients
        if any(r.number and r.kind == "person" for r in award.recipients):
            award.recipients = [name for r in award.recipients for name in _told_elsewhere(doc, award, r)]
        if len(award.recipients) == 1 and award.recipients[0].number and award.recipients[0].kind == "person":
            award.recipients = _honoured_too(doc, found, award)
    join_stage_names(doc, found)
    give_round_year(doc, found)
    give_heading_years(doc, found)
    give_years_of_those(doc, found)
    give_years_before(doc, found)
    give_deed_years(doc, found)
    _drop_counts_of_named(doc, found)
    _drop_totals_of_parts(doc, found)
    _drop_totals_of_two(doc, found)
    settle_votes(doc, found)
    tell_households(doc, found)


def _give_full_names(doc: Document, found: list[AwardFound]) -> None:
    """An abbreviation that the article introduces in brackets behind a name gives way to the name: "Ngân hàng A (ABank)"."""
    for recipient in (r for a in found for r in a.recipients if r.unit is not None and len(r.unit.parts) == 1):
        short = doc.view[recipient.unit.start : recipient.unit.end]
        full = named_in_full(doc, short)
        if full:
            recipient.unit, recipient.inferred_from = full, f'"{short}" as named in full'
    for recipient in (r for a in found for r in a.recipients if r.unit is not None):
        recipient.unit = widened(doc, recipient.unit)
        if doc.key.endswith(TIERS, recipient.unit.start, recipient.unit.end) and (full := of_which_place(doc, recipient.unit)):
            recipient.unit, recipient.inferred_from = full, "the same name with its place"
    _give_parents(doc, found)
    _give_firms_fuller(doc, found)
    for recipient in (r for a in found if not of_persons(a) for r in a.recipients if r.person is not None):
        longer = longer_name(doc, recipient.person, recipient.index)
        if longer:
            recipient.person, recipient.inferred_from = longer.person, longer.inferred_from


def _give_parents(doc: Document, found: list[AwardFound]) -> None:
    """ "Trường A" is "Trường A (Bộ B)" where the article once names it so."""
    units = [r for a in found for r in a.recipients if r.unit is not None and len(r.unit.parts) == 1]
    whole = {doc.key[r.unit.start : r.unit.end].partition(" (")[0]: r for r in units if doc.key[r.unit.end - 1] == ")"}
    for r in units if whole else ():
        full = whole.get(doc.key[r.unit.start : r.unit.end])
        if full is not None:
            r.unit, r.inferred_from = full.unit, "the same name with its parent body"


_FORM = re.compile(r" (?:cp|cổ phần|tnhh|mtv|một thành viên|hai thành viên|trách nhiệm hữu hạn)(?!\w)")


def _give_firms_fuller(doc: Document, found: list[AwardFound]) -> None:
    """ "Công ty Than A" of a title is "Công ty CP Than A - Vinacomin": a firm without its legal form or group has its full name."""
    firms = [r for a in found for r in a.recipients if r.unit is not None and r.unit.is_a("firm") and len(r.unit.parts) == 1]
    for short in firms:
        name = _FORM.sub("", doc.key[short.unit.start : short.unit.end])
        for full in firms:
            told = doc.key[full.unit.start : full.unit.end]
            longer = len(told) > short.unit.end - short.unit.start
            if longer and (_FORM.sub("", told) + "-").startswith((name + "-", name + " -")):
                short.unit, short.inferred_from = full.unit, "the same firm by its full name"


def _share_giver(found: list[AwardFound]) -> None:
    """Where all mentions of an award that name a giver name one level, the others are of it, too."""
    for award in found:
        if award.issuer is not None and award.issuer.handed and any(_gives(other, award) for other in found):
            award.issuer = None  # "Giấy khen của UBND huyện", and then "lãnh đạo xã trao Giấy khen"
    levels: dict[str, dict[str, Issuer]] = {}
    for award in found:
        level = award.issuer.level if award.issuer else award.award.entry.fields["level"]
        if level:
            span = award.issuer.span if award.issuer else (award.award.start, award.award.end)
            levels.setdefault(award.award.entry.fields["bare"], {}).setdefault(level, Issuer(span, level))
    for award in found:
        given = levels.get(award.award.entry.fields["bare"], {})
        if award.issuer is None and not award.award.entry.fields["level"] and len(given) == 1 and not award.in_passing:
            award.issuer, award.issuer_inherited = next(iter(given.values())), True


def _gives(other: AwardFound, handed: AwardFound) -> bool:
    """Whether another mention of the award says who gives it, and not only who hands it over."""
    same = other.award.entry.fields["bare"] == handed.award.entry.fields["bare"]
    told = other.issuer.level if other.issuer is not None and not other.issuer.handed else other.award.entry.fields["level"]
    return same and bool(told) and "|" not in told and told != handed.issuer.level


def _told_elsewhere(doc: Document, award: AwardFound, counted: Recipient) -> list[Recipient]:
    """The persons whom another sentence counts and names; the count itself when none does."""
    number = counted.number or 0
    if counted.kind != "person" or not 2 <= number <= _MOST_NAMES:
        return [counted]
    words = "|".join([str(number), f"{number:02d}", *(w for w, n in NUMBER_WORDS.items() if n == number)])
    begins = re.compile(rf"(?<![\w./])(?<!\d,)(?:{words}) [a-zà-ỹđ]")
    for sentence in doc.sentences:
        if sentence is award.sentence or not begins.search(doc.key, sentence.start, sentence.end):
            continue
        chunks = chunk(doc, sentence)
        for row in _NAMED_ROW.finditer(chunks.symbols):
            people = [k for k in range(*row.span("names")) if chunks.symbols[k] == "P"]
            if len(people) == number and sum(chunks[row.start()].numbers.values()) == number:
                return [Recipient(k, person=chunks[k], kind="person", inferred_from="the count above", rule=_NAMED) for k in people]
    return [counted]


_PRAISED = re.compile(r"(?<!\w)(?:khen thưởng|được (?:khen|tặng|trao|nhận|vinh danh|biểu dương|tuyên dương))(?!\w)")


def _name_open_groups(doc: Document, found: list[AwardFound]) -> None:
    """ "trao giấy khen cho những người cứu nạn", then "Bốn người được khen thưởng gồm: ...": the row names the group."""
    groups = [a for a in found if a.open_group]
    if not groups or any(a.recipients for a in found):
        return
    for sentence in doc.sentences:
        if not _PRAISED.search(doc.key, sentence.start, sentence.end):
            continue
        chunks = chunk(doc, sentence)
        for row in _NAMED_ROW.finditer(chunks.symbols):
            people = [k for k in range(*row.span("names")) if chunks.symbols[k] == "P"]
            if len(people) > 1 and chunks[row.start()].numbers == {"person": len(people)}:
                for award in groups[:1]:
                    award.recipients = [
                        Recipient(k, person=chunks[k], kind="person", inferred_from="the group above", rule=_NAMED) for k in people
                    ]
                return


_TOO = re.compile(r"(?<!\w)(?:cũng|này|cả|còn|đồng thời|cùng)(?!\w)")
_ANY_PERSONS = re.compile(r"cá nhân(?!\w)")  # "cho 2 cá nhân": of whatever kind, in a review's row of totals


def _too(doc: Document, award: AwardFound) -> bool:
    """ "Hai nữ bác sĩ cũng được", "cho cả bốn người": those counted are the ones named just before."""
    counted = award.recipients[0].span
    if counted is None:
        return True
    begin, end = max(award.sentence.start, counted[0] - 50), min(max(counted[1] + 30, award.award.end), award.sentence.end)
    return _TOO.search(doc.key, begin, end) is not None


def _honoured_too(doc: Document, found: list[AwardFound], award: AwardFound) -> list[Recipient]:
    """ "Hai nữ bác sĩ cũng được ... tặng giấy khen": the two whom another award of the article names."""
    counted = award.recipients[0].span
    plain = counted is not None and _ANY_PERSONS.search(doc.key, *counted) is not None
    named = {
        doc.key[r.person.start : r.person.end]: r
        for other in found
        if other is not award and not _alike(award, other) and (_too(doc, award) or not (plain or other.sentence is award.sentence))
        for r in other.recipients
        if r.person is not None
    }
    if len(named) != award.recipients[0].number or not 2 <= len(named) <= _MOST_NAMES:
        return award.recipients
    return [Recipient(r.index, person=r.person, kind="person", inferred_from="the count above", rule=_NAMED) for r in named.values()]


def _drop_counts_of_named(doc: Document, found: list[AwardFound]) -> None:
    """Counts of a few are told again where as many are named with the same award, of any grade where the counts tell none."""
    for award in found:
        counts = award.recipients
        if not all(r.number and r.number <= _MOST_COUNTED for r in counts):
            continue
        others = [o for o in found if o is not award and _alike(award, o, award.grade is None)]
        if _counts_one_unit(counts) and not _told_next(doc, award, others):
            continue
        others = [o for o in others if o.grade] or others
        kinds = {r.kind for r in counts}
        split = len(counts) > 1 and len(kinds) == 1 and sum(r.number for r in counts) == len(_names(doc, others, *kinds))
        if counts and (split or all(len(_names(doc, others, r.kind)) == r.number for r in counts)):
            award.recipients = []
            _hand_on(award, others)
    for award in found:
        if len(award.recipients) == 1 and award.recipients[0].number and any(_splits(award, other) for other in found):
            award.recipients = []
    for award in found:
        total = award.recipients[0].number if len(award.recipients) == 1 and not award.recipients[0].kind else None
        rest = [r for other in found if other is not award and _alike(award, other) for r in other.recipients] if total else []
        names = {doc.key[slice(*span)] for r in rest if (span := _span(r.unit or r.person))}
        if len(rest) > 1 and sum(r.number or 0 for r in rest) + len(names) == total:
            award.recipients = []  # "4 tập thể, cá nhân được tặng", and then 2 and 2
    found[:] = [a for a in found if a.recipients]


def _counts_one_unit(counts: list[Recipient]) -> bool:
    """A single "một đơn vị" may be any."""
    return len(counts) == 1 and counts[0].kind in ("unit", None) and counts[0].number == 1


_NAMELY = re.compile(r" ?[-+*]? ?(?:cụ thể|trong đó|theo đó|đó là|kết quả cụ thể)(?!\w)")


def _told_next(doc: Document, award: AwardFound, others: list[AwardFound]) -> bool:
    """ "Bằng khen cho 01 đơn vị. Cụ thể: ...; Bằng khen: Sở A": whether the next sentence, or lines under it, tell who is meant."""
    at = doc.sentences.index(award.sentence) + 1 if award.sentence is not None else len(doc.sentences)
    namely = at < len(doc.sentences) and _NAMELY.match(doc.key, doc.sentences[at].start, doc.sentences[at].end)
    return bool(namely) and bool(others) and all(o.sentence is not None and o.sentence.start >= doc.sentences[at].start for o in others)


def _names(doc: Document, awards: list[AwardFound], kind: str | None) -> set[str]:
    """The units, or persons, that awards name; both where nobody says of which kind they are ("03 Bằng khen")."""
    told = (r for a in awards for r in a.recipients if kind is None or (kind == "unit") == (r.unit is not None))
    spans = (_span(r.unit or r.person) for r in told)
    return {doc.key[slice(*span)] for span in spans if span}


def _hand_on(counted: AwardFound, named: list[AwardFound]) -> None:
    """The year and the giver that stand beside the count hold for those named."""
    for other in named:
        other.year = other.year or counted.year
        if other.issuer is None and counted.issuer is not None:
            other.issuer, other.issuer_inherited = counted.issuer, True


def _splits(total: AwardFound, other: AwardFound) -> bool:
    """ "tặng Bằng khen cho 20 cá nhân", then "20 cá nhân được tặng gồm 12 công nhân, 8 giáo viên": told again, by its parts."""
    parts = [r.number or 0 for r in other.recipients if r.kind == total.recipients[0].kind]
    alike = other is not total and len(parts) == len(other.recipients) > 1 and _alike(total, other)
    return alike and 0 not in parts and sum(parts) == total.recipients[0].number


def _drop_totals_of_parts(doc: Document, found: list[AwardFound]) -> None:
    """ "6 đơn vị đón nhận Huân chương Lao động (2 Huân chương ... hạng Nhì, 4 ... hạng Ba)": the split alone, by grade or by giver."""
    for k, total in enumerate(found):
        if total.grade is not None or len(total.recipients) != 1 or not total.recipients[0].number:
            continue
        parts = []
        for part in found[k + 1 :]:
            if not _is_part(doc, total, part) or len(part.recipients) != 1 or not part.recipients[0].number:
                break
            parts.append(part.recipients[0])
        if len(parts) > 1 and sum(p.number for p in parts) == total.recipients[0].number:
            for part in parts:
                part.kind = part.kind or total.recipients[0].kind
            total.recipients = []
    found[:] = [a for a in found if a.recipients]


def _drop_totals_of_two(doc: Document, found: list[AwardFound]) -> None:
    """ "17 thầy thuốc được tặng danh hiệu A, B", where other sentences tell of one with A and of 16 with B: the split alone."""
    for total in list(found):
        numbers = [r.number for r in total.recipients]
        end = total.sentence.end
        beside = {h.entry.code for h in doc.within("awards", total.award.end, end)} if len(numbers) == 1 and numbers[0] else set()
        codes = beside | {total.award.entry.code}
        parts = [a for a in found if a.sentence is not total.sentence and a.award.entry.code in codes] if len(codes) == 2 else []
        told: dict[str, dict[str, int]] = {}
        for code, who in ((a.award.entry.code, r) for a in parts for r in a.recipients):
            name = _span(who.unit or who.person)
            told.setdefault(code, {})[doc.key[slice(*name)] if name else str(who.number)] = who.number or 1
        if len(told) == 2 and sum(sum(counts.values()) for counts in told.values()) == numbers[0]:
            total.recipients = []


def _is_part(doc: Document, total: AwardFound, part: AwardFound) -> bool:
    """Whether the sentence tells the same award again with its grade or its giver, or of a part of those who got it."""
    same = part.sentence is total.sentence and part.award.entry.fields["bare"] == total.award.entry.fields["bare"]
    if same and "trong đó" in doc.key[total.award.end : part.award.start]:
        return not _giver_told(total) or _alike(total, part, any_grade=True)
    return same and not _giver_told(total) and (part.grade is not None or _giver_told(part))


def _giver_told(award: AwardFound) -> bool:
    """Whether the award itself, and no other one, says who gives it; the law does for an order."""
    level = award.award.entry.fields["level"]
    return level not in ("", "state") or award.issuer is not None and not award.issuer_inherited


def _span(name: Unit | Chunk | None) -> tuple[int, int] | None:
    return (name.start, name.end) if name is not None else None


def _level(award: AwardFound) -> str | None:
    """Who gives, as far as told: by the giver's own words, else by the award's name, else by the award before."""
    fixed, giver = award.award.entry.fields["level"], award.issuer.level if award.issuer else None
    return giver if award.issuer and not award.issuer_inherited or not fixed or "|" in fixed else fixed


def _alike(a: AwardFound, b: AwardFound, any_grade: bool = False) -> bool:
    x, y = _level(a), _level(b)
    grades = (a.grade.text if a.grade else None, b.grade.text if b.grade else None)
    same = a.award.entry.fields["bare"] == b.award.entry.fields["bare"] and a.status == b.status and (any_grade or grades[0] == grades[1])
    return same and (x is None or y is None or x == y)
