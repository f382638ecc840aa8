"""CloudFront fetches from an origin over plain HTTP.

## Why it matters
The browser shows a lock, and behind the edge everything crosses the internet in clear text: cookies, tokens, personal data.

## Five whys
1. Why could the traffic be read although the site has HTTPS? CloudFront fetched it over HTTP.
2. Why? `origin_protocol_policy` is `http-only`, or `match-viewer` with viewers that use HTTP.
3. Why? The origin had no certificate when the distribution was made.

## Fix now
Give the origin a certificate for the name in `domain_name`, then set `origin_protocol_policy = "https-only"`; it is at the edges in
five minutes. Watch `502` with `OriginSslError` in the logs: the name or chain of the certificate is wrong then.

## Workaround
Let viewers use HTTPS only (`redirect-to-https` in every behaviour): with `match-viewer` the origin is then asked over HTTPS.

## Prevent
Set `https-only` in the module; load balancers get their certificate from ACM.

## Validate
`aws cloudfront get-distribution-config --id ID --query 'DistributionConfig.Origins.Items[].CustomOriginConfig.OriginProtocolPolicy'`
prints https-only.

## Bad
```hcl
resource "aws_cloudfront_distribution" "shop" {
  enabled = true

  origin {
    origin_id   = "shop"
    domain_name = "origin.example.com"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only" # finding
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
}
```

## Good
```hcl
resource "aws_cloudfront_distribution" "shop" {
  enabled = true

  origin {
    origin_id   = "shop"
    domain_name = "origin.example.com"

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

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.cloudfront import is_aws_endpoint, may_be_plain


@rule(
    target="aws_cloudfront_distribution",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="FG_R00010",
)
def check(distribution: Node) -> Iterator[Fail]:
    for origin in distribution.each("origin"):
        policy = origin.at("custom_origin_config.origin_protocol_policy")
        if may_be_plain(policy) and not is_aws_endpoint(origin):
            yield Fail(policy, f"CloudFront may fetch over plain HTTP ({policy.text})", expected="https-only")
