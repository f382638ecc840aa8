"""Packets find the way to a peered VPC, and the answers do not find the way back.

## Why it matters
A connection needs a route in both directions. With one of them missing every connection hangs until it times out, while routes, security
groups and the peering connection look right on the side from which one looks.

## Five whys
1. Why does the connection hang? The answer never comes back.
2. Why not? The route tables of the other VPC have no route to the caller's range through the peering connection.
3. Why? Routes were written on the side of the caller only.

## Fix now
`aws ec2 create-route --route-table-id rtb-OTHER_SIDE --destination-cidr-block RANGE_OF_THIS_SIDE --vpc-peering-connection-id pcx-…` for
each route table of subnets that answer.

## Workaround
None: both sides need the route.

## Prevent
A module that writes the routes of both sides from one call.

## Validate
`aws ec2 describe-route-tables --filters Name=route.vpc-peering-connection-id,Values=pcx-… --query 'RouteTables[].[VpcId,RouteTableId]'`
shows tables of both VPCs.

## Bad
```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "shop_data" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}

resource "aws_route_table" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route" "shop_data" {
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = "10.1.0.0/16" # finding
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_data.id
}

resource "aws_route_table" "data" {
  vpc_id = aws_vpc.data.id
}

resource "aws_subnet" "data" {
  vpc_id     = aws_vpc.data.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_route_table_association" "data" {
  subnet_id      = aws_subnet.data.id
  route_table_id = aws_route_table.data.id
}
```

## Good
```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "shop_data" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}

resource "aws_route_table" "shop" {
  vpc_id = aws_vpc.shop.id

  route {
    cidr_block                = "10.1.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.shop_data.id
  }
}

resource "aws_route_table" "data" {
  vpc_id = aws_vpc.data.id
}

resource "aws_route" "back" {
  route_table_id            = aws_route_table.data.id
  destination_cidr_block    = "10.0.4.0/24"
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_data.id
}

resource "aws_subnet" "data" {
  vpc_id     = aws_vpc.data.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_route_table_association" "data" {
  subnet_id      = aws_subnet.data.id
  route_table_id = aws_route_table.data.id
}

resource "aws_vpc_peering_connection" "elsewhere" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_route" "elsewhere" {
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = "10.9.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.elsewhere.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.address_range import overlap
from auditor.views.decide import exists, undecided
from auditor.views.in_vpc import subnets_in
from auditor.views.network.subnet import Subnet
from auditor.views.network.vpc import Vpc, vpc_of
from auditor.views.routes import KINDS, Route, routes
from auditor.views.way_out import vpc_of_routes

PEERING = "aws_vpc_peering_connection"
ENDS = (("vpc_id", "peer_vpc_id"), ("peer_vpc_id", "vpc_id"))


@rule(
    target=KINDS,
    each=routes,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"[Cc]onnection timed out", r"ETIMEDOUT", r"i/o timeout"),
)
def check(route: Route, resource: Resource, graph: Graph) -> Iterator[Fail]:
    target = route.target("vpc_peering_connection_id")
    for peering in graph.targets(target, PEERING) if target is not None else ():
        mine = vpc_of_routes(resource, graph)
        far = _far_end(peering, mine, graph)
        if mine is None or far is None or far.resource is None:
            continue
        places = _reached(far, route, graph)
        if places and not any(_leads_back(subnet, peering) for subnet in places):
            message = f"no route of {far.words} leads back to {mine.words} through {peering.address.text}"
            if exists(places[0].resource):
                related = (peering.body, (places[0].table.resource or far.resource).body)
                yield Fail(route.where, message, expected="a route on the other side too", related=related)


def _far_end(peering: Resource, mine: Vpc | None, graph: Graph) -> Vpc | None:
    for near, far in ENDS:
        if mine is not None and mine.same(vpc_of(peering, graph, near)):
            return vpc_of(peering, graph, far)
    return None


def _reached(far: Vpc, route: Route, graph: Graph) -> list[Subnet]:
    """The subnets of the far VPC that the route may lead to."""
    destination = route.destination.text
    blocks = ((subnet, subnet.resource.at("cidr_block")) for subnet in subnets_in(far, graph))
    return [subnet for subnet, block in blocks if block.unknown or overlap(block.text, destination)]


def _leads_back(subnet: Subnet, peering: Resource) -> bool:
    """Whether the subnet has a route through the connection; raises `Undecided` when that is not known."""
    table = subnet.table
    if any(peering in way.target.declared and way.loose is None for way in table.ways):
        return True
    if table.gaps:
        raise table.gaps[0].undecided
    for way in table.ways:
        if way.loose is not None:
            raise way.loose.undecided
        if way.kind in ("", "vpc_peering_connection_id") and (way.target.gaps or way.target.elsewhere):
            raise undecided(way.where, "which connection the route leads through is not known here")
    return False
