"""What is asked of the principals of an account beside single decisions: who holds what, who is trusted, who runs with what."""

from __future__ import annotations

import pytest

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.model.rule import Example
from auditor.testing import read
from auditor.views.iam.accounts import account_named, own
from auditor.views.iam.administrator import administrator, could_be
from auditor.views.iam.fence import ways_out
from auditor.views.iam.holding import administers, holders, lets_do
from auditor.views.iam.issuer import CLUSTER, federated
from auditor.views.iam.lending import lent
from auditor.views.iam.power import power
from auditor.views.iam.scope import concerns, granted, scope
from auditor.views.iam.surplus import surplus
from auditor.views.iam.trust import begins_with, in_hands, roles_that_run_code, trust
from auditor.views.iam.witness import somewhere
from auditor.views.iam.workload import has_profile, roles_of, workloads_of
from auditor.views.policy import trust_statements


def code(*texts: str) -> Graph:
    (found,) = read(Example("test", "hcl", (("main.tf", "\n".join(('data "aws_caller_identity" "me" {}', *texts))),), 1, True)).graphs
    return found


def named(graph: Graph, address: str) -> Resource:
    return next(it for it in graph.resources if it.address.text == address)


def document(*statements: str) -> str:
    return f'jsonencode({{ Version = "2012-10-17", Statement = [{", ".join(statements)}] }})'


def allow(actions: str, on: str = '"*"', effect: str = "Allow", more: str = "") -> str:
    return f'{{ Effect = "{effect}", Action = {actions}, Resource = {on}{more} }}'


def role(name: str, *statements: str, trusts: str = "", more: str = "") -> str:
    return (
        f'resource "aws_iam_role" "{name}" {{\n  name = "{name}"\n  assume_role_policy = {document(trusts)}\n  {more}\n}}\n'
        f'resource "aws_iam_role_policy" "{name}" {{\n  role = aws_iam_role.{name}.id\n  policy = {document(*statements)}\n}}\n'
    )


def trusted(kind: str, who: str) -> str:
    return f'{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ {kind} = {who} }} }}'


LAMBDA = trusted("Service", '"lambda.amazonaws.com"')
EVERYTHING = allow('"*"')


# -- who is an administrator


@pytest.mark.parametrize(
    ("statements", "more", "wanted"),
    [
        ([EVERYTHING], "", True),
        ([allow('"*:*"')], "", True),
        ([allow('["iam:*", "s3:*", "ec2:*", "rds:*", "secretsmanager:*"]')], "", True),
        ([allow('"iam:*"')], "", False),  # no more than identities by itself: that is a way to more
        ([EVERYTHING, allow('"iam:*"', effect="Deny")], "", False),
        ([EVERYTHING, allow('"iam:Put*"', effect="Deny")], "", False),
        ([EVERYTHING, allow('"s3:*"', effect="Deny")], "", True),
        ([EVERYTHING], 'permissions_boundary = "arn:aws:iam::aws:policy/PowerUserAccess"', False),
        ([EVERYTHING], 'permissions_boundary = "arn:aws:iam::111111111111:policy/limit"', None),
        ([EVERYTHING], "permissions_boundary = var.limit", None),
        ([allow('"*"', more=', Condition = { StringEquals = { "aws:RequestedRegion" = "eu-west-1" } }')], "", True),
        ([allow('"*"', '"arn:aws:s3:::media/*"')], "", False),
        (["var.statement"], "", None),
        ([allow('"*"', effect="Deny")], "", False),
        ([allow('"*"').replace("Resource", "NotResource")], "", False),
    ],
)
def test_administrators_in_effect(statements: list[str], more: str, wanted: bool | None) -> None:
    found = code('variable "limit" {}\nvariable "statement" {}\n', role("app", *statements, more=more))
    app = named(found, "aws_iam_role.app")
    assert administrator(found, app).truth is wanted
    assert administrator(found, app).truth is not True or could_be(found, app)


# -- what policies come to for those who hold them


