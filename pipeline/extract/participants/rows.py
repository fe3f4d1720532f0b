"""Rows of units that a sentence shows as taking part: lists behind the bloc's name or before a word of attendance, and who hands over."""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.participants.games import ROW
from pipeline.extract.symbols import Chunk, Chunks

# "Cụm thi đua số 2 (A, B, C)", "Cụm gồm", "Các đơn vị: A, B và C tham dự", "đại diện A, B có mặt"
_IN_BRACKETS = re.compile(r"(?:[BN]|BU|B(?P<place>w))\((?:[md]:?|N:)?(?P<units>U(?:-?R|\([Rd]+\))?(?:[,;v]{0,2}U(?:-?R|\([Rd]+\))?)+)")
_BEFORE_ATTEND = re.compile(r"(?:^|[;.])(?:w?d[wd]*:?|w?N:?|T|(?P<all>w))?(?P<units>U(?:\([Rdm]+\))?(?:[,;v]{0,2}U(?:\([Rdm]+\))?)*)w?e")

# "Chủ tịch LĐLĐ các huyện A, B dự", "Giám đốc Sở A, Sở B cùng dự": heads of several bodies, nobody named
_HEADS_ATTEND = re.compile(r"(?:^|[;.]|(?<=[UP)])v)(?:O[,v])?O(?P<units>U(?:[,;v]{0,2}U)+)w?e")
# "Hội nghị do Sở A đăng cai, có Sở B và Sở C cùng dự"
_COME = re.compile(r"w(?P<units>U(?:(?:,|v|,v)U)*)[vw]{0,2}e")
# "Sở A, Sở B, các thành viên của Khối thi đua số 4, đã tổng kết", "A, B và C là thành viên của Cụm"
_ARE_MEMBERS = re.compile(r"(?:(?<![^;.])|(?<=^\(w\))|(?<=^\(w\)-))(?P<units>U(?:[,;v]{1,2}U)+),?w?m")
_MEMBERS = re.compile(r"(?:,? ?(?:đều )?(?:là )?(?:các |những )?(?:đơn vị |cơ quan )?|,(?:các )?)(?:đơn vị )?thành viên(?!\w)")
# "Sở A (Trưởng khối), Sở B và Sở C là 3 đơn vị thuộc Khối", "cùng với Sở B và Sở C là thành viên"
_ROW_OF_MEMBERS = re.compile(r"(?P<units>U(?:\([Rd]+\))?(?:[,;v]{1,2}U)+)")
_IS_MEMBER = re.compile(
    r" thuộc (?:khối|cụm)(?! trưởng| phó)| (?:đều |cùng )?là (?:\d{1,2} |các |những )?(?:(?:đơn vị|cơ quan) )?"
    r"(?:thành viên(?!\w)|(?:trong|thuộc|của) (?:khối|cụm)(?! trưởng| phó))"
)
_SHARED_HEAD = re.compile(r"(?P<units>(?<!O)UUU+(?:[,;]?vU(?!U))?)")  # "UBND các huyện A, B, C", where nothing is given or proposed


def inspected(doc: Document, chunks: Chunks) -> set[int]:
    """The units that a team goes to: "lần lượt đến Sở Y tế, Sở Ngoại vụ", "tại Ban CHQS các huyện A, B", "chấm các đơn vị: Sở Y tế"."""
    found: set[int] = set()
    for match in _ROW_INSPECTED.finditer(chunks.symbols):
        first = chunks[match.start("row")].start
        if _GOES_TO.search(doc.key, max(0, first - 40), first):
            found.update(i for i in range(*match.span()) if chunks.symbols[i] == "U" and chunks[i].unit.entry is not None)
    return {i for i in found if not chunks[i].unit.is_a("place") or len(chunks[i].unit.parts) > 1}


_ROW_INSPECTED = re.compile(r"[wd]:?(?P<row>U(?:[,;v]{0,2}U)*)")
_GOES_TO = re.compile(
    r"(?:đến|tại|(?<!\w)(?:chấm|kiểm tra|phúc tra|thẩm định)(?: điểm)?(?: thi đua)?(?: chéo)?(?: của)?"
    r"(?: các| \d{1,2})?(?: đơn vị| cơ quan)?:?) ?$"
)


