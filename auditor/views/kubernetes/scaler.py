"""What scales workloads: HorizontalPodAutoscaler, KEDA's ScaledObject, VerticalPodAutoscaler."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes.lookup import Lookup, Outcome, look_up
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.workload import SCALABLE, replicas

_TARGETS: Mapping[str, tuple[str, str, str]] = {  # kind -> (path of the reference, kind and apiVersion when not written)
    "HorizontalPodAutoscaler": ("spec.scaleTargetRef", "", ""),
    "ScaledObject": ("spec.scaleTargetRef", "Deployment", "apps/v1"),
    "VerticalPodAutoscaler": ("spec.targetRef", "", ""),
}
GROUPS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("Deployment", "StatefulSet", "ReplicaSet", "DaemonSet"), "apps"),
    "ReplicationController": "",
    "Rollout": "argoproj.io",
}
"""The API group of kinds that scalers name."""

KINDS: Final = " ".join(_TARGETS)
HORIZONTAL: Final = ("HorizontalPodAutoscaler", "ScaledObject")


@dataclass(frozen=True, slots=True)
class Target:
    """What a scaler says that it scales. `where` is the reference."""

    where: Node
    kind: str
    name: str
    api_version: str

    @property
    def group(self) -> str:
        """The API group, empty for the core group."""
        return self.api_version.rpartition("/")[0]


def target_of(scaler: Resource) -> Target | None:
    """What a scaler scales; None when it names nothing. Raises `Undecided`."""
    if scaler.kind not in _TARGETS:
        return None
    path, kind, version = _TARGETS[scaler.kind]
    where = scaler.at(path)
    name = where.at("name").text
    return Target(where, where.at("kind").text or kind, name, where.at("apiVersion").text or version) if name else None


def wrong_reference(target: Target) -> Node | None:
    """The part of a reference that names no API that serves such objects; None when it may be right. Raises `Undecided`."""
    if target.kind in GROUPS:
        version = target.where.at("apiVersion")
        return version if target.group != GROUPS[target.kind] else None
    known = {kind.lower() for kind in GROUPS}
    return target.where.at("kind") if target.kind.lower() in known else None


def look_up_target(scaler: Resource, graph: Graph) -> Lookup | None:
    """The workload that a scaler scales; None when it names nothing. Raises `Undecided`.

    Kinds that are no workloads we know (custom resources with a scale) are unknown when they are not there.
    """
    target = target_of(scaler)
    if target is None:
        return None
    found = look_up(graph, scaler, target.kind, target.name, namespace_of(scaler), group=None if not target.group else target.group)
    if found.missing and target.kind not in SCALABLE | {"DaemonSet"}:
        return Lookup(Outcome.UNKNOWN, reason=f"{target.kind} is not a kind that is known here")
    return found


def scalers_of(workload: Resource, graph: Graph, *kinds: str) -> tuple[Resource, ...]:
    """The scalers of these kinds (of the horizontal ones when none are named) that certainly scale a workload."""
    every: dict[int, list[Resource]] = of_graph(graph, "scalers", lambda: _index(graph))
    return tuple(it for it in every.get(id(workload), ()) if it.kind in (kinds or HORIZONTAL))


def _index(graph: Graph) -> dict[int, list[Resource]]:
    found: dict[int, list[Resource]] = {}
    for scaler in graph.of(*_TARGETS):
        try:
            lookup = look_up_target(scaler, graph)
        except Undecided:
            continue
        for target in lookup.targets if lookup else ():
            found.setdefault(id(target), []).append(scaler)
    return found


def all_scalers_of(workload: Resource, graph: Graph, *kinds: str) -> tuple[Resource, ...]:
    """The same; raises `Undecided` when there is none, but one of them may scale it."""
    found = scalers_of(workload, graph, *kinds)
    if not found:
        strays: dict[str | None, list[_Stray]] = of_graph(graph, "stray-scalers", lambda: _strays(graph))
        name = workload.at("metadata.name").data
        buckets = [strays.get(name, ()), strays.get(None, ())] if isinstance(name, str) else strays.values()
        for stray in chain.from_iterable(buckets):
            if stray.scaler.root == workload.root and stray.scaler.kind in (kinds or HORIZONTAL):
                stray.must_not_be(workload)
    return found


@dataclass(frozen=True, slots=True)
class _Stray:
    """A scaler whose target was not found. `doubt`: why it is not even known what it names."""

    scaler: Resource
    doubt: Undecided | None

    def must_not_be(self, workload: Resource) -> None:
        """Raises `Undecided` when the workload may be what is scaled."""
        reference = self.scaler.at(_TARGETS[self.scaler.kind][0])
        pairs = ((reference.at("kind").data, workload.kind), (reference.at("name").data, workload.at("metadata.name").data))
        if any(isinstance(one, str) and isinstance(other, str) and one != other for one, other in pairs):
            return
        if self.doubt is not None:
            raise self.doubt
        for path in ("metadata", "metadata.name", "metadata.namespace", "apiVersion"):
            node = workload.at(path)
            if node.unknown:
                raise Undecided(node)


def _strays(graph: Graph) -> dict[str | None, list[_Stray]]:
    """The strays by the name that they give, None when that is not known."""
    found: dict[str | None, list[_Stray]] = {}
    for scaler in graph.of(*_TARGETS):
        doubt = None
        try:
            lookup = look_up_target(scaler, graph)
            if lookup is None or lookup.targets:
                continue
        except Undecided as reason:
            doubt = reason
        name = scaler.at(f"{_TARGETS[scaler.kind][0]}.name").data
        found.setdefault(name if isinstance(name, str) else None, []).append(_Stray(scaler, doubt))
    return found


def rivals(scaler: Resource, graph: Graph, *kinds: str) -> tuple[Resource, ...]:
    """The other scalers of these kinds that name the same object, whether it is here or not. Raises `Undecided` for what `scaler` names."""
    target = target_of(scaler)
    if target is None:
        return ()
    every: dict[tuple[str, str, str, str | None], list[Resource]] = of_graph(graph, "scalers-by-target", lambda: _by_target(graph))
    same = every.get((scaler.root, target.kind, target.name, namespace_of(scaler)), ())
    return tuple(it for it in same if it.address != scaler.address and it.kind in kinds)


def _by_target(graph: Graph) -> dict[tuple[str, str, str, str | None], list[Resource]]:
    found: dict[tuple[str, str, str, str | None], list[Resource]] = {}
    for scaler in graph.of(*_TARGETS):
        try:
            target = target_of(scaler)
            if target is not None and not _is_of_keda(scaler):
                found.setdefault((scaler.root, target.kind, target.name, namespace_of(scaler)), []).append(scaler)
        except Undecided:
            continue
    return found


def _is_of_keda(scaler: Resource) -> bool:
    """Whether KEDA made it, or takes it over: what a ScaledObject works with."""
    if scaler.kind != "HorizontalPodAutoscaler":
        return False
    owners = (owner.at("kind").text for owner in scaler.body.each("metadata.ownerReferences"))
    return "ScaledObject" in owners or (scaler.at("metadata.name").text or "").startswith("keda-hpa-")


def minimum_node(scaler: Resource) -> Node:
    """Where the fewest replicas stand."""
    return scaler.at("spec.minReplicaCount" if scaler.kind == "ScaledObject" else "spec.minReplicas")


def maximum_node(scaler: Resource) -> Node:
    """Where the most replicas stand."""
    return scaler.at("spec.maxReplicaCount" if scaler.kind == "ScaledObject" else "spec.maxReplicas")


def minimum(scaler: Resource) -> int:
    """The fewest replicas that a horizontal scaler leaves, with its default: 1, and 0 for KEDA. Raises `Undecided`."""
    number = minimum_node(scaler).number
    return int(number) if number is not None else 0 if scaler.kind == "ScaledObject" else 1


def maximum(scaler: Resource) -> int | None:
    """The most replicas that a horizontal scaler makes; KEDA's default is 100. Raises `Undecided`."""
    number = maximum_node(scaler).number
    return int(number) if number is not None else 100 if scaler.kind == "ScaledObject" else None


def fewest(workload: Resource, graph: Graph) -> int | None:
    """The fewest replicas that a workload has in normal operation; None for kinds without replicas. Raises `Undecided`."""
    scalers = all_scalers_of(workload, graph)
    return min(map(minimum, scalers)) if scalers else replicas(workload)


def most(workload: Resource, graph: Graph) -> int | None:
    """The most replicas that a workload can get; None for kinds without replicas. Raises `Undecided`."""
    scalers = all_scalers_of(workload, graph)
    tops = [top for top in map(maximum, scalers) if top is not None]
    return max(tops) if tops else replicas(workload)
