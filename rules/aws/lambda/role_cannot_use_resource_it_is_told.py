r"""A function is told a resource that its role may not use at all.

## Why it matters
An environment variable hands the function the name of a bucket, queue, table, topic, stream or secret, and neither the role nor the
resource's own policy allows a single read or write of it. The first call that uses it ends in `AccessDenied`, which is often only the
path that nobody tests.

## Five whys
1. Why does the upload fail with AccessDenied? The role has no statement about the bucket.
2. Why was it not seen? The variable resolves, the deployment succeeds, and the code path runs only for some requests.
3. Why did the policy and the variable part ways? The variable was changed to another resource, and the policy still names the old one.

## Fix now
Add the statement in the message with the actions that the code really calls; `terraform apply` and the next invocation gets through
(policies take effect within seconds).

## Workaround
Allow the role in the resource's own policy when the role belongs to another team.

## Prevent
Hand the resource to a module that makes both the variable and the statement.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names s3:GetObject --resource-arns arn:aws:s3:::BUCKET/x` says
`allowed`.

## Bad
```hcl
resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders" {
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "${aws_s3_bucket.archive.arn}/*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "awslambdabasicexecutionrole" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_s3_bucket" "archive" {
  bucket = "archive-4711"
}

resource "aws_s3_bucket" "uploads" {
  bucket = "uploads-4711"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"

  environment {
    variables = {
      UPLOADS = aws_s3_bucket.uploads.id # finding
    }
  }
}
```

## Good
```hcl
resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders" {
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.uploads.arn}/in/*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "awslambdabasicexecutionrole" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_s3_bucket" "uploads" {
  bucket = "uploads-4711"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"

  environment {
    variables = {
      UPLOADS = aws_s3_bucket.uploads.id
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.functions import variable_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_lambda_function",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(variable_needs(resource, graph), resource, graph)
