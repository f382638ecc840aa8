"""Words and their parts, redirects and assignments, each with its offsets into the text."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.views.shell.tree import Sequence


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


@dataclass(frozen=True, eq=False)
class Word:
    """One word: an argument, a file name, a value."""

    start: int
    end: int
    raw: str
    """As written, quotes included."""
    parts: tuple[Part, ...]

    @cached_property
    def literal(self) -> str | None:
        """What the command gets, when nothing in the word depends on anything."""
        if all(part.kind is PartKind.LITERAL for part in self.parts):
            return "".join(part.text for part in self.parts)
        return None

    @cached_property
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
