"""Commands that judge the rules: score, floors, rules."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.common import FAILED, AsJson, Gazetteers, Jobs, app, in_memory, print_table, reporter, say, verb
from pipeline.errors import UsageError
from pipeline.progress import counted

if TYPE_CHECKING:
    from pipeline.records import Issue
    from pipeline.score import Score

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
            say(f"{issue.article}: {issue.stage}: {issue.code}: {issue.message}")

    found = in_memory([str(_articles_beside(gold, articles))], jobs, gazetteers, report)
    return {id_: to_plain(record) for id_, _, record in found if record is not None and id_ in wanted}


def _score(
    gold: Path, records_file: Path | None, articles: Path | None, jobs: int | None, gazetteers: Path | None, exact: bool = False
) -> Score:
    from pipeline.score import read_gold, read_records, score_records

    golds = read_gold(gold)
    got = read_records(records_file) if records_file else _fresh_records(gold, articles, jobs, gazetteers)
    return score_records(golds, got, exact)


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
    exact: Annotated[
        bool, typer.Option("--exact", help="Names must be equal but for case and abbreviations; by default most of their words must.")
    ] = False,
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

    made = _score(gold, records_file, articles, jobs, gazetteers, exact)
    old = score_records(read_gold(gold), read_records(against), exact) if against else None
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
    print_table(None, ["slot", "P", "R", "F1", "found", "extra", "missed"], rows)
    if made.absent:
        print(f"no record for {counted(len(made.absent), 'article')}: {', '.join(made.absent)}")
    was = f" (was {old.headline:.4f})" if old else ""
    print(f"headline (mean of the groups' F1) over {counted(made.articles, 'article')}: {made.headline:.4f}{was}")


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
        say(f"written: {path}, headline {made.headline:.4f}")
        return
    if old is None:
        raise UsageError(f"no floors yet: 'thidua floors {gold} --write' sets them in {path}")
    problems = check_floors(old, made, data)
    for problem in problems:
        say(problem)
    held = counted(len(problems), "problem") if problems else "floors hold"
    print(f"headline {made.headline:.4f} over {counted(made.articles, 'article')}, {held}")
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
    sources: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="A corpus to count hits on.", show_default=False)] = None,
    strict: Annotated[bool, typer.Option("--strict", help="A rule that found nothing makes the exit status 1.")] = False,
    as_json: AsJson = False,
    jobs: Jobs = None,
    gazetteers: Gazetteers = None,
) -> None:
    """List the rules, with the number of values that each one found if a SOURCE is given.

    [b]thidua rules corpus/[/b]
    """
    import msgspec

    from pipeline.rules import count_hits, declared_rules

    declared = declared_rules()
    if not sources:
        print("\n".join(sorted(declared)))
        return
    issues: list[Issue] = []
    found = in_memory(sources, jobs, gazetteers, reporter(issues))
    hits = count_hits((article, record) for _, article, record in found if article is not None and record is not None)
    rows = [(rule, hits.get(rule, 0), "" if rule in declared else "not in the code as it stands") for rule in sorted(declared | set(hits))]
    idle = [rule for rule, n, _ in rows if not n]
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode({"hits": {rule: n for rule, n, _ in rows}, "never": idle}) + b"\n")
    else:
        print_table(None, ["rule", "hits", ""], rows)
    if idle:
        say(f"{counted(len(idle), 'rule')} never hit: {', '.join(idle)}")
    raise typer.Exit(FAILED if issues or (idle and strict) else 0)
