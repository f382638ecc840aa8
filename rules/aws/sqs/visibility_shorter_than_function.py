"""Messages of a queue come back while the function still works on them.

## Why it matters
When the visibility timeout is shorter than the function's timeout, SQS hands a message out again although it is being processed: work
is done twice, and its receive count grows until it lands in the dead-letter queue after a success. Lambda refuses to create such a
mapping; changing the numbers later is not refused.

## Five whys
1. Why were invoices sent twice? The message was delivered twice.
2. Why? It became visible again while the function was still running.
3. Why? The queue hides it for 30 seconds, the function may take 60.
4. Why do they differ? The timeout was raised in the function, and the queue is in another file.

## Fix now
`aws sqs set-queue-attributes --queue-url URL --attributes VisibilityTimeout=360` (six times the function's timeout plus the batching
window), and the same in the code.

## Workaround
Lower the function's timeout below the visibility timeout if it never needs that long.

## Prevent
Compute one from the other: `visibility_timeout_seconds = 6 * var.timeout`.

## Validate
`aws sqs get-queue-attributes --queue-url URL --attribute-names VisibilityTimeout` beside `aws lambda get-function-configuration
--function-name NAME --query Timeout`.

## Bad
```hcl
resource "aws_sqs_queue" "invoices" { # finding
  name = "invoices"
}

resource "aws_lambda_function" "invoices" {
  function_name = "invoices"
  role          = "arn:aws:iam::111122223333:role/invoices"
  timeout       = 60
}

resource "aws_lambda_event_source_mapping" "invoices" {
  event_source_arn = aws_sqs_queue.invoices.arn
  function_name    = aws_lambda_function.invoices.arn
}
```

## Good
```hcl
resource "aws_sqs_queue" "invoices" {
  name                       = "invoices"
  visibility_timeout_seconds = 360
}

resource "aws_lambda_function" "invoices" {
  function_name = "invoices"
  role          = "arn:aws:iam::111122223333:role/invoices"
  timeout       = 60
}

resource "aws_lambda_event_source_mapping" "invoices" {
  event_source_arn = aws_sqs_queue.invoices.arn
  function_name    = aws_lambda_function.invoices.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.lambda_function import functions, mappings
from auditor.views.queue import VISIBILITY, Queue

TIMEOUT = 3  # seconds that a function has when nothing is said


@rule(target="aws_sqs_queue", severity=Severity.HIGH, symptoms=["Queue visibility timeout: \\d+ seconds is less than Function timeout"])
def check(queue: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for mapping in mappings(resource, graph):
        for function in functions(mapping.at("function_name"), graph):
            hidden = Queue(resource, graph).seconds("visibility_timeout_seconds", VISIBILITY)
            timeout = function.at("timeout")
            runs = TIMEOUT if timeout.missing else timeout.number or 0
            if hidden < runs:
                message = f"messages come back after {hidden:g} s while {function.address.text} may still work on them for {runs:g} s"
                where = queue.at("visibility_timeout_seconds")
                yield Fail(where, message, expected=f"at least {6 * runs:g}, six times the function's timeout", related=(timeout,))
