"""What policies say that cannot be: grants that limits cut, conditions that nobody meets, resources and actions that do not fit, sides that are missing."""

from __future__ import annotations

import json

import pytest

from auditor.model.node import Undecided
from auditor.views.needs import across, limits, outsiders, regions, service_account, tags, workload
from auditor.views.needs.fitting import misfits
from auditor.views.needs.impossible import impossible
from auditor.views.needs.naming import meant
from auditor.views.needs.passing import passing_needs
from auditor.views.policy import policies
from tests.made import graph, resource
from tests.needs_made import at, code, lacks

TRUST = 'jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = %s }] })'
SERVICE = TRUST % '{ Service = "lambda.amazonaws.com" }'
PEOPLE = TRUST % '{ AWS = "arn:aws:iam::111122223333:root" }'
ROLE = 'resource "aws_iam_role" "r" {\n  name = "r"\n  assume_role_policy = %s\n%s}\n'
OWN = 'resource "aws_iam_role_policy" "r" {\n  role = aws_iam_role.r.id\n  policy = jsonencode({ Version = "2012-10-17", Statement = [%s] })\n}\n'


def allow(actions: str, target: str = '"*"', condition: str = "") -> str:
    return f'{{ Effect = "Allow", Action = {json.dumps(actions.split())}, Resource = {target}{f", Condition = {condition}" if condition else ""} }}'


# -- boundaries


BOUNDED = ROLE % (SERVICE, "  permissions_boundary = aws_iam_policy.limit.arn\n")
LIMIT = 'resource "aws_iam_policy" "limit" {\n  name = "limit"\n  policy = jsonencode({ Statement = [%s] })\n}\n'
CUT = {
    "other service": (allow("sqs:SendMessage"), allow("s3:*"), ["sqs:SendMessage"]),
    "same action": (allow("sqs:SendMessage"), allow("sqs:SendMessage"), []),
    "one of two": (allow("sqs:SendMessage s3:GetObject"), allow("s3:*"), ["sqs:SendMessage"]),
    "a pattern is meant to be cut": (allow("sqs:*"), allow("s3:*"), []),
    "narrower than the grant": (allow("s3:GetObject", '"arn:aws:s3:::b/*"'), allow("s3:GetObject", '"arn:aws:s3:::b/in/*"'), []),
    "on another bucket": (allow("s3:GetObject", '"arn:aws:s3:::b/*"'), allow("s3:GetObject", '"arn:aws:s3:::c/*"'), ["s3:GetObject"]),
    "denied": (
        allow("s3:GetObject", '"arn:aws:s3:::b/*"'),
        allow("s3:*") + ', { Effect = "Deny", Action = "s3:*", Resource = "*" }',
        ["s3:GetObject"],
    ),
    "denied under a condition": (
        allow("s3:GetObject", '"arn:aws:s3:::b/*"'),
        allow("s3:*")
        + ', { Effect = "Deny", Action = "s3:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }',
        [],
    ),
}


@pytest.mark.parametrize(("own", "limit", "cut"), [pytest.param(*row, id=name) for name, row in CUT.items()])
def test_what_a_boundary_cuts(own: str, limit: str, cut: list[str]) -> None:
    made = code(BOUNDED, OWN % own, LIMIT % limit)
    assert [it.action.data for it in limits.cut_by_boundary(at(made, "aws_iam_role.r"), made)] == cut


def test_a_boundary_that_is_only_named_is_not_known() -> None:
    made = code(ROLE % (SERVICE, '  permissions_boundary = "arn:aws:iam::111122223333:policy/x"\n'), OWN % allow("sqs:SendMessage"))
    with pytest.raises(Undecided):
        list(limits.cut_by_boundary(at(made, "aws_iam_role.r"), made))


