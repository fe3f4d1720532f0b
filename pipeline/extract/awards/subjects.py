"""Recipients that are the subject: "Sở A được tặng ...", "suy tôn Sở A đề nghị ...", or one named in a sentence before."""

from __future__ import annotations

import re

from pipeline.extract.awards.aliases import named_before
from pipeline.extract.awards.chosen import the_rest
from pipeline.extract.awards.clause import by_own_words, owner, proposer, sole_person, sole_unit, source
from pipeline.extract.awards.lists import by_count, recipient_of, split_totals
from pipeline.extract.awards.model import Recipient
from pipeline.extract.awards.named import people_here, people_of, pieces, provinces
from pipeline.extract.awards.short import short_subject
from pipeline.extract.document import Document
from pipeline.extract.symbols import Chunk

# "Sở A và Sở B, mỗi đơn vị một Bằng khen"
_EACH = re.compile(
    r"mỗi (?:đơn vị|tập thể|cá nhân|người|hội|trường|sở|huyện|xã|bên|địa phương|nơi|đồng chí)"
    r"(?: (?:được|nhận|tặng|đề nghị|trao))* (?:một|0?1) (?:danh hiệu )?\"?$"
)


def recipients_before(doc, chunks, tokens, symbols, start, i, history, earlier):
    """Recipients that are the subject: before "nhận", "đạt", "được ... tặng", or between "suy tôn" and "đề nghị"."""
    if symbols[i - 1 : i] == ":" or symbols[i - 2 : i] == ':"':
        # "Cục Hải quan tỉnh, Cục Thống kê: Cờ thi đua của UBND tỉnh"
        found = _subject(doc, chunks, tokens, symbols, start, i - 1 if symbols[i - 1] == ":" else i - 2)
        if found:
            return found, "awards.recipient.before_colon"
    if symbols[i - 1 : i] == "-" and i - 1 > start and len(re.findall(r"[UPN)]-\"?A", symbols)) >= 2:
        # "Sở A - Cờ thi đua của Chính phủ; Sở B, Sở C - Bằng khen"
        found = _subject(doc, chunks, tokens, symbols, start, i - 1)
        if found:
            return found, "awards.recipient.before_dash"
    each = _EACH.search(doc.key, tokens[start].chunk.start, tokens[i].chunk.start)
    if each:
        stop = next(k for k in range(start, i + 1) if tokens[k].chunk.end > each.start())
        found = _subject(doc, chunks, tokens, symbols, start, stop)
        if found:
            return found, "awards.recipient.each"
    counted = re.search(r"(?P<n>N(?:(?:v|,)N)*)\"?$", symbols[start:i])
    if counted and re.search(r"[fr]", symbols[:i]) and not re.search(r"r", symbols[start + counted.start() : i]):
        # "công nhận 8 tập thể "Tập thể lao động tiên tiến""
        return [r for t in tokens[start + counted.start("n") : i] if t.symbol == "N" for r in by_count(t)], "awards.recipient.count_beside"
    verbs = [
        k
        for k in range(start, i)
        if symbols[k] in "rfpb" or (symbols[k] == "o" and re.search(r"N[Yw]?$", symbols[start:k]) and re.match(r"o\"?A", symbols[k:]))
    ]
    for k in verbs:
        stop = k
        if symbols[k] == "f":
            # "được Chính phủ tặng": step over who gives, to "được"
            for giving in _GIVING:
                back = giving.search(symbols[start:k])
                giver = start + back.start() if back else k
                words = doc.key[max(chunks.sentence.start, tokens[giver].chunk.start - 16) : tokens[giver].chunk.start]
                if _PASSIVE.search(words):
                    break
            if not _PASSIVE.search(words) and not (symbols[giver - 1 : giver] == "r" and giver > 0):
                found = _of_passive(doc, chunks, tokens, symbols, start, k)
                if found:
                    return found, "awards.recipient.subject"
                continue
            stop = giver
        elif symbols[k] in "pb":
            if not re.match(r"(?:[pbw]*)(?:O?U|OI|I|O|[fA]|w?f|w?\"?A)", symbols[k + 1 :]) and not re.search(
                r"(?:được|cùng được) $", doc.key[max(0, tokens[k].chunk.start - 12) : tokens[k].chunk.start]
            ):
                continue
            if symbols[k] == "p" and proposer(doc, tokens, symbols, start, k):
                continue
            stop = _before_asked(doc, tokens, symbols, start, k)
            if k == start or not re.search(r"[UPN]", symbols[start:k]):
                named = _bare_places(doc, tokens, start, k)
                if named:
                    return named, "awards.recipient.subject"
                continue
            if (
                re.match(r"(?:hội nghị|hội đồng|khối|cụm|đại hội)", doc.key[tokens[k - 1].chunk.start : tokens[k - 1].chunk.end])
                and symbols[k - 1] in "UB"
                and not re.search(r"p[^;]*U$", symbols[start:k])
            ):
                continue
        found = _subject(doc, chunks, tokens, symbols, start, stop)
        if found:
            return found, "awards.recipient.subject"
        if symbols[k] in "rf":
            other = (
                sole_person(doc, tokens, symbols, start, stop)
                or sole_unit(doc, tokens, symbols, start, stop)
                or _bare_places(doc, tokens, start, stop)
                or short_subject(doc, chunks, tokens, start, stop, earlier)
                or by_own_words(doc, tokens, symbols, start, stop)
            )
            if other:
                return other, "awards.recipient.subject"
            named = named_before(doc, chunks, tokens, start, stop, history, earlier)
            if named:
                return named, "awards.recipient.named_before"
    return [], ""


