"""The one EKS cluster that the Kubernetes objects of a graph can be for, and what makes its nodes."""

from __future__ import annotations

import re
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.decide import undecided
from auditor.views.eks.node_group import NODES
from auditor.views.kubernetes.pod import pods
from auditor.views.scaling.group import GROUP

_KARPENTER: Final = ("NodePool", "Provisioner", "EC2NodeClass", "AWSNodeTemplate")
_OTHER_CLOUDS: Final = ("google_container_cluster", "google_container_node_pool", "azurerm_kubernetes_cluster", "Node")
_OWN_NODES: Final = re.compile(r"kubernetes\.io/cluster/|k8s\.io/cluster-autoscaler|eks:cluster-name")
_AUTOSCALER: Final = "cluster-autoscaler"


def node_groups(graph: Graph) -> tuple[Resource, ...]:
    """All node groups of the one cluster that is in sight; empty when there is none. Raises `Undecided` when more nodes may come."""
    found = graph.of(NODES)
    if not found:
        return ()
    known: tuple[Resource, ...] | Node = of_graph(graph, "node-groups-of-the-cluster", lambda: _certain(found, graph))
    if isinstance(known, Node):
        raise undecided(known, "nodes may come from elsewhere, too")
    return known


def _certain(found: tuple[Resource, ...], graph: Graph) -> tuple[Resource, ...] | Node:
    """The groups, or what makes it uncertain that there are no other nodes."""
    if graph.gaps or len({_cluster(group) for group in found}) > 1:
        return found[0].at("cluster_name")
    others = [*graph.of(*_KARPENTER, *_OTHER_CLOUDS, "aws_eks_fargate_profile"), *filter(_makes_nodes, graph.of(GROUP, "helm_release"))]
    automatic = [it for it in graph.of("aws_eks_cluster") if _is_automatic(it.at("compute_config"))]
    doubtful = [*others, *automatic, *(group for group in found if group.doubt)]
    return doubtful[0].body if doubtful else found


def _is_automatic(config: Node) -> bool:
    """Whether EKS itself starts nodes (Auto Mode)."""
    return config.unknown or (config.present and (config.at("enabled").unknown or config.at("enabled").flag is not False))


def _cluster(group: Resource) -> object:
    node = group.at("cluster_name")
    return node.refs if node.unknown else node.text


def _makes_nodes(resource: Resource) -> bool:
    if resource.kind == GROUP:
        return any(
            node.unknown or _OWN_NODES.search(str(node.data)) for path in ("tag.key", "tags.key") for node in resource.body.each(path)
        )
    return "karpenter" in str(resource.at("chart").data)


def has_karpenter(graph: Graph) -> bool:
    """Whether Karpenter is in sight, which starts nodes of its own choice."""
    return bool(graph.of(*_KARPENTER)) or any("karpenter" in str(it.at("chart").data) for it in graph.of("helm_release"))


def autoscaler(graph: Graph) -> Resource | None:
    """The cluster autoscaler: a workload that runs it, or its chart; None where none is in sight."""
    found: Resource | None = of_graph(graph, "cluster-autoscaler", lambda: _autoscaler(graph))
    return found


def _autoscaler(graph: Graph) -> Resource | None:
    for workload in graph.of("Deployment", "DaemonSet", "StatefulSet"):
        for pod in pods(workload, graph):
            if any(_AUTOSCALER in str(container.where.at("image").data) for container in pod.containers):
                return workload
    return next((it for it in graph.of("helm_release") if it.at("chart").data == _AUTOSCALER), None)


def words(workload: Resource, graph: Graph) -> str:
    """What the autoscaler is started with, as one text: its command, arguments, or the values of its chart. Raises `Undecided`."""
    if workload.kind == "helm_release":
        nodes = [*workload.body.each("values"), *workload.body.each("set.value"), *workload.body.each("set.name")]
        return "\n".join(node.text or "" for node in nodes)
    return " ".join(word.text or "" for pod in pods(workload, graph) for container in pod.containers for word in container.words())
