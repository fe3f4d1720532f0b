"""The units that take part in a meeting: those that attend, and the members of the bloc that meets.

Members need no word of attendance; they may be told one by one with what each did:
"Hội Làm vườn mở 4 lớp nghề; Hội Luật gia tỉnh bảo vệ 12 vụ việc": at the review of a bloc these are its members.
Refused: bodies that steer ("Sở Nội vụ hướng dẫn"), that only get an award, and what is told of places.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.below import members_below
from pipeline.extract.document import Document, Sentence
from pipeline.extract.other_blocs import belongs_to_another
from pipeline.extract.participants.attending import attending_units
from pipeline.extract.participants.games import games_of_bloc
from pipeline.extract.participants.general import too_general
from pipeline.extract.parties.found import Found
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit
from pipeline.extract.units.items import kind_left, kind_of
from pipeline.extract.units.lists import read_units
from pipeline.extract.units.places import bare_lists, body_of_bloc, own_tier, shared_head, under, with_bodies, with_heads

# Kinds of meetings at which a bloc looks back on what its members did.
REVIEWS = frozenset({"annual_review", "midyear_review", "thematic", "inspection"})
ACTS_TOLD = REVIEWS | {"social"}
_CLAUSE = re.compile(r"[;:,](?:(?<!,) ?|(?<=,)(?:còn|riêng|trong khi|trong đó) )(?:riêng )?(?=\w)")
_OPENING = re.compile(
    r"(?:riêng|còn|(?:các|cả \d{1,2}|\d{1,2}) (?:đơn vị|cơ quan)(?: như)?:?|ở khối hội,"
    r"|nhất là|(?:tiêu biểu|điển hình|nổi bật)(?: (?:là|như|có))?:?|trong đó,?|với"
    r"|(?:sau cùng|cuối cùng|tiếp (?:đó|đến|theo)|ngoài ra|bên cạnh đó|đáng chú ý|năm 20\d\d"
    r"|(?:trong )?(?:3|6|9|ba|sáu|chín) tháng(?: đầu năm| cuối năm| qua)?(?: 20\d\d)?|(?:trong )?năm(?: qua| vừa qua| học qua| 20\d\d)"
    r"|trong năm|trong kì|thời gian qua|những năm qua|cụ thể|chẳng hạn|(?:cũng )?tại (?:hội nghị|buổi lễ|lễ kí kết|buổi họp)),) ?"
)
_SOURCE = re.compile(r"theo (?:báo cáo|đánh giá)(?: [^,;.]{1,40})?, ?")  # "Theo báo cáo, trong năm 2019, Sở A mở 12 lớp"
_LINE_NUMBER = re.compile(r"(?:\d{1,2} ?[./)]|-|\+) ?")
# "3/ Hội Luật gia: 985 điểm": the table of points names the members
_POINTS = re.compile(
    r" ?(?::|-|\() ?(?:đạt )?\d{2,4}(?:[.,]\d{1,3})? ?(?:điểm\)?|\)|;|\.?$)| (?:đạt |được )?\d{2,4}(?:[.,]\d{1,3})? ?điểm"
    r"| (?:đạt |được )?\d{1,2}/\d{1,2} phiếu"
)
# no row of a table of results: "Sở Tư pháp: 02 tập thể", "Sở Tư pháp: giải Nhì"
_REPORT = re.compile(r" ?: (?!(?:\d+ )?(?:tập thể|cá nhân|đồng chí|phiếu|giải|hạng|ông|bà|đồng chí|đ/c|cờ|khối|cụm|đề nghị))(?=[^.;]*\d)")
_SET_OFF = re.compile(r",[^,;.:]{2,25},(?= ?(?:lại|đã|cũng|vẫn|đều|thì))")
_NEXT = re.compile(r"(?:,| và |; )(?=\w)")
_RUNS = re.compile(r"ban tổ chức(?= (?:đã |cũng )?(?:trao|công bố|nhận được|chấm|chọn|khen))")
_AND_OTHERS = re.compile(r" ?(?:\.\.\.|…)(?= )")
_ASIDE = re.compile(r" ?\([^()]{0,120}\)")
# What a member did is told by a verb; bodies above the bloc steer, and recipients are told of elsewhere.
_DID = re.compile(
    r" (?:đã |cũng |còn |vẫn |đều |lại |đang |vừa |thì |cùng )*(?!(?:ban hành|quyết định|giao|chỉ đạo|yêu cầu|hướng dẫn|tham mưu"
    r"|công nhận|(?:tặng|trao)(?= [^.;]{0,60}(?:cờ|bằng khen|giấy khen|huân chương|huy chương|kỉ niệm chương|danh hiệu|thưởng))"
    r"|khen|chủ trì|phối hợp|tổ chức|thông báo|phê duyệt|phát động|sẽ|dự kiến|của|tại|ở|về|ngày|năm|số|do|và"
    r"|cho(?! (?:biết|hay))|theo|với(?! (?:mô hình|công trình|phần việc|cách làm|phong trào|sáng kiến)(?!\w))|là|làm(?! \d)|giữ|được|bị"
    r"|đạt(?! (?:trên |hơn |gần )?\d[\d.,]* ?(?:%|tỉ|triệu))"
    r"|nhận(?! (?:đỡ đầu|phụng dưỡng|chăm sóc|nuôi|bảo trợ|giúp đỡ))|đón|vinh|đề nghị|đề xuất|kiến nghị|trình|cử|thẩm định"
    r"|trong|trên|các|những"
    r"|có (?:ý kiến|văn bản)|mong nhận"
    r"|xét|họp|kí(?!(?: kết)? giao ước)|tỉnh|huyện|thuộc|khi|nếu|qua|đối|để|bầu|chọn|suy tôn|thống nhất|nhất trí|gồm|bao gồm|phải|cần"
    r"|đăng cai|đưa tin|vắng|tài trợ(?= (?:giải|hội thao|chương trình)(?!\w)))(?!\w))[a-zà-ỹđ]+"
)
# Those who steer blocs, and those too small to be members of one.
_NO_MEMBERS = ("government", "party_committee", "emulation", "place", "room", "small")
_LEVELS = frozenset({"sector", "district", "commune", "grassroots"})


class Gathering(NamedTuple):
    """What is known of the meeting: whether a bloc meets, of which numbers and how many members, and the meeting's kind."""

    of_bloc: bool
    kind: str
    numbers: frozenset[str] = frozenset()
    count: int | None = None


