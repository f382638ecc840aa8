"""A policy waits longer before it adds capacity than before it takes it away.

## Why it matters
Capacity that comes late costs requests; capacity that goes late costs cents. With the cooldowns reversed the service is small when the
second wave of a peak arrives, and has to start again from there.

## Five whys
1. Why did the second wave hit a small service? It had scaled in between the waves.
2. Why so soon? Its cooldown for scaling in is shorter than the one for scaling out.
3. Why? The two numbers were swapped, or both left to a guess.

## Fix now
Set `scale_out_cooldown` to 60 or less and `scale_in_cooldown` to 300 or more; it holds from the next data point on. Meanwhile raise
`min_capacity`.

## Workaround
`disable_scale_in = true` for the hours of the peak.

## Prevent
Set both in the module; remember the rule: out fast, in slowly.

## Validate
`aws application-autoscaling describe-scaling-policies --service-namespace ecs --query
'ScalingPolicies[].TargetTrackingScalingPolicyConfiguration.[ScaleOutCooldown,ScaleInCooldown]'` shows the smaller number first.

## Bad
```hcl
resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/web"

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_out_cooldown = 300
    scale_in_cooldown  = 30 # finding
  }
}
```

## Good
```hcl
resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/web"

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_out_cooldown = 30
    scale_in_cooldown  = 300
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="aws_appautoscaling_policy",
    each="target_tracking_scaling_policy_configuration",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
)
def check(tracking: Node) -> Iterator[Fail]:
    out, back = tracking.at("scale_out_cooldown").number, tracking.at("scale_in_cooldown")
    if out is not None and back.number is not None and back.number < out:
        yield Fail(back, f"capacity goes after {back.number:g} s and comes after {out:g} s", expected=f"more than {out:g}")
