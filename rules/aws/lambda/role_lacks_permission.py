r"""A function's role lacks actions that its event source, VPC or target needs.

## Why it matters
Lambda acts as the function's execution role: it polls queues and streams, makes network interfaces in the VPC and hands over what failed
with that role's rights. Without them the event source mapping cannot be created or stops, the function stays in `Pending` or `Failed`,
and dead letters are dropped with nothing but the metric `DeadLetterErrors`.

## Five whys
1. Why are messages piling up in the queue? The event source mapping does not deliver any.
2. Why? Its last processing result is `PROBLEM: Function call failed` or the mapping could not be made.
3. Why? The execution role may not call the action in the message.
4. Why was that not noticed? A policy and the configuration that needs it stand in different files, and nothing compares them before the
   apply.

## Fix now
Add the statement that the message prints to the policy that it names, then `terraform apply -target=aws_iam_role_policy.NAME`. Mappings
recover by themselves within a minute; for one that was disabled: `aws lambda update-event-source-mapping --uuid UUID --enabled`.

## Workaround
Attach AWS's policy for the source until the own one is right: `aws iam attach-role-policy --role-name ROLE --policy-arn
arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole` (for a VPC `AWSLambdaVPCAccessExecutionRole`).

## Prevent
Keep the policy next to the event source in one module, so that the queue's ARN is an argument of both.

## Validate
`aws lambda get-event-source-mapping --uuid UUID --query '[State,LastProcessingResult]'` prints `Enabled` and `OK`, and `aws lambda
get-function-configuration --function-name NAME --query State` prints `Active`.

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
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = aws_sqs_queue.orders.arn },
    ]
  })
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.orders.arn
  event_source_arn = aws_sqs_queue.orders.arn # finding
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

  vpc_config {
    subnet_ids         = ["subnet-0a1b2c3d"] # finding
    security_group_ids = ["sg-0a1b2c3d"]
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn # finding
  }
}

resource "aws_sqs_queue" "failed" {
  name = "orders-failed"
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
      {
        Effect = "Allow"
        Action = [
          "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
        ]
        Resource = aws_sqs_queue.orders.arn
      },
    ]
  })
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.orders.arn
  event_source_arn = aws_sqs_queue.orders.arn
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
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.failed.arn },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "awslambdavpcaccessexecutionrole" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"

  vpc_config {
    subnet_ids         = ["subnet-0a1b2c3d"]
    security_group_ids = ["sg-0a1b2c3d"]
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_sqs_queue" "failed" {
  name = "orders-failed"
}
```

```hcl
# the queue itself lets the role in, which is enough in one account
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
      { Effect = "Allow", Action = "sqs:GetQueueAttributes", Resource = aws_sqs_queue.orders.arn },
    ]
  })
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.orders.arn }
      Action    = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
      Resource  = aws_sqs_queue.orders.arn
    }]
  })
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.orders.arn
  event_source_arn = aws_sqs_queue.orders.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.functions import function_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_lambda_function aws_lambda_event_source_mapping aws_lambda_function_event_invoke_config",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"execution role does not have permissions to call \w+ on",
        r"Cannot access stream .* Please ensure the role can perform",
    ],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(function_needs(resource, graph), resource, graph)
