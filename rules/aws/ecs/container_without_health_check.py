"""A service without a load balancer cannot tell that its containers hang.

## Why it matters
Without a health check, ECS only sees that a process lives. One that hangs in a deadlock or has lost its connections counts as running
for ever, and a deployment of a broken version is called a success as soon as its processes run.

## Five whys
1. Why did the worker do nothing for two days? It hung, and nobody replaced it.
2. Why not? ECS took it as running.
3. Why? Nothing asks it: it has no load balancer, and the container has no health check.

## Fix now
Add one that the program answers when it really works: `healthCheck = { command = ["CMD-SHELL", "test $(find /tmp/alive -mmin -2)"],
interval = 30, retries = 3, startPeriod = 60 }`. Restart what hangs: `aws ecs update-service --cluster C --service S
--force-new-deployment`.

## Workaround
An alarm on the queue's age that tells a person.

## Prevent
A health check in each essential container that no load balancer checks.

## Validate
`aws ecs describe-tasks --cluster C --tasks T --query 'tasks[].healthStatus'` prints HEALTHY, not UNKNOWN.

## Bad
```hcl
resource "aws_ecs_task_definition" "worker" {
  family                = "worker"
  container_definitions = jsonencode([{ name = "worker", image = "worker:3", memory = 512 }])
}

resource "aws_ecs_service" "worker" { # finding
  name            = "worker"
  task_definition = aws_ecs_task_definition.worker.arn
  desired_count   = 2
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "worker" {
  family = "worker"
  container_definitions = jsonencode([
    {
      name        = "worker"
      image       = "worker:3"
      memory      = 512
      healthCheck = { command = ["CMD", "/alive"] }
    },
    { name = "logs", image = "logs:1", memory = 64, essential = false },
  ])
}

resource "aws_ecs_service" "worker" {
  name            = "worker"
  task_definition = aws_ecs_task_definition.worker.arn
  desired_count   = 2
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web:3", memory = 512 }])
}

resource "aws_ecs_service" "web" { # the target group checks it
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn
  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "elsewhere" {
  name            = "elsewhere"
  task_definition = "elsewhere:7"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.container import containers
from auditor.views.ecs_service import tasks


@rule(target="aws_ecs_service", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(service: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if service.at("load_balancer").present or service.at("service_registries").present:
        return
    for task in tasks(resource, graph):
        inside = list(containers(task, graph))
        essential = [it for it in inside if it.at("essential").missing or it.at("essential").flag]
        if essential and not any(it.at("healthCheck").present for it in essential):
            names = ", ".join(it.at("name").text or "?" for it in essential)
            message = f"nothing asks whether {names} still works: no load balancer, no health check"
            yield Fail(service, message, expected="a healthCheck in the container", related=(task.body,))
            return
