"""Parties: persons with their posts and unit, whichever comes first, and the bloc's office that they hold.

  "đồng chí Đỗ Văn Bách, Tỉnh uỷ viên, Giám đốc Sở Y tế - Cụm trưởng"
  "Cục trưởng Cục Thuế Lê Thị Mây - đại diện đơn vị Trưởng khối"; "Sở Ngoại vụ, đơn vị Khối trưởng"
The posts are the position, in text order, with the units between them; the unit is the body of the last post that has one.
The bloc's office is no part of the position.
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.parties.found import BARE_HEAD, Found, History, bare_head, office_behind
from pipeline.extract.parties.shared_posts import share_posts
from pipeline.extract.symbols import Chunk, Chunks
from pipeline.extract.units import Unit

_POSTS = r"O(?:-?U|~)?(?:(?:,|v|k|-|,k|,v|;(?=OUk))?O(?:-?U|~)?)*"
_OFFICE = r"(?:\(w\)(?=,))?(?:\(d*o|[,\-(k]?d*)R(?!P)[YBOU]?[YB]*\)?"  # of "Khối trưởng A, Khối phó B" the second is B's
_PERSON_FIRST = re.compile(
    rf"(?P<person>(?:T,(?=T))*T*P)(?:\([wN]{{1,3}}\)(?=[,\-]O))?(?:(?P<role0>\(d*R[YB]*\)|R[YB]+(?=,O)|[,\-]d*R[YB]*(?=,O))?(?:[,\-(]|,?==?)?(?P<posts>{_POSTS})\)?"
    rf"|[,\-]?(?P<own>\(U\)|[,\-]U(?=[,;\-)w]|$)|-U(?=[sec])|[,\-]dU(?![,v]+U)(?=[,;)(wesr]|$)))?(?P<role>{_OFFICE})?"
    r"(?P<seat>(?<=R)\(U\))?"
)
_POSTS_FIRST = re.compile(
    rf"(?P<posts>{_POSTS})(?P<bare>w(?=T*P))?(?:(?:\(U\)|U)(?=T*P)|(?P<ministry>,U)(?=P))?(?P<role0>[,\-(]d*R[YB]*[),]?)?(?:[,:\-]?(?=T)|,(?=P,)|-?)(?P<person>(?:T,(?=T))*T*P)"
    rf"(?P<role>{_OFFICE})?(?P<more>,O(?:-?U)?(?=[cs])|[,\-]O(?:-?U|~)(?:,O(?:-?U|~))*(?=[cs;Y]|w?$)|-O-?U(?!T*P)|,OU(?=[pf]))?"
)
_UNIT_OFFICE = re.compile(
    r"U(?P<role>(?:\((?:d*o)?|[,\-]d?|d|:(?=d*R[YB]*;?w?$))d*R[YB]*\)?|(?<=[:,]U)R(?=[,;v])|(?P<bare>(?<=[w,]U)R[YB]+(?=w)))(?![oG])"
)
_LENT = re.compile(r"OU?,(?=O)")
_PARENT = re.compile(r"[,\-]?U(?![,;v]+U(?:$|[wev.]))|\(U\)")
_BEGINS = re.compile("[TPOU]")


def find_parties(doc: Document, chunks: Chunks, history: History) -> list[Found]:
    """The parties of a sentence from left to right."""
    for item in chunks.items if "U" in chunks.symbols else ():
        if item.unit and not any(item.unit is unit for _, unit in history.units[-3:]):
            history.add(doc, item.unit)
    if "P" not in chunks.symbols and "R" not in chunks.symbols:
        return []
    symbols, found, at = _apart(doc, chunks), [], 0
    while begins := _BEGINS.search(symbols, at):
        at = begins.start()
        match = None
        if symbols[at] in "TP":
            match = _PERSON_FIRST.match(symbols, at)
        elif symbols[at] == "O":
            match = _POSTS_FIRST.match(symbols, at)
            if match and match["ministry"] and not _of_ministry(chunks[match.end("ministry") - 1].unit):
                match = None
            if match and match["bare"] and not bare_head(_text(doc, chunks, match.start("bare"))):
                match = None
            if match and _on_behalf(doc, chunks, at):
                lent = _LENT.match(symbols, at)  # "thừa ủy quyền của Chủ tịch nước, Bí thư Tỉnh ủy A"
                if lent or symbols[match.end("posts")] == ",":
                    at = lent.end() if lent else match.end("posts")
                    continue
            if match and (_owned_by_next(symbols, match) or _leads_row(chunks, symbols, match)):
                match = None
        elif symbols[at] == "U":
            match = _UNIT_OFFICE.match(symbols, at)
            if match and match["bare"] and not _HOLDS.match(doc.key, chunks[match.end() - 1].end):
                match = None
            if match and not _place_before_office(doc, chunks, match) and not _part_of_head(chunks, match):
                found.append(_unit_office(chunks, match))
                at = match.end()
                continue
            match = None
        if match and "P" in match["person"]:
            party = _person(doc, chunks, match, history)
            found.append(party)
            at = max(party.last + 1, at + 1)
            continue
        at += 1
    share_posts(doc, chunks, symbols, found)
    return found


_BEFORE_MORE = ("Ow,O", "Ow;", "Ow,R", "Ow-R", "Ow(R", "Ow,dR", "Owc", "Ows")


def _apart(doc: Document, chunks: Chunks) -> str:
    """The symbols, with "cùng" and "với" told from "và": they join bodies and persons, never the posts of one person.

    "~" is a bare head between two posts, or a post and the bloc's office: "Phó Giám đốc Sở, Trưởng Ban Dân tộc".
    "=" is "là" between a name and a post: "đồng chí A là Giám đốc", "ông A và bà B, đều là Phó Giám đốc".
    """
    if not any(sign in chunks.symbols for sign in ("v", "Ow", "oO")):
        return chunks.symbols
    told = list(chunks.symbols)
    for index, symbol in enumerate(chunks.symbols):
        if symbol == "v" and (_text(doc, chunks, index) != "và" or _many_follow(chunks, index)):
            told[index] = "&"
        elif symbol == "w" and index and chunks.symbols.startswith(_BEFORE_MORE, index - 1) and bare_head(_text(doc, chunks, index)):
            told[index] = "~"
        elif symbol == "o" and _text(doc, chunks, index) == "là" and (link := _IS_POST.search(chunks.symbols, 0, index + 2)):
            if not link["all"]:
                told[index] = "="
            elif _text(doc, chunks, index - 1) in _SINCE:
                told[index - 1 : index + 1] = "=="
    return "".join(told)


def _many_follow(chunks: Chunks, index: int) -> bool:
    """ "ông A, Phó Chủ tịch LĐLĐ tỉnh và Chủ tịch LĐLĐ các huyện B, C": whoever leads several bodies is somebody else."""
    return chunks.symbols.startswith("OUU", index + 1) and len(chunks[index + 2].unit.parts) > 1


_SINCE = ("đều", "hiện", "hiện nay", "hiện đang")  # "ông A, hiện là Giám đốc"
_IS_POST = re.compile(r"P(?:,?(?P<all>w))?oO$")


def _text(doc: Document, chunks: Chunks, index: int) -> str:
    return doc.key[chunks[index].start : chunks[index].end]


_ON_BEHALF = re.compile(r"(?:ủy quyền|ủy nhiệm|thay mặt|thừa lệnh)(?: của)?(?: các)? $")


def _on_behalf(doc: Document, chunks: Chunks, at: int) -> bool:
    """ "Thừa ủy quyền của Chủ tịch UBND tỉnh, đồng chí A": the office is the giver's, not A's."""
    return _ON_BEHALF.search(doc.key, max(0, chunks[at].start - 24), chunks[at].start) is not None


_OWN_POST, _POST_OF_NEXT = re.compile(r"[,\-(]O"), re.compile(r"[,\-(]O[^;]*[,;]T*P")


def _owned_by_next(symbols: str, match: re.Match[str]) -> bool:
    """ "Giám đốc Sở A, ông B, Phó Giám đốc ..." is left to the person that follows when it has posts of its own."""
    after = match.end("person")
    return symbols[match.end("posts")] == "," and bool(_OWN_POST.match(symbols, after)) and not _POST_OF_NEXT.match(symbols, after)


def _leads_row(chunks: Chunks, symbols: str, match: re.Match[str]) -> bool:
    """ "các đồng chí Phó Giám đốc: A, Bí thư Chi bộ; B": the post before the colon is everyone's, see `shared_posts`."""
    title = chunks[match.start() - 1].entry if match.start() else None
    return title is not None and bool(title.fields.get("plural")) and ":" in symbols[match.end("posts") : match.start("person")]


