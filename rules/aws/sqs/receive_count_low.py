"""A queue gives a message up after too few attempts.

## Why it matters
A receive is counted when a message is handed out, not when it fails: a throttled function, a deployment or a slow database uses the
attempts up in minutes. Good messages end in the dead-letter queue, and somebody has to move them back by hand.

## Five whys
1. Why are good messages in the dead-letter queue? They were received as often as allowed.
2. Why so few times? `maxReceiveCount` is too small for the short outages that a consumer has.
3. Why did receives fail? The function was throttled for two minutes during a peak.

## Fix now
Raise it to 5 (AWS's advice for Lambda): `aws sqs set-queue-attributes --queue-url URL --attributes RedrivePolicy=…`, then move the good
messages back: `aws sqs start-message-move-task --source-arn DLQ_ARN`.

## Workaround
Lengthen the visibility timeout, so that the attempts reach across a longer outage.

## Prevent
One module for queue and dead-letter queue with 5 as its default; work that must not be repeated belongs behind an idempotency key, not
behind a count of 1.

## Validate
`aws sqs get-queue-attributes --queue-url URL --attribute-names RedrivePolicy`; the dead-letter queue stays empty through a deployment.

## Bad
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:eu-central-1:111122223333:orders-failed"
    maxReceiveCount     = 1 # finding
  })
}
```

## Good
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:eu-central-1:111122223333:orders-failed"
    maxReceiveCount     = 5
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.lambda_function import mappings
from auditor.views.queue import Queue


@rule(
    target="aws_sqs_queue",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"attempts": 3, "attempts_with_lambda": 5},
)
def check(_: Node, resource: Resource, graph: Graph, options: dict[str, int]) -> Iterator[Fail]:
    count = Queue(resource, graph).redrive.at("maxReceiveCount")
    attempts = count.number if count.present else None
    if attempts is None:
        return
    reads = next(mappings(resource, graph), None) is not None
    wanted = options["attempts_with_lambda" if reads else "attempts"]
    if attempts < wanted:
        yield Fail(count, f"a message is given up after {attempts:g} receives", expected=f"at least {wanted}")
