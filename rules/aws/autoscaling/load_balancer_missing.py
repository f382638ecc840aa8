"""A group asks a load balancer about its instances, and has none.

## Why it matters
With `health_check_type` ELB and no load balancer, nothing ever reports an instance's application: the group behaves as with EC2 checks,
while everybody believes that broken instances are replaced.

## Five whys
1. Why was the hung worker never replaced? No health check saw it.
2. Why not, with health checks of type ELB? No load balancer is attached to the group.
3. Why not? The attachment was removed, or is in a stack that was deleted.

## Fix now
Attach the group (`target_group_arns`, or an `aws_autoscaling_attachment`): `aws autoscaling attach-load-balancer-target-groups
--auto-scaling-group-name NAME --target-group-arns ARN`. When there is none: `health_check_type = "EC2"`, and let the application report
itself with `aws autoscaling set-instance-health`.

## Workaround
A watchdog in the instance that stops the machine when the application hangs: EC2 checks see that.

## Prevent
Set `health_check_type` from the presence of a target group in the module.

## Validate
`aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names NAME --query
'AutoScalingGroups[].[HealthCheckType,TargetGroupARNs]'`.

## Bad
```hcl
resource "aws_autoscaling_group" "worker" {
  min_size          = 2
  max_size          = 6
  health_check_type = "ELB" # finding
}
```

## Good
```hcl
resource "aws_autoscaling_group" "worker" {
  min_size          = 2
  max_size          = 6
  health_check_type = "EC2"
}

resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 6
  health_check_type = "ELB"
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import ATTACHMENTS, GROUP, is_load_balanced


@rule(target=GROUP, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    kind = group.at("health_check_type")
    if kind.text != "ELB" or {"target_group_arns", "load_balancers", "all"} & set(resource.ignored):
        return
    if not is_load_balanced(resource, graph) and not graph.attached(resource, "autoscaling_group_name", *ATTACHMENTS):
        yield Fail(kind, "no load balancer is attached that could report unhealthy instances", expected="a target group, or EC2")
