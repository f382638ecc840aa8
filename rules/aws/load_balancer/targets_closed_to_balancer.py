"""Targets do not admit the load balancer that forwards to them.

## Why it matters
Every health check times out (`Target.Timeout`) and so does every request: clients get 504, or 503 once ECS has stopped the last
"unhealthy" task. The application answers well to whoever asks it directly.

## Five whys
1. Why 504? The load balancer gets no connection to a target.
2. Why not? Something drops its packets on the way, those of the health checks too.
3. Why? The finding names what is in the way, most often a security group of the targets that admits another port, or another group.
4. Why does the group admit another port? The application's port was changed in the container and the target group, not in the rule.

## Fix now
Admit the load balancer's group on the port: `aws ec2 authorize-security-group-ingress --group-id sg-TARGETS --protocol tcp --port PORT
--source-group sg-BALANCER`. Targets become healthy after `healthy_threshold` checks. The same as an `aws_vpc_security_group_ingress_rule`.

## Workaround
A rule for the range of the load balancer's subnets.

## Prevent
One local for the port, used in the container, the target group and the rule; refer to the group of the load balancer, not to addresses.

## Validate
`aws elbv2 describe-target-health --target-group-arn ARN --query 'TargetHealthDescriptions[].TargetHealth.[State,Reason]'` shows healthy.

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
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = 80
    to_port         = 80
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

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([{ name = "web", image = "web:1.9", portMappings = [{ containerPort = 8080 }] }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8080
  }
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
    symptoms=(r"Target\.Timeout", r"503 Service (Temporarily )?Unavailable", r"504 Gateway Time-?out", r"Request timed out"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = [it for it in failing(resource, graph, "traffic") if it.step.preserves_client is False and it.codes - {BALANCER_CLOSED}]
    for it, more in by_group(found):
        message = f"{it.step.balancer.address.text} does not reach {it.target}{more} on {it.step.protocol} {it.port}: {it.words}"
        yield Fail(it.step.rule, message, expected=it.fix, actual=str(it.port), related=it.places)
    if not found and (doubt := open_question(resource, graph, "traffic")):
        raise doubt
