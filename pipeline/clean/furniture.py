"""What a line of a page is that no article says: menus, paths, tool bars, counters, footers, and lists of other news.

As in `lines`, every test reads the line without accents, and speaks only where the line can be nothing else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.clean.lines import bare, ends_plainly, ends_sentence

_SKIP = re.compile(
    r"skip (?:ribbon commands|to (?:main )?content|navigation.*)|turn o(?:n|ff) (?:more accessible mode|animations)|jump to .*"
    r"|(?:chuyen|di) (?:den|toi) noi dung(?: chinh)?|bo qua (?:dieu huong|noi dung).*|sign in"
    r"|it looks like your browser does not have javascript.*"
    r"|(?:(?:vui long|moi|xin|xem|doc|tai(?: ve| xuong)?|download|chi tiet|cu the|day du|noi dung|toan van|van ban|bai viet|tin|file|tep"
    r"|dinh kem|them) )+tai day"
)
_TOOL = (
    r"(?:chia se|in bai viet|in bai|in trang(?: nay)?|in ra|in tin|in|gui (?:email|mail|bai viet|cho ban be|ban be|tin)|gui|quay lai"
    r"|tro (?:ve|lai)|ve (?:dau trang|trang truoc)"
    r"|(?:len )?dau trang|(?:nghe )?doc bai viet|(?:nghe )?doc bai|nghe(?: bai viet| noi dung)?|(?:xem )?(?:voi )?co chu|font|font size"
    r"|mac dinh"
    r"|tuong phan|sao chep lien ket|sao chep|copy link|luu tin|luu bai(?: viet)?|luu"
    r"|facebook|zalo|twitter|google\+?|google news|linkedin|pinterest|telegram|youtube|messenger|tiktok|viber|email|e-mail|print|share"
    r"|like|tweet|rss|pdf|bookmark|thich|bao loi|theo doi(?: tren)?"
    r"|binh luan|phan hoi|ban in|x|aa|a|a\+|a-|tweet|save|tang|giam|thu nho|phong to|chia se (?:len|qua|bai viet)|(?:doc|xem) tiep"
    r"|tra loi|facebook twitter)"
)
_TOOLBAR = re.compile(rf"{_TOOL}(?:[\s|:/,;&+()\[\]\d-]+{_TOOL})*[\s|:/\d()\[\]+-]*")
_COUNTED = (
    r"(?:(?:tong )?(?:so )?(?:luot|lan|nguoi|khach)\s*(?:xem|doc|truy cap|online|tham|vieng tham|truy cap hien tai|xem bai viet)?|da xem"
    r"|da doc|dang (?:truy cap|truc tuyen|online|xem)|truc tuyen|hom (?:nay|qua)|thong ke(?: truy cap)?"
    r"|tong (?:so|luot|truy cap|cong)(?: luot)?(?: truy cap)?|(?:tuan|thang|nam) (?:nay|truoc)|tat ca|luot thich|views?|hits?|online"
    r"|may chu tim kiem|so nguoi (?:truy cap|dang online|online)|danh gia|chia se|tong|in (?:bai|trang))"
)
_COUNTER = re.compile(
    rf"(?:[\d.,]+ (?=(?:luot|lan|nguoi) (?:xem|doc|thich|chia|truy)))?{_COUNTED}(?:[\s:|.,/()-]*(?:{_COUNTED}|[\d.,]+))*[\s:|.,★☆~]*"
)
_WEATHER = re.compile(
    r"(?:thoi tiet|du bao thoi tiet|nhiet do|do am)(?: \S+){0,5}|(?:thoi tiet|nhiet do|do am|toc do gio|ap suat|thap nhat|tam nhin"
    r"|gio (?:dong|tay|nam|bac)).{0,60}(?:\d\s?(?:%|°|o?c\b)|km/h|hpa).{0,60}"
    r"|.{0,30}\d+\s?[°o~]\s?c\b.{0,90}|do am.{0,30}%.{0,60}"
)
_COMMENT = re.compile(
    r"(?:\d+ )?(?:y kien|binh luan|phan hoi|danh gia)(?: (?:ban doc|cua ban|ban|cua ban doc|moi nhat|bai viet"
    r"|noi bat))?\s*(?:\(?\d+\)?)?(?:\s*\|?\s*gui (?:binh luan|y kien|phan hoi))?"
    r"|gui (?:binh luan|y kien|phan hoi|bai viet|cau hoi)(?: \S+){0,5}|(?:viet|them|de lai) (?:binh luan|y kien|mot binh luan"
    r"|tra loi).{0,40}"
    r"|ho (?:va )?ten\s*(?:[:*(].{0,120}|)|ten cua ban.{0,60}|dia chi (?:email|mail).{0,40}|ma (?:bao ve|xac nhan|xac thuc"
    r"|captcha)\s*(?:[:*].{0,40}|)|noi dung(?: binh luan)?\s*\*.{0,40}|chua co (?:binh luan|y kien|phan hoi).{0,40}"
    r"|tong so diem cua bai viet.{0,60}|xep hang\s*:.{0,30}phieu.{0,20}|click de danh gia.{0,40}|diem danh gia.{0,30}|(?:binh chon"
    r"|danh gia)(?: trung binh| cua ban)*\W*(?:\d+ (?:phieu|binh chon|danh gia|luot)\W*)?|hay la nguoi dau tien.{0,60}|(?:vui long"
    r"|ban (?:can|phai|hay|vui long)) (?:dang nhap|nhap|go).{0,90}"
    r"|your (?:name|email|comment).{0,40}|leave a (?:reply|comment).{0,40}|nhap (?:ma|noi dung|binh luan).{0,40}"
)
_TAGS = re.compile(r"(?:tags?(?: tu khoa)?|(?:cac )?tu khoa|keywords?)(?: bai viet| tim kiem| lien quan)?\s*(?::.*|$)")
_FOOTER = re.compile(
    r"(?:ban quyen(?: (?:thuoc|website|cua|noi dung)|\s*[:@]|$)|copyright|\(c\)|all rights reserved|(?:vui long |de nghi "
    r"|xin )?ghi ro nguon|giay phep (?:so|xuat ban|hoat dong|thiet lap|bao chi)|giay phep\s*:|hotline|duong day nong\s*:"
    r"|chiu trach nhiem (?:noi dung|xuat ban|chinh)|co quan chu quan\s*:|designed by|thiet ke (?:va phat trien )?boi|phat trien boi"
    r"|powered by|don vi (?:thiet ke|phat trien)).{0,220}"
)
_PAGER = re.compile(
    r"(?:trang (?:truoc|sau|cuoi|dau|\d+)|next|prev(?:ious)?|tiep|truoc|sau|\d+|cuoi|dau|first|last|<|>|«|»|\.\.\.|[\s|,.-])+"
    r"|\d{2,}(?:next|tiep)?"
)
_ODDMENT = re.compile(
    r"(?:na|null|undefined|loading.*|dang tai.*|xem chi tiet|chi tiet|xem them|xem tat ca|xem tiep|tro ve|dang nhap|dang ky|dang xuat"
    r"|tim kiem(?: nang cao)?|tim kiem\W+.{0,20}|lien ket(?: website| web| web site| trang|)|lien ket (?:huu ich|noi bo)|-- .* --"
    r"|lich (?:lam viec|cong tac|tiep dan)|he thong van ban|van ban(?: moi(?: ban hanh)?| chi dao(?: dieu hanh)?| phap luat)?|thong bao"
    r"|thu vien (?:anh|video)|video(?: clip)?|hinh anh(?: hoat dong)?|quang cao|danh muc|chuyen muc|menu|trang chu|trang nhat|gioi thieu"
    r"|lien he|so do (?:cong|trang|site|website)"
    r"|english|tieng viet|tin tuc|tin anh|tro giup|hoi dap|banner|slideshow|photos?|close|dong|mo rong|thu gon|top|javascript.*|\d+"
    r"|bieu mau|thu tuc hanh chinh|cong dan|doanh nghiep|du khach|gop y|thong tin|xem phien ban.*|che do .{0,20}|(?:cong"
    r"|trang) thong tin dien tu)"
)
FURNITURE = re.compile(
    "|".join(f"(?:{p.pattern})" for p in (_SKIP, _TOOLBAR, _COUNTER, _WEATHER, _COMMENT, _TAGS, _FOOTER, _PAGER, _ODDMENT))
)

_MENU_WORD = re.compile(
    r"\b(?:trang chu|trang nhat|gioi thieu|tin tuc|su kien|lien he|van ban|thu vien|video|media|thoi su|kinh te|van hoa|xa hoi|chinh tri"
    r"|phap luat|dang nhap|sitemap|so do|english|rss|tim kiem|lich cong tac|hoi dap|thu tuc|cai cach|dao tao"
    r"|tuyen sinh|sinh vien|khoa hoc|the thao|giai tri|epaper|e-paper|goc anh|tap chi|thong bao|to chuc|cong khai|dich vu cong|home"
    r"|about|contact|login)\b"
)
_DIVIDED = re.compile(r"[|·•\t]|\s\s\s|::")
_DIVIDERS = re.compile(r"\s*[|·•]\s*|\s{3,}|\t+| :: ")
_SPACED_DOTS = re.compile(r"\s[.\-–]\s")
_CRUMB = re.compile(r"\s*(?:>>?|/)\s*")
_CRUMB_MARK = re.compile(r"(?:>|(?<!\w)/(?!\w))")
_CRUMB_HEAD = re.compile(r"(?:ban dang o|ban dang xem|vi tri)?\W*(?:trang chu|trang nhat|home|tin tuc|tin hoat dong)\b")


def is_menu(raw: str, folded: str) -> bool:
    """A row of links: "TRANG CHỦ | GIỚI THIỆU | LIÊN HỆ", "Giới thiệu   Tin tức   Góc ảnh"."""
    if _CRUMB_HEAD.match(folded) and len(_SPACED_DOTS.split(raw)) >= 3:
        return True
    names = _MENU_WORD.findall(folded) if len(folded) < 160 else []
    if len(names) >= 4 and 2 * sum(map(len, names)) >= len(folded) and not any(sign in raw for sign in ",;."):
        return True
    if not _DIVIDED.search(raw):
        return False
    parts = [p for p in _DIVIDERS.split(raw.strip()) if p.strip()]
    return (
        len(parts) >= 2
        and all(len(p.split()) <= 6 for p in parts)
        and len(_MENU_WORD.findall(folded)) >= (2 if len(parts) > 2 else 1)
        and not raw.rstrip().endswith((".", ";", ","))
    )


def is_crumbs(folded: str) -> bool:
    """The path to the page: "Trang chủ » Tin tức » Thi đua", "Tin Hoạt động >> Tin tức tổng hợp"."""
    text = folded.strip()
    if len(text) > 240 or not _CRUMB_MARK.search(text):
        return False
    parts = [p for p in _CRUMB.split(text) if p.strip()]
    if _CRUMB_HEAD.match(text) and len(parts) >= 2:
        return True
    return len(parts) >= 2 and ">" in text and not text.startswith(">") and all(len(p.split()) <= 7 for p in parts)


# --- lists of other news ----------------------------------------------------------------------------------------------------

_THINGS = (
    r"(?:tin tuc|tin bai|tin|bai viet|bai|thong tin|noi dung|su kien|van ban|video|anh|chuyen muc|tin/bai|tin, bai|nhung tin|news"
    r"|chuyen de|phong su|thong bao|hoat dong|quyet dinh(?: khen(?: thuong)?)?)"
)
_OTHER = (
    r"(?:khac|lien quan|cu hon|moi hon|moi nhat|moi dang|moi cap nhat|moi|cung chuyen muc|cung muc|cung chu de|cung loai|cung su kien"
    r"|cung danh muc|cung the loai|cung nguon|da dua|da dang|truoc do|truoc|tiep theo|ke tiep|doc nhieu(?: nhat)?|xem nhieu(?: nhat)?"
    r"|noi bat|tieu diem|hot|nen doc|nong|duoc quan tam(?: nhat)?|quan tam|dang quan tam|theo ngay|trong ngay|da dua ngay|cu|goi y"
    r"|tham khao|trong tuan|lien ket|nhieu nguoi doc|khac cung chuyen muc|dang chu y)"
)
# The end of an article: what follows are other articles.
_LIST_HEAD = re.compile(
    rf"(?:cac |nhung |mot so |xem |danh sach |cac muc )?{_THINGS}(?: {_THINGS})? {_OTHER}(?: {_OTHER})?(?: ngay| cua .{{0,30}})?"
    r"|(?:doc|xem|quan tam)(?: tin)? nhieu(?: nhat)?|(?:tin |bai )?cung chuyen muc|lien quan|(?:related|other|latest) (?:news|posts?"
    r"|articles?)|ban doc quan tam|co the ban (?:quan tam|chua biet|thich)|(?:ban )?co the quan tam"
    r"|cac tin da dua ngay|tin moi nhan|du an moi|(?:newer|older) news|theo dong su kien|dong su kien|tin cua chuyen muc|moi cap nhat"
    r"|su kien noi bat|bai viet cung .{0,20}"
)
# These stand within articles, too: a box beside the text.
_BOX_HEAD = re.compile(
    rf"(?:xem them|doc them|xem tiep|tham khao|{_THINGS} lien quan|(?:cac |nhung )?{_THINGS} (?:lien quan|cung chu de)|lien quan"
    rf"|>> xem them|moi (?:ban )?(?:doc|xem) them|de xuat)"
)
_INLINE_BOX = re.compile(rf"[\W_]*(?:xem them|doc them|moi (?:ban )?xem|(?:cac )?{_THINGS} {_OTHER})\s*[:>]")
# "Trao Huân chương cho … (28/12/2021)", "17/04/2024 Khối thi đua …": a headline with the day of its own publication.
_DATED_END = re.compile(
    r"[(\[]\s*(?:\d{1,2}:\d\d\S*[\s,-]*)?(?:ngay )?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?(?:[\s,|-]*\d{1,2}[:h]\d\d(?::\d\d)?(?: [ap]m| sa"
    r"| ch)?)?\s*[)\]]\W*$"
)
_DATED_START = re.compile(r"^\W*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b(?!\s*[,;)]).*[a-z]")


def is_list_head(folded: str) -> bool:
    return len(folded) <= 60 and bool(_LIST_HEAD.fullmatch(bare(folded)))


def is_box_head(folded: str) -> bool:
    return len(folded) <= 60 and bool(_BOX_HEAD.fullmatch(bare(folded)))


def is_inline_box(folded: str) -> bool:
    """ "Xem thêm: Khối thi đua số 5 ký kết": a link to another article in one line."""
    return len(folded) <= 260 and bool(_INLINE_BOX.match(folded))


def is_dated_item(folded: str) -> bool:
    """A headline of another article with its date."""
    return 15 < len(folded) <= 320 and not ends_sentence(folded) and bool(_DATED_END.search(folded) or _DATED_START.match(folded))


def is_link_item(raw: str) -> bool:
    """A line that an arrow marks as a link: ">> Trao Huân chương Chiến công …"."""
    return raw.lstrip().startswith((">>", "»", "&gt;&gt;")) and len(raw) <= 320 and not ends_sentence(raw)


def is_furniture(raw: str, folded: str) -> bool:
    """Menu, path, tool bar, counter, weather, comment form, tags, footer: nothing that an article says."""
    return len(raw) <= 2000 and _is_furniture(raw, folded)


# the head that every official document bears
_STATE_HEAD = re.compile(r"cong hoa xa hoi chu nghia viet nam(?: doc lap\W+tu do\W+hanh phuc)?|doc lap\W+tu do\W+hanh phuc")


@lru_cache(maxsize=4096)  # a line is asked about several times, and a site repeats its own on every page
def _is_furniture(raw: str, folded: str) -> bool:
    text = bare(folded)
    if not text or not any(c.isalnum() for c in text) or _STATE_HEAD.fullmatch(text):
        return True
    if len(text) <= 240 and FURNITURE.fullmatch(text):
        # A sentence that happens to use a portal's words ("Có chứ.", "Độ ẩm từ 70 - 97%.") is none, but for footers.
        return not ends_plainly(raw) or bool(_FOOTER.fullmatch(text) or _COMMENT.fullmatch(text) or _SKIP.fullmatch(text))
    return is_menu(raw, folded) or is_crumbs(folded)
