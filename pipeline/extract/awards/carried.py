"""What an award has from the one before it in a sentence, or in the line above: its giver and its year."""

from __future__ import annotations

import re

from pipeline.extract.awards.givers.decisions import issuer_above, issuer_by_decision
from pipeline.extract.awards.givers.levels import names_giver, tier_told
from pipeline.extract.awards.model import AwardFound, Clause, Issuer, Token
from pipeline.extract.document import Document, Sentence
from pipeline.extract.symbols import Chunk

Year = tuple[int, int, int]

_SAME_YEAR = re.compile(r"[^,;.]{0,4}cùng năm(?!\w)|[^,;.:]{0,60}(?:thành tích|kết quả|phong trào|công tác)[^,;.:]{0,20} cùng năm(?!\w)")


def year_before(
    doc: Document, award: Chunk, symbols: str, start: int, i: int, behind: Issuer | None, clause: Clause, earlier: list[AwardFound]
) -> Year | None:
    """The year of the award before: "Cờ thi đua năm 2010 cho A, Bằng khen cho B", but not in "Huân chương A (2006); Huân chương B".

    Of an order told with its year no other award has that year: "Huân chương A năm 2010, Bằng khen của Bộ B"; nor has what another gives:
    "Sở A được tặng Bằng khen của Thủ tướng năm 2016, Bằng khen của Bộ B".
    """
    another = re.search(r"[frpb]", symbols[start:i]) or (behind and symbols[start - 1 : start] == ";")
    another = another or _order_of(clause.year, earlier) or _got_before(award, behind, clause.year, earlier)
    year = None if another or not clause.year or "(" in doc.key[clause.year[1] - 5 : clause.year[1]] else clause.year
    if year is None and earlier and _SAME_YEAR.match(doc.key, award.end):
        return earlier[-1].year  # "trao Cờ thi đua năm 2009 cho A; Bằng khen cùng năm cho B"
    return year


def _got_before(award: Chunk, behind: Issuer | None, year: Year | None, earlier: list[AwardFound]) -> bool:
    """Whether the year stands behind what the subject got before, and the award at hand names a giver of its own."""
    own = behind is not None or names_giver(award.entry)
    before = earlier[-1] if own and year and earlier else None
    return (
        before is not None and before.award.end < year[1] and before.rule in ("awards.recipient.subject", "awards.recipient.named_before")
    )


def _order_of(year: Year | None, earlier: list[AwardFound]) -> bool:
    """Whether the year stands behind an order of the state, the award before."""
    before = earlier[-1].award if year and earlier else None
    return before is not None and before.entry.fields["level"] == "state" and before.end < year[1]


def giver_of(
    doc: Document,
    sentence: Sentence,
    tokens: list[Token],
    symbols: str,
    start: int,
    i: int,
    own: Issuer | None,
    clause: Clause,
    earlier: list[AwardFound],
) -> tuple[Issuer | None, bool]:
    """Who gives the award, and whether only the award before tells."""
    award = tokens[i].chunk
    named_level, verb = names_giver(award.entry), symbols[start:i]
    if own is None and doc.key.startswith(OF_ALL, award.end):
        return None, False  # "65 cá nhân được tặng Bằng khen các cấp"
    if own is None and not award.entry.fields["level"] and (tier := tier_told(doc, sentence.start, award.start)):
        return Issuer(*tier), False
    inherited = own is None and clause.issuer is not None
    issuer = own or clause.issuer or (None if named_level else issuer_by_decision(doc, tokens, symbols, i))
    if issuer is None and not award.entry.fields["level"]:
        issuer = issuer_above(doc, sentence, award)
    if issuer is None and not named_level and earlier and _next_line(doc, sentence, symbols[:i], earlier[-1]):
        issuer = earlier[-1].issuer or _by_name(earlier[-1])
    if inherited and not named_level and "r" in verb and (same := _of_its_name(sentence, award, issuer, earlier)):
        return same, False  # "trao Bằng khen của A và Giấy khen của B; trong đó 3 tập thể nhận Bằng khen"
    if inherited and award.entry.code == "CSTD_CS" and re.search("[pr]", verb):
        return None, False  # "..., 5 cá nhân được đề nghị tặng Chiến sĩ thi đua cơ sở": its name says who gives it
    if (
        inherited
        and "|" in award.entry.fields["level"]
        and (_COUNTED.match(symbols, i) or _COUNTED_BEFORE.search(verb))
        and _in_name_before(doc, award, clause, earlier)
    ):
        return None, False  # "Cờ thi đua của UBND tỉnh cho 4 tập thể; Tập thể lao động xuất sắc cho 20": a minister may give it, too
    if inherited and "|" in award.entry.fields["level"] and _is_collective(award) and _OWN_STATEMENT.search(verb):
        return None, False  # "A đề nghị UBND tỉnh tặng Cờ thi đua; B đề nghị công nhận Tập thể lao động xuất sắc"
    own_clause = "|" in award.entry.fields["level"] and symbols[start - 1 : start] == ";" and _OWN_PASSIVE.search(verb)
    if inherited and (own_clause or _of_award_before(award, clause, earlier) and re.search("r|[UPN].*p", verb)):
        return None, False  # "A được đề nghị tặng Cờ của ngành, B được đề nghị tặng Tập thể lao động xuất sắc", "... của ngành, đạt ..."
    if inherited and "|" in award.entry.fields["level"] and issuer.level not in award.entry.fields["level"].split("|"):
        return None, False  # no Prime Minister gives it
    if (
        inherited
        and award.entry.fields["bare"] == "Kỷ niệm chương"
        and "r" in verb
        and earlier
        and earlier[-1].award.entry.code != award.entry.code
    ):
        return None, False  # "A được UBND tỉnh tặng Bằng khen; 5 cán bộ nhận Kỷ niệm chương": others give it
    if inherited and award.entry.fields["bare"] == "Giấy khen" and _gives_no_letters(doc, issuer):
        return None, False  # "UBND tỉnh tặng Bằng khen cho ...; 20 cá nhân được tặng Giấy khen": others give it
    # the law lets these give it; but "Chiến sĩ thi đua cơ sở" in a list of what they give says its own level
    by_law = award.entry.fields["level"] == "grassroots" and award.entry.code != "CSTD_CS"
    by_title = inherited and issuer and by_law and issuer.level in ("district", "commune", "sector")
    return issuer, inherited and not by_title


