"""The tables of the database, in one place: the loader builds them from here, and so does `docs/data-model.md`. Views: `views`.

Every table and column carries a comment. `found` marks the columns whose values were found in the text: each such value has
its evidence in `mentions`, and the view `evidence_gaps` lists those that lack it.
"""

from __future__ import annotations

from dataclasses import dataclass

MEETING_KINDS = (
    "midyear_review", "annual_review", "signing", "inspection", "thematic", "council", "congress", "ceremony", "social",
)  # fmt: skip
SESSIONS = ("morning", "afternoon", "evening")
ROLES = ("head", "deputy")
LEADER_STATUSES = ("incumbent", "incoming")
AWARD_STATUSES = ("conferred", "proposed")
LEVELS = ("state", "government", "ministry", "province", "sector", "district", "commune", "bloc", "grassroots")
RECIPIENT_KINDS = ("unit", "person", "household")
STAGE_NAMES = ("sources", "clean", "segment", "extract", "normalize", "load")


@dataclass(frozen=True)
class Column:
    """A column as the database and docs/data-model.md describe it. `type` is DuckDB's; `found`: extracted, so it has evidence."""

    name: str
    type: str
    comment: str
    key: bool = False
    required: bool = False
    references: str | None = None  # a table; its key is meant
    among: tuple[str, ...] = ()
    check: str | None = None  # SQL over this column
    found: bool = False


