"""Whether an article is of the genre: an event or decision of emulation and commendation.

True when title or lead tell of a bloc's meeting, signing, games or heads, of a council, a congress, or when a Vietnamese body gives,
decides or proposes a commendation as a part of what the article reports. A law explained, a course, a match or a contest is not, nor
are an award told in passing, one that another country gives, one that is taken back, and the talk about rules of awarding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.clean.look import judge_text
from pipeline.extract.awards.lines.roll import LEAST
from pipeline.extract.awards.lines.roll import RULE as OF_ROLL
from pipeline.extract.awards.model import AwardFound
from pipeline.extract.blocs import read_bloc
from pipeline.extract.dates import BYGONE, find_dates
from pipeline.extract.document import Document, Sentence
from pipeline.extract.leadership.decreed import assigns
from pipeline.extract.relevance.abroad import given_by_another_country
from pipeline.extract.relevance.commended import DAY_BEGINS, UNREAL, commended
from pipeline.extract.relevance.given_now import given_at_meeting, given_now
from pipeline.extract.symbols import Chunks
from pipeline.records import Slot

if TYPE_CHECKING:
    from pipeline.extract.meetings.kinds import Kind

_STRONG = re.compile(
    r"(?:khối|cụm) thi đua|giao ước thi đua|hội đồng (?:thi đua|tđkt)|đại hội thi đua|điển hình tiên tiến|(?:khối|cụm)"
    r" trưởng|trưởng (?:khối|cụm)"
)
TRAINING = re.compile(
    r"(?<!\w)(?:tập huấn|bồi dưỡng nghiệp vụ|hỏi đáp|hỏi-đáp|điểm mới (?:của|trong|về) (?:pháp )?luật|qui định mới|tìm hiểu luật"
    r"|góp ý dự thảo|dự thảo luật|luật sửa đổi|qui định về tiêu chuẩn|tiêu chuẩn xét tặng|thông tư hướng dẫn|nghị định qui định"
    r"|(?<!thi hành )(?<!thực hiện )(?<!điều \d )(?<!điều \d\d )(?<!theo qui định tại )(?<!theo qui định của )(?<!theo )luật thi đua)(?!\w)"
)


def looks_relevant(text: str) -> bool:
    """The cheap look at a text that is clean. Lets too much pass rather than too little."""
    return judge_text(text).startswith("passed")


def judge(doc: Document, chunks: list[Chunks], kind: Kind | None, found_awards: list[AwardFound]) -> Slot:
    """The slot `relevant`, with the words that settle it (none for an article that is not)."""
    from pipeline.extract.meetings import lead_sentences

    heads, body = lead_sentences(doc)
    first = [*heads, *body[:3]]
    title = " ".join(doc.key[s.start : s.end] for s in heads) or (doc.key[body[0].start : body[0].end] if body else "")
    of_bloc = re.search(r"(?:khối|cụm) thi đua", title) and not _RULES_FIRST.match(title)
    if TRAINING.search(title) and not of_bloc and not _contest_of_bloc(doc, body):
        return doc.slot("relevance.no.training", value=False, inferred_from="a course or a law explained")
    if doc.key.find("hỏi", 0, top := _end_of_top(doc)) >= 0 and _ASKED.search(doc.key, 0, top):
        return doc.slot("relevance.no.training", value=False, inferred_from="a reader's question about the law")
    if _TAKEN_BACK.search(title):
        return doc.slot("relevance.no.dispute", value=False, inferred_from="the title tells of what is taken back or blamed")
    if _REGROUPED.match(title) and not any(assigns(doc, s.start, s.end) for s in doc.sentences):
        return doc.slot("relevance.no.rules", value=False, inferred_from="the title tells how blocs are formed or what they are to do")
    if _ANNOUNCED.match(title) or (_CONTEST.search(title) and not _MORE_THAN_CONTEST.search(title) and not _contest_of_bloc(doc, body)):
        return doc.slot("relevance.no.announced", value=False, inferred_from="the title announces an event to come, or tells of a contest")
    if any(_PRESS_TOLD.match(doc.key, s.start, s.end) for s in body[:1]):
        return doc.slot("relevance.no.announced", value=False, inferred_from="the press is told of an event to come")
    portrait = heads and _OF_PERSON.match(title) and not _HONOURED_OR_MET.search(title) and _tells_of_person(doc, body)
    meeting = None if portrait else _meeting(doc, kind, heads, body, first, found_awards)  # what a portrait recalls is no event
    if meeting:
        return meeting
    disputed = _DISPUTE.search(title) and not _HONOURS_FIRST.match(title) and not _decided_today(doc, body)
    if disputed or any(_DISPUTED.search(doc.key, s.start, s.end) for s in body[:2]):
        return doc.slot("relevance.no.dispute", value=False, inferred_from="the title tells of rules or quarrels")
    if given_by_another_country(doc, [*heads, *body[:2]]):
        return doc.slot("relevance.no.foreign", value=False, inferred_from="another country gives the award")
    roll = [award for award in found_awards if award.rule == OF_ROLL]
    if len(roll) >= LEAST:
        return doc.slot("relevance.yes.award", (roll[0].award.start, roll[0].award.end), value=True)
    for award in found_awards:
        if _awarding(doc, award, title, first):
            return doc.slot("relevance.yes.award", (award.award.start, award.award.end), value=True)
    if found := commended(doc, title, heads):
        return doc.slot("relevance.yes.commended", found, value=True)
    if given := given_at_meeting(doc):
        return doc.slot("relevance.yes.given_here", given, value=True)
    if given := given_now(doc, found_awards):
        return doc.slot("relevance.yes.given_now", given, value=True)
    return doc.slot("relevance.no.evidence", value=False, inferred_from="no bloc, council, congress or awarding in title and lead")


# "Ngày 3/4, Chủ tịch nước đã ký Quyết định phong tặng danh hiệu": the news itself, though the title asks what the honoured say
_DECIDED = re.compile(
    r"(?<!\w)(?:kí|ban hành|công bố|có|trao) (?:\w+ )?quyết định (?:\w+ ){0,3}?(?:phong tặng|truy tặng|tặng thưởng|tặng|trao tặng)(?!\w)"
)


def _decided_today(doc: Document, body: list[Sentence]) -> bool:
    """Whether the first sentence tells of the day on which the honours were decided."""
    first = body[0] if body else None
    return first is not None and bool(DAY_BEGINS.match(doc.key, first.start) and _DECIDED.search(doc.key, first.start, first.end))


def _end_of_top(doc: Document) -> int:
    """Where the first sentences end in which a reader's question and its answer stand."""
    return doc.sentences[min(len(doc.sentences), _ASKING) - 1].end if doc.sentences else 0


