"""Recipients by other words than a unit's or person's full name: short forms, pieces of a counted list, provinces, groups."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import Recipient
from pipeline.extract.awards.recipients.wider import is_room
from pipeline.extract.countries import countries
from pipeline.extract.document import Document
from pipeline.extract.names import capital_run
from pipeline.extract.symbols import Chunk
from pipeline.extract.units import Unit

_PERSON_LEAD = re.compile(
    r"(?:(?:ông(?:, ?bà)?|bà|anh|chị|em|cô|thầy|chú|cố|đồng chí|nsưt|nsnd|nghệ sĩ|nghệ nhân|bác sĩ|cháu|và|cùng|các|gia đình|ngư dân"
    r"|học sinh|sinh viên|tài xế|lái xe|công nhân|nông dân|cầu thủ|diễn viên|ca sĩ|đạo diễn|nữ sinh|nam sinh|giáo viên|kĩ sư"
    r"|liệt sĩ|chiến sĩ|hạ sĩ|(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy|sĩ))[ :]+)+"
)
_UNIT_LEAD = re.compile(r"(?:(?:và|cùng|các|tập thể|đơn vị|là|gồm)[ :]+)+")
_PIECE_END = re.compile(r" ?\(| - |-(?=[a-zđ])|, ?(?=(?:đều|cùng|đã|có|vì|dẫn đầu|đứng đầu|xếp|đạt) )|(?<!tp)\.(?= |$)")
_MOST_LETTERS = 90


def pieces(doc: Document, start: int, end: int, number: int, kind: str, index: int) -> list[Recipient]:
    """The pieces of a list, when they are as many as the count before it says; none otherwise."""
    if not 1 < number <= 60 or end - start > 60 * number + 40:
        return []
    parts = _as_many(doc, start, end, number)
    found = [r for a, b in parts for r in piece(doc, a, b, kind, index)]
    return found if len(found) == len(parts) == number else []


_ITEM_MARK = re.compile(r"\d{1,2}[.)] ?(?=[^\W\d])")  # "1.Sở A; 2.Sở B"


def piece(doc: Document, a: int, b: int, kind: str, index: int) -> list[Recipient]:
    """What one piece of a list names: one recipient, or none where it is a statement or more than a name."""
    a = mark.end() if (mark := _ITEM_MARK.match(doc.key, a, b)) else a
    lead = (_PERSON_LEAD if kind == "person" else _UNIT_LEAD).match(doc.key, a, b)
    a = lead.end() if lead else a
    room = kind == "unit" and is_room(doc, a)
    ends = (m for m in _PIECE_END.finditer(doc.key, a, b) if not (room and m[0] == "-" and doc.view[m.end()].isupper()))
    stop = next(ends, None)  # "Phòng Thanh tra - Kiểm tra": a dash within the name of a room
    b = stop.start() if stop and stop.start() > a else b
    if kind == "person" and (post := doc.key.find(",", a, b)) > a:
        b = post  # "Đại tá A, Phó Giám đốc"
    if not 1 < b - a <= _MOST_LETTERS or not (doc.capital_at(a) or kind == "unit" and any(c.isupper() for c in doc.view[a:b])):
        return []
    if _VERB.search(doc.key, a, b) or _AND_COUNT.search(doc.key, a, b):
        return []  # a statement, or a name and a count, and not one name
    if kind == "person" and re.search(r" và (?:ông|bà|anh|chị|em) |(?<!\w)(?:sở|ban|công ti|trường) ", doc.key[a:b]):
        return []  # two persons, or a person's body, and not one name
    return [by_words(a, b, kind, index)]


_CALLED_ALL = re.compile(r"các (?:(?:ông|bà|anh|chị|em|cháu|đồng chí)(?:, ?| và )?)+ ?:")  # "các ông, bà: A; B": persons from here on
_CALLED = re.compile(r"(?:ông|bà|anh|chị|đồng chí|đ/c|thầy|cô|em|cháu|bác sĩ|y sĩ|kĩ sư)[ :]")


def mixed_pieces(doc: Document, start: int, end: int, number: int, index: int, kinds: set[str]) -> list[Recipient]:
    """The pieces of a list of one or two kinds, when they are as many as the counts before it say; persons among units are called so."""
    if len(kinds) == 1:
        return pieces(doc, start, end, number, next(iter(kinds)), index)
    found, persons = [], False
    parts = _as_many(doc, start, end, number)
    for a, b in parts if len(parts) == number and end - start <= 60 * number + 40 else ():
        persons = persons or _CALLED_ALL.match(doc.key, a, b) is not None
        found += piece(doc, a, b, "person" if persons or _CALLED.match(doc.key, a, b) else "unit", index)
    return found if len(found) == number else []


_AND_COUNT = re.compile(r" (?:và|cùng) \d+ [^\W\d]")
_VERB = re.compile(r"(?<!\w)(?:đề nghị|tặng|công nhận|được|nhận|trao)(?!\w)")


def _as_many(doc: Document, start: int, end: int, number: int) -> list[tuple[int, int]]:
    """The parting that gives `number` pieces, if one does: by all marks and a last "và", without it, or by semicolons alone."""
    key = doc.key
    parts = split(key, start, end, True)
    if len(owned := _with_owners(doc, parts)) == number:
        return owned
    if len(parts) == number:
        return parts
    plain = number > 2 or " và " not in key[start:end] or _ITEM_MARK.match(key, start + (key[start] == " "))
    if key.count(";", start, end) == number - 1 and plain:
        ends = [m.start() for m in re.compile(";").finditer(key, start, end)]
        found = []
        for a, b in zip([start, *(e + 1 for e in ends)], [*ends, end], strict=True):
            text = key[a:b]
            found.append((a + len(text) - len(text.lstrip()), b - len(text) + len(text.rstrip())))
        return found
    return split(key, start, end, False)


def _with_owners(doc: Document, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces of a list with rooms and the bodies behind their commas as one: "Phòng A, Sở B", "Sở C và Phòng A, Sở B"."""
    joined: list[tuple[int, int]] = []
    for a, b in (piece for part in parts for piece in _before_room(doc, *part)):
        if joined and is_room(doc, joined[-1][0]) and not is_room(doc, a):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined


