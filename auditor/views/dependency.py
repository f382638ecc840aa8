"""Who opens connections to whom: an endpoint that a variable, a secret or a start script of a workload holds.

A value made from `aws_db_instance.orders.address` says so for certain; a host name written as text does where something declared here is
known to have that name. What is only named alike says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.value import Ref, Unknown
from auditor.views.cache import per_graph
from auditor.views.container import containers
from auditor.views.database_port import MANAGED, database_port
from auditor.views.ecs_service import tasks
from auditor.views.load_balancer import BALANCERS, LISTENERS
from auditor.views.network.launched import templates
from auditor.views.user_data import scripts

CLIENTS: Final = "aws_ecs_service aws_lambda_function aws_instance aws_autoscaling_group aws_codebuild_project"
"""What is told in its configuration whom to call, as a rule's target."""
_ENDPOINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_db_instance": ("address", "endpoint"),
    "aws_rds_cluster": ("endpoint", "reader_endpoint"),
    "aws_rds_cluster_instance": ("endpoint",),
    "aws_docdb_cluster": ("endpoint", "reader_endpoint"),
    "aws_neptune_cluster": ("endpoint", "reader_endpoint"),
    "aws_elasticache_cluster": ("cluster_address", "configuration_endpoint", "cache_nodes"),
    "aws_elasticache_replication_group": ("primary_endpoint_address", "reader_endpoint_address", "configuration_endpoint_address"),
    "aws_elasticache_serverless_cache": ("endpoint", "reader_endpoint"),
    "aws_memorydb_cluster": ("cluster_endpoint",),
    "aws_opensearch_domain": ("endpoint",),
    "aws_elasticsearch_domain": ("endpoint",),
    "aws_redshift_cluster": ("endpoint", "dns_name"),
    "aws_redshiftserverless_workgroup": ("endpoint",),
    "aws_db_proxy": ("endpoint",),
    "aws_lb": ("dns_name",),
    "aws_alb": ("dns_name",),
    "aws_instance": ("private_ip", "private_dns"),
}
"""Kind -> the attributes that are its host name or address."""
_SCHEMES: Final = {"http": 80, "https": 443}
_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+){2,}")


@dataclass(frozen=True, slots=True)
class Dependency:
    """That a client opens connections to a port of a target; `where` is the value that says so, `name` the variable's."""

    client: Resource
    target: Resource
    port: int
    where: Node
    name: str

    @property
    def end(self) -> str:
        """`aws_db_instance.orders:5432`."""
        return f"{self.target.address.text}:{self.port}"

    @property
    def words(self) -> str:
        """`aws_ecs_service.web needs aws_db_instance.orders on tcp 5432 (DB_HOST)`."""
        why = f" ({self.name})" if self.name else ""
        return f"{self.client.address.text} needs {self.target.address.text} on tcp {self.port}{why}"


def dependencies(client: Resource, graph: Graph) -> tuple[Dependency, ...]:
    """What a client is told to connect to; targets whose port is not known are left out."""
    found: dict[tuple[Resource, int], Dependency] = {}
    for name, node in values(client, graph):
        for target, port in _targets(node, graph):
            found.setdefault((target, port), Dependency(client, target, port, node, name))
    return tuple(found.values())


# -- what it is told


def values(client: Resource, graph: Graph) -> Iterator[tuple[str, Node]]:
    """(name of the variable, value) for everything that a client is told."""
    match client.kind:
        case "aws_ecs_service":
            for task in tasks(client, graph):
                for container in containers(task, graph):
                    yield from _of_container(container, graph)
        case "aws_lambda_function":
            for table in client.each("environment.variables"):
                yield from table.entries() if not table.unknown else ()
        case "aws_codebuild_project":
            for variable in client.each("environment.environment_variable"):
                yield _text(variable.at("name")), variable.at("value")
        case "aws_autoscaling_group":
            for template in templates(client, graph):
                yield from (("user data", script.where) for script in scripts(template, graph))
        case _:
            yield from (("user data", script.where) for script in scripts(client, graph))


