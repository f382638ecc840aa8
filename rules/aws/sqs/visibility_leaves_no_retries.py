"""The visibility timeout of a queue leaves Lambda no time to try again.

## Why it matters
Lambda retries a throttled batch while the messages are hidden. AWS asks for six times the function's timeout plus the batching window.
With less, messages come back in the middle of the retries, are received twice, and use up `maxReceiveCount` during a peak.

## Five whys
1. Why did the peak fill the dead-letter queue? Messages were received five times without being processed.
2. Why? Lambda was throttled, and the messages returned before it could try again.
3. Why? They are hidden for little longer than one run of the function.

## Fix now
`aws sqs set-queue-attributes --queue-url URL --attributes VisibilityTimeout=N` with N = 6 * timeout + batching window.

## Workaround
Limit the mapping (`scaling_config.maximum_concurrency`), so that the function is not throttled.

## Prevent
Compute it in the code from the function's timeout.

## Validate
During load `ApproximateReceiveCount` in the logs stays at 1 for messages that succeed.

## Bad
```hcl
resource "aws_sqs_queue" "invoices" {
  name                       = "invoices"
  visibility_timeout_seconds = 90 # finding
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
  visibility_timeout_seconds = 380
}

resource "aws_lambda_function" "invoices" {
  function_name = "invoices"
  role          = "arn:aws:iam::111122223333:role/invoices"
  timeout       = 60
}

resource "aws_lambda_event_source_mapping" "invoices" {
  event_source_arn                   = aws_sqs_queue.invoices.arn
  function_name                      = aws_lambda_function.invoices.arn
  maximum_batching_window_in_seconds = 20
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.lambda_function import functions, mappings
from auditor.views.queue import VISIBILITY, Queue

TIMEOUT = 3  # seconds that a function has when nothing is said


@rule(target="aws_sqs_queue", severity=Severity.LOW, confidence=Confidence.FIRM, options={"times": 6})
def check(queue: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    """`times`: the AWS Lambda guide, Using Lambda with Amazon SQS."""
    for mapping in mappings(resource, graph):
        window = mapping.at("maximum_batching_window_in_seconds")
        waits = 0 if window.missing else window.number or 0
        for function in functions(mapping.at("function_name"), graph):
            timeout = function.at("timeout")
            runs = TIMEOUT if timeout.missing else timeout.number or 0
            hidden = Queue(resource, graph).seconds("visibility_timeout_seconds", VISIBILITY)
            needed = options["times"] * runs + waits
            if runs <= hidden < needed:
                message = (
                    f"throttled messages come back after {hidden:g} s, which leaves no time to try again ({runs:g} s for each attempt)"
                )
                yield Fail(queue.at("visibility_timeout_seconds"), message, expected=f"at least {needed:g}", related=(timeout,))
