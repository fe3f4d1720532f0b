"""What a body has been given over the years, told in a row without a verb: in lines below a heading, or behind its colon.

"Nhà trường đã được tặng nhiều phần thưởng cao quý:" / "- Năm 2001: Huân chương Lao động hạng Ba;" / "- Năm 2010: Cờ thi đua của Bộ A"
"Những phần thưởng cao quý: Huân chương Lao động hạng Ba (2001), Cờ thi đua của Bộ A (2010, 2013)"
Refused: targets, proposals, rows whose body nobody names, and lines that tell who gets the award.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.awards.givers.levels import issuer_level
from pipeline.extract.awards.model import AwardFound, Issuer, Recipient
from pipeline.extract.document import Document, Sentence
from pipeline.extract.parties.found import History
from pipeline.extract.symbols import Chunk, Chunks
from pipeline.extract.units import Unit

RULE = "awards.recipient.of_history"
_LEAST = 2  # awards
_FARTHEST = 20  # lines
_ORDERS = r"(?:phần thưởng|danh hiệu|hình thức khen thưởng)(?: thi đua)?(?: cao quí| vinh dự| tiêu biểu)*"
_HEADING = re.compile(
    rf" ?(?:[-+*] ?)?(?:(?:những|các|một số) {_ORDERS}(?!\w)[^.;:]{{0,70}}"
    rf"|(?:[^:;.]{{0,110}}[ ,])?(?P<verb>(?:đã |từng |vinh dự )*(?:được|đón nhận|nhận|đạt)) [^:;.]{{0,60}}?{_ORDERS}(?!\w)[^.;:]{{0,60}}"
    r"|(?:[^:;.]{0,110}[ ,])?(?P<given>(?:đã |từng |vinh dự )*được(?:[^:;.]{0,50})? (?:trao tặng|tặng thưởng|khen thưởng|tặng))) ?: ?"
)
_REFUSED = re.compile(
    r"(?<!\w)(?:sẽ|phấn đấu|đăng kí|chỉ tiêu|mục tiêu|đề nghị|trình|xét|bình chọn|suy tôn|tiêu chuẩn"
    r"|cá nhân|tập thể|ông|bà|anh|chị|em|cô|thầy|đồng chí|nghệ sĩ)(?!\w)"
)
# "- Năm 2001: Huân chương ...", "+ Cờ thi đua của Bộ A (2010)", "2015 - Bằng khen ..."
_LINE = re.compile(r"[-w]{0,2}(?:\(?Y\)?[:,-]{0,2})?w?[rf]{0,2}w?\"?(?=A)")
_OTHERS = re.compile(r"[UPNG]")
_GIVER = re.compile(r"\"?E?(?:w(?P<of>(?:O?U|OI|I))|(?P<by>(?:O?U|OI|I)))")
_YEAR = re.compile(r"(?<![\d/.])(?:(?:19|20)\d\d ?- ?)?(?P<year>(?:19|20)\d\d)(?![\d/]|\.\d)")
_BODY = re.compile(
    r"(?<!\w)(?P<head>nhà trường|trường|bệnh viện|công ti|tổng công ti|trung tâm|chi cục|chi nhánh|cục|sở|hội|viện|học viện|khoa|phòng"
    r"|ban|xã|phường|huyện|đảng bộ|nhà máy|báo|đài|đồn|trung đoàn|lữ đoàn|sư đoàn|liên đoàn|công đoàn|nhà hát|bảo tàng|thư viện"
    r"|hợp tác xã)(?!\w)"
)


def with_history(doc: Document, chunks: list[Chunks], history: History, found: list[AwardFound]) -> list[AwardFound]:
    """The awards of the article with those of such rows."""
    if len(doc.hits.get("awards", ())) <= _LEAST:
        return found
    read = {id(a.sentence) for a in found}
    for k, line in enumerate(chunks):
        heading = _heading(doc, line.sentence)
        owner = _owner(doc, line, heading, history, found) if heading else None
        if owner is None:
            continue
        row = _behind(doc, line, heading.end()) if "A" in line.symbols else _below(doc, chunks[k + 1 : k + 1 + _FARTHEST])
        row = [(c, part) for c, part in row if id(c.sentence) not in read]
        if len(row) >= _LEAST:
            found = found + [a for c, part in row for a in _read(doc, c, part, owner, heading)]
    return found


def _heading(doc: Document, sentence: Sentence) -> re.Match[str] | None:
    if sentence.region != "body" and sentence.region != "lead" or doc.key.find(":", sentence.start, sentence.end) < 0:
        return None
    told = _HEADING.match(doc.key, sentence.start, sentence.end)
    return told if told and not _REFUSED.search(told[0]) else None


def _owner(doc: Document, line: Chunks, heading: re.Match[str], history: History, found: list[AwardFound]) -> Unit | None:
    """The body that the heading names, in full or by its head; else the one that all other awards of the article went to."""
    verb = next((heading.start(g) for g in ("verb", "given") if heading[g]), heading.end())
    units = [c.unit for c in line.items if c.symbol == "U" and c.end <= verb]
    if len(units) == 1:
        return units[0]
    if units or any(c.symbol == "P" and c.end <= heading.end() for c in line.items):
        return None
    if body := next(reversed(list(_BODY.finditer(doc.key, heading.start(), heading.end()))), None):
        return history.last_with(body["head"], doc, heading.start(), aside=(heading.start(), heading.end()))
    got = {doc.key[r.unit.start : r.unit.end]: r.unit for a in found for r in a.recipients if r.unit is not None}
    named = [r for a in found for r in a.recipients]
    return next(iter(got.values())) if len(got) == 1 and all(r.unit is not None for r in named) else None


Part = tuple[int, int]  # the award's place in its line, and where its words end


def _behind(doc: Document, line: Chunks, start: int) -> list[tuple[Chunks, Part]]:
    """The awards behind the heading's colon, when nothing but givers and years stands between them."""
    at = [k for k, c in enumerate(line.items) if c.symbol == "A" and c.start >= start]
    parts = list(zip(at, [*at[1:], len(line.items)], strict=True))
    first = next((c.start for c in line.items if c.start >= start), 0)
    if not at or line[at[0]].start - first > 12 or any(_tells_more(line, *part) for part in parts):
        return []
    return [(line, part) for part in parts]


