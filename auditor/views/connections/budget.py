"""What the clients of a database may open together, beside what it allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.connections.client import Client, clients_of
from auditor.views.connections.limit import Limit, limit_of, reader_limit
from auditor.views.connections.pool import Number, overflow_of, pool_of, processes_of
from auditor.views.connections.replicas import FUNCTION, Replicas, replicas_of

SHOWN: Final = 6
"""So many clients are named in a message, the largest first."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one client may open: replicas x processes x (pool + overflow). None for what nothing says."""

    client: Client
    replicas: Replicas
    processes: Number | None
    pool: Number | None
    overflow: Number | None

    @property
    def function(self) -> bool:
        """Whether it is a Lambda function, which works on one request at a time in each of its environments."""
        return self.client.resource.kind == FUNCTION

    def most(self, *, pool: int = 1, unbounded: int = 0, deploying: bool = False) -> int:
        """How many connections; `pool` and `unbounded` (replicas) stand for what nothing says."""
        return self._replicas(unbounded, deploying=deploying) * self._processes * self._each(pool)

    def said(self, *, pool: int = 1, unbounded: int = 0, deploying: bool = False) -> str:
        """The sum in words: `aws_ecs_service.api 40 x 2 processes x (10 + 5) = 1200`."""
        copies = self._replicas(unbounded, deploying=deploying)
        factors = [str(copies)]
        if self._processes != 1:
            factors.append(f"{self._processes} processes")
        extra = self.overflow.value if self.overflow else 0
        base = self._each(pool) - extra
        factors.append(f"({base} + {extra})" if extra else str(base))
        total = self.most(pool=pool, unbounded=unbounded, deploying=deploying)
        return f"{self.client.resource.address.text} {' x '.join(factors)} = {total}"

    @property
    def places(self) -> tuple[Node, ...]:
        """Where its numbers are written."""
        numbers = (self.replicas.where, *(it.where for it in (self.processes, self.pool, self.overflow) if it is not None))
        return tuple(node for node in numbers if node.present)

    def _replicas(self, unbounded: int, *, deploying: bool) -> int:
        if self.replicas.most is None:
            return unbounded
        return max(self.replicas.most, (self.replicas.during_deployment or 0) if deploying else 0)

    @property
    def _processes(self) -> int:
        return 1 if self.processes is None else max(self.processes.value, 1)

    def _each(self, pool: int) -> int:
        if self.function:
            return 1
        extra = self.overflow.value if self.overflow else 0
        return (self.pool.value if self.pool else pool) + extra


@dataclass(frozen=True, slots=True)
class Budget:
    """The clients of one endpoint of a database. `doubt`: a client whose numbers are not known, and who is not among the shares."""

    limit: Limit
    shares: tuple[Share, ...]
    doubt: Node | None = None

    def decided(self) -> Budget:
        """The same; raises `Undecided` when a client is left out."""
        if self.doubt is not None:
            raise Undecided(self.doubt)
        return self

    def total(self, *, pool: int = 1, unbounded: int = 0, deploying: bool = False) -> int:
        """What all may open together."""
        return sum(share.most(pool=pool, unbounded=unbounded, deploying=deploying) for share in self.shares)

    def said(self, *, reserved: int = 0, pool: int = 1, unbounded: int = 0, deploying: bool = False) -> str:
        """The whole sum in words."""
        counted = [it for it in self.shares if it.most(pool=pool, unbounded=unbounded, deploying=deploying)]
        order = sorted(counted, key=lambda it: -it.most(pool=pool, unbounded=unbounded, deploying=deploying))
        said = [share.said(pool=pool, unbounded=unbounded, deploying=deploying) for share in order[:SHOWN]]
        if rest := order[SHOWN:]:
            total = sum(share.most(pool=pool, unbounded=unbounded, deploying=deploying) for share in rest)
            said.append(f"{len(rest)} more clients {total}")
        said += [f"{reserved} reserved"] if reserved else []
        endless = [it.client.resource.address.text for it in self.shares if it.replicas.most is None and not unbounded]
        return ", ".join(said) + (f", and {' and '.join(endless[:2])} without a limit" if endless else "")

    @property
    def places(self) -> tuple[Node, ...]:
        """Where the numbers of the clients are written, each once."""
        return distinct(place for share in self.shares for place in share.places)


def budgets_of(database: Resource, graph: Graph) -> tuple[Budget, ...]:
    """The budget of each endpoint of a database (a cluster may have one of its own for its readers) that has clients.

    Raises `Undecided` when what the database allows is not known.
    """
    known: dict[Resource, tuple[Budget, ...] | Node] = of_graph(graph, "connection-budgets", dict)
    if database not in known:
        try:
            known[database] = _budgets(database, graph)
        except Undecided as reason:
            known[database] = reason.node
    found = known[database]
    if isinstance(found, Node):
        raise Undecided(found)
    return found


def share_of(client: Client, graph: Graph) -> Share:
    """What one client may open. Raises `Undecided`."""
    settings, replicas = client.settings, replicas_of(client.resource, graph)
    if client.resource.kind == FUNCTION:
        return Share(client, replicas, None, None, None)
    return Share(
        client,
        replicas,
        processes_of(settings),
        pool_of(settings, client.address),
        overflow_of(settings, client.address),
    )


def distinct(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The nodes with a place of their own."""
    return tuple({(node.span, node.path): node for node in nodes}.values())


def _budgets(database: Resource, graph: Graph) -> tuple[Budget, ...]:
    found = []
    every = clients_of(database, graph)
    for reads in (False, True):
        mine = [client for client in every if client.endpoint.reads is reads]
        if not mine:
            continue
        limit = reader_limit(database, graph) if reads else limit_of(database, graph)
        if limit is not None:
            found.append(_budget(limit, mine, graph))
    return tuple(found)


def _budget(limit: Limit, mine: list[Client], graph: Graph) -> Budget:
    shares: list[Share] = []
    doubt: Node | None = None
    for client in mine:
        try:
            shares.append(share_of(client, graph))
        except Undecided as reason:
            doubt = doubt or reason.node
    return Budget(limit, tuple(shares), doubt)
