"""A health check gives up after two short hiccups.

## Why it matters
A garbage collection, a cold cache or one slow query is enough to fail two checks of two seconds. The target is taken out, the others get
its load and fail the same check: a small delay becomes an outage, one target after the other.

## Five whys
1. Why did all targets become unhealthy within a minute? Each was taken out while it was slow, and its load went to the rest.
2. Why was being slow enough? Two answers that took more than two seconds, five seconds apart.
3. Why such numbers? The check was made quick so that dead targets are noticed quickly.

## Fix now
`aws elbv2 modify-target-group --target-group-arn ARN --health-check-timeout-seconds 5 --unhealthy-threshold-count 3
--health-check-interval-seconds 10`: a dead target is still out after 30 seconds.

## Workaround
Let the check ask a path that does nothing but answer, without a look at the database.

## Prevent
Interval times threshold between 20 and 60 seconds, and a timeout above the slowest ordinary answer.

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/ApplicationELB --metric-name UnHealthyHostCount …` stays 0 during a load test.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    path                = "/healthz"
    interval            = 5
    timeout             = 2 # finding
    unhealthy_threshold = 2
  }
}
```

## Good
```hcl
resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    path                = "/healthz"
    interval            = 5
    timeout             = 3
    unhealthy_threshold = 2
  }
}

resource "aws_lb_target_group" "patient" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    path                = "/healthz"
    interval            = 5
    timeout             = 2
    unhealthy_threshold = 3
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given
from auditor.views.load_balancer import TARGET_GROUPS

INTERVAL, THRESHOLD = 30, 3


@rule(
    target=TARGET_GROUPS,
    each="health_check",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    options={"seconds": 10, "timeout": 2},  # our proposal: no guide of AWS gives a lower bound
    symptoms=(r"Target\.Timeout", r"Request timed out"),
)
def check(health_check: Node, options: Mapping[str, Any]) -> Iterator[Fail]:
    timeout = health_check.at("timeout")
    if not given(timeout) or timeout.number is None or timeout.number > options["timeout"]:
        return
    interval = health_check.at("interval").number or INTERVAL
    times = health_check.at("unhealthy_threshold").number or THRESHOLD
    if interval * times <= options["seconds"]:
        message = f"a target that is slow for {interval * times:g} s ({times:g} answers above {timeout.number:g} s) is taken out"
        yield Fail(timeout, message, expected=f"more than {options['timeout']:g} s, or more attempts")
