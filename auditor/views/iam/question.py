"""A request with both of its ends found: every layer of policies around them, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from auditor.model.resource import Resource
from auditor.views.iam.applied import Applied
from auditor.views.iam.clause import Compiled
from auditor.views.iam.decision import Decision, Effect
from auditor.views.iam.endpoints import of_endpoint, through
from auditor.views.iam.evaluate import evaluate
from auditor.views.iam.hole import HOLE, has_hole
from auditor.views.iam.identity import boundary, of_groups, own
from auditor.views.iam.layers import NONE, Held, Layer, Layers
from auditor.views.iam.names import Names
from auditor.views.iam.organization import RCP, SCP, full_access, levels
from auditor.views.iam.request import UNKNOWN_ACCOUNT, Caller, CallerKind, Context, ContextValue, Request, account_of
from auditor.views.iam.surroundings import surroundings
from auditor.views.iam.target import WITH_POLICIES, closed_to_strangers, layer_of, of_target
from auditor.views.iam.truth import Truth
from auditor.views.policy import Policy

End: TypeAlias = "tuple[Resource, Names]"
"""The resource of a principal or of a target, with the names of the graph that it is in."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision with what it was asked of: the resources that stand for the principal and the target, None for what is not here."""

    request: Request
    layers: Layers
    decision: Decision
    principal: Resource | None
    target: Resource | None

    @property
    def allowed(self) -> Truth:
        """Whether the request is certainly allowed (True), certainly not (False), or hangs on something that is not known (None)."""
        effect = self.decision.effect
        return None if effect is Effect.UNKNOWN else effect is Effect.ALLOW

    @property
    def denied(self) -> bool:
        """Whether a Deny decides."""
        return self.decision.effect is Effect.EXPLICIT_DENY

    @property
    def deciding(self) -> tuple[Applied, ...]:
        """The statements by which it is as it is: those that deny, or else those that allow or may allow."""
        found = [applied for verdict in self.decision.verdicts for applied in verdict.statements]
        return tuple(it for it in found if it.denies) if self.denied else tuple(it for it in found if it.allows is not False)


