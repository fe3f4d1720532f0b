"""The command `thidua`. Data goes to stdout, progress and messages to stderr.

Exit status: 0 fine; 1 something could not be used, or a check failed; 2 the command could not be carried out.
What is heavy is imported in the command that needs it, so that every command starts at once.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import __version__
from pipeline.errors import PipelineError, UsageError

if TYPE_CHECKING:
    from pipeline.fetch.books import State
    from pipeline.records import Article, Issue, Record
    from pipeline.run import Summary
    from pipeline.score import Score
    from pipeline.stages import Stage

FAILED, WRONG, INTERRUPTED = 1, 2, 130
DEFAULT_OUT = Path("outputs")

app = typer.Typer(
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
        metavar="SOURCE...", help="Folders, files or globs: .html, .txt, .jsonl, .jsonl.gz, .parquet, .warc, .warc.gz.", show_default=False
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Output folder; one run at a time works in it.")]
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
            function(*args, **options)
        except PipelineError as error:
            _say(f"error: {error}")
            raise typer.Exit(WRONG) from None
        except KeyboardInterrupt:
            _say("interrupted: what is finished is kept, the next run goes on from there")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit(FAILED) from None

    return command


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _console() -> Any:
    from rich.console import Console

    # Where nobody watches, lines are not broken at 80 columns.
    return Console() if sys.stdout.isatty() else Console(width=180)


def _print_table(title: str | None, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for n, column in enumerate(columns):
        numbers = all(isinstance(row[n], (int, float, type(None))) and not isinstance(row[n], bool) for row in rows)
        table.add_column(escape(column), justify="right" if numbers and rows else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else escape(str(value)) for value in row))
    _console().print(table)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"thidua {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None: ...


# --- running ---------------------------------------------------------------------------------------------------------


@app.command(rich_help_panel="Run")
@verb
def run(sources: Sources, out: Out = DEFAULT_OUT, jobs: Jobs = None, gazetteers: Gazetteers = None) -> None:
    """Do it all: clean, segment, extract, normalize and load SOURCE... into DIR/thidua.duckdb.

    What has not changed since the last run is not done again. What cannot be used is listed in DIR/issues.jsonl
    and in the table issues, and makes the exit status 1.

    [b]thidua run pages/ crawl.jsonl.gz --out outputs --jobs 4[/b]
    """
    from pipeline import run as runner
    from pipeline.load import DATABASE, load
    from pipeline.progress import for_stderr
    from pipeline.stages import STAGES, Plan
    from pipeline.store import lock

    summary = runner.run(sources, out, Plan.of(STAGES, gazetteers), jobs, for_stderr())
    _report(summary)
    with lock(out):
        loaded = load(out, gazetteers)
    _say(f"load: {'unchanged' if loaded.skipped else 'built'}, {out / DATABASE}")
    names = ("articles", "relevant", "meetings", "awards", "handovers", "issues")
    _print_table(None, ["", "count"], [(name, loaded.counts[name]) for name in names])
    raise typer.Exit(FAILED if summary.issues else 0)


def _report(summary: Summary) -> None:
    """What was done and what was skipped."""
    unchanged = summary.articles - summary.processed
    _say(f"{summary.processed} of {summary.articles} articles processed, {unchanged} unchanged, {summary.seconds:.1f} s")
    for name, count in summary.stages.items():
        lost = f", {count.rejected} rejected, {count.failed} failed" if count.rejected or count.failed else ""
        _say(f"  {name}: {count.articles_out} articles ({count.computed} made now{lost})")
    if summary.issues:
        _say(f"  {summary.issues} issues, see issues.jsonl")


@app.command(rich_help_panel="Stages")
@verb
def clean(
    sources: Sources,
    out: Out = DEFAULT_OUT,
    as_lines: Annotated[bool, typer.Option("--jsonl", help="Print id, title, published and text of every page, and keep nothing.")] = False,
    jobs: Jobs = None,
) -> None:
    """First stage: read SOURCE... and keep title, date and text, the boilerplate marked.

    [b]thidua clean pages/ --out outputs[/b]

    [b]thidua clean pages/ --jsonl > texts.jsonl[/b]   also what is not of the genre
    """
    if as_lines:
        _print_cleaned(sources, jobs)
    from pipeline import run as runner
    from pipeline.progress import for_stderr
    from pipeline.stages import STAGES, Plan

    summary = runner.run(sources, out, Plan.of(STAGES[:1]), jobs, for_stderr())
    _report(summary)
    raise typer.Exit(FAILED if summary.issues else 0)


def _print_cleaned(sources: list[str], jobs: int | None) -> None:
    from pipeline.clean import plain_article
    from pipeline.stages import CLEAN_ALL

    issues: list[Issue] = []
    found = _in_memory(sources, jobs, None, _reporter(issues), (CLEAN_ALL,))
    _print_lines(plain_article(article) for _, article, _ in found if article is not None)
    raise typer.Exit(FAILED if issues else 0)


@app.command(rich_help_panel="Stages")
@verb
def segment(out: OutArgument = DEFAULT_OUT, jobs: Jobs = None, gazetteers: Gazetteers = None) -> None:
    """Second stage: sentences and words of what clean left in DIR."""
    _one_stage("segment", out, jobs, gazetteers)


@app.command(rich_help_panel="Stages")
@verb
def extract(out: OutArgument = DEFAULT_OUT, jobs: Jobs = None, gazetteers: Gazetteers = None) -> None:
    """Third stage: meetings, awards, leaders and citations, each with the stretch of text that shows it."""
    _one_stage("extract", out, jobs, gazetteers)


@app.command(rich_help_panel="Stages")
@verb
def normalize(out: OutArgument = DEFAULT_OUT, jobs: Jobs = None, gazetteers: Gazetteers = None) -> None:
    """Fourth stage: dates, provinces, units, awards and names in one form."""
    _one_stage("normalize", out, jobs, gazetteers)


def _one_stage(name: str, out: Path, jobs: int | None, gazetteers: Path | None) -> None:
    from pipeline import run as runner
    from pipeline.progress import for_stderr
    from pipeline.stages import STAGES, Plan

    stages = tuple(stage for stage in STAGES if stage.name == name)
    summary = runner.run_one(out, Plan.of(stages, gazetteers), jobs, for_stderr())
    _report(summary)
    raise typer.Exit(FAILED if summary.issues else 0)


@app.command("load", rich_help_panel="Stages")
@verb
def load_command(out: OutArgument = DEFAULT_OUT, gazetteers: Gazetteers = None) -> None:
    """Last stage: build DIR/thidua.duckdb and DIR/tables/*.parquet from what normalize left."""
    from pipeline.load import DATABASE, load
    from pipeline.store import lock

    if not out.is_dir():
        raise UsageError(f"{out} is no output folder: make one with 'thidua run SOURCE... --out {out}'")
    with lock(out):
        loaded = load(out, gazetteers)
    _say(f"load: {'unchanged' if loaded.skipped else 'built'}, {out / DATABASE}")


@app.command(rich_help_panel="Run")
@verb
def status(out: OutArgument = DEFAULT_OUT) -> None:
    """How far the crawl and each stage have come in DIR."""
    from pipeline.fetch.books import STATE, read_state
    from pipeline.load import DATABASE
    from pipeline.run import status as read
    from pipeline.stages import STAGES

    if (out / STATE).exists():
        states = read_state(out).sources
        _print_sources(states)
        for name, state in states.items():
            if state.fault:
                print(f"{name}: {state.fault}")
        if not (out / STAGES[0].name).is_dir():
            return
    rows = []
    for s in read(out):
        state = "finished" if s.finished else "unfinished"
        rows.append((s.stage, state, s.shards, s.count.articles_in, s.count.articles_out, s.count.rejected, s.count.failed))
    _print_table(None, ["stage", "state", "shards", "in", "out", "rejected", "failed"], rows)
    print(f"{out / DATABASE}: {'there' if (out / DATABASE).exists() else 'not built'}")


# --- fetching --------------------------------------------------------------------------------------------------------


@app.command(rich_help_panel="Run")
@verb
def fetch(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCES.toml | ADDRESS...]", help="A file of sources, or addresses.", show_default=False)
    ] = None,
    out: Out = Path("crawl"),
    url: Annotated[list[str] | None, typer.Option("--url", metavar="ADDRESS...", help="Fetch these pages.", show_default=False)] = None,
    urls: Annotated[Path | None, typer.Option("--urls", metavar="FILE", help="Fetch pages named in a file.", show_default=False)] = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", metavar="NAME", help="Only this source of the file; repeatable.", show_default=False)
    ] = None,
    only_relevant: Annotated[bool, typer.Option("--only-relevant", help="Follow only what speaks of emulation or commendation.")] = False,
    user_agent: Annotated[
        str | None, typer.Option("--user-agent", envvar="THIDUA_USER_AGENT", help="Who you are and how to reach you.", show_default=False)
    ] = None,
    delay: Annotated[float | None, typer.Option(min=0, help="Seconds between two requests to a host, at least.", show_default="2")] = None,
    timeout: Annotated[float | None, typer.Option(min=0.1, help="Seconds for one answer.", show_default="60")] = None,
    max_pages: Annotated[int | None, typer.Option(min=1, help="Addresses a source, at most.", show_default="1000")] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Allow hosts in private networks.")] = False,
) -> None:
    """Fetch pages of portals and newspapers into DIR/warc, politely; 'thidua run DIR' reads them.

    Started again after it was stopped or killed, it goes on; after that it asks only for what has changed.
    A source that brings nothing, or far less than before, is named and makes the exit status 1.

    [b]thidua fetch gazetteers/sources.toml --source portal-backan --out crawl[/b]

    [b]thidua fetch --url https://a.example/one https://a.example/two --out crawl[/b]
    """
    import msgspec

    from pipeline.fetch.config import choose
    from pipeline.fetch.crawl import fetch as crawl

    given = {"user_agent": user_agent, "delay": delay, "timeout": timeout}
    sites, options = choose([*(url or ()), *(sources or ())], urls, source)
    if max_pages is not None:
        sites = [msgspec.structs.replace(site, max_pages=max_pages) for site in sites]
    options = msgspec.structs.replace(
        options,
        only_relevant=only_relevant or options.only_relevant,
        allow_private=allow_private or options.allow_private,
        **{name: value for name, value in given.items() if value is not None},
    )
    done = crawl(sites, out, options, _say)
    _print_sources(done.sources)
    for name, fault in done.faults.items():
        _say(f"{name}: {fault}")
    if done.interrupted:
        raise KeyboardInterrupt
    raise typer.Exit(FAILED if done.faults else 0)


def _print_sources(states: dict[str, State]) -> None:
    columns = ["source", "visit", "state", "pages", "articles", "relevant", "unchanged", "refused", "failed", "MB", "a second"]
    rows = []
    for name, s in states.items():
        state = "fault" if s.fault else s.ceiling and f"ended at {s.ceiling}" or ("finished" if s.finished else "unfinished")
        counts = (s.pages, s.articles, s.relevant, s.unchanged, s.refused, s.failed)
        rows.append((name, s.visit, state, *counts, round(s.bytes / 1e6, 2), s.rate))
    _print_table(None, columns, rows)


# --- without a folder ------------------------------------------------------------------------------------------------


def _in_memory(
    sources: list[str],
    jobs: int | None,
    gazetteers: Path | None,
    report: Callable[[Issue], None],
    stages: tuple[Stage, ...] | None = None,
) -> Iterator[tuple[str, Article | None, Record | None]]:
    """Articles and records in the order of the sources; None where a stage gave nothing, which is then reported."""
    from pipeline.records import Issue
    from pipeline.run import all_cores, learn_sites, process_in_memory
    from pipeline.sources import read_sources
    from pipeline.stages import Plan, decode, without_words

    plan = Plan.of(stages or without_words(), gazetteers)
    for article, rows in process_in_memory(read_sources(sources, report), plan, jobs or all_cores(), learn_sites(sources)):
        found = {name: decode(name, row.body) for name, row in rows.items() if row.body is not None}
        for name, row in rows.items():
            if row.body is None:
                report(Issue(name, article, row.code or "", row.message or ""))
        yield article, found.get("clean"), found.get("normalize")


@app.command(rich_help_panel="Run")
@verb
def records(
    sources: Sources,
    with_evidence: Annotated[bool, typer.Option("--evidence", help="Add each value's spans, rule and what it was inferred from.")] = False,
    jobs: Jobs = None,
    gazetteers: Gazetteers = None,
) -> None:
    """Print one JSON record a line for each article of SOURCE..., and keep nothing.

    [b]thidua records pages/*.html > records.jsonl[/b]
    """
    from pipeline.records import evidence, to_plain

    issues: list[Issue] = []
    _print_lines(
        to_plain(record) | ({"evidence": evidence(record, article.text)} if with_evidence else {})
        for _, article, record in _in_memory(sources, jobs, gazetteers, _reporter(issues))
        if article is not None and record is not None
    )
    raise typer.Exit(FAILED if issues else 0)


def _reporter(issues: list[Issue]) -> Callable[[Issue], None]:
    """Says each issue as it comes, and keeps it for the exit status."""

    def report(issue: Issue) -> None:
        issues.append(issue)
        _say(f"{issue.stage}: {issue.article}: {issue.code}: {issue.message}")

    return report


def _print_lines(rows: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line."""
    import msgspec

    for row in rows:
        sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
    sys.stdout.buffer.flush()


# --- asking ----------------------------------------------------------------------------------------------------------


def _connect(path: Path) -> Any:
    import duckdb

    if not path.is_file():
        raise UsageError(f"there is no database {path}: build one with 'thidua run SOURCE... --out {path.parent}', or name it with --db")
    try:
        return duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise UsageError(f"cannot read {path}: {error}") from None


@app.command(rich_help_panel="Ask")
@verb
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="Any DuckDB query; '-' reads it from stdin.")],
    db: Database = DEFAULT_OUT / "thidua.duckdb",
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the rows.")] = Format.table,
) -> None:
    """Ask the database. Start with award_history, bloc_leaders, meeting_calendar and bloc_members.

    [b]thidua query "SELECT year, recipient, award FROM award_history WHERE level = 'government'"[/b]

    [b]thidua query "FROM meeting_calendar" --format csv > meetings.csv[/b]

    [b]thidua query "SELECT table_name, comment FROM duckdb_tables()"[/b]   says what the tables hold
    """
    import duckdb

    with _connect(db) as connection:
        try:
            found = connection.execute(sys.stdin.read() if sql == "-" else sql)
            columns = [d[0] for d in found.description or ()]
            rows = found.fetchall()
        except duckdb.Error as error:
            raise UsageError(f"{error}") from None
    if format is Format.table:
        _print_table(None, columns, rows)
    elif format is Format.csv:
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    else:
        import msgspec

        sys.stdout.buffer.write(msgspec.json.encode([dict(zip(columns, row, strict=True)) for row in rows], enc_hook=str) + b"\n")


@app.command(rich_help_panel="Ask")
@verb
def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of an article, or the beginning of one.")],
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page instead; it needs no server.", show_default=False)
    ] = None,
    db: Database = DEFAULT_OUT / "thidua.duckdb",
) -> None:
    """Show an article with every value found in it.

    [b]thidua show backan-2022-07 --html article.html[/b]
    """
    from pipeline.show import read_article, to_text, write_html

    with _connect(db) as connection:
        shown = read_article(connection, article)
    if html is None:
        _console().print(to_text(shown), soft_wrap=True)
    else:
        write_html(shown, html)
        _say(f"written: {html}")


# --- judging ---------------------------------------------------------------------------------------------------------

Gold = Annotated[Path, typer.Argument(metavar="GOLD", help="Folder with one NAME.json for each article.")]
Articles = Annotated[
    Path | None,
    typer.Option("--articles", metavar="DIR", help="Where the articles of the gold are; by default GOLD itself, or the folder around it."),
]


def _articles_beside(gold: Path, articles: Path | None) -> Path:
    """The gold folder if articles lie in it, else the folder around it."""
    from pipeline.sources import READERS

    if articles is not None:
        return articles
    inside = gold.is_dir() and any(path.name.lower().endswith(tuple(READERS)) for path in gold.iterdir())
    return gold if inside else gold.resolve().parent


def _fresh_records(gold: Path, articles: Path | None, jobs: int | None, gazetteers: Path | None) -> dict[str, dict[str, Any]]:
    """Records of the articles that belong to a gold folder. An article that fails has none, and so counts as all missed."""
    from pipeline.records import to_plain

    wanted = {path.stem for path in gold.glob("*.json")}

    def report(issue: Issue) -> None:
        if issue.article in wanted:
            _say(f"{issue.article}: {issue.stage}: {issue.code}: {issue.message}")

    found = _in_memory([str(_articles_beside(gold, articles))], jobs, gazetteers, report)
    return {id_: to_plain(record) for id_, _, record in found if record is not None and id_ in wanted}


def _score(gold: Path, records_file: Path | None, articles: Path | None, jobs: int | None, gazetteers: Path | None) -> Score:
    from pipeline.score import read_gold, read_records, score_records

    golds = read_gold(gold)
    got = read_records(records_file) if records_file else _fresh_records(gold, articles, jobs, gazetteers)
    return score_records(golds, got)


@app.command(rich_help_panel="Judge")
@verb
def score(
    gold: Gold,
    records_file: Annotated[
        Path | None, typer.Argument(metavar="[RECORDS]", help="Output of 'thidua records'; by default it is made now.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List each missed (-) and extra (+) value by article.")] = False,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="Earlier records: list what was gained and lost since, by article.")
    ] = None,
    as_json: AsJson = False,
    articles: Articles = None,
    jobs: Jobs = None,
    gazetteers: Gazetteers = None,
) -> None:
    """Precision, recall and F1 for each slot and group, and the headline: the mean of the groups' F1.

    [b]thidua score corpus/gold --errors[/b]

    [b]thidua score corpus/gold new.jsonl --against old.jsonl[/b]
    """
    import msgspec

    from pipeline.score import compare, read_gold, read_records, score_records

    made = _score(gold, records_file, articles, jobs, gazetteers)
    old = score_records(read_gold(gold), read_records(against)) if against else None
    gains, losses = compare(made, old) if old else ([], [])
    if as_json:
        plain: dict[str, Any] = made.to_plain()
        if errors:
            plain["errors"] = made.misses
        if old:
            plain["against"] = {"headline": old.headline, "gains": gains, "losses": losses}
        sys.stdout.buffer.write(msgspec.json.encode(plain) + b"\n")
        return
    if errors:
        for miss in made.misses:
            print(f"{miss.sign} {miss.article:28} {miss.slot:22} {miss.value}")
    if old:
        for word, misses in (("gained", gains), ("lost", losses)):
            for miss in sorted(misses, key=lambda m: m.article):
                print(f"{word}: {miss.article:28} {miss.sign} {miss.slot:22} {miss.value}")
    rows = []
    for name, c in made.rows():
        counts = ("", "", "") if name.isupper() else (c.hits, c.extra, c.missed)
        rows.append((name, f"{c.precision:.3f}", f"{c.recall:.3f}", f"{c.f1:.3f}", *counts))
    _print_table(None, ["slot", "P", "R", "F1", "found", "extra", "missed"], rows)
    if made.absent:
        print(f"no record for {len(made.absent)} articles: {', '.join(made.absent)}")
    was = f" (was {old.headline:.4f})" if old else ""
    print(f"headline (mean of the groups' F1) over {made.articles} articles: {made.headline:.4f}{was}")


@app.command(rich_help_panel="Judge")
@verb
def floors(
    gold: Gold,
    write: Annotated[bool, typer.Option("--write", help="Set the floors to the present figures.")] = False,
    allow_lower: Annotated[bool, typer.Option("--allow-lower", help="With --write: a floor may go down.")] = False,
    articles: Articles = None,
    jobs: Jobs = None,
    gazetteers: Gazetteers = None,
) -> None:
    """Check that no slot scores lower on GOLD than it once did (the floors stand in GOLD.floors.json).

    [b]thidua floors corpus/gold[/b]   fails when a figure fell, or when gold or articles changed

    [b]thidua floors corpus/gold --write[/b]   raises the floors to what is reached now
    """
    import msgspec

    from pipeline.score import check_floors, data_hash, read_floors, renew_floors
    from pipeline.store import write_whole

    path = gold.with_name(gold.name + ".floors.json")
    made = _score(gold, None, articles, jobs, gazetteers)
    data = data_hash(_data_files(gold, articles))
    old = read_floors(path)
    if write:
        renewed = renew_floors(old, made, data, allow_lower)
        write_whole(path, msgspec.json.format(msgspec.json.encode(renewed)) + b"\n")
        _say(f"written: {path}, headline {made.headline:.4f}")
        return
    if old is None:
        raise UsageError(f"no floors yet: 'thidua floors {gold} --write' sets them in {path}")
    problems = check_floors(old, made, data)
    for problem in problems:
        _say(problem)
    print(f"headline {made.headline:.4f} over {made.articles} articles, {'floors hold' if not problems else f'{len(problems)} problems'}")
    raise typer.Exit(FAILED if problems else 0)


def _data_files(gold: Path, articles: Path | None) -> list[Path]:
    """Gold records and the articles and addresses that belong to them."""
    from pipeline.sources import MANIFEST, READERS

    golds = sorted(gold.glob("*.json"))
    wanted = {path.stem for path in golds}
    beside = [path for path in _articles_beside(gold, articles).rglob("*") if path.is_file()]
    endings = tuple(READERS)
    return golds + [p for p in beside if (p.stem in wanted and p.name.lower().endswith(endings)) or p.name == MANIFEST]


@app.command(rich_help_panel="Judge")
@verb
def rules(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE...]", help="A corpus to count hits on.", show_default=False)
    ] = None,
    as_json: AsJson = False,
    jobs: Jobs = None,
    gazetteers: Gazetteers = None,
) -> None:
    """List the rules with the values each one found in SOURCE.... A rule that found nothing makes the exit status 1.

    [b]thidua rules corpus/[/b]
    """
    import msgspec

    from pipeline.rules import count_hits, declared_rules

    declared = declared_rules()
    if not sources:
        print("\n".join(sorted(declared)))
        return
    found = _in_memory(sources, jobs, gazetteers, lambda issue: None)
    hits = count_hits((article, record) for _, article, record in found if article is not None and record is not None)
    rows = [(rule, hits.get(rule, 0), "" if rule in declared else "not in the code as it stands") for rule in sorted(declared | set(hits))]
    idle = [rule for rule, n, _ in rows if not n]
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode({"hits": {rule: n for rule, n, _ in rows}, "never": idle}) + b"\n")
    else:
        _print_table(None, ["rule", "hits", ""], rows)
    if idle:
        _say(f"{len(idle)} rules never hit: {', '.join(idle)}")
    raise typer.Exit(FAILED if idle else 0)


def main() -> None:
    """Entry point of the command."""
    app()


if __name__ == "__main__":
    main()
