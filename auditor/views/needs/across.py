"""Access from one account to another, which both sides have to grant."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.rule import Fail
from auditor.views.decide import undecided
from auditor.views.iam.access import may, names_of
from auditor.views.iam.arns import ARNS
from auditor.views.iam.layers import Layer
from auditor.views.iam.question import personal
from auditor.views.iam.request import account_of
from auditor.views.iam.target import of_target
from auditor.views.policy import Use
from auditor.views.statement import Statement

_THEIRS = frozenset({Layer.RESOURCE, Layer.KMS, Layer.TRUST})
TARGETS = tuple(
    sorted({*ARNS} & {"aws_sqs_queue", "aws_sns_topic", "aws_kms_key", "aws_lambda_function", "aws_secretsmanager_secret", "aws_iam_role"})
)


def granted_here_only(role: Resource, graph: Graph) -> Iterator[Fail]:
    """What a role is allowed on resources of other accounts which do not let it in. Raises `Undecided` where one is not here."""
    names = names_of(graph)
    home = account_of(names.arn(role))
    missing: Node | None = None
    for policy in personal(role, names)[0].policies if home else ():
        for statement in policy.statements:
            for action, node in _named(statement):
                arn = node.data if isinstance(node.data, str) else ""
                other = account_of(arn)
                if not other or other == home or set(arn) & set("*?"):
                    continue
                found = names.find(arn)
                if not found:
                    missing = missing or node
                    continue
                answer = may(graph, role, action, arn)
                if answer.decision.blocking and set(answer.decision.blocking) <= _THEIRS:
                    message = f"{role.address} is allowed {action} here, and {found[0].address} of account {other} does not let it in"
                    yield Fail(node, message, expected=f"a statement for {names.arn(role)} at {found[0].address}", related=(found[0].body,))
    if missing is not None:
        raise undecided(missing, f"the policy of {missing.data}, which has to let the role in as well, is not here")


def granted_there_only(target: Resource, graph: Graph) -> Iterator[Fail]:
    """Roles of other accounts that the policy of a resource lets in and that no policy of their own allows to come."""
    names = names_of(graph)
    home = account_of(names.arn(target))
    for policy in of_target(target, names).policies if home else ():
        for statement in policy.statements if policy.use in (Use.RESOURCE, Use.TRUST) else ():
            for action, _ in _named(statement, resources=False):
                for principal in statement.principals:
                    text = principal.where.data if isinstance(principal.where.data, str) else ""
                    roles = [it for it in names.find(text) if it.kind == "aws_iam_role"] if ":role/" in text else []
                    if not roles or account_of(text) in ("", home):
                        continue
                    answer = may(graph, roles[0], action, target)
                    if answer.decision.blocking == (Layer.IDENTITY,):
                        other = f"no policy of that role in account {account_of(text)} allows it"
                        message = f"{target.address} lets {roles[0].address} do {action}, and {other}"
                        yield Fail(principal.where, message, expected=f"{action} allowed to the role", related=(roles[0].body,))


def _named(statement: Statement, *, resources: bool = True) -> Iterator[tuple[str, Node]]:
    """The actions of an Allow without patterns, with each of its resources."""
    if statement.where.unknown or statement.where.at("Effect").unknown or not statement.allows:
        return
    for action in statement.actions:
        if isinstance(action.data, str) and not set(action.data) & set("*?"):
            for node in statement.resources if resources else (action,):
                yield action.data, node