def test_a_policy_of_many_may_hold_more_than_one_of_them_can_use() -> None:
    shared = LIMIT.replace("limit", "own") % allow("sqs:SendMessage")
    attach = 'resource "aws_iam_role_policy_attachment" "%s" {\n  role = aws_iam_role.%s.name\n  policy_arn = aws_iam_policy.own.arn\n}\n'
    other = ROLE.replace('"r"', '"o"') % (SERVICE, "")
    alone = code(BOUNDED, shared, attach % ("r", "r"), LIMIT % allow("s3:*"))
    many = code(BOUNDED, other, shared, attach % ("r", "r"), attach % ("o", "o"), LIMIT % allow("s3:*"))
    assert len(list(limits.cut_by_boundary(at(alone, "aws_iam_role.r"), alone))) == 1
    assert list(limits.cut_by_boundary(at(many, "aws_iam_role.r"), many)) == []


# -- service control policies


PROVIDERS = """
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "member"
  region = "eu-west-1"
  assume_role {
    role_arn = %s
  }
}
"""
SCP = """
resource "aws_organizations_policy" "p" {
  name    = "p"
  content = jsonencode({ Statement = [%s] })
}
resource "aws_organizations_policy_attachment" "p" {
  policy_id = aws_organizations_policy.p.id
  target_id = "%s"
}
"""
DENY = '{ Effect = "Deny", Action = "sqs:*", Resource = "*" }'
MEMBER = "  provider = aws.member\n"
KNOWN = '"arn:aws:iam::222222222222:role/deploy"'
ABOVE: dict[str, tuple[str, str, str, str, list[str] | None]] = {
    "attached to the account": (PROVIDERS % KNOWN, MEMBER, DENY, "222222222222", ["sqs:SendMessage"]),
    "attached to another account": (PROVIDERS % KNOWN, MEMBER, DENY, "333333333333", []),
    "attached to a unit that may be above it": (PROVIDERS % KNOWN, MEMBER, DENY, "ou-ab12-34567890", None),
    "attached to the root": (PROVIDERS % KNOWN, MEMBER, DENY, "r-ab12", ["sqs:SendMessage"]),
    "another action": (PROVIDERS % KNOWN, MEMBER, '{ Effect = "Deny", Action = "s3:*", Resource = "*" }', "222222222222", []),
    "whoever keeps the policies is not bound": (PROVIDERS % KNOWN, "", DENY, "r-ab12", []),
    "an account that is not known": ('variable "role" {}\n' + PROVIDERS % "var.role", MEMBER, DENY, "222222222222", None),
    "an allow list": (PROVIDERS % KNOWN, MEMBER, allow("s3:*"), "222222222222", ["sqs:SendMessage"]),
}


@pytest.mark.parametrize(("providers", "more", "statement", "target", "cut"), [pytest.param(*row, id=name) for name, row in ABOVE.items()])
def test_what_an_organization_cuts(providers: str, more: str, statement: str, target: str, cut: list[str] | None) -> None:
    made = code(providers, SCP % (statement, target), ROLE % (SERVICE, more), OWN % allow("sqs:SendMessage"))
    role = at(made, "aws_iam_role.r")
    if cut is None:
        with pytest.raises(Undecided):
            list(limits.cut_by_scp(role, made))
    else:
        assert [it.action.data for it in limits.cut_by_scp(role, made)] == cut


# -- regions


@pytest.mark.parametrize(
    ("excepted", "allowed", "service", "hit"),
    [
        (["sts:*"], ["eu-west-1"], "iam", True),
        (["iam:*"], ["eu-west-1"], "iam", False),
        (["iam:Get*"], ["eu-west-1"], "iam", False),
        (["sts:*"], ["eu-west-1", "us-east-1"], "iam", False),
        (["sts:*"], ["eu-west-1", "us-east-1"], "globalaccelerator", True),
        (["sts:*"], ["us-*"], "globalaccelerator", False),
        (["*"], ["eu-west-1"], "route53", False),
    ],
)
def test_what_a_deny_by_region_hits(excepted: list[str], allowed: list[str], service: str, hit: bool) -> None:
    document = {
        "Statement": [
            {
                "Effect": "Deny",
                "NotAction": excepted,
                "Resource": "*",
                "Condition": {"StringNotEquals" if "*" not in allowed[0] else "StringNotLike": {"aws:RequestedRegion": allowed}},
            }
        ]
    }
    made = graph(resource("aws_organizations_policy.p", {"name": "p", "content": json.dumps(document)}))
    (deny,) = regions.region_denies(at(made, "aws_organizations_policy.p"), made)
    assert deny.hits(service) is hit


