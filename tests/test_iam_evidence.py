"""Layers of policies as Terraform spells them: where a decision over real resources takes them from."""

from __future__ import annotations

import pytest

from auditor.model.graph import Graph
from auditor.model.resource import Facet
from auditor.model.rule import Example
from auditor.testing import read
from auditor.views.iam.aws_managed import aws_managed, origin
from auditor.views.iam.decision import Effect
from auditor.views.iam.evidence import decide
from auditor.views.iam.hole import HOLE
from auditor.views.iam.layers import Layer
from auditor.views.iam.pattern import matches, wild
from auditor.views.iam.question import Answer
from tests.made import graph, resource

HOME, AWAY = "111111111111", "222222222222"
SESSION = f"arn:aws:sts::{HOME}:assumed-role/app/run"
OBJECT = "arn:aws:s3:::media/a"

ROLE = """
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}
"""
BUCKET = """
resource "aws_s3_bucket" "media" {
  bucket = "media"
}
"""
READS = 'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })'
INLINE = f'resource "aws_iam_role_policy" "p" {{\n  role = aws_iam_role.app.name\n  policy = {READS}\n}}\n'


def code(*texts: str) -> Graph:
    (found,) = read(Example("test", "hcl", (("main.tf", "\n".join(texts)),), 1, True)).graphs
    return found


def asked(*texts: str, principal: str = SESSION, action: str = "s3:GetObject", target: str = OBJECT) -> Answer:
    return decide(code(*texts), principal, action, target)


# -- the policies of a principal

