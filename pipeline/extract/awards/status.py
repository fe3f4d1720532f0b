"""Whether an award is conferred or proposed, or only hoped for."""

from __future__ import annotations

import re

from pipeline.extract.awards.denied import denied
from pipeline.extract.awards.model import COUNT_BEFORE, AwardFound, Clause, Token, span_of
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk, Chunks
from pipeline.extract.units import Span

# "Ông A 5 năm liền là Chiến sĩ thi đua cơ sở", "Sở B nhiều năm là Tập thể lao động xuất sắc"
LONG_BEEN = re.compile(
    r"(?:(?:nhiều|\d+|hai|ba|bốn|năm) năm(?: liền| liên tục| liên tiếp| qua)?|liên tục)"
    r"[^,;:.]{0,30} là (?:danh hiệu )?\"?$"
)
# Verbs that hand over; what follows them has been conferred even where a proposal stands earlier in the sentence.
_HANDED = re.compile(r"(?<!\w)(?:trao|trao tặng|công bố quyết định|truy tặng|gắn|tuyên dương|vinh danh)(?!\w)")


# "đề nghị Chính phủ tặng A; | UBND tỉnh trao tặng B"
_NEXT_ASKED = re.compile(r"[,;v]*(?:O?U|OI|I|O)f")
# "đề nghị Chính phủ | tặng", "đề nghị phong tặng, | truy tặng": what is asked for
_ASKED = re.compile(r"[pb](?:w?(?:O?U|OI|I|O)w?|(?:w?(?:O?U|OI|I|O)w?)?(?:f[,v])+)$")


Status = tuple[str | None, Span | None]  # "conferred" or "proposed", and the words that say so


def status_of(doc: Document, tokens: list[Token], symbols: str, start: int, i: int, clause: Clause) -> Status:
    """From the governing verb of this clause, else from the award before in the same sentence, else from the verbs around."""
    status = _governed(doc, tokens, symbols, start, i, clause)
    advised = _ADVISED_GIVER.search(symbols, start, i) if status[0] == "conferred" else None
    who = tokens[advised.start()].chunk.start if advised else 0
    return ("proposed", status[1]) if advised and doc.key.endswith(_ADVISING, 0, who) else status


_ADVISED_GIVER = re.compile(r"(?:O?U|OI|I|O)w?f[^G]*$")
_ADVISING = ("tham mưu ", "tham mưu cho ", "tham mưu với ", "tham mưu trình ")  # "đang tham mưu UBND tỉnh tặng Bằng khen"


def _governed(doc: Document, tokens: list[Token], symbols: str, start: int, i: int, clause: Clause) -> Status:
    proposals = _proposing(doc, tokens, symbols, start, i)
    handed = next((k for k in range(i - 1, start - 1, -1) if _hands_over(doc, tokens, symbols, start, k, proposals)), None)
    last = handed is not None and (not proposals or handed > proposals[-1])
    if last and (told := _told(doc, tokens, symbols, start, handed, proposals, clause)):
        return told
    if proposals:
        return "proposed", span_of(tokens[proposals[-1]])
    fit = symbols.rfind("t", start, i)
    if fit >= 0 and doc.key.endswith("đề nghị", 0, tokens[fit].chunk.end):
        return "proposed", span_of(tokens[fit])  # "5 đơn vị đủ điều kiện đề nghị Sở A công nhận"
    given = symbols.rfind("f", start, i)
    if given >= 0 and clause.status == "proposed" and _given_to(doc, tokens, symbols, start, given):
        return "conferred", span_of(tokens[given])
    if clause.status:
        return ("conferred", span_of(tokens[given])) if given >= 0 and clause.status == "conferred" else (clause.status, clause.status_span)
    if given >= 0:
        earlier = _proposing(doc, tokens, symbols, 0, start)
        return ("proposed", span_of(tokens[earlier[-1]])) if earlier else ("conferred", span_of(tokens[given]))
    earlier = [k for k in range(i) if symbols[k] in "pbfr" and not (symbols[k] == "p" and _nominal(doc, tokens[k].chunk))]
    if earlier:
        return ("proposed" if symbols[earlier[-1]] in "pb" else "conferred"), span_of(tokens[earlier[-1]])
    return _by_what_follows(doc, tokens, symbols, i)


_OWN_PASSIVE = re.compile(r"[NUP](?P<by>w)(?:O?U|OI|I|O)w?$")
_VOTERS = re.compile(r"(?<!\w)(?:khối|cụm|hội đồng) thi đua(?!\w)")


