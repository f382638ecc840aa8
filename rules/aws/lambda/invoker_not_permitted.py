r"""A service is to invoke a function whose policy does not let it in.

## Why it matters
Functions let a service in by `aws_lambda_permission` only. Without it S3 refuses the notification at the apply; EventBridge, SNS, API
Gateway, load balancers and Cognito accept the target and fail at every event: schedules do nothing, the API answers 500, logins fail.

## Five whys
1. Why does the schedule do nothing? `FailedInvocations` counts every run.
2. Why? The function's policy has no statement for the service, or its `source_arn` names another rule, bucket, topic or API.
3. Why? The console adds the permission by itself; in code it is a resource of its own that is easily left out or copied.

## Fix now
`aws lambda add-permission --function-name NAME --statement-id events --action lambda:InvokeFunction --principal events.amazonaws.com
--source-arn RULE_ARN` holds at once; then declare it as `aws_lambda_permission` (import it by `NAME/events`).

## Workaround
For API Gateway a role in `credentials` that may invoke the function does without a permission.

## Prevent
Put trigger and permission into one module, with the ARN of the trigger as `source_arn`.

## Validate
`aws lambda get-policy --function-name NAME --query Policy --output text | python3 -m json.tool` shows the service with the ARN in the
message's place.

## Bad
```hcl
resource "aws_lambda_function" "report" {
  function_name = "report"
  role          = "arn:aws:iam::111122223333:role/report"
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.report.arn # finding
}
```

```hcl
# the permission is for another rule

resource "aws_lambda_function" "report" {
  function_name = "report"
  role          = "arn:aws:iam::111122223333:role/report"
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.report.arn # finding
}

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_lambda_permission" "events" {
  statement_id  = "events"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.report.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.hourly.arn
}
```

## Good
```hcl
resource "aws_lambda_function" "report" {
  function_name = "report"
  role          = "arn:aws:iam::111122223333:role/report"
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.report.arn
}

resource "aws_lambda_permission" "events" {
  statement_id  = "events"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.report.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.nightly.arn
}
```

```hcl
resource "aws_lambda_function" "api" {
  function_name = "api"
  role          = "arn:aws:iam::111122223333:role/api"
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
}

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_integration" "orders" {
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = "a1b2c3"
  http_method             = "GET"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.api.invoke_arn
}

resource "aws_lambda_permission" "api" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.shop.execution_arn}/*/*"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.receiving import INVOKERS, invoker_needs, kinds_of


@rule(
    target=kinds_of(INVOKERS),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"Unable to validate the following destination configurations",
        r"Execution failed due to configuration error: Invalid permissions on Lambda function",
    ],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(invoker_needs(resource, graph), resource, graph)
