"""No instance has room for the first task of a deployment.

## Why it matters
With `deployment_minimum_healthy_percent = 100` a deployment begins with one task more. Where the instances are full, or each has its
one fixed port taken, that task finds no place: the deployment waits for ever, and the fix that it brings with it.

## Five whys
1. Why does the deployment not begin? `unable to place a task`.
2. Why? Every instance of the group already runs a task of the service, and has no room for another.
3. Why are there no more instances? The group is at its maximum.
4. Why is no old task stopped first? The minimum is 100 %.

## Fix now
One instance more: `aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --max-size N`, and in the code; or let ECS
stop some first: `aws ecs update-service --cluster C --service S --deployment-configuration
minimumHealthyPercent=50,maximumPercent=100`.

## Workaround
Set the desired count one lower for the time of the deployment.

## Prevent
Room for the largest number of tasks and one more; `hostPort = 0` (or `awsvpc`) in place of fixed ports.

## Validate
`aws ecs describe-services --cluster C --services S --query 'services[].deployments[].rolloutState'` prints COMPLETED a few minutes after a
deployment at the peak.

## Bad
```hcl
resource "aws_launch_template" "node" {
  instance_type = "m6i.large"
}

resource "aws_autoscaling_group" "nodes" {
  min_size = 3
  max_size = 3

  launch_template {
    id = aws_launch_template.node.id
  }
}

resource "aws_ecs_capacity_provider" "nodes" {
  name = "nodes"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.nodes.arn
  }
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name         = "web"
    image        = "web:1.9"
    memory       = 256
    portMappings = [{ containerPort = 8080, hostPort = 80 }]
  }])
}

resource "aws_ecs_service" "web" { # finding
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = 3

  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.nodes.name
    weight            = 1
  }
}
```

## Good
```hcl
resource "aws_launch_template" "node" {
  instance_type = "m6i.large"
}

resource "aws_autoscaling_group" "nodes" {
  min_size = 3
  max_size = 4

  launch_template {
    id = aws_launch_template.node.id
  }
}

resource "aws_ecs_capacity_provider" "nodes" {
  name = "nodes"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.nodes.arn
  }
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name         = "web"
    image        = "web:1.9"
    memory       = 256
    portMappings = [{ containerPort = 8080, hostPort = 80 }]
  }])
}

resource "aws_ecs_service" "web" { # room for one more
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = 3

  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.nodes.name
    weight            = 1
  }
}

resource "aws_ecs_service" "yields" { # stops one first
  name                               = "yields"
  task_definition                    = aws_ecs_task_definition.web.arn
  desired_count                      = 4
  deployment_minimum_healthy_percent = 75

  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.nodes.name
    weight            = 1
  }
}

resource "aws_ecs_service" "too_many" { # another rule's
  name            = "too-many"
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = 5

  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.nodes.name
    weight            = 1
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.replicas import replicas_of
from auditor.views.ecs_service import tasks
from auditor.views.scaling.capacity_provider import groups
from auditor.views.scaling.placement import placement


@rule(
    target="aws_ecs_service",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=(r"was unable to place a task because no container instance met all of its requirements",),
)
def check(service: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    placed = groups(resource, graph) if service.at("scheduling_strategy").text != "DAEMON" else ()
    for task in tasks(resource, graph) if placed else ():
        wanted, found = replicas_of(resource, graph), placement(task, placed, graph)
        if found is None or not wanted.most or wanted.most > found.tasks:
            continue
        least = service.at("deployment_minimum_healthy_percent")
        percent = (least.number if least.present else 100) or 0
        kept = -(-wanted.most * percent // 100)
        if kept + 1 > found.tasks:
            message = f"of {wanted.most} tasks {kept:g} have to stay and one more has to start, and {found.tasks} fit: {found.words}"
            related = (wanted.where, *(group.at("max_size") for group in placed))
            yield Fail(least, message, expected="less than 100, or a larger max_size", related=related)
            return
