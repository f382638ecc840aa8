"""What ResourceQuotas count besides pods: objects, ports of nodes, and storage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.quota import Cap
from auditor.views.kubernetes.scaler import fewest
from auditor.views.kubernetes.service import is_service, service_type
from auditor.views.kubernetes.workload import group_of

_CORE: Final = {
    "services": "Service",
    "configmaps": "ConfigMap",
    "secrets": "Secret",
    "persistentvolumeclaims": "PersistentVolumeClaim",
    "replicationcontrollers": "ReplicationController",
    "resourcequotas": "ResourceQuota",
    "serviceaccounts": "ServiceAccount",
}
_GROUPED: Final = {
    "deployments.apps": "Deployment",
    "statefulsets.apps": "StatefulSet",
    "daemonsets.apps": "DaemonSet",
    "replicasets.apps": "ReplicaSet",
    "jobs.batch": "Job",
    "cronjobs.batch": "CronJob",
    "ingresses.networking.k8s.io": "Ingress",
    "horizontalpodautoscalers.autoscaling": "HorizontalPodAutoscaler",
    "poddisruptionbudgets.policy": "PodDisruptionBudget",
    "networkpolicies.networking.k8s.io": "NetworkPolicy",
}
_CLASS: Final = ".storageclass.storage.k8s.io/"


@dataclass(frozen=True, slots=True)
class Counted:
    """What the objects of a bundle certainly take of a cap, and why it may be more."""

    amount: Fraction
    doubt: Undecided | None


def counted(cap: Cap, graph: Graph) -> Counted | None:
    """What is taken of a cap that is not about pods; None when it is, or nothing is known of its key. Raises `Undecided`."""
    shares = _shares(cap, graph)
    if shares is None:
        return None
    total, doubt = Fraction(0), None
    for share in shares:
        try:
            total += share()
        except Undecided as reason:
            doubt = doubt or reason
    return Counted(total, doubt)


_Share = Callable[[], Fraction]


def _shares(cap: Cap, graph: Graph) -> Iterator[_Share] | None:
    wanted, _, key = cap.key.rpartition(_CLASS)
    if key in ("requests.storage", "persistentvolumeclaims"):
        return _claims(cap, graph, wanted, storage=key == "requests.storage")
    if key in ("services.nodeports", "services.loadbalancers"):
        return _services(cap, graph, key)
    plural = key.removeprefix("count/")
    kind = _CORE.get(plural) or (_GROUPED.get(plural) if key.startswith("count/") else None)
    if kind is None or kind == "PersistentVolumeClaim":
        return _claims(cap, graph, "", storage=False) if kind else None
    group = plural.partition(".")[2]
    return (_one for it in _in_namespace(cap, graph, kind) if group_of(it.body) == group)


def _one() -> Fraction:
    return Fraction(1)


def _in_namespace(cap: Cap, graph: Graph, *kinds: str) -> Iterator[Resource]:
    own = namespace_of(cap.quota)
    for it in graph.of(*kinds):
        if it.root == cap.quota.root and not it.at("metadata.namespace").unknown and namespace_of(it) == own:
            yield it


def _claims(cap: Cap, graph: Graph, wanted: str, *, storage: bool) -> Iterator[_Share]:
    for claim in _in_namespace(cap, graph, "PersistentVolumeClaim"):
        yield _claim(claim.body, wanted, storage, _one)
    for owner in _in_namespace(cap, graph, "StatefulSet"):
        for template in owner.each("spec.volumeClaimTemplates"):
            yield _claim(template, wanted, storage, _replicas(owner, graph))


def _claim(claim: Node, wanted: str, storage: bool, number: _Share) -> _Share:
    def share() -> Fraction:
        if wanted and claim.at("spec.storageClassName").text != wanted:
            return Fraction(0)
        size = quantity.of(claim.at("spec.resources.requests.storage")) if storage else Fraction(1)
        return (size or 0) * number()

    return share


def _replicas(owner: Resource, graph: Graph) -> _Share:
    return lambda: Fraction(max(0, fewest(owner, graph) or 0))


def _services(cap: Cap, graph: Graph, key: str) -> Iterator[_Share]:
    for service in _in_namespace(cap, graph, "Service"):
        if is_service(service):
            yield _ports(service) if key == "services.nodeports" else _balancer(service)


def _ports(service: Resource) -> _Share:
    def share() -> Fraction:
        kind = service_type(service)
        spared = kind == "LoadBalancer" and service.at("spec.allocateLoadBalancerNodePorts").flag is False
        return Fraction(len(service.each("spec.ports"))) if kind in ("NodePort", "LoadBalancer") and not spared else Fraction(0)

    return share


def _balancer(service: Resource) -> _Share:
    return lambda: Fraction(int(service_type(service) == "LoadBalancer"))