# -- conditions

CONDITIONS = {
    "second factor of a machine": (SERVICE, '{ Bool = { "aws:MultiFactorAuthPresent" = "true" } }', True),
    "second factor of people": (PEOPLE, '{ Bool = { "aws:MultiFactorAuthPresent" = "true" } }', False),
    "second factor if there is one": (SERVICE, '{ BoolIfExists = { "aws:MultiFactorAuthPresent" = "true" } }', False),
    "no second factor": (SERVICE, '{ Bool = { "aws:MultiFactorAuthPresent" = "false" } }', False),
    "name of a user": (SERVICE, '{ StringEquals = { "aws:username" = "ada" } }', True),
    "private address": (SERVICE, '{ IpAddress = { "aws:SourceIp" = ["10.0.0.0/8", "172.16.0.0/12"] } }', True),
    "a public one beside it": (SERVICE, '{ IpAddress = { "aws:SourceIp" = ["10.0.0.0/8", "203.0.113.7/32"] } }', False),
    "private address of an endpoint": (SERVICE, '{ IpAddress = { "aws:VpcSourceIp" = "10.0.0.0/8" } }', False),
    "contradiction": (
        SERVICE,
        '{ StringEquals = { "aws:RequestedRegion" = "a" }, StringNotEquals = { "aws:RequestedRegion" = "a" } }',
        True,
    ),
    "one value is left": (
        SERVICE,
        '{ StringEquals = { "aws:RequestedRegion" = ["a", "b"] }, StringNotEquals = { "aws:RequestedRegion" = "a" } }',
        False,
    ),
    "there and not there": (SERVICE, '{ StringEquals = { "aws:PrincipalTag/x" = "y" }, Null = { "aws:PrincipalTag/x" = "true" } }', True),
    "unknown value": (
        SERVICE,
        '{ StringEquals = { "aws:RequestedRegion" = var.v }, StringNotEquals = { "aws:RequestedRegion" = "a" } }',
        None,
    ),
}


@pytest.mark.parametrize(("trust", "condition", "never"), [pytest.param(*row, id=name) for name, row in CONDITIONS.items()])
def test_conditions_that_nobody_meets(trust: str, condition: str, never: bool | None) -> None:
    made = code('variable "v" {}\n', ROLE % (trust, ""), OWN % allow("s3:GetObject", '"*"', condition))
    (found,) = policies(at(made, "aws_iam_role_policy.r"), made)
    (statement,) = found.statements
    if never is None:
        with pytest.raises(Undecided):
            list(impossible(found, statement, made))
    else:
        assert bool(list(impossible(found, statement, made))) is never


@pytest.mark.parametrize(
    ("issuer", "never"),
    [("oidc.eks.eu-west-1.amazonaws.com/id/ABC", False), ("oidc.eks.eu-west-1.amazonaws.com/id/XYZ", True)],
)
def test_tokens_of_another_cluster(issuer: str, never: bool) -> None:
    principal = '{ Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC" }'
    condition = f'{{ StringEquals = {{ "{issuer}:sub" = "system:serviceaccount:a:b" }} }}'
    trust = f'jsonencode({{ Statement = [{{ Effect = "Allow", Action = "sts:*", Principal = {principal}, Condition = {condition} }}] }})'
    made = code(ROLE % (trust, ""))
    (found,) = policies(at(made, "aws_iam_role.r"), made)
    assert bool(list(impossible(found, found.statements[0], made))) is never


