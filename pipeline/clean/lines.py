"""What a single line of an article is: lead, byline, caption, masthead, section, or text; what is none of it: `furniture`.

Every test reads the line without accents (`plain`), so that Unicode form, tone placement and capitals never matter. A test
speaks only where the line can be nothing else: what is in doubt is text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.clean.dates import plain

_SPACES = re.compile(r"\s+")


def bare(folded: str) -> str:
    """A folded line without bullets, brackets and closing marks at its ends, blanks single."""
    return _SPACES.sub(" ", folded).strip(" \t\n[](){}<>»›«•●▪■-–—+*:.…|/,_→=")


_END = re.compile(r"""[.!?…;:]["”’'»)\]*]*\s*$""")
_FULL_END = re.compile(r"""[.!?…]["”’'»)\]*]*\s*$|\./\.""")
_LEAD = re.compile(
    r"^\W*(?:\(?[a-z .]{2,20}\)?\s?[-–:]\s*)?(?:(?:vao )?(?:luc )?(?:\d{1,2}\s?(?:h|gio|g)\S*(?: \d+ phut)?,? )?(?:buoi )?(?:sang|chieu"
    r"|toi|trua|ngay|dem)(?: (?:som|muon|nay|qua|mai))?(?: ngay)? ?\(?\d"
    r"|(?:sang|chieu|toi|trua|hom) (?:nay|qua)\b|(?:trong|tu|vao|qua) (?:\d+|hai|ba|cac)? ?ngay \(?\d|trong \d+ ngay|vua qua\b|moi day\b"
    r"|nhan dip\b|thuc hien (?:ke hoach|quyet dinh|cong van|chi thi|huong dan|nghi quyet)|can cu\b|ngay \d)"
)
_DATELINE = re.compile(r"^\W*(?:\([^)]{2,30}\)|[A-ZĐ]{2,8}(?:\s?[OĐ]nline)?)\s?[-–—]\s*\S")
_PHOTO = re.compile(
    r"^\W*(?:toan canh|quang canh|hinh anh\b|hinh \d|khung canh|anh \d|trong anh)|^\W*\[\s*(?:anh|hinh)\s*\]|\(?(?:anh"
    r"|nguon)\s?:[^.]{1,40}\)?\W*$|\((?:anh|hinh)(?: minh hoa| tu lieu)?\)\W*$|^\W{0,3}\[?\(?(?:anh|hinh)\s*\d*\s*[:.]"
)
_CAPTION = re.compile(
    r"^\W*(?:(?:cac )?dai bieu (?:du|tham du|chup|bo phieu|tham quan)|le ky)"
    r"|^\W*(?:d/c|d\.c|dong chi|ong|ba|cac dong chi|dai dien|lanh dao|ts|ths|pgs|dai ta|thuong ta|dai bieu)\b.{5,}\b(?:phat bieu|trao"
    r"|nhan|ky ket|tang|chu tri|khai mac|be mac|ket luan|chup anh|bao cao|trinh bay|cong bo|thong qua|dieu hanh|bieu duong|tham quan)\b"
    r"|^\W*(?:trao|nhan|ban giao|ky ket|bieu quyet|bo phieu)\b.{3,120}"
)
_BYLINE_LABEL = re.compile(
    r"^\W*(?:tin(?:,| va| -)?(?: bai)?(?:,| va| -)? ?(?:va )?anh|bai(?:,| va| -)? ?(?:va )?anh|anh|tin|bai|bai viet"
    r"|tac gia(?: bai viet)?|nguon(?: tin)?(?: bai)?|theo|thuc hien|nguoi viet|nguoi dang|nguoi gui|nguoi dua tin|phong vien|bien tap"
    r"|tong hop|ct ?v|video|do hoa|photo|source)\s*:\s*\S.{0,80}$"
    r"|^\W*(?:tin tu|theo (?:bao(?! cao)|nguon|trang|cong|vov|ttxvn|dai|so|vnexpress))\b.{0,60}$"
    r"|^.{3,60} vao luc \d{1,2}[:hg]\d{2}\W*$"  # who wrote, and when, below an entry of a diary: "Đài truyền thanh huyện vào lúc 09:12"
    r"|^\W*(?:bbt|p\.?\s?v|ban bien tap|btv|nhom pv|pv"
    r"|ctv|ttxvn|admin|quan tri)\b.{0,25}$"
)
_ORG_BYLINE = re.compile(r"^\W*(?:phong|ban|van phong|trung tam|to|bo phan|vp|doan thanh nien|cong doan|tt|trung tam)\b")
_HEADS = (
    r"(?:so|ban|hoi|ubnd|uy ban|cong|trang|bao|dai|truong|cong doan|lien|tinh|thanh pho|chi cuc|cuc|huyen|thi xa|thi tran|phuong|xa|quan"
    r"|bo|tong cuc|trung tam|vien|benh vien|dang bo|tinh uy|hdnd|van phong|mat tran|phong|toa an|thanh tra|ngan hang|doan|kho bac"
    r"|cong ty|tap doan|tong cong ty|[a-z ]{2,12}(?:tv|online|dien tu))"
)
_ORG = re.compile(rf"^\W*{_HEADS}\b")
# What a headline tells and a masthead does not. With accents: "họp" is no "hợp tác xã", "từ" no "Sở Tư pháp".
_EVENT = re.compile(
    r"\b(?:tổng kết|sơ kết|hội nghị|ký kết|kí kết|ký giao ước|tổ chức|trao|đón nhận|đón|bàn giao|phát động|họp|kiểm tra|tập huấn|đại hội"
    r"|lễ|biểu dương|tôn vinh|vinh danh|tuyên dương"
    r"|khai mạc|bế mạc|gặp mặt|tọa đàm|toạ đàm|hội thảo|giao lưu|hội thi|công bố|triển khai|ra mắt|thành lập|bầu|suy tôn|bình xét"
    r"|về nguồn|thăm|làm việc|được|nhận|tặng|đạt|xét|đánh giá|đẩy mạnh"
    r"|nâng cao|phấn đấu|thực hiện|hoàn thành|hướng|chúc mừng|kỷ niệm|kỉ niệm|cho|với|là|tại|từ|khối thi đua|cụm thi đua|bàn|phát huy"
    r"|tăng cường|chú trọng|quan tâm|đổi mới|lần thứ|năm \d{4}|quý [i\d]+|6 tháng"
    r"|khen thưởng \d+|thi đua (?:làm|gỡ|vì|nơi)|sẽ|đã|vừa|để|vì|của)\b"
)
_SECTION = re.compile(
    r"^(?:tin|tin tuc|thoi su|chinh tri|kinh te|xa hoi|van hoa|thi dua|khen thuong|hoat dong|thong tin|su kien|chuyen muc|trong nuoc"
    r"|trong tinh|noi bo|tuyen truyen|xay dung dang|doan the|cong tac|cai cach|phong trao|giao duc|y te|quoc phong|an ninh|phap luat"
    r"|doi song|dan van|nguoi tot|guong)\b"
)


