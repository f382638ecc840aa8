"""A task definition makes its container run as root.

## Why it matters
The definition overrides the user of the image. Root in a container may change its own files, listen on every port, and is root on the
host after a container escape.

## Five whys
1. Why could the intruder install tools in the container? He was root there.
2. Why? The task definition says `user = root`.
3. Why? A volume belonged to root, and the process could not write to it.

## Fix now
Set `user` to the user of the image (`docker inspect IMAGE --format '{{.Config.User}}'`) and give the volume's directory to it; deploy a
new revision.

## Workaround
Keep root but take rights away: `linuxParameters.capabilities.drop = ["ALL"]`, `readonlyRootFilesystem = true`.

## Prevent
`USER` in every Dockerfile, EFS access points with a POSIX user for volumes.

## Validate
`aws ecs execute-command --cluster C --task T --interactive --command id` prints another uid than 0.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "web:1.9"
      memory = 256
      user   = "root" # finding
    }
  ])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "web:1.9"
      memory = 256
      user   = "1000:1000"
    }
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.container import containers, label


@rule(target="aws_ecs_task_definition", each=containers, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(container: Node) -> Iterator[Fail]:
    user = container.at("user")
    if user.present and (user.text or "").split(":")[0] in ("root", "0"):
        yield Fail(user, f"{label(container)} is told to run as root", expected="a user without rights, such as 1000:1000")