@dataclass(frozen=True)
class Table:
    """A table of the database, with its comment and constraints."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    checks: tuple[str, ...] = ()  # SQL over several columns

    @property
    def key(self) -> str:
        return next(column.name for column in self.columns if column.key)


def _id(comment: str) -> Column:
    return Column("id", "VARCHAR", comment, key=True)


def _article() -> Column:
    return Column("article", "VARCHAR", "The article that says so.", required=True, references="articles")


_KEYWORD = " A keyword of SQL: write it in double quotes, or ask the view evidence."
_PARTIAL_DATE = r"regexp_full_match({0}, '\d{{4}}(-\d{{2}}(-\d{{2}})?)?')"


def _date(name: str, comment: str) -> Column:
    return Column(name, "VARCHAR", comment, check=_PARTIAL_DATE.format(name), found=True)


def _party(what: str, prefix: str) -> tuple[Column, ...]:
    return (
        _id(f"The meeting's id with '.{prefix}' and the place in its list."),
        _article(),
        Column("meeting", "VARCHAR", f"The meeting that the party {what}.", required=True, references="meetings"),
        Column("person", "VARCHAR", "Name without titles; NULL when only a unit is named.", found=True),
        Column("position", "VARCHAR", "Every post named for the person, in text order.", found=True),
        Column("unit", "VARCHAR", "The unit as the text names it, or the body of the person's main post.", found=True),
        Column("person_id", "VARCHAR", "The person's row.", references="persons"),
        Column("unit_id", "VARCHAR", "The unit's row.", references="units"),
    )


TABLES: tuple[Table, ...] = (
    Table(
        "provinces",
        "Provinces and centrally run cities by period of validity, from the gazetteer. A code alone names no province: use it with a date.",
        (
            _id("The statistics office's code, '@' and the first day of validity ('start' when that is unknown)."),
            Column("code", "VARCHAR", "Code of the statistics office in that period.", required=True),
            Column("name", "VARCHAR", "Name in that period.", required=True),
            Column("kind", "VARCHAR", "province or city (run by the centre).", required=True, among=("province", "city")),
            Column("region", "VARCHAR", "Region in that period."),
            Column("valid_from", "DATE", "First day; NULL: before 2004."),
            Column("valid_to", "DATE", "Last day; NULL: still valid."),
            Column("successor_id", "VARCHAR", "The province that took its place; NULL: none."),
            Column("variants", "VARCHAR[]", "Other ways of writing the name."),
        ),
        ("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to",),
    ),
    Table(
        "award_types",
        "The catalogue of awards, from the gazetteer.",
        (
            Column("code", "VARCHAR", "Code of the catalogue.", key=True),
            Column("name", "VARCHAR", "Full name.", required=True),
            Column("category", "VARCHAR", "Kind of award: title, order, medal, certificate and so on."),
            Column("level", "VARCHAR", "Who may give it (see awards.level), several split by '|'; NULL: open until the giver is known."),
            Column("issuer", "VARCHAR", "Who gives it by law, in words."),
            Column("recipient_kinds", "VARCHAR[]", "unit, person, household."),
            Column("grades", "VARCHAR[]", "Grades it is given in; empty: none."),
            Column("in_force_from", "DATE", "First day in force; NULL: unknown, or outside the law."),
            Column("in_force_to", "DATE", "Last day in force; NULL: still in force, or unknown."),
            Column("variants", "VARCHAR[]", "Other ways of writing the name."),
        ),
    ),
    Table(
        "articles",
        "Every article that could be read, relevant or not.",
        (
            _id("File name without ending, or the id given in a JSONL or Parquet file; made unique when two are alike."),
            Column("location", "VARCHAR", "File it was read from, with line or row after '#'.", required=True),
            Column("url", "VARCHAR", "Address, if known."),
            Column("fetched_at", "VARCHAR", "When it was fetched, as delivered."),
            Column("media", "VARCHAR", "html or text.", required=True, among=("html", "text")),
            Column("encoding", "VARCHAR", "Encoding it was read in.", required=True),
            Column("sha256", "VARCHAR", "Hash of the bytes as found.", required=True),
            Column("relevant", "BOOLEAN", "Does it report an event of emulation and commendation? NULL: a later stage failed.", found=True),
            Column("title", "VARCHAR", "Title.", found=True),
            _date("published", "Day of publication by the article's own date line, ISO; may be partial."),
            Column("province", "VARCHAR", "Province it is about, by its bare name at that time.", found=True),
            Column("province_id", "VARCHAR", "That province at that time.", references="provinces"),
            Column("text", "VARCHAR", "The whole text, boilerplate included; mentions count its code points.", required=True),
            Column(
                "regions", 'STRUCT("start" INTEGER, "end" INTEGER, kind VARCHAR)[]',
                "Stretches of the text and what they are (title, lead, body, caption, boilerplate and so on).",
            ),
            Column("repairs", "VARCHAR[]", "What was mended while reading, such as a wrong encoding."),
            Column("attachments", "VARCHAR[]", "Addresses of documents (PDF, Word, Excel) that the article links to; they are not read."),
            Column(
                "look", "VARCHAR",
                "Cheap look before cleaning: 'passed' or 'refused', '.', reason. A refused page is not cleaned, its text is its headline.",
            ),
            Column(
                "duplicate_of", "VARCHAR",
                "The article whose content this one repeats word for word; NULL: none. The views leave copies out: nothing counts twice.",
            ),
            Column(
                "near_duplicate_of", "VARCHAR",
                "The article that this one repeats with light edits; NULL: none. The views leave copies out. Of articles alike, the first"
                " published is the original.",
            ),
        ),
    ),
    Table(
        "units",
        "Units by the key that unites the spellings of a name. One row is one name, not yet one body over time and place."
        " A commune or district and its people's committee are one row.",
        (
            _id("Folded key of the name."),
            Column("name", "VARCHAR", "The most frequent way of writing it.", required=True),
            Column("gazetteer_code", "VARCHAR", "Kind of unit in the gazetteer; NULL: not listed there."),
            Column("kinds", "VARCHAR[]", "What the gazetteer says of it: emulation, home_affairs, school and so on (docs/gazetteers.md)."),
            Column("mentions", "INTEGER", "Rows that refer to it.", required=True, check="mentions > 0"),
        ),
    ),
    Table(
        "persons",
        "Persons by the key that unites the spellings of a name. Namesakes share a row until persons get an identity of their own.",
        (
            _id("Folded key of the name."),
            Column("name", "VARCHAR", "The most frequent way of writing it.", required=True),
            Column("mentions", "INTEGER", "Rows that refer to them.", required=True, check="mentions > 0"),
        ),
    ),
    Table(
        "blocs",
        "Blocs and clusters, one row for each name within a province and a year.",
        (
            _id(
                "Province, year and folded key, '?' where unknown; '*' for several provinces, '*X' where only the members"
                " tell so, who met in X."
            ),
            Column("key", "VARCHAR", "Folded key, the same for all spellings.", required=True),
            Column("name", "VARCHAR", "The most frequent way of writing it.", required=True),
            Column("province", "VARCHAR", "Province by its bare name; NULL: unknown, or a bloc of several provinces or of central bodies."),
            Column(
                "province_id", "VARCHAR", "That province in that year; in a year in which it changed, on the last day told of.",
                references="provinces",
            ),
            Column("year", "INTEGER", "Year reviewed or run in; NULL: unknown."),
            Column("mentions", "INTEGER", "Rows that refer to it.", required=True, check="mentions > 0"),
        ),
    ),
    Table(
        "meetings",
        "Events held: one row for each that an article reports.",
        (
            _id("The article's id with '#m' and the place in its list."),
            _article(),
            Column(
                "kind",
                "VARCHAR",
                "What kind of event: sơ kết (half a year, a quarter), tổng kết of a year, ký kết and bàn giao, bình xét and chấm điểm,"
                " sơ kết and tổng kết of a movement or of several years, hội đồng,"
                " đại hội and điển hình tiên tiến, trao thưởng, giao lưu and về nguồn.",
                required=True,
                among=MEETING_KINDS,
                found=True,
            ),
            Column("bloc", "VARCHAR", "The bloc or cluster as the text names it.", found=True),
            Column("bloc_id", "VARCHAR", "The bloc's row.", references="blocs"),
            _date("date", "First day, ISO; partial where the text is."),
            Column("day", "DATE", "The same as a date, where the day is known."),
            Column("session", "VARCHAR", "Part of the day.", among=SESSIONS, found=True),
            Column("venue", "VARCHAR", "Place as named.", found=True),
            Column("period", "VARCHAR", "What is reviewed or signed for: 2022, 2022-H1, 2022-Q1, 2022-9M, 2016-2020.", found=True),
            Column("unit_count", "INTEGER", "Units that the text counts in the bloc.", check="unit_count >= 0", found=True),
        ),
    ),
    Table("meeting_chairs", "Who chaired a meeting: persons, or units.", _party("chaired", "c")),
    Table(
        "meeting_participants",
        "Who took part in a meeting: units, and named persons with theirs. Those in meeting_chairs are not repeated.",
        _party("attended", "p"),
    ),
    Table(
        "leadership",
        "Who leads a bloc in a year. An incoming head beside the incumbent one is a handover.",
        (
            _id("The article's id with '#l' and the place in its list."),
            _article(),
            Column("bloc", "VARCHAR", "The bloc or cluster as the text names it.", found=True),
            Column("bloc_id", "VARCHAR", "The bloc's row, of the year of office.", references="blocs"),
            Column("role", "VARCHAR", "Head or deputy.", required=True, among=ROLES, found=True),
            Column("unit", "VARCHAR", "The leading unit.", found=True),
            Column("person", "VARCHAR", "The person who leads, or is named for the leading unit.", found=True),
            Column("unit_id", "VARCHAR", "The unit's row.", references="units"),
            Column("person_id", "VARCHAR", "The person's row.", references="persons"),
            Column("year", "INTEGER", "Year of office.", found=True),
            Column("status", "VARCHAR", "In office, or chosen for a coming term.", required=True, among=LEADER_STATUSES, found=True),
        ),
    ),
    Table(
        "awards",
        "One row for each award and recipient that an article tells of.",
        (
            _id("The article's id with '#a' and the place in its list."),
            _article(),
            Column("award", "VARCHAR", "Bare name of the award.", required=True, found=True),
            Column(
                "award_code", "VARCHAR", "Its row in the catalogue: the bare name's where no row has the giver's level; NULL: none.",
                references="award_types",
            ),
            Column("grade", "VARCHAR", "hạng Nhất, hạng Nhì, hạng Ba.", found=True),
            Column("level", "VARCHAR", "Who gives it; NULL: open.", among=LEVELS, found=True),
            Column("recipient", "VARCHAR", "Unit or person; NULL where the text gives only a number.", found=True),
            Column("recipient_kind", "VARCHAR", "What the recipient is; NULL: not said.", among=RECIPIENT_KINDS, found=True),
            Column("unit_id", "VARCHAR", "The recipient's row, if a unit.", references="units"),
            Column("person_id", "VARCHAR", "The recipient's row, if a person.", references="persons"),
            Column(
                "count", "INTEGER",
                "How many were given; 1 with a name. Add up the rows with a recipient, or those without, never both: a number may hold"
                " those who are named as well.",
                check="count > 0", found=True,
            ),
            Column("year", "INTEGER", "Year of the achievement.", found=True),
            Column("status", "VARCHAR", "Given, or only proposed.", required=True, among=AWARD_STATUSES, found=True),
        ),
    ),
    Table(
        "citations",
        "Decisions, plans and other documents that an article cites by number.",
        (
            _id("The article's id with '#d' and the place in its list."),
            _article(),
            Column("number", "VARCHAR", "Number as written, without blanks around '/' and '-'.", required=True, found=True),
            Column("kind", "VARCHAR", "Kind of document.", found=True),
            _date("date", "Its date, ISO; may be partial."),
            Column("issuer", "VARCHAR", "Who issued it.", found=True),
        ),
    ),
    Table(
        "mentions",
        "The evidence: for each value found, the stretches of text that show it, or the words for what it was inferred from.",
        (
            _id("Row, field and number of the stretch."),
            Column("table", "VARCHAR", f"Table of the value.{_KEYWORD}", required=True),
            Column("row", "VARCHAR", "Id of the row in that table.", required=True),
            Column("field", "VARCHAR", "Column of the value.", required=True),
            _article(),
            Column("start", "INTEGER", f"First code point in articles.text; NULL: inferred only.{_KEYWORD}", check='"start" >= 0'),
            Column("end", "INTEGER", f"One past the last code point.{_KEYWORD}", check='"end" > "start"'),
            Column("text", "VARCHAR", "That stretch of the text."),
            Column("rule", "VARCHAR", "Rule that found the value.", required=True),
            Column("inferred_from", "VARCHAR", "What the value rests on that no stretch spells out."),
        ),
        (
            '("start" IS NULL) = ("end" IS NULL)',
            '("start" IS NULL) = ("text" IS NULL)',
            '"start" IS NOT NULL OR inferred_from IS NOT NULL',
        ),
    ),
    Table(
        "issues",
        "What could not be used, and why: articles, lines, folders.",
        (
            _id("Stage, article and number."),
            Column("stage", "VARCHAR", "Where it was met.", required=True, among=STAGE_NAMES),
            Column("article", "VARCHAR", "Article, or the place in the sources. It need not be in articles.", required=True),
            Column("code", "VARCHAR", "Short stable word.", required=True),
            Column("message", "VARCHAR", "What happened, and what helps.", required=True),
        ),
    ),
    Table(
        "runs",
        "The run that this database is the result of. It holds no clock, so that the same input gives the same row.",
        (
            _id("Hash of the rest."),
            Column("version", "VARCHAR", "Version of thidua.", required=True),
            Column("python", "VARCHAR", "Version of Python.", required=True),
            Column("libraries", "MAP(VARCHAR, VARCHAR)", "Versions of the libraries that decide results.", required=True),
            Column("stages", "MAP(VARCHAR, VARCHAR)", "Hash of each stage's code, with its gazetteers and libraries.", required=True),
            Column("gazetteer", "VARCHAR", "Hash of the gazetteers.", required=True),
            Column("counts", "MAP(VARCHAR, BIGINT)", "Rows of each table, and articles in and out of each stage.", required=True),
        ),
    ),
)  # fmt: skip


def quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def create_table(table: Table) -> str:
    """The statement that creates a table, its keys and checks."""
    parts = []
    for column in table.columns:
        part = f"{quote(column.name)} {column.type}"
        if column.key:
            part += " PRIMARY KEY"
        if column.required:
            part += " NOT NULL"
        if column.among:
            part += f" CHECK ({quote(column.name)} IN ({', '.join(literal(word) for word in column.among)}))"
        if column.check:
            part += f" CHECK ({column.check})"
        if column.references:
            part += f" REFERENCES {column.references} ({table_by_name(column.references).key})"
        parts.append(part)
    parts += [f"CHECK ({check})" for check in table.checks]
    return f"CREATE TABLE {quote(table.name)} (\n  " + ",\n  ".join(parts) + "\n)"


def comments(table: Table) -> list[str]:
    """The statements that put the comments on a table and its columns."""
    return [f"COMMENT ON TABLE {quote(table.name)} IS {literal(table.comment)}"] + [
        f"COMMENT ON COLUMN {quote(table.name)}.{quote(column.name)} IS {literal(column.comment)}" for column in table.columns
    ]


def table_by_name(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)
