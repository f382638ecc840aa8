"""A website is served from a bucket's endpoint, which knows no HTTPS.

## Why it matters
The website endpoint of S3 speaks HTTP only. Browsers mark the site as not secure, anybody on the way can change its scripts, and the
bucket has to be public for it.

## Five whys
1. Why do browsers warn of the shop's pages? They come over HTTP.
2. Why? The DNS name points at the website endpoint of the bucket.
3. Why is there no certificate? That endpoint cannot have one; only CloudFront in front of it can.

## Fix now
Put a CloudFront distribution in front: origin is the bucket's regional name with an origin access control, `default_root_object =
"index.html"`; then point the DNS name at it and make the bucket private.

## Workaround
Use the REST endpoint for links that must be safe today: `https://NAME.s3.REGION.amazonaws.com/index.html`.

## Prevent
Host static sites by one module of bucket, distribution and certificate.

## Validate
`curl -sI https://www.example.com` answers `200` with `server: AmazonS3` behind `via: … CloudFront`.

## Bad
```hcl
resource "aws_s3_bucket" "site" {
  bucket = "www.example.com"
}

resource "aws_s3_bucket_website_configuration" "site" { # finding
  bucket = aws_s3_bucket.site.id
  index_document {
    suffix = "index.html"
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "redirect" {
  bucket = "example.com"
}

resource "aws_s3_bucket_website_configuration" "redirect" {
  bucket = aws_s3_bucket.redirect.id
  redirect_all_requests_to {
    host_name = "www.example.com"
    protocol  = "https"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Relation, Resource, Severity, rule
from auditor.views.bucket import named_bucket


@rule(target="aws_s3_bucket_website_configuration", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(website: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if website.at("redirect_all_requests_to").present or _behind_cloudfront(resource, graph):
        return
    yield Fail(website, "the website is served over HTTP from the bucket", expected="CloudFront in front of it")


def _behind_cloudfront(resource: Resource, graph: Graph) -> bool:
    bucket = named_bucket(resource, graph)
    ends = [resource, *([bucket.resource] if bucket else [])]
    return any(edge.source.kind == "aws_cloudfront_distribution" for end in ends for edge in graph.into(end, Relation.REFERS))