_PERSON = r"(?:anh|chị|cô|thầy|ông|bà|bác|nữ|già làng|đảng viên|cựu chiến binh|thương binh)"
_OF_PERSON = re.compile(
    rf"\W*(?:(?:những )?người|chuyện (?:về|của)|gặp(?! mặt)|(?:tấm )?gương|vị|chân dung|(?:nữ )?thủ lĩnh|bông hoa|{_PERSON})(?!\w)"
)
_HONOURED_OR_MET = re.compile(
    r"(?<!\w)(?:hội nghị|lễ|tổng kết|sơ kết|đại hội|khen|tặng|trao|tuyên dương|vinh danh|tôn vinh|biểu dương|nhận|huân chương|phong|họp|kí"
    r"|khối|cụm|danh hiệu|bình chọn)(?!\w)"
)
_BORN_OF_PERSON = re.compile(
    rf"\W*{_PERSON} (?:[^\W\d_]+ ?){{2,5}}(?:,|-|\(| (?:luôn|là|sinh|vốn|vẫn|còn|được|từng|nguyên|hiện|gắn bó)(?!\w))"
)


def _tells_of_person(doc: Document, body: list[Sentence]) -> bool:
    """Whether a text begins with a person of whom it tells what he does or is, and with no day."""
    if not body or not _BORN_OF_PERSON.match(doc.key, body[0].start, body[0].end):
        return False
    return not any(date.marked for s in body[:3] for date in find_dates(doc, s.start, s.end))


