"""How many act together, where no sentence says how many members a bloc has: "lãnh đạo 6 đơn vị kí", "8/8 đơn vị", "Công an 6 tỉnh"."""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.names import place_end
from pipeline.extract.story import Story
from pipeline.patterns import FEW
from pipeline.records import Slot

NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
NUMBERS |= {f"mười {word}": 10 + n for word, n in (NUMBERS | {"một": 1, "lăm": 5}).items() if n < 10}
TENS = r"mười(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?"
# Common words for the bodies that are members of blocs.
WORDS = (
    "cơ quan|đơn vị|thành viên|tổ chức|địa phương|tỉnh|thành phố|thị xã|huyện|quận|xã|phường|bộ|ngành|sở|cục|chi cục|ban|phòng|trường|viện"
    "|bệnh viện|trung tâm|chi hội|hội|liên đoàn|lđlđ|công đoàn(?: cơ sở)?|cđcs"
    "|doanh nghiệp|công ti|cty|tập đoàn|tổng công ti|hợp tác xã|htx|ngân hàng"
    "|tctd|quĩ tín dụng(?: nhân dân)?|học viện|phòng khám|nhà máy|xí nghiệp|nông trường|hạt kiểm lâm|điện lực|trạm|đồn"
    "|trung đoàn|tiểu đoàn|lữ đoàn|sư đoàn"
    "|chi nhánh|cơ sở(?= (?:đoàn|hội))|đảng bộ|đảng ủy|kho bạc|kbnn|thuế|bhxh|tòa án|tand|vksnd|báo|tờ báo|đài|bưu điện|viễn thông"
)


def number_of(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text]


