"""What was not given or not asked for, taken back, or only hoped for, by the words right before the award.

"Hội đồng chưa xét tặng Cờ thi đua cho Sở A", "hủy quyết định tặng Huân chương", "từ chối nhận Bằng khen", "mong được tặng" - none
"Việc tặng Bằng khen cho ông A còn nhiều ý kiến", "Hội đồng xem xét lại việc tặng Bằng khen cho ông A" - none
"Sở A không được nghỉ ngày nào, được tặng Bằng khen" - conferred
"""

from __future__ import annotations

import re

_ACT = r"(?:xem xét|xét|đề nghị|đề xuất|trình|tặng|trao|phong tặng|truy tặng|công nhận|khen thưởng)(?!\w)(?! kinh phí| thời gian)"
_DENIED = re.compile(
    rf"(?<!\w)(?:không|chưa|không hề|chưa từng) (?:(?:được|đồng ý|nhất trí|chấp thuận|thống nhất|thể|kịp) )*{_ACT}[^,;:.]{{0,60}}$"
    r"|(?<!\w)(?:không|chưa|từ chối|xin trả lại|trả lại)(?: (?:được|đón|muốn|dám|xin))* (?:đón nhận|nhận|(?<=lại ))(?: danh hiệu)? ?\"?$"
    rf"|(?<!\w)(?:dừng|tạm dừng|hoãn|tạm hoãn|lùi|bác|bác bỏ) (?:việc |các |hồ sơ )*{_ACT}[^,;:.]{{0,60}}$"
    r"|(?<!\w)(?:hủy|hủy bỏ|thu hồi|rút(?: lại)?|tước) (?:quyết định(?!\w)[^,;:.]{0,40}|(?:danh hiệu |đề nghị |hồ sơ )*(?:tặng )?\"?)$"
    r"|(?<!\w)(?:suýt|mong|mong muốn|mong ước|hi vọng|kì vọng|ước mơ|có thể|có khả năng|lẽ ra|đáng lẽ)(?: (?:sẽ|sớm|rằng))*"
    rf" (?:được|đón nhận|nhận|{_ACT})[^,;:.]{{0,40}}$"
)


_AS_TOPIC = re.compile(
    r"(?:^|[ ,])(?<!nhất )(?<!trí )(?<!qua )(?<!ý )"
    r"(?:(?:về |đối với |riêng )*(?:việc|hồ sơ|trường hợp|danh sách|đề xuất|đề nghị)|đối với|riêng)(?!\w)[^,;:.]{0,80}$"
    rf"|(?<!\w)khi {_ACT}[^;:.]{{0,80}}$"
)
_IN_DOUBT = re.compile(
    r"[^;.]{0,140}?(?<!\w)(?:"
    r"còn (?:nhiều |một số |có |các )*(?:ý kiến|băn khoăn|vướng mắc|tranh luận|thiếu|phải xem xét)"
    r"|(?:có nhiều|nhiều) ý kiến (?:khác nhau|trái chiều|chưa thống nhất)"
    r"|(?:chưa|không) (?:thống nhất|nhất trí|đồng ý|thông qua|được (?:\w+ ){0,4}(?:thống nhất|thông qua|đồng ý|chấp thuận|nhất trí))"
    r"|(?:cần|phải) (?:bảo đảm|đảm bảo|đúng|có|căn cứ|chú ý|lưu ý|thực hiện)"
    r"|(?:cần|phải|đề nghị|giao|yêu cầu) [^;.,]{0,50}?(?:xác minh|làm rõ|thẩm tra|rà soát lại|xem xét lại|bổ sung hồ sơ))"
)
# "quy chế ghi đơn vị đạt Cờ thi đua phải có sáng kiến": what it takes
_RULED = re.compile(
    r"(?<!\w)(?:qui định|qui chế|tiêu chí|yêu cầu)(?!\w)[^.;:]{0,60}(?:nhận|đạt|được (?:tặng|xét tặng)) (?:danh hiệu )?\"?$"
)
_MUST = re.compile(r"[^.;:]{0,40}?(?<!\w)phải(?!\w)")
# "chỉ tiêu năm 2022 là 2 Cờ thi đua, 4 Bằng khen"
_AIMED = re.compile(
    r"(?<!hoàn thành )(?<!\bđạt )(?<!vượt )(?<!\w)(?:chỉ tiêu|mục tiêu)(?!\w)"
    r"(?:(?! (?:đã|đạt|được tặng|hoàn thành|vượt)(?!\w))[^.;:]){0,60}?"
    r"(?: là|:| gồm)(?! (?:đã|được))[^.;:]{0,80}$"
)
_AGAIN = re.compile(
    r"(?<!\w)(?:xem xét lại|cân nhắc|xác minh|thẩm tra|ý kiến khác nhau về|làm rõ)"
    r"(?: thêm)? (?:việc|hồ sơ|đề xuất|về) [^,;:.]{0,60}$"
)


def denied(words: str, behind: str) -> bool:
    """Whether the words of a sentence up to an award, or those behind it, say that nobody has it yet."""
    clause = words[max(words.rfind(mark) for mark in ",;:.") + 1 :][-120:]
    if _DENIED.search(clause) or _AGAIN.search(clause):
        return True
    if "tiêu" in words and _AIMED.search(words[-160:]):
        return True
    if _RULED.search(words[-120:]) and _MUST.match(behind):
        return True
    return _IN_DOUBT.match(behind) is not None and _AS_TOPIC.search(words[-100:]) is not None
