"""Whether an article is of the genre: an event or decision of emulation and commendation.

True when title or lead tell of a bloc's meeting, signing or games, of a council, a congress, or when awards of a state, ministry,
province or bloc are given or proposed at an event of their own. A law explained, a course, a match or a contest is not.
"""

from __future__ import annotations

import re

from pipeline.clean.look import judge_text

_STRONG = re.compile(
    r"(?:khối|cụm) (?:thi đua|tđ)|giao ước thi đua|hội đồng (?:thi đua|tđkt)|đại hội thi đua|điển hình tiên tiến|(?:khối|cụm)"
    r" trưởng|trưởng (?:khối|cụm)"
)
TRAINING = re.compile(
    r"(?<!\w)(?:tập huấn|bồi dưỡng nghiệp vụ|hỏi đáp|hỏi-đáp|điểm mới của luật|qui định mới|tìm hiểu luật|góp ý dự thảo|dự thảo"
    r" luật|luật sửa đổi|qui định về tiêu chuẩn|thông tư hướng dẫn|nghị định qui định)(?!\w)"
)


def looks_relevant(text: str) -> bool:
    """The cheap look at a text that is clean. Lets too much pass rather than too little."""
    return judge_text(text).startswith("passed")


def strong_evidence(key: str) -> bool:
    return bool(_STRONG.search(key))


def judge(doc, chunks, kind, found_awards):
    """The slot `relevant`, with the words that settle it (none for an article that is not)."""
    from pipeline.extract.meetings import lead_sentences

    heads, body = lead_sentences(doc)
    first = [*heads, *body[:3]]
    text = " ".join(doc.key[s.start : s.end] for s in first)
    title = " ".join(doc.key[s.start : s.end] for s in heads) or (doc.key[body[0].start : body[0].end] if body else "")
    if TRAINING.search(title) and not re.search(r"(?:khối|cụm) thi đua", title):
        return doc.slot("relevance.no.training", value=False, inferred_from="a course or a law explained")
    for sentence in first:
        match = _STRONG.search(doc.key, sentence.start, sentence.end)
        if match and kind is not None and ("thi đua" in text or "khen thưởng" in text):
            return doc.slot("relevance.yes.genre", match.span(), value=True)
    if kind is not None and kind.name in ("council", "congress"):
        return doc.slot("relevance.yes.event", (kind.start, kind.end), value=True)
    if kind is not None and kind.name in ("annual_review", "midyear_review", "signing", "thematic", "inspection"):
        for sentence in [*heads, *(body[:2] if any(a.recipients for a in found_awards) else [])]:
            match = _MOVEMENT.search(doc.key, sentence.start, sentence.end)
            if match:
                return doc.slot("relevance.yes.review", match.span(), value=True)
    for award in found_awards:
        if _awarding(doc, award, title, first):
            return doc.slot("relevance.yes.award", (award.award.start, award.award.end), value=True)
    for sentence in [*heads, *body[:2]]:
        match = _COMMENDED.search(doc.key, sentence.start, sentence.end)
        if match and not _PAST.search(doc.key, sentence.start, match.start()) and not _NEWS_OF_RULES.search(title):
            return doc.slot("relevance.yes.commended", match.span(), value=True)
    for sentence in heads:
        match = _HONOUR_IN_TITLE.search(doc.key, sentence.start, sentence.end)
        if match and not _NEWS_OF_RULES.search(title) and any(_HONOURING.search(doc.key, s.start, s.end) for s in body[:3]):
            return doc.slot("relevance.yes.commended", match.span(), value=True)
    return doc.slot("relevance.no.evidence", value=False, inferred_from="no bloc, council, congress or awarding in title and lead")


_MOVEMENT = re.compile(r"công tác thi đua|phong trào thi đua|thi đua(?:,| và |-| )\s?khen thưởng|thi đua yêu nước|danh hiệu thi đua")
_HONOURED = re.compile(
    r"huân chương|bằng khen|cờ thi đua|khen thưởng|phần thưởng cao quí|danh hiệu (?:anh hùng|chiến sĩ thi đua|nhà giáo|thầy"
    r" thuốc|nghệ sĩ|nghệ nhân|\")|thầy thuốc (?:ưu tú|nhân dân)|nhà giáo (?:ưu tú|nhân dân)|kỉ niệm chương|chiến sĩ thi đua"
    r"|anh hùng lao động|anh hùng lực lượng|bà mẹ việt nam anh hùng|tuyên dương|vinh danh|tôn vinh"
)
# "trao Huân chương", "tặng Bằng khen", "đón nhận danh hiệu Anh hùng Lao động": verb and award in one breath.
_COMMENDED = re.compile(
    r"(?<!\w)(?:trao|tặng|trao tặng|truy tặng|tặng thưởng|đón nhận|nhận|phong tặng|quyết định tặng|thưởng|vinh danh|tuyên"
    r" dương)(?!\w)[^.;:?]{0,45}(?:huân chương|bằng khen|giấy khen|cờ thi đua|kỉ niệm chương|danh hiệu \"?(?:anh hùng|bà mẹ"
    r"|nhà giáo|thầy thuốc|nghệ sĩ|nghệ nhân|chiến sĩ thi đua)|anh hùng lao động|anh hùng lực lượng)"
)
# "Tuyên dương 35 nhà giáo trẻ" in the title, and in the lead the event at which it was done.
_HONOUR_IN_TITLE = re.compile(r"(?<!\w)(?:tuyên dương|khen thưởng|được khen)(?!\w)")
_HONOURING = re.compile(
    r"(?:lễ|buổi|chương trình|hội nghị) (?:tuyên dương|khen thưởng|vinh danh|trao thưởng)"
    r"|(?:quyết định|gửi|trao|tặng)[^.;:]{0,30} (?:khen thưởng|thư khen|thưởng nóng|bằng khen|giấy khen)"
    r"|(?:được|đã|vừa)[^.;:,]{0,60} (?:khen thưởng|tuyên dương|vinh danh)(?!\w)"
)
_PAST = re.compile(r"(?:từng|trước đó|năm (?:19|20)\d\d|đã có|nhiều lần|không|chưa|sẽ|nếu|thu hồi|tước|muốn|giả|bị)[^.;]{0,60}$")
_NEWS_OF_RULES = re.compile(
    r"thu hồi|tước|bất cập|tranh cãi|dự thảo|quy chế|qui chế|tiền thưởng|mức thưởng|lừa|giả|bị bắt|khởi tố|kỉ luật|vì sao|có nên"
    r"|tranh luận|phản hồi"
)
_GIVEN_IN_LEAD = re.compile(
    r"(?:lễ|hội nghị|buổi|chương trình|gặp mặt)[^.;]{0,90}(?:trao|đón nhận|công bố|vinh danh|tuyên dương|khen thưởng)|(?:trao"
    r"|đón nhận|truy tặng|phong tặng|quyết định tặng|kí quyết định)[^.;]{0,60}(?:huân chương|bằng khen|cờ thi đua|danh hiệu"
    r"|khen thưởng|kỉ niệm chương)"
)


def _awarding(doc, award, title, first) -> bool:
    """Whether giving awards is what the article is about: title or lead say so, and a giver of rank stands behind one."""
    level = award.award.entry.fields["level"]
    given = award.issuer.level if award.issuer else None
    if not {level, given} & {"state", "government", "ministry", "province", "bloc"} and "|" not in level:
        return False
    if _HONOURED.search(title):
        return True
    return any(_GIVEN_IN_LEAD.search(doc.key, s.start, s.end) for s in first)
