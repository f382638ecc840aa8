"""A scalable target has a policy, and its minimum is its maximum.

## Why it matters
The ECS service, table or replica set never changes its size, although there is a policy and its alarms fire. Under load it throttles or
times out.

## Five whys
1. Why did the service stay at two tasks under load? It may not have more.
2. Why not? `max_capacity` equals `min_capacity`.
3. Why? It was pinned during an incident, and nobody released it.

## Fix now
`aws application-autoscaling register-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount
--resource-id service/CLUSTER/SERVICE --max-capacity 10`: the policy acts with its next data point. Change the code as well.

## Workaround
Raise both numbers by hand for the peak.

## Prevent
A `validation` in the module: `max_capacity > min_capacity`.

## Validate
`aws application-autoscaling describe-scalable-targets --service-namespace ecs --query
'ScalableTargets[].[ResourceId,MinCapacity,MaxCapacity]'`.

## Bad
```hcl
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/web"
  min_capacity       = 2
  max_capacity       = 2 # finding
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.web.service_namespace
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension
  resource_id        = aws_appautoscaling_target.web.resource_id
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
  service_namespace  = aws_appautoscaling_target.web.service_namespace
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension
  resource_id        = aws_appautoscaling_target.web.resource_id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.application_scaling import POLICY, SCHEDULE, known_scalers


@rule(target="aws_appautoscaling_target", severity=Severity.HIGH)
def check(target: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    least, most = target.at("min_capacity"), target.at("max_capacity")
    if least.number is None or least.number != most.number:
        return
    policies = known_scalers(resource, graph, POLICY)
    if policies and not known_scalers(resource, graph, SCHEDULE):
        message = f"{policies[0].address.text} can never act: the size is {most.number:g} at least and at most"
        yield Fail(most, message, expected=f"more than {most.number:g}", related=(policies[0].body,))
