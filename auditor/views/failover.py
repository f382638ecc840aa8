"""Which of several records of one name Route 53 answers with, when some of what they lead to has failed.

The rules of the Route 53 Developer Guide, "How Amazon Route 53 chooses records when health checking is configured".
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.decide import given, undecided
from auditor.views.zone import may_be_same_name, validates_certificate

RECORD: Final = "aws_route53_record"
CHECK: Final = "aws_route53_health_check"
_DISTRIBUTION: Final = "aws_cloudfront_distribution"
_DEEPEST: Final = 4


class Policy(enum.StrEnum):
    """How Route 53 chooses among the records of a name and type."""

    SIMPLE = "simple"
    FAILOVER = "failover"
    WEIGHTED = "weighted"
    LATENCY = "latency"
    GEOLOCATION = "geolocation"
    MULTIVALUE = "multivalue"


_PATHS: Final = {
    "failover_routing_policy": Policy.FAILOVER,
    "weighted_routing_policy": Policy.WEIGHTED,
    "latency_routing_policy": Policy.LATENCY,
    "geolocation_routing_policy": Policy.GEOLOCATION,
    "geoproximity_routing_policy": Policy.GEOLOCATION,
    "multivalue_answer_routing_policy": Policy.MULTIVALUE,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One record of a group. `notices`: whether Route 53 learns that what it leads to has failed."""

    resource: Resource
    policy: Policy
    notices: bool
    primary: bool = False
    weight: int = 0

    @property
    def where(self) -> Node:
        """The body of the record."""
        return self.resource.body


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one name and type in one zone."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def policy(self) -> Policy:
        """How one of them is chosen."""
        return self.choices[0].policy

    def answered(self, failed: Iterable[Resource] = ()) -> tuple[Resource, ...]:
        """The records that clients may be answered with while those in `failed` lead to something that is down.

        With latency and geolocation any of the healthy ones may be the nearest to some client.
        """
        down = frozenset(failed)
        healthy = [choice for choice in self.choices if not (choice.notices and choice.resource in down)]
        return tuple(choice.resource for choice in _chosen(self.policy, self.choices, healthy))


def _chosen(policy: Policy, every: Sequence[Choice], healthy: Sequence[Choice]) -> Sequence[Choice]:
    if policy is Policy.SIMPLE:
        return every
    if policy is Policy.FAILOVER:
        return _failover(every, healthy)
    if policy is Policy.WEIGHTED:
        return _weighted(healthy) or _weighted(every)
    return healthy or every


def _failover(every: Sequence[Choice], healthy: Sequence[Choice]) -> Sequence[Choice]:
    """The primary while it is healthy, then the secondary; the primary again when neither is."""
    for group in (healthy, every):
        for primary in (True, False):
            if found := [choice for choice in group if choice.primary is primary]:
                return found
    return ()


def _weighted(healthy: Sequence[Choice]) -> Sequence[Choice]:
    """Those with a weight; when none of them is left, those with weight 0, all alike."""
    return [choice for choice in healthy if choice.weight > 0] or healthy


def group_of(record: Resource, graph: Graph) -> Group | None:
    """The group of a record; None when its name is not known. Raises `Undecided` when a record of the group may not be seen."""
    index: _Index = of_graph(graph, "records-by-name", lambda: _by_name(graph))
    key = _key(record)
    if key is None:
        return None
    for stray in (*index.strays.get(key[1], ()), *index.strays.get("", ())):
        if may_be_same_name(stray.body, record.body):
            raise undecided(stray.body, f"it is not known whether {stray.address.text} is of the same name")
    return Group(key[1], tuple(choice_of(it, graph) for it in index.records[key]))


def choice_of(record: Resource, graph: Graph) -> Choice:
    """How a record takes part in its group. Raises `Undecided`."""
    policy = policy_of(record)
    return Choice(
        record,
        policy,
        notices(record, graph),
        primary=record.at("failover_routing_policy.type").text == "PRIMARY",
        weight=int(record.at("weighted_routing_policy.weight").number or 0),
    )