_RULES_FIRST = re.compile(r"\W*(?:những |một số )?(?:qui định|quy định|điểm mới|tìm hiểu|hỏi đáp|tiêu chuẩn)(?!\w)")
# "Họp báo về Đại hội thi đua", "Thông báo gia hạn cuộc thi": what is yet to come
_ANNOUNCED = re.compile(
    r"\W*(?:họp báo(?!(?:(?!thông tin)[^.;])*(?:công bố|kết quả|trao|tặng))"
    r"|thông báo (?:về (?:việc )?)?(?:gia hạn|mời|tuyển|thể lệ|cuộc thi)|thể lệ"
    r"|(?:chương trình|lịch) (?:công tác|làm việc|tiếp)|tìm hiểu)(?!\w)"
)
# "Ban tổ chức đã tổ chức họp báo, thông tin về Đại hội thi đua"
_PRESS_TOLD = re.compile(
    r"[^.;:]{0,160}?(?<!\w)họp báo(?!\w)(?![^.;]*(?:kết quả|trao|tặng|khen thưởng))[^.;:]{0,40}?(?:thông tin|giới thiệu|về|công bố)(?!\w)"
    r"[^.;:]{0,40}?(?<!\w)(?:đại hội|hội nghị|lễ|chương trình)(?!\w)"
)
_CONTEST = re.compile(r"(?<!\w)(?:cuộc thi|thi viết|thi ảnh|hội thi|thi tìm hiểu)(?!\w)(?! đua)")
_OF_BLOC = re.compile(r"(?:khối|cụm) thi đua(?!\w)[^.;:]{0,60} tổ chức (?:chung kết )?(?:hội thi|cuộc thi|hội thao|hội diễn)(?!\w)")


def _contest_of_bloc(doc: Document, body: list[Sentence]) -> bool:
    """Whether a bloc holds the contest: games of its own, though the title speaks of the winner or of the law that was asked about."""
    return any(_OF_BLOC.search(doc.key, s.start, s.end) for s in body[:2])


_MORE_THAN_CONTEST = re.compile(
    r"(?<!\w)(?:khối|cụm|hội đồng|đại hội|tổng kết|sơ kết|khen|tuyên dương|tôn vinh|vinh danh|huân chương|biểu dương|giao ước"
    r"|danh hiệu)(?!\w)"
)


# --- meetings ---------------------------------------------------------------------------------------------------------------

_MOVEMENT = re.compile(
    r"công tác thi đua|phong trào thi đua|(?<!vụ )(?<!ban )(?<!phòng )thi đua(?:,| và |-| )\s?khen thưởng|thi đua yêu nước"
    r"|danh hiệu thi đua"
)
# What is an event of the genre by its own words, whatever the title speaks of.
_OWN_EVENT = re.compile(
    r"(?:tổng kết|sơ kết|phát động(?! nhiều)|lễ phát động)[^.;]{0,40} (?:phong trào|đợt|đợt cao điểm|công tác) thi đua"
    r"(?![^.;]* từ đầu (?:năm|tháng|quí))"
    r"|(?<!\w)(?:lễ|tổ chức|hội nghị) phát động thi đua(?!\w)"
    r"|(?:phong trào|đợt) thi đua[^.;]{0,90} (?:được|đã|vừa)[^.;]{0,60} phát động"
    r"(?! (?:sâu rộng|rộng khắp|rộng rãi|mạnh mẽ|sôi nổi|thường xuyên|kịp thời|đến|và|,))"
    r"|(?:gặp mặt|giao lưu|biểu dương|tôn vinh|tuyên dương|hội nghị|vinh danh)[^.;]{0,20}"
    r" (?:điển hình (?:tiên tiến|tiêu biểu|xuất sắc)|gương điển hình|người tốt,? việc tốt)"
    r"|(?<!\w)do (?:ban|hội đồng) thi đua[^.;]{0,120} (?:tổ chức|bình chọn)(?! (?:tập huấn|lớp))"
    r"|(?<!\w)(?:lễ|mít tinh|gặp mặt|tổ chức)(?!\w)[^.;]{0,40} kỉ niệm[^.;]{0,70} (?:kêu gọi thi đua (?:ái quốc|yêu nước)"
    r"|truyền thống thi đua yêu nước)|(?<!\w)hội nghị biểu dương(?!\w)"
)


