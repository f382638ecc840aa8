"""What a principal of a graph may do to a resource of it, while the cloud has told neither the account nor the ids."""

from __future__ import annotations

import pytest

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Facet, Resource
from auditor.model.rule import Example
from auditor.testing import read
from auditor.views.iam.access import may, names_of, principal_at, principals
from auditor.views.iam.arn_index import ArnIndex
from auditor.views.iam.hole import HOLE, blurred, named_hole, starred
from auditor.views.iam.layers import Layer
from auditor.views.iam.pattern import matches, matches_arn, wild
from tests.made import graph, resource


def code(*texts: str) -> Graph:
    (found,) = read(Example("test", "hcl", (("main.tf", "\n".join(texts)),), 1, True)).graphs
    return found


def one(graph: Graph, kind: str, name: str) -> Resource:
    return next(it for it in graph.of(kind) if it.address.text.endswith(f".{name}"))


def statement(action: str, resource: str, more: str = "", effect: str = "Allow") -> str:
    return f'{{ Effect = "{effect}", Action = "{action}", Resource = {resource}{more} }}'


def role(name: str, *statements: str, trust: str = "", more: str = "") -> str:
    return f"""
resource "aws_iam_role" "{name}" {{
  name               = "{name}"
  assume_role_policy = jsonencode({{ Version = "2012-10-17", Statement = [{trust}] }})
  {more}
}}
resource "aws_iam_role_policy" "{name}" {{
  role   = aws_iam_role.{name}.id
  policy = jsonencode({{ Version = "2012-10-17", Statement = [{", ".join(statements)}] }})
}}
"""


ESTATE = """
variable "bucket" {}
data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
resource "aws_kms_key" "k" {}
resource "aws_kms_key" "other" {}
resource "aws_sqs_queue" "jobs" { name = "jobs" }
resource "aws_sqs_queue" "named" { name_prefix = "shop-" }
resource "aws_s3_bucket" "media" { bucket = var.bucket }
"""
SAME = {
    "a key by its ARN": ("kms:Decrypt", "aws_kms_key.k.arn", "aws_kms_key", "k", "", True),
    "another key": ("kms:Decrypt", "aws_kms_key.other.arn", "aws_kms_key", "k", "", None),
    "a queue in this account and region": (
        "sqs:SendMessage",
        '"arn:aws:sqs:${data.aws_region.here.name}:${data.aws_caller_identity.me.account_id}:jobs"',
        "aws_sqs_queue",
        "jobs",
        "",
        True,
    ),
    "a queue in an account of which nobody knows": (
        "sqs:SendMessage",
        '"arn:aws:sqs:eu-west-1:111111111111:jobs"',
        "aws_sqs_queue",
        "jobs",
        "",
        None,
    ),
    "another queue in it": ("sqs:SendMessage", '"arn:aws:sqs:eu-west-1:111111111111:mails"', "aws_sqs_queue", "jobs", "", False),
    "any account": ("sqs:SendMessage", '"arn:aws:sqs:*:*:jobs"', "aws_sqs_queue", "jobs", "", True),
    "a made name by its prefix": ("sqs:SendMessage", '"arn:aws:sqs:*:*:shop-*"', "aws_sqs_queue", "named", "", True),
    "a made name that may be": ("sqs:SendMessage", '"arn:aws:sqs:*:*:shop-a"', "aws_sqs_queue", "named", "", None),
    "a made name that cannot be": ("sqs:SendMessage", '"arn:aws:sqs:*:*:mail-*"', "aws_sqs_queue", "named", "", False),
    "an object of a bucket of unknown name": ("s3:GetObject", '"${aws_s3_bucket.media.arn}/*"', "aws_s3_bucket", "media", "/a", True),
    "a prefix in it": ("s3:GetObject", '"${aws_s3_bucket.media.arn}/in/*"', "aws_s3_bucket", "media", "/out/a", False),
    "a bucket beside it": ("s3:GetObject", '"${aws_s3_bucket.media.arn}-logs/*"', "aws_s3_bucket", "media", "/a", False),
    "the bucket itself": ("s3:ListBucket", "aws_s3_bucket.media.arn", "aws_s3_bucket", "media", "", True),
}


