"""A runtime may use more memory for its heap than its container can give.

## Why it matters
The heap is only a part of what a process uses: threads, code, buffers and the runtime itself take a quarter on top. A heap of nearly
the whole limit ends in the kernel's killing the container, without a stack trace and at the moment of the largest load.

## Five whys
1. Why do tasks stop with exit code 137? They were killed for lack of memory.
2. Why does Java not fail with its own error? It was below its own limit, 1.9 GiB, when the container reached 2 GiB.
3. Why is the heap so large? `-Xmx` was set to the container's memory.

## Fix now
Set the heap to three quarters of the memory, or let it follow: `-XX:MaxRAMPercentage=75` in place of `-Xmx`. Register the revision and
update the service.

## Workaround
Raise `memory` of the container and of the task by a third.

## Prevent
Relative settings only. The bound is the option `share` (0.8, our proposal).

## Validate
`aws ecs describe-tasks --cluster C --tasks T --query 'tasks[].containers[].reason'` shows no `OutOfMemoryError`.

## Bad
```hcl
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  cpu    = 1024
  memory = 2048
  container_definitions = jsonencode([{
    name  = "shop"
    image = "shop:4"
    environment = [
      { name = "JAVA_TOOL_OPTIONS", value = "-Xmx1900m" }, # finding
    ]
  }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  cpu    = 1024
  memory = 2048
  container_definitions = jsonencode([
    {
      name        = "shop"
      image       = "shop:4"
      environment = [{ name = "JAVA_TOOL_OPTIONS", value = "-XX:MaxRAMPercentage=75" }]
    },
    {
      name    = "render"
      image   = "render:1"
      memory  = 1000
      command = ["node", "--max-old-space-size=800", "main.js"]
    },
    { name = "logs", image = "logs:1" },
  ])
}

resource "aws_ecs_task_definition" "open" { # nothing limits it but the instance
  family = "open"
  container_definitions = jsonencode([{
    name              = "shop"
    image             = "shop:4"
    memoryReservation = 512
    environment       = [{ name = "JAVA_TOOL_OPTIONS", value = "-Xmx1900m" }]
  }])
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.container import containers, label
from auditor.views.scaling.heap import heaps, limit, share


@rule(
    target="aws_ecs_task_definition",
    each=containers,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    options={"share": 0.8},
    symptoms=(r"OutOfMemoryError: Container killed due to memory usage", r"exit code:? 137"),
)
def check(container: Node, resource: Resource, options: Mapping[str, Any]) -> Iterator[Fail]:
    bound = limit(container, resource)
    if bound is None:
        return
    mib, where = bound
    for heap in heaps(container):
        part = share(heap, mib)
        if part > options["share"]:
            message = f"{heap.text} lets {heap.runtime} use {part * mib:.4g} MiB of the {mib:g} that {label(container)} has"
            yield Fail(heap.where, message, expected=f"at most {options['share'] * mib:.4g} MiB", related=(where,))
