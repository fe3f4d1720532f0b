"""A cheap look at a page before anything costly: can it be of the genre at all?

Most pages of a crawl are about something else. Bytes are scanned for the genre's words first; only a page that holds one is parsed, and
then its running text must speak of emulation, of an award near its top, or of a certificate handed over. The look may pass too much,
never too little: a page in doubt passes, and so does one that cannot be read, so that cleaning says why.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, Implementation
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.clean.encodings import decode
from pipeline.clean.encodings.entities import resolve_entities
from pipeline.clean.encodings.repair import CONVERTERS
from pipeline.errors import ArticleError
from pipeline.records import Article, Record, Slot, Source

# What the look says: its decision, and behind the dot its reason.
Verdict = Literal[
    "passed.emulation",  # running text speaks of emulation as an institution
    "passed.award_given",  # an award beside a verb of giving near the top, or a certificate handed over anywhere
    "passed.award_on_top",  # an award in the title or the first lines
    "passed.little_text",  # a page with hardly any running text: cleaning says whether that is all
    "passed.unreadable",  # cleaning will say what is wrong with it
    "refused.no_word",  # no word of the genre in the bytes
    "refused.no_event",  # words of the genre, but neither emulation nor an award near the top
]

# --- the genre's words ------------------------------------------------------------------------------------------------------

# One of these stands in every text of the genre, and is rare elsewhere.
_WORDS = (
    "đua", "khen", "huân", "danh hi", "vinh d", "tôn vinh", "tuyên d", "biểu d", "niệm ch", "huy ch", "huy hi", "điển h", "ưu tú",
    "phong tặng", "truy tặng", "trao tặng", "anh hùng", "tđ", "nsnd", "nsưt", "khối tr", "cụm tr", "trưởng kh", "trưởng c",
    "động tiên tiến", "sĩ tiên tiến", "sỹ tiên tiến", "vị tiên tiến", "động xuất sắc", "quyết thắng", "nhà giáo nhân", "nhà giáo Nhân",
    "thuốc nhân dân", "thuốc Nhân dân", "nghệ sĩ nhân", "nghệ sĩ Nhân", "nghệ sỹ nhân", "nghệ sỹ Nhân", "nghệ nhân nhân", "nghệ nhân Nhân",
    "giải thưởng Hồ", "giải thưởng nhà n", "giải thưởng Nhà n", "lao động sáng", "thị trấn tiêu", "dân phố văn h", "gia đình văn h",
)  # fmt: skip
_BLANKS = (" ", "\xa0", "&nbsp;", "\n", "\r\n", "  ")
_LITERALS = BytesAhoCorasick(
    sorted(
        {
            form.replace(" ", blank).encode()
            for word in _WORDS
            for form in (word, word[0].upper() + word[1:], word.title(), word.upper())
            for blank in _BLANKS
        }
    ),
    implementation=Implementation.DFA,
)

_AWARDS = AhoCorasick(
    "huân chương,huấn chương,huy chương,bằng khen,giấy khen,thư khen,cờ luân lưu,kỷ niệm chương,kỉ niệm chương,khen thưởng,khen tặng"
    ",danh hiệu,anh hùng,lao động tiên tiến,tuyên dương,vinh danh,tôn vinh,biểu dương,huy hiệu,nsnd,nsưt,nhà giáo ưu tú,nhà giáo nhân dân"
    ",thầy thuốc ưu tú,thầy thuốc nhân dân,nghệ sĩ ưu tú,nghệ sĩ nhân dân,nghệ sỹ ưu tú,nghệ sỹ nhân dân,nghệ nhân ưu tú"
    ",nghệ nhân nhân dân,chiến sĩ tiên tiến,chiến sỹ tiên tiến,đơn vị tiên tiến,lao động xuất sắc,đơn vị quyết thắng,lao động sáng tạo"
    ",giải thưởng hồ chí minh,giải thưởng nhà nước,thị trấn tiêu biểu,dân phố văn hóa,dân phố văn hoá,gia đình văn hóa"
    ",gia đình văn hoá".split(",")
)
_GIVING = re.compile(
    r"(?<!\w)(?:trao|tặng|nhận|phong|thưởng|đề nghị|đề xuất|suy tôn|bình (?:xét|bầu|chọn)|xét|tuyên dương|vinh danh|biểu dương|tôn vinh"
    r"|khen|quyết định|k[ýí]|công bố|đạt|được|lễ|hội nghị)(?!\w)"
)
_NEAR = 80  # letters between award and verb
# Before or behind "thi đua": what makes it an institution, and not a word for zeal.
_BEFORE_EMULATION = re.compile(
    r"(?:khối|cụm|phong trào|hội đồng|giao ước|công tác|danh hiệu|chiến s[ĩỹ]|cờ|hội|lễ|ban|vụ|phòng|đợt|phát động|tổng kết"
    r"|sơ kết)[^.\n]{0,20}$"
)
_BEHIND_EMULATION = re.compile(r"[^\w\n]{0,3}(?:và )?(?:khen|yêu nước|khối|cụm)")
_EMULATION = re.compile(
    r"tđ\W{0,3}kt|cstđ|điển hình (?:tiên tiến|tiêu biểu)|gương điển hình|(?:khối|cụm) (?:trưởng|tđ)|trưởng (?:khối|cụm)"
)
_MAYBE_EMULATION = ("tđ", "điển hình", "trưởng khối", "trưởng cụm", "khối trưởng", "cụm trưởng")
# Letters of running text. An article that gives an award says so before these are over; lists and menus do not count.
_TOP, _HEAD = 2000, 600
_LINE_WORDS = 6  # fewer: a menu's entry
_RUNNING = 60  # letters; a line of fewer is no running text


def judge_text(text: str) -> Verdict:
    """The look at text in proper letters, a line for each paragraph."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text).lower())
    kept = [" ".join(words) for line in text.split("\n") if len(words := line.split()) >= _LINE_WORDS]
    if _speaks_of_emulation("\n".join(kept)):
        return "passed.emulation"
    if next(_awards(_first(kept, _HEAD)), None):
        return "passed.award_on_top"
    if _gives(_first(kept, _TOP)) or _hands_over("\n".join(kept)):
        return "passed.award_given"
    return "refused.no_event"


