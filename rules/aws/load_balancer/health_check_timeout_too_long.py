"""A health check's timeout is not shorter than its interval.

## Why it matters
AWS refuses it (`Health check interval must be greater than the timeout`), so the apply fails after other resources have been changed
already.

## Five whys
1. Why did the apply stop half-way? AWS refused the target group's health check.
2. Why? One check may take as long as the time to the next.
3. Why were both numbers set so? The interval was shortened, and the timeout was left.

## Fix now
Set `timeout` to about half of `interval` (5 and 10 seconds), and apply again: what was changed before stays as it is.

## Workaround
Leave `timeout` out: the default fits the protocol.

## Prevent
Let the module derive the timeout from the interval.

## Validate
`terraform apply` goes through; `aws elbv2 describe-target-groups --names NAME --query
'TargetGroups[].[HealthCheckIntervalSeconds,HealthCheckTimeoutSeconds]'` shows the smaller timeout.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    path     = "/healthz"
    interval = 5
    timeout  = 5 # finding
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
    path     = "/healthz"
    interval = 10
    timeout  = 5
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.load_balancer import TARGET_GROUPS

DEFAULT_INTERVAL = 30


@rule(
    target=f"{TARGET_GROUPS} aws_elb",
    each="health_check",
    severity=Severity.MEDIUM,
    profile=Profile.GATE,
    symptoms=(r"Health check interval must be greater than the timeout",),
)
def check(health_check: Node, resource: Resource) -> Iterator[Fail]:
    timeout, interval = health_check.at("timeout"), health_check.at("interval").number or DEFAULT_INTERVAL
    if resource.at("protocol").text in ("TCP", "UDP", "TCP_UDP", "TLS", "GENEVE"):
        return  # for these AWS once took other pairs of numbers
    if timeout.number is not None and timeout.number >= interval:
        message = f"the timeout of {timeout.number:g} s is not shorter than the interval of {interval:g} s"
        yield Fail(timeout, message, expected=f"less than {interval:g}")
