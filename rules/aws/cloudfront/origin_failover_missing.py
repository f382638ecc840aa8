"""A CloudFront distribution has no second origin to fall back to.

## Why it matters
When the origin answers 5xx or not at all, every viewer sees that error. With an origin group CloudFront asks a second one (another
region's bucket, a static page) within seconds.

## Five whys
1. Why did all viewers see 503? The only origin was down.
2. Why was no other asked? No origin group names one.
3. Why not? Failover was thought of for the database, not for the entry.

## Fix now
During the outage: point `target_origin_id` at a bucket with a static notice. Then add an `origin_group` with two members and
`failover_criteria` for 500, 502, 503 and 504, and make it the target of the cache behaviours.

## Workaround
`custom_error_response` with an object from the cache, and `stale-if-error` in the origin's `Cache-Control`.

## Prevent
Replicate buckets to a second region and put both into an origin group. Only GET, HEAD and OPTIONS fail over.

## Validate
Deny the first origin (a bucket policy for the test): `curl -sI https://NAME/` still prints 200.

## Bad
```hcl
resource "aws_cloudfront_distribution" "site" { # finding
  enabled = true

  origin {
    origin_id   = "primary"
    domain_name = "example-primary.s3.eu-west-1.amazonaws.com"
  }
}
```

## Good
```hcl
resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    origin_id   = "primary"
    domain_name = "example-primary.s3.eu-west-1.amazonaws.com"
  }

  origin {
    origin_id   = "secondary"
    domain_name = "example-secondary.s3.eu-central-1.amazonaws.com"
  }

  origin_group {
    origin_id = "both"

    failover_criteria {
      status_codes = [500, 502, 503, 504]
    }

    member {
      origin_id = "primary"
    }

    member {
      origin_id = "secondary"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import length


@rule(target="aws_cloudfront_distribution", severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV_AWS_310")
def check(distribution: Node) -> Iterator[Fail]:
    groups = list(distribution.each("origin_group"))
    if not groups:
        yield Fail(distribution.at("origin_group"), "no second origin is asked when the first fails", expected="an origin_group")
    for group in groups:
        if group.at("failover_criteria").missing or length(group.at("member")) < 2:
            yield Fail(group, "the origin group cannot fail over", expected="failover_criteria and two members")
