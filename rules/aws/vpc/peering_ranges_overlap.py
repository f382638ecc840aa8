"""Two peered VPCs use overlapping address ranges.

## Why it matters
AWS refuses a peering connection between overlapping ranges, and with a transit gateway the packets simply stay in the local VPC: the
local route always wins. There is no setting that mends it; one side has to be renumbered.

## Five whys
1. Why does the peering connection end in `failed`? The VPCs overlap.
2. Why do they? Both were created with the range of the example.
3. Why was that not noticed? Nobody keeps a list of ranges, and until today the VPCs had nothing to do with each other.

## Fix now
Reach the one service that is needed without routing: an endpoint service (`aws_vpc_endpoint_service` with a network load balancer) on
the far side and an interface endpoint on this one. Overlap does not matter there.

## Workaround
A private NAT gateway in a secondary, distinct range (`aws_vpc_ipv4_cidr_block_association`) hides one side behind other addresses.

## Prevent
Take ranges from an IPAM pool (`ipv4_ipam_pool_id`), so that none is given twice.

## Validate
`aws ec2 describe-vpc-peering-connections --query 'VpcPeeringConnections[].[VpcPeeringConnectionId,Status.Code]'` shows `active`.

## Bad
```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.0.128.0/20"
}

resource "aws_vpc_peering_connection" "shop_data" { # finding
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}
```

## Good
```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/20"
}

resource "aws_vpc_peering_connection" "shop_data" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.address_range import overlap


@rule(target="aws_vpc_peering_connection", severity=Severity.HIGH)
def check(peering: Node, graph: Graph) -> Iterator[Fail]:
    for one in graph.targets(peering.at("vpc_id"), "aws_vpc"):
        for other in graph.targets(peering.at("peer_vpc_id"), "aws_vpc"):
            for a in _ranges(one, graph):
                for b in _ranges(other, graph):
                    if overlap(a.text, b.text):
                        message = f"{a.text} of {one.address.text} overlaps with {b.text} of {other.address.text}"
                        yield Fail(peering, message, related=(a, b))
                        return


def _ranges(vpc: Resource, graph: Graph) -> list[Node]:
    """The ranges of a VPC that are known."""
    own = vpc.at("cidr_block")
    more = [
        association.at("cidr_block")
        for association in graph.of("aws_vpc_ipv4_cidr_block_association")
        if vpc in graph.targets(association.at("vpc_id"), "aws_vpc")
    ]
    return [node for node in (own, *more) if not node.unknown and node.present]
