"""VPCs on one transit gateway have overlapping address ranges.

## Why it matters
Inside of a VPC its own range always wins, so hosts of the overlapping part cannot be reached from the other VPC, and answers to them go
nowhere. On the gateway one of the two routes wins for everybody else, and the other VPC disappears.

## Five whys
1. Why can one VPC not be reached? The transit gateway sends its packets to another VPC with the same range.
2. Why the same? Both were created with the range of the example.
3. Why was that not noticed? Nobody keeps a list of ranges.

## Fix now
Reach the one service that is needed by an endpoint service (`aws_vpc_endpoint_service` with a network load balancer) and an interface
endpoint; overlap does not matter there.

## Workaround
A private NAT gateway in a secondary range that is unique (`aws_vpc_ipv4_cidr_block_association`) hides one side; only that range is
routed.

## Prevent
Take ranges from an IPAM pool (`ipv4_ipam_pool_id`), which gives none twice.

## Validate
`aws ec2 search-transit-gateway-routes --transit-gateway-route-table-id tgw-rtb-… --filters Name=state,Values=active --query
'Routes[].[DestinationCidrBlock,TransitGatewayAttachments[0].ResourceId]'` shows each range once.

## Bad
```hcl
resource "aws_ec2_transit_gateway" "hub" {
}

resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.0.128.0/20"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "shop" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.shop.id
  subnet_ids         = ["subnet-0123456789abcdef0"]
}

resource "aws_ec2_transit_gateway_vpc_attachment" "data" { # finding
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.data.id
  subnet_ids         = ["subnet-0fedcba9876543210"]
}
```

## Good
```hcl
resource "aws_ec2_transit_gateway" "hub" {
}

resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "shop" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.shop.id
  subnet_ids         = ["subnet-0123456789abcdef0"]
}

resource "aws_ec2_transit_gateway_vpc_attachment" "data" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.data.id
  subnet_ids         = ["subnet-0fedcba9876543210"]
}

resource "aws_vpc" "hidden" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_nat_gateway" "hides" {
  connectivity_type = "private"
  subnet_id         = aws_subnet.hidden.id
}

resource "aws_subnet" "hidden" {
  vpc_id     = aws_vpc.hidden.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "hidden" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.hidden.id
  subnet_ids         = [aws_subnet.hidden.id]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import exists
from auditor.views.network.blocks import words
from auditor.views.network.vpc import vpc_of
from auditor.views.transit_ranges import ATTACHMENT, behind_private_nat, overlapping


@rule(target=ATTACHMENT, severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(attachment: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    hidden = behind_private_nat(graph)
    for other, here, there in overlapping(graph).get(resource, ()):
        mine, theirs = vpc_of(resource, graph), vpc_of(other, graph)
        if exists(other) and not hidden.may_hold(mine) and not hidden.may_hold(theirs):
            message = f"{words(4, here)} of {mine.words} overlaps with {words(4, there)} of {theirs.words} on the same transit gateway"
            yield Fail(attachment, message, expected="ranges that do not overlap", related=(other.body, mine.where, theirs.where))
            return
