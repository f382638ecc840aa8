"""A scheduled action sets sizes that contradict each other.

## Why it matters
AWS refuses an action whose minimum is above its maximum. One whose desired capacity lies outside of the bounds is accepted by none of
the checks that people make, and fails when its hour comes: at eight in the morning, without anybody watching.

## Five whys
1. Why was the group still small at nine? The scheduled action had failed.
2. Why? It wants more instances than its own maximum.
3. Why? The sizes were raised in one of three places.

## Fix now
`aws autoscaling set-desired-capacity --auto-scaling-group-name NAME --desired-capacity N` for now; then bring `min_size` <=
`desired_capacity` <= `max_size` into order in the action (-1 leaves a value as it is).

## Workaround
Leave `min_size` and `max_size` at -1 and set the desired capacity only.

## Prevent
Generate the actions from one list of sizes in a module with a `validation`.

## Validate
`aws autoscaling describe-scheduled-actions --auto-scaling-group-name NAME --query
'ScheduledUpdateGroupActions[].[MinSize,DesiredCapacity,MaxSize]'` shows rising numbers.

## Bad
```hcl
resource "aws_autoscaling_schedule" "morning" {
  scheduled_action_name  = "morning"
  autoscaling_group_name = "web"
  recurrence             = "0 8 * * MON-FRI"
  min_size               = 4
  max_size               = 10
  desired_capacity       = 12 # finding
}
```

A time that is never reached:

```hcl
resource "aws_autoscaling_schedule" "sale" {
  scheduled_action_name  = "sale"
  autoscaling_group_name = "web"
  min_size               = 10
  desired_capacity       = 10
  max_size               = 20
  start_time             = "2027-11-26T06:00:00Z"
  end_time               = "2026-11-27T06:00:00Z" # finding
}
```

## Good
```hcl
resource "aws_autoscaling_schedule" "morning" {
  scheduled_action_name  = "morning"
  autoscaling_group_name = "web"
  recurrence             = "0 8 * * MON-FRI"
  min_size               = 4
  max_size               = 16
  desired_capacity       = 12
}

resource "aws_autoscaling_schedule" "night" {
  scheduled_action_name  = "night"
  autoscaling_group_name = "web"
  recurrence             = "0 20 * * *"
  min_size               = -1
  max_size               = -1
  desired_capacity       = 2
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(target="aws_autoscaling_schedule", severity=Severity.MEDIUM, profile=Profile.GATE)
def check(schedule: Node) -> Iterator[Fail]:
    least, desired, most = (schedule.at(name) for name in ("min_size", "desired_capacity", "max_size"))
    for low, high, words in ((least, most, "minimum is above the maximum"), (desired, most, "desired capacity is above the maximum")):
        if _set(low) and _set(high) and _number(low) > _number(high):
            yield Fail(low, f"the {words} of {_number(high):g}", expected=f"at most {_number(high):g}")
    if _set(least) and _set(desired) and _number(desired) < _number(least):
        yield Fail(desired, f"the desired capacity is below the minimum of {_number(least):g}", expected=f"at least {_number(least):g}")
    begin, end = schedule.at("start_time"), schedule.at("end_time")
    if begin.present and end.present and begin.text and end.text and end.text <= begin.text:  # both in UTC, and of one form
        yield Fail(end, f"the action ends at {end.text}, and would begin at {begin.text}", expected="a later end", related=(begin,))


def _set(node: Node) -> bool:
    """Whether the action changes that size; -1 leaves it as it is."""
    return not node.unknown and node.number is not None and node.number != -1


def _number(node: Node) -> float:
    return node.number or 0
