"""A cooldown of a service is left out, which makes it 0 and not AWS's 300.

## Why it matters
Without a number AWS waits 300 seconds between two changes of an ECS service. The Terraform provider cannot tell a cooldown that is left
out from 0, and sends 0: one scale-in follows the other while targets still drain, and the service falls to its minimum within minutes.

## Five whys
1. Why did the service fall from 10 tasks to 2 in three minutes? No pause lay between the scale-ins.
2. Why not, since AWS waits 300 seconds? The policy says 0.
3. Why? `scale_in_cooldown` is not in the code, and the provider sends 0 for it.

## Fix now
Write both: `scale_in_cooldown = 300` and `scale_out_cooldown = 60`, and apply. Raise the service at once: `aws ecs update-service
--cluster C --service S --desired-count N`.

## Workaround
`disable_scale_in = true` until then.

## Prevent
Both numbers are required arguments of the module.

## Validate
`aws application-autoscaling describe-scaling-policies --service-namespace ecs --query
'ScalingPolicies[].TargetTrackingScalingPolicyConfiguration.[ScaleInCooldown,ScaleOutCooldown]'` prints no 0.

## Bad
```hcl
resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = "service/prod/web"
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration { # finding
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
```

## Good
```hcl
resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = "service/prod/web"
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_in_cooldown  = 300
    scale_out_cooldown = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "grows" { # never takes anything away
  name               = "grows"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = "service/prod/web"
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration {
    target_value     = 60
    disable_scale_in = true
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "table" { # AWS takes 0 here as well
  name               = "reads"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"

  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule


@rule(
    target="aws_appautoscaling_policy",
    each="target_tracking_scaling_policy_configuration",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN, Facet.PLANNED),
)
def check(tracking: Node, resource: Resource) -> Iterator[Fail]:
    back = tracking.at("scale_in_cooldown")
    if back.present or resource.at("service_namespace").text != "ecs" or tracking.at("disable_scale_in").flag:
        return
    message = "scale-in has no pause: the provider sends 0 for what is left out, in place of AWS's 300 s"
    yield Fail(back, message, expected="scale_in_cooldown = 300")
