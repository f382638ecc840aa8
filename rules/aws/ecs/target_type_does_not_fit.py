"""A service registers its tasks in a target group of the wrong target type.

## Why it matters
Tasks with `awsvpc` (all of Fargate) have addresses of their own and can only be registered by address; tasks with `bridge` or `host` share
their instance's and can only be registered by instance. ECS refuses every other pair, so the service is not created, or not updated.

## Five whys
1. Why does the apply fail at the service? ECS refuses the target group.
2. Why? Its `target_type` is for another network mode than the tasks have.
3. Why? `target_type` was left out, which means `instance`, and the tasks moved to `awsvpc` or Fargate.

## Fix now
Set `target_type` (`ip` for `awsvpc`, `instance` for `bridge` and `host`). It cannot be changed in place: give the group a `name_prefix`
and `create_before_destroy = true`, so that the listener moves to the new group before the old one goes.

## Workaround
Create a second group by hand and name it in the service: `aws elbv2 create-target-group --name web-ip --target-type ip --protocol HTTP
--port 8080 --vpc-id vpc-…`.

## Prevent
One module for "service behind a load balancer" that derives `target_type` from the network mode.

## Validate
`aws elbv2 describe-target-groups --target-group-arns ARN --query 'TargetGroups[].TargetType'`, then `aws elbv2 describe-target-health
--target-group-arn ARN` lists the tasks.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  container_definitions    = jsonencode([{ name = "web", image = "web:1.9", portMappings = [{ containerPort = 8080 }] }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn # finding
    container_name   = "web"
    container_port   = 8080
  }
}
```

## Good
```hcl
resource "aws_lb_target_group" "web" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([{ name = "web", image = "web:1.9", portMappings = [{ containerPort = 8080 }] }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_lb_target_group" "old" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_ecs_task_definition" "old" {
  family                = "old"
  container_definitions = jsonencode([{ name = "web", image = "web:1.9", memory = 256, portMappings = [{ containerPort = 8080 }] }])
}

resource "aws_ecs_service" "old" {
  name            = "old"
  task_definition = aws_ecs_task_definition.old.arn

  load_balancer {
    target_group_arn = aws_lb_target_group.old.arn
    container_name   = "web"
    container_port   = 8080
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.decide import given
from auditor.views.ecs_service import Bound, bound, network_mode

FITTING = {"awsvpc": "ip", "bridge": "instance", "host": "instance"}


@rule(
    target="aws_ecs_service",
    each=bound,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=(r"which is incompatible with the \w+ network mode",),
)
def check(balancer: Bound, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for group in balancer.groups:
        written = group.at("target_type")
        kind = (written.text or "") if given(written) else "instance"
        mode = network_mode(resource, graph)
        wanted = FITTING.get(mode)
        if wanted is not None and kind != wanted:
            default = "" if given(written) else " (by default)"
            message = f"{group.address.text} takes targets by {kind}{default}, tasks with network mode {mode} are registered by {wanted}"
            where = balancer.block.at("target_group_arn")
            yield Fail(where, message, expected=f'target_type = "{wanted}"', actual=kind, related=(group.body,))
