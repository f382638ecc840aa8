"""Subnets send to a transit gateway that has no interface in their zone.

## Why it matters
A transit gateway takes the packets of a zone by an interface in that zone. Where the attachment names no subnet, everything that the route
tables of that zone send to the gateway is dropped: the same service works in two zones and times out in the third.

## Five whys
1. Why do connections fail from one zone only? The transit gateway does not take its packets.
2. Why not? The attachment has no subnet in that zone.
3. Why not? A zone was added to the VPC after the attachment.

## Fix now
`aws ec2 modify-transit-gateway-vpc-attachment --transit-gateway-attachment-id tgw-attach-… --add-subnet-ids subnet-…`: one subnet of the
zone, without an interruption for the others. The same in `subnet_ids`.

## Workaround
Move the workload to a zone that works.

## Prevent
A small subnet for the attachment in each zone, made from the same list of zones as all others.

## Validate
`aws ec2 describe-transit-gateway-vpc-attachments --query 'TransitGatewayVpcAttachments[].[VpcId,SubnetIds]'` has a subnet for each zone.

## Bad
```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  for_each          = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id            = aws_vpc.shop.id
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "shop" { # finding
  transit_gateway_id = "tgw-0123456789abcdef0"
  vpc_id             = aws_vpc.shop.id
  subnet_ids         = [aws_subnet.app["a"].id]
}

resource "aws_route_table" "app" {
  vpc_id = aws_vpc.shop.id

  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = "tgw-0123456789abcdef0"
  }
}

resource "aws_route_table_association" "app" {
  for_each       = aws_subnet.app
  subnet_id      = each.value.id
  route_table_id = aws_route_table.app.id
}
```

## Good
```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  for_each          = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id            = aws_vpc.shop.id
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_subnet" "closed" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.0.3.0/24"
  availability_zone = "eu-west-1c"
}

resource "aws_route_table" "closed" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route_table_association" "closed" {
  subnet_id      = aws_subnet.closed.id
  route_table_id = aws_route_table.closed.id
}

resource "aws_ec2_transit_gateway_vpc_attachment" "shop" {
  transit_gateway_id = "tgw-0123456789abcdef0"
  vpc_id             = aws_vpc.shop.id
  subnet_ids         = [for subnet in aws_subnet.app : subnet.id]
}

resource "aws_route_table" "app" {
  vpc_id = aws_vpc.shop.id

  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = "tgw-0123456789abcdef0"
  }
}

resource "aws_route_table_association" "app" {
  for_each       = aws_subnet.app
  subnet_id      = each.value.id
  route_table_id = aws_route_table.app.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.decide import exists
from auditor.views.in_vpc import subnets_in
from auditor.views.network.subnet import Subnet
from auditor.views.network.vpc import vpc_of
from auditor.views.subnet import beyond, zone_of, zones


@rule(
    target="aws_ec2_transit_gateway_vpc_attachment",
    severity=Severity.HIGH,
    symptoms=(r"[Cc]onnection timed out", r"i/o timeout"),
)
def check(attachment: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    home = vpc_of(resource, graph)
    senders = [subnet for subnet in subnets_in(home, graph) if _sends(subnet, attachment, graph)]
    if not senders:
        return
    served = zones(attachment.each("subnet_ids"), graph)
    doubt: Undecided | None = None
    for subnet in senders:
        try:
            there = beyond(frozenset({zone_of(subnet.resource)}), served, attachment)
        except Undecided as reason:
            doubt = doubt or reason
            continue
        if there and served and exists(subnet.resource):
            have = ", ".join(sorted(served))
            message = f"{subnet.words} in {min(there)} sends to the transit gateway, which has interfaces in {have} only"
            yield Fail(attachment, message, expected=f"a subnet in {min(there)}", related=(subnet.resource.body, subnet.table.where))
            return
    if doubt is not None:
        raise doubt


def _sends(subnet: Subnet, attachment: Node, graph: Graph) -> bool:
    """Whether a route of the subnet certainly leads to the gateway of the attachment."""
    gateway = attachment.at("transit_gateway_id")
    declared = {it.address.text for it in graph.targets(gateway, "aws_ec2_transit_gateway")}
    wanted = declared or {ref.address.text for ref in gateway.refs} or {str(gateway.data)}
    ways = (way.target for way in subnet.table.ways if way.kind == "transit_gateway_id" and way.loose is None)
    return any(wanted & {*(it.address.text for it in target.declared), *target.elsewhere} for target in ways)
