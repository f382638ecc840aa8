"""How principals become administrators: the known paths over the principals of a graph, and the shortest way of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.span import NOWHERE
from auditor.views.iam.access import names_of, principals
from auditor.views.iam.administrator import administrator
from auditor.views.iam.candidates import Candidates
from auditor.views.iam.escalation_path import EscalationPath, escalation_paths
from auditor.views.iam.hole import starred
from auditor.views.iam.hop import Hop, hop_to, own_hop
from auditor.views.iam.scope import granted


@dataclass(frozen=True, slots=True)
class Route:
    """The way of a principal to an administrator: its hops, nearest first. `certain`: it hangs on nothing that is not known."""

    hops: tuple[Hop, ...]
    certain: bool

    @property
    def intended(self) -> bool:
        """Whether every hop is there to be gone: a role that is assumed as its trust has it."""
        return all(hop.path.intended for hop in self.hops)

    @property
    def text(self) -> str:
        """What is done, hop by hop."""
        return "; ".join(_told(hop, first=number == 0) for number, hop in enumerate(self.hops))

    @property
    def places(self) -> tuple[Node, ...]:
        """The patterns that allow each step, and the identities that are gained."""
        found: list[Node] = []
        for hop in self.hops:
            found += [applied.pattern for answer in hop.answers for applied in answer.deciding]
            found += [] if hop.gained is None else [hop.gained.body]
        return tuple({node.span: node for node in found if node.span != NOWHERE}.values())

    @property
    def doubts(self) -> tuple[str, ...]:
        """What it hangs on."""
        return () if self.certain else tuple(dict.fromkeys(starred(doubt) for hop in self.hops for doubt in hop.doubts))


def escalations(graph: Graph) -> Mapping[Resource, Route]:
    """The roles and users that are no administrators and can become one, each with its shortest way; a certain one where there is any."""
    return names_of(graph).once(("escalations",), lambda: _Search(graph).routes())


def _told(hop: Hop, *, first: bool) -> str:
    about = "it" if first else f"as {hop.principal.address.text} it"
    thing = hop.gained or hop.through
    names = [thing.address.text] if thing is not None and thing != hop.principal else []
    return f"{about} {hop.path.about} ({': '.join([*names, ', '.join(hop.path.actions)])})"


def open_paths(graph: Graph, principal: Resource) -> tuple[EscalationPath, ...]:
    """The paths of which some statement may allow every action; the trust of a role may let it be assumed without one."""
    known = granted(graph, principal, _actions()) | {"sts:AssumeRole"}
    return tuple(path for path in escalation_paths() if path.of in ("", principal.kind) and known.issuperset(path.actions))


@dataclass
class _Search:
    """From the administrators outwards, hop by hop: who is reached once is asked no more, so that the cost stays near to linear."""

    graph: Graph
    hops: dict[Resource, Hop] = field(default_factory=dict)
    possible: dict[Resource, Hop] = field(default_factory=dict)
    live: dict[Resource, tuple[EscalationPath, ...]] = field(default_factory=dict)
    candidates: Candidates = field(init=False)

    def routes(self) -> dict[Resource, Route]:
        """The ways, by principal."""
        nodes = (*principals(self.graph), *self.graph.of("aws_iam_group"))
        powers = {node: administrator(self.graph, node).truth for node in nodes}
        self.live = {it: open_paths(self.graph, it) for it in principals(self.graph) if powers[it] is not True}
        for seeker, paths in self.live.items():
            for path in paths:
                if path.administrator and seeker not in self.hops:
                    self._keep(seeker, own_hop(self.graph, seeker, path))
        self.candidates = Candidates.of(self.graph, {it: paths for it, paths in self.live.items() if it not in self.hops})
        frontier, fresh = [node for node in nodes if powers[node]], list(self.hops)
        while frontier or fresh:
            fresh += [seeker for target in frontier for seeker in self._reaching(target)]
            frontier, fresh = fresh, []
        for seeker in self.possible:
            self.candidates.found(seeker)
        doubtful = [node for node in nodes if powers[node] is None]
        frontier = [*doubtful, *(it for it in self.possible if it not in self.hops)]
        while frontier:
            frontier = [seeker for target in frontier for seeker in self._perhaps(target)]
        return {it: Route(tuple(self._way(it)), it in self.hops) for it in self.live if it in self.hops or it in self.possible}

    def _keep(self, seeker: Resource, hop: Hop | None) -> None:
        if hop is not None and hop.truth:
            self.hops.setdefault(seeker, hop)
        elif hop is not None:
            self.possible.setdefault(seeker, hop)

    def _reaching(self, target: Resource) -> Iterator[Resource]:
        """Those who are certain now to become that target."""
        for seeker in self.candidates(target):
            if seeker in self.live and seeker not in self.hops and seeker is not target:
                self._keep(seeker, self._hop(seeker, target))
                if seeker in self.hops:
                    self.candidates.found(seeker)
                    yield seeker

    def _perhaps(self, target: Resource) -> Iterator[Resource]:
        """Those of whom it is open now whether they become an administrator by that target."""
        for seeker in self.candidates(target):
            if seeker in self.live and seeker not in self.hops and seeker not in self.possible and seeker is not target:
                hop = self._hop(seeker, target)
                if hop is not None:
                    self.possible[seeker] = hop
                    self.candidates.found(seeker)
                    yield seeker

    def _hop(self, seeker: Resource, target: Resource) -> Hop | None:
        maybe: Hop | None = None
        for path in self.live[seeker]:
            hop = hop_to(self.graph, seeker, target, path)
            if hop is not None and hop.truth:
                return hop
            maybe = maybe or hop
        return maybe

    def _way(self, seeker: Resource) -> Iterator[Hop]:
        here: Resource | None = seeker
        while here is not None and (hop := self.hops.get(here) or self.possible.get(here)) is not None:
            yield hop
            here = hop.gained


@cache
def _actions() -> Mapping[str, tuple[str, ...]]:
    """The actions of all paths by their service."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for action in (action for path in escalation_paths() for action in path.actions):
        found[action.partition(":")[0]][action] = None
    return {service: tuple(actions) for service, actions in found.items()}
