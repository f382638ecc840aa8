"""A load balancer's security group lets nothing out to its targets.

## Why it matters
The load balancer takes connections and cannot open any to the targets: health checks time out, and clients get 504. The targets' groups
look right, and are.

## Five whys
1. Why 504? The load balancer gets no connection to a target.
2. Why not? Its packets do not leave it.
3. Why not? Its security group has no egress rule for the port of the targets, or of the health check.
4. Why not? Terraform removes the rule for all outgoing traffic that AWS gives to new groups, or egress was narrowed to 443.

## Fix now
`aws ec2 authorize-security-group-egress --group-id sg-BALANCER --ip-permissions
IpProtocol=tcp,FromPort=PORT,ToPort=PORT,UserIdGroupPairs=[{GroupId=sg-TARGETS}]`, for both ports; targets become healthy after a few
checks.

## Workaround
An egress rule for all ports to the range of the VPC.

## Prevent
Write the egress rule of the load balancer and the ingress rule of the targets in one module, from one port.

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
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/16"]
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
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["10.0.0.0/16"]
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
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.load_balancer import LISTENERS
from auditor.views.target_flow import BALANCER_CLOSED, Purpose, by_group, failing, open_question

PURPOSES: tuple[Purpose, ...] = ("traffic", "health")


@rule(
    target=LISTENERS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"Target\.Timeout", r"503 Service (Temporarily )?Unavailable", r"504 Gateway Time-?out", r"Request timed out"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = [it for purpose in PURPOSES for it in failing(resource, graph, purpose) if BALANCER_CLOSED in it.codes]
    for it, more in by_group({(it.step.group, it.step.target, it.port): it for it in found}.values()):
        reason = next(blocker for blocker in it.blockers if blocker.code is BALANCER_CLOSED)
        use = "the target port" if it.port == it.step.port else "the health-check port"
        message = f"{it.step.balancer.address.text} lets nothing out to {use} {it.port} of {it.target}{more}: {reason.reason}"
        yield Fail(it.step.rule, message, expected=reason.fix, actual=str(it.port), related=it.places)
    if not found and (doubt := open_question(resource, graph, "traffic")):
        raise doubt
