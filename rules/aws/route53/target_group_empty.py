"""An alias goes by the health of a load balancer that has an empty target group.

## Why it matters
With `evaluate_target_health` Route 53 takes a load balancer for unhealthy as soon as one of its target groups has no healthy target, and
a group without any target has none. The name fails over, or a region gets no traffic, although everything that serves it is well.

## Five whys
1. Why does the name always lead to the second region? Route 53 takes the first load balancer for unhealthy.
2. Why, when all its targets are healthy? One of its target groups has none.
3. Why is there such a group? A rule was prepared for a service that does not exist yet.
4. Why does it count? Route 53 asks for every target group, not for one that works.

## Fix now
Take the empty group out of the listener's rules (`aws elbv2 delete-rule --rule-arn ARN`), or register a target.

## Workaround
A health check on a path of the working service in place of `evaluate_target_health`.

## Prevent
Create rule and group together with the service that registers in it.

## Validate
`aws elbv2 describe-target-health --target-group-arn ARN` shows a healthy target for each group of the load balancer.

## Bad
```hcl
resource "aws_lb" "shop" {
  name = "shop"
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.later.arn
  }
}

resource "aws_lb_target_group" "later" {
  name = "later"
}

resource "aws_route53_record" "shop" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "shop.example.com"
  type    = "A"
  alias {
    name                   = aws_lb.shop.dns_name
    zone_id                = aws_lb.shop.zone_id
    evaluate_target_health = true # finding
  }
}
```

## Good
```hcl
resource "aws_lb" "shop" {
  name = "shop"
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_lb_target_group" "shop" {
  name = "shop"
}

resource "aws_ecs_service" "shop" {
  name = "shop"
  load_balancer {
    target_group_arn = aws_lb_target_group.shop.arn
    container_name   = "shop"
    container_port   = 8080
  }
}

resource "aws_route53_record" "shop" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "shop.example.com"
  type    = "A"
  alias {
    name                   = aws_lb.shop.dns_name
    zone_id                = aws_lb.shop.zone_id
    evaluate_target_health = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Relation, Resource, Severity, rule
from auditor.views.load_balancer import LISTENERS, RULES, TARGET_GROUPS, forwarded, listeners
from auditor.views.zone import balancer_of

REGISTERING = (
    ("aws_lb_target_group_attachment", "target_group_arn"),
    ("aws_alb_target_group_attachment", "target_group_arn"),
    ("aws_ecs_service", "load_balancer.target_group_arn"),
    ("aws_autoscaling_group", "target_group_arns"),
    ("aws_autoscaling_group", "traffic_source.identifier"),
    ("aws_autoscaling_attachment", "lb_target_group_arn"),
    ("aws_autoscaling_traffic_source_attachment", "traffic_source.identifier"),
)
PASSING_ON = frozenset((*LISTENERS.split(), *RULES.split(), "aws_cloudwatch_metric_alarm"))
"""What names a target group without registering anything in it."""


@rule(
    target="aws_route53_record",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    facets=(Facet.WRITTEN, Facet.PLANNED),
)
def check(record: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    evaluates = record.at("alias.evaluate_target_health")
    if not evaluates.flag:
        return
    balancer = balancer_of(resource, graph)
    if balancer is not None:
        for group in _groups(balancer, graph):
            if not _may_register(group, graph):
                message = f"nothing here registers in {group.address.text}, and then {balancer.address.text} counts as unhealthy"
                yield Fail(evaluates, message, expected="targets in every group", related=(group.body,))
                return


def _groups(balancer: Resource, graph: Graph) -> Iterator[Resource]:
    for listener in listeners(balancer, graph):
        for source in (listener, *graph.attached(listener, "listener_arn", *RULES.split())):
            for arn in forwarded(source.body):
                yield from graph.targets(arn, *TARGET_GROUPS.split())


def _may_register(group: Resource, graph: Graph) -> bool:
    """Whether something registers targets, or is given the group's ARN for something that nobody sees here."""
    if any(graph.attached(group, path, kind) for kind, path in REGISTERING):
        return True
    return not {edge.source.kind for edge in graph.into(group, Relation.REFERS)} <= PASSING_ON
