"""Awards that are really given in what an article reports, though its title and lead tell of something else.

A visit ends with a ceremony, a rescue is rewarded, a jubilee brings an order, a picture shows who hands a certificate over. What counts
is one sentence with a verb of giving, an award and somebody who gets it, told of the article's own days: by a day or an occasion, by the
deed that is rewarded, as the act of handing over, or under a picture. What somebody got once in his life is told without these.
"""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound
from pipeline.extract.document import Document, Sentence
from pipeline.extract.relevance.abroad import given_by_another_country
from pipeline.extract.relevance.commended import AWARD, CONTEST, PAST, stands_alone, told_of_before

# "Dịp này, Tỉnh đoàn tuyên dương 20 đoàn viên", "Tại hội nghị, Đảng ủy trao Giấy khen cho 3 tập thể": what ends a meeting about other work.
_HERE = re.compile(
    r"(?<!\w)(?:"
    rf"(?:nhân )?dịp n(?:à|gà)y,[^.;]{{0,90}}(?<!\w)(?:nhận|nhận được|đạt|đạt được|được tặng) {AWARD}"
    r"|(?:hội nghị|đại hội|buổi lễ) (?:đã |cũng )?(?:(?!sẽ|dự kiến)[^.;:]{3,110} và )?"
    rf"(?:trao|tặng|trao tặng)(?: \d{{1,3}})? {AWARD}|"
    r"(?:(?:nhân )?dịp n(?:à|gà)y|(?:cũng )?(?:tại|trong|kết thúc|bế mạc) (?:hội nghị|đại hội|buổi lễ|lễ|chương trình)[^.,;]{0,40}),"
    r"[^.;]{0,120}?(?<!\w)(?:trao|trao tặng|tặng|khen thưởng|tuyên dương|biểu dương|vinh danh|tôn vinh|công bố quyết định"
    rf" khen thưởng)(?!\w)[^.;]{{0,60}}?(?:{AWARD}|khen thưởng|(?<![\d.,])\d{{1,3}} (?:tập thể|cá nhân|đơn vị|mô hình|gương|điển hình"
    r"|cán bộ|đoàn viên|hội viên|đảng viên)))"
)
_NOT_NOW = re.compile(r"(?<!\w)(?:sẽ|dự kiến|từng|trước đó|năm (?:19|20)\d\d|nhiều lần|không|chưa|nếu|muốn|bị|tối đa)(?!\w)")
_HELD = re.compile(
    r"(?<!\w)(?:tổ chức|diễn ra|khai mạc)(?!\w)[^.;]{0,60}(?<!\w)(?:hội nghị|đại hội|lễ|chương trình|tọa đàm)(?!\w)|hội nghị"
)


def given_at_meeting(doc: Document) -> tuple[int, int] | None:
    """Where a meeting that title or lead tells of ends with commendations."""
    running = [s for s in doc.sentences if s.region in ("lead", "body")]
    if not any(_HELD.search(doc.key, s.start, s.end) for s in running):
        return None
    found = ((s, m) for s in running if (m := _HERE.search(doc.key, s.start, s.end)))
    return next((m.span() for s, m in found if not PAST.search(doc.key, s.start, m.start()) and not _NOT_NOW.search(m[0])), None)


# --- told in any sentence ---------------------------------------------------------------------------------------------------

