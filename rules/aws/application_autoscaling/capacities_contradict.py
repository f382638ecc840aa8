"""A scalable target's minimum is above its maximum.

## Why it matters
AWS refuses it (`Maximum capacity cannot be less than minimum capacity`), so the apply fails, most likely while somebody raises the size
in a hurry.

## Five whys
1. Why did raising the size fail? AWS refused the scalable target.
2. Why? Its minimum was raised above its maximum.
3. Why? The two numbers come from different variables.

## Fix now
Raise `max_capacity` as well and apply. At once: `aws application-autoscaling register-scalable-target … --min-capacity 6 --max-capacity
12`.

## Workaround
None needed.

## Prevent
A `precondition` in the module: `var.max_capacity >= var.min_capacity`.

## Validate
`terraform apply` goes through.

## Bad
```hcl
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/web"
  min_capacity       = 6 # finding
  max_capacity       = 4
}
```

## Good
```hcl
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/web"
  min_capacity       = 6
  max_capacity       = 12
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(
    target="aws_appautoscaling_target",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=(r"[Mm]aximum capacity cannot be less than minimum capacity",),
)
def check(target: Node) -> Iterator[Fail]:
    least, most = target.at("min_capacity"), target.at("max_capacity")
    if least.number is not None and most.number is not None and least.number > most.number:
        yield Fail(least, f"the minimum of {least.number:g} is above the maximum of {most.number:g}", expected=f"at most {most.number:g}")
