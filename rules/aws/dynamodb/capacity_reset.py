"""Each apply sets the capacity of a scaled table back to a fixed number.

## Why it matters
Application Auto Scaling raises the capacity, and the next `terraform apply` lowers it again, in the middle of the peak: requests are
throttled until the alarms have rung once more. A table may be lowered only a few times a day, so that the way back may be blocked as
well.

## Five whys
1. Why were writes throttled right after the deployment? The capacity fell from 400 to 20.
2. Why? The code says 20, and the apply set it.
3. Why, since the table scales? `write_capacity` is not among the attributes that Terraform leaves alone.

## Fix now
`lifecycle { ignore_changes = [read_capacity, write_capacity] }` on the table. Raise the capacity at once: `aws dynamodb update-table
--table-name T --provisioned-throughput ReadCapacityUnits=400,WriteCapacityUnits=400`.

## Workaround
`-target` around the table until the line is in.

## Prevent
The block in the module, next to the scaling targets; or `PAY_PER_REQUEST`.

## Validate
`terraform plan` after a peak says "No changes".

## Bad
```hcl
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  billing_mode   = "PROVISIONED"
  read_capacity  = 20
  write_capacity = 20 # finding
  hash_key       = "id"
}

resource "aws_appautoscaling_target" "writes" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 20
  max_capacity       = 400
}
```

## Good
```hcl
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  billing_mode   = "PROVISIONED"
  read_capacity  = 20
  write_capacity = 20
  hash_key       = "id"

  lifecycle {
    ignore_changes = [write_capacity]
  }
}

resource "aws_appautoscaling_target" "writes" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 20
  max_capacity       = 400
}

resource "aws_dynamodb_table" "fixed" {
  name           = "fixed"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "id"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.dynamodb_table import DIMENSIONS, provisioned, scaling_target


@rule(target="aws_dynamodb_table", severity=Severity.HIGH, facets=(Facet.WRITTEN,))
def check(table: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not provisioned(table) or "all" in resource.ignored:
        return
    for name, dimension in DIMENSIONS.items():
        capacity = table.at(name)
        target = scaling_target(resource, graph, dimension) if capacity.present and name not in resource.ignored else None
        if target is not None:
            message = f"each apply sets {name} back to {capacity.text}, against {target.address.text}"
            yield Fail(capacity, message, expected=f"ignore_changes = [{name}]", related=(target.body,))
