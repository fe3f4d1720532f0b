"""Meetings: what kind, which bloc, when, where, over which period, how many units.

The kind is the first that the title names, else the first sentence of the body. The bloc is the first named there, in its
fullest form. Date, part of the day and place come from the first sentence that tells of the event.
Refused: events that are only planned ("dự kiến tổ chức vào đầu tháng 12"), meetings of another time told in passing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract import blocs
from pipeline.extract.chunks import Chunks
from pipeline.extract.dates import SESSIONS, DateFound, find_dates
from pipeline.extract.document import Document, Sentence
from pipeline.records import Slot
from pipeline.textmap import fold

_HALF = re.compile(r"(?:6|sáu|06) tháng (?P<half>đầu|cuối)(?: năm)?|nửa (?P<half2>đầu|cuối) năm|nửa năm")
_QUARTER = re.compile(r"quí (?P<quarter>iv|i{1,3}|[1-4])(?!\w)")
_NINE = re.compile(r"(?:9|chín|09) tháng")
_SPAN = re.compile(
    r"(?:giai đoạn|nhiệm kì|năm học|\() ?(?P<from>(?:19|20)\d\d)-(?P<to>(?:19|20)?\d\d)(?!\d)"
    r"|(?<![\d/])(?P<from2>20\d\d)-(?P<to2>20\d\d)(?!\d)"
)
_YEAR = re.compile(r"(?:năm |/)(?P<year>(?:19|20)\d\d)(?![\d])(?!-20)")
_YEARS_LONG = re.compile(
    r"(?:\d+|hai|ba|năm|mười) năm (?:thực hiện|phong trào|xây dựng|\()|giai đoạn|(?:phong trào|cuộc vận động|chuyên đề|đề án|chỉ"
    r" thị|nghị quyết) "
)
_VENUE = re.compile(
    r"(?<!\w)(?:tại|trên(?= sân)|ở(?= (?:hội trường|nhà|phường|xã|thành phố|thị xã|huyện|trung tâm|khách sạn))) (?!đây|hội nghị"
    r"|buổi|lễ|đại hội|cuộc|phiên|các đơn vị|công văn|quyết định|kế hoạch|chương trình|điểm cầu|chỗ|nơi|thời điểm)"
)
_VENUE_END = re.compile(
    r"[,;.:\"]|(?<!\w)(?:đã|tổ chức|khối thi đua|cụm thi đua|long trọng|diễn ra|do|được|với|nhằm|(?<!trung tâm )hội nghị|là|và"
    r"|các|để|sẽ|đồng chí|khai mạc|trang trọng|trong không khí|sáng|chiều|ngày|thuộc khối|hội đồng|ban tổ chức|nhân dịp"
    r"|chính thức|dưới|chi nhánh tổ chức|(?<!phòng )họp)(?!\w)|(?<=\w)(?<!hội trường)(?<!trụ sở)(?<!phòng họp)(?<!văn phòng)"
    r" (?:bộ|sở|ubnd) .{3,40} (?:tổ chức|đã)"
)
_UNITS_OF_BLOC = re.compile(
    # "2021, 08 đơn vị" goes on behind a year; "1,5 đơn vị" is a decimal; of "10/11 cơ quan" eleven are members
    r"(?<![\w/.])(?:(?<!\d,)|(?<=\d{4},))(?:\d{1,2}/(?=\d))?(?P<n>\d{1,3}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?: một| hai)?)"
    r"(?: (?:cơ quan|đơn vị|trường"
    r"|tỉnh|huyện|xã|phường|sở|doanh nghiệp|thành viên|hội|địa phương|ngân hàng|công ti|tổ chức|thành phố|thị xã|cụm|bộ|công"
    r" đoàn|ngành|chi nhánh|tờ báo|báo|đài|ban|bệnh viện|trung tâm|quận|phòng|sở|vksnd|tand|lđlđ|liên đoàn|kho bạc|cục|tòa"
    r" án|viện))"
)
_BLOC_NEAR = re.compile(r"(?:khối|cụm|thành viên)(?!\w)")
NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12}
_PLANNED = re.compile(r"(?:sẽ|dự kiến|sắp|chuẩn bị)(?: \w+){0,3} (?:tổ chức|diễn ra|khai mạc|được|họp)?")
_LEAD_SENTENCES = 4


@dataclass(slots=True)
class Kind:
    name: str
    start: int
    end: int
    rule: str


def lead_sentences(doc: Document) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences of the title with its kicker, and the first sentences of the body."""
    heads = [s for s in doc.sentences if s.region in ("title", "kicker")]
    body = [s for s in doc.sentences if s.region in ("lead", "body")]
    return heads, body[:_LEAD_SENTENCES]


