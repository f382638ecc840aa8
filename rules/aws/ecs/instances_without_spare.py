"""Managed scaling keeps no instance spare for the next tasks of a service.

## Why it matters
At a target capacity of 100 % ECS starts an instance only when a task already waits for one. Each scale-out of the service then takes
the start of an instance longer, three minutes and more, as a deployment does.

## Five whys
1. Why did new tasks wait four minutes in PROVISIONING? They waited for an instance.
2. Why was none there? Managed scaling fills every instance to the last before it starts another.
3. Why? `target_capacity` is 100, which also is what ECS takes when nothing is said.

## Fix now
`aws ecs update-capacity-provider --name P --auto-scaling-group-provider 'managedScaling={status=ENABLED,targetCapacity=90}'`, and the
same in the code. At 90 % one instance of ten is kept free.

## Workaround
Raise the service's minimum before a known rise.

## Prevent
85 to 95 for services that scale with users; 100 for batch work, which may wait. The bound is the option `highest` (99): 100 is what the
rule is about.

## Validate
`CapacityProviderReservation` in CloudWatch (`AWS/ECS/ManagedScaling`) stays at the target, and tasks of a scale-out start in seconds.

## Bad
```hcl
resource "aws_ecs_capacity_provider" "nodes" {
  name = "nodes"
  auto_scaling_group_provider {
    auto_scaling_group_arn = "arn:aws:autoscaling:eu-central-1:111122223333:autoScalingGroup:0:autoScalingGroupName/nodes"
    managed_scaling {
      status          = "ENABLED"
      target_capacity = 100 # finding
    }
  }
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web:1"
  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.nodes.name
    weight            = 1
  }
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/prod/${aws_ecs_service.web.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 20
}
```

## Good
```hcl
resource "aws_ecs_capacity_provider" "nodes" {
  name = "nodes"
  auto_scaling_group_provider {
    auto_scaling_group_arn = "arn:aws:autoscaling:eu-central-1:111122223333:autoScalingGroup:0:autoScalingGroupName/nodes"
    managed_scaling {
      status          = "ENABLED"
      target_capacity = 90
    }
  }
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web:1"
  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.nodes.name
    weight            = 1
  }
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/prod/${aws_ecs_service.web.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 20
}

resource "aws_ecs_capacity_provider" "batch" { # nobody scales on it
  name = "batch"
  auto_scaling_group_provider {
    auto_scaling_group_arn = "arn:aws:autoscaling:eu-central-1:111122223333:autoScalingGroup:0:autoScalingGroupName/batch"
    managed_scaling {
      status          = "ENABLED"
      target_capacity = 100
    }
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.replicas import scaling_targets
from auditor.views.scaling.capacity_provider import PROVIDER, services


@rule(target=PROVIDER, severity=Severity.LOW, confidence=Confidence.LIKELY, options={"highest": 99})
def check(provider: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    managed = provider.at("auto_scaling_group_provider.managed_scaling")
    if managed.missing or managed.at("status").text != "ENABLED":
        return
    target = managed.at("target_capacity")
    percent = (target.number or 0) if target.present else 100
    if percent <= options["highest"]:
        return
    for service in services(resource, graph):
        if scaling_targets(service, graph):
            message = f"no instance is kept spare for {service.address.text}, which scales: each new task may wait for one to start"
            yield Fail(target, message, expected="85 to 95", actual=f"{percent:g}", related=(service.body,))
            return
