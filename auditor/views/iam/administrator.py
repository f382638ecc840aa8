"""Whether a principal is an administrator in effect, in some circumstances: after its boundary, every Deny and what limits the account."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.iam.access import names_of, question
from auditor.views.iam.aws_managed import aws_managed
from auditor.views.iam.clause import Clause
from auditor.views.iam.layers import Held
from auditor.views.iam.names import Names
from auditor.views.iam.pattern import expand, matches_arn
from auditor.views.iam.question import personal
from auditor.views.iam.truth import Truth, any_of, conj

FRESH = "auditor-any"
"""The name of what nobody names: what holds for it holds for whatever there is beside the exceptions that policies make."""

_ABSOLUTE = (
    ("iam:PutRolePolicy", f"role/{FRESH}"),
    ("iam:AttachUserPolicy", f"user/{FRESH}"),
    ("iam:CreatePolicyVersion", f"policy/{FRESH}"),
)
_SAMPLES = (
    ("ec2:TerminateInstances", f"ec2:eu-west-1:%s:instance/{FRESH}"),
    ("rds:DeleteDBInstance", f"rds:eu-west-1:%s:db:{FRESH}"),
    ("s3:DeleteObject", f"s3:::{FRESH}/{FRESH}"),
    ("secretsmanager:GetSecretValue", f"secretsmanager:eu-west-1:%s:secret:{FRESH}"),
)
"""What a grant of everything covers: (action, ARN behind the partition)."""


@dataclass(frozen=True, slots=True)
class Administrator:
    """Whether it is one, and the pattern that grants everything (None where no single one does)."""

    truth: Truth
    pattern: Node | None = None


def administrator(graph: Graph, principal: Resource) -> Administrator:
    """Whether a role, a user or a group may do everything that matters: change any identity, and more than identities."""
    names = names_of(graph)
    return names.once(("administrator", id(principal)), lambda: _administrator(graph, principal, names))


def _administrator(graph: Graph, principal: Resource, names: Names) -> Administrator:
    identity, group, _ = personal(principal, names)
    held = identity | group
    clauses = [clause for policy in held.policies for clause in names.compiled(policy).clauses]
    wide = [(clause, _everything(clause, names)) for clause in clauses]
    granted = any_of([truth for _, truth in wide] + ([None] if held.gaps else []))
    if granted is False:
        return Administrator(False)
    truth = conj(granted, *(question(graph, principal, action, arn, free=True).answer().allowed for action, arn in absolute(names)))
    clause = next((clause for clause, certain in wide if certain), None)
    return Administrator(truth, None if clause is None else clause.pattern(_SAMPLES[0][0]))


def could_be(graph: Graph, principal: Resource) -> Truth:
    """Whether it would be an administrator if a policy granted it everything: its boundary and the organization may keep it from that."""
    names = names_of(graph)

    def decided() -> Truth:
        full = aws_managed("arn:aws:iam::aws:policy/AdministratorAccess")
        assert full is not None  # it is among the data
        asked = (question(graph, principal, action, arn, identity=Held((full,)), free=True) for action, arn in absolute(names))
        return conj(*(it.answer().allowed for it in asked))

    return names.once(("could be", id(principal)), decided)


def _everything(clause: Clause, names: Names) -> Truth:
    """Whether a statement allows all of the samples, whatever its conditions."""
    if clause.statement.where.unknown:
        return None
    if clause.allows is False or clause.not_resource:
        return False
    covered = [conj(clause.covers(action), _names_it(clause, f"arn:aws:{rest.replace('%s', names.account)}")) for action, rest in _SAMPLES]
    return conj(clause.allows, *covered)


def _names_it(clause: Clause, arn: str) -> Truth:
    return any_of(matches_arn(expand(text, None, wildcards=True), arn) for text in clause.resources)


def absolute(names: Names) -> tuple[tuple[str, str], ...]:
    """Requests that give every other right once they are allowed: (action, ARN)."""
    return tuple((action, f"arn:aws:iam::{names.account}:{rest}") for action, rest in _ABSOLUTE)
