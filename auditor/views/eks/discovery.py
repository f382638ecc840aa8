"""How the cluster autoscaler finds Auto Scaling groups: by their tags."""

from __future__ import annotations

import re
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.eks.cluster import words
from auditor.views.kubernetes.pod import pods

_DISCOVERY: Final = re.compile(r"--node-group-auto-discovery=asg:tag=([^\s\"']+)")
_CLUSTER_VALUE: Final = re.compile(r"^\s+clusterName:\s*[\"']?([\w.-]+)", re.MULTILINE)
_PREFIX: Final = "k8s.io/cluster-autoscaler/"
CLUSTER_TAG: Final = "kubernetes.io/cluster/"
"""What the key of the tag begins with that marks the instances of a cluster."""


def discovered_tags(autoscaler: Resource, graph: Graph) -> tuple[str, ...]:
    """The keys of the tags that a group needs to be found; empty when the autoscaler does not look for tags. Raises `Undecided`."""
    text = words(autoscaler, graph)
    found = _DISCOVERY.search(text)
    if found:
        return tuple(part.partition("=")[0] for part in found[1].split(",") if part)
    if autoscaler.kind != "helm_release" or "autoDiscovery.tags" in text:
        return ()
    cluster = _of_chart(autoscaler, text)
    return (f"{_PREFIX}enabled", f"{_PREFIX}{cluster}") if cluster else ()


def discovery(autoscaler: Resource, graph: Graph) -> Node:
    """Where the autoscaler is told what to look for."""
    inside = (word for pod in pods(autoscaler, graph) for container in pod.containers for word in container.words())
    return next((word for word in inside if _DISCOVERY.search(word.text or "")), autoscaler.body)


def _of_chart(release: Resource, text: str) -> str:
    """The cluster that the values of the chart name, empty for none; by default it looks for two tags then."""
    for item in release.body.each("set"):
        if item.at("name").text == "autoDiscovery.clusterName":
            return item.at("value").text or ""
    found = _CLUSTER_VALUE.search(text)
    return found[1] if found else ""


def is_of_cluster(group: Node) -> bool:
    """Whether the tags of a group say that its instances are nodes of a cluster."""
    return any(isinstance(key.data, str) and key.data.startswith(CLUSTER_TAG) for key in _own_keys(group))


def tag_keys(group: Resource, graph: Graph) -> frozenset[str]:
    """The keys of all tags of a group, also of those that are declared beside it. Raises `Undecided`."""
    own = frozenset(key.text or "" for key in _own_keys(group.body))
    return own | _beside(group, graph)


def _beside(group: Resource, graph: Graph) -> frozenset[str]:
    kind = "aws_autoscaling_group_tag"
    if not graph.of(kind):
        return frozenset()
    found = graph.attached(group, "autoscaling_group_name", kind)
    if not found and any(it.doubt for it in graph.of(kind)):
        raise Undecided(group.at("tag"))
    return frozenset(it.at("tag.key").text or "" for it in found)


def _own_keys(group: Node) -> list[Node]:
    return [*group.each("tag.key"), *group.each("tags.key")]
