"""References by name: in plans, states and the cloud a resource holds the id, ARN or name of another one.

An ARN or an id of the cloud's own making names its object wherever it stands, and so does the host name that the cloud gave to
it, also inside of a URL. A name that somebody chose does so only in an attribute that says which type it is about: `role` an
`aws_iam_role`, `autoscaling_group_name` an `aws_autoscaling_group`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from auditor.model.graph import Edge, Graph, Relation
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource

_OWN = frozenset({"id", "arn", "arn_suffix", "name", "tags", "tags_all", "owner_id", "description"})
_DISTINCT = re.compile(r"arn:[\w-]+:.+|[a-z]+-[0-9a-f]{8,}|https?://.+")
_SUFFIX = re.compile(r"_(?:ids?|arns?|names?|identifiers?|url)$")
_HOST = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){2,}")
_HOSTED_AT = (
    "address",
    "bucket_domain_name",
    "bucket_regional_domain_name",
    "configuration_endpoint",
    "configuration_endpoint_address",
    "dns_name",
    "domain_name",
    "endpoint",
    "invoke_url",
    "primary_endpoint_address",
    "reader_endpoint",
    "reader_endpoint_address",
    "repository_url",
    "website_endpoint",
)
"""Attributes in which the cloud tells the host name of an object."""
_NAMED_BY_PEOPLE = frozenset({"aws_acm_certificate", "aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"})
"""Whose `domain_name` is a name of their owner's."""
_MAX_DEPTH = 12


class _Index(defaultdict[tuple[str, Facet, str], list[Resource]]):
    """Resources by root, facet and text."""


def edges(graph: Graph) -> list[Edge]:
    """An edge for each text that names another resource of the same facet and root."""
    named = [resource for resource in graph.resources if resource.facet is not Facet.WRITTEN]
    if not named:
        return []
    names, hosts = _Index(list), _Index(list)
    for resource in named:
        for name in graph.names(resource):
            names[resource.root, resource.facet, name].append(resource)
        for host in _hosts(resource):
            hosts[resource.root, resource.facet, host].append(resource)
    return [edge for resource in named for edge in _of(resource, names, hosts)]


def _of(resource: Resource, names: _Index, hosts: _Index) -> Iterator[Edge]:
    for attribute, node in resource.body.entries():
        if attribute in _OWN:
            continue
        for text in _texts(node, 0):
            found = dict.fromkeys(_named_by(text, resource, names))
            for host in _HOST.findall(text.data) if hosts else ():
                found.update(dict.fromkeys(hosts.get((resource.root, resource.facet, host), ())))
            for target in found:
                if target.address != resource.address:
                    yield Edge(resource, target, Relation.REFERS, text)


def _named_by(text: Node, resource: Resource, names: _Index) -> Iterator[Resource]:
    for target in names.get((resource.root, resource.facet, text.data), ()):
        if _DISTINCT.fullmatch(text.data) or _is_about(text.path, target.kind):
            yield target


def _hosts(resource: Resource) -> Iterator[str]:
    """The host names of an object: two dots at least, so that no name that somebody chose is taken for one."""
    for attribute in _HOSTED_AT:
        if resource.kind not in _NAMED_BY_PEOPLE or attribute != "domain_name":
            data = resource.body.at(attribute).data
            yield from _HOST.findall(data) if isinstance(data, str) else ()


def _texts(node: Node, depth: int) -> Iterator[Node]:
    data = node.data
    if isinstance(data, str):
        if data and not node.sensitive:
            yield node
    elif depth < _MAX_DEPTH and isinstance(data, list):
        for index in range(len(data)):
            yield from _texts(node.at(f"[{index}]"), depth + 1)
    elif depth < _MAX_DEPTH and isinstance(data, dict):
        for _, part in node.entries():
            yield from _texts(part, depth + 1)


def _is_about(path: str, kind: str) -> bool:
    """Whether the last word of a path says that it names a resource of this kind."""
    word = re.sub(r"\[\d+\]", "", path).rpartition(".")[2]
    stem = _SUFFIX.sub("", word).removesuffix("s")
    return bool(stem) and kind.endswith(f"_{stem}")
