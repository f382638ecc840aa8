"""Subnets in several availability zones share one NAT gateway.

## Why it matters
A NAT gateway lives in one zone. When that zone fails, the hosts in the healthy zones lose the internet too, so the whole service is
down although it was spread over zones. Until then, traffic between zones is paid for by the gigabyte.

## Five whys
1. Why did the failure of one zone take down the service in all? No host could reach its APIs any more.
2. Why not? All private subnets send their traffic through one NAT gateway.
3. Why one? It saves about 30 dollars a month for each zone.

## Fix now
During the outage: create a gateway in a healthy zone and move the routes, `aws ec2 create-nat-gateway --subnet-id subnet-PUBLIC_B
--allocation-id eipalloc-…`, then `aws ec2 replace-route --route-table-id rtb-… --destination-cidr-block 0.0.0.0/0 --nat-gateway-id
nat-…`.

## Workaround
Take the traffic off the gateway that matters most: endpoints for S3, ECR, CloudWatch Logs and Secrets Manager work without it.

## Prevent
One NAT gateway and one route table for each zone (`one_nat_gateway_per_az = true` in the well-known VPC module); one alone is fine in
test environments, where the finding may be suppressed.

## Validate
`aws ec2 describe-route-tables --query "RouteTables[].[Associations[].SubnetId,Routes[].NatGatewayId]"` shows, for each subnet, a
gateway in its own zone.

## Bad
```hcl
resource "aws_nat_gateway" "only" { # finding
  allocation_id = "eipalloc-0123456789abcdef0"
  subnet_id     = "subnet-0123456789abcdef0"
}

resource "aws_route_table" "private" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.only.id
  }
}

resource "aws_subnet" "private" {
  for_each          = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_route_table_association" "private" {
  for_each       = aws_subnet.private
  subnet_id      = each.value.id
  route_table_id = aws_route_table.private.id
}
```

## Good
```hcl
locals {
  zones = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
}

resource "aws_nat_gateway" "each" {
  for_each      = local.zones
  allocation_id = "eipalloc-0123456789abcdef${each.key}"
  subnet_id     = "subnet-0123456789abcdef${each.key}"
}

resource "aws_route_table" "private" {
  for_each = local.zones
  vpc_id   = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.each[each.key].id
  }
}

resource "aws_subnet" "private" {
  for_each          = local.zones
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_route_table_association" "private" {
  for_each       = aws_subnet.private
  subnet_id      = each.value.id
  route_table_id = aws_route_table.private[each.key].id
}

resource "aws_nat_gateway" "regional" {
  availability_mode = "regional"
  vpc_id            = "vpc-0123456789abcdef0"
}

resource "aws_route_table" "regional" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.regional.id
  }
}

resource "aws_subnet" "regional" {
  for_each          = { a = "10.0.3.0/24", b = "10.0.4.0/24" }
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_route_table_association" "regional" {
  for_each       = aws_subnet.regional
  subnet_id      = each.value.id
  route_table_id = aws_route_table.regional.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import non_production
from auditor.views.way_out import subnets_through


@rule(target="aws_nat_gateway", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(gateway: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if gateway.at("availability_mode").text == "regional" or non_production(resource):
        return
    served = subnets_through(resource, graph)
    zones = {subnet.zone for subnet in served if subnet.zone}
    if len(zones) > 1:
        message = f"subnets in {', '.join(sorted(zones))} reach the internet through this one NAT gateway"
        yield Fail(gateway, message, expected="one for each zone", related=tuple(subnet.resource.body for subnet in served))
