"""The pools of all clients hold more connections than the database allows.

## Why it matters
As long as traffic is low nobody notices: pools open connections only when they need them. At the peak, when every service has scaled out,
the database refuses the rest: `FATAL: sorry, too many clients already`, or `Too many connections`. Whoever comes next is refused too,
health checks and the engineer's own session among them, and new tasks that scaling adds make it worse.

## Five whys
1. Why did checkout fail at the peak? It got no connection to the database.
2. Why not? All connections that the database allows were open.
3. Why so many? Replicas x processes x pool of all services together are more than `max_connections`.
4. Why did nobody see it? Each service's pool is small, and no place holds the sum.
5. Why does it only break at the peak? The maximum of the autoscaler, not the usual count, goes into the sum.

## Fix now
See who holds them (`SELECT usename, client_addr, state, count(*) FROM pg_stat_activity GROUP BY 1, 2, 3 ORDER BY 4 DESC;`), end idle ones
(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle' AND state_change < now() - interval '5 min';`), and cap the
largest client: `aws application-autoscaling register-scalable-target --service-namespace ecs --resource-id service/C/S
--scalable-dimension ecs:service:DesiredCount --max-capacity N`.

## Workaround
A larger class carries more connections (twice the memory, twice the default), at the price of a restart.

## Prevent
Divide `max_connections` among the clients and compute each pool from it: `pool = budget / (max_replicas x processes)`. Put RDS Proxy or
PgBouncer between, where the sum cannot fit.

## Validate
`SHOW max_connections;` beside the sum in the message; `DatabaseConnections` stays below 80 % of it in a load test at full scale.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.medium" # finding
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name = "api"
    environment = [
      { name = "DB_HOST", value = aws_db_instance.orders.address },
      { name = "DB_POOL_SIZE", value = "20" },
    ]
  }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 4
}

resource "aws_appautoscaling_target" "api" {
  service_namespace  = "ecs"
  resource_id        = "service/main/${aws_ecs_service.api.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 4
  max_capacity       = 30
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name = "api"
    environment = [
      { name = "DB_HOST", value = aws_db_instance.orders.address },
      { name = "DB_POOL_SIZE", value = "10" },
    ]
  }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 4
}

resource "aws_appautoscaling_target" "api" {
  service_namespace  = "ecs"
  resource_id        = "service/main/${aws_ecs_service.api.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 4
  max_capacity       = 30
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.budget import budgets_of
from auditor.views.connections.single import alone_above


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.CRITICAL,
    confidence=Confidence.FIRM,
    options={"reserved": 10},
    symptoms=["sorry, too many clients already", "remaining connection slots are reserved", "Too many connections"],
)
def check(_: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    for budget in budgets_of(resource, graph):
        total, most = budget.total() + options["reserved"], budget.limit.connections
        if total <= most:
            budget.decided()
        elif not any(alone_above(share, budget.limit) for share in budget.shares):
            sum_of = budget.said(reserved=options["reserved"])
            message = f"clients may open {total} connections, the database allows {most} ({budget.limit.said}): {sum_of}"
            yield Fail(budget.limit.where, message, expected=f"at most {most}", related=budget.places)