def find_units(
    doc: Document, chunks: list[Chunks], parties: list[list[Found]], chaired: set[tuple[int, int]], gathering: Gathering
) -> list[tuple[Unit, str]]:
    """Every unit that takes part, with the rule that found it. `chaired` are the sentences' chunks that chairs take."""
    of_bloc, kind, numbers, count = gathering
    found: list[tuple[Unit, str]] = []
    listed = False  # whether a sentence names all members
    taken: dict[int, set[int]] = {}
    for number, index in chaired:
        taken.setdefault(number, set()).add(index)
    games = of_bloc and (kind == "social" or games_of_bloc(doc))
    for number, (line, people) in enumerate(zip(chunks, parties, strict=True)):
        if line.sentence.region in ("title", "kicker"):
            continue
        attending = attending_units(doc, line, people, taken.get(number, set()), kind, of_bloc, games)
        attending = [i for i in attending if not _by_code(doc, line[i].unit)]
        attending = [i for i in attending if not numbers or not belongs_to_another(doc, line, i, numbers)]
        found += [(line[i].unit, "participants.unit.attends") for i in attending]
        listed |= len(attending) >= (count or _WHOLE) and _names_all(doc, line, attending)
    if of_bloc:
        below = members_below(doc, chunks)
        listed |= len(below) >= (count or _WHOLE)
        found += [(unit, "participants.unit.attends") for unit in below]
    if of_bloc and kind in ACTS_TOLD and not listed:
        named = {doc.value(*unit.parts).lower() for unit, _ in found}
        for line in chunks:
            if line.sentence.region not in ("title", "kicker"):
                acting = [u for u in acting_units(doc, line.sentence) if not _named(doc, u, named) and not _runs_contest(doc, u)]
                found += [(u, "participants.unit.acts") for u in acting if kind in REVIEWS or not too_general(doc, u)]
    return _without_parts(doc, _by_place(doc, chunks, found)) if of_bloc else found