_SENT = re.compile(r"d(?P<unit>U)[,-]?$")
_UNIT_NEXT = re.compile(r"[,-]?U")
_AT = re.compile(r"(?<!\w)(?:tại|ở) $")


def _place_before_office(doc: Document, chunks: Chunks, match: re.Match[str]) -> bool:
    """ "tại TP Hội An, Cụm trưởng - Sở Y tế chủ trì": the office is not the town's."""
    at, last = match.start(), match.end()
    entry = chunks[at].unit.entry
    if entry is None or entry.fields.get("tail") != "place" or not _UNIT_NEXT.match(chunks.symbols, last):
        return False
    return bool(_AT.search(doc.key, 0, chunks[at].start))


def _part_of_head(chunks: Chunks, match: re.Match[str]) -> bool:
    """ "do Phòng Tổ chức đơn vị Khối trưởng soạn": a room of the unit in office, when no mark stands between."""
    return match["role"][0] == "d" and chunks[match.start()].unit.is_a("room", "board")


def _unit_office(chunks: Chunks, match: re.Match[str]) -> Found:
    role = next(chunks[i] for i in range(match.start(), match.end()) if chunks.symbols[i] == "R")
    return Found(match.start(), match.end() - 1, None, [], chunks[match.start()].unit, None, role, _year_in(chunks, match.span("role")))


