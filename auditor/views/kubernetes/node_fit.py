"""Which nodes pods ask for, and which nodes would take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.decide import undecided
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.demand import least_demand
from auditor.views.kubernetes.lookup import is_closed
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.selector import Labels, Pairs, Selector, labels_of, map_selector

_CONDITIONS: Final = ("node.kubernetes.io/", "node.cloudprovider.kubernetes.io/", "ToBeDeleted", "DeletionCandidate")
"""What the taints start with that say how a node is at the moment, and not whom it is for."""

REQUIRED: Final = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms"
_MAKES_NODES: Final = (
    *("NodePool", "Provisioner", "EC2NodeClass", "MachineSet", "MachineDeployment", "MachinePool", "Machine", "AWSManagedMachinePool"),
    *("MachineAutoscaler", "ClusterAutoscaler"),
)


@dataclass(frozen=True, slots=True)
class Expression:
    """One requirement of a required node affinity."""

    where: Node
    key: str
    operator: str
    values: tuple[str, ...]

    def allows(self, value: str | None) -> bool:
        """Whether a node whose label has this value (None: no such label) satisfies it."""
        match self.operator:
            case "In":
                return value in self.values
            case "NotIn":
                return value not in self.values
            case "Exists":
                return value is not None
            case "DoesNotExist":
                return value is None
            case "Gt" | "Lt":
                return _is_beyond(value, self.values, up=self.operator == "Gt")
            case _:
                return False


def _is_beyond(value: str | None, values: tuple[str, ...], *, up: bool) -> bool:
    if value is None or len(values) != 1 or not value.lstrip("-").isdigit() or not values[0].lstrip("-").isdigit():
        return False
    return int(value) > int(values[0]) if up else int(value) < int(values[0])


def terms(pod: Pod) -> tuple[tuple[Expression, ...], ...]:
    """The terms of the required node affinity, of which one has to hold. Raises `Undecided`."""
    return tuple(tuple(_expressions(term)) for term in pod.where.each(REQUIRED))


def _expressions(term: Node) -> Iterator[Expression]:
    for path in ("matchExpressions", "matchFields"):
        for item in term.each(path):
            values = tuple(text for value in item.each("values") if (text := value.text) is not None)
            yield Expression(item, item.at("key").text or "", item.at("operator").text or "", values)


def wanted(pod: Pod) -> Labels:
    """The labels that `nodeSelector` asks for. Raises `Undecided`."""
    selector = map_selector(pod.where.at("nodeSelector"))
    if selector.doubt is not None:
        raise undecided(selector.doubt, "the node selector is not known")
    return Labels(dict(selector.pairs), {})


# -- nodes


def known_nodes(pod: Pod) -> tuple[Resource, ...]:
    """The nodes of the cluster, when it listed them itself and nothing makes more of them. Raises `Undecided` when something does.

    A node that somebody wrote is one among others; those that a cluster listed (`kubectl get nodes -o yaml`) have a status.
    """
    graph: Graph = pod.graph
    found = tuple(it for it in graph.of("Node") if it.root == pod.resource.root)
    if not is_closed(pod.resource) and any(it.at("status").missing for it in found):
        return ()
    makers = graph.of(*_MAKES_NODES) if found else ()
    if makers:
        raise undecided(makers[0].body, f"{makers[0].address.text} makes nodes when they are needed")
    return found


@dataclass(frozen=True, slots=True)
class Fitting:
    """The nodes that have what a pod asks for, and why there may be more."""

    nodes: tuple[Resource, ...]
    doubt: Undecided | None

    def decided(self) -> tuple[Resource, ...]:
        """The nodes; raises `Undecided` when there may be more."""
        if self.doubt is not None:
            raise self.doubt
        return self.nodes


def fitting(pod: Pod) -> Fitting:
    """Which of the known nodes have the labels, or the name, that a pod asks for. Raises `Undecided` for what the pod asks for."""
    nodes = known_nodes(pod)
    wish = _Wish(pod.where.at("nodeName").text or "", map_selector(pod.where.at("nodeSelector")), terms(pod)) if nodes else None
    if wish is None:
        return Fitting((), None)
    if wish.terms or wish.selector.doubt is not None:
        return _fitting(wish, nodes)
    known: dict[tuple[str, str, Pairs], Fitting] = of_graph(pod.graph, "fitting-nodes", dict)
    key = (pod.resource.root, wish.name, wish.selector.pairs)
    if key not in known:
        known[key] = _fitting(wish, nodes)
    return known[key]


@dataclass(frozen=True, slots=True)
class _Wish:
    """The node that a pod asks for: by name, by labels, by one of several terms."""

    name: str
    selector: Selector
    terms: tuple[tuple[Expression, ...], ...]


def _fitting(wish: _Wish, nodes: tuple[Resource, ...]) -> Fitting:
    found: list[Resource] = []
    doubt: Undecided | None = None
    for node in nodes:
        try:
            if _fulfils(wish, labels_of(node.at("metadata.labels")), node.at("metadata.name").text):
                found.append(node)
        except Undecided as reason:
            doubt = doubt or reason
    return Fitting(tuple(found), doubt)


def _fulfils(wish: _Wish, labels: Labels, name: str | None) -> bool:
    if (wish.name and wish.name != name) or not wish.selector.matches(labels):
        return False
    return not wish.terms or any(all(it.allows(_value(it, labels, name)) for it in term) for term in wish.terms if term)


def _value(it: Expression, labels: Labels, name: str | None) -> str | None:
    return name if it.key == "metadata.name" else labels.get(it.key)


def repelling_taint(pod: Pod, node: Resource) -> str:
    """The taint of a node that keeps a pod away, as `key=value:effect`; empty when there is none. Raises `Undecided`."""
    tolerations = list(pod.where.each("tolerations"))
    for taint in node.each("spec.taints"):
        key, value, effect = (taint.at(name).text or "" for name in ("key", "value", "effect"))
        if key.startswith(_CONDITIONS):
            continue
        if effect in ("NoSchedule", "NoExecute") and not any(_tolerates(it, key, value, effect) for it in tolerations):
            return f"{key}={value}:{effect}" if value else f"{key}:{effect}"
    return ""


def tolerates(pod: Pod, key: str, value: str, effect: str) -> bool:
    """Whether a pod may run on nodes with that taint. Raises `Undecided`."""
    return any(_tolerates(it, key, value, effect) for it in pod.where.each("tolerations"))


def _tolerates(it: Node, key: str, value: str, effect: str) -> bool:
    own_key, own_effect = it.at("key").text or "", it.at("effect").text or ""
    if own_effect not in ("", effect) or (own_key and own_key != key):
        return False
    exists = it.at("operator").text == "Exists"
    return exists if not own_key else exists or (it.at("value").text or "") == value


def shortage(pod: Pod, node: Resource) -> tuple[str, Fraction, Fraction] | None:
    """(resource, what a pod asks for, what an empty node has) of what a node could never give; None when it can. Raises `Undecided`."""
    table = node.at("status.allocatable")
    for name, amount in (table if table.present else node.at("status.capacity")).entries():
        has = quantity.of(amount)
        asked = least_demand(pod, "requests", name)[0] if '"' not in name else Fraction(0)
        if has is not None and asked > has:
            return name, asked, has
    return None
