"""Needs as tables: which resources act through a role, and what they need by what is written in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.decide import given
from auditor.views.needs.need import ANYTHING, Need, is_of

UNTOLD: Final = "?"
"""Stands in `Row.on` for a target that can be limited, but that the configuration does not tell."""
Needs: TypeAlias = "Callable[[Resource, Graph], Iterable[Need]]"


@dataclass(frozen=True, slots=True)
class Row:
    """What is needed (actions, divided by blanks) to do something.

    `on` is the path of the target, empty for an action that concerns no resource; `kinds` are those of which the target has to be for the
    row to count. `when` is the path that has to be written (`on` where it is empty), and `equals` the text that has to stand there.
    """

    actions: str
    purpose: str
    on: str = ""
    kinds: str = ""
    part: str = ""
    when: str = ""
    equals: str = ""
    one_of: bool = False


@dataclass(frozen=True, slots=True)
class Consumer:
    """A kind of resource that acts through the role at `role`, which `service` takes on; paths start at each block `block`."""

    kind: str
    role: str
    service: str
    rows: tuple[Row, ...] = ()
    block: str = ""


def needs_by(consumers: Iterable[Consumer]) -> Needs:
    """The needs that a table says a resource has."""
    table: dict[str, list[Consumer]] = defaultdict(list)
    for consumer in consumers:
        table[consumer.kind].append(consumer)

    def needs(resource: Resource, graph: Graph) -> Iterator[Need]:
        for consumer in table.get(resource.kind, ()):
            for block in resource.each(consumer.block) if consumer.block else [resource.body]:
                role = block.at(consumer.role)
                if _written(role) is not False:
                    for row in consumer.rows:
                        yield from rows_of(row, role, block, graph)

    return needs


def rows_of(row: Row, principal: Node | Resource, block: Node, graph: Graph) -> Iterator[Need]:
    """What a row comes to for one block."""
    path = row.when or row.on.removeprefix(UNTOLD)
    where = block.at(path) if path else block
    written = _written(where) if path else True
    if written is False or (row.equals and (where.unknown or where.text != row.equals)):
        return
    kinds, actions, certain = tuple(row.kinds.split()), tuple(row.actions.split()), written is True
    if row.on in ("", UNTOLD):
        node = where if path or isinstance(principal, Resource) else principal
        yield Need(principal, actions, None if row.on else ANYTHING, node, row.purpose, one_of=row.one_of, certain=certain)
        return
    for target in block.each(row.on):
        if is_of(target, graph, kinds) is not False:
            yield Need(principal, actions, target, target, row.purpose, kinds, row.part, row.one_of, certain=certain)


def _written(node: Node) -> bool | None:
    """Whether something is written; None where nobody can tell."""
    try:
        return given(node)
    except Undecided:
        return None
