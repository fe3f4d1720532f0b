"""Lists read forwards: units, persons and counts joined by commas, "và" and semicolons, behind "cho" or a colon."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.extract.awards.model import Recipient, Token
from pipeline.extract.awards.recipients.brands import own_words
from pipeline.extract.awards.recipients.fillers import filler
from pipeline.extract.awards.recipients.kin import stood_in_for
from pipeline.extract.awards.recipients.lists import (
    by_count,
    counted_pieces,
    many_alike,
    named_behind,
    of_merit,
    past_deed,
    recipient_of,
    split_in_words,
    split_totals,
)
from pipeline.extract.awards.recipients.named import named_worker, people_of, provinces, short_person, short_worker, with_rest
from pipeline.extract.awards.recipients.whose import lies_there, many_of, of_nobody, one_of, photo, whose_bodies, whose_member
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk, Chunks


def read_list(doc: Document, chunks: Chunks, tokens: list[Token], symbols: str, at: int) -> tuple[list[Recipient], int]:
    """The list that begins at a token, until another statement begins, and the token behind its last member."""
    walk = _Walk(doc, chunks, tokens, symbols, at, at)
    while walk.at < len(symbols) and walk.step():
        pass
    return split_totals(walk.found), walk.end


_WHO_THEY_ARE = re.compile(
    r"(?:hai|ba|bốn|năm) (?:người|cá nhân|bạn|em) (?!khác|nữa|là |dân|con|bị|thân|trong|của|thuộc|ở|gồm|cùng|tại|và)[^\W\d]"
)


_BLOCS = (" cụm", " khối")


@dataclass
class _Walk:
    """A walk from left to right. `at` is the token at hand, `found` what stands before it, `end` where its last member ends."""

    doc: Document
    chunks: Chunks
    tokens: list[Token]
    symbols: str
    at: int
    end: int
    found: list[Recipient] = field(default_factory=list)

    def step(self) -> bool:
        """Takes or passes over the token at hand; False where the list has ended."""
        passes = _STEPS.get(self.symbols[self.at])
        return passes is not None and passes(self)

    def _follows(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self.symbols, self.at)

    def _chunk(self) -> Chunk:
        return self.tokens[self.at].chunk

    def _words(self) -> str:
        return self.doc.key[self._chunk().start : self._chunk().end]

    def _pass(self) -> bool:
        self.at += 1
        return True

    def _pass_to(self, at: int) -> bool:
        self.at = at
        return True

    def _take(self, found: list[Recipient], behind: int) -> bool:
        self.found += found
        self.at = self.end = behind
        return True

    def _after_person(self) -> bool:
        return bool(self.found) and self.found[-1].person is not None

    def _name(self) -> bool:
        if _gives(self.tokens, self.symbols, self.at) or photo(self.doc, self._chunk()):
            return False
        if not self.found and self.symbols[self.at] == "U" and (many_of(self.doc, self._chunk()) or one_of(self.doc, self._chunk())):
            return False
        beside = self.symbols[self.at - 1] in ")P"  # "em A (lớp 7) Trường B"
        if self.symbols[self.at] == "U" and self._after_person() and (beside or whose_member(self.doc, self._chunk())):
            return self._pass()  # "cho bà A, cán bộ Sở B": where she works
        if lies_there(self.doc, self.tokens, self.symbols, self.at, self.found):
            return self._pass()
        if self.found and self._follows(_SPEAKS) and self.symbols[self.at - 1] in ",;T":
            return False  # "Trao Bằng khen cho A, ông B nhấn mạnh ..."
        if self.found and self._is_given_another():
            return False
        if self.symbols[self.at] == "P" and (dead := stood_in_for(self.doc, self.tokens, self.symbols, self.at)):
            return self._take([dead[0]], dead[1])
        many = None if _LIST_GOES_ON.match(self.symbols, self.at + 1) else many_alike(self.doc, self.tokens[self.at])
        recipient = many or recipient_of(self.tokens[self.at])
        if recipient.unit is not None:
            recipient.unit = people_of(self.doc, recipient.unit)
        return self._take([recipient], self.at + 1)

    def _is_given_another(self) -> bool:
        """ "cho 5 tập thể; Sở A được Bộ B tặng Cờ": another statement, of one name behind a comma, of a row behind a semicolon."""
        row = ";" in self.symbols[max(0, self.at - 2) : self.at]
        given = self._follows(_ROW_IS_GIVEN if row else _IS_GIVEN)
        gets = self.tokens[given.end("who")].chunk if given else None
        return gets is not None and self.doc.key[gets.start : gets.end].rstrip().endswith("được")

    def _count(self) -> bool:
        token = self.tokens[self.at]
        gives = _gives_count(self.symbols, self.at) and not (
            self._of_those_named() or of_merit(self.doc, self.tokens, self.symbols, self.at)
        )
        if (gives and not _AT_REQUEST.match(self.doc.key, token.chunk.end)) or (self.found and self._part_of_total()):
            return False
        if self.found and self.symbols[self.at - 1] == "d" and self.doc.key.endswith(_BLOCS, 0, token.chunk.end):
            return False  # "cho Sở A; đại diện 4 cụm thi đua ký kết"
        if self.found and self.found[-1].unit and self.symbols[self.at - 1] == ";" and _RATED.match(self.doc.key, token.chunk.end):
            return False
        if self._says_who() and len(self.found) == sum(token.chunk.numbers.values()) > 1 and self._all_named():
            return False
        listed, behind = counted_pieces(self.doc, self.tokens, self.symbols, self.at)
        if listed:
            return self._take(listed, behind)
        if parts := split_in_words(self.doc, token):
            return self._take(parts, self._behind(parts[-1].span[1]))
        named = self._follows(_COUNT_AND_NAMES) or named_behind(self.doc, self.tokens, self.symbols, self.at)
        if named:
            return self._take(by_count(token), named.end())
        self._take(by_count(token), self.at + 1)
        whose = whose_bodies(self.doc, self.tokens, self.symbols, self.at) or self._follows(_WHOSE)
        if not whose and self._follows(_PRAISED_OF) and _PRAISE.fullmatch(self._words().strip()):
            whose = self._follows(_PRAISED_OF)  # "2 gương tiêu biểu tỉnh A"
        if (sort := self._follows(_SORT_GOES_ON)) and len(self._words()) <= _LONGEST_SORT and "trong" not in self._words():
            return self._pass_to(sort.end("sort"))  # "3 phòng | giao dịch, 5 cá nhân", "10 chi bộ trực thuộc đảng ủy | cơ sở, ..."
        if whose and (self.symbols[self.at] == "," or self.doc.key[self._chunk().start - 1] in " ,"):
            self.at = self.end = whose.end()  # "10 nhân viên, bác sĩ Bệnh viện A": whose they are
        if (ranked := self._follows(_RANKED)) and not self._has_grades():
            self.at = self.end = ranked.end()
        return True

    def _has_grades(self) -> bool:
        """Whether the award itself comes in grades: "Huân chương Lao động cho 1 tập thể hạng Nhì"."""
        award = self.symbols.rfind("A", 0, self.at)
        return award < 0 or bool(self.tokens[award].chunk.entry.fields["grades"])

    def _says_who(self) -> bool:
        """ "cho anh A và em B - hai người đã cứu", "cho A và B, hai người đã cứu": who they are."""
        mark = self.symbols[self.at - 1]
        return mark == "-" or (mark == "," and _WHO_THEY_ARE.match(self.doc.key, self._chunk().start) is not None)

    def _all_named(self) -> bool:
        return all(r.number is None for r in self.found)

    def _of_those_named(self) -> bool:
        """ "cho 2 xã được bầu chọn là A và B"."""
        return self.symbols[self.at - 1 : self.at] == "G" and bool(named_behind(self.doc, self.tokens, self.symbols, self.at))

    def _part_of_total(self) -> bool:
        """ "20 tập thể, trong đó có 7 xã": a part of the total before, unless the total is of mixed kind."""
        start, total = self._chunk().start, self.found[-1]
        return "trong đó" in self.doc.key[max(0, start - 16) : start] and total.number is not None and total.kind is not None

    def _behind(self, position: int) -> int:
        """The first token that begins at or behind a position of the view."""
        return next((k for k in range(self.at, len(self.tokens)) if self.tokens[k].chunk.start >= position), len(self.tokens))

    def _other_words(self) -> bool:
        if not self.found and (who := self._described_person()):
            return self._pass_to(who)
        if not self.found and (body := self._body_of_workers()) is not None:
            return self._pass_to(body)
        if not self.found and self._take_other(self.at):
            return True
        if not self.found and self._follows(_ASIDE) and _SOMEBODY.match(self.doc.key, self._chunk().start):
            return False  # "cho một học trò nghèo, ông A nói ...": nobody that the text names here
        if self._after_person() and (rest := self._follows(_REST_OF_BRACKET)):
            return self._pass_to(rest.end())  # "cho bà A (chủ quán | X, xã B) và ông C"
        if self._rest_of_name():
            return self._pass()
        size = self._chunk().end - self._chunk().start
        next_person = self._after_person() and size <= 25 and self._follows(_TO_NEXT_PERSON)
        if (next_person and (";" not in next_person[0] or not _WHY.match(self._words()))) or (size <= 20 and self._follows(_TO_PERSON)):
            return self._pass()
        if self.symbols[self.at - 1] in "NU" and (further := past_deed(self.doc, self.tokens, self.symbols, self.at)):
            return self._pass_to(further)
        if self.symbols[self.at + 1 : self.at + 2] == "N" and _OBJECT.search(self._words()):
            return False  # "cho tàu cá cứu 12 người": whom it saved
        strange = not self.found and of_nobody(self.doc, self.tokens, self.symbols, self.at)
        return not strange and filler(self._words(), bool(self.found)) and self._pass()

    def _rest_of_name(self) -> bool:
        if not self.found or self.found[-1].unit is None or not self._follows(_REST_OF_UNIT):
            return False
        further = next(t.chunk for t in self.tokens[self.at :] if t.symbol == "U")
        whole = with_rest(self.doc, self.found[-1].unit, self._chunk(), further)
        self.found[-1].unit = whole or self.found[-1].unit
        return whole is not None

    def _described_person(self) -> int | None:
        """Where the person stands in "cho nữ công nhân | Công ty A (tỉnh B) | Nguyễn Thị C"."""
        described = self._follows(_DESCRIBED)
        if described is None or not _WORKER.match(self.doc.key, self._chunk().start):
            return None
        return described.end() if self.tokens[described.end()].chunk.start - self._chunk().start <= 90 else None

    def _body_of_workers(self) -> int | None:
        """Where the body stands behind "tập thể cán bộ, công chức và người lao động"."""
        workers = _WORKERS.match(self.doc.key, self._chunk().start)
        near = self.tokens[self.at + 1 : self.at + 9] if workers else []
        return next((k for k, t in enumerate(near, self.at + 1) if t.symbol == "U" and t.chunk.start == workers.end()), None)

    def _title(self) -> bool:
        return (not self.found and self._take_other(self.at)) or self._pass()

    def _post(self) -> bool:
        if (of := self._follows(_POST_OF)) and self.tokens[self.at + 2].chunk.start - self._chunk().end <= 12:
            return self._pass_to(of.end())  # "cho Giám đốc | BV | Nguyễn Văn A"
        if not self.found and (who := self._described_person()):
            return self._pass_to(who)
        return not self.found and self._take_other(self.at)

    def _take_other(self, at: int) -> bool:
        """Takes whom words at a token name that are no name of a gazetteer's."""
        found, behind = self._by_other_words(at)
        return bool(found) and self._take(found, behind)

    def _joint(self) -> bool:
        if self._after_person() and self.symbols[self.at + 1 : self.at + 3] == "Tw" and self._take_other(self.at + 1):
            return True  # "ông Huynh và bà Ngần"
        words = self.tokens[self.at + 1] if self.found and self.symbols[self.at + 1 : self.at + 2] == "w" else None
        team = own_words(self.doc, words.chunk.start, self.chunks.sentence.end, words.first) if words else None
        return self._take([team[0]], self._behind(team[1])) if team else self._mark()  # "ông Huynh cùng đội tuyển A"

    def _dash(self) -> bool:
        if self._after_person():
            post = self._follows(_POST_BEHIND) or self._follows(_POST_AND_MORE) or self._follows(_POST_AND_NEXT)
            if post and (post.re is not _POST_AND_NEXT or _CALLED.search(self.doc.key, 0, self.tokens[post.end()].chunk.start)):
                return self._pass_to(post.end())  # "ông A - Chủ tịch xã B; ông C": whose post it is
            if self._follows(_UNIT_BEHIND):
                return False
        return self._mark()

    def _mark(self) -> bool:
        """A mark goes on with the list when another member stands close behind it."""
        more = self._follows(_MORE)
        if more is None and self.found and (further := past_deed(self.doc, self.tokens, self.symbols, self.at + 1)):
            return self._pass_to(further)  # "cho Trường A, đã có thành tích từ năm 2017 đến năm 2021; ông B"
        return more is not None and self._goes_on(more.end()) and self._pass()

    def _bracket(self) -> bool:
        close = self.symbols.find(")", self.at)
        if self._after_person() and close > 0:
            return self._pass_to(close + 1)  # "cho ông A (chủ tàu, xã B) và bà C": who the person is
        more = self._follows(_MORE)
        if more and not self._goes_on(more.end()):
            return False
        if more and not (self.found and self.found[-1].unit is not None):
            return self._pass()
        return close > 0 and self._pass_to(close + 1)  # "Sở A (Khối trưởng, Sở B là Khối phó)"

    def _goes_on(self, member: int) -> bool:
        if self.tokens[member].chunk.start - self._chunk().start > 40:
            return False
        return self.symbols[self.at] != ";" or not _NEW_STATEMENT.match(self.symbols, member)

    def _best(self) -> bool:
        """ "cho đơn vị đạt điểm cao nhất là Sở A": up to the one who is so."""
        best = None if self.found else self._follows(_IS_BEST)
        return best is not None and self._pass_to(best.end())

    def _label(self) -> bool:
        return bool(self._follows(_BEFORE_MEMBER)) and self._pass()

    def _by_other_words(self, at: int) -> tuple[list[Recipient], int]:
        """A short name, a name behind a calling, provinces, a group: what stands where a recipient must stand."""
        doc, token, following = self.doc, self.tokens[at], self.symbols[at + 1 : at + 2]
        start, end = token.chunk.start, token.chunk.end
        if token.symbol == "T":
            behind = self.tokens[at + 1].chunk.end if following == "w" else end
            person = short_person(doc, end, behind, start, token.first) or named_worker(doc, start, behind, token.first)
            return ([person], at + 2) if person else ([], at)
        if token.symbol == "O":
            # "cho huấn luyện viên Kim Su Jin"
            named = named_worker(doc, start, self.tokens[at + 1].chunk.end, token.first) if following == "w" else None
            return ([named], at + 2) if named else ([], at)
        if self.symbols[at - 1 : at] not in ("G", "f", ":"):
            return [], at
        short = short_person(doc, start - 1, end, start, token.first) if doc.capital_at(start) else None
        if short:
            return [short], at + 1  # "tặng giấy khen cho Lực"
        worker = named_worker(doc, start, end, token.first) or short_worker(doc, start, end, token.first) if following != "P" else None
        if worker:
            return [worker], at + 1
        reach = _WORDS.match(self.symbols, at).end()
        named = provinces(doc, start, self.tokens[reach - 1].chunk.end, token.first)
        if named:
            return named, reach
        found = own_words(doc, start, self.chunks.sentence.end, token.first)
        return ([found[0]], self._behind(found[1])) if found else ([], at)