def test_holders_and_what_policies_let_them_do() -> None:
    policy = f'resource "aws_iam_policy" "p" {{\n  name = "p"\n  policy = {document(EVERYTHING)}\n}}\n'
    attached = 'resource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.app.name\n  policy_arn = aws_iam_policy.p.arn\n}\n'
    denied = role("app", allow('"iam:*"', effect="Deny"))
    alone = code(policy)
    assert holders(alone, named(alone, "aws_iam_policy.p")) == ()
    assert administers(alone, named(alone, "aws_iam_policy.p")) is True
    held = code(policy, attached, role("app", allow('"s3:GetObject"')))
    assert holders(held, named(held, "aws_iam_policy.p")) == (named(held, "aws_iam_role.app"),)
    assert administers(held, named(held, "aws_iam_policy.p")) is True
    back = code(policy, attached, denied)
    assert administers(back, named(back, "aws_iam_policy.p")) is False
    assert lets_do(back, named(back, "aws_iam_policy.p"), ["iam:PassRole", "lambda:CreateFunction"]) is False
    assert lets_do(back, named(back, "aws_iam_policy.p"), ["lambda:CreateFunction"]) is True
    perhaps = code('variable "r" {}\n', policy, attached.replace("aws_iam_role.app.name", "var.r"), denied)
    assert administers(perhaps, named(perhaps, "aws_iam_policy.p")) is None


# -- trust


TRUST = {
    "a service that runs code": (LAMBDA, True, True),
    "a service of AWS alone": (trusted("Service", '"batch.amazonaws.com"'), False, False),
    "another role": (trusted("AWS", "aws_iam_role.other.arn"), True, False),
    "an account": (trusted("AWS", '"arn:aws:iam::111111111111:root"'), True, True),
    "a provider": (trusted("Federated", '"arn:aws:iam::111111111111:saml-provider/idp"'), True, True),
    "nobody": ("", False, False),
    "a Deny": (LAMBDA.replace("Allow", "Deny"), False, False),
    "what is not known": ("var.t", None, None),
}


@pytest.mark.parametrize("name", TRUST)
def test_in_whose_hands_a_role_is(name: str) -> None:
    trusts, hands, begins = TRUST[name]
    found = code('variable "t" {}\n', role("app", allow('"s3:*"'), trusts=trusts), role("other", allow('"s3:*"')))
    app = named(found, "aws_iam_role.app")
    assert (in_hands(found, app), begins_with(found, app)) == (hands, begins)
    assert (named(found, "aws_iam_role.other") in trust(found, app).named) is (name == "another role")


def test_roles_that_run_code_by_a_pattern() -> None:
    found = code(
        role("shop-a", trusts=LAMBDA), role("shop-b", trusts=trusted("Service", '"batch.amazonaws.com"')), role("app", trusts=LAMBDA)
    )
    assert roles_that_run_code(found, "arn:aws:iam::*:role/shop-*") == (named(found, "aws_iam_role.shop-a"),)
    assert roles_that_run_code(found, "arn:aws:iam::111111111111:role/shop-*") == ()  # it may be another account


PROVIDER = 'resource "aws_iam_openid_connect_provider" "p" {\n  url = URL\n  client_id_list = []\n}\n'


@pytest.mark.parametrize(
    ("url", "who", "wanted"),
    [
        ('"https://gitlab.com"', "aws_iam_openid_connect_provider.p.arn", "gitlab.com"),
        ("aws_eks_cluster.c.identity[0].oidc[0].issuer", "aws_iam_openid_connect_provider.p.arn", CLUSTER),
        ("var.u", "aws_iam_openid_connect_provider.p.arn", None),
        ("var.u", '"arn:aws:iam::111111111111:oidc-provider/gitlab.com/x"', "gitlab.com/x"),
        ("var.u", '"cognito-identity.amazonaws.com"', "cognito-identity.amazonaws.com"),
        ("var.u", '"arn:aws:iam::111111111111:saml-provider/idp"', None),
    ],
)
def test_issuers_of_tokens(url: str, who: str, wanted: str | None) -> None:
    cluster = 'resource "aws_eks_cluster" "c" {\n  name = "c"\n}\nvariable "u" {}\n'
    found = code(cluster, PROVIDER.replace("URL", url), role("app", trusts=trusted("Federated", who)))
    (statement,) = trust_statements(named(found, "aws_iam_role.app"), found)
    told = federated(statement, found)
    assert (told and told[1]) == wanted


