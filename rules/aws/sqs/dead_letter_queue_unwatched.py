"""Nobody is told when messages land in a dead-letter queue.

## Why it matters
A dead-letter queue only keeps failed messages; it tells nobody. Without an alarm the first sign is the customer's call, and after the
retention the messages are gone.

## Five whys
1. Why were 300 orders stuck for nine days? They lay in the dead-letter queue.
2. Why did nobody look? No alarm watches its depth.
3. Why? The queue was added for a scanner's rule, and the alarm is another resource.

## Fix now
`aws cloudwatch put-metric-alarm --alarm-name orders-failed --namespace AWS/SQS --metric-name ApproximateNumberOfMessagesVisible
--dimensions Name=QueueName,Value=orders-failed --statistic Maximum --period 60 --evaluation-periods 1 --threshold 0
--comparison-operator GreaterThanThreshold --alarm-actions TOPIC_ARN`.

## Workaround
A scheduled job that prints the depth of all queues whose name ends like your dead-letter queues, to the team's channel.

## Prevent
Queue, dead-letter queue and alarm are one module.

## Validate
Send a message to the queue by hand; the alarm rings within two minutes.

## Bad
```hcl
resource "aws_sqs_queue" "failed" { # finding
  name                      = "orders-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}
```

## Good
```hcl
resource "aws_sqs_queue" "failed" {
  name                      = "orders-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "orders-failed"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:on-call"]
  dimensions          = { QueueName = aws_sqs_queue.failed.name }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.queue import Queue


@rule(target="aws_sqs_queue", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(queue: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    it = Queue(resource, graph)
    if not it.sources or it.redrive.present:
        return
    if not graph.attached(resource, "dimensions.QueueName", "aws_cloudwatch_metric_alarm"):
        yield Fail(queue, "nobody is told when messages arrive in this dead-letter queue", expected="an alarm on its depth")