def find_kind(doc: Document) -> Kind | None:
    """The kind of meeting by the first word that names one."""
    heads, body = lead_sentences(doc)
    title = _first_kind(doc, heads, "meetings.kind.title")
    if title is None:
        return _first_kind(doc, body, "meetings.kind.lead")
    if title.name in ("ceremony", "inspection", "signing"):
        # handing over, voting and giving awards are parts of a review when the first sentence tells of one
        lead = _first_kind(doc, body[:2], "meetings.kind.lead")
        if lead is not None and lead.name in ("annual_review", "midyear_review", "congress"):
            return lead
    return title


def _first_kind(doc: Document, sentences: list[Sentence], rule: str) -> Kind | None:
    return next((kind for s in sentences if (kind := _kind_in(doc, s, rule))), None)


def _kind_in(doc: Document, sentence: Sentence, rule: str) -> Kind | None:
    council = any(h.entry.code in ("HD_TDKT", "HD_TDKT_TW") for h in doc.within("units", sentence.start, sentence.end))
    if council and re.search(r"(?<!\w)(?:họp|phiên)(?!\w)", doc.key[sentence.start : sentence.end]):
        hit = next(h for h in doc.within("units", sentence.start, sentence.end) if h.entry.code.startswith("HD_TDKT"))
        return Kind("council", hit.start, hit.end, rule)
    hits = doc.within("meeting_kinds", sentence.start, sentence.end)
    for hit in hits:
        name = hit.entry.fields["kind"]
        if _is_noun_of_work(doc, hit.start, hit.end, sentence):
            continue
        if name == "ceremony" and any(h.entry.fields["kind"] in ("congress",) for h in hits):
            continue
        if name == "congress" and any(h.entry.fields["kind"] in ("annual_review", "midyear_review") and h.start < hit.start for h in hits):
            continue
        name = _review_kind(doc, name, hit.start, sentence)
        return Kind(name, hit.start, hit.end, rule)
    return None


def _is_noun_of_work(doc: Document, start: int, end: int, sentence: Sentence) -> bool:
    """ "công tác thi đua, khen thưởng", "kế hoạch triển khai", and what is only to come name no event."""
    before = doc.key[max(sentence.start, start - 24) : start]
    if doc.key[start:end] == "khen thưởng":
        return bool(
            re.search(r"(?:thi đua(?:,| và |-| |, )?|công tác |hội đồng |hình thức |luật |ban |đề nghị |phòng )$", before)
        ) or not re.search(r"(?:^|lễ |tổ chức |được )$", before)
    if re.search(r"(?:sẽ|dự kiến|chuẩn bị|công tác chuẩn bị|hướng tới|chào mừng|kế hoạch|hướng dẫn)(?: tổ chức)?(?: hội nghị)? $", before):
        return True
    return (
        doc.key[start:end] in ("gặp mặt", "lễ kỉ niệm")
        and "khen" not in doc.key[sentence.start : sentence.end]
        and "huân chương" not in doc.key[sentence.start : sentence.end]
    )


def _review_kind(doc: Document, name: str, at: int, sentence: Sentence) -> str:
    """Reviews of one movement or of several years are thematic; half years and quarters are not."""
    if name not in ("midyear_review", "annual_review"):
        return name
    rest = doc.key[at : min(sentence.end, at + 170)]
    part = _HALF.search(rest) or _QUARTER.search(rest) or _NINE.search(rest)
    if name == "midyear_review":
        if part:
            return name
        return (
            "thematic"
            if _SPAN.search(rest)
            or re.search(r"(?:\d+|hai|ba|năm) năm (?!20)", rest)
            or (
                re.search(r"(?:cuộc vận động|đề án|chỉ thị|nghị quyết|chương trình|chuyên đề|phong trào (?!thi đua))", rest[:60])
                is not None
            )
            else name
        )
    long = re.search(
        r"(?:\d+|hai|ba|bốn|năm|mười) năm (?:thực hiện|phong trào|xây dựng|công tác|\()|(?:^|\W)giai đoạn (?:19|20)\d\d", rest[:110]
    )
    movement = re.search(r"^tổng kết (?:cuộc vận động|đề án|chỉ thị|chuyên đề|phong trào thi đua \"|phong trào \"|đợt thi đua)", rest)
    yearly = _YEAR.search(rest[:110]) and not long
    return "thematic" if long or (movement and not yearly and not part and "năm học" not in rest) else name


