"""What a script writes to files that the engine reads afterwards: `$GITHUB_OUTPUT`, `$GITHUB_ENV`, `$BASH_ENV`, a dotenv file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from auditor.views.shell.output import Printed, fed, printed
from auditor.views.shell.slices import lines, split, text_of
from auditor.views.shell.tree import (
    AndOr,
    Case,
    Command,
    Dialect,
    If,
    Loop,
    Part,
    PartKind,
    Pipeline,
    Redirect,
    Script,
    Sequence,
    Statement,
    Word,
)
from auditor.views.shell.variables import reads
from auditor.views.shell.walk import redirects

_NAME: Final = re.compile(r"\s*([^\s=<]+)")


@dataclass(frozen=True, slots=True)
class Write:
    """One statement that writes a file. `variable` is the one that names it, `path` the name where it is literal."""

    statement: Statement
    file: Word
    variable: str
    path: str | None
    appends: bool
    content: Printed


@dataclass(frozen=True, slots=True)
class Entry:
    """`NAME=value` or `NAME<<END ...` in such a file. `name` is empty where it is dynamic; `heredoc`: the second form.

    `value` are the parts of the value; `certain`: whether it is written in every run of the script that ends well.
    """

    name: str
    start: int
    end: int
    value: tuple[Part, ...]
    heredoc: bool
    certain: bool
    statement: Statement


@dataclass(frozen=True, slots=True)
class Entries:
    """`complete`: whether these are all, as far as the script itself goes."""

    found: tuple[Entry, ...]
    complete: bool


@lru_cache(maxsize=4096)
def writes(script: Script) -> tuple[Write, ...]:
    """Every statement that writes a file by a redirect or with tee, in the order of the text."""
    return tuple(write for statement in script.statements for write in _writes(statement, script.dialect))


def _writes(statement: Statement, dialect: Dialect) -> Iterator[Write]:
    for redirect in redirects(statement):
        if redirect.writes and redirect.target is not None and redirect.descriptor in (-1, 1):
            yield _write(statement, redirect.target, redirect.appends, _content(statement, redirect))
    if isinstance(statement, Command) and dialect is Dialect.POWERSHELL and statement.name.lower() in _CMDLETS:
        yield from _cmdlet(statement)
    elif isinstance(statement, Command) and statement.name == "tee":
        appends = any(word.text in ("-a", "--append", "-ai", "-ia") for word in statement.arguments)
        for word in statement.arguments:
            if not word.text.startswith("-"):
                yield _write(statement, word, appends, fed(statement))


_CMDLETS: Final = frozenset({"out-file", "add-content", "set-content", "tee-object", "ac", "sc", "tee"})


def _cmdlet(command: Command) -> Iterator[Write]:
    """Out-File, Add-Content, Set-Content, Tee-Object."""
    named: dict[str, Word] = {}
    given: list[Word] = []
    flags: set[str] = set()
    waiting = iter(command.arguments)
    for word in waiting:
        name = word.text.lower()
        if name in ("-append", "-force", "-nonewline", "-passthru", "-noclobber"):
            flags.add(name)
        elif name.startswith("-") and len(name) > 1:
            value = next(waiting, None)
            if value is not None:
                named[name] = value
        else:
            given.append(word)
    file = next((named[name] for name in ("-filepath", "-path", "-literalpath") if name in named), None)
    if file is None and given:
        file = given.pop(0)
    if file is None:
        return
    name = command.name.lower()
    value = named.get("-value") or named.get("-inputobject") or (given[0] if given and name.endswith("content") else None)
    content = Printed((*value.parts, Part(PartKind.LITERAL, value.end, value.end, "\n"))) if value is not None else fed(command)
    yield _write(command, file, name in ("add-content", "ac") or "-append" in flags, content)


def _content(statement: Statement, redirect: Redirect) -> Printed:
    if isinstance(statement, Command):
        if not statement.words:
            return Printed()
        open_ended = tuple(it for it in statement.redirects if it is not redirect)
        bare = replace(statement, redirects=open_ended)
        object.__setattr__(bare, "parent", statement.parent)
        if statement.name == "cat" and isinstance(statement.parent, Pipeline) and not any(it.body for it in statement.redirects):
            return fed(statement)
        return printed(bare)
    return printed(statement)


def _write(statement: Statement, file: Word, appends: bool, content: Printed) -> Write:
    only = file.parts[0] if len(file.parts) == 1 else None
    variable = only.name if only is not None and only.kind is PartKind.VARIABLE else ""
    return Write(statement, file, variable, file.literal, appends, content)


@lru_cache(maxsize=8192)
def entries(script: Script, variable: str = "", path: str = "") -> Entries:
    """The entries that a script writes to the file of a variable, or of a path."""
    chosen = [write for write in writes(script) if (variable and write.variable == variable) or (path and write.path == path)]
    complete = not script.opaque and not _elsewhere(script, variable, chosen)
    found: list[Entry] = []
    waiting: tuple[Entry, str, list[Part]] | None = None
    for write in chosen:
        complete = complete and write.content.known
        for line in lines(write.content.parts):
            if waiting is not None:
                if text_of(line).strip() == waiting[1]:
                    found.append(replace(waiting[0], value=tuple(waiting[2]), end=line[-1].end))
                    waiting = None
                else:
                    waiting[2].extend(line)
            elif entry := _entry(line, write.statement):
                if entry.heredoc:
                    waiting = (entry, text_of(list(entry.value)).strip(), [])
                else:
                    found.append(entry)
    if waiting is not None:
        found.append(replace(waiting[0], value=tuple(waiting[2])))
    return Entries(tuple(found), complete and all(entry.name for entry in found))


def _elsewhere(script: Script, variable: str, chosen: list[Write]) -> bool:
    """Whether the variable is used for anything but these writes: handed to a program, which may write what it likes."""
    written = {part.start for write in chosen for part in write.file.walk()}
    return any(read.name == variable and read.start not in written for read in reads(script))


def _entry(line: list[Part], statement: Statement) -> Entry | None:
    text = text_of(line)
    if not text.strip():
        return None
    equals, marker = text.find("="), text.find("<<")
    heredoc = marker >= 0 and (equals < 0 or marker < equals)
    cut = marker if heredoc else equals
    if cut < 0:
        return Entry("", line[0].start, line[-1].end, (), heredoc=False, certain=False, statement=statement)
    head, tail = split(line, cut, 2 if heredoc else 1)
    found = _NAME.match(text_of(head))
    literal = all(part.kind is PartKind.LITERAL for part in head)
    name = found[1] if literal and found else ""
    return Entry(name, line[0].start, line[-1].end, tuple(tail), heredoc, _certain(statement), statement)


def _certain(statement: Statement) -> bool:
    node = statement
    for above in statement.ancestors:
        if isinstance(above, (If, Case, Loop)) or (isinstance(above, Sequence) and above.role == "function"):
            return False
        if isinstance(above, Sequence) and above.role == "body" and isinstance(above.parent, Command):  # a block of PowerShell
            return False
        if isinstance(above, AndOr) and above.right is node:
            return False
        node = above
    return True
