"""A service behind a load balancer runs one task.

## Why it matters
When the task crashes, its host is drained, or its zone fails, the load balancer has no target and answers 503 until a new task has been
placed, started and checked: minutes, at best.

## Five whys
1. Why was the service down for three minutes? Its only task was replaced.
2. Why only one? `desired_count` is 1.
3. Why? It was enough for the load, and nobody asked about the loss of a host.

## Fix now
`aws ecs update-service --cluster C --service S --desired-count 2`, with subnets in two zones; check first that the program may run
twice (sessions, scheduled work).

## Workaround
When it must be one: `deployment_maximum_percent` 200, a short health check, and an alarm on `HealthyHostCount`.

## Prevent
Two as the minimum of the module for production.

## Validate
`aws ecs list-tasks --cluster C --service-name S` shows two tasks, `describe-tasks --query 'tasks[].availabilityZone'` two zones.

## Bad
```hcl
resource "aws_ecs_service" "web" {
  name          = "web"
  desired_count = 1 # finding

  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"
    container_name   = "web"
    container_port   = 8080
  }
}
```

## Good
```hcl
resource "aws_ecs_service" "web" {
  name          = "web"
  desired_count = 2

  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"
    container_name   = "web"
    container_port   = 8080
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.replicas import scaling_targets


@rule(target="aws_ecs_service", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(service: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    desired = service.at("desired_count")
    if service.at("load_balancer").missing or desired.missing or desired.number != 1:
        return
    if not scaling_targets(resource, graph):
        yield Fail(desired, "one task carries everything behind the load balancer", expected="two or more, in two zones")
