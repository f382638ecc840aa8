"""The tree of a script: statements, words and their parts, each with its offsets into the text.

Built once by `auditor.views.shell.parse` and only read afterwards; two nodes are equal when they are the same node.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from auditor.views.shell.word import Assignment, Part, PartKind, Redirect, Word

__all__ = [
    "AndOr",
    "Assignment",
    "Background",
    "Case",
    "Command",
    "Dialect",
    "Function",
    "Group",
    "If",
    "Loop",
    "Negation",
    "Opaque",
    "Part",
    "PartKind",
    "Pipeline",
    "Redirect",
    "Script",
    "Sequence",
    "State",
    "Statement",
    "Word",
]


class Dialect(enum.StrEnum):
    """The language of a script."""

    SH = "sh"
    BASH = "bash"
    POWERSHELL = "pwsh"
    CMD = "cmd"
    PYTHON = "python"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class State:
    """The shell's state before a command; None where it is not known.

    `directory` is relative to where the script starts (`.`), absolute, or begins with a variable or a placeholder as written
    (`$GITHUB_WORKSPACE/app`).
    """

    errexit: bool | None = False
    nounset: bool | None = False
    pipefail: bool | None = False
    xtrace: bool | None = False
    directory: str | None = "."


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """What all statements have. `parent` is what holds it, None for a script's body."""

    start: int
    end: int
    parent: Statement | None = field(default=None, init=False, repr=False)

    @property
    def ancestors(self) -> Iterator[Statement]:
        """What holds it, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(frozen=True, slots=True, eq=False)
class Command(Statement):
    """A simple command; `[`, `[[`, `((`, `export` and `declare` are commands, too. Without words it only assigns or redirects."""

    words: tuple[Word, ...]
    assignments: tuple[Assignment, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    state: State = State()

    @property
    def name(self) -> str:
        """The command's name without its folder (and `.exe`), empty where it is dynamic or there is none."""
        found = self.words[0].literal if self.words else None
        return (found or "").rpartition("/")[2].rpartition("\\")[2].removesuffix(".exe")

    @property
    def arguments(self) -> tuple[Word, ...]:
        """The words after the first."""
        return self.words[1:]

    @property
    def argv(self) -> tuple[str, ...]:
        """The words' texts; see `Word.text`."""
        return tuple(word.text for word in self.words)


@dataclass(frozen=True, slots=True, eq=False)
class Sequence(Statement):
    """Statements one after the other. `role`: script, condition, body, else, group, subshell, function, arm, substitution."""

    items: tuple[Statement, ...]
    role: str


@dataclass(frozen=True, slots=True, eq=False)
class Pipeline(Statement):
    """`a | b`."""

    stages: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AndOr(Statement):
    """`left && right`, `left || right`."""

    left: Statement
    operator: str
    right: Statement


@dataclass(frozen=True, slots=True, eq=False)
class Negation(Statement):
    """`! body`."""

    body: Statement


@dataclass(frozen=True, slots=True, eq=False)
class Background(Statement):
    """`body &`."""

    body: Statement


@dataclass(frozen=True, slots=True, eq=False)
class Group(Statement):
    """`{ ...; }`, or `( ... )` when `body.role` is subshell."""

    body: Sequence
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class If(Statement):
    """`branches` are (condition, body) pairs, in order."""

    branches: tuple[tuple[Sequence, Sequence], ...]
    otherwise: Sequence | None = None
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Loop(Statement):
    """`kind`: for, while, until, select. A for loop has a variable and words, the others a condition."""

    kind: str
    body: Sequence
    condition: Sequence | None = None
    variable: Assignment | None = None
    words: tuple[Word, ...] = ()
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Case(Statement):
    """`case subject in patterns) body;; esac`."""

    subject: Word | None
    arms: tuple[tuple[tuple[Word, ...], Sequence], ...]
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Function(Statement):
    """A definition; `body` runs where it is called."""

    name: str
    body: Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Opaque(Statement):
    """A piece of the script that was not understood. Nothing is known of what it does."""

    reason: str


@dataclass(frozen=True, eq=False)
class Script:
    """A parsed script; see `parse`."""

    text: str
    dialect: Dialect
    body: Sequence
    initial: State = State()
    placeholders: tuple[tuple[int, int], ...] = ()
    """Where text stands that is replaced before the shell runs."""

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in the order of the text, those of substitutions and functions included."""
        from auditor.views.shell.walk import statements

        return tuple(sorted(statements(self.body), key=lambda statement: (statement.start, -statement.end)))

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """Every simple command, in the order of the text."""
        return tuple(statement for statement in self.statements if isinstance(statement, Command))

    @cached_property
    def opaque(self) -> tuple[Opaque, ...]:
        """What was not understood."""
        return tuple(statement for statement in self.statements if isinstance(statement, Opaque))
