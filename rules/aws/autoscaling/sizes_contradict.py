"""The sizes of a group contradict each other.

## Why it matters
AWS refuses a minimum above the maximum, and a desired capacity outside of them: the apply fails, most likely while somebody changes the
size in a hurry.

## Five whys
1. Why could the group not be enlarged? The apply failed with a validation error.
2. Why? The desired capacity is above the maximum.
3. Why? One variable was changed and the other two were not.

## Fix now
Bring the three numbers into order (`min_size` <= `desired_capacity` <= `max_size`). For more capacity at once: `aws autoscaling
update-auto-scaling-group --auto-scaling-group-name NAME --max-size 10 --desired-capacity 8`.

## Workaround
Leave `desired_capacity` out: the group keeps its size within the bounds.

## Prevent
A `validation` or `precondition` in the module: `var.min_size <= var.desired && var.desired <= var.max_size`.

## Validate
`terraform apply` goes through; `aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names NAME --query
'AutoScalingGroups[].[MinSize,DesiredCapacity,MaxSize]'` shows rising numbers.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  min_size         = 2
  max_size         = 6
  desired_capacity = 8 # finding
}

resource "aws_autoscaling_group" "batch" {
  min_size = 4 # finding
  max_size = 3
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  min_size         = 2
  max_size         = 6
  desired_capacity = 4
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.scaling.group import GROUP


@rule(
    target=GROUP,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=(r"[Dd]esired capacity.*must be between", r"Max bound, \d+, must be greater than or equal to min bound"),
)
def check(group: Node) -> Iterator[Fail]:
    least, most, desired = group.at("min_size"), group.at("max_size"), group.at("desired_capacity")
    if not most.unknown and most.number is not None:
        for lower, name in ((least, "minimum"), (desired, "desired capacity")):
            if not lower.unknown and lower.number is not None and lower.number > most.number:
                message = f"the {name} of {lower.number:g} is above the maximum of {most.number:g}"
                yield Fail(lower, message, expected=f"at most {most.number:g}")
    if least.number is not None and desired.number is not None and desired.number < least.number:
        message = f"the desired capacity of {desired.number:g} is below the minimum of {least.number:g}"
        yield Fail(desired, message, expected=f"at least {least.number:g}")
