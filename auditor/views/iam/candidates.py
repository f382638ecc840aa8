"""Who can come into question for a hop to a principal: so that a search does not ask everybody about everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.iam.escalation_path import TARGET, EscalationPath, Target
from auditor.views.iam.scope import scope
from auditor.views.iam.trust import trust
from auditor.views.iam.workload import roles_of


@dataclass(frozen=True, slots=True)
class Candidates:
    """Principals by those whom their statements name one by one, and those whose statements have patterns, as long as they are sought."""

    graph: Graph
    listed: Mapping[Resource, tuple[Resource, ...]]
    wide: dict[Resource, None]

    @classmethod
    def of(cls, graph: Graph, live: Mapping[Resource, tuple[EscalationPath, ...]]) -> Candidates:
        """The index over principals and the paths that are open to them."""
        listed: dict[Resource, dict[Resource, None]] = defaultdict(dict)
        wide: dict[Resource, None] = {}
        for seeker, paths in live.items():
            scopes = [scope(graph, seeker, action) for action in dict.fromkeys(_decisive(path) for path in paths) if action]
            if any(patterns for _, patterns in scopes) or any(not _decisive(path) and path.target is Target.WORKLOAD for path in paths):
                wide[seeker] = None
            for thing in (thing for things, _ in scopes for thing in things):
                for gained in _gained(thing, graph):
                    listed[gained][seeker] = None
        return cls(graph, {gained: tuple(seekers) for gained, seekers in listed.items()}, wide)

    def found(self, seeker: Resource) -> None:
        """A principal is not sought any more."""
        self.wide.pop(seeker, None)

    def __call__(self, gained: Resource) -> tuple[Resource, ...]:
        """The principals of which one should ask whether they can get the rights of that one."""
        named = trust(self.graph, gained).named if gained.kind == "aws_iam_role" else ()
        return tuple(dict.fromkeys((*sorted(named, key=lambda it: it.address.text), *self.listed.get(gained, ()), *self.wide)))


def _decisive(path: EscalationPath) -> str:
    """The first action that has to be allowed for the very principal, or workload, that a path is about; empty where there is none."""
    if path.administrator:
        return ""
    return "iam:PassRole" if path.service else next((action for action, on in path.steps if on == TARGET), "")


def _gained(thing: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The principals whose rights something that is named yields."""
    if thing.kind in ("aws_iam_role", "aws_iam_user", "aws_iam_group"):
        return (thing,)
    try:
        return roles_of(thing, graph)
    except Undecided:
        return ()
