"""Reading a whole script."""

from __future__ import annotations

from auditor.views.shell.bash import command, statements
from auditor.views.shell.bash.cursor import FILLER, Cursor
from auditor.views.shell.tree import Dialect, Sequence


def read(text: str, dialect: Dialect, places: tuple[tuple[int, int], ...]) -> Sequence:
    """The statements of a script; offsets are those of `text`."""
    filled = text.replace("\\\r\n", " \\\n").replace("\r\n", " \n") if "\r" in text else text
    pieces: list[str] = []
    end = 0
    for start, stop in places:
        pieces += (filled[end:start], FILLER * (stop - start))
        end = stop
    masked = "".join((*pieces, filled[end:]))
    cursor = Cursor(masked, text, len(text), dialect, dict(places), statements.sequence, command.heredocs)
    return statements.script(cursor)
