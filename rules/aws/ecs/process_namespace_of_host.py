"""A task shares the process list of its host.

## Why it matters
In the host's namespace a container sees every process there: command lines with passwords, `/proc/PID/environ` of other tasks, and it
can send them signals.

## Five whys
1. Why could one task read the variables of another? It sees that one's process.
2. Why? Its `pid_mode` is `host`.
3. Why? A monitoring agent needs it, and the definition was copied for a service.

## Fix now
Remove `pid_mode`, deploy a new revision. Containers of one task that must see each other use `pid_mode = "task"`.

## Workaround
Keep such agents in a service of type DAEMON with an image that you build, and no inbound port.

## Prevent
Allow `host` for a list of agents only.

## Validate
`aws ecs describe-task-definition --task-definition FAMILY --query taskDefinition.pidMode` prints null or task.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  pid_mode              = "host" # finding
  container_definitions = jsonencode([{ name = "web", image = "web:1.9", memory = 256 }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web:1.9", memory = 256 }])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.container import containers


@rule(target="aws_ecs_task_definition", severity=Severity.HIGH, aliases="CKV_AWS_335")
def check(task: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    places = [task.at("pid_mode"), *(container.at("pidMode") for container in containers(resource, graph) if not container.unknown)]
    for mode in places:
        if not mode.unknown and mode.text == "host":
            yield Fail(mode, "the task sees and may signal the processes of its host", expected="no pid_mode, or task")
    if places[0].unknown:
        places[0].value  # noqa: B018 - the doubt is the answer
