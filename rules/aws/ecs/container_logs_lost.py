"""What a container prints is lost when its task ends.

## Why it matters
Without a log configuration the output stays on the host (on Fargate nowhere). When the task crashes, its last lines, which say why, are
gone; "essential container exited" is all that is left.

## Five whys
1. Why does nobody know why the task dies? Its output was kept nowhere.
2. Why? Its container has no `logConfiguration`.
3. Why? It was tested on a laptop, where `docker logs` is enough.

## Fix now
Add the `awslogs` driver (`awslogs-group`, `awslogs-region`, `awslogs-stream-prefix`) and give the execution role `logs:CreateLogStream`
and `logs:PutLogEvents`; deploy a new revision. Now, on EC2: `docker logs` on the host of the stopped task, as long as it has not been
cleaned.

## Workaround
`aws ecs execute-command` into a running task and start the process by hand.

## Prevent
Put the log group and its retention into the module for tasks.

## Validate
`aws logs tail GROUP --since 10m` prints lines of the new task.

## Bad
```hcl
resource "aws_ecs_task_definition" "worker" {
  family = "worker"
  container_definitions = jsonencode([
    { # finding
      name   = "worker"
      image  = "worker:2.0"
      memory = 256
    }
  ])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "worker" {
  family = "worker"
  container_definitions = jsonencode([
    {
      name   = "worker"
      image  = "worker:2.0"
      memory = 256
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = "/ecs/worker"
          awslogs-region        = "eu-central-1"
          awslogs-stream-prefix = "worker"
        }
      }
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
    log = container.at("logConfiguration")
    if log.missing or log.at("logDriver").text == "none":
        yield Fail(log, f"what {label(container)} prints is lost with the task", expected="a logConfiguration, such as awslogs")
