"""Where a meeting is held: "tại Hội trường UBND xã Ea Kao", "trên sân vận động huyện"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.document import Document, Sentence
from pipeline.extract.names import place_end
from pipeline.extract.story import Story
from pipeline.extract.units import read_unit
from pipeline.patterns import begun
from pipeline.records import Slot

_VENUE = re.compile(
    begun(
        r"tại|trên(?= sân)|(?:về|đến|tới)(?= (?:hội trường|trụ sở|nhà văn hóa|nhà khách|phòng họp))|địa điểm(?: tổ chức)?:"
        r"|(?:về|đến|tới|đến tận)(?= (?:tp|thành phố|thị xã|huyện|xã|đồn|trường|bệnh viện|nhà|cung|công ti|ubnd|trung tâm)(?!\w)\.?"
        r"(?:[^.,;()]|\([^()]*\)|,(?=(?:xã|phường|huyện|quận|thị xã|tp|thành phố|tỉnh)(?!\w))){3,70}?"
        r" (?:để )?(?:dự|tham dự|trao|tặng|gặp|khen|tuyên dương|biểu dương|động viên)(?!\w))"
        r"|tại điểm cầu (?:chính|trung tâm)(?: đặt| ở)?(?: tại)?"
        r"|dưới mái(?= hội trường)|trong(?= (?:hội trường|nhà văn hóa) )"
        r"|ở(?= (?:hội trường|nhà|phường|xã|thị trấn|thành phố|tp|thị xã|huyện|trung tâm|khách sạn|tầng \d|phòng họp|trụ sở"
        r"|sở|ubnd|kho bạc|chi cục|trường|bệnh viện|công ti|khu du lịch|khu di tích|bảo tàng)[ .])"
    )
    + r" (?!đây|hội nghị"
    r"|buổi|lễ|đại hội|cuộc|phiên|các đơn vị|công văn|quyết định|kế hoạch|chương trình|(?:(?:các|\d+) )?điểm cầu|chỗ|nơi|thời điểm)"
)
_END = re.compile(
    r"[,;:\"]|\.(?!(?<=\d\.)[a-z\d])|(?<!\w)(?:đã|tổ chức|(?:khối|cụm) (?:giao ước )?thi đua|long trọng|diễn ra|do|được|với|nhằm"
    r"|(?<!trung tâm )hội nghị|là|và|dự|tham dự|có(?= (?:đồng chí|các|sự|ông|bà|đại diện|lãnh đạo))|sôi động|sôi nổi"
    r"|các|để|sẽ|đồng chí|khai mạc|trang trọng|trong không khí|hôm|sáng|chiều|ngày|thuộc khối|(?<!phòng )hội đồng|ban tổ chức|nhân dịp"
    r"|chính thức|dưới"
    r"|(?:đơn vị )?(?:phó )?(?:trưởng (?:khối|cụm)|(?:khối|cụm) (?:trưởng|phó))|chi nhánh tổ chức|(?<!phòng )họp|sơ kết|tổng kết"
    r"|về(?= (?:công tác|việc|kết quả|tình hình|thi đua))|theo(?= (?:kế hoạch|tinh thần|chương trình|hình thức|quyết định))"
    r"|trước(?= sự)|cùng(?= (?:lãnh đạo|đại diện|sự|toàn thể|gần|hơn|\d))|bàn(?= (?:về|kế hoạch|phương hướng))|thảo luận|thông qua"
    r"|triển khai|kí kết|kí giao ước|bình xét|chấm điểm|từ(?= (?:ngày|\d))|(?:lúc|hồi)(?= \d)|sau(?= khi)|nhân(?= (?:kỉ niệm|ngày))"
    r"|kéo dài|để dự|trao(?! đổi)|vào|gặp gỡ|gặp mặt|kết hợp|trong khuôn khổ"
    r"|(?:đón )?nhận(?= (?:huân|huy|bằng|cờ|danh|kỉ))|đón(?= (?:huân|bằng|cờ|danh)))(?!\w)"
    r"|(?<=\w)(?<!hội trường)(?<!trụ)(?<!trụ sở)(?<!phòng họp)(?<!văn phòng)"
    r" (?:bộ|sở|ubnd) [^,;]{3,40} (?:tổ chức|đã)"
)
_ROOM = re.compile(r"(?:tầng \d+ |hội trường|trụ sở|phòng|nhà|trung tâm|sân|khách sạn|xưởng|phân xưởng|quảng trường|công viên)")
_AREA = re.compile(r"(?:tỉnh|thành phố|tp\.?|thị xã|huyện|quận|xã|phường|thị trấn)(?: [^\s,]+){1,4}$")
_SHORT_PLACE = re.compile(r"(?<!\w)(?:tp|tx|tt|[hpqx])$")
# What is "tại" a place, but not the event: work, accidents, games told of in passing.
# "vụ trộm xảy ra đêm 22/5 tại xã A": where the deed was done that is rewarded
_OF_DEED = re.compile(
    r"(?<!\w)(?:(?:xảy ra|tai nạn)(?!\w)[^.;]{0,44}(?:ngày|đêm|tối|sáng|chiều) \d[\d/.-]*(?:,| )|(?:chết|bị thương|tử vong) "
    r"|(?:hành động|thành tích|đã|vì|kịp thời) (?:[^.;,]{0,16} )?(?:cứu|bắt|bắt giữ|truy bắt|nhặt)(?!\w)[^.;,]{2,44} "
    r"|(?<!\w)phát hiện [^.;,]{2,60} )$"
)
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:phong trào(?: thi đua)?(?: yêu nước)?|công tác|học tập|sinh sống|xảy ra|va chạm|hi sinh|tai nạn|ngụ|trú|cháy|lũ|tuổi\)"
    r"|đuối nước|tài sản|giết người|huấn luyện|thăm và làm việc"
    r"|hỏa hoạn|đại học|thường trú|nhiệm vụ|(?<!phục )(?<!chức )(?<!nhiệm )(?<!nghiệp )vụ"
    r"(?: [^\s.,;]+){1,4}"
    r"|đại diện(?: [^\s.,;]+){2,8}|(?:đại sứ|lãnh sự)(?: [^\s.,;]+){1,4}"
    r"|(?:asiad|cup|olympic|sea games) \d+|(?:nạn nhân|ngư dân|người dân|công nhân|học sinh)[^,.;]{0,20}"
    r"|(?<![/\d])\d{1,3} (?:trường|đơn vị|tập thể|cá nhân|xã|thầy|nhà giáo|bác sĩ)(?: (?!tổ chức|kí|họp|tham)\w+){0,2}) $"
)
# "nhà A, trụ sở Tỉnh ủy", "hội trường tầng 3, số 18 Lý Thường Kiệt"
_ADDRESS = re.compile(
    r",(?:nhà [a-e]\d?(?=[,.;])|số \d+[a-z]?(?:/\d+)?|đường|trụ sở|khu công nghiệp|cụm công nghiệp|khu kinh tế|kcn"
    r"|tầng \d+,?|trung tâm hội nghị|nhà khách|cung văn hóa|tòa nhà)(?!\w)"
)
_OF_SEVERAL = re.compile(r" các (?:tỉnh|huyện|quận|thị xã|xã|phường|sở|ngành|đơn vị|cơ quan)(?!\w)")  # "tại Ban CHQS các huyện A, B"
_HIGHER = re.compile(r",(?:huyện|thành phố|tp\.?|thị xã|tỉnh|xã|phường|quận|thị trấn) ?")


def find_venue(doc: Document, story: Story, dated: Sentence | None) -> Slot | None:
    """The place after "tại" in the sentence of the day, or in the lead; the room there rather than the district alone."""
    told = [s for s in (story.opening, dated) if s]
    lead = [s for s in story.lead[:2] if s not in told]
    found = next((place for s in told + lead for place in _places(doc, s)), None) or _hall_that_fills(doc, story)
    if found is None or not _ROOM.match(doc.key, found[0]):
        later = (p for s in story.told[1:_FARTHEST] if s not in told for p in _places(doc, s) if _takes_place(doc, s, p[0]))
        found = next((p for p in later if found is None or _lies_in(doc, p, found)), found)
    return doc.slot("meetings.venue.at", found) if found else None


def _places(doc: Document, sentence: Sentence) -> Iterator[tuple[int, int]]:
    for match in _VENUE.finditer(doc.key, sentence.start, sentence.end):
        stop = _before_subject(doc, sentence, match, _place_end(doc, match.end(), sentence.end))
        if _OF_SEVERAL.match(doc.key, stop):
            continue
        if (second := _SECOND_SCREEN.match(doc.key, stop, sentence.end)) and match[0].startswith("tại điểm cầu"):
            yield match.start() + len("tại "), _place_end(doc, second.end(), sentence.end)
            continue
        before = doc.key[max(sentence.start, match.start() - 40) : match.start()]
        if _SCORED.search(before) and _several(doc, stop, sentence.end):
            continue
        if _IN_BODY.match(match[0] + doc.key[match.end() : stop]) and not _HELD_IN.search(before):
            continue
        deed = _OF_DEED.search(doc.key, max(sentence.start, match.start() - 70), match.start())
        if deed is None and not _ELSEWHERE.search(before) and not _NOT_YET.search(before) and _is_place(doc, match.end(), stop):
            yield match.end(), stop


_TOWN_LAST = re.compile(r",(?:tỉnh|thành phố|tp\.?|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu) ?[^,]+$")
_ACTS = re.compile(r"(?: ?\([^()]{3,30}\))? (?:(?:đã|vừa|long trọng) )*(?:tổ chức|khai mạc|tiến hành|tổng kết|sơ kết|họp)(?!\w)")
_TIME_ONLY = re.compile(r"\W*(?:vào )?(?:sáng|chiều|tối|ngày|hôm)(?!\w)[^.;:()]{0,34}$")


def _before_subject(doc: Document, sentence: Sentence, at: re.Match[str], stop: int) -> int:
    """Where a place ends before the town that acts: "Sáng 18/9, tại hội trường UBND huyện, huyện Nà Lừ tổ chức"."""
    town = _TOWN_LAST.search(doc.key, at.end(), stop)
    if town is None or not _ACTS.match(doc.key, stop, sentence.end) or not _TIME_ONLY.match(doc.key, sentence.start, at.start()):
        return stop
    return stop if doc.within("bloc_heads", sentence.start, at.start()) else town.start()


# "Ngày 3/7, ở Sở A, Khối họp", "họp ở Sở A"; no "Phong trào ở Sở A có chuyển biến"
_IN_BODY = re.compile(r"ở (?:sở|ubnd|kho bạc|chi cục|trường|bệnh viện|công ti|khu|bảo tàng)(?!\w)")
_HELD_IN = re.compile(r"(?:,|^\W*|(?:diễn ra|tổ chức|tiến hành|họp|khai mạc|gặp mặt|giao ước|kí kết)(?!\w)[^.;,]{0,24}) ?$")
_SCORED = re.compile(r"(?<!\w)(?:chấm|chấm điểm|chấm chéo|kiểm tra|kiểm tra chéo|thẩm định)(?: thi đua)? $")


def _several(doc: Document, at: int, end: int) -> bool:
    """ "chấm điểm tại Sở A, Sở B": as many places as are inspected."""
    gap = 1 if doc.key.startswith(",", at) else len(" và ") if doc.key.startswith(" và ", at) else 0
    return gap > 0 and doc.capital_at(at + gap) and read_unit(doc, at + gap, end) is not None


_SECOND_SCREEN = re.compile(r" và (?:các )?điểm cầu ")
_HALL = re.compile(
    r"\W*(?P<hall>(?:hội trường|nhà văn hóa|trung tâm hội nghị|nhà khách|sân vận động) [^.,;:]{3,60}?)"
    r" (?:vào )?(?:sáng|chiều|tối|ngày|hôm|chật|rộn|đông|kín|rực|như)(?!\w)"
)
# "Trụ sở Sở A chiều 2/3 là nơi khối hội ngộ", "Nhà văn hóa xã B được chọn làm nơi tổ chức"
_THE_PLACE = re.compile(
    r"\W*(?:(?:sáng|chiều|tối|ngày)[ \d/-]+,? ?)?(?P<hall>[^\W\d][^.,;:]{6,60}?)"
    r"(?: (?:vào )?(?:sáng|chiều|tối|ngày|hôm)[ \d/-]+(?:\d|nay|qua))?"
    r" (?:đã |vừa |được chọn |trở thành |chính )*(?:là|làm|thành) (?:nơi|địa điểm|điểm)(?: \w+)?"
    r" (?:gặp|hội tụ|diễn ra|tổ chức|họp|đón|tụ hội|hẹn|hội ngộ|khối|cụm)(?!\w)"
)


def _hall_that_fills(doc: Document, story: Story) -> tuple[int, int] | None:
    """ "Hội trường Sở Y tế sáng 08/01 chật kín đại biểu": the hall is what the first sentence speaks of."""
    for pattern in (_HALL, _THE_PLACE):
        hall = next((m for s in story.lead[:1] if (m := pattern.match(doc.key, s.start, s.end))), None)
        if hall and doc.capital_at(hall.start("hall")):
            return hall.span("hall")
    return None


_FARTHEST = 8
# "Hội nghị được tổ chức tại ...", "việc bàn giao tiến hành tại ...", "Buổi tọa đàm mở tại ..."
_TAKES_PLACE = re.compile(
    r"(?:^|(?<=[,;])|^\W*)(?:việc |do [^,]{4,60},việc )?(?:hội nghị|lễ|buổi|cuộc|đại hội|phiên|việc bàn giao|chương trình)(?!\w)"
    r"[^.;:]{0,70}?(?<!\w)(?:diễn ra|tổ chức|tiến hành|đặt|mở|khai mạc)(?!\w)[^.;:]{0,24}$"
)
_NOT_YET = re.compile(r"(?<!\w)(?:sẽ|dự kiến)(?!\w)[^.;,]*$")


_MAIN_SCREEN = re.compile(r"tại điểm cầu (?:chính|trung tâm)[^,.;]{0,12}$")


def _takes_place(doc: Document, sentence: Sentence, at: int) -> bool:
    """Whether the words before a place say that the event takes place there."""
    before = doc.key[sentence.start : at]
    return bool(_TAKES_PLACE.search(before) or _MAIN_SCREEN.search(before))


def _lies_in(doc: Document, room: tuple[int, int], area: tuple[int, int]) -> bool:
    """Whether a room lies in the place named before: a town, or what its name ends with ("hội trường UBND huyện Yên Lập")."""
    if not _ROOM.match(doc.key, room[0]):
        return False
    return bool(_AREA.fullmatch(doc.key, *area)) or doc.key.endswith(doc.key[area[0] : area[1]], room[0], room[1])


_HOME = re.compile(r"nhà(?! (?:văn hóa|văn hoá|khách|thi đấu|hát|máy|truyền thống|sinh hoạt|đa năng|công vụ))")  # "làm việc tại nhà"


# "giống lúa đầu tiên tại Việt Nam", "ghi bàn tại giải trẻ": a country and a tournament hold no ceremony
_NO_VENUE = re.compile(r"việt nam\W*$|(?:vòng|giải|asiad|sea games|olympic|kì thi|hội thi|cuộc thi)(?!\w)")


def _is_place(doc: Document, start: int, stop: int) -> bool:
    text = doc.view[start:stop]
    if _NO_VENUE.match(doc.key, start, stop):
        return False
    if len(text) < 3 or len(text) > 120 or doc.hit("awards", start):
        return False
    if any(c.isupper() for c in text):
        return True
    return bool(_ROOM.match(text)) and (not _HOME.match(text) or any(c.isdigit() for c in text))


def _place_end(doc: Document, at: int, end: int) -> int:
    """Up to a comma or verb; a bracket or a higher place after the comma belongs to it."""
    match = _END.search(doc.key, at, end)
    while match and match[0] in _IN_NAMES and (inner := _name_around(doc, at, match.start(), end)):
        match = _END.search(doc.key, inner, end)
    while match and match[0] == "." and _SHORT_PLACE.search(doc.key, at, match.start()):
        match = _END.search(doc.key, match.end(), end)
    stop = match.start() if match else end
    closing = doc.key.find(")", at, stop)
    if closing > 0 and "(" not in doc.key[at:closing]:
        stop = closing  # the bracket around the place closes
    stop = _before_predicate(doc, at, stop)
    if "-" in doc.key[at:stop] and (office := _OFFICE_BEHIND.search(doc.key, at, stop)):
        stop = office.start()
    stop = _with_owner(doc, at, _with_address(doc, _with_owner(doc, at, stop, end), end), end)
    while stop > at and doc.view[stop - 1] in " -(.":
        stop -= 1
    return _close_bracket(doc, at, stop, end)


_TIER = re.compile(r"(?:tỉnh|thành phố|tp|thị xã|tx|huyện|quận|xã|phường|thị trấn)\.? ?(?=\w)")
_SAID_OF_IT = re.compile(r" (?!(?:cũ|mới)(?!\w))[a-zà-ỹđ]+(?: [a-zà-ỹđ]+)* ?$")


def _before_predicate(doc: Document, at: int, stop: int) -> int:
    """Where a town's name ends behind which only small words follow: "nhà văn hóa xã Nà Lừ rực rỡ cờ hoa"."""
    town = next((end for m in _TIER.finditer(doc.key, at, stop) if (end := place_end(doc, m.end(), stop))), None)
    return town if town and _SAID_OF_IT.match(doc.view, town, stop) else stop


