"""When two names mean the same: folded, with the abbreviations of administration written out, by the share of common words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

_ABBREVIATIONS = {
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "mttq": "mặt trận tổ quốc", "ubmttq": "ủy ban mặt trận tổ quốc",
    "mttqvn": "mặt trận tổ quốc việt nam", "ubmttqvn": "ủy ban mặt trận tổ quốc việt nam",
    "tđkt": "thi đua khen thưởng", "tđ": "thi đua",
    "vhttdl": "văn hóa thể thao và du lịch", "vhtt&dl": "văn hóa thể thao và du lịch", "vh,tt&dl": "văn hóa thể thao và du lịch",
    "lđtbxh": "lao động thương binh và xã hội", "lđtb&xh": "lao động thương binh và xã hội",
    "gdđt": "giáo dục và đào tạo", "gd&đt": "giáo dục và đào tạo", "khcn": "khoa học và công nghệ", "kh&cn": "khoa học và công nghệ",
    "tttt": "thông tin và truyền thông", "tt&tt": "thông tin và truyền thông",
    "khđt": "kế hoạch và đầu tư", "kh&đt": "kế hoạch và đầu tư",
    "tnmt": "tài nguyên và môi trường", "tn&mt": "tài nguyên và môi trường",
    "nn&ptnt": "nông nghiệp và phát triển nông thôn", "ptnt": "phát triển nông thôn", "nn": "nông nghiệp",
    "ptth": "phát thanh và truyền hình", "pt&th": "phát thanh và truyền hình",
    "bhxh": "bảo hiểm xã hội", "gtvt": "giao thông vận tải", "ttyt": "trung tâm y tế", "tand": "tòa án nhân dân",
    "vksnd": "viện kiểm sát nhân dân", "thads": "thi hành án dân sự", "chqs": "chỉ huy quân sự", "bđbp": "bộ đội biên phòng",
    "ccb": "cựu chiến binh", "lđlđ": "liên đoàn lao động", "lhpn": "liên hiệp phụ nữ", "cđcs": "công đoàn cơ sở",
    "htx": "hợp tác xã", "thpt": "trung học phổ thông", "tnhh": "trách nhiệm hữu hạn",
    "gđ": "giám đốc", "pgđ": "phó giám đốc", "tp": "thành phố", "tx": "thị xã", "tt": "thị trấn",
    "xh": "xã hội", "vh": "văn hóa", "vhxh": "văn hóa xã hội",
}  # fmt: skip
# Abbreviations whose parts are set off by blanks, dashes or dots, in the order in which they are tried.
_WITH_AMPERSAND = re.compile(r"\b([a-zđ]+)[\s]*[-–,.]?[\s]*([a-zđ]*)&([a-zđ]+)\b")
_WITH_DASH = (
    (re.compile(r"\b(pt)\s*-\s*(th)\b"), "phát thanh và truyền hình"),
    (re.compile(r"\b(lđ)\s*-\s*(tb)\s*&\s*(xh)\b"), "lao động thương binh và xã hội"),
    (re.compile(r"\b(kh|gd|vh)\s*-\s*(đt|tt)\b"), r"\1\2"),
)
_TONES = dict(
    zip(
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),
        strict=True,
    )
)
_TONE = re.compile(rf"({'|'.join(_TONES)})(?!\w)")
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
# Words that say nothing about which unit is meant.
_EMPTY_WORDS = frozenset("và tỉnh của các cơ quan đại diện lãnh đạo tập thể thi đua đơn vị".split())


@lru_cache(maxsize=65536)
def fold_name(text: str) -> str:
    """Lower case, tone marks in one place, abbreviations written out, punctuation dropped."""
    text = unicodedata.normalize("NFC", text).replace("Ð", "Đ").casefold()
    text = _TONE.sub(lambda m: _TONES[m[0]], text)
    text = _WITH_AMPERSAND.sub(lambda m: _ABBREVIATIONS.get(f"{m[1]}{m[2]}&{m[3]}", m[0]), text)
    for pattern, full in _WITH_DASH:
        text = pattern.sub(full, text)
    return " ".join(" ".join(_ABBREVIATIONS.get(word, word) for word in _WORD.findall(text)).split())


def fold_value(value: Any) -> str:
    return "" if value is None else fold_name(str(value))


def _share(a: Any, b: Any, ignore: frozenset[str], least: float) -> bool:
    """Whether the F1 of the words that say something reaches `least`."""
    x, y = ([w for w in fold_value(name).split() if w not in _EMPTY_WORDS and w not in ignore] for name in (a, b))
    if not x or not y:
        return bool(fold_value(a)) and fold_value(a) == fold_value(b)
    rest, common = list(y), 0
    for word in x:
        if word in rest:
            rest.remove(word)
            common += 1
    return 2 * common / (len(x) + len(y)) >= least


def alike(a: Any, b: Any, ignore: frozenset[str] = frozenset(), least: float = 0.8) -> bool:
    """Whether two names mean the same unit, bloc or place, with or without what stands in brackets."""
    if _share(a, b, ignore, least):
        return True
    bare = [_BRACKETS.sub("", name) if name else name for name in (a, b)]
    return bare != [a, b] and all(bare) and _share(*bare, ignore, least)


def same_person(a: Any, b: Any) -> bool:
    return bool(a) and fold_value(a) == fold_value(b)


def equal(a: Any, b: Any) -> bool:
    """Whether two names are the same words, folded and with abbreviations written out."""
    return fold_value(a) == fold_value(b) != ""