def _speaks_of_emulation(text: str) -> bool:
    at = text.find("thi đua")
    while at >= 0:
        end = at + len("thi đua")
        if _BEFORE_EMULATION.search(text[max(at - 32, 0) : at]) or _BEHIND_EMULATION.match(text, end):
            return True
        at = text.find("thi đua", end)
    return any(word in text for word in _MAYBE_EMULATION) and bool(_EMULATION.search(text))


def _awards(text: str) -> Iterator[tuple[int, int]]:
    """Where awards are named; "anh hùng" does not stand in "Thanh Hùng"."""
    return ((start, end) for _, start, end in _AWARDS.find_matches_as_indexes(text) if not start or not text[start - 1].isalpha())


def _gives(text: str) -> bool:
    """Whether an award and a verb of giving stand near each other in one line."""
    for start, end in _awards(text):
        before, behind = text[max(start - _NEAR, 0) : start].rpartition("\n")[2], text[end : end + _NEAR].partition("\n")[0]
        if _GIVING.search(before) or _GIVING.search(behind):
            return True
    return False


# Handed over in as many words, a certificate counts wherever it stands: a ceremony about something else may end with it.
_CERTIFICATES = frozenset("bằng khen,giấy khen,huân chương,cờ luân lưu,kỷ niệm chương,kỉ niệm chương".split(","))
_HANDING = re.compile(r"(?<!\w)(?:trao|tặng|nhận|thưởng|công nhận)(?!\w)[^.;\n]{0,40}$")


def _hands_over(text: str) -> bool:
    return any(text[start:end] in _CERTIFICATES and _HANDING.search(text, max(start - 52, 0), start) for start, end in _awards(text))


_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")


def _first(lines: list[str], letters: int) -> str:
    """The lines until so many letters of running text have gone by; what stands between them comes along."""
    taken = []
    for line in lines:
        taken.append(line if len(line) <= letters else line[: letters + 80])
        if len(line) >= _RUNNING:
            letters -= len(line)
        if letters <= 0:
            break
    return "\n".join(taken)


def record_of_refused(article: Article) -> Record:
    """The record of an article that the look has refused: nothing else was read from it."""
    relevant = Slot(False, (), "clean.relevant.refused", f"the look before cleaning: {article.look}")
    return Record(id=article.id, relevant=relevant, url=article.url, title=article.title, published=article.published)


# --- bytes ------------------------------------------------------------------------------------------------------------------

# Letters as entities and with loose tone marks; then signs of TCVN3, VNI, windows-1258, VIQR, and UTF-8 read as windows-1252.
_SPELLED = (b"&#", b"amp;#", b"acute;", b"grave;", b"circ;", b"tilde;", b"\xcc")
_FOREIGN = (*(c.encode() for c in "®\u00ad§¸µ¬ñøïðþÞûëÄÆ»"), "Ì€".encode(), "Ã¡".encode(), b"u+", b"o^", b"e^")
_SIGNS = BytesAhoCorasick([*_SPELLED, *_FOREIGN], implementation=Implementation.DFA)
_MOST_SIGNS = 8
_ENOUGH = 20  # letters that only Vietnamese in proper Unicode has


