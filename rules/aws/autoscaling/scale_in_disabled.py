"""A group grows, and nothing ever makes it smaller.

## Why it matters
After each peak the group stays at its largest size until somebody notices the bill. Old instances also stay for ever, with old images
and full disks.

## Five whys
1. Why are forty instances idle at night? Nothing takes them out.
2. Why not? All target tracking policies have `disable_scale_in`, and no other policy or schedule scales in.
3. Why was it disabled? Scale-in once cut long requests.

## Fix now
`aws autoscaling set-desired-capacity --auto-scaling-group-name NAME --desired-capacity N` brings the size back. Remove
`disable_scale_in`, and mend what made it necessary: `deregistration_delay` of the target group, or a termination lifecycle hook.

## Workaround
A scheduled action that lowers the size every night.

## Prevent
Disable scale-in only beside a step policy that does it more slowly.

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME` shows terminations after the peak.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 40
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.web.name

  target_tracking_configuration {
    target_value     = 50
    disable_scale_in = true # finding

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
  max_size = 40
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.web.name

  target_tracking_configuration {
    target_value     = 50
    disable_scale_in = true

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.web.name
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = -1
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import groups_of, is_controlled_elsewhere, policies, schedules
from auditor.views.scaling.policy import POLICY, scales_in


@rule(target=POLICY, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    disabled = policy.at("target_tracking_configuration.disable_scale_in")
    if not disabled.flag:
        return
    for group in groups_of(resource, graph):
        if any(scales_in(other.body) for other in policies(group, graph)) or schedules(group, graph):
            continue
        if not is_controlled_elsewhere(group, graph):
            yield Fail(disabled, f"nothing ever makes {group.address.text} smaller", expected="false")
