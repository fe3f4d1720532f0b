"""The bloc that meets: the first named in title or lead, in the fullest form that the article gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract import blocs
from pipeline.extract.document import Document, Sentence
from pipeline.extract.story import Story, whole
from pipeline.extract.units import read_unit
from pipeline.patterns import begun
from pipeline.records import Slot
from pipeline.textmap import fold

_NUMERAL = re.compile(r"\d+|[ivx]+")
_OWN_NUMERAL = re.compile(r"(?<!\w)(?:số|khối|cụm|đua) (\d+|[ivx]+)(?!\w)")
_SEVERAL = re.compile(r"(?<!\w)(?:một|hai|ba|bốn|những|nhiều) $|(?<!tháng )(?<!ngày )(?<!quí )(?<![\w/.-])\d{1,2} $")
_LONGEST = 6
_FULL_HEADS = ("khối thi đua", "cụm thi đua")
_WORD = re.compile(r"\w+")
_SIDES = frozenset({"đông", "tây", "nam", "bắc", "trung", "xuôi", "núi", "biển", "đồng", "nội", "ngoại"})  # "phía Bắc", "miền núi"
_COMMON = frozenset({"khối", "cụm", "thi", "đua", "số", "các", "và", "cơ", "quan", "tỉnh"})


@dataclass(slots=True)
class Mention:
    """A bloc where the text names it."""

    start: int
    end: int
    in_title: bool
    in_lead: bool

    def name(self, doc: Document) -> str:
        """The name in folded letters."""
        return doc.key[self.start : self.end]

    def head(self, doc: Document) -> str:
        """Whether it is a bloc or a cluster, whoever owns it."""
        return min(("khối", "cụm"), key=lambda word: self.name(doc).find(word) % len(doc.key))

    def words(self, doc: Document) -> set[str]:
        return set(_WORD.findall(doc.key, self.start, self.end)) - _COMMON

    def numerals(self, doc: Document) -> tuple[str, ...]:
        """The bloc's own numbers, without those of its owner ("Cụm thi đua số 2 Quân khu 9")."""
        own = _OWN_NUMERAL.findall(doc.key, self.start, self.end)
        return tuple(sorted({n.lstrip("0") for n in own or [w for w in self.words(doc) if _NUMERAL.fullmatch(w)]}))

    def rank(self, doc: Document) -> tuple[int, int, bool, bool, int]:
        """Fuller forms first: by words without and then with what brackets add, rather with one capital than in capitals, rather early."""
        name = self.name(doc)
        return (
            -_words(name.split("(")[0]),
            -_words(name),
            doc.view[self.start : self.end].isupper(),
            not doc.capital_at(self.start),
            self.start,
        )


def find_bloc(doc: Document, story: Story, kind: int | None = None) -> Slot | None:
    """The first named bloc of title or lead, in its fullest form; all of them where they meet as one.

    A text that begins midway may name it where its `kind` is told.
    """
    if story.opening and not story.bloc:
        return None
    mentions = _mentions(doc, whole(doc) if story.bloc else story)
    named = [m for m in mentions if blocs.named(doc, m.start, m.end) and not _of_one_among(doc, m)]
    if story.bloc:
        return _fullest(doc, Mention(*story.bloc, in_title=False, in_lead=True), named)
    first = next((m for m in named if m.in_title), None)
    first = first and _as_the_lead_says(doc, first, named) or next((m for m in named if m.in_lead), None)
    if first is None and kind is not None and not story.heads and (told := doc.sentence_at(kind)):
        first = next((m for m in named if told.start <= m.start < told.end and m.name(doc).startswith(_FULL_HEADS)), None)
    if first is None:
        generic = any((m.in_title or m.in_lead) and "thi đua" in doc.key[m.start : m.end] for m in mentions)
        if not generic or not named:
            return None
        first = named[0]
    return _of_two(doc, first, named) or _fullest(doc, first, named)


