"""Where objects are put: in which namespace, and which objects of a namespace nobody wrote."""

from __future__ import annotations

from typing import Final

from auditor.model.resource import Resource
from auditor.views.kubernetes.workload import KINDS as WORKLOADS

NAMESPACED: Final = (
    f"{WORKLOADS} Service Ingress ConfigMap Secret ServiceAccount PersistentVolumeClaim Role RoleBinding NetworkPolicy"
    " HorizontalPodAutoscaler PodDisruptionBudget Endpoints EndpointSlice Lease LimitRange ResourceQuota ControllerRevision"
    " CSIStorageCapacity"
)
"""Kinds that live in a namespace, as a rule's target."""

_EVERYWHERE: Final = frozenset(
    {("ServiceAccount", "default"), ("Service", "kubernetes"), ("Endpoints", "kubernetes"), ("EndpointSlice", "kubernetes")}
)


def is_given(resource: Resource) -> bool:
    """Whether the cluster itself makes the object: it is where it must be. Raises `Undecided`."""
    name = resource.at("metadata.name").text
    return (resource.kind, name) in _EVERYWHERE or (resource.kind == "ConfigMap" and name == "kube-root-ca.crt")
