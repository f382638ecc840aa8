"""A proxy lets its clients wait longer for a connection than they live.

## Why it matters
When the database is full, RDS Proxy lets a client wait up to `connection_borrow_timeout`, two minutes by default, and then says why. A
function that may run 30 seconds is killed before: its log says `Task timed out`, the cause never shows up, and each killed function
leaves its place in the queue to the next one.

## Five whys
1. Why does the function time out? It waits for a connection from the proxy.
2. Why does nobody see that? It is killed before the proxy would answer with an error.
3. Why? The proxy lets it wait for 120 seconds, the function has 30.
4. Why is that so? The borrow timeout was left at its default.

## Fix now
`aws rds modify-db-proxy-target-group --db-proxy-name P --target-group-name default --connection-pool-config ConnectionBorrowTimeout=10`:
less than half of the shortest caller's time.

## Workaround
A connect timeout in the driver (`connect_timeout=5`) makes the function fail with a message of its own.

## Prevent
Set the borrow timeout with the proxy, from the shortest timeout of its callers.

## Validate
Under load the log says `Timed-out waiting to acquire database connection`, and not `Task timed out`.

## Bad
```hcl
resource "aws_db_proxy" "orders" {
  name           = "orders"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
}

resource "aws_db_proxy_default_target_group" "orders" { # finding
  db_proxy_name = aws_db_proxy.orders.name
}

resource "aws_lambda_function" "checkout" {
  function_name = "checkout"
  role          = "arn:aws:iam::111122223333:role/checkout"
  timeout       = 30
  environment {
    variables = { DB_HOST = aws_db_proxy.orders.endpoint }
  }
}
```

## Good
```hcl
resource "aws_db_proxy" "orders" {
  name           = "orders"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
}

resource "aws_db_proxy_default_target_group" "orders" {
  db_proxy_name = aws_db_proxy.orders.name
  connection_pool_config {
    connection_borrow_timeout = 10
  }
}

resource "aws_lambda_function" "checkout" {
  function_name = "checkout"
  role          = "arn:aws:iam::111122223333:role/checkout"
  timeout       = 30
  environment {
    variables = { DB_HOST = aws_db_proxy.orders.endpoint }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.proxy import borrow_timeout
from auditor.views.timeouts.ladder import ladders_to


@rule(
    target="aws_db_proxy",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["Timed-out waiting to acquire database connection", "Task timed out after"],
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    ladders = ladders_to(resource, graph)
    if not ladders:
        return
    shortest = min(ladders, key=lambda it: it.shortest.waits.seconds)
    first = shortest.shortest
    seconds, where = borrow_timeout(resource, graph)
    if seconds >= first.waits.seconds:
        message = (
            f"a client waits up to {seconds:g} s for a connection, and {first.caller.address.text} gives up after "
            f"{first.waits.seconds:g} s ({first.waits.said}): {shortest.said()}"
        )
        yield Fail(where, message, expected=f"at most {first.waits.seconds / 2:g}", related=tuple(it.waits.where for it in shortest.steps))
