"""A route sends all traffic through a VPC peering connection.

## Why it matters
Peering does not carry traffic on to the peer's internet gateway, NAT or VPN: what is not in the peer's own range is dropped. The route
is thus a blackhole for the internet and, for the peer, far more than it needs to be reachable for.

## Five whys
1. Why do calls to the internet time out? They go into the peering connection, which drops them.
2. Why there? The default route names the connection.
3. Why? `0.0.0.0/0` was written so as not to maintain the peer's ranges.

## Fix now
Route only the peer's range: `aws ec2 create-route --route-table-id rtb-… --destination-cidr-block 10.8.0.0/16
--vpc-peering-connection-id pcx-…`, then `aws ec2 delete-route --route-table-id rtb-… --destination-cidr-block 0.0.0.0/0`.

## Workaround
Point the default route at a NAT gateway again and keep the peer's range beside it: the longer prefix wins.

## Prevent
Take the destination from the peer (`aws_vpc.peer.cidr_block`), never write it by hand.

## Validate
`aws ec2 describe-route-tables --query "RouteTables[].Routes[?VpcPeeringConnectionId]"` shows no `0.0.0.0/0` or `::/0`.

## Bad
```hcl
resource "aws_route" "peer" {
  route_table_id            = "rtb-0123456789abcdef0"
  destination_cidr_block    = "0.0.0.0/0" # finding
  vpc_peering_connection_id = "pcx-0123456789abcdef0"
}
```

## Good
```hcl
resource "aws_route_table" "app" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block                = "10.8.0.0/16"
    vpc_peering_connection_id = "pcx-0123456789abcdef0"
  }

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0123456789abcdef0"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.decide import every
from auditor.views.routes import KINDS, Route, routes


@rule(target=KINDS, each=routes, severity=Severity.MEDIUM, aliases="CKV2_AWS_44")
def check(route: Route) -> Iterator[Fail]:
    if every(lambda: route.default, lambda: route.target("vpc_peering_connection_id") is not None):
        yield Fail(route.where, f"all traffic ({route.where.text}) goes to the peering connection", expected="the range of the peer")
