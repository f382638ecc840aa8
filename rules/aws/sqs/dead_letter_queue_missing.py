r"""A queue that a function reads has no dead-letter queue.

## Why it matters
A message that fails is delivered again and again until it expires after days: it costs invocations, blocks its group in a FIFO queue,
fills the logs with the same error, and at the end it is deleted and nobody can look at it.

## Five whys
1. Why is the order lost? Its message expired in the queue.
2. Why was it never set aside? The queue has no dead-letter queue.
3. Why did nobody see it fail? The error stood among thousands of repetitions.

## Fix now
Create a second queue with a retention of 14 days and set it: `aws sqs set-queue-attributes --queue-url URL --attributes
'{"RedrivePolicy":"{\"deadLetterTargetArn\":\"DLQ_ARN\",\"maxReceiveCount\":\"5\"}"}'`. Messages that failed often enough move there at
their next receive.

## Workaround
Until then lengthen the retention (`MessageRetentionPeriod=1209600`) so that nothing expires.

## Prevent
Queue, dead-letter queue and an alarm on its depth are one module.

## Validate
`aws sqs get-queue-attributes --queue-url URL --attribute-names RedrivePolicy` prints the policy.

## Bad
```hcl
resource "aws_sqs_queue" "orders" { # finding
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"
}
```

## Good
```hcl
resource "aws_sqs_queue" "failed" {
  name                      = "orders-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.lambda_function import mappings
from auditor.views.queue import Queue


@rule(target="aws_sqs_queue", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    consumer = next(mappings(resource, graph), None)
    if consumer is None:
        return
    queue = Queue(resource, graph)
    if queue.redrive.missing and not queue.takes_dead_letters:
        message = "a message that the function cannot process comes back until it expires"
        yield Fail(body.at("redrive_policy"), message, expected="a redrive policy with a dead-letter queue", related=(consumer.body,))
