"""A dead-letter queue does not take messages from the queue that names it.

## Why it matters
`redrive_allow_policy` of the dead-letter queue says which queues may use it. A queue that is not allowed cannot be saved with that redrive
policy at all; where the order of changes lets it happen, messages are received again and again, and none ever arrives there.

## Five whys
1. Why does the apply end with `InvalidParameterValue`? The dead-letter queue does not allow this source.
2. Why not? Its policy says `denyAll`, or lists other queues.
3. Why? It was made for one queue, and a second one was pointed at it later.

## Fix now
`aws sqs set-queue-attributes --queue-url DLQ --attributes file://allow.json`, where the file holds `RedriveAllowPolicy` with
`redrivePermission` `byQueue` and all sources in `sourceQueueArns`.

## Workaround
A dead-letter queue of its own for the second queue: at no cost until a message lands there.

## Prevent
Make the queue and its dead-letter queue in one module, which writes both policies.

## Validate
`aws sqs list-dead-letter-source-queues --queue-url DLQ` lists the queue.

## Bad
```hcl
resource "aws_sqs_queue" "dead" {
  name                 = "dead"
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" }) # finding
}

resource "aws_sqs_queue" "work" {
  name = "work"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 5
  })
}
```

## Good
```hcl
resource "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_sqs_queue_redrive_allow_policy" "dead" {
  queue_url = aws_sqs_queue.dead.id
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.work.arn]
  })
}

resource "aws_sqs_queue" "work" {
  name = "work"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 5
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.queue import Queue


@rule(
    target="aws_sqs_queue",
    severity=Severity.HIGH,
    symptoms=["does not have redrive permission", "redrivePermission", "InvalidParameterValue.*RedrivePolicy"],
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    target = Queue(resource, graph).dead_letter_queue
    if target is None:
        return
    dead = Queue(target, graph)
    permission = dead.redrive_allow.at("redrivePermission")
    where = dead.redrive_allow_place
    if permission.text == "denyAll":
        yield Fail(where, f"{target.address.text} takes messages from no queue, and {resource.address.text} sends them there", "byQueue")
    elif permission.text == "byQueue" and not dead.allows(resource):
        message = f"{target.address.text} takes messages from other queues only, and {resource.address.text} sends them there"
        yield Fail(where, message, expected=f"the ARN of {resource.address.text} in sourceQueueArns")
