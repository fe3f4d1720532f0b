"""Whether an article is of the genre: an event or decision of emulation and commendation.

True when title or lead tell of a bloc's meeting, signing or games, of a council, a congress, or when a Vietnamese body gives,
decides or proposes a commendation as a part of what the article reports. A law explained, a course, a match or a contest is not, nor
are an award told in passing, one that another country gives, one that is taken back, and the talk about rules of awarding.
"""

from __future__ import annotations

import re

from pipeline.clean.look import judge_text
from pipeline.extract.abroad import given_by_another_country
from pipeline.extract.dates import BYGONE

_STRONG = re.compile(
    r"(?:khối|cụm) (?:thi đua|tđ)|giao ước thi đua|hội đồng (?:thi đua|tđkt)|đại hội thi đua|điển hình tiên tiến|(?:khối|cụm)"
    r" trưởng|trưởng (?:khối|cụm)"
)
TRAINING = re.compile(
    r"(?<!\w)(?:tập huấn|bồi dưỡng nghiệp vụ|hỏi đáp|hỏi-đáp|điểm mới (?:của|trong|về) (?:pháp )?luật|qui định mới|tìm hiểu luật"
    r"|góp ý dự thảo|dự thảo luật|luật sửa đổi|qui định về tiêu chuẩn|tiêu chuẩn xét tặng|thông tư hướng dẫn|nghị định qui định"
    r"|(?<!thi hành )(?<!thực hiện )luật thi đua)(?!\w)"
)


def looks_relevant(text: str) -> bool:
    """The cheap look at a text that is clean. Lets too much pass rather than too little."""
    return judge_text(text).startswith("passed")


def strong_evidence(key: str) -> bool:
    return bool(_STRONG.search(key))


def judge(doc, chunks, kind, found_awards):
    """The slot `relevant`, with the words that settle it (none for an article that is not)."""
    from pipeline.extract.meetings import lead_sentences

    heads, body = lead_sentences(doc)
    first = [*heads, *body[:3]]
    title = " ".join(doc.key[s.start : s.end] for s in heads) or (doc.key[body[0].start : body[0].end] if body else "")
    if TRAINING.search(title) and not re.search(r"(?:khối|cụm) thi đua", title):
        return doc.slot("relevance.no.training", value=False, inferred_from="a course or a law explained")
    if doc.key.find("hỏi", 0, top := _end_of_top(doc)) >= 0 and _ASKED.search(doc.key, 0, top):
        return doc.slot("relevance.no.training", value=False, inferred_from="a reader's question about the law")
    if _TAKEN_BACK.search(title):
        return doc.slot("relevance.no.dispute", value=False, inferred_from="the title tells of what is taken back or blamed")
    meeting = _meeting(doc, kind, heads, body, first, found_awards)
    if meeting:
        return meeting
    disputed = _DISPUTE.search(title) and not _HONOURS_FIRST.match(title) and not _decided_today(doc, body)
    if disputed or any(_DISPUTED.search(doc.key, s.start, s.end) for s in body[:2]):
        return doc.slot("relevance.no.dispute", value=False, inferred_from="the title tells of rules or quarrels")
    if given_by_another_country(doc, [*heads, *body[:2]]):
        return doc.slot("relevance.no.foreign", value=False, inferred_from="another country gives the award")
    for award in found_awards:
        if _awarding(doc, award, title, first):
            return doc.slot("relevance.yes.award", (award.award.start, award.award.end), value=True)
    commended = _commended(doc, title, heads)
    if commended:
        return doc.slot("relevance.yes.commended", commended, value=True)
    if given := _given_here(doc):
        return doc.slot("relevance.yes.given_here", given, value=True)
    return doc.slot("relevance.no.evidence", value=False, inferred_from="no bloc, council, congress or awarding in title and lead")


# "Ngày 3/4, Chủ tịch nước đã ký Quyết định phong tặng danh hiệu": the news itself, though the title asks what the honoured say
_DECIDED = re.compile(
    r"(?<!\w)(?:kí|ban hành|công bố|có|trao) (?:\w+ )?quyết định (?:\w+ ){0,3}?(?:phong tặng|truy tặng|tặng thưởng|tặng|trao tặng)(?!\w)"
)


def _decided_today(doc, body) -> bool:
    """Whether the first sentence tells of the day on which the honours were decided."""
    first = body[0] if body else None
    return first is not None and bool(_DAY_BEGINS.match(doc.key, first.start) and _DECIDED.search(doc.key, first.start, first.end))


