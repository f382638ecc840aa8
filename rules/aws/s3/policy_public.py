"""A bucket policy lets everybody in.

## Why it matters
`"Principal": "*"` in an Allow without a condition on the caller means anonymous requests. For `s3:GetObject` that publishes every object
that matches, for `s3:PutObject` or `s3:*` it hands over the bucket.

## Five whys
1. Why are all objects readable without credentials? The bucket policy allows it to `*`.
2. Why to everybody? The principal of the consumer was not known, and `*` made it work.
3. Why did S3 accept the policy? Public policies are not blocked for the bucket.

## Fix now
Replace the principal with the ARNs that need access, or add a condition on `aws:PrincipalOrgID`, `aws:SourceVpce` or `aws:SourceArn`. To
stop it now: `aws s3api delete-bucket-policy --bucket NAME` (keep the text: `aws s3api get-bucket-policy`).

## Workaround
`RestrictPublicBuckets=true` on the bucket keeps the policy and cuts off anonymous and foreign callers.

## Prevent
Block public policies for the account; let CloudFront read by `Service: cloudfront.amazonaws.com` with `aws:SourceArn`.

## Validate
`aws s3api get-bucket-policy-status --bucket NAME --query PolicyStatus.IsPublic` prints `false`.

## Bad
```hcl
resource "aws_s3_bucket_policy" "files" {
  bucket = "files-4711"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # finding
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::files-4711/*"
    }]
  })
}
```

## Good
```hcl
resource "aws_s3_bucket_policy" "files" {
  bucket = "files-4711"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::files-4711/*"
      Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.audience import public_principal
from auditor.views.bucket import POLICIES, policy_restricted
from auditor.views.policy import Statement, resource_statements


@rule(
    target=POLICIES,
    each=resource_statements,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_70 FG_R00277",
)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = public_principal(statement)
    if principal is not None and not policy_restricted(resource, graph):
        yield Fail(principal.where, "the bucket policy lets everybody in", expected="the principals that need access")