def _of_its_name(sentence: Sentence, award: Chunk, last: Issuer, earlier: list[AwardFound]) -> Issuer | None:
    """Who gives the award of the same name that the sentence told before, where another has given the one in between."""
    told = [a for a in earlier if a.sentence is sentence and a.issuer and not a.issuer_inherited]
    if not told or told[-1].issuer is not last or told[-1].award.entry.fields["bare"] == award.entry.fields["bare"]:
        return None
    return next((a.issuer for a in reversed(told) if a.award.entry.fields["bare"] == award.entry.fields["bare"]), None)


OF_ALL = (" các cấp", " các loại", " của các cấp")
_OF_MINISTRY = re.compile(r"bộ (?!chỉ huy|tư lệnh)|(?:[^,;.]{0,40} )?của bộ (?!chỉ huy|tư lệnh)")


def _gives_no_letters(doc: Document, giver: Issuer) -> bool:
    """Whether a giver gives no Giấy khen: the state, a minister, a province."""
    by_level = giver.level in ("state", "government", "province")
    return by_level or giver.level == "ministry" and (giver.by_award or _OF_MINISTRY.match(doc.key, giver.span[0]) is not None)


_COUNTED = re.compile(r"A\"?:?[Gw]{0,2}N")
_COUNTED_BEFORE = re.compile(r"N[rw]{0,3}\"?$")
_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh|thành phố)(?!\w)")


_OWN_PASSIVE = re.compile("^[^fO]*r[^fO]*$")  # "A được UBND tỉnh tặng Bằng khen; 4 phòng đạt Tập thể lao động xuất sắc"
_OWN_STATEMENT = re.compile("[UP]w?p[^U]*$")
_GIVES = re.compile(r" (?:xét |quyết định )?(?:tặng|trao|công nhận|khen)(?!\w)")  # "đề nghị UBND tỉnh tặng ...": no part of a name


def _is_collective(award: Chunk) -> bool:
    return award.entry.fields["category"] == "emulation_title_collective"


def _in_name_before(doc: Document, award: Chunk, clause: Clause, earlier: list[AwardFound]) -> bool:
    """Whether the province gives by the name of another award alone, nothing in front tells of it, and this is a collective title."""
    if not _is_collective(award) or clause.issuer.level != "province" or not earlier or _GIVES.match(doc.key, clause.issuer.span[1]):
        return False
    sentence, first = earlier[-1].sentence, next(a.award for a in earlier if a.sentence is earlier[-1].sentence)
    behind = sentence.end > clause.issuer.span[0] >= first.start
    return behind and not _PROVINCE.search(doc.key, sentence.start, first.start)


def _of_award_before(award: Chunk, clause: Clause, earlier: list[AwardFound]) -> bool:
    """Whether the giver at hand is told behind another award, and so of that one alone, and this award is a title that many may give."""
    title = award.entry.fields["category"].startswith("emulation_title")
    return title and bool(earlier) and clause.issuer.span[0] > earlier[-1].award.end


def _next_line(doc: Document, sentence: Sentence, before: str, above: AwardFound) -> bool:
    """ "Quyết định tặng Cờ ... cho A;" and a line "Tặng Bằng khen cho ...": whoever gave what the line above tells of gives this.

    So behind a full stop, where the line above tells of a decision.
    """
    if not re.fullmatch(r"-?w?f\"?", before) or above.sentence is None or above.status != "conferred":
        return False
    last = doc.sentences[doc.sentences.index(sentence) - 1]
    decided = "quyết định" in doc.key[last.start : above.award.start] and above.issuer is not None and above.issuer.level == "province"
    return above.sentence is last and (decided or doc.key[last.start : last.end].rstrip().endswith(";"))


def _by_name(award: AwardFound) -> Issuer | None:
    level = award.award.entry.fields["level"]
    return Issuer((award.award.start, award.award.end), level, by_award=True) if level and "|" not in level else None
