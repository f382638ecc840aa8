"""Who may become a role, as its trust policy says by itself: what a search looks at before it decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.iam.access import PRINCIPAL_KINDS, names_of, principal_at
from auditor.views.iam.names import Names
from auditor.views.iam.pattern import matches_arn, wild
from auditor.views.iam.truth import Truth
from auditor.views.policy import trust_statements
from auditor.views.statement import Principal, Statement

RUNS_CODE: Final = frozenset(
    f"{name}.amazonaws.com"
    for name in (
        "airflow-env", "appstream", "bedrock-agentcore", "braket", "build.apprunner", "codebuild", "ec2", "ecs-tasks", "edgelambda",
        "emr-serverless", "gamelift", "glue", "kinesisanalytics", "lambda", "omics", "pods.eks", "sagemaker", "tasks.apprunner",
    )
)  # fmt: skip
"""The services that hand the credentials of a role to code of their customers."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What the Allow statements name: services, principals of the graph, whole accounts or others, identity providers.

    `open`: something of it is not known.
    """

    services: frozenset[str] = frozenset()
    named: frozenset[Resource] = frozenset()
    others: bool = False
    providers: bool = False
    open: bool = False

    @property
    def held(self) -> bool:
        """Whether somebody outside of AWS may hold its credentials: a person, a program, another account."""
        return self.others or self.providers or bool(self.named) or bool(self.services & RUNS_CODE)


def in_hands(graph: Graph, principal: Resource) -> Truth:
    """Whether a person, a program or another account may hold the credentials of a principal; those of other roles stay within AWS."""
    if principal.kind != "aws_iam_role":
        return True
    believed = trust(graph, principal)
    return True if believed.held else None if believed.open else False


def begins_with(graph: Graph, principal: Resource) -> Truth:
    """Whether a chain can begin with a principal: somebody holds its credentials who is no other principal of the graph."""
    if principal.kind != "aws_iam_role":
        return True
    believed = trust(graph, principal)
    return True if replace(believed, named=frozenset()).held else None if believed.open else False


def trust(graph: Graph, role: Resource) -> Trust:
    """The trust of a role."""
    names = names_of(graph)
    return names.once(("trust", id(role)), lambda: _trust(graph, role, names))


def _trust(graph: Graph, role: Resource, names: Names) -> Trust:
    services: set[str] = set()
    named: set[Resource] = set()
    others = providers = open_ = False
    try:
        for statement in trust_statements(role, graph):
            open_ = open_ or statement.where.unknown or statement.where.at("Effect").unknown
            for principal in _principals(statement):
                match principal.kind:
                    case "Service":
                        services.add(str(principal.where.text).lower())
                    case "Federated":
                        providers = True
                        services.add(_provider(principal))
                    case _:
                        found = _at(graph, principal, names)
                        named |= found
                        others = others or not found
    except Undecided:
        open_ = True
    return Trust(frozenset(services), frozenset(named), others, providers, open_)


def _principals(statement: Statement) -> tuple[Principal, ...]:
    return statement.principals if not statement.where.at("Effect").unknown and statement.allows else ()


def _provider(principal: Principal) -> str:
    return "" if principal.where.unknown else str(principal.where.text).lower()


def _at(graph: Graph, principal: Principal, names: Names) -> frozenset[Resource]:
    """The roles and users that one names; nothing for an account, for everybody, and for what is not here."""
    targets = graph.targets(principal.where, *PRINCIPAL_KINDS)
    if not targets and not principal.where.unknown and ":root" not in (principal.where.text or ":root"):
        one = principal_at(graph, principal.where)
        targets = () if one is None else (one,)
    return frozenset(targets)


def roles_that_run_code(graph: Graph, pattern: str) -> tuple[Resource, ...]:
    """The roles with an ARN of that pattern (with `*`) whose credentials a service hands to code; by their addresses."""
    names = names_of(graph)

    def found() -> tuple[Resource, ...]:
        running = (role for role in graph.of("aws_iam_role") if trust(graph, role).services & RUNS_CODE)
        return tuple(sorted((role for role in running if matches_arn(wild(pattern), names.arn(role))), key=lambda it: it.address.text))

    return names.once(("running", pattern), found)
