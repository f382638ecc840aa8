"""A request-count policy watches a target group that its group does not serve.

## Why it matters
`ALBRequestCountPerTarget` divides the requests of the target group in `resource_label`. When that is another one, the group grows and
shrinks with the load of somebody else, and its own peaks go by unanswered. AWS refuses a label whose target group is not attached when
the policy is made, but not when the attachment changes later.

## Five whys
1. Why did the group not grow with its requests? The policy counts those of another target group.
2. Why? The label names it.
3. Why? The label is text put together from two suffixes, and was copied with the policy.

## Fix now
`resource_label = "${aws_lb.web.arn_suffix}/${aws_lb_target_group.web.arn_suffix}"` with the load balancer and the target group of this very
group; apply.

## Workaround
Scale by the CPU until then.

## Prevent
Make the label in the module that makes the target group, and give it out as an output.

## Validate
`aws autoscaling describe-policies --auto-scaling-group-name NAME --query
'ScalingPolicies[].TargetTrackingConfiguration.PredefinedMetricSpecification.ResourceLabel'` and `aws autoscaling
describe-load-balancer-target-groups --auto-scaling-group-name NAME` name the same target group.

## Bad
```hcl
resource "aws_lb" "web" {
  name = "web"
}

resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group" "api" {
  name     = "api"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_autoscaling_group" "web" {
  name              = "web"
  min_size          = 2
  max_size          = 10
  target_group_arns = [aws_lb_target_group.web.arn]
}

resource "aws_autoscaling_policy" "requests" {
  name                   = "requests"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 1000
    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.web.arn_suffix}/${aws_lb_target_group.api.arn_suffix}" # finding
    }
  }
}
```

## Good
```hcl
resource "aws_lb" "web" {
  name = "web"
}

resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group" "green" {
  name     = "green"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_autoscaling_group" "web" { # blue and green
  name              = "web"
  min_size          = 2
  max_size          = 10
  target_group_arns = [aws_lb_target_group.web.arn, aws_lb_target_group.green.arn]
}

resource "aws_autoscaling_policy" "requests" {
  name                   = "requests"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 1000
    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.web.arn_suffix}/${aws_lb_target_group.web.arn_suffix}"
    }
  }
}

resource "aws_autoscaling_group" "elsewhere" {
  name              = "elsewhere"
  min_size          = 2
  max_size          = 10
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/old/0123456789abcdef"]
}

resource "aws_autoscaling_policy" "elsewhere" {
  name                   = "requests"
  autoscaling_group_name = aws_autoscaling_group.elsewhere.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 1000
    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "app/web/fedcba9876543210/targetgroup/old/0123456789abcdef"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.scaling.group import groups_of, target_group_nodes
from auditor.views.scaling.policy import POLICY

TARGET_GROUPS = ("aws_lb_target_group", "aws_alb_target_group")


@rule(target=POLICY, severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    metric = policy.at("target_tracking_configuration.predefined_metric_specification")
    if metric.missing or metric.at("predefined_metric_type").text != "ALBRequestCountPerTarget":
        return
    label = metric.at("resource_label")
    watched = graph.targets(label, *TARGET_GROUPS)
    for group in groups_of(resource, graph):
        served = target_group_nodes(group, graph)
        named = {it for node in served for it in graph.targets(node, *TARGET_GROUPS)}
        texts = {node.text or "" for node in served if not node.unknown}
        if not served or any(node.unknown and not graph.targets(node, *TARGET_GROUPS) for node in served):
            raise undecided(group.body, f"it is not known which target groups {group.address.text} serves")
        if watched:
            wrong = not set(watched) & named and not any(name in text for it in watched for name in graph.names(it) for text in texts)
            names = watched[0].address.text
        else:
            tail = "targetgroup/" + (label.text or "").partition("/targetgroup/")[2]
            wrong, names = not any(node.unknown or (node.text or "").endswith(tail) for node in served), tail
        if wrong:
            other = ", ".join(sorted([it.address.text for it in named] or texts))
            message = f"the policy counts the requests of {names}, {group.address.text} serves {other}"
            yield Fail(label, message, expected=f"the label of {other}", related=tuple(served[:1]))
