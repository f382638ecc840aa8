"""An Auto Scaling group has no tags.

## Why it matters
Its instances then carry no owner, service or environment: costs cannot be assigned, and in an incident a list of nameless instances
says nothing. The provider's `default_tags` do not reach the instances of a group.

## Five whys
1. Why does nobody know whose instances these are? They have no tags.
2. Why not? The group that launches them has none to pass on.
3. Why did the default tags not help? They are set on the group's own API objects, not on what it launches.

## Fix now
`aws autoscaling create-or-update-tags --tags
ResourceId=NAME,ResourceType=auto-scaling-group,Key=Service,Value=web,PropagateAtLaunch=true`; running instances are tagged with `aws
ec2 create-tags`.

## Workaround
`tag_specifications` in the launch template tags instances and volumes as well.

## Prevent
`dynamic "tag" { for_each = var.tags … propagate_at_launch = true }` in the module.

## Validate
`aws autoscaling describe-tags --filters Name=auto-scaling-group,Values=NAME` lists the tags with PropagateAtLaunch true.

## Bad
```hcl
resource "aws_autoscaling_group" "web" { # finding
  min_size = 2
  max_size = 6
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 6

  tag {
    key                 = "Service"
    value               = "web"
    propagate_at_launch = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.decide import every
from auditor.views.scaling.group import GROUP


@rule(target=GROUP, severity=Severity.INFO, aliases="CKV_AWS_153")
def check(group: Node) -> Iterator[Fail]:
    if every(lambda: group.at("tag").missing, lambda: group.at("tags").missing):
        yield Fail(group.at("tag"), "the group and its instances have no tags", expected="tag blocks")