_BODY = rf"(?:{WORDS})(?!\w)"
_N = rf"(?P<n>\d{{1,2}}|{FEW}|{TENS})"
_HAMLETS = "thôn|bản|buôn|ấp|khu phố|tổ dân phố"
_SOME = rf"(?:\d{{1,2}}|một|{FEW})"
_FOUR_OR_MORE = rf"(?P<n>0?[4-9]|[1-9]\d|bốn|năm|sáu|bảy|tám|chín|{TENS})"
_LOOSE = (
    # "Tổng số đơn vị trong Khối là 11"
    re.compile(
        r"(?<!\w)số (?:lượng )?(?:đơn vị|thành viên|đơn vị thành viên) (?:trong|của|thuộc) (?:khối|cụm)(?: hiện)?(?: là|:)"
        rf" {_N}(?![\w/.,]?\d)"
    ),
    re.compile(
        rf"(?:khối|cụm|(?<!\w)số)(?: có)? (?:đơn vị |số )?thành viên (?:của (?:khối|cụm) )?(?:lên|là|còn|tăng lên|giảm còn) {_N}(?!\w)"
    ),
    re.compile(rf"(?:vận động viên|vđv|diễn viên|thí sinh)(?: \w+){{0,2}}? (?:của|đến từ|thuộc) {_N} (?:đoàn|đội|{WORDS})(?!\w)"),
    # "9 CĐCS cử hơn 60 vận động viên"
    re.compile(
        rf"(?<![\w/.,]){_N} {_BODY}(?: \w+){{0,3}}? (?:cử|đưa|mang đến)(?: \w+){{0,3}} \d+ [^.;:]{{0,30}}(?:vận động viên|vđv|diễn viên)"
    ),
    re.compile(rf"(?:^|(?<=[.,;:] ))(?:tập hợp|qui tụ|với|gồm) {_N} (?:{WORDS})(?:,(?:{WORDS}))*(?: thành viên)?, ?(?:khối|cụm)(?!\w)"),
    re.compile(rf"(?<![\w/.,])(?!(?<=\d,)\d){_N} (?:thủ trưởng|giám đốc|hiệu trưởng) (?:các )?(?:{WORDS})(?!\w)"),
    re.compile(rf"(?:cụm|khối) thi đua {_N} (?!tổ chức){_BODY}"),
    # "Bốn huyện đoàn vùng cao: Huyện đoàn A, B, C": they are named one by one
    re.compile(rf"(?<![\w/.])(?!(?<=\d,)\d){_N} (?P<body>\w+(?: \w+)?)(?: [^.;:()]{{1,40}})? ?[:(] ?(?P=body) [^.;:]{{3,60}},"),
    re.compile(rf"(?:cụm|khối) thi đua[^,.;:]{{1,60}}(?<!số) {_N} (?:tỉnh|thành phố|quận|huyện)(?!\w)"),
    re.compile(rf"(?<![\w/.,]){_N} tỉnh,thành phố(?: ở)? (?:miền|phía|trong|thuộc|vùng|khu vực)(?!\w)"),
    re.compile(
        r"(?:lãnh đạo|chỉ huy|đại diện|thủ trưởng|của cả|cả|toàn bộ|giữa|đầy đủ|cả thảy|ban (?:thường trực|giám hiệu|giám đốc)"
        r"|(?:trưởng|phó) phòng(?: \w+){0,3}|chủ tịch|giám đốc(?: của)?)"
        rf" {_N} {_BODY}(?! (?:khác|còn lại|đạt|được|nông thôn|tiêu biểu|dẫn đầu))"
    ),
    re.compile(rf"(?<![\d/])(?<!\d[.,]){_N}/(?P=n)\)? {_BODY}(?! (?:hội đồng|ban|tổ(?! chức)|ủy ban)(?!\w))"),
    re.compile(rf"(?<!\w)có {_N} (?:đơn vị|cơ quan|tỉnh|huyện|trường)(?: \w+)?? (?:đến dự|về dự|tham dự|dự|tham gia)(?!\w)"),
    re.compile(rf"(?<!\w)với {_N} {_BODY} (?:đến dự|về dự|tham dự|tham gia(?= ?[.,;]|$))(?!\w)"),
    re.compile(
        rf"(?<![\w/.])(?<!\d,)(?:(?![12]/3 )\d{{1,2}}/|{_SOME} trong(?: số)? ){_N} "
        r"(?:đơn vị|cơ quan|thành viên|tỉnh|hội)(?!\w)(?! (?:hội đồng|ban|tổ(?! chức)|ủy ban)(?!\w))"
    ),
    # "100% đơn vị (11/11)"
    re.compile(rf"{_BODY}(?: (?:trong|thuộc|của) (?:khối|cụm))? ?\({_N}/(?P=n)\)"),
    # "6/8 công ty của Cụm có lãi", "Toàn Khối có 7/9 bệnh viện xếp loại tốt"
    re.compile(rf"(?<![\w/.])(?<!\d,)\d{{1,2}}/{_N} {_BODY}(?: \w+){{0,3}}? (?:trong|thuộc|của) (?:khối|cụm)(?!\w)"),
    re.compile(rf"(?:toàn|cả) (?:khối|cụm) có \d{{1,2}}/{_N} {_BODY}"),
    re.compile(
        r"(?:hội thao|hội thi|hội diễn)(?: (?!có)\w+){0,5} (?:có|qui tụ|thu hút|gồm)(?: sự tham gia của)?"
        rf" {_N} (?:đoàn|đội|đơn vị)(?!\w)"
    ),
    re.compile(rf"(?<!\w)có(?: sự tham gia của)? {_N} (?:đoàn|đội)(?!\w)(?! (?:kiểm tra|công tác|viên|thể|giám sát))"),
    # "16 đơn vị của 8 huyện về dự": those who come, not the districts
    re.compile(rf"(?<![\w/.,]){_N} (?:đơn vị|cơ quan) (?:của|thuộc|đến từ) {_SOME} [^.;:]{{3,40}} (?:về dự|tham dự|tham gia|dự)(?!\w)"),
    # what all of them have together: "viên chức của 7 đơn vị quyên", "tổng thu của 6 đơn vị"
    re.compile(
        r"(?:(?:công chức|viên chức|người lao động|cán bộ|đoàn viên|hội viên|hiệu trưởng|chủ tịch công đoàn)|(?<!\w)tổng [^.;:]{3,30})"
        r" (?:của|ở) "
        rf"(?:cả )?{_N} (?:đơn vị|cơ quan|thành viên|doanh nghiệp|hội|công đoàn|bệnh viện|trường|ngân hàng|chi nhánh)"
        r"(?! (?:khác|còn lại|được))(?!\w)"
    ),
    # "sự hài lòng ở 6 bệnh viện đều trên 95%"
    re.compile(rf"(?<!\w)(?:của|ở|tại) {_N} {_BODY} đều(?!\w)"),
    # "giữa 21 thôn, bản", "18 tổ dân phố ký giao ước": a commune's hamlets pledge to each other
    re.compile(rf"(?<!\w)giữa {_N} (?:{_HAMLETS})(?!\w)(?! và)"),
    re.compile(rf"(?<![\w/.,]){_N} (?:{_HAMLETS})(?:,(?:{_HAMLETS}))* (?:cùng |đã |đều )?(?:kí|đăng kí)(?!\w)"),
    re.compile(rf"(?:tổng cộng|tổng số|điểm chung|tổng điểm|kết quả)(?: của| có| gồm)? {_N} {_BODY}"),
    # all act: "cả năm, 9 đơn vị đều vượt", "Tám đơn vị cùng kí"
    re.compile(
        rf"(?:(?<=[,;:.?] )|(?<=[,;:.])|(?<=trong năm )|(?<=năm qua )|(?<= mà )){_FOUR_OR_MORE} (?:{_BODY}"
        rf"|tỉnh,thành(?: phố)?|quận,? ?huyện)(?:,đơn vị)?"
        r"(?: hội| thành viên| (?:của|ở) [^.;:]{2,24}?|(?: \w+)? các (?:huyện|xã|tỉnh|quận)[^.;:]{0,30}?)?"
        r"(?: (?!khác|còn|học)\w+){0,2}?(?: (?:trong|thuộc) \w+)?"
        r" (?:cam kết|triển khai|đều|cùng|đã|kí|đăng kí|bỏ phiếu|thống nhất|tự chấm|góp|vẫn|chưa|chung|có mặt)(?!\w)"
    ),
    re.compile(
        r"(?:công an|ubnd|hội(?: \w+){1,4}|lđlđ|thuế|báo"
        r"|bưu điện|viễn thông|hải quan|điện lực|tỉnh đoàn|ban dân tộc|kho bạc nhà nước|kbnn|bhxh|bảo hiểm xã hội"
        r"|ngân hàng nhà nước|viện (?:ks|kiểm sát)(?: ?nd| nhân dân)?|vksnd|tòa án(?: nhân dân)?|tand"
        r"|liên minh hợp tác xã|liên minh htx|thanh tra|các)"
        rf" {_N} tỉnh"
    ),
    re.compile(rf"(?:viện trưởng(?: vksnd)?|chánh án(?: tand)?|giám đốc (?:công an|sở(?: \w+){{1,5}})) {_N} tỉnh(?!\w)"),
    re.compile(
        rf"(?:văn phòng đảng ủy|đảng ủy|ubnd|ủy ban mttq(?: việt nam)?|hội \w+|hội \w+ \w+|công an|lđlđ|liên đoàn lao động) {_N}"
        r" (?:huyện|xã|phường|quận)(?!\w)"
    ),
    re.compile(
        rf"(?:(?<=[,;:.?] )|(?<=[,;:.])){_FOUR_OR_MORE} (?:cục|chi cục|tòa án|kho bạc|kbnn)"
        r" (?:\w+ )?(?:xong|thi hành|giải quyết|thu|thụ lí)(?!\w)"
    ),
)


