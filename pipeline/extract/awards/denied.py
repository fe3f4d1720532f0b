"""What was not given or not asked for, taken back, or only hoped for, by the words right before the award.

"Hội đồng chưa xét tặng Cờ thi đua cho Sở A", "hủy quyết định tặng Huân chương", "từ chối nhận Bằng khen", "mong được tặng" - none
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


def denied(words: str) -> bool:
    """Whether the words of a sentence up to an award say that nobody has it yet."""
    return _DENIED.search(words[-120:]) is not None
