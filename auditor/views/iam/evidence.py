"""What graphs hold for the decision over a request: the principal, the resource, and every layer of policies around them.

What a graph declares is taken as complete for the accounts and resources that it declares; what it only names is a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from auditor.model.graph import Graph
from auditor.model.resource import Facet, Resource
from auditor.views.iam.decision import Decision
from auditor.views.iam.endpoints import of_endpoint
from auditor.views.iam.evaluate import evaluate
from auditor.views.iam.identity import boundary, of_groups, own
from auditor.views.iam.layers import NONE, Held, Layer, Layers
from auditor.views.iam.names import Names
from auditor.views.iam.organization import RCP, SCP, full_access, levels
from auditor.views.iam.pattern import HOLE, Resolve, nothing_known
from auditor.views.iam.request import UNKNOWN_ACCOUNT, Caller, CallerKind, Context, ContextValue, Request, account_of, region_of
from auditor.views.iam.surroundings import surroundings
from auditor.views.iam.target import WITH_POLICIES, layer_of, of_target
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
    """Whether a principal may do an action on a resource.

    `principal` is an ARN, the name of a service or `anonymous`; `resource` an ARN, `*`, or None when it is not known. `blamed` is the layer
    that an error text names: one of which the graphs hold nothing is unknown then, not absent.
    """
    return _Question(tuple([graph] if isinstance(graph, Graph) else graph), principal, action, resource, dict(context or {}), blamed).answer


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision with what it was asked of: the resources that stand for the principal and the target, None for what is not here."""

    request: Request
    layers: Layers
    decision: Decision
    principal: Resource | None
    target: Resource | None


