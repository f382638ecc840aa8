"""With pools of usual size, clients open more connections than a database allows.

## Why it matters
Nothing here says how large the pools are, so the libraries decide: HikariCP and node-postgres keep 10 connections, SQLAlchemy 5 and 10 more
when needed, in each process of each replica. At the largest scale that is more than the database allows, and clients are refused.

## Five whys
1. Why was the database full? Every replica held ten connections.
2. Why ten? That is what the library does by itself; nobody chose it.
3. Why was it no problem last year? There were four replicas then, and the maximum was raised since.

## Fix now
Set the pool in the environment, so that it can be seen and summed: `DB_POOL_SIZE`, `HIKARI_MAXIMUM_POOL_SIZE`, `?pool_size=` or
`?connection_limit=` in the URL, whatever the library reads.

## Workaround
`ALTER ROLE app CONNECTION LIMIT n;` keeps one service from taking everything.

## Prevent
No service without a pool size in its configuration. If your libraries have another default, set the option `assumed_pool` of this rule.

## Validate
`SELECT client_addr, count(*) FROM pg_stat_activity GROUP BY 1;` shows how many connections one replica really holds.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "mysql"
  instance_class = "db.t3.small" # finding
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name        = "api"
    environment = [{ name = "DB_HOST", value = aws_db_instance.orders.address }]
  }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 20
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "mysql"
  instance_class = "db.t3.small"
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name = "api"
    environment = [
      { name = "DB_HOST", value = aws_db_instance.orders.address },
      { name = "DB_MAX_CONNECTIONS", value = "5" },
    ]
  }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 20
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.budget import budgets_of


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    options={"assumed_pool": 10, "reserved": 10},
    symptoms=["sorry, too many clients already", "Too many connections"],
)
def check(_: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    """`assumed_pool`: the default of HikariCP and node-postgres."""
    pool, reserved = options["assumed_pool"], options["reserved"]
    for budget in budgets_of(resource, graph):
        total, most = budget.total(pool=pool) + reserved, budget.limit.connections
        if total <= most:
            budget.decided()
        elif budget.total() + reserved <= most:
            message = (
                f"clients open {total} connections if a pool without a size has {pool}, the database allows {most} "
                f"({budget.limit.said}): {budget.said(reserved=reserved, pool=pool)}"
            )
            yield Fail(budget.limit.where, message, expected=f"at most {most}, and pools with a size", related=budget.places)
