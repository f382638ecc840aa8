r"""A policy allows everything in S3 on every bucket.

## Why it matters
`s3:*` on `*` reads every object, deletes every version and every bucket, and makes buckets public by changing their
policies. Logs and backups lie in buckets too, so the traces and the way back are lost together with the data.

## Five whys
1. Why were the backups gone as well? They were in S3, and the same role deleted them.
2. Why could the web server's role do that? It may do everything in S3.
3. Why everything? It needs one bucket for uploads, and `AmazonS3FullAccess` was the policy that came to mind.
4. Why was it not narrowed? Nothing broke.

## Fix now
Allow what is used on the bucket that is used: `s3:GetObject` and `s3:PutObject` on `arn:aws:s3:::BUCKET/*`,
`s3:ListBucket` on `arn:aws:s3:::BUCKET`. CloudTrail data events or S3 server access logs tell which buckets and calls
these are.

## Workaround
Protect what must survive: object lock or versioning with a bucket policy that denies `s3:DeleteObjectVersion` and
`s3:PutBucketPolicy` to this role.

## Prevent
Keep backups and logs in an account of their own. Let a pipeline check refuse `s3:*` and `AmazonS3FullAccess`.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names s3:DeleteBucket --resource-arns
arn:aws:s3:::OTHER_BUCKET` answers `implicitDeny`.

## Bad
```hcl
resource "aws_iam_policy" "uploads" {
  name = "uploads"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:*" # finding
      Resource = "*"
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "uploads" {
  name = "uploads"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "arn:aws:s3:::uploads/*" },
      { Effect = "Allow", Action = "s3:ListBucket", Resource = "arn:aws:s3:::uploads" },
    ]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements
from auditor.views.statement import named

_WHOLE = re.compile(r"s3:\*+", re.IGNORECASE)
_EVERY_BUCKET = re.compile(r"\*|arn:[^:]*:(?:s3|\*):[^:]*:[^:]*:\*(?:/\*)?")


@rule(
    target=IDENTITY,
    each=identity_statements,
    severity=Severity.HIGH,
    aliases="AVD-AWS-0345 aws-iam-no-s3-full-access AVD-AWS-0057 aws-iam-no-policy-wildcards CKV_AWS_108 CKV_AWS_288 "
    "CKV_AWS_109 CKV_AWS_289 CKV_AWS_111 CKV_AWS_290 CKV_AWS_355 CKV_AWS_356",
)
def check(statement: Statement) -> Iterator[Fail]:
    pattern = next((action for action in statement.actions if _WHOLE.fullmatch(action.text or "")), None)
    if pattern is None or not statement.allows or not statement.unconditional:
        return
    if any(_every(resource) for resource in statement.resources):
        yield Fail(
            pattern, "everything in S3 is allowed on every bucket", expected="the actions that are used, on the buckets they are used on"
        )


def _every(resource: Node) -> bool:
    return not named(resource) and _EVERY_BUCKET.fullmatch(resource.text or "") is not None
