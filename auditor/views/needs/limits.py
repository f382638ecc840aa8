"""What policies grant by name and a limit takes away again: permissions boundaries and service control policies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.rule import Fail
from auditor.views.cache import of_graph
from auditor.views.decide import undecided
from auditor.views.iam.access import may, names_of
from auditor.views.iam.applied import Applied
from auditor.views.iam.decision import Verdict
from auditor.views.iam.evaluate import evaluate
from auditor.views.iam.hole import HOLE
from auditor.views.iam.layers import Layer, Layers
from auditor.views.iam.organization import SCP, full_access, levels
from auditor.views.iam.pattern import raw
from auditor.views.iam.question import personal
from auditor.views.iam.request import Caller, Context, Request, account_of
from auditor.views.iam.surroundings import surroundings
from auditor.views.policy import ATTACHMENTS
from auditor.views.statement import Statement

_ORGANIZATION = "aws_organizations_organization"
Judge: TypeAlias = "Callable[[str, str | None], Verdict | None]"
"""(action, ARN or None for any resource) -> what a limit says."""


@dataclass(frozen=True, slots=True)
class Cut:
    """An action that a statement of a principal's own policies grants by name, and that a limit denies on all that it names."""

    action: Node
    statement: Statement
    carrier: Resource
    verdict: Verdict

    @property
    def denying(self) -> tuple[Applied, ...]:
        """The Deny statements of the limit; empty where it just does not allow."""
        return self.verdict.statements if self.verdict.denies else ()


def cut_by_boundary(principal: Resource, graph: Graph) -> Iterator[Cut]:
    """What a permissions boundary cuts. Raises `Undecided` at the end where that is not certain."""
    if personal(principal, names_of(graph))[2] is None:
        return

    def judge(action: str, target: str | None) -> Verdict | None:
        return may(graph, principal, action, target).decision.verdict(Layer.BOUNDARY)

    yield from _cuts(principal, judge, graph)


def cut_by_scp(principal: Resource, graph: Graph) -> Iterator[Cut]:
    """What service control policies cut of a principal whose account they certainly bind."""
    if not graph.of("aws_organizations_policy_attachment"):
        return
    account = account_at(principal, graph)
    if not account:
        keepers = of_graph(graph, "keepers of policies", lambda: {_keeper(it) for it in graph.of("aws_organizations_policy")})
        if keepers - {_keeper(principal)}:
            raise undecided(principal.body, f"which account {principal.address} is in, and so which policies hold there, is not known")
        return
    if any(it.at("master_account_id").data == account for it in graph.of(_ORGANIZATION)):
        return  # nothing binds the management account
    above = of_graph(graph, f"service control policies of {account}", lambda: levels(account, SCP, names_of(graph), full=full_access(SCP)))
    layers = of_graph(graph, f"certain ones of {account}", lambda: Layers(scp=tuple(it for it in above if not it.doubt)))
    name = principal.at("name").data
    caller = Caller.parse(f"arn:aws:iam::{account}:role/{name if isinstance(name, str) else HOLE}")

    def judge(action: str, target: str | None) -> Verdict | None:
        values, absent = surroundings(caller, action, target, account, principal, None, (graph,))
        request = Request(caller, action, target, account, Context.of(values, absent=absent))
        return evaluate(request, layers, names_of(graph).compiled).verdict(Layer.SCP)

    yield from _cuts(principal, judge, graph)
    doubt = next((it.doubt for it in above if it.doubt), "")
    if doubt:
        raise undecided(principal.body, doubt)


def account_at(resource: Resource, graph: Graph) -> str:
    """The account that a resource is certainly in, by its ARN or by the provider configuration that it chooses; empty when nobody knows."""
    known = resource.at("arn").data
    if isinstance(known, str) and account_of(known):
        return account_of(known)
    alias = _alias(resource)
    for provider in graph.of("provider.aws"):
        data = provider.at("alias").data
        if (data if isinstance(data, str) else "") == alias:
            role, allowed = provider.at("assume_role[0].role_arn").data, provider.at("allowed_account_ids[0]").data
            return account_of(role) if isinstance(role, str) else allowed if isinstance(allowed, str) else ""
    return ""


