"""What configurations need, denied by each layer, allowed, and not known: the same configurations with other policies around them."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from auditor.views.iam.layers import Layer
from auditor.views.needs import delivery, functions, storage
from tests.needs_made import CASES, FUNCTION, TABLE, Case, code, lacks

EVERY = [pytest.param(case, id=name) for name, case in CASES.items()]
ROLE = """
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = "{}"
%s}
"""


def statement(effect: str, actions: Iterable[str], resource: str) -> str:
    return f"{{ Effect = {json.dumps(effect)}, Action = {json.dumps(list(actions))}, Resource = {resource} }}"


def policy(*statements: str) -> str:
    made = ", ".join(statements)
    return f'resource "aws_iam_role_policy" "r" {{\n  role = aws_iam_role.r.id\n  policy = jsonencode({{ Statement = [{made}] }})\n}}\n'


def limit(*statements: str) -> str:
    made = ", ".join(statements)
    return f'resource "aws_iam_policy" "limit" {{\n  name = "limit"\n  policy = jsonencode({{ Statement = [{made}] }})\n}}\n'


def granted(case: Case) -> list[str]:
    return [statement("Allow", actions.split(), resource) for actions, resource in case.grants]


@pytest.mark.parametrize("case", EVERY)
def test_without_any_policy_everything_that_is_needed_is_denied(case: Case) -> None:
    found, doubts = lacks(
        code(ROLE % "", case.text, policy(statement("Allow", ["cloudwatch:PutMetricData"], '"*"'))), case.place, case.needs
    )
    told = {action for lack in found for action in lack.actions}
    assert not doubts or told  # what a resource that is not told may grant is not certain
    assert told == case.actions or (doubts and told < case.actions)
    assert all(lack.layers == (Layer.IDENTITY,) for lack in found if not lack.answers[0].decision.blocking[1:])


@pytest.mark.parametrize("case", EVERY)
def test_what_is_granted_is_not_lacking(case: Case) -> None:
    assert lacks(code(ROLE % "", case.text, policy(*granted(case))), case.place, case.needs) == ([], [])


@pytest.mark.parametrize("case", EVERY)
def test_a_policy_that_is_not_known_leaves_it_open(case: Case) -> None:
    unknown = 'variable "policy" {}\nresource "aws_iam_role_policy" "r" {\n  role = aws_iam_role.r.id\n  policy = var.policy\n}\n'
    found, doubts = lacks(code(ROLE % "", case.text, unknown), case.place, case.needs)
    assert (found, bool(doubts)) == ([], True)


@pytest.mark.parametrize("case", EVERY)
def test_a_policy_that_hangs_on_nobody_knows_what_leaves_it_open(case: Case) -> None:
    elsewhere = policy(statement("Allow", ["*"], '"*"')).replace("aws_iam_role.r.id", "var.role").replace('"r"', '"other"', 1)
    found, doubts = lacks(
        code(ROLE % "", case.text, policy(statement("Allow", ["cloudwatch:PutMetricData"], '"*"')), 'variable "role" {}', elsewhere),
        case.place,
        case.needs,
    )
    assert (found, bool(doubts)) == ([], True)


@pytest.mark.parametrize("case", EVERY)
def test_a_policy_that_is_only_named_leaves_it_open(case: Case) -> None:
    named = (
        'resource "aws_iam_role_policy_attachment" "r" {\n  role = aws_iam_role.r.name\n'
        '  policy_arn = "arn:aws:iam::111122223333:policy/elsewhere"\n}\n'
    )
    found, doubts = lacks(code(ROLE % "", case.text, named), case.place, case.needs)
    assert (found, bool(doubts)) == ([], True)


@pytest.mark.parametrize("case", EVERY)
def test_a_boundary_that_allows_something_else_denies(case: Case) -> None:
    role = ROLE % "  permissions_boundary = aws_iam_policy.limit.arn\n"
    graph = code(role, case.text, policy(*granted(case)), limit(statement("Allow", ["cloudwatch:*"], '"*"')))
    found, doubts = lacks(graph, case.place, case.needs)
    assert {action for lack in found for action in lack.actions} == case.actions
    assert {layer for lack in found for layer in lack.layers} == {Layer.BOUNDARY}
    assert not doubts
    assert all(remedy.resource.address.text == "aws_iam_policy.limit" for lack in found for remedy in lack.remedies)


@pytest.mark.parametrize("case", EVERY)
def test_a_boundary_that_allows_it_does_not_deny(case: Case) -> None:
    role = ROLE % "  permissions_boundary = aws_iam_policy.limit.arn\n"
    graph = code(role, case.text, policy(*granted(case)), limit(statement("Allow", ["*"], '"*"')))
    assert lacks(graph, case.place, case.needs) == ([], [])


@pytest.mark.parametrize("case", EVERY)
def test_a_deny_wins_over_what_is_granted(case: Case) -> None:
    graph = code(ROLE % "", case.text, policy(*granted(case), statement("Deny", sorted(case.actions), '"*"')))
    found, doubts = lacks(graph, case.place, case.needs)
    assert {action for lack in found for action in lack.actions} == case.actions
    assert all(answer.denied for lack in found for answer in lack.answers)
    assert not doubts
    assert all("narrow or remove the Deny" in remedy.patch for lack in found for remedy in lack.remedies)


@pytest.mark.parametrize("case", EVERY)
def test_a_role_that_is_not_here_leaves_it_open(case: Case) -> None:
    found, doubts = lacks(code(case.text.replace("aws_iam_role.r.arn", '"arn:aws:iam::111122223333:role/r"')), case.place, case.needs)
    assert found == []
    assert doubts or "aws_iam_role.r" in case.text  # an instance profile names it in its own way


# -- what the twins leave out

BACKUP = 'resource "aws_backup_selection" "p" {\n  name = "p"\n  iam_role_arn = %s\n  resources = [aws_dynamodb_table.d.arn]\n}\n'


def test_a_role_that_aws_keeps_needs_nothing() -> None:
    role = '"arn:aws:iam::111122223333:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"'
    assert lacks(code(TABLE, BACKUP % role), "aws_backup_selection.p", storage.backup_needs) == ([], [])


def test_one_of_several_that_may_be_allowed_leaves_it_open() -> None:
    perhaps = statement("Allow", ["dynamodb:CreateBackup"], '"*"').replace(
        " }", ', Condition = { StringEquals = { "aws:userid" = "x" } } }'
    )
    graph = code(ROLE % "", TABLE, BACKUP % "aws_iam_role.r.arn", policy(perhaps))
    found, doubts = lacks(graph, "aws_backup_selection.p", storage.backup_needs)
    assert (found, bool(doubts)) == ([], True)


def test_a_service_shows_no_second_factor() -> None:
    factor = statement("Allow", ["*"], '"*"').replace(" }", ', Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } } }')
    found, doubts = lacks(
        code(ROLE % "", TABLE, BACKUP % "aws_iam_role.r.arn", policy(factor)), "aws_backup_selection.p", storage.backup_needs
    )
    assert (len(found), doubts) == (1, [])


def test_a_target_that_is_not_known_leaves_it_open() -> None:
    letters = FUNCTION % "  dead_letter_config {\n    target_arn = var.letters\n  }\n"
    graph = code('variable "letters" {}\n', ROLE % "", letters, policy(statement("Allow", ["cloudwatch:PutMetricData"], '"*"')))
    found, doubts = lacks(graph, "aws_lambda_function.f", functions.function_needs)
    assert (found, bool(doubts)) == ([], True)


def test_a_log_group_by_its_arn_with_all_its_streams() -> None:
    group = '"arn:aws:logs:eu-west-1:111122223333:log-group:/g:*"'
    trail = (
        f'resource "aws_cloudtrail" "p" {{\n  cloud_watch_logs_role_arn = aws_iam_role.r.arn\n  cloud_watch_logs_group_arn = {group}\n}}\n'
    )
    home = 'provider "aws" {\n  allowed_account_ids = ["111122223333"]\n}\n'
    graph = code(home, ROLE % "", trail, policy(statement("Allow", ["logs:CreateLogStream", "logs:PutLogEvents"], group)))
    assert lacks(graph, "aws_cloudtrail.p", delivery.trail_needs) == ([], [])
    other = code(ROLE % "", trail, policy(statement("Allow", ["logs:*"], group.replace("/g", "/other"))))
    assert [lack.actions for lack in lacks(other, "aws_cloudtrail.p", delivery.trail_needs)[0]] == [
        ("logs:CreateLogStream", "logs:PutLogEvents")
    ]


def test_a_block_that_may_not_be_there_is_no_reason_for_a_finding() -> None:
    inside = FUNCTION % "  vpc_config {\n    subnet_ids = var.subnets\n  }\n"
    graph = code('variable "subnets" {}\n', ROLE % "", inside, policy(statement("Allow", ["cloudwatch:PutMetricData"], '"*"')))
    found, doubts = lacks(graph, "aws_lambda_function.f", functions.function_needs)
    assert (found, bool(doubts)) == ([], True)
