"""A table has a fixed capacity, and nothing raises it.

## Why it matters
With provisioned capacity every request above it is refused (`ProvisionedThroughputExceededException`). A sale or a batch job then fails,
and the SDK's retries make each call slow first.

## Five whys
1. Why do writes fail since noon? The table throttles them.
2. Why? They need more than the provisioned write units.
3. Why are there no more? The capacity is fixed, and no scaling target is registered for it.

## Fix now
`aws dynamodb update-table --table-name T --billing-mode PAY_PER_REQUEST` (once in 24 hours), or register targets and policies for the
table and for every index.

## Workaround
Raise the units now: `aws dynamodb update-table --table-name T --provisioned-throughput ReadCapacityUnits=R,WriteCapacityUnits=W`.

## Prevent
On demand unless the load is flat and known; alarms on `ThrottledRequests`.

## Validate
`aws application-autoscaling describe-scalable-targets --service-namespace dynamodb` lists the table and its indexes.

## Bad
```hcl
resource "aws_dynamodb_table" "orders" { # finding
  name           = "orders"
  hash_key       = "id"
  read_capacity  = 20
  write_capacity = 20
}
```

## Good
```hcl
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  read_capacity  = 20
  write_capacity = 20
}

resource "aws_appautoscaling_target" "writes" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 20
  max_capacity       = 200
}

resource "aws_appautoscaling_policy" "writes" {
  name               = "writes"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.writes.service_namespace
  resource_id        = aws_appautoscaling_target.writes.resource_id
  scalable_dimension = aws_appautoscaling_target.writes.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.dynamodb_table import provisioned, scaled


@rule(
    target="aws_dynamodb_table",
    severity=Severity.LOW,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_16",
    symptoms=["ProvisionedThroughputExceededException", "ThrottlingException.*dynamodb"],
)
def check(table: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if provisioned(table) and not scaled(resource, graph, "table/{}"):
        yield Fail(table, "nothing raises the capacity of the table", expected="PAY_PER_REQUEST, or a scaling target")
