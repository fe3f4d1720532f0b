"""Which named persons take part: those who attend, speak or hand over.

Refused: persons who only receive an award, whom the article tells of as an example or as a source, historical names.
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.parties.found import Found
from pipeline.extract.symbols import Chunks

_NO_PERSON = re.compile(
    r"(?:chủ tịch hồ chí minh|bác hồ|hồ chí minh|mang tên|tên|trường|giải thưởng|nghĩa trang|chùa"
    r"|cầu|tượng đài|lưu niệm|tưởng niệm|bảo tàng|khu mộ|trường hợp(?: của)?|(?:ảnh|video|clip|đồ họa|tin|bài): ?|số \d+|đường|phường"
    r"|anh hùng|giải|liệt sĩ"
    r"|di tích|quê hương|đền thờ|gia đình|hộ|cố|vụ|nhân) ?$"
)


_CAPTION = re.compile(r"ảnh: ?$")  # "Ảnh: Bà A, Giám đốc Sở B phát biểu": who is seen; a name alone is the photographer's


def person_takes_part(doc: Document, chunks: Chunks, party: Found, of_bloc: bool = True, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a named person counts; historical names and namesakes of places do not.

    At a ceremony of no bloc the article tells of persons more than of who was there: one without a post counts only where the sentence
    says that he attends, speaks at the event or hands over, and one with a post not as the source of words or the giver of an award.
    """
    start = chunks[party.first].start
    name = doc.key[party.person.start : party.person.end]
    if name in ("hồ chí minh", "nguyễn ái quốc", "nguyễn tất thành"):
        return False
    told = _NO_PERSON.search(doc.key[max(0, start - 24) : start])
    if told and not (party.posts and chunks.symbols[party.first] in "TO" and _CAPTION.match(told[0])):
        return False
    if _told_of(doc, chunks, party):
        return False
    if of_bloc or (name in seen and chunks.symbols[party.last + 1 : party.last + 2] == "s"):
        return True
    return _there(doc, chunks, party)


_EXAMPLE = re.compile(
    r"(?:gương|điển hình|tiêu biểu)(?! (?:dự|phát biểu|tham luận|giao lưu|chia sẻ))[^.;:]{0,40}(?:như|là|:) ?"
    r"(?:[^:]*(?:cá nhân|đồng chí) ?:)?[^:]*$"
)
# "nhiều tấm gương được khen thưởng như đồng chí A, Bí thư Chi đoàn": an example, whatever his post
_SUCH_AS = re.compile(r"(?:gương|điển hình|tiêu biểu|khen thưởng|khen|cá nhân|tập thể)(?!\w)[^.;:]{0,60}? như(?: trường hợp(?: của)?)? $")
# "Đại tá A có mặt tại hiện trường": at what was rewarded, not at the rewarding
_AT_SCENE = re.compile(r"[^.;]{0,90}(?<!\w)(?:tại|đến|tới|ra) hiện trường")
_PAPER = re.compile(r" với (?:phóng viên|pv|chúng tôi|báo)(?!\w)")
_TO_REPORTER = re.compile(
    r"(?:trao đổi|chia sẻ|nói|tâm sự|cho biết)[^,.;]{0,12} với (?:phóng viên|pv|chúng tôi|báo)(?!\w)|trả lời phỏng vấn"
)


_AMONG_AWARDED = re.compile(r"A[YEIGw]{0,3}:[^esfc]*$|[rf][^esfc]*A[YE]?o[^esfc;]*$")


def _told_of(doc: Document, chunks: Chunks, party: Found) -> bool:
    """Whether the article only tells of a person: in a list of those who got an award, as an example, or who spoke to the paper."""
    before = chunks.symbols[: party.first]
    if "A" in before and _AMONG_AWARDED.search(before):
        return True
    start, sentence = chunks[party.first].start, chunks.sentence
    if _FOR_WHOM.search(before) or _is_elsewhere(doc, chunks, party):
        return True
    home = party.unit is not None and "(" not in chunks.symbols[party.first : party.last]  # "anh A (thôn B)": where he lives
    if not party.posts and not home and not re.search("[esc]", chunks.symbols) and _EXAMPLE.search(doc.key, sentence.start, start):
        return True
    if "e" not in before and _SUCH_AS.search(doc.key, sentence.start, start):
        return True
    if not party.posts and not party.unit and before[-1:] == "(" and chunks.symbols[party.last + 1 : party.last + 2] == ")":
        return chunks.symbols[party.first] == "P"  # "bài hát Bến quê (Lò Văn Tám)": whose work it is
    if "hiện trường" in doc.key[start : sentence.end] and _AT_SCENE.search(doc.key, chunks[party.last].end, sentence.end):
        return True
    asked = doc.key.find("trả lời phỏng vấn", sentence.start, sentence.end) >= 0
    if not asked and not _PAPER.search(doc.key, sentence.start, sentence.end):
        return False
    said = _TO_REPORTER.search(doc.key, sentence.start, sentence.end)
    return said is not None and "tại" not in doc.key[said.end() : said.end() + 8]


