"""A queue may start more executions than its function is allowed to run.

## Why it matters
The pollers fetch messages, the function is throttled, the messages go back, and each trip counts as a receive. After `maxReceiveCount`
trips good messages end in the dead-letter queue although nothing is wrong with them.

## Five whys
1. Why are good messages in the dead-letter queue? They were received five times and never processed.
2. Why not processed? The function was throttled each time.
3. Why? The mapping asks for more concurrency than the function has reserved.
4. Why do the numbers differ? They stand in two resources, and only one was lowered.

## Fix now
`aws lambda update-event-source-mapping --uuid UUID --scaling-config MaximumConcurrency=N` with N at most the reserved concurrency, then
move the messages back: `aws sqs start-message-move-task --source-arn DLQ_ARN`.

## Workaround
Raise the reservation: `aws lambda put-function-concurrency --function-name NAME --reserved-concurrent-executions N`.

## Prevent
Use one variable for both numbers.

## Validate
The metric `Throttles` of the function stays at zero while the queue is long.

## Bad
```hcl
resource "aws_lambda_function" "worker" {
  function_name                  = "worker"
  role                           = "arn:aws:iam::111122223333:role/worker"
  reserved_concurrent_executions = 5
}

resource "aws_lambda_event_source_mapping" "worker" {
  event_source_arn = "arn:aws:sqs:eu-central-1:111122223333:work"
  function_name    = aws_lambda_function.worker.arn

  scaling_config {
    maximum_concurrency = 50 # finding
  }
}
```

## Good
```hcl
resource "aws_lambda_function" "worker" {
  function_name                  = "worker"
  role                           = "arn:aws:iam::111122223333:role/worker"
  reserved_concurrent_executions = 50
}

resource "aws_lambda_event_source_mapping" "worker" {
  event_source_arn = "arn:aws:sqs:eu-central-1:111122223333:work"
  function_name    = aws_lambda_function.worker.arn

  scaling_config {
    maximum_concurrency = 30
  }
}

resource "aws_lambda_event_source_mapping" "retries" {
  event_source_arn = "arn:aws:sqs:eu-central-1:111122223333:retries"
  function_name    = aws_lambda_function.worker.arn

  scaling_config {
    maximum_concurrency = 20
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.lambda_function import event_sources, functions

PATH = "scaling_config.maximum_concurrency"


@rule(target="aws_lambda_event_source_mapping", severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(mapping: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    asked = mapping.at(PATH)
    if asked.missing or asked.number is None:
        return
    for function in functions(mapping.at("function_name"), graph):
        limit = function.at("reserved_concurrent_executions")
        most = limit.number if limit.present else -1
        if most is None or most < 0:
            continue
        others = [it.at(PATH) for it in event_sources(function, graph) if it is not resource]
        numbers = [node.number or 0 for node in others if not node.unknown and node.present]
        if most < asked.number:
            message = f"the queue starts up to {asked.number:g} executions, the function may run {most:g} at once"
            yield Fail(asked, message, expected=f"at most {most:g}", related=(limit,))
        elif numbers and asked.number >= max(numbers) and asked.number + sum(numbers) > most:
            total = asked.number + sum(numbers)
            message = f"the queues start up to {total:g} executions together, the function may run {most:g} at once"
            yield Fail(asked, message, expected=f"at most {most:g} together", related=(limit, *others))
