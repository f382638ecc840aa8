"""Every apply sets a scaled group back to its written size.

## Why it matters
The policies move the group with the load; the next `terraform apply`, for whatever reason, sets it back to `desired_capacity`. At peak
time that takes most of the instances out within a minute.

## Five whys
1. Why did the service fall over after a harmless deployment? Half of its instances were terminated.
2. Why? The apply set the group to its written size.
3. Why? `desired_capacity` is in the code, and Terraform brings everything back to the code.
4. Why is it there, with policies? It was needed for the first launch, or copied from an example.

## Fix now
`aws autoscaling set-desired-capacity --auto-scaling-group-name NAME --desired-capacity N` with the size before the apply (in `aws
autoscaling describe-scaling-activities`). Then remove `desired_capacity`, or ignore it, before anybody applies again.

## Workaround
`terraform plan` shows `desired_capacity: 9 -> 3`: stop there, and apply with `-target` for what is urgent.

## Prevent
`lifecycle { ignore_changes = [desired_capacity] }` in every module with a policy or a schedule.

## Validate
Change the size by hand, then run `terraform plan`: it says "No changes".

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name             = "web"
  min_size         = 2
  max_size         = 12
  desired_capacity = 3 # finding
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.web.name
}

resource "aws_autoscaling_group" "nodes" {
  name             = "nodes"
  min_size         = 2
  max_size         = 12
  desired_capacity = 3 # finding

  tag {
    key                 = "k8s.io/cluster-autoscaler/enabled"
    value               = "true"
    propagate_at_launch = true
  }
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name             = "web"
  min_size         = 2
  max_size         = 12
  desired_capacity = 3

  lifecycle {
    ignore_changes = [desired_capacity]
  }
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.web.name
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import GROUP, is_controlled_elsewhere, known_policies, known_schedules


@rule(target=GROUP, severity=Severity.HIGH, facets=(Facet.WRITTEN,))
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    desired = group.at("desired_capacity")
    if desired.number is None or {"desired_capacity", "all"} & set(resource.ignored):
        return
    if group.at("min_size").number == group.at("max_size").number:
        return  # there is no other size
    scalers = [*known_policies(resource, graph), *known_schedules(resource, graph)]
    if scalers:
        message = f"every apply undoes what {scalers[0].address.text} did"
        yield Fail(desired, message, expected="ignore_changes = [desired_capacity]", related=(scalers[0].body,))
    elif is_controlled_elsewhere(resource, graph):
        yield Fail(desired, "every apply undoes what the group's autoscaler did", expected="ignore_changes = [desired_capacity]")