def _before_room(doc: Document, a: int, b: int) -> list[tuple[int, int]]:
    """ "Sở C và Phòng A" parted before the room."""
    at = doc.key.find(" và ", a, b)
    return [(a, at), (at + 4, b)] if at > a and is_room(doc, at + 4) else [(a, b)]


def by_words(start: int, end: int, kind: str, index: int, inferred_from: str | None = None) -> Recipient:
    """A recipient that bears just these words."""
    if kind == "person":
        return Recipient(index, person=Chunk("P", start, end), kind="person", inferred_from=inferred_from)
    return Recipient(index, unit=Unit(start, end, ((start, end),), None, False, False), kind="unit", inferred_from=inferred_from)


def split(key: str, start: int, end: int, joined: bool) -> list[tuple[int, int]]:
    """Stretches between commas, semicolons and a last "và", brackets left whole. With semicolons only these part."""
    marks = ";" if ";" in key[start:end] and "," not in key[start:end].split(";")[-1] and "," not in key[start:end].split(";")[0] else ",;"
    found, depth, begin = [], 0, start
    for at in range(start, end):
        depth += (key[at] == "(") - (key[at] == ")")
        if depth <= 0 and key[at] in marks:
            found.append((begin, at))
            begin = at + 1
    last = key.rfind(" và ", begin, end) if joined else -1
    if last > begin:
        found.append((begin, last))
        begin = last + 4
    found.append((begin, end))
    trimmed = []
    for a, b in found:
        while a < b and key[a] in ' ":':
            a += 1
        while b > a and key[b - 1] in ' ".:':
            b -= 1
        if a < b:
            trimmed.append((a, b))
    return trimmed


def provinces(doc: Document, start: int, end: int, index: int) -> list[Recipient]:
    """ "Lai Châu và Sơn La": words that are nothing but names of provinces."""
    found, at = [], start
    while at < end:
        gap = re.compile(r"(?: |,|;|và |các |tỉnh |thành phố |hai |ba )+").match(doc.key, at, end)
        at = gap.end() if gap else at
        if at >= end:
            break
        hit = doc.hit("provinces", at)
        if not hit or hit.end > end or not doc.capital_at(at):
            return []
        found.append(by_words(hit.start, hit.end, "unit", index))
        at = hit.end
    return found


_GIVEN = re.compile(r" ?(?P<name>[^\W\d_]+)(?!\w)")


def short_person(doc: Document, start: int, end: int, before: int, index: int) -> Recipient | None:
    """ "anh Lực": the full name with that given name that the article gives; `start` is where the short name stands."""
    match = _GIVEN.match(doc.view, start, end)
    if not match or not match["name"][0].isupper() or len(match["name"]) < 2 or match.end() < end and _goes_on(doc, match.end()):
        return None
    given = match["name"]
    return _in_full(doc, given, index)


def longer_name(doc: Document, person: Chunk, index: int) -> Recipient | None:
    """ "em Thu Hoài": the full name of which these two syllables are the end."""
    name = doc.view[person.start : person.end]
    called = _FAMILIAR.search(doc.key, max(0, person.start - 6), person.start)
    if not called or name.count(" ") != 1 or doc.hit("family_names", person.start):
        return None
    return _in_full(doc, name, index)


_FAMILIAR = re.compile(r"(?<!\w)(?:em|cháu|chị|anh|ông|bà|cô|chú|bác|thầy) $")


