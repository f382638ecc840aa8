"""Events that a function fails to process are dropped without a trace.

## Why it matters
S3, SNS, EventBridge and schedules hand their event to Lambda and forget it. Lambda tries three times, then the event is gone: no error
anywhere, the upload is never processed, the order never shipped. Throttled events live six hours and end the same way.

## Five whys
1. Why were 400 uploads never processed? Their events failed, and no record of them is left.
2. Why is none left? Lambda drops an asynchronous event after the last attempt.
3. Why is it not kept? The function has neither a dead-letter queue nor a destination for failures.
4. Why did they fail? A deployment of twenty minutes had a bug; with the events kept it would be repaired by a replay.

## Fix now
Create an SQS queue and set it as destination: `aws lambda put-function-event-invoke-config --function-name NAME --destination-config
'{"OnFailure":{"Destination":"QUEUE_ARN"}}'`; the role needs `sqs:SendMessage`. Then find what was lost: compare the source (list of
objects, orders) with the results.

## Workaround
Let the source go through SQS: S3 → queue → function. The queue keeps the message until it is processed.

## Prevent
Put the failure destination and an alarm on its `ApproximateNumberOfMessagesVisible` into the module for functions.

## Validate
Send an event that must fail: `aws lambda invoke --function-name NAME --invocation-type Event --payload '{"broken":1}' /dev/null`; after
about three minutes it is in the queue.

## Bad
```hcl
resource "aws_lambda_function" "thumbnail" { # finding
  function_name = "thumbnail"
  role          = "arn:aws:iam::111122223333:role/thumbnail"
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = "uploads-4711"

  lambda_function {
    lambda_function_arn = aws_lambda_function.thumbnail.arn
    events              = ["s3:ObjectCreated:*"]
  }
}
```

## Good
```hcl
resource "aws_sqs_queue" "failed" {
  name = "thumbnail-failed"
}

resource "aws_lambda_function" "thumbnail" {
  function_name = "thumbnail"
  role          = "arn:aws:iam::111122223333:role/thumbnail"
}

resource "aws_lambda_function_event_invoke_config" "thumbnail" {
  function_name = aws_lambda_function.thumbnail.function_name

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = "uploads-4711"

  lambda_function {
    lambda_function_arn = aws_lambda_function.thumbnail.arn
    events              = ["s3:ObjectCreated:*"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.lambda_function import asynchronous_trigger


@rule(target="aws_lambda_function", severity=Severity.HIGH, confidence=Confidence.FIRM, aliases="CKV_AWS_116")
def check(function: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if function.at("dead_letter_config.target_arn").present:
        return
    configured = graph.attached(resource, "function_name", "aws_lambda_function_event_invoke_config")
    if any(it.at("destination_config.on_failure").present for it in configured):
        return
    if trigger := asynchronous_trigger(resource, graph):
        message = f"events from {trigger.address.text} are dropped after three failed attempts"
        yield Fail(function.at("dead_letter_config"), message, "a dead letter queue, or on_failure", related=(trigger.body,))
