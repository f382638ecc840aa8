"""The port of a health check is closed, while the one of the traffic is open.

## Why it matters
Requests would get through, and no target ever becomes healthy. ECS stops the tasks and starts them again, a group with
`health_check_type = "ELB"` replaces its instances, DNS failover moves away: an application that works goes round in circles.

## Five whys
1. Why are all tasks replaced every few minutes? None of them becomes healthy.
2. Why not, when the application's port is open? The check asks another port.
3. Why is that one closed? The security group's rule was written for the traffic.
4. Why another port? A separate server for health was added, or `port` is left from an earlier one.

## Fix now
Ask the port of the traffic: `aws elbv2 modify-target-group --target-group-arn ARN --health-check-port traffic-port`. Or open the other:
`aws ec2 authorize-security-group-ingress --group-id sg-TARGETS --protocol tcp --port HEALTH_PORT --source-group sg-BALANCER`.

## Workaround
Give the service a long `health_check_grace_period_seconds`, or set the group to `health_check_type = "EC2"`, until the port is open: a
load balancer whose targets are all unhealthy still sends to all of them.

## Prevent
Leave `health_check.port` out, or make the rules of both ports from one list.

## Validate
`aws elbv2 describe-target-health --target-group-arn ARN` shows healthy targets.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_security_group" "lb" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "web" {
  internal        = true
  subnets         = aws_subnet.app[*].id
  security_groups = [aws_security_group.lb.id]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn # finding
  }
}

resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id

  health_check {
    port = 9000
  }
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = 8080
    to_port         = 8080
    security_groups = [aws_security_group.lb.id]
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.app[0].id
  vpc_security_group_ids = [aws_security_group.app.id]
}

resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web.id
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_security_group" "lb" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "web" {
  internal        = true
  subnets         = aws_subnet.app[*].id
  security_groups = [aws_security_group.lb.id]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id

  health_check {
    port = "traffic-port"
  }
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = 8080
    to_port         = 8080
    security_groups = [aws_security_group.lb.id]
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.app[0].id
  vpc_security_group_ids = [aws_security_group.app.id]
}

resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web.id
}
```

```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_security_group" "lb" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "web" {
  internal        = true
  subnets         = aws_subnet.app[*].id
  security_groups = [aws_security_group.lb.id]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id

  health_check {
    port = 9000
  }
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = 8080
    to_port         = 9000
    security_groups = [aws_security_group.lb.id]
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.app[0].id
  vpc_security_group_ids = [aws_security_group.app.id]
}

resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.load_balancer import LISTENERS
from auditor.views.target_flow import BALANCER_CLOSED, by_group, failing, open_question


@rule(
    target=LISTENERS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"Target\.Timeout", r"Target\.FailedHealthChecks", r"503 Service (Temporarily )?Unavailable"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    closed = {(it.step.group, it.step.target) for it in failing(resource, graph, "traffic")}
    found = [
        it
        for it in failing(resource, graph, "health")
        if it.port != it.step.port and it.codes - {BALANCER_CLOSED} and (it.step.group, it.step.target) not in closed
    ]
    for it, more in by_group(found):
        where = f"tcp {it.port} of {it.target}{more}, only tcp {it.step.port}"
        message = f"health checks of {it.step.group.address.text} do not reach {where}: {it.words}"
        related = (it.step.group.at("health_check.port"), *it.places)
        yield Fail(it.step.rule, message, expected=it.fix, actual=str(it.port), related=related)
    if not found and (doubt := open_question(resource, graph, "health")):
        raise doubt
