"""Recipients named in lines below a count: "tặng Bằng khen cho 04 tập thể, 05 cá nhân", then "Tập thể gồm:" and a list.

The names take the place of the count only when they are as many as it says.
"""

from __future__ import annotations

import re

from pipeline.extract.awards.lines.items import FARTHEST, ITEM, UNDER_HEAD, item_names, item_unit, same_line, units_of, whole_row
from pipeline.extract.awards.model import AwardFound, Recipient
from pipeline.extract.awards.recipients.named import mixed_pieces, pieces
from pipeline.extract.document import Document, Sentence
from pipeline.extract.reading.chunks import chunk
from pipeline.extract.reading.readers import NUMBER_WORDS

RULE = "awards.recipient.listed"
_NUMBER = "|".join((r"\d+", *NUMBER_WORDS))
_HEAD = re.compile(
    rf" ?(?:(?:\d{{1,2}}|[ivx]{{1,4}}|[a-zđ])[.)]|[-+*•])? ?(?:danh sách|cụ thể|gồm|trong đó|họ|đó|những người được khen(?: thưởng)?)?[, ]*"
    rf"(?:gồm )?(?:các )?(?:(?P<number>{_NUMBER}) )?"
    r"(?:(?P<unit>tập thể|đơn vị)|(?P<person>cá nhân)|(?P<any>danh sách|có tên|cụ thể|gồm|là(?= (?:ông|bà|anh|chị|em) )))"
    r"(?:[^:;.]{0,60}:|(?: [^:;.,]{0,30})? là |(?<=gồm) (?=(?:các )?(?:ông|bà|anh|chị|em|cháu|đồng chí) ))"
)
# "DANH SÁCH KÈM THEO", "I. Tập thể", "B. CÁ NHÂN (02)": a line of its own, without a colon
_HEAD_ALONE = re.compile(
    r" ?(?:(?:danh sách[^.;:]{0,60}? (?=[ia1][.)]))?(?:(?:\d{1,2}|[ivx]{1,4}|[a-zđ])[.)]|[-+*•])? ?(?:danh sách )?(?:các |về )?"
    r"(?:(?P<unit>tập thể)|(?P<person>cá nhân))(?: ?[:(]* ?\d+[^.;:]{0,20})?|(?P<any>danh sách)[^.;:]{0,90}) ?$"
)
OF_OTHERS = re.compile(r"tham (?:dự|gia)|thành viên|đăng kí|khách mời|đại biểu|dự họp|ủng hộ|đóng góp")
_GET = re.compile(r"(?<!\w)(?:được|nhận) (?:tặng|nhận|khen|vinh danh|bằng khen|giấy khen)(?!\w)")
_MOST_TOLD = 4
_ATTACHED = re.compile(r"(?<!\w)danh sách (?:cụ thể )?(?:kèm theo|đính kèm|dưới đây)(?!\w)")


def name_counted(doc: Document, found: list[AwardFound]) -> None:
    """Put the names of a list in the place of the counts of the award above it."""
    for award in found:
        if award.sentence is None or not any(r.number for r in award.recipients):
            award.recipients += _other_kind(doc, award) if award.sentence is not None and award.recipients else []
            continue
        names = _names_behind(doc, award) or _names_below(doc, award) or _items_below(doc, award)
        names = _row_below(doc, award) | names
        award.recipients = [name for r in award.recipients for name in _named(doc, r, names)]
        award.year = award.year or _year_of_list(doc, award)


_KIND_TOLD = re.compile(r"(?<!\w)(?:(?P<unit>tập thể)|(?P<person>cá nhân)): ?")


def _other_kind(doc: Document, award: AwardFound) -> list[Recipient]:
    """ "cho: Tập thể: Sở A, Sở B." and "Cá nhân: ông C; bà D" in the next sentence: those of the other kind."""
    told = _KIND_TOLD.search(doc.key, award.award.end, award.sentence.end)
    at = doc.sentences.index(award.sentence) + 1 if told else len(doc.sentences)
    below = doc.sentences[at] if at < len(doc.sentences) else None
    other = _KIND_TOLD.match(doc.key, below.start + (doc.key[below.start] == " "), below.end) if below else None
    if other is None or told.lastgroup == other.lastgroup or doc.within("awards", below.start, below.end):
        return []
    found = [r for r in whole_row(chunk(doc, below), other.end()) if r.kind == other.lastgroup]
    for r in found:
        r.rule = RULE
    return found


_FOR_YEAR = re.compile(
    r"(?:thành tích|phong trào|dẫn đầu|đứng đầu|nhiệm vụ)[^.;:]{0,70}?(?<!\w)(?:từ năm 20\d\d đến )?năm (?P<year>20\d\d)(?![\d/-])"
)


