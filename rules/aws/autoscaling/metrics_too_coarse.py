"""An alarm asks every minute for a metric that comes every five.

## Why it matters
EC2 metrics come every five minutes unless detailed monitoring is on. An alarm with a period of 60 seconds then sees four periods of
five without data, stays in INSUFFICIENT_DATA, and its scaling policy does not act, or acts much too late.

## Five whys
1. Why did the group not grow? Its alarm had no data.
2. Why not? It asks for each minute, and the instances report every five.
3. Why do they? The launch template does not enable detailed monitoring.

## Fix now
Running instances: `aws ec2 monitor-instances --instance-ids $(aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names
NAME --query 'AutoScalingGroups[].Instances[].InstanceId' --output text)`. In the code: `monitoring { enabled = true }` in the launch
template.

## Workaround
Set the alarm's period to 300, which makes it slower, though reliable.

## Prevent
Detailed monitoring in every launch template of a group that scales on EC2 metrics.

## Validate
`aws cloudwatch describe-alarms --alarm-names NAME --query 'MetricAlarms[].StateValue'` prints OK or ALARM.

## Bad
```hcl
resource "aws_launch_template" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m6i.large"
}

resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 6

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.web.name
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60 # finding
  evaluation_periods  = 3
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}
```

Named, and among several types:

```hcl
resource "aws_launch_template" "mixed" {
  name          = "mixed"
  instance_type = "m6i.large"
}

resource "aws_autoscaling_group" "mixed" {
  name     = "mixed"
  min_size = 2
  max_size = 6

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_name = "mixed"
      }
    }
  }
}

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = "mixed"
  scaling_adjustment     = 1
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60 # finding
  evaluation_periods  = 3
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}
```

## Good
```hcl
resource "aws_launch_configuration" "old" { # detailed monitoring, unless it is switched off
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m5.large"
}

resource "aws_autoscaling_group" "old" {
  name                 = "old"
  min_size             = 2
  max_size             = 6
  launch_configuration = aws_launch_configuration.old.name
}

resource "aws_autoscaling_policy" "old" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.old.name
  scaling_adjustment     = 1
}

resource "aws_cloudwatch_metric_alarm" "old" {
  alarm_name          = "old"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60
  evaluation_periods  = 3
  alarm_actions       = [aws_autoscaling_policy.old.arn]
}

resource "aws_launch_template" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m6i.large"

  monitoring {
    enabled = true
  }
}

resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 6

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.web.name
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60
  evaluation_periods  = 3
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import groups_of
from auditor.views.scaling.launch import monitored_coarsely
from auditor.views.scaling.policy import ALARM, policies_of


@rule(target=ALARM, severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=(r"INSUFFICIENT_DATA",))
def check(alarm: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    period, name = alarm.at("period"), alarm.at("metric_name").text or ""
    if alarm.at("namespace").text != "AWS/EC2" or period.number is None or period.number >= 300 or name.startswith("StatusCheck"):
        return
    for policy in policies_of(resource, graph):
        for group in groups_of(policy, graph):
            source = monitored_coarsely(group, graph)
            if source is not None:
                message = f"{source.address.text} has basic monitoring: a value every 300 s, not every {period.number:g} s"
                yield Fail(period, message, expected="300, or detailed monitoring", related=(source.body,))
                return
