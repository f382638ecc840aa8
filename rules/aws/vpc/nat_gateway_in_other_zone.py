"""A subnet uses the NAT gateway of another zone, although its own zone has one.

## Why it matters
Every gigabyte to the internet is paid for twice, as traffic between zones too, and when the other zone fails this one loses the internet
with it: what the second gateway was bought for does not work.

## Five whys
1. Why did the healthy zone lose the internet? Its subnets send through the gateway of the failed one.
2. Why, with a gateway of their own? Their route table names the other.
3. Why? All private subnets share one route table, or an index was off by one.

## Fix now
`aws ec2 replace-route --route-table-id rtb-… --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-OF_THE_ZONE`; open connections break
once. Then one route table for each zone in the code.

## Workaround
None is needed until the zone fails; then the same command.

## Prevent
Key gateways, route tables and subnets by zone (`for_each` over zones), never by position.

## Validate
`aws ec2 describe-route-tables --query "RouteTables[].[Associations[].SubnetId,Routes[].NatGatewayId]"` shows, for each subnet, the
gateway of its zone.

## Bad
```hcl
locals {
  zones = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
}

resource "aws_subnet" "public" {
  for_each          = { a = "10.0.11.0/24", b = "10.0.12.0/24" }
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_nat_gateway" "each" {
  for_each      = local.zones
  allocation_id = "eipalloc-0123456789abcdef${each.key}"
  subnet_id     = aws_subnet.public[each.key].id
}

resource "aws_route_table" "private" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.each["a"].id
  }
}

resource "aws_subnet" "left" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "right" { # finding
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_route_table_association" "left" {
  subnet_id      = aws_subnet.left.id
  route_table_id = aws_route_table.private.id
}

resource "aws_route_table_association" "right" {
  subnet_id      = aws_subnet.right.id
  route_table_id = aws_route_table.private.id
}
```

## Good
```hcl
resource "aws_subnet" "public" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.11.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_nat_gateway" "only" {
  allocation_id = "eipalloc-0123456789abcdef0"
  subnet_id     = aws_subnet.public.id
}

resource "aws_route_table" "private" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.only.id
  }
}

resource "aws_subnet" "right" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_route_table_association" "right" {
  subnet_id      = aws_subnet.right.id
  route_table_id = aws_route_table.private.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import exists
from auditor.views.in_vpc import subnets_in
from auditor.views.network.subnet import SUBNETS, Subnet, subnet_of
from auditor.views.way_out import declared_subnet, known_default_ways


@rule(target=" ".join(SUBNETS), severity=Severity.LOW)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.of("aws_nat_gateway"):
        return
    mine = subnet_of(graph, resource)
    for way in known_default_ways(mine):
        used = way.target.one
        if used is None or used.kind != "aws_nat_gateway" or used.at("availability_mode").text == "regional":
            continue
        theirs = declared_subnet(used.at("subnet_id"), graph)
        if mine.zone and theirs.zone and mine.zone != theirs.zone and (nearer := _nearer(mine, graph)):
            message = f"{mine.words} in {mine.zone} uses {used.address.text} in {theirs.zone}, and {nearer.address.text} is in its own zone"
            yield Fail(body, message, expected=nearer.address.text, related=(way.where, nearer.body))


def _nearer(mine: Subnet, graph: Graph) -> Resource | None:
    """The public NAT gateway that certainly stands in the same zone of the same VPC."""
    for place in subnets_in(mine.vpc, graph):
        if place.zone == mine.zone:
            for gateway in graph.naming(place.resource, "subnet_id", "aws_nat_gateway"):
                if gateway.at("connectivity_type").text != "private" and exists(gateway):
                    return gateway
    return None
