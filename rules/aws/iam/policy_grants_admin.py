r"""A policy allows every action on every resource.

## Why it matters
Whoever holds this policy is an administrator: one leaked key or one hijacked workload reads every secret, deletes
every backup and creates users for later. No other control in the account can be relied on after that, since all of
them can be switched off.

## Five whys
1. Why could the intruder delete the backups? The role that was hijacked may do everything.
2. Why may it do everything? Its policy allows `*` on `*`.
3. Why was that written? The real list of actions was not known, and `*` made the error go away.
4. Why did it stay? Nothing compares what is granted with what is used.
5. Why was it not refused? No permissions boundary or service control policy caps what a role may get.

## Fix now
List what the principal really used, then replace the stars by those actions and the ARNs that it used them on: `aws
iam generate-service-last-accessed-details --arn ROLE_ARN --granularity ACTION_LEVEL`, then `aws iam
get-service-last-accessed-details --job-id JOB_ID`.

## Workaround
Put a boundary on the principal today, so that the stars mean less: `aws iam put-role-permissions-boundary --role-name
NAME --permissions-boundary arn:aws:iam::aws:policy/PowerUserAccess` takes IAM and Organizations away at once.

## Prevent
Give administrators a role that people assume with MFA, and workloads policies made from their access history (IAM
Access Analyzer generates them from CloudTrail). Deny `iam:CreatePolicy*` and `iam:Put*Policy` to pipelines unless a
boundary is set.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names iam:CreateUser s3:DeleteBucket --query
'EvaluationResults[].EvalDecision'` answers `implicitDeny` twice.

## Bad
```hcl
resource "aws_iam_role_policy" "deploy" {
  name = "deploy"
  role = "deploy"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "*" # finding
      Resource = "*"
    }]
  })
}
```
```hcl
data "aws_iam_policy_document" "ops" {
  statement {
    actions   = ["*"] # finding
    resources = ["*"]
  }
}

resource "aws_iam_policy" "ops" {
  name   = "ops"
  policy = data.aws_iam_policy_document.ops.json
}
```

## Good
```hcl
resource "aws_iam_role_policy" "deploy" {
  name = "deploy"
  role = "deploy"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ecs:UpdateService", "ecs:DescribeServices"]
      Resource = "arn:aws:ecs:eu-west-1:111122223333:service/shop/*"
    }]
  })
}
```
What a boundary allows is a limit, not a grant:
```hcl
resource "aws_iam_policy" "limit" {
  name = "limit"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "*", Resource = "*" },
      { Effect = "Deny", Action = "iam:*", Resource = "*" },
    ]
  })
}

resource "aws_iam_role" "app" {
  name                 = "app"
  permissions_boundary = aws_iam_policy.limit.arn
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [] })
}
```
Within a boundary that leaves identities out, and beside a Deny that takes them away, everything is no administrator:
```hcl
resource "aws_iam_role" "app" {
  name                 = "app"
  permissions_boundary = "arn:aws:iam::aws:policy/PowerUserAccess"
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}

resource "aws_iam_policy" "power" {
  name = "power"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "*", Resource = "*" },
      { Effect = "Deny", Action = ["iam:*", "organizations:*"], Resource = "*" },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.iam.holding import administers
from auditor.views.policy import IDENTITY, Statement, identity_statements


@rule(
    target=IDENTITY,
    each=identity_statements,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_AWS_1 CKV_AWS_49 CKV_AWS_62 CKV_AWS_63 FG_R00092 CKV2_AWS_40",
)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    action = statement.every_action
    if action is None or not statement.unlimited:
        return
    effective = administers(graph, resource)
    if effective is None:
        raise undecided(action, "whether who has the policy is an administrator hangs on another policy or a boundary that is not known")
    if effective:
        yield Fail(
            action, "everything is allowed on every resource", expected="the actions that are used, on the resources they are used on"
        )