def _year_of_list(doc: Document, award: AwardFound) -> tuple[int, int, int] | None:
    """ "3 tập thể là: A; B; C, đều dẫn đầu phong trào thi đua năm 2021": the year that closes a list below the award."""
    last = next((r.unit.end for r in reversed(award.recipients) if r.unit is not None), 0)
    sentence = next((s for s in doc.sentences if s.start < last <= s.end), None)
    told = _FOR_YEAR.search(doc.key, last, sentence.end) if sentence and sentence is not award.sentence else None
    return (int(told["year"]), told.start("year"), told.end("year")) if told else None


def _named(doc: Document, counted: Recipient, names: dict[str, list[Recipient]]) -> list[Recipient]:
    listed = [r for r in names.get(counted.kind or "", []) if r.number is None] if counted.number else []
    return listed if len(listed) == counted.number else [counted]


_ROW_BEHIND = re.compile(
    r"[^.;:()\"]{0,240}?(?:, ?| )(?:gồm(?: có)?|bao gồm|cụ thể(?: là)?|đó là)(?: các)?"
    r"(?: (?:tập thể|cá nhân|đơn vị|ông|bà|đồng chí|anh|chị))*"
    r"(?:(?:,| và) (?:ông|bà|anh|chị))*(?::|(?<=m)|(?<=bà)) ?(?=\w)"
)


def _names_behind(doc: Document, award: AwardFound) -> dict[str, list[Recipient]]:
    """ "cho 03 cá nhân có thành tích xuất sắc trong ... năm 2015, gồm: A, B, C": the names at the end of the sentence."""
    counts = [r for r in award.recipients if r.number and r.span and r.kind in ("unit", "person")]
    end = award.sentence.end - (doc.key[award.sentence.end - 1] == ".")
    if len(counts) != len(award.recipients) or not award.sentence.start <= counts[-1].span[1] < end:
        return {}
    row = _ROW_BEHIND.match(doc.key, counts[-1].span[1], end)
    if row is None or doc.within("awards", counts[-1].span[1], end):
        return {}
    total = sum(r.number for r in counts)
    found = [r for r in whole_row(chunk(doc, award.sentence), row.end()) if r.number is None]
    if len(found) != total:
        found = mixed_pieces(doc, row.end(), end, total, counts[0].index, {r.kind for r in counts})
    if any(sum(r.kind == c.kind for r in found) != c.number for c in counts):
        return {}
    names: dict[str, list[Recipient]] = {}
    for r in found:
        r.rule = RULE
        names.setdefault(r.kind, []).append(r)
    return names


def _names_below(doc: Document, award: AwardFound) -> dict[str, list[Recipient]]:
    """What the lines below an award name, by kind, until running text begins."""
    names: dict[str, list[Recipient]] = {}
    kind = None
    above = doc.sentences.index(award.sentence)
    begun = False
    attached = _ATTACHED.search(doc.key, doc.sentences[above].start, doc.sentences[above].end) is not None
    more = 0  # sentences of the item at hand behind its first
    for sentence in doc.sentences[above + 1 : above + 1 + FARTHEST]:
        key = doc.key[sentence.start : sentence.end].strip()
        head = _HEAD.match(doc.key, sentence.start, sentence.end) or _HEAD_ALONE.match(doc.key, sentence.start, sentence.end)
        others = OF_OTHERS.search(key if head.re is _HEAD_ALONE else head[0]) if head else None
        if others and not _GET.search(head[0]) or head and _of_another(doc, award, head):
            break
        if head:
            begun, kind = True, next((k for k in ("unit", "person") if head[k]), None)
            if kind and head.re is _HEAD and (row := _counted_row(doc, award, sentence, head, kind)):
                names.setdefault(kind, []).extend(row)
            elif not key.endswith(":") and head.re is _HEAD:
                _add(doc, sentence, head.end(), kind, names, every=True)
        elif (begun or attached) and (item := ITEM.match(doc.key, sentence.start, sentence.end)):
            begun, more = True, 0
            _add(doc, sentence, item.end(), kind, names)
        elif names and more < _MOST_TOLD and same_line(doc, sentence):
            more += 1  # "1. Ông A, thôn B. Ông đã hiến đất."
        elif begun and (names or not _of_title(doc, sentence)):
            break
    return names


_SO_NAMED = re.compile(
    r" ?(?:đó là|gồm(?: có)?|bao gồm|cụ thể(?: là)?|trong đó(?: có)?"
    r"|các (?:tập thể|đơn vị|cá nhân)(?: (?:được|nhận)(?: (?:khen|khen thưởng|tặng|vinh danh|biểu dương|nhận))?)? (?:gồm|gồm có|là))[: ]"
    r"(?: ?(?:các|hai|tập thể|đơn vị|cá nhân|và|:))*"
)


