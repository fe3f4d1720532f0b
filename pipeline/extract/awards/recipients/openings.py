"""Where the list of recipients begins behind an award: at "cho", a colon, a dash, or the first member itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.extract.awards.model import THEME, Token
from pipeline.extract.awards.recipients.indirect import asked_for, exemplified
from pipeline.extract.awards.recipients.named import folk_end
from pipeline.extract.awards.recipients.praised import praised_behind
from pipeline.extract.document import Document


def opening_of(doc: Document, tokens: list[Token], symbols: str, start: int, i: int, after: int) -> int | None:
    """The token behind which the recipients of the award at `i` stand; None before another verb or award.

    `start` is where the award's clause begins, `after` the first token behind the award with all that belongs to it.
    """
    search = _Search(doc, tokens, symbols, start, i, after, after)
    while search.at < len(symbols) and not search.begins:
        step = _STEPS.get(symbols[search.at])
        if step is None or not step(search):
            return None
    return search.at if search.begins else None


@dataclass
class _Search:
    """A search from left to right; each step moves `at` on, says that the list `begins` there, or gives up (False)."""

    doc: Document
    tokens: list[Token]
    symbols: str
    start: int
    award: int
    after: int
    at: int
    begins: bool = False

    def _begin(self, back: int = 0) -> bool:
        """The list begins behind this token, or `back` tokens before it."""
        self.at -= back
        self.begins = True
        return True

    def _pass(self) -> bool:
        self.at += 1
        return True

    def _pass_to(self, match: re.Match[str]) -> bool:
        self.at = match.end()
        return True

    def _quote(self) -> bool:
        """ "Kỷ niệm chương "Vì sự nghiệp A" cho B": over the words that the award bears."""
        theme = self._follows(THEME) if self.at == self.award + 1 else None
        return self._pass_to(theme) if theme else self._pass()

    def _follows(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self.symbols, self.at)

    def _words(self) -> str:
        chunk = self.tokens[self.at].chunk
        return self.doc.key[chunk.start : chunk.end]

    def _place(self) -> tuple[Document, list[Token], str, int, int, int]:
        return self.doc, self.tokens, self.symbols, self.start, self.award, self.at

    def _is(self) -> bool:
        """ "2 đơn vị được tặng Cờ là Sở A và Sở B"."""
        if self._words() == "là" and self._follows(_IS_COUNT) and _NUMBER_OF.search(self.doc.key, 0, self.tokens[self.award].chunk.start):
            return self._begin()  # "số đơn vị được đề nghị tặng Cờ là 22 đơn vị, Bằng khen là 28 đơn vị"
        named = self._words() in ("là", "là đơn vị") and self._follows(_IS_NAME)
        if named and ("N" in self.symbols[self.start : self.award] or self._who_gets()):
            return self._begin()
        return exemplified(*self._place()) and self._begin()

    def _member(self) -> bool:
        """ "Các đơn vị được tặng Bằng khen gồm A, B, C"."""
        if self.at - self.after <= 1 and self._words() in _WHOLE and self._follows(_MEMBERS_COUNTED) and not self._counted_before():
            return self._begin()  # "tặng Bằng khen của UBND tỉnh, gồm 6 tập thể và 9 cá nhân"
        return self._begin() if self._follows(_MEMBERS) and self._who_gets() else self._pass()

    def _counted_before(self) -> bool:
        """Whether the clause counts in front of the award those who get it, or the awards themselves."""
        told = self.symbols[self.start : self.award]
        begin = self.tokens[self.award].chunk.start
        return any(s in told for s in "Nr") or any(c.isdigit() for c in self.doc.key[begin - 6 : begin])

    def _who_gets(self) -> bool:
        """ "Đơn vị được đề nghị tặng Cờ thi đua là Sở A": the name stands behind the award."""
        getting = _GETTING.search(self.doc.key, self.tokens[self.start].chunk.start, self.tokens[self.award].chunk.start)
        if getting is None:
            return False
        subject = next(k for k in range(self.start, self.award + 1) if self.tokens[k].chunk.end > getting.start())
        return not any(kind in self.symbols[self.start : subject] for kind in "UPN")

    def _give(self) -> bool:
        if self._follows(_GIVEN_TO) and not self._from_whom():
            return self._begin()
        return self._handed_on()

    def _propose(self) -> bool:
        return self._begin() if asked_for(*self._place()) else self._handed_on()

    def _handed_on(self) -> bool:
        """ "Bằng khen của ... được trao cho A": the award is the subject."""
        given = self._follows(_VERBS_FOR)
        return self._pass_to(given) if given else self._handed_right_to()

    def _handed_right_to(self) -> bool:
        """ "Bằng khen đã được trao tặng | ông A": without "cho", where no verb stands in front of the award."""
        to = self._follows(_VERBS_TO)
        verb = self.tokens[to.end() - 1].chunk if to and not _GIVES.search(self.symbols, self.start, self.award) else None
        return verb is not None and self.doc.key.endswith(("tặng", "tận tay"), 0, verb.end) and self._pass_to(to) and self._begin(1)

    def _from_whom(self) -> bool:
        """ "nhận bằng khen, hoa từ chị A": who gives it."""
        gap = self.tokens[self.at + 1].chunk if self.symbols[self.at + 1 : self.at + 2] == "w" else None
        return gap is not None and bool(_FROM.search(self.doc.key[gap.start : gap.end]))

    def _for(self) -> bool:
        """ "cho A"; but "Cờ thi đua dành cho đơn vị dẫn đầu Khối được trao cho A": for whom it is made, and who gets it."""
        meant = self._follows(_MEANT_FOR)
        return self._pass_to(meant) if meant else self._begin()

    def _praise(self) -> bool:
        """ "tặng Giấy khen để biểu dương chị A"."""
        who = praised_behind(self.doc, self.tokens, self.symbols, self.at)
        return self._pass() if who is None else self._begin(self.at + 1 - who)

    def _other_words(self) -> bool:
        if praised_behind(self.doc, self.tokens, self.symbols, self.at) is not None:
            return self._praise()
        if self._folk_of_place():
            return self._begin(1)
        if self._words().endswith("được") and self._handed_right_to():
            return True  # "Danh hiệu A được Chủ tịch nước phong tặng ông B"
        if exemplified(*self._place()):
            return self._begin()
        words, chunk = self._words(), self.tokens[self.at].chunk
        if _REASON.search(words) and _SUBJECT_GETS.search(self.symbols, self.start, self.award):
            return False  # "Bà A nhận Bằng khen nhờ dạy nghề cho 300 phụ nữ"
        if _WHO_CAME.search(words) and _COMES_AND_GIVES.fullmatch(self.symbols, self.start, self.award):
            return False  # "Dự lễ trao Huân chương có các đồng chí: A, B"
        giver = self._follows(_BY)
        if giver and _WHO_GIVES.search(self.doc.key, chunk.start, chunk.end):
            return self._pass_to(giver) and self._begin(1)  # "Huân chương do Chủ tịch nước truy tặng trung sĩ A"
        if _GOES_TO.search(words) or (self.symbols[self.at + 1 : self.at + 2] == "U" and _ON_FLAG.fullmatch(words)):
            return self._begin()
        if self._follows(_AND_MEMBER) and _TOWARDS.search(self.doc.key, 0, self.tokens[self.at + 1].chunk.end):
            return self._begin(-1)
        return self._pass()

    def _folk_of_place(self) -> bool:
        """ "tặng Bằng khen | Nhân dân và cán bộ xã A": the people of a place right behind the award."""
        row = self._follows(_FOLK_ROW) if self.at == self.after and "f" in self.symbols[self.start : self.award] else None
        place = self.tokens[row.end() - 1].chunk.start if row else 0
        return row is not None and folk_end(self.doc, self.tokens[self.at].chunk.start, place) == place

    def _count(self) -> bool:
        start = self.tokens[self.at].chunk.start
        if self._follows(_COUNT_AND_COLON) and self.doc.key[:start].rstrip()[-6:].endswith(("có", "gồm", "là")):
            return self._begin(1)  # "Trong danh sách phong tặng NSND có ba nghệ sĩ: A, B, C"
        apart = self.at == self.after + 1 and self.symbols[self.after] == "w" and ";" in self.symbols and self._after_brief_words()
        if (self.at == self.after or apart) and not self._follows(_COUNT_ACTS):
            return self._begin(1)  # "Lao động tiên tiến 2.046 người; Giấy khen 54 tập thể"
        return False

    def _after_brief_words(self) -> bool:
        """ "Chiến sĩ thi đua ngành Y tế 12 đồng chí": a word of what the title is for."""
        words = self.tokens[self.after].chunk
        return words.end - words.start <= 24

    def _bracket(self) -> bool:
        inside = self._follows(_BRACKET)  # "Bằng khen (02 đơn vị): A, B"
        return self._pass_to(inside) if inside else self._pass()

    def _and(self) -> bool:
        """ "trao Bằng khen với chị A": "với" where others write "cho"."""
        given = self.at == self.after and any(verb in self.symbols[: self.award] for verb in "fp")
        return self._begin() if given and self._follows(_WITH_MEMBER) and self._words() == "với" else self._comma()

    def _comma(self) -> bool:
        return self.at - self.after < 6 and self._pass()

    def _dash(self) -> bool:
        """ "Cờ thi đua - Sở A; Bằng khen - Sở B, Sở C": where the sentence lists what goes to whom by dashes."""
        return self._begin() if self.at - self.after <= 1 and len(_BY_DASH.findall(self.symbols)) >= 2 else self._pass()

    def _colon(self) -> bool:
        given = self._follows(_COLON_AND_VERBS)
        if given and (self.symbols[given.end()] == "G" or self.doc.key.endswith("tặng", 0, self.tokens[given.end() - 1].chunk.end)):
            to = self._pass_to(given)  # "Về Cờ thi đua: thống nhất đề nghị tặng cho 4 đơn vị"
            return to if self.symbols[self.at] == "G" else self._begin(1)
        return self.at + 1 < len(self.symbols) and self._names_follow() and self._begin()

    def _names_follow(self) -> bool:
        """Whether names stand behind a colon, "Nhân dân và cán bộ xã A" among them."""
        if _MEMBER.match(self.symbols, self.at + 1):
            return True
        return bool(_JOINED_MEMBER.match(self.symbols, self.at + 1) and _FOLK.match(self.doc.key, self.tokens[self.at].chunk.end))

    def _person(self) -> bool:
        """ "tặng Giấy khen đồng chí A", but "Bằng khen của Bộ trưởng A cho B"."""
        if self.symbols[self.at + 1 : self.at + 2] == "G":
            return self._pass()
        beside = self.at == self.after == self.award + 1 and "f" in self.symbols[self.start : self.award]
        award = self.tokens[self.award].chunk
        return beside and not self._follows(_PERSON_ACTS) and " của " not in self.doc.key[award.start : award.end] and self._begin(1)

    def _title(self) -> bool:
        return self.symbols[self.at + 1 : self.at + 2] == ":" and self._pass()

    def _giver(self) -> bool:
        if self._names_unit():
            return self._begin(1)
        return self.at - self.after <= 4 and "G" in self.symbols[self.at + 1 : self.at + 4] and self._pass()

    def _names_unit(self) -> bool:
        """ "UBND tỉnh tặng Bằng khen Sở A, Sở B": a unit right behind the award, in a clause whose giver stands in front."""
        beside = self.at == self.after == self.award + 1 and self._follows(_BARE_ROW)
        if not beside or not _ACTIVE.fullmatch(self.symbols, self.start, self.award):
            return False
        return " được " not in self.doc.key[self.tokens[self.start].chunk.start : self.tokens[self.award].chunk.start]


_STEPS: dict[str, Callable[[_Search], bool]] = dict.fromkeys("EYdB)I", _Search._pass) | {
    '"': _Search._quote,
    "s": _Search._praise,
    "G": _Search._for, "o": _Search._is, "f": _Search._give, "p": _Search._propose, "r": _Search._handed_on, "w": _Search._other_words,
    "N": _Search._count, "(": _Search._bracket, "v": _Search._and, ",": _Search._comma, "-": _Search._dash, ":": _Search._colon,
    "P": _Search._person, "T": _Search._title, "m": _Search._member, "O": _Search._giver, "U": _Search._giver,
}  # fmt: skip

_IS_COUNT = re.compile(r"o:?N(?!w?[rpfo])")
_NUMBER_OF = re.compile(
    r"(?<!\w)số (?:lượng )?(?:đơn vị|tập thể|cá nhân|trường hợp|hồ sơ)(?!\w)[^.:;]{0,160}(?:đề nghị|được|đủ|xét)[^.:;]{0,160}$"
)
_IS_NAME = re.compile(r"o:?d?T*[UP]")
_WHOLE = ("gồm", "bao gồm", "gồm có")
_MEMBERS_COUNTED = re.compile(r"m:?N(?!w?[rpfo])")
_MEMBERS = re.compile(r"m:?d?T*[UP]")
_GETTING = re.compile(
    r"(?<!\w)(?:đơn vị|tập thể|cá nhân|địa phương"
    r"|(?:những|các|hai|ba|bốn) (?:người|em|chiến sĩ|học sinh|giáo viên|ngư dân|trường|xã|huyện))"
    r"(?: tiêu biểu| xuất sắc| nhất khối| dẫn đầu| còn lại)? (?:đã |cùng |lần lượt )*"
    r"(?:được|đề nghị|nhận|đạt|vinh dự)(?!\w)"
    r"|(?<!\w)(?:chọn|bầu|suy tôn|giới thiệu) (?:\w+ )?(?:đơn vị|tập thể|cá nhân)(?: [^.,;:()]{3,80})?"
    r" (?:để|và) (?:đề nghị|trình|xét)(?!\w)"
    r"|(?<!\w)có tên trong (?:danh sách|quyết định)(?!\w)"
)
_BARE_ROW, _ACTIVE = re.compile(r"U(?![wd]?[fpG])"), re.compile(r"[^rN]*(?:O?U|OI|I|O)(?:wv?)?f")
_GIVEN_TO = re.compile(r"f(?:[w\":]|w(?:,w|vw){1,2})?(?:N|TP|[UP](?![wd]?[fA]))")
_VERBS_FOR = re.compile(r"[rfp]+w?(?=G)|f+wTw?(?=G)")
_VERBS_TO, _GIVES = re.compile(r"(?:r|r?f|w(?:OU|OI|I|O)f)(?=T*P(?!w?[fs])|U(?!w?[fprs]))"), re.compile(r"[frpbt]")
_MEANT_FOR = re.compile(r"G[dwBYE]{1,6}[rfp]+w?(?=G)")
_COMES_AND_GIVES = re.compile(r"[^rpUP]*e[^rpUP]*f[w\"]?")
_WHO_CAME = re.compile(r"(?:^|\s)(?:có|có sự (?:hiện diện|góp mặt|tham dự|chứng kiến) của|còn có|gồm có)$")
_REASON, _SUBJECT_GETS = re.compile(r"(?:^|\s)nhờ(?!\w)"), re.compile(r"[UP][^;]*r")
_FROM = re.compile(r"(?:^|\s)(?:từ|của|do|bởi)(?: đại diện)?$")
_BY = re.compile(r"w(?:O?U|OI|I|O|P)w?f(?=[w\"]?T*(?:[UPN]|$))")
_WHO_GIVES = re.compile(r"(?<!\w)do ?$")
_GOES_TO = re.compile(r"(?:^|\s)(?:thuộc về|về tay)(?: các)?$")
_ON_FLAG = re.compile(r"lên (?:lá )?(?:quân kì|cờ)(?: truyền thống)?(?: của)?(?: tập thể)?")
_FOLK_ROW = re.compile(r"w(?:[,v]w)*U")
_AND_MEMBER = re.compile(r"wv[UPN]")
_TOWARDS = re.compile(r"(?<!\w)đối với$")
_COUNT_AND_COLON = re.compile(r"Nw?:")
_COUNT_ACTS = re.compile(r"Nw?[rpo]")
_BRACKET = re.compile(r"\((?:N|w|Y|E)\)(?=[:.-])")
_WITH_MEMBER = re.compile(r"v[TPN]")
_BY_DASH = re.compile(r"A\"?E?(?:w?O?[UBI])?-w?T*[UPN]")
_COLON_AND_VERBS = re.compile(r":w?[rfp]+w?(?=G)|:w?p(?=T*[UPN])")
_MEMBER, _JOINED_MEMBER = re.compile(r"[w\"Td]?[UPN]"), re.compile(r"w[v,]wU")
_FOLK = re.compile(r" ?(?:nhân dân|cán bộ|quân và dân|đảng bộ|chính quyền)(?!\w)")
_PERSON_ACTS = re.compile(r"Pw?[fs]")
