"""A function has no place for events that it fails to process.

## Why it matters
Nothing in this code says who calls the function. If any caller is asynchronous (S3, SNS, EventBridge, `InvocationType=Event`), an event
that fails three times is gone without an error that anybody sees.

## Five whys
1. Why is the event gone? Lambda drops it after the last attempt.
2. Why is it not kept? The function has no dead-letter queue and no destination for failures.
3. Why not? It was written for a synchronous caller, and another team added a schedule.

## Fix now
Find the callers: `aws lambda get-policy --function-name NAME`. If one of them is asynchronous, add `dead_letter_config` with a queue,
or an `aws_lambda_function_event_invoke_config` with `on_failure`; the role needs `sqs:SendMessage`.

## Workaround
Log the whole event at the start of the handler, so that it can be sent again from the logs.

## Prevent
Give every function of the module a failure queue unless it says that it is called synchronously only.

## Validate
`aws lambda get-function-event-invoke-config --function-name NAME` or `get-function-configuration --query DeadLetterConfig` prints the
target.

## Bad
```hcl
resource "aws_lambda_function" "cleanup" { # finding
  function_name = "cleanup"
  role          = "arn:aws:iam::111122223333:role/cleanup"
}
```

## Good
```hcl
resource "aws_lambda_function" "cleanup" {
  function_name = "cleanup"
  role          = "arn:aws:iam::111122223333:role/cleanup"

  dead_letter_config {
    target_arn = "arn:aws:sqs:eu-central-1:111122223333:cleanup-failed"
  }
}
```

```hcl
resource "aws_lambda_function" "api" {
  function_name = "api"
  role          = "arn:aws:iam::111122223333:role/api"
}

resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/*"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.lambda_function import asynchronous_trigger, synchronous_trigger


@rule(target="aws_lambda_function", severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV_AWS_116")
def check(function: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    target = function.at("dead_letter_config.target_arn")
    if target.present or synchronous_trigger(resource, graph) or asynchronous_trigger(resource, graph):
        return
    configured = graph.attached(resource, "function_name", "aws_lambda_function_event_invoke_config")
    if not any(it.at("destination_config.on_failure").present for it in configured):
        message = "an event that the function fails to process asynchronously is kept nowhere"
        yield Fail(function.at("dead_letter_config"), message, expected="a dead letter queue, or on_failure")
