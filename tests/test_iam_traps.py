"""Nine policies that look like privilege escalation and are none, or that do not look like it and are: whole principals are judged."""

from __future__ import annotations

import pytest

from auditor.engine import rulebook
from auditor.engine.runner import run
from auditor.model.graph import Graph
from auditor.model.rule import Example
from auditor.testing import read
from auditor.views.iam.evidence import decide

ACCOUNT = "111111111111"
USER = f"arn:aws:iam::{ACCOUNT}:user/trap"
OWN = f"arn:aws:iam::{ACCOUNT}:policy/own"
ADMIN = f"arn:aws:iam::{ACCOUNT}:role/admin"
VERSION = ("iam:CreatePolicyVersion", OWN)
PASS, RUN = ("iam:PassRole", ADMIN), ("ec2:RunInstances", f"arn:aws:ec2:eu-west-1:{ACCOUNT}:instance/*")
TO_EC2 = {"iam:PassedToService": "ec2.amazonaws.com"}


def allow(action: str, resource: str = "*", more: str = "", *, key: str = "Action", effect: str = "Allow") -> str:
    """A statement in Terraform."""
    return f'{{ Effect = "{effect}", {key} = {action}, Resource = "{resource}"{more} }}'


def estate(*policies: str, more: str = "", trust: str = '"{}"') -> Graph:
    """A user with these managed policies, each given as statements."""
    code = 'resource "aws_iam_user" "trap" {\n  name = "trap"\n}\n'
    code += 'resource "aws_iam_role" "admin" {\n  name = "admin"\n  assume_role_policy = TRUST\n}\n'.replace("TRUST", trust)
    for number, statements in enumerate(policies):
        name = "own" if number == 0 else f"more{number}"
        document = f'jsonencode({{ Version = "2012-10-17", Statement = [{statements}] }})'
        code += f'resource "aws_iam_policy" "p{number}" {{\n  name = "{name}"\n  policy = {document}\n}}\n'
        code += f'resource "aws_iam_user_policy_attachment" "p{number}" {{\n  user = aws_iam_user.trap.name\n  policy_arn = aws_iam_policy.p{number}.arn\n}}\n'
    (graph,) = read(Example("trap", "hcl", (("main.tf", code + more),), 1, True)).graphs
    return graph


BOTH = '["iam:PassRole", "ec2:RunInstances"]'
TRAPS = {
    # what tools miss: the two halves in two policies; a resource and a condition that leave the path open; NotAction
    "halves in two policies": ((allow('"iam:PassRole"'), allow('"ec2:RunInstances"')), (PASS, RUN), "allow"),
    "a resource that is its own policy": ((allow('"iam:CreatePolicyVersion"', OWN),), (VERSION,), "allow"),
    "a condition that the path fulfils": (
        (allow(BOTH, "*", ', Condition = { StringEqualsIfExists = { "iam:PassedToService" = "ec2.amazonaws.com" } }'),),
        (PASS, RUN),
        "allow",
    ),
    "everything but a harmless service": ((allow('"s3:*"', key="NotAction"),), (VERSION, PASS), "allow"),
    # what tools report without cause: a Deny in the same policy, in another one, of a whole service; a resource and a condition that close the path
    "a deny in the same policy": ((f"{allow(BOTH)}, {allow(BOTH, effect='Deny')}",), (PASS, RUN), "explicit_deny"),
    "a deny in another policy": ((allow(BOTH), allow('"iam:PassRole"', effect="Deny")), (PASS,), "explicit_deny"),
    "a deny of the whole service": ((allow('"*"'), allow('"iam:*"', effect="Deny")), (VERSION, PASS), "explicit_deny"),
    "a resource that nobody can change": (
        (allow('"iam:CreatePolicyVersion"', "arn:aws:iam::aws:policy/AmazonSNSReadOnlyAccess"),),
        (VERSION,),
        "implicit_deny",
    ),
    "a condition that no path fulfils": (
        (allow(BOTH, "*", ', Condition = { StringEquals = { "iam:PassedToService" = "elastictranscoder.amazonaws.com" } }'),),
        (PASS,),
        "implicit_deny",
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_traps(name: str) -> None:
    policies, steps, answer = TRAPS[name]
    graph = estate(*policies)
    decisions = [decide(graph, USER, action, resource, TO_EC2).decision for action, resource in steps]
    assert [decision.effect for decision in decisions] == [answer] * len(steps)
    assert all(decision.verdicts[0].statements for decision in decisions if answer != "implicit_deny")


WAYS = (
    "iam/escalation_to_administrator.py",
    "iam/policy_allows_privilege_escalation.py",
    "iam/policy_grants_admin.py",
    "iam/policy_grants_full_iam.py",
    "iam/role_chain_ends_in_administrator.py",
)
"""The rules that say that somebody is, or can become, an administrator."""
HELD = f'provider "aws" {{\n  allowed_account_ids = ["{ACCOUNT}"]\n}}\n'
HELD += 'resource "aws_iam_role_policy_attachment" "admin" {\n  role = aws_iam_role.admin.name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n'
HELD += 'resource "aws_iam_instance_profile" "admin" {\n  role = aws_iam_role.admin.name\n}\n'
TRUSTS = 'jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })'


@pytest.mark.parametrize("name", TRAPS)
def test_traps_by_the_rules(name: str) -> None:
    """A rule finds the way where there is one, once, and nothing where there is none."""
    policies, _, answer = TRAPS[name]
    graph = estate(*policies, more=HELD, trust=TRUSTS)
    root = rulebook.builtin_root() / "aws"
    rules = [rulebook.load_file(rulebook.builtin_root(), root / path) for path in WAYS]
    results = run(rules, graph)
    assert not results.errors
    found = sorted((it.rule, it.resource) for it in results.findings)
    assert found == ([("aws-iam-escalation-to-administrator", "aws_iam_user.trap")] if answer == "allow" else [])


def test_there_are_nine() -> None:
    assert len(TRAPS) == 9
