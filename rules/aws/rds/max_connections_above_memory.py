"""A database is allowed more connections than its memory carries.

## Why it matters
Each connection takes 5 to 10 MB and more when it works. A number far above what RDS derives from the memory ends in swap, then in the
kernel's killing the server, at the worst moment: when many clients come at once. RDS may also put the instance into
`incompatible-parameters`.

## Five whys
1. Why was the database killed during the sale? It ran out of memory.
2. Why? Far more connections were open than it can carry.
3. Why did it take them? `max_connections` was raised when clients got `too many clients already`.
4. Why were there so many? Each function instance opens its own.

## Fix now
Put RDS Proxy or PgBouncer before the database, and set the parameter back (delete it: `aws rds reset-db-parameter-group
--db-parameter-group-name G --parameters ParameterName=max_connections,ApplyMethod=pending-reboot`); a reboot is needed.

## Workaround
A larger class: twice the memory, twice the default.

## Prevent
Sum the pools of all clients at their largest scale and compare it with the default of the class; alarm on `DatabaseConnections` at 80 %.

## Validate
`SHOW max_connections;` and `FreeableMemory` stays above a fifth of the memory at peak.

## Bad
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name         = "max_connections"
    value        = "5000" # finding
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.t4g.medium"
  parameter_group_name = aws_db_parameter_group.orders.name
}
```

## Good
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name         = "max_connections"
    value        = "400"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.t4g.medium"
  parameter_group_name = aws_db_parameter_group.orders.name
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database, instance_memory

BYTES_PER_CONNECTION = {"postgres": 9531392, "mysql": 12582880, "mariadb": 12582880}
"""The divisors of the formulas in RDS's default parameter groups."""
MOST = {"postgres": 5000}


@rule(
    target="aws_db_instance",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"times": 1.5},
    symptoms=["incompatible-parameters", "Out of memory: Killed process", "server process .* was terminated by signal 9"],
)
def check(body: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    database = Database(resource, graph)
    per_connection = BYTES_PER_CONNECTION.get(database.engine)
    if per_connection is None or database.aurora:
        return
    allowed, memory = database.parameter("max_connections"), instance_memory(body.at("instance_class").text or "")
    if allowed is None or memory is None or allowed.number is None:
        return
    usual = min(memory // per_connection, MOST.get(database.engine, 16000))
    if allowed.number > usual * options["times"]:
        message = f"{allowed.text} connections are allowed, and the memory of {body.at('instance_class').text} carries about {usual}"
        yield Fail(allowed, message, expected=f"about {usual}")
