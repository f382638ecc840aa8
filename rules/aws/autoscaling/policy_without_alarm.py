"""A step or simple scaling policy is started by no alarm.

## Why it matters
These policies do nothing by themselves. Without an alarm that names the policy the group keeps its size, whatever the load; everything
in the plan looks as if it would scale.

## Five whys
1. Why did the group not grow? Its policy never ran.
2. Why not? No alarm has it as an action.
3. Why not? The alarm notifies people only, or was removed with the dashboard.

## Fix now
Grow by hand: `aws autoscaling execute-policy --auto-scaling-group-name NAME --policy-name POLICY`. Then add an alarm with the policy's
ARN in `alarm_actions`, or replace the policy by target tracking, which brings its own alarms.

## Workaround
A scheduled action for known peaks.

## Prevent
Keep policy and alarm in one module, or use target tracking.

## Validate
`aws autoscaling describe-policies --auto-scaling-group-name NAME --query 'ScalingPolicies[].[PolicyName,Alarms[].AlarmName]'` names an
alarm for each.

## Bad
```hcl
resource "aws_autoscaling_policy" "out" { # finding
  name                   = "out"
  autoscaling_group_name = "web"
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 2
}
```

## Good
```hcl
resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = "web"
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 2
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  evaluation_periods  = 3
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = "web"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Relation, Resource, Severity, rule
from auditor.views.scaling.policy import POLICY, alarms, policy_type


@rule(target=POLICY, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if policy_type(policy) not in ("SimpleScaling", "StepScaling"):
        return
    for name in ("ok_actions", "insufficient_data_actions"):
        if graph.attached(resource, name, "aws_cloudwatch_metric_alarm"):
            return
    handed_on = any(edge.source.kind in ("output", "module") for edge in graph.into(resource, Relation.REFERS))
    if not alarms(resource, graph) and not handed_on:
        yield Fail(policy, "no alarm starts the policy", expected="an alarm with it in alarm_actions")
