"""A table scales its writes but not its reads, or the reverse.

## Why it matters
Load rises on both sides at the same time. The side that scales hides the problem in tests; the other one throttles at the number that
was written once.

## Five whys
1. Why were reads throttled while the writes were fine? Reads have a fixed capacity.
2. Why? Only one of the two scaling targets exists.
3. Why? The other was left out when the block was copied.

## Fix now
Add the second `aws_appautoscaling_target` and its policy, and apply. Raise the capacity meanwhile: `aws dynamodb update-table
--table-name T --provisioned-throughput ReadCapacityUnits=R,WriteCapacityUnits=W`.

## Workaround
`PAY_PER_REQUEST` scales both; the mode can be changed once a day.

## Prevent
One module that makes both targets, for the table and for each index.

## Validate
`aws application-autoscaling describe-scalable-targets --service-namespace dynamodb --resource-ids table/T --query
'ScalableTargets[].ScalableDimension'` prints two dimensions.

## Bad
```hcl
resource "aws_dynamodb_table" "orders" { # finding
  name           = "orders"
  read_capacity  = 20
  write_capacity = 20
  hash_key       = "id"
}

resource "aws_appautoscaling_target" "writes" {
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 20
  max_capacity       = 400
}
```

## Good
```hcl
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  read_capacity  = 20
  write_capacity = 20
  hash_key       = "id"
}

resource "aws_appautoscaling_target" "writes" {
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 20
  max_capacity       = 400
}

resource "aws_appautoscaling_target" "reads" {
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  min_capacity       = 20
  max_capacity       = 400
}

resource "aws_dynamodb_table" "fixed" { # neither does: another rule's
  name           = "fixed"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "id"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.dynamodb_table import DIMENSIONS, may_be_scaled, provisioned, scaling_target


@rule(
    target="aws_dynamodb_table",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
    symptoms=("ProvisionedThroughputExceededException",),
)
def check(table: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not provisioned(table):
        return
    found = {name: scaling_target(resource, graph, dimension) for name, dimension in DIMENSIONS.items()}
    scaling = [target for target in found.values() if target is not None]
    if len(scaling) == 1:
        if may_be_scaled(graph):
            raise undecided(table, "it is not known what some of the scaling targets scale")
        fixed = next(name for name, target in found.items() if target is None)
        message = f"{scaling[0].address.text} scales one direction, {fixed} stays at {table.at(fixed).text or 'its number'}"
        yield Fail(table, message, expected="a target for the other", related=(scaling[0].body,))
