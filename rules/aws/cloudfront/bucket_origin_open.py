"""CloudFront reads a bucket without an identity, so the bucket has to be public.

## Why it matters
Without origin access control the bucket must let everybody read, and then everybody can: around the web ACL, the signed URLs, the
country list and the logs of the distribution.

## Five whys
1. Why was a paid download fetched without a signature? It was read from the bucket itself.
2. Why could it be? The bucket is public.
3. Why is it? CloudFront has no identity that the bucket's policy could name.

## Fix now
Create an `aws_cloudfront_origin_access_control` (type s3, sigv4, always), set `origin_access_control_id` on the origin, let the bucket
policy allow `cloudfront.amazonaws.com` with `AWS:SourceArn` of the distribution, and then turn on the bucket's public access block, in
that order.

## Workaround
Deny everything in the bucket policy that lacks a secret `Referer` header, which CloudFront adds (`custom_header`).

## Prevent
A module for static sites that creates bucket, access control and distribution together.

## Validate
`curl -sI https://BUCKET.s3.REGION.amazonaws.com/index.html | head -1` prints 403, and the same over CloudFront 200.

## Bad
```hcl
resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin { # finding
    origin_id   = "site"
    domain_name = "example-site.s3.eu-west-1.amazonaws.com"
  }
}
```

## Good
```hcl
resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    origin_id                = "site"
    domain_name              = "example-site.s3.eu-west-1.amazonaws.com"
    origin_access_control_id = "E1EXAMPLE12345"
  }

  origin {
    origin_id   = "api"
    domain_name = "api.example.com"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.cloudfront import is_bucket
from auditor.views.decide import given


@rule(
    target="aws_cloudfront_distribution",
    each="origin",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_46",
)
def check(origin: Node, graph: Graph) -> Iterator[Fail]:
    identity, control = origin.at("s3_origin_config.origin_access_identity"), origin.at("origin_access_control_id")
    if given(control) or given(identity):
        return
    if is_bucket(origin, graph):
        yield Fail(control, "CloudFront reads the bucket without an identity", expected="origin_access_control_id")