_WHERE = re.compile(
    r"(?<!\w)(?:tại|ở|trên địa bàn|cho|giúp|giúp đỡ|thăm|thuộc|sáp nhập|hợp nhất|chia tách"
    r"|(?:từ|trên cơ sở)(?: \d{1,2})?)(?: các| \d{1,2})? $"
)


# "dưới sự lãnh đạo của Tỉnh ủy các tỉnh A, B, C"
_UNDER = re.compile(r"(?<!\w)sự (?:lãnh đạo|chỉ đạo|quan tâm|hướng dẫn|phối hợp|ủng hộ|giúp đỡ)[^.;:]{0,30} của (?:các )?$")


# "Tại buổi lễ, UBND thị xã A đã trao Giấy khen", "lãnh đạo Sở B trao tặng": at a ceremony whoever hands over is there
_HANDS_OVER = re.compile(r"(?P<units>U(?:[,v]{1,2}U)*)w?f")
_HANDS = re.compile(r"(?:cũng |đã |vừa )*(?:trực tiếp )?(?:trao|tặng|biểu dương|tuyên dương)")
_WHO_HANDS = re.compile(
    r"(?:(?<!\w)(?:lãnh đạo|đại diện)"
    r"|(?:tại|trong) (?:buổi (?:lễ|khen thưởng|trao|tuyên dương|gặp)|lễ (?:trao|tuyên dương|khen))[^.;]{0,40},) ?$"
)


def handing_over(doc: Document, chunks: Chunks) -> set[int]:
    """The bodies that hand over an award at the ceremony; places are none."""
    if "f" not in chunks.symbols:
        return set()
    found: set[int] = set()
    for match in _HANDS_OVER.finditer(chunks.symbols):
        first, last = chunks[match.start("units")], chunks[match.end("units") - 1]
        verb = doc.key[last.end : chunks[match.end() - 1].end].strip()
        if _HANDS.match(verb) and _WHO_HANDS.search(doc.key, chunks.sentence.start, first.start):
            found.update(i for i in range(*match.span("units")) if chunks.symbols[i] == "U" and not chunks[i].unit.is_a("place"))
    return found


_SPEAKERS = re.compile(r"d(?P<units>U(?:(?:,|v|,v)U)*)w?s")
_SPEAK_THERE = re.compile(
    r"\W*(?:thảo luận|tham luận|phát biểu|trao đổi)(?: (?:ý kiến|tham luận))? tại (?:hội nghị|đại hội|buổi lễ|lễ)(?!\w)"
)


def speaking(doc: Document, chunks: Chunks) -> set[int]:
    """ "Tham luận tại hội nghị, đại diện Trường A, Công ty B nêu kinh nghiệm": the row that speaks where no bloc meets."""
    row = _SPEAKERS.search(chunks.symbols) if "dU" in chunks.symbols else None
    if row is None or not _SPEAK_THERE.match(doc.key, chunks.sentence.start, chunks[row.start()].start):
        return set()
    return {i for i in range(*row.span("units")) if chunks.symbols[i] == "U"}


_SIGNERS = re.compile(r"(?:^|[,;.O])d?(?P<units>U(?:(?:,|v|,v)?d?U)+)v?w")
_SIGN = re.compile(
    r" (?:(?:đã|cùng|lần lượt|cùng nhau|tiến hành|thực hiện|lên|đặt bút) )*kí (?:kết )?(?:vào )?(?:bản )?(?:giao ước|cam kết)(?!\w)"
)


