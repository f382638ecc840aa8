"""An alarm watches a name that no resource has.

## Why it matters
An alarm on `order-queue` never gets data when the queue is called `orders-queue`: CloudWatch takes any text for a dimension. The alarm
stands in the list and in the audit, and nobody is called when the queue fills.

## Five whys
1. Why did nobody know of the full queue? The alarm had no data.
2. Why not? It watches a queue that does not exist.
3. Why? The queue was renamed, and its name stands in the alarm as text.

## Fix now
Refer to the resource in place of its name: `QueueName = aws_sqs_queue.orders.name`, and apply.

## Workaround
`aws cloudwatch describe-alarms --state-value INSUFFICIENT_DATA --query 'MetricAlarms[].AlarmName'` lists what never had data.

## Prevent
No names as text where there is a resource to refer to.

## Validate
`aws cloudwatch describe-alarms --alarm-names NAME --query 'MetricAlarms[].StateValue'` says OK or ALARM.

## Bad
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders-queue"
}

resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_name          = "age"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 600
  dimensions          = { QueueName = "order-queue" } # finding
}
```

## Good
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders-queue"
}

resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_name          = "age"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 600
  dimensions          = { QueueName = aws_sqs_queue.orders.name }
}

resource "aws_cloudwatch_metric_alarm" "of_another_team" {
  alarm_name          = "payments"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 600
  dimensions          = { QueueName = "payments" }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.alarm import ALARM, watched_metrics
from auditor.views.alarm_dimension import misspelt


@rule(target=ALARM, severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    """Only where a resource has nearly that name: an alarm may well be for something of other code."""
    for metric in watched_metrics(resource):
        for found in misspelt(metric, graph):
            message = f"nothing here is called {found.where.text}; {found.nearest.address.text} is {found.name}"
            yield Fail(found.where, message, expected=found.name, related=(found.nearest.body,))
