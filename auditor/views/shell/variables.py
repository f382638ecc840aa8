"""The variables of a script: where they are read, with what guard, and where they get a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.views.shell.tree import Assignment, Command, PartKind, Script, Statement, Word
from auditor.views.shell.walk import assignments as own_assignments
from auditor.views.shell.walk import words

_TESTS: Final = frozenset({"[", "[[", "test"})
_READERS: Final = {"read": "-a -d -i -n -N -p -t -u", "mapfile": "-d -n -O -s -u -C -c", "readarray": "-d -n -O -s -u -C -c"}
"""Commands that give their operands a value -> their options that take one; `read -a` names an array, which is given, too."""


@dataclass(frozen=True, slots=True)
class Read:
    """A place that reads a variable.

    `guard`: what happens when it is not set: default (`${X:-y}`), required (`${X:?}`), tested (a test looks at it before or right here),
    or nothing.
    """

    name: str
    start: int
    end: int
    guard: str
    quoted: bool
    statement: Statement


def reads(script: Script) -> tuple[Read, ...]:
    """Every place that reads a variable, in the order of the text.

    Left out are positional and special parameters, and the variables of PowerShell that are none of the environment.
    """
    found = [
        (part, statement)
        for statement in script.statements
        for word in words(statement)
        for part in word.walk()
        if part.kind is PartKind.VARIABLE and part.operator != "local" and not part.name[:1].isdigit() and part.name[:1] not in "@*#?$!-"
    ]
    tested = _tested(script)
    made: list[Read] = []
    for part, statement in found:
        guard = _guard(part.operator)
        if not guard and tested.get(part.name, len(script.text)) <= part.start:
            guard = "tested"
        made.append(Read(part.name, part.start, part.end, guard, part.quoted, statement))
    return tuple(sorted(made, key=lambda read: (read.start, read.end)))


def _guard(operator: str) -> str:
    if operator in ("-", ":-", "=", ":=", "+", ":+"):
        return "default"
    return "required" if operator in ("?", ":?") else ""


def _tested(script: Script) -> dict[str, int]:
    """Variables -> where a test, or an expansion that insists on a value, first looks at them."""
    found: dict[str, int] = {}
    for command in script.commands:
        if command.name in _TESTS:
            for word in command.arguments:
                for name in _names_in_test(command, word):
                    found.setdefault(name, command.start)
        for word in command.words:
            for part in word.walk():
                if part.kind is PartKind.VARIABLE and part.operator in ("?", ":?", "=", ":="):
                    found.setdefault(part.name, part.start)
    return found


def _names_in_test(command: Command, word: Word) -> Iterator[str]:
    yield from word.variables
    if any(it.text == "-v" for it in command.arguments) and (word.literal or "").isidentifier():
        yield word.text


def assignments(script: Script) -> tuple[Assignment, ...]:
    """Everything that gives a variable a value, in the order of the text; see `Assignment.scope`."""
    found: list[Assignment] = []
    for statement in script.statements:
        found += own_assignments(statement)
        if isinstance(statement, Command):
            found += _given(statement)
        found += (
            Assignment(part.start, part.end, part.name, part.argument, "shell")
            for word in words(statement)
            for part in word.walk()
            if part.kind is PartKind.VARIABLE and part.operator in ("=", ":=")
        )
    return tuple(sorted(found, key=lambda it: it.start))


def exported(script: Script) -> frozenset[str]:
    """The names that child processes of the script get."""
    names = {it.name for it in assignments(script) if it.scope == "export"}
    for command in script.commands:
        if command.name == "export":
            names |= {word.text for word in command.arguments if (word.literal or "").isidentifier()}
    return frozenset(names)


def open_world(script: Script) -> bool:
    """Whether the script reads others into itself, or holds what is not understood, so that any variable may have a value."""
    return bool(script.opaque) or any(command.name in ("source", ".", "eval") for command in script.commands)


def _given(command: Command) -> Iterator[Assignment]:
    """What `read`, `mapfile`, `getopts` and `printf -v` assign."""
    arguments = list(command.arguments)
    values: list[str] = []
    if (command.name == "printf" and arguments and arguments[0].text == "-v") or command.name == "getopts":
        arguments = arguments[1:2]
    elif command.name in _READERS:
        values = _READERS[command.name].split()
    else:
        return
    waiting = iter(arguments)
    for word in waiting:
        if word.text in values and word.text != "-a":
            next(waiting, None)
        elif (word.literal or "").isidentifier():
            yield Assignment(word.start, word.end, word.text, None, "read")
