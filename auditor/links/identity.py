"""References by name: in plans, states and the cloud a resource holds the id, ARN or name of another one.

An ARN or an id of the cloud's own making names its object wherever it stands. A name that somebody chose does so only in an
attribute that says which type it is about: `role` an `aws_iam_role`, `autoscaling_group_name` an `aws_autoscaling_group`.
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
_MAX_DEPTH = 12


def edges(graph: Graph) -> list[Edge]:
    """An edge for each text that names another resource of the same facet and root."""
    named = [resource for resource in graph.resources if resource.facet is not Facet.WRITTEN]
    if not named:
        return []
    index: dict[tuple[str, Facet, str], list[Resource]] = defaultdict(list)
    for resource in named:
        for name in graph.names(resource):
            index[resource.root, resource.facet, name].append(resource)
    return [edge for resource in named for edge in _of(resource, index)]


def _of(resource: Resource, index: dict[tuple[str, Facet, str], list[Resource]]) -> Iterator[Edge]:
    for attribute, node in resource.body.entries():
        if attribute in _OWN:
            continue
        for text in _texts(node, 0):
            for target in index.get((resource.root, resource.facet, text.data), ()):
                if target.address != resource.address and (_DISTINCT.fullmatch(text.data) or _is_about(text.path, target.kind)):
                    yield Edge(resource, target, Relation.REFERS, text)


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