_SYLLABLE = re.compile(r"(?<!\w)[^\W\d_]+$")


def _in_full(doc: Document, given: str, index: int) -> Recipient | None:
    """The first name of the article that ends in these syllables and begins with a family name."""
    for full in re.finditer(rf"(?<!\w){re.escape(given)}(?!\w)", doc.view):
        if _goes_on(doc, full.end()):
            continue
        at = full.start() - 1
        first = None
        for _ in range(3 - given.count(" ")):
            word = _SYLLABLE.search(doc.view, max(0, at - 12), at)
            if not word or not word[0][0].isupper() or word[0] in ("Ông", "Bà") or doc.view[at] != " ":
                break
            if doc.hit("family_names", word.start()) and not doc.hit("titles", word.start()):
                first = word.start()
            at = word.start() - 1
        if first is not None:
            return by_words(first, full.end(), "person", index, f'"{given}" as named in full')
    return None


def _goes_on(doc: Document, at: int) -> bool:
    """Whether a capitalised syllable follows: then the name is longer than this."""
    return doc.view[at : at + 1] == " " and doc.capital_at(at + 1)


_WORK = re.compile(
    r"(?:cho |của )?(?:(?:cựu|nữ|nam|cố) )?(?:huấn luyện viên|phóng viên|nhà báo|kĩ sư|tài xế|lái xe|chuyên gia|ca sĩ|diễn viên"
    r"|đạo diễn|cầu thủ|tiền đạo|thủ môn|vận động viên|sinh viên|học sinh|chàng trai|cô gái|thuyền trưởng|công nhân|nhân viên|nông dân"
    r"|ngư dân|giáo sư|tiến sĩ|nhạc sĩ|họa sĩ|nhà văn|doanh nhân|cựu binh|cựu chiến binh|chiến sĩ|bảo vệ|bệnh nhân|công dân|đại sứ|bà"
    r"|ông|anh|chị|em|cháu)"
    r"(?: (?!của|và)[a-zà-ỹđ]+){0,3}(?: (?:mĩ|nhật|pháp|đức|nga))? $"
)


_FOREIGNER = re.compile(r" ?\([^()]{0,30}(?:quốc tịch|người) ")  # "anh Valeri (32 tuổi, quốc tịch Nga)"


def named_worker(doc: Document, start: int, end: int, index: int) -> Recipient | None:
    """ "huấn luyện viên Kim Su Jin", "chuyên gia Pháp Paul Martin": a capitalised name right behind a calling."""
    for at in range(start, end):
        if doc.capital_at(at) and (at == start or doc.view[at - 1] == " "):
            run = capital_run(doc, at, end, 5)
            alone = len(run) == 1 and _FOREIGNER.match(doc.key, run[-1][1]) is not None
            if len(run) < 2 and not alone or not _WORK.match(doc.key[start:at]):
                continue
            country = re.compile(countries(doc.gazetteer, given_names=False)).match(doc.key, at, run[-1][1])
            at = country.end() + 1 if country else at
            whole = alone or doc.view.find(" ", at, run[-1][1]) > 0
            return by_words(at, run[-1][1], "person", index) if whole else None
    return None


def short_worker(doc: Document, start: int, end: int, index: int) -> Recipient | None:
    """ "tài xế Lực": the full name behind a calling and a given name alone."""
    at = next((k for k in range(start, end) if doc.capital_at(k)), end)
    alone = at < end and _WORK.match(doc.key[start:at]) is not None and doc.view[at - 1] == " "
    return short_person(doc, at - 1, end, start, index) if alone else None


_NO_NAME = re.compile(r"(?:vì|do|đã|có|trong|với|về|tại|ở|nhân|khi|để|là|được|theo|đạt|từ|đến|năm|này|cùng|của|thuộc|trên|cũng)(?!\w)")


def with_rest(doc: Document, unit: Unit, words: Chunk, further: Chunk) -> Unit | None:
    """ "Khoa Phẫu thuật | lồng ngực, Khoa Nội": the unit with the words behind it that are the end of its name.

    So they are in a row of names that begin with one word.
    """
    first, second = (doc.key[c.start : c.end].split(" ", 1)[0] for c in (unit, further))
    beside = words.start == unit.end + 1 and words.end - words.start <= 30 and doc.view[words.start].islower()
    if not beside or first != second or len(unit.parts) > 1 or _NO_NAME.match(doc.key, words.start):
        return None
    return Unit(unit.start, words.end, ((unit.start, words.end),), unit.entry, unit.headed, unit.placed)


