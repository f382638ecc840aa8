"""A group's target groups are managed in two places.

## Why it matters
The list on the group means "these and no others": each apply takes away what the separate attachment added, and the next one brings it
back. Every second apply takes all instances out of the load balancer.

## Five whys
1. Why did the load balancer lose its targets after an apply? The group was detached from the target group.
2. Why? The group's own list does not have it.
3. Why was it attached then? An `aws_autoscaling_attachment` had done so.

## Fix now
Attach again: `aws autoscaling attach-load-balancer-target-groups --auto-scaling-group-name NAME --target-group-arns ARN`. Then keep one
of the two: the list on the group, or attachments with `lifecycle { ignore_changes = [target_group_arns, load_balancers] }` on the
group.

## Workaround
Apply twice, and look at the plan before each.

## Prevent
One module that owns the group owns its attachments.

## Validate
Two runs of `terraform plan` after an apply say "No changes".

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name              = "web"
  min_size          = 2
  max_size          = 6
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/0123456789abcdef"] # finding
}

resource "aws_autoscaling_attachment" "b" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  lb_target_group_arn    = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/b/0123456789abcdef"
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 6

  lifecycle {
    ignore_changes = [target_group_arns]
  }
}

resource "aws_autoscaling_attachment" "b" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  lb_target_group_arn    = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/b/0123456789abcdef"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given
from auditor.views.scaling.group import GROUP

PAIRS = (("target_group_arns", "lb_target_group_arn"), ("load_balancers", "elb"))


@rule(target=GROUP, severity=Severity.HIGH, facets=(Facet.WRITTEN,))
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for own, separate in PAIRS:
        listed = group.at(own)
        if listed.missing or {own, "all"} & set(resource.ignored):
            continue
        for attachment in graph.attached(resource, "autoscaling_group_name", "aws_autoscaling_attachment"):
            if given(attachment.at(separate)):
                message = f"{own} of the group fights with {attachment.address.text}"
                yield Fail(listed, message, expected="one of the two", related=(attachment.body,))
                break
