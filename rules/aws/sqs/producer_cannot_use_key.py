"""A service that feeds a queue cannot use the queue's key.

## Why it matters
S3, SNS and EventBridge encrypt each message with the key of the queue. The policy of the AWS managed key allows no service, and cannot
be changed, so every delivery is refused: silently for SNS and EventBridge, with an error on the notification for S3.

## Five whys
1. Why is the queue empty? Every delivery to it fails.
2. Why? The sender may not call `kms:GenerateDataKey` on the queue's key.
3. Why not? The key is `alias/aws/sqs`, whose policy lets no service in.
4. Why was it chosen? A scanner asked for encryption, and nobody looked at who writes.

## Fix now
`aws sqs set-queue-attributes --queue-url URL --attributes SqsManagedSseEnabled=true,KmsMasterKeyId=` and messages flow within a minute.
Then replay what was lost (EventBridge archive, S3 inventory).

## Workaround
A key of your own with a statement for the service: principal `sns.amazonaws.com`, actions `kms:GenerateDataKey*` and `kms:Decrypt`.

## Prevent
Let the module for queues offer SSE-SQS and own keys only, and an alarm on `NumberOfNotificationsFailed` and `FailedInvocations`.

## Validate
`aws sns publish --topic-arn ARN --message test`, then `aws sqs receive-message --queue-url URL --wait-time-seconds 10` prints it.

## Bad
```hcl
resource "aws_sqs_queue" "uploads" {
  name              = "uploads"
  kms_master_key_id = "alias/aws/sqs" # finding
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = "uploads-4711"

  queue {
    queue_arn = aws_sqs_queue.uploads.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
```

```hcl
resource "aws_kms_key" "uploads" {
  description = "without a policy the account's identities may use it, and no service"
}

resource "aws_sqs_queue" "uploads" {
  name              = "uploads"
  kms_master_key_id = aws_kms_key.uploads.arn # finding
}

resource "aws_sns_topic" "uploads" {
  name = "uploads"
}

resource "aws_sns_topic_subscription" "uploads" {
  topic_arn = aws_sns_topic.uploads.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.uploads.arn
}
```

## Good
```hcl
resource "aws_sqs_queue" "uploads" {
  name                    = "uploads"
  sqs_managed_sse_enabled = true
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = "uploads-4711"

  queue {
    queue_arn = aws_sqs_queue.uploads.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
```

```hcl
resource "aws_kms_key" "uploads" {
  description = "uploads"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com" }
        Action    = ["kms:GenerateDataKey*", "kms:Decrypt"]
        Resource  = "*"
      },
    ]
  })
}

resource "aws_sqs_queue" "uploads" {
  name              = "uploads"
  kms_master_key_id = aws_kms_key.uploads.arn
}

resource "aws_sns_topic" "uploads" {
  name = "uploads"
}

resource "aws_sns_topic_subscription" "uploads" {
  topic_arn = aws_sns_topic.uploads.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.uploads.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.receiving import sender_key_needs

_PRODUCERS = (
    ("aws_s3_bucket_notification", "queue.queue_arn"),
    ("aws_sns_topic_subscription", "endpoint"),
    ("aws_cloudwatch_event_target", "arn"),
)


@rule(
    target="aws_sqs_queue", severity=Severity.HIGH, symptoms=["KMS\\.AccessDeniedException", "Unable to validate the following destination"]
)
def check(queue: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    key = queue.at("kms_master_key_id")
    if key.unknown or not (key.text or "").endswith("alias/aws/sqs"):
        yield from unmet(sender_key_needs(resource, graph), resource, graph)
        return
    for kind, path in _PRODUCERS:
        for producer in graph.attached(resource, path, kind):
            message = f"{producer.address.text} cannot write to the queue: its key is not open to other services"
            yield Fail(key, message, expected="a key whose policy names the service, or sqs_managed_sse_enabled", related=(producer.body,))
            return
