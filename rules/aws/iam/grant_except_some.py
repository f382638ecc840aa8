r"""A policy allows everybody but those whom its condition names.

## Why it matters
An Allow for `*` with `StringNotEquals` or `ArnNotLike` opens the resource to the whole world minus a few. Mostly the
opposite was meant: a Deny for all but these.

## Five whys
1. Why could a stranger read the objects? The statement allows everyone who is not the named user.
2. Why was that written? A Deny with the same condition was meant; the effect was changed in the editor.
3. Why did tests pass? The named user was tested, and it was refused as expected.

## Fix now
Turn the statement into what was meant: `Effect = "Deny"` with the same condition, beside an Allow that names
principals; or an Allow with the positive operator (`ArnEquals`, `StringEquals`). Take the statement out at once; for
a bucket `aws s3api delete-bucket-policy --bucket NAME`.

## Workaround
For S3, Block Public Access treats such a policy as public: `aws s3api put-public-access-block --bucket NAME
--public-access-block-configuration RestrictPublicBuckets=true`.

## Prevent
Use negated operators in Deny statements only. `aws accessanalyzer validate-policy --policy-type RESOURCE_POLICY`
warns.

## Validate
`aws accessanalyzer check-no-public-access --policy-document file://policy.json --resource-type AWS::S3::Bucket`
answers `PASS`.

## Bad
```hcl
resource "aws_s3_bucket_policy" "reports" {
  bucket = "reports"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::reports/*"
      Condition = {
        ArnNotEquals = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:user/former" } # finding
      }
    }]
  })
}
```

## Good
```hcl
resource "aws_s3_bucket_policy" "reports" {
  bucket = "reports"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::reports/*"
      Condition = { ArnNotEquals = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/reports" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.audience import excepting_condition
from auditor.views.policy import EVERY, Statement, statements


@rule(target=EVERY, each=statements, severity=Severity.HIGH)
def check(statement: Statement) -> Iterator[Fail]:
    condition = excepting_condition(statement)
    if condition is not None:
        yield Fail(
            condition.where,
            f"everybody is allowed but those that {condition.key} names",
            expected="Deny with this condition, or Allow with its opposite",
        )