def _alias(resource: Resource) -> str:
    written = resource.meta.at("provider").data
    return written.partition(".")[2] if isinstance(written, str) else ""


def _keeper(resource: Resource) -> tuple[str, str]:
    """The module and the provider configuration of a resource: the organization's policies do not bind whoever keeps them."""
    return resource.address.module, _alias(resource)


def _cuts(principal: Resource, judge: Judge, graph: Graph) -> Iterator[Cut]:
    doubt: Undecided | None = None
    found = False
    for policy in personal(principal, names_of(graph))[0].policies:
        if policy.resource.address.scheme != "tf" or _shared(policy.resource, graph):
            continue
        for statement in policy.statements:
            for action in _named_actions(statement):
                verdict = _verdict(judge, statement, action, graph)
                if verdict is None:
                    continue
                if verdict.denies or verdict.allows is False:
                    found = True
                    yield Cut(action, statement, policy.resource, verdict)
                else:
                    doubt = doubt or undecided(action, "; ".join(verdict.gaps))
    if doubt is not None and not found:
        raise doubt


def _shared(carrier: Resource, graph: Graph) -> bool:
    """Whether a managed policy is attached to several principals: what one of them cannot use is meant for another."""
    if carrier.kind != "aws_iam_policy":
        return False
    takers = [it for kind in ATTACHMENTS if graph.of(kind) for it in _attached(carrier, kind, graph)]
    return len(takers) > 1 or any(len(list(it.each("roles"))) > 1 for it in takers)


def _attached(carrier: Resource, kind: str, graph: Graph) -> tuple[Resource, ...]:
    try:
        return graph.attached(carrier, "policy_arn", kind)
    except Undecided:
        return ()


def _named_actions(statement: Statement) -> Iterator[Node]:
    """The actions that an Allow names, without patterns."""
    where = statement.where
    if where.unknown or where.at("Effect").unknown or not statement.allows or not where.at("NotResource").missing:
        return
    for action in statement.actions:
        text = action.data
        if isinstance(text, str) and text.count(":") == 1 and not set(text) & set("*?"):
            yield action


def _verdict(judge: Judge, statement: Statement, action: Node, graph: Graph) -> Verdict | None:
    """What a limit says to an action on everything that its statement names; None where it lets some of it through, or may."""
    found: Verdict | None = None
    for node in statement.resources:
        text = raw(node, names_of(graph).resolve)
        target = None if text == "*" else text.replace("*", HOLE)
        verdict = judge(str(action.data), target)
        if verdict is None:
            return None
        if not (verdict.denies or verdict.allows is False):
            return verdict if verdict.gaps else None
        found = verdict
    return found


def told(cuts: Iterable[Cut], principal: Resource, limit: str, related: Node) -> Iterator[Fail]:
    """The cuts of a limit for a rule, those of one statement together; `limit` says what it is, `related` where it is named."""
    found: dict[tuple[str, str], list[Cut]] = {}
    for cut in cuts:
        found.setdefault((cut.carrier.address.text, cut.statement.where.path), []).append(cut)
    for together in found.values():
        actions = ", ".join(dict.fromkeys(str(it.action.data) for it in together))
        denying = next((it for cut in together for it in cut.denying), None)
        sid = f" {denying.statement.sid}" if denying and denying.statement.sid else ""
        reason = f"the Deny{sid} of {denying.policy.resource.address} refuses it" if denying else f"{limit} does not allow it"
        message = f"{principal.address} is granted {actions} here, and {reason}: the grant has no effect"
        places = (denying.statement.where, related) if denying else (related,)
        yield Fail(together[0].action, message, expected=f"{actions} allowed there too, or not granted here", related=places)
