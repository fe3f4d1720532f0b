"""Whether the words tell of an event that was held: a decision alone is no meeting."""

from __future__ import annotations

import re

from pipeline.extract.document import Document, Sentence
from pipeline.extract.meetings.features import CONFERENCE_OPENS
from pipeline.extract.meetings.kinds import HANDED_OVER, Kind, is_of_bloc
from pipeline.extract.story import Story

_CEREMONY_HELD = re.compile(r"(?:buổi lễ|lễ (?:trao|đón|công bố|kỉ niệm|tuyên dương|vinh danh)|hội nghị|tổ chức (?:lễ|trao|gặp))")
_HELD = re.compile(
    r"(?:tổ chức|hội nghị|diễn ra|họp|khai mạc|tiến hành|đại hội|tọa đàm|kí kết|tổng kết|sơ kết|kiểm tra|chấm điểm|giao"
    r" lưu|hội thao|về nguồn|báo công (?:dâng|với|về|trước)|(?:đoàn|đại biểu)[^.;:]{0,60} dâng (?:hương|hoa)"
    r"|(?:vừa|chính thức|lễ|đã) phát động"
    r"|(?:vừa|đã) (?:được )?(?:[^\s.,;]+ ){0,5}?kí(?= (?:giao ước|tại|vào|ngày|sáng|chiều)| ?[.,]))"
)
_VISITED = re.compile(r"(?:khối|cụm)(?: thi đua)?(?!\w)[^.;:]{0,80}? (?:đã|vừa) (?:đến |về )?(?:trao(?! đổi)|thăm|tặng|dâng)(?!\w)")
_AT_THE_GIVING = re.compile(
    r"(?<!\w)(?:tại|trong) (?:buổi (?:lễ|trao|gặp|tuyên dương|khen)|lễ (?:trao|tuyên dương|vinh danh|tôn vinh))(?!\w)"
)
_WHO_ATTENDS = re.compile(
    r"\W*(?:(?:cùng|đến|về|tham|tới) )?dự (?:và [^.;:]{3,30} )?(?:hội nghị|buổi lễ|lễ|đại hội)(?!\w)[^.;:]{0,90}? có(?!\w)"
    r"|\W*(?:cùng|đến|về|tham|tới) dự,? (?:còn )?có(?!\w)"
    r"|[^.;:]{10,400} (?:đã |cùng )*(?:đến|tới|về|tham) dự\.?$"  # "Ông A, Bí thư Huyện ủy, lãnh đạo các ngành đã đến dự."
)
# "Tại hội nghị, ...": the event that the title names without saying that it was held ("Cụm thi đua số 6 ký giao ước")
_DURING = re.compile(
    r"\W*(?:(?:cũng |ngay )?tại|kết thúc|trong khuôn khổ|phát biểu (?:[^\W\d_]+ ){0,2}tại)"
    r" (?:hội nghị|lễ kí|buổi (?:lễ|họp|kí)|cuộc họp)(?!\w)"
)
# "Bà Vi Thị Hợi - Trưởng ban Dân tộc tại hội nghị Khối thi đua": the words below the portrait of somebody, who was there one day
_PORTRAIT = re.compile(
    r"\W*(?:ông|bà|anh|chị|đồng chí|đ/c|cô|thầy) (?:(?!(?:dự|phát biểu|trao|tặng|chủ trì|trình bày|kết luận|nói|báo cáo)(?!\w))"
    r"[^.;:]){3,120}"
    r" tại (?:hội nghị|lễ|buổi lễ)(?!\w)[^.;:]{0,90}[^.;:\s]"
)
# "Khối thi đua số 5 ký giao ước năm 2024": a title that tells what the bloc did
_PLEDGES = re.compile(r"(?<!\w)(?:khối|cụm)(?!\w)[^.;:]{0,90} (?<!sẽ )(?<!chuẩn bị )(?<!kế hoạch )kí giao ước")
_NEAR = 6


# "Ngày 20/10, Thủ tướng ký quyết định tặng ...": the day of a decision, at which nothing is handed over
_HANDED_OVER = re.compile(
    r"(?<!\w)(?:trao(?! đổi)|lễ|tổ chức|gặp mặt|hội nghị|đón nhận|(?:(?<!ghi )|(?<=để ghi ))(?<!xác )(?<!công )(?<!thừa )nhận(?! định)"
    r"|đến|thăm|tuyên dương|vinh danh|diễn ra|khai mạc|công bố|gắn"
    r"|buổi|gặp gỡ)(?!\w)"
)


_HONOURED = re.compile(
    r"(?:đã|và|,|được) ?(?:khen thưởng|biểu dương|chúc mừng|tặng thưởng)(?!\w)"
    r"|khen thưởng (?:đột xuất|vào (?:sáng|chiều|ngày))|khen thưởng,(?:vào )?(?:sáng|trưa|chiều|tối|ngày)(?!\w)"
    r"|(?:sáng|chiều|tối) (?:ngày )?\d{1,2}[/.-]\d[\d/.-]* (?:đã|vừa) (?:tặng|khen thưởng|biểu dương)(?!\w)"
)
# "Sáng 19/6, Ban A đã tặng giấy khen": no decision is dated by a part of the day
_ON_A_MORNING = re.compile(r"\W*(?:[^,;.]{2,14}-)?(?:sáng|trưa|chiều|tối)(?: ngày| nay,?)? \(?\d[^.;]{6,200}? (?:tặng|khen thưởng)(?!\w)")
_HANDED_ON_A_DAY = re.compile(r"\W*(?:[^,;.]{2,14}-)?(?:sáng|trưa|chiều|tối) (?:ngày )?\(?\d[^.;]{3,200}? (?:đã|vừa) trao(?! đổi)(?!\w)")
_DECIDED = re.compile(r"quyết định|cho biết|cho hay|thông tin|phản hồi")


