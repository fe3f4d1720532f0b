"""Lists of those who are to get, or got, a state title of persons: artists, teachers, doctors, by callings and stage names.

"9 nghệ sĩ được đề nghị xét tặng NSND gồm: NSƯT A (Nhà hát B), đạo diễn C" - a row behind the title
"Danh sách xét tặng NSND có nhiều tên tuổi. Lĩnh vực múa có NSƯT A, NSƯT B" - sentences below that are nothing but rows
"Các nghệ sĩ được phong tặng NSND là:" - the items of the lines below
Refused: those who failed, roles and works in a row, lists of another title.
"""

from __future__ import annotations

import re
from itertools import islice

from pipeline.extract.awards.model import AwardFound, Recipient, Token
from pipeline.extract.awards.recipients.named import by_words
from pipeline.extract.document import Document, Sentence
from pipeline.extract.names import capital_run
from pipeline.extract.reading.chunks import chunk

RULE = "awards.recipient.honoured"
_MOST = 60  # names of one list
_FARTHEST = 60  # lines below a heading

_CALLING = (
    r"(?:(?:nam|nữ|cố|danh) )?(?:nghệ sĩ|nghệ nhân|ca sĩ|diễn viên|đạo diễn|nhạc sĩ|họa sĩ|hoạ sĩ|nhạc công|biên đạo|biên kịch|quay phim"
    r"|phát thanh viên|biên tập viên|giảng viên|giáo viên|danh hài|danh cầm|soạn giả|tác giả|nhà (?:giáo|quay phim|biên kịch|văn|thơ)"
    r"|bác sĩ|dược sĩ|lương y|điều dưỡng|thầy thuốc|nhạc trưởng|nghệ sư|thầy|cô|ông|bà|anh|chị|cụ)"
)
_LEAD = re.compile(rf"{_CALLING}(?: (?!và )\w+){{0,3}}(?:(?:, ?|/| và |-){_CALLING}(?: \w+){{0,3}})*[ ,:-]+")
_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"[ .:\"-]*")
_GAP = re.compile(r" ?(?:;|,|(?=và )|(?=cùng ))? ?(?:(?:và|cùng|cố|với) )*")
_DETAIL = re.compile(r" ?\([^()]*\)")
_DASHED = re.compile(r" ?-(?! ?\d)[^,;.]*")
_OPENS = re.compile(
    r"(?:(?<!\w)(?:như|gồm|gồm có|là|có|đó là|có tên|có thể kể đến|kể đến|là của)"
    r"(?: (?:các|hai|ba|bốn|năm|những|\d+))?(?: (?:nghệ sĩ|tên tuổi|gương mặt|trường hợp|ông|bà))? ?:? |: ?)"
)
_OF_PERSONS = re.compile(
    r"danh sách|nghệ sĩ|nghệ nhân|nhà giáo|thầy thuốc|bác sĩ|gương mặt|tên tuổi|cái tên|cá nhân|trường hợp|hồ sơ|đề cử|ứng viên|giảng viên"
)
_FAILED = re.compile(
    r"trượt|không có tên|bị loại|(?:không|chưa) (?:được|đạt|đủ|có)|rút (?:hồ sơ|tên)|xin rút|đánh rớt|vắng|bỏ sót|tiếc"
    r"|(?<!\w)(?:vai|vở|phim|ca khúc|tác phẩm|bài hát|bộ phim|chương trình|huy chương|giải)(?!\w)"
)
_BRACKETS = re.compile(r"\([^()]*\)")  # where somebody works tells of no failure: "(Hãng phim A)"
_LIST_TOLD = re.compile(r"danh sách|gương mặt|tên tuổi|(?:nhiều|các|những|\d) (?:nghệ sĩ|nghệ nhân|nhà giáo|thầy thuốc|cá nhân)")
_NEXT = re.compile(
    r" ?(?:(?:ở |về |trong |riêng )*(?:lĩnh vực|mảng|bộ môn|thể loại|loại hình|chuyên ngành|ngành)[^,;.:]{2,40}?|trong đó|đó là|cụ thể"
    r"|ngoài ra|bên cạnh đó|tiêu biểu|đáng chú ý),? ?"
    r"(?:(?:còn |đáng chú ý |có sự góp mặt của |nổi bật )?(?:có|gồm|là|như|gồm có)(?: các)?:? |: ?)"
)
_HEADING_END = re.compile(r"[^.;]{0,60}:\s*$")
_ITEM = re.compile(r" ?(?:\d{1,3}[.)/]|[-+*•]|[a-zđ]\))(?!\d)[ .]*")
_REST = re.compile(r"[ .…,;\"]*(?:v\.v)?[ .…]*$")


def of_persons(award: AwardFound) -> bool:
    """Whether only persons bear the title."""
    fields = award.award.entry.fields
    return fields["category"] == "state_honour" and fields["recipient_kinds"] == "person"


