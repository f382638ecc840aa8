"""A container gets a Linux capability that is nearly root.

## Why it matters
`SYS_ADMIN`, `SYS_MODULE`, `SYS_PTRACE` and the like let a process leave its container: mount the host's disk, load a module, read other
processes. `ALL` is all of them.

## Five whys
1. Why could the process mount the disk of the host? It has `SYS_ADMIN`.
2. Why? The task definition adds it.
3. Why? A tool asked for it in an error message, and nobody looked for a smaller right.

## Fix now
Remove the entry, deploy, and read the error: most programs need none, `NET_BIND_SERVICE` is there by default, packet capture needs
`NET_RAW` only.

## Workaround
Run the tool that needs it on hosts of its own.

## Prevent
A list of allowed capabilities in the module for tasks.

## Validate
`aws ecs describe-task-definition --task-definition FAMILY --query
'taskDefinition.containerDefinitions[].linuxParameters.capabilities.add'`.

## Bad
```hcl
resource "aws_ecs_task_definition" "agent" {
  family = "agent"
  container_definitions = jsonencode([
    {
      name            = "agent"
      image           = "agent:7"
      memory          = 256
      linuxParameters = { capabilities = { add = ["SYS_ADMIN"] } } # finding
    }
  ])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "agent" {
  family = "agent"
  container_definitions = jsonencode([
    {
      name            = "agent"
      image           = "agent:7"
      memory          = 256
      linuxParameters = { capabilities = { drop = ["ALL"] } }
    }
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.container import containers, label

_DANGEROUS = frozenset(
    {"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "SYS_BOOT", "NET_ADMIN", "DAC_READ_SEARCH", "BPF", "MAC_ADMIN"}
)


@rule(target="aws_ecs_task_definition", each=containers, severity=Severity.HIGH)
def check(container: Node) -> Iterator[Fail]:
    for item in container.each("linuxParameters.capabilities.add"):
        if (item.text or "").upper() in _DANGEROUS:
            yield Fail(
                item, f"{label(container)} gets {item.text}, which is nearly root on the host", expected="only what the program needs"
            )
