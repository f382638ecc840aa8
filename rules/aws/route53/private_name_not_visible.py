"""A workload is told a name of a private zone that its VPC cannot resolve.

## Why it matters
A private zone answers in the VPCs that are associated with it, and nowhere else. In any other the name does not exist: the workload
fails with `NXDOMAIN`, although the record is there and right.

## Five whys
1. Why does the application say "no such host"? The name does not resolve where it runs.
2. Why not, when the record exists? It is in a private zone.
3. Why does the zone not answer here? It is associated with other VPCs only.
4. Why? The workload moved to a new VPC, and the zone stayed with the old one.

## Fix now
`aws route53 associate-vpc-with-hosted-zone --hosted-zone-id Z… --vpc VPCRegion=REGION,VPCId=vpc-…`; it answers within a minute. The same
as an `aws_route53_zone_association`.

## Workaround
Give the workload the name that the target has from AWS (an endpoint, a load balancer's name), which resolves everywhere.

## Prevent
Associate zones in the module that makes VPCs, from a list of shared zones.

## Validate
In the VPC, `dig +short NAME @169.254.169.253` prints an address.

## Bad
```hcl
resource "aws_vpc" "old" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "new" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_route53_zone" "internal" {
  name = "internal.example.com"

  vpc {
    vpc_id = aws_vpc.old.id
  }
}

resource "aws_route53_record" "db" {
  zone_id = aws_route53_zone.internal.zone_id
  name    = "db"
  type    = "CNAME"
  ttl     = 60
  records = ["orders.cluster-abc.eu-west-1.rds.amazonaws.com"]
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.new.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.app.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = {
      DB_URL = "postgres://${aws_route53_record.db.fqdn}:5432/orders" # finding
    }
  }
}
```

## Good
```hcl
resource "aws_vpc" "old" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "new" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_route53_zone" "internal" {
  name = "internal.example.com"

  vpc {
    vpc_id = aws_vpc.old.id
  }
}

resource "aws_route53_zone_association" "new" {
  zone_id = aws_route53_zone.internal.zone_id
  vpc_id  = aws_vpc.new.id
}

resource "aws_route53_record" "db" {
  zone_id = aws_route53_zone.internal.zone_id
  name    = "db.internal.example.com"
  type    = "CNAME"
  ttl     = 60
  records = ["orders.cluster-abc.eu-west-1.rds.amazonaws.com"]
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.new.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.app.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = {
      DB_HOST = aws_route53_record.db.fqdn
    }
  }
}
```

The name is in a public zone too, which answers everywhere:

```hcl
resource "aws_vpc" "old" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "new" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_route53_zone" "private" {
  name = "example.com"

  vpc {
    vpc_id = aws_vpc.old.id
  }
}

resource "aws_route53_zone" "public" {
  name = "example.com"
}

resource "aws_route53_record" "private" {
  zone_id = aws_route53_zone.private.zone_id
  name    = "api"
  type    = "A"
  ttl     = 60
  records = ["10.0.1.10"]
}

resource "aws_route53_record" "public" {
  zone_id = aws_route53_zone.public.zone_id
  name    = "api.example.com"
  type    = "A"
  ttl     = 60
  records = ["203.0.113.10"]
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.new.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.app.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = {
      API = "https://api.example.com/v1"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.decide import exists
from auditor.views.dependency import CLIENTS, values
from auditor.views.index import first_open
from auditor.views.network.interface import ends
from auditor.views.network.naming import named as named_in
from auditor.views.network.vpc import VPCS, Vpc, vpc_named
from auditor.views.zone import records_named_in

ASSOCIATION = "aws_route53_zone_association"


@rule(
    target=CLIENTS,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=(r"NXDOMAIN", r"no such host", r"getaddrinfo ENOTFOUND", r"Name or service not known"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for name, value in values(resource, graph):
        records = records_named_in(value, graph)
        zones = [zone for record in records for zone in graph.targets(record.at("zone_id"), "aws_route53_zone")]
        here = _vpc(resource, graph) if zones and len(zones) == len(records) else None
        if here is None or any(zone.at("vpc").missing or _answers_in(zone, here, graph) for zone in zones):
            continue
        record, zone = records[0], zones[0]
        if exists(zone):
            message = f"{record.address.text} ({name}) is in {zone.address.text}, a private zone that does not answer in {here.words}"
            yield Fail(value, message, expected=f"an association with {here.words}", related=(record.body, zone.body))


def _vpc(client: Resource, graph: Graph) -> Vpc | None:
    for interface in ends(graph, client):
        if interface.vpc is not None and interface.vpc.resource is not None:
            return interface.vpc
    return None


def _answers_in(zone: Resource, here: Vpc, graph: Graph) -> bool:
    """Whether a zone is associated with a VPC; raises `Undecided` when it may be."""
    more = graph.naming(zone, "zone_id", ASSOCIATION)
    nodes = [*zone.body.each("vpc.vpc_id"), *(association.at("vpc_id") for association in more)]
    doubt: Undecided | None = None
    for node in nodes:
        same = here.same(vpc_named(named_in(graph, [node], *VPCS), node))
        if same:
            return True
        if same is None and doubt is None:
            doubt = Undecided(node)
    if found := first_open(graph, ("zone_id",), (ASSOCIATION,)):
        doubt = doubt or Undecided(found[1])
    if doubt is not None:
        raise doubt
    return False
