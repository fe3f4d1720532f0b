"""Documents cited by number: "Quyết định số 742/QĐ-UBND ngày 15/5/2016 của UBND tỉnh", "Chỉ thị 34-CT/TW".

Refused: "08/08 đơn vị", dates, phone numbers, "5/2019". Kind, date and issuer stay None unless the words give them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.cited_kinds import kind_of
from pipeline.extract.cited_numbers import is_bare, numbers, sharing
from pipeline.extract.dates import find_dates
from pipeline.extract.document import Document, Sentence
from pipeline.extract.units import read_unit
from pipeline.records import Citation, Slot
from pipeline.textmap import fold

_DATED = re.compile(r"(?:,| ?\()? ?(?:(?:được )?(?:kí|ban hành) )?(?:(?:cùng )?ngày ?(?=\d)|(?=\d{1,2}/\d{1,2}/(?:19|20)\d\d))")
_ISSUED = re.compile(r"\)?,? ?(?:của|do|được(?= [^,;.:()]{4,60} (?:kí|ban hành) ngày \d)) ")
# "Công văn số 57/STP-VP báo cáo kết quả của Sở Tư pháp"
_ISSUED_LATER = re.compile(
    r" (?:hướng dẫn|triển khai|tổ chức|phê duyệt|ban hành)(?: \w+){1,5}? của (?=sở|ubnd|ủy ban|ban |bộ |tỉnh ủy|chủ tịch)"
)
_ISSUER_STOP = re.compile(
    r"(?: (?:về|ban hành|qui định|v/v|hướng dẫn|kí|phê duyệt|cho|và|tặng|công nhận|thành lập|đã|trong|để|bằng|xét|nhằm|được|với|khi"
    r"|tại|là|có|thì|triển khai|phát động|kèm)(?!\w)|[,.;:()\"])"
)


_ABOUT = re.compile(r"(?<!\w)về(?!\w)")  # "Bộ Chính trị về phát triển kinh tế": what follows is the subject


def find_cited(doc: Document) -> list[Citation]:
    """Every document with a number, in text order, each number once with what any of its mentions tells."""
    found: dict[str, Citation] = {}
    behind = 0  # where the number before ends
    row: list[str] = []  # several documents told of together, so far
    for sentence in doc.sentences:
        if sentence.region == "title":
            continue
        for start, number in sorted(numbers(doc, sentence)):
            citation = _citation(doc, sentence.start, sentence.end, start, start + len(number), number)
            if citation.date is None and (words := _SAME_DAY.match(doc.key, start + len(number), sentence.end)):
                citation = _same_day(doc, sentence, citation, words, next(reversed(found.values()), None))
            beside = bool(found) and _BESIDE.fullmatch(doc.key, behind, start) is not None
            if beside:
                key, before = next(reversed(found.items()))
                citation = _signed_too(citation, before)
                told = max(sentence.start, start - len(before.number.value) - 60)
                if row or citation.kind is None or _SEVERAL.search(doc.key, told, start):
                    row = [*(row or [key]), fold(number)]
                    citation, found[key] = _one_act(citation, before)
                    _give_issuer(found, row, citation)
            elif found and citation.kind and _BESIDE_OTHER.fullmatch(doc.key, behind, start):
                citation = _signed_too(citation, next(reversed(found.values())))
            row = row if beside else []
            behind = start + len(number)
            for span, shared in sharing(doc, sentence, start, number):
                slot = doc.slot("cited.number", span, value=shared, inferred_from="the symbols behind the last number of the row")
                found.setdefault(fold(shared), Citation(slot, citation.kind, citation.date, citation.issuer))
            key = fold(number)
            found[key] = _merged(found[key], citation) if key in found else citation
    return [c for c in found.values() if not any(_told_in_full(c, other) for other in found.values())]


def _told_in_full(citation: Citation, other: Citation) -> bool:
    """ "Chỉ thị 05 của Bộ Chính trị" where the article also cites "Chỉ thị số 05-CT/TW"."""
    number, full = str(citation.number.value), str(other.number.value)
    kinds = [str(c.kind.value) for c in (citation, other) if c.kind]
    return is_bare(number) and full != number and full.startswith((number + "-", number + "/")) and len(set(kinds)) < 2


def _give_issuer(found: dict[str, Citation], row: list[str], last: Citation) -> None:
    """ "các Quyết định: số A ngày ..., số B ngày ..., số C của UBND tỉnh": whose the last is, the others are."""
    for key in row if last.issuer else ():
        if key in found and found[key].issuer is None:
            c = found[key]
            found[key] = Citation(c.number, c.kind, c.date, last.issuer)


# "ký Quyết định số 11/QĐ-UBND ngày 5/9/2025, Quyết định số 12/QĐ-UBND": nothing else between two numbers
_BESIDE = re.compile(r"(?:,? ?\(?ngày [\d/.-]+\)?)?(?:,| và|;)(?: ?và)? ?(?:các )?(?:quyết định )?(?:số )?")


# "ban hành Kế hoạch số 2/KH-KTĐ ngày 5/9/2025 và Quy chế số 3/QC-KTĐ": another kind between
_BESIDE_OTHER = re.compile(r"(?:,? ?\(?ngày [\d/.-]+\)?)?(?:,| và|;) ?[^\d,;.:()]{4,40}số:? ")


# "các Quyết định số 11/QĐ-UBND, 12/QĐ-UBND": what is told once of several
_SEVERAL = re.compile(
    r"(?<!\w)(?:các|hai|ba|những|\d) (?:quyết định|qđ|kế hoạch|công văn|văn bản|nghị quyết|thông báo|tờ trình|hướng dẫn)(?!\w)"
)


def _signed_too(citation: Citation, before: Citation) -> Citation:
    """The second of two decisions that one signed, with the one who stands before both."""
    if citation.issuer is not None or before.issuer is None or before.issuer.rule != "cited.issuer.before":
        return citation
    who = Slot(before.issuer.value, before.issuer.spans, before.issuer.rule, "who signed the decision before")
    return Citation(number=citation.number, kind=citation.kind, date=citation.date, issuer=who)


def _one_act(citation: Citation, before: Citation) -> tuple[Citation, Citation]:
    """Two of several documents named together: the kind before the first and the day and issuer around both are of each."""
    kind = citation.kind or before.kind
    day_in_front = before.date is not None and before.date.spans[0] < before.number.spans[0]
    date = citation.date or (before.date if day_in_front else None)
    alone = before.date is None and before.issuer is None  # "số A và số B cùng ngày 5/6 của Sở C"
    first = Citation(before.number, before.kind, citation.date if alone else before.date, before.issuer or citation.issuer)
    return Citation(number=citation.number, kind=kind, date=date, issuer=citation.issuer), first


def _merged(first: Citation, again: Citation) -> Citation:
    return Citation(number=first.number, kind=first.kind or again.kind, date=first.date or again.date, issuer=first.issuer or again.issuer)


def _same_day(doc: Document, sentence: Sentence, citation: Citation, words: re.Match[str], before: Citation | None) -> Citation:
    """ "Quyết định số 222/QĐ-UBND cùng ngày của Chủ tịch UBND tỉnh": the day of the document cited before."""
    number = doc.text.to_folded(citation.number.spans[0][0])
    issuer = citation.issuer or _issuer(doc, words.end(), len(doc.key)) or _acted_by(doc, sentence.start, number, words.end(), sentence.end)
    date = None
    if before and before.date:
        date = doc.slot("cited.date", words.span(), value=str(before.date.value), inferred_from="the day of the document before")
    return Citation(number=citation.number, kind=citation.kind, date=date, issuer=issuer)


_SAME_DAY = re.compile(r",? ?\(?cùng ngày\)?")


# "ký các Quyết định khen thưởng: Quyết định số 11 tặng ...; Quyết định số 12 tặng ...": one signed all of them
_SIGNED_LIST = re.compile(
    r"(?:kí|ban hành) (?P<list>(?:các|hai|ba|những|\d{1,2}) (?:quyết định|văn bản|kế hoạch|công văn)(?!\w)[^:;.]{0,90}: ?)(?=\w)"
)


def _citation(doc: Document, first: int, last: int, start: int, end: int, number: str) -> Citation:
    date, after = _date(doc, end, last)
    listed = _SIGNED_LIST.search(doc.key, first, start)
    act = listed.start("list") if listed else start
    date = date or _date_before(doc, first, start) or _day_of_signing(doc, first, act)
    date = date or _date_behind_issuer(doc, after, last)
    return Citation(
        number=doc.slot("cited.number", (start, end), value=number),
        kind=kind_of(doc, first, start),
        date=date,
        issuer=_issuer(doc, after, last)
        or _signed_by(doc, first, start)
        or (_signed_by(doc, first, act) if listed else None)
        or _acted_by(doc, first, start, after, last)
        or _told_by(doc, first, start)
        or _owned_by(doc, first, start),
    )


def _date(doc: Document, end: int, last: int) -> tuple[Slot | None, int]:
    marker = _DATED.match(doc.key, end, last)
    if not marker:
        return None, end
    dates = find_dates(doc, marker.end(), min(last, marker.end() + 30))
    if not dates or dates[0].start > marker.end() or dates[0].year is None:
        return None, end
    day = dates[0]
    return doc.slot("cited.date", (day.start, day.end), value=f"{day.year:04d}-{day.month:02d}-{day.day:02d}"), day.end


def _date_behind_issuer(doc: Document, after: int, last: int) -> Slot | None:
    """ "Kết luận số 44-KL/TW của Bộ Chính trị ngày 22/1/2019": the day behind who issued it."""
    issuer = _issuer(doc, after, last)
    return _date(doc, doc.text.to_folded(issuer.spans[0][1]), last)[0] if issuer else None


_NUMBERED = re.compile(r",? ?(?:và )?(?:mang|có) số $")


def _date_before(doc: Document, first: int, start: int) -> Slot | None:
    """ "ký ngày 12/8/2016, mang số 1655/QĐ-CTN": the day stands before the number."""
    link = _NUMBERED.search(doc.key, max(first, start - 16), start)
    days = find_dates(doc, max(first, link.start() - 30), link.start()) if link else []
    if not days or days[-1].end != link.start() or days[-1].year is None:
        return None
    day = days[-1]
    return doc.slot("cited.date", (day.start, day.end), value=f"{day.year:04d}-{day.month:02d}-{day.day:02d}")


_SIGNING = re.compile(r"[^;:.]{6,110}? (?:vừa |đã |mới )*(?:kí|ban hành|ra|có)(?: ban hành)?(?: [^\d,;.:()]{2,24})??(?: số:?)? $")


_OPENING_DAY = re.compile(r"(?:Ngày|(?<=, )ngày|(?<=,)ngày) (?=\d)")


def _day_of_signing(doc: Document, first: int, start: int) -> Slot | None:
    """ "Ngày 5/6, Bộ trưởng A đã ký Quyết định số ...": the clause opens with the day; its year may be left out."""
    opening = next(reversed(list(_OPENING_DAY.finditer(doc.view, max(first, start - 160), start))), None)
    days = find_dates(doc, opening.start(), min(opening.start() + 30, start)) if opening else []
    if not days or days[0].start > opening.end() or not _SIGNING.match(doc.key, days[0].end, start):
        return None
    day = days[0]
    year = f"{day.year:04d}" if day.year else "----"
    return doc.slot("cited.date", (day.start, day.end), value=f"{year}-{day.month:02d}-{day.day:02d}")


def _issuer(doc: Document, at: int, last: int) -> Slot | None:
    lead = _ISSUED.match(doc.key, at, last) or _ISSUED_LATER.match(doc.key, at, last)
    if not lead:
        return None
    start = lead.end()
    stop_match = _ISSUER_STOP.search(doc.key, start, last)
    stop = stop_match.start() if stop_match else last
    named = _office(doc, start, last)
    if named and (named[1] or named[0] > stop) and not _ABOUT.search(doc.key, start, named[0]):
        stop = named[0]
        further = read_unit(doc, stop + 1, last, after_post=True, small=False) if _PARTY_GROUP.match(doc.key, start, stop) else None
        stop = further.end if further and doc.key[stop] == " " else stop  # "Đảng đoàn Hội A"
    next_one = _NEXT_DOCUMENT.search(doc.view, start, stop)  # no part of a body's name
    stop = next_one.start() if next_one else stop
    if stop <= start or stop - start > 90 or not (doc.capital_at(start) or named or _SMALL_BODY.match(doc.view, start)):
        return None
    return doc.slot("cited.issuer", (start, stop))


_NEXT_DOCUMENT = re.compile(
    r"(?:,| và) ?(?:các )?(?:Kế hoạch|Quyết định|Hướng dẫn|Thông (?:báo|tư|tri)|Chỉ thị|Nghị (?:quyết|định)|Công văn|Kết luận|Tờ trình"
    r"|Chương trình|Đề án|Văn bản|Quy (?:chế|định))(?= (?:số )?\d|$)"
)
_PARTY_GROUP = re.compile(r"(?:đảng đoàn|ban cán sự đảng|đảng ủy|ban chấp hành|ban thường vụ)")
_SMALL_BODY = re.compile(r"(?:ban|bộ|hội|sở) (?=[A-ZĐ])")  # "của ban Bí thư Trung ương Đảng"


def _office(doc: Document, start: int, last: int) -> tuple[int, bool] | None:
    """The end of the office or body that begins here ("Chủ tịch UBND tỉnh"), and whether it ends in a body."""
    at, end = start, None
    for table in ("positions", "bloc_roles", "issuers", "bloc_heads"):
        hit = doc.hit(table, at)
        if hit:
            end = hit.end if table != "bloc_heads" else start
            at = hit.end + (doc.view[hit.end : hit.end + 1] == " ")
            break
    unit = read_unit(doc, at, last, after_post=end is not None, small=end is not None)
    if unit:
        return unit.end, True
    return (end, False) if end is not None else None


_SIGNED = re.compile(
    r"(?:, ?| )(?:(?:vừa|đã|mới|cũng|kịp thời|chủ động|tiếp tục|sớm|trực tiếp|khẩn trương) )*"
    r"(?:kí|ban hành|ra|có|xây dựng|phát hành|gửi|thông qua(?= nghị quyết)"
    r"|(?:trình|báo cáo|đề nghị|đề xuất|hướng dẫn|chỉ đạo|yêu cầu|thông báo)"
    r" (?:tại|bằng)(?! (?:hội nghị|buổi|cuộc|phiên|kì|đại hội|lễ)(?!\w)))"
    r"(?:(?:,| và)? ban hành)?(?: [^\d,;.:()]{2,24})??(?: số:?)? $"
)
_ACTED = re.compile(r"\)?,? ?(?=\w)")
_UNDER = re.compile(r"(?:theo|tại|bằng|trong|căn cứ)(?: các| một)? [^\d,;.:]{0,40}\(?$")
_ACTS = re.compile(
    r" (?:vừa |đã |sẽ )*(?:quyết định|tặng|truy tặng|khen|công nhận|đề nghị|giao|thành lập|phê duyệt|trao|ban hành|hướng dẫn|yêu cầu)(?!\w)"
)


def _signed_by(doc: Document, first: int, start: int) -> Slot | None:
    """ "Chủ tịch UBND tỉnh vừa ký Quyết định số ...": who stands before the act has issued it."""
    act = _SIGNED.search(doc.key, max(first, start - 60), start)
    if not act:
        return None
    if bloc := _BLOC.search(doc.key, max(first, act.start() - 90), act.start()):
        return doc.slot("cited.issuer.before", bloc.span("who"))
    return _office_before(doc, max(first, act.start() - 90), act.start())


# "Khối đã ban hành Kế hoạch số", "đầu năm, Cụm thi đua số 3 xây dựng Kế hoạch số": the bloc itself, in front of its clause
_BLOC = re.compile(
    r"(?:(?<=[,;:.] )|(?<=[,;:.])|^)(?P<who>(?:trưởng )?(?:khối|cụm)(?: (?:trưởng|thi đua(?: (?:số )?[^,;:.() ]+){0,7}))?|hội đồng)$"
)


_NAME = re.compile(r"(?: [A-ZĐÂĂÊÔƠƯ][^\W\d_]*){2,5}$")
_SHORT = re.compile(r" ?\([\w&, -]{2,16}\)$")


def _office_before(doc: Document, first: int, stop: int) -> Slot | None:
    """The office that ends at `stop`, a person's name or the office's short form left out."""
    ends = {stop} | {m.start() for p in (_NAME, _SHORT) if (m := p.search(doc.view, first, stop))}
    named = next((n for n in _offices(doc, first, stop) if n[1] in ends), None)
    board = _BOARD.search(doc.key, first, named[0]) if named else None
    return doc.slot("cited.issuer.before", (board.start() if board else named[0], named[1])) if named else None


_BOARD = re.compile(r"(?<!\w)(?:ban thường vụ|ban chấp hành|ban cán sự|thường trực|btv|bch) $")  # "Ban Thường vụ | Huyện ủy A"


# "theo chỉ đạo của UBND tỉnh tại Công văn số", "chủ trương của UBND tỉnh (Quyết định số"
_OF = re.compile(r"(?P<end>)(?: tại| theo| trong| ?\() ?[^\W\d][^\d,;.:()]{2,24}?(?: số:?)? ?$")
_WILL = re.compile(
    r"(?<!\w)(?:chỉ đạo|ý kiến|nhất trí|đồng ý|cho phép|chủ trương|qui định|hướng dẫn|yêu cầu|phân công|thống nhất|kế hoạch|thông báo"
    r"|đề nghị|công nhận|phê duyệt|chấp thuận|quyết định)(?!\w)[^.;:()]{0,60} của (?:lãnh đạo )?$"
)
_BY_DECISION = re.compile(r"(?:tại|theo|bằng|\() ?(?:các )?(?:quyết định|qđ)(?: khen thưởng)?(?: số:?)? ?$")
# Who gives an award is not said to have issued the paper: "Chủ tịch nước tặng (Quyết định số ...)".
_DECIDES = re.compile(r" (?:đã |vừa |sẽ )*(?:quyết định(?! (?:tặng|khen))|công nhận|phê duyệt|giao|thành lập|phân công|chia)(?!\w)")


def _told_by(doc: Document, first: int, start: int) -> Slot | None:
    """Who stands before the document as the one whose will it says, or who settled something by this decision."""
    begin = max(first, start - 200)
    link = _OF.search(doc.key, begin, start)
    if link:
        issuer = _office_before(doc, max(begin, link.start() - 90), link.start())
        if issuer and _WILL.search(doc.key, begin, doc.text.to_folded(issuer.spans[0][0])):
            return issuer
    if not _BY_DECISION.search(doc.key, begin, start):
        return None
    acting = [named for named in _offices(doc, begin, start) if _DECIDES.match(doc.key, named[1], start)]
    acting = [named for named in acting if not doc.key.endswith(("của ", "phó "), begin, named[0])]
    return doc.slot("cited.issuer.before", min(n for n in acting if n[1] == acting[-1][1])) if acting else None


_WHOSE = re.compile(
    r"(?:quyết định|công văn|kế hoạch|hướng dẫn|chỉ thị|nghị quyết|thông báo|tờ trình|văn bản) của (?P<who>[^\d,;.:()]{4,70}?),? số:? $"
)


def _owned_by(doc: Document, first: int, start: int) -> Slot | None:
    """ "Quyết định của UBND tỉnh số ...": whose paper it is, in front of the number."""
    of = _WHOSE.search(doc.key, max(first, start - 110), start)
    return _office_before(doc, of.start("who"), of.end("who")) if of else None


def _offices(doc: Document, first: int, stop: int) -> Iterator[tuple[int, int]]:
    """Where offices and bodies stand, from left to right."""
    for at in sorted({hit.start for table in _OFFICES for hit in doc.within(table, first, stop)}):
        if named := _office(doc, at, stop):
            yield at, named[0]


def _acted_by(doc: Document, first: int, start: int, after: int, last: int) -> Slot | None:
    """ "Theo Quyết định số ... ngày ..., Chủ tịch UBND tỉnh tặng ...": who acts by the document has issued it."""
    lead = _ACTED.match(doc.key, after, last)
    if not lead or not _UNDER.search(doc.key, max(first, start - 60), start):
        return None
    named = _office(doc, lead.end(), last)
    if named and _ACTS.match(doc.key, named[0], last):
        return doc.slot("cited.issuer.before", (lead.end(), named[0]))
    return None


_OFFICES = ("positions", "issuers", "units", "unit_heads")
