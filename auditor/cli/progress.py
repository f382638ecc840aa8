"""A line on the terminal for work that takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from auditor.app.clock import seconds
from auditor.app.progress import Progress, silent

_PATIENCE = 1.0


@contextmanager
def on_terminal() -> Iterator[Progress]:
    """A progress that writes one line to stderr, when that is a terminal, and removes it at the end."""
    if not sys.stderr.isatty():
        yield silent
        return
    begun = seconds()
    shown = False

    def show(what: str, done: int, total: int) -> None:
        nonlocal shown
        if seconds() - begun > _PATIENCE and done < total:
            sys.stderr.write(f"\r\x1b[K{what}: {done} of {total}")
            sys.stderr.flush()
            shown = True

    try:
        yield show
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
