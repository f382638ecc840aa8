"""How many vCPUs a group may come to need, and how many an account may run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.decide import undecided
from auditor.views.instance_type import InstanceType
from auditor.views.scaling.launch import types

STANDARD: Final = "L-1216C47A"
"""The code of the quota `Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances`, in vCPUs."""
_FAMILIES: Final = frozenset("acdhimrtz")
_OTHERS: Final = ("dl", "hpc", "inf", "mac", "trn")
_QUOTA: Final = "aws_servicequotas_service_quota"


@dataclass(frozen=True, slots=True)
class Demand:
    """So many On-Demand instances of the smallest type of a group."""

    instances: int
    type: InstanceType

    @property
    def vcpus(self) -> int:
        """What they need together."""
        return self.instances * self.type.vcpus


def standard_quota(graph: Graph) -> Node | None:
    """The declared quota of the standard families; None when none is declared. Raises `Undecided` where it may be of another region."""
    found = _standard_quotas(graph)
    if not found:
        return None
    if len(found) > 1 or len(graph.of("provider.aws")) > 1:
        raise undecided(found[0].body, "there are several regions, and it is not known which one the quota is of")
    value = found[0].at("value")
    return value if value.unknown or value.present else None


@per_graph
def _standard_quotas(graph: Graph) -> tuple[Resource, ...]:
    quotas = graph.of(_QUOTA, f"data.{_QUOTA}")
    return tuple(it for it in quotas if it.at("quota_code").text == STANDARD and it.at("service_code").text == "ec2")


def demand(group: Resource, graph: Graph) -> Demand | None:
    """What a group needs at its maximum, with the smallest of its types; None for other families and for types that are not known.

    Groups whose instances are weighted are not counted. Raises `Undecided`.
    """
    most, known = group.at("max_size").number, types(group, graph)
    if most is None or known is None or not all(map(_is_standard, known)):
        return None
    mixed = group.at("mixed_instances_policy")
    if any(weight.present for weight in mixed.each("launch_template.override.weighted_capacity")):
        return None
    count = most if mixed.missing else _on_demand(mixed.at("instances_distribution"), most)
    return Demand(int(count), min(known, key=lambda it: it.vcpus)) if count else None


def _on_demand(distribution: Node, most: float) -> int:
    base, share = distribution.at("on_demand_base_capacity").number or 0, distribution.at("on_demand_percentage_above_base_capacity").number
    above = max(most - base, 0)
    return int(min(base, most)) + math.ceil(above * (100 if share is None else share) / 100)


def _is_standard(it: InstanceType) -> bool:
    return it.name[0] in _FAMILIES and not it.name.startswith(_OTHERS)
