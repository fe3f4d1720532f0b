"""What awards that stand side by side share: recipients of the first, of the last, and who gives them."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound, Issuer
from pipeline.extract.document import Document

_OF_SUBJECT = ("awards.recipient.subject", "awards.recipient.named_before", "awards.recipient.listed_too", "awards.recipient.inside")


_FOR_MANY = re.compile(r" cho (?:các |nhiều )?(?:tập thể|cá nhân|đơn vị|cán bộ)(?!\w)")


def share_left(doc: Document, found: list[AwardFound], index: dict[int, int], symbols: str) -> None:
    """ "Nhà trường được tặng Huân chương Lao động, Cờ thi đua của Chính phủ": the subject has all that is listed."""
    graded: set[int] = set()  # further grades and years of an award that the subject has
    for one, two in zip(found[:-1], found[1:], strict=True):
        named = [r for r in one.recipients if r.number is None]
        if one.recipients and not named and not two.recipients and (_joined(one, two, index, symbols) or _pair(one, two, index, symbols)):
            two.recipients, two.rule = one.recipients, "awards.recipient.listed_too"  # "14 trường được tặng Cờ và Bằng khen"
        if not named or not (one.rule.startswith(_OF_SUBJECT) or two.award is one.award or id(one) in graded):
            continue
        further = two.award is one.award and two.rule in ("awards.grade.further", "awards.year.further")
        if further and (one.rule.startswith(_OF_SUBJECT) or id(one) in graded):
            two.recipients = named
            graded.add(id(two))
            continue
        if two.recipients and two.rule != "awards.recipient.count_before" or id(one.award) not in index or id(two.award) not in index:
            continue
        a, b = index[id(one.award)] + 1, index[id(two.award)]
        words = doc.key[one.award.end : two.award.start]
        passed_on = _passed_on(two, symbols, a, b)
        if two.award is one.award and not two.recipients:
            two.recipients = named  # the same award of another year
            continue
        rows = (":" in symbols[:a] or _ROW_ENDS.match(symbols, b)) and re.fullmatch(r"[EYOUI()w,v]*;(?:Y:)?[w,v;]*", symbols[a:b])
        listed = re.fullmatch(r"[E\"YOUI()w,v]*(?:w:)?\"?", symbols[a:b]) or rows
        if _FOR_MANY.match(doc.key, two.award.end) or _for_persons(two) and all(r.unit for r in named):
            continue
        if len(words) >= 80 or not (passed_on or listed) or not re.search(r"[,v;]", symbols[a:b]):
            continue
        if not re.search(r"(?:nhiều|các|hàng|những) (?:\w+ )?\"?$" + ("" if rows or passed_on else "|[;.]"), words):
            two.recipients, two.rule = named, "awards.recipient.listed_too"


def _for_persons(award: AwardFound) -> bool:
    """Whether no unit can bear it: "Trường A đón nhận Huân chương Lao động và danh hiệu Nhà giáo ưu tú"."""
    return award.award.entry.fields["recipient_kinds"] == "person"


# "phần thưởng như: A; 01 B; 02 C", "được tặng A (2005); B; C": nobody else is named behind
_ROW_ENDS = re.compile(r"A[E\"YOUIw,v()]*(?:$|;[^GN]*$)")
_PASSED_ON = re.compile(r"(?:[E\"YUIw-]|,(?=[wY])|\([^)]*\)(?:,E)?)*(?P<marks>[,v;]+)p*(?:O?U|OI|I|O)f[w\"]?")


def _passed_on(award: AwardFound, symbols: str, a: int, b: int) -> bool:
    """ "..., Chính phủ tặng Cờ thi đua": the next giver of the same subject; behind a semicolon only one who gives to many."""
    match = _PASSED_ON.fullmatch(symbols, a, b)
    if not match or ";" not in match["marks"]:
        return match is not None
    return "p" not in match[0] and award.issuer is not None and award.issuer.level in ("state", "government", "ministry", "province")


def _joined(one: AwardFound, two: AwardFound, index: dict[int, int], symbols: str) -> bool:
    """Whether nothing but "và" stands between two awards."""
    a, b = index.get(id(one.award)), index.get(id(two.award))
    return a is not None and b is not None and re.fullmatch(r"\"?E?v\"?", symbols[a + 1 : b]) is not None


_ALONE = re.compile(r"A\"?E?\"?,\"?A\"?E?\"?(?:$|[.;w])(?!w?A)")


def _pair(one: AwardFound, two: AwardFound, index: dict[int, int], symbols: str) -> bool:
    """ "422 tập thể được tặng Bằng khen, Giấy khen": just two awards, and a comma; of more nobody says how many got each."""
    at = index.get(id(one.award))
    if at is None or one.rule != "awards.recipient.subject" or symbols.rfind("A", 0, at) >= 0 and symbols[at - 1] in ',v"':
        return False
    return id(two.award) in index and _ALONE.match(symbols, at) is not None


_VAGUE = re.compile(r"(?<!\w)(?:nhiều|các|những|hàng (?:chục|trăm)|không ít) (?:tấm |chiếc |lần )?\"?$")
_AND_MORE = re.compile(r"(?:,| và| cùng|, và) ?(?:nhiều |các )?\"?")


def mark_vague(doc: Document, found: list[AwardFound]) -> None:
    """ "nhận nhiều bằng khen, giấy khen, trong đó có Bằng khen của Bộ A": the first two are spoken of in general, and given by nobody."""
    before: AwardFound | None = None
    for award in found:
        name = award.award
        joined = before is not None and before.vague and _AND_MORE.fullmatch(doc.key, before.award.end, name.start)
        bare = award.issuer is None and not award.award.entry.fields["level"] and not any(r.number for r in award.recipients)
        award.vague = bare and bool(joined or _VAGUE.search(doc.key, max(0, name.start - 24), name.start))
        before = award


def share_giver_left(found: list[AwardFound], index: dict[int, int], symbols: str) -> None:
    """ "được trao Bằng khen và Kỷ niệm chương của Hội A": whose the second is, of that body is the first."""
    for one, two in zip(found[:-1], found[1:], strict=True):
        own = one.award.entry.fields
        given = two.issuer is not None and not two.issuer_inherited and two.issuer.span[0] > two.award.end
        beside = given and one.issuer is None and not own["level"] and own["bare"] != "Giấy khen"
        if beside and (_joined(one, two, index, symbols) or _pair(one, two, index, symbols)):
            one.issuer, one.issuer_inherited = two.issuer, True


_NEXT_GIVES = re.compile(r"\"?[,v]+(?:O?U|OI|I)w?f\"?")  # "Tỉnh đoàn trao Bằng khen, Sở A trao Giấy khen cho em B"


def share_right(found: list[AwardFound], index: dict[int, int], symbols: str) -> None:
    """ "tặng Cờ và Bằng khen của UBND tỉnh cho A": the first award has the recipients, and the giver, of the second."""
    for one, two in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        between = symbols[index[id(one.award)] + 1 : index[id(two.award)]]
        for_units = one.award.entry.fields["recipient_kinds"] == "unit"
        if for_units and two.recipients and all(r.kind == "person" for r in two.recipients):
            continue  # "được tặng Cờ thi đua, Bằng khen cho 2 cá nhân": no person gets a flag
        named = _NEXT_GIVES.fullmatch(between) and all(r.number is None for r in two.recipients)
        if not one.recipients and two.recipients and (named or re.fullmatch(r"[\"E]*[,v]*[w\"]?", between)):
            one.recipients, one.rule = two.recipients, "awards.recipient.shared"
            level = two.award.entry.fields["level"]
            if one.issuer is None and two.issuer is None and level and "|" not in level:
                one.issuer, one.issuer_inherited = Issuer((two.award.start, two.award.end), level), True  # "Bằng khen của UBND tỉnh"
            elif one.issuer is None:
                one.issuer, one.issuer_inherited = two.issuer, True