def policy_of(record: Resource) -> Policy:
    """How Route 53 chooses among the records of this name. Raises `Undecided`."""
    for path, policy in _PATHS.items():
        node = record.at(path)
        if policy is Policy.MULTIVALUE:
            if node.present and node.flag:
                return policy
        elif node.present:
            return policy
    return Policy.SIMPLE


def notices(record: Resource, graph: Graph, depth: int = 0) -> bool:
    """Whether Route 53 learns that what a record leads to is down: by a health check, or by the health of an alias' target."""
    if given(record.at("health_check_id")):
        return not any(_blind(check) for check in graph.targets(record.at("health_check_id"), CHECK))
    if not record.at("alias.evaluate_target_health").flag:
        return False
    target = record.at("alias.name")
    if graph.targets(target, _DISTRIBUTION) or ".cloudfront.net" in str(target.data):
        return False  # the health of a distribution cannot be evaluated
    inner = graph.targets(target, RECORD)
    if inner and depth < _DEEPEST:
        return any(notices(it, graph, depth + 1) for it in inner)
    return True


def _blind(check: Resource) -> bool:
    """Whether a health check says healthy whatever happens."""
    return check.at("disabled").flag is True and check.at("invert_healthcheck").flag is not True


def recovery_time(record: Resource, graph: Graph) -> tuple[float, str] | None:
    """(seconds until clients reach the other record, the sum in words); None where no health check of the graph decides.

    Raises `Undecided`.
    """
    checks = graph.targets(record.at("health_check_id"), CHECK)
    if not checks or checks[0].at("type").text in ("CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"):
        return None
    interval, threshold = checks[0].at("request_interval"), checks[0].at("failure_threshold")
    every = 30 if interval.missing else interval.number or 30
    times = 3 if threshold.missing else threshold.number or 3
    ttl = record.at("ttl")
    kept = _ALIAS_TTL if ttl.missing else ttl.number or 0
    return every * times + kept, f"{times:g} x {every:g} s until the check fails + {kept:g} s that resolvers keep the answer"


_ALIAS_TTL: Final = 60
"""Seconds that the answer of an alias to a load balancer is kept."""


@dataclass(frozen=True, slots=True)
class _Index:
    records: dict[tuple[str, str, str], list[Resource]]
    strays: dict[str, list[Resource]]
    """Those of which zone, name or type is not known, by name; under an empty one those without."""


def _by_name(graph: Graph) -> _Index:
    found: dict[tuple[str, str, str], list[Resource]] = {}
    strays: dict[str, list[Resource]] = {}
    for record in graph.of(RECORD):
        key = _key(record)
        if key is None:
            if validates_certificate(record):
                continue
            name = record.at("name").data
            strays.setdefault(name.rstrip(".").lower() if isinstance(name, str) else "", []).append(record)
        else:
            found.setdefault(key, []).append(record)
    return _Index(found, strays)


def _key(record: Resource) -> tuple[str, str, str] | None:
    """(zone, name, type); None when one of them is not known. Zones that are not created yet are told apart by what names them."""
    name, kind, zone = record.at("name"), record.at("type"), record.at("zone_id")
    if not isinstance(name.data, str) or not isinstance(kind.data, str) or (zone.unknown and not zone.refs):
        return None
    place = zone.data if isinstance(zone.data, str) else ",".join(sorted(ref.address.text for ref in zone.refs))
    return place, name.data.rstrip(".").lower(), kind.data


def destination(record: Resource) -> frozenset[str] | None:
    """What a record leads to, so that two can be compared: its values, or what they are made from; None where that is not known."""
    nodes = [record.at("alias.name")] if record.at("alias").present else list(record.body.each("records"))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node.data, str) and not node.refs:
            found.add(node.data.rstrip(".").lower())
        elif node.refs:
            found.update(f"{ref.address.text}.{ref.attribute}" for ref in node.refs)
        else:
            return None
    return frozenset(found) or None
