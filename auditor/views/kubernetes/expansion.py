"""`$(NAME)` in commands, arguments and variables: what the kubelet puts in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node
from auditor.views.kubernetes.container import Container

_USE = re.compile(r"(\$+)\(([^()\s]*)\)")
_NAME = re.compile(r"[A-Z][A-Z0-9_]+")
_SERVICE = re.compile(r"[A-Z0-9_]+_(?:SERVICE_(?:HOST|PORT)(?:_[A-Z0-9_]+)?|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)")


@dataclass(frozen=True, slots=True)
class Use:
    """A place that asks for a variable. `place` is the number of the variable whose value asks, None for commands and arguments."""

    where: Node
    name: str
    place: int | None


def uses(container: Container) -> Iterator[Use]:
    """The places of a container that ask for variables, by names that look like variables of an environment. Raises `Undecided`."""
    for place, variable in enumerate(container.variables):
        if not variable.value.unknown:
            yield from (Use(variable.value, name, place) for name in names(variable.value))
    for word in container.words():
        yield from (Use(word, name, None) for name in names(word))


def names(node: Node) -> Iterator[str]:
    """The variables that a text asks for; `$$(NAME)` is the text itself. Raises `Undecided`."""
    data = node.value
    for found in _USE.finditer(data) if isinstance(data, str) else ():
        if len(found[1]) % 2 and _NAME.fullmatch(found[2]):
            yield found[2]


def from_service(name: str) -> bool:
    """Whether a variable has the form of those that Services give."""
    return _SERVICE.fullmatch(name) is not None
