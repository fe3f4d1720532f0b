"""Awards that another country gives: no matter of this genre."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.extract.countries import countries
from pipeline.extract.document import Document, Sentence
from pipeline.gazetteer import Gazetteer

_RULERS = ("tổng thống ", "quốc vương ", "nữ hoàng ", "nhật hoàng ")  # of whom Vietnam has none: what begins with them tells of them


@lru_cache(maxsize=4)
def _patterns(gazetteer: Gazetteer) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What another country gives, and what a Vietnamese body gives."""
    country = countries(gazetteer)
    # "Đức", "Pháp" stand in names of people and bodies, so a state or its head must stand before them.
    state = (
        r"(?:chính phủ|nhà nước|nước|chủ tịch nước|thủ tướng|quốc hội|đại sứ quán|quân đội) (?:chdcnd |cộng hòa [^.;,]{0,30} )?" + country
    )
    foreign = re.compile(
        rf"(?<!\w)(?:tổng thống|quốc vương|nữ hoàng|nhật hoàng|hoàng gia|đức vua|{state})(?: [^.;,]{{0,60}})? (?:trao|tặng|trao tặng"
        r"|truy tặng|phong tặng|vinh danh|tôn vinh)(?!\w)[^.;]{0,60}(?:huân chương|huy chương|danh hiệu|anh hùng|phần thưởng)"
        r"|(?:bằng khen|giấy khen|thư khen|huân chương) (?:của|từ) (?:cựu )?(?:tổng thống|quốc vương|nữ hoàng|nhật hoàng|hoàng gia)(?!\w)"
        rf"|(?:huân chương|anh hùng|danh hiệu) (?:của )?(?:nước |nhà nước |chính phủ )?{country}"
        rf"|(?:lính|binh sĩ|hạ sĩ|quân đội|phi công) {country}"
    )
    ours = re.compile(
        r"(?:chủ tịch nước|nhà nước|thủ tướng|chính phủ|ubnd|bộ trưởng|phó chủ tịch|(?<!tại )việt nam)"
        rf"(?! (?:chdcnd |cộng hòa [^.;]{{0,30}})?{country})"
        r"(?:(?! được )[^.;]){0,60} (?:trao|tặng|trao tặng|truy tặng|phong tặng)(?!\w)"
    )
    return foreign, ours


def given_by_another_country(doc: Document, sentences: Iterable[Sentence]) -> bool:
    """ "Chính phủ Nhật trao Huân chương": the giver is another country, and no Vietnamese body gives beside it."""
    foreign, ours = _patterns(doc.gazetteer)
    abroad = any(doc.key.startswith(_RULERS, s.start) or foreign.search(doc.key, s.start, s.end) for s in sentences)
    return abroad and not any(ours.search(doc.key, s.start, s.end) for s in sentences)
