"""Grades of an order: further grades of one award, and counts or names for each grade."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.awards.model import AwardFound, Recipient, Token, clause_end
from pipeline.extract.awards.recipients.lists import by_count, recipient_of
from pipeline.extract.awards.years import years_listed
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk

_BESIDE = re.compile(r"[\"w(]?E")


def grade_of(tokens: list[Token], symbols: str, i: int) -> Chunk | None:
    """The chunk of the grade beside the award `tokens[i]`: "Huân chương Lao động hạng Nhì"."""
    match = _BESIDE.match(symbols, i + 1)
    if match and (match[0] == "E" or tokens[i + 1].chunk.end - tokens[i + 1].chunk.start < 12):
        return tokens[match.end() - 1].chunk
    return None


_GRADED_COUNTS = re.compile(
    r"(?: các (?:hạng|loại))?(?: ?\(|,? ?(?:trong đó|(?:bao )?gồm)(?: có)?:? ?)"
    r"(?:(?:gồm |có |gồm có )?\d{1,3} (?:huân chương )?hạng (?:nhất|nhì|ba)(?:,| và|;)? ?)+"
    r"(?:\)|(?=[.; ]|$|\w))"
)
_GRADED_COUNT = re.compile(r"(?P<number>\d{1,3}) (?:huân chương )?hạng (?P<grade>nhất|nhì|ba)")
# "(hạng Nhất 1, hạng Nhì: 3 trường hợp, hạng Ba 8)"
_COUNT_OF_GRADE = re.compile(r"hạng (?P<grade>nhất|nhì|ba):? (?P<number>\d{1,3})(?: trường hợp| huân chương)?(?=[,;)]| và)")
_COUNTS_OF_GRADES = re.compile(r" ?\((?:" + re.sub(r"\?P<\w+>", "?:", _COUNT_OF_GRADE.pattern) + r"(?:[,;]| và)? ?){2,}\)")
_BEHIND_TOTAL = re.compile(r": ?\d{1,4}" + _COUNTS_OF_GRADES.pattern)  # "Huân chương Lao động: 14 (hạng Nhì 4, hạng Ba 10)"
_BARE_GRADES = re.compile(r"(?:(?:,| và) ?(?:nhất|nhì|ba)(?!\w))+")


# "trong đó: hạng Nhì 02 tập thể, hạng Ba 9 tập thể và 2 cá nhân"
_GRADE_ROW = re.compile(
    r"hạng (?P<grade>nhất|nhì|ba)(?P<row>:? ?(?:cho )?\d{1,3} (?:tập thể|cá nhân|đơn vị)(?: và \d{1,3} (?:tập thể|cá nhân))?)"
    r"[,;]?(?: và)? ?"
)
_COUNTED_GRADES = re.compile(
    r"(?: các hạng)?,? ?(?:\(|(?:trong đó|(?:bao )?gồm|cụ thể|chia ra)(?: có)?:? ?)(?P<rows>(?:"
    + re.sub(r"\?P<\w+>", "?:", _GRADE_ROW.pattern)
    + r"){2,})"
)
_ROW_COUNT = re.compile(r"(?P<number>\d{1,3}) (?P<who>tập thể|cá nhân|đơn vị)")


def _counted_grades(doc: Document, award: AwardFound) -> list[AwardFound]:
    """ "12 tập thể được tặng Huân chương Lao động, trong đó: hạng Nhì 04 tập thể, ...": the counts behind each grade."""
    split = _COUNTED_GRADES.match(doc.key, award.award.end) if award.grade is None else None
    return [
        replace(
            award,
            grade=Chunk("E", row.start(), row.end("grade"), text=row["grade"]),
            recipients=[
                Recipient(0, number=int(m["number"]), kind="person" if m["who"] == "cá nhân" else "unit", span=m.span())
                for m in _ROW_COUNT.finditer(doc.key, *row.span("row"))
            ],
            rule="awards.grade.split",
        )
        for row in (_GRADE_ROW.finditer(doc.key, *split.span("rows")) if split else ())
    ]


def _graded_counts(doc: Document, award: AwardFound) -> list[AwardFound]:
    """ "3 tập thể được tặng Huân chương Lao động (1 hạng Nhì, 2 hạng Ba)": a count for each grade."""
    whole, one = (_GRADED_COUNTS, _GRADED_COUNT) if award.grade is None else (_COUNTS_OF_GRADES, _COUNT_OF_GRADE)
    split = whole.match(doc.key, award.award.end)
    if split is None and award.grade is None and (split := _BEHIND_TOTAL.match(doc.key, award.award.end)):
        one = _COUNT_OF_GRADE
    if not split:
        return []
    kind = award.recipients[0].kind if award.recipients else None
    return [
        replace(
            award,
            grade=Chunk("E", piece.start("grade") - 5, piece.end(), text=piece["grade"]),
            recipients=[Recipient(0, number=int(piece["number"]), kind=kind, span=piece.span("number"))],
            rule="awards.grade.split",
        )
        for piece in one.finditer(doc.key, split.start(), split.end())
    ]


def _bare_grades(doc: Document, award: AwardFound) -> list[AwardFound]:
    """ "Huân chương Độc lập hạng Nhất, Nhì, Ba": the further grades without "hạng"."""
    row = _BARE_GRADES.match(doc.key, award.grade.end) if award.grade is not None else None
    if not row:
        return []
    return [
        replace(award, grade=Chunk("E", word.start(), word.end(), text=word[0]), rule="awards.grade.further")
        for word in re.compile(r"nhất|nhì|ba").finditer(doc.key, row.start(), row.end())
    ]


_COUNTED = ("awards.recipient.count_before", "awards.recipient.after_for")
_FURTHER = re.compile(r"[,v](?P<grade>E)\(?(?P<year>Y?)")


def with_more_grades(doc: Document, tokens: list[Token], symbols: str, i: int, award: AwardFound) -> list[AwardFound]:
    """ "Huân chương Lao động hạng Ba năm 2008, hạng Nhì năm 2014", "(hạng Nhì: 2 tập thể; hạng Ba: 5 tập thể)"."""
    parts = _split_by_grade(tokens, symbols, i, award) or _graded_counts(doc, award) or _counted_grades(doc, award)
    if parts:
        return parts
    found = [award, *_bare_grades(doc, award)]
    at = i + 1
    for piece in _FURTHER.finditer(symbols[at : at + 16]):
        if "G" in symbols[at : at + piece.start()] or re.search(r"[A;UNP]", symbols[at : at + piece.start()]):
            break
        stated = _stated(tokens[at + piece.start("year")]) if piece["year"] else award.year
        found.append(replace(award, grade=tokens[at + piece.start("grade")].chunk, year=stated, rule="awards.grade.further"))
    stop = clause_end(symbols, i)
    first = max(symbols.rfind("A", 0, i), symbols.rfind(";", 0, i)) + 1
    years = years_listed(doc, award, tokens[first].chunk.start, tokens[stop - 1].chunk.end)
    if len(found) > 1:
        for one, year in zip(found, years, strict=True) if len(years) == len(found) else ():
            one.year = year  # "hạng Ba, hạng Nhì vào các năm 1998, 2004": one to each
        counted = award.recipients[0].number if len(award.recipients) == 1 and award.rule in _COUNTED else None
        each = award.rule == "awards.recipient.after_for" and [r for r in award.recipients if r.number is None]
        if each and len(each) == len(award.recipients) == len(found):
            for one, who in zip(found, each, strict=True):
                one.recipients = [who]  # "trao Huân chương hạng Nhì, hạng Ba cho A và B": one to each
        if counted == len(found):
            # "02 Huân chương hạng Nhì và hạng Ba": one of each
            return [replace(one, recipients=[replace(award.recipients[0], number=1)]) for one in found]
        return _of_whatever_grade(award, len(found)) or found
    if years:
        award.year = years[0]
        found += [replace(award, year=year, rule="awards.year.further") for year in years[1:]]
    return found


def _of_whatever_grade(award: AwardFound, grades: int) -> list[AwardFound]:
    """ "trao Huân chương hạng Nhì, hạng Ba cho 2 tập thể, 5 cá nhân": nobody says who got which."""
    who = award.recipients
    many = len(who) not in (1, grades) or any(r.number for r in who) and (len(who) > 1 or who[0].number > 1)
    return [replace(award, grade=None)] if many and award.rule == "awards.recipient.after_for" else []


def _stated(token: Token) -> tuple[int, int, int]:
    return token.chunk.year, token.chunk.start, token.chunk.end


_SPLIT = re.compile(r"[^A]*?\(w?(?P<split>E(?::[^)]*|G?N[EGNv:,;]*))\)")


def _split_by_grade(tokens: list[Token], symbols: str, i: int, award: AwardFound) -> list[AwardFound]:
    split = _SPLIT.match(symbols, i + 1) if award.grade is None else None
    if not split:
        return []
    at = split.start("split")
    return [
        replace(award, grade=tokens[at + piece.start()].chunk, recipients=_held_by(tokens[k]), rule="awards.grade.split")
        for piece in re.finditer(r"E[:G]?(?P<who>[^E]*)", symbols[at : split.end("split")])
        for k in range(at + piece.start("who"), at + piece.end("who"))
        if symbols[k] in "NUP"
    ]


def _held_by(token: Token) -> list[Recipient]:
    return by_count(token) if token.symbol == "N" else [recipient_of(token)]