# "18 đơn vị nhận Cờ thi đua, trong đó có Sở A - Khối trưởng Khối thi đua số 1": which office one of those has
_AMONG = re.compile(r"(?<!\w)trong (?:đó|số đó) có [^.;:]{3,90}[ ,(-](?:khối |cụm )?(?:trưởng|phó) $")


def _of_one_among(doc: Document, mention: Mention) -> bool:
    return _AMONG.search(doc.key, max(0, mention.start - 130), mention.start) is not None


def _as_the_lead_says(doc: Document, first: Mention, named: list[Mention]) -> Mention:
    """The bloc of a title that speaks of it in other words ("Cụm Hội Luật gia") than the lead ("Cụm thi đua 5 khu vực ...")."""
    told = [m for m in named if m.in_lead and m.name(doc).startswith(_FULL_HEADS)]
    if told and told[0].numerals(doc) and not first.numerals(doc) and _is_made_of(doc, told[0], first):
        return told[0]
    if not told or "thi đua" in first.name(doc) or any(m is not first and same_bloc(doc, first, m) for m in named):
        return first
    return told[0]


_MADE_OF = re.compile(r",? ?\(?(?:bao )?gồm(?: có)? (?=các )")


def _is_made_of(doc: Document, numbered: Mention, described: Mention) -> bool:
    """ "Khối thi đua số 2 gồm các trung tâm y tế huyện" is what the title calls "Khối thi đua các trung tâm y tế"."""
    members = _MADE_OF.match(doc.key, numbered.end)
    bodies = described.name(doc).partition("thi đua ")[2]
    return members is not None and bodies.startswith("các ") and doc.key.startswith(bodies, members.end())


_AND = re.compile(r"(?: ?\([^()]*\))?(?:,| và |,và | cùng | cùng với | với )$")
_AS_ONE = re.compile(
    r"[^.;:]{0,40}?(?<!\w)(?:phối hợp|cùng|liên kết|phối kết hợp)(?!\w)[^.;:]{0,12} (?:tổ chức|họp|kí|tiến hành|tổng kết|sơ kết)"
)


_HOLD = re.compile(r" (?:đã |vừa )?(?:tổ chức|họp|kí|tiến hành|tổng kết|sơ kết)(?!\w)")


# "Cụm thi đua số 1, số 2 và số 3"; "liên Khối thi đua 7 và 8", "các Cụm thi đua số 1, 2": plain numbers only behind such words
_NUMBER = r"(?:\d{1,2}|[ivx]{1,4})(?!\w|/|[.,]\d)"
_MORE_NUMBERS = re.compile(rf"(?:(?:, ?| và |,? và )số {_NUMBER})+")
_PLAIN_NUMBERS = re.compile(rf"(?:(?:, ?| và |,? và )(?:số )?{_NUMBER}(?! (?:đơn vị|cơ quan|thành viên|huyện|xã|tỉnh|trường|sở)(?!\w)))+")
_OF_SEVERAL = re.compile(r"(?<!\w)(?:các|liên|hai|ba|2|3) $")


def _by_numbers(doc: Document, mention: Mention) -> tuple[int, int] | None:
    """The whole of "Cụm thi đua số 1, số 2 và số 3", of which a mention holds the first."""
    several = _OF_SEVERAL.search(doc.key, max(0, mention.start - 6), mention.start)
    more = (_PLAIN_NUMBERS if several else _MORE_NUMBERS).match(doc.key, mention.end)
    return (mention.start, more.end()) if more and _NUMERAL.fullmatch(mention.name(doc).split()[-1]) else None


def _of_two(doc: Document, first: Mention, named: list[Mention]) -> Slot | None:
    """ "Khối thi đua số 3 và Khối thi đua số 4 phối hợp tổ chức hội nghị": one meeting of both, so both are named."""
    for mention in named:
        met = (mention.in_title or mention.in_lead) and same_bloc(doc, first, mention)
        if met and (span := _by_numbers(doc, mention)):
            return doc.slot("meetings.bloc.of_two", span)
    for one, two in pairwise(named):
        joint = (one.in_title or one.in_lead) and _AND.fullmatch(doc.key, one.end, two.start)
        if not joint or not same_bloc(doc, first, one) or same_bloc(doc, one, two):
            continue
        if _AS_ONE.match(doc.key, two.end) or _HOLD.match(doc.key, two.end):
            return doc.slot("meetings.bloc.of_two", (one.start, two.end))
    return None