@dataclass(frozen=True, slots=True)
class Question:
    """`arn` is that of the resource, `*`, or None when nobody said; `around` the names of all graphs; `rivals` who else may be it.

    `absent` are context keys that are certainly not there; `identity` stands in for the policies that the actor has;
    `free`: see `Context`; `endpoints` those of VPCs that the request is known to go through.
    """

    caller: Caller
    action: str
    arn: str | None
    actor: End | None
    aim: End | None
    around: tuple[Names, ...]
    given: Mapping[str, ContextValue] = field(default_factory=dict)
    blamed: Layer | None = None
    rivals: Held = NONE
    absent: frozenset[str] = frozenset()
    identity: Held | None = None
    free: bool = False
    endpoints: tuple[Resource, ...] = ()

    def answer(self) -> Answer:
        """The decision."""
        caller = self.caller
        if self.actor is not None and caller.kind is CallerKind.SESSION and not has_hole(arn := self.actor[1].arn(self.actor[0])):
            caller = Caller(caller.kind, caller.arn, caller.account, arn)
        actor, aim = self.actor and self.actor[0], self.aim and self.aim[0]
        graphs = [names.graph for names in self.around]
        values, absent = surroundings(caller, self.action, self.arn, self._owner, actor, aim, graphs)
        context = Context.of({**values, **self.given}, absent=absent | self.absent, free=self.free)
        request = Request(caller, self.action, self.arn, self._owner, context)
        layers = self._layers()
        return Answer(request, layers, evaluate(request, layers, self._compiled), actor, aim)

    def _compiled(self, policy: Policy) -> Compiled:
        """A policy ready for requests, with what the graph of its carrier knows."""
        if len(self.around) == 1:
            return self.around[0].compiled(policy)
        carrier = policy.resource
        of = (names for names in self.around if any(one is carrier for one in names.graph.find(carrier.address)))
        names = next(of, None)
        return Compiled(policy) if names is None else names.compiled(policy)

    @property
    def _owner(self) -> str:
        """The account of the resource."""
        told = account_of(self.arn)
        if told or self.aim is None:
            return told or self.caller.account
        account = self.aim[1].account
        return UNKNOWN_ACCOUNT if account == HOLE else account

    def _layers(self) -> Layers:
        identity, group, limit = self._personal()
        return Layers(
            identity=identity,
            group=group,
            resource=self._target(),
            boundary=self._or_blamed(limit, Layer.BOUNDARY),
            session=self._or_blamed(None, Layer.SESSION),
            endpoint=self._or_blamed(self._endpoint(), Layer.ENDPOINT),
            scp=self._levels(SCP, Layer.SCP, self.caller.account),
            rcp=self._levels(RCP, Layer.RCP, self._owner),
            kind=layer_of(self.action),
            closed=self._closed(),
        )

    def _closed(self) -> Truth:
        if self.aim is None:
            return False
        resource, names = self.aim
        return names.once(("closed", id(resource)), lambda: closed_to_strangers(resource, names.graph))

    def _personal(self) -> tuple[Held, Held, Held | None]:
        if self.caller.kind not in (CallerKind.SESSION, CallerKind.USER, CallerKind.FEDERATED_USER):
            return NONE, NONE, None
        if self.actor is None:
            here = Held(gaps=(f"{self.caller.role or self.caller.arn} is not here",)) if self.identity is None else self.identity
            return here, NONE, None
        identity, groups, limit = personal(*self.actor)
        if self.identity is not None:
            return self.identity, NONE, limit
        return identity | self.rivals if self.rivals.gaps else identity, groups, limit

    def _target(self) -> Held:
        if self.aim is not None:
            resource, names = self.aim
            return names.once(("target", id(resource)), lambda: of_target(resource, names))
        kind, service = layer_of(self.action), self.action.partition(":")[0].lower()
        if self.arn == "*" or service not in WITH_POLICIES:
            return NONE
        known = self.actor is not None or self.identity is not None
        declared = known and (self.arn or "").split(":")[4:5] == [self.caller.account]
        settled = self.blamed is not None and self.blamed is not kind
        if kind is Layer.RESOURCE and (declared or settled) and self.blamed is not kind:
            return NONE
        return Held(gaps=(f"the policy of {self.arn or 'the resource'} is not here",))

    def _or_blamed(self, held: Held | None, layer: Layer) -> Held | None:
        if held is None and self.blamed is layer:
            return Held(gaps=(f"the error text blames a {layer} policy, which is not here",))
        return held

    def _endpoint(self) -> Held | None:
        if self.endpoints:
            return through(self.endpoints, self.around[0])
        named = self.given.get("aws:SourceVpce")
        if not named and self.blamed is not Layer.ENDPOINT:
            return None
        service = self.action.partition(":")[0].lower()
        found = [of_endpoint(names, service, str(named) if named else None, self.blamed is Layer.ENDPOINT) for names in self.around]
        return next((held for held in found if held is not None), None)

    def _levels(self, kind: str, layer: Layer, account: str) -> tuple[Held, ...]:
        found = [_organized(account, kind, names) for names in self.around]
        held = next((it for it in found if it), ())
        missing = self._or_blamed(None, layer)
        return held if held or missing is None else (missing,)


def _organized(account: str, kind: str, names: Names) -> tuple[Held, ...]:
    return names.once((kind, account), lambda: levels(account, kind, names, full=full_access(kind)))


def personal(principal: Resource, names: Names) -> tuple[Held, Held, Held | None]:
    """The policies of a role or a user, those of its groups, and its boundary; None when it has none."""

    def collected() -> tuple[Held, Held, Held | None]:
        groups = of_groups(principal, names) if principal.kind == "aws_iam_user" else NONE
        return own(principal, names), groups, boundary(principal, names)

    return names.once(("personal", id(principal)), collected)
