"""Names of persons and places: runs of capitalised syllables, cut where something else begins."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.countries import countries
from pipeline.extract.document import Document
from pipeline.gazetteer import Gazetteer

UPPER = "".join(c for c in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if c.isupper())
# A syllable that begins with a capital: "Minh", "H'Nhem", "K'Ré", "K' Brêm", "A".
_CAPITAL = re.compile(rf"(?:[HK]' (?=[{UPPER}]))?[{UPPER}]\w*(?:['][^\W\d_]\w*)*")
# "Trường Đại học An Hòa TP.HCM": the town begins a part of its own.
_TOWN = re.compile(r"T[PX](?:\.|(?= [A-ZĐ]))")
MOST_SYLLABLES = 5
# Words of grammar: no second syllable of a name.
FUNCTION_WORDS = frozenset(
    "và của cho với tại do là có được đã sẽ các từ về trong ngoài vào cùng để khi thì mà bị đến tới ở theo bởi bằng như còn cũng"
    " đang vừa luôn phải nên rồi nhưng hay hoặc này đó khác qua trên dưới sau trước giữa chủ dẫn đứng xếp ký kí thuộc gồm".split()
)


def capital_run(doc: Document, start: int, end: int, most: int = 8) -> list[tuple[int, int]]:
    """Capitalised syllables that follow each other with single blanks, from `start` on."""
    run: list[tuple[int, int]] = []
    at = start
    while len(run) < most:
        match = _CAPITAL.match(doc.view, at, end) if doc.capital_at(at) else None
        if not match or (run and (_begins_else(doc, at) or _TOWN.match(doc.view, at))):
            break
        run.append(match.span())
        at = match.end()
        if doc.view[at : at + 1] != " ":
            break
        at += 1
    return run


_NAME_ENDS = re.compile(rf" ?[-,;.()–]| (?![{UPPER}])|$")


def _begins_else(doc: Document, at: int) -> bool:
    """Whether a post, title, unit or bloc begins here, so that no name runs on."""
    names = doc.names_at.get(at)
    if names is None:
        return False
    unit, head, title = names.get("units"), names.get("unit_heads"), names.get("titles")
    if doc.view.startswith("Văn Phòng", at) and _NAME_ENDS.match(doc.view, at + len("Văn Phòng")):
        return False  # "ông Vũ Văn Phòng - Chi cục trưởng"
    # "Anh", "Bà", "Chị" inside a name are syllables of it
    if title and title.entry.fields["kind"] in ("honorific", "familiar") and " " not in doc.key[at : title.end]:
        title = None
    return bool(
        "positions" in names or title or "bloc_roles" in names or (unit and " " in doc.key[at : unit.end])
        or (head and head.entry.fields["tail"] != "place" and " " in doc.key[at : head.end])
    )  # fmt: skip


# "H'Nhem Niê", "K'Brêm": the first syllable says that a name begins.
_MINORITY = re.compile(r"[HKR]'[^\W\d_]")
_ASIDE = re.compile(r" ?(?:,|-|\()")


def _post_follows(doc: Document, at: int) -> bool:
    """Whether a post stands right behind, set off by a mark: "Kim Sua - Giám đốc Sở Y tế"."""
    aside = _ASIDE.match(doc.view, at)
    return aside is not None and doc.hit("positions", aside.end()) is not None


def find_person(doc: Document, start: int, end: int, titled: bool, listed: bool, strict: bool = False) -> int | None:
    """The end of a person's name that begins at `start`.

    After a title ("đồng chí") any run of two to five capitalised syllables is a name; elsewhere it must begin with a family
    name and stand beside a post or in a list of persons, or have three syllables. `strict`: what stands before is a unit, so that
    places of a list may follow as well as persons; two syllables need a post behind them.
    """
    run = capital_run(doc, start, end, MOST_SYLLABLES)
    if titled and 0 < len(run) < 3 and (stop := _end_by_another(doc, start, run[-1][1], end)):
        return stop
    if len(run) < 2:
        # "K'Brêm", "H'Nhem": one syllable of a minority's name
        named = run and "'" in doc.view[run[0][0] : run[0][1]]
        return run[0][1] if named and (titled or (listed and _post_follows(doc, run[0][1]))) else None
    text = [doc.view[a:b] for a, b in run]
    if all(len(t) > 1 and t.isupper() for t in text) and not titled and not listed:
        return None
    if _is_country(doc, start, run) or (not titled and doc.key.startswith("đoàn ", start) and _sends(doc, start + 5, run)):
        return None
    posted = listed and doc.hit("units", start) is None and _post_follows(doc, run[-1][1])
    family = doc.hit("family_names", start) or _MINORITY.match(doc.view, start) or posted
    if not titled and not family:
        return None
    if not titled and doc.key.startswith("từ ", start) and doc.key.startswith((" đến ", " tới "), run[-1][1]):
        return None  # "Từ Mường Tè đến Phong Thổ"
    if not titled and not (listed and (posted or not strict)) and (len(run) < 3 or _is_place(doc, start, run)):
        return None
    if _is_place(doc, start, run) and not titled:
        return None
    return run[-1][1]


_SMALL_SYLLABLE = re.compile(r" (?P<small>[^\W\d_]{2,6})(?: [^\W\d_]+)?(?= ?(?:[,;.()-]|$))")


def _end_by_another(doc: Document, start: int, stop: int, end: int) -> int | None:
    """ "đồng chí Lò Văn tám", "Lò văn Tám", which the article writes with capitals elsewhere: where the name ends."""
    further = _SMALL_SYLLABLE.match(doc.view, stop, end)
    if further is None or not further["small"].islower() or further["small"] in FUNCTION_WORDS:
        return None
    name = doc.key[start : further.end()]
    at = doc.key.find(name)
    while at >= 0:
        run = capital_run(doc, at, at + len(name), MOST_SYLLABLES)
        if len(run) > 2 and run[-1][1] == at + len(name):
            return further.end()
        at = doc.key.find(name, at + 1)
    return None


def _sends(doc: Document, at: int, run: list[tuple[int, int]]) -> bool:
    """Whether a delegation or a youth union is told by whose it is: "Đoàn Bến Tre", "Đoàn Viện Nghiên cứu X"; no "Đoàn Trường Giang"."""
    body = doc.hit("unit_heads", at)
    return _is_place(doc, at, run) or (body is not None and not body.entry.is_a("school") and body.entry.code != "HOI")


def _is_country(doc: Document, start: int, run: list[tuple[int, int]]) -> bool:
    """Whether the words are "Việt Nam" or another country; "Hà Lan Anh" is a woman's name."""
    if doc.hit("regions", start):
        return True
    country = _country(doc.gazetteer).match(doc.key, start)
    return country is not None and country.end() >= run[-1][1]