def _end_of_top(doc) -> int:
    """Where the first sentences end in which a reader's question and its answer stand."""
    return doc.sentences[min(len(doc.sentences), _ASKING) - 1].end if doc.sentences else 0


# --- meetings ---------------------------------------------------------------------------------------------------------------

_MOVEMENT = re.compile(
    r"công tác thi đua|phong trào thi đua|(?<!vụ )(?<!ban )(?<!phòng )thi đua(?:,| và |-| )\s?khen thưởng|thi đua yêu nước"
    r"|danh hiệu thi đua"
)
# What is an event of the genre by its own words, whatever the title speaks of.
_OWN_EVENT = re.compile(
    r"(?:tổng kết|sơ kết|phát động|lễ phát động)[^.;]{0,40} (?:phong trào|đợt|đợt cao điểm|công tác) thi đua"
    r"|(?:phong trào|đợt) thi đua[^.;]{0,90} (?:được|đã|vừa)[^.;]{0,60} phát động"
    r"|(?:gặp mặt|giao lưu|biểu dương|tôn vinh|tuyên dương|hội nghị|vinh danh)[^.;]{0,20}"
    r" (?:điển hình (?:tiên tiến|tiêu biểu|xuất sắc)|gương điển hình|người tốt,? việc tốt)"
    r"|(?<!\w)do (?:ban|hội đồng) thi đua[^.;]{0,120} (?:tổ chức|bình chọn)(?! (?:tập huấn|lớp))"
    r"|(?<!\w)(?:lễ|mít tinh|gặp mặt|tổ chức)(?!\w)[^.;]{0,40} kỉ niệm[^.;]{0,70} (?:kêu gọi thi đua (?:ái quốc|yêu nước)"
    r"|truyền thống thi đua yêu nước)|(?<!\w)hội nghị biểu dương(?!\w)"
)


_BLOC_MEETS = re.compile(
    r"(?:khối|cụm) (?:thi đua|tđ) (?!trên|trong|của|và|do|theo)[^.;,:]{1,60}?(?<!\w)(?:họp|tiến hành"
    r"|tổ chức (?:họp|hội nghị|lễ|buổi|cuộc))(?!\w)"
)


def _meeting(doc, kind, heads, body, first, found_awards):
    """The slot of an article about a meeting of the genre; None for others."""
    text = " ".join(doc.key[s.start : s.end] for s in first)
    for sentence in first:
        match = _STRONG.search(doc.key, sentence.start, sentence.end)
        if match and kind is not None and ("thi đua" in text or "khen thưởng" in text):
            return doc.slot("relevance.yes.genre", match.span(), value=True)
        held = _BLOC_MEETS.search(doc.key, sentence.start, sentence.end)
        if held and not _UNREAL.search(doc.key, sentence.start, held.start()):
            return doc.slot("relevance.yes.genre", held.span(), value=True)
    if kind is not None and kind.name in ("council", "congress"):
        return doc.slot("relevance.yes.event", (kind.start, kind.end), value=True)
    if kind is not None and kind.name in ("annual_review", "midyear_review", "signing", "thematic", "inspection"):
        for sentence in [*heads, *(body[:2] if any(a.recipients for a in found_awards) else [])]:
            match = _MOVEMENT.search(doc.key, sentence.start, sentence.end)
            if match:
                return doc.slot("relevance.yes.review", match.span(), value=True)
    for sentence in [*heads, *body[:2]]:
        match = _OWN_EVENT.search(doc.key, sentence.start, sentence.end)
        if match and not _UNREAL.search(doc.key, sentence.start, match.start()) and not BYGONE.match(doc.key, sentence.start):
            return doc.slot("relevance.yes.event", match.span(), value=True)
    return None


# --- commendation -----------------------------------------------------------------------------------------------------------

