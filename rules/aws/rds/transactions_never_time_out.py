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
The parameter in the module's group; longer only for the role of the batch jobs: `ALTER ROLE batch SET …`. The options `seconds` (an hour,
our proposal) and `idle_seconds` (MySQL's and MariaDB's `wait_timeout`, whose default is 28,800) say how long is too long.

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

```hcl
resource "aws_db_parameter_group" "shop" {
  family = "mysql8.0"
  parameter {
    name  = "wait_timeout"
    value = "86400" # finding
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

resource "aws_db_parameter_group" "shop" {
  family = "mysql8.0"
  parameter {
    name  = "wait_timeout"
    value = "600"
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.database import parameter

HOUR = 3600


@rule(
    target="aws_db_parameter_group aws_rds_cluster_parameter_group",
    severity=Severity.MEDIUM,
    options={"seconds": HOUR, "idle_seconds": 8 * HOUR},
    symptoms=["idle in transaction", "canceling statement due to lock timeout"],
)
def check(_: Node, resource: Resource, options: Mapping[str, Any]) -> Iterator[Fail]:
    timeout = parameter(resource, "idle_in_transaction_session_timeout")
    if timeout is not None and timeout.number == 0:
        yield Fail(timeout, "sessions may hold a transaction open for ever", expected="milliseconds")
    elif timeout is not None and timeout.number is not None and timeout.number > options["seconds"] * 1000:
        message = f"sessions may hold a transaction open for {timeout.number / 1000 / HOUR:.3g} hours"
        yield Fail(timeout, message, expected=f"at most {options['seconds'] * 1000}")
    for name in ("wait_timeout", "interactive_timeout"):
        idle = parameter(resource, name)
        if idle is not None and idle.number is not None and idle.number > options["idle_seconds"]:
            message = f"a client that is gone keeps its connection for {idle.number / HOUR:.3g} hours"
            yield Fail(idle, message, expected=f"at most {options['idle_seconds']}")