_GROUP = re.compile(
    r"(?:đội tuyển|đội|tổ|nhóm|ê-?kíp|kíp|lực lượng|ban chuyên án|hải đội|tàu|trạm|thuyền viên|câu lạc bộ|dòng họ"
    r"|khu dân cư|làng nghề|liên đội|nghiệp đoàn|nhà máy|chùa|giáo họ|cơ sở cai nghiện|đoàn)(?= )(?! (?:viên|trưởng|phó|ngũ|kết|thể)(?!\w))"
    r"(?! (?:gồm )?\d{1,2} (?:em|bạn|người|thanh niên|học sinh|sinh viên|ngư dân|công nhân|chiến sĩ|cá nhân|nam|nữ|cán bộ)(?!\w))"
)
_GROUP_END = re.compile(
    r"[,;:()\"]|-(?= |\D)|\.(?= |$)|(?<!\w)(?:vì|do|đã|có|nhân|trong|với|về|sau|khi|tại|và|cùng"
    r"|ngày|năm|kèm|bởi|được|là|nơi|để|gồm|cứu|giúp)(?!\w)"
)


_SUBJECT = re.compile(r"-[A-ZĐ]\w*(?: [a-zà-ỹđ]{2,5}(?<!và)(?<!vì)(?<!do)(?<!có)(?<!đã))?(?=[,;.-]| (?:và|vì|do|có|đã) |$)")


def group(doc: Document, start: int, end: int, index: int) -> tuple[Recipient, int] | None:
    """ "đội nữ cứu hộ Bến Lội", "Ban chuyên án 07T": a group by its own words, up to where a clause begins."""
    if doc.key[start : start + 1] == " ":
        start += 1
    if doc.key.startswith("tập thể ", start):
        start += len("tập thể ")
    if not _GROUP.match(doc.key, start, end):
        return None
    stop = _GROUP_END.search(doc.key, start + 4, end)
    stop = stop.start() if stop else end
    while (subject := _SUBJECT.match(doc.view, stop, end)) and doc.key.startswith("tổ ", start):
        stop = subject.end()  # "tổ Toán - Tin"
    while doc.key[stop - 1] == " ":
        stop -= 1
    words = doc.view[start:stop]
    proper = any(c.isupper() or c.isdigit() for c in words[2:]) or doc.key.startswith("đội tuyển", start)
    if not proper or not 6 <= len(words) <= _MOST_LETTERS:
        return None
    return by_words(start, stop, "unit", index), stop


# "Nhân dân và cán bộ huyện A", "Đảng bộ, chính quyền và nhân dân tỉnh B": the people of a place, not its office.
_FOLK = (
    r"(?<!\w)(?:cán bộ|nhân dân|quân và dân|đảng bộ|chính quyền)"
    r"(?:(?:, ?| và |, và | )(?:cán bộ|nhân dân|chính quyền|các dân tộc|chiến sĩ))*"
)
_PEOPLE = re.compile(rf"{_FOLK} $")
_PEOPLE_AHEAD = re.compile(rf"{_FOLK} ")
_PEOPLE_HERE = re.compile(
    rf"{_FOLK} (?:huyện|tỉnh|xã|phường|thành phố|thị xã|quận|thị trấn)(?= (?:đã |vinh dự |cũng )*(?:được|đón nhận|nhận))"
)


# "đội tuyển bóng chuyền nữ | tỉnh A"
_TEAM = re.compile(
    r"(?<!\w)(?P<team>(?:đội tuyển|đội|đoàn (?:thể thao|vận động viên|nghệ thuật|học sinh|kịch|chèo)|câu lạc bộ|clb)"
    r"(?! (?:trưởng|viên))(?: (?!(?:của|tại|ở|từ|đến|với|và|thuộc|trên|cho|do|đã|được|là|về)(?!\w))[^\W\d_]+){1,6}) $"
)


def folk_end(doc: Document, at: int, end: int) -> int:
    """The end of "Nhân dân và cán bộ " when it stands here, else `at`."""
    folk = _PEOPLE_AHEAD.match(doc.key, at, end)
    return folk.end() if folk else at


def people_of(doc: Document, unit: Unit) -> Unit:
    """The unit with "Nhân dân và cán bộ" in front of it."""
    before = _PEOPLE.search(doc.key, max(0, unit.start - 60), unit.start)
    team = _TEAM.search(doc.key, max(0, unit.start - 60), unit.start) if unit.is_a("place") else None
    if team:
        return Unit(team.start("team"), unit.end, ((team.start("team"), unit.end),), None, unit.headed, unit.placed)
    if not before or "dân" not in before[0] or len(unit.parts) != 1:
        return unit
    return Unit(before.start(), unit.end, ((before.start(), unit.end),), None, unit.headed, unit.placed)


def people_here(doc: Document, start: int, end: int, index: int) -> Recipient | None:
    """ "quân và dân huyện được tặng": the people of the place that the article is about."""
    match = _PEOPLE_HERE.search(doc.key, start, end)
    return by_words(match.start(), match.end(), "unit", index) if match and "dân" in match[0] else None