_AWARD = (
    r"(?:huân chương|huy chương (?:vì|chiến sĩ|quân kì|hữu nghị|\"?tuổi trẻ)|bằng khen|giấy khen|thư khen|cờ thi đua|kỉ niệm chương"
    r"|huy hiệu|chiến sĩ thi đua|danh hiệu|anh hùng lao động|anh hùng lực lượng|bà mẹ việt nam anh hùng|mẹ việt nam anh hùng|nsnd|nsưt"
    r"|(?:nghệ sĩ|nhà giáo|thầy thuốc|nghệ nhân) (?:nhân dân|ưu tú)|phần thưởng cao quí)"
)
_GIVE = r"(?<!\w)(?:trao|tặng|truy tặng|tặng thưởng|đón nhận|nhận|phong tặng|phong|thưởng|vinh danh|tuyên dương|xét tặng|đề nghị)(?!\w)"
# "trao Huân chương", "tặng Bằng khen", "đón nhận danh hiệu Anh hùng Lao động": verb and award in one breath.
_COMMENDED = re.compile(rf"{_GIVE}[^.;:?]{{0,45}}{_AWARD}|(?<!\w)(?:gửi|có|nhận|viết) thư khen(?!\w)")
# "Tuyên dương 35 nhà giáo trẻ" in the title; the lead then tells of the event, of a decision or of the act.
_HONOUR_IN_TITLE = re.compile(
    rf"(?<!\w)(?:tuyên dương|khen thưởng|được khen|biểu dương|vinh danh|tôn vinh|thưởng nóng)(?!\w| là )|{_AWARD}"
)
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
_PAST = re.compile(
    r"(?<!\w)(?:từng|trước đó|năm (?:19|20)\d\d|đã có|nhiều lần|không|chưa|nếu|thu hồi|tước|muốn|giả mạo|bằng giả|bị|sẽ|tối đa"
    r"|nhớ lại|kỉ niệm(?= (?:\w+ ){0,4}được)|hồi tưởng|kí ức)(?!\w)[^.;]{0,60}$"
)
_UNREAL = re.compile(r"(?<!\w)(?:sẽ|kế hoạch|hướng tới|chuẩn bị|dự kiến)(?!\w)[^.;]{0,40}$")
_TAKEN_BACK = re.compile(
    r"(?<!\w)(?:thu hồi|tước|hủy|rút lại|trả lại) (?:\w+ ){0,3}?(?:huân|huy|bằng|giấy|danh hiệu|quyết định (?:khen|tặng)|kỉ niệm chương)"
    r"|(?<!\w)(?:bị|cắt|hạ|trừ)(?: \w+){0,3}? (?:bậc|điểm|danh hiệu) (?:khen thưởng|thi đua)(?!\w)"
    r"|(?<!\w)(?:bị|vẫn) (?:kỉ luật|cảnh cáo|khiển trách)(?!\w)"
)
_DISPUTE = re.compile(
    r"(?<!\w)(?:bất cập|tranh cãi|dự thảo|quy chế|qui chế|tiền thưởng|mức thưởng|lừa|giả mạo|có nên|tranh luận|phản hồi|giải trình"
    r"|băn khoăn|sai sai|xin lỗi|bị tố|dư luận|không có chuyện|nói gì|đề xuất (?:tăng|bỏ|giảm)|câu trả lời"
    r"|(?:nói|chia sẻ|tiết lộ|trải lòng|tâm sự|bật mí) (?:về|chuyện)"
    r"|chấn chỉnh|(?:chỉ|mới|không|đừng|chưa) nên)(?!\w)"
)
# "Khen thưởng tổ công tác phá đường dây lừa đảo": the quarrel or fraud is what the honoured have ended
_HONOURS_FIRST = re.compile(
    r"\W*(?:khen thưởng|biểu dương|tuyên dương|vinh danh|tôn vinh|thưởng nóng|trao (?:tặng )?(?:bằng|giấy|thư|huân|huy)"
    r"|tặng (?:bằng|giấy))(?!\w)"
)
# What is reported, explained or looked into about an award, instead of its giving.
_DISPUTED = re.compile(
    r"(?<!\w)dự thảo (?:nghị định|thông tư|luật|qui định|sửa đổi)(?!\w)"
    r"|liên quan (?:đến|tới) việc (?:tặng|trao|phong|xét)|gây tranh cãi|báo cáo (?:sự|vụ) việc"
    r"|(?<!\w)(?:băn khoăn|bức xúc|bối rối|hoang mang) (?:vì|khi|về|trước|với)(?!\w)"
)
_ASKING = 8  # sentences
_ASKED = re.compile(
    r"hỏi: (?<!\S.....)[\s\S]{20,1500}?(?:^|\s)(?:trả lời|đáp|luật sư [^.:]{5,80}):"
    r"|(?<!\w)cho (?:tôi|em|mình) (?:được )?hỏi(?!\w)"
)
_MOURNED = re.compile(r"(?<!\w)(?:quốc tang|lễ tang|qua đời|từ trần|vĩnh biệt|truy điệu|kháng nghị|bị cáo)(?!\w)")
# "Trong những năm qua, bệnh viện luôn ...": who is portrayed so got awards long ago
_FOR_YEARS = re.compile(r"\W*(?:trong )?(?:những|nhiều|\d+) năm (?:qua|gần đây|trở lại đây|liền)")
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
_CONTEST = re.compile(r"(?<!\w)(?:thủ khoa|kì thi|cuộc thi|hội thi|olympic|thí sinh|liên hoan|giải báo chí|unesco|điểm cao|hoa hậu)(?!\w)")


