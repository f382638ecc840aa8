"""A load balancer is reachable from the internet.

## Why it matters
For a public site that is its purpose. For anything else (an internal API, an admin console, a service behind a gateway) it means that
only the application's own login is left between the internet and it.

## Five whys
1. Why can the internal console be opened from outside? Its load balancer has public addresses.
2. Why? `internal` is not set, and a load balancer is public unless it is.

## Fix now
Close it by its security group at once: replace `0.0.0.0/0` by the addresses that need it. The scheme itself cannot be changed: create
an internal load balancer beside it (`internal = true`, private subnets), move the DNS record, delete the old one.

## Workaround
Authenticate at the listener (`authenticate-oidc` or `authenticate-cognito` before `forward`), and put a WAF in front.

## Prevent
Let the module take `internal` as a required variable, so that public is a decision; suppress the finding for public sites with that
reason.

## Validate
`aws elbv2 describe-load-balancers --query "LoadBalancers[?Scheme=='internet-facing'].LoadBalancerName"` lists public sites only.

## Bad
```hcl
resource "aws_lb" "console" { # finding
  name    = "console"
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}
```

## Good
```hcl
resource "aws_lb" "console" {
  name     = "console"
  internal = true
  subnets  = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.load_balancer import BALANCERS, balancer_type, is_public


@rule(
    target=f"{BALANCERS} aws_elb",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="AVD-AWS-0053 aws-elb-alb-not-public",
)
def check(balancer: Node) -> Iterator[Fail]:
    if balancer_type(balancer) != "gateway" and is_public(balancer):
        yield Fail(balancer.at("internal"), "the load balancer is reachable from the internet", expected="internal = true")