def _without_parts(doc: Document, found: list[tuple[Unit, str]]) -> list[tuple[Unit, str]]:
    """Without bodies of a place that is a member itself, of which the article only tells what they did: "Hội Nông dân xã A"."""
    places = tuple(" " + doc.value(*u.parts).lower() for u, rule in found if u.is_a("place") or rule == "participants.unit.place")
    acts = "participants.unit.acts"
    return [(u, rule) for u, rule in found if rule != acts or not doc.value(*u.parts).lower().endswith(places)] if places else found


_CODE = re.compile(r"(?:Cục|Vụ|Phòng) (?P<code>[A-ZĐ]{1,3}\d{2,3})")


def _by_code(doc: Document, unit: Unit) -> bool:
    """ "Cục X03", where the article writes the office out elsewhere: "Cục Công tác chính trị (X03)"."""
    code = _CODE.fullmatch(doc.view, unit.start, unit.end)
    return code is not None and f"({code['code']})" in doc.view


_WHOLE = 4
_GOES_ON = re.compile(r" ?(?:\.\.\.|…)")


def _names_all(doc: Document, line: Chunks, attending: list[int]) -> bool:
    """Whether the units of a sentence are the list of the bloc's members, which nothing leaves open ("...")."""
    first = min(line[attending[0]].unit.parts[0][0], line[attending[0]].start)
    if _GOES_ON.match(doc.key, line[attending[-1]].end) or _PART.search(doc.key, line.sentence.start, first):
        return False
    return _OPENS.search(doc.key, line.sentence.start, first) is not None


_OPENS = re.compile(
    r"(?<!\w)(?:khối|cụm|thành viên|(?:các|\d{1,2}) (?:đơn vị|cơ quan))(?!\w)[^.;]{0,70}?(?:gồm(?: có)?|(?<!\w)là|:|\()"
    r"(?: (?:các|\d{1,2}))?(?: (?:đơn vị|cơ quan))? ?:? ?$"
)
_PART = re.compile(r"(?<!\w)(?:trong đó|một số|như|điển hình|tiêu biểu|thêm|ngoài ra)(?!\w)")


def _runs_contest(doc: Document, unit: Unit) -> bool:
    """ "Ban Tổ chức đã trao 2 giải Nhất": those who run a contest, no room of a committee."""
    return _RUNS.match(doc.key, unit.start) is not None


def _named(doc: Document, unit: Unit, named: set[str]) -> bool:
    """Whether the unit was named before, perhaps more fully: "Ủy ban Kiểm tra" after "Ủy ban Kiểm tra Tỉnh ủy"."""
    name = doc.value(*unit.parts).lower()
    return any(full.startswith(name) for full in named)


def _by_place(doc: Document, chunks: list[Chunks], found: list[tuple[Unit, str]]) -> list[tuple[Unit, str]]:
    """The same with provinces under the head of their bodies, and the places of lists that no head opens."""
    known = [c.unit for line in chunks for c in line.items if c.unit is not None]
    leading = [c.unit for line in chunks if "R" in line.symbols for c in line.items if c.unit is not None]
    places = iter(with_heads(doc, [u for u, _ in found], known, leading))
    settled = [(next(places), rule) for _, rule in found]
    for line in chunks:
        items, kind = bare_lists(doc, line.sentence) if line.sentence.region not in ("title", "kicker") else ([], ())
        if items and any(unit.parts[-1] in items and not _is_hamlet(unit) for unit, _ in settled):
            continue
        provinces = [doc.hit("provinces", a) is not None for a, _ in items]
        open_kinds = items and _OPEN_KINDS.search(doc.key, line.sentence.start, items[0][0])
        shared = (shared_head(doc, items, known, leading) or body_of_bloc(doc, items)) if items and not kind else None
        shared = None if shared and open_kinds and doc.key[slice(*shared)] in _ONE_KIND else shared
        head = (shared,) if shared else kind
        opened = open_kinds or (items and _OF_LOCALITIES.search(doc.key, line.sentence.start, items[0][0]))
        if head or (items and (all(provinces) or opened)):
            own = [own_tier(doc, item) if kind or not province else () for item, province in zip(items, provinces, strict=True)]
            tiers = [tier or kind or (opened and kind_of(doc, item)) or () for item, tier in zip(items, own, strict=True)]
            alone = shared and doc.key[slice(*shared)] in _ONE_KIND  # a town is no "huyện"
            parts = [
                (*tiers[k], item) if shared is None or (own[k] and alone) else under(doc, shared, item) for k, item in enumerate(items)
            ]
            settled = [(unit, rule) for unit, rule in settled if unit.parts[-1] not in items]  # "Bản Qua", read as a hamlet
            settled += [(Unit(p[-1][0], p[-1][1], p, None, True, True), "participants.unit.place") for p in parts]
    settled = [(_of_open_kind(doc, unit) if len(unit.parts) == 2 else unit, rule) for unit, rule in settled]
    settled = [(_of_movement(doc, unit), rule) for unit, rule in settled]
    bodies = with_bodies(doc, [u for u, _ in settled], known, leading)
    return [(body, rule) for body, (_, rule) in zip(bodies, settled, strict=True)]


