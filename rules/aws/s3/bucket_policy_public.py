r"""A bucket policy lets everybody in.

## Why it matters
Names of buckets are guessed by machines all day. A policy that allows an action to `*` gives it to anyone on the
internet, without an AWS account: reading what was never meant to leave, or writing what customers then download.

## Five whys
1. Why did the backups stand on a leak site? They were downloaded from the bucket without any credentials.
2. Why was that possible? The bucket policy allows `s3:GetObject` to `*`.
3. Why `*`? A program in another account could not read, and `*` helped.
4. Why did nothing stop it? Block Public Access is off for this bucket, or for the account.

## Fix now
Close it first, mend it then: `aws s3api put-public-access-block --bucket NAME --public-access-block-configuration
BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`. Then name the
principals in the policy, or add `aws:PrincipalOrgID` or `aws:SourceVpce` as a condition.

## Workaround
If customers need the objects, put CloudFront with origin access control in front and keep the bucket closed, or hand
out presigned URLs.

## Prevent
Turn Block Public Access on for the account (`aws_s3_account_public_access_block`): it wins over every bucket policy.

## Validate
`aws s3api get-bucket-policy-status --bucket NAME --query PolicyStatus.IsPublic` prints `false`; `curl -sI
https://NAME.s3.amazonaws.com/KEY` answers 403.

## Bad
```hcl
resource "aws_s3_bucket_policy" "exports" {
  bucket = "shop-exports"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # finding
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::shop-exports/*"
    }]
  })
}
```

## Good
```hcl
resource "aws_s3_bucket_policy" "exports" {
  bucket = "shop-exports"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:role/importer" }
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::shop-exports/*"
      },
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::shop-exports/*"
        Condition = { StringEquals = { "aws:SourceVpce" = "vpce-0a1b2c3d4e5f60718" } }
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-exports", "arn:aws:s3:::shop-exports/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.audience import public_principal
from auditor.views.policy import Statement, resource_statements


@rule(
    target="aws_s3_bucket aws_s3_bucket_policy",
    each=resource_statements,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_AWS_70",
)
def check(statement: Statement) -> Iterator[Fail]:
    principal = public_principal(statement)
    if principal is not None:
        yield Fail(
            principal.where, "everybody may do this with the bucket", expected="the principals that need it, or a condition on who calls"
        )
