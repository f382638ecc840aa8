"""A table's capacity may grow to less than twice its normal one.

## Why it matters
Auto scaling follows the load only up to `max_capacity`. At less than twice the normal capacity an ordinary peak reaches it, and
everything above is throttled although the table "scales".

## Five whys
1. Why were requests throttled, with auto scaling on? The capacity was at its maximum.
2. Why is the maximum so low? It was set a little above the capacity of that day.
3. Why? To bound the bill; the minimum grew since, and the maximum did not.

## Fix now
`aws application-autoscaling register-scalable-target --service-namespace dynamodb --resource-id table/T --scalable-dimension
dynamodb:table:WriteCapacityUnits --max-capacity N`, and the same in the code. Unused capacity below the maximum costs nothing.

## Workaround
`PAY_PER_REQUEST` until the load is known.

## Prevent
A maximum of at least twice the minimum (the option `times`, 2, our proposal), better ten times, and an alarm on the bill instead.

## Validate
`ProvisionedWriteCapacityUnits` stays below the maximum in CloudWatch through a month of peaks.

## Bad
```hcl
resource "aws_appautoscaling_target" "writes" {
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 100
  max_capacity       = 150 # finding
}
```

## Good
```hcl
resource "aws_appautoscaling_target" "writes" {
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 100
  max_capacity       = 200
}

resource "aws_appautoscaling_target" "service" {
  service_namespace  = "ecs"
  resource_id        = "service/prod/web"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 4
  max_capacity       = 6
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_appautoscaling_target", severity=Severity.LOW, confidence=Confidence.LIKELY, options={"times": 2})
def check(target: Node, options: Mapping[str, Any]) -> Iterator[Fail]:
    least, most = target.at("min_capacity").number, target.at("max_capacity")
    if target.at("service_namespace").text != "dynamodb" or least is None or most.number is None or least >= most.number:
        return
    if most.number < options["times"] * least:
        message = f"the capacity may grow from {least:g} to {most.number:g}, {most.number / least:.2g} times"
        yield Fail(most, message, expected=f"at least {options['times'] * least:g}", related=(target.at("min_capacity"),))
