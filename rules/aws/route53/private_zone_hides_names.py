"""A private zone hides names of the public zone with the same domain.

## Why it matters
In a VPC that is associated with a private zone, Route 53 answers all names of that domain from it, and from it alone: what it does not
hold does not exist, whatever the public zone says. Names that work from every laptop are `NXDOMAIN` in the VPC.

## Five whys
1. Why can the service not resolve `shop.example.com`? The answer is `NXDOMAIN`.
2. Why, when the name is in the public zone? The VPC asks the private zone of the same domain.
3. Why is the name not there? The private zone was made for one name, and nobody copied the others.

## Fix now
Create the missing records in the private zone too, or move it to a domain of its own (`internal.example.com`).

## Workaround
`aws route53 disassociate-vpc-from-hosted-zone --hosted-zone-id Z --vpc VPCRegion=R,VPCId=V` brings the public names back, and takes the
private ones away.

## Prevent
Private zones get names that no public zone has.

## Validate
From the VPC: `dig +short shop.example.com` answers.

## Bad
```hcl
resource "aws_route53_zone" "public" {
  name = "example.com"
}

resource "aws_route53_record" "shop" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "shop.example.com"
  type    = "A"
  ttl     = 60
  records = ["203.0.113.10"]
}

resource "aws_route53_zone" "private" { # finding
  name = "example.com"
  vpc {
    vpc_id = "vpc-0a1b2c3d"
  }
}

resource "aws_route53_record" "db" {
  zone_id = aws_route53_zone.private.zone_id
  name    = "db.example.com"
  type    = "CNAME"
  ttl     = 60
  records = ["orders.abc.eu-central-1.rds.amazonaws.com"]
}
```

## Good
```hcl
resource "aws_route53_zone" "public" {
  name = "example.com"
}

resource "aws_route53_record" "shop" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "shop.example.com"
  type    = "A"
  ttl     = 60
  records = ["203.0.113.10"]
}

resource "aws_route53_zone" "private" {
  name = "example.com"
  vpc {
    vpc_id = "vpc-0a1b2c3d"
  }
}

resource "aws_route53_record" "everything" {
  zone_id = aws_route53_zone.private.zone_id
  name    = "*.example.com"
  type    = "A"
  ttl     = 60
  records = ["10.0.0.10"]
}

resource "aws_route53_zone" "apart" {
  name = "internal.example.com"
  vpc {
    vpc_id = "vpc-0a1b2c3d"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.zone import hidden_names

SHOWN = 5
MAIL = frozenset({"TXT", "MX", "NS", "SOA", "CAA", "DS"})
"""What the internet asks for, and hardly anybody from inside of a VPC."""


@rule(
    target="aws_route53_zone",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=["NXDOMAIN", "Name or service not known", "getaddrinfo ENOTFOUND"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    hidden = [record for record in hidden_names(resource, graph) if record.at("type").text not in MAIL]
    if hidden:
        names = [record.at("name").text or "" for record in hidden]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        message = f"in its VPCs these public names do not exist: {', '.join(names[:SHOWN])}{more}"
        yield Fail(body, message, expected="copies of them, or another domain", related=tuple(it.body for it in hidden[:SHOWN]))
