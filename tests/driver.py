"""A whole run with the stand-in stages in a process of its own, which a test can have killed at a chosen point.

    driver.py SOURCES OUT [--kill POINT:N] [--jobs N] [--stages MODULE] [--gazetteers DIR]

POINT is a stage ("segment": at its Nth article), "marker" (after a shard's file, before its marker), "export" (with the
database built but not in place) or "swap" (database in place, tables not). Prints what was computed as JSON.
"""

import argparse
import importlib
import json
import os
import signal
from pathlib import Path

from pipeline import batches, store
from pipeline import load as loader
from pipeline import run as runner
from pipeline.stages import Plan
from pipeline.store import lock

batches.MEAN_SHARD = 4  # a few articles make several shards


def die_at(calls: int, function):
    """The function, but its Nth call kills the process as `kill -9` would."""
    left = [calls]

    def wrapped(*args, **options):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **options)

    return wrapped


def arm(point: str, calls: int, stages: str) -> None:
    if point == "marker":
        store.write_whole = die_at(calls, store.write_whole)
    elif point == "export":
        loader._export = die_at(calls, loader._export)
    elif point == "swap":
        loader.replace_folder = die_at(calls, loader.replace_folder)
    else:
        module = importlib.import_module(stages)
        setattr(module, point, die_at(calls, getattr(module, point)))


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("sources")
    args.add_argument("out", type=Path)
    args.add_argument("--kill")
    args.add_argument("--jobs", type=int, default=1)
    args.add_argument("--stages", default="stand_ins")
    args.add_argument("--gazetteers", type=Path)
    opts = args.parse_args()
    if opts.kill:
        point, _, calls = opts.kill.partition(":")
        arm(point, int(calls), opts.stages)
    plan = Plan.of(importlib.import_module(opts.stages).STAGES, opts.gazetteers)
    summary = runner.run([opts.sources], opts.out, plan, opts.jobs)
    with lock(opts.out):
        loaded = loader.load(opts.out, opts.gazetteers)
    computed = {name: count.computed for name, count in summary.stages.items()}
    print(json.dumps({"processed": summary.processed, "computed": computed, "skipped": loaded.skipped}))


if __name__ == "__main__":
    main()
