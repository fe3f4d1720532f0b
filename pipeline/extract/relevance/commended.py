"""Whether title or lead tell that somebody is commended, or a picture of the day shows it."""

from __future__ import annotations

import re

from pipeline.extract.document import Document, Sentence

AWARD = (
    r"(?:huân chương|huy chương (?:vì|chiến sĩ|quân kì|hữu nghị|\"?tuổi trẻ)|bằng khen|giấy khen|thư khen|cờ thi đua|kỉ niệm chương"
    r"|huy hiệu|chiến sĩ thi đua|danh hiệu|anh hùng lao động|anh hùng lực lượng|bà mẹ việt nam anh hùng|mẹ việt nam anh hùng|nsnd|nsưt"
    r"|(?:nghệ sĩ|nhà giáo|thầy thuốc|nghệ nhân) (?:nhân dân|ưu tú)|phần thưởng cao quí)"
)
_GIVE = (
    r"(?<!\w)(?:trao|tặng|truy tặng|tặng thưởng|đón nhận|đón(?= (?:bằng|huân|cờ|danh))|nhận|phong tặng|phong|thưởng"
    r"|vinh danh|tuyên dương|xét tặng|đề nghị)(?!\w)"
)
# "trao Huân chương", "tặng Bằng khen", "đón nhận danh hiệu Anh hùng Lao động": verb and award in one breath.
_COMMENDED = re.compile(rf"{_GIVE}[^.;:?]{{0,45}}{AWARD}|(?<!\w)(?:gửi|có|nhận|viết) thư khen(?!\w)")
# "Tuyên dương 35 nhà giáo trẻ" in the title; the lead then tells of the event, of a decision or of the act.
_HONOUR_IN_TITLE = re.compile(rf"(?<!\w)(?:tuyên dương|khen thưởng|được khen|biểu dương|vinh danh|tôn vinh|thưởng nóng)(?!\w| là )|{AWARD}")
_HONOURING = re.compile(
    r"(?:lễ|buổi|chương trình|hội nghị) (?:tuyên dương|khen thưởng|vinh danh|tôn vinh|trao thưởng|gặp mặt)"
    r"|(?:quyết định|gửi|trao|tặng|kí|công bố)[^.;:]{0,45} (?:khen thưởng|thư khen|thưởng nóng|bằng khen|giấy khen|huân chương|danh hiệu)"
    r"|(?:được|đã|vừa|tổ chức|tại (?:buổi )?lễ|tại hội nghị)(?:[^.;:]|\.(?! )){0,60} (?:khen thưởng|tuyên dương|vinh danh"
    r"|tôn vinh|biểu dương)(?!\w)"
    r"|(?<!\w)(?:đến|tới) (?:thăm|chúc mừng|động viên)[^.;:]{0,40}[ ,](?:khen thưởng|biểu dương|thưởng nóng)(?!\w)"
)
# Who tells of a day, or of what was just done, reports an event.
_TODAY = re.compile(
    r"(?:^|(?<=[ (]))(?:sáng|trưa|chiều|tối|ngày \d{1,2}"
    r"|(?:sáng|trưa|chiều|tối) (?:nay|qua|cùng ngày)|hôm nay|hôm qua|mới đây|vừa qua|vừa|tại (?:buổi )?lễ"
    r"|dịp này|nhân dịp|thừa ủy quyền|thay mặt)(?!\w)"
)
PAST = re.compile(
    r"(?<!\w)(?:từng|trước đó|năm (?:19|20)\d\d|đã có|nhiều lần|không|chưa|nếu|thu hồi|tước|muốn|giả mạo|bằng giả|bị|sẽ|tối đa"
    r"|nhớ lại|kỉ niệm(?= (?:\w+ ){0,4}được)|hồi tưởng|kí ức)(?!\w)[^.;]{0,60}$"
)
UNREAL = re.compile(r"(?<!\w)(?:sẽ|kế hoạch|hướng tới|chuẩn bị|dự kiến)(?!\w)[^.;]{0,40}$")
_ON_END = re.compile(r"\W*(?:nhiều|\d{1,2}) năm (?:liền|liên tục|liên tiếp)(?!\w)")
_MOURNED = re.compile(r"(?<!\w)(?:quốc tang|lễ tang|qua đời|từ trần|vĩnh biệt|truy điệu|kháng nghị|bị cáo)(?!\w)")
# "Trong những năm qua, bệnh viện luôn ...": who is portrayed so got awards long ago
# so who was founded once, and what a span of years has brought
_FOR_YEARS = re.compile(
    r"\W*(?:trong )?(?:những|nhiều|\d+) năm (?:qua|gần đây|trở lại đây|liền)"
    r"|\W*(?:trải )?qua (?:hơn |gần )?\d{1,3} năm(?! qua)"
    r"|\W*(?:trong )?giai đoạn (?:19|20)\d\d-(?:19|20)\d\d,"
    r"|[^.;:]{3,90} được thành lập (?:từ |vào )?(?:năm|ngày|tháng) "
)
# "Tháng tới sẽ vinh danh các nghệ nhân": what is announced
_TO_COME = re.compile(
    r"(?<!\w)(?:sẽ|dự kiến) (?:được )?(?:tổ chức )?(?:lễ )?(?:tuyên dương|vinh danh|tôn vinh|biểu dương|khen thưởng)(?!\w)"
)
_LEAD = 6  # sentences in which an article that gives an award says so
# "Khen thưởng 24 cá nhân", "Tuyên dương các ...": a title that says who is honoured; the act may be told far below.
_WHOM = re.compile(r"(?<!\w)(?:tuyên dương|khen thưởng|biểu dương|vinh danh|tôn vinh) (?:\d|hai|ba|các|những|hơn|gần)")
# "UBND tỉnh tổ chức Lễ tuyên dương học sinh giỏi": who honours is no school and no jury.
_BY_AUTHORITY = re.compile(
    r"(?:ubnd|ủy ban|tỉnh ủy|thành ủy|trung ương|tỉnh đoàn|thành đoàn|(?:bộ|sở) (?:giáo dục|gd))[^.;]{0,160} tổ chức"
    r" (?:chương trình|hội nghị|buổi )?"
    r"(?:gặp mặt|lễ)?,? ?"
    r"(?:tuyên dương|biểu dương|vinh danh|tôn vinh)(?!\w)"
)
# "Công đoàn ngành tổ chức biểu dương công nhân xuất sắc", "trường làm lễ khen thưởng em A có hành động đẹp"
_HONOURS_HELD = re.compile(
    r"(?<!\w)(?:tổ chức|làm|mở|dự)(?: (?:lễ|buổi|buổi lễ|hội nghị|chương trình))?"
    r"(?: gặp mặt,| gặp mặt và)? ?(?:biểu dương|tuyên dương|khen thưởng|tôn vinh|vinh danh)(?!\w)[^.;]{3,110}?"
    r"(?:xuất sắc|tiêu biểu|giỏi|thành tích|tập thể|hành động|dũng cảm|gương)(?!\w)"
)
# Prizes of exams and contests are none of the genre, though those who win are "tuyên dương".
CONTEST = re.compile(r"(?<!\w)(?:thủ khoa|kì thi|cuộc thi|hội thi|olympic|thí sinh|liên hoan|giải báo chí|unesco|điểm cao|hoa hậu)(?!\w)")


