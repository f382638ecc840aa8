"""What pods can have of one node of EKS: pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from auditor.views.instance_type import InstanceType

_MIB: Final = 1024 * 1024
_KUBELET_MIB: Final = 255
_POD_MIB: Final = 11
_EVICTION_MIB: Final = 100
_CPU_SHARES: Final = ((1, Fraction(6, 100)), (1, Fraction(1, 100)), (2, Fraction(5, 1000)))
_CPU_REST: Final = Fraction(25, 10000)
_MANY_CPUS: Final = 30
_PODS_SMALL: Final = 110
_PODS_LARGE: Final = 250


@dataclass(frozen=True, slots=True)
class Room:
    """Cores, bytes and pods. What the system of the node itself takes on top is not subtracted, so that this is a bound from above."""

    cpu: Fraction
    memory: Fraction
    pods: int


def room(node: InstanceType, *, prefixes: bool, reserved: bool) -> Room:
    """What pods can have of a node. `prefixes`: interfaces get whole prefixes; `reserved`: a part is kept for the kubelet."""
    limit = _PODS_SMALL if node.vcpus < _MANY_CPUS else _PODS_LARGE
    pods = max(limit, node.pods) if prefixes or not reserved else node.pods
    if not reserved:
        return Room(Fraction(node.vcpus), Fraction(node.memory), pods)
    memory = node.memory - (_KUBELET_MIB + _POD_MIB * node.pods + _EVICTION_MIB) * _MIB
    return Room(node.vcpus - _reserved_cpu(node.vcpus), Fraction(memory), pods)


def _reserved_cpu(vcpus: int) -> Fraction:
    kept, left = Fraction(0), vcpus
    for count, share in _CPU_SHARES:
        kept += share * min(left, count)
        left = max(left - count, 0)
    return kept + left * _CPU_REST


def addresses(node: InstanceType) -> int:
    """The addresses of a subnet that a node takes when it is full of pods: all of each interface."""
    return node.interfaces * node.ipv4_per_interface
