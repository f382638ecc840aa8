"""A scaling policy can never act, since the group's minimum is its maximum.

## Why it matters
Everything looks as if the group would grow under load: there is a policy, perhaps an alarm that fires, and the activity log says
nothing. Under load the service falls over with the same number of instances as at night.

## Five whys
1. Why did the group not grow under load? It already was at its maximum.
2. Why was that its maximum? `max_size` equals `min_size`.
3. Why? It was pinned, for a test or an incident, and never released.

## Fix now
`aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --max-size 10`: the policy acts with its next data point.
Check before that the subnets have free addresses and the vCPU quota has room.

## Workaround
`aws autoscaling set-desired-capacity` cannot help as long as the maximum stands.

## Prevent
A `validation` in the module: `max_size > min_size` wherever a policy is created.

## Validate
`aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names NAME --query 'AutoScalingGroups[].[MinSize,MaxSize]'` shows two
numbers; the activity log shows a launch at the next peak.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 4
  max_size = 4
}

resource "aws_autoscaling_policy" "cpu" { # finding
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.web.name

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
  min_size = 4
  max_size = 12
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.web.name

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import groups_of, schedules
from auditor.views.scaling.policy import POLICY


@rule(target=POLICY, severity=Severity.HIGH, symptoms=(r"TargetTracking.*AlarmHigh", r"Could not (increase|scale).*max"))
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for group in groups_of(resource, graph):
        least, most = group.at("min_size").number, group.at("max_size").number
        if least is None or least != most or any(_changes(schedule) for schedule in schedules(group, graph)):
            continue
        message = f"{group.address.text} has {least:g} instances at least and at most"
        yield Fail(policy, message, expected="max_size above min_size", related=(group.at("min_size"), group.at("max_size")))


def _changes(schedule: Resource) -> bool:
    """Whether a scheduled action sets bounds of its own (-1 leaves them as they are)."""
    return any(schedule.at(name).number not in (None, -1) for name in ("min_size", "max_size"))
