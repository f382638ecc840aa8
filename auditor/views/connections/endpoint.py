"""Which database or proxy a value names: by reference to an endpoint, by its host, by a DNS record, or through the store that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph, Relation
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph, per_graph
from auditor.views.database import CLUSTER, INSTANCE, MEMBER

PROXY: Final = "aws_db_proxy"
READER: Final = "reader_endpoint"
_PROXY_ENDPOINT: Final = "aws_db_proxy_endpoint"
_ATTRIBUTES: Final = {
    INSTANCE: ("address", "endpoint"),
    CLUSTER: ("endpoint", READER),
    MEMBER: ("endpoint",),
    PROXY: ("endpoint",),
    _PROXY_ENDPOINT: ("endpoint",),
}
_RECORD: Final = "aws_route53_record"
_SECRET: Final = "aws_secretsmanager_secret"
_STORES: Final = {
    "aws_ssm_parameter": ("value", "insecure_value"),
    f"{_SECRET}_version": ("secret_string",),
    _RECORD: ("records",),
}
"""What holds the name of a host for others, and where."""

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+", re.IGNORECASE)
_LONGEST: Final = 20_000
_DEEPEST: Final = 3
"""A record that names a record that names a database, and a store before them."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The endpoint of a database or of a proxy. `reads`: it is the one of a cluster's readers."""

    resource: Resource
    reads: bool = False


def endpoints_in(node: Node, graph: Graph) -> tuple[Endpoint, ...]:
    """The endpoints that a value names, each once: in itself, or in the parameter, secret or record that it names."""
    return tuple(dict.fromkeys(_found(node, graph, 0)))


def proxied(proxy: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The databases behind a proxy that are in the graph."""
    found: dict[Resource, None] = {}
    for target in graph.naming(proxy, "db_proxy_name", "aws_db_proxy_target"):
        for path, kind in (("db_instance_identifier", INSTANCE), ("db_cluster_identifier", CLUSTER)):
            found.update(dict.fromkeys(graph.targets(target.at(path), kind)))
    return tuple(found)


def proxies_of(database: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The proxies of the graph that stand before a database."""
    index: dict[Resource, list[Resource]] = of_graph(graph, "proxies-by-database", lambda: _proxies(graph))
    return tuple(index.get(database, ()))


def _proxies(graph: Graph) -> dict[Resource, list[Resource]]:
    found: dict[Resource, list[Resource]] = {}
    for proxy in graph.of(PROXY):
        for database in proxied(proxy, graph):
            found.setdefault(database, []).append(proxy)
    return found


def _found(node: Node, graph: Graph, depth: int) -> Iterator[Endpoint]:
    for ref in node.refs:
        attribute = ref.attribute.partition("[")[0].partition(".")[0]
        for resource in graph.find(ref.address):
            if attribute in _ATTRIBUTES.get(resource.kind, ()):
                yield from _of(resource, attribute, graph)
            elif depth < _DEEPEST:
                yield from _stored(resource, graph, depth)
    if isinstance(node.data, str) and len(node.data) <= _LONGEST:
        hosts = _hosts(graph)
        for match in _HOST.finditer(node.data):
            for resource, attribute in hosts.get(match[0].lower(), ()):
                if attribute:
                    yield from _of(resource, attribute, graph)
                elif depth < _DEEPEST:
                    yield from _stored(resource, graph, depth)


def _of(resource: Resource, attribute: str, graph: Graph) -> Iterator[Endpoint]:
    if resource.kind != _PROXY_ENDPOINT:
        yield Endpoint(resource, reads=attribute == READER)
        return
    for proxy in graph.targets(resource.at("db_proxy_name"), PROXY):
        yield Endpoint(proxy)


def _stored(resource: Resource, graph: Graph, depth: int) -> Iterator[Endpoint]:
    """What a parameter, secret or record holds; any number of values that an alias or a copy of it holds are left out."""
    if resource.kind == _SECRET:
        for version in graph.naming(resource, "secret_id", f"{_SECRET}_version"):
            yield from _stored(version, graph, depth)
        return
    for path in _STORES.get(resource.kind, ()):
        for node in resource.body.each(path):
            yield from _found(node, graph, depth + 1)


def _hosts(graph: Graph) -> dict[str, list[tuple[Resource, str]]]:
    """The resources by each host name that is known to be theirs, with the attribute; empty for a record."""
    return of_graph(graph, "database-hosts", lambda: _index(graph))


def _index(graph: Graph) -> dict[str, list[tuple[Resource, str]]]:
    found: dict[str, list[tuple[Resource, str]]] = {}
    for resource in graph.of(*_ATTRIBUTES):
        for attribute in _ATTRIBUTES[resource.kind]:
            text = resource.at(attribute).data
            if isinstance(text, str) and "." in text:
                found.setdefault(text.partition(":")[0].lower(), []).append((resource, attribute))
    for record in graph.of(_RECORD):
        for path in ("name", "fqdn"):
            text = record.at(path).data
            if isinstance(text, str) and "." in text and record.at("type").data == "CNAME":
                found.setdefault(text.rstrip(".").lower(), []).append((record, ""))
    return found


def holders(resource: Resource, graph: Graph, *attributes: str) -> Iterator[tuple[Resource, Node]]:
    """The resources that are made from one of these attributes of a resource, or hold the host that it is known to be, with the value."""
    for edge in graph.into(resource, Relation.REFERS):
        if any(ref.address == resource.address and _attribute(ref.attribute) in attributes for ref in edge.because.refs):
            yield edge.source, edge.because
    texts = (node.data for attribute in attributes for node in resource.body.each(attribute))
    for text in texts:
        if isinstance(text, str) and "." in text:
            yield from _held(graph).get(text.partition(":")[0].lower(), ())


@per_graph
def _held(graph: Graph) -> dict[str, list[tuple[Resource, Node]]]:
    """Who holds a host name in a text: in a state nobody remembers more."""
    found: dict[str, list[tuple[Resource, Node]]] = {}
    for resource in graph.of(*_HOLDING):
        for node in _texts(resource.body, 0):
            for host in dict.fromkeys(match[0].lower() for match in _HOST.finditer(node.data)):
                found.setdefault(host, []).append((resource, node))
    return found


def _texts(node: Node, depth: int) -> Iterator[Node]:
    data = node.data
    if isinstance(data, str):
        if not node.refs and "." in data and len(data) <= _LONGEST:
            yield node
    elif depth < _NESTED and isinstance(data, dict):
        for _, part in node.entries():
            yield from _texts(part, depth + 1)
    elif depth < _NESTED and isinstance(data, list):
        for part in node.each():
            yield from _texts(part, depth + 1)


def _attribute(path: str) -> str:
    """The path of an attribute without its indices."""
    return re.sub(r"\[[^\]]*\]", "", path)


_NESTED: Final = 4
_HOLDING: Final = (
    "aws_ssm_parameter",
    "aws_secretsmanager_secret_version",
    "aws_route53_record",
    "aws_lambda_function",
    "aws_ecs_task_definition",
    "aws_apprunner_service",
    "aws_batch_job_definition",
    "aws_elastic_beanstalk_environment",
    "aws_launch_template",
    "aws_instance",
    "Secret",
    "ConfigMap",
    "helm_release",
)
"""What is given the host of something else."""
