"""What keeps a load balancer from its targets: for each target of a listener, the first flow that certainly fails, and what blocks it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.network.chain import Step, target_chain
from auditor.views.network.flow import Blocker, Code, Flow
from auditor.views.network.naming import Gap

Purpose: TypeAlias = Literal["traffic", "health"]
BALANCER_CLOSED: Final = Code.GROUP_EGRESS
TARGET_CLOSED: Final = Code.GROUP_INGRESS


@dataclass(frozen=True, slots=True)
class Failing:
    """A target that the load balancer certainly does not reach on a port."""

    step: Step
    flow: Flow
    port: int

    @property
    def blockers(self) -> tuple[Blocker, ...]:
        """What stops every connection."""
        return tuple(it for it in self.flow.blockers if not it.partial)

    @property
    def codes(self) -> frozenset[Code]:
        """What kinds of things those are."""
        return frozenset(it.code for it in self.blockers)

    @property
    def target(self) -> str:
        """The target's name for people."""
        return self.step.target.address.text if self.step.target is not None else "the target"

    @property
    def words(self) -> str:
        """What is in the way."""
        return "; ".join(dict.fromkeys(it.reason for it in self.blockers))

    @property
    def fix(self) -> str:
        """The first thing to change."""
        return self.blockers[0].fix if self.blockers else ""

    @property
    def places(self) -> tuple[Node, ...]:
        """Listener or rule, target group, target, and what is in the way."""
        ends = (self.step.rule, self.step.group.body, self.step.where)
        return (*ends, *dict.fromkeys(it.where for it in self.blockers))


def failing(listener: Resource, graph: Graph, purpose: Purpose) -> tuple[Failing, ...]:
    """The targets that are certainly not reached, one for each target group and target."""
    by_target: dict[tuple[Resource, Resource | None], list[Step]] = defaultdict(list)
    for step in target_chain(graph, listener):
        by_target[step.group, step.target].append(step)
    return tuple(it for steps in by_target.values() for it in _first(steps, purpose))


def _first(steps: Iterable[Step], purpose: Purpose) -> Iterator[Failing]:
    for step in steps:
        port = step.port if purpose == "traffic" else step.health_port
        for flow in step.traffic if purpose == "traffic" else step.health:
            if flow.truth is False and port is not None:
                yield Failing(step, flow, port)
                return


def by_group(found: Iterable[Failing]) -> Iterator[tuple[Failing, str]]:
    """One for each target group and port, with the other targets as words: ` (and 2 more targets)`."""
    groups: dict[tuple[Resource, int], list[Failing]] = defaultdict(list)
    for it in found:
        groups[it.step.group, it.port].append(it)
    for first, *more in groups.values():
        yield first, f" (and {len(more)} more target{'s' if len(more) > 1 else ''})" if more else ""


def open_question(listener: Resource, graph: Graph, purpose: Purpose) -> Undecided | None:
    """What to raise when it is not known whether a target is reached; None when it is known of all."""
    for step in target_chain(graph, listener):
        gaps: tuple[Gap, ...] = step.gaps
        for flow in step.traffic if purpose == "traffic" else step.health:
            if flow.truth is None:
                gaps = (*gaps, *flow.gaps)
        if gaps and step.target is not None:
            return gaps[0].undecided
    return None
