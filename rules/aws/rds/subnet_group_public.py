"""A database lies in subnets that have a route to the internet.

## Why it matters
In a public subnet one switch (`publicly_accessible`) and one rule of a security group are all that keep the database off the internet. In
a private one it cannot be reached from outside whatever is switched.

## Five whys
1. Why was the database reachable for an hour? Somebody switched on its public address.
2. Why was that enough? Its subnets route to an internet gateway.
3. Why those subnets? The subnet group takes all subnets of the VPC, the public ones too.

## Fix now
Make a subnet group of private subnets and move the instance: `aws rds modify-db-instance --db-subnet-group-name` works across VPCs only, so
within one VPC add the private subnets, fail over until the instance is in one of them, and take the public ones out.

## Workaround
Close the security group to everything but the application's group, and deny `rds:ModifyDBInstance` with `PubliclyAccessible`.

## Prevent
Subnets of three tiers (public, private, data); the data tier has no route to the internet at all.

## Validate
`aws ec2 describe-route-tables --filters Name=association.subnet-id,Values=SUBNET --query 'RouteTables[].Routes[].GatewayId'` shows no
`igw-`.

## Bad
```hcl
resource "aws_internet_gateway" "main" {
  vpc_id = "vpc-0a1b2c3d"
}

resource "aws_route_table" "public" {
  vpc_id = "vpc-0a1b2c3d"
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_subnet" "a" {
  vpc_id     = "vpc-0a1b2c3d"
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.public.id
}

resource "aws_db_subnet_group" "db" {
  subnet_ids = [aws_subnet.a.id] # finding
}
```

## Good
```hcl
resource "aws_route_table" "data" {
  vpc_id = "vpc-0a1b2c3d"
}

resource "aws_subnet" "a" {
  vpc_id     = "vpc-0a1b2c3d"
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.data.id
}

resource "aws_db_subnet_group" "db" {
  subnet_ids = [aws_subnet.a.id]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.routes import Route, routes_of_subnet


@rule(target="aws_db_subnet_group", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(group: Node, graph: Graph) -> Iterator[Fail]:
    for node in group.each("subnet_ids"):
        for subnet in graph.targets(node, "aws_subnet"):
            if any(_leads_out(route, graph) for route in routes_of_subnet(subnet, graph)):
                yield Fail(node, f"{subnet.address.text} has a route to the internet", expected="a private subnet")


def _leads_out(route: Route, graph: Graph) -> bool:
    gateway: Node | None = route.target("gateway_id")
    if gateway is None or not route.default:
        return False
    known = bool(graph.targets(gateway, "aws_internet_gateway"))
    return known or (not gateway.unknown and (gateway.text or "").startswith("igw-"))
