"""Recipients named by a short word: "nhà trường", "Chi cục", "đơn vị" stand for the body named in full before."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.awards.model import AwardFound, Recipient, Token, clause_end, symbols_of
from pipeline.extract.awards.recipients.both import both_before
from pipeline.extract.awards.recipients.lists import recipient_of
from pipeline.extract.document import Document, Sentence
from pipeline.extract.parties.found import History
from pipeline.extract.symbols import Chunks

_BARE_SUBJECT = re.compile(
    r"(?:^|[ ,;.])(?<!được )(?<!bởi )(?<!trong )(?<!của )(?<!tại )(?<!thuộc )(?<!được nhà )"
    r"(sở|trường|nhà trường|công ti|bệnh viện|ban|hội|ngành|chi cục|trung tâm"
    r"|đơn vị|huyện|xã|viện|khoa|học viện|tổng công ti|tập đoàn|nhà máy|báo|đài|công đoàn|ngân hàng|trung đoàn|lữ đoàn|sư đoàn|tiểu đoàn"
    r"|đồn|hợp tác xã|cục|phòng|chi nhánh|phường|nông trường|quỹ|đoàn trường|xí nghiệp|nhà hát|câu lạc bộ|liên đoàn|hiệp hội)(?= (?:\w+"
    r" ){0,2}(?:được|đã|vinh dự|đón nhận|nhận|từng|còn))"
)


# "nhiều cá nhân được tặng", "đơn vị hạng nhì được đề nghị", "Chủ tịch xã được tặng": others than whoever was named before
_OTHERS = re.compile(
    r"(?<!\w)(?:nhiều|các|những|hàng|mỗi|một số|hầu hết|toàn bộ|tất cả|trong khi)(?!\w)(?! (?:năm|lần|phần thưởng|danh hiệu))"
    r"|(?<!\w)(?:tập thể(?:, ?| và )(?:các )?cá nhân|cá nhân(?:, ?| và )(?:các )?tập thể)(?!\w)"
    r"|(?:hạng|thứ|xếp) (?:nhất|nhì|hai|ba|tư|\d)"
)


_GOES_ON = re.compile(r", ?(?:và|đồng thời|rồi|cùng)? ?")


_LEAD = re.compile(
    r"(?:ngoài|bên cạnh|cùng với|không chỉ) [^;:.]*, ?"
    r"|(?:(?:với|nhờ|từ) [^;:.,]{3,60}, ?)?(?:theo|tại|bằng) (?:các )?quyết định [^;:.,]*, ?"
)


def _past_lead(doc: Document, tokens: list[Token], start: int, stop: int) -> int:
    """ "Ngoài Bằng khen của ..., | công ty còn được", "Theo Quyết định số 5 của UBND tỉnh, | ...": where the statement itself begins."""
    if not start < stop < len(tokens):
        return start
    lead = _LEAD.match(doc.key, tokens[start].chunk.start, tokens[stop].chunk.start)
    return next((k for k in range(start, stop) if tokens[k].chunk.start >= lead.end()), start) if lead else start


_THE_UNIT = re.compile(
    r"(?:^|\W)(?:đơn vị|tập thể|cơ quan)(?: (?!(?:nhà|trường|công|bệnh|phòng|khoa)(?!\w))\w+){0,2}? (?:được|đã|vinh dự|từng|lần lượt|còn)"
)
_ALSO = re.compile(r"(?:^|[\s,])(?:năm|được|từng|và|hạng|lần)")
_HE_OR_IT = re.compile(r"(?:đây|đơn vị này|trước đó|ngoài ra|tập thể này|ông|bà|đồng chí)")
_ALSO_WITHIN, _HE_OR_IT_WITHIN = 60, 80  # letters between where the statement begins and its verb


def named_before(
    doc: Document, chunks: Chunks, tokens: list[Token], start: int, stop: int, history: History, earlier: list[AwardFound]
) -> list[Recipient]:
    """ "Sở từng được tặng ...", "Cũng đơn vị này còn nhận ...": the unit named before."""
    start = _past_lead(doc, tokens, start, stop)
    end = tokens[stop].chunk.start if stop < len(tokens) else tokens[-1].chunk.end
    if both := both_before(doc, chunks.sentence, tokens[start].chunk.start if start < len(tokens) else end, end, start):
        return both
    if re.search(r"[UPN]", symbols_of(tokens)[start:stop]):
        return []
    first = tokens[start].chunk.start if start < len(tokens) else chunks.sentence.start
    words = doc.key[first : tokens[stop].chunk.start] if stop < len(tokens) else ""
    if _OTHERS.search(words.rstrip(" ,").rpartition(",")[2]) or "O" in symbols_of(tokens)[start:stop]:
        return []
    bare = _BARE_SUBJECT.search(words.rstrip() + " được")
    if bare and bare[1] != "đơn vị" and (unit := history.last_with(bare[1], doc, first, aside=(first, chunks.sentence.end))):
        return [Recipient(stop, unit=unit, kind="unit", inferred_from=f'"{bare[1]}" as named before')]
    if _THE_UNIT.search(words + " được") and history.units and history.units[0][1].start < first:
        return [Recipient(stop, unit=history.units[0][1], kind="unit", inferred_from="the unit that the article is about")]
    return earlier and (_as_award_before(chunks, words, start, earlier) or _as_sentence_before(words, earlier[-1])) or []


_OF_COPIES = ("awards.recipient.count_before", "awards.year.further", "awards.grade.further")


def _as_award_before(chunks: Chunks, words: str, start: int, earlier: list[AwardFound]) -> list[Recipient]:
    """ "... đạt danh hiệu A, nhận B", "... và năm 2019 được tặng B": who got the award before."""
    alone = not words.strip() and earlier[-1].rule in ("awards.recipient.subject", "awards.recipient.named_before")
    goes_on = earlier[-1].sentence is chunks.sentence and (alone or _GOES_ON.fullmatch(words))
    if start == 0 or not (goes_on or (len(words) < _ALSO_WITHIN and _ALSO.search(words))):
        return []
    subjects = (a.recipients for a in reversed(earlier) if a.recipients and not (a.recipients[0].number and a.rule in _OF_COPIES))
    last = earlier[-1].recipients if goes_on else next(subjects, [])  # "02 Bằng khen" counts certificates
    return [replace(last[0], inferred_from="the subject of the award before", rule=None)] if len(last) == 1 else []


_AND_ASKED = re.compile(r"[ ,]*(?:(?:và|đồng thời|cũng|còn|tiếp tục|đang) )*được (?:(?:các|toàn|\w+) ){0,4}")


def asked_too(doc: Document, chunks: Chunks, tokens: list[Token], start: int, k: int, earlier: list[AwardFound]) -> list[Recipient]:
    """ "Sở A được tặng Cờ thi đua và được Khối suy tôn đề nghị tặng Bằng khen": the one who got the award before is asked for."""
    before = earlier[-1] if earlier and start and earlier[-1].sentence is chunks.sentence else None
    if before is None or before.rule != "awards.recipient.subject" or len(before.recipients) != 1 or before.recipients[0].number:
        return []
    if not _AND_ASKED.fullmatch(doc.key, tokens[start].chunk.start, tokens[k].chunk.start):
        return []
    return [replace(before.recipients[0], inferred_from="the subject of the award before", rule=None)]


def _as_sentence_before(words: str, before: AwardFound) -> list[Recipient]:
    """ "Đơn vị này còn được ...", "Ông được ...": the one name that the sentence before tells of."""
    last = before.recipients
    if not _HE_OR_IT.match(words) or len(words) >= _HE_OR_IT_WITHIN or len(last) != 1 or not (last[0].unit or last[0].person):
        return []
    return [replace(last[0], number=None, inferred_from="the subject of the sentence before", rule=None)]


_BODY_FOR = re.compile(
    r" ?(?:đại diện |lãnh đạo |tập thể |cán bộ, giáo viên |các thế hệ )*"
    r"(?P<head>nhà trường|trường|chi cục|công ti|bệnh viện|trung tâm|hội|sở|viện|ban|chi nhánh|xã|huyện)"
    r"(?= ?(?:[,;.()]|$|vì |về |do |nhân |tại |trong |và (?:gắn|cá nhân|ông|bà|anh|chị|bằng khen|giấy khen)))"
)
# "dành tặng nhà trường nhiều danh hiệu cao quý như A, B"
_BODY_BETWEEN = re.compile(
    r" ?(?P<head>nhà trường|trường|công ti|bệnh viện|hội|sở|viện) (?:nhiều|các|những) (?:danh hiệu|phần thưởng|hình thức)[^,;.]{0,30}"
    r"(?:như|gồm|:) ?"
)


_TOO = re.compile(r"(?:^|[,;])(?:O?U|OI|I)(?P<too>w)f\"?$")
_SOMEBODY = re.compile(r"G[dT]*(?P<who>[UP])(?:\([^()]*\)|,[wOU]{1,3})*[;,]?$")


def given_too(
    doc: Document, sentence: Sentence, tokens: list[Token], symbols: str, start: int, i: int, earlier: list[AwardFound]
) -> list[Recipient]:
    """ "X tặng huy hiệu cho anh A; Y cũng tặng Bằng khen.": one more giver, and nobody new who receives."""
    too = _TOO.search(symbols[start:i])
    words = tokens[start + too.start("too")].chunk if too else None
    if words is None or "cũng" not in doc.key[words.start : words.end] or "G" in symbols[i : clause_end(symbols, i)]:
        return []
    if before := _SOMEBODY.search(symbols, 0, start):
        last = [recipient_of(tokens[before.start("who")])]
    else:
        at = doc.sentences.index(sentence)
        near = earlier and earlier[-1].sentence in doc.sentences[max(0, at - 1) : at + 1]
        last = earlier[-1].recipients if near else []
    named = len(last) == 1 and last[0].number is None
    return [replace(last[0], inferred_from="who got the award before", rule=None)] if named else []


_LEFT = re.compile(r"(?:tách khỏi|tách ra từ|tách từ|rời) $")  # "ngày tách khỏi Bệnh viện A": it is told of another body


def body_between(doc: Document, tokens: list[Token], symbols: str, i: int, history: History) -> list[Recipient]:
    """ "tặng nhà trường nhiều danh hiệu như A": the body between the verb and a row of awards."""
    match = _BODY_BETWEEN.fullmatch(doc.key, tokens[i - 2].chunk.end, tokens[i].chunk.start) if symbols[max(0, i - 2) : i] == "fw" else None
    before = tokens[i].chunk.start
    unit = history.last_with(match["head"], doc, before, aside=(before, before)) if match else None
    return [Recipient(tokens[i].first, unit=unit, kind="unit", inferred_from=f'"{match["head"]}" as named before')] if unit else []


def body_for(doc: Document, tokens: list[Token], at: int, history: History) -> list[Recipient]:
    """ "cho tập thể Nhà trường", "cờ truyền thống của Chi cục": a body by its head word alone."""
    match = _BODY_FOR.match(doc.key, tokens[at].chunk.end) if at < len(tokens) else None
    before = tokens[at].chunk.start if match else 0
    unit = history.last_with(match["head"], doc, before, aside=(before, before)) if match else None
    if unit is None:
        return []
    if _LEFT.search(doc.key, max(0, unit.start - 12), unit.start):
        unit = history.last_with(match["head"], doc, before, aside=(unit.start, unit.end)) or unit
    return [Recipient(tokens[at].first, unit=unit, kind="unit", inferred_from=f'"{match["head"]}" as named before')]