# "được UBND tỉnh, các bộ, ngành tặng": all who give, or the last of them
_GIVING = (re.compile(r"(?:(?:O?U|OI|I|O)[,v]+)*(?:O?U|OI|I|O|B)[wd]?$"), re.compile(r"(?:O?U|OI|I|O|B)[wd]?$"))
_PASSIVE = re.compile(
    r"(?<!\w)(?:(?:được|do)(?: \w+){0,2}|đủ (?:điều kiện|tiêu chuẩn|số phiếu|phiếu)(?: để| đề nghị)*) $"
)  # "được Chính phủ", "đủ điều kiện công nhận"


def _of_passive(doc, chunks, tokens, symbols, start, k) -> list[Recipient]:
    """ "được lãnh đạo hãng tặng": the subject before "được" where no gazetteer knows the giver."""
    begin, verb = tokens[start].chunk.start, tokens[k].chunk.start
    at = doc.key.rfind("được ", begin, verb)
    if at < 0 or verb - at > 70 or re.search(r"[,;:]", doc.key[at:verb]):
        return []
    j = next(n for n in range(start, k + 1) if tokens[n].chunk.end > at)
    before = doc.key[tokens[j].chunk.start : at].strip() if tokens[j].symbol == "w" else ""
    if len(before) <= 14:
        found = _subject(doc, chunks, tokens, symbols, start, j)
        if found:
            return found
    return sole_person(doc, tokens, symbols, start, j) or sole_unit(doc, tokens, symbols, start, j)


def _bare_places(doc, tokens, start, stop) -> list[Recipient]:
    """ "Lai Châu và Sơn La được đề nghị", "quân và dân huyện được tặng": places that are the subject."""
    if stop <= start:
        return []
    first, last = tokens[start].chunk.start, tokens[stop].chunk.start if stop < len(tokens) else tokens[-1].chunk.end
    words = re.sub(r"(?: |,|đã|cùng|cũng|được|vinh dự)+$", "", doc.key[first:last])
    people = people_here(doc, first, last + 12, tokens[start].first)
    if people:
        return [people]
    lead = re.match(r"(?:năm|tại|trong|nhân|riêng|ngoài|đồng thời|còn)(?!\w)[^,;]{0,40}, ?", words)
    for begin in (first, *((first + lead.end(),) if lead else ())):
        named = provinces(doc, begin, first + len(words), tokens[start].first) if len(words) < 160 else []
        if named:
            return named
    return []