def _fullest(doc: Document, first: Mention, named: list[Mention]) -> Slot:
    # "Cụm thi đua khối xã, phường" is no "khối thi đua khen thưởng xã, phường"
    same = [m for m in named if m is first or (same_bloc(doc, first, m) and m.head(doc) == first.head(doc))]
    fullest = min(same, key=lambda m: m.rank(doc)) if len(same) > 1 else same[0]
    return doc.slot("meetings.bloc.fullest", (fullest.start, fullest.end))


def _words(name: str) -> int:
    return len(name.replace("-", " - ").replace(",", ", ").split())


def _mentions(doc: Document, story: Story) -> list[Mention]:
    """Every bloc of the story, also where a role or a cue has taken its head: "Cụm trưởng Cụm thi đua số 4"."""
    near = {s.start for s in story.lead[:3]}
    found: list[Mention] = []
    for sentence in story.sentences:
        reach = sentence.start
        for hit in doc.within("bloc_heads", sentence.start, sentence.end):
            stop = blocs.read_bloc(doc, hit.start, sentence.end) if hit.start >= reach else None
            if stop and not _SEVERAL.search(doc.key, max(sentence.start, hit.start - _LONGEST), hit.start):  # "hai cụm thi đua các xã"
                if _SOME_OF.match(doc.key, hit.start - 4) or _FIRST_OF.search(doc.key, max(sentence.start, hit.start - 32), hit.start):
                    continue
                begin, stop = blocs.bloc_span(doc, hit.start, stop)
                begin = _owner_before(doc, sentence, begin, stop)
                found.append(Mention(begin, stop, sentence.region in ("title", "kicker"), sentence.start in near))
                reach = stop
    return found if any(blocs.named(doc, m.start, m.end) for m in found) else found + _written_small(doc, story)


_BY_NUMBER = re.compile(r"(?:khối|cụm)(?: thi đua)?(?: số)? (?:\d{1,2}|[ivx]{1,5})")
_OWNS = re.compile(r" ?- ?| ")


def _owner_before(doc: Document, sentence: Sentence, start: int, end: int) -> int:
    """Where the name begins when its owner heads the clause: "Công đoàn ngành Y tế - cụm thi đua số 2", "Hội Luật gia cụm số 3"."""
    if not _BY_NUMBER.fullmatch(doc.key, start, end):
        return start
    clause = max((doc.key.rfind(mark, sentence.start, start) + 1 for mark in ",:"), default=0) or sentence.start
    clause += len(doc.key[clause:start]) - len(doc.key[clause:start].lstrip())
    owner = read_unit(doc, clause, start) if start - clause > _SHORTEST_OWNER else None
    return clause if owner and owner.start == clause and _OWNS.fullmatch(doc.key, owner.end, start) else start


_SHORTEST_OWNER = 6
# "cụm các phường số 02", "cụm số 4", "khối các tổ chức tín dụng": a bloc by its number or members, where nothing else names one
_SMALL = re.compile(
    r"(?<!\w)(?<!đảng ủy )(?<!đảng bộ )(?<!đoàn )(?:cụm|khối) "
    r"(?:các (?=[^\W\d]+ [^\W\d]+ )(?!đơn vị |cơ quan |thành viên )"
    r"|(?:đồn )?biên phòng (?=tuyến \w)"
    r"|(?:(?:các )?(?:xã|phường|huyện|trường|đơn vị|cơ quan) )?số \d{1,2}(?!\w|/|[.,]\d)|\d{1,2}(?=\)| năm 20\d\d))"
)
_FIRST_OF = re.compile(r"(?:(?:đơn vị|tập thể|cơ quan) |[-(] ?)(?:dẫn đầu|đứng đầu|xếp thứ nhất)(?: trong)? $")  # how a recipient stands
_SOME_OF = re.compile(r"các (?:(?:khối|cụm)(?:, ?| và |/))?(?:khối|cụm) thi đua (?:của|(?:trực )?thuộc) ")  # no bloc by name
_OFFICES = re.compile(begun(r"(?:cụm|khối) (?:trưởng|phó)|(?:trưởng|phó) (?:cụm|khối)", behind=""))


