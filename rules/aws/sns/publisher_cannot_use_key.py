"""A service that publishes to a topic cannot use the topic's key.

## Why it matters
CloudWatch, EventBridge, S3 and RDS have to encrypt what they publish. The AWS managed key lets no service in, so the alarm changes its
state and nobody is called: the alarm history says `Failed to execute action`, and nothing else does.

## Five whys
1. Why was nobody called in the night? The alarm could not publish.
2. Why? CloudWatch may not use the key of the topic.
3. Why not? It is `alias/aws/sns`, whose policy cannot be changed.
4. Why was it chosen? A scanner asked for encryption.

## Fix now
Create a key with a statement for the service (`"Principal": {"Service": "cloudwatch.amazonaws.com"}`, `kms:GenerateDataKey*` and
`kms:Decrypt`) and set it on the topic: `aws sns set-topic-attributes --topic-arn ARN --attribute-name KmsMasterKeyId --attribute-value
KEY_ID`.

## Workaround
Take the key off until then (`--attribute-value ""`); an alarm that rings is worth more than an encrypted alarm name.

## Prevent
Test each alarm once after creation; key and topic come from one module.

## Validate
`aws cloudwatch set-alarm-state --alarm-name NAME --state-value ALARM --state-reason test` reaches the phone; `describe-alarm-history`
says `Successfully executed action`.

## Bad
```hcl
resource "aws_sns_topic" "on_call" {
  name              = "on-call"
  kms_master_key_id = "alias/aws/sns" # finding
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
resource "aws_kms_key" "on_call" {
  description = "on-call"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { Service = "cloudwatch.amazonaws.com" }, Action = "kms:Decrypt", Resource = "*" },
    ]
  })
}

resource "aws_sns_topic" "on_call" {
  name              = "on-call"
  kms_master_key_id = aws_kms_key.on_call.id # finding
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

## Good
```hcl
resource "aws_sns_topic" "on_call" {
  name              = "on-call"
  kms_master_key_id = "alias/topics"
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
resource "aws_kms_key" "on_call" {
  description = "on-call"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { Service = "cloudwatch.amazonaws.com" }, Action = "kms:*", Resource = "*" },
    ]
  })
}

resource "aws_sns_topic" "on_call" {
  name              = "on-call"
  kms_master_key_id = aws_kms_key.on_call.id
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

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.receiving import sender_key_needs

_PUBLISHERS = (
    ("aws_cloudwatch_metric_alarm", "alarm_actions"),
    ("aws_cloudwatch_composite_alarm", "alarm_actions"),
    ("aws_s3_bucket_notification", "topic.topic_arn"),
    ("aws_cloudwatch_event_target", "arn"),
    ("aws_db_event_subscription", "sns_topic"),
    ("aws_autoscaling_notification", "topic_arn"),
)


@rule(target="aws_sns_topic", severity=Severity.HIGH, symptoms=["Failed to execute action .*KMS", "Null value for KMS"])
def check(topic: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    key = topic.at("kms_master_key_id")
    if key.unknown or not (key.text or "").endswith("alias/aws/sns"):
        yield from unmet(sender_key_needs(resource, graph), resource, graph)
        return
    for kind, path in _PUBLISHERS:
        for publisher in graph.attached(resource, path, kind):
            message = f"{publisher.address.text} cannot publish: the topic's key is not open to other services"
            yield Fail(key, message, expected="a key whose policy names the service", related=(publisher.body,))
            return
