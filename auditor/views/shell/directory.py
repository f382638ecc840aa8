"""`cd`, `pushd` and `popd`: where the shell is."""

from __future__ import annotations

import posixpath
from typing import Final

from auditor.views.shell.tree import Command, PartKind, Word

COMMANDS: Final = frozenset({"cd", "pushd", "popd"})
MAX_LENGTH: Final = 4096
"""No system has longer paths."""

_ROOTS: Final = ("/", "$", "~")
_OPTIONS: Final = frozenset({"-P", "-L", "-e", "-n", "--"})


def resolve(base: str | None, path: str) -> str | None:
    """`path` seen from the directory `base`, without `.` and `..`; None where that is not known."""
    if not path.startswith(_ROOTS):
        if base is None:
            return None
        path = f"{base}/{path}"
    if len(path) > MAX_LENGTH:
        return None
    if not path.startswith(("$", "~")):
        return posixpath.normpath(path)
    root, _, rest = path.partition("}}") if path.startswith("${{") else path.partition("/")
    root = f"{root}}}}}" if path.startswith("${{") else root
    rest = posixpath.normpath(rest.lstrip("/")) if rest.strip("/") else "."
    if rest.startswith(".."):
        return None
    return root if rest == "." else f"{root}/{rest}"


def path_of(word: Word) -> str | None:
    """A path as a word writes it: literal, or literal after one variable or placeholder (`${X}/a` is `$X/a`); else None."""
    first, *rest = word.parts or (None,)
    if first is None:
        return None
    if any(part.kind is not PartKind.LITERAL for part in rest):
        return None
    tail = "".join(part.text for part in rest)
    if tail and first.kind is not PartKind.LITERAL and not tail.startswith("/"):
        return None
    match first.kind:
        case PartKind.LITERAL | PartKind.PLACEHOLDER:
            return word.text
        case PartKind.VARIABLE if not first.operator:
            return f"${first.name}{tail}"
        case PartKind.GLOB if first.text == "~":
            return f"~{tail}"
        case _:
            return None


def changed(
    command: Command, here: str | None, previous: str | None, stack: tuple[str | None, ...]
) -> tuple[str | None, str | None, tuple[str | None, ...]]:
    """(directory, what `cd -` goes back to, stack) after a command."""
    targets = [word for word in command.arguments if word.text not in _OPTIONS]
    if command.name == "popd":
        return (stack[-1], here, stack[:-1]) if stack and not targets else (None, here, ())
    if not targets:
        return ("~", here, stack) if command.name == "cd" else (None, here, ())
    kept = (*stack, here) if command.name == "pushd" else stack
    path = path_of(targets[0])
    if path in ("-", "$OLDPWD"):
        return previous, here, kept
    if path is not None and (path == "$PWD" or path.startswith("$PWD/")):
        path = f".{path[4:]}"
    if _is_here(targets[0]):
        return here, here, kept
    return (resolve(here, path) if path is not None else None), here, kept


def _is_here(word: Word) -> bool:
    return word.raw.strip('"') in ("$(pwd)", "`pwd`")
