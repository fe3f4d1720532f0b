"""Awards: which, by whom, to whom, proposed or conferred, for which year.

  "bầu chọn Sở Tài chính đề nghị Chính phủ tặng Cờ thi đua" - the subject receives; proposed
  "trao Bằng khen của Chủ tịch UBND tỉnh cho 03 đơn vị: A, B, C" - each name once; conferred
  "04 tập thể, 07 cá nhân được tặng Huân chương Lao động hạng Ba" - counts, by who receives
Refused: targets ("phấn đấu có 02 đơn vị đạt Cờ thi đua"), what was voted down, what is to be proposed one day, awards with
neither name nor number.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.awards.asides import without_asides
from pipeline.extract.awards.carried import OF_ALL, giver_of, year_before
from pipeline.extract.awards.givers import givers_before, issuer_after, issuer_before
from pipeline.extract.awards.givers.levels import issuer_level, names_giver
from pipeline.extract.awards.grades import grade_of, with_more_grades
from pipeline.extract.awards.honours import name_honoured
from pipeline.extract.awards.households import counted_holders
from pipeline.extract.awards.lines.bracketed import RULE as BRACKETS
from pipeline.extract.awards.lines.bracketed import take_over
from pipeline.extract.awards.lines.headed import fill_from_lines, fill_from_next
from pipeline.extract.awards.model import AwardFound, Clause, Issuer, Token, collapse, symbols_of
from pipeline.extract.awards.recipients import recipients_of
from pipeline.extract.awards.recipients.forwards import read_list
from pipeline.extract.awards.recipients.heads import with_heads
from pipeline.extract.awards.recipients.lists import of_heads
from pipeline.extract.awards.recipients.reach import reaching
from pipeline.extract.awards.recipients.shares import shares_of
from pipeline.extract.awards.recipients.wider import widen
from pipeline.extract.awards.said import said_of
from pipeline.extract.awards.shared import mark_vague, share_giver_left, share_left, share_right
from pipeline.extract.awards.status import unreal
from pipeline.extract.awards.years import closing_year, year_of, years_in_turn
from pipeline.extract.document import Document
from pipeline.extract.parties.found import Found, History
from pipeline.extract.symbols import Chunks
from pipeline.patterns import begun


def find_awards(doc: Document, chunks: Chunks, parties: list[Found], history: History, before: list[AwardFound]) -> list[AwardFound]:
    """The awards of one sentence, left to right. `before` are those of earlier sentences, for subjects that are left out."""
    if "A" not in chunks.symbols:
        return []
    tokens = counted_holders(doc, reaching(doc, without_asides(doc, widen(doc, collapse(doc, chunks, parties)))))
    symbols = symbols_of(tokens)
    clause = Clause()
    found: list[AwardFound] = []
    for i, token in enumerate(tokens):
        if (
            token.symbol == "E"
            and found
            and symbols[i - 1] not in 'A"('
            and not _FURTHER.search(symbols, 0, i)
            and _GRADE_TO.match(symbols, i + 1)
            and found[-1].award.entry.fields["grades"]
        ):
            found += _graded(doc, chunks, tokens, symbols, i, clause, found[-1])
            continue
        if token.symbol != "A" or token.chunk.entry.fields["category"] in ("not_an_award", "party_badge"):
            continue
        if _is_no_award(doc, chunks, tokens, i):
            continue
        award = _award(doc, chunks, tokens, symbols, i, clause, history, before + found)
        if award:
            _complete(doc, chunks, tokens, symbols, award, i, found)
            found += with_more_grades(doc, tokens, symbols, i, award)
            found += _second_giver(doc, tokens, symbols, i, award)
            found += _givers_before(doc, tokens, symbols, i, award)
    if len(found) > 1:
        index = {id(t.chunk): k for k, t in enumerate(tokens)}
        share_right(found, index, symbols)
        share_left(doc, found, index, symbols)
        share_giver_left(found, index, symbols)
    mark_vague(doc, found)
    years_in_turn(found)
    closing_year(doc, found, tokens, symbols)
    return [a for a in found if (a.recipients or a.open_group) and not a.vague]


def _complete(doc: Document, chunks: Chunks, tokens: list[Token], symbols: str, award: AwardFound, i: int, found: list[AwardFound]) -> None:
    """Who receives by the lines or the sentence below, by honours, by a bracket of its own."""
    award.sentence = chunks.sentence
    fill_from_lines(doc, chunks.sentence, tokens, symbols, award, i)
    fill_from_next(doc, chunks.sentence, award)
    award.open_group = not award.recipients and award.status == "conferred" and _for_a_group(doc, tokens, i)
    name_honoured(doc, chunks.sentence, tokens, award, i)
    if award.rule == BRACKETS:
        take_over(found, award)


_FURTHER = re.compile(r"A\"?w?E(?:[,v]+E)*[,v]+$")  # "Huân chương hạng Nhì, hạng Ba cho ...": a further grade, settled with the first
_GROUP = re.compile(r" (?:những|các|nhiều|một số|nhóm) (?:cá nhân|người|quần chúng|học sinh|sinh viên|thanh niên|ngư dân)(?!\w)")


def _for_a_group(doc: Document, tokens: list[Token], i: int) -> bool:
    """ "trao giấy khen cho những người dân có công": to persons not named here."""
    return any(t.symbol == "G" and _GROUP.match(doc.key, t.chunk.end) for t in tokens[i + 1 : i + 7])


_TWO_GIVERS = re.compile(r"w(?:O?U|OI|I)(?:,(?P<one>O?U|OI|I))?vw?(?P<two>O?U|OI|I)(?!w?[pfrb])(?=[,;.w\"]*(?:$|[,;w]|G))")
_ONE_MORE = re.compile(r"(?:,(?P<one>O?U|OI|I))?v(?:w(?=O?U|OI|I))?(?P<two>O?U|OI|I)(?!w?[pfrb])(?=[.w\"]*$|[,;w]*G)")


def _second_giver(doc: Document, tokens: list[Token], symbols: str, i: int, award: AwardFound) -> list[AwardFound]:
    """ "Bằng khen của Tập đoàn X và Chủ tịch UBND tỉnh", "của Bộ A, UBND tỉnh và Tỉnh đoàn": as many givers, as many awards."""
    own = " của " in doc.key[tokens[i].chunk.start : tokens[i].chunk.end]  # "Bằng khen của Bộ" is one award by name
    match = (_ONE_MORE if own else _TWO_GIVERS).match(symbols, i + 1)
    if (
        not match
        or not (own or doc.key[tokens[i + 1].chunk.start : tokens[i + 1].chunk.end].endswith("của"))
        or award.rule == "awards.recipient.after_for"
        and symbols[match.end() : match.end() + 1] != "G"
    ):
        return []
    if own and symbols[match.start("two") - 1] == "w" and not doc.key.endswith(" của ", 0, tokens[match.start("two")].chunk.start):
        return []
    levels = {award.issuer.level if award.issuer else award.award.entry.fields["level"] or None}
    further = []
    for name in ("one", "two"):
        if match[name]:
            first, last = tokens[match.start(name)].chunk, tokens[match.end(name) - 1].chunk
            level = issuer_level(doc, first, last)
            if level is not None and level not in levels:
                levels.add(level)
                giver = Issuer((first.start, last.end), level)
                further.append(replace(award, issuer=giver, issuer_inherited=False, rule="awards.giver.second"))
    return further


def _givers_before(doc: Document, tokens: list[Token], symbols: str, i: int, award: AwardFound) -> list[AwardFound]:
    """ "Tỉnh đoàn, UBND huyện A cũng tặng giấy khen cho em B": an award of each giver; of counts nobody says who gave how many."""
    if award.issuer is None:
        return []
    levels = {award.issuer.level}
    further = []
    givers = givers_before(doc, tokens, symbols, symbols.rfind("A", 0, i) + 1, i)
    if any(r.number for r in award.recipients):
        award.issuer = replace(award.issuer, level=None) if any(g.level not in levels for g in givers) else award.issuer
        return []
    for giver in givers:
        if giver.level not in levels:
            levels.add(giver.level)
            further.append(replace(award, issuer=giver, issuer_inherited=False, rule="awards.giver.second"))
    return further


_GRADE_TO = re.compile(r"[rf]{0,2}G|(?=N)|:(?=[UPN])")  # "hạng Nhì được trao cho A; hạng Ba | được trao cho | B"


def _graded(
    doc: Document, chunks: Chunks, tokens: list[Token], symbols: str, i: int, clause: Clause, before: AwardFound
) -> list[AwardFound]:
    """ "Huân chương Lao động hạng Nhì cho A, hạng Ba cho B": the grade alone stands for the award before."""
    recipients, end = read_list(doc, chunks, tokens, symbols, _GRADE_TO.match(symbols, i + 1).end())
    if not recipients:
        return []
    clause.boundary = max(end, i + 1)
    if before.grade is None:
        before.recipients = []  # "Huân chương Lao động: hạng Nhì cho A; hạng Ba cho B"
    return [replace(before, grade=tokens[i].chunk, recipients=recipients, rule="awards.grade.alone")]


_HONOURING = re.compile(
    r"(?:danh hiệu(?: vinh dự nhà nước| cao quí)?(?: như:?| gồm:?|:)?|tặng|công nhận|tuyên dương|\d) ?\"?(?:anh hùng )?$"
)
_OF_RULER = re.compile(r" (?:của|từ|do) (?:tổng thống|quốc vương|nữ hoàng|hoàng gia)(?!\w)")  # "bằng khen của Tổng thống A"
_MEDALS = re.compile(r"huy chương (?:vàng|bạc|đồng)(?:,| và| cùng) ?(?:\d+|một|hai|ba|bốn|năm) $")
_NOT_OURS = re.compile(begun("tổng thống|quốc vương|nữ hoàng|không có chuyện|tin đồn|thu hồi|tước", behind=""))


def _is_no_award(doc: Document, chunks: Chunks, tokens: list[Token], i: int) -> bool:
    """Titles borne by guests ("các Anh hùng Lao động"), prefixes of a name (NGƯT), and names of laws or criteria."""
    award = tokens[i].chunk
    before = doc.key[chunks.sentence.start : award.start]
    if _NOT_OURS.search(before) or _OF_RULER.match(doc.key, award.end) or _MEDALS.search(before[-40:]):
        return True  # honours of other countries, rumours, what was taken back; a contest's "1 huy chương vàng và 5 bằng khen"
    if award.entry.fields["category"] == "state_honour":
        verb = _HONOURING.search(doc.key, max(0, award.start - 36), award.start)
        joint = i > 1 and tokens[i - 1].symbol == "v" and tokens[i - 2].symbol == "A" and not _is_no_award(doc, chunks, tokens, i - 2)
        if not verb and joint and tokens[i - 2].chunk.entry.fields["category"] == "state_honour":
            return False  # "danh hiệu Anh hùng A và Anh hùng B"
        if not verb or verb[0].strip().isdigit() and not re.search(r"(?:tặng|phong|công nhận)(?!\w)[^;.]*$", before[-60:]):
            return True
    return (
        bool(re.match(r" ?\"?(?:lên cờ|trên)", doc.key[award.end : award.end + 10]))
        or "tiêu chuẩn" in doc.key[max(chunks.sentence.start, award.start - 40) : award.start]
        or bool(_HOW_MUCH.search(before))
    )


def _award(
    doc: Document, chunks: Chunks, tokens: list[Token], symbols: str, i: int, clause: Clause, history: History, earlier: list[AwardFound]
) -> AwardFound | None:
    award = tokens[i].chunk
    start = _clause_start(doc, tokens, symbols, clause.boundary, i)
    grade = grade_of(tokens, symbols, i)
    behind, after = issuer_after(doc, tokens, symbols, i, grade)
    named_level = names_giver(award.entry)
    own_issuer = behind or (None if named_level else issuer_before(doc, tokens, symbols, start, i))
    said = said_of(doc, chunks.sentence, tokens, symbols, start, i, clause, earlier)
    own_issuer = own_issuer or (None if named_level else said.issuer)
    if said.status is None or unreal(doc, chunks, tokens, symbols, i, start, said.status):
        clause.boundary = i + 1
        return None
    recipients, end, rule = recipients_of(doc, chunks, tokens, symbols, i, after, start, history, earlier)
    if said.cell is not None and (not recipients or said.in_brackets()):
        recipients, rule = said.cell, said.cell_rule
    if "N" in symbols:
        recipients = shares_of(doc, tokens, symbols, i, recipients)
    if rule == "awards.recipient.named_before" and award.entry.fields["recipient_kinds"] == "unit":
        recipients = [r for r in recipients if r.kind != "person"]  # "5 bác sĩ được ...; Công đoàn được tặng Cờ": no person gets a flag
    for_body = award.entry.fields["recipient_kinds"] == "unit" or _FOR_BODY.search(symbols, start, i) is not None
    recipients = with_heads(doc, of_heads(doc, tokens, recipients, for_body))
    year = year_of(doc, tokens, symbols, i, end, start) or year_before(doc, award, symbols, start, i, behind, clause, earlier)
    issuer, inherited = giver_of(doc, chunks.sentence, tokens, symbols, start, i, own_issuer, clause, earlier)
    if own_issuer:
        clause.issuer = own_issuer
    elif (level := award.entry.fields["level"]) in ("government", "ministry", "province"):
        front = issuer_before(doc, tokens, symbols, start, i) if named_level else None
        same = front is not None and front.level == level
        clause.issuer = front if same else Issuer((award.start, award.end), level, by_award=True)
    clause.status, clause.status_span, clause.boundary, clause.year = said.status, said.span, max(end, i + 1), year
    of_all = doc.key.startswith(OF_ALL, award.end)
    return AwardFound(award, grade, issuer, inherited, recipients, said.status, said.span, year, rule, in_passing=of_all)


_COUNTS_ROW = re.compile(r"(?:N;)+N(?=w?(?:r|(?:O?U|OI|I|O)w?f))")  # "12 tập thể; 15 cá nhân được UBND tỉnh tặng"
# "chọn 2 trường để trình khen, cụ thể: | A được đề nghị tặng Cờ, B ...": each with an award of its own
_ASKED_COUNT = re.compile(r"N(?=[^A:]*[pf])[wpfom,]+:(?=[Td]*[UP][wpf])")
_COUNTED_ROW = re.compile(r"Nd?w?(?:m:?|:)(?P<row>(?:[Td]*[UP](?:\([^()]*\))?[,v;]*)+)(?=w?[frpb])")


# "các đồng chí A - Giám đốc Sở B; C - Bí thư Huyện ủy D được tặng"
_PEOPLE_ROW = re.compile(r"P(?:[;,v]+P)+(?=w?(?:r|(?:O?U|OI|I|O)w?f))")
_SEVERAL = re.compile(r"(?:các|những) (?:đồng chí|đ/c|ông|bà|ông bà|ông, bà|anh|chị|em)[ :]*$")


def _clause_start(doc: Document, tokens: list[Token], symbols: str, boundary: int, i: int) -> int:
    """Where the clause of an award begins: behind the last semicolon, save those of a row of as many names as its count says."""
    boundary = min(boundary, i)  # a list whose bracket is never closed may have gone on beyond this award
    asked = _ASKED_COUNT.search(symbols, boundary, i) if "N" in symbols[boundary:i] else None
    boundary = asked.end() if asked else boundary
    last = symbols.rfind(";", 0, i) + 1
    row = _COUNTED_ROW.search(symbols, boundary, i) if last > boundary and "N" in symbols[boundary:last] else None
    if row and row.start() < last <= row.end() and sum(s in "UP" for s in row["row"]) == sum(tokens[row.start()].chunk.numbers.values()):
        return row.start()
    if last > boundary and (people := _people_row(doc, tokens, symbols, boundary, last, i)) is not None:
        return people
    if last > boundary and (counts := _COUNTS_ROW.search(symbols, boundary, i)) and counts.start() < last <= counts.end():
        return counts.start()
    return max(boundary, last)


def _people_row(doc: Document, tokens: list[Token], symbols: str, boundary: int, last: int, i: int) -> int | None:
    """Where "các đồng chí" open a row of persons that a semicolon parts, and that ends at the verb."""
    row = _PEOPLE_ROW.search(symbols, boundary, i)
    if not row or not row.start() < last <= row.end():
        return None
    at = tokens[row.start()].chunk.start
    alone = not symbols[: row.start()].strip("T")  # a sentence that begins with persons and their posts
    return row.start() if alone or _SEVERAL.search(doc.key, max(0, at - 24), at) else None


_HOW_MUCH = re.compile(begun("số lượng|tỉ lệ|tiêu chí|mức thưởng") + r"(?: \w+){0,2} \"?$")  # "tăng số lượng Bằng khen"


_FOR_BODY = re.compile(r"P[,-]?d[wUd]?r\"?$")  # "ông A, Hiệu trưởng Trường B, thay mặt tập thể đón nhận"
