"""Whether a principal of a graph may do something to a resource of it: what rules ask.

Everything about a graph is read once; the cost of a question does not depend on how large the graph is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.iam.hole import HOLE, has_hole, named_hole
from auditor.views.iam.home import account_in, region_in, several_accounts
from auditor.views.iam.layers import Held
from auditor.views.iam.names import Names
from auditor.views.iam.pattern import raw
from auditor.views.iam.question import Answer, End, Question
from auditor.views.iam.request import Caller, CallerKind, ContextValue

PRINCIPAL_KINDS = ("aws_iam_role", "aws_iam_user")


def names_of(graph: Graph) -> Names:
    """The names in a graph, with one account and one region for all of it where it does not tell them."""
    return of_graph(graph, "iam names", lambda: _names(graph))


def _names(graph: Graph) -> Names:
    account = HOLE if several_accounts(graph) else account_in(graph) or named_hole("account")
    region = region_in(graph)
    return Names(graph, account, HOLE if region is None else region or named_hole("region"))


def principals(graph: Graph) -> tuple[Resource, ...]:
    """The roles and users that a graph declares."""
    return graph.of(*PRINCIPAL_KINDS)


def may(
    graph: Graph,
    principal: Resource | str,
    action: str,
    target: Resource | str | None,
    context: Mapping[str, ContextValue] | None = None,
    *,
    part: str = "",
    absent: Iterable[str] = (),
    endpoints: Iterable[Resource] = (),
) -> Answer:
    """Whether a principal may do an action on a target; see `Answer.allowed`.

    `principal` is a role (any session of it) or a user of the graph, an ARN, the name of a service, or `anonymous`; `target` a resource of
    the graph, an ARN, `*` for an action that concerns no resource, or None. `part` is what of a target the action concerns, as it stands
    behind its ARN (`/a` for an object of a bucket). Of the context what the graph tells is known, and that the keys in `absent` are
    not there; every other key that is not given is not known. `endpoints` are VPC endpoints that the request certainly goes through.
    """
    made = question(graph, principal, action, target, context, part=part, absent=frozenset(absent))
    return replace(made, endpoints=tuple(endpoints)).answer()


def question(
    graph: Graph,
    principal: Resource | str,
    action: str,
    target: Resource | str | None,
    context: Mapping[str, ContextValue] | None = None,
    *,
    part: str = "",
    absent: frozenset[str] = frozenset(),
    identity: Held | None = None,
    free: bool = False,
) -> Question:
    """What `may` answers. `absent` are context keys that are not there; `identity` stands in for the principal's own policies.

    For `free` see `Context`.
    """
    names = names_of(graph)
    if isinstance(principal, Resource):
        actor: End | None = (principal, names)
        caller = Caller.parse(names.arn(principal))
    else:
        caller = Caller.parse(principal)
        actor = _actor(caller, names)
    aim: End | None = None
    arn = target if not isinstance(target, Resource) else names.arn(target) + part
    if isinstance(target, Resource):
        aim = (target, names)
    elif target and target != "*" and not has_hole(target):
        found = names.find(target)
        aim = (found[0], names) if len(found) == 1 else None
    return Question(caller, action, arn, actor, aim, (names,), context or {}, absent=absent, identity=identity, free=free)


def _actor(caller: Caller, names: Names) -> End | None:
    kind = {CallerKind.SESSION: "aws_iam_role", CallerKind.USER: "aws_iam_user"}.get(caller.kind)
    found = [it for it in names.called(kind, caller.name) if names.is_in(it, caller.account)] if kind else []
    return (found[0], names) if len(found) == 1 else None


def principal_at(graph: Graph, node: Node) -> Resource | None:
    """The role or user that a value names by reference, by ARN or by name; None for one that is not here.

    Raises `Undecided` for a value that may name any.
    """
    targets = graph.targets(node, *PRINCIPAL_KINDS)
    if targets:
        return targets[0]
    names = names_of(graph)
    text = raw(node, names.resolve)
    if has_hole(text):
        text = node.text or ""
    found = [it for it in names.find(text) if it.kind in PRINCIPAL_KINDS] if text.startswith("arn:") else _by_name(text, names)
    return found[0] if len(found) == 1 else None


def _by_name(text: str, names: Names) -> list[Resource]:
    return [it for kind in PRINCIPAL_KINDS for it in names.called(kind, text) if text and names.is_called(it, text)]
