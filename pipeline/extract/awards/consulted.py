"""Articles that ask the public what it thinks of commendations to come: all that their lists "give" is proposed."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound
from pipeline.extract.document import Document, Sentence

# "lấy ý kiến nhân dân về việc khen thưởng", "công khai để xin ý kiến trước khi trình Chủ tịch nước tặng"
_CONSULTS = re.compile(
    r"(?<!\w)(?<!đã )(?<!sau khi )(?:lấy|xin|tham khảo|tiếp nhận|trưng cầu) ý kiến(?! về dự thảo)(?: [^.;]{0,110}?)?"
    r"(?<!\w)(?:khen thưởng|khen cao|tặng|truy tặng|phong tặng|tặng thưởng|danh hiệu)(?!\w)"
)
_GIVES = ("tặng", "tặng thưởng", "truy tặng", "phong tặng", "truy phong", "công nhận", "khen thưởng")
_BARE = re.compile(
    r"\W*(?:\d{1,2}(?:\.\d)*[.)] ?|[a-zđ][.)] ?)?"
    r"(?:(?:theo đó|cụ thể|trong đó|bên cạnh đó|ngoài ra|đồng thời|gồm|như sau)\W*)*(?:danh sách )?(?:đề nghị )?"
)


def consultation(doc: Document, first: list[Sentence]) -> int | None:
    """Where the title or the first sentences ask for opinions; None where the article does not."""
    opinions = (s for s in first if doc.key.find(" ý kiến", s.start, s.end) >= 0)
    asked = (m for s in opinions for m in [_CONSULTS.search(doc.key, s.start, s.end)] if m)
    return next((m.end() for m in asked), None)


def propose_by_consultation(doc: Document, found: list[AwardFound], asked: int) -> None:
    """ "Tặng Huân chương ... cho Trường A" at the head of a line, behind the asking; what somebody got or gave before is history."""
    for award in found:
        verb = award.status_span
        if award.status != "conferred" or verb is None or award.sentence is None or verb[0] < asked or doc.key[slice(*verb)] not in _GIVES:
            continue
        if _BARE.fullmatch(doc.key, award.sentence.start, verb[0]):
            award.status = "proposed"