_FOR_WHOM = re.compile(r"^[^sefcR]*AY?G(?:[TPOU,;v(\-)]*[,;v])?$")  # "Danh hiệu Lao động tiên tiến cho ông A; bà B"
_SIGNED = re.compile(r" (?:đã )?kí(?! kết|(?: vào)? (?:bản )?giao ước)(?!\w)")
_SENDS_WORDS = r"gửi (?:thư|điện|lẵng hoa|hoa|lời(?! (?:cảm|cám|tri) ơn| tri ân))"  # who thanks is there
_WROTE = re.compile(rf" (?:đã |vừa )?(?:có thư|{_SENDS_WORDS}|từng)(?!\w)|,? ?\(?(?:xin )?vắng(?!\w)")
_WHOSE = re.compile(
    r"(?<!\w)(?:mô hình|trang trại|sáng kiến|giải pháp|tác phẩm|cuốn sách|bài thơ|bài hát|ca khúc|bức tranh)(?: [^,.;:]{1,30})? của"
    r"(?: \w+ \w+)? $"
)
_BY_ORDER = re.compile(r"(?<!\w)(?:thực hiện|theo|quán triệt)(?!\w)[^.;:,]{0,50}(?:chỉ đạo|kết luận|lời dạy|thư|lời kêu gọi) của $")
_VISITED = re.compile(r"(?<!\w)(?:thăm|tặng quà|trao quà|hỗ trợ|giúp đỡ|phụng dưỡng)(?! và)(?!\w)[^.;:]{0,60}$")


def _is_elsewhere(doc: Document, chunks: Chunks, party: Found) -> bool:
    """Whether the words beside a person say that others tell of him: who signed a paper, whose work it is, who is visited."""
    start, stop = chunks[party.first].start, chunks[party.last].end
    before = doc.key[max(chunks.sentence.start, start - 90) : start]
    if before.endswith("do ") and _SIGNED.match(doc.key, stop):
        return True
    if _WROTE.match(doc.key, stop) or _WHOSE.search(before) or _BY_ORDER.search(before):
        return True
    return not party.posts and _VISITED.search(before) is not None and not _SPEAKS.match(chunks.symbols, party.last + 1)


_SPEAKS = re.compile("[,w]{0,2}[sefc]")


def named_at_event(doc: Document, chunks: list[Chunks], parties: list[list[Found]]) -> frozenset[str]:
    """Who is named in a sentence that tells of the event itself: when such a person speaks, it is there."""
    return frozenset(
        doc.key[p.person.start : p.person.end]
        for line, people in zip(chunks, parties, strict=True)
        if people and _AT_EVENT.search(doc.key, line.sentence.start, line.sentence.end)
        for p in people
        if p.person
    )


# "Theo ông A", "Bằng khen của Chủ tịch B": the source of the words, the giver of the award
_SOURCE = re.compile(
    r"(?:theo|(?<!văn )(?<!luận )(?<!cáo )(?<!kiến )(?<!trì )(?<!biểu )của|về|với"
    r"|trường hợp|cho|thay mặt|tặng|thư|anh hùng)(?: (?:các|hai|ba|bốn|lời))? $"
)
_DECIDED = re.compile(
    rf"(?:,[^,]{{3,60}},)?(?:\.\.\.|…)? ?(?:vừa |đã |cũng |có )*(?:kí|quyết định|{_SENDS_WORDS}|có thư|cho hay"
    r"|cho rằng|ra lệnh|nói:|kể|chia sẻ với|trao đổi với|trả lời|khẳng định với|xác nhận|thông tin)(?!\w)"
)


