"""A group launches its instances from a launch configuration.

## Why it matters
Launch configurations cannot be changed or versioned, know no newer instance types, mixed instances or several network features, and
accounts created since October 2024 cannot create them at all: in a new account the apply fails.

## Five whys
1. Why did the recovery in the new account fail? It may not create launch configurations.
2. Why was one needed? The group has not been moved to a launch template.
3. Why not? It still worked.

## Fix now
Nothing is down. Create a launch template from it (in the console: "Copy to launch template"), give it to the group (`launch_template
{ id = …, version = "$Latest" }`), and refresh: `aws autoscaling start-instance-refresh --auto-scaling-group-name NAME`.

## Workaround
In an account that refuses it: copy the settings into a template by hand, `aws ec2 create-launch-template`.

## Prevent
Refuse `aws_launch_configuration` in review; modules have used templates for years.

## Validate
`aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[?LaunchConfigurationName].AutoScalingGroupName'` prints an
empty list.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  min_size             = 2
  max_size             = 6
  launch_configuration = "web-2019" # finding
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 6

  launch_template {
    id      = "lt-0123456789abcdef0"
    version = "$Latest"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.decide import every
from auditor.views.scaling.group import GROUP


@rule(target=GROUP, severity=Severity.LOW, aliases="CKV_AWS_315")
def check(group: Node) -> Iterator[Fail]:
    old = group.at("launch_configuration")
    if not old.unknown and old.missing:
        return
    if every(lambda: group.at("launch_template").missing, lambda: group.at("mixed_instances_policy").missing):
        yield Fail(old, "the group uses a launch configuration, which gets no new features", expected="launch_template")
