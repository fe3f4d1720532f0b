"""Recipients without "cho": between the verb and the award, or behind a verb that follows the award.

"trao tặng Sở A, Sở B Bằng khen" - who stands between the verb and the award
"Cờ thi đua của Bộ A được đề nghị tặng Sở B" - who stands behind the verb
"nhiều xã được tặng Cờ thi đua như xã A, xã B", "Nhận Huân chương có các đồng chí A, B" - examples and lists without a colon
"""

from __future__ import annotations

import re

from pipeline.extract.awards.model import AwardFound, Recipient, Token
from pipeline.extract.awards.recipients.forwards import read_list
from pipeline.extract.awards.recipients.lists import recipient_of
from pipeline.extract.awards.recipients.named import folk_end, group, short_person
from pipeline.extract.awards.recipients.short import told_of
from pipeline.extract.document import Document, Sentence
from pipeline.extract.symbols import Chunk, Chunks

RULE = "awards.recipient.inside"

_BETWEEN = re.compile(
    r"(?P<verb>[fp](?:[wG]|(?:w[,v]){0,2}wvw)?)"
    r"(?P<who>T*[UPN](?:\([^()]*\))?(?:[,v]T*[UPN](?:\([^()]*\))?)*)(?P<gap>w?\"?)$"
)
# "khen thưởng đột xuất A, B bằng hình thức"
_FORM = re.compile(r"(?:bằng|với|theo) (?:các )?hình thức(?: tặng(?: thưởng)?)?(?: danh hiệu)?")
_GAP = re.compile(rf"{_FORM.pattern}|(?:các )?(?:danh hiệu|hình thức|phần thưởng|\d{1, 3}|tấm)(?: \d{1, 3})?")


def between(doc: Document, chunks: Chunks, tokens: list[Token], symbols: str, start: int, i: int) -> list[Recipient]:
    """ "tặng Sở A và Sở B Cờ thi đua": whoever stands between the verb and the award."""
    row = _BETWEEN.search(symbols, start, i)
    if row is None:
        return _team_between(doc, tokens, symbols, start, i)
    gap = tokens[row.start("gap")].chunk if "w" in row["gap"] else None
    folk = folk_end(doc, tokens[row.start()].chunk.end + 1, tokens[row.start("who")].chunk.start) if len(row["verb"]) > 3 else 0
    if len(row["verb"]) > 3 and folk != tokens[row.start("who")].chunk.start:
        return []  # "phong tặng Đảng bộ, chính quyền và nhân dân | huyện A danh hiệu ..."
    if len(row["verb"]) == 2 and (gap is None or not _FORM.fullmatch(doc.key[gap.start : gap.end].strip())):
        return []
    if gap is not None and not _GAP.fullmatch(doc.key[gap.start : gap.end].strip()):
        return []
    if gap is None and not _hands_over(doc, tokens[row.start()].chunk):
        return []
    found, end = read_list(doc, chunks, tokens, symbols, row.start("who"))
    return found if end == row.end("who") else []


_TEAM = re.compile(r"f(?P<team>w)(?:vO?T*(?P<leader>P))?\"?$")


def _team_between(doc: Document, tokens: list[Token], symbols: str, start: int, i: int) -> list[Recipient]:
    """ "tặng đội tuyển bóng đá nữ Quốc gia và Huấn luyện viên A Huân chương Lao động": a team by its own words."""
    row = _TEAM.search(symbols, start, i)
    words = tokens[row.start("team")].chunk if row else None
    team = (
        group(doc, words.start, words.end, tokens[row.start("team")].first) if row and _hands_over(doc, tokens[row.start()].chunk) else None
    )
    if team is None or team[1] != words.end:
        return []
    return [team[0], *([recipient_of(tokens[row.start("leader")])] if row["leader"] else [])]


_CALLED = re.compile(r"f(?P<who>T)(?P<name>w?)\"?$")


def called_between(
    doc: Document, sentence: Sentence, tokens: list[Token], symbols: str, i: int, earlier: list[AwardFound]
) -> list[Recipient]:
    """ "tặng em Bằng khen", "tặng anh Lực Bằng khen": somebody by a calling, or a given name, whom the article names elsewhere."""
    called = _CALLED.search(symbols, 0, i)
    if called is None or not _hands_over(doc, tokens[called.start()].chunk):
        return []
    who, name = tokens[called.start("who")], called["name"]
    if name:
        given = tokens[called.start("name")].chunk
        short = short_person(doc, given.start - 1, given.end, who.chunk.start, who.first)
        return [short] if short and " " not in doc.key[given.start : given.end] else []
    return told_of(doc, sentence, who.chunk.start, doc.key[who.chunk.start : who.chunk.end], who.first, earlier)


def _hands_over(doc: Document, verb: Chunk) -> bool:
    return doc.key[verb.start : verb.end].endswith(("tặng", "trao", "thưởng"))


def asked_for(doc: Document, tokens: list[Token], symbols: str, start: int, i: int, at: int) -> bool:
    """Whether "đề nghị tặng" at this place hands the award in front of it to whoever follows."""
    return (
        symbols[at] == "p"
        and doc.key[tokens[at].chunk.start : tokens[at].chunk.end].endswith("tặng")
        and re.match(r"pT*[UPN]", symbols[at:]) is not None
        and not re.search(r"[UPNfrp]", symbols[start:i])
        and "," not in symbols[i:at]
    )


_OPENS = re.compile(r"(?:wo|[wo])(?=T*[UP])")
_LIKE = re.compile(r"(?:như|điển hình như|tiêu biểu như|trong đó có|gồm|gồm có)(?: các| tập thể| đơn vị| đồng chí)*[ :]*")
_THERE = re.compile(r"(?:(?:(?:dịp|lần|đợt|năm|hôm) (?:này|nay)|còn|cũng) )?(?:có|là|gồm|gồm có)(?: các| tập thể| đơn vị| đồng chí)*[ :]*")
_SOME = re.compile(
    r"(?<!\w)(?:một số|nhiều|các|những) (?:tập thể|đơn vị|cá nhân|địa phương|cơ quan|xã|phường|huyện|trường|sở|hội viên|cán bộ)(?!\w)"
)


def exemplified(doc: Document, tokens: list[Token], symbols: str, start: int, i: int, at: int) -> bool:
    """Whether the words at this place open a list of those whom the clause spoke of only as "some" or not at all."""
    if not (opened := _OPENS.match(symbols, at)):
        return False
    words = doc.key[tokens[at].chunk.start : tokens[opened.end() - 1].chunk.end]
    if _LIKE.fullmatch(words):
        first = tokens[start].chunk.start
        return _SOME.search(doc.key, first, tokens[i].chunk.start) is not None and not re.search(r"[PN]", symbols[start:i])
    return _THERE.fullmatch(words) is not None and re.fullmatch(r"(?:w,)?v?(?:rf|r|w?p)+[w\"]?", symbols[start:i]) is not None