def find_bloc(doc: Document, all_chunks: list[Chunks]) -> Slot | None:
    """The first named bloc of title or lead, in the fullest form that the article gives it."""
    mentions = [
        (doc.sentences.index(c.sentence), c.sentence.region, *blocs.bloc_span(doc, i.start, i.end))
        for c in all_chunks
        for i in c.items
        if i.symbol == "B"
    ]
    named = [m for m in mentions if blocs.named(doc, m[2], m[3])]
    _, body = lead_sentences(doc)
    near = {doc.sentences.index(s) for s in body[:3]}
    first = next((m for m in named if m[1] in ("title", "kicker")), None) or next((m for m in named if m[0] in near), None)
    if first is None:
        generic = next((m for m in mentions if (m[1] in ("title", "kicker") or m[0] in near) and "thi đua" in doc.key[m[2] : m[3]]), None)
        if not generic or not named:
            return None
        first = named[0]
    same = [m for m in named if _same_bloc(doc, first, m)]
    # the form with most words, rather not in capitals, rather early
    fullest = min(same, key=lambda m: (-len(fold(doc.value((m[2], m[3]))).split()), doc.value((m[2], m[3])).isupper(), m[0]))
    return doc.slot("meetings.bloc.fullest", (fullest[2], fullest[3]))


_NUMERAL = re.compile(r"\d+|[ivx]+")


def _same_bloc(doc: Document, a, b) -> bool:
    x, y = _bloc_words(doc, a), _bloc_words(doc, b)
    if not x or not y:
        return x == y
    if len({tuple(sorted(filter(_NUMERAL.fullmatch, words))) for words in (x, y)} - {()}) > 1:
        return False
    if _abbreviates(doc, a, y) or _abbreviates(doc, b, x):
        return True
    return len(x & y) / min(len(x), len(y)) >= 0.6


def _abbreviates(doc: Document, mention, words: set[str]) -> bool:
    """ "Khối VHXH" and "Khối thi đua các cơ quan Văn hóa - Xã hội": capitals that are the first letters of the other's words."""
    short = [w for w in re.findall(r"\w+", doc.view[mention[2] : mention[3]]) if len(w) > 2 and w.isupper()]
    return bool(short) and sorted(fold(short[-1])) == sorted(w[0] for w in words)


def _bloc_words(doc: Document, mention) -> set[str]:
    stop = {"khối", "cụm", "thi", "đua", "số", "các", "và", "cơ", "quan", "tỉnh"}
    return set(re.findall(r"\w+", fold(doc.value((mention[2], mention[3]))))) - stop


@dataclass(slots=True)
class When:
    date: DateFound
    sentence: Sentence


_EVENT = re.compile(
    r"(?:tổ chức|diễn ra|khai mạc|họp|hội nghị|lễ |kí kết|tổng kết|sơ kết|trao|đón nhận|tiến hành|mở|gặp mặt|thi đua|bàn giao"
    r"|tọa đàm|phiên)"
)
_TODAY = re.compile(r"(?<!\w)(?P<part>sáng|chiều|tối) (?:nay|hôm nay)(?! \(?\d)|(?<!\w)hôm nay(?! \(?\d)")


def find_when(doc: Document) -> When | None:
    """The date of the event: the first of the lead that is no anniversary, document or plan."""
    body = [s for s in doc.sentences if s.region in ("lead", "body", "caption")]
    for limit, demand_event, demand_mark in (
        (_LEAD_SENTENCES, True, True),
        (_LEAD_SENTENCES, False, True),
        (2, True, False),
        (40, True, True),
    ):
        for sentence in body[:limit]:
            if demand_event and not _EVENT.search(doc.key, sentence.start, sentence.end):
                continue
            for date in find_dates(doc, sentence.start, sentence.end):
                if (date.marked or not demand_mark) and not _other_date(doc, date, sentence):
                    return When(date, sentence)
    return None


