r"""A service may assume the role on behalf of any customer's resource.

## Why it matters
Some services act for whoever configures them: a stranger's CloudTrail, SNS topic or backup job can be pointed at our
role's ARN, and the service, which the role trusts, then acts with our rights (the confused deputy).
`aws:SourceAccount` or `aws:SourceArn` says for whom it may act.

## Five whys
1. Why did objects of a foreign account land in our bucket? A service wrote them with our role.
2. Why for that account? Somebody there configured it with our role's ARN.
3. Why did the role accept? It trusts the service, whoever it works for.

## Fix now
Add `Condition = { StringEquals = { "aws:SourceAccount" = "OWN_ACCOUNT_ID" } }` to the statement, or `ArnLike` on
`aws:SourceArn` with the resource that uses the role. Apply it first where one use can be watched: a few old
integrations do not send the key.

## Workaround
Keep the role's ARN out of public repositories and logs, and its rights small.

## Prevent
Let the module that creates service roles add `aws:SourceAccount` from `data.aws_caller_identity.current.account_id`.

## Validate
`aws iam get-role --role-name NAME --query Role.AssumeRolePolicyDocument.Statement[].Condition` shows the key, and the
service still works: no AccessDenied by it in CloudTrail for an hour.

## Bad
```hcl
resource "aws_iam_role" "flow_logs" {
  name = "flow-logs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" } # finding
    }]
  })
}
```

## Good
```hcl
data "aws_caller_identity" "current" {}

resource "aws_iam_role" "flow_logs" {
  name = "flow-logs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.policy import TRUST, Statement, trust_statements

# Services that send aws:SourceAccount when they assume a role, and that any account can configure with a foreign role's ARN.
_DEPUTIES = frozenset(
    f"{name}.amazonaws.com"
    for name in (
        "apigateway", "appflow", "bedrock", "chatbot", "cloudtrail", "codepipeline", "config", "datasync", "delivery.logs", "dms",
        "events", "firehose", "glue", "grafana", "iot", "kinesisanalytics", "logs", "pipes", "quicksight", "s3", "scheduler", "ses", "sns",
        "ssm", "states", "transfer", "vpc-flow-logs",
    )
)  # fmt: skip
_KEYS = frozenset(
    {
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "sts:externalid",
        "aws:principalorgid",
        "aws:principalaccount",
    }
)


@rule(target=TRUST, each=trust_statements, severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(statement: Statement) -> Iterator[Fail]:
    if not statement.allows:
        return
    deputies = [p for p in statement.principals if p.kind == "Service" and not p.where.unknown and p.where.text in _DEPUTIES]
    if deputies and not any(condition.key.lower() in _KEYS for condition in statement.conditions):
        name = deputies[0].where.text
        yield Fail(
            deputies[0].where, f"{name} may assume the role for any account", expected="a condition on aws:SourceAccount or aws:SourceArn"
        )
