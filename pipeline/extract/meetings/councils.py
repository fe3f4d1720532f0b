"""Councils of emulation and commendation, and where a sentence says that one sits."""

from __future__ import annotations

import re

from pipeline.extract.document import Document, Sentence
from pipeline.gazetteer import Hit

_SITS = re.compile(r"(?<!\w)(?:họp|phiên)(?!\w)")
# "trên cơ sở kết quả phiên họp của Hội đồng, Bộ trình ...": what it found is the ground of a later act
_GROUND = re.compile(
    r"(?<!\w)(?:trên cơ sở|căn cứ|theo)(?: vào)? (?:kết quả|biên bản|kết luận|nghị quyết|ý kiến)(?: (?:của|tại|cuộc|phiên))*\Z"
)
# "Hội đồng tổ chức hội nghị xét khen thưởng"; of a bloc that does so the council only hears
_VOTES = re.compile(r"(?<!\w)hội nghị (?:để |nhằm )?(?:(?:bình |xem )?xét(?! tuyển)|thẩm định|bỏ phiếu)(?!\w)")


def sitting_council(doc: Document, sentence: Sentence) -> Hit | None:
    """A council of emulation and commendation, where the sentence says that it sits."""
    councils = [h for h in doc.within("units", sentence.start, sentence.end) if h.entry.is_a("council") and not _hears(doc, sentence, h)]
    if not councils:
        return None
    own = not doc.within("bloc_heads", sentence.start, councils[0].start) and _VOTES.search(doc.key, councils[0].end, sentence.end)
    sits = (
        m for m in _SITS.finditer(doc.key, sentence.start, sentence.end) if not _GROUND.search(doc.key[sentence.start : m.start()].rstrip())
    )
    return councils[0] if own or next(sits, None) else None


# "họp bình xét, trình Hội đồng TĐKT tỉnh", "thực hiện Công văn số 5/HĐTĐKT của Hội đồng TĐKT tỉnh": of another's meeting
_HEARS = re.compile(r"(?<!\w)(?:trình|gửi|báo cáo)(?: lên| với| cho)? $|(?:công văn|hướng dẫn|kế hoạch|thông báo) số [^.;]{0,60} của $")


def _hears(doc: Document, sentence: Sentence, council: Hit) -> bool:
    """Whether the council is only told what others vote, or has told them to."""
    return _HEARS.search(doc.key, sentence.start, council.start) is not None


_FOR_HONOURS = re.compile(r"(?<!\w)hội đồng [^.;:]{0,60}?xét tặng (?:các )?(?:danh hiệu|giải thưởng)")


def council_for_honours(doc: Document, sentence: Sentence) -> tuple[int, int] | None:
    """ "Hội đồng cấp Nhà nước xét tặng danh hiệu Nghệ sĩ nhân dân họp": it votes as the councils of commendation do."""
    match = _FOR_HONOURS.search(doc.key, sentence.start, sentence.end) if "xét tặng" in doc.key else None
    return match.span() if match and _MEETS_TO_VOTE.search(doc.key, match.end(), sentence.end) else None


_MEETS_TO_VOTE = re.compile(
    r"(?<!\w)(?:đã |tiến hành |vừa )+(?:tiến hành )?(?:tổ chức )?(?:họp|phiên họp)(?!\w)|tổ chức (?:cuộc |phiên )?họp"
    r"|(?<!\w)họp (?:phiên|lần|để|bỏ phiếu|xét|thống nhất|thông qua)(?!\w)"
)
