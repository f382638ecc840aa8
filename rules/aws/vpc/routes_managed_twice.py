"""Inline routes and separate route resources manage the same route table.

## Why it matters
Inline blocks mean "these routes and no others". Terraform removes the routes that separate resources add, and on the next apply those
come back: every second apply cuts a network off, and the plan never comes out empty.

## Five whys
1. Why was the other VPC unreachable after a deployment that changed nothing? Its route was gone.
2. Why? The apply removed it as an unexpected route of the table.
3. Why was it unexpected? The table lists its routes inline, and this one is an `aws_route`.
4. Why both? The table came from the VPC module, the route from the one that makes peering connections.

## Fix now
Apply once more to bring the routes back. Then turn each inline block into an `aws_route` and import it: `terraform import aws_route.out
rtb-…_0.0.0.0/0`.

## Workaround
`lifecycle { ignore_changes = [route] }` on the table.

## Prevent
Separate `aws_route` resources only; tables are shared by modules sooner or later.

## Validate
Two runs of `terraform plan` after an apply both say "No changes".

## Bad
```hcl
resource "aws_route_table" "app" {
  vpc_id = "vpc-0123456789abcdef0"

  route { # finding
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0123456789abcdef0"
  }
}

resource "aws_route" "data" {
  route_table_id            = aws_route_table.app.id
  destination_cidr_block    = "10.1.0.0/16"
  vpc_peering_connection_id = "pcx-0123456789abcdef0"
}
```

## Good
```hcl
resource "aws_route_table" "app" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_route" "data" {
  route_table_id            = aws_route_table.app.id
  destination_cidr_block    = "10.1.0.0/16"
  vpc_peering_connection_id = "pcx-0123456789abcdef0"
}

resource "aws_route_table" "shared" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0123456789abcdef0"
  }

  lifecycle {
    ignore_changes = [route]
  }
}

resource "aws_route" "more" {
  route_table_id            = aws_route_table.shared.id
  destination_cidr_block    = "10.1.0.0/16"
  vpc_peering_connection_id = "pcx-0123456789abcdef0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import exists
from auditor.views.routes import TABLES


@rule(target=" ".join(TABLES), severity=Severity.MEDIUM, facets=(Facet.WRITTEN,))
def check(table: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    inline = [block for block in table.each("route") if not block.unknown]
    if not inline or {"route", "all"} & set(resource.ignored):
        return
    for other in graph.attached(resource, "route_table_id", "aws_route"):
        if exists(other):
            message = f"the inline routes fight with {other.address.text}"
            yield Fail(inline[0], message, expected="one style for all routes of the table", related=(other.body,))
            return