# -- actions and resources


@pytest.mark.parametrize(
    ("actions", "target", "missed"),
    [
        ("logs:PutLogEvents", '"arn:aws:logs:eu-west-1:1:log-group:/x"', ["logs:PutLogEvents"]),
        ("logs:PutLogEvents", '"arn:aws:logs:eu-west-1:1:log-group:/x:*"', []),
        ("ec2:DescribeInstances", '"arn:aws:ec2:*:*:instance/*"', ["ec2:DescribeInstances"]),
        ("ec2:DescribeInstances", '"*"', []),
        ("ec2:DescribeInstances ec2:StopInstances", '"arn:aws:ec2:*:*:instance/*"', ["ec2:DescribeInstances"]),
        ("dynamodb:Query", '"arn:aws:dynamodb:*:*:table/t/index/*"', []),
        ("iam:PassRole", '"arn:aws:iam:eu-west-1:1:role/x"', ["iam:PassRole"]),
        ("iam:PassRole", '"arn:aws:iam::1:role/x"', []),
        ("sqs:Send*", '"arn:aws:sns:*:*:x"', []),
        ("sqs:SendMessage", '"arn:aws:sns:eu-west-1:1:x"', ["sqs:SendMessage"]),
        ("kms:Decrypt", '"arn:aws:kms:eu-west-1:1:alias/x"', ["kms:Decrypt"]),
        ("nosuch:Thing", '"arn:aws:sqs:eu-west-1:1:x"', []),
        ("sqs:SendMessage", "var.v", []),
        ("secretsmanager:GetSecretValue", "aws_sqs_queue.q.arn", ["secretsmanager:GetSecretValue"]),
    ],
)
def test_resources_that_do_not_fit(actions: str, target: str, missed: list[str]) -> None:
    made = code('variable "v" {}\nresource "aws_sqs_queue" "q" {\n  name = "q"\n}\n', ROLE % (SERVICE, ""), OWN % allow(actions, target))
    (found,) = policies(at(made, "aws_iam_role_policy.r"), made)
    assert [action.data for action, _ in misfits(found.statements[0], made)] == missed


@pytest.mark.parametrize(("word", "prefix"), [("stepfunctions", "states"), ("dynmodb", "dynamodb"), ("frobnicator", "")])
def test_services_by_another_word(word: str, prefix: str) -> None:
    assert meant(word) == prefix


# -- roles that pipelines pass

CI = TRUST.replace("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity") % (
    '{ Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }'
)
MADE = (
    ROLE.replace('"r"', '"w"') % (SERVICE, "")
) + 'resource "aws_lambda_function" "f" {\n  function_name = "f"\n  role = aws_iam_role.w.arn\n}\n'
TO = '{ StringEquals = { "iam:PassedToService" = "%s.amazonaws.com" } }'


@pytest.mark.parametrize(
    ("trust", "own", "lacking"),
    [
        (CI, allow("lambda:*"), True),
        (CI, allow("lambda:* iam:PassRole"), False),
        (CI, f"{allow('lambda:*')}, {allow('iam:PassRole', 'aws_iam_role.w.arn', TO % 'lambda')}", False),
        (CI, f"{allow('lambda:*')}, {allow('iam:PassRole', 'aws_iam_role.w.arn', TO % 'ecs-tasks')}", True),
        (CI, allow("lambda:UpdateFunctionCode"), False),
        (SERVICE, allow("lambda:*"), False),
    ],
)
def test_roles_that_a_pipeline_cannot_pass(trust: str, own: str, lacking: bool) -> None:
    found, doubts = lacks(code(ROLE % (trust, ""), OWN % own, MADE), "aws_iam_role.r", passing_needs)
    assert (bool(found), doubts) == (lacking, [])


