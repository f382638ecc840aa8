"""A group keeps instances that its load balancer has found to be sick.

## Why it matters
With health checks of type EC2 only a stopped machine counts as unhealthy. An instance whose application hangs stays for ever: out of
the load balancer, but counted as capacity, so the group is smaller than it believes and never heals.

## Five whys
1. Why is the service overloaded with six running instances? Four of them get no requests.
2. Why not? The load balancer's health check fails on them.
3. Why are they not replaced? The group looks at the machine's state only.
4. Why? `health_check_type` is EC2, which is the default.

## Fix now
Replace the sick ones: `aws autoscaling set-instance-health --instance-id i-… --health-status Unhealthy`. Then `aws autoscaling
update-auto-scaling-group --auto-scaling-group-name NAME --health-check-type ELB --health-check-grace-period 300`, and the same in the
code. See first that the grace period is longer than the application's start, or the group will replace instances for ever.

## Workaround
An alarm on `UnHealthyHostCount` of the target group, so that somebody does it by hand.

## Prevent
`health_check_type = "ELB"` in every module that has a target group.

## Validate
Stop the application on one instance: within minutes `aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME` says
"taken out of service in response to an ELB system health check failure", and a new one comes.

## Bad
```hcl
resource "aws_autoscaling_group" "web" { # finding
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"]
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  health_check_type   = "ELB"
  vpc_zone_identifier = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"]
}

resource "aws_autoscaling_group" "batch" {
  min_size            = 0
  max_size            = 6
  vpc_zone_identifier = ["subnet-0123456789abcdef0"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import every
from auditor.views.scaling.group import GROUP, is_load_balanced


@rule(
    target=GROUP,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_15",
    symptoms=(r"503 Service (Temporarily )?Unavailable", r"UnHealthyHostCount"),
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    kind = group.at("health_check_type")
    if every(lambda: "ELB" not in (kind.text or "EC2"), lambda: is_load_balanced(resource, graph)):
        yield Fail(kind, "the group ignores the load balancer's health check", expected="health_check_type = ELB")
