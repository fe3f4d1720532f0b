"""Words that may stand before the first member of a list of recipients, or between its members."""

from __future__ import annotations

import re

# the place that the next member holds: "và ba khối là Sở B"
_PLACE_HELD = r"(?:(?:đơn vị|xếp|hạng|thứ|giải) )*(?:nhất|nhì|hai|ba|tư)(?: khối| cụm)?"
_LATER = re.compile(
    r"(?:các|tập thể|cá nhân|cán bộ|nhân dân|gia đình|là|khác|hai|ba|nhân dân và cán bộ|tổ dân phố|tổ|khu phố|ấp|bản"
    r"|khóm|thôn|xuất sắc|tiêu biểu|có thành"
    r" tích xuất sắc|trong đó có|gồm có|dẫn đầu|trên|các đơn vị|danh hiệu| )+"
    rf"|{_PLACE_HELD}"
)
_ITEM = re.compile(r" ?\d{1,2} ?[.)/] ?")  # "gồm: 1. Sở A; 2. Sở B"
_ELSEWHERE = re.compile(r"\.|ngày|việc|các phong trào|(?<!\w)sự (?:phát triển|nghiệp|nỗ lực|thành công)")


def filler(words: str, later: bool) -> bool:
    """Words that may stand before the first member, or between members."""
    if later:
        return len(words) <= 30 and bool(_LATER.fullmatch(words) or _ITEM.fullmatch(words))
    if words.strip() == "." or _ITEM.fullmatch(words):  # a stray full stop: "cho. Sở Y tế"
        return True
    return len(words) <= 70 and not _ELSEWHERE.search(words)


_SORT = re.compile(
    r"(?!(?:không|chưa|sẽ|để|nếu|cho|vì|do|đã|và|cùng|với|tại|ở|theo|mà|thì|nên|khi|phải|cần|muốn|mong|xứng)(?!\w))"
    r"[a-zà-ỹđ]+(?: (?!được|đã|cho|để|tại)[a-zà-ỹđ]+){0,3}(?: được)?"
)


def sort_of(words: str) -> bool:
    """ "giỏi quốc gia", "bồi dưỡng được": a few small words behind a count, no clause."""
    return len(words) <= 24 and _SORT.fullmatch(words) is not None


_NUMBERS = re.compile(r"[\d/.,|]+")
_LINKS = re.compile(
    r"(?:được|đã|mới|vẫn|toàn|chính thức|rất|vinh dự|cũng|từng|vừa|lần này|lại|còn|lên|và|có|khác|đồng thời|tiếp tục|liên tục"
    r"|nhiều năm|đều|cùng|vui mừng|trong|có thành tích xuất sắc|dẫn đầu|xếp|giải|thứ|nhất|nhì|ba|đạt|là|xuất sắc|để|thành|hai"
    r"|lần|trẻ|tiêu biểu|còn lại|cá nhân|tập thể|thống nhất|đơn vị|liền|,|trường hợp|nơi"
    r"|sau|đó|ngành|các|lãnh đạo|vinh|dự|trước|khối|cụm"
    r"|đứng|đầu|đồng|phiếu|điểm|số|do|bởi|bốn|trên|tổng|với|mà|nên|liên tiếp|thêm|danh hiệu|vì|điển hình|tiên"
    r" tiến|tín nhiệm|cao|đủ|điều kiện|tiêu chuẩn|giai đoạn|thành tích| )+"
)


def linking(words: str) -> bool:
    if words.strip() == "|":
        return True  # the edge of a table's cell
    rest = _NUMBERS.sub("", words)
    return len(words) <= 45 and (not rest or bool(_LINKS.fullmatch(rest)))  # "98 | , | 5 điểm"
