"""Who a clause is about, where more stands between the name and "được tặng" than words of grammar.

"Cục A hoàn thành sớm kế hoạch và được Tổng cục B tặng Cờ thi đua" - the unit that the clause begins with
"Trường A tổ chức Lễ kỷ niệm 60 năm thành lập và đón nhận Huân chương Lao động" - whose feast it is
"Ông A tử nạn khi cứu người vừa được truy tặng ..." - the one person that the clause begins with
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.awards.givers.levels import unit_level
from pipeline.extract.awards.model import Recipient, Token
from pipeline.extract.awards.recipients.lists import recipient_of
from pipeline.extract.awards.recipients.named import by_words, people_of
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk

_MOST = 220
_PASSIVE = re.compile(r"(?:đã |vừa |mới )?được|vinh dự|đón nhận")
_THERE_IS = re.compile(r"(?<!\w)(?:có|như|điển hình là|tiêu biểu là) (?:(?:ông|bà|anh|chị|em|cháu|đồng chí|đ/c) )?$")


def source(doc: Document, at: int) -> bool:
    """ "theo ông A": who tells of it."""
    return bool(re.search(r"(?:theo|biết|với|qua|do|lời) (?:ông |bà |anh |chị |đồng chí )?$", doc.key[max(0, at - 22) : at]))


def owner(doc: Document, chunk: Chunk) -> bool:
    """ "tại Hội nghị của UBND tỉnh", "theo đề nghị của Sở A": a unit that is no subject."""
    return _OWNED.search(doc.key, max(0, chunk.start - 34), chunk.start) is not None


_OWNED = re.compile(
    r"(?:của|tại|ở|thuộc|đến|với|trên địa bàn|từ|cùng) $"
    r"|(?<!được )(?:báo cáo|gửi|giao|chỉ đạo|yêu cầu|trình)(?: (?:về|lên|cho|tới))? $"
    r"|(?:tại|ở) (?:hội trường|trụ sở|nhà văn hóa|nhà khách|khuôn viên|văn phòng|khách sạn|sân vận động)(?: của)? $"
)


def sole_person(doc: Document, tokens: list[Token], symbols: str, start: int, stop: int) -> list[Recipient]:
    """ "Ông A tử nạn khi cứu người vừa được ...", "có ông B hiến đất, được ...": the one person of the clause."""
    people = [k for k in range(start, stop) if symbols[k] == "P"]
    if len(people) != 1:
        return []
    k = people[0]
    person = tokens[k].chunk
    behind = tokens[stop].chunk.start if stop < len(tokens) else tokens[-1].chunk.end
    opens = re.fullmatch(r"[wYT,\-\"]*", symbols[start:k]) or _THERE_IS.search(doc.key, max(0, person.start - 24), person.start)
    if not opens or re.search(r"[esfpNcA;:]", symbols[k + 1 : stop]):
        return []
    gap = doc.key[person.end : behind]
    passive = re.search(r"(?:được|đã|vừa|vinh dự|cũng) *$", gap) or _PASSIVE.match(doc.key, behind)
    if len(gap) > _MOST or not passive and (len(gap) > 60 or "," in gap) or source(doc, person.start) or owner(doc, person):
        return []
    return [recipient_of(tokens[k])]


# A clause's head: "Ngày 5/3, tại Hà Nội, Trường A (Bộ B) tổ chức Lễ ... và"
_HEAD = re.compile(
    r"(?:\([wUY]\)-?)?(?:(?:wU|[wYdvITE\"\-])*,)*[\"\-]?(?:(?:w?v)?w(?=U))?(?P<who>U)(?:\([^()]*\))?(?P<above>(?:,U){0,2})"
    r"(?P<gap>v?[wtro(][wv,YdtrsEB\"\-lTOo()]*)$"
)
_FEAST = re.compile(r"(?<!\w)kỉ niệm (?:trọng thể )?(?:lần thứ )?\d+")
_WITH_OTHERS = re.compile(r" (?:và|cùng)(?: với)? (?:nhiều|các|toàn thể|tập thể|một số|đông đảo)(?!\w)[^.;:]{0,60}")
_TIME = re.compile(r"(?:tập thể|sáng|chiều|tối|ngày|năm|vừa qua|mới đây|hôm|tháng|trong|riêng|khi|sau|cũng|mùng|\d)(?!\w)[^,]*$")
_NO_VERB = re.compile(r" ?(?:của|tại|ở|thuộc|về|với|cùng|do|phối hợp|nói|cho biết|thông tin)(?!\w)")
_PASSES_ON = re.compile(r"(?<!\w)(?:được|vinh dự|đón nhận|nhận|đạt|giành|từng|đã) *$")

_HOLDS = re.compile(r"(?<!\w)(?:tổ chức|công bố|trao|dự|cử|phát động|mở|khai mạc)(?!\w)")


def sole_unit(doc: Document, tokens: list[Token], symbols: str, start: int, stop: int) -> list[Recipient]:
    """ "Cục A hoàn thành kế hoạch và được ...", "Trường A tổ chức Lễ kỷ niệm ... và đón nhận ...": the one unit of the clause."""
    head = _HEAD.match(_without_doers(doc, tokens, symbols, start, stop))
    if not head:
        return []
    who = start + head.start("who")
    unit = tokens[who].chunk
    if head["above"] and not _FEAST.search(doc.key, unit.end, tokens[stop - 1].chunk.end):
        return []
    if not all(unit_level(doc, t.chunk.unit) == "ministry" for t in tokens[start + head.start("above") : start + head.end("above")][1::2]):
        return []  # "Cục A, Tổng cục B, Bộ C tổ chức kỷ niệm ... và đón nhận": a body with those that it belongs to
    before = tokens[who - 1] if who > start else None
    folk = people_of(doc, unit.unit)  # "Đảng bộ, chính quyền và nhân dân xã A tổ chức Lễ đón nhận ..."
    plain = before is None or before.symbol != "w" or folk is not unit.unit
    if not plain and not _TIME.match(doc.key[before.chunk.start : before.chunk.end]):
        return []
    behind = tokens[stop].chunk.start if stop < len(tokens) else tokens[-1].chunk.end
    gap = doc.key[unit.end : behind]
    verb = doc.key[behind : behind + 12]
    if "vw" in head["gap"][:2] and not _WITH_OTHERS.match(gap):
        return []
    if len(gap) > _MOST or owner(doc, unit) or _NO_VERB.match(gap) or re.search(r"[.;:](?: |$)", gap):
        return []
    if not (_PASSES_ON.search(gap) or _PASSIVE.match(verb) or verb.startswith(("nhận", "đạt"))):
        return []
    if _OTHERS_GET.search(gap):
        return []  # "Phòng A đã lập 50 hồ sơ của người được tặng Bằng khen"
    if unit.unit.is_a("government", "party_committee", "emulation", "home_affairs") and _HOLDS.search(gap):
        return []  # an office holds the feast of others
    return [replace(recipient_of(tokens[who]), unit=folk)]


_OTHERS_GET = re.compile(
    r"(?<!\w)(?:của|cho|các|những) (?:các |những )?(?:cá nhân|người|tập thể|hộ|hội viên|học sinh)(?!\w)[^,;:.]{0,30}$"
    r"|(?<!\w)\d{1,3}(?:,\d{1,2})?% (?:số )?(?:cán bộ|công chức|viên chức|giáo viên|nhân viên|người lao động|lao động|đoàn viên"
    r"|hội viên|đảng viên|công nhân|cá nhân|phòng|đơn vị|tập thể|tổ)(?!\w)[^;:.]{0,50}$"  # "Sở A có 100% công chức đạt Lao động tiên tiến"
)
_DONE_TO = re.compile(r"(?:O?U|OI|I)[bpsw]")


def _without_doers(doc: Document, tokens: list[Token], symbols: str, start: int, stop: int) -> str:
    """The clause's symbols with who chose or asked the subject ("được Bộ A chọn làm điểm") as words like others."""
    clause = symbols[start:stop]
    for doer in _DONE_TO.finditer(clause) if "U" in clause[1:] else ():
        if doc.key[: tokens[start + doer.start()].chunk.start].endswith("được "):
            clause = clause[: doer.start()] + "w" * len(doer[0]) + clause[doer.end() :]
    return clause


