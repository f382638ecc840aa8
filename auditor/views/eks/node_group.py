"""Managed node groups: their nodes, how many there may be, and which pods they take."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph, per_graph
from auditor.views.decide import length, undecided
from auditor.views.eks.node import Room, room
from auditor.views.instance_type import InstanceType, instance_type
from auditor.views.kubernetes.demand import pod_demand
from auditor.views.kubernetes.node_fit import tolerates, wanted
from auditor.views.kubernetes.pod import Pod
from auditor.views.subnet import SUBNETS, zones

NODES: Final = "aws_eks_node_group"
DEFAULT_TYPE: Final = "t3.medium"
"""What EKS takes where neither the group nor its template names a type."""
_EFFECTS: Final = {"NO_SCHEDULE": "NoSchedule", "NO_EXECUTE": "NoExecute"}
_KNOWN_LABELS: Final = (
    "kubernetes.io/",
    "beta.kubernetes.io/",
    "node.kubernetes.io/",
    "topology.kubernetes.io/",
    "eks.amazonaws.com/",
    "k8s.io/",
)
"""What the labels start with that every node gets by itself, with values that are not looked at here."""


def type_names(group: Resource, graph: Graph) -> tuple[Node, ...]:
    """Where the types of its nodes are written: on the group, or in its launch template."""
    own = tuple(group.body.each("instance_types"))
    if own:
        return own
    templates = [
        it for path in ("launch_template.id", "launch_template.name") for it in graph.targets(group.at(path), "aws_launch_template")
    ]
    return tuple(node for template in templates if (node := template.at("instance_type")).unknown or node.present)


def types(group: Resource, graph: Graph) -> tuple[InstanceType, ...]:
    """The types of its nodes. Raises `Undecided` for one that is not known."""
    nodes = type_names(group, graph)
    if not nodes and group.at("launch_template").present:
        raise undecided(group.at("launch_template"), "the type of the nodes is not written here")
    names = [(node, node.text or "") for node in nodes] or [(group.at("instance_types"), DEFAULT_TYPE)]
    found = []
    for node, name in names:
        known = instance_type(name)
        if known is None:
            raise undecided(node, f"{name} is not among the instance types that are known here")
        found.append(known)
    return tuple(found)


def rooms(group: Resource, graph: Graph) -> tuple[tuple[InstanceType, Room], ...]:
    """What pods can have of one node, for each of its types. Raises `Undecided`."""
    known: dict[int, tuple[tuple[InstanceType, Room], ...]] = of_graph(graph, "rooms-of-node-groups", dict)
    if id(group) not in known:
        bare, prefixes = has_own_image(group), _prefixes(graph)
        known[id(group)] = tuple((it, room(it, prefixes=prefixes, reserved=not bare)) for it in types(group, graph))
    return known[id(group)]


def largest(group: Resource) -> int | None:
    """How many nodes it may have; None where that is not written. Raises `Undecided`."""
    number = group.at("scaling_config.max_size").number
    return None if number is None else int(number)


def takers(pod: Pod, groups: tuple[Resource, ...], graph: Graph) -> tuple[Resource, ...]:
    """Those of all node groups whose nodes may take a pod. Raises `Undecided`."""
    known: dict[tuple[int, str], tuple[Resource, ...]] = of_graph(graph, "takers-of-pods", dict)
    key = (id(pod.resource), pod.where.path)
    if key not in known:
        asked = [(label, value) for label, value in wanted(pod).known.items() if not _is_of_every_node(label)]
        known[key] = tuple(group for group in groups if _has(group, asked) and not _repels(group, pod))
    return known[key]


def _has(group: Resource, asked: list[tuple[str, str]]) -> bool:
    """Whether its labels are those. Affinity, and the labels that nodes get by themselves, are taken as fulfilled."""
    own = {key: value.text for key, value in group.at("labels").entries()} if asked else {}
    return all(own.get(key) == value for key, value in asked)


def _repels(group: Resource, pod: Pod) -> bool:
    """Whether it has a taint that the pod does not tolerate."""
    for taint in group.body.each("taint"):
        effect = _EFFECTS.get(taint.at("effect").text or "")
        if effect and not tolerates(pod, taint.at("key").text or "", taint.at("value").text or "", effect):
            return True
    return False


def held(pod: Pod, group: Resource, graph: Graph) -> int:
    """How many of a pod one node of the group holds at most, of its roomiest type and with nothing else on it. Raises `Undecided`."""
    cpu, memory = pod_demand(pod, "requests", "cpu"), pod_demand(pod, "requests", "memory")
    return max(_count(it, cpu, memory) for _, it in rooms(group, graph))


def subnets(group: Resource, graph: Graph) -> tuple[Resource, ...] | None:
    """The subnets of its nodes; None where one of them is not declared here."""
    nodes = list(group.body.each("subnet_ids"))
    found = [graph.targets(node, *SUBNETS) for node in nodes]
    return tuple(it[0] for it in found) if found and all(len(it) == 1 for it in found) else None


def _count(it: Room, cpu: Fraction, memory: Fraction) -> int:
    counts = [it.pods]
    counts += [int(it.cpu / cpu)] if cpu else []
    counts += [int(it.memory / memory)] if memory else []
    return min(counts)


def _is_of_every_node(key: str) -> bool:
    domain = key.partition("/")[0] + "/"
    return any(domain == known or domain.endswith("." + known) for known in _KNOWN_LABELS)


@per_graph
def _prefixes(graph: Graph) -> bool:
    """Whether the network plugin may give whole prefixes to interfaces, so that more pods fit."""
    return any(node.unknown or "PREFIX_DELEGATION" in str(node.data) for node in _network_settings(graph))


@per_graph
def network_is_tuned(graph: Graph) -> bool:
    """Whether pods may get their addresses from elsewhere: other settings, another plugin, IPv6."""
    if any(node.unknown or _TUNED.search(str(node.data)) for node in _network_settings(graph)) or "ENIConfig" in graph.kinds:
        return True
    families = [it.at("kubernetes_network_config.ip_family") for it in graph.of("aws_eks_cluster")]
    charts = [it.at("chart") for it in graph.of("helm_release")]
    return any(it.unknown or it.data == "ipv6" for it in families) or any(it.unknown or str(it.data) in _PLUGINS for it in charts)


_TUNED: Final = re.compile(r"CUSTOM_NETWORK_CFG|WARM_IP_TARGET|MINIMUM_IP_TARGET|PREFIX_DELEGATION")
_PLUGINS: Final = frozenset({"cilium", "calico", "tigera-operator", "antrea", "weave-net"})


def _network_settings(graph: Graph) -> list[Node]:
    addons = [it for it in graph.of("aws_eks_addon") if it.at("addon_name").unknown or it.at("addon_name").data == "vpc-cni"]
    return [it.at("configuration_values") for it in addons]


def keeps_zones(group: Resource, graph: Graph) -> bool:
    """Whether there is a node in each zone of the group at any time: it has one zone, or as many nodes at least. Raises `Undecided`."""
    if length(group.at("subnet_ids")) == 1:
        return True
    least = group.at("scaling_config.min_size").number
    return least is not None and least >= len(zones(group.body.each("subnet_ids"), graph))


def has_own_image(group: Resource) -> bool:
    """Whether its nodes may start with a script or an image of one's own: other reservations, other labels. Raises `Undecided`."""
    return group.at("launch_template").present or group.at("ami_type").text == "CUSTOM"
