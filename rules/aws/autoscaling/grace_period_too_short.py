"""A group replaces instances before they can become healthy.

## Why it matters
When the grace period ends before the application is up and the load balancer has seen it healthy often enough, the group ends the
instance and starts another, for ever: capacity falls to nothing during a deployment or a scale-out, and every launch is paid for.

## Five whys
1. Why does no instance live longer than five minutes? The group ends each as unhealthy.
2. Why is it unhealthy? The load balancer has not yet seen enough good checks.
3. Why is it judged by then? The grace period is over.
4. Why so short? It was set when the image started faster, or left at 0 by a tool.

## Fix now
Stop the loop first: `aws autoscaling suspend-processes --auto-scaling-group-name NAME --scaling-processes ReplaceUnhealthy`. Set the
period: `aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --health-check-grace-period 300`, wait for healthy
targets, then `resume-processes`.

## Workaround
A launch lifecycle hook that the instance completes when it is ready makes the grace period unnecessary.

## Prevent
Grace = time to start + `healthy_threshold` x `interval` + a minute. Measure the start (`systemd-analyze`, the application's first log
line).

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME` has no new "ELB system health check failure"; instances are
older than the grace period.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    path              = "/healthz"
    interval          = 30
    healthy_threshold = 5
  }
}

resource "aws_autoscaling_group" "web" {
  min_size                  = 2
  max_size                  = 6
  health_check_type         = "ELB"
  health_check_grace_period = 120 # finding
  target_group_arns         = [aws_lb_target_group.web.arn]
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
    path              = "/healthz"
    interval          = 10
    healthy_threshold = 2
  }
}

resource "aws_autoscaling_group" "web" {
  min_size                  = 2
  max_size                  = 6
  health_check_type         = "ELB"
  health_check_grace_period = 300
  target_group_arns         = [aws_lb_target_group.web.arn]
}

resource "aws_autoscaling_group" "hooked" {
  name                      = "hooked"
  min_size                  = 2
  max_size                  = 6
  health_check_type         = "ELB"
  health_check_grace_period = 0
  target_group_arns         = [aws_lb_target_group.web.arn]
}

resource "aws_autoscaling_lifecycle_hook" "ready" {
  name                   = "ready"
  autoscaling_group_name = aws_autoscaling_group.hooked.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import GROUP, launch_hooks, target_groups

DEFAULT_GRACE, DEFAULT_INTERVAL, DEFAULT_THRESHOLD = 300, 30, 3


@rule(
    target=GROUP,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    options={"start_seconds": 60},
    symptoms=(r"taken out of service in response to an? ELB", r"ELB system health check failure"),
)
def check(group: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    if group.at("health_check_type").text != "ELB":
        return
    period = group.at("health_check_grace_period")
    grace = DEFAULT_GRACE if period.missing else period.number
    if grace is None or next(launch_hooks(resource, graph), None) is not None:
        return
    start = group.at("default_instance_warmup").number or options["start_seconds"]
    needed = start + max((_until_healthy(target) for target in target_groups(resource, graph)), default=0)
    if grace < needed:
        message = f"the grace period of {grace:g} s ends before an instance can be healthy ({needed:g} s)"
        yield Fail(period, message, expected=f"at least {needed:g} s", actual=f"{grace:g} s")


def _until_healthy(target: Resource) -> float:
    """How long the load balancer takes to call a target healthy."""
    threshold, interval = target.at("health_check.healthy_threshold"), target.at("health_check.interval")
    return (threshold.number or DEFAULT_THRESHOLD) * (interval.number or DEFAULT_INTERVAL)
