"""Two scheduled actions set different sizes at nearly the same time.

## Why it matters
Which of two actions at the same minute comes first is not defined, and minutes apart the second undoes the first while its instances are
still starting: launches are paid for, and the size of the group afterwards is that of the wrong one.

## Five whys
1. Why was the group small at six? The night's action ran after the morning's.
2. Why? Both are set for six o'clock.
3. Why? One was written for another time zone, and the hours were shifted by hand.

## Fix now
Move one of them, or delete it: `aws autoscaling delete-scheduled-action --auto-scaling-group-name NAME --scheduled-action-name A`. Set the
size by hand until the next run: `aws autoscaling set-desired-capacity`.

## Workaround
Give the earlier one an `end_time`.

## Prevent
Write `time_zone` in each action in place of shifted hours. The distance is the option `minutes` (15, our proposal).

## Validate
`aws autoscaling describe-scheduled-actions --auto-scaling-group-name NAME --query
'ScheduledUpdateGroupActions[].[StartTime,Recurrence,TimeZone,DesiredCapacity]'`.

## Bad
```hcl
resource "aws_autoscaling_schedule" "morning" {
  scheduled_action_name  = "morning"
  autoscaling_group_name = "web"
  recurrence             = "0 6 * * *"
  min_size               = -1
  desired_capacity       = 12
  max_size               = -1
}

resource "aws_autoscaling_schedule" "night" {
  scheduled_action_name  = "night"
  autoscaling_group_name = "web"
  recurrence             = "10 6 * * MON-FRI" # finding
  min_size               = -1
  desired_capacity       = 2
  max_size               = -1
}
```

## Good
```hcl
resource "aws_autoscaling_schedule" "morning" {
  scheduled_action_name  = "morning"
  autoscaling_group_name = "web"
  recurrence             = "0 6 * * *"
  min_size               = -1
  desired_capacity       = 12
  max_size               = -1
}

resource "aws_autoscaling_schedule" "later" {
  scheduled_action_name  = "later"
  autoscaling_group_name = "web"
  recurrence             = "16 6 * * *"
  min_size               = -1
  desired_capacity       = 2
  max_size               = -1
}

resource "aws_autoscaling_schedule" "berlin" { # six o'clock somewhere else
  scheduled_action_name  = "berlin"
  autoscaling_group_name = "web"
  recurrence             = "0 6 * * *"
  time_zone              = "Europe/Berlin"
  min_size               = -1
  desired_capacity       = 2
  max_size               = -1
}

resource "aws_autoscaling_schedule" "weekdays" {
  scheduled_action_name  = "weekdays"
  autoscaling_group_name = "batch"
  recurrence             = "0 6 * * MON-FRI"
  min_size               = -1
  desired_capacity       = 9
  max_size               = -1
}

resource "aws_autoscaling_schedule" "weekend" {
  scheduled_action_name  = "weekend"
  autoscaling_group_name = "batch"
  recurrence             = "0 6 * * SAT,SUN"
  min_size               = -1
  desired_capacity       = 1
  max_size               = -1
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.schedule import SCHEDULE, earlier_of_group, minutes_apart, sizes


@rule(target=SCHEDULE, severity=Severity.MEDIUM, confidence=Confidence.FIRM, options={"minutes": 15})
def check(action: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    mine = sizes(resource).aim
    for other in earlier_of_group(resource, graph) if mine is not None else ():
        theirs = sizes(other).aim
        if theirs is None or theirs == mine or _once(action) or _once(other.body):
            continue
        apart = minutes_apart(action, other.body)
        if apart is not None and apart <= options["minutes"]:
            message = f"this sets {mine}, and {other.address.text} sets {theirs} {apart} minutes away"
            yield Fail(action.at("recurrence"), message, expected="one of the two, or another time", related=(other.at("recurrence"),))
            return


def _once(action: Node) -> bool:
    """Whether it holds for some time only: then the two may follow each other."""
    return action.at("start_time").present or action.at("end_time").present
