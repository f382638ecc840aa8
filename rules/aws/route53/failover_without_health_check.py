"""A primary failover record has nothing that says when it is down.

## Why it matters
Route 53 takes a record without a health check for healthy, always. The secondary is never used, although everything looks prepared for
the failure of the primary.

## Five whys
1. Why did the name not fail over? Route 53 took the primary for healthy.
2. Why? The record has neither a health check nor `evaluate_target_health`.
3. Why not? The failover was tested by deleting the record, not by an outage.

## Fix now
During the outage: change the primary record to the secondary's target by hand, `aws route53 change-resource-record-sets
--hosted-zone-id Z… --change-batch file://batch.json`. Then set `health_check_id`, or `evaluate_target_health = true` for an alias to a
load balancer.

## Workaround
A calculated health check that is switched by hand (`disabled`, `inverted`) serves as a manual lever.

## Prevent
A module for failover pairs that creates the health check. CloudFront cannot be evaluated: there only a health check helps.

## Validate
Stop the primary in a test: `dig +short NAME` prints the secondary's address after interval x threshold + TTL.

## Bad
```hcl
resource "aws_route53_record" "primary" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "www.example.com"
  type           = "A"
  set_identifier = "primary"
  ttl            = 60
  records        = ["203.0.113.10"]

  failover_routing_policy {
    type = "PRIMARY" # finding
  }
}
```

```hcl
resource "aws_cloudfront_distribution" "shop" {
  enabled = true
}

resource "aws_route53_record" "primary" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "primary"

  alias {
    name                   = aws_cloudfront_distribution.shop.domain_name
    zone_id                = aws_cloudfront_distribution.shop.hosted_zone_id
    evaluate_target_health = true
  }
  failover_routing_policy {
    type = "PRIMARY" # finding
  }
}
```

## Good
```hcl
resource "aws_route53_record" "primary" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "www.example.com"
  type            = "A"
  set_identifier  = "primary"
  ttl             = 60
  records         = ["203.0.113.10"]
  health_check_id = "12345678-1234-1234-1234-123456789012"

  failover_routing_policy {
    type = "PRIMARY"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given
from auditor.views.failover import notices


@rule(target="aws_route53_record", severity=Severity.HIGH)
def check(record: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    kind = record.at("failover_routing_policy.type")
    if kind.text != "PRIMARY" or given(record.at("health_check_id")) or notices(resource, graph):
        return  # a health check that sees nothing has a rule of its own
    if record.at("alias.evaluate_target_health").flag:
        message = "Route 53 cannot evaluate what this alias leads to, and takes the primary for healthy, always"
    else:
        message = "Route 53 takes the primary for healthy, always"
    yield Fail(kind, message, expected="health_check_id, or evaluate_target_health of a load balancer")
