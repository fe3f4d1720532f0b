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
from pipeline.extract.awards.bracketed import RULE as BRACKETS
from pipeline.extract.awards.bracketed import in_brackets
from pipeline.extract.awards.cells import RULE as CELL
from pipeline.extract.awards.cells import cell_of
from pipeline.extract.awards.forwards import read_list
from pipeline.extract.awards.givers import givers_before, issuer_after, issuer_before, issuer_by_decision
from pipeline.extract.awards.grades import grade_of, with_more_grades
from pipeline.extract.awards.headed import fill_from_lines, fill_from_next, heading_of, row_told
from pipeline.extract.awards.heads import with_heads
from pipeline.extract.awards.honours import name_honoured
from pipeline.extract.awards.levels import issuer_level, names_giver
from pipeline.extract.awards.lists import of_head
from pipeline.extract.awards.model import AwardFound, Clause, Issuer, Token, collapse, symbols_of
from pipeline.extract.awards.reach import reaching
from pipeline.extract.awards.recipients import recipients_of
from pipeline.extract.awards.shares import shares_of
from pipeline.extract.awards.status import status_of, unreal, verb_of
from pipeline.extract.awards.wider import widen
from pipeline.extract.awards.years import closing_year, year_of, years_in_turn
from pipeline.extract.document import Document
from pipeline.extract.found import Found, History
from pipeline.extract.symbols import Chunk, Chunks
from pipeline.patterns import begun


