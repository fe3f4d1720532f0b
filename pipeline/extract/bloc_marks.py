"""What a bloc's name goes on with behind a dash or a comma, and the words at which it ends."""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.patterns import FEW

NAME_END = re.compile(
    r"(?: (?:(?<!cấp )tỉnh|thành phố|năm|đã|tổ chức(?! xã hội)|tiến hành|họp|tổng kết|sơ kết|kí|phát động|triển khai|bình xét|và triển khai"
    r"|trực thuộc|long trọng|gặp|sẽ|được|cho|do|có|là|với|để"
    r"|mở|khai mạc|tham gia|trao|nhằm|trong|tại|bầu|kiểm tra|chấm|giao lưu|hội thao|về nguồn|đi|đón|nhận|ra mắt|bàn|đề nghị|suy"
    r" tôn|thống nhất|nhất trí|đạt|lần|giai đoạn|nhiệm kì|gồm|vừa|ngày|sáng|chiều|đăng kí|cùng|vinh dự|tích cực|dâng|thăm"
    r"|nêu|chú|tiếp|trình bày|năm học|toạ đàm|tọa đàm|chủ trì|làm|cần|khảo sát|tập trung|đánh giá|xác định|thực hiện|đồng"
    r"|phụ trách|thông qua|hoàn thành|phối hợp|luân phiên|kết thúc|đến|tặng|trở|quan tâm|hiện|vẫn|luôn|phải|như|theo|khóa"
    r"|thời|hoạt động|sinh hoạt|công bố|ban hành|đề ra|phấn đấu|xây dựng|đẩy mạnh|nộp|bình bầu|chọn|xét|suy|giới thiệu|từ"
    r"|vào|thường xuyên|chia|giữ|thi đấu|nghe|mà|thì|này|mình|ta|trước|sau|ngay|cũng|đang|rất|còn|nay|giao ước|khép lại|nhìn lại|rà"
    r" soát|(?:0?[369]|sáu|chín) tháng|quí (?:i{1,3}|iv|[1-4])"
    r"|chốt|quyết tâm|nâng cao|trao đổi|hội (?:nghị|thảo|thi|diễn)|lễ|buổi|cuộc họp|chương trình|chuyến|bỏ phiếu|cam kết|rút kinh"
    r" nghiệm|hiến máu|báo cáo|khánh thành|ra quân|tham quan|học tập|thẩm định|liên hoan))(?!\w)"
)
BODY, HOLDER = ("units", "unit_heads"), ("titles", "bloc_roles", "positions")


# "các huyện, thành phố", "các xã, phường, thị trấn", "các Tỉnh, Thành đoàn"
_KIND = re.compile(
    r"(?:(?:huyện|quận|thị|thành|đảng) ủy|huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu|tỉnh|thành đoàn|sở|ban|ngành|chi cục"
    r"|thành(?= (?:khu vực|phía|miền|vùng|ven biển|duyên hải|đồng bằng)))(?!\w)"
)
_KINDS_BEFORE = re.compile(rf"(?:(?:các (?:[^,;.:]{{3,30}} )?|(?<!số )\d{{1,2}} )(?:{_KIND.pattern},)*|,){_KIND.pattern}$")


# "Khối thi đua các Vụ, Thanh tra, Văn phòng Bộ tổ chức": a list of kinds and bodies up to what the bloc does
_BODIES_BEFORE = re.compile(r"(?<!\w)các (?:vụ|cục|sở|ban|phòng)(?:,[^,;.:()]{2,40})*$")
_UP_TO_DEED = re.compile(
    r"[^;.:()]{2,120}? (?:(?:đã|vừa)(?: (?:tiến hành|long trọng))? |tiến hành )?(?:tổ chức|tổng kết|sơ kết|kí kết|năm (?:20)\d\d)(?!\w)"
)


# "các cơ quan Đảng, Mặt trận Tổ quốc và đoàn thể"
_FRONT, _OF_PARTY = re.compile(r"(?:ủy ban )?(?:mặt trận|mttq)(?: tổ quốc)?(?= và |,(?:các )?(?:đoàn|hội|tổ chức))"), "đảng"


# "các trường Đại học, Cao đẳng, Trung cấp"
_SCHOOL = re.compile(
    r"(?:học viện|đại học|cao đẳng|trung cấp|thpt|thcs|tiểu học|mầm non)"
    r"(?= trên |[,.;]| tổ chức| và | bộ | (?:trực )?thuộc | tỉnh | thành phố | tp| chuyên nghiệp|$)"
)
_SCHOOLS_BEFORE = re.compile(r"(?:các (?:học viện,)?|thi đua )trường [^,.;:]{2,30}(?:,[^,.;:]{2,20})*$")


# "Cụm thi đua Hội Nông dân 3 tỉnh A, B, C"
_PROVINCES_BEFORE = re.compile(rf"(?:các|\d+|{FEW}) tỉnh [^.;:]*$")


