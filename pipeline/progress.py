"""How far a run is, on stderr: a bar when someone watches, a line now and then when it goes to a file."""

from __future__ import annotations

import sys
import time
from typing import Any

SECONDS_BETWEEN_LINES = 10


def counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


class BarProgress:
    """A moving line for a terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def start(self, what: str) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (
            SpinnerColumn(), TextColumn("{task.description}", markup=False),
            TextColumn("{task.completed} articles, {task.fields[processed]} processed"), TimeElapsedColumn(),
        )  # fmt: skip
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(what, total=None, processed=0)
        self._bar.start()

    def advance(self, articles: int, processed: int) -> None:
        before = self._bar.tasks[0].fields["processed"]
        self._bar.update(self._task, advance=articles, processed=before + processed)

    def stop(self) -> None:
        self._bar.stop()


class LineProgress:
    """Plain lines."""

    def __init__(self) -> None:
        self._what, self._articles, self._processed, self._said = "", 0, 0, 0.0

    def start(self, what: str) -> None:
        self._what, self._said = what, time.monotonic()

    def advance(self, articles: int, processed: int) -> None:
        self._articles += articles
        self._processed += processed
        if time.monotonic() - self._said >= SECONDS_BETWEEN_LINES:
            self._say()

    def stop(self) -> None:
        self._say()

    def _say(self) -> None:
        self._said = time.monotonic()
        print(f"{self._what}: {counted(self._articles, 'article')}, {self._processed} processed", file=sys.stderr, flush=True)


def for_stderr() -> BarProgress | LineProgress:
    return BarProgress() if sys.stderr.isatty() else LineProgress()