def name_honoured(doc: Document, sentence: Sentence, tokens: list[Token], award: AwardFound, i: int) -> None:
    """Give a title that has no names yet those of the list behind or below it; a unit bears no such title."""
    if not of_persons(award):
        return
    if any(r.unit is not None for r in award.recipients):
        award.recipients, award.rule = _counted_before(tokens, i), "awards.recipient.count_beside"
    if _FAILED.search(_BRACKETS.sub("", doc.key[sentence.start : sentence.end])):
        return
    named = sum(r.person is not None for r in award.recipients)
    names = _for(doc, sentence, tokens, i) if named else []
    names = names or _behind(doc, sentence, tokens, award, i) or _in_front(doc, sentence, tokens, i)
    if not named:
        names = names or _below(doc, sentence, award)
    elif not {r.person.start for r in award.recipients if r.person is not None} & {a for a, _ in names}:
        return  # a row of others
    if len(names) > named:
        award.recipients = [by_words(a, b, "person", tokens[i].first) for a, b in names]
        award.rule = RULE


def _counted_before(tokens: list[Token], i: int) -> list[Recipient]:
    """ "có 7 nghệ sĩ được thành phố đề nghị xét tặng": those who were counted, not who asks."""
    token = next((t for t in reversed(tokens[:i]) if t.symbol in "NA"), None)
    if token is None or token.symbol != "N" or set(token.chunk.numbers) != {"person"}:
        return []
    return [Recipient(token.first, number=token.chunk.numbers["person"], kind="person", span=(token.chunk.start, token.chunk.end))]


def _for(doc: Document, sentence: Sentence, tokens: list[Token], i: int) -> list[tuple[int, int]]:
    """ "tặng NSƯT cho ca sĩ A, B, đạo diễn C": the whole row behind "cho"."""
    given = next((t.chunk.end for t in tokens[i + 1 : i + 5] if t.symbol == "G"), None)
    return row(doc, given + 1, sentence.end)[0] if given else []


_LISTED = re.compile(
    r"[ ,.…]*(?:đều |cũng |đã |vừa |chính thức )*"
    r"(?:(?:có tên|góp mặt|có mặt) trong (?:danh sách|quyết định|tờ trình)(?!\w)|được (?=trao|tặng|phong|đề nghị|xét|truy))"
)


_MANY = re.compile(r" ?(?:các |những |hai |ba )?(?:nghệ sĩ (?=[^\W\d_]))?")


def _in_front(doc: Document, sentence: Sentence, tokens: list[Token], i: int) -> list[tuple[int, int]]:
    """ "Diễn viên A, B, C cũng có tên trong danh sách được trao NSƯT": the whole row that the sentence begins with."""
    listed = _LISTED.search(doc.key, sentence.start, tokens[i].chunk.start) if "P" in (t.symbol for t in tokens[:i]) else None
    names, end = row(doc, _MANY.match(doc.key, sentence.start).end(), listed.start()) if listed else ([], 0)
    return names if len(names) > 1 and end == listed.start() else []


def _behind(doc: Document, sentence: Sentence, tokens: list[Token], award: AwardFound, i: int) -> list[tuple[int, int]]:
    """The row of names behind the title in its own sentence."""
    if not _OF_PERSONS.search(doc.key[sentence.start : award.award.start] + doc.key[award.award.end : sentence.end]):
        return []
    others = (k for k, t in enumerate(tokens) if k > i and t.symbol == "A" and tokens[k - 1].symbol != "(" and not _borne(doc, t))
    other = next((tokens[k].chunk.start for k in others), sentence.end)
    for opened in _OPENS.finditer(doc.key, award.award.end, other):
        names, _ = row(doc, opened.end(), other)
        if names:
            return names
    return []


def _borne(doc: Document, title: Token) -> bool:
    """ "NSƯT Trần A": whoever is named behind a title bears it already."""
    return bool(doc.hit("titles", title.chunk.start)) and doc.capital_at(title.chunk.end + 1)


def _below(doc: Document, sentence: Sentence, award: AwardFound) -> list[tuple[int, int]]:
    """The rows or items below a sentence that speaks of a list."""
    told = doc.key[sentence.start : sentence.end]
    if not _LIST_TOLD.search(told):
        return []
    at = doc.sentences.index(sentence)
    below = doc.sentences[at + 1 : at + 1 + _FARTHEST]
    if _HEADING_END.match(doc.key, award.award.end, sentence.end):
        return _items(doc, below)
    names: list[tuple[int, int]] = []
    for following in below:
        opened = _NEXT.match(doc.key, following.start, following.end)
        found, end = row(doc, opened.end(), following.end) if opened else ([], 0)
        if not found or not _REST.match(doc.key, end, following.end):
            break
        names += found
    return names


def _items(doc: Document, below: list[Sentence]) -> list[tuple[int, int]]:
    """One name of each item, where a row begins or the first person that it names."""
    names = []
    for line in below:
        item = _ITEM.match(doc.key, line.start, line.end)
        if item is None:
            break
        found, _ = row(doc, item.end(), line.end, alone=True)
        first = None if found else next((c for c in chunk(doc, line).items if c.symbol in "P("), None)
        if found or first is not None and first.symbol == "P":
            names.append(found[0] if found else (first.start, first.end))
    return names if len(names) > 1 else []


