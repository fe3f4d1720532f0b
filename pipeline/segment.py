"""Sentences and words of an article, as offsets of its raw text.

Sentences end by own rules, inside content regions only and never across two. Words are underthesea's, with its respelling switched
off, each one found again in the raw text. `to_doc` carries both in a spaCy `Doc` whose text is the article's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.records import CONTENT_REGIONS, Article, Segmentation

if TYPE_CHECKING:
    from spacy.tokens import Doc


def segment(article: Article, words: bool = True) -> Segmentation:
    """Offsets of sentences and, unless switched off, words; neither underthesea nor spaCy is imported without words.

    An article that the cheap look has refused gets none.
    """
    if article.refused:
        return Segmentation(article.id, ())
    sentences = tuple(
        span
        for region in article.regions
        if region.kind in CONTENT_REGIONS
        for span in split_sentences(article.text, region.start, region.end)
    )
    found = tuple(span for start, end in sentences for span in split_words(article.text, start, end)) if words else ()
    return Segmentation(article.id, sentences, found)


# --- sentences --------------------------------------------------------------------------------------------------------------

# A mark that may end a sentence, with the quotes and brackets that close behind it.
_MARK = re.compile(r"""(?:\./\.|[.?!…]+)["”’'»)\]]*(?:[.?!…]+["”’'»)\]]*)*""")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘'«,;:-]+$")
# After these, with a dot, comes a name or the rest of a short form.
_SHORT = frozenset(
    "đ/c đ.c d.c đc tp t.p tx tt q p x h f v ths th.s ts t.s pgs gs pgs.ts gs.ts tskh gs.tskh pgs.tskh bs bsck bscki bsckii bs.ck bs.cki"
    " bs.ckii ks cn ls ds dscki dsckii"
    " nsưt nsnd ngưt ngnd ttưt ttnd ths.bs ts.bs bác.sĩ mr mrs ms dr st tr stt nxb tnhh cty t.ư tư ô".split()
)
# "danh hiệu NSƯT. Năm 2018, ...": a title of the state that closes a sentence; behind it stands no name, which has two capitals
_HONOURS = frozenset("nsưt nsnd ngưt ngnd ttưt ttnd".split())
_NEXT_SENTENCE = re.compile(r"\s+[^\W\d_]+,? +[a-zà-ỹđ\d]")
# A sentence never ends with these: the dot is a slip ("tặng Bằng khen cho. Chi cục Thuế").
_OPEN = frozenset("cho của và tại với do là các những từ về theo bởi để trong cùng gồm như hoặc thuộc đến tới bằng vì nhằm".split())
_ITEM = re.compile(r"\W*(?:\d{1,2}|[a-zđA-ZĐ]|[IVX]{1,4})(?:\.\d{1,2})*\Z")

_RUN_ITEM = re.compile(r"[:;,]\s\d{1,2}\Z")  # "gồm: 1. Sở A, 2. Sở B": items told in a row


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch of text that is one paragraph; blanks at their ends are left out."""
    begin = start
    for match in _MARK.finditer(text, start, end):
        if match.end() < end and not _ends(text, begin, match.start(), match.end(), end):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if stripped := piece.strip():
        at = start + piece.index(stripped[0]) if piece[0].isspace() else start
        yield at, at + len(stripped)


def _ends(text: str, begin: int, mark: int, after: int, end: int) -> bool:
    """Whether the mark at `mark`, which ends at `after`, ends the sentence that began at `begin`."""
    sign = text[mark:after]
    following = _next_letter(text, after, end)
    if sign.startswith("./."):
        return following is None or not following.islower()
    if following is None or following.islower():
        return False
    before = _WORD_BEFORE.search(text[max(begin, mark - 24) : mark])
    word = before[0] if before else ""
    if not text[after].isspace():
        return sign == "." and _lacks_blank(text[max(begin, mark - 24) : mark], word, text[after : after + 24])
    if sign[0] in "?!":
        return True
    if sign.startswith(("...", "…", "..")):
        return not sign.endswith((")", "]")) and bool(word) and following.isupper()
    low = unicodedata.normalize("NFC", word).lower()
    if low in _HONOURS and _NEXT_SENTENCE.match(text, after, end):
        return True
    if sign == "." and len(low) == 1 and _ORDINAL.search(text, max(begin, mark - 12), mark):
        return True  # "Đại hội lần thứ X. Nhiệm kỳ qua, ..."
    if sign == "." and (not _SHORT.isdisjoint((low, low.rpartition(".")[2])) or low in _OPEN or (len(low) == 1 and word.isupper())):
        return False
    if low[-1:].isdigit() and following.isdigit():
        return False
    return not (_ITEM.match(text[begin:mark].strip()) or (low.isdigit() and _RUN_ITEM.search(text, max(begin, mark - 6), mark)))


_ORDINAL = re.compile(r"(?:lần thứ|khóa|khoá|quý|quí) [IVX]$")
# What may close a sentence though it is no word: a day, a share, a year, a number of something, a quotation.
_CLOSED = re.compile(r"(?:\d[/-]\d{1,2}|(?:19|20)\d\d|%|(?:tháng|số|khu vực|thứ|còn) \d{1,3}|[^\W\d_][)”’\"])$")
_NEW_WORDS = re.compile(r"[^\W\d_]+ [^\W\d_]")


def _lacks_blank(before: str, word: str, behind: str) -> bool:
    """Whether a dot that no blank follows ends a sentence: "xuất sắc.Phát biểu", "năm 2022.Khối", yet not "PGS.TS", "TP.Huế"."""
    if not (behind[:2].istitle() or (behind[:3].isupper() and behind[:3].isalpha())):
        return False
    if not word.isalpha():
        return _CLOSED.search(before) is not None
    if len(word) < 2 or word.lower() in _SHORT:
        return False
    following = _NEW_WORDS.match(behind)  # behind a name only a sentence begins with one capital: "Lò Văn An.Sau đó"
    return word.islower() or (following is not None and following[0][-1].islower())


def _next_letter(text: str, at: int, end: int) -> str | None:
    """The first letter or digit behind a mark; None where the paragraph ends first."""
    for k in range(at, min(end, at + 40)):
        if text[k].isalnum():
            return text[k]
    return None


# --- words ------------------------------------------------------------------------------------------------------------------

_PLAIN_TOKEN = re.compile(r"\w+|[^\w\s]")


@cache
def _tokenizer() -> Any:
    from underthesea import word_tokenize

    return word_tokenize


def split_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words of a sentence. Where the tokenizer changed a sentence's letters, single syllables take their place."""
    raw = text[start:end]
    spans = realign(raw, _tokenizer()(unicodedata.normalize("NFC", raw), use_token_normalize=False))
    if spans is None:
        spans = [m.span() for m in _PLAIN_TOKEN.finditer(raw)]
    return [(start + a, start + b) for a, b in spans]


