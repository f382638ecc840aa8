r"""An Allow names every action of every service.

## Why it matters
The star covers what nobody meant: deleting, changing policies, passing roles, and every service that AWS launches
from now on. A condition or a resource narrows it, but whatever slips through them comes with full rights.

## Five whys
1. Why could the job delete what it should only read? Its statement allows `*` on that resource.
2. Why the star? Actions were thought to be harmless once the resource is named.
3. Why are they not? The star includes `s3:PutBucketPolicy`, `kms:ScheduleKeyDeletion` and their like on that very
   resource.
4. Why did no one see it? The policy was reviewed by its resources.

## Fix now
Write the actions. For one resource they are few: take them from CloudTrail (`aws cloudtrail lookup-events
--lookup-attributes AttributeKey=ResourceName,AttributeValue=NAME --query 'Events[].EventName'`).

## Workaround
Add a Deny for the actions that hurt (`Delete*`, `Put*Policy`, `iam:*`) to the same policy until the list is written.

## Prevent
Review policies by `aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document
file://policy.json` in the pipeline; it warns about stars.

## Validate
`aws accessanalyzer check-access-not-granted --policy-type IDENTITY_POLICY --policy-document file://policy.json
--access actions=iam:PassRole,s3:PutBucketPolicy` answers `PASS`.

## Bad
```hcl
resource "aws_iam_policy" "bucket" {
  name = "bucket"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["*"] # finding
      Resource = "arn:aws:s3:::reports/*"
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "bucket" {
  name = "bucket"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "arn:aws:s3:::reports/*"
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements


@rule(target=IDENTITY, each=identity_statements, severity=Severity.HIGH, aliases="CKV_AWS_49 CKV_AWS_63")
def check(statement: Statement) -> Iterator[Fail]:
    action = statement.every_action
    if action is not None and statement.allows and not statement.unlimited:
        yield Fail(action, "every action of every service is allowed", expected="the actions that are used")