# -- accounts


def test_whose_accounts_are_ones_own() -> None:
    here = 'provider "aws" {\n  allowed_account_ids = ["111111111111"]\n}\n'
    member = 'resource "aws_organizations_account" "m" {\n  name = "m"\n  email = "m@example.com"\n  ID\n}\n'
    assert own(code(), "111111111111") is None
    assert own(code(here), "111111111111") is True
    assert own(code(here), "222222222222") is False
    assert own(code(here, 'provider "aws" {\n  alias = "other"\n}\n'), "222222222222") is False
    assert own(code(here, member), "222222222222") is None
    assert own(code(here, member.replace("ID", 'id = "222222222222"')), "222222222222") is True
    text = role("a", trusts=trusted("AWS", '["111111111111", "arn:aws:iam::222222222222:root", "arn:aws:iam::333333333333:role/x", "*"]'))
    found = code(text)
    (statement,) = trust_statements(named(found, "aws_iam_role.a"), found)
    assert [account_named(it.where) for it in statement.principals] == ["111111111111", "222222222222", "", ""]


# -- boundaries


FENCE = {
    "open": (["iam:*", "s3:*"], ["iam:*"], "iam:DeleteRolePermissionsBoundary"),
    "nothing of identities inside": (["s3:*"], ["iam:*"], ""),
    "nothing of identities allowed": (["iam:*", "s3:*"], ["s3:*"], ""),
    "the policy itself": (["iam:CreatePolicyVersion", "s3:*"], ["iam:*"], "iam:CreatePolicyVersion"),
    "a role that has none": (["iam:CreateRole", "iam:AttachRolePolicy"], ["iam:*"], "iam:CreateRole"),
}


@pytest.mark.parametrize("name", FENCE)
def test_ways_out_of_a_boundary(name: str) -> None:
    inside, allowed, wanted = FENCE[name]

    def listed(actions: list[str]) -> str:
        return "[" + ", ".join(f'"{it}"' for it in actions) + "]"

    limit = f'resource "aws_iam_policy" "limit" {{\n  name = "limit"\n  policy = {document(allow(listed(inside)))}\n}}\n'
    found = code(limit, role("app", allow(listed(allowed)), more="permissions_boundary = aws_iam_policy.limit.arn"))
    ways = ways_out(found, named(found, "aws_iam_role.app"))
    assert (ways[0].actions[0] if ways else "") == wanted
    assert all(way.truth for way in ways)


# -- what one may do and another may not


