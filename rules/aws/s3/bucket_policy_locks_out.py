r"""A bucket policy denies everything to everybody.

## Why it matters
A Deny wins over every Allow. With all actions, all principals and no condition, nobody reads, writes or changes the
bucket, its policy included: neither administrators nor Terraform. Only the root user of the account can take it away.

## Five whys
1. Why does the deployment fail with AccessDenied on its own bucket? A Deny applies to it.
2. Why to it? The Deny names `*` and has no condition.
3. Why was it applied? The statement was a draft from which the condition was missing.
4. Why can an administrator not remove it? `s3:DeleteBucketPolicy` is denied as well.

## Fix now
As root user of the account (or from the management account with `aws sts assume-root --target-principal ACCOUNT
--task-policy-arn arn=arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy`): `aws s3api delete-bucket-policy
--bucket NAME`. Then correct the code before the next apply.

## Workaround
Nothing else reaches the data in the meantime; if there is a replica in another bucket, point readers there.

## Prevent
Add a condition to every Deny for `*` (`aws:SecureTransport` false, `aws:SourceVpce`, `aws:PrincipalArn` with the
administrators excepted). Try policies on an empty bucket.

## Validate
`aws s3api get-bucket-policy --bucket NAME` answers, as administrator, with the new policy.

## Bad
```hcl
resource "aws_s3_bucket_policy" "data" {
  bucket = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "s3:*" # finding
      Resource  = ["arn:aws:s3:::data", "arn:aws:s3:::data/*"]
    }]
  })
}
```

## Good
```hcl
resource "aws_s3_bucket_policy" "data" {
  bucket = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::data", "arn:aws:s3:::data/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.audience import anyone
from auditor.views.policy import Statement, resource_statements

_EVERYTHING = re.compile(r"(s3:)?\*+", re.IGNORECASE)


@rule(
    target="aws_s3_bucket aws_s3_bucket_policy",
    each=resource_statements,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_93",
    symptoms=["AccessDenied", "with an explicit deny in a resource-based policy"],
)
def check(statement: Statement) -> Iterator[Fail]:
    action = next((pattern for pattern in statement.actions if _EVERYTHING.fullmatch(pattern.text or "")), None)
    if action is not None and statement.denies and anyone(statement.principals) is not None and statement.unconditional:
        yield Fail(action, "everything is denied to everybody, administrators included", expected="a condition that leaves somebody out")
