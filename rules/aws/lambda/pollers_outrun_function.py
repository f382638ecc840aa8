"""Lambda begins to read a queue with more pollers than the function may run.

## Why it matters
Without `maximum_concurrency` Lambda starts with five pollers for a standard queue and adds up to 300 executions a minute. A function with
less reserved concurrency is throttled from the first moment; each throttled batch goes back to the queue and counts as received, until good
messages are in the dead-letter queue.

## Five whys
1. Why are untouched messages in the dead-letter queue? They were received three times.
2. Why not processed? The function was throttled each time.
3. Why? Five pollers hand in batches, and it may run twice at once.
4. Why so many pollers? Nothing says how many, and the reservation does not hold them back.

## Fix now
`aws lambda update-event-source-mapping --uuid UUID --scaling-config MaximumConcurrency=2`, then `aws sqs start-message-move-task
--source-arn DLQ_ARN` brings the messages back.

## Workaround
`maxReceiveCount` of 10 and a visibility timeout of six times the function's let messages survive some throttled rounds.

## Prevent
Use `maximum_concurrency` for queues (it holds the pollers back) and leave reservations to functions that are called otherwise. `pollers`
(5) and the way out (5 receives, 6 times the timeout) are numbers of the AWS Lambda guide.

## Validate
`Throttles` of the function stays at 0 while `ApproximateNumberOfMessagesVisible` is high.

## Bad
```hcl
resource "aws_sqs_queue" "work" {
  name = "work"
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:eu-central-1:111122223333:dead"
    maxReceiveCount     = 3
  })
}

resource "aws_lambda_function" "worker" {
  function_name                  = "worker"
  role                           = "arn:aws:iam::111122223333:role/worker"
  reserved_concurrent_executions = 2
}

resource "aws_lambda_event_source_mapping" "worker" { # finding
  event_source_arn = aws_sqs_queue.work.arn
  function_name    = aws_lambda_function.worker.arn
}
```

## Good
```hcl
resource "aws_sqs_queue" "work" {
  name                       = "work"
  visibility_timeout_seconds = 180
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:eu-central-1:111122223333:dead"
    maxReceiveCount     = 5
  })
}

resource "aws_lambda_function" "worker" {
  function_name                  = "worker"
  role                           = "arn:aws:iam::111122223333:role/worker"
  timeout                        = 30
  reserved_concurrent_executions = 2
}

resource "aws_lambda_event_source_mapping" "worker" {
  event_source_arn = aws_sqs_queue.work.arn
  function_name    = aws_lambda_function.worker.arn
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.lambda_function import functions
from auditor.views.queue import VISIBILITY, Queue
from auditor.views.timeouts.call import function_time


@rule(
    target="aws_lambda_event_source_mapping",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"pollers": 5, "receives": 5, "times": 6},
)
def check(mapping: Node, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    if mapping.at("scaling_config.maximum_concurrency").present:
        return
    for function in functions(mapping.at("function_name"), graph):
        limit = function.at("reserved_concurrent_executions")
        number = limit.number if limit.present else None
        if number is None or not 0 < number < options["pollers"]:
            continue
        for resource in graph.targets(mapping.at("event_source_arn"), "aws_sqs_queue"):
            if not _survives(resource, function, graph, options):
                message = (
                    f"Lambda begins with {options['pollers']} pollers, {function.address.text} may run {number:g} at once, and throttled "
                    "messages count as received"
                )
                yield Fail(mapping.at("scaling_config"), message, expected=f"maximum_concurrency of {max(number, 2):g}", related=(limit,))


def _survives(resource: Resource, function: Resource, graph: Graph, options: Mapping[str, Any]) -> bool:
    """Whether messages outlive some throttled rounds: nothing takes them away, or only after many of them."""
    queue = Queue(resource, graph)
    count = queue.redrive.at("maxReceiveCount")
    if queue.fifo or count.missing or count.number is None:
        return True
    hidden = queue.seconds("visibility_timeout_seconds", VISIBILITY)
    return bool(count.number >= options["receives"] and hidden >= options["times"] * function_time(function).seconds)
