"""A container's health check may take longer than the time between two of them.

## Why it matters
ECS starts the next check when the interval is over. A check that may run as long as the interval, or longer, piles up under load: each
takes CPU from the program that is slow already, fails, and the task is replaced while it only was busy.

## Five whys
1. Why are tasks replaced at the peak? Their health checks time out.
2. Why do they, when the program still answers? Several checks run at the same time, and each is slow.
3. Why several? A check may take 10 seconds, and every 10 seconds the next one begins.

## Fix now
A timeout of half the interval or less: `interval = 30`, `timeout = 5`. Register the revision and update the service.

## Workaround
`retries = 10` keeps busy tasks alive until then.

## Prevent
Health checks that ask the program itself and touch nothing else.

## Validate
`aws ecs describe-tasks --cluster C --tasks T --query 'tasks[].containers[].healthStatus'` stays HEALTHY in a load test.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name  = "web"
    image = "web:1.9"
    healthCheck = {
      command  = ["CMD-SHELL", "wget -q -O- http://localhost:8080/healthz"]
      interval = 10
      timeout  = 10 # finding
    }
  }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name  = "web"
      image = "web:1.9"
      healthCheck = {
        command  = ["CMD-SHELL", "wget -q -O- http://localhost:8080/healthz"]
        interval = 10
        timeout  = 9
      }
    },
    {
      name  = "proxy"
      image = "proxy:2"
      healthCheck = { # every 30 s, at most 5 s
        command = ["CMD", "/healthy"]
      }
    },
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.container import containers, label

INTERVAL, TIMEOUT = 30, 5
"""Seconds of ECS when nothing is said."""


@rule(target="aws_ecs_task_definition", each=containers, severity=Severity.MEDIUM)
def check(container: Node) -> Iterator[Fail]:
    health = container.at("healthCheck")
    if health.missing:
        return
    interval, timeout = health.at("interval"), health.at("timeout")
    every = interval.number if interval.present else INTERVAL
    longest = timeout.number if timeout.present else TIMEOUT
    if every is not None and longest is not None and longest >= every:
        where = timeout if timeout.present else interval
        message = f"a check of {label(container)} may take {longest:g} s, and the next begins after {every:g} s"
        yield Fail(where, message, expected=f"a timeout below {every:g} s", related=(interval,) if interval.present else ())