def _given_to(doc: Document, tokens: list[Token], symbols: str, start: int, given: int) -> bool:
    """ "1 tập thể được đề nghị tặng Cờ, 5 cá nhân được Thủ tướng tặng Bằng khen": the second was given, where no bloc or council votes
    or the head of the state gave it."""
    passive = _OWN_PASSIVE.search(symbols, start, given)
    by = tokens[passive.start("by")].chunk if passive else None
    if by is None or doc.key[by.start : by.end] not in ("được", "đã được", "vinh dự được"):
        return False
    return doc.key.startswith(" chủ tịch nước ", by.end) or _VOTERS.search(doc.key) is None


def _proposing(doc: Document, tokens: list[Token], symbols: str, start: int, stop: int) -> list[int]:
    return [
        k
        for k in range(start, stop)
        if symbols[k] in "pb" and not _nominal(doc, tokens[k].chunk) and not _AND_GOT.match(doc.key, tokens[k].chunk.end)
    ]


_AND_GOT = re.compile(r" và (?:đã )?được (?!hội nghị|các đơn vị|thống nhất|nhất trí)")  # "đề nghị và được UBND tỉnh tặng", "trình và được"


def _hands_over(doc: Document, tokens: list[Token], symbols: str, start: int, k: int, proposals: list[int]) -> bool:
    """Whether a verb of giving or getting tells of what was handed over, and not of what is asked for."""
    if symbols[k] not in "fr" or _ASKED.search(symbols, start, k):
        return False
    if symbols[k] == "r":
        return True
    asked = k - 1 in proposals or (symbols[k - 1] == "w" and k - 2 in proposals and _short(tokens[k - 1].chunk))
    if asked or (symbols[k - 1 : k] == "w" and _asked_to_give(doc, tokens, proposals, k)):
        return False
    return _HANDED.search(doc.key[tokens[k].chunk.start : tokens[k].chunk.end]) is not None


def _told(
    doc: Document, tokens: list[Token], symbols: str, start: int, k: int, proposals: list[int], clause: Clause
) -> tuple[str, Span | None] | None:
    """What a verb of handing over tells; where a proposal stands before it, that may govern it."""
    words = doc.key[tokens[k].chunk.start : tokens[k].chunk.end]
    if symbols[k] == "r" and proposals:
        near = k - proposals[-1] <= 2
        return ("proposed", span_of(tokens[proposals[-1]])) if near else None if words in _GOT else ("conferred", span_of(tokens[k]))
    passing = symbols[k] == "r" and (words in _PASSING or words == "được tặng" and _asked_in_row(doc, tokens, start))
    goes_on = passing or (_NEXT_ASKED.fullmatch(symbols, start, k + 1) and words.endswith("tặng"))
    if goes_on and not proposals and clause.status == "proposed":
        return clause.status, clause.status_span
    return "conferred", span_of(tokens[k])


_ROW_ASKED = re.compile(r"(?<!\w)(?:đề nghị|suy tôn|bình xét|trình)(?!\w)[^;.:]{0,80}:")


def _asked_in_row(doc: Document, tokens: list[Token], start: int) -> bool:
    """ "đề nghị khen thưởng như sau: A được tặng Cờ; B được tặng Bằng khen": what is asked for in front of the row."""
    return _ROW_ASKED.search(doc.key, tokens[0].chunk.start, tokens[start].chunk.start) is not None


_PASSING, _GOT = ("đạt", "nhận"), ("nhận", "được tặng", "đạt")
_ASKED_BEHIND = re.compile(r"[^fA;]{0,4}r?p+f?w?G")
_ASKED_FOR = re.compile(r"[^fA;,]{0,4}p(?=T*[UPN])")
_WON = re.compile(r"[^;.:]{0,60}(?<!\w)(?:thuộc về|về tay|về với) ")


_GIVEN_BY = re.compile(r"\"?E?(?P<by>w)(?:OU|OI|I|O)f")