def find_today(doc: Document) -> tuple[int, int, str | None] | None:
    """ "Sáng nay", "hôm nay" in the lead, when no date stands beside it."""
    _, body = lead_sentences(doc)
    for sentence in body[:2]:
        match = _TODAY.search(doc.key, sentence.start, sentence.end)
        if match:
            return match.start(), match.end(), match["part"]
    return None


def _other_date(doc: Document, date: DateFound, sentence: Sentence) -> bool:
    before = doc.key[max(sentence.start, date.start - 60) : date.start]
    after = doc.key[date.end : min(sentence.end, date.end + 30)]
    document = (
        re.search(r"(?:số|[a-zđ]/|-[a-zđ]{2,6}|/[a-zđ]\S{1,12})[^;.]{0,12}$", before)
        and re.search(r"/[a-zđ]|-[a-zđ]+$|[a-zđ]\)?,? ?$", before[-14:])
        and re.search(r"\d+[/-]?\w*[/-][a-zđ&-]+\S*,? ?(?:ban hành |kí )?$", before)
    )
    anniversary = re.match(r" ?-\s?\d{1,2}[/.-]\d", after) or re.search(
        r"(?:năm )?(?:ngày|thành lập|truyền thống|kỉ niệm|quốc khánh|sinh nhật|giải phóng|ngành)[^,;.]{0,50}\($", before
    )
    planned = re.search(r"(?<!\w)(?:sẽ|dự kiến|trước|đến hết|tính đến|kể từ|từ trước|hạn)(?: \w+){0,3} ?$", before)
    past = re.search(r"(?<!\w)(?:trước đó|năm ngoái|thành lập|đến|tính đến)[^;.]{0,20}$", before)
    signed = (
        re.search(r"(?:quyết định|nghị định|thông tư|kế hoạch|công văn|chỉ thị|nghị quyết|hướng dẫn|tờ trình|luật)[^,;:]{0,60}$", before)
        and "/" in before
    )
    return bool(document or anniversary or planned or past or signed)


# "Ngày 16/7, các đại biểu thăm mô hình. Chiều cùng ngày, Khối tổ chức hội nghị"
_SAME_DAY = re.compile(r"(?<!\w)(sáng|chiều|tối) cùng ngày,")


def find_session(doc: Document, when: When | None) -> Slot | None:
    """Part of the day, beside the date or at the head of its sentence."""
    if when is None:
        return None
    start = when.sentence.start
    window = doc.key[start : when.date.end]
    span = re.search(r"(?:trong )?(?:\d+|hai|ba) ngày|từ (?:ngày )?\d", window)
    if span and not when.date.part:
        return None
    for match in reversed(list(re.finditer(r"(?<!\w)(sáng|chiều|tối|trưa)(?!\w)", window))):
        value = SESSIONS[match[1]]
        if value and when.date.start - (start + match.start()) < 40:
            return doc.slot("meetings.session.word", (start + match.start(), start + match.end()), value=value)
    same_day = _SAME_DAY.search(doc.key, when.date.end, min(len(doc.key), when.sentence.end + 60))
    if same_day:
        return doc.slot("meetings.session.word", same_day.span(1), value=SESSIONS[same_day[1]])
    clock = re.search(r"(?<!\d)(\d{1,2}) ?(?:giờ|h)(?: ?\d{0,2})?(?!\w)", doc.key[start : when.date.end + 20])
    if clock and 6 <= int(clock[1]) <= 21:
        value = "morning" if int(clock[1]) < 12 else "afternoon" if int(clock[1]) < 18 else "evening"
        return doc.slot("meetings.session.clock", (start + clock.start(), start + clock.end()), value=value)
    return None


def find_venue(doc: Document, when: When | None) -> Slot | None:
    """The place after "tại" in the sentence of the date, or in the lead."""
    _, body = lead_sentences(doc)
    sentences = ([when.sentence] if when else []) + [s for s in body[:2] if not when or s != when.sentence]
    for sentence in sentences:
        for match in _VENUE.finditer(doc.key, sentence.start, sentence.end):
            stop = _venue_end(doc, match.end(), sentence.end)
            text = doc.view[match.end() : stop]
            if len(text) < 3 or len(text) > 120 or doc.hit("awards", match.end()):
                continue
            if not any(c.isupper() for c in text) and not re.match(r"(?:hội trường|trụ sở|phòng|nhà|trung tâm|sân)", text):
                continue
            return doc.slot("meetings.venue.at", (match.end(), stop))
    return None