def _before_asked(doc, tokens, symbols, start, k) -> int:
    """ "giới thiệu Sở A để UBND tỉnh xét tặng": the list ends before who is asked."""
    asked = re.search(r"w(?:O?U|OI|I|O)w?(?:p,)*$", symbols[start:k])
    at = start + asked.start() if asked else k
    return at if asked and re.fullmatch(r"(?:để|nhằm|và)", doc.key[tokens[at].chunk.start : tokens[at].chunk.end].strip()) else k


def _subject(doc, chunks, tokens, symbols, start, stop) -> list[Recipient]:
    """The list of units, persons or counts that ends right before `stop`."""
    if stop < len(tokens) and (best := _AS_BEST.search(doc.key, tokens[start].chunk.start, tokens[stop].chunk.start)):
        stop = next((k for k in range(start, stop) if tokens[k].chunk.end > best.start()), stop)
    at = stop - 1
    apposed = re.search(r"P,[wT]+U?,?w?$|P,w[w,]{1,3}$|P,[wT]+U?(?:\([^()]*\)|,U){0,3},?w?$", symbols[start:stop])
    if (
        apposed
        and not source(doc, tokens[start + apposed.start()].chunk.start)
        and tokens[stop - 1].chunk.end - tokens[start + apposed.start()].chunk.end < 110
    ):
        # "bà Trần Thị Nhàn, hội viên phụ nữ xóm 4 được ..."
        return [recipient_of(tokens[start + apposed.start()])]
    while at >= start and (
        symbols[at] in "lortYehsTpbBE"
        or (symbols[at] == "w" and (_linking(doc, tokens[at].chunk) or _placing(doc, tokens, symbols, start, at)))
        or symbols[at] in 'vd,-"('
    ):
        at -= 1
    found: list[Recipient] = []
    closing = 0
    while at >= start:
        symbol = symbols[at]
        if symbol == ")":
            opened = symbols.rfind("(", start, at)
            if opened < 0:
                break
            named = [recipient_of(tokens[k]) for k in range(opened, at) if symbols[k] in "UP"]
            if not found and (rest := the_rest(doc, tokens, opened, at)):
                return rest
            counted = tokens[opened - 1].chunk.numbers if opened > start and symbols[opened - 1] == "N" else {}
            if named and sum(counted.values()) == len(named):
                found[0:0] = named  # "03 tập thể (A, B, C) và 05 cá nhân đề nghị"
                at = opened - 2
                continue
            if len(counted) == 1 and at > opened + 1:
                (kind, number), *_ = counted.items()
                known = pieces(doc, tokens[opened + 1].chunk.start, tokens[at - 1].chunk.end, number, kind, tokens[opened].first)
                if known and kind in ("unit", "person"):
                    found[0:0] = known  # "02 cá nhân (A, B) được tặng"
                    at = opened - 2
                    continue
            at = opened - 1
            continue
        if symbol in "UP":
            if symbol == "P" and not found and "e" in symbols[at + 1 : stop]:
                break  # "Thủ tướng A dự lễ đón nhận ...": a guest
            if symbol == "U" and at > start and symbols[at - 1] == "O":
                break
            if symbol == "U" and at > start and symbols[at - 1] == "N" and sum(tokens[at - 1].chunk.numbers.values()) != len(found) + 1:
                at -= 1  # "02 cán bộ Hội Nông dân": whose they are
                continue
            if symbol == "P" and source(doc, tokens[at].chunk.start):
                break
            if symbol == "U" and _address(doc, tokens, symbols, start, at):
                break
            if symbol == "U" and owner(doc, tokens[at].chunk):
                if symbols[at - 2 : at] == "Nw" and at - 2 >= start:  # "02 cá nhân của Hội Khuyến học tỉnh"
                    at -= 2
                    continue
                break
            if symbol == "U" and found and found[0].person is not None and symbols[at + 1] == "w":
                break
            found.insert(0, recipient_of(tokens[at]))
            if found[0].unit is not None:
                found[0].unit = people_of(doc, found[0].unit)
            at -= 1
            closing = at
            continue
        if not found and (counted := _counted_doers(doc, tokens, symbols, start, at)) is not None:
            at = counted
            continue
        if symbol == "w" and not found and symbols[start:at].endswith(("N", "NY", "Nw", "NwY")) and _what_they_did(doc, tokens[at].chunk):
            at = start + symbols[start:at].rindex("N")  # "9 hội viên có thành tích tốt được ..."
            continue
        if symbol in "wE" and found and _placing(doc, tokens, symbols, start, at):
            at -= 1
            continue
        if symbol == "I" and not found and symbols[at - 1 : at] == "N" and at > start:
            at -= 1  # "02 đơn vị của huyện", "9 đơn vị cấp huyện"
            continue
        if symbol == "N":
            if _VOTERS.match(doc.key, tokens[at].chunk.end):
                break
            if not found and _VOTED_FOR.search(doc.key, max(0, tokens[at].chunk.start - 8), tokens[at].chunk.end + 14):
                at -= 2  # "được 9/9 thành viên bỏ phiếu đề nghị"
                continue
            if not found and owner(doc, tokens[at].chunk):
                at -= 1  # "9 tập thể của bốn tỉnh": whose they are
                continue
            if not found and re.search(r"U(?:[,v]U)*o$", symbols[start:at]) and doc.key.startswith("là", tokens[at - 1].chunk.start):
                at -= 2  # "bầu A, B là 02 đơn vị tiêu biểu đề nghị"
                continue
            if found and found[0].number is None and symbols[at + 1] == ":":
                break  # "suy tôn 02 đơn vị: A đề nghị tặng Cờ; B đề nghị tặng Bằng khen": the names are told one by one
            found[0:0] = by_count(tokens[at])
            at -= 1
            continue
        if (
            symbol == "w"
            and found
            and re.fullmatch(r"(?:với |đạt )?[\d/.,]+ (?:phiếu|điểm|%)(?: \w+)?", doc.key[tokens[at].chunk.start : tokens[at].chunk.end])
        ):
            at -= 1
            continue
        if symbol == "-" and found and symbols[at - 1 : at] == "E" and at > start:
            at -= 2  # "hạng nhì - A, hạng ba - B, cùng được đề nghị"
            continue
        if (
            symbol in ",v:;"
            or (symbol in "mo" and found)
            or (
                symbol == "w"
                and found
                and re.fullmatch(r"(?:là|các|hai|ba|đơn vị|gồm|có)(?: .{0,10})?", doc.key[tokens[at].chunk.start : tokens[at].chunk.end])
                and at > start
                and symbols[at - 1] in "N,v"
            )
        ):
            at -= 1
            continue
        if symbol == "d" and found and doc.key[tokens[at].chunk.start : tokens[at].chunk.end] in ("đại diện", "thay mặt"):
            break
        if symbol == "-" and found and found[0].person is not None and at > start and symbols[at - 1] == "U":
            # "Đại diện Trường A - TS. B nhận ...": the unit receives through its person
            return [recipient_of(tokens[at - 1])]
        break
    del closing
    return split_totals(found)