SPELLINGS = {
    "inline": INLINE,
    "by id": INLINE.replace("app.name", "app.id"),
    "by its name": INLINE.replace("aws_iam_role.app.name", '"app"'),
    "attached": f"""
resource "aws_iam_policy" "p" {{
  name   = "p"
  policy = {READS}
}}
resource "aws_iam_role_policy_attachment" "p" {{
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.p.arn
}}
""",
    "attached to many": f"""
resource "aws_iam_policy" "p" {{
  name   = "p"
  policy = {READS}
}}
resource "aws_iam_policy_attachment" "p" {{
  name       = "p"
  roles      = [aws_iam_role.app.name]
  policy_arn = aws_iam_policy.p.arn
}}
""",
    "attached by its ARN": f"""
resource "aws_iam_policy" "p" {{
  name   = "p"
  policy = {READS}
}}
resource "aws_iam_role_policy_attachment" "p" {{
  role       = aws_iam_role.app.name
  policy_arn = "arn:aws:iam::{HOME}:policy/p"
}}
""",
    "of AWS": """
resource "aws_iam_role_policy_attachment" "p" {
  role       = aws_iam_role.app.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}
""",
    "of AWS, by its name": """
data "aws_iam_policy" "s3" {
  name = "AmazonS3ReadOnlyAccess"
}
resource "aws_iam_role_policy_attachment" "p" {
  role       = aws_iam_role.app.name
  policy_arn = data.aws_iam_policy.s3.arn
}
""",
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_every_spelling_of_a_policy_counts(name: str) -> None:
    found = asked(ROLE, BUCKET, SPELLINGS[name])
    assert found.decision.effect is Effect.ALLOW
    assert found.principal is not None
    assert found.principal.address.text == "aws_iam_role.app"
    assert found.target is not None
    assert found.target.address.text == "aws_s3_bucket.media"


def test_inline_blocks_of_a_role() -> None:
    block = f'  inline_policy {{\n    name = "x"\n    policy = {READS}\n  }}\n}}\n'
    assert asked(ROLE.rstrip().removesuffix("}") + block, BUCKET).decision.effect is Effect.ALLOW


def test_a_managed_policy_that_is_not_here_is_a_gap() -> None:
    unheard = SPELLINGS["of AWS"].replace("AmazonS3ReadOnlyAccess", "AmazonUnheardOfAccess")
    found = asked(ROLE, BUCKET, unheard).decision
    assert found.effect is Effect.UNKNOWN
    assert any("AmazonUnheardOfAccess" in doubt for doubt in found.doubts)


def test_an_attachment_that_may_be_to_any_role_is_a_gap() -> None:
    found = asked('variable "r" {}\n', ROLE, BUCKET, INLINE.replace("aws_iam_role.app.name", "var.r")).decision
    assert found.effect is Effect.UNKNOWN


def test_a_role_whose_name_has_an_unknown_beginning() -> None:
    role = ROLE.replace('"app"\n', '"${var.stage}-app"\n')
    found = asked('variable "stage" {}\n', role, BUCKET, INLINE, principal=f"arn:aws:sts::{HOME}:assumed-role/prod-app/run").decision
    assert found.effect is Effect.ALLOW


# -- names

NAMES = {
    "a bucket's ARN": ('"${aws_s3_bucket.media.arn}/*"', OBJECT, Effect.ALLOW),
    "a bucket's name": ('"arn:aws:s3:::${aws_s3_bucket.media.id}/*"', OBJECT, Effect.ALLOW),
    "another bucket": ('"${aws_s3_bucket.media.arn}-logs/*"', OBJECT, Effect.IMPLICIT_DENY),
    "a partition": ('"arn:${data.aws_partition.it.partition}:s3:::media/*"', OBJECT, Effect.ALLOW),
    "a variable": ('"arn:aws:s3:::${var.bucket}/*"', OBJECT, Effect.UNKNOWN),
    "a variable that cannot fit": ('"arn:aws:s3:::logs-${var.bucket}/*"', OBJECT, Effect.IMPLICIT_DENY),
    "a policy variable": ('"arn:aws:s3:::media/$${aws:PrincipalTag/team}"', OBJECT, Effect.UNKNOWN),
}


@pytest.mark.parametrize("name", NAMES)
def test_names_that_the_cloud_has_not_told_yet(name: str) -> None:
    pattern, target, answer = NAMES[name]
    inline = INLINE.replace('Resource = "*"', f"Resource = {pattern}")
    assert asked('variable "bucket" {}\ndata "aws_partition" "it" {}\n', ROLE, BUCKET, inline, target=target).decision.effect is answer


# -- organizations

ORGANIZATION = """
resource "aws_organizations_organization" "it" {}
resource "aws_organizations_organizational_unit" "prod" {
  name      = "prod"
  parent_id = aws_organizations_organization.it.roots[0].id
}
resource "aws_organizations_account" "shop" {
  name      = "shop"
  email     = "shop@example.com"
  parent_id = aws_organizations_organizational_unit.prod.id
}
resource "aws_organizations_policy" "guard" {
  name    = "guard"
  content = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "EFFECT", Action = "ACTION", Resource = "*" }] })
}
resource "aws_organizations_policy_attachment" "guard" {
  policy_id = aws_organizations_policy.guard.id
  target_id = TARGET
}
"""
UNIT, ACCOUNT_ = "aws_organizations_organizational_unit.prod.id", "aws_organizations_account.shop.id"


@pytest.mark.parametrize(
    ("effect", "action", "target", "answer"),
    [
        ("Deny", "s3:*", UNIT, Effect.EXPLICIT_DENY),
        ("Deny", "s3:*", ACCOUNT_, Effect.EXPLICIT_DENY),
        ("Deny", "s3:*", "aws_organizations_organization.it.roots[0].id", Effect.EXPLICIT_DENY),
        ("Deny", "s3:*", f'"{HOME}"', Effect.EXPLICIT_DENY),
        ("Deny", "s3:*", f'"{AWAY}"', Effect.ALLOW),
        ("Deny", "ec2:*", UNIT, Effect.ALLOW),
        ("Allow", "ec2:*", UNIT, Effect.IMPLICIT_DENY),
        ("Allow", "s3:*", UNIT, Effect.ALLOW),
    ],
)
def test_levels_of_an_organization(effect: str, action: str, target: str, answer: Effect) -> None:
    organization = ORGANIZATION.replace("EFFECT", effect).replace("ACTION", action).replace("TARGET", target)
    if target == f'"{HOME}"':
        organization = organization.replace('resource "aws_organizations_account" "shop"', 'resource "aws_ebs_volume" "shop"')
    found = asked(ROLE, BUCKET, INLINE, organization).decision
    assert found.effect is answer
    assert (Layer.SCP in found.blocking) is (answer in (Effect.EXPLICIT_DENY, Effect.IMPLICIT_DENY))


# -- several graphs


def test_an_account_that_lends_to_another() -> None:
    policy = {"Statement": {"Effect": "Allow", "Principal": {"AWS": HOME}, "Action": "s3:GetObject", "Resource": "*"}}
    lender = graph(
        resource("aws_s3_bucket.media", {"bucket": "media"}),
        resource("aws_s3_bucket_policy.p", {"bucket": "media", "policy": policy}),
        resource("aws_sns_topic.t", {"arn": f"arn:aws:sns:eu-west-1:{AWAY}:t"}),
    )
    assert decide((code(ROLE, INLINE), lender), SESSION, "s3:GetObject", OBJECT).decision.effect is Effect.ALLOW
    found = decide((code(ROLE), lender), SESSION, "s3:GetObject", OBJECT).decision
    assert (found.effect, found.blocking) == (Effect.IMPLICIT_DENY, (Layer.IDENTITY,))
    assert decide((code(ROLE, INLINE), lender), SESSION, "s3:PutObject", OBJECT).decision.effect is Effect.IMPLICIT_DENY


def test_a_bucket_of_which_nobody_knows_the_account() -> None:
    other = graph(resource("aws_s3_bucket.media", {"bucket": "media"}))
    assert decide((other,), SESSION, "s3:GetObject", OBJECT).decision.effect is Effect.UNKNOWN


def test_two_roots_that_declare_the_same_role() -> None:
    def root(name: str, action: str) -> Graph:
        policy = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": action, "Resource": "*"}}
        role = resource("aws_iam_role.app", {"name": "app"}, root=name)
        return graph(role, resource("aws_iam_role_policy.p", {"role": "app", "policy": policy}, root=name))

    both = decide((root("staging", "s3:*"), root("prod", "sqs:*")), SESSION, "ec2:StartInstances", "*").decision
    assert both.effect is Effect.UNKNOWN
    assert both.doubts == ("several roots declare it: prod, staging",)
    assert decide(root("prod", "s3:*"), SESSION, "ec2:StartInstances", "*").decision.effect is Effect.IMPLICIT_DENY


def test_a_state_beside_the_code_knows_the_ids() -> None:
    written = code(
        ROLE,
        'resource "aws_kms_key" "a" {}\nresource "aws_kms_key" "b" {\n  policy = "{}"\n}\n',
        INLINE.replace("s3:GetObject", "kms:Decrypt"),
    )
    keys = {name: f"arn:aws:kms:eu-west-1:{HOME}:key/{name}" for name in "ab"}
    state = graph(*(resource(f"aws_kms_key.{name}", {"arn": arn, "key_id": name}, facet=Facet.RECORDED) for name, arn in keys.items()))
    for name, answer in (("a", Effect.ALLOW), ("b", Effect.IMPLICIT_DENY)):
        found = decide((state, written), SESSION, "kms:Decrypt", keys[name])
        assert found.target is not None
        assert (found.target.address.text, found.decision.effect) == (f"aws_kms_key.{name}", answer)
    assert decide(written, SESSION, "kms:Decrypt", keys["a"]).decision.effect is Effect.UNKNOWN


def test_a_state_alone() -> None:
    arn = f"arn:aws:iam::{HOME}:role/app"
    policy = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::media/*"}}'
    state = graph(
        resource("aws_iam_role.app", {"name": "app", "id": "app", "arn": arn, "assume_role_policy": "{}"}, facet=Facet.RECORDED),
        resource("aws_iam_role_policy.p", {"role": "app", "policy": policy}, facet=Facet.RECORDED),
        resource("aws_s3_bucket.media", {"bucket": "media", "id": "media", "arn": "arn:aws:s3:::media"}, facet=Facet.RECORDED),
    )
    assert decide(state, SESSION, "s3:GetObject", OBJECT).decision.effect is Effect.ALLOW
    assert decide(state, SESSION, "s3:PutObject", OBJECT).decision.effect is Effect.IMPLICIT_DENY
    assert decide(state, SESSION.replace(HOME, AWAY), "s3:GetObject", OBJECT).decision.effect is Effect.IMPLICIT_DENY


# -- permissions of functions


@pytest.mark.parametrize(
    ("principal", "more", "context", "answer"),
    [
        ("s3.amazonaws.com", "", {}, Effect.ALLOW),
        ("sns.amazonaws.com", "", {}, Effect.IMPLICIT_DENY),
        ("s3.amazonaws.com", f'  source_account = "{HOME}"\n', {}, Effect.UNKNOWN),
        ("s3.amazonaws.com", f'  source_account = "{HOME}"\n', {"aws:SourceAccount": HOME}, Effect.ALLOW),
        ("s3.amazonaws.com", f'  source_account = "{HOME}"\n', {"aws:SourceAccount": AWAY}, Effect.IMPLICIT_DENY),
        ("s3.amazonaws.com", "  source_arn = aws_s3_bucket.media.arn\n", {"aws:SourceArn": "arn:aws:s3:::media"}, Effect.ALLOW),
        ("s3.amazonaws.com", "  source_arn = aws_s3_bucket.media.arn\n", {"aws:SourceArn": "arn:aws:s3:::other"}, Effect.IMPLICIT_DENY),
    ],
)
def test_permissions_of_functions(principal: str, more: str, context: dict[str, str], answer: Effect) -> None:
    function = 'resource "aws_lambda_function" "f" {\n  function_name = "f"\n  role = "r"\n}\n'
    permission = f'resource "aws_lambda_permission" "p" {{\n  function_name = aws_lambda_function.f.function_name\n  action = "lambda:InvokeFunction"\n  principal = "s3.amazonaws.com"\n{more}}}\n'
    target = f"arn:aws:lambda:eu-west-1:{HOME}:function:f"
    assert decide(code(function, permission, BUCKET), principal, "lambda:InvokeFunction", target, context).decision.effect is answer


def test_a_key_without_a_policy_trusts_its_account() -> None:
    key = f"arn:aws:kms:eu-west-1:{HOME}:key/1"
    grants = INLINE.replace("s3:GetObject", "kms:Decrypt")
    assert asked(ROLE, 'resource "aws_kms_key" "k" {}\n', grants, action="kms:Decrypt", target=key).decision.effect is Effect.ALLOW
    assert asked(ROLE, 'resource "aws_kms_key" "k" {}\n', action="kms:Decrypt", target=key).decision.blocking == (Layer.IDENTITY,)


def test_tags_of_both_ends() -> None:
    condition = 'Condition = { StringEquals = { "aws:ResourceTag/team" = "$${aws:PrincipalTag/team}" } }'
    inline = INLINE.replace('Resource = "*"', f'Resource = "*", {condition}')
    role, bucket = (text.replace("\n}", '\n  tags = { team = "red" }\n}') for text in (ROLE, BUCKET))
    assert asked(role, bucket, inline).decision.effect is Effect.ALLOW
    assert asked(role, bucket.replace("red", "blue"), inline).decision.effect is Effect.IMPLICIT_DENY
    assert asked(role, BUCKET, inline).decision.effect is Effect.IMPLICIT_DENY


# -- data and patterns


def test_policies_of_aws_say_where_they_come_from() -> None:
    found = aws_managed("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")
    assert found is not None
    assert any(action.text == "ecr:GetAuthorizationToken" for statement in found.statements for action in statement.actions)
    assert aws_managed(f"arn:aws:iam::{HOME}:policy/AdministratorAccess") is None
    assert "moto" in origin()
    assert origin()[-10:-6].isdigit()


def test_patterns_with_many_wildcards_end() -> None:
    assert matches(wild("*a" * 40 + "b"), "a" * 2000) is False
    assert matches(wild("*a" * 40), "a" * 2000) is True


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        ("a*c", "abc", True),
        ("a*c*", "abcd", True),
        ("*b*d", "abcd", True),
        ("*b*c", "abcd", False),
        ("a?c", "ac", False),
        ("", "", True),
        ("*", "", True),
        ("a*a", "a", False),
        (f"a{HOLE}", "ab", None),
        (f"b{HOLE}", "ab", False),
        ("ab", f"a{HOLE}", None),
        ("xb*", f"a{HOLE}", False),
    ],
)
def test_patterns(pattern: str, text: str, answer: bool | None) -> None:
    assert matches(wild(pattern), text) is answer