_CERTIFICATE = (
    r"(?:huân chương|bằng khen|cờ thi đua|giấy khen|kỉ niệm chương(?: \"?vì)?|danh hiệu \"?(?:anh hùng|bà mẹ"
    r"|chiến sĩ thi đua|lao động|tập thể lao động))"
)
# "trao Bằng khen", "gắn Huân chương", "tặng hoa và Giấy khen": who gives acts
_GIVES = re.compile(
    r"(?<!\w)(?P<verb>trao tặng|trao thưởng|trao(?! đổi)|gắn|truy tặng|tặng thưởng|tặng)(?!\w)"
    rf"(?P<between>(?:(?! được )[^.;:]){{0,80}}?)(?<!\w)(?P<what>{_CERTIFICATE})"
)
_RECEIVES = re.compile(rf"(?<!\w)(?:đón nhận|nhận)(?: được)?(?!\w)[^.;:]{{0,30}}?(?<!\w)(?P<what>{_CERTIFICATE})")
_PASSIVE = re.compile(r"(?<!\w)được (?:[^.,;:()]|, (?=tặng|trao|biểu dương)|\([^()]*\)){0,110}$")
_TO_WHOM = re.compile(r"(?:[^.;:]|\.(?! )){0,70}?(?<!\w)(?:cho|chúc mừng) \w")
_TO_WHOM_BETWEEN = re.compile(r"(?<!\w)(?:cho|tận tay|ông|bà|anh|chị|em|cháu)(?!\w)")
_COUNTED = re.compile(
    r"(?<![\d.,/])\d{1,4} (?:tập thể|cá nhân|đơn vị|cán bộ|chiến sĩ|giáo viên|hộ|gia đình|doanh nghiệp)(?!\w)[^.;:]{0,90}$"
)
# "Ngoài ra, các cô cũng được ...": those of whom the sentence before speaks
_SPOKEN_OF = re.compile(
    r"\W*(?:[^,.;:]{3,20}, ?)?(?:(?:các|hai|ba|bốn|cả \w+) )?(?:cô|thầy|em|anh|chị|ông|bà|cháu) (?:này )?(?:cũng |còn |đã |vừa )*được(?!\w)"
)
_SUMMED = re.compile(
    r"(?<!\w)(?:đến nay|tính đến|tổng cộng|trong số|sau \d+ năm|thời gian|đã có|toàn (?:tỉnh|huyện|ngành|quốc|trường))(?!\w)"
)
# Days and occasions of what is reported. "Ngày 3/2" is one, "năm 2014" is none.
_NOW = re.compile(
    r"(?<!\w)(?:(?:sáng|trưa|chiều|tối)(?= (?:nay|qua|cùng|ngày|\(?\d))|hôm (?:nay|qua|\d)|cùng ngày|vừa|mới đây|ngay sau (?:đó|khi)"
    r"|ngày \(?\d{1,2}(?= ?[/.-]| tháng)(?![/.-]\d{1,2}[/.-](?:1|200))|nhân (?:dịp|kỉ niệm)|thừa ủy quyền|thay mặt"
    r"|dịp này|tại (?:buổi |chương trình |hội nghị |đại hội |lễ )?(?:lễ|buổi|hội nghị|đại hội|chương trình)"
    r"|trong (?:buổi|khuôn khổ|chương trình|lễ))(?!\w)"
)
_DEED = re.compile(
    r"(?<!\w)(?:hành động|việc làm|nghĩa cử|tinh thần|cử chỉ) (?:\w+ ){0,3}?(?:dũng cảm|đẹp|quên mình|nghĩa hiệp|cứu|trung thực"
    r"|kịp thời|này|trên)(?!\w)|(?<!\w)(?:thành tích|chiến công|kết quả) (?:này|trên)(?!\w)"
    r"|(?<!\w)(?:ghi nhận|biểu dương|trước) (?:\w+ ){0,2}?(?:hành động|việc làm|nghĩa cử|tinh thần)(?!\w)"
)
_DONE = re.compile(
    r"(?<!\w)(?:quyết định(?: khen thưởng[^.;:]{0,20},)?|tiến hành|tổ chức|sau khi [^.;]{4,80},[^.;,]{4,60}|đến [^.;]{0,40}) $"
)
_GOES_ON = re.compile(r"\W*(?:ngoài ra|đồng thời|bên cạnh đó|cùng với đó|trong đó|cũng)(?!\w)")
_HONOURING = re.compile(r"(?<!\w)(?:khen thưởng|tuyên dương|biểu dương|khen ngợi|vinh danh|tôn vinh|thư khen)(?!\w)")
_NEVER = re.compile(
    r"(?<!\w)(?:từng|(?:những|nhiều|các|mỗi|hàng|hằng) năm(?! ngày)|\d+ năm (?:qua|nay|liền|liên tục|gần)|nhiều lần|năm nào|lần đầu"
    r"|(?<!hàng )không(?! chỉ| ngại| quản| kể)|chưa|nếu|muốn|mong|mơ ước|(?<!thiết )(?<!trang )(?<!chuẩn )bị|nhớ lại"
    r"|(?<!đáng )kể(?! từ| cả)|chuyện|hồi tưởng|(?<!tác )(?<!khán )(?<!độc )giả|tối đa|kế hoạch|thu hồi|tước|hủy|xem xét|tiêu chuẩn"
    r"|(?<!theo )đề nghị|đề xuất|(?<!chương )(?<!quá )(?<!công )(?<!hành )trình|xứng đáng|để (?:được )?|(?<!công )(?<!làm )việc(?! làm)"
    r"|năm (?:học )?(?:19\d\d|200\d))(?!\w)(?:(?!quyết định)[^.;]){0,80}$|(?<!\w)(?:sẽ|dự kiến)(?!\w)"
)
_YEAR = re.compile(r"(?<!\w)năm (?:học )?20[1-9]\d(?!\w)")  # "Năm 2014, công ty được ...", but not "Tại hội nghị tổng kết năm 2018, ..."
_OF_OLD = re.compile(r"[^.;]{0,90}?(?<!\w)(?:vào |trong |hồi )?(?:các )?(?:năm|tháng \d{1,2}/) ?(?:19|20)\d\d(?: và|,? năm|\.)")
_AUTHORITY = re.compile(r"(?<!\w)(?:lãnh đạo|bí thư|chủ tịch|ubnd|bộ trưởng|thủ tướng|thứ trưởng|đại diện|bộ)(?!\w)")
_LOW = ("giấy khen", "kỉ niệm chương")
_PICTURE = re.compile(r"(?<!\w)ảnh ?: ")
# "Ban A đã đề xuất UBND tỉnh tặng Bằng khen cho tài xế B vì hành động dũng cảm": a deed's reward is asked for
_PROPOSED = re.compile(
    r"(?<!\w)(?:ubnd|ủy ban|ban|sở|bộ|huyện|tỉnh|xã|phường|quận|công an|đồn|đoàn|hội|cục|trường|đơn vị|cơ quan|lãnh đạo|chỉ huy)(?!\w)"
    r"(?:(?!người dân)[^.;:]){0,60}? (?:đề xuất|đề nghị|kiến nghị) [^.;:,]{0,80}?(?<!\w)(?:truy tặng|tặng thưởng|trao tặng|trao|tặng)(?!\w)"
    r"[^.;:,]{0,12} (?:huân chương|bằng khen)(?!\w)[^.;:]{0,60} cho (?!rằng)"
)
# "Hội Luật gia tỉnh nhận Bằng khen của Thủ tướng.": a picture's words that end in a full stop
_SHORT = re.compile(r"[^,;:.]{3,90}(?<!được) nhận (?:huân chương|bằng khen|cờ thi đua)[^,;:.]{0,70}(?:của|từ) [^,;:.]{3,40}\.?\s*")
_TIMES = re.compile(r"(?<!\w)(?:đã|cũng|được|vinh dự|từng|năm|lần|tôi)(?!\w)")