# "Cụm số 3 gồm 5 địa phương: Nà Lừa, Khe Sim, ...", "Cụm thi đua số 1 (Nà Lừa, Khe Sim, Pá Hà)"
_OF_LOCALITIES = re.compile(
    r"(?:khối|cụm)[^.;:]{1,60}?(?<!\w)(?:gồm|gồm có|có) (?:các|\d+) địa phương:? ?$|(?<!\w)cụm thi đua(?: số)? (?:\d{1,2}|[ivx]{1,4}) ?\($"
)


# "5 phường, xã trong cụm, gồm:"
_OPEN_KINDS = re.compile(r"(?<!\w)(?:huyện|xã|phường|thị trấn|đặc khu|quận),[^.;:,]{2,16} (?:trong|thuộc|của|thành viên)[^.;:]{0,30}: ?$")
_ONE_KIND = ("huyện", "quận", "xã", "phường", "thị xã", "thành phố")
_OTHER_KINDS = re.compile(r"(?:,| và )(huyện|thị xã|thành phố|tp|xã|phường|quận|thị trấn|đặc khu)(?!\w)(?P<more>,\w)?")


def _of_open_kind(doc: Document, unit: Unit) -> Unit:
    """ "7 huyện, thị xã: A, B": unless B's own kind tells which of them is which, the name stands alone; quarters by number keep theirs."""
    (start, stop), name = unit.parts
    other = _OTHER_KINDS.match(doc.key, stop, name[0]) if doc.key[start:stop] in _ONE_KIND else None
    if other is None or doc.view[name[0]].isdigit():
        return unit
    left = () if other["more"] else kind_left(doc, ((start, stop), other.span(1)), name[1], len(doc.key))
    return Unit(name[0], name[1], (*left, name), unit.entry, True, True)


def _of_movement(doc: Document, unit: Unit) -> Unit:
    """ "các tỉnh hội Nà Lừ, Pá Hà" of a bloc of women's unions: "Hội Liên hiệp Phụ nữ tỉnh Nà Lừ"."""
    start, stop = unit.parts[0]
    if len(unit.parts) != 2 or doc.key[start:stop] != "tỉnh hội":
        return unit
    body = body_of_bloc(doc, [unit.parts[1]])
    tier = (start, start + len("tỉnh"))
    return Unit(unit.start, unit.end, (body, tier, unit.parts[1]), unit.entry, True, True) if body else unit


def _is_hamlet(unit: Unit) -> bool:
    return unit.is_a("place") and unit.entry.fields["level"] == "grassroots"


# "Khối kiến nghị: Sở Tài chính cấp thêm kinh phí; UBND tỉnh sửa quy chế": what others should do
_ASKED = re.compile(r"(?:kiến nghị|đề nghị|yêu cầu|đề xuất|phương hướng|phân công|kết luận|chỉ đạo)(?!\w)[^.;:]{0,40}: ?")