_EARLIER = re.compile(r"(?<!\w)trước đó,?(?: vào)?(?: sáng| chiều| tối)? ?ngày \d")  # an event of another day
_LONG_AGO = re.compile(r"cách đây (?:đúng |tròn |gần |hơn )?\d+ năm")
_GIVER = re.compile(r"(?:bằng khen|giấy khen|kỉ niệm chương|huân chương|cờ thi đua) của $")
# "Đại sứ đến chào Thủ tướng A, Chủ tịch Quốc hội B": whom somebody met elsewhere
_MET = re.compile(r"(?:(?:chào|từ biệt|hội kiến|tiếp kiến|hội đàm với)|trình quốc thư lên) $")


def _met(doc: Document, chunks: Chunks, first: int) -> bool:
    """Whether the row of persons that the party stands in was called on by somebody."""
    row = len(chunks.symbols[:first].rstrip("TPOUk,v-"))
    start = chunks[row].start
    return bool(_MET.search(doc.key, max(chunks.sentence.start, start - 20), start))


def _there(doc: Document, chunks: Chunks, party: Found) -> bool:
    """Whether the sentence says that the person was at the event."""
    start, sentence = chunks[party.first].start, chunks.sentence
    before = chunks.symbols[: party.first]
    if _GIVER.search(doc.key, max(sentence.start, start - 40), start) or before.endswith("A") or _met(doc, chunks, party.first):
        return False
    if _SOURCE.search(doc.key, max(sentence.start, start - 30), start) and "e" not in before:
        return False
    if _LONG_AGO.match(doc.key, sentence.start) or (
        "trước đó" in doc.key[sentence.start : start] and _EARLIER.search(doc.key, sentence.start, start)
    ):
        return False
    if party.posts and (party.unit or not all(p.entry is not None and p.entry.is_a("common") for p in party.posts)):
        if party.posts[-1].entry is not None and party.posts[-1].entry.is_a("state") and _GIVES.match(doc.key, chunks[party.last].end):
            return False
        decided = _DECIDED.match(doc.key, chunks[_last_of_row(chunks, party.last)].end)
        return not decided or "e" in before or bool(_AT_EVENT.search(doc.key, sentence.start, sentence.end))
    after = chunks.symbols[party.last + 1 :]
    if "e" in before or re.match(r"[^.;TPO]{0,3}[ef]", after) or (party.unit and _TAKES.match(doc.key, chunks[party.last].end)):
        return True
    for_others = _FOR_OTHERS.search(doc.key, start, sentence.end) or _FOR_THE_HONOURED.match(doc.key, sentence.start, start)
    if _SPEAKS_FOR.fullmatch(doc.key, sentence.start, party.person.start) and _THANKS.match(doc.key, chunks[party.last].end, sentence.end):
        return True
    return bool(for_others or _AT_EVENT.search(doc.key, sentence.start, sentence.end))


_ROW = re.compile(r"(?:[,;v]+(?:(?:[TOUkv,]|-(?=[OU]))*P(?:[,-]?O[OU,]*)?))+")


def _last_of_row(chunks: Chunks, last: int) -> int:
    """The last chunk of the persons whose verb is the same: "Thủ tướng A; Chủ tịch Quốc hội B đã gửi lẵng hoa"."""
    row = _ROW.match(chunks.symbols, last + 1)
    return row.end() - 1 if row else last


# "Thủ tướng A đã tặng Bằng khen": the state's gift, which others hand over
_GIVES = re.compile(r" (?:vừa |đã |cũng )*(?:tặng|truy tặng|tặng thưởng|phong tặng|khen)(?!\w)")
_AT_EVENT = re.compile(r"(?:tại|trong) (?:buổi|lễ|hội nghị|đại hội|chương trình|cuộc gặp)|phát biểu")
_FOR_OTHERS = re.compile(r"thay mặt|đại diện")
_FOR_THE_HONOURED = re.compile(
    r"\W*(?:thay mặt|đại diện)(?: cho)? [^,.;:]{3,40} được (?:vinh danh|tuyên dương|khen thưởng|biểu dương|tặng|phong tặng|tôn vinh)"
)
# "Thay mặt các gia đình, ông A cảm ơn ..."
_SPEAKS_FOR = re.compile(r"\W*(?:thay mặt|đại diện)(?: cho)? [^,.;:]{3,60},(?: ?[^\s,]+){0,2} ?")
_THANKS = re.compile(r"[^,.;:]{0,40}(?<!\w)(?:(?:cảm|cám|tri) ơn|biết ơn|tri ân|bày tỏ|gửi lời|hứa)(?!\w)")
_TAKES = re.compile(r" (?:đã )?(?:lên |thay mặt )?(?:nhận|đón nhận)(?!\w)")  # "bà A - đại diện Công ty B lên nhận Bằng khen"
