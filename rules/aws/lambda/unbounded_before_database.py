"""Nothing keeps a function from opening more connections than its database allows.

## Why it matters
Without reserved concurrency a function grows until the account's limit stops it, 1,000 at once by default, and each environment opens a
connection. One burst of events, a retry storm or a slow query that lets executions pile up is enough to fill the database for everybody.

## Five whys
1. Why did the database run out of connections at night? A function ran eight hundred times at once.
2. Why? A partner sent a day's events in one minute.
3. Why did nothing slow it down? The function has no reserved concurrency.
4. Why does it matter here? It speaks to the database directly, one connection for each environment.

## Fix now
`aws lambda put-function-concurrency --function-name F --reserved-concurrent-executions N` with N at half of what the database allows;
events from a queue wait, synchronous callers get 429 in place of everybody's errors.

## Workaround
`ALTER ROLE function_user CONNECTION LIMIT n;` limits the damage to the function itself.

## Prevent
Every function with a database has reserved concurrency or goes through RDS Proxy. If the account's limit is another one, set the option
`account_limit` (Service Quotas, Lambda, Concurrent executions).

## Validate
`aws lambda get-function-concurrency --function-name F` answers with a number.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}

resource "aws_lambda_function" "events" { # finding
  function_name = "events"
  role          = "arn:aws:iam::111122223333:role/events"
  environment {
    variables = { DATABASE_URL = "postgresql://app@${aws_db_instance.orders.endpoint}/orders" }
  }
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}

resource "aws_sqs_queue" "events" {
  name                       = "events"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_function" "events" {
  function_name = "events"
  role          = "arn:aws:iam::111122223333:role/events"
  environment {
    variables = { DATABASE_URL = "postgresql://app@${aws_db_instance.orders.endpoint}/orders" }
  }
}

resource "aws_lambda_event_source_mapping" "events" {
  event_source_arn = aws_sqs_queue.events.arn
  function_name    = aws_lambda_function.events.arn
  scaling_config {
    maximum_concurrency = 50
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.single import unbounded


@rule(
    target="aws_lambda_function",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    options={"account_limit": 1000},
    symptoms=["remaining connection slots are reserved", "sorry, too many clients already", "Too many connections"],
)
def check(function: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    """`account_limit`: the default quota of concurrent executions, AWS Lambda guide."""
    for share, limit in unbounded(resource, graph):
        if options["account_limit"] > limit.connections:
            database = share.client.endpoint.resource.address.text
            message = (
                f"only the account's limit of {options['account_limit']} stops it, {database} allows {limit.connections} "
                f"connections ({limit.said})"
            )
            where = function.at("reserved_concurrent_executions")
            yield Fail(where, message, expected=f"well below {limit.connections}, or a proxy", related=(limit.where,))
