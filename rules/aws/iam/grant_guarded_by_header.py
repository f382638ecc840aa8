r"""Only a value that callers choose themselves guards an open policy.

## Why it matters
`aws:Referer` and `aws:UserAgent` are headers, `aws:PrincipalTag` and `aws:username` are set by whoever owns the
calling account. A policy for `*` with such a condition is public for everyone who reads it, or guesses.

## Five whys
1. Why were the images downloaded by a foreign site? It sent the right Referer.
2. Why was that enough? The policy asks for nothing else.
3. Why a header? Hot-linking was to be stopped, and the example did it that way.

## Fix now
Use a condition that AWS vouches for: `aws:SourceVpce`, `aws:PrincipalOrgID`, `aws:SourceArn`; for websites CloudFront
with origin access control, which signs its requests.

## Workaround
Change the value of the header and treat it as burnt.

## Prevent
Allow `aws:Referer` in no policy. `aws accessanalyzer check-no-public-access` in the pipeline refuses it.

## Validate
`aws accessanalyzer check-no-public-access --policy-document file://policy.json --resource-type AWS::S3::Bucket`
answers `PASS`.

## Bad
```hcl
resource "aws_s3_bucket_policy" "images" {
  bucket = "images"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::images/*"
      Condition = {
        StringLike = { "aws:Referer" = "https://shop.example.com/*" } # finding
      }
    }]
  })
}
```

## Good
```hcl
resource "aws_s3_bucket_policy" "images" {
  bucket = "images"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::images/*"
      Condition = { StringEquals = { "AWS:SourceArn" = "arn:aws:cloudfront::111122223333:distribution/E1ABCDEF2GHIJK" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.audience import spoofable_condition
from auditor.views.policy import EVERY, Statement, statements


@rule(target=EVERY, each=statements, severity=Severity.MEDIUM)
def check(statement: Statement) -> Iterator[Fail]:
    condition = spoofable_condition(statement)
    if condition is not None:
        yield Fail(
            condition.where,
            f"only {condition.key} guards this, which callers choose themselves",
            expected="aws:SourceArn, aws:PrincipalOrgID or aws:SourceVpce",
        )
