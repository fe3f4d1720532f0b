"""Words for kinds of meetings that name no event: "công tác thi đua, khen thưởng", "kế hoạch triển khai", and what is only to come."""

from __future__ import annotations

import re

from pipeline.extract.document import Document, Sentence

_WORK_BEFORE = re.compile(r"(?:thi đua(?:,| và |-| |, )?|công tác |hội đồng |hình thức |luật |ban |đề nghị |phòng )$")
_HELD_BEFORE = re.compile(r"(?:^|: ?|lễ |tổ chức |được )$")
PLANNED_BEFORE = re.compile(
    r"(?:sẽ|dự kiến|chuẩn bị(?: xong| tốt| nội dung| cho| các| điều kiện)*|công tác chuẩn bị|hướng tới|chào mừng|kế hoạch|hướng dẫn"
    r"|nhân|nhân dịp|bên lề)(?: tổ chức)?(?: hội nghị| đại hội)? $"
)
_PLANNED_AFTER = re.compile(r"[^.;,]{0,50} sẽ (?:diễn ra|được tổ chức|khai mạc)(?!\w)")
# "được đề nghị tặng Cờ thi đua", "trình UBND tỉnh tặng": what is voted for is not given yet
_PROPOSED_BEFORE = re.compile(r"(?<!\w)(?:đề nghị|trình|đề cử|đề xuất)(?: (?!(?:và|đã|được)(?!\w))[^\s.,;:]+){0,7} $")
VOTED_BEFORE = re.compile(r"(?<!\w)(?:bỏ phiếu|biểu quyết)(?!\w)")
_HONOURS = re.compile(r"khen|huân chương|thi đua (?:ái quốc|yêu nước)")


def is_noun_of_work(doc: Document, start: int, end: int, sentence: Sentence) -> bool:
    """ "công tác thi đua, khen thưởng", "kế hoạch triển khai", and what is only to come name no event."""
    before = doc.key[max(sentence.start, start - 24) : start]
    if doc.key[start:end] == "khen thưởng":
        return bool(_WORK_BEFORE.search(before)) or not _HELD_BEFORE.search(before)
    if doc.key.startswith(_VOTES, start) and (_VOTING_RULE.search(before) or _in_province(doc, start)):
        return True
    if doc.key.startswith(_WORK, start) and (_WORK_SPOKEN_OF.search(before) or before.endswith((" do hội nghị ", ",do hội nghị "))):
        return True  # "nhiệm kỳ 1 năm, do hội nghị tổng kết bầu": whose task it is
    if doc.key.startswith("phát động nhiều ", start):
        return True  # "phát động nhiều phong trào thi đua": what goes on the year round
    if doc.key.startswith("phát động", start) and _OF_OTHER_THINGS.match(doc.key, end):
        return True
    if doc.key.startswith("giao ước", start) and before.endswith("thực hiện "):
        return True  # "tình hình thực hiện giao ước thi đua": what is reported on
    if doc.key.startswith("phát động", start) and _BY_ANOTHER.search(doc.key, max(sentence.start, start - 80), start):
        return True
    if doc.key.startswith("đánh giá", start) and _AIM_OF_CONGRESS.search(doc.key, sentence.start, start):
        return True
    if _SINCE_NEW_YEAR.search(doc.key, sentence.start, start):
        return True
    if doc.key.startswith("giao ước thi đua", start) and before.endswith(("khối ", "cụm ")):
        return True  # "Khối giao ước thi đua các cơ quan Đảng": what some provinces call their blocs
    if doc.key.startswith("giao ước", start) and _SIGNED_LONG_AGO.match(doc.key, end):
        return True
    if PLANNED_BEFORE.search(before) or _PLANNED_AFTER.match(doc.key, end, sentence.end):
        return True
    if doc.key.startswith("xét khen", start) and before.endswith("được "):
        return True  # "ai lập công được xét khen thưởng": what the law grants
    if doc.key.startswith(("tặng", "trao", "nhận"), start) and _PROPOSED_BEFORE.search(doc.key, max(sentence.start, start - 60), start):
        return True
    if doc.key.startswith("tặng", start) and not before.endswith("trao ") and VOTED_BEFORE.search(doc.key, sentence.start, start):
        return True
    return doc.key[start:end] in ("gặp mặt", "lễ kỉ niệm") and not _HONOURS.search(doc.key, sentence.start, sentence.end)


# "ngay từ đầu năm Hội đã cho các chi hội ký giao ước": what a year's work began with
_SINCE_NEW_YEAR = re.compile(r"(?<!\w)ngay từ (?:\w+ ){0,2}đầu năm(?! (?:nay|mới))(?!\w)[^.;]{0,160}$")
_AIM_OF_CONGRESS = re.compile(r"(?<!\w)đại hội [^.;,]{0,30}?(?:nhằm|để)(?: tổng kết,)? $")  # "Đại hội nhằm đánh giá phong trào 5 năm qua"
_SIGNED_LONG_AGO = re.compile(
    r" (?:đã|được) (?:được )?(?:cùng )?(?:kí|kí kết|đăng kí)(?! kết? ?(?:tại|ngày|vào))(?!\w)"
)  # "căn cứ Giao ước thi đua đã ký"
_WORK = ("phát động", "triển khai", "tổng kết", "sơ kết", "gương điển hình", "điển hình")
# "việc phát động, kiểm tra", "phát hiện và nhân rộng gương điển hình": what movements consist of
_WORK_SPOKEN_OF = re.compile(r"(?<!\w)(?:việc|khâu|nhân rộng|phát hiện|bồi dưỡng|giới thiệu|xuất hiện|nêu)(?: các| những| nhiều)? $")
_BY_ANOTHER = re.compile(
    r"(?<!\w)(?:phong trào|đợt|cuộc) (?:[^,;.:()]{3,60} )?do [^,;.:()]{2,60} $"
)  # "hưởng ứng phong trào do Bộ A phát động"
_OF_OTHER_THINGS = re.compile(r" (?:tháng (?:công nhân|thanh niên|hành động|cao điểm)|tuần lễ|chiến dịch|hội thi|cuộc thi)(?!\w)")
_VOTES = ("chấm điểm", "bình xét", "bình chọn", "bình bầu", "thẩm định", "kiểm tra")
# "cách chấm điểm", "tiêu chí bình xét": talked about or laid down, not done
_VOTING_RULE = re.compile(
    r"(?:cách|tiêu chí|qui định|qui chế|bảng|thang|phương pháp|hướng dẫn|qui trình|việc|bảng điểm|khung|sau khi|qua|kết quả|tự"
    r"|tăng|tăng cường|đẩy mạnh|giảm|đổi mới)(?: \w+)? $"
)


def _in_province(doc: Document, start: int) -> bool:
    """ "Hòa Bình xét tặng", "Ninh Bình chọn": the last word of a province's name is no verb."""
    return doc.capital_at(start) and any(
        (hit := doc.hit("provinces", at)) and hit.end == start + 4 for at in range(start - 7, start) if at >= 0
    )