def commended(doc: Document, title: str, heads: list[Sentence]) -> tuple[int, int] | None:
    """Where title or lead tell that somebody is commended."""
    running = [s for s in doc.sentences if s.region in ("lead", "body")]
    honoured = _HONOUR_IN_TITLE.search(title)
    if running and _TO_COME.search(doc.key, running[0].start, running[0].end) and not act_of(doc, running[0]):
        return None
    portrait = bool(running and _FOR_YEARS.match(doc.key, running[0].start))
    for sentence in [*heads, *running[:_LEAD]]:
        match = act_of(doc, sentence)
        if match and _MOURNED.search(title) and not doc.key.startswith("truy tặng", match[0]):
            continue
        if match and ((sentence.region != "body" and not portrait) or honoured or _TODAY.search(doc.key, sentence.start, match[0])):
            return match
    if honoured and any(_BY_AUTHORITY.search(doc.key, s.start, s.end) for s in running[:2]):
        told = [m.span() for s in heads or running[:1] if (m := _HONOUR_IN_TITLE.search(doc.key, s.start, s.end))]
        if told:  # a title of two lines may tell it across both
            return told[0]
    if (held := _honours_held(doc, title, running)) is not None:
        return held
    if (shown := _shown(doc, running)) is not None:
        return shown
    if honoured is None or CONTEST.search(title) or any(CONTEST.search(doc.key, s.start, s.end) for s in running[:2]):
        return None
    support = running if _WHOM.search(title) else running[:_LEAD]
    if not any(_HONOURING.search(doc.key, s.start, s.end) for s in support):
        return None
    return next((m.span() for s in heads if (m := _HONOUR_IN_TITLE.search(doc.key, s.start, s.end))), None)


