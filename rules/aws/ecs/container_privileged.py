"""A container of a task has all rights of root on its host.

## Why it matters
A privileged container sees every device and may load kernel modules: who breaks into it owns the instance, its role, and all other
tasks there. On Fargate the task is refused.

## Five whys
1. Why did a hole in one service give away the whole host? Its container is privileged.
2. Why? `privileged` is true in the task definition.
3. Why? It had to build images, or to read the host's metrics.

## Fix now
Take it out and deploy a new revision: `aws ecs update-service --cluster C --service S --task-definition FAMILY`. If it needs one right,
add that one under `linuxParameters.capabilities.add`.

## Workaround
Until then run it alone: a capacity provider of its own, a placement constraint, and no other service there.

## Prevent
Build images with CodeBuild, or with kaniko and buildkit without root; forbid privileged tasks in the pipeline's gate.

## Validate
`aws ecs describe-task-definition --task-definition FAMILY --query 'taskDefinition.containerDefinitions[].privileged'` prints no true.

## Bad
```hcl
resource "aws_ecs_task_definition" "builder" {
  family = "builder"
  container_definitions = jsonencode([
    {
      name       = "builder"
      image      = "builder:4.2"
      memory     = 512
      privileged = true # finding
    }
  ])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "builder" {
  family = "builder"
  container_definitions = jsonencode([
    {
      name   = "builder"
      image  = "builder:4.2"
      memory = 512
    }
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.container import containers, label


@rule(target="aws_ecs_task_definition", each=containers, severity=Severity.HIGH, aliases="CKV_AWS_334")
def check(container: Node) -> Iterator[Fail]:
    privileged = container.at("privileged")
    if privileged.present and privileged.flag:
        yield Fail(privileged, f"{label(container)} has all rights of root on its host", expected="false")
