"""Each apply sets a scaled service back to a fixed number of tasks.

## Why it matters
Autoscaling has raised the service to 20 tasks for the evening; somebody applies an unrelated change, Terraform sees 20 instead of 2 and
stops 18 tasks in the middle of the peak.

## Five whys
1. Why did the service lose most of its tasks at 20:00? An apply set `desired_count` back.
2. Why? The code states a number, and autoscaling another.
3. Why did the plan not warn? It did: one line among many.
4. Why do both own it? Autoscaling was added later.

## Fix now
Scale back now: `aws ecs update-service --cluster C --service S --desired-count 20`. Then add `lifecycle { ignore_changes =
[desired_count] }`; the value is used only when the service is created.

## Workaround
Apply with `-target` at other resources until the change is in.

## Prevent
The module with autoscaling always ignores the count.

## Validate
`terraform plan` shows no change of `desired_count` while the service is scaled out.

## Bad
```hcl
resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_service" "web" {
  name          = "web"
  cluster       = aws_ecs_cluster.main.id
  desired_count = 2 # finding
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.name}"
  min_capacity       = 2
  max_capacity       = 20
}
```

## Good
```hcl
resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_service" "web" {
  name          = "web"
  cluster       = aws_ecs_cluster.main.id
  desired_count = 2

  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.name}"
  min_capacity       = 2
  max_capacity       = 20
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.replicas import scaling_targets


@rule(target="aws_ecs_service", severity=Severity.HIGH, facets=(Facet.WRITTEN,))
def check(service: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    desired = service.at("desired_count")
    if desired.missing or {"desired_count", "all"} & set(resource.ignored):
        return
    for target in scaling_targets(resource, graph):
        message = f"each apply sets the number of tasks back, against {target.address.text}"
        yield Fail(desired, message, expected="ignore_changes = [desired_count]", related=(target.body,))
