"""Nothing says how long a new instance of a scaled group takes to carry load.

## Why it matters
Until an instance is warm its own metric is left out, and it counts as capacity on its way. Without a number Auto Scaling takes the cooldown
of 300 seconds for target tracking and step policies: for an image that is up in 40 seconds the group stays blind for four minutes too
long, for one that needs ten the idle CPU of instances that are still starting drags the average down, and the group stops growing.

## Five whys
1. Why did the group stop growing in the middle of the peak? The average CPU looked fine.
2. Why? Instances that were still starting were counted with 3 %.
3. Why were they counted? After 300 seconds an instance is taken as warm.
4. Why 300? Nobody said another number: it is the default cooldown.

## Fix now
Measure from the launch to the first served request, then `aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME
--default-instance-warmup SECONDS`, and `default_instance_warmup` in the code. AWS recommends to set it even where the value is 0.

## Workaround
`estimated_instance_warmup` in each policy.

## Prevent
Make `default_instance_warmup` a required argument of the module.

## Validate
`aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names NAME --query 'AutoScalingGroups[].DefaultInstanceWarmup'`.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_policy" "cpu" { # finding
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
  name                    = "web"
  min_size                = 2
  max_size                = 10
  default_instance_warmup = 0
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

resource "aws_autoscaling_group" "api" {
  name     = "api"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_policy" "own" {
  name                      = "own"
  autoscaling_group_name    = aws_autoscaling_group.api.name
  policy_type               = "TargetTrackingScaling"
  estimated_instance_warmup = 90

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_policy" "simple" { # has a cooldown in place of a warm-up
  name                   = "simple"
  autoscaling_group_name = aws_autoscaling_group.api.name
  scaling_adjustment     = 1
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import groups_of
from auditor.views.scaling.policy import POLICY, direction, policy_type

WARMING = ("TargetTrackingScaling", "StepScaling")


@rule(
    target=POLICY,
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RUNNING),  # a state has 0 for none
)
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if policy_type(policy) not in WARMING or direction(policy) < 0 or policy.at("estimated_instance_warmup").present:
        return
    for group in groups_of(resource, graph):
        if group.at("default_instance_warmup").missing:
            cooldown = group.at("default_cooldown").number if group.at("default_cooldown").present else 300
            message = f"instances of {group.address.text} count as warm after the default cooldown of {cooldown:g} s, whatever they need"
            yield Fail(policy, message, expected="default_instance_warmup on the group", related=(group.body,))
