"""Which units of a sentence take part: those that attend or are members of the bloc.

Refused: units that only issue, own or host ("Quyết định của UBND tỉnh", "tại Sở Y tế"), "lãnh đạo các sở, ngành" (names no unit).
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.participants.addresses import in_address, lies_in
from pipeline.extract.participants.games import ROW, ranked, winners
from pipeline.extract.participants.general import in_row_of_place, of_former_or_staff, told_by, too_general, welcomes
from pipeline.extract.participants.rooms import room_of_nobody
from pipeline.extract.participants.rows import handing_over, inspected, listed_members, signing, speaking
from pipeline.extract.parties.found import Found
from pipeline.extract.symbols import Chunks
from pipeline.patterns import begun, whole_words

# no "vinh dự", "dự kiến", "Cục Dự trữ"
_PRESENT = r"dự(?<!vinh dự)(?<!danh dự)(?! kiến)(?! án)(?! toán)(?! phòng)(?! báo)(?! thảo)(?! trữ)"
_MEMBERSHIP = re.compile(
    whole_words(
        rf"{_PRESENT}|tham dự|đến dự"
        r"|tới dự|về dự|cùng dự|tham gia|có mặt|thành phần|đại diện|chứng kiến|khách mời|qui tụ|thành"
        r" viên|gồm|gồm có|bao gồm|gồm các|đó là(?=:)|đại biểu"
        r"|có thêm(?! (?:\d+|hai|ba|bốn|một|nhiều) (?!đơn vị|thành viên|cơ quan|sở))|còn có"
        r"|tranh tài|giải (?:nhất|nhì|ba|khuyến khích)|các đơn vị trong"
        r"|các đơn vị thuộc"
        r"|khối có|khối hiện có|cụm có|cụm gồm|khối gồm|tham luận|phát biểu|ý kiến|là đại diện|lãnh đạo|trong khối|trong cụm|thành"
        r" viên của|kí kết|kí giao ước|đội|điểm cầu(?: \w+){0,4}(?= ?:)|đoàn(?<=\d đoàn)(?: \w+){0,3}(?= ?:)|các đoàn(?: \w+){0,3}(?= ?:)"
        r"|đoàn viên|góp ý|trình bày|chia sẻ kinh nghiệm"
        r"|đến từ|lên kí|cùng kí|đặt bút kí|thủ trưởng|mời(?<!sẽ mời)|tề tựu|hội tụ|góp mặt"
        r"|(?:của|trong|thuộc) (?:khối|cụm)(?: [^\s.;:,]+){0,6} là"
        r"|(?:khối|cụm) thi đua(?: [^\s.;:,]+){1,9} có(?: tổng số)? (?:\d+|các) (?:đơn vị|cơ quan|\w+)(?=[^.;:]{0,15}?(?::| là | đó là ))"
        r"|(?:khối|cụm)(?: [^\s.;:,]+){0,6} (?:tiếp nhận|bổ sung|kết nạp|đón)(?: thêm)?(?: \d+| hai| ba)? (?:đơn vị|thành viên)"
        r"|giao ước(?: [^\s.;,]+){0,6} giữa(?: các đơn vị)?|điểm cầu(?: [^\s.;,:]+){0,5} có"
        r"|(?:thuộc|trong) (?:khối|cụm) này|(?:khối|cụm) này (?:có|gồm)"
        r"|ngoài \S+ (?:đơn vị|cơ quan)(?: \w+){0,2},? ?(?:còn )?có"
    )
)
# where no bloc meets there are no members
_ATTENDANCE = re.compile(
    whole_words(
        rf"đại diện(?= [^,.;:]{{3,60}} (?:công bố|phát biểu|trao|lên kí|kí giao ước|kí kết giao ước))"
        rf"|tham dự|đến dự|tới dự|về dự|cùng dự|{_PRESENT}|có mặt|khách mời"
        r"|chứng kiến|thành phần|về phía [^,;:.]{2,50} có"
    )
)
_OF = re.compile(
    begun(
        r"của|(?:tại|ở|trên địa bàn)(?: \d{1,2}| hai| ba| bốn)?|thuộc|trên cơ sở|sáp nhập"
        r"|hợp nhất|theo|giao cho|giao|với sự phối hợp|trụ sở|hội trường|phòng họp|về(?<!thuộc về)|đến|trong|khu vực|trường hợp"
        r"|từ(?<!đến từ)|đề nghị|trình|gửi|thăm|tặng|trao|cho(?<!đại diện cho)"
        r"|đối với|thừa ủy quyền|thừa ủy quyền của|quyết định|xây dựng|ban chấp hành|giúp|giúp đỡ|hỗ trợ|đỡ đầu|ủng hộ|phục vụ|do"
        r"|yêu cầu|kiến nghị:?|kiến nghị với|đề xuất(?: với)?|mong|mong muốn|cảm ơn"
        r"|sau|qua|bởi|được|nguồn|vốn|góp|lãnh đạo của|vào|để|học tập|kinh nghiệm tại|tham quan|thăm quan|công văn"
        r"|hướng dẫn|kế hoạch|báo|cùng với sự|chỉ đạo của|đại hội(?: đại biểu)?",
        behind="",
    )
    + r" (?:các |hai |ba |\d+ |đồng chí |tập thể |chính |cán bộ )?$"
)
# "sự tham gia của Sở A", "cán bộ làm công tác thi đua, khen thưởng của các Bộ": who takes part is theirs
_THEIRS = re.compile(
    r"(?:(?<!theo )(?:ý kiến|tham luận|phát biểu|trình bày)(?: (?:đóng góp|góp ý|tham gia|thảo luận|phát biểu|tham luận))?"
    r"|tham dự|tham gia|góp mặt|có mặt|hiện diện|chứng kiến|đại diện|thủ trưởng|đại biểu"
    r"|thành viên|khen thưởng|phụ trách thi đua|vận động viên|(?<!sự )lãnh đạo) của (?:các )?$"
)
# "thăm Trường A và Nhà máy B": neither takes part; nor does whom others advise or work with
_VISITED = re.compile(
    begun(
        r"đi thăm|đi thực tế|khảo sát|giao lưu(?: thể thao| bóng \w+| văn nghệ)? (?:với|cùng)"
        r"|tham quan|thăm quan|đến thăm|thăm|tặng quà|tham mưu(?<!phòng tham mưu)(?<!bộ tham mưu)(?: với| cho)?"
        r"|phối hợp(?: với| cùng)?|ủng hộ"
    )
    + r"(?: tại| cho)?(?: [^,;.:]{0,80})?(?: và |,)?$"
)


def attending_units(
    doc: Document, chunks: Chunks, parties: list[Found], taken: set[int], kind: str = "", of_bloc: bool = True, games: bool = False
) -> list[int]:
    """Indexes of the units of a sentence that attend or are members. `taken` are units of persons, awards and offices.

    At an inspection those whom the teams go to are members, too; at the bloc's `games` those who win.
    """
    symbols = chunks.symbols
    if "U" not in symbols:
        return []
    sentence = chunks.sentence
    members = (
        listed_members(doc, chunks, kind, games) if of_bloc else handing_over(doc, chunks) | speaking(doc, chunks) | signing(doc, chunks)
    )
    inside = {i for p in parties for i in range(p.first, p.last + 1)}
    if kind == "inspection" and _INSPECTS.search(doc.key, sentence.start, sentence.end):
        members |= inspected(doc, chunks) - inside
    if games:
        members |= winners(doc, chunks)
    members |= ranked(doc, chunks) if of_bloc else set()
    matches = [
        m
        for m in (_MEMBERSHIP if of_bloc else _ATTENDANCE).finditer(doc.key, sentence.start, sentence.end)
        if (games or not m[0].startswith("giải ")) and _tells(doc, chunks, m)
    ]
    if not matches and not members:
        return []
    free = [i for i, s in enumerate(symbols) if s == "U" and i not in taken and not _of_another(doc, chunks, parties, inside, i)]
    found: list[int] = []
    told: set[int] = set()  # units that only say where or whose
    for index in free:
        if index in members:
            if not too_general(doc, chunks[index].unit) or in_row_of_place(doc, chunks, index):
                found.append(index)
        elif _announced(doc, chunks, matches, index):
            if _says_where(doc, chunks, index, told, found):
                told.add(index)
            elif not _no_member(doc, chunks, index) and not _cut_off(doc, chunks, matches, index):
                found.append(index)
    return found


# "tham gia hiến máu", "tham gia Hội thi do LĐLĐ tổ chức": no meeting of the bloc's
_JOINS_IN = re.compile(
    r" (?:hiến máu|hội thi[^,;:.]{0,60} do|cuộc thi[^,;:.]{0,60} do|góp ý|thẩm định|giúp|hỗ trợ|ủng hộ|bảo hiểm|thi đua"
    r"|(?:đầy đủ )?(?:các )?(?:lớp|khóa|phong trào|cuộc vận động|chương trình phối hợp)"
    r"|xây dựng|đóng góp|quyên góp|làm|trồng|tuyên truyền)(?!\w)"
)
_LISTS = re.compile(r"(?:bao )?gồm|đó là")
_OWN_LIST = re.compile(r"(?<!\w)(?:khối|cụm)(?!\w)|\)")


def _tells(doc: Document, chunks: Chunks, match: re.Match[str]) -> bool:
    """Whether words of attendance tell who takes part: no "Đội Thuế số 2", and no "tặng Bằng khen cho 2 tập thể gồm: ..."."""
    if match[0] == "tham gia" and _JOINS_IN.match(doc.key, match.end()):
        return False
    if match[0] == "đội":
        return all(c.start != match.start() for c in chunks.items if c.symbol == "U")
    given = max((c.end for c in chunks.items if c.symbol == "A" and c.end <= match.start()), default=0) if _LISTS.match(match[0]) else 0
    return not given or _OWN_LIST.search(doc.key, given, match.start()) is not None


def _of_another(doc: Document, chunks: Chunks, parties: list[Found], inside: set[int], index: int) -> bool:
    """Whether the unit is somebody's: of a person's post, the owner of a bloc or room, many bodies of one kind."""
    if index in inside and not any(p.first == index and p.person is None for p in parties):
        return True
    if _owns(doc, chunks, index, inside):
        return True
    if _one_of_many(doc, chunks, index):
        return True
    last = index if chunks[index].unit.placed else ROW.match(chunks.symbols, index).end() - 1
    return _PLURAL.match(doc.key, chunks[last].end, chunks.sentence.end) is not None


def _one_of_many(doc: Document, chunks: Chunks, index: int) -> bool:
    """ "lãnh đạo các Cục Thuế đã ký": all bodies of a kind, which other words name; no row that begins with "các"."""
    unit = chunks[index].unit
    if len(unit.parts) > 1 or not doc.key.endswith((" các ", ",các "), 0, unit.start):
        return False
    if unit.is_a("board", "room"):
        owner = doc.key.find(" ", unit.start) + 1
        if doc.hit("units", owner) or doc.key.startswith(("đảng ", "xây dựng đảng "), owner):
            return True  # "lãnh đạo các Ban LĐLĐ tỉnh", "các Ban Đảng Tỉnh ủy": as many as the owner has
    many = not unit.placed and doc.key.endswith(" các ", 0, unit.start)
    return many and chunks.symbols[index + 1 : index + 2] not in (*",;v(:", "U") and doc.view[unit.end : unit.end + 1] == " "


def _announced(doc: Document, chunks: Chunks, matches: list[re.Match[str]], index: int) -> bool:
    """Whether words of attendance stand before the unit, or it speaks; those visited are none."""
    start = chunks[index].start
    if not any(m.start() < start for m in matches) and not _speaks(doc, chunks, index):
        return False
    return not _VISITED.search(doc.key, chunks.sentence.start, start)


_SPEAKING_ROW = re.compile(r"U(?:(?:,|v|,v|;)U)*(?P<before>w?)s")
_ALREADY = re.compile(r"(?:đã|cũng|lần lượt|cùng|đều|có|còn)(?: \w+)?")


def _speaks(doc: Document, chunks: Chunks, index: int) -> bool:
    """ "Sở A, Sở B và Sở C đã trình bày tham luận": all of the row speak."""
    row = _SPEAKING_ROW.match(chunks.symbols, index)
    if row is None or not row["before"]:
        return row is not None
    words = chunks[row.start("before")]
    return _ALREADY.fullmatch(doc.key, words.start, words.end) is not None


def _says_where(doc: Document, chunks: Chunks, index: int, told: set[int], found: list[int]) -> bool:
    """ "tại Sở A và Sở B", "xã A, huyện B", "do Sở A": where or whose, unless a list of members goes on there."""
    head = min(chunks[index].start, chunks[index].unit.parts[0][0])  # of a list, where its shared head begins
    before = doc.key[max(chunks.sentence.start, head - 40) : head]
    governed = _OF.search(before) and not _THEIRS.search(before) and not told_by(doc, before, chunks[index].end)
    goes_on = _in_list(chunks.symbols, index) and found and index - found[-1] <= 3
    return bool(governed and not goes_on) or _told_with(doc, chunks, index, told) or in_address(chunks, index) or lies_in(chunks, index)


def _words_before(doc: Document, chunks: Chunks, index: int) -> str:
    start = chunks[index].start
    return doc.key[max(chunks.sentence.start, start - 40) : start]


def _no_member(doc: Document, chunks: Chunks, index: int) -> bool:
    """Units that are announced and yet no members: whose post it is, a place, a room, all bodies of a kind."""
    item, symbols, sentence = chunks[index], chunks.symbols, chunks.sentence
    if index and symbols[index - 1] == "O" and symbols[index + 1 : index + 2] != "U":
        post = chunks[index - 1].start
        if _OF.search(doc.key[max(sentence.start, post - 30) : post]):  # "Quyết định của Chủ tịch UBND tỉnh"
            return True
        if doc.key.endswith("các ", 0, post) and doc.key.endswith(_TIER_OF_ALL, item.start, item.end):
            return doc.key.startswith(_HEADS_OF_ALL, post)  # "giữa các Chủ tịch UBND xã": of as many communes
    if doc.key.count('"', sentence.start, item.start) % 2:
        return True  # 'mô hình "Công an xã gần dân"'
    if too_general(doc, item.unit) and not in_row_of_place(doc, chunks, index):
        return True
    words = _words_before(doc, chunks, index)
    if item.unit.is_a("place") and len(item.unit.parts) == 1 and (not _in_list(symbols, index) or _PEOPLE_OF.search(words)):
        return not _NEW_MEMBER.search(words)
    if room_of_nobody(doc, chunks, index):
        return True
    row = ROW.match(symbols, index)
    if _steers(doc, sentence.start, item.start, chunks[row.end() - 1].end) or _CREDIT.search(words) or _gives(doc, chunks, index):
        return True
    if _THEIR_PAPERS.search(doc.key, sentence.start, item.start):
        return True
    if (
        of_former_or_staff(doc, sentence.start, item.unit)
        or _ABSENT.search(words)
        or _SOME_OF.search(words)
        or welcomes(doc, words, item.end)
        or (item.unit.is_a("council") and words.endswith(("thành viên ", "thư kí ", "thường trực ")))
    ):
        return True  # "thành viên Hội đồng Thi đua - Khen thưởng tỉnh": whose member somebody is
    listed = _in_list(symbols, index) or symbols.startswith("U", index + 1)  # "2 xã (A, B)"
    if _COUNTED.search(words) and (not listed or _COUNTED_NEXT.match(doc.key, item.end)):
        return True  # "kết quả có 04 Sở Tư pháp đăng ký": as many bodies
    every = _ALL_OF.search(words)
    if every is None or (every["units"] and listed):
        return False
    # "lãnh đạo các Thuế tỉnh", "lãnh đạo các Hội Luật gia trong cụm", "chỉ huy các đơn vị BĐBP thuộc Cụm"
    kind = not every["units"] and len(item.unit.parts) == 1 and doc.key.endswith((" tỉnh", " huyện", " xã"), item.start, item.end)
    return kind or doc.key.startswith(_OF_THE_BLOC, item.end)


_PEOPLE_OF = re.compile(r"(?<!\w)(?:cho|giúp|tặng)(?: \w+){0,3} (?:người dân|nhân dân|bà con|hộ dân|hộ nghèo|học sinh)(?: ở| tại)? $")
_NEW_MEMBER = re.compile(r"(?:thành viên|đơn vị) mới(?: là|:)? $")  # "năm nay có thêm thành viên mới là thành phố Huế"
_TIER_OF_ALL = (" xã", " phường", " huyện")
_HEADS_OF_ALL = ("chủ tịch", "bí thư", "giám đốc", "trưởng")
_BLOC_BEFORE = re.compile(r"(?:khối|cụm)(?: thi đua)?(?: số)? \w{1,4}(?: ?- ?|, ?)$")


_MEMBERS_OF = re.compile(r"B\([^()]*\)$")  # "Khối thi đua số 2 (gồm A, B, C) Bộ Y tế"


def _owns(doc: Document, chunks: Chunks, index: int, inside: set[int]) -> bool:
    """Whether a unit only says whose: "Cụm thi đua số 7, Bộ Công an", "Cụm số 2 - Công an tỉnh", "Trưởng phòng Thi đua (Sở Nội vụ)"."""
    symbols = chunks.symbols
    if symbols[max(0, index - 1) : index + 2] == "(U)" and (index - 2 in inside or _names_whole(chunks, index - 2)):
        return True
    if (pair := symbols.rfind("U(U-U)", max(0, index - 4), index + 4)) >= 0 and pair + 2 <= index <= pair + 4:
        return True  # "Trại giam A (Cục 10 - Bộ Công an)"
    unit = chunks[index].unit
    of_bloc = symbols[max(0, index - 2) : index] in ("B,", "B-") or _BLOC_BEFORE.search(doc.key, max(0, unit.start - 40), unit.start)
    of_bloc = of_bloc or _MEMBERS_OF.search(symbols, 0, index)
    if not of_bloc or unit.entry is None:
        return False
    whole = doc.key.endswith(" tỉnh", unit.start, unit.end) and symbols[max(0, index - 3) : index - 2] != "R"
    return unit.entry.fields.get("level") == "ministry" or (whole and symbols[index + 1 : index + 2] not in (",", "v", "("))


# "Ban Thi đua - Khen thưởng 6 tỉnh": as many bodies, none of them named
_PLURAL = re.compile(r" (?:của )?(?:\d{1,2}|các) (?:tỉnh|huyện|xã|phường|quận|thành phố|đơn vị|cơ quan|trường|doanh nghiệp)(?!\w)")


def _names_whole(chunks: Chunks, index: int) -> bool:
    """Whether the chunk is a body whose parent may stand in brackets: "Vụ Pháp chế (Bộ Y tế)"."""
    unit = chunks[index].unit if index >= 0 else None
    return unit is not None and unit.entry is not None and unit.entry.fields.get("tail") != "place"


_ROW_OF_GIVERS = re.compile(r"(?:U[,v])+U(?=f)")


def _gives(doc: Document, chunks: Chunks, index: int) -> bool:
    """ "được Bộ Y tế, Bộ Tài chính tặng Bằng khen": who gives, the first of the row or a later one."""
    rows = _ROW_OF_GIVERS.finditer(chunks.symbols) if "Uf" in chunks.symbols else ()
    return any(row.start() <= index < row.end() and doc.key.endswith("được ", 0, chunks[row.start()].start) for row in rows)


_AT = re.compile(r"(?<!\w)(?:tại|ở|đến|trong|về|trên địa bàn) (?:\w+ \w+ )?$")  # who acts may follow a place
_ACTS = re.compile(r"U(?:[,v]{1,2}U)*w?[sec]")


def _told_with(doc: Document, chunks: Chunks, index: int, told: set[int]) -> bool:
    """Whether a unit is told of together with one that only says where: "tại Sở A và Sở B", "02 huyện A, B"."""
    previous = index - 1
    if previous in told:
        return chunks[previous].unit.parts[0] == chunks[index].unit.parts[0]
    if previous <= 0 or previous - 1 not in told:
        return False
    if chunks.symbols[previous] == "v":
        return True
    first = chunks[previous - 1].start
    where = not chunks[index].unit.is_a("place") and _AT.search(doc.key, max(chunks.sentence.start, first - 24), first)
    return chunks.symbols[previous] == "," and not where and not _ACTS.match(chunks.symbols, index)


_STEERS = re.compile(r" (?:giao(?! lưu| ước| ban)|đề ra|ban hành|quy định|phê duyệt)(?!\w)")  # "chỉ tiêu ... UBND tỉnh giao"
_LAUNCHES = re.compile(r" (?:phát động|tổ chức|chủ trì|khởi xướng|đề xướng|giao)(?!\w)")
_BY_WHOM = re.compile(r"(?<!\w)do [^.;:]{2,60}$")


def _steers(doc: Document, start: int, begin: int, end: int) -> bool:
    """ "các phong trào do Trung ương, UBND tỉnh phát động": who sets tasks for others."""
    launches = _LAUNCHES.match(doc.key, end)
    return _STEERS.match(doc.key, end) is not None or bool(launches and _BY_WHOM.search(doc.key, start, begin))


_CREDIT = re.compile(r"\((?:ảnh|tin|bài|nguồn): [^:()]{2,30}(?: ?- ?|, ?)$")  # "(Ảnh: Lò Văn Tám - Báo Lào Cai)"
_OF_THE_BLOC = (" thành viên", " trong cụm", " trong khối", " thuộc cụm", " thuộc khối")
# "lãnh đạo một số phòng chuyên môn Sở Y tế": rooms of the body, none of them named
_THEIR_PAPERS = re.compile(r"(?<!\w)(?:hồ sơ|báo cáo|thành tích|kết quả|danh sách|tờ trình)(?: [^,;.:]{1,40})? của [^,;.:]{1,40} và $")
_COUNTED = re.compile(r"(?<![\w/.-])\d{1,3} $")
_COUNTED_NEXT = re.compile(r"(?:,| và )\d{1,3} ")
_ABSENT = re.compile(r"(?<!\w)vắng(?: mặt)?:?(?: có)? $")
_SOME_OF = re.compile(
    r"(?<!\w)(?:một số|các|nhiều) (?:ban|phòng|khoa|tổ|bộ phận)(?:,(?:ban|phòng|khoa))*"
    r"(?: (?:chuyên môn|nghiệp vụ|chức năng|trực thuộc|thuộc))* $"
)
_ALL_OF = re.compile(r"(?<!\w)(?:các|\d+)(?P<units> đơn vị| cơ quan)? $")
_INSPECTS = re.compile(r"(?<!\w)(?:(?:chấm|kiểm tra|phúc tra|thẩm định|lần lượt)(?!\w)|đoàn(?!\w)[^;:]{0,120} (?:đã|cũng) đến )")


def _in_list(symbols: str, index: int) -> bool:
    before = symbols[max(0, index - 2) : index]
    return before.endswith((":", "U,", "U;", "Uv")) or symbols.startswith((",U", ";U", "vU"), index + 1)


def _cut_off(doc: Document, chunks: Chunks, matches: list[re.Match[str]], index: int) -> bool:
    """Whether another statement stands between the word of attendance and the unit."""
    item = chunks[index]
    last = max((m.start() for m in matches if m.start() < item.start), default=item.start)
    for chunk in reversed(chunks.items[:index]):
        if chunk.start <= last:
            return False
        if chunk.symbol == "p" and doc.key.endswith("tham gia ", 0, chunk.start):
            continue  # "Tham gia bình xét có Sở A, Sở B"
        if chunk.symbol in "fprA" and doc.key[chunk.start : chunk.end] != "khen thưởng":
            return True
    return False
