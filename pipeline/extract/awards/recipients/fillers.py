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
