"""The views of the database: where an analyst begins, and two that must stay empty."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schema import TABLES, literal, quote, table_by_name


@dataclass(frozen=True)
class View:
    name: str
    comment: str
    columns: dict[str, str]  # their meanings; "table.column": that of the column
    sql: str

    def meanings(self) -> dict[str, str]:
        """What each column means, in the order of the query."""
        return {name: _meaning(meaning) for name, meaning in self.columns.items()}


def _meaning(words: str) -> str:
    table, _, column = words.partition(".")
    if not column.isidentifier():
        return words
    return next(c.comment for c in table_by_name(table).columns if c.name == column)


# Articles that are no copy of another: what analysts count.
ORIGINALS = "(SELECT id FROM articles WHERE duplicate_of IS NULL AND near_duplicate_of IS NULL)"

VIEWS: tuple[View, ...] = (
    View(
        "award_history",
        "Every award told of, with what an analyst asks first; the newest year first.",
        {
            "year": "awards.year",
            "province": "The article's province, by its bare name at that time.",
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
        },
        f"""
        SELECT a.year, p.province, a.recipient, a.recipient_kind, a.award, a.grade, a.level, a.status, a.count,
               p.published, p.url, a.article, a.id AS award_id
        FROM awards a JOIN articles p ON p.id = a.article WHERE a.article IN {ORIGINALS}
        ORDER BY a.year DESC NULLS LAST, p.province, a.recipient, a.id
        """,
    ),
    View(
        "bloc_leaders",
        "Heads and deputies of each bloc by year of office.",
        {
            "province": "The article's province, by its bare name at that time.",
            "bloc": "The name of the bloc's row, else as the text names it.",
            "year": "leadership.year",
            "role": "leadership.role",
            "leader": "The leading unit; the person where only a person is named.",
            "status": "leadership.status",
            "article": "leadership.article",
            "leadership_id": "The row in leadership.",
        },
        f"""
        SELECT p.province, coalesce(b.name, l.bloc) AS bloc, l.year, l.role, coalesce(l.unit, l.person) AS leader, l.status,
               l.article, l.id AS leadership_id
        FROM leadership l JOIN articles p ON p.id = l.article LEFT JOIN blocs b ON b.id = l.bloc_id WHERE l.article IN {ORIGINALS}
        ORDER BY p.province, bloc, l.year, l.role DESC, l.status, l.id
        """,
    ),
    View(
        "meeting_calendar",
        "Meetings by day.",
        {
            "date": "meetings.date",
            "session": "meetings.session",
            "province": "The article's province, by its bare name at that time.",
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
        },
        f"""
        SELECT m.date, m.session, p.province, m.kind, coalesce(b.name, m.bloc) AS bloc, m.period, m.venue, m.unit_count,
               (SELECT string_agg(coalesce(c.person, c.unit), '; ' ORDER BY c.id) FROM meeting_chairs c WHERE c.meeting = m.id) AS chairs,
               p.title, p.url, m.article, m.id AS meeting_id
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
        },
        f"""
        SELECT b.province, b.name AS bloc, b.year, u.name AS unit, count(DISTINCT s.article) AS articles,
               bool_or(s.leads) AS leads, b.id AS bloc_id, u.id AS unit_id
        FROM (
            SELECT m.bloc_id, t.unit_id, m.article, false AS leads
            FROM meeting_participants t JOIN meetings m ON m.id = t.meeting WHERE t.person IS NULL
            UNION ALL
            SELECT m.bloc_id, c.unit_id, m.article, false FROM meeting_chairs c JOIN meetings m ON m.id = c.meeting
            UNION ALL
            SELECT bloc_id, unit_id, article, true FROM leadership
        ) s JOIN blocs b ON b.id = s.bloc_id JOIN units u ON u.id = s.unit_id WHERE s.article IN {ORIGINALS}
        GROUP BY b.id, b.province, b.name, b.year, u.id, u.name, u.kinds
        HAVING leads OR NOT (
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
    return (*VIEWS, evidence_gaps())


def create_view(view: View) -> list[str]:
    """The statements that create a view with its comments."""
    columns = [f"COMMENT ON COLUMN {view.name}.{quote(name)} IS {literal(meaning)}" for name, meaning in view.meanings().items()]
    return [f"CREATE VIEW {view.name} AS {view.sql.strip()}", f"COMMENT ON VIEW {view.name} IS {literal(view.comment)}", *columns]