# "sẽ trao bằng khen", "ký quyết định tặng", "nhận tờ trình": to come, decided or asked for
_NOT_YET = re.compile(
    r"(?<!\w)(?:(?:sẽ|dự kiến)(?: [^\s,.;]+){0,7}|(?:quyết định|đề nghị|đề xuất|xem xét|về việc|trình)(?: (?:truy|việc|về|xét|được))*) $"
)
_RECEIVED = re.compile(r"nhận (?:được )?(?:tờ trình|hồ sơ|văn bản|công văn|thông tin|tin|báo cáo|đề nghị)(?!\w)")
_GIVEN_THAT_DAY = re.compile(
    r"\W*(?:vào |ngay )?(?:sáng|trưa|chiều|tối) cùng ngày(?!\w)[^.;]{0,200}?(?<!\w)(?:trao(?! đổi)|tặng|khen thưởng)(?!\w)"
)


def _handed_over(doc: Document, dated: Sentence) -> bool:
    """Whether the sentence of the day says that something was handed over, not that it will be."""
    for match in _HANDED_OVER.finditer(doc.key, dated.start, dated.end):
        to_come = _NOT_YET.search(doc.key, max(dated.start, match.start() - 60), match.start())
        if not to_come and not _RECEIVED.match(doc.key, match.start()):
            return True
    return False


_ARTICLE_ONE = re.compile(r"\W*(?:quyết định ?:? ?)?điều 1(?:[.:]| )(?:nay |tặng|công nhận|khen)")


def is_held(doc: Document, story: Story, kind: Kind, dated: Sentence | None) -> bool:
    """Whether the words tell of an event: one that has a day, which for awards must be that of handing over. A decree's text tells none."""
    if kind.name == "ceremony" and any(_ARTICLE_ONE.match(doc.key, s.start, s.end) for s in story.told):
        return False
    if dated and (kind.name != "ceremony" or _handed_over(doc, dated)):
        return True
    if dated and any(_GIVEN_THAT_DAY.match(doc.key, s.start, s.end) for s in story.told[:_NEAR]):
        return True
    if dated and _HONOURED.search(doc.key, dated.start, dated.end) and not _DECIDED.search(doc.key, dated.start, dated.end):
        return True
    if dated and _ON_A_MORNING.match(doc.key, dated.start, dated.end) and not _DECIDED.search(doc.key, dated.start, dated.end):
        return True
    return _tells_of_event(doc, story, kind)


def _begins_with_bloc(doc: Document, story: Story) -> bool:
    """Whether a text without a title begins with what a bloc of emulation is or does."""
    first = story.lead[:2]
    return any("thi đua" in doc.key[h.start : h.end] for s in first for h in doc.within("bloc_heads", s.start, s.end))


def _tells_of_event(doc: Document, story: Story, kind: Kind) -> bool:
    """Whether title or lead tell of something held, when no date says so: a decision alone is no meeting."""
    if kind.rule in ("meetings.kind.implied", "meetings.kind.given", HANDED_OVER):
        return True  # a conference or a ceremony that the text speaks of
    held = _CEREMONY_HELD if kind.name == "ceremony" else _HELD
    near = [s for s in [*story.heads, *story.lead[:2]] if not _PORTRAIT.fullmatch(doc.key, s.start, s.end)]
    told = (m for s in near if (m := held.search(doc.key, s.start, s.end)))
    if any(kind.name != "ceremony" or not _NOT_YET.search(doc.key, max(0, m.start() - 60), m.start()) for m in told):
        return True
    own = doc.sentence_at(kind.start)
    if kind.name != "ceremony" and own and CONFERENCE_OPENS.match(doc.key, own.start, own.end):
        return True  # "Hội nghị tổng kết đã suy tôn ...", whatever the first sentences tell of the year
    if kind.name == "social" and any(_VISITED.search(doc.key, s.start, s.end) for s in story.lead[:2]):
        return True
    if any(_WHO_ATTENDS.match(doc.key[s.start : s.end].rstrip()) for s in story.told[:_NEAR]):
        return True
    if any(_PLEDGES.search(doc.key, s.start, s.end) for s in story.heads):
        return True
    of_bloc = is_of_bloc(doc) and (story.heads or _begins_with_bloc(doc, story))
    if of_bloc and any(_DURING.match(doc.key, s.start, s.end) for s in story.told[:_NEAR]):
        return True
    if kind.name == "ceremony" and any(_HANDED_ON_A_DAY.match(doc.key, s.start, s.end) for s in story.lead[:2]):
        return True
    near = story.told if kind.rule == "meetings.kind.title" else story.told[:_NEAR]
    return kind.name == "ceremony" and any(_AT_THE_GIVING.search(doc.key, s.start, s.end) for s in near)
