"""Some records of a name are still answered when their target is down.

## Why it matters
With weights, latency or several values each client gets one of the records. Those without a health check are always healthy for Route 53:
when their target fails, their share of the clients keeps being sent there, while everybody believes that health checks take care of it.

## Five whys
1. Why did a third of the customers see errors for an hour? They were sent to the failed region.
2. Why, when there are health checks? That region's record has none.
3. Why? It was added later, and copied from a record of another name.

## Fix now
Give every record of the name a health check, or `evaluate_target_health = true` for an alias; to take one out by hand, set its weight to 0.

## Workaround
Shorten the TTL, so that a change by hand reaches clients quickly.

## Prevent
Make all records of a name with one `for_each`, health check included.

## Validate
Stop one target in a test: after interval x threshold + TTL no resolver answers with it.

## Bad
```hcl
resource "aws_route53_record" "eu" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "api.example.com"
  type            = "A"
  set_identifier  = "eu"
  ttl             = 60
  records         = ["203.0.113.10"]
  health_check_id = "12345678-1234-1234-1234-123456789012"
  latency_routing_policy {
    region = "eu-central-1"
  }
}

resource "aws_route53_record" "us" { # finding
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.example.com"
  type           = "A"
  set_identifier = "us"
  ttl            = 60
  records        = ["203.0.113.20"]
  latency_routing_policy {
    region = "us-east-1"
  }
}
```

## Good
```hcl
resource "aws_route53_record" "eu" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "api.example.com"
  type            = "A"
  set_identifier  = "eu"
  ttl             = 60
  records         = ["203.0.113.10"]
  health_check_id = "12345678-1234-1234-1234-123456789012"
  latency_routing_policy {
    region = "eu-central-1"
  }
}

resource "aws_route53_record" "us" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "api.example.com"
  type            = "A"
  set_identifier  = "us"
  ttl             = 60
  records         = ["203.0.113.20"]
  health_check_id = "22345678-1234-1234-1234-123456789012"
  latency_routing_policy {
    region = "us-east-1"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.failover import Policy, group_of, policy_of

SHARING = frozenset({Policy.WEIGHTED, Policy.LATENCY, Policy.MULTIVALUE})


@rule(target="aws_route53_record", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(record: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if policy_of(resource) not in SHARING:
        return
    group = group_of(resource, graph)
    if group is None or not any(choice.notices for choice in group.choices):
        return  # where no record has a health check, that is no oversight of this one
    unnoticed = any(choice.resource is resource and not choice.notices for choice in group.choices)
    if unnoticed and resource in group.answered() and resource in group.answered([resource]):
        others = [choice.resource.address.text for choice in group.choices if choice.notices]
        message = f"clients are still sent here when it is down, other than with {others[0]}"
        yield Fail(record, message, expected="a health check, or evaluate_target_health", related=tuple(c.where for c in group.choices))