def test_surplus_and_lending() -> None:
    passing = allow('["lambda:CreateFunction", "lambda:InvokeFunction"]')
    pattern = allow('"iam:PassRole"', '"arn:aws:iam::*:role/app-*"')
    user = f'resource "aws_iam_user" "u" {{\n  name = "u"\n}}\nresource "aws_iam_user_policy" "u" {{\n  user = "u"\n  policy = {document(passing, pattern)}\n}}\n'
    found = code(
        user,
        role("app-a", allow('"dynamodb:DeleteItem"', '"arn:aws:dynamodb:*:*:table/x"'), trusts=LAMBDA),
        role("app-b", allow('"logs:PutLogEvents"'), trusts=LAMBDA),
        role("app-c", allow('"s3:PutObject"'), trusts=trusted("Service", '"ec2.amazonaws.com"')),
        role("web", allow('"s3:PutObject"'), trusts=LAMBDA),
    )
    owner = named(found, "aws_iam_user.u")
    more = surplus(found, named(found, "aws_iam_role.app-a"), owner)
    assert more is not None
    assert (more.action, more.pattern.text) == ("dynamodb:DeleteItem", "dynamodb:DeleteItem")
    assert surplus(found, named(found, "aws_iam_role.app-b"), owner) is None
    assert [(loan.role.address.text, loan.service) for loan in lent(found, owner, 5)] == [("aws_iam_role.app-a", "lambda.amazonaws.com")]
    assert list(lent(found, owner, 0)) == []


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("", 1),
        (allow('"iam:PutUserPolicy"'), 0),  # it can have every right: that is said as such
        (EVERYTHING, 0),
        (allow('"iam:PutRolePolicy"', '"arn:aws:iam::*:role/app-*"'), 0),  # it can have the rights of the role anyway
        (allow('"iam:PassRole"', "aws_iam_role.app-a.arn"), 0),  # a role that is named is a decision
        (allow('"dynamodb:*"'), 0),
        (allow('"iam:PassRole"', effect="Deny"), 0),
    ],
)
def test_what_is_lent_by_a_pattern(more: str, wanted: int) -> None:
    own_ = [allow('["lambda:CreateFunction", "lambda:InvokeFunction"]'), allow('"iam:PassRole"', '"arn:aws:iam::*:role/app-*"')]
    policy = document(*own_, *([more] if more else []))
    user = f'resource "aws_iam_user" "u" {{\n  name = "u"\n}}\nresource "aws_iam_user_policy" "u" {{\n  user = aws_iam_user.u.name\n  policy = {policy}\n}}\n'
    found = code(
        user, role("app-a", allow('["dynamodb:DeleteItem", "dynamodb:ListTables"]', '"arn:aws:dynamodb:*:*:table/x"'), trusts=LAMBDA)
    )
    assert len(list(lent(found, named(found, "aws_iam_user.u"), 5))) == wanted


@pytest.mark.parametrize(
    ("actions", "wanted"),
    [
        ('["ec2:DescribeInstances", "s3:ListAllMyBuckets"]', None),
        ('"ec2:CreateNetworkInterface"', None),
        ('"xray:PutTraceSegments"', None),
        ('["ec2:DescribeInstances", "ec2:RunInstances"]', "ec2:RunInstances"),
        ('"dynamodb:GetItem"', "dynamodb:GetItem"),
        ('"nowhere:DoIt"', None),
    ],
)
def test_what_counts_as_surplus(actions: str, wanted: str | None) -> None:
    found = code(role("app", allow(actions)), role("poor", allow('"sqs:SendMessage"')))
    more = surplus(found, named(found, "aws_iam_role.app"), named(found, "aws_iam_role.poor"))
    assert (more and more.action) == wanted


@pytest.mark.parametrize(
    ("statement", "wanted"),
    [
        (EVERYTHING, "may do everything"),
        (allow('"iam:PutRolePolicy"'), "can become an administrator"),
        (allow('"secretsmanager:Get*"'), "may read every secret"),
        (allow('"ssm:*"'), "may read every parameter"),
        (allow('"secretsmanager:GetSecretValue"', '"arn:aws:secretsmanager:*:*:secret:shop/*"'), ""),
    ],
)
def test_what_makes_a_role_worth_stealing(statement: str, wanted: str) -> None:
    found = code(role("app", statement))
    held = power(found, named(found, "aws_iam_role.app"))
    assert (held.text if held else "").startswith(wanted)
    assert bool(held) is bool(wanted)
    assert held is None or held.places


# -- workloads, scopes and witnesses


