"""The tree of a script: statements, words and their parts, each with its offsets into the text.

Built once by `auditor.views.shell.parse` and only read afterwards; two nodes are equal when they are the same node.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias


class Dialect(enum.StrEnum):
    """The language of a script."""

    SH = "sh"
    BASH = "bash"
    POWERSHELL = "pwsh"
    CMD = "cmd"
    PYTHON = "python"
    OTHER = "other"


class PartKind(enum.StrEnum):
    """What a part of a word is."""

    LITERAL = "literal"
    VARIABLE = "variable"  # $X, ${X:-y}, $env:X, %X%
    COMMAND = "command"  # $(...), `...`
    PROCESS = "process"  # <(...), >(...)
    ARITHMETIC = "arithmetic"  # $((...))
    PLACEHOLDER = "placeholder"  # ${{ ... }}: replaced before the shell sees the script
    GLOB = "glob"  # *, ?, [...], {a,b}, ~: the shell decides what it becomes
    OTHER = "other"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a word. `text`: of a literal what the shell makes of it, of anything else as written.

    `name`, `operator` and `argument` take a `${name:-argument}` apart; `body` holds the statements of a substitution.
    """

    kind: PartKind
    start: int
    end: int
    text: str
    quoted: bool = False
    name: str = ""
    operator: str = ""
    argument: Word | None = None
    body: Sequence | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word: an argument, a file name, a value."""

    start: int
    end: int
    raw: str
    """As written, quotes included."""
    parts: tuple[Part, ...]

    @property
    def literal(self) -> str | None:
        """What the command gets, when nothing in the word depends on anything."""
        if all(part.kind is PartKind.LITERAL for part in self.parts):
            return "".join(part.text for part in self.parts)
        return None

    @property
    def text(self) -> str:
        """The word without its quotes; what is dynamic stands as it is written."""
        return "".join(part.text for part in self.parts)

    @property
    def prefix(self) -> str:
        """The literal text before the first dynamic part."""
        found: list[str] = []
        for part in self.parts:
            if part.kind is not PartKind.LITERAL:
                break
            found.append(part.text)
        return "".join(found)

    @property
    def quoted(self) -> bool:
        """Whether the shell keeps it as one word: nothing dynamic stands outside of quotes."""
        return bool(self.raw) and all(part.quoted or part.kind is PartKind.LITERAL for part in self.parts)

    @property
    def dynamic(self) -> tuple[Part, ...]:
        """The parts that are not literal."""
        return tuple(part for part in self.parts if part.kind is not PartKind.LITERAL)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables that it is made from, those of nested arguments last."""
        return tuple(part.name for part in self.walk() if part.kind is PartKind.VARIABLE)

    def walk(self) -> Iterator[Part]:
        """Every part, also inside of `${X:-...}`; not inside of substitutions."""
        for part in self.parts:
            yield part
            if part.argument is not None:
                yield from part.argument.walk()


@dataclass(frozen=True, slots=True, eq=False)
class Redirect:
    """`2> file`: `target` is the file, descriptor or, for `<<`, the delimiter; `body` the text of `<<` and `<<<`.

    `descriptor` is the one on the left, -1 when none is written.
    """

    start: int
    end: int
    operator: str
    target: Word | None
    descriptor: int = -1
    body: Word | None = None

    @property
    def writes(self) -> bool:
        """Whether it writes a file."""
        if self.operator in (">&", "<&"):
            text = self.target.text if self.target else ""
            return self.operator == ">&" and not (text.isdigit() or text in ("-", ""))
        return self.operator.startswith((">", "&>"))

    @property
    def appends(self) -> bool:
        """Whether what the file holds is kept."""
        return self.operator in (">>", "&>>")


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """`NAME=value`, before a command or on its own.

    `scope`: shell, export, local, command (for one command only) or read (given by a command such as `read`, `for` or
    `printf -v`, so that the value is not known).
    """

    start: int
    end: int
    name: str
    value: Word | None
    scope: str = "shell"
    appends: bool = False


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
    """`a | b`; `with_errors`: for each stage but the last, whether `|&` follows it."""

    stages: tuple[Statement, ...]
    with_errors: tuple[bool, ...] = ()


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


Compound: TypeAlias = "Group | If | Loop | Case"


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
