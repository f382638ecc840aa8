"""Views of policies: statements in every spelling, to whom they open, what they cover, and the roles that carry them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.model.rule import Example
from auditor.testing import read
from auditor.views import policy
from auditor.views.attachments import attached, managed_policy
from auditor.views.audience import Guard, excepting_condition, guard, public_principal, spoofable_condition
from auditor.views.carriers import CARRIERS
from auditor.views.iam.administrator import administrator
from auditor.views.iam_actions import expand, service_exists, told
from auditor.views.policy import Statement, Use
from tests.made import graph, resource

UNKNOWN = {"$unknown": "var.x has no value"}
ALLOW = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}


def statement(**parts: Any) -> Statement:
    """A statement of an identity policy, written as a structure."""
    it = resource("aws_iam_policy.p", {"policy": {"Statement": [parts]}})
    return only(it)


def only(it: Resource, *others: Resource) -> Statement:
    (found,) = policy.statements(it, graph(it, *others))
    return found


def example(text: str) -> Graph:
    """The graph of Terraform code."""
    (found,) = read(Example("test", "hcl", (("main.tf", text),), 1, True)).graphs
    return found


# -- every spelling is one statement

BODIES = {
    "text": 'policy = "{\\"Statement\\": {\\"Effect\\": \\"Allow\\", \\"Action\\": \\"s3:GetObject\\", \\"Resource\\": \\"*\\"}}"',
    "heredoc": 'policy = <<EOF\n{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["*"]}]}\nEOF',
    "comma": 'policy = <<EOF\n{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject",], "Resource": "*"},]}\nEOF',
    "unknown": 'policy = <<EOF\n{"Id": "${var.x}", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}\nEOF',
    "jsonencode": 'policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })',
    "document": "policy = data.aws_iam_policy_document.d.json",
}
BESIDE = """
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

