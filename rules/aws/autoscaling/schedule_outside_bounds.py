"""A scheduled action asks for a size that the group does not allow.

## Why it matters
At the scheduled minute AWS compares the action with the bounds of the group. A desired capacity above the maximum, or a minimum above
it, is an error in the activity history that nobody reads, and the morning's capacity does not come.

## Five whys
1. Why was the shop slow at nine? The scheduled scale-out had not happened.
2. Why? It asked for 20 instances, and the group's maximum is 12.
3. Why? The maximum was lowered to save money, and the schedule is in another file.

## Fix now
Let the action set the maximum as well (`max_size = 24`), or raise the group's. For today: `aws autoscaling update-auto-scaling-group
--auto-scaling-group-name NAME --max-size 24 --desired-capacity 20`.

## Workaround
`aws autoscaling set-desired-capacity` by hand up to the present maximum.

## Prevent
Derive the numbers of the group and of its schedules from one variable.

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME` shows `executing scheduled action` as Successful.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 12
}

resource "aws_autoscaling_schedule" "morning" {
  scheduled_action_name  = "morning"
  autoscaling_group_name = aws_autoscaling_group.web.name
  recurrence             = "0 6 * * MON-FRI"
  min_size               = -1
  desired_capacity       = 20 # finding
  max_size               = -1
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 12
}

resource "aws_autoscaling_schedule" "morning" { # exactly the maximum
  scheduled_action_name  = "morning"
  autoscaling_group_name = aws_autoscaling_group.web.name
  recurrence             = "0 6 * * MON-FRI"
  min_size               = -1
  desired_capacity       = 12
  max_size               = -1
}

resource "aws_autoscaling_group" "api" {
  name     = "api"
  min_size = 2
  max_size = 12
}

resource "aws_autoscaling_schedule" "widens" { # another action has raised the maximum by then
  scheduled_action_name  = "widens"
  autoscaling_group_name = aws_autoscaling_group.api.name
  recurrence             = "0 5 * * MON-FRI"
  min_size               = -1
  desired_capacity       = -1
  max_size               = 30
}

resource "aws_autoscaling_schedule" "uses" {
  scheduled_action_name  = "uses"
  autoscaling_group_name = aws_autoscaling_group.api.name
  recurrence             = "0 6 * * MON-FRI"
  min_size               = -1
  desired_capacity       = 20
  max_size               = -1
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import groups_of, schedules
from auditor.views.scaling.schedule import SCHEDULE, sizes


@rule(target=SCHEDULE, severity=Severity.MEDIUM, symptoms=(r"[Dd]esired capacity.*must be between",))
def check(action: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    wish = sizes(resource)
    for group in groups_of(resource, graph):
        least, most = group.at("min_size"), group.at("max_size")
        others = [sizes(it) for it in schedules(group, graph) if it is not resource]
        if wish.most is None and most.number is not None and all(it.most is None for it in others):
            for name, value in (("min_size", wish.least), ("desired_capacity", wish.desired)):
                if value is not None and value > most.number:
                    message = f"{name} of {value} is above the maximum of {group.address.text}, {most.number:g}"
                    yield Fail(action.at(name), message, expected=f"at most {most.number:g}, or max_size as well", related=(most,))
                    return
        if wish.least is None and least.number is not None and all(it.least is None for it in others):
            for name, value in (("max_size", wish.most), ("desired_capacity", wish.desired)):
                if value is not None and value < least.number:
                    message = f"{name} of {value} is below the minimum of {group.address.text}, {least.number:g}"
                    yield Fail(action.at(name), message, expected=f"at least {least.number:g}, or min_size as well", related=(least,))
                    return