_STEPS: dict[str, Callable[[_Walk], bool]] = {
    "U": _Walk._name, "P": _Walk._name, "N": _Walk._count, "w": _Walk._other_words, "T": _Walk._title, "O": _Walk._post,
    '"': _Walk._pass, "d": _Walk._pass, ",": _Walk._joint, "v": _Walk._joint, ";": _Walk._mark, ":": _Walk._mark, "o": _Walk._mark,
    "-": _Walk._dash, "(": _Walk._bracket, "m": _Walk._label, "Y": _Walk._label, "r": _Walk._best,
}  # fmt: skip

# "cho xã A; 02 đơn vị hoàn thành xuất sắc nhiệm vụ, 04 đơn vị hoàn thành tốt nhiệm vụ": how the members are rated
_RATED = re.compile(r" (?:được xếp loại |xếp loại |đạt )?hoàn thành (?:xuất sắc |tốt )?nhiệm vụ(?: được giao)?(?= ?(?:[,;.]|và \d|$))")
_RANKED = re.compile(r"(?:r?d?|w)E(?=(?:,|v|,v|;)N)")  # "3 tập thể đạt hạng nhì và 3 tập thể đạt hạng ba"
_RANKED_LAST = re.compile(r"(?:r?d?|w)E[.;w]?$")
_IS_BEST = re.compile(r"(?<=Gd)r[wBE]{1,3}o(?=T*[UP])")
_POST_OF = re.compile(r"Ow(?=P(?!w?f))")
_DESCRIBED = re.compile(r"w?O?w?U(?:\([^()]*\))?(?=P)")
_WORKER = re.compile(
    r" ?(?:(?:anh|chị|cô|chú|ông|bà|cố|nữ|nam|cựu) )*(?:nhân viên|công nhân|tài xế|lái xe|bảo vệ|chiến sĩ|giáo viên|học sinh|sinh viên"
    r"|bác sĩ|điều dưỡng|cán bộ|kĩ sư|hộ lí|tiếp viên|phóng viên|vận động viên|huấn luyện viên)(?!\w)"
)
_REST_OF_UNIT = re.compile(r"w(?:[,;v]|,v)U")
_ASIDE, _SOMEBODY = re.compile(r"w,O?P"), re.compile(r" ?(?:chàng|cô|cậu|nam|nữ|người|một) \w+ \w+ \w")
_WORKERS = re.compile(
    r" ?tập thể (?:(?:cán bộ|lãnh đạo|công chức|viên chức|người lao động|chiến sĩ|giáo viên|nhân viên|học sinh|đoàn viên)(?:, ?| và | )?)+"
)
_LIST_GOES_ON = re.compile(r"w?(?::|[,v]w?U|U|m)")
_SPEAKS = re.compile(r".w?s")
_IS_GIVEN = re.compile(r"(?P<who>[UP])w(?:O?U|OI|I|O)w?[fp]\"?w?\"?A")
_ROW_IS_GIVEN = re.compile(r"(?P<who>[UP](?:[,v]T*[UP])*)w(?:O?U|OI|I|O)w?[fp]\"?w?\"?A")
_COUNT_AND_NAMES = re.compile(
    r"N(?:w?U(?:,U)*)?(?:,?m)?(?:T?:(?=w?T*[PU])|:T:(?=P))"
)  # "ba ngư dân xã A, huyện B: C, D", "2 cá nhân, gồm các ông: A; B"
_WHOSE = re.compile(r"(?:,T)?U(?![,v]?U|:)")
_SORT_GOES_ON, _LONGEST_SORT = re.compile(r"(?P<sort>w(?:vw)?I?)[,v]+N(?!w?[fpo]|w?r[^;]*A)"), 24
_PRAISED_OF = re.compile(r"wU(?![,v]?U|:)")
_PRAISE = re.compile(r"(?:điển hình|tiêu biểu|xuất sắc|tiên tiến|ưu tú| )+")
_TO_NEXT_PERSON = re.compile(r"w[,v]?T*P|w,vT*P|(?<=P)w;T*P(?!w?[sfrp])")
_WHY = re.compile(r" ?(?:vì|do|đã|có|nhân|trong|về|để|với|khi|sau|bị|được|là)(?!\w)")  # "cho ông A vì cứu người; bà B ..."
_REST_OF_BRACKET = re.compile(r"w[wU,:-]*\)")
_TO_PERSON = re.compile(r"wT*P")
_POST_BEHIND = re.compile(r"-[^;]*(?=;T*P)")
_POST_AND_MORE = re.compile(r"-w,[vw]?(?=N|T*P(?!w?[sfrp]))")  # "ông A - chủ quán B, cùng 3 bảo vệ"
_POST_AND_NEXT = re.compile(r"-[wTOU](?:[wTOU,v]|\([^()]*\)){0,10}v(?=P)")  # "bà A - cán bộ Viện B và C, và ông D"
_CALLED = re.compile(r"(?:ông|bà|anh|chị|em|cô|đồng chí|đ/c) $")
_UNIT_BEHIND = re.compile(r"-[w-]+U[^;UPN]*$")
_MORE = re.compile(r"[,v;:\-(\"Todmw]*(?=[UPN])")
_NEW_STATEMENT = re.compile(r"(?:O?U|I|N|P)(?:[,v](?:U|N|P))*w?[fpr]")
_BEFORE_MEMBER = re.compile(r"[mY][:,]?[UPN]|(?<=N)m[v,]N")  # "cho 2 đơn vị thành viên và 6 cá nhân"
_WORDS = re.compile(r"w(?:[,v]w)*")

