"""Vietnamese read in a wrong encoding, back to letters. Charset detectors do not know the encodings of the 1990s: their tables are here.

TCVN3 (ABC)   one byte a letter; capitals with tone by font only; its ư is the soft hyphen
VNI           a base letter, then one that stands for the marks
VIQR          plain ASCII: "Kho^'i thi ddua"
windows-1258  base letters and combining tones
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

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


MOJIBAKE = re.compile(
    r"(?:á[»º][\x80-\xff\u0152-\u2122]?|Ä[\u2018\x91\x90‘ƒ\x83\u0192‚\x82\xa8\xa9]|Æ[°¡¯\xa0]|Å[¨©]|Ì[\x80\x81\x83\x89\x9b€ƒ‰›£]|Ã[\x80-\xbf\u0152-\u2122\s]|â€|Â[\xa0-\xbf])"
)


def from_mojibake(text: str) -> str:
    """UTF-8 read as windows-1252, once or twice; line by line, so that good lines stay."""
    return unicodedata.normalize("NFC", "\n".join(_unmojibake(line) for line in text.split("\n")))


def _unmojibake(line: str) -> str:
    for _ in range(2):
        if not MOJIBAKE.search(line):
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