def acting_units(doc: Document, sentence: Sentence) -> list[Unit]:
    """The units of which a clause of the sentence says what they did."""
    found: list[Unit] = []
    if not (doc.within("units", sentence.start, sentence.end) or doc.within("unit_heads", sentence.start, sentence.end)):
        return found
    starts = [sentence.start, *(m.end() for m in _CLAUSE.finditer(doc.key, sentence.start, sentence.end))]
    asked = _ASKED.search(doc.key, sentence.start, sentence.end) if len(starts) > 1 else None
    for start in starts:
        if asked and start >= asked.end():
            break
        source = _SOURCE.match(doc.key, start, sentence.end)
        start = source.end() if source else start
        opening = _OPENING.match(doc.key, start, sentence.end) or _LINE_NUMBER.match(doc.key, start, sentence.end)
        at = opening.end() if opening else start
        if doc.hit("units", at) or doc.hit("unit_heads", at):
            acting = _subjects(doc, at, sentence.end)
            found += acting + (_row_of_deeds(doc, acting[-1].end, sentence.end) if acting else [])
    return found


# "Hội A xóa 12 nhà tạm, Hội B mở 4 lớp": deeds with their numbers, parted by commas; no "Sở A cùng Hội B, Hội C mở 4 lớp"
_DEED = re.compile(r"(?P<told>[^,;.:()]{3,90}),(?=\w)")
_WITH = re.compile(r"(?<!\w)(?:phối hợp|cùng|với|cho|của|tặng|được)(?!\w)")


def _row_of_deeds(doc: Document, at: int, end: int) -> list[Unit]:
    """The units of the deeds behind one that ends at a comma, the first of which is told from `at` on."""
    found: list[Unit] = []
    while deed := _DEED.match(doc.key, at, end):
        told = deed["told"]
        if _WITH.search(told) or not any(letter.isdigit() for letter in told) or not doc.hit("units", deed.end()):
            break
        acting = _subjects(doc, deed.end(), end)
        if len(acting) != 1:
            break
        found += acting
        at = acting[0].end
    return found


def _subjects(doc: Document, at: int, end: int) -> list[Unit]:
    """The units from `at` on when a verb of doing follows them."""
    subjects: list[Unit] = []
    cursor, scored = at, False
    while units := read_units(doc, cursor, end):
        subjects += units
        cursor = units[-1].end
        points = _POINTS.match(doc.key, cursor, end)
        scored |= points is not None
        aside = points or _ASIDE.match(doc.key, cursor, end)
        cursor = aside.end() if aside else cursor
        gap = _NEXT.match(doc.key, cursor, end)
        if not gap or not (doc.hit("units", gap.end()) or doc.hit("unit_heads", gap.end())):
            break
        cursor = gap.end()
    more = _AND_OTHERS.match(doc.key, cursor, end)  # "Hội A, Hội B... đã mở 4 lớp"
    cursor = more.end() if more and len(subjects) > 1 else cursor
    if not subjects or not (scored or _did(doc, at, cursor, end) or _reports(doc, at, cursor, end)):
        return []
    return [u for u in subjects if _may_be_member(doc, u)]


def _reports(doc: Document, at: int, cursor: int, end: int) -> bool:
    """ "Sở Tư pháp: mở 31 lớp": each member's own report, told behind its name at the head of a sentence."""
    report = _REPORT.match(doc.key, cursor, end)
    if report is None or doc.capital_at(report.end()) or doc.within("awards", cursor, end):
        return False
    return any(sentence.start == at for sentence in doc.sentences)


def _did(doc: Document, at: int, cursor: int, end: int) -> bool:
    """Whether what follows the subjects tells what they did."""
    if doc.key.endswith("với ", 0, at):  # "Với Hội A, khó nhất là"
        return doc.key.startswith(",", cursor)
    aside = _SET_OFF.match(doc.key, cursor, end)
    return aside is not None or bool(_DID.match(doc.key, cursor, end))


def _may_be_member(doc: Document, unit: Unit) -> bool:
    entry = unit.entry
    if entry is not None and entry.is_a("place") and len(unit.parts) > 1:  # "Công an các tỉnh A, B": a list of bodies by their places
        head = doc.hit("units", unit.parts[0][0]) or doc.hit("unit_heads", unit.parts[0][0])
        entry = head.entry if head else entry
    if entry is None or entry.is_a(*_NO_MEMBERS):
        return False
    return entry.fields.get("level") in _LEVELS and " " in doc.key[unit.start : unit.end]
