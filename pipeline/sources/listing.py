"""Files found: a walk over folders, files and globs, with the addresses that manifests give them."""

from __future__ import annotations

import csv
import errno
import glob
import os
from collections import Counter
from dataclasses import dataclass, field

from pipeline.errors import UsageError
from pipeline.records import Issue
from pipeline.sources.files import READERS, Address, Report, ending, issue

MANIFEST = "manifest.csv"
# A folder that holds this file is the output folder of a run, and these are what the run makes in it. Much of it looks like a source.
OUTPUT_MARK = ".thidua"
MADE = frozenset(("clean", "segment", "extract", "normalize", "load", "tables", "issues.jsonl", "thidua.duckdb"))
# Pages and documents that are not read. Pictures, styles and tables lie beside saved pages as a matter of course.
_MAY_HOLD_ARTICLES = frozenset(".asp .aspx .doc .docx .gz .jsp .mht .mhtml .odt .pdf .php .rtf .shtml .tar .xhtml .xml .zip".split())
NO_ENDING = "without an extension"  # as some browsers and mirrors save pages


@dataclass
class Listing:
    """What a walk over the given paths found: files in order, the addresses that manifests give them, the count of kinds not read."""

    files: list[str] = field(default_factory=list)
    addresses: dict[str, Address] = field(default_factory=dict)
    seen_files: set[str] = field(default_factory=set)
    seen_manifests: set[str] = field(default_factory=set)
    others: Counter[str] = field(default_factory=Counter)
    own_out: str = ""  # real path of the output folder of this very run


def list_path(path: str, listing: Listing, report: Report) -> None:
    """Adds the files that a path names: a folder with all below it, a file, or a glob.

    Raises:
        UsageError: there is no such path, the glob matches nothing, or the path names what a run made.
    """
    if os.path.exists(path) and (out := _run_that_made(path)):
        raise UsageError(f"{path} was made in {out}: what a run made there is no source; name the pages that it was made from")
    if os.path.isdir(path):
        _list_folder(path, listing, report)
    elif os.path.lexists(path):
        _list_file(path, listing, report, named=True)
    elif glob.has_magic(path):
        found = sorted(glob.glob(path, recursive=True))
        if not found:
            raise UsageError(f"no source found: nothing matches {path!r}")
        for match in found:
            if _run_that_made(match):
                continue
            if os.path.isdir(match):
                _list_folder(match, listing, report)
            else:
                _list_file(match, listing, report)
    else:
        raise UsageError(f"no source found: {path!r} does not exist")


def _list_folder(path: str, listing: Listing, report: Report, above: tuple[str, ...] = ()) -> None:
    """Depth first and by name. `above` holds the real paths of the folders on the way here, to see a link that loops."""
    pending = [(path, above)]
    while pending:
        folder, above = pending.pop()
        real = os.path.realpath(folder)
        if real in above:
            report(issue(folder, "link_loop", "the link leads back to a folder that holds it; it was not followed"))
            continue
        try:
            with os.scandir(folder) as entries:
                names = sorted(entry.name for entry in entries)
        except OSError as error:
            report(issue(folder, "unreadable_folder", f"{error.strerror or error}: check the folder's permissions"))
            continue
        if OUTPUT_MARK in names and not MADE.isdisjoint(names):
            names = [name for name in names if name not in MADE]
            if real != listing.own_out:
                report(issue(folder, "output_folder", "what an earlier run made in it is left out"))
        if MANIFEST in names:
            _read_manifest(os.path.join(folder, MANIFEST), listing, report, complete=True)
        below = []
        for name in names:
            child = os.path.join(folder, name)
            if os.path.islink(child) and (run := _run_that_made(child)):
                if run != listing.own_out:
                    report(issue(child, "output_folder", "the link leads to what an earlier run made; it was not followed"))
            elif os.path.isdir(child):
                below.append((child, (*above, real)))
            else:
                hidden = f"{os.sep}." in child[len(path.rstrip(os.sep)) :]
                _list_file(child, listing, report, hidden=hidden)
        pending.extend(reversed(below))


def _run_that_made(path: str) -> str:
    """The output folder of the run that made a file or folder; empty if none did."""
    folder, name = os.path.split(os.path.realpath(path))
    while name:
        if name in MADE and os.path.exists(os.path.join(folder, OUTPUT_MARK)):
            return folder
        folder, name = os.path.split(folder)
    return ""


def _list_file(path: str, listing: Listing, report: Report, named: bool = False, hidden: bool = False) -> None:
    """Takes a file of a known kind once, however many ways lead to it.

    `named`: the user gave this very path. `hidden`: below the path that was given, it or a folder that holds it begins with a dot.
    """
    if os.path.islink(path) and not os.path.exists(path):
        report(_broken_link(path))
        return
    if ending(path) not in READERS:
        if named:
            report(issue(path, "unknown_kind", f"not one of {', '.join(sorted(READERS))}"))
        elif (kind := ending(path).partition("?")[0]) in _MAY_HOLD_ARTICLES:
            listing.others[kind] += 1
        elif not kind and not hidden:
            listing.others[NO_ENDING] += 1
        return
    if not os.path.isfile(path):
        report(issue(path, "not_a_file", "a pipe, a device or the like; it was not opened"))
        return
    real = os.path.realpath(path)
    if real in listing.seen_files:
        return
    listing.seen_files.add(real)
    listing.files.append(os.path.normpath(path))
    folder = os.path.dirname(real)
    for place in (folder, os.path.dirname(folder)):
        manifest = os.path.join(place, MANIFEST)
        if os.path.isfile(manifest):
            _read_manifest(manifest, listing, report, complete=False)


def _broken_link(path: str) -> Issue:
    try:
        os.stat(path)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return issue(path, "link_loop", "the link leads to itself")
    return issue(path, "broken_link", "the link leads nowhere")


def _read_manifest(path: str, listing: Listing, report: Report, complete: bool) -> None:
    """Adds the addresses of a manifest (columns `file`, `url`, optional `fetched_at`). `complete`: its files must all be there."""
    real = os.path.realpath(path)
    if real in listing.seen_manifests:
        return
    listing.seen_manifests.add(real)
    try:
        with open(path, encoding="utf-8-sig", newline="") as handle:
            table = csv.DictReader(handle)
            if not {"file", "url"} <= set(table.fieldnames or ()):
                report(issue(path, "bad_manifest", "needs the columns file and url; its addresses are left out"))
                return
            for row in table:
                file = os.path.realpath(os.path.join(os.path.dirname(real), row["file"] or ""))
                listing.addresses[file] = Address(row["url"] or None, row.get("fetched_at") or None)
                if complete and not os.path.exists(file):
                    report(issue(f"{path}#{table.line_num}", "manifest_missing_file", f"there is no file {row['file']!r}"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        report(issue(path, "bad_manifest", f"{error}; save it as UTF-8 CSV"))
