"""Every instance is protected from the scale-in that the policies ask for.

## Why it matters
With `protect_from_scale_in` each new instance is protected. The policies may ask for fewer as often as they like: no instance can be taken,
the group stays at its largest size, and each call ends in a failed activity.

## Five whys
1. Why does the group stay at 30 instances all night? No instance may be taken out.
2. Why? All of them are protected.
3. Why? `protect_from_scale_in` protects every instance that the group launches.
4. Why was it set? For one job that must not be interrupted; protection of single instances was meant.

## Fix now
Set it to false and apply; that holds for new instances. For those that run: `aws autoscaling set-instance-protection
--instance-ids i-… --auto-scaling-group-name NAME --no-protected-from-scale-in`.

## Workaround
A worker protects itself while it has a job, with the same call, and takes the protection off afterwards.

## Prevent
Leave it to ECS (a capacity provider with managed termination protection needs it) or to the worker itself.

## Validate
`aws autoscaling describe-auto-scaling-instances --query 'AutoScalingInstances[?ProtectedFromScaleIn].InstanceId'` lists busy ones only.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name                  = "web"
  min_size              = 2
  max_size              = 10
  protect_from_scale_in = true # finding
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_group" "ecs" { # ECS takes the protection off idle instances
  name                  = "ecs"
  min_size              = 0
  max_size              = 10
  protect_from_scale_in = true
}

resource "aws_ecs_capacity_provider" "ecs" {
  name = "ecs"
  auto_scaling_group_provider {
    auto_scaling_group_arn         = aws_autoscaling_group.ecs.arn
    managed_termination_protection = "ENABLED"
  }
}

resource "aws_autoscaling_group" "grows" { # no policy ever asks for fewer
  name                  = "grows"
  min_size              = 2
  max_size              = 10
  protect_from_scale_in = true
}

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.grows.name
  scaling_adjustment     = 1
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import GROUP, is_controlled_elsewhere, known_policies
from auditor.views.scaling.policy import scales_in


@rule(
    target=GROUP,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=(r"instances? (are|is) protected from (scale|termination)",),
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    protected = group.at("protect_from_scale_in")
    if protected.missing or not protected.flag:
        return
    asking = [policy for policy in known_policies(resource, graph) if scales_in(policy.body)]
    if asking and not is_controlled_elsewhere(resource, graph):
        message = f"{asking[0].address.text} asks for fewer instances, and each one is protected"
        yield Fail(protected, message, expected="false", related=(asking[0].body,))
