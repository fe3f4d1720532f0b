"""Who chairs: "X và Y đồng chủ trì Hội nghị", "Hội nghị do X chủ trì", "Chủ trì Hội nghị: X; Y", also in captions.

Refused: "chủ trì, phối hợp" (a task), "dưới sự chủ trì của Thủ tướng" told of another event, who organises, steers or sums up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.below import is_item, opens_list
from pipeline.extract.document import Document
from pipeline.extract.parties.found import Found, bare_head
from pipeline.extract.symbols import Chunk, Chunks

# What may stand between the chairs and their verb, so that they are its subject.
_NOT_CHAIR = re.compile(
    r" ?,? ?(?:và )?phối hợp| (?:tham mưu|thực hiện|xây dựng|triển khai|soạn|biên soạn|nghiên cứu|đề xuất|rà soát|vận động|kêu gọi|ban hành"
    r"|(?:các |mọi )?hoạt động"
    r"|giải quyết|quản lí|thiết kế|chế tạo|đề tài|dự án|công trình|điều tra|huy động|quyên góp|giúp đỡ|hỗ trợ)(?!\w)"
)
_TASKED = re.compile(r"(?:đơn vị|cơ quan|giao|được) $")


@dataclass(slots=True)
class Chair:
    """Who chairs: a party, or a unit, with the post before it where only the post is named."""

    party: Found | None
    unit_index: int | None
    rule: str
    post: Chunk | None = None


def find_chairs(doc: Document, chunks: Chunks, parties: list[Found]) -> list[Chair]:
    """The chairs that a sentence names."""
    found: list[Chair] = []
    for at, symbol in enumerate(chunks.symbols):
        if symbol != "c":
            continue
        item = chunks[at]
        tasked = _TASKED.search(doc.key, max(0, item.start - 10), item.start) and not doc.key.startswith(" bởi ", item.end)
        if doc.key.endswith(_FOR_THE_CHAIR, 0, item.start):
            continue
        if tasked or (_NOT_CHAIR.match(doc.key, item.end) and not _holds_with_others(doc, chunks, item)):
            continue
        after = _after(doc, chunks, at, parties)
        under = doc.key.endswith("sự ", 0, item.start)  # "dưới sự chủ trì của": the chair follows
        before = (
            []
            if after and (under or _heads_sentence(doc, chunks, at) or _introduces(doc, item.end, parties))
            else _before(doc, chunks, at, parties)
        )
        found += before or after
        if before:
            found += _with_whom(doc, item, parties)
    return found


_FOR_THE_CHAIR = ("thay mặt ", "thay mặt đoàn ", "đại diện đoàn ")  # "thay mặt chủ tọa, ông A điều hành"
_WITH = re.compile(
    r"(?: (?:hội nghị|buổi \w+|cuộc họp|phiên họp|lễ kí kết))?,? (?:cùng|cùng với|với)(?: các| có)? (?:đồng chí |ông |bà |đ/c )?"
)


def _with_whom(doc: Document, verb: Chunk, parties: list[Found]) -> list[Chair]:
    """ "ông A đồng chủ trì Hội nghị cùng bà B": who shares the chair, named behind the verb; by post first, too."""
    party = next((p for p in parties if p.person and p.person.start >= verb.end), None)
    if party is None:
        return []
    start = min(party.person.start, party.posts[0].start) if party.posts else party.person.start
    words = _WITH.fullmatch(doc.key, verb.end, start)
    alone = words is None or not (doc.key.startswith(_TOGETHER, verb.start) or words[0].startswith((" hội nghị cùng", " cuộc họp cùng")))
    return [] if alone else [Chair(party, None, "chairs.object.person")]


# "Sở A (Khối trưởng) chủ trì, phối hợp với các đơn vị tổ chức hội nghị": the one that is told of
_HOLDS_WITH = re.compile(
    r" ?,? ?(?:và )?phối hợp(?: [^\s.;:]+){1,16}? (?:đã )?tổ chức (?:thành công )?(?:hội nghị|lễ|tổng kết|sơ kết|họp|buổi)(?!\w)"
)
_DATED = re.compile(r"\W*(?:[^,;:.]{0,20} )?(?:sáng|chiều|tối|ngày)(?: ngày)? \d")
_GIVEN_AS_TASK = re.compile(r"(?<!\w)(?:giao|đề nghị|yêu cầu|phân công|sẽ)(?!\w)")


def _holds_with_others(doc: Document, chunks: Chunks, item: Chunk) -> bool:
    """Whether the sentence of the day says that somebody chaired and, with others, held the meeting."""
    start, end = chunks.sentence.start, chunks.sentence.end
    if not _HOLDS_WITH.match(doc.key, item.end, end) or not _DATED.match(doc.key, start, item.start):
        return False
    return not _GIVEN_AS_TASK.search(doc.key, start, item.start)


def chairs_below(doc: Document, lines: list[Chunks], parties: list[list[Found]]) -> list[tuple[int, Chair]]:
    """ "Chủ trì Hội nghị:" alone on a line, or without its colon: who is named on the lines below it, with the number of the line."""
    found: list[tuple[int, Chair]] = []
    opened = False
    for number, (line, people) in enumerate(zip(lines, parties, strict=True)):
        if opened and is_item(doc, line.sentence) and people and people[0].person and not opens_list(doc, line.sentence):
            found.append((number, Chair(people[0], None, "chairs.object.person")))
        else:
            opened = "c" in line.symbols and _ALONE.fullmatch(line.symbols) is not None
    return found


_ALONE = re.compile(r"[-\"(]*c[w\"BmT]{0,4}:?")


_INTRODUCING = re.compile(r"(?: hội nghị| hn| cuộc họp| buổi \w+| họp| lễ(?: \w+){0,3}?)?(?: có| còn có| là|:| gồm)(?: các)? ?")


def _introduces(doc: Document, at: int, parties: list[Found]) -> bool:
    """ "cùng chủ trì có đồng chí X": what follows the verb are its subjects, whoever stands before."""
    words = _INTRODUCING.match(doc.key[at : at + 40])
    return bool(words) and any(p.person and p.person.start - at - words.end() < 26 and p.person.start >= at for p in parties)


_NOBODY = re.compile(r"[w\"(,\-:]*")


def _heads_sentence(doc: Document, chunks: Chunks, at: int) -> bool:
    """ "Chủ trì Hội nghị có ...": the verb stands first, its subjects follow."""
    return (
        _NOBODY.fullmatch(chunks.symbols, max(0, at - 2), at) is not None
        and "P" not in _clause_before(chunks, at)
        and "U" not in _clause_before(chunks, at)
    )


def _clause_before(chunks: Chunks, at: int) -> str:
    start = max(chunks.symbols.rfind(";", 0, at), -1) + 1
    return chunks.symbols[start:at]


_JOINED_VERBS = re.compile(r"(?:[se][wv,]{1,3})*$")
_BY = re.compile(r"(?:^|\s)do$")
_WORK = re.compile(r"(?<!\w)(?:đề tài|dự án|đề án|nhiệm vụ|công trình|sáng kiến)(?!\w)[^,;:]{0,60}\sdo$")


def _before(doc: Document, chunks: Chunks, at: int, parties: list[Found]) -> list[Chair]:
    """Subjects of the verb: persons, else units, back to where another statement ends."""
    own = [p for p in parties if p.last < at]
    # "khai mạc và chủ trì": verbs joined to this one have the same subjects
    joined = _JOINED_VERBS.search(chunks.symbols, 0, at)
    at = joined.start() if joined and chunks[at].start - chunks[joined.start()].start < 40 else at
    start = _statement(doc, chunks, at, own)
    people = [p for p in own if p.first >= start and p.person]
    if people and own[-1].person is None and ";" in chunks.symbols[people[-1].last : own[-1].first]:
        return [Chair(own[-1], None, "chairs.subject.unit")]  # "Dự có đồng chí A; Sở B - Khối trưởng chủ trì"
    if people:
        people = _joined(doc, chunks, people, at)
        came = [p for p in own if p.person and p.first < start]
        if (
            came
            and people
            and chunks.symbols[start - 1] == "e"
            and _AND_WITH.fullmatch(doc.key, chunks[start - 1].end, chunks[people[0].first].start)
        ):
            people = [came[-1], *people]
        elif start and chunks.symbols[start - 1] == "e" and len(people) > 1 and not _share_verb(doc, chunks, people, at):
            people = people[-1:]
        return [Chair(p, None, "chairs.subject.person") for p in people]
    offices = [p for p in own if p.first >= start and p.unit]
    return [Chair(p, None, "chairs.subject.unit") for p in offices] or _bare_units(doc, chunks, start, at)


_AND_WITH = re.compile(r"(?: hội nghị)?,? ?và cùng(?: với)?(?: các)? ")  # "ông A đến dự và cùng bà B chủ trì"


def _statement(doc: Document, chunks: Chunks, at: int, own: list[Found]) -> int:
    """Where the statement of the verb begins: behind the verb of another, or behind "do"."""
    told = {i for p in own for i in range(p.first, p.last + 1)}
    others = (i for i in range(at - 1, -1, -1) if chunks.symbols[i] in "seprfn" and i not in told)
    start = next((i + 1 for i in others if doc.key[chunks[i].start : chunks[i].end] != "khen thưởng"), 0)
    if any(chunks.symbols[i] == "w" and _WORK.search(doc.key, chunks[i].start, chunks[i].end) for i in range(start, at)):
        return at  # "đề tài do Sở A chủ trì"
    by = [i for i in range(start, at) if chunks.symbols[i] == "w" and _BY.search(doc.key[chunks[i].start : chunks[i].end])]
    return by[-1] + 1 if by else start


def _bare_units(doc: Document, chunks: Chunks, start: int, at: int) -> list[Chair]:
    """ "Sở A, Sở B chủ trì": the last units before the verb that are one row, no long words between."""
    symbols = chunks.symbols
    units = [i for i in range(start, at) if symbols[i] == "U" and not _governed(doc, chunks, i)]
    units = [i for i in units if not _is_place(chunks, i)] or units  # "tại thành phố Huế, Sở Y tế chủ trì"
    if not units or any(symbols[i] == "w" and chunks[i].end - chunks[i].start > 40 for i in range(units[-1] + 1, at)):
        return []
    if _BY_OTHERS.search(doc.key, chunks[units[-1]].end, chunks[at].start):
        return []  # "Sở A có đề tài do một đơn vị trực thuộc chủ trì"
    row = units[-1:]
    together = doc.key.startswith(_TOGETHER, chunks[at].start)
    while previous := [
        i for i in units if i < row[0] and (symbols[i + 1 : row[0]] in _JOINED or (together and _with(doc, chunks, i, row[0])))
    ]:
        row.insert(0, previous[-1])
    return [Chair(None, i, "chairs.subject.unit", chunks[i - 1] if i and symbols[i - 1] == "O" else None) for i in row]


def _with(doc: Document, chunks: Chunks, first: int, second: int) -> bool:
    return _JOINTLY.fullmatch(doc.key, chunks[first].end, chunks[second].start) is not None


_JOINTLY = re.compile(r",? (?:phối hợp |cùng )?(?:với|cùng) ")  # "Sở A phối hợp với Sở B đồng chủ trì"
_JOINED = ("v", ",", ",v", ")vR(", "),R(", "vR-", ",R-", "vR")  # "Khối trưởng (Sở A) và Khối phó (Sở B)"
_BY_OTHERS = re.compile(r"(?<!\w)do(?= \w)")
_TOGETHER = ("đồng ", "cùng ")
_NO_ONE_ELSE = re.compile(r"(?:[,\-(]R\)?(?=[,;v]))?[,;v\-()wd:T]*(?:,?dU[,\-]?R?|U(?=\($))?[,;v\-()wd:]*(?:T?R)?")
_AND = re.compile(r"(?:^|\W)(?:và|cùng|với)(?:\W|$)")


def _joined(doc: Document, chunks: Chunks, people: list[Found], at: int) -> list[Found]:
    """Of several persons before the verb those that share it: joined by "và", commas or semicolons, nothing else between."""
    kept = [people[-1]]
    together = doc.key.startswith(_TOGETHER, chunks[at].start, chunks[at].end)
    for party in reversed(people[:-1]):
        between = chunks.symbols[party.last + 1 : kept[0].first]
        words = doc.key[chunks[party.last].end : chunks[kept[0].first].start]
        if _NO_ONE_ELSE.fullmatch(between) and (len(words.strip()) <= 6 or together or _AND.search(words)):
            kept.insert(0, party)
        else:
            break
    return kept


def _share_verb(doc: Document, chunks: Chunks, people: list[Found], at: int) -> bool:
    """Behind a word of attendance, "Đến dự có A; B; C chủ trì", the last alone chairs unless "đồng" or "và" joins them."""
    words = doc.key[chunks[people[-2].last].end : chunks[people[-1].first].start]
    return doc.key.startswith(_TOGETHER, chunks[at].start) or _AND.search(words) is not None


def _is_place(chunks: Chunks, index: int) -> bool:
    entry = chunks[index].unit.entry
    return entry is not None and entry.fields.get("tail") == "place"


_GOVERNS = re.compile(r"(?:tại|của|ở|hội trường|trụ sở|thuộc|đối với|trên địa bàn) (?:trụ sở |hội trường )?$")


def _governed(doc: Document, chunks: Chunks, index: int) -> bool:
    """Whether a unit only says where or whose: "tại Sở Y tế", "của UBND tỉnh"."""
    return _GOVERNS.search(doc.key, max(0, chunks[index].start - 24), chunks[index].start) is not None


_BEFORE_UNIT = re.compile(
    r"(?: (?:hội nghị|hn|cuộc họp|buổi lễ|buổi \w+|phiên họp|lễ \w+))? ?(?:có|là|gồm|:|của|gồm có)?(?: (?:lãnh đạo|đại diện)){0,2} ?"
    r"(?:(?:đơn vị )?(?:(?:khối|cụm) trưởng|trưởng (?:khối|cụm))(?: năm \d{4})? ?(?:[-:(,]|là)? ?)?"  # "của Khối trưởng - Sở A"
)
_NEXT_UNIT = re.compile(r"(?:[,;] ?(?:và )?| và | cùng (?:với )?)(?:lãnh đạo |đại diện ){0,2}")
_IS = re.compile(r"(?:^|\s)là (?:các )?$")
_BEFORE_NAME = re.compile(
    r"(?: đoàn)?[,]?(?: điều hành)?(?: và phát biểu(?: khai mạc)?(?: tại)?)?"
    r"(?: (?:hội nghị|hn|buổi \w+(?: \w+)?|cuộc \w+|phiên họp|chương trình|đại hội|lễ(?: \w+){0,4}|tọa đàm"
    r"|tại hội nghị|họp))?,? ?(?:tổng kết |sơ kết )?(?:(?:cùng )?với(?= ))?"
    r"(?:có|là|gồm|:|của|gồm có|do|bởi|còn có|có sự hiện diện của|thuộc về)?"
    r" ?(?:đại diện|lãnh đạo)? ?(?:các|hai)? ?(?:(?:đồng chí|ông[,/ ]bà|ông|bà|đ/c|thầy|cô|anh|chị|vị)"
    r"(?: (?:khối|cụm) trưởng| trưởng (?:khối|cụm))?)?:? ?"
    r"(?:(?:nhà giáo|thầy thuốc|nghệ sĩ|nghệ nhân) (?:ưu tú|nhân dân) )?"
)
_NEXT_NAME = re.compile(r"[,;v\-()]*[wI]?[,;v]*")


def _after(doc: Document, chunks: Chunks, at: int, parties: list[Found]) -> list[Chair]:
    """ "Chủ trì Hội nghị: X; Y", "chủ trì là X", "dưới sự chủ trì của X"."""
    symbols = chunks.symbols
    rest = [p for p in parties if p.first > at]
    if not rest:
        units = [i for i in range(at + 1, len(symbols)) if symbols[i] == "U"]
        words = doc.key[chunks[at].end : chunks[units[0]].start] if units else ""
        if units and _BEFORE_UNIT.fullmatch(words):
            row = [units[0]]
            for i in units[1:]:
                if not _NEXT_UNIT.fullmatch(doc.key, chunks[row[-1]].end, chunks[i].start):
                    break
                row.append(i)
            return [Chair(None, i, "chairs.object.unit") for i in row]
        return []
    first = rest[0]
    begin = first.posts[0].start if first.posts else chunks[first.first].start  # "là các Phó Giám đốc: A, B": the post of all
    words = doc.key[chunks[at].end : min(begin, chunks[first.first].start)]
    named = _IS.search(words) and len(words) < 80 and "P" not in symbols[:at]
    if not named and not _BEFORE_NAME.fullmatch(words):
        return []
    kept = [first]
    for party in rest[1:]:
        between = symbols[kept[-1].last + 1 : party.first]
        words = doc.key[chunks[kept[-1].last].end : chunks[party.first].start]
        if _NEXT_NAME.fullmatch(between) and (len(words) < 12 or bare_head(words)) and "." not in words:
            kept.append(party)
        else:
            break
    return [Chair(p, None, "chairs.object.person" if p.person else "chairs.object.unit") for p in kept]
