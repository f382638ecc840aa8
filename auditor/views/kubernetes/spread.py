"""How the pods of a workload are kept apart: anti-affinity and topology spread constraints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node
from auditor.views.decide import some
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.selector import label_selector

_ANTI = "affinity.podAntiAffinity"


@dataclass(frozen=True, slots=True)
class Apart:
    """One rule that keeps pods apart. `where` is its table; `required`: pods wait rather than break it."""

    where: Node
    kind: str
    required: bool
    pod: Pod

    @property
    def selector(self) -> Node:
        """Which pods it looks at."""
        return self.where.at("labelSelector")

    @property
    def covers_own(self) -> bool:
        """Whether it looks at the very pods that carry it. Raises `Undecided`."""
        if self.selector.missing:
            return False
        return label_selector(self.selector).matches(self.pod.labels)


def topology_keys(pod: Pod) -> Iterator[Node]:
    """The keys of nodes by which the pods are spread, kept apart or kept together. Raises `Undecided` when a list of them is unknown."""
    tables = [it.where for it in (*anti_affinities(pod), *spread_constraints(pod))]
    tables.extend(pod.where.each("affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution"))
    tables.extend(it.at("podAffinityTerm") for it in pod.where.each("affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution"))
    yield from (table.at("topologyKey") for table in tables)


def anti_affinities(pod: Pod) -> Iterator[Apart]:
    """The anti-affinity terms of a pod. Raises `Undecided` when a list of them is unknown."""
    for term in pod.where.each(f"{_ANTI}.requiredDuringSchedulingIgnoredDuringExecution"):
        yield Apart(term, "anti-affinity", required=True, pod=pod)
    for weighted in pod.where.each(f"{_ANTI}.preferredDuringSchedulingIgnoredDuringExecution"):
        yield Apart(weighted.at("podAffinityTerm"), "anti-affinity", required=False, pod=pod)


def spread_constraints(pod: Pod) -> Iterator[Apart]:
    """The topology spread constraints of a pod. Raises `Undecided` when the list is unknown."""
    for item in pod.where.each("topologySpreadConstraints"):
        yield Apart(item, "spread constraint", required=item.at("whenUnsatisfiable").data == "DoNotSchedule", pod=pod)


def keeps_apart(pod: Pod) -> bool:
    """Whether something keeps the pods of a workload apart from each other. Raises `Undecided`."""
    terms = [*anti_affinities(pod), *spread_constraints(pod)]
    return some(*(lambda term=term: term.covers_own for term in terms))