@lru_cache(maxsize=4)
def _country(gazetteer: Gazetteer) -> re.Pattern[str]:
    return re.compile(countries(gazetteer, given_names=False))


def _is_place(doc: Document, start: int, run: list[tuple[int, int]]) -> bool:
    province = doc.hit("provinces", start)
    return bool(province and province.end >= run[-1][1])


def split_person(doc: Document, run: list[tuple[int, int]], least: int) -> int:
    """How many syllables of a run belong to a place or unit when a person's name follows it without a comma.

    "huyện Yên Lạc Đỗ Văn Bách": a family name after at least `least` syllables, with one to four syllables behind it.
    """
    for index in range(least, len(run) - 1):
        if 2 <= len(run) - index <= MOST_SYLLABLES and doc.hit("family_names", run[index][0]):
            return index
    return len(run)


_PLACE_NUMBER = re.compile(r"\d{1,2}(?!\d|[/.]\d)")
_NUMBERED = re.compile(r" \d{1,2}(?=[,;)]|\.?$| và (?:xã|phường|thị trấn|thôn|ấp|bản|khóm|khu)(?!\w))")


def place_end(doc: Document, start: int, end: int, after_post: bool = False) -> int | None:
    """The end of a place's name that begins at `start`: a province, or up to four capitalised syllables, or a number."""
    province = doc.hit("provinces", start)
    if province and province.end <= end:
        return province.end
    number = _PLACE_NUMBER.match(doc.key, start, end)
    if number:
        return number.end()
    run = capital_run(doc, start, end, 7)
    town = after_post and len(run) == 5 and doc.hit("family_names", run[2][0]) is not None  # "phường Yên Hà Lương Thị Mây"
    if not run or (after_post and not town and 3 <= len(run) <= MOST_SYLLABLES and doc.hit("family_names", start) and not province):
        return None
    keep = split_person(doc, run, 1 if after_post and len(run) >= 4 and not town else 2 if after_post else 3)
    if keep == 1 and len(run) > 3 and doc.hit("family_names", run[2][0]) and doc.key.count(doc.key[start : run[1][1]]) > 1:
        keep = 2  # "phường Hải Châu Lê Tự Thạnh", where "phường Hải Châu" is named elsewhere, too
    keep = min(keep, 4)
    stop = run[keep - 1][1]
    numbered = _NUMBERED.match(doc.key, stop, end) if keep == len(run) else None  # "ấp Bàu Sen 2"
    return numbered.end() if numbered else stop


# "Hội Kiều bào; Quỹ Phát triển đất và Hội Từ thiện tỉnh": small words up to the mark that ends an item of a list.
_LISTED_BEFORE = re.compile(r"(?:[,;:(] ?| và | & |[-+] ?)$")
_SMALL_WORDS = re.compile(
    r"(?: [^\W\d_]{1,7}){1,7}?(?: \d{1,4})?(?=[,;.)]|$| và [A-ZĐ]| (?:tỉnh|thành phố|huyện|xã|phường)(?:[,;.)]|$| và [A-ZĐ]))"
)
_VERBS = ("cues", "meeting_kinds", "titles", "positions", "unit_heads", "bloc_heads", "bloc_roles", "awards")


def listed_end(doc: Document, start: int, begin: int, stop: int, end: int) -> int:
    """Where the name of a list's item ends that goes on in small words, read as far as `stop`; its own words begin at `begin`.

    All that stands between two marks is the name, when it holds no verb and no word of grammar and only its first word a capital.
    """
    if doc.view[stop : stop + 1] != " " or not _LISTED_BEFORE.search(doc.view, max(0, start - 4), start):
        return stop
    own = doc.view[begin:stop].split()
    if len(own) > 8 or not own or not own[0][0].isupper() or any(not w.islower() for w in own[1:]):
        return stop
    words = _SMALL_WORDS.match(doc.view, stop, end)
    if words is None or not words[0].islower() or words[0].endswith(" và"):
        return stop
    at = stop
    for word in words[0].split(" ")[1:]:
        at += 1
        if (word in FUNCTION_WORDS and word != "và") or doc.begins(_VERBS, at):
            return stop
        at += len(word)
    return words.end()
