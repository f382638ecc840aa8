"""Whether a statement that names everybody lets strangers in, in effect: a Deny beside it, or the organization, may keep them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.audience import public_principal
from auditor.views.decide import undecided
from auditor.views.iam.access import names_of
from auditor.views.iam.administrator import FRESH
from auditor.views.iam.aws_managed import aws_managed
from auditor.views.iam.decision import Effect
from auditor.views.iam.evaluate import evaluate
from auditor.views.iam.home import account_in
from auditor.views.iam.layers import Held, Layers
from auditor.views.iam.names import Names
from auditor.views.iam.organization import RCP, full_access, levels
from auditor.views.iam.pattern import raw
from auditor.views.iam.request import Caller, Context, ContextValue, Request
from auditor.views.iam.target import layer_of
from auditor.views.iam.truth import Truth, any_of
from auditor.views.iam.witness import made
from auditor.views.iam_actions import expand
from auditor.views.policy import policies
from auditor.views.statement import Principal, Statement, Use

_STRANGER: Final = "arn:aws:iam::000000000000:user/stranger"
_CONTEXT: Final[dict[str, ContextValue]] = {
    "aws:PrincipalAccount": "000000000000",
    "aws:PrincipalArn": _STRANGER,
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalOrgID": "o-strangers00",
    "aws:PrincipalOrgPaths": ("o-strangers00/r-none/",),
    "aws:PrincipalType": "User",
    "aws:SecureTransport": "true",
    "aws:SourceIp": "198.51.100.7",
    "aws:username": "stranger",
}
"""A customer of AWS with whom nobody here has to do, anywhere on the internet (an address that is kept for examples)."""
_ABSENT: Final = frozenset(
    {
        "aws:PrincipalServiceName", "aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceVpc", "aws:SourceVpce",
        "aws:VpcSourceIp",
    }
)  # fmt: skip
_FEW: Final = 40
"""So many of the actions that a wildcard covers are tried."""


def let_in(statement: Statement, carrier: Resource, graph: Graph) -> Principal | None:
    """The principal by which a statement lets everybody in; None where it does not, or where something keeps strangers out.

    Raises `Undecided` where that hangs on a value that is not known.
    """
    principal = public_principal(statement)
    if principal is None:
        return None
    opened = _open(statement, carrier, graph)
    if opened is None:
        raise undecided(principal.where, "whether a Deny keeps strangers out hangs on a value that is not known")
    return principal if opened else None


def _open(statement: Statement, carrier: Resource, graph: Graph) -> Truth:
    """Whether a stranger with every right of an own account is let in by the policies of a carrier."""
    documents = tuple(policy for policy in policies(carrier, graph) if policy.use in (Use.RESOURCE, Use.TRUST))
    denying = any(it.where.unknown or it.where.at("Effect").unknown or it.denies for policy in documents for it in policy.statements)
    names = names_of(graph)
    owner = account_in(graph)
    guards = names.once(("rcp", owner), lambda: levels(owner, RCP, names, full=full_access(RCP))) if owner else ()
    if not denying and not guards:
        return True
    full = aws_managed("arn:aws:iam::aws:policy/AdministratorAccess")
    assert full is not None  # it is among the data
    found: list[Truth] = []
    for action, arn in _requests(statement, names):
        context = Context.of(_CONTEXT, absent=_ABSENT, free=True)
        request = Request(Caller.parse(_STRANGER), action, arn, owner or names.account, context)
        layers = Layers(identity=Held((full,)), resource=Held(documents), rcp=guards, kind=layer_of(action))
        effect = evaluate(request, layers, names.compiled).effect
        found.append(None if effect is Effect.UNKNOWN else effect is Effect.ALLOW)
        if found[-1]:
            break
    return any_of(found) if found else True


def _requests(statement: Statement, names: Names) -> Iterator[tuple[str, str]]:
    """Requests that a statement speaks of: (action, ARN)."""
    texts = [raw(node, names.resolve) for node in statement.resources if not (node.unknown and not node.refs)] or ["*"]
    arns = [text if text == "*" else made(text, text, names) for text in texts[:3]]
    services = {arn.split(":")[2] for arn in arns if arn.count(":") >= 5}
    patterns = [node.text or "" for node in statement.actions if not node.unknown]
    for pattern in patterns:
        wild = [f"{service}:*" for service in sorted(services)] if pattern == "*" else [pattern]
        actions = [it.name for text in wild for it in expand(text)[:_FEW]] if "*" in pattern or "?" in pattern else [pattern]
        for action in actions or [pattern]:
            for arn in arns:
                yield action, arn if arn != "*" else f"arn:aws:{action.partition(':')[0]}:{names.region}:{names.account}:{FRESH}"
