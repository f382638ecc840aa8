"""A name that the whole internet can resolve leads to an internal load balancer.

## Why it matters
Outside of the network clients get private addresses and time out; the record also tells everybody how the network is numbered. It is right
only for people on a VPN who use public DNS.

## Five whys
1. Why do users time out while health checks are green? They were given a private address.
2. Why? The public zone points at an internal load balancer.
3. Why? The load balancer was made internal, or the record was meant for the private zone of the same name.

## Fix now
See what the internet gets: `dig +short NAME @1.1.1.1`. Move the record to the private zone, or point it at the public load balancer (or at
CloudFront in front of it).

## Workaround
For a service that was meant to be public: a second, internet-facing load balancer with the same target group, and the record there.

## Prevent
Separate modules for public and private names; the one for public names takes no internal load balancer.

## Validate
`dig +short NAME @1.1.1.1` prints public addresses, or nothing for an internal name.

## Bad
```hcl
resource "aws_route53_zone" "public" {
  name = "example.com"
}

resource "aws_lb" "web" {
  internal = true
  subnets  = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "www"
  type    = "A"

  alias {
    name                   = aws_lb.web.dns_name # finding
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = true
  }
}
```

## Good
```hcl
resource "aws_route53_zone" "private" {
  name = "example.com"

  vpc {
    vpc_id = "vpc-0123456789abcdef0"
  }
}

resource "aws_lb" "web" {
  internal = true
  subnets  = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.private.zone_id
  name    = "www"
  type    = "A"

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import every
from auditor.views.load_balancer import is_public
from auditor.views.zone import balancer_of, is_private


@rule(
    target="aws_route53_record",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=(r"ERR_CONNECTION_TIMED_OUT", r"[Cc]onnection timed out"),
)
def check(record: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    balancer = balancer_of(resource, graph)
    if balancer is None:
        return
    for zone in graph.targets(record.at("zone_id"), "aws_route53_zone"):
        if every(lambda: not is_public(balancer.body), lambda zone=zone: not is_private(zone, graph)):  # type: ignore[misc]
            where = record.at("alias.name") if record.at("alias").present else record.at("records")
            message = f"{balancer.address.text} is internal, and the zone {zone.address.text} is public"
            yield Fail(where, message, expected="a record in the private zone", related=(balancer.at("internal"), zone.body))
