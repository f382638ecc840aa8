"""A deployment may stop every task of a service at once.

## Why it matters
With a minimum of 0 percent ECS may stop all old tasks before a new one is healthy. The load balancer answers 503 until then, and when
the new release does not start, it stays so.

## Five whys
1. Why did the deployment cause 503? There was no healthy task.
2. Why? The old ones were stopped first.
3. Why was that allowed? `deployment_minimum_healthy_percent` is 0.
4. Why? The hosts had no room for old and new tasks together.

## Fix now
`aws ecs update-service --cluster C --service S --deployment-configuration maximumPercent=200,minimumHealthyPercent=100`, after making
room for the additional tasks (capacity provider, more memory).

## Workaround
Deploy at a quiet hour, with `minimumHealthyPercent=50` and at least two tasks.

## Prevent
Use Fargate or a capacity provider with managed scaling, so that room is never the reason.

## Validate
During a deployment the target group's `HealthyHostCount` never falls to zero.

## Bad
```hcl
resource "aws_ecs_service" "web" {
  name                               = "web"
  desired_count                      = 2
  deployment_minimum_healthy_percent = 0 # finding

  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"
    container_name   = "web"
    container_port   = 8080
  }
}
```

## Good
```hcl
resource "aws_ecs_service" "web" {
  name                               = "web"
  desired_count                      = 2
  deployment_minimum_healthy_percent = 100

  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef"
    container_name   = "web"
    container_port   = 8080
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_ecs_service", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(service: Node) -> Iterator[Fail]:
    strategy = service.at("scheduling_strategy")
    if service.at("load_balancer").missing or (strategy.present and strategy.text == "DAEMON"):
        return
    least = service.at("deployment_minimum_healthy_percent")
    if least.present and least.number == 0:
        yield Fail(least, "a deployment may stop every task behind the load balancer at once", expected="50 or more")