def look_at(source: Source) -> Verdict:
    """Whether a source can be of the genre, and why. Raises nothing."""
    payload = without_scripts(source.payload) if source.media == "html" else source.payload
    proper, spelled = _letters_of(payload)
    if proper:
        plain = _unspelled(payload) if spelled > _MOST_SIGNS else payload
        hits = _LITERALS.find_matches_as_indexes(plain)
        if not hits:
            return "refused.no_word"
        if source.media == "html" and _is_settled(plain, hits):
            return "refused.no_event"
    try:
        text = payload.decode() if proper else decode(payload, source.encoding, source.media)[0]
    except (ArticleError, UnicodeError):
        return "passed.unreadable"
    lines = read_lines(text) if source.media == "html" else text.split("\n")
    visible = "\n".join(lines)
    for _ in range(2):  # some programs escape twice
        visible = resolve_entities(visible) if "&" in visible else visible
    verdict = judge_text(visible)
    if verdict.startswith("refused") and not proper and not _letters_of(visible.encode("utf-8", "replace"))[0]:
        verdict = _judge_repaired(visible)
    if verdict.startswith("refused") and source.media == "html" and _prose(lines) < _LEAST_PROSE:
        return "passed.little_text"
    return verdict


def without_scripts(payload: bytes) -> bytes:
    """A page without its scripts and styles, which are most of its bytes. One that never ends stays: the parser settles it."""
    for begin, end in ((b"<script", b"</script>"), (b"<style", b"</style>")):
        first, *rest = payload.split(begin)
        payload = first + b"".join(part.partition(end)[2] if end in part else begin + part for part in rest)
    return payload


def _letters_of(payload: bytes) -> tuple[bool, int]:
    """Whether all of it is Vietnamese in UTF-8, and how many letters are spelled out, as entities or with loose marks."""
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False, 0
    signs = [index for index, _, _ in _SIGNS.find_matches_as_indexes(payload)]
    spelled = sum(index < len(_SPELLED) for index in signs)
    own = payload.count(b"\xe1\xba") + payload.count(b"\xe1\xbb") + spelled
    return own >= _ENOUGH and len(signs) - spelled <= _MOST_SIGNS, spelled


_SPELLED_LETTER = re.compile("&(?:amp;)*(?:#[0-9]{3,5}|#[xX][0-9a-fA-F]{2,4}|[A-Za-z]{1,2}(?:acute|grave|circ|tilde)|nbsp);")


def _unspelled(payload: bytes) -> bytes:
    """Letters in place of their entities and loose marks. Signs of markup stay entities."""
    text = payload.decode()
    if "&" in text:
        text = _SPELLED_LETTER.sub(_letter, text)
    return (unicodedata.normalize("NFC", text) if b"\xcc" in payload else text).encode("utf-8", "replace")


def _letter(match: re.Match[str]) -> str:
    letter = html.unescape(match[0].replace("amp;", ""))
    return match[0] if letter.isascii() else letter


def _judge_repaired(text: str) -> Verdict:
    """The look at letters that may be wrong: whatever one reading of them lets pass passes. Parts of a page may need different ones."""
    verdicts = (judge_text(convert(text)) for convert in CONVERTERS)
    return next((verdict for verdict in verdicts if verdict.startswith("passed")), "refused.no_event")


# --- pages, before they are parsed ----------------------------------------------------------------------------------------------

_INLINE_TAG = re.compile(
    rb"<(?:/?(?:a|b|i|u|s|em|strong|span|font|small|big|su[bp]|abbr|mark|strike|ins|del|label|cite|q|o:p)(?=[\s>/])|!--)", re.IGNORECASE
)
_LINK = re.compile(rb"<a\b[^>]*>.*?</a\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<[^<>]*>")
_PROSE = re.compile(rb">\s*[^<>\s][^<>]{79,}")
_LONG = 200  # bytes; too long for a link
_DEEP = 3 * _TOP  # bytes of long paragraphs, far beyond where an award counts