def _commended(doc, title: str, heads) -> tuple[int, int] | None:
    """Where title or lead tell that somebody is commended."""
    running = [s for s in doc.sentences if s.region in ("lead", "body")]
    honoured = _HONOUR_IN_TITLE.search(title)
    if running and _TO_COME.search(doc.key, running[0].start, running[0].end) and not _act(doc, running[0]):
        return None
    portrait = bool(running and _FOR_YEARS.match(doc.key, running[0].start))
    for sentence in [*heads, *running[:_LEAD]]:
        match = _act(doc, sentence)
        if match and _MOURNED.search(title) and not doc.key.startswith("truy tặng", match[0]):
            continue
        if match and ((sentence.region != "body" and not portrait) or honoured or _TODAY.search(doc.key, sentence.start, match[0])):
            return match
    if honoured and any(_BY_AUTHORITY.search(doc.key, s.start, s.end) for s in running[:2]):
        return next(m.span() for s in heads if (m := _HONOUR_IN_TITLE.search(doc.key, s.start, s.end)))
    if (held := _honours_held(doc, title, running)) is not None:
        return held
    if (shown := _shown(doc, running)) is not None:
        return shown
    if honoured is None or _CONTEST.search(title) or any(_CONTEST.search(doc.key, s.start, s.end) for s in running[:2]):
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


def _honours_held(doc, title: str, running) -> tuple[int, int] | None:
    """Where the first sentences tell of a day on which somebody was honoured for his work or deed, whatever the title speaks of."""
    if _CONTEST.search(title) or any(_CONTEST.search(doc.key, s.start, s.end) for s in running[:2]):
        return None
    for sentence in running[:2]:
        held = _HONOURS_HELD.search(doc.key, sentence.start, sentence.end)
        if held and _DAY.search(doc.key, sentence.start, held.start()) and not _UNREAL.search(doc.key, sentence.start, held.start()):
            return held.span()
        praised = _PRAISED.search(doc.key, sentence.start, sentence.end)
        if praised and _DAY.search(doc.key, sentence.start, sentence.end) and not _PAST.search(doc.key, sentence.start, praised.start()):
            return praised.span()
    return None


def _shown(doc, running) -> tuple[int, int] | None:
    """Where a picture or a line of its own shows somebody being commended, when the text tells on which day it was."""
    shown = next((act for s in doc.sentences if _stands_alone(doc, s) and (act := _act(doc, s))), None)
    if shown is None:
        return None
    told = any((act := _act(doc, s)) and _DAY_BEGINS.match(doc.key, s.start, act[0]) for s in running)
    return shown if told else None


def _stands_alone(doc, sentence) -> bool:
    """Whether a sentence is a caption, or short and without a stop as captions and headings are."""
    words = doc.key[sentence.start : sentence.end].rstrip()
    return sentence.region == "caption" or (sentence.region in ("lead", "body") and len(words) < 90 and words[-1:].isalpha())


_DAY_BEGINS = re.compile(r"\W*(?:[^,;.]{2,14}-)?(?:(?:sáng|trưa|chiều|tối) |ngày )\(?\d")


