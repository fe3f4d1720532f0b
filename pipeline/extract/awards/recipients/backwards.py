"""Lists read backwards: the units, persons and counts that end right before a verb ("Sở A, Sở B và 3 cá nhân được tặng ...")."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.extract.awards.model import Recipient, Token
from pipeline.extract.awards.recipients.chosen import the_rest
from pipeline.extract.awards.recipients.clause import owner, source
from pipeline.extract.awards.recipients.fillers import linking, sort_of
from pipeline.extract.awards.recipients.lists import by_count, lies_in_province, many_alike, names_a_house, recipient_of, split_totals
from pipeline.extract.awards.recipients.named import group, people_of, pieces
from pipeline.extract.awards.recipients.wider import is_office
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk


def list_before(doc: Document, tokens: list[Token], symbols: str, start: int, stop: int) -> list[Recipient]:
    """The list that ends right before the token `stop`, in the order of the text; empty where none does."""
    best = _AS_BEST.search(doc.key, tokens[start].chunk.start, tokens[stop].chunk.start) if stop < len(tokens) else None
    if best is None:
        return _list_up_to(doc, tokens, symbols, start, stop)
    cut = next((k for k in range(start, stop) if tokens[k].chunk.end > best.start()), stop)
    found = _list_up_to(doc, tokens, symbols, start, cut)
    return found or (_list_up_to(doc, tokens, symbols, start, stop) if best["many"] else [])


def _list_up_to(doc: Document, tokens: list[Token], symbols: str, start: int, stop: int) -> list[Recipient]:
    apposed = _apposed(doc, tokens, symbols, start, stop)
    if apposed is not None:
        return [recipient_of(tokens[k]) for k in _with_others(symbols, start, apposed)]
    walk = _Walk(doc, tokens, symbols, start, stop, stop - 1)
    walk.pass_links()
    walk.pass_owners()
    while walk.at >= start and walk.step():
        pass
    return split_totals(walk.found)


# "suy tôn Sở A là đơn vị dẫn đầu phong trào thi đua của Khối để đề nghị"
# "Sở A là một trong 4 sở được tặng"
_AS_BEST = re.compile(
    r"(?:có (?:nhiều )?thành tích (?:xuất sắc|tiêu biểu|nổi bật|tốt)(?=[^,;:.()]{0,90} để $)"
    r"|là (?:(?:(?:những|các|hai|ba|\d{1,2}) )?(?:đơn vị|tập thể) (?:dẫn đầu|đứng đầu|xuất sắc|tiêu biểu)"
    r"|(?P<many>(?:đơn vị )?(?:một|0?1) trong (?:số |những )?)))[^,;:.()]{0,90}$"
)
_APPOSED = re.compile(r"P,[wT]+U?,?w?$|P,w[w,]{1,3}$|P(?:\([^()]*\))?[,-][wTO\"]+U?(?:\([^()]*\)|,U){0,3}[,-]?w?$")
_MOST_APPOSED = 110  # letters


def _apposed(doc: Document, tokens: list[Token], symbols: str, start: int, stop: int) -> int | None:
    """ "bà Trần Thị Nhàn, hội viên phụ nữ xóm 4 được ...": where the person stands whom the words up to `stop` describe."""
    apposed = _APPOSED.search(symbols[start:stop])
    if not apposed:
        return None
    who = start + apposed.start()
    told = source(doc, tokens[who].chunk.start) or tokens[stop - 1].chunk.end - tokens[who].chunk.end >= _MOST_APPOSED
    return None if told else who


_BESIDE = re.compile(r"P(?:\([^()]*\))?(?:,[wTO]{1,3}U?)?,?vT*$")


_BODY_BESIDE = re.compile(r"(?:[wY]+,)*[dT]*(?P<body>U)v[T]*")  # "Trường A và em B, học sinh của trường, nhận"


def _with_others(symbols: str, start: int, who: int) -> list[int]:
    """ "bà A, giáo viên Trường B và ông C, nông dân xã D được": the persons joined by "và" in front of the last."""
    if body := _BODY_BESIDE.fullmatch(symbols, start, who):
        return [body.start("body"), who]
    beside = _BESIDE.search(symbols, start, who)
    return [start + symbols[start:who].rindex("P"), who] if beside else [who]


@dataclass
class _Walk:
    """A walk from right to left. `at` is the token at hand, `found` what stands behind it."""

    doc: Document
    tokens: list[Token]
    symbols: str
    start: int
    stop: int
    at: int
    found: list[Recipient] = field(default_factory=list)

    def step(self) -> bool:
        """Takes or passes over the token at hand; False where the list begins behind it."""
        if self._is_taken():
            return self._back()
        passes = _STEPS.get(self.symbols[self.at])
        return passes is not None and passes(self)

    def _is_taken(self) -> bool:
        """ "Nhân dân và cán bộ | xã A": whether the recipient behind begins before the token at hand."""
        unit = self.found[0].unit if self.found else None
        return unit is not None and unit.start <= self.tokens[self.at].chunk.start

    def pass_links(self) -> None:
        """Over what stands between the list and the verb: "A, B đều vinh dự là đơn vị dẫn đầu được"."""
        while self.at >= self.start and (
            self.symbols[self.at] in 'lortYehsTpbBEvd,-"('
            or (self.symbols[self.at] == "w" and (linking(self._words()) or self._is_placing() or self._own_body() or self._of_bloc()))
        ):
            self.at -= 1

    def pass_owners(self) -> None:
        """Over "thuộc Công an các tỉnh trong | Cụm" behind a count: whose people they are."""
        chunk = self.tokens[self.at].chunk if self.at >= self.start and self.symbols[self.at + 1 : self.at + 2] == "B" else None
        whose = chunk and _WHOSE.search(self.doc.key, max(self.tokens[self.start].chunk.start, chunk.end - 80), chunk.end)
        counts = (k for k in range(self.start, self.at) if whose and self.tokens[k].chunk.end == whose.start() and self.symbols[k] == "N")
        self.at = next(counts, self.at)

    def _words(self) -> str:
        chunk = self.tokens[self.at].chunk
        return self.doc.key[chunk.start : chunk.end]

    def _own_body(self) -> bool:
        """ "ông A, Giám đốc | Sở được ...": the body of the person before, without its name."""
        return self._before() == "P" and _BARE_BODY.fullmatch(self._words()) is not None

    def _of_bloc(self) -> bool:
        """ "đơn vị hạng nhất | của | Cụm": behind the place that one has taken."""
        return self.symbols[self.at - 1 : self.at + 2] == "EwB" and self._words() in ("của", "trong", "toàn")

    def _before(self, many: int = 1) -> str:
        """The symbols right before, as far as the clause goes."""
        return self.symbols[max(self.start, self.at - many) : self.at]

    def _back(self, many: int = 1) -> bool:
        self.at -= many
        return True

    def _brackets(self) -> bool:
        """ "03 tập thể (A, B, C)", "02 cá nhân (A, B)", "Sở A (Khối trưởng)"."""
        opened = self.symbols.rfind("(", self.start, self.at)
        if opened < 0:
            return False
        if not self.found and (rest := the_rest(self.doc, self.tokens, opened, self.at)):
            self.found = rest
            return False
        counted = self.tokens[opened - 1].chunk.numbers if opened > self.start and self.symbols[opened - 1] == "N" else {}
        inside = self._inside(opened, counted)
        self.found[0:0] = inside
        self.at = opened - (2 if inside else 1)
        return True

    def _inside(self, opened: int, counted: dict[str, int]) -> list[Recipient]:
        """Whom a bracket behind a count names, when they are as many as it says."""
        named = [recipient_of(self.tokens[k]) for k in range(opened, self.at) if self.symbols[k] in "UP"]
        if named and sum(counted.values()) == len(named):
            return named
        if len(counted) != 1 or self.at <= opened + 1:
            return []
        (kind, number), *_ = counted.items()
        begin, end = self.tokens[opened + 1].chunk.start, self.tokens[self.at - 1].chunk.end
        known = pieces(self.doc, begin, end, number, kind, self.tokens[opened].first)
        return known if known and kind in ("unit", "person") else []

    def _person(self) -> bool:
        if not self.found and "e" in self.symbols[self.at + 1 : self.stop]:
            return False  # "Thủ tướng A dự lễ đón nhận ...": a guest
        if source(self.doc, self.tokens[self.at].chunk.start) or names_a_house(self.doc, self.tokens[self.at].chunk):
            return False
        return self._take()

    def _unit(self) -> bool:
        token, before = self.tokens[self.at], self._before()
        if before == "O":
            return (
                bool(not self.found and _WORKERS.search(self.doc.key, max(0, token.chunk.start - 60), token.chunk.start)) and self._take()
            )
        if before == "N" and sum(self.tokens[self.at - 1].chunk.numbers.values()) != len(self.found) + 1:
            return self._back()  # "02 cán bộ Hội Nông dân": whose they are
        counted = self._before(3).find("N") + max(self.start, self.at - 3)
        if self._before(3).endswith(("Nw", "Nw,")) and _OF_CLASS.fullmatch(self.doc.key, self.tokens[counted].chunk.end, token.chunk.start):
            return self._back(self.at - counted)  # "ba em học sinh lớp 7A, Trường A"
        if self._in_address():
            return False
        if self._before(2) == "U," and lies_in_province(self.doc, self.tokens, self.at):
            return self._back()
        if self.doc.key.endswith("được ", 0, token.chunk.start) and not self.doc.key.endswith(_CHOSEN, 0, token.chunk.start):
            return self._past_doer()
        if owner(self.doc, token.chunk) and not _TOGETHER.search(self.symbols, self.start, self.at):
            # "02 cá nhân của Hội Khuyến học tỉnh", "Phòng A của Sở B"
            return (self._before(2) == "Nw" or self._before(2) == "Uw" and not self.found and self._is_part()) and self._back(2)
        if self.found and self.found[0].person is not None and self.symbols[self.at + 1] == "w":
            return False
        return self._take()

    def _is_part(self) -> bool:
        """ "Phòng A | của | Sở B": whether the unit before is a part of the one at hand."""
        link = self.tokens[self.at - 1].chunk
        return self.doc.key[link.start : link.end] in ("của", "thuộc") and is_office(self.doc, self.tokens[self.at - 2].chunk.start)

    def _past_doer(self) -> bool:
        """ "7 nghệ sĩ được thành phố đề nghị", "được UBND tỉnh đánh giá cao, vinh dự được": who acts on the subject."""
        self.at -= 1
        self.pass_links()
        return not self.found

    def _take(self) -> bool:
        recipient = many_alike(self.doc, self.tokens[self.at]) or recipient_of(self.tokens[self.at])
        if recipient.unit is not None:
            recipient.unit = people_of(self.doc, recipient.unit)
        self.found.insert(0, recipient)
        return self._back()

    def _in_address(self) -> bool:
        """ "tại xã A - huyện B - tỉnh C": the last of an address's places."""
        chain = re.search(r"U(?:w?-U)+$", self.symbols[self.start : self.at + 1])
        return chain is not None and owner(self.doc, self.tokens[self.start + chain.start()].chunk)

    def _count(self) -> bool:
        chunk = self.tokens[self.at].chunk
        if _VOTERS.match(self.doc.key, chunk.end):
            return False
        if not self.found and _VOTED_FOR.search(self.doc.key, max(0, chunk.start - 8), chunk.end + 14):
            return self._back(2)  # "được 9/9 thành viên bỏ phiếu đề nghị"
        if not self.found and owner(self.doc, chunk) and self._before() != "v":
            return self._back()  # "9 tập thể của bốn tỉnh": whose they are
        if not self.found and _AMONG.search(self.doc.key, max(0, chunk.start - 24), chunk.start):
            self.at -= 1
            self.pass_links()
            return True  # "xếp thứ nhì trong 8 huyện"
        if not self.found and self._before(3) == "N,w" and self.doc.key.startswith("trong đó", self.tokens[self.at - 1].chunk.start):
            return self._back(3)  # "33 đơn vị, trong đó có 8 hộ, nhận": all of them
        is_ = self.tokens[self.at - 1].chunk.start
        if not self.found and _ARE.search(self.symbols, self.start, self.at) and self.doc.key.startswith("là", is_):
            return self._back(2)  # "bầu A, B là 02 đơn vị tiêu biểu đề nghị"
        if self.found and self.found[0].number is None and self.symbols[self.at + 1] == ":":
            return False  # "suy tôn 02 đơn vị: A đề nghị tặng Cờ; B đề nghị tặng Bằng khen": the names are told one by one
        self.found[0:0] = by_count(self.tokens[self.at])
        return self._back()

    def _level(self) -> bool:
        """ "02 đơn vị của huyện", "9 đơn vị cấp huyện", "3 Đảng bộ cơ sở, 5 chi bộ"."""
        return (not self.found or self.found[0].number is not None) and self._before() == "N" and self._back()

    def _other_words(self) -> bool:
        if self._group():
            return True
        if self.found:
            if self.found[0].number and self._before() == "N" and self._words() == "có":
                return False  # "4 xã có 02 đơn vị được tặng": where those are who are counted
            between = _BETWEEN.fullmatch(self._words()) and self._before() in tuple("N,v")
            if self._words() == "cùng" and self.symbols[self.at + 1] == "v":
                return self._back()
            praise = self._before() == "N" and (_PRAISE.fullmatch(self._words()) or self._sort())  # "4 tập thể tiêu biểu và 7 cá nhân"
            return bool(self._is_placing() or _VOTES.fullmatch(self._words()) or between or praise) and self._back()
        return self._doing() or self._described() or self._sort() and self._back()

    def _group(self) -> bool:
        """ "Tổ dân phố số 7, dòng họ Trần, thôn Đông được": a group by its own words, alone between two marks."""
        token = self.tokens[self.at]
        alone = self.symbols[self.at - 1 : self.at] in tuple(",;v:") if self.at else True
        if not alone or self.symbols[self.at + 1 : self.at + 2] not in tuple(",;v"):
            return False
        named = group(self.doc, token.chunk.start, token.chunk.end, token.first)
        if named is None or named[1] != token.chunk.end:
            return False
        self.found.insert(0, named[0])
        return self._back()

    def _sort(self) -> bool:
        """ "85 học sinh | giỏi quốc gia, 12 giáo viên | bồi dưỡng": of what sort those counted are."""
        chunk = self.tokens[self.at].chunk
        counted = self._before() == "N" and (not self.found or self.found[0].number is not None)
        if not counted or self._before(2)[0] in "wfrpb" and not self.doc.key.endswith("có ", 0, self.tokens[self.at - 1].chunk.start):
            return False  # "cứu 5 học sinh đuối nước": whom somebody saved
        return sort_of(self.doc.view[chunk.start : chunk.end])

    def _office(self) -> bool:
        return self._back() if self.found else self._doing()

    def _grade(self) -> bool:
        return bool(self.found) and self._is_placing() and self._back()

    def _member(self) -> bool:
        return bool(self.found) and self._back()

    def _before_place(self) -> bool:
        """ "Sở A nhì Khối, Sở B", "Sở A đạt giải nhì", "đơn vị hạng nhì: A, đơn vị hạng ba: B": words around a place."""
        beside = self.symbols[self.at + 1 : self.at + 2] if self.symbols[self.at] in "rd" else self._before()
        return bool(self.found) and beside in tuple("wE") and self._back()

    def _dash(self) -> bool:
        if not self.found:
            return False
        if self._before() == "E":
            return self._back(2)  # "hạng nhì - A, hạng ba - B, cùng được đề nghị"
        if self.found[0].person is not None and self._before() == "U":
            # "Đại diện Trường A - TS. B nhận ...": the unit receives through its person
            self.found = [recipient_of(self.tokens[self.at - 1])]
        return False

    def _doing(self) -> bool:
        """ "3 chiến sĩ hy sinh khi chữa cháy được truy tặng": back to the count of those who did it."""
        doing = re.search(r"N[woI]{1,4}$", self.symbols[self.start : self.at + 1])
        if not doing:
            return False
        counted, end = self.start + doing.start(), self.tokens[self.at].chunk.end
        words = self.doc.key[self.tokens[counted].chunk.end : end]
        if len(words) > _MOST_TOLD or re.search(r"[.:]", words) or not _DONE.match(words):
            return False
        if not (_IS_GIVEN.search(words) or self.doc.key.startswith((" được", " vinh dự"), end)):
            return False
        self.at = counted
        return True

    def _described(self) -> bool:
        """ "9 hội viên có thành tích tốt được ...": back to the count that the words describe."""
        before, words = self.symbols[self.start : self.at], self._words()
        if not before.endswith(("N", "NY", "Nw", "NwY")) or len(words) > _MOST_TOLD or not _DESCRIBES.match(words):
            return False
        self.at = self.start + before.rindex("N")
        return True

    def _is_placing(self) -> bool:
        """ "Báo A dẫn đầu khối X, Báo B xếp thứ ba": the place that one of a list has taken, before or behind its name."""
        chunk: Chunk = self.tokens[self.at].chunk
        beside = self._before() in tuple("UPN)ro") or self.symbols[self.at + 1 : self.at + 2] in tuple("UPoN:-")
        return beside and chunk.end - chunk.start <= 60 and bool(_PLACE.match(self.doc.key, chunk.start, chunk.end))


