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

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.iam_actions import whole_service
from auditor.views.policy import IDENTITY, Statement, identity_statements


@rule(
    target=IDENTITY,
    each=identity_statements,
    severity=Severity.MEDIUM,
    aliases="AVD-AWS-0057 aws-iam-no-policy-wildcards CKV_AWS_109 CKV_AWS_289 CKV_AWS_111 CKV_AWS_290 CKV_AWS_355 CKV_AWS_356",
)
def check(statement: Statement) -> Iterator[Fail]:
    if not statement.unlimited:
        return
    for pattern in statement.actions:
        service = whole_service(pattern)
        if service and service != "s3":
            yield Fail(pattern, f"everything in {service} is allowed on every resource", expected="the actions that are used")
