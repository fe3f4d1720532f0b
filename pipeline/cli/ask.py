"""Commands that ask the database: query, show."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.common import DEFAULT_OUT, Database, Format, app, console, print_table, say, verb
from pipeline.errors import UsageError


def _connect(path: Path) -> Any:
    import duckdb

    if not path.is_file():
        raise UsageError(f"there is no database {path}: build one with 'thidua run SOURCE... --out {path.parent}', or name it with --db")
    try:
        return duckdb.connect(str(path), read_only=True, config={"enable_external_access": False})
    except duckdb.Error as error:
        raise UsageError(f"cannot read {path}: {error}") from None


def _ask(db: Path, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    import duckdb

    with _connect(db) as connection:
        try:
            statements = connection.extract_statements(sql)
            if not statements:
                raise UsageError("there is no statement to carry out: give one, such as 'FROM award_history'")
            if len(statements) > 1:
                raise UsageError(f"these are {len(statements)} statements: give them one at a time")
            found = connection.execute(statements[0])
            return [d[0] for d in found.description or ()], found.fetchall()
        except duckdb.PermissionException as error:
            raise UsageError(f"{error}\n'thidua query' reads the database and no other file; any DuckDB client does more") from None
        except duckdb.Error as error:
            raise UsageError(f"{error}") from None
        except RuntimeError as error:
            if "interrupted" in str(error):  # what Ctrl-C becomes within DuckDB
                raise KeyboardInterrupt from None
            raise


def _as_json(value: Any) -> bytes:
    import msgspec

    return msgspec.json.Encoder(enc_hook=str, decimal_format="number").encode(value)


@app.command(rich_help_panel="Ask")
@verb
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One DuckDB query; '-' reads it from stdin.")],
    db: Database = DEFAULT_OUT / "thidua.duckdb",
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the rows.")] = Format.table,
) -> None:
    """Ask the database. Start with award_history, bloc_leaders, meeting_calendar and bloc_members.

    It reads the database, and neither reads nor writes any other file.

    [b]thidua query "SELECT year, recipient, award FROM award_history WHERE level = 'government'"[/b]

    [b]thidua query "FROM meeting_calendar" --format csv > meetings.csv[/b]

    [b]thidua query "SELECT table_name, comment FROM duckdb_tables()"[/b]   says what the tables hold
    """
    columns, rows = _ask(db, sys.stdin.read() if sql == "-" else sql)
    if format is Format.table:
        print_table(None, columns, rows)
    elif format is Format.csv:
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_as_json(cell).decode() if isinstance(cell, (bool, list, dict)) else cell for cell in row] for row in rows)
    else:
        sys.stdout.buffer.write(_as_json([dict(zip(columns, row, strict=True)) for row in rows]) + b"\n")


@app.command(rich_help_panel="Ask")
@verb
def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of an article, or the beginning of one.")],
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page instead; it needs no server.", show_default=False)
    ] = None,
    db: Database = DEFAULT_OUT / "thidua.duckdb",
) -> None:
    """Show an article with every value found in it, in brackets where the output has no styles (in a pipe).

    [b]thidua show camau-2016 --html article.html[/b]
    """
    from pipeline.show import read_article, to_text, write_html

    with _connect(db) as connection:
        shown = read_article(connection, article)
    if html is None:
        terminal = console()
        terminal.print(to_text(shown, styled=terminal.color_system is not None), soft_wrap=True)
    else:
        write_html(shown, html)
        say(f"written: {html}")
