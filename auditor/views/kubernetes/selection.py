"""Which workloads' pods a selector selects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes.lookup import Lookup, Outcome, absent, folders_elsewhere, is_closed
from auditor.views.kubernetes.namespace import may_be_same
from auditor.views.kubernetes.pod import Pod, pod_of
from auditor.views.kubernetes.producer import custom_with_labels, perhaps_made_by
from auditor.views.kubernetes.selector import Selector
from auditor.views.kubernetes.workload import KINDS

FROM_CLUSTER = frozenset(
    {
        *("statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "batch.kubernetes.io/job-name", "job-name"),
        *("batch.kubernetes.io/job-completion-index", "pod-template-hash", "controller-revision-hash", "rollouts-pod-template-hash"),
    }
)
"""Labels that no manifest writes: the control plane does."""


@dataclass(slots=True)
class _Pods:
    """The pods of a bundle, by each known label, by the key of each label of unknown value, and those whose labels are not known at all."""

    every: list[Pod] = field(default_factory=list)
    by_label: dict[tuple[str, str], list[Pod]] = field(default_factory=lambda: defaultdict(list))
    by_open_key: dict[str, list[Pod]] = field(default_factory=lambda: defaultdict(list))
    vague: list[Pod] = field(default_factory=list)

    def candidates(self, selector: Selector) -> Iterable[Pod]:
        """Pods that the selector may select: all that it does are among them."""
        if not selector.pairs:
            return self.every
        rarest = min((self.by_label.get(pair, []) for pair in selector.pairs), key=len)
        open_ = [pod for key, _ in selector.pairs for pod in self.by_open_key.get(key, ())]
        return tuple(dict.fromkeys((*rarest, *open_, *self.vague))) if open_ or self.vague else rarest


def bundle_pods(graph: Graph, root: str) -> tuple[Pod, ...]:
    """The pods of all workloads of a bundle, in the order of the graph."""
    found = _index(graph).get(root)
    return tuple(found.every) if found else ()


def _index(graph: Graph) -> dict[str, _Pods]:
    return of_graph(graph, "pods-by-label", lambda: _indexed(graph))


def _indexed(graph: Graph) -> dict[str, _Pods]:
    found: dict[str, _Pods] = defaultdict(_Pods)
    for resource in graph.of(*KINDS.split()):
        pod = pod_of(resource, graph)
        if pod is None:
            continue
        pods = found[resource.root]
        pods.every.append(pod)
        if pod.labels.doubt is not None:
            pods.vague.append(pod)
        for key in pod.labels.open.keys() - FROM_CLUSTER:
            pods.by_open_key[key].append(pod)
        for pair in pod.labels.known.items():
            pods.by_label[pair].append(pod)
    return found


def selected(graph: Graph, root: str, namespace: str | None, selector: Selector) -> tuple[tuple[Pod, ...], Undecided | None]:
    """(the pods in that namespace that are selected, why it is not certain that these are all).

    Pods whose workload names the namespace come before those that may go there; those count only when there are none of the former.
    """
    pods = _index(graph).get(root)
    exact: list[Pod] = []
    possible: list[Pod] = []
    doubt: Undecided | None = None
    for pod in pods.candidates(selector) if pods else ():
        try:
            theirs = pod.namespace
            if may_be_same(theirs, namespace) and selector.matches(pod.labels):
                (exact if theirs == namespace else possible).append(pod)
        except Undecided as reason:
            doubt = doubt or reason
    return tuple(exact or possible), doubt


def select(graph: Graph, source: Resource, namespace: str | None, selector: Selector) -> Lookup:
    """The workloads whose pods an object selects in a namespace (None: wherever the object goes)."""
    found, doubt = selected(graph, source.root, namespace, selector)
    if found:
        return Lookup(Outcome.FOUND, tuple(pod.resource for pod in found))
    if doubt is not None:
        return Lookup(Outcome.UNKNOWN, reason=str(doubt))
    if any(key in FROM_CLUSTER for key, _ in selector.pairs):
        return Lookup(Outcome.UNKNOWN, reason="labels that the control plane gives decide")
    words = f"a pod with {selector.show()}" if not selector.empty else "a pod"
    if namespace == "kube-system" and not is_closed(source):
        return Lookup(Outcome.UNKNOWN, reason=f"{words} may be one of the cluster's own")
    maker = _maker(graph, source.root, selector)
    if maker is not None:
        return Lookup(Outcome.UNKNOWN, reason=f"{words} may be made by {maker.address.text}")
    far = [pod.resource for pod in _elsewhere(graph, source.root, selector)]
    some = islice((pod.resource for pod in bundle_pods(graph, source.root) if _may_share(pod, namespace)), 1)
    siblings = [*far, *some]
    if selector.pairs:
        keys = [f"label:{key}={value}" for key, value in selector.pairs]
        common = set.intersection(*(set(folders_elsewhere(source, key)) for key in keys))
        if common:
            reason = f"{words} is not here, but may be in {min(common)}, which may be deployed together with this"
            return Lookup(Outcome.UNKNOWN, reason=reason)
    return absent(graph, source, "", siblings, what=words)


def _maker(graph: Graph, root: str, selector: Selector) -> Resource | None:
    """What is here and may make such pods, though it is no workload that we know."""
    if not selector.pairs:
        return None
    suspects = (perhaps_made_by(graph, root, "", value) for _, value in selector.pairs)
    return next((it for it in suspects if it is not None), None) or custom_with_labels(graph, root, dict(selector.pairs))


def _elsewhere(graph: Graph, root: str, selector: Selector) -> Iterator[Pod]:
    """The pods of the bundle that it would select if they were in its namespace; nothing for one that selects everything."""
    pods = _index(graph).get(root)
    for pod in pods.candidates(selector) if pods and not selector.empty else ():
        try:
            if selector.matches(pod.labels):
                yield pod
        except Undecided:
            continue


def _may_share(pod: Pod, namespace: str | None) -> bool:
    try:
        return may_be_same(pod.namespace, namespace)
    except Undecided:
        return True
