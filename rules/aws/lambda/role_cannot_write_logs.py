r"""A function's role cannot write the function's logs.

## Why it matters
The function runs, but every line that it prints is lost: there is no log group, no stream, no error, and the first failure in production
leaves nothing to look at.

## Five whys
1. Why is there no log of the failed invocation? The log stream was never created.
2. Why? Lambda writes logs with the function's role, which may not call `logs:CreateLogStream` and `logs:PutLogEvents` there.
3. Why not? Its policy names another group, or names the group's ARN without `:*`, which covers the group and none of its streams.

## Fix now
`aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`; the next
invocation is logged.

## Workaround
Invoke with `aws lambda invoke --function-name NAME --log-type Tail out.json --query LogResult --output text | base64 -d`: the tail of the
log comes with the answer.

## Prevent
Give the log group an owner in code (`aws_cloudwatch_log_group`) and the role a statement on `"${aws_cloudwatch_log_group.NAME.arn}:*"`.

## Validate
`aws logs describe-log-streams --log-group-name /aws/lambda/NAME --order-by LastEventTime --descending --max-items 1` shows a stream of
the last minute.

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
      { Effect = "Allow", Action = "s3:GetObject", Resource = "*" },
    ]
  })
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn # finding
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
}
```

```hcl
# the ARN of a group without `:*` covers none of its streams
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
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogStream", "logs:PutLogEvents",
        ]
        Resource = aws_cloudwatch_log_group.orders.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/aws/lambda/orders"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn # finding
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
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

resource "aws_iam_role_policy_attachment" "awslambdabasicexecutionrole" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
}
```

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
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogStream", "logs:PutLogEvents",
        ]
        Resource = "${aws_cloudwatch_log_group.orders.arn}:*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/services/orders"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.orders.name
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.functions import log_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_lambda_function",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(log_needs(resource, graph), resource, graph)