variable "x" {}
"""


@pytest.mark.parametrize("spelling", BODIES)
def test_spellings(spelling: str) -> None:
    scene = example(f'resource "aws_iam_policy" "p" {{\n  {BODIES[spelling]}\n}}\n{BESIDE}')
    (carrier,) = scene.of("aws_iam_policy")
    (found,) = policy.identity_statements(carrier, scene)
    assert found.allows
    assert [action.text for action in found.actions] == ["s3:GetObject"]
    assert found.every_resource is not None
    assert found.use is Use.IDENTITY
    assert found.where.span.file == "main.tf"


def test_a_document_is_judged_where_it_is_used() -> None:
    scene = example(f'resource "aws_iam_policy" "p" {{\n  {BODIES["document"]}\n}}\n{BESIDE}')
    (document,) = scene.of(policy.DOCUMENT)
    assert not list(policy.statements(document, scene))
    alone = example(BESIDE)
    (document,) = alone.of(policy.DOCUMENT)
    assert [found.use for found in policy.statements(document, alone)] == [Use.IDENTITY]


def test_a_document_that_may_be_used_elsewhere_is_not_decided() -> None:
    scene = example(f'variable "p" {{}}\nresource "aws_iam_policy" "p" {{\n  policy = var.p\n}}\n{BESIDE}')
    (document,) = scene.of(policy.DOCUMENT)
    with pytest.raises(Undecided):
        list(policy.statements(document, scene))


@pytest.mark.parametrize(
    ("statement_", "use"),
    [
        ({"Action": "s3:GetObject"}, Use.IDENTITY),
        ({"Action": "s3:GetObject", "Principal": "*"}, Use.RESOURCE),
        ({"Action": "sts:AssumeRole", "Principal": {"AWS": "1"}}, Use.TRUST),
        ({"Principal": {"Federated": "x"}}, Use.TRUST),
        ({"Action": "s3:GetObject", "NotPrincipal": {"AWS": "1"}}, Use.RESOURCE),
    ],
)
def test_what_a_document_by_itself_looks_like(statement_: dict[str, Any], use: Use) -> None:
    it = resource("data.aws_iam_policy_document.d", {"json": json.dumps({"Statement": [statement_]})})
    assert [found.use for found in policy.policies(it, graph(it))] == [use]


def test_a_role_carries_two_kinds_of_documents() -> None:
    text = json.dumps({"Statement": [ALLOW]})
    role = resource("aws_iam_role.r", {"assume_role_policy": text, "inline_policy": [{"policy": text}, {"policy": text}]})
    uses = [found.use for found in policy.policies(role, graph(role))]
    assert uses == [Use.TRUST, Use.IDENTITY, Use.IDENTITY]


def test_only_permission_policies_of_organizations_have_statements() -> None:
    for kind, count in ((None, 1), ("SERVICE_CONTROL_POLICY", 1), ("TAG_POLICY", 0)):
        it = resource("aws_organizations_policy.p", {"type": kind, "content": json.dumps({"Statement": [ALLOW]})})
        assert len(list(policy.statements(it, graph(it)))) == count


def test_every_carrier_is_a_target() -> None:
    for kind, paths in CARRIERS.items():
        for _, use in paths:
            targets = {Use.IDENTITY: policy.IDENTITY, Use.TRUST: policy.TRUST, Use.RESOURCE: policy.RESOURCE, Use.GUARD: policy.EVERY}[use]
            assert kind in targets.split()
            assert kind in policy.EVERY.split()


def test_an_unknown_document_is_one_statement_that_cannot_be_decided() -> None:
    it = resource("aws_iam_policy.p", {"policy": UNKNOWN})
    found = only(it)
    with pytest.raises(Undecided):
        assert found.allows


@pytest.mark.parametrize("text", ["", "no json", "[]", "{}", '{"Statement": []}', '{"Statement": 7}', '{"Statement": "x"}'])
def test_what_is_no_policy_allows_nothing(text: str) -> None:
    it = resource("aws_iam_policy.p", {"policy": text})
    assert not any(found.allows for found in policy.statements(it, graph(it)))


# -- boundaries


def test_a_boundary_grants_nothing_unless_it_is_attached_too() -> None:
    bound = resource("aws_iam_policy.p", {"policy": json.dumps({"Statement": [ALLOW]})})
    role = resource("aws_iam_role.r", {"permissions_boundary": {"$ref": "aws_iam_policy.p#arn"}})
    attachment = resource("aws_iam_role_policy_attachment.a", {"policy_arn": {"$ref": "aws_iam_policy.p#arn"}})
    assert policy.is_boundary(bound, graph(bound, role))
    assert not list(policy.identity_statements(bound, graph(bound, role)))
    assert not policy.is_boundary(bound, graph(bound, role, attachment))
    assert not policy.is_boundary(bound, graph(bound))


def test_a_policy_that_may_be_a_boundary_is_not_decided() -> None:
    bound = resource("aws_iam_policy.p", {"policy": json.dumps({"Statement": [ALLOW]})})
    role = resource("aws_iam_role.r", {"permissions_boundary": UNKNOWN})
    with pytest.raises(Undecided):
        policy.is_boundary(bound, graph(bound, role))
    attachment = resource("aws_iam_role_policy_attachment.a", {"policy_arn": {"$ref": "aws_iam_policy.p#arn"}})
    assert not policy.is_boundary(bound, graph(bound, role, attachment))


# -- what a statement covers


@pytest.mark.parametrize(
    ("pattern", "action", "covers"),
    [
        ("*", "iam:PassRole", True),
        ("*:*", "iam:PassRole", True),
        ("iam:*", "iam:PassRole", True),
        ("IAM:pass*", "iam:PassRole", True),
        ("iam:PassRol?", "iam:PassRole", True),
        ("iam:Pass", "iam:PassRole", False),
        ("s3:*", "iam:PassRole", False),
        ("iam:[P]assRole", "iam:PassRole", False),
        ("*a" * 60, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", False),
    ],
)
def test_patterns_of_actions(pattern: str, action: str, covers: bool) -> None:
    assert (statement(Effect="Allow", Action=pattern, Resource="*").grants(action) is not None) is covers


def test_not_action_covers_the_rest() -> None:
    found = statement(Effect="Allow", NotAction=["iam:*", "s3:*"], Resource="*")
    assert found.grants("ec2:RunInstances") is not None
    assert found.grants("iam:PassRole") is None


@pytest.mark.parametrize(
    ("pattern", "every"),
    [("*", True), ("**", True), ("arn:aws:*:*:*:*", True), ("arn:*", True), ("arn:aws:s3:::*", False), ("arn:aws:s3:::b/*", False)],
)
def test_every_resource(pattern: str, every: bool) -> None:
    assert (statement(Effect="Allow", Action="*", Resource=pattern).every_resource is not None) is every


def test_admin_and_unlimited() -> None:
    assert statement(Effect="Allow", Action="*", Resource="*").admin
    assert statement(Effect="Allow", Action=["s3:*"], Resource=["*"]).unlimited
    assert not statement(Effect="Deny", Action="*", Resource="*").admin
    assert not statement(Effect="Allow", Action="*", Resource="*", Condition={"Bool": {"aws:x": "true"}}).admin
    assert statement(Effect="Allow", Action="*", Resource="*", Condition={}).admin
    assert not statement(Effect="Allow", Action="*", Resource="arn:aws:s3:::b").unlimited


def test_what_is_certain_decides_before_what_is_unknown() -> None:
    assert not statement(Effect="Allow", Action="s3:*", Resource="arn:aws:s3:::b", Condition=UNKNOWN).unlimited
    assert statement(Effect="Allow", Action="s3:*", Resource=[UNKNOWN, "*"]).unlimited
    with pytest.raises(Undecided):
        assert statement(Effect="Allow", Action="s3:*", Resource="*", Condition=UNKNOWN).unlimited
    with pytest.raises(Undecided):
        assert statement(Effect="Allow", Action="s3:*", Resource=[UNKNOWN]).unlimited


def test_the_arn_of_a_resource_is_not_everything() -> None:
    found = statement(
        Effect="Allow", Action="s3:*", Resource=[{"$ref": "aws_s3_bucket.b#arn"}], Principal={"AWS": {"$ref": "aws_iam_role.r#arn"}}
    )
    assert found.every_resource is None
    assert not any(principal.anyone for principal in found.principals)


# -- principals


@pytest.mark.parametrize(
    ("principal", "anyone"),
    [
        ("*", True),
        (["foo", "*"], True),
        ({"AWS": "*"}, True),
        ({"AWS": ["arn:aws:iam::111122223333:root", "*"]}, True),
        ({"AWS": "arn:aws:iam::*:root"}, True),
        ({"AWS": "arn:aws:iam::111122223333:root"}, False),
        ({"Service": "*"}, False),
        ({"Federated": "*"}, False),
        ("foo", False),
        ({}, False),
        (None, False),
    ],
)
def test_principals(principal: Any, anyone: bool) -> None:
    found = statement(Effect="Allow", Principal=principal)
    assert any(one.anyone for one in found.principals) is anyone


def test_kinds_of_principals() -> None:
    found = statement(Principal={"AWS": ["1", "2"], "Service": "s3.amazonaws.com"}, NotPrincipal="*")
    assert [(one.kind, one.where.text) for one in found.principals] == [("AWS", "1"), ("AWS", "2"), ("Service", "s3.amazonaws.com")]
    assert [(one.kind, one.where.text) for one in found.not_principals] == [("*", "*")]


# -- conditions and the audience


@pytest.mark.parametrize(
    ("operator", "key", "value", "expected"),
    [
        ("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5", Guard.BOUNDS),
        ("StringLike", "aws:PrincipalOrgID", "*", Guard.NOTHING),
        ("StringEquals", "aws:SourceVpce", ["vpce-1", "vpce-2"], Guard.BOUNDS),
        ("StringEquals", "AWS:SourceOwner", "111122223333", Guard.BOUNDS),
        ("StringEqualsIfExists", "aws:SourceVpce", "vpce-1", Guard.NOTHING),
        ("ForAllValues:StringEquals", "aws:PrincipalOrgID", "o-1", Guard.NOTHING),
        ("ForAnyValue:StringEquals", "aws:PrincipalOrgPaths", "o-1/r-1/ou-1/", Guard.BOUNDS),
        ("ArnLike", "aws:SourceArn", "arn:aws:s3:::uploads", Guard.BOUNDS),
        ("ArnLike", "aws:SourceArn", "arn:aws:s3:::*", Guard.NOTHING),
        ("ArnLike", "aws:SourceArn", "arn:aws:cloudtrail:*:111122223333:trail/*", Guard.BOUNDS),
        ("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::*", Guard.NOTHING),
        ("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::*:role/admin", Guard.NOTHING),
        ("ArnEquals", "aws:PrincipalArn", ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::*"], Guard.NOTHING),
        ("ArnNotEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:user/a", Guard.EXCEPTS),
        ("IpAddress", "aws:SourceIp", "203.0.113.0/24", Guard.BOUNDS),
        ("IpAddress", "aws:SourceIp", "0.0.0.0/0", Guard.NOTHING),
        ("IpAddress", "aws:SourceIp", "0.0.0.0/1", Guard.NOTHING),
        ("NotIpAddress", "aws:SourceIp", "203.0.113.0/24", Guard.EXCEPTS),
        ("Bool", "aws:SecureTransport", "true", Guard.NOTHING),
        ("Bool", "aws:PrincipalIsAWSService", "true", Guard.BOUNDS),
        ("Bool", "aws:PrincipalIsAWSService", "false", Guard.NOTHING),
        ("StringLike", "aws:Referer", "https://shop.example.com/*", Guard.SPOOFABLE),
        ("StringEquals", "aws:PrincipalTag/team", "shop", Guard.SPOOFABLE),
        ("StringEquals", "token.actions.githubusercontent.com:sub", "repo:shop/app:*", Guard.BOUNDS),
        ("Null", "aws:SourceVpce", "false", Guard.NOTHING),
        ("StringEquals", "s3:prefix", "home/", Guard.NOTHING),
    ],
)
def test_guards(operator: str, key: str, value: Any, expected: Guard) -> None:
    (condition,) = statement(Condition={operator: {key: value}}).conditions
    assert guard(condition) is expected


def test_the_strongest_guard_decides() -> None:
    bounded = {"StringEquals": {"aws:SourceVpce": "vpce-1"}, "StringLike": {"aws:Referer": "x"}, "Bool": {"aws:SecureTransport": "true"}}
    found = statement(Effect="Allow", Principal="*", Condition=bounded)
    assert (public_principal(found), spoofable_condition(found), excepting_condition(found)) == (None, None, None)
    spoofed = statement(
        Effect="Allow", Principal="*", Condition={"StringLike": {"aws:Referer": "x"}, "Bool": {"aws:SecureTransport": "true"}}
    )
    assert public_principal(spoofed) is None
    condition = spoofable_condition(spoofed)
    assert condition is not None
    assert condition.key == "aws:Referer"
    excepted = statement(Effect="Allow", Principal="*", Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}})
    assert public_principal(excepted) is None
    assert excepting_condition(excepted) is not None
    assert public_principal(statement(Effect="Allow", Principal="*", Condition={"Bool": {"aws:SecureTransport": "true"}})) is not None
    assert public_principal(statement(Effect="Deny", Principal="*")) is None
    assert public_principal(statement(Effect="Allow", Principal={"AWS": "111122223333"})) is None


def test_a_guard_of_unknown_value_is_not_decided_unless_another_one_bounds() -> None:
    unknown = {"StringEquals": {"aws:SourceAccount": UNKNOWN}}
    with pytest.raises(Undecided):
        public_principal(statement(Effect="Allow", Principal="*", Condition=unknown))
    both = {**unknown, "ArnEquals": {"aws:SourceArn": "arn:aws:s3:::uploads"}}
    assert public_principal(statement(Effect="Allow", Principal="*", Condition=both)) is None
    own = {"StringEquals": {"aws:SourceAccount": {"$ref": "data.aws_caller_identity.current#account_id"}}}
    assert public_principal(statement(Effect="Allow", Principal="*", Condition=own)) is None


# -- actions


def test_expansion() -> None:
    assert [action.name for action in expand("iam:passrole")] == ["iam:PassRole"]
    assert {action.name for action in expand("s3:Get*Policy")} >= {"s3:GetBucketPolicy"}
    assert expand("*") == expand("s3") == expand("nosuchservice:x") == expand("s3:NoSuchAction") == ()
    assert service_exists("S3")
    assert not service_exists("nosuchservice")


def test_what_is_known_of_actions() -> None:
    (put,) = expand("s3:PutBucketPolicy")
    (listing,) = expand("s3:ListAllMyBuckets")
    assert put.manages_permissions
    assert put.writes
    assert put.resource_level
    assert not listing.resource_level
    assert not listing.writes


def test_an_action_is_told_by_its_own_name_or_as_part_of_a_pattern() -> None:
    found = statement(Action=["sqs:*", "sqs:AddPermission"])
    pairs = [(pattern, action) for pattern in found.actions for action in expand(pattern.text or "") if action.manages_permissions]
    assert told(pairs)[1] == "sqs:AddPermission"
    assert told([pair for pair in pairs if pair[0].text == "sqs:*"])[1] == "sqs:*, which includes sqs:AddPermission,"


# -- attachments and roles


def test_managed_policies_by_name() -> None:
    arn = "arn:aws:iam::aws:policy/AdministratorAccess"
    looked_up = resource("data.aws_iam_policy.all", {"name": "AdministratorAccess"})
    by_arn = resource("data.aws_iam_policy.read", {"arn": "arn:aws-cn:iam::aws:policy/job-function/ViewOnlyAccess"})
    role = resource("aws_iam_role.r", {"managed_policy_arns": [arn, "arn:aws:iam::111122223333:policy/own"]})
    first = resource("aws_iam_role_policy_attachment.a", {"policy_arn": {"$ref": "data.aws_iam_policy.all#arn"}})
    second = resource("aws_ssoadmin_managed_policy_attachment.b", {"managed_policy_arn": {"$ref": "data.aws_iam_policy.read#arn"}})
    scene = graph(looked_up, by_arn, role, first, second)
    names = [managed_policy(node, scene) for it in (role, first, second) for node in attached(it.body)]
    assert names == ["AdministratorAccess", None, "AdministratorAccess", "ViewOnlyAccess"]


def test_an_administrator() -> None:
    role = resource("aws_iam_role.r", {"name": "r"})
    everything = json.dumps({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
    inline = resource("aws_iam_role_policy.p", {"role": "r", "policy": everything})
    managed = resource("aws_iam_policy.m", {"policy": everything})
    attachment = resource("aws_iam_role_policy_attachment.a", {"role": "r", "policy_arn": {"$ref": "aws_iam_policy.m#arn"}})
    assert administrator(graph(role, managed), role).truth is False
    assert administrator(graph(role, inline), role).truth is True
    assert administrator(graph(role, managed, attachment), role).truth is True
    bounded = resource("aws_iam_role.r", {"name": "r", "permissions_boundary": "arn:aws:iam::111122223333:policy/limit"})
    assert administrator(graph(bounded, inline), bounded).truth is None
    limited = resource("aws_iam_role.r", {"name": "r", "permissions_boundary": "arn:aws:iam::aws:policy/PowerUserAccess"})
    assert administrator(graph(limited, inline), limited).truth is False
    unknown = graph(role, resource("aws_iam_role_policy.q", {"role": "r", "policy": UNKNOWN}))
    assert administrator(unknown, role).truth is None