def _of_container(container: Node, graph: Graph) -> Iterator[tuple[str, Node]]:
    for variable in container.each("environment"):
        yield _text(variable.at("name")), variable.at("value")
    for secret in container.each("secrets"):
        yield from ((_text(secret.at("name")), node) for node in _kept(secret.at("valueFrom"), graph))


def _kept(name: Node, graph: Graph) -> Iterator[Node]:
    """What a parameter or secret holds, where this code writes it."""
    for parameter in graph.targets(name, "aws_ssm_parameter"):
        yield from (parameter.at(path) for path in ("value", "insecure_value"))
    for secret in graph.targets(name, "aws_secretsmanager_secret"):
        try:
            versions = graph.attached(secret, "secret_id", "aws_secretsmanager_secret_version")
        except Undecided:
            versions = ()
        yield from (version.at("secret_string") for version in versions)


def _text(node: Node) -> str:
    return node.data if isinstance(node.data, str) else ""


# -- what they name


def _targets(node: Node, graph: Graph) -> Iterator[tuple[Resource, int]]:
    seen: set[Resource] = set()
    for ref in node.refs:
        for target in graph.find(ref.address):
            if _is_endpoint(target.kind, ref.attribute) and target not in seen:
                seen.add(target)
                yield from _with_port(target, _after(node, ref), _before(node, ref), graph)
    if isinstance(node.data, str):
        for host in _HOST.finditer(node.data):
            for target in _by_host(graph).get(host[0].lower(), ()):
                if target not in seen:
                    seen.add(target)
                    yield from _with_port(target, node.data[host.end() :], node.data[: host.start()], graph)


def _is_endpoint(kind: str, attribute: str) -> bool:
    return re.split(r"[.\[]", attribute)[0] in _ENDPOINTS.get(kind, ())


def _with_port(target: Resource, after: str, before: str, graph: Graph) -> Iterator[tuple[Resource, int]]:
    written = re.match(r":(\d{1,5})(?!\d)", after)
    scheme = re.search(r"(https?)://[^/]*$", before)
    if written:
        yield target, int(written[1])
    elif target.kind in MANAGED.split():
        try:
            yield target, database_port(target)
        except Undecided:
            return
    elif target.kind == "aws_db_proxy" and (port := _PROXIES.get(_text(target.at("engine_family")))):
        yield target, port
    elif scheme:
        yield target, _SCHEMES[scheme[1]]
    elif target.kind in BALANCERS.split() and len(ports := _listening(target, graph)) == 1:
        yield target, ports.pop()


_PROXIES: Final = {"MYSQL": 3306, "POSTGRESQL": 5432, "SQLSERVER": 1433}


def _listening(balancer: Resource, graph: Graph) -> set[int]:
    try:
        found = [it.at("port").number for it in graph.attached(balancer, "load_balancer_arn", *LISTENERS.split())]
    except Undecided:
        return set()
    return {int(number) for number in found if number}


def _after(node: Node, ref: Ref) -> str:
    """The known text behind an attribute in a text that is made from it."""
    return _beside(node, ref, 1)


def _before(node: Node, ref: Ref) -> str:
    return _beside(node, ref, -1)


def _beside(node: Node, ref: Ref, step: int) -> str:
    data = node.data
    parts = data.parts if isinstance(data, Unknown) else ()
    for at, part in enumerate(parts):
        if isinstance(part, Ref) and part.address == ref.address and 0 <= at + step < len(parts):
            text = parts[at + step]
            return text if isinstance(text, str) else ""
    return ""


@per_graph
def _by_host(graph: Graph) -> Mapping[str, tuple[Resource, ...]]:
    """What is known by which host name, in a plan or state."""
    found: dict[str, dict[Resource, None]] = {}
    for kind, attributes in _ENDPOINTS.items():
        for resource in graph.of(kind):
            for attribute in attributes:
                for node in resource.body.each(attribute):
                    host = _text(node).partition(":")[0].lower()
                    if _HOST.fullmatch(host):
                        found.setdefault(host, {})[resource] = None
    return {host: tuple(resources) for host, resources in found.items()}