# -- service accounts

SUBJECT = """
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({ Statement = [{
    Effect    = "Allow"
    Action    = "sts:AssumeRoleWithWebIdentity"
    Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC" }
    Condition = { %s = { "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub" = %s } }
  }] })
}
"""
ACCOUNT = {
    "metadata": {
        "name": "api",
        "namespace": "shop",
        "annotations": {"eks.amazonaws.com/role-arn": {"$ref": "aws_iam_role.r#arn"}},
    }
}


@pytest.mark.parametrize(
    ("operator", "subject", "refused"),
    [
        ("StringEquals", '"system:serviceaccount:shop:api"', False),
        ("StringEquals", '"system:serviceaccount:default:api"', True),
        ("StringEquals", '"system:serviceaccount:shop:*"', True),
        ("StringLike", '"system:serviceaccount:shop:*"', False),
        ("StringEquals", '["system:serviceaccount:a:b", "system:serviceaccount:shop:api"]', False),
        ("StringEquals", "var.subject", None),
    ],
)
def test_service_accounts_that_a_role_refuses(operator: str, subject: str, refused: bool | None) -> None:
    made = code('variable "subject" {}\n', SUBJECT % (operator, subject))
    account = resource("shop/ServiceAccount/api", ACCOUNT, kind="ServiceAccount")
    whole = graph(*made.resources, account)
    if refused is None:
        with pytest.raises(Undecided):
            list(service_account.refusals(account, whole))
    else:
        assert bool(list(service_account.refusals(account, whole))) is refused


# -- tags


@pytest.mark.parametrize(
    ("tagged", "condition", "fault"),
    [
        ('tags = { team = "a" }', '{ StringEquals = { "aws:ResourceTag/team" = "a" } }', False),
        ('tags = { team = "b" }', '{ StringEquals = { "aws:ResourceTag/team" = "a" } }', True),
        ("", '{ StringEquals = { "aws:ResourceTag/team" = "a" } }', True),
        ("", '{ StringEqualsIfExists = { "aws:ResourceTag/team" = "a" } }', False),
        ("tags = var.v", '{ StringEquals = { "aws:ResourceTag/team" = "a" } }', False),
        ('tags = { Team = "a" }', '{ StringLike = { "aws:ResourceTag/team" = "a*" } }', False),
        ("", '{ StringEquals = { "aws:PrincipalTag/team" = "a" } }', True),
    ],
)
def test_tags_that_nothing_has(tagged: str, condition: str, fault: bool) -> None:
    queue = f'resource "aws_sqs_queue" "q" {{\n  name = "q"\n  {tagged}\n}}\n'
    made = code('variable "v" {}\n', queue, ROLE % (SERVICE, ""), OWN % allow("sqs:SendMessage", "aws_sqs_queue.q.arn", condition))
    assert bool(list(tags.tag_faults(at(made, "aws_iam_role.r"), made))) is fault


# -- two accounts


def _pair(own: list[str], policy: object) -> tuple[dict[str, object], ...]:
    statement = {"Effect": "Allow", "Action": own, "Resource": "arn:aws:sqs:eu-west-1:222222222222:q"}
    return (
        {"name": "r", "arn": "arn:aws:iam::111111111111:role/r", "assume_role_policy": "{}"},
        {"role": "r", "policy": json.dumps({"Statement": [statement] if own else []})},
        {"name": "q", "arn": "arn:aws:sqs:eu-west-1:222222222222:q", "policy": json.dumps(policy) if policy else ""},
    )


LETS_IN = {
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:role/r"}, "Action": "sqs:SendMessage", "Resource": "*"}
    ]
}


