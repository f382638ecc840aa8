"""A deployment that never becomes healthy is not rolled back.

## Why it matters
ECS starts the new tasks, they die, it starts them again, for hours. The old tasks stay only as far as
`deployment_minimum_healthy_percent` keeps them; capacity shrinks, and the pipeline waits or reports success.

## Five whys
1. Why did the broken release keep restarting all night? ECS never gave up.
2. Why not? The service has no deployment circuit breaker.
3. Why? It is off by default.

## Fix now
Go back by hand now: `aws ecs update-service --cluster C --service S --task-definition FAMILY:PREVIOUS`. Then `aws ecs update-service
--cluster C --service S --deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true}'`.

## Workaround
Let the pipeline wait with `aws ecs wait services-stable` and roll back itself when that fails.

## Prevent
The circuit breaker with rollback in the module; add `alarms` of the error rate, which notice what starts but answers errors.

## Validate
`aws ecs describe-services --cluster C --services S --query 'services[].deploymentConfiguration.deploymentCircuitBreaker'` shows two
times true.

## Bad
```hcl
resource "aws_ecs_service" "web" { # finding
  name          = "web"
  desired_count = 3
}
```

## Good
```hcl
resource "aws_ecs_service" "web" {
  name          = "web"
  desired_count = 3

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import every


@rule(target="aws_ecs_service", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(service: Node) -> Iterator[Fail]:
    controller, breaker = service.at("deployment_controller.type"), service.at("deployment_circuit_breaker")
    if controller.present and controller.text != "ECS":
        return
    if breaker.missing:
        yield Fail(breaker, "a deployment that never becomes healthy goes on for ever", expected="a circuit breaker with rollback")
    elif not every(lambda: breaker.at("enable").flag is True, lambda: breaker.at("rollback").flag is True):
        name = "enable" if breaker.at("enable").flag is not True else "rollback"
        yield Fail(breaker.at(name), "a deployment that never becomes healthy is not rolled back", expected="enable and rollback true")