_HOLDS = re.compile(
    r" (?:đã |vừa )?(?:tổ chức|đăng cai|chủ trì)(?!\w)"
)  # "tại Sở A Trưởng khối năm 2017 tổ chức hội nghị": no mark between
_OF_MANY = re.compile(r"(?: công đoàn)?(?: của| ở)? (?:các|\d{1,3}) (?:trường|đơn vị|xã|phường|huyện|công ti|doanh nghiệp|chi hội)(?!\w)")
_AND = re.compile(r" và |,")
_BODY_BEHIND = re.compile(r",U(?=[w.;),vce]|$)")


def _person(doc: Document, chunks: Chunks, match: re.Match[str], history: History) -> Found:
    person = next(chunks[i] for i in range(*match.span("person")) if chunks.symbols[i] == "P")
    groups = match.groupdict()
    posts_span = match.span("posts")
    posts = [chunks[i] for i in range(*posts_span) if chunks.symbols[i] == "O"] if posts_span[0] >= 0 else []
    units = [(i, chunks[i].unit) for i in range(*posts_span) if chunks.symbols[i] == "U"] if posts_span[0] >= 0 else []
    if groups.get("more") and not doc.key.startswith((" đồng ", " cùng "), chunks[match.end() - 1].end):
        posts_span = (posts_span[0], match.end("more"))  # "Chủ tịch UBND tỉnh A, Chủ tịch Hội đồng chủ trì": one person
        further = range(*match.span("more"))
        posts += [chunks[i] for i in further if chunks.symbols[i] == "O"]
        units += [(i, chunks[i].unit) for i in further if chunks.symbols[i] == "U"]
    last, cut = match.end() - 1, 0
    if len(posts) > 1 and posts[-1].entry.code == "TRDOAN" and chunks.symbols[posts_span[1] - 1] == "O":
        posts.pop()  # "Phó Chính ủy Bộ Chỉ huy, Trưởng đoàn": an errand of that day, no post
    if len(posts) > 1 and posts[-1].entry.is_a("staff") and doc.key.endswith(" và ", 0, posts[-1].start):
        posts.pop()  # "Trưởng phòng Nội vụ và chuyên viên phòng": others, who are not named
    while len(posts) > 1 and (_OF_MANY.match(doc.key, posts[-1].end) or _AND.fullmatch(doc.key, posts[-1].end, cut)):
        cut = posts.pop().start  # "Phó Trưởng phòng Nội vụ, Hiệu trưởng và Chủ tịch công đoàn của 11 trường": others, who are not named
    last_post = max((i for i in range(*posts_span) if any(chunks[i] is post for post in posts)), default=0)
    # "Bí thư Đảng ủy, Hiệu trưởng": whose committee it is is not told
    units = [(i, u) for i, u in units if i > last_post or not u.is_a("inside") or u.end - u.start > len(u.entry.name)]
    unit, unit_from = (units[-1][1] if units else None), None
    if posts:
        after_post = [u for i, u in units if i > last_post]
        behind = _BODY_BEHIND.match(chunks.symbols, posts_span[1])
        if not after_post and behind and chunks[posts_span[1]].start == chunks[last_post].end:
            after_post, last = [chunks[behind.end() - 1].unit], max(last, behind.end() - 1)
            unit = after_post[-1]
        if not after_post:
            bare = _bare_unit(doc, chunks, last_post, history) or (
                None if units else _unit_before(doc, chunks, match.start(), posts[-1], history)
            )
            if bare:
                unit, unit_from = bare
        unit, posts, last = _larger_body(doc, chunks, posts, unit, after_post, match, last)
        room = unit is not None and unit.is_a("room") and not unit.placed and after_post
        if room and (sender := _sender(chunks, match.start())) and doc.key.startswith(" có ", sender.end) and not sender.is_a("government"):
            unit, unit_from = sender, "the unit named right before"  # "Sở Nội vụ có bà A, Trưởng phòng Thi đua"
            posts = [*posts[:-1], Chunk("O", posts[-1].start, max(posts[-1].end, after_post[-1].end), entry=posts[-1].entry)]
    if not posts and unit is None and (sent := _SENT.search(chunks.symbols, 0, match.start())):
        told = doc.key[chunks[sent.start()].start : chunks[sent.start()].end]
        if told == "đại diện":  # "Đại diện Sở Y tế, ông A phát biểu"
            unit, unit_from = chunks[sent.start("unit")].unit, "the unit named right before"
    if not posts and unit is None and chunks.symbols.startswith("U(", match.start() - 2) and chunks.symbols.startswith(")", match.end()):
        unit = chunks[match.start() - 2].unit  # "Sở Y tế (ông A), Sở Tư pháp (bà B)"
    if groups.get("seat") and unit is None:  # "ông A - Khối trưởng (Sở Y tế)"
        unit = chunks[match.end("seat") - 2].unit
    if groups.get("own"):
        unit = next(chunks[i].unit for i in range(*match.span("own")) if chunks.symbols[i] == "U")
    role, year = None, None
    for group in ("role0", "role"):
        span = match.span(group)
        if span[0] >= 0 and role is None:
            role = next((chunks[i] for i in range(*span) if chunks.symbols[i] == "R"), None)
            year = _year_in(chunks, span)
    before = [u.end for i, u in units if chunks[i].start < person.start] if groups.get("more") else []
    return Found(match.start(), last, person, posts, unit, unit_from, role, year, max(before, default=0))