# "suy tôn Sở A là đơn vị dẫn đầu phong trào thi đua của Khối để đề nghị"
_AS_BEST = re.compile(r"là (?:đơn vị|tập thể) (?:dẫn đầu|đứng đầu|xuất sắc|tiêu biểu)[^,;:.()]{0,70}$")
# "4/4 đơn vị thống nhất suy tôn Sở A"
_VOTERS = re.compile(r" (?:đã |cùng |đều |trong cụm |trong khối )*(?:thống nhất|nhất trí|đồng ý|bỏ phiếu|biểu quyết)(?! đề nghị)(?!\w)")


_VOTED_FOR = re.compile(r"được (?:cả )?\d{1,3}/\d{1,3} [^,;.()]{2,20} (?:bỏ phiếu|nhất trí|thống nhất|tán thành|đồng ý|biểu quyết)")


def _address(doc: Document, tokens, symbols, start, at) -> bool:
    """ "tại xã A - huyện B - tỉnh C": the last of an address's places."""
    chain = re.search(r"U(?:w?-U)+$", symbols[start : at + 1])
    return chain is not None and owner(doc, tokens[start + chain.start()].chunk)


_PLACE = re.compile(
    r"(?:(?:đơn vị|đã|cùng|và|là|lần lượt|có) )*(?:dẫn đầu|đứng đầu|đứng (?:thứ|vị trí|hạng|ở)|xếp (?:thứ|hạng|vị trí|loại)|hạng"
    r"|thứ (?:nhất|nhì|hai|ba|tư|\d)"
    r"|đạt (?:số|tổng|\d)|đồng (?:hạng|điểm)|về (?:nhất|nhì|ba|thứ))(?!\w)"
)


