"""The year of an award by the deed or event that it rewards, where no year of achievement is named.

"tặng Bằng khen cho ông A vì đã cứu người trong vụ cháy ngày 12/9/2023" - the day of the deed
"Đây là những tập thể có thành tích năm 2019" behind the sentence that names them - that year
"Kết quả khen thưởng năm 2019:" over lines of giving - the year of the heading
"tặng Bằng khen cho các cầu thủ vì giành huy chương tại Cúp Sao Mai 2019" - the year in the name of a contest
Refused: years of documents, of meetings and of foundings; orders for a whole life's work.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.extract.awards.model import AwardFound
from pipeline.extract.document import Document
from pipeline.patterns import begun

_BECAUSE = re.compile(
    r"(?<!\w)(?:vì|do|về|nhờ|bởi|sau khi|thành tích|đã(?= (?:dũng cảm|kịp thời|nhanh trí|mưu trí|cứu|nhặt|phát hiện|trả lại)(?!\w)))(?!\w)"
)
_MONTH = r"tháng \d{1,2}(?:[/.-]| năm )"
_DAY = re.compile(rf"(?<!\w)(?:(?:ngày|sáng|chiều|tối|đêm|trưa) \d{{1,2}}[/.-]\d{{1,2}}[/.-]|{_MONTH})(?P<year>20[0-2]\d)(?!\d)")
# "Cúp Sao Mai 2016", "Kim Sua Open 2014": a year right behind a name; no decision, no number
_EVENT = re.compile(r"(?<![\w/])[A-ZĐ][\w.&'-]* (?P<year>20[0-2]\d)(?![\d/-]|[.,]\d)")
# "Trước đó, sáng 5/3/2019, anh A phát hiện ...", "vụ lật thuyền ngày 5/3/2019"
_BEFORE = re.compile(
    r"(?:^ ?trước đó[, ]+"
    r"|(?<!\w)(?:vụ (?!án )|(?:phá|triệt phá|triệt xóa) [^.;]{0,30}?(?:chuyên án|đường dây|vụ) )[^.;]{2,90}?)\(?(?:vào )?"
    r"(?:khoảng [^,.;]{2,20} )?"
    rf"(?:(?:ngày|sáng|chiều|tối|đêm|trưa)(?: ngày)? \d{{1,2}}[/.-]\d{{1,2}}[/.-]|{_MONTH})(?P<year>20[0-2]\d)(?!\d)"
)
_DEED = re.compile(r"cứu|(?<!\w)bắt |nhặt|phát hiện|cháy|đuối|cướp|trộm|ma túy|tai nạn|hung thủ|nghi phạm|lật|nạn nhân|dũng cảm|trả lại")
_WON = re.compile(r"vô địch|huy chương|giành|chiến thắng|cuộc thi|(?<!\w)giải |thi đấu")
_HEAD = 5  # sentences that tell what an article is about
_OTHER_DAY = re.compile(r"(?:quyết định|công văn|kế hoạch|nghị quyết|chỉ thị|thành lập|hội nghị|đại hội|số \S+|lễ)[^,;.]{0,60}$")
_FOR_LIFE = ("emulation_title", "state_honour", "commemorative", "badge")


def give_deed_years(doc: Document, found: list[AwardFound]) -> None:
    """Give awards without a year that of the deed which their own sentence tells."""
    open_ones = [a for a in found if a.year is None and a.status == "conferred" and a.sentence is not None and _for_deed(a)]
    for award in open_ones:
        award.year = _told_behind(doc, award)
    open_ones = [a for a in open_ones if a.year is None]
    year = _told_elsewhere(doc) if open_ones else None
    for award in open_ones:
        award.year = year


# "Kết quả công tác khen thưởng năm 2016 và 6 tháng đầu năm 2017" over lines of giving
_HEADING = re.compile(
    r"\W*(?:\d{1,2}[.)] ?|[ivx]+[.)] ?)?(?:về |kết quả |công tác |thành tích )*(?:thi đua, ?|thi đua và )?khen thưởng"
    r"(?: của [^.;:\d]{2,40})?(?: trong)? năm 20\d\d(?: và (?:6|sáu|9|chín) tháng(?: đầu)? năm 20\d\d)?\W*$"
)
_ITEM = re.compile(r"\W*[-+*•]")
_LAST_YEAR = re.compile(r"20\d\d(?=\D*$)")


def give_heading_years(doc: Document, found: list[AwardFound]) -> None:
    """Give what the lines below a heading tell of as conferred its last year."""
    for k, heading in enumerate(doc.sentences):
        text = doc.key[heading.start : heading.end]
        if "khen thưởng" not in text or not _HEADING.match(text):
            continue
        year = _LAST_YEAR.search(text)
        for sentence in doc.sentences[k + 1 :]:
            if not _ITEM.match(doc.key, sentence.start, sentence.end):
                break
            for award in found:
                if award.sentence == sentence and award.year is None and award.status == "conferred":
                    award.year = (int(year[0]), heading.start + year.start(), heading.start + year.end())


# "Đây là những tập thể, cá nhân có thành tích trong 3 năm (2011-2013)": told of all whom the sentence before names
_THOSE = re.compile(
    r"\W*đây (?:đều )?là (?:những |các )?(?:\d+ )?(?:tập thể|cá nhân|đơn vị|hộ|phần thưởng|sự ghi nhận)(?!\w)[^.;]{0,70}?"
    r" (?:thành tích|đóng góp|hoàn thành|làm tốt|vượt (?:khó|qua)|nỗ lực|tiêu biểu|xuất sắc|tích cực|thực hiện)(?!\w)[^.;]{0,60}?"
    r"(?:(?<![\d/])20\d\d ?(?:-|đến)(?: năm)? ?(?P<last>20\d\d)(?!\d)|năm (?P<year>20\d\d)(?![\d/-]| -| đến))"
)


def give_years_of_those(doc: Document, found: list[AwardFound]) -> None:
    """Give the awards of a sentence the year for which the next one says that they were won."""
    for before, sentence in pairwise(doc.sentences):
        those = _THOSE.match(doc.key, sentence.start, sentence.end)
        part = "year" if those and those["year"] else "last"
        for award in found if those else ():
            if award.sentence == before and award.year is None:
                award.year = (int(those[part]), *those.span(part))


# "Năm 2022, các trường đã ... . Với kết quả trên, Sở tặng Giấy khen": of the year that the sentence before begins with
_IN_YEAR = re.compile(r"\W*(?:trong )?năm (?:học 20\d\d ?- ?)?(?P<year>20\d\d)(?![\d/-])(?! ?-)")
_FOR_THIS = re.compile(
    r"\W*(?:(?:để )?ghi nhận|với|từ|nhờ|bằng) (?:những |các )?(?:\w+ ){0,2}?(?:thành tích|kết quả|đóng góp|nỗ lực|cố gắng)"
    r"(?: \w+){0,2} (?:đó|trên|ấy|này|nêu trên),"
)
_BEGAN = re.compile(begun("thành lập|ra đời|tái lập|nhậm chức|về nhận công tác"))


def give_years_before(doc: Document, found: list[AwardFound]) -> None:
    """Give what a sentence tells of a year, "Trong năm 2014, ...", that year; so what rewards "those results" of the sentence before."""
    for award in found:
        own = award.sentence if award.year is None and award.status == "conferred" else None
        told = _IN_YEAR.match(doc.key, own.start, own.end) if own else None
        if told and not _BEGAN.search(doc.key, own.start, own.end):
            award.year = (int(told["year"]), *told.span("year"))
    for before, sentence in pairwise(doc.sentences):
        this = _FOR_THIS.match(doc.key, sentence.start, sentence.end)
        told = _IN_YEAR.match(doc.key, before.start, before.end) if this and "\n" not in doc.raw(before.end, sentence.start) else None
        if told is None or _BEGAN.search(doc.key, before.start, before.end):
            continue
        for award in found:
            if award.sentence == sentence and award.year is None and award.status == "conferred":
                award.year = (int(told["year"]), *told.span("year"))


def _for_deed(award: AwardFound) -> bool:
    return not award.award.entry.fields["category"].startswith(_FOR_LIFE)


def _told_behind(doc: Document, award: AwardFound) -> tuple[int, int, int] | None:
    end = doc.key.find(";", award.award.end, award.sentence.end)
    end = award.sentence.end if end < 0 else end
    because = _BECAUSE.search(doc.key, award.award.end, end)
    if because is None:
        return None
    day = _DAY.search(doc.key, because.end(), end)
    told = day or _EVENT.search(doc.view, because.end(), end)
    if told is None or _OTHER_DAY.search(doc.key, because.start(), told.start()):
        return None
    return int(told["year"]), told.start("year"), told.end("year")


def _told_elsewhere(doc: Document) -> tuple[int, int, int] | None:
    """The one year of a deed told in a sentence of its own, or of a contest that the head of the article names."""
    told: dict[int, tuple[int, int, int]] = {}
    for k, sentence in enumerate(doc.sentences):
        text = doc.key[sentence.start : sentence.end]
        if "20" not in text or doc.within("awards", sentence.start, sentence.end) and k >= _HEAD:
            continue
        found = _BEFORE.search(text) if _DEED.search(text) else None
        if found is None and k < _HEAD and _WON.search(text):
            found = _EVENT.search(doc.view[sentence.start : sentence.end])
        if found:
            begin = sentence.start + found.start("year")
            told.setdefault(int(found["year"]), (int(found["year"]), begin, begin + 4))
    return next(iter(told.values())) if len(told) == 1 else None