def _larger_body(
    doc: Document,
    chunks: Chunks,
    posts: list[Chunk],
    unit: Unit | None,
    after_post: list[Unit],
    match: re.Match[str],
    last: int,
) -> tuple[Unit | None, list[Chunk], int]:
    """The body that a room, board or department belongs to, when it is named right behind.

    "Trưởng phòng Thi đua - Khen thưởng, Sở Nội vụ": the room is part of the post, the department is the unit;
    "Vụ trưởng Vụ Pháp chế (Bộ Y tế)": the ministry completes the unit's name.
    """
    inner = after_post[-1] if after_post else None
    if (
        inner is not None
        and inner.is_a("emulation")
        and chunks.symbols.startswith("-U", last + 1)
        and chunks[last + 2].unit.is_a("home_affairs")
    ):
        return unit, posts, last + 2  # "Phó Trưởng ban TĐKT - Sở Nội vụ": whose board it is
    if inner is None or not inner.is_a("room", "board", "central"):
        return unit, posts, last
    at = next((i for i in range(match.start(), match.end()) if chunks[i].unit is inner), match.end("posts") - 1) + 1
    parent = _PARENT.match(chunks.symbols, at)
    if not parent and chunks.symbols.startswith(",U,U", at) and chunks[at + 1].unit.is_a("central") and _of_ministry(chunks[at + 3].unit):
        # "Phó Trưởng phòng Nghiệp vụ, Vụ Pháp chế, Bộ Y tế"
        begin, stop = chunks[at + 1].start, chunks[at + 3].end
        whole = Unit(begin, stop, ((begin, stop),), chunks[at + 1].unit.entry, True, True)
        return whole, [*posts[:-1], Chunk("O", posts[-1].start, max(posts[-1].end, inner.end), entry=posts[-1].entry)], at + 3
    if not parent:
        return unit, posts, last
    index = at + parent[0].index("U")
    larger = chunks[index].unit
    if larger.entry is None or larger.entry.fields.get("tail") == "place":
        return unit, posts, last
    last = max(last, parent.end() - 1)
    if inner.is_a("central"):
        if not _of_ministry(larger):
            return unit, posts, last
        stop = chunks[parent.end() - 1].end
        return Unit(inner.start, stop, ((inner.start, stop),), inner.entry, True, True), posts, last
    if inner.placed and not inner.is_a("room"):
        return unit, posts, last
    post = posts[-1]
    return larger, [*posts[:-1], Chunk("O", post.start, max(post.end, inner.end), entry=post.entry)], last


