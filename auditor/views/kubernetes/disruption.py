"""PodDisruptionBudgets: whose pods they protect, and how many of them may go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.decide import undecided
from auditor.views.kubernetes.lookup import Lookup
from auditor.views.kubernetes.namespace import may_be_same, namespace_of
from auditor.views.kubernetes.owner import is_made_here, is_owned
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.replica import fewest_pods, must_be_whole
from auditor.views.kubernetes.scaler import scalers_of
from auditor.views.kubernetes.selection import bundle_pods, select, selected
from auditor.views.kubernetes.selector import Selector, label_selector

_MINIMUM = {"HorizontalPodAutoscaler": "spec.minReplicas", "ScaledObject": "spec.minReplicaCount"}
_PERCENT = re.compile(r"(\d{1,9})%")


def selector_of(budget: Resource) -> Selector | None:
    """What a budget selects: `{}` is every pod of its namespace, no selector at all is none. Raises `Undecided`."""
    node = budget.at("spec.selector")
    if node.data == {} or (isinstance(node.data, dict) and label_selector(node).empty):
        old = budget.at("apiVersion").text == "policy/v1beta1"  # there an empty selector selects nothing
        return None if old else Selector(node, ())
    return None if node.missing else label_selector(node)


def protected(budget: Resource, graph: Graph) -> Lookup | None:
    """The workloads whose pods a budget protects; None when it selects nothing by its own words. Raises `Undecided`."""
    selector = selector_of(budget)
    return None if selector is None else select(graph, budget, namespace_of(budget), selector)


def pods_under(budget: Resource, graph: Graph) -> tuple[Pod, ...]:
    """All pods that a budget protects in its bundle. Raises `Undecided` when there may be more."""
    selector = selector_of(budget)
    if selector is None:
        return ()
    pods, doubt = selected(graph, budget.root, namespace_of(budget), selector)
    if doubt is not None:
        raise doubt
    return tuple(pod for pod in pods if not is_made_here(pod.resource, graph))


def pods_selected(budget: Resource, graph: Graph) -> tuple[Pod, ...]:
    """The pods that a budget certainly protects, whatever others there may be. Raises `Undecided`."""
    selector = selector_of(budget)
    pods = () if selector is None else selected(graph, budget.root, namespace_of(budget), selector)[0]
    return tuple(pod for pod in pods if not is_made_here(pod.resource, graph))


def pods_elsewhere(budget: Resource, graph: Graph) -> tuple[Pod, ...]:
    """The pods with the labels that a budget asks for in other namespaces than its own; both name theirs. Raises `Undecided`."""
    selector, own = selector_of(budget), namespace_of(budget)
    if selector is None or not selector.pairs or own is None:
        return ()
    pods = (pod for pod in bundle_pods(graph, budget.root) if pod.resource.kind != "PodTemplate" and pod.namespace not in (None, own))
    return tuple(pod for pod in pods if selector.matches(pod.labels))


def rivals(budget: Resource, graph: Graph) -> Iterator[tuple[Resource, Pod]]:
    """(budget, pod) of the budgets before this one, in the same namespace, that certainly protect a pod of its. Raises `Undecided`."""
    namespace = namespace_of(budget)
    for pod in pods_selected(budget, graph):
        for other in budgets_of(pod):
            if other is budget:
                break
            if namespace_of(other) == namespace and other.address != budget.address:
                yield other, pod


def budgets_of(pod: Pod) -> tuple[Resource, ...]:
    """The budgets that certainly protect the pods of a workload."""
    every: dict[int, list[Resource]] = of_graph(pod.graph, "budgets", lambda: _index(pod.graph)[0])
    return tuple(every.get(id(pod.resource), ()))


def is_protected(pod: Pod) -> bool:
    """Whether a budget of the bundle protects the pods of a workload. Raises `Undecided` when one may."""
    if budgets_of(pod):
        return True
    labels = pod.labels
    if labels.doubt is None and not labels.open and not pod.resource.at("metadata.namespace").unknown:
        candidates: Sequence[Resource] = of_graph(pod.graph, "vague-budgets", lambda: _index(pod.graph)[1])
    else:
        candidates = pod.graph.of("PodDisruptionBudget")
    if any(budget.root == pod.resource.root and _may_protect(budget, pod) for budget in candidates):
        return True
    must_be_whole(pod.graph, pod.resource)
    return False


def _may_protect(budget: Resource, pod: Pod) -> bool:
    selector = selector_of(budget)
    return selector is not None and may_be_same(pod.namespace, namespace_of(budget)) and selector.matches(pod.labels)


def _index(graph: Graph) -> tuple[dict[int, list[Resource]], list[Resource]]:
    """(workload -> the budgets that certainly protect it, the budgets of which it is not certain whom they protect)."""
    found: dict[int, list[Resource]] = {}
    vague: list[Resource] = []
    for budget in graph.of("PodDisruptionBudget"):
        try:
            selector = selector_of(budget)
            if selector is None:
                continue
            if selector.doubt is not None:
                vague.append(budget)
            for pod in selected(graph, budget.root, namespace_of(budget), selector)[0]:
                found.setdefault(id(pod.resource), []).append(budget)
        except Undecided:
            vague.append(budget)
    return found, vague


# -- how many


def pods_at_least(pods: Sequence[Pod]) -> int:
    """How many pods the workloads have together, at their fewest. Raises `Undecided`, also when one of them has no number."""
    total = 0
    for pod in pods:
        owned = is_owned(pod.resource)  # then its controller, which is not here, knows
        count = fewest_pods(pod.resource, pod.graph) if pod.resource.kind != "Pod" else None if owned else 1
        if count is None:
            raise undecided(pod.resource.body, f"how many pods of {pod.resource.address.text} there are is not written")
        total += count
    return total


def blocks_by_itself(budget: Resource) -> Node | None:
    """The value that permits no eviction whatever the number of pods: none unavailable, or all available. Raises `Undecided`."""
    unavailable, available = budget.at("spec.maxUnavailable"), budget.at("spec.minAvailable")
    if unavailable.present:
        return unavailable if _amount(unavailable) in (0, "0%") else None
    share = _percentage(available)
    return available if share is not None and share >= 100 else None


def evictable(budget: Resource, replicas: int) -> int | None:
    """How many of so many healthy pods may be evicted at once; None when the budget sets no bound. Raises `Undecided`."""
    spec = budget.at("spec")
    unavailable, available = spec.at("maxUnavailable"), spec.at("minAvailable")
    if unavailable.present:
        bound = scaled(unavailable, replicas)
        return None if bound is None else min(bound, replicas)
    bound = scaled(available, replicas)
    return None if bound is None else max(0, replicas - bound)


def scaled(node: Node, replicas: int) -> int | None:
    """A number, or a percentage of the replicas, rounded up as the controller does; None for anything else. Raises `Undecided`."""
    share = _percentage(node)
    if share is not None:
        return ceil(Fraction(share * replicas, 100))
    number = node.number
    return None if number is None else int(number)


def exceeded_minimum(budget: Resource, pods: Sequence[Pod]) -> tuple[int, int, Node] | None:
    """(pods that a budget wants, fewest that a scaler keeps, where that is written) when it wants more. Raises `Undecided`.

    Only for a minimum that is written; None where the pods are not all of one scaled workload.
    """
    available = budget.at("spec.minAvailable")
    if len(pods) != 1 or available.missing or budget.at("spec.maxUnavailable").present:
        return None
    written = [node for it in scalers_of(pods[0].resource, pods[0].graph) if (node := it.at(_MINIMUM[it.kind])).present]
    least = min(written, key=lambda node: node.number or 0, default=None)
    kept = int(least.number or 0) if least is not None else 0
    wanted = scaled(available, kept)
    return (wanted, kept, least) if least is not None and kept and wanted is not None and wanted > kept else None


def is_percentage(node: Node) -> bool:
    """Whether a bound is a share of the pods. Raises `Undecided`."""
    return _percentage(node) is not None


def _percentage(node: Node) -> int | None:
    found = _PERCENT.fullmatch(node.text or "")
    return int(found[1]) if found else None


def _amount(node: Node) -> int | str | None:
    share = _percentage(node)
    if share is not None:
        return f"{share}%"
    number = node.number
    return None if number is None else int(number)
