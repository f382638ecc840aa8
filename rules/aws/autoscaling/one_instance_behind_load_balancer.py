"""A group behind a load balancer may shrink to one instance.

## Why it matters
With one instance behind the balancer each replacement, each failed check and each loss of a zone is an outage of as long as a launch
takes, however many zones the group may use.

## Five whys
1. Why was the site down for four minutes? Its only instance was replaced.
2. Why was there no other? The group had scaled in to its minimum at night.
3. Why is the minimum 1? It was written for the first test, when one was enough.

## Fix now
`aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --min-size 2 --desired-capacity 2`, then the same in the code.

## Workaround
Two smaller instances cost what one larger one does: halve the type and double the minimum.

## Prevent
A module for served groups with `min_size` of at least 2 in its `validation`. Groups that may be gone at times (tools, development) say so
in a tag `Environment`, which the rule respects.

## Validate
`aws elbv2 describe-target-health --target-group-arn ARN --query 'length(TargetHealthDescriptions[?TargetHealth.State==`healthy`])'`
prints 2 or more at the quietest hour.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  min_size          = 1 # finding
  max_size          = 6
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"]
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 6
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"]
}

resource "aws_autoscaling_group" "singleton" { # a licence for one server: there is no other size
  min_size          = 1
  max_size          = 1
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/one/0123456789abcdef"]
}

resource "aws_autoscaling_group" "preview" {
  min_size          = 0
  max_size          = 2
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/pre/0123456789abcdef"]

  tag {
    key                 = "Environment"
    value               = "preview"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group" "worker" { # nobody waits for it
  min_size = 0
  max_size = 6
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import non_production
from auditor.views.scaling.group import GROUP, is_load_balanced


@rule(target=GROUP, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    least, most = group.at("min_size"), group.at("max_size")
    if (least.number or 0) >= 2 or (most.number or 0) < 2 or non_production(resource):
        return
    if is_load_balanced(resource, graph):
        message = f"the group behind the load balancer may shrink to {'one instance' if least.number else 'none'}"
        yield Fail(least, message, expected="2 or more")
