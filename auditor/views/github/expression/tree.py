"""The syntax tree of an expression. Offsets are characters of the text between the fences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Constant: TypeAlias = "str | float | bool | None"


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, a number, a truth value or null."""

    value: Constant
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A context by its name, as `github`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Access:
    """`target.index` (a literal index, `dotted`) or `target[index]`."""

    target: Tree
    index: Tree
    dotted: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Every:
    """`target.*`: all values of an object or a list."""

    target: Tree
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; `name_end` is where its name ends."""

    name: str
    arguments: tuple[Tree, ...]
    start: int
    end: int
    name_end: int


@dataclass(frozen=True, slots=True)
class Not:
    """`!operand`."""

    operand: Tree
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Compare:
    """`left operator right`, where the operator is one of `== != < <= > >=`."""

    operator: str
    left: Tree
    right: Tree
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Logic:
    """Operands joined by one of `&&` and `||`."""

    operator: str
    operands: tuple[Tree, ...]
    start: int
    end: int


Tree: TypeAlias = "Literal | Named | Access | Every | Call | Not | Compare | Logic"


def parts(tree: Tree) -> tuple[Tree, ...]:
    """The trees directly below."""
    match tree:
        case Access(target=target, index=index):
            return (target, index)
        case Every(target=target):
            return (target,)
        case Call(arguments=found) | Logic(operands=found):
            return found
        case Not(operand=operand):
            return (operand,)
        case Compare(left=left, right=right):
            return (left, right)
        case _:
            return ()


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and all below, outermost first, in the order in which they are written."""
    yield tree
    for part in parts(tree):
        yield from walk(part)


def path_of(tree: Tree) -> tuple[str, ...]:
    """The names of a chain such as `github.event.*.body`, in lower case; `?` for an index that is computed, () for anything else."""
    match tree:
        case Named(name=name):
            return (name.lower(),)
        case Every(target=target):
            names = path_of(target)
            return (*names, "*") if names else ()
        case Access(target=target, index=Literal(value=str(key))):
            names = path_of(target)
            return (*names, key.lower()) if names else ()
        case Access(target=target, index=Literal(value=float(number))):
            names = path_of(target)
            return (*names, f"{number:g}") if names else ()
        case Access(target=target):
            names = path_of(target)
            return (*names, "?") if names else ()
        case _:
            return ()
