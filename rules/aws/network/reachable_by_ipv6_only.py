"""A port that is closed to the internet over IPv4 is open over IPv6.

## Why it matters
IPv6 has no NAT: a host with an address and a route to an internet gateway is as public as a group and an ACL allow. Whoever checks the
way over IPv4 finds it closed, and the scanners of the internet come by the other.

## Five whys
1. Why was the "private" host attacked? It can be reached over IPv6.
2. Why? Its subnet gives IPv6 addresses, and the default route for IPv6 leads to the internet gateway.
3. Why does the group let it in? A rule has `::/0` beside a narrow IPv4 range.
4. Why does nobody see it? Reviews and tests look at IPv4.

## Fix now
`aws ec2 revoke-security-group-ingress --group-id sg-… --ip-permissions
IpProtocol=tcp,FromPort=PORT,ToPort=PORT,Ipv6Ranges=[{CidrIpv6=::/0}]`. For hosts that only open connections, point `::/0` at an
egress-only internet gateway.

## Workaround
An entry in the subnet's network ACL that refuses `::/0` for the port.

## Prevent
In private subnets route `::/0` to an `aws_egress_only_internet_gateway`; write both families of each rule from one list.

## Validate
`nc -6 -vz -w 3 ADDRESS PORT` from outside times out.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block                       = "10.0.0.0/16"
  assign_generated_ipv6_cidr_block = true
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "app" {
  vpc_id                          = aws_vpc.main.id
  cidr_block                      = "10.0.1.0/24"
  ipv6_cidr_block                 = "2001:db8:1:1::/64"
  assign_ipv6_address_on_creation = true
}

resource "aws_route_table" "app" {
  vpc_id = aws_vpc.main.id

  route {
    ipv6_cidr_block = "::/0"
    gateway_id      = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "app" {
  subnet_id      = aws_subnet.app.id
  route_table_id = aws_route_table.app.id
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol         = "tcp"
    from_port        = 8081
    to_port          = 8081
    ipv6_cidr_blocks = ["::/0"]
  }
}

resource "aws_instance" "app" { # finding
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  subnet_id                   = aws_subnet.app.id
  associate_public_ip_address = false
  vpc_security_group_ids      = [aws_security_group.app.id]
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block                       = "10.0.0.0/16"
  assign_generated_ipv6_cidr_block = true
}

resource "aws_egress_only_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "app" {
  vpc_id                          = aws_vpc.main.id
  cidr_block                      = "10.0.1.0/24"
  ipv6_cidr_block                 = "2001:db8:1:1::/64"
  assign_ipv6_address_on_creation = true
}

resource "aws_route_table" "app" {
  vpc_id = aws_vpc.main.id

  route {
    ipv6_cidr_block        = "::/0"
    egress_only_gateway_id = aws_egress_only_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "app" {
  subnet_id      = aws_subnet.app.id
  route_table_id = aws_route_table.app.id
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol         = "tcp"
    from_port        = 8081
    to_port          = 8081
    ipv6_cidr_blocks = ["::/0"]
  }
}

resource "aws_instance" "app" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  subnet_id                   = aws_subnet.app.id
  associate_public_ip_address = false
  vpc_security_group_ids      = [aws_security_group.app.id]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.ports import WEB
from auditor.views.reachable import ADMIN, DATA, HOSTS, open_ports, reached

ELSEWHERE = frozenset({*ADMIN, *DATA})
"""Ports of which other rules say that they are reachable, whatever the family."""


@rule(target=HOSTS, severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for _, (first, last) in open_ports(resource, graph, 6):
        ports = [port for port in range(first, min(last, first + 1000) + 1) if port not in WEB and port not in ELSEWHERE]
        if not ports or reached(resource, graph, ports[:1], family=4) is not None:
            continue
        found = reached(resource, graph, ports[:1], family=6)
        if found is not None:
            shown = f"TCP {first}" if first == last else f"TCP {first}-{last}"
            message = f"the internet reaches {shown} over IPv6, and not over IPv4: {found.words}"
            yield Fail(body, message, expected="an egress-only internet gateway, or no rule for ::/0", related=found.places)
            return
