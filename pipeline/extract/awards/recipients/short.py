"""Persons by a word that stands for their name: a given name ("anh Lực", "Cường"), or "em", "ông", "bà" alone."""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound, Recipient, Token
from pipeline.extract.awards.recipients.named import short_person
from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.chunks import chunk
from pipeline.extract.symbols import Chunks
from pipeline.extract.units import Unit, read_unit

_CALLING = r"(?:(?:ông|bà|anh|chị|em|cháu|cô|chú|thầy|bác|nam sinh|nữ sinh|chàng trai|cô gái|nghệ sĩ|ca sĩ|liệt sĩ) )"
# "Cường được", "anh Tùng cũng đã vinh dự được": a given name and nothing but words of grammar up to the verb
_SUBJECT = re.compile(
    rf"(?:^|.*[,;:] ?|(?:khi|nay|qua|đó|này|việc|rằng|bố|mẹ) )(?P<calling>{_CALLING}?)(?P<given>[^\W\d_]+)"
    r"(?: (?:đã|vừa|cũng|còn|mới|từng|lại|được|vinh dự|chính thức|và gia đình|rất|liên tiếp|liên tục|có|nhiều năm(?: liền)?"
    r"|(?:\d{1,2}|hai|ba|bốn|năm) (?:năm|lần)(?: liền| liên tục| liên tiếp)?))*"
)
# "nam thanh niên", "chàng trai dũng cảm": what the person told of is
_NOUN = (
    r"(?:chàng trai|cô gái|cậu bé|cô bé|người đàn ông|người phụ nữ"
    r"|(?:nam|nữ) (?:sinh viên|sinh|thanh niên|công nhân|tài xế|bác sĩ|giáo viên|nghệ sĩ|diễn viên|ca sĩ|đạo diễn))"
    r"(?: (?:dũng cảm|tốt bụng|này|trên|nói trên|nghèo|trẻ))?"
)
_PRONOUN = re.compile(
    rf"(?:{_NOUN}|ông|bà|anh|chị|em|cháu|cô|chú|thầy|bác)(?= ?(?:[,.;:(\"-]|$|(?:vì|do|để|nhân|tại|trong|về|theo|sau|khi|và|với)(?!\w)))"
)
_AS_SUBJECT = re.compile(
    rf"(?:^|.*[,;:] ?)(?P<who>{_NOUN}|ông|bà|anh|chị|em|cháu|cô|thầy|bác)"
    r"(?: (?:đã|vừa|cũng|còn|mới|từng|lại|được|vinh dự|chính thức|này|ấy|sau đó))*"
)
_FEMALE = frozenset({"bà", "chị", "cô"})
_YOUNG = frozenset({"em", "cháu"})


def short_subject(doc: Document, chunks: Chunks, tokens: list[Token], start: int, stop: int, earlier: list[AwardFound]) -> list[Recipient]:
    """ "Cường được Thủ tướng tặng ...", "Ông còn được tặng ...": the person named in full elsewhere."""
    if start >= len(tokens) or stop < start or any(t.symbol in "UPNOI" for t in tokens[start:stop]):
        return []
    begin = tokens[start].chunk.start
    end = tokens[stop].chunk.start if stop < len(tokens) else chunks.sentence.end
    words = doc.key[begin:end].strip()
    if not words or len(words) > 90:
        return []
    named = _SUBJECT.fullmatch(words)
    at = doc.key.find(words, begin) + named.start("given") if named else begin
    if named and doc.capital_at(at) and (named["calling"] or at > begin or chunks.sentence.start <= begin):
        person = short_person(doc, at - 1 if doc.view[at - 1] == " " else at, end, at, tokens[start].first)
        if person:
            return [person]
    if named and (unit := named_in_full(doc, doc.view[at : at + len(named["given"])])):
        return [Recipient(tokens[start].first, unit=unit, kind="unit", inferred_from=f'"{named["given"]}" as named in full')]
    pronoun = _AS_SUBJECT.fullmatch(words)
    return told_of(doc, chunks.sentence, begin, pronoun["who"], tokens[start].first, earlier) if pronoun else []


TIERS = (" huyện", " thị xã", " xã", " phường", " thị trấn")
_OF_TIER = re.compile(r"(?<!\w)(?P<tier>huyện|(?<!thị )xã|thị xã|phường|thị trấn) (?P<name>\w+(?: \w+)?)")


