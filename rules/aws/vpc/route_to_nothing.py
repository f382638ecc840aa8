"""A route leads to something that cannot take its packets.

## Why it matters
AWS keeps such a route and drops what it fits (state `blackhole`), or refuses to create it. Either way everything behind it times out,
and a narrower good route elsewhere does not help, since this one is the most specific.

## Five whys
1. Why do packets to that range disappear? Their route is a blackhole.
2. Why? Its target was deleted, is attached to nothing, or belongs to another VPC.
3. Why was it not noticed? The route looks like any other; only its state says so.

## Fix now
`aws ec2 replace-route --route-table-id rtb-… --destination-cidr-block CIDR --nat-gateway-id nat-…` (or `--gateway-id`,
`--vpc-peering-connection-id` …) to a target that lives, or `aws ec2 delete-route` so that a wider route takes over.

## Workaround
A narrower route to a living target for the hosts that matter.

## Prevent
Routes refer to resources of the same module, so that both go together; an alarm on `aws ec2 describe-route-tables --filters
Name=route.state,Values=blackhole`.

## Validate
`aws ec2 describe-route-tables --query "RouteTables[].Routes[?State=='blackhole']"` prints empty lists.

## Bad
```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc" "third" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_internet_gateway" "data" {
  vpc_id = aws_vpc.data.id
}

resource "aws_internet_gateway" "loose" {
}

resource "aws_route_table" "shop" {
  vpc_id = aws_vpc.shop.id

  route {
    cidr_block = "0.0.0.0/0" # finding
    gateway_id = aws_internet_gateway.data.id
  }

  route {
    cidr_block = "198.51.100.0/24" # finding
    gateway_id = aws_internet_gateway.loose.id
  }
}

resource "aws_vpc_peering_connection" "others" {
  vpc_id      = aws_vpc.data.id
  peer_vpc_id = aws_vpc.third.id
}

resource "aws_route" "others" {
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = "10.9.0.0/16" # finding
  vpc_peering_connection_id = aws_vpc_peering_connection.others.id
}
```

## Good
```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "shop" {
}

resource "aws_internet_gateway_attachment" "shop" {
  internet_gateway_id = aws_internet_gateway.shop.id
  vpc_id              = aws_vpc.shop.id
}

resource "aws_vpc_peering_connection" "others" {
  vpc_id      = "vpc-0123456789abcdef0"
  peer_vpc_id = aws_vpc.shop.id
  auto_accept = true
}

resource "aws_route_table" "shop" {
  vpc_id = aws_vpc.shop.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.shop.id
  }

  route {
    cidr_block                = "10.9.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.others.id
  }

  route {
    cidr_block = "10.0.0.0/16"
    gateway_id = "local"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, Undecided, rule
from auditor.views.decide import exists
from auditor.views.network.vpc import Vpc, vpc_of
from auditor.views.routes import KINDS, Route, routes
from auditor.views.way_out import vpc_of_routes

HOMES = {
    "gateway_id": ("aws_internet_gateway",),
    "egress_only_gateway_id": ("aws_egress_only_internet_gateway",),
    "vpc_endpoint_id": ("aws_vpc_endpoint",),
}
"""Targets that say themselves to which VPC they belong."""
PEERING = "aws_vpc_peering_connection"


@rule(
    target=KINDS,
    each=routes,
    severity=Severity.HIGH,
    symptoms=(r"[Cc]onnection timed out", r"i/o timeout", r"No route to host", r"belong to different networks"),
)
def check(route: Route, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not route.table.at("state").unknown and route.table.at("state").text == "blackhole":
        yield Fail(route.where, "AWS reports the route as a blackhole: its target is gone", expected="a target that lives")
        return
    mine = vpc_of_routes(resource, graph)
    for name, kinds in HOMES.items():
        target = route.target(name)
        for gateway in graph.targets(target, *kinds) if target is not None else ():
            fault = _fault(gateway, mine, graph)
            if fault and exists(gateway):
                yield Fail(route.where, fault, expected="a target of the same VPC", related=(gateway.body,))
                return
    connection = route.target("vpc_peering_connection_id")
    for peering in graph.targets(connection, PEERING) if connection is not None else ():
        ends = [vpc_of(peering, graph, path) for path in ("vpc_id", "peer_vpc_id")]
        if mine is not None and all(mine.same(end) is False for end in ends):
            message = f"{peering.address.text} joins {ends[0].words} and {ends[1].words}, and the table is of {mine.words}"
            yield Fail(route.where, message, expected="a connection of this VPC", related=(peering.body,))


def _fault(gateway: Resource, mine: Vpc | None, graph: Graph) -> str:
    """Why the gateway cannot take the packets of this VPC; empty when nothing is known against it."""
    if not gateway.at("vpc_id").unknown and gateway.at("vpc_id").missing:
        if gateway.kind != "aws_internet_gateway" or _attached(gateway, graph):
            return ""
        return f"{gateway.address.text} is attached to no VPC"
    home = vpc_of(gateway, graph)
    if mine is not None and home.same(mine) is False:
        return f"{gateway.address.text} belongs to {home.words}, and the table is of {mine.words}"
    return ""


def _attached(gateway: Resource, graph: Graph) -> bool:
    try:
        return bool(graph.attached(gateway, "internet_gateway_id", "aws_internet_gateway_attachment"))
    except Undecided:
        return True