_PERSON_GIVES = re.compile(r"w?f")
_UNIT_GIVES = re.compile(r"[wld]?p?f(?!G)|p(?:O?U|I)")
_COUNT_GIVES = re.compile(r"w?(?:[rp]|(?:O?U|O?I|O)w?f)")
_AT_REQUEST = re.compile(r",? (?:theo|trên cơ sở|căn cứ|do) (?:đề nghị|đề xuất|tờ trình)(?!\w)")  # "3 hộ dân theo đề nghị của Sở A"
_WHO_MEETS = re.compile(r"GNw?r")


def _gives(tokens: list[Token], symbols: str, at: int) -> bool:
    """A unit right before "tặng" or "đề nghị" gives; it does not receive."""
    return bool((_UNIT_GIVES if tokens[at].party is None else _PERSON_GIVES).match(symbols, at + 1))


def _gives_count(symbols: str, at: int) -> bool:
    """ "04 đơn vị khác được đề nghị ...": a count that opens the next statement; not so "cho 3 xã đạt chuẩn"."""
    if _WHO_MEETS.match(symbols, max(0, at - 1)) or _RANKED.match(symbols, at + 1) or _RANKED_LAST.match(symbols, at + 1):
        return False
    return bool(_COUNT_GIVES.match(symbols, at + 1))


_OBJECT = re.compile(r"(?:^|\s)(?:cứu(?: sống| được| giúp)?|giúp(?: đỡ)?|bắt(?: giữ)?|nuôi|đỡ đầu|hỗ trợ|dạy nghề cho|trả lại cho)$")
