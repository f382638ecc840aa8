"""Nobody is told when the messages of a queue get old.

## Why it matters
A consumer that stopped, or that is too slow, leaves no error anywhere: the queue just grows. The age of its oldest message is the one
number that says how far behind the work is; without an alarm on it the first to notice are those who wait for their order.

## Five whys
1. Why did confirmations come six hours late? The consumer had stopped at noon.
2. Why did nobody see it? The consumer logged nothing, because it did nothing.
3. Why did the queue not tell? No alarm watches `ApproximateAgeOfOldestMessage`.

## Fix now
`aws cloudwatch put-metric-alarm --alarm-name orders-age --namespace AWS/SQS --metric-name ApproximateAgeOfOldestMessage --dimensions
Name=QueueName,Value=orders --statistic Maximum --period 60 --evaluation-periods 5 --threshold 600 --comparison-operator
GreaterThanThreshold --alarm-actions TOPIC`.

## Workaround
An alarm on `NumberOfMessagesDeleted` of 0 tells a stopped consumer, though not a slow one.

## Prevent
The alarm in the same module as the queue, with the threshold from the promise to the customer.

## Validate
Stop the consumer in a test environment: the alarm rings after the time that you chose.

## Bad
```hcl
resource "aws_sqs_queue" "orders" { # finding
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"
}

resource "aws_cloudwatch_metric_alarm" "dead" {
  alarm_name          = "dead"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  dimensions          = { QueueName = "dead" }
}
```

## Good
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"
}

resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_name          = "age"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 600
  dimensions          = { QueueName = aws_sqs_queue.orders.name }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.alarm import ALARM, may_be_watched, watched
from auditor.views.database import non_production
from auditor.views.lambda_function import mappings

SIGNS = frozenset(
    {"ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible", "NumberOfMessagesDeleted", "NumberOfMessagesReceived"}
)
"""A metric that shows a stopped consumer."""


@rule(target="aws_sqs_queue", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(queue: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.of(ALARM) or non_production(resource) or next(iter(mappings(resource, graph)), None) is None:
        return  # code without any alarm says nothing of where they are kept
    if not SIGNS & set(watched(resource, graph, "QueueName")):
        may_be_watched(resource, graph, "QueueName")
        yield Fail(queue, "no alarm tells when the messages of the queue get old", expected="one on ApproximateAgeOfOldestMessage")
