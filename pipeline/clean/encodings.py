"""Bytes to text, and text that was read in a wrong encoding back to Vietnamese.

Good Unicode text is never touched. What can be told with certainty is repaired to NFC, and the article says so; what cannot is an
`ArticleError("encoding", …)`. ftfy and charset detectors know UTF-8 read as windows-1252, but not the Vietnamese encodings of the
1990s, so their tables stand here:

TCVN3 (ABC)   one byte a letter; capitals with tone by font only; its ư is the soft hyphen
VNI           a base letter, then one that stands for the marks
VIQR          plain ASCII: "Kho^'i thi ddua"
windows-1258  base letters and combining tones
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pipeline.errors import ArticleError

SAMPLE = 20_000  # characters that decide


@dataclass(frozen=True)
class Repair:
    """How a text's letters come back: what it was (for the note) and the function that does it."""

    name: str
    convert: Callable[[str], str]


# --- the tables -------------------------------------------------------------------------------------------------------------

_TCVN3_LETTERS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ", 0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip
TCVN3: dict[str, str] = {chr(first + i): letter for first, letters in _TCVN3_LETTERS.items() for i, letter in enumerate(letters)}

_VNI_MARKS = {
    "a": dict(zip("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table = {}
    for base, marks in _VNI_MARKS.items():
        for mark, letter in marks.items():
            table[base + mark] = letter
            for capital in (base.upper() + mark.upper(), base.upper() + mark):
                table[capital] = letter.upper()
    for code, letter in _VNI_ALONE.items():
        table[code], table[code.upper()] = letter, letter.upper()
    return table


VNI: dict[str, str] = _vni_table()
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))

_SHAPES = {"^": "\u0302", "(": "\u0306", "+": "\u031b", "*": "\u031b"}
_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_VIQR_CODE = re.compile(r"\\([.?'`~^(+*\\])|[dD][dD]|([aeiouyAEIOUY])([\^(+*]?)(['`?~.]?)")
_VIQR_HOLDS = {"^": "aeoAEO", "(": "aA", "+": "ouOU", "*": "ouOU"}


# "»" and the fractions are letters only beside letters; alone they are the signs of a menu or a number.
_TCVN3_BESIDE = "".join(TCVN3) + r"\w"
_TCVN3_CODE = re.compile(f"[{''.join(sorted(set(TCVN3) - set('»¼½')))}]|(?<=[{_TCVN3_BESIDE}])[»¼½]|[»¼½](?=[{_TCVN3_BESIDE}])")


def from_tcvn3(text: str) -> str:
    """TCVN3 read as windows-1252 or latin-1. In lines and words in capitals the toned letters are capitals, too."""
    return "\n".join(_tcvn3_line(line) for line in text.split("\n"))


def _tcvn3_line(line: str) -> str:
    """The fonts for capitals use the codes of small letters: "KHèI THI §UA" is KHỐI THI ĐUA."""
    converted = unicodedata.normalize("NFC", _TCVN3_CODE.sub(lambda m: TCVN3[m[0]], line))
    letters = [c for c in line if c.isascii() and c.isalpha()]
    if len(letters) >= 5 and _TWO_CAPITALS.search(line) and sum(c.isupper() for c in letters) >= 0.9 * len(letters):
        return converted.upper()
    return re.sub(r"[^\W\d_]+", _level_case, converted)


_TWO_CAPITALS = re.compile(r"[A-Z]\w*[A-Z]")  # "Hà" alone is H and a small code: no word in capitals


def _level_case(match: re.Match[str]) -> str:
    word = match[0]
    plain = [c for c in word if c.isascii()]
    return word.upper() if len(plain) > 1 and all(c.isupper() for c in plain) else word


def from_vni(text: str) -> str:
    """VNI-Windows read as windows-1252 or latin-1."""
    return unicodedata.normalize("NFC", _VNI_CODE.sub(lambda m: VNI[m[0]], text))


def from_viqr(text: str) -> str:
    """VIQR; a backslash before a mark makes it punctuation."""

    def letter(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        if not match[2]:
            return "Đ" if match[0][0] == "D" else "đ"
        base, shape, tone = match[2], match[3], match[4]
        if shape and base not in _VIQR_HOLDS[shape]:
            return match[0]
        return base + _SHAPES.get(shape, "") + _TONES.get(tone, "")

    return unicodedata.normalize("NFC", _VIQR_CODE.sub(letter, text))


def from_windows_1258(text: str) -> str:
    """windows-1258 read as windows-1252."""
    return unicodedata.normalize("NFC", "".join(_as_1258(c) for c in text))


@cache
def _as_1258(c: str) -> str:
    code = _byte(c)
    if code is None or code < 0x80:
        return c
    try:
        return bytes([code]).decode("cp1258")
    except UnicodeDecodeError:
        return c


@cache
def _byte(c: str) -> int | None:
    """The byte that windows-1252, or latin-1 where that has none, reads as this character."""
    try:
        return c.encode("cp1252")[0]
    except UnicodeEncodeError:
        return ord(c) if ord(c) < 256 else None


_MOJIBAKE = re.compile(
    r"(?:á[»º][\x80-\xff\u0152-\u2122]?|Ä[\u2018\x91\x90‘ƒ\x83\u0192‚\x82\xa8\xa9]|Æ[°¡¯\xa0]|Å[¨©]|Ì[\x80\x81\x83\x89\x9b€ƒ‰›£]|Ã[\x80-\xbf\u0152-\u2122\s]|â€|Â[\xa0-\xbf])"
)


def from_mojibake(text: str) -> str:
    """UTF-8 read as windows-1252, once or twice; line by line, so that good lines stay."""
    return unicodedata.normalize("NFC", "\n".join(_unmojibake(line) for line in text.split("\n")))


def _unmojibake(line: str) -> str:
    for _ in range(2):
        if not _MOJIBAKE.search(line):
            break
        codes = [_byte(c) for c in line]
        if None in codes:
            # Good letters stand beside the broken ones: ftfy takes the line apart.
            import ftfy

            return ftfy.fix_encoding(line)
        try:
            line = bytes(code for code in codes if code is not None).decode("utf-8")
        except UnicodeDecodeError:
            import ftfy

            return ftfy.fix_encoding(line)
    return line


_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d?);")


def has_entities(text: str) -> bool:
    """Whether entities stand for letters or blanks in the text; a lone "&…;" of another meaning does not count."""
    return "&" in text and any(html.unescape(m[0]) != m[0] for m in _ENTITY.finditer(text))


def resolve_entities(text: str) -> str:
    """HTML entities left in text: "Kh&#7889;i" to "Khối"."""
    return _ENTITY.sub(lambda m: html.unescape(m[0]), text)


# --- telling good text from bad ---------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")
# Frequent words, each with a letter that every wrong reading spoils.
_COMMON = re.compile(
    r"(?<!\w)(?:của|được|những|với|tỉnh|đã|người|để|một|đồng|hội|thưởng|đua|đơn|vụ|trưởng|việc|nhiệm|đến|từ|lại|sự|ở)(?!\w)"
)
_NUCLEUS = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oai oao oay oe oeo oi oo ôi ơi ua uă uai uao uay uâ uây ue uê"
    " ueo ui uô uôi uơ uy uya uyê"
    " uyu ưa ưi ươ ươi ươu ưu yê yêu"
).split()
_SYLLABLE = re.compile(
    rf"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?(?:{'|'.join(sorted(_NUCLEUS, key=len, reverse=True))})(?:ch|ng|nh"
    rf"|[cmnpt])?|gi"
)
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_RICH = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


