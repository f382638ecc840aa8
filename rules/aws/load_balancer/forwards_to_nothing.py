"""Requests are forwarded to a target group that nothing registers in.

## Why it matters
A load balancer without a registered target answers every request of that rule with 503, and there is no instance, task or function whose
log would say why.

## Five whys
1. Why 503? The target group is empty.
2. Why is it empty? No auto scaling group, service or attachment names it.
3. Why not? The service was moved to another group, and the listener rule stayed with the old one.

## Fix now
Register the targets: `target_group_arns` of the auto scaling group, the `load_balancer` block of the ECS service, or
`aws elbv2 register-targets --target-group-arn ARN --targets Id=i-…`. When the group is a left-over, point the rule at the live one.

## Workaround
`aws elbv2 modify-rule --rule-arn ARN --actions Type=fixed-response,FixedResponseConfig={StatusCode=503,MessageBody=moved}` at least says
something to the users.

## Prevent
Create target group, rule and registration in one module. An empty group that a deployment tool fills (CodeDeploy, Argo Rollouts, the AWS
Load Balancer Controller) deserves a comment that suppresses this.

## Validate
`aws elbv2 describe-target-health --target-group-arn ARN` lists healthy targets.

## Bad
```hcl
resource "aws_lb_target_group" "old" { # finding
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener_rule" "api" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/0123456789abcdef"

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.old.arn
  }

  condition {
    path_pattern { values = ["/api/*"] }
  }
}
```

## Good
```hcl
resource "aws_lb_target_group" "api" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener_rule" "api" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/0123456789abcdef"

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }

  condition {
    path_pattern { values = ["/api/*"] }
  }
}

resource "aws_autoscaling_attachment" "api" {
  autoscaling_group_name = "api"
  lb_target_group_arn    = aws_lb_target_group.api.arn
}

resource "aws_lb_target_group" "elsewhere" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener_rule" "elsewhere" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/0123456789abcdef"

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.elsewhere.arn
  }

  condition {
    path_pattern { values = ["/else/*"] }
  }
}

output "group_for_the_service" {
  value = aws_lb_target_group.elsewhere.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Relation, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.index import first_open
from auditor.views.load_balancer import LISTENERS, RULES, TARGET_GROUPS, listeners_of

FRONT = frozenset([*LISTENERS.split(), *RULES.split()])
NO_TARGET = frozenset([*FRONT, *TARGET_GROUPS.split(), "aws_cloudwatch_metric_alarm", "aws_cloudwatch_dashboard", "local", "terraform"])
"""What may name a target group without registering anything in it."""
ATTRIBUTES = ("target_group_arn", "target_group_arns", "lb_target_group_arn", "load_balancer", "traffic_source", "value")


@rule(
    target=TARGET_GROUPS,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    facets=(Facet.WRITTEN,),  # elsewhere ids stand in place of references
    symptoms=(r"503 Service (Temporarily )?Unavailable",),
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    fronts = listeners_of(resource, graph)
    if not fronts or any(edge.source.kind not in NO_TARGET for edge in graph.into(resource, Relation.REFERS)):
        return
    if gap := graph.gap_for(resource):
        raise undecided(group, gap)
    if found := first_open(graph, ATTRIBUTES, but=NO_TARGET):
        raise undecided(found[1], f"{found[0].address.text}.{found[1].path} is not known here")
    message = f"{fronts[0].address.text} forwards to this group, and nothing registers a target in it"
    yield Fail(group, message, expected="a group, service or attachment that names it", related=(fronts[0].body,))
