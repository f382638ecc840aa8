"""A function may run more often at once than its database allows connections.

## Why it matters
Each running environment of a function opens a connection of its own and keeps it while the environment is warm. With more environments than
`max_connections` the database is full of one function's sessions, and every other client is refused as well:
`FATAL: remaining connection slots are reserved`.

## Five whys
1. Why could the shop not log in? The database refused its connections.
2. Why? The import function held all of them.
3. Why so many? Each of its environments has one, and a burst started hundreds.
4. Why was it allowed to? Its concurrency is above what the database carries.

## Fix now
`aws lambda put-function-concurrency --function-name F --reserved-concurrent-executions N`, with N well below the number in the message;
for a queue, lower `maximum_concurrency` of the event source mapping to the same.

## Workaround
Close the connection at the end of each invocation: slower, but idle environments hold nothing.

## Prevent
RDS Proxy between functions and the database, or the Data API of Aurora; reserved concurrency computed from the budget of connections, as
the AWS Lambda guide asks for.

## Validate
`aws lambda get-function-concurrency --function-name F` beside `SHOW max_connections;`.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.micro"
}

resource "aws_lambda_function" "import" {
  function_name                  = "import"
  role                           = "arn:aws:iam::111122223333:role/import"
  reserved_concurrent_executions = 200 # finding
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
  instance_class = "db.t4g.micro"
}

resource "aws_lambda_function" "import" {
  function_name                  = "import"
  role                           = "arn:aws:iam::111122223333:role/import"
  reserved_concurrent_executions = 40
  environment {
    variables = { DB_HOST = aws_db_instance.orders.address }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.single import overflows


@rule(
    target="aws_lambda_function",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["remaining connection slots are reserved", "sorry, too many clients already", "Too many connections"],
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for share, limit in overflows(resource, graph):
        database = share.client.endpoint.resource.address.text
        message = f"up to {share.most()} executions each hold a connection, {database} allows {limit.connections} ({limit.said})"
        yield Fail(share.replicas.where, message, expected=f"well below {limit.connections}, or a proxy", related=(limit.where,))