_NAME = re.compile(r"(?<!\w)[^\W\d_a-zà-ỹ](?=\w)(?![\d.])")  # a capital that is no room's number ("204.B2", "A2")


def _with_owner(doc: Document, at: int, stop: int, end: int) -> int:
    """Whose room it is, where only a comma tells: "phòng họp tầng 5, Sở Y tế"."""
    bare = _ROOM.match(doc.key, at) and not _NAME.search(doc.view, at + 1, stop) and not doc.key.endswith(_OWNED, at, stop)
    unit = read_unit(doc, stop + 1, end) if bare and doc.key[stop : stop + 1] == "," and doc.capital_at(stop + 1) else None
    return unit.end if unit and _OWNER_ENDS.match(doc.key, unit.end, end + 1) else stop


_OWNED = (" tỉnh", " huyện", " thành phố")  # "Nhà khách tỉnh, Sở Y tế": who acts follows
_OWNER_ENDS = re.compile(r" ?[,.;)\n]|$| diễn ra| đã diễn ra| ?\((?! ?(?:đơn vị |cơ quan )?(?:phó |trưởng )?(?:khối|cụm))")


def _with_address(doc: Document, stop: int, end: int) -> int:
    """Street and higher places behind commas."""
    while stop < end and doc.key[stop] == ",":
        address, higher = _ADDRESS.match(doc.key, stop, end), _HIGHER.match(doc.key, stop, end)
        if address:
            following = _END.search(doc.key, address.end(), end)
            stop = following.start() if following else end
        elif higher and (place := place_end(doc, higher.end(), end)):
            stop = place
        else:
            break
    return stop


