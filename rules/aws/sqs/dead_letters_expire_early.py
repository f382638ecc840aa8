"""A dead-letter queue deletes messages before anybody can look at them.

## Why it matters
A standard queue keeps the time of arrival when it moves a message to its dead-letter queue. If that one keeps messages no longer than
the source, a message that failed for three days has hours left there, or is deleted on arrival.

## Five whys
1. Why is the dead-letter queue empty although messages failed? They expired.
2. Why so soon? Their age counts from the first arrival in the source queue.
3. Why did they have no time left? Both queues keep messages for the same time.
4. Why? Nobody set a retention; both have the default of four days.

## Fix now
`aws sqs set-queue-attributes --queue-url DLQ_URL --attributes MessageRetentionPeriod=1209600`. It also holds for messages that are
there already.

## Workaround
Drain the dead-letter queue to S3 daily with a small function.

## Prevent
14 days for every dead-letter queue in the module; an alarm on its depth, so that somebody comes in time.

## Validate
`aws sqs get-queue-attributes --queue-url DLQ_URL --attribute-names MessageRetentionPeriod` prints 1209600.

## Bad
```hcl
resource "aws_sqs_queue" "failed" { # finding
  name = "orders-failed"
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
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
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.queue import RETENTION, Queue

_NAME = "message_retention_seconds"


@rule(target="aws_sqs_queue", severity=Severity.HIGH)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    queue = Queue(resource, graph)
    target = queue.dead_letter_queue
    if target is None or queue.fifo:
        return
    kept, source = Queue(target, graph).seconds(_NAME, RETENTION), queue.seconds(_NAME, RETENTION)
    if kept <= source:
        message = f"{target.address.text} keeps messages for {kept:g} s, counted from their arrival here, where they may wait {source:g} s"
        yield Fail(target.at(_NAME), message, expected=f"more than {source:g}, 1209600 at best", related=(resource.at(_NAME),))