_STEPS: dict[str, Callable[[_Walk], bool]] = {
    ")": _Walk._brackets, "P": _Walk._person, "U": _Walk._unit, "N": _Walk._count, "I": _Walk._level, "w": _Walk._other_words,
    "o": _Walk._office, "E": _Walk._grade, "m": _Walk._member, "-": _Walk._dash, "B": _Walk._before_place, "r": _Walk._before_place,
    "d": _Walk._before_place,
} | dict.fromkeys(",;v:", _Walk._back)  # fmt: skip

# "Cán bộ, nhân viên Bưu điện tỉnh đã được tặng": the body whose workers they are
_WORKERS = re.compile(
    r"(?<!\w)(?:cán bộ|lãnh đạo|thầy giáo|giáo viên)(?:(?:, ?| và )(?:cán bộ|công chức|viên chức|nhân viên|công nhân|người lao động"
    r"|chiến sĩ|giáo viên|đoàn viên|hội viên|học sinh))+ $"
)
_WHOSE = re.compile(r" (?:thuộc|của|ở) [^,;.:()]{3,60} (?:trong|thuộc)$")
_CHOSEN = ("chọn được ", "bầu được ", "cử được ")  # "bình chọn được Sở A": whom the verb found
_OF_CLASS = re.compile(r" (?:học sinh |sinh viên )?lớp \w{1,4},? ?| (?:học sinh|sinh viên) ")
_ARE = re.compile(r"U(?:[,v]U)*o$")
_AMONG = re.compile(r"(?:nhất|nhì|ba|đầu|thứ \w+) trong (?:số |tổng số )?$")
_MOST_TOLD = 110  # letters of what is told of those counted
# "4/4 đơn vị thống nhất suy tôn Sở A"
_VOTERS = re.compile(r" (?:đã |cùng |đều |trong cụm |trong khối )*(?:thống nhất|nhất trí|đồng ý|bỏ phiếu|biểu quyết)(?! đề nghị)(?!\w)")
_VOTED_FOR = re.compile(r"được (?:cả )?\d{1,3}/\d{1,3} [^,;.()]{2,20} (?:bỏ phiếu|nhất trí|thống nhất|tán thành|đồng ý|biểu quyết)")
_VOTES = re.compile(r"(?:với |đạt )?[\d/.,]+ (?:phiếu|điểm|%)(?: \w+)?")
_TOGETHER = re.compile(r"[UPN)],?(?:wv|v)$")  # "Sở A cùng với Sở B, Sở C"
_BARE_BODY = re.compile(
    r"(?:sở|ban|cục|chi cục|hội|công ti|(?:nhà )?trường|viện|bệnh viện|trung tâm|phòng|đơn vị|cơ quan|tổng công ti|xã|huyện)"
    r"(?: (?:cũng|đã|cùng|vinh dự|được))*"
)
_BETWEEN = re.compile(r"(?:cá nhân|tập thể|là|các|hai|ba|đơn vị|gồm|có)(?: .{0,10})?|hộ|gia đình|hộ gia đình|vợ chồng|vợ|chồng")
_PRAISE = re.compile(r"(?:điển hình|tiêu biểu|xuất sắc|tiên tiến|ưu tú|có (?:nhiều )?thành tích(?: xuất sắc| tốt)?|,|và| )+")
_PLACE = re.compile(
    r"(?:(?:đơn vị|đã|cùng|và|là|lần lượt|có) )*(?:dẫn đầu|đứng đầu|đứng (?:thứ|vị trí|hạng|ở)|xếp (?:thứ|hạng|vị trí|loại)|hạng"
    r"|(?:xếp )?(?:kế tiếp|tiếp theo|liền sau|ngay sau)"
    r"|thứ (?:nhất|nhì|hai|ba|tư|\d)"
    r"|đạt (?:số|tổng|\d)|đồng (?:hạng|điểm)|về (?:nhất|nhì|ba|thứ)|(?:giải |xếp )?(?:nhất|nhì|ba|tư)(?: khối| cụm)?$)(?!\w)"
)
_IS_GIVEN = re.compile(r"(?<!\w)(?:được|vinh dự)(?: \w+)?$")
_DONE = re.compile(r" (?:hi sinh|từ trần|tử nạn|bị thương|đang|đã|vượt|lập|tích cực|hoàn thành|đóng góp|không quản|nghỉ hưu)(?!\w)")
_DESCRIBES = re.compile(
    r"(?:có|đã có|đạt|xuất sắc|tiêu biểu|thuộc|hội|đoàn|công đoàn|mặt trận"
    r"|của|trong|tham gia|điển hình|nữ|nam|là|trên|gác|làm|cứu|dũng cảm|ở|tại)(?!\w)"
)
