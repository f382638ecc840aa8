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
A Deny for all but the own organization, beside the Allow, leaves no stranger in:
```hcl
resource "aws_s3_bucket" "shared" {
  bucket = "shared"
}

resource "aws_s3_bucket_policy" "shared" {
  bucket = aws_s3_bucket.shared.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.shared.arn}/*" },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.shared.arn, "${aws_s3_bucket.shared.arn}/*"]
        Condition = { StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
      },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.bucket import POLICIES, policy_refused, policy_restricted
from auditor.views.iam.strangers import let_in
from auditor.views.policy import Statement, resource_statements


@rule(
    target=POLICIES,
    each=resource_statements,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_70 FG_R00277",
)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is None or policy_restricted(resource, graph):
        return
    if resource.facet in (Facet.RECORDED, Facet.RUNNING) or not policy_refused(resource, graph):  # what is refused is told elsewhere
        yield Fail(principal.where, "the bucket policy lets everybody in", expected="the principals that need access")
