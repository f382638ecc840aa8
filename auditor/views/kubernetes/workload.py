"""Everything that makes pods: where its pod template stands, and how many pods it makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from auditor.model.node import Node
from auditor.model.resource import Resource

_TEMPLATE = "spec.template"
_PATHS: Mapping[str, str] = {
    "Pod": "",
    "PodTemplate": "template",
    "CronJob": "spec.jobTemplate.spec.template",
    **dict.fromkeys(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"), _TEMPLATE),
    # Argo, OpenShift, OpenKruise
    **dict.fromkeys(("Rollout", "DeploymentConfig", "CloneSet", "AdvancedStatefulSet", "BroadcastJob", "UnitedDeployment"), _TEMPLATE),
    # Knative, KEDA, LeaderWorkerSet
    "Service.serving.knative.dev": _TEMPLATE,
    "Configuration": _TEMPLATE,
    "Revision": "",
    "ScaledJob": "spec.jobTargetRef.template",
    "LeaderWorkerSet": "spec.leaderWorkerTemplate.workerTemplate",
}

KINDS: Final = " ".join(_PATHS)
"""The kinds whose objects are or make pods, as a rule's target."""

CONTROLLERS: Final = " ".join(kind for kind in _PATHS if kind not in ("Pod", "PodTemplate", "Revision"))
"""The kinds whose objects make pods."""

SERVING: Final = "Deployment StatefulSet DaemonSet ReplicaSet ReplicationController Rollout DeploymentConfig CloneSet AdvancedStatefulSet"
"""The kinds whose pods are meant to run for ever."""

SCALABLE: Final = frozenset(
    {"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Rollout", "DeploymentConfig", "CloneSet", "AdvancedStatefulSet"}
)
"""The kinds with `spec.replicas`."""

BATCH: Final = frozenset({"Job", "CronJob", "BroadcastJob", "ScaledJob"})
"""The kinds whose pods are meant to end."""


def group_of(body: Node) -> str:
    """The API group of an object: empty for the core group and for what is no text."""
    version = body.at("apiVersion").data
    return version.rpartition("/")[0] if isinstance(version, str) else ""


def is_workload(resource: Resource) -> bool:
    """Whether an object is a pod or makes pods."""
    return resource.kind in _PATHS


def pod_template(resource: Resource) -> Node | None:
    """The table that holds the pods' `metadata` and `spec`; None for an object that has no pods."""
    path = _PATHS.get(resource.kind)
    if path is None:
        return None
    if resource.kind == "Rollout" and resource.at(_TEMPLATE).data is None:
        return None  # its pods are those of the Deployment that `workloadRef` names
    return resource.at(path) if path else resource.body


def replicas(resource: Resource) -> int | None:
    """How many pods `spec.replicas` asks for, 1 when it does not say; None for kinds without it. Raises `Undecided`."""
    if resource.kind not in SCALABLE:
        return None
    number = resource.at("spec.replicas").number
    return 1 if number is None else int(number)