@cache
def _is_syllable(word: str) -> bool:
    """Whether a small-letter word in NFC is built as Vietnamese syllables are."""
    bare, tones = _TONE_MARKS.subn("", unicodedata.normalize("NFD", word))
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


@dataclass(frozen=True)
class Quality:
    """Words with marks: those that are Vietnamese, with letters that no western language has, and those that cannot be."""

    good: int
    rich: int
    bad: int
    words: int

    @property
    def vietnamese(self) -> bool:
        return self.rich >= 2 and self.rich * 12 >= self.words and self.good >= 6 * self.bad


def quality(text: str) -> Quality:
    """How Vietnamese a text looks: words with the language's letters, those that only it has, words that cannot be its, all words."""
    good = rich = bad = words = 0
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        words += 1
        if word.isascii():
            continue
        if _is_syllable(word.lower()):
            good += 1
            rich += bool(_RICH.search(word))
        else:
            bad += 1
    return Quality(good, rich, bad, words)


_REPAIRS = (
    Repair("UTF-8 read as windows-1252", from_mojibake),
    Repair("TCVN3", from_tcvn3),
    Repair("VNI", from_vni),
    Repair("windows-1258 read as windows-1252", from_windows_1258),
    Repair("VIQR", from_viqr),
)
CONVERTERS = tuple(repair.convert for repair in _REPAIRS)
# Signs within words, where TCVN3 has letters; the marks of VIQR.
_STRAY = re.compile("[A-Za-z][\xa1-\xbf]|[\xa1-\xbf][A-Za-z]")
_VIQR_SHAPE = re.compile(r"[aeoAEO]\^|[ouOU]\+|[aA]\([a-z'`?~.]|\b[dD][dD][aeiouy]")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|\ufffd")


