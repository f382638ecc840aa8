"""Targets run in an availability zone that the load balancer does not serve.

## Why it matters
A target in a zone that is not enabled for the load balancer gets no request (`Target.NotInUse`), whether it is healthy or not. The group
looks as large as ordered, a part of it idles, and with health checks of the load balancer it is replaced for ever.

## Five whys
1. Why does one instance of three never get a request? Its state is `unused`.
2. Why? It is in a zone in which the load balancer has no subnet.
3. Why? The group was given one more subnet, the load balancer was not.

## Fix now
Add the zone; nothing is interrupted: `aws elbv2 set-subnets --load-balancer-arn ARN --subnets subnet-A subnet-B subnet-C` (name all of
them), and the same in `subnets`.

## Workaround
Take the zone's subnet out of the group until then: `aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME
--vpc-zone-identifier subnet-A,subnet-B`.

## Prevent
One list of zones in the module, from which the subnets of both are made.

## Validate
`aws elbv2 describe-target-health --target-group-arn ARN --query 'TargetHealthDescriptions[].TargetHealth.State'` shows no `unused`.

## Bad
```hcl
resource "aws_subnet" "public" {
  for_each          = { a = "10.0.0.0/24", b = "10.0.1.0/24" }
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_subnet" "private" {
  for_each          = { a = "10.0.10.0/24", b = "10.0.11.0/24", c = "10.0.12.0/24" }
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_lb" "web" {
  subnets = [for subnet in aws_subnet.public : subnet.id]
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

resource "aws_lb_target_group" "web" { # finding
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 3
  max_size            = 9
  vpc_zone_identifier = [for subnet in aws_subnet.private : subnet.id]
  target_group_arns   = [aws_lb_target_group.web.arn]
}
```

## Good
```hcl
resource "aws_subnet" "public" {
  for_each          = { a = "10.0.0.0/24", b = "10.0.1.0/24" }
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_subnet" "private" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.10.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_lb" "web" {
  subnets = [for subnet in aws_subnet.public : subnet.id]
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
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_ecs_service" "web" {
  name = "web"

  network_configuration {
    subnets = [aws_subnet.private.id]
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

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.load_balancer import TARGET_GROUPS, balancers_of, subnets
from auditor.views.registered import registered
from auditor.views.subnet import beyond, zones


@rule(target=TARGET_GROUPS, severity=Severity.HIGH, symptoms=(r"Target\.NotInUse", r"not enabled for the load balancer"))
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    sources = registered(resource, graph)
    for balancer in balancers_of(resource, graph) if sources else ():
        served = zones(subnets(balancer.body), graph)
        for source in sources:
            if served and (missing := beyond(source.zones, served, group)):
                message = (
                    f"{source.resource.address.text} has targets in {', '.join(sorted(missing))}, "
                    f"and {balancer.address.text} serves {', '.join(sorted(served))} only"
                )
                yield Fail(
                    group, message, expected="a subnet of the load balancer in each zone", related=(source.resource.body, balancer.body)
                )
                return