def _is_settled(payload: bytes, hits: list[tuple[int, int, int]]) -> bool:
    """Whether the words of the genre stand only where they count for nothing: in menus, lists of other news, attributes, other senses.

    The blocks around the words are all that is read. What cannot be settled so is parsed.
    """
    prose = [(run.start(), run.end() - run.start()) for run in _PROSE.finditer(payload) if not _opens_link(payload, run.start())]
    if sum(length for _, length in prose) < 1.5 * _LEAST_PROSE:  # bytes; a letter has one and a third on average
        return False
    behind = 0
    for _, at, _ in hits:
        if at < behind:
            continue
        start, behind = _block_around(payload, at)
        if start < 0:
            continue
        block = payload[start:behind]
        if b"<" in block and payload[start - 4 : start - 1].lower() != b"<h1" and not any(map(str.isalpha, _bare(_LINK.sub(b"", block)))):
            continue
        text = " ".join(_bare(block).split()).lower()
        text = _UNSEEN.sub("", unicodedata.normalize("NFC", resolve_entities(text) if "&" in text else text))
        if _speaks_of_emulation(text):
            return False
        if next(_awards(text), None) and (_hands_over(text) or _prose_before(prose, start) < _DEEP):
            return False
    return True


def _prose_before(prose: list[tuple[int, int]], start: int) -> int:
    return sum(length for begin, length in prose if begin < start and length >= _LONG)


def _opens_link(payload: bytes, tag_end: int) -> bool:
    return payload[(start := payload.rfind(b"<", 0, tag_end)) : start + 3].lower() == b"<a "


def _bare(block: bytes) -> str:
    return _TAG.sub(b"", block).decode("utf-8", "replace")


def _block_around(payload: bytes, at: int) -> tuple[int, int]:
    """Where the text between two block-level tags begins and ends; -1 for the begin where no text is, but a tag that no reader sees."""
    start = payload.rfind(b"<", 0, at)
    if start > payload.rfind(b">", 0, at) and payload[start + 1 : start + 2] in _TAG_STARTS:
        end = payload.find(b">", at)
        return (start if payload[start : start + 5].lower() == b"<meta" else -1), (end if end >= 0 else len(payload))
    while start >= 0 and _INLINE_TAG.match(payload, start):
        start = payload.rfind(b"<", 0, start)
    begin = payload.find(b">", start, at) + 1 if start >= 0 else 0
    end = payload.find(b"<", at)
    while end >= 0 and _INLINE_TAG.match(payload, end):
        end = payload.find(b"<", end + 1)
    return begin, end if end >= 0 else len(payload)


_TAG_STARTS = frozenset(bytes([c]) for c in b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/!?")

# --- pages ------------------------------------------------------------------------------------------------------------------

_DROPPED = "script style noscript select nav svg iframe template option button textarea footer".split()
_INLINE = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|font|small|big|su[bp]|abbr|mark|strike|ins|del|label|cite|q|o:p)(?:\s[^<>]*)?>", re.IGNORECASE
)
_LEAST_PROSE = 400
_MOST_TAGS = 6000  # the parser takes minutes over tags nested by the thousand


def read_lines(page: str) -> list[str]:
    """The visible text of a page, its head's title and description first, without links that stand alone: menus, lists of other news."""
    if page.count("<") > _MOST_TAGS:
        return re.sub(r"<[^<>]*>", "\n", page).split("\n")
    lines = _lines(page, links=False)
    if _prose(lines) < _LEAST_PROSE:
        return _lines(page, links=True)  # an anchor that was never closed makes a link of the whole article
    return lines


def _prose(lines: list[str]) -> int:
    """Letters of running text."""
    return sum(len(line) for line in lines if len(line) >= _RUNNING)


def _is_text(node: LexborNode | None) -> bool:
    """Whether what stands beside a link is running text, so that the link is a part of it; a date or a count is none."""
    return node is not None and node.tag == "-text" and any(c.isalpha() for c in node.text_content or "")


def _lines(page: str, links: bool) -> list[str]:
    tree = LexborHTMLParser(_INLINE.sub("", page))
    head = [node.attributes.get("content") or "" for node in tree.css('meta[property^="og:"], meta[name="description"]')]
    title = tree.css_first("title")
    head = [title.text() if title else "", *head]
    tree.strip_tags(_DROPPED)
    if not links:
        for anchor in tree.css("a[href]"):
            if not (_is_text(anchor.prev) or _is_text(anchor.next) or anchor.parent is not None and anchor.parent.tag == "h1"):
                anchor.decompose()
    tree.unwrap_tags(["a"])
    if tree.root is not None:
        tree.root.merge_text_nodes()
    body = tree.body.text(separator="\x01") if tree.body else ""
    # Other blanks stay: in broken letters one may be half a letter.
    text = "\x01".join((*head, body)).replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return [piece for piece in text.split("\x01") if piece and not piece.isspace()]
