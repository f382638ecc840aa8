"""How many connections a database allows: what its parameter group says, else what RDS derives from the memory of its class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.connections.formula import evaluate
from auditor.views.database import CLUSTER, MEMBER, Database
from auditor.views.decide import undecided
from auditor.views.instance_type import database_class

SERVERLESS: Final = "db.serverless"
GIB: Final = 1024**3
_BYTES_PER_UNIT: Final = 2 * GIB
"""An Aurora capacity unit has about 2 GiB."""
_IDLE_UNITS, _MOST_FROM_IDLE = 0.5, 2000
"""Aurora PostgreSQL that may go down to half a unit allows no more than so many, whatever its maximum."""

_LEAST_OF_MYSQL: Final = 90
"""Aurora MySQL of one capacity unit allows more than an instance of 2 GiB."""

_FORMULAS: Final = {
    "postgres": "LEAST({DBInstanceClassMemory/9531392},5000)",
    "mysql": "{DBInstanceClassMemory/12582880}",
    "mariadb": "LEAST({DBInstanceClassMemory/25165760},12000)",
    "oracle": "LEAST({DBInstanceClassMemory/9868951},20000)",
}
"""`max_connections` of RDS's default parameter groups, by engine: the RDS User Guide, Quotas and constraints."""
_SQL_SERVER: Final = 32767
_OLD_MARIADB: Final = "{DBInstanceClassMemory/12582880}"
"""MariaDB before 10.5."""

_AURORA_MYSQL: Final = (
    (768, 7000),
    (384, 6000),
    (256, 5000),
    (128, 4000),
    (64, 3000),
    (32, 2000),
    (16, 1000),
    (8, 135),
    (4, 90),
    (2, 45),
)
"""(GiB of the class, connections): the table of the Aurora User Guide, Performance and scaling for Aurora MySQL."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many connections are allowed at most. `where` is the parameter or the class, `said` is how the number came about, in words."""

    connections: int
    where: Node
    said: str
    written: bool
    """Whether a parameter group says it, in place of a default."""


def limit_of(database: Resource, graph: Graph) -> Limit | None:
    """How many connections an instance, a member of a cluster or the largest member of a cluster allows; None where nobody knows a rule.

    The memory is the nominal one, and RDS takes a little off: the true number is never larger. Raises `Undecided`.
    """
    if database.kind == CLUSTER:
        return _of_cluster(database, graph)
    return _of_instance(database, graph)


def reader_limit(cluster: Resource, graph: Graph) -> Limit | None:
    """How many the readers of a cluster allow together, the largest ones if it is not known which of the members writes.

    Of a cluster with one instance, its own limit: it reads too. Raises `Undecided`.
    """
    limits = sorted(_of_members(cluster, graph), key=lambda limit: -limit.connections)
    if len(limits) < 2:
        return limits[0] if limits else None
    readers = limits[:-1]
    total = sum(limit.connections for limit in readers)
    return Limit(total, readers[-1].where, f"all its readers, for each {readers[0].said}", readers[0].written)


def default_limit(engine: str, memory: int, *, aurora: bool = False, version: str = "") -> int | None:
    """What RDS derives from so many bytes of memory; None for an engine without a known rule.

    `engine` is one of `Database.engine`; `version` matters for MariaDB only.
    """
    if engine.startswith("sqlserver"):
        return _SQL_SERVER
    if aurora and engine == "mysql":
        return next((connections for gib, connections in _AURORA_MYSQL if memory >= gib * GIB), None)
    formula = _formula(engine, version)
    number = evaluate(formula, {"DBInstanceClassMemory": memory}) if formula else None
    return None if number is None else int(number)


def _formula(engine: str, version: str) -> str | None:
    if engine == "mariadb" and version.startswith(("10.2", "10.3", "10.4")):
        return _OLD_MARIADB
    return _FORMULAS.get(engine.partition("-")[0])


def memory_of(instance: Resource, graph: Graph) -> tuple[int, Node, str]:
    """(bytes of the class, where it is written, in words); raises `Undecided` for a class that is not known."""
    node = instance.at("db_cluster_instance_class" if instance.kind == CLUSTER else "instance_class")
    name = node.text or ""
    if name == SERVERLESS:
        return _serverless_memory(instance, graph, node)
    known = database_class(name)
    if known is None:
        raise undecided(node, f"the memory of the class {name or 'that is not written'} is not known")
    return known.memory, node, f"{known.memory / GIB:g} GiB of {name}"


def _serverless_memory(instance: Resource, graph: Graph, node: Node) -> tuple[int, Node, str]:
    for cluster in graph.targets(instance.at("cluster_identifier"), CLUSTER):
        most = cluster.at("serverlessv2_scaling_configuration.max_capacity")
        if most.number:
            return int(most.number * _BYTES_PER_UNIT), most, f"{most.number:g} capacity units"
    raise undecided(node, "the largest capacity of the serverless cluster is not in sight")


def _of_cluster(cluster: Resource, graph: Graph) -> Limit | None:
    if cluster.at("db_cluster_instance_class").present:
        return _limit(cluster, cluster, graph)
    return max(_of_members(cluster, graph), key=lambda limit: limit.connections, default=None)


def _of_members(cluster: Resource, graph: Graph) -> Iterator[Limit]:
    if cluster.at("db_cluster_instance_class").present:
        one = _limit(cluster, cluster, graph)
        yield from () if one is None else (one,) * 3
        return
    for member in Database(cluster, graph).members:
        limit = _of_instance(member, graph)
        if limit is not None:
            yield limit


def _of_instance(instance: Resource, graph: Graph) -> Limit | None:
    clusters = graph.targets(instance.at("cluster_identifier"), CLUSTER) if instance.kind == MEMBER else ()
    return _limit(instance, clusters[0] if clusters else instance, graph)


def _limit(instance: Resource, owner: Resource, graph: Graph) -> Limit | None:
    """Of an instance; `owner` is its cluster, which may say what the instance does not."""
    for holder in dict.fromkeys((instance, owner)):
        node = Database(holder, graph).parameter("max_connections")
        if node is not None and (node.text or "").strip():
            return _written(node, instance, graph)
    database = Database(owner if instance.at("engine").missing else instance, graph)
    if database.engine.startswith("sqlserver"):
        return Limit(_SQL_SERVER, instance.at("instance_class"), "what SQL Server allows", written=False)
    if _formula(database.engine, "") is None:
        return None
    memory, where, said = memory_of(instance, graph)
    usual = default_limit(database.engine, memory, aurora=database.aurora, version=owner.at("engine_version").text or "")
    if usual is None:
        return None
    if where.path.endswith("max_capacity"):
        usual = _of_serverless(usual, database.engine, owner)
    return Limit(usual, where, f"the default for {said}", written=False)


def _of_serverless(usual: int, engine: str, cluster: Resource) -> int:
    if engine == "mysql":
        return max(usual, _LEAST_OF_MYSQL)
    least = cluster.at("serverlessv2_scaling_configuration.min_capacity")
    return min(usual, _MOST_FROM_IDLE) if least.number is not None and least.number <= _IDLE_UNITS else usual


def _written(node: Node, instance: Resource, graph: Graph) -> Limit:
    if node.number is not None:
        return Limit(int(node.number), node, "max_connections of its parameter group", written=True)
    memory, _, said = memory_of(instance, graph)
    number = evaluate(node.text or "", {"DBInstanceClassMemory": memory})
    if number is None:
        raise undecided(node, f"max_connections is {node.text}, which cannot be computed here")
    return Limit(int(number), node, f"{node.text} with {said}", written=True)