# Bodies that no table of units holds, by the common word that they begin with.
_OWN = re.compile(
    r"(?:^|.*, ?)(?:năm \d{4},? )?"
    r"(?P<name>(?:kho|nhà máy|lữ đoàn|hải đội|hải đoàn|tàu|trạm|xưởng|nông trường|lâm trường|thủy điện|nhiệt điện|cảng|bảo tàng"
    r"|thư viện|nhà hát|đoàn|đội|tổ|phân xưởng|khách sạn|bệnh xá|quỹ|tạp chí|mái ấm|làng|nhóm|câu lạc bộ|vườn quốc gia"
    r"|vùng(?= (?:\d hải quân|cảnh sát biển))) [^,;:()]{2,60}?)"
    r"(?= (?:(?:đã|vừa|cũng) )*(?:vinh dự|được|đón nhận|nhận|tổ chức|kỉ niệm|long trọng|thuộc|đạt)(?!\w))"
)


def by_own_words(doc: Document, tokens: list[Token], symbols: str, start: int, stop: int) -> list[Recipient]:
    """ "Kho K15 kỷ niệm 60 năm và đón nhận ...": a body by its common word and its proper name."""
    if start >= len(tokens):
        return []
    begin, end = tokens[start].chunk.start, tokens[stop].chunk.start if stop < len(tokens) else tokens[-1].chunk.end
    match = _OWN.match(doc.key[begin : end + 10])
    if match is None:
        return []
    a, b = begin + match.start("name"), begin + match.end("name")
    proper = doc.view[a:b].split(" ", 1)[1]
    behind = "".join(t.symbol for t in tokens[start:stop] if t.chunk.start >= b)
    named = proper[0].isupper() or proper[0].isdigit() or doc.key.startswith("đội tuyển ", a) and any(c.isupper() for c in proper)
    if b > end or not named or re.search(r"[PNAfs:;]", behind):
        return []
    return [by_words(a, b, "unit", tokens[start].first)]


