"""Awards: catalogue code, year by the year under review, and one entry for what is told twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from pipeline.gazetteer import Gazetteer
from pipeline.normalize.units import identify, person_key
from pipeline.records import Award, Slot
from pipeline.textmap import fold

if TYPE_CHECKING:
    from pipeline.normalize import Context

# Bare names with the level that makes them a row of the catalogue.
_CODES = {
    ("CO", "government"): "CO_CP", ("CO", "ministry"): "CO_BO", ("CO", "province"): "CO_TINH", ("CO", "sector"): "CO_DOANTHE_TINH",
    ("BK", "government"): "BK_TTG", ("BK", "ministry"): "BK_BO", ("BK", "province"): "BK_TINH",
    ("GK", "sector"): "GK_SO", ("GK", "district"): "GK_HUYEN", ("GK", "commune"): "GK_XA", ("GK", "grassroots"): "GK_DV",
    ("KNC", "ministry"): "KNC_BO", ("KNC", "province"): "KNC_TINH",
    ("CSTD", "government"): "CSTD_TQ", ("CSTD", "ministry"): "CSTD_BO", ("CSTD", "province"): "CSTD_TINH",
    ("CSTD", "grassroots"): "CSTD_CS",
}  # fmt: skip


@lru_cache(maxsize=4)
def _catalogue(gazetteer: Gazetteer) -> tuple[dict[str | None, str], dict[str, str]]:
    """The level of each code, and the code of each bare name that no law gives one level: "BK" for "Bằng khen"."""
    rows = gazetteer.table("awards")
    return {e.code: e.fields["level"] for e in rows}, {e.name: e.code for e in rows if not e.fields["level"]}


def award_code(code: str | None, bare: str, level: str | None, gazetteer: Gazetteer) -> str | None:
    """The row of the catalogue that a name and the level of its giver tell.

    The giver outweighs a name that holds another level: "Bằng khen của Bộ A và UBND tỉnh" is a certificate of each. "Cơ sở" in a name
    is no giver: many bodies give what is of the grassroots.
    """
    levels, generic = _catalogue(gazetteer)
    if level and level not in (fixed := levels.get(code, "")).split("|") and fixed not in ("", "grassroots"):
        code = generic.get(bare, code)
    return _CODES.get((code or "", level), code)


def settle_awards(awards: Iterable[Award], context: Context, gazetteer: Gazetteer, province: str | None = None) -> list[Award]:
    """Awards with code, keys and year; an award told twice counts once, in its fullest form."""
    merged: list[Award] = []
    keys: list[str | None] = []  # of the merged ones as they stand
    for award in awards:
        settled = _settled(award, context, gazetteer)
        key = _short_key(settled, province)
        for k, other in enumerate(merged):
            if (keys[k] == key or _one_without_name(other, settled)) and _same(other, settled):
                merged[k] = _merge(other, settled)
                keys[k] = _short_key(merged[k], province)
                break
        else:
            merged.append(settled)
            keys.append(key)
    return [a for a in merged if a.status.value != "proposed" or not any(_overtaken(a, other) for other in merged)]


_FOLK = re.compile(r"(?:(?:đảng bộ|chính quyền|nhân dân|cán bộ|quân|dân|dân tộc) )+(?=(?:huyện|quận|thị xã|xã|phường|thị trấn) )")


def _short_key(award: Award, province: str | None) -> str | None:
    """The recipient's key without the article's own province, and a place's without its people.

    "Sở Y tế Hà Nam" is "Sở Y tế", "Đảng bộ và nhân dân huyện Nà Lừ" is "huyện Nà Lừ".
    """
    key = award.recipient_key
    if not key or award.recipient_kind is None or award.recipient_kind.value != "unit":
        return key
    return _FOLK.sub("", key.removesuffix(f" {fold(province)}") if province else key)


_TIERS = (" ngành", " huyện", " quận", " thị xã", " thành phố", " xã", " phường", " thị trấn")


def _one_without_name(a: Award, b: Award) -> bool:
    """ "Công an huyện" beside "Công an huyện Nà Lừ", "Công đoàn ngành" beside "Công đoàn ngành Y tế": one leaves out which."""
    if a.recipient is None or b.recipient is None:
        return False
    short, full = sorted((str(a.recipient.value).lower(), str(b.recipient.value).lower()), key=len)
    return short.endswith(_TIERS) and full.startswith(f"{short} ")


def _overtaken(proposed: Award, conferred: Award) -> bool:
    """A proposal for a person that the same article tells was followed: "đã đề nghị ... tặng", then "được tặng"."""
    if conferred.status.value != "conferred" or not proposed.recipient_key:
        return False
    same = proposed.award.value == conferred.award.value and proposed.recipient_key == conferred.recipient_key
    person = proposed.recipient_kind is not None and proposed.recipient_kind.value == "person"
    return same and person and all(_agree(getattr(proposed, n), getattr(conferred, n)) for n in ("grade", "level", "year"))


def _settled(award: Award, context: Context, gazetteer: Gazetteer) -> Award:
    year = award.year
    given_here = year is not None and year.value in ("handed over", "on the occasion")
    open_year = year is not None and (year.value == "open" or given_here and not _of_the_term(award, context))
    if given_here:
        year = None
    if year is not None and year.value == "period":
        year = _in_period(year, context) if context.reviewed and context.reviewed_span else None
    if year is None and award.status.value == "proposed" and context.kind == "council" and not context.reviewed_span:
        # a council that votes on no year's awards: only a year that the heading names
        source = "the year that title or lead name"
        year = Slot(context.stated, award.status.spans, "awards.year.heading", source) if context.stated else None
    elif year is None and award.status.value == "proposed" and context.kind is None and context.stated:
        year = Slot(context.stated, award.status.spans, "awards.year.heading", "the year that title or lead name")
    elif year is None and award.status.value == "proposed" and context.reviewed and not _of_many_years(award, context):
        closed = context.reviewed - (context.kind == "signing")
        source = "the year reviewed" if closed == context.reviewed else "the year before the one signed for"
        year = Slot(closed, context.reviewed_span or award.status.spans, "awards.year.reviewed", source)
    if open_year:
        year = None
    elif year is None and award.status.value == "conferred":
        year = _conferred_year(award, context)
    level = award.level.value if award.level else None
    recipient = str(award.recipient.value) if award.recipient else None
    person = bool(recipient and award.recipient_kind and award.recipient_kind.value == "person")
    unit, key = (None, person_key(recipient)) if person else identify(recipient, gazetteer) if recipient else (None, None)
    return msgspec.structs.replace(
        award, year=year, code=award_code(award.code, str(award.award.value), level, gazetteer), recipient_key=key, unit_code=unit
    )


def _of_the_term(award: Award, context: Context) -> bool:
    """Whether what is handed over crowns the time that the meeting closes: a congress's own certificates and flags, and the flags of the
    year that is handed over where the next is signed for. What a review hands over may be late, or for a deed of its own."""
    if context.kind == "signing":
        return award.award.value == "Cờ thi đua" or award.year.value == "on the occasion"
    by_the_state = award.level is not None and award.level.value in ("state", "government")
    return context.kind == "congress" and not by_the_state and award.award.value != "Kỷ niệm chương"


def _of_many_years(award: Award, context: Context) -> bool:
    """An order of the state that is asked for where nobody meets and no year is told crowns more than the year of the news."""
    return context.kind is None and not context.reviewed_span and award.level is not None and award.level.value == "state"


def _in_period(year: Slot, context: Context) -> Slot:
    """The year of what was given "trong năm": the one reviewed; at a signing the one that is over."""
    if context.kind == "signing":
        return Slot(context.reviewed - 1, year.spans, year.rule, "the year before the one signed for")
    return Slot(context.reviewed, year.spans, year.rule, "the period reviewed")


def _conferred_year(award: Award, context: Context) -> Slot | None:
    """Awards without a year at a review or congress crown the period reviewed, at a signing the year before the one signed for.

    At a half-year review and elsewhere the year stays open; so does that of what the Government gives, which a review hands over late.
    """
    if not context.reviewed_span or context.reviewed is None:
        return None
    if context.kind == "congress" and award.level and award.level.value == "state" and award.recipient:
        return None  # an order handed over at a congress crowns more than the congress's own years
    if context.kind == "annual_review" and award.level and award.level.value == "government":
        return None
    if context.kind in ("annual_review", "congress", "council", "thematic", "inspection"):
        return Slot(context.reviewed, context.reviewed_span, "awards.year.reviewed", "the period reviewed")
    if context.kind == "signing":
        return Slot(context.reviewed - 1, context.reviewed_span, "awards.year.before_signing", "the year before the one signed for")
    return None


def _same(a: Award, b: Award) -> bool:
    """The same award, of recipients of one key: what one mention leaves open does not make it another."""
    if a.award.value != b.award.value or a.status.value != b.status.value:
        return False
    if a.recipient_key is None and a.count and b.count and a.award.spans == b.award.spans and a.count.spans != b.count.spans:
        return False  # "gồm 5 công nhân nhà máy A, 5 công nhân nhà máy B": two counts of one mention
    if a.recipient_key is None and (a.count.value if a.count else None) != (b.count.value if b.count else None):
        return False
    if a.recipient_key is None and (a.recipient_kind and b.recipient_kind and a.recipient_kind.value != b.recipient_kind.value):
        return False
    return all(_agree(getattr(a, name), getattr(b, name)) for name in ("grade", "level", "year"))


def _agree(x: Slot | None, y: Slot | None) -> bool:
    return x is None or y is None or x.value == y.value


def _fuller(name: str, other: str) -> bool:
    """Whether a name is longer than another, or as long and not all in capitals as a title's is."""
    return len(name) > len(other) or len(name) == len(other) and other.isupper() and not name.isupper()


def _merge(a: Award, b: Award) -> Award:
    filled = {name: getattr(a, name) or getattr(b, name) for name in ("grade", "level", "year", "recipient_kind")}
    longer = b if b.recipient and a.recipient and _fuller(str(b.recipient.value), str(a.recipient.value)) else a
    code = a.code if a.code and "_" in a.code else b.code or a.code
    spans = tuple(dict.fromkeys((*a.award.spans, *b.award.spans)))
    name = Slot(a.award.value, spans, a.award.rule, a.award.inferred_from)
    who = {name: getattr(longer, name) for name in ("recipient", "recipient_key", "unit_code")}
    return msgspec.structs.replace(a, **filled, **who, code=code, award=name)