def _of_ministry(unit: Unit) -> bool:
    return unit.entry is not None and unit.entry.fields.get("level") == "ministry" and not unit.is_a("central")


_MANY_BODIES = (
    "Phòng",
    "Khoa",
    "Đoàn",
    "thôn",
    "bản",
    "xóm",
    "ấp",
    "khóm",
    "buôn",
    "làng",
    "khu phố",
    "tổ dân phố",
)  # which one is not told
_FAR = 2000  # whose director somebody is was told before, however long ago


def _bare_unit(doc: Document, chunks: Chunks, post: int, history: History) -> tuple[Unit, str] | None:
    match = BARE_HEAD.match(doc.key, chunks[post].end)
    if not match:
        return None
    office = office_behind(doc, match.end())  # "Giám đốc Bệnh viện, Khối trưởng": of the hospitals named the one that leads
    unit = office and history.in_office(match[1], doc, office) or history.last_with(match[1], doc, chunks[post].start, near=_FAR)
    return (unit, f'"{match[1]}" as named before') if unit else None


_SENDER = re.compile(r"(?P<unit>U)(?:[wbode,:]{1,3}T?|\(|(?<=dU)-|(?P<leads>[,\-]d?R[YB]?,))$")


def _unit_before(doc: Document, chunks: Chunks, first: int, post: Chunk, history: History) -> tuple[Unit, str] | None:
    """ "LĐLĐ tỉnh có đồng chí A, Phó Chủ tịch": the unit that sends its person; else the last body of the post's kind."""
    if post.entry and post.entry.is_a("state"):
        return None
    if sender := _sender(chunks, first):
        return sender, "the unit named right before"
    if doc.key.startswith(" nhà trường", post.end):
        return None  # whose article it is, no other school
    office = office_behind(doc, post.end)  # "Sở A - Cụm trưởng ... Đồng chí B - Giám đốc, Cụm trưởng"
    if office and (leader := history.in_office("", doc, office)):
        return leader, "the body that holds the same office"
    body = post.entry.fields["body"] if post.entry else ""
    unit = history.last_with(body.lower(), doc, chunks[first].start) if body and body not in _MANY_BODIES else None
    return (unit, f"the last {body} named before") if unit else None


def _sender(chunks: Chunks, first: int) -> Unit | None:
    """The body named right before the person whom it sends."""
    lead = _SENDER.search(chunks.symbols, 0, first)
    if not lead:
        return None
    unit = chunks[lead.start("unit")]
    return unit.unit if chunks[first].start - unit.end < (45 if lead["leads"] else 22) and unit.unit.entry is not None else None


def _year_in(chunks: Chunks, span: tuple[int, int]) -> int | None:
    return next((chunks[i].year for i in range(*span) if chunks.symbols[i] == "Y"), None)
