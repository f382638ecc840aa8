"""Targets see the clients' addresses, and admit the load balancer's only.

## Why it matters
A network load balancer hands connections on with the client's address. The health checks come from the load balancer and pass, so every
target is healthy; the clients themselves are dropped by the targets' security group, and time out.

## Five whys
1. Why do clients time out although all targets are healthy? The targets drop them.
2. Why them and not the health checks? The health checks come from the load balancer's addresses, which the group admits.
3. Why do connections not come from there? The target group preserves the clients' addresses, as it does by default for instances and for
UDP.
4. Why was the group written so? It was copied from targets of an application load balancer.

## Fix now
Admit the clients: `aws ec2 authorize-security-group-ingress --group-id sg-TARGETS --protocol tcp --port PORT --cidr 0.0.0.0/0` (or their
ranges). Or give the load balancer a group of its own and admit that one, which works whatever the address.

## Workaround
`aws elbv2 modify-target-group-attributes --target-group-arn ARN --attributes Key=preserve_client_ip.enabled,Value=false` (not for UDP);
the application then sees the load balancer's address.

## Prevent
Create network load balancers with a security group: it cannot be added later.

## Validate
`nc -vz -w 3 NAME PORT` from a client outside of the VPC succeeds.

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
  cidr_block              = "10.0.0.0/24"
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

resource "aws_lb" "mqtt" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.public.id]
}

resource "aws_lb_target_group" "mqtt" {
  port     = 8883
  protocol = "TCP"
  vpc_id   = aws_vpc.main.id
}

resource "aws_lb_listener" "mqtt" {
  load_balancer_arn = aws_lb.mqtt.arn
  port              = 8883
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mqtt.arn # finding
  }
}

resource "aws_security_group" "mqtt" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 8883
    to_port     = 8883
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_instance" "mqtt" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.mqtt.id]
}

resource "aws_lb_target_group_attachment" "mqtt" {
  target_group_arn = aws_lb_target_group.mqtt.arn
  target_id        = aws_instance.mqtt.id
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
  cidr_block              = "10.0.0.0/24"
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

resource "aws_lb" "mqtt" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.public.id]
}

resource "aws_lb_target_group" "mqtt" {
  port     = 8883
  protocol = "TCP"
  vpc_id   = aws_vpc.main.id
}

resource "aws_lb_listener" "mqtt" {
  load_balancer_arn = aws_lb.mqtt.arn
  port              = 8883
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mqtt.arn
  }
}

resource "aws_security_group" "mqtt" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 8883
    to_port     = 8883
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "mqtt" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.mqtt.id]
}

resource "aws_lb_target_group_attachment" "mqtt" {
  target_group_arn = aws_lb_target_group.mqtt.arn
  target_id        = aws_instance.mqtt.id
}
```

```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.0.0/24"
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

resource "aws_lb" "mqtt" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.public.id]
}

resource "aws_lb_target_group" "mqtt" {
  port     = 8883
  protocol = "TCP"
  vpc_id   = aws_vpc.main.id

  preserve_client_ip = false
}

resource "aws_lb_listener" "mqtt" {
  load_balancer_arn = aws_lb.mqtt.arn
  port              = 8883
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mqtt.arn
  }
}

resource "aws_security_group" "mqtt" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 8883
    to_port     = 8883
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_instance" "mqtt" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.mqtt.id]
}

resource "aws_lb_target_group_attachment" "mqtt" {
  target_group_arn = aws_lb_target_group.mqtt.arn
  target_id        = aws_instance.mqtt.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.load_balancer import LISTENERS
from auditor.views.target_flow import TARGET_CLOSED, by_group, failing, open_question


@rule(
    target=LISTENERS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"[Cc]onnection timed out", r"ETIMEDOUT"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = [it for it in failing(resource, graph, "traffic") if it.step.preserves_client and TARGET_CLOSED in it.codes]
    for it, more in by_group(found):
        message = f"{it.step.group.address.text} passes the clients' addresses on, which {it.target}{more} drops: {it.words}"
        setting = it.step.group.at("preserve_client_ip")
        yield Fail(it.step.rule, message, expected=it.fix, actual=str(it.port), related=(setting, *it.places))
    if not found and (doubt := open_question(resource, graph, "traffic")):
        raise doubt