def words_of(text: str) -> int:
    return len(text.split())


def ends_sentence(text: str) -> bool:
    return bool(_FULL_END.search(text[-16:]))


def ends_plainly(raw: str) -> bool:
    """Ends in one full stop, question or exclamation mark."""
    end = raw.rstrip(" \t\u00a0\"”’'»)]")
    return end.endswith((".", "?", "!")) and not end.endswith("..")


def is_sentence(raw: str, folded: str) -> bool:
    """Running text, told from a headline: it ends as a sentence does, opens as a report does, or is too long for a headline."""
    count = words_of(raw)
    if count < 10:
        return False
    if raw.isupper() and count < 80:
        return False
    if count >= 55 or (count >= 14 and is_lead(raw, folded)) or (count >= 26 and raw.rstrip().endswith(",")):
        return True
    last = raw.rstrip(" \t\u00a0\"”’'»)]*")[-1:]
    if last in ".;" and last:
        return count >= 12 and not raw.rstrip().endswith(("..", "…"))
    return count > 30 and last in "?!…:"


def is_lead(raw: str, folded: str) -> bool:
    return bool(_LEAD.match(folded) or _DATELINE.match(raw))


def is_caption(raw: str, folded: str) -> bool:
    """A line under a photograph. Headings are told from it only roughly; both are text of the article."""
    count = words_of(raw)
    return count <= 60 and (count <= 30 or not ends_sentence(raw)) and bool(_PHOTO.search(folded) or _CAPTION.search(folded))


def is_photo(folded: str) -> bool:
    """A caption that says so: "Toàn cảnh Hội nghị", "… Ảnh: H.T"."""
    return bool(_PHOTO.search(folded))


def is_byline_label(folded: str) -> bool:
    return len(folded) <= 110 and bool(_BYLINE_LABEL.match(folded))


_PICTURED = re.compile(r":\s*(?:ba|ong|dong chi|d/c|cac dong chi)\s.*\b(?:phat bieu|trao|tang|chu tri|bao cao|chuc mung|ket luan|ky)\b")


def is_credit(raw: str, folded: str) -> bool:
    """A labelled byline: "Tin, ảnh: Bế Hà"; "Ảnh: Lãnh đạo hai sở ký giao ước" is a caption."""
    if not folded.lstrip(" ([").startswith(("anh", "hinh", "photo")):
        return True
    if _PICTURED.search(folded):  # "Ảnh: Bà A, Giám đốc Sở B phát biểu"
        return False
    return is_name_line(raw.partition(":")[2], folded.partition(":")[2])


