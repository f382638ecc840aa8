"""A narrower route sends a part of a private range to another place than the rest.

## Why it matters
The longest prefix wins, whatever anybody expects. A left-over peering route inside of a range that goes to the transit gateway takes
exactly the hosts of that old connection: they time out, or answer from the wrong environment, and everything around them works.

## Five whys
1. Why is one network unreachable and all others are fine? Its packets take another way.
2. Why? The table has a narrower route for it, through the old peering connection.
3. Why is it still there? When the transit gateway came, wide routes were added, and nobody looked for the narrow ones.

## Fix now
See which is meant: `aws ec2 describe-route-tables --route-table-ids rtb-… --query 'RouteTables[].Routes[]'`. `aws ec2 delete-route
--route-table-id rtb-… --destination-cidr-block NARROW` lets the wide route take over at once.

## Workaround
A still narrower route for the hosts that matter now.

## Prevent
Move to a transit gateway VPC by VPC, and delete the peering connection with its routes in the same change. A deliberate way through an
inspection VPC deserves a comment that suppresses this.

## Validate
Reachability Analyzer from a host to the range shows the way through the expected target.

## Bad
```hcl
resource "aws_vpc_peering_connection" "old" {
  vpc_id      = "vpc-0123456789abcdef0"
  peer_vpc_id = "vpc-0fedcba9876543210"
}

resource "aws_route_table" "app" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = "tgw-0123456789abcdef0"
  }

  route {
    cidr_block                = "10.3.0.0/16" # finding
    vpc_peering_connection_id = aws_vpc_peering_connection.old.id
  }
}
```

## Good
```hcl
resource "aws_route_table" "app" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0123456789abcdef0"
  }

  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = "tgw-0123456789abcdef0"
  }

  route {
    cidr_block         = "10.3.0.0/16"
    transit_gateway_id = "tgw-0123456789abcdef0"
  }

  route {
    cidr_block                = "172.16.4.0/24"
    vpc_peering_connection_id = "pcx-0123456789abcdef0"
  }

  route {
    cidr_block           = "10.4.0.0/16"
    network_interface_id = "eni-0123456789abcdef0"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.network.blocks import words
from auditor.views.network.table import Way, table
from auditor.views.routes import TABLES

BETWEEN_NETWORKS = frozenset({"transit_gateway_id", "vpc_peering_connection_id", "gateway_id"})
"""An interface or an endpoint of a firewall inside of a wider range is there for inspection."""


@rule(target=" ".join(TABLES), severity=Severity.LOW, confidence=Confidence.LIKELY, options={"widest": 8})
def check(body: Node, resource: Resource, graph: Graph, options: dict[str, int]) -> Iterator[Fail]:
    ways = [way for way in table(resource, graph).ways if _between(way, options["widest"])]
    for narrow in ways:
        for wide in ways:
            if _inside(narrow, wide) and _target(narrow) != _target(wide):
                first, second = words(4, narrow.block.addresses or (0, 0)), words(4, wide.block.addresses or (0, 0))
                message = f"{first} goes to {narrow.words}, and the rest of {second} to {wide.words}"
                yield Fail(narrow.where, message, expected=wide.words, related=(wide.where,))
                break


def _between(way: Way, widest: int) -> bool:
    known = way.block.family == 4 and way.block.addresses is not None and way.block.length >= widest
    return known and way.loose is None and way.kind in BETWEEN_NETWORKS and not way.target.gaps and bool(way.target)


def _target(way: Way) -> tuple[object, ...]:
    return (way.kind, way.target.declared, way.target.elsewhere)


def _inside(narrow: Way, wide: Way) -> bool:
    a, b = narrow.block.addresses, wide.block.addresses
    return a is not None and b is not None and wide.block.length < narrow.block.length and b[0] <= a[0] and a[1] <= b[1]
