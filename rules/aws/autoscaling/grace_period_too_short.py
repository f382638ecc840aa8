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
Grace = time to start + `healthy_threshold` x `interval` + a minute. A target that comes up before `unhealthy_threshold` checks have
failed is never found sick (Application and Network Load Balancers), and nothing is reported for it. Measure the start
(`systemd-analyze`, the application's first log line) and write it into `default_instance_warmup`; without it the rule takes 120 s for
Linux and 300 s for Windows (the options `linux_seconds` and `windows_seconds`, our proposal).

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

The value that a client of the API leaves behind who says nothing:

```hcl
resource "aws_lb_target_group" "api" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_autoscaling_group" "api" {
  min_size                  = 2
  max_size                  = 6
  health_check_type         = "ELB"
  health_check_grace_period = 0 # finding
  target_group_arns         = [aws_lb_target_group.api.arn]
}
```

The start is written, and the provider's 300 seconds are not enough:

```hcl
resource "aws_lb_target_group" "search" {
  port     = 9200
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    interval            = 30
    healthy_threshold   = 5
    unhealthy_threshold = 2
  }
}

resource "aws_autoscaling_group" "search" { # finding
  min_size                = 2
  max_size                = 6
  health_check_type       = "ELB"
  default_instance_warmup = 200
  target_group_arns       = [aws_lb_target_group.search.arn]
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

resource "aws_lb_target_group" "patient" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    interval            = 30
    healthy_threshold   = 10
    unhealthy_threshold = 10
  }
}

resource "aws_autoscaling_group" "exact" { # up after 120 s, before ten checks have failed
  min_size                  = 2
  max_size                  = 6
  health_check_type         = "ELB"
  health_check_grace_period = 30
  target_group_arns         = [aws_lb_target_group.patient.arn]
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
from auditor.views.scaling.fleet import Fleet
from auditor.views.scaling.group import GROUP
from auditor.views.scaling.timing import LINUX, WINDOWS

DEFAULT_GRACE = 300
"""The provider's default. The API's own is 0."""


@rule(
    target=GROUP,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    options={"linux_seconds": LINUX, "windows_seconds": WINDOWS},
    symptoms=(r"taken out of service in response to an? ELB", r"ELB system health check failure"),
)
def check(group: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    if "ELB" not in (group.at("health_check_type").text or ""):
        return
    period, fleet = group.at("health_check_grace_period"), Fleet(resource, graph, options["linux_seconds"], options["windows_seconds"])
    grace = DEFAULT_GRACE if period.missing else period.number
    if grace is None or fleet.has_launch_hook:
        return
    needed, judge = fleet.sick
    if judge is not None and grace < needed:
        begin = fleet.start
        checks = f"{needed - begin.seconds:g} s of checks by {judge.address.text}, which has found it sick by then"
        message = (
            f"the grace period of {grace:g} s ends before an instance is healthy: {begin.seconds:g} s to start ({begin.words}) and {checks}"
        )
        related = (*([begin.where] if begin.where else []), judge.at("health_check"))
        yield Fail(period, message, expected=f"at least {needed:g} s", actual=f"{grace:g} s", related=related)
