"""A PostgreSQL database does not log statements.

## Why it matters
Without `log_statement` and `log_min_duration_statement` the log holds errors only: neither the change of a schema nor the query of 40
seconds is found in it afterwards.

## Five whys
1. Why can nobody say which query was slow at 2:00? The log does not show it.
2. Why not? The parameter group sets neither `log_statement` nor `log_min_duration_statement`.
3. Why? The default group logs no statements, and cannot be changed.

## Fix now
In the parameter group: `log_statement = ddl` and `log_min_duration_statement = 1000` (milliseconds), both dynamic:
`aws rds modify-db-parameter-group --db-parameter-group-name G --parameters
ParameterName=log_min_duration_statement,ParameterValue=1000,ApplyMethod=immediate`. An instance with the default group needs a group of
its own first, and a restart.

## Workaround
`SELECT query, mean_exec_time FROM pg_stat_statements ORDER BY 2 DESC LIMIT 20`, or Performance Insights.

## Prevent
A parameter group of its own for every database, with these two. `log_statement = all` writes data and passwords into the log: keep to
`ddl`.

## Validate
`SHOW log_min_duration_statement;` prints `1s`.

## Bad
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name  = "log_statement"
    value = "ddl"
  }
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.m6g.large"
  parameter_group_name = aws_db_parameter_group.orders.name # finding
}
```

## Good
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name  = "log_statement"
    value = "ddl"
  }
  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.m6g.large"
  parameter_group_name = aws_db_parameter_group.orders.name
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database

NEEDED = ("log_statement", "log_min_duration_statement")


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_27 CKV2_AWS_30",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    database = Database(resource, graph)
    if database.engine != "postgres" or database.replica or (resource.kind == "aws_db_instance" and database.aurora):
        return
    lacking = [name for name in NEEDED if database.parameter(name) is None]
    if lacking:
        path = "parameter_group_name" if resource.kind == "aws_db_instance" else "db_cluster_parameter_group_name"
        yield Fail(body.at(path), f"the parameters do not set {' and '.join(lacking)}", expected="statements in the log")