@pytest.mark.parametrize("name", SAME)
def test_what_is_not_known_is_the_same_wherever_it_stands(name: str) -> None:
    action, pattern, kind, target, part, wanted = SAME[name]
    found = code(ESTATE, role("app", statement(action, pattern)))
    answer = may(found, one(found, "aws_iam_role", "app"), action, one(found, kind, target), part=part)
    assert answer.allowed is wanted
    assert bool(answer.deciding) is (wanted is not False)


ASSUME = {
    "both say so": (statement("sts:AssumeRole", "aws_iam_role.admin.arn"), "aws_iam_role.app.arn", None),
    "the trust names the account": (
        statement("sts:AssumeRole", '"*"'),
        '"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"',
        None,
    ),
    "the trust names it": (statement("s3:GetObject", '"*"'), "aws_iam_role.app.arn", None),
    "the trust names the account, the role may not": (
        statement("s3:GetObject", '"*"'),
        '"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"',
        False,
    ),
    "the trust names another": (statement("sts:AssumeRole", '"*"'), "aws_iam_role.third.arn", False),
    "the trust names an account": (statement("sts:AssumeRole", '"*"'), '"arn:aws:iam::111111111111:root"', "unknown"),
}


@pytest.mark.parametrize("name", ASSUME)
def test_roles_that_become_roles(name: str) -> None:
    own, trusted, wanted = ASSUME[name]
    trust = f'{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ AWS = {trusted} }} }}'
    third = 'resource "aws_iam_role" "third" {\n name = "third"\n assume_role_policy = "{}"\n}'
    found = code(ESTATE, role("app", own), role("admin", trust=trust), third)
    answer = may(found, one(found, "aws_iam_role", "app"), "sts:AssumeRole", one(found, "aws_iam_role", "admin"))
    assert answer.allowed is {None: True, False: False, "unknown": None}[wanted]


def test_a_service_becomes_a_role() -> None:
    trust = '{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }'
    found = code(role("app", trust=trust))
    app = one(found, "aws_iam_role", "app")
    assert may(found, "lambda.amazonaws.com", "sts:AssumeRole", app).allowed is True
    assert may(found, "ec2.amazonaws.com", "sts:AssumeRole", app).allowed is False


def test_a_deny_decides_and_says_where() -> None:
    found = code(ESTATE, role("app", statement("sqs:*", '"*"'), statement("sqs:Purge*", "aws_sqs_queue.jobs.arn", effect="Deny")))
    app, jobs = one(found, "aws_iam_role", "app"), one(found, "aws_sqs_queue", "jobs")
    answer = may(found, app, "sqs:PurgeQueue", jobs)
    assert (answer.allowed, answer.denied) == (False, True)
    assert [it.pattern.text for it in answer.deciding] == ["sqs:Purge*"]
    assert answer.decision.blocking == (Layer.IDENTITY,)
    assert [it.pattern.text for it in may(found, app, "sqs:SendMessage", jobs).deciding] == ["sqs:*"]


def test_providers_of_several_accounts_leave_the_account_open() -> None:
    accounts = "".join(
        f'provider "aws" {{\n  alias = "{name}"\n  assume_role {{\n    role_arn = "arn:aws:iam::{number}:role/x"\n  }}\n}}\n'
        for name, number in (("a", "111111111111"), ("b", "222222222222"))
    )
    found = code(ESTATE, accounts, role("app", statement("sqs:SendMessage", '"*"')))
    app, jobs = one(found, "aws_iam_role", "app"), one(found, "aws_sqs_queue", "jobs")
    assert may(found, app, "sqs:SendMessage", jobs).allowed is None
    assert may(found, app, "sqs:DeleteQueue", jobs).allowed is False
    regions = accounts.replace("222222222222", "111111111111")
    found = code(ESTATE, regions, role("app", statement("sqs:SendMessage", '"*"')))
    assert may(found, one(found, "aws_iam_role", "app"), "sqs:SendMessage", one(found, "aws_sqs_queue", "jobs")).allowed is True