def is_name_line(raw: str, folded: str) -> bool:
    """ "Thanh Tình - Văn phòng Sở", "XUÂN DIỆU - TRẦN PHÚC", "M.Phúc", "(Phòng Tổ chức cán bộ)"."""
    text = raw.strip(" \t()[]*_-–—.")
    if not text or words_of(text) > 12 or len(text) > 70 or any(c.isdigit() for c in text) or text.endswith((":", ";", "?")):
        return False
    if raw.rstrip().endswith(".") and tells_event(raw):  # "Ban Dân tộc tỉnh chủ trì Hội nghị."
        return False
    if _PERSON_SEEN.match(unicodedata.normalize("NFC", text)):
        return False
    first = re.split(r"\s[-–—,]\s|,\s|\s[-–—]|\(", text)[0].split()
    if _ORG_BYLINE.match(folded):
        return words_of(text) <= 9
    return 1 <= len(first) <= 6 and all(w[0].isupper() for w in first if w[0].isalpha()) and any(w[0].isalpha() for w in first)


# "Bà A, Giám đốc Sở B phát biểu" below the last paragraph: a photograph's caption, no author
_PERSON_SEEN = re.compile(
    r"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c|Đ/C) [^\W\d_]|.+ (?:phát biểu|khai mạc|bế mạc|chủ trì|tham luận|kết luận|tham dự)(?!\w)"
)


def tells_event(raw: str) -> bool:
    """Whether a heading says that something happens, as a headline does."""
    return bool(_EVENT.search(unicodedata.normalize("NFC", raw).replace("Ð", "Đ").lower().replace("ð", "đ")))


_TWO_NAMES = re.compile(r"\W*(?:[A-ZĐÀ-Ỹ][\w.’']*\s+){1,4}[-–—,]\s+(?:[A-ZĐÀ-Ỹ][\w.’']*\s*){2,5}\W*")


def is_two_names(raw: str) -> bool:
    """ "Giang Huy - Hoàng Phương": the reporters, even below a caption."""
    return len(raw) <= 60 and bool(_TWO_NAMES.fullmatch(unicodedata.normalize("NFC", raw))) and not _ORG.match(raw.lower())


# Words in small letters that the names of bodies are made of; a headline has others.
_ORG_WORDS = frozenset(
    "so noi vu ban hoi dong nhan dan uy tinh thanh pho huyen quan thi xa tran phuong nong nghiep va phat trien thon moi truong tai"
    " nguyen khoa hoc cong nghe thong tin truyen van hoa the thao du lich giao duc"
    " dao tao y te chinh ke hoach dau tu xay dung phap tra lao thuong binh toc ton doan lien hiep minh hop tac cuu chien phu nu nien chu"
    " thap do luat gia nha bao mat to quoc viet nam dang bo cac co khoi doanh"
    " dien trang dai hinh cao trung cap tieu mam non benh vien da khoa tam kiem sat toa an cuc thue hai kho bac nuoc ngan hang hiem chi"
    " nhanh ty tong tap phan su huy bien phong ky thuat luc buu tp hcm quyen"
    " hanh thuc ly khu tuyen tong hop dua khen cum dac sinh trong dao sanh vua nhap lam hoc si vien cong phuc loi mtv tnhh nhan quan doi"
    " an ninh chinh tri trat tu hop bac duoc trung uong dau tu quoc te thu vien bao tang".split()
)


@lru_cache(maxsize=1024)
def is_masthead(raw: str, folded: str) -> bool:
    """The name of the portal or of the body that runs it: it tells of no event, and holds no word that names do not have."""
    if not _ORG.match(folded) or tells_event(raw):
        return False
    named = 0
    for word in re.findall(r"[^\W\d_]+", raw):
        if plain(word) not in _ORG_WORDS:
            if word[0].islower():
                return False
            named += 1
    return not raw.isupper() or named <= 4


def is_section(raw: str, folded: str) -> bool:
    """The name of a rubric: "Thi đua - Khen thưởng", "Tin hoạt động Hội"."""
    return words_of(raw) <= 7 and bool(_SECTION.match(bare(folded))) and not tells_event(raw)


_OPEN_END = re.compile(  # "sơ kết 6 tháng đầu năm" is whole
    r"(?:[,(\-–—&/]|\b(?:và|của|tại|cho|là|với|do|các|những|về|trong|từ|đến|được|theo|ngày|số|(?<!\d )tháng|(?<!đầu )(?<!cuối )năm|bởi|để"
    r"|đã|có|như|hoặc|cùng|giữa|thuộc|(?:giao|bầu|cử|chọn) làm))\s*$",
    re.IGNORECASE,
)
_STARTS_ITEM = re.compile(r"^\s*(?:[-–—+*•●▪■◦»>]|\d{1,2}[.)]\s|[a-zđ]\)\s)")


def starts_item(raw: str) -> bool:
    """A bullet, a number or a letter that counts."""
    return bool(_STARTS_ITEM.match(raw))


def continues(before: str, after: str) -> bool:
    """Whether a line goes on in the next one: it ends openly, or the next starts with a small letter."""
    if not after or _STARTS_ITEM.match(after):
        return False
    if _OPEN_END.search(before[-12:]):
        return True
    first = after.lstrip("\"“‘'(")[:1]
    return first.islower() and not _END.search(before[-8:])
