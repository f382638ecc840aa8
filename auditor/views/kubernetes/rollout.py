"""How a workload replaces its pods by new ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.claim import claimed
from auditor.views.kubernetes.pod import Pod

_PERCENT = re.compile(r"(\d{1,9})%")


@dataclass(frozen=True, slots=True)
class Rollout:
    """The strategy of a Deployment or what is like one. `kind` is Recreate or RollingUpdate (OpenShift calls it Rolling)."""

    where: Node
    kind: str
    surge: Node
    unavailable: Node

    @property
    def rolling(self) -> bool:
        """Whether old pods go while new ones come."""
        return self.kind in ("RollingUpdate", "Rolling")

    def surge_of(self, replicas: int) -> int | None:
        """How many pods more than wanted may run for a while, by default a quarter, rounded up; None for no number. Raises `Undecided`."""
        return _scaled(self.surge, replicas, up=True)

    def unavailable_of(self, replicas: int) -> int | None:
        """How many of the wanted pods may lack, by default a quarter, rounded down; None for no number. Raises `Undecided`."""
        missing = _scaled(self.unavailable, replicas, up=False)
        return 1 if missing == 0 and self.surge_of(replicas) == 0 else missing


def rollout_of(workload: Resource) -> Rollout | None:
    """The strategy of a Deployment or DeploymentConfig; None for other kinds. Raises `Undecided`."""
    if workload.kind not in ("Deployment", "DeploymentConfig"):
        return None
    where = workload.at("spec.strategy")
    kind = where.at("type").text or "RollingUpdate"
    part = where.at("rollingParams" if workload.kind == "DeploymentConfig" else "rollingUpdate")
    return Rollout(where, kind, part.at("maxSurge"), part.at("maxUnavailable"))


def must_stop_first(pod: Pod) -> bool:
    """Whether a new pod may not be able to start before the old one ended: it holds a claim or a port of the node. Raises `Undecided`."""
    if pod.host_network or any(port.host_port for container in pod.containers for port in container.ports):
        return True
    return any(True for _ in claimed(pod))


def _scaled(node: Node, replicas: int, *, up: bool) -> int | None:
    if node.missing:
        share: Fraction = Fraction(25 * replicas, 100)
    elif found := _PERCENT.fullmatch(node.text or ""):
        share = Fraction(int(found[1]) * replicas, 100)
    else:
        number = node.number
        return None if number is None else int(number)
    return ceil(share) if up else floor(share)