def find_awards(doc: Document, chunks: Chunks, parties: list[Found], history: History, before: list[AwardFound]) -> list[AwardFound]:
    """The awards of one sentence, left to right. `before` are those of earlier sentences, for subjects that are left out."""
    if "A" not in chunks.symbols:
        return []
    tokens = reaching(doc, without_asides(doc, widen(doc, collapse(chunks, parties))))
    symbols = symbols_of(tokens)
    clause = Clause()
    found: list[AwardFound] = []
    for i, token in enumerate(tokens):
        if (
            token.symbol == "E"
            and found
            and symbols[i - 1] not in 'A"('
            and not _FURTHER.search(symbols, 0, i)
            and (symbols[i + 1 : i + 2] in ("G", "N") or re.match(r":[UPN]", symbols[i + 1 :]))
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
            award.sentence = chunks.sentence
            fill_from_lines(doc, chunks.sentence, tokens, symbols, award, i)
            fill_from_next(doc, chunks.sentence, award)
            award.open_group = not award.recipients and award.status == "conferred" and _for_a_group(doc, tokens, i)
            name_honoured(doc, chunks.sentence, tokens, award, i)
            found += with_more_grades(doc, tokens, symbols, i, award)
            found += _second_giver(doc, tokens, symbols, i, award)
            found += _givers_before(doc, tokens, symbols, i, award)
    if len(found) > 1:
        index = {id(t.chunk): k for k, t in enumerate(tokens)}
        _share_right(found, index, symbols)
        _share_left(doc, found, index, symbols)
        _share_giver_left(found, index, symbols)
    years_in_turn(found)
    closing_year(doc, found, tokens, symbols)
    return [a for a in found if a.recipients or a.open_group]


_FURTHER = re.compile(r"A\"?E[,v]$")  # "Huân chương hạng Nhì, hạng Ba cho ...": a further grade, settled with the first
_GROUP = re.compile(r" (?:những|các|nhiều|một số|nhóm) (?:cá nhân|người|quần chúng|học sinh|sinh viên|thanh niên|ngư dân)(?!\w)")


def _for_a_group(doc: Document, tokens: list[Token], i: int) -> bool:
    """ "trao giấy khen cho những người dân có công": to persons not named here."""
    return any(t.symbol == "G" and _GROUP.match(doc.key, t.chunk.end) for t in tokens[i + 1 : i + 7])


_TWO_GIVERS = re.compile(r"w(?:O?U|OI|I)vw?(?P<two>O?U|OI|I)(?!w?[pfrb])(?=[,;.w\"]*(?:$|[,;w]|G))")
_ONE_MORE = re.compile(r"v(?P<two>O?U|OI|I)(?!w?[pfrb])(?=[.w\"]*$|[,;w]*G)")


def _second_giver(doc, tokens, symbols, i, award: AwardFound) -> list[AwardFound]:
    """ "Bằng khen của Tập đoàn X và Chủ tịch UBND tỉnh": two givers, two awards."""
    own = " của " in doc.key[tokens[i].chunk.start : tokens[i].chunk.end]  # "Bằng khen của Bộ" is one award by name
    match = (_ONE_MORE if own else _TWO_GIVERS).match(symbols, i + 1)
    if (
        not match
        or not (own or doc.key[tokens[i + 1].chunk.start : tokens[i + 1].chunk.end].endswith("của"))
        or award.rule == "awards.recipient.after_for"
        and symbols[match.end() : match.end() + 1] != "G"
    ):
        return []
    first, last = tokens[match.start("two")].chunk, tokens[match.end("two") - 1].chunk
    level = issuer_level(doc, first, last)
    if level is None or (award.issuer and award.issuer.level == level):
        return []
    giver = Issuer((first.start, last.end), level)
    return [replace(award, issuer=giver, issuer_inherited=False, rule="awards.giver.second")]


def _givers_before(doc, tokens, symbols, i, award: AwardFound) -> list[AwardFound]:
    """ "Tỉnh đoàn, UBND huyện A cũng tặng giấy khen cho em B": an award of each giver; of counts nobody says who gave how many."""
    if award.issuer is None or any(r.number for r in award.recipients):
        return []
    levels = {award.issuer.level}
    further = []
    for giver in givers_before(doc, tokens, symbols, symbols.rfind("A", 0, i) + 1, i):
        if giver.level not in levels:
            levels.add(giver.level)
            further.append(replace(award, issuer=giver, issuer_inherited=False, rule="awards.giver.second"))
    return further


def _graded(doc, chunks, tokens, symbols, i, clause, before: AwardFound) -> list[AwardFound]:
    """ "Huân chương Lao động hạng Nhì cho A, hạng Ba cho B": the grade alone stands for the award before."""
    recipients, end = read_list(doc, chunks, tokens, symbols, i + 1 + (symbols[i + 1] in "G:"))
    if not recipients:
        return []
    clause.boundary = max(end, i + 1)
    if before.grade is None:
        before.recipients = []  # "Huân chương Lao động: hạng Nhì cho A; hạng Ba cho B"
    return [replace(before, grade=tokens[i].chunk, recipients=recipients, rule="awards.grade.alone")]


_HONOURING = re.compile(r"(?:danh hiệu(?: vinh dự nhà nước| cao quí)?|tặng|công nhận|tuyên dương|\d) ?\"?(?:anh hùng )?$")
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


def _award(doc, chunks, tokens, symbols, i, clause, history, earlier) -> AwardFound | None:
    award = tokens[i].chunk
    start = _clause_start(tokens, symbols, clause.boundary, i)
    grade = grade_of(tokens, symbols, i)
    issuer, after = issuer_after(doc, tokens, symbols, i, grade)
    verb = verb_of(doc, chunks, tokens, symbols, start, i)
    named_level = names_giver(award.entry)
    own_issuer = issuer or (None if named_level else issuer_before(doc, tokens, symbols, start, i))
    status, status_span = status_of(doc, tokens, symbols, start, i, clause, verb)
    heading = heading_of(doc, chunks.sentence, tokens, i) if status is None or verb == "" and i <= 2 or _TO_GIVE.fullmatch(verb) else None
    cell, cell_rule = (cell_of(doc, chunks.sentence, tokens, symbols) if status is None else None), CELL
    if beside := in_brackets(doc, chunks.sentence, tokens, symbols, i, earlier):
        cell, cell_rule = beside, BRACKETS
    heading = heading or (cell[0] if cell else None)
    if heading:
        status, status_span = heading.status, heading.span
        own_issuer = own_issuer or (None if named_level else heading.issuer)
    elif status is None and (row := row_told(doc, chunks.sentence, tokens, symbols, i)):
        status, status_span = row.status, row.span
    elif status is None and earlier and _goes_on(doc, chunks.sentence, symbols, i, earlier[-1]):
        status, status_span = earlier[-1].status, earlier[-1].status_span
    if status is None or unreal(doc, chunks, tokens, symbols, i, start, status):
        clause.boundary = i + 1
        return None
    recipients, end, rule = recipients_of(doc, chunks, tokens, symbols, i, after, start, history, earlier)
    if cell and (not recipients or beside):
        recipients, rule = cell[1], cell_rule
    if "N" in symbols:
        recipients = shares_of(doc, tokens, symbols, i, recipients)
    for_body = award.entry.fields["recipient_kinds"] == "unit" or _FOR_BODY.search(symbols, start, i) is not None
    recipients = with_heads(doc, [of_head(doc, tokens, r, for_body) for r in recipients])
    inherited = own_issuer is None and clause.issuer is not None
    year = year_of(doc, tokens, symbols, i, end, start)
    if year is None and not re.search(r"[frpb]", symbols[start:i]) and not (issuer and symbols[start - 1 : start] == ";"):
        year = clause.year if clause.year and "(" not in doc.key[clause.year[1] - 5 : clause.year[1]] else None
        # "Cờ thi đua năm 2010 cho A, Bằng khen cho B", but each its own year in "Huân chương A (2006); Huân chương B"
    if year is None and earlier and _SAME_YEAR.match(doc.key, award.end):
        year = earlier[-1].year  # "trao Cờ thi đua năm 2009 cho A; Bằng khen cùng năm cho B"
    clause.year = year
    used = own_issuer or clause.issuer or (None if named_level else issuer_by_decision(doc, tokens, symbols, i))
    if used is None and not named_level and earlier and _next_line(doc, chunks.sentence, symbols[:i], earlier[-1]):
        used = earlier[-1].issuer or _by_name(earlier[-1])
    if inherited and award.entry.code == "CSTD_CS" and re.search("[pr]", symbols[start:i]):
        used, inherited = None, False  # "..., 5 cá nhân được đề nghị tặng Chiến sĩ thi đua cơ sở": its name says who gives it
    if inherited and _of_award_before(award, clause, earlier) and re.search("[UPN].*[pr]", symbols[start:i]):
        used, inherited = None, False  # "A được đề nghị tặng Cờ của ngành, B được đề nghị tặng Tập thể lao động xuất sắc"
    if inherited and used and award.entry.fields["level"] == "grassroots" and used.level in ("district", "commune", "sector"):
        inherited = False
    if own_issuer:
        clause.issuer = own_issuer
    elif award.entry.fields["level"] in ("government", "ministry", "province"):
        clause.issuer = Issuer((award.start, award.end), award.entry.fields["level"])
    clause.status, clause.status_span, clause.boundary = status, status_span, max(end, i + 1)
    return AwardFound(award, grade, used, inherited, recipients, status, status_span, year, rule)


_SAME_YEAR = re.compile(r"[^,;.]{0,4}cùng năm(?!\w)|[^,;.:]{0,60}(?:thành tích|kết quả|phong trào|công tác)[^,;.:]{0,20} cùng năm(?!\w)")


def _of_award_before(award: Chunk, clause: Clause, earlier: list[AwardFound]) -> bool:
    """Whether the giver at hand is told behind another award, and so of that one alone, and this award is a title that many may give."""
    title = award.entry.fields["category"].startswith("emulation_title")
    return title and bool(earlier) and clause.issuer.span[0] > earlier[-1].award.end


def _next_line(doc: Document, sentence, before: str, above: AwardFound) -> bool:
    """ "Quyết định tặng Cờ ... cho A;" and a line "Tặng Bằng khen cho ...": whoever gave what the line above tells of gives this."""
    if not re.fullmatch(r"-?w?f\"?", before) or above.sentence is None or above.status != "conferred":
        return False
    last = doc.sentences[doc.sentences.index(sentence) - 1]
    return above.sentence is last and doc.key[last.start : last.end].rstrip().endswith(";")


def _by_name(award: AwardFound) -> Issuer | None:
    level = award.award.entry.fields["level"]
    return Issuer((award.award.start, award.award.end), level) if level and "|" not in level else None


_COUNTS_ROW = re.compile(r"(?:N;)+N(?=w?(?:r|(?:O?U|OI|I|O)w?f))")  # "12 tập thể; 15 cá nhân được UBND tỉnh tặng"
_COUNTED_ROW = re.compile(r"Nd?w?(?:m:?|:)(?P<row>(?:[Td]*[UP](?:\([^()]*\))?[,v;]*)+)(?=w?[frpb])")


def _clause_start(tokens: list[Token], symbols: str, boundary: int, i: int) -> int:
    """Where the clause of an award begins: behind the last semicolon, save those of a row of as many names as its count says."""
    last = symbols.rfind(";", 0, i) + 1
    row = _COUNTED_ROW.search(symbols, boundary, i) if last > boundary and "N" in symbols[boundary:last] else None
    if row and row.start() < last <= row.end() and sum(s in "UP" for s in row["row"]) == sum(tokens[row.start()].chunk.numbers.values()):
        return row.start()
    if last > boundary and (counts := _COUNTS_ROW.search(symbols, boundary, i)) and counts.start() < last <= counts.end():
        return counts.start()
    return max(boundary, last)


_TO_GIVE = re.compile(r"[-w]?f")  # "- Tặng Cờ thi đua ...": the line's heading may say that it is asked for
_ROW_HEAD = re.compile(r"A[\"E]*(?:w?(?:O?U|OI|I|O))?G(?:[NUPT]|wU)")


def _goes_on(doc: Document, sentence, symbols: str, i: int, before: AwardFound) -> bool:
    """ "... cho 7 tập thể. Bằng khen của Thủ tướng cho 5 cá nhân.": a row of awards that a full stop parts."""
    if re.match(r"A[\"E]*(?:w?(?:O?U|OI|I))?:", symbols[i:]):
        return True  # a list under a verb of the sentence before
    if i > 0 or not _ROW_HEAD.match(symbols) or re.search(r"[frpb]", symbols):
        return False
    return before.sentence is doc.sentences[doc.sentences.index(sentence) - 1]


_HOW_MUCH = re.compile(begun("số lượng|tỉ lệ|tiêu chí|mức thưởng") + r"(?: \w+){0,2} \"?$")  # "tăng số lượng Bằng khen"


_FOR_BODY = re.compile(r"P[,-]?d[wUd]?r\"?$")  # "ông A, Hiệu trưởng Trường B, thay mặt tập thể đón nhận"


_OF_SUBJECT = ("awards.recipient.subject", "awards.recipient.named_before", "awards.recipient.listed_too", "awards.recipient.inside")


_FOR_MANY = re.compile(r" cho (?:các |nhiều )?(?:tập thể|cá nhân|đơn vị|cán bộ)(?!\w)")


def _share_left(doc: Document, found: list[AwardFound], index: dict[int, int], symbols) -> None:
    """ "Nhà trường được tặng Huân chương Lao động, Cờ thi đua của Chính phủ": the subject has all that is listed."""
    graded: set[int] = set()  # further grades and years of an award that the subject has
    for one, two in zip(found[:-1], found[1:], strict=True):
        named = [r for r in one.recipients if r.number is None]
        if one.recipients and not named and not two.recipients and _joined(one, two, index, symbols):
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
        rows = ":" in symbols[:a] and re.fullmatch(r"[EYOUI()w,v]*;[w,v;]*", symbols[a:b])  # "phần thưởng như: A; 01 B; 02 C"
        listed = re.fullmatch(r"[E\"YOUI()w,v]*", symbols[a:b]) or rows
        if _FOR_MANY.match(doc.key, two.award.end) or _for_persons(two) and all(r.unit for r in named):
            continue
        if len(words) >= 80 or not (passed_on or listed) or not re.search(r"[,v;]", symbols[a:b]):
            continue
        if not re.search(r"(?:nhiều|các|hàng|những) (?:\w+ )?\"?$" + ("" if rows or passed_on else "|[;.]"), words):
            two.recipients, two.rule = named, "awards.recipient.listed_too"


def _for_persons(award: AwardFound) -> bool:
    """Whether no unit can bear it: "Trường A đón nhận Huân chương Lao động và danh hiệu Nhà giáo ưu tú"."""
    return award.award.entry.fields["recipient_kinds"] == "person"


_PASSED_ON = re.compile(r"[E\"YUIw]*(?:\([^)]*\))?(?P<marks>[,v;]+)p*(?:O?U|OI|I|O)f[w\"]?")


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


def _share_giver_left(found: list[AwardFound], index: dict[int, int], symbols) -> None:
    """ "được trao Bằng khen và Kỷ niệm chương của Hội A": whose the second is, of that body is the first."""
    for one, two in zip(found[:-1], found[1:], strict=True):
        own = one.award.entry.fields
        given = two.issuer is not None and not two.issuer_inherited and two.issuer.span[0] > two.award.end
        if given and one.issuer is None and not own["level"] and own["bare"] != "Giấy khen" and _joined(one, two, index, symbols):
            one.issuer, one.issuer_inherited = two.issuer, True


def _share_right(found: list[AwardFound], index: dict[int, int], symbols) -> None:
    """ "tặng Cờ và Bằng khen của UBND tỉnh cho A": the first award has the recipients, and the giver, of the second."""
    for one, two in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        between = symbols[index[id(one.award)] + 1 : index[id(two.award)]]
        if not one.recipients and two.recipients and re.fullmatch(r"[\"E]*[,v]*[w\"]?", between):
            one.recipients, one.rule = two.recipients, "awards.recipient.shared"
            level = two.award.entry.fields["level"]
            if one.issuer is None and two.issuer is None and level and "|" not in level:
                one.issuer, one.issuer_inherited = Issuer((two.award.start, two.award.end), level), True  # "Bằng khen của UBND tỉnh"
            elif one.issuer is None:
                one.issuer, one.issuer_inherited = two.issuer, True
