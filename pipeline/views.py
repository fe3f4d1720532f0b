"""The views of the database: where an analyst begins, and two that must stay empty."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schema import TABLES, literal, quote, table_by_name


@dataclass(frozen=True)
class View:
    """A view of the database, with the meaning of each column."""

    name: str
    comment: str
    columns: dict[str, str]  # their meanings; "table.column", "view.column": that of the column
    sql: str

    def meanings(self) -> dict[str, str]:
        """What each column means, in the order of the query."""
        return {name: _meaning(meaning) for name, meaning in self.columns.items()}


def _meaning(words: str) -> str:
    table, _, column = words.partition(".")
    if not column.isidentifier():
        return words
    view = next((v for v in VIEWS if v.name == table), None)
    return view.meanings()[column] if view else next(c.comment for c in table_by_name(table).columns if c.name == column)


# Articles that are no copy of another: what analysts count.
ORIGINALS = "(SELECT id FROM articles WHERE duplicate_of IS NULL AND near_duplicate_of IS NULL)"

# A name of several blocs that meet as one: "Cụm thi đua số 1 và Cụm thi đua số 2", "Cụm thi đua số 1, 2 và 3".
_SEVERAL = r"""regexp_matches({0},
    '( và| cùng| với) (Khối|Cụm|khối thi đua|cụm thi đua) | (\d+|[IVX]+)(, | và |, số | và số )(\d+|[IVX]+)([^\pL\d/]|$)')"""
_SEVERAL_MEANING = "Whether the name is of several blocs that meet as one: then which of them is meant is not told."
_PROVINCE_ID = "articles.province_id"
_ARTICLES_PROVINCE = "The article's province, by its bare name at that time."

VIEWS: tuple[View, ...] = (
    View(
        "award_history",
        "Every award told of, with what an analyst asks first; the newest year first.",
        {
            "year": "awards.year",
            "province": _ARTICLES_PROVINCE,
            "recipient": "awards.recipient",
            "recipient_kind": "awards.recipient_kind",
            "award": "awards.award",
            "grade": "awards.grade",
            "level": "awards.level",
            "status": "awards.status",
            "count": "awards.count",
            "published": "The article's day of publication, ISO; may be partial.",
            "url": "The article's address, if known.",
            "article": "awards.article",
            "award_id": "The award's row.",
            "unit": "The recipient by the name of its row, one for all spellings; NULL: it is no unit.",
            "person": "The recipient by the name of their row; NULL: it is no person.",
            "unit_id": "awards.unit_id",
            "person_id": "awards.person_id",
            "award_code": "awards.award_code",
            "province_id": _PROVINCE_ID,
        },
        f"""
        SELECT a.year, p.province, a.recipient, a.recipient_kind, a.award, a.grade, a.level, a.status, a.count,
               p.published, p.url, a.article, a.id AS award_id,
               u.name AS unit, n.name AS person, a.unit_id, a.person_id, a.award_code, p.province_id
        FROM awards a JOIN articles p ON p.id = a.article
        LEFT JOIN units u ON u.id = a.unit_id LEFT JOIN persons n ON n.id = a.person_id WHERE a.article IN {ORIGINALS}
        ORDER BY a.year DESC NULLS LAST, p.province, a.recipient, a.id
        """,
    ),
    View(
        "open_proposals",
        "Proposals for a named recipient of whose giving no article here tells: none has the same recipient (its unit or person, else the"
        " same words), award and grade as given, with the same level, year and province, where one that is not known agrees with any."
        " It does not mean that the award was refused: mostly, the article that tells of the giving is not among those read.",
        {
            name: f"award_history.{name}"
            for name in (
                "year",
                "province",
                "recipient",
                "award",
                "grade",
                "level",
                "published",
                "article",
                "award_id",
                "unit_id",
                "person_id",
            )
        },
        """
        SELECT p.year, p.province, p.recipient, p.award, p.grade, p.level, p.published, p.article, p.award_id, p.unit_id, p.person_id
        FROM award_history p WHERE p.status = 'proposed' AND p.recipient IS NOT NULL AND NOT EXISTS (
            FROM award_history g WHERE g.status = 'conferred'
            AND coalesce(g.unit_id, g.person_id, g.recipient) = coalesce(p.unit_id, p.person_id, p.recipient)
            AND g.award = p.award AND g.grade IS NOT DISTINCT FROM p.grade
            AND coalesce(g.level = p.level, true) AND coalesce(g.year = p.year, true) AND coalesce(g.province = p.province, true)
        )
        ORDER BY p.year DESC NULLS LAST, p.province, p.recipient, p.award_id
        """,
    ),
    View(
        "bloc_leaders",
        "Heads and deputies of each bloc by year of office.",
        {
            "province": "That of the bloc's row; the article's where no bloc is named.",
            "bloc": "The name of the bloc's row, else as the text names it.",
            "year": "leadership.year",
            "role": "leadership.role",
            "leader": "The leading unit; the person where only a person is named.",
            "status": "leadership.status",
            "article": "leadership.article",
            "leadership_id": "The row in leadership.",
            "unit": "The leader by the name of the unit's row, one for all spellings; NULL: only a person is named.",
            "person": "The person who leads, or is named for the leading unit, by the name of their row.",
            "several_blocs": _SEVERAL_MEANING,
            "bloc_id": "leadership.bloc_id",
            "unit_id": "leadership.unit_id",
            "person_id": "leadership.person_id",
            "province_id": "The province's row.",
        },
        f"""
        SELECT CASE WHEN b.id IS NULL THEN p.province ELSE b.province END AS province, coalesce(b.name, l.bloc) AS bloc, l.year, l.role,
               coalesce(l.unit, l.person) AS leader, l.status, l.article, l.id AS leadership_id, u.name AS unit, n.name AS person,
               {_SEVERAL.format("coalesce(b.name, l.bloc)")} AS several_blocs, l.bloc_id, l.unit_id, l.person_id,
               CASE WHEN b.id IS NULL THEN p.province_id ELSE b.province_id END AS province_id
        FROM leadership l JOIN articles p ON p.id = l.article LEFT JOIN blocs b ON b.id = l.bloc_id
        LEFT JOIN units u ON u.id = l.unit_id LEFT JOIN persons n ON n.id = l.person_id WHERE l.article IN {ORIGINALS}
        ORDER BY province, bloc, l.year, l.role DESC, l.status, l.id
        """,
    ),
    View(
        "meeting_calendar",
        "Meetings by day.",
        {
            "date": "meetings.date",
            "session": "meetings.session",
            "province": "The article's province, by its bare name at that time; a bloc of several provinces meets in one.",
            "kind": "meetings.kind",
            "bloc": "The name of the bloc's row, else as the text names it.",
            "period": "meetings.period",
            "venue": "meetings.venue",
            "unit_count": "meetings.unit_count",
            "chairs": "Who chaired, split by '; ': persons, or units where no person is named.",
            "title": "The article's title.",
            "url": "The article's address, if known.",
            "article": "meetings.article",
            "meeting_id": "The meeting's row.",
            "day": "meetings.day",
            "year": "Year of the date.",
            "bloc_province": "blocs.province",
            "bloc_id": "meetings.bloc_id",
            "province_id": _PROVINCE_ID,
        },
        f"""
        SELECT m.date, m.session, p.province, m.kind, coalesce(b.name, m.bloc) AS bloc, m.period, m.venue, m.unit_count,
               (SELECT string_agg(coalesce(c.person, c.unit), '; ' ORDER BY c.id) FROM meeting_chairs c WHERE c.meeting = m.id) AS chairs,
               p.title, p.url, m.article, m.id AS meeting_id,
               m.day, left(m.date, 4)::INTEGER AS year, b.province AS bloc_province, m.bloc_id, p.province_id
        FROM meetings m JOIN articles p ON p.id = m.article LEFT JOIN blocs b ON b.id = m.bloc_id WHERE m.article IN {ORIGINALS}
        ORDER BY m.date NULLS LAST, m.id
        """,
    ),
    View(
        "bloc_members",
        "Units seen in a bloc in a year: named on their own at its meetings, in its chair, or leading it. Who steers blocs is a guest and"
        " left out unless it leads: bodies of emulation and of home affairs, a province's Party committee, a committee or council named"
        " without its place. Other guests stand among the members.",
        {
            "province": "blocs.province",
            "bloc": "blocs.name",
            "year": "blocs.year",
            "unit": "units.name",
            "articles": "How many articles tell of it.",
            "leads": "Whether it leads the bloc, or is to.",
            "bloc_id": "The bloc's row.",
            "unit_id": "The unit's row.",
            "province_id": "blocs.province_id",
            "several_blocs": _SEVERAL_MEANING,
        },
        f"""
        SELECT b.province, b.name AS bloc, b.year, u.name AS unit, count(DISTINCT s.article) AS articles,
               bool_or(s.leads) AS leads, b.id AS bloc_id, u.id AS unit_id, b.province_id, {_SEVERAL.format("b.name")} AS several_blocs
        FROM (
            SELECT m.bloc_id, t.unit_id, m.article, false AS leads
            FROM meeting_participants t JOIN meetings m ON m.id = t.meeting WHERE t.person IS NULL
            UNION ALL
            SELECT m.bloc_id, c.unit_id, m.article, false FROM meeting_chairs c JOIN meetings m ON m.id = c.meeting
            UNION ALL
            SELECT bloc_id, unit_id, article, true FROM leadership
        ) s JOIN blocs b ON b.id = s.bloc_id JOIN units u ON u.id = s.unit_id WHERE s.article IN {ORIGINALS}
        GROUP BY b.id, b.province, b.province_id, b.name, b.year, u.id, u.name, u.kinds
        HAVING bool_or(s.leads) OR NOT (
            list_has_any(u.kinds, ['emulation', 'home_affairs', 'provincial_committee'])
            OR list_contains(u.kinds, 'government') AND NOT contains(u.id, ' ')
        )
        ORDER BY b.province, bloc, b.year, unit
        """,
    ),
    View(
        "mention_faults",
        "Mentions whose text is not the stretch of the article that they point to. Must be empty.",
        {column.name: f"mentions.{column.name}" for column in table_by_name("mentions").columns},
        """
        SELECT m.* FROM mentions m JOIN articles a ON a.id = m.article
        WHERE m.start IS NOT NULL AND m.text IS DISTINCT FROM substring(a.text, m.start + 1, m.end - m.start)
        """,
    ),
)


def evidence() -> View:
    """Made from the tables: one branch for each that holds values found in a text."""
    branches = []
    for table in TABLES:
        found = [column.name for column in table.columns if column.found]
        if found:
            values = " ".join(f"WHEN '{name}' THEN t.{quote(name)}::VARCHAR" for name in found)
            branches.append(
                f"SELECT m.article, '{table.name}' AS belongs_to, m.row AS id, m.field, CASE m.field {values} END AS value,"
                f" m.text AS words, m.rule, m.inferred_from FROM mentions m JOIN {table.name} t ON t.id = m.row"
                f" WHERE m.\"table\" = '{table.name}'"
            )
    columns = {
        "article": "mentions.article",
        "belongs_to": "Table of the value.",
        "id": "mentions.row",
        "field": "mentions.field",
        "value": "The value, as text.",
        "words": "The stretch of the article that shows it; NULL: inferred only.",
        "rule": "mentions.rule",
        "inferred_from": "mentions.inferred_from",
    }
    comment = "What each value rests on: its mentions with the value, a row for each stretch that shows it; copies of articles, too."
    return View("evidence", comment, columns, "\nUNION ALL\n".join(branches))


def evidence_gaps() -> View:
    """Made from the tables: one branch for each column whose values were found in a text."""
    branches = [
        f"SELECT '{table.name}' AS \"table\", id AS \"row\", '{column.name}' AS field FROM {table.name} t"
        f" WHERE {quote(column.name)} IS NOT NULL AND NOT EXISTS"
        f" (FROM mentions m WHERE m.\"table\" = '{table.name}' AND m.row = t.id AND m.field = '{column.name}')"
        for table in TABLES
        for column in table.columns
        if column.found
    ]
    columns = {name: f"mentions.{name}" for name in ("table", "row", "field")}
    return View("evidence_gaps", "Values without a mention. Must be empty.", columns, "\nUNION ALL\n".join(branches))


def all_views() -> tuple[View, ...]:
    return (*VIEWS, evidence(), evidence_gaps())


def create_view(view: View) -> list[str]:
    """The statements that create a view with its comments."""
    columns = [f"COMMENT ON COLUMN {view.name}.{quote(name)} IS {literal(meaning)}" for name, meaning in view.meanings().items()]
    return [f"CREATE VIEW {view.name} AS {view.sql.strip()}", f"COMMENT ON VIEW {view.name} IS {literal(view.comment)}", *columns]
