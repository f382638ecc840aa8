"""The containers of a task ask for more memory than the task has.

## Why it matters
ECS refuses to register such a definition, or, where only limits exceed it, the kernel kills the largest container under load with
`OutOfMemoryError: Container killed due to memory usage`, while each container looks healthy by its own limit.

## Five whys
1. Why did the deployment fail with an invalid memory setting? The containers' memory is more than the task's.
2. Why? A sidecar was added, and the task's `memory` stayed.
3. Why? The sum stands nowhere; each number is in another block.

## Fix now
Raise the task's `memory` to at least the sum, on Fargate to the next allowed pair of cpu and memory, and register the new revision.

## Workaround
Lower the reservation of a sidecar whose use you know: `aws cloudwatch get-metric-statistics` on `MemoryUtilized` of Container Insights.

## Prevent
Compute the task's memory in the module from its containers plus 10 %.

## Validate
`aws ecs register-task-definition --cli-input-json file://task.json` succeeds; no task stops with `OutOfMemory`.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  cpu    = 256
  memory = 512 # finding
  container_definitions = jsonencode([
    { name = "web", image = "web:1.9", memory = 512 },
    { name = "proxy", image = "proxy:2", memory = 128 },
  ])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  cpu    = 256
  memory = 1024
  container_definitions = jsonencode([
    { name = "web", image = "web:1.9", memory = 512 },
    { name = "proxy", image = "proxy:2", memory = 128 },
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.container import containers
from auditor.views.scaling.task import amount, reserved


@rule(target="aws_ecs_task_definition", severity=Severity.HIGH)
def check(task: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    limit = task.at("memory")
    if limit.missing or (whole := amount(limit)) is None:
        return
    total = 0.0
    for container in containers(resource, graph):
        total += reserved(container)
    if total > whole:
        yield Fail(limit, f"the containers ask for {total:g} MiB, the task has {whole:g}", expected=f"at least {total:g}")
