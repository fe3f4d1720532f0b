"""Years that the head of an article names: its title, lead and first lines. They stand in for years left out elsewhere."""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.normalize.dates import OLDEST
from pipeline.records import Article

_LINES = 4
_STATED = re.compile(r"năm (?:học )?(20[0-3]\d)(?:\s*[-–]\s*(20[0-3]\d))?")
_WHOLE_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](\d{4})")
_ANY_YEAR = re.compile(r"20[0-2]\d(?<![\d.,/]....)(?<!(?:đến|tới) năm ....)(?![\d/.,]\w|\d|%)")  # no years to come, no numbers
# "phiên họp thứ ba năm 2017", "đợt 2 năm 2016": the year of a session is not that of the awards it votes on
_OF_SESSION = re.compile(r"(?<!\w)(?:phiên|đợt|lần|kỳ|kì|quý)(?!\w)[^,.;\n]{0,16}$")
# "vinh danh nông dân xuất sắc năm 2019": that year is over when its best are honoured
_HONOURED = re.compile(
    r"(?:tiêu biểu|xuất sắc|ưu tú|thành tích|danh hiệu|xét|tốt nghiệp|vinh danh|khen thưởng)[^.;\n]{0,60} năm (20[0-3]\d)"
)
# "kỷ niệm 70 năm Ngày thành lập (20/8/1945)", "50 năm (1965 - 2015)", "cách đây 50 năm, ngày 8-3-1965"
_ANNIVERSARY = re.compile(
    r"(?<![\d,.])(\d{1,3}) năm[^.;()\d]{0,80}[(, ]{0,2}(?:ngày )?(?:\d{1,2}[/.-]){0,2}(1[789]\d\d|20[0-2]\d)"
    r"(?:\s*[-–]\s*(?:\d{1,2}[/.-]){0,2}(20[0-2]\d))?(?![\d])"
)
_LAST = 2029


class Head:
    """The first lines of an article in small letters, and the years they name."""

    def __init__(self, article: Article) -> None:
        regions = [r for r in article.regions if r.kind in ("title", "kicker", "lead", "body")][:_LINES]
        self.text = "\n".join(article.text[r.start : r.end] for r in regions).lower()

    @cached_property
    def _undated(self) -> str:
        return _WHOLE_DATE.sub(" ", self.text)

    @cached_property
    def stated(self) -> list[int]:
        """Years named with "năm", in text order."""
        return [int(m[2] or m[1]) for m in _STATED.finditer(self._undated)]

    @cached_property
    def others(self) -> list[int]:
        """Years named otherwise ("SEA Games 2019"), from the last; those of whole dates where there are none."""
        if anniversary := self._of_anniversary():
            return [anniversary]
        named = sorted((int(m[0]) for m in _ANY_YEAR.finditer(self._undated)), reverse=True)
        return named or [year for m in _WHOLE_DATE.finditer(self.text) if OLDEST <= (year := int(m[1])) <= _LAST]

    def _of_anniversary(self) -> int | None:
        """The year in which so many years have passed since an event whose year is named."""
        for match in _ANNIVERSARY.finditer(self.text) if " năm " in self.text else ():
            year = int(match[1]) + int(match[2])
            if len(match[1]) == 1 and not match[3]:
                continue  # "5 năm (2016)": too short a time to be told without its end
            if OLDEST <= year <= _LAST and (match[3] is None or abs(int(match[3]) - year) <= 1):
                return int(match[3] or year)
        return None

    @cached_property
    def first(self) -> int | None:
        """The first year named with "năm"; None where it is a session's."""
        named = _STATED.search(self.text)
        if named is None or _OF_SESSION.search(self.text, max(0, named.start() - 30), named.start()):
            return None
        return int(named[2] or named[1])

    @property
    def honoured(self) -> int | None:
        """The year whose best are honoured."""
        match = _HONOURED.search(self.text)
        return int(match[1]) if match else None
