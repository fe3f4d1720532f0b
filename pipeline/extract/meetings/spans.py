"""Words for the stretches of time that meetings look back on: half years, quarters, years, spans of years."""

from __future__ import annotations

import re

HALF = re.compile(r"(?:6|sáu|06) tháng (?P<half>đầu|cuối)(?: năm)?|nửa (?P<half2>đầu|cuối) năm|nửa năm")
QUARTER = re.compile(r"quí (?P<quarter>iv|i{1,3}|[1-4])(?!\w)")
NINE = re.compile(r"(?:9|chín|09) tháng")
SPAN = re.compile(
    r"(?:giai đoạn|nhiệm kì|năm học|\() ?(?P<from>(?:19|20)\d\d)-(?P<to>(?:19|20)?\d\d)(?!\d)"
    r"|(?<![\d/])(?P<from2>20\d\d)-(?P<to2>20\d\d)(?!\d)"
)
YEAR = re.compile(r"(?:năm |/)(?P<year>(?:19|20)\d\d)(?![\d])(?!-20)")
