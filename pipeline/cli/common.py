"""What the commands share: options, messages, tables, and articles read without an output folder."""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import __version__
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.records import Article, Issue, Record
    from pipeline.stages import Stage

FAILED, WRONG, INTERRUPTED = 1, 2, 130
DEFAULT_OUT = Path("outputs")

EXIT_STATUS = (
    "Exit status: 0 fine; 1 something could not be used, or a check failed; 2 the command could not be carried out; "
    "130 stopped with Ctrl-C; 141 nobody reads the output any more."
)

app = typer.Typer(
    epilog=EXIT_STATUS,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="From news of emulation blocs to a database in which every value shows its sentence.\n\n"
    "[b]thidua run pages/ --out outputs[/b]   reads a folder of pages, builds outputs/thidua.duckdb\n\n"
    "[b]thidua query 'FROM award_history'[/b]   asks it\n\n"
    "[b]thidua show ARTICLE --html page.html[/b]   shows the sentences behind the values\n\n"
    "[b]thidua records pages/[/b]   prints one JSON record an article and keeps nothing",
)

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE", help="Folders, files or globs: .html, .txt, .jsonl, .jsonl.gz, .parquet, .warc, .warc.gz.", show_default=False
    ),
]


def _output_folder(text: str) -> Path:
    if not str(text).strip():  # --out "$UNSET" would be the current folder
        raise typer.BadParameter("is empty; name a folder")
    return Path(text)


Out = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="DIR", parser=_output_folder, help="Output folder, thidua's own; one run at a time works in it."),
]
OutArgument = Annotated[Path, typer.Argument(metavar="DIR", help="Output folder of an earlier run.")]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes; all cores by default.", show_default=False)]
Gazetteers = Annotated[
    Path | None,
    typer.Option("--gazetteers", metavar="DIR", help="Another folder of gazetteers than the project's own.", show_default=False),
]
Database = Annotated[Path, typer.Option("--db", metavar="FILE", help="The database to read.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


def verb(function: Callable[..., None]) -> Callable[..., None]:
    """A command that ends with one clear line when it cannot be carried out."""

    @functools.wraps(function)
    def command(*args: Any, **options: Any) -> None:
        try:
            try:
                _ignore_sigpipe()
                function(*args, **options)
            finally:
                sys.stdout.flush()  # what cannot be written is to be known here, not when Python ends
        except PipelineError as error:
            say(f"error: {error}")
            raise typer.Exit(WRONG) from None
        except KeyboardInterrupt as interrupt:
            say("interrupted" + "".join(f": {kept}" for kept in interrupt.args))
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _end_as_by_sigpipe()
        except OSError as error:
            _let_go_of_stdout()
            where = f"{error.filename}: " if error.filename else ""
            say(f"error: {where}{error.strerror or error}")
            raise typer.Exit(WRONG) from None

    return command


def _ignore_sigpipe() -> None:
    """The signal, which `main` lets end --help, would end a crawl by any connection that breaks."""
    if hasattr(signal, "SIGPIPE") and signal.getsignal(signal.SIGPIPE) == signal.SIG_DFL:
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def _end_as_by_sigpipe() -> None:
    """`thidua ... | head` ends as other tools do."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGPIPE)


def _let_go_of_stdout() -> None:
    """What is still to be written would fail once more when Python ends."""
    with suppress(OSError):  # io.UnsupportedOperation is one: a stream without a file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def console() -> Any:
    """Where tables are printed; a reader that goes away ends the command as a pipe does."""
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:  # rich would end with 1
            raise BrokenPipeError

    # Where nobody watches, lines are not broken at 80 columns.
    return Piped() if sys.stdout.isatty() else Piped(width=180)


def print_table(title: str | None, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Prints rows under their columns, numbers to the right."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for n, column in enumerate(columns):
        numbers = all(isinstance(row[n], (int, float, type(None))) and not isinstance(row[n], bool) for row in rows)
        table.add_column(escape(column), justify="right" if numbers and rows else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else escape(str(value)) for value in row))
    console().print(table)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"thidua {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None: ...


def in_memory(
    sources: list[str],
    jobs: int | None,
    gazetteers: Path | None,
    report: Callable[[Issue], None],
    stages: tuple[Stage, ...] | None = None,
) -> Iterator[tuple[str, Article | None, Record | None]]:
    """Articles and records in the order of the sources; None where a stage gave nothing, which is then reported."""
    from pipeline.batches import learn_sites
    from pipeline.records import Issue
    from pipeline.run import process_in_memory
    from pipeline.sources import read_sources
    from pipeline.stages import Plan, decode, without_words
    from pipeline.workers import all_cores

    plan = Plan.of(stages or without_words(), gazetteers)
    for article, rows in process_in_memory(read_sources(sources, report), plan, jobs or all_cores(), learn_sites(sources)):
        found = {name: decode(name, row.body) for name, row in rows.items() if row.body is not None}
        for name, row in rows.items():
            if row.body is None:
                report(Issue(name, article, row.code or "", row.message or ""))
        yield article, found.get("clean"), found.get("normalize")


def reporter(issues: list[Issue]) -> Callable[[Issue], None]:
    """Says each issue as it comes, and keeps it for the exit status."""

    def report(issue: Issue) -> None:
        issues.append(issue)
        say(f"{issue.stage}: {issue.article}: {issue.code}: {issue.message}")

    return report


def print_lines(rows: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line."""
    import msgspec

    for row in rows:
        sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
    sys.stdout.buffer.flush()