def _venue_end(doc: Document, at: int, end: int) -> int:
    """Up to a comma or verb; a bracket or a higher place after the comma belongs to it."""
    match = _VENUE_END.search(doc.key, at, end)
    while match and match[0] == "," and (inner := _comma_in_name(doc, at, match.start())):
        match = _VENUE_END.search(doc.key, inner, end)
    stop = match.start() if match else end
    while match and match[0] == "." and re.search(r"(?:tp|tx|tt|p|q)$", doc.key[at : match.start()]):
        match = _VENUE_END.search(doc.key, match.end(), end)
        stop = match.start() if match else end
    if match and match[0] == ",":
        higher = re.compile(r",(?:huyện|thành phố|tp\.?|thị xã|tỉnh|xã|phường|quận|thị trấn) ?").match(doc.key, stop, end)
        if higher:
            from pipeline.extract.names import place_end

            place = place_end(doc, higher.end(), end)
            if place:
                stop = place
    while stop > at and doc.view[stop - 1] in " -(.":
        stop -= 1
    open_bracket = doc.view.rfind("(", at, stop)
    if open_bracket > 0 and ")" not in doc.view[open_bracket:stop]:
        close = doc.view.find(")", stop, min(end, stop + 40))
        inner = doc.view[open_bracket + 1 : open_bracket + 2]
        stop = close + 1 if close > 0 and inner.isalpha() else open_bracket - 1
    return stop


def _comma_in_name(doc: Document, at: int, comma: int) -> int | None:
    """The end of a known name that spans this comma: "Trung tâm Văn hóa, Thể thao và Du lịch"."""
    for table in ("units", "department_fields"):
        for hit in doc.within(table, at, min(len(doc.key), comma + 60)):
            if hit.start < comma < hit.end:
                return hit.end
    return None


def find_period(doc: Document, kind: Kind, year_of: int | None) -> tuple[str, tuple[tuple[int, int], ...], str, str | None] | None:
    """What is reviewed or signed for: (value, spans, rule, inferred_from). `year_of` is the year of the event, if known."""
    if kind.name in ("social",):
        return None
    heads, body = lead_sentences(doc)
    sentences = [*heads, *body[:2]]
    if kind.name == "midyear_review":
        return _part_of_year(doc, sentences, year_of)
    if kind.name in ("congress", "thematic"):
        return _years_span(doc, [*heads, *body] if kind.name == "thematic" else doc.sentences, kind, year_of)
    return _one_year(doc, kind, sentences, year_of)


