"""Which pods a workload takes for its own, and which of them are another's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.model.resource import Resource
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.owner import is_owned
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.selection import selected
from auditor.views.kubernetes.selector import Selector, label_selector, map_selector

_PLAIN = frozenset({"ReplicationController", "DeploymentConfig"})
"""Kinds whose selector is a plain table of labels."""

_PATHS: Mapping[str, str] = {
    "CronJob": "spec.jobTemplate.spec.selector",
    **dict.fromkeys(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"), "spec.selector"),
    **dict.fromkeys(("Rollout", "DeploymentConfig", "CloneSet", "AdvancedStatefulSet"), "spec.selector"),
}


def own_selector(workload: Resource) -> Selector | None:
    """The selector by which a workload knows its pods; None when none is written. Raises `Undecided`."""
    path = _PATHS.get(workload.kind)
    if path is None:
        return None
    node = workload.at(path)
    if node.missing:
        return None
    return map_selector(node) if workload.kind in _PLAIN else label_selector(node)


def strangers(workload: Resource, pod: Pod) -> Iterator[tuple[Pod, bool]]:
    """(pods of another workload that a workload's selector selects too, whether the other selects this one's in turn).

    Of the same namespace, both named or both left open. Raises `Undecided`.
    """
    selector, namespace = own_selector(workload), namespace_of(workload)
    if selector is None or selector.empty or selector.doubt is not None:
        return
    for other in selected(pod.graph, workload.root, namespace, selector)[0]:
        if _is_another(other.resource, workload) and namespace_of(other.resource) == namespace:
            theirs = own_selector(other.resource)
            yield other, theirs is not None and not theirs.empty and theirs.matches(pod.labels)


def _is_another(one: Resource, other: Resource) -> bool:
    """Whether two workloads are two, not one that is declared twice, or one that the other made."""
    if one is other or one.kind == "PodTemplate":
        return False
    same_name = one.kind == other.kind and one.at("metadata.name").text == other.at("metadata.name").text
    return not same_name and not is_owned(one) and not is_owned(other)