def test_what_runs_with_a_role() -> None:
    found = code(
        role("app"),
        'variable "p" {}\nresource "aws_iam_instance_profile" "p" {\n  name = "prof"\n  role = aws_iam_role.app.name\n}\n',
        'resource "aws_instance" "a" {\n  iam_instance_profile = aws_iam_instance_profile.p.name\n}\n',
        'resource "aws_instance" "b" {\n  iam_instance_profile = "prof"\n}\nresource "aws_instance" "c" {\n}\n',
        'resource "aws_instance" "d" {\n  iam_instance_profile = var.p\n}\n',
        'resource "aws_launch_template" "t" {\n  iam_instance_profile {\n    name = aws_iam_instance_profile.p.name\n  }\n}\n',
        'resource "aws_lambda_function" "f" {\n  function_name = "f"\n  role = aws_iam_role.app.arn\n}\n',
    )
    app = named(found, "aws_iam_role.app")
    assert [it.address.text for it in workloads_of(found, app, "aws_instance")] == ["aws_instance.a", "aws_instance.b"]
    assert [it.address.text for it in workloads_of(found, app, "aws_launch_template")] == ["aws_launch_template.t"]
    assert [it.address.text for it in workloads_of(found, app, "aws_lambda_function")] == ["aws_lambda_function.f"]
    assert workloads_of(found, app, "aws_glue_job") == ()
    assert roles_of(named(found, "aws_instance.c"), found) == ()
    assert has_profile(found, app)
    with pytest.raises(Undecided):
        roles_of(named(found, "aws_instance.d"), found)


def test_scopes() -> None:
    found = code(
        role("app", allow('"iam:PassRole"', '[aws_iam_role.web.arn, "arn:aws:iam::*:role/batch-*"]'), allow('"glue:*"', effect="Deny")),
        role("web"), role("batch-x"), role("none"),
    )  # fmt: skip
    app = named(found, "aws_iam_role.app")
    listed, patterns = scope(found, app, "iam:PassRole")
    assert set(listed) == {named(found, "aws_iam_role.web")}
    assert len(patterns) == 1
    wanted = {"web": True, "batch-x": True, "none": False}
    assert {name: concerns(found, app, "iam:PassRole", named(found, f"aws_iam_role.{name}")) for name in wanted} == wanted
    asked = {"iam": ("iam:PassRole", "iam:CreateUser"), "glue": ("glue:CreateJob",)}
    assert granted(found, app, asked) == {"iam:PassRole"}
    guarded = allow('"iam:*"', effect="Deny", more=', Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } }')
    for deny, left in (
        (guarded, {"iam:PassRole"}),
        (allow('"iam:*"', effect="Deny"), set()),
        (allow('"iam:*"', '"arn:aws:iam::*:role/x"', "Deny"), {"iam:PassRole"}),
    ):
        found = code(role("app", allow('"iam:PassRole"'), deny))
        assert granted(found, named(found, "aws_iam_role.app"), asked) == left


@pytest.mark.parametrize(
    ("statements", "wanted"),
    [
        ([allow('["lambda:CreateFunction", "lambda:InvokeFunction"]')], True),
        ([allow('"lambda:*"', '"arn:aws:lambda:*:*:function:web-*"')], True),
        ([allow('"lambda:*"', '"arn:aws:lambda:eu-west-1:${data.aws_caller_identity.me.account_id}:function:web"')], True),
        ([allow('"lambda:*"', '"arn:aws:lambda:*:*:layer:*"')], False),
        ([allow('"lambda:CreateFunction"')], False),
        ([allow('"lambda:*"'), allow('"lambda:*"', '"arn:aws:lambda:*:*:function:*"', effect="Deny")], False),
        ([allow('"lambda:*"'), allow('"lambda:*"', '"arn:aws:lambda:*:*:function:web-*"', effect="Deny")], True),
        ([allow('"lambda:*"').replace("Resource", "NotResource").replace('"*" }', '"arn:aws:lambda:*:*:function:x" }')], True),
    ],
)
def test_whether_there_is_a_function_for_which_all_is_allowed(statements: list[str], wanted: bool) -> None:
    found = code(role("app", *statements))
    actions = ("lambda:CreateFunction", "lambda:InvokeFunction")
    truth, answers = somewhere(found, named(found, "aws_iam_role.app"), actions, "arn:aws:lambda:*:*:function:*")
    assert truth is wanted
    assert len(answers) == (2 if truth else 0)
