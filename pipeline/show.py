"""Shows one article with its evidence: coloured in the terminal, or as a page that needs no server and no other file."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from rich.text import Text

# Family: the tables it stands for, a terminal colour, a page colour. Where mentions overlap the terminal shows the later family.
FAMILIES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "article": (("articles",), "cyan", "#cfeef5"),
    "meeting": (("meetings",), "green", "#d3f0d0"),
    "party": (("meeting_chairs", "meeting_participants"), "yellow", "#fdf0b5"),
    "leadership": (("leadership",), "magenta", "#efd6f5"),
    "citation": (("citations",), "blue", "#d5dcfa"),
    "award": (("awards",), "red", "#fbd3cd"),
}
_FAMILY = {table: family for family, (tables, _, _) in FAMILIES.items() for table in tables}


@dataclass(frozen=True)
class Mention:
    """A value of one row with the stretch of the article that shows it: half-open offsets of the raw text, None where there is none."""

    table: str
    row: str
    field: str
    start: int | None
    end: int | None
    text: str | None
    rule: str
    inferred_from: str | None
    value: str

    @property
    def family(self) -> str:
        return _FAMILY[self.table]


@dataclass(frozen=True)
class ShownArticle:
    """An article with all that was found in it. `boilerplate`: half-open spans of its text."""

    id: str
    title: str | None
    url: str | None
    location: str
    text: str
    boilerplate: list[tuple[int, int]]
    mentions: list[Mention]
    copy: str = ""  # what is to be said of an article that repeats another


@dataclass(frozen=True)
class Piece:
    """A stretch of the text over which the mentions are the same."""

    text: str
    mentions: tuple[Mention, ...]
    boilerplate: bool


def read_article(db: Any, wanted: str) -> ShownArticle:
    """An article by its id, or by the beginning of it if only one fits.

    Raises:
        UsageError: none fits, or several do.
    """
    ids = [row[0] for row in db.execute("SELECT id FROM articles WHERE starts_with(id, ?) ORDER BY id", [wanted]).fetchall()]
    if wanted in ids:
        ids = [wanted]
    if not ids:
        known = [row[0] for row in db.execute("SELECT id FROM articles ORDER BY id LIMIT 5").fetchall()]
        raise UsageError(f"no article {wanted!r}. Articles here: {', '.join(known)} …")
    if len(ids) > 1:
        more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
        raise UsageError(f"{len(ids)} articles begin with {wanted!r}: {', '.join(ids[:5])}{more}. Write more of the id")
    fields = "id, title, url, location, text, regions, duplicate_of, near_duplicate_of"
    id_, title, url, location, text, regions, same, near = db.execute(f"SELECT {fields} FROM articles WHERE id = ?", ids).fetchall()[0]
    boilerplate = [(r["start"], r["end"]) for r in regions or [] if r["kind"] == "boilerplate"]
    copy = f"{'A copy' if same else 'Nearly a copy'} of {same or near}, which the views count in its place." if same or near else ""
    return ShownArticle(id_, title, url, location, text, boilerplate, list(_mentions(db, id_)), copy)


def _mentions(db: Any, article: str) -> Iterator[Mention]:
    query = 'SELECT "table", "row", field, "start", "end", text, rule, inferred_from FROM mentions WHERE article = ? ORDER BY "start", id'
    values: dict[str, dict[str, dict[str, Any]]] = {}
    for table, row, field, start, end, text, rule, inferred in db.execute(query, [article]).fetchall():
        if table not in values:
            values[table] = _rows(db, table, article)
        yield Mention(table, row, field, start, end, text, rule, inferred, str(values[table][row][field]))


def _rows(db: Any, table: str, article: str) -> dict[str, dict[str, Any]]:
    column = "id" if table == "articles" else "article"
    found = db.execute(f'SELECT * FROM "{table}" WHERE {column} = ?', [article])
    names = [d[0] for d in found.description]
    return {values[0]: dict(zip(names, values, strict=True)) for values in found.fetchall()}


def pieces(article: ShownArticle) -> Iterator[Piece]:
    """The text cut wherever a mention or a stretch of boilerplate begins or ends."""
    spans = [m for m in article.mentions if m.start is not None and m.end is not None]
    cuts = {0, len(article.text)}
    cuts |= {at for m in spans for at in (m.start, m.end)} | {at for span in article.boilerplate for at in span}
    edges = sorted(cuts)
    for start, end in zip(edges, edges[1:], strict=False):
        over = tuple(m for m in spans if m.start <= start and end <= m.end)
        grey = any(a <= start and end <= b for a, b in article.boilerplate)
        yield Piece(article.text[start:end], over, grey)


def _families(mentions: tuple[Mention, ...]) -> list[str]:
    found = {m.family for m in mentions}
    return [family for family in FAMILIES if family in found]


def to_text(article: ShownArticle, styled: bool = True) -> Text:
    """The article for a terminal, or with every value in brackets where there are no styles. Data never counts as markup."""
    from rich.text import Text

    shown = Text()
    shown.append(f"{article.id}  {article.url or article.location}\n", style="bold")
    shown.append(f"{article.copy}\n\n" if article.copy else "\n")
    shown.append_text(_styled_text(article) if styled else Text(_bracketed_text(article)))
    shown.append("\n\n")
    if styled:
        for family, (_, colour, _) in FAMILIES.items():
            shown.append(f"■ {family}  ", style=f"bold {colour}")
        shown.append("\n")
    for row, values in _by_row(article).items():
        shown.append(f"\n{row}\n", style=f"bold {FAMILIES[values[0][0].family][1]}")
        for m, *others in values:
            where = ", ".join(f"{one.start}-{one.end}" for one in (m, *others)) if m.start is not None else "inferred"
            why = f"  ({m.inferred_from})" if m.inferred_from else ""
            shown.append(f"  {m.field}: {m.value}")
            shown.append(f"  [{where}] {m.rule}{why}\n", style="dim")
    return shown


def _styled_text(article: ShownArticle) -> Text:
    from rich.text import Text

    shown = Text()
    for piece in pieces(article):
        if piece.mentions:
            shown.append(piece.text, style=f"bold underline {FAMILIES[_families(piece.mentions)[-1]][1]}")
        else:
            shown.append(piece.text, style="dim" if piece.boilerplate else "")
    return shown


def _bracketed_text(article: ShownArticle) -> str:
    runs = itertools.groupby(pieces(article), key=lambda piece: bool(piece.mentions))
    texts = ((marked, "".join(piece.text for piece in run)) for marked, run in runs)
    return "".join(f"[{text}]" if marked else text for marked, text in texts)


def _by_row(article: ShownArticle) -> dict[str, list[list[Mention]]]:
    """The values of each row, as the mentions of each: rows in the order of the tables above and of their ids, fields as in the schema."""
    order = {table: n for n, table in enumerate(_FAMILY)}
    fields = {(table.name, column.name): n for table in TABLES for n, column in enumerate(table.columns)}
    values: dict[tuple[str, str], list[Mention]] = {}
    for m in sorted(article.mentions, key=lambda m: (order[m.table], _by_number(m.row), fields[m.table, m.field], m.start or 0)):
        values.setdefault((m.row, m.field), []).append(m)
    rows: dict[str, list[list[Mention]]] = {}
    for (row, _), mentions in values.items():
        rows.setdefault(row, []).append(mentions)
    return rows


def _by_number(row: str) -> list[str | int]:
    """The tenth row comes after the ninth, not after the first."""
    return [int(part) if part.isdigit() else part for part in re.split(r"([0-9]+)", row)]


_STYLE = """
body { font: 16px/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #222; background: #fff; }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2rem; }
@media (max-width: 60rem) { main { grid-template-columns: 1fr; } }
h1 { font-size: 1.3rem; } h2 { font-size: 1rem; margin: 1.2rem 0 .2rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; } .boilerplate { color: #767676; }
mark { color: inherit; border-radius: .2rem; padding: 0 .1rem; } mark:hover { outline: 2px solid #222; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th { text-align: left; font-weight: normal; color: #666; } th, td { vertical-align: top; padding: .1rem .4rem; overflow-wrap: anywhere; }
td:first-child { width: 6rem; overflow-wrap: normal; }
td.rule { color: #666; width: 40%; overflow-wrap: break-word; }
.key span { padding: .1rem .4rem; margin-right: .4rem; border-radius: .2rem; }
"""


def to_html(article: ShownArticle) -> str:
    """The article as one page: the text with its mentions marked, beside it every value with its rule and links to its places."""
    numbers = {(m.row, m.field): n for n, (m, *_) in enumerate(v for values in _by_row(article).values() for v in values)}
    outlined = ",\n".join(f".text:has(.t{n}:target) .v{n}" for n in numbers.values())
    colours = "\n".join(f".{family} {{ background: {colour}; }}" for family, (_, _, colour) in FAMILIES.items())
    key = "".join(f'<span class="{family}">{family}</span>' for family in FAMILIES)
    title = html.escape(article.title or article.id)
    source = html.escape(article.url or article.location)
    if article.url and article.url.startswith(("http://", "https://")):
        source = f'<a href="{html.escape(article.url)}">{source}</a>'
    return f"""<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>{_STYLE}{colours}
{outlined} {{ outline: 2px solid #222; }}</style></head>
<body>
<h1>{title}</h1>
<p>{html.escape(article.id)} · {source}</p>
{f"<p>{html.escape(article.copy)}</p>" if article.copy else ""}
<p class="key">{key}</p>
<main>
<div class="text">{_marked_text(article, numbers)}</div>
<div>{_value_tables(article, numbers)}</div>
</main>
</body>
</html>
"""


Numbers = dict[tuple[str, str], int]  # of each value, by row and field


def _marked_text(article: ShownArticle, numbers: Numbers) -> str:
    """The text in pieces. Where a value's stretch begins stands an empty target (`t` and the value's number); the pieces of all its
    stretches bear its class (`v` and the number), so that a click on any of its links outlines them all."""
    parts, at = [], 0
    for piece in pieces(article):
        text = html.escape(piece.text)
        if piece.mentions:
            tip = html.escape("\n".join(f"{m.row} {m.field} = {m.value} ({m.rule})" for m in piece.mentions))
            of = dict.fromkeys(numbers[m.row, m.field] for m in piece.mentions)
            begun = dict.fromkeys(numbers[m.row, m.field] for m in piece.mentions if m.start == at)
            families = _families(piece.mentions)
            classes = " ".join([families[-1], *(f"v{n}" for n in of)])
            targets = "".join(f'<span id="v{n}-{at}" class="t{n}"></span>' for n in begun)
            style = f' style="{_bands(families)}"' if len(families) > 1 else ""
            text = f'{targets}<mark class="{classes}"{style} title="{tip}">{text}</mark>'
        elif piece.boilerplate:
            text = f'<span class="boilerplate">{text}</span>'
        parts.append(text)
        at += len(piece.text)
    return "".join(parts)


def _bands(families: list[str]) -> str:
    """The colours of all values that overlap, one below the other."""
    height = 100 / len(families)
    bands = (f"{FAMILIES[family][2]} {n * height:.0f}% {(n + 1) * height:.0f}%" for n, family in enumerate(families))
    return f"background: linear-gradient({', '.join(bands)})"


def _value_tables(article: ShownArticle, numbers: Numbers) -> str:
    parts = []
    for row, values in _by_row(article).items():
        place = html.escape(row.removeprefix(article.id))
        parts.append(f'<h2><span class="{values[0][0].family}">{values[0][0].table}</span> {place}</h2><table>')
        parts.append("<tr><th>field</th><th>value</th><th>rule</th></tr>")
        for m, *others in values:
            value = html.escape(m.value)
            if m.start is not None:
                number = numbers[m.row, m.field]
                value = f'<a href="#v{number}-{m.start}">{value}</a>'
                value += "".join(f' <a href="#v{number}-{one.start}">{n}</a>' for n, one in enumerate(others, 2))
            why = html.escape(m.rule).replace(".", ".<wbr>") + (f": {html.escape(m.inferred_from)}" if m.inferred_from else "")
            parts.append(f'<tr><td>{html.escape(m.field)}</td><td>{value}</td><td class="rule">{why}</td></tr>')
        parts.append("</table>")
    return "".join(parts)


def write_html(article: ShownArticle, path: Path) -> None:
    """Writes the page.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        path.write_text(to_html(article), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from None
