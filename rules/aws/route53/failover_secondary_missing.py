"""A primary failover record has no secondary.

## Why it matters
When the primary is unhealthy Route 53 has no other answer and gives the primary all the same: the health check changes nothing.

## Five whys
1. Why did the name still point at the dead address? There was no other record to answer with.
2. Why not? The secondary was never created, or removed with the old region.

## Fix now
Create a record of the same name and type with `failover_routing_policy { type = "SECONDARY" }`: a second region, or a bucket with a
notice. It is used within seconds when the primary is unhealthy.

## Workaround
Change the primary by hand during the outage: `aws route53 change-resource-record-sets`.

## Prevent
Create both in one module.

## Validate
`aws route53 list-resource-record-sets --hosted-zone-id Z… --query "ResourceRecordSets[?Name=='www.example.com.'].Failover"` prints
PRIMARY and SECONDARY.

## Bad
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

resource "aws_route53_record" "secondary" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "www.example.com"
  type           = "A"
  set_identifier = "secondary"
  ttl            = 60
  records        = ["198.51.100.10"]

  failover_routing_policy {
    type = "SECONDARY"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.decide import undecided
from auditor.views.zone import may_be_same_name, secondaries


@rule(target="aws_route53_record", severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(record: Node, graph: Graph) -> Iterator[Fail]:
    kind = record.at("failover_routing_policy.type")
    if kind.text != "PRIMARY":
        return
    for other in secondaries(record.at("name"), graph):
        if may_be_same_name(other.body, record):
            if other.at("failover_routing_policy.type").unknown or other.at("name").unknown or record.at("name").unknown:
                raise undecided(other.at("name"), f"it is not known whether {other.address.text} is the secondary")
            return
    if graph.gaps:
        raise undecided(kind, graph.gaps[0])
    yield Fail(kind, "no secondary record has this name and type", expected="a SECONDARY record")
