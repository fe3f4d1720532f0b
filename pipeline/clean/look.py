"""A cheap look at a page before anything costly: can it be of the genre at all?

Most pages of a crawl are about something else. Bytes are scanned for the genre's words first; only a page that holds one is parsed, and
then its running text must speak of emulation, or of an award near its top. The look may pass too much, never too little: a page in
doubt passes, and so does one that cannot be read, so that cleaning says why.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.clean import encodings
from pipeline.errors import ArticleError
from pipeline.records import Article, Record, Slot, Source

# What the look says: its decision, and behind the dot its reason.
Verdict = Literal[
    "passed.emulation",  # running text speaks of emulation as an institution
    "passed.award_given",  # an award beside a verb of giving, near the top
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
    "phong tặng", "truy tặng", "trao tặng", "anh hùng", "tđkt", "cstđ", "nsnd", "nsưt", "khối tr", "cụm tr", "trưởng kh", "trưởng c",
)  # fmt: skip
_BLANKS = (" ", "\xa0", "&nbsp;", "\n", "\r\n", "  ")
_LITERALS = BytesAhoCorasick(
    sorted(
        {
            form.replace(" ", blank).encode()
            for word in _WORDS
            for form in (word, word.capitalize(), word.title(), word.upper())
            for blank in _BLANKS
        }
    )
)

_AWARDS = AhoCorasick(
    "huân chương,huấn chương,huy chương,bằng khen,giấy khen,thư khen,cờ luân lưu,kỷ niệm chương,kỉ niệm chương,khen thưởng,khen tặng"
    ",danh hiệu,anh hùng,lao động tiên tiến,tuyên dương,vinh danh,tôn vinh,biểu dương,huy hiệu,nsnd,nsưt,nhà giáo ưu tú,nhà giáo nhân dân"
    ",thầy thuốc ưu tú,thầy thuốc nhân dân,nghệ sĩ ưu tú,nghệ sĩ nhân dân,nghệ sỹ ưu tú,nghệ sỹ nhân dân,nghệ nhân ưu tú"
    ",nghệ nhân nhân dân".split(",")
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
_EMULATION = re.compile(r"tđ\W{0,3}kt|cstđ|điển hình tiên tiến|(?:khối|cụm) (?:trưởng|tđ)|trưởng (?:khối|cụm)")
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
    if _AWARDS.find_matches_as_indexes(_first(kept, _HEAD)):
        return "passed.award_on_top"
    if _gives(_first(kept, _TOP)):
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


def _gives(text: str) -> bool:
    """Whether an award and a verb of giving stand near each other in one line."""
    for _, start, end in _AWARDS.find_matches_as_indexes(text):
        before, behind = text[max(start - _NEAR, 0) : start].rpartition("\n")[2], text[end : end + _NEAR].partition("\n")[0]
        if _GIVING.search(before) or _GIVING.search(behind):
            return True
    return False


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

# Signs of TCVN3, VNI, windows-1258, VIQR, and UTF-8 read as windows-1252.
_FOREIGN = BytesAhoCorasick([*(c.encode() for c in "®\u00ad§¸µ¬ñøïðþÞûëÄÆ»"), "Ì€".encode(), "Ã¡".encode(), b"u+", b"o^", b"e^"])
_SPELLED = (b"&#", b"acute;", b"grave;", b"circ;", b"tilde;", b"\xcc")  # letters as entities, and with loose tone marks
_MOST_SIGNS = 8
_ENOUGH = 20  # letters that only Vietnamese in proper Unicode has


def look_at(source: Source) -> Verdict:
    """Whether a source can be of the genre, and why. Raises nothing."""
    payload = without_scripts(source.payload) if source.media == "html" else source.payload
    proper = _is_proper(payload)
    if proper and sum(map(payload.count, _SPELLED)) <= _MOST_SIGNS and not _LITERALS.find_matches_as_indexes(payload):
        return "refused.no_word"
    try:
        text = payload.decode() if proper else encodings.decode(payload, source.encoding, source.media)[0]
    except (ArticleError, UnicodeError):
        return "passed.unreadable"
    lines = read_lines(text) if source.media == "html" else text.split("\n")
    visible = "\n".join(lines)
    for _ in range(2):  # some programs escape twice
        visible = encodings.resolve_entities(visible) if "&" in visible else visible
    verdict = judge_text(visible)
    if verdict.startswith("refused") and not proper and not _is_proper(visible.encode("utf-8", "replace")):
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


def _is_proper(payload: bytes) -> bool:
    """Whether all of it is Vietnamese in UTF-8."""
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    letters = payload.count(b"\xe1\xba") + payload.count(b"\xe1\xbb") + payload.count(b"\xcc") + payload.count(b"&#7")
    return letters >= _ENOUGH and len(_FOREIGN.find_matches_as_indexes(payload)) <= _MOST_SIGNS


def _judge_repaired(text: str) -> Verdict:
    """The look at letters that may be wrong: whatever one reading of them lets pass passes. Parts of a page may need different ones."""
    verdicts = (judge_text(convert(text)) for convert in encodings.CONVERTERS)
    return next((verdict for verdict in verdicts if verdict.startswith("passed")), "refused.no_event")


# --- pages ------------------------------------------------------------------------------------------------------------------

_DROPPED = "script style noscript select nav svg iframe template option button textarea footer".split()
_INLINE = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|font|small|big|su[bp]|abbr|mark|strike|ins|del|label|cite|q|o:p)(?:\s[^<>]*)?>", re.IGNORECASE
)
_LEAST_PROSE = 400
_MOST_TAGS = 6000  # the parser takes minutes over tags nested by the thousand


def read_lines(html: str) -> list[str]:
    """The visible text of a page, its head's title and description first, without links that stand alone: menus, lists of other news."""
    if html.count("<") > _MOST_TAGS:
        return re.sub(r"<[^<>]*>", "\n", html).split("\n")
    lines = _lines(html, links=False)
    if _prose(lines) < _LEAST_PROSE:
        return _lines(html, links=True)  # an anchor that was never closed makes a link of the whole article
    return lines


def _prose(lines: list[str]) -> int:
    """Letters of running text."""
    return sum(len(line) for line in lines if len(line) >= _RUNNING)


def _is_text(node: LexborNode | None) -> bool:
    """Whether what stands beside a link is running text, so that the link is a part of it; a date or a count is none."""
    return node is not None and node.tag == "-text" and any(c.isalpha() for c in node.text_content or "")


def _lines(html: str, links: bool) -> list[str]:
    tree = LexborHTMLParser(_INLINE.sub("", html))
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
