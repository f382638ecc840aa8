"""A container may change its own program and configuration files.

## Why it matters
Who gets code to run in the container can replace its program, drop tools, and stay until the task ends. Files written into the
container's own layer also fill the host's disk and are gone with the task.

## Five whys
1. Why was a miner running in the web container? It was downloaded and started there.
2. Why could it be stored? The root file system is writable.
3. Why? That is the default of ECS.

## Fix now
Set `readonlyRootFilesystem = true`, find out what it writes (`docker run --read-only IMAGE` shows the errors), and give it volumes for
those paths, usually `/tmp` and a cache. Windows containers do not know the setting.

## Workaround
Run it as a user that owns no files of the image.

## Prevent
Build images whose process writes below one directory only; make the setting the default of your task module.

## Validate
`aws ecs execute-command --cluster C --task T --interactive --command "touch /x"` fails with a read-only file system.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    { # finding
      name   = "web"
      image  = "web:1.9"
      memory = 256
    }
  ])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  volume {
    name = "tmp"
  }

  container_definitions = jsonencode([
    {
      name                   = "web"
      image                  = "web:1.9"
      memory                 = 256
      readonlyRootFilesystem = true
      mountPoints            = [{ sourceVolume = "tmp", containerPath = "/tmp" }]
    }
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.container import containers, label


@rule(
    target="aws_ecs_task_definition",
    each=containers,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_336",
)
def check(container: Node) -> Iterator[Fail]:
    fixed = container.at("readonlyRootFilesystem")
    if fixed.missing or not fixed.flag:
        yield Fail(
            fixed, f"{label(container)} may change its own files", expected="readonlyRootFilesystem true, with volumes for what it writes"
        )