def given_now(doc: Document, found: list[AwardFound]) -> tuple[int, int] | None:
    """Where a sentence of the article tells that an award was given in its own days."""
    received = {a.sentence.start for a in found if a.sentence is not None and a.recipients and a.status == "conferred"}
    before: Sentence | None = None
    for sentence in doc.sentences:
        if sentence.region not in ("lead", "body", "caption"):
            continue
        if doc.within("awards", sentence.start, sentence.end):
            given = _given_in(doc, sentence, before, sentence.start in received)
            if given and not given_by_another_country(doc, [sentence]):
                return given
        before = sentence
    return None


def handed_over(doc: Document, found: list[AwardFound]) -> tuple[int, int] | None:
    """The words of handing over, where such a sentence tells of that and not of a decision."""
    given = given_now(doc, found)
    if given is None or not doc.key.startswith(("trao", "gắn"), given[0]) or _DECIDED.search(doc.key, max(0, given[0] - 20), given[0]):
        return None
    return given


_DECIDED = re.compile(r"(?<!\w)quyết định (?:về việc )?$")


def _given_in(doc: Document, sentence: Sentence, before: Sentence | None, received: bool) -> tuple[int, int] | None:
    for match in _GIVES.finditer(doc.key, sentence.start, sentence.end):
        if not _is_past(doc, sentence, match):
            passive = _PASSIVE.search(doc.key, sentence.start, match.start())
            told = _told_as_done if passive else _hands_over
            return match.span() if told(doc, sentence, match, before, received) else None
    match = _RECEIVES.search(doc.key, sentence.start, sentence.end)
    if match and not _is_past(doc, sentence, match) and _told_as_done(doc, sentence, match, before, received):
        return match.span()
    proposed = _PROPOSED.search(doc.key, sentence.start, sentence.end)
    deed = proposed and _DEED.search(doc.key, sentence.start, sentence.end)
    return proposed.span() if proposed and deed and not PAST.search(doc.key, sentence.start, proposed.start()) else None


