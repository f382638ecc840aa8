"""Instances are replaced because of a health check that nobody wrote.

## Why it matters
A group with `health_check_type` ELB ends every instance that the load balancer calls unhealthy. When the target group has no
`health_check` block, that verdict rests on "GET / answers 200": a redirect on `/` is enough for an endless loop of new instances.

## Five whys
1. Why does the group replace instances all the time? The load balancer calls each of them unhealthy.
2. Why, when the application works? It answers `/` with 302, and the check expects 200.
3. Why does it ask for `/`? The health check was never written, so the defaults hold.

## Fix now
Stop the loop: `aws autoscaling suspend-processes --auto-scaling-group-name NAME --scaling-processes ReplaceUnhealthy`. Give the target
group a real check (`aws elbv2 modify-target-group --target-group-arn ARN --health-check-path /healthz`), wait for healthy targets, then
`resume-processes`.

## Workaround
`--matcher HttpCode=200-399` on the target group accepts the redirect.

## Prevent
Write `health_check` wherever a target group is attached to a group.

## Validate
`aws elbv2 describe-target-health --target-group-arn ARN` shows healthy targets; no new "ELB system health check failure" in
`aws autoscaling describe-scaling-activities`.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 6
  health_check_type = "ELB"
}

resource "aws_autoscaling_attachment" "web" { # finding
  autoscaling_group_name = aws_autoscaling_group.web.id
  lb_target_group_arn    = aws_lb_target_group.web.arn
}
```

## Good
```hcl
resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    path = "/healthz"
  }
}

resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 6
  health_check_type = "ELB"
}

resource "aws_autoscaling_attachment" "web" {
  autoscaling_group_name = aws_autoscaling_group.web.id
  lb_target_group_arn    = aws_lb_target_group.web.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import groups_of


@rule(
    target="aws_autoscaling_attachment",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_15",
    symptoms=(r"taken out of service in response to an? ELB", r"ELB system health check failure"),
)
def check(attachment: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not any(group.at("health_check_type").text == "ELB" for group in groups_of(resource, graph)):
        return
    targets = graph.targets(attachment.at("lb_target_group_arn"), "aws_lb_target_group", "aws_alb_target_group")
    for target in (*targets, *graph.targets(attachment.at("elb"), "aws_elb")):
        if target.at("health_check").missing:
            message = f"{target.address.text} has no health_check of its own, and the group replaces instances by it"
            yield Fail(attachment, message, expected="a health_check block", related=(target.body,))