def _below(doc: Document, lines: list[Chunks]) -> list[tuple[Chunks, Part]]:
    """The award that each of the lines below begins with, up to the first that is no such line."""
    found = []
    for line in lines:
        begins = _LINE.match(line.symbols)
        if begins is None or _tells_more(line, begins.end(), len(line.items)) or line.symbols.count("A") > 1:
            break
        found.append((line, (begins.end(), len(line.items))))
    return found


def _tells_more(line: Chunks, award: int, end: int) -> bool:
    """Whether somebody gets the award, or more is told of it than who gives it and when."""
    giver = _GIVER.match(line.symbols, award + 1)
    return _OTHERS.search(line.symbols, giver.end() if giver else award + 1, end) is not None


def _read(doc: Document, line: Chunks, part: Part, owner: Unit, heading: re.Match[str]) -> list[AwardFound]:
    """The award, once for each year told with it."""
    award: Chunk = line[part[0]]
    grade = next((line[k] for k in range(part[0] + 1, min(part[0] + 3, part[1])) if line.symbols[k] == "E"), None)
    giver = _GIVER.match(line.symbols, part[0] + 1)
    issuer = None
    if giver and (giver["of"] or giver["by"]):
        first, last = line[giver.start("of" if giver["of"] else "by")], line[giver.end() - 1]
        issuer = Issuer((first.start, last.end), issuer_level(doc, first, last))
    who = Recipient(part[0], unit=owner, kind="unit", inferred_from="the body whose history is told")
    one = AwardFound(
        award, grade, issuer, False, [who], "conferred", heading.span(heading.lastgroup or 0), None, RULE, sentence=line.sentence
    )
    begin = line.sentence.start if part[0] and "A" not in line.symbols[: part[0]] and heading.end() <= line.sentence.start else award.end
    end = line[part[1]].start if part[1] < len(line.items) else line.sentence.end
    years = [(int(m["year"]), m.start(), m.end()) for m in _YEAR.finditer(doc.key, begin, end)]
    return [replace(one, year=year) for year in years] or [one]
