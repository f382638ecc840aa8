"""Target tracking follows a metric that comes only every five minutes.

## Why it matters
Without detailed monitoring the average CPU of a group has one value in five minutes. Target tracking needs several of them before it
adds an instance: a rise of the load is answered after ten to fifteen minutes, however fast an instance starts.

## Five whys
1. Why did new instances come a quarter of an hour late? Target tracking saw the load late.
2. Why? It had one value in five minutes.
3. Why? The launch template does not switch detailed monitoring on, and a template's default is off.

## Fix now
`monitoring { enabled = true }` in the launch template; for instances that run: `aws ec2 monitor-instances --instance-ids i-…`.

## Workaround
Track `ALBRequestCountPerTarget`, which has a value each minute.

## Prevent
Detailed monitoring in each template of a group that scales; it costs a few dollars for an instance and month.

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name CPUUtilization --dimensions Name=AutoScalingGroupName,Value=NAME
--period 60 --statistics Average --start-time … --end-time …` has a value each minute.

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

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization" # finding
    }
  }
}
```

## Good
```hcl
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

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_policy" "elsewhere" { # nobody knows how these instances are monitored
  name                   = "cpu"
  autoscaling_group_name = "elsewhere"
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import groups_of
from auditor.views.scaling.launch import monitored_coarsely
from auditor.views.scaling.policy import POLICY

OF_EC2 = ("ASGAverageCPUUtilization", "ASGAverageNetworkIn", "ASGAverageNetworkOut")


@rule(target=POLICY, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    metric = policy.at("target_tracking_configuration.predefined_metric_specification.predefined_metric_type")
    if metric.missing or metric.text not in OF_EC2:
        return
    for group in groups_of(resource, graph):
        source = monitored_coarsely(group, graph)
        if source is not None:
            message = f"{source.address.text} has basic monitoring: {metric.text} has a value every 300 s only"
            yield Fail(metric, message, expected="monitoring { enabled = true } in the template", related=(source.body,))
