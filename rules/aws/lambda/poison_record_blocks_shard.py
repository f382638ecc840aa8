"""One bad record stops a whole shard of a stream.

## Why it matters
Lambda repeats a failed batch of a stream until it succeeds or the records expire: 24 hours on Kinesis and DynamoDB, up to a year if
kept longer. Nothing behind the bad record is processed, and each repetition runs the good records of the batch again.

## Five whys
1. Why is half of the data a day late? One shard stood still.
2. Why? Its first batch failed again and again.
3. Why did Lambda not give it up? `maximum_retry_attempts` is -1, which means for ever.
4. Why did nobody see it? There is no alarm on `IteratorAge`.

## Fix now
`aws lambda update-event-source-mapping --uuid UUID --maximum-retry-attempts 3 --bisect-batch-on-function-error --destination-config
'{"OnFailure":{"Destination":"QUEUE_ARN"}}'`. The shard moves on within a minute; the queue names the records that were left out.

## Workaround
Catch errors per record in the code, send the record to a queue, and return success.

## Prevent
Retries of 3 to 5, bisecting and a failure destination in the module; an alarm on `IteratorAge` above five minutes.

## Validate
`aws lambda get-event-source-mapping --uuid UUID --query '[MaximumRetryAttempts,BisectBatchOnFunctionError]'`; `IteratorAge` falls to
seconds.

## Bad
```hcl
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 4
}

resource "aws_lambda_event_source_mapping" "clicks" { # finding
  event_source_arn  = aws_kinesis_stream.clicks.arn
  function_name     = "clicks"
  starting_position = "LATEST"
}
```

## Good
```hcl
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 4
}

resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn               = aws_kinesis_stream.clicks.arn
  function_name                  = "clicks"
  starting_position              = "LATEST"
  maximum_retry_attempts         = 4
  bisect_batch_on_function_error = true

  destination_config {
    on_failure {
      destination_arn = "arn:aws:sqs:eu-central-1:111122223333:clicks-failed"
    }
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule

_STREAM = re.compile(r"arn:[^:]+:(?:kinesis:|dynamodb:.*/stream/)")


def from_stream(mapping: Node, graph: Graph) -> bool:
    arn = mapping.at("event_source_arn")
    if graph.targets(arn, "aws_kinesis_stream", "aws_dynamodb_table"):
        return True
    return isinstance(arn.data, str) and _STREAM.match(arn.data) is not None


@rule(target="aws_lambda_event_source_mapping", severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(mapping: Node, graph: Graph) -> Iterator[Fail]:
    if not from_stream(mapping, graph):
        return
    limits = (mapping.at("maximum_retry_attempts"), mapping.at("maximum_record_age_in_seconds"))
    if all(limit.missing or limit.number == -1 for limit in limits):
        message = "a record that the function cannot process stops its shard until it expires"
        yield Fail(limits[0], message, expected="a small number, with bisect_batch_on_function_error and on_failure")
