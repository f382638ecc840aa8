"""A relational database with all that belongs to it: the instance or the cluster, its parameter group, its members and its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.decide import given, undecided
from auditor.views.instance_type import database_class

INSTANCE: Final = "aws_db_instance"
CLUSTER: Final = "aws_rds_cluster"
MEMBER: Final = "aws_rds_cluster_instance"

_GROUPS: Final = {
    INSTANCE: (("parameter_group_name", "aws_db_parameter_group"),),
    MEMBER: (("db_parameter_group_name", "aws_db_parameter_group"),),
    CLUSTER: (("db_cluster_parameter_group_name", "aws_rds_cluster_parameter_group"),),
}
_OTHER_NAMES: Final = {"aurora": "mysql", "postgresql": "postgres", "aurora-mysql": "mysql", "aurora-postgresql": "postgres"}
_NON_PRODUCTION: Final = frozenset({"dev", "development", "test", "testing", "sandbox", "qa", "ci", "ephemeral", "preview"})
_STAGE_TAGS: Final = ("environment", "env", "stage")


@dataclass(frozen=True, slots=True)
class Database:
    """An `aws_db_instance`, `aws_rds_cluster` or `aws_rds_cluster_instance`. Readers may raise `Undecided`."""

    resource: Resource
    graph: Graph

    @property
    def engine(self) -> str:
        """The family: `postgres`, `mysql`, `mariadb`, `oracle-ee`, `sqlserver-se` ...; empty where nothing says it, as for a replica."""
        node = self.resource.at("engine")
        if node.missing:
            return "mysql" if self.resource.kind == CLUSTER else ""
        name = (node.text or "").lower()
        return _OTHER_NAMES.get(name, name)

    @property
    def aurora(self) -> bool:
        """Whether the storage is Aurora's, which grows and copies itself over three zones."""
        node = self.resource.at("engine")
        if node.missing:
            return self.resource.kind != INSTANCE
        return (node.text or "").lower().startswith("aurora")

    @property
    def replica(self) -> bool:
        """Whether it copies another database, and takes its encryption and backups from there."""
        paths = ("replicate_source_db", "replication_source_identifier")
        return any(given(self.resource.at(path)) for path in paths)

    @property
    def member_of_cluster(self) -> bool:
        """Whether an instance belongs to a cluster, which then decides on backups, encryption and deletion."""
        return self.resource.kind == MEMBER or (self.resource.kind == INSTANCE and self.aurora)

    @property
    def major_version(self) -> int | None:
        """The first number of the engine's version; None when none is pinned."""
        node = self.resource.at("engine_version")
        if node.missing:
            return None
        first = (node.text or "").partition(".")[0]
        return int(first) if first.isdigit() else None

    @property
    def members(self) -> tuple[Resource, ...]:
        """The instances of a cluster. Raises `Undecided` when it is not known where one of the graph belongs."""
        if unclear := self.graph.unclear("cluster_identifier", MEMBER):
            raise Undecided(unclear)
        return self.graph.attached(self.resource, "cluster_identifier", MEMBER)

    @property
    def parameter_group(self) -> Resource | None:
        """The group with its parameters; None for one of AWS's default groups. Raises `Undecided` when it is not in sight."""
        for path, kind in _GROUPS.get(self.resource.kind, ()):
            node = self.resource.at(path)
            found = self.graph.targets(node, kind)
            if found:
                return found[0]
            if node.missing or (node.text or "").startswith("default."):
                continue
            named = [group for group in self.graph.of(kind) if node.text in self.graph.names(group)]
            if not named:
                raise undecided(node, f"the parameter group {node.text} is not in sight")
            return named[0]
        return None

    def parameter(self, name: str) -> Node | None:
        """The value of a parameter; None when its group does not set it, or is a default one."""
        group = self.parameter_group
        return None if group is None else parameter(group, name)


def parameter(group: Resource, name: str) -> Node | None:
    """The value of a parameter in a group of any service; None when the group does not set it."""
    doubt: Undecided | None = None
    for item in group.body.each("parameter"):
        try:
            if item.at("name").text == name:
                return item.at("value")
        except Undecided as reason:
            doubt = doubt or reason
    if doubt is not None:
        raise doubt
    return None


def instance_size(instance_class: str) -> int | None:
    """The size of a class in units of a micro instance, doubling with each step; None for a name that is not of this form."""
    word = instance_class.rpartition(".")[2]
    if word in _SIZES:
        return int(2 ** _SIZES.index(word))
    times = word.removesuffix("xlarge")
    return int(times) * 16 if word.endswith("xlarge") and times.isdigit() else None


def instance_memory(instance_class: str) -> int | None:
    """The memory of a class in bytes (`db.r6g.large`: 16 GiB); None for a class that is not known."""
    found = database_class(instance_class)
    return found.memory if found else None


_SIZES = ("micro", "small", "medium", "large", "xlarge")


def non_production(resource: Resource) -> bool:
    """Whether its tags say that nobody depends on it: `Environment = dev` and the like."""
    return any(value.lower() in _NON_PRODUCTION for value in _stages(resource))


def _stages(resource: Resource) -> Iterator[str]:
    for path in ("tags", "tags_all"):
        table = resource.at(path)
        for key, node in table.entries() if isinstance(table.data, dict) else ():
            if key.lower() in _STAGE_TAGS and isinstance(node.data, str):
                yield node.data
    for tag in resource.body.each("tag"):  # as Auto Scaling groups have them
        if (tag.at("key").text or "").lower() in _STAGE_TAGS:
            yield tag.at("value").text or ""
