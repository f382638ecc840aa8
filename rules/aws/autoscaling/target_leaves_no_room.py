"""A CPU target leaves no room for the loss of a zone or a sudden peak.

## Why it matters
When one of A zones fails, the others carry A/(A-1) times their load until new instances are up, which takes minutes. Taken that an instance
is saturated at 90 %, a target above 90 x (A-1)/A (45 for two zones, 60 for three, 67 for four) means that they time out at that moment, and
fail their health checks as well.

## Five whys
1. Why did the healthy zones fail too? Their instances were at 100 % CPU.
2. Why? They took over the load of the failed zone.
3. Why was there no room for it? The group is steered so that every instance is always nearly full.
4. Why? The target was raised to save money, without the failure of a zone in mind.

## Fix now
`aws autoscaling set-desired-capacity --auto-scaling-group-name NAME --desired-capacity N` with A/(A-1) times the instances. Then lower
`target_value`: new instances come with the next data points.

## Workaround
A step policy with a larger step above 85 % that adds 50 % at once.

## Prevent
40 to 60 for services with users; higher only for work that may wait. The options are `saturation` (90) and `highest` (80, for any group,
whatever its zones), both our proposal: work that may wait is set to 100 in `auditor.yaml`.

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name CPUUtilization --dimensions Name=AutoScalingGroupName,Value=NAME
--statistics Average --period 300 …` stays near the target; a test that takes one zone out (AWS FIS) leaves the error rate flat.

## Bad
```hcl
resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = "web"

  target_tracking_configuration {
    target_value = 85 # finding

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
```

Two zones, and each has to be able to carry the load of both:
```hcl
resource "aws_autoscaling_group" "web" {
  name               = "web"
  min_size           = 2
  max_size           = 10
  availability_zones = ["eu-west-1a", "eu-west-1b"]
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.web.name

  target_tracking_configuration {
    target_value = 70 # finding

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name               = "web"
  min_size           = 3
  max_size           = 12
  availability_zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.web.name

  target_tracking_configuration {
    target_value = 60 # 90 x 2/3

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import groups_of, zones
from auditor.views.scaling.headroom import after_loss, highest_target
from auditor.views.scaling.policy import POLICY


@rule(target=POLICY, severity=Severity.MEDIUM, confidence=Confidence.LIKELY, options={"saturation": 90, "highest": 80})
def check(policy: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    tracking = policy.at("target_tracking_configuration")
    if tracking.at("predefined_metric_specification.predefined_metric_type").text != "ASGAverageCPUUtilization":
        return
    target, highest, count = tracking.at("target_value"), float(options["highest"]), 1
    spread = [(len(found), group) for group in groups_of(resource, graph) if (found := zones(group, graph))]
    related: tuple[Node, ...] = ()
    if spread:
        count, group = min(spread, key=lambda item: item[0])
        related = (group.at("vpc_zone_identifier") if group.at("availability_zones").missing else group.at("availability_zones"),)
    if count > 1:
        highest = min(highest, highest_target(options["saturation"], count))
    if target.number is not None and target.number > highest:
        after = f": when one of {count} zones fails, the others go to {after_loss(target.number, count):.3g} %" if count > 1 else ""
        message = f"a CPU target of {target.number:g} % leaves no room{after}"
        yield Fail(target, message, expected=f"at most {highest:.3g}", related=related)
