"""Both records of a failover pair lead to the same place.

## Why it matters
The pair looks like a way out, and is none: when the primary's target fails, Route 53 answers with the secondary, which leads to the same
load balancer or address. The outage lasts as long as without it, and a test that only looks at the switch-over passes.

## Five whys
1. Why did the failover not help? The secondary gave the same load balancer.
2. Why? Its alias was copied from the primary.
3. Why did the test not show it? The name was resolved, and nobody compared the addresses.

## Fix now
Point the secondary somewhere else: the second region's load balancer, or a static page in S3 or CloudFront (`aws route53
change-resource-record-sets --hosted-zone-id Z --change-batch file://batch.json`).

## Workaround
A page in S3 that says what is going on serves as a secondary within minutes.

## Prevent
A module for the pair that takes two different targets.

## Validate
`aws route53 test-dns-answer` for each set identifier shows two different addresses.

## Bad
```hcl
resource "aws_lb" "shop" {
  name = "shop"
}

resource "aws_route53_record" "primary" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "primary"
  alias {
    name                   = aws_lb.shop.dns_name
    zone_id                = aws_lb.shop.zone_id
    evaluate_target_health = true
  }
  failover_routing_policy {
    type = "PRIMARY"
  }
}

resource "aws_route53_record" "secondary" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "secondary"
  alias {
    name                   = aws_lb.shop.dns_name # finding
    zone_id                = aws_lb.shop.zone_id
    evaluate_target_health = false
  }
  failover_routing_policy {
    type = "SECONDARY"
  }
}
```

## Good
```hcl
resource "aws_lb" "shop" {
  for_each = toset(["eu", "us"])
  name     = "shop-${each.key}"
}

resource "aws_route53_record" "primary" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "primary"
  alias {
    name                   = aws_lb.shop["eu"].dns_name
    zone_id                = aws_lb.shop["eu"].zone_id
    evaluate_target_health = true
  }
  failover_routing_policy {
    type = "PRIMARY"
  }
}

resource "aws_route53_record" "secondary" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "secondary"
  alias {
    name                   = aws_lb.shop["us"].dns_name
    zone_id                = aws_lb.shop["us"].zone_id
    evaluate_target_health = false
  }
  failover_routing_policy {
    type = "SECONDARY"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.failover import Policy, destination, group_of


@rule(target="aws_route53_record", severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(record: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if record.at("failover_routing_policy.type").text != "SECONDARY":
        return
    group = group_of(resource, graph)
    mine = destination(resource)
    if group is None or group.policy is not Policy.FAILOVER or mine is None:
        return
    for choice in group.choices:
        if choice.primary and destination(choice.resource) == mine:
            where = record.at("alias.name") if record.at("alias").present else record.at("records")
            message = f"the secondary leads to the same place as {choice.resource.address.text}"
            yield Fail(where, message, expected="another target", related=(choice.where,))
