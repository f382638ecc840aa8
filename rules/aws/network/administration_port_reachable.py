"""The whole internet reaches a port for administration.

## Why it matters
This is no open rule that something else covers: address, route, network ACL and security group let everybody in, and the answers out.
Such ports are found within minutes; what listens there is tried with stolen and default passwords, and with each new exploit, without a
pause.

## Five whys
1. Why are there thousands of failed logins an hour? The port answers the whole internet.
2. Why does nothing on the way stop that? The host has a public address, its subnet a route to the internet, its groups a rule for
everybody.
3. Why was the rule written? For one administrator who worked from changing addresses.
4. Why is it still there? Each part looks harmless by itself; nobody looked at the whole path.

## Fix now
Close the rule that the finding names: `aws ec2 revoke-security-group-ingress --group-id sg-… --protocol tcp --port 22 --cidr 0.0.0.0/0`;
open sessions end. Look who was in: `last -F` on the host, and its CloudTrail role sessions. Then the same in the code.

## Workaround
Narrow the rule to one address (`--cidr 203.0.113.7/32`) until another way in exists.

## Prevent
Session Manager, or an EC2 Instance Connect endpoint, needs no open port and no public address. Hosts in private subnets only.

## Validate
`auditor reach internet aws_instance.NAME --port 22` names what blocks; `nc -vz -w 3 ADDRESS 22` from outside times out.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "bastion" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "bastion" { # finding
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.bastion.id]
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}

resource "aws_instance" "jump" { # finding
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.bastion.id]
}

resource "aws_lb" "jump" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.public.id]
}

resource "aws_lb_target_group" "jump" {
  port     = 22
  protocol = "TCP"
  vpc_id   = aws_vpc.main.id
}

resource "aws_lb_target_group_attachment" "jump" {
  target_group_arn = aws_lb_target_group.jump.arn
  target_id        = aws_instance.jump.id
}

resource "aws_lb_listener" "jump" {
  load_balancer_arn = aws_lb.jump.arn
  port              = 2222
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.jump.arn
  }
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
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "bastion" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_network_acl" "public" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.public.id]

  ingress {
    rule_no    = 10
    action     = "deny"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_instance" "behind_acl" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.bastion.id]
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}

resource "aws_instance" "private" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.bastion.id]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.reachable import ADMIN, HOSTS, named_ports, reached, reached_through, served_ports


@rule(
    target=HOSTS,
    severity=Severity.CRITICAL,
    confidence=Confidence.FIRM,
    symptoms=(r"Failed password for", r"Invalid user .* from", r"Connection closed by authenticating user"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    served = served_ports(resource, graph)
    ports = set(ADMIN) if served is None else set(ADMIN) & served
    found = reached(resource, graph, ports) if ports else None
    if found is not None:
        message = f"the whole internet reaches {named_ports(found, ADMIN)}{found.over}: {found.words}"
        yield Fail(body, message, expected="no path from the internet", related=found.places)
    elif way := reached_through(resource, graph, ports):
        message = (
            f"the whole internet reaches TCP {way.port} ({ADMIN[way.port or 0]}) through {way.balancer.address.text} on port {way.listens}"
        )
        yield Fail(body, message, expected="no path from the internet", related=(way.where, way.group.body, way.balancer.body))
