"""What a command prints, as far as the script says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.views.shell.tree import Command, Group, Loop, Part, PartKind, Pipeline, Sequence, Statement, Word

_SILENT: Final = frozenset({"[", "[[", "((", "test", "true", ":", "false", "export", "cd", "mkdir", "rm", "set", "sleep", "local", "read"})
_ESCAPES: Final = {"n": "\n", "t": "\t", "\\": "\\", "r": "\r"}
_FORMAT: Final = re.compile(r"%(?:-?\d*(?:\.\d+)?)?([sdqb%])|\\([ntr\\])")


@dataclass(frozen=True, slots=True)
class Printed:
    """`parts` follow each other; `known`: whether that is everything, in this order."""

    parts: tuple[Part, ...] = ()
    known: bool = True


UNKNOWN: Final = Printed(known=False)


def printed(statement: Statement) -> Printed:
    """What a statement writes to its standard output."""
    match statement:
        case Command():
            return _command(statement)
        case Group(body=body):
            return printed(body)
        case Sequence(items=items):
            return _together(items)
        case Pipeline(stages=stages):
            last = stages[-1]
            return printed(stages[-2]) if isinstance(last, Command) and last.name in ("cat", "tee") else UNKNOWN
        case Loop(body=body):
            return Printed(printed(body).parts, known=False)
        case _:
            return UNKNOWN


def _together(items: tuple[Statement, ...]) -> Printed:
    found = [printed(item) for item in items]
    return Printed(tuple(part for one in found for part in one.parts), all(one.known for one in found))


def _command(command: Command) -> Printed:
    if any(redirect.writes and redirect.descriptor in (-1, 1) for redirect in command.redirects):
        return Printed()
    match command.name:
        case "echo":
            return _echo(command)
        case "Write-Output" | "write-output":
            return Printed(tuple(part for word in command.arguments for part in (*word.parts, *_newline(word.end))))
        case "printf":
            return _printf(command)
        case "cat":
            return _cat(command)
        case "":
            return Printed() if not command.words else UNKNOWN
        case name:
            return Printed() if name in _SILENT else UNKNOWN


def fed(command: Command) -> Printed:
    """What a command reads from its standard input, when the script itself says it: a heredoc, a pipe from echo."""
    for redirect in reversed(command.redirects):
        if redirect.body is not None:
            newline = _newline(redirect.body.end) if redirect.operator == "<<<" else ()
            return Printed((*redirect.body.parts, *newline))
    above = command.parent
    if isinstance(above, Pipeline) and command in above.stages[1:]:
        return printed(above.stages[above.stages.index(command) - 1])
    return UNKNOWN


def _cat(command: Command) -> Printed:
    files = [word for word in command.arguments if word.text != "-"]
    return UNKNOWN if files else fed(command)


def _echo(command: Command) -> Printed:
    words = list(command.arguments)
    flags = ""
    while words and re.fullmatch(r"-[neE]+", words[0].raw):
        flags += words.pop(0).raw
    parts: list[Part] = []
    for index, word in enumerate(words):
        if index:
            parts.append(Part(PartKind.LITERAL, word.start - 1, word.start, " "))
        parts += (_escaped(part) if "e" in flags else part for part in word.parts)
    if "n" not in flags:
        parts += _newline(command.end)
    return Printed(tuple(parts))


def _escaped(part: Part) -> Part:
    if part.kind is not PartKind.LITERAL or "\\" not in part.text:
        return part
    text = re.sub(r"\\([ntr\\])", lambda found: _ESCAPES[found[1]], part.text)
    return Part(part.kind, part.start, part.end, text, part.quoted)


def _printf(command: Command) -> Printed:
    words = [word for word in command.arguments if word.text != "--"]
    if not words or words[0].text == "-v":
        return Printed()
    form, arguments = words[0], words[1:]
    if form.literal is None:
        return Printed(tuple(_escaped(part) for part in form.parts)) if not arguments else UNKNOWN
    parts: list[Part] = []
    waiting = list(arguments)
    while True:
        before = len(waiting)
        parts += _formatted(form, waiting)
        if not waiting or len(waiting) == before:
            return Printed(tuple(parts))


def _formatted(form: Word, waiting: list[Word]) -> Iterator[Part]:
    text = form.text
    end = 0
    for found in _FORMAT.finditer(text):
        if found.start() > end:
            yield Part(PartKind.LITERAL, form.start, form.end, text[end : found.start()])
        end = found.end()
        if found[2]:
            yield Part(PartKind.LITERAL, form.start, form.end, _ESCAPES[found[2]])
        elif found[1] == "%":
            yield Part(PartKind.LITERAL, form.start, form.end, "%")
        elif waiting:
            yield from waiting.pop(0).parts
    if end < len(text):
        yield Part(PartKind.LITERAL, form.start, form.end, text[end:])


def _newline(at: int) -> tuple[Part, ...]:
    return (Part(PartKind.LITERAL, at, at, "\n"),)