# "suy tôn Sở A đề xuất UBND tỉnh tặng Cờ; Sở B đề xuất Chính phủ tặng Cờ": who was chosen does not propose
_CHOSEN = re.compile(r"(?:suy tôn|bình chọn|lựa chọn|bầu chọn|bình bầu|chọn)(?!\w)(?! (?:để|được))")


def proposer(doc: Document, tokens: list[Token], symbols: str, start: int, k: int) -> bool:
    """ "đề nghị Ban Thường vụ Tỉnh ủy xét tặng", "Bộ A trình Thủ tướng": who is asked, and who asks, receives nothing."""
    asked = re.search(r"p(?:w?O?U|O|I)$", symbols[start:k])
    verb = doc.key[tokens[k].chunk.start : tokens[k].chunk.end]
    if asked and verb.startswith(("xét", "xem xét")):
        return True
    if verb.startswith(("đề xuất", "kiến nghị")) and re.search(r"Uw?$", symbols[start:k]) and "được" not in _before_verb(doc, tokens, k):
        return not _CHOSEN.search(doc.key, tokens[0].chunk.start, tokens[k].chunk.start)
    asks = symbols[k - 1 : k] == "U" and re.match(r"p+w?(?:O|I)", symbols[k:])
    return bool(asks) and _over_others(doc, tokens[k - 1].chunk)


_ABOVE = re.compile(r"bộ (?!chỉ huy|tư lệnh|đội|môn)|hội đồng thi đua|\w[^,;.]* tối cao(?!\w)|(?:ubnd|ủy ban nhân dân) tỉnh(?!\w)")


def _over_others(doc: Document, body: Chunk) -> bool:
    """A ministry, a council, a province's government or a whole branch of justice: it asks for those below it."""
    branch = body.unit is not None and body.unit.is_a("judicial") and not body.unit.placed
    return branch or _ABOVE.match(doc.key, body.start, body.end) is not None


def _before_verb(doc: Document, tokens: list[Token], k: int) -> str:
    return doc.key[max(0, tokens[k].chunk.start - 14) : tokens[k].chunk.start]
