"""Ctrl-C that is not lost: an interrupt that arrives inside a library's callback may be swallowed there, and the run would go on."""

from __future__ import annotations

import signal
import threading
from types import FrameType


class Interrupts:
    """While it is entered, an interrupt is raised as ever and remembered; `check` raises it again where it was swallowed."""

    def __init__(self) -> None:
        self._came = False

    def __enter__(self) -> Interrupts:
        self._main = threading.current_thread() is threading.main_thread()  # only there may handlers be set
        if self._main:
            self._before = signal.signal(signal.SIGINT, self._on_interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        if self._main:
            signal.signal(signal.SIGINT, self._before)

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        self._came = True
        raise KeyboardInterrupt

    def check(self) -> None:
        """Raises KeyboardInterrupt when one has come."""
        if self._came:
            raise KeyboardInterrupt
