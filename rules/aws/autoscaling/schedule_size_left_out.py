"""A scheduled action leaves out a size, which then is set to 0.

## Why it matters
The provider cannot tell a size that is left out from 0, and sends 0. An action that only raises `desired_capacity` also sets the maximum to
0, which AWS refuses; one without `min_size` takes the group's floor away, and the next scale-in goes to nothing.

## Five whys
1. Why did the group shrink to one instance by night? Its minimum was 0.
2. Why? The scheduled action set it.
3. Why? `min_size` is not in the code, and the provider sends 0 for it.
4. Why did nobody see it? In the plan the value is only known after apply.

## Fix now
Write all three; -1 means that a size stays as it is: `min_size = -1`. Then set the group right: `aws autoscaling
update-auto-scaling-group --auto-scaling-group-name NAME --min-size N --max-size M`.

## Workaround
None is needed: it is one line.

## Prevent
A module for schedules with -1 as the default of all three sizes.

## Validate
`aws autoscaling describe-scheduled-actions --auto-scaling-group-name NAME --query
'ScheduledUpdateGroupActions[].[MinSize,DesiredCapacity,MaxSize]'`.

## Bad
```hcl
resource "aws_autoscaling_schedule" "morning" { # finding
  scheduled_action_name  = "morning"
  autoscaling_group_name = "web"
  recurrence             = "0 6 * * MON-FRI"
  desired_capacity       = 8
  max_size               = 12
}

resource "aws_autoscaling_schedule" "noon" { # finding
  scheduled_action_name  = "noon"
  autoscaling_group_name = "web"
  recurrence             = "0 11 * * MON-FRI"
  min_size               = 4
  desired_capacity       = 8
}
```

## Good
```hcl
resource "aws_autoscaling_schedule" "morning" {
  scheduled_action_name  = "morning"
  autoscaling_group_name = "web"
  recurrence             = "0 6 * * MON-FRI"
  min_size               = -1
  desired_capacity       = 8
  max_size               = -1
}

resource "aws_autoscaling_schedule" "night" { # off by night, whatever is left out
  scheduled_action_name  = "night"
  autoscaling_group_name = "web"
  recurrence             = "0 20 * * MON-FRI"
  min_size               = 0
  max_size               = 0
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.scaling.schedule import SCHEDULE, SIZES, size


@rule(
    target=SCHEDULE,
    severity=Severity.HIGH,
    facets=(Facet.WRITTEN,),
    symptoms=(r"Max bound, 0, must be greater than or equal to", r"Desired capacity:\d+ must be between"),
)
def check(action: Node, resource: Resource) -> Iterator[Fail]:
    left_out = [name for name in SIZES if action.at(name).missing]
    if left_out and any(size(resource, name) for name in SIZES):
        words = " and ".join(left_out)
        verb = "are" if len(left_out) > 1 else "is"
        yield Fail(action.at(left_out[0]), f"{words} {verb} left out, and the provider sends 0", expected="-1 for what stays as it is")
