"""Reviews: of a year, of a half year or quarter, or of one movement or several years, which are thematic."""

from __future__ import annotations

import re

from pipeline.extract.document import Document, Sentence
from pipeline.extract.meetings.spans import HALF, NINE, QUARTER, SPAN, YEAR

REVIEWS = ("annual_review", "midyear_review")
_OF_BLOC = re.compile(r"(?<!\w)(?:khối|cụm)(?: thi đua| số)(?!\w)[^.;:]*$")
_BLOCS_VOTE = re.compile(r"họp bình xét (?:thi đua )?(?:của |tại )?(?:khối|cụm) thi đua(?!\w)")
# "tổng kết quý III", "đánh giá kết quả 9 tháng": no year is over
_LOOKED_BACK_ON = re.compile(
    r"(?:tổng kết|đánh giá|kiểm điểm|nhìn lại)(?:,đánh giá)?"
    r"(?: (?:kết quả|công tác|phong trào|hoạt động|thực hiện|giao ước|thi đua|khen thưởng)|,khen thưởng){0,8}(?: trong)?"
    r" (?:quí|học kì (?:i|1)|(?:6|06|sáu|9|09|chín) tháng)(?!\w)"
)
_TALKED_OVER = re.compile(
    r"giao ban(?!\w)[^.;:]{0,80}? (?:quí (?:iv|i{1,3}|[1-4])|(?:6|06|sáu|9|09|chín) tháng)(?!\w)"
)  # what a bloc calls its meeting
# "giao ban công tác hội năm 2025, triển khai nhiệm vụ năm 2026"
_TALKED_OVER_YEAR = re.compile(
    r"giao ban,?(?: và)? ?đánh giá [^.;:]{0,60} năm 20\d\d(?!\d)"
    r"|giao ban(?!\w)[^.;:]{0,80}? năm 20\d\d(?!\d)[^.;]{0,30}(?:nhiệm vụ|phương hướng|kế hoạch)[^.;]{0,30} năm 20\d\d(?!\d)"
)
_TERM = re.compile(r"(?<!\w)học kì (?:i|1)(?!\w)")
_SOME_YEARS = re.compile(r"(?:\d+|hai|ba|năm) năm (?!20)")
_ONE_THEME = re.compile(
    r"(?:cuộc vận động|đề án|chỉ thị|nghị quyết|chương trình|chuyên đề|phong trào (?!thi đua)|đợt (?:thi đua|cao điểm))"
)
# "tổng kết phong trào thi đua đặc biệt", "sơ kết đợt thi đua cao điểm": one short movement, in whatever year
_SPECIAL = re.compile(
    r"(?:sơ kết|tổng kết)(?:,sơ kết|,tổng kết| việc)? (?:phong trào|đợt) thi đua"
    r" (?:đặc biệt|cao điểm|nước rút|ngắn ngày|xây dựng(?! đảng)|chung (?:sức|tay))"
)
_LONG = re.compile(
    r"(?:\d+|hai|ba|bốn|năm|mười) năm (?:thực hiện|thi hành|triển khai|phong trào|xây dựng|công tác|\()|(?:^|\W)giai đoạn (?:19|20)\d\d"
)
# "tổng kết, biểu dương gương sáng trong phong trào X, giai đoạn 2008-2013", "tổng kết 10 năm học tập"
_YEARS_OF_ONE = re.compile(
    r"tổng kết(?:[^.;\d]{0,90} (?:phong trào|cuộc vận động|đề án|chương trình|chỉ thị|nghị quyết) [^.;]{0,110},? ?giai đoạn (?:19|20)\d\d"
    r"|(?: công tác| hoạt động| kết quả)? (?:\d{1,2}|hai|ba|bốn|năm|mười|hai mươi) năm (?!20|học))"
)
_MOVEMENT = re.compile(
    r"tổng kết (?:cuộc vận động|đề án|dự án|chiến dịch|chương trình|hội thi|cuộc thi|chỉ thị|chuyên đề|phong trào thi đua \"|phong trào \""
    r"|đợt thi đua)"
)


