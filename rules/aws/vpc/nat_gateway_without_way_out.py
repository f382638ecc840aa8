"""A NAT gateway stands in a subnet that has no route to an internet gateway.

## Why it matters
The gateway is created and shows as available, and drops everything: private hosts cannot pull images, reach APIs or send mail, and time
out instead of failing. It is one of the most common reasons for "it deploys, but nothing starts".

## Five whys
1. Why do image pulls time out? The packets reach the NAT gateway and end there.
2. Why do they end there? Its own subnet has no way to the internet.
3. Why not? The subnet's route table sends `0.0.0.0/0` somewhere else, or nowhere.
4. Why is the gateway in that subnet? The private and the public subnet were swapped, or one list of subnets was used for both.

## Fix now
Put the gateway into the public subnet (`subnet_id`); it is created again and the routes follow. Faster, when the subnet should be
public: `aws ec2 create-route --route-table-id rtb-… --destination-cidr-block 0.0.0.0/0 --gateway-id igw-…`.

## Workaround
Point the private route tables at a NAT gateway that works, in another zone: `aws ec2 replace-route --route-table-id rtb-…
--destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-OTHER`.

## Prevent
Name the lists `public_subnets` and `private_subnets`, and take both the route and the gateway from the first.

## Validate
`aws ec2 describe-route-tables --filters Name=association.subnet-id,Values=subnet-… --query
"RouteTables[].Routes[?DestinationCidrBlock=='0.0.0.0/0'].GatewayId"` prints an `igw-…`; `curl -m 5 https://checkip.amazonaws.com` on a
private host prints the gateway's address.

## Bad
```hcl
resource "aws_subnet" "private" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/24"
}

resource "aws_nat_gateway" "main" { # finding
  allocation_id = "eipalloc-0123456789abcdef0"
  subnet_id     = aws_subnet.private.id
}

resource "aws_route_table" "private" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main.id
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}
```

Without an association the main table counts, which AWS makes without a default route:
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_nat_gateway" "main" { # finding
  allocation_id = "eipalloc-0123456789abcdef0"
  subnet_id     = aws_subnet.public.id
}
```

## Good
```hcl
resource "aws_subnet" "public" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/24"
}

resource "aws_nat_gateway" "main" {
  allocation_id = "eipalloc-0123456789abcdef0"
  subnet_id     = aws_subnet.public.id
}

resource "aws_route_table" "public" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = "igw-0123456789abcdef0"
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_subnet" "isolated" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.2.0/24"
}

resource "aws_route_table" "isolated" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_route_table_association" "isolated" {
  subnet_id      = aws_subnet.isolated.id
  route_table_id = aws_route_table.isolated.id
}

resource "aws_nat_gateway" "between_vpcs" {
  connectivity_type = "private"
  subnet_id         = aws_subnet.isolated.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import exists
from auditor.views.way_out import declared_subnet, default_ways, leads_to_internet_gateway, table_of_resource, words


@rule(
    target="aws_nat_gateway",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"[Cc]onnection timed out", r"i/o timeout", r"CannotPullContainerError", r"Client\.Timeout exceeded"),
)
def check(gateway: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if gateway.at("connectivity_type").text == "private" or gateway.at("availability_mode").text == "regional":
        return
    subnet = declared_subnet(gateway.at("subnet_id"), graph)
    ways = default_ways(subnet)
    if any(leads_to_internet_gateway(way) for way in ways) or not exists(subnet.resource):
        return
    itself = any(resource in way.target.declared for way in ways)
    where = f"{subnet.table.words} of its own subnet sends everything back to it" if itself else words(subnet, ways)
    message = f"{subnet.words} has no route to an internet gateway: {where}"
    related = (subnet.resource.body, ways[0].where if ways else table_of_resource(subnet).body)
    yield Fail(gateway, message, expected="a public subnet", related=related)
