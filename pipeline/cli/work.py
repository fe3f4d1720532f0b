"""Commands that do the work: run and its stages, status, fetch, records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.common import (
    DEFAULT_OUT,
    FAILED,
    Gazetteers,
    Jobs,
    Out,
    OutArgument,
    Sources,
    app,
    in_memory,
    print_lines,
    print_table,
    reporter,
    say,
    verb,
)
from pipeline.errors import UsageError
from pipeline.progress import counted

if TYPE_CHECKING:
    from pipeline.fetch.books import State
    from pipeline.records import Issue
    from pipeline.run import Summary


@app.command(rich_help_panel="Run")
@verb
def run(sources: Sources, out: Out = DEFAULT_OUT, jobs: Jobs = None, gazetteers: Gazetteers = None) -> None:
    """Do it all: clean, segment, extract, normalize and load SOURCE... into DIR/thidua.duckdb.

    What has not changed since the last run is not done again; articles of an earlier run that are in no SOURCE now are left out
    (and counted), so name all sources at once, or give each set a --out of its own. What cannot be used is listed in DIR/issues.jsonl
    and in the table issues, and makes the exit status 1.

    [b]thidua run pages/ crawl.jsonl.gz --out outputs --jobs 4[/b]
    """
    from pipeline import run as runner
    from pipeline.load import DATABASE, load
    from pipeline.progress import for_stderr
    from pipeline.stages import STAGES, Plan
    from pipeline.store import lock

    summary = runner.run(sources, out, Plan.of(STAGES, gazetteers), jobs, for_stderr())
    report(summary)
    with lock(out):
        loaded = load(out, gazetteers)
    say(f"load: {'unchanged' if loaded.skipped else 'built'}, {out / DATABASE}")
    names = ("articles", "relevant", "meetings", "awards", "handovers", "issues")
    print_table(None, ["", "count"], [(name, loaded.counts[name]) for name in names])
    raise typer.Exit(FAILED if summary.issues else 0)


def report(summary: Summary) -> None:
    """What was done and what was skipped."""
    given = next(iter(summary.stages.values())).articles_in
    if summary.articles:
        articles = counted(summary.articles, "article")
        lost_before = f", {summary.articles - given} that an earlier stage could not use" if given < summary.articles else ""
        say(f"{summary.processed} of {articles} processed, {given - summary.processed} unchanged{lost_before}, {summary.seconds:.1f} s")
    else:
        say("no article found")
    if summary.left_out:
        say(f"  {counted(summary.left_out, 'article')} of an earlier run left out, being in none of these sources")
    for name, count in summary.stages.items():
        lost = f", {count.rejected} rejected, {count.failed} failed" if count.rejected or count.failed else ""
        say(f"  {name}: {counted(count.articles_out, 'article')} ({count.computed} made now{lost})")
    if summary.left_alone:
        kinds = ", ".join(f"{count} {ending}" for ending, count in sorted(summary.left_alone.items()))
        say(f"  files left alone, of kinds that are not read: {kinds}")
    if summary.issues:
        say(f"  {counted(summary.issues, 'issue')}, see issues.jsonl")


@app.command(rich_help_panel="Stages")
@verb
def clean(
    sources: Sources,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Output folder; one run at a time works in it.", show_default=str(DEFAULT_OUT)),
    ] = None,
    as_lines: Annotated[bool, typer.Option("--jsonl", help="Print id, title, published and text of every page, and keep nothing.")] = False,
    jobs: Jobs = None,
) -> None:
    """First stage: read SOURCE... and keep title, date and text, the boilerplate marked.

    [b]thidua clean pages/ --out outputs[/b]

    [b]thidua clean pages/ --jsonl > texts.jsonl[/b]   also what is not of the genre
    """
    if as_lines and out is not None:
        raise UsageError("--jsonl keeps nothing, so there is nothing to be done with --out: leave out one of them")
    issues = _print_cleaned(sources, jobs) if as_lines else _keep_cleaned(sources, out or DEFAULT_OUT, jobs)
    raise typer.Exit(FAILED if issues else 0)


def _keep_cleaned(sources: list[str], out: Path, jobs: int | None) -> int:
    """Returns the number of issues, as the next function does."""
    from pipeline import run as runner
    from pipeline.progress import for_stderr
    from pipeline.stages import STAGES, Plan

    summary = runner.run(sources, out, Plan.of(STAGES[:1]), jobs, for_stderr())
    report(summary)
    return summary.issues


def _print_cleaned(sources: list[str], jobs: int | None) -> int:
    from pipeline.clean import plain_article
    from pipeline.stages import CLEAN_ALL

    issues: list[Issue] = []
    found = in_memory(sources, jobs, None, reporter(issues), (CLEAN_ALL,))
    print_lines(plain_article(article) for _, article, _ in found if article is not None)
    return len(issues)


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
    report(summary)
    raise typer.Exit(FAILED if summary.issues else 0)


@app.command("load", rich_help_panel="Stages")
@verb
def load_command(out: OutArgument = DEFAULT_OUT, gazetteers: Gazetteers = None) -> None:
    """Last stage: build DIR/thidua.duckdb and DIR/tables/*.parquet from what normalize left."""
    from pipeline.load import DATABASE, load
    from pipeline.run import collect_issues, require_run
    from pipeline.store import lock

    require_run(out)
    with lock(out):
        loaded = load(out, gazetteers)
        issues = collect_issues(out)
    say(f"load: {'unchanged' if loaded.skipped else 'built'}, {out / DATABASE}")
    if issues:
        say(f"  {counted(issues, 'issue')}, see issues.jsonl")
    raise typer.Exit(FAILED if issues else 0)


@app.command(rich_help_panel="Run")
@verb
def status(out: OutArgument = DEFAULT_OUT) -> None:
    """How far the crawl and each stage have come in DIR: articles in and out, those that a stopped run has kept among them."""
    from pipeline.fetch.books import STATE, read_state
    from pipeline.load import DATABASE
    from pipeline.run import status as read
    from pipeline.stages import STAGES

    if (out / STATE).exists():
        states = read_state(out).sources
        print_sources(states)
        for name, state in states.items():
            if state.fault:
                print(f"{name}: {state.fault}")
        if not (out / STAGES[0].name).is_dir():
            return
    rows = []
    for s in read(out):
        state = "finished" if s.finished else "unfinished"
        rows.append((s.stage, state, s.shards, s.count.articles_in, s.count.articles_out, s.count.rejected, s.count.failed))
    print_table(None, ["stage", "state", "shards", "in", "out", "rejected", "failed"], rows)
    print(f"{out / DATABASE}: {'there' if (out / DATABASE).exists() else 'not built'}")
    listed = out / "issues.jsonl"
    if listed.is_file() and (count := len(listed.read_bytes().splitlines())):
        print(f"{counted(count, 'issue')}, see {listed}")


@app.command(rich_help_panel="Run")
@verb
def fetch(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCES.toml | ADDRESS", help="A file of sources, or addresses.", show_default=False)
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
    sites, options = choose([*(url or ()), *(sources or ())], urls, source, addresses_given=bool(url))
    if max_pages is not None:
        sites = [msgspec.structs.replace(site, max_pages=max_pages) for site in sites]
    options = msgspec.structs.replace(
        options,
        only_relevant=only_relevant or options.only_relevant,
        allow_private=allow_private or options.allow_private,
        **{name: value for name, value in given.items() if value is not None},
    )
    done = crawl(sites, out, options, say)
    print_sources(done.sources)
    for name, fault in done.faults.items():
        say(f"{name}: {fault}")
    if done.interrupted:
        raise KeyboardInterrupt("what was fetched is kept, the next fetch goes on from there")
    raise typer.Exit(FAILED if done.faults else 0)


def print_sources(states: dict[str, State]) -> None:
    """Prints how far the crawl of each source has come."""
    columns = ["source", "visit", "state", "pages", "articles", "relevant", "unchanged", "refused", "failed", "MB", "a second"]
    rows = []
    for name, s in states.items():
        state = "fault" if s.fault else s.ceiling and f"ended at {s.ceiling}" or ("finished" if s.finished else "unfinished")
        counts = (s.pages, s.articles, s.relevant, s.unchanged, s.refused, s.failed)
        rows.append((name, s.visit, state, *counts, round(s.bytes / 1e6, 2), s.rate))
    print_table(None, columns, rows)


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
    print_lines(
        to_plain(record) | ({"evidence": evidence(record, article.text)} if with_evidence else {})
        for _, article, record in in_memory(sources, jobs, gazetteers, reporter(issues))
        if article is not None and record is not None
    )
    raise typer.Exit(FAILED if issues else 0)