def _row_below(doc: Document, award: AwardFound) -> dict[str, list[Recipient]]:
    """ "cho 2 tập thể và 1 cá nhân. Đó là Sở A, Sở B và ông C.", "Các tập thể được khen gồm ... Các cá nhân gồm ...": right below."""
    names: dict[str, list[Recipient]] = {}
    at = doc.sentences.index(award.sentence) + 1
    for sentence in doc.sentences[at : at + 2]:
        said = _SO_NAMED.match(doc.key, sentence.start, sentence.end)
        if said is None or OF_OTHERS.search(said[0]) or doc.within("awards", sentence.start, sentence.end):
            break
        chunks = chunk(doc, sentence)
        first = next((c.symbol for c in chunks.items if c.start >= said.end()), "")
        if first not in ("U", "P", "T"):
            break  # "Đó là nguồn động viên với Sở A"
        for r in whole_row(chunks, said.end()):
            r.rule = RULE
            names.setdefault(r.kind or "", []).append(r)
    return names


def _of_another(doc: Document, award: AwardFound, head: re.Match[str]) -> bool:
    """ "Danh sách 2 tập thể đề nghị tặng Bằng khen:" below a count of flags."""
    told = {hit.entry.fields["bare"] for hit in doc.within("awards", *head.span())}
    return bool(told) and award.award.entry.fields["bare"] not in told


def _of_title(doc: Document, sentence: Sentence) -> bool:
    """ "DANH SÁCH" / "TẶNG CỜ THI ĐUA" / "(Kèm theo Quyết định ...)": the further lines of a list's title."""
    return UNDER_HEAD.match(doc.key, sentence.start) is not None or doc.view[sentence.start : sentence.end].isupper()


def _counted_row(doc: Document, award: AwardFound, sentence: Sentence, head: re.Match[str], kind: str) -> list[Recipient]:
    """ "6 tập thể gồm: 1. Sở A; 2. Nhân dân xã B; ...": as many pieces as the head of the row says, or as were counted above."""
    told = head["number"] or ""
    end = sentence.end - (doc.key[sentence.end - 1] == ".")
    parted = doc.key.count(";", head.end(), end) + 1  # bodies are told apart by semicolons, since their names hold commas
    above = next((r.number for r in award.recipients if r.number and r.kind == kind and (kind == "person" or r.number == parted)), 0)
    number = int(told) if told.isdigit() else above
    found = pieces(doc, head.end(), end, number, kind, 0)
    for r in found:
        r.rule = RULE
    return found


def _items_below(doc: Document, award: AwardFound) -> dict[str, list[Recipient]]:
    """Who stands in the items right below a line that ends in the award's counts, when they are as many as all counts say."""
    counts = [r for r in award.recipients if r.number and r.span]
    ends = _LINE_END.match(doc.key, max(r.span[1] for r in counts), award.sentence.end) if len(counts) == len(award.recipients) else None
    if ends is None:
        return {}
    above = doc.sentences.index(award.sentence)
    found = item_names(doc, above, counted=not ends["far"])
    if len(found) == 1 and "." in ends[0] and not ITEM.match(doc.key, doc.sentences[above + 1].start):
        return {}  # "tặng Cờ cho một đơn vị." and whoever signs the news
    if any(r.number for r in found) or len(found) != sum(r.number for r in counts):
        return {}
    names: dict[str, list[Recipient]] = {}
    for r in found:
        r.rule = RULE
        names.setdefault(r.kind, []).append(r)
    return names


_LINE_END = re.compile(
    r"(?:,? (?:bao gồm|gồm có|gồm|là|như sau|sau đây|sau))?[ .:;)]*(?:$|(?=\n))"
    r"|(?P<far>[^.;:]{0,200}): ?$"
)


def _add(doc: Document, sentence: Sentence, start: int, kind: str | None, names: dict[str, list[Recipient]], every: bool = False) -> None:
    chunks = chunk(doc, sentence)
    people = [i for i, c in enumerate(chunks.items) if c.symbol == "P" and c.start >= start]
    if kind != "unit" and people:
        for i in people if every else people[:1]:
            names.setdefault("person", []).append(Recipient(i, person=chunks[i], kind="person", rule=RULE))
    elif kind != "person":
        units = units_of(chunks, start) if every else [item_unit(doc, sentence, chunks, start)]
        names.setdefault("unit", []).extend(Recipient(i, unit=unit, kind="unit", rule=RULE) for i, unit in enumerate(units))