# What every one of them has: a number before a word for bodies.
_COUNTS = re.compile(
    rf"(?:\d\)?|hai|ba|bốn|năm|lăm|sáu|bảy|tám|chín|mười|một) (?:{_BODY}|tỉnh,thành|đoàn|đội|thủ trưởng|giám đốc|hiệu trưởng|{_HAMLETS})"
    r"|số (?:lượng )?(?:đơn vị|thành viên)|\(\d{1,2}/\d{1,2}\)"
)


def loose_count(doc: Document, story: Story) -> Slot | None:
    counting = [s for s in story.sentences if _COUNTS.search(doc.key, s.start, s.end)]
    for pattern in _LOOSE if counting else ():
        for sentence in counting:
            match = pattern.search(doc.key, sentence.start, sentence.end)
            if match and 3 <= (number := number_of(match["n"])) <= 40 and not _is_name(doc, match):
                return doc.slot("meetings.unit_count.all_act", match.span("n"), value=number)
    return None


def _of_region(doc: Document, at: int) -> bool:
    """Whether a body's name goes on to a region, in which there are several of its kind."""
    body = doc.hit("units", at - len("sở"))
    return body is not None and doc.key.startswith(" ", body.end) and doc.hit("regions", body.end + 1) is not None


def _is_name(doc: Document, match: re.Match[str]) -> bool:
    """ "Khối thi đua 14 Bộ Xây dựng", "Cụm thi đua 4 huyện Nà Lừ", "Khối thi đua 2 ngành Y tế": the bloc's number."""
    of_bloc = doc.key.startswith(("khối", "cụm"), match.start())
    if of_bloc and doc.key.startswith(" sở ", match.end("n")) and _of_region(doc, match.end()):
        return False  # "Cụm thi đua 5 Sở Xây dựng Tây Nguyên"
    place = place_end(doc, match.end() + 1, match.end() + 40) if of_bloc and not doc.hit("regions", match.end() + 1) else None
    if place:
        return not doc.key.startswith((",", "-", " và "), place)  # "Cụm thi đua 3 tỉnh Hà Nam, Nam Định, Thái Bình"
    return of_bloc and doc.capital_at(match.end("n") + 1) and doc.view[match.end()] == " " and doc.capital_at(match.end() + 1)
