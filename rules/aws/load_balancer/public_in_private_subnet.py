"""A public load balancer stands in a subnet without a route to the internet.

## Why it matters
Its addresses are public, and answers have no way back: clients time out, some of them only, since each zone has its own address. The
first cause that AWS names for "clients cannot connect to an internet-facing load balancer".

## Five whys
1. Why do half of the clients time out? They were given the address of one of the two zones.
2. Why does that address not answer? Its subnet has no route to an internet gateway.
3. Why not? A private subnet was taken for the load balancer.

## Fix now
Move the load balancer to public subnets: `aws elbv2 set-subnets --load-balancer-arn ARN --subnets subnet-PUBLIC_A subnet-PUBLIC_B`, and
change `subnets` in the code.

## Workaround
Take the zone out of DNS by giving only the good subnets for now; two zones are the least for an application load balancer.

## Prevent
Separate variables for public and private subnets; a load balancer that is not `internal` gets the first.

## Validate
`aws ec2 describe-route-tables --filters Name=association.subnet-id,Values=subnet-… --query
"RouteTables[].Routes[?DestinationCidrBlock=='0.0.0.0/0'].GatewayId"` prints `igw-…` for each subnet; `dig +short NAME` and `curl
--resolve` reach each address.

## Bad
```hcl
resource "aws_subnet" "private" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0123456789abcdef0"
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_lb" "web" { # finding
  name    = "web"
  subnets = [aws_subnet.private.id, "subnet-0fedcba9876543210"]
}
```

## Good
```hcl
resource "aws_subnet" "private" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0123456789abcdef0"
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_lb" "web" {
  name     = "web"
  internal = true
  subnets  = [aws_subnet.private.id, "subnet-0fedcba9876543210"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, Undecided, rule
from auditor.views.decide import exists
from auditor.views.load_balancer import BALANCERS, balancer_type, is_public, subnets
from auditor.views.way_out import declared_subnet, default_ways, leads_to_internet_gateway, table_of_resource, words


@rule(
    target=BALANCERS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"[Cc]onnection timed out", r"ERR_CONNECTION_TIMED_OUT", r"ETIMEDOUT"),
)
def check(balancer: Node, graph: Graph) -> Iterator[Fail]:
    if balancer_type(balancer) == "gateway" or not is_public(balancer):
        return
    family = 6 if (balancer.at("ip_address_type").text or "").endswith("without-public-ipv4") else 4
    doubt: Undecided | None = None
    for given in subnets(balancer):
        try:
            subnet = declared_subnet(given, graph)
            ways = default_ways(subnet, family)
            if exists(subnet.resource) and not any(leads_to_internet_gateway(way) for way in ways):
                message = f"{subnet.words} has no route to an internet gateway: {words(subnet, ways)}"
                related = (subnet.resource.body, ways[0].where if ways else table_of_resource(subnet).body)
                yield Fail(balancer, message, expected="public subnets, or internal = true", related=related)
                return
        except Undecided as reason:
            doubt = doubt or reason
    if doubt is not None:
        raise doubt
