"""No deployment of a service can ever begin.

## Why it matters
A rolling deployment needs room: either one task more than wanted, or one less. When the percentages allow neither, ECS neither starts a
new task nor stops an old one; the deployment stands at `IN_PROGRESS` and the old code runs on.

## Five whys
1. Why does the new release never appear? ECS starts no new task.
2. Why not? The maximum is reached already, and no task may be stopped.
3. Why? Maximum and minimum percent are both 100, with so few tasks that rounding leaves no room.
4. Why were they set so? The host had no memory for a second task.

## Fix now
`aws ecs update-service --cluster C --service S --deployment-configuration maximumPercent=200,minimumHealthyPercent=100`; the waiting
deployment goes on at once. On EC2 there must be room for one more task.

## Workaround
For a singleton that must not run twice: maximum 100 and minimum 0, which means a short gap at each deployment.

## Prevent
Keep the defaults, 100 and 200, in the module.

## Validate
`aws ecs describe-services --cluster C --services S --query 'services[].deployments[].[status,rolloutState]'` ends with one PRIMARY that
is COMPLETED.

## Bad
```hcl
resource "aws_ecs_service" "web" {
  name                               = "web"
  desired_count                      = 1
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 100 # finding
}
```

## Good
```hcl
resource "aws_ecs_service" "web" {
  name                               = "web"
  desired_count                      = 1
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(
    target="aws_ecs_service",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["was unable to place a task because .*deployment configuration"],
)
def check(service: Node) -> Iterator[Fail]:
    kind, strategy = service.at("deployment_controller.type"), service.at("scheduling_strategy")
    if (kind.present and kind.text != "ECS") or (strategy.present and strategy.text == "DAEMON"):
        return
    most, least, desired = (
        service.at(name) for name in ("deployment_maximum_percent", "deployment_minimum_healthy_percent", "desired_count")
    )
    count = desired.number if desired.present else None
    if not count or count < 1:
        return
    upper = count * ((most.number or 0) if most.present else 200) // 100
    lower = -(-count * ((least.number or 0) if least.present else 100) // 100)
    if upper - lower < 1:
        message = f"with {count:g} tasks no deployment can begin: at most {upper:g} may run and at least {lower:g} must"
        yield Fail(most if most.present else least, message, expected="100 and 200 percent")