def _placing(doc: Document, tokens, symbols, start, at) -> bool:
    """ "Báo A dẫn đầu khối X, Báo B xếp thứ ba": the place that one of a list has taken, before or behind its name."""
    beside = symbols[at - 1 : at] in tuple("UPN)") if at > start else False
    named = symbols[at + 1 : at + 2] in tuple("UPoN")
    chunk = tokens[at].chunk
    return (beside or named) and chunk.end - chunk.start <= 60 and bool(_PLACE.match(doc.key, chunk.start, chunk.end))


def _counted_doers(doc: Document, tokens, symbols, start, at) -> int | None:
    """ "3 chiến sĩ hy sinh khi chữa cháy được truy tặng": where the count stands that the words up to `at` tell of."""
    doing = re.search(r"N[woI]{1,4}$", symbols[start : at + 1])
    if not doing or symbols[at] not in "wo":
        return None
    counted = start + doing.start()
    words = doc.key[tokens[counted].chunk.end : tokens[at].chunk.end]
    verb = doc.key[tokens[at].chunk.end : tokens[at].chunk.end + 9]
    passive = re.search(r"(?<!\w)(?:được|vinh dự)(?: \w+)?$", words) or verb.startswith((" được", " vinh dự"))
    done = re.match(r" (?:hi sinh|từ trần|tử nạn|bị thương|đang|đã|vượt|lập|tích cực|hoàn thành|đóng góp|không quản|nghỉ hưu)(?!\w)", words)
    return counted if passive and done and len(words) <= 110 and not re.search(r"[.:]", words) else None


def _what_they_did(doc: Document, chunk: Chunk) -> bool:
    words = doc.key[chunk.start : chunk.end]
    return len(words) <= 110 and bool(
        re.match(
            r"(?:có|đã có|đạt|xuất sắc|tiêu biểu|thuộc|hội|đoàn|công đoàn|mặt trận"
            r"|của|trong|tham gia|điển hình|nữ|nam|là|trên|gác|làm|cứu|dũng cảm|ở|tại)(?!\w)",
            words,
        )
    )


def _linking(doc: Document, chunk: Chunk) -> bool:
    words = re.sub(r"[\d/.,|]+", "", doc.key[chunk.start : chunk.end])
    return len(words) <= 45 and bool(
        re.fullmatch(
            r"(?:được|đã|mới|vẫn|toàn|chính thức|rất|vinh dự|cũng|từng|vừa|lần này|lại|còn|lên|và|có|khác|đồng thời|tiếp tục|liên tục"
            r"|nhiều năm|đều|cùng|vui mừng|trong|có thành tích xuất sắc|dẫn đầu|xếp|thứ|nhất|nhì|ba|đạt|là|xuất sắc|để|thành|hai"
            r"|lần|trẻ|tiêu biểu|còn lại|cá nhân|tập thể|thống nhất|đơn vị|liền|,|trường hợp|nơi"
            r"|sau|đó|ngành|các|lãnh đạo|vinh|dự|trước|đó|nhất|khối|cụm"
            r"|đứng|đầu|phiếu|điểm|số|do|bởi|ba|bốn|trên|tổng|với|để|mà|nên|liên tiếp|thêm|danh hiệu|vì|vừa|điển hình|tiên"
            r" tiến|tín nhiệm|cao|đủ|điều kiện|tiêu chuẩn|giai đoạn|thành tích|đơn vị| )+",
            words,
        )
    )