def _by_what_follows(doc: Document, tokens: list[Token], symbols: str, i: int) -> Status:
    """Where no verb stands before the award: what it has been for years, what is asked or told behind it."""
    award = tokens[i].chunk
    if symbols[i - 1 : i] == "o" and i > 1 and LONG_BEEN.search(doc.key, tokens[i - 2].chunk.start, award.start):
        return "conferred", span_of(tokens[i - 1])
    if symbols[max(0, i - 2) : i + 2] in ("PoAY", "UoAY") and award.entry.fields["category"].startswith("emulation_title"):
        return "conferred", span_of(tokens[i - 1])  # "Ông A là Chiến sĩ thi đua cấp tỉnh năm 2019"
    if proposed := _ASKED_BEHIND.match(symbols, i + 1):  # "Bằng khen được đề nghị xét cho 10 tập thể"
        return "proposed", span_of(tokens[proposed.start() + proposed[0].index("p")])
    asked = _ASKED_FOR.match(symbols, i + 1)
    if asked and doc.key.endswith("tặng", 0, tokens[asked.end() - 1].chunk.end):
        return "proposed", span_of(tokens[asked.end() - 1])  # "Cờ thi đua được đề nghị tặng Sở A"
    if won := _WON.match(doc.key, award.end):  # "Danh hiệu Đơn vị quyết thắng thuộc về các đồn: A, B"
        return "conferred", (won.end() - 9, won.end() - 1)
    given = _GIVEN_BY.match(symbols, i + 1)
    if given and doc.key[tokens[given.start("by")].chunk.start : tokens[given.start("by")].chunk.end].endswith("được"):
        return "conferred", span_of(tokens[given.end() - 1])  # "Danh hiệu A được Chủ tịch nước phong tặng ông B"
    ahead = next((k for k in range(i + 1, len(symbols)) if symbols[k] == "r" or (k <= i + 2 and symbols[k] == "f")), None)
    if ahead is not None or COUNT_BEFORE.search(doc.key[max(0, award.start - 20) : award.start]):
        return "conferred", span_of(tokens[i if ahead is None else ahead])
    return None, None


def _short(words: Chunk) -> bool:
    """ "trình cấp trên tặng": who is asked, in a few words."""
    return words.end - words.start <= 32


_ASKED_BODY = re.compile(r" (?:các )?(?:bộ|cấp|cơ quan|ban|hội đồng|chính phủ|trung ương|nhà nước|lãnh đạo)(?!\w)[^;.:]{2,50}")


def _asked_to_give(doc: Document, tokens: list[Token], proposals: list[int], k: int) -> bool:
    """ "kiến nghị bộ chủ quản sớm trao": a body by words that no table holds is asked to give; nothing was given yet."""
    asking = next((p for p in reversed(proposals) if p < k), None)
    return asking is not None and _ASKED_BODY.fullmatch(doc.key, tokens[asking].chunk.end, tokens[k].chunk.start) is not None


_OF_THESE = re.compile(r"trong (?:tổng )?số [^,;.]{2,40} được $")  # "Trong số 50 người được bình chọn, UBND tỉnh tặng ..."
_OF_RESULT = re.compile(r"kết quả $")
_CHOSEN_TO = (" tặng", " đề nghị", " khen", " chọn", " công nhận", " trình")
# "Trên cơ sở kết quả bình xét, UBND tỉnh đã tặng Cờ thi đua": the vote lies before what was given
_BY_RESULT = re.compile(r"(?<!\w)(?:trên cơ sở|căn cứ|theo|từ) (?:vào )?kết quả $")
_HAS_GIVEN = re.compile(r"[^;:.,]{0,60},[^;:.,]{3,60} đã (?:quyết định )?(?:tặng|trao|khen|công nhận)(?!\w)")
_LOOKS_BACK = re.compile(r"(?:nhìn|điểm) lại ")
_APPROVED = re.compile(r"[^:.;]{0,30}?(?:đã )?được [^:.;]{0,60}(?:phê duyệt|công nhận|quyết định)")


def _nominal(doc: Document, cue: Chunk) -> bool:
    """Uses of the words of proposing that propose no award: "xét thấy", "trình bày", "hồ sơ đề nghị", "được suy tôn là"."""
    text = doc.key[cue.start : cue.end]
    if (
        text == "đề nghị"
        and doc.key.startswith(" của", cue.end)
        and doc.key.endswith(("theo ", "căn cứ ", "xét ", "hồ sơ ", "văn bản ", "tờ trình "), max(0, cue.start - 10), cue.start)
    ):
        return True
    if text in ("xét", "chọn", "xem xét") and not doc.key.startswith(_CHOSEN_TO, cue.end, cue.end + 12):
        return True
    if text in ("xét chọn", "bình chọn", "lựa chọn", "chọn") and _OF_THESE.search(doc.key, max(0, cue.start - 60), cue.start):
        return True
    if text in ("bình xét", "bình chọn", "suy tôn") and _HAS_GIVEN.match(doc.key, cue.end) and _BY_RESULT.search(doc.key, 0, cue.start):
        return True
    if text in ("bình xét", "bình chọn", "suy tôn") and _OF_RESULT.search(doc.key[max(0, cue.start - 24) : cue.start]):
        return bool(_APPROVED.match(doc.key, cue.end) or _LOOKS_BACK.search(doc.key, max(0, cue.start - 24), cue.start))
    if text == "trình" and doc.key.endswith("báo cáo ", 0, cue.start):
        return True  # "Báo cáo trình đại hội nêu 51 tập thể được tặng"
    return text == "trình" and doc.key.startswith((" bày", " độ", " tự"), cue.end)


