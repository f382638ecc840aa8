"""What workloads ask of nodes and quotas."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, TypeAlias

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Container, Role
from auditor.views.kubernetes.namespace import may_be_same, namespace_of
from auditor.views.kubernetes.pod import Pod

Part: TypeAlias = Literal["requests", "limits"]


def pod_demand(pod: Pod, part: Part, resource: str) -> Fraction:
    """What one pod asks for (`requests`) or may use (`limits`), in the base unit; containers that say nothing count as 0.

    The larger of what runs together and of each init container with the sidecars before it, plus the overhead; what the pod
    says as a whole comes first. Raises `Undecided`.
    """
    whole = quantity.of(pod.where.at(f'resources.{part}["{resource}"]'))
    overhead = quantity.of(pod.where.at(f'overhead["{resource}"]')) or Fraction(0)
    if whole is not None:
        return whole + overhead
    sidecars = peak = total = Fraction(0)
    for container in pod.containers:
        amount = _amount(container, part, resource)
        if container.role is Role.SIDECAR:
            sidecars += amount
            peak = max(peak, sidecars)
        elif container.role is Role.INIT:
            peak = max(peak, sidecars + amount)
        elif container.role is Role.APP:
            total += amount
    return max(total + sidecars, peak) + overhead


def _amount(container: Container, part: Part, resource: str) -> Fraction:
    found = container.request(resource) if part == "requests" else container.limit(resource)
    return found.value if found else Fraction(0)


def quotas(graph: Graph, resource: Resource) -> Iterator[Resource]:
    """The ResourceQuotas that may govern the namespace of an object. Raises `Undecided`."""
    found = graph.of("ResourceQuota")
    namespace = namespace_of(resource) if found else None
    for quota in found:
        if quota.root == resource.root and may_be_same(namespace, namespace_of(quota)):
            yield quota
