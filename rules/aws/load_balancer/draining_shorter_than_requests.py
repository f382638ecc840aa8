"""Requests may take longer than a leaving target is given to finish them.

## Why it matters
The idle timeout was raised because some requests take minutes. When a target leaves (deployment, scale-in), the load balancer waits
`deregistration_delay` and then closes what is still open: exactly those long requests end with 502 or 504.

## Five whys
1. Why do long exports fail whenever something is deployed? Their connection is closed.
2. Why? The target had left, and the time for its last requests was over.
3. Why is that time shorter than an export? The delay was cut for quick deployments, the idle timeout was raised for the exports.

## Fix now
`aws elbv2 modify-target-group-attributes --target-group-arn ARN --attributes Key=deregistration_delay.timeout_seconds,Value=SECONDS`, at
least as long as the longest request; it holds from the next deregistration on.

## Workaround
Deploy when no long request runs, or let the client resume.

## Prevent
Serve long requests from a target group of their own, so that the others can leave quickly; or turn them into jobs.

## Validate
Start the longest request, deploy, and see it finish.

## Bad
```hcl
resource "aws_lb" "web" {
  subnets      = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  idle_timeout = 600
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group" "web" {
  port                 = 8080
  protocol             = "HTTP"
  vpc_id               = "vpc-0123456789abcdef0"
  deregistration_delay = 30 # finding
}
```

## Good
```hcl
resource "aws_lb" "web" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group" "web" {
  port                 = 8080
  protocol             = "HTTP"
  vpc_id               = "vpc-0123456789abcdef0"
  deregistration_delay = 30
}

resource "aws_lb" "exports" {
  subnets      = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  idle_timeout = 300
}

resource "aws_lb_listener" "exports" {
  load_balancer_arn = aws_lb.exports.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.exports.arn
  }
}

resource "aws_lb_target_group" "exports" {
  port                 = 8080
  protocol             = "HTTP"
  vpc_id               = "vpc-0123456789abcdef0"
  deregistration_delay = 300
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given
from auditor.views.load_balancer import TARGET_GROUPS, balancers_of

DEFAULT_IDLE_TIMEOUT = 60
"""Nobody chose it, so it says nothing of how long requests take."""


@rule(
    target=TARGET_GROUPS,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=(r"502 Bad Gateway", r"504 Gateway Time-?out", r"upstream prematurely closed connection"),
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    delay = group.at("deregistration_delay")
    if not given(delay) or not delay.number:
        return  # 300 s by default; a delay of 0 is a finding of its own
    for balancer in balancers_of(resource, graph):
        idle = balancer.at("idle_timeout")
        seconds = idle.number if given(idle) else None
        if seconds is not None and seconds > DEFAULT_IDLE_TIMEOUT and delay.number < seconds:
            message = (
                f"requests may be silent for {seconds:g} s ({balancer.address.text}), leaving targets are cut off after {delay.number:g} s"
            )
            yield Fail(delay, message, expected=f"{seconds:g} or more", related=(idle,))
            return
