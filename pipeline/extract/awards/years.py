"""The year of an award."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound, Token, clause_end
from pipeline.extract.document import Document, Sentence
from pipeline.patterns import begun


def year_of(doc: Document, tokens: list[Token], symbols: str, i: int, end: int, start: int) -> tuple[int, int, int] | None:
    """The year of the award: right behind it, behind its recipients, or before it in the same clause."""
    stop = clause_end(symbols, i)
    for k in range(i + 1, stop):
        if symbols[k - 1 : k + 2] in (",Yr", ",Yf") or symbols[k - 1 : k + 1] == "vf" or _OF_NEXT.match(symbols, k - 1):
            break  # "..., năm 2017 nhận ...", "và trao các hình thức khen thưởng năm 2017": of the next award
        if (
            symbols[k] == "Y"
            and not _of_role(tokens, symbols, k)
            and not _of_life(doc, symbols, tokens, k)
            and not _OF_MEETING.search(doc.key, tokens[i].chunk.end, tokens[k].chunk.start)
            and not _COMPARED.search(doc.key, tokens[i].chunk.end, tokens[k].chunk.start)
            and not _SINCE.match(doc.key, tokens[k].chunk.end)
        ):
            last = k + 2 if symbols[k + 1 : k + 3] == "wY" and _TO.fullmatch(doc.key, tokens[k].chunk.end, tokens[k + 2].chunk.start) else k
            return tokens[last].chunk.year, tokens[last].chunk.start, tokens[last].chunk.end
    bracket = _BESIDE_AWARD.match(symbols, start) if start else None
    beside = min(bracket.end(), i - 1) if bracket else start  # where the years of the award before end
    for k in range(i - 1, start - 1, -1):
        if (
            symbols[k] == "Y"
            and symbols[k - 1 : k] not in ("R", "B")
            and k >= beside
            and not _of_life(doc, symbols, tokens, k)
            and not re.search(r"(?<!\w)từ $", doc.key[max(0, tokens[k].chunk.start - 4) : tokens[k].chunk.start])
            and not _AHEAD.search(doc.key, max(0, tokens[k].chunk.start - 60), tokens[k].chunk.start)
        ):
            return tokens[k].chunk.year, tokens[k].chunk.start, tokens[k].chunk.end
    before = _TIME_BEFORE.match(doc.key, tokens[0].chunk.start) if "r" in symbols[start:i] and "p" not in symbols[start:i] else None
    return (int(before["year"]), *before.span("year")) if before else None


# "Trước đó, tháng 11/2023, trường được tặng": the time at which an award was given that is told in passing
_TIME_BEFORE = re.compile(
    r"\W*(?:trước (?:đó|đây)),? ?(?:vào |từ )?(?:ngày \d{1,2}[/.-]\d{1,2}[/.-]|tháng \d{1,2}(?:[/.-]| năm ))(?P<year>20\d\d)(?!\d)"
)


def _of_role(tokens: list[Token], symbols: str, k: int) -> bool:
    """ "được bầu làm Khối trưởng (trong) năm 2019": the year of the post."""
    if symbols[k - 1] == "R":
        return True
    return symbols[k - 2 : k] == "Rw" and tokens[k - 1].chunk.end - tokens[k - 1].chunk.start <= 8


_BESIDE_AWARD = re.compile(r"\"?E?\(Y(?:[,v]+[Yw])*\)[,v;]")  # "Cờ thi đua A (2018), Bằng khen B": of the award before


# "sinh năm 1990", "vào Đảng năm 1972", "thành lập năm 1999": a year of the life of whoever receives
_LIVED = re.compile(
    begun("sinh|nhập ngũ|xuất ngũ|nghỉ hưu|vào (?:đảng|nghề|ngành)|thành lập|ra đời|tái lập|khởi nghiệp|tốt nghiệp|ra trường|về hưu")
    + r"(?: \w+){0,2} ?$"
)


# "ký giao ước thi đua năm 2019", "thảo luận phương hướng công tác năm 2019": no year of what is voted on behind it
_AHEAD = re.compile(
    r"(?<!\w)(?:(?:phát động|giao ước|đăng kí|kí) thi đua|nhiệm vụ|sau|chủ đề|(?:thành lập|truyền thống)[^,;(]{0,14}\("
    r"|(?:phương hướng|(?<!thành )(?<!mức )kế hoạch)(?: \w+|, ?\w+){0,5}) ?$"
)
_AND_BEFORE = re.compile(r" (?:trở )?về trước(?!\w)")


def _of_life(doc: Document, symbols: str, tokens: list[Token], k: int) -> bool:
    """ "anh A (sinh năm 1990)", "em B (1999, xã C)", "Công ty C, thành lập năm 1999": no year of an award."""
    chunk = tokens[k].chunk
    if symbols[max(0, k - 2) : k + 2] == "P(Y," or _AND_BEFORE.match(doc.key, chunk.end) or doc.key.endswith(" trước ", 0, chunk.start):
        return True  # "hoạt động cách mạng trước năm 1935", "từ năm 1935 về trước"
    return _lived(doc, chunk.start)


def _lived(doc: Document, at: int) -> bool:
    return _LIVED.search(doc.key, max(0, at - 26), at) is not None


_OF_NEXT = re.compile(r",Y[wr]{0,2}(?:O?U|OI|I|O)f")  # "Cờ thi đua, năm 2017 được Chính phủ tặng Bằng khen"
_TO = re.compile(r" ?đến(?: hết)? ?")  # "từ năm 2016 đến hết năm 2018"
# "trao ... cho ông A tại Hội nghị tổng kết phong trào thi đua năm 2017": the year of what the meeting reviews
_OF_MEETING = re.compile(r"(?<!\w)tại (?:hội nghị|đại hội|lễ|buổi lễ) (?:tổng kết|sơ kết|kỉ niệm|triển khai|ra quân)(?!\w)")


_SINCE = re.compile(r" (?:đến|tới) nay(?!\w)")  # "liên tục đạt ... từ năm 2019 đến nay": no year of it


# "cho 40 công nhân, gấp 2 lần năm 2015": the year that the number is held against
_COMPARED = re.compile(r"(?:(?:gấp|(?<!đồng )bằng) [^,;.]{1,16}|(?:so với|hơn|kém|tăng|giảm|cùng kì)[^,;.]{0,30}) ?$")


def closing_year(doc: Document, found: list[AwardFound], tokens: list[Token], symbols: str) -> None:
    """A year at the end of the sentence ("về thành tích năm 2018") holds for all awards of the sentence without their own."""
    if not found:
        return
    _opening_year(found)
    last = found[-1]
    if last.year is None or last.rule == "awards.year.further":  # years of its own
        return
    if last.year[1] > last.award.start and re.search(
        r"(?:thành tích|phong trào|công tác|kết quả|nhiệm vụ|(?<!năm )học|trong|hoạt động)[^;]*$",
        doc.key[max(0, last.year[1] - 90) : last.year[1]],
    ):
        for award in found[:-1]:
            life = award.award.entry.fields["level"] == "state" or award.award.entry.fields["category"] == "commemorative"
            if award.year is None and award.status == last.status and not life:
                award.year = last.year


def _opening_year(found: list[AwardFound]) -> None:
    """A year before the first award ("năm 2016, Cụm đã bình chọn ...") holds for the others of its status."""
    first = found[0]
    if first.year is None or first.year[1] > first.award.start:
        return
    for award in found[1:]:
        if award.year is None and award.status == first.status:
            award.year = first.year


_ONE = r"(?:(?:19|20)\d\d ?- ?)?(?:19|20)\d\d(?![\d/-])"  # "2019", and a school year by both
_MORE = rf"(?:(?:, ?| và |; ?)(?:năm |năm học )?{_ONE})+"
_BEHIND = re.compile(rf"(?:năm:? ?(?:học )?|\(|năm (?:liền|liên tiếp|liên tục)[ :,]*){_ONE}{_MORE}")
_IN_FRONT = re.compile(
    rf"(?<!\w)(?:các |hai |ba |trong )*năm (?:học )?{_ONE}{_MORE}[ ,]"
    rf"|(?<!\w)năm (?:liền|liên tiếp|liên tục)[ :,]*(?:\((?:19|20)\d\d(?![\d/-]){_MORE}\)|(?:năm )?{_ONE}{_MORE}[ ,])"
)
_FOR_DEEDS = re.compile(r"(?<!\w)(?:thành tích|nhiệm vụ|công tác)(?!\w)[^,;.(]{0,50}$")  # "vì thành tích hai năm học A, B": one award
_FURTHER_YEARS = re.compile(rf"(?: ?; ?(?:năm (?:học )?)?{_ONE})+(?= ?(?:[,;.)]|$))")  # "năm học 2016-2017; 2018-2019"
_SPAN_IN_FRONT = re.compile(
    r"(?<!\w)từ (?:năm )?(?:19|20)\d\d ?(?:đến|-) ?(?:hết )?(?:năm )?(?P<last>(?:19|20)\d\d)(?![\d/-])[^,;.]{0,30}$"
)
_DIGITS = re.compile(r"(?:19|20)\d\d(?! ?-)")


def years_listed(doc: Document, award: AwardFound, start: int, stop: int) -> list[tuple[int, int, int]]:
    """ "Cờ thi đua của Chính phủ (năm 2011, năm 2013)", "các năm 2016, 2019 được tặng Cờ thi đua": every year of a list.

    The award's clause runs from `start` to `stop`. Where a year of its own stands behind an award, a row in front is of the award before.
    """
    name = award.award
    further = _FURTHER_YEARS.match(doc.key, stop)
    stop = further.end() if further else stop
    row = _BEHIND.search(doc.key, name.end, min(stop, name.end + 110)) or _IN_FRONT.search(doc.key, max(start, name.start - 90), name.start)
    if row is not None and row.re is _IN_FRONT and (_of_another(doc, row.start()) or _lived(doc, row.start())):
        return []
    if row is None and award.year is None and (span := _SPAN_IN_FRONT.search(doc.key, max(start, name.start - 60), name.start)):
        return [(int(span["last"]), span.start("last"), span.end("last"))]
    own = award.year is not None and award.year[1] > name.end
    if row is None or own and row.start() < name.start or row.end() > stop or re.search(r"[;.]\s", doc.key[name.end : row.start()]):
        return []
    years = [(int(m[0]), m.start(), m.end()) for m in _DIGITS.finditer(doc.key, *row.span())]
    return years[-1:] if _FOR_DEEDS.search(doc.key, name.end, row.start()) else years


def _of_another(doc: Document, row: int) -> bool:
    """ "Cờ thi đua năm 2013 và năm 2015, nhiều năm đạt danh hiệu ...": the row stands right behind the award before."""
    before = doc.within("awards", max(0, row - _FAR), row)
    return any(hit.end <= row and not _CLAUSE.search(doc.key, hit.end, row) for hit in before)


_FAR = 60
_CLAUSE = re.compile(r"[,;.:]")


def years_in_turn(found: list[AwardFound]) -> None:
    """ "Các năm 1998, 2004, 2011 được tặng Huân chương A hạng Ba, hạng Nhì và Huân chương B": one to each, as many orders as years."""
    copies = [a for a in found if a.rule == "awards.year.further"]
    kept = [a for a in found if a.rule != "awards.year.further"]
    if len(kept) < 2 or len(copies) != len(kept) - 1 or any(a.award.entry.fields["level"] != "state" for a in kept):
        return
    years = [kept[0].year, *(c.year for c in copies)]
    if all(c.award is kept[0].award for c in copies) and all(y and y[1] < kept[0].award.start for y in years):
        for award, year in zip(kept, years, strict=True):
            award.year = year
        found[:] = kept


_LEAD_YEAR = re.compile(
    r"(?:(?:vinh danh|tuyên dương|biểu dương|tôn vinh)[^.;]{4,90}?"
    r"|(?:khen thưởng|thành tích|danh hiệu|phong trào thi đua|công tác|trong|khen"
    r"|cờ thi đua|bằng khen|đóng góp|hoạt động|nghĩa vụ|nhiệm vụ)[^.;]{0,40}?)"
    r"(?:năm |năm học 20\d\d-|giai đoạn 20\d\d-)(?P<year>20\d\d)"
)


_OF_MONTHS = re.compile(r"^trong (?:\w+ tháng|quí \w+)(?: (?:đầu|cuối|của))? năm")  # "trong 6 tháng đầu năm 2018": when they were given
_PLANNED = re.compile(r"(?<!\w)(?:triển khai|phương hướng|kế hoạch)(?: \w+){0,2},? $")  # "triển khai nhiệm vụ năm 2021": a year to come
_UNTIL = re.compile(r" ?(?:đến|-)(?: hết)?(?: năm)? ?(?P<year>20\d\d)(?![\d/-])")
# "nhà trường đã được tặng Bằng khen năm 2018": what was got before is no heading
_HISTORY = re.compile(
    r"(?<!\w)(?:đã (?:từng |vinh dự )*(?:được|đón nhận|nhận)|từng được|được (?:nhà nước |chủ tịch nước )?phong tặng"
    r"|trước (?:đó|đây)|cũng (?:đã |từng )*được|còn (?:được|nhận|đón nhận)|nhiều (?:năm|lần)|vinh dự được"
    r"|\d+ (?:lần|năm (?:qua|liền))|liên tục)"
    r"(?!\w)[^.]{0,140}năm (?:học )?\d{4}"
)


def give_lead_year(doc: Document, found: list[AwardFound], lead: tuple[list[Sentence], list[Sentence]], kind: str | None) -> None:
    """At a ceremony the year that title or lead name for the awards holds for those without their own."""
    if kind != "ceremony":
        return
    heads, body = lead
    lead = [*heads, *(s for s in body[:3] if not _HISTORY.search(doc.key, s.start, s.end) and not _of_several_years(doc, s))]
    told = (m for s in lead for m in _LEAD_YEAR.finditer(doc.key, s.start, s.end))
    told = (m for m in told if not _OF_MONTHS.search(m[0]))
    match = next((m for m in told if not _PLANNED.search(doc.key, max(0, m.start() - 24), m.start())), None)
    if match is None:
        return
    told = _UNTIL.match(doc.key, match.end()) or match  # "từ năm 2013 đến năm 2017"
    for award in found:
        if award.year is None and award.status == "conferred" and not got_for_years(doc, award):
            award.year = (int(told["year"]), told.start("year"), told.end("year"))


_OF_YEAR = re.compile(r"(?:(?<!từ )năm |(?<=\d), ?|(?<=\d) và )(?P<year>20\d\d)(?![\d/-])")


def _of_several_years(doc: Document, sentence: Sentence) -> bool:
    """ "được tặng Bằng khen năm 2018, Huân chương năm 2020": each year is of its own award."""
    return len({m["year"] for m in _OF_YEAR.finditer(doc.key, sentence.start, sentence.end)}) > 1


_AT_HAND = re.compile(r"(?<!\w)(?:dịp này|nhân dịp|cũng tại|tại (?:hội nghị|đại hội|buổi|lễ|đây)|ngay tại|kết thúc hội nghị)(?!\w)")


def handed_over(doc: Document, found: AwardFound) -> bool:
    """Whether somebody hands the award over: "trao Huân chương ... cho ông A", "gắn Huân chương lên lá cờ"."""
    return found.status_span is not None and doc.key.startswith(("trao", "gắn"), found.status_span[0])


_CERTIFICATES = ("merit_certificate", "commendation_certificate")
_ON_THE_OCCASION = re.compile(r"\W*(?:cũng |ngay |trong )?(?:(?:nhân )?dịp n(?:à|gà)y|tại (?:hội nghị|buổi lễ|lễ))(?!\w)")


def on_the_occasion(doc: Document, found: AwardFound) -> bool:
    """ "Dịp này, UBND tỉnh tặng Bằng khen cho Sở A": a certificate given on the day of the meeting, nobody says what for."""
    certificate = found.award.entry.fields["category"] in _CERTIFICATES and found.status == "conferred" and found.sentence is not None
    return certificate and _ON_THE_OCCASION.match(doc.key, found.sentence.start) is not None


_FOR_YEARS = re.compile(
    r"(?<!\w)(?:(?:nhiều|hai|ba|bốn|năm|\d{1,2}) (?:năm|lần)(?: liền| liên tục| liên tiếp)?(?= )(?! qua| gần)"
    r"|(?P<once>từng)(?= (?:được|đạt|nhận|đón)))"
)


def got_for_years(doc: Document, found: AwardFound, counted: bool = False) -> bool:
    """ "Nhiều năm liền Sở A được tặng Cờ thi đua", "8 đơn vị từng được tặng Bằng khen": nobody says when; of counts "từng" alone."""
    if found.status != "conferred" or found.sentence is None:
        return False
    told = _FOR_YEARS.search(doc.key, max(found.sentence.start, found.award.start - 90), found.award.start)
    return told is not None and (not counted or told["once"] is not None)


def sum_half_year(doc: Document, found: list[AwardFound], kind: str | None) -> None:
    """Counts of awards that a half-year review tells of ("được tặng 8 Bằng khen"), and names in the same sentence, are of the half year.

    What it hands over is not.
    """
    if kind != "midyear_review":
        return
    counting = [a.sentence for a in found if any(r.number for r in a.recipients)]
    for award in found:
        told = award.status == "conferred" and award.year is None and award.award.entry.fields["bare"] != "Kỷ niệm chương"
        if not told or award.sentence is None or _AT_HAND.search(doc.key, award.sentence.start, award.award.start):
            continue
        if not handed_over(doc, award) and award.sentence in counting:
            award.summed = award.status_span or (award.award.start, award.award.end)


_IN_PERIOD = re.compile(
    begun(
        r"(?:trong|nửa|qua) (?:(?:6|sáu|9|chín) tháng|năm|kì|quí|đợt)(?! (?:qua )?\d{4})(?! học)|(?:6 tháng|nửa năm|năm) qua(?!\w)",
        behind="",
    )
)


def in_period(doc: Document, found: AwardFound) -> tuple[int, int] | None:
    """Where the sentence says that the award was given in the period under review ("trong 6 tháng", "năm qua")."""
    sentence = found.sentence
    match = _IN_PERIOD.search(doc.key, sentence.start, found.award.start) if sentence is not None else None
    return match.span() if match else None