# at a bloc's meeting the covenant need not be told: "Sở A, Sở B lần lượt ký kết."
_SIGN_IN_BLOC = re.compile(_SIGN.pattern + r"|(?: (?:đã|cùng|lần lượt|cùng nhau|tiến hành))* kí kết(?= ?[.;,)]| thi đua| trước|$)")
_ROW_TELLS = re.compile(r"(?:^|[d,;.:])(?P<units>U(?:(?:,|v|,v)U)*)(?=[sw])")
_SHARES = re.compile(
    r" (?:(?:đã|cũng|cùng|lần lượt) )*(?:chia sẻ|trao đổi|giới thiệu|nêu)(?: [^\s,.;]+){0,3}?"
    r" (?:kinh nghiệm|cách làm|mô hình|giải pháp|bài học|khó khăn)(?!\w)"
)
# "Một số đơn vị làm tốt như Sở A, Sở B"; no "phối hợp với các đơn vị như Sở A"
_SUCH_AS = re.compile(
    r"(?:^|[.;:,]) ?(?:(?:trong đó|tiêu biểu|điển hình|nổi bật|đáng chú ý),? )?(?:là |như |có )*"
    r"(?:các|một số|nhiều|những) (?:đơn vị|cơ quan|thành viên)"
    r"(?: [^,;.:]{1,60}?)?,? (?:như|là|gồm):? ?$"
)


# "Điển hình như: Sở A, Sở B": departments and the like; whose else the bodies are is not told
_FOR_EXAMPLE = re.compile(r"\W*(?:tiêu biểu|điển hình|nổi bật|đáng chú ý)(?: có| là| như)+:? ?$")
_EXAMPLES = re.compile(r"(?:đơn vị|cơ quan|thành viên|tiêu biểu|điển hình|nổi bật|đáng chú ý) ")
_OPENS_EXAMPLES = tuple(word + mark for word in ("như", "là", "gồm", "có") for mark in (" ", ":", ": "))


def exemplary(doc: Document, chunks: Chunks) -> set[int]:
    """Members that a review names as examples of how the others should work."""
    start, end = chunks.sentence.start, chunks.sentence.end
    if "A" in chunks.symbols or not _EXAMPLES.search(doc.key, start, end):
        return set()
    found: set[int] = set()
    for row in ROW.finditer(chunks.symbols):
        before = doc.key[start : chunks[row.start()].start]
        if not before.endswith(_OPENS_EXAMPLES):
            continue
        units = {i for i in range(*row.span()) if chunks.symbols[i] == "U" and not chunks[i].unit.is_a("place")}
        known = all((e := chunks[i].unit.entry) and e.table == "units" and e.fields["level"] == "sector" for i in units)
        if _SUCH_AS.search(before) or (known and len(units) > 1 and _FOR_EXAMPLE.fullmatch(before)):
            found |= units
    return found


_TELLS = (" chia sẻ ", " trao đổi ", " giới thiệu ", " nêu ")


def sharing(doc: Document, chunks: Chunks) -> set[int]:
    """ "Sở A, Sở B và Sở C chia sẻ cách làm hay": the row that tells the bloc what it learned."""
    if not any(doc.key.find(word, chunks.sentence.start, chunks.sentence.end) > 0 for word in _TELLS):
        return set()
    rows = (row for row in _ROW_TELLS.finditer(chunks.symbols) if _SHARES.match(doc.key, chunks[row.end() - 1].end))
    return {i for row in rows for i in range(*row.span("units")) if chunks.symbols[i] == "U" and not chunks[i].unit.is_a("place")}


_ONCE = re.compile(r"\W*(?:năm (?:trước|ngoái)|trước đó|trước đây|tháng trước|(?:những|các|nhiều) năm)(?!\w)")


def signing(doc: Document, chunks: Chunks, of_bloc: bool = False) -> set[int]:
    """ "Đại diện Công đoàn ngành, Phòng A và Trung tâm B đã ký giao ước": the row that signs."""
    found: set[int] = set()
    if doc.key.find(" kí ", chunks.sentence.start, chunks.sentence.end) < 0 or _ONCE.match(doc.key, chunks.sentence.start):
        return found
    for row in _SIGNERS.finditer(chunks.symbols):
        if (_SIGN_IN_BLOC if of_bloc else _SIGN).match(doc.key, chunks[row.end("units") - 1].end):
            found.update(i for i in range(*row.span("units")) if chunks.symbols[i] == "U" and not chunks[i].unit.is_a("place"))
    return found