def _is_past(doc: Document, sentence: Sentence, match: re.Match[str]) -> bool:
    year = _YEAR.search(doc.key, sentence.start, match.start())
    if year and not _NOW.search(doc.key, sentence.start, year.start()):
        return True
    if _NEVER.search(doc.key, sentence.start, match.start()) or _OF_OLD.match(doc.key, match.end(), sentence.end):
        return True
    return bool(CONTEST.search(doc.key, sentence.start, sentence.end)) and not _AUTHORITY.search(doc.key, sentence.start, match.start())


def _hands_over(doc: Document, sentence: Sentence, match: re.Match[str], before: Sentence | None, received: bool) -> bool:
    """ "Bộ trưởng trao Bằng khen cho 9 tập thể": the giver acts, and somebody gets it."""
    if not received and not _TO_WHOM.match(doc.key, match.end(), sentence.end) and not _TO_WHOM_BETWEEN.search(match["between"]):
        return False
    if _is_now(doc, sentence, match):
        return True
    if match["what"] in _LOW:
        return False
    return match["verb"].startswith(("trao", "gắn")) or bool(_DONE.search(doc.key, sentence.start, match.start()))


def _told_as_done(doc: Document, sentence: Sentence, match: re.Match[str], before: Sentence | None, received: bool) -> bool:
    """ "Dịp này, 12 tập thể được UBND tỉnh tặng Bằng khen": who gets it is known, and so is that it was now."""
    if told_of_before(doc, sentence, match.start()):
        return False
    if _NOW.search(doc.key, sentence.start, match.start()) or _DEED.search(doc.key, sentence.start, sentence.end):
        return True
    counted = _COUNTED.search(doc.key, sentence.start, match.start())
    if not received and not counted and not _SPOKEN_OF.match(doc.key, sentence.start, match.start()):
        return False
    if _is_now(doc, sentence, match) or _NOW.search(doc.key, match.end(), min(match.end() + 60, sentence.end)):
        return True
    if before is not None and _is_of_day_before(doc, sentence, before):
        return True
    return bool(counted) and match["what"] not in _LOW and not _SUMMED.search(doc.key, sentence.start, match.start())


def _is_of_day_before(doc: Document, sentence: Sentence, before: Sentence) -> bool:
    """ "Ngày 4/5, trường tuyên dương em A. Em được tặng Giấy khen": the sentence before tells the day."""
    if not _NOW.search(doc.key, before.start, before.end):
        return False
    return bool(_GOES_ON.match(doc.key, sentence.start) or _HONOURING.search(doc.key, before.start, before.end))


def _is_now(doc: Document, sentence: Sentence, match: re.Match[str]) -> bool:
    if _NOW.search(doc.key, sentence.start, match.start()) or _DEED.search(doc.key, sentence.start, sentence.end):
        return True
    if match["what"] in _LOW:
        return False
    if stands_alone(doc, sentence) or _PICTURE.search(doc.key, match.end(), sentence.end):
        return True
    return bool(_SHORT.fullmatch(doc.key, sentence.start, sentence.end)) and not _TIMES.search(doc.key, sentence.start, match.end())
