"""Sessions may hold a transaction open for ever.

## Why it matters
A session that sits `idle in transaction` keeps its locks, keeps vacuum from cleaning, and keeps a connection. A few of them behind a
crashed client block deployments and fill `max_connections`.

## Five whys
1. Why does the migration wait for a lock for an hour? A session holds one and does nothing.
2. Why is it still there? Its client is gone, and the server waits for it.
3. Why for so long? `idle_in_transaction_session_timeout` is 0 in the parameter group.

## Fix now
Set it to 60000 (milliseconds), dynamic: `aws rds modify-db-parameter-group --db-parameter-group-name G --parameters
ParameterName=idle_in_transaction_session_timeout,ParameterValue=60000,ApplyMethod=immediate`.

## Workaround
`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND now() - state_change > '5 min'`.

## Prevent
The parameter in the module's group; longer only for the role of the batch jobs: `ALTER ROLE batch SET …`.

## Validate
`SHOW idle_in_transaction_session_timeout;` prints `1min`.

## Bad
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name  = "idle_in_transaction_session_timeout"
    value = "0" # finding
  }
}
```

## Good
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name  = "idle_in_transaction_session_timeout"
    value = "60000"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.database import parameter


@rule(
    target="aws_db_parameter_group aws_rds_cluster_parameter_group",
    severity=Severity.MEDIUM,
    symptoms=["idle in transaction", "canceling statement due to lock timeout"],
)
def check(_: Node, resource: Resource) -> Iterator[Fail]:
    timeout = parameter(resource, "idle_in_transaction_session_timeout")
    if timeout is not None and timeout.number == 0:
        yield Fail(timeout, "sessions may hold a transaction open for ever", expected="milliseconds")
