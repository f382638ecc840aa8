"""A record with a health check is kept by resolvers for minutes after a failover.

## Why it matters
The failover takes as long as the check needs, plus the TTL: with 300 seconds clients go on trying the dead address for five minutes
after Route 53 has changed its answer.

## Five whys
1. Why were clients down for seven minutes when the failover takes ninety seconds? Their resolvers kept the old answer.
2. Why so long? The TTL of the record is five minutes.
3. Why? It is the usual number for records that never change.

## Fix now
Lower `ttl` to 60 and apply; the new TTL holds for answers from now on. Clients with the old one wait until it runs out.

## Workaround
An alias record to a load balancer: its TTL is 60, and cannot be longer.

## Prevent
60 seconds for every record with a health check or a routing policy.

## Validate
`dig NAME | grep -A1 ANSWER` shows a TTL of 60 at most.

## Bad
```hcl
resource "aws_route53_record" "primary" {
  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = "www.example.com"
  type            = "A"
  set_identifier  = "primary"
  ttl             = 300 # finding
  records         = ["203.0.113.10"]
  health_check_id = "12345678-1234-1234-1234-123456789012"

  failover_routing_policy {
    type = "PRIMARY"
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

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given
from auditor.views.failover import recovery_time


@rule(target="aws_route53_record", severity=Severity.MEDIUM, options={"seconds": 60})
def check(record: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    ttl = record.at("ttl")
    if not given(record.at("health_check_id")) or ttl.number is None:
        return
    if ttl.number > options["seconds"]:
        known = recovery_time(resource, graph)
        all_in_all = f", {known[0]:g} s in all: {known[1]}" if known else ""
        message = f"clients keep the dead address for up to {ttl.number:g} s after a failover{all_in_all}"
        yield Fail(ttl, message, expected=f"at most {options['seconds']:g}")
