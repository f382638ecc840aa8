"""Two rules of one listener have the same priority.

## Why it matters
AWS accepts a priority once for each listener. The second rule is refused (`PriorityInUse`), the apply ends half-way, and which of the two
exists is a matter of which was quicker.

## Five whys
1. Why does the new path answer 404? Its rule does not exist.
2. Why not? AWS refused it: the priority is in use.
3. Why? Two services that share a listener count their priorities separately.

## Fix now
Give one of them a free number and apply again: `aws elbv2 describe-rules --listener-arn ARN --query 'Rules[].Priority'` lists those in
use.

## Workaround
Leave `priority` out of a rule whose order does not matter: AWS then gives the next free one.

## Prevent
A range for each service that shares the listener (100-199, 200-299), written in one place.

## Validate
`terraform apply` goes through; the list above shows both numbers.

## Bad
```hcl
resource "aws_lb_listener" "https" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type = "fixed-response"
    fixed_response { content_type = "text/plain" }
  }
}

resource "aws_lb_listener_rule" "shop" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 100 # finding

  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/0123456789abcdef"
  }

  condition {
    path_pattern { values = ["/shop/*"] }
  }
}

resource "aws_lb_listener_rule" "blog" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 100 # finding

  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blog/0123456789abcdef"
  }

  condition {
    path_pattern { values = ["/blog/*"] }
  }
}
```

## Good
```hcl
resource "aws_lb_listener_rule" "shop" {
  count        = 2
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/0123456789abcdef"
  priority     = 100 + count.index

  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/0123456789abcdef"
  }

  condition {
    path_pattern { values = ["/shop${count.index}/*"] }
  }
}

resource "aws_lb_listener_rule" "other_listener" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/fedcba9876543210"
  priority     = 100

  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/0123456789abcdef"
  }

  condition {
    path_pattern { values = ["/*"] }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.listener_rule import priority, siblings
from auditor.views.load_balancer import RULES


@rule(
    target=RULES,
    severity=Severity.MEDIUM,
    profile=Profile.GATE,
    facets=(Facet.WRITTEN, Facet.PLANNED),
    symptoms=(r"PriorityInUse", r"Priority '\d+' is currently in use"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    own = priority(resource)
    for other in siblings(resource, graph):
        if own is not None and not other.doubt and not other.at("priority").unknown and priority(other) == own:
            message = f"{other.address.text} of the same listener has the priority {own:g} too"
            yield Fail(body.at("priority"), message, expected="a number of its own", related=(other.at("priority"),))
            return