# "các KCN, KCX, KKT": kinds of bodies by their letters
_SHORT_ITEM, _SHORT_BEFORE = re.compile(r"[A-ZĐ]{2,6}(?=[ ,])"), re.compile(r"(?<!\w)[A-ZĐ]{2,6}$")
_OWNED = re.compile(r"(?:trực )?thuộc ")
# "Tại hội nghị của Khối thi đua số 9, Sở Y tế trao quà": whoever stands behind such words is the subject
_ADVERBIAL = re.compile(r"(?:[.] ?|^|,(?=ở ))(?:ở|tại|trong|theo|sau|kết thúc|thay mặt|cũng tại|tham gia|từ)(?!\w)[^.,;:]*$")
# "Sở A làm Cụm trưởng Cụm thi đua số 2, Sở B làm Cụm phó": the second unit is a subject
_TAKES_OFFICE = re.compile(
    r"[^,.;:]{3,60}(?: (?:làm|giữ|đảm nhận|đảm nhiệm|là)(?: \w+){0,4} |[-(](?:đơn vị )?)(?:khối|cụm|trưởng|phó)(?!\w)"
    r"|[^,.;:]{3,60} chủ trì(?!\w)"
)
_NUMBER_BEFORE = re.compile(r"[\divx]$")
_TIME_SPAN = re.compile(r"(?:\d{1,2}|sáu|chín) tháng|quí |nửa ")  # "Khối thi đua 12 - 6 tháng đầu năm"


def goes_on(doc: Document, at: int, end: int, comma: bool) -> bool:
    """Whether a theme or an owner follows a dash or comma: "Văn hóa-Xã hội", "số 3, Công an tỉnh", "các huyện, thành phố"."""
    if comma and (owned := _OWNED.match(doc.key, at, end)):  # "Khối thi đua số 4, thuộc Công an tỉnh"
        return doc.begins(BODY, owned.end())
    if comma and doc.key.startswith("thành ủy", at) and doc.key.endswith("tỉnh ủy", 0, at - 1):  # "Văn phòng Tỉnh ủy, Thành ủy các tỉnh"
        return True
    if doc.begins((*HOLDER, "cues"), at):
        return False
    if comma and _KINDS_BEFORE.search(doc.key[max(0, at - 50) : at - 1]) and _KIND.match(doc.key, at, end):
        return True
    if comma and doc.begins(BODY, at) and _BODIES_BEFORE.search(doc.key, max(0, at - 80), at - 1) and _UP_TO_DEED.match(doc.key, at, end):
        return not _in_adverbial(doc, at)
    if comma and doc.key.endswith(_OF_PARTY, 0, at - 1) and _FRONT.match(doc.key, at, end):
        return True
    if comma and _SCHOOL.match(doc.key, at, end) and _SCHOOLS_BEFORE.search(doc.key, max(0, at - 60), at - 1):
        return True
    if comma and _SHORT_ITEM.match(doc.view, at, end) and _SHORT_BEFORE.search(doc.view, max(0, at - 12), at - 1):
        return True
    if comma and doc.hit("provinces", at) and _PROVINCES_BEFORE.search(doc.key[max(0, at - 60) : at - 1]):
        return True
    if comma and doc.key.startswith("xây dựng", at) and doc.capital_at(at):
        return True  # "Khối thi đua Giao thông, Xây dựng"
    if NAME_END.match(" " + doc.key[at : at + 30]) or _TIME_SPAN.match(doc.key, at, end):
        return False
    if doc.begins(BODY, at):
        if comma and _of_provinces(doc, at):  # "Sở Tư pháp, Thi hành án dân sự các tỉnh Tây Bắc"
            return any(h.end == at - 1 for h in doc.within("units", max(0, at - 40), at))
        if comma and (_in_adverbial(doc, at) or _TAKES_OFFICE.match(doc.key, at, end)):
            return False
        return not comma or not doc.capital_at(at) or _NUMBER_BEFORE.search(doc.key, max(0, at - 12), at - 1) is not None
    if comma:
        return bool(doc.hit("field_words", at) or _BODY_WORD.match(doc.key, at, at + 20))
    return doc.view[at : at + 1].isalnum()


def _in_adverbial(doc: Document, at: int) -> bool:
    """Whether what ends in front of the comma before `at` only says where or when something is done."""
    sentence = doc.sentence_at(at)
    return _ADVERBIAL.search(doc.key[max(at - 120, sentence.start if sentence else 0) : at - 1]) is not None


def _of_provinces(doc: Document, at: int) -> bool:
    body = doc.hit("units", at)
    return body is not None and doc.key.startswith(" các tỉnh", body.end)


_BODY_WORD = re.compile(
    r"(?:thành phố|thị xã|ngành|ban|sở|cao đẳng|trung cấp|đại học|doanh nghiệp|xã|phường|huyện|đoàn thể|đặc khu|thị"
    r" trấn|cơ quan|tổ chức(?! hội)|trường|hội(?! nghị)|hiệp hội|liên hiệp|bệnh viện|trung tâm|ngân hàng|viện|giúp việc"
    r"|mẫu giáo|hợp tác xã|quỹ|công ti|tổng công ti|tập đoàn|hệ thống|quận|sự nghiệp|kinh doanh|xã hội|khối các"
    r"|kho|trạm|đồn|đơn vị(?= (?:sự nghiệp|thuộc|trực thuộc|khối)))(?!\w)"
)
