"""A bucket policy denies everything to everybody, its owner too.

## Why it matters
A Deny of `s3:*` for `*` without a condition also denies `s3:PutBucketPolicy` and `s3:DeleteBucketPolicy`. No role can repair it; only the
root user of the account can delete such a policy, and in many companies nobody can find that login at night.

## Five whys
1. Why does every request to the bucket fail with an explicit deny? Its policy denies `s3:*` to `*`.
2. Why can the policy not be replaced? Replacing it is one of the denied actions.
3. Why was it written so? It was meant for requests without TLS or from outside, and the condition was left out.

## Fix now
Sign in as root of the account and run `aws s3api delete-bucket-policy --bucket NAME`; then write the Deny with its condition
(`aws:SecureTransport`, `aws:SourceVpce`, `aws:PrincipalArn`).

## Workaround
In an organization the management account can delete it with `aws sts assume-root` and the task policy
`S3UnlockBucketPolicy`.

## Prevent
Leave `s3:PutBucketPolicy` out of every Deny, or except the role that deploys: `StringNotLike aws:PrincipalArn`.

## Validate
`aws s3api get-bucket-policy --bucket NAME` works with the role that deploys.

## Bad
```hcl
resource "aws_s3_bucket_policy" "vault" {
  bucket = "vault-4711"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*" # finding
      Resource  = ["arn:aws:s3:::vault-4711", "arn:aws:s3:::vault-4711/*"]
    }]
  })
}
```

## Good
```hcl
resource "aws_s3_bucket_policy" "vault" {
  bucket = "vault-4711"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::vault-4711", "arn:aws:s3:::vault-4711/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.audience import anyone
from auditor.views.bucket import POLICIES
from auditor.views.policy import Statement, resource_statements


@rule(target=POLICIES, each=resource_statements, severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_AWS_93")
def check(statement: Statement) -> Iterator[Fail]:
    if not statement.denies or not statement.unconditional or anyone(statement.principals) is None:
        return
    denied = statement.grants("s3:PutBucketPolicy")
    if denied is not None and statement.grants("s3:DeleteBucketPolicy") is not None and _covers_the_bucket(statement):
        yield Fail(denied, "the policy locks everybody out of the bucket", expected="a condition, or fewer actions")


def _covers_the_bucket(statement: Statement) -> bool:
    """Whether the resources hold a bucket itself, not only the objects in it."""
    patterns = statement.resources
    return not patterns or any("/" not in (pattern.text or "/").rpartition(":")[2] for pattern in patterns)
