"""A listener rule is never reached: an earlier one fits all of its requests.

## Why it matters
Rules are tried from the smallest priority up, and the first that fits decides. The requests that this rule was written for go to the
target group of the earlier one: the wrong application answers, usually with 404, and nothing looks broken.

## Five whys
1. Why does `/api/v2` answer with the old version? Another rule takes these requests.
2. Why that one? Its priority is smaller, and its condition fits them too.
3. Why is its condition wider? It was the catch-all of the time when there was one application.
4. Why was the new rule put behind? Priorities were counted up.

## Fix now
Give the narrower rule the smaller priority; several can be changed at once: `aws elbv2 set-rule-priorities --rule-priorities
RuleArn=NARROW,Priority=10 RuleArn=WIDE,Priority=100`. Then the same numbers in the code.

## Workaround
Add the missing condition (a host, a path) to the wide rule, so that it no longer fits.

## Prevent
Narrow rules below 1000, catch-alls from 40000; the default action of the listener is the last catch-all and needs no rule.

## Validate
`curl -s -o /dev/null -w '%{http_code}' https://HOST/PATH` gets the right application; `aws elbv2 describe-rules --listener-arn ARN
--query 'Rules[].[Priority,Conditions[].Values]'` shows the narrow rule first.

## Bad
```hcl
resource "aws_lb_listener_rule" "all" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/0123456789abcdef"
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/old/0123456789abcdef"
  }

  condition {
    path_pattern { values = ["/*"] }
  }
}

resource "aws_lb_listener_rule" "api" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/0123456789abcdef"
  priority     = 20 # finding

  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/0123456789abcdef"
  }

  condition {
    path_pattern { values = ["/api/*"] }
  }
  condition {
    host_header { values = ["www.example.com"] }
  }
}
```

## Good
```hcl
locals {
  group = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/0123456789abcdef"
}

resource "aws_lb_listener_rule" "api" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/0123456789abcdef"
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = local.group
  }

  condition {
    path_pattern { values = ["/api/*"] }
  }
}

resource "aws_lb_listener_rule" "all_of_one_host" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/0123456789abcdef"
  priority     = 20

  action {
    type             = "forward"
    target_group_arn = local.group
  }

  condition {
    path_pattern { values = ["/*"] }
  }
  condition {
    host_header { values = ["www.example.com"] }
  }
}

resource "aws_lb_listener_rule" "other_case" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/0123456789abcdef"
  priority     = 30

  action {
    type             = "forward"
    target_group_arn = local.group
  }

  condition {
    path_pattern { values = ["/API/*", "/api"] }
  }
}

resource "aws_lb_listener_rule" "other_listener" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/0123456789abcdef/fedcba9876543210"
  priority     = 40

  action {
    type             = "forward"
    target_group_arn = local.group
  }

  condition {
    path_pattern { values = ["/api/v2/*"] }
  }
}
```
"""

from collections.abc import Iterator
from functools import partial

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import every, exists
from auditor.views.listener_rule import includes, priority, siblings, words
from auditor.views.load_balancer import RULES


@rule(target=RULES, severity=Severity.MEDIUM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for other in siblings(resource, graph):
        if every(partial(_is_before, other, resource), partial(includes, other.body, body), partial(exists, other)):
            message = (
                f"{other.address.text} (priority {priority(other):g}: {words(other.body)}) takes every request that fits {words(body)}"
            )
            yield Fail(body.at("priority"), message, expected=f"a priority below {priority(other):g}", related=(other.at("priority"),))
            return


def _is_before(other: Resource, mine: Resource) -> bool:
    theirs, own = priority(other), priority(mine)
    return theirs is not None and own is not None and theirs < own