@pytest.mark.parametrize(
    ("own", "policy", "here", "there"),
    [
        (["sqs:SendMessage"], None, 1, 0),
        (["sqs:SendMessage"], LETS_IN, 0, 0),
        ([], LETS_IN, 0, 1),
    ],
)
def test_grants_on_one_side_only(own: list[str], policy: object, here: int, there: int) -> None:
    role, inline, queue = _pair(own, policy)
    made = graph(resource("aws_iam_role.r", role), resource("aws_iam_role_policy.r", inline), resource("aws_sqs_queue.q", queue))
    assert len(list(across.granted_here_only(at(made, "aws_iam_role.r"), made))) == here
    assert len(list(across.granted_there_only(at(made, "aws_sqs_queue.q"), made))) == there


def test_another_account_that_is_not_here_is_not_known() -> None:
    role, inline, _ = _pair(["sqs:SendMessage"], None)
    made = graph(resource("aws_iam_role.r", role), resource("aws_iam_role_policy.r", inline))
    with pytest.raises(Undecided, match="has to let the role in as well"):
        list(across.granted_here_only(at(made, "aws_iam_role.r"), made))


# -- endpoints

NETWORK = """
resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "s" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table" "t" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table" "other" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.s.id
  route_table_id = aws_route_table.t.id
}
resource "aws_s3_bucket" "b" {
  bucket = "b-4711"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
  vpc_config {
    subnet_ids = [aws_subnet.s.id]
  }
  environment {
    variables = { BUCKET = aws_s3_bucket.b.id }
  }
}
"""
ENDPOINT = (
    'resource "aws_vpc_endpoint" "e" {\n  vpc_id = aws_vpc.v.id\n  service_name = "com.amazonaws.eu-west-1.%s"\n%s'
    '  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:*", Resource = %s }] })\n}\n'
)
GATEWAY = "  route_table_ids = [aws_route_table.t.id]\n"


@pytest.mark.parametrize(
    ("service", "way", "target", "blocked"),
    [
        ("s3", GATEWAY, '"arn:aws:s3:::other/*"', True),
        ("s3", GATEWAY, '"arn:aws:s3:::b-4711/*"', False),
        ("s3", GATEWAY, '"*"', False),
        ("dynamodb", GATEWAY, '"arn:aws:s3:::other/*"', False),
        ("s3", "", '"arn:aws:s3:::other/*"', False),
        ("s3", "  route_table_ids = [aws_route_table.other.id]\n", '"arn:aws:s3:::other/*"', False),
        ("s3", '  vpc_endpoint_type = "Interface"\n  private_dns_enabled = true\n', '"arn:aws:s3:::other/*"', True),
        ("s3", '  vpc_endpoint_type = "Interface"\n', '"arn:aws:s3:::other/*"', False),
    ],
)
def test_what_an_endpoint_does_not_let_through(service: str, way: str, target: str, blocked: bool) -> None:
    made = code(NETWORK, ROLE % (SERVICE, ""), ENDPOINT % (service, way, target))
    assert bool(list(workload.stopped_on_the_way(at(made, "aws_lambda_function.f"), made))) is blocked


# -- perimeters


@pytest.mark.parametrize(("partner", "kept"), [("999999999999", True), ("111111111111", False)])
def test_partners_that_a_perimeter_keeps_out(partner: str, kept: bool) -> None:
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",
        "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "111111111111"}},
    }
    lets = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{partner}:role/p"}, "Action": "sqs:SendMessage", "Resource": "*"}
    made = graph(
        resource(
            "aws_organizations_policy.p", {"id": "p-1", "type": "RESOURCE_CONTROL_POLICY", "content": json.dumps({"Statement": [deny]})}
        ),
        resource("aws_organizations_policy_attachment.p", {"policy_id": "p-1", "target_id": "111111111111"}),
        resource(
            "aws_sqs_queue.q", {"name": "q", "arn": "arn:aws:sqs:eu-west-1:111111111111:q", "policy": json.dumps({"Statement": [lets]})}
        ),
    )
    assert bool(list(outsiders.kept_out(at(made, "aws_sqs_queue.q"), made))) is kept