def of_which_place(doc: Document, unit: Unit) -> Unit | None:
    """ "Công an huyện" is "Công an huyện A" in an article that names it so and knows of no other district."""
    if len(unit.parts) > 1:
        return None
    short = doc.key[unit.start : unit.end]
    tier = next(t for t in TIERS if short.endswith(t)).strip()
    places = {m["name"] for m in _OF_TIER.finditer(doc.key) if m["tier"] == tier and doc.capital_at(m.start("name"))}
    if len({name.partition(" ")[0] for name in places}) != 1:
        return None
    at = doc.key.find(f"{short} ")
    while at >= 0:
        if doc.capital_at(at + len(short) + 1) and (full := read_unit(doc, at, len(doc.key))) and full.end > at + len(short):
            return full
        at = doc.key.find(f"{short} ", at + 1)
    return None


def named_in_full(doc: Document, short: str) -> Unit | None:
    """The unit behind whose name the article introduces an abbreviation in brackets: "Ngân hàng A (ABank)"."""
    if " " in short or sum(c.isupper() for c in short) < 2 or not 2 <= len(short) <= 14:
        return None
    at = doc.view.find(f"({short})")
    sentence = next((s for s in doc.sentences if s.start <= at < s.end), None) if at > 0 else None
    return next((c.unit for c in chunk(doc, sentence).items if c.symbol == "U" and c.end in (at, at - 1)), None) if sentence else None


def short_behind(doc: Document, sentence: Sentence, at: int, index: int, earlier: list[AwardFound]) -> list[Recipient]:
    """ "cho em.", "cho ông vì ...": the person whom the article speaks of; `at` is where the word stands."""
    while doc.key[at : at + 1] == " ":
        at += 1
    pronoun = _PRONOUN.match(doc.key, at)
    return told_of(doc, sentence, at, pronoun[0], index, earlier) if pronoun else []


def told_of(doc: Document, sentence: Sentence, before: int, word: str, index: int, earlier: list[AwardFound]) -> list[Recipient]:
    """The one person named before in the sentence, else in those right before it, else the one who got the awards told before."""
    source = f'"{word}" as named before'
    here = _people(doc, sentence, word, before)
    if len(here) == 1:
        return [Recipient(index, person=here[0], kind="person", inferred_from=source)]
    if here:
        return []
    at = doc.sentences.index(sentence)
    for above in reversed(doc.sentences[max(0, at - 2) : at]):
        people = _people(doc, above, word, above.end)
        if people:
            return [Recipient(index, person=people[0], kind="person", inferred_from=source)] if len(people) == 1 else []
    got = {doc.key[r.person.start : r.person.end]: r.person for a in earlier for r in a.recipients if r.person is not None}
    return [Recipient(index, person=next(iter(got.values())), kind="person", inferred_from=source)] if len(got) == 1 else []


def _people(doc: Document, sentence: Sentence, word: str, before: int) -> list:
    """The persons of a sentence who may be meant: officials by their posts and persons called otherwise are not."""
    found: dict[str, object] = {}
    items = chunk(doc, sentence).items
    for k, item in enumerate(items):
        if item.symbol != "P" or item.end > before:
            continue
        told = k + 1 < len(items) and items[k + 1].symbol == "o"  # "nghệ sĩ A là Giám đốc Nhà hát": the sentence is about him
        told = told or k <= 1 and _ONE_OF_THEM.search(doc.key, item.end, sentence.end) is not None
        beside = items[max(0, k - 2) : k] + ([] if told else items[k + 1 : k + 3])
        if any(c.symbol == "O" for c in beside):
            continue
        title = items[k - 1] if k and items[k - 1].symbol == "T" else None
        called = doc.key[title.start : title.end] if title else ""
        if called and _other_sort(called, word):
            continue
        found.setdefault(doc.key[item.start : item.end], item)
    return list(found.values())


# "Bác sĩ A - Trưởng khoa Nhi, Bệnh viện B - là một trong những tấm gương"
_ONE_OF_THEM = re.compile(r"(?<!\w)là (?:một trong (?:số )?(?:những|các|\d+)|một|tấm gương|gương|điển hình)(?!\w)")


def _other_sort(called: str, word: str) -> bool:
    """Whether somebody called "bà" cannot be "ông", nor an elder "em"."""
    if called not in _FEMALE | _YOUNG | {"ông", "anh", "thầy", "bác", "chú"}:
        return False
    if " " in word:  # "nam thanh niên", "cô gái": of either age
        return called not in _YOUNG and (called in _FEMALE) != (re.search(r"nữ|cô ", word) is not None)
    if word in _YOUNG:
        return called not in _YOUNG | {"anh", "chị"}
    return called in _YOUNG or (called in _FEMALE) != (word in _FEMALE)