@dataclass
class _Question:
    graphs: tuple[Graph, ...]
    principal: str
    action: str
    resource: str | None
    given: dict[str, ContextValue]
    blamed: Layer | None
    caller: Caller = field(init=False)

    def __post_init__(self) -> None:
        self.caller = Caller.parse(self.principal)

    @cached_property
    def names(self) -> dict[Graph, Names]:
        """The names in each graph. Its account is what it tells itself; otherwise that of the request."""
        region = region_of(self.resource) or HOLE
        made = {}
        for graph in sorted(self.graphs, key=_rank):
            account = _own_account(graph) or self._home(graph) or account_of(self.resource) or HOLE
            made[graph] = _names(graph, account, region, tuple(other for other in self.graphs if other is not graph))
        return made

    def _home(self, graph: Graph) -> str:
        """The account of the caller, where a graph declares a role or user of that name."""
        names = Names(graph)
        declared = any(names.is_called(it, self.caller.name) is not False for it in graph.of(*_ACTORS.get(self.caller.kind, ())))
        return self.caller.account if declared else ""

    def resolving(self, carrier: Resource) -> Resolve:
        """What is known of the attributes in the policies of a carrier."""
        names = next((it for graph, it in self.names.items() if any(one is carrier for one in graph.of(carrier.kind))), None)
        return names.resolve if names else nothing_known

    @cached_property
    def actor(self) -> tuple[Resource, Names] | None:
        """The role or user of the caller."""
        return _chosen(self._actors(), self._is_caller)

    def _actors(self) -> Iterator[tuple[Resource, Names]]:
        kinds = _ACTORS.get(self.caller.kind, ())
        return ((it, names) for names in self.names.values() for it in names.graph.of(*kinds))

    def _rivals(self, actor: Resource) -> Held:
        """A gap where another root declares a principal of the same name: nobody knows which of them it is."""
        same = [it for it, names in self._actors() if it.facet is actor.facet and self._is_caller(it, names)]
        roots = sorted({it.root for it in same})
        return Held(gaps=(f"several roots declare it: {', '.join(roots)}",)) if len(roots) > 1 else NONE

    def _is_caller(self, resource: Resource, names: Names) -> Truth:
        return conj(names.is_called(resource, self.caller.name), names.is_in(resource, self.caller.account))

    @cached_property
    def aim(self) -> tuple[Resource, Names] | None:
        """The resource of the request."""
        arn = self.resource
        if arn is None or arn == "*":
            return None
        found = ((it, names) for names in self.names.values() for it in names.of_service(arn))
        return _chosen(found, lambda it, names: names.covers(it, arn))

    @property
    def owner(self) -> str:
        """The account of the resource."""
        told = account_of(self.resource)
        if told or self.aim is None:
            return told or self.caller.account
        return UNKNOWN_ACCOUNT if self.aim[1].account == HOLE else self.aim[1].account

    @cached_property
    def answer(self) -> Answer:
        """The decision."""
        caller = self.caller
        if self.actor is not None and caller.kind is CallerKind.SESSION and HOLE not in (arn := self.actor[1].arn(self.actor[0])):
            caller = Caller(caller.kind, caller.arn, caller.account, arn)
        actor, aim = self.actor and self.actor[0], self.aim and self.aim[0]
        values, absent = surroundings(caller, self.resource, self.owner, actor, aim, self.graphs)
        context = Context.of({**values, **self.given}, absent=absent)
        request = Request(caller, self.action, self.resource, self.owner, context)
        return Answer(request, self.layers, evaluate(request, self.layers, self.resolving), actor, aim)

    @cached_property
    def layers(self) -> Layers:
        """Every layer."""
        identity, group, limit = self._personal()
        return Layers(
            identity=identity,
            group=group,
            resource=self._target(),
            boundary=self._or_blamed(limit, Layer.BOUNDARY),
            session=self._or_blamed(None, Layer.SESSION),
            endpoint=self._or_blamed(self._endpoint(), Layer.ENDPOINT),
            scp=self._levels(SCP, Layer.SCP, self.caller.account),
            rcp=self._levels(RCP, Layer.RCP, self.owner),
            kind=layer_of(self.action),
        )

    def _personal(self) -> tuple[Held, Held, Held | None]:
        if self.caller.kind not in (CallerKind.SESSION, CallerKind.USER, CallerKind.FEDERATED_USER):
            return NONE, NONE, None
        if self.actor is None:
            return Held(gaps=(f"{self.caller.role or self.caller.arn} is not here",)), NONE, None
        resource, names = self.actor
        groups = of_groups(resource, names) if resource.kind == "aws_iam_user" else NONE
        return own(resource, names) | self._rivals(resource), groups, boundary(resource, names)

    def _target(self) -> Held:
        if self.aim is not None:
            return of_target(*self.aim)
        kind, service = layer_of(self.action), self.action.partition(":")[0].lower()
        if self.resource == "*" or service not in WITH_POLICIES:
            return NONE
        declared = self.actor is not None and account_of(self.resource) == self.caller.account
        settled = self.blamed is not None and self.blamed is not kind
        if kind is Layer.RESOURCE and (declared or settled) and self.blamed is not kind:
            return NONE
        return Held(gaps=(f"the policy of {self.resource or 'the resource'} is not here",))

    def _or_blamed(self, held: Held | None, layer: Layer) -> Held | None:
        if held is None and self.blamed is layer:
            return Held(gaps=(f"the error text blames a {layer} policy, which is not here",))
        return held

    def _endpoint(self) -> Held | None:
        service = self.action.partition(":")[0].lower()
        named = self.given.get("aws:SourceVpce")
        found = [of_endpoint(names, service, str(named) if named else None, self.blamed is Layer.ENDPOINT) for names in self.names.values()]
        return next((held for held in found if held is not None), None)

    def _levels(self, kind: str, layer: Layer, account: str) -> tuple[Held, ...]:
        found = [levels(account, kind, names, full=full_access(kind)) for names in self.names.values()]
        held = next((it for it in found if it), ())
        missing = self._or_blamed(None, layer)
        return held if held or missing is None else (missing,)


def _chosen(found: Iterable[tuple[Resource, Names]], fits: Callable[[Resource, Names], Truth]) -> tuple[Resource, Names] | None:
    """The first that certainly fits; where none does, the one that may, if there is only one."""
    possible: dict[str, tuple[Resource, Names]] = {}
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


@lru_cache(maxsize=64)
def _names(graph: Graph, account: str, region: str, beside: tuple[Graph, ...]) -> Names:
    """The same names for the same question: they remember what they have put together."""
    return Names(graph, account, region, beside)


@lru_cache(maxsize=64)
def _own_account(graph: Graph) -> str:
    """The account that the ARNs of a graph tell; empty when they tell none."""
    for resource in graph.resources:
        for path in ("arn", "assume_role[0].role_arn"):
            data = resource.at(path).data
            if isinstance(data, str) and account_of(data):
                return account_of(data)
    return ""