# "Liên đoàn Lao động quận tuyên dương 12 tập thể, 30 cá nhân", "Xã A vừa tuyên dương ông B vì ...": told as done
_PRAISED = re.compile(
    r"(?<!\w)(?:tuyên dương|biểu dương|khen thưởng|tôn vinh|vinh danh)(?: cho)? \d{1,3} (?:tập thể|cá nhân|gương|điển hình)(?!\w)"
    r"|(?<!\w)vừa (?:tuyên dương|biểu dương|khen thưởng)(?: đột xuất)?(?: cho)? (?:ông|bà|anh|chị|em|cháu|nhóm|tài xế|chiến sĩ)(?!\w)"
)
_DAY = re.compile(r"(?<!\w)(?:sáng|trưa|chiều|tối|ngày \d{1,2}|vừa|mới đây|hôm (?:nay|qua))(?!\w)")  # also behind a comma or a paper's sign


def _honours_held(doc: Document, title: str, running: list[Sentence]) -> tuple[int, int] | None:
    """Where the first sentences tell of a day on which somebody was honoured for his work or deed, whatever the title speaks of."""
    if CONTEST.search(title) or any(CONTEST.search(doc.key, s.start, s.end) for s in running[:2]):
        return None
    for sentence in running[:2]:
        held = _HONOURS_HELD.search(doc.key, sentence.start, sentence.end)
        if held and _DAY.search(doc.key, sentence.start, held.start()) and not UNREAL.search(doc.key, sentence.start, held.start()):
            return held.span()
        praised = _PRAISED.search(doc.key, sentence.start, sentence.end)
        if praised and _DAY.search(doc.key, sentence.start, sentence.end) and not PAST.search(doc.key, sentence.start, praised.start()):
            return praised.span()
    return None


def _shown(doc: Document, running: list[Sentence]) -> tuple[int, int] | None:
    """Where a picture or a line of its own shows somebody being commended, when the text tells on which day it was."""
    shown = next((act for s in doc.sentences if stands_alone(doc, s) and (act := act_of(doc, s))), None)
    if shown is None:
        return None
    told = any((act := act_of(doc, s)) and DAY_BEGINS.match(doc.key, s.start, act[0]) for s in running)
    return shown if told else None


def stands_alone(doc: Document, sentence: Sentence) -> bool:
    """Whether a sentence is a caption, or short and without a stop as captions and headings are."""
    words = doc.key[sentence.start : sentence.end].rstrip()
    return sentence.region == "caption" or (sentence.region in ("lead", "body") and len(words) < 90 and words[-1:].isalpha())


DAY_BEGINS = re.compile(r"\W*(?:[^,;.]{2,14}-)?(?:(?:sáng|trưa|chiều|tối) (?:ngày )?|ngày )\(?\d")


_BORNE = re.compile(r",(?:người|đơn vị|nơi|vốn|cũng là người) (?:đã |cũng )?được(?!\w)")


def told_of_before(doc: Document, sentence: Sentence, at: int) -> bool:
    """ "giáo sư A, người được tặng Huân chương Lao động, vừa qua đời": what he got before says who he is."""
    return bool(_BORNE.search(doc.key, sentence.start, at))


def act_of(doc: Document, sentence: Sentence) -> tuple[int, int] | None:
    """Where a sentence tells of a commendation as of news, not as of something past."""
    match = _COMMENDED.search(doc.key, sentence.start, sentence.end)
    if match is None or PAST.search(doc.key, sentence.start, match.start()) or told_of_before(doc, sentence, match.start()):
        return None
    if _ON_END.match(doc.key, sentence.start) and not _TODAY.search(doc.key, sentence.start, match.start()):
        return None  # "Nhiều năm liền Hội dẫn đầu khối, được tặng Bằng khen năm 2019"
    return match.span()
