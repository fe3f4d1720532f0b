"""What a council is shown, and sums that a headline makes, give way to what it votes for.

"nghe trình hồ sơ của 27 đơn vị đề nghị tặng Cờ", "nghe báo cáo kết quả thẩm định: Cờ cho 27 đơn vị",
then "nhất trí đề nghị tặng Cờ cho 21 đơn vị" - the vote's number alone
"60 tập thể được xét tặng Cờ và Bằng khen", then 25 and 35 - a sum of several awards is the number of none
"""

from __future__ import annotations

import re
from itertools import product

from pipeline.extract.awards.model import AwardFound
from pipeline.extract.document import Document

_SHOWN = re.compile(
    r"(?<!\w)(?:nghe|xem xét|thảo luận|cho ý kiến|trình)(?!\w)[^.;:]{0,70}?"
    r"(?:trình (?:bày )?|(?<!\w))(?:danh sách|hồ sơ|tờ trình|đề nghị của|báo cáo đề nghị|báo cáo (?:kết quả )?thẩm định)(?!\w)"
)
_VOTED = re.compile(r"(?<!\w)(?:thông qua|biểu quyết|bỏ phiếu|kiểm phiếu|nhất trí|thống nhất|đồng ý|tán thành)(?!\w)")


def settle_votes(doc: Document, found: list[AwardFound]) -> None:
    """Drop the numbers that a council was shown where a later sentence tells the vote on the same awards, and sums of several awards."""
    for award in found:
        if _counts_alone(award) and _shown(doc, award) and any(_votes_on(doc, award, o) for o in found):
            award.recipients = []
    found[:] = [a for a in found if a.recipients]
    for award in found:
        if _counts_alone(award) and (row := _shared_row(award, found)) and _told_apart(row, found):
            for one in row:
                one.recipients = []
    found[:] = [a for a in found if a.recipients]


def _counts_alone(award: AwardFound) -> bool:
    return bool(award.recipients) and all(r.number for r in award.recipients)


def _shown(doc: Document, award: AwardFound) -> bool:
    sentence = award.sentence
    return sentence is not None and _SHOWN.search(doc.key, sentence.start, award.award.start) is not None


def _votes_on(doc: Document, shown: AwardFound, voted: AwardFound) -> bool:
    """Whether a later sentence tells the vote on an award of the same name and level."""
    later = voted.sentence is not None and shown.sentence.end <= voted.sentence.start and voted.status == "proposed"
    if not later or not _counts_alone(voted) or shown.award.entry.fields["bare"] != voted.award.entry.fields["bare"]:
        return False
    fixed = shown.award.entry.fields["level"], voted.award.entry.fields["level"]
    return (fixed[0] == fixed[1] or "" in fixed) and _VOTED.search(doc.key, voted.sentence.start, voted.award.start) is not None


def _shared_row(award: AwardFound, found: list[AwardFound]) -> list[AwardFound]:
    """The awards of one sentence that bear one and the same number."""
    span = award.recipients[0].span
    row = [a for a in found if a.sentence is award.sentence and _counts_alone(a) and a.recipients[0].span == span] if span else []
    return row if len(row) > 1 else []


def _told_apart(row: list[AwardFound], found: list[AwardFound]) -> bool:
    """Whether other sentences tell of each award of the row, and all that they tell gives the row's number."""
    names = {a.award.entry.fields["bare"] for a in row}
    head = row[0].sentence is not None and row[0].sentence.region == "title"  # "89 đơn vị nhận Cờ và Bằng khen", which a council proposes
    rest = [a for a in found if a.sentence is not row[0].sentence and (a.status == row[0].status or head)]
    parts = [a for a in rest if a.award.entry.fields["bare"] in names]
    if {a.award.entry.fields["bare"] for a in parts} != names:
        return False
    total = sum(r.number for r in row[0].recipients)
    return any(sum(choice) == total for choice in product(*(_sums(parts, name) for name in names)))


def _sums(parts: list[AwardFound], name: str) -> set[int]:
    """How many get an award of this name: of all givers, and of each."""
    given: dict[str | None, int] = {}
    for award in (a for a in parts if a.award.entry.fields["bare"] == name):
        level = award.award.entry.fields["level"] or (award.issuer.level if award.issuer else None)
        given[level] = given.get(level, 0) + sum(r.number or 1 for r in award.recipients)
    return {*given.values(), sum(given.values())}
