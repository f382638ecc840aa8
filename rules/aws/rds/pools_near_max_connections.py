"""The pools of all clients leave a database almost no free connection.

## Why it matters
The sum fits, but only just: an engineer with `psql`, a migration, a cron job or one more replica is enough to get refused. The formula of
RDS also starts from a little less memory than the class has by name, so the true limit lies below the nominal one.

## Five whys
1. Why did the migration fail with `too many clients`? The services held nine of ten connections.
2. Why so many? They were at the maximum of their autoscaler, each with its full pool.
3. Why was there no reserve? The pools were made to fit exactly, and nobody counted the sessions of people and jobs.

## Fix now
Lower the pool of the largest client in the message by a third; pools are rarely full, and a request waits a few milliseconds for a free
connection rather than failing.

## Workaround
Keep room for administrators: `rds.rds_superuser_reserved_connections` (PostgreSQL 16) or a user with `CONNECTION LIMIT` for each service.

## Prevent
A budget in one place (a `locals` block with the share of each service), and pools computed from it.

## Validate
At full scale, `SELECT count(*) FROM pg_stat_activity;` stays below the share that the option `share` allows (0.9 by default).

## Bad
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name         = "max_connections"
    value        = "200" # finding
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "orders" {
  identifier           = "orders"
  engine               = "postgres"
  instance_class       = "db.m6g.large"
  parameter_group_name = aws_db_parameter_group.orders.name
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name        = "api"
    command     = ["gunicorn", "-w", "2", "app:app"]
    environment = [{ name = "DATABASE_URL", value = "postgresql://app@${aws_db_instance.orders.endpoint}/orders?pool_size=9" }]
  }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 10
}
```

## Good
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name         = "max_connections"
    value        = "200"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "orders" {
  identifier           = "orders"
  engine               = "postgres"
  instance_class       = "db.m6g.large"
  parameter_group_name = aws_db_parameter_group.orders.name
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name        = "api"
    command     = ["gunicorn", "-w", "2", "app:app"]
    environment = [{ name = "DATABASE_URL", value = "postgresql://app@${aws_db_instance.orders.endpoint}/orders?pool_size=8" }]
  }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 10
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.budget import budgets_of


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"share": 0.9, "usable_memory": 0.95, "reserved": 10},
    symptoms=["remaining connection slots are reserved", "Too many connections"],
)
def check(_: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    """`share`: our proposal; `usable_memory`: 1,300 connections of MySQL on 16 GiB as RDS counts them, against 1,365 by name."""
    for budget in budgets_of(resource, graph):
        most = budget.limit.connections
        usable = most if budget.limit.written else int(most * options["usable_memory"])
        total, room = budget.total() + options["reserved"], int(usable * options["share"])
        if total <= room:
            budget.decided()
        elif total <= most:
            sum_of = budget.said(reserved=options["reserved"])
            message = f"clients may open {total} of about {usable} connections ({budget.limit.said}): {sum_of}"
            yield Fail(budget.limit.where, message, expected=f"at most {room}", related=budget.places)
