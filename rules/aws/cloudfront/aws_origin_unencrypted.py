"""CloudFront fetches from an AWS endpoint over plain HTTP, although it has HTTPS.

## Why it matters
Load balancers, MediaStore and MediaPackage offer HTTPS, so nothing is gained by HTTP: streams, cookies and tokens cross AWS's public
endpoints in clear text.

## Five whys
1. Why is the traffic behind the edge in clear text? The origin is asked over HTTP.
2. Why? `origin_protocol_policy` is not `https-only`.
3. Why not, when the endpoint has HTTPS? `match-viewer` is the form's proposal, and nobody tried.

## Fix now
Set `origin_protocol_policy = "https-only"`. For a load balancer the certificate has to fit the name that CloudFront sends: use a name
of your own in `domain_name` instead of `….elb.amazonaws.com`.

## Workaround
A VPC origin (`vpc_origin_config`) keeps the traffic to an internal load balancer inside AWS's network.

## Prevent
Set `https-only` in the module.

## Validate
`aws cloudfront get-distribution-config --id ID --query
'DistributionConfig.Origins.Items[].[DomainName,CustomOriginConfig.OriginProtocolPolicy]'` prints https-only for each.

## Bad
```hcl
resource "aws_cloudfront_distribution" "stream" {
  enabled = true

  origin {
    origin_id   = "stream"
    domain_name = "abc123.data.mediastore.eu-west-1.amazonaws.com"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "match-viewer" # finding
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
}
```

## Good
```hcl
resource "aws_cloudfront_distribution" "stream" {
  enabled = true

  origin {
    origin_id   = "stream"
    domain_name = "abc123.data.mediastore.eu-west-1.amazonaws.com"

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
    aliases="CKV2_AWS_72 FG_R00010",
)
def check(distribution: Node) -> Iterator[Fail]:
    if distribution.at("enabled").flag is False:
        return
    for origin in distribution.each("origin"):
        policy = origin.at("custom_origin_config.origin_protocol_policy")
        if may_be_plain(policy) and is_aws_endpoint(origin):
            yield Fail(policy, f"CloudFront may fetch over plain HTTP ({policy.text})", expected="https-only")
