"""A service may want more tasks than the instances behind it can hold.

## Why it matters
The service may scale to more tasks than its Auto Scaling group can hold at its own maximum. The rest stays in PENDING with `unable to
place a task`, on the day of the largest load, while every dashboard shows that the service has scaled.

## Five whys
1. Why were requests refused, with 40 tasks wanted? Only 16 were running.
2. Why? No instance had room for more.
3. Why did no instance come? The group had reached its maximum.
4. Why is that too small? The tasks grew, and nobody divided the instance by the task again.

## Fix now
`aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --max-size N` with the number of the message, and the same in
the code; managed scaling does the rest.

## Workaround
Make the task smaller if its metrics allow it, or add `FARGATE` to the strategy for the peak.

## Prevent
Derive `max_size` in the code from `max_capacity` and the size of the task. The rule takes the whole instance for tasks; leave a tenth
for the system and for deployments.

## Validate
`aws ecs describe-services --cluster C --services S --query 'services[].[desiredCount,runningCount]'` prints the same number twice at
the peak.

## Bad
```hcl
resource "aws_launch_template" "node" {
  instance_type = "m6i.large"
}

resource "aws_autoscaling_group" "nodes" {
  min_size = 1
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
  family                = "web"
  cpu                   = 512
  memory                = 2048
  container_definitions = jsonencode([{ name = "web", image = "web:1.9" }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.nodes.name
    weight            = 1
  }
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/prod/${aws_ecs_service.web.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 17 # finding
}
```

One port of the instance for each task:

```hcl
resource "aws_launch_template" "node" {
  instance_type = "m6i.4xlarge"
}

resource "aws_autoscaling_group" "nodes" {
  min_size = 1
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

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = 4 # finding

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

resource "aws_autoscaling_group" "nodes" { # 4 x 4 tasks of 2 GiB
  min_size = 1
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
  family                = "web"
  cpu                   = 512
  memory                = 2048
  container_definitions = jsonencode([{ name = "web", image = "web:1.9" }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.nodes.name
    weight            = 1
  }
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/prod/${aws_ecs_service.web.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 16
}

resource "aws_ecs_service" "fargate" {
  name            = "fargate"
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = 100

  capacity_provider_strategy {
    capacity_provider = "FARGATE"
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
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"was unable to place a task because no container instance met all of its requirements", r"RESOURCE:(MEMORY|CPU|PORTS)"),
)
def check(service: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    placed = groups(resource, graph) if service.at("scheduling_strategy").text != "DAEMON" else ()
    for task in tasks(resource, graph) if placed else ():
        wanted, found = replicas_of(resource, graph), placement(task, placed, graph)
        if found is not None and wanted.most is not None and wanted.most > found.tasks:
            message = f"{wanted.most} tasks may be wanted, and {found.tasks} fit: {found.words}"
            related = tuple(group.at("max_size") for group in placed)
            yield Fail(wanted.where, message, expected=f"at most {found.tasks}, or a larger max_size", related=related)
            return