# "Dịp này, Tỉnh đoàn tuyên dương 20 đoàn viên", "Tại hội nghị, Đảng ủy trao Giấy khen cho 3 tập thể": what ends a meeting about other work.
_HERE = re.compile(
    r"(?<!\w)(?:"
    rf"(?:nhân )?dịp n(?:à|gà)y,[^.;]{{0,90}}(?<!\w)(?:nhận|nhận được|đạt|đạt được|được tặng) {_AWARD}"
    r"|(?:hội nghị|đại hội|buổi lễ) (?:đã |cũng )?(?:(?!sẽ|dự kiến)[^.;:]{3,110} và )?"
    rf"(?:trao|tặng|trao tặng)(?: \d{{1,3}})? {_AWARD}|"
    r"(?:(?:nhân )?dịp n(?:à|gà)y|(?:cũng )?(?:tại|trong|kết thúc|bế mạc) (?:hội nghị|đại hội|buổi lễ|lễ|chương trình)[^.,;]{0,40}),"
    r"[^.;]{0,120}?(?<!\w)(?:trao|trao tặng|tặng|khen thưởng|tuyên dương|biểu dương|vinh danh|tôn vinh|công bố quyết định"
    rf" khen thưởng)(?!\w)[^.;]{{0,60}}?(?:{_AWARD}|khen thưởng|(?<![\d.,])\d{{1,3}} (?:tập thể|cá nhân|đơn vị|mô hình|gương|điển hình"
    r"|cán bộ|đoàn viên|hội viên|đảng viên)))"
)
_NOT_NOW = re.compile(r"(?<!\w)(?:sẽ|dự kiến|từng|trước đó|năm (?:19|20)\d\d|nhiều lần|không|chưa|nếu|muốn|bị|tối đa)(?!\w)")
_HELD = re.compile(
    r"(?<!\w)(?:tổ chức|diễn ra|khai mạc)(?!\w)[^.;]{0,60}(?<!\w)(?:hội nghị|đại hội|lễ|chương trình|tọa đàm)(?!\w)|hội nghị"
)


def _given_here(doc) -> tuple[int, int] | None:
    """Where a meeting that title or lead tells of ends with commendations."""
    running = [s for s in doc.sentences if s.region in ("lead", "body")]
    if not any(_HELD.search(doc.key, s.start, s.end) for s in running):
        return None
    found = ((s, m) for s in running if (m := _HERE.search(doc.key, s.start, s.end)))
    return next((m.span() for s, m in found if not _PAST.search(doc.key, s.start, m.start()) and not _NOT_NOW.search(m[0])), None)


def _act(doc, sentence) -> tuple[int, int] | None:
    match = _COMMENDED.search(doc.key, sentence.start, sentence.end)
    if match is None or _PAST.search(doc.key, sentence.start, match.start()):
        return None
    return match.span()


_HONOURED = re.compile(
    r"huân chương|bằng khen|cờ thi đua|khen thưởng|phần thưởng cao quí|danh hiệu (?:anh hùng|chiến sĩ thi đua|nhà giáo|thầy"
    r" thuốc|nghệ sĩ|nghệ nhân|\")|thầy thuốc (?:ưu tú|nhân dân)|nhà giáo (?:ưu tú|nhân dân)|kỉ niệm chương|chiến sĩ thi đua"
    r"|anh hùng lao động|anh hùng lực lượng|bà mẹ việt nam anh hùng|tuyên dương|vinh danh|tôn vinh"
)
_GIVEN_IN_LEAD = re.compile(
    r"(?:lễ|hội nghị|buổi|chương trình|gặp mặt)[^.;]{0,90}(?:trao|đón nhận|công bố|vinh danh|tuyên dương|khen thưởng)|(?:trao"
    r"|đón nhận|truy tặng|phong tặng|quyết định tặng|kí quyết định)[^.;]{0,60}(?:huân chương|bằng khen|cờ thi đua|danh hiệu"
    r"|khen thưởng|kỉ niệm chương)"
)
# An award that is handed over where the article is: "Dịp này, ...", "Tại buổi lễ ...", "thừa ủy quyền Chủ tịch nước trao ...".
_GIVEN_HERE = re.compile(r"(?<!\w)(?:nhân dịp này|dịp này|tại (?:buổi )?lễ|tại hội nghị|tại chương trình|thừa ủy quyền|thay mặt)(?!\w)")


def _awarding(doc, award, title, first) -> bool:
    """Whether giving awards is what the article is about: title or lead say so, and a giver of rank stands behind one."""
    level = award.award.entry.fields["level"]
    given = award.issuer.level if award.issuer else None
    if not {level, given} & {"state", "government", "ministry", "province", "bloc"} and "|" not in level:
        return False
    if _HONOURED.search(title):
        return True
    here = award.sentence is not None and award.status == "conferred" and not BYGONE.match(doc.key, award.sentence.start)
    if here and _GIVEN_HERE.search(doc.key, award.sentence.start, award.award.start):
        return True
    return any(_GIVEN_IN_LEAD.search(doc.key, s.start, s.end) for s in first)
