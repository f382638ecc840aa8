"""A group may take an instance out while the last one is still starting.

## Why it matters
After a scale-in a simple policy waits for its cooldown, and may then take the next instance. When that is shorter than a start, the
group takes instances out before those that it has just added carry load: what looks like too much is the load of instances that do not
work yet.

## Five whys
1. Why did the group shrink in the middle of a rise? Its average was low.
2. Why? Two new instances idled, since they were still starting.
3. Why did scale-in not wait for them? Its cooldown is 60 seconds, and a start takes 240.

## Fix now
`cooldown` of the scale-in policy at least as long as `default_instance_warmup`, and apply.

## Workaround
`aws cloudwatch disable-alarm-actions --alarm-names LOW` during the rise.

## Prevent
Step policies or target tracking, which know warm instances from cold ones.

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME`: no termination within the warm-up after a launch.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name                    = "web"
  min_size                = 2
  max_size                = 10
  default_instance_warmup = 240
}

resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.web.name
  scaling_adjustment     = -1
  cooldown               = 60 # finding
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name                    = "web"
  min_size                = 2
  max_size                = 10
  default_instance_warmup = 240
}

resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.web.name
  scaling_adjustment     = -1
  cooldown               = 240
}

resource "aws_autoscaling_group" "silent" {
  name     = "silent"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_policy" "silent" { # nothing says how long a start takes
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.silent.name
  scaling_adjustment     = -1
  cooldown               = 60
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import groups_of
from auditor.views.scaling.policy import POLICY, direction, policy_type


@rule(target=POLICY, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    cooldown = policy.at("cooldown")
    if policy_type(policy) != "SimpleScaling" or direction(policy) >= 0 or cooldown.missing or not cooldown.number:
        return
    for group in groups_of(resource, graph):
        warmup = group.at("default_instance_warmup")
        if warmup.present and cooldown.number < (warmup.number or 0):
            message = f"the next instance may go after {cooldown.number:g} s, and one that was added needs {warmup.text} s to carry load"
            yield Fail(cooldown, message, expected=f"at least {warmup.text}", related=(warmup,))
