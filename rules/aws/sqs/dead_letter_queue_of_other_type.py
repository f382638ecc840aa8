"""The dead-letter queue of a queue has another type than the queue.

## Why it matters
SQS refuses the pair: the dead-letter queue of a FIFO queue must be FIFO, that of a standard queue standard. The apply fails after the
queues have been made, and the source is left without a dead-letter queue.

## Five whys
1. Why did the apply fail with InvalidParameterValue? The dead-letter queue has the wrong type.
2. Why? The source became FIFO, the dead-letter queue did not.
3. Why? They stand in two blocks, and only one was changed.

## Fix now
Create a dead-letter queue of the same type (`fifo_queue = true` and a name that ends in `.fifo`) and name it in the redrive policy. The
type of a queue that exists cannot be changed.

## Workaround
Run without a redrive policy and with the longest retention until the new queue is there.

## Prevent
One module with one argument `fifo` for both queues.

## Validate
`aws sqs get-queue-attributes --queue-url DLQ_URL --attribute-names FifoQueue` agrees with the source.

## Bad
```hcl
resource "aws_sqs_queue" "failed" {
  name                      = "orders-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "orders" {
  name       = "orders.fifo"
  fifo_queue = true

  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 }) # finding
}
```

## Good
```hcl
resource "aws_sqs_queue" "failed" {
  name                      = "orders-failed.fifo"
  fifo_queue                = true
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "orders" {
  name       = "orders.fifo"
  fifo_queue = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.queue import Queue


@rule(target="aws_sqs_queue", severity=Severity.HIGH, profile=Profile.GATE)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    queue = Queue(resource, graph)
    target = queue.dead_letter_queue
    if target is None:
        return
    fifo = Queue(target, graph).fifo
    if fifo is not queue.fifo:
        ours, theirs = ("FIFO", "standard") if queue.fifo else ("standard", "FIFO")
        where = resource.at("redrive_policy")
        yield Fail(where, f"the queue is {ours}, its dead-letter queue {target.address.text} is {theirs}", expected=f"a {ours} queue")
