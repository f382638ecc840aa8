r"""A policy may change or delete on every resource, without a condition.

## Why it matters
A mistake or an intruder is limited by what the policy names. Where it names `*`, a wrong variable in one deploy
deletes the tables of all teams, and a hijacked workload can encrypt or destroy what it never used.

## Five whys
1. Why did the clean-up job of staging delete production queues? It deleted every queue that it could list.
2. Why could it delete those? Its role may delete any queue of the account.
3. Why any? Its policy names `*` as the resource.
4. Why not a name? The queues have generated names, and nobody thought of a prefix or a tag.

## Fix now
Name the resources, by ARN, by prefix (`arn:aws:sqs:*:ACCOUNT:staging-*`), or by tag (condition
`aws:ResourceTag/environment`).

## Workaround
Add `Deny` with the condition `StringNotEquals: {"aws:ResourceTag/environment": "staging"}` for the deleting actions.

## Prevent
Name resources with a prefix for environment and service, so that policies can say it. One account for each
environment limits what is left.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names sqs:DeleteQueue --resource-arns
FOREIGN_QUEUE_ARN` answers `implicitDeny`.

## Bad
```hcl
data "aws_iam_policy_document" "cleanup" {
  statement {
    actions   = ["sqs:ListQueues", "sqs:DeleteQueue"] # finding
    resources = ["*"]
  }
}
```

## Good
```hcl
data "aws_iam_policy_document" "cleanup" {
  statement {
    actions   = ["sqs:ListQueues", "xray:PutTraceSegments"]
    resources = ["*"]
  }
  statement {
    actions   = ["sqs:DeleteQueue"]
    resources = ["arn:aws:sqs:*:111122223333:staging-*"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.iam_actions import covered, told
from auditor.views.policy import IDENTITY, Statement, identity_statements


@rule(target=IDENTITY, each=identity_statements, severity=Severity.LOW, aliases="CKV_AWS_111 CKV_AWS_290 CKV_AWS_355 CKV_AWS_356")
def check(statement: Statement) -> Iterator[Fail]:
    if statement.admin or not statement.unlimited:
        return
    limitable = [(pattern, action) for pattern, action in covered(statement.actions) if action.resource_level]
    if any(action.manages_permissions for _, action in limitable):
        return  # the rule about permissions says so
    writing = [(pattern, action) for pattern, action in limitable if action.writes]
    if writing:
        pattern, name = told(writing)
        yield Fail(pattern, f"{name} is allowed on every resource", expected="the resources that are written")
