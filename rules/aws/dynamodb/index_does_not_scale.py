"""An index of a table has a fixed capacity, while the table scales.

## Why it matters
A write to the table is a write to each of its indexes. An index that cannot take it throttles the write to the table, however much capacity
that one has: the table scales up, and the errors stay.

## Five whys
1. Why are writes throttled, though the table is at 30 %? An index is at its limit.
2. Why does that stop writes to the table? DynamoDB waits for its indexes.
3. Why does the index not scale? Its scaling target was forgotten: each index needs one of its own.

## Fix now
Register a target and a policy with `resource_id = "table/T/index/I"` and the dimensions `dynamodb:index:WriteCapacityUnits` and
`dynamodb:index:ReadCapacityUnits`, or switch the table to `PAY_PER_REQUEST`.

## Workaround
`aws dynamodb update-table --table-name T --global-secondary-index-updates
'[{"Update":{"IndexName":"I","ProvisionedThroughput":{"ReadCapacityUnits":R,"WriteCapacityUnits":W}}}]'`.

## Prevent
`for_each` over the indexes in the module that registers targets.

## Validate
`aws application-autoscaling describe-scalable-targets --service-namespace dynamodb --resource-ids table/T/index/I` is not empty.

## Bad
```hcl
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  read_capacity  = 20
  write_capacity = 20
  global_secondary_index { # finding
    name            = "by-customer"
    hash_key        = "customer"
    projection_type = "ALL"
    read_capacity   = 5
    write_capacity  = 5
  }
}

resource "aws_appautoscaling_target" "writes" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 20
  max_capacity       = 200
}
```

## Good
```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  global_secondary_index {
    name            = "by-customer"
    hash_key        = "customer"
    projection_type = "ALL"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.dynamodb_table import provisioned, scaled


@rule(
    target="aws_dynamodb_table",
    severity=Severity.MEDIUM,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
    symptoms=["ProvisionedThroughputExceededException"],
)
def check(table: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not provisioned(table) or not scaled(resource, graph, "table/{}"):
        return
    for index in table.each("global_secondary_index"):
        name = index.at("name").text
        if not scaled(resource, graph, f"table/{{}}/index/{name}"):
            yield Fail(index, f"the table scales, its index {name} does not", expected="a scaling target for the index")
