"""A load balancer needs minutes to notice that a target is broken.

## Why it matters
Until the health check has failed often enough, the broken target keeps its share of the requests: with three targets that is a third of
all users with errors, for as long as `interval` times `unhealthy_threshold`.

## Five whys
1. Why did a third of the requests fail for five minutes? A dead target got them.
2. Why was it not taken out? The health check had not failed often enough yet.
3. Why does that take so long? The interval times the threshold is more than two minutes.

## Fix now
During the outage take the target out by hand: `aws elbv2 deregister-targets --target-group-arn ARN --targets Id=i-…`. Then shorten the
check: `aws elbv2 modify-target-group --target-group-arn ARN --health-check-interval-seconds 10 --unhealthy-threshold-count 3
--health-check-timeout-seconds 5`.

## Workaround
Enable retries in the client or the gateway for idempotent requests.

## Prevent
10 to 15 seconds with two or three failures for a web service; longer only where a check is expensive.

## Validate
Stop the service on one host: `aws elbv2 describe-target-health --target-group-arn ARN` shows it as unhealthy within a minute.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    path                = "/healthz"
    interval            = 60 # finding
    unhealthy_threshold = 5
  }
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
    path                = "/healthz"
    interval            = 10
    unhealthy_threshold = 3
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.load_balancer import TARGET_GROUPS

INTERVAL, THRESHOLD = 30, 3


@rule(
    target=TARGET_GROUPS,
    each="health_check",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"seconds": 120},
    symptoms=(r"502 Bad Gateway", r"504 Gateway Time-?out"),
)
def check(health_check: Node, options: Mapping[str, Any]) -> Iterator[Fail]:
    interval, threshold = health_check.at("interval"), health_check.at("unhealthy_threshold")
    times = threshold.number or THRESHOLD
    seconds = (interval.number or INTERVAL) * times
    if seconds > options["seconds"]:
        message = f"a broken target is noticed after {seconds:g} s ({interval.number or INTERVAL:g} s x {times:g})"
        yield Fail(interval, message, expected=f"at most {options['seconds']:g} s", actual=f"{seconds:g} s")
