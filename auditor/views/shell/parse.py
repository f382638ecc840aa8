"""From a text to a tree."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from auditor.views.shell.flow import annotate
from auditor.views.shell.placeholder import Placeholder, find
from auditor.views.shell.tree import Dialect, Opaque, Script, Sequence, State, Statement
from auditor.views.shell.walk import children

MAX_LENGTH: Final = 500_000


@lru_cache(maxsize=4096)
def parse(
    text: str,
    dialect: Dialect = Dialect.BASH,
    placeholders: Placeholder = Placeholder.NONE,
    initial: State = State(),  # noqa: B008 - it is frozen
) -> Script:
    """The tree of a script. Never fails: what is not understood is an `Opaque` statement.

    `initial` is the state in which the script starts (`bash -e` starts with errexit); of shells of Windows only its directory counts.
    Python, and what has no grammar here, is one opaque statement.
    """
    places = find(text, placeholders)
    body = _body(text, dialect, places)
    _adopt(body)
    annotate(body, initial if dialect in (Dialect.SH, Dialect.BASH) else State(None, None, None, None, initial.directory), dialect)
    return Script(text, dialect, body, initial, places)


def _body(text: str, dialect: Dialect, places: tuple[tuple[int, int], ...]) -> Sequence:
    if len(text) > MAX_LENGTH:
        return _opaque(text, "too long")
    match dialect:
        case Dialect.SH | Dialect.BASH:
            from auditor.views.shell.bash.read import read

            return read(text, dialect, places)
        case Dialect.POWERSHELL:
            from auditor.views.shell import powershell

            return powershell.read(text, places)
        case Dialect.CMD:
            from auditor.views.shell import batch

            return batch.read(text, places)
        case _:
            return _opaque(text, f"{dialect} is not read")


def _opaque(text: str, reason: str) -> Sequence:
    return Sequence(0, len(text), (Opaque(0, len(text), reason),), "script")


def _adopt(body: Sequence) -> None:
    pending: list[Statement] = [body]
    while pending:
        current = pending.pop()
        for child in children(current):
            object.__setattr__(child, "parent", current)
            pending.append(child)