def test_arns_and_names_of_principals() -> None:
    text = role("app", statement("sqs:*", '"*"')) + 'resource "aws_iam_user" "ada" {\n  name = "ada"\n}\n'
    values = {
        "a": "aws_iam_role.app.arn",
        "b": '"app"',
        "c": '"arn:aws:iam::111111111111:role/app"',
        "d": '"none"',
        "e": "var.x",
        "f": '"ada"',
    }
    text += 'variable "x" {}\n' + "".join(f'resource "test_thing" "{name}" {{\n  role = {value}\n}}\n' for name, value in values.items())
    found = code(text)
    role_of = {name: one(found, "test_thing", name).at("role") for name in values}
    app = one(found, "aws_iam_role", "app")
    assert principals(found) == (app, one(found, "aws_iam_user", "ada"))
    assert principal_at(found, role_of["a"]) == app
    assert principal_at(found, role_of["b"]) == app
    assert principal_at(found, role_of["c"]) is None  # of an account of which nobody knows whether it is this one
    assert principal_at(found, role_of["d"]) is None
    assert principal_at(found, role_of["f"]) == principals(found)[1]
    with pytest.raises(Undecided):
        principal_at(found, role_of["e"])


def test_texts_find_the_resources_behind_them() -> None:
    found = graph(
        resource("aws_iam_role.app", {"name": "app", "arn": "arn:aws:iam::111111111111:role/app"}),
        resource("aws_s3_bucket.media", {"bucket": "media"}),
        resource("aws_s3_bucket_policy.p", {"bucket": "media", "policy": {"Statement": {
            "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:role/app"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::media/*"}}}),
        resource("aws_iam_role_policy.r", {"role": "app", "policy": {"Statement": []}}),
    )  # fmt: skip
    answer = may(found, "arn:aws:sts::111111111111:assumed-role/app/x", "s3:GetObject", "arn:aws:s3:::media/a")
    assert (answer.allowed, answer.target) == (True, found.of("aws_s3_bucket")[0])
    assert may(found, "anonymous", "s3:GetObject", "arn:aws:s3:::media/a").allowed is False
    assert may(found, "arn:aws:sts::111111111111:assumed-role/none/x", "s3:PutObject", "arn:aws:s3:::media/a").allowed is None


A, B = named_hole("a"), named_hole("b")


@pytest.mark.parametrize(
    ("pattern", "text", "wanted"),
    [
        (A, A, True),
        (A, B, None),
        (A, "x", None),
        ("x", A, None),
        (HOLE, A, None),
        (f"x{A}", f"y{A}", False),
        (f"x{A}-logs", f"x{A}", False),
        (f"x{A}*", f"x{A}-logs", True),
        (f"x{A}*", f"x{B}-logs", None),
        ("x*", f"x{A}", True),
        ("y*", f"x{A}", False),
        (f"{A}?", f"{A}b", True),
        (f"{A}?", f"{A}bc", False),
        (f"*{A}", f"z{A}", True),
        ("b/*", f"b/{HOLE}", True),
        ("b/*/c", f"b/{HOLE}/c", True),
        ("b/?", f"b/{HOLE}", None),
        ("b/*/d", f"b/{HOLE}/c", None),
    ],
)
def test_named_holes(pattern: str, text: str, wanted: bool | None) -> None:
    assert matches(wild(pattern), text) is wanted


def test_named_holes_stay_in_their_part_of_an_arn() -> None:
    assert matches_arn(f"arn:aws:sqs:{A}:{B}:q", f"arn:aws:sqs:{A}:{B}:q") is True
    assert matches_arn("arn:aws:sqs:eu-west-1:111111111111:q", f"arn:aws:sqs:{A}:{B}:q") is None
    assert matches_arn("arn:aws:sqs:eu-west-1:111111111111:p", f"arn:aws:sqs:{A}:{B}:q") is False
    assert (blurred(f"x{A}"), starred(f"x{A}{HOLE}")) == (f"x{HOLE}", "x**")


def test_the_index_of_arns() -> None:
    made = {arn: resource(f"aws_s3_bucket.b{number}", {}) for number, arn in enumerate(
        ("arn:aws:s3:::media", "arn:aws:s3:::media-logs", f"arn:aws:s3:::{HOLE}-x"))}  # fmt: skip
    index = ArnIndex.of(made.items())
    media, logs, any_x = made.values()
    assert index.like("arn:aws:s3:::media/a/b") == (media, any_x)
    assert index.like("arn:aws:s3:::media-logs") == (logs, any_x)
    assert index.like(f"arn:aws:s3:::{HOLE}") == (media, logs, any_x)


def test_names_of_a_graph_are_made_once() -> None:
    found = code(ESTATE)
    assert names_of(found) is names_of(found)


GRANT = """
resource "aws_kms_grant" "g" {{
  key_id            = aws_kms_key.k.key_id
  grantee_principal = aws_iam_role.{name}.arn
  operations        = ["Decrypt", "GenerateDataKey"]
  {more}
}}
"""
CONTEXT = 'constraints {\n    encryption_context_equals = { app = "shop" }\n  }'


@pytest.mark.parametrize(
    ("name", "more", "action", "context", "wanted"),
    [
        ("app", "", "kms:Decrypt", {}, True),
        ("app", "", "kms:Encrypt", {}, False),
        ("third", "", "kms:Decrypt", {}, False),
        ("app", CONTEXT, "kms:Decrypt", {}, None),
        ("app", CONTEXT, "kms:Decrypt", {"kms:EncryptionContext:app": "shop"}, True),
        ("app", CONTEXT, "kms:Decrypt", {"kms:EncryptionContext:app": "mail"}, False),
    ],
)
def test_grants_of_a_key(name: str, more: str, action: str, context: dict[str, str], wanted: bool | None) -> None:
    third = 'resource "aws_iam_role" "third" {\n name = "third"\n assume_role_policy = "{}"\n}'
    found = code(ESTATE, role("app", statement("s3:GetObject", '"*"')), third, GRANT.format(name=name, more=more))
    assert may(found, one(found, "aws_iam_role", "app"), action, one(found, "aws_kms_key", "k"), context).allowed is wanted


def test_a_grant_beside_a_key_policy_that_denies() -> None:
    deny = '{ Effect = "Deny", Principal = "*", Action = "kms:Decrypt", Resource = "*" }'
    estate = ESTATE.replace('"k" {}', f'"k" {{\n policy = jsonencode({{ Version = "2012-10-17", Statement = [{deny}] }})\n}}')
    found = code(estate, role("app", statement("s3:GetObject", '"*"')), GRANT.format(name="app", more=""))
    app, key = one(found, "aws_iam_role", "app"), one(found, "aws_kms_key", "k")
    assert may(found, app, "kms:Decrypt", key).denied
    assert may(found, app, "kms:GenerateDataKey", key).allowed is True


PUBLIC = """
resource "aws_s3_bucket_policy" "p" {{
  bucket = aws_s3_bucket.media.id
  policy = jsonencode({{ Version = "2012-10-17", Statement = [
    {{ Effect = "Allow", Principal = {principal}, Action = "s3:GetObject", Resource = "*" }},
    {{ Effect = "Allow", Principal = {{ AWS = "222222222222" }}, Action = "s3:GetObject", Resource = "*" }},
  ] }})
}}
resource "aws_s3_bucket_public_access_block" "b" {{
  bucket                  = aws_s3_bucket.media.id
  restrict_public_buckets = {switch}
}}
"""
STRANGER = "arn:aws:iam::222222222222:root"


@pytest.mark.parametrize(
    ("principal", "switch", "caller", "wanted"),
    [
        ('"*"', "false", "anonymous", True),
        ('"*"', "true", "anonymous", False),
        ('"*"', "var.bucket", "anonymous", None),
        ('"*"', "true", STRANGER, None),  # nobody knows whether that is the account of the bucket
        ('{ AWS = "333333333333" }', "true", "anonymous", False),
        ('{ Service = "logging.s3.amazonaws.com" }', "true", "logging.s3.amazonaws.com", True),
    ],
)
def test_public_buckets_that_are_restricted(principal: str, switch: str, caller: str, wanted: bool | None) -> None:
    found = code(ESTATE, PUBLIC.format(principal=principal, switch=switch))
    answer = may(found, caller, "s3:GetObject", one(found, "aws_s3_bucket", "media"), part="/a")
    assert answer.allowed is wanted
    assert (Layer.RESOURCE in answer.decision.blocking) is (wanted is False)


@pytest.mark.parametrize(("principal", "wanted"), [('"*"', False), ('{ AWS = "333333333333" }', True)])
def test_strangers_are_let_in_by_name_unless_the_policy_is_public(principal: str, wanted: bool) -> None:
    home = 'provider "aws" {\n  allowed_account_ids = ["111111111111"]\n}\n'
    found = code(home, ESTATE, PUBLIC.format(principal=principal, switch="true"))
    assert may(found, STRANGER, "s3:GetObject", one(found, "aws_s3_bucket", "media"), part="/a").allowed is wanted


def test_a_grant_of_which_nobody_knows_the_key() -> None:
    grant_ = GRANT.format(name="app", more="").replace("aws_kms_key.k.key_id", "var.bucket")
    found = code(ESTATE, role("app", statement("s3:GetObject", '"*"')), grant_)
    assert may(found, one(found, "aws_iam_role", "app"), "kms:Decrypt", one(found, "aws_kms_key", "k")).allowed is None
    found = code(ESTATE, role("app", statement("kms:Decrypt", '"*"')), grant_)
    assert may(found, one(found, "aws_iam_role", "app"), "kms:Decrypt", one(found, "aws_kms_key", "k")).allowed is True


def test_a_grant_of_which_nobody_knows_the_constraints() -> None:
    found = code(
        ESTATE,
        role("app", statement("s3:GetObject", '"*"')),
        GRANT.format(name="app", more=CONTEXT.replace('{ app = "shop" }', "var.bucket")),
    )
    assert may(found, one(found, "aws_iam_role", "app"), "kms:Decrypt", one(found, "aws_kms_key", "k")).allowed is None


@pytest.mark.parametrize(("switch", "wanted"), [("true", None), ("false", True), ("var.bucket", None)])
def test_a_public_policy_that_is_refused_may_have_been_there_before(switch: str, wanted: bool | None) -> None:
    block = PUBLIC.replace("restrict_public_buckets", "block_public_policy")
    found = code(ESTATE, block.format(principal='"*"', switch=switch))
    assert may(found, "anonymous", "s3:GetObject", one(found, "aws_s3_bucket", "media"), part="/a").allowed is wanted


def test_what_a_plan_leaves_open_because_nobody_wrote_it() -> None:
    """The provider computes the inline policies of a role from what hangs on it: before the apply they are not known."""
    echo = {"name": "app", "inline_policy": {"$unknown": "after the apply"}, "managed_policy_arns": {"$unknown": "after the apply"}}
    policy_ = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
    for facet, wanted in ((Facet.PLANNED, False), (Facet.WRITTEN, None)):
        app = resource("aws_iam_role.app", echo, facet=facet)
        found = graph(app, resource("aws_iam_role_policy.p", {"role": "app", "policy": policy_}, facet=facet))
        assert may(found, app, "sqs:SendMessage", "*").allowed is wanted
        assert may(found, app, "s3:ListAllMyBuckets", "*").allowed is wanted
    partly = {"name": "app", "inline_policy": [{"name": "x", "policy": {"$unknown": "after the apply"}}]}
    app = resource("aws_iam_role.app", partly, facet=Facet.PLANNED)
    assert may(graph(app), app, "sqs:SendMessage", "*").allowed is None


def test_a_policy_of_which_nobody_knows_whom_it_is_attached_to() -> None:
    loose = (
        'resource "aws_iam_policy" "p" {\n  name = "p"\n  policy = jsonencode({ Version = "2012-10-17", Statement = ['
        + statement("sqs:*", '"*"', effect="EFFECT")
        + "] })\n}\n"
        'resource "aws_iam_role_policy_attachment" "p" {\n  role = var.bucket\n  policy_arn = aws_iam_policy.p.arn\n}\n'
    )
    for effect in ("Allow", "Deny"):
        found = code(
            ESTATE,
            role("app", statement("sqs:SendMessage" if effect == "Deny" else "s3:GetObject", '"*"')),
            loose.replace("EFFECT", effect),
        )
        app, jobs = one(found, "aws_iam_role", "app"), one(found, "aws_sqs_queue", "jobs")
        answer = may(found, app, "sqs:SendMessage", jobs)
        assert answer.allowed is None
        assert answer.decision.doubts == ("whom aws_iam_policy.p is attached to",)
        assert may(found, app, "sns:Publish", "*").allowed is False  # it says nothing of that
