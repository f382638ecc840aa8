"""The parts of a regular expression."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.loaders.terraform.regexp.chars import CharSet


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set."""

    chars: CharSet | str


@dataclass(frozen=True, slots=True)
class Assert:
    """A place: "text start", "text end", "line start", "line end", "word", "no word"."""

    what: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first part that leads to a match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A part whose text is captured."""

    index: int
    inner: Node


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times; `most` None is without limit."""

    inner: Node
    least: int
    most: int | None
    greedy: bool


Node = Chars | Assert | Sequence | Choice | Group | Repeat


def repeats(node: Node) -> int:
    """The largest number of times that a part is written out, repeats in repeats multiplied."""
    match node:
        case Repeat(inner=inner, least=least, most=most):
            return repeats(inner) * (max(least, most or 0, 1) if least > 1 or (most or 0) > 1 else 1)
        case Group(inner=inner):
            return repeats(inner)
        case Sequence(parts=parts) | Choice(parts=parts):
            return max(map(repeats, parts), default=1)
        case Chars() | Assert():
            return 1


def size(node: Node) -> int:
    """How many instructions a part needs, roughly."""
    match node:
        case Repeat(inner=inner, least=least, most=most):
            return size(inner) * max(least, most or 0, 1)
        case Group(inner=inner):
            return size(inner) + 2
        case Sequence(parts=parts) | Choice(parts=parts):
            return sum(map(size, parts)) + len(parts)
        case Chars() | Assert():
            return 1
