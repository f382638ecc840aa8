r"""A service is to publish to a topic whose policy does not let it in.

## Why it matters
The policy that SNS gives a new topic lets its own account publish: CloudWatch alarms get in, EventBridge and S3 do not. A policy of one's
own replaces that one, and then alarms need a statement, too. What is refused is nowhere to be seen but in `FailedInvocations` and in the
alarm's history: nobody is paged.

## Five whys
1. Why was nobody paged? The alarm fired, and its action failed.
2. Why? The topic's policy does not name the service.
3. Why did it work before? Until the topic got a policy of its own, the default one let the account's alarms in.

## Fix now
Add the statement in the message to the topic's policy and apply; test an alarm with `aws cloudwatch set-alarm-state --alarm-name NAME
--state-value ALARM --state-reason test`.

## Workaround
A topic without a policy of its own for the alarms alone.

## Prevent
Give the topic's module a list of services, `cloudwatch.amazonaws.com` and `events.amazonaws.com` among them.

## Validate
`aws cloudwatch describe-alarm-history --alarm-name NAME --history-item-type Action --max-items 1` says `Successfully executed action`.

## Bad
```hcl
resource "aws_sns_topic" "on_call" {
  name = "on-call"
}

resource "aws_cloudwatch_event_rule" "health" {
  name          = "health"
  event_pattern = jsonencode({ source = ["aws.health"] })
}

resource "aws_cloudwatch_event_target" "health" {
  rule = aws_cloudwatch_event_rule.health.name
  arn  = aws_sns_topic.on_call.arn # finding
}
```

```hcl
resource "aws_sns_topic" "on_call" {
  name = "on-call"
}

resource "aws_sns_topic_policy" "on_call" {
  arn = aws_sns_topic.on_call.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.on_call.arn
    }]
  })
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

resource "aws_cloudwatch_event_rule" "health" {
  name          = "health"
  event_pattern = jsonencode({ source = ["aws.health"] })
}

resource "aws_cloudwatch_event_target" "health" {
  rule = aws_cloudwatch_event_rule.health.name
  arn  = aws_sns_topic.on_call.arn
}

resource "aws_sns_topic_policy" "on_call" {
  arn = aws_sns_topic.on_call.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["events.amazonaws.com", "cloudwatch.amazonaws.com"] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.on_call.arn
    }]
  })
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
  alarm_actions       = [aws_sns_topic.on_call.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.receiving import TO_TOPICS, kinds_of, topic_needs


@rule(
    target=kinds_of(TO_TOPICS),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"Failed to execute action .*AuthorizationError",
    ],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(topic_needs(resource, graph), resource, graph)
