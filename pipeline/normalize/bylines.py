"""The provincial paper that an article comes from, told before its first words: "(HNM) - Sáng 2/3", "ĐTO - Ngày 5/4"."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.gazetteer import Gazetteer
from pipeline.records import Article


@lru_cache(maxsize=4)
def _papers(gazetteer: Gazetteer) -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of a byline at the head of a paragraph, and the province of each paper."""
    homes = {form: e.fields["province"] for e in gazetteer.table("bylines") for form in (e.name, *e.variants)}
    names = "|".join(map(re.escape, sorted(homes, key=len, reverse=True)))
    return re.compile(rf"\W{{0,3}}(?P<paper>{names})(?:\)| ?[-–—])"), homes


def of_paper(article: Article, gazetteer: Gazetteer) -> tuple[str, tuple[int, int]] | None:
    """The province of the paper whose letters stand before the text, and where they stand."""
    pattern, homes = _papers(gazetteer)
    for region in article.regions:
        if region.kind in ("lead", "body") and (told := pattern.match(article.text, region.start, region.end)):
            return homes[told["paper"]], told.span("paper")
    return None
