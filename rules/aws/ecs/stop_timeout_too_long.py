"""A container asks for more time to stop than Fargate gives.

## Why it matters
Fargate refuses a `stopTimeout` above 120 seconds: the revision cannot be used there, and a program that counts on more time is killed
in the middle of its work.

## Five whys
1. Why does the deployment fail at once? The task definition is refused.
2. Why? `stopTimeout` is above what Fargate allows.
3. Why? The definition comes from EC2, where the agent sets the bound.

## Fix now
`stopTimeout = 120`, and let the program end or put back its work within that time.

## Workaround
Run the service on instances, where `ECS_CONTAINER_STOP_TIMEOUT` sets the bound.

## Prevent
Jobs that need longer take their work from a queue and can be interrupted.

## Validate
`aws ecs run-task` with the revision works; in its log the program ends before the 120th second.

## Bad
```hcl
resource "aws_ecs_task_definition" "worker" {
  family                   = "worker"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name        = "worker"
    image       = "worker:3"
    stopTimeout = 300 # finding
  }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "worker" {
  family                   = "worker"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name        = "worker"
    image       = "worker:3"
    stopTimeout = 120
  }])
}

resource "aws_ecs_task_definition" "instance" {
  family                   = "instance"
  requires_compatibilities = ["EC2"]
  container_definitions = jsonencode([{
    name        = "worker"
    image       = "worker:3"
    memory      = 512
    stopTimeout = 300
  }])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.container import containers, label

LONGEST = 120
"""Seconds that Fargate allows (Amazon ECS guide, task definition parameters)."""


@rule(target="aws_ecs_task_definition", each=containers, severity=Severity.HIGH, profile=Profile.GATE)
def check(container: Node, resource: Resource) -> Iterator[Fail]:
    stop = container.at("stopTimeout")
    if stop.missing or stop.number is None or stop.number <= LONGEST:
        return
    if any(kind.text == "FARGATE" for kind in resource.body.each("requires_compatibilities")):
        yield Fail(stop, f"{label(container)} asks for {stop.number:g} s to stop, Fargate gives {LONGEST}", expected=f"at most {LONGEST}")
