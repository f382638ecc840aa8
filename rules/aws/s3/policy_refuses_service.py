r"""A bucket's policy refuses a service that delivers to it or reads from it.

## Why it matters
CloudTrail, CloudFront, access logs and flow logs reach a bucket with the service's own identity. The bucket's policy has to let it in,
and a Deny for "everybody who does not come from our network" hits it too: services come from no network of anybody's. Trails stop, logs
are missing, CloudFront answers 403 for every file.

## Five whys
1. Why does the site answer 403? CloudFront may not read the objects.
2. Why not? The bucket's policy has no statement for it, or a Deny that leaves services no exception.
3. Why does a Deny with `aws:SourceVpce` hit it? The key is not in the service's request, and `StringNotEquals` holds for a key that is
   absent.

## Fix now
Add the statement in the message, or `"Bool": {"aws:PrincipalIsAWSService": "false"}` to the conditions of the Deny; `aws s3api
put-bucket-policy --bucket NAME --policy file://policy.json` holds within seconds.

## Workaround
Deliver to a bucket without such a policy (`aws cloudtrail update-trail --s3-bucket-name OTHER`).

## Prevent
Write every network Deny with the two exceptions `aws:PrincipalIsAWSService` and `aws:ViaAWSService`.

## Validate
`curl -sI https://DISTRIBUTION/index.html | head -1` prints 200; `aws cloudtrail get-trail-status --name NAME --query LatestDeliveryError`
is empty.

## Bad
```hcl
resource "aws_s3_bucket" "site" {
  bucket = "site-4711"
}

resource "aws_cloudfront_origin_access_control" "site" {
  name                              = "site"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    origin_id                = "site"
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name # finding
    origin_access_control_id = aws_cloudfront_origin_access_control.site.id
  }
}
```

```hcl
resource "aws_s3_bucket" "site" {
  bucket = "site-4711"
}

resource "aws_cloudfront_origin_access_control" "site" {
  name                              = "site"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    origin_id                = "site"
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name # finding
    origin_access_control_id = aws_cloudfront_origin_access_control.site.id
  }
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = "s3:GetObject"
        Resource  = "${aws_s3_bucket.site.arn}/*"
        Condition = { StringEquals = { "aws:SourceArn" = aws_cloudfront_distribution.site.arn } }
      },
      {
        Sid       = "OnlyFromOurNetwork"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["${aws_s3_bucket.site.arn}", "${aws_s3_bucket.site.arn}/*"]
        Condition = {
          StringNotEquals = { "aws:SourceVpce" = "vpce-0a1b2c3d" }
        }
      },
    ]
  })
}
```

```hcl
resource "aws_s3_bucket" "trail" {
  bucket = "trail-4711"
}

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = aws_s3_bucket.trail.id # finding
}
```

```hcl
resource "aws_s3_bucket" "audit" {
  bucket = "shop-audit"
}

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = aws_s3_bucket.audit.id # finding
  s3_key_prefix  = "trail"
}

resource "aws_s3_bucket_policy" "audit" {
  bucket = aws_s3_bucket.audit.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.audit.arn
      },
      {
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.audit.arn}/AWSLogs/*" # the trail writes to trail/AWSLogs/
      },
    ]
  })
}
```

## Good
```hcl
resource "aws_s3_bucket" "site" {
  bucket = "site-4711"
}

resource "aws_cloudfront_origin_access_control" "site" {
  name                              = "site"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    origin_id                = "site"
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.site.id
  }
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = "s3:GetObject"
        Resource  = "${aws_s3_bucket.site.arn}/*"
        Condition = { StringEquals = { "aws:SourceArn" = aws_cloudfront_distribution.site.arn } }
      },
    ]
  })
}
```

```hcl
resource "aws_s3_bucket" "site" {
  bucket = "site-4711"
}

resource "aws_cloudfront_origin_access_control" "site" {
  name                              = "site"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    origin_id                = "site"
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.site.id
  }
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = "s3:GetObject"
        Resource  = "${aws_s3_bucket.site.arn}/*"
        Condition = { StringEquals = { "aws:SourceArn" = aws_cloudfront_distribution.site.arn } }
      },
      {
        Sid       = "OnlyFromOurNetwork"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["${aws_s3_bucket.site.arn}", "${aws_s3_bucket.site.arn}/*"]
        Condition = {
          StringNotEquals = { "aws:SourceVpce" = "vpce-0a1b2c3d" }
          Bool            = { "aws:PrincipalIsAWSService" = "false" }
        }
      },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.buckets import KINDS, refusals


@rule(
    target=KINDS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"InsufficientS3BucketPolicyException", r"Incorrect S3 bucket policy is detected"],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from refusals(resource, graph)
