"""PodDisruptionBudgets: whose pods they protect, and how many of them may go."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.kubernetes.cache import of_graph
from auditor.views.kubernetes.lookup import Lookup
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.selection import select, selected
from auditor.views.kubernetes.selector import Selector, label_selector


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


def budgets_of(pod: Pod) -> tuple[Resource, ...]:
    """The budgets that certainly protect the pods of a workload."""
    every: dict[int, list[Resource]] = of_graph(pod.graph, "budgets", lambda: _index(pod.graph))
    return tuple(every.get(id(pod.resource), ()))


def _index(graph: Graph) -> dict[int, list[Resource]]:
    found: dict[int, list[Resource]] = {}
    for budget in graph.of("PodDisruptionBudget"):
        try:
            selector = selector_of(budget)
            if selector is None:
                continue
            for pod in selected(graph, budget.root, namespace_of(budget), selector)[0]:
                found.setdefault(id(pod.resource), []).append(budget)
        except Undecided:
            continue
    return found


def evictable(budget: Resource, replicas: int) -> int | None:
    """How many of so many healthy pods may be evicted at once; None when the budget sets no bound. Raises `Undecided`."""
    spec = budget.at("spec")
    unavailable, available = spec.at("maxUnavailable"), spec.at("minAvailable")
    if unavailable.present:
        bound = _scaled(unavailable, replicas)
        return None if bound is None else min(bound, replicas)
    bound = _scaled(available, replicas)
    return None if bound is None else max(0, replicas - bound)


def _scaled(node: Node, replicas: int) -> int | None:
    """A number, or a percentage of the replicas rounded up."""
    text = node.text
    if text and text.endswith("%") and text[:-1].isdigit():
        return ceil(Fraction(int(text[:-1]) * replicas, 100))
    number = node.number
    return None if number is None else int(number)
