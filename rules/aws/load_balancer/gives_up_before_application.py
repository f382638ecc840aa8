"""A load balancer gives up before the application behind it does.

## Why it matters
When an application sends no byte for `idle_timeout` seconds (60 by default), the load balancer answers 504 and closes the connection. The
worker does not notice: it goes on up to its own timeout, and with a few slow requests all workers are busy with answers that nobody waits
for.

## Five whys
1. Why do exports end with 504 after exactly a minute? The load balancer saw no byte for 60 seconds.
2. Why does the worker go on? Its own timeout is two minutes.
3. Why was that raised and not the other? The worker was killed before, and its timeout was the one in the error message.

## Fix now
`aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=idle_timeout.timeout_seconds,Value=N`, with N above the
application's time; or lower the application's.

## Workaround
Send something early: a streamed answer with a byte now and then keeps the connection alive.

## Prevent
Keep both numbers side by side in one module. Work of more than a minute belongs into a queue.

## Validate
`HTTPCode_ELB_504_Count` stays at 0 while the slowest request runs.

## Bad
```hcl
resource "aws_lb" "shop" {
  name         = "shop"
  idle_timeout = 60 # finding
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

resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([{
    name    = "shop"
    command = ["gunicorn", "--timeout", "120", "shop.wsgi"]
  }])
}

resource "aws_ecs_service" "shop" {
  name            = "shop"
  task_definition = aws_ecs_task_definition.shop.arn
  load_balancer {
    target_group_arn = aws_lb_target_group.shop.arn
    container_name   = "shop"
    container_port   = 8000
  }
}
```

## Good
```hcl
resource "aws_lb" "shop" {
  name         = "shop"
  idle_timeout = 120
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

resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([{
    name    = "shop"
    command = ["gunicorn", "--timeout", "120", "shop.wsgi"]
  }])
}

resource "aws_ecs_service" "shop" {
  name            = "shop"
  task_definition = aws_ecs_task_definition.shop.arn
  load_balancer {
    target_group_arn = aws_lb_target_group.shop.arn
    container_name   = "shop"
    container_port   = 8000
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.timeouts.call import calls_from
from auditor.views.timeouts.work import declared_time


@rule(
    target="aws_lb aws_alb",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["HTTPCode_ELB_504_Count", "504 Gateway Time-?out", "504 Gateway Timeout"],
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for call in calls_from(resource, graph):
        for taker, needs in declared_time(call.callee, graph):
            if needs.seconds > call.waits.seconds:
                message = (
                    f"the load balancer answers 504 after {call.waits.seconds:g} s without a byte ({call.waits.said}), "
                    f"{taker.address.text} may take {needs.seconds:g} s ({needs.said})"
                )
                yield Fail(call.waits.where, message, expected=f"at least {needs.seconds:g}", related=(needs.where,))
                break