_HANDED_OVER = re.compile(
    r"bàn giao[^.;]{0,60} (?:khối trưởng|cụm trưởng|trưởng khối|trưởng cụm)(?!\w)"
    r"|(?<!\w)(?:khối trưởng|cụm trưởng|trưởng khối|trưởng cụm)[^.;]{0,60} bàn giao"
)
_BLOC_MEETS = re.compile(
    r"(?:khối|cụm) thi đua (?!trên|trong|của|và|do|theo)[^.;,:]{1,60}?(?<!\w)(?:họp|tiến hành"
    r"|tổ chức (?:họp|hội nghị|lễ|buổi|cuộc))(?!\w)"
    r"|(?<!\w)(?:tổ chức|diễn ra|khai mạc|đăng cai|dự) hội nghị (?:khối|cụm) thi đua(?!\w)"
)


def _meeting(
    doc: Document,
    kind: Kind | None,
    heads: list[Sentence],
    body: list[Sentence],
    first: list[Sentence],
    found_awards: list[AwardFound],
) -> Slot | None:
    """The slot of an article about a meeting of the genre; None for others."""
    if kind is not None and not heads and (told := doc.sentence_at(kind.start)) and told not in first:
        first = [*first, told]  # a text that begins midway
    text = " ".join(doc.key[s.start : s.end] for s in first)
    for sentence in first:
        match = _STRONG.search(doc.key, sentence.start, sentence.end)
        told = "thi đua" in text or "khen thưởng" in text or _HANDED_OVER.search(text)
        if match and kind is not None and told:
            return doc.slot("relevance.yes.genre", match.span(), value=True)
        if kind is not None and "thi đua" in text and (named := _named_bloc(doc, sentence)):
            return doc.slot("relevance.yes.genre", named, value=True)
        held = _BLOC_MEETS.search(doc.key, sentence.start, sentence.end)
        if held and not UNREAL.search(doc.key, sentence.start, held.start()):
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
        past = BYGONE.match(doc.key, sentence.start) or _OVER_YEARS.match(doc.key, sentence.start)
        if match and not past and not UNREAL.search(doc.key, sentence.start, match.start()):
            return doc.slot("relevance.yes.event", match.span(), value=True)
        if assigned := assigns(doc, sentence.start, sentence.end):
            return doc.slot("relevance.yes.assigned", assigned.span(), value=True)
    return _told_below(doc)


def _told_below(doc: Document) -> Slot | None:
    """A bloc's meeting told behind something else, games say, in a sentence that begins with its day."""
    for sentence in doc.sentences:
        if sentence.region in ("lead", "body") and DAY_BEGINS.match(doc.key, sentence.start, sentence.end):
            held = _BLOC_MEETS.search(doc.key, sentence.start, sentence.end)
            if held and not UNREAL.search(doc.key, sentence.start, held.start()):
                return doc.slot("relevance.yes.below", held.span(), value=True)
    return None


_OVER_YEARS = re.compile(r"\W*(?:(?:qua|trong|hơn|gần|suốt) )*(?:\d{1,3}|những|nhiều) năm (?:qua|nay)(?!\w)")
_MEMBERS_TOLD = re.compile(r"(?:khối|cụm) (?:các|số \d)")


def _named_bloc(doc: Document, sentence: Sentence) -> tuple[int, int] | None:
    """ "Khối các trường THPT huyện A": a bloc named by its members, without the word for emulation."""
    for hit in doc.within("bloc_heads", sentence.start, sentence.end):
        end = read_bloc(doc, hit.start, sentence.end) if _MEMBERS_TOLD.match(doc.key, hit.start) else None
        if end and end > hit.end + 4:
            return hit.start, end
    return None


# --- commendation -----------------------------------------------------------------------------------------------------------

