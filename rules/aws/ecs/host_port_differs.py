"""A port mapping that the network mode of the task cannot do.

## Why it matters
With `awsvpc` and `host` the container uses the interface directly, nothing translates ports, and ECS refuses the definition: `When
networkMode=awsvpc, the host ports and container ports in port mappings must match`.

## Five whys
1. Why does the apply fail at the task definition? A host port differs from its container port.
2. Why? The mapping comes from the time of `bridge`, where it was possible.
3. Why did the plan not show it? Only ECS checks it, when the definition is registered.

## Fix now
Remove `hostPort` or set it to the container's port, and point the target group and the load balancer block at that port.

## Workaround
Let the program listen on the wanted port through a variable.

## Prevent
Leave `hostPort` out in the module; it is only needed in `bridge`, where 0 is right.

## Validate
`aws ecs register-task-definition --cli-input-json file://task.json` succeeds.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "awsvpc"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "web:1.9"
      memory = 256
      portMappings = [
        {
          containerPort = 8080
          hostPort      = 80 # finding
        }
      ]
    }
  ])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "awsvpc"
  container_definitions = jsonencode([
    {
      name         = "web"
      image        = "web:1.9"
      memory       = 256
      portMappings = [{ containerPort = 8080 }]
    }
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.container import containers, label


@rule(target="aws_ecs_task_definition", severity=Severity.HIGH, profile=Profile.GATE)
def check(task: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    mode = task.at("network_mode")
    if mode.missing or mode.text not in ("awsvpc", "host"):
        return
    for container in containers(resource, graph):
        for mapping in container.each("portMappings"):
            host, inside = mapping.at("hostPort"), mapping.at("containerPort")
            if host.present and inside.present and host.number and host.number != inside.number:
                message = f"{label(container)} maps port {inside.text} to {host.text}, which {mode.text} cannot do"
                yield Fail(host, message, expected=inside.text or "")
