"""A group is meant to run at its maximum from the start.

## Why it matters
A policy may take instances out, but never add one: the first peak meets a group that cannot grow.

## Five whys
1. Why did the alarm fire for an hour without a new instance? The group was at its maximum.
2. Why? Its ordinary size is its maximum.
3. Why? `desired_capacity` was raised over the years, `max_size` was not.

## Fix now
`aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --max-size 12`. A good maximum is twice the ordinary size;
look at the free addresses of the subnets and at the vCPU quota (`aws service-quotas get-service-quota --service-code ec2 --quota-code
L-1216C47A`).

## Workaround
Larger instances by a new version of the launch template, when the quota is the limit.

## Prevent
An alarm when `GroupDesiredCapacity` reaches 80 % of `GroupMaxSize`.

## Validate
`aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names NAME --query 'AutoScalingGroups[].[DesiredCapacity,MaxSize]'`
shows room.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name             = "web"
  min_size         = 2
  max_size         = 6
  desired_capacity = 6 # finding
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.web.name
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name             = "web"
  min_size         = 2
  max_size         = 12
  desired_capacity = 6
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.web.name
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import every
from auditor.views.scaling.group import GROUP, known_policies


@rule(target=GROUP, severity=Severity.MEDIUM, confidence=Confidence.FIRM, facets=(Facet.WRITTEN, Facet.RUNNING))
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    least, most, desired = group.at("min_size"), group.at("max_size"), group.at("desired_capacity")
    full = every(
        lambda: desired.number is not None and desired.number == most.number,
        lambda: (least.number or 0) < (most.number or 0),
        lambda: bool(known_policies(resource, graph)),
    )
    if full:
        yield Fail(desired, f"the group is at its maximum of {desired.text}: its policies add none", expected="a larger maximum")
