r"""A policy allows everything in a service on every resource.

## Why it matters
`dynamodb:*` includes `DeleteTable`, `ec2:*` includes `TerminateInstances` and snapshots for other accounts. A role
that needed two actions holds hundreds, and gets those that AWS adds to the service.

## Five whys
1. Why did the importer drop the table? A wrong branch of its code called `DeleteTable`.
2. Why did that succeed? Its policy allows all of DynamoDB.
3. Why all? Its author did not know which actions the library calls.
4. Why was that not found out? CloudTrail knows, but was not asked.

## Fix now
Ask what was used: `aws iam generate-service-last-accessed-details --arn ROLE_ARN --granularity ACTION_LEVEL`, then
`aws iam get-service-last-accessed-details --job-id JOB_ID`. Write those actions, and the ARNs.

## Workaround
Add a Deny for the destructive actions of that service (`Delete*`, `Terminate*`) until the list is there.

## Prevent
Let the pipeline refuse `SERVICE:*` on `*`. Generate policies from CloudTrail: `aws accessanalyzer
start-policy-generation`.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names dynamodb:DeleteTable` answers
`implicitDeny`.

## Bad
```hcl
resource "aws_iam_role_policy" "importer" {
  name = "importer"
  role = "importer"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:*", "logs:PutLogEvents"] # finding
      Resource = "*"
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_role_policy" "importer" {
  name = "importer"
  role = "importer"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:PutItem", "dynamodb:BatchWriteItem"]
      Resource = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements

_WHOLE = re.compile(r"(?!iam:|s3:|xray:|\*)[a-z0-9-]+:\*+", re.IGNORECASE)


@rule(target=IDENTITY, each=identity_statements, severity=Severity.MEDIUM, aliases="AVD-AWS-0057 aws-iam-no-policy-wildcards")
def check(statement: Statement) -> Iterator[Fail]:
    if not statement.unlimited:
        return
    for pattern in statement.actions:
        text = pattern.text or ""
        if _WHOLE.fullmatch(text):
            yield Fail(
                pattern, f"everything in {text.partition(':')[0]} is allowed on every resource", expected="the actions that are used"
            )
