"""A group may grow and shrink, and nothing makes it do so.

## Why it matters
Minimum and maximum differ, so everybody takes the group for elastic. Under load it stays as it is, since no policy, schedule or
controller changes it.

## Five whys
1. Why did the group not grow under load? Nothing told it to.
2. Why not? It has bounds, but no scaling policy.
3. Why not? The policy was to follow later, or was lost when a module was replaced.

## Fix now
During the peak: `aws autoscaling set-desired-capacity --auto-scaling-group-name NAME --desired-capacity N`. Then a target tracking
policy: `aws autoscaling put-scaling-policy --auto-scaling-group-name NAME --policy-name cpu --policy-type TargetTrackingScaling
--target-tracking-configuration
'{"PredefinedMetricSpecification":{"PredefinedMetricType":"ASGAverageCPUUtilization"},"TargetValue":50}'`.

## Workaround
A scheduled action for the hours of the known peak.

## Prevent
Create group and policy in one module. When something outside scales the group, say so with a tag and suppress the finding.

## Validate
`aws autoscaling describe-policies --auto-scaling-group-name NAME --query 'ScalingPolicies[].PolicyName'` prints a name.

## Bad
```hcl
resource "aws_autoscaling_group" "web" { # finding
  name     = "web"
  min_size = 2
  max_size = 10
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.web.name
}

resource "aws_autoscaling_group" "nodes" {
  name     = "nodes"
  min_size = 2
  max_size = 10

  tag {
    key                 = "k8s.io/cluster-autoscaler/enabled"
    value               = "true"
    propagate_at_launch = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import GROUP, is_controlled_elsewhere, known_policies, known_schedules, policies, schedules


@rule(target=GROUP, severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    least, most = group.at("min_size").number, group.at("max_size").number
    if least is None or most is None or least >= most:
        return
    if known_policies(resource, graph) or known_schedules(resource, graph) or is_controlled_elsewhere(resource, graph):
        return
    if not policies(resource, graph) and not schedules(resource, graph):
        message = f"the group may have {least:g} to {most:g} instances, and nothing changes its size"
        yield Fail(group, message, expected="a scaling policy")
