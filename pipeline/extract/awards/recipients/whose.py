"""Names that a list of recipients meets and that receive nothing: who took a picture, whose people are meant, where somebody works."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import Recipient, Token
from pipeline.extract.awards.recipients.lists import lies_in_province
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk


def photo(doc: Document, chunk: Chunk) -> bool:
    """ "... - Ảnh: Hà Vy": who took the picture."""
    return doc.key[max(0, chunk.start - 8) : chunk.start].rstrip(" :").endswith(("ảnh", "nguồn", "tin"))


_MANY_OF = re.compile(
    r"(?:các|những|nhiều) (?:cán bộ|chiến sĩ|công nhân|nhân viên|cá nhân|tập thể|hội viên|gương|điển hình|gia đình|hộ"
    r"|học sinh|giáo viên|nông dân|đơn vị)[^;:.()]{0,40} (?:của|thuộc)(?: \w+)? $"
)


# "cho các tập thể, cá nhân | tỉnh A"
_MANY_IN = re.compile(
    r"(?:các|những|nhiều) (?:tập thể|cá nhân|hộ gia đình)(?:(?:, ?| và )(?:tập thể|cá nhân|hộ gia đình))*(?: tiêu biểu| xuất sắc)? $"
)
_PLACE = re.compile(r"(?:tỉnh|thành phố|huyện|xã|phường|thị xã|quận) ")


def many_of(doc: Document, chunk: Chunk) -> bool:
    """ "cho các cán bộ, chiến sĩ của Cảng A": whose they are."""
    before = max(0, chunk.start - 90), chunk.start
    return bool(_MANY_OF.search(doc.key, *before)) or bool(_PLACE.match(doc.key, chunk.start) and _MANY_IN.search(doc.key, *before))


_ONE_OF = re.compile(
    r"(?:cho|tặng) (?:(?:một|0?1|em|cháu|anh|chị|cô|các|những) )*(?:(?:nam|nữ) )?(?:sinh|học sinh|sinh viên|nhân viên|công nhân"
    r"|tài xế|lái xe|giáo viên|cô giáo|thầy giáo|điều dưỡng|bảo vệ)(?: (?:lớp \w+|của|thuộc|ở|tại))* $"
)


def one_of(doc: Document, chunk: Chunk) -> bool:
    """ "cho nữ sinh Trường A": somebody of that body, whom nobody names here."""
    return _ONE_OF.search(doc.key, max(0, chunk.start - 60), chunk.start) is not None


_MEMBER = re.compile(
    r", ?(?:nguyên |cựu )?(?:cán bộ|nhân viên|công nhân|giáo viên|giảng viên|học sinh|sinh viên|hội viên|đoàn viên|chiến sĩ|bảo vệ|kĩ sư"
    r"|bác sĩ|y sĩ|điều dưỡng|lái xe|tài xế|công chức|viên chức|nông dân)(?: (?:của|thuộc|tại|lớp \w+))*,? $"
)


def whose_member(doc: Document, chunk: Chunk) -> bool:
    """Whether what stands in front of a unit tells who the person before it is."""
    return _MEMBER.search(doc.key, max(0, chunk.start - 40), chunk.start) is not None


def lies_there(doc: Document, tokens: list[Token], symbols: str, at: int, found: list[Recipient]) -> bool:
    """Whether the unit at this place only says where the one before lies: "Hạt Kiểm lâm huyện A, tỉnh B", "dòng họ A, thôn B, xã C"."""
    if symbols[at] != "U" or symbols[at - 1] != ",":
        return False
    if symbols.endswith("U,", 0, at) and lies_in_province(doc, tokens, at):
        return True
    group = found[-1].unit if found else None
    by_words = group is not None and group.entry is None and _OF_FOLK.match(doc.key, group.start) is not None
    return by_words and tokens[at].chunk.unit.is_a("place")


_OF_FOLK = re.compile(r"(?:dòng họ|đội|tổ|nhóm|câu lạc bộ)(?!\w)")
_BY_A_PLACE = re.compile(r"w,U")


def of_nobody(doc: Document, tokens: list[Token], symbols: str, at: int) -> bool:
    """ "cho chủ nhà hàng Hoa Ban, huyện A": words with a name that nobody knows, and where that is."""
    if not _BY_A_PLACE.match(symbols, at) or not tokens[at + 2].chunk.unit.is_a("place"):
        return False
    return any(c.isupper() for c in doc.view[tokens[at].chunk.start : tokens[at].chunk.end])


# "2 tập thể | thuộc | Sở A, 3 cá nhân | thuộc | Sở B"
_OF_BODY = re.compile(r"wU(?=[,;v]+N)")


def _of_body(doc: Document, tokens: list[Token], symbols: str, at: int) -> re.Match[str] | None:
    of = _OF_BODY.match(symbols, at)
    return of if of and doc.key[tokens[at].chunk.start : tokens[at].chunk.end] in ("của", "thuộc", "trực thuộc", "ở", "tại") else None


_BODIES, _BODY = re.compile(r"U(?:[,v]U)*"), re.compile("U")


def whose_bodies(doc: Document, tokens: list[Token], symbols: str, at: int) -> re.Match[str] | None:
    """ "2 chiến sĩ | Công an xã A | và | Công an xã B": the body right behind a count of persons, and others of its sort."""
    if of := _of_body(doc, tokens, symbols, at):
        return of
    row = _BODIES.match(symbols, at)
    counted, body = tokens[at - 1].chunk, tokens[min(at, len(tokens) - 1)].chunk
    if row is None or list(counted.numbers) != ["person"] or body.start != counted.end + 1:
        return None
    sort = doc.key[body.start : body.end].partition(" ")[0] + " "
    alike = all(doc.key.startswith(sort, t.chunk.start) for t in tokens[at : row.end()] if t.symbol == "U")
    return row if alike else _BODY.match(symbols, at)
