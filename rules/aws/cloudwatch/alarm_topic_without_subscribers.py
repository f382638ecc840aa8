"""An alarm publishes to a topic that nobody has subscribed to.

## Why it matters
The alarm acts, the topic takes the message, and nobody gets it. Subscriptions by mail are often clicked by hand and lost when the topic
is made again.

## Five whys
1. Why did no phone ring? The topic has no subscribers.
2. Why? The subscription was made in the console for the old topic.
3. Why was it lost? Terraform replaced the topic, and does not know the subscription.

## Fix now
`aws sns list-subscriptions-by-topic --topic-arn ARN`; when it is empty or pending: `aws sns subscribe --topic-arn ARN --protocol https
--notification-endpoint URL`, or mail, and confirm it. Put it into the code.

## Workaround
Let another topic that is read take the alarm until then.

## Prevent
Topic and subscription in one module; one topic per team, not per alarm.

## Validate
`aws sns publish --topic-arn ARN --message test` reaches a person.

## Bad
```hcl
resource "aws_sns_topic" "on_call" {
  name = "on-call"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.on_call.arn] # finding
}
```

## Good
```hcl
resource "aws_sns_topic" "on_call" {
  name = "on-call"
}

resource "aws_sns_topic_subscription" "pager" {
  topic_arn = aws_sns_topic.on_call.arn
  protocol  = "https"
  endpoint  = "https://events.pager.example.com/integration/aws"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.on_call.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule


@rule(
    target="aws_cloudwatch_metric_alarm aws_cloudwatch_composite_alarm",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
)
def check(alarm: Node, graph: Graph) -> Iterator[Fail]:
    for action in alarm.each("alarm_actions"):
        for topic in graph.targets(action, "aws_sns_topic"):
            if not graph.attached(topic, "topic_arn", "aws_sns_topic_subscription"):
                message = f"nothing in this code subscribes to {topic.address.text}"
                yield Fail(action, message, expected="a subscription: chat, paging service, mail", related=(topic.body,))
