"""A client connects to a database past its proxy.

## Why it matters
The proxy holds the number of connections down and carries clients over a failover. Whoever connects past it, a function with a connection
of its own for each instance above all, brings back what the proxy was made for: `remaining connection slots are reserved`.

## Five whys
1. Why does the database run out of connections, though there is a proxy? A function does not use it.
2. Why not? Its environment holds the endpoint of the database.
3. Why? The proxy was added later, and this variable was not changed.

## Fix now
Give the client `aws_db_proxy.NAME.endpoint`, with the same port and user; its security group needs a way to the proxy's.

## Workaround
Cap the function: `aws lambda put-function-concurrency --function-name F --reserved-concurrent-executions 20`.

## Prevent
Let the module for the database output the proxy's endpoint, once there is one.

## Validate
`SELECT client_addr, count(*) FROM pg_stat_activity GROUP BY 1` shows the proxy's addresses only.

## Bad
```hcl
resource "aws_db_instance" "orders" { # finding
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m6g.large"
}

resource "aws_db_proxy_target" "orders" {
  db_proxy_name          = "orders"
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.orders.identifier
}

resource "aws_lambda_function" "checkout" {
  function_name = "checkout"
  role          = "arn:aws:iam::111122223333:role/checkout"
  environment {
    variables = { DB_HOST = aws_db_instance.orders.address }
  }
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m6g.large"
}

resource "aws_db_proxy" "orders" {
  name           = "orders"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
}

resource "aws_db_proxy_target" "orders" {
  db_proxy_name          = aws_db_proxy.orders.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.orders.identifier
}

resource "aws_lambda_function" "checkout" {
  function_name = "checkout"
  role          = "arn:aws:iam::111122223333:role/checkout"
  environment {
    variables = { DB_HOST = aws_db_proxy.orders.endpoint }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.endpoint import holders

CLIENTS = ("aws_lambda_function", "aws_ecs_task_definition", "aws_apprunner_service", "aws_batch_job_definition")
ENDPOINTS = ("address", "endpoint", "reader_endpoint")
TARGETS = {"aws_db_instance": "db_instance_identifier", "aws_rds_cluster": "db_cluster_identifier"}


@rule(
    target=" ".join(TARGETS),
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["remaining connection slots are reserved", "Too many connections", "sorry, too many clients already"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.of("aws_db_proxy_target") or not graph.attached(resource, TARGETS[resource.kind], "aws_db_proxy_target"):
        return
    for client, _ in holders(resource, graph, *ENDPOINTS):
        if client.kind in CLIENTS:
            message = f"{client.address.text} connects past the proxy"
            yield Fail(body, message, expected="the endpoint of the proxy", related=(client.body,))