_OF_EMULATION = re.compile(r"giao ước thi đua|(?:tổng kết|sơ kết)[^.;]{0,30} thi đua")


def _written_small(doc: Document, story: Story) -> list[Mention]:
    if not _OF_EMULATION.search(doc.key) and not _OFFICES.search(doc.key):
        return []
    lead = story.lead[:3]
    found: list[Mention] = []
    for s in [*story.heads, *lead]:
        for m in _SMALL.finditer(doc.key, s.start, s.end):
            if len(_IN_BRACKETS.findall(doc.key, s.start, s.end)) > 1:
                continue  # "Phòng A (khối 1), Phòng B (khối 2)": several blocs
            begin, stop = blocs.bloc_span(doc, m.start(), blocs.name_end(doc, m.end(), s.end))
            begin = _owner_before(doc, s, begin, stop)
            found.append(Mention(begin, stop, s.region in ("title", "kicker"), s in lead))
        for m in _OF_BODIES.finditer(doc.view, s.start, s.end):
            # "Khối Công an các huyện", "công tác thi đua khối Tài chính"
            if blocs.of_bodies(doc, m.end(), s.end) or doc.key.endswith(" thi đua ", s.start, m.start()):
                found.append(Mention(*blocs.bloc_span(doc, m.start(), blocs.name_end(doc, m.end(), s.end)), False, s in lead))
    return found


_IN_BRACKETS = re.compile(r"\((?:khối|cụm) \d{1,2}\)")
_OF_BODIES = re.compile(r"(?<!\w)(?:khối|cụm) (?=[A-ZĐ])")


def same_bloc(doc: Document, a: Mention, b: Mention) -> bool:
    """Whether two mentions are forms of one name: no other numeral, the same head and number, most words shared, or initials."""
    x, y = a.words(doc), b.words(doc)
    if not x or not y:
        return x == y
    numerals = [m.numerals(doc) for m in (a, b)]
    if len(set(numerals) - {()}) > 1 or (x & _SIDES - y and y & _SIDES - x):
        return False
    if numerals[0] and numerals[0] == numerals[1] and doc.key[a.start : a.start + 4] == doc.key[b.start : b.start + 4]:
        return True
    if _abbreviates(doc, a, y) or _abbreviates(doc, b, x):
        return True
    x, y = _written_out(doc, a, b), _written_out(doc, b, a)
    return len(x & y) / min(len(x), len(y)) >= 0.6


_LETTERS = re.compile(r"[A-ZĐ]{2,6}")


def _written_out(doc: Document, mention: Mention, other: Mention) -> set[str]:
    """The words of a mention, those told by their letters as the other writes them: "các trường ĐH, CĐ", "các trường Đại học, Cao đẳng"."""
    spelled = _WORD.findall(doc.key, other.start, other.end)
    initials = "".join(word[0] for word in spelled)
    words: set[str] = set()
    for word in _WORD.findall(doc.view, mention.start, mention.end):
        at = initials.find(fold(word)) if _LETTERS.fullmatch(word) else -1
        words |= {fold(word)} if at < 0 else set(spelled[at : at + len(word)])
    return words - _COMMON


def _abbreviates(doc: Document, mention: Mention, words: set[str]) -> bool:
    """ "Khối VHXH" and "Khối thi đua các cơ quan Văn hóa - Xã hội": capitals that are the first letters of the other's words."""
    short = [w for w in re.findall(r"\w+", doc.view[mention.start : mention.end]) if len(w) > 2 and w.isupper()]
    return bool(short) and sorted(fold(short[-1])) == sorted(w[0] for w in words)
