"""A health check speaks another protocol than the port that it asks.

## Why it matters
The check goes to the same port as the requests, in another protocol: the server answers with an error or hangs up, and every target is
unhealthy. ECS stops its tasks and auto scaling groups replace their instances, for ever, while the application works. A gRPC check with
an HTTP status as its matcher never succeeds either.

## Five whys
1. Why are all targets replaced again and again? None of them becomes healthy.
2. Why not? Each health check ends with `Target.FailedHealthChecks` or `Target.ResponseCodeMismatch`.
3. Why, when the application answers by hand? By hand it was asked in the protocol that it speaks.
4. Why does the check use another? TLS (or gRPC) was introduced on the target group, and the block of the check was left.

## Fix now
`aws elbv2 modify-target-group --target-group-arn ARN --health-check-protocol HTTPS` (or HTTP, as the targets speak); for gRPC
`--matcher GrpcCode=0`. Targets come back after `healthy_threshold` checks.

## Workaround
Let the check go to another port that speaks its protocol: `health_check { port = 9000 }`, opened in the security group of the targets.

## Prevent
Leave `protocol` out of the block where the module sets the group's: set it from the same variable.

## Validate
`aws elbv2 describe-target-health --target-group-arn ARN --query 'TargetHealthDescriptions[].TargetHealth.[State,Reason]'` shows healthy.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    protocol = "HTTP" # finding
    path     = "/healthz"
  }
}

resource "aws_lb_target_group" "rpc" {
  port             = 50051
  protocol         = "HTTP"
  protocol_version = "GRPC"
  vpc_id           = "vpc-0123456789abcdef0"

  health_check {
    path    = "/grpc.health.v1.Health/Check"
    matcher = "200" # finding
  }
}
```

The default counts too:
```hcl
resource "aws_lb_target_group" "web" {
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check { # finding
    path = "/healthz"
  }
}

resource "aws_lb_target_group" "none" { # finding
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"
}
```

## Good
```hcl
resource "aws_lb_target_group" "web" {
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    protocol = "HTTPS"
    path     = "/healthz"
  }
}

resource "aws_lb_target_group" "tls" {
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    protocol = "HTTP"
    port     = 9000
    path     = "/healthz"
  }
}

resource "aws_lb_target_group" "tcp" {
  port     = 80
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check {
    protocol = "HTTP"
    path     = "/healthz"
  }
}

resource "aws_lb_target_group" "rpc" {
  port             = 50051
  protocol         = "HTTP"
  protocol_version = "GRPC"
  vpc_id           = "vpc-0123456789abcdef0"

  health_check {
    path    = "/grpc.health.v1.Health/Check"
    matcher = "0-99"
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given
from auditor.views.load_balancer import TARGET_GROUPS

SPEAKS = {"HTTP": False, "HTTPS": True, "TLS": True}
"""Whether a protocol is encrypted; TCP and UDP say nothing about what runs in them."""
LARGEST_GRPC_CODE = 99


def checks(group: Resource, graph: Graph) -> Iterator[Node]:
    written = group.at("health_check")
    yield from [written] if not written.unknown and written.missing else written.each()


@rule(
    target=TARGET_GROUPS,
    each=checks,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"Target\.FailedHealthChecks", r"Target\.ResponseCodeMismatch", r"503 Service Temporarily Unavailable"),
)
def check(health_check: Node, resource: Resource) -> Iterator[Fail]:
    if health_check.at("enabled").flag is False or resource.at("target_type").text == "lambda":
        return
    yield from _codes(health_check, resource)
    port = health_check.at("port")
    if given(port) and port.text not in ("traffic-port", resource.at("port").text):
        return
    protocol, mine = health_check.at("protocol"), resource.at("protocol").text or ""
    asked = (protocol.text or "") if given(protocol) else "HTTP" if mine in ("HTTP", "HTTPS") else ""
    if mine in SPEAKS and asked in ("HTTP", "HTTPS") and SPEAKS[mine] is not SPEAKS[asked]:
        default = "" if given(protocol) else " (the default)"
        message = f"the health check speaks {asked}{default} to a port that speaks {mine}"
        yield Fail(protocol, message, expected="HTTPS" if SPEAKS[mine] else "HTTP", actual=asked)


def _codes(health_check: Node, resource: Resource) -> Iterator[Fail]:
    version, matcher = resource.at("protocol_version"), health_check.at("matcher")
    if not given(matcher) or not given(version) or version.text != "GRPC":
        return
    codes = [int(code) for code in re.findall(r"\d+", matcher.text or "")]
    if codes and max(codes) > LARGEST_GRPC_CODE:
        message = f"the health check of a gRPC group waits for the status {matcher.text}, and gRPC has the codes 0 to {LARGEST_GRPC_CODE}"
        yield Fail(matcher, message, expected="0, or 0-99", actual=matcher.text or "")
