"""A scalable target is registered, and no policy or schedule scales it.

## Why it matters
Registering bounds changes nothing. The service looks elastic in the code and the console, and keeps its size under any load.

## Five whys
1. Why did the service not scale? Nothing told it to.
2. Why not? It has bounds, and no policy.
3. Why not? Only half of the example was copied.

## Fix now
Raise the desired size by hand (`aws ecs update-service --cluster C --service S --desired-count N`). Then add an
`aws_appautoscaling_policy` with target tracking on the same `resource_id` and `scalable_dimension`.

## Workaround
A scheduled action for the hours of the known peak.

## Prevent
One module that creates target and policy together.

## Validate
`aws application-autoscaling describe-scaling-policies --service-namespace ecs --resource-id service/CLUSTER/SERVICE` lists a policy.

## Bad
```hcl
resource "aws_appautoscaling_target" "web" { # finding
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/web"
  min_capacity       = 2
  max_capacity       = 10
}
```

## Good
```hcl
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/web"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/web"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Relation, Resource, Severity, rule
from auditor.views.application_scaling import known_scalers, scalers


@rule(target="aws_appautoscaling_target", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(target: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    handed_on = any(edge.source.kind in ("output", "module") for edge in graph.into(resource, Relation.REFERS))
    if handed_on or known_scalers(resource, graph):
        return
    if not scalers(resource, graph):
        yield Fail(target, "nothing scales the target", expected="an aws_appautoscaling_policy")
