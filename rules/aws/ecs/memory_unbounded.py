"""A container on an instance has neither a memory limit nor a reservation.

## Why it matters
ECS refuses such a task on EC2, unless the task as a whole has a limit: the service never starts. It works on Fargate, where the task's
size is given, and breaks when the same definition is moved.

## Five whys
1. Why does the service not start? The task definition is refused.
2. Why? A container without any memory setting cannot be placed.
3. Why? The definition was written for Fargate, with the size on the task.

## Fix now
`memoryReservation` with what the container uses on a normal day (and `memory` as the bound that kills it), or `memory` on the task.
Register the new revision and update the service.

## Workaround
Run it on Fargate, as it was written for.

## Prevent
Both numbers in every container of the module; metrics of `MemoryUtilization` tell them.

## Validate
`aws ecs register-task-definition --cli-input-json file://task.json` accepts the definition.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["EC2"]
  container_definitions = jsonencode([
    { name = "web", image = "web:1.9", memory = 512 },
    { name = "proxy", image = "proxy:2" }, # finding
  ])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["EC2"]
  container_definitions = jsonencode([
    { name = "web", image = "web:1.9", memory = 512 },
    { name = "proxy", image = "proxy:2", memoryReservation = 64 },
  ])
}

resource "aws_ecs_task_definition" "whole" {
  family                   = "whole"
  requires_compatibilities = ["EC2"]
  memory                   = 1024
  container_definitions    = jsonencode([{ name = "web", image = "web:1.9" }])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.container import containers, label


@rule(
    target="aws_ecs_task_definition",
    severity=Severity.HIGH,
    symptoms=(r"Invalid setting for container .*At least one of 'memory' or 'memoryReservation' must be specified",),
)
def check(task: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if task.at("memory").present:
        return
    for container in containers(resource, graph):
        if container.at("memory").missing and container.at("memoryReservation").missing:
            yield Fail(
                container, f"{label(container)} has no memory setting, and the task has none", expected="memory or memoryReservation"
            )
