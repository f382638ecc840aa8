"""One bad message makes a whole batch of a queue run again.

## Why it matters
When the function fails, all messages of the batch return to the queue: nine good ones are processed twice or five times, mails go out
again, and good messages reach the dead-letter queue beside the bad one.

## Five whys
1. Why did customers get the mail three times? Their message was in a batch with a broken one.
2. Why was it repeated? The function failed, and Lambda returned all ten messages.
3. Why all? The mapping does not ask the function which of them failed.

## Fix now
Let the handler return `{"batchItemFailures": [{"itemIdentifier": messageId}]}` for the failed ones, deploy that first, then `aws lambda
update-event-source-mapping --uuid UUID --function-response-types ReportBatchItemFailures`. In the other order a handler that swallows
errors loses messages.

## Workaround
`batch_size = 1`: slower and dearer, but one message is one attempt.

## Prevent
Powertools for Lambda has a batch processor that does it; make it the template of queue handlers, and make the work idempotent.

## Validate
Send one good and one broken message together; the good one is not seen a second time in the logs.

## Bad
```hcl
resource "aws_sqs_queue" "mail" {
  name = "mail"
}

resource "aws_lambda_event_source_mapping" "mail" { # finding
  event_source_arn = aws_sqs_queue.mail.arn
  function_name    = "mail"
  batch_size       = 10
}
```

## Good
```hcl
resource "aws_sqs_queue" "mail" {
  name = "mail"
}

resource "aws_lambda_event_source_mapping" "mail" {
  event_source_arn        = aws_sqs_queue.mail.arn
  function_name           = "mail"
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule


def from_queue(mapping: Node, graph: Graph) -> bool:
    arn = mapping.at("event_source_arn")
    if graph.targets(arn, "aws_sqs_queue"):
        return True
    return isinstance(arn.data, str) and arn.data.split(":")[2:3] == ["sqs"]


@rule(target="aws_lambda_event_source_mapping", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(mapping: Node, graph: Graph) -> Iterator[Fail]:
    if not from_queue(mapping, graph) or mapping.at("batch_size").number == 1:
        return
    types = mapping.at("function_response_types")
    if not any(item.text == "ReportBatchItemFailures" for item in types.each()):
        yield Fail(types, "one bad message makes the whole batch run again", expected="ReportBatchItemFailures")
