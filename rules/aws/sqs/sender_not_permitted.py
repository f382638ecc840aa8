r"""A service is to send to a queue whose policy does not let it in.

## Why it matters
A queue without a policy lets in its own account's identities and no service. S3 refuses the notification at the apply (`Unable to
validate the following destination configurations`); SNS and EventBridge accept it and drop every message after their retries.

## Five whys
1. Why is the queue empty? SNS or EventBridge is refused at every delivery.
2. Why? The queue's policy has no statement for the service, or one for another bucket, topic or rule.
3. Why was that not seen? Deliveries fail on the sender's side: `NumberOfNotificationsFailed`, `FailedInvocations`.

## Fix now
Add the statement in the message as `aws_sqs_queue_policy` (`aws sqs set-queue-attributes --queue-url URL --attributes file://policy.json`
for now); S3 and SNS deliver from then on.

## Workaround
EventBridge can send with a role of its own (`role_arn` at the target) in newer regions; for S3 and SNS there is no other way.

## Prevent
One `aws_sqs_queue_policy` per queue that lists all senders: a second one replaces the first.

## Validate
`aws sqs get-queue-attributes --queue-url URL --attribute-names Policy --query Attributes.Policy --output text | python3 -m json.tool`
shows the service.

## Bad
```hcl
resource "aws_sqs_queue" "uploads" {
  name = "uploads"
}

resource "aws_s3_bucket" "media" {
  bucket = "media-4711"
}

resource "aws_s3_bucket_notification" "media" {
  bucket = aws_s3_bucket.media.id

  queue {
    queue_arn = aws_sqs_queue.uploads.arn # finding
    events    = ["s3:ObjectCreated:*"]
  }
}
```

```hcl
resource "aws_sqs_queue" "uploads" {
  name = "uploads"
}

resource "aws_s3_bucket" "media" {
  bucket = "media-4711"
}

resource "aws_s3_bucket_notification" "media" {
  bucket = aws_s3_bucket.media.id

  queue {
    queue_arn = aws_sqs_queue.uploads.arn # finding
    events    = ["s3:ObjectCreated:*"]
  }
}

resource "aws_s3_bucket" "archive" {
  bucket = "archive-4711"
}

resource "aws_sqs_queue_policy" "uploads" {
  queue_url = aws_sqs_queue.uploads.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.uploads.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_s3_bucket.archive.arn } }
    }]
  })
}
```

## Good
```hcl
resource "aws_sqs_queue" "uploads" {
  name = "uploads"
}

resource "aws_s3_bucket" "media" {
  bucket = "media-4711"
}

resource "aws_s3_bucket_notification" "media" {
  bucket = aws_s3_bucket.media.id

  queue {
    queue_arn = aws_sqs_queue.uploads.arn
    events    = ["s3:ObjectCreated:*"]
  }
}

resource "aws_sqs_queue_policy" "uploads" {
  queue_url = aws_sqs_queue.uploads.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.uploads.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_s3_bucket.media.arn } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.receiving import TO_QUEUES, kinds_of, queue_needs


@rule(
    target=kinds_of(TO_QUEUES),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"Unable to validate the following destination configurations",
    ],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(queue_needs(resource, graph), resource, graph)
