r"""A public bucket policy cannot be put: the bucket blocks public policies.

## Why it matters
The policy lets everybody in, and the block of public access says that no such policy is taken. Terraform creates the
bucket and the block, and then the apply ends in `AccessDenied` at the policy, for an administrator too. Nothing in the
message says that the two contradict each other in the same code; people add permissions to the pipeline instead.

## Five whys
1. Why did the release stop half-way? The bucket policy was refused.
2. Why, with an administrator's role? `BlockPublicPolicy` refuses it whoever asks.
3. Why is it on? The module switches all four settings on, and the account may do so too.
4. Why was the policy written nevertheless? It is older than the module, or comes from an example for websites.

## Fix now
Serve the objects through CloudFront with an origin access control, and allow `cloudfront.amazonaws.com` with
`AWS:SourceArn`; or name the principals. If everybody must be let in, set `block_public_policy` and
`restrict_public_buckets` to `false` for this one bucket, in code that says why.

## Workaround
Take the public statement out, so that the rest of the apply goes through, and hand out single objects by links that
expire: `aws s3 presign s3://BUCKET/KEY --expires-in 3600`.

## Prevent
Let the module that makes buckets take either a policy for named principals, or a flag for public content that turns the
block off; never both.

## Validate
`aws s3api put-bucket-policy --bucket NAME --policy file://policy.json` ends without `AccessDenied`; `aws s3api
get-bucket-policy-status --bucket NAME` tells whether S3 calls the policy public.

## Bad
```hcl
resource "aws_s3_bucket" "site" {
  bucket = "shop-site"
}

resource "aws_s3_bucket_public_access_block" "site" {
  bucket              = aws_s3_bucket.site.id
  block_public_policy = true
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # finding
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.site.arn}/*"
    }]
  })
}
```

## Good
A policy that S3 does not call public is taken, and without the block any is:
```hcl
resource "aws_s3_bucket" "site" {
  bucket = "shop-site"
}

resource "aws_s3_bucket_public_access_block" "site" {
  bucket              = aws_s3_bucket.site.id
  block_public_policy = true
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.site.arn}/*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Resource, Severity, rule
from auditor.views.audience import public_principal
from auditor.views.bucket import POLICIES, policy_refused
from auditor.views.policy import Statement, resource_statements


@rule(
    target=POLICIES,
    each=resource_statements,
    severity=Severity.HIGH,
    facets=(Facet.WRITTEN, Facet.PLANNED),
    symptoms=[r"public policies are (blocked|prevented) by the BlockPublicPolicy"],
)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = public_principal(statement)  # S3 looks at what is allowed alone: a Deny beside it makes no difference
    if principal is not None and policy_refused(resource, graph):
        yield Fail(principal.where, "S3 refuses this policy: the bucket blocks public ones", expected="principals that are named")
