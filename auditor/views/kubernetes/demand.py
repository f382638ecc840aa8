"""What pods ask of nodes and quotas."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

from auditor.model.node import Node, Undecided
from auditor.views.decide import undecided
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Container, Role
from auditor.views.kubernetes.pod import Pod

Part: TypeAlias = Literal["requests", "limits"]


def pod_demand(pod: Pod, part: Part, resource: str) -> Fraction:
    """What one pod asks for (`requests`) or may use (`limits`), in the base unit; containers that say nothing count as 0.

    The larger of what runs together and of each init container with the sidecars before it, plus the overhead; what the pod
    says as a whole comes first. Raises `Undecided`.
    """
    amount, doubt = least_demand(pod, part, resource)
    if doubt is not None:
        raise doubt
    return amount


def least_demand(pod: Pod, part: Part, resource: str) -> tuple[Fraction, Undecided | None]:
    """(what one pod certainly asks for, why it may be another amount): unknown amounts count as 0."""
    it = _Reading()
    overhead = it.of(pod.where.at(f'overhead["{resource}"]')) or Fraction(0)
    whole = it.of(pod.where.at(f'resources.{part}["{resource}"]'))
    if whole is not None:
        return whole + overhead, it.doubt
    total = _of_containers(pod, part, resource, it)
    if not total and part == "requests":
        total = it.of(pod.where.at(f'resources.limits["{resource}"]')) or total
    return total + overhead, it.doubt


def _of_containers(pod: Pod, part: Part, resource: str, it: _Reading) -> Fraction:
    sidecars = peak = total = Fraction(0)
    for container in pod.containers:
        amount = it.amount(container, part, resource)
        if container.role is Role.SIDECAR:
            sidecars += amount
            peak = max(peak, sidecars)
        elif container.role is Role.INIT:
            peak = max(peak, sidecars + amount)
        elif container.role is Role.APP:
            total += amount
    return max(total + sidecars, peak)


class _Reading:
    """Amounts that are known, and the first one that is not."""

    def __init__(self) -> None:
        self.doubt: Undecided | None = None

    def of(self, node: Node) -> Fraction | None:
        try:
            return quantity.of(node)
        except Undecided as reason:
            self.doubt = self.doubt or reason
            return None

    def amount(self, container: Container, part: Part, resource: str) -> Fraction:
        try:
            found = container.request(resource) if part == "requests" else container.limit(resource)
        except Undecided as reason:
            self.doubt = self.doubt or reason
            return Fraction(0)
        if found is not None and not found.certain:
            self.doubt = self.doubt or undecided(found.where, "the LimitRange may be of another namespace")
            return Fraction(0)
        return found.value if found else Fraction(0)
