"""Which contexts an expression reads, and which of them can become part of its value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from auditor.views.github.expression.tree import Access, Call, Compare, Every, Literal, Logic, Named, Not, Tree, parts, path_of

_CARRIERS = frozenset({"format", "join", "tojson", "fromjson", "case"})
"""Functions whose result is made of their arguments; all others yield truth values or hashes."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A use of a context: its names in lower case (`*` for a filter, `?` for a computed index), and where it stands."""

    path: tuple[str, ...]
    start: int
    end: int
    tree: Tree

    @property
    def text(self) -> str:
        """The names joined by dots."""
        return ".".join(self.path)


@lru_cache(maxsize=8192)
def references(tree: Tree) -> tuple[Reference, ...]:
    """Every use of a context, the longest chain each, also inside indices and conditions."""
    return tuple(_references(tree))


def _references(tree: Tree) -> Iterator[Reference]:
    path = path_of(tree)
    if path:
        yield Reference(path, tree.start, tree.end, tree)
        yield from _indices(tree)
    else:
        for part in parts(tree):
            yield from _references(part)


def _indices(tree: Tree) -> Iterator[Reference]:
    """The uses inside the computed indices of a chain."""
    match tree:
        case Access(target=target, index=index):
            yield from _indices(target)
            if not isinstance(index, Literal):
                yield from _references(index)
        case Every(target=target):
            yield from _indices(target)
        case _:
            return


@lru_cache(maxsize=8192)
def reaching(tree: Tree) -> tuple[Reference, ...]:
    """The uses of contexts that can become (part of) the value: of `c && a || b` these are `a` and `b`."""
    return tuple(_reaching(tree))


def _reaching(tree: Tree) -> Iterator[Reference]:
    match tree:
        case Literal() | Compare() | Not():
            return
        case Logic(operator="&&", operands=operands):
            yield from _reaching(operands[-1])
        case Logic(operands=operands):
            for operand in operands:
                yield from _reaching(operand)
        case Call(name=name, arguments=arguments):
            if name.lower() in _CARRIERS:
                for argument in _values(name.lower(), arguments):
                    yield from _reaching(argument)
        case Named() | Access() | Every():
            path = path_of(tree)
            if path:
                yield Reference(path, tree.start, tree.end, tree)
            else:
                yield from _reaching(parts(tree)[0])


def _values(name: str, arguments: tuple[Tree, ...]) -> tuple[Tree, ...]:
    return (*arguments[1:-1:2], arguments[-1]) if name == "case" and arguments else arguments
