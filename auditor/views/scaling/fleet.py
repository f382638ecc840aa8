"""An Auto Scaling group as one object: its sizes, policies, balancers and hooks, and the times that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.decide import undecided
from auditor.views.scaling.alarm import detection
from auditor.views.scaling.change import Bounds
from auditor.views.scaling.group import balancers, is_forewarned, known_policies, launch_hooks, unseen_balancer
from auditor.views.scaling.launch import Start, start
from auditor.views.scaling.policy import direction
from auditor.views.scaling.timing import LINUX, WINDOWS, check_of


@dataclass(frozen=True, slots=True)
class Healthy:
    """When a new instance is in service: its start, the seconds of checks after it, and the balancer that takes longest, if any."""

    start: Start
    checks: float
    judge: Resource | None

    @property
    def seconds(self) -> float:
        """From the launch on."""
        return self.start.seconds + self.checks


@dataclass(frozen=True, slots=True)
class Reaction:
    """From the rise of the load until a new instance carries some of it."""

    detection: float
    healthy: Healthy

    @property
    def seconds(self) -> float:
        """All of it."""
        return self.detection + self.healthy.seconds

    @property
    def words(self) -> str:
        """Its parts, and where they are from."""
        begin, checks = self.healthy.start, self.healthy.checks
        return f"{self.detection:g} s until the alarm rings, {begin.seconds:g} s to start ({begin.words}), {checks:g} s of health checks"


@dataclass(frozen=True, slots=True)
class Fleet:
    """A group in its graph. `linux` and `windows` are the seconds of a start where nothing says it. Readers may raise `Undecided`."""

    group: Resource
    graph: Graph
    linux: float = LINUX
    windows: float = WINDOWS

    @property
    def bounds(self) -> Bounds:
        """The smallest and the largest size."""
        least, most = self.group.at("min_size").number or 0, self.group.at("max_size").number or 0
        return Bounds(int(least), int(most))

    @property
    def growing(self) -> Iterator[Resource]:
        """The policies that are known to add instances."""
        return (policy for policy in known_policies(self.group, self.graph) if direction(policy.body) > 0)

    @property
    def has_launch_hook(self) -> bool:
        """Whether a hook keeps new instances out of service until they are ready."""
        return next(launch_hooks(self.group, self.graph), None) is not None

    @property
    def is_forewarned(self) -> bool:
        """Whether something adds instances before the load comes."""
        return is_forewarned(self.group, self.graph)

    @property
    def start(self) -> Start:
        """How long an instance takes until it works."""
        return start(self.group, self.graph, self.linux, self.windows)

    @property
    def healthy(self) -> Healthy:
        """When a new instance is healthy for each of the balancers."""
        begin = self.start
        waits = [(check_of(it).until_healthy(begin.seconds) - begin.seconds, it) for it in balancers(self.group, self.graph)]
        checks, judge = max(waits, key=lambda wait: wait[0], default=(0.0, None))
        return Healthy(begin, checks, judge)

    @property
    def sick(self) -> tuple[float, Resource | None]:
        """Until when a balancer takes a new instance for sick, in seconds from the launch, and which one; 0 where none ever does.

        Raises `Undecided` where a balancer is only named, and the others do not.
        """
        begin = self.start
        known = [(check_of(it).sick_until(begin.seconds), it) for it in balancers(self.group, self.graph)]
        seconds, judge = max(known, key=lambda it: it[0], default=(0.0, None))
        if not seconds and (stray := unseen_balancer(self.group, self.graph)):
            raise undecided(stray, "the health check of the target group is not here")
        return seconds, judge

    def reaction(self, alarm: Node) -> Reaction | None:
        """How long the group takes when that alarm starts it; None where the alarm does not say when it rings."""
        seen = detection(alarm)
        return None if seen is None else Reaction(seen, self.healthy)
