"""A failover takes longer than the time that was promised.

## Why it matters
From the failure to the first client on the other side pass interval x threshold seconds until the health check fails, and then the TTL
until resolvers ask again. The defaults (every 30 seconds, three times) with a TTL of five minutes make six and a half minutes.

## Five whys
1. Why did the switch take six minutes? The check needed 90 seconds, and resolvers kept the old answer for 300.
2. Why so long? Both numbers are defaults of the tools that made them.
3. Why did nobody notice? Nobody had added them up beside the objective.

## Fix now
`aws route53 update-health-check --health-check-id ID --failure-threshold 3`; a fast interval (`RequestInterval` 10) needs a new health
check, as it cannot be changed. Lower the TTL to 60.

## Workaround
An alarm-based health check with a period of one minute sees some failures sooner.

## Prevent
One module for health check and record, with the objective as its input. The option `seconds` (180, our proposal) is the objective.

## Validate
Stop the primary and measure until `dig +short NAME @8.8.8.8` changes.

## Bad
```hcl
resource "aws_route53_health_check" "shop" {
  fqdn = "eu.shop.example.com"
  type = "HTTPS"
}

resource "aws_route53_record" "shop" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "shop.example.com"
  type            = "CNAME"
  set_identifier  = "primary"
  ttl             = 300 # finding
  records         = ["eu.shop.example.com"]
  health_check_id = aws_route53_health_check.shop.id
  failover_routing_policy {
    type = "PRIMARY"
  }
}
```

## Good
```hcl
resource "aws_route53_health_check" "shop" {
  fqdn              = "eu.shop.example.com"
  type              = "HTTPS"
  request_interval  = 30
  failure_threshold = 4
}

resource "aws_route53_record" "shop" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "shop.example.com"
  type            = "CNAME"
  set_identifier  = "primary"
  ttl             = 60
  records         = ["eu.shop.example.com"]
  health_check_id = aws_route53_health_check.shop.id
  failover_routing_policy {
    type = "PRIMARY"
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.failover import CHECK, recovery_time


@rule(target="aws_route53_record", severity=Severity.LOW, confidence=Confidence.LIKELY, options={"seconds": 180})
def check(record: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    found = recovery_time(resource, graph)
    if found is not None and found[0] > options["seconds"]:
        checks = graph.targets(record.at("health_check_id"), CHECK)
        message = f"clients reach the other record after {found[0]:g} s: {found[1]}"
        where = record.at("ttl")
        yield Fail(where, message, expected=f"at most {options['seconds']:g} s", related=tuple(it.body for it in checks))
