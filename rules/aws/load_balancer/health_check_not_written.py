"""A target group uses a health check that nobody wrote.

## Why it matters
Without a `health_check` block the load balancer asks for `/` and expects 200. An application that answers `/` with a redirect or a
login page is then unhealthy from the start (503 for everybody), and one whose `/` is a static file stays healthy with its database
gone.

## Five whys
1. Why does the load balancer answer 503? It has no healthy target.
2. Why not, when the application runs? The health check gets a 302 from `/`.
3. Why `/`? It is the default, and no path was written.

## Fix now
`aws elbv2 describe-target-health --target-group-arn ARN` names the reason (`Target.ResponseCodeMismatch`). Set the path of the
application's own check: `aws elbv2 modify-target-group --target-group-arn ARN --health-check-path /healthz --matcher HttpCode=200`,
then the same in the code.

## Workaround
Accept what the application answers for now: `--matcher HttpCode=200-399`.

## Prevent
Every service has an endpoint that says whether it can work; the module asks for its path.

## Validate
`aws elbv2 describe-target-health --target-group-arn ARN --query 'TargetHealthDescriptions[].TargetHealth.State'` prints healthy; with
the service stopped on one host, that one becomes unhealthy.

## Bad
```hcl
resource "aws_lb_target_group" "web" { # finding
  name     = "web"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group" "api" {
  name     = "api"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"

  health_check { # finding
    interval = 15
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
    path = "/healthz"
  }
}

resource "aws_lb_target_group" "mqtt" {
  name     = "mqtt"
  port     = 8883
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_target_group" "function" {
  name        = "function"
  target_type = "lambda"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.load_balancer import TARGET_GROUPS


@rule(
    target=TARGET_GROUPS,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_261",
    symptoms=(r"503 Service (Temporarily )?Unavailable", r"Target\.ResponseCodeMismatch"),
)
def check(group: Node) -> Iterator[Fail]:
    if group.at("protocol").text not in ("HTTP", "HTTPS"):
        return
    path = group.at("health_check.path")
    if path.missing and group.at("health_check.protocol").text != "TCP":
        yield Fail(path, "the health check asks for / because no path is written", expected="health_check with a path")
