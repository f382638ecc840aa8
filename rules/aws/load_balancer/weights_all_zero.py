"""All target groups of a forward action have the weight 0.

## Why it matters
A group with weight 0 gets nothing. When all have it, the load balancer has nowhere to send a request and answers 503, with healthy targets
in every group.

## Five whys
1. Why 503 with healthy targets? The rule sends nothing to them.
2. Why not? The weights of its groups are all 0.
3. Why? A switch between blue and green stopped half-way: one side was set to 0, the other was not raised.

## Fix now
`aws elbv2 modify-rule --rule-arn ARN --actions '[{"Type":"forward","ForwardConfig":{"TargetGroups":[{"TargetGroupArn":"ARN_LIVE",
"Weight":100}]}}]'` (`modify-listener --default-actions` for the default); then the same in the code.

## Workaround
A rule with a smaller priority and the same condition that forwards to the live group.

## Prevent
Compute both weights from one variable: `weight = var.green_percent` and `weight = 100 - var.green_percent`.

## Validate
`aws elbv2 describe-rules --listener-arn ARN --query 'Rules[].Actions[].ForwardConfig.TargetGroups[].Weight'` shows a number above 0.

## Bad
```hcl
resource "aws_lb_listener_rule" "api" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/0123456789abcdef"

  action {
    type = "forward"

    forward {
      target_group {
        arn    = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/0123456789abcdef"
        weight = 0 # finding
      }
      target_group {
        arn    = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/green/0123456789abcdef"
        weight = 0
      }
    }
  }

  condition {
    path_pattern { values = ["/api/*"] }
  }
}
```

## Good
```hcl
resource "aws_lb_listener_rule" "api" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/0123456789abcdef"

  action {
    type = "forward"

    forward {
      target_group {
        arn    = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/0123456789abcdef"
        weight = 0
      }
      target_group {
        arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/green/0123456789abcdef"
      }
    }
  }

  condition {
    path_pattern { values = ["/api/*"] }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.load_balancer import LISTENERS, RULES, actions

DEFAULT = 1


def forwards(resource: Resource, graph: Graph) -> Iterator[Node]:
    for action in actions(resource.body):
        yield from action.each("forward")


@rule(target=f"{LISTENERS} {RULES}", each=forwards, severity=Severity.HIGH, symptoms=(r"503 Service (Temporarily )?Unavailable",))
def check(forward: Node) -> Iterator[Fail]:
    weights = [group.at("weight") for group in forward.each("target_group")]
    if weights and all((DEFAULT if weight.missing else weight.number) == 0 for weight in weights):
        yield Fail(weights[0], f"all {len(weights)} target groups have the weight 0, so none gets a request", expected="a weight above 0")