def find_repair(text: str) -> Repair | None:
    """How the text's letters come back; None for text that is good, or that is no Vietnamese at all.

    Raises:
        ArticleError: `encoding` when letters are lost for good.
    """
    sample = text[:SAMPLE]
    known = islice(_COMMON.finditer(unicodedata.normalize("NFC", sample[:4000].lower())), 3)
    if sum(1 for _ in known) == 3 and not _MOJIBAKE.search(sample):
        _refuse_lost(sample)
        return None
    now = quality(sample)
    broken = len(_MOJIBAKE.findall(sample))
    if now.vietnamese and broken * 20 <= now.good:
        return None
    spoilt = now.bad + broken + len(_STRAY.findall(sample))
    viqr = len(_VIQR_SHAPE.findall(sample)) * 10 >= now.words > 0
    best, best_quality = None, now
    for repair in _REPAIRS:
        if not (viqr if repair.convert is from_viqr else spoilt * 30 >= now.words and spoilt >= 2):
            continue
        found = quality(repair.convert(sample))
        if found.vietnamese and (found.rich - 3 * found.bad) > (best_quality.rich - 3 * best_quality.bad):
            best, best_quality = repair, found
    if best is None:
        _refuse_lost(sample)
    return best


def _refuse_lost(sample: str) -> None:
    """Letters that an earlier program replaced with "?" or U+FFFD cannot come back."""
    if sample.count("?") + sample.count("\ufffd") < 5:
        return
    lost = len(_LOST.findall(sample))
    if lost >= 5 and lost * 12 > len(_WORD.findall(sample)):
        raise ArticleError("encoding", f"{lost} letters of the text are lost (? or U+FFFD in their place). Fetch the page again")


def composed(text: str) -> tuple[str, tuple[str, ...]]:
    """A page's text in NFC, which its article is written in anyway, and a note where letters came with loose marks."""
    if unicodedata.is_normalized("NFC", text):
        return text, ()
    return unicodedata.normalize("NFC", text), ("letters with loose marks composed to NFC",)


# --- bytes ------------------------------------------------------------------------------------------------------------------

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP, DOCX or XLSX file"),
    (b"\xd0\xcf\x11\xe0", "a DOC or XLS file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "an RTF file"),
    (b"Rar!", "a RAR file"),
    (b"7z\xbc\xaf", "a 7z file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=\s*|encoding\s*=\s*)["']?\s*([\w.:-]{3,30})""", re.IGNORECASE)
_SINGLE_BYTE = frozenset({"iso8859-1", "cp1252", "ascii", "cp1258", "latin-1"})
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})