# "tại Sở Y tế (đơn vị Khối trưởng)", "tại Sở Y tế - đơn vị Khối trưởng": the host's office is no part of the place
_OFFICE = r" ?(?:là )?(?:đơn vị |cơ quan )?(?:phó )?(?:khối trưởng|trưởng khối|cụm trưởng|trưởng cụm|khối phó|cụm phó)(?!\w)"
_OF_HEAD = re.compile(r"\(" + _OFFICE)
_OFFICE_BEHIND = re.compile(r" ?-" + _OFFICE)


def _close_bracket(doc: Document, at: int, stop: int, end: int) -> int:
    """A bracket that a stop has cut is taken whole when words stand in it, and left out otherwise."""
    opened = doc.view.rfind("(", at, stop)
    if opened > 0 and _OF_HEAD.match(doc.key, opened):
        return opened - (doc.view[opened - 1] == " ")
    if opened <= 0 or ")" in doc.view[opened:stop]:
        return stop
    close = doc.view.find(")", stop, min(end, stop + 40))
    return close + 1 if close > 0 and doc.view[opened + 1 : opened + 2].isalpha() else opened - 1


_IN_NAMES = (",", "và", "các", "tổ chức", "ban tổ chức")


def _name_around(doc: Document, at: int, stop: int, end: int) -> int | None:
    """The end of a name that goes on behind this mark or word: "Hội trường Đài Phát thanh và Truyền hình tỉnh", "Liên hiệp các Hội"."""
    unit = read_unit(doc, at, end) if doc.key[stop] != "," else None
    if unit and unit.end > stop:
        return unit.end
    board = read_unit(doc, stop, end) if doc.key.startswith("ban tổ chức ", stop) else None
    if board and (board.placed or board.end > stop + len("ban tổ chức")):  # "trụ sở Ban Tổ chức Tỉnh ủy"
        return board.end
    for table in ("units", "department_fields"):
        for hit in doc.within(table, at, min(len(doc.key), stop + 60)):
            if hit.start < stop < hit.end:
                return hit.end
    return None