# "Mỗi cụm, khối được suy tôn 01 đơn vị để đề nghị": how it is done
_RULE_FOR_ALL = re.compile(
    r" ?(?:[-+*] ?)?mỗi (?:"
    r"(?:cụm|khối|năm)(?!\w)[^.;:]{0,60} (?:được|chỉ|có|suy tôn|chọn|bình chọn)(?!\w)"
    r"|(?:đơn vị|huyện|xã|sở|ngành|địa phương|trường|công đoàn)(?!\w)[^.;:,]{0,40}"
    r" (?:được|chỉ|có thể) (?:chỉ )?(?:giới thiệu|đề nghị|đề cử|chọn|lựa chọn|xét)(?!\w))"
)
_VOTED_DOWN = re.compile(r"(?:không|chưa) đủ (?:số |tỉ lệ )?phiếu[^.;]{0,60}:")
_TOO_FEW = re.compile(
    r"[^;.]{0,40}(?<!\w)(?:nhưng|song|tuy nhiên)(?!\w)[^;.]{0,40}(?:chỉ (?:đạt|được|có) [\d/]+ phiếu|(?:không|chưa) (?:đủ|đạt)(?!\w))"
    r"| (?:chưa|không) (?:đạt|đủ)(?: đủ)?(?: số| tỉ lệ)? (?:phiếu|điểm|điều kiện|tiêu chuẩn)(?!\w)"
)
_WITHDRAWN = re.compile(r"[^,;.:]{0,40} (?:được|bị|xin|đã|phải) (?:rút|trả|loại|dừng)(?!\w)")
_OF_SEVERAL = re.compile(r" ?trong (?:số )?(?:hai|ba|bốn|\d+) (?!tháng|năm|quí|ngày|tuần)(?:(?! có \d)[^,;:])*$")
# "theo đó, Khối sẽ trình": the vote is taken, and the paper follows
_SO_PROPOSED = re.compile(r"(?<!\w)(?:theo đó|từ đó|trên cơ sở đó|qua đó)(?!\w)[^;.]{0,60} sẽ (?:được )?(?:trình|đề nghị|đề xuất)(?!\w)")


_GIVEN_FOR_IT = re.compile(r"t[^;]*(?<!r)f[^;]*$")
_REACHED = re.compile(r"(?<!đã )(?:đạt|được (?:[^\s,;]+ ){0,5}tặng(?: thưởng)?) (?:danh hiệu )?\"?$")
_REFUSED = re.compile(r"(?:không|chưa) (?:đủ (?:số )?phiếu|được thông qua|thông qua|đủ điều kiện|đạt)|nên (?:dừng|bị trả) lại")
_NOT_PASSED = re.compile(
    r"[^;.]{0,40}, ?(?:nhưng |song )?không được (?:[^\s;,.]+ ){0,5}(?:thông qua|đồng ý|chấp thuận|tán thành|nhất trí)(?!\w)"
)
_WITHOUT_VOTES = re.compile(r"(?:không|chưa) đủ (?:số |tỉ lệ )?phiếu(?: để)? (?:đề nghị|xét|công nhận|tặng)[^;.]*$")
_NOT_ASKED = re.compile(
    r"(?:không|chưa) (?:đề nghị|đồng ý|thông qua|xét|đủ điều kiện|đạt)"
    r"(?![^;]*,[^;]*(?<!\w)được (?:khối |cụm |các )?(?:đề nghị|xét|suy tôn|bình)(?!\w))"  # "3 đơn vị không đề nghị, 5 đơn vị được đề nghị"
)
_CONDITION = re.compile(
    r"(?:xứng đáng|rất đáng) (?:để )?(?:được |nhận |tặng |trao |phong )*(?:danh hiệu )?\"?$"
    r"|(?:nếu|để được|nhằm được|muốn|làm cơ sở|làm căn cứ|là căn cứ|hướng tới|không ít hơn|ít nhất|tối thiểu"
    r"|phải có|phải đạt|cần có|không quá|tối đa|mỗi (?:cụm|khối|năm)[^;,]{0,24} (?:chỉ|được|có))[^;]*$"
)


