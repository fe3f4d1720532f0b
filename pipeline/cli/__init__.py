"""The command `thidua`. Data goes to stdout, progress and messages to stderr.

Its exit statuses stand in common.EXIT_STATUS.
What is heavy is imported in the command that needs it, so that every command starts at once.

common   options, tables, issues: what several commands share
work     run and its stages, status, fetch, records
ask      query, show
judge    score, floors, rules
"""

from __future__ import annotations

import signal

# The commands register themselves, and --help lists them in this order.
from pipeline.cli import work

# isort: split
from pipeline.cli import ask, judge
from pipeline.cli.common import app

__all__ = ["app", "ask", "judge", "main", "work"]


def main() -> None:
    """Entry point of the command."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `thidua --help | head` ends as other tools do
    app()