def decode(payload: bytes, declared: str | None = None, media: str = "text") -> tuple[str, str, tuple[str, ...]]:
    """The text of a file, the encoding that it was in, and what was mended on the way.

    Raises:
        ArticleError: `empty`, `binary`, `encoding`.
    """
    if not payload.strip(b" \t\r\n\0"):
        raise ArticleError("empty", "The file holds no text")
    for magic, name in _MAGIC:
        if payload.startswith(magic):
            raise ArticleError("binary", f"The file is {name}, not a page or a text")
    for bom, name in _BOMS:
        if payload.startswith(bom):
            return _without_nul(_latin(payload[len(bom) :].decode(name, "replace")), name, ())
    if (wide := _wide(payload)) is not None:
        return _without_nul(_latin(payload.decode(wide, "replace")), wide, ())
    if len(payload.translate(None, _CONTROLS)) < 0.95 * len(payload):
        raise ArticleError("binary", "More than a twentieth of the file are control bytes: no page and no text")
    try:
        return _without_nul(payload.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError:
        pass
    if (mended := _nearly_utf8(payload)) is not None:
        return _without_nul(mended, "utf-8", ("bytes that are no UTF-8 replaced by U+FFFD",))
    return _without_nul(*_legacy(payload, declared, media))


def _wide(payload: bytes) -> str | None:
    """UTF-16 without a mark at its start: every second byte of its ASCII characters is 0."""
    head = payload[:4000]
    if head.count(0) * 5 < len(head):
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    return "utf-16-le" if odd > 3 * even else "utf-16-be" if even > 3 * odd else None


def _latin(text: str) -> str:
    """Text of wide characters, which must hold Latin letters and blanks; bytes of another kind decode to anything."""
    sample = text[:SAMPLE]
    if sum(c.isascii() for c in sample) * 5 < len(sample):
        raise ArticleError("encoding", "The file begins as UTF-16 or UTF-32 does, but holds no Latin text in it")
    return text


def _without_nul(text: str, encoding: str, repairs: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    if "\x00" in text:
        return text.replace("\x00", ""), encoding, (*repairs, "NUL characters removed")
    return text, encoding, repairs


def _nearly_utf8(payload: bytes) -> str | None:
    """UTF-8 with a few bad bytes: cut off in mid-letter, or with a foreign byte or two."""
    text = payload.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    letters = sum(1 for c in text[:200_000] if ord(c) > 127) - bad
    return (
        text
        if letters > 20 * bad or (bad <= 1 and payload[-4:].decode("utf-8", "ignore") != payload[-4:].decode("latin-1") and letters >= bad)
        else None
    )


def _visible(text: str, media: str) -> str:
    """What decides on a page's letters: its text without markup, entities resolved."""
    if media != "html":
        return text
    bare = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>", " ", text[: 20 * SAMPLE])
    return resolve_entities(re.sub(r"[ \t\r\n]+", " ", bare))


# latin-1 to windows-1252: quotes and dashes where latin-1 has control characters.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


def _legacy(payload: bytes, declared: str | None, media: str) -> tuple[str, str, tuple[str, ...]]:
    """Bytes that are no UTF-8: a Vietnamese encoding that the letters speak for, else the declared one, else western text."""
    western = payload.decode("latin-1").translate(_WINDOWS)
    named = declared or (found[1].decode("ascii", "ignore") if (found := _DECLARED.search(payload[:4096])) else None)
    windows = payload.decode("cp1258", "replace")
    candidates = [("windows-1258", quality(_visible(windows, media)[:SAMPLE]))]
    visible = _visible(western, media)[:SAMPLE]
    candidates += [(name, quality(convert(visible))) for name, convert in (("tcvn3", from_tcvn3), ("vni", from_vni))]
    name, best = max(candidates, key=lambda c: c[1].rich - 3 * c[1].bad)
    if best.vietnamese:
        if name == "windows-1258":
            return unicodedata.normalize("NFC", windows), name, ("windows-1258 composed to NFC",)
        # TCVN3 and VNI are converted later, from the text alone; markup is ASCII in both.
        return western, name, ()
    codec = _codec(named)
    if codec and codec not in _SINGLE_BYTE:
        try:
            return payload.decode(codec), codec, ()
        except UnicodeDecodeError:
            pass
    high = sum(1 for c in western[:200_000] if ord(c) > 127)
    if high * 50 <= len(western[:200_000]):
        return payload.decode("cp1252", "replace"), "windows-1252", ()
    return _detected(payload)


def _codec(name: str | None) -> str | None:
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def _detected(payload: bytes) -> tuple[str, str, tuple[str, ...]]:
    """What charset detection makes of it, where the result reads as Vietnamese; anything else would be a guess."""
    from charset_normalizer import from_bytes

    match = from_bytes(payload[: 4 * SAMPLE]).best()
    if match is not None:
        text = payload.decode(match.encoding, "replace")
        if quality(text[:SAMPLE]).vietnamese:
            return text, match.encoding, (f"encoding detected: {match.encoding}",)
    raise ArticleError("encoding", "The bytes are no UTF-8 and fit no encoding of Vietnamese. Say which it is (encoding), or fetch again")