# "Hội nghị do Sở Công Thương đăng cai": at the bloc's meeting, and its games, the host is one of its members
_HOST = r" (?:(?:đã|được giao|vinh dự|là đơn vị) )*đăng cai(?: tổ chức)?"
_HOSTS = re.compile(rf"{_HOST}(?: hội nghị| buổi lễ| lễ kí kết)?(?= ?[.;,]|$)")
_HOSTS_GAMES = re.compile(rf"{_HOST} (?:hội thao|giải thể thao|hội diễn|giao lưu thể thao)(?!\w)")
_HOST_IS = re.compile(r"đơn vị đăng cai(?: tổ chức)?(?: hội nghị)?(?: là|:) $")


def _hosts(doc: Document, item: Chunk, games: bool) -> bool:
    if games and _HOSTS_GAMES.match(doc.key, item.end):
        return True
    if item.unit.is_a("place"):
        return False  # where the meeting is held
    return bool(_HOSTS.match(doc.key, item.end) or _HOST_IS.search(doc.key, max(0, item.start - 45), item.start))


def hosting(doc: Document, chunks: Chunks, games: bool) -> set[int]:
    """The units that host the meeting that is told of, or the bloc's `games`."""
    if doc.key.find(" đăng cai", chunks.sentence.start, chunks.sentence.end) < 0:
        return set()
    return {i for i, item in enumerate(chunks.items) if item.symbol == "U" and _hosts(doc, item, games)}


_GIVEN = frozenset("Apf")  # an award, and the words of who gives or proposes it


def listed_members(doc: Document, chunks: Chunks, kind: str, games: bool = False) -> set[int]:
    """Units that a list behind the bloc's name or before a word of attendance shows as members."""
    symbols = chunks.symbols
    found: set[int] = set()
    told = [_IN_BRACKETS] * ("(" in symbols) + [_BEFORE_ATTEND] * ("e" in symbols) + [_HEADS_ATTEND] * ("OU" in symbols and "e" in symbols)
    told += [_COME] * ("e" in symbols) + [_ARE_MEMBERS] * ("m" in symbols)
    told += [_ROW_OF_MEMBERS] * any(doc.key.find(word, chunks.sentence.start, chunks.sentence.end) > 0 for word in (" là ", " thuộc "))
    told += [_SHARED_HEAD] * ("UUU" in symbols and _GIVEN.isdisjoint(symbols) and kind not in ("congress", "council"))
    for pattern in told:
        for match in pattern.finditer(symbols):
            first = chunks[match.start("units")]
            if pattern is _IN_BRACKETS and match["place"] and chunks[match.start("place")].unit is None:
                continue  # "Cụm thi đua số 7 tỉnh Lai Châu (A, B)": where the bloc is, no other words
            place = pattern is _SHARED_HEAD and first.unit.is_a("place")
            if place and _WHERE.search(doc.key, chunks.sentence.start, first.start):
                continue  # "giúp đỡ hộ nghèo tại các huyện A, B, C"
            if pattern is _SHARED_HEAD and _UNDER.search(doc.key, chunks.sentence.start, first.start):
                continue
            if pattern is _BEFORE_ATTEND and match["all"] and not doc.key.endswith("cả", 0, chunks[match.start("all")].end):
                continue  # "cả 3 đơn vị A, B, C đều dự"
            if pattern is _COME and ("l" in symbols[: match.start()] or not doc.key.endswith((" có", ",có"), 0, first.start - 1)):
                continue
            if pattern is _ARE_MEMBERS and not _MEMBERS.match(doc.key, chunks[match.end("units") - 1].end):
                continue
            if pattern is _ROW_OF_MEMBERS and not _IS_MEMBER.match(doc.key, chunks[match.end("units") - 1].end):
                continue
            found.update(i for i in range(*match.span("units")) if symbols[i] == "U")
    if kind not in ("congress", "council", "ceremony"):
        found |= exemplary(doc, chunks)
    return found | hosting(doc, chunks, games) | signing(doc, chunks, of_bloc=True) | sharing(doc, chunks)
