"""ResourceQuotas: what they bound, whom they count, and how much of them is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.decide import undecided
from auditor.views.kubernetes.container import Role
from auditor.views.kubernetes.demand import Part, least_demand
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.scaler import fewest
from auditor.views.kubernetes.vertical import sets_requests
from auditor.views.kubernetes.workload import CONTROLLERS

_PLAIN = frozenset({"cpu", "memory", "ephemeral-storage"})


@dataclass(frozen=True, slots=True)
class Cap:
    """One entry of `spec.hard`. `where` is its amount."""

    quota: Resource
    where: Node
    key: str

    @property
    def asks(self) -> tuple[Part, str] | None:
        """(requests or limits, resource) that it sums up over pods; None for a number of objects or for storage."""
        part, _, resource = self.key.partition(".")
        if self.key in _PLAIN or self.key.startswith("hugepages-"):
            return "requests", self.key
        if part == "requests" and resource != "storage":
            return "requests", resource
        return ("limits", resource) if part == "limits" and resource in _PLAIN else None

    @property
    def counts_pods(self) -> bool:
        """Whether it bounds the number of pods."""
        return self.key in ("pods", "count/pods")


@dataclass(frozen=True, slots=True)
class Use:
    """What a workload takes of a cap: so many pods with so much each."""

    pod: Pod
    each: Fraction
    pods: int

    @property
    def amount(self) -> Fraction:
        """What all its pods take together."""
        return self.each * self.pods


@dataclass(frozen=True, slots=True)
class Taken:
    """What is certainly taken of a cap, the largest part first, and why it may be more."""

    uses: tuple[Use, ...]
    doubt: Undecided | None

    @property
    def amount(self) -> Fraction:
        """The sum."""
        return sum((use.amount for use in self.uses), Fraction(0))


Count = Callable[[Resource, Graph], "int | None"]
"""How many pods a workload has; None for kinds without a number of replicas. May raise `Undecided`."""


def caps(quota: Resource, graph: Graph) -> tuple[Cap, ...]:
    """The entries of `spec.hard`, as the places of a rule. Raises `Undecided`."""
    return tuple(Cap(quota, node, key) for key, node in quota.at("spec.hard").entries())


def quotas_of(resource: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The quotas of the very namespace that an object goes to. Raises `Undecided`."""
    found = graph.of("ResourceQuota")
    if not found:
        return ()
    known: dict[tuple[str, str | None], tuple[Resource, ...]] = of_graph(graph, "quotas", dict)
    place = (resource.root, namespace_of(resource))
    if place not in known:
        known[place] = tuple(it for it in found if (it.root, namespace_of(it)) == place)
    return known[place]


def taken(cap: Cap, graph: Graph, count: Count = fewest) -> Taken:
    """What the workloads of the bundle take of a cap when they have so many pods each. Jobs, which come and go, are left out."""
    known: dict[tuple[int, str, Count], Taken] = of_graph(graph, "taken", dict)
    key = (id(cap.quota), cap.key, count)
    if key not in known:
        known[key] = _taken(cap, graph, count)
    return known[key]


def _taken(cap: Cap, graph: Graph, count: Count) -> Taken:
    uses: list[Use] = []
    doubt: Undecided | None = None
    for pod in pods_under(cap.quota, graph):
        if pod.ends:
            continue
        use, reason = _use(cap, pod, count)
        doubt = doubt or reason
        if use is not None and use.amount:
            uses.append(use)
    return Taken(tuple(sorted(uses, key=lambda use: -use.amount)), doubt)


def _use(cap: Cap, pod: Pod, count: Count) -> tuple[Use | None, Undecided | None]:
    try:
        if not counts(cap.quota, pod):
            return None, None
        number = _pods(pod, count)
    except Undecided as reason:
        return None, reason
    each, doubt = share(cap, pod)
    return Use(pod, each, number), doubt


def share(cap: Cap, pod: Pod) -> tuple[Fraction, Undecided | None]:
    """(what one pod certainly takes of a cap, why it may be another amount)."""
    if cap.counts_pods:
        return Fraction(1), None
    if cap.asks is None:
        return Fraction(0), None
    try:
        scaler = sets_requests(pod, cap.asks[1])
    except Undecided as reason:
        return Fraction(0), reason
    if scaler is not None:
        return Fraction(0), undecided(scaler.body, f"{scaler.address.text} sets the requests")
    return least_demand(pod, *cap.asks)


def _pods(pod: Pod, count: Count) -> int:
    """How many pods there are at least."""
    number = count(pod.resource, pod.graph)
    if number is not None:
        return max(0, number)
    if pod.resource.kind == "DaemonSet":  # on one node at least, unless it chooses its nodes
        return 0 if pod.where.at("nodeSelector").present or pod.where.at("affinity").present else 1
    return 1 if pod.resource.kind == "Pod" and not _is_over(pod.resource) else 0


def _is_over(pod: Resource) -> bool:
    return pod.at("status.phase").text in ("Succeeded", "Failed")


def pods_under(quota: Resource, graph: Graph) -> tuple[Pod, ...]:
    """The pods of the workloads that go to the very namespace of a quota, without those that another object makes. Raises `Undecided`."""
    every: dict[tuple[str, str | None], list[Pod]] = of_graph(graph, "pods-by-namespace", lambda: _by_namespace(graph))
    return tuple(every.get((quota.root, namespace_of(quota)), ()))


def _by_namespace(graph: Graph) -> dict[tuple[str, str | None], list[Pod]]:
    found: dict[tuple[str, str | None], list[Pod]] = defaultdict(list)
    for resource in graph.of("Pod", *CONTROLLERS.split()):
        owners = resource.at("metadata.ownerReferences").data
        for pod in () if isinstance(owners, list) and owners else pods(resource, graph):
            try:
                found[resource.root, pod.namespace].append(pod)
            except Undecided:
                continue
    return found


# -- scopes


def counts(quota: Resource, pod: Pod) -> bool:
    """Whether the scopes of a quota let it count such pods. Raises `Undecided`."""
    scopes = [item.text or "" for item in quota.body.each("spec.scopes")]
    terms = [item for item in quota.body.each("spec.scopeSelector.matchExpressions") if isinstance(item.value, dict)]
    return all(_in_scope(scope, pod) for scope in scopes) and all(_matches(term, pod) for term in terms)


def _matches(term: Node, pod: Pod) -> bool:
    scope, operator = term.at("scopeName").text or "", term.at("operator").text
    if scope != "PriorityClass":
        return _in_scope(scope, pod)
    name = pod.where.at("priorityClassName").text or ""
    values = {item.text for item in term.each("values")}
    match operator:
        case "In":
            return name in values
        case "NotIn":
            return name not in values
        case "Exists":
            return bool(name)
        case _:
            return not name


def _in_scope(scope: str, pod: Pod) -> bool:
    match scope:
        case "Terminating":
            return pod.where.at("activeDeadlineSeconds").present
        case "NotTerminating":
            return not pod.where.at("activeDeadlineSeconds").present
        case "BestEffort":
            return is_best_effort(pod)
        case "NotBestEffort":
            return not is_best_effort(pod)
        case "PriorityClass":
            return pod.where.at("priorityClassName").present
        case _:
            raise undecided(pod.where, f"the scope {scope or 'of the quota'} is not one that is judged here")


def is_best_effort(pod: Pod) -> bool:
    """Whether no container of the pods asks for anything or is limited (a class of service). Raises `Undecided`."""
    for container in pod.containers:
        for resource in ("cpu", "memory"):
            if container.role is not Role.EPHEMERAL and (container.asks_for(resource) or container.is_limited(resource)):
                return False
    return True
