"""A VPC peering connection is requested, and nothing accepts it.

## Why it matters
Until the other side accepts, the connection stays in `pending-acceptance` and carries nothing; after seven days it expires. Routes that
name it are blackholes, while everything in the plan looks created.

## Five whys
1. Why do packets to the other VPC disappear? The route leads into a peering connection that is not active.
2. Why is it not? Nobody accepted it.
3. Why not? `auto_accept` is not set, and no accepter exists in the code.

## Fix now
`aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id pcx-…` with credentials of the other side. If it has expired already,
let Terraform create it again (`terraform apply -replace=aws_vpc_peering_connection.NAME`) and accept within seven days.

## Workaround
None that keeps the route: the connection has to be accepted.

## Prevent
Same account and region: `auto_accept = true`. Otherwise add an `aws_vpc_peering_connection_accepter` with the provider of the other
side.

## Validate
`aws ec2 describe-vpc-peering-connections --vpc-peering-connection-ids pcx-… --query 'VpcPeeringConnections[].Status.Code'` prints
active.

## Bad
```hcl
resource "aws_vpc_peering_connection" "shop_data" { # finding
  vpc_id      = "vpc-0123456789abcdef0"
  peer_vpc_id = "vpc-0fedcba9876543210"
}
```

## Good
```hcl
resource "aws_vpc_peering_connection" "shop_data" {
  vpc_id      = "vpc-0123456789abcdef0"
  peer_vpc_id = "vpc-0fedcba9876543210"
  auto_accept = true
}

resource "aws_vpc_peering_connection" "shop_reports" {
  vpc_id      = "vpc-0123456789abcdef0"
  peer_vpc_id = "vpc-0aaaaaaaaaaaaaaaa"
  peer_region = "us-east-1"
}

resource "aws_vpc_peering_connection_accepter" "shop_reports" {
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_reports.id
  auto_accept               = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="aws_vpc_peering_connection",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN, Facet.PLANNED),
)
def check(peering: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if peering.at("auto_accept").flag:
        return
    if peering.at("peer_owner_id").present:
        return  # the other account may accept it in its own code
    if not graph.attached(resource, "vpc_peering_connection_id", "aws_vpc_peering_connection_accepter"):
        yield Fail(peering, "nothing accepts the peering connection", expected="auto_accept = true, or an accepter")
