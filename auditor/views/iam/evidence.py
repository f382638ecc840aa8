"""What graphs hold for the decision over a request that ARNs describe: which resources the principal and the target are.

What a graph declares is taken as complete for the accounts and resources that it declares; what it only names is a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from auditor.model.graph import Graph
from auditor.model.resource import Facet, Resource
from auditor.views.cache import per_graph
from auditor.views.iam.hole import HOLE
from auditor.views.iam.home import account_in
from auditor.views.iam.layers import NONE, Held, Layer
from auditor.views.iam.names import Names
from auditor.views.iam.question import Answer, End, Question
from auditor.views.iam.request import Caller, CallerKind, ContextValue, account_of, region_of
from auditor.views.iam.truth import Truth, conj

_ACTORS: Mapping[CallerKind, tuple[str, ...]] = {CallerKind.SESSION: ("aws_iam_role",), CallerKind.USER: ("aws_iam_user",)}
"""Whose policies stand in which kinds of resources."""
_ORDER = (Facet.RUNNING, Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED)
"""Whose word counts when several graphs hold a principal: what runs, then what a line of code can be shown for."""


def decide(
    graph: Graph | Iterable[Graph],
    principal: str,
    action: str,
    resource: str | None,
    context: Mapping[str, ContextValue] | None = None,
    *,
    blamed: Layer | None = None,
) -> Answer:
    """Whether a principal may do an action on a resource; `access.may` asks the same of resources of one graph.

    `principal` is an ARN, the name of a service or `anonymous`; `resource` an ARN, `*`, or None when it is not known. `blamed` is the layer
    that an error text names: one of which the graphs hold nothing is unknown then, not absent.
    """
    graphs = tuple([graph] if isinstance(graph, Graph) else graph)
    ends = _Ends(graphs, Caller.parse(principal), resource)
    around = tuple(ends.names.values())
    rivals = NONE if ends.actor is None else ends.rivals(ends.actor[0])
    return Question(ends.caller, action, resource, ends.actor, ends.aim, around, dict(context or {}), blamed, rivals).answer()


@dataclass
class _Ends:
    graphs: tuple[Graph, ...]
    caller: Caller
    arn: str | None
    names: dict[Graph, Names] = field(init=False)

    def __post_init__(self) -> None:
        """The names in each graph: its account is what it tells itself; otherwise that of the request."""
        region = region_of(self.arn) or HOLE
        self.names = {}
        for graph in sorted(self.graphs, key=_rank):
            account = account_in(graph) or self._home(graph) or account_of(self.arn) or HOLE
            self.names[graph] = _names(graph, account, region, tuple(other for other in self.graphs if other is not graph))

    def _home(self, graph: Graph) -> str:
        """The account of the caller, where a graph declares a role or user of that name."""
        names, wanted = _names(graph, HOLE, HOLE, ()), self.caller.name
        kinds = _ACTORS.get(self.caller.kind, ())
        declared = any(names.is_called(it, wanted) is not False for kind in kinds for it in names.called(kind, wanted))
        return self.caller.account if declared else ""

    @cached_property
    def actor(self) -> End | None:
        """The role or user of the caller."""
        return _chosen(self._actors(), self._is_caller)

    def _actors(self) -> Iterator[End]:
        for names in self.names.values():
            for kind in _ACTORS.get(self.caller.kind, ()):
                yield from ((it, names) for it in names.called(kind, self.caller.name))

    def rivals(self, actor: Resource) -> Held:
        """A gap where another root declares a principal of the same name: nobody knows which of them it is."""
        same = [it for it, names in self._actors() if it.facet is actor.facet and self._is_caller(it, names)]
        roots = sorted({it.root for it in same})
        return Held(gaps=(f"several roots declare it: {', '.join(roots)}",)) if len(roots) > 1 else NONE

    def _is_caller(self, resource: Resource, names: Names) -> Truth:
        return conj(names.is_called(resource, self.caller.name), names.is_in(resource, self.caller.account))

    @cached_property
    def aim(self) -> End | None:
        """The resource of the request."""
        arn = self.arn
        if arn is None or arn == "*":
            return None
        found = ((it, names) for names in self.names.values() for it in names.like(arn))
        return _chosen(found, lambda it, names: names.covers(it, arn))


def _chosen(found: Iterable[End], fits: Callable[[Resource, Names], Truth]) -> End | None:
    """The first that certainly fits; where none does, the one that may, if there is only one."""
    possible: dict[str, End] = {}
    for resource, names in found:
        answer = fits(resource, names)
        if answer:
            return resource, names
        if answer is None:
            possible.setdefault(resource.address.text, (resource, names))
    return next(iter(possible.values())) if len(possible) == 1 else None


def _rank(graph: Graph) -> int:
    facets = {resource.facet for resource in graph.resources[:1]}
    return next((number for number, facet in enumerate(_ORDER) if facet in facets), len(_ORDER))


@per_graph
def _names(graph: Graph, account: str, region: str, beside: tuple[Graph, ...]) -> Names:
    """The same names for the same question: they remember what they have put together."""
    return Names(graph, account, region, beside)
