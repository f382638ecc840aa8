"""A target group keeps leaving targets for longer than five minutes.

## Why it matters
Each batch of a rolling deployment and each scale-in waits for the whole delay, even when no request is left. With 900 seconds and four
batches a deployment takes an hour, and so does the way back when it was bad.

## Five whys
1. Why does the rollback take an hour? Each batch waits for its old targets.
2. Why so long? They stay registered for the whole `deregistration_delay`.
3. Why was it raised? For one kind of long request, which shares the target group with all others.

## Fix now
In the middle of a bad deployment: `aws elbv2 modify-target-group-attributes --target-group-arn ARN --attributes
Key=deregistration_delay.timeout_seconds,Value=30`; it holds for the next target that leaves.

## Workaround
Register the good version beside the bad one and move the weight of the forward action; that takes seconds.

## Prevent
30 to 60 seconds for ordinary requests; long ones and WebSockets in a group of their own, where this finding may be suppressed.

## Validate
`aws ecs describe-services --cluster C --services S --query 'services[].deployments[].[status,createdAt,updatedAt]'` shows minutes.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  port                 = 8080
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = "vpc-0123456789abcdef0"
  deregistration_delay = 900 # finding
}

resource "aws_ecs_service" "web" {
  name = "web"

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8080
  }
}
```

## Good
```hcl
resource "aws_lb_target_group" "web" {
  port                 = 8080
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = "vpc-0123456789abcdef0"
  deregistration_delay = 300
}

resource "aws_ecs_service" "web" {
  name = "web"

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_lb_target_group" "sockets" {
  port                 = 8080
  protocol             = "HTTP"
  vpc_id               = "vpc-0123456789abcdef0"
  deregistration_delay = 3600

  stickiness {
    type = "lb_cookie"
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given
from auditor.views.ecs_service import SERVICE
from auditor.views.load_balancer import TARGET_GROUPS
from auditor.views.registered import registered
from auditor.views.scaling.group import GROUP


@rule(target=TARGET_GROUPS, severity=Severity.LOW, confidence=Confidence.LIKELY, options={"seconds": 300})
def check(group: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    delay = group.at("deregistration_delay")
    if not given(delay) or delay.number is None or delay.number <= options["seconds"]:
        return
    if owner := _replaced_by(resource, graph):
        message = f"each batch of {owner.address.text} waits {delay.number:g} s for its old targets"
        yield Fail(delay, message, expected=f"at most {options['seconds']:g}", related=(owner.body,))


def _replaced_by(group: Resource, graph: Graph) -> Resource | None:
    """What replaces the targets of the group one batch after the other."""
    owners = [it.resource for it in registered(group, graph)]
    for service in (it for it in owners if it.kind == SERVICE):
        return service
    return next((it for it in owners if it.kind == GROUP and it.at("instance_refresh").present), None)