def _part_of_year(doc, sentences, year_of):
    for sentence in sentences:
        text = doc.key[sentence.start : sentence.end]
        for pattern in (_HALF, _QUARTER, _NINE):
            match = pattern.search(text)
            if not match:
                continue
            if pattern is _HALF:
                half = match["half"] or match["half2"] or "đầu"
                part = "H1" if half == "đầu" else "H2"
            elif pattern is _QUARTER:
                part = "Q" + str({"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match["quarter"], match["quarter"]))
            else:
                part = "9M"
            years = [m for s in sentences for m in [_YEAR.search(doc.key, s.start, s.end)] if m]
            here = _YEAR.search(text, match.start()) or _YEAR.search(text)
            span = ((sentence.start + match.start(), sentence.start + match.end()),)
            if here:
                return (
                    f"{here['year']}-{part}",
                    (*span, (sentence.start + here.start(), sentence.start + here.end())),
                    "meetings.period.part",
                    None,
                )
            if year_of:
                return f"{year_of}-{part}", span, "meetings.period.part", "year of the event"
            if years:
                return f"{years[0]['year']}-{part}", (*span, years[0].span()), "meetings.period.part", None
            return None
    return None


def _years_span(doc, sentences, kind, year_of):
    for sentence in sentences:
        for match in _SPAN.finditer(doc.key, sentence.start, sentence.end):
            first = match["from"] or match["from2"]
            last = match["to"] or match["to2"]
            last = last if len(last) == 4 else first[:2] + last
            if kind.name == "thematic" and "giai đoạn" not in match[0] and "(" not in match[0] and match["from"]:
                continue
            if year_of and int(first) >= year_of or "năm học" in match[0] or int(last) - int(first) > 12:
                continue  # the years that a congress looks ahead to
            return f"{first}-{last}", (match.span(),), "meetings.period.span", None
    return None


def _one_year(doc, kind, sentences, year_of):
    school = None
    for sentence in sentences:
        match = re.compile(r"năm học:? ?(?P<from>20\d\d)-(?P<to>(?:20)?\d\d)(?!\d)").search(doc.key, sentence.start, sentence.end)
        if match:
            last = match["to"] if len(match["to"]) == 4 else "20" + match["to"]
            school = f"{match['from']}-{last}", (match.span(),), "meetings.period.school_year", None
            break
    if school:
        return school
    achieved = re.compile(
        r"(?:thành tích|xét khen thưởng|xét thi đua|danh hiệu thi đua|bình xét|kết quả|tổng kết)[^.;,]{0,60}?năm (?P<year>20\d\d)"
    )
    if kind.name in ("council",):
        for sentence in sentences:
            match = achieved.search(doc.key, sentence.start, sentence.end)
            if match:
                return match["year"], ((match.start("year"), match.end("year")),), "meetings.period.achieved", None
    if kind.name in ("ceremony", "council"):
        return None
    order = sorted(sentences, key=lambda s: not s.start <= kind.start < s.end)
    for sentence in order:
        at = kind.end if sentence.start <= kind.start < sentence.end else sentence.start
        for start in (at, sentence.start):
            for match in _YEAR.finditer(doc.key, start, sentence.end):
                if match[0].startswith("/") or _is_bloc_year(doc, match.start()):
                    continue
                if kind.name in ("annual_review", "inspection", "council") and year_of and int(match["year"]) > year_of:
                    continue
                if re.search(r"(?:sinh|từ|đến) $", doc.key[max(0, match.start() - 6) : match.start()]):
                    continue
                if kind.name == "annual_review" and re.search(
                    r"(?:nhiệm vụ|phương hướng|giao ước|kế hoạch)[^,;.]{0,40}$",
                    doc.key[max(sentence.start, match.start() - 45) : match.start()],
                ):
                    value = str(int(match["year"]) - 1)
                    return value, (match.span("year"),), "meetings.period.year_before_next", "the year before the one planned for"
                return match["year"], (match.span("year"),), "meetings.period.year", None
    if kind.name == "annual_review" and year_of:
        return None
    return None


def _is_bloc_year(doc: Document, at: int) -> bool:
    return bool(
        re.search(
            r"(?:quyết định|kế hoạch|nghị quyết|luật|số \S+|trưởng|phó|trưởng khối|trưởng cụm|phó khối|đầu) ?$",
            doc.key[max(0, at - 24) : at],
        )
    )


def find_unit_count(doc: Document, when: When | None) -> Slot | None:
    """How many units the bloc has or took part: "10 đơn vị trong Khối", "Khối hiện có 7 đơn vị", "9 trường"."""
    body = [s for s in doc.sentences if s.region in ("lead", "body", "caption")]
    for sentence in body[:12]:
        for match in _UNITS_OF_BLOC.finditer(doc.key, sentence.start, sentence.end):
            before = doc.key[max(sentence.start, match.start() - 60) : match.start()]
            after = doc.key[match.end() : min(sentence.end, match.end() + 45)]
            word = match[0].split()[-1]
            listed = re.match(
                r"(?:(?:,| và )(?:thị xã|thành phố|phường|đặc khu|cơ quan|đơn vị))*(?: (?:thành viên|trong khối|trong cụm))? ?:", after
            ) and re.search(r"(?:dự|gồm|thành viên|có mặt|tham gia|qui tụ|đại diện)(?!\w)", doc.key[sentence.start : match.start()])
            if not listed and not _counts_members(before, after, match[0], word):
                continue
            number = int(match["n"]) if match["n"].isdigit() else NUMBERS[match["n"]]
            if 2 <= number <= 80:
                return doc.slot("meetings.unit_count.members", match.span("n"), value=number)
    return _loose_count(doc)


_BODY = (
    r"(?:cơ quan|đơn vị|trường|tỉnh|huyện|xã|phường|doanh nghiệp|thành viên|hội|thành phố|sở|bộ|chi nhánh|địa phương"
    r"|ngân hàng|bệnh viện|công ti|huyện|kho bạc|báo)(?!\w)"
)
_N = r"(?P<n>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?: một| hai)?)"
# Where no sentence says how many members there are: all of them act ("lãnh đạo 6 đơn vị kí", "8/8 đơn vị", "Công an 6 tỉnh").
_LOOSE = (
    re.compile(rf"(?:cụm|khối) thi đua {_N} (?:{_BODY}|lđlđ|liên đoàn|báo)"),
    re.compile(rf"(?:cụm|khối) thi đua[^,.;:]{{1,60}} {_N} tỉnh(?!\w)"),
    re.compile(rf"(?<![\w/.,]){_N} tỉnh,thành phố(?: ở)? (?:miền|phía|trong|thuộc|vùng|khu vực)(?!\w)"),
    re.compile(
        rf"(?:lãnh đạo|đại diện|thủ trưởng|của cả|cả|toàn bộ|giữa) {_N} {_BODY}(?! (?:khác|còn lại|đạt|được|nông thôn|tiêu biểu|dẫn đầu))"
    ),
    re.compile(rf"(?<![\d/.,]){_N}/(?P=n) {_BODY}"),
    re.compile(
        rf"(?:công an|hội \w+|hội \w+ \w+|lđlđ|thuế|báo|liên minh hợp tác xã|liên minh htx|thanh tra|viện kiểm sát|tòa án|các) {_N} tỉnh"
    ),
)


def _loose_count(doc: Document) -> Slot | None:
    if not any(h.end - h.start > 5 for h in doc.hits.get("bloc_heads", [])):
        return None
    for pattern in _LOOSE:
        for sentence in doc.sentences:
            match = pattern.search(doc.key, sentence.start, sentence.end)
            if match and 3 <= (number := int(match["n"]) if match["n"].isdigit() else NUMBERS[match["n"]]) <= 40:
                return doc.slot("meetings.unit_count.all_act", match.span("n"), value=number)
    return None


def _counts_members(before: str, after: str, text: str, word: str) -> bool:
    if re.search(
        r"(?:thêm|tặng|cho|khen|trao|đề nghị|đạt|thứ|trong đó có|ngày|tháng|số|của mỗi|hơn|top|tỉnh|:|thăm) $", before
    ) or re.match(r" (?:khác|còn lại|đạt|được|nông thôn|biên giới hải|điểm|dẫn đầu|tiêu biểu|xuất sắc|có thành tích|trao đổi)", after):
        return False
    if (
        re.match(r" ?(?:\w+ ){0,4}?(?:trong|thuộc|của|trực thuộc|tham gia)? ?(?:cụm|khối)(?!\w)", after)
        or re.match(
            r" ?,? ?(?:(?:cơ quan|đơn vị|tổ chức),?)? ?(?:hội )?thành viên|^ (?:[\w&-]+ ){1,6}?(?:thuộc|trong|của) (?:cụm|khối)", after
        )
        or word == "viên"
    ):
        return True
    if re.search(
        r"(?:khối|cụm)(?: thi đua)?(?: số \d+)?(?: hiện| hiện nay)? (?:có|gồm|gồm có|bao gồm|qui tụ|còn)(?: tổng số| đủ| tất cả|"
        r" sự tham gia của)? $",
        before,
    ):
        return True
    if re.search(r"\((?:sau [^,;.()]{0,30})?(?:gồm|có|còn)? ?$", before) and re.match(r" ?\)", after):
        return True
    return bool(
        re.search(r"(?:đại diện|lãnh đạo|có mặt|cán bộ|mặt đủ|của|cả|giữa)[^.;:]{0,40}$", before)
        and re.match(r"(?: ?[:,]| trên| thuộc| trong| thành viên| tham gia|$|\.| miền| phía)", after)
        and word not in ("xã", "ngành", "tổ", "ban", "phòng")
    )


def tells_of_event(doc: Document, kind: Kind) -> bool:
    """Whether title or lead tell of something held, when no date says so: a decision alone is no meeting."""
    heads, body = lead_sentences(doc)
    if kind.name in ("ceremony",):
        return any(
            re.search(
                r"(?:buổi lễ|lễ (?:trao|đón|công bố|kỉ niệm|tuyên dương|vinh danh)|hội nghị|tổ chức (?:lễ|trao|gặp))",
                doc.key[s.start : s.end],
            )
            for s in [*heads, *body[:2]]
        )
    return any(
        re.search(
            r"(?:tổ chức|hội nghị|diễn ra|họp|khai mạc|tiến hành|đại hội|tọa đàm|kí kết|tổng kết|sơ kết|kiểm tra|chấm điểm|giao"
            r" lưu|hội thao|về nguồn)",
            doc.key[s.start : s.end],
        )
        for s in [*heads, *body[:2]]
    )