_TAKEN_BACK = re.compile(
    r"(?<!\w)(?:thu hồi|tước|hủy|rút lại|trả lại) (?:\w+ ){0,3}?(?:huân|huy|bằng|giấy|danh hiệu|quyết định (?:khen|tặng)|kỉ niệm chương)"
    r"|(?<!\w)(?:bị|cắt|hạ|trừ)(?: \w+){0,3}? (?:bậc|điểm|danh hiệu) (?:khen thưởng|thi đua)(?!\w)"
    r"|(?<!\w)(?:bị|vẫn) (?:kỉ luật|cảnh cáo|khiển trách)(?!\w)|^\W*(?:kỉ luật|cách chức|khai trừ|đình chỉ) (?!và)"
)
_DISPUTE = re.compile(
    r"(?<!\w)(?:bất cập|tranh cãi|dự thảo|quy chế|qui chế|tiền thưởng|mức thưởng|bị lừa|lừa(?= đảo| gạt| bịp| bán| dối| tiền)|giả mạo"
    r"|có nên|tranh luận|phản hồi|giải trình"
    r"|băn khoăn|sai sai|xin lỗi|bị tố|dư luận(?<!ý kiến dư luận)|không có chuyện|nói gì|đề xuất (?:tăng|bỏ|giảm)|câu trả lời"
    r"|(?:nói|chia sẻ|tiết lộ|trải lòng|tâm sự|bật mí) (?:về|chuyện)"
    r"|chấn chỉnh|(?:chỉ|mới|không|đừng|chưa) nên)(?!\w)"
)
# "Kiện toàn các khối, cụm thi đua của tỉnh", "Bộ A sắp xếp lại 9 cụm thi đua": no bloc meets
_REGROUPED = re.compile(
    r"(?:(?!hội nghị|lễ )[^.;:]){0,60}?(?<!\w)(?:kiện toàn|sắp xếp|phân chia|chia|thành lập|điều chỉnh|hướng dẫn hoạt động)(?: lại| của)*"
    r" (?:các|\d{1,2}) (?:khối|cụm)(?:(?:,| và |,và )(?:khối|cụm))? thi đua(?!\w)(?![^.;:]*(?:ra mắt|hội nghị|kí kết|bàn giao))"
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


_HONOURED = re.compile(
    r"huân chương|bằng khen|cờ thi đua|khen thưởng|phần thưởng cao quí|danh hiệu (?:anh hùng|chiến sĩ thi đua|nhà giáo|thầy"
    r" thuốc|nghệ sĩ|nghệ nhân|\")|thầy thuốc (?:ưu tú|nhân dân)|nhà giáo (?:ưu tú|nhân dân)|kỉ niệm chương|chiến sĩ thi đua"
    r"|anh hùng lao động|anh hùng lực lượng|bà mẹ việt nam anh hùng|tuyên dương|vinh danh|tôn vinh"
)
_GIVEN_IN_LEAD = re.compile(
    r"(?:lễ|hội nghị|buổi|chương trình|gặp mặt)[^.;]{0,90}(?:trao|đón nhận|công bố|vinh danh|tuyên dương|khen thưởng)|(?:trao"
    r"|đón nhận|truy tặng|phong tặng|quyết định tặng|kí quyết định)[^.;]{0,60}(?:huân chương|bằng khen|cờ thi đua|danh hiệu"
    r"|khen thưởng|kỉ niệm chương)|đề nghị (?:chính phủ|thủ tướng chính phủ|chủ tịch nước) (?:xem xét,? ?)?(?:quyết định )?tặng(?!\w)"
    r"|(?:lấy|xin|tham khảo) ý kiến[^.;]{0,90} (?:khen thưởng|tặng|phong tặng)(?!\w)"
)
# An award that is handed over where the article is: "Dịp này, ...", "Tại buổi lễ ...", "thừa ủy quyền Chủ tịch nước trao ...".
_GIVEN_HERE = re.compile(r"(?<!\w)(?:nhân dịp này|dịp này|tại (?:buổi )?lễ|tại hội nghị|tại chương trình|thừa ủy quyền|thay mặt)(?!\w)")


def _awarding(doc: Document, award: AwardFound, title: str, first: list[Sentence]) -> bool:
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
