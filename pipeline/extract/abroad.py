"""Awards that another country gives: no matter of this genre."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extract.document import Document, Sentence

_COUNTRY = (
    r"(?:nhật|pháp|mĩ|hoa kì|nga|liên xô|đức|anh quốc|vương quốc anh|hàn quốc|triều tiên|lào|campuchia|trung quốc|ấn độ|thái lan"
    r"|philippines|cuba|ba lan|italia|tây ban nha|hà lan|bỉ|singapore|malaysia|indonesia|myanmar|đài loan|úc|australia"
    r"|ukraine|syria|iran|israel|hungary|cộng hòa séc|bulgaria|canada|brazil|venezuela|thụy điển|na uy|phần lan|đan mạch|thổ nhĩ kì)"
)
# "Đức", "Pháp" stand in names of people and bodies, so a state or its head must stand before them.
_STATE = r"(?:chính phủ|nhà nước|nước|chủ tịch nước|thủ tướng|quốc hội|đại sứ quán|quân đội) (?:chdcnd |cộng hòa [^.;,]{0,30} )?" + _COUNTRY
_FOREIGN = re.compile(
    rf"(?<!\w)(?:tổng thống|quốc vương|nữ hoàng|nhật hoàng|hoàng gia|đức vua|putin|{_STATE})(?: [^.;,]{{0,60}})? (?:trao|tặng|trao tặng"
    rf"|truy tặng|phong tặng|vinh danh|tôn vinh)(?!\w)[^.;]{{0,60}}(?:huân chương|huy chương|danh hiệu|anh hùng|phần thưởng)"
    rf"|(?:huân chương|anh hùng|danh hiệu) (?:của )?(?:nước |nhà nước |chính phủ )?{_COUNTRY}(?!\w)"
    rf"|(?:lính|binh sĩ|hạ sĩ|quân đội|phi công) {_COUNTRY}(?!\w)"
)
_OURS = re.compile(
    r"(?:chủ tịch nước|nhà nước|thủ tướng|chính phủ|ubnd|bộ trưởng|phó chủ tịch|(?<!tại )việt nam)"
    rf"(?! (?:chdcnd |cộng hòa [^.;]{{0,30}})?{_COUNTRY})"
    r"(?:(?! được )[^.;]){0,60} (?:trao|tặng|trao tặng|truy tặng|phong tặng)(?!\w)"
)


def given_by_another_country(doc: Document, sentences: Iterable[Sentence]) -> bool:
    """ "Chính phủ Nhật trao Huân chương": the giver is another country, and no Vietnamese body gives beside it."""
    foreign = any(_FOREIGN.search(doc.key, s.start, s.end) for s in sentences)
    return foreign and not any(_OURS.search(doc.key, s.start, s.end) for s in sentences)
