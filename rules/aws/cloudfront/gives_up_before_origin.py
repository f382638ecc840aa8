"""A distribution gives up before the origin behind it may be finished.

## Why it matters
CloudFront answers 504 when the origin sends nothing for `origin_read_timeout`, 30 seconds when nothing is said, and for GET it tries again,
up to three times: the origin, which is slow already, does the same work three times, and none of the answers arrives.

## Five whys
1. Why do customers see 504 for the report? CloudFront stopped waiting after 30 seconds.
2. Why does the log of the application show success? It finished after 45 seconds, and nobody was there any more.
3. Why was it allowed to run longer than anybody waits? Its own timeout was raised, the distribution's was not.

## Fix now
Set `origin_read_timeout` above the origin's time (up to 60 seconds, 120 and more after a quota increase): `aws cloudfront
get-distribution-config --id ID > c.json`, edit `OriginReadTimeout`, `aws cloudfront update-distribution --id ID --if-match ETAG
--distribution-config file://c.json`.

## Workaround
`connection_attempts = 1` at least stops the repetition.

## Prevent
Each step gives up before the one in front of it: distribution > load balancer > application > database. What takes longer than 30 seconds
becomes a job with a status to ask for.

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/CloudFront --metric-name 504ErrorRate ...` stays at 0 while the slow path is called.

## Bad
```hcl
resource "aws_lb" "shop" {
  name         = "shop"
  idle_timeout = 120
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    origin_id   = "shop"
    domain_name = aws_lb.shop.dns_name
    custom_origin_config { # finding
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
}
```

## Good
```hcl
resource "aws_lb" "shop" {
  name         = "shop"
  idle_timeout = 60
}

resource "aws_lb" "unsaid" {
  name = "unsaid"
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    origin_id   = "shop"
    domain_name = aws_lb.shop.dns_name
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      origin_read_timeout    = 60
    }
  }
  origin {
    origin_id   = "unsaid"
    domain_name = aws_lb.unsaid.dns_name
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.timeouts.call import calls_from
from auditor.views.timeouts.work import declared_time


@rule(
    target="aws_cloudfront_distribution",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["OriginReadTimeout", "504 Gateway Time-?out ERROR.*[Cc]loud[Ff]ront", "OriginCommError"],
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for call in calls_from(resource, graph):
        for taker, needs in declared_time(call.callee, graph):
            if needs.seconds > call.waits.seconds:
                message = (
                    f"the distribution answers 504 after {call.waits.seconds:g} s ({call.waits.said}), {taker.address.text} may take "
                    f"{needs.seconds:g} s ({needs.said})"
                )
                yield Fail(call.waits.where, message, expected=f"{needs.seconds:g} or more", related=(needs.where,))
                break
