"""The NetworkPolicies of a graph, so that a pod asks only those that can select it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.selector import Labels, Selector, label_selector
from auditor.views.kubernetes.workload import group_of

OTHERS = (
    "CiliumNetworkPolicy",
    "CiliumClusterwideNetworkPolicy",
    "GlobalNetworkPolicy",
    "AdminNetworkPolicy",
    "BaselineAdminNetworkPolicy",
)
"""Kinds of policies of other makes."""


@dataclass(slots=True)
class Policies:
    """The policies of a bundle: those of Kubernetes, those of other makes, and the namespaces that either name."""

    plain: list[Resource] = field(default_factory=list)
    others: list[Resource] = field(default_factory=list)
    namespaces: set[str | None] = field(default_factory=set)
    doubt: Undecided | None = None
    """Why not all namespaces are known."""
    _by_pair: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_key: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _wide: list[int] = field(default_factory=list)

    def candidates(self, labels: Labels) -> Iterable[Resource]:
        """The policies of Kubernetes that may select pods with these labels, in the order of the graph: all that do are among them."""
        if labels.doubt is not None:
            return self.plain
        own = {number for pair in labels.known.items() for number in self._by_pair.get(pair, ())}
        own.update(number for key in labels.open for number in self._by_key.get(key, ()))
        return [self.plain[number] for number in sorted(own.union(self._wide))]

    def add(self, policy: Resource) -> None:
        """Take a policy in."""
        try:
            self.namespaces.add(namespace_of(policy))
        except Undecided as reason:
            self.doubt = self.doubt or reason
        if not is_policy(policy):
            self.others.append(policy)
            return
        number, pairs = len(self.plain), selector_of(policy).pairs
        self.plain.append(policy)
        if not pairs:
            self._wide.append(number)
            return
        self._by_pair[pairs[0]].append(number)
        self._by_key[pairs[0][0]].append(number)


def is_policy(resource: Resource) -> bool:
    """Whether an object is a NetworkPolicy of Kubernetes (Calico has a kind of that name too)."""
    return resource.kind == "NetworkPolicy" and group_of(resource.body) in ("networking.k8s.io", "extensions", "")


def selector_of(policy: Resource) -> Selector:
    """The pods that a policy selects: all of its namespace when it does not say."""
    return label_selector(policy.at("spec.podSelector"))


def policies_of(graph: Graph, root: str) -> Policies:
    """The policies of a bundle."""
    return of_graph(graph, "policies-of", lambda: _indexed(graph)).get(root) or Policies()


def _indexed(graph: Graph) -> dict[str, Policies]:
    found: dict[str, Policies] = defaultdict(Policies)
    for policy in graph.of(*OTHERS, "NetworkPolicy"):
        found[policy.root].add(policy)
    return found
