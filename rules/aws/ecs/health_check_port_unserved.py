"""The health check of a service asks a port that none of its containers serves.

## Why it matters
Nobody listens there: each check is refused or times out, no task becomes healthy, and ECS stops and starts tasks for ever, although
requests to the application would be answered.

## Five whys
1. Why are tasks replaced every few minutes? `Task failed ELB health checks`.
2. Why do they fail? The check asks a port on which nothing listens.
3. Why that port? It is written in the target group as a number, and the container's port was changed since; or the side-car with it was
removed.

## Fix now
`aws elbv2 modify-target-group --target-group-arn ARN --health-check-port traffic-port`; tasks become healthy after `healthy_threshold`
checks.

## Workaround
A long `health_check_grace_period_seconds` keeps ECS from stopping the tasks until then.

## Prevent
Leave `health_check.port` out. A port of its own for health belongs into the `portMappings` of its container.

## Validate
`aws elbv2 describe-target-health --target-group-arn ARN --query 'TargetHealthDescriptions[].TargetHealth.[State,Reason]'` shows healthy.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"

  health_check {
    port = 9000 # finding
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

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
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

  health_check {
    port = 9000
  }
}

resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "awsvpc"
  container_definitions = jsonencode([
    { name = "web", image = "web:1.9", portMappings = [{ containerPort = 8080 }] },
    { name = "health", image = "health:2.0", portMappings = [{ containerPort = 9000 }] },
  ])
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

resource "aws_lb_target_group" "same" {
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"

  health_check {
    port = "traffic-port"
  }
}

resource "aws_ecs_service" "same" {
  name            = "same"
  task_definition = aws_ecs_task_definition.web.arn

  load_balancer {
    target_group_arn = aws_lb_target_group.same.arn
    container_name   = "web"
    container_port   = 8080
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.container import containers
from auditor.views.decide import given
from auditor.views.ecs_service import Bound, bound, network_mode, tasks


@rule(
    target="aws_ecs_service",
    each=bound,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    symptoms=(r"failed ELB health checks", r"Target\.FailedHealthChecks", r"Target\.Timeout"),
)
def check(balancer: Bound, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for group in balancer.groups:
        port = group.at("health_check.port")
        if not given(port) or port.number is None or port.number == balancer.block.at("container_port").number:
            continue
        definitions = tasks(resource, graph)
        if not definitions or network_mode(resource, graph) != "awsvpc":
            continue  # on the host's network anything may serve it
        every = [container for task in definitions for container in containers(task, graph)]
        mapped = {mapping.at("containerPort").number for container in every for mapping in container.each("portMappings")}
        if port.number not in mapped:
            shown = ", ".join(f"{number:g}" for number in sorted(number for number in mapped if number)) or "none"
            message = f"health checks ask port {port.number:g}, and the containers of {definitions[0].address.text} serve {shown}"
            related = (definitions[0].body, balancer.block)
            yield Fail(port, message, expected="traffic-port, or a port that a container serves", related=related)
