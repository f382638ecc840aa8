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
The option `times` (1.5, our proposal) says how far above the default of the class a parameter may be; the defaults are those of the RDS and
Aurora guides.

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
from auditor.views.connections.limit import default_limit, limit_of, memory_of
from auditor.views.database import CLUSTER, Database


@rule(
    target="aws_db_instance aws_rds_cluster_instance",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"times": 1.5},
    symptoms=["incompatible-parameters", "Out of memory: Killed process", "server process .* was terminated by signal 9"],
)
def check(body: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    clusters = graph.targets(body.at("cluster_identifier"), CLUSTER)
    if not any(Database(it, graph).parameter("max_connections") for it in (resource, *clusters)):
        return
    limit = limit_of(resource, graph)
    if limit is None or not limit.written:
        return
    owner = Database(clusters[0] if clusters and body.at("engine").missing else resource, graph)
    memory, place, said = memory_of(resource, graph)
    usual = default_limit(owner.engine, memory, aurora=owner.aurora, version=body.at("engine_version").text or "")
    if usual is not None and limit.connections > usual * options["times"]:
        message = f"{limit.connections} connections are allowed ({limit.said}), {said} carry about {usual}"
        yield Fail(limit.where, message, expected=f"about {usual}", related=(place,))