def row(doc: Document, at: int, end: int, alone: bool = False) -> tuple[list[tuple[int, int]], int]:
    """Names joined by commas, semicolons and "và", each behind its calling or bare, details left out; and where the row ends.

    A row without any calling or family name is none; nor is a single bare name, unless it stands `alone` in its line.
    """
    names: list[tuple[int, int]] = []
    sure, first_called = 0, False
    stops = ";" in doc.key[at:end]
    stop = at
    while len(names) < _MOST:
        begin, called = _past_callings(doc, at, end)
        run = capital_run(doc, begin, end, 5)
        if len(run) < 2 or doc.hit("units", begin) or doc.hit("unit_heads", begin) and not called:
            break
        first_called = called if not names else first_called
        sure += bool(called or doc.hit("family_names", begin))
        names.append((begin, run[-1][1]))
        at = stop = _past_details(doc, run[-1][1], end, stops)
        gap = _GAP.match(doc.key, at, end)
        if gap.end() == at:
            break
        at = gap.end()
    if not names or sure * 2 < len(names) or len(names) == 1 and not alone and not first_called:
        return [], stop
    return names, stop


def _past_callings(doc: Document, at: int, end: int) -> tuple[int, bool]:
    """Where the name begins behind "NSƯT", "nữ đạo diễn", "diễn viên kịch nói"; and whether there was such a word."""
    start = at
    nickname = _NICKNAME.match(doc.key, at, end)
    at = nickname.end() if nickname else at
    while (title := doc.hit("titles", at)) and title.end < end:
        at = _MARKS.match(doc.view, title.end, end).end()
    words = islice(_WORD.finditer(doc.view, at, min(end, at + 60)), 1, None)
    name = next((w.start() for w in words if w[0][0].isupper()), at)
    if name > at and _LEAD.fullmatch(doc.key, at, name):
        at = name
        while (title := doc.hit("titles", at)) and doc.view[at : title.end].isupper():
            at = _MARKS.match(doc.view, title.end, end).end()  # "đạo diễn, NSƯT A"
    return at, at > start


_NICKNAME = re.compile(r"\"[^\"]{2,30}\"[ -]*(?=\w)")  # ""Vua hài" - NSƯT A"


_ROUND = re.compile(r"(?:xét tặng|phong tặng|truy tặng|danh sách|kết quả|đề cử|(?<!\w)đợt|lần thứ)(?!\w)")
_OF_YEAR = re.compile(
    r"(?:\)|\"| |,|và |nsnd|nsưt|nghệ sĩ|nghệ nhân|nhà giáo|thầy thuốc|nhân dân|ưu tú|\(|lần thứ \w+|đợt \w+"
    r"|của (?:thành phố|tỉnh|bộ)|cấp \w+)*"
    r"năm (?P<year>20\d\d)(?![\d/-])"
)


def give_round_year(doc: Document, found: list[AwardFound]) -> None:
    """ "kết quả xét tặng NSND, NSƯT lần thứ 3 năm 2011": the one year of the round holds for all to whom it gives these titles."""
    open_ones = [a for a in found if a.year is None and of_persons(a) and (a.status == "proposed" or a.rule == RULE)]
    if not open_ones:
        return
    told: dict[int, tuple[int, int, int]] = {}
    for hit in doc.hits["awards"]:
        honour = hit.entry.fields["category"] == "state_honour"
        year = _OF_YEAR.match(doc.key, hit.end, hit.end + 90) if honour else None
        if year and _ROUND.search(doc.key, max(0, hit.start - 50), hit.start):
            told.setdefault(int(year["year"]), (int(year["year"]), year.start("year"), year.end("year")))
    if len(told) == 1:
        for award in open_ones:
            award.year = next(iter(told.values()))


def join_stage_names(doc: Document, found: list[AwardFound]) -> None:
    """ "Trần A (Minh B)" and "Minh B" are one artist: the name with the stage name behind it."""
    people = [r for a in found if of_persons(a) for r in a.recipients if r.person is not None]
    whole = {}
    for r in people:
        alias = _STAGE_NAME.match(doc.view, r.person.end)
        if alias and alias["name"].istitle():
            full = by_words(r.person.start, alias.end(), "person", r.index)
            whole[alias["name"]] = whole[doc.view[r.person.start : r.person.end]] = full
    if whole:
        for r in people:
            full = whole.get(doc.view[r.person.start : r.person.end])
            if full is not None:
                r.person, r.inferred_from = full.person, "the stage name in brackets"


_STAGE_NAME = re.compile(r" ?\((?:tức |nghệ danh |nghệ sĩ )*(?P<name>[^\W\d_]+(?: [^\W\d_]+){1,2})\)")


def _past_details(doc: Document, at: int, end: int, stops: bool) -> int:
    """Behind a bracket or a dash with what the person is; up to the next semicolon in a row that has them."""
    while detail := _DETAIL.match(doc.key, at, end) or _DASHED.match(doc.key, at, end):
        at = detail.end()
    if stops:
        behind = doc.key.find(";", at, end)
        return behind if behind >= 0 and "." not in doc.key[at:behind] else at
    return at
