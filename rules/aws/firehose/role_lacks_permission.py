"""A delivery stream's role may not read its source or write its destination.

## Why it matters
Firehose keeps what it cannot deliver for 24 hours (a Kinesis source: as long as the stream keeps it) and then drops it. Producers notice
nothing: `PutRecord` goes on to succeed.

## Five whys
1. Why is there no data of yesterday? Firehose could not write it and gave up after 24 hours.
2. Why? The delivery role may not do what the message names.
3. Why did nobody see it? The only trace is the metric `DeliveryToS3.Success` and an error log that has to be switched on.

## Fix now
Add the statement in the message to the role: Firehose retries, and everything younger than 24 hours still arrives.

## Workaround
Point the stream to a bucket that the role may write to: `aws firehose update-destination`.

## Prevent
Alarm on `DeliveryToS3.DataFreshness` above an hour.

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/Firehose --metric-name DeliveryToS3.Success --dimensions
Name=DeliveryStreamName,Value=NAME --statistics Average --period 300 --start-time ... --end-time ...` is 1.

## Bad
```hcl
resource "aws_iam_role" "deliver" {
  name = "deliver"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "firehose.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "deliver" {
  role = aws_iam_role.deliver.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.orders.arn}/*" },
    ]
  })
}

resource "aws_s3_bucket" "orders" {
  bucket = "orders-4711"
}

resource "aws_s3_bucket" "clicks" {
  bucket = "clicks-4711"
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.deliver.arn
    bucket_arn = aws_s3_bucket.clicks.arn # finding
  }
}
```

## Good
```hcl
resource "aws_iam_role" "deliver" {
  name = "deliver"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "firehose.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "deliver" {
  role = aws_iam_role.deliver.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "s3:PutObject", "s3:AbortMultipartUpload",
        ]
        Resource = "${aws_s3_bucket.clicks.arn}/raw/*"
      },
    ]
  })
}

resource "aws_s3_bucket" "clicks" {
  bucket = "clicks-4711"
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.deliver.arn
    bucket_arn = aws_s3_bucket.clicks.arn
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.delivery import firehose_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_kinesis_firehose_delivery_stream",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(firehose_needs(resource, graph), resource, graph)