def unreal(doc: Document, chunks: Chunks, tokens: list[Token], symbols: str, i: int, start: int, status: str | None) -> bool:
    """Targets, plans, what was voted down, and what a picture shows that only illustrates."""
    sentence = chunks.sentence
    before = symbols[:i]
    here = before[before.rfind(";") + 1 :]
    if "t" in here and not _GIVEN_FOR_IT.search(before, start):
        t = before.rfind("t")
        if "đủ điều kiện" in doc.key[max(sentence.start, tokens[t].chunk.start - 14) : tokens[t].chunk.end] and "N" in before:
            return False  # "12 người đủ điều kiện, tiêu chuẩn đề nghị xét tặng"
        if not doc.key.endswith(("đã ", "vượt ", "hoàn thành "), sentence.start, tokens[t].chunk.start):
            return True
    if "l" in here and not _SO_PROPOSED.search(doc.key, sentence.start, tokens[i].chunk.start):
        return True
    told = doc.key[sentence.start : tokens[i].chunk.start]
    if _OF_SEVERAL.match(told):
        return True  # "Trong hai đơn vị đề nghị tặng cờ, ...": told before
    if _RULE_FOR_ALL.match(told) or _VOTED_DOWN.search(told):
        return True
    if 0 <= before.find("t") < before.rfind(";") and _REACHED.search(told):
        return True  # "đăng ký phấn đấu ...; 03 đơn vị đạt ..."
    after = doc.key[tokens[i].chunk.end : sentence.end]
    if "ảnh minh họa" in doc.key[max(tokens[i].chunk.end, sentence.end - 30) : sentence.end + 16]:
        return True  # a picture of another day
    if _TOO_FEW.match(after):
        return True  # "được đề nghị Cờ thi đua nhưng chỉ đạt 4/9 phiếu"
    if symbols[i - 1 : i] == "p" and _WITHDRAWN.match(after):
        return True
    clause = doc.key[max(sentence.start, tokens[start].chunk.start if start < len(tokens) else sentence.start) : tokens[i].chunk.start]
    if "n" in symbols and (_REFUSED.search(after.partition(";")[0]) or _NOT_ASKED.search(clause)):
        return True
    if "không " in told + after and (_NOT_PASSED.match(after) or _WITHOUT_VOTES.search(told)):
        return True
    return denied(told, after) or _CONDITION.search(told[-60:]) is not None


def propose_by_council(doc: Document, found: list[AwardFound]) -> None:
    """What a council votes is proposed, though its list says "công nhận", "tặng"; what is handed over there is not."""
    for award in found:
        if award.status != "conferred" or not award.status_span or doc.key[slice(*award.status_span)] not in _LISTED_ACTS:
            continue
        begin = award.sentence.start if award.sentence is not None else 0
        reported = _REPORTED.match(doc.key, begin, award.status_span[0])
        if not reported and not _OF_THE_PAST.search(doc.key[max(0, award.status_span[0] - 50) : award.status_span[0]]):
            award.status = "proposed"


_LISTED_ACTS = frozenset({"công nhận", "tặng", "tặng danh hiệu", "khen thưởng", "tặng thưởng", "truy tặng", "quyết định tặng"})


# "6 tháng đầu năm, UBND tỉnh đã tặng A, công nhận B; Chủ tịch nước tặng C": what the council hears of, to the end of the sentence
_REPORTED = re.compile(
    r"[^.;:]{0,24}(?<!\w)(?:(?:6|9|sáu|chín) tháng|từ đầu năm|(?:năm|thời gian) qua|quí [iv1-4]+)(?!\w)"
    r"(?:(?!hội đồng|xét)[^.;:]){0,60} đã(?! (?:họp|thống nhất|nhất trí|bỏ phiếu|xét))(?!\w)"
)
_OF_THE_PAST = re.compile(r"(?:đã(?! (?:thống nhất|nhất trí|bỏ phiếu|biểu quyết|họp|xét|xem xét|bình xét))|từng|năm \d{4})[^.;]{0,40}$")