def realign(raw: str, tokens: list[str]) -> list[tuple[int, int]] | None:
    """Where each token stands in the raw text; blanks and Unicode form may differ, letters may not (None then)."""
    spans, at = [], 0
    for token in tokens:
        while at < len(raw) and raw[at].isspace():
            at += 1
        if raw.startswith(token, at):
            stop: int | None = at + len(token)
        else:
            stop = _match_loosely(raw, at, token)
        if stop is None:
            return None
        spans.append((at, stop))
        at = stop
    return spans if not raw[at:].strip() else None


def _match_loosely(raw: str, at: int, token: str) -> int | None:
    """The end of the raw stretch that spells the token, whatever its blanks and Unicode form."""
    wanted = unicodedata.normalize("NFD", "".join(token.split()))
    taken = ""
    while at < len(raw) and len(taken) < len(wanted):
        stop = at + 1
        while stop < len(raw) and unicodedata.combining(raw[stop]):
            stop += 1
        if not raw[at].isspace():
            taken += unicodedata.normalize("NFD", raw[at:stop])
        at = stop
    return at if taken == wanted else None


# --- spaCy ------------------------------------------------------------------------------------------------------------------


@cache
def _vocabulary() -> Any:
    import spacy

    return spacy.blank("xx").vocab  # "vi" would want pyvi


def to_doc(article: Article, segmentation: Segmentation) -> Doc:
    """A spaCy `Doc` whose text is the article's text, so that `token.idx` is an offset of it.

    Sentences are `doc.sents`, regions the span group "regions" (label: the region's kind). Text outside content regions is carried
    as plain tokens.
    """
    from spacy.tokens import Doc, Span, SpanGroup

    text = article.text
    tokens = list(_all_tokens(text, segmentation))
    starts = {start for start, _ in segmentation.sentences} | {end for _, end in segmentation.sentences}
    words, spaces, sentence_starts, offsets = [], [], [], []
    for k, (start, end) in enumerate(tokens):
        if k and text[start:end] == " " and not spaces[-1] and offsets[-1][1] == start:
            spaces[-1] = True  # spaCy keeps one blank with the token before it
            if end in starts or start in starts:
                starts.add(end)
            continue
        words.append(text[start:end])
        spaces.append(False)
        offsets.append((start, end))
        sentence_starts.append(start in starts or not sentence_starts)
    doc = Doc(_vocabulary(), words=words, spaces=spaces, sent_starts=sentence_starts)
    doc.user_data["article"] = article.id
    spans = []
    for region in article.regions:
        span = doc.char_span(region.start, region.end, label=region.kind, alignment_mode="expand")
        if isinstance(span, Span):
            spans.append(span)
    doc.spans["regions"] = SpanGroup(doc, name="regions", spans=spans)
    return doc


_FILLER = re.compile(r" |[^\S ]+|\S+")


def _all_tokens(text: str, segmentation: Segmentation) -> Iterator[tuple[int, int]]:
    """The words, and tokens for everything between them, so that nothing of the text is missing."""
    at = 0
    for start, end in segmentation.words or segmentation.sentences:
        yield from ((at + m.start(), at + m.end()) for m in _FILLER.finditer(text[at:start]))
        yield start, end
        at = end
    yield from ((at + m.start(), at + m.end()) for m in _FILLER.finditer(text[at:]))
