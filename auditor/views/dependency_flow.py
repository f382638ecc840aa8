"""Whether a client reaches what it depends on, and what is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.dependency import Dependency
from auditor.views.network.flow import Blocker, Code, Flow, flows

CLIENT_CLOSED: Final = frozenset({Code.GROUP_EGRESS})
TARGET_CLOSED: Final = frozenset({Code.GROUP_INGRESS})
LISTS: Final = frozenset({Code.ACL_EGRESS, Code.ACL_INGRESS})
NO_WAY: Final = frozenset(Code) - CLIENT_CLOSED - TARGET_CLOSED - LISTS - {Code.NO_LISTENER}


@dataclass(frozen=True, slots=True)
class Broken:
    """A dependency that certainly fails, or (`partial`) sometimes does; `blockers` are those of the kind that was asked for."""

    dependency: Dependency
    flow: Flow
    blockers: tuple[Blocker, ...]

    @property
    def partial(self) -> bool:
        """Whether only some connections fail."""
        return all(blocker.partial for blocker in self.blockers)

    @property
    def words(self) -> str:
        """What is in the way."""
        return "; ".join(dict.fromkeys(blocker.reason for blocker in self.blockers))

    @property
    def fix(self) -> str:
        """The first thing to change."""
        return self.blockers[0].fix

    @property
    def places(self) -> tuple[Node, ...]:
        """Client, target, and what is in the way."""
        ends = (self.dependency.client.body, self.dependency.target.body)
        return (*ends, *dict.fromkeys(blocker.where for blocker in self.blockers))


def broken(dependency: Dependency, graph: Graph, codes: frozenset[Code]) -> Broken | None:
    """The first way between two interfaces that such blockers close, or close in part; raises `Undecided` when that is not known."""
    doubt: Undecided | None = None
    for found in _flows(graph, dependency.client, dependency.target, dependency.port):
        blockers = tuple(it for it in found.blockers if it.code in codes)
        if blockers:
            return Broken(dependency, found, blockers)
        if found.truth is None and doubt is None:
            doubt = found.gaps[0].undecided
    if doubt is not None:
        raise doubt
    return None


@lru_cache(maxsize=64)  # several rules ask the same of one dependency, one after the other
def _flows(graph: Graph, client: Resource, target: Resource, port: int) -> tuple[Flow, ...]:
    return flows(graph, client, target, "tcp", port)
