"""`set` and `shopt`: the options that decide what a failure does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from auditor.views.shell.tree import Command, State

_LETTERS: Final = {"e": "errexit", "u": "nounset", "x": "xtrace"}
_NAMES: Final = frozenset({"errexit", "nounset", "pipefail", "xtrace"})


def changed(command: Command, state: State) -> State:
    """The state after a `set` or `shopt`."""
    return _with(state, _shopt(command) if command.name == "shopt" else _set(command))


def of_flags(flags: str, state: State = State()) -> State:  # noqa: B008 - it is frozen
    """The state of a shell that is started with flags, such as `-eo pipefail` or `-euxc`."""
    return _with(state, _settings([word for word in flags.split() if not word.startswith("--")]))


def _with(state: State, settings: Iterator[tuple[str, bool]]) -> State:
    values: dict[str, Any] = dict(settings)
    return replace(state, **values) if values else state


def _set(command: Command) -> Iterator[tuple[str, bool]]:
    return _settings([word.text for word in command.arguments])


def _settings(words: list[str]) -> Iterator[tuple[str, bool]]:
    waiting = iter(words)
    for word in waiting:
        if word in ("--", "-") or word[:1] not in ("-", "+"):
            return
        for letter in word[1:]:
            if letter == "o":
                name = next(waiting, "")
                if name in _NAMES:
                    yield name, word[0] == "-"
            elif letter in _LETTERS:
                yield _LETTERS[letter], word[0] == "-"


def _shopt(command: Command) -> Iterator[tuple[str, bool]]:
    flags = "".join(word.text[1:] for word in command.arguments if word.text.startswith("-"))
    if "o" in flags and ("s" in flags or "u" in flags):
        yield from ((word.text, "s" in flags) for word in command.arguments if word.text in _NAMES)
