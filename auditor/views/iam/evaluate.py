"""The decision over a request: a Deny anywhere ends it; otherwise every layer that limits has to let it through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from auditor.views.iam.applied import Applied, apply, perhaps
from auditor.views.iam.clause import Compiled
from auditor.views.iam.decision import Decision, Effect, Verdict
from auditor.views.iam.layers import Held, Layer, Layers
from auditor.views.iam.principal import NOBODY, Reach
from auditor.views.iam.request import CallerKind, Request
from auditor.views.iam.truth import Truth, all_of, any_of, conj, disj, neg
from auditor.views.iam_actions import limited_by_rcp
from auditor.views.policy import Policy

Compiling: TypeAlias = "Callable[[Policy], Compiled]"


def evaluate(request: Request, layers: Layers, compiling: Compiling = Compiled) -> Decision:
    """Decide over a request. `compiling` makes policies ready, with what is known of the attributes that they are made from."""
    votes = _votes(replace(request, bounded=layers.boundary is not None), layers, compiling)
    verdicts = votes.all
    if request.action.lower() == "sts:getcalleridentity":  # needs no permission, and no policy takes it away
        return Decision(Effect.ALLOW, verdicts)
    denied = any_of(verdict.denies for verdict in verdicts)
    allowed = _allowed(request, layers, votes)
    blocking = _blocking(request, layers, votes)
    if denied:
        return Decision(Effect.EXPLICIT_DENY, verdicts, blocking)
    if allowed is False:
        return Decision(Effect.IMPLICIT_DENY, verdicts, blocking)
    effect = Effect.ALLOW if allowed and denied is False else Effect.UNKNOWN
    return Decision(effect, verdicts)


@dataclass(frozen=True, slots=True)
class _Votes:
    """What every layer said; `granted` is whom the policy of the resource allows."""

    identity: Verdict
    group: Verdict
    resource: Verdict
    granted: Reach
    boundary: Verdict | None
    session: Verdict | None
    endpoint: Verdict | None
    scp: tuple[Verdict, ...]
    rcp: tuple[Verdict, ...]

    @property
    def all(self) -> tuple[Verdict, ...]:
        """Those of the layers that take part."""
        own = (self.identity, self.group, self.resource, self.boundary, self.session)
        return (*(verdict for verdict in own if verdict is not None), *self.scp, *self.rcp, *((self.endpoint,) if self.endpoint else ()))

    @property
    def personal(self) -> Truth:
        """Whether a policy of the principal, or of a group of it, allows."""
        return disj(self.identity.allows, self.group.allows)


def _votes(request: Request, layers: Layers, compiling: Compiling) -> _Votes:
    def applied(held: Held) -> list[Applied]:
        found = [it for policy in held.policies for it in apply(compiling(policy), request)]
        return [*found, *(perhaps(it) for policy in held.perhaps for it in apply(compiling(policy), request))]

    def one(layer: Layer, held: Held) -> Verdict:
        return _verdict(layer, held, applied(held))

    found = applied(layers.resource)
    granted = Reach(None, None, None) if layers.resource.gaps else NOBODY
    for it in found:
        granted |= it.principal & conj(it.fits, it.allows)
    organization = _in_organization(request)
    resource_side = not request.caller.service_linked and limited_by_rcp(request.service)
    return _Votes(
        one(Layer.IDENTITY, layers.identity),
        one(Layer.GROUP, layers.group),
        _verdict(layers.kind, layers.resource, found),
        granted,
        None if layers.boundary is None else one(Layer.BOUNDARY, layers.boundary),
        None if layers.session is None else one(Layer.SESSION, layers.session),
        None if layers.endpoint is None else one(Layer.ENDPOINT, layers.endpoint),
        tuple(one(Layer.SCP, held) for held in layers.scp if organization),
        tuple(_guard(one(Layer.RCP, held)) for held in layers.rcp if resource_side),
    )


def _in_organization(request: Request) -> bool:
    """Whether SCPs speak of the caller: they limit the principals of accounts, except roles that services own."""
    return bool(request.caller.account) and not request.caller.service_linked


def _guard(verdict: Verdict) -> Verdict:
    """AWS itself attaches an RCP that allows everything: only Deny counts."""
    return Verdict(verdict.layer, True, verdict.denies, verdict.statements, verdict.gaps)


def _verdict(layer: Layer, held: Held, found: Iterable[Applied]) -> Verdict:
    found = tuple(found)
    open_: Truth = None if held.gaps else False
    allows = disj(open_, *(conj(it.holds, it.allows) for it in found))
    denies = disj(open_, *(conj(it.holds, it.denies) for it in found))
    if held.doubt:
        allows, denies = allows or None, None if denies else denies
    decisive = tuple(it for it in found if _decides(it, allows, denies))
    open_questions = (held.doubt,) if held.doubt and not (allows and denies is False) else ()
    return Verdict(layer, allows, denies, decisive, (*held.gaps, *open_questions))


def _decides(it: Applied, allows: Truth, denies: Truth) -> bool:
    """Whether a statement is one of those by which a layer says what it says."""
    if it.holds is False:
        return False
    if denies:
        return bool(it.holds) and it.denies is True
    if denies is None and it.denies is not False:
        return True
    return it.allows is not False and (not allows or bool(it.holds))


def _limits(votes: _Votes) -> tuple[Truth, Truth]:
    """What boundary and session let through; there may be none."""
    boundary = True if votes.boundary is None else votes.boundary.allows
    session = True if votes.session is None else votes.session.allows
    return boundary, session


def _allowed(request: Request, layers: Layers, votes: _Votes) -> Truth:
    """Whether every layer that limits lets the request through; Deny statements are not asked here."""
    outer = conj(all_of(level.allows for level in votes.scp), True if votes.endpoint is None else votes.endpoint.allows)
    return conj(_core(request, layers, votes), outer)


def _core(request: Request, layers: Layers, votes: _Votes) -> Truth:
    """What identity and resource come to."""
    granted, caller = votes.granted, request.caller
    open_ = neg(layers.closed)
    if caller.kind is CallerKind.ANONYMOUS:
        return conj(granted.any, open_)
    if caller.kind in (CallerKind.SERVICE, CallerKind.PROVIDER):
        return granted.any
    limits = _limits(votes)
    personal = True if caller.kind is CallerKind.ROOT else votes.personal
    across = conj(personal, *limits, granted.any, open_)
    if request.same_account is False:
        return across
    by_identity = conj(personal, *limits, _delegated(layers, granted))
    by_role = conj(granted.role, *limits)  # a grant to the role is limited by boundary and session, one to the session is not
    within = disj(by_identity, granted.itself, by_role)
    return within if request.same_account or within == across else None


def _delegated(layers: Layers, granted: Reach) -> Truth:
    """Whether identity policies of the account count: keys and roles must say so, other resources need not."""
    return granted.account if layers.kind in (Layer.KMS, Layer.TRUST) else True


def _blocking(request: Request, layers: Layers, votes: _Votes) -> tuple[Layer, ...]:
    """The layers that certainly do not let the request through, in their order."""
    found = [verdict.layer for verdict in votes.all if verdict.denies]
    found += [level.layer for level in votes.scp if level.allows is False]
    if votes.endpoint is not None and votes.endpoint.allows is False:
        found.append(Layer.ENDPOINT)
    if _core(request, layers, votes) is False:
        found += _blocking_core(request, layers, votes)
    return tuple(layer for layer in Layer if layer in found)


def _blocking_core(request: Request, layers: Layers, votes: _Votes) -> list[Layer]:
    caller, granted = request.caller, votes.granted
    if caller.kind in (CallerKind.SERVICE, CallerKind.PROVIDER, CallerKind.ANONYMOUS):
        return [layers.kind]
    found = []
    if caller.kind is not CallerKind.ROOT and votes.personal is False:
        found.append(Layer.IDENTITY)
    boundary, session = _limits(votes)
    found += [layer for layer, it in ((Layer.BOUNDARY, boundary), (Layer.SESSION, session)) if it is False]
    needed = disj(_delegated(layers, granted), granted.role) if request.same_account else conj(granted.any, neg(layers.closed))
    if needed is False:
        found.append(layers.kind)
    return found