# "hội nghị biểu dương công nhân giỏi": a ceremony, as against the conference of those who are exemplary
_PRAISE = re.compile(r"hội nghị biểu dương(?!(?:[^.;]{0,60})(?:điển hình|gương|người tốt|thi đua))")


def kind_of_words(doc: Document, name: str, at: int, sentence: Sentence) -> str:
    """The kind that a word has in its sentence: reviews of one movement or several years are thematic, those of half years are not."""
    if name == "congress" and _PRAISE.match(doc.key, at, sentence.end):
        return "ceremony"
    if name == "council" and "hội đồng" not in doc.key[sentence.start : sentence.end] and _is_of_bloc(doc, at, sentence):
        return "inspection"  # "Cụm thi đua số 3 họp xét thi đua": the bloc votes
    if name == "thematic" and doc.key.startswith("giao ban", at) and doc.within("bloc_heads", sentence.start, sentence.end):
        year = _TALKED_OVER_YEAR.match(doc.key, at, sentence.end)
        year = year or _looked_back(doc, at, sentence)
        return "midyear_review" if _TALKED_OVER.match(doc.key, at, sentence.end) else "annual_review" if year else name
    if name not in REVIEWS:
        return name
    rest = doc.key[at : min(sentence.end, at + 170)]
    if _SPECIAL.match(rest):
        return "thematic"
    part = HALF.search(rest) or QUARTER.search(rest) or NINE.search(rest) or _TERM.search(rest)
    if name == "midyear_review":
        long = SPAN.search(rest) or _SOME_YEARS.search(rest) or _ONE_THEME.search(rest[:60])
        return "thematic" if long and not part else name
    if _LOOKED_BACK_ON.match(rest):
        return "midyear_review"
    long = _LONG.search(rest[:110]) or _YEARS_OF_ONE.match(rest)
    yearly = YEAR.search(rest[:110]) and not long
    heads = ("title", "lead") if doc.within("bloc_heads", sentence.start, sentence.end) else ("title",)
    yearly = yearly or any(YEAR.search(doc.key, s.start, s.end) for s in doc.sentences if s.region in heads)
    movement = _MOVEMENT.match(rest) and not yearly and not part and "năm học" not in rest
    return "thematic" if long or movement else name


_TALKED_OVER_EMULATION = re.compile(r"giao ban (?:công tác |phong trào )?thi đua(?:,? ?(?:và )?khen thưởng)? năm (?P<year>20\d\d)(?![\d-])")


def _looked_back(doc: Document, at: int, sentence: Sentence) -> bool:
    """ "giao ban công tác thi đua năm 2015", where offices or tasks of the year after are told of further down."""
    told = _TALKED_OVER_EMULATION.match(doc.key, at, sentence.end)
    return told is not None and doc.key.find(f" năm {int(told['year']) + 1}", told.end()) > 0


def _is_of_bloc(doc: Document, at: int, sentence: Sentence) -> bool:
    return bool(_OF_BLOC.search(doc.key, sentence.start, at) or _BLOCS_VOTE.match(doc.key, at, sentence.end))


# "hội nghị tổng kết do UBND tỉnh tổ chức": what is reviewed is not said here
_NO_OBJECT = re.compile(r"tổng kết(?: (?:do|diễn ra|được|tại|sáng|chiều|ngày|vừa|đã|vào|có|với|dưới)(?!\w)| ?[,.;:]|\W*$)")
_THEME = re.compile(r"(?:phong trào|phong trào thi đua|cuộc vận động|đề án|chuyên đề) \"[^\"]+\"[^.;]{0,20}(?:giai đoạn|\d+ năm|\()")


def has_theme_before(doc: Document, at: int, before: list[Sentence]) -> bool:
    """Whether a review that does not say what it reviews stands after the name and years of one movement."""
    if not _NO_OBJECT.match(doc.key, at):
        return False
    return any(_THEME.search(doc.key, s.start, s.end) or _LONG.search(doc.key, s.start, s.end) for s in before)
