"""What horizontal scalers measure of cpu and memory, and what pods can reach of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.decide import undecided
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Amount, Container
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.scaler import look_up_target
from auditor.views.kubernetes.vertical import sets_requests

RESOURCES: Final = frozenset({"cpu", "memory"})
DEFAULT_UTILIZATION: Final = Fraction(80)
"""Percent of the cpu request: what a HorizontalPodAutoscaler without metrics aims at."""

TOLERANCE: Final = Fraction(1, 10)
"""How far a metric may be from its target before anything is scaled."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A target for the use of cpu or memory. `where` is its number, `container` empty for the whole pod.

    One of `utilization` (percent of the requests) and `average` (for each pod, in the base unit) is given.
    """

    where: Node
    resource: str
    container: str
    named: Node
    """The node that names the container; missing for the whole pod."""
    utilization: Fraction | None
    average: Fraction | None

    @property
    def aim(self) -> Fraction | None:
        """The number that is aimed at: percent, or an amount."""
        return self.utilization if self.utilization is not None else self.average


def metrics(scaler: Resource, graph: Graph) -> tuple[Metric, ...]:
    """The cpu and memory metrics of a horizontal scaler, as the places of a rule. Raises `Undecided` when the list is unknown."""
    found = _of_triggers(scaler) if scaler.kind == "ScaledObject" else _of_metrics(scaler)
    return tuple(it for it in found if it.resource in RESOURCES)


def _of_metrics(scaler: Resource) -> Iterator[Metric]:
    old = scaler.at("spec.targetCPUUtilizationPercentage")
    items = list(scaler.body.each("spec.metrics"))
    if old.present:
        yield Metric(old, "cpu", "", old.at("-"), _percent(old), None)
    elif not items:
        spec = scaler.at("spec.metrics")
        yield Metric(spec, "cpu", "", spec.at("-"), DEFAULT_UTILIZATION, None)
    for item in items:
        for key in ("resource", "containerResource"):
            source = item.at(key)
            if isinstance(source.data, dict):
                yield from _of_source(source)


def _of_source(source: Node) -> Iterator[Metric]:
    name, named = source.at("name").text or "", source.at("container")
    container = named.text or ""
    for path in ("target.averageUtilization", "targetAverageUtilization"):
        node = source.at(path)
        if node.present:
            yield Metric(node, name, container, named, _percent(node), None)
    for path in ("target.averageValue", "targetAverageValue"):
        node = source.at(path)
        if node.present:
            yield Metric(node, name, container, named, None, quantity.of(node))


def _of_triggers(scaler: Resource) -> Iterator[Metric]:
    for item in scaler.body.each("spec.triggers"):
        kind = item.at("type").text
        if kind not in RESOURCES:
            continue
        node, named = item.at("metadata.value"), item.at("metadata.containerName")
        how = item.at("metricType").text or item.at("metadata.type").text
        if how == "AverageValue":
            yield Metric(node, kind, named.text or "", named, None, quantity.of(node))
        elif how == "Utilization":
            yield Metric(node, kind, named.text or "", named, _percent(node), None)


def _percent(node: Node) -> Fraction | None:
    number = node.number
    return None if number is None else Fraction(str(number))


# -- what the pods give


def scaled_pods(scaler: Resource, graph: Graph) -> tuple[Pod, ...]:
    """The pods of the workload that a scaler scales, as far as it is here. Raises `Undecided`."""
    found = look_up_target(scaler, graph)
    if found is None or found.missing:
        return ()
    return tuple(pod for target in found.decided(scaler).targets for pod in pods(target, graph))


def measured(pod: Pod, metric: Metric) -> tuple[Container, ...]:
    """The containers of a pod that a metric looks at: init containers have ended. Raises `Undecided`."""
    for it in pod.containers:
        it.where.at("restartPolicy").value  # noqa: B018 - raises when it is not known whether it is a sidecar
    return tuple(it for it in pod.running if not metric.container or it.name == metric.container)


def requested(pod: Pod, metric: Metric) -> Fraction | None:
    """What the containers that a metric looks at ask for; None when one of them asks for nothing. Raises `Undecided`."""
    of_pod = None if metric.container else whole(pod, "requests", metric.resource)
    return of_pod if of_pod is not None else _sum([it.request(metric.resource) for it in measured(pod, metric)])


def ceiling(pod: Pod, metric: Metric) -> Fraction | None:
    """The most that they may use; None when nothing limits one of them. Raises `Undecided`."""
    bounds = (whole(pod, "limits", metric.resource), _sum([it.limit(metric.resource) for it in measured(pod, metric)]))
    return min((bound for bound in bounds if bound is not None), default=None)


def highest(pod: Pod, metric: Metric) -> Fraction | None:
    """The most that a metric can show for a pod, in its own measure; None when it has no end. Raises `Undecided`."""
    top = ceiling(pod, metric)
    if top is None:
        return None
    scaler = sets_requests(pod, metric.resource)
    if scaler is not None:
        raise undecided(scaler.body, f"{scaler.address.text} sets the requests")
    if metric.utilization is None:
        return top
    asked = requested(pod, metric)
    return 100 * top / asked if asked else None


def whole(pod: Pod, part: str, resource: str) -> Fraction | None:
    """What a pod requests, or is limited to, as a whole. Raises `Undecided`."""
    return quantity.of(pod.where.at(f'resources.{part}["{resource}"]'))


def _sum(amounts: list[Amount | None]) -> Fraction | None:
    total = Fraction(0)
    for amount in amounts:
        if amount is None:
            return None
        if not amount.certain:
            raise undecided(amount.where, "the LimitRange may be of another namespace")
        total += amount.value
    return total if amounts else None
