"""An instance has a public address in a subnet without a route to the internet.

## Why it matters
The address answers nobody: packets do not come in, and answers do not go out. It is paid for by the hour, and whoever sees it in the
console looks for the fault in the security group.

## Five whys
1. Why does the public address time out? Nothing leads from the subnet to an internet gateway.
2. Why not? The subnet's route table has no such route, or sends everything to a NAT gateway.
3. Why is the instance there? It was moved to a private subnet, and its public address was kept.

## Fix now
Decide which is meant. Public: `subnet_id` of a public subnet, or `aws ec2 create-route --route-table-id rtb-… --destination-cidr-block
0.0.0.0/0 --gateway-id igw-…`, which opens every other host of that subnet too. Private: take the address away.

## Workaround
Session Manager, or an EC2 Instance Connect endpoint, reaches an instance in a private subnet.

## Prevent
Addresses only in modules that take public subnets.

## Validate
`aws ec2 describe-route-tables --filters Name=association.subnet-id,Values=subnet-… --query 'RouteTables[].Routes[].GatewayId'` prints an
`igw-…`, or the instance has no `PublicIpAddress`.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0123456789abcdef0"
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_instance" "bastion" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  subnet_id                   = aws_subnet.private.id
  associate_public_ip_address = true # finding
}

resource "aws_instance" "ftp" { # finding
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  subnet_id     = aws_subnet.private.id
}

resource "aws_eip" "ftp" {
  domain   = "vpc"
  instance = aws_instance.ftp.id
}

resource "aws_network_interface" "vpn" { # finding
  subnet_id = aws_subnet.private.id
}

resource "aws_eip" "vpn" {
  domain            = "vpc"
  network_interface = aws_network_interface.vpn.id
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "198.51.100.0/24"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_instance" "partner" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}

resource "aws_instance" "worker" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  subnet_id                   = aws_subnet.private.id
  associate_public_ip_address = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.decide import exists
from auditor.views.way_out import declared_subnet, default_ways, has_public_route, table_of_resource, words

GIVERS = {
    "aws_instance": (("instance", "aws_eip"), ("instance_id", "aws_eip_association")),
    "aws_network_interface": (("network_interface", "aws_eip"), ("network_interface_id", "aws_eip_association")),
}


@rule(
    target="aws_instance aws_network_interface",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"[Cc]onnection timed out", r"ERR_CONNECTION_TIMED_OUT"),
)
def check(instance: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where = _address(instance, resource, graph)
    if where is None:
        return
    subnet = declared_subnet(instance.at("subnet_id"), graph)
    if not has_public_route(subnet) and exists(subnet.resource):
        message = f"{subnet.words} has no route to an internet gateway: {words(subnet, default_ways(subnet))}"
        yield Fail(where, message, expected="a public subnet, or no public address", related=(table_of_resource(subnet).body,))


def _address(body: Node, resource: Resource, graph: Graph) -> Node | None:
    """What gives it a public address: its own wish, or an Elastic IP."""
    asked = body.at("associate_public_ip_address")
    if not asked.unknown and asked.flag:
        return asked
    for path, kind in GIVERS[resource.kind]:
        try:
            if graph.attached(resource, path, kind):
                return body
        except Undecided:
            continue
    return None
