"""All weighted traffic goes to one record, and stays there when it fails.

## Why it matters
A record with weight 0 stands by: Route 53 answers with it only when all others are unhealthy. Without a health check the one with the
weight is always healthy, so the stand-by is never used, whatever happens.

## Five whys
1. Why did the stand-by get no traffic during the outage? Route 53 took the active record for healthy.
2. Why? It has no health check.
3. Why was it believed that it would switch? Weights look like a failover, and are one only together with health checks.

## Fix now
Move the traffic by hand: give the stand-by a weight (`aws route53 change-resource-record-sets ...`). Then set `health_check_id` or
`evaluate_target_health = true` on the active record.

## Workaround
None that is automatic.

## Prevent
A failover policy says what is meant; weights are for shares. For blue and green that people switch by hand, disable this rule.

## Validate
Stop the active target in a test: `dig +short NAME` prints the stand-by after interval x threshold + TTL.

## Bad
```hcl
resource "aws_route53_record" "active" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.example.com"
  type           = "A"
  set_identifier = "active"
  ttl            = 60
  records        = ["203.0.113.10"]
  weighted_routing_policy {
    weight = 100 # finding
  }
}

resource "aws_route53_record" "standby" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.example.com"
  type           = "A"
  set_identifier = "standby"
  ttl            = 60
  records        = ["203.0.113.20"]
  weighted_routing_policy {
    weight = 0
  }
}
```

## Good
```hcl
resource "aws_route53_record" "active" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "api.example.com"
  type            = "A"
  set_identifier  = "active"
  ttl             = 60
  records         = ["203.0.113.10"]
  health_check_id = "12345678-1234-1234-1234-123456789012"
  weighted_routing_policy {
    weight = 100
  }
}

resource "aws_route53_record" "standby" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.example.com"
  type           = "A"
  set_identifier = "standby"
  ttl            = 60
  records        = ["203.0.113.20"]
  weighted_routing_policy {
    weight = 0
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.failover import Policy, group_of


@rule(target="aws_route53_record", severity=Severity.INFO, confidence=Confidence.LIKELY)
def check(record: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    weight = record.at("weighted_routing_policy.weight")
    if weight.missing or not weight.number:
        return
    group = group_of(resource, graph)
    if group is None or group.policy is not Policy.WEIGHTED or len(group.choices) < 2:
        return
    if group.answered() == (resource,) and group.answered([resource]) == (resource,):
        standby = next(it for it in group.choices if it.resource is not resource)
        message = f"clients get this record also when it is down, {standby.resource.address.text} stands by in vain"
        yield Fail(weight, message, expected="a health check, or evaluate_target_health", related=(standby.where,))
