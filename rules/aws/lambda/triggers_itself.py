"""What a function writes comes back to it as its own event.

## Why it matters
A function that resizes each new picture of a bucket and puts the result into the same bucket sets itself off, without an end. Lambda and S3
scale with it: thousands of executions at once, other functions throttled, and a bill of a month in an hour. Lambda stops some loops after
about 16 rounds (SQS, SNS and S3 only, and only where the SDK passes its trace on); DynamoDB streams and loops through other services go on.

## Five whys
1. Why are all functions of the account throttled? One of them takes the whole concurrency.
2. Why? It runs for each object that it has written itself.
3. Why does it get those events? The notification takes every object of the bucket.
4. Why does it write there? Its role may, and one bucket for input and output was convenient.

## Fix now
Stop it: `aws lambda put-function-concurrency --function-name F --reserved-concurrent-executions 0`. Then give the output a bucket (queue,
topic) of its own, or the notification a `filter_prefix` that the output does not have.

## Workaround
Let the function end at once for what it wrote itself: by prefix, or by a mark in the object's metadata.

## Prevent
Input and output never share a bucket. The role may write below one prefix only, and the notification has another one.

## Validate
Put one object: `aws s3 cp test.jpg s3://BUCKET/in/`, and the metric `Invocations` of the next minutes shows 1.
`RecursiveInvocationsDropped` stays at 0.

## Bad
```hcl
resource "aws_s3_bucket" "pictures" {
  bucket = "pictures"
}

resource "aws_s3_bucket_notification" "pictures" {
  bucket = aws_s3_bucket.pictures.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.resize.arn
    events              = ["s3:ObjectCreated:*"]
  }
}

resource "aws_iam_role" "resize" {
  name = "resize"
}

resource "aws_iam_role_policy" "resize" {
  role = aws_iam_role.resize.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "${aws_s3_bucket.pictures.arn}/*"
    }]
  })
}

resource "aws_lambda_function" "resize" { # finding
  function_name = "resize"
  role          = aws_iam_role.resize.arn
}
```

## Good
```hcl
resource "aws_s3_bucket" "pictures" {
  bucket = "pictures"
}

resource "aws_s3_bucket_notification" "pictures" {
  bucket = aws_s3_bucket.pictures.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.resize.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "in/"
  }
}

resource "aws_iam_role" "resize" {
  name = "resize"
}

resource "aws_iam_role_policy" "resize" {
  role = aws_iam_role.resize.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "${aws_s3_bucket.pictures.arn}/in/*"
      }, {
      Effect   = "Allow"
      Action   = "s3:PutObject"
      Resource = "${aws_s3_bucket.pictures.arn}/out/*"
    }]
  })
}

resource "aws_lambda_function" "resize" {
  function_name = "resize"
  role          = aws_iam_role.resize.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.event_loop import loop_of


@rule(
    target="aws_lambda_function",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    symptoms=["RecursiveInvocationsDropped", "ConcurrentInvocationLimitExceeded"],
)
def check(function: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    loop = loop_of(resource, graph)
    if loop is None or any(it.target.kind == resource.kind and it.target.address < resource.address for it in loop.feeds):
        return  # a loop through several functions is told at the first of them
    places = tuple(feed.because for feed in loop.feeds)
    yield Fail(function, f"what it may write comes back to it: {loop.said()}", expected="an output that is not its input", related=places)
